/* SPDX-License-Identifier: MIT */
/*
 * What the PC's firmware is told about the board, as files of fw_cfg: ACPI (pc_acpi.c), SMBIOS
 * (pc_smbios.c).
 */
#pragma once
#include "system/machine.h"

enum {
    PC_PM_BASE = 0x600,                 /* where SeaBIOS puts the PIIX4's PM registers */
    PC_SCI = 9,
    PC_ACPI_ENABLE = 0xf1, PC_ACPI_DISABLE = 0xf0,      /* piix4-pm's own */
};

typedef struct PcInfo {
    unsigned n_cpus;
    uint64_t ram_low, ram_high;         /* below and above 4 GiB */
    bool     hpet;
    bool     no_screen;                 /* the BIOS talks on COM1, too */
} PcInfo;

/* etc/acpi/tables, etc/acpi/rsdp and the etc/table-loader that links them. */
void pc_add_acpi(const PcInfo *info);
/* etc/smbios/smbios-tables and etc/smbios/smbios-anchor. */
void pc_add_smbios(const PcInfo *info);
