/* SPDX-License-Identifier: MIT */
/*
 * Soft-float arithmetic and comparison of unpacked numbers, for the files that make functions of
 * them for a format: IEEE 754-2008, clauses 5.4, 5.11 and 6.
 * Private to frontends/common/softfloat*.c.
 */
#ifndef FRONTENDS_COMMON_SOFTFLOAT_PARTS_H
#define FRONTENDS_COMMON_SOFTFLOAT_PARTS_H

#include "frontends/common/softfloat_core.h"

/* |a| + |b| with the sign of a; both finite and not zero. */
FP_ALWAYS_INLINE FpParts add_magnitudes(FpParts a, FpParts b)
{
    FpParts r = a.exp >= b.exp ? a : b;
    FpParts small = a.exp >= b.exp ? b : a;

    r.sig += fp_shr_sticky(small.sig, r.exp - small.exp);
    r.sign = a.sign;
    fp_normalise(&r);
    return r;
}

/* |a| - |b| with the sign of a; both finite and not zero. */
FP_ALWAYS_INLINE FpParts sub_magnitudes(FpParts a, FpParts b, FpStatus *st)
{
    bool swap = b.exp > a.exp || (b.exp == a.exp && b.sig > a.sig);
    FpParts r = swap ? b : a;
    FpParts small = swap ? a : b;

    r.sig -= fp_shr_sticky(small.sig, r.exp - small.exp);
    if (r.sig == 0) {
        return fp_zero(st->rounding == FP_ROUND_DOWN);
    }
    r.sign = a.sign ^ swap;
    fp_normalise(&r);
    return r;
}

/* a + b, both finite; a zero sum of opposite signs is +0, or -0 when rounding down. */
FP_ALWAYS_INLINE FpParts add_finite(FpParts a, FpParts b, FpStatus *st)
{
    if (a.cls == FPC_ZERO && b.cls == FPC_ZERO) {
        return fp_zero(a.sign == b.sign ? a.sign : st->rounding == FP_ROUND_DOWN);
    }
    if (b.cls == FPC_ZERO) {
        return a;
    }
    if (a.cls == FPC_ZERO) {
        return b;
    }
    return a.sign == b.sign ? add_magnitudes(a, b) : sub_magnitudes(a, b, st);
}

FP_ALWAYS_INLINE FpParts parts_add(FpParts a, FpParts b, bool negate, FpStatus *st)
{
    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        return fp_nan2(a, b, st);
    }
    b.sign ^= negate;
    if (a.cls == FPC_INF && b.cls == FPC_INF && a.sign != b.sign) {
        return fp_invalid(st);
    }
    fp_note_denormal(a.denormal || b.denormal, st);
    if (a.cls == FPC_INF) {
        return a;
    }
    if (b.cls == FPC_INF) {
        return b;
    }
    return add_finite(a, b, st);
}

/* The exact product of two finite numbers. */
FP_ALWAYS_INLINE FpParts mul_finite(FpParts a, FpParts b)
{
    FpParts r = { .cls = FPC_NORMAL, .sign = a.sign ^ b.sign, .exp = a.exp + b.exp };

    if (a.cls == FPC_ZERO || b.cls == FPC_ZERO) {
        return fp_zero(r.sign);
    }
    /* Two significands of 64 bits. */
    r.sig = (u128)(uint64_t)(a.sig >> 63) * (uint64_t)(b.sig >> 63);
    fp_normalise(&r);
    return r;
}

FP_ALWAYS_INLINE FpParts parts_mul(FpParts a, FpParts b, FpStatus *st)
{
    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        return fp_nan2(a, b, st);
    }
    if (a.cls == FPC_INF || b.cls == FPC_INF) {
        if (a.cls == FPC_ZERO || b.cls == FPC_ZERO) {
            return fp_invalid(st);
        }
        fp_note_denormal(a.denormal || b.denormal, st);
        return fp_inf(a.sign ^ b.sign);
    }
    fp_note_denormal(a.denormal || b.denormal, st);
    return mul_finite(a, b);
}

/* 127 bits of quotient in two steps of the host's 128-bit division. */
FP_ALWAYS_INLINE FpParts div_finite(FpParts a, FpParts b)
{
    FpParts r = { .cls = FPC_NORMAL, .sign = a.sign ^ b.sign, .exp = a.exp - b.exp };
    uint64_t divisor = b.sig >> 63;
    u128 n = a.sig << 1, high = n / divisor, rest = n % divisor << 62;

    r.sig = high << 62 | rest / divisor | (rest % divisor != 0);
    fp_normalise(&r);
    return r;
}

FP_ALWAYS_INLINE FpParts parts_div(FpParts a, FpParts b, FpStatus *st)
{
    bool sign = a.sign ^ b.sign;

    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        return fp_nan2(a, b, st);
    }
    if ((a.cls == FPC_INF && b.cls == FPC_INF) || (a.cls == FPC_ZERO && b.cls == FPC_ZERO)) {
        return fp_invalid(st);
    }
    if (b.cls == FPC_ZERO && a.cls != FPC_INF) {
        st->flags |= FP_DIVIDE_BY_ZERO;
        return fp_inf(sign);
    }
    fp_note_denormal(a.denormal || b.denormal, st);
    if (a.cls == FPC_INF) {
        return fp_inf(sign);
    }
    if (b.cls == FPC_INF || a.cls == FPC_ZERO) {
        return fp_zero(sign);
    }
    return div_finite(a, b);
}

/*
 * Root by trial, one bit a step: `rest` is the radicand minus the square of the root so far,
 * scaled; a bit belongs to the root when the square with it does not exceed the radicand.
 * Two places to the right, because the rest grows to eight times the root's first bit.
 */
FP_ALWAYS_INLINE FpParts sqrt_finite(const FpFormat *f, FpParts a)
{
    FpParts r = { .cls = FPC_NORMAL, .exp = a.exp >> 1 };
    u128 rest = a.exp & 1 ? a.sig >> 1 : a.sig >> 2;
    u128 root = 0, bit = (u128)1 << (FP_POINT - 2);

    for (int i = 0; i < f->frac_bits + 3; i++) {
        u128 trial = root * 2 + bit;
        if (rest >= trial) {
            rest -= trial;
            root += bit;
        }
        rest <<= 1;
        bit >>= 1;
    }
    r.sig = root << 2 | (rest != 0);
    return r;
}

FP_ALWAYS_INLINE FpParts parts_sqrt(const FpFormat *f, FpParts a, FpStatus *st)
{
    if (fp_is_nan(&a)) {
        return fp_nan1(a, st);
    }
    if (a.sign && a.cls != FPC_ZERO) {
        return fp_invalid(st);
    }
    fp_note_denormal(a.denormal, st);
    return a.cls == FPC_NORMAL ? sqrt_finite(f, a) : a;
}

/*
 * a * b + c.  The product of two binary64 significands has 106 bits, so that the sum of it and
 * an addend at most one place apart, where cancellation is deep, is exact in 127.
 */
FP_ALWAYS_INLINE FpParts parts_fma(FpParts a, FpParts b, FpParts c, FpStatus *st)
{
    FpParts product;

    if (fp_is_nan(&a) || fp_is_nan(&b) || fp_is_nan(&c)) {
        return fp_nan3(a, b, c, st);
    }
    if ((a.cls == FPC_INF && b.cls == FPC_ZERO) || (a.cls == FPC_ZERO && b.cls == FPC_INF)) {
        return fp_invalid(st);
    }
    product = a.cls == FPC_INF || b.cls == FPC_INF ? fp_inf(a.sign ^ b.sign) : mul_finite(a, b);
    if (product.cls == FPC_INF && c.cls == FPC_INF && product.sign != c.sign) {
        return fp_invalid(st);
    }
    fp_note_denormal(a.denormal || b.denormal || c.denormal, st);
    if (product.cls == FPC_INF) {
        return product;
    }
    return c.cls == FPC_INF ? c : add_finite(product, c, st);
}

/* The order of two numbers that are no NaNs. */
FP_ALWAYS_INLINE FpOrder parts_order(const FpParts *a, const FpParts *b)
{
    FpOrder magnitude;

    if (a->cls == FPC_ZERO && b->cls == FPC_ZERO) {
        return FP_EQUAL;
    }
    if (a->sign != b->sign || a->cls == FPC_ZERO) {
        return (a->cls == FPC_ZERO ? !b->sign : a->sign) ? FP_LESS : FP_GREATER;
    }
    if (a->cls != b->cls) {
        magnitude = a->cls < b->cls ? FP_LESS : FP_GREATER;
    } else if (a->cls == FPC_INF || (a->exp == b->exp && a->sig == b->sig)) {
        return FP_EQUAL;
    } else {
        magnitude = a->exp < b->exp || (a->exp == b->exp && a->sig < b->sig) ? FP_LESS : FP_GREATER;
    }
    return a->sign ? -magnitude : magnitude;
}

FP_ALWAYS_INLINE FpOrder parts_compare(FpParts a, FpParts b, bool signaling, FpStatus *st)
{
    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        if (signaling || a.cls == FPC_SNAN || b.cls == FPC_SNAN) {
            st->flags |= FP_INVALID;
        }
        return FP_UNORDERED;
    }
    fp_note_denormal(a.denormal || b.denormal, st);
    return parts_order(&a, &b);
}

#endif
