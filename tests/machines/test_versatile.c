/* SPDX-License-Identifier: MIT */
/*
 * The Versatile boards: wires end where ARM DUI 0225D says, addresses are the ones guests know, and
 * every PrimeCell tells its part number.
 */
#include <glib/gstdio.h>
#include <unistd.h>
#include "system/clock.h"
#include "system/lock.h"
#include "tests/machines/fake_cpu.h"

#define DEVICE(name) extern const DeviceClass name;
#include "hw/devices.def"
#undef DEVICE
static const DeviceClass *const classes[] = {
#define DEVICE(name) &name,
#include "hw/devices.def"
#undef DEVICE
};

extern const MachineClass versatilepb, versatileab;

static Machine *build(const MachineClass *class)
{
    static MachineConfig config;
    GError *err = NULL;
    char *path = NULL;
    int fd = g_file_open_tmp("emu-test-XXXXXX", &path, NULL);
    g_assert(fd >= 0 && write(fd, "\376\377\377\352", 4) == 4);
    close(fd);
    clock_init();
    clock_use_steps();
    config = (MachineConfig){ .kernel = path };
    Machine *m = machine_build(class, &config, &err);
    g_assert_no_error(err);
    machine_reset(m);
    g_unlink(path);
    g_free(path);
    return m;
}

static uint32_t rd(Machine *m, GPa at)
{
    return address_space_ld(&m->as, at, 4, ENDIAN_LITTLE, NULL);
}

static void wr(Machine *m, GPa at, uint32_t v)
{
    address_space_st(&m->as, at, v, 4, ENDIAN_LITTLE, NULL);
}

static void part_numbers(const void *class)
{
    static const struct {
        GPa      at;
        unsigned part;
        bool     pb_only;
    } cells[] = {
        { 0x10005000, 0x181 }, { 0x10006000, 0x050 }, { 0x10007000, 0x050 },
        { 0x10009000, 0x011, true }, { 0x1000b000, 0x181, true },
        { 0x10120000, 0x110 }, { 0x10130000, 0x080 }, { 0x10140000, 0x190 },
        { 0x101e1000, 0x805 }, { 0x101e2000, 0x804 }, { 0x101e3000, 0x804 },
        { 0x101e4000, 0x061 }, { 0x101e5000, 0x061 }, { 0x101e6000, 0x061, true },
        { 0x101e7000, 0x061, true }, { 0x101e8000, 0x031 }, { 0x101f1000, 0x011 },
        { 0x101f2000, 0x011 }, { 0x101f3000, 0x011 },
    };
    Machine *m = build(class);
    for (unsigned i = 0; i < ARRAY_SIZE(cells); i++) {
        unsigned part = rd(m, cells[i].at + 0xfe0) | (rd(m, cells[i].at + 0xfe4) & 15) << 8;
        bool there = !cells[i].pb_only || class == &versatilepb;
        g_assert_cmphex(part, ==, there ? cells[i].part : 0);
    }
    machine_free(m);
}

/* Raises a line of a part and looks at the VIC's raw status. */
static void expect_vic(Machine *m, const char *part, const char *line, uint32_t raw)
{
    IrqLine *irq = device_irq_named(machine_device(m, part), line);
    irq_raise(irq);
    g_assert_cmphex(rd(m, 0x10140008), ==, raw);
    irq_lower(irq);
    g_assert_cmphex(rd(m, 0x10140008), ==, 0);
}

static void interrupts(const void *class)
{
    Machine *m = build(class);
    expect_vic(m, "wdog", "irq", 1 << 0);
    expect_vic(m, "timer0", "irq", 1 << 4);
    expect_vic(m, "timer1", "irq", 1 << 5);
    expect_vic(m, "rtc", "irq", 1 << 10);
    expect_vic(m, "uart0", "irq", 1 << 12);
    expect_vic(m, "clcd", "irq", 1 << 16);
    expect_vic(m, "dma", "irq", 1 << 17);
    wr(m, 0x10003008, 0xffffffff);      /* all of the SIC together */
    expect_vic(m, "kmi0", "irq", 1u << 31);
    expect_vic(m, "eth", "irq", 1u << 31);
    wr(m, 0x1000300c, 0xffffffff);
    wr(m, 0x10003020, 0xffd00000);      /* passed straight through, as Linux has it */
    expect_vic(m, "eth", "irq", 1 << 25);
    expect_vic(m, "mmc0", "irq[0]", 1 << 22);
    expect_vic(m, "kmi0", "irq", 0);
    machine_free(m);
}

static void memory_map(const void *class)
{
    Machine *m = build(class);
    wr(m, 0x07fffffc, 0x12345678);
    g_assert_cmphex(rd(m, 0x07fffffc), ==, 0x12345678);
    g_assert_cmphex(rd(m, 0x10000000) >> 24, ==, 0x41);
    g_assert_cmphex(rd(m, 0x101f0000), ==, 0);              /* a smart card interface: absent */
    wr(m, 0x34000000, 0x00980098);
    g_assert_cmphex(rd(m, 0x34000040), ==, 0x00510051);
    wr(m, 0x34000000, 0x00ff00ff);
    wr(m, 0x1001000c, 3 << 16);
    g_assert_cmphex(rd(m, 0x10010008) >> 16, ==, 0x3391);   /* LAN91C111, bank 3 */
    machine_free(m);
}

/* Each device of the board saved, reset and loaded is the same again. */
static void snapshot(const void *class)
{
    Machine *m = build(class);
    for (unsigned i = 0; i < m->devices->len; i++) {
        Device *dev = g_ptr_array_index(m->devices, i);
        g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
        GError *err = NULL;
        device_save(dev, before);
        const uint8_t *p = before->data;
        size_t len = before->len;
        device_load(dev, &p, &len, &err);
        g_assert_no_error(err);
        device_save(dev, after);
        g_assert_cmpmem(before->data, before->len, after->data, after->len);
    }
    machine_free(m);
}

static void add(const char *name, void (*fn)(const void *class))
{
    g_autofree char *pb = g_strdup_printf("/machines/versatilepb/%s", name);
    g_autofree char *ab = g_strdup_printf("/machines/versatileab/%s", name);
    g_test_add_data_func(pb, &versatilepb, fn);
    g_test_add_data_func(ab, &versatileab, fn);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    device_registry_set(classes, ARRAY_SIZE(classes));
    machine_set_hooks(&fake_hooks);
    machine_lock();
    add("part_numbers", part_numbers);
    add("interrupts", interrupts);
    add("memory_map", memory_map);
    add("snapshot", snapshot);
    return g_test_run();
}
