/* SPDX-License-Identifier: MIT */
/* -chardev: host ends with a name, for -serial, -monitor and -gdb chardev:ID. */
#ifndef EMU_CHARDEV_H
#define EMU_CHARDEV_H

#include "emu/options.h"
#include "io/char.h"

/* Notes what -chardev says; nothing is opened yet. */
bool chardev_parse(const Options *o, GError **err);
/* Opens "chardev:ID" (once; with mux=on further calls give further users) or any other port. */
CharPort *chardev_open(const char *spec, GError **err);
/* Was every -chardev used? */
bool chardev_check_used(GError **err);
void chardev_help(void);

#endif
