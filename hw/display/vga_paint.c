/* SPDX-License-Identifier: MIT */
/*
 * The VGA's picture: scan lines to pixels, and text to cells.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, Video Subsystem: Attribute
 * Controller, Character Map Select, Shift Register Mode, cursor and underline of the CRT controller.
 * The surface is what the monitor shows, dot by dot and line by line: mode 13h is 640 by 400, each of
 * its pixels 2 by 2 dots.
 * Choices: the cursor blinks 8 frames on and 8 off, characters 16 and 16.  Pixels of 256 colours go
 * to the DAC without passing the palette.
 */
#include "hw/display/vga.h"
#include "io/ui/codepage.h"

/* --- Colours ---------------------------------------------------------------------------------- */

uint32_t vga_dac_colour(const Vga *s, uint8_t index)
{
    const uint8_t *c = s->dac + 3 * index;
    if (s->dispi[DISPI_ENABLE] & DISPI_8BIT_DAC) {
        return c[0] << 16 | c[1] << 8 | c[2];
    }
    uint32_t rgb = 0;
    for (unsigned i = 0; i < 3; i++) {
        rgb = rgb << 8 | (c[i] & 0x3f) << 2 | (c[i] >> 4 & 3);
    }
    return rgb;
}

void vga_attribute_colours(const Vga *s, uint32_t out[16])
{
    for (unsigned i = 0; i < 16; i++) {
        unsigned v = s->ar[i & s->ar[AR_PLANES] & 15] & 0x3f;
        if (s->ar[AR_MODE] & AMODE_P54) {
            v = (v & 0x0f) | (s->ar[AR_COLOUR_SELECT] & 3) << 4;
        }
        v |= (s->ar[AR_COLOUR_SELECT] & 0x0c) << 4;
        out[i] = vga_dac_colour(s, v & s->dac_mask);
    }
}

/* What one picture is painted with. */
typedef struct Painter {
    Vga     *s;
    uint32_t colours[256];              /* of the dots' values */
    bool     text, wide;                /* 256 colours: a value lasts two dots */
    uint32_t font[2];                   /* in plane 2; [1] for characters with attribute bit 3 */
    uint32_t cursor;                    /* its address; none: no counter is like that */
    bool     chars_off;                 /* blinking ones */
} Painter;

enum { NO_CURSOR = UINT32_MAX };

static uint32_t font_address(unsigned select)
{
    return (select & 3) << 14 | (select >> 2 & 1) << 13;
}

static void find_fonts(const Vga *s, uint32_t font[2])
{
    uint8_t v = s->sr[SR_FONTS];
    font[0] = font_address((v & 3) | (v >> 2 & 4));
    font[1] = font_address((v >> 2 & 3) | (v >> 3 & 4));
}

static uint32_t cursor_address(const Vga *s)
{
    uint8_t first = s->cr[CR_CURSOR_START] & 0x1f, last = s->cr[CR_CURSOR_END] & 0x1f;
    if ((s->cr[CR_CURSOR_START] & 0x20) || first > last || first > (s->cr[CR_MAX_ROW] & 0x1f)) {
        return NO_CURSOR;
    }
    return s->cr[CR_CURSOR_HIGH] << 8 | s->cr[CR_CURSOR_LOW];
}

static void painter_init(Painter *p, Vga *s)
{
    *p = (Painter){ .s = s, .text = vga_is_text(s), .cursor = NO_CURSOR };
    p->wide = !p->text && (s->ar[AR_MODE] & AMODE_256);
    uint64_t frames = vga_frames(s);
    if (p->text) {
        find_fonts(s, p->font);
        p->cursor = frames & 8 ? NO_CURSOR : cursor_address(s);
    }
    p->chars_off = frames & 16;
    if (p->wide) {
        for (unsigned i = 0; i < 256; i++) {
            p->colours[i] = vga_dac_colour(s, i & s->dac_mask);
        }
    } else {
        vga_attribute_colours(s, p->colours);
    }
}

static uint32_t planes_at(const Vga *s, uint32_t address)
{
    return ld_le32(s->vram + 4 * (address & (PLANE_SIZE - 1)));
}

/* --- Text ------------------------------------------------------------------------------------- */

static bool is_underlined(const Vga *s, uint8_t attr, uint8_t row)
{
    return (attr & 7) == 1 && row == (s->cr[CR_UNDERLINE] & 0x1f);
}

static uint8_t glyph_row(const Painter *p, uint8_t ch, uint8_t attr, uint8_t row)
{
    return planes_at(p->s, p->font[attr >> 3 & 1] + 32 * ch + row) >> 16;
}

static uint8_t *text_dots(const Painter *p, const VgaScan *v, unsigned column, uint8_t *out)
{
    const Vga *s = p->s;
    uint32_t counter = vga_scan_counter(v, column);
    uint32_t planes = planes_at(s, vga_scan_address(v, counter));
    uint8_t ch = planes, attr = planes >> 8, fg = attr & 15, bg = attr >> 4;
    uint8_t bits = glyph_row(p, ch, attr, v->row), mode = s->ar[AR_MODE];
    bool ninth = (mode & AMODE_LINE_9) && ch >= 0xc0 && ch <= 0xdf && (bits & 1);
    if (mode & AMODE_BLINK) {
        bg &= 7;
        if ((attr & 0x80) && p->chars_off) {
            bits = 0;
            ninth = false;
        }
    }
    bool all = is_underlined(s, attr, v->row) ||
               (counter == p->cursor && v->row >= (s->cr[CR_CURSOR_START] & 0x1f) &&
                v->row <= (s->cr[CR_CURSOR_END] & 0x1f));
    bits |= all ? 0xff : 0;
    for (unsigned i = 0; i < 8; i++) {
        *out++ = bits << i & 0x80 ? fg : bg;
    }
    if (vga_char_dots(s) == 9) {
        *out++ = ninth || all ? fg : bg;
    }
    return out;
}

/* --- Graphics --------------------------------------------------------------------------------- */

/* Four bytes to eight nibbles, as the shift registers give them out. */
static void shift_planes(uint32_t v, uint8_t *out)
{
    for (int i = 7; i >= 0; i--, v >>= 1) {
        out[i] = (v & 1) | (v >> 7 & 2) | (v >> 14 & 4) | (v >> 21 & 8);
    }
}

static void shift_cga(uint32_t v, uint8_t *out)
{
    for (unsigned i = 0; i < 8; i++) {
        unsigned at = (i / 4) * 8 + 6 - 2 * (i % 4);
        out[i] = (v >> at & 3) | (v >> (at + 16) & 3) << 2;
    }
}

static void shift_256(uint32_t v, uint8_t *out)
{
    for (unsigned i = 0; i < 4; i++, v >>= 8) {
        out[2 * i] = v >> 4 & 15;
        out[2 * i + 1] = v & 15;
    }
}

static uint8_t *graphics_dots(const Painter *p, const VgaScan *v, unsigned column, uint8_t *out)
{
    const Vga *s = p->s;
    uint32_t planes = planes_at(s, vga_scan_address(v, vga_scan_counter(v, column)));
    if (s->gr[GR_MODE] & MODE_SHIFT_256) {
        shift_256(planes, out);
    } else if (s->gr[GR_MODE] & MODE_SHIFT_CGA) {
        shift_cga(planes, out);
    } else {
        shift_planes(planes, out);
    }
    if (p->wide) {                      /* two nibbles make a colour */
        for (unsigned i = 0; i < 8; i += 2) {
            out[i] = out[i + 1] = out[i] << 4 | out[i + 1];
        }
    }
    return out + 8;
}

/* --- Lines ------------------------------------------------------------------------------------ */

static void paint_line(const Painter *p, const VgaScan *v, uint32_t *out, int width)
{
    uint8_t dots[MAX_DOTS], *end = dots;
    unsigned scale = p->s->sr[SR_CLOCKING] & CLOCKING_HALF ? 2 : 1;
    for (unsigned column = 0; column <= vga_columns(p->s); column++) {
        end = (p->text ? text_dots : graphics_dots)(p, v, column, end);
    }
    const uint8_t *from = dots + vga_scan_pan(v);
    for (int x = 0; x < width; x++) {
        out[x] = p->colours[from[x / scale]];
    }
}

void vga_put_line(Vga *s, int y, const uint32_t *line, int width)
{
    uint32_t *out = display_pixels(s->display) + (size_t)y * width;
    if (memcmp(out, line, width * sizeof(*out)) != 0) {
        memcpy(out, line, width * sizeof(*out));
        display_dirty(s->display, 0, y, width, 1);
    }
}

static void paint_black(Vga *s)
{
    int w = display_width(s->display), h = display_height(s->display);
    uint32_t *line = g_new0(uint32_t, w);
    for (int y = 0; y < h; y++) {
        vga_put_line(s, y, line, w);
    }
    g_free(line);
}

static void paint_legacy(Vga *s)
{
    uint32_t line[MAX_DOTS];
    int width = vga_width(s), height = vga_height(s);
    Painter p;
    VgaScan v, before = { .row = 0xff };
    painter_init(&p, s);
    display_resize(s->display, width, height);
    vga_scan_start(&v, s);
    for (int y = 0; y < height; y++, vga_scan_next(&v)) {
        if (v.row != before.row || v.counter != before.counter || v.split != before.split) {
            paint_line(&p, &v, line, width);
            before = v;
        }
        vga_put_line(s, y, line, width);
    }
}

void vga_paint(void *opaque)
{
    Vga *s = opaque;
    bool off = !(s->ar_index & 0x20) || (s->sr[SR_CLOCKING] & CLOCKING_OFF);
    if (vga_dispi_on(s) ? off : vga_blank(s)) {
        paint_black(s);
    } else if (vga_dispi_on(s)) {
        vga_dispi_paint(s);
    } else {
        paint_legacy(s);
    }
}

/* --- Text as text ----------------------------------------------------------------------------- */

static DisplayCell cell_at(const Painter *p, const VgaScan *v, unsigned column)
{
    const Vga *s = p->s;
    uint32_t planes = planes_at(s, vga_scan_address(v, vga_scan_counter(v, column)));
    uint8_t ch = planes, attr = planes >> 8;
    bool blinks = s->ar[AR_MODE] & AMODE_BLINK;
    return (DisplayCell){
        .ch = codepage_437[ch], .fg = p->colours[attr & 15],
        .bg = p->colours[attr >> 4 & (blinks ? 7 : 15)],
        .blink = blinks && (attr & 0x80),
        .underline = (attr & 7) == 1 && (s->cr[CR_UNDERLINE] & 0x1f) <= (s->cr[CR_MAX_ROW] & 0x1f),
    };
}

bool vga_cells(void *opaque, DisplayCells *out)
{
    Vga *s = opaque;
    if (vga_dispi_on(s) || !vga_is_text(s) || vga_blank(s)) {
        return false;
    }
    Painter p;
    VgaScan v, before = { 0 };
    painter_init(&p, s);
    uint32_t cursor = cursor_address(s);
    int height = vga_height(s);
    unsigned columns = vga_columns(s), rows = 0;
    vga_scan_start(&v, s);
    for (int y = 0; y < height; y++, vga_scan_next(&v)) {
        bool begins = y == 0 || v.row < before.row || v.counter != before.counter ||
                      v.split != before.split;
        before = v;
        if (!begins) {
            continue;
        }
        display_cells_size(out, columns, ++rows);
        for (unsigned x = 0; x < columns; x++) {
            out->cells[(rows - 1) * columns + x] = cell_at(&p, &v, x);
            if (vga_scan_counter(&v, x) == cursor) {
                out->cursor_x = x;
                out->cursor_y = rows - 1;
            }
        }
    }
    return rows > 0;
}
