/* SPDX-License-Identifier: MIT */
/*
 * What the PC's firmware is told: items and files of fw_cfg, CMOS memory, in which order to boot.
 */
#pragma once
#include "machines/boot/pc_tables.h"

/* -boot: letters as of old (a floppy, c disk, d CD, n network), first to third. */
typedef struct PcBootOrder {
    char     order[4], once[4];         /* once: for the first boot only; empty: as order */
    bool     menu;
    unsigned menu_ms;                   /* how long it waits */
    bool     strict;                    /* nothing but those named */
} PcBootOrder;

/* text may be NULL.  "cd", or keys: order=, once=, menu=on|off, splash-time=MS, strict=on|off. */
bool pc_parse_boot(const char *text, PcBootOrder *boot, GError **err);

/* Items and files, once after the machine is built. */
void pc_add_firmware_items(Machine *m, const PcInfo *info, const PcBootOrder *boot, bool acpi);

/* After each reset: memory sizes, drives and the order of booting in CMOS, through its ports. */
void pc_set_cmos(Machine *m, const PcInfo *info, const char *order);
