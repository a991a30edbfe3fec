/* SPDX-License-Identifier: MIT */
/*
 * How a PC reports x87 exceptions while CR0.NE is clear: FERR# becomes interrupt 13, and the
 * handler writes to port 0xf0, which takes the interrupt back and asserts IGNNE# until FERR# goes
 * down. Implements: Intel 82371SB (PIIX3), "Coprocessor error function" and the register at 0xf0;
 * SDM 1, appendix D.2.
 *
 *     input     ferr
 *     outputs   irq, ignne
 *
 * The register reads as ones: it cannot be read.
 */
#include "system/device.h"

typedef struct X87Error {
    Device  dev;
    IrqLine irq, ignne;
    bool    ferr, ignored;
} X87Error;
#define DEV X87Error
#define X87_ERROR(d) DEVICE_AS(X87Error, d)

static void update(X87Error *s)
{
    irq_set(&s->irq, s->ferr && !s->ignored);
    irq_set(&s->ignne, s->ferr && s->ignored);
}

static void set_ferr(Device *dev, int n, int level)
{
    X87Error *s = X87_ERROR(dev);
    s->ferr = level;
    s->ignored = s->ignored && level;
    update(s);
}

static uint32_t error_read(Device *dev)
{
    return 0xff;
}

static void error_write(Device *dev, uint32_t v)
{
    X87Error *s = X87_ERROR(dev);
    s->ignored = s->ferr;
    update(s);
}

static void x87_error_reset(Device *dev)
{
    update(X87_ERROR(dev));
}

static const RegDef x87_error_regs[] = {
    { 0, "CoprocessorError", .read = error_read, .write = error_write, .width = 1 },
};

const DeviceClass x87_error = {
    .name   = "x87-error", .about = "x87 exceptions of the PC as interrupt 13",
    .size   = sizeof(X87Error),
    .regs   = REGS(x87_error_regs, 1, ACCESS_ANY),
    .irqs   = IRQS(X87Error, irq, ignne),
    .reset  = x87_error_reset,
    .inputs = INPUTS(INPUT("ferr", set_ferr, 1)),
    .state  = STATE(STATE_BOOL(X87Error, ferr), STATE_BOOL(X87Error, ignored)),
};
