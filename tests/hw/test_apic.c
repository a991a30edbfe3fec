/* SPDX-License-Identifier: MIT */
/*
 * Local APICs on the bench: Intel SDM volume 3A, chapter 11.
 */
#include "hw/intc/apic.h"
#include "system/bus_master.h"
#include "tests/hw/bench.h"

enum {
    ID = 0x20, VERSION = 0x30, TPR = 0x80, PPR = 0xa0, EOI = 0xb0, LDR = 0xd0, DFR = 0xe0, SVR = 0xf0,
    ISR = 0x100, TMR = 0x180, IRR = 0x200, ESR = 0x280, ICR = 0x300, ICR_HIGH = 0x310,
    LVT_TIMER = 0x320, LVT_LINT0 = 0x350, LVT_LINT1 = 0x360, LVT_ERROR = 0x370, INITIAL = 0x380,
    CURRENT = 0x390, DIVIDE = 0x3e0,
    MASKED = 1 << 16, LOGICAL = 1 << 11, LOWEST = 1 << 8, SMI = 2 << 8, NMI = 4 << 8, INIT = 5 << 8,
    STARTUP = 6 << 8, EXTINT = 7 << 8, ASSERT = 1 << 14, BY_LEVEL = 1 << 15, SELF = 1 << 18,
    ALL = 2 << 18, OTHERS = 3 << 18,
};
enum { MAX = 64, OUT_INTR = 0, OUT_NMI = MAX, OUT_SMI = 2 * MAX, OUT_INIT = 3 * MAX };

/* Pulses seen on nmi, smi and init, and what sipi has said. */
static unsigned pulses[3][MAX];
static int sipi[MAX];

static void seen_pulse(void *opaque, int n, int level)
{
    pulses[n / MAX][n % MAX] += level;
}

static void seen_sipi(void *opaque, int n, int level)
{
    sipi[n] = level;
}

static uint32_t rd(Bench *b, unsigned cpu, unsigned reg)
{
    bus_master = cpu;
    return bench_read(b, reg);
}

static void wr(Bench *b, unsigned cpu, unsigned reg, uint32_t v)
{
    bus_master = cpu;
    bench_write(b, reg, v);
    bus_master = 0;
}

static bool intr(Bench *b, unsigned cpu)
{
    return irq_level(device_irq(b->dev, OUT_INTR + cpu));
}

static int acknowledge(Bench *b, unsigned cpu)
{
    void *opaque;
    const CpuPlatform *p = apic_platform(b->dev, cpu, &opaque);
    return p->acknowledge(opaque);
}

static bool rdmsr(Bench *b, unsigned cpu, uint32_t msr, uint64_t *v)
{
    void *opaque;
    const CpuPlatform *p = apic_platform(b->dev, cpu, &opaque);
    *v = 0;
    return p->msr(opaque, msr, v, false);
}

static bool wrmsr(Bench *b, unsigned cpu, uint32_t msr, uint64_t v)
{
    void *opaque;
    const CpuPlatform *p = apic_platform(b->dev, cpu, &opaque);
    return p->msr(opaque, msr, &v, true);
}

/* Meters on the lines that the bench has too few for, and every APIC switched on. */
static void on(Bench *b, unsigned cpus)
{
    memset(pulses, 0, sizeof(pulses));
    memset(sipi, 0, sizeof(sipi));
    for (unsigned i = 0; i < cpus; i++) {
        for (unsigned k = 0; k < 3; k++) {
            irq_connect(device_irq(b->dev, (k + 1) * MAX + i),
                        (IrqSink) { seen_pulse, NULL, k * MAX + i });
        }
        irq_connect(device_irq(b->dev, 4 * MAX + i), (IrqSink) { seen_sipi, NULL, i });
        wr(b, i, SVR, 0x1ff);
    }
}

static void reset_values(Bench *b)
{
    g_assert_cmphex(rd(b, 0, ID), ==, 0);
    g_assert_cmphex(rd(b, 1, ID), ==, 0x01000000);
    g_assert_cmphex(rd(b, 0, VERSION), ==, 0x00050014);
    g_assert_cmphex(rd(b, 0, DFR), ==, 0xffffffff);
    g_assert_cmphex(rd(b, 0, SVR), ==, 0xff);
    g_assert_cmphex(rd(b, 0, LVT_TIMER), ==, MASKED);
    g_assert_cmphex(rd(b, 1, LVT_LINT0), ==, MASKED);
    g_assert_cmphex(rd(b, 0, LVT_LINT0), ==, EXTINT);
}

static void write_masks(Bench *b)
{
    static const struct {
        uint16_t reg;
        uint32_t mask;
    } rows[] = {
        { TPR, 0xff }, { LDR, 0xff000000 }, { LVT_TIMER, 0x700ff }, { LVT_LINT0, 0x1a7ff },
        { LVT_ERROR, 0x100ff }, { DIVIDE, 0xb }, { ICR_HIGH, 0xff000000 },
    };
    on(b, 1);
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        wr(b, 0, rows[i].reg, 0xffffffff);
        g_assert_cmphex(rd(b, 0, rows[i].reg), ==, rows[i].mask);
    }
    wr(b, 0, DFR, 0);
    g_assert_cmphex(rd(b, 0, DFR), ==, 0x0fffffff);
}

static void self_interrupt(Bench *b)
{
    on(b, 1);
    wr(b, 0, ICR, SELF | 0x51);
    g_assert_cmphex(rd(b, 0, IRR + 0x20), ==, 1 << 17);
    g_assert_true(intr(b, 0));
    g_assert_cmphex(acknowledge(b, 0), ==, 0x51);
    g_assert_false(intr(b, 0));
    g_assert_cmphex(rd(b, 0, IRR + 0x20), ==, 0);
    g_assert_cmphex(rd(b, 0, ISR + 0x20), ==, 1 << 17);
    g_assert_cmphex(rd(b, 0, PPR), ==, 0x50);
    wr(b, 0, EOI, 0);
    g_assert_cmphex(rd(b, 0, ISR + 0x20), ==, 0);
    g_assert_cmphex(acknowledge(b, 0), ==, -1);
}

static void priorities(Bench *b)
{
    on(b, 1);
    wr(b, 0, ICR, SELF | 0x51);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x51);
    wr(b, 0, ICR, SELF | 0x5f);                 /* the same class: waits */
    wr(b, 0, ICR, SELF | 0x40);
    g_assert_false(intr(b, 0));
    wr(b, 0, ICR, SELF | 0x60);
    g_assert_true(intr(b, 0));
    g_assert_cmphex(acknowledge(b, 0), ==, 0x60);
    g_assert_cmphex(rd(b, 0, PPR), ==, 0x60);
    wr(b, 0, EOI, 0);
    g_assert_false(intr(b, 0));
    wr(b, 0, EOI, 0);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x5f);
    wr(b, 0, EOI, 0);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
}

static void task_priority(Bench *b)
{
    void *opaque;
    const CpuPlatform *p = apic_platform(b->dev, 0, &opaque);
    on(b, 1);
    wr(b, 0, TPR, 0x55);
    g_assert_cmphex(p->get_tpr(opaque), ==, 5);
    g_assert_cmphex(rd(b, 0, PPR), ==, 0x55);
    wr(b, 0, ICR, SELF | 0x5f);
    g_assert_false(intr(b, 0));
    p->set_tpr(opaque, 4);
    g_assert_true(intr(b, 0));
    g_assert_cmphex(rd(b, 0, TPR), ==, 0x40);
    wr(b, 0, TPR, 0x50);
    g_assert_false(intr(b, 0));
    g_assert_cmphex(acknowledge(b, 0), ==, -1);
}

static void disabled_by_software(Bench *b)
{
    wr(b, 0, LVT_TIMER, 0x40);
    g_assert_cmphex(rd(b, 0, LVT_TIMER), ==, MASKED | 0x40);
    wr(b, 0, ICR, SELF | 0x51);
    g_assert_false(intr(b, 0));
    on(b, 1);
    wr(b, 0, LVT_TIMER, 0x40);
    g_assert_cmphex(rd(b, 0, LVT_TIMER), ==, 0x40);
    wr(b, 0, SVR, 0xff);
    g_assert_cmphex(rd(b, 0, LVT_TIMER), ==, MASKED | 0x40);
    g_assert_cmphex(rd(b, 0, LVT_LINT0), ==, MASKED | EXTINT);
}

static unsigned who(Bench *b, unsigned cpus, int vector)
{
    unsigned set = 0;
    for (unsigned i = 0; i < cpus; i++) {
        if (intr(b, i)) {
            set |= 1 << i;
            g_assert_cmphex(acknowledge(b, i), ==, vector);
            wr(b, i, EOI, 0);
        }
    }
    return set;
}

static void physical_destination(Bench *b)
{
    on(b, 8);
    for (unsigned i = 0; i < 8; i++) {
        wr(b, 3, ICR_HIGH, i << 24);
        wr(b, 3, ICR, 0x70 | ASSERT);
        g_assert_cmphex(who(b, 8, 0x70), ==, 1u << i);
    }
    wr(b, 3, ICR_HIGH, 0xff000000);
    wr(b, 3, ICR, 0x70 | ASSERT);
    g_assert_cmphex(who(b, 8, 0x70), ==, 0xff);
    wr(b, 3, ICR_HIGH, 0x09000000);             /* nobody */
    wr(b, 3, ICR, 0x70 | ASSERT);
    g_assert_cmphex(who(b, 8, 0x70), ==, 0);
}

static void shorthands(Bench *b)
{
    on(b, 8);
    wr(b, 5, ICR, ALL | 0x70);
    g_assert_cmphex(who(b, 8, 0x70), ==, 0xff);
    wr(b, 5, ICR, OTHERS | 0x70);
    g_assert_cmphex(who(b, 8, 0x70), ==, 0xdf);
    wr(b, 5, ICR, SELF | 0x70);
    g_assert_cmphex(who(b, 8, 0x70), ==, 0x20);
}

static void flat_destination(Bench *b)
{
    on(b, 8);
    for (unsigned i = 0; i < 8; i++) {
        wr(b, i, LDR, 1u << (24 + i));
    }
    wr(b, 0, ICR_HIGH, 0xa5000000);
    wr(b, 0, ICR, LOGICAL | 0x33);
    g_assert_cmphex(who(b, 8, 0x33), ==, 0xa5);
}

static void cluster_destination(Bench *b)
{
    on(b, 8);
    for (unsigned i = 0; i < 8; i++) {          /* clusters 0 and 1 of four */
        wr(b, i, DFR, 0x0fffffff);
        wr(b, i, LDR, (i / 4 << 4 | 1u << (i % 4)) << 24);
    }
    wr(b, 0, ICR_HIGH, 0x15000000);
    wr(b, 0, ICR, LOGICAL | 0x33);
    g_assert_cmphex(who(b, 8, 0x33), ==, 0x50);
    wr(b, 0, ICR_HIGH, 0xf1000000);             /* the first of each cluster */
    wr(b, 0, ICR, LOGICAL | 0x33);
    g_assert_cmphex(who(b, 8, 0x33), ==, 0x11);
    wr(b, 0, ICR_HIGH, 0xff000000);
    wr(b, 0, ICR, LOGICAL | 0x33);
    g_assert_cmphex(who(b, 8, 0x33), ==, 0xff);
}

static void lowest_priority(Bench *b)
{
    on(b, 4);
    for (unsigned i = 0; i < 4; i++) {
        wr(b, i, LDR, 1u << (24 + i));
        wr(b, i, TPR, i == 2 ? 0x10 : 0x20);
    }
    wr(b, 0, ICR_HIGH, 0x0f000000);
    for (unsigned i = 0; i < 3; i++) {
        wr(b, 0, ICR, LOGICAL | LOWEST | 0x33);
        g_assert_cmphex(who(b, 4, 0x33), ==, 0x04);
    }
    wr(b, 2, TPR, 0x20);                        /* equals take turns */
    unsigned all = 0;
    for (unsigned i = 0; i < 4; i++) {
        wr(b, 0, ICR, LOGICAL | LOWEST | 0x33);
        all |= who(b, 4, 0x33);
    }
    g_assert_cmphex(all, ==, 0x0f);
    wr(b, 1, SVR, 0xff);                        /* not one that is off */
    for (unsigned i = 0; i < 4; i++) {
        wr(b, 0, ICR, LOGICAL | LOWEST | 0x33);
        g_assert_cmphex(who(b, 4, 0x33) & 0x02, ==, 0);
    }
}

static void nmi_and_smi(Bench *b)
{
    on(b, 4);
    wr(b, 0, ICR_HIGH, 0x02000000);
    wr(b, 0, ICR, NMI | ASSERT);
    g_assert_cmpuint(pulses[0][2], ==, 1);
    wr(b, 0, ICR, SMI | ASSERT);
    g_assert_cmpuint(pulses[1][2], ==, 1);
    wr(b, 0, ICR, OTHERS | NMI | ASSERT);
    g_assert_cmpuint(pulses[0][0], ==, 0);
    g_assert_cmpuint(pulses[0][1], ==, 1);
    g_assert_cmpuint(pulses[0][2], ==, 2);
    g_assert_false(intr(b, 2));
}

static void init_and_startup(Bench *b)
{
    on(b, 2);
    wr(b, 1, TPR, 0x80);
    wr(b, 0, ICR_HIGH, 0x01000000);
    wr(b, 0, ICR, STARTUP | 0x9f);              /* it waits since reset */
    g_assert_cmphex(sipi[1], ==, 0x19f);
    sipi[1] = 0;
    wr(b, 0, ICR, STARTUP | 0x42);              /* runs: does not listen */
    g_assert_cmphex(sipi[1], ==, 0);
    wr(b, 0, ICR, INIT | ASSERT | BY_LEVEL);
    wr(b, 0, ICR, INIT | BY_LEVEL);             /* the de-assert does nothing */
    g_assert_cmpuint(pulses[2][1], ==, 1);
    g_assert_cmphex(rd(b, 1, TPR), ==, 0);      /* the APIC is reset as well, */
    g_assert_cmphex(rd(b, 1, SVR), ==, 0xff);
    g_assert_cmphex(rd(b, 1, ID), ==, 0x01000000);      /* but for its ID */
    wr(b, 0, ICR, STARTUP | 0x42);
    g_assert_cmphex(sipi[1], ==, 0x142);
    sipi[0] = 0;
    wr(b, 1, ICR_HIGH, 0);
    wr(b, 1, ICR, STARTUP | 0x42);              /* the first CPU never waits */
    g_assert_cmphex(sipi[0], ==, 0);
}

static void errors(Bench *b)
{
    on(b, 1);
    wr(b, 0, LVT_ERROR, 0xfe);
    wr(b, 0, ICR, SELF | 0x0f);                 /* an illegal vector */
    g_assert_cmphex(acknowledge(b, 0), ==, 0xfe);
    wr(b, 0, EOI, 0);
    g_assert_cmphex(rd(b, 0, ESR), ==, 0);      /* a write shows it */
    wr(b, 0, ESR, 0);
    g_assert_cmphex(rd(b, 0, ESR), ==, 0x20);
    wr(b, 0, ESR, 0);
    g_assert_cmphex(rd(b, 0, ESR), ==, 0);
    apic_deliver(b->dev, APIC_MESSAGES, 0x05);
    rd(b, 0, 0x40);                             /* no such register */
    wr(b, 0, ESR, 0);
    g_assert_cmphex(rd(b, 0, ESR), ==, 0xc0);
    wr(b, 0, VERSION, 0);                       /* there, but not to be written */
    wr(b, 0, ESR, 0);
    g_assert_cmphex(rd(b, 0, ESR), ==, 0);
}

static void error_entry_with_an_illegal_vector(Bench *b)
{
    on(b, 1);
    wr(b, 0, LVT_ERROR, 0x01);
    apic_deliver(b->dev, APIC_MESSAGES, 0x05);
    wr(b, 0, ESR, 0);
    g_assert_cmphex(rd(b, 0, ESR), ==, 0x40);
}

static void timer_once(Bench *b)
{
    on(b, 1);
    wr(b, 0, LVT_TIMER, 0x40);
    wr(b, 0, DIVIDE, 0x3);                      /* 16 */
    wr(b, 0, INITIAL, 1000);
    bench_step(b, 1600);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 900);
    bench_step(b, 16 * 900 - 1);
    g_assert_false(intr(b, 0));
    bench_step(b, 1);
    g_assert_true(intr(b, 0));
    g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
    wr(b, 0, EOI, 0);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 0);
    bench_step(b, NS_PER_SEC);
    g_assert_false(intr(b, 0));
}

static void timer_divisors(Bench *b)
{
    static const uint8_t codes[8] = { 0, 1, 2, 3, 8, 9, 10, 11 };
    static const uint8_t by[8] = { 2, 4, 8, 16, 32, 64, 128, 1 };
    for (unsigned i = 0; i < 8; i++) {
        wr(b, 0, DIVIDE, codes[i]);
        wr(b, 0, INITIAL, 1000);
        bench_step(b, 100 * by[i]);
        g_assert_cmpuint(rd(b, 0, CURRENT), ==, 900);
    }
    wr(b, 0, DIVIDE, 8);                        /* goes on from where it is */
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 900);
    bench_step(b, 3200);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 800);
}

static void timer_periodic(Bench *b)
{
    unsigned count = 0;
    on(b, 1);
    wr(b, 0, LVT_TIMER, 0x20040);
    wr(b, 0, DIVIDE, 0xb);
    wr(b, 0, INITIAL, 100000);
    for (unsigned i = 0; i < 1000; i++) {
        bench_step(b, 10000);
        if (intr(b, 0)) {
            g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
            wr(b, 0, EOI, 0);
            count++;
        }
    }
    g_assert_cmpuint(count, ==, 100);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 100000);
    wr(b, 0, LVT_TIMER, MASKED | 0x20040);
    bench_step(b, 350000);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 50000);     /* a masked one counts */
    g_assert_false(intr(b, 0));
    wr(b, 0, INITIAL, 0);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 0);
}

static void timer_of_a_nanosecond(Bench *b)
{
    on(b, 1);
    wr(b, 0, LVT_TIMER, 0x20040);
    wr(b, 0, DIVIDE, 0xb);
    wr(b, 0, INITIAL, 1);
    bench_step(b, 10 * NS_PER_MS);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
}

static int64_t moving_on(void *opaque)
{
    return *(int64_t *)opaque += 1000;
}

/* A count that is over before anybody looks again interrupts, too: Linux lost its tick on a busy
 * host. */
static void timer_shorter_than_a_look(Bench *b)
{
    int64_t time = 0;
    clock_init();                               /* not stepped: each look finds it later */
    clock_set_source(moving_on, &time);
    on(b, 1);
    wr(b, 0, LVT_TIMER, 0x40);
    wr(b, 0, DIVIDE, 0xb);
    for (unsigned i = 0; i < 3; i++) {
        wr(b, 0, INITIAL, 500);
        wr(b, 0, LVT_TIMER, 0x40);              /* nor does it get lost on the way */
        clock_run_timers(CLOCK_VIRTUAL);
        g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
        wr(b, 0, EOI, 0);
        clock_run_timers(CLOCK_VIRTUAL);
        g_assert_false(intr(b, 0));
    }
    clock_set_source(NULL, NULL);
}

static void timer_tsc_deadline(Bench *b)
{
    uint64_t v;
    on(b, 1);
    g_assert_true(wrmsr(b, 0, 0x6e0, 5000));    /* not in this mode */
    g_assert_true(rdmsr(b, 0, 0x6e0, &v));
    g_assert_cmphex(v, ==, 0);
    wr(b, 0, LVT_TIMER, 0x40040);
    uint64_t at = clock_now(CLOCK_VIRTUAL) + 5000;
    g_assert_true(wrmsr(b, 0, 0x6e0, at));
    g_assert_true(rdmsr(b, 0, 0x6e0, &v));
    g_assert_cmphex(v, ==, at);
    wr(b, 0, INITIAL, 100);                     /* does nothing in this mode */
    bench_step(b, 4999);
    g_assert_false(intr(b, 0));
    bench_step(b, 1);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
    wr(b, 0, EOI, 0);
    rdmsr(b, 0, 0x6e0, &v);
    g_assert_cmphex(v, ==, 0);
    wrmsr(b, 0, 0x6e0, 1);                      /* long past: at once */
    bench_step(b, 1);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
    wr(b, 0, EOI, 0);
    wrmsr(b, 0, 0x6e0, at + 100000);
    wr(b, 0, LVT_TIMER, 0x00040);               /* another mode disarms it */
    bench_step(b, NS_PER_MS);
    g_assert_false(intr(b, 0));
}

static void messages(Bench *b)
{
    on(b, 4);
    apic_deliver(b->dev, APIC_MESSAGES | 2 << 12, 0x61);
    g_assert_cmphex(who(b, 4, 0x61), ==, 0x04);
    bench_write(b, 0x3000, 0x62);               /* the same by a write to memory */
    g_assert_cmphex(who(b, 4, 0x62), ==, 0x08);
    bench_write(b, 0x0000, 0x63);
    g_assert_cmphex(who(b, 4, 0x63), ==, 0x01);
    for (unsigned i = 0; i < 4; i++) {
        wr(b, i, LDR, 1u << (24 + i));
    }
    bench_write(b, 0x0600c, 0x64);              /* logical */
    g_assert_cmphex(who(b, 4, 0x64), ==, 0x06);
    apic_deliver(b->dev, 0xfed00000, 0x65);     /* not here */
    g_assert_cmphex(who(b, 4, 0x65), ==, 0);
}

static void eoi_seen(void *opaque, uint8_t vector)
{
    *(int *)opaque = vector;
}

static void level_interrupts_tell_their_end(Bench *b)
{
    int ended = -1;
    apic_on_eoi(b->dev, eoi_seen, &ended);
    on(b, 1);
    apic_deliver(b->dev, APIC_MESSAGES, 0x61 | 3 << 14);
    g_assert_cmphex(rd(b, 0, TMR + 0x30), ==, 0x2);
    acknowledge(b, 0);
    wr(b, 0, EOI, 0);
    g_assert_cmphex(ended, ==, 0x61);
    ended = -1;
    apic_deliver(b->dev, APIC_MESSAGES, 0x61);
    g_assert_cmphex(rd(b, 0, TMR + 0x30), ==, 0);
    acknowledge(b, 0);
    wr(b, 0, EOI, 0);
    g_assert_cmphex(ended, ==, -1);
}

static void lint_pins(Bench *b)
{
    on(b, 2);
    wr(b, 0, LVT_LINT1, NMI);
    bench_input(b, "nmi", 1);
    g_assert_cmpuint(pulses[0][0], ==, 1);
    g_assert_cmpuint(pulses[0][1], ==, 0);
    bench_input(b, "nmi", 0);
    wr(b, 1, LVT_LINT1, 0x55);                  /* fixed, by edge */
    bench_input(b, "nmi", 1);
    g_assert_cmphex(acknowledge(b, 1), ==, 0x55);
    wr(b, 1, EOI, 0);
    g_assert_false(intr(b, 1));
    wr(b, 1, LVT_LINT1, 0x56 | BY_LEVEL);       /* by level, and it is high */
    g_assert_cmphex(rd(b, 1, LVT_LINT1), ==, 0x56 | BY_LEVEL | 1 << 14);
    g_assert_cmphex(acknowledge(b, 1), ==, 0x56);
    wr(b, 1, EOI, 0);
    g_assert_cmphex(acknowledge(b, 1), ==, 0x56);
    bench_input(b, "nmi", 0);
    wr(b, 1, EOI, 0);
    g_assert_false(intr(b, 1));
    g_assert_cmphex(rd(b, 1, LVT_LINT1), ==, 0x56 | BY_LEVEL);
}

static Device *with_pic(Bench **b)
{
    *b = bench_empty();
    Device *pic = bench_add(*b, "pic", "i8259");
    bench_finish(*b, "apic", "pic=pic", "cpus=2");
    memory_add(&(*b)->root, UINT64_C(9) << 32, device_region(pic, 0), 0);
    static const uint8_t words[] = { 0x11, 0x20, 0x04, 0x01, 0x00 };
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        bench_write_at(*b, 8, i != 0, words[i], 1);
    }
    IrqSink lint0;
    g_assert_true(device_input_named((*b)->dev, "lint0", &lint0));
    irq_connect(device_irq(pic, 0), lint0);
    return pic;
}

static void pic_irq(Device *pic, const char *n, int level)
{
    IrqSink sink;
    g_assert_true(device_input_named(pic, n, &sink));
    sink.handler(sink.opaque, sink.n, level);
}

static void extint_through_lint0(void)
{
    Bench *b;
    Device *pic = with_pic(&b);
    pic_irq(pic, "3", 1);
    g_assert_true(intr(b, 0));                  /* as after reset: virtual wire */
    g_assert_false(intr(b, 1));
    g_assert_cmphex(acknowledge(b, 0), ==, 0x23);
    g_assert_false(intr(b, 0));
    pic_irq(pic, "1", 1);
    on(b, 2);
    wr(b, 0, LVT_LINT0, MASKED | EXTINT);
    g_assert_false(intr(b, 0));
    wr(b, 1, LVT_LINT0, EXTINT);
    g_assert_true(intr(b, 1));
    wr(b, 1, ICR, SELF | 0x80);
    g_assert_cmphex(acknowledge(b, 1), ==, 0x80);
    g_assert_cmphex(acknowledge(b, 1), ==, 0x21);       /* TPR and ISR do not hold it back */
    bench_free(b);
}

static void extint_by_message(void)
{
    Bench *b;
    Device *pic = with_pic(&b);
    on(b, 2);
    wr(b, 0, LVT_LINT0, MASKED);
    pic_irq(pic, "5", 1);
    g_assert_false(intr(b, 1));
    apic_deliver(b->dev, APIC_MESSAGES | 1 << 12, EXTINT);
    g_assert_true(intr(b, 1));
    g_assert_cmphex(acknowledge(b, 1), ==, 0x25);
    g_assert_false(intr(b, 1));
    bench_free(b);
}

static void disabled_by_hardware(void)
{
    Bench *b;
    uint64_t v;
    Device *pic = with_pic(&b);
    on(b, 2);
    wr(b, 0, LVT_LINT0, MASKED);
    g_assert_true(rdmsr(b, 0, 0x1b, &v));
    g_assert_cmphex(v, ==, 0xfee00900);
    rdmsr(b, 1, 0x1b, &v);
    g_assert_cmphex(v, ==, 0xfee00800);
    g_assert_true(wrmsr(b, 0, 0x1b, 0xfee00100));
    pic_irq(pic, "4", 1);
    g_assert_true(intr(b, 0));                  /* LINT0 is INTR again */
    g_assert_cmphex(acknowledge(b, 0), ==, 0x24);
    g_assert_cmphex(rd(b, 0, ID), ==, 0xffffffff);
    g_assert_true(wrmsr(b, 0, 0x1b, 0xfee00900));
    g_assert_cmphex(rd(b, 0, SVR), ==, 0xff);   /* it has forgotten everything */
    bench_free(b);
}

static void base_rules(Bench *b)
{
    g_assert_false(wrmsr(b, 0, 0x1b, 0xfee00901));              /* reserved */
    g_assert_false(wrmsr(b, 0, 0x1b, 0xfee00500));              /* x2APIC but not enabled */
    g_assert_true(wrmsr(b, 0, 0x1b, 0xfee00d00));
    g_assert_false(wrmsr(b, 0, 0x1b, 0xfee00900));              /* not back but by off */
    g_assert_true(wrmsr(b, 0, 0x1b, 0xfee00100));
    g_assert_false(wrmsr(b, 0, 0x1b, 0xfee00d00));              /* from off not to x2APIC */
    g_assert_true(wrmsr(b, 0, 0x1b, 0xfee00900));
}

static void x2apic(Bench *b)
{
    uint64_t v;
    on(b, 20);
    g_assert_false(rdmsr(b, 0, 0x802, &v));
    for (unsigned i = 0; i < 20; i++) {
        g_assert_true(wrmsr(b, i, 0x1b, 0xfee00c00 | (i ? 0 : 0x100)));
        g_assert_true(rdmsr(b, i, 0x802, &v));
        g_assert_cmphex(v, ==, i);
        g_assert_true(rdmsr(b, i, 0x80d, &v));
        g_assert_cmphex(v, ==, (i / 16) << 16 | 1u << i % 16);
        g_assert_true(wrmsr(b, i, 0x80f, 0x1ff));
    }
    g_assert_cmphex(rd(b, 0, ID), ==, 0xffffffff);      /* memory does not answer */
    g_assert_true(wrmsr(b, 0, 0x830, UINT64_C(17) << 32 | 0x70));
    g_assert_true(intr(b, 17));
    g_assert_cmphex(acknowledge(b, 17), ==, 0x70);
    g_assert_true(rdmsr(b, 0, 0x830, &v));
    g_assert_cmphex(v, ==, UINT64_C(17) << 32 | 0x70);
    g_assert_true(wrmsr(b, 17, 0x80b, 0));
    g_assert_true(wrmsr(b, 0, 0x830, UINT64_C(0x1000c) << 32 | LOGICAL | 0x71));
    for (unsigned i = 0; i < 20; i++) {
        g_assert_cmpint(intr(b, i), ==, i == 18 || i == 19);
    }
    g_assert_true(wrmsr(b, 3, 0x83f, 0x90));            /* self IPI */
    g_assert_cmphex(acknowledge(b, 3), ==, 0x90);
    g_assert_false(wrmsr(b, 3, 0x80b, 1));
    g_assert_false(wrmsr(b, 3, 0x80e, 0));
    g_assert_false(wrmsr(b, 3, 0x802, 0));
    g_assert_false(rdmsr(b, 3, 0x80b, &v));
    g_assert_false(rdmsr(b, 3, 0x831, &v));
    g_assert_false(rdmsr(b, 3, 0x8ff, &v));
    g_assert_true(wrmsr(b, 0, 0x830, UINT64_C(0xffffffff) << 32 | 0x72));
    g_assert_true(intr(b, 0));
    g_assert_true(intr(b, 19));
}

static void survives_a_snapshot(Bench *b)
{
    on(b, 2);
    wr(b, 0, LVT_TIMER, 0x20040);
    wr(b, 0, INITIAL, 100000);
    wr(b, 1, ICR, SELF | 0x51);
    wr(b, 1, ICR, SELF | 0x71);
    acknowledge(b, 1);
    bench_step(b, 150000);
    bench_round_trip(b);
    g_assert_cmpuint(rd(b, 0, CURRENT), ==, 25000);
    bench_step(b, 50000);
    g_assert_cmphex(acknowledge(b, 0), ==, 0x40);
    wr(b, 1, EOI, 0);
    g_assert_cmphex(acknowledge(b, 1), ==, 0x51);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(reset_values, "apic", "cpus=2");
    BENCH_TEST(write_masks, "apic");
    BENCH_TEST(self_interrupt, "apic");
    BENCH_TEST(priorities, "apic");
    BENCH_TEST(task_priority, "apic");
    BENCH_TEST(disabled_by_software, "apic");
    BENCH_TEST(physical_destination, "apic", "cpus=8");
    BENCH_TEST(shorthands, "apic", "cpus=8");
    BENCH_TEST(flat_destination, "apic", "cpus=8");
    BENCH_TEST(cluster_destination, "apic", "cpus=8");
    BENCH_TEST(lowest_priority, "apic", "cpus=4");
    BENCH_TEST(nmi_and_smi, "apic", "cpus=4");
    BENCH_TEST(init_and_startup, "apic", "cpus=2");
    BENCH_TEST(errors, "apic");
    BENCH_TEST(error_entry_with_an_illegal_vector, "apic");
    BENCH_TEST(timer_once, "apic");
    BENCH_TEST(timer_divisors, "apic");
    BENCH_TEST(timer_periodic, "apic");
    BENCH_TEST(timer_of_a_nanosecond, "apic");
    BENCH_TEST(timer_shorter_than_a_look, "apic");
    BENCH_TEST(timer_tsc_deadline, "apic");
    BENCH_TEST(messages, "apic", "cpus=4");
    BENCH_TEST(level_interrupts_tell_their_end, "apic");
    BENCH_TEST(lint_pins, "apic", "cpus=2");
    g_test_add_func("/hw/apic/extint_through_lint0", extint_through_lint0);
    g_test_add_func("/hw/apic/extint_by_message", extint_by_message);
    g_test_add_func("/hw/apic/disabled_by_hardware", disabled_by_hardware);
    BENCH_TEST(base_rules, "apic");
    BENCH_TEST(x2apic, "apic", "cpus=20");
    BENCH_TEST(survives_a_snapshot, "apic", "cpus=2");
    return g_test_run();
}
