/* SPDX-License-Identifier: MIT */
/*
 * Advanced SIMD integer operations that have no IR op, made by macros over the types of lanes.
 * Implements: ARM DDI 0406C, A8.8, the integer operations of chapter A7.4.
 *
 * x and y are lanes of a and b in a type that holds every intermediate value; a lane's type is
 * called like the member of V128 that has it.  A D register comes as a vector with a zero upper
 * half; what is made there is not looked at, and never saturates.
 */
#include "frontends/arm/calls_fp.h"
#include "frontends/common/softfloat.h"

typedef __int128 Wide;

/* What x and y are: no narrower than sums, differences and products of the lanes. */
typedef int32_t Wide_s8, Wide_u8, Wide_s16;
typedef int64_t Wide_u16, Wide_s32, Wide_u32;
typedef Wide    Wide_s64, Wide_u64;

#define LANES(T) ((int)(16 / sizeof(((V128 *)0)->T[0])))
#define ESIZE(T) (8 * (int)sizeof(((V128 *)0)->T[0]))

#define MIN_s8  INT8_MIN
#define MIN_s16 INT16_MIN
#define MIN_s32 INT32_MIN
#define MIN_s64 INT64_MIN
#define MIN_u8  0
#define MIN_u16 0
#define MIN_u32 0
#define MIN_u64 0
#define MAX_s8  INT8_MAX
#define MAX_s16 INT16_MAX
#define MAX_s32 INT32_MAX
#define MAX_s64 INT64_MAX
#define MAX_u8  UINT8_MAX
#define MAX_u16 UINT16_MAX
#define MAX_u32 UINT32_MAX
#define MAX_u64 UINT64_MAX

static inline Wide saturate(Wide v, Wide min, Wide max, bool *qc)
{
    *qc |= v < min || v > max;
    return v < min ? min : v > max ? max : v;
}

#define SAT(T, v) saturate(v, MIN_##T, MAX_##T, &qc)

static inline void set_qc(Cpu *cpu, bool qc)
{
    if (qc) {
        cpu->fp_sticky |= FPSCR_QC;
    }
}

/* x of at most 64 bits times 2^n, rounded down or to nearest; when too large to hold, anything of
 * its sign that saturates every lane and whose low 64 bits are zero. */
static inline Wide shifted(Wide x, int n, bool round)
{
    if (n >= 64) {
        return x == 0 ? 0 : (x > 0 ? 1 : -1) * ((Wide)1 << 100);
    }
    if (n >= 0) {
        return (Wide)((unsigned __int128)x << n);
    }
    n = n < -100 ? 100 : -n;
    return (x + (round ? (Wide)1 << (n - 1) : 0)) >> n;
}

/* ---- shapes of operations ---- */

#define DEFINE(name, T, sig, params, setup) \
    static void neon_##name##_##T params setup \
    static CALL_DEF(neon_##name##_##T, sig, CALL_PURE);

/* count lanes R of the result, from lane numbers i */
#define LOOP(R, count, body) \
    { \
        V128 r = { .u64 = { 0 } }; \
        bool qc = false; \
        for (int i = 0; i < (count); i++) { \
            body \
        } \
        set_qc(cpu, qc); \
        *out = r; \
    }

#define PARAMS_V   (Cpu *cpu, V128 *out, const V128 *a)
#define PARAMS_VV  (Cpu *cpu, V128 *out, const V128 *a, const V128 *b)
#define PARAMS_VW  (Cpu *cpu, V128 *out, const V128 *a, uint32_t n)

#define UNARY(name, T, R, expr) \
    DEFINE(name, T, "V:V", PARAMS_V, LOOP(R, LANES(R), Wide_##T x = a->T[i]; r.R[i] = (expr);))
#define BINARY(name, T, R, expr) \
    DEFINE(name, T, "V:VV", PARAMS_VV, \
           LOOP(R, LANES(R), Wide_##T x = a->T[i]; Wide_##T y = b->T[i]; r.R[i] = (expr);))
#define NARROW(name, T, R, expr) \
    DEFINE(name, T, "V:Vw", PARAMS_VW, LOOP(R, LANES(T), Wide_##T x = a->T[i]; r.R[i] = (expr);))
#define PAIRWISE(name, T, R, expr) \
    DEFINE(name, T, "V:VV", PARAMS_VV, \
           LOOP(R, LANES(T) / 2, \
                const V128 *v = i < LANES(T) / 4 ? a : b; \
                int j = i % (LANES(T) / 4) * 2; \
                Wide_##T x = v->T[j]; Wide_##T y = v->T[j + 1]; r.R[i] = (expr);))
#define PAIRS(name, T, R, expr) \
    DEFINE(name, T, "V:V", PARAMS_V, \
           LOOP(R, LANES(R), \
                Wide_##T x = a->T[2 * i]; Wide_##T y = a->T[2 * i + 1]; r.R[i] = (expr);))

/* ---- for which lanes ---- */

#define ENTRY(name, T) &call_neon_##name##_##T
#define SIGNED3(name)   { ENTRY(name, s8), ENTRY(name, s16), ENTRY(name, s32) }
#define UNSIGNED3(name) { ENTRY(name, u8), ENTRY(name, u16), ENTRY(name, u32) }
#define SIGNED4(name)   { ENTRY(name, s8), ENTRY(name, s16), ENTRY(name, s32), ENTRY(name, s64) }
#define UNSIGNED4(name) { ENTRY(name, u8), ENTRY(name, u16), ENTRY(name, u32), ENTRY(name, u64) }
/* Tables of operations that narrow are indexed by the narrow size. */
#define SIGNED_N(name)   { ENTRY(name, s16), ENTRY(name, s32), ENTRY(name, s64) }
#define UNSIGNED_N(name) { ENTRY(name, u16), ENTRY(name, u32), ENTRY(name, u64) }

#define LANES6(SHAPE, name, ...) \
    SHAPE(name, s8, s8, __VA_ARGS__) SHAPE(name, s16, s16, __VA_ARGS__) \
    SHAPE(name, s32, s32, __VA_ARGS__) SHAPE(name, u8, u8, __VA_ARGS__) \
    SHAPE(name, u16, u16, __VA_ARGS__) SHAPE(name, u32, u32, __VA_ARGS__) \
    NeonCalls neon_##name = { SIGNED3(name), UNSIGNED3(name) };

#define LONG6(SHAPE, name, ...) \
    SHAPE(name, s8, s16, __VA_ARGS__) SHAPE(name, s16, s32, __VA_ARGS__) \
    SHAPE(name, s32, s64, __VA_ARGS__) SHAPE(name, u8, u16, __VA_ARGS__) \
    SHAPE(name, u16, u32, __VA_ARGS__) SHAPE(name, u32, u64, __VA_ARGS__) \
    NeonCalls neon_##name = { SIGNED3(name), UNSIGNED3(name) };

/* ---- the operations ---- */

LANES6(BINARY, hadd,  (x + y) >> 1)
LANES6(BINARY, rhadd, (x + y + 1) >> 1)
LANES6(BINARY, hsub,  (x - y) >> 1)
LANES6(PAIRWISE, pmax, x > y ? x : y)
LANES6(PAIRWISE, pmin, x < y ? x : y)
LANES6(PAIRWISE, padd, x + y)
LONG6(UNARY, movl, x)
LONG6(BINARY, mull, (uint64_t)x * y)
LONG6(PAIRS, paddl, x + y)

#define SHIFTS_AND_SATURATION(T) \
    BINARY(qadd,  T, T, SAT(T, x + y)) \
    BINARY(qsub,  T, T, SAT(T, x - y)) \
    BINARY(shl,   T, T, shifted(x, (int8_t)y, false)) \
    BINARY(rshl,  T, T, shifted(x, (int8_t)y, true)) \
    BINARY(qshl,  T, T, SAT(T, shifted(x, (int8_t)y, false))) \
    BINARY(qrshl, T, T, SAT(T, shifted(x, (int8_t)y, true)))

SHIFTS_AND_SATURATION(s8) SHIFTS_AND_SATURATION(s16)
SHIFTS_AND_SATURATION(s32) SHIFTS_AND_SATURATION(s64)
SHIFTS_AND_SATURATION(u8) SHIFTS_AND_SATURATION(u16)
SHIFTS_AND_SATURATION(u32) SHIFTS_AND_SATURATION(u64)
NeonCalls neon_qadd  = { SIGNED4(qadd),  UNSIGNED4(qadd) };
NeonCalls neon_qsub  = { SIGNED4(qsub),  UNSIGNED4(qsub) };
NeonCalls neon_shl   = { SIGNED4(shl),   UNSIGNED4(shl) };
NeonCalls neon_rshl  = { SIGNED4(rshl),  UNSIGNED4(rshl) };
NeonCalls neon_qshl  = { SIGNED4(qshl),  UNSIGNED4(qshl) };
NeonCalls neon_qrshl = { SIGNED4(qrshl), UNSIGNED4(qrshl) };

#define SHIFT_TO_UNSIGNED(T, R) BINARY(qshlu, T, R, SAT(R, shifted(x, (int8_t)y, false)))
SHIFT_TO_UNSIGNED(s8, u8) SHIFT_TO_UNSIGNED(s16, u16)
SHIFT_TO_UNSIGNED(s32, u32) SHIFT_TO_UNSIGNED(s64, u64)
NeonCalls neon_qshlu = { SIGNED4(qshlu) };

#define SIGNED_ONLY(T) \
    UNARY(cls,  T, T, __builtin_clrsbll((int64_t)x) - (64 - ESIZE(T))) \
    UNARY(qabs, T, T, SAT(T, x < 0 ? -x : x)) \
    UNARY(qneg, T, T, SAT(T, -x))

SIGNED_ONLY(s8) SIGNED_ONLY(s16) SIGNED_ONLY(s32)
NeonCalls neon_cls  = { SIGNED3(cls) };
NeonCalls neon_qabs = { SIGNED3(qabs) };
NeonCalls neon_qneg = { SIGNED3(qneg) };

#define COUNT_ZEROS(T) UNARY(clz, T, T, x ? __builtin_clz((uint32_t)x) - (32 - ESIZE(T)) : ESIZE(T))
COUNT_ZEROS(u8) COUNT_ZEROS(u16) COUNT_ZEROS(u32)
NeonCalls neon_clz = { UNSIGNED3(clz) };

BINARY(mul8, u8, u8, x * y)
NeonCalls neon_mul8 = { { ENTRY(mul8, u8) } };

/* Doubling multiplication. */
#define DOUBLING(T, R) \
    BINARY(qdmulh,  T, T, SAT(T, ((Wide)x * y * 2) >> ESIZE(T))) \
    BINARY(qrdmulh, T, T, SAT(T, ((Wide)x * y * 2 + ((Wide)1 << (ESIZE(T) - 1))) >> ESIZE(T))) \
    BINARY(qdmull,  T, R, SAT(R, (Wide)x * y * 2))

DOUBLING(s16, s32) DOUBLING(s32, s64)
NeonCalls neon_qdmulh  = { { NULL, ENTRY(qdmulh, s16),  ENTRY(qdmulh, s32) } };
NeonCalls neon_qrdmulh = { { NULL, ENTRY(qrdmulh, s16), ENTRY(qrdmulh, s32) } };
NeonCalls neon_qdmull  = { { NULL, ENTRY(qdmull, s16),  ENTRY(qdmull, s32) } };

/* Shift right by n and narrow. */
#define NARROWING(T, R) \
    NARROW(shrn,   T, R, shifted(x, -(int)n, false)) \
    NARROW(rshrn,  T, R, shifted(x, -(int)n, true)) \
    NARROW(qshrn,  T, R, SAT(R, shifted(x, -(int)n, false))) \
    NARROW(qrshrn, T, R, SAT(R, shifted(x, -(int)n, true)))
#define NARROWING_TO_UNSIGNED(T, R) \
    NARROW(qshrun,  T, R, SAT(R, shifted(x, -(int)n, false))) \
    NARROW(qrshrun, T, R, SAT(R, shifted(x, -(int)n, true)))

NARROWING(s16, s8) NARROWING(s32, s16) NARROWING(s64, s32)
NARROWING(u16, u8) NARROWING(u32, u16) NARROWING(u64, u32)
NARROWING_TO_UNSIGNED(s16, u8) NARROWING_TO_UNSIGNED(s32, u16) NARROWING_TO_UNSIGNED(s64, u32)
NeonCalls neon_shrn    = { SIGNED_N(shrn),   UNSIGNED_N(shrn) };
NeonCalls neon_rshrn   = { SIGNED_N(rshrn),  UNSIGNED_N(rshrn) };
NeonCalls neon_qshrn   = { SIGNED_N(qshrn),  UNSIGNED_N(qshrn) };
NeonCalls neon_qrshrn  = { SIGNED_N(qrshrn), UNSIGNED_N(qrshrn) };
NeonCalls neon_qshrun  = { SIGNED_N(qshrun) };
NeonCalls neon_qrshrun = { SIGNED_N(qrshrun) };

/* ---- those of one kind of lanes ---- */

/* Product of polynomials over {0, 1}. */
static uint16_t poly_product(uint8_t x, uint8_t y)
{
    uint16_t r = 0;

    for (int i = 0; i < 8; i++) {
        r ^= (x >> i & 1) * (y << i);
    }
    return r;
}

static void neon_mul_poly PARAMS_VV
LOOP(u8, 16, r.u8[i] = poly_product(a->u8[i], b->u8[i]);)
CALL_DEF(neon_mul_poly, "V:VV", CALL_PURE);

static void neon_mull_poly PARAMS_VV
LOOP(u16, 8, r.u16[i] = poly_product(a->u8[i], b->u8[i]);)
CALL_DEF(neon_mull_poly, "V:VV", CALL_PURE);

static void neon_cnt PARAMS_V
LOOP(u8, 16, r.u8[i] = __builtin_popcount(a->u8[i]);)
CALL_DEF(neon_cnt, "V:V", CALL_PURE);

static void neon_recpe PARAMS_V
LOOP(u32, 4, r.u32[i] = arm_recip_estimate_u32(a->u32[i]);)
CALL_DEF(neon_recpe, "V:V", CALL_PURE);

static void neon_rsqrte PARAMS_V
LOOP(u32, 4, r.u32[i] = arm_rsqrt_estimate_u32(a->u32[i]);)
CALL_DEF(neon_rsqrte, "V:V", CALL_PURE);

/* ---- bytes by index ---- */

static inline uint8_t byte_of(const V128 *a, const V128 *b, uint8_t i)
{
    return i < 16 ? a->u8[i] : b->u8[i & 15];
}

static void neon_permute(Cpu *cpu, V128 *out, const V128 *a, const V128 *b, const V128 *idx)
{
    V128 r;

    for (int i = 0; i < 16; i++) {
        r.u8[i] = idx->u8[i] < 32 ? byte_of(a, b, idx->u8[i]) : 0;
    }
    *out = r;
}
CALL_DEF(neon_permute, "V:VVV", CALL_PURE);

static void neon_tbx(Cpu *cpu, V128 *out, const V128 *a, const V128 *b, const V128 *idx,
                     const V128 *d, uint32_t size)
{
    V128 r;

    for (int i = 0; i < 16; i++) {
        r.u8[i] = idx->u8[i] < size ? byte_of(a, b, idx->u8[i]) : d->u8[i];
    }
    *out = r;
}
CALL_DEF(neon_tbx, "V:VVVVw", CALL_PURE);
