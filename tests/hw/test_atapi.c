/* SPDX-License-Identifier: MIT */
/*
 * A CD-ROM on piix3-ide: packets by PIO and DMA, and a medium that comes and goes.
 */
#include "hw/pci/pci.h"
#include "io/block/slot.h"
#include "tests/hw/bench.h"

enum { SELF = 1, CONFIG = 2, BRIDGE = 11 << 11, CARD = 12 << 11 };      /* windows; places there */
enum { DATA, ERROR, COUNT, LBA0, LBA1, LBA2, DEVICE, STATUS };
enum { ERR = 0x01, DRQ = 0x08, DRDY = 0x50 };
enum { COMMAND = 1, TO_HOST = 2, DONE = 3 };            /* interrupt reason */
enum { NOT_READY = 2, ILLEGAL = 5, ATTENTION = 6 };
enum { PRDS = 0x1000, MEMORY = 0x10000, BLOCKS = 400 };

static Block *handle;

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

static void config(Bench *b, unsigned window, uint64_t off, uint32_t value)
{
    memory_region_mmio_write(device_region(b->devices->pdata[0], window), off, value, 4,
                             ENDIAN_LITTLE, NULL);
}

static uint8_t pattern(unsigned block, unsigned i)
{
    return block * 13 + i * 3 + (i >> 8);
}

/* The last 512 bytes of the last block are missing. */
static Block *disc(uint32_t blocks)
{
    Block *b = block_memory((uint64_t)blocks * 2048 - 512);
    uint8_t p[2048];
    for (unsigned n = 0; n < MIN(blocks, BLOCKS); n++) {
        for (unsigned i = 0; i < 2048; i++) {
            p[i] = pattern(n, i);
        }
        block_write(b, n * 2048, p, n == blocks - 1 ? 1536 : 2048);
    }
    return b;
}

/* A drive that has told of its reset already. */
static Bench *make(Block *medium)
{
    BlockSlot *slot = block_slot(handle);
    block_slot_insert(slot, medium);
    slot->locked = false;
    Bench *b = bench_empty();
    bench_add(b, "pci", "versatile-pci");
    bench_finish(b, "piix3-ide", "bus=pci", "drive0=handle");
    config(b, SELF, BRIDGE + PCI_BAR0, 0);
    config(b, SELF, BRIDGE + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MASTER);
    return b;
}

static void send_packet(Bench *b, const uint8_t *cdb, unsigned limit, bool dma)
{
    wr(b, DEVICE, 0xa0);
    wr(b, ERROR, dma);
    wr(b, LBA1, limit);
    wr(b, LBA2, limit >> 8);
    wr(b, STATUS, 0xa0);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(rd(b, STATUS), ==, DRDY | DRQ);
    g_assert_cmphex(rd(b, COUNT), ==, COMMAND);
    for (unsigned i = 0; i < 12; i += 2) {
        wr(b, DATA, ld_le16(cdb + i));
    }
}

/* The sense key; 0: good. */
static unsigned status_phase(Bench *b)
{
    g_assert_true(bench_irq(b, 0));
    unsigned status = rd(b, STATUS);
    g_assert_cmphex(status & ~ERR, ==, DRDY);
    g_assert_cmphex(rd(b, COUNT), ==, DONE);
    g_assert_cmpint(!!(status & ERR), ==, rd(b, ERROR) != 0);
    return rd(b, ERROR) >> 4;
}

/* Data by PIO, blocks of at most `limit`; how many came is *len. */
static unsigned packet_in(Bench *b, const uint8_t *cdb, uint8_t *p, unsigned limit, unsigned *len)
{
    send_packet(b, cdb, limit, false);
    *len = 0;
    for (;;) {
        unsigned n = rd(b, LBA1) | rd(b, LBA2) << 8;
        g_assert_true(bench_irq(b, 0));
        if (!(rd(b, STATUS) & DRQ)) {
            break;
        }
        g_assert_false(bench_irq(b, 0));
        g_assert_cmphex(rd(b, COUNT), ==, TO_HOST);
        g_assert_cmpuint(n, <=, limit);
        for (unsigned i = 0; i < n; i += 2) {
            unsigned v = rd(b, DATA);
            p[*len + i] = v;
            if (i + 1 < n) {
                p[*len + i + 1] = v >> 8;
            }
        }
        *len += n;
    }
    g_assert_cmphex(rd(b, COUNT), ==, DONE);
    return rd(b, ERROR) >> 4;
}

static unsigned get(Bench *b, const uint8_t *cdb, uint8_t *p)
{
    unsigned len, key = packet_in(b, cdb, p, 0xfffe, &len);
    g_assert_cmpuint(key, ==, 0);
    return len;
}

static unsigned no_data(Bench *b, uint8_t op, uint8_t byte4)
{
    uint8_t cdb[12] = { op, 0, 0, 0, byte4 };
    send_packet(b, cdb, 0, false);
    return status_phase(b);
}

/* Code and qualifier of the last error. */
static unsigned sense(Bench *b)
{
    static const uint8_t cdb[12] = { 0x03, 0, 0, 0, 18 };
    uint8_t p[18];
    g_assert_cmpuint(get(b, cdb, p), ==, 18);
    g_assert_cmphex(p[0], ==, 0x70);
    return p[12] << 8 | p[13];
}

/* Reset is told once. */
static Bench *ready(Block *medium)
{
    Bench *b = make(medium);
    g_assert_cmphex(no_data(b, 0x00, 0), ==, ATTENTION);
    g_assert_cmphex(sense(b), ==, 0x2900);
    g_assert_cmphex(sense(b), ==, 0x0000);
    return b;
}

static void check_block(const uint8_t *p, unsigned n)
{
    for (unsigned i = 0; i < 2048; i++) {
        g_assert_cmphex(p[i], ==, pattern(n, i));
    }
}

/* --- The drive -------------------------------------------------------------------------------- */

static void signature_and_identify(void)
{
    Bench *b = make(disc(BLOCKS));
    uint8_t p[512];
    g_assert_cmphex(rd(b, STATUS), ==, 0);
    g_assert_cmphex(rd(b, LBA1) | rd(b, LBA2) << 8, ==, 0xeb14);
    wr(b, DEVICE, 0xa0);
    wr(b, LBA1, 0);
    wr(b, STATUS, 0xec);
    g_assert_cmphex(rd(b, STATUS), ==, DRDY | ERR);
    g_assert_cmphex(rd(b, ERROR), ==, 0x04);
    g_assert_cmphex(rd(b, LBA1) | rd(b, LBA2) << 8, ==, 0xeb14);
    wr(b, STATUS, 0xa1);
    g_assert_true(bench_irq(b, 0));
    for (unsigned i = 0; i < 512; i += 2) {
        st_le16(p + i, rd(b, DATA));
    }
    g_assert_cmphex(ld_le16(p), ==, 0x85c0);
    g_assert_cmpmem(p + 54, 12, "ME UVD-DOR M", 12);
    wr(b, DEVICE, 0xb0);                /* for a device 1 it answers with zeros */
    g_assert_cmphex(rd(b, STATUS) | rd(b, LBA1) | rd(b, COUNT), ==, 0);
    wr(b, DEVICE, 0xa0);
    wr(b, STATUS, 0x08);
    g_assert_cmphex(rd(b, STATUS), ==, 0);
    g_assert_cmphex(rd(b, COUNT), ==, 1);
    bench_free(b);
}

static void inquiry_of_any_length(void)
{
    Bench *b = make(disc(BLOCKS));
    uint8_t p[64] = { 0 };
    uint8_t cdb[12] = { 0x12, 0, 0, 0, 36 };
    g_assert_cmpuint(get(b, cdb, p), ==, 36);           /* needs no attention */
    g_assert_cmphex(p[0] | p[1] << 8, ==, 0x8005);
    g_assert_cmpmem(p + 8, 8, "EMU     ", 8);
    cdb[4] = 5;                                         /* odd: three words, five bytes */
    g_assert_cmpuint(get(b, cdb, p), ==, 5);
    cdb[4] = 96;
    g_assert_cmpuint(get(b, cdb, p), ==, 36);
    cdb[2] = 1;
    unsigned len;
    g_assert_cmpuint(packet_in(b, cdb, p, 100, &len), ==, ILLEGAL);
    g_assert_cmpuint(len, ==, 0);
    bench_free(b);
}

static void modes(void)
{
    Bench *b = ready(disc(BLOCKS));
    uint8_t p[256];
    uint8_t cdb[12] = { 0x5a, 0, 0x2a, 0, 0, 0, 0, 0, 200 };
    unsigned len = get(b, cdb, p);
    g_assert_cmpuint(len, ==, 8 + 20);
    g_assert_cmpuint(ld_be16(p), ==, len - 2);
    g_assert_cmphex(p[2], ==, 0x01);                    /* there is a data disc */
    g_assert_cmphex(p[8], ==, 0x2a);
    g_assert_cmphex(p[8 + 6] & 0x02, ==, 0);
    no_data(b, 0x1e, 1);
    get(b, cdb, p);
    g_assert_cmphex(p[8 + 6] & 0x02, ==, 0x02);         /* locked */
    cdb[2] = 0x3f;
    g_assert_cmpuint(get(b, cdb, p), >, 60);
    cdb[2] = 0xea;                                      /* saved values */
    g_assert_cmpuint(packet_in(b, cdb, p, 100, &len), ==, ILLEGAL);
    g_assert_cmphex(sense(b), ==, 0x3900);
    bench_free(b);
}

/* Parameters come from the host, in blocks of the size that it named. */
static void mode_select_takes_its_data(void)
{
    static const uint8_t cdb[12] = { 0x55, 0x10, 0, 0, 0, 0, 0, 0, 20 };
    Bench *b = ready(disc(BLOCKS));
    send_packet(b, cdb, 8, false);
    for (unsigned left = 20; left; left -= MIN(left, 8)) {
        g_assert_true(bench_irq(b, 0));
        g_assert_cmphex(rd(b, STATUS), ==, DRDY | DRQ);
        g_assert_cmphex(rd(b, COUNT), ==, 0);
        g_assert_cmpuint(rd(b, LBA1) | rd(b, LBA2) << 8, ==, MIN(left, 8));
        for (unsigned i = 0; i < MIN(left, 8); i += 2) {
            wr(b, DATA, 0);
        }
    }
    g_assert_cmphex(status_phase(b), ==, 0);
    bench_free(b);
}

static void configuration_names_the_profile(void)
{
    Bench *b = make(disc(BLOCKS));
    uint8_t p[256];
    uint8_t cdb[12] = { 0x46, 0, 0, 0, 0, 0, 0, 0, 200 };
    unsigned len = get(b, cdb, p);
    g_assert_cmpuint(ld_be32(p), ==, len - 4);
    g_assert_cmphex(ld_be16(p + 6), ==, 0x0008);
    cdb[1] = 2;
    cdb[3] = 0x1e;                                      /* CD read, only */
    g_assert_cmpuint(get(b, cdb, p), ==, 8 + 8);
    g_assert_cmphex(p[10] & 1, ==, 1);
    bench_free(b);
    b = make(disc(400000));
    g_assert_cmpuint(get(b, cdb, p), ==, 8 + 8);
    g_assert_cmphex(ld_be16(p + 6), ==, 0x0010);
    g_assert_cmphex(p[10] & 1, ==, 0);
    bench_free(b);
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static void reads_blocks(void)
{
    Bench *b = ready(disc(BLOCKS));
    g_autofree uint8_t *p = g_malloc(64 * 2048);
    static const struct { uint8_t cdb[12]; unsigned limit, first, n; } reads[] = {
        { { 0x28, 0, 0, 0, 0, 16, 0, 0, 1 }, 2048, 16, 1 },
        { { 0x28, 0, 0, 0, 0, 17, 0, 0, 3 }, 2048, 17, 3 },
        { { 0xa8, 0, 0, 0, 1, 0, 0, 0, 0, 5 }, 0xfffe, 256, 5 },
        { { 0x28, 0, 0, 0, 0, 100, 0, 0, 60 }, 0xfffe, 100, 60 },
        { { 0x28, 0, 0, 0, 0, 7, 0, 0, 4 }, 1000, 7, 4 },
        { { 0xbe, 0, 0, 0, 0, 9, 0, 0, 2, 0x10 }, 4096, 9, 2 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(reads); i++) {
        unsigned len;
        g_assert_cmpuint(packet_in(b, reads[i].cdb, p, reads[i].limit, &len), ==, 0);
        g_assert_cmpuint(len, ==, reads[i].n * 2048);
        for (unsigned n = 0; n < reads[i].n; n++) {
            check_block(p + n * 2048, reads[i].first + n);
        }
    }
    bench_free(b);
}

static void the_end_of_the_disc(void)
{
    static const uint8_t capacity[12] = { 0x25 };
    Bench *b = ready(disc(BLOCKS));
    uint8_t p[4096], cdb[12] = { 0x28, 0, 0, 0, (BLOCKS - 1) >> 8, (BLOCKS - 1) & 0xff, 0, 0, 1 };
    unsigned len;
    g_assert_cmpuint(get(b, capacity, p), ==, 8);
    g_assert_cmpuint(ld_be32(p), ==, BLOCKS - 1);
    g_assert_cmpuint(ld_be32(p + 4), ==, 2048);
    g_assert_cmpuint(get(b, cdb, p), ==, 2048);         /* the part that is missing is zero */
    g_assert_cmphex(p[1535], ==, pattern(BLOCKS - 1, 1535));
    g_assert_cmphex(p[1536] | p[2047], ==, 0);
    cdb[8] = 2;
    g_assert_cmpuint(packet_in(b, cdb, p, 2048, &len), ==, ILLEGAL);
    g_assert_cmphex(sense(b), ==, 0x2100);
    memset(cdb + 2, 0xff, 8);
    g_assert_cmpuint(packet_in(b, cdb, p, 2048, &len), ==, ILLEGAL);
    cdb[0] = 0xa8;
    g_assert_cmpuint(packet_in(b, cdb, p, 2048, &len), ==, ILLEGAL);
    bench_free(b);
}

static void reads_by_dma(void)
{
    static const uint8_t cdb[12] = { 0x28, 0, 0, 0, 0, 30, 0, 0, 3 };
    Bench *b = ready(disc(BLOCKS));
    st_le32(bench_ram(b) + PRDS, MEMORY);
    st_le32(bench_ram(b) + PRDS + 4, 3 * 2048 | BIT32(31));
    memory_region_mmio_write(window(b, 4), 4, PRDS, 4, ENDIAN_LITTLE, NULL);
    send_packet(b, cdb, 0, true);
    g_assert_false(bench_irq(b, 0));
    bench_round_trip(b);
    memory_region_mmio_write(window(b, 4), 0, 0x09, 1, ENDIAN_LITTLE, NULL);
    g_assert_cmphex(memory_region_mmio_read(window(b, 4), 2, 1, ENDIAN_LITTLE, NULL), ==, 4);
    g_assert_cmphex(status_phase(b), ==, 0);
    for (unsigned n = 0; n < 3; n++) {
        check_block(bench_ram(b) + MEMORY + n * 2048, 30 + n);
    }
    bench_free(b);
}

/* --- Contents --------------------------------------------------------------------------------- */

static void table_of_contents(void)
{
    static const struct { uint8_t cdb[12]; unsigned len; const char *bytes; } tocs[] = {
        { { 0x43, 0, 0, 0, 0, 0, 0, 0, 100 }, 20,
          "\0\x12\1\1" "\0\x14\1\0\0\0\0\0" "\0\x14\xaa\0\0\0\1\x90" },
        { { 0x43, 2, 0, 0, 0, 0, 0xaa, 0, 100 }, 12, "\0\x0a\1\1" "\0\x14\xaa\0\0\0\7\x19" },
        { { 0x43, 0, 1, 0, 0, 0, 0, 0, 100 }, 12, "\0\x0a\1\1" "\0\x14\1\0\0\0\0\0" },
        { { 0x43, 0, 0, 0, 0, 0, 0, 0, 100, 0x40 }, 12, "\0\x0a\1\1" "\0\x14\1\0\0\0\0\0" },
        { { 0x43, 2, 2, 0, 0, 0, 0, 0, 100 }, 48,
          "\0\x2e\1\1" "\1\x14\0\xa0\0\0\0\0\1\0\0" "\1\x14\0\xa1\0\0\0\0\1\0\0"
          "\1\x14\0\xa2\0\0\0\0\0\7\x19" "\1\x14\0\1\0\0\0\0\0\2\0" },
        { { 0x43, 0, 0, 0, 0, 0, 0, 0, 4 }, 4, "\0\x12\1\1" },
        { { 0x51, 0, 0, 0, 0, 0, 0, 0, 8 }, 8, "\0\x20\x0e\1\1\1\1\x20" },
        { { 0xbd, 0, 0, 0, 0, 0, 0, 0, 0, 8 }, 8, "\0\0\0\0\0\0\0\0" },
        { { 0x44, 2, 0, 0, 0, 150, 0, 0, 8 }, 8, "\1\0\0\0\0\0\4\0" },
    };
    Bench *b = ready(disc(BLOCKS));
    for (unsigned i = 0; i < ARRAY_SIZE(tocs); i++) {
        uint8_t p[128];
        unsigned len = get(b, tocs[i].cdb, p);
        g_assert_cmpmem(p, len, tocs[i].bytes, tocs[i].len);
    }
    static const uint8_t bad[][12] = {
        { 0x43, 0, 0, 0, 0, 0, 2, 0, 100 }, { 0x43, 0, 3, 0, 0, 0, 0, 0, 100 },
        { 0x43, 0, 0, 0, 0, 0, 0xab, 0, 100 }, { 0x4a, 0, 0, 0, 0x10, 0, 0, 0, 8 },
        { 0x51, 1, 0, 0, 0, 0, 0, 0, 8 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++) {
        uint8_t p[128];
        unsigned len;
        g_assert_cmpuint(packet_in(b, bad[i], p, 1000, &len), ==, ILLEGAL);
        g_assert_cmphex(sense(b), ==, 0x2400);
    }
    g_assert_cmphex(no_data(b, 0xfe, 0), ==, ILLEGAL);
    g_assert_cmphex(sense(b), ==, 0x2000);
    bench_free(b);
}

/* --- Media ------------------------------------------------------------------------------------ */

static unsigned event(Bench *b, uint8_t *present)
{
    static const uint8_t cdb[12] = { 0x4a, 1, 0, 0, 0x10, 0, 0, 0, 8 };
    uint8_t p[8];
    g_assert_cmpuint(get(b, cdb, p), ==, 8);
    g_assert_cmphex(p[2], ==, 4);
    *present = p[5];
    return p[4];
}

static void an_empty_drive(void)
{
    Bench *b = ready(NULL);
    uint8_t state;
    g_assert_cmphex(no_data(b, 0x00, 0), ==, NOT_READY);
    g_assert_cmphex(sense(b), ==, 0x3a01);
    static const uint8_t cdb[12] = { 0x28, 0, 0, 0, 0, 0, 0, 0, 1 };
    uint8_t p[2048];
    unsigned len;
    g_assert_cmphex(packet_in(b, cdb, p, 2048, &len), ==, NOT_READY);
    g_assert_cmphex(event(b, &state), ==, 0);
    g_assert_cmphex(state, ==, 0);
    bench_free(b);
}

static void a_disc_comes_and_goes(void)
{
    Bench *b = ready(NULL);
    BlockSlot *slot = block_slot(handle);
    uint8_t state;
    block_slot_insert(slot, disc(BLOCKS));
    g_assert_cmphex(event(b, &state), ==, 2);
    g_assert_cmphex(state, ==, 2);
    g_assert_cmphex(no_data(b, 0x00, 0), ==, ATTENTION);
    g_assert_cmphex(sense(b), ==, 0x2800);
    g_assert_cmphex(no_data(b, 0x00, 0), ==, 0);
    g_assert_true(block_slot_eject(slot, false, NULL));
    g_assert_cmphex(no_data(b, 0x00, 0), ==, NOT_READY);
    g_assert_cmphex(sense(b), ==, 0x3a02);
    g_assert_cmphex(event(b, &state), ==, 3);
    g_assert_cmphex(state, ==, 1);
    g_assert_cmphex(event(b, &state), ==, 0);
    bench_free(b);
}

static void a_locked_door(void)
{
    Bench *b = ready(disc(BLOCKS));
    BlockSlot *slot = block_slot(handle);
    uint8_t state;
    GError *err = NULL;
    event(b, &state);
    g_assert_cmphex(no_data(b, 0x1e, 1), ==, 0);
    g_assert_false(block_slot_eject(slot, false, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
    g_clear_error(&err);
    g_assert_cmphex(event(b, &state), ==, 1);           /* the user pressed the button */
    g_assert_cmphex(event(b, &state), ==, 0);
    bench_round_trip(b);
    g_assert_true(slot->locked);
    g_assert_cmphex(no_data(b, 0x1b, 2), ==, ILLEGAL);
    g_assert_cmphex(sense(b), ==, 0x5302);
    g_assert_cmphex(no_data(b, 0x1e, 0), ==, 0);
    g_assert_cmphex(no_data(b, 0x1b, 2), ==, 0);        /* out ... */
    g_assert_cmphex(no_data(b, 0x00, 0), ==, NOT_READY);
    g_assert_cmphex(no_data(b, 0x1b, 3), ==, 0);        /* ... and in again, or another one */
    g_assert_cmphex(no_data(b, 0x00, 0), ==, ATTENTION);
    g_assert_cmphex(no_data(b, 0x00, 0), ==, 0);
    bench_free(b);
}

/* The disc is taken out while its blocks are on their way. */
static void a_disc_goes_in_the_middle(void)
{
    static const uint8_t cdb[12] = { 0x28, 0, 0, 0, 0, 0, 0, 0, 100 };
    Bench *b = ready(disc(BLOCKS));
    send_packet(b, cdb, 2048, false);
    block_slot_insert(block_slot(handle), NULL);
    unsigned blocks = 0;
    while (rd(b, STATUS) & DRQ) {
        for (unsigned i = 0; i < 2048; i += 2) {
            rd(b, DATA);
        }
        blocks++;
    }
    g_assert_cmpuint(blocks, <, 100);
    g_assert_cmphex(rd(b, ERROR) >> 4, ==, 3);
    bench_free(b);
}

static void random_packets(void)
{
    Bench *b = ready(disc(BLOCKS));
    for (unsigned i = 0; i < 3000; i++) {
        uint8_t cdb[12];
        for (unsigned k = 0; k < 12; k++) {
            cdb[k] = g_test_rand_int_range(0, 3) ? g_test_rand_int_range(0, 4) : g_test_rand_int();
        }
        cdb[0] = g_test_rand_int();
        wr(b, DEVICE, 0xa0);
        wr(b, ERROR, g_test_rand_int_range(0, 8) == 0);
        wr(b, LBA1, g_test_rand_int());
        wr(b, LBA2, g_test_rand_int_range(0, 3));
        wr(b, STATUS, 0xa0);
        for (unsigned k = 0; k < 12; k += 2) {
            wr(b, DATA, ld_le16(cdb + k));
        }
        for (unsigned k = 0; k < 20000 && rd(b, STATUS) & DRQ; k++) {
            if (rd(b, COUNT) & TO_HOST) {
                rd(b, DATA);
            } else {
                wr(b, DATA, k);
            }
        }
        if (i % 100 == 0) {
            bench_round_trip(b);
        }
    }
    bench_free(b);
}

#define TEST(fn) g_test_add_func("/hw/atapi/" #fn, fn)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    handle = block_handle(NULL);
    bench_provide("handle", handle);
    TEST(signature_and_identify);
    TEST(inquiry_of_any_length);
    TEST(modes);
    TEST(mode_select_takes_its_data);
    TEST(configuration_names_the_profile);
    TEST(reads_blocks);
    TEST(the_end_of_the_disc);
    TEST(reads_by_dma);
    TEST(table_of_contents);
    TEST(an_empty_drive);
    TEST(a_disc_comes_and_goes);
    TEST(a_locked_door);
    TEST(a_disc_goes_in_the_middle);
    TEST(random_packets);
    return g_test_run();
}
