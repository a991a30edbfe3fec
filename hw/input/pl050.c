/* SPDX-License-Identifier: MIT */
/*
 * PL050, the ARM PrimeCell keyboard and mouse interface, with a PS/2 device at its connector.
 * Implements: ARM DDI 0143C, chapters 2 and 3.
 * Choices: bytes move at once, so the transmit register is always empty and KMICLKDIV is stored
 * only.  Holding the clock or data line low (KMICR) stops nothing.
 */
#include "hw/input/ps2.h"
#include "hw/primecell.h"

enum { CR_FKMIC = 0x01, CR_EN = 0x04, CR_TXINTREN = 0x08, CR_RXINTREN = 0x10 };
enum {
    STAT_DATA = 0x01, STAT_CLOCK = 0x02, STAT_PARITY = 0x04, STAT_RXFULL = 0x10, STAT_TXEMPTY = 0x40,
};
enum { IR_RX = 1, IR_TX = 2 };

typedef struct Pl050 {
    Device   dev;
    IrqLine  irq;
    uint32_t kind;
    Ps2      ps2;
    uint32_t cr, clkdiv;
    uint8_t  data;                      /* last byte received */
} Pl050;

#define DEV Pl050
#define PL050(d) DEVICE_AS(Pl050, d)

static uint32_t ir_read(Device *dev)
{
    Pl050 *s = PL050(dev);
    if (!(s->cr & CR_EN)) {
        return 0;
    }
    return ((s->cr & CR_RXINTREN) && ps2_has_data(&s->ps2) ? IR_RX : 0) |
           (s->cr & CR_TXINTREN ? IR_TX : 0);
}

static void update(Device *dev)
{
    irq_set(&PL050(dev)->irq, ir_read(dev));
}

static void ps2_changed(void *opaque)
{
    update(opaque);
}

/* The parity bit makes the number of ones odd. */
static uint32_t stat_read(Device *dev)
{
    Pl050 *s = PL050(dev);
    uint32_t parity = __builtin_parity(s->data) ? 0 : STAT_PARITY;
    return STAT_DATA | STAT_CLOCK | STAT_TXEMPTY | parity |
           ((s->cr & CR_EN) && ps2_has_data(&s->ps2) ? STAT_RXFULL : 0);
}

static uint32_t data_read(Device *dev)
{
    Pl050 *s = PL050(dev);
    if ((s->cr & CR_EN) && ps2_has_data(&s->ps2)) {
        s->data = ps2_read(&s->ps2);
    }
    return s->data;
}

static void data_write(Device *dev, uint32_t value)
{
    Pl050 *s = PL050(dev);
    if (!(s->cr & CR_EN)) {
        log_guest(dev, "write of KMIDATA while disabled");
        return;
    }
    ps2_write(&s->ps2, value);
}

static const RegDef pl050_regs[] = {
    { 0x000, "CR",     AT(cr), .writable = 0x3f, .changed = update },
    { 0x004, "STAT",   .read = stat_read },
    { 0x008, "DATA",   .read = data_read, .write = data_write },
    { 0x00c, "CLKDIV", AT(clkdiv), .writable = 0x0f },
    { 0x010, "IR",     .read = ir_read },
    PRIMECELL_ID(0x00041050),
};

static bool pl050_realize(Device *dev, GError **err)
{
    Pl050 *s = PL050(dev);
    ps2_attach(&s->ps2, s->kind, ps2_changed, s);
    return true;
}

static void pl050_unrealize(Device *dev)
{
    ps2_detach(&PL050(dev)->ps2);
}

static void pl050_reset(Device *dev)
{
    ps2_reset(&PL050(dev)->ps2);
}

static bool pl050_loaded(Device *dev, GError **err)
{
    return ps2_valid(&PL050(dev)->ps2) ||
           fail(err, EMU_ERROR_DATA, "%s: impossible PS/2 state", dev->id);
}

const DeviceClass pl050 = {
    .name      = "pl050", .about = "ARM PrimeCell keyboard and mouse interface",
    .size      = sizeof(Pl050),
    .regs      = REGS(pl050_regs, 0x1000, ACCESS_ANY),
    .irqs      = IRQS(Pl050, irq),
    .props     = PROPS(PROP_ENUM("kind", Pl050, kind, ENUM_WORDS("keyboard", "mouse"),
                                 .about = "what is plugged in")),
    .state     = STATE(PS2_STATE(Pl050, ps2), STATE_U8(Pl050, data)),
    .realize   = pl050_realize,
    .reset     = pl050_reset,
    .unrealize = pl050_unrealize,
    .loaded    = pl050_loaded,
};
