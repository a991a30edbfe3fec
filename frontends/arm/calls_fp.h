/* SPDX-License-Identifier: MIT */
/*
 * C functions that lifted VFP and Advanced SIMD code calls: exact arithmetic by soft-float, and the
 * vector operations that have no IR op.  Those of vectors are tables, indexed by what the
 * instruction encodes: unsigned, then size (log2 of the bytes in a lane; of the narrower one where
 * they differ).  An absent combination is NULL; the decode tables have no row for it.
 *
 * All are pure but for the sticky bits in Cpu.fp_sticky: exceptions where FPSCR has them, QC in bit
 * 27.
 */
#ifndef FRONTENDS_ARM_CALLS_FP_H
#define FRONTENDS_ARM_CALLS_FP_H

#include "frontends/arm/cpu.h"

/* ---- FPSCR ---- */
enum {
    FPSCR_AHP = 1 << 26, FPSCR_DN = 1 << 25, FPSCR_FZ = 1 << 24, FPSCR_RMODE = 3 << 22,
    FPSCR_STRIDE = 3 << 20, FPSCR_LEN = 7 << 16, FPSCR_QC = 1 << 27,
    FPSCR_STICKY = FPSCR_QC | 0x9f,
    FPEXC_EN = 1 << 30,
};

uint32_t arm_get_fpscr(const ArmCpu *s);                /* whole */
void     arm_set_fpscr(ArmCpu *s, uint32_t value);      /* calls cpu_mode_changed() */

extern const CallDef
    call_arm_read_fpscr,        /* w:     */
    call_arm_write_fpscr,       /* :w     */
    call_arm_read_fpexc,        /* w:     */
    call_arm_write_fpexc;       /* :w     */

/* ---- calls_fp.c: under FPSCR ---- */
extern const CallDef
    call_arm_f32_add,   call_arm_f64_add,   call_arm_f32_sub,   call_arm_f64_sub,
    call_arm_f32_mul,   call_arm_f64_mul,   call_arm_f32_div,   call_arm_f64_div,
    call_arm_f32_sqrt,  call_arm_f64_sqrt,  call_arm_f32_fma,   call_arm_f64_fma,
    call_arm_f32_mla,   call_arm_f64_mla,   call_arm_f32_mls,   call_arm_f64_mls,
    call_arm_f32_cmp,   call_arm_f64_cmp,   call_arm_f32_cmpe,  call_arm_f64_cmpe,
    call_arm_f32_to_s32, call_arm_f64_to_s32, call_arm_f32_to_u32, call_arm_f64_to_u32,
    call_arm_f32_to_f64, call_arm_f64_to_f32,
    call_arm_f32_round_s32, call_arm_f64_round_s32,     /* VCVTR: by FPSCR.RMode */
    call_arm_f32_round_u32, call_arm_f64_round_u32,
    call_arm_f32_to_fixed, call_arm_f64_to_fixed,       /* d:Sw d:Dw  (value, ARM_FIXED) */
    call_arm_f32_from_fixed, call_arm_f64_from_fixed,   /* S:dw D:dw */
    call_arm_f16_to_f32, call_arm_f32_to_f16;           /* S:w w:S */

/* fraction bits, integer bits, unsigned */
#define ARM_FIXED(fraction, size, is_unsigned) \
    ((uint32_t)(fraction) | (uint32_t)(size) << 8 | (uint32_t)(is_unsigned) << 16)

/* ---- calls_neon_fp.c: under the standard FPSCR value; w is the number of lanes ---- */
extern const CallDef
    call_neon_fadd,  call_neon_fsub,  call_neon_fmul,  call_neon_fabd,      /* V:VVw  (n, m) */
    call_neon_fmax,  call_neon_fmin,  call_neon_fpadd, call_neon_fpmax, call_neon_fpmin,
    call_neon_fceq,  call_neon_fcge,  call_neon_fcgt,  call_neon_facge, call_neon_facgt,
    call_neon_frecps, call_neon_frsqrts,
    call_neon_fma,                                      /* V:VVVw (d, n, m): d + n * m, fused */
    call_neon_frecpe, call_neon_frsqrte,                /* V:Vw */
    call_neon_f32_to_fixed, call_neon_f32_from_fixed,   /* V:Vww  (m, lanes, ARM_FIXED) */
    call_neon_f16_to_f32, call_neon_f32_to_f16;         /* V:V   four lanes */

/* ---- calls_neon.c ---- */
typedef const CallDef *const NeonCalls[2][4];

extern NeonCalls
    neon_hadd, neon_rhadd, neon_hsub, neon_qadd, neon_qsub,                 /* V:VV (n, m) */
    neon_shl, neon_qshl, neon_rshl, neon_qrshl,     /* V:VV (m, n): shifted left by the low byte */
    neon_qshlu,                                     /* signed to unsigned */
    neon_pmax, neon_pmin, neon_padd,                /* V:VV on the low halves */
    neon_qdmulh, neon_qrdmulh, neon_mul8,
    neon_movl,                                      /* V:V  the low half widened */
    neon_mull, neon_qdmull,                         /* V:VV low halves; a long result */
    neon_paddl, neon_cls, neon_clz, neon_qabs, neon_qneg,                   /* V:V */
    neon_shrn, neon_rshrn, neon_qshrn, neon_qrshrn, /* V:Vw shifted right and narrowed */
    neon_qshrun, neon_qrshrun;                      /* signed to unsigned */

extern const CallDef
    call_neon_cnt, call_neon_mul_poly, call_neon_mull_poly,
    call_neon_recpe, call_neon_rsqrte,              /* V:V  integer estimates */
    call_neon_permute,          /* V:VVV  byte i is byte idx[i] of a:b, 0 when idx[i] > 31 */
    call_neon_tbx;              /* V:VVVVw  the same, but d's byte when idx[i] >= w */

#endif
