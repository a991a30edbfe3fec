/* SPDX-License-Identifier: MIT */
/* SP804 on the bench.  Values are those of ARM DDI 0271D, chapter 3; the clock is 1 MHz. */
#include "tests/hw/bench.h"

enum {
    LOAD = 0x00, VALUE = 0x04, CONTROL = 0x08, INTCLR = 0x0c, RIS = 0x10, MIS = 0x14, BGLOAD = 0x18,
    SECOND = 0x20,
    ONESHOT = 0x01, SIZE32 = 0x02, DIV16 = 0x04, DIV256 = 0x08, INTEN = 0x20, PERIODIC = 0x40,
    ENABLE = 0x80,
    IRQ = 0, IRQ1 = 1, IRQ2 = 2,
};
#define US NS_PER_US

static void reset_values(Bench *b)
{
    g_assert_cmphex(bench_read(b, CONTROL), ==, 0x20);
    g_assert_cmphex(bench_read(b, VALUE), ==, 0xffffffff);
    g_assert_cmphex(bench_read(b, SECOND + CONTROL), ==, 0x20);
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(bench_read(b, VALUE), ==, 0xffffffff);
}

static void periodic(Bench *b)
{
    bench_write(b, LOAD, 100);
    bench_write(b, CONTROL, SIZE32 | PERIODIC | INTEN | ENABLE);
    bench_step(b, 99 * US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 1);
    g_assert_false(bench_irq(b, IRQ));
    bench_step(b, US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 0);
    g_assert_true(bench_irq(b, IRQ));
    g_assert_true(bench_irq(b, IRQ1));
    g_assert_false(bench_irq(b, IRQ2));
    bench_step(b, US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 100);
    bench_write(b, INTCLR, 0);
    g_assert_false(bench_irq(b, IRQ));
    bench_edges(b, IRQ);
    for (unsigned i = 0; i < 50; i++) {
        bench_step(b, 101 * US);
        bench_write(b, INTCLR, 0);
    }
    g_assert_cmpuint(bench_edges(b, IRQ), ==, 50);
}

static void one_shot(Bench *b)
{
    bench_write(b, CONTROL, SIZE32 | ONESHOT | INTEN | ENABLE);
    bench_write(b, LOAD, 10);
    bench_step(b, 10 * US);
    g_assert_true(bench_irq(b, IRQ));
    bench_write(b, INTCLR, 0);
    bench_step(b, NS_PER_SEC);
    g_assert_false(bench_irq(b, IRQ));
    g_assert_cmpuint(bench_read(b, VALUE), ==, 0);
    bench_write(b, LOAD, 5);                    /* starts it again */
    bench_step(b, 5 * US);
    g_assert_true(bench_irq(b, IRQ));
}

static void load_of_zero_is_now(Bench *b)
{
    bench_write(b, CONTROL, SIZE32 | ONESHOT | INTEN | ENABLE);
    bench_write(b, LOAD, 0);
    g_assert_true(bench_irq(b, IRQ));
}

static void free_running_wraps(Bench *b)
{
    bench_write(b, LOAD, 3);
    bench_write(b, CONTROL, ENABLE);            /* 16 bits */
    bench_step(b, 4 * US);
    g_assert_cmphex(bench_read(b, VALUE), ==, 0xffff);
    bench_step(b, 0x10000 * US);
    g_assert_cmphex(bench_read(b, VALUE), ==, 0xffff);
    bench_write(b, CONTROL, SIZE32 | ENABLE);
    bench_write(b, LOAD, 0);
    bench_step(b, US);
    g_assert_cmphex(bench_read(b, VALUE), ==, 0xffffffff);
}

static void prescales(Bench *b)
{
    bench_write(b, CONTROL, SIZE32 | PERIODIC | DIV16 | ENABLE);
    bench_write(b, LOAD, 1000);
    bench_step(b, 160 * US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 990);
    bench_write(b, CONTROL, SIZE32 | PERIODIC | DIV256 | ENABLE);
    bench_step(b, 2560 * US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 980);
}

static void background_load(Bench *b)
{
    bench_write(b, LOAD, 10);
    bench_write(b, CONTROL, SIZE32 | PERIODIC | INTEN | ENABLE);
    bench_step(b, 4 * US);
    bench_write(b, BGLOAD, 20);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 6);
    g_assert_cmpuint(bench_read(b, LOAD), ==, 20);
    bench_step(b, 7 * US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 20);
}

static void pause_keeps_the_count(Bench *b)
{
    bench_write(b, LOAD, 50);
    bench_write(b, CONTROL, SIZE32 | PERIODIC | ENABLE);
    bench_step(b, 20 * US);
    bench_write(b, CONTROL, SIZE32 | PERIODIC);
    bench_step(b, NS_PER_SEC);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 30);
    bench_write(b, CONTROL, SIZE32 | PERIODIC | ENABLE);
    bench_step(b, 5 * US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 25);
}

/* Masked: the raw bit is seen, without an event of ours having to happen at the zero. */
static void raw_status_when_masked(Bench *b)
{
    bench_write(b, SECOND + LOAD, 10);
    bench_write(b, SECOND + CONTROL, SIZE32 | PERIODIC | ENABLE);
    bench_step(b, 1000 * US);
    g_assert_cmpuint(bench_read(b, SECOND + RIS), ==, 1);
    g_assert_cmpuint(bench_read(b, SECOND + MIS), ==, 0);
    g_assert_false(bench_irq(b, IRQ));
    bench_write(b, SECOND + CONTROL, SIZE32 | PERIODIC | INTEN | ENABLE);
    g_assert_true(bench_irq(b, IRQ2));
}

static void survives_a_snapshot(Bench *b)
{
    bench_write(b, LOAD, 100);
    bench_write(b, CONTROL, SIZE32 | PERIODIC | INTEN | ENABLE);
    bench_step(b, 40 * US);
    bench_round_trip(b);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 60);
    bench_step(b, 60 * US);
    g_assert_true(bench_irq(b, IRQ));
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(reset_values, "sp804");
    BENCH_TEST(periodic, "sp804");
    BENCH_TEST(one_shot, "sp804");
    BENCH_TEST(load_of_zero_is_now, "sp804");
    BENCH_TEST(free_running_wraps, "sp804");
    BENCH_TEST(prescales, "sp804");
    BENCH_TEST(background_load, "sp804");
    BENCH_TEST(pause_keeps_the_count, "sp804");
    BENCH_TEST(raw_status_when_masked, "sp804");
    BENCH_TEST(survives_a_snapshot, "sp804");
    return g_test_run();
}
