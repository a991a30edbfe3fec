/* SPDX-License-Identifier: MIT */
/*
 * Soft-float against the host's SSE unit (and F16C, FMA where it has them): the same random and
 * special operands, values and exception flags, in every rounding mode and with FTZ and DAZ;
 * then what ARM does differently, by hand from ARM DDI 0406C.
 */
#include <glib.h>
#include <immintrin.h>
#include <math.h>

#include "frontends/common/softfloat.h"

enum { N_RANDOM = 200000, MXCSR_MASKED = 0x1f80, MXCSR_DAZ = 0x40, MXCSR_FTZ = 0x8000 };

typedef struct Mode {
    const char *name;
    unsigned    mxcsr;
    FpStatus    st;
} Mode;

#define X86 .nan_rule = FP_NAN_FIRST, .default_nan_sign = true, .tiny_after = true, \
            .flush_inexact = true, .int_indefinite = true

static const Mode modes[] = {
    { "nearest",     0x0000,                { X86, .rounding = FP_ROUND_NEAREST_EVEN } },
    { "down",        0x2000,                { X86, .rounding = FP_ROUND_DOWN } },
    { "up",          0x4000,                { X86, .rounding = FP_ROUND_UP } },
    { "zero",        0x6000,                { X86, .rounding = FP_ROUND_ZERO } },
    { "nearest-ftz", MXCSR_FTZ | MXCSR_DAZ, { X86, .flush_inputs = true, .flush_outputs = true } },
    { "up-ftz",      0x4000 | MXCSR_FTZ,    { X86, .rounding = FP_ROUND_UP,
                                              .flush_outputs = true } },
};

/* ---- operands: dense where things happen ---- */

static uint64_t state = 88172645463325252ull;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * 0x2545f4914f6cdd1dull;
}

static uint64_t random_float(int exp_bits, int frac_bits)
{
    uint64_t r = next_random(), max = (1 << exp_bits) - 1, half = max >> 1;
    uint64_t frac = next_random() & ((UINT64_C(1) << frac_bits) - 1);
    uint64_t sign = r & 1, exp;

    switch (r >> 1 & 7) {
    case 0:  exp = 0; break;                                /* denormal */
    case 1:  exp = max - (r >> 8 & 1); break;               /* NaN, large */
    case 2:  exp = 1 + (r >> 8 & 3); break;                 /* small */
    case 3:
    case 4:  exp = half - 3 + (r >> 8) % (frac_bits + 12); break;
    case 5:  exp = half / 2 + (r >> 8 & 7); break;
    default: exp = (r >> 8) & max;
    }
    switch (r >> 40 & 7) {
    case 0: frac = 0; break;
    case 1: frac = (UINT64_C(1) << frac_bits) - 1; break;
    case 2: frac &= ~UINT64_C(0) << (r >> 44) % frac_bits; break;
    case 3: frac >>= (r >> 44) % frac_bits; break;
    }
    return sign << (exp_bits + frac_bits) | exp << frac_bits | frac;
}

static uint64_t random64(void)
{
    return random_float(11, 52);
}

static uint64_t random32(void)
{
    return random_float(8, 23);
}

/* ---- the host: bits in, bits out, MXCSR around ---- */

static __m128 s(uint64_t a)
{
    return _mm_castsi128_ps(_mm_cvtsi32_si128(a));
}

static __m128d d(uint64_t a)
{
    return _mm_castsi128_pd(_mm_cvtsi64_si128(a));
}

static uint64_t from_s(__m128 v)
{
    return (uint32_t)_mm_cvtsi128_si32(_mm_castps_si128(v));
}

static uint64_t from_d(__m128d v)
{
    return _mm_cvtsi128_si64(_mm_castpd_si128(v));
}

typedef uint64_t HostFn(uint64_t a, uint64_t b, uint64_t c);
typedef uint64_t SoftFn(uint64_t a, uint64_t b, uint64_t c, FpStatus *st);

#define HOST(name, expr, target) \
    static target uint64_t host_##name(uint64_t a, uint64_t b, uint64_t c) { return expr; }
#define SOFT(name, expr) \
    static uint64_t soft_##name(uint64_t a, uint64_t b, uint64_t c, FpStatus *st) { return expr; }
#define BOTH(name, host, soft) HOST(name, host, ) SOFT(name, soft)
#define FMA_TARGET __attribute__((target("fma")))
#define F16_TARGET __attribute__((target("f16c")))
#define INT_TARGET __attribute__((target("sse4.1")))

BOTH(add32,  from_s(_mm_add_ss(s(a), s(b))),            f32_add(a, b, st))
BOTH(sub32,  from_s(_mm_sub_ss(s(a), s(b))),            f32_sub(a, b, st))
BOTH(mul32,  from_s(_mm_mul_ss(s(a), s(b))),            f32_mul(a, b, st))
BOTH(div32,  from_s(_mm_div_ss(s(a), s(b))),            f32_div(a, b, st))
BOTH(sqrt32, from_s(_mm_sqrt_ss(s(a))),                 f32_sqrt(a, st))
BOTH(add64,  from_d(_mm_add_sd(d(a), d(b))),            f64_add(a, b, st))
BOTH(sub64,  from_d(_mm_sub_sd(d(a), d(b))),            f64_sub(a, b, st))
BOTH(mul64,  from_d(_mm_mul_sd(d(a), d(b))),            f64_mul(a, b, st))
BOTH(div64,  from_d(_mm_div_sd(d(a), d(b))),            f64_div(a, b, st))
BOTH(sqrt64, from_d(_mm_sqrt_sd(d(a), d(a))),           f64_sqrt(a, st))
BOTH(widen,  from_d(_mm_cvtss_sd(d(0), s(a))),          f32_to_f64(a, st))
BOTH(narrow, from_s(_mm_cvtsd_ss(s(0), d(a))),          f64_to_f32(a, st))
BOTH(s32w,   (uint32_t)_mm_cvtss_si32(s(a)),   (uint32_t)f32_to_int(a, 0, 32, st->rounding, st))
BOTH(s32x,   (uint64_t)_mm_cvtss_si64(s(a)),   f32_to_int(a, 0, 64, st->rounding, st))
BOTH(s32tw,  (uint32_t)_mm_cvttss_si32(s(a)),  (uint32_t)f32_to_int(a, 0, 32, FP_ROUND_ZERO, st))
BOTH(s64w,   (uint32_t)_mm_cvtsd_si32(d(a)),   (uint32_t)f64_to_int(a, 0, 32, st->rounding, st))
BOTH(s64x,   (uint64_t)_mm_cvtsd_si64(d(a)),   f64_to_int(a, 0, 64, st->rounding, st))
BOTH(s64tx,  (uint64_t)_mm_cvttsd_si64(d(a)),  f64_to_int(a, 0, 64, FP_ROUND_ZERO, st))
BOTH(w32,    from_s(_mm_cvtsi32_ss(s(0), a)),           f32_from_int((int32_t)a, 0, st))
BOTH(x32,    from_s(_mm_cvtsi64_ss(s(0), a)),           f32_from_int(a, 0, st))
BOTH(w64,    from_d(_mm_cvtsi32_sd(d(0), a)),           f64_from_int((int32_t)a, 0, st))
BOTH(x64,    from_d(_mm_cvtsi64_sd(d(0), a)),           f64_from_int(a, 0, st))
BOTH(lt32,   from_s(_mm_cmplt_ss(s(a), s(b))) & 1,      f32_compare(a, b, true, st) == FP_LESS)
BOTH(eq32,   from_s(_mm_cmpeq_ss(s(a), s(b))) & 1,      f32_compare(a, b, false, st) == FP_EQUAL)
BOTH(le64,   from_d(_mm_cmple_sd(d(a), d(b))) & 1,      f64_compare(a, b, true, st) <= FP_EQUAL)
BOTH(un64,   from_d(_mm_cmpunord_sd(d(a), d(b))) & 1,
                                                        f64_compare(a, b, false, st) == FP_UNORDERED)
HOST(rint32, from_s(_mm_round_ss(s(0), s(a), _MM_FROUND_RINT)), INT_TARGET)
SOFT(rint32, f32_round_int(a, st->rounding, true, st))
HOST(rint64, from_d(_mm_round_sd(d(0), d(a), _MM_FROUND_NEARBYINT)), INT_TARGET)
SOFT(rint64, f64_round_int(a, st->rounding, false, st))
HOST(fma32,  from_s(_mm_fmadd_ss(s(a), s(b), s(c))), FMA_TARGET)
SOFT(fma32,  f32_fma(a, b, c, st))
HOST(fma64,  from_d(_mm_fmadd_sd(d(a), d(b), d(c))), FMA_TARGET)
SOFT(fma64,  f64_fma(a, b, c, st))
HOST(half,   (uint16_t)_mm_cvtsi128_si32(_mm_cvtps_ph(s(a), _MM_FROUND_CUR_DIRECTION)), F16_TARGET)
SOFT(half,   f32_to_f16(a, st))
HOST(unhalf, from_s(_mm_cvtph_ps(_mm_cvtsi32_si128(a & 0xffff))), F16_TARGET)
SOFT(unhalf, f16_to_f32(a, st))

typedef enum Needs { ANY_HOST, NEEDS_FMA, NEEDS_F16C, NEEDS_SSE41 } Needs;

typedef struct Op {
    const char *name;
    HostFn     *host;
    SoftFn     *soft;
    uint64_t  (*operand)(void);
    int         width;
    Needs       needs;
} Op;

#define OP(name, operand, ...) { #name, host_##name, soft_##name, operand, __VA_ARGS__ }

static const Op ops[] = {
    OP(add32, random32, 32), OP(sub32, random32, 32), OP(mul32, random32, 32),
    OP(div32, random32, 32), OP(sqrt32, random32, 32),
    OP(add64, random64, 64), OP(sub64, random64, 64), OP(mul64, random64, 64),
    OP(div64, random64, 64), OP(sqrt64, random64, 64),
    OP(widen, random32, 64), OP(narrow, random64, 32),
    OP(s32w, random32, 0),   OP(s32x, random32, 0),   OP(s32tw, random32, 0),
    OP(s64w, random64, 0),   OP(s64x, random64, 0),   OP(s64tx, random64, 0),
    OP(w32, next_random, 0), OP(x32, random64, 0),    OP(w64, random64, 0),
    OP(x64, next_random, 0),
    OP(lt32, random32, 0),   OP(eq32, random32, 0),   OP(le64, random64, 0), OP(un64, random64, 0),
    OP(rint32, random32, 32, NEEDS_SSE41), OP(rint64, random64, 64, NEEDS_SSE41),
    OP(fma32, random32, 32, NEEDS_FMA),    OP(fma64, random64, 64, NEEDS_FMA),
    OP(half, random32, 0, NEEDS_F16C),     OP(unhalf, next_random, 32, NEEDS_F16C),
};

static bool host_has(Needs needs)
{
    switch (needs) {
    case NEEDS_FMA:   return __builtin_cpu_supports("fma");
    case NEEDS_F16C:  return __builtin_cpu_supports("f16c");
    case NEEDS_SSE41: return __builtin_cpu_supports("sse4.1");
    case ANY_HOST:    break;
    }
    return true;
}

/* MXCSR: IE DE ZE OE UE PE */
static unsigned from_mxcsr(unsigned v)
{
    return (v & 1 ? FP_INVALID : 0) | (v & 2 ? FP_DENORMAL : 0) | (v & 4 ? FP_DIVIDE_BY_ZERO : 0) |
           (v & 8 ? FP_OVERFLOW : 0) | (v & 16 ? FP_UNDERFLOW : 0) | (v & 32 ? FP_INEXACT : 0);
}

static uint64_t run_host(const Op *op, const Mode *m, const uint64_t *x, unsigned *flags)
{
    uint64_t r;

    _mm_setcsr(MXCSR_MASKED | m->mxcsr);
    r = op->host(x[0], x[1], x[2]);
    *flags = from_mxcsr(_mm_getcsr());
    _mm_setcsr(MXCSR_MASKED);
    return r;
}

static void check(const Op *op, const Mode *m, const uint64_t *x)
{
    FpStatus st = m->st;
    unsigned flags;
    uint64_t want = run_host(op, m, x, &flags);
    uint64_t got = op->soft(x[0], x[1], x[2], &st);

    st.flags &= ~FP_INPUT_FLUSHED;
    if (got != want || st.flags != flags) {
        g_test_message("%s %s: %#" G_GINT64_MODIFIER "x %#" G_GINT64_MODIFIER "x %#"
                       G_GINT64_MODIFIER "x: got %#" G_GINT64_MODIFIER "x flags %#x, host %#"
                       G_GINT64_MODIFIER "x flags %#x", op->name, m->name, x[0], x[1], x[2],
                       got, st.flags, want, flags);
        g_test_fail();
    }
}

static void test_against_host(gconstpointer data)
{
    const Op *op = data;

    if (!host_has(op->needs)) {
        g_test_skip("the host has no such instruction");
        return;
    }
    for (int i = 0; i < N_RANDOM && !g_test_failed(); i++) {
        uint64_t x[3] = { op->operand(), op->operand(), op->operand() };
        if (i % 16 == 0) {
            x[1] = x[0];
        } else if (i % 16 == 1) {
            x[1] = x[0] ^ 1;            /* deep cancellation */
        } else if (i % 16 == 2 && op->needs == NEEDS_FMA) {
            x[2] = op->host(x[0], x[1], 0) ^ UINT64_C(1) << (op->width - 1);
        }
        check(op, &modes[i % G_N_ELEMENTS(modes)], x);
    }
}

/* ---- ARM ---- */

#define QNAN32  0x7fc00000u
#define ONE32   0x3f800000u

static void arm_nan_choice(void)
{
    FpStatus st = { 0 };

    g_assert_cmphex(f32_add(0x7fc00001, 0x7fc00002, &st), ==, 0x7fc00001);
    g_assert_cmphex(st.flags, ==, 0);
    g_assert_cmphex(f32_add(0x7fc00001, 0xff800002, &st), ==, 0xffc00002);  /* signaling first */
    g_assert_cmphex(st.flags, ==, FP_INVALID);
    g_assert_cmphex(f32_mul(ONE32, 0x7fc00002, &st), ==, 0x7fc00002);
    g_assert_cmphex(f32_fma(0x7fc00001, 0x7fc00002, 0x7fc00003, &st), ==, 0x7fc00003);
    g_assert_cmphex(f32_fma(0x7fc00001, 0x7f800002, 0x7fc00003, &st), ==, 0x7fc00002);
    g_assert_cmphex(f32_sub(ONE32, 0xffc12345, &st), ==, 0xffc12345);       /* not negated */
    g_assert_cmphex(f32_sqrt(0xbf800000, &st), ==, QNAN32);
}

static void arm_default_nan(void)
{
    FpStatus st = { .default_nan = true };

    g_assert_cmphex(f32_add(0xffc00001, ONE32, &st), ==, QNAN32);
    g_assert_cmphex(st.flags, ==, 0);
    g_assert_cmphex(f64_to_f32(0xfff0000000000001, &st), ==, QNAN32);
    g_assert_cmphex(st.flags, ==, FP_INVALID);
    g_assert_cmphex(f32_max(0x7f800001, 0, &st), ==, QNAN32);
}

static void arm_flush_to_zero(void)
{
    FpStatus st = { .flush_inputs = true, .flush_outputs = true };

    g_assert_cmphex(f32_add(0x80000001, 0x80000001, &st), ==, 0x80000000);
    g_assert_cmphex(st.flags, ==, FP_INPUT_FLUSHED);
    st.flags = 0;
    g_assert_cmphex(f32_mul(0x80800000, 0x3f000000, &st), ==, 0x80000000);
    g_assert_cmphex(st.flags, ==, FP_UNDERFLOW);                            /* and not inexact */
    st.flags = 0;
    g_assert_cmpint(f32_compare(1, 0, false, &st), ==, FP_EQUAL);
    g_assert_cmphex(st.flags, ==, FP_INPUT_FLUSHED);
    /* Largest denormal and a half: normal after rounding, tiny before: flushed. */
    st.flags = 0;
    g_assert_cmphex(f32_mul(0x00ffffff, 0x3f000000, &st), ==, 0);
    g_assert_cmphex(st.flags, ==, FP_UNDERFLOW);
    /* Half precision is not flushed. */
    st.flags = 0;
    g_assert_cmphex(f16_to_f32(1, &st), ==, 0x33800000);
    g_assert_cmphex(f32_to_f16(0x33800000, &st), ==, 1);
    g_assert_cmphex(st.flags, ==, 0);
}

static void arm_tininess_before_rounding(void)
{
    FpStatus st = { 0 };

    g_assert_cmphex(f32_mul(0x00ffffff, 0x3f000000, &st), ==, 0x00800000);
    g_assert_cmphex(st.flags, ==, FP_UNDERFLOW | FP_INEXACT);
}

static void arm_min_max(void)
{
    FpStatus st = { 0 };

    g_assert_cmphex(f32_max(0x80000000, 0, &st), ==, 0);
    g_assert_cmphex(f32_min(0, 0x80000000, &st), ==, 0x80000000);
    g_assert_cmphex(f32_max(0xff800000, 0xc0000000, &st), ==, 0xc0000000);
    g_assert_cmphex(f64_min(0x7fefffffffffffff, 0x7ff0000000000000, &st), ==, 0x7fefffffffffffff);
    g_assert_cmphex(f32_max(0x7fc00001, ONE32, &st), ==, 0x7fc00001);
    g_assert_cmphex(st.flags, ==, 0);
}

static void arm_to_integer_saturates(void)
{
    FpStatus st = { 0 };

    g_assert_cmphex((uint32_t)f32_to_int(0x4f000000, 0, 32, FP_ROUND_ZERO, &st), ==, 0x7fffffff);
    g_assert_cmphex((uint32_t)f32_to_int(0xff800000, 0, 32, FP_ROUND_ZERO, &st), ==, 0x80000000);
    g_assert_cmphex(f32_to_uint(0xbf800000, 0, 32, FP_ROUND_ZERO, &st), ==, 0);
    g_assert_cmphex(f32_to_uint(0x7fc00000, 0, 32, FP_ROUND_ZERO, &st), ==, 0);
    g_assert_cmphex(st.flags, ==, FP_INVALID);
    st.flags = 0;
    g_assert_cmphex(f32_to_uint(0xbf000000, 0, 32, FP_ROUND_NEAREST_EVEN, &st), ==, 0);
    g_assert_cmphex(st.flags, ==, FP_INEXACT);
    /* fixed point: 1.5 with 4 fraction bits in 16, and 2^11 which does not fit */
    st.flags = 0;
    g_assert_cmphex(f64_to_int(0x3ff8000000000000, 4, 16, FP_ROUND_ZERO, &st), ==, 24);
    g_assert_cmphex(st.flags, ==, 0);
    g_assert_cmphex(f64_to_int(0x40a0000000000000, 4, 16, FP_ROUND_ZERO, &st), ==, 0x7fff);
    g_assert_cmphex(st.flags, ==, FP_INVALID);
    g_assert_cmphex(f32_from_uint(0xffffffff, 32, &st), ==, ONE32);
    g_assert_cmphex(f32_from_int(-24, 4, &st), ==, 0xbfc00000);
}

static void arm_alternative_half(void)
{
    FpStatus st = { .alternative_half = true };

    g_assert_cmphex(f16_to_f32(0x7c00, &st), ==, 0x47800000);               /* 65536, no infinity */
    g_assert_cmphex(f32_to_f16(0x47800000, &st), ==, 0x7c00);
    g_assert_cmphex(st.flags, ==, 0);
    g_assert_cmphex(f32_to_f16(0x48800000, &st), ==, 0x7fff);
    g_assert_cmphex(st.flags, ==, FP_INVALID);
    g_assert_cmphex(f32_to_f16(0xff800000, &st), ==, 0xffff);
    g_assert_cmphex(f32_to_f16(0xffc00000, &st), ==, 0x8000);
}

/* DDI 0406C, A2.7.8: the table of special cases, and the estimates within their bounds. */
static void arm_estimates(void)
{
    FpStatus st = { .flush_inputs = true, .flush_outputs = true, .default_nan = true };

    g_assert_cmphex(arm_recip_estimate_f32(ONE32, &st), ==, 0x3f7f8000);
    g_assert_cmphex(arm_rsqrt_estimate_f32(ONE32, &st), ==, 0x3f7f8000);
    g_assert_cmphex(arm_rsqrt_estimate_f32(0x40000000, &st), ==, 0x3f348000);
    g_assert_cmphex(arm_recip_estimate_f32(0xff800000, &st), ==, 0x80000000);
    g_assert_cmphex(arm_recip_estimate_u32(0x7fffffff), ==, 0xffffffff);
    g_assert_cmphex(arm_recip_estimate_u32(0x80000000), ==, 0xff800000);
    g_assert_cmphex(arm_rsqrt_estimate_u32(0x3fffffff), ==, 0xffffffff);
    g_assert_cmphex(arm_rsqrt_estimate_u32(0x40000000), ==, 0xff800000);
    g_assert_cmphex(st.flags, ==, 0);
    g_assert_cmphex(arm_recip_estimate_f32(0x80000001, &st), ==, 0xff800000);
    g_assert_cmphex(st.flags, ==, FP_DIVIDE_BY_ZERO | FP_INPUT_FLUSHED);
    st.flags = 0;
    g_assert_cmphex(arm_rsqrt_estimate_f32(0xbf800000, &st), ==, QNAN32);
    g_assert_cmphex(st.flags, ==, FP_INVALID);
    g_assert_cmphex(arm_recip_step_f32(F32_INFINITY, 0x80000000, &st), ==, 0x40000000);
    g_assert_cmphex(arm_rsqrt_step_f32(0, 0xff800000, &st), ==, 0x3fc00000);
    g_assert_cmphex(arm_recip_step_f32(ONE32, ONE32, &st), ==, ONE32);
    g_assert_cmphex(arm_rsqrt_step_f32(ONE32, ONE32, &st), ==, ONE32);
}

/* recip_estimate and recip_sqrt_estimate as the manual writes them, in doubles. */
static uint32_t manual_recip(uint32_t q)
{
    return (uint32_t)(256.0 * (1.0 / ((q + 0.5) / 512.0)) + 0.5);
}

static uint32_t manual_rsqrt(uint32_t q)
{
    double middle = q < 256 ? (q + 0.5) / 512.0 : (q / 2 + 0.5) / 256.0;
    return (uint32_t)(256.0 * (1.0 / sqrt(middle)) + 0.5);
}

static void arm_estimates_equal_the_manual(void)
{
    for (uint32_t q = 128; q < 512; q++) {
        uint32_t random = next_random() & 0x7fffff;
        g_assert_cmphex(arm_rsqrt_estimate_u32(q << 23 | random), ==, manual_rsqrt(q) << 23);
        if (q >= 256) {
            g_assert_cmphex(arm_recip_estimate_u32(q << 23 | random), ==, manual_recip(q) << 23);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    for (size_t i = 0; i < G_N_ELEMENTS(ops); i++) {
        g_autofree char *path = g_strconcat("/softfloat/host/", ops[i].name, NULL);
        g_test_add_data_func(path, &ops[i], test_against_host);
    }
    g_test_add_func("/softfloat/arm/nan-choice", arm_nan_choice);
    g_test_add_func("/softfloat/arm/default-nan", arm_default_nan);
    g_test_add_func("/softfloat/arm/flush-to-zero", arm_flush_to_zero);
    g_test_add_func("/softfloat/arm/tininess-before-rounding", arm_tininess_before_rounding);
    g_test_add_func("/softfloat/arm/min-max", arm_min_max);
    g_test_add_func("/softfloat/arm/to-integer-saturates", arm_to_integer_saturates);
    g_test_add_func("/softfloat/arm/alternative-half", arm_alternative_half);
    g_test_add_func("/softfloat/arm/estimates", arm_estimates);
    g_test_add_func("/softfloat/arm/estimates-equal-the-manual", arm_estimates_equal_the_manual);
    return g_test_run();
}
