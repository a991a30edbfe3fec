/* SPDX-License-Identifier: MIT */
/*
 * Shifts and rotates.
 * Implements: SDM 2B (RCL, SAL, SHLD, SHRD), 2A-2C.
 *
 * A count of 0 changes no flags: with a count in CL the block is left for the next instruction then
 * (or, where an exit is no place for it, everything is selected).  What is undefined: OF for counts
 * other than 1, AF always; here OF is as for a count of 1 of the last step.
 */
#include "frontends/x86/lift.h"

typedef struct Shift {
    Lift    *c;
    unsigned size, bits;
    IrRef    x, n;              /* value (zero-extended), count 1 ... bits - 1 or 31, an i32 */
    IrRef    r, cf, of;         /* out: result, carry and overflow (0 or 1) */
} Shift;

static IrRef k32(Lift *c, uint32_t v)
{
    return ir_i32(c->ir, v);
}

/* Bit `pos` (an i32) of v, as an i32. */
static IrRef bit_at(Shift *s, IrRef v, IrRef pos)
{
    IrBuild *b = s->c->ir;
    v = ir_shr(b, v, pos);
    v = ir_type(b, v) == IR_I64 ? ir_op1(b, IR_lo32, IR_I32, v) : v;
    return ir_and(b, v, k32(s->c, 1));
}

static IrRef top_bit(Shift *s, IrRef v, unsigned below)
{
    return bit_at(s, v, k32(s->c, s->bits - 1 - below));
}

static IrRef minus(Shift *s, unsigned from, IrRef n)
{
    return ir_sub(s->c->ir, k32(s->c, from), n);
}

/* ---- SHL SHR SAR: flags of the whole result ---- */

/* Doubling once is an addition, in its flags, too. */
static IrRef shl(Shift *s)
{
    IrBuild *b = s->c->ir;
    uint64_t n;
    if (ir_is_const(b, s->n, &n) && n == 1) {
        s->r = ir_add(b, s->x, s->x);
        return ir_flags_of(b, IR_fl_add, flags_type(s->size), s->x, s->x, 0);
    }
    s->r = ir_shl(b, s->x, s->n);
    return ir_flags_of(b, IR_fl_shl, flags_type(s->size), s->x, s->n, 0);
}

static IrRef shr(Shift *s)
{
    s->r = ir_shr(s->c->ir, s->x, s->n);
    return ir_flags_of(s->c->ir, IR_fl_shr, flags_type(s->size), s->x, s->n, 0);
}

static IrRef sar(Shift *s)
{
    s->r = ir_sar(s->c->ir, sign_extend(s->c, s->x, s->size), s->n);
    return ir_flags_of(s->c->ir, IR_fl_sar, flags_type(s->size), s->x, s->n, 0);
}

/* ---- rotates: C and V alone; the flags are a rotated result's, or cf and of ---- */

/* A byte or word in every byte or word of an i32. */
static IrRef repeated(Shift *s)
{
    IrBuild *b = s->c->ir;
    return s->size == 1 ? ir_mul(b, s->x, k32(s->c, 0x01010101)) :
           s->size == 2 ? ir_or(b, s->x, ir_shl(b, s->x, k32(s->c, 16))) : s->x;
}

static IrRef rotate(Shift *s, bool left)
{
    IrBuild *b = s->c->ir;
    IrRef n = left ? ir_neg(b, s->n) : s->n;
    s->r = ir_rotr(b, repeated(s), n);
    return ir_flags_of(b, left ? IR_fl_rol : IR_fl_ror, flags_type(s->size), s->r,
                       x86_get_flags(s->c), 0);
}

/* n is 1 to `bits`; a register of bits + 1 with the carry on top. */
static IrRef rotate_carry(Shift *s, bool left)
{
    IrBuild *b = s->c->ir;
    bool wide = s->bits == 64;
    IrRef one = k32(s->c, 1), below = ir_addi(b, s->n, -1), above = minus(s, s->bits, s->n);
    IrRef carry = ir_op1(b, IR_zext32, IR_I64, x86_get_carry(s->c));
    IrRef x = wide ? s->x : ir_op1(b, IR_zext32, IR_I64, s->x), r;
    /* by n: in two steps, since 64 is no shift; the rest is below 2^33 */
    IrRef lost;
    if (left) {
        lost = wide ? ir_shr(b, ir_shr(b, x, one), above)
                    : ir_shr(b, x, ir_addi(b, above, 1));
        r = ir_or(b, ir_shl(b, x, s->n), ir_or(b, ir_shl(b, carry, below), lost));
        s->cf = bit_at(s, x, above);
    } else {
        lost = ir_shl(b, ir_shl(b, x, above), one);
        r = ir_or(b, ir_shr(b, x, s->n), ir_or(b, ir_shl(b, carry, above), lost));
        s->cf = bit_at(s, x, below);
    }
    s->r = wide ? r : ir_op1(b, IR_lo32, IR_I32, r);
    s->of = left ? ir_xor(b, top_bit(s, s->r, 0), s->cf)
                 : ir_xor(b, top_bit(s, s->r, 0), top_bit(s, s->r, 1));
    IrRef word = ir_bfi(b, flags_word(s->c), s->cf, 8, 1);
    return ir_flags(b, IR_fl_pack, ir_bfi(b, word, s->of, 0, 1), 0, 0);
}

/* Fills r; the flags. */
static IrRef operate(Shift *s, unsigned kind)
{
    switch (kind) {
    case SHIFT_SHL:
        return shl(s);
    case SHIFT_SHR:
        return shr(s);
    case SHIFT_SAR:
        return sar(s);
    case SHIFT_ROL: case SHIFT_ROR:
        return rotate(s, kind == SHIFT_ROL);
    default:
        return rotate_carry(s, kind == SHIFT_RCL);
    }
}

/* ---- the count ---- */

/* Leaving for the next instruction in the middle is not possible where each has to be followed. */
static bool may_exit(const Lift *c)
{
    return !(c->mode & (KEY_STEP | KEY_SHADOW));
}

/* Nothing happens for a count of 0, but that a 32-bit register is written. */
static void unchanged(Lift *c, const X86Insn *in, IrRef x)
{
    if (in->op[0].kind == OPK_REG && in->op[0].size == 4) {
        put_operand(c, in, 0, x);
    }
}

static void finish(Lift *c, const X86Insn *in, IrRef zero, IrRef x, IrRef r, IrRef flags)
{
    IrBuild *b = c->ir;
    if (zero) {                 /* selected: `zero` holds NE when there is something to do */
        r = ir_select(b, IR_NE, zero, r, x);
        IrRef word = ir_op1(b, IR_fl_word, IR_I32, flags);
        flags = ir_flags(b, IR_fl_pack, ir_select(b, IR_NE, zero, word, flags_word(c)), 0, 0);
    }
    put_operand(c, in, 0, r);
    x86_set_flags(c, flags);
}

/* CL & mask; leaves when it is 0, or gives the flags of the comparison. */
static IrRef count_of_cl(Lift *c, const X86Insn *in, IrRef x, unsigned mask, unsigned modulo,
                         IrRef *zero)
{
    IrBuild *b = c->ir;
    IrRef n = ir_and(b, get_reg(c, RCX_, 4), k32(c, mask));
    if (modulo) {
        IrRef q = ir_divu(b, n, k32(c, modulo));
        n = ir_sub(b, n, ir_mul(b, q, k32(c, modulo)));
    }
    IrRef f = ir_flags(b, IR_fl_logic, n, 0, 0);
    *zero = 0;
    if (may_exit(c)) {
        unchanged(c, in, x);
        ir_exit_if(b, IR_EQ, f, lifting(c)->next);
    } else {
        *zero = f;
    }
    return n;
}

LIFTER(shift)
{
    unsigned kind = in->row->arg, size = in->op[0].size, mask = size == 8 ? 63 : 31;
    unsigned modulo = (kind == SHIFT_RCL || kind == SHIFT_RCR) && size < 4 ? size * 8 + 1 : 0;
    Shift s = { .c = c, .size = size, .bits = size * 8 };
    IrRef x = get_for_update(c, in, 0), zero = 0;
    s.x = zero_extend(c, x, size);
    if (in->op[1].kind == OPK_IMM) {
        unsigned n = in->imm[in->op[1].imm] & mask;
        n = modulo ? n % modulo : n;
        if (!n) {
            unchanged(c, in, x);
            return;
        }
        s.n = k32(c, n);
    } else {
        s.n = count_of_cl(c, in, x, mask, modulo, &zero);
    }
    IrRef flags = operate(&s, kind);
    finish(c, in, zero, x, s.r, flags);
}

/* ---- double shifts ---- */

/* Of 16 bits: x:y:x, so that counts above 16 go round (undefined by the manual). */
static void double_shift16(Shift *s, IrRef y, bool left)
{
    IrBuild *b = s->c->ir;
    IrRef x = ir_op1(b, IR_zext32, IR_I64, s->x);
    y = ir_op1(b, IR_zext32, IR_I64, zero_extend(s->c, y, 2));
    IrRef all = ir_or(b, x, ir_shl(b, y, k32(s->c, 16)));
    all = ir_or(b, all, ir_shl(b, x, k32(s->c, 32)));
    IrRef r;
    if (left) {
        r = ir_shr(b, ir_shl(b, all, s->n), k32(s->c, 32));
        s->cf = bit_at(s, all, minus(s, 48, s->n));
    } else {
        r = ir_shr(b, all, s->n);
        s->cf = bit_at(s, all, ir_addi(b, s->n, -1));
    }
    s->r = ir_op1(b, IR_lo32, IR_I32, r);
}

static void double_shift(Shift *s, IrRef y, bool left)
{
    IrBuild *b = s->c->ir;
    IrRef other = minus(s, s->bits, s->n);
    if (left) {
        s->r = ir_or(b, ir_shl(b, s->x, s->n), ir_shr(b, y, other));
        s->cf = bit_at(s, s->x, other);
    } else {
        s->r = ir_or(b, ir_shr(b, s->x, s->n), ir_shl(b, y, other));
        s->cf = bit_at(s, s->x, ir_addi(b, s->n, -1));
    }
}

static void shift_double(Lift *c, const X86Insn *in, bool left)
{
    unsigned size = in->op[0].size, mask = size == 8 ? 63 : 31;
    Shift s = { .c = c, .size = size, .bits = size * 8 };
    IrRef x = get_for_update(c, in, 0), y = get_operand(c, in, 1), zero = 0;
    s.x = zero_extend(c, x, size);
    if (in->op[2].kind == OPK_IMM) {
        unsigned n = in->imm[in->op[2].imm] & mask;
        if (!n) {
            unchanged(c, in, x);
            return;
        }
        s.n = k32(c, n);
    } else {
        s.n = count_of_cl(c, in, x, mask, 0, &zero);
    }
    if (size == 2) {
        double_shift16(&s, y, left);
    } else {
        double_shift(&s, y, left);
    }
    s.of = ir_xor(c->ir, top_bit(&s, s.r, 0), top_bit(&s, s.x, 0));
    IrRef flags = ir_flags_of(c->ir, IR_fl_nzcv, flags_type(size), s.r, s.cf, s.of);
    finish(c, in, zero, x, s.r, flags);
}

LIFTER(shld)
{
    shift_double(c, in, true);
}

LIFTER(shrd)
{
    shift_double(c, in, false);
}

/* ---- BMI2: no flags ---- */

LIFTER(shx)
{
    static IrRef (*const shift[])(IrBuild *, IrRef, IrRef) = {
        [SHIFT_SHL] = ir_shl, [SHIFT_SHR] = ir_shr, [SHIFT_SAR] = ir_sar,
    };
    IrRef n = convert(c, get_operand(c, in, 2), in->op[2].size, 4, false);
    IrRef x = get_operand(c, in, 1);
    put_operand(c, in, 0, shift[in->row->arg](c->ir, x, n));
}

LIFTER(rorx)
{
    IrRef x = get_operand(c, in, 1);
    put_operand(c, in, 0, ir_rotr(c->ir, x, k32(c, in->imm[0] & (in->op[1].size * 8 - 1))));
}
