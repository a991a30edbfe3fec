/* SPDX-License-Identifier: MIT */
/* PL110 on the bench (ARM DDI 0161E, chapter 3; ARM DUI 0225D for the Versatile's differences). */
#include <glib/gstdio.h>
#include <unistd.h>
#include "io/ui/display.h"
#include "tests/hw/bench.h"

enum {
    TIMING0 = 0x00, TIMING1 = 0x04, UPBASE = 0x10, LPBASE = 0x14, IMSC = 0x18, CONTROL = 0x1c,
    RIS = 0x20, MIS = 0x24, ICR = 0x28, UPCURR = 0x2c, PALETTE = 0x200,
    EN = 1, BPP1 = 0, BPP2 = 2, BPP4 = 4, BPP8 = 6, BPP16 = 8, BPP24 = 10, TFT = 0x20, DUAL = 0x80,
    BGR = 0x100, BEBO = 0x200, BEPO = 0x400, PWR = 0x800,
};

/* A screen of 16 by 2 pixels at 0x1000. */
static void small(Bench *b, uint32_t control)
{
    bench_write(b, TIMING0, 0);
    bench_write(b, TIMING1, 1);
    bench_write(b, UPBASE, 0x1000);
    bench_write(b, CONTROL, control | EN | PWR | TFT);
}

static uint32_t pixel(int x, int y)
{
    Display *d = display_find("dut");
    display_refresh(d);
    return display_pixels(d)[y * display_width(d) + x];
}

static void resizes(Bench *b)
{
    bench_write(b, TIMING0, 39 << 2);
    bench_write(b, TIMING1, 479);
    bench_write(b, CONTROL, EN | PWR | TFT | BPP16);
    display_refresh(display_first());
    g_assert_cmpint(display_width(display_first()), ==, 640);
    g_assert_cmpint(display_height(display_first()), ==, 480);
    bench_write(b, CONTROL, EN | PWR | TFT | BPP16 | DUAL);
    display_refresh(display_first());
    g_assert_cmpint(display_height(display_first()), ==, 960);
}

static void true_colour(Bench *b)
{
    uint32_t *ram = (uint32_t *)(void *)(bench_ram(b) + 0x1000);
    ram[1] = 0x00112233;
    small(b, BPP24);
    g_assert_cmphex(pixel(1, 0), ==, 0x332211);         /* red in the lowest byte */
    small(b, BPP24 | BGR);
    g_assert_cmphex(pixel(1, 0), ==, 0x112233);
}

static void sixteen_bits(Bench *b)
{
    st_le16(bench_ram(b) + 0x1000, 0x001f);
    st_le16(bench_ram(b) + 0x1002, 0x07e0);
    st_le16(bench_ram(b) + 0x1020, 0xf800);             /* second row */
    small(b, BPP16);
    g_assert_cmphex(pixel(0, 0), ==, 0xff0000);         /* 5:5:5 */
    bench_input(b, "mux[1]", 1);                        /* 5:6:5, red low */
    g_assert_cmphex(pixel(0, 0), ==, 0xff0000);
    g_assert_cmphex(pixel(1, 0), ==, 0x00ff00);
    g_assert_cmphex(pixel(0, 1), ==, 0x0000ff);
    bench_input(b, "mux[0]", 1);                        /* 5:6:5, blue low */
    g_assert_cmphex(pixel(0, 0), ==, 0x0000ff);
    g_assert_cmphex(pixel(0, 1), ==, 0xff0000);
}

static void palettes(Bench *b)
{
    for (unsigned i = 0; i < 128; i++) {                /* entry i has red i & 31 */
        bench_write(b, PALETTE + 4 * i, ((2 * i) & 31) | ((2 * i + 1) & 31) << 16);
    }
    bench_ram(b)[0x1000] = 0x1e;
    small(b, BPP8);
    g_assert_cmphex(pixel(0, 0), ==, 0xf70000);         /* 30 of 31 */
    small(b, BPP4);
    g_assert_cmphex(pixel(0, 0), ==, 0x730000);
    g_assert_cmphex(pixel(1, 0), ==, 0x080000);
    small(b, BPP2);
    g_assert_cmphex(pixel(0, 0), ==, 0x100000);
    g_assert_cmphex(pixel(1, 0), ==, 0x180000);
    small(b, BPP1);
    g_assert_cmphex(pixel(0, 0), ==, 0);
    g_assert_cmphex(pixel(1, 0), ==, 0x080000);
    small(b, BPP1 | BEPO);                              /* reversed in each byte */
    g_assert_cmphex(pixel(0, 0), ==, 0);
    g_assert_cmphex(pixel(3, 0), ==, 0x080000);
    g_assert_cmphex(pixel(7, 0), ==, 0);
    small(b, BPP8 | BEBO);
    g_assert_cmphex(pixel(3, 0), ==, 0xf70000);
}

static void frames_interrupt(Bench *b)
{
    small(b, BPP16);
    bench_write(b, IMSC, 0x08);
    bench_step(b, NS_PER_SEC / 60 + 1);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(bench_read(b, MIS), ==, 0x08);
    bench_write(b, RIS, 0x0c);
    g_assert_false(bench_irq(b, 0));
    bench_write(b, UPBASE, 0x2000);
    g_assert_cmphex(bench_read(b, UPCURR), ==, 0x1000);
    bench_step(b, NS_PER_SEC / 60);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(bench_read(b, UPCURR), ==, 0x2000);
    bench_write(b, ICR, 0x0c);                          /* Linux's way; it never came out of the first */
    g_assert_false(bench_irq(b, 0));
}

static void registers_swap_on_the_versatile(Bench *b)
{
    bench_write(b, 0x18, EN | PWR);
    bench_write(b, 0x1c, 0x0c);
    bench_step(b, NS_PER_SEC / 60 + 1);
    g_assert_true(bench_irq(b, 0));
}

static void screendump(Bench *b)
{
    g_autofree char *dir = g_dir_make_tmp("emu-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(dir, "screen.png", NULL);
    g_autofree char *data = NULL;
    GError *err = NULL;
    gsize len;
    small(b, BPP24);
    bool ok = display_screendump(display_first(), path, &err);
    if (!ok && err->code == 64) {
        g_test_skip("built without PNG");
        g_error_free(err);
        g_rmdir(dir);
        return;
    }
    g_assert_no_error(err);
    g_assert_true(g_file_get_contents(path, &data, &len, NULL));
    g_assert_cmpmem(data, 8, "\x89PNG\r\n\x1a\n", 8);
    g_assert_cmpuint(ld_be32(data + 16), ==, 16);
    g_assert_cmpuint(ld_be32(data + 20), ==, 2);
    g_unlink(path);
    g_rmdir(dir);
    g_assert_false(display_screendump(display_first(), "/nonexistent/screen.png", &err));
    g_clear_error(&err);
}

static void survives_a_snapshot(Bench *b)
{
    small(b, BPP16);
    bench_write(b, IMSC, 0x08);
    bench_round_trip(b);
    bench_step(b, NS_PER_SEC / 60 + 1);
    g_assert_true(bench_irq(b, 0));
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(resizes, "pl110");
    BENCH_TEST(true_colour, "pl110");
    BENCH_TEST(sixteen_bits, "pl110");
    BENCH_TEST(palettes, "pl110");
    BENCH_TEST(frames_interrupt, "pl110");
    BENCH_TEST(registers_swap_on_the_versatile, "pl110", "versatile");
    BENCH_TEST(screendump, "pl110");
    BENCH_TEST(survives_a_snapshot, "pl110");
    return g_test_run();
}
