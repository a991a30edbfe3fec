/* SPDX-License-Identifier: MIT */
/*
 * The I/O APIC on the bench, with local APICs behind it: Intel 82093AA data sheet (290566).
 */
#include "hw/intc/apic.h"
#include "system/bus_master.h"
#include "tests/hw/bench.h"

enum { MASKED = 1 << 16, BY_LEVEL = 1 << 15, REMOTE_IRR = 1 << 14, LOGICAL = 1 << 11,
       LOWEST = 1 << 8, NMI = 4 << 8 };

static Device *cpus;                            /* their APICs; their window is number 8 */

static uint32_t get(Bench *b, unsigned reg)
{
    bench_write(b, 0x00, reg);
    return bench_read(b, 0x10);
}

static void set(Bench *b, unsigned reg, uint32_t v)
{
    bench_write(b, 0x00, reg);
    bench_write(b, 0x10, v);
}

static void set_entry(Bench *b, unsigned n, unsigned destination, uint32_t v)
{
    set(b, 0x11 + 2 * n, destination << 24);
    set(b, 0x10 + 2 * n, v);
}

static void input(Bench *b, unsigned n, int level)
{
    g_autofree char *name = g_strdup_printf("%u", n);
    bench_input(b, name, level);
}

static void apic_write(Bench *b, unsigned cpu, unsigned reg, uint32_t v)
{
    bus_master = cpu;
    bench_write_at(b, 8, reg, v, 4);
    bus_master = 0;
}

static int acknowledge(unsigned cpu)
{
    void *opaque;
    const CpuPlatform *p = apic_platform(cpus, cpu, &opaque);
    return p->acknowledge(opaque);
}

static void eoi(Bench *b, unsigned cpu)
{
    apic_write(b, cpu, 0xb0, 0);
}

static Bench *new(void)
{
    Bench *b = bench_empty();
    cpus = bench_add(b, "apic", "apic", "cpus=4");
    bench_finish(b, "ioapic", "apic=apic");
    memory_add(&b->root, UINT64_C(9) << 32, device_region(cpus, 0), 0);
    for (unsigned i = 0; i < 4; i++) {
        apic_write(b, i, 0xf0, 0x1ff);
        apic_write(b, i, 0xd0, 1u << (24 + i));
    }
    return b;
}

static void registers(Bench *b)
{
    g_assert_cmphex(get(b, 1), ==, 0x00170011);
    set(b, 0, 0xffffffff);
    g_assert_cmphex(get(b, 0), ==, 0x0f000000);
    g_assert_cmphex(get(b, 2), ==, 0x0f000000);
    for (unsigned n = 0; n < 24; n++) {
        g_assert_cmphex(get(b, 0x10 + 2 * n), ==, MASKED);
        set(b, 0x10 + 2 * n, 0xffffffff);
        set(b, 0x11 + 2 * n, 0xffffffff);
        g_assert_cmphex(get(b, 0x10 + 2 * n), ==, 0x1afff);
        g_assert_cmphex(get(b, 0x11 + 2 * n), ==, 0xff000000);
    }
    g_assert_cmphex(get(b, 0x40), ==, 0);
}

static void edges(Bench *b)
{
    set_entry(b, 4, 1, 0x54);
    input(b, 4, 1);
    g_assert_cmphex(acknowledge(1), ==, 0x54);
    eoi(b, 1);
    g_assert_cmphex(acknowledge(1), ==, -1);    /* still high: no edge */
    input(b, 4, 0);
    input(b, 4, 1);
    g_assert_cmphex(acknowledge(1), ==, 0x54);
    eoi(b, 1);
    input(b, 4, 0);
    set_entry(b, 4, 1, MASKED | 0x54);
    input(b, 4, 1);
    set_entry(b, 4, 1, 0x54);                   /* that edge is lost */
    g_assert_cmphex(acknowledge(1), ==, -1);
}

static void levels(Bench *b)
{
    set_entry(b, 16, 2, BY_LEVEL | 0x60);
    input(b, 16, 1);
    g_assert_cmphex(get(b, 0x30), ==, BY_LEVEL | REMOTE_IRR | 0x60);
    g_assert_cmphex(acknowledge(2), ==, 0x60);
    g_assert_cmphex(acknowledge(2), ==, -1);
    eoi(b, 2);                                  /* it is still asserted */
    g_assert_cmphex(acknowledge(2), ==, 0x60);
    input(b, 16, 0);
    eoi(b, 2);
    g_assert_cmphex(get(b, 0x30), ==, BY_LEVEL | 0x60);
    g_assert_cmphex(acknowledge(2), ==, -1);
}

static void masked_level_waits(Bench *b)
{
    set_entry(b, 16, 0, BY_LEVEL | MASKED | 0x60);
    input(b, 16, 1);
    g_assert_cmphex(acknowledge(0), ==, -1);
    set_entry(b, 16, 0, BY_LEVEL | 0x60);
    g_assert_cmphex(acknowledge(0), ==, 0x60);
}

/* How drivers end a level interrupt without an EOI: masked, to edges and back. */
static void trigger_mode_clears_remote_irr(Bench *b)
{
    set_entry(b, 16, 0, BY_LEVEL | 0x60);
    input(b, 16, 1);
    input(b, 16, 0);
    set_entry(b, 16, 0, MASKED | 0x60);
    g_assert_cmphex(get(b, 0x30), ==, MASKED | 0x60);
    set_entry(b, 16, 0, BY_LEVEL | 0x60);
    g_assert_cmphex(get(b, 0x30), ==, BY_LEVEL | 0x60);
}

static void shared_vector(Bench *b)
{
    set_entry(b, 16, 0, BY_LEVEL | 0x60);
    set_entry(b, 17, 0, BY_LEVEL | 0x60);
    input(b, 16, 1);
    input(b, 17, 1);
    g_assert_cmphex(acknowledge(0), ==, 0x60);
    input(b, 16, 0);
    eoi(b, 0);
    g_assert_cmphex(acknowledge(0), ==, 0x60);  /* the other one */
    input(b, 17, 0);
    eoi(b, 0);
    g_assert_cmphex(acknowledge(0), ==, -1);
}

static void destinations(Bench *b)
{
    set_entry(b, 5, 0x0a, LOGICAL | 0x70);
    input(b, 5, 1);
    for (unsigned i = 0; i < 4; i++) {
        g_assert_cmphex(acknowledge(i), ==, i % 2 ? 0x70 : -1);
        eoi(b, i);
    }
    set_entry(b, 6, 0x0f, LOGICAL | LOWEST | 0x71);
    apic_write(b, 0, 0x80, 0x20);
    apic_write(b, 1, 0x80, 0x20);
    apic_write(b, 2, 0x80, 0x20);
    input(b, 6, 1);
    g_assert_cmphex(acknowledge(3), ==, 0x71);
    set_entry(b, 7, 1, NMI);
    input(b, 7, 1);                             /* an edge, with no vector */
    g_assert_cmphex(acknowledge(1), ==, -1);
}

static void survives_a_snapshot(Bench *b)
{
    set_entry(b, 16, 0, BY_LEVEL | 0x60);
    input(b, 16, 1);
    bench_round_trip(b);
    g_assert_cmphex(get(b, 0x30), ==, BY_LEVEL | REMOTE_IRR | 0x60);
    acknowledge(0);
    eoi(b, 0);
    g_assert_cmphex(acknowledge(0), ==, 0x60);
}

static void run(const void *opaque)
{
    Bench *b = new();
    ((void (*)(Bench *))opaque)(b);
    bench_free(b);
}

#define TEST(fn) g_test_add_data_func("/hw/ioapic/" #fn, (const void *)fn, run)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    TEST(registers);
    TEST(edges);
    TEST(levels);
    TEST(masked_level_waits);
    TEST(trigger_mode_clears_remote_irr);
    TEST(shared_vector);
    TEST(destinations);
    TEST(survives_a_snapshot);
    return g_test_run();
}
