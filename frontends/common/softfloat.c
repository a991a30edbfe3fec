/* SPDX-License-Identifier: MIT */
/*
 * Soft-float arithmetic and comparison: IEEE 754-2008, clauses 5.4, 5.11 and 6.
 * The core is in softfloat_core.h, conversions are in softfloat_convert.c.
 */
#include "frontends/common/softfloat.h"
#include "frontends/common/softfloat_parts.h"

/* Whether the second of two operands, at least one of them a NaN, is the result. */
static bool second_nan(const FpParts *a, const FpParts *b, FpNanRule rule)
{
    if (!fp_is_nan(a) || !fp_is_nan(b)) {
        return fp_is_nan(b);
    }
    switch (rule) {
    case FP_NAN_ARM:   return a->cls != FPC_SNAN && b->cls == FPC_SNAN;
    case FP_NAN_FIRST: return false;
    case FP_NAN_LARGER: break;
    }
    if (a->cls != b->cls) {
        return b->cls == FPC_QNAN;
    }
    return b->sig > a->sig || (b->sig == a->sig && a->sign && !b->sign);
}

FpParts fp_nan2(FpParts a, FpParts b, FpStatus *st)
{
    if (a.cls == FPC_SNAN || b.cls == FPC_SNAN) {
        st->flags |= FP_INVALID;
    }
    return fp_nan1(second_nan(&a, &b, st->nan_rule) ? b : a, st);
}

FpParts fp_nan3(FpParts a, FpParts b, FpParts c, FpStatus *st)
{
    bool arm = st->nan_rule == FP_NAN_ARM;
    FpParts x = arm ? c : a, y = arm ? a : b, z = arm ? b : c;

    if (arm && c.cls == FPC_QNAN && ((a.cls == FPC_INF && b.cls == FPC_ZERO)
                                     || (a.cls == FPC_ZERO && b.cls == FPC_INF))) {
        return fp_invalid(st);          /* DDI 0406C, FPMulAdd */
    }
    if (a.cls == FPC_SNAN || b.cls == FPC_SNAN || c.cls == FPC_SNAN) {
        st->flags |= FP_INVALID;
    }
    return fp_nan2(fp_is_nan(&x) || fp_is_nan(&y)
                   ? (second_nan(&x, &y, st->nan_rule) ? y : x) : z, z, st);
}

FP_ALWAYS_INLINE FpParts parts_minmax(FpParts a, FpParts b, FpOrder want, FpStatus *st)
{
    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        return fp_nan2(a, b, st);
    }
    fp_note_denormal(a.denormal || b.denormal, st);
    if (a.cls == FPC_ZERO && b.cls == FPC_ZERO) {
        return fp_zero(want == FP_LESS ? a.sign || b.sign : a.sign && b.sign);
    }
    return parts_order(&a, &b) == want ? a : b;
}

/* (a - b) / 2: exact halving, since packing rounds only once. */
FP_ALWAYS_INLINE FpParts parts_halved_sub(FpParts a, FpParts b, FpStatus *st)
{
    FpParts r = parts_add(a, b, true, st);
    r.exp--;
    return r;
}

#define FP_BINARY(N, name, expr) \
    uint##N##_t f##N##_##name(uint##N##_t a_bits, uint##N##_t b_bits, FpStatus *st) \
    { \
        FpParts a = fp_unpack(FP_F##N, a_bits, st), b = fp_unpack(FP_F##N, b_bits, st); \
        return fp_pack(FP_F##N, expr, st); \
    }

#define FP_DEFINE(N) \
    FP_BINARY(N, add, parts_add(a, b, false, st)) \
    FP_BINARY(N, sub, parts_add(a, b, true, st)) \
    FP_BINARY(N, mul, parts_mul(a, b, st)) \
    FP_BINARY(N, div, parts_div(a, b, st)) \
    FP_BINARY(N, min, parts_minmax(a, b, FP_LESS, st)) \
    FP_BINARY(N, max, parts_minmax(a, b, FP_GREATER, st)) \
    FP_BINARY(N, halved_sub, parts_halved_sub(a, b, st)) \
    \
    uint##N##_t f##N##_sqrt(uint##N##_t a, FpStatus *st) \
    { \
        return fp_pack(FP_F##N, parts_sqrt(FP_F##N, fp_unpack(FP_F##N, a, st), st), st); \
    } \
    \
    uint##N##_t f##N##_fma(uint##N##_t a, uint##N##_t b, uint##N##_t c, FpStatus *st) \
    { \
        FpParts x = fp_unpack(FP_F##N, a, st), y = fp_unpack(FP_F##N, b, st); \
        return fp_pack(FP_F##N, parts_fma(x, y, fp_unpack(FP_F##N, c, st), st), st); \
    } \
    \
    FpOrder f##N##_compare(uint##N##_t a, uint##N##_t b, bool signaling, FpStatus *st) \
    { \
        FpParts x = fp_unpack(FP_F##N, a, st); \
        return parts_compare(x, fp_unpack(FP_F##N, b, st), signaling, st); \
    }

FP_DEFINE(32)
FP_DEFINE(64)
