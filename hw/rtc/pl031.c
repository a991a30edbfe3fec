/* SPDX-License-Identifier: MIT */
/*
 * PL031, the ARM PrimeCell real time clock: a 32-bit count of seconds with one alarm.
 * Implements: ARM DDI 0224C, chapters 2 and 3.
 * The count is the time of day plus an offset that writing RTCLR sets; both survive a reset, as
 * the chip's own reset input is not the system's.
 * Choices: it counts from power-up whether or not RTCCR has been set, as firmware would have done
 * that; the bit can be set but not cleared.
 */
#include "hw/primecell.h"

typedef struct Pl031 {
    Device   dev;
    IrqLine  irq;
    Timer    alarm;
    int64_t  offset;                    /* RTCDR - seconds since 1970 */
    uint32_t match, load, cr, imsc, ris;
} Pl031;

#define DEV Pl031
#define PL031(d) DEVICE_AS(Pl031, d)

static uint32_t dr_read(Device *dev)
{
    return clock_now(CLOCK_RTC) / NS_PER_SEC + PL031(dev)->offset;
}

static void update_irq(Device *dev)
{
    Pl031 *s = PL031(dev);
    irq_set(&s->irq, s->ris & s->imsc);
}

/* The next second in which RTCDR becomes RTCMR; a whole turn of 2^32 s away when it is now. */
static void set_alarm(Device *dev)
{
    Pl031 *s = PL031(dev);
    int64_t now = clock_now(CLOCK_RTC) / NS_PER_SEC;
    uint32_t ahead = s->match - dr_read(dev);
    timer_set(&s->alarm, (now + (ahead ? ahead : INT64_C(1) << 32)) * NS_PER_SEC);
}

static void alarm_rings(void *opaque)
{
    Pl031 *s = opaque;
    s->ris = 1;
    update_irq(&s->dev);
    set_alarm(&s->dev);
}

/* A match with the present second counts. */
static void match_changed(Device *dev)
{
    Pl031 *s = PL031(dev);
    if (s->match == dr_read(dev)) {
        s->ris = 1;
        update_irq(dev);
    }
    set_alarm(dev);
}

static void load_changed(Device *dev)
{
    Pl031 *s = PL031(dev);
    s->offset = (int64_t)s->load - clock_now(CLOCK_RTC) / NS_PER_SEC;
    set_alarm(dev);
}

static void cr_write(Device *dev, uint32_t value)
{
    PL031(dev)->cr |= value & 1;
}

static uint32_t mis_read(Device *dev)
{
    return PL031(dev)->ris & PL031(dev)->imsc;
}

static void icr_write(Device *dev, uint32_t value)
{
    PL031(dev)->ris &= ~value;
    update_irq(dev);
}

static const RegDef pl031_regs[] = {
    { 0x000, "DR",   .read = dr_read },
    { 0x004, "MR",   AT(match), .writable = ~0u, .changed = match_changed },
    { 0x008, "LR",   AT(load), .writable = ~0u, .changed = load_changed },
    { 0x00c, "CR",   AT(cr), .write = cr_write },
    { 0x010, "IMSC", AT(imsc), .writable = 1, .changed = update_irq },
    { 0x014, "RIS",  AT(ris) },
    { 0x018, "MIS",  .read = mis_read },
    { 0x01c, "ICR",  .write = icr_write },
    PRIMECELL_ID(0x00041031),
};

static bool pl031_realize(Device *dev, GError **err)
{
    timer_init(&PL031(dev)->alarm, CLOCK_RTC, alarm_rings, dev);
    return true;
}

const DeviceClass pl031 = {
    .name    = "pl031", .about = "ARM PrimeCell real time clock", .size = sizeof(Pl031),
    .regs    = REGS(pl031_regs, 0x1000, ACCESS_ANY),
    .irqs    = IRQS(Pl031, irq),
    .state   = STATE(STATE_I64(Pl031, offset, .keep = true), STATE_TIMER(Pl031, alarm)),
    .realize = pl031_realize,
};
