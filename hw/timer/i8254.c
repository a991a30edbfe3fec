/* SPDX-License-Identifier: MIT */
/*
 * 8254 programmable interval timer: three counters of 16 bits.
 * Implements: Intel 82C54 data sheet (231244): all six modes, binary and BCD, counter latch,
 * read-back, gates.
 *
 *     outputs   irq (OUT 0), out1, out2;  inputs  gate0, gate1, gate2
 *
 * Nothing counts: a counter knows the tick of its clock at which its counting element was loaded,
 * and what it holds and what its output is follow from the time of day.  A timer runs only for an
 * output that somebody is connected to, from one edge to the next.
 * Choices: an edge is told when it comes, but in mode 2 the low pulse of one tick is told with its
 * rising edge.  Edges that the host slept over are told as one.  Mode 1 and 5 before their first
 * trigger read as the count that was written.  A count of 1 in modes 2 and 3, which the data sheet
 * forbids in mode 2, is as 2.  Gates 0 and 1 are high unless they are connected.
 */
#include "hw/timer/i8254.h"

enum { N_COUNTERS = 3, HZ = 1193182 };
enum { ACCESS_LOW = 1, ACCESS_HIGH = 2, ACCESS_BOTH = 3 };
enum { RW_FIRST, RW_SECOND };
enum { STATUS_OUT = 0x80, STATUS_NULL = 0x40 };

typedef struct Counter {
    uint8_t  mode, access, bcd;
    uint8_t  write_state, read_state, low;      /* of two bytes */
    uint8_t  latched;                           /* bytes of the latched count still to be read */
    uint8_t  status, status_latched;
    uint16_t latch;
    bool     gate;
    bool     loaded;                            /* start is valid: it counts, or has counted */
    bool     has_next;                          /* a count waits: */
    uint32_t count;                             /* of the cycle that runs: 2 to 0x10000 */
    uint32_t next;                              /* of the next */
    int64_t  next_at;                           /* when it begins (modes 2 and 3) */
    int64_t  start;                             /* the tick at which count was loaded */
    int64_t  held;                              /* ticks counted when the gate stopped it */
    uint64_t shown_rises;                       /* the rising edges that the line has told */
} Counter;

typedef struct I8254 {
    Device  dev;
    IrqLine out[N_COUNTERS];
    Counter counter[N_COUNTERS];
    Timer   edge[N_COUNTERS];
} I8254;
#define I8254(d) DEVICE_AS(I8254, d)

/* --- A counter in time ------------------------------------------------------------------------ */

static int64_t ticks_now(void)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), HZ);
}

static uint32_t modulus(const Counter *c)
{
    return c->bcd ? 10000 : 0x10000;
}

/* Modes 2 and 3 go round by themselves; 1 and 5 begin with a rising gate; a low gate stops 0, 2, 3
 * and 4. */
static bool periodic(const Counter *c)
{
    return c->mode == 2 || c->mode == 3;
}

static bool triggered(const Counter *c)
{
    return c->mode == 1 || c->mode == 5;
}

/* Ticks since the counting element was loaded; negative: it will be loaded at the next tick. */
static int64_t elapsed(const Counter *c, int64_t now)
{
    return c->gate || triggered(c) ? now - c->start : c->held;
}

/* The half of mode 3's cycle in which OUT is high: the longer one of an odd count. */
static uint32_t high_ticks(const Counter *c)
{
    return (c->count + 1) / 2;
}

/* A count written while modes 2 and 3 run takes over where the cycle (mode 3: its half) ends. */
static void take_next(Counter *c, int64_t now)
{
    if (!c->has_next || !c->loaded || !periodic(c) || !c->gate || now < c->next_at) {
        return;
    }
    bool low_follows = c->mode == 3 && (c->next_at - c->start) % c->count == high_ticks(c);
    c->count = c->next;
    c->has_next = false;
    /* A cycle's end is an edge to tell, even if the numbers of the old and new ones are equal. */
    c->shown_rises = low_follows || c->next_at == c->start ? 0 : UINT64_MAX;
    c->start = c->next_at - (low_follows ? high_ticks(c) : 0);
}

/* OUT, for a counter whose next count is in place. */
static bool out_level(const Counter *c, int64_t now)
{
    if (!c->loaded) {
        return c->mode != 0;
    }
    int64_t t = elapsed(c, now);
    switch (c->mode) {
    case 0:  return t >= c->count;
    case 1:  return t < 0 || t >= c->count;
    case 2:  return !c->gate || t < 0 || t % c->count != c->count - 1;
    case 3:  return !c->gate || t < 0 || t % c->count < high_ticks(c);
    default: return t != c->count;
    }
}

/* What a read of the counting element gives. */
static uint16_t element(const Counter *c, int64_t now)
{
    if (!c->loaded) {
        return c->next;
    }
    int64_t t = MAX(elapsed(c, now), 0);
    uint32_t value;
    if (c->mode == 3) {
        uint32_t at = t % c->count, half = at < high_ticks(c) ? at : at - high_ticks(c);
        value = (c->count & ~1u) - 2 * half;
    } else if (c->mode == 2) {
        value = c->count - t % c->count;
    } else {
        value = (c->count + modulus(c) - t % modulus(c)) % modulus(c);
    }
    return value;
}

static uint16_t to_bcd(uint32_t v)
{
    return v / 1000 % 10 << 12 | v / 100 % 10 << 8 | v / 10 % 10 << 4 | v % 10;
}

static uint32_t from_bcd(uint16_t v)
{
    return (v >> 12) * 1000 + (v >> 8 & 15) * 100 + (v >> 4 & 15) * 10 + (v & 15);
}

static uint16_t visible(const Counter *c, int64_t now)
{
    uint16_t v = element(c, now);
    return c->bcd ? to_bcd(v) : v;
}

/* --- The line --------------------------------------------------------------------------------- */

/* How many rising edges there have been since the count was loaded: each cycle of modes 2 and 3
 * begins with one, the pulses of the others end with it. */
static uint64_t rises(const Counter *c, int64_t now)
{
    int64_t t = c->loaded && (c->gate || triggered(c)) ? elapsed(c, now) : -1;
    if (t < 0) {
        return 0;
    }
    return periodic(c) ? t / c->count : t >= c->count + (c->mode >= 4);
}

/* The tick of the next edge worth telling; INT64_MAX: none. */
static int64_t next_edge(const Counter *c, int64_t now)
{
    if (!c->loaded || (!c->gate && !triggered(c))) {
        return INT64_MAX;
    }
    int64_t t = elapsed(c, now), n = c->count, next;
    if (t < 0) {
        return c->start;
    }
    int64_t at = t % c->count, begin = t - at;
    switch (c->mode) {
    case 2:
        next = begin + c->count;
        break;
    case 3:
        next = at < high_ticks(c) ? begin + high_ticks(c) : begin + c->count;
        break;
    case 0:
    case 1:
        next = t < n ? n : -1;
        break;
    default:
        next = t <= n ? n + (t == n) : -1;
        break;
    }
    return next < 0 ? INT64_MAX : c->start + next;
}

static void show(I8254 *s, unsigned n)
{
    Counter *c = &s->counter[n];
    IrqLine *line = &s->out[n];
    if (!line->n_sinks) {
        return;
    }
    int64_t now = ticks_now();
    take_next(c, now);
    uint64_t now_rises = rises(c, now);
    bool level = out_level(c, now) || c->mode == 2;     /* its pulse is told at its end */
    if (now_rises != c->shown_rises && level) {
        irq_lower(line);                /* a pulse that has come and gone since */
    }
    c->shown_rises = now_rises;
    irq_set(line, level);
    int64_t edge = next_edge(c, now);
    if (c->has_next && periodic(c)) {
        edge = MIN(edge, c->next_at);
    }
    if (edge == INT64_MAX) {
        timer_cancel(&s->edge[n]);
    } else {
        timer_set(&s->edge[n], clock_ticks_to_ns(edge, HZ));
    }
}

static void edge0(void *opaque)
{
    show(opaque, 0);
}

static void edge1(void *opaque)
{
    show(opaque, 1);
}

static void edge2(void *opaque)
{
    show(opaque, 2);
}

/* --- Counting --------------------------------------------------------------------------------- */

/* The counting element is loaded at the next tick. */
static void load(Counter *c, int64_t now)
{
    c->count = c->next;
    c->has_next = false;
    c->start = now + 1;
    c->held = 0;
    c->loaded = true;
    c->shown_rises = 0;
}

/* Where the cycle that runs ends, or its half in mode 3. */
static int64_t cycle_end(const Counter *c, int64_t now)
{
    int64_t t = elapsed(c, now);
    if (t < 0) {
        return c->start;
    }
    int64_t at = t % c->count, begin = now - at;
    return c->mode == 3 && at < high_ticks(c) ? begin + high_ticks(c) : begin + c->count;
}

static void write_count(Counter *c, uint16_t v)
{
    int64_t now = ticks_now();
    take_next(c, now);
    uint32_t count = c->bcd ? from_bcd(v) : v;
    count = count ? count : modulus(c);
    c->next = periodic(c) ? MAX(count, 2) : count;
    if (!c->has_next && c->loaded && periodic(c)) {
        c->next_at = c->gate ? cycle_end(c, now) : INT64_MAX;
    }
    c->has_next = true;
    if (!triggered(c) && !(periodic(c) && c->loaded)) {
        load(c, now);
    }
}

/* Data sheet, "Operation of the gate". */
static void set_gate(Counter *c, bool level)
{
    int64_t now = ticks_now();
    take_next(c, now);
    if (level == c->gate) {
        return;
    }
    int64_t t = elapsed(c, now);
    c->gate = level;
    if (!level) {
        c->held = t;
    } else if (triggered(c) || periodic(c)) {
        if (c->has_next || c->loaded) {
            c->next = c->has_next ? c->next : c->count;
            load(c, now);
        }
    } else {
        c->start = now - t;
    }
}

/* --- Ports ------------------------------------------------------------------------------------ */

static void latch_count(Counter *c, int64_t now)
{
    if (!c->latched) {
        c->latch = visible(c, now);
        c->latched = c->access == ACCESS_BOTH ? 2 : 1;
    }
}

/* The count is null from the write until it is in the counting element. */
static bool is_null(const Counter *c, int64_t now)
{
    return c->has_next || !c->loaded || elapsed(c, now) < 0;
}

static void latch_status(Counter *c, int64_t now)
{
    if (!c->status_latched) {
        c->status_latched = true;
        c->status = (out_level(c, now) ? STATUS_OUT : 0) | (is_null(c, now) ? STATUS_NULL : 0) |
                    c->access << 4 | c->mode << 1 | c->bcd;
    }
}

static void read_back(I8254 *s, uint8_t v)
{
    int64_t now = ticks_now();
    for (unsigned n = 0; n < N_COUNTERS; n++) {
        Counter *c = &s->counter[n];
        if (v >> (n + 1) & 1) {
            take_next(c, now);
            if (!(v & 0x20)) {
                latch_count(c, now);
            }
            if (!(v & 0x10)) {
                latch_status(c, now);
            }
        }
    }
}

static void control_write(Device *dev, uint32_t v)
{
    static const uint8_t modes[8] = { 0, 1, 2, 3, 4, 5, 2, 3 };
    I8254 *s = I8254(dev);
    unsigned n = v >> 6, access = v >> 4 & 3;
    if (n == 3) {
        read_back(s, v);
        return;
    }
    Counter *c = &s->counter[n];
    if (!access) {
        int64_t now = ticks_now();
        take_next(c, now);
        latch_count(c, now);
        return;
    }
    *c = (Counter) { .mode = modes[v >> 1 & 7], .access = access, .bcd = v & 1, .gate = c->gate,
                     .next = c->loaded ? c->count : c->next };
    show(s, n);
}

static void counter_write(Device *dev, unsigned n, uint32_t v)
{
    I8254 *s = I8254(dev);
    Counter *c = &s->counter[n];
    if (c->access == ACCESS_LOW) {
        write_count(c, v);
    } else if (c->access == ACCESS_HIGH) {
        write_count(c, v << 8);
    } else if (c->write_state == RW_FIRST) {
        c->low = v;
        c->write_state = RW_SECOND;
        if (c->mode == 0) {             /* the first byte stops the counting, OUT is low at once */
            c->next = c->loaded ? element(c, ticks_now()) : c->next;
            c->loaded = false;
        }
    } else {
        c->write_state = RW_FIRST;
        write_count(c, c->low | v << 8);
    }
    show(s, n);
}

static uint32_t latched_byte(Counter *c)
{
    bool high = c->access == ACCESS_HIGH || (c->access == ACCESS_BOTH && c->latched == 1);
    c->latched--;
    return high ? c->latch >> 8 : c->latch & 0xff;
}

static uint32_t counter_read(Device *dev, unsigned n)
{
    Counter *c = &I8254(dev)->counter[n];
    if (c->status_latched) {
        c->status_latched = false;
        return c->status;
    }
    if (c->latched) {
        return latched_byte(c);
    }
    int64_t now = ticks_now();
    take_next(c, now);
    uint16_t v = visible(c, now);
    bool high = c->access == ACCESS_HIGH;
    if (c->access == ACCESS_BOTH) {
        high = c->read_state == RW_SECOND;
        c->read_state ^= 1;
    }
    return high ? v >> 8 : v & 0xff;
}

/* The control word cannot be read: the bus floats. */
static uint32_t control_read(Device *dev)
{
    return 0xff;
}

static const RegDef i8254_regs[] = {
    { 0, "Counter", .read_at = counter_read, .write_at = counter_write, .count = 3, .width = 1 },
    { 3, "Control", .read = control_read, .write = control_write, .width = 1 },
};

/* --- Pins ------------------------------------------------------------------------------------- */

bool i8254_out(Device *dev, unsigned n)
{
    Counter *c = &I8254(dev)->counter[n];
    int64_t now = ticks_now();
    take_next(c, now);
    return out_level(c, now);
}

bool i8254_gate(const Device *dev, unsigned n)
{
    return ((const I8254 *)(const void *)dev)->counter[n].gate;
}

void i8254_set_gate(Device *dev, unsigned n, bool level)
{
    set_gate(&I8254(dev)->counter[n], level);
    show(I8254(dev), n);
}

/* Before it is programmed, as a BIOS will do it: 18 ticks, 15 us. */
uint64_t i8254_refreshes(Device *dev)
{
    Counter *c = &I8254(dev)->counter[1];
    int64_t now = ticks_now();
    take_next(c, now);
    return now / (c->loaded && periodic(c) ? c->count : 18);
}

#define GATE_INPUT(n)                                                       \
    static void gate##n(Device *dev, int i, int level)                      \
    {                                                                       \
        i8254_set_gate(dev, n, level);                                      \
    }
GATE_INPUT(0)
GATE_INPUT(1)
GATE_INPUT(2)

/* --- Life ------------------------------------------------------------------------------------- */

static bool i8254_realize(Device *dev, GError **err)
{
    static const TimerCb edges[N_COUNTERS] = { edge0, edge1, edge2 };
    for (unsigned n = 0; n < N_COUNTERS; n++) {
        timer_init(&I8254(dev)->edge[n], CLOCK_VIRTUAL, edges[n], dev);
    }
    return true;
}

/* The chip has no reset and is undefined until it is programmed: here it stands in mode 3 and waits
 * for a count. */
static void i8254_reset(Device *dev)
{
    I8254 *s = I8254(dev);
    for (unsigned n = 0; n < N_COUNTERS; n++) {
        s->counter[n].gate = n < 2;
        s->counter[n].mode = 3;
        s->counter[n].access = ACCESS_BOTH;
    }
}

static bool i8254_loaded(Device *dev, GError **err)
{
    for (unsigned n = 0; n < N_COUNTERS; n++) {
        const Counter *c = &I8254(dev)->counter[n];
        if (c->count > 0x10000 || (c->loaded && !c->count) || c->next > 0x10000 || c->mode > 5 ||
            (c->has_next && !c->next) || c->latched > 2) {
            return fail(err, EMU_ERROR_DATA, "%s: impossible counter %u", dev->id, n);
        }
    }
    return true;
}

#define COUNTER_STATE(f)                                                                       \
    STATE_U8(I8254, f.mode), STATE_U8(I8254, f.access), STATE_U8(I8254, f.bcd),                \
    STATE_U8(I8254, f.write_state), STATE_U8(I8254, f.read_state), STATE_U8(I8254, f.low),     \
    STATE_U8(I8254, f.latched), STATE_U8(I8254, f.status), STATE_U8(I8254, f.status_latched),  \
    STATE_U16(I8254, f.latch), STATE_BOOL(I8254, f.gate), STATE_BOOL(I8254, f.loaded),         \
    STATE_BOOL(I8254, f.has_next), STATE_U32(I8254, f.count), STATE_U32(I8254, f.next),        \
    STATE_I64(I8254, f.next_at), STATE_I64(I8254, f.start), STATE_I64(I8254, f.held),          \
    STATE_U64(I8254, f.shown_rises)

const DeviceClass i8254 = {
    .name    = "i8254", .about = "programmable interval timer",
    .size    = sizeof(I8254),
    .regs    = REGS(i8254_regs, 4, ACCESS_ANY),
    .irqs    = IRQ_TABLE({ "irq", offsetof(I8254, out[0]), sizeof(IrqLine) },
                         { "out1", offsetof(I8254, out[1]), sizeof(IrqLine) },
                         { "out2", offsetof(I8254, out[2]), sizeof(IrqLine) }),
    .inputs  = INPUTS(INPUT("gate0", gate0, 1), INPUT("gate1", gate1, 1),
                      INPUT("gate2", gate2, 1)),
    .state   = STATE(COUNTER_STATE(counter[0]), COUNTER_STATE(counter[1]),
                     COUNTER_STATE(counter[2]), STATE_ARRAY(TIMER, I8254, edge)),
    .realize = i8254_realize, .reset = i8254_reset, .loaded = i8254_loaded,
};
