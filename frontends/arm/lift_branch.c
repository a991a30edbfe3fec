/* SPDX-License-Identifier: MIT */
/*
 * Branches, calls, table branches, IT.  Implements: ARM DDI 0406C, A4.3, A8.8.54 (IT).
 * Choices: BXJ is BX (no Jazelle); a branch inside an IT block that is not its last instruction
 * (UNPREDICTABLE) ends the IT block.
 */
#include "frontends/arm/lift.h"

/* A direct call: of a known place, with a known return. */
static void call(Lift *c, uint32_t target)
{
    uint32_t back = next_pc(c);
    guard(c);
    ir_put(c->ir, SLOT_LR, ir_i32(c->ir, back));
    ir_ras_push(c->ir, back);
    ir_goto(c->ir, target);
}

static uint32_t target_of(const Lift *c, int32_t offset)
{
    return (pc_value(c) + offset) | arm_lift(c)->thumb;
}

void lift_b(Lift *c, const args_b *a)
{
    branch_to(c, target_of(c, a->imm));
}

/* Thumb's B with a condition of its own */
void lift_b_cond(Lift *c, const args_b_cond *a)
{
    arm_lift(c)->cond = a->cond;
    arm_lift(c)->flags = get_flags(c);
    branch_to(c, target_of(c, a->imm));
}

void lift_bl(Lift *c, const args_bl *a)
{
    call(c, target_of(c, a->imm));
}

/* To the other instruction set. */
void lift_blx_imm(Lift *c, const args_blx_imm *a)
{
    if (arm_lift(c)->thumb) {
        call(c, (pc_value(c) + a->imm) & ~3u);
    } else {
        call(c, (pc_value(c) + a->imm + 2 * a->h) | 1);
    }
}

void lift_bx(Lift *c, const args_bx *a)
{
    guard(c);
    branch_reg(c, get_gpr(c, a->rm), a->rm == SLOT_LR ? IR_RETURN : IR_JUMP);
}

void lift_bxj(Lift *c, const args_bxj *a)
{
    guard(c);
    branch_reg(c, get_gpr(c, a->rm), a->rm == SLOT_LR ? IR_RETURN : IR_JUMP);
}

static void call_reg(Lift *c, IrRef target)
{
    uint32_t back = next_pc(c);
    ir_put(c->ir, SLOT_LR, ir_i32(c->ir, back));
    ir_ras_push(c->ir, back);
    ir_jump(c->ir, target, IR_CALL);
}

void lift_blx_reg(Lift *c, const args_blx_reg *a)
{
    guard(c);
    call_reg(c, get_gpr(c, a->rm));
}

/* ---- compare and branch, tables ---- */

static void branch_if(Lift *c, unsigned rn, IrCond cond, uint32_t offset)
{
    ArmLift *l = arm_lift(c);
    l->flags = ir_flags(c->ir, IR_fl_cmp, get_gpr(c, rn), ir_i32(c->ir, 0), 0);
    l->cond = cond;
    branch_to(c, target_of(c, offset));
}

void lift_cbz(Lift *c, const args_cbz *a)
{
    branch_if(c, a->rn, IR_EQ, a->imm);
}

void lift_cbnz(Lift *c, const args_cbnz *a)
{
    branch_if(c, a->rn, IR_NE, a->imm);
}

static void table_branch(Lift *c, IrRef addr, unsigned size)
{
    IrRef entry = ir_ld(c->ir, IR_I32, addr, mem_access(c, size, false));
    IrRef offset = ir_shl(c->ir, entry, ir_i32(c->ir, 1));
    IrRef target = ir_addi(c->ir, offset, pc_value(c) | 1);
    ir_jump(c->ir, target, IR_JUMP);
}

void lift_tbb(Lift *c, const args_tbb *a)
{
    guard(c);
    table_branch(c, ir_add(c->ir, get_gpr(c, a->rn), get_gpr(c, a->rm)), 1);
}

void lift_tbh(Lift *c, const args_tbh *a)
{
    guard(c);
    IrRef index = ir_shl(c->ir, get_gpr(c, a->rm), ir_i32(c->ir, 1));
    table_branch(c, ir_add(c->ir, get_gpr(c, a->rn), index), 2);
}

/* ---- the halves of BL and BLX, where they stand alone (before Thumb-2) ---- */

void lift_bl_prefix(Lift *c, const args_bl_prefix *a)
{
    set_gpr(c, SLOT_LR, ir_i32(c->ir, pc_value(c) + a->imm));
}

void lift_bl_suffix(Lift *c, const args_bl_suffix *a)
{
    IrRef target = ir_addi(c->ir, get_gpr(c, SLOT_LR), a->imm);
    call_reg(c, ir_or(c->ir, target, ir_i32(c->ir, 1)));
}

void lift_blx_suffix(Lift *c, const args_blx_suffix *a)
{
    IrRef target = ir_addi(c->ir, get_gpr(c, SLOT_LR), a->imm);
    call_reg(c, ir_and(c->ir, target, ir_i32(c->ir, ~3u)));
}

/* ---- IT: only the following instructions know it */

void lift_it(Lift *c, const args_it *a)
{
    arm_lift(c)->it_next = a->cond << 4 | a->mask;
}
