/* SPDX-License-Identifier: MIT */
/*
 * -display text: the guest's screen in a terminal.
 * Implements: ECMA-48 (CUP, SGR), xterm's alternate screen and 256 or 24-bit colours.
 * Characters come from display_cells(); a screen that has none is shown as a picture of half blocks.
 * A terminal smaller than the screen shows its upper left, or the lines down to the cursor.
 * Only cells that changed are sent, a bounded piece at a time, and nothing while the terminal has
 * not taken the last piece: a slow line shows fewer pictures, never old ones.
 */
#include "io/ui/viewers.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "io/ui/display.h"
#include "io/ui/typing.h"
#include "system/lock.h"

enum { TICK_MS = 40, ESC_MS = 50, HELP_MS = 4000, PIECE = 32 * 1024, MOST_SIDE = 512,
       UPPER_HALF = 0x2580 };

static struct {
    CharPort *port;
    unsigned  tick_id, esc_id;
    bool      active;                   /* the terminal is ours, not the monitor's */
    bool      true_colour;
    gint64    quiet_until;              /* somebody reads Ctrl-A's help */
    int       width, height;            /* of the terminal */
    DisplayCell *shown, *wanted;        /* width * height */
    int       cursor_x, cursor_y;       /* shown; -1: hidden */
    GString  *out;
} v;

/* --- What is wanted --------------------------------------------------------------------------- */

static void fill_blank(DisplayCell *cells, int n)
{
    for (int i = 0; i < n; i++) {
        cells[i] = (DisplayCell){ .ch = ' ', .fg = 0xaaaaaa };
    }
}

static void want_cells(const DisplayCells *c, int *cursor_x, int *cursor_y)
{
    int from = c->cursor_y >= v.height ? c->cursor_y - v.height + 1 : 0;
    for (int y = 0; y < v.height && from + y < c->rows; y++) {
        int n = MIN(v.width, c->columns);
        memcpy(v.wanted + y * v.width, c->cells + (from + y) * c->columns, n * sizeof(DisplayCell));
    }
    *cursor_x = c->cursor_x < v.width ? c->cursor_x : -1;
    *cursor_y = c->cursor_y < 0 ? -1 : c->cursor_y - from;
}

/* The mean of a rectangle. */
static uint32_t mean(const uint32_t *p, int stride, int x0, int y0, int x1, int y1)
{
    uint64_t r = 0, g = 0, b = 0, n = 0;
    for (int y = y0; y < MAX(y1, y0 + 1); y++) {
        for (int x = x0; x < MAX(x1, x0 + 1); x++, n++) {
            uint32_t c = p[(size_t)y * stride + x];
            r += c >> 16 & 0xff;
            g += c >> 8 & 0xff;
            b += c & 0xff;
        }
    }
    return (uint32_t)(r / n) << 16 | (uint32_t)(g / n) << 8 | (uint32_t)(b / n);
}

/* Two pixels a cell, one above the other. */
static void want_picture(Display *d)
{
    int w = display_width(d), h = display_height(d), rows = 2 * v.height, columns = v.width;
    if ((int64_t)columns * h > (int64_t)rows * w) {     /* keep the shape of the picture */
        columns = MAX((int64_t)rows * w / h, 1);
    } else {
        rows = MAX((int64_t)columns * h / w, 2) & ~1;
    }
    const uint32_t *p = display_pixels(d);
    for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
            DisplayCell *cell = &v.wanted[y / 2 * v.width + x];
            uint32_t c = mean(p, w, x * w / columns, y * h / rows, (x + 1) * w / columns,
                              (y + 1) * h / rows);
            cell->ch = UPPER_HALF;
            *(y & 1 ? &cell->bg : &cell->fg) = c;
        }
    }
}

/* --- Control sequences ------------------------------------------------------------------------ */

/* The VGA's 16 colours by their DAC values; ANSI has red and blue the other way round. */
static int ansi_colour(uint32_t rgb)
{
    static const uint32_t vga[16] = {
        0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
        0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
    };
    for (int i = 0; i < 16; i++) {
        if (vga[i] == rgb) {
            return i;
        }
    }
    return -1;
}

static void put_colour(uint32_t rgb, bool background)
{
    int i = ansi_colour(rgb), r = rgb >> 16, g = rgb >> 8 & 0xff, b = rgb & 0xff;
    if (i >= 0) {
        g_string_append_printf(v.out, ";%d", (i < 8 ? 30 + i : 82 + i) + (background ? 10 : 0));
    } else if (v.true_colour) {
        g_string_append_printf(v.out, ";%d;2;%d;%d;%d", background ? 48 : 38, r, g, b);
    } else {                            /* the cube of 6 x 6 x 6 */
        g_string_append_printf(v.out, ";%d;5;%d", background ? 48 : 38,
                               16 + 36 * ((r * 5 + 127) / 255) + 6 * ((g * 5 + 127) / 255) +
                               (b * 5 + 127) / 255);
    }
}

static bool same_look(const DisplayCell *a, const DisplayCell *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->blink == b->blink && a->underline == b->underline;
}

static bool same_cell(const DisplayCell *a, const DisplayCell *b)
{
    return a->ch == b->ch && same_look(a, b);
}

static void put_look(const DisplayCell *c)
{
    g_string_append(v.out, c->blink ? "\033[0;5" : "\033[0");
    g_string_append(v.out, c->underline ? ";4" : "");
    put_colour(c->fg, false);
    put_colour(c->bg, true);
    g_string_append_c(v.out, 'm');
}

/* The cells that differ, until there is a piece. */
static void put_changes(void)
{
    const DisplayCell *look = NULL;
    int at = -1;
    for (int i = 0; i < v.width * v.height; i++) {
        if (same_cell(&v.shown[i], &v.wanted[i])) {
            continue;
        }
        if (v.out->len > PIECE) {
            return;
        }
        if (at != i || i % v.width == 0) {
            g_string_append_printf(v.out, "\033[%d;%dH", i / v.width + 1, i % v.width + 1);
        }
        v.shown[i] = v.wanted[i];
        if (!look || !same_look(look, &v.shown[i])) {
            put_look(&v.shown[i]);
        }
        look = &v.shown[i];
        uint32_t ch = look->ch;
        g_string_append_unichar(v.out, ch < 0x20 || (ch >= 0x7f && ch < 0xa0) ? '?' : ch);
        at = i + 1;
    }
}

static void put_cursor(int x, int y)
{
    bool shows = x >= 0 && y >= 0 && y < v.height;
    if (shows) {
        g_string_append_printf(v.out, "\033[%d;%dH%s", y + 1, x + 1, v.cursor_x < 0 ? "\033[?25h" : "");
        v.cursor_x = x;
        v.cursor_y = y;
    } else if (v.cursor_x >= 0) {
        g_string_append(v.out, "\033[?25l");
        v.cursor_x = v.cursor_y = -1;
    }
}

/* --- Pictures --------------------------------------------------------------------------------- */

static void forget_shown(void)
{
    g_string_append(v.out, "\033[0m\033[2J\033[?25l");
    fill_blank(v.shown, v.width * v.height);
    for (int i = 0; i < v.width * v.height; i++) {
        v.shown[i].ch = 0;              /* like no other */
    }
    v.cursor_x = v.cursor_y = -1;
}

/* Follows the terminal's size. */
static void measure(void)
{
    struct winsize w = { 0 };
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) < 0 || !w.ws_col || !w.ws_row) {
        w = (struct winsize){ .ws_col = 80, .ws_row = 25 };
    }
    int width = MIN(w.ws_col, MOST_SIDE), height = MIN(w.ws_row, MOST_SIDE);
    if (width != v.width || height != v.height) {
        v.width = width;
        v.height = height;
        v.shown = g_renew(DisplayCell, v.shown, width * height);
        v.wanted = g_renew(DisplayCell, v.wanted, width * height);
        forget_shown();
    }
}

static void show(Display *d)
{
    DisplayCells cells;
    int x = -1, y = -1;
    measure();
    fill_blank(v.wanted, v.width * v.height);
    if (display_cells(d, &cells)) {
        want_cells(&cells, &x, &y);
    } else {
        want_picture(d);
    }
    display_cells_free(&cells);
    put_changes();
    if (v.out->len || x != v.cursor_x || y != v.cursor_y) {
        put_cursor(x, y);
    }
    if (v.out->len) {
        char_write(v.port, v.out->str, v.out->len);
        char_flush(v.port);
        g_string_truncate(v.out, 0);
    }
}

static gboolean tick(gpointer unused)
{
    machine_lock();
    if (v.active && display_first() && !char_waiting(v.port) && g_get_monotonic_time() >= v.quiet_until) {
        show(display_first());
    }
    machine_unlock();
    return G_SOURCE_CONTINUE;
}

/* --- The terminal ----------------------------------------------------------------------------- */

static void enter(void)
{
    v.active = true;
    v.quiet_until = 0;
    g_string_assign(v.out, "\033[?1049h");
    v.width = v.height = 0;
}

static const char leave_text[] = "\033[0m\033[?25h\033[?1049l";

static void leave(void)
{
    if (v.active) {
        v.active = false;
        char_write(v.port, leave_text, strlen(leave_text));
        char_flush(v.port);
    }
}

static gboolean esc_was_alone(gpointer unused)
{
    bool taken = machine_lock_if_free();
    v.esc_id = 0;
    typing_flush();
    machine_unlock_if(taken);
    return G_SOURCE_REMOVE;
}

static unsigned can_read(void *opaque)
{
    return 64;
}

static void on_input(void *opaque, const uint8_t *buf, unsigned len)
{
    if (v.quiet_until) {                /* away with the help */
        v.quiet_until = 0;
        v.width = v.height = 0;
    }
    typing_feed((const char *)buf, len);
    if (v.esc_id) {
        g_source_remove(v.esc_id);
        v.esc_id = 0;
    }
    if (typing_waits()) {
        v.esc_id = g_timeout_add(ESC_MS, esc_was_alone, NULL);
    }
}

static void on_event(void *opaque, CharEvent event)
{
    if (event == CHAR_FOCUS) {
        enter();
    } else if (event == CHAR_BLUR) {
        leave();
    } else if (event == CHAR_HELP && v.active) {
        v.quiet_until = g_get_monotonic_time() + HELP_MS * 1000;
        v.width = v.height = 0;
    }
}

void text_display_start(CharPort *terminal)
{
    const char *colours = g_getenv("COLORTERM");
    v.port = terminal;
    v.true_colour = colours && (!strcmp(colours, "truecolor") || !strcmp(colours, "24bit"));
    v.out = g_string_new(NULL);
    char_set_handlers(terminal, can_read, on_input, on_event, NULL);
    enter();
    atexit(text_display_stop);
    v.tick_id = g_timeout_add_full(G_PRIORITY_DEFAULT_IDLE, TICK_MS, tick, NULL, NULL);
}

void text_display_stop(void)
{
    if (v.tick_id) {
        g_source_remove(v.tick_id);
        v.tick_id = 0;
        leave();
    }
}
