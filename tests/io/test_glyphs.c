/* SPDX-License-Identifier: MIT */
/* Text read off pixels: a font made up here is learnt, drawn, and read again. */
#include "io/ui/glyphs.h"

enum { GREY = 0xaaaaaa, BLACK = 0, BLUE = 0x0000aa, WHITE = 0xffffff, MOST_W = 720, MOST_H = 480 };

static uint32_t pixels[MOST_W * MOST_H];
static uint8_t font[256][16];
static unsigned font_height;

/* Glyphs that differ from each other, from their inverses and from lines; the space is empty. */
static void make_font(unsigned height)
{
    static uint16_t unicode[256];
    memset(font, 0, sizeof(font));
    font_height = height;
    for (unsigned i = 0; i < 256; i++) {
        unicode[i] = i == 200 ? 0x2551 : i;
        for (unsigned y = 1; y < height - 1 && i != ' '; y++) {
            font[i][y] = (i * 37 + y * 91 + (i >> 3) * y) & 0x7f;
        }
        font[i][2] = i == ' ' ? 0 : (i & 0x0f) << 3;
        font[i][3] = i == ' ' ? 0 : i >> 4 << 2 | 1;
    }
    glyphs_forget();
    uint8_t packed[256 * 16];
    for (unsigned i = 0; i < 256; i++) {
        memcpy(packed + i * height, font[i], height);
    }
    glyphs_learn(packed, height, 256, unicode);
}

static void clear(uint32_t colour)
{
    for (unsigned i = 0; i < MOST_W * MOST_H; i++) {
        pixels[i] = colour;
    }
}

/* In a picture `stride` wide, each dot dx by dy pixels. */
static void draw(int stride, int x, int y, const char *text, uint32_t fg, uint32_t bg, int dx, int dy)
{
    for (; *text; text++, x += 8 * dx) {
        for (int row = 0; row < (int)font_height * dy; row++) {
            for (int col = 0; col < 8 * dx; col++) {
                bool on = font[(uint8_t)*text][row / dy] & (0x80 >> col / dx);
                pixels[(y + row) * stride + x + col] = on ? fg : bg;
            }
        }
    }
}

static void assert_cells(const DisplayCells *c, int x, int y, const char *text)
{
    for (; *text; text++, x++) {
        g_assert_cmphex(c->cells[y * c->columns + x].ch, ==, (uint8_t)*text == 200 ? 0x2551
                                                                             : (uint8_t)*text);
    }
}

static void reads_cells(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    clear(BLACK);
    draw(640, 0, 0, "Hello, world", GREY, BLACK, 1, 1);
    draw(640, 8 * 70, 16 * 29, "the end\xc8", BLUE, WHITE, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    g_assert_cmpint(c.columns, ==, 80);
    g_assert_cmpint(c.rows, ==, 30);
    assert_cells(&c, 0, 0, "Hello, world ");
    assert_cells(&c, 70, 29, "the end\xc8");
    g_assert_cmphex(c.cells[29 * 80 + 70].fg, ==, BLUE);
    g_assert_cmphex(c.cells[29 * 80 + 70].bg, ==, WHITE);
    g_assert_cmpint(c.cursor_x, ==, -1);
    display_cells_free(&c);
}

static void reads_inverse_cells(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    clear(GREY);
    draw(640, 16, 32, "menu entry", BLACK, GREY, 1, 1);
    draw(640, 16, 48, "chosen one", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 0, 2, "  menu entry ");
    assert_cells(&c, 2, 3, "chosen one");
    display_cells_free(&c);
}

static void reads_doubled_pixels(void)
{
    DisplayCells c = { 0 };
    make_font(8);
    clear(BLACK);
    draw(640, 16 * 3, 16 * 2, "320 by 200", GREY, BLACK, 2, 2);
    g_assert_true(glyphs_read(pixels, 640, 400, &c));
    g_assert_cmpint(c.columns, ==, 40);
    g_assert_cmpint(c.rows, ==, 25);
    assert_cells(&c, 3, 2, "320 by 200");
    display_cells_free(&c);
}

static void finds_the_height(void)
{
    DisplayCells c = { 0 };
    make_font(14);
    clear(BLACK);
    draw(640, 0, 14 * 24, "line 24", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 350, &c));
    g_assert_cmpint(c.rows, ==, 25);
    assert_cells(&c, 0, 24, "line 24");
    display_cells_free(&c);
}

/* 600 lines are 37 rows of 16 and 8 lines more: 4 above. */
static void reads_centred_screens(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    clear(BLACK);
    draw(636, 2, 4, "in the middle", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 636, 472, &c));
    assert_cells(&c, 0, 0, "in the middle");
    display_cells_free(&c);
}

/* GRUB leaves a border of 10 pixels, and what is left over at the other side. */
static void reads_behind_a_border(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    clear(BLACK);
    draw(640, 10 + 8 * 70, 10 + 16 * 28, "to boot", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 70, 28, "to boot");
    display_cells_free(&c);
}

static void finds_the_cursor(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    clear(BLACK);
    draw(640, 0, 16, "login: ", GREY, BLACK, 1, 1);
    for (int y = 14; y < 16; y++) {
        for (int x = 0; x < 8; x++) {
            pixels[(16 + y) * 640 + 56 + x] = GREY;
        }
    }
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 0, 1, "login:   ");
    g_assert_cmpint(c.cursor_x, ==, 7);
    g_assert_cmpint(c.cursor_y, ==, 1);
    display_cells_free(&c);
}

static void pictures_are_no_text(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    for (unsigned i = 0; i < MOST_W * MOST_H; i++) {
        pixels[i] = g_test_rand_int() & 0xffffff;
    }
    g_assert_false(glyphs_read(pixels, 640, 480, &c));
    g_assert_null(c.cells);
    clear(BLUE);
    g_assert_false(glyphs_read(pixels, 640, 480, &c));
    draw(640, 3, 5, "between the cells", GREY, BLUE, 1, 1);
    g_assert_false(glyphs_read(pixels, 640, 480, &c));
    g_assert_false(glyphs_read(pixels, 4, 3, &c));
}

static void text_beside_a_picture(void)
{
    DisplayCells c = { 0 };
    make_font(16);
    clear(BLACK);
    for (int y = 0; y < 80; y++) {
        for (int x = 0; x < 80; x++) {
            pixels[y * 640 + x] = g_test_rand_int() & 0xffffff;
        }
    }
    draw(640, 0, 80, "below the logo", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 0, 5, "below the logo");
    g_assert_cmphex(c.cells[0].ch, ==, 0xfffd);
    display_cells_free(&c);
}

/* What is looked for in a BIOS: an empty glyph and a face. */
static void fonts_are_found_in_a_rom(void)
{
    static const uint8_t face16[16] = { 0, 0, 0x7e, 0x81, 0xa5, 0x81, 0x81, 0xbd, 0x99, 0x81, 0x81, 0x7e };
    static const uint8_t face8[8] = { 0x7e, 0x81, 0xa5, 0x81, 0xbd, 0x99, 0x81, 0x7e };
    uint8_t rom[8192];
    DisplayCells c = { 0 };
    make_font(16);
    glyphs_forget();
    g_assert_false(glyphs_known());
    memset(rom, 0x55, sizeof(rom));
    g_assert_cmpuint(glyphs_learn_rom(rom, sizeof(rom)), ==, 0);
    memcpy(rom + 1003, font, sizeof(font));
    memset(rom + 1003, 0, 16);
    memcpy(rom + 1003 + 16, face16, 16);
    memset(rom + 6000, 0, 8);
    memcpy(rom + 6008, face8, 8);
    g_assert_cmpuint(glyphs_learn_rom(rom, 6000 + 256 * 8 - 1), ==, 1);     /* cut short */
    glyphs_forget();
    g_assert_cmpuint(glyphs_learn_rom(rom, sizeof(rom)), ==, 2);
    clear(BLACK);
    draw(640, 0, 0, "from the BIOS", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 0, 0, "from the BIOS");
    display_cells_free(&c);
}

/* A font file of two glyphs: A of 5 by 7 with its lower left at (1, 0), and one that is too wide. */
static void put32(GByteArray *b, uint32_t v)
{
    uint8_t be[4];
    st_be32(be, v);
    g_byte_array_append(b, be, 4);
}

static void put_section(GByteArray *b, const char *name, const void *data, unsigned len)
{
    g_byte_array_append(b, (const uint8_t *)name, 4);
    put32(b, len);
    g_byte_array_append(b, data, len);
}

static void fonts_of_grub(void)
{
    static const uint8_t glyph_a[] = {
        0, 5, 0, 7, 0, 1, 0, 0, 0, 8, 0x22, 0xa3, 0x1f, 0xc6, 0x30,
    };
    static const uint8_t wide[] = { 0, 9, 0, 1, 0, 0, 0, 0, 0, 9, 0xff, 0x80 };
    static const uint8_t rows[16] = {
        0, 0, 0, 0, 0, 0, 0, 0x10, 0x28, 0x44, 0x44, 0x7c, 0x44, 0x44,
    };
    g_autoptr(GByteArray) f = g_byte_array_new();
    put_section(f, "FILE", "PFF2", 4);
    put_section(f, "ASCE", "\0\016", 2);
    g_byte_array_append(f, (const uint8_t *)"CHIX", 4);
    put32(f, 18);
    uint32_t at = f->len + 18 + 8;
    put32(f, 'A');
    g_byte_array_append(f, (const uint8_t *)"", 1);
    put32(f, at);
    put32(f, 'B');
    g_byte_array_append(f, (const uint8_t *)"", 1);
    put32(f, at + sizeof(glyph_a));
    put_section(f, "DATA", glyph_a, sizeof(glyph_a));
    g_byte_array_append(f, wide, sizeof(wide));
    DisplayCells c = { 0 };
    glyphs_forget();
    g_assert_cmpuint(glyphs_learn_pf2(f->data, f->len), ==, 1);
    for (unsigned n = 0; n < f->len; n++) {             /* cut anywhere: no more than that */
        g_autofree uint8_t *cut = g_memdup2(f->data, n);
        g_assert_cmpuint(glyphs_learn_pf2(cut, n), <=, 1);
    }
    memset(font, 0, sizeof(font));
    memcpy(font['A'], rows, 16);
    font_height = 16;
    clear(BLACK);
    draw(640, 0, 0, "AAAA", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 0, 0, "AAAA ");
    display_cells_free(&c);
}

/* Linux's zero has a bar where the BIOS's has a larger one, and so on: found on a frame buffer console,
 * where "root" and "ls" could be read and "0" and "mv" could not. */
static void consoles_of_linux(void)
{
    static const uint8_t zero[16] = {
        0, 0, 0x38, 0x6c, 0xc6, 0xc6, 0xd6, 0xd6, 0xc6, 0xc6, 0x6c, 0x38,
    };
    static const uint8_t m[16] = { 0, 0, 0, 0, 0, 0xec, 0xfe, 0xd6, 0xd6, 0xd6, 0xd6, 0xc6 };
    DisplayCells c = { 0 };
    glyphs_forget();
    glyphs_learn_console();
    memset(font, 0, sizeof(font));
    memcpy(font['0'], zero, 16);
    memcpy(font['m'], m, 16);
    font_height = 16;
    clear(BLACK);
    draw(640, 0, 0, "m00m", GREY, BLACK, 1, 1);
    g_assert_true(glyphs_read(pixels, 640, 480, &c));
    assert_cells(&c, 0, 0, "m00m ");
    display_cells_free(&c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/io/glyphs/reads_cells", reads_cells);
    g_test_add_func("/io/glyphs/reads_inverse_cells", reads_inverse_cells);
    g_test_add_func("/io/glyphs/reads_doubled_pixels", reads_doubled_pixels);
    g_test_add_func("/io/glyphs/finds_the_height", finds_the_height);
    g_test_add_func("/io/glyphs/reads_centred_screens", reads_centred_screens);
    g_test_add_func("/io/glyphs/reads_behind_a_border", reads_behind_a_border);
    g_test_add_func("/io/glyphs/finds_the_cursor", finds_the_cursor);
    g_test_add_func("/io/glyphs/pictures_are_no_text", pictures_are_no_text);
    g_test_add_func("/io/glyphs/text_beside_a_picture", text_beside_a_picture);
    g_test_add_func("/io/glyphs/fonts_are_found_in_a_rom", fonts_are_found_in_a_rom);
    g_test_add_func("/io/glyphs/fonts_of_grub", fonts_of_grub);
    g_test_add_func("/io/glyphs/consoles_of_linux", consoles_of_linux);
    return g_test_run();
}
