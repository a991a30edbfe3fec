/* SPDX-License-Identifier: MIT */
/* PL080 on the bench (ARM DDI 0196G, chapter 3). */
#include "tests/hw/bench.h"

enum {
    INTTC = 0x004, TCCLEAR = 0x008, INTERR = 0x00c, ERRCLR = 0x010, ENABLED = 0x01c,
    SOFTBREQ = 0x020, CONFIG = 0x030, CH = 0x100, SRC = 0, DST = 4, LLI = 8, CTL = 12, CFG = 16,
    SI = 1 << 26, DI = 1 << 27, W8 = 0, W32 = 2, E = 1, IE = 1 << 14, ITC = 1 << 15,
    M2P = 1 << 11, P2M = 2 << 11,
};
#define TCI 0x80000000u
#define CONTROL(n, sw, dw) ((n) | (sw) << 18 | (dw) << 21)

static void start(Bench *b, unsigned ch, uint32_t src, uint32_t dst, uint32_t lli, uint32_t ctl,
                  uint32_t cfg)
{
    uint32_t at = CH + 0x20 * ch;
    bench_write(b, CONFIG, 1);
    bench_write(b, at + SRC, src);
    bench_write(b, at + DST, dst);
    bench_write(b, at + LLI, lli);
    bench_write(b, at + CTL, ctl);
    bench_write(b, at + CFG, cfg | E | IE | ITC);
}

static void fill(Bench *b, uint32_t at, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        bench_ram(b)[at + i] = i * 7 + 3;
    }
}

static void memory_to_memory(Bench *b)
{
    fill(b, 0x1000, 4000);
    start(b, 0, 0x1000, 0x4000, 0, CONTROL(1000, W32, W32) | SI | DI | TCI, 0);
    g_assert_cmphex(bench_read(b, ENABLED), ==, 1);
    bench_step(b, NS_PER_MS);
    g_assert_cmpmem(bench_ram(b) + 0x1000, 4000, bench_ram(b) + 0x4000, 4000);
    g_assert_cmphex(bench_read(b, ENABLED), ==, 0);
    g_assert_cmphex(bench_read(b, INTTC), ==, 1);
    g_assert_true(bench_irq(b, 0));
    bench_write(b, TCCLEAR, 1);
    g_assert_false(bench_irq(b, 0));
}

static void packs_and_fixes(Bench *b)
{
    fill(b, 0x1000, 16);
    start(b, 1, 0x1000, 0x4000, 0, CONTROL(16, W8, W32) | SI | DI, 0);
    bench_step(b, NS_PER_MS);
    g_assert_cmpmem(bench_ram(b) + 0x1000, 16, bench_ram(b) + 0x4000, 16);
    start(b, 1, 0x1000, 0x5000, 0, CONTROL(4, W32, W8) | SI, 0);
    bench_step(b, NS_PER_MS);
    g_assert_cmphex(bench_ram(b)[0x5000], ==, bench_ram(b)[0x100f]);
    g_assert_cmphex(bench_ram(b)[0x5001], ==, 0);
    g_assert_false(bench_irq(b, 0));            /* no TCI bit */
}

static void linked_list(Bench *b)
{
    fill(b, 0x1000, 64);
    uint32_t item[4] = { 0x1020, 0x6000, 0, CONTROL(8, W32, W32) | SI | DI | TCI };
    memcpy(bench_ram(b) + 0x100, item, sizeof(item));
    start(b, 2, 0x1000, 0x5000, 0x100, CONTROL(8, W32, W32) | SI | DI, 0);
    bench_step(b, NS_PER_MS);
    g_assert_cmpmem(bench_ram(b) + 0x1000, 32, bench_ram(b) + 0x5000, 32);
    g_assert_cmpmem(bench_ram(b) + 0x1020, 32, bench_ram(b) + 0x6000, 32);
    g_assert_cmphex(bench_read(b, INTTC), ==, 4);
}

/* A list that points to itself must not stop time. */
static void endless_list(Bench *b)
{
    uint32_t item[4] = { 0x1000, 0x5000, 0x100, CONTROL(0, W32, W32) };
    memcpy(bench_ram(b) + 0x100, item, sizeof(item));
    start(b, 0, 0x1000, 0x5000, 0x100, CONTROL(0, W32, W32), 0);
    bench_step(b, NS_PER_MS);
    g_assert_cmphex(bench_read(b, ENABLED), ==, 1);
    bench_write(b, CH + CFG, 0);
    g_assert_cmphex(bench_read(b, ENABLED), ==, 0);
}

static void waits_for_the_peripheral(Bench *b)
{
    fill(b, 0x1000, 32);
    /* destination peripheral 5, bursts of four words */
    start(b, 0, 0x1000, 0x5000, 0, CONTROL(8, W32, W32) | SI | DI | 1 << 15 | TCI, M2P | 5 << 6);
    bench_step(b, NS_PER_MS);
    g_assert_cmphex(bench_read(b, CH + CTL) & 0xfff, ==, 8);
    bench_write(b, SOFTBREQ, 1 << 5);
    bench_step(b, NS_PER_MS);
    g_assert_cmphex(bench_read(b, CH + CTL) & 0xfff, ==, 4);
    bench_input(b, "sreq[5]", 1);
    bench_step(b, NS_PER_MS);
    bench_input(b, "sreq[5]", 0);
    g_assert_cmphex(bench_read(b, INTTC), ==, 1);
    g_assert_cmpmem(bench_ram(b) + 0x1000, 32, bench_ram(b) + 0x5000, 32);
}

static void error_stops(Bench *b)
{
    start(b, 0, 0xf0000000, 0x5000, 0, CONTROL(8, W32, W32) | TCI, 0);
    bench_step(b, NS_PER_MS);
    g_assert_cmphex(bench_read(b, INTERR), ==, 1);
    g_assert_cmphex(bench_read(b, INTTC), ==, 0);
    g_assert_cmphex(bench_read(b, ENABLED), ==, 0);
    bench_write(b, ERRCLR, 1);
    g_assert_false(bench_irq(b, 0));
}

static void survives_a_snapshot(Bench *b)
{
    fill(b, 0x1000, 4000);
    start(b, 0, 0x1000, 0x4000, 0, CONTROL(1000, W32, W32) | SI | DI | TCI, 0);
    bench_step(b, 2000);
    g_assert_cmpuint(bench_read(b, CH + CTL) & 0xfff, <, 1000);
    bench_round_trip(b);
    bench_step(b, NS_PER_MS);
    g_assert_cmpmem(bench_ram(b) + 0x1000, 4000, bench_ram(b) + 0x4000, 4000);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(memory_to_memory, "pl080");
    BENCH_TEST(packs_and_fixes, "pl080");
    BENCH_TEST(linked_list, "pl080");
    BENCH_TEST(endless_list, "pl080");
    BENCH_TEST(waits_for_the_peripheral, "pl080");
    BENCH_TEST(error_stops, "pl080");
    BENCH_TEST(survives_a_snapshot, "pl080");
    return g_test_run();
}
