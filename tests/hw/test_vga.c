/* SPDX-License-Identifier: MIT */
/*
 * The VGA on the bench: registers, memory modes, and the pixels of every class of modes (IBM PS/2
 * Hardware Interface Technical Reference, Video Subsystem; Bochs VBE display extensions).
 */
#include <glib/gstdio.h>
#include <unistd.h>
#include "hw/display/vga.h"
#include "tests/hw/bench.h"

enum { MONO, PORTS, COLOUR, DISPI, WINDOW };        /* windows */

/* --- Ports ------------------------------------------------------------------------------------ */

static unsigned in(Bench *b, unsigned port)
{
    unsigned w = port >= 0x3d4 ? COLOUR : port >= 0x3c0 ? PORTS : MONO;
    return bench_read_at(b, w, port - (w == COLOUR ? 0x3d4 : w == PORTS ? 0x3c0 : 0x3b4), 1);
}

static void out(Bench *b, unsigned port, unsigned v)
{
    unsigned w = port >= 0x3d4 ? COLOUR : port >= 0x3c0 ? PORTS : MONO;
    bench_write_at(b, w, port - (w == COLOUR ? 0x3d4 : w == PORTS ? 0x3c0 : 0x3b4), v, 1);
}

static void indexed(Bench *b, unsigned port, unsigned index, unsigned v)
{
    out(b, port, index);
    out(b, port + 1, v);
}

static unsigned read_indexed(Bench *b, unsigned port, unsigned index)
{
    out(b, port, index);
    return in(b, port + 1);
}

static void attribute(Bench *b, unsigned index, unsigned v)
{
    in(b, 0x3da);
    out(b, 0x3c0, index);
    out(b, 0x3c0, v);
}

static void dispi(Bench *b, unsigned index, unsigned v)
{
    bench_write_at(b, DISPI, 0, index, 2);
    bench_write_at(b, DISPI, 1, v, 2);
}

static unsigned read_dispi(Bench *b, unsigned index)
{
    bench_write_at(b, DISPI, 0, index, 2);
    return bench_read_at(b, DISPI, 1, 2);
}

static void poke(Bench *b, unsigned address, unsigned v)
{
    bench_write_at(b, WINDOW, address - 0xa0000, v, 1);
}

static unsigned peek(Bench *b, unsigned address)
{
    return bench_read_at(b, WINDOW, address - 0xa0000, 1);
}

/* --- Modes: the tables of IBM's BIOS ---------------------------------------------------------- */

typedef struct Mode {
    uint8_t misc, sr[4], cr[25], gr[9], ar_mode;
} Mode;

static const Mode text80 = {
    0x67, { 0x00, 0x03, 0x00, 0x02 },
    { 0x5f, 0x4f, 0x50, 0x82, 0x55, 0x81, 0xbf, 0x1f, 0x00, 0x4f, 0x0d, 0x0e, 0x00, 0x00, 0x00, 0x00,
      0x9c, 0x8e, 0x8f, 0x28, 0x1f, 0x96, 0xb9, 0xa3, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x0e, 0x0f, 0xff }, 0x0c,
};
static const Mode text40 = {
    0x67, { 0x08, 0x03, 0x00, 0x02 },
    { 0x2d, 0x27, 0x28, 0x90, 0x2b, 0xa0, 0xbf, 0x1f, 0x00, 0x4f, 0x0d, 0x0e, 0x00, 0x00, 0x00, 0x00,
      0x9c, 0x8e, 0x8f, 0x14, 0x1f, 0x96, 0xb9, 0xa3, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x0e, 0x0f, 0xff }, 0x0c,
};
static const Mode cga4 = {              /* mode 4: 320x200 */
    0x63, { 0x09, 0x03, 0x00, 0x02 },
    { 0x2d, 0x27, 0x28, 0x90, 0x2b, 0x80, 0xbf, 0x1f, 0x00, 0xc1, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x9c, 0x8e, 0x8f, 0x14, 0x00, 0x96, 0xb9, 0xa2, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x30, 0x0f, 0x00, 0xff }, 0x01,
};
static const Mode cga2 = {              /* mode 6: 640x200 */
    0x63, { 0x01, 0x01, 0x00, 0x06 },
    { 0x5f, 0x4f, 0x50, 0x82, 0x54, 0x80, 0xbf, 0x1f, 0x00, 0xc1, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x9c, 0x8e, 0x8f, 0x28, 0x00, 0x96, 0xb9, 0xc2, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0d, 0x00, 0xff }, 0x01,
};
static const Mode planar = {            /* mode 12h: 640x480 */
    0xe3, { 0x01, 0x0f, 0x00, 0x06 },
    { 0x5f, 0x4f, 0x50, 0x82, 0x54, 0x80, 0x0b, 0x3e, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0xea, 0x8c, 0xdf, 0x28, 0x00, 0xe7, 0x04, 0xe3, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05, 0x0f, 0xff }, 0x01,
};
static const Mode packed = {            /* mode 13h: 320x200, 256 colours */
    0x63, { 0x01, 0x0f, 0x00, 0x0e },
    { 0x5f, 0x4f, 0x50, 0x82, 0x54, 0x80, 0xbf, 0x1f, 0x00, 0x41, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x9c, 0x8e, 0x8f, 0x28, 0x40, 0x96, 0xb9, 0xa3, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x05, 0x0f, 0xff }, 0x41,
};
static const Mode mono80 = {            /* mode 7 */
    0x66, { 0x00, 0x03, 0x00, 0x02 },
    { 0x5f, 0x4f, 0x50, 0x82, 0x55, 0x81, 0xbf, 0x1f, 0x00, 0x4f, 0x0d, 0x0e, 0x00, 0x00, 0x00, 0x00,
      0x9c, 0x8e, 0x8f, 0x28, 0x0d, 0x96, 0xb9, 0xa3, 0xff },
    { 0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x0a, 0x0f, 0xff }, 0x0e,
};

static void set_dac(Bench *b, unsigned i, unsigned red, unsigned green, unsigned blue)
{
    out(b, 0x3c8, i);
    out(b, 0x3c9, red);
    out(b, 0x3c9, green);
    out(b, 0x3c9, blue);
}

/* Colour i of the palette is DAC entry i, which is (i, 0, 0) in 6 bits. */
static void set_mode(Bench *b, const Mode *m)
{
    unsigned crtc = m->misc & 1 ? 0x3d4 : 0x3b4;
    out(b, 0x3c2, m->misc);
    indexed(b, 0x3c4, 0, 0x03);
    for (unsigned i = 0; i < 4; i++) {
        indexed(b, 0x3c4, i + 1, m->sr[i]);
    }
    indexed(b, crtc, 0x11, 0);          /* unlock */
    for (unsigned i = 0; i < 25; i++) {
        indexed(b, crtc, i, m->cr[i]);
    }
    for (unsigned i = 0; i < 9; i++) {
        indexed(b, 0x3ce, i, m->gr[i]);
    }
    in(b, crtc + 6);
    unsigned pan = m->sr[0] & 1 ? 0 : 8;        /* 8 is none with nine dots */
    for (unsigned i = 0; i < 0x15; i++) {
        out(b, 0x3c0, i);
        out(b, 0x3c0, i < 16 ? i : i == 0x10 ? m->ar_mode : i == 0x12 ? 0x0f : i == 0x13 ? pan : 0);
    }
    out(b, 0x3c0, 0x20);
    for (unsigned i = 0; i < 64; i++) {
        set_dac(b, i, i, 0, 0);
    }
}

static uint32_t pixel(int x, int y)
{
    Display *d = display_first();
    display_refresh(d);
    g_assert_cmpint(x, <, display_width(d));
    g_assert_cmpint(y, <, display_height(d));
    return display_pixels(d)[y * display_width(d) + x];
}

static uint32_t red(unsigned i)
{
    return (i << 2 | i >> 4) << 16;
}

static void assert_size(int w, int h)
{
    display_refresh(display_first());
    g_assert_cmpint(display_width(display_first()), ==, w);
    g_assert_cmpint(display_height(display_first()), ==, h);
}

/* A row of a glyph, as the BIOS loads fonts: plane 2 alone at 0xa0000. */
static void set_glyph(Bench *b, unsigned font, unsigned ch, unsigned row, unsigned bits)
{
    indexed(b, 0x3c4, 2, 0x04);
    indexed(b, 0x3c4, 4, 0x07);
    indexed(b, 0x3ce, 4, 0x02);
    indexed(b, 0x3ce, 5, 0x00);
    indexed(b, 0x3ce, 6, 0x04);
    poke(b, 0xa0000 + font * 0x4000 + ch * 32 + row, bits);
    g_assert_cmphex(peek(b, 0xa0000 + font * 0x4000 + ch * 32 + row), ==, bits);
    indexed(b, 0x3c4, 2, 0x03);
    indexed(b, 0x3c4, 4, 0x02);
    indexed(b, 0x3ce, 4, 0x00);
    indexed(b, 0x3ce, 5, 0x10);
    indexed(b, 0x3ce, 6, 0x0e);
}

static void put_text(Bench *b, unsigned at, const char *text, unsigned attr)
{
    for (; *text; text++, at += 2) {
        poke(b, 0xb8000 + at, *text);
        poke(b, 0xb8000 + at + 1, attr);
    }
}

static void hide_cursor(Bench *b)
{
    indexed(b, 0x3d4, 0x0a, 0x20);
}

/* --- Registers -------------------------------------------------------------------------------- */

static void attribute_index_and_data_take_turns(Bench *b)
{
    out(b, 0x3c2, 0x01);
    in(b, 0x3da);
    out(b, 0x3c0, 0x11);
    out(b, 0x3c0, 0x2a);
    out(b, 0x3c0, 0x12);
    in(b, 0x3da);                       /* forgets the half pair */
    out(b, 0x3c0, 0x11);
    g_assert_cmphex(in(b, 0x3c0), ==, 0x11);
    g_assert_cmphex(in(b, 0x3c1), ==, 0x2a);
    in(b, 0x3da);
    out(b, 0x3c0, 0x25);                /* palette closed to the CPU */
    out(b, 0x3c0, 0x3f);
    in(b, 0x3da);
    out(b, 0x3c0, 0x05);
    g_assert_cmphex(in(b, 0x3c1), ==, 0);
}

static void dac_counts_by_itself(Bench *b)
{
    out(b, 0x3c8, 0x10);
    g_assert_cmphex(in(b, 0x3c7), ==, 0);
    for (unsigned i = 0; i < 6; i++) {
        out(b, 0x3c9, 0xc0 + i);        /* six bits count */
    }
    g_assert_cmphex(in(b, 0x3c8), ==, 0x12);
    out(b, 0x3c7, 0x10);
    g_assert_cmphex(in(b, 0x3c7), ==, 3);
    for (unsigned i = 0; i < 6; i++) {
        g_assert_cmphex(in(b, 0x3c9), ==, i);
    }
}

static void crtc_is_where_misc_says(Bench *b)
{
    out(b, 0x3c2, 0x00);
    indexed(b, 0x3b4, 0x0e, 0x12);
    g_assert_cmphex(in(b, 0x3b5), ==, 0x12);
    g_assert_cmphex(in(b, 0x3d5), ==, 0xff);
    out(b, 0x3c2, 0x01);
    g_assert_cmphex(read_indexed(b, 0x3d4, 0x0e), ==, 0x12);
    indexed(b, 0x3b4, 0x0e, 0x34);
    g_assert_cmphex(read_indexed(b, 0x3d4, 0x0e), ==, 0x12);
    g_assert_cmphex(in(b, 0x3cc), ==, 0x01);
}

static void crtc_locks_its_timing(Bench *b)
{
    out(b, 0x3c2, 0x01);
    indexed(b, 0x3d4, 0x01, 0x27);
    indexed(b, 0x3d4, 0x07, 0x00);
    indexed(b, 0x3d4, 0x11, 0x80);
    indexed(b, 0x3d4, 0x01, 0x4f);
    indexed(b, 0x3d4, 0x07, 0xff);
    g_assert_cmphex(read_indexed(b, 0x3d4, 0x01), ==, 0x27);
    g_assert_cmphex(read_indexed(b, 0x3d4, 0x07), ==, 0x10);    /* the line compare's bit */
    indexed(b, 0x3d4, 0x13, 0x28);
    g_assert_cmphex(read_indexed(b, 0x3d4, 0x13), ==, 0x28);
}

/* One access of 16 bits writes index and data, as drivers do. */
static void words_write_index_and_data(Bench *b)
{
    bench_write_at(b, PORTS, 0x4, 0x0a02, 2);
    g_assert_cmphex(read_indexed(b, 0x3c4, 2), ==, 0x0a);
    g_assert_cmphex(bench_read_at(b, PORTS, 0x4, 2), ==, 0x0a02);
}

/* Mode 3: 449 lines at 70.09 Hz, sync of 2 lines from 412. */
static void retrace_follows_the_clock(Bench *b)
{
    unsigned syncs = 0, shown = 0, edges = 0, before = 0;
    set_mode(b, &text80);
    for (unsigned i = 0; i < 10000; i++) {
        bench_step(b, 14268);           /* 10 frames in all */
        unsigned v = in(b, 0x3da);
        syncs += v >> 3 & 1;
        edges += (v & ~before) >> 3 & 1;
        shown += !(v & 1);
        g_assert_true((v & 1) || !(v & 8));
        before = v;
    }
    g_assert_cmpuint(edges, >=, 9);
    g_assert_cmpuint(edges, <=, 11);
    g_assert_cmpuint(syncs, >, 30);     /* 10000 * 2 / 449 */
    g_assert_cmpuint(syncs, <, 60);
    g_assert_cmpuint(shown, >, 6500);   /* 400 / 449 * 80 / 100 */
    g_assert_cmpuint(shown, <, 7500);
}

static void sleeping_card_does_not_answer_in_memory(Bench *b)
{
    set_mode(b, &text80);
    put_text(b, 0, "x", 7);
    out(b, 0x3c3, 0);
    g_assert_cmphex(peek(b, 0xb8000), ==, 0xff);
    poke(b, 0xb8000, 'y');
    out(b, 0x3c3, 1);
    g_assert_cmphex(peek(b, 0xb8000), ==, 'x');
}

/* --- Memory ----------------------------------------------------------------------------------- */

/* The four bytes at an address, plane by plane. */
static uint32_t planes_at(Bench *b, unsigned address)
{
    uint32_t v = 0;
    for (unsigned p = 0; p < 4; p++) {
        indexed(b, 0x3ce, 4, p);
        v |= peek(b, address) << (8 * p);
    }
    return v;
}

static void fill_planes(Bench *b, unsigned address, uint32_t v)
{
    for (unsigned p = 0; p < 4; p++) {
        indexed(b, 0x3c4, 2, 1 << p);
        poke(b, address, v >> (8 * p) & 0xff);
    }
    indexed(b, 0x3c4, 2, 0x0f);
}

static void map_mask_chooses_planes(Bench *b)
{
    set_mode(b, &planar);
    fill_planes(b, 0xa0010, 0x44332211);
    g_assert_cmphex(planes_at(b, 0xa0010), ==, 0x44332211);
    indexed(b, 0x3c4, 2, 0x05);
    poke(b, 0xa0010, 0xaa);
    g_assert_cmphex(planes_at(b, 0xa0010), ==, 0x44aa22aa);
}

static void write_mode_0(Bench *b)
{
    set_mode(b, &planar);
    fill_planes(b, 0xa0000, 0x0f0f0f0f);
    indexed(b, 0x3ce, 0, 0x03);         /* set/reset: planes 0, 1 ones */
    indexed(b, 0x3ce, 1, 0x05);         /* for planes 0 and 2 */
    indexed(b, 0x3ce, 3, 0x01);         /* rotate right by one */
    indexed(b, 0x3ce, 8, 0xf0);         /* upper bits only */
    peek(b, 0xa0000);
    poke(b, 0xa0000, 0x21);             /* 0x90 */
    indexed(b, 0x3ce, 3, 0);
    g_assert_cmphex(planes_at(b, 0xa0000), ==, 0x9f0f9fff);
}

static void write_functions_use_the_latches(Bench *b)
{
    static const uint32_t expect[4] = { 0x3c3c3c3c, 0x0c303c00, 0x3fff3c3c, 0x33cf003c };
    for (unsigned f = 0; f < 4; f++) {
        set_mode(b, &planar);
        fill_planes(b, 0xa0100, 0x0ff33c00);
        peek(b, 0xa0100);
        indexed(b, 0x3ce, 3, f << 3);
        poke(b, 0xa0200, 0x3c);         /* another address: the latches are what was read */
        g_assert_cmphex(planes_at(b, 0xa0200), ==, expect[f]);
    }
}

static void write_mode_1_copies(Bench *b)
{
    set_mode(b, &planar);
    fill_planes(b, 0xa0000, 0x12345678);
    indexed(b, 0x3ce, 5, 0x01);
    peek(b, 0xa0000);
    poke(b, 0xa0001, 0xff);
    g_assert_cmphex(planes_at(b, 0xa0001), ==, 0x12345678);
}

static void write_mode_2_is_a_colour(Bench *b)
{
    set_mode(b, &planar);
    fill_planes(b, 0xa0000, 0);
    indexed(b, 0x3ce, 5, 0x02);
    indexed(b, 0x3ce, 8, 0x80);
    peek(b, 0xa0000);
    poke(b, 0xa0000, 0x0a);
    g_assert_cmphex(planes_at(b, 0xa0000), ==, 0x80008000);
}

static void write_mode_3_is_a_mask(Bench *b)
{
    set_mode(b, &planar);
    fill_planes(b, 0xa0000, 0);
    indexed(b, 0x3ce, 5, 0x03);
    indexed(b, 0x3ce, 0, 0x09);
    indexed(b, 0x3ce, 8, 0x3c);
    peek(b, 0xa0000);
    poke(b, 0xa0000, 0xf0);
    g_assert_cmphex(planes_at(b, 0xa0000), ==, 0x30000030);
}

static void read_mode_1_compares(Bench *b)
{
    set_mode(b, &planar);
    fill_planes(b, 0xa0000, 0x00ff0ff0);        /* colours 5 x4, then 6 x4 from the left */
    indexed(b, 0x3ce, 5, 0x08);
    indexed(b, 0x3ce, 7, 0x0f);
    indexed(b, 0x3ce, 2, 0x05);
    g_assert_cmphex(peek(b, 0xa0000), ==, 0xf0);
    indexed(b, 0x3ce, 2, 0x06);
    g_assert_cmphex(peek(b, 0xa0000), ==, 0x0f);
    indexed(b, 0x3ce, 7, 0x04);         /* only plane 2 matters */
    g_assert_cmphex(peek(b, 0xa0000), ==, 0xff);
}

static void text_is_odd_and_even(Bench *b)
{
    set_mode(b, &text80);
    bench_write_at(b, WINDOW, 0x18000 + 160, 0x1741, 2);
    g_assert_cmphex(bench_read_at(b, WINDOW, 0x18000 + 160, 2), ==, 0x1741);
    indexed(b, 0x3c4, 4, 0x06);         /* plain planes at 0xa0000 */
    indexed(b, 0x3ce, 5, 0x00);
    indexed(b, 0x3ce, 6, 0x05);
    g_assert_cmphex(planes_at(b, 0xa0000 + 160) & 0xffff, ==, 0x1741);
}

static void windows_are_where_gr6_says(Bench *b)
{
    set_mode(b, &planar);
    poke(b, 0xa0000, 0x5a);
    g_assert_cmphex(peek(b, 0xb8000), ==, 0xff);
    indexed(b, 0x3ce, 6, 0x0d);
    g_assert_cmphex(peek(b, 0xa0000), ==, 0xff);
    g_assert_cmphex(peek(b, 0xb8000), ==, 0x5a);
    indexed(b, 0x3ce, 6, 0x09);
    g_assert_cmphex(peek(b, 0xb0000), ==, 0x5a);
    g_assert_cmphex(peek(b, 0xb8000), ==, 0xff);
    indexed(b, 0x3ce, 6, 0x01);
    g_assert_cmphex(peek(b, 0xb0000), ==, 0x5a);        /* 128 KiB onto 64 */
    out(b, 0x3c2, 0xe1);
    g_assert_cmphex(peek(b, 0xa0000), ==, 0xff);        /* RAM off */
}

/* --- Pixels ----------------------------------------------------------------------------------- */

static void text_of_80_columns(Bench *b)
{
    set_mode(b, &text80);
    hide_cursor(b);
    assert_size(720, 400);
    set_glyph(b, 0, 'A', 3, 0x81);
    put_text(b, 2, "A", 0x1f);
    g_assert_cmphex(pixel(9, 3), ==, red(15));
    g_assert_cmphex(pixel(10, 3), ==, red(1));
    g_assert_cmphex(pixel(16, 3), ==, red(15));
    g_assert_cmphex(pixel(17, 3), ==, red(1));          /* the ninth dot */
    g_assert_cmphex(pixel(9, 2), ==, red(1));
    set_glyph(b, 0, 0xc4, 3, 0xff);
    poke(b, 0xb8002, 0xc4);
    g_assert_cmphex(pixel(17, 3), ==, red(15));         /* a line goes on */
}

static void text_of_40_columns(Bench *b)
{
    set_mode(b, &text40);
    hide_cursor(b);
    assert_size(720, 400);
    set_glyph(b, 0, 'A', 0, 0x40);
    put_text(b, 0, "A", 0x07);
    g_assert_cmphex(pixel(1, 0), ==, red(0));
    g_assert_cmphex(pixel(2, 0), ==, red(7));           /* dots are doubled */
    g_assert_cmphex(pixel(3, 0), ==, red(7));
    g_assert_cmphex(pixel(4, 0), ==, red(0));
}

static void cursor_blinks(Bench *b)
{
    unsigned on = 0;
    set_mode(b, &text80);
    put_text(b, 0, "   ", 0x07);
    indexed(b, 0x3d4, 0x0f, 1);
    for (unsigned i = 0; i < 32; i++) {
        bench_step(b, NS_PER_SEC / 70);
        on += pixel(9, 13) == red(7);
        g_assert_cmphex(pixel(9, 12), ==, red(0));      /* lines 13 and 14 */
        g_assert_cmphex(pixel(0, 13), ==, red(0));
    }
    g_assert_cmpuint(on, >, 12);
    g_assert_cmpuint(on, <, 20);
    hide_cursor(b);
    for (unsigned i = 0; i < 32; i++) {
        bench_step(b, NS_PER_SEC / 70);
        g_assert_cmphex(pixel(9, 13), ==, red(0));
    }
}

static void characters_blink_or_backgrounds_are_bright(Bench *b)
{
    unsigned on = 0;
    set_mode(b, &text80);
    hide_cursor(b);
    set_glyph(b, 0, 'A', 0, 0x80);
    put_text(b, 0, "A", 0x97);
    for (unsigned i = 0; i < 64; i++) {
        bench_step(b, NS_PER_SEC / 70);
        on += pixel(0, 0) == red(7);
        g_assert_cmphex(pixel(1, 0), ==, red(1));
    }
    g_assert_cmpuint(on, >, 25);
    g_assert_cmpuint(on, <, 39);
    attribute(b, 0x10, 0x04);
    out(b, 0x3c0, 0x20);
    g_assert_cmphex(pixel(0, 0), ==, red(7));
    g_assert_cmphex(pixel(1, 0), ==, red(9));
}

static void two_fonts_by_attribute(Bench *b)
{
    set_mode(b, &text80);
    hide_cursor(b);
    set_glyph(b, 0, 'A', 0, 0x80);
    set_glyph(b, 1, 'A', 0, 0x40);
    indexed(b, 0x3c4, 3, 0x04);         /* bit 3 clear: font 0, set: font 1 */
    put_text(b, 0, "A", 0x07);
    put_text(b, 2, "A", 0x0f);
    g_assert_cmphex(pixel(0, 0), ==, red(7));
    g_assert_cmphex(pixel(9, 0), ==, red(0));
    g_assert_cmphex(pixel(10, 0), ==, red(15));
}

static void mono_underlines(Bench *b)
{
    set_mode(b, &mono80);
    indexed(b, 0x3b4, 0x0a, 0x20);
    assert_size(720, 400);
    bench_write_at(b, WINDOW, 0x10000, 0x0120, 2);      /* attribute 1 at 0xb0000 */
    g_assert_cmphex(pixel(0, 13), ==, red(1));
    g_assert_cmphex(pixel(0, 12), ==, red(0));
    bench_write_at(b, WINDOW, 0x10000, 0x0720, 2);
    g_assert_cmphex(pixel(0, 13), ==, red(0));
}

static void split_screen_starts_at_zero(Bench *b)
{
    set_mode(b, &text80);
    hide_cursor(b);
    set_glyph(b, 0, 'A', 0, 0x80);
    put_text(b, 0, "A", 0x04);
    put_text(b, 160 * 30, "A", 0x02);
    indexed(b, 0x3d4, 0x0c, (80 * 30) >> 8);
    indexed(b, 0x3d4, 0x0d, (80 * 30) & 0xff);
    g_assert_cmphex(pixel(0, 0), ==, red(2));
    indexed(b, 0x3d4, 0x18, 199);
    indexed(b, 0x3d4, 0x07, 0x0f);      /* bits 8 and 9 clear */
    indexed(b, 0x3d4, 0x09, 0x0f);
    g_assert_cmphex(pixel(0, 0), ==, red(2));
    g_assert_cmphex(pixel(0, 200), ==, red(4));
    g_assert_cmphex(pixel(0, 201), ==, red(0));
    attribute(b, 0x13, 0);              /* one dot to the left */
    out(b, 0x3c0, 0x20);
    g_assert_cmphex(pixel(0, 200), ==, red(0));
    attribute(b, 0x10, 0x2c);           /* but not below the split */
    out(b, 0x3c0, 0x20);
    g_assert_cmphex(pixel(0, 200), ==, red(4));
    g_assert_cmphex(pixel(0, 0), ==, red(0));
}

static void panning_moves_by_dots(Bench *b)
{
    set_mode(b, &text80);
    hide_cursor(b);
    set_glyph(b, 0, 'A', 0, 0x01);
    set_glyph(b, 0, 'A', 2, 0x80);
    put_text(b, 0, "AA", 0x07);
    g_assert_cmphex(pixel(7, 0), ==, red(7));
    attribute(b, 0x13, 2);              /* 9-dot cells: 8 is none, 0 is one, 2 is three */
    out(b, 0x3c0, 0x20);
    g_assert_cmphex(pixel(4, 0), ==, red(7));
    g_assert_cmphex(pixel(13, 0), ==, red(7));
    indexed(b, 0x3d4, 0x08, 0x02);      /* preset row scan */
    g_assert_cmphex(pixel(6, 0), ==, red(7));
}

static void planar_sixteen_colours(Bench *b)
{
    set_mode(b, &planar);
    assert_size(640, 480);
    fill_planes(b, 0xa0000 + 80 * 2 + 1, 0x80402010);
    g_assert_cmphex(pixel(8 + 3, 2), ==, red(1));
    g_assert_cmphex(pixel(8 + 2, 2), ==, red(2));
    g_assert_cmphex(pixel(8 + 1, 2), ==, red(4));
    g_assert_cmphex(pixel(8 + 0, 2), ==, red(8));
    g_assert_cmphex(pixel(8 + 4, 2), ==, red(0));
    attribute(b, 0x12, 0x07);           /* plane 3 off */
    attribute(b, 0x14, 0x04);           /* another quarter of the DAC */
    out(b, 0x3c0, 0x20);
    set_dac(b, 0x40, 0, 1, 0);
    g_assert_cmphex(pixel(8 + 0, 2), ==, 0x000400);
    out(b, 0x3c6, 0x3f);                /* the DAC's mask takes it back */
    g_assert_cmphex(pixel(8 + 0, 2), ==, red(0));
}

static void cga_four_colours(Bench *b)
{
    set_mode(b, &cga4);
    assert_size(640, 400);
    poke(b, 0xb8000, 0x1b);             /* 0 1 2 3 */
    poke(b, 0xba000, 0xc0);             /* line 1 is in the other bank */
    for (unsigned i = 0; i < 4; i++) {
        g_assert_cmphex(pixel(2 * i, 0), ==, red(i));
        g_assert_cmphex(pixel(2 * i + 1, 1), ==, red(i));
    }
    g_assert_cmphex(pixel(0, 2), ==, red(3));
    g_assert_cmphex(pixel(2, 3), ==, red(0));
    poke(b, 0xb8001, 0x80);
    g_assert_cmphex(pixel(8, 0), ==, red(2));
    poke(b, 0xb8000 + 80, 0x40);
    g_assert_cmphex(pixel(0, 4), ==, red(1));
}

static void cga_two_colours(Bench *b)
{
    set_mode(b, &cga2);
    indexed(b, 0x3c4, 2, 0x01);
    assert_size(640, 400);
    poke(b, 0xb8000, 0x40);
    poke(b, 0xba000 + 79, 0x01);
    g_assert_cmphex(pixel(0, 0), ==, red(0));
    g_assert_cmphex(pixel(1, 0), ==, red(1));
    g_assert_cmphex(pixel(1, 1), ==, red(1));
    g_assert_cmphex(pixel(639, 2), ==, red(1));
    g_assert_cmphex(pixel(638, 2), ==, red(0));
}

static void packed_256_colours(Bench *b)
{
    set_mode(b, &packed);
    assert_size(640, 400);
    set_dac(b, 0xc8, 63, 63, 0);
    poke(b, 0xa0000 + 320 * 5 + 7, 0xc8);
    g_assert_cmphex(peek(b, 0xa0000 + 320 * 5 + 7), ==, 0xc8);
    g_assert_cmphex(pixel(14, 10), ==, 0xffff00);
    g_assert_cmphex(pixel(15, 11), ==, 0xffff00);
    g_assert_cmphex(pixel(13, 10), ==, red(0));
    g_assert_cmphex(pixel(16, 10), ==, red(0));
    g_assert_cmphex(pixel(14, 12), ==, red(0));
    poke(b, 0xa0000 + 320 * 199 + 319, 0xc8);
    g_assert_cmphex(pixel(639, 399), ==, 0xffff00);
}

/* Mode X: 320x240, planes one after another. */
static void unchained_256_colours(Bench *b)
{
    static const uint8_t crtc[][2] = {
        { 0x11, 0x00 }, { 0x06, 0x0d }, { 0x07, 0x3e }, { 0x09, 0x41 }, { 0x10, 0xea }, { 0x12, 0xdf },
        { 0x14, 0x00 }, { 0x15, 0xe7 }, { 0x16, 0x06 }, { 0x17, 0xe3 },
    };
    set_mode(b, &packed);
    indexed(b, 0x3c4, 4, 0x06);
    out(b, 0x3c2, 0xe3);
    for (unsigned i = 0; i < ARRAY_SIZE(crtc); i++) {
        indexed(b, 0x3d4, crtc[i][0], crtc[i][1]);
    }
    assert_size(640, 480);
    set_dac(b, 0xc8, 63, 0, 63);
    indexed(b, 0x3c4, 2, 0x04);         /* x % 4 == 2 */
    poke(b, 0xa0000 + 80 * 239 + 79, 0xc8);
    g_assert_cmphex(pixel(2 * 318, 478), ==, 0xff00ff);
    g_assert_cmphex(pixel(2 * 319, 479), ==, red(0));
    indexed(b, 0x3d4, 0x0c, (80 * 100) >> 8);           /* scroll down by 100 rows */
    indexed(b, 0x3d4, 0x0d, (80 * 100) & 0xff);
    g_assert_cmphex(pixel(2 * 318 + 1, 2 * 139), ==, 0xff00ff);
    attribute(b, 0x13, 4);              /* two pixels to the left */
    out(b, 0x3c0, 0x20);
    g_assert_cmphex(pixel(2 * 316 + 1, 2 * 139), ==, 0xff00ff);
}

static void screen_off_is_black(Bench *b)
{
    set_mode(b, &packed);
    set_dac(b, 0, 63, 63, 63);
    g_assert_cmphex(pixel(5, 5), ==, 0xffffff);
    indexed(b, 0x3c4, 1, 0x21);
    g_assert_cmphex(pixel(5, 5), ==, 0);
    indexed(b, 0x3c4, 1, 0x01);
    in(b, 0x3da);
    out(b, 0x3c0, 0x00);                /* the palette is the CPU's */
    g_assert_cmphex(pixel(5, 5), ==, 0);
}

static void only_changed_lines_are_dirty(Bench *b)
{
    DisplayRect r;
    set_mode(b, &planar);
    Display *d = display_first();
    display_refresh(d);
    display_take_dirty(d, &r);
    display_refresh(d);
    g_assert_false(display_take_dirty(d, &r));
    fill_planes(b, 0xa0000 + 80 * 33, 0xff);
    display_refresh(d);
    g_assert_true(display_take_dirty(d, &r));
    g_assert_cmpint(r.y, ==, 33);
    g_assert_cmpint(r.h, ==, 1);
}

/* --- Text ------------------------------------------------------------------------------------- */

static void text_is_read(Bench *b)
{
    set_mode(b, &text80);
    for (unsigned i = 0; i < 80 * 25; i++) {
        put_text(b, 2 * i, " ", 0x07);
    }
    put_text(b, 0, "Hello", 0x07);
    put_text(b, 160 * 24 + 2 * 75, "World", 0x1e);
    poke(b, 0xb8000 + 160, 0x9c);       /* a pound sign */
    poke(b, 0xb8000 + 162, 0xcd);       /* a double line */
    g_autofree char *text = display_text(display_first());
    g_assert_nonnull(text);
    g_assert_true(g_str_has_prefix(text, "Hello\n£═\n\n"));
    g_assert_true(g_str_has_suffix(text, "\n                                     "
                                   "                                      World\n"));
    DisplayCells c;
    g_assert_true(display_cells(display_first(), &c));
    g_assert_cmpint(c.columns, ==, 80);
    g_assert_cmpint(c.rows, ==, 25);
    g_assert_cmphex(c.cells[24 * 80 + 79].ch, ==, 'd');
    g_assert_cmphex(c.cells[24 * 80 + 79].fg, ==, red(14));
    g_assert_cmphex(c.cells[24 * 80 + 79].bg, ==, red(1));
    display_cells_free(&c);
}

static void text_has_a_cursor(Bench *b)
{
    DisplayCells c;
    set_mode(b, &text80);
    indexed(b, 0x3d4, 0x0e, (80 * 3 + 7) >> 8);
    indexed(b, 0x3d4, 0x0f, (80 * 3 + 7) & 0xff);
    g_assert_true(display_cells(display_first(), &c));
    g_assert_cmpint(c.cursor_x, ==, 7);
    g_assert_cmpint(c.cursor_y, ==, 3);
    display_cells_free(&c);
    put_text(b, 160 * 3, "login:     ", 7);
    g_autofree char *text = display_text(display_first());
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpstr(lines[3], ==, "login: ");           /* what stands before the cursor is meant */
    hide_cursor(b);
    g_assert_true(display_cells(display_first(), &c));
    g_assert_cmpint(c.cursor_y, ==, -1);
    display_cells_free(&c);
}

static void text_below_the_split_is_read(Bench *b)
{
    set_mode(b, &text80);
    for (unsigned i = 0; i < 80 * 60; i++) {
        put_text(b, 2 * i, " ", 0x07);
    }
    put_text(b, 0, "status", 0x07);
    put_text(b, 160 * 30, "page", 0x07);
    indexed(b, 0x3d4, 0x0c, (80 * 30) >> 8);
    indexed(b, 0x3d4, 0x0d, (80 * 30) & 0xff);
    indexed(b, 0x3d4, 0x18, 383 & 0xff);
    indexed(b, 0x3d4, 0x07, 0x1f);      /* bit 8 set */
    indexed(b, 0x3d4, 0x09, 0x0f);
    g_autofree char *text = display_text(display_first());
    g_assert_true(g_str_has_prefix(text, "page\n"));
    g_assert_true(g_str_has_suffix(text, "\nstatus\n"));
}

static void no_text_in_graphics(Bench *b)
{
    set_mode(b, &planar);
    g_autofree char *text = display_text(display_first());
    g_assert_null(text);
}

/* --- Bochs display registers ------------------------------------------------------------------ */

enum { ID, XRES, YRES, BPP, ENABLE, BANK, VIRT_W, VIRT_H, X, Y, MEMORY };

static uint8_t *vram(void)
{
    for (RamBlock *r = ram_blocks; r; r = r->next) {
        if (!strcmp(r->name, "vga.vram")) {
            return r->host;
        }
    }
    g_assert_not_reached();
}

static void dispi_mode(Bench *b, unsigned w, unsigned h, unsigned bpp)
{
    out(b, 0x3c2, 0x67);
    in(b, 0x3da);
    out(b, 0x3c0, 0x20);
    dispi(b, ENABLE, 0);
    dispi(b, XRES, w);
    dispi(b, YRES, h);
    dispi(b, BPP, bpp);
    dispi(b, ENABLE, 0x41);
    assert_size(w, h);
}

static void dispi_identifies(Bench *b)
{
    g_assert_cmphex(read_dispi(b, ID), ==, 0xb0c5);
    dispi(b, ID, 0xb0c2);
    g_assert_cmphex(read_dispi(b, ID), ==, 0xb0c2);
    dispi(b, ID, 0x1234);
    g_assert_cmphex(read_dispi(b, ID), ==, 0xb0c2);
    g_assert_cmphex(read_dispi(b, MEMORY), ==, 16 * MiB / 65536);
    dispi(b, ENABLE, 0x02);
    g_assert_cmpuint(read_dispi(b, BPP), ==, 32);
    g_assert_cmpuint(read_dispi(b, XRES), >=, 1600);
    dispi(b, ENABLE, 0);
    g_assert_cmpuint(read_dispi(b, XRES), ==, 0);
    bench_write_at(b, DISPI, 0, BPP, 2);
    g_assert_cmpuint(bench_read_at(b, DISPI, 2, 2), ==, 8);     /* the aligned port */
}

static void dispi_depths(Bench *b)
{
    dispi_mode(b, 640, 480, 32);
    st_le32(vram() + 4 * (640 * 7 + 3), 0xff123456);
    g_assert_cmphex(pixel(3, 7), ==, 0x123456);
    dispi_mode(b, 640, 480, 24);
    memcpy(vram() + 3 * (640 * 7 + 3), "\x56\x34\x12", 3);
    g_assert_cmphex(pixel(3, 7), ==, 0x123456);
    dispi_mode(b, 640, 480, 16);
    st_le16(vram() + 2 * (640 * 7 + 3), 0xf81f);
    g_assert_cmphex(pixel(3, 7), ==, 0xff00ff);
    dispi_mode(b, 640, 480, 15);
    st_le16(vram() + 2 * (640 * 7 + 3), 0x03e0);
    g_assert_cmphex(pixel(3, 7), ==, 0x00ff00);
    dispi_mode(b, 640, 480, 8);
    set_dac(b, 0x99, 0x3f, 0, 0x20);
    vram()[640 * 7 + 3] = 0x99;
    g_assert_cmphex(pixel(3, 7), ==, 0xff0082);
    dispi(b, ENABLE, 0x61);             /* 8 bits a colour: what is there stays */
    g_assert_cmphex(pixel(3, 7), ==, 0xff0082);
    set_dac(b, 0x99, 0x12, 0x34, 0x56);
    g_assert_cmphex(pixel(3, 7), ==, 0x123456);
}

static void dispi_planar(Bench *b)
{
    set_mode(b, &planar);
    dispi_mode(b, 800, 600, 4);
    out(b, 0x3c2, 0xe3);
    fill_planes(b, 0xa0000 + 100 * 599 + 99, 0x01010001);
    g_assert_cmphex(pixel(799, 599), ==, red(13));
    g_assert_cmphex(pixel(798, 599), ==, red(0));
}

static void dispi_clears_unless_told(Bench *b)
{
    dispi_mode(b, 320, 200, 32);
    st_le32(vram(), 0x00ffffff);
    dispi(b, ENABLE, 0);
    dispi(b, ENABLE, 0xc1);
    g_assert_cmphex(pixel(0, 0), ==, 0xffffff);
    dispi(b, ENABLE, 0);
    dispi(b, ENABLE, 0x41);
    g_assert_cmphex(pixel(0, 0), ==, 0);
}

static void dispi_pans_over_a_virtual_screen(Bench *b)
{
    dispi_mode(b, 640, 480, 32);
    dispi(b, VIRT_W, 1024);
    g_assert_cmpuint(read_dispi(b, VIRT_W), ==, 1024);
    g_assert_cmpuint(read_dispi(b, VIRT_H), ==, 4096);
    st_le32(vram() + 4 * (1024 * 500 + 100), 0x00abcdef);
    dispi(b, X, 90);
    dispi(b, Y, 480);
    g_assert_cmphex(pixel(10, 20), ==, 0xabcdef);
    dispi(b, VIRT_W, 16);               /* not narrower than the screen */
    g_assert_cmpuint(read_dispi(b, VIRT_W), ==, 640);
    dispi(b, Y, 0xffff);
    g_assert_cmpuint(read_dispi(b, Y), <=, 16 * MiB / 2560 - 480);
    display_refresh(display_first());
}

static void dispi_bank_is_a_window(Bench *b)
{
    dispi_mode(b, 1024, 768, 8);
    dispi(b, BANK, 3);
    poke(b, 0xa1234, 0x42);
    g_assert_cmphex(vram()[0x31234], ==, 0x42);
    bench_write_at(b, WINDOW, 0xfffc, 0x11223344, 4);
    g_assert_cmphex(ld_le32(vram() + 0x3fffc), ==, 0x11223344);
    dispi(b, BANK, 0);
    g_assert_cmphex(peek(b, 0xa1234), ==, 0);
    dispi(b, ENABLE, 0);
    set_mode(b, &text80);
    put_text(b, 0, "A", 0x07);          /* and the planes are back */
    g_assert_cmphex(peek(b, 0xb8000), ==, 'A');
}

static void dispi_refuses_what_does_not_fit(Bench *b)
{
    dispi(b, XRES, 8192);
    dispi(b, YRES, 8192);
    dispi(b, BPP, 32);
    dispi(b, ENABLE, 0x41);
    g_assert_cmphex(read_dispi(b, ENABLE) & 1, ==, 0);
    dispi(b, BPP, 13);
    g_assert_cmpuint(read_dispi(b, BPP), ==, 32);
    dispi(b, XRES, 0);
    dispi(b, ENABLE, 0x41);
    g_assert_cmphex(read_dispi(b, ENABLE) & 1, ==, 0);
    display_refresh(display_first());
}

static void state_survives_in_a_mode(Bench *b)
{
    dispi_mode(b, 800, 600, 16);
    st_le16(vram(), 0xffff);
    bench_round_trip(b);
    g_assert_cmphex(pixel(0, 0), ==, 0xffffff);
    poke(b, 0xa0002, 0x1f);             /* the window is where it was */
    poke(b, 0xa0003, 0x00);
    g_assert_cmphex(pixel(1, 0), ==, 0x0000ff);
}

/* --- On PCI ----------------------------------------------------------------------------------- */

enum { BRIDGE_SELF = 1, BRIDGE_CONFIG = 2, SELF_FN = 11 << 11, CARD_FN = 12 << 11 };

static uint32_t config_read(Bench *b, unsigned reg)
{
    return memory_region_mmio_read(device_region(b->devices->pdata[0], BRIDGE_CONFIG), CARD_FN + reg, 4,
                                   ENDIAN_LITTLE, NULL);
}

static void config_write(Bench *b, unsigned fn, unsigned window, unsigned reg, uint32_t v)
{
    memory_region_mmio_write(device_region(b->devices->pdata[0], window), fn + reg, v, 4,
                             ENDIAN_LITTLE, NULL);
}

/* What a master on the bus sees: the functions' BARs. */
static uint64_t bus_read(PciBus *bus, uint64_t at, unsigned size)
{
    AddressSpace as;
    address_space_init(&as, "bus", &bus->memory);
    uint64_t v = address_space_ld(&as, at, size, ENDIAN_LITTLE, NULL);
    address_space_free(&as);
    return v;
}

static PciBus *bus_of_card(Bench *b)
{
    return VGA(b->dev)->pci.bus;
}

static char *make_rom(void)
{
    g_autofree char *rom = g_malloc0(3000);
    char *path = NULL;
    int fd = g_file_open_tmp("emu-vga-XXXXXX", &path, NULL);
    g_assert_cmpint(fd, >=, 0);
    close(fd);
    memcpy(rom, "\x55\xaa\x06", 3);
    rom[2999] = 0x77;
    g_assert_true(g_file_set_contents(path, rom, 3000, NULL));
    return path;
}

static Bench *card_on_a_bus(const char *rom)
{
    g_autofree char *prop = g_strdup_printf("romfile=%s", rom);
    Bench *b = bench_empty();
    bench_add(b, "pci", "versatile-pci");
    bench_finish(b, "vga", "bus=pci", prop);
    config_write(b, SELF_FN, BRIDGE_SELF, PCI_BAR0, 0);
    config_write(b, SELF_FN, BRIDGE_SELF, PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    return b;
}

static void rom_appears_when_enabled(void)
{
    g_autofree char *path = make_rom();
    Bench *b = card_on_a_bus(path);
    g_assert_cmphex(config_read(b, PCI_VENDOR_ID), ==, 0x11111234);
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_ROM, 0xfffffffe);
    g_assert_cmphex(config_read(b, PCI_ROM), ==, 0xfffff000);   /* 4 KiB, off */
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_ROM, 0x48000001);
    g_assert_cmphex(bus_read(bus_of_card(b), 0x48000000, 2), ==, 0xffff);
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_COMMAND, PCI_COMMAND_MEMORY);
    g_assert_cmphex(bus_read(bus_of_card(b), 0x48000000, 2), ==, 0xaa55);
    g_assert_cmphex(bus_read(bus_of_card(b), 0x48000000 + 2999, 1), ==, 0x77);
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_ROM, 0x48000000);
    g_assert_cmphex(bus_read(bus_of_card(b), 0x48000000, 2), ==, 0xffff);
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_ROM, 0x48000001);
    bench_reset(b);
    g_assert_cmphex(config_read(b, PCI_ROM), ==, 0);
    bench_free(b);
    g_remove(path);
}

static void card_shows_edid_and_registers_in_memory(void)
{
    Bench *b = card_on_a_bus("none");
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_BAR0, 0x50000000);
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_BAR0 + 8, 0x48001000);
    config_write(b, CARD_FN, BRIDGE_CONFIG, PCI_COMMAND, PCI_COMMAND_MEMORY);
    PciBus *bus = bus_of_card(b);
    uint8_t sum = 0, edid[128];
    for (unsigned i = 0; i < 128; i++) {
        edid[i] = bus_read(bus, 0x48001000 + i, 1);
        sum += edid[i];
    }
    g_assert_cmphex(sum, ==, 0);
    g_assert_cmphex(ld_be64(edid), ==, 0x00ffffffffffff00);
    g_assert_cmpuint(ld_le16(edid + 54), ==, 7100);     /* CVT's 1280x800 with reduced blanking */
    g_assert_cmpuint(edid[56] | (edid[58] >> 4) << 8, ==, 1280);
    g_assert_cmpuint(edid[59] | (edid[61] >> 4) << 8, ==, 800);
    g_assert_cmpuint(edid[60], ==, 23);
    dispi(b, XRES, 1024);
    g_assert_cmpuint(bus_read(bus, 0x48001500 + 2 * XRES, 2), ==, 1024);
    out(b, 0x3c2, 0x01);
    g_assert_cmphex(bus_read(bus, 0x48001400 + 0xc, 1), ==, 0x01);
    indexed(b, 0x3d4, 0x0e, 0x5a);
    g_assert_cmphex(bus_read(bus, 0x48001400 + 0x15, 1), ==, 0x5a);
    vram()[12345] = 0x42;
    g_assert_cmphex(bus_read(bus, 0x50000000 + 12345, 1), ==, 0x42);
    bench_free(b);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
#define T(name) BENCH_TEST(name, "vga", "romfile=none")
    T(attribute_index_and_data_take_turns);
    T(dac_counts_by_itself);
    T(crtc_is_where_misc_says);
    T(crtc_locks_its_timing);
    T(words_write_index_and_data);
    T(retrace_follows_the_clock);
    T(sleeping_card_does_not_answer_in_memory);
    T(map_mask_chooses_planes);
    T(write_mode_0);
    T(write_functions_use_the_latches);
    T(write_mode_1_copies);
    T(write_mode_2_is_a_colour);
    T(write_mode_3_is_a_mask);
    T(read_mode_1_compares);
    T(text_is_odd_and_even);
    T(windows_are_where_gr6_says);
    T(text_of_80_columns);
    T(text_of_40_columns);
    T(cursor_blinks);
    T(characters_blink_or_backgrounds_are_bright);
    T(two_fonts_by_attribute);
    T(mono_underlines);
    T(split_screen_starts_at_zero);
    T(panning_moves_by_dots);
    T(planar_sixteen_colours);
    T(cga_four_colours);
    T(cga_two_colours);
    T(packed_256_colours);
    T(unchained_256_colours);
    T(screen_off_is_black);
    T(only_changed_lines_are_dirty);
    T(text_is_read);
    T(text_has_a_cursor);
    T(text_below_the_split_is_read);
    T(no_text_in_graphics);
    T(dispi_identifies);
    T(dispi_depths);
    T(dispi_planar);
    T(dispi_clears_unless_told);
    T(dispi_pans_over_a_virtual_screen);
    T(dispi_bank_is_a_window);
    T(dispi_refuses_what_does_not_fit);
    T(state_survives_in_a_mode);
    g_test_add_func("/hw/vga/rom_appears_when_enabled", rom_appears_when_enabled);
    g_test_add_func("/hw/vga/card_shows_edid_and_registers_in_memory",
                    card_shows_edid_and_registers_in_memory);
    return g_test_run();
}
