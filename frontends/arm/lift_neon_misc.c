/* SPDX-License-Identifier: MIT */
/*
 * Lifting of Advanced SIMD: shifts by an immediate, modified immediates, two registers and
 * miscellaneous, VEXT, VTBL, VTBX and VDUP.
 * Implements: ARM DDI 0406C, A7.4.4 to A7.4.6 and the rest of A7.4.
 */
#include "frontends/arm/lift_neon.h"

/* ---- A7.4.4: shifts ---- */

/* Lane size and shift amount as L:imm6 encodes them: the highest bit set is the size. */
typedef struct Amount {
    unsigned size;              /* log2 of bytes; of the narrower lanes */
    unsigned left, right;
} Amount;

static Amount shift_amount(unsigned imm3, unsigned l, unsigned low)
{
    unsigned imm6 = imm3 << 3 | low;
    unsigned size = l ? 3 : imm3 & 4 ? 2 : imm3 & 2 ? 1 : 0;
    unsigned esize = 8u << size;

    return (Amount) { size, imm6 - (l ? 0 : esize), (l ? 64 : 2 * esize) - imm6 };
}

static IrRef shift_op(Lift *c, IrOp op, unsigned size, IrRef x, unsigned n)
{
    return ir_opi(c->ir, op, IR_V128, x, 0, (1u << size) | n << 8);
}

/* By 1 to the width of a lane. */
static IrRef shift_right(Lift *c, bool u, Amount n, IrRef x)
{
    unsigned esize = 8u << n.size;

    if (u) {
        return n.right == esize ? v_zero(c) : shift_op(c, IR_vshr, n.size, x, n.right);
    }
    if (n.size == 3) {
        return v_call2(c, neon_shl, false, 3, x, v_bytes(c, -n.right));
    }
    return shift_op(c, IR_vsar, n.size, x, MIN(n.right, esize - 1));
}

static IrRef round_right(Lift *c, bool u, Amount n, IrRef x)
{
    return v_call2(c, neon_rshl, u, n.size, x, v_bytes(c, -n.right));
}

static IrRef shift_left(Lift *c, unsigned size, unsigned n, IrRef x)
{
    return n ? shift_op(c, IR_vshl, size, x, n) : x;
}

/* Every lane of d with the bits in mask from x. */
static IrRef insert(Lift *c, IrRef old, IrRef x, unsigned size, uint64_t mask)
{
    for (unsigned bits = 8u << size; bits < 64; bits *= 2) {
        mask |= mask << bits;
    }
    return v_op(c, IR_vor, x, v_op(c, IR_vandn, old, v_const(c, mask, mask)));
}

static uint64_t lane_ones(unsigned size)
{
    return UINT64_MAX >> (64 - (8u << size));
}

static IrRef insert_right(Lift *c, IrRef old, Amount n, IrRef x)
{
    return n.right == 8u << n.size ? old
        : insert(c, old, shift_right(c, true, n, x), n.size, lane_ones(n.size) >> n.right);
}

static IrRef insert_left(Lift *c, IrRef old, Amount n, IrRef x)
{
    return insert(c, old, shift_left(c, n.size, n.left, x), n.size,
                  lane_ones(n.size) & lane_ones(n.size) << n.left);
}

/* m: the value; n: the amount; ACC: the destination's old value. */
#define ACC get_v(c, a->q, a->d)
#define SHIFT(name, expr) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        Amount n = shift_amount(a->lane >> 1, a->lane & 1, a->low); \
        if (q_even(c, a->q, a->d | a->m)) { \
            IrRef m = get_v(c, a->q, a->m); \
            put_v(c, a->q, a->d, expr); \
        } \
    }
#define NARROW(name, calls, u) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        Amount n = shift_amount(a->lane3, 0, a->low); \
        if (q_even(c, true, a->m)) { \
            put_v(c, false, a->d, ir_call2(c->ir, calls[u][n.size], get_v(c, true, a->m), \
                                           ir_i32(c->ir, n.right))); \
        } \
    }
#define U a->uns

SHIFT(vshr, shift_right(c, U, n, m))
SHIFT(vsra, v_lanes(c, IR_vadd, n.size, ACC, shift_right(c, U, n, m)))
SHIFT(vrshr, round_right(c, U, n, m))
SHIFT(vrsra, v_lanes(c, IR_vadd, n.size, ACC, round_right(c, U, n, m)))
SHIFT(vsri, insert_right(c, ACC, n, m))
SHIFT(vsli, insert_left(c, ACC, n, m))
SHIFT(vshl_imm, shift_left(c, n.size, n.left, m))
SHIFT(vqshl_imm, v_call2(c, neon_qshl, U, n.size, m, v_bytes(c, n.left)))
SHIFT(vqshlu, v_call2(c, neon_qshlu, false, n.size, m, v_bytes(c, n.left)))
NARROW(vshrn, neon_shrn, 0)
NARROW(vrshrn, neon_rshrn, 0)
NARROW(vqshrun, neon_qshrun, 0)
NARROW(vqrshrun, neon_qrshrun, 0)
NARROW(vqshrn, neon_qshrn, U)
NARROW(vqrshrn, neon_qrshrn, U)

static void lengthen(Lift *c, bool u, unsigned size, unsigned n, unsigned d, unsigned m)
{
    if (q_even(c, true, d)) {
        IrRef v = v_call1(c, neon_movl, u, size, get_v(c, false, m));
        put_v(c, true, d, shift_left(c, size + 1, n, v));
    }
}

void lift_vshll(Lift *c, const args_vshll *a)
{
    Amount n = shift_amount(a->lane3, 0, a->low);
    lengthen(c, U, n.size, n.left, a->d, a->m);
}

void lift_vshll_max(Lift *c, const args_vshll_max *a)
{
    lengthen(c, true, a->size, 8u << a->size, a->d, a->m);
}

/* ---- conversions ---- */

static void convert(Lift *c, const CallDef *def, bool q, bool u, unsigned fraction, unsigned d,
                    unsigned m)
{
    if (q_even(c, q, d | m)) {
        put_v(c, q, d, ir_call3(c->ir, def, get_v(c, q, m), ir_i32(c->ir, q ? 4 : 2),
                                ir_i32(c->ir, ARM_FIXED(fraction, 32, u))));
    }
}

#define CONVERT(name, def, fraction) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        convert(c, &def, a->q, U, fraction, a->d, a->m); \
    }

CONVERT(vcvt_f32_to_fixed, call_neon_f32_to_fixed, 32 - a->imm5)
CONVERT(vcvt_f32_from_fixed, call_neon_f32_from_fixed, 32 - a->imm5)
CONVERT(vcvt_f32_to_int, call_neon_f32_to_fixed, 0)
CONVERT(vcvt_f32_from_int, call_neon_f32_from_fixed, 0)

void lift_vcvt_half_from_f32(Lift *c, const args_vcvt_half_from_f32 *a)
{
    if (q_even(c, true, a->m)) {
        put_v(c, false, a->d, ir_call1(c->ir, &call_neon_f32_to_f16, get_v(c, true, a->m)));
    }
}

void lift_vcvt_f32_from_half(Lift *c, const args_vcvt_f32_from_half *a)
{
    if (q_even(c, true, a->d)) {
        put_v(c, true, a->d, ir_call1(c->ir, &call_neon_f16_to_f32, get_v(c, false, a->m)));
    }
}

/* ---- A7.4.6: modified immediates ---- */

/* AdvSIMDExpandImm() */
static uint64_t expand_mod(bool op, unsigned cmode, uint64_t imm8)
{
    uint64_t word = UINT64_C(0x100000001), half = UINT64_C(0x0001000100010001), v = 0;

    switch (cmode >> 1) {
    case 0: case 1: case 2: case 3:
        return (imm8 << (cmode >> 1) * 8) * word;
    case 4: case 5:
        return (imm8 << (cmode >> 1 & 1) * 8) * half;
    case 6:
        return (cmode & 1 ? imm8 << 16 | 0xffff : imm8 << 8 | 0xff) * word;
    }
    if (cmode & 1) {                    /* a single-precision number */
        return ((imm8 & 0x80) << 24 | (imm8 & 0x40 ? UINT64_C(0x3e000000) : UINT64_C(0x40000000)) |
                (imm8 & 0x3f) << 19) * word;
    }
    if (!op) {
        return imm8 * UINT64_C(0x0101010101010101);
    }
    for (int i = 0; i < 8; i++) {       /* each bit a byte */
        v |= (imm8 >> i & 1) * UINT64_C(0xff) << 8 * i;
    }
    return v;
}

#define MODIFIED(name, op, expr) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        uint64_t v = expand_mod(op, a->cmode, a->imm8); \
        if (q_even(c, a->q, a->d)) { \
            put_v(c, a->q, a->d, expr); \
        } \
    }

MODIFIED(vmov_mod, a->op, v_const(c, v, v))
MODIFIED(vmvn_mod, 0, v_const(c, ~v, ~v))
MODIFIED(vorr_mod, 0, v_op(c, IR_vor, ACC, v_const(c, v, v)))
MODIFIED(vbic_mod, 0, v_op(c, IR_vandn, ACC, v_const(c, v, v)))

/* ---- A7.4.5: two registers, miscellaneous.  m: the operand's value ---- */

#define MISC(name, expr) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        if (q_even(c, a->q, a->d | a->m)) { \
            IrRef m = get_v(c, a->q, a->m); \
            put_v(c, a->q, a->d, expr); \
        } \
    }

/* Lanes of 1 << size bytes in reverse within groups of `group` bytes: byte i is byte i ^ mask. */
static IrRef reverse(Lift *c, unsigned group, unsigned size, IrRef x)
{
    uint8_t idx[16];

    for (unsigned i = 0; i < 16; i++) {
        idx[i] = i ^ (group - (1u << size));
    }
    return v_permute(c, x, x, idx);
}

static IrRef greater(Lift *c, unsigned size, IrRef x, IrRef y)
{
    return v_lanes(c, IR_vcmpgt, size, x, y);
}

static IrRef f_call1(Lift *c, const CallDef *def, bool q, IrRef x)
{
    return ir_call2(c->ir, def, x, ir_i32(c->ir, q ? 4 : 2));
}

#define NOT(x)      v_op(c, IR_vnot, x, 0)
#define ZERO        v_zero(c)
#define SIGNS       v_const(c, 0x8000000080000000, 0x8000000080000000)
#define PADDL       v_call1(c, neon_paddl, U, a->size, m)
#define FLOAT2(call, x, y) f_call2(c, &call, a->q, x, y)

MISC(vrev64, reverse(c, 8, a->size, m))
MISC(vrev32, reverse(c, 4, a->size, m))
MISC(vrev16, reverse(c, 2, 0, m))
MISC(vpaddl, PADDL)
MISC(vpadal, v_lanes(c, IR_vadd, a->size + 1, ACC, PADDL))
MISC(vcls, v_call1(c, neon_cls, false, a->size, m))
MISC(vclz, v_call1(c, neon_clz, false, a->size, m))
MISC(vcnt, ir_call1(c->ir, &call_neon_cnt, m))
MISC(vmvn, NOT(m))
MISC(vqabs, v_call1(c, neon_qabs, false, a->size, m))
MISC(vqneg, v_call1(c, neon_qneg, false, a->size, m))
MISC(vcgt_zero, greater(c, a->size, m, ZERO))
MISC(vcge_zero, NOT(greater(c, a->size, ZERO, m)))
MISC(vceq_zero, v_lanes(c, IR_vcmpeq, a->size, m, ZERO))
MISC(vcle_zero, NOT(greater(c, a->size, m, ZERO)))
MISC(vclt_zero, greater(c, a->size, ZERO, m))
MISC(vabs_int, v_lanes(c, IR_vabs, a->size, m, 0))
MISC(vneg_int, v_lanes(c, IR_vneg, a->size, m, 0))
MISC(vcgt_f32_zero, FLOAT2(call_neon_fcgt, m, ZERO))
MISC(vcge_f32_zero, FLOAT2(call_neon_fcge, m, ZERO))
MISC(vceq_f32_zero, FLOAT2(call_neon_fceq, m, ZERO))
MISC(vcle_f32_zero, FLOAT2(call_neon_fcge, ZERO, m))
MISC(vclt_f32_zero, FLOAT2(call_neon_fcgt, ZERO, m))
MISC(vabs_f32, v_op(c, IR_vandn, m, SIGNS))
MISC(vneg_f32, v_op(c, IR_vxor, m, SIGNS))
MISC(vrecpe_u32, ir_call1(c->ir, &call_neon_recpe, m))
MISC(vrsqrte_u32, ir_call1(c->ir, &call_neon_rsqrte, m))
MISC(vrecpe_f32, f_call1(c, &call_neon_frecpe, a->q, m))
MISC(vrsqrte_f32, f_call1(c, &call_neon_frsqrte, a->q, m))

#define MOVE_NARROW(name, calls, u) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        if (q_even(c, true, a->m)) { \
            put_v(c, false, a->d, ir_call2(c->ir, calls[u][a->size], get_v(c, true, a->m), \
                                           ir_i32(c->ir, 0))); \
        } \
    }

MOVE_NARROW(vmovn, neon_shrn, 0)
MOVE_NARROW(vqmovun, neon_qshrun, 0)
MOVE_NARROW(vqmovn, neon_qshrn, U)

void lift_vswp(Lift *c, const args_vswp *a)
{
    if (q_even(c, a->q, a->d | a->m)) {
        IrRef x = get_v(c, a->q, a->d), y = get_v(c, a->q, a->m);
        put_v(c, a->q, a->d, y);
        put_v(c, a->q, a->m, x);
    }
}

/* ---- VTRN, VUZP, VZIP: lanes of two registers change places ---- */

/* Which of the 2 * count lanes of the pair becomes lane k of its first (which = 0) or second. */
typedef unsigned LaneOf(unsigned count, unsigned which, unsigned k);

static unsigned lane_of_trn(unsigned count, unsigned which, unsigned k)
{
    return (k & ~1u) + which + (k & 1) * count;
}

static unsigned lane_of_uzp(unsigned count, unsigned which, unsigned k)
{
    return 2 * k + which;
}

static unsigned lane_of_zip(unsigned count, unsigned which, unsigned k)
{
    return which * count / 2 + k / 2 + (k & 1) * count;
}

static void exchange(Lift *c, bool q, unsigned size, unsigned d, unsigned m, LaneOf *lane_of)
{
    unsigned bytes = q ? 16 : 8, count = bytes >> size;
    uint8_t idx[32];

    if (!q_even(c, q, d | m)) {
        return;
    }
    for (unsigned i = 0; i < 2 * bytes; i++) {
        unsigned lane = lane_of(count, i / bytes, (i % bytes) >> size);
        idx[i] = (lane << size) + (i & ((1u << size) - 1));
    }
    if (q) {
        IrRef x = get_v(c, true, d), y = get_v(c, true, m);
        put_v(c, true, d, v_permute(c, x, y, idx));
        put_v(c, true, m, v_permute(c, x, y, idx + 16));
    } else {
        IrRef both = get_pair(c, d, m);
        both = v_permute(c, both, both, idx);
        put_half(c, d, both, 0);
        put_half(c, m, both, 1);
    }
}

#define EXCHANGE(name, lane_of) \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        exchange(c, a->q, a->size, a->d, a->m, lane_of); \
    }

EXCHANGE(vtrn, lane_of_trn)
EXCHANGE(vuzp, lane_of_uzp)
EXCHANGE(vzip, lane_of_zip)

/* ---- VEXT, VTBL, VTBX, VDUP ---- */

void lift_vext(Lift *c, const args_vext *a)
{
    uint8_t idx[16];

    if (!a->q && a->imm > 7) {
        undefined(c);
        return;
    }
    if (q_even(c, a->q, a->d | a->n | a->m)) {
        for (unsigned i = 0; i < 16; i++) {
            idx[i] = a->imm + i;
        }
        IrRef x = a->q ? get_v(c, true, a->n) : get_pair(c, a->n, a->m);
        put_v(c, a->q, a->d, v_permute(c, x, a->q ? get_v(c, true, a->m) : x, idx));
    }
}

/* D registers n to n + len, zero beyond; bytes 0 to 15 or 16 to 31 of them. */
static IrRef table_half(Lift *c, unsigned n, unsigned len, unsigned first)
{
    return first > len ? v_zero(c)
        : first == len ? get_v(c, false, n + first)
        : get_pair(c, n + first, n + first + 1);
}

static void table_lookup(Lift *c, unsigned d, unsigned n, unsigned m, unsigned len, bool extend)
{
    if (n + len > 31) {                 /* UNPREDICTABLE */
        undefined(c);
        return;
    }
    guard(c);
    IrRef lo = table_half(c, n, len, 0), hi = table_half(c, n, len, 2), idx = get_v(c, false, m);
    const IrRef args[] = { lo, hi, idx, get_v(c, false, d), ir_i32(c->ir, 8 * (len + 1)) };
    put_v(c, false, d, extend ? ir_call(c->ir, &call_neon_tbx, 5, args)
                              : ir_call3(c->ir, &call_neon_permute, lo, hi, idx));
}

void lift_vtbl(Lift *c, const args_vtbl *a)
{
    table_lookup(c, a->d, a->n, a->m, a->len, false);
}

void lift_vtbx(Lift *c, const args_vtbx *a)
{
    table_lookup(c, a->d, a->n, a->m, a->len, true);
}

void lift_vdup_scalar(Lift *c, const args_vdup_scalar *a)
{
    if (q_even(c, a->q, a->d)) {
        IrRef v = ir_opi(c->ir, IR_vlane, IR_I32, get_v(c, true, a->m), 0,
                         q_lane(a->m, a->size, a->index));
        put_v(c, a->q, a->d, ir_opi(c->ir, IR_vdup, IR_V128, v, 0, 1u << a->size));
    }
}
