/* SPDX-License-Identifier: MIT */
/*
 * Lifters of what AVX and AVX2 add to the forms of SSE: broadcasts, lanes that cross halves, masked
 * accesses, gathers; and of the string comparisons of SSE4.2.
 * Implements: SDM 2.
 */
#include "frontends/x86/lift_vec.h"

/* ---- upper halves ---- */

/* arg: 1 for VZEROALL */
LIFTER(vzero)
{
    for (unsigned n = 0; n < (lifting(c)->wide ? 16 : 8); n++) {
        ir_put(c->ir, SLOT_YMMH + n, vec_zero(c));
        if (in->row->arg) {
            ir_put(c->ir, SLOT_XMM + n, vec_zero(c));
        }
    }
}

/* arg: log of the element's size; 4: the same 16 bytes twice */
LIFTER(vbroadcast)
{
    unsigned log = in->row->arg, size = 1u << log;
    IrRef x = in->op[1].kind == OPK_MEM ? vec_load(c, in, 1, 0, size, size)
                                        : vec_reg(c, in->op[1].reg, 0);
    switch (log) {
    case 0: x = vec_do2(c, VEC_pshufb, x, vec_zero(c)); break;
    case 1: x = vec_do1(c, VEC_pshufd, 0, vec_do1(c, VEC_pshuflw, 0, x)); break;
    case 2: x = vec_do1(c, VEC_pshufd, 0, x); break;
    case 3: x = vec_do1(c, VEC_pshufd, 0x44, x); break;
    }
    vec_put(c, in, x, in->op[0].size == 32 ? x : 0);
}

LIFTER(vinsert128)
{
    IrRef v[2] = { vec_get(c, in, 1, 0), vec_get(c, in, 1, 1) };
    v[imm8_of(in) & 1] = vec_get(c, in, 2, 0);
    vec_put(c, in, v[0], v[1]);
}

LIFTER(vextract128)
{
    IrRef v = vec_get(c, in, 1, imm8_of(in) & 1);
    if (in->op[0].kind == OPK_MEM) {
        vec_store(c, in, 0, 0, 16, v);
    } else {
        vec_put(c, in, v, 0);
    }
}

LIFTER(vperm128)
{
    unsigned imm = imm8_of(in);
    IrRef v[2];
    for (unsigned i = 0; i < 2; i++, imm >>= 4) {
        v[i] = imm & 8 ? vec_zero(c) : vec_get(c, in, imm & 2 ? 2 : 1, imm & 1);
    }
    vec_put(c, in, v[0], v[1]);
}

/* VPERMQ, VPERMPD */
LIFTER(vpermq)
{
    unsigned imm = imm8_of(in);
    IrRef half[2] = { vec_get(c, in, 1, 0), vec_get(c, in, 1, 1) }, v[2];
    for (unsigned i = 0; i < 2; i++, imm >>= 4) {
        v[i] = vec_do(c, VEC_shufpd, (imm & 1) | (imm >> 2 & 1) << 1, half[imm >> 1 & 1],
                      half[imm >> 3 & 1], 0);
    }
    vec_put(c, in, v[0], v[1]);
}

/* VPERMD, VPERMPS: from both halves, then by bit 2 of the index, moved to the sign. */
LIFTER(vpermd)
{
    IrRef half[2] = { vec_get(c, in, 2, 0), vec_get(c, in, 2, 1) }, v[2];
    for (unsigned i = 0; i < 2; i++) {
        IrRef index = vec_get(c, in, 1, i);
        IrRef high = ir_opi(c->ir, IR_vshl, IR_V128, index, 0, 4 | 29 << 8);
        v[i] = vec_do(c, VEC_vblendvps, 0, vec_do2(c, VEC_vpermilps, half[0], index),
                      vec_do2(c, VEC_vpermilps, half[1], index), high);
    }
    vec_put(c, in, v[0], v[1]);
}

LIFTER(vpermilpd)
{
    unsigned imm = imm8_of(in);
    IrRef v[2] = { 0 };
    for (unsigned i = 0; i < vec_halves(in); i++, imm >>= 2) {
        IrRef x = vec_get(c, in, 1, i);
        v[i] = vec_do(c, VEC_shufpd, imm & 3, x, x, 0);
    }
    vec_put(c, in, v[0], v[1]);
}

LIFTER(vcvtps2ph)
{
    unsigned imm = imm8_of(in);
    if (in->op[0].kind == OPK_MEM) {
        vec_ask(c, in, 0);              /* a store that faults has raised no flags */
    }
    vec_half(c, in, 0);
    IrRef v = vec_do1(c, VEC_cvtps2ph, imm, vec_get(c, in, 1, 0));
    if (in->vex == 32) {
        vec_half(c, in, 1);
        IrRef high = vec_do1(c, VEC_cvtps2ph, imm, vec_get(c, in, 1, 1));
        v = vec_do2(c, VEC_punpcklqdq, v, high);
    }
    if (in->op[0].kind == OPK_MEM) {
        vec_store(c, in, 0, 0, in->op[0].size, v);
    } else {
        vec_put(c, in, v, 0);
    }
}

/* ---- masked accesses (calls_masked.c) ---- */

static IrRef where(Lift *c, const X86Insn *in, unsigned log, unsigned bytes)
{
    return ir_i32(c->ir, log | in->addrsize << 8 | in->seg << 12 | bytes << 16);
}

static IrRef offset64(Lift *c, IrRef off)
{
    return lifting(c)->wide ? off : ir_op1(c->ir, IR_zext32, IR_I64, off);
}

/* arg: log of the lane's size */
LIFTER(vmaskload)
{
    IrBuild *b = c->ir;
    IrRef off = offset64(c, effective_address(c, in)), v[2] = { 0 };
    for (unsigned i = 0; i < vec_halves(in); i++) {
        v[i] = ir_call3(b, &call_x86_masked_load, ir_addi(b, off, 16 * i), vec_get(c, in, 1, i),
                        where(c, in, in->row->arg, 16));
    }
    vec_put(c, in, v[0], v[1]);
}

LIFTER(vmaskstore)
{
    IrBuild *b = c->ir;
    IrRef off = offset64(c, effective_address(c, in));
    for (unsigned i = 0; i < vec_halves(in); i++) {
        const IrRef args[] = { ir_addi(b, off, 16 * i), vec_get(c, in, 2, i), vec_get(c, in, 1, i),
                               where(c, in, in->row->arg, 16) };
        ir_call(b, &call_x86_masked_store, 4, args);
    }
}

/* MASKMOVQ, MASKMOVDQU: bytes, at DS:rDI. */
LIFTER(maskmov)
{
    IrBuild *b = c->ir;
    IrRef off = zero_extend(c, get_reg(c, RDI_, in->addrsize), in->addrsize);
    unsigned size = in->op[0].kind == OPK_MMX ? 8 : 16;
    linear(c, in->seg, in->addrsize == 8 ? off : addr_of32(c, off), size, true, in->addrsize);    /* its checks alone */
    off = in->addrsize == 8 ? off : ir_op1(b, IR_zext32, IR_I64, off);
    const IrRef args[] = { off, vec_get(c, in, 0, 0), vec_get(c, in, 1, 0),
                           where(c, in, 0, size) };
    ir_call(b, &call_x86_masked_store, 4, args);
}

enum { GATHER_QUAD_INDEX = 1, GATHER_QUAD_DATA = 2 };

/* arg: GATHER_*.  The index is a vector register, number 4 among them. */
LIFTER(vgather)
{
    IrBuild *b = c->ir;
    X86Insn base = *in;
    unsigned index = in->index == NO_REG ? 4 : in->index, arg = in->row->arg;
    unsigned dest = in->op[0].reg, mask = in->op[2].reg;
    if (in->rm != 4 || in->addrsize == 2 || dest == index || dest == mask || index == mask) {
        x86_undefined(c);
        return;
    }
    base.index = NO_REG;
    uint64_t regs = dest | index << 8 | mask << 16 | (uint64_t)in->vex << 24 |
                    (uint64_t)(arg & GATHER_QUAD_INDEX ? 8 : 4) << 32 | (uint64_t)in->scale << 40;
    ir_call3(b, &call_x86_gather, offset64(c, effective_address(c, &base)), ir_i64(b, regs),
             where(c, in, arg & GATHER_QUAD_DATA ? 3 : 2, 0));
}

/* ---- strings (calls_pcmpstr.c) ---- */

/* A length in eAX or eDX: its magnitude, what is beyond the register is cut. */
static IrRef explicit_length(Lift *c, const X86Insn *in, unsigned reg)
{
    IrBuild *b = c->ir;
    unsigned size = lifting(c)->wide && in->rex & 8 ? 8 : 4;
    IrRef n = get_reg(c, reg, size), zero = konst(c, size, 0);
    n = ir_select(b, IR_MI, ir_flags(b, IR_fl_logic, n, 0, 0), ir_sub(b, zero, n), n);
    IrRef large = ir_flags(b, IR_fl_sub, n, konst(c, size, 16), 0);
    n = ir_select(b, IR_A, large, konst(c, size, 16), n);
    return convert(c, n, size, 4, false);
}

enum { STR_EXPLICIT = 1, STR_MASK = 2 };

LIFTER(pcmpstr)
{
    IrBuild *b = c->ir;
    unsigned imm = imm8_of(in), arg = in->row->arg;
    IrRef x = vec_get(c, in, 0, 0), y = vec_get(c, in, 1, 0);
    IrRef none = ir_i32(b, UINT32_MAX);
    const IrRef args[] = { x, y, ir_i32(b, imm),
                           arg & STR_EXPLICIT ? explicit_length(c, in, RAX_) : none,
                           arg & STR_EXPLICIT ? explicit_length(c, in, RDX_) : none };
    IrRef r = ir_call(b, &call_x86_pcmpstr, 5, args), low = ir_op1(b, IR_lo32, IR_I32, r);
    if (!(arg & STR_MASK)) {
        put_reg(c, RCX_, 4, ir_bfx(b, low, 16, 8));
    } else {
        IrRef mask = ir_zext16(b, low);
        IrRef v = imm & 0x40 ? ir_call2(b, &call_x86_spread_mask, mask, ir_i32(b, imm & 1))
                             : vec_from_i64(c, ir_op1(b, IR_zext32, IR_I64, mask));
        ir_put(b, SLOT_XMM, v);
        if (in->vex) {
            ir_put(b, SLOT_YMMH, vec_zero(c));
        }
    }
    set_flags_word(c, ir_op1(b, IR_hi32, IR_I32, r));
}
