/* SPDX-License-Identifier: MIT */
/*
 * The meaning of the vector operations of vec.def that are not floating point.
 * Source: SDM 2, the operation sections; FIPS 197 (AES).
 */
#include "tcg/vec.h"

#include <string.h>
#include "tcg/ir.h"

const VecInfo vec_ops[VEC_N_OPS] = {
    [VEC_none] = { "none", 0, false },
#define PURE(op, operands)  [VEC_##op] = { #op, operands, false },
#define FLOAT(op, operands) [VEC_##op] = { #op, operands, true },
#include "tcg/vec.def"
};

typedef void VecFn(V128 *out, const V128 *a, const V128 *b, const V128 *c, unsigned imm);
#define VEC(name) \
    static void vec_##name(V128 *out, const V128 *a, const V128 *b, const V128 *c, unsigned imm)
#define FOR(i, field) for (unsigned i = 0; i < sizeof(out->field) / sizeof(out->field[0]); i++)

static inline int64_t clamp(int64_t v, int64_t low, int64_t high)
{
    return v < low ? low : v > high ? high : v;
}

/* ---- lane by lane ---- */

#define LANE2(name, field, meaning) \
    VEC(name) \
    { \
        FOR(i, field) { \
            int64_t x = a->field[i], y = b->field[i]; \
            out->field[i] = (uint64_t)(meaning); \
        } \
    }
#define PURE(name, operands)
#include "tcg/vec.def"

#define SHIFT(name, field, bits, over, meaning) \
    VEC(name) \
    { \
        uint64_t n = b->u64[0]; \
        FOR(i, field) { \
            out->field[i] = n >= bits ? (over) : (meaning); \
        } \
    }
SHIFT(psllw, u16, 16, 0, a->u16[i] << n)
SHIFT(pslld, u32, 32, 0, a->u32[i] << n)
SHIFT(psllq, u64, 64, 0, a->u64[i] << n)
SHIFT(psrlw, u16, 16, 0, a->u16[i] >> n)
SHIFT(psrld, u32, 32, 0, a->u32[i] >> n)
SHIFT(psrlq, u64, 64, 0, a->u64[i] >> n)
SHIFT(psraw, s16, 16, a->s16[i] < 0 ? -1 : 0, a->s16[i] >> n)
SHIFT(psrad, s32, 32, a->s32[i] < 0 ? -1 : 0, a->s32[i] >> n)

VEC(pslldq)
{
    FOR(i, u8) {
        out->u8[i] = i >= imm ? a->u8[i - imm] : 0;
    }
}

VEC(psrldq)
{
    FOR(i, u8) {
        out->u8[i] = i + imm < 16 ? a->u8[i + imm] : 0;
    }
}

/* ---- products and sums ---- */

VEC(pmuludq)
{
    FOR(i, u64) {
        out->u64[i] = (uint64_t)a->u32[2 * i] * b->u32[2 * i];
    }
}

VEC(pmuldq)
{
    FOR(i, s64) {
        out->s64[i] = (int64_t)a->s32[2 * i] * b->s32[2 * i];
    }
}

VEC(pmaddwd)
{
    FOR(i, u32) {
        out->u32[i] = (uint32_t)(a->s16[2 * i] * b->s16[2 * i]) +
                      (uint32_t)(a->s16[2 * i + 1] * b->s16[2 * i + 1]);
    }
}

VEC(pmaddubsw)
{
    FOR(i, s16) {
        out->s16[i] = clamp(a->u8[2 * i] * b->s8[2 * i] + a->u8[2 * i + 1] * b->s8[2 * i + 1],
                            -32768, 32767);
    }
}

static unsigned distance(unsigned x, unsigned y)
{
    return x > y ? x - y : y - x;
}

VEC(psadbw)
{
    FOR(i, u64) {
        uint64_t sum = 0;
        for (unsigned k = 8 * i; k < 8 * i + 8; k++) {
            sum += distance(a->u8[k], b->u8[k]);
        }
        out->u64[i] = sum;
    }
}

VEC(mpsadbw)
{
    unsigned from_a = imm & 4, from_b = (imm & 3) * 4;
    FOR(i, u16) {
        unsigned sum = 0;
        for (unsigned k = 0; k < 4; k++) {
            sum += distance(a->u8[from_a + i + k], b->u8[from_b + k]);
        }
        out->u16[i] = sum;
    }
}

VEC(phminposuw)
{
    unsigned best = 0;
    for (unsigned i = 1; i < 8; i++) {
        best = a->u16[i] < a->u16[best] ? i : best;
    }
    *out = (V128){ .u64 = { a->u16[best] | best << 16, 0 } };
}

#define HORIZONTAL(name, field, meaning) \
    VEC(name) \
    { \
        unsigned half = sizeof(out->field) / sizeof(out->field[0]) / 2; \
        FOR(i, field) { \
            const V128 *v = i < half ? a : b; \
            int64_t x = v->field[i % half * 2], y = v->field[i % half * 2 + 1]; \
            out->field[i] = (uint64_t)(meaning); \
        } \
    }
HORIZONTAL(phaddw, s16, x + y)
HORIZONTAL(phaddd, s32, x + y)
HORIZONTAL(phaddsw, s16, clamp(x + y, -32768, 32767))
HORIZONTAL(phsubw, s16, x - y)
HORIZONTAL(phsubd, s32, x - y)
HORIZONTAL(phsubsw, s16, clamp(x - y, -32768, 32767))

/* ---- moving lanes ---- */

#define PACK(name, to, from, low, high) \
    VEC(name) \
    { \
        unsigned half = sizeof(out->to) / sizeof(out->to[0]) / 2; \
        FOR(i, to) { \
            out->to[i] = clamp(i < half ? a->from[i] : b->from[i - half], low, high); \
        } \
    }
PACK(packsswb, s8, s16, -128, 127)
PACK(packssdw, s16, s32, -32768, 32767)
PACK(packuswb, u8, s16, 0, 255)
PACK(packusdw, u16, s32, 0, 65535)

#define UNPACK(name, field, first) \
    VEC(name) \
    { \
        unsigned half = sizeof(out->field) / sizeof(out->field[0]) / 2; \
        FOR(i, field) { \
            out->field[i] = (i & 1 ? b : a)->field[(first) * half + i / 2]; \
        } \
    }
UNPACK(punpcklbw, u8, 0)   UNPACK(punpckhbw, u8, 1)
UNPACK(punpcklwd, u16, 0)  UNPACK(punpckhwd, u16, 1)
UNPACK(punpckldq, u32, 0)  UNPACK(punpckhdq, u32, 1)
UNPACK(punpcklqdq, u64, 0) UNPACK(punpckhqdq, u64, 1)

VEC(pshufb)
{
    FOR(i, u8) {
        out->u8[i] = b->u8[i] & 0x80 ? 0 : a->u8[b->u8[i] & 15];
    }
}

VEC(pshufd)
{
    FOR(i, u32) {
        out->u32[i] = a->u32[imm >> 2 * i & 3];
    }
}

VEC(pshuflw)
{
    FOR(i, u16) {
        out->u16[i] = a->u16[i < 4 ? imm >> 2 * i & 3 : i];
    }
}

VEC(pshufhw)
{
    FOR(i, u16) {
        out->u16[i] = a->u16[i < 4 ? i : 4 + (imm >> 2 * (i - 4) & 3)];
    }
}

VEC(shufps)
{
    FOR(i, u32) {
        out->u32[i] = (i < 2 ? a : b)->u32[imm >> 2 * i & 3];
    }
}

VEC(shufpd)
{
    out->u64[0] = a->u64[imm & 1];
    out->u64[1] = b->u64[imm >> 1 & 1];
}

VEC(palignr)
{
    FOR(i, u8) {
        unsigned from = i + imm;
        out->u8[i] = from < 16 ? b->u8[from] : from < 32 ? a->u8[from - 16] : 0;
    }
}

VEC(insertps)
{
    *out = *a;
    out->u32[imm >> 4 & 3] = b->u32[imm >> 6];
    FOR(i, u32) {
        out->u32[i] = imm >> i & 1 ? 0 : out->u32[i];
    }
}

VEC(vpermilps)
{
    FOR(i, u32) {
        out->u32[i] = a->u32[b->u32[i] & 3];
    }
}

VEC(vpermilpd)
{
    FOR(i, u64) {
        out->u64[i] = a->u64[b->u64[i] >> 1 & 1];
    }
}

VEC(movss)
{
    *out = *a;
    out->u32[0] = b->u32[0];
}

VEC(movsd)
{
    *out = *a;
    out->u64[0] = b->u64[0];
}

VEC(pblendw)
{
    FOR(i, u16) {
        out->u16[i] = (imm >> i & 1 ? b : a)->u16[i];
    }
}

VEC(blendps)
{
    FOR(i, u32) {
        out->u32[i] = (imm >> i & 1 ? b : a)->u32[i];
    }
}

#define BLENDV(name, field, sign) \
    VEC(name) \
    { \
        FOR(i, field) { \
            out->field[i] = (c->sign[i] < 0 ? b : a)->field[i]; \
        } \
    }
BLENDV(vpblendvb, u8, s8)
BLENDV(vblendvps, u32, s32)
BLENDV(vblendvpd, u64, s64)

#define WIDEN(name, to, from) \
    VEC(name) \
    { \
        FOR(i, to) { \
            out->to[i] = a->from[i]; \
        } \
    }
WIDEN(pmovsxbw, s16, s8)  WIDEN(pmovsxbd, s32, s8)  WIDEN(pmovsxbq, s64, s8)
WIDEN(pmovsxwd, s32, s16) WIDEN(pmovsxwq, s64, s16) WIDEN(pmovsxdq, s64, s32)
WIDEN(pmovzxbw, u16, u8)  WIDEN(pmovzxbd, u32, u8)  WIDEN(pmovzxbq, u64, u8)
WIDEN(pmovzxwd, u32, u16) WIDEN(pmovzxwq, u64, u16) WIDEN(pmovzxdq, u64, u32)

/* ---- AES: the state is in columns, byte 4 c + r is row r of column c (FIPS 197, 3.4) ---- */

static uint8_t gf_mul(unsigned x, unsigned y)
{
    unsigned product = 0;
    for (; y; y >>= 1, x = x << 1 ^ (x & 0x80 ? 0x11b : 0)) {
        product ^= y & 1 ? x : 0;
    }
    return product;
}

/* 5.1.1: the inverse in GF(2^8), x^254, and an affine map. */
static uint8_t sub_byte(uint8_t x)
{
    uint8_t inverse = 1, power = x;
    for (unsigned n = 254; n; n >>= 1) {
        inverse = n & 1 ? gf_mul(inverse, power) : inverse;
        power = gf_mul(power, power);
    }
    uint8_t out = 0x63;
    for (unsigned i = 0; i < 5; i++) {
        out ^= (uint8_t)(inverse << i | inverse >> (8 - i));
    }
    return out;
}

static uint8_t aes_sbox[2][256];

static void aes_tables(void)
{
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        for (unsigned i = 0; i < 256; i++) {
            uint8_t s = sub_byte(i);
            aes_sbox[0][i] = s;
            aes_sbox[1][s] = i;
        }
        g_once_init_leave(&ready, 1);
    }
}

/* SubBytes and ShiftRows, or their inverses. */
static V128 aes_sub_shift(const V128 *v, bool inverse)
{
    V128 out;
    aes_tables();
    for (unsigned i = 0; i < 16; i++) {
        unsigned row = i & 3, column = i >> 2;
        unsigned from = (inverse ? column - row : column + row) & 3;
        out.u8[i] = aes_sbox[inverse][v->u8[4 * from + row]];
    }
    return out;
}

static V128 aes_mix(const V128 *v, bool inverse)
{
    static const uint8_t factor[2][4] = { { 2, 3, 1, 1 }, { 14, 11, 13, 9 } };
    V128 out;
    for (unsigned i = 0; i < 16; i++) {
        uint8_t sum = 0;
        for (unsigned k = 0; k < 4; k++) {
            sum ^= gf_mul(v->u8[(i & 12) + k], factor[inverse][(k - i) & 3]);
        }
        out.u8[i] = sum;
    }
    return out;
}

static void aes_round(V128 *out, const V128 *a, const V128 *key, bool inverse, bool last)
{
    V128 v = aes_sub_shift(a, inverse);
    v = last ? v : aes_mix(&v, inverse);
    FOR(i, u64) {
        out->u64[i] = v.u64[i] ^ key->u64[i];
    }
}

VEC(aesenc)     { aes_round(out, a, b, false, false); }
VEC(aesenclast) { aes_round(out, a, b, false, true); }
VEC(aesdec)     { aes_round(out, a, b, true, false); }
VEC(aesdeclast) { aes_round(out, a, b, true, true); }
VEC(aesimc)     { *out = aes_mix(a, true); }

static uint32_t aes_sub_word(uint32_t w)
{
    aes_tables();
    return aes_sbox[0][w & 0xff] | aes_sbox[0][w >> 8 & 0xff] << 8 |
           aes_sbox[0][w >> 16 & 0xff] << 16 | (uint32_t)aes_sbox[0][w >> 24] << 24;
}

VEC(aeskeygenassist)
{
    uint32_t x1 = aes_sub_word(a->u32[1]), x3 = aes_sub_word(a->u32[3]);
    *out = (V128){ .u32 = { x1, (x1 >> 8 | x1 << 24) ^ imm, x3, (x3 >> 8 | x3 << 24) ^ imm } };
}

VEC(pclmulqdq)
{
    unsigned __int128 x = a->u64[imm & 1], product = 0;
    for (uint64_t y = b->u64[imm >> 4 & 1]; y; y >>= 1, x <<= 1) {
        product ^= y & 1 ? x : 0;
    }
    *out = (V128){ .u64 = { (uint64_t)product, (uint64_t)(product >> 64) } };
}

/* ---- estimates: a denormal operand is zero, a denormal result is, too (SDM 2B, RCPPS).  In integers:
 * the host's floating point is the guest's. ---- */

enum { F32_SIGN = 1u << 31, F32_INF = 0x7f800000, F32_QUIET = 0x400000, F32_NAN = 0xffc00000,
       F32_ONE = 0x800000 };

/* q / 2^24 * 2^exp, 2^23 <= q <= 2^24, to 12 bits of fraction. */
static uint32_t estimate(uint32_t sign, uint32_t q, int exp)
{
    int field = 126 + exp;
    if (field <= 0) {
        return sign;
    }
    return sign | ((((uint32_t)field << 23) + (q - F32_ONE) + 0x400) & ~0x7ffu);
}

static uint32_t square_root(uint64_t v)
{
    uint64_t r = 0;
    for (unsigned i = 32; i-- > 0; ) {
        uint64_t t = r | UINT64_C(1) << i;
        r = t * t <= v ? t : r;
    }
    return r;
}

/* 1 / x with x = m / 2^23 * 2^exp; or 1 / sqrt(x), where 1 <= m / 2^23 < 4 and exp is even. */
static uint32_t recip(uint32_t v, bool root)
{
    uint32_t magnitude = v & ~(uint32_t)F32_SIGN, sign = v & (uint32_t)F32_SIGN;
    if (magnitude > F32_INF) {
        return v | F32_QUIET;
    }
    if (magnitude < F32_ONE) {
        return sign | F32_INF;
    }
    if (root && sign) {
        return (uint32_t)F32_NAN;
    }
    if (magnitude == F32_INF) {
        return sign;
    }
    uint32_t m = (magnitude & (F32_ONE - 1)) | F32_ONE;
    int exp = (int)(magnitude >> 23) - 127;
    if (!root) {
        return estimate(sign, (UINT64_C(1) << 47) / m, -exp);
    }
    m <<= exp & 1;
    exp -= exp & 1;
    return estimate(sign, square_root((uint64_t)(((unsigned __int128)1 << 71) / m)), -exp / 2);
}

VEC(rcpps)   { FOR(i, u32) { out->u32[i] = recip(a->u32[i], false); } }
VEC(rsqrtps) { FOR(i, u32) { out->u32[i] = recip(a->u32[i], true); } }
VEC(rcpss)   { *out = *a; out->u32[0] = recip(b->u32[0], false); }
VEC(rsqrtss) { *out = *a; out->u32[0] = recip(b->u32[0], true); }

/* ---- to integers ---- */

#define MASK(name, field) \
    VEC(name) \
    { \
        uint64_t v = 0; \
        FOR(i, field) { \
            v |= (uint64_t)(a->field[i] < 0) << i; \
        } \
        *out = (V128){ .u64 = { v, 0 } }; \
    }
MASK(pmovmskb, s8)
MASK(movmskps, s32)
MASK(movmskpd, s64)

VEC(ptest)
{
    bool zero = !((a->u64[0] & b->u64[0]) | (a->u64[1] & b->u64[1]));
    bool carry = !((~a->u64[0] & b->u64[0]) | (~a->u64[1] & b->u64[1]));
    *out = (V128){ .u64 = { (zero ? FL_Z : 0) | (carry ? FL_C : 0), 0 } };
}

static VecFn *const functions[VEC_N_OPS] = {
#define PURE(name, operands) [VEC_##name] = vec_##name,
#include "tcg/vec.def"
};

void vec_eval(uint64_t imm, V128 *out, const V128 *a, const V128 *b, const V128 *c)
{
    V128 v;
    g_assert(vec_op_of(imm) < VEC_N_OPS && functions[vec_op_of(imm)]);
    functions[vec_op_of(imm)](&v, a, b, c, vec_byte_of(imm));
    *out = v;
}
