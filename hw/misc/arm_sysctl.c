/* SPDX-License-Identifier: MIT */
/*
 * The system registers in the FPGA of the Versatile boards.
 * Implements: ARM DUI 0225D, section 4.3 (status and system control registers).
 * Choices: the switches read as off.  RESETCTL makes a system reset for every depth of reset from
 * 1 to 6 when its trigger (bit 8) is set; all depths are the same full reset here.
 * Not here: what the oscillators and the flash write enable do (stored only), the serial bus to
 * the display (CLCDSER) and the DMA peripheral map (DMAPSR, stored only).
 */
#include "system/device.h"
#include "system/machine.h"

enum { LOCK_KEY = 0xa05f, LOCK_LOCKED = 0x10000, RESETCTL_TRIGGER = 0x100 };

typedef struct ArmSysctl {
    Device   dev;
    IrqLine  clcd_mode[2];              /* how the board wires PL110's outputs to the display */
    uint32_t id;                        /* property, and SYS_ID */
    uint32_t clcd_id;                   /* property: display kind in SYS_CLCD, 0x1f is VGA */
    uint32_t led, osc[5], oscreset[5], lockval, cfgdata1, cfgdata2, flags, nvflags, resetctl,
             pcictl, mci, flash, clcd, clcdser, bootcs, misc, dmapsr[3];
    int64_t  reset_at;                  /* the counters count from here: virtual ns */
} ArmSysctl;

#define DEV ArmSysctl
#define ARM_SYSCTL(d) DEVICE_AS(ArmSysctl, d)

static bool refused(ArmSysctl *s, const char *reg)
{
    if (s->lockval & LOCK_LOCKED) {
        log_guest(&s->dev, "write of SYS_%s while SYS_LOCK is locked", reg);
        return true;
    }
    return false;
}

static uint32_t id_read(Device *dev)
{
    return ARM_SYSCTL(dev)->id;
}

static uint64_t counter(ArmSysctl *s, uint64_t hz)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL) - s->reset_at, hz);
}

static uint32_t hz100_read(Device *dev)
{
    return counter(ARM_SYSCTL(dev), 100);
}

static uint32_t mhz24_read(Device *dev)
{
    return counter(ARM_SYSCTL(dev), 24000000);
}

static void osc_write(Device *dev, unsigned i, uint32_t value)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    if (!refused(s, "OSC")) {
        s->osc[i] = value & 0x7ffff;
    }
}

static void oscreset_write(Device *dev, unsigned i, uint32_t value)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    if (!refused(s, "OSCRESET")) {
        s->oscreset[i] = value & 0x7ffff;
    }
}

static void lock_write(Device *dev, uint32_t value)
{
    value &= 0xffff;
    ARM_SYSCTL(dev)->lockval = value | (value == LOCK_KEY ? 0 : LOCK_LOCKED);
}

static void flags_write(Device *dev, uint32_t value)
{
    ARM_SYSCTL(dev)->flags |= value;
}

static void flagsclr_write(Device *dev, uint32_t value)
{
    ARM_SYSCTL(dev)->flags &= ~value;
}

static uint32_t nvflags_read(Device *dev)
{
    return ARM_SYSCTL(dev)->nvflags;
}

static void nvflags_write(Device *dev, uint32_t value)
{
    ARM_SYSCTL(dev)->nvflags |= value;
}

static void nvflagsclr_write(Device *dev, uint32_t value)
{
    ARM_SYSCTL(dev)->nvflags &= ~value;
}

static void resetctl_write(Device *dev, uint32_t value)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    if (refused(s, "RESETCTL")) {
        return;
    }
    s->resetctl = value & 0x107;
    if ((value & RESETCTL_TRIGGER) && (value & 7) >= 1 && (value & 7) <= 6) {
        system_request(SYSTEM_RESET, 0);
    }
}

static uint32_t clcd_read(Device *dev)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    return s->clcd | s->clcd_id << 8;
}

static void clcd_changed(Device *dev)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    irq_set(&s->clcd_mode[0], s->clcd & 1);
    irq_set(&s->clcd_mode[1], s->clcd & 2);
}

/* Card detect: bits 0 and 1; write protect: bits 2 and 3. */
static void set_card(Device *dev, int n, int level)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    s->mci = deposit32(s->mci, n, 1, level);
}

static void set_card_wp(Device *dev, int n, int level)
{
    set_card(dev, n + 2, level);
}

static void arm_sysctl_reset(Device *dev)
{
    ArmSysctl *s = ARM_SYSCTL(dev);
    static const uint32_t osc[5] = { 0x12c5c, 0x02cc0, 0x02c75, 0x20211, 0x02c75 };
    memcpy(s->osc, osc, sizeof(osc));
    memcpy(s->oscreset, osc, sizeof(osc));
    s->reset_at = clock_now(CLOCK_VIRTUAL);
}

#define STORED .writable = ~0u
static const RegDef arm_sysctl_regs[] = {
    { 0x00, "ID",         .read = id_read },
    { 0x04, "SW",         .reset = 0 },
    { 0x08, "LED",        AT(led), .writable = 0xff },
    { 0x0c, "OSC",        AT(osc), .write_at = osc_write, .count = 5 },
    { 0x20, "LOCK",       AT(lockval), .reset = LOCK_LOCKED, .write = lock_write },
    { 0x24, "100HZ",      .read = hz100_read },
    { 0x28, "CFGDATA1",   AT(cfgdata1), STORED },
    { 0x2c, "CFGDATA2",   AT(cfgdata2), STORED },
    { 0x30, "FLAGS",      AT(flags), .write = flags_write },
    { 0x34, "FLAGSCLR",   .write = flagsclr_write },
    { 0x38, "NVFLAGS",    .read = nvflags_read, .write = nvflags_write },
    { 0x3c, "NVFLAGSCLR", .write = nvflagsclr_write },
    { 0x40, "RESETCTL",   AT(resetctl), .write = resetctl_write },
    { 0x44, "PCICTL",     AT(pcictl), .reset = 1, .writable = 1 },
    { 0x48, "MCI",        AT(mci) },
    { 0x4c, "FLASH",      AT(flash), .writable = 1 },
    { 0x50, "CLCD",       AT(clcd), .read = clcd_read, .writable = 0xff, .changed = clcd_changed },
    { 0x54, "CLCDSER",    AT(clcdser), STORED },
    { 0x58, "BOOTCS",     AT(bootcs), STORED },
    { 0x5c, "24MHZ",      .read = mhz24_read },
    { 0x60, "MISC",       AT(misc), STORED },
    { 0x64, "DMAPSR",     AT(dmapsr), .writable = 0x9f, .count = 3 },
    { 0x8c, "OSCRESET",   AT(oscreset), .write_at = oscreset_write, .count = 5 },
    { 0xc0, "TEST_OSC",   .reset = 0, .count = 5 },
};

const DeviceClass arm_sysctl = {
    .name   = "arm-sysctl", .about = "system registers of the Versatile boards",
    .size   = sizeof(ArmSysctl),
    .regs   = REGS(arm_sysctl_regs, 0x1000, ACCESS_ANY),
    .irqs   = IRQS(ArmSysctl, clcd_mode),
    .inputs = INPUTS(INPUT("mci-cd", set_card, 2), INPUT("mci-wp", set_card_wp, 2)),
    .props  = PROPS(PROP_U32("sys-id", ArmSysctl, id, .fallback = 0x41007004, .about = "SYS_ID"),
                    PROP_U32("clcd-id", ArmSysctl, clcd_id, .fallback = 0x1f,
                             .about = "display kind in SYS_CLCD; 0x1f is VGA")),
    .state  = STATE(STATE_I64(ArmSysctl, reset_at), STATE_U32(ArmSysctl, nvflags, .keep = true)),
    .reset  = arm_sysctl_reset,
};
