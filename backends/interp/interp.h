/* SPDX-License-Identifier: MIT */
/*
 * The interpreter backend's own data.  A block's `code` is a pointer to its CodeBlock, in code
 * memory like any other backend's, so that the jump cache and the code cache need not know.
 */
#ifndef BACKENDS_INTERP_INTERP_H
#define BACKENDS_INTERP_INTERP_H

#include <ffi.h>
#include "tcg/host.h"

/* A C function prepared for libffi. */
typedef struct InterpCall {
    const CallDef *def;
    ffi_cif       *cif;         /* one for all functions of a signature */
    uint8_t        n_args;
    uint8_t        result;      /* IrType */
} InterpCall;

/* CodeBlock.backend_data: the region, with InterpCall * for CallDef * and exit numbers in exits. */
typedef struct InterpBlock {
    CodeBlock *cb;
    bool       icount, wide;
    uint16_t   n_blocks;
    uint16_t   first[IR_MAX_BLOCKS];    /* instruction that each block begins with */
    uint64_t  *exit_ctx;                /* exec_ctx that each exit was linked under */
    const SlotDef *slots;
    IrInsn    *insns;
} InterpBlock;

/* One thread's run.  Its address is the `site` of slow paths. */
typedef struct Run {
    Cpu               *cpu;
    const InterpBlock *block;
    const IrInsn      *ip;          /* the next instruction */
    bool               done;        /* the block is left: through exit, to next, or to the C loop */
    CodeExit          *exit;
    CodeBlock         *next;
    uint64_t           pc;          /* of the guest instruction that runs */
    uint16_t           aux;
    uint32_t           n_begun;     /* guest instructions since the count was charged */
    uint8_t            n_args;
    V128               args[6];
    V128               value[IR_MAX_INSNS + IR_SLACK];
} Run;

typedef void (*InterpOp)(Run *s, const IrInsn *in, V128 *out);

extern const InterpOp interp_mem_ops[IR_N_OPS];     /* memory.c: loads, stores, atomics */
extern const InterpOp interp_float_ops[IR_N_OPS];   /* float.c */

/* NULL: no memory. */
InterpCall *interp_prepare_call(const CallDef *def, CodeBuf *buf);
void interp_call(Run *s, const InterpCall *call, const V128 *const *args, V128 *out);

static inline const InterpCall *interp_call_of(const IrInsn *in)
{
    return (const InterpCall *)(uintptr_t)in->imm;
}

/* The floating-point environment is Cpu.host_fpcr: rounding mode in bits 1..0, sticky flags (in
 * the order of host_fp_sticky) above. */
enum { FP_STICKY_SHIFT = 8 };
extern const int interp_rounding[4];

#endif
