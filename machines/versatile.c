/* SPDX-License-Identifier: MIT */
/*
 * ARM Versatile Platform Baseboard and Application Baseboard, both with an ARM926EJ-S.
 * Implements: ARM DUI 0225D, chapter 4 (memory map, interrupts) and appendix for the AB.
 *
 *     VIC 0 to 31: the development chip's own parts; 31 is the SIC.
 *     SIC 0 to 31: what is in the FPGA and beyond it; 20 to 30 also pass straight to the VIC.
 *
 * Choices: RAM is one piece from 0 (the boot-time remap of flash to 0 is already undone).  What
 * the map leaves out in the peripherals' area reads 0, as on the board: static and dynamic memory
 * controllers, smart card interfaces, USB.
 */
#include "machines/boot/arm_boot.h"

enum { BOARD_PB = 387, BOARD_AB = 0x25e };

static const RegionDef memory[] = {
    { "ram",  0x00000000, RAM_SIZE, .max = 256 * MiB },
    { "none", 0x10000000, 2 * MiB, .zero = true, .priority = -1 },
};

/* The development chip. */
#define CHIP_PARTS                                                                              \
    { "vic",    "pl190",         0x10140000, { "cpu0.irq", "cpu0.fiq" } },                      \
    { "sic",    "versatile-sic", 0x10003000, { "vic.31" } },                                    \
    { "sysctl", "arm-sysctl",    0x10000000, { "clcd.0", "clcd.1" } },                          \
    { "clcd",   "pl110",         0x10120000, { "vic.16" }, { "versatile" } },                   \
    { "dma",    "pl080",         0x10130000, { "vic.17" } },                                    \
    { "wdog",   "sp805",         0x101e1000, { "vic.0" } },                                     \
    { "timer0", "sp804",         0x101e2000, { "vic.4" }, { "clock=1000000" } },                \
    { "timer1", "sp804",         0x101e3000, { "vic.5" }, { "clock=1000000" } },                \
    { "gpio0",  "pl061",         0x101e4000, { "vic.6" } },                                     \
    { "gpio1",  "pl061",         0x101e5000, { "vic.7" } },                                     \
    { "rtc",    "pl031",         0x101e8000, { "vic.10" } },                                    \
    { "uart0",  "pl011",         0x101f1000, { "vic.12" }, { "chardev=serial0" } },             \
    { "uart1",  "pl011",         0x101f2000, { "vic.13" }, { "chardev=serial1" } },             \
    { "uart2",  "pl011",         0x101f3000, { "vic.14" }, { "chardev=serial2" } },             \
    { "ssp",    "pl022",         0x101f4000, { "vic.11" } }

/* The FPGA and what hangs off it. */
#define FPGA_PARTS                                                                              \
    { "sbcon",  "arm-sbcon",     0x10002000 },                                                  \
    { "kmi0",   "pl050",         0x10006000, { "sic.3" }, { "kind=keyboard" } },                \
    { "kmi1",   "pl050",         0x10007000, { "sic.4" }, { "kind=mouse" } },                   \
    { "eth",    "smc91c111",     0x10010000, { "sic.25" }, { "netdev=nic0" } },                 \
    { "flash",  "pflash_cfi01",  0x34000000, .props = { "drive=pflash0", "size=64M" } }

static const PartDef ab_parts[] = {
    CHIP_PARTS,
    FPGA_PARTS,
};

static const PartDef pb_parts[] = {
    CHIP_PARTS,
    { "pci",    "versatile-pci", 0x10001000, { "sic.27", "sic.28", "sic.29", "sic.30" },
      .more = { 0x41000000, 0x42000000, 0x43000000, 0x44000000, 0x50000000, 0x60000000 } },
    { "gpio2",  "pl061",         0x101e6000, { "vic.8" } },
    { "gpio3",  "pl061",         0x101e7000, { "vic.9" } },
    FPGA_PARTS,
    { "uart3",  "pl011",         0x10009000, { "sic.6" }, { "chardev=serial3" } },
};

/* The card interfaces' lines as the board's manual has them, and as Linux's device tree of the PB
 * (versatile-pb.dts) has them: a kernel that believes that tree waits for ever on the real board. */
static const PartDef mmc[2][2] = {
    { { "mmc0", "pl181", 0x10005000,
        { "sic.22", "sic.1", "sysctl.mci-cd[0]", "sysctl.mci-wp[0]" }, { "drive=sd0" } },
      { "mmc1", "pl181", 0x1000b000,
        { "sic.23", "sic.2", "sysctl.mci-cd[1]", "sysctl.mci-wp[1]" }, { "drive=sd1" } } },
    { { "mmc0", "pl181", 0x10005000,
        { "sic.22", "sic.23", "sysctl.mci-cd[0]", "sysctl.mci-wp[0]" }, { "drive=sd0" } },
      { "mmc1", "pl181", 0x1000b000,
        { "sic.1", "sic.2", "sysctl.mci-cd[1]", "sysctl.mci-wp[1]" }, { "drive=sd1" } } },
};

/* SIC 20 to 30 to the VIC's inputs of the same numbers: more wires than a row has room for. */
static bool connect_sic(Machine *m, GError **err)
{
    Device *sic = machine_device(m, "sic");
    for (unsigned n = 20; n <= 30; n++) {
        g_autofree char *pass = g_strdup_printf("pass[%u]", n - 20);
        g_autofree char *vic = g_strdup_printf("vic.%u", n);
        machine_connect(m, device_irq_named(sic, pass), vic);
    }
    return true;
}

/* Is there an image for this slot? */
static bool has_drive(Machine *m, const char *name)
{
    void *drive = NULL;
    return m->config->resolver && m->config->resolver(PROP_KIND_DRIVE, name, &drive, NULL) && drive;
}

/* -drive if=scsi: an adapter in the first free PCI slot, and disks with ids from 0. */
static bool add_scsi(Machine *m, GError **err)
{
    bool adapter = false;
    for (unsigned n = 0; n < 7; n++) {
        g_autofree char *image = g_strdup_printf("scsi%u", n);
        if (!has_drive(m, image)) {
            continue;
        }
        PartDef hba = { "scsi", "lsi53c895a", NO_ADDRESS, .props = { "bus=pci" } };
        if (!adapter && !machine_add_part(m, &hba, err)) {
            return false;
        }
        adapter = true;
        g_autofree char *id = g_strdup_printf("id=%u", n);
        g_autofree char *drive = g_strdup_printf("drive=%s", image);
        g_autofree char *name = g_strdup_printf("disk%u", n);
        PartDef disk = { name, "scsi-disk", NO_ADDRESS, .props = { "bus=scsi", id, drive } };
        if (!machine_add_part(m, &disk, err)) {
            return false;
        }
    }
    return true;
}

/* -M versatilepb,mmc-irqs=linux */
static bool option_pb(Machine *m, const char *key, const char *value, GError **err)
{
    static const char *const keys[] = { "mmc-irqs", NULL };
    if (strcmp(key, "mmc-irqs")) {
        return fail_unknown(err, "option of machine versatilepb", key, keys);
    }
    return !strcmp(value, "board") || !strcmp(value, "linux") ||
           fail(err, EMU_ERROR_USAGE, "mmc-irqs=%s: it is 'board' or 'linux'", value);
}

static bool mmc_as_linux(const Machine *m)
{
    const char *const *o = m->config->options;
    return o && g_strv_contains(o, "mmc-irqs=linux");
}

static bool build_pb(Machine *m, GError **err)
{
    const PartDef *cards = mmc[mmc_as_linux(m)];
    return machine_add_part(m, &cards[0], err) && machine_add_part(m, &cards[1], err) &&
           connect_sic(m, err) && add_scsi(m, err);
}

static bool build_ab(Machine *m, GError **err)
{
    return machine_add_part(m, &mmc[0][0], err) && connect_sic(m, err);
}

const MachineClass versatilepb = {
    .name = "versatilepb", .alias = "versatile", .about = "ARM Versatile PB (ARM926EJ-S)",
    .cpu = "arm926", .max_cpus = 1, .board_id = BOARD_PB, .disk = "scsi",
    MEMORY(memory), PARTS(pb_parts),
    .option = option_pb, .build = build_pb, .boot = arm_linux_boot, .reset = arm_linux_reset,
    .free = arm_boot_free,
};

const MachineClass versatileab = {
    .name = "versatileab", .about = "ARM Versatile AB (ARM926EJ-S)",
    .cpu = "arm926", .max_cpus = 1, .board_id = BOARD_AB, .disk = "sd",
    MEMORY(memory), PARTS(ab_parts),
    .build = build_ab, .boot = arm_linux_boot, .reset = arm_linux_reset,
    .free = arm_boot_free,
};
