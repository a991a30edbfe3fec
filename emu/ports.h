/* SPDX-License-Identifier: MIT */
/* The host ends that options name: serial lines, disks, network, display. */
#ifndef EMU_PORTS_H
#define EMU_PORTS_H

#include "emu/options.h"
#include "io/char.h"
#include "system/machine.h"

bool ports_open(const Options *o, const MachineClass *class, GError **err);
/* For devices' CHAR, DRIVE and NET properties: "serial0", ... become pointers. */
bool ports_resolve(PropKind kind, const char *value, void **out, GError **err);
/* Network n of -nic: false when nothing is plugged in.  NULL: nothing is said about the card. */
unsigned ports_n_nics(void);
bool ports_nic(unsigned n, const char **model, const char **mac);
/* Was everything that the user plugged in taken by some device? */
bool ports_check_used(const MachineClass *class, GError **err);
/* The host end of serial line n, NULL where there is none. */
CharPort *ports_serial(unsigned n);
unsigned ports_n_serial(void);
/* Where the monitor talks, or NULL. */
CharPort *ports_monitor(void);
bool ports_screenshot(const char *path);

#endif
