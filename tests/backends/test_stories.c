/* SPDX-License-Identifier: MIT */
/*
 * Bugs that were found once, each as the smallest region that shows it.  All backends run it, whole
 * and with each page of memory unmapped in turn, and must end in the same state.
 */
#include <string.h>
#include "tests/backends/bench.h"

static uint32_t raise_it(Cpu *cpu, uint32_t x)
{
    if (x) {
        cpu_leave(cpu);
    }
    return x;
}

static CALL_DEF(raise_it, "w:w", CALL_SYNC);
static const CallDef *const calls[] = { &call_raise_it };

/* r6 points to RAM, the other registers are 0 unless a story says more. */
typedef struct Story {
    const char *name, *text;
    uint32_t    r0;
    uint64_t    d0, d1;
    unsigned    rounding;
    Outcome     outcome;            /* with everything mapped */
    int32_t     insns;              /* counted, likewise */
} Story;

#define NAN64 UINT64_C(0x7ff8000000000000)

static const Story stories[] = {
    { "a call that raises gives back what was not begun",
      "insn pc=0x4000\n"
      "%0 = get.i32 r0\n"
      "%1 = call raise_it %0\n"
      "insn pc=0x4004\n"
      "insn pc=0x4008\n"
      "goto pc=0x8000\n",
      .r0 = 1, .outcome = LEFT, .insns = 1 },
    { "a call that returns counts everything",
      "insn pc=0x4000\n"
      "%0 = get.i32 r0\n"
      "%1 = call raise_it %0\n"
      "insn pc=0x4004\n"
      "goto pc=0x8000\n",
      .insns = 2 },
    { "a call that raises leaves the host its rounding mode",
      "insn pc=0x4000\n"
      "%0 = get.i32 r0\n"
      "%1 = call raise_it %0\n"
      "goto pc=0x8000\n",
      .r0 = 1, .rounding = 3, .outcome = LEFT, .insns = 1 },
    { "flags are there again after a side exit that is always taken or never",
      "insn pc=0x4000\n"
      "%0 = get.i32 r0\n"
      "%1 = get.i32 r1\n"
      "%2 = get.flags fl\n"
      "%3 = cond.cs %2\n"
      "%4 = fl_sbb.i32 %0, %1, %3\n"
      "exit_if.nv %4 pc=0x4020\n"
      "exit_if.pl %4 pc=0x4040\n"
      "goto pc=0x8000\n",
      .r0 = 0x80000000, .insns = 1 },
    { "conditions of a comparison after it was unpacked",
      "insn pc=0x4000\n"
      "%0 = get.f64 d0\n"
      "%1 = get.f64 d1\n"
      "%2 = fl_fcmp.f64 %0, %1\n"
      "%3 = cond.be %2\n"
      "%4 = cond.vc %2\n"
      "%5 = cond.cs %2\n"
      "%6 = cond.hi %2\n"
      "put r1, %3\n"
      "put r2, %4\n"
      "put r3, %5\n"
      "put r4, %6\n"
      "goto pc=0x8000\n",
      .d1 = NAN64, .insns = 1 },
#define COMPARED \
      "insn pc=0x4000\n" \
      "%0 = get.f64 d0\n" \
      "%1 = get.f64 d1\n" \
      "%2 = fl_fcmp.f64 %0, %1\n" \
      "put fl, %2\n" \
      "%3 = get.i32 r6\n" \
      "st.f64 %3, %1 le align=1 mmu=0\n" \
      "goto pc=0x8000\n"
    { "flags of a comparison are less at a fault", COMPARED, .d0 = UINT64_C(0xc000000000000000),
      .d1 = UINT64_C(0xbff0000000000000), .insns = 1 },
    { "flags of a comparison are greater at a fault", COMPARED, .d0 = UINT64_C(0x4000000000000000),
      .d1 = UINT64_C(0x8000000000000001), .insns = 1 },
    { "zeros of both signs are equal at a fault", COMPARED, .d0 = UINT64_C(0x8000000000000000),
      .insns = 1 },
    { "an unordered comparison is so at a fault", COMPARED, .d0 = NAN64, .insns = 1 },
};

static void start_of(const Story *t, State *s)
{
    memset(s, 0, sizeof(*s));
    s->r[0] = t->r0;
    s->r[6] = RAM_BASE + 0x100;
    s->v[0].u64[0] = t->d0;
    s->v[0].u64[1] = t->d1;
}

static void test_story(gconstpointer data)
{
    const Story *t = data;
    GError *err = NULL;
    IrRegion *r = ir_region_new(test_slots, TEST_N_SLOTS, false);
    if (!ir_parse(r, t->text, &err)) {
        g_error("%s: %s", t->name, err->message);
    }
    r->blocks[0].pc = REGION_PC;
    bench_rounding = t->rounding;       /* bench_enter() looks at the host's afterwards */
    for (bench_unmapped = -1; bench_unmapped < N_PAGES; bench_unmapped++) {
        State first;
        start_of(t, &first);
        bench_run(bench_backends[0], r, &first);
        if (bench_unmapped < 0) {
            g_assert_cmpint(first.outcome, ==, t->outcome);
            g_assert_cmpint(1000000 - first.icount_left, ==, t->insns);
        }
        for (const HostBackend *const *other = bench_backends + 1; *other; other++) {
            State s;
            start_of(t, &s);
            bench_run(*other, r, &s);
            g_autofree char *why = bench_difference(&first, &s);
            g_assert_cmpstr(why, ==, NULL);
        }
    }
    ir_region_free(r);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ir_register_calls(calls, G_N_ELEMENTS(calls));
    bench_init();
    for (unsigned i = 0; i < G_N_ELEMENTS(stories); i++) {
        g_autofree char *path = g_strdup_printf("/backends/stories/%s", stories[i].name);
        g_test_add_data_func(path, &stories[i], test_story);
    }
    return g_test_run();
}
