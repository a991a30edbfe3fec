/* SPDX-License-Identifier: MIT */
/*
 * Bits: tests, scans, counts, BMI1, BMI2, ADX, CRC32.
 * Implements: SDM 2A-2C, the instructions named.
 * BSF and BSR of 0 leave the destination as it was (AMD APM 3; Intel: undefined).
 */
#include "frontends/x86/lift.h"

static IrRef to32(Lift *c, IrRef v)
{
    return ir_type(c->ir, v) == IR_I64 ? ir_op1(c->ir, IR_lo32, IR_I32, v) : v;
}

static IrRef one_of(Lift *c, unsigned size)
{
    return konst(c, size, 1);
}

/* ---- BT BTS BTR BTC ---- */

/* A bit string in memory: the offset, of any sign, moves the address by whole operands. */
static void move_address(Lift *c, const X86Insn *in, IrRef off)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size, log = __builtin_ctz(size), a = lifting(c)->wide ? 8 : 4;
    IrRef units = sign_extend(c, off, size);
    units = ir_sar(b, units, ir_i32(b, log + 3));
    units = convert(c, units, size == 8 ? 8 : 4, a, true);
    IrRef ea = ir_add(b, effective_address(c, in), ir_shl(b, units, ir_i32(b, log)));
    if (in->addrsize == 2) {
        ea = ir_zext16(b, ea);
    } else if (in->addrsize == 4 && a == 8) {
        ea = ir_op1(b, IR_zext32, IR_I64, ir_op1(b, IR_lo32, IR_I32, ea));
    }
    lifting(c)->lin = linear(c, in->seg, ea, size, in->row->arg != BT_TEST, in->addrsize);
}

static IrRef changed_bit(Lift *c, unsigned what, IrRef x, IrRef mask)
{
    IrBuild *b = c->ir;
    switch (what) {
    case BT_SET:   return ir_or(b, x, mask);
    case BT_RESET: return ir_op2(b, IR_andn, ir_type(b, x), x, mask);
    default:       return ir_xor(b, x, mask);
    }
}

static IrRef locked_bit(Lift *c, const X86Insn *in, IrRef mask)
{
    static const uint8_t amo[] = {
        [BT_SET] = IR_amo_or, [BT_RESET] = IR_amo_and, [BT_FLIP] = IR_amo_xor,
    };
    unsigned what = in->row->arg, size = in->op[0].size;
    IrRef lin = operand_address(c, in, size, true);
    IrRef y = what == BT_RESET ? ir_not(c->ir, mask) : mask;
    return ir_amo(c->ir, amo[what], type_of_size(size), lin, zero_extend(c, y, size),
                  x86_mem_access(c, size));
}

LIFTER(bt)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size, what = in->row->arg;
    bool imm = in->op[1].kind == OPK_IMM;
    IrRef off = imm ? ir_i32(b, in->imm[0]) : get_operand(c, in, 1);
    if (is_mem(in, 0) && !imm) {
        move_address(c, in, off);
    }
    IrRef n = ir_and(b, to32(c, off), ir_i32(b, size * 8 - 1)), x;
    IrRef mask = ir_shl(b, one_of(c, size), n);
    if (in->lock) {
        x = locked_bit(c, in, mask);
    } else if (what == BT_TEST) {
        x = get_operand(c, in, 0);
    } else {
        x = get_for_update(c, in, 0);
        put_operand(c, in, 0, changed_bit(c, what, x, mask));
    }
    set_carry(c, ir_and(b, to32(c, ir_shr(b, x, n)), ir_i32(b, 1)));
}

/* ---- scans and counts ---- */

static IrRef source(Lift *c, const X86Insn *in, unsigned k)
{
    return zero_extend(c, get_operand(c, in, k), in->op[k].size);
}

/* The destination stays whole when the source is 0. */
static void put_if_found(Lift *c, const X86Insn *in, IrRef flags, IrRef v)
{
    unsigned size = in->op[0].size, whole = lifting(c)->wide ? 8 : 4;
    IrRef old = get_reg(c, in->op[0].reg, size == 4 ? whole : size);
    if (size == 4 && whole == 8) {
        v = ir_op1(c->ir, IR_zext32, IR_I64, v);
        size = 8;
    }
    put_reg(c, in->op[0].reg, size, ir_select(c->ir, IR_NE, flags, v, old));
    x86_set_flags(c, flags);
}

LIFTER(bsf)
{
    IrRef x = source(c, in, 1);
    put_if_found(c, in, ir_flags(c->ir, IR_fl_logic, x, 0, 0), ir_ctz(c->ir, x));
}

LIFTER(bsr)
{
    IrRef x = source(c, in, 1);
    IrRef last = konst(c, in->op[1].size, in->op[1].size == 8 ? 63 : 31);
    put_if_found(c, in, ir_flags(c->ir, IR_fl_logic, x, 0, 0),
                 ir_xor(c->ir, ir_clz(c->ir, x), last));
}

/* C: the source was 0; Z: the count is. */
static void put_count(Lift *c, const X86Insn *in, IrRef x, IrRef n)
{
    unsigned size = in->op[0].size;
    IrRef none = ir_cond(c->ir, IR_EQ, ir_flags(c->ir, IR_fl_logic, x, 0, 0));
    put_operand(c, in, 0, n);
    x86_set_flags(c, ir_flags_of(c->ir, IR_fl_nzcv, flags_type(size), n, none, ir_i32(c->ir, 0)));
}

LIFTER(tzcnt)
{
    if (!HAS(c, BMI1)) {
        x86_lift_bsf(c, in);
        return;
    }
    IrBuild *b = c->ir;
    IrRef x = source(c, in, 1);
    IrRef y = in->op[1].size == 2 ? ir_or(b, x, ir_i32(b, 0x10000)) : x;
    put_count(c, in, x, ir_ctz(b, y));
}

LIFTER(lzcnt)
{
    if (!HAS(c, ABM)) {
        x86_lift_bsr(c, in);
        return;
    }
    IrBuild *b = c->ir;
    IrRef x = source(c, in, 1), n = ir_clz(b, x);
    put_count(c, in, x, in->op[1].size == 2 ? ir_addi(b, n, -16) : n);
}

LIFTER(popcnt)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef x = source(c, in, 1);
    IrRef zero = ir_cond(b, IR_EQ, ir_flags(b, IR_fl_logic, x, 0, 0));
    IrRef n = ir_call1(b, &call_x86_popcnt, convert(c, x, size == 8 ? 8 : 4, 8, false));
    put_operand(c, in, 0, convert(c, n, 4, size == 8 ? 8 : 4, false));
    set_flags_word(c, ir_shl(b, zero, ir_i32(b, 14)));
}

/* ---- BMI1, BMI2 ---- */

static void put_with_carry(Lift *c, const X86Insn *in, IrRef r, IrRef carry)
{
    put_operand(c, in, 0, r);
    x86_set_flags(c, ir_flags_of(c->ir, IR_fl_nzcv, flags_type(in->op[0].size), r, carry,
                             ir_i32(c->ir, 0)));
}

LIFTER(andn)
{
    IrRef x = get_operand(c, in, 1), y = get_operand(c, in, 2);
    put_with_carry(c, in, ir_op2(c->ir, IR_andn, ir_type(c->ir, y), y, x), ir_i32(c->ir, 0));
}

LIFTER(bls)
{
    IrBuild *b = c->ir;
    unsigned what = in->row->arg;
    IrRef x = get_operand(c, in, 1), less = ir_addi(b, x, -1);
    IrRef r = what == BLS_R ? ir_and(b, x, less) : what == BLS_MSK ? ir_xor(b, x, less)
                                                                   : ir_and(b, x, ir_neg(b, x));
    IrRef f = ir_flags(b, IR_fl_logic, x, 0, 0);
    put_with_carry(c, in, r, ir_cond(b, what == BLS_I ? IR_NE : IR_EQ, f));
}

/* x & ((1 << n) - 1), all of x from n = its width on; n is an i32 below 256. */
static IrRef low_bits(Lift *c, IrRef x, IrRef n, unsigned size)
{
    IrBuild *b = c->ir;
    IrRef mask = ir_addi(b, ir_shl(b, one_of(c, size), n), -1);
    IrRef f = ir_flags(b, IR_fl_sub, n, ir_i32(b, size * 8), 0);
    return ir_select(b, IR_CS, f, ir_and(b, x, mask), x);
}

LIFTER(bzhi)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef x = get_operand(c, in, 1), n = ir_zext8(b, to32(c, get_operand(c, in, 2)));
    IrRef out = ir_cond(b, IR_CC, ir_flags(b, IR_fl_sub, n, ir_i32(b, size * 8), 0));
    put_with_carry(c, in, low_bits(c, x, n, size), out);
}

LIFTER(bextr)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef x = get_operand(c, in, 1), control = to32(c, get_operand(c, in, 2));
    IrRef start = ir_zext8(b, control), len = ir_bfx(b, control, 8, 8);
    IrRef below = ir_flags(b, IR_fl_sub, start, ir_i32(b, size * 8), 0);
    x = ir_select(b, IR_CS, below, ir_shr(b, x, start), konst(c, size, 0));
    put_with_carry(c, in, low_bits(c, x, len, size), ir_i32(b, 0));
}

LIFTER(pext)
{
    unsigned size = in->op[0].size;
    IrRef x = convert(c, get_operand(c, in, 1), size, 8, false);
    IrRef mask = convert(c, get_operand(c, in, 2), size, 8, false);
    IrRef r = ir_call2(c->ir, in->row->arg ? &call_x86_pext : &call_x86_pdep, x, mask);
    put_operand(c, in, 0, convert(c, r, 8, size, false));
}

/* ---- ADX, CRC32 ---- */

/* ADCX: carry in C; ADOX: in V.  Other flags stay. */
LIFTER(adcx)
{
    IrBuild *b = c->ir;
    bool overflow = in->row->arg;
    IrRef x = get_operand(c, in, 0), y = get_operand(c, in, 1);
    IrRef carry = ir_cond(b, overflow ? IR_VS : IR_CS, x86_get_flags(c));
    IrRef out = ir_cond(b, IR_CS, ir_flags(b, IR_fl_adc, x, y, carry));
    IrRef word = ir_bfi(b, flags_word(c), out, overflow ? 0 : 8, 1);
    put_operand(c, in, 0, ir_op3(b, IR_addc, ir_type(b, x), x, y, carry));
    set_flags_word(c, word);
}

/* The destination is 32 bits, or 64 of which the upper half becomes 0. */
LIFTER(crc32)
{
    unsigned size = in->op[1].size;
    IrRef v = convert(c, get_operand(c, in, 1), size == 8 ? 8 : 4, 8, false);
    IrRef crc = get_reg(c, in->op[0].reg, 4);
    put_reg(c, in->op[0].reg, 4, ir_call3(c->ir, &call_x86_crc32, crc, v, ir_i32(c->ir, size)));
}
