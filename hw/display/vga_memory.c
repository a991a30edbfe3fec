/* SPDX-License-Identifier: MIT */
/*
 * The window at 0xa0000 onto the planes.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, Video Subsystem: Sequencer (Memory
 * Mode, Map Mask), Graphics Controller (all registers); IBM VGA memory organisation for the modes.
 * A byte of the window is a word here, one byte of each plane: a whole write is a few operations.
 * Choices: in chain-4 mode address bits 0 and 1 choose the plane and bits 15 and 14 stand in for
 * them, as the CRT controller's doubleword addresses do.  Code that runs from video memory is not
 * told of writes through this window.
 * Not here: 64 KiB cards (Extended Memory clear).
 */
#include "hw/display/vga.h"

#define SPREAD(n) (((n) & 1 ? 0xffu : 0) | ((n) & 2 ? 0xff00u : 0) | \
                   ((n) & 4 ? 0xff0000u : 0) | ((n) & 8 ? 0xff000000u : 0))
const uint32_t vga_spread[16] = {
    SPREAD(0), SPREAD(1), SPREAD(2), SPREAD(3), SPREAD(4), SPREAD(5), SPREAD(6), SPREAD(7),
    SPREAD(8), SPREAD(9), SPREAD(10), SPREAD(11), SPREAD(12), SPREAD(13), SPREAD(14), SPREAD(15),
};

/* Memory Map of the Miscellaneous register: first byte and length in the window. */
static const struct { uint32_t from, len; } maps[4] = {
    { 0, 0x20000 }, { 0, 0x10000 }, { 0x10000, 0x8000 }, { 0x18000, 0x8000 },
};

/* Is the byte ours?  Then *a is its address to the graphics controller. */
static inline bool decode(const Vga *s, uint32_t off, uint32_t *a)
{
    unsigned map = s->gr[GR_MISC] >> 2 & 3;
    *a = off - maps[map].from;
    return *a < maps[map].len && (s->misc & MISC_RAM) && s->awake;
}

/* The byte in the planes.  Banks are those of a 4-bit Bochs mode, else 0. */
static inline uint32_t *cell(const Vga *s, uint32_t a)
{
    uint32_t n = a;
    if (s->sr[SR_MEMORY_MODE] & MEMORY_CHAIN4) {
        n = (a & 0xfffc) | (a >> 14 & 3);
    } else if (s->gr[GR_MISC] & GMISC_CHAIN_ODD_EVEN) {
        bool whole = !(s->gr[GR_MISC] & 0x0c);
        n = (a & ~1u) | (whole ? a >> 16 & 1 : !(s->misc & MISC_PAGE));
    }
    n &= PLANE_SIZE - 1;
    if (vga_dispi_on(s)) {
        n = ((uint32_t)s->dispi[DISPI_BANK] << 16 | n) & (s->vram_size / 4 - 1);
    }
    return (uint32_t *)(void *)s->vram + n;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static inline uint8_t read_byte(Vga *s, uint32_t off)
{
    uint32_t a;
    if (!decode(s, off, &a)) {
        return 0xff;
    }
    uint32_t v = s->latch = ld_le32(cell(s, a));
    if (s->gr[GR_MODE] & MODE_READ_COMPARE) {
        uint32_t differs = (v ^ vga_spread[s->gr[GR_COMPARE]]) & vga_spread[s->gr[GR_DONT_CARE]];
        differs |= differs >> 16;
        return ~(differs | differs >> 8);
    }
    unsigned plane = s->gr[GR_READ_MAP];
    if (s->sr[SR_MEMORY_MODE] & MEMORY_CHAIN4) {
        plane = a & 3;
    } else if (s->gr[GR_MODE] & MODE_ODD_EVEN) {
        plane = (plane & 2) | (a & 1);
    }
    return v >> (8 * plane);
}

/* --- Writing ---------------------------------------------------------------------------------- */

static inline uint32_t replicate(uint8_t v)
{
    return v * 0x01010101u;
}

/* Function Select. */
static inline uint32_t combine(const Vga *s, uint32_t v)
{
    switch (s->gr[GR_ROTATE] >> 3 & 3) {
    case 1:
        return v & s->latch;
    case 2:
        return v | s->latch;
    case 3:
        return v ^ s->latch;
    default:
        return v;
    }
}

/* What the write mode makes of the byte, before the map mask. */
static inline uint32_t modify(const Vga *s, uint8_t byte)
{
    unsigned n = s->gr[GR_ROTATE] & 7, mode = s->gr[GR_MODE] & 3;
    uint8_t rotated = byte >> n | byte << (8 - n);
    uint32_t mask = replicate(s->gr[GR_BIT_MASK]), v;
    uint32_t set_reset = vga_spread[s->gr[GR_SET_RESET]];
    switch (mode) {
    case 0: {
        uint32_t enable = vga_spread[s->gr[GR_ENABLE_SET_RESET]];
        v = combine(s, (replicate(rotated) & ~enable) | (set_reset & enable));
        break;
    }
    case 1:
        return s->latch;
    case 2:
        v = combine(s, vga_spread[byte & 15]);
        break;
    default:
        mask &= replicate(rotated);
        v = combine(s, set_reset);
        break;
    }
    return (v & mask) | (s->latch & ~mask);
}

static inline void write_byte(Vga *s, uint32_t off, uint8_t byte)
{
    uint32_t a, planes = s->sr[SR_MAP_MASK];
    if (!decode(s, off, &a)) {
        return;
    }
    if (s->sr[SR_MEMORY_MODE] & MEMORY_CHAIN4) {
        planes &= 1u << (a & 3);
    } else if (!(s->sr[SR_MEMORY_MODE] & MEMORY_NO_ODD_EVEN)) {
        planes &= a & 1 ? 0x0a : 0x05;
    }
    uint32_t *p = cell(s, a), mask = vga_spread[planes];
    st_le32(p, (ld_le32(p) & ~mask) | (modify(s, byte) & mask));
}

static uint64_t planes_read(void *opaque, GPa off, unsigned size)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < size; i++) {
        v |= (uint64_t)read_byte(opaque, off + i) << (8 * i);
    }
    return v;
}

static void planes_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++, value >>= 8) {
        write_byte(opaque, off + i, value);
    }
}

const MemoryOps vga_planes_ops = {
    .read = planes_read, .write = planes_write, .endian = ENDIAN_LITTLE, .unaligned = true,
};
