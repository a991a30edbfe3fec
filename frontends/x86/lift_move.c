/* SPDX-License-Identifier: MIT */
/*
 * Moves, extensions, conditional moves, the stack.
 * Implements: SDM 2A-2C, the instructions named; 1, 6.2 (stack), 6.5 (ENTER, LEAVE).
 */
#include "frontends/x86/lift.h"

LIFTER(mov)
{
    if (is_mem(in, 0)) {
        prepare_store(c, in, 0);
    }
    put_operand(c, in, 0, get_operand(c, in, 1));
}

LIFTER(lea)
{
    IrRef ea = effective_address(c, in);
    unsigned from = lifting(c)->wide ? 8 : 4;
    put_operand(c, in, 0, convert(c, ea, from, in->op[0].size, false));
}

LIFTER(movzx)
{
    unsigned from = in->op[1].size, to = in->op[0].size;
    put_operand(c, in, 0, convert(c, get_operand(c, in, 1), from, to, false));
}

LIFTER(movsx)
{
    unsigned from = in->op[1].size, to = in->op[0].size;
    put_operand(c, in, 0, convert(c, get_operand(c, in, 1), from, to, true));
}

LIFTER(movbe)
{
    unsigned size = in->op[0].size;
    IrRef v = get_operand(c, in, 1);
    v = ir_bswap(c->ir, v);
    put_operand(c, in, 0, size == 2 ? ir_shr(c->ir, v, ir_i32(c->ir, 16)) : v);
}

/* Of 16 bits: undefined; processors clear them. */
LIFTER(bswap)
{
    unsigned size = in->op[0].size;
    IrRef v = get_operand(c, in, 0);
    put_operand(c, in, 0, size == 2 ? ir_i32(c->ir, 0) : ir_bswap(c->ir, v));
}

/* CBW, CWDE, CDQE */
LIFTER(cbw)
{
    unsigned to = in->opsize, from = to / 2;
    put_reg(c, RAX_, to, convert(c, get_reg(c, RAX_, from), from, to, true));
}

/* CWD, CDQ, CQO */
LIFTER(cwd)
{
    unsigned size = in->opsize;
    IrRef v = sign_extend(c, get_reg(c, RAX_, size), size);
    put_reg(c, RDX_, size, ir_sar(c->ir, v, ir_i32(c->ir, size == 8 ? 63 : 31)));
}

LIFTER(cmov)
{
    IrRef old = get_operand(c, in, 0), v = get_operand(c, in, 1);
    put_operand(c, in, 0, ir_select(c->ir, cond_of(in->opcode), x86_get_flags(c), v, old));
}

LIFTER(setcc)
{
    prepare_store(c, in, 0);
    put_operand(c, in, 0, ir_cond(c->ir, cond_of(in->opcode), x86_get_flags(c)));
}

LIFTER(xlat)
{
    unsigned a = in->addrsize;
    IrRef ea = convert(c, zero_extend(c, ir_zext8(c->ir, get_reg(c, RAX_, 4)), 1), 4,
                       a == 8 ? 8 : 4, false);
    ea = ir_add(c->ir, get_reg(c, RBX_, a), ea);
    ea = a == 8 ? ea : addr_of32(c, zero_extend(c, ea, a));
    put_reg(c, RAX_, 1, x86_load(c, linear(c, in->seg, ea, 1, false, a), 1));
}

LIFTER(nop90)
{
    if (in->op[0].reg != RAX_) {        /* REX.B: XCHG r8, rAX */
        IrRef x = get_operand(c, in, 0), a = get_reg(c, RAX_, in->opsize);
        put_operand(c, in, 0, a);
        put_reg(c, RAX_, in->opsize, x);
    } else if (in->rep == 0xf3 && tcg_parallel) {
        ir_call0(c->ir, &call_x86_pause);
    }
}

LIFTER(hint)
{
}

LIFTER(nothing)
{
}

LIFTER(fence)
{
    ir_fence(c->ir);
}

LIFTER(ud)
{
    x86_undefined(c);
}

/* ---- the stack ---- */

LIFTER(push)
{
    push(c, get_operand(c, in, 0), in->opsize);
}

LIFTER(pop)
{
    unsigned size = in->opsize;
    IrRef old = stack_get(c), v = pop(c, size), new = stack_add(c, old, size);
    if (is_mem(in, 0)) {
        /* an address off SP takes the new one; faults show the old one */
        stack_put(c, new);
        IrRef ea = effective_address(c, in);
        stack_put(c, old);
        IrRef lin = linear(c, in->seg, ea, size, true, in->addrsize);
        x86_store(c, lin, size, v);
        stack_put(c, new);
        return;
    }
    stack_put(c, new);
    put_operand(c, in, 0, v);
}

LIFTER(pusha)
{
    unsigned size = in->opsize;
    IrRef sp = stack_get(c), v[8];
    for (unsigned r = 0; r < 8; r++) {
        v[r] = get_reg(c, r, size);
    }
    for (unsigned r = 0; r < 8; r++) {
        sp = stack_add(c, sp, -(int)size);
        x86_store(c, stack_linear(c, sp, size, true), size, v[r]);
    }
    stack_put(c, sp);
}

LIFTER(popa)
{
    unsigned size = in->opsize;
    IrRef sp = stack_get(c), v[8];
    for (unsigned r = 8; r-- > 0; ) {
        v[r] = r == RSP_ ? 0 : x86_load(c, stack_linear(c, sp, size, false), size);
        sp = stack_add(c, sp, size);
    }
    stack_put(c, sp);
    for (unsigned r = 0; r < 8; r++) {
        if (r != RSP_) {
            put_reg(c, r, size, v[r]);
        }
    }
}

LIFTER(push_seg)
{
    IrRef sel = get_operand(c, in, 0);
    unsigned size = in->opsize;
    if (size == 4 && !lifting(c)->wide) {
        /* Only the selector is written (SDM 2B, PUSH). */
        IrRef sp = stack_add(c, stack_get(c), -4);
        x86_store(c, stack_linear(c, sp, 4, true), 2, sel);
        stack_put(c, sp);
        return;
    }
    push(c, convert(c, sel, 4, size, false), size);
}

LIFTER(pushf)
{
    if (c->mode & KEY_VM && !(c->mode & KEY_IOPL_OK)) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    IrRef v = ir_call0(c->ir, &call_x86_pushf);
    push(c, convert(c, v, 4, in->opsize, false), in->opsize);
}

LIFTER(popf)
{
    if (c->mode & KEY_VM && !(c->mode & KEY_IOPL_OK)) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    unsigned size = in->opsize;
    IrRef v = pop(c, size), sp = stack_add(c, stack_get(c), size);
    stack_put(c, sp);
    ir_call2(c->ir, &call_x86_popf, convert(c, v, size, 4, false), ir_i32(c->ir, size));
}

/* Copies the display of the enclosing frames; returns SP after it. */
static IrRef copy_display(Lift *c, IrRef sp, unsigned level, unsigned size)
{
    unsigned w = stack_width(c);
    IrRef bp = zero_extend(c, get_reg(c, RBP_, w), w);
    for (unsigned i = 1; i < level; i++) {
        bp = stack_add(c, bp, -(int)size);
        IrRef v = x86_load(c, stack_linear(c, bp, size, false), size);
        sp = stack_add(c, sp, -(int)size);
        x86_store(c, stack_linear(c, sp, size, true), size, v);
    }
    return sp;
}

LIFTER(enter)
{
    unsigned size = in->opsize, level = in->imm[1] & 31, w = stack_width(c);
    IrRef sp = stack_add(c, stack_get(c), -(int)size);
    x86_store(c, stack_linear(c, sp, size, true), size, get_reg(c, RBP_, size));
    IrRef frame = sp;
    if (level) {
        sp = copy_display(c, sp, level, size);
        sp = stack_add(c, sp, -(int)size);
        x86_store(c, stack_linear(c, sp, size, true), size,
                  convert(c, frame, w == 8 ? 8 : 4, size, false));
    }
    sp = stack_add(c, sp, -(int64_t)in->imm[0]);
    put_reg(c, RBP_, size, convert(c, frame, w == 8 ? 8 : 4, size, false));
    stack_put(c, sp);
}

LIFTER(leave)
{
    unsigned size = in->opsize, w = stack_width(c);
    IrRef bp = zero_extend(c, get_reg(c, RBP_, w), w);
    IrRef v = x86_load(c, stack_linear(c, bp, size, false), size);
    stack_put(c, stack_add(c, bp, size));
    put_reg(c, RBP_, size, v);
}
