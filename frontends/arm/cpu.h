/* SPDX-License-Identifier: MIT */
/*
 * The state of an ARM processor (ARMv4T to ARMv7-A, with Security and Virtualization Extensions
 * absent), its slots and what translation depends on.
 *
 * Code addresses (Cpu.pc, branch targets) have the T bit in bit 0, as BX has it.
 * CPSR is kept in pieces: NZCV as the engine's packed word, Q, GE, IT and the rest.
 * Source: ARM DDI 0406C (ARMv7-A/R), DDI 0100I (ARMv4T to ARMv6).
 */
#ifndef FRONTENDS_ARM_CPU_H
#define FRONTENDS_ARM_CPU_H

#include "tcg/guest.h"

/* Feature bits of a CPU model; the `needs` of .decode rows name them. */
typedef enum ArmFeature {
    ARM_V4T, ARM_V5, ARM_V5E, ARM_V5J, ARM_V6, ARM_V6K, ARM_V6T2, ARM_V7, ARM_V7MP,
    ARM_V7VE,           /* Virtualization Extensions' instructions: ERET, HVC, banked MRS */
    ARM_IDIV,           /* SDIV and UDIV, A32 and T32 */
    ARM_VFP2, ARM_VFP3, ARM_VFP4, ARM_D32, ARM_FP16, ARM_NEON, ARM_NEON_FMA,
    ARM_MPU, ARM_LPAE, ARM_GENERIC_TIMER, ARM_SECURITY, ARM_XSCALE, ARM_N_FEATURES
} ArmFeature;

enum { MODE_USR = 0x10, MODE_FIQ, MODE_IRQ, MODE_SVC, MODE_MON = 0x16, MODE_ABT = 0x17,
       MODE_HYP = 0x1a, MODE_UND = 0x1b, MODE_SYS = 0x1f };

enum {
    CPSR_M = 0x1f, CPSR_T = 1 << 5, CPSR_F = 1 << 6, CPSR_I = 1 << 7, CPSR_A = 1 << 8,
    CPSR_E = 1 << 9, CPSR_IT_HIGH = 0xfc00, CPSR_GE = 0xf0000, CPSR_J = 1 << 24,
    CPSR_IT_LOW = 3 << 25, CPSR_Q = 1 << 27,
    CPSR_V = 1 << 28, CPSR_C = 1 << 29, CPSR_Z = 1 << 30, CPSR_N = (int)(1u << 31),
};

/* MMU indices: what the translation of an access depends on besides the address space. */
enum { ARM_MMU_USER, ARM_MMU_PRIV };

/* Mode key: GuestIsa.mode_key.  The T bit is in the code address. */
enum {
    KEY_PRIV      = 1 << 0,     /* privileged: MMU index of loads and stores */
    KEY_E         = 1 << 1,     /* CPSR.E: big-endian data */
    KEY_VFP       = 1 << 2,     /* VFP and Advanced SIMD instructions are enabled */
    KEY_VFP_SLOW  = 1 << 3,     /* FPSCR.FZ, DN, LEN or STRIDE set: no native floating point */
    KEY_ALIGN     = 1 << 4,     /* SCTLR.A: every access is checked */
    KEY_UNALIGNED = 1 << 5,     /* SCTLR.U (or v7): unaligned words are allowed, not rotated */
    KEY_IT_SHIFT  = 8,          /* ITSTATE in bits 15..8: inside an IT block at block start */
    KEY_LEN_SHIFT = 16,         /* FPSCR.LEN (3 bits), STRIDE (2 bits) above */
    KEY_NEON      = 1 << 22,    /* Advanced SIMD enabled too (CPACR.ASEDIS clear) */
    KEY_D32DIS    = 1 << 23,
};

typedef struct ArmModel {
    const char *name, *about;
    uint64_t    features;       /* 1 << ArmFeature */
    uint32_t    midr, ctr, tcmtr, tlbtr, mpidr;
    uint32_t    id_pfr[2], id_dfr0, id_afr0, id_mmfr[4], id_isar[6];
    uint32_t    clidr, ccsidr[16];      /* indexed by CSSELR */
    uint32_t    sctlr_reset, actlr;
    uint32_t    fpsid, mvfr[2];
} ArmModel;

typedef struct ArmCp15 {        /* as the manual names them; VMSA */
    uint32_t sctlr, actlr, cpacr, dacr, dfsr, ifsr, dfar, ifar, prrr, nmrr, vbar, fcseidr,
             contextidr, tpidrurw, tpidruro, tpidrprw, csselr, ttbcr, par_hi, adfsr, aifsr, scr;
    uint64_t ttbr[2];
    uint64_t par;
    uint32_t l2ctlr, pmcr, pmcntenset, pmintenset, pmuserenr, pmselr;
    uint32_t c15[16];           /* implementation defined, kept as written where harmless */
    uint32_t cntkctl, cntfrq, cntp_ctl, cntv_ctl;
    uint64_t cntp_cval, cntv_cval, cntvoff;
} ArmCp15;

typedef struct ArmCpu {
    Cpu      cpu;
    uint32_t r[15];             /* the current mode's r0..r14; r15 is Cpu.pc */
    uint32_t nzcv;              /* packed flags word: FL_N FL_Z FL_C FL_V */
    uint32_t q;                 /* CPSR.Q: 0 or 1 */
    uint32_t ge;                /* CPSR.GE: 4 bits */
    uint32_t cpsr_rest;         /* J E A I F M */
    uint32_t it;                /* ITSTATE (8 bits), right outside of generated code */
    uint32_t fpscr_nzcv;        /* packed flags word */
    uint32_t fpscr;             /* everything but NZCV and the sticky flags kept by the host */
    uint32_t excl_addr;         /* exclusive monitor: address, or 1 for none (never aligned) */
    uint32_t excl_lo, excl_hi;  /* what LDREX read there */
    uint32_t fpexc;
    V128     v[16];             /* q0..q15 */

    uint32_t spsr;              /* of the current mode, whole */
    uint32_t banked_r13[8], banked_r14[8], banked_spsr[8];   /* by arm_bank(mode) */
    uint32_t usr_r8_r12[5], fiq_r8_r12[5];
    ArmCp15  cp15;
    uint32_t lines;             /* input levels: bit 0 irq, bit 1 fiq */
    uint64_t features;
    const ArmModel *model;
} ArmCpu;

static inline ArmCpu *ARM(Cpu *cpu)
{
    return (ArmCpu *)cpu;
}

static inline bool arm_has(const ArmCpu *s, ArmFeature f)
{
    return s->features >> f & 1;
}

/* Slots.  s, d and q registers are views of ArmCpu.v. */
enum {
    SLOT_R0 = 0, SLOT_SP = 13, SLOT_LR = 14, SLOT_NZCV = 15, SLOT_Q, SLOT_GE, SLOT_FPNZCV,
    SLOT_EXCL_ADDR, SLOT_EXCL_LO, SLOT_EXCL_HI,
    SLOT_S0, SLOT_D0 = SLOT_S0 + 32, SLOT_Q0 = SLOT_D0 + 32, ARM_N_SLOTS = SLOT_Q0 + 16
};
extern const SlotDef arm_slots[ARM_N_SLOTS];

/* ---- state in the manual's form (except.c) ---- */
uint32_t arm_cpsr(const ArmCpu *s);                     /* whole, with T and IT */
/* Writes the bits in mask; switches banks; calls cpu_mode_changed().  T goes into Cpu.pc. */
void     arm_set_cpsr(ArmCpu *s, uint32_t value, uint32_t mask);
void     arm_switch_mode(ArmCpu *s, unsigned mode);
unsigned arm_bank(unsigned mode);

typedef enum ArmException {
    EXC_RESET, EXC_UNDEF, EXC_SVC, EXC_PABT, EXC_DABT, EXC_HVC, EXC_IRQ, EXC_FIQ, EXC_SMC
} ArmException;
/*
 * Takes an exception: banks, SPSR, LR, CPSR, Cpu.pc = vector.  `pc` is the code address of the
 * instruction that LR is computed from as the manual's table says (preferred return address).
 */
void arm_take_exception(ArmCpu *s, ArmException e, uint64_t pc);

/* HVC and SMC first ask Cpu.hvc and Cpu.smc (PSCI: set by the machine).
 * GuestIsa.outputs of a CPU with the Generic Timer, in this order: */
enum { ARM_OUT_PHYS_TIMER, ARM_OUT_VIRT_TIMER, ARM_OUT_HYP_TIMER, ARM_OUT_SEC_TIMER, ARM_OUT_PMU };

extern const GuestIsa guest_arm;

#endif
