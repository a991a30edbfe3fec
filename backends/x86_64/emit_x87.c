/* SPDX-License-Identifier: MIT */
/*
 * The x87 ops, on the host's x87.
 * Source: AMD64 APM volume 5; optimisation manuals for the cost of moves between registers.
 *
 * Guest registers are Cpu.x87.  Inside a block up to six of them are in host registers, written
 * back where the block may be left.  The host's stack is used as a flat file: its TOP stands still,
 * the cached registers are ST(0) to ST(5) (`place`), and an operation pushes at most two values
 * beyond them and pops them again.  Places that hold nothing are full of old values, which nobody
 * minds: FSTP ST(i) writes over them.  C code must not find them, so leaving generated code for
 * good empties the stack (entry.c); C code that generated code calls does not use the x87.
 *
 *     fadd st(0), st(2) of the guest:  fld st(place of the other); faddp st(place of the first + 1)
 *
 * The control word in force is Cpu.x87_cw, with all exceptions masked; they gather in the host's
 * status word (x64_x87_fold).
 */
#include "backends/x86_64/x64.h"

#define X(ra) X64 *x = &x64; Emit *e = &x->e; (void)e; (void)(ra)
#define CPU_MEM(field) x64_cpu_mem(offsetof(Cpu, field))

enum { NOWHERE = 0xff, CC = 0x4500, C1 = 0x200 };

/* ---- instructions ---- */

static void op2(Emit *e, unsigned byte1, unsigned byte2)
{
    x64_begin(e);
    x64_put8(e, byte1);
    x64_put8(e, byte2);
}

static void fld(Emit *e, unsigned i)
{
    op2(e, 0xd9, 0xc0 + i);
}

static void fstp(Emit *e, unsigned i)
{
    op2(e, 0xdd, 0xd8 + i);
}

static void fld80(Emit *e, X64Mem m)
{
    x64_digit_m(e, 0xdb, 5, m);
}

static void fstp80(Emit *e, X64Mem m)
{
    x64_digit_m(e, 0xdb, 7, m);
}

static X64Mem home(unsigned g)
{
    return x64_cpu_mem(offsetof(Cpu, x87) + g * sizeof(X87Reg));
}

/* Where values go through on their way between the files. */
static X64Mem scratch(void)
{
    return x64_frame_mem(X64_SCRATCH + 48);
}

/* ---- places ---- */

void x64_x87_forget(X64Cache87 *k)
{
    memset(k->place, NOWHERE, sizeof(k->place));
    memset(k->guest, NOWHERE, sizeof(k->guest));
    k->dirty = 0;
    k->locked = 0;
}

static void store_home(Emit *e, unsigned place, unsigned g)
{
    fld(e, place);
    fstp80(e, home(g));
}

void x64_x87_store(X64 *x, const X64Cache87 *k)
{
    for (unsigned d = k->dirty; d; d &= d - 1) {
        unsigned g = __builtin_ctz(d);
        store_home(&x->e, k->place[g], g);
    }
}

void x64_x87_flush(X64 *x)
{
    x64_x87_store(x, &x->x87);
    x->x87.dirty = 0;
}

static void leave_place(X64Cache87 *k, unsigned g)
{
    if (k->place[g] != NOWHERE) {
        k->guest[k->place[g]] = NOWHERE;
        k->place[g] = NOWHERE;
    }
    k->dirty &= ~(1u << g);
}

static void settle(X64Cache87 *k, unsigned g, unsigned place)
{
    k->place[g] = place;
    k->guest[place] = g;
    k->used[place] = ++k->clock;
}

static unsigned free_place(X64 *x)
{
    X64Cache87 *k = &x->x87;
    unsigned best = NOWHERE;
    for (unsigned p = 0; p < X64_X87_PLACES; p++) {
        if (k->guest[p] == NOWHERE) {
            return p;
        }
        if (!(k->locked >> p & 1) && (best == NOWHERE || k->used[p] < k->used[best])) {
            best = p;
        }
    }
    unsigned g = k->guest[best];
    if (k->dirty >> g & 1) {
        store_home(&x->e, best, g);
    }
    leave_place(k, g);
    return best;
}

/* The place of a guest register with its value, locked for this op. */
static unsigned use(X64 *x, unsigned g)
{
    X64Cache87 *k = &x->x87;
    if (k->place[g] == NOWHERE) {
        unsigned p = free_place(x);
        fld80(&x->e, home(g));
        fstp(&x->e, p + 1);
        settle(k, g, p);
    }
    k->used[k->place[g]] = ++k->clock;
    k->locked |= 1u << k->place[g];
    return k->place[g];
}

/* The place for a value that is made. */
static unsigned define(X64 *x, unsigned g)
{
    X64Cache87 *k = &x->x87;
    if (k->place[g] == NOWHERE) {
        settle(k, g, free_place(x));
    }
    k->locked |= 1u << k->place[g];
    k->dirty |= 1u << g;
    return k->place[g];
}

static void change(X64 *x, unsigned g)
{
    x->x87.dirty |= 1u << g;
}

/* ---- the ops ---- */

typedef struct What {
    unsigned op, format, dst, src;
    bool     keep_c1;
} What;

static What what_of(const IrInsn *in)
{
    return (What){ in->b & 0xff, in->b >> 8, in->c & 7, in->c >> 4 & 7, in->c & X87_KEEP_C1 };
}

static void keep_c1(X64 *x, const What *w)
{
    if (w->keep_c1) {
        x64_digit_m(&x->e, 0xdd, 7, CPU_MEM(x87_sw));       /* fnstsw */
    }
}

static bool drops_next(const Ra *ra, unsigned g)
{
    const IrInsn *next = &ra->r->insns[ra->pos + 1];
    return ra->pos + 1 < ra->block_end && next->op == IR_x87 && (next->b & 0xff) == X87_DROP &&
           (next->c & 7) == g;
}

/* dst = dst op src */
static void arithmetic(X64 *x, const What *w)
{
    Emit *e = &x->e;
    unsigned a = use(x, w->dst), b = use(x, w->src);
    unsigned reversed = w->op >= X87_SUB ? w->op ^ 1 : w->op;      /* of ST(i) op ST(0) */
    if (a == 0) {
        op2(e, 0xd8, 0xc0 + w->op * 8 + b);
    } else if (b == 0) {
        op2(e, 0xdc, 0xc0 + reversed * 8 + a);
    } else {
        fld(e, b);
        op2(e, 0xde, 0xc0 + reversed * 8 + a + 1);
    }
    keep_c1(x, w);
    change(x, w->dst);
}

static void move(Ra *ra, X64 *x, const What *w)
{
    X64Cache87 *k = &x->x87;
    if (w->dst == w->src) {
        return;
    }
    unsigned s = use(x, w->src);
    if (drops_next(ra, w->src)) {
        leave_place(k, w->dst);
        leave_place(k, w->src);
        settle(k, w->dst, s);
        change(x, w->dst);
        return;
    }
    unsigned d = define(x, w->dst);
    fld(&x->e, s);
    fstp(&x->e, d + 1);
}

static void exchange(X64 *x, const What *w)
{
    X64Cache87 *k = &x->x87;
    unsigned a = use(x, w->dst), b = use(x, w->src);
    if (w->dst != w->src) {
        settle(k, w->dst, b);
        settle(k, w->src, a);
        change(x, w->dst);
        change(x, w->src);
    }
}

static void unary(X64 *x, const What *w)
{
    static const uint8_t code[] = { [X87_SQRT - X87_SQRT] = 0xfa, [X87_ABS - X87_SQRT] = 0xe1,
                                    [X87_CHS - X87_SQRT] = 0xe0, [X87_RNDINT - X87_SQRT] = 0xfc };
    Emit *e = &x->e;
    unsigned a = use(x, w->dst);
    if (a) {
        fld(e, a);
    }
    op2(e, 0xd9, code[w->op - X87_SQRT]);
    keep_c1(x, w);
    if (a) {
        fstp(e, a + 1);
    }
    change(x, w->dst);
}

void x64_emit_x87(Ra *ra, const HostInsn *h)
{
    X(ra);
    What w = what_of(h->in);
    x->x87.locked = 0;
    if (w.op == X87_MOVE) {
        move(ra, x, &w);
    } else if (w.op == X87_XCHG) {
        exchange(x, &w);
    } else if (w.op <= X87_DIVR) {
        arithmetic(x, &w);
    } else if (w.op <= X87_RNDINT) {
        unary(x, &w);
    } else if (w.op <= X87_ZERO) {
        unsigned d = define(x, w.dst);
        op2(e, 0xd9, 0xe8 + w.op - X87_ONE);
        fstp(e, d + 1);
    } else if (w.op == X87_DROP) {
        leave_place(&x->x87, w.dst);
    } else {
        g_assert(w.op == X87_CLEAR);
        op2(e, 0xdb, 0xe2);                                 /* fnclex */
        x64_store_imm(e, 32, CPU_MEM(x87_sticky), 0);
    }
}

/* ---- with a value ---- */

/* By format: the opcode of arithmetic with memory, and of loads. */
static const struct {
    uint8_t arith, load, digit;
} formats[] = {
    [X87_F32] = { 0xd8, 0xd9, 0 }, [X87_F64] = { 0xdc, 0xdd, 0 }, [X87_I16] = { 0xde, 0xdf, 0 },
    [X87_I32] = { 0xda, 0xdb, 0 }, [X87_I64] = { 0, 0xdf, 5 },
};

static void into_scratch(X64 *x, const HostInsn *h)
{
    x64_store(&x->e, 64, scratch(), h->arg[0].reg);
}

static void arithmetic_value(X64 *x, const HostInsn *h, const What *w)
{
    Emit *e = &x->e;
    unsigned a = use(x, w->dst);
    into_scratch(x, h);
    if (a) {
        fld(e, a);
    }
    x64_digit_m(e, formats[w->format].arith, w->op, scratch());
    keep_c1(x, w);
    if (a) {
        fstp(e, a + 1);
    }
    change(x, w->dst);
}

static void load_value(X64 *x, const HostInsn *h, const What *w)
{
    Emit *e = &x->e;
    if (w->format >= X87_MANT) {
        unsigned off = w->format == X87_MANT ? offsetof(X87Reg, mant) : offsetof(X87Reg, exp);
        X64Mem m = home(w->dst);
        m.disp += off;
        leave_place(&x->x87, w->dst);
        x64_store(e, w->format == X87_MANT ? 64 : 32, m, h->arg[0].reg);
        return;
    }
    unsigned d = define(x, w->dst);
    into_scratch(x, h);
    x64_digit_m(e, formats[w->format].load, formats[w->format].digit, scratch());
    fstp(e, d + 1);
}

void x64_emit_x87_in(Ra *ra, const HostInsn *h)
{
    X(ra);
    What w = what_of(h->in);
    unsigned v = h->arg[0].reg;
    x->x87.locked = 0;
    if (w.op <= X87_DIVR) {
        arithmetic_value(x, h, &w);
    } else if (w.op == X87_LOAD) {
        load_value(x, h, &w);
    } else if (w.op == X87_CMOV) {
        unsigned d = use(x, w.dst), s = use(x, w.src);
        x64_test(e, 64, v, v);
        fld(e, d);
        op2(e, 0xdb, 0xc8 + s + 1);                         /* fcmovne */
        fstp(e, d + 1);
        change(x, w.dst);
    } else {
        g_assert(w.op == X87_CONTROL);
        x64_store(e, 32, CPU_MEM(x87_cw), v);
        x64_digit_m(e, 0xd9, 5, CPU_MEM(x87_cw));           /* fldcw */
    }
}

/* eax = the host's status word */
static void fnstsw(Emit *e)
{
    op2(e, 0xdf, 0xe0);
}

void x64_emit_x87_cmp(Ra *ra, const HostInsn *h)
{
    X(ra);
    What w = what_of(h->in);
    x->x87.locked = 0;
    unsigned a = use(x, w.dst);
    into_scratch(x, h);
    if (a) {
        fld(e, a);
    }
    x64_digit_m(e, formats[w.format].arith, a ? 3 : 2, scratch());     /* fcomp, fcom */
    fnstsw(e);
    x64_alu_imm(e, ALU_AND, 32, RAX, CC);
    x64_mov(e, 32, h->out, RAX);
}

/* ---- results ---- */

/* LAHF has Z, P and C where the status word has C3, C2 and C0. */
static void compare(X64 *x, const What *w)
{
    Emit *e = &x->e;
    unsigned a = use(x, w->dst), b = use(x, w->src), code = w->op == X87_COM ? 0xf0 : 0xe8;
    if (a) {
        fld(e, a);
        op2(e, 0xdf, code + b + 1);
    } else {
        op2(e, 0xdb, code + b);
    }
    x64_lahf(e);
    x64_alu_imm(e, ALU_AND, 32, RAX, CC);
}

static void classify(X64 *x, const What *w)
{
    Emit *e = &x->e;
    unsigned a = use(x, w->src);
    fld(e, a);
    op2(e, 0xd9, w->op == X87_TST ? 0xe4 : 0xe5);
    fnstsw(e);
    fstp(e, 0);
    x64_alu_imm(e, ALU_AND, 32, RAX, w->op == X87_TST ? CC : CC | C1);
}

/* A part of a register, as it is. */
static void store_part(X64 *x, const HostInsn *h, const What *w)
{
    X64Cache87 *k = &x->x87;
    X64Mem m = home(w->src);
    if (k->dirty >> w->src & 1) {
        store_home(&x->e, k->place[w->src], w->src);
        k->dirty &= ~(1u << w->src);
    }
    if (w->format == X87_MANT) {
        x64_load(&x->e, 64, h->out, m);
    } else {
        m.disp += offsetof(X87Reg, exp);
        x64_load_zx(&x->e, 16, h->out, m);
    }
}

static void store_value(X64 *x, const HostInsn *h, const What *w)
{
    static const struct { uint8_t op, keep, pop; } how[] = {
        [X87_F32] = { 0xd9, 2, 3 }, [X87_F64] = { 0xdd, 2, 3 }, [X87_I16] = { 0xdf, 2, 3 },
        [X87_I32] = { 0xdb, 2, 3 }, [X87_I64] = { 0xdf, 0, 7 },
    };
    Emit *e = &x->e;
    if (w->format >= X87_MANT) {
        store_part(x, h, w);
        return;
    }
    unsigned a = use(x, w->src), op = how[w->format].op, digit = how[w->format].pop;
    if (w->op == X87_TRUNC) {
        op = w->format == X87_I64 ? 0xdd : op;
        digit = 1;
    }
    if (a || w->op == X87_TRUNC || !how[w->format].keep) {
        fld(e, a);
    } else {
        digit = how[w->format].keep;
    }
    x64_digit_m(e, op, digit, scratch());
    keep_c1(x, w);
    if (w->format == X87_I16) {
        x64_load_zx(e, 16, h->out, scratch());
    } else {
        x64_load(e, h->width, h->out, scratch());
    }
}

void x64_emit_x87_out(Ra *ra, const HostInsn *h)
{
    X(ra);
    What w = what_of(h->in);
    x->x87.locked = 0;
    switch (w.op) {
    case X87_COM:
    case X87_UCOM:
        compare(x, &w);
        break;
    case X87_TST:
    case X87_XAM:
        classify(x, &w);
        break;
    case X87_STATUS:
        fnstsw(e);
        x64_alu_imm(e, ALU_AND, 32, RAX, 0x3f);
        x64_alu_load(e, ALU_OR, 32, RAX, CPU_MEM(x87_sticky));
        break;
    case X87_ROUNDED:
        x64_load(e, 32, RAX, CPU_MEM(x87_sw));
        x64_alu_imm(e, ALU_AND, 32, RAX, C1);
        break;
    default:
        store_value(x, h, &w);
        return;
    }
    x64_mov(e, 32, h->out, RAX);
}

/* ---- the host's x87 and C code ---- */

enum { HOST_CW = 0x37f };

void x64_x87_fold(Cpu *cpu)
{
    uint16_t sw;
    __asm__ volatile("fnstsw %0\n\tfnclex" : "=a" (sw));
    cpu->x87_sticky |= sw & 0x3f;
}

/* In force inside generated code and what it calls. */
void x64_x87_set_control(Cpu *cpu)
{
    if (cpu->host_fpcr_saved) {
        uint16_t cw = cpu->x87_cw;
        __asm__ volatile("fldcw %0" : : "m" (cw));
    }
}

void x64_x87_enter(Cpu *cpu)
{
    if (cpu->x87_cw && cpu->x87_cw != HOST_CW) {
        uint16_t cw = cpu->x87_cw;
        __asm__ volatile("fldcw %0" : : "m" (cw));
    }
}

void x64_x87_leave(Cpu *cpu)
{
    if (!cpu->x87_cw) {
        return;                         /* a guest without an x87 */
    }
    uint16_t sw, cw = HOST_CW;
    __asm__ volatile("fnstsw %0\n\temms" : "=a" (sw));
    cpu->x87_sticky |= sw & 0x3f;
    if (cpu->x87_cw != HOST_CW) {
        __asm__ volatile("fldcw %0" : : "m" (cw));
    }
}
