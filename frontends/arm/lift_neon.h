/* SPDX-License-Identifier: MIT */
/* What the files of Advanced SIMD lifters share: IR and calls on whole vectors by lane size. */
#ifndef FRONTENDS_ARM_LIFT_NEON_H
#define FRONTENDS_ARM_LIFT_NEON_H

#include "frontends/arm/lift_fp.h"

/* Checks the register numbers of Q operands (or-ed together): odd ones are undefined.  When they
 * are even the instruction is unconditional from here on. */
static inline bool q_even(Lift *c, bool q, unsigned numbers)
{
    if (q && (numbers & 1)) {
        undefined(c);
        return false;
    }
    guard(c);
    return true;
}

/* An op without lanes, or with lanes of 1 << size bytes. */
static inline IrRef v_op(Lift *c, IrOp op, IrRef x, IrRef y)
{
    return ir_opi(c->ir, op, IR_V128, x, y, 8);
}

static inline IrRef v_lanes(Lift *c, IrOp op, unsigned size, IrRef x, IrRef y)
{
    return ir_opi(c->ir, op, IR_V128, x, y, 1u << size);
}

static inline IrRef v_call1(Lift *c, NeonCalls calls, bool u, unsigned size, IrRef x)
{
    return ir_call1(c->ir, calls[u][size], x);
}

static inline IrRef v_call2(Lift *c, NeonCalls calls, bool u, unsigned size, IrRef x, IrRef y)
{
    return ir_call2(c->ir, calls[u][size], x, y);
}

/* A floating-point operation on the 2 or 4 lanes of a D or Q register. */
static inline IrRef f_call2(Lift *c, const CallDef *def, bool q, IrRef x, IrRef y)
{
    return ir_call3(c->ir, def, x, y, ir_i32(c->ir, q ? 4 : 2));
}

static inline IrRef v_zero(Lift *c)
{
    return v_const(c, 0, 0);
}

/* Every byte, every 32-bit lane. */
static inline IrRef v_bytes(Lift *c, uint8_t b)
{
    return v_const(c, b * UINT64_C(0x0101010101010101), b * UINT64_C(0x0101010101010101));
}

static inline IrRef f_neg(Lift *c, IrRef x)
{
    return v_op(c, IR_vxor, x, v_const(c, 0x8000000080000000, 0x8000000080000000));
}

static inline IrRef v_permute(Lift *c, IrRef a, IrRef b, const uint8_t *idx)
{
    V128 v;

    memcpy(v.u8, idx, 16);
    return ir_call3(c->ir, &call_neon_permute, a, b, v_const(c, v.u64[0], v.u64[1]));
}

#endif
