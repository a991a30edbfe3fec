/* SPDX-License-Identifier: MIT */
/*
 * PL061, the ARM PrimeCell GPIO: eight lines, each an input or an output, with interrupts on
 * levels and edges.
 * Implements: ARM DDI 0190B, chapters 2 and 3.
 * Choices: an input that nothing drives is low.  Lines given to their alternate function
 * (GPIOAFSEL) go on as before, as no board of ours has one.
 */
#include "hw/primecell.h"

typedef struct Pl061 {
    Device   dev;
    IrqLine  irq;
    IrqLine  out[8];
    uint32_t in;                        /* what the outside drives */
    uint32_t data;                      /* the output latch */
    uint32_t dir, is, ibe, iev, ie, afsel;
    uint32_t edges;                     /* edges seen and not cleared */
} Pl061;

#define DEV Pl061
#define PL061(d) DEVICE_AS(Pl061, d)

static uint32_t pins(const Pl061 *s)
{
    return (s->data & s->dir) | (s->in & ~s->dir);
}

static uint32_t ris(const Pl061 *s)
{
    uint32_t at_level = s->is & ~(pins(s) ^ s->iev);
    return at_level | (s->edges & ~s->is);
}

static void update(Device *dev)
{
    Pl061 *s = PL061(dev);
    for (unsigned i = 0; i < 8; i++) {
        irq_set(&s->out[i], s->data & s->dir & BIT32(i));
    }
    irq_set(&s->irq, ris(s) & s->ie);
}

/* After something that may move pins: `before` is how they were. */
static void pins_moved(Pl061 *s, uint32_t before)
{
    uint32_t changed = before ^ pins(s);
    uint32_t wanted = s->ibe | ~(pins(s) ^ s->iev);
    s->edges |= changed & wanted & ~s->is & 0xff;
    update(&s->dev);
}

static void set_input(Device *dev, int n, int level)
{
    Pl061 *s = PL061(dev);
    uint32_t before = pins(s);
    s->in = deposit32(s->in, n, 1, level);
    pins_moved(s, before);
}

/* Address bits 9 to 2 choose the lines that take part. */
static uint32_t data_read(Device *dev, unsigned mask)
{
    return pins(PL061(dev)) & mask;
}

static void data_write(Device *dev, unsigned mask, uint32_t value)
{
    Pl061 *s = PL061(dev);
    uint32_t before = pins(s);
    mask &= s->dir;
    s->data = (s->data & ~mask) | (value & mask);
    pins_moved(s, before);
}

static void dir_write(Device *dev, uint32_t value)
{
    Pl061 *s = PL061(dev);
    uint32_t before = pins(s);
    s->dir = value & 0xff;
    pins_moved(s, before);
}

static uint32_t ris_read(Device *dev)
{
    return ris(PL061(dev));
}

static uint32_t mis_read(Device *dev)
{
    return ris(PL061(dev)) & PL061(dev)->ie;
}

static void ic_write(Device *dev, uint32_t value)
{
    PL061(dev)->edges &= ~value;
    update(dev);
}

#define STORED .writable = 0xff, .changed = update
static const RegDef pl061_regs[] = {
    { 0x000, "DATA",  .read_at = data_read, .write_at = data_write, .count = 256 },
    { 0x400, "DIR",   AT(dir), .write = dir_write },
    { 0x404, "IS",    AT(is), STORED },
    { 0x408, "IBE",   AT(ibe), STORED },
    { 0x40c, "IEV",   AT(iev), STORED },
    { 0x410, "IE",    AT(ie), STORED },
    { 0x414, "RIS",   .read = ris_read },
    { 0x418, "MIS",   .read = mis_read },
    { 0x41c, "IC",    .write = ic_write },
    { 0x420, "AFSEL", AT(afsel), STORED },
    PRIMECELL_ID(0x00041061),
};

const DeviceClass pl061 = {
    .name   = "pl061", .about = "ARM PrimeCell GPIO", .size = sizeof(Pl061),
    .regs   = REGS(pl061_regs, 0x1000, ACCESS_ANY),
    .irqs   = IRQS(Pl061, irq, out),
    .inputs = INPUTS(INPUT("in", set_input, 8)),
    .state  = STATE(STATE_U32(Pl061, in), STATE_U32(Pl061, data), STATE_U32(Pl061, edges)),
};
