/* SPDX-License-Identifier: MIT */
/* The Versatile's secondary interrupt controller on the bench (ARM DUI 0225D). */
#include "tests/hw/bench.h"

enum {
    STATUS = 0x00, RAWSTAT = 0x04, ENSET = 0x08, ENCLR = 0x0c, SOFTSET = 0x10, SOFTCLR = 0x14,
    PICENSET = 0x20, PICENCLR = 0x24,
    IRQ = 0, PASS20 = 1,
};

static void combines(Bench *b)
{
    bench_input(b, "3", 1);
    g_assert_cmphex(bench_read(b, RAWSTAT), ==, 8);
    g_assert_false(bench_irq(b, IRQ));
    bench_write(b, ENSET, 8);
    g_assert_true(bench_irq(b, IRQ));
    g_assert_cmphex(bench_read(b, STATUS), ==, 8);
    bench_write(b, ENCLR, 8);
    g_assert_false(bench_irq(b, IRQ));
    bench_write(b, ENSET, 2);
    bench_write(b, SOFTSET, 2);
    g_assert_true(bench_irq(b, IRQ));
    bench_write(b, SOFTCLR, 2);
    g_assert_false(bench_irq(b, IRQ));
}

static void passes_through(Bench *b)
{
    bench_write(b, PICENSET, ~0u);
    g_assert_cmphex(bench_read(b, PICENSET), ==, 0x7ff00000);
    bench_input(b, "25", 1);
    g_assert_true(bench_irq(b, PASS20 + 5));
    g_assert_false(bench_irq(b, IRQ));
    bench_write(b, PICENCLR, 1 << 25);
    g_assert_false(bench_irq(b, PASS20 + 5));
    bench_input(b, "3", 1);                     /* below 20: no wire of its own */
    for (unsigned i = 0; i < 11; i++) {
        g_assert_false(bench_irq(b, PASS20 + i));
    }
}

static void survives_a_snapshot(Bench *b)
{
    bench_write(b, ENSET, 8);
    bench_input(b, "3", 1);
    bench_round_trip(b);
    g_assert_cmphex(bench_read(b, STATUS), ==, 8);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(combines, "versatile-sic");
    BENCH_TEST(passes_through, "versatile-sic");
    BENCH_TEST(survives_a_snapshot, "versatile-sic");
    return g_test_run();
}
