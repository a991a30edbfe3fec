/* SPDX-License-Identifier: MIT */
/*
 * isa-debug-exit: a port that ends the run, for tests.  A write of v ends it with status
 * (v << 1) | 1, so that the guest's success can be told from the emulator's.  Known from QEMU.
 *
 * It places itself at `iobase` in the machine's port space, as the user asks for it by -device.
 */
#include "system/device.h"
#include "system/machine.h"

typedef struct IsaDebugExit {
    Device       dev;
    MemoryRegion ports;
    uint32_t     iobase, iosize;
} IsaDebugExit;
#define DEBUG_EXIT(d) DEVICE_AS(IsaDebugExit, d)

static uint64_t exit_read(void *opaque, GPa off, unsigned size)
{
    return 0;
}

static void exit_write(void *opaque, GPa off, uint64_t v, unsigned size)
{
    system_request(SYSTEM_EXIT, (uint32_t)v << 1 | 1);
}

static const MemoryOps exit_ops = {
    .read = exit_read, .write = exit_write, .endian = ENDIAN_LITTLE, .unaligned = true,
};

static bool isa_debug_exit_realize(Device *dev, GError **err)
{
    IsaDebugExit *s = DEBUG_EXIT(dev);
    if (!s->iosize || s->iosize > 4 || s->iobase > 0x10000 - s->iosize) {
        return fail(err, EMU_ERROR_USAGE, "%s: no ports %#x to %#x", dev->id, s->iobase,
                    s->iobase + s->iosize - 1);
    }
    memory_mmio_init(&s->ports, dev->id, s->iosize, &exit_ops, s);
    s->ports.dev = dev;
    if (the_machine) {
        memory_add(&the_machine->io_root, s->iobase, &s->ports, 1);
    } else {
        device_add_region(dev, &s->ports);
    }
    return true;
}

static void isa_debug_exit_unrealize(Device *dev)
{
    memory_region_free(&DEBUG_EXIT(dev)->ports);
}

const DeviceClass isa_debug_exit = {
    .name  = "isa-debug-exit", .about = "a port that ends the run, for tests",
    .bus   = "isa",
    .size  = sizeof(IsaDebugExit),
    .props = PROPS(PROP_U32("iobase", IsaDebugExit, iobase, .fallback = 0x501,
                            .about = "the first port"),
                   PROP_U32("iosize", IsaDebugExit, iosize, .fallback = 2,
                            .about = "how many, up to 4")),
    .realize   = isa_debug_exit_realize,
    .unrealize = isa_debug_exit_unrealize,
};
