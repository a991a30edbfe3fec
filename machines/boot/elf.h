/* SPDX-License-Identifier: MIT */
/*
 * ELF programs as boot images: every PT_LOAD segment goes to its physical address.
 */
#pragma once
#include "machines/boot/image.h"

/* What a board takes. */
typedef struct ElfWanted {
    unsigned    machine;        /* EM_* */
    unsigned    bits;           /* 32 or 64 */
    bool        big_endian;
    const char *about;          /* "a little-endian 32-bit ARM program" */
} ElfWanted;

typedef struct ElfInfo {
    GPa      entry;             /* physical, also when the header's is virtual */
    GPa      low, high;         /* of all segments, physical */
    uint32_t flags;             /* e_flags */
} ElfInfo;

enum { ELF_MACHINE_ARM = 40 };

bool elf_is(GBytes *image);
/* Adds the segments to images under the name of `what`. */
bool elf_load(BootImages *images, Machine *m, const char *what, const char *path, GBytes *image,
              const ElfWanted *wanted, ElfInfo *info, GError **err);
