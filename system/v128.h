/* SPDX-License-Identifier: MIT */
/* A 128-bit vector as lanes; lane 0 is the least significant on every host that we run on. */
#ifndef SYSTEM_V128_H
#define SYSTEM_V128_H

#include <stdint.h>

typedef union V128 {
    uint8_t  u8[16];
    int8_t   s8[16];
    uint16_t u16[8];
    int16_t  s16[8];
    uint32_t u32[4];
    int32_t  s32[4];
    uint64_t u64[2];
    int64_t  s64[2];
} __attribute__((aligned(16))) V128;

#endif
