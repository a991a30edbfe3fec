/* SPDX-License-Identifier: MIT */
/*
 * Text read off pixels: screens of equal cells in which a font that we know is drawn in two colours.
 *
 * Fonts are learnt at run time: glyphs_learn_rom() finds the IBM fonts (8x8, 8x14, 8x16) in a VGA
 * BIOS, which are also those of consoles on a frame buffer; glyphs_learn_pf2() takes GRUB's (GNU
 * Unifont, which is also that of Debian's installer on a frame buffer); glyphs_learn() any other.
 */
#pragma once
#include "io/ui/display.h"

enum { GLYPH_MOST_ROWS = 16 };

/* One font: n glyphs of `height` bytes, leftmost pixel in bit 7, and what each means. */
void glyphs_learn(const uint8_t *bits, unsigned height, unsigned n, const uint16_t *unicode);
/* The number of fonts found. */
unsigned glyphs_learn_rom(const uint8_t *rom, size_t len);
/* How many glyphs; 0: that is no PFF2 font of 8 by 16. */
unsigned glyphs_learn_pf2(const uint8_t *data, size_t len);
/* What is different on Linux's frame buffer consoles. */
void glyphs_learn_console(void);
/* Those of packages on this host; looks for them once. */
void glyphs_learn_host(void);
bool glyphs_known(void);
void glyphs_forget(void);

/* Fills out, which is empty.  False: that is no screen of text. */
bool glyphs_read(const uint32_t *pixels, int width, int height, DisplayCells *out);
