/* SPDX-License-Identifier: MIT */
/*
 * ARM Generic Interrupt Controller, version 2, without the Security Extensions: one distributor and
 * an interface for each of up to eight CPUs.
 * Implements: ARM IHI 0048B, chapters 3 (handling, priorities, states) and 4 (registers); the
 * identification of the GIC-400 (ARM DDI 0471B).
 *
 *     inputs 0..987     "spi[n]": shared peripheral interrupt n, ID 32 + n ("gic.1" is SPI 1)
 *     inputs 988...     "ppi[32 * cpu + id]": a CPU's private interrupt, ID 16 to 31
 *     outputs           irq[cpu], fiq[cpu]
 *
 * Interrupts are kept as the registers show them, 32 to a word.  Word 0 (SGIs and PPIs) is banked:
 * each CPU has its own, in elements 0 to 7; the words of the SPIs follow.
 * Choices: 32 priority levels, as the GIC-400; a group priority of 5 bits at most.
 * Leaves out: the virtual CPU interface, interrupt bypass, GICD_NSACR (there is no Security).
 */
#include "system/bus_master.h"
#include "system/device.h"

enum {
    MAX_CPU = 8, N_SPI = 988, N_PRIVATE = 32, WORDS = MAX_CPU + 31,
    PRIO_MASK = 0xf8, PRIO_IDLE = 0x100, BPR_MIN = 2,
    ID_SPURIOUS = 1023, ID_OTHER_GROUP = 1022,
};
enum {                                          /* GICC_CTLR */
    CTLR_GRP0 = 1 << 0, CTLR_GRP1 = 1 << 1, CTLR_ACKCTL = 1 << 2, CTLR_FIQEN = 1 << 3,
    CTLR_CBPR = 1 << 4, CTLR_EOIMODE = 1 << 9, CTLR_MASK = 0x21f,
};

typedef struct GicV2 {
    Device   dev;
    IrqLine  irq[MAX_CPU], fiq[MAX_CPU];
    uint32_t n_irqs, n_cpus;
    uint32_t dist_ctlr;
    uint32_t group[WORDS], enabled[WORDS], latched[WORDS], level[WORDS], active[WORDS], edge[WORDS];
    uint8_t  priority[MAX_CPU * N_PRIVATE + N_SPI];
    uint8_t  target[N_SPI];
    uint8_t  sgi_from[MAX_CPU * 16];            /* [to * 16 + id]: CPUs that sent it */
    /* CPU interfaces */
    uint32_t ctlr[MAX_CPU], pmr[MAX_CPU], bpr[MAX_CPU], abpr[MAX_CPU];
    uint32_t apr[MAX_CPU];                      /* bit p: active at group priority p * 8 */
    uint32_t apr_group1[MAX_CPU];               /* those of them that are of group 1 */
} GicV2;

#define DEV GicV2
#define GIC(d) DEVICE_AS(GicV2, d)

static unsigned this_cpu(const GicV2 *s)
{
    return bus_master < s->n_cpus ? bus_master : 0;
}

/* Element of the word arrays. */
static unsigned word_of(unsigned cpu, unsigned word)
{
    return word == 0 ? cpu : MAX_CPU - 1 + word;
}

static unsigned priority_of(unsigned cpu, unsigned id)
{
    return id < N_PRIVATE ? cpu * N_PRIVATE + id : MAX_CPU * N_PRIVATE + id - N_PRIVATE;
}

static bool is_group1(const GicV2 *s, unsigned cpu, unsigned id)
{
    return s->group[word_of(cpu, id / 32)] >> (id % 32) & 1;
}

/* 4.3.7: what the distributor calls pending. */
static uint32_t pending_word(const GicV2 *s, unsigned w)
{
    return s->latched[w] | (s->level[w] & ~s->edge[w]);
}

/* ---- which interrupt is next ---- */

/* Is the group forwarded by the distributor and taken by this interface? */
static bool group_on(const GicV2 *s, unsigned cpu, bool group1)
{
    uint32_t bit = group1 ? CTLR_GRP1 : CTLR_GRP0;
    return s->dist_ctlr & s->ctlr[cpu] & bit;
}

static bool targets(const GicV2 *s, unsigned cpu, unsigned id)
{
    return id < N_PRIVATE || s->n_cpus == 1 || (s->target[id - N_PRIVATE] >> cpu & 1);
}

typedef struct Best {
    unsigned id, priority;
} Best;

/* The highest priority pending interrupt of a CPU (the lowest number of equals). */
static Best highest_pending(const GicV2 *s, unsigned cpu)
{
    Best best = { ID_SPURIOUS, PRIO_IDLE };
    for (unsigned word = 0; word < s->n_irqs / 32; word++) {
        unsigned w = word_of(cpu, word);
        uint32_t ready = pending_word(s, w) & s->enabled[w] & ~s->active[w];
        for (; ready; ready &= ready - 1) {
            unsigned id = word * 32 + __builtin_ctz(ready);
            unsigned priority = s->priority[priority_of(cpu, id)];
            if (priority < best.priority && targets(s, cpu, id) &&
                group_on(s, cpu, is_group1(s, cpu, id))) {
                best = (Best) { id, priority };
            }
        }
    }
    return best;
}

static unsigned running_priority(const GicV2 *s, unsigned cpu)
{
    return s->apr[cpu] ? __builtin_ctz(s->apr[cpu]) * 8u : PRIO_IDLE;
}

/* 3.3.3: the part of a priority that decides about preemption. */
static unsigned group_priority(const GicV2 *s, unsigned cpu, unsigned priority, bool group1)
{
    bool own = group1 && !(s->ctlr[cpu] & CTLR_CBPR);
    unsigned bpr = own ? MAX(s->abpr[cpu], 1) - 1 : s->bpr[cpu];
    bpr = MAX(bpr, BPR_MIN);
    return priority & ~mask64(bpr + 1) & PRIO_MASK;
}

/* What the CPU should be interrupted by, now. */
static Best signalled(const GicV2 *s, unsigned cpu)
{
    Best best = highest_pending(s, cpu);
    if (best.id == ID_SPURIOUS || best.priority >= s->pmr[cpu]) {
        return (Best) { ID_SPURIOUS, PRIO_IDLE };
    }
    bool group1 = is_group1(s, cpu, best.id);
    if (group_priority(s, cpu, best.priority, group1) >= running_priority(s, cpu)) {
        return (Best) { ID_SPURIOUS, PRIO_IDLE };
    }
    return best;
}

static void update_cpu(GicV2 *s, unsigned cpu)
{
    Best best = signalled(s, cpu);
    bool any = best.id != ID_SPURIOUS;
    bool fiq = any && (s->ctlr[cpu] & CTLR_FIQEN) && !is_group1(s, cpu, best.id);
    irq_set(&s->irq[cpu], any && !fiq);
    irq_set(&s->fiq[cpu], fiq);
}

static void update(Device *dev)
{
    GicV2 *s = GIC(dev);
    for (unsigned cpu = 0; cpu < s->n_cpus; cpu++) {
        update_cpu(s, cpu);
    }
}

/* ---- inputs ---- */

/* An edge is remembered until the interrupt is taken; a level is pending while it lasts. */
static void set_level(GicV2 *s, unsigned w, uint32_t bit, int level)
{
    bool was = s->level[w] & bit;
    s->level[w] = level ? s->level[w] | bit : s->level[w] & ~bit;
    if (level && !was && (s->edge[w] & bit)) {
        s->latched[w] |= bit;
    }
    update(&s->dev);
}

static void set_spi(Device *dev, int n, int level)
{
    GicV2 *s = GIC(dev);
    unsigned id = N_PRIVATE + n;
    if (id < s->n_irqs) {
        set_level(s, word_of(0, id / 32), BIT32(id % 32), level);
    }
}

static void set_ppi(Device *dev, int n, int level)
{
    if (n % 32 >= 16) {
        set_level(GIC(dev), n / 32, BIT32(n % 32), level);
    }
}

/* ---- distributor: words of 32 interrupts ---- */

/* The element for a bank's register index; WORDS when the GIC is smaller. */
static unsigned dist_word(const GicV2 *s, unsigned index)
{
    return index < s->n_irqs / 32 ? word_of(this_cpu(s), index) : WORDS;
}

/* SGIs: always enabled (3.1.2 allows it), pending only by GICD_SGIR and the SGI registers. */
#define SGI_BITS(index) ((index) == 0 ? 0xffffu : 0u)

static uint32_t read_word(Device *dev, const uint32_t *words, unsigned index)
{
    unsigned w = dist_word(GIC(dev), index);
    return w < WORDS ? words[w] : 0;
}

static void change_word(Device *dev, uint32_t *words, unsigned index, uint32_t clear, uint32_t set)
{
    unsigned w = dist_word(GIC(dev), index);
    if (w < WORDS) {
        words[w] = (words[w] & ~clear) | set;
        update(dev);
    }
}

static uint32_t igroupr_read(Device *dev, unsigned i)
{
    return read_word(dev, GIC(dev)->group, i);
}

static void igroupr_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->group, i, ~v, v);
}

static uint32_t enabler_read(Device *dev, unsigned i)
{
    return read_word(dev, GIC(dev)->enabled, i);
}

static void isenabler_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->enabled, i, 0, v);
}

static void icenabler_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->enabled, i, v & ~SGI_BITS(i), 0);
}

static uint32_t pendr_read(Device *dev, unsigned i)
{
    unsigned w = dist_word(GIC(dev), i);
    return w < WORDS ? pending_word(GIC(dev), w) : 0;
}

static void ispendr_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->latched, i, 0, v & ~SGI_BITS(i));
}

static void icpendr_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->latched, i, v & ~SGI_BITS(i), 0);
}

static uint32_t activer_read(Device *dev, unsigned i)
{
    return read_word(dev, GIC(dev)->active, i);
}

static void isactiver_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->active, i, 0, v);
}

static void icactiver_write(Device *dev, unsigned i, uint32_t v)
{
    change_word(dev, GIC(dev)->active, i, v, 0);
}

/* ---- distributor: bytes and pairs of bits ---- */

static uint32_t ipriorityr_read(Device *dev, unsigned id)
{
    GicV2 *s = GIC(dev);
    return id < s->n_irqs ? s->priority[priority_of(this_cpu(s), id)] : 0;
}

static void ipriorityr_write(Device *dev, unsigned id, uint32_t v)
{
    GicV2 *s = GIC(dev);
    if (id < s->n_irqs) {
        s->priority[priority_of(this_cpu(s), id)] = v & PRIO_MASK;
        update(dev);
    }
}

/* 4.3.12: private interrupts show whose they are; one CPU alone reads 0 everywhere. */
static uint32_t itargetsr_read(Device *dev, unsigned id)
{
    GicV2 *s = GIC(dev);
    if (s->n_cpus == 1 || id >= s->n_irqs) {
        return 0;
    }
    return id < N_PRIVATE ? BIT32(this_cpu(s)) : s->target[id - N_PRIVATE];
}

static void itargetsr_write(Device *dev, unsigned id, uint32_t v)
{
    GicV2 *s = GIC(dev);
    if (s->n_cpus > 1 && id >= N_PRIVATE && id < s->n_irqs) {
        s->target[id - N_PRIVATE] = v & mask64(s->n_cpus);
        update(dev);
    }
}

/* Two bits an interrupt, the upper one says edge.  SGIs are edges, PPIs are levels. */
static uint32_t icfgr_read(Device *dev, unsigned i)
{
    GicV2 *s = GIC(dev);
    uint32_t v = 0, edge = read_word(dev, s->edge, i / 2) >> (i % 2 * 16);
    if (i == 0) {
        return 0xaaaaaaaa;
    }
    for (unsigned n = 0; n < 16; n++) {
        v |= (edge >> n & 1) << (2 * n + 1);
    }
    return v;
}

static void icfgr_write(Device *dev, unsigned i, uint32_t v)
{
    uint32_t edge = 0;
    if (i < 2) {
        return;
    }
    for (unsigned n = 0; n < 16; n++) {
        edge |= (v >> (2 * n + 1) & 1) << n;
    }
    unsigned shift = i % 2 * 16;
    change_word(dev, GIC(dev)->edge, i / 2, 0xffffu << shift, edge << shift);
}

/* ---- distributor: SGIs ---- */

static void send_sgi(GicV2 *s, unsigned to, unsigned id, uint8_t from)
{
    s->sgi_from[to * 16 + id] |= from;
    s->latched[to] |= BIT32(id);
}

static void forget_sgi(GicV2 *s, unsigned to, unsigned id, uint8_t from)
{
    s->sgi_from[to * 16 + id] &= ~from;
    if (!s->sgi_from[to * 16 + id]) {
        s->latched[to] &= ~BIT32(id);
    }
}

/* 4.3.15: 0 to a list, 1 to all others, 2 to itself. */
static void sgir_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    unsigned me = this_cpu(s);
    uint32_t list = extract32(v, 16, 8), filter = extract32(v, 24, 2);
    if (filter == 3) {
        log_guest(dev, "reserved target list filter in GICD_SGIR");
        return;
    }
    list = filter == 1 ? ~BIT32(me) : filter == 2 ? BIT32(me) : list;
    for (unsigned cpu = 0; cpu < s->n_cpus; cpu++) {
        if (list >> cpu & 1) {
            send_sgi(s, cpu, v & 15, BIT32(me));
        }
    }
    update(dev);
}

static uint32_t sgi_pendr_read(Device *dev, unsigned id)
{
    GicV2 *s = GIC(dev);
    return s->sgi_from[this_cpu(s) * 16 + id];
}

static void cpendsgir_write(Device *dev, unsigned id, uint32_t v)
{
    GicV2 *s = GIC(dev);
    forget_sgi(s, this_cpu(s), id, v);
    update(dev);
}

static void spendsgir_write(Device *dev, unsigned id, uint32_t v)
{
    GicV2 *s = GIC(dev);
    v &= mask64(s->n_cpus);
    if (v) {
        send_sgi(s, this_cpu(s), id, v);
        update(dev);
    }
}

/* ---- distributor: the rest ---- */

static uint32_t typer_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return (s->n_irqs / 32 - 1) | (s->n_cpus - 1) << 5;
}

/* GIC-400: levels of the inputs. */
static uint32_t ppisr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return s->level[this_cpu(s)] >> 16;
}

static uint32_t spisr_read(Device *dev, unsigned i)
{
    return read_word(dev, GIC(dev)->level, i + 1);
}

static const RegDef dist_regs[] = {
    { 0x000, "CTLR",       AT(dist_ctlr), .writable = 3, .changed = update },
    { 0x004, "TYPER",      .read = typer_read },
    { 0x008, "IIDR",       .reset = 0x0200143b },
    { 0x080, "IGROUPR",    .read_at = igroupr_read, .write_at = igroupr_write, .count = 32 },
    { 0x100, "ISENABLER",  .read_at = enabler_read, .write_at = isenabler_write, .count = 32 },
    { 0x180, "ICENABLER",  .read_at = enabler_read, .write_at = icenabler_write, .count = 32 },
    { 0x200, "ISPENDR",    .read_at = pendr_read, .write_at = ispendr_write, .count = 32 },
    { 0x280, "ICPENDR",    .read_at = pendr_read, .write_at = icpendr_write, .count = 32 },
    { 0x300, "ISACTIVER",  .read_at = activer_read, .write_at = isactiver_write, .count = 32 },
    { 0x380, "ICACTIVER",  .read_at = activer_read, .write_at = icactiver_write, .count = 32 },
    { 0x400, "IPRIORITYR", .read_at = ipriorityr_read, .write_at = ipriorityr_write,
      .count = 1020, .width = 1 },
    { 0x800, "ITARGETSR",  .read_at = itargetsr_read, .write_at = itargetsr_write,
      .count = 1020, .width = 1 },
    { 0xc00, "ICFGR",      .read_at = icfgr_read, .write_at = icfgr_write, .count = 64 },
    { 0xd00, "PPISR",      .read = ppisr_read },
    { 0xd04, "SPISR",      .read_at = spisr_read, .count = 31 },
    { 0xf00, "SGIR",       .write = sgir_write },
    { 0xf10, "CPENDSGIR",  .read_at = sgi_pendr_read, .write_at = cpendsgir_write,
      .count = 16, .width = 1 },
    { 0xf20, "SPENDSGIR",  .read_at = sgi_pendr_read, .write_at = spendsgir_write,
      .count = 16, .width = 1 },
    { 0xfd0, "PIDR4", .reset = 0x04 }, { 0xfd4, "PIDR5", .reset = 0 },
    { 0xfd8, "PIDR6", .reset = 0 },    { 0xfdc, "PIDR7", .reset = 0 },
    { 0xfe0, "PIDR0", .reset = 0x90 }, { 0xfe4, "PIDR1", .reset = 0xb4 },
    { 0xfe8, "PIDR2", .reset = 0x2b }, { 0xfec, "PIDR3", .reset = 0 },
    { 0xff0, "CIDR0", .reset = 0x0d }, { 0xff4, "CIDR1", .reset = 0xf0 },
    { 0xff8, "CIDR2", .reset = 0x05 }, { 0xffc, "CIDR3", .reset = 0xb1 },
};

/* ---- CPU interface ---- */

static uint32_t ctlr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return s->ctlr[this_cpu(s)];
}

static void ctlr_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    s->ctlr[this_cpu(s)] = v & CTLR_MASK;
    update(dev);
}

static uint32_t pmr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return s->pmr[this_cpu(s)];
}

static void pmr_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    s->pmr[this_cpu(s)] = v & PRIO_MASK;
    update(dev);
}

static uint32_t bpr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return s->bpr[this_cpu(s)];
}

static void bpr_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    s->bpr[this_cpu(s)] = MAX(v & 7, BPR_MIN);
    update(dev);
}

static uint32_t abpr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return s->abpr[this_cpu(s)];
}

static void abpr_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    s->abpr[this_cpu(s)] = MAX(v & 7, BPR_MIN + 1);
    update(dev);
}

/* 3.2.5: takes an interrupt; for an SGI the answer names one sender. */
static uint32_t acknowledge(GicV2 *s, unsigned cpu, Best best)
{
    unsigned w = word_of(cpu, best.id / 32);
    uint32_t answer = best.id;
    bool group1 = is_group1(s, cpu, best.id);
    unsigned level = group_priority(s, cpu, best.priority, group1) / 8;
    if (best.id < 16) {
        uint8_t from = s->sgi_from[cpu * 16 + best.id];
        unsigned sender = from ? __builtin_ctz(from) : 0;
        forget_sgi(s, cpu, best.id, BIT32(sender));
        answer |= sender << 10;
    } else {
        s->latched[w] &= ~BIT32(best.id % 32);
    }
    s->active[w] |= BIT32(best.id % 32);
    s->apr[cpu] |= BIT32(level);
    s->apr_group1[cpu] = deposit32(s->apr_group1[cpu], level, 1, group1);
    update(&s->dev);
    return answer;
}

/* IAR answers for both groups when AckCtl says so; AIAR for group 1 only. */
static uint32_t iar_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    unsigned cpu = this_cpu(s);
    Best best = signalled(s, cpu);
    if (best.id == ID_SPURIOUS) {
        return ID_SPURIOUS;
    }
    if (is_group1(s, cpu, best.id) && !(s->ctlr[cpu] & CTLR_ACKCTL)) {
        return ID_OTHER_GROUP;
    }
    return acknowledge(s, cpu, best);
}

static uint32_t aiar_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    unsigned cpu = this_cpu(s);
    Best best = signalled(s, cpu);
    if (best.id == ID_SPURIOUS || !is_group1(s, cpu, best.id)) {
        return ID_SPURIOUS;
    }
    return acknowledge(s, cpu, best);
}

static void deactivate(GicV2 *s, unsigned cpu, unsigned id)
{
    if (id < s->n_irqs) {
        s->active[word_of(cpu, id / 32)] &= ~BIT32(id % 32);
    }
}

/* 3.2.1: the running priority drops to the next; unless EOImode splits it, deactivation too. */
static void eoir_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    unsigned cpu = this_cpu(s), id = v & 0x3ff;
    if (id >= s->n_irqs) {
        return;
    }
    if (!s->apr[cpu]) {
        log_guest(dev, "end of interrupt %u, but none is active", id);
    }
    s->apr[cpu] &= s->apr[cpu] - 1;
    if (!(s->ctlr[cpu] & CTLR_EOIMODE)) {
        deactivate(s, cpu, id);
    }
    update(dev);
}

static void dir_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    unsigned cpu = this_cpu(s);
    if (!(s->ctlr[cpu] & CTLR_EOIMODE)) {
        log_guest(dev, "GICC_DIR written while GICC_CTLR.EOImode is 0");
        return;
    }
    deactivate(s, cpu, v & 0x3ff);
    update(dev);
}

static uint32_t rpr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return MIN(running_priority(s, this_cpu(s)), 0xffu);
}

static uint32_t pending_answer(Device *dev, bool group1)
{
    GicV2 *s = GIC(dev);
    unsigned cpu = this_cpu(s);
    Best best = highest_pending(s, cpu);
    if (best.id == ID_SPURIOUS) {
        return ID_SPURIOUS;
    }
    if (is_group1(s, cpu, best.id) != group1) {
        bool both = !group1 && (s->ctlr[cpu] & CTLR_ACKCTL);
        if (!both) {
            return group1 ? ID_SPURIOUS : ID_OTHER_GROUP;
        }
    }
    uint8_t from = best.id < 16 ? s->sgi_from[cpu * 16 + best.id] : 0;
    return best.id | (from ? __builtin_ctz(from) << 10 : 0);
}

static uint32_t hppir_read(Device *dev)
{
    return pending_answer(dev, false);
}

static uint32_t ahppir_read(Device *dev)
{
    return pending_answer(dev, true);
}

static uint32_t apr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    return s->apr[this_cpu(s)];
}

static void apr_write(Device *dev, uint32_t v)
{
    GicV2 *s = GIC(dev);
    s->apr[this_cpu(s)] = v;
    update(dev);
}

static uint32_t nsapr_read(Device *dev)
{
    GicV2 *s = GIC(dev);
    unsigned cpu = this_cpu(s);
    return s->apr[cpu] & s->apr_group1[cpu];
}

static const RegDef cpu_regs[] = {
    { 0x0000, "CTLR",   .read = ctlr_read, .write = ctlr_write },
    { 0x0004, "PMR",    .read = pmr_read, .write = pmr_write },
    { 0x0008, "BPR",    .read = bpr_read, .write = bpr_write },
    { 0x000c, "IAR",    .read = iar_read },
    { 0x0010, "EOIR",   .write = eoir_write },
    { 0x0014, "RPR",    .read = rpr_read },
    { 0x0018, "HPPIR",  .read = hppir_read },
    { 0x001c, "ABPR",   .read = abpr_read, .write = abpr_write },
    { 0x0020, "AIAR",   .read = aiar_read },
    { 0x0024, "AEOIR",  .write = eoir_write },
    { 0x0028, "AHPPIR", .read = ahppir_read },
    { 0x00d0, "APR0",   .read = apr_read, .write = apr_write },
    { 0x00e0, "NSAPR0", .read = nsapr_read },
    { 0x00fc, "IIDR",   .reset = 0x0202143b },
    { 0x1000, "DIR",    .write = dir_write },
};

/* ---- the device ---- */

static bool gicv2_realize(Device *dev, GError **err)
{
    GicV2 *s = GIC(dev);
    if (s->n_cpus < 1 || s->n_cpus > MAX_CPU) {
        return fail(err, EMU_ERROR_USAGE, "a GICv2 has 1 to %d CPU interfaces, not %u", MAX_CPU,
                    s->n_cpus);
    }
    if (s->n_irqs < 32 || s->n_irqs > 1020 || s->n_irqs % 32) {
        return fail(err, EMU_ERROR_USAGE, "a GICv2 has 32 to 992 interrupts in steps of 32, not %u",
                    s->n_irqs);
    }
    return true;
}

static void gicv2_reset(Device *dev)
{
    GicV2 *s = GIC(dev);
    for (unsigned cpu = 0; cpu < MAX_CPU; cpu++) {
        s->enabled[cpu] = s->edge[cpu] = SGI_BITS(0);
    }
}

const DeviceClass gicv2 = {
    .name   = "gicv2", .about = "ARM Generic Interrupt Controller v2 (GIC-400)",
    .size   = sizeof(GicV2),
    .regs   = WINDOWS(REG_WINDOW("distributor", dist_regs, 0x1000, ACCESS_8 | ACCESS_32),
                      REG_WINDOW("cpu", cpu_regs, 0x2000, ACCESS_32)),
    .irqs   = IRQS(GicV2, irq, fiq),
    .inputs = INPUTS(INPUT("spi", set_spi, N_SPI), INPUT("ppi", set_ppi, MAX_CPU * 32)),
    .props  = PROPS(PROP_U32("interrupts", GicV2, n_irqs, .fallback = 288,
                             .about = "interrupt IDs, a multiple of 32"),
                    PROP_U32("cpus", GicV2, n_cpus, .fallback = 1, .about = "1 to 8")),
    .state  = STATE(STATE_ARRAY(U32, GicV2, group), STATE_ARRAY(U32, GicV2, enabled),
                    STATE_ARRAY(U32, GicV2, latched), STATE_ARRAY(U32, GicV2, level),
                    STATE_ARRAY(U32, GicV2, active), STATE_ARRAY(U32, GicV2, edge),
                    STATE_ARRAY(U8, GicV2, priority), STATE_ARRAY(U8, GicV2, target),
                    STATE_ARRAY(U8, GicV2, sgi_from), STATE_ARRAY(U32, GicV2, ctlr),
                    STATE_ARRAY(U32, GicV2, pmr), STATE_ARRAY(U32, GicV2, bpr, .reset = BPR_MIN),
                    STATE_ARRAY(U32, GicV2, abpr, .reset = BPR_MIN + 1),
                    STATE_ARRAY(U32, GicV2, apr), STATE_ARRAY(U32, GicV2, apr_group1)),
    .reset  = gicv2_reset,
    .realize = gicv2_realize,
};
