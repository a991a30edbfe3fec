/* SPDX-License-Identifier: MIT */
/*
 * The x87: its state, and the meaning of the x87 ops of the IR.
 * Implements: SDM 1, chapter 8.
 *
 * Two ways.  As long as all exceptions are masked (nearly always) lifted code is x87 ops, which a
 * host with an x87 runs on it, and sticky exceptions gather there.  When an exception is unmasked
 * or pending (x87_exact), each instruction is one call of x87_exec.c.
 *
 * Translated code is special for the registers that are empty and for TOP (X86Cpu.fpmode), which a
 * block with x87 instructions checks where it begins.  A block that finds something else goes to a
 * magic address (X86_MAGIC_FPMODE), and is translated anew for what it found; one that does so
 * again and again runs that time as calls.
 */
#include "frontends/x86/x87.h"
#include "frontends/x86/calls.h"

/* ---- state ---- */

static bool pending(const X86Cpu *s)
{
    return s->fpsw & FSW_ES;
}

bool x87_exact(const X86Cpu *s)
{
    return (s->fpcw & FSW_FLAGS) != FSW_FLAGS || pending(s) || s->fp_again;
}

static void update_summary(X86Cpu *s)
{
    s->fpsw &= ~(uint32_t)FSW_ES;
    s->fpsw |= s->fpsw & ~s->fpcw & FSW_FLAGS ? FSW_ES : 0;
    x86_mode_changed(s);
}

void x87_reset(X86Cpu *s, uint16_t cw)
{
    s->fpmode = cw == 0x37f ? FPM_RESET : 0;    /* after RESET the tags say valid */
    s->fpsw = s->fpcc = 0;
    s->fpcs = s->fpds = s->fpop = 0;
    s->fpip = s->fpdp = 0;
    s->fp_again = 0;
    host_x87_clear_sticky(&s->cpu);
    x87_set_control(s, cw);
}

uint16_t x87_status(X86Cpu *s)
{
    uint32_t v = s->fpsw | host_x87_sticky(&s->cpu) | s->fpcc | fpm_top(s->fpmode) << 11;
    return v | (v & FSW_ES ? FSW_B : 0);
}

void x87_set_status(X86Cpu *s, uint16_t sw)
{
    host_x87_clear_sticky(&s->cpu);
    s->fpsw = sw & (FSW_FLAGS | FSW_SF);
    s->fpcc = sw & FSW_CC;
    s->fpmode = (s->fpmode & FPM_EMPTY) | (sw >> 11 & 7) << FPM_TOP_SHIFT;
    update_summary(s);
}

/* Bit 6 is always 1, 7 and 13 to 15 are always 0. */
void x87_set_control(X86Cpu *s, uint16_t cw)
{
    s->fpsw |= host_x87_sticky(&s->cpu);
    s->cpu.x87_sticky = 0;
    s->fpcw = (cw & 0x1f3f) | 0x40;
    host_x87_set_control(&s->cpu, s->fpcw);
    update_summary(s);
}

void x87_set_tags(X86Cpu *s, uint8_t empty)
{
    s->fpmode = (s->fpmode & ~(uint32_t)FPM_EMPTY) | empty;
}

/* ---- arithmetic ---- */

F80 x87_arith(unsigned op, F80 a, F80 b, F80Status *s)
{
    switch (op) {
    case X87_ADD:  return f80_add(a, b, s);
    case X87_MUL:  return f80_mul(a, b, s);
    case X87_SUB:  return f80_sub(a, b, s);
    case X87_SUBR: return f80_sub(b, a, s);
    case X87_DIV:  return f80_div(a, b, s);
    default:       return f80_div(b, a, s);
    }
}

/* SDM 2A, FLD1: rounded from more bits as RC says. */
F80 x87_constant(unsigned n, uint16_t cw)
{
    static const struct { F80 down; bool nearest_is_up, exact; } constants[] = {
        { { 0x8000000000000000, 0x3fff }, false, true },
        { { 0xd49a784bcd1b8afe, 0x4000 }, false, false },
        { { 0xb8aa3b295c17f0bb, 0x3fff }, true, false },
        { { 0xc90fdaa22168c234, 0x4000 }, true, false },
        { { 0x9a209a84fbcff798, 0x3ffd }, true, false },
        { { 0xb17217f7d1cf79ab, 0x3ffe }, true, false },
        { { 0, 0 }, false, true },
    };
    unsigned rc = cw >> 10 & 3;
    F80 v = constants[n].down;
    v.mant += !constants[n].exact && (rc == 2 || (rc == 0 && constants[n].nearest_is_up));
    return v;
}

uint32_t x87_order_cc(FpOrder o)
{
    return o == FP_UNORDERED ? FSW_C3 | FSW_C2 | FSW_C0 : o == FP_EQUAL ? FSW_C3 :
           o == FP_LESS ? FSW_C0 : 0;
}

uint32_t x87_class_cc(F80 a)
{
    static const uint16_t cc[] = {
        [F80_UNSUPPORTED] = 0, [F80_NAN] = FSW_C0, [F80_NORMAL] = FSW_C2,
        [F80_INFINITY] = FSW_C2 | FSW_C0, [F80_ZERO] = FSW_C3, [F80_DENORMAL] = FSW_C3 | FSW_C2,
    };
    return cc[f80_class(a)] | (f80_sign(a) ? FSW_C1 : 0);
}

F80 x87_from(IrX87Format f, uint64_t v, F80Status *s)
{
    switch (f) {
    case X87_F32: return f80_from_f32(v, s);
    case X87_F64: return f80_from_f64(v, s);
    case X87_I16: return f80_from_int((int16_t)v);
    case X87_I32: return f80_from_int((int32_t)v);
    default:      return f80_from_int(v);
    }
}

uint64_t x87_to(IrX87Format f, F80 a, bool truncate, F80Status *s)
{
    switch (f) {
    case X87_F32:  return f80_to_f32(a, s);
    case X87_F64:  return f80_to_f64(a, s);
    case X87_I16:  return (uint16_t)f80_to_int(a, 16, truncate, s);
    case X87_I32:  return (uint32_t)f80_to_int(a, 32, truncate, s);
    case X87_I64:  return f80_to_int(a, 64, truncate, s);
    case X87_MANT: return a.mant;
    default:       return a.se;
    }
}

/* ---- the meaning of the IR's ops ---- */

typedef struct Ir {
    Cpu        *cpu;
    IrX87Op     op;
    IrX87Format format;
    unsigned    dst, src;
    uint64_t    value;
    F80Status   st;
} Ir;

static uint64_t ir_two(Ir *x, F80 a, F80 b)
{
    switch (x->op) {
    case X87_COM:
    case X87_UCOM:
        return x87_order_cc(f80_compare(a, b, x->op == X87_COM, &x->st));
    case X87_MOVE:
        x87_put(x->cpu, x->dst, b);
        return 0;
    case X87_XCHG:
        x87_put(x->cpu, x->dst, b);
        x87_put(x->cpu, x->src, a);
        return 0;
    case X87_CMOV:
        x87_put(x->cpu, x->dst, x->value ? b : a);
        return 0;
    default:
        x87_put(x->cpu, x->dst, x87_arith(x->op, a, b, &x->st));
        return 0;
    }
}

static uint64_t ir_one(Ir *x, F80 a)
{
    switch (x->op) {
    case X87_SQRT:
        a = f80_sqrt(a, &x->st);
        break;
    case X87_RNDINT:
        a = f80_round_int(a, &x->st);
        break;
    case X87_ABS:
        a.se &= 0x7fff;
        break;
    case X87_CHS:
        a.se ^= 0x8000;
        break;
    default:
        a = x87_constant(x->op - X87_ONE, x->cpu->x87_cw);
        break;
    }
    x87_put(x->cpu, x->dst, a);
    return 0;
}

static void ir_load(Ir *x)
{
    if (x->format == X87_MANT) {
        x->cpu->x87[x->dst].mant = x->value;
    } else if (x->format == X87_EXP) {
        x->cpu->x87[x->dst].exp = (uint16_t)x->value;
    } else {
        x87_put(x->cpu, x->dst, x87_from(x->format, x->value, &x->st));
    }
}

static uint64_t ir_other(Ir *x)
{
    Cpu *cpu = x->cpu;
    F80 src = x87_get(cpu, x->src), zero = { 0, 0 };
    switch (x->op) {
    case X87_LOAD:
        ir_load(x);
        return 0;
    case X87_STORE:
    case X87_TRUNC:
        return x87_to(x->format, src, x->op == X87_TRUNC, &x->st);
    case X87_TST:
        return x87_order_cc(f80_compare(src, zero, true, &x->st));
    case X87_XAM:
        return x87_class_cc(src);
    case X87_CONTROL:
        host_x87_set_control(cpu, x->value);
        return 0;
    case X87_CLEAR:
        host_x87_clear_sticky(cpu);
        return 0;
    case X87_STATUS:
        return host_x87_sticky(cpu);
    case X87_ROUNDED:
        return cpu->x87_sw & FSW_C1;
    default:
        return 0;
    }
}

/* desc: IrInsn.b and c.  value: of ops over two registers none, of others src's place. */
static uint64_t x87_op(Cpu *cpu, uint32_t desc, uint64_t value)
{
    Ir x = {
        .cpu = cpu, .op = desc & 0xff, .format = desc >> 8 & 0xff, .dst = desc >> 16 & 7,
        .src = desc >> 20 & 7, .value = value, .st = f80_status(cpu->x87_cw),
    };
    F80 a = x87_get(cpu, x.dst), b = x87_get(cpu, x.src);
    uint64_t v = x.op <= X87_CMOV ? ir_two(&x, a, b) : x.op <= X87_ZERO ? ir_one(&x, a) :
                 ir_other(&x);
    cpu->x87_sticky |= f80_x87_flags(&x.st);
    if (desc >> 16 & X87_KEEP_C1) {
        cpu->x87_sw = x.st.rounded_up ? FSW_C1 : 0;
    }
    return v;
}
CALL_DEF(x87_op, "d:wd", CALL_PURE);

/* The same where the second operand is the value. */
static uint64_t x87_op_value(Cpu *cpu, uint32_t desc, uint64_t value)
{
    Ir x = { .cpu = cpu, .op = desc & 0xff, .format = desc >> 8 & 0xff, .dst = desc >> 16 & 7,
             .st = f80_status(cpu->x87_cw) };
    F80 b = x87_from(x.format, value, &x.st);
    /* a denormal counts as an operand of the operation: only if that looks at it */
    F80 a = x87_get(cpu, x.dst);
    F80Status conversion = x.st;
    x.st = f80_status(cpu->x87_cw);
    bool numbers = !f80_is_nan(a) && !f80_is_nan(b);
    if (f80_class(b) == F80_NAN) {
        /* as a NaN of 80 bits it must be as it was: signaling */
        b.mant ^= conversion.st.flags & FP_INVALID ? UINT64_C(1) << 62 : 0;
    }
    uint64_t v = ir_two(&x, a, b);
    if (numbers && !(x.st.st.flags & (FP_INVALID | FP_DIVIDE_BY_ZERO))) {
        x.st.st.flags |= conversion.st.flags;
    }
    cpu->x87_sticky |= f80_x87_flags(&x.st);
    if (desc >> 16 & X87_KEEP_C1) {
        cpu->x87_sw = x.st.rounded_up ? FSW_C1 : 0;
    }
    return v;
}
CALL_DEF(x87_op_value, "d:wd", CALL_PURE);

/* ---- blocks and fpmode ---- */

enum { MISSES_TOLERATED = 40 };

/* The block at pc is for another fpmode. */
void x87_other_mode(X86Cpu *s, uint64_t pc)
{
    uint8_t *misses = &s->fp_misses[pc % ARRAY_SIZE(s->fp_misses)];
    s->cpu.pc = pc;
    if (*misses < MISSES_TOLERATED) {
        ++*misses;
        cpu_forget_code(&s->cpu, pc);
    } else {
        s->fp_again = 1;
        x86_mode_changed(s);
    }
}

/* A block of calls begins: if it is one for once, the next is as usual. */
static void x87_settle(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    if (s->fp_again) {
        s->fp_again = 0;
        x86_mode_changed(s);
    }
}
CALL_DEF(x87_settle, ":", CALL_SYNC);
