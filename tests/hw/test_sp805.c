/* SPDX-License-Identifier: MIT */
/* SP805 on the bench (ARM DDI 0270B, chapter 3); the clock is 1 MHz. */
#include "system/machine.h"
#include "tests/hw/bench.h"

enum {
    LOAD = 0x000, VALUE = 0x004, CONTROL = 0x008, INTCLR = 0x00c, RIS = 0x010, MIS = 0x014,
    LOCK = 0xc00, INTEN = 1, RESEN = 2, IRQ = 0, RES = 1,
};

static void interrupts_then_resets(Bench *b)
{
    bench_write(b, LOAD, 100);
    bench_write(b, CONTROL, INTEN | RESEN);
    bench_step(b, 40 * NS_PER_US);
    g_assert_cmpuint(bench_read(b, VALUE), ==, 60);
    bench_step(b, 60 * NS_PER_US);
    g_assert_true(bench_irq(b, IRQ));
    g_assert_false(bench_irq(b, RES));
    bench_step(b, 100 * NS_PER_US);
    g_assert_true(bench_irq(b, RES));
}

static void a_kick_prevents_it(Bench *b)
{
    bench_write(b, LOAD, 100);
    bench_write(b, CONTROL, INTEN | RESEN);
    for (unsigned i = 0; i < 5; i++) {
        bench_step(b, 150 * NS_PER_US);
        g_assert_true(bench_irq(b, IRQ));
        bench_write(b, INTCLR, 0);
        g_assert_false(bench_irq(b, IRQ));
    }
    g_assert_false(bench_irq(b, RES));
}

static void lock(Bench *b)
{
    bench_write(b, LOAD, 7);
    bench_write(b, LOCK, 0);
    g_assert_cmpuint(bench_read(b, LOCK), ==, 1);
    bench_write(b, LOAD, 9);
    bench_write(b, CONTROL, 3);
    g_assert_cmpuint(bench_read(b, LOAD), ==, 7);
    g_assert_cmpuint(bench_read(b, CONTROL), ==, 0);
    bench_write(b, LOCK, 0x1acce551);
    bench_write(b, LOAD, 9);
    g_assert_cmpuint(bench_read(b, LOAD), ==, 9);
}

static void survives_a_snapshot(Bench *b)
{
    bench_write(b, LOAD, 100);
    bench_write(b, CONTROL, INTEN);
    bench_step(b, 40 * NS_PER_US);
    bench_round_trip(b);
    bench_step(b, 60 * NS_PER_US);
    g_assert_true(bench_irq(b, IRQ));
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(interrupts_then_resets, "sp805", "reset=off");
    BENCH_TEST(a_kick_prevents_it, "sp805", "reset=off");
    BENCH_TEST(lock, "sp805");
    BENCH_TEST(survives_a_snapshot, "sp805");
    return g_test_run();
}
