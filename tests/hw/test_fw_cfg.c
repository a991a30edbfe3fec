/* SPDX-License-Identifier: MIT */
/* fw_cfg as firmware uses it: signature, directory, files by register and by DMA. */
#include "tests/hw/bench.h"
#include "system/firmware_files.h"

/* The bench reads in the device's byte order, so values are as a big-endian guest sees them. */
static void select_item(Bench *b, uint16_t key)
{
    bench_write_at(b, 0, 8, GUINT16_TO_BE(key), 2);
}

static uint8_t next(Bench *b)
{
    return bench_read_at(b, 0, 0, 1);
}

static uint32_t next_be32(Bench *b)
{
    uint32_t v = 0;
    for (unsigned i = 0; i < 4; i++) {
        v = v << 8 | next(b);
    }
    return v;
}

static void add(const char *name, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_assert_true(firmware_add_file(name, bytes));
}

static void run_dma(Bench *b, uint32_t control, uint32_t length, uint64_t address)
{
    uint8_t *block = bench_ram(b) + 0x100;
    st_be32(block, control);
    st_be32(block + 4, length);
    st_be64(block + 8, address);
    bench_write_at(b, 0, 16, 0, 4);
    bench_write_at(b, 0, 20, GUINT32_TO_BE(0x100), 4);
}

static uint32_t dma_result(Bench *b)
{
    return ld_be32(bench_ram(b) + 0x100);
}

static void signature_and_interface(Bench *b)
{
    firmware_files_clear();
    select_item(b, 0);
    g_assert_cmphex(next_be32(b), ==, 0x51454d55);
    g_assert_cmphex(next(b), ==, 0);                /* past the end */
    select_item(b, 1);
    g_assert_cmphex(next(b), ==, 3);
    uint8_t dma[8];
    for (unsigned i = 0; i < 8; i++) {
        dma[i] = bench_read_at(b, 0, 16 + i, 1);
    }
    g_assert_cmpmem(dma, 8, "QEMU CFG", 8);
}

static void wide_reads_keep_the_order_of_bytes(Bench *b)
{
    firmware_files_clear();
    add("etc/x", "abcdefgh12");
    select_item(b, FIRMWARE_FIRST_FILE);
    uint64_t v = bench_read_at(b, 0, 0, 8);         /* as a little-endian guest loads it */
    g_assert_cmpmem(&v, 8, "abcdefgh", 8);
    g_assert_cmphex(next(b), ==, '1');
}

static void directory_lists_files(Bench *b)
{
    firmware_files_clear();
    add("etc/one", "1");
    add("opt/two", "22");
    add("etc/one", "one");                          /* replaces */
    select_item(b, FIRMWARE_FILE_DIR);
    g_assert_cmpuint(next_be32(b), ==, 2);
    for (unsigned i = 0; i < 2; i++) {
        char name[56];
        g_assert_cmpuint(next_be32(b), ==, i ? 2 : 3);
        g_assert_cmphex(next_be32(b), ==, (FIRMWARE_FIRST_FILE + i) << 16);
        for (unsigned k = 0; k < sizeof(name); k++) {
            name[k] = next(b);
        }
        g_assert_cmpstr(name, ==, i ? "opt/two" : "etc/one");
    }
}

static void dma_reads_and_skips(Bench *b)
{
    firmware_files_clear();
    add("etc/x", "0123456789");
    run_dma(b, FIRMWARE_FIRST_FILE << 16 | 8 | 4, 3, 0);        /* select, skip 3 */
    g_assert_cmphex(dma_result(b), ==, 0);
    memset(bench_ram(b) + 0x200, 0xff, 16);
    run_dma(b, 2, 10, 0x200);                                   /* 3 more than there are */
    g_assert_cmphex(dma_result(b), ==, 0);
    g_assert_cmpmem(bench_ram(b) + 0x200, 11, "3456789\0\0\0\xff", 11);
}

static void dma_errors_are_told(Bench *b)
{
    firmware_files_clear();
    add("etc/x", "0123456789");
    run_dma(b, FIRMWARE_FIRST_FILE << 16 | 8 | 16, 4, 0x200);
    g_assert_cmphex(dma_result(b), ==, 1);                      /* no item can be written */
    run_dma(b, FIRMWARE_FIRST_FILE << 16 | 8 | 2, 0xffffffff, 0x200);
    g_assert_cmphex(dma_result(b), ==, 1);                      /* leaves RAM */
    run_dma(b, FIRMWARE_FIRST_FILE << 16 | 8 | 2, 4, UINT64_MAX - 1);
    g_assert_cmphex(dma_result(b), ==, 1);
    bench_write_at(b, 0, 16, UINT64_MAX, 8);                    /* the block itself is nowhere */
}

static void survives_a_round_trip(Bench *b)
{
    firmware_files_clear();
    add("etc/x", "0123456789");
    select_item(b, FIRMWARE_FIRST_FILE);
    next(b);
    bench_round_trip(b);
    g_assert_cmphex(next(b), ==, '1');
}

static void ports_of_the_pc(Bench *b)
{
    char bytes[5] = { 0 };
    firmware_files_clear();
    add("etc/x", "0123456789");
    firmware_add_u32(0x8003, 0x12345678);
    bench_write_at(b, 0, 0, FIRMWARE_FIRST_FILE, 2);
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = bench_read_at(b, 0, 1, 1);
    }
    g_assert_cmpstr(bytes, ==, "0123");
    bench_write_at(b, 0, 0, 0x8003, 2);             /* an item of the architecture's own */
    g_assert_cmphex(bench_read_at(b, 0, 1, 1), ==, 0x78);
    g_assert_cmphex(bench_read_at(b, 1, 0, 4), ==, GUINT32_TO_BE(0x51454d55));
    uint8_t *block = bench_ram(b) + 0x100;
    st_be32(block, FIRMWARE_FIRST_FILE << 16 | 8 | 2);
    st_be32(block + 4, 10);
    st_be64(block + 8, 0x200);
    bench_write_at(b, 1, 4, GUINT32_TO_BE(0x100), 4);
    g_assert_cmphex(ld_be32(block), ==, 0);
    g_assert_cmpmem(bench_ram(b) + 0x200, 10, "0123456789", 10);
    bench_round_trip(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(signature_and_interface, "fw_cfg");
    BENCH_TEST(wide_reads_keep_the_order_of_bytes, "fw_cfg");
    BENCH_TEST(directory_lists_files, "fw_cfg");
    BENCH_TEST(dma_reads_and_skips, "fw_cfg");
    BENCH_TEST(dma_errors_are_told, "fw_cfg");
    BENCH_TEST(survives_a_round_trip, "fw_cfg");
    BENCH_TEST(ports_of_the_pc, "fw_cfg-io");
    return g_test_run();
}
