/* SPDX-License-Identifier: MIT */
/*
 * Recognising text: every cell of the picture is looked up, exactly, in a table of glyphs.
 *
 * What is recognised: cells 8 pixels wide and as high as a known font, in rows and columns that begin
 * at the picture's upper left, behind a border of 10 pixels (GRUB's graphical terminal), or in which
 * the picture is centred; each cell in two colours of its
 * own, either of them the background; pixels doubled in either direction (VGA's 320x200).  What is
 * not: other fonts, proportional ones, text over pictures, glyphs that lie between the cells.  A cell
 * that means nothing is U+FFFD; one that is empty but for full lines at its foot is the cursor.
 * A picture is a screen of text when at least MATCH_LEAST cells are glyphs.
 */
#include "io/ui/glyphs.h"
#include "io/ui/codepage.h"

enum { CELL = 8, TABLE = 1 << 14, TABLE_MOST = TABLE / 2, MATCH_LEAST = 4, BORDER = 10 };

/* The bits of a cell, 8 bytes a word, first row in the lowest byte. */
typedef struct Bits {
    uint64_t word[2];
} Bits;

typedef struct Glyph {
    Bits     bits;
    uint16_t ch;
    uint8_t  height;                    /* 0: a free slot */
} Glyph;

static Glyph *table;
static unsigned n_glyphs;
static bool heights[GLYPH_MOST_ROWS + 1];

/* --- Learning --------------------------------------------------------------------------------- */

static unsigned slot_of(const Bits *b, unsigned height)
{
    uint64_t h = (b->word[0] ^ (b->word[1] + height) * UINT64_C(0x9e3779b97f4a7c15));
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return h >> 32 & (TABLE - 1);
}

/* Where it is, or the free slot where it would be. */
static Glyph *find(const Bits *b, unsigned height)
{
    unsigned i = slot_of(b, height);
    while (table[i].height && (table[i].height != height || memcmp(&table[i].bits, b, sizeof(*b)))) {
        i = (i + 1) & (TABLE - 1);
    }
    return &table[i];
}

void glyphs_learn(const uint8_t *bits, unsigned height, unsigned n, const uint16_t *unicode)
{
    g_assert(height > 0 && height <= GLYPH_MOST_ROWS);
    table = table ? table : g_new0(Glyph, TABLE);
    heights[height] = true;
    for (unsigned i = 0; i < n && n_glyphs < TABLE_MOST; i++) {
        Bits b = { { 0 } };
        memcpy(&b, bits + i * height, height);
        Glyph *g = find(&b, height);
        if (!g->height) {
            *g = (Glyph){ b, unicode[i], height };
            n_glyphs++;
        }
    }
}

/* A font of the IBM PC has an empty glyph, then a smiling face. */
static const struct { uint8_t height, face[16]; } marks[] = {
    { 16, { 0, 0, 0x7e, 0x81, 0xa5, 0x81, 0x81, 0xbd, 0x99, 0x81, 0x81, 0x7e, 0, 0, 0, 0 } },
    { 14, { 0, 0, 0x7e, 0x81, 0xa5, 0x81, 0x81, 0xbd, 0x99, 0x81, 0x7e, 0, 0, 0 } },
    { 8,  { 0x7e, 0x81, 0xa5, 0x81, 0xbd, 0x99, 0x81, 0x7e } },
};

/* The letters before the pictures: where two glyphs look alike, the first learnt wins. */
static void learn_437(const uint8_t *font, unsigned height)
{
    glyphs_learn(font + 0x20 * height, height, 0x60, codepage_437 + 0x20);
    glyphs_learn(font, height, 256, codepage_437);
}

unsigned glyphs_learn_rom(const uint8_t *rom, size_t len)
{
    static const uint8_t blank[16];
    unsigned found = 0;
    for (unsigned m = 0; m < ARRAY_SIZE(marks); m++) {
        size_t h = marks[m].height;
        for (size_t at = 0; at + 256 * h <= len; at++) {
            if (!memcmp(rom + at + h, marks[m].face, h) && !memcmp(rom + at, blank, h)) {
                learn_437(rom + at, h);
                found++;
                break;
            }
        }
    }
    return found;
}

bool glyphs_known(void)
{
    return n_glyphs > 0;
}

void glyphs_forget(void)
{
    g_clear_pointer(&table, g_free);
    n_glyphs = 0;
    memset(heights, 0, sizeof(heights));
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* A picture, seen in steps of `dx` and `dy` pixels. */
typedef struct Picture {
    const uint32_t *pixels;
    int             stride, width, height, dx, dy;
} Picture;

static bool doubled_across(const uint32_t *p, int w, int h)
{
    for (size_t i = 0; i + 1 < (size_t)w * h; i += 2) {
        if (p[i] != p[i + 1]) {
            return false;
        }
    }
    return w % 2 == 0;
}

static bool doubled_down(const uint32_t *p, int w, int h)
{
    for (int y = 0; y + 1 < h; y += 2) {
        if (memcmp(p + (size_t)y * w, p + (size_t)(y + 1) * w, w * sizeof(*p))) {
            return false;
        }
    }
    return h % 2 == 0;
}

static Picture picture_of(const uint32_t *pixels, int w, int h)
{
    int dx = doubled_across(pixels, w, h) ? 2 : 1, dy = doubled_down(pixels, w, h) ? 2 : 1;
    return (Picture){ pixels, w, w / dx, h / dy, dx, dy };
}

/* Bits that differ from the first pixel's colour; false: more than two colours. */
static bool cell_bits(const Picture *p, int x0, int y0, unsigned height, Bits *b, uint32_t colour[2])
{
    uint8_t *row = (uint8_t *)b;
    *b = (Bits){ { 0 } };
    const uint32_t *line = p->pixels + (size_t)y0 * p->dy * p->stride + (size_t)x0 * p->dx;
    colour[0] = colour[1] = line[0];
    for (unsigned y = 0; y < height; y++, line += (size_t)p->dy * p->stride) {
        for (unsigned x = 0; x < CELL; x++) {
            uint32_t v = line[x * p->dx];
            if (v == colour[0]) {
                continue;
            }
            if (v != colour[1]) {
                if (colour[1] != colour[0]) {
                    return false;
                }
                colour[1] = v;
            }
            row[y] |= 0x80 >> x;
        }
    }
    return true;
}

static Bits inverse(Bits b, unsigned height)
{
    uint8_t *row = (uint8_t *)&b;
    for (unsigned y = 0; y < height; y++) {
        row[y] = ~row[y];
    }
    return b;
}

/* Nothing but full lines in the lower half. */
static bool is_cursor(const Bits *b, unsigned height)
{
    const uint8_t *row = (const uint8_t *)b;
    for (unsigned y = 0; y < height; y++) {
        if (row[y] && (row[y] != 0xff || y < height / 2)) {
            return false;
        }
    }
    return true;
}

typedef struct Reading {
    unsigned height, matched, unknown;
    int      x0, y0;
} Reading;

static DisplayCell read_cell(const Picture *p, Reading *r, int x, int y, bool *cursor)
{
    Bits b;
    uint32_t c[2];
    *cursor = false;
    if (!cell_bits(p, x, y, r->height, &b, c)) {
        r->unknown++;
        return (DisplayCell){ .ch = 0xfffd, .fg = c[1], .bg = c[0] };
    }
    if (c[0] == c[1]) {
        return (DisplayCell){ .ch = ' ', .fg = c[0], .bg = c[0] };
    }
    const Glyph *g = find(&b, r->height);
    if (!g->height) {
        Bits other = inverse(b, r->height);
        g = find(&other, r->height);
        uint32_t swap = c[0];
        if (g->height) {
            c[0] = c[1];
            c[1] = swap;
        }
    }
    if (g->height) {
        r->matched++;
        return (DisplayCell){ .ch = g->ch, .fg = c[1], .bg = c[0] };
    }
    *cursor = is_cursor(&b, r->height);
    r->unknown += !*cursor;
    return (DisplayCell){ .ch = *cursor ? ' ' : 0xfffd, .fg = c[1], .bg = c[0] };
}

static void read_all(const Picture *p, Reading *r, DisplayCells *out)
{
    display_cells_size(out, (p->width - r->x0) / CELL, (p->height - r->y0) / (int)r->height);
    r->matched = r->unknown = 0;
    for (int y = 0; y < out->rows; y++) {
        for (int x = 0; x < out->columns; x++) {
            bool cursor;
            out->cells[y * out->columns + x] =
                read_cell(p, r, r->x0 + x * CELL, r->y0 + y * (int)r->height, &cursor);
            if (cursor) {
                out->cursor_x = x;
                out->cursor_y = y;
            }
        }
    }
}

/* Better than the best so far?  Most glyphs win; when they are most of what there is, nothing else is
 * tried. */
static void try(const Picture *p, Reading r, Reading *best, DisplayCells *out)
{
    if (p->width - r.x0 < CELL || p->height - r.y0 < (int)r.height) {
        return;
    }
    if (best->matched > best->unknown) {
        return;
    }
    read_all(p, &r, out);
    if (r.matched > best->matched) {
        *best = r;
    }
}

bool glyphs_read(const uint32_t *pixels, int width, int height, DisplayCells *out)
{
    if (!glyphs_known()) {
        return false;
    }
    Picture p = picture_of(pixels, width, height);
    Reading best = { 0 };
    for (unsigned h = GLYPH_MOST_ROWS; h > 0; h--) {
        const int origins[][2] = {
            { 0, 0 }, { BORDER, BORDER }, { p.width % CELL / 2, p.height % (int)h / 2 },
        };
        for (unsigned i = 0; i < ARRAY_SIZE(origins) && heights[h]; i++) {
            try(&p, (Reading){ .height = h, .x0 = origins[i][0], .y0 = origins[i][1] }, &best, out);
        }
    }
    if (best.matched < MATCH_LEAST) {
        display_cells_free(out);
        return false;
    }
    out->cursor_x = out->cursor_y = -1;
    read_all(&p, &best, out);
    return true;
}
