/* SPDX-License-Identifier: MIT */
/* PL031 on the bench (ARM DDI 0224C, chapter 3). */
#include "tests/hw/bench.h"

enum { DR = 0x00, MR = 0x04, LR = 0x08, CR = 0x0c, IMSC = 0x10, RIS = 0x14, MIS = 0x18, ICR = 0x1c };

static void counts_seconds(Bench *b)
{
    uint32_t start = bench_read(b, DR);
    bench_step(b, 10 * NS_PER_SEC);
    g_assert_cmpuint(bench_read(b, DR), ==, start + 10);
    bench_write(b, LR, 1000);
    g_assert_cmpuint(bench_read(b, DR), ==, 1000);
    bench_step(b, 5 * NS_PER_SEC);
    g_assert_cmpuint(bench_read(b, DR), ==, 1005);
    bench_reset(b);
    g_assert_cmpuint(bench_read(b, DR), ==, 1005);
}

static void alarm_rings(Bench *b)
{
    bench_write(b, LR, 1000);
    bench_write(b, MR, 1003);
    bench_write(b, IMSC, 1);
    bench_step(b, 2 * NS_PER_SEC);
    g_assert_false(bench_irq(b, 0));
    bench_step(b, NS_PER_SEC);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmpuint(bench_read(b, MIS), ==, 1);
    bench_write(b, ICR, 1);
    g_assert_false(bench_irq(b, 0));
    bench_step(b, 10 * NS_PER_SEC);
    g_assert_false(bench_irq(b, 0));
}

static void start_bit_stays(Bench *b)
{
    bench_write(b, CR, 1);
    bench_write(b, CR, 0);
    g_assert_cmpuint(bench_read(b, CR), ==, 1);
}

static void survives_a_snapshot(Bench *b)
{
    bench_write(b, LR, 77);
    bench_write(b, MR, 80);
    bench_write(b, IMSC, 1);
    bench_round_trip(b);
    g_assert_cmpuint(bench_read(b, DR), ==, 77);
    bench_step(b, 3 * NS_PER_SEC);
    g_assert_true(bench_irq(b, 0));
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(counts_seconds, "pl031");
    BENCH_TEST(alarm_rings, "pl031");
    BENCH_TEST(start_bit_stays, "pl031");
    BENCH_TEST(survives_a_snapshot, "pl031");
    return g_test_run();
}
