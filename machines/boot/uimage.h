/* SPDX-License-Identifier: MIT */
/*
 * U-Boot's legacy image format (uImage): a checked header before a kernel.
 */
#pragma once
#include "machines/boot/image.h"

enum { UIMAGE_ARM = 2, UIMAGE_MIPS = 5, UIMAGE_PPC = 7, UIMAGE_SPARC = 10 };

typedef struct UImage {
    GPa      load, entry;
    bool     anywhere;          /* the payload runs where it is put; entry is an offset then */
    bool     linux_kernel;      /* else a program that wants nothing from its loader */
    GBytes  *payload;           /* unpacked */
} UImage;

bool uimage_is(GBytes *image);
/* For this architecture.  The caller frees out->payload. */
bool uimage_parse(const char *path, GBytes *image, unsigned arch, uint64_t max, UImage *out,
                  GError **err);
