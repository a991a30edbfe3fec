/* SPDX-License-Identifier: MIT */
/*
 * Lifting of Advanced SIMD: three registers of the same or of different lengths, and two registers
 * and a scalar.  Implements: ARM DDI 0406C, A7.4.1 to A7.4.3.
 *
 * What the IR has for vectors is lifted to it, the rest are calls (calls_neon.c).  A D register is
 * computed as a vector with a zero upper half.  Floating point always is a call: the standard FPSCR
 * value flushes denormals, which the IR's arithmetic does not.
 */
#include "frontends/arm/lift_neon.h"

#define decode_neon neon_tree
static bool neon_tree(Lift *c, uint32_t insn);
#include "neon-tree.inc"
#undef decode_neon

bool decode_neon(Lift *c, uint32_t insn)
{
    return neon_enabled(c) && c->mode & KEY_VFP && neon_tree(c, insn);
}

/* ---- operations on values ---- */

static IrRef greater(Lift *c, bool u, unsigned size, IrRef x, IrRef y)
{
    return !u ? v_lanes(c, IR_vcmpgt, size, x, y)
              : v_op(c, IR_vnot, v_lanes(c, IR_vcmpeq, size,
                                         v_lanes(c, IR_vmaxu, size, x, y), y), 0);
}

static IrRef at_least(Lift *c, bool u, unsigned size, IrRef x, IrRef y)
{
    return u ? v_lanes(c, IR_vcmpeq, size, v_lanes(c, IR_vmaxu, size, x, y), x)
             : v_op(c, IR_vnot, v_lanes(c, IR_vcmpgt, size, y, x), 0);
}

static IrRef maximum(Lift *c, bool u, unsigned size, IrRef x, IrRef y)
{
    return v_lanes(c, u ? IR_vmaxu : IR_vmaxs, size, x, y);
}

static IrRef minimum(Lift *c, bool u, unsigned size, IrRef x, IrRef y)
{
    return v_lanes(c, u ? IR_vminu : IR_vmins, size, x, y);
}

static IrRef difference(Lift *c, bool u, unsigned size, IrRef x, IrRef y)
{
    return v_lanes(c, IR_vsub, size, maximum(c, u, size, x, y), minimum(c, u, size, x, y));
}

static IrRef product(Lift *c, unsigned size, IrRef x, IrRef y)
{
    return size == 0 ? v_call2(c, neon_mul8, false, 0, x, y) : v_lanes(c, IR_vmul, size, x, y);
}

/* x where mask is set, else y. */
static IrRef choose(Lift *c, IrRef mask, IrRef x, IrRef y)
{
    return v_op(c, IR_vor, v_op(c, IR_vand, x, mask), v_op(c, IR_vandn, y, mask));
}

static IrRef add(Lift *c, unsigned size, IrRef x, IrRef y)
{
    return v_lanes(c, IR_vadd, size, x, y);
}

static IrRef sub(Lift *c, unsigned size, IrRef x, IrRef y)
{
    return v_lanes(c, IR_vsub, size, x, y);
}

static IrRef f_add(Lift *c, bool q, IrRef x, IrRef y)
{
    return f_call2(c, &call_neon_fadd, q, x, y);
}

static IrRef f_mul(Lift *c, bool q, IrRef x, IrRef y)
{
    return f_call2(c, &call_neon_fmul, q, x, y);
}

static IrRef f_fma(Lift *c, bool q, IrRef d, IrRef n, IrRef m)
{
    const IrRef args[] = { d, n, m, ir_i32(c->ir, q ? 4 : 2) };
    return ir_call(c->ir, &call_neon_fma, 4, args);
}

/* The low half, widened. */
static IrRef widen(Lift *c, bool u, unsigned size, IrRef x)
{
    return v_call1(c, neon_movl, u, size, x);
}

/* The upper half of each lane of twice the size, rounded or not. */
static IrRef high_half(Lift *c, bool round, unsigned size, IrRef x)
{
    return ir_call2(c->ir, (round ? neon_rshrn : neon_shrn)[0][size], x, ir_i32(c->ir, 8u << size));
}

/* Scalar m, as A7.4.3 encodes it, in every lane. */
static IrRef scalar(Lift *c, unsigned size, unsigned m)
{
    unsigned reg = size == 1 ? m & 7 : m & 15;
    unsigned index = size == 1 ? m >> 3 : m >> 4;
    IrRef v = ir_opi(c->ir, IR_vlane, IR_I32, get_v(c, true, reg), 0, q_lane(reg, size, index));

    return ir_opi(c->ir, IR_vdup, IR_V128, v, 0, 1u << size);
}

/* ---- A7.4.1: three registers of the same length.  n, m, ACC: the operands' values ---- */

#define ACC get_v(c, q, a->d)

#define SAME_AS(name, q_value, expr) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        const bool q = q_value; \
        if (q_even(c, q, a->d | a->n | a->m)) { \
            IrRef n = get_v(c, q, a->n), m = get_v(c, q, a->m); \
            put_v(c, q, a->d, expr); \
        } \
    }
#define SAME(name, expr)   SAME_AS(name, a->q, expr)
#define SAME_D(name, expr) SAME_AS(name, false, expr)
#define SAME_CALL(name, calls)  SAME(name, v_call2(c, calls, a->uns, a->size, n, m))
/* The shift amounts are in n. */
#define SHIFT_CALL(name, calls) SAME(name, v_call2(c, calls, a->uns, a->size, m, n))
#define FLOAT_CALL(name, call)  SAME(name, f_call2(c, &call, q, n, m))
#define FLOAT_PAIRS(name, call) SAME_D(name, f_call2(c, &call, q, n, m))

SAME_CALL(vhadd, neon_hadd)
SAME_CALL(vrhadd, neon_rhadd)
SAME_CALL(vhsub, neon_hsub)
SAME_CALL(vqadd, neon_qadd)
SAME_CALL(vqsub, neon_qsub)
SHIFT_CALL(vshl_reg, neon_shl)
SHIFT_CALL(vqshl_reg, neon_qshl)
SHIFT_CALL(vrshl, neon_rshl)
SHIFT_CALL(vqrshl, neon_qrshl)

SAME(vand, v_op(c, IR_vand, n, m))
SAME(vbic, v_op(c, IR_vandn, n, m))
SAME(vorr, v_op(c, IR_vor, n, m))
SAME(vorn, v_op(c, IR_vor, n, v_op(c, IR_vnot, m, 0)))
SAME(veor, v_op(c, IR_vxor, n, m))
SAME(vbsl, choose(c, ACC, n, m))
SAME(vbit, choose(c, m, n, ACC))
SAME(vbif, choose(c, m, ACC, n))

SAME(vcgt, greater(c, a->uns, a->size, n, m))
SAME(vcge, at_least(c, a->uns, a->size, n, m))
SAME(vceq, v_lanes(c, IR_vcmpeq, a->size, n, m))
SAME(vtst, v_op(c, IR_vnot, v_lanes(c, IR_vcmpeq, a->size, v_op(c, IR_vand, n, m), v_zero(c)), 0))
SAME(vmax, maximum(c, a->uns, a->size, n, m))
SAME(vmin, minimum(c, a->uns, a->size, n, m))
SAME(vabd, difference(c, a->uns, a->size, n, m))
SAME(vaba, add(c, a->size, ACC, difference(c, a->uns, a->size, n, m)))
SAME(vadd_int, add(c, a->size, n, m))
SAME(vsub_int, sub(c, a->size, n, m))
SAME(vmul_int, product(c, a->size, n, m))
SAME(vmla_int, add(c, a->size, ACC, product(c, a->size, n, m)))
SAME(vmls_int, sub(c, a->size, ACC, product(c, a->size, n, m)))
SAME(vmul_poly, ir_call2(c->ir, &call_neon_mul_poly, n, m))
SAME(vqdmulh, v_call2(c, neon_qdmulh, false, a->size, n, m))
SAME(vqrdmulh, v_call2(c, neon_qrdmulh, false, a->size, n, m))
SAME_D(vpmax, v_call2(c, neon_pmax, a->uns, a->size, n, m))
SAME_D(vpmin, v_call2(c, neon_pmin, a->uns, a->size, n, m))
SAME_D(vpadd, v_call2(c, neon_padd, false, a->size, n, m))

FLOAT_CALL(vadd_f32, call_neon_fadd)
FLOAT_CALL(vsub_f32, call_neon_fsub)
FLOAT_CALL(vmul_f32, call_neon_fmul)
FLOAT_CALL(vabd_f32, call_neon_fabd)
FLOAT_CALL(vmax_f32, call_neon_fmax)
FLOAT_CALL(vmin_f32, call_neon_fmin)
FLOAT_CALL(vceq_f32, call_neon_fceq)
FLOAT_CALL(vcge_f32, call_neon_fcge)
FLOAT_CALL(vcgt_f32, call_neon_fcgt)
FLOAT_CALL(vacge, call_neon_facge)
FLOAT_CALL(vacgt, call_neon_facgt)
FLOAT_CALL(vrecps, call_neon_frecps)
FLOAT_CALL(vrsqrts, call_neon_frsqrts)
FLOAT_PAIRS(vpadd_f32, call_neon_fpadd)
FLOAT_PAIRS(vpmax_f32, call_neon_fpmax)
FLOAT_PAIRS(vpmin_f32, call_neon_fpmin)
SAME(vmla_f32, f_add(c, q, ACC, f_mul(c, q, n, m)))
SAME(vmls_f32, f_add(c, q, ACC, f_neg(c, f_mul(c, q, n, m))))
SAME(vfma_f32, f_fma(c, q, ACC, n, m))
SAME(vfms_f32, f_fma(c, q, ACC, f_neg(c, n), m))

/* ---- A7.4.2: three registers of different lengths ---- */

#define LONG(name, expr) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        const bool q = true; \
        if (q_even(c, q, a->d)) { \
            IrRef n = get_v(c, false, a->n), m = get_v(c, false, a->m); \
            put_v(c, q, a->d, expr); \
        } \
    }
#define WIDE(name, expr) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        if (q_even(c, true, a->d | a->n)) { \
            IrRef n = get_v(c, true, a->n), m = get_v(c, false, a->m); \
            put_v(c, true, a->d, expr); \
        } \
    }
#define HIGH_HALF(name, op, round) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        if (q_even(c, true, a->n | a->m)) { \
            IrRef n = get_v(c, true, a->n), m = get_v(c, true, a->m); \
            put_v(c, false, a->d, high_half(c, round, a->size, op(c, a->size + 1, n, m))); \
        } \
    }
#define U            a->uns
#define WIDENED(x)   widen(c, U, a->size, x)
#define MULL         v_call2(c, neon_mull, U, a->size, n, m)
#define QDMULL       v_call2(c, neon_qdmull, false, a->size, n, m)
#define ABDL         widen(c, true, a->size, difference(c, U, a->size, n, m))
#define SATURATED(op, x, y) v_call2(c, neon_##op, false, a->size + 1, x, y)

LONG(vaddl, add(c, a->size + 1, WIDENED(n), WIDENED(m)))
LONG(vsubl, sub(c, a->size + 1, WIDENED(n), WIDENED(m)))
WIDE(vaddw, add(c, a->size + 1, n, WIDENED(m)))
WIDE(vsubw, sub(c, a->size + 1, n, WIDENED(m)))
HIGH_HALF(vaddhn, add, false)
HIGH_HALF(vraddhn, add, true)
HIGH_HALF(vsubhn, sub, false)
HIGH_HALF(vrsubhn, sub, true)
LONG(vabdl, ABDL)
LONG(vabal, add(c, a->size + 1, ACC, ABDL))
LONG(vmull, MULL)
LONG(vmlal, add(c, a->size + 1, ACC, MULL))
LONG(vmlsl, sub(c, a->size + 1, ACC, MULL))
LONG(vqdmull, QDMULL)
LONG(vqdmlal, SATURATED(qadd, ACC, QDMULL))
LONG(vqdmlsl, SATURATED(qsub, ACC, QDMULL))
LONG(vmull_poly, ir_call2(c->ir, &call_neon_mull_poly, n, m))

/* ---- A7.4.3: two registers and a scalar ---- */

#define BY_SCALAR(name, scalar_size, expr) \
    void lift_##name##_scalar(Lift *c, const args_##name##_scalar *a) \
    { \
        const bool q = a->q; \
        if (q_even(c, q, a->d | a->n)) { \
            IrRef n = get_v(c, q, a->n), m = scalar(c, scalar_size, a->m); \
            put_v(c, q, a->d, expr); \
        } \
    }
#define LONG_BY_SCALAR(name, expr) \
    void lift_##name##_scalar(Lift *c, const args_##name##_scalar *a) \
    { \
        const bool q = true; \
        if (q_even(c, q, a->d)) { \
            IrRef n = get_v(c, false, a->n), m = scalar(c, a->size, a->m); \
            put_v(c, q, a->d, expr); \
        } \
    }

BY_SCALAR(vmla, a->size, add(c, a->size, ACC, product(c, a->size, n, m)))
BY_SCALAR(vmls, a->size, sub(c, a->size, ACC, product(c, a->size, n, m)))
BY_SCALAR(vmul, a->size, product(c, a->size, n, m))
BY_SCALAR(vmla_f32, 2, f_add(c, q, ACC, f_mul(c, q, n, m)))
BY_SCALAR(vmls_f32, 2, f_add(c, q, ACC, f_neg(c, f_mul(c, q, n, m))))
BY_SCALAR(vmul_f32, 2, f_mul(c, q, n, m))
BY_SCALAR(vqdmulh, a->size, v_call2(c, neon_qdmulh, false, a->size, n, m))
BY_SCALAR(vqrdmulh, a->size, v_call2(c, neon_qrdmulh, false, a->size, n, m))
LONG_BY_SCALAR(vmull, MULL)
LONG_BY_SCALAR(vmlal, add(c, a->size + 1, ACC, MULL))
LONG_BY_SCALAR(vmlsl, sub(c, a->size + 1, ACC, MULL))
LONG_BY_SCALAR(vqdmull, QDMULL)
LONG_BY_SCALAR(vqdmlal, SATURATED(qadd, ACC, QDMULL))
LONG_BY_SCALAR(vqdmlsl, SATURATED(qsub, ACC, QDMULL))
