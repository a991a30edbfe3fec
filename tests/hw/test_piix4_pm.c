/* SPDX-License-Identifier: MIT */
/* ACPI hardware as an operating system uses it: timer, events, power button, soft off, APM. */
#include "hw/pci/pci.h"
#include "system/machine.h"
#include "tests/hw/bench.h"

enum { SCI, SMI };
enum { APM, PM, SMB };

static Device *host;
static int power_offs;

static void note_request(SystemRequest request, int code)
{
    power_offs += request == SYSTEM_POWEROFF;
}

static void config(unsigned reg, uint32_t value, unsigned size)
{
    MemoryRegion *mr = device_region(host, 0);
    memory_region_mmio_write(mr, 0, 0x80000b00 | (reg & 0xfc), 4, ENDIAN_LITTLE, NULL);
    memory_region_mmio_write(mr, 4 + (reg & 3), value, size, ENDIAN_LITTLE, NULL);
}

static Bench *make(void)
{
    Bench *b = bench_empty();
    host = bench_add(b, "host", "i440fx");
    bench_finish(b, "piix4-pm", "bus=host", "slot=1", "function=3");
    return b;
}


static void windows_are_where_the_configuration_says(void)
{
    Bench *b = make();
    AddressSpace io;
    address_space_init(&io, "io", device_region(host, 1)->target);
    config(0x40, 0x601, 4);
    g_assert_cmphex(address_space_ld(&io, 0x604, 2, ENDIAN_LITTLE, NULL), ==, 0xffff);
    config(0x80, 1, 1);
    g_assert_cmphex(address_space_ld(&io, 0x604, 2, ENDIAN_LITTLE, NULL), ==, 0);
    config(0x90, 0x701, 4);
    config(PCI_COMMAND, 1, 2);
    g_assert_cmphex(address_space_ld(&io, 0x700, 1, ENDIAN_LITTLE, NULL), ==, 0xff);
    config(0xd2, 1, 1);
    g_assert_cmphex(address_space_ld(&io, 0x700, 1, ENDIAN_LITTLE, NULL), ==, 0);
    config(0x41, 0x0b, 1);
    g_assert_cmphex(address_space_ld(&io, 0x604, 2, ENDIAN_LITTLE, NULL), ==, 0xffff);
    g_assert_cmphex(address_space_ld(&io, 0xb04, 2, ENDIAN_LITTLE, NULL), ==, 0);
    address_space_free(&io);
    bench_free(b);
}

static void timer_counts_and_overflows(void)
{
    Bench *b = make();
    bench_step(b, NS_PER_SEC);
    uint32_t t = bench_read_at(b, PM, 8, 4);
    g_assert_cmpuint(t, ==, 3579545);
    bench_write_at(b, PM, 4, 1, 2);                     /* SCI_EN */
    bench_write_at(b, PM, 2, 1, 2);                     /* TMROF_EN */
    g_assert_cmphex(bench_read_at(b, PM, 0, 2) & 1, ==, 0);
    bench_step(b, 1343 * NS_PER_MS);                    /* bit 23 changes after 2.3435 s */
    g_assert_false(bench_irq(b, SCI));
    bench_step(b, NS_PER_MS);
    g_assert_true(bench_irq(b, SCI));
    bench_round_trip(b);
    bench_write_at(b, PM, 0, 1, 2);
    g_assert_false(bench_irq(b, SCI));
    bench_step(b, 2342 * NS_PER_MS);                    /* and back */
    g_assert_false(bench_irq(b, SCI));
    bench_step(b, 2 * NS_PER_MS);
    g_assert_true(bench_irq(b, SCI));
    bench_write_at(b, PM, 2, 0, 2);
    g_assert_false(bench_irq(b, SCI));
    bench_write_at(b, PM, 0, 1, 2);
    bench_step(b, 3 * NS_PER_SEC);
    g_assert_cmphex(bench_read_at(b, PM, 0, 2) & 1, ==, 1);     /* the status does not need EN */
    bench_free(b);
}

static void power_button(void)
{
    Bench *b = make();
    bench_write_at(b, PM, 2, 0x100, 2);
    bench_input(b, "power-button", 1);
    bench_input(b, "power-button", 0);
    g_assert_false(bench_irq(b, SCI));                  /* the OS does not own it yet */
    bench_write_at(b, APM, 0, 0xf1, 1);
    g_assert_cmphex(bench_read_at(b, PM, 4, 2), ==, 1);
    g_assert_true(bench_irq(b, SCI));
    g_assert_cmphex(bench_read_at(b, PM, 0, 2), ==, 0x100);
    bench_write_at(b, PM, 0, 0x100, 2);
    g_assert_false(bench_irq(b, SCI));
    bench_write_at(b, APM, 0, 0xf0, 1);
    g_assert_cmphex(bench_read_at(b, PM, 4, 2), ==, 0);
    bench_free(b);
}

static void soft_off(void)
{
    Bench *b = make();
    system_set_request_handler(note_request);
    power_offs = 0;
    bench_write_at(b, PM, 4, 0x0001, 2);
    bench_write_at(b, PM, 4, 0x1401 | 0x2000, 2);       /* type 5 is "working": nothing happens */
    g_assert_cmpint(power_offs, ==, 0);
    bench_write_at(b, PM, 4, 0x2001, 2);
    g_assert_cmpint(power_offs, ==, 1);
    g_assert_cmphex(bench_read_at(b, PM, 4, 2), ==, 1);
    system_set_request_handler(NULL);
    bench_free(b);
}

static void general_purpose_events(void)
{
    Bench *b = make();
    bench_write_at(b, PM, 4, 1, 2);
    bench_input(b, "gpe[3]", 1);
    bench_input(b, "gpe[3]", 0);
    g_assert_false(bench_irq(b, SCI));
    bench_write_at(b, PM, 0x0e, 8, 2);
    g_assert_true(bench_irq(b, SCI));
    g_assert_cmphex(bench_read_at(b, PM, 0x0c, 4), ==, 0x00080008);
    bench_write_at(b, PM, 0x0c, 8, 2);
    g_assert_false(bench_irq(b, SCI));
    bench_free(b);
}

static void apm_raises_smi_when_allowed(void)
{
    Bench *b = make();
    bench_write_at(b, APM, 1, 0x5a, 1);
    bench_write_at(b, APM, 0, 0x12, 1);
    g_assert_cmpuint(bench_edges(b, SMI), ==, 0);
    config(0x58, 1 << 25, 4);
    bench_write_at(b, APM, 0, 0x12, 1);
    g_assert_cmpuint(bench_edges(b, SMI), ==, 0);
    bench_write_at(b, PM, 0x28, 1, 4);
    bench_write_at(b, APM, 0, 0x12, 1);
    g_assert_cmpuint(bench_edges(b, SMI), ==, 1);
    g_assert_cmphex(bench_read_at(b, PM, 0x18, 2), ==, 0x20);
    g_assert_cmphex(bench_read_at(b, APM, 0, 2), ==, 0x5a12);
    bench_free(b);
}

static void nobody_on_the_smbus(void)
{
    Bench *b = make();
    bench_write_at(b, SMB, 4, 0xa1, 1);
    bench_write_at(b, SMB, 2, 0x48, 1);
    g_assert_cmphex(bench_read_at(b, SMB, 0, 1), ==, 0x04);
    bench_write_at(b, SMB, 0, 0x04, 1);
    g_assert_cmphex(bench_read_at(b, SMB, 0, 1), ==, 0x00);
    bench_free(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    g_test_add_func("/hw/piix4-pm/windows", windows_are_where_the_configuration_says);
    g_test_add_func("/hw/piix4-pm/timer_counts_and_overflows", timer_counts_and_overflows);
    g_test_add_func("/hw/piix4-pm/power_button", power_button);
    g_test_add_func("/hw/piix4-pm/soft_off", soft_off);
    g_test_add_func("/hw/piix4-pm/general_purpose_events", general_purpose_events);
    g_test_add_func("/hw/piix4-pm/apm_raises_smi_when_allowed", apm_raises_smi_when_allowed);
    g_test_add_func("/hw/piix4-pm/nobody_on_the_smbus", nobody_on_the_smbus);
    return g_test_run();
}
