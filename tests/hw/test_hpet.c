/* SPDX-License-Identifier: MIT */
/*
 * The HPET on the bench: IA-PC HPET specification 1.0a.  A tick is 10 ns.
 */
#include "tests/hw/bench.h"

enum { CAP = 0x00, CONF = 0x10, STATUS = 0x20, MAIN = 0xf0 };
enum { ENABLE = 1, LEGACY = 2 };
enum { LEVEL = 0x02, ENABLED = 0x04, PERIODIC = 0x08, VAL_SET = 0x40, MODE_32 = 0x100,
       FSB = 0x4000 };
enum { IRQ0, IRQ8, PIN };

static uint64_t rd(Bench *b, unsigned reg)
{
    return bench_read_at(b, 0, reg, 8);
}

static void wr(Bench *b, unsigned reg, uint64_t v)
{
    bench_write_at(b, 0, reg, v, 8);
}

static unsigned conf(unsigned n)
{
    return 0x100 + 0x20 * n;
}

static unsigned comparator(unsigned n)
{
    return 0x108 + 0x20 * n;
}

static void capabilities(Bench *b)
{
    g_assert_cmphex(rd(b, CAP), ==, 0x009896808086a201);
    g_assert_cmphex(bench_read_at(b, 0, 4, 4), ==, 0x00989680);
    g_assert_cmphex(rd(b, conf(2)), ==, 0x00ffffff00008030);
    g_assert_cmphex(rd(b, comparator(2)), ==, UINT64_MAX);
    g_assert_cmphex(rd(b, conf(3)), ==, 0);                     /* there are three */
}

static void counts(Bench *b)
{
    bench_step(b, 1000);
    g_assert_cmphex(rd(b, MAIN), ==, 0);
    wr(b, CONF, ENABLE);
    bench_step(b, 12345670);
    g_assert_cmpuint(rd(b, MAIN), ==, 1234567);
    wr(b, CONF, 0);
    bench_step(b, 1000);
    g_assert_cmpuint(rd(b, MAIN), ==, 1234567);
    wr(b, MAIN, 0xfffffffffffffff0);
    g_assert_cmphex(bench_read_at(b, 0, MAIN + 4, 4), ==, 0xffffffff);
    wr(b, CONF, ENABLE);
    bench_step(b, 200);
    g_assert_cmphex(rd(b, MAIN), ==, 4);                        /* it wraps */
}

static void one_shot(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, conf(0), ENABLED | 5 << 9);
    wr(b, comparator(0), rd(b, MAIN) + 1000);
    bench_step(b, 9990);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 0);
    bench_step(b, 10);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 1);
    bench_step(b, 100 * NS_PER_SEC);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 0);
    g_assert_cmphex(rd(b, STATUS), ==, 0);                      /* by edge */
    wr(b, comparator(0), rd(b, MAIN) - 1);                      /* past: never */
    bench_step(b, 100 * NS_PER_SEC);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 0);
}

static void one_shot_of_32_bits_comes_round(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, conf(1), ENABLED | MODE_32 | 6 << 9);
    wr(b, comparator(1), 1000);
    bench_step(b, 10 * INT64_C(0x100000000) + 20000);
    g_assert_cmpuint(bench_edges(b, PIN + 6), ==, 2);
}

static void periodic(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), 5000);
    g_assert_cmphex(rd(b, conf(0)) & VAL_SET, ==, 0);
    wr(b, comparator(0), 10000);                                /* the period */
    bench_step(b, 50000);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 1);
    g_assert_cmpuint(rd(b, comparator(0)), ==, 15000);
    bench_step(b, 10 * NS_PER_MS);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 100);
    wr(b, conf(0), PERIODIC | 5 << 9);
    bench_step(b, 10 * NS_PER_MS);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 0);
}

/* As a kernel with 32-bit accesses sets it. */
static void periodic_by_halves(Bench *b)
{
    bench_write_at(b, 0, CONF, ENABLE, 4);
    bench_write_at(b, 0, conf(0), ENABLED | PERIODIC | VAL_SET | MODE_32 | 5 << 9, 4);
    bench_write_at(b, 0, comparator(0), rd(b, MAIN) + 10000, 4);
    bench_write_at(b, 0, comparator(0), 10000, 4);
    bench_step(b, NS_PER_MS);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 10);
    bench_step(b, 50 * NS_PER_SEC);                             /* 32 bits wrap in 43 s */
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 500000);
}

static void period_in_halves(Bench *b)
{
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), 0x100000000);
    bench_write_at(b, 0, comparator(0), 10000, 4);
    bench_write_at(b, 0, comparator(0) + 4, 0, 4);
    wr(b, MAIN, 0xffffffff);
    wr(b, CONF, ENABLE);
    bench_step(b, 1000010);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 11);
}

static void levels(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, conf(2), ENABLED | LEVEL | 7 << 9);
    wr(b, comparator(2), rd(b, MAIN) + 100);
    bench_step(b, 1000);
    g_assert_true(bench_irq(b, PIN + 7));
    g_assert_cmphex(rd(b, STATUS), ==, 4);
    wr(b, STATUS, 3);
    g_assert_true(bench_irq(b, PIN + 7));
    wr(b, STATUS, 4);
    g_assert_false(bench_irq(b, PIN + 7));
    g_assert_cmphex(rd(b, STATUS), ==, 0);
    wr(b, conf(2), LEVEL | 7 << 9);                             /* not enabled: still told */
    wr(b, comparator(2), rd(b, MAIN) + 100);
    bench_step(b, 1000);
    g_assert_false(bench_irq(b, PIN + 7));
    g_assert_cmphex(rd(b, STATUS), ==, 4);
}

static void legacy_replacement(Bench *b)
{
    bench_input(b, "pit", 1);
    g_assert_true(bench_irq(b, IRQ0));
    bench_input(b, "rtc", 1);
    g_assert_true(bench_irq(b, IRQ8));
    wr(b, CONF, ENABLE | LEGACY);
    g_assert_false(bench_irq(b, IRQ0));                         /* theirs are not heard now */
    g_assert_false(bench_irq(b, IRQ8));
    bench_edges(b, IRQ0);
    bench_edges(b, IRQ8);
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), rd(b, MAIN) + 100000);
    wr(b, comparator(0), 100000);
    wr(b, conf(1), ENABLED);
    wr(b, comparator(1), rd(b, MAIN) + 50000);
    bench_step(b, 10 * NS_PER_MS);
    g_assert_cmpuint(bench_edges(b, IRQ0), ==, 10);
    g_assert_cmpuint(bench_edges(b, IRQ8), ==, 1);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 0);
    g_assert_true(bench_irq(b, IRQ0));          /* high until the next: an 8259 may be slow */
    wr(b, CONF, ENABLE);
    g_assert_true(bench_irq(b, IRQ0));
}

static void messages(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, 0x110, UINT64_C(0x4000) << 32 | 0xabcd1234);
    wr(b, conf(0), ENABLED | FSB | 5 << 9);
    wr(b, comparator(0), rd(b, MAIN) + 100);
    bench_step(b, 1000);
    g_assert_cmpmem(bench_ram(b) + 0x4000, 4, "\x34\x12\xcd\xab", 4);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 0);
}

static void routes_that_are_not_there(Bench *b)
{
    wr(b, conf(0), 7 << 9);
    wr(b, conf(0), 30 << 9);
    g_assert_cmphex(rd(b, conf(0)) & 0x3e00, ==, 7 << 9);
}

static void tiny_period(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), 1);
    bench_step(b, 10 * NS_PER_MS);
    g_assert_cmpuint(bench_edges(b, PIN + 5), >=, 900);
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), 0);
    bench_step(b, NS_PER_SEC);
}

static int64_t moving_on(void *opaque)
{
    return *(int64_t *)opaque += 70;
}

/* On a host that takes its time the next match may be past between two looks at the clock: a period
 * was lost until the counter came round. */
static void looks_that_take_time(Bench *b)
{
    int64_t time = 0;
    clock_init();                               /* not stepped: each look finds it later */
    clock_set_source(moving_on, &time);
    wr(b, CONF, ENABLE);
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), 1000);
    for (unsigned i = 0; i < 1000; i++) {
        time += 9000 + i % 1000;
        clock_run_timers(CLOCK_VIRTUAL);
        g_assert_cmpint(clock_next_deadline(CLOCK_VIRTUAL), <=, time + 10000);
    }
    g_assert_cmpuint(bench_edges(b, PIN + 5), >=, 900);
    clock_set_source(NULL, NULL);
}

static void more_timers(Bench *b)
{
    g_assert_cmphex(rd(b, CAP) >> 8 & 0x1f, ==, 7);
    wr(b, comparator(7), 0x1234);
    g_assert_cmphex(rd(b, comparator(7)), ==, 0x1234);
}

static void survives_a_snapshot(Bench *b)
{
    wr(b, CONF, ENABLE);
    wr(b, conf(0), ENABLED | PERIODIC | VAL_SET | 5 << 9);
    wr(b, comparator(0), 100000);
    bench_step(b, 1500000);
    bench_edges(b, PIN + 5);
    bench_round_trip(b);
    g_assert_cmpuint(rd(b, MAIN), ==, 150000);
    bench_step(b, 500000);
    g_assert_cmpuint(bench_edges(b, PIN + 5), ==, 1);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(capabilities, "hpet");
    BENCH_TEST(counts, "hpet");
    BENCH_TEST(one_shot, "hpet");
    BENCH_TEST(one_shot_of_32_bits_comes_round, "hpet");
    BENCH_TEST(periodic, "hpet");
    BENCH_TEST(periodic_by_halves, "hpet");
    BENCH_TEST(period_in_halves, "hpet");
    BENCH_TEST(levels, "hpet");
    BENCH_TEST(legacy_replacement, "hpet");
    BENCH_TEST(messages, "hpet");
    BENCH_TEST(routes_that_are_not_there, "hpet");
    BENCH_TEST(tiny_period, "hpet");
    BENCH_TEST(looks_that_take_time, "hpet");
    BENCH_TEST(more_timers, "hpet", "timers=8");
    BENCH_TEST(survives_a_snapshot, "hpet");
    return g_test_run();
}
