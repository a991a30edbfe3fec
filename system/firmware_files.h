/* SPDX-License-Identifier: MIT */
/*
 * What firmware can ask the machine for: numbered items and named files, put here by the machine
 * and handed out by a device (fw_cfg).  There is one machine, so there is one list.
 */
#pragma once
#include <glib.h>
#include "system/types.h"

/* Numbers that firmware knows. */
enum {
    FIRMWARE_N_CPUS       = 0x05,
    FIRMWARE_KERNEL_SIZE  = 0x08,
    FIRMWARE_INITRD_SIZE  = 0x0b,
    FIRMWARE_KERNEL_DATA  = 0x11,
    FIRMWARE_INITRD_DATA  = 0x12,
    FIRMWARE_CMDLINE_SIZE = 0x14,
    FIRMWARE_CMDLINE_DATA = 0x15,
    FIRMWARE_FILE_DIR     = 0x19,
    FIRMWARE_FIRST_FILE   = 0x20,
    FIRMWARE_MAX_FILES    = 256,
    FIRMWARE_NAME_SIZE    = 56,         /* of a file, with its zero */
};

/* Replaces an item of the same number or a file of the same name; takes its own reference. */
void firmware_add_item(uint16_t key, GBytes *bytes);
void firmware_add_u16(uint16_t key, uint16_t value);
void firmware_add_u32(uint16_t key, uint32_t value);
/* False: the name is too long, or there are too many. */
bool firmware_add_file(const char *name, GBytes *bytes);

/* NULL: no such item.  Borrowed until the list changes. */
GBytes *firmware_item(uint16_t key);
/* In order of their keys, which count from FIRMWARE_FIRST_FILE; NULL after the last. */
const char *firmware_file_name(unsigned n);

void firmware_files_clear(void);

/* --- Firmware on the host --------------------------------------------------------------------- */

/* The path of a firmware image (to be freed), NULL: it is not there.  A name with a '/' is a path;
 * others are looked for in folders of data files ($XDG_DATA_DIRS), under those names that packages of
 * firmware use. */
char *firmware_find(const char *name);
