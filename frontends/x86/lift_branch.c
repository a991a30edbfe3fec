/* SPDX-License-Identifier: MIT */
/*
 * Branches, calls, returns, interrupts.
 * Implements: SDM 2A-2C, the instructions named.
 * Choice: a conditional branch beyond CS.limit (neither 4 GiB nor 64 KiB) faults at its target.
 */
#include "frontends/x86/lift.h"

/* A direct target outside of a 64 KiB segment: #GP(0), and done. */
static bool outside(Lift *c, uint64_t target)
{
    uint32_t off = target - lifting(c)->cs_base;
    return c->mode & KEY_CS_64K && off > 0xffff;
}

/* CS.limit of another size is looked at when the branch is taken always. */
static void check_target(Lift *c, uint64_t target)
{
    if (c->mode & KEY_CS_LIMIT) {
        IrRef limit = ir_get(c->ir, SLOT_CS_LIMIT);
        IrRef off = ir_i32(c->ir, target - lifting(c)->cs_base);
        raise_if(c, IR_A, ir_flags(c->ir, IR_fl_sub, off, limit, 0), EXC_GP);
    }
}

LIFTER(jcc)
{
    uint64_t target = branch_target(c, in);
    branch_if(c, cond_of(in->opcode), x86_get_flags(c),
              outside(c, target) ? x86_magic(EXC_GP, lifting(c)->pc) : target);
}

LIFTER(jmp_near)
{
    if (in->op[0].kind != OPK_REL) {
        branch_offset(c, get_operand(c, in, 0), in->opsize, IR_JUMP);
        return;
    }
    uint64_t target = branch_target(c, in);
    if (outside(c, target)) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    check_target(c, target);
    x86_branch_to(c, target);
}

LIFTER(call_near)
{
    X86Lifting *l = lifting(c);
    unsigned size = in->opsize;
    bool direct = in->op[0].kind == OPK_REL;
    uint64_t target = direct ? branch_target(c, in) : 0;
    IrRef off = direct ? 0 : get_operand(c, in, 0);
    if (direct && outside(c, target)) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    if (direct) {
        check_target(c, target);
    }
    push(c, konst(c, size, next_ip(c)), size);
    ir_ras_push(c->ir, l->next);
    if (!direct) {
        branch_offset(c, off, size, IR_CALL);
    } else if (c->mode & KEY_STEP || l->end) {
        x86_branch_to(c, target);
    } else {
        ir_goto(c->ir, target);
    }
}

LIFTER(ret)
{
    unsigned size = in->opsize;
    IrRef off = pop(c, size);
    IrRef sp = stack_add(c, stack_get(c), size + (in->op[0].kind == OPK_IMM ? in->imm[0] : 0));
    if (!lifting(c)->wide && c->mode & (KEY_CS_LIMIT | KEY_CS_64K)) {
        /* #GP(0) shows the old SP: branch_offset() checks again, in vain */
        IrRef limit = c->mode & KEY_CS_64K ? ir_i32(c->ir, 0xffff) : ir_get(c->ir, SLOT_CS_LIMIT);
        IrRef o = size == 2 ? ir_zext16(c->ir, off) : off;
        raise_if(c, IR_A, ir_flags(c->ir, IR_fl_sub, o, limit, 0), EXC_GP);
    }
    stack_put(c, sp);
    branch_offset(c, off, size, IR_RETURN);
}

/* Count register of LOOP and JCXZ: the address size. */
static IrRef counter(Lift *c, const X86Insn *in)
{
    return get_reg(c, RCX_, in->addrsize);
}

/* arg 0: LOOP, 1: LOOPE, 2: LOOPNE */
LIFTER(loop)
{
    IrBuild *b = c->ir;
    unsigned a = in->addrsize, kind = in->row->arg;
    uint64_t target = branch_target(c, in);
    if (outside(c, target)) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    IrRef n = ir_addi(b, counter(c, in), -1);
    put_reg(c, RCX_, a, n);
    IrRef f = not_zero(c, n, a);
    if (kind) {
        IrRef go = ir_and(b, ir_cond(b, IR_NE, f),
                          ir_cond(b, kind == 1 ? IR_EQ : IR_NE, x86_get_flags(c)));
        f = ir_flags(b, IR_fl_logic, go, 0, 0);
    }
    branch_if(c, IR_NE, f, target);
}

LIFTER(jcxz)
{
    uint64_t target = branch_target(c, in);
    branch_if(c, IR_EQ, not_zero(c, counter(c, in), in->addrsize),
              outside(c, target) ? x86_magic(EXC_GP, lifting(c)->pc) : target);
}

/* ---- far ---- */

/* Selector and offset of a far pointer operand. */
static void far_pointer(Lift *c, const X86Insn *in, IrRef *sel, IrRef *off)
{
    if (in->op[0].kind == OPK_FAR) {
        *sel = ir_i32(c->ir, in->imm[1]);
        *off = ir_i64(c->ir, in->imm[0]);
        return;
    }
    unsigned size = in->opsize;
    IrRef lin = operand_address(c, in, size + 2, false);
    IrRef v = x86_load(c, lin, size);
    *sel = x86_load(c, ir_addi(c->ir, lin, size), 2);
    *off = convert(c, v, size == 8 ? 8 : 4, 8, false);
}

static void far_transfer(Lift *c, const X86Insn *in, const CallDef *call)
{
    IrRef sel, off;
    far_pointer(c, in, &sel, &off);
    IrRef args[] = { sel, off, ir_i32(c->ir, in->opsize), ir_i64(c->ir, lifting(c)->next) };
    finish_far(c, ir_call(c->ir, call, G_N_ELEMENTS(args), args), true);
}

LIFTER(jmp_far)
{
    far_transfer(c, in, &call_x86_jmp_far);
}

LIFTER(call_far)
{
    far_transfer(c, in, &call_x86_call_far);
}

LIFTER(ret_far)
{
    IrRef release = ir_i32(c->ir, in->op[0].kind == OPK_IMM ? in->imm[0] : 0);
    finish_far(c, ir_call2(c->ir, &call_x86_ret_far, ir_i32(c->ir, in->opsize), release), true);
}

LIFTER(iret)
{
    finish_far(c, ir_call2(c->ir, &call_x86_iret, ir_i32(c->ir, in->opsize),
                           ir_i64(c->ir, lifting(c)->next)), true);
}

static void soft_interrupt(Lift *c, unsigned vector, unsigned kind)
{
    IrRef args[] = { ir_i32(c->ir, vector), ir_i32(c->ir, kind), ir_i64(c->ir, lifting(c)->next) };
    finish_far(c, ir_call(c->ir, &call_x86_int, 3, args), false);
}

LIFTER(int)
{
    if (c->mode & KEY_VM && !(c->mode & KEY_IOPL_OK)) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    soft_interrupt(c, in->imm[0] & 0xff, EVENT_SOFT);
}

LIFTER(int3)
{
    soft_interrupt(c, EXC_BP, EVENT_SOFT);
}

LIFTER(int1)
{
    soft_interrupt(c, EXC_DB, EVENT_INT1);
}

/* A trap: the saved EIP is behind it, which the exit's code address tells (see x86_mmu_fault). */
LIFTER(into)
{
    ir_exit_if(c->ir, IR_VS, x86_get_flags(c), x86_magic(EXC_OF, lifting(c)->next));
}

LIFTER(bound)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef i = sign_extend(c, get_operand(c, in, 0), size);
    IrRef lin = operand_address(c, in, 2 * size, false);
    IrRef low = sign_extend(c, x86_load(c, lin, size), size);
    IrRef high = sign_extend(c, x86_load(c, ir_addi(b, lin, size), size), size);
    raise_if(c, IR_LT, ir_flags(b, IR_fl_sub, i, low, 0), EXC_BR);
    raise_if(c, IR_GT, ir_flags(b, IR_fl_sub, i, high, 0), EXC_BR);
}
