/* SPDX-License-Identifier: MIT */
/*
 * The Generic Timer of ARMv7: the counter and its physical and virtual timers.
 * Implements: ARM DDI 0406C, chapter B8.  The counter runs at 62.5 MHz: a tick is 16 ns of virtual
 * time.
 * Not here: the hypervisor's and the secure physical timer, the event stream (CNTKCTL.EVNTEN).
 *
 * Timers and lines change under the machine lock; reading the counter needs none.
 */
#include "frontends/arm/cpu.h"
#include "system/lock.h"

enum { CTL_ENABLE = 1, CTL_IMASK = 2, CTL_ISTATUS = 4, COUNTER_HZ = 62500000 };

uint64_t arm_timer_count(const ArmCpu *s, unsigned n)
{
    uint64_t count = clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), COUNTER_HZ);
    return n == ARM_OUT_VIRT_TIMER ? count - s->cp15.cntvoff : count;
}

static uint32_t *ctl(ArmCpu *s, unsigned n)
{
    return n == ARM_OUT_VIRT_TIMER ? &s->cp15.cntv_ctl : &s->cp15.cntp_ctl;
}

static uint64_t cval(const ArmCpu *s, unsigned n)
{
    return n == ARM_OUT_VIRT_TIMER ? s->cp15.cntv_cval : s->cp15.cntp_cval;
}

uint32_t arm_timer_ctl(const ArmCpu *s, unsigned n)
{
    uint32_t v = n == ARM_OUT_VIRT_TIMER ? s->cp15.cntv_ctl : s->cp15.cntp_ctl;
    bool due = v & CTL_ENABLE && arm_timer_count(s, n) >= cval(s, n);
    return v | (due ? CTL_ISTATUS : 0);
}

/* The line is high while the timer is enabled, due and not masked. */
void arm_timer_update(ArmCpu *s, unsigned n)
{
    bool taken = machine_lock_if_free();
    uint32_t v = arm_timer_ctl(s, n);
    if ((v & (CTL_ENABLE | CTL_ISTATUS)) == CTL_ENABLE) {
        uint64_t ticks = cval(s, n) + (n == ARM_OUT_VIRT_TIMER ? s->cp15.cntvoff : 0);
        timer_set(&s->timer[n], clock_ticks_to_ns(ticks, COUNTER_HZ));
    } else {
        timer_cancel(&s->timer[n]);
    }
    irq_set(&s->cpu.output[n], (v & CTL_ISTATUS) && !(*ctl(s, n) & CTL_IMASK));
    machine_unlock_if(taken);
}

static void phys_due(void *opaque)
{
    arm_timer_update(opaque, ARM_OUT_PHYS_TIMER);
}

static void virt_due(void *opaque)
{
    arm_timer_update(opaque, ARM_OUT_VIRT_TIMER);
}

void arm_timer_init(ArmCpu *s)
{
    timer_init(&s->timer[ARM_OUT_PHYS_TIMER], CLOCK_VIRTUAL, phys_due, s);
    timer_init(&s->timer[ARM_OUT_VIRT_TIMER], CLOCK_VIRTUAL, virt_due, s);
}

void arm_timer_reset(ArmCpu *s)
{
    s->cp15.cntp_ctl = s->cp15.cntv_ctl = 0;
    s->cp15.cntp_cval = s->cp15.cntv_cval = s->cp15.cntvoff = 0;
    s->cp15.cntfrq = COUNTER_HZ;
    arm_timer_update(s, ARM_OUT_PHYS_TIMER);
    arm_timer_update(s, ARM_OUT_VIRT_TIMER);
}
