/* SPDX-License-Identifier: MIT */
/*
 * Multiplication and division.
 * Implements: SDM 2A-2C (DIV, IDIV, IMUL, MUL, MULX).
 * Flags that the manual calls undefined: after a multiplication SF, ZF and PF are of the lower half
 * and AF is 0; a division leaves them all.
 */
#include "frontends/x86/lift.h"

/* C = V = carry. */
static void set_product_flags(Lift *c, unsigned size, IrRef low, IrRef carry)
{
    x86_set_flags(c, ir_flags_of(c->ir, IR_fl_nzcv, flags_type(size), low, carry, carry));
}

static IrRef differ(Lift *c, IrRef x, IrRef y)
{
    return ir_cond(c->ir, IR_NE, ir_flags(c->ir, IR_fl_sub, x, y, 0));
}

/* Lower and upper half of the product of rAX and op; *carry: does the upper half matter? */
static void product(Lift *c, unsigned size, IrRef y, bool sign, IrRef *lo, IrRef *hi, IrRef *carry)
{
    IrBuild *b = c->ir;
    IrRef x = get_reg(c, RAX_, size);
    if (size == 8) {
        *lo = ir_mul(b, x, y);
        *hi = sign ? ir_mulhs(b, x, y) : ir_mulhu(b, x, y);
        *carry = differ(c, *hi, sign ? ir_sar(b, *lo, ir_i32(b, 63)) : ir_i64(b, 0));
        return;
    }
    unsigned wide = size == 4 ? 8 : 4;
    IrRef p = ir_mul(b, convert(c, x, size, wide, sign), convert(c, y, size, wide, sign));
    *lo = size == 4 ? ir_op1(b, IR_lo32, IR_I32, p) : p;
    *hi = size == 4 ? ir_op1(b, IR_hi32, IR_I32, p) : ir_shr(b, p, ir_i32(b, size * 8));
    *carry = differ(c, p, convert(c, *lo, size, wide, sign));
}

static void multiply(Lift *c, const X86Insn *in, bool sign)
{
    unsigned size = in->op[0].size;
    IrRef lo, hi, carry;
    product(c, size, get_operand(c, in, 0), sign, &lo, &hi, &carry);
    if (size == 1) {
        put_reg(c, RAX_, 2, lo);
    } else {
        put_reg(c, RAX_, size, lo);
        put_reg(c, RDX_, size, hi);
    }
    set_product_flags(c, size, lo, carry);
}

LIFTER(mul)
{
    multiply(c, in, false);
}

LIFTER(imul1)
{
    multiply(c, in, true);
}

/* Two and three operands: the upper half is lost. */
LIFTER(imul)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size, second = in->op[2].kind == OPK_NONE ? 0 : 2;
    IrRef x = get_operand(c, in, 1), y = get_operand(c, in, second), r, carry;
    if (size == 8) {
        r = ir_mul(b, x, y);
        carry = differ(c, ir_mulhs(b, x, y), ir_sar(b, r, ir_i32(b, 63)));
    } else {
        unsigned wide = size == 4 ? 8 : 4;
        IrRef p = ir_mul(b, convert(c, x, size, wide, true), convert(c, y, size, wide, true));
        r = size == 4 ? ir_op1(b, IR_lo32, IR_I32, p) : p;
        carry = differ(c, p, convert(c, r, size, wide, true));
    }
    put_operand(c, in, 0, r);
    set_product_flags(c, size, r, carry);
}

LIFTER(mulx)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef x = get_reg(c, RDX_, size), y = get_operand(c, in, 2), lo, hi;
    if (size == 8) {
        lo = ir_mul(b, x, y);
        hi = ir_mulhu(b, x, y);
    } else {
        IrRef p = ir_mul(b, convert(c, x, 4, 8, false), convert(c, y, 4, 8, false));
        lo = ir_op1(b, IR_lo32, IR_I32, p);
        hi = ir_op1(b, IR_hi32, IR_I32, p);
    }
    put_operand(c, in, 1, lo);
    put_operand(c, in, 0, hi);          /* the same register: the upper half wins */
}

/* ---- division ---- */

/* The dividend of 8, 16 or 32 bits times two, in the type that is wide enough. */
static IrRef dividend(Lift *c, unsigned size)
{
    IrBuild *b = c->ir;
    if (size == 1) {
        return ir_zext16(b, get_reg(c, RAX_, 4));
    }
    if (size == 2) {
        return ir_bfi(b, ir_zext16(b, get_reg(c, RAX_, 4)), get_reg(c, RDX_, 4), 16, 16);
    }
    return ir_op2(b, IR_pair, IR_I64, get_reg(c, RAX_, 4), get_reg(c, RDX_, 4));
}

static void put_quotient(Lift *c, unsigned size, IrRef q, IrRef r)
{
    if (size == 4) {
        q = ir_op1(c->ir, IR_lo32, IR_I32, q);
        r = ir_op1(c->ir, IR_lo32, IR_I32, r);
    }
    if (size == 1) {
        put_reg(c, RAX_, 1, q);
        put_high(c, RAX_, r);
    } else {
        put_reg(c, RAX_, size, q);
        put_reg(c, RDX_, size, r);
    }
}

static IrRef remainder_of(Lift *c, IrRef n, IrRef q, IrRef d)
{
    return ir_sub(c->ir, n, ir_mul(c->ir, q, d));
}

static bool is_zero(Lift *c, IrRef v)
{
    uint64_t k;
    return ir_is_const(c->ir, v, &k) && k == 0;
}

/* 64 bits by 64: what compilers write, with RDX 0 or the sign of RAX; else C does it. */
static void divide64(Lift *c, IrRef d, bool sign)
{
    IrBuild *b = c->ir;
    IrRef n = get_reg(c, RAX_, 8), high = get_reg(c, RDX_, 8);
    const IrInsn *h = &b->r->insns[high];
    uint64_t k;
    bool extended = sign && h->op == IR_sar && h->a == n && ir_is_const(b, h->b, &k) && k == 63;
    if (sign ? !extended : !is_zero(c, high)) {
        ir_call2(b, &call_x86_div64, d, ir_i32(b, sign));
        return;
    }
    raise_if(c, IR_EQ, ir_flags(b, IR_fl_sub, d, ir_i64(b, 0), 0), EXC_DE);
    if (sign) {                         /* the only quotient that does not fit */
        IrRef least = ir_flags(b, IR_fl_sub, n, ir_i64(b, (uint64_t)INT64_MIN), 0);
        IrRef divisor = ir_select(b, IR_EQ, least, d, ir_i64(b, 1));
        raise_if(c, IR_EQ, ir_flags(b, IR_fl_sub, divisor, ir_i64(b, -1), 0), EXC_DE);
    }
    IrRef q = sign ? ir_divs(b, n, d) : ir_divu(b, n, d);
    put_quotient(c, 8, q, remainder_of(c, n, q, d));
}

LIFTER(div)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef d = get_operand(c, in, 0);
    if (size == 8) {
        divide64(c, d, false);
        return;
    }
    /* The quotient fits when the upper half is below the divisor, which is then not 0. */
    IrRef n = dividend(c, size);
    IrRef high = size == 1 ? ir_bfx(b, n, 8, 8) : zero_extend(c, get_reg(c, RDX_, size), size);
    d = zero_extend(c, d, size);
    raise_if(c, IR_CC, ir_flags(b, IR_fl_sub, high, d, 0), EXC_DE);
    d = size == 4 ? ir_op1(b, IR_zext32, IR_I64, d) : d;
    IrRef q = ir_divu(b, n, d);
    put_quotient(c, size, q, remainder_of(c, n, q, d));
}

LIFTER(idiv)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef d = get_operand(c, in, 0);
    if (size == 8) {
        divide64(c, d, true);
        return;
    }
    unsigned wide = size == 4 ? 8 : 4;
    IrRef n = size == 1 ? ir_sext16(b, get_reg(c, RAX_, 4)) : dividend(c, size);
    d = convert(c, d, size, wide, true);
    raise_if(c, IR_EQ, ir_flags(b, IR_fl_sub, d, konst(c, wide, 0), 0), EXC_DE);
    IrRef q = ir_divs(b, n, d);
    IrRef low = size == 4 ? ir_op1(b, IR_lo32, IR_I32, q) : q;
    raise_if(c, IR_NE, ir_flags(b, IR_fl_sub, q, convert(c, low, size, wide, true), 0), EXC_DE);
    put_quotient(c, size, q, remainder_of(c, n, q, d));
}
