/* SPDX-License-Identifier: MIT */
/*
 * Soft-float for the x87's format; softfloat_x80.h says what.  The core computes with 127 bits, so
 * that 64 bits of significand are rounded once, like those of the narrower formats.
 */
#include "frontends/common/softfloat_x80.h"
#include "frontends/common/softfloat_parts.h"

#include <string.h>

enum { BIAS = 16383, MAX_FIELD = 0x7fff, WRAP = 24576 };
#define INTEGER_BIT (UINT64_C(1) << 63)
#define QUIET_BIT   (UINT64_C(1) << 62)

F80Status f80_status(uint16_t cw)
{
    static const uint8_t precision[] = { 24, 64, 53, 64 };
    static const uint8_t rounding[] = { FP_ROUND_NEAREST_EVEN, FP_ROUND_DOWN, FP_ROUND_UP,
                                        FP_ROUND_ZERO };
    F80Status s = {
        .st = { .rounding = rounding[cw >> 10 & 3], .nan_rule = FP_NAN_LARGER,
                .default_nan_sign = true, .tiny_after = true, .int_indefinite = true },
        .precision = precision[cw >> 8 & 3],
    };
    s.trapped = (cw & 8 ? 0 : FP_OVERFLOW) | (cw & 16 ? 0 : FP_UNDERFLOW);
    return s;
}

unsigned f80_x87_flags(const F80Status *s)
{
    unsigned f = s->st.flags;
    return (f & FP_INVALID ? 1 : 0) | (f & FP_DENORMAL ? 2 : 0) | (f & FP_DIVIDE_BY_ZERO ? 4 : 0) |
           (f & FP_OVERFLOW ? 8 : 0) | (f & FP_UNDERFLOW ? 16 : 0) | (f & FP_INEXACT ? 32 : 0);
}

/* ---- taking apart and putting together ---- */

F80Class f80_class(F80 a)
{
    unsigned field = a.se & MAX_FIELD;
    if (field == 0) {
        return a.mant ? F80_DENORMAL : F80_ZERO;
    }
    if (!(a.mant & INTEGER_BIT)) {
        return F80_UNSUPPORTED;
    }
    if (field < MAX_FIELD) {
        return F80_NORMAL;
    }
    return a.mant << 1 ? F80_NAN : F80_INFINITY;
}

bool f80_is_nan(F80 a)
{
    return f80_class(a) <= F80_NAN;
}

static bool unsupported(F80 a)
{
    return f80_class(a) == F80_UNSUPPORTED;
}

/* Of a supported encoding. */
static FpParts unpack(F80 a)
{
    FpParts p = { .cls = FPC_NORMAL, .sign = f80_sign(a), .sig = (u128)a.mant << 63 };
    p.exp = (a.se & MAX_FIELD) - BIAS;
    switch (f80_class(a)) {
    case F80_ZERO:
        p.cls = FPC_ZERO;
        break;
    case F80_INFINITY:
        p.cls = FPC_INF;
        break;
    case F80_NAN:
        p.cls = a.mant & QUIET_BIT ? FPC_QNAN : FPC_SNAN;
        p.sig = (u128)(a.mant << 1 >> 1) << 63;
        break;
    case F80_DENORMAL:
        p.denormal = true;
        p.exp = 1 - BIAS;
        fp_normalise(&p);
        break;
    default:
        break;
    }
    return p;
}

static F80 make(bool sign, unsigned field, uint64_t mant)
{
    return (F80) { mant, (uint16_t)((unsigned)sign << 15 | field) };
}

static F80 overflow(const FpParts *p, F80Status *s)
{
    uint64_t below = UINT64_MAX << (64 - s->precision);
    s->st.flags |= FP_OVERFLOW | FP_INEXACT;
    s->rounded_up = fp_round_up(s->st.rounding, p->sign, true, 3);
    return s->rounded_up ? make(p->sign, MAX_FIELD, INTEGER_BIT)
                         : make(p->sign, MAX_FIELD - 1, below);
}

/* Not even the wrapped exponent of an unmasked exception is in range (FSCALE). */
static F80 beyond(const FpParts *p, bool large, F80Status *s)
{
    s->st.flags |= (large ? FP_OVERFLOW : FP_UNDERFLOW) | FP_INEXACT;
    s->rounded_up = large;
    return large ? make(p->sign, MAX_FIELD, INTEGER_BIT) : make(p->sign, 0, 0);
}

/* The significand rounded to the precision, as 64 bits from the top; *carry: it became 2. */
static uint64_t round_sig(const FpParts *p, F80Status *s, bool *carry, bool *inexact, bool *up)
{
    int drop = FP_POINT + 1 - s->precision;
    u128 q = fp_round_shift(p->sig, drop, s->st.rounding, p->sign, inexact);
    *up = *inexact && q != p->sig >> drop;
    *carry = q >> s->precision != 0;
    return (uint64_t)(q >> *carry) << (64 - s->precision);
}

/* A finite number other than zero. */
static F80 round_pack(FpParts p, F80Status *s)
{
    bool carry, inexact, up;
    int field = p.exp + BIAS;
    uint64_t mant = round_sig(&p, s, &carry, &inexact, &up);
    bool tiny = field + carry <= 0;
    if (field + carry >= MAX_FIELD) {
        if (!(s->trapped & FP_OVERFLOW)) {
            return overflow(&p, s);
        }
        if (field + carry - WRAP >= MAX_FIELD) {
            return beyond(&p, true, s);
        }
        s->st.flags |= FP_OVERFLOW;
        field -= WRAP;
        tiny = false;
    }
    if (tiny && s->trapped & FP_UNDERFLOW && field + carry + WRAP <= 0) {
        return beyond(&p, false, s);
    }
    if (tiny && s->trapped & FP_UNDERFLOW) {
        s->st.flags |= FP_UNDERFLOW;
        field += WRAP;
        tiny = false;
    }
    if (field <= 0 && !(field == 0 && !tiny)) {
        p.sig = fp_shr_sticky(p.sig, 1 - field);
        mant = round_sig(&p, s, &carry, &inexact, &up);
        field = mant >> 63;             /* rounded up to the smallest normal number */
        carry = false;
    } else if (field <= 0) {
        /* below the smallest normal number until it was rounded: then rounded where it lies */
        p.sig = fp_shr_sticky(p.sig, 1);
        mant = round_sig(&p, s, &carry, &inexact, &up);
        field = mant >> 63;
        carry = false;
    }
    s->rounded_up = up;
    s->st.flags |= inexact ? FP_INEXACT | (tiny ? FP_UNDERFLOW : 0) : 0;
    return make(p.sign, field + carry, mant);
}

static F80 pack(FpParts p, F80Status *s)
{
    s->rounded_up = false;
    switch (p.cls) {
    case FPC_NORMAL: return round_pack(p, s);
    case FPC_ZERO:   return make(p.sign, 0, 0);
    case FPC_INF:    return make(p.sign, MAX_FIELD, INTEGER_BIT);
    }
    return make(p.sign, MAX_FIELD, INTEGER_BIT | QUIET_BIT | (uint64_t)(p.sig >> 63));
}

static F80 invalid(F80Status *s)
{
    s->st.flags |= FP_INVALID;
    s->rounded_up = false;
    return F80_INDEFINITE;
}

/* ---- arithmetic ---- */

#define BINARY(name, expr)                                  \
    F80 f80_##name(F80 x, F80 y, F80Status *s)              \
    {                                                       \
        if (unsupported(x) || unsupported(y)) {             \
            return invalid(s);                              \
        }                                                   \
        FpParts a = unpack(x), b = unpack(y);               \
        return pack(expr, s);                               \
    }
BINARY(add, parts_add(a, b, false, &s->st))
BINARY(sub, parts_add(a, b, true, &s->st))
BINARY(mul, parts_mul(a, b, &s->st))

/* A denormal dividend raises DE even when the divisor is 0. */
F80 f80_div(F80 x, F80 y, F80Status *s)
{
    if (unsupported(x) || unsupported(y)) {
        return invalid(s);
    }
    return pack(parts_div(unpack(x), unpack(y), &s->st), s);
}

F80 f80_sqrt(F80 x, F80Status *s)
{
    static const FpFormat extended = { 15, 63, BIAS, false };
    if (unsupported(x)) {
        return invalid(s);
    }
    return pack(parts_sqrt(&extended, unpack(x), &s->st), s);
}

/* |a| as an integer; all ones when it has more than 64 bits. */
static u128 magnitude(FpParts a, FpRounding mode, bool *inexact, bool *up)
{
    int exp = a.exp;
    *inexact = *up = false;
    if (a.cls == FPC_ZERO) {
        return 0;
    }
    if (a.cls != FPC_NORMAL || exp > 64) {
        return ~(u128)0;
    }
    if (exp < -1) {
        a.sig = fp_shr_sticky(a.sig, -1 - exp);
        exp = -1;
    }
    u128 q = fp_round_shift(a.sig, FP_POINT - exp, mode, a.sign, inexact);
    *up = *inexact && q != a.sig >> (FP_POINT - exp);
    return q;
}

static F80 from_magnitude(bool sign, uint64_t m)
{
    if (!m) {
        return make(sign, 0, 0);
    }
    int n = __builtin_clzll(m);
    return make(sign, BIAS + 63 - n, m << n);
}

F80 f80_round_int(F80 x, F80Status *s)
{
    bool inexact, up;
    if (unsupported(x)) {
        return invalid(s);
    }
    FpParts a = unpack(x);
    if (fp_is_nan(&a)) {
        return pack(fp_nan1(a, &s->st), s);
    }
    s->rounded_up = false;
    fp_note_denormal(a.denormal, &s->st);
    if (a.cls != FPC_NORMAL || a.exp >= 63) {
        return x;
    }
    u128 q = magnitude(a, s->st.rounding, &inexact, &up);
    s->rounded_up = up;
    s->st.flags |= inexact ? FP_INEXACT : 0;
    return from_magnitude(a.sign, q);
}

F80 f80_scale(F80 x, F80 y, F80Status *s)
{
    if (unsupported(x) || unsupported(y)) {
        return invalid(s);
    }
    FpParts a = unpack(x), b = unpack(y);
    bool inexact, up;
    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        return pack(fp_nan2(a, b, &s->st), s);
    }
    if (b.cls == FPC_INF) {
        if (b.sign ? a.cls == FPC_INF : a.cls == FPC_ZERO) {
            return invalid(s);
        }
        fp_note_denormal(a.denormal, &s->st);
        return pack(b.sign ? fp_zero(a.sign) : fp_inf(a.sign), s);
    }
    fp_note_denormal(a.denormal || b.denormal, &s->st);
    if (a.cls != FPC_NORMAL) {
        return pack(a, s);
    }
    u128 n = magnitude(b, FP_ROUND_ZERO, &inexact, &up);
    int by = n > 0x10000 ? 0x10000 : (int)n;
    a.exp += b.sign ? -by : by;
    s->precision = 64;              /* precision control does not matter */
    return pack(a, s);
}

F80 f80_extract(F80 x, F80 *significand, F80Status *s)
{
    if (unsupported(x)) {
        return *significand = invalid(s);
    }
    FpParts a = unpack(x);
    s->rounded_up = false;
    if (fp_is_nan(&a)) {
        return *significand = pack(fp_nan1(a, &s->st), s);
    }
    *significand = x;
    if (a.cls == FPC_INF) {
        return make(false, MAX_FIELD, INTEGER_BIT);
    }
    if (a.cls == FPC_ZERO) {
        s->st.flags |= FP_DIVIDE_BY_ZERO;
        return make(true, MAX_FIELD, INTEGER_BIT);
    }
    fp_note_denormal(a.denormal, &s->st);
    *significand = make(a.sign, BIAS, (uint64_t)(a.sig >> 63));
    return f80_from_int(a.exp);
}

/* |a| mod |b| for exponents that are `d` >= 0 apart; *q: the quotient's lowest bits. */
static uint64_t long_division(uint64_t a, uint64_t b, int d, uint64_t *q)
{
    u128 rest = a;
    *q = 0;
    for (int i = 0; i <= d; i++) {
        rest = i ? rest << 1 : rest;
        *q <<= 1;
        if (rest >= b) {
            rest -= b;
            *q |= 1;
        }
    }
    return rest;
}

static FpParts from_sig(bool sign, int exp, uint64_t m)
{
    FpParts p = { .cls = m ? FPC_NORMAL : FPC_ZERO, .sign = sign, .exp = exp,
                  .sig = (u128)m << 63 };
    if (m) {
        fp_normalise(&p);
    }
    return p;
}

F80 f80_rem(F80 x, F80 y, bool nearest, unsigned *quotient, bool *partial, F80Status *s)
{
    *quotient = 0;
    *partial = false;
    if (unsupported(x) || unsupported(y)) {
        return invalid(s);
    }
    FpParts a = unpack(x), b = unpack(y);
    if (fp_is_nan(&a) || fp_is_nan(&b)) {
        return pack(fp_nan2(a, b, &s->st), s);
    }
    if (a.cls == FPC_INF || b.cls == FPC_ZERO) {
        return invalid(s);
    }
    fp_note_denormal(a.denormal || b.denormal, &s->st);
    s->precision = 64;
    int d = a.exp - b.exp;
    if (a.cls == FPC_ZERO || b.cls == FPC_INF || d < -1) {
        return pack(a, s);
    }
    uint64_t m = a.sig >> 63, n = b.sig >> 63, q;
    if (d >= 64) {
        int step = 32 + d % 32, exp = a.exp - step;
        *partial = true;
        uint64_t rest = long_division(m, n, step, &q);
        /* a - b * 2^(d - step) * q */
        return pack(from_sig(a.sign, exp, rest), s);
    }
    if (d < 0) {
        /* half of b or more is nearer to b */
        bool up = nearest && ((u128)m > n);
        *quotient = up;
        return pack(up ? from_sig(!a.sign, a.exp, (uint64_t)(((u128)n << 1) - m)) : a, s);
    }
    uint64_t rest = long_division(m, n, d, &q);
    if (nearest && ((u128)rest << 1 > n || ((u128)rest << 1 == n && q & 1))) {
        *quotient = (q + 1) & 7;
        return pack(from_sig(!a.sign, b.exp, n - rest), s);
    }
    *quotient = q & 7;
    return pack(from_sig(a.sign, b.exp, rest), s);
}

FpOrder f80_compare(F80 x, F80 y, bool signaling, F80Status *s)
{
    if (unsupported(x) || unsupported(y)) {
        s->st.flags |= FP_INVALID;
        return FP_UNORDERED;
    }
    return parts_compare(unpack(x), unpack(y), signaling, &s->st);
}

/* ---- conversions ---- */

static F80 widen(FpParts p, F80Status *s)
{
    s->precision = 64;
    if (fp_is_nan(&p)) {
        p = fp_nan1(p, &s->st);
    } else {
        fp_note_denormal(p.denormal, &s->st);
    }
    return pack(p, s);
}

F80 f80_from_f32(uint32_t v, F80Status *s)
{
    return widen(fp_unpack(FP_F32, v, &s->st), s);
}

F80 f80_from_f64(uint64_t v, F80Status *s)
{
    return widen(fp_unpack(FP_F64, v, &s->st), s);
}

F80 f80_from_int(int64_t v)
{
    return from_magnitude(v < 0, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

static uint64_t narrow(const FpFormat *f, uint64_t indefinite, F80 x, F80Status *s)
{
    s->rounded_up = false;
    if (unsupported(x)) {
        s->st.flags |= FP_INVALID;
        return indefinite;
    }
    FpParts p = unpack(x);
    if (fp_is_nan(&p)) {
        return fp_pack(f, fp_nan1(p, &s->st), &s->st);
    }
    if (p.denormal) {
        s->st.flags |= FP_DENORMAL & 0;     /* a store raises no DE */
    }
    uint64_t v = fp_pack(f, p, &s->st);
    if (p.cls == FPC_NORMAL && s->st.flags & FP_INEXACT) {
        /* larger than what cutting it off gives? */
        FpStatus down = s->st;
        down.rounding = FP_ROUND_ZERO;
        s->rounded_up = v != fp_pack(f, p, &down);
    }
    if (p.cls == FPC_NORMAL && s->trapped & FP_UNDERFLOW && !(s->st.flags & FP_UNDERFLOW)) {
        /* unmasked: tiny is enough */
        uint64_t mag = v << 1 >> 1 & ~(UINT64_C(1) << (f->exp_bits + f->frac_bits));
        s->st.flags |= mag >> f->frac_bits == 0 ? FP_UNDERFLOW : 0;
    }
    return v;
}

uint32_t f80_to_f32(F80 a, F80Status *s)
{
    return narrow(FP_F32, 0xffc00000, a, s);
}

uint64_t f80_to_f64(F80 a, F80Status *s)
{
    return narrow(FP_F64, UINT64_C(0xfff8000000000000), a, s);
}

int64_t f80_to_int(F80 x, unsigned bits, bool truncate, F80Status *s)
{
    uint64_t below = UINT64_C(1) << (bits - 1);
    bool inexact, up;
    s->rounded_up = false;
    if (!f80_is_nan(x)) {
        FpParts a = unpack(x);
        u128 m = magnitude(a, truncate ? FP_ROUND_ZERO : s->st.rounding, &inexact, &up);
        if (m <= (a.sign ? below : below - 1)) {
            s->st.flags |= inexact ? FP_INEXACT : 0;
            s->rounded_up = up;
            return a.sign ? -(uint64_t)m : (uint64_t)m;
        }
    }
    s->st.flags |= FP_INVALID;
    return -below;
}

F80 f80_from_bcd(const uint8_t bcd[10])
{
    uint64_t v = 0;
    for (int i = 8; i >= 0; i--) {
        v = v * 100 + (bcd[i] >> 4) * 10 + (bcd[i] & 15);
    }
    return from_magnitude(bcd[9] >> 7, v);
}

void f80_to_bcd(F80 x, uint8_t bcd[10], F80Status *s)
{
    static const uint8_t indefinite[10] = { [7] = 0xc0, 0xff, 0xff };
    static const uint64_t limit = UINT64_C(1000000000000000000);
    bool inexact = false, up = false;
    FpParts a = unpack(x);
    u128 m = f80_is_nan(x) ? limit : magnitude(a, s->st.rounding, &inexact, &up);
    s->rounded_up = false;
    if (m >= limit) {
        s->st.flags |= FP_INVALID;
        memcpy(bcd, indefinite, 10);
        return;
    }
    s->rounded_up = up;
    s->st.flags |= inexact ? FP_INEXACT : 0;
    uint64_t v = m;
    for (unsigned i = 0; i < 9; i++, v /= 100) {
        bcd[i] = v % 10 | v / 10 % 10 << 4;
    }
    bcd[9] = a.sign ? 0x80 : 0;
}
