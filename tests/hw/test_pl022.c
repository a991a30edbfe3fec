/* SPDX-License-Identifier: MIT */
/* PL022: frames looped back, FIFOs and their interrupts (ARM DDI 0194G, 2.3 and 3.3). */
#include "tests/hw/bench.h"

enum { CR0 = 0x00, CR1 = 0x04, DR = 0x08, SR = 0x0c, IMSC = 0x14, RIS = 0x18, MIS = 0x1c, ICR = 0x20 };
enum { LBM = 1, SSE = 2 };
enum { TFE = 1, TNF = 2, RNE = 4, RFF = 8 };
enum { ROR = 1, RT = 2, RX = 4, TX = 8 };

static void loops_back(Bench *b)
{
    bench_write(b, CR0, 11);                    /* 12 bits */
    bench_write(b, DR, 0xfabc);
    g_assert_cmphex(bench_read(b, SR), ==, TNF);
    bench_write(b, CR1, LBM | SSE);
    g_assert_cmphex(bench_read(b, SR), ==, TFE | TNF | RNE);
    g_assert_cmphex(bench_read(b, DR), ==, 0xabc);
    g_assert_cmphex(bench_read(b, SR), ==, TFE | TNF);
}

static void nobody_sends_zeros(Bench *b)
{
    bench_write(b, CR0, 7);
    bench_write(b, CR1, SSE);
    bench_write(b, DR, 0x9f);
    g_assert_cmphex(bench_read(b, SR) & RNE, ==, RNE);
    g_assert_cmphex(bench_read(b, DR), ==, 0);
}

static void interrupts(Bench *b)
{
    g_assert_cmphex(bench_read(b, RIS), ==, TX);
    bench_write(b, CR0, 7);
    bench_write(b, IMSC, RX | ROR);
    bench_write(b, CR1, LBM | SSE);
    for (unsigned i = 0; i < 9; i++) {
        g_assert_true(bench_irq(b, 0) == (i >= 4));
        bench_write(b, DR, i);
    }
    g_assert_cmphex(bench_read(b, RIS), ==, TX | RX | RT | ROR);
    g_assert_cmphex(bench_read(b, MIS), ==, RX | ROR);
    g_assert_cmphex(bench_read(b, SR) & RFF, ==, RFF);
    bench_write(b, ICR, ROR);
    for (unsigned i = 0; i < 8; i++) {
        g_assert_true(bench_irq(b, 0) == (i < 5));
        g_assert_cmphex(bench_read(b, DR), ==, i);      /* the ninth was lost */
    }
    g_assert_cmphex(bench_read(b, RIS), ==, TX);
}

static void survives_a_snapshot(Bench *b)
{
    bench_write(b, CR0, 7);
    bench_write(b, CR1, LBM | SSE);
    bench_write(b, DR, 5);
    bench_write(b, DR, 6);
    bench_round_trip(b);
    g_assert_cmphex(bench_read(b, DR), ==, 5);
    g_assert_cmphex(bench_read(b, DR), ==, 6);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(loops_back, "pl022");
    BENCH_TEST(nobody_sends_zeros, "pl022");
    BENCH_TEST(interrupts, "pl022");
    BENCH_TEST(survives_a_snapshot, "pl022");
    return g_test_run();
}
