/* SPDX-License-Identifier: MIT */
/*
 * piix3-ide with disks, behind a PCI bridge: its registers driven as a driver would.
 */
#include <glib/gstdio.h>
#include <unistd.h>
#include "hw/pci/pci.h"
#include "io/block/block.h"
#include "tests/hw/bench.h"

enum { SELF = 1, CONFIG = 2, BRIDGE = 11 << 11, CARD = 12 << 11 };      /* windows; places there */
enum { DATA, ERROR, COUNT, LBA0, LBA1, LBA2, DEVICE, STATUS };
enum { ERR = 0x01, DRQ = 0x08, DRDY = 0x50, BSY = 0x80 };
enum { ABRT = 0x04, IDNF = 0x10, WP = 0x40 };
enum { BM_COMMAND = 0, BM_STATUS = 2, BM_TABLE = 4 };
enum { ACTIVE = 1, BM_ERROR = 2, INTERRUPT = 4, TO_MEMORY = 8 };
enum { PRDS = 0x1000, MEMORY = 0x10000 };
enum { SECTORS = 3 * 16 * 63 + 100 };

static Block *disk;

static MemoryRegion *window(Bench *b, unsigned n)
{
    return device_region(b->dev, n);
}

static uint32_t rd(Bench *b, unsigned reg)
{
    return memory_region_mmio_read(window(b, 0), reg, reg ? 1 : 2, ENDIAN_LITTLE, NULL);
}

static void wr(Bench *b, unsigned reg, unsigned value)
{
    memory_region_mmio_write(window(b, 0), reg, value, reg ? 1 : 2, ENDIAN_LITTLE, NULL);
}

static unsigned alternate(Bench *b)
{
    return memory_region_mmio_read(window(b, 1), 0, 1, ENDIAN_LITTLE, NULL);
}

static void control(Bench *b, unsigned value)
{
    memory_region_mmio_write(window(b, 1), 0, value, 1, ENDIAN_LITTLE, NULL);
}

static uint32_t bm_rd(Bench *b, unsigned reg)
{
    return memory_region_mmio_read(window(b, 4), reg, reg == BM_TABLE ? 4 : 1, ENDIAN_LITTLE, NULL);
}

static void bm_wr(Bench *b, unsigned reg, uint32_t value)
{
    memory_region_mmio_write(window(b, 4), reg, value, reg == BM_TABLE ? 4 : 1, ENDIAN_LITTLE, NULL);
}

static void config(Bench *b, unsigned window, uint64_t off, uint32_t value)
{
    memory_region_mmio_write(device_region(b->devices->pdata[0], window), off, value, 4,
                             ENDIAN_LITTLE, NULL);
}

static Bench *make_with(const char *drive0, const char *drive1)
{
    Bench *b = bench_empty();
    bench_add(b, "pci", "versatile-pci");
    bench_finish(b, "piix3-ide", "bus=pci", drive0, drive1);
    config(b, SELF, BRIDGE + PCI_BAR0, 0);
    config(b, SELF, BRIDGE + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MASTER);
    return b;
}

/* Byte i of sector n, as main() has put it there. */
static uint8_t pattern(unsigned n, unsigned i)
{
    return n * 31 + i * 7 + (i >> 8);
}

static Bench *make(void)
{
    uint8_t sector[512];
    for (unsigned n = 0; n < 300; n++) {
        for (unsigned i = 0; i < 512; i++) {
            sector[i] = pattern(n, i);
        }
        block_write(disk, n * 512, sector, 512);
    }
    return make_with("drive0=disk", "drive1=");
}

static void lba28(Bench *b, uint32_t lba, unsigned count)
{
    wr(b, DEVICE, 0xe0 | lba >> 24);
    wr(b, COUNT, count);
    wr(b, LBA0, lba);
    wr(b, LBA1, lba >> 8);
    wr(b, LBA2, lba >> 16);
}

static void lba48(Bench *b, uint64_t lba, unsigned count)
{
    wr(b, DEVICE, 0xe0);
    for (unsigned half = 0; half < 2; half++) {
        unsigned up = half == 0;
        wr(b, COUNT, count >> 8 * up);
        wr(b, LBA0, lba >> 24 * up);
        wr(b, LBA1, lba >> (24 * up + 8));
        wr(b, LBA2, lba >> (24 * up + 16));
    }
}

static void read_block(Bench *b, void *buf, unsigned len)
{
    uint8_t *p = buf;
    for (unsigned i = 0; i < len; i += 2) {
        g_assert_cmphex(alternate(b) & (BSY | DRQ), ==, DRQ);
        st_le16(p + i, rd(b, DATA));
    }
}

static void write_block(Bench *b, const void *buf, unsigned len)
{
    const uint8_t *p = buf;
    for (unsigned i = 0; i < len; i += 2) {
        g_assert_cmphex(alternate(b) & (BSY | DRQ), ==, DRQ);
        wr(b, DATA, ld_le16(p + i));
    }
}

/* The interrupt is there; reading the status takes it away. */
static void expect_interrupt(Bench *b, unsigned status)
{
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(alternate(b), ==, status);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(rd(b, STATUS), ==, status);
    g_assert_false(bench_irq(b, 0));
}

static void expect_error(Bench *b, unsigned error)
{
    expect_interrupt(b, DRDY | ERR);
    g_assert_cmphex(rd(b, ERROR), ==, error);
}

static void check_sector(const uint8_t *p, unsigned n)
{
    for (unsigned i = 0; i < 512; i++) {
        g_assert_cmphex(p[i], ==, pattern(n, i));
    }
}

static unsigned word(const uint8_t *p, unsigned n)
{
    return ld_le16(p + 2 * n);
}

static void identify(Bench *b, uint8_t *p)
{
    wr(b, DEVICE, 0xa0);
    wr(b, STATUS, 0xec);
    expect_interrupt(b, DRDY | DRQ);
    read_block(b, p, 512);
    g_assert_cmphex(alternate(b), ==, DRDY);
    g_assert_false(bench_irq(b, 0));
}

/* --- Settings --------------------------------------------------------------------------------- */

static void identify_tells_size_and_modes(void)
{
    Bench *b = make();
    uint8_t p[512], sum = 0;
    identify(b, p);
    g_assert_cmpuint(word(p, 1), ==, 3);                /* cylinders, of 16 heads, 63 sectors */
    g_assert_cmpuint(word(p, 3), ==, 16);
    g_assert_cmpuint(word(p, 6), ==, 63);
    g_assert_cmpuint(ld_le32(p + 2 * 60), ==, SECTORS);
    g_assert_cmpuint(ld_le64(p + 2 * 100), ==, SECTORS);
    g_assert_cmphex(word(p, 49) & 0x300, ==, 0x300);    /* LBA, DMA */
    g_assert_cmphex(word(p, 83) & 0xc400, ==, 0x4400);
    g_assert_cmphex(word(p, 88), ==, 0x003f);
    g_assert_cmpmem(p + 2 * 27, 12, "ME UAHDRIDKS", 12);
    for (unsigned i = 0; i < 512; i++) {
        sum += p[i];
    }
    g_assert_cmphex(sum, ==, 0);
    bench_free(b);
}

static void features_are_remembered(void)
{
    Bench *b = make();
    uint8_t p[512];
    static const struct { uint8_t mode, word; uint16_t value; bool ok; } modes[] = {
        { 0x42, 88, 0x043f, true }, { 0x22, 63, 0x0407, true }, { 0x0c, 63, 0x0007, true },
        { 0x46, 88, 0x003f, false }, { 0x10, 63, 0x0007, false },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(modes); i++) {
        wr(b, ERROR, 0x03);
        wr(b, COUNT, modes[i].mode);
        wr(b, STATUS, 0xef);
        if (modes[i].ok) {
            expect_interrupt(b, DRDY);
        } else {
            expect_error(b, ABRT);
        }
        identify(b, p);
        g_assert_cmphex(word(p, modes[i].word), ==, modes[i].value);
    }
    g_assert_cmphex(word(p, 85) & 0x20, ==, 0x20);
    wr(b, ERROR, 0x82);                                 /* write cache off */
    wr(b, STATUS, 0xef);
    expect_interrupt(b, DRDY);
    identify(b, p);
    g_assert_cmphex(word(p, 85) & 0x20, ==, 0);
    bench_free(b);
}

static void power_modes(Bench *b, uint8_t command, uint8_t mode)
{
    wr(b, STATUS, command);
    expect_interrupt(b, DRDY);
    wr(b, STATUS, 0xe5);
    expect_interrupt(b, DRDY);
    g_assert_cmphex(rd(b, COUNT), ==, mode);
}

static void sleeps_until_reset(void)
{
    Bench *b = make();
    power_modes(b, 0xe1, 0x80);
    power_modes(b, 0xe0, 0x00);
    lba28(b, 0, 1);
    wr(b, STATUS, 0x40);                                /* VERIFY */
    expect_interrupt(b, DRDY);
    wr(b, STATUS, 0xe6);
    expect_interrupt(b, DRDY);
    wr(b, STATUS, 0xec);
    g_assert_false(bench_irq(b, 0));
    control(b, 0x04);
    control(b, 0x00);
    uint8_t p[512];
    identify(b, p);
    bench_free(b);
}

static void smart_is_well(void)
{
    Bench *b = make();
    uint8_t p[512], sum = 0;
    wr(b, ERROR, 0xda);
    wr(b, LBA1, 0x4f);
    wr(b, LBA2, 0xc2);
    wr(b, STATUS, 0xb0);
    expect_interrupt(b, DRDY);
    g_assert_cmphex(rd(b, LBA1) | rd(b, LBA2) << 8, ==, 0xc24f);
    wr(b, ERROR, 0xd0);
    wr(b, STATUS, 0xb0);
    expect_interrupt(b, DRDY | DRQ);
    read_block(b, p, 512);
    for (unsigned i = 0; i < 512; i++) {
        sum += p[i];
    }
    g_assert_cmphex(sum, ==, 0);
    wr(b, ERROR, 0xd9);                                 /* off: then only ENABLE is taken */
    wr(b, STATUS, 0xb0);
    expect_interrupt(b, DRDY);
    wr(b, ERROR, 0xda);
    wr(b, STATUS, 0xb0);
    expect_error(b, ABRT);
    wr(b, LBA1, 0);
    wr(b, ERROR, 0xd8);
    wr(b, STATUS, 0xb0);
    expect_error(b, ABRT);                              /* the key is missing */
    bench_free(b);
}

/* --- PIO -------------------------------------------------------------------------------------- */

static void reads_sectors_with_an_interrupt_each(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba28(b, 7, 3);
    wr(b, STATUS, 0x20);
    for (unsigned n = 7; n < 10; n++) {
        expect_interrupt(b, DRDY | DRQ);
        read_block(b, p, 512);
        check_sector(p, n);
    }
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(rd(b, STATUS), ==, DRDY);
    g_assert_cmphex(rd(b, LBA0), ==, 9);
    g_assert_cmphex(rd(b, COUNT), ==, 0);
    bench_free(b);
}

static void reads_256_sectors_for_count_0(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba28(b, 20, 0);
    wr(b, STATUS, 0x20);
    for (unsigned n = 20; n < 276; n++) {
        expect_interrupt(b, DRDY | DRQ);
        read_block(b, p, 512);
        check_sector(p, n);
    }
    g_assert_cmphex(rd(b, STATUS), ==, DRDY);
    bench_free(b);
}

static void reads_blocks_of_several_sectors(void)
{
    Bench *b = make();
    uint8_t p[16 * 512];
    lba28(b, 3, 11);
    wr(b, STATUS, 0xc4);                                /* multiple mode is not set */
    expect_error(b, ABRT);
    wr(b, COUNT, 3);
    wr(b, STATUS, 0xc6);
    expect_error(b, ABRT);
    wr(b, COUNT, 8);
    wr(b, STATUS, 0xc6);
    expect_interrupt(b, DRDY);
    lba28(b, 3, 11);
    wr(b, STATUS, 0xc4);
    expect_interrupt(b, DRDY | DRQ);
    read_block(b, p, 8 * 512);
    expect_interrupt(b, DRDY | DRQ);
    bench_round_trip(b);
    read_block(b, p + 8 * 512, 3 * 512);
    for (unsigned n = 0; n < 11; n++) {
        check_sector(p + n * 512, n + 3);
    }
    g_assert_cmphex(alternate(b), ==, DRDY);
    bench_free(b);
}

static void writes_sectors(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba28(b, 200, 2);
    wr(b, STATUS, 0x30);
    g_assert_false(bench_irq(b, 0));                    /* the first block is asked for by DRQ only */
    g_assert_cmphex(alternate(b), ==, DRDY | DRQ);
    memset(p, 0xa5, 512);
    write_block(b, p, 512);
    expect_interrupt(b, DRDY | DRQ);
    memset(p, 0x5a, 512);
    write_block(b, p, 512);
    expect_interrupt(b, DRDY);
    block_read(disk, 200 * 512, p, 512);
    g_assert_cmphex(p[0], ==, 0xa5);
    block_read(disk, 201 * 512, p, 512);
    g_assert_cmphex(p[511], ==, 0x5a);
    block_read(disk, 202 * 512, p, 512);
    check_sector(p, 202);
    bench_free(b);
}

static void data_port_takes_dwords(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba28(b, 5, 1);
    wr(b, STATUS, 0x20);
    for (unsigned i = 0; i < 512; i += 4) {
        st_le32(p + i, memory_region_mmio_read(window(b, 0), 0, 4, ENDIAN_LITTLE, NULL));
    }
    check_sector(p, 5);
    g_assert_cmphex(alternate(b), ==, DRDY);
    bench_free(b);
}

static void cylinders_heads_sectors(void)
{
    Bench *b = make();
    uint8_t p[512];
    wr(b, DEVICE, 0xa3);                                /* cylinder 0, head 3, sector 5 */
    wr(b, COUNT, 1);
    wr(b, LBA0, 5);
    wr(b, LBA1, 0);
    wr(b, LBA2, 0);
    wr(b, STATUS, 0x20);
    read_block(b, p, 512);
    check_sector(p, 3 * 63 + 4);
    wr(b, DEVICE, 0xa3);                                /* 4 heads of 17 sectors */
    wr(b, COUNT, 17);
    wr(b, STATUS, 0x91);
    expect_interrupt(b, DRDY);
    wr(b, DEVICE, 0xa2);                                /* 1, 2, 17 */
    wr(b, COUNT, 1);
    wr(b, LBA0, 17);
    wr(b, LBA1, 1);
    wr(b, STATUS, 0x20);
    read_block(b, p, 512);
    check_sector(p, (1 * 4 + 2) * 17 + 16);
    wr(b, LBA0, 18);
    wr(b, STATUS, 0x20);
    expect_error(b, IDNF);
    wr(b, LBA0, 0);
    wr(b, STATUS, 0x20);
    expect_error(b, IDNF);
    bench_free(b);
}

static void addresses_of_48_bits(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba48(b, 299, 1);
    wr(b, STATUS, 0x24);
    expect_interrupt(b, DRDY | DRQ);
    read_block(b, p, 512);
    check_sector(p, 299);
    lba48(b, 0x010203040506, 0x0102);
    control(b, 0x80);
    g_assert_cmphex(rd(b, LBA0) | rd(b, LBA1) << 8 | rd(b, LBA2) << 16, ==, 0x010203);
    g_assert_cmphex(rd(b, COUNT), ==, 0x01);
    wr(b, ERROR, 0);                                    /* any write takes HOB back */
    g_assert_cmphex(rd(b, LBA0) | rd(b, LBA1) << 8 | rd(b, LBA2) << 16, ==, 0x040506);
    wr(b, STATUS, 0x24);
    expect_error(b, IDNF);
    lba48(b, 0, 0);
    wr(b, STATUS, 0x27);                                /* READ NATIVE MAX ADDRESS EXT */
    expect_interrupt(b, DRDY);
    g_assert_cmpuint(rd(b, LBA0) | rd(b, LBA1) << 8 | rd(b, LBA2) << 16, ==, SECTORS - 1);
    bench_free(b);
}

static void the_end_of_the_disk(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba28(b, SECTORS - 1, 1);
    wr(b, STATUS, 0x20);
    expect_interrupt(b, DRDY | DRQ);
    read_block(b, p, 512);
    lba28(b, SECTORS - 1, 2);
    wr(b, STATUS, 0x20);
    expect_error(b, IDNF);
    lba28(b, SECTORS, 1);
    wr(b, STATUS, 0xca);
    expect_error(b, IDNF);
    lba28(b, SECTORS - 2, 2);
    wr(b, STATUS, 0x40);
    expect_interrupt(b, DRDY);
    lba28(b, SECTORS - 2, 3);
    wr(b, STATUS, 0x40);
    expect_error(b, IDNF);
    bench_free(b);
}

static void unknown_commands_are_aborted(void)
{
    Bench *b = make();
    static const uint8_t unknown[] = { 0x00, 0x08, 0x22, 0x50, 0xa0, 0xa1, 0xf1, 0xf9, 0xff };
    for (unsigned i = 0; i < sizeof(unknown); i++) {
        wr(b, STATUS, unknown[i]);
        expect_error(b, ABRT);
    }
    bench_free(b);
}

static void a_read_only_image_is_protected(void)
{
    g_autofree char *name = NULL;
    int fd = g_file_open_tmp("ide-XXXXXX", &name, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(name, "0123456789abcdef0123456789abcdef", 32, NULL));
    g_assert_cmpint(truncate(name, 64 * 512), ==, 0);
    Block *image = block_open(name, "raw", BLOCK_READ_ONLY, NULL);
    bench_provide("locked", image);
    Bench *b = make_with("drive0=locked", "drive1=");
    lba28(b, 0, 1);
    wr(b, STATUS, 0x30);
    expect_error(b, ABRT | WP);
    bench_free(b);
    block_close(image);
    g_remove(name);
}

/* --- Selection, reset, interrupts ------------------------------------------------------------- */

static void nobody_on_the_cable(void)
{
    Bench *b = make_with("drive0=", "drive1=");
    g_assert_cmphex(rd(b, STATUS), ==, 0x7f);
    wr(b, COUNT, 0x55);
    g_assert_cmphex(rd(b, COUNT), ==, 0x7f);
    wr(b, STATUS, 0xec);
    g_assert_false(bench_irq(b, 0));
    bench_free(b);
}

static void device_0_answers_for_device_1(void)
{
    Bench *b = make();
    wr(b, DEVICE, 0xb0);
    g_assert_cmphex(rd(b, STATUS), ==, 0);
    wr(b, LBA0, 0x42);
    g_assert_cmphex(rd(b, LBA0), ==, 0x42);
    wr(b, STATUS, 0xec);
    g_assert_cmphex(rd(b, STATUS), ==, 0);
    g_assert_false(bench_irq(b, 0));
    wr(b, STATUS, 0x90);                                /* but this one is for both */
    g_assert_cmphex(rd(b, DEVICE), ==, 0);
    expect_interrupt(b, DRDY);
    g_assert_cmphex(rd(b, ERROR), ==, 0x01);
    bench_free(b);
}

static void two_disks_on_a_cable(void)
{
    Block *other = block_memory(100 * 512);
    uint8_t p[512] = "the other one";
    block_write(other, 0, p, 512);
    bench_provide("other", other);
    Bench *b = make_with("drive0=disk", "drive1=other");
    wr(b, DEVICE, 0xf0);
    wr(b, COUNT, 1);
    wr(b, LBA0, 0);
    wr(b, STATUS, 0x20);
    g_assert_true(bench_irq(b, 0));
    wr(b, DEVICE, 0xe0);                                /* the line is that of who is selected */
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(alternate(b), ==, DRDY);
    wr(b, DEVICE, 0xf0);
    expect_interrupt(b, DRDY | DRQ);
    read_block(b, p, 512);
    g_assert_cmpstr((char *)p, ==, "the other one");
    bench_free(b);
    block_close(other);
}

static void reset_ends_a_transfer(void)
{
    Bench *b = make();
    uint8_t p[512];
    lba28(b, 100, 4);
    wr(b, STATUS, 0x30);
    memset(p, 0xee, 512);
    write_block(b, p, 512);
    wr(b, DATA, 0x1234);
    control(b, 0x04);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(rd(b, STATUS), ==, BSY);
    control(b, 0x00);
    g_assert_cmphex(rd(b, STATUS), ==, DRDY);
    g_assert_cmphex(rd(b, ERROR), ==, 0x01);
    g_assert_cmphex(rd(b, COUNT), ==, 0x01);
    g_assert_cmphex(rd(b, LBA0), ==, 0x01);
    g_assert_cmphex(rd(b, LBA1) | rd(b, LBA2), ==, 0);
    block_read(disk, 100 * 512, p, 512);                /* whole sectors were written */
    g_assert_cmphex(p[0], ==, 0xee);
    block_read(disk, 101 * 512, p, 512);
    check_sector(p, 101);
    bench_free(b);
}

static void nien_holds_the_line(void)
{
    Bench *b = make();
    control(b, 0x02);
    wr(b, STATUS, 0xe7);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(bm_rd(b, BM_STATUS) & INTERRUPT, ==, 0);
    control(b, 0x00);
    g_assert_cmphex(bm_rd(b, BM_STATUS) & INTERRUPT, ==, INTERRUPT);
    expect_interrupt(b, DRDY);
    bench_free(b);
}

static void ports_open_when_decoded(void)
{
    Bench *b = make();
    GPa at = UINT64_C(1) << 32;
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_MASTER);
    g_assert_null(address_space_lookup(&b->as, at));
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_IO);
    g_assert_null(address_space_lookup(&b->as, at));
    config(b, CONFIG, CARD + 0x40, 0x8000);             /* IDETIM of the first channel */
    g_assert_nonnull(address_space_lookup(&b->as, at));
    g_assert_nonnull(address_space_lookup(&b->as, at * 2));
    g_assert_null(address_space_lookup(&b->as, at * 3));
    config(b, CONFIG, CARD + 0x40, 0x80008000);
    g_assert_nonnull(address_space_lookup(&b->as, at * 3));
    bench_free(b);
}

/* --- Bus master ------------------------------------------------------------------------------- */

typedef struct Prd {
    uint32_t address, count;
} Prd;

static void table(Bench *b, const Prd *prds, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        st_le32(bench_ram(b) + PRDS + 8 * i, prds[i].address);
        st_le32(bench_ram(b) + PRDS + 8 * i + 4, prds[i].count | (i == n - 1 ? BIT32(31) : 0));
    }
    bm_wr(b, BM_COMMAND, 0);
    bm_wr(b, BM_TABLE, PRDS);
    bm_wr(b, BM_STATUS, BM_ERROR | INTERRUPT);
}

static void reads_by_dma(void)
{
    Bench *b = make();
    static const Prd prds[] = { { MEMORY, 700 }, { MEMORY + 0x1000, 2 },
                                { MEMORY + 0x2000, 5 * 512 - 702 } };
    lba28(b, 11, 5);
    table(b, prds, 3);
    bm_wr(b, BM_COMMAND, TO_MEMORY);
    wr(b, STATUS, 0xc8);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(alternate(b), ==, DRDY | DRQ);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT);
    expect_interrupt(b, DRDY);
    uint8_t p[5 * 512];
    memcpy(p, bench_ram(b) + MEMORY, 700);
    memcpy(p + 700, bench_ram(b) + MEMORY + 0x1000, 2);
    memcpy(p + 702, bench_ram(b) + MEMORY + 0x2000, sizeof(p) - 702);
    for (unsigned n = 0; n < 5; n++) {
        check_sector(p + n * 512, n + 11);
    }
    bm_wr(b, BM_COMMAND, TO_MEMORY);
    bm_wr(b, BM_STATUS, INTERRUPT);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, 0);
    bench_free(b);
}

static void the_engine_may_start_first(void)
{
    Bench *b = make();
    lba48(b, 17, 2);
    table(b, &(Prd){ MEMORY, 1024 }, 1);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, ACTIVE);
    wr(b, STATUS, 0x25);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT);
    check_sector(bench_ram(b) + MEMORY + 512, 18);
    bench_free(b);
}

static void writes_by_dma(void)
{
    Bench *b = make();
    uint8_t p[1024];
    memset(bench_ram(b) + MEMORY, 0x77, 1024);
    lba28(b, 60, 2);
    table(b, &(Prd){ MEMORY, 1024 }, 1);
    wr(b, STATUS, 0xca);
    bm_wr(b, BM_COMMAND, 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT);
    expect_interrupt(b, DRDY);
    block_read(disk, 60 * 512, p, 1024);
    g_assert_cmphex(p[0], ==, 0x77);
    g_assert_cmphex(p[1023], ==, 0x77);
    bench_free(b);
}

/* A count of 0 is 64 KiB. */
static void a_descriptor_of_64k(void)
{
    Bench *b = make();
    lba28(b, 0, 128);
    table(b, &(Prd){ MEMORY, 0 }, 1);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT);
    check_sector(bench_ram(b) + MEMORY + 127 * 512, 127);
    bench_free(b);
}

static void a_short_table_leaves_the_drive_waiting(void)
{
    Bench *b = make();
    lba28(b, 30, 4);
    table(b, &(Prd){ MEMORY, 1000 }, 1);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, 0);        /* neither active nor interrupted */
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(alternate(b), ==, DRDY | DRQ);
    bench_round_trip(b);
    table(b, &(Prd){ MEMORY + 1000, 1048 }, 1);         /* with the rest of it, it goes on */
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT);
    for (unsigned n = 0; n < 4; n++) {
        check_sector(bench_ram(b) + MEMORY + n * 512, n + 30);
    }
    bench_free(b);
}

static void a_long_table_stays_active(void)
{
    Bench *b = make();
    lba28(b, 30, 1);
    bench_ram(b)[MEMORY + 512] = 0x99;
    table(b, &(Prd){ MEMORY, 4096 }, 1);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT | ACTIVE);
    g_assert_cmphex(bench_ram(b)[MEMORY + 512], ==, 0x99);
    bm_wr(b, BM_COMMAND, TO_MEMORY);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT);
    bench_free(b);
}

static void memory_that_is_not_there(void)
{
    Bench *b = make();
    lba28(b, 30, 1);
    table(b, &(Prd){ BENCH_RAM, 512 }, 1);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, BM_ERROR);
    bm_wr(b, BM_COMMAND, 0);
    control(b, 0x04);
    control(b, 0x00);
    bm_wr(b, BM_STATUS, BM_ERROR);
    bm_wr(b, BM_TABLE, BENCH_RAM + 0x100);              /* the table itself */
    lba28(b, 30, 1);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, BM_ERROR);
    bench_free(b);
}

static void only_a_master_moves_data(void)
{
    Bench *b = make();
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_IO);
    bench_ram(b)[MEMORY] = 0x99;
    lba28(b, 30, 1);
    table(b, &(Prd){ MEMORY, 512 }, 1);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, BM_ERROR);
    g_assert_cmphex(bench_ram(b)[MEMORY], ==, 0x99);
    bench_free(b);
}

/* 64 KiB of descriptors of two bytes, none of them the last: the transfer ends all the same, and the
 * guest gets its processor back in between. */
static void an_endless_table(void)
{
    Bench *b = make();
    for (unsigned i = 0; i < 8192; i++) {
        st_le32(bench_ram(b) + 0x20000 + 8 * i, MEMORY);
        st_le32(bench_ram(b) + 0x20000 + 8 * i + 4, 2);
    }
    lba28(b, 0, 256);
    bm_wr(b, BM_TABLE, 0x20000);
    wr(b, STATUS, 0xc8);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_false(bench_irq(b, 0));
    bench_round_trip(b);
    for (unsigned i = 0; i < 100 && !bench_irq(b, 0); i++) {
        bench_step(b, 1000);
    }
    expect_interrupt(b, DRDY);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, INTERRUPT | ACTIVE);
    bench_free(b);
}

static void the_wrong_direction_moves_nothing(void)
{
    Bench *b = make();
    uint8_t p[512];
    memset(bench_ram(b) + MEMORY, 0x99, 512);
    lba28(b, 30, 1);
    table(b, &(Prd){ MEMORY, 512 }, 1);
    wr(b, STATUS, 0xca);
    bm_wr(b, BM_COMMAND, TO_MEMORY | 1);
    g_assert_cmphex(bm_rd(b, BM_STATUS), ==, ACTIVE);
    block_read(disk, 30 * 512, p, 512);
    check_sector(p, 30);
    bench_free(b);
}

/* --- Anything --------------------------------------------------------------------------------- */

static void random_prds(Bench *b)
{
    for (unsigned i = 0; i < 16; i++) {
        uint32_t at = g_test_rand_int();
        st_le32(bench_ram(b) + PRDS + 8 * i, at & 1 ? at & 0xffffff : at);
        st_le32(bench_ram(b) + PRDS + 8 * i + 4, g_test_rand_int() & 0xfff00fff);
    }
}

static void random_registers(void)
{
    static const uint8_t commands[] = {
        0x20, 0x24, 0x25, 0x29, 0x30, 0x34, 0x35, 0x39, 0x3d, 0x40, 0x42, 0x90, 0x91, 0xb0, 0xc4,
        0xc5, 0xc6, 0xc8, 0xca, 0xe4, 0xe8, 0xec, 0xef, 0xf8, 0x10, 0x70, 0xe0, 0xea,
    };
    Bench *b = make();
    for (unsigned i = 0; i < 20000; i++) {
        uint32_t r = g_test_rand_int();
        switch (r & 15) {
        case 0:
            random_prds(b);
            bm_wr(b, BM_TABLE, r & 0x10 ? PRDS : r);
            break;
        case 1:
            bm_wr(b, BM_COMMAND, r >> 8);
            break;
        case 2:
            wr(b, STATUS, commands[(r >> 8) % sizeof(commands)]);
            break;
        case 3:
            control(b, r >> 8 & (r & 0x10 ? 0xff : 0xfb));
            break;
        case 4:
            memory_region_mmio_read(window(b, r >> 8 & 1 ? 0 : 4), r >> 9 & 7,
                                    1 << (r >> 12 & 1), ENDIAN_LITTLE, NULL);
            break;
        case 5:
            bench_step(b, 5000);
            break;
        case 6:
        case 7:
            for (unsigned n = r >> 8 & 0x3ff; n; n--) {
                if (r & 0x10) {
                    wr(b, DATA, n);
                } else {
                    rd(b, DATA);
                }
            }
            break;
        default:
            wr(b, 1 + (r >> 8) % 6, r >> 16 & (r & 0x10 ? 0xff : 3));
            break;
        }
        if (i % 1000 == 0) {
            bench_round_trip(b);
        }
    }
    bench_free(b);
}

#define TEST(fn) g_test_add_func("/hw/piix3-ide/" #fn, fn)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    disk = block_memory(SECTORS * 512);
    bench_provide("disk", disk);
    TEST(identify_tells_size_and_modes);
    TEST(features_are_remembered);
    TEST(sleeps_until_reset);
    TEST(smart_is_well);
    TEST(reads_sectors_with_an_interrupt_each);
    TEST(reads_256_sectors_for_count_0);
    TEST(reads_blocks_of_several_sectors);
    TEST(writes_sectors);
    TEST(data_port_takes_dwords);
    TEST(cylinders_heads_sectors);
    TEST(addresses_of_48_bits);
    TEST(the_end_of_the_disk);
    TEST(unknown_commands_are_aborted);
    TEST(a_read_only_image_is_protected);
    TEST(nobody_on_the_cable);
    TEST(device_0_answers_for_device_1);
    TEST(two_disks_on_a_cable);
    TEST(reset_ends_a_transfer);
    TEST(nien_holds_the_line);
    TEST(ports_open_when_decoded);
    TEST(reads_by_dma);
    TEST(the_engine_may_start_first);
    TEST(writes_by_dma);
    TEST(a_descriptor_of_64k);
    TEST(a_short_table_leaves_the_drive_waiting);
    TEST(a_long_table_stays_active);
    TEST(memory_that_is_not_there);
    TEST(only_a_master_moves_data);
    TEST(an_endless_table);
    TEST(the_wrong_direction_moves_nothing);
    TEST(random_registers);
    return g_test_run();
}
