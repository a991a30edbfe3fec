/* SPDX-License-Identifier: MIT */
/*
 * Parallel port of the PC with a printer: the standard port (SPP) and the PS/2's direction bit.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, "Parallel port controller"; the
 * printer's side is IEEE 1284 compatibility mode.
 * Choices: the printer takes a character at the strobe and acknowledges it at once, so that it is
 * never busy.  The interrupt stays until status is read or the next strobe.  Without a character
 * port no printer is connected.
 * Not here: EPP and ECP; nothing drives the data lines when they are inputs (reads as ones).
 */
#include "io/char.h"
#include "system/device.h"

enum {
    STATUS_NOT_IRQ = 0x04, STATUS_NOT_ERROR = 0x08, STATUS_SELECT = 0x10, STATUS_NO_PAPER = 0x20,
    STATUS_NOT_ACK = 0x40, STATUS_NOT_BUSY = 0x80, STATUS_ONES = 0x03,
    CONTROL_STROBE = 0x01, CONTROL_NOT_INIT = 0x04, CONTROL_IRQ = 0x10, CONTROL_INPUT = 0x20,
    CONTROL_ONES = 0xc0,
};

typedef struct Parallel {
    Device    dev;
    IrqLine   irq;
    CharPort *port;
    uint8_t   data, control;
    bool      acknowledged;             /* not yet seen in status */
} Parallel;
#define DEV Parallel
#define PARALLEL(d) DEVICE_AS(Parallel, d)

static void update(Parallel *s)
{
    irq_set(&s->irq, s->acknowledged && s->control & CONTROL_IRQ);
}

static uint32_t data_read(Device *dev)
{
    Parallel *s = PARALLEL(dev);
    return s->control & CONTROL_INPUT ? 0xff : s->data;
}

static uint32_t status_read(Device *dev)
{
    Parallel *s = PARALLEL(dev);
    uint8_t v = STATUS_ONES | STATUS_NOT_ERROR | STATUS_SELECT | STATUS_NOT_ACK;
    v |= s->acknowledged ? 0 : STATUS_NOT_IRQ;
    v |= char_is_open(s->port) ? STATUS_NOT_BUSY : STATUS_NO_PAPER;
    s->acknowledged = false;
    update(s);
    return v;
}

static uint32_t control_read(Device *dev)
{
    return PARALLEL(dev)->control | CONTROL_ONES;
}

static void control_write(Device *dev, uint32_t v)
{
    Parallel *s = PARALLEL(dev);
    bool strobe = v & ~s->control & CONTROL_STROBE;
    s->control = v & ~CONTROL_ONES;
    if (strobe && char_is_open(s->port) && v & CONTROL_NOT_INIT) {
        char_write(s->port, &s->data, 1);
        s->acknowledged = false;
        update(s);
        s->acknowledged = true;
    }
    update(s);
}

static const RegDef parallel_regs[] = {
    { 0, "Data",    AT(data), .read = data_read, .writable = 0xff, .width = 1 },
    { 1, "Status",  .read = status_read, .width = 1 },
    { 2, "Control", AT(control), .read = control_read, .write = control_write, .width = 1 },
};

const DeviceClass parallel = {
    .name  = "parallel", .about = "parallel port of the PC with a printer",
    .size  = sizeof(Parallel),
    .regs  = REGS(parallel_regs, 3, ACCESS_ANY),
    .irqs  = IRQS(Parallel, irq),
    .props = PROPS(PROP_CHAR("chardev", Parallel, port, .about = "where it prints")),
    .state = STATE(STATE_BOOL(Parallel, acknowledged)),
};
