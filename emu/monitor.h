/* SPDX-License-Identifier: MIT */
/* The monitor: commands for people (and for gdb's `monitor`) about the running machine. */
#ifndef EMU_MONITOR_H
#define EMU_MONITOR_H

#include "io/char.h"
#include "system/cpu.h"

/* Reads commands from the port, with a prompt and a line editor.  The machine exists. */
/* shared: the port is one of several users of a console (Ctrl-A c), quiet until it is its turn. */
void monitor_serve(CharPort *port, bool shared);
/* One command; what it says is appended to out.  cpu: the CPU it means. */
void monitor_execute(const char *line, Cpu *cpu, GString *out);

/* For the line editor: names that a line up to here may go on with, freed by the caller. */
GPtrArray *monitor_complete(const char *line);

#endif
