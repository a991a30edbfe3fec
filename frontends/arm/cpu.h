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

#include <stdio.h>
#include "system/clock.h"
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
    KEY_ROTATE    = 1 << 6,     /* ArmCpu.rotate */
    KEY_IT_SHIFT  = 8,          /* ITSTATE in bits 15..8: inside an IT block at block start */
    KEY_LEN_SHIFT = 16,         /* FPSCR.LEN (3 bits), STRIDE (2 bits) above */
    KEY_NEON      = 1 << 22,    /* Advanced SIMD enabled too (CPACR.ASEDIS clear) */
    KEY_D32DIS    = 1 << 23,
    KEY_CP10      = 1 << 24,    /* CPACR lets this privilege use cp10 and cp11; FPEXC.EN aside */
    KEY_SYSTEM    = 1 << 25,    /* User or System mode: no SPSR */
};

/* Values of the identification registers, as the part's Technical Reference Manual lists them. */
typedef struct ArmModel {
    const char *name, *alias, *about;
    uint64_t    features;       /* 1 << ArmFeature */
    uint32_t    midr, ctr, tcmtr, tlbtr;
    bool        mp;             /* MPIDR has the format of the Multiprocessing Extensions */
    uint32_t    id_pfr[2], id_dfr0, id_afr0, id_mmfr[4], id_isar[6];
    uint32_t    clidr, ccsidr[16];      /* indexed by CSSELR */
    uint32_t    sctlr_reset, sctlr_mask, actlr;     /* mask: bits that can be written */
    uint32_t    l2ctlr, pmcr;
    uint32_t    fpsid, mvfr[2];
} ArmModel;

typedef struct ArmCp15 {        /* as the manual names them; VMSA */
    uint32_t sctlr, actlr, cpacr, dacr, dfsr, ifsr, dfar, ifar, prrr, nmrr, vbar, fcseidr,
             contextidr, tpidrurw, tpidruro, tpidrprw, csselr, ttbcr, adfsr, aifsr, amair[2], mvbar,
             wfar, scr, sder, nsacr;
    uint64_t ttbr[2];
    uint64_t par;
    uint32_t l2ctlr, l2ectlr, l2auxcr, lockdown[2], tlblock[2], dtcm, itcm;
    uint32_t a9_power, a9_diag;
    uint32_t pmcr, pmcntenset, pmintenset, pmuserenr, pmselr, pmovsr;
    uint32_t pmccfiltr;
    uint64_t pmcc_base;         /* cycle counter minus virtual time; when stopped, its value */
    uint32_t cntkctl, cntfrq, cntp_ctl, cntv_ctl;
    uint64_t cntp_cval, cntv_cval, cntvoff;
    uint32_t dbgdscr, dbgvcr, dbgprcr, teecr, teehbr;
} ArmCp15;

/* Semihosting: where its console is.  NULL in ArmCpu: SVC 0x123456 and BKPT 0xab are ordinary. */
typedef struct ArmSemihost {
    void (*write)(void *opaque, const char *buf, size_t len);
    int  (*read)(void *opaque);         /* a character, or -1 */
    void (*exit)(void *opaque, int status);
} ArmSemihost;

enum { ARM_N_BANKS = 8, ARM_N_DACRS = 16 };

typedef struct ArmCpu {
    Cpu      cpu;
    uint32_t r[15];             /* the current mode's r0..r14; r15 is Cpu.pc */
    uint32_t nzcv;              /* packed flags word: FL_N FL_Z FL_C FL_V */
    uint32_t q;                 /* CPSR.Q: 0 or 1 */
    uint32_t ge;                /* CPSR.GE: 4 bits */
    uint32_t cpsr_rest;         /* J E A I F M */
    uint32_t spsr;              /* of the current mode, whole */
    /* Before ARMv6 (SCTLR.A and U clear) an unaligned LDR rotates and other accesses ignore the low
     * bits.  Code is lifted as if none were unaligned; GuestIsa.alignment_fault then sets `rotate`
     * and goes on at the same pc, where KEY_ROTATE lifts that one instruction in the long form. */
    bool     rotate;
    uint32_t it;                /* ITSTATE (8 bits), right outside of generated code */
    uint32_t fpscr_nzcv;        /* packed flags word */
    uint32_t fpscr;             /* everything but NZCV and the sticky flags kept by the host */
    uint32_t excl_addr;         /* exclusive monitor: address, or 1 for none (never aligned) */
    uint32_t excl_lo, excl_hi;  /* what LDREX read there */
    uint32_t fpexc;
    V128     v[16];             /* q0..q15 */

    uint32_t banked_r13[ARM_N_BANKS], banked_r14[ARM_N_BANKS], banked_spsr[ARM_N_BANKS];
    uint32_t usr_r8_r12[5], fiq_r8_r12[5];
    ArmCp15  cp15;
    uint32_t lines;             /* input levels: bit 0 irq, bit 1 fiq; written with atomics */
    bool     event;             /* the Event Register of SEV and WFE */
    uint64_t features;
    const ArmModel *model;
    const struct CpReg *cp_hash[512];   /* the coprocessor registers of this model */

    /* DACR values lately in use.  Each has its own number in tlb_set_asid(), so that a kernel that
     * closes and opens the user domain around each access flushes nothing (cp15.c). */
    uint32_t dacrs[ARM_N_DACRS];
    uint8_t  n_dacrs, dacr_index;
    uint32_t dacr_varying;      /* bits of the fields that differ between them */

    Timer    timer[2];          /* ARM_OUT_PHYS_TIMER, ARM_OUT_VIRT_TIMER */
    const ArmSemihost *semihost;
    void    *semihost_opaque;
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
    SLOT_CPSR,          /* cpsr_rest; lifters may set (not clear) A, I, F; the rest by calls */
    SLOT_SPSR,          /* of the current mode */
    SLOT_TPIDRURW, SLOT_TPIDRURO, SLOT_TPIDRPRW,
    SLOT_S0, SLOT_D0 = SLOT_S0 + 32, SLOT_Q0 = SLOT_D0 + 32, ARM_N_SLOTS = SLOT_Q0 + 16
};
extern const SlotDef arm_slots[ARM_N_SLOTS];

/* ---- state in the manual's form (except.c) ---- */
uint32_t arm_cpsr(const ArmCpu *s);                     /* whole, with T and IT */
/* Writes the bits in mask; switches banks; calls cpu_mode_changed().  T goes into Cpu.pc. */
void     arm_set_cpsr(ArmCpu *s, uint32_t value, uint32_t mask);
void     arm_switch_mode(ArmCpu *s, unsigned mode);
unsigned arm_bank(unsigned mode);                       /* USR and SYS share bank 0 */
bool     arm_mode_exists(const ArmCpu *s, unsigned mode);
/* An interrupt may have become unmasked: asks for a look at the next poll. */
void     arm_poll_interrupts(ArmCpu *s);

static inline unsigned arm_mode(const ArmCpu *s)
{
    return s->cpsr_rest & CPSR_M;
}

static inline bool arm_privileged(const ArmCpu *s)
{
    return arm_mode(s) != MODE_USR;
}

/* The packed flags word of NZCV in bits 31..28, and back. */
static inline uint32_t arm_pack_nzcv(uint32_t psr)
{
    return (psr >> 31 & 1) * FL_N | (psr >> 30 & 1) * FL_Z | (psr >> 29 & 1) * FL_C |
           (psr >> 28 & 1) * FL_V;
}

static inline uint32_t arm_unpack_nzcv(uint32_t fl)
{
    return (uint32_t)!!(fl & FL_N) << 31 | (uint32_t)!!(fl & FL_Z) << 30 |
           (uint32_t)!!(fl & FL_C) << 29 | (uint32_t)!!(fl & FL_V) << 28;
}

typedef enum ArmException {
    EXC_RESET, EXC_UNDEF, EXC_SVC, EXC_PABT, EXC_DABT, EXC_HVC, EXC_IRQ, EXC_FIQ, ARM_N_EXCEPTIONS
} ArmException;
/*
 * Takes an exception: banks, SPSR, LR, CPSR, Cpu.pc = vector.  `pc` is the preferred return address
 * as a code address: of the instruction itself for UNDEF and aborts, of the next one for the rest.
 * ArmCpu.it is what SPSR.IT becomes.
 */
void arm_take_exception(ArmCpu *s, ArmException e, uint64_t pc);

/* GuestIsa functions (except.c, mmu.c, isa.c) */
void     arm_reset(Cpu *cpu);
void     arm_start(Cpu *cpu, const CpuStart *start);
uint64_t arm_mode_key(const Cpu *cpu);
unsigned arm_fetch_mmu(const Cpu *cpu);
void     arm_lift_block(Lift *c);
void     arm_restore(Cpu *cpu, uint64_t pc, uint16_t aux);
bool     arm_walk(Cpu *cpu, GVa va, AccessType access, unsigned mmu, bool debug, Translation *t,
                  MmuFault *fault);
void     arm_mmu_fault(Cpu *cpu, const MmuFault *fault);
void     arm_alignment_fault(Cpu *cpu, GVa va, AccessType access, unsigned mmu);
void     arm_bus_fault(Cpu *cpu, GVa va, AccessType access, MemResult why);
bool     arm_take_interrupt(Cpu *cpu);
bool     arm_has_work(const Cpu *cpu);
bool     arm_masked(const Cpu *cpu);
bool     arm_set_input(Cpu *cpu, int n, int level);
bool     arm_debug_reg(const Cpu *cpu, unsigned n, DebugReg *reg);     /* debug.c */
void     arm_debug_read(Cpu *cpu, unsigned n, uint64_t v[2]);
bool     arm_debug_write(Cpu *cpu, unsigned n, const uint64_t v[2]);
bool     arm_data_is_big(const Cpu *cpu);
void     arm_print_state(const Cpu *cpu, FILE *f);

/* ---- models (models.c) ---- */
const ArmModel *arm_model_find(const char *name);
const ArmModel *arm_model(unsigned n);                  /* NULL after the last */
/* Gives the CPU its model's features and identity: GuestIsa.init without the name. */
void arm_set_model(ArmCpu *s, const ArmModel *model);

/* ---- Generic Timer (timer.c); n: ARM_OUT_PHYS_TIMER or ARM_OUT_VIRT_TIMER ---- */
void     arm_timer_init(ArmCpu *s);
void     arm_timer_reset(ArmCpu *s);
uint64_t arm_timer_count(const ArmCpu *s, unsigned n);
void     arm_timer_update(ArmCpu *s, unsigned n);       /* CTL or CVAL changed */
uint32_t arm_timer_ctl(const ArmCpu *s, unsigned n);    /* with ISTATUS */

/* GuestIsa.outputs of a CPU with the Generic Timer, in this order.  HVC and SMC first ask Cpu.hvc
 * and Cpu.smc (PSCI: set by the machine). */
enum { ARM_OUT_PHYS_TIMER, ARM_OUT_VIRT_TIMER, ARM_OUT_HYP_TIMER, ARM_OUT_SEC_TIMER, ARM_OUT_PMU };

/* Semihosting calls go there from now on; NULL: off. */
void arm_set_semihosting(Cpu *cpu, const ArmSemihost *ops, void *opaque);

extern const GuestIsa guest_arm;

#endif
