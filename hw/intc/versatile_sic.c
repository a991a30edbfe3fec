/* SPDX-License-Identifier: MIT */
/*
 * The secondary interrupt controller in the FPGA of the Versatile boards.
 * Implements: ARM DUI 0225D, section 4.9.2 (SIC registers).
 * Its 32 inputs make one combined output; inputs 20 to 30 may also be passed straight through to
 * the same numbers of the primary controller (SIC_PICENABLE).
 */
#include "system/device.h"

enum { FIRST_PASS = 20, N_PASS = 11 };

typedef struct VersatileSic {
    Device   dev;
    IrqLine  irq;
    IrqLine  pass[N_PASS];              /* of inputs 20 to 30 */
    uint32_t level, soft, enable, pass_enable;
} VersatileSic;

#define DEV VersatileSic
#define VERSATILE_SIC(d) DEVICE_AS(VersatileSic, d)

static uint32_t raw(const VersatileSic *s)
{
    return s->level | s->soft;
}

static void update(Device *dev)
{
    VersatileSic *s = VERSATILE_SIC(dev);
    irq_set(&s->irq, raw(s) & s->enable);
    for (unsigned i = 0; i < N_PASS; i++) {
        irq_set(&s->pass[i], raw(s) & s->pass_enable & BIT32(FIRST_PASS + i));
    }
}

static void set_input(Device *dev, int n, int level)
{
    VersatileSic *s = VERSATILE_SIC(dev);
    s->level = deposit32(s->level, n, 1, level);
    update(dev);
}

static uint32_t status_read(Device *dev)
{
    VersatileSic *s = VERSATILE_SIC(dev);
    return raw(s) & s->enable;
}

static uint32_t rawstat_read(Device *dev)
{
    return raw(VERSATILE_SIC(dev));
}

static void enset_write(Device *dev, uint32_t value)
{
    VERSATILE_SIC(dev)->enable |= value;
    update(dev);
}

static void enclr_write(Device *dev, uint32_t value)
{
    VERSATILE_SIC(dev)->enable &= ~value;
    update(dev);
}

static void softintset_write(Device *dev, uint32_t value)
{
    VERSATILE_SIC(dev)->soft |= value;
    update(dev);
}

static void softintclr_write(Device *dev, uint32_t value)
{
    VERSATILE_SIC(dev)->soft &= ~value;
    update(dev);
}

static void picenset_write(Device *dev, uint32_t value)
{
    VERSATILE_SIC(dev)->pass_enable |= value & 0x7ff00000;
    update(dev);
}

static void picenclr_write(Device *dev, uint32_t value)
{
    VERSATILE_SIC(dev)->pass_enable &= ~value;
    update(dev);
}

static const RegDef versatile_sic_regs[] = {
    { 0x00, "STATUS",     .read = status_read },
    { 0x04, "RAWSTAT",    .read = rawstat_read },
    { 0x08, "ENSET",      AT(enable), .write = enset_write },
    { 0x0c, "ENCLR",      .write = enclr_write },
    { 0x10, "SOFTINTSET", AT(soft), .write = softintset_write },
    { 0x14, "SOFTINTCLR", .write = softintclr_write },
    { 0x20, "PICENSET",   AT(pass_enable), .write = picenset_write },
    { 0x24, "PICENCLR",   .write = picenclr_write },
};

const DeviceClass versatile_sic = {
    .name   = "versatile-sic", .about = "secondary interrupt controller of the Versatile boards",
    .size   = sizeof(VersatileSic),
    .regs   = REGS(versatile_sic_regs, 0x1000, ACCESS_ANY),
    .irqs   = IRQS(VersatileSic, irq, pass),
    .inputs = INPUTS(INPUT("irq", set_input, 32)),
    .state  = STATE(STATE_U32(VersatileSic, level)),
};
