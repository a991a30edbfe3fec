/* SPDX-License-Identifier: MIT */
/* The ISA bridge: what a PCI interrupt becomes. */
#include "hw/pci/pci.h"
#include "tests/hw/bench.h"

static Device *host;

static Bench *make(void)
{
    Bench *b = bench_empty();
    host = bench_add(b, "host", "i440fx");
    bench_finish(b, "piix3", "bus=host", "slot=1");
    for (unsigned i = 0; i < 4; i++) {
        IrqSink sink;
        g_autofree char *name = g_strdup_printf("pirq[%u]", i);
        g_assert_true(device_input_named(b->dev, name, &sink));
        irq_connect(device_irq(host, i), sink);
    }
    return b;
}

static void config(unsigned reg, uint32_t value, unsigned size)
{
    MemoryRegion *mr = device_region(host, 0);
    memory_region_mmio_write(mr, 0, 0x80000800 | (reg & 0xfc), 4, ENDIAN_LITTLE, NULL);
    memory_region_mmio_write(mr, 4 + (reg & 3), value, size, ENDIAN_LITTLE, NULL);
}

static void routes_pirqs(void)
{
    Bench *b = make();
    bench_input(b, "pirq[0]", 1);
    for (unsigned n = 0; n < 16; n++) {
        g_assert_false(bench_irq(b, n));        /* nothing is routed after reset */
    }
    config(0x60, 0x0b0a, 2);
    g_assert_true(bench_irq(b, 10));
    bench_input(b, "pirq[1]", 1);
    g_assert_true(bench_irq(b, 11));
    config(0x61, 0x0a, 1);                      /* two share one */
    g_assert_false(bench_irq(b, 11));
    bench_input(b, "pirq[0]", 0);
    g_assert_true(bench_irq(b, 10));
    bench_input(b, "pirq[1]", 0);
    g_assert_false(bench_irq(b, 10));
    config(0x62, 0x08, 1);                      /* reserved */
    bench_input(b, "pirq[2]", 1);
    g_assert_false(bench_irq(b, 8));
    bench_round_trip(b);
    bench_free(b);
}

static void slots_rotate(void)
{
    Bench *b = make();
    Device *pm = device_new("piix4-pm", "pm", NULL);
    g_assert_true(device_set(pm, "slot=3", NULL));
    g_assert_true(device_set_pointer(pm, "bus", host, NULL));
    g_assert_true(device_realize(pm, NULL));
    config(0x60, 0x0b0a0905, 4);                /* A: 5, B: 9, C: 10, D: 11 */
    PciFunction *p = (PciFunction *)((uint8_t *)b->dev + b->dev->class->state[0].offset -
                                     offsetof(PciFunction, config));
    PciFunction *other = p->bus->functions[3 << 3];
    g_assert_true(other && other->dev == pm);
    pci_set_intx(other, true);                  /* INTA of slot 3 is PIRQC */
    g_assert_true(bench_irq(b, 10));
    g_assert_false(bench_irq(b, 5));
    pci_set_intx(other, false);
    g_assert_false(bench_irq(b, 10));
    device_free(pm);
    bench_free(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    g_test_add_func("/hw/piix3/routes_pirqs", routes_pirqs);
    g_test_add_func("/hw/piix3/slots_rotate", slots_rotate);
    return g_test_run();
}
