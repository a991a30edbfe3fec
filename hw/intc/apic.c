/* SPDX-License-Identifier: MIT */
/*
 * The local APICs of a machine's CPUs, all as one device: who accesses it is in
 * system/bus_master.h, and CPU n's APIC has the ID n.
 * Implements: Intel SDM volume 3A, chapter 11: xAPIC and x2APIC.  This file: registers, MSRs, the
 * place of the registers; apic_accept.c, apic_send.c and apic_timer.c the rest.
 *
 *     inputs    lint0 (the 8259's INT), nmi (LINT1), to all CPUs
 *     outputs   intr[n], nmi[n], smi[n], init[n], sipi[n]: to the inputs of CPU n.  nmi, smi and init
 *               are pulses; sipi calls its sinks with the vector | 0x100 and has no level
 *     window    0xfee00000, 1 MiB: the registers at its start, and all of it where messages are
 *               written (in the registers' page, the reserved offsets 0 to 15 are messages to CPU 0)
 *
 * It becomes Cpu.platform of the machine's CPUs.  Where the CPU model has no APIC (Cpu.local_apic)
 * LINT0 is the first CPU's INTR and LINT1 its NMI, as with an APIC that IA32_APIC_BASE disables.
 *
 * Choices: after reset LINT0 of the first CPU is not masked but ExtINT, as firmware leaves it ("virtual
 * wire mode").  Registers that move by IA32_APIC_BASE move for all CPUs.  An interrupt that vanishes
 * between line and acknowledge is none; the spurious vector is stored.  Delivery status is always idle.
 * In x2APIC mode reserved bits of LVT and SVR are ignored and do not fault.
 * Not here: the thermal and performance sources (their LVT entries are stored), CMCI, EOI broadcast
 * suppression, focus processors, arbitration.
 */
#include "hw/intc/apic_internal.h"
#include "system/bus_master.h"
#include "system/machine.h"

enum { VERSION = 0x00050014 };                  /* integrated, six LVT entries */
enum { PAGE_SIZE = 0x1000, MESSAGE_END = 0x10 };

/* Registers by offset / 16, as x2APIC numbers them. */
enum {
    REG_ID = 0x02, REG_VERSION, REG_TPR = 0x08, REG_APR, REG_PPR, REG_EOI, REG_RRD, REG_LDR, REG_DFR,
    REG_SVR, REG_ISR, REG_TMR = 0x18, REG_IRR = 0x20, REG_ESR = 0x28, REG_ICR_LOW = 0x30,
    REG_ICR_HIGH, REG_LVT, REG_INITIAL = 0x38, REG_CURRENT, REG_DIVIDE = 0x3e, REG_SELF_IPI,
};

static unsigned this_cpu(const Apic *s)
{
    return bus_master < s->n_cpus ? bus_master : 0;
}

/* --- Registers -------------------------------------------------------------------------------- */

/* Eight registers of 32 vectors. */
static uint32_t vectors(const uint64_t *set, unsigned i)
{
    return set[i / 2] >> (i % 2 ? 32 : 0);
}

/* False: there is no such register. */
static bool reg_read(Apic *s, unsigned n, unsigned reg, uint32_t *v)
{
    *v = 0;
    if (reg >= REG_ISR && reg < REG_ESR) {
        const uint64_t *set = reg < REG_TMR ? s->isr[n] : reg < REG_IRR ? s->tmr[n] : s->irr[n];
        *v = vectors(set, reg % 8);
        return true;
    }
    if (reg >= REG_LVT && reg < REG_LVT + N_LVT) {
        *v = s->lvt[n][reg - REG_LVT];
        return true;
    }
    switch (reg) {
    case REG_ID:       *v = apic_is_x2(s, n) ? n : n << 24; return true;
    case REG_VERSION:  *v = VERSION; return true;
    case REG_TPR:      *v = s->tpr[n]; return true;
    case REG_APR:
    case REG_PPR:      *v = apic_ppr(s, n); return true;
    case REG_EOI:
    case REG_RRD:      return true;
    case REG_LDR:      *v = s->ldr[n]; return true;
    case REG_DFR:      *v = s->dfr[n]; return true;
    case REG_SVR:      *v = s->svr[n]; return true;
    case REG_ESR:      *v = s->esr[n]; return true;
    case REG_ICR_LOW:  *v = s->icr_low[n]; return true;
    case REG_ICR_HIGH: *v = s->icr_high[n]; return true;
    case REG_INITIAL:  *v = s->initial[n]; return true;
    case REG_CURRENT:  *v = apic_timer_current(s, n); return true;
    case REG_DIVIDE:   *v = s->divide[n]; return true;
    default:           return false;
    }
}

static void lvt_write(Apic *s, unsigned n, unsigned i, uint32_t v)
{
    static const uint32_t writable[N_LVT] = {
        [LVT_TIMER] = 0x700ff, [LVT_THERMAL] = 0x107ff, [LVT_PERF] = 0x107ff,
        [LVT_LINT0] = 0x1a7ff, [LVT_LINT1] = 0x1a7ff, [LVT_ERROR] = 0x100ff,
    };
    uint32_t old = s->lvt[n][i];
    v = (v & writable[i]) | (old & LVT_REMOTE_IRR);
    v |= s->svr[n] & SVR_ENABLED ? 0 : LVT_MASKED;
    if (i == LVT_LINT0 || i == LVT_LINT1) {
        v &= v & LVT_LEVEL ? ~0u : ~(uint32_t)LVT_REMOTE_IRR;
    }
    s->lvt[n][i] = v;
    if (i == LVT_TIMER) {
        if ((old ^ v) & LVT_DEADLINE) {         /* entering or leaving TSC-deadline mode disarms */
            s->initial[n] = 0;
            s->deadline[n] = 0;
        }
        apic_timer_arm(s, n);
    } else if (i == LVT_LINT0 || i == LVT_LINT1) {
        apic_lint_changed(s, n, i - LVT_LINT0);
    }
}

/* Disabled by software: every LVT entry is masked. */
static void svr_write(Apic *s, unsigned n, uint32_t v)
{
    s->svr[n] = v & 0x3ff;
    if (!(v & SVR_ENABLED)) {
        for (unsigned i = 0; i < N_LVT; i++) {
            s->lvt[n][i] |= LVT_MASKED;
        }
        apic_timer_arm(s, n);
    }
    apic_update(s, n);
}

/* False: there is no such register, or it cannot be written. */
static bool reg_write(Apic *s, unsigned n, unsigned reg, uint32_t v)
{
    if (reg >= REG_LVT && reg < REG_LVT + N_LVT) {
        lvt_write(s, n, reg - REG_LVT, v);
        return true;
    }
    switch (reg) {
    case REG_TPR:
        s->tpr[n] = v;
        apic_update(s, n);
        return true;
    case REG_EOI:
        apic_eoi(s, n);
        return true;
    case REG_LDR:
        s->ldr[n] = v & 0xff000000;
        return true;
    case REG_DFR:
        s->dfr[n] = v | ~DFR_CLUSTER_MASK;
        return true;
    case REG_SVR:
        svr_write(s, n, v);
        return true;
    case REG_ESR:                               /* shows what has happened since the last write */
        s->esr[n] = s->errors[n];
        s->errors[n] = 0;
        return true;
    case REG_ICR_LOW:
        s->icr_low[n] = v & 0xccfff;
        apic_send(s, n, v, apic_is_x2(s, n) ? s->icr_high[n] : s->icr_high[n] >> 24);
        return true;
    case REG_ICR_HIGH:
        s->icr_high[n] = v & 0xff000000;
        return true;
    case REG_INITIAL:
        apic_timer_set_initial(s, n, v);
        return true;
    case REG_DIVIDE:
        apic_timer_set_divide(s, n, v);
        return true;
    default:
        return false;
    }
}

/* --- Memory ----------------------------------------------------------------------------------- */

/* Do the CPU's registers answer in memory? */
static bool in_memory(const Apic *s, unsigned n)
{
    return apic_enabled(s, n) && !apic_is_x2(s, n);
}

static uint64_t page_read(Apic *s, uint64_t off)
{
    unsigned n = this_cpu(s);
    uint32_t v;
    if (!in_memory(s, n)) {
        return UINT32_MAX;
    }
    if (off & 15) {
        return 0;
    }
    if (!reg_read(s, n, off >> 4, &v)) {
        log_guest(&s->dev, "read of %#x, where no register is", (unsigned)off);
        apic_error(s, n, ESR_REGISTER);
    }
    return v;
}

static void page_write(Apic *s, uint64_t off, uint32_t v)
{
    unsigned n = this_cpu(s);
    uint32_t old;
    if (in_memory(s, n) && !(off & 15) && !reg_write(s, n, off >> 4, v) &&
        !reg_read(s, n, off >> 4, &old)) {
        log_guest(&s->dev, "write of %#x to %#x, where no register is", v, (unsigned)off);
        apic_error(s, n, ESR_REGISTER);
    }
}

static bool registers_are_here(const Apic *s)
{
    return (s->base[0] & ~UINT64_C(0xfff)) == APIC_MESSAGES;
}

static uint64_t window_read(Device *dev, uint64_t off, unsigned size)
{
    Apic *s = APIC(dev);
    return off < PAGE_SIZE && registers_are_here(s) ? page_read(s, off) : UINT32_MAX;
}

static void window_write(Device *dev, uint64_t off, uint64_t v, unsigned size)
{
    Apic *s = APIC(dev);
    if (off < PAGE_SIZE && off >= MESSAGE_END && registers_are_here(s)) {
        page_write(s, off, v);
    } else {
        apic_deliver(dev, APIC_MESSAGES | off, v);
    }
}

static uint64_t moved_read(void *opaque, GPa off, unsigned size)
{
    return page_read(opaque, off);
}

static void moved_write(void *opaque, GPa off, uint64_t v, unsigned size)
{
    page_write(opaque, off, v);
}

static const MemoryOps moved_ops = {
    .read = moved_read, .write = moved_write, .endian = ENDIAN_LITTLE, .valid = ACCESS_32,
};

/* --- IA32_APIC_BASE and the other MSRs -------------------------------------------------------- */

static void place_registers(Apic *s)
{
    if (!the_machine || s->absent) {
        return;
    }
    memory_set_address(&s->moved, s->base[0] & ~UINT64_C(0xfff));
    memory_set_enabled(&s->moved, !registers_are_here(s));
}

static bool base_write(Apic *s, unsigned n, uint64_t v)
{
    const uint64_t known = UINT64_C(0xffffffd00);
    bool was_x2 = apic_is_x2(s, n), x2 = v & BASE_X2APIC, on = v & BASE_ENABLED;
    /* 11.12.5: from x2APIC only off, to it only from on. */
    if (v & ~known || (x2 && !on) || (was_x2 && on && !x2) || (x2 && !apic_enabled(s, n))) {
        return false;
    }
    bool was_on = apic_enabled(s, n);
    s->base[n] = (v & ~(uint64_t)BASE_BSP) | (n ? 0 : BASE_BSP);
    if (was_on && !on) {
        bool waits = s->wait_sipi[n];
        apic_reset_one(s, n);
        s->wait_sipi[n] = waits;
    } else if (x2 && !was_x2) {
        s->ldr[n] = apic_x2_ldr(n);
        s->icr_high[n] = 0;
    }
    for (unsigned i = 0; i < s->n_cpus; i++) {
        if ((s->base[i] ^ s->base[0]) & ~UINT64_C(0xfff)) {
            log_unimp(&s->dev, "registers of the CPUs at several addresses");
        }
    }
    place_registers(s);
    apic_update(s, n);
    return true;
}

/* What x2APIC leaves of the registers: no DFR, no upper half of ICR, no arbitration. */
static bool x2_read(Apic *s, unsigned n, unsigned reg, uint64_t *value)
{
    uint32_t v;
    if (reg == REG_APR || reg == REG_EOI || reg == REG_RRD || reg == REG_DFR ||
        reg == REG_ICR_HIGH || !reg_read(s, n, reg, &v)) {
        return false;
    }
    *value = reg == REG_ICR_LOW ? (uint64_t)s->icr_high[n] << 32 | v : v;
    return true;
}

static bool x2_write(Apic *s, unsigned n, unsigned reg, uint64_t v)
{
    if (reg == REG_ICR_LOW) {
        s->icr_high[n] = v >> 32;
    } else if (v >> 32 || reg == REG_LDR || reg == REG_DFR || reg == REG_ICR_HIGH ||
               ((reg == REG_EOI || reg == REG_ESR) && v) || (reg == REG_TPR && v > 0xff)) {
        return false;
    } else if (reg == REG_SELF_IPI) {
        apic_accept(s, n, v, false);
        return true;
    }
    return reg_write(s, n, reg, v);
}

/* --- What a CPU sees besides ------------------------------------------------------------------ */

static int platform_acknowledge(void *opaque)
{
    ApicCpu *c = opaque;
    return apic_acknowledge(c->apic, c->n);
}

static uint8_t platform_get_tpr(void *opaque)
{
    ApicCpu *c = opaque;
    return c->apic->tpr[c->n] >> 4;
}

static void platform_set_tpr(void *opaque, uint8_t cr8)
{
    ApicCpu *c = opaque;
    c->apic->tpr[c->n] = cr8 << 4;
    apic_update(c->apic, c->n);
}

static bool platform_msr(void *opaque, uint32_t msr, uint64_t *value, bool write)
{
    ApicCpu *c = opaque;
    Apic *s = c->apic;
    if (msr == 0x1b) {
        *value = write ? *value : s->base[c->n];
        return !write || base_write(s, c->n, *value);
    }
    if (msr == 0x6e0) {
        if (write) {
            apic_timer_set_deadline(s, c->n, *value);
        } else {
            *value = s->deadline[c->n];
        }
        return true;
    }
    if (!apic_is_x2(s, c->n) || msr < 0x800 || msr > 0x83f) {
        return false;
    }
    return (write ? x2_write(s, c->n, msr - 0x800, *value)
                  : x2_read(s, c->n, msr - 0x800, value));
}

static unsigned platform_apic_id(void *opaque)
{
    return ((ApicCpu *)opaque)->n;
}

static const CpuPlatform platform = {
    .acknowledge = platform_acknowledge, .get_tpr = platform_get_tpr, .set_tpr = platform_set_tpr,
    .msr = platform_msr, .apic_id = platform_apic_id,
};

const CpuPlatform *apic_platform(Device *dev, unsigned n, void **opaque)
{
    *opaque = &APIC(dev)->cpu[n];
    return &platform;
}

/* --- Life ------------------------------------------------------------------------------------- */

void apic_on_eoi(Device *dev, void (*fn)(void *opaque, uint8_t vector), void *opaque)
{
    Apic *s = APIC(dev);
    g_assert(s->n_listeners < MAX_LISTENERS);
    s->listeners[s->n_listeners++] = (ApicListener) { fn, opaque };
}

static void set_lint0(Device *dev, int n, int level)
{
    apic_set_lint(APIC(dev), 0, level);
}

static void set_lint1(Device *dev, int n, int level)
{
    apic_set_lint(APIC(dev), 1, level);
}

static void join_machine(Apic *s)
{
    for (unsigned n = 0; n < MIN(s->n_cpus, the_machine->n_cpus); n++) {
        Cpu *cpu = the_machine->cpus[n];
        cpu->platform = &platform;
        cpu->platform_opaque = &s->cpu[n];
        s->absent |= !cpu->local_apic;
    }
    memory_mmio_init(&s->moved, "apic-moved", PAGE_SIZE, &moved_ops, s);
    s->moved.dev = &s->dev;
    s->moved.disabled = true;
    memory_add(&the_machine->root, APIC_MESSAGES, &s->moved, 10);
}

static bool apic_realize(Device *dev, GError **err)
{
    Apic *s = APIC(dev);
    if (!s->n_cpus || s->n_cpus > MAX_APICS) {
        return fail(err, EMU_ERROR_USAGE, "%s: 1 to %u CPUs, not %u", dev->id, MAX_APICS, s->n_cpus);
    }
    for (unsigned n = 0; n < MAX_APICS; n++) {
        s->cpu[n] = (ApicCpu) { s, n };
        apic_timer_init(s, n);
    }
    if (the_machine) {
        join_machine(s);
    }
    return true;
}

static void apic_unrealize(Device *dev)
{
    if (APIC(dev)->moved.name) {
        memory_region_free(&APIC(dev)->moved);
    }
}

static void apic_reset(Device *dev)
{
    Apic *s = APIC(dev);
    for (unsigned n = 0; n < MAX_APICS; n++) {
        s->base[n] = APIC_MESSAGES | BASE_ENABLED | (n ? 0 : BASE_BSP);
        apic_reset_one(s, n);
    }
    place_registers(s);
}

static bool apic_loaded(Device *dev, GError **err)
{
    Apic *s = APIC(dev);
    s->last_lowest %= s->n_cpus;
    for (unsigned n = 0; n < MAX_APICS; n++) {
        if (s->started[n] < INT64_MIN / 2 || s->started[n] > clock_now(CLOCK_VIRTUAL)) {
            return fail(err, EMU_ERROR_DATA, "%s: a timer from the future", dev->id);
        }
    }
    place_registers(s);
    return true;
}

const DeviceClass apic = {
    .name      = "apic", .about = "local APICs of x86 CPUs",
    .size      = sizeof(Apic),
    .regs      = WINDOWS(RAW_WINDOW("regs", 0x100000, ACCESS_32, window_read, window_write)),
    .irqs      = IRQS(Apic, intr, nmi, smi, init, sipi),
    .inputs    = INPUTS(INPUT("lint0", set_lint0, 1), INPUT("nmi", set_lint1, 1)),
    .props     = PROPS(PROP_U32("cpus", Apic, n_cpus, .fallback = 1, .about = "how many CPUs"),
                       PROP_LINK("pic", Apic, pic, .text = "i8259",
                                 .about = "whose interrupts LINT0 brings")),
    .state     = STATE(STATE_ARRAY(U64, Apic, base), STATE_ARRAY(U64, Apic, irr),
                       STATE_ARRAY(U64, Apic, isr), STATE_ARRAY(U64, Apic, tmr),
                       STATE_ARRAY(U32, Apic, lvt), STATE_ARRAY(U32, Apic, ldr),
                       STATE_ARRAY(U32, Apic, dfr), STATE_ARRAY(U32, Apic, svr),
                       STATE_ARRAY(U32, Apic, esr), STATE_ARRAY(U32, Apic, errors),
                       STATE_ARRAY(U32, Apic, icr_low), STATE_ARRAY(U32, Apic, icr_high),
                       STATE_ARRAY(U8, Apic, tpr), STATE_ARRAY(BOOL, Apic, wait_sipi),
                       STATE_ARRAY(BOOL, Apic, extint), STATE_ARRAY(U8, Apic, lint),
                       STATE_U32(Apic, last_lowest), STATE_ARRAY(TIMER, Apic, timer),
                       STATE_ARRAY(U32, Apic, initial), STATE_ARRAY(U32, Apic, divide),
                       STATE_ARRAY(U64, Apic, started), STATE_ARRAY(U64, Apic, deadline)),
    .realize   = apic_realize, .reset = apic_reset, .unrealize = apic_unrealize,
    .loaded    = apic_loaded,
};
