/* SPDX-License-Identifier: MIT */
/*
 * The floppy controller with its DMA channel, driven as a driver would.
 */
#include <unistd.h>
#include "hw/block/fdc.h"
#include "io/block/slot.h"
#include "tests/hw/bench.h"

enum { SRA, SRB, DOR, TDR, MSR, FIFO };
enum { READY = 0x80, TO_HOST = 0x40, NON_DMA = 0x20, BUSY = 0x10 };
enum { MEMORY = 0x4000, DELAY = 50000 };

static Block *drive_a, *drive_b;

static unsigned rd(Bench *b, unsigned reg)
{
    return bench_read_at(b, 0, reg, 1);
}

static void wr(Bench *b, unsigned reg, unsigned value)
{
    bench_write_at(b, 0, reg, value, 1);
}

static uint8_t pattern(unsigned sector, unsigned i)
{
    return sector * 11 + i * 5 + (i >> 8);
}

static Block *floppy(unsigned kb)
{
    Block *b = block_memory(kb * KiB);
    uint8_t p[512];
    for (unsigned n = 0; n < kb * 2; n++) {
        for (unsigned i = 0; i < 512; i++) {
            p[i] = pattern(n, i);
        }
        block_write(b, n * 512, p, 512);
    }
    return b;
}

static Bench *make(Block *medium)
{
    block_slot_insert(block_slot(drive_a), medium);
    Bench *b = bench_empty();
    bench_add(b, "dma", "i8237");
    return bench_finish(b, "fdc", "dma=dma", "drive0=a");
}

static void command(Bench *b, const uint8_t *bytes, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        g_assert_cmphex(rd(b, MSR) & (READY | TO_HOST), ==, READY);
        wr(b, FIFO, bytes[i]);
    }
}
#define COMMAND(b, ...) command(b, (const uint8_t[]) { __VA_ARGS__ }, \
                                sizeof((const uint8_t[]) { __VA_ARGS__ }))

static void result(Bench *b, const uint8_t *bytes, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        g_assert_cmphex(rd(b, MSR) & 0xf0, ==, READY | TO_HOST | BUSY);
        g_assert_cmphex(rd(b, FIFO), ==, bytes[i]);
    }
    g_assert_cmphex(rd(b, MSR) & 0xf0, ==, READY);
}
#define RESULT(b, ...) result(b, (const uint8_t[]) { __VA_ARGS__ }, \
                              sizeof((const uint8_t[]) { __VA_ARGS__ }))

/* Reset as a BIOS does it; 500 kb/s, motor A, DMA. */
static void start(Bench *b)
{
    wr(b, DOR, 0x00);
    wr(b, DOR, 0x1c);
    g_assert_false(bench_irq(b, 0));
    bench_step(b, DELAY);
    g_assert_true(bench_irq(b, 0));
    for (unsigned i = 0; i < 4; i++) {
        COMMAND(b, 0x08);
        RESULT(b, 0xc0 + i, 0);
        g_assert_false(bench_irq(b, 0));
    }
    COMMAND(b, 0x08);
    RESULT(b, 0x80);
    COMMAND(b, 0x03, 0xdf, 0x02);
    bench_write_at(b, 1, 0, 0, 1);
}

/* Channel 2: len bytes at MEMORY; mode 0x44 to memory, 0x48 from it. */
static void dma(Bench *b, unsigned mode, unsigned len)
{
    Device *d = b->devices->pdata[0];
    static const uint8_t cascade[][2] = { { 0x16, 0xc0 }, { 0x14, 0x00 } };
    for (unsigned i = 0; i < 2; i++) {
        memory_region_mmio_write(device_region(d, 1), cascade[i][0], cascade[i][1], 1,
                                 ENDIAN_LITTLE, NULL);
    }
    uint8_t writes[][2] = {
        { 0xa, 6 }, { 0xc, 0 }, { 0xb, mode | 2 }, { 4, MEMORY & 0xff }, { 4, MEMORY >> 8 },
        { 5, (len - 1) & 0xff }, { 5, (len - 1) >> 8 }, { 0xa, 2 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(writes); i++) {
        memory_region_mmio_write(device_region(d, 0), writes[i][0], writes[i][1], 1,
                                 ENDIAN_LITTLE, NULL);
    }
}

static void finish(Bench *b)
{
    g_assert_false(bench_irq(b, 0));
    bench_step(b, DELAY);
    g_assert_true(bench_irq(b, 0));
}

static void seek(Bench *b, unsigned cylinder)
{
    COMMAND(b, 0x0f, 0x00, cylinder);
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x20, cylinder);
}

static void check_sector(const uint8_t *p, unsigned n)
{
    for (unsigned i = 0; i < 512; i++) {
        g_assert_cmphex(p[i], ==, pattern(n, i));
    }
}

/* --- Registers and simple commands ------------------------------------------------------------ */

static void resets_and_polls(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    wr(b, MSR, 0x80);                                   /* DSR's reset takes itself back */
    g_assert_cmphex(rd(b, MSR), ==, 0);
    bench_step(b, DELAY);
    g_assert_true(bench_irq(b, 0));
    wr(b, DOR, 0x18);
    g_assert_false(bench_irq(b, 0));
    wr(b, DOR, 0x1c);
    bench_step(b, DELAY);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(rd(b, MSR), ==, READY);
    bench_free(b);
}

/* Linux switches polling off, resets by DSR before each request, and waits for the interrupt. */
static void a_reset_interrupts_without_polling(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    COMMAND(b, 0x13, 0, 0x1a, 0);
    wr(b, MSR, 0x80);
    bench_step(b, DELAY);
    g_assert_true(bench_irq(b, 0));
    COMMAND(b, 0x08);
    RESULT(b, 0xc0, 0);
    bench_free(b);
}

static void tells_what_it_is(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    COMMAND(b, 0x10);
    RESULT(b, 0x90);
    COMMAND(b, 0x18);                                   /* PART ID: an 82078's */
    RESULT(b, 0x80);
    COMMAND(b, 0x13, 0, 0x5a, 0x12);
    COMMAND(b, 0x94);
    RESULT(b, 0x10);
    COMMAND(b, 0x12, 0x87);
    COMMAND(b, 0x12, 0x00);                             /* without OW only GAP and WGATE change */
    wr(b, DOR, 0x18);
    wr(b, DOR, 0x1c);
    bench_step(b, DELAY);
    COMMAND(b, 0x0e);
    RESULT(b, 0, 0, 0, 0, 0xdf, 0x02, 0, 0x84, 0x5a, 0x12);     /* locked: survives the reset */
    COMMAND(b, 0x14);
    RESULT(b, 0x00);
    wr(b, DOR, 0x18);
    wr(b, DOR, 0x1c);
    bench_step(b, DELAY);
    COMMAND(b, 0x0e);
    RESULT(b, 0, 0, 0, 0, 0xdf, 0x02, 0, 0x04, 0x70, 0x00);
    bench_free(b);
}

static void seeks(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    seek(b, 40);
    COMMAND(b, 0x04, 0x00);
    RESULT(b, 0x28);
    COMMAND(b, 0x8f, 0x00, 10);                         /* 10 outwards */
    g_assert_cmphex(rd(b, MSR), ==, READY | 1);
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x20, 30);
    COMMAND(b, 0xcf, 0x00, 5);
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x20, 35);
    COMMAND(b, 0x07, 0x00);
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x20, 0);
    COMMAND(b, 0x04, 0x00);
    RESULT(b, 0x38);                                    /* track 0 */
    COMMAND(b, 0x07, 0x01);                             /* nobody there: no track 0 in 79 steps */
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x71, 0);
    bench_free(b);
}

static void two_drives_seek_at_once(void)
{
    block_slot_insert(block_slot(drive_b), floppy(720));
    block_slot_insert(block_slot(drive_a), floppy(1440));
    Bench *b = bench_empty();
    bench_add(b, "dma", "i8237");
    bench_finish(b, "fdc", "dma=dma", "drive0=a", "drive1=b");
    g_assert_cmphex(fdc_cmos_drives(b->dev), ==, 0x43);
    start(b);
    COMMAND(b, 0x0f, 0x00, 20);
    COMMAND(b, 0x0f, 0x05, 30);
    g_assert_cmphex(rd(b, MSR), ==, READY | 3);
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x20, 20);
    g_assert_true(bench_irq(b, 0));
    COMMAND(b, 0x08);
    RESULT(b, 0x25, 30);
    g_assert_false(bench_irq(b, 0));
    bench_free(b);
}

/* --- Data ------------------------------------------------------------------------------------- */

static void reads_by_dma(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    seek(b, 3);
    dma(b, 0x44, 3 * 512);
    COMMAND(b, 0xe6, 0x04, 3, 1, 5, 2, 18, 0x1b, 0xff);
    g_assert_cmphex(rd(b, MSR), ==, BUSY);
    bench_round_trip(b);
    finish(b);
    RESULT(b, 0x04, 0, 0, 3, 1, 8, 2);
    g_assert_false(bench_irq(b, 0));
    for (unsigned n = 0; n < 3; n++) {
        check_sector(bench_ram(b) + MEMORY + n * 512, (3 * 2 + 1) * 18 + 4 + n);
    }
    bench_free(b);
}

/* The whole cylinder at once; the counts that the results have at the end of one (table 5-6). */
static void both_heads_with_multitrack(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    seek(b, 1);
    dma(b, 0x44, 36 * 512);
    COMMAND(b, 0xe6, 0x00, 1, 0, 1, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x00, 0, 0, 2, 0, 1, 2);
    for (unsigned n = 0; n < 36; n++) {
        check_sector(bench_ram(b) + MEMORY + n * 512, 36 + n);
    }
    dma(b, 0x44, 512);
    COMMAND(b, 0xe6, 0x00, 1, 0, 18, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x04, 0, 0, 1, 1, 1, 2);
    dma(b, 0x44, 512);
    COMMAND(b, 0x66, 0x00, 1, 0, 18, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x00, 0, 0, 2, 0, 1, 2);
    dma(b, 0x44, 1024);                                 /* more than there is: end of cylinder */
    COMMAND(b, 0x66, 0x00, 1, 0, 18, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x40, 0x80, 0, 2, 0, 1, 2);
    bench_free(b);
}

static void writes_by_dma(void)
{
    Block *image = floppy(1440);
    Bench *b = make(image);
    uint8_t p[1024];
    start(b);
    memset(bench_ram(b) + MEMORY, 0x3c, 1024);
    dma(b, 0x48, 700);                                  /* the rest of the second is zeros */
    COMMAND(b, 0xc5, 0x00, 0, 0, 2, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x00, 0, 0, 0, 0, 4, 2);
    block_read(image, 512, p, 1024);
    g_assert_cmphex(p[699], ==, 0x3c);
    g_assert_cmphex(p[700] | p[1023], ==, 0);
    block_read(image, 1536, p, 512);
    check_sector(p, 3);
    bench_free(b);
}

static void waits_for_the_channel(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    COMMAND(b, 0x46, 0x00, 0, 0, 1, 2, 18, 0x1b, 0xff);
    bench_step(b, 10 * DELAY);
    g_assert_false(bench_irq(b, 0));
    bench_round_trip(b);
    dma(b, 0x44, 512);
    g_assert_true(bench_irq(b, 0));
    RESULT(b, 0x00, 0, 0, 0, 0, 2, 2);
    check_sector(bench_ram(b) + MEMORY, 0);
    bench_free(b);
}

static void reads_by_pio(void)
{
    Bench *b = make(floppy(1440));
    uint8_t p[512];
    start(b);
    COMMAND(b, 0x03, 0xdf, 0x03);                       /* ND */
    COMMAND(b, 0x46, 0x00, 0, 0, 17, 2, 18, 0x1b, 0xff);
    bench_step(b, DELAY);
    for (unsigned n = 16; n < 18; n++) {
        for (unsigned i = 0; i < 512; i++) {
            g_assert_true(bench_irq(b, 0));
            g_assert_cmphex(rd(b, MSR), ==, READY | TO_HOST | NON_DMA | BUSY);
            p[i] = rd(b, FIFO);
        }
        check_sector(p, n);
    }
    g_assert_true(bench_irq(b, 0));                     /* without TC it ends behind EOT */
    RESULT(b, 0x40, 0x80, 0, 1, 0, 1, 2);
    COMMAND(b, 0x13, 0, 0x07, 0);                       /* FIFO: an interrupt for 8 bytes */
    COMMAND(b, 0x45, 0x00, 0, 0, 18, 2, 18, 0x1b, 0xff);
    bench_step(b, DELAY);
    bench_edges(b, 0);
    for (unsigned i = 0; i < 512; i++) {
        g_assert_cmphex(rd(b, MSR), ==, READY | NON_DMA | BUSY);
        wr(b, FIFO, 0x11);
    }
    g_assert_cmpuint(bench_edges(b, 0), ==, 64);
    RESULT(b, 0x40, 0x80, 0, 1, 0, 1, 2);
    bench_free(b);
}

static void sectors_that_are_not_there(void)
{
    static const struct { uint8_t cmd[9], result[7]; } cases[] = {
        { { 0x46, 0, 0, 0, 19, 2, 18, 27, 255 }, { 0x40, 0x04, 0, 0, 0, 19, 2 } },
        { { 0x46, 0, 0, 0, 0, 2, 18, 27, 255 }, { 0x40, 0x04, 0, 0, 0, 0, 2 } },
        { { 0x46, 0, 0, 1, 1, 2, 18, 27, 255 }, { 0x40, 0x04, 0, 0, 1, 1, 2 } },
        { { 0x46, 0, 0, 0, 1, 3, 18, 27, 255 }, { 0x40, 0x04, 0, 0, 0, 1, 3 } },
        { { 0x46, 0, 5, 0, 1, 2, 18, 27, 255 }, { 0x40, 0x04, 0x10, 5, 0, 1, 2 } },
        { { 0x46, 0, 255, 0, 1, 2, 18, 27, 255 }, { 0x40, 0x04, 0x02, 255, 0, 1, 2 } },
        { { 0x06, 0, 0, 0, 1, 2, 18, 27, 255 }, { 0x40, 0x01, 0, 0, 0, 1, 2 } },     /* FM */
        { { 0x46, 1, 0, 0, 1, 2, 18, 27, 255 }, { 0x41, 0x01, 0, 0, 0, 1, 2 } },     /* no drive */
    };
    Bench *b = make(floppy(1440));
    start(b);
    dma(b, 0x44, 512);
    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        command(b, cases[i].cmd, 9);
        finish(b);
        result(b, cases[i].result, 7);
    }
    seek(b, 81);
    COMMAND(b, 0x4a, 0x00);
    finish(b);
    RESULT(b, 0x40, 0x01, 0, 0, 0, 0, 0);               /* no cylinder 81 on this disk */
    bench_free(b);
}

static void seeks_by_itself(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    COMMAND(b, 0x13, 0, 0x40, 0);
    dma(b, 0x44, 512);
    COMMAND(b, 0x46, 0x00, 7, 0, 1, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x00, 0, 0, 7, 0, 2, 2);
    check_sector(bench_ram(b) + MEMORY, 7 * 36);
    bench_free(b);
}

static void verifies(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    COMMAND(b, 0x56, 0x00, 0, 0, 1, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x00, 0, 0, 1, 0, 1, 2);
    COMMAND(b, 0x56, 0x80, 0, 0, 3, 2, 18, 0x1b, 4);    /* four sectors */
    finish(b);
    RESULT(b, 0x00, 0, 0, 0, 0, 7, 2);
    COMMAND(b, 0x56, 0x00, 0, 0, 1, 2, 19, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x40, 0x04, 0, 0, 0, 19, 2);
    bench_free(b);
}

static void scans(void)
{
    Bench *b = make(floppy(1440));
    uint8_t *p = bench_ram(b) + MEMORY;
    start(b);
    for (unsigned n = 0; n < 6; n++) {                  /* five times what sector 4 (R = 5) holds */
        for (unsigned i = 0; i < 512; i++) {
            p[n * 512 + i] = i == 100 ? 0xff : pattern(4, i);
        }
    }
    dma(b, 0x48, 6 * 512);
    COMMAND(b, 0x51, 0x00, 0, 0, 1, 2, 18, 0x1b, 1);
    finish(b);
    RESULT(b, 0x00, 0, 0x08, 0, 0, 5, 2);
    dma(b, 0x48, 6 * 512);
    COMMAND(b, 0x51, 0x00, 0, 0, 1, 2, 3, 0x1b, 1);
    finish(b);
    RESULT(b, 0x00, 0, 0x04, 1, 0, 1, 2);
    bench_free(b);
}

static void a_track_as_it_comes(void)
{
    Bench *b = make(floppy(1440));
    start(b);
    dma(b, 0x44, 5 * 512);
    COMMAND(b, 0x42, 0x00, 0, 0, 1, 2, 4, 0x1b, 0xff);
    finish(b);
    g_assert_cmphex(rd(b, FIFO), ==, 0x00);
    for (unsigned i = 1; i < 7; i++) {
        rd(b, FIFO);
    }
    for (unsigned n = 0; n < 4; n++) {
        check_sector(bench_ram(b) + MEMORY + n * 512, n);
    }
    g_assert_cmphex(bench_ram(b)[MEMORY + 4 * 512], ==, 0);
    bench_free(b);
}

static void formats(void)
{
    Block *image = floppy(1440);
    Bench *b = make(image);
    uint8_t p[512];
    start(b);
    seek(b, 2);
    for (unsigned i = 0; i < 18; i++) {
        memcpy(bench_ram(b) + MEMORY + 4 * i, (uint8_t[]) { 2, 1, (i * 2) % 18 + i / 9 + 1, 2 }, 4);
    }
    dma(b, 0x48, 18 * 4);
    COMMAND(b, 0x4d, 0x04, 2, 18, 0x54, 0xe5);
    finish(b);
    g_assert_cmphex(rd(b, FIFO), ==, 0x04);
    for (unsigned n = 90 - 1; n < 90 + 19; n++) {       /* cylinder 2, head 1, and what is beside */
        block_read(image, n * 512, p, 512);
        if (n == 89 || n == 108) {
            check_sector(p, n);
        } else {
            g_assert_cmphex(p[0], ==, 0xe5);
            g_assert_cmphex(p[511], ==, 0xe5);
        }
    }
    bench_free(b);
}

/* --- Media ------------------------------------------------------------------------------------ */

/* Every format at its own rate, and at no other. */
static void media_of_all_sizes(void)
{
    static const struct { unsigned kb, rate, spt, heads, cylinders, cmos; } media[] = {
        { 160, 2, 8, 1, 40, 1 }, { 360, 2, 9, 2, 40, 1 }, { 720, 2, 9, 2, 80, 3 },
        { 1200, 0, 15, 2, 80, 2 }, { 1440, 0, 18, 2, 80, 4 }, { 1680, 0, 21, 2, 80, 4 },
        { 2880, 3, 36, 2, 80, 5 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(media); i++) {
        unsigned c = media[i].cylinders - 1, h = media[i].heads - 1, spt = media[i].spt;
        Bench *b = make(floppy(media[i].kb));
        g_assert_cmphex(fdc_cmos_drives(b->dev), ==, media[i].cmos << 4);
        start(b);
        seek(b, c);
        for (unsigned rate = 0; rate < 4; rate++) {
            bool right = rate == media[i].rate || (rate == 1 && media[i].cmos == 1);
            bench_write_at(b, 1, 0, rate, 1);
            dma(b, 0x44, 512);
            COMMAND(b, 0x46, h << 2, c, h, spt, 2, spt, 0x1b, 0xff);
            finish(b);
            g_assert_cmphex(rd(b, FIFO), ==, (right ? 0 : 0x40) | h << 2);
            for (unsigned k = 1; k < 7; k++) {
                rd(b, FIFO);
            }
        }
        check_sector(bench_ram(b) + MEMORY, media[i].kb * 2 - 1);
        bench_free(b);
    }
}

static void read_id_goes_round(void)
{
    Bench *b = make(floppy(720));
    start(b);
    bench_write_at(b, 1, 0, 2, 1);
    for (unsigned i = 0; i < 20; i++) {
        COMMAND(b, 0x4a, 0x04);
        finish(b);
        RESULT(b, 0x04, 0, 0, 0, 1, i % 9 + 1, 2);
    }
    bench_free(b);
}

static void the_change_line(void)
{
    Bench *b = make(floppy(1440));
    BlockSlot *slot = block_slot(drive_a);
    start(b);
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0x80);
    seek(b, 1);
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0);
    block_slot_insert(slot, NULL);
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0x80);
    seek(b, 2);                                         /* does not help while it is empty */
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0x80);
    block_slot_insert(slot, floppy(1440));
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0x80);
    wr(b, DOR, 0x0d);                                   /* drive B does not drive it */
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0);
    wr(b, DOR, 0x1c);
    COMMAND(b, 0x07, 0x00);
    finish(b);
    COMMAND(b, 0x08);
    RESULT(b, 0x20, 0);
    g_assert_cmphex(bench_read_at(b, 1, 0, 1), ==, 0);
    bench_free(b);
}

static void an_empty_drive(void)
{
    Bench *b = make(NULL);
    g_assert_cmphex(fdc_cmos_drives(b->dev), ==, 0x40);
    start(b);
    dma(b, 0x44, 512);
    COMMAND(b, 0x46, 0x00, 0, 0, 1, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x40, 0x01, 0, 0, 0, 1, 2);
    bench_free(b);
}

static void write_protection(void)
{
    g_autofree char *name = NULL;
    close(g_file_open_tmp("fdc-XXXXXX", &name, NULL));
    g_assert_cmpint(truncate(name, 1440 * KiB), ==, 0);
    Bench *b = make(block_open(name, "raw", BLOCK_READ_ONLY, NULL));
    start(b);
    COMMAND(b, 0x04, 0x00);
    RESULT(b, 0x78);
    dma(b, 0x48, 512);
    COMMAND(b, 0x45, 0x00, 0, 0, 1, 2, 18, 0x1b, 0xff);
    finish(b);
    RESULT(b, 0x40, 0x02, 0, 0, 0, 1, 2);
    bench_free(b);
    remove(name);
}

static void random_bytes(void)
{
    static const uint8_t likely[] = { 0x46, 0xe6, 0x45, 0x4d, 0x42, 0x51, 0x56, 0x4c, 0x4a, 0x07, 0x0f,
                                      0x08, 0x03, 0x13, 0x94, 0x8f, 0x59, 0x5d, 0x49 };
    Bench *b = make(floppy(1440));
    start(b);
    for (unsigned i = 0; i < 30000; i++) {
        uint32_t r = g_test_rand_int();
        unsigned msr = rd(b, MSR);
        if (msr & TO_HOST) {
            rd(b, FIFO);
        } else if (msr & READY) {
            wr(b, FIFO, msr & BUSY ? r >> 8 & (r & 1 ? 0x1f : 3) : likely[(r >> 8) % sizeof(likely)]);
        }
        if (r >> 24 == 0) {
            wr(b, (r >> 8) % 6, r >> 16);
            wr(b, DOR, 0x1c);
        } else if (r >> 24 < 4) {
            dma(b, r & 1 ? 0x44 : 0x48, 1 + (r >> 8) % 3000);
        }
        bench_step(b, DELAY / 4);
        if (i % 1000 == 0) {
            bench_round_trip(b);
        }
    }
    bench_free(b);
}

#define TEST(fn) g_test_add_func("/hw/fdc/" #fn, fn)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    drive_a = block_handle(NULL);
    drive_b = block_handle(NULL);
    bench_provide("a", drive_a);
    bench_provide("b", drive_b);
    TEST(resets_and_polls);
    TEST(a_reset_interrupts_without_polling);
    TEST(tells_what_it_is);
    TEST(seeks);
    TEST(two_drives_seek_at_once);
    TEST(reads_by_dma);
    TEST(both_heads_with_multitrack);
    TEST(writes_by_dma);
    TEST(waits_for_the_channel);
    TEST(reads_by_pio);
    TEST(sectors_that_are_not_there);
    TEST(seeks_by_itself);
    TEST(verifies);
    TEST(scans);
    TEST(a_track_as_it_comes);
    TEST(formats);
    TEST(media_of_all_sizes);
    TEST(read_id_goes_round);
    TEST(the_change_line);
    TEST(an_empty_drive);
    TEST(write_protection);
    TEST(random_bytes);
    return g_test_run();
}
