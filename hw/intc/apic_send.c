/* SPDX-License-Identifier: MIT */
/*
 * Local APIC: interrupts between CPUs, and messages of IOAPICs and devices to them.
 * Implements: SDM 3A, 11.6 (ICR, destinations, lowest priority), 11.11 (messages), 11.12 (x2APIC).
 * Choices: of several CPUs for a lowest priority interrupt that have the same priority the next
 * after the last one takes it.  A CPU in x2APIC mode hears 8-bit destinations as 32-bit ones.
 */
#include "hw/intc/apic_internal.h"

enum { ICR_LOGICAL = 1 << 11, ICR_ASSERT = 1 << 14, ICR_LEVEL = 1 << 15 };
enum { TO_DESTINATION, TO_SELF, TO_ALL, TO_OTHERS };

/* 11.12.10.2: cluster in the upper half, a bit for the CPU in the lower. */
uint32_t apic_x2_ldr(unsigned n)
{
    return n >> 4 << 16 | 1u << (n & 15);
}

static bool logical_match(const Apic *s, unsigned n, uint32_t destination)
{
    if (apic_is_x2(s, n)) {
        uint32_t ldr = apic_x2_ldr(n);
        return ldr >> 16 == destination >> 16 && ldr & destination & 0xffff;
    }
    uint8_t mine = s->ldr[n] >> 24;
    if (destination > 0xff) {
        return false;
    }
    if ((s->dfr[n] & DFR_CLUSTER_MASK) == DFR_CLUSTER_MASK) {
        return mine & destination;
    }
    bool in_cluster = destination >> 4 == 0xf || destination >> 4 == (uint32_t)mine >> 4;
    return in_cluster && mine & destination & 0xf;
}

/* The CPUs that a destination names, a bit each. */
static uint64_t targets(const Apic *s, uint32_t destination, bool logical, uint32_t broadcast)
{
    uint64_t set = 0;
    for (unsigned n = 0; n < s->n_cpus; n++) {
        bool named = destination == broadcast ||
                     (logical ? logical_match(s, n, destination) : destination == n);
        set |= named && apic_enabled(s, n) ? BIT64(n) : 0;
    }
    return set;
}

/* One of the set: the lowest priority, and of equals the first after the last time's. */
static uint64_t lowest_priority(Apic *s, uint64_t set)
{
    unsigned best = s->n_cpus, best_ppr = 0x100;
    for (unsigned i = 1; i <= s->n_cpus; i++) {
        unsigned n = (s->last_lowest + i) % s->n_cpus;
        if (set >> n & 1 && s->svr[n] & SVR_ENABLED && apic_ppr(s, n) < best_ppr) {
            best = n;
            best_ppr = apic_ppr(s, n);
        }
    }
    if (best == s->n_cpus) {
        return 0;
    }
    s->last_lowest = best;
    return BIT64(best);
}

static void deliver(Apic *s, uint64_t set, unsigned mode, uint8_t vector, bool level)
{
    if (mode == MODE_LOWEST) {
        set = lowest_priority(s, set);
    }
    for (; set; set &= set - 1) {
        apic_event(s, __builtin_ctzll(set), mode, vector, level);
    }
}

void apic_send(Apic *s, unsigned n, uint32_t low, uint32_t destination)
{
    unsigned mode = low >> 8 & 7, shorthand = low >> 18 & 3;
    uint8_t vector = low;
    uint64_t self = BIT64(n), set;
    if (mode == MODE_INIT && low & ICR_LEVEL && !(low & ICR_ASSERT)) {
        return;                         /* INIT level de-assert: the arbitration's, of old */
    }
    if ((mode == MODE_FIXED || mode == MODE_LOWEST) && vector < 16) {
        apic_error(s, n, ESR_SEND_ILLEGAL);
        return;
    }
    if (mode == MODE_EXTINT || mode == MODE_RESERVED) {
        log_guest(&s->dev, "interrupt command %#x has no such delivery mode", low);
        return;
    }
    switch (shorthand) {
    case TO_SELF:
        set = self;
        break;
    case TO_ALL:
    case TO_OTHERS:
        set = targets(s, UINT32_MAX, false, UINT32_MAX) & ~(shorthand == TO_OTHERS ? self : 0);
        break;
    default:
        set = targets(s, destination, low & ICR_LOGICAL, apic_is_x2(s, n) ? UINT32_MAX : 0xff);
        break;
    }
    deliver(s, set, mode, vector, false);
}

void apic_deliver(Device *dev, uint64_t address, uint32_t data)
{
    Apic *s = APIC(dev);
    bool level = data & ICR_LEVEL;
    if (address >> 20 != APIC_MESSAGES >> 20 || (level && !(data & ICR_ASSERT))) {
        return;
    }
    deliver(s, targets(s, address >> 12 & 0xff, address >> 2 & 1, 0xff), data >> 8 & 7, data, level);
}
