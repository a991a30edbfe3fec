/* SPDX-License-Identifier: MIT */
/*
 * Flattened device trees: one read from a file is checked, then told about this run's memory,
 * command line and initial RAM disk.
 */
#pragma once
#include "machines/boot/image.h"

typedef struct FdtFixup {
    GPa         ram_base;
    uint64_t    ram_size;           /* 0: leave the memory node alone */
    const char *append;             /* NULL: leave bootargs alone */
    GPa         initrd, initrd_end; /* equal: none */
} FdtFixup;

bool fdt_is(GBytes *image);
/* Complete and well formed; name is for the message: "device tree 'x.dtb'". */
bool fdt_check_image(const char *name, GBytes *dtb, GError **err);
/* A new tree, or NULL. */
GBytes *fdt_fixup(const char *name, GBytes *dtb, const FdtFixup *fixup, GError **err);
