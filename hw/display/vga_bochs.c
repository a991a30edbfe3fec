/* SPDX-License-Identifier: MIT */
/*
 * The Bochs display registers: modes of 4 to 32 bits a pixel beyond the VGA's own.
 * Implements: "VBE Display Extensions" of the Bochs project's VBE DISPI interface (versions 0xb0c0
 * to 0xb0c5): index at port 0x1ce, data at 0x1cf (0x1d0 for who wants it aligned), all registers in
 * a row in the card's own window.
 * Choices: size and depth change only while the mode is off.  Switching a mode on makes the virtual
 * screen as wide as the real one, puts the window at its upper left, and clears the virtual screen
 * unless bit 7 says no.  Values that memory cannot hold are cut to what it can.  With 8 bits or more
 * 0xa0000 is a window of 64 KiB on video memory at the bank; with 4 it is the planes.
 */
#include "hw/display/vga.h"

enum { MAX_XRES = 8192, MAX_YRES = 8192, CAPS_XRES = 2560, CAPS_YRES = 1600, CAPS_BPP = 32,
       BANK_SIZE = 64 * 1024, ID_FIRST = 0xb0c0, ID_LAST = 0xb0c5 };

/* --- Geometry --------------------------------------------------------------------------------- */

static unsigned bytes_per_pixel(const Vga *s)
{
    return (s->dispi[DISPI_BPP] + 7) / 8;
}

/* What rows are cut from. */
static uint32_t memory_size(const Vga *s)
{
    return s->dispi[DISPI_BPP] == 4 ? s->vram_size / 4 : s->vram_size;
}

static uint32_t row_bytes(const Vga *s, uint32_t pixels)
{
    return s->dispi[DISPI_BPP] == 4 ? pixels / 8 : pixels * bytes_per_pixel(s);
}

uint32_t vga_dispi_stride(const Vga *s)
{
    return row_bytes(s, s->dispi[DISPI_VIRT_WIDTH]);
}

/* The virtual screen holds the real one, memory holds it, and the window lies in it. */
static void fit(Vga *s)
{
    uint16_t *d = s->dispi;
    uint32_t most = memory_size(s) / d[DISPI_YRES];
    uint32_t pixels = d[DISPI_BPP] == 4 ? most * 8 : most / bytes_per_pixel(s);
    d[DISPI_VIRT_WIDTH] = MAX(d[DISPI_XRES], MIN(d[DISPI_VIRT_WIDTH], MIN(pixels, 0xfff8)));
    if (d[DISPI_BPP] == 4) {
        d[DISPI_VIRT_WIDTH] &= ~7;
    }
    d[DISPI_VIRT_HEIGHT] = MIN(memory_size(s) / MAX(vga_dispi_stride(s), 1), 0xffff);
    d[DISPI_X] = MIN(d[DISPI_X], d[DISPI_VIRT_WIDTH] - d[DISPI_XRES]);
    d[DISPI_Y] = MIN(d[DISPI_Y], MAX(d[DISPI_VIRT_HEIGHT], d[DISPI_YRES]) - d[DISPI_YRES]);
}

/* A mode that memory holds. */
static bool possible(const Vga *s)
{
    const uint16_t *d = s->dispi;
    return d[DISPI_XRES] >= 8 && d[DISPI_YRES] && d[DISPI_XRES] <= MAX_XRES && d[DISPI_YRES] <= MAX_YRES &&
           (uint64_t)row_bytes(s, d[DISPI_XRES]) * d[DISPI_YRES] <= memory_size(s);
}

void vga_dispi_map(Vga *s)
{
    bool on = vga_dispi_on(s) && s->dispi[DISPI_BPP] >= 8;
    uint32_t at = (s->dispi[DISPI_BANK] * (uint64_t)BANK_SIZE) & (s->vram_size - 1);
    memory_begin();
    memory_set_alias(&s->bank, &s->vram_region, at);
    memory_set_enabled(&s->bank, on);
    memory_commit();
}

/* --- Registers -------------------------------------------------------------------------------- */

static void clear(Vga *s)
{
    uint64_t bytes = (uint64_t)vga_dispi_stride(s) * s->dispi[DISPI_YRES];
    bytes = MIN(s->dispi[DISPI_BPP] == 4 ? bytes * 4 : bytes, s->vram_size);
    memset(s->vram, 0, bytes);
    memory_region_written(&s->vram_region, 0, bytes);
}

static void switch_on(Vga *s, uint16_t value)
{
    uint16_t *d = s->dispi;
    if (!possible(s)) {
        log_guest(&s->dev, "mode %ux%u with %u bits does not fit", d[DISPI_XRES], d[DISPI_YRES],
                  d[DISPI_BPP]);
        return;
    }
    d[DISPI_ENABLE] = value;
    d[DISPI_VIRT_WIDTH] = d[DISPI_XRES];
    d[DISPI_X] = d[DISPI_Y] = d[DISPI_BANK] = 0;
    fit(s);
    if (!(value & DISPI_KEEP_MEMORY)) {
        clear(s);
    }
}

/* The DAC's values keep their colours when their width changes. */
static void resize_dac(Vga *s, bool wide)
{
    for (unsigned i = 0; i < sizeof(s->dac); i++) {
        s->dac[i] = wide ? s->dac[i] << 2 | (s->dac[i] >> 4 & 3) : s->dac[i] >> 2;
    }
}

static void enable_write(Vga *s, uint16_t value)
{
    uint16_t was = s->dispi[DISPI_ENABLE];
    value &= DISPI_ENABLED | DISPI_GET_CAPS | DISPI_8BIT_DAC | DISPI_LFB | DISPI_KEEP_MEMORY;
    if ((was ^ value) & DISPI_8BIT_DAC) {
        resize_dac(s, value & DISPI_8BIT_DAC);
    }
    s->dispi[DISPI_ENABLE] = (was & DISPI_ENABLED) | (value & ~DISPI_ENABLED);
    if (!(value & DISPI_ENABLED)) {
        s->dispi[DISPI_ENABLE] = value;
        s->dispi[DISPI_BANK] = 0;
    } else if (!(was & DISPI_ENABLED)) {
        switch_on(s, value);
    }
    vga_dispi_map(s);
}

static bool known_depth(unsigned bpp)
{
    return bpp == 4 || bpp == 8 || bpp == 15 || bpp == 16 || bpp == 24 || bpp == 32;
}

static void dispi_write(Vga *s, unsigned index, uint16_t value)
{
    uint16_t *d = s->dispi;
    bool on = vga_dispi_on(s);
    switch (index) {
    case DISPI_ID:
        if (value >= ID_FIRST && value <= ID_LAST) {
            d[DISPI_ID] = value;
        }
        break;
    case DISPI_XRES:
    case DISPI_YRES:
        if (!on && value <= (index == DISPI_XRES ? MAX_XRES : MAX_YRES)) {
            d[index] = index == DISPI_XRES ? value & ~7 : value;
        }
        break;
    case DISPI_BPP:
        if (!on && known_depth(value ? value : 8)) {
            d[DISPI_BPP] = value ? value : 8;
        }
        break;
    case DISPI_ENABLE:
        enable_write(s, value);
        break;
    case DISPI_BANK:
        d[DISPI_BANK] = value & (s->vram_size / BANK_SIZE - 1);
        vga_dispi_map(s);
        break;
    case DISPI_VIRT_WIDTH:
    case DISPI_X:
    case DISPI_Y:
        if (on) {
            d[index] = value;
            fit(s);
        }
        break;
    }
}

static uint16_t dispi_read(const Vga *s, unsigned index)
{
    static const uint16_t caps[] = {
        [DISPI_XRES] = CAPS_XRES, [DISPI_YRES] = CAPS_YRES, [DISPI_BPP] = CAPS_BPP,
    };
    if (index >= N_DISPI) {
        return 0;
    }
    bool asks = s->dispi[DISPI_ENABLE] & DISPI_GET_CAPS;
    return asks && index < ARRAY_SIZE(caps) && caps[index] ? caps[index] : s->dispi[index];
}

static uint64_t row_read(void *opaque, GPa off, unsigned size)
{
    return dispi_read(opaque, off / 2);
}

static void row_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    dispi_write(opaque, off / 2, value);
}

const MemoryOps vga_dispi_ops = {
    .read = row_read, .write = row_write, .endian = ENDIAN_LITTLE, .impl = ACCESS_16,
};

/* Offset 0 the index, 1 or 2 the data, each 16 bits. */
static uint64_t port_read(void *opaque, GPa off, unsigned size)
{
    Vga *s = opaque;
    return off == 0 ? s->dispi_index : dispi_read(s, s->dispi_index);
}

static void port_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    Vga *s = opaque;
    if (off == 0) {
        s->dispi_index = value;
    } else {
        dispi_write(s, s->dispi_index, value);
    }
}

const MemoryOps vga_dispi_port_ops = {
    .read = port_read, .write = port_write, .endian = ENDIAN_LITTLE,
    .valid = ACCESS_8 | ACCESS_16, .unaligned = true,
};

void vga_dispi_reset(Vga *s)
{
    memset(s->dispi, 0, sizeof(s->dispi));
    s->dispi[DISPI_ID] = ID_LAST;
    s->dispi[DISPI_BPP] = 8;
    s->dispi[DISPI_MEMORY_64K] = s->vram_size / BANK_SIZE;
    vga_dispi_map(s);
}

bool vga_dispi_valid(Vga *s)
{
    uint16_t *d = s->dispi;
    if (!known_depth(d[DISPI_BPP]) || d[DISPI_BANK] >= s->vram_size / BANK_SIZE ||
        (vga_dispi_on(s) && !possible(s))) {
        return false;
    }
    if (vga_dispi_on(s)) {
        fit(s);
    }
    return true;
}

/* --- Painting --------------------------------------------------------------------------------- */

static uint32_t widen(uint32_t v, unsigned from, unsigned bits)
{
    v = extract32(v, from, bits);
    return v << (8 - bits) | v >> (2 * bits - 8);
}

static void line_8(const Vga *s, const uint8_t *p, uint32_t *out, unsigned n)
{
    uint32_t colours[256];
    for (unsigned i = 0; i < 256; i++) {
        colours[i] = vga_dac_colour(s, i & s->dac_mask);
    }
    for (unsigned i = 0; i < n; i++) {
        out[i] = colours[p[i]];
    }
}

static void line_15(const Vga *s, const uint8_t *p, uint32_t *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint32_t v = ld_le16(p + 2 * i);
        out[i] = widen(v, 10, 5) << 16 | widen(v, 5, 5) << 8 | widen(v, 0, 5);
    }
}

static void line_16(const Vga *s, const uint8_t *p, uint32_t *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint32_t v = ld_le16(p + 2 * i);
        out[i] = widen(v, 11, 5) << 16 | widen(v, 5, 6) << 8 | widen(v, 0, 5);
    }
}

static void line_24(const Vga *s, const uint8_t *p, uint32_t *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++, p += 3) {
        out[i] = p[2] << 16 | p[1] << 8 | p[0];
    }
}

static void line_32(const Vga *s, const uint8_t *p, uint32_t *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        out[i] = ld_le32(p + 4 * i) & 0xffffff;
    }
}

static void (*const painters[5])(const Vga *s, const uint8_t *p, uint32_t *out, unsigned n) = {
    NULL, line_8, line_16, line_24, line_32,
};

/* A row of the planes from byte `at` on; x pixels of the first byte are left of the window. */
static void line_4(const Vga *s, uint32_t at, unsigned x, uint32_t *out, unsigned n)
{
    uint32_t colours[16];
    vga_attribute_colours(s, colours);
    for (unsigned i = 0; i < n; i++, x++) {
        uint32_t planes = ld_le32(s->vram + 4 * ((at + x / 8) & (s->vram_size / 4 - 1)));
        planes >>= 7 - x % 8;
        out[i] = colours[(planes & 1) | (planes >> 7 & 2) | (planes >> 14 & 4) | (planes >> 21 & 8)];
    }
}

void vga_dispi_paint(Vga *s)
{
    const uint16_t *d = s->dispi;
    uint32_t stride = vga_dispi_stride(s);
    unsigned bytes = bytes_per_pixel(s), width = d[DISPI_XRES];
    display_resize(s->display, width, d[DISPI_YRES]);
    uint32_t *line = g_new0(uint32_t, width);
    for (unsigned y = 0; y < d[DISPI_YRES]; y++) {
        uint64_t at = (uint64_t)stride * (y + d[DISPI_Y]);
        if (d[DISPI_BPP] == 4) {
            line_4(s, at, d[DISPI_X], line, width);
        } else if (at + (uint64_t)(d[DISPI_X] + width) * bytes <= s->vram_size) {
            const uint8_t *p = s->vram + at + (uint64_t)d[DISPI_X] * bytes;
            (d[DISPI_BPP] == 15 ? line_15 : painters[bytes])(s, p, line, width);
        }
        vga_put_line(s, y, line, width);
    }
    g_free(line);
}
