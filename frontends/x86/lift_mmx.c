/* SPDX-License-Identifier: MIT */
/*
 * Lifters of MMX where its 8 bytes are not just the lower half of an SSE operation; all others are in
 * lift_sse.c.  block.c has called mmx_begin().
 * Implements: SDM 1, chapter 9; SDM 2.
 */
#include "frontends/x86/lift_vec.h"

static IrRef both(Lift *c, const X86Insn *in)
{
    return vec_do2(c, VEC_punpcklqdq, vec_get(c, in, 0, 0), vec_get(c, in, 1, 0));
}

/* PACK, PHADD, PHSUB: the results of one operand stand above those of the other. */
LIFTER(mmx_join)
{
    IrRef v = both(c, in);
    vec_put(c, in, vec_do2(c, in->row->arg, v, v), 0);
}

/* PUNPCKH: the upper half of what PUNPCKL (arg) gives. */
LIFTER(mmx_high)
{
    IrRef v = vec_do2(c, in->row->arg, vec_get(c, in, 0, 0), vec_get(c, in, 1, 0));
    vec_put(c, in, vec_do1(c, VEC_psrldq, 8, v), 0);
}

/* Three bits of an index count. */
LIFTER(mmx_pshufb)
{
    IrBuild *b = c->ir;
    IrRef mask = ir_opi(b, IR_vdup, IR_V128, ir_i32(b, 0x87), 0, 1);
    IrRef index = ir_opi(b, IR_vand, IR_V128, vec_get(c, in, 1, 0), mask, 0);
    vec_put(c, in, vec_do2(c, VEC_pshufb, vec_get(c, in, 0, 0), index), 0);
}

LIFTER(mmx_palignr)
{
    unsigned n = imm8_of(in);
    IrRef v = vec_do2(c, VEC_punpcklqdq, vec_get(c, in, 1, 0), vec_get(c, in, 0, 0));
    vec_put(c, in, n > 15 ? vec_zero(c) : vec_do1(c, VEC_psrldq, n, v), 0);
}

/* CVTPI2PS: the upper two lanes stay. */
LIFTER(cvtpi2ps)
{
    IrRef v = vec_do1(c, VEC_cvtdq2ps, 0, vec_get(c, in, 1, 0));
    vec_put(c, in, vec_do2(c, VEC_movsd, vec_get(c, in, 0, 0), v), 0);
}

LIFTER(cvtpi2pd)
{
    vec_put(c, in, vec_do1(c, VEC_cvtdq2pd, 0, vec_get(c, in, 1, 0)), 0);
}

/* CVTPS2PI and the like: lanes that are not asked for must not raise anything. */
LIFTER(cvt2pi)
{
    bool dbl = in->row->arg == VEC_cvtpd2dq || in->row->arg == VEC_cvttpd2dq;
    IrRef v = vec_get(c, in, 1, 0);
    v = dbl || in->op[1].kind == OPK_MEM ? v : vec_only(c, v, 8);
    vec_put(c, in, vec_do1(c, in->row->arg, 0, v), 0);
}
