/* SPDX-License-Identifier: MIT */
/* The exit statuses, as status.def lists them. */
#ifndef EMU_STATUS_H
#define EMU_STATUS_H

#include <stdio.h>

enum {
#define STATUS(name, number, range, about) STATUS_##name = number,
#include "emu/status.def"
};

void status_help(FILE *f);
/* What it means, in words. */
const char *status_about(int status);
/* The guest's exit code as a status that does not look like one of ours. */
int status_of_guest(int code);

#endif
