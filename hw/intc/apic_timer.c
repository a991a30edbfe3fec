/* SPDX-License-Identifier: MIT */
/*
 * The timers of the local APICs.  Implements: SDM 3A, 11.5.4: one-shot, periodic, TSC-deadline.
 * Nothing counts: the current count follows from when the initial count was written.  The bus clock
 * that is divided has 1 GHz.  A periodic timer interrupts at most every 10 us, however short its
 * period; periods that the host slept over are one interrupt.
 */
#include "hw/intc/apic_internal.h"

enum { SHORTEST_NS = 10000 };

/* Bits 3, 1, 0: 2, 4, ... 128 and then 1.  At 1 GHz these are nanoseconds. */
static unsigned divisor(const Apic *s, unsigned n)
{
    unsigned v = (s->divide[n] & 3) | (s->divide[n] >> 1 & 4);
    return v == 7 ? 1 : 2u << v;
}

static int64_t elapsed_ticks(const Apic *s, unsigned n)
{
    return (clock_now(CLOCK_VIRTUAL) - s->started[n]) / divisor(s, n);
}

uint32_t apic_timer_current(const Apic *s, unsigned n)
{
    uint32_t initial = s->initial[n], mode = s->lvt[n][LVT_TIMER] & LVT_TIMER_MODE;
    if (!initial || mode == LVT_DEADLINE) {
        return 0;
    }
    int64_t t = elapsed_ticks(s, n);
    if (mode == LVT_PERIODIC) {
        return initial - t % initial;
    }
    return t < initial ? initial - t : 0;
}

/* When the count comes to its end next; INT64_MAX: never.  An end that is past still comes while its
 * timer has not been run. */
static int64_t next_end(const Apic *s, unsigned n, int64_t now)
{
    uint32_t mode = s->lvt[n][LVT_TIMER] & LVT_TIMER_MODE;
    if (mode == LVT_DEADLINE) {
        return s->deadline[n] ? s->deadline[n] : INT64_MAX;
    }
    if (!s->initial[n]) {
        return INT64_MAX;
    }
    int64_t period = (int64_t)s->initial[n] * divisor(s, n), first = s->started[n] + period;
    if (mode == LVT_PERIODIC) {
        int64_t end = s->started[n] + ((now - s->started[n]) / period + 1) * period;
        return period < SHORTEST_NS ? MAX(end, now + SHORTEST_NS) : end;
    }
    return now < first || timer_deadline(&s->timer[n]) == first ? first : INT64_MAX;
}

/* A masked one counts, and nobody needs to know.  now: not after what has been changed takes effect,
 * or a short count would end before it is looked at. */
static void arm(Apic *s, unsigned n, int64_t now)
{
    int64_t end = s->lvt[n][LVT_TIMER] & LVT_MASKED ? INT64_MAX : next_end(s, n, now);
    if (end == INT64_MAX) {
        timer_cancel(&s->timer[n]);
    } else {
        timer_set(&s->timer[n], end);
    }
}

void apic_timer_arm(Apic *s, unsigned n)
{
    arm(s, n, clock_now(CLOCK_VIRTUAL));
}

static void fires(void *opaque)
{
    ApicCpu *c = opaque;
    Apic *s = c->apic;
    s->deadline[c->n] = 0;
    apic_timer_arm(s, c->n);
    apic_local(s, c->n, LVT_TIMER);
}

void apic_timer_set_initial(Apic *s, unsigned n, uint32_t count)
{
    if ((s->lvt[n][LVT_TIMER] & LVT_TIMER_MODE) == LVT_DEADLINE) {
        return;
    }
    s->initial[n] = count;
    s->started[n] = clock_now(CLOCK_VIRTUAL);
    arm(s, n, s->started[n]);
}

/* It goes on from the current count at the new speed. */
void apic_timer_set_divide(Apic *s, unsigned n, uint32_t v)
{
    uint32_t current = apic_timer_current(s, n);
    int64_t now = clock_now(CLOCK_VIRTUAL);
    s->divide[n] = v & 0xb;
    s->started[n] = now - (int64_t)(s->initial[n] - current) * divisor(s, n);
    arm(s, n, now);
}

void apic_timer_set_deadline(Apic *s, unsigned n, int64_t ns)
{
    if ((s->lvt[n][LVT_TIMER] & LVT_TIMER_MODE) == LVT_DEADLINE) {
        s->deadline[n] = ns;
        apic_timer_arm(s, n);
    }
}

void apic_timer_init(Apic *s, unsigned n)
{
    timer_init(&s->timer[n], CLOCK_VIRTUAL, fires, &s->cpu[n]);
}
