/* SPDX-License-Identifier: MIT */
/*
 * Where people look at the guest's screen and type: a terminal, or a window through SDL2.
 *
 * A viewer shows the first display.  It runs in the main loop, takes the machine lock for what it asks of the
 * display and for the events that it passes on, and lets go of it while it draws.
 */
#pragma once
#include <glib.h>
#include "io/char.h"

/* The screen as text on a terminal, behind a port whose input is what people type.  Best on a "mon:"
 * port, whose Ctrl-A c leads to the monitor and back. */
void text_display_start(CharPort *terminal);
/* The terminal as it was. */
void text_display_stop(void);

typedef struct SdlConfig {
    const char *title;
    unsigned    scale;                  /* window pixels a dot, 1 to 8; 0: as fits the screen */
    bool        full_screen, no_grab;
    void      (*on_close)(void);        /* the user closes the window; machine lock not held */
} SdlConfig;

bool sdl_display_start(const SdlConfig *config, GError **err);
void sdl_display_stop(void);
/* For tests: one turn of the window's loop, now. */
void sdl_display_turn(void);
