/* SPDX-License-Identifier: MIT */
/* The virt board's two halves: virt.c, the parts; virt_fdt.c, the device tree made of them. */
#pragma once
#include "system/machine.h"

enum {
    VIRT_RAM         = 0x40000000,
    VIRT_FLASH_SIZE  = 64 << 20,        /* of each of the two */
    VIRT_TRANSPORTS  = 32,              /* virtio-mmio windows */
    VIRT_SPI_VIRTIO  = 16,              /* interrupt of the first */
    VIRT_MAX_CPUS    = 8,
    VIRT_GPIO_POWER  = 3,               /* pin of the power key */
};

/* Private interrupts of the Generic Timer, and the names of the CPU's lines. */
typedef struct VirtTimer {
    const char *output;
    unsigned    ppi;                    /* interrupt ID, 16 to 31 */
} VirtTimer;
enum { VIRT_N_TIMERS = 4 };
/* In the order of the device tree binding: secure, non-secure, virtual, hypervisor. */
extern const VirtTimer virt_timers[VIRT_N_TIMERS];

/* The tree of a built machine: one node for each of its devices that has a binding. */
GBytes *virt_make_fdt(Machine *m);
/* Every part the machine has, with its row: tables and loops together.  n is the return value. */
unsigned virt_parts(Machine *m, const PartDef **parts);
