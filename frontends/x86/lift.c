/* SPDX-License-Identifier: MIT */
/*
 * Lifting of x86 code: what all lifters use.  The driver is in block.c.
 * Implements: SDM 1, 3.3 (segments), 3.7 (operands), 6.2 (stack); SDM 3A, 5.3 and 5.4 (limit and
 * type checks).
 */
#include "frontends/x86/lift.h"

/* ---- values ---- */

IrRef konst(Lift *c, unsigned size, uint64_t v)
{
    return ir_const(c->ir, type_of_size(size), v);
}

IrRef zero_extend(Lift *c, IrRef v, unsigned size)
{
    return size == 1 ? ir_zext8(c->ir, v) : size == 2 ? ir_zext16(c->ir, v) : v;
}

IrRef sign_extend(Lift *c, IrRef v, unsigned size)
{
    return size == 1 ? ir_sext8(c->ir, v) : size == 2 ? ir_sext16(c->ir, v) : v;
}

IrRef convert(Lift *c, IrRef v, unsigned from, unsigned to, bool sign)
{
    if (from == 8) {
        return to == 8 ? v : ir_op1(c->ir, IR_lo32, IR_I32, v);
    }
    if (from < to) {
        v = sign ? sign_extend(c, v, from) : zero_extend(c, v, from);
    }
    return to < 8 ? v : ir_op1(c->ir, sign ? IR_sext32 : IR_zext32, IR_I64, v);
}

IrType addr_type(const Lift *c)
{
    return lifting(c)->wide ? IR_I64 : IR_I32;
}

IrRef addr_const(Lift *c, uint64_t v)
{
    return ir_const(c->ir, addr_type(c), v);
}

IrRef addr_of32(Lift *c, IrRef i32)
{
    return lifting(c)->wide ? ir_op1(c->ir, IR_zext32, IR_I64, i32) : i32;
}

IrRef not_zero(Lift *c, IrRef v, unsigned size)
{
    return ir_flags_of(c->ir, IR_fl_logic, flags_type(size), v, 0, 0);
}

/* ---- registers ---- */

IrRef get_reg(Lift *c, unsigned n, unsigned size)
{
    if (!lifting(c)->wide) {
        return ir_get(c->ir, SLOT_EAX + n);
    }
    IrRef r = ir_get(c->ir, SLOT_RAX + n);
    return size == 8 ? r : ir_op1(c->ir, IR_lo32, IR_I32, r);
}

/* `size` bytes of a register from byte `pos` on. */
static void put_part(Lift *c, unsigned n, unsigned pos, unsigned size, IrRef v)
{
    IrBuild *b = c->ir;
    if (lifting(c)->wide) {
        v = ir_op1(b, IR_zext32, IR_I64, v);
        ir_put(b, SLOT_RAX + n, ir_bfi(b, ir_get(b, SLOT_RAX + n), v, pos * 8, size * 8));
    } else {
        ir_put(b, SLOT_EAX + n, ir_bfi(b, ir_get(b, SLOT_EAX + n), v, pos * 8, size * 8));
    }
}

void put_reg(Lift *c, unsigned n, unsigned size, IrRef v)
{
    if (size < 4) {
        put_part(c, n, 0, size, v);
    } else if (!lifting(c)->wide) {
        ir_put(c->ir, SLOT_EAX + n, v);
    } else {
        ir_put(c->ir, SLOT_RAX + n, size == 8 ? v : ir_op1(c->ir, IR_zext32, IR_I64, v));
    }
}

IrRef get_high(Lift *c, unsigned n)
{
    return ir_bfx(c->ir, get_reg(c, n, 4), 8, 8);
}

void put_high(Lift *c, unsigned n, IrRef v)
{
    put_part(c, n, 1, 1, v);
}

/* ---- flags ---- */

IrRef x86_get_flags(Lift *c)
{
    return ir_get(c->ir, SLOT_FLAGS);
}

void x86_set_flags(Lift *c, IrRef flags)
{
    ir_put(c->ir, SLOT_FLAGS, flags);
}

void set_flags_word(Lift *c, IrRef word)
{
    x86_set_flags(c, ir_flags(c->ir, IR_fl_pack, word, 0, 0));
}

IrRef flags_word(Lift *c)
{
    return ir_op1(c->ir, IR_fl_word, IR_I32, x86_get_flags(c));
}

IrRef x86_get_carry(Lift *c)
{
    return ir_cond(c->ir, IR_CS, x86_get_flags(c));
}

void set_carry(Lift *c, IrRef bit)
{
    set_flags_word(c, ir_bfi(c->ir, flags_word(c), bit, 8, 1));
}

IrCond cond_of(unsigned cc)
{
    static const uint8_t conds[16] = {
        IR_VS, IR_VC, IR_CS, IR_CC, IR_EQ, IR_NE, IR_BE, IR_A,
        IR_MI, IR_PL, IR_PE, IR_PO, IR_LT, IR_GE, IR_LE, IR_GT,
    };
    return conds[cc & 15];
}

/* ---- memory ---- */

static unsigned data_mmu(const Lift *c)
{
    unsigned mmu = cpl_of(c) == 3 ? X86_MMU_USER : c->mode & KEY_SMAP ? X86_MMU_SMAP : X86_MMU_SUPER;
    return mmu + (lifting(c)->wide ? 0 : X86_MMU_NARROW);
}

IrMem x86_mem_access(const Lift *c, unsigned size)
{
    return (IrMem){ .size = size, .align = c->mode & KEY_AM && cpl_of(c) == 3 ? size : 1, .mmu = data_mmu(c) };
}

/* base + index * scale + disp in 4 or 8 bytes */
static IrRef sum_address(Lift *c, const X86Insn *in, unsigned size)
{
    IrBuild *b = c->ir;
    IrRef sum = 0;
    if (in->base == BASE_RIP) {
        return konst(c, size, lifting(c)->next + in->disp);
    }
    if (in->index != NO_REG) {
        sum = get_reg(c, in->index, size);
        if (in->scale) {
            sum = ir_shl(b, sum, ir_i32(b, in->scale));
        }
    }
    if (in->base != NO_REG) {
        IrRef base = get_reg(c, in->base, size);
        sum = sum ? ir_add(b, base, sum) : base;
    }
    return !sum ? konst(c, size, in->disp) : in->disp ? ir_addi(b, sum, in->disp) : sum;
}

IrRef effective_address(Lift *c, const X86Insn *in)
{
    if (in->addrsize == 8) {
        return sum_address(c, in, 8);
    }
    IrRef sum = sum_address(c, in, 4);
    return addr_of32(c, in->addrsize == 2 ? ir_zext16(c->ir, sum) : sum);
}

static unsigned limit_vector(unsigned seg)
{
    return seg == SEG_SS ? EXC_SS : EXC_GP;
}

IrRef outside_span(Lift *c, unsigned seg, IrRef off, unsigned size, bool write)
{
    IrBuild *b = c->ir;
    IrRef in = ir_sub(b, ir_op1(b, IR_zext32, IR_I64, off), ir_get(b, SLOT_LO + seg));
    IrRef span = ir_get(b, (write ? SLOT_WSPAN : SLOT_RSPAN) + seg);
    IrRef left = ir_sub(b, ir_addi(b, span, -(int64_t)size), in);
    return ir_or(b, in, left);
}

/* Limit, type and presence at once. */
static void check_span(Lift *c, unsigned seg, IrRef off, unsigned size, bool write)
{
    IrRef bad = outside_span(c, seg, off, size, write);
    raise_if(c, IR_MI, ir_flags(c->ir, IR_fl_logic, bad, 0, 0), limit_vector(seg));
}

static void check_64k(Lift *c, unsigned seg, IrRef off, unsigned size, unsigned addrsize)
{
    if (size > 1 || addrsize > 2) {
        IrRef last = ir_i32(c->ir, 0x10000 - size);
        raise_if(c, IR_A, ir_flags(c->ir, IR_fl_sub, off, last, 0), limit_vector(seg));
    }
}

IrRef linear(Lift *c, unsigned seg, IrRef off, unsigned size, bool write, unsigned addrsize)
{
    IrBuild *b = c->ir;
    if (lifting(c)->wide) {
        return seg < SEG_FS ? off : ir_add(b, ir_get(b, SLOT_BASE + seg), off);
    }
    SegKind kind = x86_key_seg(c->mode, seg);
    if (kind == SEG_FLAT) {
        return off;
    }
    if (kind == SEG_CHECKED) {
        check_span(c, seg, off, size, write);
    } else if (kind == SEG_64K) {
        check_64k(c, seg, off, size, addrsize);
    }
    return ir_add(b, ir_get(b, SLOT_BASE32 + seg), off);
}

IrRef x86_load(Lift *c, IrRef lin, unsigned size)
{
    return ir_ld(c->ir, type_of_size(size), lin, x86_mem_access(c, size));
}

void x86_store(Lift *c, IrRef lin, unsigned size, IrRef v)
{
    ir_st(c->ir, lin, v, x86_mem_access(c, size));
}

IrRef operand_address(Lift *c, const X86Insn *in, unsigned size, bool write)
{
    X86Lifting *l = lifting(c);
    if (!l->lin) {
        l->lin = linear(c, in->seg, effective_address(c, in), size, write, in->addrsize);
    }
    return l->lin;
}

/* ---- operands ---- */

static IrRef get_as(Lift *c, const X86Insn *in, unsigned k, bool update)
{
    const X86Operand *op = &in->op[k];
    switch (op->kind) {
    case OPK_REG:
        return get_reg(c, op->reg, op->size);
    case OPK_HIGH:
        return get_high(c, op->reg);
    case OPK_MEM: {
        IrMem m = x86_mem_access(c, op->size);
        m.write = update;
        return ir_ld(c->ir, type_of_size(op->size), operand_address(c, in, op->size, update), m);
    }
    case OPK_IMM:
        return konst(c, op->size, in->imm[op->imm]);
    case OPK_SEG:
        return ir_shr(c->ir, ir_get(c->ir, SLOT_SEL + op->reg), ir_i32(c->ir, 16));
    default:
        g_assert_not_reached();
    }
}

IrRef get_operand(Lift *c, const X86Insn *in, unsigned k)
{
    return get_as(c, in, k, false);
}

IrRef get_for_update(Lift *c, const X86Insn *in, unsigned k)
{
    return get_as(c, in, k, true);
}

void prepare_store(Lift *c, const X86Insn *in, unsigned k)
{
    if (is_mem(in, k)) {
        operand_address(c, in, in->op[k].size, true);
    }
}

void put_operand(Lift *c, const X86Insn *in, unsigned k, IrRef v)
{
    const X86Operand *op = &in->op[k];
    switch (op->kind) {
    case OPK_REG:
        put_reg(c, op->reg, op->size, v);
        break;
    case OPK_HIGH:
        put_high(c, op->reg, v);
        break;
    case OPK_MEM:
        x86_store(c, operand_address(c, in, op->size, true), op->size, v);
        break;
    default:
        g_assert_not_reached();
    }
}

/* ---- the stack ---- */

unsigned stack_width(const Lift *c)
{
    return lifting(c)->wide ? 8 : c->mode & KEY_SS32 ? 4 : 2;
}

IrRef stack_get(Lift *c)
{
    unsigned w = stack_width(c);
    return zero_extend(c, get_reg(c, RSP_, w), w);
}

IrRef stack_add(Lift *c, IrRef sp, int64_t n)
{
    return zero_extend(c, ir_addi(c->ir, sp, n), stack_width(c));
}

void stack_put(Lift *c, IrRef sp)
{
    put_reg(c, RSP_, stack_width(c), sp);
}

IrRef stack_linear(Lift *c, IrRef sp, unsigned size, bool write)
{
    return linear(c, SEG_SS, sp, size, write, stack_width(c));
}

void push(Lift *c, IrRef v, unsigned size)
{
    IrRef sp = stack_add(c, stack_get(c), -(int64_t)size);
    x86_store(c, stack_linear(c, sp, size, true), size, v);
    stack_put(c, sp);
}

IrRef pop(Lift *c, unsigned size)
{
    return x86_load(c, stack_linear(c, stack_get(c), size, false), size);
}

/* ---- leaving ---- */

uint64_t this_ip(const Lift *c)
{
    return lifting(c)->wide ? lifting(c)->pc : (uint32_t)(lifting(c)->pc - lifting(c)->cs_base);
}

uint64_t next_ip(const Lift *c)
{
    return lifting(c)->wide ? lifting(c)->next : (uint32_t)(lifting(c)->next - lifting(c)->cs_base);
}

void raise_if(Lift *c, IrCond cc, IrRef flags, unsigned vector)
{
    ir_exit_if(c->ir, cc, flags, x86_magic(vector, lifting(c)->pc));
}

void raise_now(Lift *c, unsigned vector, int error)
{
    IrRef pc = ir_call2(c->ir, &call_x86_raise, ir_i32(c->ir, vector), ir_i32(c->ir, error));
    finish_far(c, pc, false);
}

void x86_undefined(Lift *c)
{
    raise_now(c, EXC_UD, X86_NO_ERROR);
}

bool need_cpl0(Lift *c)
{
    if (cpl_of(c)) {
        raise_now(c, EXC_GP, 0);
        return false;
    }
    return true;
}

void x86_end_block(Lift *c)
{
    lifting(c)->end = true;
}

/* The code address in a value that a helper returned: of other width than this code's, perhaps. */
static void jump_anywhere(Lift *c, IrRef pc, IrJumpKind kind)
{
    if (lifting(c)->wide) {
        ir_jump(c->ir, pc, kind);
    } else if (c->mode & KEY_LMA) {
        ir_leave(c->ir);                /* helpers have set Cpu.pc, too */
    } else {
        ir_jump(c->ir, ir_op1(c->ir, IR_lo32, IR_I32, pc), kind);
    }
}

/* With breakpoints or TF set, every way out of an instruction asks for traps. */
static IrRef after_step(Lift *c, IrRef pc64)
{
    return ir_call2(c->ir, &call_x86_after_insn, pc64, ir_i32(c->ir, (c->mode & KEY_TF) != 0));
}

void finish_far(Lift *c, IrRef pc, bool traps)
{
    jump_anywhere(c, traps && c->mode & KEY_STEP ? after_step(c, pc) : pc, IR_JUMP);
}

static bool steps(const Lift *c)
{
    return c->mode & KEY_STEP;
}

void x86_branch_to(Lift *c, uint64_t pc)
{
    X86Lifting *l = lifting(c);
    if (steps(c)) {
        jump_anywhere(c, after_step(c, ir_i64(c->ir, pc)), IR_JUMP);
    } else if (l->end) {
        ir_jump(c->ir, addr_const(c, pc), IR_JUMP);
    } else if (pc > l->pc && lift_same_page(c, pc) && !(c->mode & KEY_SHADOW)) {
        l->resume = pc;
    } else {
        ir_goto(c->ir, pc);
    }
}

void branch_if(Lift *c, IrCond cc, IrRef flags, uint64_t pc)
{
    X86Lifting *l = lifting(c);
    if (steps(c) || l->end) {
        IrRef to = ir_select(c->ir, cc, flags, ir_i64(c->ir, pc), ir_i64(c->ir, l->next));
        if (steps(c)) {
            jump_anywhere(c, after_step(c, to), IR_JUMP);
        } else {
            ir_jump(c->ir, l->wide ? to : ir_op1(c->ir, IR_lo32, IR_I32, to), IR_JUMP);
        }
        return;
    }
    ir_exit_if(c->ir, cc, flags, pc);
    if (++l->n_branches == MAX_BRANCHES) {
        c->max_insns = MIN(c->max_insns, c->n_insns);
    }
}

/* CS.limit, where it is less than 4 GiB: #GP(0) of the branch. */
static void check_code_limit(Lift *c, IrRef off)
{
    if (c->mode & KEY_CS_LIMIT) {
        IrRef limit = ir_get(c->ir, SLOT_CS_LIMIT);
        raise_if(c, IR_A, ir_flags(c->ir, IR_fl_sub, off, limit, 0), EXC_GP);
    } else if (c->mode & KEY_CS_64K) {
        raise_if(c, IR_A, ir_flags(c->ir, IR_fl_sub, off, ir_i32(c->ir, 0xffff), 0), EXC_GP);
    }
}

void branch_offset(Lift *c, IrRef off, unsigned size, IrJumpKind kind)
{
    X86Lifting *l = lifting(c);
    if (!l->wide) {
        off = size == 2 ? ir_zext16(c->ir, off) : off;
        check_code_limit(c, off);
        off = ir_addi(c->ir, off, (uint32_t)l->cs_base);
    } else if (size < 8) {
        off = convert(c, off, size, 8, false);
    }
    if (steps(c)) {
        IrRef pc = l->wide ? off : ir_op1(c->ir, IR_zext32, IR_I64, off);
        jump_anywhere(c, after_step(c, pc), IR_JUMP);
    } else {
        ir_jump(c->ir, off, kind);
    }
}

uint64_t branch_target(Lift *c, const X86Insn *in)
{
    X86Lifting *l = lifting(c);
    uint64_t ip = next_ip(c) + in->imm[0];
    if (l->wide) {
        return in->opsize == 2 ? ip & 0xffff : ip;
    }
    ip = in->opsize == 2 ? ip & 0xffff : (uint32_t)ip;
    return (uint32_t)(ip + l->cs_base);
}
