/* SPDX-License-Identifier: MIT */
/*
 * What the lifters of MMX, SSE and AVX share.
 *
 * A ymm register is two v128 slots; an instruction of 256 bits is two operations of 128.  A lifter of
 * either encoding finds its sources behind the destination where there is VEX, and takes the
 * destination for the first one where there is not.
 */
#ifndef FRONTENDS_X86_LIFT_VEC_H
#define FRONTENDS_X86_LIFT_VEC_H

#include "frontends/x86/lift.h"
#include "tcg/vec.h"

/* The `arg` of rows: a row of vec.def, or an op of the IR over lanes of 1 << log bytes. */
enum { ARG_IR = 0x8000 };
#define ARG_LANES(op, log) (ARG_IR | IR_##op << 4 | (log))
static inline bool arg_is_ir(unsigned arg) { return arg & ARG_IR; }

/* 1, or 2 for a ymm register. */
unsigned vec_halves(const X86Insn *in);
/* Before each half's operation, where it may be floating point. */
void  vec_half(Lift *c, const X86Insn *in, unsigned half);
IrRef vec_zero(Lift *c);
IrRef vec_reg(Lift *c, unsigned n, unsigned half);
/* Half of an operand: a register, or 16, 8 or 4 bytes of memory (the rest is 0). */
IrRef vec_get(Lift *c, const X86Insn *in, unsigned k, unsigned half);
/* The same where the operand is smaller than its type says, or begins elsewhere. */
IrRef vec_load(Lift *c, const X86Insn *in, unsigned k, unsigned offset, unsigned size,
               unsigned total);
IrRef vec_from_i64(Lift *c, IrRef i64);
IrRef vec_low64(Lift *c, IrRef v);
/* The low 4 or 8 bytes alone. */
IrRef vec_only(Lift *c, IrRef v, unsigned size);
/* The destination, op 0: hi is 0 where there is none (with VEX the upper half becomes 0). */
void  vec_put(Lift *c, const X86Insn *in, IrRef lo, IrRef hi);
/* Faults as a store to the operand would, at most 16 bytes. */
void  vec_ask(Lift *c, const X86Insn *in, unsigned k);
void  vec_store(Lift *c, const X86Insn *in, unsigned k, unsigned half, unsigned size, IrRef v);

/* The n-th source (0, 1): behind the destination, or with the destination as the first. */
static inline unsigned source_at(const X86Insn *in, unsigned n) { return in->vex ? n + 1 : n; }
static inline unsigned imm8_of(const X86Insn *in)
{
    for (unsigned k = 3; k; k--) {
        if (in->op[k].kind == OPK_IMM) {
            return in->imm[in->op[k].imm] & 0xff;
        }
    }
    return 0;
}

/* An operation of vec.def; with exceptions unmasked a helper that raises #XM. */
IrRef vec_do(Lift *c, VecOp op, unsigned imm, IrRef x, IrRef y, IrRef z);
IrRef vec_to_int(Lift *c, VecOp op, IrRef x);               /* i64 */
static inline IrRef vec_do1(Lift *c, VecOp op, unsigned imm, IrRef x)
{
    return vec_do(c, op, imm, x, 0, 0);
}
static inline IrRef vec_do2(Lift *c, VecOp op, IrRef x, IrRef y)
{
    return vec_do(c, op, 0, x, y, 0);
}

#endif
