/* SPDX-License-Identifier: MIT */
/*
 * Lifting of x87 instructions, and the MMX registers.
 * Implements: SDM 1, chapter 8; 9.2 and 9.6 (MMX and x87); 2A and 2B, the instructions.
 *
 * TOP and the empty registers are known in a block (X86Lifting.fpmode): it checks them where it
 * begins, in four places of the IR that are kept free for that.  What could fault on the stack is a
 * call (x87_exec.c), and so is everything while an exception is unmasked.
 *
 * C1 (rounded up) costs an instruction, so that the op is told to keep it only when something in
 * the block looks at it.  Where the block ends before anybody did, it is lost, and C1 is what it
 * was. The instruction pointer that FNSTENV stores is that of the last x87 instruction of the
 * block; of one in an earlier block nothing is known.  The operand pointer is of calls only.
 */
#include "frontends/x86/lift.h"

enum { USE_X87 = 1, USE_MMX = 2 };
enum { GUARD_INSNS = 4, CC = 0x4700, C1 = 0x200, NO_PENDING = 0x3f };

static bool exact(const Lift *c)
{
    return c->mode & KEY_FP_EXACT && !(c->mode & KEY_NO_FPU);
}

/* ---- the beginning of the block ---- */

void x87_reserve_guard(Lift *c)
{
    lifting(c)->guard = 0;
    if (c->mode & KEY_NO_FPU) {
        return;
    }
    for (unsigned i = 0; i < GUARD_INSNS; i++) {
        IrRef at = ir_append(c->ir, &(IrInsn){ .op = IR_nop });
        lifting(c)->guard = lifting(c)->guard ? lifting(c)->guard : at;
    }
}

static void make_guard(Lift *c, uint32_t fpmode)
{
    IrRef at = lifting(c)->guard;
    IrInsn *g = &c->ir->r->insns[at];
    g[0] = (IrInsn){ .op = IR_get, .type = IR_I32, .imm = SLOT_FPMODE };
    g[1] = (IrInsn){ .op = IR_const, .type = IR_I32, .imm = fpmode };
    g[2] = (IrInsn){ .op = IR_fl_sub, .type = IR_I32, .a = at, .b = at + 1 };
    g[3] = (IrInsn){ .op = IR_exit_if, .type = IR_NE, .a = at + 2,
                     .imm = x86_magic(X86_MAGIC_FPMODE, c->start) };
}

static void make_settle(Lift *c)
{
    c->ir->r->insns[lifting(c)->guard] = (IrInsn){ .op = IR_call, .call = &call_x87_settle };
}

static void begin(Lift *c)
{
    X86Lifting *l = lifting(c);
    if (l->fp_use) {
        return;
    }
    l->fp_use = USE_X87;
    if (exact(c)) {
        make_settle(c);
    } else {
        l->fpmode = l->cpu->fpmode;
        make_guard(c, l->fpmode);
    }
}

bool x87_conflicts(const Lift *c, const X86Insn *in)
{
    unsigned use = lifting(c)->fp_use;
    return (use == USE_X87 && in->flags & ROW_MMX) || (use == USE_MMX && in->flags & ROW_X87);
}

/* ---- ops ---- */

static IrRef append(Lift *c, IrInsn in)
{
    in.call = in.op == IR_x87_cmp || (in.op == IR_x87_in && (in.b & 0xff) <= X87_DIVR)
              ? &call_x87_op_value : &call_x87_op;
    return ir_append(c->ir, &in);
}

static IrRef x87(Lift *c, IrX87Op op, unsigned dst, unsigned src)
{
    return append(c, (IrInsn){ .op = IR_x87, .b = ir_x87_what(op, 0), .c = ir_x87_regs(dst, src) });
}

static IrRef x87_in(Lift *c, IrX87Op op, IrX87Format f, unsigned dst, unsigned src, IrRef v)
{
    return append(c, (IrInsn){ .op = IR_x87_in, .a = v, .b = ir_x87_what(op, f),
                               .c = ir_x87_regs(dst, src) });
}

static IrRef x87_out(Lift *c, IrX87Op op, IrX87Format f, unsigned dst, unsigned src, IrType t)
{
    return append(c, (IrInsn){ .op = IR_x87_out, .type = t, .b = ir_x87_what(op, f),
                               .c = ir_x87_regs(dst, src) });
}

/* ---- the stack ---- */

static unsigned phys(const Lift *c, unsigned i)
{
    return (fpm_top(lifting(c)->fpmode) + i) & 7;
}

static bool is_empty(const Lift *c, unsigned i)
{
    return lifting(c)->fpmode >> phys(c, i) & 1;
}

static void set_mode(Lift *c, uint32_t fpmode)
{
    lifting(c)->fpmode = fpmode;
    ir_put(c->ir, SLOT_FPMODE, ir_i32(c->ir, fpmode));
}

static uint32_t turned(uint32_t fpmode, int by)
{
    return (fpmode & FPM_EMPTY) | ((fpm_top(fpmode) + by) & 7) << FPM_TOP_SHIFT;
}

static uint32_t popped(const Lift *c)
{
    uint32_t m = lifting(c)->fpmode;
    return turned(m | 1u << fpm_top(m), 1);
}

static uint32_t pushed(const Lift *c)
{
    uint32_t m = turned(lifting(c)->fpmode, -1);
    return m & ~(1u << fpm_top(m));
}

static void pop_regs(Lift *c, unsigned n)
{
    for (; n; n--) {
        x87(c, X87_DROP, phys(c, 0), 0);
        set_mode(c, popped(c));
    }
}

/* ---- C1 ---- */

static void c1_of(Lift *c, IrRef op)
{
    lifting(c)->c1_op = op;
    lifting(c)->c1_zero = false;
}

static void c1_is_zero(Lift *c)
{
    lifting(c)->c1_op = 0;
    lifting(c)->c1_zero = true;
}

static void set_cc(Lift *c, IrRef cc)
{
    lifting(c)->c1_op = 0;
    lifting(c)->c1_zero = false;
    ir_put(c->ir, SLOT_FPCC, cc);
}

/* C3 to C0 as they are now, in the slot, too. */
static IrRef get_cc(Lift *c)
{
    X86Lifting *l = lifting(c);
    IrBuild *b = c->ir;
    IrRef cc = ir_get(b, SLOT_FPCC);
    if (!l->c1_op && !l->c1_zero) {
        return cc;
    }
    cc = ir_and(b, cc, ir_i32(b, CC & ~C1));
    if (l->c1_op) {
        b->r->insns[l->c1_op].c |= X87_KEEP_C1;
        cc = ir_or(b, cc, x87_out(c, X87_ROUNDED, 0, 0, 0, IR_I32));
    }
    set_cc(c, cc);
    return cc;
}

/* ---- calls ---- */

static bool writes_memory(const X86Insn *in)
{
    static const uint8_t stores = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 6 | 1 << 7;
    return in->opcode & 1 && stores >> in->reg & 1;
}

static uint32_t insn_word(const X86Insn *in)
{
    return in->mod << 6 | in->reg << 3 | in->rm | (in->opcode & 7) << 8 | (uint32_t)in->seg << 12;
}

static IrRef wide_address(Lift *c, const X86Insn *in, unsigned size, bool write)
{
    IrRef lin = operand_address(c, in, size, write);
    return lifting(c)->wide ? lin : ir_op1(c->ir, IR_zext32, IR_I64, lin);
}

/* The whole instruction. */
static void by_call(Lift *c, const X86Insn *in)
{
    bool mem = in->mod != 3;
    IrRef lin = mem ? wide_address(c, in, in->op[0].size, writes_memory(in)) : ir_i64(c->ir, 0);
    ir_call2(c->ir, &call_x87_insn, ir_i32(c->ir, insn_word(in)), lin);
    lifting(c)->c1_op = 0;
    lifting(c)->c1_zero = false;
}

/* What is known of the stack is not true any more after it: a fault, perhaps. */
static void call_and_end(Lift *c, const X86Insn *in)
{
    by_call(c, in);
    x86_end_block(c);
}

/* ---- arithmetic ---- */

static const uint8_t operand_format[] = { [0] = X87_F32, [2] = X87_I32, [4] = X87_F64,
                                          [6] = X87_I16 };
static const uint8_t format_size[] = { [X87_F32] = 4, [X87_F64] = 8, [X87_I16] = 2, [X87_I32] = 4,
                                       [X87_I64] = 8 };

static IrRef load_operand(Lift *c, const X86Insn *in, IrX87Format f)
{
    unsigned size = format_size[f];
    IrRef v = x86_load(c, operand_address(c, in, size, false), size);
    return size == 8 ? v : ir_op1(c->ir, IR_zext32, IR_I64, v);
}

static void memory_operand(Lift *c, const X86Insn *in)
{
    IrX87Format f = operand_format[in->opcode & 7];
    if (is_empty(c, 0)) {
        call_and_end(c, in);
        return;
    }
    IrRef v = load_operand(c, in, f);
    if (in->reg == 2 || in->reg == 3) {
        IrRef cc = append(c, (IrInsn){ .op = IR_x87_cmp, .type = IR_I32, .a = v,
                                       .b = ir_x87_what(X87_COM, f),
                                       .c = ir_x87_regs(phys(c, 0), 0) });
        set_cc(c, cc);
        pop_regs(c, in->reg == 3);
    } else {
        c1_of(c, x87_in(c, in->reg, f, phys(c, 0), 0, v));
    }
}

static void compare(Lift *c, const X86Insn *in, unsigned i, IrX87Op op, unsigned pops, bool eflags)
{
    if (is_empty(c, 0) || is_empty(c, i)) {
        call_and_end(c, in);
        return;
    }
    IrRef cc = x87_out(c, op, 0, phys(c, 0), phys(c, i), IR_I32);
    if (eflags) {
        set_flags_word(c, cc);
    } else {
        set_cc(c, cc);
    }
    pop_regs(c, pops);
}

/* ST(dst) = ST(dst) op ST(src) */
static void arithmetic(Lift *c, const X86Insn *in, IrX87Op op, unsigned dst, unsigned src,
                       bool pops)
{
    if (is_empty(c, 0) || is_empty(c, in->rm)) {
        call_and_end(c, in);
        return;
    }
    c1_of(c, x87(c, op, phys(c, dst), phys(c, src)));
    pop_regs(c, pops);
}

static void d8_register(Lift *c, const X86Insn *in)
{
    if (in->reg == 2 || in->reg == 3) {
        compare(c, in, in->rm, X87_COM, in->reg == 3, false);
    } else {
        arithmetic(c, in, in->reg, 0, in->rm, false);
    }
}

/* DC and DE: the reversed forms have each other's numbers. */
static void dc_register(Lift *c, const X86Insn *in)
{
    bool pops = (in->opcode & 7) == 6;
    if (in->reg == 2 || in->reg == 3) {
        compare(c, in, in->rm, X87_COM, in->reg == 3 ? 1 + pops : pops, false);
    } else {
        arithmetic(c, in, in->reg >= 4 ? in->reg ^ 1 : in->reg, in->rm, 0, pops);
    }
}

/* ---- moves ---- */

/* Room for a push; false: a stack fault. */
static bool may_push(Lift *c, const X86Insn *in)
{
    if (!is_empty(c, 7)) {
        call_and_end(c, in);
        return false;
    }
    return true;
}

static void fld_memory(Lift *c, const X86Insn *in, IrX87Format f)
{
    if (may_push(c, in)) {
        x87_in(c, X87_LOAD, f, phys(c, 7), 0, load_operand(c, in, f));
        set_mode(c, pushed(c));
        c1_is_zero(c);
    }
}

static void fld_extended(Lift *c, const X86Insn *in)
{
    if (may_push(c, in)) {
        IrRef lin = operand_address(c, in, 10, false);
        IrRef mant = x86_load(c, lin, 8), exp = x86_load(c, ir_addi(c->ir, lin, 8), 2);
        x87_in(c, X87_LOAD, X87_MANT, phys(c, 7), 0, mant);
        x87_in(c, X87_LOAD, X87_EXP, phys(c, 7), 0, ir_op1(c->ir, IR_zext32, IR_I64, exp));
        set_mode(c, pushed(c));
        c1_is_zero(c);
    }
}

static void fst_memory(Lift *c, const X86Insn *in, IrX87Op op, IrX87Format f, bool pops)
{
    unsigned size = format_size[f];
    if (is_empty(c, 0)) {
        call_and_end(c, in);
        return;
    }
    IrRef lin = operand_address(c, in, size, true);
    IrRef v = x87_out(c, op, f, 0, phys(c, 0), size == 8 ? IR_I64 : IR_I32);
    x86_store(c, lin, size, v);
    c1_of(c, v);
    pop_regs(c, pops);
}

static void fstp_extended(Lift *c, const X86Insn *in)
{
    if (is_empty(c, 0)) {
        call_and_end(c, in);
        return;
    }
    IrRef lin = operand_address(c, in, 10, true);
    x86_store(c, lin, 8, x87_out(c, X87_STORE, X87_MANT, 0, phys(c, 0), IR_I64));
    x86_store(c, ir_addi(c->ir, lin, 8), 2, x87_out(c, X87_STORE, X87_EXP, 0, phys(c, 0), IR_I32));
    c1_is_zero(c);
    pop_regs(c, 1);
}

/* D9, DB, DD, DF with memory. */
static void moves(Lift *c, const X86Insn *in)
{
    static const uint8_t formats[] = { [1] = X87_F32, [3] = X87_I32, [5] = X87_F64, [7] = X87_I16 };
    unsigned op = in->opcode & 7;
    IrX87Format f = formats[op];
    switch (in->reg) {
    case 0:
        fld_memory(c, in, f);
        break;
    case 1:
        fst_memory(c, in, X87_TRUNC, op == 5 ? X87_I64 : f, true);
        break;
    case 2:
    case 3:
        fst_memory(c, in, X87_STORE, f, in->reg == 3);
        break;
    case 5:
        if (op == 3) {
            fld_extended(c, in);
        } else {
            fld_memory(c, in, X87_I64);
        }
        break;
    case 7:
        if (op == 3) {
            fstp_extended(c, in);
        } else {
            fst_memory(c, in, X87_STORE, X87_I64, true);
        }
        break;
    default:                            /* FBLD, FBSTP */
        call_and_end(c, in);
        break;
    }
}

static void fld_register(Lift *c, const X86Insn *in)
{
    if (is_empty(c, in->rm)) {
        call_and_end(c, in);
    } else if (may_push(c, in)) {
        x87(c, X87_MOVE, phys(c, 7), phys(c, in->rm));
        set_mode(c, pushed(c));
        c1_is_zero(c);
    }
}

static void fst_register(Lift *c, const X86Insn *in, bool pops)
{
    if (is_empty(c, 0)) {
        call_and_end(c, in);
        return;
    }
    unsigned dst = phys(c, in->rm);
    if (in->rm) {
        x87(c, X87_MOVE, dst, phys(c, 0));
    }
    if (is_empty(c, in->rm)) {
        set_mode(c, lifting(c)->fpmode & ~(1u << dst));
    }
    c1_is_zero(c);
    pop_regs(c, pops);
}

static void fxch(Lift *c, const X86Insn *in)
{
    if (is_empty(c, 0) || is_empty(c, in->rm)) {
        call_and_end(c, in);
        return;
    }
    x87(c, X87_XCHG, phys(c, 0), phys(c, in->rm));
    c1_is_zero(c);
}

static void fcmov(Lift *c, const X86Insn *in)
{
    static const uint8_t conds[] = { IR_CS, IR_EQ, IR_BE, IR_PE };
    if (is_empty(c, 0) || is_empty(c, in->rm)) {
        call_and_end(c, in);
        return;
    }
    IrCond cc = conds[in->reg & 3] ^ ((in->opcode & 7) == 3);
    IrRef holds = ir_op1(c->ir, IR_zext32, IR_I64, ir_cond(c->ir, cc, x86_get_flags(c)));
    x87_in(c, X87_CMOV, 0, phys(c, 0), phys(c, in->rm), holds);
}

static void ffree(Lift *c, const X86Insn *in)
{
    unsigned r = phys(c, in->rm);
    x87(c, X87_DROP, r, 0);
    set_mode(c, lifting(c)->fpmode | 1u << r);
    c1_is_zero(c);
    if ((in->opcode & 7) == 7) {        /* FFREEP */
        pop_regs(c, 1);
    }
}

/* ---- one operand: D9 E0 to FF ---- */

/* FSQRT, FRNDINT; FCHS, FABS round nothing. */
static void unary(Lift *c, const X86Insn *in, IrX87Op op)
{
    if (is_empty(c, 0)) {
        call_and_end(c, in);
        return;
    }
    IrRef v = x87(c, op, phys(c, 0), 0);
    if (op == X87_SQRT || op == X87_RNDINT) {
        c1_of(c, v);
    } else {
        c1_is_zero(c);
    }
}

static void d9_e0(Lift *c, const X86Insn *in)
{
    if (in->rm < 2) {
        unary(c, in, in->rm ? X87_ABS : X87_CHS);
    } else if (is_empty(c, 0)) {
        call_and_end(c, in);
    } else {
        set_cc(c, x87_out(c, in->rm == 4 ? X87_TST : X87_XAM, 0, 0, phys(c, 0), IR_I32));
    }
}

static void d9_e8(Lift *c, const X86Insn *in)
{
    if (may_push(c, in)) {
        x87(c, X87_ONE + in->rm, phys(c, 7), 0);
        set_mode(c, pushed(c));
        c1_is_zero(c);
    }
}

/* A function of ST(0) and perhaps ST(1) by a call, whose effect on the stack is known. */
static void function(Lift *c, const X86Insn *in, bool two, bool pops)
{
    if (is_empty(c, 0) || (two && is_empty(c, 1))) {
        call_and_end(c, in);
        return;
    }
    by_call(c, in);
    if (pops) {
        lifting(c)->fpmode = popped(c);
    }
}

static void d9_f0(Lift *c, const X86Insn *in)
{
    switch (in->rm) {
    case 0:
        function(c, in, false, false);
        break;
    case 1:
    case 3:
        function(c, in, true, true);
        break;
    case 5:
        function(c, in, true, false);
        break;
    case 6:
    case 7:
        set_mode(c, turned(lifting(c)->fpmode, in->rm == 6 ? -1 : 1));
        c1_is_zero(c);
        break;
    default:                            /* FPTAN, FXTRACT: push, or not */
        call_and_end(c, in);
        break;
    }
}

static void d9_f8(Lift *c, const X86Insn *in)
{
    switch (in->rm) {
    case 0:
    case 5:
        function(c, in, true, false);
        break;
    case 1:
        function(c, in, true, true);
        break;
    case 2:
    case 4:
        unary(c, in, in->rm == 2 ? X87_SQRT : X87_RNDINT);
        break;
    case 3:
        call_and_end(c, in);
        break;
    default:
        function(c, in, false, false);
        break;
    }
}

/* ---- the opcode map ---- */

static void d9_register(Lift *c, const X86Insn *in)
{
    switch (in->reg) {
    case 0: fld_register(c, in); break;
    case 1: fxch(c, in); break;
    case 2: break;                      /* FNOP */
    case 3: fst_register(c, in, true); break;
    case 4: d9_e0(c, in); break;
    case 5: d9_e8(c, in); break;
    case 6: d9_f0(c, in); break;
    default: d9_f8(c, in); break;
    }
}

static void da_db_register(Lift *c, const X86Insn *in)
{
    if (in->reg < 4) {
        fcmov(c, in);
    } else if ((in->opcode & 7) == 2) {
        compare(c, in, 1, X87_UCOM, 2, false);          /* FUCOMPP */
    } else {
        compare(c, in, in->rm, in->reg == 6 ? X87_COM : X87_UCOM, 0, true);
    }
}

static void dd_register(Lift *c, const X86Insn *in)
{
    switch (in->reg) {
    case 0: ffree(c, in); break;
    case 1: fxch(c, in); break;
    case 2: fst_register(c, in, false); break;
    case 3: fst_register(c, in, true); break;
    default: compare(c, in, in->rm, X87_UCOM, in->reg == 5, false); break;
    }
}

static void df_register(Lift *c, const X86Insn *in)
{
    switch (in->reg) {
    case 0: ffree(c, in); break;
    case 1: fxch(c, in); break;
    case 2:
    case 3: fst_register(c, in, true); break;
    default: compare(c, in, in->rm, in->reg == 6 ? X87_COM : X87_UCOM, 1, true); break;
    }
}

LIFTER(x87)
{
    static X86Lift *const rows[8][2] = {
        { memory_operand, d8_register }, { moves, d9_register }, { memory_operand, da_db_register },
        { moves, da_db_register }, { memory_operand, dc_register }, { moves, dd_register },
        { memory_operand, dc_register }, { moves, df_register },
    };
    begin(c);
    if (exact(c)) {
        call_and_end(c, in);
        return;
    }
    lifting(c)->fp_last_ip = this_ip(c);
    lifting(c)->fp_last = insn_word(in) & 0x7ff;
    rows[in->opcode & 7][in->mod == 3](c, in);
}

/* ---- control ---- */

/* The state in memory as C code wants it. */
static void for_c_code(Lift *c)
{
    X86Lifting *l = lifting(c);
    if (l->fp_use != USE_X87 || exact(c)) {
        return;
    }
    get_cc(c);
    if (l->fp_last_ip) {
        ir_call2(c->ir, &call_x87_pointers, ir_i64(c->ir, l->fp_last_ip),
                 ir_i32(c->ir, l->fp_last));
    }
}

LIFTER(fnstsw)
{
    IrBuild *b = c->ir;
    IrRef v;
    begin(c);
    prepare_store(c, in, 0);
    if (exact(c)) {
        v = ir_call0(b, &call_x87_fnstsw);
    } else {
        v = ir_or(b, ir_get(b, SLOT_FPSW), x87_out(c, X87_STATUS, 0, 0, 0, IR_I32));
        v = ir_or(b, ir_or(b, v, get_cc(c)), ir_i32(b, fpm_top(lifting(c)->fpmode) << 11));
    }
    put_operand(c, in, 0, v);
}

LIFTER(fnstcw)
{
    prepare_store(c, in, 0);
    put_operand(c, in, 0, ir_get(c->ir, SLOT_FPCW));
}

LIFTER(fldcw)
{
    IrBuild *b = c->ir;
    IrRef v = zero_extend(c, get_operand(c, in, 0), 2);
    if (exact(c)) {
        ir_call1(b, &call_x87_fldcw, v);
        x86_end_block(c);
        return;
    }
    ir_put(b, SLOT_FPCW, ir_or(b, ir_and(b, v, ir_i32(b, 0x1f3f)), ir_i32(b, 0x40)));
    IrRef host = ir_or(b, ir_and(b, v, ir_i32(b, 0xf00)), ir_i32(b, 0x7f));
    x87_in(c, X87_CONTROL, 0, 0, 0, ir_op1(b, IR_zext32, IR_I64, host));
    IrRef unmasked = ir_op2(b, IR_andn, IR_I32, ir_i32(b, NO_PENDING), v);
    ir_exit_if(b, IR_NE, not_zero(c, unmasked, 4), x86_magic(X86_MAGIC_FPCW, lifting(c)->next));
}

LIFTER(fnclex)
{
    (void)in;
    if (exact(c)) {
        ir_call0(c->ir, &call_x87_fnclex);
        x86_end_block(c);
    } else {
        ir_put(c->ir, SLOT_FPSW, ir_i32(c->ir, 0));
        x87(c, X87_CLEAR, 0, 0);
    }
}

LIFTER(fninit)
{
    (void)in;
    ir_call0(c->ir, &call_x87_fninit);
    x86_end_block(c);
}

/* FLDENV, FNSTENV, FRSTOR, FNSAVE */
LIFTER(fenv)
{
    bool real = (c->mode & (KEY_PE | KEY_VM)) != KEY_PE, whole = (in->opcode & 7) == 5;
    bool store = in->reg == 6, wide = in->opsize > 2;
    unsigned size = (wide ? 28 : 14) + (whole ? 80 : 0);
    IrRef lin = wide_address(c, in, size, store);
    for_c_code(c);
    ir_call2(c->ir, &call_x87_env, ir_i32(c->ir, store | whole << 1 | wide << 2 | real << 3), lin);
    x86_end_block(c);
}

LIFTER(fnop)
{
    (void)c, (void)in;
}

LIFTER(wait)
{
    (void)in;
    if (c->mode & KEY_NO_FPU && c->mode & KEY_NO_WAIT) {
        raise_now(c, EXC_NM, X86_NO_ERROR);
    } else if (c->mode & (KEY_FP_EXACT | KEY_NO_FPU)) {
        ir_call0(c->ir, &call_x87_wait);
    }
}

/* ---- FXSAVE, XSAVE and theirs: arg is DO_FXSAVE ... ---- */

LIFTER(xsave)
{
    unsigned kind = in->row->arg;
    bool store = kind & 1;
    IrRef lin = wide_address(c, in, kind < 2 ? 512 : 576, store);
    for_c_code(c);
    IrRef mask = ir_op2(c->ir, IR_pair, IR_I64, get_reg(c, RAX_, 4), get_reg(c, RDX_, 4));
    ir_call3(c->ir, &call_x86_xsave, ir_i32(c->ir, kind | (in->opsize == 8) << 4), lin, mask);
    x86_end_block(c);
}

/* ---- MMX ---- */

void mmx_begin(Lift *c)
{
    if (exact(c)) {
        ir_call0(c->ir, &call_x87_wait);
    }
    lifting(c)->fp_use = USE_MMX;
    ir_put(c->ir, SLOT_FPMODE, ir_i32(c->ir, 0));
}

IrRef mmx_get(Lift *c, unsigned n)
{
    return ir_get(c->ir, SLOT_MANT + (n & 7));
}

void mmx_put(Lift *c, unsigned n, IrRef i64)
{
    ir_put(c->ir, SLOT_MANT + (n & 7), i64);
    ir_put(c->ir, SLOT_EXP + (n & 7), ir_i32(c->ir, 0xffff));
}

LIFTER(emms)
{
    (void)in;
    if (exact(c)) {
        ir_call0(c->ir, &call_x87_wait);
    }
    lifting(c)->fp_use = USE_MMX;
    IrRef top = ir_and(c->ir, ir_get(c->ir, SLOT_FPMODE), ir_i32(c->ir, 7 << FPM_TOP_SHIFT));
    ir_put(c->ir, SLOT_FPMODE, ir_or(c->ir, top, ir_i32(c->ir, FPM_EMPTY)));
}
