/* SPDX-License-Identifier: MIT */
/* arm_walk() on every kind of descriptor, permission and domain; fault status values. */
#include "tests/isa/arm_sys/rig.h"

enum {
    L1 = 0x4000, L1_HIGH = 0x8000, L2 = 0x10000, VA = 0x12345678,
    CLIENT = 1 << 2 * 3, MANAGER = 3 << 2 * 3, NO_ACCESS = 0,      /* DACR: domain 3 */
    DOMAIN3 = 3 << 5,
    R = PROT_R, W = PROT_W, X = PROT_X,
    USER = ARM_MMU_USER, PRIV = ARM_MMU_PRIV,
    V5 = 0, V6 = 1, V6OLD = 2, V7 = 3, A15 = 4,
};

static const struct {
    const char *model;
    uint32_t sctlr;
} cores[] = {
    [V5] = { "arm926", SCTLR_M }, [V6] = { "arm1136", SCTLR_M | SCTLR_XP },
    [V6OLD] = { "arm1136", SCTLR_M }, [V7] = { "cortex-a9", SCTLR_M },
    [A15] = { "cortex-a15", SCTLR_M },
};

typedef struct Case {
    const char *name;
    int         core;
    uint32_t    sctlr;          /* on top */
    uint32_t    first, second;
    uint32_t    dacr;
    unsigned    mmu;
    AccessType  access;
    GPa         pa;             /* expected; 0: a fault */
    unsigned    prot, bits;
    uint32_t    status;
} Case;

#define SECTION(ap)  (0xabc00000 | DOMAIN3 | (ap) << 10 | 2)
#define APX          (1 << 15)
#define COARSE       (L2 | DOMAIN3 | 1)
#define FINE         (L2 | DOMAIN3 | 3)
#define SMALL(aps)   (0xabcde000 | (aps) << 4 | 2)
#define LARGE(aps)   (0xabcd0000 | (aps) << 4 | 1)
#define TINY(ap)     (0xabcdec00 | (ap) << 4 | 3)
#define READ  ACCESS_READ
#define WRITE ACCESS_WRITE
#define FETCH ACCESS_FETCH

static const Case cases[] = {
    /* sections, ARMv5: AP against privilege */
    { "v5 none", V5, 0, SECTION(0), 0, CLIENT, PRIV, READ, .status = 0x3d },
    { "v5 S",    V5, SCTLR_S, SECTION(0), 0, CLIENT, PRIV, READ, 0xabc45678, R | X, 20 },
    { "v5 S u",  V5, SCTLR_S, SECTION(0), 0, CLIENT, USER, READ, .status = 0x3d },
    { "v5 R u",  V5, SCTLR_R, SECTION(0), 0, CLIENT, USER, READ, 0xabc45678, R | X, 20 },
    { "v5 R w",  V5, SCTLR_R, SECTION(0), 0, CLIENT, PRIV, WRITE, .status = 0x3d },
    { "v5 ap1",  V5, 0, SECTION(1), 0, CLIENT, PRIV, WRITE, 0xabc45678, R | W | X, 20 },
    { "v5 ap1 u", V5, 0, SECTION(1), 0, CLIENT, USER, READ, .status = 0x3d },
    { "v5 ap2 u", V5, 0, SECTION(2), 0, CLIENT, USER, READ, 0xabc45678, R | X, 20 },
    { "v5 ap2 uw", V5, 0, SECTION(2), 0, CLIENT, USER, WRITE, .status = 0x3d },
    { "v5 ap3 uw", V5, 0, SECTION(3), 0, CLIENT, USER, WRITE, 0xabc45678, R | W | X, 20 },
    /* domains */
    { "manager", V5, 0, SECTION(0), 0, MANAGER, USER, WRITE, 0xabc45678, R | W | X, 20 },
    { "no access", V5, 0, SECTION(3), 0, NO_ACCESS, PRIV, READ, .status = 0x39 },
    { "reserved domain", V7, 0, SECTION(3), 0, 2 << 6, PRIV, READ, .status = 0x39 },
    { "page domain", V5, 0, COARSE, SMALL(0xff), NO_ACCESS, PRIV, READ, .status = 0x3b },
    /* nothing there */
    { "fault 1", V5, 0, 0, 0, CLIENT, PRIV, READ, .status = 0x05 },
    { "fault 2", V5, 0, COARSE, 0, CLIENT, PRIV, READ, .status = 0x37 },
    { "walk abort 2", V5, 0, 0x7ff00000 | DOMAIN3 | 1, 0, CLIENT, PRIV, READ, .status = 0x3e },
    /* pages, ARMv5.  VA is in subpage 1 (of 1 KiB) of a small page, subpage 1 of a large one. */
    { "small", V5, 0, COARSE, SMALL(0xff), CLIENT, USER, WRITE, 0xabcde678, R | W | X, 12 },
    { "subpage", V5, 0, COARSE, SMALL(0x0c), CLIENT, USER, WRITE, 0xabcde678, R | W | X, 10 },
    { "subpage no", V5, 0, COARSE, SMALL(0xf3), CLIENT, USER, READ, .status = 0x3f },
    { "large", V5, 0, COARSE, LARGE(0xff), CLIENT, USER, READ, 0xabcd5678, R | W | X, 16 },
    { "large sub", V5, 0, COARSE, LARGE(0x0c), CLIENT, USER, READ, 0xabcd5678, R | W | X, 14 },
    { "fine tiny", V5, 0, FINE, TINY(3), CLIENT, USER, READ, 0xabcdee78, R | W | X, 10 },
    { "fine small", V5, 0, FINE, SMALL(0xff), CLIENT, USER, READ, 0xabcde678, R | W | X, 12 },
    { "coarse type 3", V5, 0, COARSE, TINY(3), CLIENT, USER, READ, .status = 0x37 },
    { "extended small", V6OLD, 0, COARSE, SMALL(3) | 1, CLIENT, USER, READ, 0xabcde678, R | W | X,
      12 },
    { "fine on v6", V6OLD, 0, FINE, TINY(3), CLIENT, USER, READ, .status = 0x35 },
    /* ARMv6 and ARMv7: AP[2:0], XN, supersections */
    { "v6 S", V6, SCTLR_S, SECTION(0), 0, CLIENT, PRIV, READ, 0xabc45678, R | X, 20 },
    { "v7 S", V7, SCTLR_S, SECTION(0), 0, CLIENT, PRIV, READ, .status = 0x3d },
    { "v7 ap1", V7, 0, SECTION(1), 0, CLIENT, PRIV, WRITE, 0xabc45678, R | W | X, 20 },
    { "v7 ap5", V7, 0, SECTION(1) | APX, 0, CLIENT, PRIV, READ, 0xabc45678, R | X, 20 },
    { "v7 ap5 w", V7, 0, SECTION(1) | APX, 0, CLIENT, PRIV, WRITE, .status = 0x3d },
    { "v7 ap5 u", V7, 0, SECTION(1) | APX, 0, CLIENT, USER, READ, .status = 0x3d },
    { "v7 ap4", V7, 0, SECTION(0) | APX, 0, CLIENT, PRIV, READ, .status = 0x3d },
    { "v7 ap7 u", V7, 0, SECTION(3) | APX, 0, CLIENT, USER, READ, 0xabc45678, R | X, 20 },
    { "v7 ap7 w", V7, 0, SECTION(3) | APX, 0, CLIENT, PRIV, WRITE, .status = 0x3d },
    { "v7 xn", V7, 0, SECTION(3) | 1 << 4, 0, CLIENT, PRIV, READ, 0xabc45678, R | W, 20 },
    { "v7 xn x", V7, 0, SECTION(3) | 1 << 4, 0, CLIENT, PRIV, FETCH, .status = 0x3d },
    { "manager xn", V7, 0, SECTION(3) | 1 << 4, 0, MANAGER, PRIV, FETCH, 0xabc45678,
      R | W | X, 20 },
    { "pxn", A15, 0, SECTION(3) | 1, 0, CLIENT, PRIV, FETCH, .status = 0x3d },
    { "pxn u", A15, 0, SECTION(3) | 1, 0, CLIENT, USER, FETCH, 0xabc45678, R | W | X, 20 },
    { "type 3", V7, 0, SECTION(3) | 1, 0, CLIENT, USER, READ, .status = 0x35 },
    { "wxn", A15, SCTLR_WXN, SECTION(3), 0, CLIENT, USER, READ, 0xabc45678, R | W, 20 },
    { "uwxn", A15, SCTLR_UWXN, SECTION(3), 0, CLIENT, PRIV, FETCH, .status = 0x3d },
    { "uwxn u", A15, SCTLR_UWXN, SECTION(3), 0, CLIENT, USER, FETCH, 0xabc45678, R | W | X, 20 },
    { "super", V7, 0, 0x9a500000 | 1 << 18 | 0xc << 5 | 3 << 10 | 2, 0, 1, USER, READ,
      0xc59a345678, R | W | X, 24 },
    { "v7 small", V7, 0, COARSE, 0xabcde002 | 3 << 4, CLIENT, USER, READ, 0xabcde678, R | W | X,
      12 },
    { "v7 small ro", V7, 0, COARSE, 0xabcde202 | 3 << 4, CLIENT, USER, WRITE, .status = 0x3f },
    { "v7 small xn", V7, 0, COARSE, 0xabcde003 | 3 << 4, CLIENT, USER, FETCH, .status = 0x3f },
    { "v7 large", V7, 0, COARSE, 0xabcd0001 | 3 << 4, CLIENT, USER, READ, 0xabcd5678, R | W | X,
      16 },
    { "v7 large xn", V7, 0, COARSE, 0xabcd8001 | 3 << 4, CLIENT, USER, FETCH, .status = 0x3f },
    { "table pxn", A15, 0, COARSE | 4, 0xabcde002 | 3 << 4, CLIENT, PRIV, FETCH, .status = 0x3f },
    /* access flag */
    { "af", V7, SCTLR_AFE, SECTION(0), 0, CLIENT, PRIV, READ, .status = 0x33 },
    { "af page", V7, SCTLR_AFE, COARSE, 0xabcde002, CLIENT, PRIV, READ, .status = 0x36 },
    { "af set", V7, SCTLR_AFE, SECTION(1), 0, CLIENT, PRIV, READ, 0xabc45678, R | W | X, 20 },
    { "af before domain", V7, SCTLR_AFE, SECTION(0), 0, NO_ACCESS, PRIV, READ, .status = 0x33 },
};

static bool walk(uint32_t va, AccessType access, unsigned mmu, Translation *t, MmuFault *f)
{
    memset(t, 0, sizeof(*t));
    return arm_walk(&rig.s->cpu, va, access, mmu, false, t, f);
}

static void short_descriptors(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *k = &cases[i];
        Translation t;
        MmuFault f;
        g_test_message("%s", k->name);
        rig_new(cores[k->core].model);
        rig.s->cp15.sctlr |= cores[k->core].sctlr | k->sctlr;
        rig.s->cp15.ttbr[0] = L1;
        rig.s->cp15.dacr = k->dacr;
        rig_poke32(L1 + 4 * (VA >> 20), k->first);
        rig_poke32(L2 + 4 * ((k->first & 3) == 3 ? VA >> 10 & 0x3ff : VA >> 12 & 0xff), k->second);
        bool ok = walk(VA, k->access, k->mmu, &t, &f);
        g_assert_cmpint(ok, ==, k->pa != 0);
        if (ok) {
            g_assert_cmphex(t.pa, ==, k->pa);
            g_assert_cmphex(t.prot, ==, k->prot);
            g_assert_cmpuint(t.page_bits, ==, k->bits);
            g_assert_cmpint(t.uncached, ==, k->bits < 12);
        } else {
            g_assert_cmphex(f.code, ==, k->status);
            g_assert_cmphex(f.va, ==, VA);
        }
    }
}

static void mmu_off(void)
{
    Translation t;
    MmuFault f;
    rig_new("cortex-a9");
    g_assert_true(walk(VA, ACCESS_FETCH, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(t.pa, ==, VA);
    g_assert_cmphex(t.prot, ==, R | W | X);
}

static void walk_aborts(void)
{
    Translation t;
    MmuFault f;
    rig_new("cortex-a9");
    rig.s->cp15.sctlr |= SCTLR_M;
    rig.s->cp15.ttbr[0] = 0x7ff00000;
    g_assert_false(walk(VA, ACCESS_READ, ARM_MMU_PRIV, &t, &f));
    g_assert_cmphex(f.code, ==, 0x0c);
}

/* TTBCR.N: the lower part by TTBR0 with a smaller table, the rest by TTBR1. */
static void two_tables(void)
{
    Translation t;
    MmuFault f;
    rig_new("cortex-a9");
    rig.s->cp15.sctlr |= SCTLR_M;
    rig.s->cp15.dacr = 1;
    rig.s->cp15.ttbr[0] = 0x5000;                   /* 4 KiB table: not aligned to 16 KiB */
    rig.s->cp15.ttbr[1] = L1_HIGH;
    rig.s->cp15.ttbcr = 2;
    rig_poke32(0x5000 + 4 * 0x3ff, 0x11100c02);
    rig_poke32(L1_HIGH + 4 * 0x400, 0x22200c02);
    g_assert_true(walk(0x3ff12345, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(t.pa, ==, 0x11112345);
    g_assert_true(walk(0x40012345, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(t.pa, ==, 0x22212345);
    rig.s->cp15.ttbcr = 2 | 1 << 4;                 /* PD0 */
    g_assert_false(walk(0x3ff12345, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(f.code, ==, 0x05);
    g_assert_true(walk(0x40012345, ACCESS_READ, ARM_MMU_USER, &t, &f));
    rig.s->cp15.ttbcr = 2 | 1 << 5;                 /* PD1 */
    g_assert_false(walk(0x40012345, ACCESS_READ, ARM_MMU_USER, &t, &f));
}

static void big_endian_tables(void)
{
    Translation t;
    MmuFault f;
    rig_new("cortex-a9");
    rig.s->cp15.sctlr |= SCTLR_M | SCTLR_EE;
    rig.s->cp15.dacr = 1;
    rig.s->cp15.ttbr[0] = L1;
    rig_poke32(L1 + 4 * (VA >> 20), GUINT32_SWAP_LE_BE(0x11100c02));
    g_assert_true(walk(VA, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(t.pa, ==, 0x11145678);
}

/* FCSE: the lowest 32 MiB are those of the process; others are not touched. */
static void fcse(void)
{
    Translation t;
    MmuFault f;
    rig_new("arm926");
    rig.s->cp15.sctlr |= SCTLR_M;
    rig.s->cp15.dacr = 1;
    rig.s->cp15.ttbr[0] = L1;
    rig_mcr(ARM_CPREG(15, 0, 13, 0, 0), 0x12000000);
    g_assert_cmpuint(rig.asid, ==, 9);
    g_assert_cmpuint(rig.flushes, ==, 0);
    rig_poke32(L1 + 4 * 0x123, 0x11100c02);
    g_assert_true(walk(0x00345678, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(t.pa, ==, 0x11145678);
    g_assert_false(t.global);
    g_assert_true(walk(0x12345678, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_cmphex(t.pa, ==, 0x11145678);
    g_assert_true(t.global);
}

static void not_global(void)
{
    Translation t;
    MmuFault f;
    rig_new("cortex-a9");
    rig_mcr(DACR, 0x31);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | SCTLR_M);
    rig.s->cp15.ttbr[0] = L1;
    rig_poke32(L1 + 4 * 0x123, 0x11100c02);
    g_assert_true(walk(VA, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_true(t.global);
    rig_poke32(L1 + 4 * 0x123, 0x11120c02);                 /* nG */
    g_assert_true(walk(VA, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_false(t.global);
    rig_mcr(DACR, 0x11);                                    /* domain 2 differs now, 0 does not */
    rig_poke32(L1 + 4 * 0x123, 0x11100c02);
    g_assert_true(walk(VA, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_true(t.global);
    rig_poke32(L1 + 4 * 0x123, 0x11100c42);
    g_assert_true(walk(VA, ACCESS_READ, ARM_MMU_USER, &t, &f));
    g_assert_false(t.global);
}

/* ---- long descriptors ---- */

typedef struct LongCase {
    const char *name;
    uint64_t    first, second, third;
    unsigned    mmu;
    AccessType  access;
    GPa         pa;
    unsigned    prot, bits;
    uint32_t    status;
} LongCase;

enum { LL1 = 0x20000, LL2 = 0x21000, LL3 = 0x22000 };
#define TABLE2       (LL2 | 3)
#define TABLE3       (LL3 | 3)
#define AF           (1 << 10)
#define USER_AP      (1 << 6)
#define RO_AP        (1 << 7)
#define BLOCK1       (0xab40000000ull | AF | 1)
#define BLOCK2       (0xab40200000ull | AF | 1)
#define PAGE         (0xab40201000ull | AF | 3)

static const LongCase long_cases[] = {
    { "1 GiB", BLOCK1, 0, 0, PRIV, WRITE, 0xab52345678, R | W | X, 30 },
    { "1 GiB u", BLOCK1, 0, 0, USER, READ, .status = 0x20d },
    { "2 MiB", TABLE2, BLOCK2 | USER_AP, 0, USER, WRITE, 0xab40345678, R | W | X, 21 },
    { "2 MiB ro", TABLE2, BLOCK2 | USER_AP | RO_AP, 0, USER, WRITE, .status = 0x20e },
    { "4 KiB", TABLE2, TABLE3, PAGE, PRIV, WRITE, 0xab40201678, R | W | X, 12 },
    { "4 KiB ro", TABLE2, TABLE3, PAGE | RO_AP, PRIV, WRITE, .status = 0x20f },
    { "4 KiB ro r", TABLE2, TABLE3, PAGE | RO_AP, PRIV, READ, 0xab40201678, R | X, 12 },
    { "xn", TABLE2, TABLE3, PAGE | 1ull << 54, PRIV, FETCH, .status = 0x20f },
    { "pxn", TABLE2, TABLE3, PAGE | USER_AP | 1ull << 53, PRIV, FETCH, .status = 0x20f },
    { "pxn u", TABLE2, TABLE3, PAGE | USER_AP | 1ull << 53, USER, FETCH, 0xab40201678, R | W | X,
      12 },
    { "no 1", 0, 0, 0, PRIV, READ, .status = 0x205 },
    { "no 2", TABLE2, 0, 0, PRIV, READ, .status = 0x206 },
    { "no 3", TABLE2, TABLE3, 0, PRIV, READ, .status = 0x207 },
    { "block at 3", TABLE2, TABLE3, PAGE & ~2ull, PRIV, READ, .status = 0x207 },
    { "af 1", BLOCK1 & ~(uint64_t)AF, 0, 0, PRIV, READ, .status = 0x209 },
    { "af 2", TABLE2, BLOCK2 & ~(uint64_t)AF, 0, PRIV, READ, .status = 0x20a },
    { "af 3", TABLE2, TABLE3, PAGE & ~(uint64_t)AF, PRIV, READ, .status = 0x20b },
    { "walk abort 2", 0x7f0000003, 0, 0, PRIV, READ, .status = 0x216 },
    { "walk abort 3", TABLE2, 0x7f0000003, 0, PRIV, READ, .status = 0x217 },
    { "table pxn", TABLE2 | 1ull << 59, TABLE3, PAGE, PRIV, FETCH, .status = 0x20f },
    { "table xn", TABLE2, TABLE3 | 1ull << 60, PAGE | USER_AP, USER, FETCH, .status = 0x20f },
    { "table user", TABLE2, TABLE3 | 1ull << 61, PAGE | USER_AP, USER, READ, .status = 0x20f },
    { "table ro", TABLE2 | 1ull << 62, TABLE3, PAGE, PRIV, WRITE, .status = 0x20f },
};

static void long_descriptors(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(long_cases); i++) {
        const LongCase *k = &long_cases[i];
        Translation t;
        MmuFault f;
        g_test_message("%s", k->name);
        rig_new("cortex-a15");
        rig.s->cp15.sctlr |= SCTLR_M;
        rig.s->cp15.ttbcr = 1u << 31;
        rig.s->cp15.ttbr[0] = LL1;
        rig_poke64(LL1, k->first);
        rig_poke64(LL2 + 8 * (VA >> 21 & 0x1ff), k->second);
        rig_poke64(LL3 + 8 * (VA >> 12 & 0x1ff), k->third);
        bool ok = walk(VA, k->access, k->mmu, &t, &f);
        g_assert_cmpint(ok, ==, k->pa != 0);
        if (ok) {
            g_assert_cmphex(t.pa, ==, k->pa);
            g_assert_cmphex(t.prot, ==, k->prot);
            g_assert_cmpuint(t.page_bits, ==, k->bits);
        } else {
            g_assert_cmphex(f.code, ==, k->status);
        }
    }
}

/* T0SZ and T1SZ: which table, how many levels, the gap between. */
static void long_sizes(void)
{
    static const struct {
        uint32_t ttbcr, va;
        GPa      pa;            /* 0: translation fault */
    } sizes[] = {
        { 0x00000000, 0x40000000, 0x100000000 + 0x40000000 },   /* TTBR0 for everything */
        { 0x00000001, 0x40000000, 0x100000000 + 0x40000000 },   /* T0SZ 1: lower 2 GiB */
        { 0x00000001, 0xc0000000, 0x200000000 + 0xc0000000 },   /* ... the rest by TTBR1 */
        { 0x00010000, 0xc0000000, 0x200000000 + 0x40000000 },   /* T1SZ 1: upper 2 GiB */
        { 0x00010000, 0x40000000, 0x100000000 + 0x40000000 },
        { 0x00020002, 0x80000000, 0 },                          /* 1 GiB each: a gap */
        { 0x00000080, 0x40000000, 0 },                          /* EPD0 */
        { 0x00810000, 0xc0000000, 0 },                          /* EPD1 */
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
        Translation t;
        MmuFault f;
        rig_new("cortex-a15");
        rig.s->cp15.sctlr |= SCTLR_M;
        rig.s->cp15.ttbcr = 1u << 31 | sizes[i].ttbcr;
        rig.s->cp15.ttbr[0] = LL1;
        rig.s->cp15.ttbr[1] = LL2;
        for (uint64_t n = 0; n < 4; n++) {
            rig_poke64(LL1 + 8 * n, 0x100000000 | n << 30 | AF | 1);
            rig_poke64(LL2 + 8 * n, 0x200000000 | n << 30 | AF | 1);
        }
        bool ok = walk(sizes[i].va, ACCESS_READ, ARM_MMU_PRIV, &t, &f);
        g_assert_cmpint(ok, ==, sizes[i].pa != 0);
        if (ok) {
            g_assert_cmphex(t.pa, ==, sizes[i].pa);
        } else {
            g_assert_cmphex(f.code, ==, 0x205);
        }
    }
}

/* 1 GiB or less: the walk starts at the second level. */
static void long_second_level(void)
{
    Translation t;
    MmuFault f;
    rig_new("cortex-a15");
    rig.s->cp15.sctlr |= SCTLR_M;
    rig.s->cp15.ttbcr = 1u << 31 | 2;
    rig.s->cp15.ttbr[0] = LL2;
    rig_poke64(LL2 + 8 * (VA >> 21), BLOCK2);
    g_assert_true(walk(VA, ACCESS_READ, ARM_MMU_PRIV, &t, &f));
    g_assert_cmphex(t.pa, ==, 0xab40345678);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arm/mmu/off", mmu_off);
    g_test_add_func("/arm/mmu/short", short_descriptors);
    g_test_add_func("/arm/mmu/walk-aborts", walk_aborts);
    g_test_add_func("/arm/mmu/two-tables", two_tables);
    g_test_add_func("/arm/mmu/big-endian-tables", big_endian_tables);
    g_test_add_func("/arm/mmu/fcse", fcse);
    g_test_add_func("/arm/mmu/not-global", not_global);
    g_test_add_func("/arm/mmu/long", long_descriptors);
    g_test_add_func("/arm/mmu/long-sizes", long_sizes);
    g_test_add_func("/arm/mmu/long-second-level", long_second_level);
    return g_test_run();
}
