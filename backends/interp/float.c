/* SPDX-License-Identifier: MIT */
/*
 * Floating-point ops: through the exact helper where the op has one, else by the host's arithmetic
 * in the guest's rounding mode, with the exceptions it raised kept as sticky flags.
 */
#include "backends/interp/interp.h"
#include <fenv.h>
#include <math.h>
#include <string.h>
#include "tcg/guest.h"
#include "tcg/vec.h"

const int interp_rounding[4] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };

static uint32_t sticky_of(int excepts)
{
    return (excepts & FE_INVALID ? 1 : 0) | (excepts & FE_DIVBYZERO ? 2 : 0) |
           (excepts & FE_OVERFLOW ? 4 : 0) | (excepts & FE_UNDERFLOW ? 8 : 0) |
           (excepts & FE_INEXACT ? 16 : 0);
}

static void fp_begin(const Run *s)
{
    feclearexcept(FE_ALL_EXCEPT);
    fesetround(interp_rounding[s->cpu->host_fpcr & 3]);
}

static void fp_end(Run *s)
{
    s->cpu->host_fpcr |= sticky_of(fetestexcept(FE_ALL_EXCEPT)) << FP_STICKY_SHIFT;
    fesetround(FE_TONEAREST);
}

/* volatile keeps the arithmetic between fp_begin and fp_end. */
static double f64(const V128 *v)
{
    double d;
    memcpy(&d, v, sizeof(d));
    return d;
}

static float f32(const V128 *v)
{
    float f;
    memcpy(&f, v, sizeof(f));
    return f;
}

static void set_f64(V128 *out, double d)
{
    *out = (V128){ .u64 = { 0, 0 } };
    memcpy(out, &d, sizeof(d));
}

static void set_f32(V128 *out, float f)
{
    *out = (V128){ .u64 = { 0, 0 } };
    memcpy(out, &f, sizeof(f));
}

static bool by_helper(Run *s, const IrInsn *in, V128 *out)
{
    if (!in->imm) {
        return false;
    }
    const V128 *args[] = { &s->value[in->a], &s->value[in->b], &s->value[in->c] };
    interp_call(s, interp_call_of(in), args, out);
    return true;
}

#define BINARY(name, op) \
    static void run_##name(Run *s, const IrInsn *in, V128 *out) \
    { \
        const V128 *a = &s->value[in->a], *b = &s->value[in->b]; \
        if (by_helper(s, in, out)) { \
            return; \
        } \
        fp_begin(s); \
        if (in->type == IR_F64) { \
            volatile double x = f64(a), y = f64(b), r = x op y; \
            set_f64(out, r); \
        } else { \
            volatile float x = f32(a), y = f32(b), r = x op y; \
            set_f32(out, r); \
        } \
        fp_end(s); \
    }
BINARY(fadd, +)
BINARY(fsub, -)
BINARY(fmul, *)
BINARY(fdiv, /)

#define MULTIPLY_ADD(name, op) \
    static void run_##name(Run *s, const IrInsn *in, V128 *out) \
    { \
        const V128 *a = &s->value[in->a], *b = &s->value[in->b], *c = &s->value[in->c]; \
        if (by_helper(s, in, out)) { \
            return; \
        } \
        fp_begin(s); \
        if (in->type == IR_F64) { \
            volatile double x = f64(a), y = f64(b), z = f64(c), p = y * z, r = x op p; \
            set_f64(out, r); \
        } else { \
            volatile float x = f32(a), y = f32(b), z = f32(c), p = y * z, r = x op p; \
            set_f32(out, r); \
        } \
        fp_end(s); \
    }
MULTIPLY_ADD(fmla, +)
MULTIPLY_ADD(fmls, -)

static void run_fsqrt(Run *s, const IrInsn *in, V128 *out)
{
    const V128 *a = &s->value[in->a];
    if (by_helper(s, in, out)) {
        return;
    }
    fp_begin(s);
    if (in->type == IR_F64) {
        volatile double x = f64(a), r = sqrt(x);
        set_f64(out, r);
    } else {
        volatile float x = f32(a), r = sqrtf(x);
        set_f32(out, r);
    }
    fp_end(s);
}

static void run_f32to64(Run *s, const IrInsn *in, V128 *out)
{
    if (!by_helper(s, in, out)) {
        fp_begin(s);
        volatile float x = f32(&s->value[in->a]);
        volatile double r = x;
        set_f64(out, r);
        fp_end(s);
    }
}

static void run_f64to32(Run *s, const IrInsn *in, V128 *out)
{
    if (!by_helper(s, in, out)) {
        fp_begin(s);
        volatile double x = f64(&s->value[in->a]);
        volatile float r = x;
        set_f32(out, r);
        fp_end(s);
    }
}

/* Toward zero; what does not fit is invalid and gives the value that x86 calls indefinite. */
static void to_integer(Run *s, const IrInsn *in, V128 *out, double low, double high)
{
    if (by_helper(s, in, out)) {
        return;
    }
    double x = in->type == IR_F64 ? f64(&s->value[in->a]) : (double)f32(&s->value[in->a]);
    uint32_t sticky = 0, v = 0x80000000;
    if (!(x > low - 1 && x < high + 1)) {
        sticky = 1;
    } else {
        v = (uint32_t)(int64_t)x;
        sticky = trunc(x) == x ? 0 : 16;
    }
    s->cpu->host_fpcr |= sticky << FP_STICKY_SHIFT;
    *out = (V128){ .u64 = { v, 0 } };
}

static void run_ftoi(Run *s, const IrInsn *in, V128 *out)
{
    to_integer(s, in, out, INT32_MIN, INT32_MAX);
}

static void run_ftou(Run *s, const IrInsn *in, V128 *out)
{
    to_integer(s, in, out, 0, UINT32_MAX);
}

static void from_integer(Run *s, const IrInsn *in, V128 *out, int64_t v)
{
    if (by_helper(s, in, out)) {
        return;
    }
    fp_begin(s);
    volatile int64_t x = v;
    if (in->type == IR_F64) {
        volatile double r = x;
        set_f64(out, r);
    } else {
        volatile float r = x;
        set_f32(out, r);
    }
    fp_end(s);
}

static void run_itof(Run *s, const IrInsn *in, V128 *out)
{
    from_integer(s, in, out, s->value[in->a].s32[0]);
}

static void run_utof(Run *s, const IrInsn *in, V128 *out)
{
    from_integer(s, in, out, s->value[in->a].u32[0]);
}

/* Quiet: a quiet NaN is unordered without an exception. */
static void run_fl_fcmp(Run *s, const IrInsn *in, V128 *out)
{
    const V128 *a = &s->value[in->a], *b = &s->value[in->b];
    if (by_helper(s, in, out)) {
        return;
    }
    fp_begin(s);
    volatile double x = in->type == IR_F64 ? f64(a) : (double)f32(a);
    volatile double y = in->type == IR_F64 ? f64(b) : (double)f32(b);
    volatile double quiet = x + 0, quiet_y = y + 0;     /* a signalling NaN is invalid */
    uint32_t v = isunordered(x, y) ? FL_C | FL_V : x == y ? FL_Z | FL_C : x < y ? FL_N : FL_C;
    (void)quiet;
    (void)quiet_y;
    feclearexcept(FE_ALL_EXCEPT & ~FE_INVALID);
    fp_end(s);
    *out = (V128){ .u64 = { v, 0 } };
}

/* By the guest's own rules. */
static void run_comi(Run *s, const IrInsn *in, V128 *out)
{
    static const uint16_t rows[2][2] = { { VEC_comiss, VEC_comisd }, { VEC_ucomiss, VEC_ucomisd } };
    VecOp row = rows[in->op == IR_fl_ucomi][in->type == IR_F64];
    s->cpu->isa->vec_float(s->cpu, vec_imm(row, 0), out, &s->value[in->a], &s->value[in->b], NULL);
}
#define run_fl_comi  run_comi
#define run_fl_ucomi run_comi

const InterpOp interp_float_ops[IR_N_OPS] = {
#define FLOAT(name, sig, flags) [IR_##name] = run_##name,
#include "tcg/ops.def"
};
