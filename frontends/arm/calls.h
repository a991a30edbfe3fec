/* SPDX-License-Identifier: MIT */
/*
 * C functions that lifted ARM code calls.  The CallDef of arm_foo is call_arm_foo.
 *
 * `it` is the ITSTATE to store in SPSR or ArmCpu.it: generated code does not keep it up to date.
 * Traps (returning uint32_t "code address") do what the exception does and return the code address
 * of the handler: the lifter ends the block with ir_jump to it.
 */
#ifndef FRONTENDS_ARM_CALLS_H
#define FRONTENDS_ARM_CALLS_H

#include "frontends/arm/cpu.h"

/* ---- calls_int.c: arithmetic.  Pure: no state. */
extern const CallDef
    call_arm_sadd8,  call_arm_sadd16, call_arm_ssub8,  call_arm_ssub16,     /* d:ww, GE << 32 */
    call_arm_uadd8,  call_arm_uadd16, call_arm_usub8,  call_arm_usub16,
    call_arm_sasx,   call_arm_ssax,   call_arm_uasx,   call_arm_usax,
    call_arm_qadd8,  call_arm_qadd16, call_arm_qsub8,  call_arm_qsub16,     /* w:ww */
    call_arm_qasx,   call_arm_qsax,   call_arm_uqasx,  call_arm_uqsax,
    call_arm_uqadd8, call_arm_uqadd16, call_arm_uqsub8, call_arm_uqsub16,
    call_arm_shadd8, call_arm_shadd16, call_arm_shsub8, call_arm_shsub16,
    call_arm_shasx,  call_arm_shsax,  call_arm_uhasx,  call_arm_uhsax,
    call_arm_uhadd8, call_arm_uhadd16, call_arm_uhsub8, call_arm_uhsub16,
    call_arm_usad8;

/* ---- calls_int.c: ITSTATE at a block boundary.  Sets ArmCpu.it and calls cpu_mode_changed(). */
extern const CallDef call_arm_set_it;           /* :w    (it) */
/* An access was rotated or aligned as ARMv5 does: ArmCpu.rotate = false, cpu_mode_changed(). */
extern const CallDef call_arm_end_rotation;     /* :     */

/* ---- calls.c: exceptions and returns from them (CALL_SYNC) */
extern const CallDef
    call_arm_undef,             /* w:ww   (pc, it)        Undefined Instruction at pc */
    call_arm_svc,               /* w:ww   (next pc, it)   it: as advanced past the SVC */
    call_arm_hvc,               /* w:wwww (pc, next pc, it, it after)  asks Cpu.hvc first */
    call_arm_smc,               /* w:wwww (pc, next pc, it, it after) */
    call_arm_bkpt,              /* w:ww   (pc, it)        prefetch abort, debug event */
    call_arm_exception_return,  /* w:w    (new pc)        CPSR = SPSR; code address with T of it */
    call_arm_rfe,               /* w:ww   (new pc, new CPSR) */
    call_arm_eret;              /* w:     */

/* Semihosting: the lifter's choice for SVC 0x123456 (A32), SVC 0xab (Thumb) and BKPT 0xab; the same
 * as arm_svc and arm_bkpt when semihosting is off. */
extern const CallDef
    call_arm_semihost_svc,      /* w:ww   (next pc, it) */
    call_arm_semihost_bkpt;     /* w:www  (pc, it, next pc) */

/* ---- calls.c: status registers.  After those that write, the block ends with ir_jump. */
extern const CallDef
    call_arm_mrs_cpsr,          /* w:     */
    call_arm_mrs_spsr,          /* w:     */
    call_arm_msr_cpsr,          /* :ww    (value, mask: the four field bits "fsxc") */
    call_arm_msr_spsr,          /* :ww    */
    call_arm_mrs_banked,        /* w:www  (R << 5 | SYSm, pc, it)   CALL_SYNC */
    call_arm_msr_banked,        /* :wwww  (R << 5 | SYSm, value, pc, it) */
    call_arm_cps,               /* :www   (imod, A I F as in CPSR, M ? mode | 0x100 : 0)  no-op in User */
    call_arm_setend;            /* :w     (1: big) */

/* ---- calls.c: registers of other modes */
extern const CallDef
    call_arm_get_user_reg,      /* w:w    (n)             r8..r14 of User mode; CALL_READS */
    call_arm_set_user_reg,      /* :ww    (n, value)      CALL_READS | CALL_WRITES */
    call_arm_get_mode_sp,       /* w:w    (mode)          SRS */
    call_arm_set_mode_sp;       /* :ww    (mode, value) */

/* ---- calls.c: coprocessors.  `reg` is ARM_CPREG(); they raise Undefined at Cpu.pc (CALL_SYNC). */
#define ARM_CPREG(cp, opc1, crn, crm, opc2) \
    ((cp) << 16 | (opc1) << 12 | (crn) << 8 | (crm) << 4 | (opc2))
extern const CallDef
    call_arm_mrc,               /* w:ww   (reg, it)       bits 31:28 go to NZCV when rt is 15 */
    call_arm_mcr,               /* :www   (reg, value, it) */
    call_arm_mrrc,              /* d:ww   (reg: opc1 and crm; it)   rt | rt2 << 32 */
    call_arm_mcrr;              /* :wdw   (reg, rt | rt2 << 32, it) */

/*
 * How to lift an access to cp14 or cp15, for the block's mode key.  The cheaper kinds keep cache
 * maintenance, barriers and thread registers inside of the block, without a call.
 */
typedef enum ArmCpKind {
    ARM_CP_CALL,        /* mrc, mcr, mrrc or mcrr; after a write the block ends */
    ARM_CP_UNDEF,       /* always Undefined here */
    ARM_CP_NOP,         /* a write without effect on anything that a block could see */
    ARM_CP_SLOT,        /* ir_get or ir_put of ArmCpPlan.slot */
    ARM_CP_CONST,       /* reads ArmCpPlan.value */
} ArmCpKind;

typedef struct ArmCpPlan {
    ArmCpKind kind;
    unsigned  slot;
    uint32_t  value;
} ArmCpPlan;

/* is64: MRRC, MCRR */
ArmCpPlan arm_cp_plan(const ArmCpu *s, uint32_t reg, bool is64, bool write, uint64_t mode_key);

/* ---- calls.c: waiting.  They may leave with Cpu.pc = next pc. */
extern const CallDef
    call_arm_wfi,               /* :ww    (next pc, it) */
    call_arm_wfe,               /* :ww    */
    call_arm_dsb,               /* :ww    */
    call_arm_yield,             /* :ww    */
    call_arm_sev;               /* :      */

#endif
