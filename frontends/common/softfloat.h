/* SPDX-License-Identifier: MIT */
/*
 * Soft-float: the floating-point reference of every guest.
 *
 * Implements IEEE 754-2008 for binary16 (conversions only), binary32 and binary64 in integer
 * arithmetic, with the choices the standard leaves to an architecture as data in FpStatus.
 * Native code is tested against it and calls it where the host would differ.
 *
 * Values are plain bit patterns.  x87 extended precision is in softfloat_x80.h.  Not here: binary128,
 * decimal formats, trapped exceptions but those of x87.
 */
#ifndef FRONTENDS_COMMON_SOFTFLOAT_H
#define FRONTENDS_COMMON_SOFTFLOAT_H

#include <stdbool.h>
#include <stdint.h>

/* The first four in the order of the ARM FPSCR.RMode field. */
typedef enum FpRounding {
    FP_ROUND_NEAREST_EVEN,
    FP_ROUND_UP,
    FP_ROUND_DOWN,
    FP_ROUND_ZERO,
    FP_ROUND_NEAREST_AWAY,
} FpRounding;

/* Cumulative flags; bits 0-4 and 7 lie where the ARM FPSCR has them. */
enum {
    FP_INVALID        = 1 << 0,
    FP_DIVIDE_BY_ZERO = 1 << 1,
    FP_OVERFLOW       = 1 << 2,
    FP_UNDERFLOW      = 1 << 3,
    FP_INEXACT        = 1 << 4,
    FP_DENORMAL       = 1 << 5,     /* a denormal operand was used as it is (x86 DE) */
    FP_INPUT_FLUSHED  = 1 << 7,     /* a denormal operand was taken as zero (ARM IDC) */
};

/* Which NaN operand an operation returns. */
typedef enum FpNanRule {
    FP_NAN_ARM,         /* the first signaling one, else the first quiet one; FMA: addend first */
    FP_NAN_FIRST,       /* the first of either kind: x86 SSE, PowerPC */
    FP_NAN_LARGER,      /* the larger significand, quiet before signaling: x87 */
} FpNanRule;

typedef struct FpStatus {
    uint8_t rounding;           /* FpRounding */
    uint8_t flags;              /* sticky; only ever set here */
    uint8_t nan_rule;           /* FpNanRule */
    bool    default_nan;        /* every NaN result is the default NaN */
    bool    default_nan_sign;   /* x86: set */
    bool    flush_inputs;
    bool    flush_outputs;
    bool    tiny_after;         /* tininess is detected after rounding (x86), else before (ARM) */
    /* Exceptions that trap: tiny alone is an underflow, and inexact is said of the result as it would
     * be with an exponent of any size. */
    bool    trap_overflow, trap_underflow;
    bool    flush_inexact;      /* a flushed result is also inexact (x86) */
    bool    int_indefinite;     /* an invalid conversion gives 80..0 (x86), else saturates */
    bool    alternative_half;   /* binary16 has no infinities and NaNs (ARM FPSCR.AHP) */
} FpStatus;

/* Results of comparison. */
typedef enum FpOrder { FP_LESS = -1, FP_EQUAL = 0, FP_GREATER = 1, FP_UNORDERED = 2 } FpOrder;

/* IEEE arithmetic; fma is a * b + c rounded once, halved_sub is (a - b) / 2 rounded once. */
#define FP_DECLARE(N) \
    uint##N##_t f##N##_add(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    uint##N##_t f##N##_sub(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    uint##N##_t f##N##_mul(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    uint##N##_t f##N##_div(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    uint##N##_t f##N##_sqrt(uint##N##_t a, FpStatus *st); \
    uint##N##_t f##N##_fma(uint##N##_t a, uint##N##_t b, uint##N##_t c, FpStatus *st); \
    uint##N##_t f##N##_halved_sub(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    /* A NaN operand is the result; -0 is less than +0 (ARM FPMin, FPMax). */ \
    uint##N##_t f##N##_min(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    uint##N##_t f##N##_max(uint##N##_t a, uint##N##_t b, FpStatus *st); \
    /* `signaling`: a quiet NaN is invalid too. */ \
    FpOrder f##N##_compare(uint##N##_t a, uint##N##_t b, bool signaling, FpStatus *st); \
    /* To an integral value; `exact`: raise inexact when that changed it. */ \
    uint##N##_t f##N##_round_int(uint##N##_t a, FpRounding mode, bool exact, FpStatus *st); \
    /* a * 2^scale as an integer of `bits` (at most 64), sign or zero extended in the result. */ \
    int64_t  f##N##_to_int(uint##N##_t a, int scale, unsigned bits, FpRounding mode, \
                           FpStatus *st); \
    uint64_t f##N##_to_uint(uint##N##_t a, int scale, unsigned bits, FpRounding mode, \
                            FpStatus *st); \
    /* v / 2^scale */ \
    uint##N##_t f##N##_from_int(int64_t v, int scale, FpStatus *st); \
    uint##N##_t f##N##_from_uint(uint64_t v, int scale, FpStatus *st); \
    static inline bool f##N##_is_nan(uint##N##_t a) \
    { \
        return (uint##N##_t)(a << 1) > (uint##N##_t)(F##N##_INFINITY << 1); \
    }

#define F32_INFINITY UINT32_C(0x7f800000)
#define F64_INFINITY UINT64_C(0x7ff0000000000000)
FP_DECLARE(32)
FP_DECLARE(64)

/* Between formats.  Half precision is never flushed (ARM DDI 0406C, FPUnpack and FPRound). */
uint64_t f32_to_f64(uint32_t a, FpStatus *st);
uint32_t f64_to_f32(uint64_t a, FpStatus *st);
uint32_t f16_to_f32(uint16_t a, FpStatus *st);
uint64_t f16_to_f64(uint16_t a, FpStatus *st);
uint16_t f32_to_f16(uint32_t a, FpStatus *st);
uint16_t f64_to_f16(uint64_t a, FpStatus *st);

/* Estimates and Newton steps of ARMv7 Advanced SIMD (VRECPE VRSQRTE VRECPS VRSQRTS). */
uint32_t arm_recip_estimate_f32(uint32_t a, FpStatus *st);
uint32_t arm_rsqrt_estimate_f32(uint32_t a, FpStatus *st);
uint32_t arm_recip_estimate_u32(uint32_t a);
uint32_t arm_rsqrt_estimate_u32(uint32_t a);
uint32_t arm_recip_step_f32(uint32_t a, uint32_t b, FpStatus *st);
uint32_t arm_rsqrt_step_f32(uint32_t a, uint32_t b, FpStatus *st);

#endif
