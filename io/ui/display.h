/* SPDX-License-Identifier: MIT */
/*
 * Displays: a surface that a device paints and a user interface shows.
 *
 * Pixels are 0x00RRGGBB in host byte order, row after row without padding.  Nothing is painted
 * until somebody looks: a viewer (a window, VNC, a screendump) calls display_refresh(), which asks
 * the device to bring the surface up to date; the device tells what it changed by
 * display_dirty().
 *
 *     device                                      viewer
 *     d = display_new("clcd", paint, s);          display_refresh(d);
 *     paint():                                    if (display_take_dirty(d, &rect)) {
 *         display_resize(d, w, h);                    ... display_pixels(d) ...
 *         uint32_t *p = display_pixels(d);        }
 *         display_dirty(d, x, y, w, h);
 *
 * Runs under the machine lock.
 */
#pragma once
#include <glib.h>
#include "system/types.h"

typedef struct Display Display;

typedef struct DisplayRect {
    int x, y, w, h;
} DisplayRect;

/* Larger surfaces are refused: no guest can make us allocate more than this. */
enum { DISPLAY_MAX_SIDE = 8192 };

Display *display_new(const char *name, void (*paint)(void *opaque), void *opaque);
void display_free(Display *d);
/* All of them, in the order they were made; the first is the one that people mean. */
Display *display_first(void);
Display *display_next(Display *d);
Display *display_find(const char *name);
const char *display_name(const Display *d);

/* Does nothing when the size is the same; a new surface is black and all dirty. */
bool display_resize(Display *d, int width, int height);
int display_width(const Display *d);
int display_height(const Display *d);
uint32_t *display_pixels(Display *d);
void display_dirty(Display *d, int x, int y, int w, int h);

/* For viewers. */
void display_refresh(Display *d);
/* The rectangle around all that changed since the last call; false when nothing did. */
bool display_take_dirty(Display *d, DisplayRect *rect);

/* --- Characters ------------------------------------------------------------------------------- */

typedef struct DisplayCell {
    uint32_t ch;                        /* Unicode; 0xfffd where a glyph says nothing to us */
    uint32_t fg, bg;                    /* 0x00RRGGBB */
    bool     blink, underline;
} DisplayCell;

/* A screen of characters: row by row. */
typedef struct DisplayCells {
    int          columns, rows;
    DisplayCell *cells;
    int          cursor_x, cursor_y;    /* -1: not shown */
} DisplayCells;

/* For devices that have modes of text: fills `out`, which is empty; false: not now. */
void display_set_cells(Display *d, bool (*cells)(void *opaque, DisplayCells *out));
/* Does it have modes of text? */
bool display_has_cells(const Display *d);
/* Makes room for rows of so many columns; what is there stays when columns do. */
void display_cells_size(DisplayCells *c, int columns, int rows);
void display_cells_free(DisplayCells *c);

/* The characters on the screen: as the device has them in a mode of text, else read off the pixels
 * (io/ui/glyphs.h says which are known).  Refreshes.  False: none; out is then empty. */
bool display_cells(Display *d, DisplayCells *out);
/* The same as lines of UTF-8, each ended by '\n', spaces at their ends left out
 * unless they stand before the cursor; NULL: none. */
char *display_text(Display *d);

/* Refreshes and writes a PNG file. */
bool display_screendump(Display *d, const char *path, GError **err);
