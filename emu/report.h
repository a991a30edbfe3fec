/* SPDX-License-Identifier: MIT */
/* What is known about a machine that has ended badly, on one screen. */
#ifndef EMU_REPORT_H
#define EMU_REPORT_H

#include <stdio.h>
#include "system/machine.h"

/* Notes what the guest touches that is not modelled, from now on. */
void report_start(void);
/* The CPUs are at rest. */
void report_write(FILE *f, Machine *m, int status, const char *why);

#endif
