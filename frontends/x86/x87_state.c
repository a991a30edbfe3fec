/* SPDX-License-Identifier: MIT */
/*
 * x87, MMX, SSE and AVX state in memory: environments, FSAVE, FXSAVE, XSAVE; and the control
 * instructions as calls.
 * Implements: SDM 1, 8.1.10 (environments, figures 8-9 to 8-12), 10.5 (FXSAVE), 13.4 to 13.10
 * (XSAVE); 2A to 2C, the instructions.
 *
 * XSAVEOPT writes what XSAVE writes (the manual allows it); XSAVEC and XSAVES are in no model.
 */
#include "frontends/x86/x87.h"
#include "frontends/x86/calls.h"
#include "frontends/x86/decode.h"
#define LIFTER(name) void x86_lift_##name(Lift *c, const X86Insn *in)
#include "frontends/x86/lifters.h"

#include <string.h>

enum { X_X87 = 1, X_SSE = 2, X_AVX = 4, XSAVE_HEADER = 512, XSAVE_YMM = 576, YMM_BYTES = 256 };

/* ---- memory: all or nothing of what may fault ---- */

static IrMem byte_access(const X86Cpu *s, unsigned size)
{
    return (IrMem){ .size = size, .align = 1,
                    .mmu = x86_fetch_mmu(&s->cpu) };
}

static void read_bytes(X86Cpu *s, uint64_t lin, uint8_t *to, unsigned n)
{
    unsigned i = 0;
    for (; i + 8 <= n; i += 8) {
        st_le64(to + i, cpu_ld(&s->cpu, lin + i, byte_access(s, 8)));
    }
    for (; i < n; i += 2) {
        st_le16(to + i, cpu_ld(&s->cpu, lin + i, byte_access(s, 2)));
    }
}

static void write_bytes(X86Cpu *s, uint64_t lin, const uint8_t *from, unsigned n)
{
    unsigned i = 0;
    for (; i + 8 <= n; i += 8) {
        cpu_st(&s->cpu, lin + i, ld_le64(from + i), byte_access(s, 8));
    }
    for (; i < n; i += 2) {
        cpu_st(&s->cpu, lin + i, ld_le16(from + i), byte_access(s, 2));
    }
}

/* ---- control ---- */

static uint32_t x87_fnstsw(Cpu *cpu)
{
    return x87_status(X86(cpu));
}
CALL_DEF(x87_fnstsw, "w:", CALL_SYNC);

static void x87_fldcw(Cpu *cpu, uint32_t cw)
{
    X86Cpu *s = X86(cpu);
    x87_check_pending(s);
    x87_set_control(s, cw);
    x87_summary_changed(s);
}
CALL_DEF(x87_fldcw, ":w", CALL_SYNC);

static void x87_fnclex(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    host_x87_clear_sticky(cpu);
    s->fpsw = 0;
    x87_summary_changed(s);
}
CALL_DEF(x87_fnclex, ":", CALL_SYNC);

static void x87_fninit(Cpu *cpu)
{
    x87_reset(X86(cpu), 0x37f);
    x87_summary_changed(X86(cpu));
}
CALL_DEF(x87_fninit, ":", CALL_SYNC);

/* ---- environments ---- */

/* Two bits a register: valid, zero, special, empty. */
static uint16_t tag_word(const X86Cpu *s)
{
    static const uint8_t tags[] = { [F80_UNSUPPORTED] = 2, [F80_NAN] = 2, [F80_NORMAL] = 0,
                                    [F80_INFINITY] = 2, [F80_ZERO] = 1, [F80_DENORMAL] = 2 };
    uint16_t v = 0;
    for (unsigned r = 0; r < 8; r++) {
        unsigned tag = s->fpmode >> r & 1 ? 3 : tags[f80_class(x87_get(&s->cpu, r))];
        v |= tag << 2 * r;
    }
    return v;
}

static uint8_t empty_of(uint16_t tags)
{
    uint8_t empty = 0;
    for (unsigned r = 0; r < 8; r++) {
        empty |= (tags >> 2 * r & 3) == 3 ? 1 << r : 0;
    }
    return empty;
}

/* The seven fields, whatever their width; of real mode pointers are linear, the opcode beside. */
static void pack_env(X86Cpu *s, uint8_t *p, bool wide, bool real)
{
    uint32_t ip = s->fpip, dp = s->fpdp, op = s->fpop & 0x7ff;
    uint32_t f[7] = { s->fpcw, x87_status(s), tag_word(s) };
    if (real) {
        ip += (uint32_t)s->fpcs << 4;
        dp += (uint32_t)s->fpds << 4;
        f[3] = ip & 0xffff;
        f[4] = (wide ? ip >> 16 << 12 : ip >> 16 << 12 & 0xf000) | op;
        f[5] = dp & 0xffff;
        f[6] = wide ? dp >> 16 << 12 : dp >> 16 << 12 & 0xf000;
    } else {
        f[3] = ip;
        f[4] = s->fpcs | (wide ? op << 16 : 0);
        f[5] = dp;
        f[6] = s->fpds;
    }
    for (unsigned i = 0; i < 7; i++) {
        if (wide) {
            bool half = i < 3 || (!real && i == 6) || (real && (i == 3 || i == 5));
            st_le32(p + 4 * i, half ? f[i] | 0xffff0000 : f[i]);
        } else {
            st_le16(p + 2 * i, f[i]);
        }
    }
}

static void unpack_env(X86Cpu *s, const uint8_t *p, bool wide, bool real)
{
    uint32_t f[7];
    for (unsigned i = 0; i < 7; i++) {
        f[i] = wide ? ld_le32(p + 4 * i) : ld_le16(p + 2 * i);
    }
    s->fpop = real ? f[4] & 0x7ff : wide ? f[4] >> 16 & 0x7ff : 0;
    s->fpcs = real ? 0 : f[4];
    s->fpds = real ? 0 : f[6];
    s->fpip = real ? (f[3] & 0xffff) | (f[4] >> 12 << 16) : f[3];
    s->fpdp = real ? (f[5] & 0xffff) | (f[6] >> 12 << 16) : f[5];
    x87_set_tags(s, empty_of(f[2]));
    x87_set_status(s, f[1]);
    x87_set_control(s, f[0]);
}

enum { ENV_STORE = 1, ENV_WHOLE = 2, ENV_WIDE = 4, ENV_REAL = 8 };

static void store_env(X86Cpu *s, uint32_t kind, uint64_t lin)
{
    bool wide = kind & ENV_WIDE;
    unsigned n = wide ? 28 : 14;
    uint8_t b[28 + 80];
    pack_env(s, b, wide, kind & ENV_REAL);
    for (unsigned i = 0; kind & ENV_WHOLE && i < 8; i++, n += 10) {
        F80 v = x87_get(&s->cpu, (fpm_top(s->fpmode) + i) & 7);
        st_le64(b + n, v.mant);
        st_le16(b + n + 8, v.se);
    }
    write_bytes(s, lin, b, n);
    if (kind & ENV_WHOLE) {
        x87_reset(s, 0x37f);
    } else {
        x87_set_control(s, s->fpcw | FSW_FLAGS);        /* FNSTENV masks all exceptions */
    }
}

static void load_env(X86Cpu *s, uint32_t kind, uint64_t lin)
{
    bool wide = kind & ENV_WIDE;
    unsigned n = wide ? 28 : 14;
    uint8_t b[28 + 80];
    x87_check_pending(s);
    read_bytes(s, lin, b, kind & ENV_WHOLE ? n + 80 : n);
    unpack_env(s, b, wide, kind & ENV_REAL);
    for (unsigned i = 0; kind & ENV_WHOLE && i < 8; i++, n += 10) {
        F80 v = { ld_le64(b + n), ld_le16(b + n + 8) };
        x87_put(&s->cpu, (fpm_top(s->fpmode) + i) & 7, v);
    }
}

static void x87_env(Cpu *cpu, uint32_t kind, uint64_t lin)
{
    X86Cpu *s = X86(cpu);
    if (kind & ENV_STORE) {
        store_env(s, kind, lin);
    } else {
        load_env(s, kind, lin);
    }
    x87_summary_changed(s);
}
CALL_DEF(x87_env, ":wd", CALL_SYNC);

/* ---- FXSAVE: the legacy region ---- */

static unsigned n_xmm(const X86Cpu *s)
{
    return x86_long(s) ? 16 : 8;
}

static void put_x87(X86Cpu *s, uint8_t *p, bool w)
{
    st_le16(p, s->fpcw);
    st_le16(p + 2, x87_status(s));
    p[4] = ~s->fpmode & 0xff;
    p[5] = 0;
    st_le16(p + 6, s->fpop & 0x7ff);
    st_le64(p + 8, w ? s->fpip : (uint32_t)s->fpip | (uint64_t)s->fpcs << 32);
    st_le64(p + 16, w ? s->fpdp : (uint32_t)s->fpdp | (uint64_t)s->fpds << 32);
    for (unsigned i = 0; i < 8; i++) {
        F80 v = x87_get(&s->cpu, (fpm_top(s->fpmode) + i) & 7);
        st_le64(p + 32 + 16 * i, v.mant);
        st_le64(p + 40 + 16 * i, v.se);
    }
}

static void take_x87(X86Cpu *s, const uint8_t *p, bool w)
{
    s->fpop = ld_le16(p + 6) & 0x7ff;
    s->fpip = w ? ld_le64(p + 8) : ld_le32(p + 8);
    s->fpdp = w ? ld_le64(p + 16) : ld_le32(p + 16);
    s->fpcs = w ? 0 : ld_le16(p + 12);
    s->fpds = w ? 0 : ld_le16(p + 20);
    x87_set_tags(s, ~p[4]);
    x87_set_status(s, ld_le16(p + 2));
    x87_set_control(s, ld_le16(p));
    for (unsigned i = 0; i < 8; i++) {
        F80 v = { ld_le64(p + 32 + 16 * i), ld_le16(p + 40 + 16 * i) };
        x87_put(&s->cpu, (fpm_top(s->fpmode) + i) & 7, v);
    }
    x87_summary_changed(s);
}

static void put_xmm(const X86Cpu *s, uint8_t *p)
{
    for (unsigned i = 0; i < n_xmm(s); i++) {
        memcpy(p + 160 + 16 * i, &s->xmm[i], 16);
    }
}

static void put_mxcsr(X86Cpu *s, uint8_t *p)
{
    st_le32(p + 24, x86_get_mxcsr(s));
    st_le32(p + 28, MXCSR_VALID);
}

static void take_xmm(X86Cpu *s, const uint8_t *p)
{
    for (unsigned i = 0; i < n_xmm(s); i++) {
        memcpy(&s->xmm[i], p + 160 + 16 * i, 16);
    }
}

static void check_mxcsr(X86Cpu *s, const uint8_t *p)
{
    if (ld_le32(p + 24) & ~(uint32_t)MXCSR_VALID) {
        x86_gp(s, 0);
    }
}

static void fxsave(X86Cpu *s, uint64_t lin, bool w)
{
    uint8_t b[416];
    unsigned n = 160 + (s->cr4 & CR4_OSFXSR ? 16 * n_xmm(s) : 0);
    put_x87(s, b, w);
    put_mxcsr(s, b);
    put_xmm(s, b);
    write_bytes(s, lin, b, n);
}

static void fxrstor(X86Cpu *s, uint64_t lin, bool w)
{
    uint8_t b[416];
    read_bytes(s, lin, b, sizeof(b));
    check_mxcsr(s, b);
    take_x87(s, b, w);
    if (s->cr4 & CR4_OSFXSR) {
        take_xmm(s, b);
    }
    x86_set_mxcsr(s, ld_le32(b + 24));
}

/* ---- XSAVE ---- */

/* What is not as after reset (XINUSE). */
static unsigned in_use(X86Cpu *s)
{
    static const V128 zero[16];
    unsigned v = X_X87 | X_SSE;
    v |= memcmp(s->ymmh, zero, n_xmm(s) * sizeof(V128)) ? X_AVX : 0;
    return v;
}

static void xsave(X86Cpu *s, uint64_t lin, uint64_t mask, bool w, bool opt)
{
    uint8_t b[416], ymm[YMM_BYTES];
    uint64_t used = in_use(s), todo = mask & s->xcr0 & (opt ? used : UINT64_MAX);
    uint64_t bv = cpu_ld(&s->cpu, lin + XSAVE_HEADER, byte_access(s, 8));
    put_x87(s, b, w);
    put_mxcsr(s, b);
    put_xmm(s, b);
    for (unsigned i = 0; i < n_xmm(s); i++) {
        memcpy(ymm + 16 * i, &s->ymmh[i], 16);
    }
    if (todo & X_X87) {
        write_bytes(s, lin, b, 24);
        write_bytes(s, lin + 32, b + 32, 128);
    }
    if (mask & s->xcr0 & (X_SSE | X_AVX)) {
        write_bytes(s, lin + 24, b + 24, 8);
    }
    if (todo & X_SSE) {
        write_bytes(s, lin + 160, b + 160, 16 * n_xmm(s));
    }
    if (todo & X_AVX) {
        write_bytes(s, lin + XSAVE_YMM, ymm, 16 * n_xmm(s));
    }
    bv = (bv & ~(mask & s->xcr0)) | (used & mask & s->xcr0);
    cpu_st(&s->cpu, lin + XSAVE_HEADER, bv, byte_access(s, 8));
}

static void initial_x87(X86Cpu *s)
{
    memset(s->cpu.x87, 0, sizeof(s->cpu.x87));
    x87_reset(s, 0x37f);
    x87_summary_changed(s);
}

static void xrstor(X86Cpu *s, uint64_t lin, uint64_t mask, bool w)
{
    uint8_t b[416], ymm[YMM_BYTES], header[64];
    read_bytes(s, lin + XSAVE_HEADER, header, 64);
    uint64_t bv = ld_le64(header), todo = mask & s->xcr0;
    bool reserved = ld_le64(header + 8);                /* XCOMP_BV: the compacted form */
    for (unsigned i = 16; i < 64; i++) {
        reserved |= header[i];
    }
    if (reserved || bv & ~s->xcr0) {
        x86_gp(s, 0);
    }
    read_bytes(s, lin, b, sizeof(b));
    read_bytes(s, lin + XSAVE_YMM, ymm, todo & bv & X_AVX ? 16 * n_xmm(s) : 0);
    if (todo & (X_SSE | X_AVX)) {
        check_mxcsr(s, b);
        x86_set_mxcsr(s, ld_le32(b + 24));
    }
    if (todo & X_X87) {
        if (bv & X_X87) {
            take_x87(s, b, w);
        } else {
            initial_x87(s);
        }
    }
    if (todo & X_SSE) {
        memset(b + 160, bv & X_SSE ? b[160] : 0, bv & X_SSE ? 1 : 256);
        take_xmm(s, b);
    }
    for (unsigned i = 0; todo & X_AVX && i < n_xmm(s); i++) {
        memcpy(&s->ymmh[i], ymm + 16 * i, 16);
        if (!(bv & X_AVX)) {
            memset(&s->ymmh[i], 0, 16);
        }
    }
}

/* kind: DO_*, with REX.W in bit 4. */
static void x86_xsave(Cpu *cpu, uint32_t kind, uint64_t lin, uint64_t mask)
{
    X86Cpu *s = X86(cpu);
    bool w = kind >> 4 & 1, legacy = (kind & 15) <= DO_FXSAVE;
    if (!legacy && !(s->cr4 & CR4_OSXSAVE)) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    if (lin & (legacy ? 15 : 63)) {
        x86_gp(s, 0);
    }
    switch (kind & 15) {
    case DO_FXRSTOR: fxrstor(s, lin, w); break;
    case DO_FXSAVE:  fxsave(s, lin, w); break;
    case DO_XRSTOR:  xrstor(s, lin, mask, w); break;
    default:          xsave(s, lin, mask, w, (kind & 15) == DO_XSAVEOPT); break;
    }
}
CALL_DEF(x86_xsave, ":wdd", CALL_SYNC);
