/* SPDX-License-Identifier: MIT */
/*
 * LSI53C895A behind the Versatile's PCI bridge, with a disk: SCRIPTS written by hand, as a driver
 * would have them in memory (technical manual, chapter 5).
 */
#include "hw/pci/pci.h"
#include "io/block/block.h"
#include "tests/hw/bench.h"

enum { SELF = 1, CONFIG = 2, BRIDGE = 11 << 11, CARD = 12 << 11 };      /* windows; places there */
enum { SCRIPT = 0x1000, CDB = 0x2000, MESSAGE = 0x2100, STATUS = 0x2200, DATA = 0x3000 };
enum { SCNTL2 = 0x02, DSTAT = 0x0c, ISTAT0 = 0x14, DBC = 0x24, DSP = 0x2c, DSPS = 0x30, DIEN = 0x39,
       SIEN0 = 0x40, SIST0 = 0x42, SIST1 = 0x43 };
enum { SIP = 0x02, DIP = 0x01, SIR = 0x04, MA = 0x80, STO = 0x04 };

static Block *disk;

static void config(Bench *b, unsigned window, uint64_t off, uint32_t value)
{
    memory_region_mmio_write(device_region(b->devices->pdata[0], window), off, value, 4,
                             ENDIAN_LITTLE, NULL);
}

/* Bridge, adapter and disk 0; both masters and registers on. */
static Bench *make(void)
{
    Bench *b = bench_empty();
    bench_add(b, "pci", "versatile-pci");
    bench_finish(b, "lsi53c895a", "bus=pci");
    bench_add(b, "disk", "scsi-disk", "bus=dut", "drive=image");
    config(b, SELF, BRIDGE + PCI_BAR0, 0);
    config(b, SELF, BRIDGE + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    return b;
}

static void run(Bench *b, const uint32_t *script, unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        st_le32(bench_ram(b) + SCRIPT + 4 * i, script[i]);
    }
    bench_write(b, DSP, SCRIPT);
}

static unsigned rd8(Bench *b, unsigned reg)
{
    return bench_read_at(b, 0, reg, 1);
}

static void wr8(Bench *b, unsigned reg, unsigned value)
{
    bench_write_at(b, 0, reg, value, 1);
}

/* Slot 12, pin A: output 2 of the bridge. */
static bool interrupt(Bench *b)
{
    return device_irq(b->devices->pdata[0], 2)->level;
}

static void masked_fatal_interrupt_shows_in_istat(void)
{
    Bench *b = make();
    static const uint32_t script[] = { 0x98080000, 0x63 };
    run(b, script, 2);
    g_assert_cmphex(rd8(b, ISTAT0) & 3, ==, DIP);
    g_assert_cmphex(bench_read(b, DSPS), ==, 0x63);
    g_assert_false(interrupt(b));
    wr8(b, DIEN, SIR);
    g_assert_true(interrupt(b));
    g_assert_cmphex(rd8(b, DSTAT) & SIR, ==, SIR);
    g_assert_cmphex(rd8(b, ISTAT0) & 3, ==, 0);
    g_assert_false(interrupt(b));
    bench_free(b);
}

static void selection_of_nobody_times_out(void)
{
    Bench *b = make();
    static const uint32_t script[] = { 0x41030000, SCRIPT, 0x0e000001, MESSAGE };
    run(b, script, 4);
    g_assert_cmphex(rd8(b, ISTAT0) & 3, ==, SIP);
    g_assert_cmphex(rd8(b, SIST0), ==, 0);
    g_assert_cmphex(rd8(b, SIST1), ==, STO);
    bench_free(b);
}

static const uint32_t finish_script[] = {
    0x0b000001, STATUS,             /* MOVE 1, WHEN STATUS */
    0x0f000001, MESSAGE + 4,        /* MOVE 1, WHEN MSG_IN */
    0x60000040, 0,                  /* CLEAR ACK */
    0x48000000, 0,                  /* WAIT DISCONNECT */
    0x98080000, 0x77,               /* INT */
};

/* READ(10) of block 5 at 0x3000; stops where the phases are not those of success. */
static void read_block(Bench *b)
{
    static const uint8_t cdb[10] = { 0x28, 0, 0, 0, 0, 5, 0, 0, 1, 0 };
    uint32_t script[8 + ARRAY_SIZE(finish_script)] = {
        0x41000000, SCRIPT,         /* SELECT ATN 0 */
        0x0e000001, MESSAGE,        /* MOVE 1, WHEN MSG_OUT */
        0x0a00000a, CDB,            /* MOVE 10, WHEN COMMAND */
        0x09000200, DATA,           /* MOVE 512, WHEN DATA_IN */
    };
    memcpy(script + 8, finish_script, sizeof(finish_script));
    memcpy(bench_ram(b) + CDB, cdb, sizeof(cdb));
    bench_ram(b)[MESSAGE] = 0x80;   /* IDENTIFY */
    bench_ram(b)[STATUS] = 0xff;
    run(b, script, ARRAY_SIZE(script));
}

static void reads_a_block_after_unit_attention(void)
{
    Bench *b = make();
    read_block(b);                  /* CHECK CONDITION comes instead of the data */
    g_assert_cmphex(rd8(b, ISTAT0) & 3, ==, SIP);
    g_assert_cmphex(rd8(b, SIST0), ==, MA);
    g_assert_cmphex(bench_read(b, DBC) & 0xffffff, ==, 512);
    run(b, finish_script, ARRAY_SIZE(finish_script));
    g_assert_cmphex(bench_ram(b)[STATUS], ==, 0x02);
    g_assert_cmphex(rd8(b, DSTAT) & SIR, ==, SIR);
    read_block(b);
    g_assert_cmphex(rd8(b, ISTAT0) & 3, ==, DIP);
    g_assert_cmphex(bench_read(b, DSPS), ==, 0x77);
    g_assert_cmphex(bench_ram(b)[STATUS], ==, 0);
    uint8_t want[512];
    block_read(disk, 5 * 512, want, 512);
    g_assert_cmpmem(bench_ram(b) + DATA, 512, want, 512);
    bench_round_trip(b);
    bench_free(b);
}

static void no_master_no_script(void)
{
    Bench *b = make();
    static const uint32_t script[] = { 0x98080000, 0x63 };
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_MEMORY);
    run(b, script, 2);
    g_assert_cmphex(rd8(b, DSTAT) & 0x7f, ==, 0x20);        /* bus fault */
    bench_free(b);
}

/* A word that is likely to mean something: an instruction, an address in memory, in the adapter's own
 * registers or RAM, or anything. */
static uint32_t likely_word(void)
{
    uint32_t r = g_test_rand_int();
    switch (r & 7) {
    case 0:
        return r >> 8;
    case 1:
        return 0x50002000 + (r >> 8 & 0xff);
    case 2:
        return 0x50000000 + (r >> 8 & 0x1fff);
    case 3:
    case 4:
        return SCRIPT + (r >> 8 & 0x1ffc);
    case 5:
        return (r & 0xff000000) | (r >> 8 & 0x1ff);
    case 6:
        return finish_script[(r >> 8) % ARRAY_SIZE(finish_script)];
    default:
        return r >> 30 << 30 | g_test_rand_int() >> 2;
    }
}

/* Whatever a guest's SCRIPTS do, the adapter comes back and keeps a state that can be saved. */
static void random_scripts(void)
{
    Bench *b = make();
    config(b, CONFIG, CARD + PCI_BAR0 + 4, 0x50002000);
    config(b, CONFIG, CARD + PCI_BAR0 + 8, 0x50000000);
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    for (unsigned i = 0; i < 2000; i++) {
        for (unsigned at = 0; at < 0x400; at += 4) {
            st_le32(bench_ram(b) + SCRIPT + at, likely_word());
        }
        st_le32(bench_ram(b) + SCRIPT, 0x41000000);         /* somebody is on the bus */
        bench_write(b, DSP, SCRIPT);
        bench_write_at(b, 0, g_test_rand_int_range(0, 0x100), g_test_rand_int(), 1);
        bench_step(b, 1000000);
        if (i % 50 == 0) {
            bench_round_trip(b);
            bench_write_at(b, 0, ISTAT0, 0x40, 1);
            bench_write_at(b, 0, ISTAT0, 0, 1);
        }
    }
    bench_free(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    uint8_t block[512];
    disk = block_memory(64 * KiB);
    for (unsigned i = 0; i < sizeof(block); i++) {
        block[i] = i * 7;
    }
    block_write(disk, 5 * 512, block, sizeof(block));
    bench_provide("image", disk);
    g_test_add_func("/hw/lsi53c895a/masked_fatal_interrupt_shows_in_istat",
                    masked_fatal_interrupt_shows_in_istat);
    g_test_add_func("/hw/lsi53c895a/selection_of_nobody_times_out", selection_of_nobody_times_out);
    g_test_add_func("/hw/lsi53c895a/reads_a_block_after_unit_attention",
                    reads_a_block_after_unit_attention);
    g_test_add_func("/hw/lsi53c895a/no_master_no_script", no_master_no_script);
    g_test_add_func("/hw/lsi53c895a/random_scripts", random_scripts);
    return g_test_run();
}
