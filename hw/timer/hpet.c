/* SPDX-License-Identifier: MIT */
/*
 * HPET: high precision event timers, a counter of 100 MHz with three or more comparators.
 * Implements: IA-PC HPET specification 1.0a, chapters 2.3 and 2.4.
 *
 *     outputs   irq0, irq8      the PC's timer and clock interrupts: with legacy replacement they
 *                               are comparators 0 and 1, else what comes in at pit and rtc
 *               pin[0..23]      inputs of the IOAPIC; those that are connected can be routed to
 *     inputs    pit, rtc
 *
 * Nothing counts: the counter follows from the virtual clock, and a timer runs to each comparator's
 * next match.
 * Choices: an interrupt by edge leaves its line high until the next, as an 8259 wants it.  All
 * comparators are 64 bits wide, periodic ones too.  Every write to a periodic comparator is the
 * period; with VAL_SET it is the next match as well (2.3.9.2.2).  Matches that the host slept over are
 * one; periods shorter than 10 us match once in 10 us.
 */
#include "system/device.h"

enum { HZ = 100000000, PERIOD_FS = 10000000, MOST_TIMERS = 8, N_PINS = 24, SHORTEST_TICKS = 1000 };
enum { CONF_ENABLE = 1, CONF_LEGACY = 2 };
enum {
    T_LEVEL = 0x02, T_ENABLED = 0x04, T_PERIODIC = 0x08, T_CAN_PERIODIC = 0x10, T_64_BITS = 0x20,
    T_VAL_SET = 0x40, T_32_MODE = 0x100, T_ROUTE = 0x3e00, T_FSB = 0x4000, T_CAN_FSB = 0x8000,
    T_WRITABLE = T_LEVEL | T_ENABLED | T_PERIODIC | T_VAL_SET | T_32_MODE | T_FSB,
    ROUTE_SHIFT = 9,
};
enum { GCAP_ID = 0x00, GEN_CONF = 0x10, GINTR_STA = 0x20, MAIN_CNT = 0xf0, TIMERS = 0x100 };
enum { TIMER_CONF, TIMER_COMPARATOR, TIMER_FSB };

typedef struct Hpet Hpet;

typedef struct HpetRef {
    Hpet    *hpet;
    unsigned n;
} HpetRef;

struct Hpet {
    Device        dev;
    IrqLine       irq0, irq8, pin[N_PINS];
    AddressSpace *memory;
    uint32_t      n_timers;
    HpetRef       ref[MOST_TIMERS];
    uint32_t      conf, status;
    uint32_t      raised;               /* by edge: the line stays high until the next one */
    uint64_t      base;                 /* the counter - ticks of the clock; halted: the counter */
    uint64_t      config[MOST_TIMERS], comparator[MOST_TIMERS], period[MOST_TIMERS];
    uint64_t      fsb[MOST_TIMERS];
    Timer         match[MOST_TIMERS];
    bool          pit, rtc;             /* what comes in */
};
#define HPET(d) DEVICE_AS(Hpet, d)

/* --- Time ------------------------------------------------------------------------------------- */

static uint64_t ticks_now(void)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), HZ);
}

static bool running(const Hpet *s)
{
    return s->conf & CONF_ENABLE;
}

static uint64_t counter_at(const Hpet *s, uint64_t ticks)
{
    return running(s) ? s->base + ticks : s->base;
}

static uint64_t counter(const Hpet *s)
{
    return counter_at(s, ticks_now());
}

/* The bits of the counter that comparator n looks at. */
static uint64_t width_mask(const Hpet *s, unsigned n)
{
    return s->config[n] & T_32_MODE ? UINT32_MAX : UINT64_MAX;
}

/* --- Lines ------------------------------------------------------------------------------------ */

static bool is_legacy(const Hpet *s, unsigned n)
{
    return s->conf & CONF_LEGACY && n < 2;
}

static bool holds(const Hpet *s, unsigned n)
{
    uint32_t set = s->config[n] & T_LEVEL ? s->status : s->raised;
    return set >> n & 1 && s->config[n] & T_ENABLED && !(s->config[n] & T_FSB);
}

/* All levels anew. */
static void update_lines(Hpet *s)
{
    uint32_t pins = 0;
    bool legacy[2] = { s->pit, s->rtc };
    for (unsigned i = 0; i < 2 && s->conf & CONF_LEGACY; i++) {
        legacy[i] = holds(s, i);
    }
    for (unsigned n = 0; n < s->n_timers; n++) {
        if (holds(s, n) && !is_legacy(s, n)) {
            pins |= BIT32((s->config[n] & T_ROUTE) >> ROUTE_SHIFT);
        }
    }
    irq_set(&s->irq0, legacy[0]);
    irq_set(&s->irq8, legacy[1]);
    for (unsigned i = 0; i < N_PINS; i++) {
        irq_set(&s->pin[i], pins >> i & 1);
    }
}

static void interrupt(Hpet *s, unsigned n)
{
    uint32_t bit = BIT32(n);
    if (s->config[n] & T_LEVEL) {
        s->status |= bit;
    } else if (!(s->config[n] & T_FSB)) {
        s->raised &= ~bit;
        update_lines(s);
        s->raised |= bit;
    }
    if (s->config[n] & T_FSB && s->config[n] & T_ENABLED && s->memory) {
        address_space_st(s->memory, s->fsb[n] >> 32, (uint32_t)s->fsb[n], 4, ENDIAN_LITTLE, NULL);
    }
    update_lines(s);
}

/* --- Matches ---------------------------------------------------------------------------------- */

/*
 * `now` is the clock's tick as the caller has read it, once: looked at again it may be past a match
 * that was ahead, and then the match would be a whole turn away.
 */

/* Ticks from now on; a 64-bit match in the past is thousands of years away. */
static void arm_in(Hpet *s, unsigned n, uint64_t now, uint64_t ticks)
{
    int64_t deadline = ticks > UINT64_MAX - now ? INT64_MAX : clock_ticks_to_ns(now + ticks, HZ);
    if (deadline == INT64_MAX) {
        timer_cancel(&s->match[n]);
    } else {
        timer_set(&s->match[n], deadline);
    }
}

static void arm(Hpet *s, unsigned n, uint64_t now)
{
    if (running(s)) {
        arm_in(s, n, now, (s->comparator[n] - counter_at(s, now)) & width_mask(s, n));
    } else {
        timer_cancel(&s->match[n]);
    }
}

static void arm_all(Hpet *s, uint64_t now)
{
    for (unsigned n = 0; n < s->n_timers; n++) {
        arm(s, n, now);
    }
}

/* The next match of a periodic comparator that is still to come. */
static void advance(Hpet *s, unsigned n, uint64_t now)
{
    uint64_t mask = width_mask(s, n), period = s->period[n] & mask;
    uint64_t past = (counter_at(s, now) - s->comparator[n]) & mask;
    if (!period) {
        timer_cancel(&s->match[n]);
        return;
    }
    uint64_t steps = past / period + 1;
    steps += period < SHORTEST_TICKS ? SHORTEST_TICKS / period : 0;
    s->comparator[n] = (s->comparator[n] + steps * period) & mask;
    arm(s, n, now);
}

static void matches(void *opaque)
{
    HpetRef *r = opaque;
    Hpet *s = r->hpet;
    uint64_t now = ticks_now();
    if (s->config[r->n] & T_PERIODIC) {
        advance(s, r->n, now);
    } else if (s->config[r->n] & T_32_MODE) {
        uint32_t past = counter_at(s, now) - s->comparator[r->n];
        arm_in(s, r->n, now, BIT64(32) - past);
    }
    interrupt(s, r->n);
}

/* --- Registers -------------------------------------------------------------------------------- */

static uint32_t routes(const Hpet *s)
{
    uint32_t mask = 0;
    for (unsigned i = 0; i < N_PINS; i++) {
        mask |= s->pin[i].n_sinks ? BIT32(i) : 0;
    }
    return mask;
}

static uint64_t timer_read(const Hpet *s, unsigned n, unsigned reg)
{
    switch (reg) {
    case TIMER_CONF:
        return s->config[n] | T_CAN_PERIODIC | T_64_BITS | T_CAN_FSB | (uint64_t)routes(s) << 32;
    case TIMER_COMPARATOR:
        return s->comparator[n];
    case TIMER_FSB:
        return s->fsb[n];
    default:
        return 0;
    }
}

/* The register at an offset that is a multiple of 8. */
static uint64_t reg_read(const Hpet *s, uint64_t off)
{
    unsigned n = (off - TIMERS) / 0x20;
    switch (off) {
    case GCAP_ID:
        return (uint64_t)PERIOD_FS << 32 | 0x8086a001 | (s->n_timers - 1) << 8;
    case GEN_CONF:  return s->conf;
    case GINTR_STA: return s->status;
    case MAIN_CNT:  return counter(s);
    default:
        return off >= TIMERS && n < s->n_timers ? timer_read(s, n, off % 0x20 / 8) : 0;
    }
}

static void conf_write(Hpet *s, uint32_t v)
{
    uint64_t now = ticks_now(), value = counter_at(s, now);
    bool was_running = running(s);
    s->conf = v & (CONF_ENABLE | CONF_LEGACY);
    s->base = running(s) ? value - now : value;
    update_lines(s);
    if (running(s) != was_running) {
        arm_all(s, now);
    }
}

static void counter_write(Hpet *s, uint64_t v)
{
    if (running(s)) {
        log_guest(&s->dev, "the counter is written while it runs");
    }
    uint64_t now = ticks_now();
    s->base = running(s) ? v - now : v;
    arm_all(s, now);
}

/* A route that is not wired is not taken (2.3.8, INT_ROUTE_CNF). */
static void timer_conf_write(Hpet *s, unsigned n, uint64_t v)
{
    uint64_t old = s->config[n];
    unsigned route = (v & T_ROUTE) >> ROUTE_SHIFT;
    bool wired = route < N_PINS && routes(s) >> route & 1;
    s->config[n] = (v & T_WRITABLE) | ((wired ? v : old) & T_ROUTE);
    s->raised &= ~BIT32(n);
    if ((old ^ v) & T_32_MODE) {
        s->comparator[n] &= width_mask(s, n);
        arm(s, n, ticks_now());
    }
    update_lines(s);
}

/* Does a write to the comparator change only by how much it goes on? */
static bool only_period(const Hpet *s, unsigned n)
{
    return (s->config[n] & (T_PERIODIC | T_VAL_SET)) == T_PERIODIC;
}

static void comparator_write(Hpet *s, unsigned n, uint64_t v)
{
    bool sets = !only_period(s, n);
    v &= width_mask(s, n);
    s->period[n] = v;
    s->config[n] &= ~(uint64_t)T_VAL_SET;
    if (sets) {
        s->comparator[n] = v;
    }
    if (sets || !timer_pending(&s->match[n])) {
        arm(s, n, ticks_now());
    }
}

static void timer_write(Hpet *s, unsigned n, unsigned reg, uint64_t v)
{
    switch (reg) {
    case TIMER_CONF:       timer_conf_write(s, n, v); break;
    case TIMER_COMPARATOR: comparator_write(s, n, v); break;
    case TIMER_FSB:        s->fsb[n] = v; break;
    }
}

/* What a write of one half leaves of the other. */
static uint64_t kept(const Hpet *s, uint64_t off)
{
    unsigned n = (off - TIMERS) / 0x20;
    if (off >= TIMERS && n < s->n_timers && off % 0x20 / 8 == TIMER_COMPARATOR && only_period(s, n)) {
        return s->period[n];
    }
    return off == GINTR_STA ? 0 : reg_read(s, off);
}

static void reg_write(Hpet *s, uint64_t off, uint64_t v)
{
    unsigned n = (off - TIMERS) / 0x20;
    switch (off) {
    case GEN_CONF:
        conf_write(s, v);
        break;
    case GINTR_STA:
        s->status &= ~v;
        update_lines(s);
        break;
    case MAIN_CNT:
        counter_write(s, v);
        break;
    default:
        if (off >= TIMERS && n < s->n_timers) {
            timer_write(s, n, off % 0x20 / 8, v);
        } else {
            log_guest(&s->dev, "write to %#x, where no register is", (unsigned)off);
        }
        break;
    }
}

static uint64_t hpet_read(Device *dev, uint64_t off, unsigned size)
{
    uint64_t v = reg_read(HPET(dev), off & ~UINT64_C(7));
    return off & 4 ? v >> 32 : v;
}

static void hpet_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    Hpet *s = HPET(dev);
    unsigned shift = off & 4 ? 32 : 0;
    uint64_t at = off & ~UINT64_C(7), mask = mask64(8 * size) << shift;
    reg_write(s, at, (kept(s, at) & ~mask) | (value << shift & mask));
}

/* --- Life ------------------------------------------------------------------------------------- */

static void set_pit(Device *dev, int n, int level)
{
    HPET(dev)->pit = level;
    update_lines(HPET(dev));
}

static void set_rtc(Device *dev, int n, int level)
{
    HPET(dev)->rtc = level;
    update_lines(HPET(dev));
}

static bool hpet_realize(Device *dev, GError **err)
{
    Hpet *s = HPET(dev);
    if (s->n_timers < 3 || s->n_timers > MOST_TIMERS) {
        return fail(err, EMU_ERROR_USAGE, "%s: 3 to %u timers, not %u", dev->id, MOST_TIMERS,
                    s->n_timers);
    }
    for (unsigned n = 0; n < MOST_TIMERS; n++) {
        s->ref[n] = (HpetRef) { s, n };
        timer_init(&s->match[n], CLOCK_VIRTUAL, matches, &s->ref[n]);
    }
    return true;
}

/* Comparators are all ones (2.3.9). */
static void hpet_reset(Device *dev)
{
    Hpet *s = HPET(dev);
    memset(s->comparator, 0xff, sizeof(s->comparator));
    update_lines(s);
}

const DeviceClass hpet = {
    .name    = "hpet", .about = "high precision event timers",
    .size    = sizeof(Hpet),
    .regs    = WINDOWS(RAW_WINDOW("regs", 0x400, ACCESS_32 | ACCESS_64, hpet_read, hpet_write)),
    .irqs    = IRQS(Hpet, irq0, irq8, pin),
    .inputs  = INPUTS(INPUT("pit", set_pit, 1), INPUT("rtc", set_rtc, 1)),
    .props   = PROPS(PROP_U32("timers", Hpet, n_timers, .fallback = 3, .about = "comparators, 3 to 8"),
                     PROP_MEMORY("memory", Hpet, memory, .about = "where it writes messages")),
    .state   = STATE(STATE_U32(Hpet, conf), STATE_U32(Hpet, status),
                     STATE_U32(Hpet, raised), STATE_U64(Hpet, base),
                     STATE_ARRAY(U64, Hpet, config), STATE_ARRAY(U64, Hpet, comparator),
                     STATE_ARRAY(U64, Hpet, period), STATE_ARRAY(U64, Hpet, fsb),
                     STATE_ARRAY(TIMER, Hpet, match), STATE_BOOL(Hpet, pit), STATE_BOOL(Hpet, rtc)),
    .realize = hpet_realize, .reset = hpet_reset,
};
