/* SPDX-License-Identifier: MIT */
/*
 * Power management of the PC: function 3 of the Intel 82371AB (PIIX4), without the rest of the chip.
 * Implements: Intel 290562-001, 7.1 (configuration), 7.2 (PM I/O registers) and 7.3 (SMBus host).
 *
 *     window 0   ports 0xb2 and 0xb3: APM control and status; a write of control raises SMI#
 *     window 1   the PM registers, at PMBA in PCI I/O space while PMREGMISC says so
 *     window 2   the SMBus host, at SMBBA: a bus on which nobody answers
 *
 * The PM timer counts 24 bits at 3.579545 MHz; TMROF_STS is set whenever its top bit changes.
 *
 * Choices: SMI# is a pulse, whatever GLBCTL.EOS says.  Firmware's SMI handler is expected to set and
 * clear SCI_EN when the OS writes the FADT's commands to port 0xb2; SeaBIOS has no such handler, so
 * the values of `acpi-enable` and `acpi-disable` do it here.  Sleep type 0 (soft off) powers off.
 * Not here: other sleep types (the guest goes on), device monitors, idle timers, throttling, C2 and
 * C3 (reads of PLVL return at once), RTC wake, GPI and GPO pins.
 */
#include "hw/pci/pci.h"

#include "system/machine.h"

enum {
    PMBA = 0x40, DEVACTB = 0x58, PMREGMISC = 0x80, SMBBA = 0x90, SMBHSTCFG = 0xd2,
    APMC_EN = 0x02,                                     /* in byte 3 of DEVACTB */

    STS_TMROF = 1 << 0, STS_GBL = 1 << 5, STS_PWRBTN = 1 << 8, STS_RTC = 1 << 10, STS_WAK = 1 << 15,
    EN_ALL = STS_TMROF | STS_GBL | STS_PWRBTN | STS_RTC,
    CNT_SCI_EN = 1 << 0, CNT_SUS_EN = 1 << 13,
    GLBSTS_APM = 1 << 5, GLBCTL_SMI_EN = 1 << 0,
    SMB_DEV_ERR = 1 << 2, SMB_START = 1 << 6,

    TIMER_HZ = 3579545, TIMER_TOP = 23,
};

typedef struct Piix4Pm {
    Device      dev;
    IrqLine     sci, smi;
    PciFunction pci;
    uint32_t    enable_cmd, disable_cmd;                /* properties */
    uint8_t     apmc, apms;
    uint16_t    sts, en, cnt, gpsts, gpen, glbsts, glben;
    uint32_t    pcntrl, devsts, glbctl, devctl, gporeg;
    uint64_t    halves;             /* of the timer's period, seen by TMROF_STS */
    MemoryRegion pm_window, smb_window;
    uint8_t     smb_sts, smb_cnt, smb_cmd, smb_add, smb_data[3];
    Timer       overflow;
} Piix4Pm;

#define DEV Piix4Pm
#define PIIX4_PM(d) DEVICE_AS(Piix4Pm, d)

/* ---- events ---- */

static uint64_t ticks(void)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), TIMER_HZ);
}

static void look_at_timer(Piix4Pm *s)
{
    uint64_t now = ticks() >> TIMER_TOP;
    if (now != s->halves) {
        s->halves = now;
        s->sts |= STS_TMROF;
    }
}

static void update(Piix4Pm *s)
{
    look_at_timer(s);
    bool event = (s->sts & s->en & EN_ALL) || (s->gpsts & s->gpen);
    irq_set(&s->sci, event && (s->cnt & CNT_SCI_EN));
    if (s->en & ~s->sts & STS_TMROF) {
        timer_set(&s->overflow, clock_ticks_to_ns((s->halves + 1) << TIMER_TOP, TIMER_HZ));
    } else {
        timer_cancel(&s->overflow);
    }
}

static void overflowed(void *opaque)
{
    update(opaque);
}

static void changed(Device *dev)
{
    update(PIIX4_PM(dev));
}

static void set_power_button(Device *dev, int n, int level)
{
    Piix4Pm *s = PIIX4_PM(dev);
    if (level) {
        s->sts |= STS_PWRBTN;
        update(s);
    }
}

static void set_gpe(Device *dev, int n, int level)
{
    Piix4Pm *s = PIIX4_PM(dev);
    if (level) {
        s->gpsts |= BIT32(n);
        update(s);
    }
}

/* ---- PM registers ---- */

static uint32_t pmsts_read(Device *dev)
{
    look_at_timer(PIIX4_PM(dev));
    return PIIX4_PM(dev)->sts;
}

static void pmsts_write(Device *dev, uint32_t value)
{
    Piix4Pm *s = PIIX4_PM(dev);
    look_at_timer(s);
    s->sts &= ~value;
    update(s);
}

static void sleep_now(Piix4Pm *s)
{
    unsigned type = s->cnt >> 10 & 7;
    if (type == 0) {
        system_request(SYSTEM_POWEROFF, 0);
    } else {
        log_unimp(&s->dev, "sleep type %u", type);
        s->sts |= STS_WAK;
    }
}

static void pmcntrl_write(Device *dev, uint32_t value)
{
    Piix4Pm *s = PIIX4_PM(dev);
    s->cnt = value & 0x1c03;
    update(s);
    if (value & CNT_SUS_EN) {
        sleep_now(s);
    }
}

static uint32_t pmtmr_read(Device *dev)
{
    return ticks() & 0xffffff;
}

static const RegDef pm_regs[] = {
    { 0x00, "PMSTS",   AT(sts), .width = 2, .read = pmsts_read, .write = pmsts_write },
    { 0x02, "PMEN",    AT(en), .width = 2, .writable = EN_ALL, .changed = changed },
    { 0x04, "PMCNTRL", AT(cnt), .width = 2, .write = pmcntrl_write },
    { 0x08, "PMTMR",   .read = pmtmr_read },
    { 0x0c, "GPSTS",   AT(gpsts), .width = 2, .w1c = 0xffff, .changed = changed },
    { 0x0e, "GPEN",    AT(gpen), .width = 2, .writable = 0xffff, .changed = changed },
    { 0x10, "PCNTRL",  AT(pcntrl), .writable = 0x00023e1e },
    { 0x14, "PLVL2",   .width = 1 },
    { 0x15, "PLVL3",   .width = 1 },
    { 0x18, "GLBSTS",  AT(glbsts), .width = 2, .w1c = 0x0ff5 },
    { 0x1c, "DEVSTS",  AT(devsts), .w1c = 0xffffffff },
    { 0x20, "GLBEN",   AT(glben), .width = 2, .writable = 0x8d07 },
    { 0x28, "GLBCTL",  AT(glbctl), .writable = 0x0701ff07 },
    { 0x2c, "DEVCTL",  AT(devctl), .writable = 0x0fffffff },
    { 0x30, "GPIREG",  .width = 1, .count = 3 },
    { 0x34, "GPOREG",  AT(gporeg), .writable = 0x7fffffff, .reset = 0x7fffbfff },
};

/* ---- SMBus ---- */

/* No device acknowledges its address. */
static void smbcnt_write(Device *dev, uint32_t value)
{
    Piix4Pm *s = PIIX4_PM(dev);
    s->smb_cnt = value & 0x1f;
    if (value & SMB_START) {
        s->smb_sts |= SMB_DEV_ERR;
    }
}

static const RegDef smb_regs[] = {
    { 0x00, "SMBHSTSTS", AT(smb_sts), .width = 1, .w1c = 0x1e },
    { 0x01, "SMBSLVSTS", .width = 1 },
    { 0x02, "SMBHSTCNT", AT(smb_cnt), .width = 1, .write = smbcnt_write },
    { 0x03, "SMBHSTCMD", AT(smb_cmd), .width = 1, .writable = 0xff },
    { 0x04, "SMBHSTADD", AT(smb_add), .width = 1, .writable = 0xff },
    { 0x05, "SMBHSTDAT", AT(smb_data), .width = 1, .writable = 0xff, .count = 3 },
};

/* ---- APM ---- */

static void apmc_write(Device *dev, uint32_t value)
{
    Piix4Pm *s = PIIX4_PM(dev);
    s->apmc = value;
    if (value == s->enable_cmd || value == s->disable_cmd) {
        s->cnt = (s->cnt & ~CNT_SCI_EN) | (value == s->enable_cmd ? CNT_SCI_EN : 0);
        update(s);
    }
    if ((s->pci.config[DEVACTB + 3] & APMC_EN) && (s->glbctl & GLBCTL_SMI_EN)) {
        s->glbsts |= GLBSTS_APM;
        irq_pulse(&s->smi);
    }
}

static const RegDef apm_regs[] = {
    { 0, "APMC", AT(apmc), .width = 1, .write = apmc_write },
    { 1, "APMS", AT(apms), .width = 1, .writable = 0xff },
};

/* ---- configuration ---- */

static void place(Piix4Pm *s, MemoryRegion *mr, unsigned base_reg, bool on)
{
    memory_set_address(mr, ld_le16(s->pci.config + base_reg) & ~(mr->size - 1));
    memory_set_enabled(mr, on);
}

static void update_windows(Piix4Pm *s)
{
    bool io = s->pci.config[PCI_COMMAND] & PCI_COMMAND_IO;
    memory_begin();
    place(s, &s->pm_window, PMBA, s->pci.config[PMREGMISC] & 1);
    place(s, &s->smb_window, SMBBA, io && (s->pci.config[SMBHSTCFG] & 1));
    memory_commit();
}

static void config_written(PciFunction *p, unsigned reg, unsigned size)
{
    update_windows(PIIX4_PM(p->dev));
}

static void set_config(Piix4Pm *s)
{
    static const struct { uint8_t reg, writable, reset; } rows[] = {
        { 0x40, 0xc0, 0x01 }, { 0x41, 0xff, 0x00 }, { 0x44, 0xff, 0x00 }, { 0x45, 0xff, 0x00 },
        { 0x46, 0xff, 0x00 }, { 0x47, 0xff, 0x00 }, { 0x48, 0xff, 0x00 }, { 0x49, 0xff, 0x00 },
        { 0x4a, 0xff, 0x00 }, { 0x4c, 0xff, 0x00 }, { 0x4d, 0xff, 0x00 }, { 0x50, 0xff, 0x00 },
        { 0x51, 0xff, 0x00 }, { 0x52, 0xff, 0x00 }, { 0x54, 0xff, 0x00 }, { 0x55, 0xff, 0x00 },
        { 0x56, 0xff, 0x00 }, { 0x57, 0xff, 0x00 }, { 0x58, 0xff, 0x00 }, { 0x59, 0xff, 0x00 },
        { 0x5a, 0xff, 0x00 }, { 0x5b, 0xff, 0x00 }, { 0x5c, 0xff, 0x00 }, { 0x5d, 0xff, 0x00 },
        { 0x5e, 0xff, 0x00 }, { 0x5f, 0xff, 0x00 }, { 0x60, 0xff, 0x00 }, { 0x61, 0xff, 0x00 },
        { 0x62, 0xff, 0x00 }, { 0x63, 0xff, 0x00 }, { 0x67, 0xff, 0x00 }, { 0x80, 0x01, 0x00 },
        { 0x90, 0xf0, 0x01 }, { 0x91, 0xff, 0x00 }, { 0xd2, 0x0f, 0x00 }, { 0xd3, 0xff, 0x00 },
        { 0xd4, 0xff, 0x00 }, { 0xd5, 0xff, 0x00 }, { 0xd6, 0x00, 0x00 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        s->pci.config[rows[i].reg] = rows[i].reset;
        s->pci.writable[rows[i].reg] = rows[i].writable;
    }
    st_le16(s->pci.writable + PCI_COMMAND, 0x0001);
    st_le16(s->pci.config + PCI_STATUS, 0x0280);
}

/* ---- life ---- */

static bool piix4_pm_realize(Device *dev, GError **err)
{
    Piix4Pm *s = PIIX4_PM(dev);
    timer_init(&s->overflow, CLOCK_VIRTUAL, overflowed, s);
    s->pci.config_written = config_written;
    pci_init(&s->pci, dev, &(PciId){ 0x8086, 0x7113, 0x068000, 3, .pin = 1,
                                     .subsystem_vendor = 0x1af4, .subsystem = 0x1100 });
    set_config(s);
    if (!pci_attach(&s->pci, err)) {
        return false;
    }
    memory_alias_init(&s->pm_window, "pm", device_region(dev, 1), 0, 64);
    memory_alias_init(&s->smb_window, "smbus", device_region(dev, 2), 0, 16);
    s->pm_window.disabled = s->smb_window.disabled = true;
    if (s->pci.bus) {
        memory_add(&s->pci.bus->io, 0, &s->pm_window, 1);
        memory_add(&s->pci.bus->io, 0, &s->smb_window, 1);
    }
    return true;
}

static void piix4_pm_unrealize(Device *dev)
{
    Piix4Pm *s = PIIX4_PM(dev);
    timer_cancel(&s->overflow);
    memory_region_free(&s->pm_window);
    memory_region_free(&s->smb_window);
    pci_detach(&s->pci);
}

static void piix4_pm_reset(Device *dev)
{
    Piix4Pm *s = PIIX4_PM(dev);
    pci_reset(&s->pci);
    set_config(s);
    update_windows(s);
    s->halves = ticks() >> TIMER_TOP;
}

static bool piix4_pm_loaded(Device *dev, GError **err)
{
    Piix4Pm *s = PIIX4_PM(dev);
    pci_loaded(&s->pci);
    update_windows(s);
    return true;
}

const DeviceClass piix4_pm = {
    .name      = "piix4-pm", .about = "Intel PIIX4 power management", .bus = "pci",
    .size      = sizeof(Piix4Pm),
    .regs      = WINDOWS(REG_WINDOW("apm", apm_regs, 2, ACCESS_8 | ACCESS_16),
                         REG_WINDOW("pm", pm_regs, 64, ACCESS_8 | ACCESS_16 | ACCESS_32),
                         REG_WINDOW("smbus", smb_regs, 16, ACCESS_8)),
    .irqs      = IRQS(Piix4Pm, sci, smi),
    .inputs    = INPUTS(INPUT("power-button", set_power_button, 1), INPUT("gpe", set_gpe, 16)),
    .props     = PROPS(PCI_PROPS(Piix4Pm, pci),
                       PROP_U32("acpi-enable", Piix4Pm, enable_cmd, .fallback = 0xf1,
                                .about = "written to port 0xb2: ACPI owns the chip"),
                       PROP_U32("acpi-disable", Piix4Pm, disable_cmd, .fallback = 0xf0)),
    .state     = STATE(PCI_STATE(Piix4Pm, pci), STATE_U64(Piix4Pm, halves),
                       STATE_TIMER(Piix4Pm, overflow)),
    .realize   = piix4_pm_realize,
    .reset     = piix4_pm_reset,
    .unrealize = piix4_pm_unrealize,
    .loaded    = piix4_pm_loaded,
};
