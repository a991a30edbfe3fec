/* SPDX-License-Identifier: MIT */
/*
 * Reciprocal and reciprocal square root of ARMv7 Advanced SIMD: estimates of eight bits and the
 * Newton-Raphson steps.  Implements the pseudocode of ARM DDI 0406C, A2.7.8 and A2.7.9
 * (recip_estimate, recip_sqrt_estimate written in integers).  The steps round twice, as v7 does.
 */
#include "frontends/common/softfloat.h"

#define F32_TWO        0x40000000u
#define F32_THREE      0x40400000u
#define F32_THREE_HALF 0x3fc00000u
#define F32_SIGN       0x80000000u
#define F32_QUIET      0x00400000u

/* The estimate s / 256, 256 <= s < 512, for q / 512 <= x < (q + 1) / 512, 0.5 <= x < 1. */
static uint32_t recip_estimate(uint32_t q)
{
    return ((1u << 19) / (2 * q + 1) + 1) / 2;
}

/*
 * The same for 1 / sqrt(x), 0.25 <= x < 1, where x below one half is known to nine bits and
 * above it to eight: 512 / sqrt(middle / 1024), rounded down and then to one bit less.
 */
static uint32_t rsqrt_estimate(uint32_t q)
{
    uint64_t middle = q < 256 ? 2 * q + 1 : (q | 1) * 2;
    uint32_t b = 512;

    while (middle * (b + 1) * (b + 1) < UINT64_C(1) << 28) {
        b++;
    }
    return (b + 1) / 2;
}

static uint32_t default_or_quiet(uint32_t a, FpStatus *st)
{
    if (!(a & F32_QUIET)) {
        st->flags |= FP_INVALID;
    }
    if (st->default_nan) {
        return F32_INFINITY | F32_QUIET | (st->default_nan_sign ? F32_SIGN : 0);
    }
    return a | F32_QUIET;
}

/* Denormal operands are flushed whatever the status says: estimates use the standard FPSCR. */
static uint32_t flush(uint32_t a, FpStatus *st)
{
    if ((a & F32_INFINITY) == 0 && (a & ~F32_SIGN)) {
        st->flags |= FP_INPUT_FLUSHED;
        return a & F32_SIGN;
    }
    return a;
}

uint32_t arm_recip_estimate_f32(uint32_t a, FpStatus *st)
{
    uint32_t sign = a & F32_SIGN, exp, s;

    a = flush(a, st);
    if (f32_is_nan(a)) {
        return default_or_quiet(a, st);
    }
    exp = a >> 23 & 0xff;
    if (exp == 0xff) {
        return sign;
    }
    if (exp == 0) {
        st->flags |= FP_DIVIDE_BY_ZERO;
        return sign | F32_INFINITY;
    }
    if (exp >= 253) {                       /* 2^126 and more */
        st->flags |= FP_UNDERFLOW;
        return sign;
    }
    s = recip_estimate(256 | (a >> 15 & 0xff));
    return sign | (253 - exp) << 23 | (s & 0xff) << 15;
}

uint32_t arm_rsqrt_estimate_f32(uint32_t a, FpStatus *st)
{
    uint32_t exp, s;

    a = flush(a, st);
    if (f32_is_nan(a)) {
        return default_or_quiet(a, st);
    }
    if ((a & ~F32_SIGN) == 0) {
        st->flags |= FP_DIVIDE_BY_ZERO;
        return (a & F32_SIGN) | F32_INFINITY;
    }
    if (a & F32_SIGN) {
        st->flags |= FP_INVALID;
        return F32_INFINITY | F32_QUIET | (st->default_nan_sign ? F32_SIGN : 0);
    }
    exp = a >> 23;
    if (exp == 0xff) {
        return 0;
    }
    /* x = a scaled by a power of four: half to one when the exponent field is even */
    s = rsqrt_estimate(exp & 1 ? 128 | (a >> 16 & 0x7f) : 256 | (a >> 15 & 0xff));
    return (380 - exp) / 2 << 23 | (s & 0xff) << 15;
}

uint32_t arm_recip_estimate_u32(uint32_t a)
{
    return a >> 31 ? recip_estimate(a >> 23) << 23 : UINT32_MAX;
}

uint32_t arm_rsqrt_estimate_u32(uint32_t a)
{
    return a >> 30 ? rsqrt_estimate(a >> 23) << 23 : UINT32_MAX;
}

static bool inf_times_zero(uint32_t a, uint32_t b, FpStatus *st)
{
    uint32_t x = a & ~F32_SIGN, y = b & ~F32_SIGN;
    bool x_zero = st->flush_inputs ? (x & F32_INFINITY) == 0 : x == 0;
    bool y_zero = st->flush_inputs ? (y & F32_INFINITY) == 0 : y == 0;

    return (x == F32_INFINITY && y_zero) || (y == F32_INFINITY && x_zero);
}

uint32_t arm_recip_step_f32(uint32_t a, uint32_t b, FpStatus *st)
{
    if (inf_times_zero(a, b, st)) {
        flush(a, st);
        flush(b, st);
        return F32_TWO;
    }
    return f32_sub(F32_TWO, f32_mul(a, b, st), st);
}

uint32_t arm_rsqrt_step_f32(uint32_t a, uint32_t b, FpStatus *st)
{
    if (inf_times_zero(a, b, st)) {
        flush(a, st);
        flush(b, st);
        return F32_THREE_HALF;
    }
    return f32_halved_sub(F32_THREE, f32_mul(a, b, st), st);
}
