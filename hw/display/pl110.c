/* SPDX-License-Identifier: MIT */
/*
 * PL110, the ARM PrimeCell colour LCD controller.
 * Implements: ARM DDI 0161E, chapters 2 and 3; ARM DUI 0225D, section 4.5 (on the Versatile boards
 * LCDControl and LCDIMSC have changed places, and a multiplexer chosen in SYS_CLCD says which
 * of the controller's outputs are red, green and blue; input "mux").
 * Choices: pixels are read from memory when somebody looks at the display, not at the pixel clock;
 * frames end at 60 Hz of the virtual clock while the controller is on, whatever the timing says.
 * Interrupts are cleared through LCDICR, and, as in the manual's first issues, by writing LCDRIS.
 * Not here: the hardware cursor (PL111), FIFO underflow, STN dithering (grey levels are shown).
 */
#include "hw/primecell.h"
#include "io/ui/display.h"

enum {
    CTL_EN = 0x001, CTL_BW = 0x010, CTL_TFT = 0x020, CTL_DUAL = 0x080, CTL_BGR = 0x100,
    CTL_BEBO = 0x200, CTL_BEPO = 0x400, CTL_PWR = 0x800,
};
enum { INT_LNBU = 0x04, INT_VCOMP = 0x08, INT_MBERROR = 0x10, INT_FRAME = INT_LNBU | INT_VCOMP };
enum { FRAME_NS = 1000000000 / 60, MAX_ROW = 1024 * 4 };

/* What follows from LcdBpp, before the board's multiplexer. */
typedef enum { BPP1, BPP2, BPP4, BPP8, BPP16_5551, BPP24, BPP16_565, BPP12_444 } PixelFormat;

typedef struct Pl110 {
    Device        dev;
    IrqLine       irq;
    AddressSpace *as;
    Display      *display;
    bool          swapped;              /* the Versatile's order of registers */
    Timer         frame;
    uint32_t      timing[4], upbase, lpbase, control, imsc, ris, upcurr, lpcurr;
    uint32_t      palette[128];
    uint32_t      mux;                  /* SYS_CLCD's mode */
    int64_t       frame_at;             /* when the frame being shown ends */
} Pl110;

#define DEV Pl110
#define PL110(d) DEVICE_AS(Pl110, d)

/* --- Frames and interrupts ------------------------------------------------------------------- */

static bool shows(const Pl110 *s)
{
    return (s->control & CTL_EN) != 0;
}

static void catch_up(Pl110 *s)
{
    int64_t now = clock_now(CLOCK_VIRTUAL);
    if (shows(s) && now >= s->frame_at) {
        s->frame_at += ((now - s->frame_at) / FRAME_NS + 1) * FRAME_NS;
        s->ris |= INT_FRAME;
        s->upcurr = s->upbase;
        s->lpcurr = s->lpbase;
    }
}

/* The end of a frame is an event only when it can raise the line. */
static void update(Device *dev)
{
    Pl110 *s = PL110(dev);
    catch_up(s);
    irq_set(&s->irq, s->ris & s->imsc);
    if (shows(s) && (s->imsc & ~s->ris & INT_FRAME)) {
        timer_set(&s->frame, s->frame_at);
    } else {
        timer_cancel(&s->frame);
    }
}

static void frame_ends(void *opaque)
{
    update(opaque);
}

/* --- Painting -------------------------------------------------------------------------------- */

static uint32_t widen5(uint32_t v)
{
    v &= 0x1f;
    return v << 3 | v >> 2;
}

static uint32_t widen6(uint32_t v)
{
    v &= 0x3f;
    return v << 2 | v >> 4;
}

static uint32_t rgb(const Pl110 *s, uint32_t r, uint32_t g, uint32_t b)
{
    return s->control & CTL_BGR ? b << 16 | g << 8 | r : r << 16 | g << 8 | b;
}

static uint32_t from_5551(const Pl110 *s, uint32_t v)
{
    return rgb(s, widen5(v), widen5(v >> 5), widen5(v >> 10));
}

/* The palette entry; monochrome STN takes its grey from the upper bits of red. */
static uint32_t from_palette(const Pl110 *s, unsigned index)
{
    uint32_t v = s->palette[index / 2] >> (index & 1 ? 16 : 0) & 0xffff;
    if ((s->control & (CTL_BW | CTL_TFT)) == CTL_BW) {
        return extract32(v, 1, 4) * 0x111111;
    }
    return from_5551(s, v);
}

static PixelFormat format(const Pl110 *s)
{
    PixelFormat f = extract32(s->control, 1, 3);
    return f == BPP16_5551 && s->mux >= 2 ? BPP16_565 : f;
}

static uint32_t direct_pixel(const Pl110 *s, PixelFormat f, uint32_t v)
{
    switch (f) {
    case BPP16_565:
        if (s->mux == 3) {              /* blue in the lowest bits */
            return rgb(s, widen5(v >> 11), widen6(v >> 5), widen5(v));
        }
        return rgb(s, widen5(v), widen6(v >> 5), widen5(v >> 11));
    case BPP12_444:
        return rgb(s, (v & 15) * 17, (v >> 4 & 15) * 17, (v >> 8 & 15) * 17);
    case BPP24:
        return rgb(s, v & 0xff, v >> 8 & 0xff, v >> 16 & 0xff);
    default:
        return from_5551(s, v);
    }
}

static unsigned bits_per_pixel(PixelFormat f)
{
    static const uint8_t bits[8] = { 1, 2, 4, 8, 16, 32, 16, 16 };
    return bits[f];
}

/* One word of memory to its 32 / bpp pixels. */
static uint32_t *paint_word(const Pl110 *s, PixelFormat f, uint32_t word, uint32_t *out)
{
    unsigned bits = bits_per_pixel(f), n = 32 / bits;
    for (unsigned i = 0; i < n; i++) {
        unsigned pos = i * bits;
        if (s->control & CTL_BEBO) {
            pos = 32 - bits - pos;
        } else if ((s->control & CTL_BEPO) && bits < 8) {
            pos = (pos & ~7u) + 8 - bits - (pos & 7);   /* reversed within each byte */
        }
        uint32_t v = extract32(word, pos, bits);
        *out++ = bits <= 8 ? from_palette(s, v) : direct_pixel(s, f, v);
    }
    return out;
}

static bool paint_row(Pl110 *s, GPa from, int y, int width)
{
    PixelFormat f = format(s);
    uint8_t bytes[MAX_ROW];
    uint32_t row[1024 + 32];
    unsigned len = (width * bits_per_pixel(f) + 31) / 32 * 4;
    bool ok = address_space_read(s->as, from, bytes, len) == MEM_OK;
    uint32_t *end = row;
    for (unsigned i = 0; i < len; i += 4) {
        end = paint_word(s, f, ld_le32(bytes + i), end);
    }
    uint32_t *out = display_pixels(s->display) + (size_t)y * width;
    if (memcmp(out, row, width * sizeof(*out)) != 0) {
        memcpy(out, row, width * sizeof(*out));
        display_dirty(s->display, 0, y, width, 1);
    }
    return ok;
}

static void paint(void *opaque)
{
    Pl110 *s = opaque;
    int width = 16 * (extract32(s->timing[0], 2, 6) + 1);
    int lines = extract32(s->timing[1], 0, 10) + 1;
    int total = s->control & CTL_DUAL ? 2 * lines : lines;
    if (!shows(s) || !(s->control & CTL_PWR)) {
        int w = display_width(s->display), h = display_height(s->display);
        memset(display_pixels(s->display), 0, (size_t)w * h * 4);
        display_dirty(s->display, 0, 0, w, h);
        return;
    }
    catch_up(s);
    display_resize(s->display, width, total);
    GPa stride = (width * bits_per_pixel(format(s)) + 31) / 32 * 4;
    bool ok = true;
    for (int y = 0; y < total; y++) {
        GPa base = y < lines ? s->upbase : s->lpbase;
        ok &= paint_row(s, base + stride * (y % lines), y, width);
    }
    if (!ok) {
        s->ris |= INT_MBERROR;
        update(&s->dev);
    }
}

/* --- Registers ------------------------------------------------------------------------------- */

static uint32_t ris_read(Device *dev)
{
    catch_up(PL110(dev));
    return PL110(dev)->ris;
}

static uint32_t mis_read(Device *dev)
{
    return ris_read(dev) & PL110(dev)->imsc;
}

static void ris_write(Device *dev, uint32_t value)
{
    catch_up(PL110(dev));
    PL110(dev)->ris &= ~value;
    update(dev);
}

static void control_write(Device *dev, uint32_t value)
{
    Pl110 *s = PL110(dev);
    catch_up(s);
    bool was = shows(s);
    s->control = value & 0x1ffff;
    if (shows(s) && !was) {
        s->frame_at = clock_now(CLOCK_VIRTUAL) + FRAME_NS;
        s->upcurr = s->upbase;
        s->lpcurr = s->lpbase;
    }
    update(dev);
}

static void imsc_write(Device *dev, uint32_t value)
{
    PL110(dev)->imsc = value & 0x1e;
    update(dev);
}

/* 0x018 and 0x01c: LCDIMSC and LCDControl, or the other way round. */
static uint32_t pair_read(Device *dev, unsigned i)
{
    Pl110 *s = PL110(dev);
    return i == (s->swapped ? 0 : 1) ? s->control : s->imsc;
}

static void pair_write(Device *dev, unsigned i, uint32_t value)
{
    (i == (PL110(dev)->swapped ? 0 : 1) ? control_write : imsc_write)(dev, value);
}

static void set_mux(Device *dev, int n, int level)
{
    Pl110 *s = PL110(dev);
    s->mux = deposit32(s->mux, n, 1, level);
}

static const RegDef pl110_regs[] = {
    { 0x000, "TIMING",  AT(timing), .writable = ~0u, .count = 4 },
    { 0x010, "UPBASE",  AT(upbase), .writable = ~3u },
    { 0x014, "LPBASE",  AT(lpbase), .writable = ~3u },
    { 0x018, "IMSC_CONTROL", .read_at = pair_read, .write_at = pair_write, .count = 2 },
    { 0x020, "RIS",     AT(ris), .read = ris_read, .write = ris_write },
    { 0x024, "MIS",     .read = mis_read },
    { 0x028, "ICR",     .write = ris_write },
    { 0x02c, "UPCURR",  AT(upcurr) },
    { 0x030, "LPCURR",  AT(lpcurr) },
    { 0x200, "PALETTE", AT(palette), .writable = ~0u, .count = 128 },
    PRIMECELL_ID(0x00041110),
};

static bool pl110_realize(Device *dev, GError **err)
{
    Pl110 *s = PL110(dev);
    timer_init(&s->frame, CLOCK_VIRTUAL, frame_ends, s);
    s->display = display_new(dev->id, paint, s);
    return true;
}

static void pl110_unrealize(Device *dev)
{
    display_free(PL110(dev)->display);
}

const DeviceClass pl110 = {
    .name      = "pl110", .about = "ARM PrimeCell colour LCD controller", .size = sizeof(Pl110),
    .regs      = REGS(pl110_regs, 0x1000, ACCESS_ANY),
    .irqs      = IRQS(Pl110, irq),
    .inputs    = INPUTS(INPUT("mux", set_mux, 2)),
    .props     = PROPS(PROP_MEMORY("memory", Pl110, as, .about = "where the pixels are"),
                       PROP_BOOL("versatile", Pl110, swapped,
                                 .about = "control and interrupt mask have changed places")),
    .state     = STATE(STATE_U32(Pl110, control), STATE_U32(Pl110, imsc), STATE_U32(Pl110, mux),
                       STATE_I64(Pl110, frame_at), STATE_TIMER(Pl110, frame)),
    .realize   = pl110_realize,
    .unrealize = pl110_unrealize,
};
