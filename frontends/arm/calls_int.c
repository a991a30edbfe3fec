/* SPDX-License-Identifier: MIT */
/*
 * Calls of lifted integer code: parallel arithmetic, and ITSTATE between blocks.
 * Implements: ARM DDI 0406C, A4.4.6 and the pseudocode of the instructions named.
 *
 * A word is lanes of 8 or 16 bits.  Every operation computes the exact sum or difference of two
 * lanes; the prefix says what becomes of it (S, U: modulo, with GE; Q, UQ: saturated; SH, UH: half).
 */
#include "frontends/arm/calls.h"

typedef struct Lanes {
    int32_t v[4];
    int     n;
} Lanes;

static int32_t lane(uint32_t x, int i, int width, bool is_signed)
{
    uint32_t up = x << (32 - width * (i + 1));
    return is_signed ? (int32_t)up >> (32 - width) : (int32_t)(up >> (32 - width));
}

typedef enum Shape { ADD, SUB, ASX, SAX } Shape;

/* The exact results, lane by lane.  ASX: low halfword n - m of the exchanged halves, high n + m. */
static inline Lanes exact(uint32_t n, uint32_t m, int width, Shape shape, bool is_signed)
{
    Lanes r = { .n = 32 / width };
    for (int i = 0; i < r.n; i++) {
        bool exchange = shape >= ASX;
        bool subtract = shape == SUB || (shape == ASX && i == 0) || (shape == SAX && i == 1);
        int32_t y = lane(m, exchange ? 1 - i : i, width, is_signed);
        r.v[i] = lane(n, i, width, is_signed) + (subtract ? -y : y);
    }
    return r;
}

static inline uint32_t join(const Lanes *r)
{
    uint32_t width = 32 / r->n, v = 0;
    for (int i = 0; i < r->n; i++) {
        v |= ((uint32_t)r->v[i] & ((1u << width) - 1)) << (width * i);
    }
    return v;
}

/* GE: one bit for each byte.  Signed: the result is not negative; unsigned sum: a carry; unsigned
 * difference: no borrow. */
static inline uint64_t modulo(Lanes r, bool is_signed, Shape shape)
{
    int width = 32 / r.n;
    uint32_t ge = 0;
    for (int i = 0; i < r.n; i++) {
        bool sum = shape == ADD || (shape == ASX && i == 1) || (shape == SAX && i == 0);
        bool set = !is_signed && sum ? r.v[i] >> width : r.v[i] >= 0;
        if (set) {
            ge |= (width == 16 ? 3u : 1u) << (i * width / 8);
        }
    }
    return (uint64_t)ge << 32 | join(&r);
}

static inline uint32_t saturated(Lanes r, bool is_signed)
{
    int width = 32 / r.n;
    int32_t most = is_signed ? (1 << (width - 1)) - 1 : (1 << width) - 1;
    int32_t least = is_signed ? -most - 1 : 0;
    for (int i = 0; i < r.n; i++) {
        r.v[i] = CLAMP(r.v[i], least, most);
    }
    return join(&r);
}

static inline uint32_t halved(Lanes r)
{
    for (int i = 0; i < r.n; i++) {
        r.v[i] >>= 1;
    }
    return join(&r);
}

#define PARALLEL(suffix, width, shape)                                                     \
    static uint64_t arm_s##suffix(Cpu *cpu, uint32_t n, uint32_t m)                        \
    { return modulo(exact(n, m, width, shape, true), true, shape); }                       \
    static uint64_t arm_u##suffix(Cpu *cpu, uint32_t n, uint32_t m)                        \
    { return modulo(exact(n, m, width, shape, false), false, shape); }                     \
    static uint32_t arm_q##suffix(Cpu *cpu, uint32_t n, uint32_t m)                        \
    { return saturated(exact(n, m, width, shape, true), true); }                           \
    static uint32_t arm_uq##suffix(Cpu *cpu, uint32_t n, uint32_t m)                       \
    { return saturated(exact(n, m, width, shape, false), false); }                         \
    static uint32_t arm_sh##suffix(Cpu *cpu, uint32_t n, uint32_t m)                       \
    { return halved(exact(n, m, width, shape, true)); }                                    \
    static uint32_t arm_uh##suffix(Cpu *cpu, uint32_t n, uint32_t m)                       \
    { return halved(exact(n, m, width, shape, false)); }                                   \
    CALL_DEF(arm_s##suffix, "d:ww", CALL_PURE);                                            \
    CALL_DEF(arm_u##suffix, "d:ww", CALL_PURE);                                            \
    CALL_DEF(arm_q##suffix, "w:ww", CALL_PURE);                                            \
    CALL_DEF(arm_uq##suffix, "w:ww", CALL_PURE);                                           \
    CALL_DEF(arm_sh##suffix, "w:ww", CALL_PURE);                                           \
    CALL_DEF(arm_uh##suffix, "w:ww", CALL_PURE);

PARALLEL(add8,  8,  ADD)
PARALLEL(sub8,  8,  SUB)
PARALLEL(add16, 16, ADD)
PARALLEL(sub16, 16, SUB)
PARALLEL(asx,   16, ASX)
PARALLEL(sax,   16, SAX)

static uint32_t arm_usad8(Cpu *cpu, uint32_t n, uint32_t m)
{
    uint32_t sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += ABS(lane(n, i, 8, false) - lane(m, i, 8, false));
    }
    return sum;
}
CALL_DEF(arm_usad8, "w:ww", CALL_PURE);

/* ---- between blocks ---- */

static void arm_set_it(Cpu *cpu, uint32_t it)
{
    ARM(cpu)->it = it;
    cpu_mode_changed(cpu);
}
CALL_DEF(arm_set_it, ":w", CALL_READS);

static void arm_end_rotation(Cpu *cpu)
{
    ARM(cpu)->rotate = false;
    cpu_mode_changed(cpu);
}
CALL_DEF(arm_end_rotation, ":", CALL_READS);
