/* SPDX-License-Identifier: MIT */
/*
 * What the lifters of VFP and Advanced SIMD share: register numbers as instructions encode them,
 * and the three views of the register file.
 * Implements: ARM DDI 0406C, A2.6.2 (register file), A7.3 (register encoding).
 */
#ifndef FRONTENDS_ARM_LIFT_FP_H
#define FRONTENDS_ARM_LIFT_FP_H

#include "frontends/arm/calls_fp.h"
#include "frontends/arm/lift.h"

/* ---- fields, named in vfp.decode and neon.decode ---- */

/* Vn:N as drawn to N:Vn. */
static inline uint32_t high_bit_last(uint32_t x)
{
    return (x & 1) << 4 | x >> 1;
}

/* i:imm4 as drawn to imm4:i. */
static inline uint32_t low_bit_first(uint32_t x)
{
    return (x & 15) << 1 | x >> 4;
}

static inline uint32_t bit4(uint32_t insn)
{
    return insn >> 4 & 1;
}

/* D:Vd as the number of an S register, Vd:D. */
static inline unsigned s_number(unsigned x)
{
    return (x & 15) << 1 | x >> 4;
}

/* ---- the register file ---- */

static inline bool d_exists(const Lift *c, unsigned n)
{
    return n < 16 || (n < 32 && HAS(c, D32) && !(c->mode & KEY_D32DIS));
}

/* Not KEY_NEON: VFP only, transfers of bytes and halfwords are Advanced SIMD. */
static inline bool neon_enabled(const Lift *c)
{
    return HAS(c, NEON) && (c->mode & KEY_NEON);
}

static inline IrRef get_s(Lift *c, unsigned n)
{
    return ir_get(c->ir, SLOT_S0 + n);
}

static inline void put_s(Lift *c, unsigned n, IrRef v)
{
    ir_put(c->ir, SLOT_S0 + n, v);
}

/* An S register as i32, a D register as i64. */
static inline IrRef get_s_bits(Lift *c, unsigned n)
{
    return ir_op1(c->ir, IR_fbits32, IR_I32, get_s(c, n));
}

static inline void put_s_bits(Lift *c, unsigned n, IrRef w)
{
    put_s(c, n, ir_op1(c->ir, IR_bitsf32, IR_F32, w));
}

static inline IrRef get_d(Lift *c, unsigned n)
{
    return ir_get(c->ir, SLOT_D0 + n);
}

static inline void put_d(Lift *c, unsigned n, IrRef v)
{
    ir_put(c->ir, SLOT_D0 + n, v);
}

static inline IrRef get_d_bits(Lift *c, unsigned n)
{
    return ir_op1(c->ir, IR_fbits64, IR_I64, get_d(c, n));
}

static inline void put_d_bits(Lift *c, unsigned n, IrRef v)
{
    put_d(c, n, ir_op1(c->ir, IR_bitsf64, IR_F64, v));
}

/* The vector whose 64-bit halves are given. */
static inline IrRef v_const(Lift *c, uint64_t lo, uint64_t hi)
{
    IrRef l = ir_i64(c->ir, lo);
    return lo == hi ? ir_opi(c->ir, IR_vdup, IR_V128, l, 0, 8)
                    : ir_op2(c->ir, IR_vpair, IR_V128, l, ir_i64(c->ir, hi));
}

/* D register n as a vector with the upper half zero; or, with q, the Q register that it begins. */
static inline IrRef get_v(Lift *c, bool q, unsigned n)
{
    return q ? ir_get(c->ir, SLOT_Q0 + n / 2)
             : ir_opi(c->ir, IR_vsetlane, IR_V128, v_const(c, 0, 0), get_d(c, n), 8);
}

static inline void put_v(Lift *c, bool q, unsigned n, IrRef v)
{
    if (q) {
        ir_put(c->ir, SLOT_Q0 + n / 2, v);
    } else {
        put_d(c, n, ir_opi(c->ir, IR_vlane, IR_F64, v, 0, 8));
    }
}

/* Half 0 or 1 of a vector into D register n. */
static inline void put_half(Lift *c, unsigned n, IrRef v, unsigned half)
{
    put_d(c, n, ir_opi(c->ir, IR_vlane, IR_F64, v, 0, 8 | half << 8));
}

/* Two D registers, next to each other or not, as one vector. */
static inline IrRef get_pair(Lift *c, unsigned lo, unsigned hi)
{
    if (!(lo & 1) && hi == lo + 1) {
        return get_v(c, true, lo);
    }
    return ir_opi(c->ir, IR_vsetlane, IR_V128, get_v(c, false, lo), get_d(c, hi), 8 | 1 << 8);
}

/* Lane `index` of D register n as bytes of 1 << size: the immediate of vlane and vsetlane on its Q
 * register. */
static inline unsigned q_lane(unsigned n, unsigned size, unsigned index)
{
    return (1u << size) | ((n & 1) * (8u >> size) + index) << 8;
}

#endif
