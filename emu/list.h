/* SPDX-License-Identifier: MIT */
/* What there is: `emu list ...`, and 'help' as the argument of an option. */
#ifndef EMU_LIST_H
#define EMU_LIST_H

#include "emu/options.h"

/* `emu list machines|cpus|devices [--json]`: argv[0] is "list".  The exit status. */
int  list_command(int argc, char **argv);
/* Was 'help' asked for as some option's argument?  Then it has been printed. */
bool list_asked(const Options *o, GError **err);

#endif
