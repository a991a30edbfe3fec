/* SPDX-License-Identifier: MIT */
/*
 * System instructions: exceptions, status registers, coprocessors, barriers and hints.
 * Implements: ARM DDI 0406C, A4.8 to A4.13 and B9.3.  The work is done by calls (calls.h), but for
 * the coprocessor registers that arm_cp_plan() calls simple.
 * Choices: coprocessors other than 14 and 15 are absent, so their instructions are undefined.
 */
#include "frontends/arm/lift.h"

static IrRef k(Lift *c, uint32_t v)
{
    return ir_i32(c->ir, v);
}

/* ---- exceptions ---- */

void lift_udf(Lift *c, const args_udf *a)
{
    undefined(c);
}

enum { SEMIHOST_A32 = 0x123456, SEMIHOST_THUMB = 0xab };

void lift_svc(Lift *c, const args_svc *a)
{
    bool semihost = a->imm == (arm_lift(c)->thumb ? SEMIHOST_THUMB : SEMIHOST_A32);
    guard(c);
    trap(c, semihost ? &call_arm_semihost_svc : &call_arm_svc, next_pc(c), arm_lift(c)->it_next);
}

void lift_bkpt(Lift *c, const args_bkpt *a)
{
    if (a->imm == SEMIHOST_THUMB) {
        IrRef handler = ir_call3(c->ir, &call_arm_semihost_bkpt, k(c, this_pc(c)),
                                 k(c, arm_lift(c)->it), k(c, next_pc(c)));
        ir_jump(c->ir, handler, IR_JUMP);
    } else {
        trap(c, &call_arm_bkpt, this_pc(c), arm_lift(c)->it);
    }
}

static void firmware_call(Lift *c, const CallDef *def)
{
    guard(c);
    IrRef args[] = { k(c, this_pc(c)), k(c, next_pc(c)), k(c, arm_lift(c)->it),
                     k(c, arm_lift(c)->it_next) };
    ir_jump(c->ir, ir_call(c->ir, def, G_N_ELEMENTS(args), args), IR_JUMP);
}

void lift_hvc(Lift *c, const args_hvc *a)
{
    firmware_call(c, &call_arm_hvc);
}

void lift_smc(Lift *c, const args_smc *a)
{
    firmware_call(c, &call_arm_smc);
}

void lift_eret(Lift *c, const args_eret *a)
{
    guard(c);
    ir_jump(c->ir, ir_call0(c->ir, &call_arm_eret), IR_JUMP);
}

/* ---- status registers ---- */

void lift_mrs(Lift *c, const args_mrs *a)
{
    guard(c);
    set_gpr(c, a->rd, ir_call0(c->ir, a->spsr ? &call_arm_mrs_spsr : &call_arm_mrs_cpsr));
}

enum { FIELD_C = 1, FIELD_X = 2 };      /* of the mask: these hold what translation depends on */

static void write_status(Lift *c, bool spsr, IrRef v, unsigned mask)
{
    if (spsr) {
        ir_call2(c->ir, &call_arm_msr_spsr, v, k(c, mask));
        return;
    }
    ir_call2(c->ir, &call_arm_msr_cpsr, v, k(c, mask));
    if (mask & (FIELD_C | FIELD_X)) {
        end_block(c);
    }
}

void lift_msr_reg(Lift *c, const args_msr_reg *a)
{
    guard(c);
    write_status(c, a->spsr, get_gpr(c, a->rn), a->mask);
}

void lift_msr_imm(Lift *c, const args_msr_imm *a)
{
    guard(c);
    write_status(c, a->spsr, k(c, ror32(a->imm, a->rot)), a->mask);
}

/* R << 5 | SYSm */
static uint32_t banked(unsigned spsr, unsigned bank, unsigned mask)
{
    return spsr << 5 | bank << 4 | mask;
}

void lift_mrs_banked(Lift *c, const args_mrs_banked *a)
{
    guard(c);
    set_gpr(c, a->rd, ir_call3(c->ir, &call_arm_mrs_banked, k(c, banked(a->spsr, a->bank, a->mask)),
                               k(c, this_pc(c)), k(c, arm_lift(c)->it)));
}

void lift_msr_banked(Lift *c, const args_msr_banked *a)
{
    guard(c);
    IrRef args[] = { k(c, banked(a->spsr, a->bank, a->mask)), get_gpr(c, a->rn), k(c, this_pc(c)),
                     k(c, arm_lift(c)->it) };
    ir_call(c->ir, &call_arm_msr_banked, G_N_ELEMENTS(args), args);
}

void lift_cps(Lift *c, const args_cps *a)
{
    ir_call3(c->ir, &call_arm_cps, k(c, a->imod), k(c, a->aif << 6),
             k(c, a->m ? a->mode | 0x100 : 0));
    end_block(c);
}

void lift_setend(Lift *c, const args_setend *a)
{
    ir_call1(c->ir, &call_arm_setend, k(c, a->e));
    end_block(c);
}

/* ---- coprocessors ---- */

/* What to do for an access to a register of cp14 or cp15.  False: it is undefined, and done. */
static bool plan(Lift *c, unsigned cp, uint32_t reg, bool is64, bool write, ArmCpPlan *plan)
{
    *plan = (ArmCpPlan) { ARM_CP_UNDEF };
    if (cp == 14 || cp == 15) {
        *plan = arm_cp_plan(arm_lift(c)->cpu, reg, is64, write, c->mode);
    }
    if (plan->kind == ARM_CP_UNDEF) {
        undefined(c);
        return false;
    }
    return true;
}

/* Bits 31:28 of a word as NZCV, in the order of the packed flags word. */
static IrRef flags_of_word(Lift *c, IrRef v)
{
    IrBuild *b = c->ir;
    IrRef nz = ir_shl(b, ir_bfx(b, v, 30, 2), k(c, 14));
    IrRef carry = ir_shl(b, ir_bfx(b, v, 29, 1), k(c, 8));
    IrRef word = ir_or(b, ir_or(b, nz, carry), ir_bfx(b, v, 28, 1));
    return ir_flags(b, IR_fl_pack, word, 0, 0);
}

static IrRef read_register(Lift *c, const ArmCpPlan *p, uint32_t reg)
{
    switch (p->kind) {
    case ARM_CP_SLOT:
        return ir_get(c->ir, p->slot);
    case ARM_CP_CONST:
        return k(c, p->value);
    default:
        guard(c);
        return ir_call2(c->ir, &call_arm_mrc, k(c, reg), k(c, arm_lift(c)->it));
    }
}

void lift_mrc(Lift *c, const args_mrc *a)
{
    uint32_t reg = ARM_CPREG(a->cp, a->opc1, a->crn, a->crm, a->opc2);
    ArmCpPlan p;
    if (!plan(c, a->cp, reg, false, false, &p)) {
        return;
    }
    IrRef v = read_register(c, &p, reg);
    if (a->rt == 15) {
        guard(c);
        set_flags(c, flags_of_word(c, v));
    } else {
        set_gpr(c, a->rt, v);
    }
}

void lift_mcr(Lift *c, const args_mcr *a)
{
    uint32_t reg = ARM_CPREG(a->cp, a->opc1, a->crn, a->crm, a->opc2);
    ArmCpPlan p;
    if (!plan(c, a->cp, reg, false, true, &p) || p.kind == ARM_CP_NOP) {
        return;
    }
    if (p.kind == ARM_CP_SLOT) {
        set_slot(c, p.slot, get_gpr(c, a->rt));
        return;
    }
    guard(c);
    ir_call3(c->ir, &call_arm_mcr, k(c, reg), get_gpr(c, a->rt), k(c, arm_lift(c)->it));
    end_block(c);
}

void lift_mrrc(Lift *c, const args_mrrc *a)
{
    uint32_t reg = ARM_CPREG(a->cp, a->opc1, 0, a->crm, 0);
    ArmCpPlan p;
    if (!plan(c, a->cp, reg, true, false, &p)) {
        return;
    }
    guard(c);
    IrRef v = ir_call2(c->ir, &call_arm_mrrc, k(c, reg), k(c, arm_lift(c)->it));
    set_gpr(c, a->rt, ir_op1(c->ir, IR_lo32, IR_I32, v));
    set_gpr(c, a->rt2, ir_op1(c->ir, IR_hi32, IR_I32, v));
}

void lift_mcrr(Lift *c, const args_mcrr *a)
{
    uint32_t reg = ARM_CPREG(a->cp, a->opc1, 0, a->crm, 0);
    ArmCpPlan p;
    if (!plan(c, a->cp, reg, true, true, &p) || p.kind == ARM_CP_NOP) {
        return;
    }
    guard(c);
    IrRef v = ir_op2(c->ir, IR_pair, IR_I64, get_gpr(c, a->rt), get_gpr(c, a->rt2));
    ir_call3(c->ir, &call_arm_mcrr, k(c, reg), v, k(c, arm_lift(c)->it));
    end_block(c);
}

#define ABSENT(name) void lift_##name(Lift *c, const args_##name *a) { undefined(c); }
ABSENT(cdp)
ABSENT(ldc)
ABSENT(stc)
ABSENT(cdp2)
ABSENT(ldc2)
ABSENT(stc2)
ABSENT(mcr2)
ABSENT(mrc2)
ABSENT(mcrr2)
ABSENT(mrrc2)

/* ---- barriers ---- */

void lift_dmb(Lift *c, const args_dmb *a)
{
    ir_fence(c->ir);
}

void lift_dsb(Lift *c, const args_dsb *a)
{
    ir_fence(c->ir);
    if (tcg_parallel) {
        guard(c);
        ir_call2(c->ir, &call_arm_dsb, k(c, next_pc(c)), k(c, arm_lift(c)->it_next));
    }
}

void lift_isb(Lift *c, const args_isb *a)
{
    end_block(c);
}

/* ---- hints ---- */

void lift_nop(Lift *c, const args_nop *a)
{
}

void lift_dbg(Lift *c, const args_dbg *a)
{
}

static void wait(Lift *c, const CallDef *def)
{
    guard(c);
    ir_call2(c->ir, def, k(c, next_pc(c)), k(c, arm_lift(c)->it_next));
    end_block(c);
}

void lift_wfi(Lift *c, const args_wfi *a)
{
    wait(c, &call_arm_wfi);
}

void lift_wfe(Lift *c, const args_wfe *a)
{
    wait(c, &call_arm_wfe);
}

void lift_yield(Lift *c, const args_yield *a)
{
    wait(c, &call_arm_yield);
}

void lift_sev(Lift *c, const args_sev *a)
{
    guard(c);
    ir_call0(c->ir, &call_arm_sev);
}
