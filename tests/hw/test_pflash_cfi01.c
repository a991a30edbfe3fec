/* SPDX-License-Identifier: MIT */
/* CFI flash on the bench, two 16-bit chips on a 32-bit bus (JESD68.01; 28F256J3 data sheet). */
#include "io/block/block.h"
#include "tests/hw/bench.h"

enum { SECTOR = 256 * 1024, SIZE = 4 * 1024 * 1024 };
#define BOTH(v) ((v) * 0x00010001u)

static void array(Bench *b)
{
    bench_write(b, 0, BOTH(0xff));
}

static void query(Bench *b)
{
    bench_write(b, 0x55 * 4, BOTH(0x98));
    g_assert_cmphex(bench_read(b, 0x10 * 4), ==, BOTH('Q'));
    g_assert_cmphex(bench_read(b, 0x11 * 4), ==, BOTH('R'));
    g_assert_cmphex(bench_read(b, 0x12 * 4), ==, BOTH('Y'));
    g_assert_cmphex(bench_read(b, 0x13 * 4), ==, BOTH(1));
    g_assert_cmphex(bench_read(b, 0x27 * 4), ==, BOTH(21));         /* 2 MiB a chip */
    g_assert_cmphex(bench_read(b, 0x2d * 4), ==, BOTH(15));
    g_assert_cmphex(bench_read(b, 0x30 * 4), ==, BOTH(2));          /* 128 KiB blocks */
    g_assert_cmphex(bench_read(b, 0x31 * 4), ==, BOTH('P'));
    array(b);
    bench_write(b, 0, BOTH(0x90));
    g_assert_cmphex(bench_read(b, 0), ==, BOTH(0x89));
    g_assert_cmphex(bench_read(b, 4), ==, BOTH(0x18));
    array(b);
}

static void erase(Bench *b, uint32_t at)
{
    bench_write(b, at, BOTH(0x20));
    bench_write(b, at, BOTH(0xd0));
    g_assert_cmphex(bench_read(b, at), ==, BOTH(0x80));
    array(b);
}

static void erases_and_programs(Bench *b)
{
    erase(b, SECTOR + 0x1234);
    g_assert_cmphex(bench_read(b, SECTOR), ==, 0xffffffff);
    g_assert_cmphex(bench_read(b, 2 * SECTOR - 4), ==, 0xffffffff);
    g_assert_cmphex(bench_read(b, 2 * SECTOR), ==, 0);
    bench_write(b, SECTOR, BOTH(0x40));
    bench_write(b, SECTOR, 0x12345678);
    array(b);
    g_assert_cmphex(bench_read(b, SECTOR), ==, 0x12345678);
    bench_write(b, SECTOR, BOTH(0x40));
    bench_write(b, SECTOR, 0x0000ffff);                             /* only clears bits */
    array(b);
    g_assert_cmphex(bench_read(b, SECTOR), ==, 0x00005678);
}

static void buffered_write(Bench *b)
{
    erase(b, 0);
    bench_write(b, 0, BOTH(0xe8));
    g_assert_cmphex(bench_read(b, 0) & 0x80, ==, 0x80);
    bench_write(b, 0, BOTH(3));
    for (unsigned i = 0; i < 4; i++) {
        bench_write(b, 0x100 + 4 * i, i + 1);
    }
    bench_write(b, 0, BOTH(0xd0));
    g_assert_cmphex(bench_read(b, 0), ==, BOTH(0x80));
    array(b);
    for (unsigned i = 0; i < 4; i++) {
        g_assert_cmphex(bench_read(b, 0x100 + 4 * i), ==, i + 1);
    }
}

static void locks(Bench *b)
{
    erase(b, 0);
    bench_write(b, 0, BOTH(0x60));
    bench_write(b, 0, BOTH(0x01));
    bench_write(b, 0, BOTH(0x40));
    bench_write(b, 0, 0);
    g_assert_cmphex(bench_read(b, 0), ==, BOTH(0x92));
    bench_write(b, 0, BOTH(0x50));
    bench_write(b, 0, BOTH(0x60));
    bench_write(b, 0, BOTH(0xd0));
    array(b);
    g_assert_cmphex(bench_read(b, 0), ==, 0xffffffff);
}

static void bad_sequence(Bench *b)
{
    bench_write(b, 0, BOTH(0x20));
    bench_write(b, 0, BOTH(0x55));
    g_assert_cmphex(bench_read(b, 0), ==, BOTH(0xb0));
}

static Block *image;

static void contents_come_from_the_drive(Bench *b)
{
    uint8_t bytes[4];
    g_assert_cmphex(bench_read(b, 0), ==, 0xddccbbaa);
    bench_write(b, 0, BOTH(0x40));
    bench_write(b, 0, 0);
    g_assert_true(block_read(image, 0, bytes, 4));
    g_assert_cmphex(ld_le32(bytes), ==, 0);
}

static void survives_a_snapshot(Bench *b)
{
    erase(b, 0);
    bench_write(b, 0, BOTH(0x90));
    bench_round_trip(b);
    g_assert_cmphex(bench_read(b, 0), ==, BOTH(0x89));
    array(b);
    g_assert_cmphex(bench_read(b, 0), ==, 0xffffffff);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    image = block_memory(SECTOR);
    block_write(image, 0, "\xaa\xbb\xcc\xdd", 4);
    bench_provide("image", image);
#define TEST(fn, ...) BENCH_TEST(fn, "pflash_cfi01", "size=4M", ##__VA_ARGS__)
    TEST(query);
    TEST(erases_and_programs);
    TEST(buffered_write);
    TEST(locks);
    TEST(bad_sequence);
    TEST(contents_come_from_the_drive, "drive=image");
    TEST(survives_a_snapshot);
    return g_test_run();
}
