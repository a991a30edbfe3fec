/* SPDX-License-Identifier: MIT */
/*
 * The transcendental functions of the x87: by the host's own x87, so that results are equal bit for
 * bit; on other hosts by the C library's long double, if that is wide enough (64 bits or more of
 * significand), rounded to 80 bits.
 * Implements: SDM 1, 8.3.8 to 8.3.10; 2A and 2B, the instructions.
 *
 * Hosts without an x87: PE is set for every result that is no special case, C1 is 0, and arguments
 * beyond the documented ranges (F2XM1, FYL2XP1) have the function's value.
 */
#include "frontends/x86/x87.h"

#if defined(__x86_64__) || defined(__i386__)

/* x in ST(0), y in ST(1); out: what is in ST(0) afterwards, and in ST(1) if `two`. */
#define ON_X87(insn, stores) \
    __asm__ volatile("fnstcw %[old]\n\tfldcw %[cw]\n\tfldt %[y]\n\tfldt %[x]\n\t" insn \
                     "\n\tfnstsw %[sw]\n\t" stores "\n\tfnclex\n\temms\n\tfldcw %[old]" \
                     : [sw] "=m" (sw), [old] "=m" (old), [r0] "=m" (m.result[0]), \
                       [r1] "=m" (m.result[1]) \
                     : [x] "m" (x), [y] "m" (y), [cw] "m" (masked) \
                     : "memory", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", \
                       "st(7)")

X87Math x87_math(X87Function f, F80 x, F80 y, uint16_t cw)
{
    X87Math m = { .flags = 0 };
    uint16_t sw = 0, old, masked = (cw & 0xf00) | 0x7f;
    /* the caller has seen to the sticky exceptions; the flat file of generated code is stale */
    __asm__ volatile("fnclex\n\temms");
    switch (f) {
    case X87_F2XM1:   ON_X87("f2xm1", "fstpt %[r0]"); break;
    case X87_FYL2X:   ON_X87("fyl2x", "fstpt %[r0]"); break;
    case X87_FPATAN:  ON_X87("fpatan", "fstpt %[r0]"); break;
    case X87_FYL2XP1: ON_X87("fyl2xp1", "fstpt %[r0]"); break;
    case X87_FSIN:    ON_X87("fsin", "fstpt %[r0]"); break;
    case X87_FCOS:    ON_X87("fcos", "fstpt %[r0]"); break;
    case X87_FPTAN:   ON_X87("fptan", "fstpt %[r1]\n\tfstpt %[r0]"); break;
    default:          ON_X87("fsincos", "fstpt %[r1]\n\tfstpt %[r0]"); break;
    }
    m.flags = sw & FSW_FLAGS;
    m.cc = sw & (FSW_C1 | FSW_C2);
    return m;
}

#else

#include <float.h>
#include <math.h>

_Static_assert(LDBL_MANT_DIG >= 64, "long double holds an x87 register");

static long double wide(F80 a)
{
    long double v = ldexpl((long double)a.mant, (a.se & 0x7fff) - 16383 - 63);
    return f80_sign(a) ? -v : v;
}

static F80 rounded(long double v, F80Status *s)
{
    int exp;
    F80 r = { 0, (uint16_t)(signbit(v) ? 0x8000 : 0) };
    if (isnan(v)) {
        return F80_INDEFINITE;
    }
    if (isinf(v) || v == 0) {
        r.mant = isinf(v) ? UINT64_C(1) << 63 : 0;
        r.se |= isinf(v) ? 0x7fff : 0;
        return r;
    }
    /* 64 bits, and what is left of it, added with the rounding of s */
    long double f = frexpl(fabsl(v), &exp), top = floorl(ldexpl(f, 64));
    long double rest = floorl(ldexpl(ldexpl(f, 64) - top, 62));
    F80 high = f80_from_int((int64_t)((uint64_t)top >> 1)), one = f80_from_int((uint64_t)top & 1);
    F80 low = f80_from_int((int64_t)rest);
    F80Status exact = f80_status(0x37f);
    low = f80_scale(low, f80_from_int(-62), &exact);
    high = f80_add(f80_add(high, high, &exact), one, &exact);
    r = f80_add(high, low, s);
    r.se |= signbit(v) ? 0x8000 : 0;
    return f80_scale(r, f80_from_int(exp - 64), s);
}

static bool too_large(F80 x)
{
    return (x.se & 0x7fff) >= 16383 + 63 && f80_class(x) == F80_NORMAL;
}

static long double value(X87Function f, long double x, long double y)
{
    switch (f) {
    case X87_F2XM1:   return expm1l(x * 0.693147180559945309417232121458176568L);
    case X87_FYL2X:   return y * log2l(x);
    case X87_FPATAN:  return atan2l(y, x);
    case X87_FYL2XP1: return y * (log1pl(x) * 1.442695040888963407359924681001892137L);
    case X87_FSIN:    return sinl(x);
    case X87_FCOS:    return cosl(x);
    case X87_FPTAN:   return tanl(x);
    default:          return sinl(x);
    }
}

X87Math x87_math(X87Function f, F80 x, F80 y, uint16_t cw)
{
    X87Math m = { .flags = 0 };
    F80Status s = f80_status(cw | 0x3f);
    bool two = f == X87_FYL2X || f == X87_FPATAN || f == X87_FYL2XP1;
    bool circular = f == X87_FPTAN || f == X87_FSINCOS || f == X87_FSIN || f == X87_FCOS;
    if (f80_is_nan(x) || (two && f80_is_nan(y))) {
        m.result[0] = m.result[1] = two ? f80_add(x, y, &s) : f80_add(x, x, &s);
    } else if (circular && too_large(x)) {
        m.cc = FSW_C2;
    } else {
        long double a = wide(x), v = value(f, a, wide(y));
        s.st.flags |= f80_class(x) == F80_DENORMAL || (two && f80_class(y) == F80_DENORMAL)
                      ? FP_DENORMAL : 0;
        m.result[0] = rounded(v, &s);
        m.result[1] = f == X87_FPTAN ? f80_from_int(1) : f == X87_FSINCOS ? rounded(cosl(a), &s)
                                                       : F80_INDEFINITE;
        bool pole = f == X87_FYL2X && f80_class(x) == F80_ZERO && isinf(v) && !isinf(wide(y));
        s.st.flags |= isnan(v) ? FP_INVALID : pole ? FP_DIVIDE_BY_ZERO :
                      isinf(v) || v == 0 || v == a ? 0 : FP_INEXACT;
    }
    m.flags = f80_x87_flags(&s);
    return m;
}

#endif
