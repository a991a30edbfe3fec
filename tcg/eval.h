/* SPDX-License-Identifier: MIT */
/*
 * The words that the meanings in ops.def are written in, for whoever compiles them: eval.c and the
 * interpreter.  Operands are zero-extended to 64 bits, w is the width of the operation.
 */
#ifndef TCG_EVAL_H
#define TCG_EVAL_H

#include "tcg/ir.h"

static inline uint64_t zext(uint64_t v, unsigned w)
{
    return w == 64 ? v : v & ((UINT64_C(1) << w) - 1);
}

static inline int64_t sext(uint64_t v, unsigned w)
{
    return (int64_t)(v << (64 - w)) >> (64 - w);
}

static inline uint64_t rotr(uint64_t x, unsigned k, unsigned w)
{
    return k ? x >> k | x << (w - k) : x;
}

static inline uint64_t mulhu(uint64_t x, uint64_t y, unsigned w)
{
    return (uint64_t)((unsigned __int128)x * y >> w);
}

static inline uint64_t mulhs(uint64_t x, uint64_t y, unsigned w)
{
    return (uint64_t)((__int128)sext(x, w) * sext(y, w) >> w);
}

static inline uint64_t divs(uint64_t x, uint64_t y, unsigned w)
{
    int64_t n = sext(x, w), d = sext(y, w);
    return d == 0 ? 0 : d == -1 ? -(uint64_t)n : (uint64_t)(n / d);
}

static inline uint64_t clz(uint64_t x, unsigned w)
{
    return x ? (unsigned)__builtin_clzll(x) - (64 - w) : w;
}

static inline uint64_t ctz(uint64_t x, unsigned w)
{
    return x ? (unsigned)__builtin_ctzll(x) : w;
}

static inline uint64_t bswap(uint64_t x, unsigned w)
{
    return __builtin_bswap64(x) >> (64 - w);
}

static inline uint64_t rbit(uint64_t x, unsigned w)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < w; i++) {
        v |= (x >> i & 1) << (w - 1 - i);
    }
    return v;
}

static inline uint64_t bfx(uint64_t x, uint64_t imm)
{
    return zext(x >> (imm & 0xff), imm >> 8 & 0xff);
}

static inline uint64_t bfi(uint64_t x, uint64_t y, uint64_t imm)
{
    unsigned pos = imm & 0xff;
    uint64_t mask = zext(~UINT64_C(0), imm >> 8 & 0xff) << pos;
    return (x & ~mask) | (y << pos & mask);
}

static inline uint64_t pack_nz(uint64_t r, unsigned w)
{
    r = zext(r, w);
    return (r >> (w - 1) & 1 ? FL_N : 0) | (r ? 0 : FL_Z) |
           (__builtin_parity(r & 0xff) ? 0 : FL_P);
}

static inline uint64_t pack_add(uint64_t x, uint64_t y, uint64_t z, unsigned w)
{
    x = zext(x, w);
    y = zext(y, w);
    unsigned __int128 sum = (unsigned __int128)x + y + z;
    uint64_t r = zext((uint64_t)sum, w);
    return pack_nz(r, w) | ((x ^ y ^ r) & 0x10 ? FL_A : 0) | (sum >> w ? FL_C : 0) |
           ((~(x ^ y) & (x ^ r)) >> (w - 1) & 1 ? FL_V : 0);
}

/* C is the borrow. */
static inline uint64_t pack_sub(uint64_t x, uint64_t y, uint64_t z, unsigned w)
{
    x = zext(x, w);
    y = zext(y, w);
    uint64_t r = zext(x - y - z, w);
    bool borrow = (unsigned __int128)x < (unsigned __int128)y + z;
    return pack_nz(r, w) | ((x ^ y ^ r) & 0x10 ? FL_A : 0) | (borrow ? FL_C : 0) |
           (((x ^ y) & (x ^ r)) >> (w - 1) & 1 ? FL_V : 0);
}

/* Shifts by y > 0, done as a shift by y - 1 and a last step. */
static inline unsigned but_one(uint64_t y, unsigned w)
{
    return (y - 1) & (w == 64 ? 63 : 31);
}

static inline uint64_t pack_shl(uint64_t x, uint64_t y, unsigned w)
{
    x = zext(x, w) << but_one(y, w);
    return pack_add(x, x, 0, w);
}

static inline uint64_t pack_shr(uint64_t x, uint64_t y, unsigned w)
{
    x = zext(x, w) >> but_one(y, w);
    return pack_nz(x >> 1, w) | (x & 1 ? FL_C : 0) | (x >> (w - 1) & 1 ? FL_V : 0);
}

static inline uint64_t pack_sar(uint64_t x, uint64_t y, unsigned w)
{
    int64_t s = sext(x, w) >> but_one(y, w);
    return pack_nz((uint64_t)(s >> 1), w) | (s & 1 ? FL_C : 0);
}

static inline uint64_t pack_cv(uint64_t old, bool c, bool v)
{
    return (old & ~(uint64_t)(FL_C | FL_V)) | (c ? FL_C : 0) | (v ? FL_V : 0);
}

static inline uint64_t pack_rol(uint64_t x, uint64_t old, unsigned w)
{
    return pack_cv(old, x & 1, (x ^ x >> (w - 1)) & 1);
}

static inline uint64_t pack_ror(uint64_t x, uint64_t old, unsigned w)
{
    return pack_cv(old, x >> (w - 1) & 1, (x >> (w - 1) ^ x >> (w - 2)) & 1);
}

/* The width that the meanings are evaluated in. */
static inline unsigned eval_width(unsigned type)
{
    return type == IR_I64 || type == IR_F64 ? 64 : type == IR_I16 ? 16 : type == IR_I8 ? 8 : 32;
}

#define cond_holds(cond, packed) ir_cond_holds(cond, packed)

#endif
