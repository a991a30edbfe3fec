/* SPDX-License-Identifier: MIT */
/*
 * The VGA's ports.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, Video Subsystem, "Registers".
 * CRT controller and input status 1 are at 0x3dx or 0x3bx as the Miscellaneous Output register says.
 * Choices: the switch sense bit is always set, as with a colour monitor under the BIOS's test
 * colours; CR10 and CR11 read back at all times (there is no light pen); ports of the emulation that
 * is not chosen (mono or colour) read all ones.
 * Not here: the vertical retrace interrupt (bit 7 of input status 0 stays 0; PCI cards do not wire
 * it), feature connector, diagnostic bits of input status 1.
 */
#include "hw/display/vga.h"

enum { STATUS0_SWITCH = 0x10 };

/* --- Sequencer and graphics controller -------------------------------------------------------- */

static const uint8_t sr_bits[N_SR] = { 0x03, 0x3d, 0x0f, 0x3f, 0x0e };
static const uint8_t gr_bits[N_GR] = { 0x0f, 0x0f, 0x0f, 0x1f, 0x03, 0x7b, 0x0f, 0x0f, 0xff };

static uint32_t sr_read(Device *dev)
{
    return VGA(dev)->sr[VGA(dev)->sr_index & 7];
}

static void sr_write(Device *dev, uint32_t value)
{
    Vga *s = VGA(dev);
    s->sr[s->sr_index & 7] = value & sr_bits[s->sr_index & 7];
}

static uint32_t gr_read(Device *dev)
{
    Vga *s = VGA(dev);
    return s->gr_index < N_GR ? s->gr[s->gr_index] : 0;
}

static void gr_write(Device *dev, uint32_t value)
{
    Vga *s = VGA(dev);
    if (s->gr_index < N_GR) {
        s->gr[s->gr_index] = value & gr_bits[s->gr_index];
    }
}

/* --- CRT controller --------------------------------------------------------------------------- */

static bool is_colour(Device *dev)
{
    return VGA(dev)->misc & MISC_COLOUR;
}

static uint32_t cr_read(Device *dev)
{
    Vga *s = VGA(dev);
    return s->cr_index < N_CR ? s->cr[s->cr_index] : 0;
}

/* Bit 7 of CR11 protects CR00 to CR07, but for bit 4 of CR07, which belongs to the line compare. */
static void cr_write(Device *dev, uint8_t value)
{
    Vga *s = VGA(dev);
    unsigned i = s->cr_index;
    bool locked = s->cr[CR_V_SYNC_END] & 0x80;
    if (i >= N_CR || (locked && i < CR_OVERFLOW)) {
        return;
    }
    if (locked && i == CR_OVERFLOW) {
        value = (s->cr[i] & ~0x10) | (value & 0x10);
    }
    s->cr[i] = value;
}

static uint32_t cr_index_read(Device *dev)
{
    return VGA(dev)->cr_index;
}

/* A port that the other emulation has: nobody answers. */
#define ONLY(when, name, expr)                                              \
    static uint32_t name(Device *dev)                                       \
    {                                                                       \
        return is_colour(dev) == (when) ? (expr) : 0xff;                    \
    }
#define ONLY_W(when, name, stmt)                                            \
    static void name(Device *dev, uint32_t value)                           \
    {                                                                       \
        if (is_colour(dev) == (when)) {                                     \
            stmt;                                                           \
        }                                                                   \
    }

/* Input status 1 also makes 0x3c0 an index again. */
static uint32_t status1_read(Device *dev)
{
    VGA(dev)->ar_data = false;
    return vga_beam(VGA(dev));
}

ONLY(false, mono_index_read, cr_index_read(dev))
ONLY(false, mono_data_read, cr_read(dev))
ONLY(false, mono_status_read, status1_read(dev))
ONLY_W(false, mono_index_write, VGA(dev)->cr_index = value & 0x3f)
ONLY_W(false, mono_data_write, cr_write(dev, value))
ONLY_W(false, mono_feature_write, VGA(dev)->feature = value & 0x03)
ONLY(true, colour_index_read, cr_index_read(dev))
ONLY(true, colour_data_read, cr_read(dev))
ONLY(true, colour_status_read, status1_read(dev))
ONLY_W(true, colour_index_write, VGA(dev)->cr_index = value & 0x3f)
ONLY_W(true, colour_data_write, cr_write(dev, value))
ONLY_W(true, colour_feature_write, VGA(dev)->feature = value & 0x03)

/* --- Attribute controller --------------------------------------------------------------------- */

static const uint8_t ar_bits[N_AR] = {
    0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f,
    0xef, 0xff, 0x3f, 0x0f, 0x0f,
};

static uint32_t ar_index_read(Device *dev)
{
    return VGA(dev)->ar_index;
}

/* Index and data take turns; the palette takes data only while the CPU has it (bit 5 clear). */
static void ar_write(Device *dev, uint32_t value)
{
    Vga *s = VGA(dev);
    unsigned i = s->ar_index & 0x1f;
    if (!s->ar_data) {
        s->ar_index = value & 0x3f;
    } else if (i < N_AR && (i >= AR_MODE || !(s->ar_index & 0x20))) {
        s->ar[i] = value & ar_bits[i];
    }
    s->ar_data = !s->ar_data;
}

static uint32_t ar_read(Device *dev)
{
    unsigned i = VGA(dev)->ar_index & 0x1f;
    return i < N_AR ? VGA(dev)->ar[i] : 0;
}

/* --- Miscellaneous ---------------------------------------------------------------------------- */

static uint32_t status0_read(Device *dev)
{
    return STATUS0_SWITCH;
}

static uint32_t misc_read(Device *dev)
{
    return VGA(dev)->misc;
}

static void awake_write(Device *dev, uint32_t value)
{
    VGA(dev)->awake = value & 1;
}

/* --- DAC -------------------------------------------------------------------------------------- */

static uint32_t dac_state_read(Device *dev)
{
    return VGA(dev)->dac_reading ? 3 : 0;
}

static void dac_read_index_write(Device *dev, uint32_t value)
{
    Vga *s = VGA(dev);
    s->dac_read = value;
    s->dac_part = 0;
    s->dac_reading = true;
}

static void dac_write_index_write(Device *dev, uint32_t value)
{
    Vga *s = VGA(dev);
    s->dac_write = value;
    s->dac_part = 0;
    s->dac_reading = false;
}

static uint8_t dac_bits(const Vga *s)
{
    return s->dispi[DISPI_ENABLE] & DISPI_8BIT_DAC ? 0xff : 0x3f;
}

static uint32_t dac_data_read(Device *dev)
{
    Vga *s = VGA(dev);
    uint8_t v = s->dac[3 * s->dac_read + s->dac_part];
    if (++s->dac_part == 3) {
        s->dac_part = 0;
        s->dac_read++;
    }
    return v & dac_bits(s);
}

/* The entry changes when its third part has come. */
static void dac_data_write(Device *dev, uint32_t value)
{
    Vga *s = VGA(dev);
    s->dac_new[s->dac_part] = value & dac_bits(s);
    if (++s->dac_part == 3) {
        s->dac_part = 0;
        memcpy(s->dac + 3 * s->dac_write, s->dac_new, 3);
        s->dac_write++;
    }
}

static uint32_t dac_write_index_read(Device *dev)
{
    return VGA(dev)->dac_write;
}

/* --- The ports -------------------------------------------------------------------------------- */

#define DEV Vga
#define BYTE .width = 1

/* From 0x3b4 and from 0x3d4. */
const RegDef vga_mono_regs[VGA_N_MONO_REGS] = {
    { 0x0, "MONO_CRX", .read = mono_index_read, .write = mono_index_write, BYTE },
    { 0x1, "MONO_CR",  .read = mono_data_read, .write = mono_data_write, BYTE },
    { 0x6, "MONO_ST1", .read = mono_status_read, .write = mono_feature_write, BYTE },
};

const RegDef vga_colour_regs[VGA_N_COLOUR_REGS] = {
    { 0x0, "CRX",      .read = colour_index_read, .write = colour_index_write, BYTE },
    { 0x1, "CR",       .read = colour_data_read, .write = colour_data_write, BYTE },
    { 0x6, "ST1",      .read = colour_status_read, .write = colour_feature_write, BYTE },
};

/* From 0x3c0. */
const RegDef vga_regs[VGA_N_REGS] = {
    { 0x0, "ARX",      .read = ar_index_read, .write = ar_write, BYTE },
    { 0x1, "AR",       .read = ar_read, .write = ar_write, BYTE },
    { 0x2, "ST0_MISC", AT(misc), .read = status0_read, .writable = 0xef, .reset = 0x00, BYTE },
    { 0x3, "ENABLE",   AT(awake), .write = awake_write, .reset = 1, BYTE },
    { 0x4, "SRX",      AT(sr_index), .writable = 0x07, BYTE },
    { 0x5, "SR",       .read = sr_read, .write = sr_write, BYTE },
    { 0x6, "DAC_MASK", AT(dac_mask), .writable = 0xff, .reset = 0xff, BYTE },
    { 0x7, "DAC_ST",   .read = dac_state_read, .write = dac_read_index_write, BYTE },
    { 0x8, "DAC_X",    .read = dac_write_index_read, .write = dac_write_index_write, BYTE },
    { 0x9, "DAC",      .read = dac_data_read, .write = dac_data_write, BYTE },
    { 0xa, "FEATURE",  AT(feature), BYTE },
    { 0xc, "MISC",     .read = misc_read, BYTE },
    { 0xe, "GRX",      AT(gr_index), .writable = 0x0f, BYTE },
    { 0xf, "GR",       .read = gr_read, .write = gr_write, BYTE },
};

/* What the manual leaves undefined; nothing is shown until a BIOS has set a mode. */
void vga_regs_reset(Vga *s)
{
    s->sr[SR_MEMORY_MODE] = MEMORY_EXTENDED | MEMORY_NO_ODD_EVEN;
    s->gr[GR_BIT_MASK] = 0xff;
}
