/* SPDX-License-Identifier: MIT */
/*
 * Advanced SIMD on single-precision lanes, by soft-float under the standard FPSCR value.
 * Implements: ARM DDI 0406C, A8.8, the floating-point operations of chapter A7.4.
 * The last argument but for conversions is the number of lanes, 2 or 4: a D register's vector has
 * no others, and they must raise no exceptions.  Lanes beyond are zero.
 */
#include "frontends/arm/fp_status.h"

#define SIGN 0x80000000u

/* Lane by lane: x and y of a and b. */
#define LANEWISE(name, expr) \
    static void neon_##name(Cpu *cpu, V128 *out, const V128 *a, const V128 *b, uint32_t lanes) \
    { \
        FpStatus st = standard_status(ARM(cpu)); \
        V128 r = { .u64 = { 0 } }; \
        for (uint32_t i = 0; i < lanes; i++) { \
            uint32_t x = a->u32[i], y = b->u32[i]; \
            r.u32[i] = expr; \
        } \
        accumulate(ARM(cpu), &st); \
        *out = r; \
    } \
    CALL_DEF(neon_##name, "V:VVw", CALL_PURE);

/* Neighbours: those of a, then those of b.  Two lanes each. */
#define PAIRWISE(name, fn) \
    static void neon_##name(Cpu *cpu, V128 *out, const V128 *a, const V128 *b, uint32_t lanes) \
    { \
        FpStatus st = standard_status(ARM(cpu)); \
        V128 r = { .u64 = { 0 } }; \
        r.u32[0] = fn(a->u32[0], a->u32[1], &st); \
        r.u32[1] = fn(b->u32[0], b->u32[1], &st); \
        accumulate(ARM(cpu), &st); \
        *out = r; \
    } \
    CALL_DEF(neon_##name, "V:VVw", CALL_PURE);

#define UNARY(name, sig, params, n_lanes, expr) \
    static void neon_##name params \
    { \
        FpStatus st = standard_status(ARM(cpu)); \
        V128 r = { .u64 = { 0 } }; \
        for (uint32_t i = 0; i < n_lanes; i++) { \
            uint32_t x = a->u32[i]; \
            r.u32[i] = expr; \
        } \
        accumulate(ARM(cpu), &st); \
        *out = r; \
    } \
    CALL_DEF(neon_##name, sig, CALL_PURE);

static uint32_t at_least(uint32_t x, uint32_t y, FpStatus *st)
{
    FpOrder order = f32_compare(x, y, true, st);
    return order == FP_GREATER || order == FP_EQUAL ? UINT32_MAX : 0;
}

static uint32_t above(uint32_t x, uint32_t y, FpStatus *st)
{
    return f32_compare(x, y, true, st) == FP_GREATER ? UINT32_MAX : 0;
}

LANEWISE(fadd, f32_add(x, y, &st))
LANEWISE(fsub, f32_sub(x, y, &st))
LANEWISE(fmul, f32_mul(x, y, &st))
LANEWISE(fabd, f32_sub(x, y, &st) & ~SIGN)
LANEWISE(fmax, f32_max(x, y, &st))
LANEWISE(fmin, f32_min(x, y, &st))
LANEWISE(fceq, f32_compare(x, y, false, &st) == FP_EQUAL ? UINT32_MAX : 0)
LANEWISE(fcge, at_least(x, y, &st))
LANEWISE(fcgt, above(x, y, &st))
LANEWISE(facge, at_least(x & ~SIGN, y & ~SIGN, &st))
LANEWISE(facgt, above(x & ~SIGN, y & ~SIGN, &st))
LANEWISE(frecps, arm_recip_step_f32(x, y, &st))
LANEWISE(frsqrts, arm_rsqrt_step_f32(x, y, &st))
PAIRWISE(fpadd, f32_add)
PAIRWISE(fpmax, f32_max)
PAIRWISE(fpmin, f32_min)

UNARY(frecpe, "V:Vw", (Cpu *cpu, V128 *out, const V128 *a, uint32_t lanes), lanes,
      arm_recip_estimate_f32(x, &st))
UNARY(frsqrte, "V:Vw", (Cpu *cpu, V128 *out, const V128 *a, uint32_t lanes), lanes,
      arm_rsqrt_estimate_f32(x, &st))
UNARY(f32_to_fixed, "V:Vww", (Cpu *cpu, V128 *out, const V128 *a, uint32_t lanes, uint32_t f),
      lanes, f >> 16 ? f32_to_uint(x, f & 0xff, 32, FP_ROUND_ZERO, &st)
                     : (uint64_t)f32_to_int(x, f & 0xff, 32, FP_ROUND_ZERO, &st))
UNARY(f32_from_fixed, "V:Vww", (Cpu *cpu, V128 *out, const V128 *a, uint32_t lanes, uint32_t f),
      lanes, f >> 16 ? f32_from_uint(x, f & 0xff, &st) : f32_from_int((int32_t)x, f & 0xff, &st))

static void neon_fma(Cpu *cpu, V128 *out, const V128 *d, const V128 *n, const V128 *m,
                     uint32_t lanes)
{
    FpStatus st = standard_status(ARM(cpu));
    V128 r = { .u64 = { 0 } };

    for (uint32_t i = 0; i < lanes; i++) {
        r.u32[i] = f32_fma(n->u32[i], m->u32[i], d->u32[i], &st);
    }
    accumulate(ARM(cpu), &st);
    *out = r;
}
CALL_DEF(neon_fma, "V:VVVw", CALL_PURE);

static void neon_f16_to_f32(Cpu *cpu, V128 *out, const V128 *a)
{
    FpStatus st = standard_status(ARM(cpu));
    V128 r;

    for (int i = 0; i < 4; i++) {
        r.u32[i] = f16_to_f32(a->u16[i], &st);
    }
    accumulate(ARM(cpu), &st);
    *out = r;
}
CALL_DEF(neon_f16_to_f32, "V:V", CALL_PURE);

static void neon_f32_to_f16(Cpu *cpu, V128 *out, const V128 *a)
{
    FpStatus st = standard_status(ARM(cpu));
    V128 r = { .u64 = { 0 } };

    for (int i = 0; i < 4; i++) {
        r.u16[i] = f32_to_f16(a->u32[i], &st);
    }
    accumulate(ARM(cpu), &st);
    *out = r;
}
CALL_DEF(neon_f32_to_f16, "V:V", CALL_PURE);
