/* SPDX-License-Identifier: MIT */
/*
 * The coprocessor registers as a table: one row a register, for MRC and MCR, for the lifter's
 * plans, for register dumps and the debugger.
 */
#ifndef FRONTENDS_ARM_CP15_H
#define FRONTENDS_ARM_CP15_H

#include "frontends/arm/calls.h"
#include "frontends/arm/mmu.h"

/* Access rights: bits. */
enum {
    PL1_R = 1, PL1_W = 2, PL0_R = 4, PL0_W = 8,
    RO = PL1_R, WO = PL1_W, RW = PL1_R | PL1_W,
    PL0_RO = PL1_R | PL0_R, PL0_WO = PL1_W | PL0_W, PL0_RW = RW | PL0_R | PL0_W,
    PL0_READ = RW | PL0_R,      /* PL1 writes, everybody reads */
};

typedef struct CpReg CpReg;
struct CpReg {
    uint32_t    reg;            /* ARM_CPREG() */
    bool        is64;           /* MRRC, MCRR */
    const char *name;
    uint8_t     rights;
    bool        nop;            /* a write does nothing */
    bool        wide;           /* the field is a uint64_t */
    uint16_t    field;          /* offset in ArmCpu; 0: none */
    uint16_t    ident;          /* offset in ArmModel; read-only; 0: none */
    uint8_t     slot;           /* generated code may read (and write, if allowed) this slot */
    uint32_t    mask;           /* bits that can be written; 0: all */
    uint64_t    needs, lacks;   /* 1 << ArmFeature */
    /* Instead of the field, or on top of it */
    uint64_t  (*read)(ArmCpu *s, const CpReg *r);
    void      (*write)(ArmCpu *s, const CpReg *r, uint64_t v);
    /* Further conditions on accesses by PL0. */
    bool      (*allow)(const ArmCpu *s, const CpReg *r, bool write);
};

extern const CpReg arm_cp_regs[];
extern const unsigned arm_n_cp_regs;

/* The row for a register on this CPU, or NULL: Undefined. */
const CpReg *arm_cp_find(const ArmCpu *s, uint32_t reg, bool is64);
/* May the current mode do this?  For accesses from the running program. */
bool arm_cp_allowed(const ArmCpu *s, const CpReg *r, bool write, bool privileged);
/* Without checks; reads have no side effects. */
uint64_t arm_cp_read(ArmCpu *s, const CpReg *r);
void     arm_cp_write(ArmCpu *s, const CpReg *r, uint64_t v);

/* Values after reset. */
void arm_cp15_reset(ArmCpu *s);
/* After the features are known: finds the rows that this CPU has. */
void arm_cp15_init(ArmCpu *s);

#endif
