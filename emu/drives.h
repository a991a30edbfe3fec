/* SPDX-License-Identifier: MIT */
/* Disks from the command line: -drive, -hda to -hdd, -cdrom, -fda, -sd, -pflash and the image without an
 * option. */
#ifndef EMU_DRIVES_H
#define EMU_DRIVES_H

#include "emu/options.h"
#include "system/machine.h"

/* Opens the images.  The class says which interface a disk without if= gets. */
bool drives_open(const Options *o, const MachineClass *class, GError **err);
/* A device's PROP_DRIVE: "sd0" is index 0 of if=sd, anything else the id of a drive.  An interface's
 * index without a drive is an empty slot, *out == NULL. */
bool drives_resolve(const char *value, void **out, GError **err);
/* False when a drive (but one of if=none) was not asked for by any device. */
bool drives_check_used(const MachineClass *class, GError **err);

/* Is there a drive in this place that no device has asked for? */
bool drives_waiting(const char *interface, unsigned index);

/* For the monitor, by names such as "ide1-cd0" and "floppy0": another medium (format and mode may be
 * NULL), none, and all drives as text. */
bool drives_change(const char *name, const char *file, const char *format, const char *mode,
                   GError **err);
bool drives_eject(const char *name, bool force, GError **err);
void drives_print(GString *out);

#endif
