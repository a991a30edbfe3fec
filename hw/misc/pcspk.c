/* SPDX-License-Identifier: MIT */
/*
 * Port 0x61 of the PC: the speaker, the gate of timer 2, what timers 1 and 2 put out, and the
 * enables of parity and channel check.
 * Implements: Intel 82371SB (PIIX3) data sheet, "NMI status and control register".
 * Not here: sound; parity and channel check errors, which never happen.
 */
#include "hw/timer/i8254.h"

enum { GATE2 = 0x01, WRITABLE = 0x0f, REFRESH = 0x10, OUT2 = 0x20 };

typedef struct PcSpk {
    Device  dev;
    Device *pit;
    uint8_t control;
} PcSpk;
#define DEV PcSpk
#define PCSPK(d) DEVICE_AS(PcSpk, d)

static uint32_t control_read(Device *dev)
{
    PcSpk *s = PCSPK(dev);
    return s->control | (i8254_refreshes(s->pit) & 1 ? REFRESH : 0) |
           (i8254_out(s->pit, 2) ? OUT2 : 0);
}

static void control_write(Device *dev, uint32_t v)
{
    PcSpk *s = PCSPK(dev);
    s->control = v & WRITABLE;
    i8254_set_gate(s->pit, 2, v & GATE2);
}

static const RegDef pcspk_regs[] = {
    { 0, "Control", AT(control), .read = control_read, .write = control_write, .width = 1 },
};

/* The timer's own reset has closed the gate. */
const DeviceClass pcspk = {
    .name  = "pcspk", .about = "port 0x61 of the PC: speaker and timer 2",
    .size  = sizeof(PcSpk),
    .regs  = REGS(pcspk_regs, 1, ACCESS_ANY),
    .props = PROPS(PROP_LINK("pit", PcSpk, pit, .text = "i8254", .required = true,
                             .about = "the interval timer")),
};
