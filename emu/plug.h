/* SPDX-License-Identifier: MIT */
/* Devices that the user plugs into a board: -device, network cards, if=virtio disks of boards with PCI. */
#ifndef EMU_PLUG_H
#define EMU_PLUG_H

#include "emu/options.h"
#include "system/machine.h"

/* Checks the types of -device, and has the machine call for them when it is built. */
bool plug_prepare(const Options *o, const MachineClass *class, MachineConfig *c, GError **err);
/* The names that -device takes besides those of classes: each stands for two. */
const char *plug_combined(unsigned n, const char **about);

#endif
