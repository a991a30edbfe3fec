/* SPDX-License-Identifier: MIT */
/*
 * Automatic tests: what the guest must say and when it must be done, and which exit status tells.
 *
 * Runs in the thread that writes the text or runs the timer, machine lock held, so that under --ci
 * everything happens at the same instruction in every run.
 */
#ifndef EMU_CI_CI_H
#define EMU_CI_CI_H

#include "emu/options.h"
#include "system/machine.h"

/* Before anything is opened: reads scripts, compiles patterns, ties us to our parent (--ci). */
bool ci_setup(const Options *o, GError **err);
/* Serial lines that steps name, and those that --ci listens to. */
unsigned ci_serials(void);
/* The machine is built and does not run yet. */
bool ci_start(GError **err);
/* The machine has ended by this request: the exit status, and why in words (to be freed). */
int ci_end(SystemRequest request, int code, char **why);
/* Screenshots, --junit, --artifacts, and the report on standard error when status is not 0.  All
 * CPUs have ended.  Returns the status, another one when something could not be written. */
int ci_finish(Machine *m, int status, const char *why);

#endif
