/* SPDX-License-Identifier: MIT */
/*
 * The CRT controller's walk down the screen.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, Video Subsystem: CRT Controller;
 * Attribute Controller, Horizontal PEL Panning.
 * Choices: a picture is walked over when somebody looks, not at the dot clock: registers that a
 * program changes in the middle of a frame (raster effects) count for the whole of it.  Blanking
 * within the display's area, skews and interlace are not modelled; the border is not shown.
 */
#include "hw/display/vga.h"

static const uint32_t dot_clocks[4] = { 25175000, 28322000, 25175000, 25175000 };

static uint32_t bit_to(uint8_t v, unsigned from, unsigned to)
{
    return (uint32_t)(v >> from & 1) << to;
}

bool vga_is_text(const Vga *s)
{
    return !(s->gr[GR_MISC] & GMISC_GRAPHICS);
}

unsigned vga_columns(const Vga *s)
{
    return s->cr[CR_H_END] + 1;
}

unsigned vga_char_dots(const Vga *s)
{
    return vga_is_text(s) && !(s->sr[SR_CLOCKING] & CLOCKING_8_DOTS) ? 9 : 8;
}

static unsigned dot_scale(const Vga *s)
{
    return s->sr[SR_CLOCKING] & CLOCKING_HALF ? 2 : 1;
}

static unsigned line_scale(const Vga *s)
{
    return s->cr[CR_MODE] & CRTC_LINES_HALF ? 2 : 1;
}

int vga_width(const Vga *s)
{
    return vga_columns(s) * vga_char_dots(s) * dot_scale(s);
}

static unsigned lines(const Vga *s)
{
    uint8_t over = s->cr[CR_OVERFLOW];
    return (s->cr[CR_V_END] | bit_to(over, 1, 8) | bit_to(over, 6, 9)) + 1;
}

int vga_height(const Vga *s)
{
    return lines(s) * line_scale(s);
}

/* SR1 screen off, 0x3c0 with the palette open to the CPU, syncs off, no frame at all. */
bool vga_blank(const Vga *s)
{
    return (s->sr[SR_CLOCKING] & CLOCKING_OFF) || !(s->ar_index & 0x20) ||
           !(s->cr[CR_MODE] & CRTC_ON) || (s->sr[SR_RESET] & 3) != 3;
}

/* --- Lines ------------------------------------------------------------------------------------ */

static unsigned line_compare(const Vga *s)
{
    return s->cr[CR_LINE_COMPARE] | bit_to(s->cr[CR_OVERFLOW], 4, 8) |
           bit_to(s->cr[CR_MAX_ROW], 6, 9);
}

void vga_scan_start(VgaScan *v, const Vga *s)
{
    unsigned byte_pan = s->cr[CR_PRESET_ROW] >> 5 & 3;
    *v = (VgaScan){
        .s = s, .row = s->cr[CR_PRESET_ROW] & 0x1f,
        .counter = (s->cr[CR_START_HIGH] << 8 | s->cr[CR_START_LOW]) + byte_pan,
    };
}

void vga_scan_next(VgaScan *v)
{
    const Vga *s = v->s;
    unsigned scale = line_scale(s), line = v->y++ / scale;
    if (v->y % scale) {
        return;
    }
    if (line == line_compare(s)) {
        v->counter = 0;
        v->row = 0;
        v->half = false;
        v->split = true;
        return;
    }
    if (s->cr[CR_MAX_ROW] & 0x80) {
        v->half = !v->half;
        if (v->half) {
            return;
        }
    }
    if (v->row == (s->cr[CR_MAX_ROW] & 0x1f)) {
        v->row = 0;
        v->counter += 2 * s->cr[CR_OFFSET];
    } else {
        v->row = (v->row + 1) & 0x1f;
    }
}

/* --- Columns ---------------------------------------------------------------------------------- */

uint32_t vga_scan_counter(const VgaScan *v, unsigned column)
{
    unsigned shift = v->s->cr[CR_UNDERLINE] & UNDERLINE_COUNT_4 ? 2
                   : v->s->cr[CR_MODE] & CRTC_COUNT_2 ? 1 : 0;
    return (v->counter + (column >> shift)) & 0xffff;
}

uint32_t vga_scan_address(const VgaScan *v, uint32_t counter)
{
    uint8_t mode = v->s->cr[CR_MODE];
    uint32_t a = counter;
    if (v->s->cr[CR_UNDERLINE] & UNDERLINE_DWORDS) {
        a = counter << 2 | (counter >> 12 & 3);
    } else if (!(mode & CRTC_BYTES)) {
        a = counter << 1 | (counter >> (mode & CRTC_WRAP_64K ? 15 : 13) & 1);
    }
    if (!(mode & CRTC_BIT13)) {
        a = deposit32(a, 13, 1, v->row);
    }
    if (!(mode & CRTC_BIT14)) {
        a = deposit32(a, 14, 1, v->row >> 1);
    }
    return a & (PLANE_SIZE - 1);
}

unsigned vga_scan_pan(const VgaScan *v)
{
    const Vga *s = v->s;
    uint8_t pan = s->ar[AR_PAN] & 15;
    if (v->split && (s->ar[AR_MODE] & AMODE_PAN_SPLIT)) {
        return 0;
    }
    if (vga_char_dots(s) == 9) {
        return pan >= 8 ? 0 : pan + 1;
    }
    return s->ar[AR_MODE] & AMODE_256 ? pan & 6 : pan & 7;
}

/* --- Time ------------------------------------------------------------------------------------- */

/* Of a scan line and a frame, in ns. */
static void timing(const Vga *s, uint64_t *line_ns, unsigned *total)
{
    uint8_t over = s->cr[CR_OVERFLOW];
    unsigned dots = (s->cr[CR_H_TOTAL] + 5) * vga_char_dots(s) * dot_scale(s);
    uint32_t hz = dot_clocks[(s->misc & MISC_CLOCK) >> 2];
    *line_ns = MAX(muldiv64(dots, NS_PER_SEC, hz), 1);
    *total = ((s->cr[CR_V_TOTAL] | bit_to(over, 0, 8) | bit_to(over, 5, 9)) + 2) * line_scale(s);
    if (vga_dispi_on(s) || *total < 100 || *line_ns < NS_PER_US) {
        *total = lines(s) * 11 / 10 + 2;        /* no monitor would show it: about 60 Hz */
        *line_ns = NS_PER_SEC / 60 / *total;
    }
}

uint64_t vga_frames(const Vga *s)
{
    uint64_t line_ns;
    unsigned total;
    timing(s, &line_ns, &total);
    return clock_now(CLOCK_VIRTUAL) / (line_ns * total);
}

uint8_t vga_beam(const Vga *s)
{
    uint64_t line_ns;
    unsigned total;
    timing(s, &line_ns, &total);
    uint64_t at = clock_now(CLOCK_VIRTUAL) % (line_ns * total);
    unsigned line = at / line_ns, shown = MIN((unsigned)vga_height(s), total - 1);
    uint64_t in_line = at % line_ns;
    bool off = line >= shown || in_line * (s->cr[CR_H_TOTAL] + 5) >= line_ns * vga_columns(s);
    uint8_t over = s->cr[CR_OVERFLOW];
    unsigned sync = (s->cr[CR_V_SYNC_START] | bit_to(over, 2, 8) | bit_to(over, 7, 9)) * line_scale(s);
    unsigned len = ((s->cr[CR_V_SYNC_END] - s->cr[CR_V_SYNC_START]) & 15) * line_scale(s);
    if (sync < shown || sync >= total || !len) {
        sync = shown;                   /* as above: some lines of it must come */
        len = 2;
    }
    return (off ? 0x01 : 0) | (line >= sync && line < sync + len ? 0x08 : 0);
}
