/* SPDX-License-Identifier: MIT */
/* SIGTERM, SIGINT and SIGHUP: an orderly end, within a second in any state. */
#ifndef EMU_SIGNALS_H
#define EMU_SIGNALS_H

/* Before any other thread is made.  fn runs in the main loop. */
void signals_start(void (*fn)(void));
/* The last thing that main() does: dies of the signal that ended us, if there was one. */
void signals_finish(void);

#endif
