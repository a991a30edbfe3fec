/* SPDX-License-Identifier: MIT */
/*
 * Data-processing instructions, in A32 and Thumb.  Implements: ARM DDI 0406C, A4.4.1 and the pages
 * of chapter A8 named as the rows; B9.3.20 (SUBS PC, LR and related).
 * Choices: a register-shifted operand r15 (UNPREDICTABLE) reads as +8 like any other.
 */
#include "frontends/arm/lift.h"

/* A second operand; carry is the shifter's carry out, 0 when the carry flag stays or none asked. */
typedef struct Operand {
    IrRef v, carry;
} Operand;

static Operand operand_imm(Lift *c, uint32_t imm, unsigned rot)
{
    uint32_t v = ror32(imm, rot);
    return (Operand) { ir_i32(c->ir, v), rot ? ir_i32(c->ir, v >> 31) : 0 };
}

static Operand operand_reg(Lift *c, bool s, unsigned rm, unsigned type, unsigned imm5)
{
    Operand o = { 0 };
    o.v = shift_imm(c, get_gpr(c, rm), type, imm5, s ? &o.carry : NULL);
    return o;
}

static Operand operand_rsr(Lift *c, bool s, unsigned rm, unsigned type, unsigned rs)
{
    Operand o = { 0 };
    o.v = shift_reg(c, get_gpr(c, rm), type, get_gpr(c, rs), s ? &o.carry : NULL);
    return o;
}

/* ---- results ---- */

/* Rd, or where the program goes on: with S that is a return from an exception. */
static void result(Lift *c, unsigned rd, bool s, IrRef v, IrJumpKind kind)
{
    if (rd != 15) {
        set_gpr(c, rd, v);
    } else if (s) {
        guard(c);
        ir_jump(c->ir, ir_call1(c->ir, &call_arm_exception_return, v), IR_JUMP);
    } else {
        guard(c);
        alu_pc(c, v, kind);
    }
}

/* N and Z of v, C of the shifter, V stays. */
static void logic_flags(Lift *c, IrRef v, IrRef carry)
{
    IrRef old = get_flags(c);
    set_flags(c, carry ? ir_flags(c->ir, IR_fl_nzc, v, carry, old)
                       : ir_flags(c->ir, IR_fl_nz, v, old, 0));
}

static void logic_result(Lift *c, unsigned rd, bool s, IrRef v, IrRef carry, IrJumpKind kind)
{
    if (s && rd != 15) {
        logic_flags(c, v, carry);
    }
    result(c, rd, s, v, kind);
}

/* ---- the operations: x is Rn, y the second operand ---- */

typedef enum Arith { ADD, SUB, ADC, SBC } Arith;

static IrRef arith_value(Lift *c, Arith op, IrRef x, IrRef y)
{
    IrBuild *b = c->ir;
    switch (op) {
    case ADD:
        return ir_add(b, x, y);
    case SUB:
        return ir_sub(b, x, y);
    case ADC:
        return ir_op3(b, IR_addc, IR_I32, x, y, get_carry(c));
    default:
        return ir_op3(b, IR_subc, IR_I32, x, y, ir_cond(b, IR_CC, get_flags(c)));
    }
}

static IrRef arith_flags(Lift *c, Arith op, IrRef x, IrRef y)
{
    static const IrOp ops[] = { IR_fl_add, IR_fl_cmp, IR_fl_adc, IR_fl_sbc };
    return ir_flags(c->ir, ops[op], x, y, op >= ADC ? get_carry(c) : 0);
}

static void arith(Lift *c, Arith op, bool s, unsigned rd, IrRef x, IrRef y)
{
    if (s) {
        guard(c);
    }
    IrRef v = arith_value(c, op, x, y);
    if (s && rd != 15) {
        set_flags(c, arith_flags(c, op, x, y));
    }
    result(c, rd, s, v, IR_JUMP);
}

static void arith_reversed(Lift *c, Arith op, bool s, unsigned rd, IrRef x, IrRef y)
{
    arith(c, op, s, rd, y, x);
}

static IrRef orn(IrBuild *b, IrRef x, IrRef y)
{
    return ir_or(b, x, ir_not(b, y));
}

/* ---- the rows ---- */

/* With three forms of the second operand: NAME_imm, NAME_reg, NAME_rsr. */
#define FORMS(DO, name, ...)                                                       \
    DO(name, imm, operand_imm(c, a->imm, a->rot), __VA_ARGS__)                     \
    DO(name, reg, operand_reg(c, S(a), a->rm, a->type, a->imm), __VA_ARGS__)       \
    DO(name, rsr, operand_rsr(c, S(a), a->rm, a->type, a->rs), __VA_ARGS__)

#define S(a) ((a)->s)

#define ARITH(name, form, operand, how, op)                                        \
    void lift_##name##_##form(Lift *c, const args_##name##_##form *a)              \
    {                                                                              \
        Operand o = operand;                                                       \
        how(c, op, a->s, a->rd, get_gpr(c, a->rn), o.v);                           \
    }

#define LOGIC(name, form, operand, fn)                                             \
    void lift_##name##_##form(Lift *c, const args_##name##_##form *a)              \
    {                                                                              \
        if (a->s) {                                                                \
            guard(c);                                                              \
        }                                                                          \
        Operand o = operand;                                                       \
        logic_result(c, a->rd, a->s, fn(c->ir, get_gpr(c, a->rn), o.v), o.carry, IR_JUMP); \
    }

FORMS(ARITH, add, arith, ADD)
FORMS(ARITH, sub, arith, SUB)
FORMS(ARITH, adc, arith, ADC)
FORMS(ARITH, sbc, arith, SBC)
FORMS(ARITH, rsb, arith_reversed, SUB)
FORMS(ARITH, rsc, arith_reversed, SBC)

FORMS(LOGIC, and, ir_and)
FORMS(LOGIC, eor, ir_xor)
FORMS(LOGIC, orr, ir_or)
FORMS(LOGIC, bic, ir_andn)
LOGIC(orn, imm, operand_imm(c, a->imm, a->rot), orn)                        /* Thumb only */
LOGIC(orn, reg, operand_reg(c, S(a), a->rm, a->type, a->imm), orn)

/* MOV pc, lr is how ARMv4 returns. */
#define MOVE(name, form, operand, fn)                                              \
    void lift_##name##_##form(Lift *c, const args_##name##_##form *a)              \
    {                                                                              \
        if (a->s) {                                                                \
            guard(c);                                                              \
        }                                                                          \
        Operand o = operand;                                                       \
        logic_result(c, a->rd, a->s, fn(c->ir, o.v), o.carry, KIND_##form(a));     \
    }

static IrRef same(IrBuild *b, IrRef x)
{
    return x;
}

#define KIND_imm(a) IR_JUMP
#define KIND_reg(a) ((a)->rm == SLOT_LR ? IR_RETURN : IR_JUMP)
#define KIND_rsr(a) IR_JUMP
FORMS(MOVE, mov, same)
FORMS(MOVE, mvn, ir_not)

#undef S
#define S(a) true

#define COMPARE(name, form, operand, op)                                           \
    void lift_##name##_##form(Lift *c, const args_##name##_##form *a)              \
    {                                                                              \
        guard(c);                                                                  \
        Operand o = operand;                                                       \
        set_flags(c, arith_flags(c, op, get_gpr(c, a->rn), o.v));                  \
    }

#define TEST(name, form, operand, fn)                                              \
    void lift_##name##_##form(Lift *c, const args_##name##_##form *a)              \
    {                                                                              \
        guard(c);                                                                  \
        Operand o = operand;                                                       \
        logic_flags(c, fn(c->ir, get_gpr(c, a->rn), o.v), o.carry);                \
    }

FORMS(COMPARE, cmp, SUB)
FORMS(COMPARE, cmn, ADD)
FORMS(TEST, tst, ir_and)
FORMS(TEST, teq, ir_xor)

/* ---- with 16-bit immediates, and the address of a label ---- */

void lift_movw(Lift *c, const args_movw *a)
{
    set_gpr(c, a->rd, ir_i32(c->ir, a->imm));
}

void lift_movt(Lift *c, const args_movt *a)
{
    IrRef low = ir_zext16(c->ir, get_gpr(c, a->rd));
    set_gpr(c, a->rd, ir_or(c->ir, low, ir_i32(c->ir, a->imm << 16)));
}

void lift_adr(Lift *c, const args_adr *a)
{
    uint32_t base = pc_value(c) & ~3u;
    set_gpr(c, a->rd, ir_i32(c->ir, a->sub ? base - a->imm : base + a->imm));
}
