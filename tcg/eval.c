/* SPDX-License-Identifier: MIT */
/*
 * The meaning of values: ops.def's expressions as a function, conditions over the packed flags
 * word, and the vector ops lane by lane.  This is what constants are folded with, what the
 * interpreter runs and what backends are tested against.
 *
 * N Z C V are defined for all flags ops.  A and P are defined as x86 has them for fl_add, fl_adc,
 * fl_sub, fl_sbb, fl_inc and fl_dec, and P for fl_shl, fl_shr, fl_sar, fl_logic and fl_nzcv; fl_rol and fl_ror
 * leave both as they were; elsewhere they are whatever
 * comes of it and nothing may depend on them.
 */
#include "tcg/eval.h"

bool ir_cond_holds(unsigned cond, uint32_t f)
{
    bool n = f & FL_N, z = f & FL_Z, c = f & FL_C, v = f & FL_V, p = f & FL_P, holds;
    switch (cond & ~1u) {
    case IR_EQ: holds = z; break;
    case IR_CS: holds = c; break;
    case IR_MI: holds = n; break;
    case IR_VS: holds = v; break;
    case IR_HI: holds = c && !z; break;
    case IR_GE: holds = n == v; break;
    case IR_GT: holds = !z && n == v; break;
    case IR_A:  holds = !c && !z; break;
    case IR_PE: holds = p; break;
    default:    holds = true; break;
    }
    return holds ^ (cond & 1);
}

uint64_t ir_eval(IrOp op, unsigned W, uint64_t x, uint64_t y, uint64_t z, uint64_t imm)
{
    uint64_t v;
    switch (op) {
#define VALUE(name, sig, flags, meaning) case IR_##name: v = (uintptr_t)(meaning); break;
#define FLAGS(name, sig, meaning)        case IR_##name: return meaning;
#include "tcg/ops.def"
    default: g_assert_not_reached();        /* not a VALUE */
    }
    return zext(v, W);
}

/* fl_fcmp on bits alone: exit maps are evaluated long after the comparison, whose sticky flags have
 * been raised then.  A sign and magnitude becomes an integer of the same order; both zeros are 0. */
static int64_t float_order(uint64_t v, unsigned w)
{
    int64_t magnitude = zext(v, w - 1);
    return v >> (w - 1) & 1 ? -magnitude : magnitude;
}

static bool is_nan(uint64_t v, unsigned w)
{
    uint64_t infinity = w == 64 ? UINT64_C(0x7ff) << 52 : 0xffu << 23;
    return zext(v, w - 1) > infinity;
}

static uint32_t fcmp(uint64_t x, uint64_t y, unsigned w)
{
    if (is_nan(x, w) || is_nan(y, w)) {
        return FL_C | FL_V;
    }
    int64_t a = float_order(x, w), b = float_order(y, w);
    return a == b ? FL_Z | FL_C : a < b ? FL_N : FL_C;
}

/* As x86 has it. */
static uint32_t comi(uint64_t x, uint64_t y, unsigned w)
{
    uint32_t f = fcmp(x, y, w);
    return f == (FL_C | FL_V) ? FL_Z | FL_P | FL_C : f == (FL_Z | FL_C) ? FL_Z : f == FL_N ? FL_C : 0;
}

uint32_t ir_eval_flags(IrOp op, IrType type, uint64_t x, uint64_t y, uint64_t z)
{
    if (op == IR_fl_comi || op == IR_fl_ucomi) {
        return comi(x, y, eval_width(type));
    }
    if (op == IR_fl_fcmp) {
        return fcmp(x, y, eval_width(type));
    }
    return ir_eval(op, eval_width(type), x, y, z, 0);
}

uint64_t ir_eval_insn(const IrInsn *in, uint64_t x, uint64_t y, uint64_t z)
{
    return ir_eval(in->op, eval_width(in->type), x, y, z, in->imm);
}

/* ---- vectors ---- */

static uint64_t lane(const V128 *v, unsigned size, unsigned i)
{
    switch (size) {
    case 1:  return v->u8[i];
    case 2:  return v->u16[i];
    case 4:  return v->u32[i];
    default: return v->u64[i];
    }
}

static void set_lane(V128 *v, unsigned size, unsigned i, uint64_t x)
{
    switch (size) {
    case 1:  v->u8[i] = x; break;
    case 2:  v->u16[i] = x; break;
    case 4:  v->u32[i] = x; break;
    default: v->u64[i] = x; break;
    }
}

/* One lane: x and y zero-extended, w its width in bits, n the shift. */
static uint64_t lane_op(IrOp op, uint64_t x, uint64_t y, unsigned w, unsigned n)
{
    int64_t sx = sext(x, w), sy = sext(y, w);
    switch (op) {
    case IR_vand:   return x & y;
    case IR_vor:    return x | y;
    case IR_vxor:   return x ^ y;
    case IR_vandn:  return x & ~y;
    case IR_vnot:   return ~x;
    case IR_vadd:   return x + y;
    case IR_vsub:   return x - y;
    case IR_vmul:   return x * y;
    case IR_vneg:   return -x;
    case IR_vabs:   return sx < 0 ? -x : x;
    case IR_vcmpeq: return x == y ? UINT64_MAX : 0;
    case IR_vcmpgt: return sx > sy ? UINT64_MAX : 0;
    case IR_vmins:  return sx < sy ? x : y;
    case IR_vminu:  return x < y ? x : y;
    case IR_vmaxs:  return sx > sy ? x : y;
    case IR_vmaxu:  return x > y ? x : y;
    case IR_vshl:   return x << n;
    case IR_vshr:   return x >> n;
    case IR_vsar:   return (uint64_t)(sx >> n);
    default:        g_assert_not_reached();
    }
}

void ir_eval_v128(const IrInsn *in, V128 *out, const V128 *a, const V128 *b)
{
    unsigned size = in->imm & 0xff, n = in->imm >> 8 & 0xff;
    V128 v = { .u64 = { 0, 0 } };
    switch (in->op) {
    case IR_vpair:
        v.u64[0] = a->u64[0];
        v.u64[1] = b->u64[0];
        break;
    case IR_vlane:
        v.u64[0] = lane(a, size, n);
        break;
    case IR_vsetlane:
        v = *a;
        set_lane(&v, size, n, b->u64[0]);
        break;
    case IR_vdup:
        for (unsigned i = 0; i < 16 / size; i++) {
            set_lane(&v, size, i, a->u64[0]);
        }
        break;
    default:
        size = in->op <= IR_vnot ? 8 : size;
        for (unsigned i = 0; i < 16 / size; i++) {
            set_lane(&v, size, i, lane_op(in->op, lane(a, size, i), b ? lane(b, size, i) : 0,
                                          size * 8, n));
        }
    }
    *out = v;
}
