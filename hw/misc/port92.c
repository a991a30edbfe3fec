/* SPDX-License-Identifier: MIT */
/*
 * PS/2 system control port A (0x92): A20 and the fast reset of the processor.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, "System control port A".
 *
 *     outputs   a20, reset (a pulse)
 *
 * The board joins `a20` with the keyboard controller's.
 * Not here: the hard disk lights (bits 7, 6) and the password lock (bit 3) are stored.
 */
#include "system/device.h"

enum { FAST_RESET = 0x01, A20 = 0x02, STORED = 0xc8 };

typedef struct Port92 {
    Device  dev;
    IrqLine a20, reset;
    uint8_t control;
} Port92;
#define DEV Port92
#define PORT92(d) DEVICE_AS(Port92, d)

/* Bit 0 has to go from 0 to 1. */
static void control_write(Device *dev, uint32_t v)
{
    Port92 *s = PORT92(dev);
    bool resets = v & ~s->control & FAST_RESET;
    s->control = v & (FAST_RESET | A20 | STORED);
    irq_set(&s->a20, v & A20);
    if (resets) {
        irq_pulse(&s->reset);
    }
}

static const RegDef port92_regs[] = {
    { 0, "Control", AT(control), .write = control_write, .width = 1 },
};

const DeviceClass port92 = {
    .name  = "port92", .about = "system control port A of the PC: A20 and fast reset",
    .size  = sizeof(Port92),
    .regs  = REGS(port92_regs, 1, ACCESS_ANY),
    .irqs  = IRQS(Port92, a20, reset),
};
