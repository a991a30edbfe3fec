/* SPDX-License-Identifier: MIT */
/*
 * virtio over PCI, in both interfaces: a small driver finds the parts by the capabilities, reads a disk
 * and is interrupted.
 */
#include "hw/pci/pci.h"
#include "hw/virtio/virtio.h"
#include "io/block/block.h"
#include "tests/hw/bench.h"

enum { SELF = 1, CONFIG = 2, BRIDGE = 11 << 11, CARD = 12 << 11 };
enum { MODERN, LEGACY };                                /* windows */
enum { NUM = 8, RING = 0x10000, DATA = 0x40000, NEXT = 1, WRITE = 2 };

static Block *disk;

static uint64_t rd(Bench *b, unsigned window, unsigned off, unsigned size)
{
    return memory_region_mmio_read(device_region(b->dev, window), off, size, ENDIAN_LITTLE, NULL);
}

static void wr(Bench *b, unsigned window, unsigned off, uint64_t value, unsigned size)
{
    memory_region_mmio_write(device_region(b->dev, window), off, value, size, ENDIAN_LITTLE, NULL);
}

static MemoryRegion *bridge(Bench *b, unsigned window)
{
    return device_region(b->devices->pdata[0], window);
}

static uint32_t config(Bench *b, unsigned off, unsigned size)
{
    return memory_region_mmio_read(bridge(b, CONFIG), CARD + off, size, ENDIAN_LITTLE, NULL);
}

static void set_config(Bench *b, unsigned off, uint32_t value, unsigned size)
{
    memory_region_mmio_write(bridge(b, CONFIG), CARD + off, value, size, ENDIAN_LITTLE, NULL);
}

static bool interrupt(Bench *b)
{
    return device_irq(b->devices->pdata[0], 2)->level;
}

static Bench *make(const char *type, const char *prop, const char *legacy)
{
    Bench *b = bench_empty();
    bench_add(b, "pci", "versatile-pci");
    bench_add(b, "inner", type, prop);
    bench_finish(b, "virtio-pci", "bus=pci", "device=inner", legacy);
    memory_region_mmio_write(bridge(b, SELF), BRIDGE + PCI_BAR0, 0, 4, ENDIAN_LITTLE, NULL);
    memory_region_mmio_write(bridge(b, SELF), BRIDGE + PCI_COMMAND,
                             PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 4, ENDIAN_LITTLE, NULL);
    set_config(b, PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 2);
    return b;
}

static void put_desc(Bench *b, unsigned i, uint64_t at, uint32_t len, unsigned flags)
{
    uint8_t *d = bench_ram(b) + RING + 16 * i;
    st_le64(d, at);
    st_le32(d + 8, len);
    st_le16(d + 12, flags);
    st_le16(d + 14, i + 1);
}

/* A request to read sector 3 in the first three descriptors. */
static void put_request(Bench *b, uint8_t *avail)
{
    st_le32(bench_ram(b) + DATA, 0);
    st_le64(bench_ram(b) + DATA + 8, 3);
    put_desc(b, 0, DATA, 16, NEXT);
    put_desc(b, 1, DATA + 0x1000, 512, NEXT | WRITE);
    put_desc(b, 2, DATA + 0x2000, 1, WRITE);
    bench_ram(b)[DATA + 0x2000] = 0xff;
    st_le16(avail + 4, 0);
    st_le16(avail + 2, 1);
}

static void check_answer(Bench *b)
{
    uint8_t want[512];
    block_read(disk, 3 * 512, want, 512);
    g_assert_cmphex(bench_ram(b)[DATA + 0x2000], ==, 0);
    g_assert_cmpmem(bench_ram(b) + DATA + 0x1000, 512, want, 512);
}

/* --- Configuration space ---------------------------------------------------------------------- */

static void capabilities_say_where(void)
{
    Bench *b = make("virtio-blk", "drive=disk", "disable-legacy=off");
    unsigned found = 0, at = config(b, PCI_CAPABILITIES, 1);
    g_assert_cmphex(config(b, 0, 4), ==, 0x10011af4);
    g_assert_cmphex(config(b, 0x2c, 4), ==, 0x00021af4);
    g_assert_cmphex(config(b, PCI_STATUS, 2) & 0x10, ==, 0x10);
    for (unsigned n = 0; at && n < 10; n++) {
        g_assert_cmphex(config(b, at, 1), ==, 0x09);
        unsigned type = config(b, at + 3, 1), off = config(b, at + 8, 4), len = config(b, at + 12, 4);
        found |= BIT32(type);
        if (type <= 4) {
            g_assert_cmpuint(config(b, at + 4, 1), ==, 4);
            g_assert_cmpuint(off + len, <=, 0x4000);
            g_assert_cmpuint(len, >, 0);
        }
        at = config(b, at + 1, 1);
    }
    g_assert_cmphex(found, ==, 0x3e);
    bench_free(b);
    b = make("virtio-rng", NULL, "disable-legacy=on");
    g_assert_cmphex(config(b, 0, 4), ==, 0x10441af4);
    g_assert_cmphex(config(b, PCI_REVISION, 1), ==, 1);
    g_assert_cmphex(config(b, PCI_BAR0, 4), ==, 0);
    bench_free(b);
}

/* The last capability is a window on any register. */
static void registers_by_configuration_cycles(void)
{
    Bench *b = make("virtio-blk", "drive=disk", "disable-legacy=off");
    unsigned at = config(b, PCI_CAPABILITIES, 1);
    while (config(b, at + 3, 1) != 5) {
        at = config(b, at + 1, 1);
    }
    set_config(b, at + 4, 4, 1);
    set_config(b, at + 8, 0x14, 4);                     /* device_status */
    set_config(b, at + 12, 1, 4);
    set_config(b, at + 16, 3, 1);
    g_assert_cmphex(rd(b, MODERN, 0x14, 1), ==, 3);
    wr(b, MODERN, 0x14, 1, 1);
    g_assert_cmphex(config(b, at + 16, 1), ==, 1);
    set_config(b, at + 8, 0x2000, 4);                   /* the disk's size, and the ISR */
    set_config(b, at + 12, 4, 4);
    g_assert_cmpuint(config(b, at + 16, 4), ==, 64);
    set_config(b, at + 12, 3, 4);
    set_config(b, at + 4, 2, 1);
    config(b, at + 16, 4);                              /* nonsense does no harm */
    set_config(b, at + 16, 0xffffffff, 4);
    bench_free(b);
}

/* --- The two interfaces ----------------------------------------------------------------------- */

static void a_modern_driver_reads_a_sector(void)
{
    Bench *b = make("virtio-blk", "drive=disk", "disable-legacy=on");
    wr(b, MODERN, 0x14, 0, 1);
    wr(b, MODERN, 0x14, 3, 1);
    wr(b, MODERN, 0x00, 1, 4);
    g_assert_cmphex(rd(b, MODERN, 0x04, 4) & 1, ==, 1);         /* VERSION_1 */
    wr(b, MODERN, 0x08, 0, 4);
    wr(b, MODERN, 0x0c, 0, 4);
    wr(b, MODERN, 0x14, 11, 1);
    g_assert_cmphex(rd(b, MODERN, 0x14, 1), ==, 3);             /* not without it */
    wr(b, MODERN, 0x08, 1, 4);
    wr(b, MODERN, 0x0c, 1, 4);
    wr(b, MODERN, 0x14, 11, 1);
    g_assert_cmphex(rd(b, MODERN, 0x14, 1), ==, 11);
    g_assert_cmpuint(rd(b, MODERN, 0x12, 2), ==, 1);
    wr(b, MODERN, 0x16, 1, 2);
    g_assert_cmpuint(rd(b, MODERN, 0x18, 2), ==, 0);            /* there is no second queue */
    wr(b, MODERN, 0x16, 0, 2);
    wr(b, MODERN, 0x18, NUM, 2);
    wr(b, MODERN, 0x20, RING, 4);
    wr(b, MODERN, 0x24, 0, 4);
    wr(b, MODERN, 0x28, RING + 0x1000, 8);
    wr(b, MODERN, 0x30, RING + 0x2000, 4);
    wr(b, MODERN, 0x1c, 1, 2);
    g_assert_cmphex(rd(b, MODERN, 0x30, 8), ==, RING + 0x2000);
    wr(b, MODERN, 0x14, 15, 1);
    put_request(b, bench_ram(b) + RING + 0x1000);
    wr(b, MODERN, 0x3000 + 4 * rd(b, MODERN, 0x1e, 2), 0, 2);
    check_answer(b);
    g_assert_true(interrupt(b));
    bench_round_trip(b);
    g_assert_cmphex(rd(b, MODERN, 0x1000, 1), ==, 1);
    g_assert_false(interrupt(b));
    g_assert_cmpuint(ld_le16(bench_ram(b) + RING + 0x2002), ==, 1);
    wr(b, MODERN, 0x14, 0, 1);
    g_assert_cmphex(rd(b, MODERN, 0x1c, 2), ==, 0);
    bench_free(b);
}

static void a_legacy_driver_reads_a_sector(void)
{
    Bench *b = make("virtio-blk", "drive=disk", "disable-legacy=off");
    wr(b, LEGACY, 0x12, 0, 1);
    wr(b, LEGACY, 0x12, 3, 1);
    wr(b, LEGACY, 0x04, rd(b, LEGACY, 0x00, 4) & ~(3u << 28), 4);
    g_assert_cmpuint(rd(b, LEGACY, 0x14, 4), ==, 64);           /* sectors */
    wr(b, LEGACY, 0x0e, 0, 2);
    unsigned num = rd(b, LEGACY, 0x0c, 2);
    g_assert_cmpuint(num, ==, 256);
    wr(b, LEGACY, 0x08, RING / 4096, 4);
    g_assert_cmphex(rd(b, LEGACY, 0x08, 4), ==, RING / 4096);
    wr(b, LEGACY, 0x12, 7, 1);
    put_request(b, bench_ram(b) + RING + 16 * num);
    wr(b, LEGACY, 0x10, 0, 2);
    check_answer(b);
    g_assert_true(interrupt(b));
    g_assert_cmphex(rd(b, LEGACY, 0x13, 1), ==, 1);
    g_assert_false(interrupt(b));
    bench_free(b);
}

static void random_registers(void)
{
    Bench *b = make("virtio-blk", "drive=disk", "disable-legacy=off");
    for (unsigned i = 0; i < 20000; i++) {
        uint32_t r = g_test_rand_int();
        unsigned size = 1 << (r & 1) << (r >> 1 & 1), window = r >> 2 & 1;
        unsigned off = window ? r >> 8 & 0x7f : (r >> 8 & 3) << 12 | (r >> 10 & 0x3f);
        if (r >> 3 & 1) {
            wr(b, window, off & -size, r >> 4 & 1 ? r >> 20 : RING, size);
        } else {
            rd(b, window, off & -size, size);
        }
        if (r >> 24 == 0) {
            put_request(b, bench_ram(b) + RING + 0x1000);
            set_config(b, 0x40 + (r >> 8 & 0x7c), r, 4);
            config(b, 0x40 + (r >> 8 & 0x7c), 4);
        }
        if (i % 1000 == 0) {
            bench_round_trip(b);
        }
    }
    bench_free(b);
}

#define TEST(fn) g_test_add_func("/hw/virtio-pci/" #fn, fn)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    disk = block_memory(32 * KiB);
    block_write(disk, 3 * 512, "what is in sector three", 24);
    bench_provide("disk", disk);
    TEST(capabilities_say_where);
    TEST(registers_by_configuration_cycles);
    TEST(a_modern_driver_reads_a_sector);
    TEST(a_legacy_driver_reads_a_sector);
    TEST(random_registers);
    return g_test_run();
}
