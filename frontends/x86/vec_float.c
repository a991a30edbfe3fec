/* SPDX-License-Identifier: MIT */
/*
 * The floating-point rows of tcg/vec.def by soft-float: for the interpreter, for what the host has no
 * instruction for, and where an exception is unmasked.
 * Implements: SDM 1, 4.8.3.5 (NaNs), 10.2.3, 11.5 (MXCSR, exceptions), 14.5 (FMA); SDM 2.
 */
#include "frontends/common/softfloat.h"
#include <string.h>
#include "frontends/x86/cpu.h"
#include "tcg/vec.h"

enum { RC_SHIFT = 13 };

static const uint8_t rounding_of[4] = {
    FP_ROUND_NEAREST_EVEN, FP_ROUND_DOWN, FP_ROUND_UP, FP_ROUND_ZERO,
};

static FpStatus status_of(const X86Cpu *s)
{
    return (FpStatus){
        .rounding = rounding_of[s->mxcsr >> RC_SHIFT & 3], .nan_rule = FP_NAN_FIRST,
        .default_nan_sign = true, .tiny_after = true, .flush_inexact = true, .int_indefinite = true,
        .trap_overflow = !(s->mxcsr & MXCSR_OM), .trap_underflow = !(s->mxcsr & MXCSR_UM),
   .flush_inputs = s->mxcsr & MXCSR_DAZ,
        .flush_outputs = s->mxcsr & MXCSR_FTZ && s->mxcsr & MXCSR_UM,
    };
}

static uint32_t mxcsr_flags(uint8_t fp)
{
    return (fp & FP_INVALID ? MXCSR_IE : 0) | (fp & FP_DENORMAL ? MXCSR_DE : 0) |
           (fp & FP_DIVIDE_BY_ZERO ? MXCSR_ZE : 0) | (fp & FP_OVERFLOW ? MXCSR_OE : 0) |
           (fp & FP_UNDERFLOW ? MXCSR_UE : 0) | (fp & FP_INEXACT ? MXCSR_PE : 0);
}

typedef struct Exact {
    X86Cpu  *s;
    FpStatus st;
    unsigned imm, step;
} Exact;

/* An operation of a lane, over 32 and 64 bits. */
typedef uint64_t LaneFn(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c);

static bool is_nan(bool dbl, uint64_t v)
{
    return dbl ? f64_is_nan(v) : f32_is_nan(v);
}

static bool is_snan(bool dbl, uint64_t v)
{
    return is_nan(dbl, v) && !(v >> (dbl ? 51 : 22) & 1);
}

static uint64_t quiet(bool dbl, uint64_t v)
{
    return v | UINT64_C(1) << (dbl ? 51 : 22);
}

static uint64_t sign_bit(bool dbl)
{
    return UINT64_C(1) << (dbl ? 63 : 31);
}

/* A denormal operand becomes zero where the guest wants that. */
static uint64_t operand(const Exact *x, bool dbl, uint64_t v)
{
    uint64_t exponent = dbl ? F64_INFINITY : F32_INFINITY;
    return x->st.flush_inputs && !(v & exponent) ? v & sign_bit(dbl) : v;
}

#define ARITHMETIC(name) \
    static uint64_t lane_##name(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c) \
    { \
        (void)c; \
        return dbl ? f64_##name(a, b, &x->st) : f32_##name(a, b, &x->st); \
    }
ARITHMETIC(add)
ARITHMETIC(sub)
ARITHMETIC(mul)
ARITHMETIC(div)

static uint64_t lane_sqrt(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c)
{
    (void)b, (void)c;
    return dbl ? f64_sqrt(a, &x->st) : f32_sqrt(a, &x->st);
}

static FpOrder order(Exact *x, bool dbl, uint64_t a, uint64_t b, bool signaling)
{
    return dbl ? f64_compare(a, b, signaling, &x->st) : f32_compare(a, b, signaling, &x->st);
}

/* Of NaNs and equal values the second. */
static uint64_t lane_min(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c)
{
    (void)c;
    return order(x, dbl, a, b, true) == FP_LESS ? operand(x, dbl, a) :
           is_nan(dbl, b) ? b : operand(x, dbl, b);
}

static uint64_t lane_max(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c)
{
    (void)c;
    return order(x, dbl, a, b, true) == FP_GREATER ? operand(x, dbl, a) :
           is_nan(dbl, b) ? b : operand(x, dbl, b);
}

/* SDM 2A, CMPPD, table 3-1: which orders are true (1 less, 2 equal, 4 greater, 8 unordered). */
static uint64_t lane_cmp(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c)
{
    static const uint8_t holds[16] = { 2, 1, 3, 8, 13, 14, 12, 7, 10, 9, 11, 0, 5, 6, 4, 15 };
    enum { SIGNALING = 0x6666 };
    unsigned predicate = x->imm & 31;
    bool signaling = (SIGNALING >> (predicate & 15) & 1) != predicate >> 4;
    FpOrder o = order(x, dbl, a, b, signaling);
    unsigned bit = o == FP_LESS ? 1 : o == FP_EQUAL ? 2 : o == FP_GREATER ? 4 : 8;
    (void)c;
    return holds[predicate & 15] & bit ? UINT64_MAX : 0;
}

static FpRounding round_by_imm(const Exact *x)
{
    return x->imm & 4 ? x->st.rounding : rounding_of[x->imm & 3];
}

/* Denormal operands are no exception here, nor in conversions to integers. */
static uint64_t lane_round(Exact *x, bool dbl, uint64_t a, uint64_t b, uint64_t c)
{
    FpStatus st = x->st;
    bool exact = !(x->imm & 8);
    FpRounding mode = round_by_imm(x);
    uint64_t v = dbl ? f64_round_int(a, mode, exact, &st) : f32_round_int(a, mode, exact, &st);
    (void)b, (void)c;
    x->st.flags |= st.flags & ~FP_DENORMAL;
    return v;
}

static uint64_t to_int(Exact *x, bool dbl, uint64_t a, unsigned bits, bool truncate)
{
    FpStatus st = x->st;
    FpRounding mode = truncate ? FP_ROUND_ZERO : (FpRounding)x->st.rounding;
    int64_t v = dbl ? f64_to_int(a, 0, bits, mode, &st) : f32_to_int(a, 0, bits, mode, &st);
    x->st.flags |= st.flags & ~FP_DENORMAL;
    return bits == 32 ? (uint32_t)v : (uint64_t)v;
}

/* ---- FMA: which operands are the factors and the addend, and their signs ---- */

enum { NEGATE_PRODUCT = 1, NEGATE_ADDEND = 2 };

/* op[0..2] in the order of the encoding.  Of factor, factor, addend the first NaN is the result. */
static uint64_t fused(Exact *x, bool dbl, const uint64_t op[3], unsigned form, unsigned negate)
{
    static const uint8_t at[3][3] = { { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 } };     /* 132 213 231 */
    for (unsigned i = 0; i < 3; i++) {
        uint64_t v = op[at[form][i]];
        if (is_nan(dbl, v)) {
            for (unsigned k = 0; k < 3; k++) {
                x->st.flags |= is_snan(dbl, op[k]) ? FP_INVALID : 0;
            }
            return quiet(dbl, v);
        }
    }
    uint64_t a = op[at[form][0]], b = op[at[form][1]], c = op[at[form][2]];
    a ^= negate & NEGATE_PRODUCT ? sign_bit(dbl) : 0;
    c ^= negate & NEGATE_ADDEND ? sign_bit(dbl) : 0;
    return dbl ? f64_fma(a, b, c, &x->st) : f32_fma(a, b, c, &x->st);
}

/* ---- lanes of vectors ---- */

static uint64_t get(const V128 *v, bool dbl, unsigned i)
{
    return dbl ? v->u64[i] : v->u32[i];
}

static void set(V128 *v, bool dbl, unsigned i, uint64_t value)
{
    if (dbl) {
        v->u64[i] = value;
    } else {
        v->u32[i] = value;
    }
}

static unsigned n_lanes(bool dbl)
{
    return dbl ? 2 : 4;
}

typedef enum Shape {
    NOT, PACKED, SCALAR, UNARY, SCALAR_UNARY, HORIZONTAL, ADDSUB, DOT, COMPARE, CONVERT, FUSED,
    FUSED_SCALAR, FUSED_ADDSUB,
} Shape;

typedef void ConvertFn(Exact *x, V128 *out, const V128 *a, const V128 *b);

typedef struct Row {
    uint8_t    shape;
    bool       dbl;
    LaneFn    *lane;
    ConvertFn *convert;
    uint8_t    form, negate;
} Row;

static void packed(Exact *x, const Row *r, V128 *out, const V128 *a, const V128 *b)
{
    unsigned n = r->shape == SCALAR || r->shape == SCALAR_UNARY ? 1 : n_lanes(r->dbl);
    bool unary = r->shape == UNARY || r->shape == SCALAR_UNARY;
    V128 v = *a;
    for (unsigned i = 0; i < n; i++) {
        uint64_t first = get(r->shape == SCALAR_UNARY ? b : a, r->dbl, i);
        set(&v, r->dbl, i, r->lane(x, r->dbl, first, unary ? 0 : get(b, r->dbl, i), 0));
    }
    *out = v;
}

static void horizontal(Exact *x, const Row *r, V128 *out, const V128 *a, const V128 *b)
{
    unsigned n = n_lanes(r->dbl);
    V128 v;
    for (unsigned i = 0; i < n; i++) {
        const V128 *from = i < n / 2 ? a : b;
        unsigned k = i % (n / 2) * 2;
        set(&v, r->dbl, i, r->lane(x, r->dbl, get(from, r->dbl, k), get(from, r->dbl, k + 1), 0));
    }
    *out = v;
}

static void addsub(Exact *x, const Row *r, V128 *out, const V128 *a, const V128 *b)
{
    V128 v;
    for (unsigned i = 0; i < n_lanes(r->dbl); i++) {
        LaneFn *lane = i & 1 ? lane_add : lane_sub;
        set(&v, r->dbl, i, lane(x, r->dbl, get(a, r->dbl, i), get(b, r->dbl, i), 0));
    }
    *out = v;
}

/* The end of a step of several: the next one's flags are of their own. */
static void end_step(Exact *x)
{
    x->s->xm_flags[x->step++] = mxcsr_flags(x->st.flags);
    x->st.flags = 0;
}

/* Neighbours are added first. */
static void dot(Exact *x, const Row *r, V128 *out, const V128 *a, const V128 *b)
{
    unsigned n = n_lanes(r->dbl);
    uint64_t t[4] = { 0 }, sum;
    V128 v = { .u64 = { 0, 0 } };
    for (unsigned i = 0; i < n; i++) {
        t[i] = x->imm >> (4 + i) & 1 ? lane_mul(x, r->dbl, get(a, r->dbl, i), get(b, r->dbl, i), 0)
                                     : 0;
    }
    end_step(x);
    sum = lane_add(x, r->dbl, t[0], t[1], 0);
    if (!r->dbl) {
        uint64_t high = lane_add(x, false, t[2], t[3], 0);
        end_step(x);
        sum = lane_add(x, false, sum, high, 0);
    }
    for (unsigned i = 0; i < n; i++) {
        set(&v, r->dbl, i, x->imm >> i & 1 ? sum : 0);
    }
    *out = v;
}

static void fused_lanes(Exact *x, const Row *r, V128 *out, const V128 *a, const V128 *b,
                        const V128 *c)
{
    unsigned n = r->shape == FUSED_SCALAR ? 1 : n_lanes(r->dbl);
    V128 v = *a;
    for (unsigned i = 0; i < n; i++) {
        const uint64_t op[3] = { get(a, r->dbl, i), get(b, r->dbl, i), get(c, r->dbl, i) };
        unsigned negate = r->negate;
        if (r->shape == FUSED_ADDSUB) {
            negate = (i & 1) == (unsigned)r->negate ? NEGATE_ADDEND : 0;
        }
        set(&v, r->dbl, i, fused(x, r->dbl, op, r->form, negate));
    }
    *out = v;
}

/* In the packed word: unordered Z P C, less C, equal Z. */
static void compare(Exact *x, const Row *r, V128 *out, const V128 *a, const V128 *b)
{
    FpOrder o = order(x, r->dbl, get(a, r->dbl, 0), get(b, r->dbl, 0), r->form);
    uint32_t f = o == FP_UNORDERED ? FL_Z | FL_P | FL_C : o == FP_EQUAL ? FL_Z :
                 o == FP_LESS ? FL_C : 0;
    *out = (V128){ .u64 = { f, 0 } };
}

/* ---- conversions ---- */

#define CONVERT(name) \
    static void convert_##name(Exact *x, V128 *out, const V128 *a, const V128 *b)

static void to_ints(Exact *x, V128 *out, const V128 *a, bool dbl, bool truncate)
{
    V128 v = { .u64 = { 0, 0 } };
    for (unsigned i = 0; i < n_lanes(dbl); i++) {
        v.u32[i] = to_int(x, dbl, get(a, dbl, i), 32, truncate);
    }
    *out = v;
}

CONVERT(ps2dq)  { (void)b; to_ints(x, out, a, false, false); }
CONVERT(tps2dq) { (void)b; to_ints(x, out, a, false, true); }
CONVERT(pd2dq)  { (void)b; to_ints(x, out, a, true, false); }
CONVERT(tpd2dq) { (void)b; to_ints(x, out, a, true, true); }

CONVERT(dq2ps)
{
    (void)b;
    for (unsigned i = 0; i < 4; i++) {
        out->u32[i] = f32_from_int(a->s32[i], 0, &x->st);
    }
}

CONVERT(dq2pd)
{
    int32_t lo = a->s32[0], hi = a->s32[1];
    (void)b;
    *out = (V128){ .u64 = { f64_from_int(lo, 0, &x->st), f64_from_int(hi, 0, &x->st) } };
}

CONVERT(ps2pd)
{
    uint32_t lo = a->u32[0], hi = a->u32[1];
    (void)b;
    *out = (V128){ .u64 = { f32_to_f64(lo, &x->st), f32_to_f64(hi, &x->st) } };
}

CONVERT(pd2ps)
{
    uint32_t lo = f64_to_f32(a->u64[0], &x->st), hi = f64_to_f32(a->u64[1], &x->st);
    (void)b;
    *out = (V128){ .u32 = { lo, hi, 0, 0 } };
}

CONVERT(ss2sd)
{
    uint64_t v = f32_to_f64(b->u32[0], &x->st);
    *out = *a;
    out->u64[0] = v;
}

CONVERT(sd2ss)
{
    uint32_t v = f64_to_f32(b->u64[0], &x->st);
    *out = *a;
    out->u32[0] = v;
}

/* Denormal halves are numbers like others. */
CONVERT(ph2ps)
{
    FpStatus st = x->st;
    V128 v;
    (void)b;
    for (unsigned i = 0; i < 4; i++) {
        v.u32[i] = f16_to_f32(a->u16[i], &st);
    }
    x->st.flags |= st.flags & ~FP_DENORMAL;
    *out = v;
}

CONVERT(ps2ph)
{
    FpStatus st = x->st;
    V128 v = { .u64 = { 0, 0 } };
    (void)b;
    st.rounding = round_by_imm(x);
    for (unsigned i = 0; i < 4; i++) {
        v.u16[i] = f32_to_f16(a->u32[i], &st);
    }
    x->st.flags |= st.flags;
    *out = v;
}

CONVERT(si2ss)
{
    uint32_t v = f32_from_int(b->s64[0], 0, &x->st);
    *out = *a;
    out->u32[0] = v;
}

CONVERT(si2sd)
{
    uint64_t v = f64_from_int(b->s64[0], 0, &x->st);
    *out = *a;
    out->u64[0] = v;
}

#define TO_SI(name, dbl, bits, truncate) \
    CONVERT(name) \
    { \
        (void)b; \
        *out = (V128){ .u64 = { to_int(x, dbl, get(a, dbl, 0), bits, truncate), 0 } }; \
    }
TO_SI(ss2si, false, 32, false)    TO_SI(tss2si, false, 32, true)
TO_SI(ss2si64, false, 64, false)  TO_SI(tss2si64, false, 64, true)
TO_SI(sd2si, true, 32, false)     TO_SI(tsd2si, true, 32, true)
TO_SI(sd2si64, true, 64, false)   TO_SI(tsd2si64, true, 64, true)

/* ---- the table ---- */

#define ALL(name, fn, packed_shape, scalar_shape) \
    [VEC_##name##ps] = { packed_shape, false, lane_##fn }, \
    [VEC_##name##pd] = { packed_shape, true, lane_##fn }, \
    [VEC_##name##ss] = { scalar_shape, false, lane_##fn }, \
    [VEC_##name##sd] = { scalar_shape, true, lane_##fn }
#define TO(name, fn) [VEC_cvt##name] = { CONVERT, .convert = convert_##fn }
#define FORMS(name, type, shp, is_dbl, neg) \
    [VEC_##name##132##type] = { shp, is_dbl, .form = 0, .negate = neg }, \
    [VEC_##name##213##type] = { shp, is_dbl, .form = 1, .negate = neg }, \
    [VEC_##name##231##type] = { shp, is_dbl, .form = 2, .negate = neg }
#define FMA(name, neg) \
    FORMS(name, ps, FUSED, false, neg), FORMS(name, pd, FUSED, true, neg), \
    FORMS(name, ss, FUSED_SCALAR, false, neg), FORMS(name, sd, FUSED_SCALAR, true, neg)

static const Row rows[VEC_N_OPS] = {
    ALL(add, add, PACKED, SCALAR), ALL(sub, sub, PACKED, SCALAR), ALL(mul, mul, PACKED, SCALAR),
    ALL(div, div, PACKED, SCALAR), ALL(min, min, PACKED, SCALAR), ALL(max, max, PACKED, SCALAR),
    ALL(cmp, cmp, PACKED, SCALAR), ALL(sqrt, sqrt, UNARY, SCALAR_UNARY),
    ALL(round, round, UNARY, SCALAR_UNARY),
    [VEC_haddps] = { HORIZONTAL, false, lane_add }, [VEC_haddpd] = { HORIZONTAL, true, lane_add },
    [VEC_hsubps] = { HORIZONTAL, false, lane_sub }, [VEC_hsubpd] = { HORIZONTAL, true, lane_sub },
    [VEC_addsubps] = { ADDSUB, false }, [VEC_addsubpd] = { ADDSUB, true },
    [VEC_dpps] = { DOT, false }, [VEC_dppd] = { DOT, true },
    [VEC_comiss] = { COMPARE, false, .form = 1 }, [VEC_comisd] = { COMPARE, true, .form = 1 },
    [VEC_ucomiss] = { COMPARE, false }, [VEC_ucomisd] = { COMPARE, true },
    TO(dq2ps, dq2ps), TO(ps2dq, ps2dq), TO(tps2dq, tps2dq), TO(dq2pd, dq2pd), TO(pd2dq, pd2dq),
    TO(tpd2dq, tpd2dq), TO(ps2pd, ps2pd), TO(pd2ps, pd2ps), TO(ss2sd, ss2sd), TO(sd2ss, sd2ss),
    TO(ph2ps, ph2ps), TO(ps2ph, ps2ph), TO(si2ss, si2ss), TO(si2sd, si2sd),
    TO(ss2si, ss2si), TO(ss2si64, ss2si64), TO(tss2si, tss2si), TO(tss2si64, tss2si64),
    TO(sd2si, sd2si), TO(sd2si64, sd2si64), TO(tsd2si, tsd2si), TO(tsd2si64, tsd2si64),
    FMA(vfmadd, 0), FMA(vfmsub, NEGATE_ADDEND), FMA(vfnmadd, NEGATE_PRODUCT),
    FMA(vfnmsub, NEGATE_PRODUCT | NEGATE_ADDEND),
    /* negate: the odd or even lanes of which the addend is subtracted */
    FORMS(vfmaddsub, ps, FUSED_ADDSUB, false, 0), FORMS(vfmaddsub, pd, FUSED_ADDSUB, true, 0),
    FORMS(vfmsubadd, ps, FUSED_ADDSUB, false, 1), FORMS(vfmsubadd, pd, FUSED_ADDSUB, true, 1),
};

uint32_t x86_vec_compute(X86Cpu *s, uint64_t imm, V128 *out, const V128 *a, const V128 *b,
                         const V128 *c)
{
    const Row *r = &rows[vec_op_of(imm)];
    Exact x = { .s = s, .st = status_of(s), .imm = vec_byte_of(imm) };
    memset(s->xm_flags, 0, sizeof(s->xm_flags));
    switch ((Shape)r->shape) {
    case NOT:          g_assert_not_reached();
    case PACKED: case SCALAR: case UNARY: case SCALAR_UNARY:
                       packed(&x, r, out, a, b); break;
    case HORIZONTAL:   horizontal(&x, r, out, a, b); break;
    case ADDSUB:       addsub(&x, r, out, a, b); break;
    case DOT:          dot(&x, r, out, a, b); break;
    case COMPARE:      compare(&x, r, out, a, b); break;
    case CONVERT:      r->convert(&x, out, a, b); break;
    case FUSED: case FUSED_SCALAR: case FUSED_ADDSUB:
                       fused_lanes(&x, r, out, a, b, c); break;
    }
    end_step(&x);
    return s->xm_flags[0] | s->xm_flags[1] | s->xm_flags[2];
}

void x86_vec_float(Cpu *cpu, uint64_t imm, V128 *out, const V128 *a, const V128 *b, const V128 *c)
{
    X86(cpu)->mxcsr |= x86_vec_compute(X86(cpu), imm, out, a, b, c);
}
