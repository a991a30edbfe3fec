/* SPDX-License-Identifier: MIT */
/* The text on the guest's screen. */
#ifndef EMU_CI_SCREEN_H
#define EMU_CI_SCREEN_H

#include <glib.h>
#include <stdbool.h>

/* Can this board's screen be read?  false: *err says why not. */
bool screen_check(GError **err);
/* Can this be typed on the board's keyboard? */
bool screen_check_keys(const GString *bytes, GError **err);
/* Its lines, each ended by '\n'; NULL: nothing is shown.  Machine lock held. */
char *screen_text(void);

#endif
