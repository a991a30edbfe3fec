/* SPDX-License-Identifier: MIT */
/*
 * Local APIC: how interrupts come into one CPU.
 * Implements: SDM 3A, 11.5 (local vector table, errors), 11.8 (acceptance, priorities, EOI).
 */
#include "hw/intc/apic_internal.h"
#include "hw/intc/i8259.h"

/* --- Sets of vectors -------------------------------------------------------------------------- */

static bool has(const uint64_t *set, uint8_t v)
{
    return set[v / 64] >> (v % 64) & 1;
}

static void include(uint64_t *set, uint8_t v)
{
    set[v / 64] |= BIT64(v % 64);
}

static void exclude(uint64_t *set, uint8_t v)
{
    set[v / 64] &= ~BIT64(v % 64);
}

/* The highest vector, or -1. */
static int highest(const uint64_t *set)
{
    for (int w = VECTOR_WORDS - 1; w >= 0; w--) {
        if (set[w]) {
            return 64 * w + 63 - __builtin_clzll(set[w]);
        }
    }
    return -1;
}

/* --- Priority --------------------------------------------------------------------------------- */

uint8_t apic_ppr(const Apic *s, unsigned n)
{
    int servicing = highest(s->isr[n]);
    unsigned class = servicing < 0 ? 0 : servicing & 0xf0;
    return (s->tpr[n] & 0xf0) >= class ? s->tpr[n] : class;
}

/* The vector that may interrupt now, or -1. */
static int ready(const Apic *s, unsigned n)
{
    int v = highest(s->irr[n]);
    return v >= 0 && (v & 0xf0) > (apic_ppr(s, n) & 0xf0) ? v : -1;
}

static bool lvt_is(const Apic *s, unsigned n, unsigned i, unsigned mode)
{
    return !(s->lvt[n][i] & LVT_MASKED) && (s->lvt[n][i] >> 8 & 7) == mode;
}

/* Does the 8259 pair interrupt this CPU?  With the APIC switched off LINT0 is the first CPU's INTR. */
static bool extint(const Apic *s, unsigned n)
{
    if (!apic_enabled(s, n)) {
        return s->lint[0] && n == 0;
    }
    return s->extint[n] || (s->lint[0] && lvt_is(s, n, LVT_LINT0, MODE_EXTINT));
}

void apic_update(Apic *s, unsigned n)
{
    irq_set(&s->intr[n], ready(s, n) >= 0 || extint(s, n));
}

/* --- Acceptance ------------------------------------------------------------------------------- */

void apic_error(Apic *s, unsigned n, uint32_t error)
{
    bool is_new = !(s->errors[n] & error);
    s->errors[n] |= error;
    if (is_new) {
        apic_local(s, n, LVT_ERROR);
    }
}

/* A vector that waits already is one interrupt with this one. */
void apic_accept(Apic *s, unsigned n, uint8_t vector, bool level)
{
    if (!(s->svr[n] & SVR_ENABLED)) {
        return;
    }
    if (vector < 16) {
        /* An error entry with such a vector must not report itself for ever. */
        if ((s->lvt[n][LVT_ERROR] & LVT_VECTOR) >= 16) {
            apic_error(s, n, ESR_RECEIVE_ILLEGAL);
        } else {
            s->errors[n] |= ESR_RECEIVE_ILLEGAL;
        }
        return;
    }
    include(s->irr[n], vector);
    if (level) {
        include(s->tmr[n], vector);
    } else {
        exclude(s->tmr[n], vector);
    }
    apic_update(s, n);
}

static void start_up(Apic *s, unsigned n, uint8_t vector)
{
    if (!s->wait_sipi[n]) {
        return;                         /* SDM 3A, 8.4.2: only a waiting processor hears it */
    }
    s->wait_sipi[n] = false;
    for (unsigned i = 0; i < s->sipi[n].n_sinks; i++) {
        IrqSink *sink = &s->sipi[n].sinks[i];
        sink->handler(sink->opaque, sink->n, 0x100 | vector);
    }
}

static void initialize(Apic *s, unsigned n)
{
    apic_reset_one(s, n);
    irq_pulse(&s->init[n]);
}

void apic_event(Apic *s, unsigned n, unsigned mode, uint8_t vector, bool level)
{
    switch (mode) {
    case MODE_FIXED:
    case MODE_LOWEST:
        apic_accept(s, n, vector, level);
        break;
    case MODE_SMI:
        irq_pulse(&s->smi[n]);
        break;
    case MODE_NMI:
        irq_pulse(&s->nmi[n]);
        break;
    case MODE_INIT:
        initialize(s, n);
        break;
    case MODE_STARTUP:
        start_up(s, n, vector);
        break;
    case MODE_EXTINT:
        s->extint[n] = true;
        apic_update(s, n);
        break;
    default:
        log_guest(&s->dev, "reserved delivery mode");
        break;
    }
}

void apic_local(Apic *s, unsigned n, unsigned i)
{
    uint32_t lvt = s->lvt[n][i];
    bool fixed_only = i == LVT_TIMER || i == LVT_ERROR;
    if (lvt & LVT_MASKED) {
        return;
    }
    apic_event(s, n, fixed_only ? MODE_FIXED : lvt >> 8 & 7, lvt & LVT_VECTOR, false);
}

/* --- Pins ------------------------------------------------------------------------------------- */

/* A level-triggered fixed interrupt of a pin waits for its EOI before it comes again. */
static void lint_level(Apic *s, unsigned n, unsigned pin)
{
    uint32_t *lvt = &s->lvt[n][LVT_LINT0 + pin];
    if (s->lint[pin] && lvt_is(s, n, LVT_LINT0 + pin, MODE_FIXED) && *lvt & LVT_LEVEL &&
        !(*lvt & LVT_REMOTE_IRR) && s->svr[n] & SVR_ENABLED) {
        *lvt |= LVT_REMOTE_IRR;
        apic_accept(s, n, *lvt & LVT_VECTOR, true);
    }
}

void apic_lint_changed(Apic *s, unsigned n, unsigned pin)
{
    lint_level(s, n, pin);
    apic_update(s, n);
}

static void pin_rises(Apic *s, unsigned n, unsigned pin)
{
    unsigned i = LVT_LINT0 + pin;
    bool waits = lvt_is(s, n, i, MODE_EXTINT) ||
                 (lvt_is(s, n, i, MODE_FIXED) && s->lvt[n][i] & LVT_LEVEL);
    if (!apic_enabled(s, n)) {
        if (pin == 1 && n == 0) {
            irq_pulse(&s->nmi[n]);
        }
    } else if (!waits) {
        apic_local(s, n, i);
    }
}

void apic_set_lint(Apic *s, unsigned pin, bool level)
{
    bool rises = level && !s->lint[pin];
    s->lint[pin] = level;
    for (unsigned n = 0; n < s->n_cpus; n++) {
        if (apic_enabled(s, n) && s->lvt[n][LVT_LINT0 + pin] & LVT_MASKED) {
            continue;
        }
        if (rises) {
            pin_rises(s, n, pin);
        }
        apic_lint_changed(s, n, pin);
    }
}

/* --- The CPU's side --------------------------------------------------------------------------- */

static void pins_eoi(Apic *s, unsigned n, uint8_t vector)
{
    for (unsigned pin = 0; pin < 2; pin++) {
        uint32_t *lvt = &s->lvt[n][LVT_LINT0 + pin];
        if (*lvt & LVT_REMOTE_IRR && (*lvt & LVT_VECTOR) == vector) {
            *lvt &= ~LVT_REMOTE_IRR;
            lint_level(s, n, pin);
        }
    }
}

void apic_eoi(Apic *s, unsigned n)
{
    int vector = highest(s->isr[n]);
    if (vector < 0) {
        return;
    }
    exclude(s->isr[n], vector);
    if (has(s->tmr[n], vector)) {
        for (unsigned i = 0; i < s->n_listeners; i++) {
            s->listeners[i].fn(s->listeners[i].opaque, vector);
        }
        pins_eoi(s, n, vector);
    }
    apic_update(s, n);
}

/* What interrupts, in the order of 11.6: the APIC's own, then the 8259's.  When neither does any
 * more the line was seen too late: nothing happens. */
int apic_acknowledge(Apic *s, unsigned n)
{
    int vector = ready(s, n);
    if (vector >= 0) {
        exclude(s->irr[n], vector);
        include(s->isr[n], vector);
    } else if (extint(s, n) && s->pic) {
        s->extint[n] = false;
        vector = i8259_acknowledge(s->pic);
    }
    apic_update(s, n);
    return vector;
}

/* --- Reset ------------------------------------------------------------------------------------ */

void apic_reset_one(Apic *s, unsigned n)
{
    memset(s->irr[n], 0, sizeof(s->irr[n]));
    memset(s->isr[n], 0, sizeof(s->isr[n]));
    memset(s->tmr[n], 0, sizeof(s->tmr[n]));
    for (unsigned i = 0; i < N_LVT; i++) {
        s->lvt[n][i] = LVT_MASKED;
    }
    if (n == 0) {
        s->lvt[n][LVT_LINT0] = MODE_EXTINT << 8;
    }
    s->ldr[n] = apic_is_x2(s, n) ? apic_x2_ldr(n) : 0;
    s->dfr[n] = UINT32_MAX;
    s->svr[n] = 0xff;
    s->esr[n] = s->errors[n] = 0;
    s->icr_low[n] = s->icr_high[n] = 0;
    s->tpr[n] = 0;
    s->extint[n] = false;
    s->wait_sipi[n] = n != 0;
    s->initial[n] = s->divide[n] = 0;
    s->started[n] = s->deadline[n] = 0;
    timer_cancel(&s->timer[n]);
    apic_update(s, n);
}
