/* SPDX-License-Identifier: MIT */
/*
 * Lifters of SSE to SSE4.2, AES and PCLMULQDQ, and of their VEX forms.
 * Implements: SDM 2.  One function serves all rows of a shape; `arg` of the row says which operation.
 */
#include "frontends/x86/lift_vec.h"

/* ---- operations of vec.def and of the IR ---- */

static IrRef operate(Lift *c, unsigned arg, unsigned imm, IrRef x, IrRef y, IrRef z)
{
    if (!arg_is_ir(arg)) {
        return vec_do(c, arg, imm, x, y, z);
    }
    IrOp op = arg >> 4 & 0xff;
    return ir_opi(c->ir, op, IR_V128, x, y, op <= IR_vnot ? 0 : 1u << (arg & 15));
}

static unsigned n_sources(unsigned arg)
{
    return arg_is_ir(arg) ? ir_ops[arg >> 4 & 0xff].n_args : vec_ops[arg].n_args;
}

static IrRef lanes(Lift *c, const X86Insn *in, unsigned half, unsigned imm)
{
    unsigned arg = in->row->arg;
    IrRef x, y = 0, z = 0;
    vec_half(c, in, half);
    switch (n_sources(arg)) {
    case 1:
        x = vec_get(c, in, 1, half);
        break;
    case 2:
        x = vec_get(c, in, source_at(in, 0), half);
        y = vec_get(c, in, source_at(in, 1), half);
        break;
    default:
        if (in->op[3].kind != OPK_NONE) {           /* VBLENDV */
            x = vec_get(c, in, 1, half);
            y = vec_get(c, in, 2, half);
            z = vec_get(c, in, 3, half);
        } else if (in->vex) {                       /* FMA */
            x = vec_get(c, in, 0, half);
            y = vec_get(c, in, 1, half);
            z = vec_get(c, in, 2, half);
        } else {                                    /* BLENDV: the mask is XMM0 */
            x = vec_get(c, in, 0, half);
            y = vec_get(c, in, 1, half);
            z = vec_reg(c, 0, half);
        }
    }
    return operate(c, arg, imm, x, y, z);
}

LIFTER(vec)
{
    unsigned imm = imm8_of(in);
    IrRef lo = lanes(c, in, 0, imm);
    vec_put(c, in, lo, vec_halves(in) > 1 ? lanes(c, in, 1, imm) : 0);
}

/* PANDN: the first source is the one that is inverted. */
LIFTER(vandn)
{
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < vec_halves(in); i++) {
        IrRef x = vec_get(c, in, source_at(in, 0), i), y = vec_get(c, in, source_at(in, 1), i);
        v[i] = ir_opi(c->ir, IR_vandn, IR_V128, y, x, 0);
    }
    vec_put(c, in, v[0], v[1]);
}

/* CMPPS and the like: 8 predicates, 32 with VEX. */
LIFTER(vcmp)
{
    unsigned imm = imm8_of(in) & (in->vex ? 31 : 7);
    IrRef lo = lanes(c, in, 0, imm);
    vec_put(c, in, lo, vec_halves(in) > 1 ? lanes(c, in, 1, imm) : 0);
}

/* The bits of the immediate are for both halves, one after the other. */
LIFTER(vec_imm)
{
    unsigned imm = imm8_of(in), op = in->row->arg;
    unsigned bits = op == VEC_shufpd ? 2 : op == VEC_mpsadbw ? 3 : 4;
    IrRef lo = lanes(c, in, 0, imm & ((1 << bits) - 1));
    vec_put(c, in, lo, vec_halves(in) > 1 ? lanes(c, in, 1, imm >> bits) : 0);
}

/* The shift count is the low half of the last operand, for both halves. */
LIFTER(vshift)
{
    IrRef n, v[2] = { 0 };
    const X86Operand *op = &in->op[source_at(in, 1)];
    n = op->kind == OPK_MEM && op->size == 32 ? vec_load(c, in, source_at(in, 1), 0, 16, 16)
                                              : vec_get(c, in, source_at(in, 1), 0);
    for (unsigned i = 0; i < vec_halves(in); i++) {
        v[i] = vec_do2(c, in->row->arg, vec_get(c, in, source_at(in, 0), i), n);
    }
    vec_put(c, in, v[0], v[1]);
}

/* arg: op of the IR and lane. */
static IrRef shift_by(Lift *c, unsigned arg, IrRef v, unsigned n)
{
    IrOp op = arg >> 4 & 0xff;
    unsigned size = 1u << (arg & 15);
    if (n >= size * 8) {
        if (op != IR_vsar) {
            return vec_zero(c);
        }
        n = size * 8 - 1;
    }
    return n ? ir_opi(c->ir, op, IR_V128, v, 0, size | n << 8) : v;
}

LIFTER(vshift_imm)
{
    unsigned src = in->vex ? 1 : 0, n = imm8_of(in);
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < vec_halves(in); i++) {
        v[i] = shift_by(c, in->row->arg, vec_get(c, in, src, i), n);
    }
    vec_put(c, in, v[0], v[1]);
}

LIFTER(vshift_bytes)
{
    unsigned src = in->vex ? 1 : 0, n = imm8_of(in);
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < vec_halves(in); i++) {
        v[i] = n > 15 ? vec_zero(c) : vec_do1(c, in->row->arg, n, vec_get(c, in, src, i));
    }
    vec_put(c, in, v[0], v[1]);
}

/* ---- wider and narrower lanes ---- */

/* PMOVSX, CVTPS2PD and the like: 16 bytes come of the lowest `part` ones. */
LIFTER(vwiden)
{
    unsigned n = vec_halves(in), part = MAX(in->op[1].size / n, 1u);
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < n; i++) {
        IrRef x;
        vec_half(c, in, i);
        if (in->op[1].kind == OPK_MEM) {
            x = vec_load(c, in, 1, i * part, part, part * n);
        } else {
            x = vec_reg(c, in->op[1].reg, 0);
            x = i ? vec_do1(c, VEC_psrldq, part, x) : x;
        }
        v[i] = vec_do1(c, in->row->arg, 0, x);
    }
    vec_put(c, in, v[0], v[1]);
}

/* CVTPD2PS and the like: the halves' results are 8 bytes each. */
LIFTER(vnarrow)
{
    vec_half(c, in, 0);
    IrRef lo = vec_do1(c, in->row->arg, 0, vec_get(c, in, 1, 0));
    if (vec_halves(in) > 1) {
        vec_half(c, in, 1);
        IrRef hi = vec_do1(c, in->row->arg, 0, vec_get(c, in, 1, 1));
        lo = vec_do2(c, VEC_punpcklqdq, lo, hi);
    }
    vec_put(c, in, lo, 0);
}

/* ---- moves ---- */

LIFTER(vmov)
{
    unsigned n = vec_halves(in);
    IrRef lo = vec_get(c, in, 1, 0), hi = n > 1 ? vec_get(c, in, 1, 1) : 0;
    if (in->op[0].kind != OPK_MEM) {
        vec_put(c, in, lo, hi);
        return;
    }
    vec_store(c, in, 0, 0, MIN(in->op[0].size, 16), lo);
    if (hi) {
        vec_store(c, in, 0, 1, 16, hi);
    }
}

/* MOVSS, MOVSD: a load clears what is above, a move between registers does not. */
LIFTER(vmovs)
{
    unsigned size = in->row->arg == VEC_movss ? 4 : 8;
    if (in->op[0].kind == OPK_MEM) {
        vec_store(c, in, 0, 0, size, vec_get(c, in, 1, 0));
    } else if (in->op[1].kind == OPK_MEM) {
        vec_put(c, in, vec_get(c, in, 1, 0), 0);
    } else {
        vec_put(c, in, lanes(c, in, 0, 0), 0);
    }
}

/* MOVQ, MOVQ2DQ, MOVDQ2Q: 8 bytes, the rest becomes 0. */
LIFTER(vmovq)
{
    IrRef v = vec_get(c, in, 1, 0);
    if (in->op[0].kind == OPK_MEM) {
        vec_store(c, in, 0, 0, 8, v);
    } else {
        bool whole = in->op[1].kind != OPK_XMM || in->op[0].kind == OPK_MMX;
        vec_put(c, in, whole ? v : vec_only(c, v, 8), 0);
    }
}

/* MOVD, MOVQ between register files. */
LIFTER(vmovd_to)
{
    unsigned size = in->op[1].size;
    if (is_mem(in, 1)) {
        vec_put(c, in, vec_get(c, in, 1, 0), 0);
    } else {
        vec_put(c, in, vec_from_i64(c, convert(c, get_operand(c, in, 1), size, 8, false)), 0);
    }
}

LIFTER(vmovd_from)
{
    unsigned size = in->op[0].size;
    IrRef v = vec_get(c, in, 1, 0);
    if (is_mem(in, 0)) {
        vec_store(c, in, 0, 0, size, v);
    } else {
        put_operand(c, in, 0, ir_opi(c->ir, IR_vlane, type_of_size(size), v, 0, size));
    }
}

/* MOVLPS, MOVLPD, MOVHLPS. */
LIFTER(vmovl)
{
    if (in->op[0].kind == OPK_MEM) {
        vec_store(c, in, 0, 0, 8, vec_get(c, in, 1, 0));
        return;
    }
    IrRef x = vec_get(c, in, source_at(in, 0), 0), y = vec_get(c, in, source_at(in, 1), 0);
    bool mem = in->op[source_at(in, 1)].kind == OPK_MEM;
    vec_put(c, in, mem ? vec_do2(c, VEC_movsd, x, y) : vec_do2(c, VEC_punpckhqdq, y, x), 0);
}

/* MOVHPS, MOVHPD, MOVLHPS. */
LIFTER(vmovh)
{
    if (in->op[0].kind == OPK_MEM) {
        vec_store(c, in, 0, 0, 8, vec_do1(c, VEC_psrldq, 8, vec_get(c, in, 1, 0)));
        return;
    }
    IrRef x = vec_get(c, in, source_at(in, 0), 0), y = vec_get(c, in, source_at(in, 1), 0);
    vec_put(c, in, vec_do2(c, VEC_punpcklqdq, x, y), 0);
}

/* Shuffles of one source by an immediate that is known: arg is PSHUFD's. */
LIFTER(vshuf)
{
    IrRef lo = vec_do1(c, VEC_pshufd, in->row->arg, vec_get(c, in, 1, 0)), hi = 0;
    if (vec_halves(in) > 1) {
        hi = vec_do1(c, VEC_pshufd, in->row->arg, vec_get(c, in, 1, 1));
    }
    vec_put(c, in, lo, hi);
}

/* MOVDDUP: a memory operand of the 128-bit form has 8 bytes, of the 256-bit form 32. */
LIFTER(vmovddup)
{
    unsigned n = vec_halves(in);
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < n; i++) {
        IrRef x = in->op[1].kind == OPK_XMM ? vec_reg(c, in->op[1].reg, i)
                                            : vec_load(c, in, 1, i * 16, n > 1 ? 16 : 8, n > 1 ? 32 : 8);
        v[i] = vec_do1(c, VEC_pshufd, 0x44, x);
    }
    vec_put(c, in, v[0], v[1]);
}

/* BLENDPD by words. */
LIFTER(vblendpd)
{
    static const uint8_t words[] = { 0, 0x0f, 0xf0, 0xff };
    unsigned imm = imm8_of(in);
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < vec_halves(in); i++, imm >>= 2) {
        IrRef x = vec_get(c, in, source_at(in, 0), i), y = vec_get(c, in, source_at(in, 1), i);
        v[i] = vec_do(c, VEC_pblendw, words[imm & 3], x, y, 0);
    }
    vec_put(c, in, v[0], v[1]);
}

/* From memory the element is the only one. */
LIFTER(vinsertps)
{
    unsigned imm = imm8_of(in), src = source_at(in, 1);
    IrRef x = vec_get(c, in, source_at(in, 0), 0), y = vec_get(c, in, src, 0);
    imm &= in->op[src].kind == OPK_MEM ? 0x3f : 0xff;
    vec_put(c, in, vec_do(c, VEC_insertps, imm, x, y, 0), 0);
}

/* ---- lanes and general registers ---- */

/* The register of E as 32 bits or more, whatever its type says. */
static IrRef element(Lift *c, const X86Insn *in, unsigned k, unsigned size)
{
    if (is_mem(in, k)) {
        return x86_load(c, operand_address(c, in, size, false), size);
    }
    return get_reg(c, in->rm | (in->rex & 1) << 3, MAX(size, 4u));
}

/* arg: log of the size; PINSRD is PINSRQ with REX.W */
LIFTER(vpinsr)
{
    unsigned log = in->row->arg, k = source_at(in, 1);
    unsigned size = log == 2 ? in->op[k].size : 1u << log;
    unsigned n = imm8_of(in) & ((in->op[0].kind == OPK_MMX ? 8 : 16) / size - 1);
    IrRef x = vec_get(c, in, source_at(in, 0), 0), v = element(c, in, k, size);
    vec_put(c, in, ir_opi(c->ir, IR_vsetlane, IR_V128, x, v, size | n << 8), 0);
}

LIFTER(vpextr)
{
    unsigned log = in->row->arg, size = log == 2 ? in->op[0].size : 1u << log;
    unsigned n = imm8_of(in) & ((in->op[1].kind == OPK_MMX ? 8 : 16) / size - 1);
    IrRef v = ir_opi(c->ir, IR_vlane, type_of_size(size), vec_get(c, in, 1, 0), 0, size | n << 8);
    if (is_mem(in, 0)) {
        x86_store(c, operand_address(c, in, size, true), size, v);
    } else {
        unsigned reg = in->map == 1 || in->map == X86_MAP_VEX + 1 ? in->op[0].reg
                                                              : in->rm | (in->rex & 1) << 3;
        put_reg(c, reg, MAX(size, 4u), v);
    }
}

LIFTER(vmask)
{
    IrBuild *b = c->ir;
    IrRef mask = 0;
    for (unsigned i = 0; i < vec_halves(in); i++) {
        IrRef v = ir_value(b, (IrInsn){ .op = IR_vmask, .type = IR_I32, .imm = vec_imm(in->row->arg, 0),
                                        .a = vec_get(c, in, 1, i) });
        unsigned bits = in->row->arg == VEC_pmovmskb ? 16 : in->row->arg == VEC_movmskps ? 4 : 2;
        mask = i ? ir_or(b, mask, ir_shl(b, v, ir_i32(b, bits))) : v;
    }
    put_reg(c, in->op[0].reg, 4, mask);
}

static IrRef ptest(Lift *c, IrRef x, IrRef y)
{
    return ir_value(c->ir, (IrInsn){ .op = IR_vtest, .type = IR_I32, .a = x, .b = y,
                                     .imm = vec_imm(VEC_ptest, 0) });
}

/* arg: 0, or the log of the lane of which only signs count (VTESTPS, VTESTPD). */
LIFTER(vptest)
{
    IrBuild *b = c->ir;
    IrRef word = 0;
    for (unsigned i = 0; i < vec_halves(in); i++) {
        IrRef x = vec_get(c, in, 0, i), y = vec_get(c, in, 1, i);
        if (in->row->arg) {
            uint64_t sign = in->row->arg == 2 ? UINT64_C(0x8000000080000000) : UINT64_C(1) << 63;
            y = ir_opi(b, IR_vand, IR_V128, y,
                       ir_opi(b, IR_vdup, IR_V128, ir_i64(b, sign), 0, 8), 0);
        }
        IrRef w = ptest(c, x, y);
        word = i ? ir_and(b, word, w) : w;
    }
    set_flags_word(c, word);
}

/* ---- floating point and integers ---- */

/* arg: the row for 32 bits, the one for 64 is behind it. */
LIFTER(cvt2si)
{
    unsigned size = in->op[0].size;
    IrRef v = vec_to_int(c, in->row->arg + (size == 8), vec_get(c, in, 1, 0));
    put_operand(c, in, 0, convert(c, v, 8, size, false));
}

LIFTER(cvtsi2)
{
    unsigned k = source_at(in, 1), size = in->op[k].size;
    IrRef x = vec_get(c, in, source_at(in, 0), 0);
    IrRef n = convert(c, get_operand(c, in, k), size, 8, true), v;
    if (c->mode & KEY_XM) {
        v = vec_do2(c, in->row->arg, x, vec_from_i64(c, n));
    } else {
        v = ir_value(c->ir, (IrInsn){ .op = IR_fvofi, .type = IR_V128, .a = x, .b = n,
                                      .imm = vec_imm(in->row->arg, 0) });
    }
    vec_put(c, in, v, 0);
}

/* COMISS and the like: arg is the row. */
LIFTER(comi)
{
    IrBuild *b = c->ir;
    unsigned row = in->row->arg;
    bool dbl = row == VEC_comisd || row == VEC_ucomisd, quiet = row >= VEC_ucomiss;
    IrRef x = vec_get(c, in, 0, 0), y = vec_get(c, in, 1, 0);
    if (c->mode & KEY_XM) {
        IrRef word = vec_do2(c, row, x, y);
        set_flags_word(c, ir_opi(b, IR_vlane, IR_I32, word, 0, 4));
        return;
    }
    IrType t = dbl ? IR_F64 : IR_F32;
    unsigned size = dbl ? 8 : 4;
    x = ir_opi(b, IR_vlane, t, x, 0, size);
    y = ir_opi(b, IR_vlane, t, y, 0, size);
    x86_set_flags(c, ir_float(b, quiet ? IR_fl_ucomi : IR_fl_comi, t, x, y, NULL));
}

LIFTER(ldmxcsr)
{
    ir_call1(c->ir, &call_x86_ldmxcsr, get_operand(c, in, 0));
    x86_end_block(c);
}

LIFTER(stmxcsr)
{
    prepare_store(c, in, 0);
    put_operand(c, in, 0, ir_call0(c->ir, &call_x86_stmxcsr));
}
