/* SPDX-License-Identifier: MIT */
/*
 * SP804, the ARM dual timer: two 16- or 32-bit down counters.
 * Implements: ARM DDI 0271D, chapters 2 and 3.
 * The count is computed from the virtual clock whenever it is asked for; the prescaler runs in
 * phase with that clock, so the same program always sees the same counts.  A counter that reloads
 * shows 0 for one tick, so a period is LOAD + 1 ticks (2^16 or 2^32 when free-running).
 * Not here: the integration test registers.
 */
#include "hw/primecell.h"

enum {
    CTRL_ONESHOT  = 0x01,
    CTRL_32BIT    = 0x02,
    CTRL_PRESCALE = 0x0c,
    CTRL_INT      = 0x20,
    CTRL_PERIODIC = 0x40,
    CTRL_ENABLE   = 0x80,
};

typedef struct Sp804 Sp804;

typedef struct Sp804Counter {
    Sp804   *owner;
    Timer    timer;
    unsigned index;
} Sp804Counter;

struct Sp804 {
    Device       dev;
    IrqLine      irq;                   /* TIMINTC: either of the two */
    IrqLine      each[2];               /* TIMINT1, TIMINT2 */
    uint32_t     hz;
    Sp804Counter counter[2];
    uint32_t     load[2];               /* LOAD and BGLOAD: what the next reload takes */
    uint32_t     ctrl[2], ris[2];
    uint32_t     value[2];              /* while it stands */
    bool         done[2];               /* while it stands: `value` is a 0 already told */
    bool         running[2];            /* enabled, and not a one-shot that is over */
    uint64_t     zero_at[2];            /* while running: the tick of the next zero to tell, */
    uint64_t     period[2];             /* and how long the period is that ends there */
};

#define DEV Sp804
#define SP804(d) DEVICE_AS(Sp804, d)

static unsigned prescale_shift(const Sp804 *s, unsigned i)
{
    return MIN((s->ctrl[i] & CTRL_PRESCALE) >> 2, 2) * 4;
}

static uint32_t width_mask(const Sp804 *s, unsigned i)
{
    return s->ctrl[i] & CTRL_32BIT ? 0xffffffff : 0xffff;
}

static uint64_t tick_now(const Sp804 *s, unsigned i)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), s->hz) >> prescale_shift(s, i);
}

/* What follows a zero. */
static uint32_t reload_value(const Sp804 *s, unsigned i)
{
    uint32_t mask = width_mask(s, i);
    return s->ctrl[i] & CTRL_PERIODIC ? s->load[i] & mask : mask;
}

static void update_irq(Sp804 *s)
{
    uint32_t mis[2];
    for (unsigned i = 0; i < 2; i++) {
        mis[i] = s->ctrl[i] & CTRL_INT ? s->ris[i] : 0;
        irq_set(&s->each[i], mis[i]);
    }
    irq_set(&s->irq, mis[0] | mis[1]);
}

/* Takes note of the zeros that have passed. */
static void catch_up(Sp804 *s, unsigned i)
{
    uint64_t now = tick_now(s, i);
    if (!s->running[i] || now < s->zero_at[i]) {
        return;
    }
    s->ris[i] = 1;
    if (s->ctrl[i] & CTRL_ONESHOT) {
        s->running[i] = false;
        s->value[i] = 0;
        s->done[i] = true;
    } else {
        s->period[i] = (uint64_t)reload_value(s, i) + 1;
        uint64_t periods = (now - s->zero_at[i]) / s->period[i] + 1;
        s->zero_at[i] += periods * s->period[i];
    }
    update_irq(s);
}

static uint32_t count(Sp804 *s, unsigned i)
{
    catch_up(s, i);
    if (!s->running[i]) {
        return s->value[i];
    }
    uint64_t left = s->zero_at[i] - tick_now(s, i);
    return left == s->period[i] ? 0 : left;
}

/* The next zero matters only when it can raise an interrupt that is not there yet. */
static void arm(Sp804 *s, unsigned i)
{
    Timer *t = &s->counter[i].timer;
    if (s->running[i] && (s->ctrl[i] & CTRL_INT) && !s->ris[i]) {
        timer_set(t, clock_ticks_to_ns(s->zero_at[i] << prescale_shift(s, i), s->hz));
    } else {
        timer_cancel(t);
    }
}

static void reached_zero(void *opaque)
{
    Sp804Counter *c = opaque;
    catch_up(c->owner, c->index);
    arm(c->owner, c->index);
}

/* Stops at the present count, and goes on from there. */
static void freeze(Sp804 *s, unsigned i)
{
    catch_up(s, i);
    if (s->running[i]) {
        s->value[i] = count(s, i);
        s->done[i] = s->zero_at[i] - tick_now(s, i) == s->period[i];
        s->running[i] = false;
    }
}

static void resume(Sp804 *s, unsigned i)
{
    s->running[i] = s->ctrl[i] & CTRL_ENABLE;
    s->value[i] &= width_mask(s, i);
    if (s->running[i] && s->done[i] && s->value[i] == 0) {
        s->running[i] = !(s->ctrl[i] & CTRL_ONESHOT);
        s->period[i] = (uint64_t)reload_value(s, i) + 1;
        s->zero_at[i] = tick_now(s, i) + s->period[i];
    } else {
        s->period[i] = (uint64_t)s->value[i] + 1;
        s->zero_at[i] = tick_now(s, i) + s->value[i];
    }
    catch_up(s, i);
    arm(s, i);
}

/* --- Registers ------------------------------------------------------------------------------ */

static uint32_t load_read(Device *dev, unsigned i)
{
    return SP804(dev)->load[i];
}

static void load_write(Device *dev, unsigned i, uint32_t value)
{
    Sp804 *s = SP804(dev);
    freeze(s, i);
    s->load[i] = s->value[i] = value;
    s->done[i] = false;
    resume(s, i);
}

static uint32_t value_read(Device *dev, unsigned i)
{
    return count(SP804(dev), i);
}

static uint32_t ctrl_read(Device *dev, unsigned i)
{
    return SP804(dev)->ctrl[i];
}

static void ctrl_write(Device *dev, unsigned i, uint32_t value)
{
    Sp804 *s = SP804(dev);
    freeze(s, i);
    s->ctrl[i] = value & 0xef;
    resume(s, i);
    update_irq(s);
}

static void intclr_write(Device *dev, unsigned i, uint32_t value)
{
    Sp804 *s = SP804(dev);
    catch_up(s, i);
    s->ris[i] = 0;
    update_irq(s);
    arm(s, i);
}

static uint32_t ris_read(Device *dev, unsigned i)
{
    catch_up(SP804(dev), i);
    return SP804(dev)->ris[i];
}

static uint32_t mis_read(Device *dev, unsigned i)
{
    return SP804(dev)->ctrl[i] & CTRL_INT ? ris_read(dev, i) : 0;
}

static void bgload_write(Device *dev, unsigned i, uint32_t value)
{
    Sp804 *s = SP804(dev);
    catch_up(s, i);
    s->load[i] = value;
}

#define PAIR .count = 2, .stride = 0x20
static const RegDef sp804_regs[] = {
    { 0x00, "LOAD",    .read_at = load_read, .write_at = load_write, PAIR },
    { 0x04, "VALUE",   .read_at = value_read, PAIR },
    { 0x08, "CONTROL", .read_at = ctrl_read, .write_at = ctrl_write, PAIR },
    { 0x0c, "INTCLR",  .write_at = intclr_write, PAIR },
    { 0x10, "RIS",     .read_at = ris_read, PAIR },
    { 0x14, "MIS",     .read_at = mis_read, PAIR },
    { 0x18, "BGLOAD",  .read_at = load_read, .write_at = bgload_write, PAIR },
    PRIMECELL_ID(0x00141804),
};

static bool sp804_realize(Device *dev, GError **err)
{
    Sp804 *s = SP804(dev);
    if (s->hz == 0) {
        return fail(err, EMU_ERROR_USAGE, "%s: the clock must not be 0 Hz", dev->id);
    }
    for (unsigned i = 0; i < 2; i++) {
        s->counter[i].owner = s;
        s->counter[i].index = i;
        timer_init(&s->counter[i].timer, CLOCK_VIRTUAL, reached_zero, &s->counter[i]);
    }
    return true;
}

static void sp804_unrealize(Device *dev)
{
    timer_cancel(&SP804(dev)->counter[0].timer);
    timer_cancel(&SP804(dev)->counter[1].timer);
}

static void sp804_reset(Device *dev)
{
    sp804_unrealize(dev);
}

/* The alarms follow from the rest of the state. */
static bool sp804_loaded(Device *dev, GError **err)
{
    for (unsigned i = 0; i < 2; i++) {
        Sp804 *s = SP804(dev);
        if (s->running[i] && (s->period[i] == 0 || s->period[i] > UINT64_C(1) << 32)) {
            return fail(err, EMU_ERROR_DATA, "%s: a period of no length", dev->id);
        }
        arm(s, i);
    }
    return true;
}

const DeviceClass sp804 = {
    .name      = "sp804", .about = "ARM dual timer", .size = sizeof(Sp804),
    .regs      = REGS(sp804_regs, 0x1000, ACCESS_ANY),
    .irqs      = IRQS(Sp804, irq, each),
    .props     = PROPS(PROP_U32("clock", Sp804, hz, .fallback = 1000000, .about = "in Hz")),
    .state     = STATE(STATE_ARRAY(U32, Sp804, load), STATE_ARRAY(U32, Sp804, ctrl, .reset = CTRL_INT),
                       STATE_ARRAY(U32, Sp804, ris),
                       STATE_ARRAY(U32, Sp804, value, .reset = 0xffffffff),
                       STATE_ARRAY(BOOL, Sp804, done), STATE_ARRAY(BOOL, Sp804, running),
                       STATE_ARRAY(U64, Sp804, zero_at), STATE_ARRAY(U64, Sp804, period)),
    .realize   = sp804_realize,
    .reset     = sp804_reset,
    .unrealize = sp804_unrealize,
    .loaded    = sp804_loaded,
};
