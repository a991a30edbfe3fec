/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of many registers, and of the exception return state.
 * Implements: ARM DDI 0406C, A4.7, B9.3.5, B9.3.6, B9.3.13 to B9.3.16, B9.3.17 (STM user).
 *
 * Each register is an access of its own off the one base; all of them come before the first change
 * of a register, so that an abort leaves everything as it was (base restored abort model).
 * Choices (UNPREDICTABLE): an empty list does nothing; STM with write-back stores the base as it
 * was; LDM that loads its base does not write it back.
 */
#include "frontends/arm/lift.h"

typedef struct Block {
    IrRef addr;                 /* of the lowest register */
    IrRef base;                 /* rn after write-back */
} Block;

/* IA: p 0, u 1.  IB: 1 1.  DA: 0 0.  DB: 1 0. */
static Block block_of(Lift *c, unsigned rn, bool p, bool u, unsigned words)
{
    int32_t bytes = 4 * (int32_t)words;
    int32_t start = u ? (p ? 4 : 0) : (p ? -bytes : 4 - bytes);
    IrRef rn_value = get_gpr(c, rn);
    IrRef base = align_address(c, rn_value, 4);
    return (Block) { ir_addi(c->ir, base, start), ir_addi(c->ir, rn_value, u ? bytes : -bytes) };
}

static unsigned count(uint32_t list)
{
    return __builtin_popcount(list);
}

static void load_list(Lift *c, uint32_t list, IrRef addr, IrRef value[16])
{
    IrMem mem = mem_aligned(c, 4);
    for (unsigned n = 0, i = 0; n < 16; n++) {
        if (list >> n & 1) {
            value[n] = ir_ld(c->ir, IR_I32, ir_addi(c->ir, addr, 4 * i++), mem);
        }
    }
}

static void store_word(Lift *c, IrRef addr, unsigned i, IrRef v)
{
    ir_st(c->ir, ir_addi(c->ir, addr, 4 * i), v, mem_aligned(c, 4));
}

void lift_stm(Lift *c, const args_stm *a)
{
    guard(c);
    Block at = block_of(c, a->rn, a->p, a->u, count(a->list));
    for (unsigned n = 0, i = 0; n < 16; n++) {
        if (a->list >> n & 1) {
            store_word(c, at.addr, i++, get_gpr(c, n));
        }
    }
    if (a->w) {
        set_gpr(c, a->rn, at.base);
    }
}

static void put_list(Lift *c, uint32_t list, unsigned first, const IrRef value[16])
{
    for (unsigned n = first; n < 15; n++) {
        if (list >> n & 1) {
            set_gpr(c, n, value[n]);
        }
    }
}

void lift_ldm(Lift *c, const args_ldm *a)
{
    IrRef value[16];
    guard(c);
    Block at = block_of(c, a->rn, a->p, a->u, count(a->list));
    load_list(c, a->list, at.addr, value);
    if (a->w && !(a->list >> a->rn & 1)) {
        set_gpr(c, a->rn, at.base);
    }
    put_list(c, a->list, 0, value);
    if (a->list >> 15) {
        load_pc(c, value[15], a->rn == SLOT_SP && a->w ? IR_RETURN : IR_JUMP);
    }
}

/* ---- ^: registers of User mode ---- */

void lift_stm_user(Lift *c, const args_stm_user *a)
{
    guard(c);
    Block at = block_of(c, a->rn, a->p, a->u, count(a->list));
    for (unsigned n = 0, i = 0; n < 16; n++) {
        if (a->list >> n & 1) {
            IrRef v = n < 8 || n == 15 ? get_gpr(c, n)
                : ir_call1(c->ir, &call_arm_get_user_reg, ir_i32(c->ir, n));
            store_word(c, at.addr, i++, v);
        }
    }
}

void lift_ldm_user(Lift *c, const args_ldm_user *a)
{
    IrRef value[16];
    guard(c);
    Block at = block_of(c, a->rn, a->p, a->u, count(a->list));
    load_list(c, a->list, at.addr, value);
    put_list(c, a->list & 0xff, 0, value);
    for (unsigned n = 8; n < 15; n++) {
        if (a->list >> n & 1) {
            ir_call2(c->ir, &call_arm_set_user_reg, ir_i32(c->ir, n), value[n]);
        }
    }
}

/* LDM with r15 and ^: the registers of this mode, then CPSR = SPSR. */
void lift_ldm_ret(Lift *c, const args_ldm_ret *a)
{
    IrRef value[16];
    uint32_t list = a->list | 1 << 15;
    guard(c);
    Block at = block_of(c, a->rn, a->p, a->u, count(list));
    load_list(c, list, at.addr, value);
    if (a->w && !(list >> a->rn & 1)) {
        set_gpr(c, a->rn, at.base);
    }
    put_list(c, list, 0, value);
    ir_jump(c->ir, ir_call1(c->ir, &call_arm_exception_return, value[15]), IR_RETURN);
}

/* ---- return state ---- */

void lift_rfe(Lift *c, const args_rfe *a)
{
    guard(c);
    Block at = block_of(c, a->rn, a->p, a->u, 2);
    IrMem mem = mem_aligned(c, 4);
    IrRef pc = ir_ld(c->ir, IR_I32, at.addr, mem);
    IrRef cpsr = ir_ld(c->ir, IR_I32, ir_addi(c->ir, at.addr, 4), mem);
    if (a->w) {
        set_gpr(c, a->rn, at.base);
    }
    ir_jump(c->ir, ir_call2(c->ir, &call_arm_rfe, pc, cpsr), IR_JUMP);
}

/* The stack pointer is that of another mode, so the write-back is a call. */
void lift_srs(Lift *c, const args_srs *a)
{
    guard(c);
    IrRef mode = ir_i32(c->ir, a->mode);
    IrRef sp = ir_call1(c->ir, &call_arm_get_mode_sp, mode);
    IrRef spsr = ir_call0(c->ir, &call_arm_mrs_spsr);
    IrRef addr = ir_addi(c->ir, sp, a->u ? (a->p ? 4 : 0) : (a->p ? -8 : -4));
    store_word(c, addr, 0, get_gpr(c, SLOT_LR));
    store_word(c, addr, 1, spsr);
    if (a->w) {
        IrRef after = ir_addi(c->ir, sp, a->u ? 8 : -8);
        ir_call2(c->ir, &call_arm_set_mode_sp, mode, after);
    }
}
