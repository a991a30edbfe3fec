/* SPDX-License-Identifier: MIT */
/*
 * Starting 32-bit ARM boards: -kernel (zImage, uImage, ELF, raw), -initrd, -append, -dtb.
 *
 * A board says `.boot = arm_linux_boot, .reset = arm_linux_reset, .free = arm_boot_free` and is
 * done; one with a device tree of its own calls arm_boot() from its boot function.
 */
#pragma once
#include "machines/boot/image.h"

typedef struct ArmBoard {
    GPa      ram;                   /* where RAM begins; its size is Machine.ram_size */
    GBytes  *dtb;                   /* the board's own device tree, or NULL; -dtb wins */
    bool     firmware;              /* start at `pc` (flash): -kernel, if any, is its business */
    GPa      pc;
} ArmBoard;

/* Loads what the configuration names, and notes where CPUs start.  State is kept per machine. */
bool arm_boot(Machine *m, const ArmBoard *board, GError **err);
/* Adds an image (firmware in flash) to those written at each reset. */
bool arm_boot_add(Machine *m, const char *name, GPa address, GBytes *bytes, GError **err);
/* Puts the images into memory, CPU 0 at its entry and the others to sleep. */
void arm_linux_reset(Machine *m);
/* arm_boot() for a board without a tree: its RAM is the row with the user's size. */
bool arm_linux_boot(Machine *m, GError **err);
/* Forgets the images. */
void arm_boot_free(Machine *m);
