/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic and logic, comparison, exchange, with and without LOCK.
 * Implements: SDM 2A-2C, the instructions named; 3A, 9.1.2.2 (LOCK).
 */
#include "frontends/x86/lift.h"

/* ---- one operation: value and flags ---- */

static IrRef alu_value(Lift *c, unsigned op, IrRef x, IrRef y, IrRef carry)
{
    IrBuild *b = c->ir;
    switch (op) {
    case ALU_ADD: return ir_add(b, x, y);
    case ALU_ADC: return ir_op3(b, IR_addc, ir_type(b, x), x, y, carry);
    case ALU_SBB: return ir_op3(b, IR_subc, ir_type(b, x), x, y, carry);
    case ALU_AND: return ir_and(b, x, y);
    case ALU_OR:  return ir_or(b, x, y);
    case ALU_XOR: return ir_xor(b, x, y);
    default:      return ir_sub(b, x, y);
    }
}

static IrRef alu_flags(Lift *c, unsigned op, unsigned size, IrRef x, IrRef y, IrRef carry, IrRef r)
{
    static const uint8_t ops[8] = {
        [ALU_ADD] = IR_fl_add, [ALU_ADC] = IR_fl_adc, [ALU_SBB] = IR_fl_sbb, [ALU_SUB] = IR_fl_sub,
        [ALU_CMP] = IR_fl_sub,
    };
    return ops[op] ? ir_flags_of(c->ir, ops[op], flags_type(size), x, y, carry)
                   : ir_flags_of(c->ir, IR_fl_logic, flags_type(size), r, 0, 0);
}

/* ---- LOCK ---- */

/* Stores r where x was, unless another processor was faster: then the instruction starts again. */
static void swap_or_retry(Lift *c, const X86Insn *in, IrRef x, IrRef r)
{
    unsigned size = in->op[0].size;
    IrBuild *b = c->ir;
    IrRef found = ir_cas(b, type_of_size(size), lifting(c)->lin, zero_extend(c, x, size),
                         zero_extend(c, r, size), x86_mem_access(c, size));
    IrRef same = ir_flags_of(b, IR_fl_sub, flags_type(size), found, x, 0);
    ir_exit_if(b, IR_NE, same, lifting(c)->pc);
}

static IrRef atomic(Lift *c, const X86Insn *in, IrOp op, IrRef y)
{
    unsigned size = in->op[0].size;
    IrRef lin = operand_address(c, in, size, true);
    return ir_amo(c->ir, op, type_of_size(size), lin, zero_extend(c, y, size),
                  x86_mem_access(c, size));
}

static void locked_alu(Lift *c, const X86Insn *in, unsigned op, IrRef y)
{
    static const uint8_t amo[8] = {
        [ALU_ADD] = IR_amo_add, [ALU_SUB] = IR_amo_add, [ALU_AND] = IR_amo_and,
        [ALU_OR] = IR_amo_or, [ALU_XOR] = IR_amo_xor,
    };
    unsigned size = in->op[0].size;
    IrRef carry = op == ALU_ADC || op == ALU_SBB ? x86_get_carry(c) : 0, x, r;
    if (amo[op]) {
        x = atomic(c, in, amo[op], op == ALU_SUB ? ir_neg(c->ir, y) : y);
        r = alu_value(c, op, x, y, carry);
    } else {
        x = get_for_update(c, in, 0);
        r = alu_value(c, op, x, y, carry);
        swap_or_retry(c, in, x, r);
    }
    x86_set_flags(c, alu_flags(c, op, size, x, y, carry, r));
}

/* ---- ADD OR ADC SBB AND SUB XOR CMP TEST ---- */

LIFTER(alu)
{
    unsigned op = in->row->arg, size = in->op[0].size;
    if (in->lock) {
        locked_alu(c, in, op, get_operand(c, in, 1));
        return;
    }
    IrRef x = op == ALU_CMP ? get_operand(c, in, 0) : get_for_update(c, in, 0);
    IrRef y = get_operand(c, in, 1);
    if (op == ALU_CMP) {
        x86_set_flags(c, alu_flags(c, op, size, x, y, 0, 0));
        return;
    }
    IrRef carry = op == ALU_ADC || op == ALU_SBB ? x86_get_carry(c) : 0;
    IrRef r = alu_value(c, op, x, y, carry);
    IrRef flags = alu_flags(c, op, size, x, y, carry, r);
    put_operand(c, in, 0, r);
    x86_set_flags(c, flags);
}

LIFTER(test)
{
    IrRef x = get_operand(c, in, 0), y = get_operand(c, in, 1);
    x86_set_flags(c,
                  ir_flags_of(c->ir, IR_fl_logic, flags_type(in->op[0].size), ir_and(c->ir, x, y),
                              0,
                             0));
}

/* ---- INC DEC NEG NOT ---- */

static void step(Lift *c, const X86Insn *in, bool up)
{
    unsigned size = in->op[0].size;
    IrRef one = konst(c, size, 1), x;
    if (in->lock) {
        x = atomic(c, in, IR_amo_add, up ? one : konst(c, size, -1));
    } else {
        x = get_for_update(c, in, 0);
        put_operand(c, in, 0, up ? ir_add(c->ir, x, one) : ir_sub(c->ir, x, one));
    }
    x86_set_flags(c, ir_flags_of(c->ir, up ? IR_fl_inc : IR_fl_dec, flags_type(size), x, one,
                             x86_get_flags(c)));
}

LIFTER(inc)
{
    step(c, in, true);
}

LIFTER(dec)
{
    step(c, in, false);
}

LIFTER(neg)
{
    unsigned size = in->op[0].size;
    IrRef x = get_for_update(c, in, 0), r = ir_neg(c->ir, x);
    if (in->lock) {
        swap_or_retry(c, in, x, r);
    } else {
        put_operand(c, in, 0, r);
    }
    x86_set_flags(c, ir_flags_of(c->ir, IR_fl_sub, flags_type(size), konst(c, size, 0), x, 0));
}

LIFTER(not)
{
    if (in->lock) {
        atomic(c, in, IR_amo_xor, konst(c, in->op[0].size, -1));
    } else {
        put_operand(c, in, 0, ir_not(c->ir, get_for_update(c, in, 0)));
    }
}

/* ---- XCHG XADD CMPXCHG ---- */

/* With memory it is locked always. */
LIFTER(xchg)
{
    if (is_mem(in, 0)) {
        put_operand(c, in, 1, atomic(c, in, IR_amo_xchg, get_operand(c, in, 1)));
        return;
    }
    IrRef x = get_operand(c, in, 0), y = get_operand(c, in, 1);
    put_operand(c, in, 0, y);
    put_operand(c, in, 1, x);
}

LIFTER(xadd)
{
    unsigned size = in->op[0].size;
    IrRef y = get_operand(c, in, 1), x;
    if (in->lock) {
        x = atomic(c, in, IR_amo_add, y);
        put_operand(c, in, 1, x);
    } else {
        x = get_for_update(c, in, 0);
        IrRef sum = ir_add(c->ir, x, y);
        if (is_mem(in, 0)) {
            put_operand(c, in, 0, sum);
            put_operand(c, in, 1, x);
        } else {
            put_operand(c, in, 1, x);
            put_operand(c, in, 0, sum);
        }
    }
    x86_set_flags(c, ir_flags_of(c->ir, IR_fl_add, flags_type(size), x, y, 0));
}

/* The accumulator keeps its upper half when they are equal. */
static void put_accumulator_unless(Lift *c, IrRef equal, IrRef found, unsigned size)
{
    IrBuild *b = c->ir;
    if (size == 4 && lifting(c)->wide) {
        IrRef rax = get_reg(c, RAX_, 8);
        put_reg(c, RAX_, 8, ir_select(b, IR_EQ, equal, rax, ir_op1(b, IR_zext32, IR_I64, found)));
    } else {
        put_reg(c, RAX_, size, ir_select(b, IR_EQ, equal, get_reg(c, RAX_, size), found));
    }
}

/* The destination register: all of it stays when they differ. */
static void put_unless_different(Lift *c, const X86Insn *in, IrRef equal, IrRef new)
{
    unsigned size = in->op[0].size, reg = in->op[0].reg;
    if (size == 4 && lifting(c)->wide) {
        IrRef old = get_reg(c, reg, 8);
        put_reg(c, reg, 8,
                ir_select(c->ir, IR_EQ, equal, ir_op1(c->ir, IR_zext32, IR_I64, new), old));
    } else {
        put_operand(c, in, 0, ir_select(c->ir, IR_EQ, equal, new, get_operand(c, in, 0)));
    }
}

LIFTER(cmpxchg)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef acc = get_reg(c, RAX_, size), new = get_operand(c, in, 1), found;
    if (in->lock) {
        IrRef lin = operand_address(c, in, size, true);
        found = ir_cas(b, type_of_size(size), lin, zero_extend(c, acc, size),
                       zero_extend(c, new, size), x86_mem_access(c, size));
    } else {
        found = get_for_update(c, in, 0);
    }
    IrRef equal = ir_flags_of(b, IR_fl_sub, flags_type(size), acc, found, 0);
    if (in->lock) {
        put_accumulator_unless(c, equal, found, size);
    } else if (is_mem(in, 0)) {
        put_operand(c, in, 0, ir_select(b, IR_EQ, equal, new, found));
        put_accumulator_unless(c, equal, found, size);
    } else {
        put_unless_different(c, in, equal, new);
        put_accumulator_unless(c, equal, found, size);
    }
    x86_set_flags(c, equal);
}

/* EDX:EAX against memory, ECX:EBX into it; ZF alone changes. */
LIFTER(cmpxchg8b)
{
    IrBuild *b = c->ir;
    IrRef lin = operand_address(c, in, 8, true);
    IrRef want = ir_op2(b, IR_pair, IR_I64, get_reg(c, RAX_, 4), get_reg(c, RDX_, 4));
    IrRef new = ir_op2(b, IR_pair, IR_I64, get_reg(c, RBX_, 4), get_reg(c, RCX_, 4));
    IrRef found = ir_cas(b, IR_I64, lin, want, new, x86_mem_access(c, 8));
    IrRef equal = ir_flags(b, IR_fl_sub, found, want, 0);
    IrRef zf = ir_cond(b, IR_EQ, equal);
    IrRef word = ir_bfi(b, flags_word(c), zf, 14, 1);
    static const uint8_t halves[2] = { IR_lo32, IR_hi32 }, regs[2] = { RAX_, RDX_ };
    for (unsigned i = 0; i < 2; i++) {
        IrRef half = ir_op1(b, halves[i], IR_I32, found);
        if (lifting(c)->wide) {
            put_reg(c, regs[i], 8, ir_select(b, IR_EQ, equal, get_reg(c, regs[i], 8),
                                             ir_op1(b, IR_zext32, IR_I64, half)));
        } else {
            put_reg(c, regs[i], 4, half);
        }
    }
    set_flags_word(c, word);
}

LIFTER(cmpxchg16b)
{
    IrRef lin = operand_address(c, in, 16, true);
    IrRef off = ir_and(c->ir, lin, addr_const(c, 15));
    raise_if(c, IR_NE, not_zero(c, off, 8), EXC_GP);
    ir_call1(c->ir, &call_x86_cmpxchg16b, lin);
}

/* ---- flags one by one ---- */

LIFTER(clc)
{
    set_carry(c, ir_i32(c->ir, 0));
}

LIFTER(stc)
{
    set_carry(c, ir_i32(c->ir, 1));
}

LIFTER(cmc)
{
    set_carry(c, ir_cond(c->ir, IR_CC, x86_get_flags(c)));
}

LIFTER(cld)
{
    ir_put(c->ir, SLOT_DF, ir_i32(c->ir, 1));
}

LIFTER(std)
{
    ir_put(c->ir, SLOT_DF, ir_i32(c->ir, -1));
}

enum { LAHF_BITS = FL_N | FL_Z | FL_A | FL_P | FL_C };

LIFTER(lahf)
{
    if (is_long(c) && !HAS(c, LAHF_LM)) {
        x86_undefined(c);
        return;
    }
    IrRef ah = ir_bfx(c->ir, ir_and(c->ir, flags_word(c), ir_i32(c->ir, LAHF_BITS)), 8, 8);
    put_high(c, RAX_, ir_or(c->ir, ah, ir_i32(c->ir, EFL_ONE)));
}

LIFTER(sahf)
{
    if (is_long(c) && !HAS(c, LAHF_LM)) {
        x86_undefined(c);
        return;
    }
    IrBuild *b = c->ir;
    IrRef ah = ir_and(b, get_reg(c, RAX_, 4), ir_i32(b, LAHF_BITS));
    set_flags_word(c, ir_or(b, ah, ir_and(b, flags_word(c), ir_i32(b, FL_V))));
}

LIFTER(salc)
{
    put_reg(c, RAX_, 1, ir_neg(c->ir, x86_get_carry(c)));
}

/* ---- decimal ---- */

LIFTER(bcd)
{
    unsigned kind = in->row->arg, base = kind == BCD_AAD ? in->imm[0] : 10;
    ir_call2(c->ir, &call_x86_bcd, ir_i32(c->ir, kind), ir_i32(c->ir, base));
}

LIFTER(aam)
{
    if (!in->imm[0]) {
        raise_now(c, EXC_DE, X86_NO_ERROR);
        return;
    }
    ir_call2(c->ir, &call_x86_bcd, ir_i32(c->ir, BCD_AAM), ir_i32(c->ir, in->imm[0]));
}
