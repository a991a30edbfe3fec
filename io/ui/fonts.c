/* SPDX-License-Identifier: MIT */
/*
 * Fonts found on the host, for reading text off pictures.
 * Implements: GRUB's PFF2 font format ("GRUB font format", docs of GRUB 2: sections of a name and a
 * length; CHIX: where each character is; a glyph is its size, its place and its bits in one row).
 * Of a large font only cells of 8 by 16 are taken, and of those the characters that menus and
 * consoles are made of.
 */
#include "io/ui/glyphs.h"
#include "system/firmware_files.h"

enum { CELL_HEIGHT = 16, CELL_WIDTH = 8, GLYPH_HEADER = 10, CHIX_ENTRY = 9 };

/* First and last. */
static const uint16_t wanted[][2] = {
    { 0x0020, 0x007e }, { 0x00a1, 0x024f }, { 0x0370, 0x052f }, { 0x2010, 0x2044 }, { 0x20a0, 0x20bf },
    { 0x2190, 0x21ff }, { 0x2500, 0x25ff }, { 0x2660, 0x266f },
};

static bool is_wanted(uint32_t ch)
{
    for (unsigned i = 0; i < ARRAY_SIZE(wanted); i++) {
        if (ch >= wanted[i][0] && ch <= wanted[i][1]) {
            return true;
        }
    }
    return false;
}

typedef struct Pf2 {
    const uint8_t *data;
    size_t         len;
    unsigned       ascent;
    size_t         index, n;            /* CHIX */
} Pf2;

static bool find_sections(Pf2 *f)
{
    for (size_t at = 0; at + 8 <= f->len;) {
        const uint8_t *s = f->data + at;
        uint32_t len = ld_be32(s + 4);
        if (!memcmp(s, "DATA", 4)) {
            break;                      /* the last one */
        }
        if (len > f->len - at - 8) {
            return false;
        }
        if (!memcmp(s, "ASCE", 4) && len == 2) {
            f->ascent = ld_be16(s + 8);
        } else if (!memcmp(s, "CHIX", 4)) {
            f->index = at + 8;
            f->n = len / CHIX_ENTRY;
        }
        at += 8 + len;
    }
    return f->n && f->ascent <= CELL_HEIGHT && f->len > 12 && !memcmp(f->data, "FILE\0\0\0\4PFF2", 12);
}

/* The cell of a glyph; false: it is larger, or outside the file. */
static bool draw_glyph(const Pf2 *f, size_t at, uint8_t cell[CELL_HEIGHT])
{
    if (at > f->len || f->len - at < GLYPH_HEADER) {
        return false;
    }
    const uint8_t *g = f->data + at;
    int w = ld_be16(g), h = ld_be16(g + 2), x0 = (int16_t)ld_be16(g + 4);
    int y0 = (int)f->ascent - (int16_t)ld_be16(g + 6) - h;
    if (ld_be16(g + 8) != CELL_WIDTH || w > CELL_WIDTH || h > CELL_HEIGHT || x0 < 0 || y0 < 0 ||
        x0 + w > CELL_WIDTH || y0 + h > CELL_HEIGHT ||
        f->len - at - GLYPH_HEADER < (size_t)(w * h + 7) / 8) {
        return false;
    }
    memset(cell, 0, CELL_HEIGHT);
    for (int i = 0; i < w * h; i++) {
        if (g[GLYPH_HEADER + i / 8] & (0x80 >> i % 8)) {
            cell[y0 + i / w] |= 0x80 >> (x0 + i % w);
        }
    }
    return true;
}

unsigned glyphs_learn_pf2(const uint8_t *data, size_t len)
{
    Pf2 f = { .data = data, .len = len };
    unsigned learnt = 0;
    if (!find_sections(&f)) {
        return 0;
    }
    for (size_t i = 0; i < f.n; i++) {
        const uint8_t *entry = data + f.index + i * CHIX_ENTRY;
        uint32_t ch = ld_be32(entry);
        uint16_t unicode = ch;
        uint8_t cell[CELL_HEIGHT];
        if (is_wanted(ch) && draw_glyph(&f, ld_be32(entry + 5), cell)) {
            glyphs_learn(cell, CELL_HEIGHT, 1, &unicode);
            learnt++;
        }
    }
    return learnt;
}

/* --- On this host ------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    unsigned  (*learn)(const uint8_t *data, size_t len);
} fonts[] = {
    { "vgabios-stdvga.bin", glyphs_learn_rom },         /* seabios: the IBM PC's */
    { "unicode.pf2",        glyphs_learn_pf2 },         /* grub-common: GNU Unifont */
};

void glyphs_learn_host(void)
{
    static bool done;
    for (unsigned i = 0; !done && i < ARRAY_SIZE(fonts); i++) {
        g_autofree char *path = firmware_find(fonts[i].name), *data = NULL;
        size_t len;
        if (path && g_file_get_contents(path, &data, &len, NULL)) {
            fonts[i].learn((const uint8_t *)data, len);
        }
    }
    done = true;
}
