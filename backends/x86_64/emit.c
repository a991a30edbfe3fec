/* SPDX-License-Identifier: MIT */
/*
 * Emitters of the ops that compute: integers, floating point, vectors; calls of C.
 *
 * Source: AMD64 APM volumes 3 and 4.  Scratch registers are rax, rdx, xmm14 and xmm15.
 *
 * Floating point is native; a NaN result (which guests treat each in their own way) goes to the
 * exact helper in cold code.  So does the smallest normal number as the result of a conversion to
 * f32: it may have been tiny before rounding, which x86 does not call an underflow and guests may.
 * Not seen: the same of a product or quotient.
 */
#include "backends/x86_64/x64.h"

#define X(ra) X64 *x = &x64; Emit *e = &x->e; (void)e; (void)(ra)

void x64_emit_none(Ra *ra, const HostInsn *h)
{
    (void)ra;
    (void)h;
}

/* ---- integers ---- */

static X64Mem arg_mem(const HostArg *a)
{
    return a->in_frame ? x64_frame_mem(a->disp) : x64_cpu_mem(a->disp);
}

static void mov(Emit *e, unsigned w, unsigned d, unsigned s)
{
    if (d != s) {
        x64_mov(e, w, d, s);
    }
}

static void alu(Emit *e, X64Alu op, unsigned w, unsigned d, const HostArg *b)
{
    switch (b->kind) {
    case HOST_REG: x64_alu(e, op, w, d, b->reg); break;
    case HOST_IMM: x64_alu_imm(e, op, w, d, b->imm); break;
    default:       x64_alu_load(e, op, w, d, arg_mem(b)); break;
    }
}

/* d = a op b for a commutative op, whichever operand d may share. */
static void alu_commutes(Emit *e, X64Alu op, const HostInsn *h)
{
    const HostArg *a = &h->arg[0], *b = &h->arg[1];
    if (b->kind == HOST_REG && h->out == b->reg) {
        x64_alu(e, op, h->width, h->out, a->reg);
    } else {
        mov(e, h->width, h->out, a->reg);
        alu(e, op, h->width, h->out, b);
    }
}

void x64_emit_add(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostArg *b = &h->arg[1];
    IrRef f = x64_fused_with(x, h, IR_fl_add, IR_fl_add);
    if (f) {
        alu_commutes(e, ALU_ADD, h);
        ra->eflags = f;
        ra->eflags_mode = FL_PLAIN;
    } else if (!ra->eflags && h->out == h->arg[0].reg) {
        alu(e, ALU_ADD, h->width, h->out, b);
    } else if (!ra->eflags && b->kind == HOST_REG && h->out == b->reg) {
        x64_alu(e, ALU_ADD, h->width, h->out, h->arg[0].reg);
    } else if (b->kind == HOST_IMM) {
        x64_lea(e, h->width, h->out, x64_mem(h->arg[0].reg, b->imm));
    } else {
        x64_lea(e, h->width, h->out, x64_mem_index(h->arg[0].reg, b->reg, 0, 0));
    }
}

void x64_emit_sub(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostArg *b = &h->arg[1];
    IrRef f = x64_fused_with(x, h, IR_fl_sub, IR_fl_cmp);
    if (b->kind == HOST_REG && h->out == b->reg && h->out != h->arg[0].reg) {
        if (f) {
            x64_mov(e, h->width, X64_TMP0, h->arg[0].reg);
            x64_alu(e, ALU_SUB, h->width, X64_TMP0, b->reg);
            x64_mov(e, h->width, h->out, X64_TMP0);
        } else {
            x64_unary(e, UN_NEG, h->width, h->out);
            x64_alu(e, ALU_ADD, h->width, h->out, h->arg[0].reg);
        }
    } else if (b->kind == HOST_IMM && h->out != h->arg[0].reg && !f &&
               (int32_t)b->imm != INT32_MIN) {
        x64_lea(e, h->width, h->out, x64_mem(h->arg[0].reg, -(int32_t)b->imm));
    } else {
        mov(e, h->width, h->out, h->arg[0].reg);
        alu(e, ALU_SUB, h->width, h->out, b);
    }
    if (f) {
        ra->eflags = f;
        ra->eflags_mode = ra->r->insns[f].op == IR_fl_cmp ? FL_INVERTED : FL_PLAIN;
    }
}

void x64_emit_mul(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostArg *a = &h->arg[0], *b = &h->arg[1];
    if (b->kind == HOST_IMM) {
        x64_imul_imm(e, h->width, h->out, a->reg, b->imm);
    } else if (h->out == b->reg) {
        x64_imul(e, h->width, h->out, a->reg);
    } else {
        mov(e, h->width, h->out, a->reg);
        x64_imul(e, h->width, h->out, b->reg);
    }
}

/* Flags of the result that a logic op leaves in EFLAGS. */
static void fuse_result(X64 *x, const HostInsn *h)
{
    IrRef f = x64_fused_result(x, h);
    bool logic = f && x->ra->r->insns[f].op == IR_fl_logic;
    bool shift = h->in->op >= IR_shl && h->in->op <= IR_rotr;   /* has a C and V of its own */
    if (f && !(logic && shift)) {
        x->ra->eflags = f;
        x->ra->eflags_mode = logic ? FL_PLAIN : FL_NZ_ONLY;
    }
}

void x64_emit_logic(Ra *ra, const HostInsn *h)
{
    X(ra);
    alu_commutes(e, h->in->op == IR_or ? ALU_OR : ALU_XOR, h);
    fuse_result(x, h);
}

void x64_emit_and(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostArg *a = &h->arg[0], *b = &h->arg[1];
    if (b->kind == HOST_IMM && (b->imm == 0xff || b->imm == 0xffff) && !x64_fused_result(x, h)) {
        x64_movzx(e, b->imm == 0xff ? 8 : 16, h->out, a->reg);
        return;
    }
    alu_commutes(e, ALU_AND, h);
    fuse_result(x, h);
}

void x64_emit_andn(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostArg *a = &h->arg[0], *b = &h->arg[1];
    if (b->kind == HOST_IMM) {
        mov(e, h->width, h->out, a->reg);
        x64_alu_imm(e, ALU_AND, h->width, h->out, ~(int32_t)b->imm);
    } else if (x64_has.bmi1) {
        x64_andn(e, h->width, h->out, b->reg, a->reg);
    } else {
        x64_mov(e, h->width, X64_TMP0, b->reg);
        x64_unary(e, UN_NOT, h->width, X64_TMP0);
        mov(e, h->width, h->out, a->reg);
        x64_alu(e, ALU_AND, h->width, h->out, X64_TMP0);
    }
    fuse_result(x, h);
}

void x64_emit_neg(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_unary(e, UN_NEG, h->width, h->out);
}

void x64_emit_not(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_unary(e, UN_NOT, h->width, h->out);
}

/* By a variable without BMI2, or rotated: through rax with the count in cl. */
static void shift_cl(X64 *x, X64Shift op, const HostInsn *h)
{
    Emit *e = &x->e;
    x64_mov(e, h->width, RAX, h->arg[0].reg);
    x64_mov(e, 64, RDX, RCX);
    mov(e, 32, RCX, h->arg[1].reg);
    x64_shift_cl(e, op, h->width, RAX);
    x64_mov(e, 64, RCX, RDX);
    x64_mov(e, h->width, h->out, RAX);
}

void x64_emit_shift(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const struct { uint8_t op; } how[] = {
        [IR_shl - IR_shl] = { SH_SHL }, [IR_shr - IR_shl] = { SH_SHR },
        [IR_sar - IR_shl] = { SH_SAR }, [IR_rotr - IR_shl] = { SH_ROR },
    };
    X64Shift op = how[h->in->op - IR_shl].op;
    const HostArg *a = &h->arg[0], *b = &h->arg[1];
    if (b->kind == HOST_IMM) {
        unsigned n = b->imm & (h->width - 1);
        if (op == SH_ROR && h->out != a->reg && x64_has.bmi2) {
            x64_rorx(e, h->width, h->out, a->reg, n);
        } else if (op == SH_SHL && n >= 1 && n <= 3 && h->out != a->reg) {
            x64_lea(e, h->width, h->out, x64_mem_index(n == 1 ? (int)a->reg : X64_NO_REG, a->reg,
                                                       n == 1 ? 0 : n, 0));
        } else {
            mov(e, h->width, h->out, a->reg);
            if (n) {
                x64_shift_imm(e, op, h->width, h->out, n);
                if (op != SH_ROR) {         /* a rotation leaves SF and ZF alone */
                    fuse_result(x, h);
                }
            }
        }
    } else if (op == SH_ROR || !x64_has.bmi2) {
        shift_cl(x, op, h);
    } else if (op == SH_SHL) {
        x64_shlx(e, h->width, h->out, a->reg, b->reg);
    } else if (op == SH_SHR) {
        x64_shrx(e, h->width, h->out, a->reg, b->reg);
    } else {
        x64_sarx(e, h->width, h->out, a->reg, b->reg);
    }
}

void x64_emit_mulh(Ra *ra, const HostInsn *h)
{
    X(ra);
    bool s = h->in->op == IR_mulhs;
    if (h->width == 64) {
        x64_mov(e, 64, RAX, h->arg[0].reg);
        x64_unary(e, s ? UN_IMUL : UN_MUL, 64, h->arg[1].reg);
        x64_mov(e, 64, h->out, RDX);
        return;
    }
    if (s) {
        x64_movsx(e, 64, 32, RAX, h->arg[0].reg);
        x64_movsx(e, 64, 32, RDX, h->arg[1].reg);
    } else {
        x64_mov(e, 32, RAX, h->arg[0].reg);
        x64_mov(e, 32, RDX, h->arg[1].reg);
    }
    x64_imul(e, 64, RAX, RDX);
    x64_shift_imm(e, SH_SHR, 64, RAX, 32);
    x64_mov(e, 32, h->out, RAX);
}

void x64_emit_divu(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned y = h->arg[1].reg;
    x64_mov_imm32(e, RAX, 0);
    x64_test(e, h->width, y, y);
    uint8_t *zero = x64_jcc8(e, CC_E);
    x64_mov(e, h->width, RAX, h->arg[0].reg);
    x64_alu(e, ALU_XOR, 32, RDX, RDX);
    x64_unary(e, UN_DIV, h->width, y);
    x64_patch8(zero, e->p);
    x64_mov(e, h->width, h->out, RAX);
}

/* Divisors 0 and -1 (which would trap) are multiplied by instead. */
void x64_emit_divs(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned y = h->arg[1].reg, w = h->width;
    x64_lea(e, w, RDX, x64_mem(y, 1));
    x64_mov(e, w, RAX, h->arg[0].reg);
    x64_alu_imm(e, ALU_CMP, w, RDX, 1);
    uint8_t *normal = x64_jcc8(e, CC_A);
    x64_imul(e, w, RAX, y);
    uint8_t *done = x64_jmp8(e);
    x64_patch8(normal, e->p);
    x64_cdq(e, w);
    x64_unary(e, UN_IDIV, w, y);
    x64_patch8(done, e->p);
    x64_mov(e, w, h->out, RAX);
}

void x64_emit_clz(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned w = h->width;
    if (x64_has.lzcnt) {
        x64_lzcnt(e, w, h->out, h->arg[0].reg);
        return;
    }
    x64_mov_imm32(e, RAX, 2 * w - 1);
    x64_bsr(e, w, h->out, h->arg[0].reg);
    x64_cmov(e, CC_E, 32, h->out, RAX);
    x64_alu_imm(e, ALU_XOR, 32, h->out, w - 1);
}

void x64_emit_ctz(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned w = h->width;
    if (x64_has.bmi1) {
        x64_tzcnt(e, w, h->out, h->arg[0].reg);
        return;
    }
    x64_mov_imm32(e, RAX, w);
    x64_bsf(e, w, h->out, h->arg[0].reg);
    x64_cmov(e, CC_E, 32, h->out, RAX);
}

void x64_emit_bswap(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_bswap(e, h->width, h->out);
}

/* Bytes by bswap, then nibbles, pairs and bits within them. */
void x64_emit_rbit(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint64_t mask[] = { 0x0f0f0f0f0f0f0f0f, 0x3333333333333333, 0x5555555555555555 };
    unsigned w = h->width;
    x64_bswap(e, w, h->out);
    for (unsigned i = 0; i < 3; i++) {
        unsigned n = 4 >> i;
        x64_mov_imm(x, RDX, w == 64 ? mask[i] : (uint32_t)mask[i]);
        x64_mov(e, w, RAX, h->out);
        x64_shift_imm(e, SH_SHR, w, RAX, n);
        x64_alu(e, ALU_AND, w, RAX, RDX);
        x64_alu(e, ALU_AND, w, h->out, RDX);
        x64_shift_imm(e, SH_SHL, w, h->out, n);
        x64_alu(e, ALU_OR, w, h->out, RAX);
    }
}

void x64_emit_extend(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned s = h->arg[0].reg;
    switch (h->in->op) {
    case IR_sext8:  x64_movsx(e, h->width, 8, h->out, s); break;
    case IR_sext16: x64_movsx(e, h->width, 16, h->out, s); break;
    case IR_sext32: x64_movsx(e, 64, 32, h->out, s); break;
    case IR_zext8:  x64_movzx(e, 8, h->out, s); break;
    default:        x64_movzx(e, 16, h->out, s); break;
    }
}

void x64_emit_bfx(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned pos = h->in->imm & 0xff, len = h->in->imm >> 8 & 0xff, w = h->width;
    unsigned s = h->arg[0].reg;
    if (pos + len >= w) {
        mov(e, w, h->out, s);
        if (pos) {
            x64_shift_imm(e, SH_SHR, w, h->out, pos);
        }
        return;
    }
    if (pos && x64_has.bmi2 && h->out != s) {
        x64_rorx(e, w, h->out, s, pos);
    } else if (pos) {
        mov(e, w, h->out, s);
        x64_shift_imm(e, SH_SHR, w, h->out, pos);
    }
    s = pos ? h->out : s;
    if (len == 8 || len == 16) {
        x64_movzx(e, len, h->out, s);
    } else if (len == 32) {
        x64_mov(e, 32, h->out, s);
    } else if (len < 32) {
        mov(e, w, h->out, s);
        x64_alu_imm(e, ALU_AND, 32, h->out, (1u << len) - 1);
    } else {
        mov(e, w, h->out, s);
        x64_shift_imm(e, SH_SHL, 64, h->out, 64 - len);
        x64_shift_imm(e, SH_SHR, 64, h->out, 64 - len);
    }
}

void x64_emit_bfi(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned pos = h->in->imm & 0xff, len = h->in->imm >> 8 & 0xff, w = h->width;
    uint64_t field = len >= 64 ? UINT64_MAX : (UINT64_C(1) << len) - 1;
    x64_mov(e, w, RAX, h->arg[1].reg);
    if (len < w) {
        x64_mov_imm(x, RDX, field);
        x64_alu(e, ALU_AND, w, RAX, RDX);
        if (pos) {
            x64_shift_imm(e, SH_SHL, w, RAX, pos);
        }
        if (w == 32) {
            x64_alu_imm(e, ALU_AND, 32, h->out, (int32_t)~(field << pos));
        } else {
            x64_mov_imm(x, RDX, ~(field << pos));
            x64_alu(e, ALU_AND, w, h->out, RDX);
        }
        x64_alu(e, ALU_OR, w, h->out, RAX);
    } else {
        x64_mov(e, w, h->out, RAX);
    }
}

void x64_emit_addc(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostArg *a = &h->arg[0], *b = &h->arg[1], *c = &h->arg[2];
    bool sub = h->in->op == IR_subc;
    IrRef f = x64_fused_with(x, h, sub ? IR_fl_sbb : IR_fl_adc, sub ? IR_fl_sbb : IR_fl_adc);
    x64_mov(e, h->width, RAX, a->reg);
    x64_bt_imm(e, BT_TEST, 32, c->reg, 0);
    alu(e, sub ? ALU_SBB : ALU_ADC, h->width, RAX, b);
    x64_mov(e, h->width, h->out, RAX);
    if (f) {
        ra->eflags = f;
        ra->eflags_mode = FL_PLAIN;
    }
}

void x64_emit_lo32(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_mov(e, 32, h->out, h->arg[0].reg);
}

void x64_emit_hi32(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_shift_imm(e, SH_SHR, 64, h->out, 32);
}

void x64_emit_pair(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_mov(e, 32, RAX, h->arg[1].reg);
    x64_shift_imm(e, SH_SHL, 64, RAX, 32);
    x64_alu(e, ALU_OR, 64, h->out, RAX);
}

/* ---- flags as values ---- */

void x64_emit_fl_word(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_pack(x, h->in->a);
    unsigned out = ra_define(ra, h->ref) & 15;      /* only now may the operands' registers go */
    x64_mov(e, 32, out, RAX);
    x64_alu_imm(e, ALU_AND, 32, out, FL_N | FL_Z | FL_A | FL_P | FL_C | FL_V);
}

void x64_emit_cond(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_setcc(e, h->arg[0].reg, h->out);
    x64_movzx(e, 8, h->out, h->out);
}

void x64_emit_select(Ra *ra, const HostInsn *h)
{
    X(ra);
    X64Cond cc = h->arg[0].reg;
    unsigned yes = h->arg[1].reg, no = h->arg[2].reg, w = h->width;
    IrType t = h->in->type;
    if (h->out == yes) {            /* keep what is there unless the condition fails */
        unsigned swap = yes;
        yes = no;
        no = swap;
        cc ^= 1;
    }
    if (yes == no) {
        x64_move(ra, t, h->out, yes);
        return;
    }
    if (ir_type_is_vec(t)) {
        if (h->out != no) {
            x64_move(ra, t, h->out, no);
        }
        uint8_t *skip = x64_jcc8(e, cc ^ 1);
        x64_move(ra, t, h->out, yes);
        x64_patch8(skip, e->p);
        return;
    }
    mov(e, w, h->out, no);
    x64_cmov(e, cc, w, h->out, yes);
}

/* ---- floating point ---- */

static void exact_result(X64 *x, X64Cold *c, IrType t)
{
    Emit *e = &x->e;
    if (ir_type_is_vec(t)) {
        x64_movd_to_xmm(e, ir_type_bits(t), c->h.out, RAX);
    } else {
        x64_mov(e, ir_type_bits(t), c->h.out, RAX);
    }
    x64_patch32(x64_jmp(e), c->back);
}

/* The exact helper over the operands' bits. */
static void float_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    for (unsigned k = 0; k < ir_ops[c->in.op].n_args; k++) {
        X64Mem cell = x64_frame_mem(X64_SCRATCH + 16 * k);
        IrType t = ra_type(x->ra, c->h.arg[k].ref);
        if (ir_type_is_vec(t)) {
            x64_xmm_store(e, ir_type_bits(t), cell, c->h.arg[k].reg);
        } else {
            x64_store(e, 64, cell, c->h.arg[k].reg);
        }
    }
    x64_mov_imm64(e, RAX, (uintptr_t)c->fn);
    x64_call_to(e, x64_common.exact);
    exact_result(x, c, ra_type(x->ra, c->h.ref));
}

static X64Cold *float_cold(X64 *x, const HostInsn *h, X64Cond special)
{
    if (!h->in->call) {
        return NULL;
    }
    X64Cold *c = x64_cold(x, float_slow, h);
    c->fn = (const void *)h->in->call->fn;
    c->jump[0] = x64_jcc(&x->e, special);
    c->back = x->e.p;
    return c;
}

/* An f32 result of the smallest normal magnitude is for the helper to look at. */
static void smallest_is_cold(X64 *x, const HostInsn *h, X64Cold *c)
{
    Emit *e = &x->e;
    enum { SMALLEST = 0x00800000 };
    x64_movd_from_xmm(e, 32, RAX, h->out);
    x64_alu(e, ALU_ADD, 32, RAX, RAX);                          /* without its sign */
    x64_alu_imm(e, ALU_CMP, 32, RAX, SMALLEST << 1);
    c->jump[1] = x64_jcc(e, CC_E);
    c->back = e->p;
}

/*
 * Chains.  A NaN goes through arithmetic, so where a result's next use is the next op of this kind,
 * one look at the last result does for all.  The cold code then does them all exactly, in order,
 * from the operands of each: these are in registers, and stay there until that look.
 */
static void chain_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    for (unsigned i = 0; i < c->n_locs; i++) {
        const HostInsn *h = &x->chain[c->first + i];
        unsigned bits = ir_type_bits(h->in->type);
        for (unsigned k = 0; k < ir_ops[h->in->op].n_args; k++) {
            x64_xmm_store(e, bits, x64_frame_mem(X64_SCRATCH + 16 * k), h->arg[k].reg);
        }
        x64_mov_imm64(e, RAX, (uintptr_t)h->in->call->fn);
        x64_call_to(e, x64_common.exact);
        x64_movd_to_xmm(e, bits, h->out, RAX);
    }
    x64_patch32(x64_jmp(e), c->back);
}

static bool is_arithmetic(const IrInsn *in)
{
    return in->op >= IR_fadd && in->op <= IR_fmls && in->call;
}

/* May stand in a chain's middle: no vector register changes, nothing leaves. */
static bool keeps_chain(const IrInsn *in)
{
    switch (in->op) {
    case IR_nop:
    case IR_insn:
    case IR_const:
    case IR_put:
        return true;
    case IR_get:
    case IR_add:
    case IR_sub:
        return !ir_type_is_vec(in->type);
    default:
        return in->op >= IR_fl_add && in->op <= IR_fl_pack;
    }
}

/* Is the next op one that uses this result, with its other operands at hand? */
static bool goes_on(const Ra *ra, const HostInsn *h)
{
    unsigned i = ra->pos + 1;
    while (i < ra->block_end && keeps_chain(&ra->r->insns[i])) {
        i++;
    }
    const IrInsn *next = &ra->r->insns[i];
    const IrRef arg[] = { next->a, next->b, next->c };
    bool uses = false;
    if (i >= ra->block_end || !is_arithmetic(next) || next->type != h->in->type) {
        return false;
    }
    for (unsigned k = 0; k < ir_ops[next->op].n_args; k++) {
        if (arg[k] == h->ref) {
            uses = true;
        } else if (ra->val[arg[k]].reg == RA_NO_REG) {
            return false;
        }
    }
    return uses;
}

static bool chain_needs(const X64 *x, unsigned reg)
{
    for (unsigned i = x->n_chain - x->chain_open; i < x->n_chain; i++) {
        const HostInsn *h = &x->chain[i];
        for (unsigned k = 0; k < ir_ops[h->in->op].n_args; k++) {
            if (h->arg[k].reg == reg) {
                return true;
            }
        }
    }
    return false;
}

/* The look at the result, in v, of the last op. */
static X64Cold *end_chain(X64 *x, unsigned v)
{
    bool dbl = ir_type_bits(x->chain[x->n_chain - 1].in->type) == 64;
    X64Cold *c = x64_cold(x, chain_slow, NULL);
    c->first = x->n_chain - x->chain_open;
    c->n_locs = x->chain_open;
    x->chain_open = 0;
    x64_vec2(x, dbl ? OP_ucomisd : OP_ucomiss, v, v);
    c->jump[0] = x64_jcc(&x->e, CC_P);
    c->back = x->e.p;
    return c;
}

/* Before the arithmetic of h: where its result goes for now. */
static unsigned chain_begin(Ra *ra, const HostInsn *h)
{
    X64 *x = &x64;
    if (!x->chain_open || !chain_needs(x, h->out)) {
        return h->out;
    }
    if (!goes_on(ra, h)) {
        return X64_XTMP1;
    }
    end_chain(x, x->chain[x->n_chain - 1].out);
    return h->out;
}

/* After it: v is where chain_begin said. */
static void chain_link(Ra *ra, const HostInsn *h, unsigned v)
{
    X64 *x = &x64;
    if (!h->in->call) {
        return;
    }
    x->chain[x->n_chain++] = *h;
    if (++x->chain_open < X64_MAX_CHAIN && v == h->out && goes_on(ra, h)) {
        return;
    }
    X64Cold *c = end_chain(x, v);
    if (v != h->out) {
        x64_move(ra, IR_V128, h->out, v);
        c->back = x->e.p;
    }
}

void x64_emit_float(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint32_t ops[][2] = {
        [IR_fadd - IR_fadd] = { OP_addss, OP_addsd }, [IR_fsub - IR_fadd] = { OP_subss, OP_subsd },
        [IR_fmul - IR_fadd] = { OP_mulss, OP_mulsd }, [IR_fdiv - IR_fadd] = { OP_divss, OP_divsd },
        [IR_fsqrt - IR_fadd] = { OP_sqrtss, OP_sqrtsd },
    };
    unsigned a = h->arg[0].reg, v = chain_begin(ra, h);
    bool dbl = h->width == 64, one = h->in->op == IR_fsqrt;
    x64_vec3(x, ops[h->in->op - IR_fadd][dbl], v, a, one ? a : h->arg[1].reg);
    chain_link(ra, h, v);
}

void x64_emit_fcvt(Ra *ra, const HostInsn *h)
{
    X(ra);
    bool dbl = h->in->op == IR_f32to64;
    unsigned a = h->arg[0].reg;
    x64_vec3(x, dbl ? OP_cvtss2sd : OP_cvtsd2ss, h->out, a, a);
    if (h->in->call) {
        x64_vec2(x, dbl ? OP_ucomisd : OP_ucomiss, h->out, h->out);
        X64Cold *c = float_cold(x, h, CC_P);
        if (h->in->op == IR_f64to32) {
            smallest_is_cold(x, h, c);
        }
    }
}

/* A special product makes a special sum: one look at the latter does for both. */
void x64_emit_fmla(Ra *ra, const HostInsn *h)
{
    X(ra);
    bool dbl = h->width == 64, sub = h->in->op == IR_fmls;
    static const uint32_t ops[2][2] = { { OP_addss, OP_addsd }, { OP_subss, OP_subsd } };
    unsigned v = chain_begin(ra, h);
    x64_vec3(x, dbl ? OP_mulsd : OP_mulss, X64_XTMP0, h->arg[1].reg, h->arg[2].reg);
    x64_vec3(x, ops[sub][dbl], v, h->arg[0].reg, X64_XTMP0);
    chain_link(ra, h, v);
}

void x64_emit_fsign(Ra *ra, const HostInsn *h)
{
    X(ra);
    bool neg = h->in->op == IR_fneg, dbl = h->width == 64;
    x64_vec3(x, OP_pcmpeqd, X64_XTMP0, X64_XTMP0, X64_XTMP0);
    unsigned n = neg ? h->width - 1 : 1;
    x64_rr(e, X64_0F | X64_66 | (dbl ? 0x73 : 0x72), neg ? 6 : 2, X64_XTMP0);
    x64_put8(e, n);
    x64_vec3(x, neg ? OP_xorps : OP_andps, h->out, h->arg[0].reg, X64_XTMP0);
}

/* INT_MIN is what cvtt gives for what does not fit; cmp out, 1 overflows just there. */
void x64_emit_ftoi(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_cvttf2si(e, h->width, 32, h->out, h->arg[0].reg);
    if (h->in->call) {
        x64_alu_imm(e, ALU_CMP, 32, h->out, 1);
        float_cold(x, h, CC_O);
    }
}

/* x must be below b, neither equal nor unordered; else cold. */
static void require_below(X64 *x, unsigned w, bool swapped, uint64_t bound, unsigned v,
                          uint8_t **jump)
{
    Emit *e = &x->e;
    x64_mov_imm(x, RAX, bound);
    x64_movd_to_xmm(e, w, X64_XTMP0, RAX);
    x64_vec2(x, w == 32 ? OP_ucomiss : OP_ucomisd, swapped ? v : X64_XTMP0,
             swapped ? X64_XTMP0 : v);
    *jump = x64_jcc(e, CC_BE);
}

/* Through 64 bits; what does not fit must not even be tried, as it would set other sticky flags. */
void x64_emit_ftou(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint64_t two_to_32[] = { 0x4f800000, 0x41f0000000000000 };
    static const uint64_t minus_one[] = { 0xbf800000, 0xbff0000000000000 };
    bool dbl = h->width == 64;
    X64Cold *c = NULL;
    if (h->in->call) {
        c = x64_cold(x, float_slow, h);
        c->fn = (const void *)h->in->call->fn;
        require_below(x, h->width, false, two_to_32[dbl], h->arg[0].reg, &c->jump[0]);
        require_below(x, h->width, true, minus_one[dbl], h->arg[0].reg, &c->jump[1]);
    }
    x64_cvttf2si(e, h->width, 64, RAX, h->arg[0].reg);
    x64_mov(e, 32, h->out, RAX);
    if (c) {
        c->back = e->p;
    }
}

void x64_emit_itof(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned w = h->in->op == IR_utof ? 64 : 32;
    x64_vec3(x, OP_xorps, h->out, h->out, h->out);
    x64_cvtsi2f(e, h->width, w, h->out, h->arg[0].reg);
}

void x64_emit_fbits(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_movd_from_xmm(e, h->in->op == IR_fbits64 ? 64 : 32, h->out, h->arg[0].reg);
}

void x64_emit_bitsf(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_movd_to_xmm(e, h->in->op == IR_bitsf64 ? 64 : 32, h->out, h->arg[0].reg);
}

/* ---- vectors ---- */

static unsigned lane_log(const HostInsn *h)
{
    return __builtin_ctz(h->in->imm & 0xff);
}

void x64_emit_vec(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint32_t ops[IR_vmaxu - IR_vand + 1][4] = {
#define OP(name) [IR_##name - IR_vand]
        OP(vand) = { OP_pand, OP_pand, OP_pand, OP_pand },
        OP(vor)  = { OP_por, OP_por, OP_por, OP_por },
        OP(vxor) = { OP_pxor, OP_pxor, OP_pxor, OP_pxor },
        OP(vadd) = { OP_paddb, OP_paddw, OP_paddd, OP_paddq },
        OP(vsub) = { OP_psubb, OP_psubw, OP_psubd, OP_psubq },
        OP(vmul) = { 0, OP_pmullw, OP_pmulld, 0 },
        OP(vcmpeq) = { OP_pcmpeqb, OP_pcmpeqw, OP_pcmpeqd, 0 },
        OP(vcmpgt) = { OP_pcmpgtb, OP_pcmpgtw, OP_pcmpgtd, 0 },
        OP(vmins) = { OP_pminsb, OP_pminsw, OP_pminsd, 0 },
        OP(vminu) = { OP_pminub, OP_pminuw, OP_pminud, 0 },
        OP(vmaxs) = { OP_pmaxsb, OP_pmaxsw, OP_pmaxsd, 0 },
        OP(vmaxu) = { OP_pmaxub, OP_pmaxuw, OP_pmaxud, 0 },
#undef OP
    };
    unsigned log = h->in->op <= IR_vxor ? 0 : lane_log(h);
    uint32_t op = ops[h->in->op - IR_vand][log];
    g_assert(op);
    x64_vec3(x, op, h->out, h->arg[0].reg, h->arg[1].reg);
}

void x64_emit_vandn(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_vec3(x, OP_pandn, h->out, h->arg[1].reg, h->arg[0].reg);    /* pandn: ~first & second */
}

void x64_emit_vnot(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_vec3(x, OP_pcmpeqd, X64_XTMP0, X64_XTMP0, X64_XTMP0);
    x64_vec3(x, OP_pxor, h->out, h->arg[0].reg, X64_XTMP0);
}

void x64_emit_vneg(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint32_t sub[] = { OP_psubb, OP_psubw, OP_psubd, OP_psubq };
    x64_vec3(x, OP_pxor, X64_XTMP0, X64_XTMP0, X64_XTMP0);
    x64_vec3(x, sub[lane_log(h)], h->out, X64_XTMP0, h->arg[0].reg);
}

void x64_emit_vabs(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint32_t abs[] = { OP_pabsb, OP_pabsw, OP_pabsd };
    g_assert(lane_log(h) < 3);
    x64_vec2(x, abs[lane_log(h)], h->out, h->arg[0].reg);
}

/* Shifts of lanes; bytes as words whose foreign bits are masked away. */
void x64_emit_vshift(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned log = lane_log(h), n = h->in->imm >> 8 & 0xff, op = h->in->op;
    unsigned digit = op == IR_vshl ? 6 : op == IR_vshr ? 2 : 4;
    unsigned wide = log == 0 ? 1 : log;
    if (h->out != h->arg[0].reg) {
        x64_move(ra, IR_V128, h->out, h->arg[0].reg);
    }
    if (log == 0 && op == IR_vsar) {
        /* high bytes: shift words and keep their upper half; low bytes: the same, moved up first */
        x64_vec2(x, OP_movaps, X64_XTMP0, h->out);
        x64_psllw_imm(e, X64_XTMP0, 8);
        x64_psraw_imm(e, X64_XTMP0, n);
        x64_psrlw_imm(e, X64_XTMP0, 8);
        x64_psraw_imm(e, h->out, n + 8);
        x64_psllw_imm(e, h->out, 8);
        x64_vec3(x, OP_por, h->out, h->out, X64_XTMP0);
        return;
    }
    x64_rr(e, X64_0F | X64_66 | (0x70 + wide), digit, h->out);
    x64_put8(e, n);
    if (log == 0) {
        uint8_t mask = op == IR_vshl ? 0xff << n : 0xff >> n;
        x64_mov_imm32(e, RAX, mask * 0x01010101u);
        x64_movd_to_xmm(e, 32, X64_XTMP0, RAX);
        x64_pshufd(e, X64_XTMP0, X64_XTMP0, 0);
        x64_vec3(x, OP_pand, h->out, h->out, X64_XTMP0);
    }
}

void x64_emit_vdup(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned log = lane_log(h), s = h->arg[0].reg;
    if (h->arg[0].kind == HOST_IMM && !h->arg[0].imm) {
        x64_vec3(x, OP_pxor, h->out, h->out, h->out);
        return;
    }
    if (h->arg[0].kind == HOST_IMM) {
        x64_mov_imm(x, s = RAX, h->arg[0].imm);
    }
    x64_movd_to_xmm(e, log == 3 ? 64 : 32, h->out, s);
    if (log == 0) {
        x64_vec3(x, OP_pxor, X64_XTMP0, X64_XTMP0, X64_XTMP0);
        x64_vec3(x, OP_pshufb, h->out, h->out, X64_XTMP0);
    } else if (log == 1) {
        x64_pshuflw(e, h->out, h->out, 0);
        x64_pshufd(e, h->out, h->out, 0);
    } else {
        x64_pshufd(e, h->out, h->out, log == 2 ? 0 : 0x44);
    }
}

void x64_emit_vpair(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned high = h->arg[1].reg;
    x64_movd_to_xmm(e, 64, h->out, h->arg[0].reg);
    if (h->arg[1].kind == HOST_IMM && !h->arg[1].imm) {
        return;
    }
    if (h->arg[1].kind == HOST_IMM) {
        x64_mov_imm(x, high = RAX, h->arg[1].imm);
    }
    x64_movd_to_xmm(e, 64, X64_XTMP0, high);
    x64_vec3(x, OP_punpcklqdq, h->out, h->out, X64_XTMP0);
}

void x64_emit_vlane(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned log = lane_log(h), lane = h->in->imm >> 8 & 0xff, s = h->arg[0].reg;
    if (ir_type_is_vec(h->in->type)) {
        if (lane == 0) {
            x64_vec2(x, OP_movaps, h->out, s);
        } else {
            x64_pshufd(e, h->out, s, log == 2 ? lane : 0xee);
        }
    } else if (lane == 0 && log >= 2) {
        x64_movd_from_xmm(e, 8 << log, h->out, s);
    } else {
        x64_pextr(e, 8 << log, h->out, s, lane);
    }
}

void x64_emit_vsetlane(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned log = lane_log(h), lane = h->in->imm >> 8 & 0xff, s = h->arg[1].reg;
    if (!ir_type_is_vec(ra_type(ra, h->arg[1].ref))) {
        x64_pinsr(e, 8 << log, h->out, s, lane);
    } else if (log == 2) {
        x64_insertps(e, h->out, s, lane << 4);
    } else {
        /* movsd keeps the upper half, punpcklqdq the lower one */
        x64_rr(e, lane == 0 ? X64_0F | X64_F2 | 0x10 : OP_punpcklqdq, h->out, s);
    }
}

/* ---- calls ---- */

enum { X64_ON_STACK = 0xff };

typedef struct CallArg {
    HostArg from;
    IrType  type;
    uint8_t to;
    bool    done, address;      /* address: of from.disp in the Cpu struct */
} CallArg;

static void move_arg(X64 *x, const CallArg *c)
{
    if (c->address) {
        x64_lea(&x->e, 64, c->to, x64_cpu_mem(c->from.disp));
    } else if (ir_type_is_vec(c->type) && c->from.kind == HOST_REG) {
        x64_movd_from_xmm(&x->e, ir_type_bits(c->type), c->to, c->from.reg);
    } else {
        x64_arg_to_gpr(x, ir_type_bits(c->type), c->to, &c->from);
    }
}

static bool reads(const CallArg *c, unsigned reg)
{
    return !c->done && !c->address && c->from.kind == HOST_REG && !ir_type_is_vec(c->type) &&
           c->from.reg == reg;
}

/* A parallel move: first what overwrites nothing still wanted, cycles by exchanging. */
static void move_args(X64 *x, CallArg *arg, unsigned n)
{
    for (unsigned left = n; left; ) {
        bool moved = false;
        for (unsigned i = 0; i < n; i++) {
            bool wanted = false;
            for (unsigned k = 0; k < n; k++) {
                wanted |= k != i && reads(&arg[k], arg[i].to);
            }
            if (!arg[i].done && !wanted) {
                move_arg(x, &arg[i]);
                arg[i].done = moved = true;
                left--;
            }
        }
        for (unsigned i = 0; !moved && i < n; i++) {
            if (arg[i].done) {
                continue;
            }
            unsigned a = arg[i].to, b = arg[i].from.reg;    /* part of a cycle */
            x64_xchg_reg(&x->e, 64, a, b);
            for (unsigned k = 0; k < n; k++) {
                if (reads(&arg[k], a)) {
                    arg[k].from.reg = b;
                } else if (reads(&arg[k], b)) {
                    arg[k].from.reg = a;
                }
            }
            moved = true;
        }
    }
}

/* Vector arguments into Cpu.call_v128, flags packed into a scratch cell. */
static void prepare_arg(X64 *x, CallArg *c, IrRef v, unsigned n)
{
    Emit *e = &x->e;
    c->type = ra_type(x->ra, v);
    if (c->type == IR_FLAGS) {
        x64_pack(x, v);
        x64_store(e, 32, x64_frame_mem(X64_SCRATCH + 8 * n), RAX);
        c->from = (HostArg){ .kind = HOST_MEM, .in_frame = true, .disp = X64_SCRATCH + 8 * n };
        c->type = IR_I32;
        return;
    }
    c->from = ra_where(x->ra, v);
    if (c->type == IR_V128) {
        int32_t cell = offsetof(Cpu, call_v128) + 16 * n;
        unsigned reg = c->from.reg;
        if (c->from.kind == HOST_MEM) {
            x64_xmm_load(e, 128, reg = X64_XTMP0, arg_mem(&c->from));
        }
        x64_xmm_store(e, 128, x64_cpu_mem(cell), reg);
        c->from.disp = cell;
        c->address = true;
    }
}

/* The operands of the call at ref: its own three and those of the args before it. */
static unsigned call_operands(X64 *x, const HostInsn *h, IrRef *v)
{
    const IrInsn *in = h->in;
    const IrRef own[3] = { in->a, in->b, in->c };
    unsigned n = 0, more = 0;
    for (unsigned k = 0; k < 3; k++) {
        if (own[k]) {
            v[n++] = own[k];
        }
    }
    IrRef j = h->ref;
    while (x->ra->r->insns[j - 1].op == IR_arg) {
        j--;
        more++;
    }
    for (unsigned k = 0; k < more; k++) {
        v[n++] = x->ra->r->insns[j + k].a;
    }
    return n;
}

void x64_emit_call(Ra *ra, const HostInsn *h)
{
    X(ra);
    static const uint8_t to[] = { RSI, RDX, RCX, R8, R9, X64_ON_STACK, X64_ON_STACK };
    const CallDef *def = h->in->call;
    IrRef v[8];
    CallArg arg[G_N_ELEMENTS(to)] = { 0 };
    unsigned n = 0, n_v = call_operands(x, h, v);
    bool vector = h->in->type == IR_V128;

    if (def->flags & CALL_SYNC) {
        x64_x87_flush(x);
        ra_sync(ra);
    }
    ra_save_for_call(ra, def->flags & CALL_WRITES);
    if (vector) {
        arg[n] = (CallArg){ .address = true, .from.disp = offsetof(Cpu, call_v128) + 16 * 7 };
        arg[n].to = to[n];
        n++;
    }
    for (unsigned k = 0; k < n_v; k++, n++) {
        g_assert(n < G_N_ELEMENTS(to));
        prepare_arg(x, &arg[n], v[k], n);
        arg[n].to = to[n];
        if (to[n] == X64_ON_STACK) {
            arg[n].to = RAX;
            move_arg(x, &arg[n]);
            x64_store(e, 64, x64_mem(RSP, 8 * (n - 5)), RAX);
        }
    }
    n = MIN(n, 5u);
    if (def->flags & CALL_LEAVES) {
        x64_mov_imm(x, RAX, ra->pc);
        x64_store(e, 64, x64_cpu_mem(offsetof(Cpu, pc)), RAX);
    }
    move_args(x, arg, n);
    x64_mov(e, 64, RDI, X64_CPU);
    unsigned rest = x->block_insns - (ra->n_insn - x->block_first_insn);
    bool count = x->icount && (def->flags & CALL_LEAVES) && rest;
    X64Mem left = x64_cpu_mem(offsetof(Cpu, icount_left));
    if (count) {
        x64_alu_mem_imm(e, ALU_ADD, 32, left, rest);
    }
    x64_call_c(x, (const void *)def->fn);
    if (count) {
        x64_alu_mem_imm(e, ALU_SUB, 32, left, rest);
    }
    ra_call_made(ra);
    if (def->flags & CALL_WRITES) {
        x64_x87_forget(&x->x87);
        ra_forget_slots(ra);
    }
    if (h->in->type == IR_VOID || !ra->val[h->ref].last) {
        return;
    }
    unsigned out = ra_define(ra, h->ref) & 15;
    if (vector) {
        x64_xmm_load(e, 128, out, x64_cpu_mem(offsetof(Cpu, call_v128) + 16 * 7));
    } else if (ir_type_is_vec(h->in->type)) {
        x64_movd_to_xmm(e, h->width, out, RAX);
    } else {
        x64_mov(e, h->width, out, RAX);
    }
}
