/* SPDX-License-Identifier: MIT */
/* GICv2: what IHI 0048B says about each interrupt's state, seen through the registers. */
#include "tests/hw/bench.h"
#include "system/bus_master.h"

enum { DIST, CPU };
enum {
    CTLR = 0x000, TYPER = 0x004, IGROUPR = 0x080, ISENABLER = 0x100, ICENABLER = 0x180,
    ISPENDR = 0x200, ICPENDR = 0x280, ISACTIVER = 0x300, ICACTIVER = 0x380, IPRIORITYR = 0x400,
    ITARGETSR = 0x800, ICFGR = 0xc00, SGIR = 0xf00, CPENDSGIR = 0xf10, SPENDSGIR = 0xf20,
};
enum { C_CTLR = 0, PMR = 4, BPR = 8, IAR = 0xc, EOIR = 0x10, RPR = 0x14, HPPIR = 0x18, AIAR = 0x20,
       APR0 = 0xd0, DEACT = 0x1000 };

static uint32_t dist(Bench *b, uint64_t off)
{
    return bench_read_at(b, DIST, off, 4);
}

static void set_dist(Bench *b, uint64_t off, uint32_t v)
{
    bench_write_at(b, DIST, off, v, 4);
}

static uint32_t cpu(Bench *b, unsigned n, uint64_t off)
{
    bus_master = n;
    uint32_t v = bench_read_at(b, CPU, off, 4);
    bus_master = 0;
    return v;
}

static void set_cpu(Bench *b, unsigned n, uint64_t off, uint32_t v)
{
    bus_master = n;
    bench_write_at(b, CPU, off, v, 4);
    bus_master = 0;
}

/* Everything on, all interrupts let through on the first n CPUs. */
static void on(Bench *b, unsigned n)
{
    set_dist(b, CTLR, 1);
    for (unsigned i = 0; i < n; i++) {
        set_cpu(b, i, PMR, 0xff);
        set_cpu(b, i, C_CTLR, 1);
    }
}

static void enable(Bench *b, unsigned id)
{
    set_dist(b, ISENABLER + id / 32 * 4, BIT32(id % 32));
}

static void priority(Bench *b, unsigned id, uint8_t p)
{
    bench_write_at(b, DIST, IPRIORITYR + id, p, 1);
}

static void spi(Bench *b, unsigned n, int level)
{
    g_autofree char *name = g_strdup_printf("spi[%u]", n);
    bench_input(b, name, level);
}

static void level_interrupt_follows_its_line(Bench *b)
{
    on(b, 1);
    spi(b, 1, 1);
    g_assert_false(bench_irq(b, 0));                /* not enabled */
    enable(b, 33);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(dist(b, ISPENDR + 4), ==, 2);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 33);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(dist(b, ISACTIVER + 4), ==, 2);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 1023);
    set_cpu(b, 0, EOIR, 33);
    g_assert_true(bench_irq(b, 0));                 /* the line is still high */
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 33);
    spi(b, 1, 0);
    set_cpu(b, 0, EOIR, 33);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(dist(b, ISPENDR + 4), ==, 0);
    g_assert_cmphex(cpu(b, 0, APR0), ==, 0);
}

static void edge_interrupt_is_remembered(Bench *b)
{
    on(b, 1);
    set_dist(b, ICFGR + 8, 2 << (2 * 5));           /* ID 37 */
    g_assert_cmphex(dist(b, ICFGR + 8), ==, 2 << 10);
    enable(b, 37);
    spi(b, 5, 1);
    spi(b, 5, 0);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 37);
    spi(b, 5, 1);                                   /* active and pending */
    g_assert_false(bench_irq(b, 0));
    set_cpu(b, 0, EOIR, 37);
    g_assert_true(bench_irq(b, 0));
    set_dist(b, ICPENDR + 4, 1 << 5);
    g_assert_false(bench_irq(b, 0));                /* the high line alone is no new edge */
}

static void software_sets_pending(Bench *b)
{
    on(b, 1);
    enable(b, 40);
    set_dist(b, ISPENDR + 4, 1 << 8);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmpuint(cpu(b, 0, HPPIR), ==, 40);
    set_dist(b, ICENABLER + 4, 1 << 8);
    g_assert_false(bench_irq(b, 0));
    enable(b, 40);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 40);
    g_assert_cmphex(dist(b, ISPENDR + 4), ==, 0);
    set_dist(b, ICACTIVER + 4, 1 << 8);
    g_assert_cmphex(dist(b, ISACTIVER + 4), ==, 0);
}

static void priorities_mask_and_preempt(Bench *b)
{
    on(b, 1);
    for (unsigned id = 32; id < 35; id++) {
        enable(b, id);
    }
    priority(b, 32, 0xa7);
    g_assert_cmphex(bench_read_at(b, DIST, IPRIORITYR + 32, 1), ==, 0xa0);  /* 5 bits */
    priority(b, 33, 0x80);
    priority(b, 34, 0x40);
    set_cpu(b, 0, PMR, 0xa0);
    spi(b, 0, 1);
    g_assert_false(bench_irq(b, 0));                /* must be more urgent than the mask */
    set_cpu(b, 0, PMR, 0xf0);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 32);
    g_assert_cmphex(cpu(b, 0, RPR), ==, 0xa0);
    spi(b, 1, 1);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 33);
    spi(b, 2, 1);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 34);
    g_assert_cmphex(cpu(b, 0, RPR), ==, 0x40);
    g_assert_cmphex(cpu(b, 0, APR0), ==, BIT32(0x40 / 8) | BIT32(0x80 / 8) | BIT32(0xa0 / 8));
    spi(b, 2, 0);
    set_cpu(b, 0, EOIR, 34);
    g_assert_cmphex(cpu(b, 0, RPR), ==, 0x80);
    spi(b, 1, 0);
    set_cpu(b, 0, EOIR, 33);
    spi(b, 0, 0);
    set_cpu(b, 0, EOIR, 32);
    g_assert_cmphex(cpu(b, 0, RPR), ==, 0xff);
}

static void binary_point_groups_priorities(Bench *b)
{
    on(b, 1);
    set_cpu(b, 0, BPR, 0);
    g_assert_cmphex(cpu(b, 0, BPR), ==, 2);         /* the least there is */
    set_cpu(b, 0, BPR, 6);                          /* bit 7 alone decides */
    enable(b, 32);
    enable(b, 33);
    enable(b, 34);
    priority(b, 32, 0xf0);
    priority(b, 33, 0x80);
    priority(b, 34, 0x70);
    spi(b, 0, 1);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 32);
    spi(b, 1, 1);
    g_assert_false(bench_irq(b, 0));                /* same group: no preemption */
    spi(b, 2, 1);
    g_assert_true(bench_irq(b, 0));
}

static void end_of_interrupt_in_two_steps(Bench *b)
{
    on(b, 1);
    set_cpu(b, 0, C_CTLR, 0x201);
    enable(b, 32);
    spi(b, 0, 1);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 32);
    set_cpu(b, 0, EOIR, 32);
    g_assert_cmphex(cpu(b, 0, RPR), ==, 0xff);      /* dropped, and yet active */
    g_assert_cmphex(dist(b, ISACTIVER + 4), ==, 1);
    g_assert_false(bench_irq(b, 0));
    set_cpu(b, 0, DEACT, 32);
    g_assert_cmphex(dist(b, ISACTIVER + 4), ==, 0);
    g_assert_true(bench_irq(b, 0));
}

static void groups_go_to_irq_and_fiq(Bench *b)
{
    set_dist(b, CTLR, 3);
    set_cpu(b, 0, PMR, 0xff);
    set_cpu(b, 0, C_CTLR, 0xb);                     /* both groups, FIQEn */
    set_dist(b, IGROUPR + 4, 2);
    enable(b, 32);
    enable(b, 33);
    spi(b, 1, 1);
    g_assert_true(bench_irq(b, 0));
    g_assert_false(bench_irq(b, 8));
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 1022);     /* group 1: by the alias */
    g_assert_cmpuint(cpu(b, 0, AIAR), ==, 33);
    spi(b, 1, 0);
    set_cpu(b, 0, EOIR, 33);
    spi(b, 0, 1);
    g_assert_true(bench_irq(b, 8));
    g_assert_false(bench_irq(b, 0));
    g_assert_cmpuint(cpu(b, 0, AIAR), ==, 1023);
    g_assert_cmpuint(cpu(b, 0, IAR), ==, 32);
}

static void spi_goes_to_its_targets(Bench *b)
{
    on(b, 4);
    g_assert_cmphex(dist(b, TYPER), ==, (288 / 32 - 1) | 3 << 5);
    enable(b, 40);
    spi(b, 8, 1);
    g_assert_false(bench_irq(b, 0));
    set_dist(b, ITARGETSR + 40, 0xff0c);            /* ID 40 to CPUs 2 and 3; 41 to all */
    g_assert_cmphex(dist(b, ITARGETSR + 40), ==, 0x0f0c);
    g_assert_false(bench_irq(b, 0));
    g_assert_true(bench_irq(b, 2));
    g_assert_true(bench_irq(b, 3));
    g_assert_cmpuint(cpu(b, 3, IAR), ==, 40);
    g_assert_false(bench_irq(b, 2));                /* one CPU takes it */
    g_assert_cmpuint(cpu(b, 2, IAR), ==, 1023);
    bus_master = 2;
    g_assert_cmphex(dist(b, ITARGETSR), ==, 0x04040404);
    bus_master = 0;
}

static void private_interrupts_are_banked(Bench *b)
{
    on(b, 2);
    enable(b, 27);                                  /* CPU 0's */
    bench_input(b, "ppi[59]", 1);                   /* CPU 1's 27 */
    g_assert_false(bench_irq(b, 0));
    g_assert_false(bench_irq(b, 1));
    bus_master = 1;
    g_assert_cmphex(dist(b, ISENABLER), ==, 0xffff);
    enable(b, 27);
    bus_master = 0;
    g_assert_true(bench_irq(b, 1));
    g_assert_false(bench_irq(b, 0));
    g_assert_cmpuint(cpu(b, 1, IAR), ==, 27);
}

static void sgi_names_its_sender(Bench *b)
{
    on(b, 4);
    bus_master = 2;
    set_dist(b, SGIR, 1 << 24 | 5);                 /* all but CPU 2 */
    bus_master = 3;
    set_dist(b, SGIR, 1 << 16 | 5);                 /* CPU 0 */
    bus_master = 0;
    g_assert_true(bench_irq(b, 0));
    g_assert_true(bench_irq(b, 1));
    g_assert_false(bench_irq(b, 2));
    g_assert_cmphex(dist(b, SPENDSGIR + 4), ==, 0x0c00);
    g_assert_cmphex(cpu(b, 0, IAR), ==, 2 << 10 | 5);
    set_cpu(b, 0, EOIR, 2 << 10 | 5);
    g_assert_true(bench_irq(b, 0));                 /* once for each sender */
    g_assert_cmphex(cpu(b, 0, IAR), ==, 3 << 10 | 5);
    set_cpu(b, 0, EOIR, 3 << 10 | 5);
    g_assert_false(bench_irq(b, 0));
    bus_master = 1;
    set_dist(b, CPENDSGIR + 4, 0xff00);
    bus_master = 0;
    g_assert_false(bench_irq(b, 1));
    set_dist(b, SGIR, 2 << 24 | 1);                 /* itself */
    g_assert_cmphex(cpu(b, 0, IAR), ==, 1);
}

static void survives_a_round_trip(Bench *b)
{
    on(b, 4);
    enable(b, 40);
    priority(b, 40, 0x50);
    set_dist(b, ITARGETSR + 40, 2);
    spi(b, 8, 1);
    g_assert_true(bench_irq(b, 1));
    bench_round_trip(b);
    g_assert_true(bench_irq(b, 1));
    g_assert_cmpuint(cpu(b, 1, IAR), ==, 40);
}

/* Whatever is written anywhere: no crash, and the state still saves and loads. */
static void any_writes_are_survived(Bench *b)
{
    GRand *r = g_rand_new_with_seed(2);
    for (unsigned i = 0; i < 20000; i++) {
        bus_master = g_rand_int_range(r, 0, 10);
        unsigned window = g_rand_int_range(r, 0, 2);
        uint64_t off = g_rand_int_range(r, 0, (window ? 0x2000 : 0x1000) / 4) * 4;
        if (g_rand_boolean(r)) {
            bench_write_at(b, window, off, g_rand_int(r), 4);
        } else {
            bench_read_at(b, window, off, 4);
        }
        spi(b, g_rand_int_range(r, 0, 988), g_rand_boolean(r));
    }
    bus_master = 0;
    g_rand_free(r);
    bench_round_trip(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(level_interrupt_follows_its_line, "gicv2");
    BENCH_TEST(edge_interrupt_is_remembered, "gicv2");
    BENCH_TEST(software_sets_pending, "gicv2");
    BENCH_TEST(priorities_mask_and_preempt, "gicv2");
    BENCH_TEST(binary_point_groups_priorities, "gicv2");
    BENCH_TEST(end_of_interrupt_in_two_steps, "gicv2");
    BENCH_TEST(groups_go_to_irq_and_fiq, "gicv2");
    BENCH_TEST(spi_goes_to_its_targets, "gicv2", "cpus=4");
    BENCH_TEST(private_interrupts_are_banked, "gicv2", "cpus=2");
    BENCH_TEST(sgi_names_its_sender, "gicv2", "cpus=4");
    BENCH_TEST(survives_a_round_trip, "gicv2", "cpus=4");
    BENCH_TEST(any_writes_are_survived, "gicv2", "cpus=8", "interrupts=992");
    return g_test_run();
}
