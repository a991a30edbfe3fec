/* SPDX-License-Identifier: MIT */
/*
 * An ARM CPU without an engine: the functions that frontends call are here, and note that they were
 * called.  1 MiB of memory from address 0; page walks beyond it are bus errors.
 */
#ifndef TESTS_ARM_SYS_RIG_H
#define TESTS_ARM_SYS_RIG_H

#include "frontends/arm/cp15.h"

typedef struct Rig {
    ArmCpu  *s;
    uint8_t *ram;
    unsigned flushes, page_flushes, shared_flushes, asid_flushes, mode_changes, exit_requests;
    unsigned asid;              /* of the last tlb_set_asid() */
    GVa      flushed_page;
    bool     left;              /* the call did not return */
} Rig;

extern Rig rig;

/* A fresh CPU after reset, counters at zero. */
void rig_new(const char *model);
void rig_poke32(GPa pa, uint32_t v);
void rig_poke64(GPa pa, uint64_t v);

/* Calls by the names of the CallDefs. */
uint64_t rig_call(const CallDef *def, unsigned n, const uint64_t *args);
#define CALL(name, ...)                                                             \
    rig_call(&call_arm_##name, G_N_ELEMENTS(((uint64_t[]){ 0, ##__VA_ARGS__ })) - 1, \
             (uint64_t[]){ 0, ##__VA_ARGS__ } + 1)

static inline uint32_t rig_mrc(uint32_t reg)
{
    return CALL(mrc, reg, 0);
}

static inline void rig_mcr(uint32_t reg, uint32_t v)
{
    CALL(mcr, reg, v, 0);
}

#define SCTLR ARM_CPREG(15, 0, 1, 0, 0)
#define TTBR0 ARM_CPREG(15, 0, 2, 0, 0)
#define TTBR1 ARM_CPREG(15, 0, 2, 0, 1)
#define TTBCR ARM_CPREG(15, 0, 2, 0, 2)
#define DACR  ARM_CPREG(15, 0, 3, 0, 0)

#endif
