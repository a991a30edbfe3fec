/* SPDX-License-Identifier: MIT */
/*
 * What the monitor says of itself.
 * Implements: VESA Enhanced EDID Standard, release A revision 2 (EDID 1.4), section 3; the timing of
 * the preferred mode is that of VESA CVT 1.2 with reduced blanking, section 3.4.
 * Choices: a monitor of 96 dots per inch and sRGB colours, as no real one stands behind it.
 */
#include "hw/display/vga.h"

/* CVT 1.2, table 5: the width of vertical sync tells the aspect. */
static unsigned v_sync_lines(unsigned w, unsigned h)
{
    static const struct { uint8_t w, h, lines; } aspects[] = {
        { 4, 3, 4 }, { 16, 9, 5 }, { 16, 10, 6 }, { 5, 4, 7 }, { 15, 9, 7 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(aspects); i++) {
        if (w * aspects[i].h == h * aspects[i].w) {
            return aspects[i].lines;
        }
    }
    return 10;
}

/* 3.10.2: a detailed timing. */
static void put_timing(uint8_t *d, unsigned w, unsigned h)
{
    enum { H_BLANK = 160, H_FRONT = 48, H_SYNC = 32, V_FRONT = 3, V_BACK_LEAST = 6, BLANK_US = 460 };
    unsigned sync = v_sync_lines(w, h);
    /* lines in 460 us, when h lines take what is left of 1/60 s */
    unsigned blank = (uint64_t)BLANK_US * h * 60 / (1000000 - BLANK_US * 60) + 1;
    blank = MAX(blank, V_FRONT + sync + V_BACK_LEAST);
    unsigned clock = (uint64_t)60 * (w + H_BLANK) * (h + blank) / 250000 * 25;  /* 10 kHz */
    unsigned mm_w = w * 254 / 960, mm_h = h * 254 / 960;
    st_le16(d, clock);
    d[2] = w;
    d[3] = H_BLANK;
    d[4] = w >> 8 << 4 | H_BLANK >> 8;
    d[5] = h;
    d[6] = blank;
    d[7] = h >> 8 << 4 | blank >> 8;
    d[8] = H_FRONT;
    d[9] = H_SYNC;
    d[10] = V_FRONT << 4 | (sync & 15);
    d[12] = mm_w;
    d[13] = mm_h;
    d[14] = mm_w >> 8 << 4 | mm_h >> 8;
    d[17] = 0x1a;                       /* separate syncs, horizontal positive */
}

static void put_text(uint8_t *d, uint8_t tag, const char *text)
{
    size_t len = strlen(text);
    g_assert(len <= 13);
    d[3] = tag;
    memset(d + 5, ' ', 13);
    memcpy(d + 5, text, len);
    if (len < 13) {
        d[5 + len] = '\n';
    }
}

/* 3.10.3.3: 50 to 125 Hz, 30 to 160 kHz, at most 600 MHz. */
static void put_limits(uint8_t *d)
{
    static const uint8_t limits[18] = {
        0, 0, 0, 0xfd, 0, 50, 125, 30, 160, 60, 0x01, '\n', ' ', ' ', ' ', ' ', ' ', ' ',
    };
    memcpy(d, limits, sizeof(limits));
}

/* 3.9: width, aspect, and 60 Hz. */
static const uint8_t standard[16] = {
    0xd1, 0xc0,         /* 1920x1080 */
    0xb3, 0x00,         /* 1680x1050 */
    0xa9, 0x40,         /* 1600x1200 */
    0x95, 0x00,         /* 1440x900 */
    0x81, 0x80,         /* 1280x1024 */
    0x81, 0x40,         /* 1280x960 */
    0x81, 0x00,         /* 1280x800 */
    0x61, 0x40,         /* 1024x768 */
};

void edid_make(uint8_t out[128], unsigned width, unsigned height)
{
    static const uint8_t header[] = { 0, 255, 255, 255, 255, 255, 255, 0 };
    static const uint8_t srgb[] = { 0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54 };
    memset(out, 0, 128);
    memcpy(out, header, sizeof(header));
    st_be16(out + 8, 5 << 10 | 13 << 5 | 21);       /* "EMU" */
    st_le16(out + 10, 1);
    out[17] = 2023 - 1990;
    out[18] = 1;
    out[19] = 4;
    out[20] = 0xa0;                     /* digital, 8 bits a colour */
    out[21] = width * 254 / 9600;
    out[22] = height * 254 / 9600;
    out[23] = 120;                      /* gamma 2.2 */
    out[24] = 0x06;                     /* sRGB; the first timing is the preferred one */
    memcpy(out + 25, srgb, sizeof(srgb));
    out[35] = 0x21;                     /* 640x480, 800x600 at 60 Hz */
    out[36] = 0x08;                     /* 1024x768 at 60 Hz */
    memcpy(out + 38, standard, sizeof(standard));
    put_timing(out + 54, width, height);
    put_text(out + 72, 0xfc, "emu display");
    put_limits(out + 90);
    out[108 + 3] = 0x10;                /* unused */
    for (unsigned i = 0; i < 127; i++) {
        out[127] -= out[i];
    }
}
