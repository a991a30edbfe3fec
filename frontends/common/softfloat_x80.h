/* SPDX-License-Identifier: MIT */
/*
 * Soft-float for the double extended format of the x87: 64 bits of significand with an explicit
 * integer bit.  Implements: SDM 1, 4.2.2, 4.8 and 8.2 (formats, unsupported operands), 8.1.5
 * (precision and rounding control), 8.4 and 8.5 (exceptions, among them the results with an
 * exponent out of range that unmasked overflow and underflow deliver).
 */
#ifndef FRONTENDS_COMMON_SOFTFLOAT_X80_H
#define FRONTENDS_COMMON_SOFTFLOAT_X80_H

#include "frontends/common/softfloat.h"

typedef struct F80 {
    uint64_t mant;
    uint16_t se;                /* sign in bit 15 */
} F80;

/* The state of an operation: rounding and flags are FpStatus's (x87: nan_rule, default_nan_sign,
 * tiny_after and int_indefinite are set). */
typedef struct F80Status {
    FpStatus st;
    uint8_t  precision;         /* bits of the significand: 24, 53, 64 */
    uint8_t  trapped;           /* FP_OVERFLOW, FP_UNDERFLOW: deliver the wrapped result */
    bool     rounded_up;        /* the result is larger in magnitude than the exact one */
} F80Status;

typedef enum F80Class {
    F80_UNSUPPORTED, F80_NAN, F80_NORMAL, F80_INFINITY, F80_ZERO, F80_DENORMAL
} F80Class;

/* Status for a control word; flags are clear. */
F80Status f80_status(uint16_t cw);
/* Flags as bits 5..0 of the status word: IE DE ZE OE UE PE. */
unsigned f80_x87_flags(const F80Status *s);

static inline bool f80_sign(F80 a) { return a.se >> 15; }
F80Class f80_class(F80 a);
/* Any NaN or unsupported encoding. */
bool f80_is_nan(F80 a);
#define F80_INDEFINITE ((F80) { UINT64_C(0xc000000000000000), 0xffff })

F80 f80_add(F80 a, F80 b, F80Status *s);
F80 f80_sub(F80 a, F80 b, F80Status *s);
F80 f80_mul(F80 a, F80 b, F80Status *s);
F80 f80_div(F80 a, F80 b, F80Status *s);
F80 f80_sqrt(F80 a, F80Status *s);
F80 f80_round_int(F80 a, F80Status *s);
/* a * 2^trunc(b) */
F80 f80_scale(F80 a, F80 b, F80Status *s);
/* The exponent of a as a number; *significand: the rest. */
F80 f80_extract(F80 a, F80 *significand, F80Status *s);
/* a - b * q; nearest: q is rounded (FPREM1), else cut off.  *quotient: its lowest bits.  *partial:
 * the exponents are too far apart, a has only become smaller. */
F80 f80_rem(F80 a, F80 b, bool nearest, unsigned *quotient, bool *partial, F80Status *s);
/* signaling: a quiet NaN is invalid, too. */
FpOrder f80_compare(F80 a, F80 b, bool signaling, F80Status *s);

F80 f80_from_f32(uint32_t v, F80Status *s);
F80 f80_from_f64(uint64_t v, F80Status *s);
F80 f80_from_int(int64_t v);
uint32_t f80_to_f32(F80 a, F80Status *s);
uint64_t f80_to_f64(F80 a, F80Status *s);
/* Of 16, 32 or 64 bits; what does not fit is invalid and gives 80..0. */
int64_t f80_to_int(F80 a, unsigned bits, bool truncate, F80Status *s);
/* Packed decimal of 18 digits and a sign in the highest byte. */
F80  f80_from_bcd(const uint8_t bcd[10]);
void f80_to_bcd(F80 a, uint8_t bcd[10], F80Status *s);

#endif
