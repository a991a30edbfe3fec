/* SPDX-License-Identifier: MIT */
/*
 * The AT's DMA controllers, with a device of the test's on a channel.
 */
#include "hw/dma/i8237.h"
#include "tests/hw/bench.h"

enum { STATUS = 0x8, COMMAND = 0x8, REQUEST = 0x9, MASK = 0xa, MODE = 0xb, FLIP_FLOP = 0xc,
       CLEAR = 0xd, OPEN_ALL = 0xe, MASK_ALL = 0xf };
enum { AUTO = 0x10, DOWN = 0x20, SINGLE = 0x40, CASCADE = 0xc0, TO_MEMORY = 0x04, FROM_MEMORY = 0x08 };

static unsigned rd(Bench *b, unsigned c, unsigned reg)
{
    return bench_read_at(b, c, reg << c, 1);
}

static void wr(Bench *b, unsigned c, unsigned reg, unsigned value)
{
    bench_write_at(b, c, reg << c, value, 1);
}

static void page(Bench *b, unsigned reg, unsigned value)
{
    bench_write_at(b, 2, reg, value, 1);
}

static void cascade(Bench *b)
{
    wr(b, 1, MODE, CASCADE);
    wr(b, 1, MASK, 0);
}

/* A channel of controller c, as a driver sets it: masked, address, count - 1, mode, open. */
static void set(Bench *b, unsigned c, unsigned i, unsigned address, unsigned units, unsigned mode)
{
    wr(b, c, MASK, 4 | i);
    wr(b, c, FLIP_FLOP, 0);
    wr(b, c, 2 * i, address & 0xff);
    wr(b, c, 2 * i, address >> 8);
    wr(b, c, 2 * i + 1, (units - 1) & 0xff);
    wr(b, c, 2 * i + 1, (units - 1) >> 8);
    wr(b, c, MODE, mode | i);
    wr(b, c, MASK, i);
}

static unsigned current(Bench *b, unsigned c, unsigned reg)
{
    wr(b, c, FLIP_FLOP, 0);
    unsigned low = rd(b, c, reg);
    return low | rd(b, c, reg) << 8;
}

/* Text to memory; how much was taken. */
static size_t put(Bench *b, unsigned ch, const char *text, bool *tc)
{
    return i8237_to_memory(b->dev, ch, text, strlen(text), tc);
}

static void bytes_to_memory(Bench *b)
{
    bool tc;
    cascade(b);
    page(b, 1, 0x12);
    set(b, 0, 2, 0x3456, 8, SINGLE | TO_MEMORY);
    g_assert_cmpuint(put(b, 2, "hello", &tc), ==, 5);
    g_assert_false(tc);
    g_assert_cmphex(current(b, 0, 4), ==, 0x345b);
    g_assert_cmphex(current(b, 0, 5), ==, 2);
    g_assert_cmphex(rd(b, 0, STATUS), ==, 0);
    g_assert_cmpuint(put(b, 2, "world", &tc), ==, 3);
    g_assert_true(tc);
    g_assert_cmphex(rd(b, 0, STATUS), ==, 4);
    g_assert_cmphex(rd(b, 0, STATUS), ==, 0);           /* reading it clears it */
    g_assert_cmphex(current(b, 0, 5), ==, 0xffff);
    g_assert_cmphex(rd(b, 0, MASK_ALL), ==, 0xf);       /* closed at its end */
    g_assert_cmpuint(put(b, 2, "more", &tc), ==, 0);
    g_assert_cmpmem(bench_ram(b) + 0x123456, 9, "hellowor\0", 9);
}

static void words_from_memory(Bench *b)
{
    bool tc;
    char buf[8];
    memcpy(bench_ram(b) + 0x130000 + 0x2468, "wordlike", 8);
    page(b, 0xb, 0x13);                                 /* its lowest bit is not used: 0x12 */
    set(b, 1, 1, 0x1234 + 0x8000, 3, SINGLE | FROM_MEMORY);
    g_assert_cmpuint(i8237_from_memory(b->dev, 5, buf, 8, &tc), ==, 6);
    g_assert_true(tc);
    g_assert_cmpmem(buf, 6, "wordli", 6);
    g_assert_cmphex(rd(b, 1, STATUS), ==, 2);
}

static void downwards_and_around(Bench *b)
{
    bool tc;
    cascade(b);
    page(b, 3, 0x01);
    set(b, 0, 1, 0x0001, 4, SINGLE | TO_MEMORY | DOWN);
    g_assert_cmpuint(put(b, 1, "abcd", &tc), ==, 4);
    g_assert_cmpmem(bench_ram(b) + 0x10000, 2, "ba", 2);
    g_assert_cmpmem(bench_ram(b) + 0x1fffe, 2, "dc", 2);        /* the page does not follow */
    set(b, 0, 1, 0xfffe, 4, SINGLE | TO_MEMORY);
    g_assert_cmpuint(put(b, 1, "ABCD", &tc), ==, 4);
    g_assert_cmpmem(bench_ram(b) + 0x1fffe, 2, "AB", 2);
    g_assert_cmpmem(bench_ram(b) + 0x10000, 2, "CD", 2);
}

static void starts_again_by_itself(Bench *b)
{
    bool tc;
    cascade(b);
    set(b, 0, 3, 0x100, 4, SINGLE | TO_MEMORY | AUTO);
    for (unsigned i = 0; i < 3; i++) {
        g_assert_cmpuint(put(b, 3, "12345", &tc), ==, 4);
        g_assert_true(tc);
    }
    g_assert_cmphex(current(b, 0, 6), ==, 0x100);
    g_assert_cmphex(current(b, 0, 7), ==, 3);
    g_assert_cmphex(rd(b, 0, MASK_ALL) & 8, ==, 0);
}

static void verify_moves_nothing(Bench *b)
{
    bool tc;
    cascade(b);
    set(b, 0, 2, 0x100, 4, SINGLE);
    g_assert_cmpuint(put(b, 2, "data", &tc), ==, 4);
    g_assert_true(tc);
    g_assert_cmphex(bench_ram(b)[0x100], ==, 0);
    set(b, 0, 2, 0x100, 4, SINGLE | FROM_MEMORY);       /* the device wants it the other way */
    g_assert_cmpuint(put(b, 2, "data", &tc), ==, 0);
    g_assert_cmphex(current(b, 0, 5), ==, 3);
}

static void closed_in_every_way(Bench *b)
{
    bool tc;
    set(b, 0, 2, 0x100, 100, SINGLE | TO_MEMORY);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 0);       /* channel 4 is not open */
    cascade(b);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 1);
    wr(b, 0, MASK, 4 | 2);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 0);
    wr(b, 0, OPEN_ALL, 0);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 1);
    wr(b, 0, COMMAND, 0x04);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 0);
    wr(b, 0, COMMAND, 0x00);
    wr(b, 1, COMMAND, 0x04);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 0);
    wr(b, 1, COMMAND, 0x00);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 1);
    wr(b, 0, CLEAR, 0);
    g_assert_cmphex(rd(b, 0, MASK_ALL), ==, 0xf);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 0);
    wr(b, 0, MASK_ALL, 0xb);
    g_assert_cmpuint(put(b, 2, "x", &tc), ==, 1);
    bench_reset(b);
    g_assert_cmphex(rd(b, 0, MASK_ALL), ==, 0xf);
    g_assert_cmphex(rd(b, 1, MASK_ALL), ==, 0xf);
}

/* --- Requests --------------------------------------------------------------------------------- */

static Bench *running;

static void give_three(void *opaque)
{
    bool tc;
    unsigned *runs = opaque;
    ++*runs;
    g_assert_cmpuint(put(running, 2, "abc", &tc), ==, 3);
    i8237_request(running->dev, 2, false);
}

static void a_request_waits_for_the_mask(Bench *b)
{
    unsigned runs = 0;
    running = b;
    i8237_attach(b->dev, 2, give_three, &runs);
    i8237_request(b->dev, 2, true);
    g_assert_cmphex(rd(b, 0, STATUS), ==, 0x40);
    g_assert_cmpuint(runs, ==, 0);
    cascade(b);
    set(b, 0, 2, 0x200, 16, SINGLE | TO_MEMORY);
    g_assert_cmpuint(runs, ==, 1);
    g_assert_cmphex(rd(b, 0, STATUS), ==, 0);
    i8237_request(b->dev, 2, true);
    g_assert_cmpuint(runs, ==, 2);
    g_assert_cmpmem(bench_ram(b) + 0x200, 6, "abcabc", 6);
    bench_round_trip(b);
}

static void a_request_in_software(Bench *b)
{
    cascade(b);
    set(b, 0, 3, 0x300, 5, 0x80 | TO_MEMORY);
    wr(b, 0, MASK, 4 | 3);                              /* it does not care for the mask */
    wr(b, 0, REQUEST, 4 | 3);
    g_assert_cmphex(rd(b, 0, STATUS), ==, 0x08);
    g_assert_cmpmem(bench_ram(b) + 0x300, 6, "\xff\xff\xff\xff\xff\0", 6);
}

static void pages_can_be_read(Bench *b)
{
    for (unsigned i = 0; i < 16; i++) {
        page(b, i, 0xa0 + i);
    }
    for (unsigned i = 0; i < 16; i++) {
        g_assert_cmphex(bench_read_at(b, 2, i, 1), ==, 0xa0 + i);
    }
    bench_round_trip(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(bytes_to_memory, "i8237");
    BENCH_TEST(words_from_memory, "i8237");
    BENCH_TEST(downwards_and_around, "i8237");
    BENCH_TEST(starts_again_by_itself, "i8237");
    BENCH_TEST(verify_moves_nothing, "i8237");
    BENCH_TEST(closed_in_every_way, "i8237");
    BENCH_TEST(a_request_waits_for_the_mask, "i8237");
    BENCH_TEST(a_request_in_software, "i8237");
    BENCH_TEST(pages_can_be_read, "i8237");
    return g_test_run();
}
