/* SPDX-License-Identifier: MIT */
/* The gdb remote stub: `target remote :1234`. */
#ifndef EMU_GDB_H
#define EMU_GDB_H

#include "io/char.h"

/* Serves the port; gdb may come and go.  The machine exists. */
void gdb_serve(CharPort *port);
/* "tcp::1234", "tcp:HOST:PORT", "unix:PATH" or any other port as char_open() takes it. */
bool gdb_open(const char *spec, GError **err);
/* Is a gdb there? */
bool gdb_attached(void);
/* The program ends: tells gdb, when one is there. */
void gdb_ended(int status);

#endif
