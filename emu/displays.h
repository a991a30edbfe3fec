/* SPDX-License-Identifier: MIT */
/* -display: which viewer shows the screen. */
#ifndef EMU_DISPLAYS_H
#define EMU_DISPLAYS_H

#include "emu/options.h"
#include "io/char.h"
#include "system/machine.h"

/* What -display says, or what fits this board and this host; before terminals are opened. */
bool displays_choose(const Options *o, const MachineClass *class, GError **err);
/* Does the viewer want the terminal for itself?  Then ports give it one. */
bool displays_want_terminal(void);
void displays_set_terminal(CharPort *terminal);
/* The machine is built. */
bool displays_start(Machine *m, const char *title, GError **err);
void displays_stop(void);
/* The user closes the window of a machine that does not react: called in the main loop. */
void displays_on_quit(void (*fn)(void));
void displays_help(void);

#endif
