/* SPDX-License-Identifier: MIT */
/* The options that say what machine to build, as system/machine.h wants them. */
#ifndef EMU_SETUP_H
#define EMU_SETUP_H

#include "emu/options.h"
#include "system/machine.h"

/* -M, -cpu, -m, -smp, the files and -global.  Strings live as long as the program. */
const MachineClass *setup_config(const Options *o, MachineConfig *config, GError **err);
/* -accel, and accel= of -M: "jit" or "interp". */
bool setup_accel(const Options *o, const char **accel, GError **err);
/* -icount, and that of --ci: starts counted time. */
bool setup_icount(const Options *o, GError **err);
/* -rtc, and the fixed date of --ci. */
bool setup_rtc(const Options *o, GError **err);
/* -semihosting, -semihosting-config. */
bool setup_semihosting(const Options *o, bool *on, GError **err);
/* The part of -name that is the name, or NULL. */
const char *setup_name(const Options *o);

#endif
