/* SPDX-License-Identifier: MIT */
/* The Versatile's system registers on the bench (ARM DUI 0225D, section 4.3). */
#include "tests/hw/bench.h"

enum {
    ID = 0x00, LED = 0x08, OSC0 = 0x0c, LOCK = 0x20, HZ100 = 0x24, FLAGS = 0x30, FLAGSCLR = 0x34,
    NVFLAGS = 0x38, NVFLAGSCLR = 0x3c, RESETCTL = 0x40, MCI = 0x48, CLCD = 0x50, MHZ24 = 0x5c,
};

static void identification(Bench *b)
{
    g_assert_cmphex(bench_read(b, ID), ==, 0x12345678);
    g_assert_cmphex(bench_read(b, CLCD), ==, 0x1f00);
}

static void counters(Bench *b)
{
    bench_step(b, NS_PER_SEC);
    g_assert_cmpuint(bench_read(b, HZ100), ==, 100);
    g_assert_cmpuint(bench_read(b, MHZ24), ==, 24000000);
    bench_reset(b);
    g_assert_cmpuint(bench_read(b, MHZ24), ==, 0);
}

static void lock_guards_oscillators(Bench *b)
{
    uint32_t was = bench_read(b, OSC0);
    g_assert_cmphex(bench_read(b, LOCK), ==, 0x10000);
    bench_write(b, OSC0, 0x123);
    g_assert_cmphex(bench_read(b, OSC0), ==, was);
    bench_write(b, LOCK, 0xa05f);
    g_assert_cmphex(bench_read(b, LOCK), ==, 0xa05f);
    bench_write(b, OSC0, 0x123);
    g_assert_cmphex(bench_read(b, OSC0), ==, 0x123);
    bench_write(b, LOCK, 1);
    g_assert_cmphex(bench_read(b, LOCK), ==, 0x10001);
    bench_write(b, RESETCTL, 0x105);
    g_assert_cmphex(bench_read(b, RESETCTL), ==, 0);
}

static void flags(Bench *b)
{
    bench_write(b, FLAGS, 0xf0);
    bench_write(b, FLAGS, 0x0f);
    bench_write(b, FLAGSCLR, 0x18);
    g_assert_cmphex(bench_read(b, FLAGS), ==, 0xe7);
    bench_write(b, NVFLAGS, 0xff);
    bench_write(b, NVFLAGSCLR, 0x0f);
    bench_reset(b);
    g_assert_cmphex(bench_read(b, FLAGS), ==, 0);
    g_assert_cmphex(bench_read(b, NVFLAGS), ==, 0xf0);      /* these survive */
}

static void lines(Bench *b)
{
    bench_input(b, "mci-cd[1]", 1);
    bench_input(b, "mci-wp[0]", 1);
    g_assert_cmphex(bench_read(b, MCI), ==, 0x6);
    bench_write(b, CLCD, 2);
    g_assert_false(bench_irq(b, 0));
    g_assert_true(bench_irq(b, 1));
}

static void survives_a_snapshot(Bench *b)
{
    bench_step(b, NS_PER_SEC);
    bench_reset(b);
    bench_write(b, LED, 0x55);
    bench_step(b, NS_PER_SEC);
    bench_round_trip(b);
    g_assert_cmphex(bench_read(b, LED), ==, 0x55);
    g_assert_cmpuint(bench_read(b, HZ100), ==, 100);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(identification, "arm-sysctl", "sys-id=0x12345678");
    BENCH_TEST(counters, "arm-sysctl");
    BENCH_TEST(lock_guards_oscillators, "arm-sysctl");
    BENCH_TEST(flags, "arm-sysctl");
    BENCH_TEST(lines, "arm-sysctl");
    BENCH_TEST(survives_a_snapshot, "arm-sysctl");
    return g_test_run();
}
