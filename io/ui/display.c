/* SPDX-License-Identifier: MIT */
/* Surfaces, what changed in them, and pictures of them through libpng. */
#include "io/ui/display.h"
#include <errno.h>
#include <stdio.h>
#include "config.h"
#include "io/ui/glyphs.h"
#include "system/error.h"
#ifdef HAVE_PNG
#include <png.h>
#endif

struct Display {
    char       *name;
    void      (*paint)(void *opaque);
    bool      (*cells)(void *opaque, DisplayCells *out);
    void       *opaque;
    int         width, height;
    uint32_t   *pixels;
    DisplayRect dirty;                  /* w == 0: nothing */
    uint64_t    changes;                /* counts them */
    uint64_t    read_at;                /* `changes` when `read` was read off the pixels */
    DisplayCells read;
    Display    *next;
};

static Display *displays;

Display *display_new(const char *name, void (*paint)(void *opaque), void *opaque)
{
    Display *d = g_new0(Display, 1);
    d->name = g_strdup(name);
    d->paint = paint;
    d->opaque = opaque;
    Display **end = &displays;
    while (*end) {
        end = &(*end)->next;
    }
    *end = d;
    display_resize(d, 640, 480);
    return d;
}

void display_free(Display *d)
{
    if (!d) {
        return;
    }
    for (Display **p = &displays; *p; p = &(*p)->next) {
        if (*p == d) {
            *p = d->next;
            break;
        }
    }
    display_cells_free(&d->read);
    g_free(d->pixels);
    g_free(d->name);
    g_free(d);
}

Display *display_first(void)
{
    return displays;
}

Display *display_next(Display *d)
{
    return d->next;
}

Display *display_find(const char *name)
{
    Display *d = displays;
    while (d && strcmp(d->name, name) != 0) {
        d = d->next;
    }
    return d;
}

const char *display_name(const Display *d)
{
    return d->name;
}

bool display_resize(Display *d, int width, int height)
{
    if (width <= 0 || height <= 0 || width > DISPLAY_MAX_SIDE || height > DISPLAY_MAX_SIDE) {
        return false;
    }
    if (width != d->width || height != d->height) {
        g_free(d->pixels);
        d->pixels = g_new0(uint32_t, (size_t)width * height);
        d->width = width;
        d->height = height;
        d->dirty = (DisplayRect){ 0, 0, width, height };
        d->changes++;
    }
    return true;
}

int display_width(const Display *d)
{
    return d->width;
}

int display_height(const Display *d)
{
    return d->height;
}

uint32_t *display_pixels(Display *d)
{
    return d->pixels;
}

void display_dirty(Display *d, int x, int y, int w, int h)
{
    int x1 = MIN(x + w, d->width), y1 = MIN(y + h, d->height);
    x = MAX(x, 0);
    y = MAX(y, 0);
    if (x >= x1 || y >= y1) {
        return;
    }
    d->changes++;
    if (d->dirty.w) {
        x1 = MAX(x1, d->dirty.x + d->dirty.w);
        y1 = MAX(y1, d->dirty.y + d->dirty.h);
        x = MIN(x, d->dirty.x);
        y = MIN(y, d->dirty.y);
    }
    d->dirty = (DisplayRect){ x, y, x1 - x, y1 - y };
}

void display_refresh(Display *d)
{
    if (d->paint) {
        d->paint(d->opaque);
    }
}

bool display_take_dirty(Display *d, DisplayRect *rect)
{
    *rect = d->dirty;
    d->dirty.w = d->dirty.h = 0;
    return rect->w != 0;
}

/* --- Characters ------------------------------------------------------------------------------- */

void display_set_cells(Display *d, bool (*cells)(void *opaque, DisplayCells *out))
{
    d->cells = cells;
}

bool display_has_cells(const Display *d)
{
    return d->cells != NULL;
}

void display_cells_size(DisplayCells *c, int columns, int rows)
{
    c->cells = g_renew(DisplayCell, c->cells, (size_t)columns * rows);
    c->columns = columns;
    c->rows = rows;
}

void display_cells_free(DisplayCells *c)
{
    g_free(c->cells);
    *c = (DisplayCells){ .cursor_x = -1, .cursor_y = -1 };
}

/* Reading is work: once a picture. */
static bool read_pixels(Display *d, DisplayCells *out)
{
    glyphs_learn_host();
    display_refresh(d);
    if (d->read_at != d->changes) {
        display_cells_free(&d->read);
        glyphs_read(d->pixels, d->width, d->height, &d->read);
        d->read_at = d->changes;
    }
    *out = d->read;
    out->cells = g_memdup2(d->read.cells, sizeof(DisplayCell) * d->read.columns * d->read.rows);
    return out->cells != NULL;
}

bool display_cells(Display *d, DisplayCells *out)
{
    *out = (DisplayCells){ .cursor_x = -1, .cursor_y = -1 };
    if (d->cells && d->cells(d->opaque, out)) {
        return true;
    }
    display_cells_free(out);
    return read_pixels(d, out);
}

/* What stands before the cursor is meant: "login: ". */
static void append_row(GString *text, const DisplayCell *row, int columns, int least)
{
    while (columns > least && (row[columns - 1].ch == ' ' || row[columns - 1].ch == 0xa0)) {
        columns--;
    }
    for (int x = 0; x < columns; x++) {
        g_string_append_unichar(text, row[x].ch);
    }
    g_string_append_c(text, '\n');
}

char *display_text(Display *d)
{
    DisplayCells c;
    if (!display_cells(d, &c)) {
        return NULL;
    }
    GString *text = g_string_new(NULL);
    for (int y = 0; y < c.rows; y++) {
        append_row(text, c.cells + (size_t)y * c.columns, c.columns,
                   y == c.cursor_y ? CLAMP(c.cursor_x, 0, c.columns) : 0);
    }
    display_cells_free(&c);
    return g_string_free(text, false);
}

/* --- Pictures --------------------------------------------------------------------------------- */

#ifdef HAVE_PNG
static bool write_png(Display *d, FILE *f, uint8_t *row)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, f);
    png_set_IHDR(png, info, d->width, d->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < d->height; y++) {
        const uint32_t *p = d->pixels + (size_t)y * d->width;
        for (int x = 0; x < d->width; x++) {
            row[3 * x] = p[x] >> 16;
            row[3 * x + 1] = p[x] >> 8;
            row[3 * x + 2] = p[x];
        }
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

bool display_screendump(Display *d, const char *path, GError **err)
{
    display_refresh(d);
    FILE *f = fopen(path, "wb");
    if (!f) {
        return fail_errno(err, "cannot write picture '%s'", path);
    }
    uint8_t *row = g_malloc(3 * (size_t)d->width);
    bool ok = write_png(d, f, row);
    g_free(row);
    ok = fclose(f) == 0 && ok;
    return ok || fail(err, EMU_ERROR_OSERR, "cannot write picture '%s'", path);
}
#else
bool display_screendump(Display *d, const char *path, GError **err)
{
    return fail(err, EMU_ERROR_USAGE, "built without PNG: cannot write '%s'", path);
}
#endif
