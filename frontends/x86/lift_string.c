/* SPDX-License-Identifier: MIT */
/*
 * String instructions.  One element is lifted; with REP a helper does as many as lie in a page, and
 * the instruction is begun again until the count is used up, so that interrupts come between.
 * Implements: SDM 2A-2C (CMPS, INS, LODS, MOVS, OUTS, SCAS, STOS, REP).
 */
#include "frontends/x86/lift.h"

/* rSI or rDI as an offset. */
static IrRef index_reg(Lift *c, const X86Insn *in, unsigned reg)
{
    unsigned a = in->addrsize;
    IrRef v = zero_extend(c, get_reg(c, reg, a), a);
    return a == 8 ? v : addr_of32(c, v);
}

static void advance(Lift *c, const X86Insn *in, unsigned reg, unsigned size)
{
    IrBuild *b = c->ir;
    unsigned a = in->addrsize;
    IrRef step = ir_shl(b, ir_get(b, SLOT_DF), ir_i32(b, __builtin_ctz(size)));
    put_reg(c, reg, a, ir_add(b, get_reg(c, reg, a), convert(c, step, 4, a == 8 ? 8 : 4, true)));
}

static IrRef source_lin(Lift *c, const X86Insn *in, unsigned size)
{
    return linear(c, in->seg, index_reg(c, in, RSI_), size, false, in->addrsize);
}

static IrRef dest_lin(Lift *c, const X86Insn *in, unsigned size, bool write)
{
    return linear(c, SEG_ES, index_reg(c, in, RDI_), size, write, in->addrsize);
}

static void compare(Lift *c, unsigned size, IrRef x, IrRef y)
{
    x86_set_flags(c, ir_flags_of(c->ir, IR_fl_sub, flags_type(size), x, y, 0));
}

static void movs(Lift *c, const X86Insn *in, unsigned size)
{
    IrRef v = x86_load(c, source_lin(c, in, size), size);
    x86_store(c, dest_lin(c, in, size, true), size, v);
    advance(c, in, RSI_, size);
    advance(c, in, RDI_, size);
}

static void cmps(Lift *c, const X86Insn *in, unsigned size)
{
    IrRef x = x86_load(c, source_lin(c, in, size), size);
    IrRef y = x86_load(c, dest_lin(c, in, size, false), size);
    advance(c, in, RSI_, size);
    advance(c, in, RDI_, size);
    compare(c, size, x, y);
}

static void stos(Lift *c, const X86Insn *in, unsigned size)
{
    x86_store(c, dest_lin(c, in, size, true), size, get_reg(c, RAX_, size));
    advance(c, in, RDI_, size);
}

static void lods(Lift *c, const X86Insn *in, unsigned size)
{
    IrRef v = x86_load(c, source_lin(c, in, size), size);
    put_reg(c, RAX_, size, v);
    advance(c, in, RSI_, size);
}

static void scas(Lift *c, const X86Insn *in, unsigned size)
{
    IrRef y = x86_load(c, dest_lin(c, in, size, false), size), x = get_reg(c, RAX_, size);
    advance(c, in, RDI_, size);
    compare(c, size, x, y);
}

/* I/O goes the way of REP with a count of one. */
static void repeated(Lift *c, const X86Insn *in, unsigned size)
{
    uint32_t what = x86_rep_word(in->row->arg, size, in->addrsize, in->seg, in->rep);
    IrRef more = ir_call1(c->ir, &call_x86_rep, ir_i32(c->ir, what));
    if (in->rep) {
        branch_if(c, IR_NE, ir_flags(c->ir, IR_fl_logic, more, 0, 0), lifting(c)->pc);
    }
}

LIFTER(string)
{
    static void (*const once[])(Lift *, const X86Insn *, unsigned) = {
        [STR_MOVS] = movs, [STR_CMPS] = cmps, [STR_STOS] = stos, [STR_LODS] = lods, [STR_SCAS] = scas,
    };
    unsigned kind = in->row->arg;
    unsigned size = in->op[kind == STR_OUTS || kind == STR_LODS || kind == STR_SCAS].size;
    if (in->rep || kind >= STR_INS) {
        repeated(c, in, size);
    } else {
        once[kind](c, in, size);
    }
}
