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
#include <string.h>

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

/* The flags of the first step that traps and of those before it.  What is found before a computation
 * hides what is found after it (SDM 1, 11.5.3); both halves of a ymm register count as one. */
static uint32_t flags_until_trap(const X86Cpu *s, bool both, bool *trap)
{
    enum { BEFORE = MXCSR_IE | MXCSR_DE | MXCSR_ZE };
    uint32_t done = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(s->xm_flags); i++) {
        uint32_t f = s->xm_flags[i] | (both ? s->xm_first[i] : 0), unmasked = f & ~(s->mxcsr >> 7);
        done |= unmasked & BEFORE ? f & BEFORE : f;
        if (unmasked) {
            *trap = true;
            break;
        }
    }
    return done;
}

/* A flag of an unmasked exception is set, the destination is not. */
static void x86_vec_exact(Cpu *cpu, V128 *out, uint64_t imm, const V128 *a, const V128 *b,
                          const V128 *c)
{
    X86Cpu *s = X86(cpu);
    V128 v;
    bool trap = false;
    x86_vec_compute(s, imm, &v, a, b, c);
    if (imm & X86_VEC_FIRST) {
        memcpy(s->xm_first, s->xm_flags, sizeof(s->xm_first));
        *out = v;
        return;
    }
    s->mxcsr |= flags_until_trap(s, imm & X86_VEC_SECOND, &trap);
    if (trap) {
        x86_fault(s, s->cr4 & CR4_OSXMMEXCPT ? EXC_XM : EXC_UD, X86_NO_ERROR);
    }
    *out = v;
}
CALL_DEF(x86_vec_exact, "V:dVVV", CALL_SYNC);
