/* SPDX-License-Identifier: MIT */
/* The host bridge as a BIOS uses it: configuration cycles, shadow RAM, SMRAM, reset. */
#include "hw/pci/pci.h"
#include "system/machine.h"
#include "tests/hw/bench.h"

static MemoryRegion ram, rom;
static int resets;

static void note_request(SystemRequest request, int code)
{
    resets += request == SYSTEM_RESET;
}

static Bench *make(void)
{
    g_assert_true(memory_ram_init(&ram, "pc-ram", 16 * MiB, NULL));
    g_assert_true(memory_rom_init(&rom, "bios", 128 * KiB, NULL));
    for (unsigned i = 0; i < 128 * KiB; i++) {
        rom.ram->host[i] = 0xb0 + (i >> 14);
    }
    bench_provide("ram", &ram);
    bench_provide("bios", &rom);
    Bench *b = bench_empty();
    memory_add(&b->root, 0, &ram, 0);           /* the newer of equals hides the bench's own */
    memory_add(&b->root, 0xe0000, &rom, 2);
    return bench_finish(b, "i440fx", "ram=ram", "rom=bios");
}

static void end(Bench *b)
{
    memory_remove(&rom);
    memory_remove(&ram);
    bench_free(b);
    memory_region_free(&rom);
    memory_region_free(&ram);
}

static uint32_t config_read(Bench *b, unsigned devfn, unsigned reg, unsigned size)
{
    bench_write_at(b, 0, 0, 0x80000000 | devfn << 8 | (reg & 0xfc), 4);
    return bench_read_at(b, 0, 4 + (reg & 3), size);
}

static void config_write(Bench *b, unsigned devfn, unsigned reg, uint32_t value, unsigned size)
{
    bench_write_at(b, 0, 0, 0x80000000 | devfn << 8 | (reg & 0xfc), 4);
    bench_write_at(b, 0, 4 + (reg & 3), value, size);
}

static uint8_t at(Bench *b, GPa gpa)
{
    return address_space_ld(&b->as, gpa, 1, ENDIAN_LITTLE, NULL);
}

static void put(Bench *b, GPa gpa, uint8_t v)
{
    address_space_st(&b->as, gpa, v, 1, ENDIAN_LITTLE, NULL);
}

static void configuration_mechanism_1(void)
{
    Bench *b = make();
    g_assert_cmphex(config_read(b, 0, 0, 4), ==, 0x12378086);
    g_assert_cmphex(config_read(b, 0, 2, 2), ==, 0x1237);
    g_assert_cmphex(config_read(b, 0, 0x0b, 1), ==, 0x06);
    g_assert_cmphex(bench_read_at(b, 0, 0, 4), ==, 0x80000008);
    g_assert_cmphex(config_read(b, 5 << 3, 0, 4), ==, 0xffffffff);  /* nobody there */
    bench_write_at(b, 0, 0, 0x80010000, 4);                         /* bus 1 */
    g_assert_cmphex(bench_read_at(b, 0, 4, 4), ==, 0xffffffff);
    bench_write_at(b, 0, 0, 0x00000000, 4);                         /* not enabled */
    g_assert_cmphex(bench_read_at(b, 0, 4, 4), ==, 0xffffffff);
    bench_write_at(b, 0, 0, 0x80000000, 4);
    bench_write_at(b, 0, 0, 0x12, 1);                   /* a byte is another port */
    g_assert_cmphex(bench_read_at(b, 0, 4, 2), ==, 0x8086);
    config_write(b, 0, PCI_COMMAND, 0, 2);
    g_assert_cmphex(config_read(b, 0, PCI_COMMAND, 2), ==, 6);      /* fixed */
    end(b);
}

static void reset_control(void)
{
    Bench *b = make();
    system_set_request_handler(note_request);
    resets = 0;
    bench_write_at(b, 0, 1, 0x02, 1);
    g_assert_cmpint(resets, ==, 0);
    bench_write_at(b, 0, 1, 0x06, 1);
    g_assert_cmpint(resets, ==, 1);
    g_assert_cmphex(bench_read_at(b, 0, 1, 1), ==, 0x02);
    system_set_request_handler(NULL);
    end(b);
}

static void pam_segments(void)
{
    static const struct { unsigned reg, shift; GPa start, size; } segments[] = {
        { 0x59, 4, 0xf0000, 0x10000 },
        { 0x5a, 0, 0xc0000, 0x4000 }, { 0x5a, 4, 0xc4000, 0x4000 }, { 0x5b, 0, 0xc8000, 0x4000 },
        { 0x5b, 4, 0xcc000, 0x4000 }, { 0x5c, 0, 0xd0000, 0x4000 }, { 0x5c, 4, 0xd4000, 0x4000 },
        { 0x5d, 0, 0xd8000, 0x4000 }, { 0x5d, 4, 0xdc000, 0x4000 }, { 0x5e, 0, 0xe0000, 0x4000 },
        { 0x5e, 4, 0xe4000, 0x4000 }, { 0x5f, 0, 0xe8000, 0x4000 }, { 0x5f, 4, 0xec000, 0x4000 },
    };
    Bench *b = make();
    for (unsigned i = 0; i < ARRAY_SIZE(segments); i++) {
        GPa first = segments[i].start, last = first + segments[i].size - 1;
        uint8_t rom_byte = first < 0xe0000 ? 0xff : at(b, last);
        unsigned reg = segments[i].reg, shift = segments[i].shift;
        g_assert_cmphex(rom_byte, !=, 0x11);
        put(b, last, 0x11);                             /* nothing takes it */
        g_assert_cmphex(at(b, last), ==, rom_byte);
        config_write(b, 0, reg, 2 << shift, 1);         /* writes only */
        put(b, last, 0x22);
        g_assert_cmphex(at(b, last), ==, rom_byte);
        g_assert_cmphex(ram.ram->host[last], ==, 0x22);
        config_write(b, 0, reg, 1 << shift, 1);         /* reads only */
        put(b, last, 0x33);
        g_assert_cmphex(at(b, last), ==, 0x22);
        config_write(b, 0, reg, 3 << shift, 1);
        put(b, first, 0x44);
        put(b, last, 0x55);
        g_assert_cmphex(at(b, first), ==, 0x44);
        g_assert_cmphex(at(b, last), ==, 0x55);
        config_write(b, 0, reg, 0, 1);
        g_assert_cmphex(at(b, last), ==, rom_byte);
        g_assert_cmphex(ram.ram->host[last], ==, 0x55);
    }
    end(b);
}

static void smram_by_register_and_by_line(void)
{
    Bench *b = make();
    ram.ram->host[0xa1234] = 0x77;
    g_assert_cmphex(at(b, 0xa1234), ==, 0xff);
    bench_input(b, "smiact[0]", 1);
    g_assert_cmphex(at(b, 0xa1234), ==, 0xff);          /* not enabled */
    config_write(b, 0, 0x72, 0x08, 1);
    g_assert_cmphex(at(b, 0xa1234), ==, 0x77);
    bench_input(b, "smiact[1]", 1);
    bench_input(b, "smiact[0]", 0);
    g_assert_cmphex(at(b, 0xa1234), ==, 0x77);          /* another processor is still in */
    bench_input(b, "smiact[1]", 0);
    g_assert_cmphex(at(b, 0xa1234), ==, 0xff);
    config_write(b, 0, 0x72, 0x48, 1);                  /* D_OPEN */
    g_assert_cmphex(at(b, 0xa1234), ==, 0x77);
    config_write(b, 0, 0x72, 0x58, 1);                  /* D_LCK closes it, and for good */
    g_assert_cmphex(at(b, 0xa1234), ==, 0xff);
    config_write(b, 0, 0x72, 0x48, 1);
    g_assert_cmphex(config_read(b, 0, 0x72, 1), ==, 0x1a);
    bench_round_trip(b);
    config_write(b, 0, 0x72, 0x48, 1);
    g_assert_cmphex(config_read(b, 0, 0x72, 1), ==, 0x1a);
    bench_reset(b);
    g_assert_cmphex(config_read(b, 0, 0x72, 1), ==, 0x02);
    end(b);
}

static void hole_in_ram(void)
{
    Bench *b = make();
    put(b, 15 * MiB + 5, 0x12);
    config_write(b, 0, 0x68, 0x80, 1);
    g_assert_cmphex(at(b, 15 * MiB + 5), ==, 0xff);
    config_write(b, 0, 0x68, 0x40, 1);
    g_assert_cmphex(at(b, 15 * MiB + 5), ==, 0x12);
    g_assert_cmphex(at(b, 512 * KiB), ==, 0xff);
    g_assert_cmphex(at(b, 640 * KiB - 1), ==, 0xff);
    g_assert_cmphex(at(b, 512 * KiB - 1), !=, 0xff);
    end(b);
}

static void without_memory(Bench *b)
{
    config_write(b, 0, 0x59, 0x30, 1);
    g_assert_cmphex(config_read(b, 0, 0x59, 1), ==, 0x30);
    bench_round_trip(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    g_test_add_func("/hw/i440fx/configuration_mechanism_1", configuration_mechanism_1);
    g_test_add_func("/hw/i440fx/reset_control", reset_control);
    g_test_add_func("/hw/i440fx/pam_segments", pam_segments);
    g_test_add_func("/hw/i440fx/smram_by_register_and_by_line", smram_by_register_and_by_line);
    g_test_add_func("/hw/i440fx/hole_in_ram", hole_in_ram);
    BENCH_TEST(without_memory, "i440fx");
    return g_test_run();
}
