/* SPDX-License-Identifier: MIT */
/*
 * Lifting of x87 instructions, and the MMX registers.
 * Implements: SDM 1, chapter 8; 9.2 and 9.6 (MMX and x87).
 */
#include "frontends/x86/lift.h"

LIFTER(wait)
{
    (void)in;
    if (c->mode & KEY_NO_FPU && c->mode & KEY_NO_WAIT) {
        raise_now(c, EXC_NM, X86_NO_ERROR);
    } else if (c->mode & (KEY_FP_EXACT | KEY_NO_FPU)) {
        ir_call0(c->ir, &call_x87_wait);
    }
}

/* ---- MMX ---- */

void mmx_begin(Lift *c)
{
    if (c->mode & KEY_FP_EXACT) {
        ir_call0(c->ir, &call_x87_wait);
    }
    ir_put(c->ir, SLOT_FPMODE, ir_i32(c->ir, 0));
    lifting(c)->fpmode = 0;
}

IrRef mmx_get(Lift *c, unsigned n)
{
    return ir_get(c->ir, SLOT_MANT + (n & 7));
}

void mmx_put(Lift *c, unsigned n, IrRef i64)
{
    ir_put(c->ir, SLOT_MANT + (n & 7), i64);
    ir_put(c->ir, SLOT_EXP + (n & 7), ir_i32(c->ir, 0xffff));
}

/* SDM 2A: no pending exception is looked at but by WAIT's rule. */
LIFTER(emms)
{
    (void)in;
    if (c->mode & KEY_FP_EXACT) {
        ir_call0(c->ir, &call_x87_wait);
    }
    IrRef top = ir_op2(c->ir, IR_and, IR_I32, ir_get(c->ir, SLOT_FPMODE),
                       ir_i32(c->ir, 7 << FPM_TOP_SHIFT));
    ir_put(c->ir, SLOT_FPMODE, ir_or(c->ir, top, ir_i32(c->ir, FPM_EMPTY)));
    x86_end_block(c);
}
