/* SPDX-License-Identifier: MIT */
/*
 * Soft-float conversions: IEEE 754-2008, clauses 5.4.1, 5.8 and 5.9; fixed point and the
 * alternative half-precision format from ARM DDI 0406C, FPToFixed, FPSingleToHalf.
 */
#include "frontends/common/softfloat.h"
#include "frontends/common/softfloat_core.h"

/* |a| * 2^scale rounded to an integer, all ones when it has more than 64 bits. */
FP_ALWAYS_INLINE u128 to_magnitude(FpParts a, int scale, FpRounding mode, bool *inexact)
{
    int exp = a.exp + scale;

    *inexact = false;
    if (a.cls == FPC_ZERO) {
        return 0;
    }
    if (a.cls == FPC_INF || exp > 64) {
        return ~(u128)0;
    }
    if (exp < -1) {
        a.sig = fp_shr_sticky(a.sig, -1 - exp);
        exp = -1;
    }
    return fp_round_shift(a.sig, FP_POINT - exp, mode, a.sign, inexact);
}

/* The integer, or what the architecture has in its place when it does not fit min..max. */
FP_ALWAYS_INLINE int64_t parts_to_int(FpParts a, int scale, unsigned bits, bool is_signed,
                                      FpRounding mode, FpStatus *st)
{
    uint64_t ones = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
    uint64_t max = is_signed ? ones >> 1 : ones;
    uint64_t below = is_signed ? max + 1 : 0;           /* -min */
    bool inexact;
    u128 v;

    if (fp_is_nan(&a)) {
        st->flags |= FP_INVALID;
        return st->int_indefinite ? (int64_t)-(ones / 2 + 1) : 0;
    }
    v = to_magnitude(a, scale, mode, &inexact);
    if (v > (a.sign ? below : max)) {
        st->flags |= FP_INVALID;
        if (st->int_indefinite) {
            return is_signed ? (int64_t)-below : (int64_t)(max / 2 + 1);
        }
        return a.sign ? -below : max;
    }
    if (inexact) {
        st->flags |= FP_INEXACT;
    }
    return a.sign ? -(uint64_t)v : (uint64_t)v;
}

FP_ALWAYS_INLINE FpParts parts_from_int(bool sign, uint64_t magnitude, int scale)
{
    FpParts r = { .cls = FPC_NORMAL, .sign = sign, .exp = 63 - scale };

    if (magnitude == 0) {
        return fp_zero(false);
    }
    r.sig = (u128)magnitude << 63;
    fp_normalise(&r);
    return r;
}

FP_ALWAYS_INLINE FpParts parts_round_int(FpParts a, FpRounding mode, bool exact, FpStatus *st)
{
    bool inexact, sign = a.sign;

    if (fp_is_nan(&a)) {
        return fp_nan1(a, st);
    }
    if (a.cls != FPC_NORMAL || a.exp >= 64) {
        return a;
    }
    a = parts_from_int(sign, to_magnitude(a, 0, mode, &inexact), 0);
    a.sign = sign;
    if (inexact && exact) {
        st->flags |= FP_INEXACT;
    }
    return a;
}

FP_ALWAYS_INLINE uint64_t convert(const FpFormat *from, const FpFormat *to, uint64_t bits,
                                  FpStatus *st)
{
    FpParts p = fp_unpack(from, bits, st);

    if (to->half && st->alternative_half && (fp_is_nan(&p) || p.cls == FPC_INF)) {
        st->flags |= FP_INVALID;
        return fp_bits(to, p.sign, p.cls == FPC_INF ? 0x7fff : 0);
    }
    if (fp_is_nan(&p)) {
        p = fp_nan1(p, st);
    } else {
        fp_note_denormal(p.denormal && !from->half, st);
    }
    return fp_pack(to, p, st);
}

#define FP_CONVERT(from, to, to_bits) \
    uint##to_bits##_t f##from##_to_f##to(uint##from##_t a, FpStatus *st) \
    { \
        return convert(FP_F##from, FP_F##to, a, st); \
    }

FP_CONVERT(32, 64, 64)
FP_CONVERT(64, 32, 32)
FP_CONVERT(16, 32, 32)
FP_CONVERT(16, 64, 64)
FP_CONVERT(32, 16, 16)
FP_CONVERT(64, 16, 16)

#define FP_DEFINE(N) \
    int64_t f##N##_to_int(uint##N##_t a, int scale, unsigned bits, FpRounding mode, \
                          FpStatus *st) \
    { \
        return parts_to_int(fp_unpack(FP_F##N, a, st), scale, bits, true, mode, st); \
    } \
    \
    uint64_t f##N##_to_uint(uint##N##_t a, int scale, unsigned bits, FpRounding mode, \
                            FpStatus *st) \
    { \
        return parts_to_int(fp_unpack(FP_F##N, a, st), scale, bits, false, mode, st); \
    } \
    \
    uint##N##_t f##N##_from_int(int64_t v, int scale, FpStatus *st) \
    { \
        uint64_t magnitude = v < 0 ? -(uint64_t)v : (uint64_t)v; \
        return fp_pack(FP_F##N, parts_from_int(v < 0, magnitude, scale), st); \
    } \
    \
    uint##N##_t f##N##_from_uint(uint64_t v, int scale, FpStatus *st) \
    { \
        return fp_pack(FP_F##N, parts_from_int(false, v, scale), st); \
    } \
    \
    uint##N##_t f##N##_round_int(uint##N##_t a, FpRounding mode, bool exact, FpStatus *st) \
    { \
        FpParts p = parts_round_int(fp_unpack(FP_F##N, a, st), mode, exact, st); \
        return fp_pack(FP_F##N, p, st); \
    }

FP_DEFINE(32)
FP_DEFINE(64)
