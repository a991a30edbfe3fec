/* SPDX-License-Identifier: MIT */
/*
 * The x86-64 instructions that the backend uses, one inline function each.
 *
 * Implements: AMD64 Architecture Programmer's Manual, volume 3 (encoding: chapter 1) and 4;
 * Intel SDM volume 2.  Names are those of the manuals; operands stand in Intel order, the
 * destination first.  `w` is the operand width in bits.  Families that differ only in an opcode
 * byte are rows of a table (X64_SSE_OPS and the like), which the tests walk as well.
 *
 * Nothing is written past `end`: an instruction that would not fit sets `overflow` and goes to the
 * start of the buffer instead, and whoever emits throws the whole block away.
 *
 * Not here: x87, MMX, EVEX, 256-bit forms.
 */
#ifndef BACKENDS_X86_64_ENCODE_H
#define BACKENDS_X86_64_ENCODE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "backends/x86_64/regs.h"

enum { X64_MAX_INSN = 16 };

/* Where code is written.  It runs at another address: exec = runs at - written at. */
typedef struct Emit {
    uint8_t  *p;
    uint8_t  *start, *end;
    ptrdiff_t exec;
    bool      overflow;
} Emit;

/* [base + index << scale + disp] */
typedef struct X64Mem {
    int8_t  base, index;
    uint8_t scale;
    int32_t disp;
} X64Mem;

static inline X64Mem x64_mem(int base, int32_t disp)
{
    return (X64Mem){ .base = base, .index = X64_NO_REG, .disp = disp };
}

static inline X64Mem x64_mem_index(int base, int index, unsigned scale, int32_t disp)
{
    g_assert(index != RSP && scale <= 3);
    return (X64Mem){ .base = base, .index = index, .scale = scale, .disp = disp };
}

/* ---- Opcodes: the byte, its map, its mandatory prefix, and what the operands are ---- */

enum {
    X64_0F   = 1 << 8,          /* maps, numbered as in VEX.mmmmm */
    X64_0F38 = 2 << 8,
    X64_0F3A = 3 << 8,
    X64_66   = 1 << 10,         /* prefixes, numbered as in VEX.pp */
    X64_F3   = 2 << 10,
    X64_F2   = 3 << 10,
    X64_W    = 1 << 12,
    X64_REG8 = 1 << 13,         /* the reg operand is a byte register: 4..7 need REX */
    X64_RM8  = 1 << 14,
    X64_OSIZE = 1 << 15,        /* a 66 for 16 bits beside a mandatory F2 or F3 */
};

/* An integer opcode in width w: bit 0 tells byte from full operands. */
static inline uint32_t x64_int(uint32_t op, unsigned w)
{
    switch (w) {
    case 8:  return op | X64_REG8 | X64_RM8;
    case 16: return op | 1 | X64_66;
    case 32: return op | 1;
    case 64: return op | 1 | X64_W;
    default: g_assert_not_reached();
    }
}

/* The same for opcodes that have no byte form and whose bit 0 is not ours. */
static inline uint32_t x64_full(uint32_t op, unsigned w)
{
    switch (w) {
    case 16: return op | ((op >> 10 & 3) ? X64_OSIZE : X64_66);
    case 32: return op;
    case 64: return op | X64_W;
    default: g_assert_not_reached();
    }
}

static inline void x64_begin(Emit *e)
{
    if (G_UNLIKELY(e->end - e->p < X64_MAX_INSN)) {
        e->overflow = true;
        e->p = e->start;
    }
}

static inline void x64_put8(Emit *e, unsigned v)
{
    *e->p++ = v;
}

static inline void x64_put16(Emit *e, uint16_t v)
{
    memcpy(e->p, &v, 2);
    e->p += 2;
}

static inline void x64_put32(Emit *e, uint32_t v)
{
    memcpy(e->p, &v, 4);
    e->p += 4;
}

static inline void x64_put64(Emit *e, uint64_t v)
{
    memcpy(e->p, &v, 8);
    e->p += 8;
}

/* Prefixes, REX and opcode.  x and b are index and base (or the rm register), 0 when absent. */
static inline void x64_opcode(Emit *e, uint32_t op, unsigned reg, unsigned x, unsigned b,
                              bool force)
{
    static const uint8_t prefix[] = { 0, 0x66, 0xf3, 0xf2 };
    unsigned pp = op >> 10 & 3, map = op >> 8 & 3;
    unsigned rex = (op & X64_W ? 8 : 0) | (reg >> 3) << 2 | (x >> 3) << 1 | b >> 3;

    g_assert(reg < 16);
    x64_begin(e);
    if (op & X64_OSIZE) {
        x64_put8(e, 0x66);
    }
    if (pp) {
        x64_put8(e, prefix[pp]);
    }
    if (rex || force || ((op & X64_REG8) && reg >= 4)) {
        x64_put8(e, 0x40 | rex);
    }
    if (map) {
        x64_put8(e, 0x0f);
        if (map > 1) {
            x64_put8(e, map == 2 ? 0x38 : 0x3a);
        }
    }
    x64_put8(e, op);
}

static inline void x64_modrm_mem(Emit *e, unsigned reg, X64Mem m)
{
    unsigned r = (reg & 7) << 3, base = m.base & 7;

    if (m.base == X64_RIP) {
        x64_put8(e, r | 5);
        x64_put32(e, m.disp);
        return;
    }
    if (m.base == X64_NO_REG) {
        x64_put8(e, r | 4);
        x64_put8(e, m.scale << 6 | (m.index < 0 ? 4 : m.index & 7) << 3 | 5);
        x64_put32(e, m.disp);
        return;
    }
    unsigned mod = m.disp == 0 && base != 5 ? 0 : m.disp == (int8_t)m.disp ? 0x40 : 0x80;
    if (m.index >= 0 || base == 4) {
        x64_put8(e, mod | r | 4);
        x64_put8(e, m.scale << 6 | (m.index < 0 ? 4 : m.index & 7) << 3 | base);
    } else {
        x64_put8(e, mod | r | base);
    }
    if (mod == 0x40) {
        x64_put8(e, m.disp);
    } else if (mod == 0x80) {
        x64_put32(e, m.disp);
    }
}

static inline void x64_rr(Emit *e, uint32_t op, unsigned reg, unsigned rm)
{
    g_assert(rm < 16);
    x64_opcode(e, op, reg, 0, rm, (op & X64_RM8) && rm >= 4);
    x64_put8(e, 0xc0 | (reg & 7) << 3 | (rm & 7));
}

static inline void x64_rm(Emit *e, uint32_t op, unsigned reg, X64Mem m)
{
    x64_opcode(e, op, reg, m.index < 0 ? 0 : m.index, m.base < 0 ? 0 : m.base, false);
    x64_modrm_mem(e, reg, m);
}

/* For opcodes whose reg field is part of the opcode: /digit. */
static inline void x64_digit_r(Emit *e, uint32_t op, unsigned digit, unsigned rm)
{
    x64_rr(e, op & ~X64_REG8, digit, rm);
}

static inline void x64_digit_m(Emit *e, uint32_t op, unsigned digit, X64Mem m)
{
    x64_rm(e, op & ~X64_REG8, digit, m);
}

/* VEX, 128 bits.  The two-byte form when map and the W, X, B bits allow it. */
static inline void x64_vex(Emit *e, uint32_t op, unsigned reg, unsigned v, unsigned x, unsigned b)
{
    unsigned pp = op >> 10 & 3, map = op >> 8 & 3;
    unsigned w = op & X64_W ? 0x80 : 0;

    g_assert(reg < 16 && v < 16 && map);
    x64_begin(e);
    if (map == 1 && !w && x < 8 && b < 8) {
        x64_put8(e, 0xc5);
        x64_put8(e, (reg < 8 ? 0x80 : 0) | (~v & 15) << 3 | pp);
    } else {
        x64_put8(e, 0xc4);
        x64_put8(e, (reg < 8 ? 0x80 : 0) | (x < 8 ? 0x40 : 0) | (b < 8 ? 0x20 : 0) | map);
        x64_put8(e, w | (~v & 15) << 3 | pp);
    }
    x64_put8(e, op);
}

static inline void x64_vrr(Emit *e, uint32_t op, unsigned reg, unsigned v, unsigned rm)
{
    g_assert(rm < 16);
    x64_vex(e, op, reg, v, 0, rm);
    x64_put8(e, 0xc0 | (reg & 7) << 3 | (rm & 7));
}

static inline void x64_vrm(Emit *e, uint32_t op, unsigned reg, unsigned v, X64Mem m)
{
    x64_vex(e, op, reg, v, m.index < 0 ? 0 : m.index, m.base < 0 ? 0 : m.base);
    x64_modrm_mem(e, reg, m);
}

/* An immediate in width w: 32 bits, sign-extended, for 64. */
static inline void x64_imm(Emit *e, unsigned w, int32_t imm)
{
    if (w == 8) {
        x64_put8(e, imm);
    } else if (w == 16) {
        x64_put16(e, imm);
    } else {
        x64_put32(e, imm);
    }
}

/* ---- Moves ---- */

static inline void x64_mov(Emit *e, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_int(0x88, w), s, d);
}

static inline void x64_load(Emit *e, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_int(0x8a, w), d, m);
}

static inline void x64_store(Emit *e, unsigned w, X64Mem m, unsigned s)
{
    x64_rm(e, x64_int(0x88, w), s, m);
}

static inline void x64_store_imm(Emit *e, unsigned w, X64Mem m, int32_t imm)
{
    x64_digit_m(e, x64_int(0xc6, w), 0, m);
    x64_imm(e, w, imm);
}

static inline void x64_mov_imm32(Emit *e, unsigned d, uint32_t imm)
{
    x64_opcode(e, 0xb8 | (d & 7), 0, 0, d, false);
    x64_put32(e, imm);
}

static inline void x64_mov_imm64(Emit *e, unsigned d, uint64_t imm)
{
    x64_opcode(e, 0xb8 | (d & 7) | X64_W, 0, 0, d, false);
    x64_put64(e, imm);
}

static inline void x64_mov_simm32(Emit *e, unsigned d, int32_t imm)
{
    x64_digit_r(e, 0xc7 | X64_W, 0, d);
    x64_put32(e, imm);
}

static inline void x64_lea(Emit *e, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_full(0x8d, w), d, m);
}

/* movzx, movsx, movsxd: from `from` bits to w bits. */
static inline void x64_movzx(Emit *e, unsigned from, unsigned d, unsigned s)
{
    g_assert(from == 8 || from == 16);
    x64_rr(e, X64_0F | (from == 8 ? 0xb6 | X64_RM8 : 0xb7), d, s);
}

static inline void x64_load_zx(Emit *e, unsigned from, unsigned d, X64Mem m)
{
    g_assert(from == 8 || from == 16);
    x64_rm(e, X64_0F | (from == 8 ? 0xb6 : 0xb7), d, m);
}

static inline uint32_t x64_movsx_op(unsigned w, unsigned from)
{
    g_assert(from < w);
    return x64_full(from == 32 ? 0x63 : from == 16 ? X64_0F | 0xbf : X64_0F | 0xbe | X64_RM8, w);
}

static inline void x64_movsx(Emit *e, unsigned w, unsigned from, unsigned d, unsigned s)
{
    x64_rr(e, x64_movsx_op(w, from), d, s);
}

static inline void x64_load_sx(Emit *e, unsigned w, unsigned from, unsigned d, X64Mem m)
{
    x64_rm(e, x64_movsx_op(w, from), d, m);
}

static inline void x64_bswap(Emit *e, unsigned w, unsigned r)
{
    g_assert(w >= 32);
    x64_opcode(e, x64_full(X64_0F | 0xc8 | (r & 7), w), 0, 0, r, false);
}

static inline void x64_load_movbe(Emit *e, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_full(X64_0F38 | 0xf0, w), d, m);
}

static inline void x64_store_movbe(Emit *e, unsigned w, X64Mem m, unsigned s)
{
    x64_rm(e, x64_full(X64_0F38 | 0xf1, w), s, m);
}

static inline void x64_push(Emit *e, unsigned r)
{
    x64_opcode(e, 0x50 | (r & 7), 0, 0, r, false);
}

static inline void x64_pop(Emit *e, unsigned r)
{
    x64_opcode(e, 0x58 | (r & 7), 0, 0, r, false);
}

/* ---- Arithmetic ---- */

typedef enum X64Alu {
    ALU_ADD, ALU_OR, ALU_ADC, ALU_SBB, ALU_AND, ALU_SUB, ALU_XOR, ALU_CMP,
} X64Alu;

static inline void x64_alu(Emit *e, X64Alu alu, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_int(alu << 3, w), s, d);
}

static inline void x64_alu_load(Emit *e, X64Alu alu, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_int(alu << 3 | 2, w), d, m);
}

static inline void x64_alu_store(Emit *e, X64Alu alu, unsigned w, X64Mem m, unsigned s)
{
    x64_rm(e, x64_int(alu << 3, w), s, m);
}

static inline void x64_alu_imm(Emit *e, X64Alu alu, unsigned w, unsigned d, int32_t imm)
{
    if (w > 8 && imm == (int8_t)imm) {
        x64_digit_r(e, x64_int(0x83, w), alu, d);
        x64_put8(e, imm);
    } else {
        x64_digit_r(e, x64_int(0x80, w), alu, d);
        x64_imm(e, w, imm);
    }
}

static inline void x64_alu_mem_imm(Emit *e, X64Alu alu, unsigned w, X64Mem m, int32_t imm)
{
    if (w > 8 && imm == (int8_t)imm) {
        x64_digit_m(e, x64_int(0x83, w), alu, m);
        x64_put8(e, imm);
    } else {
        x64_digit_m(e, x64_int(0x80, w), alu, m);
        x64_imm(e, w, imm);
    }
}

static inline void x64_test(Emit *e, unsigned w, unsigned a, unsigned b)
{
    x64_rr(e, x64_int(0x84, w), b, a);
}

static inline void x64_test_imm(Emit *e, unsigned w, unsigned a, int32_t imm)
{
    x64_digit_r(e, x64_int(0xf6, w), 0, a);
    x64_imm(e, w, imm);
}

static inline void x64_test_mem_imm(Emit *e, unsigned w, X64Mem m, int32_t imm)
{
    x64_digit_m(e, x64_int(0xf6, w), 0, m);
    x64_imm(e, w, imm);
}

/* Group 3: one operand; mul, imul, div and idiv work on rdx:rax. */
typedef enum X64Unary { UN_NOT = 2, UN_NEG, UN_MUL, UN_IMUL, UN_DIV, UN_IDIV } X64Unary;

static inline void x64_unary(Emit *e, X64Unary op, unsigned w, unsigned r)
{
    x64_digit_r(e, x64_int(0xf6, w), op, r);
}

static inline void x64_inc(Emit *e, unsigned w, unsigned r)
{
    x64_digit_r(e, x64_int(0xfe, w), 0, r);
}

static inline void x64_dec(Emit *e, unsigned w, unsigned r)
{
    x64_digit_r(e, x64_int(0xfe, w), 1, r);
}

static inline void x64_imul(Emit *e, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_full(X64_0F | 0xaf, w), d, s);
}

static inline void x64_imul_load(Emit *e, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_full(X64_0F | 0xaf, w), d, m);
}

static inline void x64_imul_imm(Emit *e, unsigned w, unsigned d, unsigned s, int32_t imm)
{
    if (imm == (int8_t)imm) {
        x64_rr(e, x64_full(0x6b, w), d, s);
        x64_put8(e, imm);
    } else {
        x64_rr(e, x64_full(0x69, w), d, s);
        x64_imm(e, w, imm);
    }
}

/* cdq (32) and cqo (64): the sign of rax into rdx. */
static inline void x64_cdq(Emit *e, unsigned w)
{
    x64_opcode(e, x64_full(0x99, w), 0, 0, 0, false);
}

typedef enum X64Shift { SH_ROL, SH_ROR, SH_RCL, SH_RCR, SH_SHL, SH_SHR, SH_SAR = 7 } X64Shift;

static inline void x64_shift_imm(Emit *e, X64Shift op, unsigned w, unsigned r, unsigned n)
{
    g_assert(n < w);
    if (n == 1) {
        x64_digit_r(e, x64_int(0xd0, w), op, r);
    } else {
        x64_digit_r(e, x64_int(0xc0, w), op, r);
        x64_put8(e, n);
    }
}

static inline void x64_shift_cl(Emit *e, X64Shift op, unsigned w, unsigned r)
{
    x64_digit_r(e, x64_int(0xd2, w), op, r);
}

static inline void x64_shld_imm(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n)
{
    g_assert(n < w);
    x64_rr(e, x64_full(X64_0F | 0xa4, w), s, d);
    x64_put8(e, n);
}

static inline void x64_shrd_imm(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n)
{
    g_assert(n < w);
    x64_rr(e, x64_full(X64_0F | 0xac, w), s, d);
    x64_put8(e, n);
}

/* ---- BMI1, BMI2 (VEX); their count operand is any register and they leave the flags ---- */

#define X64_BMI_SHIFTS(X) \
    X(shlx, X64_0F38 | X64_66 | 0xf7) \
    X(shrx, X64_0F38 | X64_F2 | 0xf7) \
    X(sarx, X64_0F38 | X64_F3 | 0xf7) \
    X(bextr, X64_0F38 | 0xf7)

#define X64_BMI_TWO(X) \
    X(andn, X64_0F38 | 0xf2) \
    X(pdep, X64_0F38 | X64_F2 | 0xf5) \
    X(pext, X64_0F38 | X64_F3 | 0xf5) \
    X(mulx, X64_0F38 | X64_F2 | 0xf6)

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n) \
    { \
        g_assert(w >= 32); \
        x64_vrr(e, x64_full(op, 32) | (w == 64 ? X64_W : 0), d, n, s); \
    }
X64_BMI_SHIFTS(X)
#undef X

/* andn: d = ~a & b; pdep and pext: d = a by mask b; mulx: d:a = rdx * b */
#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned w, unsigned d, unsigned a, unsigned b) \
    { \
        g_assert(w >= 32); \
        x64_vrr(e, (op) | (w == 64 ? X64_W : 0), d, a, b); \
    }
X64_BMI_TWO(X)
#undef X

static inline void x64_rorx(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n)
{
    g_assert(n < w && w >= 32);
    x64_vrr(e, X64_0F3A | X64_F2 | 0xf0 | (w == 64 ? X64_W : 0), d, 0, s);
    x64_put8(e, n);
}

/* ---- Bits ---- */

#define X64_BIT_OPS(X) \
    X(bsf, X64_0F | 0xbc) \
    X(bsr, X64_0F | 0xbd) \
    X(tzcnt, X64_0F | X64_F3 | 0xbc) \
    X(lzcnt, X64_0F | X64_F3 | 0xbd) \
    X(popcnt, X64_0F | X64_F3 | 0xb8)

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned w, unsigned d, unsigned s) \
    { \
        x64_rr(e, x64_full(op, w), d, s); \
    }
X64_BIT_OPS(X)
#undef X

typedef enum X64Bt { BT_TEST = 4, BT_SET, BT_RESET, BT_COMPLEMENT } X64Bt;

static inline void x64_bt(Emit *e, X64Bt op, unsigned w, unsigned a, unsigned bit)
{
    x64_rr(e, x64_full(X64_0F | 0x83 | op << 3, w), bit, a);
}

static inline void x64_bt_imm(Emit *e, X64Bt op, unsigned w, unsigned a, unsigned bit)
{
    g_assert(bit < w);
    x64_digit_r(e, x64_full(X64_0F | 0xba, w), op, a);
    x64_put8(e, bit);
}

static inline void x64_bt_mem_imm(Emit *e, X64Bt op, unsigned w, X64Mem m, unsigned bit)
{
    g_assert(bit < w);
    x64_digit_m(e, x64_full(X64_0F | 0xba, w), op, m);
    x64_put8(e, bit);
}

/* ---- Conditions and flags ---- */

typedef enum X64Cond {
    CC_O, CC_NO, CC_B, CC_AE, CC_E, CC_NE, CC_BE, CC_A,
    CC_S, CC_NS, CC_P, CC_NP, CC_L, CC_GE, CC_LE, CC_G,
} X64Cond;

static inline void x64_setcc(Emit *e, X64Cond cc, unsigned r)
{
    x64_digit_r(e, X64_0F | X64_RM8 | 0x90 | cc, 0, r);
}

static inline void x64_setcc_mem(Emit *e, X64Cond cc, X64Mem m)
{
    x64_digit_m(e, X64_0F | 0x90 | cc, 0, m);
}

static inline void x64_cmov(Emit *e, X64Cond cc, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_full(X64_0F | 0x40 | cc, w), d, s);
}

static inline void x64_cmov_load(Emit *e, X64Cond cc, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_full(X64_0F | 0x40 | cc, w), d, m);
}

#define X64_PLAIN_OPS(X) \
    X(lahf, 0x9f) \
    X(sahf, 0x9e) \
    X(cmc, 0xf5) \
    X(clc, 0xf8) \
    X(stc, 0xf9) \
    X(ret, 0xc3) \
    X(int3, 0xcc) \
    X(pushfq, 0x9c) \
    X(popfq, 0x9d) \
    X(ud2, X64_0F | 0x0b) \
    X(cpuid, X64_0F | 0xa2)

#define X(name, op) \
    static inline void x64_##name(Emit *e) \
    { \
        x64_opcode(e, op, 0, 0, 0, false); \
    }
X64_PLAIN_OPS(X)
#undef X

/* ah, which lahf fills: only without REX, so only beside al, cl, dl, bl and old memory forms. */
static inline void x64_seto_al(Emit *e)
{
    x64_setcc(e, CC_O, RAX);
}

/* add al, imm: with 0x7f it turns a 0/1 in al into OF. */
static inline void x64_add_al(Emit *e, unsigned imm)
{
    x64_opcode(e, 0x04, 0, 0, 0, false);
    x64_put8(e, imm);
}

/* ---- Jumps ---- */

/* A displacement that is filled in later; `at` is where it was written. */
static inline void x64_patch8(uint8_t *at, const uint8_t *target)
{
    ptrdiff_t d = target - (at + 1);
    g_assert(d == (int8_t)d);
    *at = d;
}

static inline void x64_patch32(uint8_t *at, const uint8_t *target)
{
    ptrdiff_t d = target - (at + 4);
    int32_t d32 = d;
    g_assert(d == d32);
    memcpy(at, &d32, 4);
}

/* Is `target`, an address where code runs, in reach of a rel32 written here? */
static inline bool x64_in_reach(const Emit *e, const void *target)
{
    ptrdiff_t d = (const uint8_t *)target - (e->p + e->exec);
    return d > INT32_MIN + 64 && d < INT32_MAX - 64;
}

static inline void x64_rel32(Emit *e, const void *target)
{
    ptrdiff_t d = (const uint8_t *)target - (e->p + e->exec + 4);
    g_assert(d == (int32_t)d);
    x64_put32(e, d);
}

/* Forward jumps return the place to patch. */
static inline uint8_t *x64_jcc8(Emit *e, X64Cond cc)
{
    x64_opcode(e, 0x70 | cc, 0, 0, 0, false);
    x64_put8(e, 0);
    return e->p - 1;
}

static inline uint8_t *x64_jmp8(Emit *e)
{
    x64_opcode(e, 0xeb, 0, 0, 0, false);
    x64_put8(e, 0);
    return e->p - 1;
}

static inline uint8_t *x64_jcc(Emit *e, X64Cond cc)
{
    x64_opcode(e, X64_0F | 0x80 | cc, 0, 0, 0, false);
    x64_put32(e, 0);
    return e->p - 4;
}

static inline uint8_t *x64_jmp(Emit *e)
{
    x64_opcode(e, 0xe9, 0, 0, 0, false);
    x64_put32(e, 0);
    return e->p - 4;
}

static inline void x64_jcc_to(Emit *e, X64Cond cc, const void *target)
{
    x64_opcode(e, X64_0F | 0x80 | cc, 0, 0, 0, false);
    x64_rel32(e, target);
}

static inline void x64_jmp_to(Emit *e, const void *target)
{
    x64_opcode(e, 0xe9, 0, 0, 0, false);
    x64_rel32(e, target);
}

static inline void x64_call_to(Emit *e, const void *target)
{
    x64_opcode(e, 0xe8, 0, 0, 0, false);
    x64_rel32(e, target);
}

static inline void x64_jmp_reg(Emit *e, unsigned r)
{
    x64_digit_r(e, 0xff, 4, r);
}

static inline void x64_jmp_mem(Emit *e, X64Mem m)
{
    x64_digit_m(e, 0xff, 4, m);
}

static inline void x64_call_reg(Emit *e, unsigned r)
{
    x64_digit_r(e, 0xff, 2, r);
}

static inline void x64_call_mem(Emit *e, X64Mem m)
{
    x64_digit_m(e, 0xff, 2, m);
}

/* n bytes that do nothing, n at most 9 (the SDM's recommended forms). */
static inline void x64_nop(Emit *e, unsigned n)
{
    static const uint8_t nops[9][9] = {
        { 0x90 },
        { 0x66, 0x90 },
        { 0x0f, 0x1f, 0x00 },
        { 0x0f, 0x1f, 0x40, 0x00 },
        { 0x0f, 0x1f, 0x44, 0x00, 0x00 },
        { 0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00 },
        { 0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00 },
        { 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
        { 0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
    };

    g_assert(n <= 9);
    if (n) {
        x64_begin(e);
        memcpy(e->p, nops[n - 1], n);
        e->p += n;
    }
}

/* jmp and jcc whose displacement may be changed while other threads run it: 4-byte aligned. */
static inline uint8_t *x64_jmp_patchable(Emit *e)
{
    x64_nop(e, -((uintptr_t)e->p + 1) & 3);
    return x64_jmp(e);
}

static inline uint8_t *x64_jcc_patchable(Emit *e, X64Cond cc)
{
    x64_nop(e, -((uintptr_t)e->p + 2) & 3);
    return x64_jcc(e, cc);
}

/* ---- Atomics ---- */

static inline void x64_lock(Emit *e)
{
    x64_begin(e);
    x64_put8(e, 0xf0);
}

static inline void x64_xchg(Emit *e, unsigned w, X64Mem m, unsigned r)
{
    x64_rm(e, x64_int(0x86, w), r, m);
}

static inline void x64_xchg_reg(Emit *e, unsigned w, unsigned a, unsigned b)
{
    x64_rr(e, x64_int(0x86, w), b, a);
}

static inline void x64_cmpxchg(Emit *e, unsigned w, X64Mem m, unsigned r)
{
    x64_lock(e);
    x64_rm(e, x64_int(X64_0F | 0xb0, w), r, m);
}

static inline void x64_xadd(Emit *e, unsigned w, X64Mem m, unsigned r)
{
    x64_lock(e);
    x64_rm(e, x64_int(X64_0F | 0xc0, w), r, m);
}

static inline void x64_mfence(Emit *e)
{
    x64_opcode(e, X64_0F | 0xae, 0, 0, 0, false);
    x64_put8(e, 0xf0);
}

/* ---- SSE and AVX ---- */

/* Two operands in SSE (d op= s), three in AVX (d = a op s). */
#define X64_SSE_OPS(X) \
    X(addss, X64_0F | X64_F3 | 0x58) X(addsd, X64_0F | X64_F2 | 0x58) \
    X(mulss, X64_0F | X64_F3 | 0x59) X(mulsd, X64_0F | X64_F2 | 0x59) \
    X(subss, X64_0F | X64_F3 | 0x5c) X(subsd, X64_0F | X64_F2 | 0x5c) \
    X(minss, X64_0F | X64_F3 | 0x5d) X(minsd, X64_0F | X64_F2 | 0x5d) \
    X(divss, X64_0F | X64_F3 | 0x5e) X(divsd, X64_0F | X64_F2 | 0x5e) \
    X(maxss, X64_0F | X64_F3 | 0x5f) X(maxsd, X64_0F | X64_F2 | 0x5f) \
    X(sqrtss, X64_0F | X64_F3 | 0x51) X(sqrtsd, X64_0F | X64_F2 | 0x51) \
    X(cvtss2sd, X64_0F | X64_F3 | 0x5a) X(cvtsd2ss, X64_0F | X64_F2 | 0x5a) \
    X(addps, X64_0F | 0x58) X(addpd, X64_0F | X64_66 | 0x58) \
    X(mulps, X64_0F | 0x59) X(mulpd, X64_0F | X64_66 | 0x59) \
    X(subps, X64_0F | 0x5c) X(subpd, X64_0F | X64_66 | 0x5c) \
    X(minps, X64_0F | 0x5d) X(minpd, X64_0F | X64_66 | 0x5d) \
    X(divps, X64_0F | 0x5e) X(divpd, X64_0F | X64_66 | 0x5e) \
    X(maxps, X64_0F | 0x5f) X(maxpd, X64_0F | X64_66 | 0x5f) \
    X(andps, X64_0F | 0x54) X(andpd, X64_0F | X64_66 | 0x54) \
    X(andnps, X64_0F | 0x55) X(andnpd, X64_0F | X64_66 | 0x55) \
    X(orps, X64_0F | 0x56) X(orpd, X64_0F | X64_66 | 0x56) \
    X(xorps, X64_0F | 0x57) X(xorpd, X64_0F | X64_66 | 0x57) \
    X(unpcklps, X64_0F | 0x14) X(unpckhps, X64_0F | 0x15) \
    X(movlhps, X64_0F | 0x16) X(movhlps, X64_0F | 0x12) \
    X(paddb, X64_0F | X64_66 | 0xfc) X(paddw, X64_0F | X64_66 | 0xfd) \
    X(paddd, X64_0F | X64_66 | 0xfe) X(paddq, X64_0F | X64_66 | 0xd4) \
    X(psubb, X64_0F | X64_66 | 0xf8) X(psubw, X64_0F | X64_66 | 0xf9) \
    X(psubd, X64_0F | X64_66 | 0xfa) X(psubq, X64_0F | X64_66 | 0xfb) \
    X(paddsb, X64_0F | X64_66 | 0xec) X(paddsw, X64_0F | X64_66 | 0xed) \
    X(paddusb, X64_0F | X64_66 | 0xdc) X(paddusw, X64_0F | X64_66 | 0xdd) \
    X(psubsb, X64_0F | X64_66 | 0xe8) X(psubsw, X64_0F | X64_66 | 0xe9) \
    X(psubusb, X64_0F | X64_66 | 0xd8) X(psubusw, X64_0F | X64_66 | 0xd9) \
    X(pavgb, X64_0F | X64_66 | 0xe0) X(pavgw, X64_0F | X64_66 | 0xe3) \
    X(pmullw, X64_0F | X64_66 | 0xd5) X(pmulhw, X64_0F | X64_66 | 0xe5) \
    X(pmulhuw, X64_0F | X64_66 | 0xe4) X(pmulld, X64_0F38 | X64_66 | 0x40) \
    X(pmuludq, X64_0F | X64_66 | 0xf4) X(pmuldq, X64_0F38 | X64_66 | 0x28) \
    X(pmaddwd, X64_0F | X64_66 | 0xf5) X(pmaddubsw, X64_0F38 | X64_66 | 0x04) \
    X(psadbw, X64_0F | X64_66 | 0xf6) \
    X(pcmpeqb, X64_0F | X64_66 | 0x74) X(pcmpeqw, X64_0F | X64_66 | 0x75) \
    X(pcmpeqd, X64_0F | X64_66 | 0x76) X(pcmpeqq, X64_0F38 | X64_66 | 0x29) \
    X(pcmpgtb, X64_0F | X64_66 | 0x64) X(pcmpgtw, X64_0F | X64_66 | 0x65) \
    X(pcmpgtd, X64_0F | X64_66 | 0x66) X(pcmpgtq, X64_0F38 | X64_66 | 0x37) \
    X(pand, X64_0F | X64_66 | 0xdb) X(pandn, X64_0F | X64_66 | 0xdf) \
    X(por, X64_0F | X64_66 | 0xeb) X(pxor, X64_0F | X64_66 | 0xef) \
    X(psllw, X64_0F | X64_66 | 0xf1) X(pslld, X64_0F | X64_66 | 0xf2) \
    X(psllq, X64_0F | X64_66 | 0xf3) \
    X(psrlw, X64_0F | X64_66 | 0xd1) X(psrld, X64_0F | X64_66 | 0xd2) \
    X(psrlq, X64_0F | X64_66 | 0xd3) \
    X(psraw, X64_0F | X64_66 | 0xe1) X(psrad, X64_0F | X64_66 | 0xe2) \
    X(pminub, X64_0F | X64_66 | 0xda) X(pmaxub, X64_0F | X64_66 | 0xde) \
    X(pminsw, X64_0F | X64_66 | 0xea) X(pmaxsw, X64_0F | X64_66 | 0xee) \
    X(pminsb, X64_0F38 | X64_66 | 0x38) X(pmaxsb, X64_0F38 | X64_66 | 0x3c) \
    X(pminuw, X64_0F38 | X64_66 | 0x3a) X(pmaxuw, X64_0F38 | X64_66 | 0x3e) \
    X(pminud, X64_0F38 | X64_66 | 0x3b) X(pmaxud, X64_0F38 | X64_66 | 0x3f) \
    X(pminsd, X64_0F38 | X64_66 | 0x39) X(pmaxsd, X64_0F38 | X64_66 | 0x3d) \
    X(punpcklbw, X64_0F | X64_66 | 0x60) X(punpcklwd, X64_0F | X64_66 | 0x61) \
    X(punpckldq, X64_0F | X64_66 | 0x62) X(punpcklqdq, X64_0F | X64_66 | 0x6c) \
    X(punpckhbw, X64_0F | X64_66 | 0x68) X(punpckhwd, X64_0F | X64_66 | 0x69) \
    X(punpckhdq, X64_0F | X64_66 | 0x6a) X(punpckhqdq, X64_0F | X64_66 | 0x6d) \
    X(packsswb, X64_0F | X64_66 | 0x63) X(packuswb, X64_0F | X64_66 | 0x67) \
    X(packssdw, X64_0F | X64_66 | 0x6b) X(packusdw, X64_0F38 | X64_66 | 0x2b) \
    X(pshufb, X64_0F38 | X64_66 | 0x00) X(phaddw, X64_0F38 | X64_66 | 0x01) \
    X(phaddd, X64_0F38 | X64_66 | 0x02) X(haddps, X64_0F | X64_F2 | 0x7c) \
    X(psignb, X64_0F38 | X64_66 | 0x08) X(psignw, X64_0F38 | X64_66 | 0x09) \
    X(psignd, X64_0F38 | X64_66 | 0x0a) X(pmulhrsw, X64_0F38 | X64_66 | 0x0b)

/* Two operands in both: d = op s. */
#define X64_SSE_MOVES(X) \
    X(movaps, X64_0F | 0x28) X(movups, X64_0F | 0x10) \
    X(movdqa, X64_0F | X64_66 | 0x6f) X(movdqu, X64_0F | X64_F3 | 0x6f) \
    X(movq, X64_0F | X64_F3 | 0x7e) \
    X(sqrtps, X64_0F | 0x51) X(sqrtpd, X64_0F | X64_66 | 0x51) \
    X(rcpps, X64_0F | 0x53) X(rsqrtps, X64_0F | 0x52) \
    X(ucomiss, X64_0F | 0x2e) X(ucomisd, X64_0F | X64_66 | 0x2e) \
    X(comiss, X64_0F | 0x2f) X(comisd, X64_0F | X64_66 | 0x2f) \
    X(cvtdq2ps, X64_0F | 0x5b) X(cvttps2dq, X64_0F | X64_F3 | 0x5b) \
    X(cvtps2dq, X64_0F | X64_66 | 0x5b) X(cvtdq2pd, X64_0F | X64_F3 | 0xe6) \
    X(cvtps2pd, X64_0F | 0x5a) \
    X(pabsb, X64_0F38 | X64_66 | 0x1c) X(pabsw, X64_0F38 | X64_66 | 0x1d) \
    X(pabsd, X64_0F38 | X64_66 | 0x1e) X(ptest, X64_0F38 | X64_66 | 0x17) \
    X(pmovsxbw, X64_0F38 | X64_66 | 0x20) X(pmovsxwd, X64_0F38 | X64_66 | 0x23) \
    X(pmovsxdq, X64_0F38 | X64_66 | 0x25) X(pmovzxbw, X64_0F38 | X64_66 | 0x30) \
    X(pmovzxwd, X64_0F38 | X64_66 | 0x33) X(pmovzxdq, X64_0F38 | X64_66 | 0x35)

/* An immediate byte; d = op s. */
#define X64_SSE_SHUFFLES(X) \
    X(pshufd, X64_0F | X64_66 | 0x70) X(pshuflw, X64_0F | X64_F2 | 0x70) \
    X(pshufhw, X64_0F | X64_F3 | 0x70)

/* An immediate byte; d op= s in SSE, d = a op s in AVX. */
#define X64_SSE_IMM_OPS(X) \
    X(shufps, X64_0F | 0xc6) X(shufpd, X64_0F | X64_66 | 0xc6) \
    X(pblendw, X64_0F3A | X64_66 | 0x0e) X(blendps, X64_0F3A | X64_66 | 0x0c) \
    X(palignr, X64_0F3A | X64_66 | 0x0f) X(insertps, X64_0F3A | X64_66 | 0x21) \
    X(roundss, X64_0F3A | X64_66 | 0x0a) X(roundsd, X64_0F3A | X64_66 | 0x0b) \
    X(cmpps, X64_0F | 0xc2) X(cmpss, X64_0F | X64_F3 | 0xc2) X(cmpsd, X64_0F | X64_F2 | 0xc2)

/* Shifts of lanes by an immediate: d op= n in SSE, d = s op n in AVX. */
#define X64_SSE_SHIFTS(X) \
    X(psllw, 0x71, 6) X(psrlw, 0x71, 2) X(psraw, 0x71, 4) \
    X(pslld, 0x72, 6) X(psrld, 0x72, 2) X(psrad, 0x72, 4) \
    X(psllq, 0x73, 6) X(psrlq, 0x73, 2) X(pslldq, 0x73, 7) X(psrldq, 0x73, 3)

/* Three operands, VEX only; the FMA rows add to or from d. */
#define X64_AVX_OPS(X) \
    X(vfmadd231ss, X64_0F38 | X64_66 | 0xb9) X(vfmadd231sd, X64_0F38 | X64_66 | X64_W | 0xb9) \
    X(vfmsub231ss, X64_0F38 | X64_66 | 0xbb) X(vfmsub231sd, X64_0F38 | X64_66 | X64_W | 0xbb) \
    X(vfnmadd231ss, X64_0F38 | X64_66 | 0xbd) X(vfnmadd231sd, X64_0F38 | X64_66 | X64_W | 0xbd) \
    X(vfnmsub231ss, X64_0F38 | X64_66 | 0xbf) X(vfnmsub231sd, X64_0F38 | X64_66 | X64_W | 0xbf) \
    X(vfmadd231ps, X64_0F38 | X64_66 | 0xb8) X(vfnmadd231ps, X64_0F38 | X64_66 | 0xbc) \
    X(vpsllvd, X64_0F38 | X64_66 | 0x47) X(vpsrlvd, X64_0F38 | X64_66 | 0x45) \
    X(vpsravd, X64_0F38 | X64_66 | 0x46) X(vpsllvq, X64_0F38 | X64_66 | X64_W | 0x47) \
    X(vpsrlvq, X64_0F38 | X64_66 | X64_W | 0x45)

#define X64_AVX_MOVES(X) \
    X(vpbroadcastb, X64_0F38 | X64_66 | 0x78) X(vpbroadcastw, X64_0F38 | X64_66 | 0x79) \
    X(vpbroadcastd, X64_0F38 | X64_66 | 0x58) X(vpbroadcastq, X64_0F38 | X64_66 | 0x59) \
    X(vcvtph2ps, X64_0F38 | X64_66 | 0x13)

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned d, unsigned s) \
    { \
        x64_rr(e, op, d, s); \
    } \
    static inline void x64_##name##_load(Emit *e, unsigned d, X64Mem m) \
    { \
        x64_rm(e, op, d, m); \
    } \
    static inline void x64_v##name(Emit *e, unsigned d, unsigned a, unsigned s) \
    { \
        x64_vrr(e, op, d, a, s); \
    } \
    static inline void x64_v##name##_load(Emit *e, unsigned d, unsigned a, X64Mem m) \
    { \
        x64_vrm(e, op, d, a, m); \
    }
X64_SSE_OPS(X)
#undef X

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned d, unsigned s) \
    { \
        x64_rr(e, op, d, s); \
    } \
    static inline void x64_##name##_load(Emit *e, unsigned d, X64Mem m) \
    { \
        x64_rm(e, op, d, m); \
    } \
    static inline void x64_v##name(Emit *e, unsigned d, unsigned s) \
    { \
        x64_vrr(e, op, d, 0, s); \
    } \
    static inline void x64_v##name##_load(Emit *e, unsigned d, X64Mem m) \
    { \
        x64_vrm(e, op, d, 0, m); \
    }
X64_SSE_MOVES(X)
#undef X

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned d, unsigned s, unsigned imm) \
    { \
        x64_rr(e, op, d, s); \
        x64_put8(e, imm); \
    } \
    static inline void x64_v##name(Emit *e, unsigned d, unsigned s, unsigned imm) \
    { \
        x64_vrr(e, op, d, 0, s); \
        x64_put8(e, imm); \
    }
X64_SSE_SHUFFLES(X)
#undef X

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned d, unsigned s, unsigned imm) \
    { \
        x64_rr(e, op, d, s); \
        x64_put8(e, imm); \
    } \
    static inline void x64_v##name(Emit *e, unsigned d, unsigned a, unsigned s, unsigned imm) \
    { \
        x64_vrr(e, op, d, a, s); \
        x64_put8(e, imm); \
    }
X64_SSE_IMM_OPS(X)
#undef X

#define X(name, op, digit) \
    static inline void x64_##name##_imm(Emit *e, unsigned d, unsigned n) \
    { \
        x64_digit_r(e, X64_0F | X64_66 | op, digit, d); \
        x64_put8(e, n); \
    } \
    static inline void x64_v##name##_imm(Emit *e, unsigned d, unsigned s, unsigned n) \
    { \
        x64_vrr(e, X64_0F | X64_66 | op, digit, d, s); \
        x64_put8(e, n); \
    }
X64_SSE_SHIFTS(X)
#undef X

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned d, unsigned a, unsigned s) \
    { \
        x64_vrr(e, op, d, a, s); \
    }
X64_AVX_OPS(X)
#undef X

#define X(name, op) \
    static inline void x64_##name(Emit *e, unsigned d, unsigned s) \
    { \
        x64_vrr(e, op, d, 0, s); \
    }
X64_AVX_MOVES(X)
#undef X

/* Loads and stores of 32, 64 or 128 bits; a load clears the rest of the register. */
static inline uint32_t x64_xmm_move_op(unsigned w)
{
    switch (w) {
    case 32:  return X64_0F | X64_F3 | 0x10;
    case 64:  return X64_0F | X64_F2 | 0x10;
    case 128: return X64_0F | 0x10;
    default:  g_assert_not_reached();
    }
}

static inline void x64_xmm_load(Emit *e, unsigned w, unsigned d, X64Mem m)
{
    x64_rm(e, x64_xmm_move_op(w), d, m);
}

static inline void x64_xmm_store(Emit *e, unsigned w, X64Mem m, unsigned s)
{
    x64_rm(e, x64_xmm_move_op(w) + 1, s, m);
}

static inline void x64_vxmm_load(Emit *e, unsigned w, unsigned d, X64Mem m)
{
    x64_vrm(e, x64_xmm_move_op(w), d, 0, m);
}

static inline void x64_vxmm_store(Emit *e, unsigned w, X64Mem m, unsigned s)
{
    x64_vrm(e, x64_xmm_move_op(w) + 1, s, 0, m);
}

/* Between the register files, w = 32 or 64. */
static inline void x64_movd_to_xmm(Emit *e, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_full(X64_0F | X64_66 | 0x6e, 32) | (w == 64 ? X64_W : 0), d, s);
}

static inline void x64_movd_from_xmm(Emit *e, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, X64_0F | X64_66 | 0x7e | (w == 64 ? X64_W : 0), s, d);
}

static inline void x64_vmovd_to_xmm(Emit *e, unsigned w, unsigned d, unsigned s)
{
    x64_vrr(e, X64_0F | X64_66 | 0x6e | (w == 64 ? X64_W : 0), d, 0, s);
}

static inline void x64_vmovd_from_xmm(Emit *e, unsigned w, unsigned d, unsigned s)
{
    x64_vrr(e, X64_0F | X64_66 | 0x7e | (w == 64 ? X64_W : 0), s, 0, d);
}

/* cvtsi2ss/sd: integer of width w to float of width fw.  cvt(t)ss/sd2si: back. */
static inline uint32_t x64_scalar(unsigned fw)
{
    g_assert(fw == 32 || fw == 64);
    return X64_0F | (fw == 32 ? X64_F3 : X64_F2);
}

static inline void x64_cvtsi2f(Emit *e, unsigned fw, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_scalar(fw) | 0x2a | (w == 64 ? X64_W : 0), d, s);
}

static inline void x64_vcvtsi2f(Emit *e, unsigned fw, unsigned w, unsigned d, unsigned a,
                                unsigned s)
{
    x64_vrr(e, x64_scalar(fw) | 0x2a | (w == 64 ? X64_W : 0), d, a, s);
}

static inline void x64_cvtf2si(Emit *e, unsigned fw, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_scalar(fw) | 0x2d | (w == 64 ? X64_W : 0), d, s);
}

static inline void x64_cvttf2si(Emit *e, unsigned fw, unsigned w, unsigned d, unsigned s)
{
    x64_rr(e, x64_scalar(fw) | 0x2c | (w == 64 ? X64_W : 0), d, s);
}

/* Lane n of w bits from and to a general register (SSE4.1; pinsrw and pextrw are older). */
static inline uint32_t x64_pinsr_op(unsigned w)
{
    switch (w) {
    case 8:  return X64_0F3A | X64_66 | 0x20;
    case 16: return X64_0F | X64_66 | 0xc4;
    case 32: return X64_0F3A | X64_66 | 0x22;
    case 64: return X64_0F3A | X64_66 | 0x22 | X64_W;
    default: g_assert_not_reached();
    }
}

static inline void x64_pinsr(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n)
{
    g_assert(n < 128 / w);
    x64_rr(e, x64_pinsr_op(w), d, s);
    x64_put8(e, n);
}

static inline void x64_vpinsr(Emit *e, unsigned w, unsigned d, unsigned a, unsigned s, unsigned n)
{
    g_assert(n < 128 / w);
    x64_vrr(e, x64_pinsr_op(w), d, a, s);
    x64_put8(e, n);
}

static inline void x64_pextr(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n)
{
    g_assert(n < 128 / w);
    if (w == 16) {
        x64_rr(e, X64_0F | X64_66 | 0xc5, d, s);
    } else {
        x64_rr(e, X64_0F3A | X64_66 | (w == 8 ? 0x14 : 0x16) | (w == 64 ? X64_W : 0), s, d);
    }
    x64_put8(e, n);
}

static inline void x64_vpextr(Emit *e, unsigned w, unsigned d, unsigned s, unsigned n)
{
    g_assert(n < 128 / w);
    if (w == 16) {
        x64_vrr(e, X64_0F | X64_66 | 0xc5, d, 0, s);
    } else {
        x64_vrr(e, X64_0F3A | X64_66 | (w == 8 ? 0x14 : 0x16) | (w == 64 ? X64_W : 0), s, 0, d);
    }
    x64_put8(e, n);
}

static inline void x64_pmovmskb(Emit *e, unsigned d, unsigned s)
{
    x64_rr(e, X64_0F | X64_66 | 0xd7, d, s);
}

static inline void x64_movmskps(Emit *e, unsigned d, unsigned s)
{
    x64_rr(e, X64_0F | 0x50, d, s);
}

static inline void x64_ldmxcsr(Emit *e, X64Mem m)
{
    x64_digit_m(e, X64_0F | 0xae, 2, m);
}

static inline void x64_stmxcsr(Emit *e, X64Mem m)
{
    x64_digit_m(e, X64_0F | 0xae, 3, m);
}

#endif
