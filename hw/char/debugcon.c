/* SPDX-License-Identifier: MIT */
/*
 * A port for a firmware's messages: every byte written goes to a character port; what is read says
 * that it is there.  Known from Bochs (port 0xe9) and QEMU (0x402, where SeaBIOS writes).
 */
#include "io/char.h"
#include "system/device.h"

typedef struct DebugCon {
    Device    dev;
    CharPort *port;
    uint32_t  readback;
} DebugCon;
#define DEBUGCON(d) DEVICE_AS(DebugCon, d)

static uint32_t data_read(Device *dev)
{
    return DEBUGCON(dev)->readback & 0xff;
}

static void data_write(Device *dev, uint32_t v)
{
    uint8_t byte = v;
    char_write(DEBUGCON(dev)->port, &byte, 1);
}

static const RegDef debugcon_regs[] = {
    { 0, "Data", .read = data_read, .write = data_write, .width = 1 },
};

const DeviceClass debugcon = {
    .name  = "debugcon", .about = "a port for messages of firmware",
    .size  = sizeof(DebugCon),
    .regs  = REGS(debugcon_regs, 1, ACCESS_ANY),
    .props = PROPS(PROP_CHAR("chardev", DebugCon, port, .about = "where they go"),
                   PROP_U32("readback", DebugCon, readback, .fallback = 0xe9,
                            .about = "what reading the port gives")),
};
