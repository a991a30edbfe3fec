/* SPDX-License-Identifier: MIT */
/*
 * Fields of ARM instructions that are more than bits: what the decode tables name in `via` and
 * `name=expr`.  Implements: ARM DDI 0406C, A6.3.2 (modified immediates) and the pseudocode of the
 * instructions named.  Pure functions of the instruction word.
 */
#ifndef FRONTENDS_ARM_FIELDS_H
#define FRONTENDS_ARM_FIELDS_H

#include "frontends/common/decode.h"
#include "system/types.h"

/* A modified immediate is i:imm3:imm8.  Below 0x400 it is a byte, repeated in one of four ways;
 * else 1bcdefgh rotated right by the upper five bits.  An argument `imm` of a data-processing row
 * stands for imm rotated right by `rot`, and a rotation that is not 0 sets the shifter's carry. */
static inline uint32_t t32_imm(uint32_t i12)
{
    uint32_t byte = i12 & 0xff;
    switch (i12 >> 8) {
    case 0:
        return byte;
    case 1:
        return byte * 0x00010001u;
    case 2:
        return byte * 0x01000100u;
    case 3:
        return byte * 0x01010101u;
    default:
        return 0x80 | (byte & 0x7f);
    }
}

static inline uint32_t t32_rot(uint32_t insn)
{
    uint32_t rot = bits(insn, 26, 1) << 4 | bits(insn, 12, 3) << 1 | bits(insn, 7, 1);
    return rot < 8 ? 0 : rot;
}

/* MOVW, MOVT: imm4:i:imm3:imm8 */
static inline uint32_t t32_imm16(uint32_t insn)
{
    return bits(insn, 16, 4) << 12 | bits(insn, 26, 1) << 11 | bits(insn, 12, 3) << 8 |
           bits(insn, 0, 8);
}

/* B with a condition: S:J2:J1:imm6:imm11:0 */
static inline int32_t t32_branch_cond(uint32_t insn)
{
    return sbits(insn, 26, 1) * (1 << 20) | bits(insn, 11, 1) << 19 | bits(insn, 13, 1) << 18 |
           bits(insn, 16, 6) << 12 | bits(insn, 0, 11) << 1;
}

/* B, BL, BLX: S:I1:I2:imm10:imm11:0 where I = NOT (J EOR S), so that Thumb-1 pairs keep their reach */
static inline int32_t t32_branch(uint32_t insn)
{
    uint32_t s = bits(insn, 26, 1);
    uint32_t i1 = !(bits(insn, 13, 1) ^ s), i2 = !(bits(insn, 11, 1) ^ s);
    return sbits(insn, 26, 1) * (1 << 24) | i1 << 23 | i2 << 22 | bits(insn, 16, 10) << 12 |
           bits(insn, 0, 11) << 1;
}

/* D:ddd of the 16-bit instructions on high registers */
static inline uint32_t t16_high(uint32_t insn)
{
    return bits(insn, 7, 1) << 3 | bits(insn, 0, 3);
}

static inline uint32_t t16_push(uint32_t insn)
{
    return bits(insn, 8, 1) << 14 | bits(insn, 0, 8);
}

static inline uint32_t t16_pop(uint32_t insn)
{
    return bits(insn, 8, 1) << 15 | bits(insn, 0, 8);
}

/* LDM writes its base back unless it loads it. */
static inline uint32_t t16_ldm_writes_back(uint32_t insn)
{
    return !(insn >> bits(insn, 8, 3) & 1);
}

#endif
