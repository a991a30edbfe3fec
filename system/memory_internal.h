/* SPDX-License-Identifier: MIT */
/*
 * Between memory.c (regions), address_space.c (the flat maps) and regs.c (register tables).
 */
#pragma once
#include <inttypes.h>
#include <errno.h>
#include "system/memory.h"

/* The tree has changed: new flat maps, at once or at the last commit. */
void memory_changed(void);

/* How far left a part of `size` bytes at byte `pos` stands in a whole of `whole` bytes. */
static inline unsigned part_shift(Endian endian, unsigned whole, unsigned pos, unsigned size)
{
    return 8 * (endian == ENDIAN_BIG ? whole - pos - size : pos);
}
