/* SPDX-License-Identifier: MIT */
/*
 * MXCSR, and floating point with unmasked exceptions.
 * Implements: SDM 1, 10.2.3 (MXCSR), 11.5 (SIMD floating-point exceptions).
 *
 * The host's unit has the guest's rounding and flushing, with all exceptions masked; its sticky flags
 * are added to those of X86Cpu.mxcsr whenever somebody asks.  While an exception is unmasked (KEY_XM)
 * every operation is done in C, before anything changes.
 */
#include "frontends/x86/calls.h"

uint32_t x86_get_mxcsr(X86Cpu *s)
{
    uint32_t f = host_fp_sticky(&s->cpu);       /* invalid, zero, overflow, underflow, inexact */
    return s->mxcsr | (f & 1) | (f & 0x1e) << 1 | (host_fp_denormal(&s->cpu) ? MXCSR_DE : 0);
}

bool x86_unmasked(const X86Cpu *s)
{
    return (s->mxcsr & MXCSR_MASKS) != MXCSR_MASKS;
}

void x86_set_mxcsr(X86Cpu *s, uint32_t v)
{
    static const uint8_t host_rounding[4] = { 0, 2, 1, 3 };     /* nearest, down, up, zero */
    bool was = x86_unmasked(s);
    s->mxcsr = v;
    host_fp_clear_sticky(&s->cpu);
    host_fp_set_mode(&s->cpu, host_rounding[v >> 13 & 3], v & MXCSR_DAZ, v & MXCSR_FTZ);
    if (x86_unmasked(s) != was) {
        x86_mode_changed(s);
    }
}

static uint32_t x86_stmxcsr(Cpu *cpu)
{
    return x86_get_mxcsr(X86(cpu));
}
CALL_DEF(x86_stmxcsr, "w:", CALL_READS);

static void x86_ldmxcsr(Cpu *cpu, uint32_t v)
{
    if (v & ~MXCSR_VALID) {
        x86_gp(X86(cpu), 0);
    }
    x86_set_mxcsr(X86(cpu), v);
}
CALL_DEF(x86_ldmxcsr, ":w", CALL_SYNC);

/* What is found before a computation hides what is found after it; a flag of an unmasked exception
 * is set, the destination is not (SDM 1, 11.5.3).  Both halves of a ymm register count as one. */
static void x86_vec_exact(Cpu *cpu, V128 *out, uint64_t imm, const V128 *a, const V128 *b,
                          const V128 *c)
{
    enum { BEFORE = MXCSR_IE | MXCSR_DE | MXCSR_ZE };
    X86Cpu *s = X86(cpu);
    V128 v = *a;
    uint32_t f = x86_vec_compute(s, imm, &v, a, b, c);
    if (imm & X86_VEC_FIRST) {
        s->xm_flags = f;
        *out = v;
        return;
    }
    f |= imm & X86_VEC_SECOND ? s->xm_flags : 0;
    uint32_t unmasked = f & ~(s->mxcsr >> 7);
    if (unmasked & BEFORE) {
        f = (f & BEFORE) | s->xm_done;
    }
    s->mxcsr |= f;
    if (unmasked) {
        x86_fault(s, s->cr4 & CR4_OSXMMEXCPT ? EXC_XM : EXC_UD, X86_NO_ERROR);
    }
    *out = v;
}
CALL_DEF(x86_vec_exact, "V:dVVV", CALL_SYNC);
