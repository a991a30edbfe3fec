/* SPDX-License-Identifier: MIT */
/* PL061 on the bench (ARM DDI 0190B, chapters 2 and 3). */
#include "tests/hw/bench.h"

enum {
    DATA = 0x000, ALL = 0x3fc, DIRN = 0x400, IS = 0x404, IBE = 0x408, IEV = 0x40c, IE = 0x410,
    RIS = 0x414, MIS = 0x418, IC = 0x41c, IRQ = 0, OUT = 1,
};

static void address_masks_data(Bench *b)
{
    bench_write(b, DIRN, 0xff);
    bench_write(b, ALL, 0xff);
    bench_write(b, DATA + (0x0f << 2), 0x05);
    g_assert_cmphex(bench_read(b, ALL), ==, 0xf5);
    g_assert_cmphex(bench_read(b, DATA + (0x81 << 2)), ==, 0x81);
    g_assert_true(bench_irq(b, OUT + 0));
    g_assert_false(bench_irq(b, OUT + 1));
}

static void inputs_are_not_written(Bench *b)
{
    bench_write(b, DIRN, 0xf0);
    bench_write(b, ALL, 0xff);
    bench_input(b, "2", 1);
    g_assert_cmphex(bench_read(b, ALL), ==, 0xf4);
}

static void edges(Bench *b)
{
    bench_write(b, IE, 0xff);
    bench_write(b, IEV, 0x01);                  /* 0 rising, 1 falling, 2 both */
    bench_write(b, IBE, 0x04);
    bench_input(b, "1", 1);
    g_assert_cmphex(bench_read(b, RIS), ==, 0);
    bench_input(b, "1", 0);
    bench_input(b, "0", 1);
    g_assert_cmphex(bench_read(b, RIS), ==, 0x03);
    bench_write(b, IC, 0x03);
    bench_input(b, "2", 1);
    g_assert_cmphex(bench_read(b, MIS), ==, 0x04);
    bench_write(b, IC, 0x04);
    bench_input(b, "2", 0);
    g_assert_true(bench_irq(b, IRQ));
    bench_write(b, IE, 0);
    g_assert_false(bench_irq(b, IRQ));
}

static void levels(Bench *b)
{
    bench_write(b, IS, 0x80);
    bench_write(b, IEV, 0x80);
    bench_write(b, IE, 0x80);
    g_assert_false(bench_irq(b, IRQ));
    bench_input(b, "7", 1);
    g_assert_true(bench_irq(b, IRQ));
    bench_write(b, IC, 0x80);                   /* clears edges only */
    g_assert_true(bench_irq(b, IRQ));
    bench_input(b, "7", 0);
    g_assert_false(bench_irq(b, IRQ));
}

static void survives_a_snapshot(Bench *b)
{
    bench_write(b, DIRN, 1);
    bench_write(b, ALL, 1);
    bench_input(b, "3", 1);
    bench_round_trip(b);
    g_assert_cmphex(bench_read(b, ALL), ==, 0x09);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(address_masks_data, "pl061");
    BENCH_TEST(inputs_are_not_written, "pl061");
    BENCH_TEST(edges, "pl061");
    BENCH_TEST(levels, "pl061");
    BENCH_TEST(survives_a_snapshot, "pl061");
    return g_test_run();
}
