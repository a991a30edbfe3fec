/* SPDX-License-Identifier: MIT */
/*
 * Operands and operations of MMX, SSE and AVX.
 * Implements: SDM 1, 10.4, 11.4, 14.1 (upper halves), 14.9 (alignment); SDM 3A, 6.15, #XM.
 *
 * Not here: a store of 32 bytes of which the second half faults has written the first.
 */
#include "frontends/x86/lift_vec.h"

unsigned vec_halves(const X86Insn *in)
{
    for (unsigned k = 0; k < 4; k++) {
        if (in->op[k].size == 32) {
            return 2;
        }
    }
    return 1;
}

void vec_half(Lift *c, const X86Insn *in, unsigned half)
{
    bool both = vec_halves(in) > 1;
    lifting(c)->xm_first = both && half == 0;
    lifting(c)->xm_second = both && half == 1;
}

IrRef vec_zero(Lift *c)
{
    X86Lifting *l = lifting(c);
    if (!l->vec_zero) {
        l->vec_zero = ir_opi(c->ir, IR_vdup, IR_V128, ir_i64(c->ir, 0), 0, 8);
    }
    return l->vec_zero;
}

IrRef vec_reg(Lift *c, unsigned n, unsigned half)
{
    return ir_get(c->ir, (half ? SLOT_YMMH : SLOT_XMM) + n);
}

IrRef vec_from_i64(Lift *c, IrRef i64)
{
    return ir_op2(c->ir, IR_vpair, IR_V128, i64, ir_i64(c->ir, 0));
}

IrRef vec_low64(Lift *c, IrRef v)
{
    return ir_opi(c->ir, IR_vlane, IR_I64, v, 0, 8);
}

IrRef vec_only(Lift *c, IrRef v, unsigned size)
{
    return vec_do2(c, size == 4 ? VEC_movss : VEC_movsd, vec_zero(c), v);
}

/* ---- memory ---- */

static IrMem vec_access(Lift *c, const X86Insn *in, unsigned offset, unsigned size)
{
    IrMem m = x86_mem_access(c, size);
    m.disp = offset;
    if (size == 16) {
        m.align = in->flags & ROW_ALIGN ? 16 : 1;
    }
    return m;
}

/* The address of an operand of `total` bytes.  A ymm operand that must be aligned is at 32. */
static IrRef vec_address(Lift *c, const X86Insn *in, unsigned total, bool write)
{
    bool made = lifting(c)->lin != 0;
    IrRef a = operand_address(c, in, total, write);
    if (total == 32 && in->flags & ROW_ALIGN && !made) {
        IrRef low = ir_and(c->ir, a, addr_const(c, 31));
        raise_if(c, IR_NE, ir_flags(c->ir, IR_fl_logic, low, 0, 0), EXC_GP);
    }
    return a;
}

IrRef vec_load(Lift *c, const X86Insn *in, unsigned k, unsigned offset, unsigned size,
               unsigned total)
{
    IrRef a = vec_address(c, in, total, false);
    IrMem m = vec_access(c, in, offset, size);
    if (size >= 4) {
        return ir_ld(c->ir, IR_V128, a, m);
    }
    return vec_from_i64(c, ir_op1(c->ir, IR_zext32, IR_I64, ir_ld(c->ir, IR_I32, a, m)));
}

IrRef vec_get(Lift *c, const X86Insn *in, unsigned k, unsigned half)
{
    const X86Operand *op = &in->op[k];
    if (op->kind == OPK_XMM) {
        return vec_reg(c, op->reg, half);
    }
    if (op->kind == OPK_MMX) {
        return vec_from_i64(c, mmx_get(c, op->reg));
    }
    g_assert(op->kind == OPK_MEM);
    return vec_load(c, in, k, half * 16, MIN(op->size, 16), op->size);
}

void vec_store(Lift *c, const X86Insn *in, unsigned k, unsigned half, unsigned size, IrRef v)
{
    IrRef a = vec_address(c, in, in->op[k].size, true);
    ir_st(c->ir, a, v, vec_access(c, in, half * 16, size));
}

void vec_ask(Lift *c, const X86Insn *in, unsigned k)
{
    IrMem m = vec_access(c, in, 0, in->op[k].size);
    m.write = 1;
    ir_ld(c->ir, IR_V128, vec_address(c, in, in->op[k].size, true), m);
}

void vec_put(Lift *c, const X86Insn *in, IrRef lo, IrRef hi)
{
    const X86Operand *op = &in->op[0];
    if (op->kind == OPK_MMX) {
        mmx_put(c, op->reg, vec_low64(c, lo));
        return;
    }
    g_assert(op->kind == OPK_XMM);
    IrRef upper = in->vex && !hi ? vec_zero(c) : hi;
    ir_put(c->ir, SLOT_XMM + op->reg, lo);
    if (in->vex) {
        ir_put(c->ir, SLOT_YMMH + op->reg, upper);
    }
}

/* ---- operations ---- */

static IrRef vec_exact(Lift *c, uint64_t imm, IrRef x, IrRef y, IrRef z)
{
    imm |= lifting(c)->xm_first ? X86_VEC_FIRST : lifting(c)->xm_second ? X86_VEC_SECOND : 0;
    const IrRef args[] = { ir_i64(c->ir, imm), x, y ? y : x, z ? z : x };
    return ir_call(c->ir, &call_x86_vec_exact, 4, args);
}

IrRef vec_do(Lift *c, VecOp op, unsigned imm, IrRef x, IrRef y, IrRef z)
{
    static const uint8_t pure[] = { IR_vec1, IR_vec2, IR_vec3 };
    static const uint8_t floating[] = { IR_fvec1, IR_fvec2, IR_fvec3 };
    unsigned n = vec_ops[op].n_args - 1;
    if (vec_ops[op].floating && c->mode & KEY_XM) {
        return vec_exact(c, vec_imm(op, imm), x, y, z);
    }
    return ir_value(c->ir, (IrInsn){ .op = vec_ops[op].floating ? floating[n] : pure[n],
                                     .type = IR_V128, .a = x, .b = y, .c = z,
                                     .imm = vec_imm(op, imm) });
}

IrRef vec_to_int(Lift *c, VecOp op, IrRef x)
{
    if (c->mode & KEY_XM) {
        return vec_low64(c, vec_exact(c, vec_imm(op, 0), x, 0, 0));
    }
    return ir_value(c->ir, (IrInsn){ .op = IR_fvtoi, .type = IR_I64, .a = x,
                                     .imm = vec_imm(op, 0) });
}
