/* SPDX-License-Identifier: MIT */
/*
 * FPSCR, and VFP arithmetic by soft-float: what native code calls when its result is special, and
 * all there is while FPSCR asks for flush-to-zero, default NaNs or short vectors.
 * Implements: ARM DDI 0406C, A2.7 and B4.1.57 (FPSCR).  Exceptions are never trapped: the enable
 * bits of FPSCR read as zero, as on the Cortex-A cores.
 */
#include "frontends/arm/calls_fp.h"
#include "frontends/arm/fp_status.h"

/* ---- FPSCR and FPEXC ---- */

uint32_t arm_get_fpscr(const ArmCpu *s)
{
    Cpu *cpu = (Cpu *)&s->cpu;
    return arm_unpack_nzcv(s->fpscr_nzcv) | s->fpscr | cpu->fp_sticky | host_fp_sticky(cpu);
}

void arm_set_fpscr(ArmCpu *s, uint32_t value)
{
    uint32_t mask = FPSCR_DN | FPSCR_FZ | FPSCR_RMODE | FPSCR_STRIDE | FPSCR_LEN;

    s->fpscr_nzcv = arm_pack_nzcv(value);
    s->fpscr = value & (mask | (arm_has(s, ARM_FP16) ? FPSCR_AHP : 0));
    s->cpu.fp_sticky = value & (arm_has(s, ARM_NEON) ? FPSCR_STICKY : 0x9f);
    host_fp_clear_sticky(&s->cpu);
    host_fp_set_rounding(&s->cpu, value >> 22 & 3);
    cpu_mode_changed(&s->cpu);
}

static uint32_t arm_read_fpscr(Cpu *cpu)
{
    return arm_get_fpscr(ARM(cpu));
}

static void arm_write_fpscr(Cpu *cpu, uint32_t value)
{
    arm_set_fpscr(ARM(cpu), value);
}

static uint32_t arm_read_fpexc(Cpu *cpu)
{
    return ARM(cpu)->fpexc;
}

static void arm_write_fpexc(Cpu *cpu, uint32_t value)
{
    ARM(cpu)->fpexc = value & FPEXC_EN;
    cpu_mode_changed(cpu);
}

CALL_DEF(arm_read_fpscr,  "w:", CALL_READS);
CALL_DEF(arm_write_fpscr, ":w", CALL_SYNC);
CALL_DEF(arm_read_fpexc,  "w:", CALL_READS);
CALL_DEF(arm_write_fpexc, ":w", CALL_SYNC);

/* ---- arithmetic ---- */

#define EXACT(name, sig, result, params, expr) \
    static result arm_##name params \
    { \
        FpStatus st = fpscr_status(ARM(cpu)); \
        result r = expr; \
        accumulate(ARM(cpu), &st); \
        return r; \
    } \
    CALL_DEF(arm_##name, sig, CALL_PURE);

/* The packed word of a comparison: equal ZC, less N, greater C, unordered CV. */
static uint32_t order_flags(FpOrder order)
{
    static const uint32_t flags[] = { FL_N, FL_Z | FL_C, FL_C, FL_C | FL_V };
    return flags[order - FP_LESS];
}

/* N: the format's bits, T: its letter in signatures. */
#define EXACT_FORMAT(N, T) \
    EXACT(f##N##_add, T ":" T T, uint##N##_t, (Cpu *cpu, uint##N##_t a, uint##N##_t b), \
          f##N##_add(a, b, &st)) \
    EXACT(f##N##_sub, T ":" T T, uint##N##_t, (Cpu *cpu, uint##N##_t a, uint##N##_t b), \
          f##N##_sub(a, b, &st)) \
    EXACT(f##N##_mul, T ":" T T, uint##N##_t, (Cpu *cpu, uint##N##_t a, uint##N##_t b), \
          f##N##_mul(a, b, &st)) \
    EXACT(f##N##_div, T ":" T T, uint##N##_t, (Cpu *cpu, uint##N##_t a, uint##N##_t b), \
          f##N##_div(a, b, &st)) \
    EXACT(f##N##_sqrt, T ":" T, uint##N##_t, (Cpu *cpu, uint##N##_t a), f##N##_sqrt(a, &st)) \
    EXACT(f##N##_fma, T ":" T T T, uint##N##_t, \
          (Cpu *cpu, uint##N##_t a, uint##N##_t b, uint##N##_t c), f##N##_fma(a, b, c, &st)) \
    EXACT(f##N##_mla, T ":" T T T, uint##N##_t, \
          (Cpu *cpu, uint##N##_t a, uint##N##_t b, uint##N##_t c), \
          f##N##_add(a, f##N##_mul(b, c, &st), &st)) \
    EXACT(f##N##_mls, T ":" T T T, uint##N##_t, \
          (Cpu *cpu, uint##N##_t a, uint##N##_t b, uint##N##_t c), \
          f##N##_add(a, f##N##_mul(b, c, &st) ^ (uint##N##_t)1 << (N - 1), &st)) \
    EXACT(f##N##_cmp, "F:" T T, uint32_t, (Cpu *cpu, uint##N##_t a, uint##N##_t b), \
          order_flags(f##N##_compare(a, b, false, &st))) \
    EXACT(f##N##_cmpe, "F:" T T, uint32_t, (Cpu *cpu, uint##N##_t a, uint##N##_t b), \
          order_flags(f##N##_compare(a, b, true, &st))) \
    EXACT(f##N##_to_s32, "w:" T, uint32_t, (Cpu *cpu, uint##N##_t a), \
          f##N##_to_int(a, 0, 32, FP_ROUND_ZERO, &st)) \
    EXACT(f##N##_to_u32, "w:" T, uint32_t, (Cpu *cpu, uint##N##_t a), \
          f##N##_to_uint(a, 0, 32, FP_ROUND_ZERO, &st)) \
    EXACT(f##N##_round_s32, "w:" T, uint32_t, (Cpu *cpu, uint##N##_t a), \
          f##N##_to_int(a, 0, 32, st.rounding, &st)) \
    EXACT(f##N##_round_u32, "w:" T, uint32_t, (Cpu *cpu, uint##N##_t a), \
          f##N##_to_uint(a, 0, 32, st.rounding, &st)) \
    EXACT(f##N##_to_fixed, "d:" T "w", uint64_t, (Cpu *cpu, uint##N##_t a, uint32_t f), \
          f >> 16 ? f##N##_to_uint(a, f & 0xff, f >> 8 & 0xff, FP_ROUND_ZERO, &st) \
                  : (uint64_t)f##N##_to_int(a, f & 0xff, f >> 8 & 0xff, FP_ROUND_ZERO, &st))

EXACT_FORMAT(32, "S")
EXACT_FORMAT(64, "D")
EXACT(f32_to_f64, "D:S", uint64_t, (Cpu *cpu, uint32_t a), f32_to_f64(a, &st))
EXACT(f64_to_f32, "S:D", uint32_t, (Cpu *cpu, uint64_t a), f64_to_f32(a, &st))
EXACT(f16_to_f32, "S:w", uint32_t, (Cpu *cpu, uint32_t a), f16_to_f32(a, &st))
EXACT(f32_to_f16, "w:S", uint32_t, (Cpu *cpu, uint32_t a), f32_to_f16(a, &st))

/* Fixed point to floating point rounds to nearest, whatever FPSCR says (A8.8.307). */
#define FROM_FIXED(N, T) \
    static uint##N##_t arm_f##N##_from_fixed(Cpu *cpu, uint64_t v, uint32_t f) \
    { \
        FpStatus st = { .rounding = FP_ROUND_NEAREST_EVEN }; \
        unsigned unused = 64 - (f >> 8 & 0xff); \
        uint##N##_t r = f >> 16 \
            ? f##N##_from_uint(v << unused >> unused, f & 0xff, &st) \
            : f##N##_from_int((int64_t)(v << unused) >> unused, f & 0xff, &st); \
        accumulate(ARM(cpu), &st); \
        return r; \
    } \
    CALL_DEF(arm_f##N##_from_fixed, T ":dw", CALL_PURE);

FROM_FIXED(32, "S")
FROM_FIXED(64, "D")
