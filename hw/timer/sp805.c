/* SPDX-License-Identifier: MIT */
/*
 * SP805, the ARM watchdog: a 32-bit down counter that first interrupts and, when it reaches zero
 * again with the interrupt still there, resets the system.
 * Implements: ARM DDI 0270B, chapters 2 and 3.
 * Choices: the reset output is both a line ("wdogres") and, unless the property `reset` is off, a
 * request for a system reset.  A LOAD of 0 counts as 1.
 * Not here: the integration test registers.
 */
#include "hw/primecell.h"
#include "system/machine.h"

enum { CTRL_INTEN = 1, CTRL_RESEN = 2 };
enum { LOCK_KEY = 0x1acce551 };

typedef struct Sp805 {
    Device   dev;
    IrqLine  irq, wdogres;
    Timer    timer;
    uint32_t hz;
    bool     resets;
    uint32_t load, ctrl, ris;
    uint32_t value;                     /* while it stands */
    uint64_t zero_at;                   /* while it runs: tick of the virtual clock */
    bool     locked;
} Sp805;

#define DEV Sp805
#define SP805(d) DEVICE_AS(Sp805, d)

static uint64_t tick_now(const Sp805 *s)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), s->hz);
}

static void update_irq(Sp805 *s)
{
    irq_set(&s->irq, s->ctrl & CTRL_INTEN ? s->ris : 0);
}

static void start(Sp805 *s, uint32_t count)
{
    s->zero_at = tick_now(s) + MAX(count, 1);
    timer_set(&s->timer, clock_ticks_to_ns(s->zero_at, s->hz));
}

static void reached_zero(void *opaque)
{
    Sp805 *s = opaque;
    if (s->ris && (s->ctrl & CTRL_RESEN)) {
        log_guest(&s->dev, "the watchdog bites");
        irq_raise(&s->wdogres);
        if (s->resets) {
            system_request(SYSTEM_RESET, 0);
        }
        return;
    }
    s->ris = 1;
    update_irq(s);
    start(s, s->load);
}

static uint32_t value_read(Device *dev)
{
    Sp805 *s = SP805(dev);
    if (!(s->ctrl & CTRL_INTEN)) {
        return s->value;
    }
    uint64_t now = tick_now(s);
    return now < s->zero_at ? s->zero_at - now : 0;
}

static bool refused(Sp805 *s, const char *reg)
{
    if (s->locked) {
        log_guest(&s->dev, "write of %s while locked", reg);
    }
    return s->locked;
}

static void load_write(Device *dev, uint32_t value)
{
    Sp805 *s = SP805(dev);
    if (refused(s, "LOAD")) {
        return;
    }
    s->load = s->value = value;
    if (s->ctrl & CTRL_INTEN) {
        start(s, value);
    }
}

/* INTEN also starts the counter, from LOAD. */
static void ctrl_write(Device *dev, uint32_t value)
{
    Sp805 *s = SP805(dev);
    if (refused(s, "CONTROL")) {
        return;
    }
    uint32_t changed = s->ctrl ^ value;
    if (changed & CTRL_INTEN) {
        if (value & CTRL_INTEN) {
            start(s, s->load);
        } else {
            s->value = value_read(dev);
            timer_cancel(&s->timer);
        }
    }
    s->ctrl = value & 3;
    update_irq(s);
}

static void intclr_write(Device *dev, uint32_t value)
{
    Sp805 *s = SP805(dev);
    if (refused(s, "INTCLR")) {
        return;
    }
    s->ris = 0;
    s->value = s->load;
    update_irq(s);
    if (s->ctrl & CTRL_INTEN) {
        start(s, s->load);
    }
}

static uint32_t mis_read(Device *dev)
{
    return irq_level(&SP805(dev)->irq);
}

static uint32_t lock_read(Device *dev)
{
    return SP805(dev)->locked;
}

static void lock_write(Device *dev, uint32_t value)
{
    SP805(dev)->locked = value != LOCK_KEY;
}

static const RegDef sp805_regs[] = {
    { 0x000, "LOAD",    AT(load), .reset = 0xffffffff, .write = load_write },
    { 0x004, "VALUE",   .read = value_read },
    { 0x008, "CONTROL", AT(ctrl), .write = ctrl_write },
    { 0x00c, "INTCLR",  .write = intclr_write },
    { 0x010, "RIS",     AT(ris) },
    { 0x014, "MIS",     .read = mis_read },
    { 0xc00, "LOCK",    .read = lock_read, .write = lock_write },
    PRIMECELL_ID(0x00141805),
};

static bool sp805_realize(Device *dev, GError **err)
{
    Sp805 *s = SP805(dev);
    if (s->hz == 0) {
        return fail(err, EMU_ERROR_USAGE, "%s: the clock must not be 0 Hz", dev->id);
    }
    timer_init(&s->timer, CLOCK_VIRTUAL, reached_zero, s);
    return true;
}

const DeviceClass sp805 = {
    .name    = "sp805", .about = "ARM watchdog", .size = sizeof(Sp805),
    .regs    = REGS(sp805_regs, 0x1000, ACCESS_ANY),
    .irqs    = IRQS(Sp805, irq, wdogres),
    .props   = PROPS(PROP_U32("clock", Sp805, hz, .fallback = 1000000, .about = "in Hz"),
                     PROP_BOOL("reset", Sp805, resets, .fallback = 1,
                               .about = "a second timeout resets the system")),
    .state   = STATE(STATE_U32(Sp805, value, .reset = 0xffffffff), STATE_U64(Sp805, zero_at),
                     STATE_BOOL(Sp805, locked), STATE_TIMER(Sp805, timer)),
    .realize = sp805_realize,
};
