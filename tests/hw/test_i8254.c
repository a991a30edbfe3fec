/* SPDX-License-Identifier: MIT */
/*
 * The 8254 on the bench.  Behaviour is that of the Intel 82C54 data sheet (231244).  A tick of its
 * clock is 838 ns; the tests stand in the middle of ticks.
 */
#include "hw/timer/i8254.h"
#include "tests/hw/bench.h"

enum { HZ = 1193182, CONTROL = 3 };
enum { IRQ, OUT1, OUT2 };

static int64_t tick;                            /* where the test stands */

/* Goes on n ticks. */
static void ticks(Bench *b, int64_t n)
{
    tick += n;
    int64_t to = clock_ticks_to_ns(tick, HZ) + 400;
    bench_step(b, to - clock_now(CLOCK_VIRTUAL));
}

static void begin(Bench *b)
{
    tick = clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), HZ);
    ticks(b, 1);
}

static void out(Bench *b, unsigned port, uint8_t v)
{
    bench_write_at(b, 0, port, v, 1);
}

static uint8_t in(Bench *b, unsigned port)
{
    return bench_read_at(b, 0, port, 1);
}

static void set_count(Bench *b, unsigned n, uint16_t count)
{
    out(b, n, count);
    out(b, n, count >> 8);
}

/* Control word for two bytes. */
static void set_mode(Bench *b, unsigned n, unsigned mode, bool bcd)
{
    out(b, CONTROL, n << 6 | 0x30 | mode << 1 | bcd);
}

static uint16_t count_of(Bench *b, unsigned n)
{
    out(b, CONTROL, n << 6);
    uint8_t low = in(b, n);
    return low | in(b, n) << 8;
}

static uint8_t status_of(Bench *b, unsigned n)
{
    out(b, CONTROL, 0xe0 | 2 << n);
    return in(b, n);
}

static void mode0_counts_down(Bench *b)
{
    begin(b);
    set_mode(b, 0, 0, false);
    g_assert_false(bench_irq(b, IRQ));
    set_count(b, 0, 4);
    g_assert_cmphex(status_of(b, 0), ==, 0x70);         /* OUT low, null count, both bytes */
    ticks(b, 1);
    g_assert_cmphex(status_of(b, 0), ==, 0x30);
    g_assert_cmphex(count_of(b, 0), ==, 4);
    ticks(b, 3);
    g_assert_cmphex(count_of(b, 0), ==, 1);
    g_assert_false(bench_irq(b, IRQ));
    ticks(b, 1);                                        /* N + 1 ticks after the write */
    g_assert_true(bench_irq(b, IRQ));
    g_assert_cmphex(count_of(b, 0), ==, 0);
    ticks(b, 1);
    g_assert_cmphex(count_of(b, 0), ==, 0xffff);        /* it wraps, OUT stays */
    ticks(b, 100000);
    g_assert_true(bench_irq(b, IRQ));
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 1);
}

static void mode0_first_byte_stops_it(Bench *b)
{
    begin(b);
    set_mode(b, 0, 0, false);
    set_count(b, 0, 100);
    ticks(b, 50);
    out(b, 0, 10);
    ticks(b, 100);
    g_assert_false(bench_irq(b, IRQ));
    out(b, 0, 0);
    ticks(b, 10);
    g_assert_false(bench_irq(b, IRQ));
    ticks(b, 1);
    g_assert_true(bench_irq(b, IRQ));
}

static void mode0_gate_holds(Bench *b)
{
    begin(b);
    bench_input(b, "gate2", 1);
    set_mode(b, 2, 0, false);
    set_count(b, 2, 10);
    ticks(b, 5);
    g_assert_cmphex(count_of(b, 2), ==, 6);
    bench_input(b, "gate2", 0);
    ticks(b, 1000);
    g_assert_cmphex(count_of(b, 2), ==, 6);
    g_assert_false(i8254_out(b->dev, 2));
    bench_input(b, "gate2", 1);
    ticks(b, 5);
    g_assert_false(i8254_out(b->dev, 2));
    ticks(b, 1);
    g_assert_true(i8254_out(b->dev, 2));
    g_assert_true(bench_irq(b, OUT2));
}

static void mode1_one_shot(Bench *b)
{
    begin(b);
    set_mode(b, 2, 1, false);
    g_assert_true(i8254_out(b->dev, 2));
    set_count(b, 2, 3);
    ticks(b, 10);
    g_assert_true(i8254_out(b->dev, 2));                /* waits for its gate */
    bench_input(b, "gate2", 1);
    ticks(b, 1);
    g_assert_false(i8254_out(b->dev, 2));
    ticks(b, 2);
    g_assert_false(i8254_out(b->dev, 2));
    bench_input(b, "gate2", 0);
    bench_input(b, "gate2", 1);                         /* retriggered */
    ticks(b, 3);
    g_assert_false(i8254_out(b->dev, 2));
    ticks(b, 1);
    g_assert_true(i8254_out(b->dev, 2));
    set_count(b, 2, 7);                                 /* takes effect at the next trigger */
    ticks(b, 20);
    g_assert_true(i8254_out(b->dev, 2));
}

static void mode2_rate_generator(Bench *b)
{
    begin(b);
    set_mode(b, 0, 2, false);
    g_assert_true(bench_irq(b, IRQ));
    bench_edges(b, IRQ);
    set_count(b, 0, 5);
    ticks(b, 1);
    static const uint8_t counts[] = { 5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 5 };
    for (unsigned i = 0; i < ARRAY_SIZE(counts); i++) {
        g_assert_cmphex(count_of(b, 0), ==, counts[i]);
        g_assert_cmpint(i8254_out(b->dev, 0), ==, counts[i] != 1);
        ticks(b, 1);
    }
    bench_edges(b, IRQ);
    ticks(b, 500);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 100);
}

static void mode2_new_count_waits_for_the_end(Bench *b)
{
    begin(b);
    set_mode(b, 0, 2, false);
    set_count(b, 0, 100);
    ticks(b, 11);                                       /* 90 left */
    set_count(b, 0, 1000);
    g_assert_cmphex(status_of(b, 0) & 0x40, ==, 0x40);
    bench_edges(b, IRQ);
    ticks(b, 89);
    g_assert_cmphex(count_of(b, 0), ==, 1);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 0);
    ticks(b, 1);
    g_assert_cmphex(count_of(b, 0), ==, 1000);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 1);
    g_assert_cmphex(status_of(b, 0) & 0x40, ==, 0);
    ticks(b, 2000);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 2);
}

static void mode2_gate_restarts(Bench *b)
{
    begin(b);
    bench_input(b, "gate2", 1);
    set_mode(b, 2, 2, false);
    set_count(b, 2, 10);
    ticks(b, 10);
    g_assert_false(i8254_out(b->dev, 2));               /* count is 1 */
    bench_input(b, "gate2", 0);
    g_assert_true(i8254_out(b->dev, 2));                /* at once */
    ticks(b, 100);
    bench_input(b, "gate2", 1);
    ticks(b, 1);
    g_assert_cmphex(count_of(b, 2), ==, 10);
}

static void mode3_even(Bench *b)
{
    static const uint8_t counts[] = { 6, 4, 2, 6, 4, 2 };
    begin(b);
    set_mode(b, 0, 3, false);
    set_count(b, 0, 6);
    ticks(b, 1);
    for (unsigned i = 0; i < 24; i++) {
        g_assert_cmphex(count_of(b, 0), ==, counts[i % 6]);
        g_assert_cmpint(bench_irq(b, IRQ), ==, i % 6 < 3);
        ticks(b, 1);
    }
}

static void mode3_odd(Bench *b)
{
    static const uint8_t counts[] = { 4, 2, 0, 4, 2 };
    begin(b);
    set_mode(b, 0, 3, false);
    set_count(b, 0, 5);
    ticks(b, 1);
    for (unsigned i = 0; i < 20; i++) {
        g_assert_cmphex(count_of(b, 0), ==, counts[i % 5]);
        g_assert_cmpint(bench_irq(b, IRQ), ==, i % 5 < 3);
        ticks(b, 1);
    }
}

static void mode3_new_count_waits_for_the_half(Bench *b)
{
    begin(b);
    set_mode(b, 0, 3, false);
    set_count(b, 0, 100);
    ticks(b, 1 + 10);
    set_count(b, 0, 20);
    ticks(b, 39);
    g_assert_true(bench_irq(b, IRQ));
    ticks(b, 1);
    g_assert_false(bench_irq(b, IRQ));
    ticks(b, 9);
    g_assert_false(bench_irq(b, IRQ));
    ticks(b, 1);
    g_assert_true(bench_irq(b, IRQ));
    ticks(b, 10);
    g_assert_false(bench_irq(b, IRQ));
}

static void mode4_strobe(Bench *b)
{
    begin(b);
    set_mode(b, 0, 4, false);
    set_count(b, 0, 3);
    ticks(b, 3);
    g_assert_true(bench_irq(b, IRQ));
    ticks(b, 1);
    g_assert_false(bench_irq(b, IRQ));
    ticks(b, 1);
    g_assert_true(bench_irq(b, IRQ));
    ticks(b, 200000);
    g_assert_true(bench_irq(b, IRQ));
}

static void mode5_strobe(Bench *b)
{
    begin(b);
    set_mode(b, 2, 5, false);
    set_count(b, 2, 3);
    ticks(b, 50);
    g_assert_true(i8254_out(b->dev, 2));
    bench_input(b, "gate2", 1);
    ticks(b, 3);
    g_assert_true(i8254_out(b->dev, 2));
    ticks(b, 1);
    g_assert_false(i8254_out(b->dev, 2));
    ticks(b, 1);
    g_assert_true(i8254_out(b->dev, 2));
}

static void bcd(Bench *b)
{
    begin(b);
    set_mode(b, 0, 0, true);
    set_count(b, 0, 0x1000);
    ticks(b, 2);
    g_assert_cmphex(count_of(b, 0), ==, 0x0999);
    ticks(b, 1000);
    g_assert_cmphex(count_of(b, 0), ==, 0x9999);
    set_mode(b, 0, 2, true);
    set_count(b, 0, 0);                                 /* 10000 */
    ticks(b, 2);
    g_assert_cmphex(count_of(b, 0), ==, 0x9999);
    bench_edges(b, IRQ);
    ticks(b, 20000);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 2);
}

static void latch_holds_until_read(Bench *b)
{
    begin(b);
    set_mode(b, 0, 2, false);
    set_count(b, 0, 0);
    ticks(b, 1 + 0x100);
    out(b, CONTROL, 0x00);
    ticks(b, 0x50);
    out(b, CONTROL, 0x00);                              /* the second is ignored */
    g_assert_cmphex(in(b, 0), ==, 0x00);
    ticks(b, 0x50);
    g_assert_cmphex(in(b, 0), ==, 0xff);
    g_assert_cmphex(in(b, 0), ==, 0x60);                /* and then what it counts */
    g_assert_cmphex(in(b, 0), ==, 0xfe);
}

static void single_byte_accesses(Bench *b)
{
    begin(b);
    out(b, CONTROL, 0x10 | 2 << 1);                     /* low byte only, mode 2 */
    out(b, 0, 50);
    ticks(b, 11);
    g_assert_cmphex(in(b, 0), ==, 40);
    g_assert_cmphex(in(b, 0), ==, 40);
    out(b, CONTROL, 0x20 | 2 << 1);                     /* high byte only */
    out(b, 0, 2);
    ticks(b, 1);
    g_assert_cmphex(in(b, 0), ==, 2);
    ticks(b, 1);
    g_assert_cmphex(in(b, 0), ==, 1);
}

static void read_back(Bench *b)
{
    begin(b);
    set_mode(b, 0, 2, false);
    set_count(b, 0, 1000);
    bench_input(b, "gate2", 1);
    set_mode(b, 2, 3, true);
    set_count(b, 2, 0x0500);
    ticks(b, 101);
    out(b, CONTROL, 0xc0 | 0x02 | 0x08);                /* count and status of 0 and 2 */
    ticks(b, 50);
    g_assert_cmphex(in(b, 0), ==, 0xb4);
    g_assert_cmphex(in(b, 0), ==, 900 & 0xff);
    g_assert_cmphex(in(b, 0), ==, 900 >> 8);
    g_assert_cmphex(in(b, 2), ==, 0xb7);
    g_assert_cmphex(in(b, 2), ==, 0x00);
    g_assert_cmphex(in(b, 2), ==, 0x03);                /* two a tick: 500 - 200 */
}

static void periodic_time(Bench *b)
{
    begin(b);
    set_mode(b, 0, 2, false);
    set_count(b, 0, 11932);                             /* 100 Hz, nearly */
    bench_edges(b, IRQ);
    bench_step(b, NS_PER_SEC);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 99);
    set_mode(b, 0, 3, false);
    set_count(b, 0, 0);
    bench_edges(b, IRQ);
    bench_step(b, 10 * NS_PER_SEC);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 182);
}

static int64_t moving_on(void *opaque)
{
    return *(int64_t *)opaque += 5000;
}

/* On a host that looks late whole pulses come and go in between: each has its edge. */
static void pulses_that_nobody_saw(Bench *b)
{
    static const uint8_t modes[] = { 0, 4, 1, 5 };
    int64_t time = 0;
    clock_init();                               /* not stepped: each look finds it later */
    clock_set_source(moving_on, &time);
    for (unsigned i = 0; i < ARRAY_SIZE(modes); i++) {
        unsigned n = modes[i] & 1 ? 2 : 0;
        bench_input(b, "gate2", 0);
        set_mode(b, n, modes[i], false);
        bench_edges(b, n);
        set_count(b, n, 3);
        bench_input(b, "gate2", 1);
        for (unsigned k = 0; k < 5; k++) {
            clock_run_timers(CLOCK_VIRTUAL);
        }
        g_assert_cmpuint(bench_edges(b, n), ==, 1);
    }
    clock_set_source(NULL, NULL);
}

static void control_word_alone_counts_nothing(Bench *b)
{
    begin(b);
    set_mode(b, 2, 3, false);
    bench_input(b, "gate2", 1);
    ticks(b, 1000);
    g_assert_true(i8254_out(b->dev, 2));
    g_assert_cmphex(status_of(b, 2) & 0xc0, ==, 0xc0);
    set_mode(b, 2, 0, false);
    out(b, 2, 0);
    set_mode(b, 2, 5, false);
    bench_input(b, "gate2", 0);
    bench_input(b, "gate2", 1);
    ticks(b, 10);
    g_assert_true(i8254_out(b->dev, 2));
}

static void survives_a_snapshot(Bench *b)
{
    begin(b);
    set_mode(b, 0, 2, false);
    set_count(b, 0, 100);
    ticks(b, 31);
    out(b, CONTROL, 0x00);
    in(b, 0);
    bench_round_trip(b);
    g_assert_cmphex(in(b, 0), ==, 0);
    g_assert_cmphex(count_of(b, 0), ==, 70);
    bench_edges(b, IRQ);
    ticks(b, 69);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 0);
    ticks(b, 1);
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 1);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(mode0_counts_down, "i8254");
    BENCH_TEST(mode0_first_byte_stops_it, "i8254");
    BENCH_TEST(mode0_gate_holds, "i8254");
    BENCH_TEST(mode1_one_shot, "i8254");
    BENCH_TEST(mode2_rate_generator, "i8254");
    BENCH_TEST(mode2_new_count_waits_for_the_end, "i8254");
    BENCH_TEST(mode2_gate_restarts, "i8254");
    BENCH_TEST(mode3_even, "i8254");
    BENCH_TEST(mode3_odd, "i8254");
    BENCH_TEST(mode3_new_count_waits_for_the_half, "i8254");
    BENCH_TEST(mode4_strobe, "i8254");
    BENCH_TEST(mode5_strobe, "i8254");
    BENCH_TEST(bcd, "i8254");
    BENCH_TEST(latch_holds_until_read, "i8254");
    BENCH_TEST(single_byte_accesses, "i8254");
    BENCH_TEST(read_back, "i8254");
    BENCH_TEST(periodic_time, "i8254");
    BENCH_TEST(pulses_that_nobody_saw, "i8254");
    BENCH_TEST(control_word_alone_counts_nothing, "i8254");
    BENCH_TEST(survives_a_snapshot, "i8254");
    return g_test_run();
}
