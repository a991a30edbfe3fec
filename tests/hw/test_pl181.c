/* SPDX-License-Identifier: MIT */
/* PL181 with an SD card on the bench, driven as a driver would (ARM DDI 0205B; SD 2.00, chapter 4). */
#include "io/block/block.h"
#include "tests/hw/bench.h"

enum {
    POWER = 0x00, ARG = 0x08, CMD = 0x0c, RESPCMD = 0x10, RESP = 0x14, TIMER = 0x24, LENGTH = 0x28,
    DATACTRL = 0x2c, DATACNT = 0x30, STATUS = 0x34, CLEAR = 0x38, MASK0 = 0x3c, MASK1 = 0x40,
    FIFO = 0x80,
    TIMEOUT = 0x04, RESP_END = 0x40, SENT = 0x80, DATA_END = 0x100, RX_AVAILABLE = 0x200000,
    TX_HALF_EMPTY = 0x4000, RX_ACTIVE = 0x2000, SHORT = 0x40, LONG = 0xc0,
};

static Block *card, *large;

/* The status that the command ends with. */
static uint32_t cmd(Bench *b, unsigned index, uint32_t arg, unsigned kind)
{
    bench_write(b, CLEAR, 0x7ff);
    bench_write(b, ARG, arg);
    bench_write(b, CMD, 0x400 | kind | index);
    return bench_read(b, STATUS) & 0x7ff;
}

static void expect(Bench *b, unsigned index, uint32_t arg, unsigned kind)
{
    g_assert_cmphex(cmd(b, index, arg, kind) & 0xff, ==, kind ? RESP_END : SENT);
}

static uint32_t rca;

static void to_transfer_state(Bench *b, bool high_capacity)
{
    bench_write(b, POWER, 3);
    expect(b, 0, 0, 0);
    expect(b, 8, 0x1aa, SHORT);
    g_assert_cmphex(bench_read(b, RESP), ==, 0x1aa);
    expect(b, 55, 0, SHORT);
    expect(b, 41, 0x40ff8000, SHORT);
    g_assert_cmphex(bench_read(b, RESP), ==, high_capacity ? 0xc0ff8000 : 0x80ff8000);
    expect(b, 2, 0, LONG);
    g_assert_cmphex(bench_read(b, RESP) >> 24, ==, 0xaa);
    expect(b, 3, 0, SHORT);
    rca = bench_read(b, RESP) & 0xffff0000;
    expect(b, 7, rca, SHORT);
    expect(b, 13, rca, SHORT);
    g_assert_cmphex(bench_read(b, RESP), ==, 4 << 9 | 0x100);
}

static void identifies(Bench *b)
{
    to_transfer_state(b, false);
    g_assert_cmphex(cmd(b, 5, 0, SHORT) & 0xff, ==, TIMEOUT);   /* no I/O card */
    expect(b, 13, rca, SHORT);
    g_assert_cmphex(bench_read(b, RESP) & 1 << 22, ==, 1 << 22);/* told once */
    expect(b, 13, rca, SHORT);
    g_assert_cmphex(bench_read(b, RESP) & 1 << 22, ==, 0);
}

static void capacity(Bench *b)
{
    to_transfer_state(b, false);
    cmd(b, 7, 0, 0);                                    /* deselect */
    expect(b, 9, rca, LONG);
    uint32_t r[4];
    for (unsigned i = 0; i < 4; i++) {
        r[i] = bench_read(b, RESP + 4 * i);
    }
    unsigned bl = r[1] >> 16 & 15, size = (r[1] & 0x3ff) << 2 | r[2] >> 30, mult = r[2] >> 15 & 7;
    g_assert_cmpuint((uint64_t)(size + 1) << (mult + 2 + bl), ==, 8 * MiB);
}

static void start_data(Bench *b, unsigned len, unsigned ctrl)
{
    bench_write(b, TIMER, 1000);
    bench_write(b, LENGTH, len);
    bench_write(b, DATACTRL, 9 << 4 | ctrl);
}

static void writes_and_reads(Bench *b)
{
    uint8_t sector[1024];
    to_transfer_state(b, false);
    expect(b, 25, 0x1000, SHORT);
    start_data(b, 1024, 1);
    for (unsigned i = 0; i < 256; i++) {
        g_assert_cmphex(bench_read(b, STATUS) & TX_HALF_EMPTY, ==, TX_HALF_EMPTY);
        bench_write(b, FIFO, i * 0x01010101);
    }
    g_assert_cmphex(bench_read(b, STATUS) & DATA_END, ==, DATA_END);
    expect(b, 12, 0, SHORT);
    g_assert_true(block_read(card, 0x1000, sector, sizeof(sector)));
    for (unsigned i = 0; i < 1024; i++) {
        g_assert_cmphex(sector[i], ==, i / 4 & 0xff);
    }
    start_data(b, 1024, 3);                             /* data path first, then the command */
    expect(b, 18, 0x1000, SHORT);
    for (unsigned i = 0; i < 256; i++) {
        g_assert_cmphex(bench_read(b, STATUS) & RX_AVAILABLE, ==, RX_AVAILABLE);
        g_assert_cmphex(bench_read(b, FIFO), ==, i * 0x01010101);
    }
    g_assert_cmphex(bench_read(b, STATUS) & DATA_END, ==, DATA_END);
    expect(b, 12, 0, SHORT);
}

static void registers_of_the_card(Bench *b)
{
    to_transfer_state(b, false);
    expect(b, 55, rca, SHORT);
    start_data(b, 8, 3);
    expect(b, 51, 0, SHORT);
    g_assert_cmphex(bench_read(b, FIFO), ==, 0x00002502);
    expect(b, 6, 0x80fffff1, SHORT);
    start_data(b, 64, 3);
    for (unsigned i = 0; i < 4; i++) {
        bench_read(b, FIFO);
    }
    g_assert_cmphex(bench_read(b, FIFO) & 0xf, ==, 1);  /* high speed chosen: byte 16 */
}

/* Linux's PIO handler never read the last words: they were there but nothing was being received. */
static void receives_until_the_fifo_is_read(Bench *b)
{
    to_transfer_state(b, false);
    expect(b, 55, rca, SHORT);
    start_data(b, 8, 3);
    expect(b, 51, 0, SHORT);
    for (unsigned i = 0; i < 2; i++) {
        g_assert_cmphex(bench_read(b, STATUS) & (RX_ACTIVE | RX_AVAILABLE), ==,
                        RX_ACTIVE | RX_AVAILABLE);
        bench_read(b, FIFO);
    }
    g_assert_cmphex(bench_read(b, STATUS) & (RX_ACTIVE | RX_AVAILABLE), ==, 0);
}

static void high_capacity(Bench *b)
{
    to_transfer_state(b, true);
    uint8_t sector[512] = { 0x5a };
    g_assert_true(block_write(large, 3 * GiB, sector, 512));
    start_data(b, 512, 3);
    expect(b, 17, 3 * GiB / 512, SHORT);
    g_assert_cmphex(bench_read(b, FIFO), ==, 0x5a);
    expect(b, 12, 0, SHORT);
    cmd(b, 17, 0xffffffff, SHORT);
    g_assert_cmphex(bench_read(b, RESP) >> 31, ==, 1);  /* out of range */
}

static void interrupts(Bench *b)
{
    bench_write(b, POWER, 3);
    bench_write(b, MASK1, SENT);
    cmd(b, 0, 0, 0);
    g_assert_false(bench_irq(b, 0));
    g_assert_true(bench_irq(b, 1));
    bench_write(b, CLEAR, SENT);
    g_assert_false(bench_irq(b, 1));
}

static void data_time_out(Bench *b)
{
    to_transfer_state(b, false);
    start_data(b, 512, 3);                              /* and no command */
    bench_step(b, NS_PER_SEC);
    g_assert_cmphex(bench_read(b, STATUS) & 0x08, ==, 0x08);
}

static void empty_slot(Bench *b)
{
    bench_write(b, POWER, 3);
    g_assert_cmphex(cmd(b, 8, 0x1aa, SHORT) & 0xff, ==, TIMEOUT);
    g_assert_false(bench_irq(b, 2));
}

static void survives_a_snapshot(Bench *b)
{
    uint8_t sector[512] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    block_write(card, 0, sector, 512);
    to_transfer_state(b, false);
    start_data(b, 512, 3);
    expect(b, 17, 0, SHORT);
    bench_round_trip(b);
    g_assert_cmphex(bench_read(b, FIFO), ==, 0x04030201);
    g_assert_cmphex(bench_read(b, FIFO), ==, 0x08070605);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    card = block_memory(8 * MiB);
    large = block_memory(4 * GiB);
    bench_provide("small", card);
    bench_provide("large", large);
#define TEST(fn) BENCH_TEST(fn, "pl181", "drive=small")
    TEST(identifies);
    TEST(capacity);
    TEST(writes_and_reads);
    TEST(registers_of_the_card);
    TEST(receives_until_the_fifo_is_read);
    TEST(interrupts);
    TEST(data_time_out);
    TEST(survives_a_snapshot);
    BENCH_TEST(high_capacity, "pl181", "drive=large");
    BENCH_TEST(empty_slot, "pl181");
    return g_test_run();
}
