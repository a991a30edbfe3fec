/* SPDX-License-Identifier: MIT */
/*
 * The VGA card from inside: what its files share.
 *
 *     vga.c           the device: windows, PCI function, state
 *     vga_regs.c      the ports 0x3b4 to 0x3da
 *     vga_memory.c    the window at 0xa0000: planes, latches, write and read modes
 *     vga_scan.c      the CRT controller's walk: which address and row each scan line shows
 *     vga_paint.c     scan lines to pixels; text to cells
 *     vga_bochs.c     the Bochs display registers and their modes
 *     edid.c          what the monitor says of itself
 */
#pragma once
#include "hw/pci/pci.h"
#include "io/ui/display.h"

/* Registers by the names of IBM's manual. */
enum { MISC_COLOUR = 0x01, MISC_RAM = 0x02, MISC_CLOCK = 0x0c, MISC_PAGE = 0x20 };
enum { SR_RESET, SR_CLOCKING, SR_MAP_MASK, SR_FONTS, SR_MEMORY_MODE, N_SR = 8 };
enum { CLOCKING_8_DOTS = 0x01, CLOCKING_HALF = 0x08, CLOCKING_OFF = 0x20 };
enum { MEMORY_EXTENDED = 0x02, MEMORY_NO_ODD_EVEN = 0x04, MEMORY_CHAIN4 = 0x08 };
enum {
    CR_H_TOTAL = 0x00, CR_H_END = 0x01, CR_H_BLANK_START = 0x02, CR_V_TOTAL = 0x06, CR_OVERFLOW = 0x07,
    CR_PRESET_ROW = 0x08, CR_MAX_ROW = 0x09, CR_CURSOR_START = 0x0a, CR_CURSOR_END = 0x0b,
    CR_START_HIGH = 0x0c, CR_START_LOW = 0x0d, CR_CURSOR_HIGH = 0x0e, CR_CURSOR_LOW = 0x0f,
    CR_V_SYNC_START = 0x10, CR_V_SYNC_END = 0x11, CR_V_END = 0x12, CR_OFFSET = 0x13,
    CR_UNDERLINE = 0x14, CR_MODE = 0x17, CR_LINE_COMPARE = 0x18, N_CR = 0x19,
};
enum { CRTC_BIT13 = 0x01, CRTC_BIT14 = 0x02, CRTC_LINES_HALF = 0x04, CRTC_COUNT_2 = 0x08,
       CRTC_WRAP_64K = 0x20, CRTC_BYTES = 0x40, CRTC_ON = 0x80 };
enum { UNDERLINE_COUNT_4 = 0x20, UNDERLINE_DWORDS = 0x40 };
enum { GR_SET_RESET, GR_ENABLE_SET_RESET, GR_COMPARE, GR_ROTATE, GR_READ_MAP, GR_MODE, GR_MISC,
       GR_DONT_CARE, GR_BIT_MASK, N_GR = 9 };
enum { MODE_READ_COMPARE = 0x08, MODE_ODD_EVEN = 0x10, MODE_SHIFT_CGA = 0x20, MODE_SHIFT_256 = 0x40 };
enum { GMISC_GRAPHICS = 0x01, GMISC_CHAIN_ODD_EVEN = 0x02 };
enum { AR_MODE = 0x10, AR_OVERSCAN, AR_PLANES, AR_PAN, AR_COLOUR_SELECT, N_AR = 0x15 };
enum { AMODE_MONO = 0x02, AMODE_LINE_9 = 0x04, AMODE_BLINK = 0x08, AMODE_PAN_SPLIT = 0x20,
       AMODE_256 = 0x40, AMODE_P54 = 0x80 };

enum { DISPI_ID, DISPI_XRES, DISPI_YRES, DISPI_BPP, DISPI_ENABLE, DISPI_BANK, DISPI_VIRT_WIDTH,
       DISPI_VIRT_HEIGHT, DISPI_X, DISPI_Y, DISPI_MEMORY_64K, N_DISPI };
enum { DISPI_ENABLED = 0x01, DISPI_GET_CAPS = 0x02, DISPI_8BIT_DAC = 0x20, DISPI_LFB = 0x40,
       DISPI_KEEP_MEMORY = 0x80 };

enum { VGA_WINDOW = 0x20000, PLANE_SIZE = 0x10000, MAX_DOTS = (256 + 2) * 9 * 2 };

typedef struct Vga {
    Device       dev;
    PciFunction  pci;
    /* properties */
    uint64_t     vram_size;
    const char  *rom_file;
    uint32_t     xres, yres;            /* what the monitor likes best */
    /* registers */
    uint8_t      misc, feature, awake;
    uint8_t      sr_index, sr[N_SR];
    uint8_t      cr_index, cr[N_CR];
    uint8_t      gr_index, gr[N_GR];
    uint8_t      ar_index, ar[N_AR];
    bool         ar_data;               /* the next write of 0x3c0 is data */
    uint8_t      dac_mask, dac_read, dac_write, dac_part;
    bool         dac_reading;
    uint8_t      dac_new[3], dac[256 * 3];
    uint32_t     latch;                 /* one byte of each plane, plane 0 lowest */
    uint16_t     dispi_index, dispi[N_DISPI];
    /* memory: four planes side by side, byte n of plane p at 4 * n + p */
    uint8_t     *vram;
    MemoryRegion vram_region, rom_region, dispi_ports;
    MemoryRegion window, planes, bank;  /* at 0xa0000: planar, or a view of vram */
    MemoryRegion mmio, mmio_edid, mmio_vga, mmio_crtc, mmio_dispi;
    uint8_t      edid[128];
    Display     *display;
} Vga;

#define VGA(d) DEVICE_AS(Vga, d)

/* Bit p of a nibble to byte p of a word. */
extern const uint32_t vga_spread[16];

/* --- vga_regs.c ------------------------------------------------------------------------------- */

/* From 0x3b4, 0x3c0 and 0x3d4. */
enum { VGA_N_MONO_REGS = 3, VGA_N_REGS = 14, VGA_N_COLOUR_REGS = 3 };
extern const RegDef vga_mono_regs[VGA_N_MONO_REGS], vga_regs[VGA_N_REGS];
extern const RegDef vga_colour_regs[VGA_N_COLOUR_REGS];
void vga_regs_reset(Vga *s);

/* --- vga_memory.c ----------------------------------------------------------------------------- */

extern const MemoryOps vga_planes_ops;

/* --- vga_bochs.c ------------------------------------------------------------------------------ */

extern const MemoryOps vga_dispi_ops;           /* the registers one after another, 16 bits each */
extern const MemoryOps vga_dispi_port_ops;      /* index and data */
void vga_dispi_reset(Vga *s);
/* After loading: false when the values make no sense. */
bool vga_dispi_valid(Vga *s);
/* The view at 0xa0000 follows mode and bank. */
void vga_dispi_map(Vga *s);
static inline bool vga_dispi_on(const Vga *s)
{
    return s->dispi[DISPI_ENABLE] & DISPI_ENABLED;
}
/* Bytes from a row to the next; of one plane with 4 bits. */
uint32_t vga_dispi_stride(const Vga *s);
void vga_dispi_paint(Vga *s);

/* --- vga_scan.c ------------------------------------------------------------------------------- */

/* One scan line. */
typedef struct VgaScan {
    const Vga *s;
    int        y;
    uint32_t   counter;         /* the address counter at its left end */
    uint8_t    row;             /* within the character */
    bool       split;           /* below the line compare */
    bool       half;            /* the second of a doubled line */
} VgaScan;

/* Dots that the monitor shows; 0: registers that no monitor would sync to. */
int vga_width(const Vga *s);
int vga_height(const Vga *s);
unsigned vga_columns(const Vga *s);             /* character clocks */
unsigned vga_char_dots(const Vga *s);
void vga_scan_start(VgaScan *v, const Vga *s);
void vga_scan_next(VgaScan *v);
/* Column n of the line: where its bytes are in the planes, and the counter there. */
uint32_t vga_scan_counter(const VgaScan *v, unsigned column);
uint32_t vga_scan_address(const VgaScan *v, uint32_t counter);
/* Dots by which the line moves to the left. */
unsigned vga_scan_pan(const VgaScan *v);
/* Is the picture off? */
bool vga_blank(const Vga *s);
bool vga_is_text(const Vga *s);
/* Where the beam is: bits 0 and 3 of input status 1. */
uint8_t vga_beam(const Vga *s);
/* Frames since power-on: what blinks goes by them. */
uint64_t vga_frames(const Vga *s);

/* --- vga_paint.c ------------------------------------------------------------------------------ */

/* For the display. */
void vga_paint(void *opaque);
bool vga_cells(void *opaque, DisplayCells *out);
/* The DAC's entry as a pixel. */
uint32_t vga_dac_colour(const Vga *s, uint8_t index);
/* Copies a line of pixels to the surface if it differs. */
void vga_put_line(Vga *s, int y, const uint32_t *line, int width);
/* The colours of the 16 attribute values. */
void vga_attribute_colours(const Vga *s, uint32_t out[16]);

/* --- edid.c ----------------------------------------------------------------------------------- */

/* A block for a monitor whose preferred mode is width by height at 60 Hz. */
void edid_make(uint8_t out[128], unsigned width, unsigned height);
