/* SPDX-License-Identifier: MIT */
/*
 * Vector operations by number: what the immediate of the ops vec1 to fvtoi names, and their meaning.
 * vec.def lists them.
 */
#ifndef TCG_VEC_H
#define TCG_VEC_H

#include <stdbool.h>
#include <stdint.h>
#include "system/v128.h"

typedef enum VecOp {
    VEC_none,
#define PURE(name, operands)  VEC_##name,
#define FLOAT(name, operands) VEC_##name,
#include "tcg/vec.def"
    VEC_N_OPS
} VecOp;

typedef struct VecInfo {
    const char *name;
    uint8_t     n_args;
    bool        floating;
} VecInfo;

extern const VecInfo vec_ops[VEC_N_OPS];

/* IrInsn.imm of such an op: which, and the operation's own immediate byte. */
static inline uint64_t vec_imm(VecOp op, unsigned imm)
{
    return op | (imm & 0xff) << 16;
}
static inline VecOp vec_op_of(uint64_t imm) { return (VecOp)(imm & 0xffff); }
static inline unsigned vec_byte_of(uint64_t imm) { return imm >> 16 & 0xff; }

/* The meaning of those that are not floating point; absent operands may be NULL.  vmask and vtest:
 * the result is in the low lane. */
void vec_eval(uint64_t imm, V128 *out, const V128 *a, const V128 *b, const V128 *c);

#endif
