/* SPDX-License-Identifier: MIT */
/* FPSCR as soft-float wants it (ARM DDI 0406C, A2.7). */
#ifndef FRONTENDS_ARM_FP_STATUS_H
#define FRONTENDS_ARM_FP_STATUS_H

#include "frontends/arm/calls_fp.h"
#include "frontends/common/softfloat.h"

/* What VFP instructions work under. */
static inline FpStatus fpscr_status(const ArmCpu *s)
{
    return (FpStatus) {
        .rounding = s->fpscr >> 22 & 3, .nan_rule = FP_NAN_ARM,
        .flush_inputs = (s->fpscr & FPSCR_FZ) != 0, .flush_outputs = (s->fpscr & FPSCR_FZ) != 0,
        .default_nan = (s->fpscr & FPSCR_DN) != 0, .alternative_half = (s->fpscr & FPSCR_AHP) != 0,
    };
}

/* StandardFPSCRValue(): what Advanced SIMD works under. */
static inline FpStatus standard_status(const ArmCpu *s)
{
    return (FpStatus) {
        .rounding = FP_ROUND_NEAREST_EVEN, .nan_rule = FP_NAN_ARM, .flush_inputs = true,
        .flush_outputs = true, .default_nan = true,
        .alternative_half = (s->fpscr & FPSCR_AHP) != 0,
    };
}

static inline void accumulate(ArmCpu *s, const FpStatus *st)
{
    s->cpu.fp_sticky |= st->flags & FPSCR_STICKY;
}

#endif
