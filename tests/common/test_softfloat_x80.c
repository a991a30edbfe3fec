/* SPDX-License-Identifier: MIT */
/*
 * Soft-float of the x87's format against the host's x87: results, flags and C1, in every precision
 * and rounding, with and without the wrapped results of unmasked overflow and underflow, over
 * operands that are mostly odd.  Only where the host is an x86.
 */
#include "frontends/common/softfloat_x80.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__) || defined(__i386__)

enum { N_RANDOM = 40000 };

static uint64_t random64(void)
{
    return (uint64_t)g_test_rand_int() << 32 | (uint32_t)g_test_rand_int();
}

static unsigned below(unsigned n)
{
    return (uint32_t)g_test_rand_int() % n;
}

/* Significands with long runs, exponents at the edges of all three formats. */
static F80 random80(void)
{
    static const uint16_t exps[] = { 0, 1, 2, 0x3fff, 0x3ffe, 0x4000, 0x403e, 0x403f, 0x7ffe,
                                     0x7fff,
                                     0x3f81, 0x3f80, 0x3f6a, 0x407e, 0x407f, 0x3c01, 0x3c00, 0x3bcd,
                                     0x43fe, 0x43ff, 0x400d, 0x400e, 0x401d, 0x401e, 0x403d };
    F80 a;
    uint64_t m = random64();
    switch (below(8)) {
    case 0: m = 0; break;
    case 1: m = UINT64_MAX << below(64); break;
    case 2: m = UINT64_C(1) << below(64); break;
    case 3: m = UINT64_MAX >> below(64); break;
    case 4: m &= UINT64_MAX << below(64); break;
    }
    a.mant = below(8) ? m | UINT64_C(1) << 63 : m;
    a.se = below(3) ? exps[below(G_N_ELEMENTS(exps))] + (below(4) ? 0 : below(9) - 4)
                    : below(3) ? 0x3fff + below(200) - 100 : (unsigned)g_test_rand_int();
    a.se = (a.se & 0x7fff) | (below(2) << 15);
    return a;
}

typedef struct HostX87 {
    uint16_t cw, sw;
} HostX87;

static HostX87 env;

/* The status word is read right after the operation: stores of the result change C1. */
#define RUN(code, after, ...) \
    uint16_t normal = 0x37f; \
    __asm__ volatile("fninit\n\tfldcw %[cw]\n\t" code "\n\tfnstsw %[sw]\n\tfnclex\n\t" after \
                     "\n\tfninit\n\tfldcw %[n]" \
                     : [sw] "=m" (env.sw), [r] "=m" (r) \
                     : __VA_ARGS__, [cw] "m" (env.cw), [n] "m" (normal) : "memory")

#define ARITH(name, insn, expr) \
    static F80 host_##name(F80 a, F80 b) \
    { \
        F80 r = { 0 }; \
        RUN("fldt %[b]\n\tfldt %[a]\n\t" insn, "fstpt %[r]", [a] "m" (a), [b] "m" (b)); \
        return r; \
    } \
    static F80 soft_##name(F80 a, F80 b, F80Status *s) { (void)b; return expr; }
#define FROM(name, insn, expr) \
    static F80 host_##name(F80 a, F80 b) \
    { \
        F80 r = { 0 }; \
        (void)b; \
        RUN(insn " %[a]", "fstpt %[r]", [a] "m" (a.mant)); \
        return r; \
    } \
    static F80 soft_##name(F80 a, F80 b, F80Status *s) { (void)b; (void)s; return expr; }
#define TO(name, insn, bits, expr) \
    static F80 host_##name(F80 a, F80 b) \
    { \
        uint##bits##_t r = 0; \
        (void)b; \
        RUN("fldt %[a]\n\t" insn " %[r]", "", [a] "m" (a)); \
        return (F80) { r, 0 }; \
    } \
    static F80 soft_##name(F80 a, F80 b, F80Status *s) \
    { \
        (void)b; \
        return (F80) { (uint##bits##_t)(expr), 0 }; \
    }

ARITH(add,  "fadd %%st(1), %%st",  f80_add(a, b, s))
ARITH(sub,  "fsub %%st(1), %%st",  f80_sub(a, b, s))
ARITH(mul,  "fmul %%st(1), %%st",  f80_mul(a, b, s))
ARITH(div,  "fdiv %%st(1), %%st",  f80_div(a, b, s))
ARITH(sqrt, "fsqrt",   f80_sqrt(a, s))
ARITH(rint, "frndint", f80_round_int(a, s))
ARITH(scale, "fscale", f80_scale(a, b, s))
FROM(flds, "flds", f80_from_f32(a.mant, s))
FROM(fldl, "fldl", f80_from_f64(a.mant, s))
FROM(fildll, "fildll", f80_from_int(a.mant))
TO(fsts, "fstps", 32, f80_to_f32(a, s))
TO(fstl, "fstpl", 64, f80_to_f64(a, s))
TO(fists, "fistps", 16, f80_to_int(a, 16, false, s))
TO(fistl, "fistpl", 32, f80_to_int(a, 32, false, s))
TO(fistll, "fistpll", 64, f80_to_int(a, 64, false, s))

static F80 host_bcd(F80 a, F80 b)
{
    uint8_t r[10];
    F80 v;
    (void)b;
    RUN("fldt %[a]\n\tfbstp %[r]", "", [a] "m" (a));
    memcpy(&v.mant, r, 8);
    memcpy(&v.se, r + 8, 2);
    return v;
}

static F80 soft_bcd(F80 a, F80 b, F80Status *s)
{
    uint8_t r[10];
    F80 v;
    (void)b;
    f80_to_bcd(a, r, s);
    memcpy(&v.mant, r, 8);
    memcpy(&v.se, r + 8, 2);
    return v;
}

/* C3 C2 C0 of FCOM, in the significand. */
static F80 host_com(F80 a, F80 b)
{
    uint16_t r = 0;
    RUN("fldt %[b]\n\tfldt %[a]\n\tfcom %%st(1)", "", [a] "m" (a), [b] "m" (b));
    (void)r;
    return (F80) { env.sw & 0x4500, 0 };
}

static F80 host_ucom(F80 a, F80 b)
{
    uint16_t r = 0;
    RUN("fldt %[b]\n\tfldt %[a]\n\tfucom %%st(1)", "", [a] "m" (a), [b] "m" (b));
    (void)r;
    return (F80) { env.sw & 0x4500, 0 };
}

static F80 order(FpOrder o)
{
    unsigned cc = o == FP_UNORDERED ? 0x4500 : o == FP_EQUAL ? 0x4000 : o == FP_LESS ? 0x100 : 0;
    return (F80) { cc, 0 };
}

static F80 soft_com(F80 a, F80 b, F80Status *s)
{
    return order(f80_compare(a, b, true, s));
}

static F80 soft_ucom(F80 a, F80 b, F80Status *s)
{
    return order(f80_compare(a, b, false, s));
}

/* The significand with the quotient's bits folded in; C1 is a bit of the quotient here. */
#define REM(name, insn, nearest) \
    static F80 host_##name(F80 a, F80 b) \
    { \
        F80 r = { 0 }; \
        RUN("fldt %[b]\n\tfldt %[a]\n\t1: " insn "\n\tfnstsw %%ax\n\ttestb $4, %%ah\n\tjnz 1b", \
            "fstpt %[r]", [a] "m" (a), [b] "m" (b)); \
        unsigned q = (env.sw >> 8 & 1) << 2 | (env.sw >> 14 & 1) << 1 | (env.sw >> 9 & 1); \
        r.mant ^= q; \
        env.sw &= ~0x200; \
        return r; \
    } \
    static F80 soft_##name(F80 a, F80 b, F80Status *s) \
    { \
        bool partial = true; \
        unsigned q; \
        while (partial) { \
            a = f80_rem(a, b, nearest, &q, &partial, s); \
        } \
        a.mant ^= q; \
        s->rounded_up = false; \
        return a; \
    }
#undef RUN
#define RUN(code, after, ...) \
    uint16_t normal = 0x37f; \
    __asm__ volatile("fninit\n\tfldcw %[cw]\n\t" code "\n\tfnstsw %[sw]\n\tfnclex\n\t" after \
                     "\n\tfninit\n\tfldcw %[n]" \
                     : [sw] "=m" (env.sw), [r] "=m" (r) \
                     : __VA_ARGS__, [cw] "m" (env.cw), [n] "m" (normal) : "memory", "ax", "cc")
REM(prem, "fprem", false)
REM(prem1, "fprem1", true)

static const struct {
    const char *name;
    F80 (*host)(F80 a, F80 b);
    F80 (*soft)(F80 a, F80 b, F80Status *s);
    bool raw;                   /* the operand is not a number of 80 bits */
    bool traps;                 /* overflow and underflow may be unmasked */
} ops[] = {
#define OP(name)  { #name, host_##name, soft_##name, false, false }
#define TRAP(name) { #name, host_##name, soft_##name, false, true }
#define RAW(name) { #name, host_##name, soft_##name, true, false }
    TRAP(add), TRAP(sub), TRAP(mul), TRAP(div), OP(sqrt), OP(rint), TRAP(scale),
    RAW(flds), RAW(fldl), RAW(fildll), OP(fsts), OP(fstl), OP(fists), OP(fistl), OP(fistll),
    OP(bcd), OP(com), OP(ucom), OP(prem), OP(prem1),
};

static uint64_t raw_operand(void)
{
    F80 a = random80();
    F80Status s = f80_status(0x37f);
    switch (below(4)) {
    case 0:  return random64();
    case 1:  return f80_to_f32(a, &s);
    case 2:  return f80_to_f64(a, &s);
    default: return random64() & (UINT64_C(0xfff0000000000000) | random64() >> below(64));
    }
}

static void against_host(gconstpointer data)
{
    unsigned n = GPOINTER_TO_UINT(data), bad = 0;
    for (int i = 0; i < N_RANDOM && bad < 5; i++) {
        F80 a = random80(), b = below(16) ? random80() : a;
        env.cw = 0x3f | below(4) << 8 | below(4) << 10;
        if (ops[n].traps && below(4) == 0) {
            env.cw &= ~(below(4) << 3);
        }
        if (below(16) == 0) {
            b.mant ^= 1;
        }
        if (ops[n].raw) {
            a.mant = raw_operand();
        }
        F80Status s = f80_status(env.cw);
        F80 want = ops[n].host(a, b), got = ops[n].soft(a, b, &s);
        unsigned sw = f80_x87_flags(&s) | (s.rounded_up ? 0x200 : 0);
        if (want.mant != got.mant || want.se != got.se || (env.sw & 0x23f) != sw) {
            printf("# %s cw %04x: %04x:%016" PRIx64 " %04x:%016" PRIx64 ": got %04x:%016" PRIx64
                   " %03x, host %04x:%016" PRIx64 " %03x\n", ops[n].name, env.cw, a.se, a.mant,
                   b.se, b.mant, got.se, got.mant, sw, want.se, want.mant, env.sw & 0x23f);
            bad++;
        }
    }
    g_assert_cmpuint(bad, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(ops); i++) {
        char *path = g_strconcat("/softfloat-x80/", ops[i].name, NULL);
        g_test_add_data_func(path, GUINT_TO_POINTER(i), against_host);
        g_free(path);
    }
    return g_test_run();
}

#else

int main(void)
{
    return 77;
}

#endif
