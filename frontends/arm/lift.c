/* SPDX-License-Identifier: MIT */
/*
 * Lifting of ARM code: the driver that fetches, decodes and ends blocks, and what all lifters use.
 * Implements: ARM DDI 0406C, A2.3 (PC), A2.5 (ITSTATE), A8.3 (conditions), A8.4 (shifts), A3.2
 * (alignment); DDI 0100I, A2.8 (rotated accesses before ARMv6).
 *
 * A block never starts inside an IT block but by way of ArmCpu.it (and so of the mode key): when one
 * must end inside, call_arm_set_it tells the CPU, and a block that starts there first clears it.
 * So all other exits, which are linked within one mode, belong to ITSTATE 0.
 */
#include "frontends/arm/lift.h"

#include "a32-tree.inc"
#include "t16-tree.inc"
#include "t32-tree.inc"

/* ---- addresses of code ---- */

static uint32_t code_address(const ArmLift *l, uint32_t addr)
{
    return addr | l->thumb;
}

uint32_t this_pc(const Lift *c)
{
    return code_address(arm_lift(c), arm_lift(c)->addr);
}

uint32_t next_pc(const Lift *c)
{
    return code_address(arm_lift(c), arm_lift(c)->addr + arm_lift(c)->size);
}

uint32_t pc_value(const Lift *c)
{
    return arm_lift(c)->addr + (arm_lift(c)->thumb ? 4 : 8);
}

/* ---- registers ---- */

IrRef get_gpr(Lift *c, unsigned n)
{
    return n == 15 ? ir_i32(c->ir, pc_value(c)) : ir_get(c->ir, SLOT_R0 + n);
}

void set_slot(Lift *c, unsigned slot, IrRef v)
{
    ArmLift *l = arm_lift(c);
    if (l->cond != IR_AL) {
        v = ir_select(c->ir, l->cond, l->flags, v, ir_get(c->ir, slot));
    }
    ir_put(c->ir, slot, v);
}

void set_gpr(Lift *c, unsigned n, IrRef v)
{
    if (n != 15) {
        set_slot(c, SLOT_R0 + n, v);
    }
}

/* ---- flags ---- */

IrRef get_flags(Lift *c)
{
    return ir_get(c->ir, SLOT_NZCV);
}

void set_flags(Lift *c, IrRef flags)
{
    g_assert(arm_lift(c)->cond == IR_AL);
    ir_put(c->ir, SLOT_NZCV, flags);
}

IrRef get_carry(Lift *c)
{
    return ir_cond(c->ir, IR_CS, get_flags(c));
}

void set_q_if(Lift *c, IrRef w)
{
    set_slot(c, SLOT_Q, ir_or(c->ir, ir_get(c->ir, SLOT_Q), w));
}

/* ---- IT blocks ---- */

/* ITAdvance(): the next condition moves up; zero when that was the last. */
static uint8_t it_advance(uint8_t it)
{
    return it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
}

static IrCond it_cond(uint8_t it)
{
    return it == 0 || it >> 4 == IR_NV ? IR_AL : (IrCond)(it >> 4);
}

static void set_it_state(Lift *c, uint8_t it)
{
    ir_call1(c->ir, &call_arm_set_it, ir_i32(c->ir, it));
}

void tell_it_state(Lift *c)
{
    ArmLift *l = arm_lift(c);
    if (l->it_next && !l->it_told) {
        set_it_state(c, l->it_next);
        l->it_told = true;
        l->end = true;
    }
}

/* Where to go on when this instruction's condition fails and so those of the instructions that
 * follow it under the same condition; 0 when the IT block has others, or is out of sight. */
static uint32_t after_same_condition(Lift *c)
{
    ArmLift *l = arm_lift(c);
    uint32_t addr = l->addr + l->size;
    for (uint8_t it = l->it_next; it; it = it_advance(it)) {
        if (it_cond(it) != l->cond || !lift_fetch_ok(c, addr, 2)) {
            return 0;
        }
        addr += lift_fetch16(c, addr) >= 0xe800 ? 4 : 2;
    }
    return code_address(l, addr);
}

void guard(Lift *c)
{
    ArmLift *l = arm_lift(c);
    if (l->cond == IR_AL) {
        return;
    }
    uint32_t target = after_same_condition(c);
    if (!target) {              /* a mixed IT block: both ways go on in a block of their own */
        tell_it_state(c);
        target = next_pc(c);
    }
    ir_exit_if(c->ir, ir_cond_not(l->cond), l->flags, target);
    l->cond = IR_AL;
}

/* ---- leaving ---- */

void branch_to(Lift *c, uint32_t pc)
{
    ArmLift *l = arm_lift(c);
    uint32_t addr = pc & ~1u;
    if (l->cond != IR_AL) {
        ir_exit_if(c->ir, l->cond, l->flags, pc);
        if (pc == c->start && !l->it_next) {    /* a loop: what follows is a block of its own */
            ir_goto(c->ir, next_pc(c));
        }
    } else if ((pc & 1) == l->thumb && addr > l->addr && lift_same_page(c, addr)) {
        l->resume = addr;
    } else {
        ir_goto(c->ir, pc);
    }
}

void branch_reg(Lift *c, IrRef pc, IrJumpKind kind)
{
    uint64_t v;
    if (ir_is_const(c->ir, pc, &v)) {
        ir_goto(c->ir, v & 1 ? v : v & ~3u);
    } else {
        ir_jump(c->ir, pc, kind);
    }
}

/* BranchWritePC(): stays in the instruction set. */
static IrRef same_isa(Lift *c, IrRef pc)
{
    return arm_lift(c)->thumb ? ir_or(c->ir, pc, ir_i32(c->ir, 1))
                              : ir_and(c->ir, pc, ir_i32(c->ir, ~3u));
}

void load_pc(Lift *c, IrRef pc, IrJumpKind kind)
{
    branch_reg(c, HAS(c, V5) ? pc : same_isa(c, pc), kind);
}

void alu_pc(Lift *c, IrRef pc, IrJumpKind kind)
{
    branch_reg(c, HAS(c, V7) && !arm_lift(c)->thumb ? pc : same_isa(c, pc), kind);
}

void trap(Lift *c, const CallDef *call, uint32_t pc, uint8_t it)
{
    IrRef handler = ir_call2(c->ir, call, ir_i32(c->ir, pc), ir_i32(c->ir, it));
    ir_jump(c->ir, handler, IR_JUMP);
}

void undefined(Lift *c)
{
    guard(c);
    trap(c, &call_arm_undef, this_pc(c), arm_lift(c)->it);
}

void end_block(Lift *c)
{
    arm_lift(c)->end = true;
}

/* ---- the second operand ---- */

enum { LSL, LSR, ASR, ROR };

IrRef shift_imm(Lift *c, IrRef x, unsigned type, unsigned imm5, IrRef *carry)
{
    IrBuild *b = c->ir;
    unsigned n = imm5 || type == LSL ? imm5 : 32;
    IrRef out = 0, v = x;
    if (type == ROR && imm5 == 0) {                         /* RRX */
        out = ir_bfx(b, x, 0, 1);
        v = ir_or(b, ir_shr(b, x, ir_i32(b, 1)), ir_shl(b, get_carry(c), ir_i32(b, 31)));
    } else if (n) {
        unsigned last = type == LSL ? 32 - n : n - 1;       /* the bit shifted out last */
        out = carry ? ir_bfx(b, x, last, 1) : 0;
        if (n == 32) {
            v = type == LSR ? ir_i32(b, 0) : ir_sar(b, x, ir_i32(b, 31));
        } else {
            static IrRef (*const shift[])(IrBuild *, IrRef, IrRef) = {
                [LSL] = ir_shl, [LSR] = ir_shr, [ASR] = ir_sar, [ROR] = ir_rotr,
            };
            v = shift[type](b, x, ir_i32(b, n));
        }
    }
    if (carry) {
        *carry = out;
    }
    return v;
}

/* The bit shifted out last when x moves by min(n, 33), or the carry flag when n is 0. */
static IrRef carry_of_shift(Lift *c, IrRef x, unsigned type, IrRef n)
{
    IrBuild *b = c->ir;
    IrRef bounded = ir_select(b, IR_CS, ir_flags(b, IR_fl_cmp, n, ir_i32(b, 33), 0),
                              ir_i32(b, 33), n);
    IrRef wide = ir_op1(b, type == ASR ? IR_sext32 : IR_zext32, IR_I64, x);
    IrRef one = ir_i32(b, 1), out;
    if (type == LSL) {
        out = ir_op1(b, IR_hi32, IR_I32, ir_shl(b, wide, bounded));
    } else {
        wide = ir_shl(b, wide, one);
        wide = type == ASR ? ir_sar(b, wide, bounded) : ir_shr(b, wide, bounded);
        out = ir_op1(b, IR_lo32, IR_I32, wide);
    }
    out = ir_and(b, out, one);
    return ir_select(b, IR_EQ, ir_flags(b, IR_fl_cmp, n, ir_i32(b, 0), 0), get_carry(c), out);
}

IrRef shift_reg(Lift *c, IrRef x, unsigned type, IrRef amount, IrRef *carry)
{
    IrBuild *b = c->ir;
    IrRef n = ir_zext8(b, amount);
    IrRef above31 = ir_flags(b, IR_fl_cmp, n, ir_i32(b, 32), 0);        /* CS when n >= 32 */
    IrRef v;
    switch (type) {
    case LSL:
        v = ir_select(b, IR_CS, above31, ir_i32(b, 0), ir_shl(b, x, n));
        break;
    case LSR:
        v = ir_select(b, IR_CS, above31, ir_i32(b, 0), ir_shr(b, x, n));
        break;
    case ASR:
        v = ir_sar(b, x, ir_select(b, IR_CS, above31, ir_i32(b, 31), n));
        break;
    default:
        v = ir_rotr(b, x, n);
        break;
    }
    if (carry && type == ROR) {
        *carry = ir_select(b, IR_EQ, ir_flags(b, IR_fl_cmp, n, ir_i32(b, 0), 0), get_carry(c),
                           ir_bfx(b, v, 31, 1));
    } else if (carry) {
        *carry = carry_of_shift(c, x, type, n);
    }
    return v;
}

/* ---- memory ---- */

static bool rotates(const Lift *c)
{
    return c->mode & KEY_ROTATE;
}

static IrMem mem_of(const Lift *c, unsigned size, bool sign, unsigned align)
{
    return (IrMem) {
        .size = size, .sign = sign, .big = (c->mode & KEY_E) != 0, .align = align,
        .mmu = c->mode & KEY_PRIV ? ARM_MMU_PRIV : ARM_MMU_USER,
    };
}

IrMem mem_access(const Lift *c, unsigned size, bool sign)
{
    bool any = (c->mode & KEY_UNALIGNED && !(c->mode & KEY_ALIGN)) || rotates(c);
    return mem_of(c, size, sign, any ? 1 : size);
}

IrMem mem_aligned(const Lift *c, unsigned size)
{
    return mem_of(c, size, false, rotates(c) ? 1 : size);
}

IrRef align_address(Lift *c, IrRef addr, unsigned size)
{
    return rotates(c) ? ir_and(c->ir, addr, ir_i32(c->ir, -size)) : addr;
}

IrRef load(Lift *c, IrRef addr, IrRef otherwise, IrMem mem)
{
    ArmLift *l = arm_lift(c);
    IrBuild *b = c->ir;
    if (rotates(c) && mem.size > 1) {
        guard(c);
        IrRef v = ir_ld(b, IR_I32, align_address(c, addr, mem.size), mem);
        return mem.size < 4 ? v
            : ir_rotr(b, v, ir_shl(b, ir_and(b, addr, ir_i32(b, 3)), ir_i32(b, 3)));
    }
    return l->cond == IR_AL ? ir_ld(b, IR_I32, addr, mem)
                            : ir_ld_if(b, l->cond, l->flags, IR_I32, addr, otherwise, mem);
}

void store(Lift *c, IrRef addr, IrRef v, IrMem mem)
{
    ArmLift *l = arm_lift(c);
    if (rotates(c)) {
        guard(c);
        addr = align_address(c, addr, mem.size);
    }
    if (l->cond == IR_AL) {
        ir_st(c->ir, addr, v, mem);
    } else {
        ir_st_if(c->ir, l->cond, l->flags, addr, v, mem);
    }
}

/* ---- the driver ---- */

/* From a T32 word of VFP or Advanced SIMD to A32 form. */
static uint32_t t32_to_neon_form(uint32_t insn)
{
    if ((insn & 0xef000000) == 0xef000000) {                /* data processing: U moves to bit 24 */
        return 0xf2000000 | (insn >> 28 & 1) << 24 | (insn & 0x00ffffff);
    }
    return 0xf4000000 | (insn & 0x00ffffff);                /* 0xf9......: element load, store */
}

static bool is_cp10_or_11(uint32_t insn)
{
    return (insn & 0x0e00) == 0x0a00;
}

static bool decode_arm(Lift *c, uint32_t insn)
{
    if ((insn & 0x0c000000) == 0x0c000000 && (insn & 0x0f000000) != 0x0f000000 &&
        is_cp10_or_11(insn)) {
        return decode_vfp(c, insn);
    }
    if ((insn & 0xfe000000) == 0xf2000000 || (insn & 0xff100000) == 0xf4000000) {
        return decode_neon(c, insn);
    }
    return decode_a32(c, insn);
}

static bool decode_thumb32(Lift *c, uint32_t insn)
{
    if ((insn & 0xec000000) == 0xec000000 && (insn & 0x0f000000) != 0x0f000000 &&
        is_cp10_or_11(insn)) {
        return decode_vfp(c, insn);
    }
    if ((insn & 0xef000000) == 0xef000000 || (insn & 0xff100000) == 0xf9000000) {
        return decode_neon(c, t32_to_neon_form(insn));
    }
    return decode_t32(c, insn);
}

/* Is this the first half of a 32-bit instruction?  Before Thumb-2 only BL and BLX are, and only
 * when both halves stand together. */
static bool is_first_half(Lift *c, uint32_t addr, uint16_t half)
{
    if (half < 0xe800) {
        return false;
    }
    if (HAS(c, V6T2)) {
        return true;
    }
    if (half >> 11 != 0x1e || (addr & 0xfff) == 0xffe) {
        return false;
    }
    unsigned second = lift_fetch16(c, addr + 2) >> 11;
    return second == 0x1f || (second == 0x1d && HAS(c, V5));
}

/* Reads the instruction at l->addr.  False: not in sight, the block must end before it. */
static bool fetch(Lift *c)
{
    ArmLift *l = arm_lift(c);
    bool first = c->n_insns == 0;
    if (!l->thumb) {
        if (!first && !lift_fetch_ok(c, l->addr, 4)) {
            return false;
        }
        l->insn = lift_fetch32(c, l->addr);
        l->size = 4;
        return true;
    }
    if (!first && !lift_fetch_ok(c, l->addr, 2)) {
        return false;
    }
    l->insn = lift_fetch16(c, l->addr);
    l->size = 2;
    if (is_first_half(c, l->addr, l->insn)) {
        if (!first && !lift_fetch_ok(c, l->addr + 2, 2)) {
            return false;
        }
        l->insn = l->insn << 16 | lift_fetch16(c, l->addr + 2);
        l->size = 4;
    }
    return true;
}

static void lift_one(Lift *c)
{
    ArmLift *l = arm_lift(c);
    l->it = l->it_next;
    l->it_next = it_advance(l->it);
    l->predicated = l->it != 0;
    l->resume = l->addr + l->size;
    c->pc = this_pc(c);
    ir_insn(c->ir, c->pc, l->it);
    if (c->n_insns++ == 0) {
        if (l->it) {
            set_it_state(c, 0);
        }
        if (rotates(c)) {
            ir_call0(c->ir, &call_arm_end_rotation);
            l->end = true;
        }
    }
    unsigned cond = l->thumb ? it_cond(l->it) : l->insn >> 28;
    l->cond = cond == IR_NV ? IR_AL : cond;
    l->flags = l->cond == IR_AL ? 0 : get_flags(c);
    bool known = !l->thumb ? decode_arm(c, l->insn)
        : l->size == 2 ? decode_t16(c, l->insn) : decode_thumb32(c, l->insn);
    if (!known) {
        undefined(c);
    }
}

/* Ends the block at l->addr, for whatever reason. */
static void stop(Lift *c)
{
    ArmLift *l = arm_lift(c);
    uint32_t pc = code_address(l, l->addr);
    tell_it_state(c);
    if (l->end) {
        ir_jump(c->ir, ir_i32(c->ir, pc), IR_JUMP);
    } else {
        ir_goto(c->ir, pc);
    }
}

void arm_lift_block(Lift *c)
{
    bool thumb = c->start & 1;
    ArmLift l = {
        .cpu = ARM(c->cpu), .thumb = thumb, .addr = (uint32_t)c->start & (thumb ? ~1u : ~3u),
        .it_next = c->mode >> KEY_IT_SHIFT & 0xff,
    };
    c->isa_data = &l;
    while (!c->ir->ended) {
        if (c->n_insns && (l.end || c->n_insns >= c->max_insns || !ir_has_room(c->ir))) {
            stop(c);
        } else if (!fetch(c)) {
            stop(c);
        } else {
            lift_one(c);
            l.addr = l.resume;
        }
    }
    c->isa_data = NULL;
}
