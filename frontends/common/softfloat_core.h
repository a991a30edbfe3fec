/* SPDX-License-Identifier: MIT */
/*
 * The core of soft-float: unpacked numbers and the one place where they are rounded.
 * Private to frontends/common/softfloat*.c.
 *
 * An operation unpacks its operands, computes with a 127-bit significand whose lowest bit is
 * sticky, and packs: every operation is exact until fp_round().
 *
 *      value = sig / 2^126 * 2^exp,    2^126 <= sig < 2^127    (bit 127 is room for a carry)
 *
 * Everything is inline with a constant FpFormat, so that each format gets code of its own.
 */
#ifndef FRONTENDS_COMMON_SOFTFLOAT_CORE_H
#define FRONTENDS_COMMON_SOFTFLOAT_CORE_H

#include "frontends/common/softfloat.h"

typedef unsigned __int128 u128;

enum { FP_POINT = 126 };                    /* the bit of weight 2^exp */

typedef struct FpFormat {
    int exp_bits, frac_bits, bias;
    bool half;                              /* never flushed, may be of the alternative kind */
} FpFormat;

#define FP_F16 (&(const FpFormat) { 5, 10, 15, true })
#define FP_F32 (&(const FpFormat) { 8, 23, 127, false })
#define FP_F64 (&(const FpFormat) { 11, 52, 1023, false })

typedef enum FpClass { FPC_ZERO, FPC_NORMAL, FPC_INF, FPC_QNAN, FPC_SNAN } FpClass;

typedef struct FpParts {
    uint8_t cls;
    bool    sign;
    bool    denormal;                       /* was one before it was normalised */
    int     exp;
    u128    sig;                            /* NaN: the fraction, its top bit at FP_POINT - 1 */
} FpParts;

#define FP_ALWAYS_INLINE static inline __attribute__((always_inline))

FP_ALWAYS_INLINE int fp_clz128(u128 x)
{
    uint64_t hi = x >> 64;
    return hi ? __builtin_clzll(hi) : 64 + __builtin_clzll((uint64_t)x);
}

/* x >> n, the bits that fall out collected in the lowest. */
FP_ALWAYS_INLINE u128 fp_shr_sticky(u128 x, unsigned n)
{
    if (n == 0) {
        return x;
    }
    if (n > 127) {
        return x != 0;
    }
    return x >> n | ((x << (128 - n)) != 0);
}

FP_ALWAYS_INLINE bool fp_is_nan(const FpParts *p)
{
    return p->cls >= FPC_QNAN;
}

FP_ALWAYS_INLINE void fp_normalise(FpParts *p)
{
    int n = fp_clz128(p->sig) - 1;

    if (n < 0) {
        p->sig = fp_shr_sticky(p->sig, 1);
    } else {
        p->sig <<= n;
    }
    p->exp -= n;
}

FP_ALWAYS_INLINE FpParts fp_unpack(const FpFormat *f, uint64_t bits, FpStatus *st)
{
    uint64_t frac = bits & ((UINT64_C(1) << f->frac_bits) - 1);
    int max = (1 << f->exp_bits) - 1;
    int field = bits >> f->frac_bits & max;
    FpParts p = { .cls = FPC_NORMAL, .sign = bits >> (f->frac_bits + f->exp_bits) & 1 };

    p.sig = (u128)frac << (FP_POINT - f->frac_bits);
    p.exp = field - f->bias;
    if (field == max && !(f->half && st->alternative_half)) {
        bool quiet = frac >> (f->frac_bits - 1);
        p.cls = frac == 0 ? FPC_INF : quiet ? FPC_QNAN : FPC_SNAN;
    } else if (field != 0) {
        p.sig |= (u128)1 << FP_POINT;
    } else if (frac == 0) {
        p.cls = FPC_ZERO;
    } else if (st->flush_inputs && !f->half) {
        p.cls = FPC_ZERO;
        st->flags |= FP_INPUT_FLUSHED;
    } else {
        p.exp++;
        p.denormal = true;
        fp_normalise(&p);
    }
    return p;
}

/* Called once the operands are known to be no NaNs, which have precedence. */
FP_ALWAYS_INLINE void fp_note_denormal(bool denormal, FpStatus *st)
{
    if (denormal) {
        st->flags |= FP_DENORMAL;
    }
}

FP_ALWAYS_INLINE FpParts fp_zero(bool sign)
{
    return (FpParts) { .cls = FPC_ZERO, .sign = sign };
}

FP_ALWAYS_INLINE FpParts fp_inf(bool sign)
{
    return (FpParts) { .cls = FPC_INF, .sign = sign };
}

FP_ALWAYS_INLINE FpParts fp_default_nan(const FpStatus *st)
{
    return (FpParts) { .cls = FPC_QNAN, .sign = st->default_nan_sign };
}

FP_ALWAYS_INLINE FpParts fp_invalid(FpStatus *st)
{
    st->flags |= FP_INVALID;
    return fp_default_nan(st);
}

/* One NaN operand becomes the result. */
FP_ALWAYS_INLINE FpParts fp_nan1(FpParts a, FpStatus *st)
{
    if (a.cls == FPC_SNAN) {
        st->flags |= FP_INVALID;
    }
    if (st->default_nan) {
        return fp_default_nan(st);
    }
    a.cls = FPC_QNAN;
    return a;
}

/* At least one of a and b is a NaN. */
FpParts fp_nan2(FpParts a, FpParts b, FpStatus *st);
/* At least one of the operands of a * b + c is a NaN. */
FpParts fp_nan3(FpParts a, FpParts b, FpParts c, FpStatus *st);

/* Whether a quotient of which `rest` (in halves of its last place: 0, 1 less, 2 equal, 3 more
 * than a half) was cut off is to be incremented. */
FP_ALWAYS_INLINE bool fp_round_up(FpRounding mode, bool sign, bool odd, int rest)
{
    switch (mode) {
    case FP_ROUND_NEAREST_EVEN: return rest + odd > 2;
    case FP_ROUND_UP:           return rest && !sign;
    case FP_ROUND_DOWN:         return rest && sign;
    case FP_ROUND_NEAREST_AWAY: return rest >= 2;
    case FP_ROUND_ZERO:         break;
    }
    return false;
}

/* sig / 2^drop rounded to an integer; 1 <= drop <= 127. */
FP_ALWAYS_INLINE u128 fp_round_shift(u128 sig, int drop, FpRounding mode, bool sign,
                                     bool *inexact)
{
    u128 half = (u128)1 << (drop - 1);
    u128 cut = sig & (half * 2 - 1);
    u128 q = sig >> drop;
    int rest = cut == 0 ? 0 : cut < half ? 1 : cut == half ? 2 : 3;

    *inexact = rest != 0;
    return q + fp_round_up(mode, sign, q & 1, rest);
}

FP_ALWAYS_INLINE uint64_t fp_bits(const FpFormat *f, bool sign, uint64_t magnitude)
{
    return (uint64_t)sign << (f->exp_bits + f->frac_bits) | magnitude;
}

/* inexact: it would be with an exponent of any size, too. */
FP_ALWAYS_INLINE uint64_t fp_overflow(const FpFormat *f, bool sign, bool inexact, FpStatus *st)
{
    uint64_t inf = ((UINT64_C(1) << f->exp_bits) - 1) << f->frac_bits;

    if (f->half && st->alternative_half) {
        st->flags |= FP_INVALID;
        return fp_bits(f, sign, (UINT64_C(1) << (f->exp_bits + f->frac_bits)) - 1);
    }
    st->flags |= FP_OVERFLOW | (inexact || !st->trap_overflow ? FP_INEXACT : 0);
    return fp_bits(f, sign, inf - !fp_round_up(st->rounding, sign, true, 3));
}

/* Does it have more digits than the format? */
FP_ALWAYS_INLINE bool fp_is_inexact(const FpFormat *f, const FpParts *p, const FpStatus *st)
{
    bool inexact;

    fp_round_shift(p->sig, FP_POINT - f->frac_bits, st->rounding, p->sign, &inexact);
    return inexact;
}

/* Whether a number below the smallest normal one stays below it when rounded to full precision. */
FP_ALWAYS_INLINE bool fp_tiny_after(const FpFormat *f, const FpParts *p, int field,
                                    const FpStatus *st)
{
    bool inexact;

    return field < 0
        || fp_round_shift(p->sig, FP_POINT - f->frac_bits, st->rounding, p->sign, &inexact)
           >> (f->frac_bits + 1) == 0;
}

/* A finite number other than zero, rounded to the format. */
FP_ALWAYS_INLINE uint64_t fp_round(const FpFormat *f, FpParts p, FpStatus *st)
{
    int max = (1 << f->exp_bits) - 1 + (f->half && st->alternative_half);
    int field = p.exp + f->bias;
    bool tiny = field <= 0 && (!st->tiny_after || fp_tiny_after(f, &p, field, st));
    bool inexact;
    uint64_t q;

    if (field >= max) {
        return fp_overflow(f, p.sign, fp_is_inexact(f, &p, st), st);
    }
    if (tiny && st->trap_underflow) {
        st->flags |= FP_UNDERFLOW | (fp_is_inexact(f, &p, st) ? FP_INEXACT : 0);
    }
    if (tiny && st->flush_outputs && !f->half) {
        st->flags |= FP_UNDERFLOW | (st->flush_inexact ? FP_INEXACT : 0);
        return fp_bits(f, p.sign, 0);
    }
    if (field <= 0) {
        p.sig = fp_shr_sticky(p.sig, 1 - field);
        field = 1;
    }
    q = fp_round_shift(p.sig, FP_POINT - f->frac_bits, st->rounding, p.sign, &inexact);
    if (inexact && !(tiny && st->trap_underflow)) {
        st->flags |= FP_INEXACT | (tiny ? FP_UNDERFLOW : 0);
    }
    /* The integer bit of a normal number, or a carry, adds one to the field. */
    q += (uint64_t)(field - 1) << f->frac_bits;
    if (q >> f->frac_bits >= (unsigned)max) {
        return fp_overflow(f, p.sign, inexact, st);
    }
    return fp_bits(f, p.sign, q);
}

FP_ALWAYS_INLINE uint64_t fp_pack(const FpFormat *f, FpParts p, FpStatus *st)
{
    uint64_t inf = ((UINT64_C(1) << f->exp_bits) - 1) << f->frac_bits;

    switch (p.cls) {
    case FPC_NORMAL: return fp_round(f, p, st);
    case FPC_ZERO:   return fp_bits(f, p.sign, 0);
    case FPC_INF:    return fp_bits(f, p.sign, inf);
    }
    return fp_bits(f, p.sign, inf | UINT64_C(1) << (f->frac_bits - 1)
                              | (uint64_t)(p.sig >> (FP_POINT - f->frac_bits)));
}

#endif
