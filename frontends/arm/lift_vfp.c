/* SPDX-License-Identifier: MIT */
/*
 * Lifting of VFPv2 to VFPv4, and of the transfers between core and vector registers.
 * Implements: ARM DDI 0406C, A7.5, A7.6, A7.8, A7.9; short vectors: appendix D11.
 *
 * Native first: arithmetic is the IR's, with the exact function for special results beside it.
 * While FPSCR asks for flush-to-zero, default NaNs or short vectors (KEY_VFP_SLOW), the exact
 * functions do all of it.  Fused multiply-add always is a call: the IR has no such op.
 */
#include "frontends/arm/lift_fp.h"

#define decode_vfp vfp_tree
static bool vfp_tree(Lift *c, uint32_t insn);
#include "vfp-tree.inc"
#undef decode_vfp

enum { REG_FPSID, REG_FPSCR, REG_MVFR1 = 6, REG_MVFR0, REG_FPEXC };

/* VMRS and VMSR of the other system registers work while FPEXC.EN is clear. */
static bool is_system_access(const Lift *c, uint32_t insn)
{
    return (insn & 0x0fe00f10) == 0x0ee00a10 && bits(insn, 16, 4) != REG_FPSCR
        && (c->mode & KEY_PRIV) && (c->mode & KEY_CP10);
}

bool decode_vfp(Lift *c, uint32_t insn)
{
    return HAS(c, VFP2) && (c->mode & KEY_VFP || is_system_access(c, insn)) && vfp_tree(c, insn);
}

/* ---- operations on values ---- */

typedef enum FpOp { FP_ADD, FP_SUB, FP_MUL, FP_DIV, FP_SQRT, FP_CMP, FP_CMPE } FpOp;

static const struct {
    uint8_t        op;
    const CallDef *exact[2];            /* single, double */
} fp_ops[] = {
    [FP_ADD]  = { IR_fadd,    { &call_arm_f32_add,  &call_arm_f64_add } },
    [FP_SUB]  = { IR_fsub,    { &call_arm_f32_sub,  &call_arm_f64_sub } },
    [FP_MUL]  = { IR_fmul,    { &call_arm_f32_mul,  &call_arm_f64_mul } },
    [FP_DIV]  = { IR_fdiv,    { &call_arm_f32_div,  &call_arm_f64_div } },
    [FP_SQRT] = { IR_fsqrt,   { &call_arm_f32_sqrt, &call_arm_f64_sqrt } },
    [FP_CMP]  = { IR_fl_fcmp, { &call_arm_f32_cmp,  &call_arm_f64_cmp } },
    [FP_CMPE] = { IR_fl_fcmp, { &call_arm_f32_cmpe, &call_arm_f64_cmpe } },
};

static IrType fp_type(bool dp)
{
    return dp ? IR_F64 : IR_F32;
}

/* Natively, or by the exact function alone; y is 0 for one operand. */
static IrRef fp_native(Lift *c, IrOp op, IrType t, const CallDef *exact, IrRef x, IrRef y)
{
    if (c->mode & KEY_VFP_SLOW) {
        return ir_call(c->ir, exact, y ? 2 : 1, (const IrRef[]){ x, y });
    }
    return ir_float(c->ir, op, t, x, y, exact);
}

static IrRef fp_op(Lift *c, FpOp op, bool dp, IrRef x, IrRef y)
{
    return fp_native(c, fp_ops[op].op, fp_type(dp), fp_ops[op].exact[dp], x, y);
}

static IrRef fp_neg(Lift *c, bool dp, IrRef x)
{
    return ir_op1(c->ir, IR_fneg, fp_type(dp), x);
}

/* d + n * m or d - n * m (a negated product is added), rounded twice. */
static IrRef fp_mla(Lift *c, bool dp, bool sub, IrRef d, IrRef n, IrRef m)
{
    static const CallDef *const exact[2][2] = {         /* [sub][double] */
        { &call_arm_f32_mla, &call_arm_f64_mla }, { &call_arm_f32_mls, &call_arm_f64_mls },
    };
    const CallDef *call = exact[sub][dp];
    if (c->mode & KEY_VFP_SLOW) {
        return ir_call3(c->ir, call, d, n, m);
    }
    return ir_float3(c->ir, sub ? IR_fmls : IR_fmla, fp_type(dp), d, n, m, call);
}

static IrRef fp_fma(Lift *c, bool dp, IrRef x, IrRef y, IrRef addend)
{
    return ir_call3(c->ir, dp ? &call_arm_f64_fma : &call_arm_f32_fma, x, y, addend);
}

/* ---- registers ---- */

static unsigned fp_number(bool dp, unsigned x)
{
    return dp ? x : s_number(x);
}

static IrRef get_fp(Lift *c, bool dp, unsigned n)
{
    return dp ? get_d(c, n) : get_s(c, n);
}

static void put_fp(Lift *c, bool dp, unsigned n, IrRef v)
{
    if (dp) {
        put_d(c, n, v);
    } else {
        put_s(c, n, v);
    }
}

/* Register fields as encoded: all there?  When not, the instruction is undefined. */
static bool fp_exist(Lift *c, bool dp, unsigned d, unsigned n, unsigned m)
{
    if (dp && !(d_exists(c, d) && d_exists(c, n) && d_exists(c, m))) {
        undefined(c);
        return false;
    }
    return true;
}

/* ---- data processing, with short vectors ---- */

/* d, n and m are values of the element; what the operation does not use is dropped. */
typedef IrRef VfpFn(Lift *c, bool dp, IrRef d, IrRef n, IrRef m);

/* D11.4: registers come in banks of 8 singles or 4 doubles; the first bank (and the one that starts
 * at d16) holds scalars. */
static bool is_scalar(bool dp, unsigned n)
{
    return dp ? (n & 12) == 0 : n < 8;
}

static unsigned next_element(bool dp, unsigned n, unsigned stride)
{
    unsigned in_bank = dp ? 3 : 7;
    return (n & ~in_bank) | ((n + stride) & in_bank);
}

/* With FPSCR.LEN or STRIDE set on a processor without short vectors (MVFR0), what would be one is
 * undefined: support code does it. */
static bool vectors_exist(Lift *c)
{
    bool lacking = HAS(c, VFP3) && !(arm_lift(c)->cpu->model->mvfr[0] >> 24 & 15);
    if (lacking && (c->mode >> KEY_LEN_SHIFT & 0x1f)) {
        undefined(c);
        return false;
    }
    return true;
}

static void vfp_data(Lift *c, bool dp, unsigned d, unsigned n, unsigned m, VfpFn *fn)
{
    unsigned len = (c->mode >> KEY_LEN_SHIFT & 7) + 1;
    unsigned stride = (c->mode >> (KEY_LEN_SHIFT + 3) & 3) == 3 ? 2 : 1;

    if (!fp_exist(c, dp, d, n, m) || !vectors_exist(c)) {
        return;
    }
    guard(c);
    d = fp_number(dp, d);
    n = fp_number(dp, n);
    m = fp_number(dp, m);
    bool m_scalar = is_scalar(dp, m);
    if (is_scalar(dp, d)) {
        len = 1;
    }
    for (unsigned i = 0; i < len; i++) {
        put_fp(c, dp, d, fn(c, dp, get_fp(c, dp, d), get_fp(c, dp, n), get_fp(c, dp, m)));
        d = next_element(dp, d, stride);
        n = next_element(dp, n, stride);
        m = m_scalar ? m : next_element(dp, m, stride);
    }
}

#define VFP_DATA(name, n_field, expr) \
    static IrRef element_##name(Lift *c, bool dp, IrRef d, IrRef n, IrRef m) \
    { \
        return expr; \
    } \
    void lift_##name(Lift *c, const args_##name *a) \
    { \
        vfp_data(c, a->dp, a->d, n_field, a->m, element_##name); \
    }

#define PRODUCT     fp_op(c, FP_MUL, dp, n, m)
#define NEG(x)      fp_neg(c, dp, x)
#define ADD(x, y)   fp_op(c, FP_ADD, dp, x, y)

VFP_DATA(vmla,  a->n, fp_mla(c, dp, false, d, n, m))
VFP_DATA(vmls,  a->n, fp_mla(c, dp, true, d, n, m))
VFP_DATA(vnmla, a->n, fp_mla(c, dp, true, NEG(d), n, m))
VFP_DATA(vnmls, a->n, fp_mla(c, dp, false, NEG(d), n, m))
VFP_DATA(vmul,  a->n, PRODUCT)
VFP_DATA(vnmul, a->n, NEG(PRODUCT))
VFP_DATA(vadd,  a->n, ADD(n, m))
VFP_DATA(vsub,  a->n, fp_op(c, FP_SUB, dp, n, m))
VFP_DATA(vdiv,  a->n, fp_op(c, FP_DIV, dp, n, m))
VFP_DATA(vfma,  a->n, fp_fma(c, dp, n, m, d))
VFP_DATA(vfms,  a->n, fp_fma(c, dp, NEG(n), m, d))
VFP_DATA(vfnma, a->n, fp_fma(c, dp, NEG(n), m, NEG(d)))
VFP_DATA(vfnms, a->n, fp_fma(c, dp, n, m, NEG(d)))
VFP_DATA(vmov_reg, a->m, m)
VFP_DATA(vabs,  a->m, ir_op1(c->ir, IR_fabs, fp_type(dp), m))
VFP_DATA(vneg,  a->m, NEG(m))
VFP_DATA(vsqrt, a->m, fp_op(c, FP_SQRT, dp, m, 0))

/* VFPExpandImm(): sign, an exponent of three bits around that of 2, four bits of fraction. */
static uint64_t expand_imm(bool dp, unsigned imm8)
{
    uint64_t sign = imm8 >> 7, low = imm8 & 0x3f;
    bool small = imm8 >> 6 & 1;

    return dp ? sign << 63 | (small ? UINT64_C(0x3fc0) : UINT64_C(0x4000)) << 48 | low << 48
              : sign << 31 | (small ? 0x3e000000u : 0x40000000u) | low << 19;
}

/* The value reaches the elements as a register would: it is put in d and read from there. */
void lift_vmov_imm(Lift *c, const args_vmov_imm *a)
{
    unsigned d = fp_number(a->dp, a->d);
    unsigned len = is_scalar(a->dp, d) ? 1 : (c->mode >> KEY_LEN_SHIFT & 7) + 1;
    unsigned stride = (c->mode >> (KEY_LEN_SHIFT + 3) & 3) == 3 ? 2 : 1;

    if (!fp_exist(c, a->dp, a->d, 0, 0) || !vectors_exist(c)) {
        return;
    }
    guard(c);
    for (unsigned i = 0; i < len; i++) {
        put_fp(c, a->dp, d, ir_const(c->ir, fp_type(a->dp), expand_imm(a->dp, a->imm8)));
        d = next_element(a->dp, d, stride);
    }
}

/* ---- comparison and conversion: never vectors ---- */

void lift_vcmp(Lift *c, const args_vcmp *a)
{
    if (fp_exist(c, a->dp, a->d, a->m, 0)) {
        guard(c);
        IrRef x = get_fp(c, a->dp, fp_number(a->dp, a->d));
        IrRef y = get_fp(c, a->dp, fp_number(a->dp, a->m));
        ir_put(c->ir, SLOT_FPNZCV, fp_op(c, a->signaling ? FP_CMPE : FP_CMP, a->dp, x, y));
    }
}

void lift_vcmp_zero(Lift *c, const args_vcmp_zero *a)
{
    if (fp_exist(c, a->dp, a->d, 0, 0)) {
        guard(c);
        IrRef x = get_fp(c, a->dp, fp_number(a->dp, a->d));
        IrRef zero = ir_const(c->ir, fp_type(a->dp), 0);
        ir_put(c->ir, SLOT_FPNZCV, fp_op(c, a->signaling ? FP_CMPE : FP_CMP, a->dp, x, zero));
    }
}

void lift_vcvt_ds(Lift *c, const args_vcvt_ds *a)
{
    bool exist = a->dp ? d_exists(c, a->m) : d_exists(c, a->d);

    if (!exist) {
        undefined(c);
        return;
    }
    guard(c);
    if (a->dp) {
        put_s(c, s_number(a->d),
              fp_native(c, IR_f64to32, IR_F32, &call_arm_f64_to_f32, get_d(c, a->m), 0));
    } else {
        put_d(c, a->d, fp_native(c, IR_f32to64, IR_F64, &call_arm_f32_to_f64,
                                 get_s(c, s_number(a->m)), 0));
    }
}

/* Integers are never special, and their conversion is the same in every mode of FPSCR. */
void lift_vcvt_from_int(Lift *c, const args_vcvt_from_int *a)
{
    if (fp_exist(c, a->dp, a->d, 0, 0)) {
        guard(c);
        IrRef v = get_s_bits(c, s_number(a->m));
        put_fp(c, a->dp, fp_number(a->dp, a->d),
               ir_float(c->ir, a->sgn ? IR_itof : IR_utof, fp_type(a->dp), v, 0, NULL));
    }
}

void lift_vcvt_to_int(Lift *c, const args_vcvt_to_int *a)
{
    static const CallDef *const truncate[2][2] = {      /* [double][signed] */
        { &call_arm_f32_to_u32, &call_arm_f32_to_s32 },
        { &call_arm_f64_to_u32, &call_arm_f64_to_s32 },
    };
    static const CallDef *const round[2][2] = {
        { &call_arm_f32_round_u32, &call_arm_f32_round_s32 },
        { &call_arm_f64_round_u32, &call_arm_f64_round_s32 },
    };

    if (fp_exist(c, a->dp, 0, 0, a->m)) {
        guard(c);
        IrRef x = get_fp(c, a->dp, fp_number(a->dp, a->m));
        const CallDef *exact = (a->toward_zero ? truncate : round)[a->dp][a->sgn];
        IrRef v = a->toward_zero
            ? fp_native(c, a->sgn ? IR_ftoi : IR_ftou, fp_type(a->dp), exact, x, 0)
            : ir_call1(c->ir, exact, x);
        put_s_bits(c, s_number(a->d), v);
    }
}

/* The register is both source and destination; with fewer integer bits than the register has, the
 * result is extended. */
static bool fixed_operand(Lift *c, bool dp, unsigned d, bool wide, unsigned imm, bool uns,
                          IrRef *control)
{
    unsigned size = wide ? 32 : 16;

    if (imm > size || (dp && !d_exists(c, d))) {
        undefined(c);
        return false;
    }
    guard(c);
    *control = ir_i32(c->ir, ARM_FIXED(size - imm, size, uns));
    return true;
}

void lift_vcvt_to_fixed(Lift *c, const args_vcvt_to_fixed *a)
{
    unsigned d = fp_number(a->dp, a->d);
    IrRef control;

    if (fixed_operand(c, a->dp, a->d, a->wide, a->imm, a->uns, &control)) {
        IrRef v = ir_call2(c->ir, a->dp ? &call_arm_f64_to_fixed : &call_arm_f32_to_fixed,
                           get_fp(c, a->dp, d), control);
        if (a->dp) {
            put_d_bits(c, d, v);
        } else {
            put_s_bits(c, d, ir_op1(c->ir, IR_lo32, IR_I32, v));
        }
    }
}

void lift_vcvt_from_fixed(Lift *c, const args_vcvt_from_fixed *a)
{
    unsigned d = fp_number(a->dp, a->d);
    IrRef control;

    if (fixed_operand(c, a->dp, a->d, a->wide, a->imm, a->uns, &control)) {
        IrRef v = a->dp ? get_d_bits(c, d) : ir_op1(c->ir, IR_zext32, IR_I64, get_s_bits(c, d));
        put_fp(c, a->dp, d, ir_call2(c->ir, a->dp ? &call_arm_f64_from_fixed
                                                  : &call_arm_f32_from_fixed, v, control));
    }
}

void lift_vcvt_from_half(Lift *c, const args_vcvt_from_half *a)
{
    guard(c);
    IrRef half = ir_bfx(c->ir, get_s_bits(c, s_number(a->m)), a->top ? 16 : 0, 16);
    put_s(c, s_number(a->d), ir_call1(c->ir, &call_arm_f16_to_f32, half));
}

void lift_vcvt_to_half(Lift *c, const args_vcvt_to_half *a)
{
    guard(c);
    IrRef half = ir_call1(c->ir, &call_arm_f32_to_f16, get_s(c, s_number(a->m)));
    put_s_bits(c, s_number(a->d),
               ir_bfi(c->ir, get_s_bits(c, s_number(a->d)), half, a->top ? 16 : 0, 16));
}

/* ---- loads and stores: words, aligned as such; a double is one access of two ---- */

static IrMem fp_mem(Lift *c, bool dp)
{
    IrMem mem = mem_aligned(c, 4);
    mem.size = dp ? 8 : 4;
    return mem;
}

static IrRef base_address(Lift *c, unsigned rn)
{
    return rn == 15 ? ir_i32(c->ir, pc_value(c) & ~3u) : get_gpr(c, rn);
}

void lift_vldr(Lift *c, const args_vldr *a)
{
    if (fp_exist(c, a->dp, a->d, 0, 0)) {
        guard(c);
        IrRef addr = ir_addi(c->ir, base_address(c, a->rn), (a->add ? 4 : -4) * (int)a->imm);
        put_fp(c, a->dp, fp_number(a->dp, a->d),
               ir_ld(c->ir, fp_type(a->dp), addr, fp_mem(c, a->dp)));
    }
}

void lift_vstr(Lift *c, const args_vstr *a)
{
    if (fp_exist(c, a->dp, a->d, 0, 0)) {
        guard(c);
        IrRef addr = ir_addi(c->ir, base_address(c, a->rn), (a->add ? 4 : -4) * (int)a->imm);
        ir_st(c->ir, addr, get_fp(c, a->dp, fp_number(a->dp, a->d)), fp_mem(c, a->dp));
    }
}

typedef struct Multiple {
    bool     dp, before, wback;
    unsigned d, rn, words;
} Multiple;

/* Registers to move; 0: the list is empty or leaves the register file (UNPREDICTABLE), or the base
 * is the PC where it must not be.  All of that is undefined here. */
static unsigned multiple_count(Lift *c, const Multiple *x)
{
    unsigned n = x->dp ? x->words / 2 : x->words;
    unsigned last = fp_number(x->dp, x->d) + n - 1;
    bool pc_base = x->rn == 15 && (x->wback || arm_lift(c)->thumb);

    if (n == 0 || pc_base || (x->dp ? n > 16 || !d_exists(c, last) : last > 31)) {
        undefined(c);
        return 0;
    }
    return n;
}

/* The lowest address; *after is the base written back, if it is. */
static IrRef multiple_address(Lift *c, const Multiple *x, IrRef *after)
{
    IrRef base = base_address(c, x->rn);
    IrRef moved = ir_addi(c->ir, base, (x->before ? -4 : 4) * (int)x->words);

    *after = moved;
    return x->before ? moved : base;
}

static void load_multiple(Lift *c, Multiple x)
{
    unsigned n = multiple_count(c, &x), d = fp_number(x.dp, x.d);
    IrRef value[32], after;

    if (!n) {
        return;
    }
    guard(c);
    IrRef addr = multiple_address(c, &x, &after);
    for (unsigned i = 0; i < n; i++) {
        value[i] = ir_ld(c->ir, fp_type(x.dp), ir_addi(c->ir, addr, i * (x.dp ? 8 : 4)),
                         fp_mem(c, x.dp));
    }
    for (unsigned i = 0; i < n; i++) {
        put_fp(c, x.dp, d + i, value[i]);
    }
    if (x.wback) {
        set_gpr(c, x.rn, after);
    }
}

static void store_multiple(Lift *c, Multiple x)
{
    unsigned n = multiple_count(c, &x), d = fp_number(x.dp, x.d);
    IrRef after;

    if (!n) {
        return;
    }
    guard(c);
    IrRef addr = multiple_address(c, &x, &after);
    for (unsigned i = 0; i < n; i++) {
        ir_st(c->ir, ir_addi(c->ir, addr, i * (x.dp ? 8 : 4)), get_fp(c, x.dp, d + i),
              fp_mem(c, x.dp));
    }
    if (x.wback) {
        set_gpr(c, x.rn, after);
    }
}

#define MULTIPLE(a) (Multiple){ (a)->dp, (a)->before, (a)->wback, (a)->d, (a)->rn, (a)->imm }

void lift_vldm(Lift *c, const args_vldm *a)
{
    load_multiple(c, MULTIPLE(a));
}

void lift_vstm(Lift *c, const args_vstm *a)
{
    store_multiple(c, MULTIPLE(a));
}

/* ---- transfers to and from core registers; with the PC they are UNPREDICTABLE ---- */

static bool core_ok(Lift *c, unsigned rt)
{
    if (rt == 15) {
        undefined(c);
        return false;
    }
    return true;
}

void lift_vmov_core_s(Lift *c, const args_vmov_core_s *a)
{
    unsigned n = s_number(a->n);

    if (!core_ok(c, a->rt)) {
        return;
    }
    guard(c);
    if (a->to_core) {
        set_gpr(c, a->rt, get_s_bits(c, n));
    } else {
        put_s_bits(c, n, get_gpr(c, a->rt));
    }
}

void lift_vmov_core_ss(Lift *c, const args_vmov_core_ss *a)
{
    unsigned m = s_number(a->m);

    if (!core_ok(c, a->rt) || !core_ok(c, a->rt2)) {
        return;
    }
    if (m == 31) {
        undefined(c);
        return;
    }
    guard(c);
    if (a->to_core) {
        IrRef lo = get_s_bits(c, m), hi = get_s_bits(c, m + 1);
        set_gpr(c, a->rt, lo);
        set_gpr(c, a->rt2, hi);
    } else {
        put_s_bits(c, m, get_gpr(c, a->rt));
        put_s_bits(c, m + 1, get_gpr(c, a->rt2));
    }
}

void lift_vmov_core_d(Lift *c, const args_vmov_core_d *a)
{
    if (!fp_exist(c, true, a->m, 0, 0) || !core_ok(c, a->rt) || !core_ok(c, a->rt2)) {
        return;
    }
    guard(c);
    if (a->to_core) {
        IrRef v = get_d_bits(c, a->m);
        set_gpr(c, a->rt, ir_op1(c->ir, IR_lo32, IR_I32, v));
        set_gpr(c, a->rt2, ir_op1(c->ir, IR_hi32, IR_I32, v));
    } else {
        put_d_bits(c, a->m, ir_op2(c->ir, IR_pair, IR_I64, get_gpr(c, a->rt),
                                   get_gpr(c, a->rt2)));
    }
}

/* Words in the lower half of the file are S registers; all else is a lane of a Q register. */
static bool lane_ok(Lift *c, unsigned d, unsigned size, unsigned rt)
{
    if (size != 2 && !neon_enabled(c)) {
        undefined(c);
        return false;
    }
    return fp_exist(c, true, d, 0, 0) && core_ok(c, rt);
}

void lift_vmov_to_lane(Lift *c, const args_vmov_to_lane *a)
{
    if (!lane_ok(c, a->d, a->size, a->rt)) {
        return;
    }
    guard(c);
    if (a->size == 2 && a->d < 16) {
        put_s_bits(c, a->d * 2 + a->index, get_gpr(c, a->rt));
    } else {
        put_v(c, true, a->d, ir_opi(c->ir, IR_vsetlane, IR_V128, get_v(c, true, a->d),
                                    get_gpr(c, a->rt), q_lane(a->d, a->size, a->index)));
    }
}

void lift_vmov_from_lane(Lift *c, const args_vmov_from_lane *a)
{
    if (!lane_ok(c, a->n, a->size, a->rt)) {
        return;
    }
    guard(c);
    if (a->size == 2 && a->n < 16) {
        set_gpr(c, a->rt, get_s_bits(c, a->n * 2 + a->index));
        return;
    }
    IrRef v = ir_opi(c->ir, IR_vlane, IR_I32, get_v(c, true, a->n), 0,
                     q_lane(a->n, a->size, a->index));
    if (a->size < 2 && !a->uns) {
        v = a->size ? ir_sext16(c->ir, v) : ir_sext8(c->ir, v);
    }
    set_gpr(c, a->rt, v);
}

void lift_vdup_core(Lift *c, const args_vdup_core *a)
{
    if (!neon_enabled(c) || (a->q && (a->d & 1))) {
        undefined(c);
        return;
    }
    if (!core_ok(c, a->rt)) {
        return;
    }
    guard(c);
    put_v(c, a->q, a->d, ir_opi(c->ir, IR_vdup, IR_V128, get_gpr(c, a->rt), 0, 1u << a->size));
}

/* ---- system registers ---- */

void lift_vmrs(Lift *c, const args_vmrs *a)
{
    const ArmModel *model = arm_lift(c)->cpu->model;

    if (a->reg == REG_FPSCR && a->rt == 15) {
        guard(c);
        set_flags(c, ir_get(c->ir, SLOT_FPNZCV));
        return;
    }
    if ((a->reg != REG_FPSCR && !(c->mode & KEY_PRIV)) || a->rt == 15) {
        undefined(c);
        return;
    }
    guard(c);
    switch (a->reg) {
    case REG_FPSID:
        set_gpr(c, a->rt, ir_i32(c->ir, model->fpsid));
        break;
    case REG_FPSCR:
        set_gpr(c, a->rt, ir_call0(c->ir, &call_arm_read_fpscr));
        break;
    case REG_MVFR0:
    case REG_MVFR1:
        set_gpr(c, a->rt, ir_i32(c->ir, model->mvfr[REG_MVFR0 - a->reg]));
        break;
    case REG_FPEXC:
        set_gpr(c, a->rt, ir_call0(c->ir, &call_arm_read_fpexc));
        break;
    default:
        undefined(c);
    }
}

void lift_vmsr(Lift *c, const args_vmsr *a)
{
    if ((a->reg != REG_FPSCR && !(c->mode & KEY_PRIV)) || a->rt == 15) {
        undefined(c);
        return;
    }
    guard(c);
    switch (a->reg) {
    case REG_FPSID:                     /* read-only; writing it is a barrier of old cores */
        break;
    case REG_FPSCR:
        ir_call1(c->ir, &call_arm_write_fpscr, get_gpr(c, a->rt));
        end_block(c);
        break;
    case REG_FPEXC:
        ir_call1(c->ir, &call_arm_write_fpexc, get_gpr(c, a->rt));
        end_block(c);
        break;
    default:
        undefined(c);
    }
}
