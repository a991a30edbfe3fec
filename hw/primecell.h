/* SPDX-License-Identifier: MIT */
/*
 * The identification registers that every ARM PrimeCell has in the last words of its 4 KiB.
 *
 * PeriphID0..3 are one number, low byte first: part number (bits 11..0), designer (19..12, 0x41 is
 * ARM), revision (23..20), configuration (31..24).  PCellID0..3 are always 0xb105f00d.
 *
 *     static const RegDef pl011_regs[] = {
 *         ...
 *         PRIMECELL_ID(0x00141011),
 *     };
 */
#pragma once
#include "system/device.h"

#define PRIMECELL_ID(id)                                            \
    { 0xfe0, "PeriphID0", .reset = (id) & 0xff },                   \
    { 0xfe4, "PeriphID1", .reset = (id) >> 8 & 0xff },              \
    { 0xfe8, "PeriphID2", .reset = (id) >> 16 & 0xff },             \
    { 0xfec, "PeriphID3", .reset = (id) >> 24 & 0xff },             \
    { 0xff0, "PCellID0",  .reset = 0x0d },                          \
    { 0xff4, "PCellID1",  .reset = 0xf0 },                          \
    { 0xff8, "PCellID2",  .reset = 0x05 },                          \
    { 0xffc, "PCellID3",  .reset = 0xb1 }
