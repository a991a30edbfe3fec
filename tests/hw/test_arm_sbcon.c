/* SPDX-License-Identifier: MIT */
/* The Versatile's two-wire bus on the bench, moved as software moves it, and the DS1338 on it. */
#include "tests/hw/bench.h"

enum { CONTROL = 0, CONTROLC = 4, SCL = 1, SDA = 2, CHIP_WRITE = 0xd0, CHIP_READ = 0xd1 };

static void wire(Bench *b, unsigned which, bool high)
{
    bench_write(b, high ? CONTROL : CONTROLC, which);
}

static void start(Bench *b)
{
    wire(b, SDA, true);
    wire(b, SCL, true);
    wire(b, SDA, false);
    wire(b, SCL, false);
}

static void stop(Bench *b)
{
    wire(b, SDA, false);
    wire(b, SCL, true);
    wire(b, SDA, true);
}

static bool clock_bit(Bench *b, bool out)
{
    wire(b, SDA, out);
    wire(b, SCL, true);
    bool in = bench_read(b, CONTROL) & SDA;
    wire(b, SCL, false);
    return in;
}

static bool send(Bench *b, uint8_t v)
{
    for (int i = 7; i >= 0; i--) {
        clock_bit(b, v >> i & 1);
    }
    return !clock_bit(b, true);
}

static uint8_t receive(Bench *b, bool last)
{
    uint8_t v = 0;
    for (int i = 0; i < 8; i++) {
        v = v << 1 | clock_bit(b, true);
    }
    clock_bit(b, last);
    return v;
}

static void read_from(Bench *b, uint8_t reg, uint8_t *to, unsigned n)
{
    start(b);
    g_assert_true(send(b, CHIP_WRITE));
    g_assert_true(send(b, reg));
    start(b);
    g_assert_true(send(b, CHIP_READ));
    for (unsigned i = 0; i < n; i++) {
        to[i] = receive(b, i == n - 1);
    }
    stop(b);
}

static void write_to(Bench *b, uint8_t reg, const uint8_t *from, unsigned n)
{
    start(b);
    g_assert_true(send(b, CHIP_WRITE));
    g_assert_true(send(b, reg));
    for (unsigned i = 0; i < n; i++) {
        g_assert_true(send(b, from[i]));
    }
    stop(b);
}

static void wires_are_high(Bench *b)
{
    g_assert_cmphex(bench_read(b, CONTROL), ==, SCL | SDA);
    wire(b, SDA, false);
    g_assert_cmphex(bench_read(b, CONTROL), ==, SCL);
}

static void others_do_not_answer(Bench *b)
{
    start(b);
    g_assert_false(send(b, 0xa0));
    stop(b);
}

static void keeps_memory(Bench *b)
{
    const uint8_t some[] = { 0x12, 0xa5, 0x00, 0xff };
    uint8_t got[4];
    write_to(b, 0x20, some, 4);
    bench_reset(b);
    bench_round_trip(b);
    read_from(b, 0x20, got, 4);
    g_assert_cmpmem(got, 4, some, 4);
}

static void time_goes_on(Bench *b)
{
    const uint8_t set[] = { 0x58, 0x59, 0x23, 0x05, 0x31, 0x12, 0x25 };
    uint8_t got[7];
    write_to(b, 0, set, 7);
    bench_step(b, 3 * NS_PER_SEC);
    read_from(b, 0, got, 7);
    const uint8_t want[] = { 0x01, 0x00, 0x00, 0x04, 0x01, 0x01, 0x26 };
    g_assert_cmpmem(got, 7, want, 7);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(wires_are_high, "arm-sbcon");
    BENCH_TEST(others_do_not_answer, "arm-sbcon");
    BENCH_TEST(keeps_memory, "arm-sbcon");
    BENCH_TEST(time_goes_on, "arm-sbcon");
    return g_test_run();
}
