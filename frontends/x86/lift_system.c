/* SPDX-License-Identifier: MIT */
/*
 * System instructions, ports, segment registers: checks that are known when code is translated, then
 * a helper.
 * Implements: SDM 2A-2C, the instructions named; 3A, 2.8 and 5.9 (privileges).
 */
#include "frontends/x86/lift.h"

#define K(v) ir_i32(c->ir, v)

/* ---- segment registers ---- */

LIFTER(mov_from_seg)
{
    if (in->op[1].reg >= N_SEGS) {
        x86_undefined(c);
        return;
    }
    IrRef sel = get_operand(c, in, 1);
    if (is_mem(in, 0)) {
        x86_store(c, operand_address(c, in, 2, true), 2, sel);
    } else {
        put_operand(c, in, 0, convert(c, sel, 4, in->op[0].size, false));
    }
}

static void load_segment(Lift *c, unsigned seg, IrRef sel)
{
    ir_call3(c->ir, &call_x86_load_seg, K(seg), zero_extend(c, sel, 2), K(seg == SEG_SS));
    x86_end_block(c);
}

LIFTER(mov_to_seg)
{
    unsigned seg = in->op[0].reg;
    if (seg >= N_SEGS || seg == SEG_CS) {
        x86_undefined(c);
        return;
    }
    load_segment(c, seg, get_operand(c, in, 1));
}

/* The helper moves the stack pointer: it may change its width. */
LIFTER(pop_seg)
{
    unsigned size = in->opsize, seg = in->op[0].reg;
    IrRef sel = x86_load(c, stack_linear(c, stack_get(c), size, false), 2);
    IrRef sp = stack_add(c, stack_get(c), size), zero = K(0);
    (void)zero;
    ir_call3(c->ir, &call_x86_load_seg, K(seg), sel, K(seg == SEG_SS));
    /* SP changes by the width that the old SS had: what the value says */
    stack_put(c, sp);
    x86_end_block(c);
}

LIFTER(lds)
{
    unsigned size = in->opsize;
    IrRef lin = operand_address(c, in, size + 2, false);
    IrRef v = x86_load(c, lin, size), sel = x86_load(c, ir_addi(c->ir, lin, size), 2);
    load_segment(c, in->row->arg, sel);
    put_reg(c, in->op[0].reg, size, v);
}

/* SLDT, STR */
LIFTER(store_sel)
{
    IrRef sel = ir_call1(c->ir, &call_x86_get_sel, K(in->row->arg));
    if (is_mem(in, 0)) {
        x86_store(c, operand_address(c, in, 2, true), 2, sel);
    } else {
        put_operand(c, in, 0, convert(c, sel, 4, in->op[0].size, false));
    }
}

LIFTER(lldt)
{
    ir_call1(c->ir, &call_x86_lldt, ir_zext16(c->ir, get_operand(c, in, 0)));
}

LIFTER(ltr)
{
    ir_call1(c->ir, &call_x86_ltr, ir_zext16(c->ir, get_operand(c, in, 0)));
}

/* ZF alone changes; LAR and LSL (arg 1) write the register when it is set. */
LIFTER(lar)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    IrRef sel = ir_zext16(b, get_operand(c, in, 1));
    IrRef v = ir_call2(b, &call_x86_lar, sel, K(in->row->arg));       /* bit 32: valid */
    IrRef ok = ir_op1(b, IR_hi32, IR_I32, v);
    IrRef f = ir_flags(b, IR_fl_logic, ok, 0, 0);
    IrRef old = get_reg(c, in->op[0].reg, size);
    IrRef new = convert(c, ir_op1(b, IR_lo32, IR_I32, v), 4, size, false);
    put_reg(c, in->op[0].reg, size, ir_select(b, IR_NE, f, new, old));
    set_flags_word(c, ir_bfi(b, flags_word(c), ok, 14, 1));
}

LIFTER(verr)
{
    IrRef sel = ir_zext16(c->ir, get_operand(c, in, 0));
    IrRef ok = ir_call2(c->ir, &call_x86_verr, sel, K(in->row->arg));
    set_flags_word(c, ir_bfi(c->ir, flags_word(c), ok, 14, 1));
}

/* The segment has been checked for reading; when the condition CS holds it must be writable. */
static void check_arpl_store(Lift *c, const X86Insn *in, IrRef f)
{
    IrBuild *b = c->ir;
    if (x86_key_seg(c->mode, in->seg) != SEG_CHECKED) {
        return;
    }
    IrRef bad = outside_span(c, in->seg, effective_address(c, in), 2, true);
    bad = ir_select(b, IR_CS, f, bad, ir_i64(b, 0));
    raise_if(c, IR_MI, ir_flags(b, IR_fl_logic, bad, 0, 0), in->seg == SEG_SS ? EXC_SS : EXC_GP);
}

/* RPL of the destination raised to that of the source; ZF when it was.  Memory is not written when it
 * was not. */
LIFTER(arpl)
{
    IrBuild *b = c->ir;
    IrRef x = get_operand(c, in, 0), y = get_operand(c, in, 1);
    IrRef rx = ir_and(b, x, K(3)), ry = ir_and(b, y, K(3));
    IrRef f = ir_flags(b, IR_fl_sub, rx, ry, 0);
    IrRef low = ir_cond(b, IR_CS, f), r = ir_bfi(b, x, ry, 0, 2);
    if (is_mem(in, 0)) {
        check_arpl_store(c, in, f);
        ir_st_if(b, IR_CS, f, lifting(c)->lin, r, x86_mem_access(c, 2));
    } else {
        put_operand(c, in, 0, ir_select(b, IR_CS, f, r, x));
    }
    set_flags_word(c, ir_bfi(b, flags_word(c), low, 14, 1));
}

/* ---- descriptor tables ---- */

static unsigned base_size(Lift *c)
{
    return lifting(c)->wide ? 8 : 4;
}

LIFTER(sgdt)
{
    unsigned size = base_size(c);
    IrRef lin = operand_address(c, in, 2 + size, true);
    IrRef limit = ir_call1(c->ir, &call_x86_table_limit, K(in->row->arg));
    IrRef base = ir_call1(c->ir, &call_x86_table_base, K(in->row->arg));
    x86_store(c, lin, 2, limit);
    x86_store(c, ir_addi(c->ir, lin, 2), size, convert(c, base, 8, size, false));
}

LIFTER(lgdt)
{
    unsigned size = base_size(c);
    IrRef lin = operand_address(c, in, 2 + size, false);
    IrRef limit = x86_load(c, lin, 2), base = x86_load(c, ir_addi(c->ir, lin, 2), size);
    if (in->opsize == 2 && size == 4) {
        base = ir_and(c->ir, base, K(0xffffff));
    }
    ir_call3(c->ir, &call_x86_load_table, K(in->row->arg), limit, convert(c, base, size, 8, false));
}

/* ---- control, debug and model-specific registers ---- */

static unsigned word(const Lift *c)
{
    return is_long(c) ? 8 : 4;
}

static bool has_cr(unsigned reg)
{
    return reg == 0 || (reg >= 2 && reg <= 4) || reg == 8;
}

LIFTER(mov_from_cr)
{
    unsigned reg = in->op[1].reg;
    if (!has_cr(reg)) {
        x86_undefined(c);
        return;
    }
    IrRef v = ir_call1(c->ir, &call_x86_get_cr, K(reg));
    put_reg(c, in->op[0].reg, word(c), convert(c, v, 8, word(c), false));
}

LIFTER(mov_to_cr)
{
    unsigned reg = in->op[0].reg;
    if (!has_cr(reg)) {
        x86_undefined(c);
        return;
    }
    IrRef v = convert(c, get_reg(c, in->op[1].reg, word(c)), word(c), 8, false);
    ir_call2(c->ir, &call_x86_set_cr, K(reg), v);
}

LIFTER(mov_from_dr)
{
    IrRef v = ir_call1(c->ir, &call_x86_get_dr, K(in->op[1].reg));
    put_reg(c, in->op[0].reg, word(c), convert(c, v, 8, word(c), false));
}

LIFTER(mov_to_dr)
{
    IrRef v = convert(c, get_reg(c, in->op[1].reg, word(c)), word(c), 8, false);
    ir_call2(c->ir, &call_x86_set_dr, K(in->op[0].reg), v);
}

LIFTER(smsw)
{
    IrRef v = ir_call0(c->ir, &call_x86_smsw);
    if (is_mem(in, 0)) {
        x86_store(c, operand_address(c, in, 2, true), 2, v);
    } else {
        put_reg(c, in->op[0].reg, in->opsize, convert(c, v, 4, in->opsize, false));
    }
}

LIFTER(lmsw)
{
    ir_call1(c->ir, &call_x86_lmsw, get_operand(c, in, 0));
}

LIFTER(clts)
{
    ir_call0(c->ir, &call_x86_clts);
}

static void put_edx_eax(Lift *c, IrRef v)
{
    put_reg(c, RAX_, 4, ir_op1(c->ir, IR_lo32, IR_I32, v));
    put_reg(c, RDX_, 4, ir_op1(c->ir, IR_hi32, IR_I32, v));
}

static IrRef edx_eax(Lift *c)
{
    return ir_op2(c->ir, IR_pair, IR_I64, get_reg(c, RAX_, 4), get_reg(c, RDX_, 4));
}

LIFTER(rdmsr)
{
    put_edx_eax(c, ir_call1(c->ir, &call_x86_rdmsr, get_reg(c, RCX_, 4)));
}

LIFTER(wrmsr)
{
    ir_call2(c->ir, &call_x86_wrmsr, get_reg(c, RCX_, 4), edx_eax(c));
}

LIFTER(rdtsc)
{
    put_edx_eax(c, ir_call0(c->ir, &call_x86_rdtsc));
}

LIFTER(rdtscp)
{
    put_edx_eax(c, ir_call0(c->ir, &call_x86_rdtsc));
    put_reg(c, RCX_, 4, ir_call0(c->ir, &call_x86_tsc_aux));
}

LIFTER(rdpid)
{
    IrRef v = ir_call0(c->ir, &call_x86_tsc_aux);
    put_operand(c, in, 0, convert(c, v, 4, in->op[0].size, false));
}

LIFTER(rdpmc)
{
    put_edx_eax(c, ir_call1(c->ir, &call_x86_rdpmc, get_reg(c, RCX_, 4)));
}

LIFTER(xgetbv)
{
    put_edx_eax(c, ir_call1(c->ir, &call_x86_xgetbv, get_reg(c, RCX_, 4)));
}

LIFTER(xsetbv)
{
    ir_call2(c->ir, &call_x86_xsetbv, get_reg(c, RCX_, 4), edx_eax(c));
}

LIFTER(cpuid)
{
    ir_call0(c->ir, &call_x86_cpuid);
}

LIFTER(rdrand)
{
    IrBuild *b = c->ir;
    unsigned size = in->op[0].size;
    put_operand(c, in, 0, convert(c, ir_call0(b, &call_x86_random), 8, size, false));
    set_flags_word(c, K(FL_C));
}

/* ---- bases of FS and GS ---- */

LIFTER(rdfsbase)
{
    if (!is_long(c)) {
        x86_undefined(c);
        return;
    }
    ir_call0(c->ir, &call_x86_need_fsgsbase);
    put_operand(c, in, 0,
                convert(c, ir_get(c->ir, SLOT_BASE + in->row->arg), 8, in->op[0].size, false));
}

LIFTER(wrfsbase)
{
    if (!is_long(c)) {
        x86_undefined(c);
        return;
    }
    unsigned size = in->op[0].size;
    ir_call0(c->ir, &call_x86_need_fsgsbase);
    IrRef v = convert(c, get_operand(c, in, 0), size, 8, false);
    IrRef high = ir_sar(c->ir, ir_shl(c->ir, v, K(16)), K(16));
    raise_if(c, IR_NE, ir_flags(c->ir, IR_fl_sub, high, v, 0), EXC_GP);
    ir_put(c->ir, SLOT_BASE + in->row->arg, v);
}

LIFTER(swapgs)
{
    ir_call0(c->ir, &call_x86_swapgs);
}

/* ---- translations ---- */

LIFTER(invlpg)
{
    IrRef lin = operand_address(c, in, 1, false);
    ir_call1(c->ir, &call_x86_invlpg, lifting(c)->wide ? lin :
             ir_op1(c->ir, IR_zext32, IR_I64, lin));
}

LIFTER(invpcid)
{
    IrRef lin = operand_address(c, in, 16, false);
    IrRef pcid = x86_load(c, lin, 8), va = x86_load(c, ir_addi(c->ir, lin, 8), 8);
    IrRef type = get_reg(c, in->op[0].reg, 4);
    ir_call3(c->ir, &call_x86_invpcid, type, pcid, va);
}

/* ---- fast system calls ---- */

LIFTER(syscall)
{
    finish_far(c, ir_call1(c->ir, &call_x86_syscall, ir_i64(c->ir, lifting(c)->next)), true);
}

LIFTER(sysret)
{
    if (!need_cpl0(c)) {
        return;
    }
    finish_far(c, ir_call1(c->ir, &call_x86_sysret, K(in->opsize)), true);
}

LIFTER(sysenter)
{
    finish_far(c, ir_call0(c->ir, &call_x86_sysenter), true);
}

LIFTER(sysexit)
{
    finish_far(c, ir_call1(c->ir, &call_x86_sysexit, K(in->opsize)), true);
}

LIFTER(rsm)
{
    ir_call0(c->ir, &call_x86_rsm);
    ir_leave(c->ir);                    /* maybe to 64-bit code, whatever this is */
    x86_end_block(c);
}

/* ---- interrupts, waiting ---- */

/* IOPL says who may; KEY_IOPL_OK knows. */
static bool may_change_if(Lift *c)
{
    if (!(c->mode & KEY_IOPL_OK)) {
        raise_now(c, EXC_GP, 0);
        return false;
    }
    return true;
}

LIFTER(cli)
{
    if (may_change_if(c)) {
        IrRef v = ir_get(c->ir, SLOT_EFLAGS);
        ir_put(c->ir, SLOT_EFLAGS, ir_and(c->ir, v, K(~EFL_IF)));
    }
}

LIFTER(sti)
{
    if (may_change_if(c)) {
        ir_call0(c->ir, &call_x86_sti);
    }
}

LIFTER(hlt)
{
    ir_call1(c->ir, &call_x86_hlt, ir_i64(c->ir, lifting(c)->next));
}

LIFTER(monitor)
{
    if (get_reg(c, RCX_, 4)) {
        operand_address(c, in, 1, false);
    }
}

LIFTER(mwait)
{
    ir_call1(c->ir, &call_x86_hlt, ir_i64(c->ir, lifting(c)->next));
}

LIFTER(clac)
{
    ir_call1(c->ir, &call_x86_set_ac, K(in->row->arg));
}

/* ---- ports ---- */

static IrRef port(Lift *c, const X86Insn *in, unsigned k)
{
    return in->op[k].kind == OPK_IMM ? K(in->imm[0]) : ir_zext16(c->ir, get_reg(c, RDX_, 4));
}

LIFTER(in)
{
    unsigned size = in->op[0].size;
    put_reg(c, RAX_, size, ir_call2(c->ir, &call_x86_in, port(c, in, 1), K(size)));
}

LIFTER(out)
{
    unsigned size = in->op[1].size;
    ir_call3(c->ir, &call_x86_out, port(c, in, 0), K(size), get_reg(c, RAX_, 4));
}
