/* SPDX-License-Identifier: MIT */
/*
 * -kernel on a PC: loaded when the BIOS has done its work and would boot from a disk, so that its
 * tables and services are there (x86_boot.c); Linux kernels (x86_linux.c) and multiboot programs
 * (x86_multiboot.c).
 */
#pragma once
#include "machines/boot/image.h"
#include "machines/boot/pc_tables.h"

/* Memory that the loading itself uses, below what it loads. */
enum {
    X86_BOOT_DMA    = 0x7000,           /* a transfer block; the stack is beneath */
    X86_BOOT_STAGE2 = 0x7200,           /* what the option ROM jumps to, in real mode */
    X86_BOOT_MMAP   = 0x8000,           /* multiboot's memory map and information */
    X86_BOOT_INFO   = 0x9000, X86_BOOT_STRINGS = 0x9100, X86_BOOT_END = 0xf000,
};

typedef struct X86Boot {
    Machine      *m;
    const PcInfo *info;
    BootImages    images;               /* what goes where, stage 2 among it */
} X86Boot;

/* m->config's kernel, initrd and append, as a file for firmware; nothing without a kernel. */
bool x86_boot(Machine *m, const PcInfo *info, GError **err);

/* Where each kind is. */
bool x86_is_linux(GBytes *kernel);
bool x86_linux(X86Boot *b, GBytes *kernel, GError **err);
bool x86_is_multiboot(GBytes *kernel);
bool x86_multiboot(X86Boot *b, GBytes *kernel, GError **err);

/* Takes over bytes. */
bool x86_boot_add(X86Boot *b, const char *name, GPa address, uint64_t size, GBytes *bytes,
                  GError **err);
