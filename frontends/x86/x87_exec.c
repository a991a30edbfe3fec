/* SPDX-License-Identifier: MIT */
/*
 * One x87 instruction as a call: all of them, exactly, with unmasked exceptions and stack faults.
 * Lifted code calls it for what is rare, and for everything while an exception is unmasked.
 * Implements: SDM 1, 8.3 (instructions), 8.5 (exceptions), 8.6 and 8.7 (their order and reports),
 * table 8-10 (masked responses), 8-11; SDM 2A, the instructions; 1, 8.1.8 (instruction and operand
 * pointers).
 *
 * Not here: environments and images (x87_state.c).  Of the transcendental functions an unmasked
 * overflow or underflow delivers the masked result.
 */
#include "frontends/x86/x87.h"
#include "frontends/x86/calls.h"
#include "system/lock.h"

typedef struct Fp {
    X86Cpu   *s;
    Cpu      *cpu;
    unsigned  op, reg, rm;      /* D8 to DF as 0 to 7; ModRM */
    bool      mem;
    uint64_t  lin;              /* of the memory operand */
    F80Status st;
    uint32_t  flags;            /* exceptions of this instruction; FSW_SF with them */
    uint32_t  operand;          /* DE of a memory operand, unless IE or ZE go before */
} Fp;

/* ---- the stack ---- */

static unsigned phys(const Fp *f, unsigned i)
{
    return (fpm_top(f->s->fpmode) + i) & 7;
}

static bool is_empty(const Fp *f, unsigned i)
{
    return f->s->fpmode >> phys(f, i) & 1;
}

static F80 get(const Fp *f, unsigned i)
{
    return x87_get(f->cpu, phys(f, i));
}

static void put(Fp *f, unsigned i, F80 v)
{
    x87_put(f->cpu, phys(f, i), v);
    f->s->fpmode &= ~(1u << phys(f, i));
}

static void move_top(Fp *f, int by)
{
    unsigned top = (fpm_top(f->s->fpmode) + by) & 7;
    f->s->fpmode = (f->s->fpmode & FPM_EMPTY) | top << FPM_TOP_SHIFT;
}

static void set_empty(Fp *f, unsigned i)
{
    f->s->fpmode |= 1u << phys(f, i);
}

static void pop(Fp *f, unsigned n)
{
    while (n--) {
        set_empty(f, 0);
        move_top(f, 1);
    }
}

static void push(Fp *f, F80 v)
{
    move_top(f, -1);
    put(f, 0, v);
}

/* ---- exceptions ---- */

static void set_cc(Fp *f, uint32_t mask, uint32_t cc)
{
    f->s->fpcc = (f->s->fpcc & ~mask) | cc;
}

/* The flags of f->st, too; false: one is unmasked that keeps the instruction from having an
 * effect (`late`: those of the result do as well).  What is found before the operation leaves no
 * others. */
static bool goes_on(Fp *f, uint32_t late)
{
    enum { EARLY = FSW_IE | FSW_DE | FSW_ZE };
    f->flags |= f80_x87_flags(&f->st);
    f->flags |= f->flags & (FSW_IE | FSW_ZE) ? 0 : f->operand;
    uint32_t unmasked = f->flags & ~f->s->fpcw;
    if (unmasked & EARLY) {
        f->flags &= EARLY | FSW_SF;
        set_cc(f, FSW_C1, 0);
    }
    return !(unmasked & (EARLY | late));
}

static bool stack_fault(Fp *f, bool over)
{
    f->flags |= FSW_IE | FSW_SF;
    set_cc(f, FSW_C1, over ? FSW_C1 : 0);
    return !(f->s->fpcw & FSW_IE);
}

static void round_cc(Fp *f)
{
    set_cc(f, FSW_C1, f->st.rounded_up ? FSW_C1 : 0);
}

static void ferr(X86Cpu *s, int level)
{
    bool taken = machine_lock_if_free();
    irq_set(&s->cpu.output[X86_OUT_FERR], level);
    machine_unlock_if(taken);
}

/* FERR# follows the summary bit when CR0.NE says so. */
static void report(X86Cpu *s)
{
    bool on = s->fpsw & FSW_ES && !(s->cr0 & CR0_NE);
    if (on != s->ferr) {
        s->ferr = on;
        s->ignne = false;
        ferr(s, on);
    }
}

static void commit_flags(Fp *f)
{
    X86Cpu *s = f->s;
    bool was = s->fpsw & FSW_ES;
    s->fpsw |= f->flags;
    if (f->flags & ~s->fpcw & FSW_FLAGS) {
        s->fpsw |= FSW_ES;
    }
    if (!was && s->fpsw & FSW_ES) {
        x86_mode_changed(s);
    }
}

/* A waiting instruction finds an exception: #MF, or FERR# and a wait for the interrupt that the
 * board makes of it. */
void x87_check_pending(X86Cpu *s)
{
    if (!(s->fpsw & FSW_ES) || (!(s->cr0 & CR0_NE) && s->ignne)) {
        return;
    }
    if (s->cr0 & CR0_NE) {
        x86_fault(s, EXC_MF, X86_NO_ERROR);
    }
    report(s);
    s->cpu.halted = !x86_has_work(&s->cpu);
    cpu_request_exit(&s->cpu, CPU_EXIT_INTERRUPT);
    cpu_leave(&s->cpu);
}

void x87_summary_changed(X86Cpu *s)
{
    report(s);
    x86_mode_changed(s);
}

/* ---- memory ---- */

static IrMem access_of(const Fp *f, unsigned size)
{
    const X86Cpu *s = f->s;
    bool am = s->cr0 & CR0_AM && s->eflags & EFL_AC && x86_cpl(s) == 3;
    return (IrMem){ .size = size, .align = am ? size : 1,
                    .mmu = x86_fetch_mmu(&s->cpu) };
}

static uint64_t load(const Fp *f, unsigned off, unsigned size)
{
    return cpu_ld(f->cpu, f->lin + off, access_of(f, size));
}

static void store(const Fp *f, unsigned off, unsigned size, uint64_t v)
{
    cpu_st(f->cpu, f->lin + off, v, access_of(f, size));
}

static const uint8_t sizes[X87_N_FORMATS] = { [X87_F32] = 4, [X87_F64] = 8, [X87_I16] = 2,
                                             [X87_I32] = 4, [X87_I64] = 8 };

/* ---- arithmetic: D8, DC, DA, DE ---- */

/* FCOM and the like of ST(0) with b; into EFLAGS: FCOMI.  Unmasked exceptions pop nothing, but the
 * flags are set (so AMD's processors). */
static void compare(Fp *f, bool under, F80 b, bool signaling, unsigned pops, bool eflags)
{
    FpOrder o = under ? FP_UNORDERED : f80_compare(get(f, 0), b, signaling, &f->st);
    uint32_t before = f->s->fpcc;
    bool done = under ? !stack_fault(f, false) : goes_on(f, 0);
    uint32_t cc = x87_order_cc(o);
    if (eflags) {
        f->s->flags = cc;               /* Z, P and C have the places of C3, C2 and C0 */
        f->s->fpcc = under ? f->s->fpcc : before;
    } else {
        set_cc(f, FSW_CC, cc);
    }
    pop(f, done ? pops : 0);
}

/* ST(dst) = ST(dst) op b */
static void arithmetic(Fp *f, unsigned kind, unsigned dst, bool under, F80 b, bool pops)
{
    F80 v = F80_INDEFINITE;
    if (under) {
        if (stack_fault(f, false)) {
            return;
        }
    } else {
        v = x87_arith(kind, get(f, dst), b, &f->st);
        if (!goes_on(f, 0)) {
            return;
        }
        round_cc(f);
    }
    put(f, dst, v);
    pop(f, pops);
}

/* With a memory operand: a NaN of 32 or 64 bits keeps its kind until the operation. */
static void memory_operand(Fp *f)
{
    static const uint8_t formats[] = { [0] = X87_F32, [2] = X87_I32, [4] = X87_F64, [6] = X87_I16 };
    IrX87Format fm = formats[f->op];
    uint64_t raw = load(f, 0, sizes[fm]);
    F80Status conversion = f->st;
    F80 b = x87_from(fm, raw, &conversion);
    bool under = is_empty(f, 0);
    if (f80_class(b) == F80_NAN) {
        b.mant ^= conversion.st.flags & FP_INVALID ? UINT64_C(1) << 62 : 0;
    } else if (!under && !f80_is_nan(get(f, 0))) {
        f->operand = f80_x87_flags(&conversion);
    }
    if (f->reg == 2 || f->reg == 3) {
        compare(f, under, b, true, f->reg == 3, false);
    } else {
        arithmetic(f, f->reg, 0, under, b, false);
    }
}

static void d8_register(Fp *f)
{
    bool under = is_empty(f, 0) || is_empty(f, f->rm);
    if (f->reg == 2 || f->reg == 3) {
        compare(f, under, get(f, f->rm), true, f->reg == 3, false);
    } else {
        arithmetic(f, f->reg, 0, under, get(f, f->rm), false);
    }
}

/* DC and DE: ST(i) is the destination; the reversed forms have each other's numbers. */
static void dc_register(Fp *f)
{
    bool under = is_empty(f, 0) || is_empty(f, f->rm);
    bool pops = f->op == 6;
    if (f->reg == 2 || f->reg == 3) {
        compare(f, under, get(f, f->rm), true, f->reg == 3 ? 1 + pops : pops, false);
    } else {
        arithmetic(f, f->reg >= 4 ? f->reg ^ 1 : f->reg, f->rm, under, get(f, 0), pops);
    }
}

/* ---- moves ---- */

/* An unmasked DE does not keep the value from being pushed (so AMD's processors). */
static void load_value(Fp *f, F80 v)
{
    if (!is_empty(f, 7)) {
        if (stack_fault(f, true)) {
            return;
        }
        v = F80_INDEFINITE;
    } else {
        if (!goes_on(f, 0) && f->flags & FSW_IE) {
            return;
        }
        set_cc(f, FSW_C1, 0);
    }
    push(f, v);
}

static void fld_memory(Fp *f, IrX87Format fm)
{
    uint64_t raw = load(f, 0, sizes[fm]);
    if (is_empty(f, 7)) {
        load_value(f, x87_from(fm, raw, &f->st));
    } else {
        load_value(f, F80_INDEFINITE);
    }
}

static void fld_extended(Fp *f)
{
    F80 v = { load(f, 0, 8), load(f, 8, 2) };
    load_value(f, v);
}

static void fst_memory(Fp *f, IrX87Format fm, bool truncate, bool pops)
{
    static const uint64_t indefinite[X87_N_FORMATS] = {
        [X87_F32] = 0xffc00000, [X87_F64] = 0xfff8000000000000, [X87_I16] = 0x8000,
        [X87_I32] = 0x80000000, [X87_I64] = 0x8000000000000000,
    };
    uint64_t v = indefinite[fm];
    if (is_empty(f, 0)) {
        if (stack_fault(f, false)) {
            return;
        }
    } else {
        v = x87_to(fm, get(f, 0), truncate, &f->st);
        if (!goes_on(f, FSW_OE | FSW_UE)) {
            f->flags &= ~(uint32_t)FSW_PE;      /* nothing is stored, nothing is inexact */
            set_cc(f, FSW_C1, 0);
            return;
        }
    }
    uint32_t cc = f->s->fpcc;
    store(f, 0, sizes[fm], v);
    f->s->fpcc = cc;
    if (!(f->flags & FSW_SF)) {
        round_cc(f);
    }
    pop(f, pops);
}

static void fstp_extended(Fp *f)
{
    F80 v = get(f, 0);
    if (is_empty(f, 0)) {
        if (stack_fault(f, false)) {
            return;
        }
        v = F80_INDEFINITE;
    } else {
        set_cc(f, FSW_C1, 0);
    }
    store(f, 0, 8, v.mant);
    store(f, 8, 2, v.se);
    pop(f, 1);
}

static void fbld(Fp *f)
{
    uint8_t b[10];
    st_le64(b, load(f, 0, 8));
    st_le16(b + 8, load(f, 8, 2));
    load_value(f, f80_from_bcd(b));
}

static void fbstp(Fp *f)
{
    uint8_t b[10] = { [7] = 0xc0, 0xff, 0xff };
    if (is_empty(f, 0)) {
        if (stack_fault(f, false)) {
            return;
        }
    } else {
        f80_to_bcd(get(f, 0), b, &f->st);
        if (!goes_on(f, 0)) {
            return;
        }
    }
    store(f, 0, 8, ld_le64(b));
    store(f, 8, 2, ld_le16(b + 8));
    if (!(f->flags & FSW_SF)) {
        round_cc(f);
    }
    pop(f, 1);
}

static void fld_register(Fp *f)
{
    bool under = is_empty(f, f->rm);
    F80 v = get(f, f->rm);
    if (under) {
        if (stack_fault(f, false)) {
            return;
        }
        push(f, F80_INDEFINITE);
        return;
    }
    load_value(f, v);
}

static void fst_register(Fp *f, bool pops)
{
    F80 v = get(f, 0);
    if (is_empty(f, 0)) {
        if (stack_fault(f, false)) {
            return;
        }
        v = F80_INDEFINITE;
    } else {
        set_cc(f, FSW_C1, 0);
    }
    put(f, f->rm, v);
    pop(f, pops);
}

static void fxch(Fp *f)
{
    F80 a = get(f, 0), b = get(f, f->rm);
    if (is_empty(f, 0) || is_empty(f, f->rm)) {
        if (stack_fault(f, false)) {
            return;
        }
        a = is_empty(f, 0) ? F80_INDEFINITE : a;
        b = is_empty(f, f->rm) ? F80_INDEFINITE : b;
    } else {
        set_cc(f, FSW_C1, 0);
    }
    put(f, 0, b);
    put(f, f->rm, a);
}

/* The conditions of DA; those of DB are their opposites. */
static void fcmov(Fp *f)
{
    static const uint32_t flag[] = { FL_C, FL_Z, FL_C | FL_Z, FL_P };
    bool holds = !!(f->s->flags & flag[f->reg & 3]) == (f->op == 2);
    if (is_empty(f, 0) || is_empty(f, f->rm)) {
        if (stack_fault(f, false)) {
            return;
        }
        put(f, 0, F80_INDEFINITE);
        return;
    }
    if (holds) {
        put(f, 0, get(f, f->rm));
    }
}

/* ---- one operand: D9 E0 to FF ---- */

/* False: ST(0) is empty, and what there is to do is done. */
static bool has_st0(Fp *f)
{
    if (!is_empty(f, 0)) {
        return true;
    }
    if (!stack_fault(f, false)) {
        put(f, 0, F80_INDEFINITE);
    }
    return false;
}

static void sign(Fp *f)
{
    F80 v = get(f, 0);
    if (has_st0(f)) {
        v.se = f->rm == 0 ? v.se ^ 0x8000 : v.se & 0x7fff;
        set_cc(f, FSW_C1, 0);
        put(f, 0, v);
    }
}

static void fxam(Fp *f)
{
    uint32_t cc = is_empty(f, 0) ? FSW_C3 | FSW_C0 | (f80_sign(get(f, 0)) ? FSW_C1 : 0)
                                 : x87_class_cc(get(f, 0));
    set_cc(f, FSW_CC, cc);
}

static void d9_e0(Fp *f)
{
    if (f->rm < 2) {
        sign(f);
    } else if (f->rm == 4) {
        compare(f, is_empty(f, 0), (F80) { 0, 0 }, true, 0, false);
    } else {
        fxam(f);
    }
}

static void d9_e8(Fp *f)
{
    load_value(f, x87_constant(f->rm, f->s->fpcw));
}

static void result0(Fp *f, F80 v)
{
    if (goes_on(f, 0)) {
        round_cc(f);
        put(f, 0, v);
    }
}

/* Functions that need two registers, or push one: false when the stack does not allow it. */
static bool has_two(Fp *f, bool pops)
{
    if (!is_empty(f, 0) && !is_empty(f, 1)) {
        return true;
    }
    if (!stack_fault(f, false)) {
        put(f, pops, F80_INDEFINITE);
        pop(f, pops);
    }
    return false;
}

static bool may_push(Fp *f)
{
    bool under = is_empty(f, 0);
    if (!under && is_empty(f, 7)) {
        return true;
    }
    if (!stack_fault(f, !under)) {
        put(f, 0, F80_INDEFINITE);
        push(f, F80_INDEFINITE);
    }
    return false;
}

static void function(Fp *f, X87Function fn)
{
    bool two = fn == X87_FYL2X || fn == X87_FPATAN || fn == X87_FYL2XP1;
    bool pushes = fn == X87_FPTAN || fn == X87_FSINCOS;
    bool has_c2 = pushes || fn == X87_FSIN || fn == X87_FCOS;
    if (two ? !has_two(f, true) : pushes ? !may_push(f) : !has_st0(f)) {
        set_cc(f, has_c2 ? FSW_C2 : 0, 0);
        return;
    }
    host_x87_sticky(f->cpu);            /* into Cpu.x87_sticky: the host's x87 is used now */
    X87Math m = x87_math(fn, get(f, 0), get(f, 1), f->s->fpcw);
    f->flags |= m.flags;
    if (!goes_on(f, 0)) {
        set_cc(f, has_c2 ? FSW_C2 : 0, 0);
        return;
    }
    set_cc(f, FSW_C1 | (has_c2 ? FSW_C2 : 0), m.cc);
    if (has_c2 && m.cc & FSW_C2) {
        return;                         /* too large: nothing has changed */
    }
    put(f, two, m.result[0]);
    pop(f, two);
    if (pushes) {
        push(f, m.result[1]);
    }
}

static void fxtract(Fp *f)
{
    F80 significand, exponent;
    if (!may_push(f)) {
        return;
    }
    exponent = f80_extract(get(f, 0), &significand, &f->st);
    if (goes_on(f, 0)) {
        set_cc(f, FSW_C1, 0);
        put(f, 0, exponent);
        push(f, significand);
    }
}

/* FPREM and FPREM1: C0, C3 and C1 are bits 2 to 0 of the quotient. */
static void divide_rest(Fp *f, bool nearest)
{
    unsigned q;
    bool partial;
    if (!has_two(f, false)) {
        set_cc(f, FSW_C2, 0);
        return;
    }
    F80 v = f80_rem(get(f, 0), get(f, 1), nearest, &q, &partial, &f->st);
    if (!goes_on(f, 0)) {
        set_cc(f, FSW_C2, 0);
        return;
    }
    put(f, 0, v);
    if (f->st.st.flags & FP_INVALID || f80_is_nan(v)) {
        set_cc(f, FSW_C1 | FSW_C2, 0);
        return;
    }
    set_cc(f, FSW_CC, partial ? FSW_C2 : (q & 4 ? FSW_C0 : 0) | (q & 2 ? FSW_C3 : 0) |
           (q & 1 ? FSW_C1 : 0));
}

static void turn(Fp *f, int by)
{
    move_top(f, by);
    set_cc(f, FSW_C1, 0);
}

static void d9_f0(Fp *f)
{
    switch (f->rm) {
    case 0:  function(f, X87_F2XM1); break;
    case 1:  function(f, X87_FYL2X); break;
    case 2:  function(f, X87_FPTAN); break;
    case 3:  function(f, X87_FPATAN); break;
    case 4:  fxtract(f); break;
    case 5:  divide_rest(f, true); break;
    case 6:  turn(f, -1); break;
    default: turn(f, 1); break;
    }
}

static void d9_f8(Fp *f)
{
    switch (f->rm) {
    case 0:
        divide_rest(f, false);
        break;
    case 1:
        function(f, X87_FYL2XP1);
        break;
    case 2:
        if (has_st0(f)) {
            result0(f, f80_sqrt(get(f, 0), &f->st));
        }
        break;
    case 3:
        function(f, X87_FSINCOS);
        break;
    case 4:
        if (has_st0(f)) {
            result0(f, f80_round_int(get(f, 0), &f->st));
        }
        break;
    case 5:
        if (has_two(f, false)) {
            result0(f, f80_scale(get(f, 0), get(f, 1), &f->st));
        }
        break;
    default:
        function(f, f->rm == 6 ? X87_FSIN : X87_FCOS);
        break;
    }
}

/* ---- the opcode map ---- */

static void d9_register(Fp *f)
{
    switch (f->reg) {
    case 0: fld_register(f); break;
    case 1: fxch(f); break;
    case 2: break;                      /* FNOP */
    case 3: fst_register(f, true); break;
    case 4: d9_e0(f); break;
    case 5: d9_e8(f); break;
    case 6: d9_f0(f); break;
    default: d9_f8(f); break;
    }
}

static void fcomi(Fp *f)
{
    bool under = is_empty(f, 0) || is_empty(f, f->rm);
    compare(f, under, get(f, f->rm), f->reg == 6, f->op == 7, true);
}

static void da_db_register(Fp *f)
{
    if (f->reg < 4) {
        fcmov(f);
    } else if (f->op == 2) {            /* FUCOMPP */
        compare(f, is_empty(f, 0) || is_empty(f, 1), get(f, 1), false, 2, false);
    } else {
        fcomi(f);
    }
}

static void ffree(Fp *f, unsigned pops)
{
    set_empty(f, f->rm);
    set_cc(f, FSW_C1, 0);
    pop(f, pops);
}

static void dd_register(Fp *f)
{
    bool under = is_empty(f, 0) || is_empty(f, f->rm);
    switch (f->reg) {
    case 0: ffree(f, 0); break;
    case 1: fxch(f); break;
    case 2: fst_register(f, false); break;
    case 3: fst_register(f, true); break;
    default: compare(f, under, get(f, f->rm), false, f->reg == 5, false); break;
    }
}

static void df_register(Fp *f)
{
    switch (f->reg) {
    case 0: ffree(f, 1); break;         /* FFREEP */
    case 1: fxch(f); break;
    case 2:
    case 3: fst_register(f, true); break;
    default: fcomi(f); break;
    }
}

/* D9, DB, DD, DF with memory: loads and stores. */
static void moves(Fp *f)
{
    static const uint8_t formats[] = { [1] = X87_F32, [3] = X87_I32, [5] = X87_F64, [7] = X87_I16 };
    IrX87Format fm = formats[f->op];
    switch (f->reg) {
    case 0:
        fld_memory(f, fm);
        break;
    case 1:
        fst_memory(f, f->op == 5 ? X87_I64 : fm, true, true);
        break;
    case 2:
    case 3:
        fst_memory(f, fm, false, f->reg == 3);
        break;
    case 4:
        fbld(f);
        break;
    case 5:
        if (f->op == 3) {
            fld_extended(f);
        } else {
            fld_memory(f, X87_I64);
        }
        break;
    case 6:
        fbstp(f);
        break;
    default:
        if (f->op == 3) {
            fstp_extended(f);
        } else {
            fst_memory(f, X87_I64, false, true);
        }
        break;
    }
}

typedef void Row(Fp *f);
static Row *const rows[8][2] = {
    { memory_operand, d8_register }, { moves, d9_register }, { memory_operand, da_db_register },
    { moves, da_db_register }, { memory_operand, dc_register }, { moves, dd_register },
    { memory_operand, dc_register }, { moves, df_register },
};

static void note_pointers(Fp *f, uint32_t insn)
{
    X86Cpu *s = f->s;
    s->fpip = x86_eip(s);
    s->fpcs = s->seg[SEG_CS].sel;
    s->fpop = insn & 0x7ff;
    if (f->mem) {
        unsigned seg = insn >> 12 & 7;
        bool based = !x86_long(s) || seg >= SEG_FS;
        s->fpdp = f->lin - (based ? s->seg[seg].base : 0);
        s->fpdp = x86_long(s) ? s->fpdp : (uint32_t)s->fpdp;
        s->fpds = s->seg[seg].sel;
    }
}

/* insn: ModRM, the escape's low bits in 10..8, the segment in 14..12. */
static void x87_insn(Cpu *cpu, uint32_t insn, uint64_t lin)
{
    X86Cpu *s = X86(cpu);
    Fp f = {
        .s = s, .cpu = cpu, .op = insn >> 8 & 7, .reg = insn >> 3 & 7, .rm = insn & 7,
        .mem = (insn & 0xff) < 0xc0, .lin = lin, .st = f80_status(s->fpcw),
    };
    x87_check_pending(s);
    rows[f.op][!f.mem](&f);
    note_pointers(&f, insn);
    commit_flags(&f);
}
CALL_DEF(x87_insn, ":wd", CALL_SYNC);

static void x87_wait(Cpu *cpu)
{
    x87_check_pending(X86(cpu));
}
CALL_DEF(x87_wait, ":", CALL_SYNC);

/* Of instructions that lifted code does itself. */
static void x87_pointers(Cpu *cpu, uint64_t ip, uint32_t insn)
{
    X86Cpu *s = X86(cpu);
    s->fpip = ip;
    s->fpcs = s->seg[SEG_CS].sel;
    s->fpop = insn & 0x7ff;
}
CALL_DEF(x87_pointers, ":dw", CALL_READS);
