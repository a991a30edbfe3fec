/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic in C: counts, bit deposit and extract, CRC32C, decimal adjustment, 128-bit division,
 * CMPXCHG16B.
 * Implements: SDM 2A-2C, the instructions named.
 */
#include "frontends/x86/calls.h"
#include "frontends/x86/decode.h"
#define LIFTER(name) void x86_lift_##name(Lift *c, const X86Insn *in)
#include "frontends/x86/lifters.h"

static uint32_t x86_popcnt(Cpu *cpu, uint64_t v)
{
    (void)cpu;
    return __builtin_popcountll(v);
}
CALL_DEF(x86_popcnt, "w:d", CALL_PURE);

static uint64_t x86_pdep(Cpu *cpu, uint64_t v, uint64_t mask)
{
    uint64_t r = 0;
    (void)cpu;
    for (; mask; mask &= mask - 1, v >>= 1) {
        r |= v & 1 ? mask & -mask : 0;
    }
    return r;
}
CALL_DEF(x86_pdep, "d:dd", CALL_PURE);

static uint64_t x86_pext(Cpu *cpu, uint64_t v, uint64_t mask)
{
    uint64_t r = 0;
    (void)cpu;
    for (unsigned n = 0; mask; mask &= mask - 1, n++) {
        r |= v & mask & -mask ? UINT64_C(1) << n : 0;
    }
    return r;
}
CALL_DEF(x86_pext, "d:dd", CALL_PURE);

/* The polynomial 0x11edc6f41, reflected. */
static uint32_t x86_crc32(Cpu *cpu, uint32_t crc, uint64_t data, uint32_t bytes)
{
    (void)cpu;
    for (unsigned i = 0; i < bytes; i++) {
        crc ^= data >> 8 * i & 0xff;
        for (unsigned b = 0; b < 8; b++) {
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
        }
    }
    return crc;
}
CALL_DEF(x86_crc32, "w:wdw", CALL_PURE);

/* ---- decimal ---- */

/* SF, ZF and PF of AL; the others are given. */
static void set_bcd_flags(X86Cpu *s, bool cf, bool af)
{
    uint8_t al = s->r[RAX_];
    s->flags = (al & 0x80 ? FL_N : 0) | (al ? 0 : FL_Z) | (__builtin_parity(al) ? 0 : FL_P) |
               (cf ? FL_C : 0) | (af ? FL_A : 0);
}

static void set_ax(X86Cpu *s, uint16_t ax)
{
    s->r[RAX_] = (s->r[RAX_] & ~UINT64_C(0xffff)) | ax;
}

/* DAA (sign 1) and DAS (sign -1) */
static void decimal(X86Cpu *s, int sign)
{
    uint8_t al = s->r[RAX_], old = al;
    uint8_t ah = s->r[RAX_] >> 8;
    bool cf = s->flags & FL_C, af = s->flags & FL_A, carry = false;
    if ((al & 15) > 9 || af) {
        carry = cf || (sign > 0 ? al > 0xf9 : al < 6);
        al += sign * 6;
        af = true;
    } else {
        af = false;
    }
    if (old > 0x99 || cf) {
        al += sign * 0x60;
        carry = true;
    } else if (sign > 0) {
        carry = false;
    }
    set_ax(s, ah << 8 | al);
    set_bcd_flags(s, carry, af);
}

/* AAA and AAS */
static void ascii(X86Cpu *s, int sign)
{
    uint16_t ax = s->r[RAX_];
    bool adjust = (ax & 15) > 9 || s->flags & FL_A;
    if (adjust) {
        ax += sign * 0x106;
    }
    set_ax(s, ax & 0xff0f);
    set_bcd_flags(s, adjust, adjust);
}

static void x86_bcd(Cpu *cpu, uint32_t kind, uint32_t base)
{
    X86Cpu *s = X86(cpu);
    uint8_t al = s->r[RAX_], ah = s->r[RAX_] >> 8;
    switch (kind) {
    case BCD_DAA:
    case BCD_DAS:
        decimal(s, kind == BCD_DAA ? 1 : -1);
        break;
    case BCD_AAA:
    case BCD_AAS:
        ascii(s, kind == BCD_AAA ? 1 : -1);
        break;
    case BCD_AAD:
        set_ax(s, (uint8_t)(al + ah * base));
        set_bcd_flags(s, false, false);
        break;
    default:
        set_ax(s, al / base << 8 | al % base);
        set_bcd_flags(s, false, false);
    }
}
CALL_DEF(x86_bcd, ":ww", CALL_READS | CALL_WRITES);

/* ---- wide ---- */

static void x86_div64(Cpu *cpu, uint64_t d, uint32_t sign)
{
    X86Cpu *s = X86(cpu);
    unsigned __int128 n = (unsigned __int128)s->r[RDX_] << 64 | s->r[RAX_];
    if (!d) {
        x86_fault(s, EXC_DE, X86_NO_ERROR);
    }
    if (sign) {
        bool negative = (int64_t)s->r[RDX_] < 0, opposite = negative != ((int64_t)d < 0);
        unsigned __int128 un = negative ? -n : n;
        uint64_t ud = (int64_t)d < 0 ? -d : d;
        unsigned __int128 q = un / ud;
        uint64_t r = un % ud;
        if (q > (uint64_t)INT64_MAX + opposite) {
            x86_fault(s, EXC_DE, X86_NO_ERROR);
        }
        s->r[RAX_] = opposite ? -(uint64_t)q : (uint64_t)q;
        s->r[RDX_] = negative ? -r : r;
    } else {
        if (s->r[RDX_] >= d) {
            x86_fault(s, EXC_DE, X86_NO_ERROR);
        }
        s->r[RAX_] = n / d;
        s->r[RDX_] = n % d;
    }
}
CALL_DEF(x86_div64, ":dw", CALL_SYNC);

static void x86_cmpxchg16b(Cpu *cpu, uint64_t lin)
{
    X86Cpu *s = X86(cpu);
    IrMem m = { .size = 8, .align = 1, .mmu = x86_data_mmu(s, x86_cpl(s)), .write = 1 };
    uint64_t old[2] = { s->r[RAX_], s->r[RDX_] }, new[2] = { s->r[RBX_], s->r[RCX_] };
    bool equal = cpu_cas128(cpu, lin, m, old, new);
    if (!equal) {
        s->r[RAX_] = old[0];
        s->r[RDX_] = old[1];
    }
    s->flags = (s->flags & ~(uint32_t)FL_Z) | (equal ? FL_Z : 0);
}
CALL_DEF(x86_cmpxchg16b, ":d", CALL_SYNC);
