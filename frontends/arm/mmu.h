/* SPDX-License-Identifier: MIT */
/*
 * What the ARM system files share about translation: fault status values, the modified virtual
 * address, and which registers name the address space.
 */
#ifndef FRONTENDS_ARM_MMU_H
#define FRONTENDS_ARM_MMU_H

#include "frontends/arm/cpu.h"

enum {
    SCTLR_M = 1 << 0, SCTLR_A = 1 << 1, SCTLR_B = 1 << 7, SCTLR_S = 1 << 8, SCTLR_R = 1 << 9,
    SCTLR_V = 1 << 13, SCTLR_WXN = 1 << 19, SCTLR_UWXN = 1 << 20, SCTLR_U = 1 << 22,
    SCTLR_XP = 1 << 23, SCTLR_EE = 1 << 25, SCTLR_AFE = 1 << 29, SCTLR_TE = 1 << 30,
};

/* A fault status as in DFSR and IFSR.  Short format: FS in bits 10 and 3..0, domain in 7..4.  Long
 * format: bit 9 set, status in bits 5..0. */
enum { ARM_FSR_LONG = 1 << 9, ARM_FSR_WNR = 1 << 11, ARM_FSR_EXT = 1 << 12 };

static inline bool arm_fsr_is_long(uint32_t status)
{
    return status & ARM_FSR_LONG;
}

static inline bool arm_lpae_on(const ArmCpu *s)
{
    return s->cp15.ttbcr >> 31 && arm_has(s, ARM_LPAE);
}

/* The Fast Context Switch Extension moves the lowest 32 MiB to where FCSEIDR says. */
static inline uint32_t arm_mva(const ArmCpu *s, uint32_t va)
{
    return va < 32 * MiB ? va | s->cp15.fcseidr : va;
}

/* After any change of ASID, FCSEIDR or DACR (cp15.c). */
void arm_set_space(ArmCpu *s);

#endif
