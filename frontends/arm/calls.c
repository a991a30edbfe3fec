/* SPDX-License-Identifier: MIT */
/*
 * System instructions in C: exceptions and returns from them, status registers, registers of other
 * modes, coprocessors, waiting.
 * Implements: ARM DDI 0406C, B9 (system instructions), A8 (MRC, MCR, SVC, BKPT), B9.2.3 (banked
 * registers).
 *
 * Choices for UNPREDICTABLE: a return from exception in User or System mode is a branch; SPSR reads
 * as 0 there and cannot be written; MRS and MSR of a banked register that does not exist, or in
 * User mode, are Undefined; SRS to a mode that does not exist uses the current mode's stack.
 * WFE does not sleep: it gives other CPUs a turn.
 */
#include "frontends/arm/calls.h"
#include "frontends/arm/cp15.h"
#include "frontends/arm/semihost.h"
#include "system/lock.h"
#include "system/log.h"

/* ---- exceptions ---- */

static void set_it(ArmCpu *s, uint32_t it)
{
    if (s->it != it) {
        s->it = it;
        cpu_mode_changed(&s->cpu);
    }
}

static uint32_t take(ArmCpu *s, ArmException e, uint32_t pc, uint32_t it)
{
    set_it(s, it);
    arm_take_exception(s, e, pc);
    return s->cpu.pc;
}

/* Undefined, found inside a call. */
static void G_GNUC_NORETURN raise_undef(ArmCpu *s, uint32_t it)
{
    take(s, EXC_UNDEF, s->cpu.pc, it);
    cpu_leave(&s->cpu);
}

static uint32_t arm_undef(Cpu *cpu, uint32_t pc, uint32_t it)
{
    return take(ARM(cpu), EXC_UNDEF, pc, it);
}
CALL_DEF(arm_undef, "w:ww", CALL_SYNC);

static uint32_t arm_svc(Cpu *cpu, uint32_t next, uint32_t it)
{
    return take(ARM(cpu), EXC_SVC, next, it);
}
CALL_DEF(arm_svc, "w:ww", CALL_SYNC);

/* A debug event without a debugger: a prefetch abort.  IFAR is not touched. */
static uint32_t arm_bkpt(Cpu *cpu, uint32_t pc, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    s->cp15.ifsr = arm_lpae_on(s) ? ARM_FSR_LONG | 0x22 : 0x02;
    return take(s, EXC_PABT, pc, it);
}
CALL_DEF(arm_bkpt, "w:ww", CALL_SYNC);

/* A call of the machine's firmware; false: there is none or it does not know the call. */
static bool ask_firmware(ArmCpu *s, CpuFirmware firmware)
{
    uint64_t regs[4] = { s->r[0], s->r[1], s->r[2], s->r[3] };
    if (!firmware) {
        return false;
    }
    bool taken = machine_lock_if_free();
    bool done = firmware(&s->cpu, regs, s->cpu.firmware);
    machine_unlock_if(taken);
    for (int i = 0; done && i < 4; i++) {
        s->r[i] = regs[i];
    }
    return done;
}

static uint32_t call_firmware(Cpu *cpu, CpuFirmware firmware, uint32_t pc, uint32_t next,
                              uint32_t it, uint32_t it_next)
{
    ArmCpu *s = ARM(cpu);
    if (!arm_privileged(s) || !ask_firmware(s, firmware)) {
        return take(s, EXC_UNDEF, pc, it);
    }
    set_it(s, it_next);
    if (cpu->powered_off || cpu->halted) {
        cpu->pc = next;
        cpu_leave(cpu);
    }
    return next;
}

static uint32_t arm_hvc(Cpu *cpu, uint32_t pc, uint32_t next, uint32_t it, uint32_t it_next)
{
    return call_firmware(cpu, cpu->hvc, pc, next, it, it_next);
}
CALL_DEF(arm_hvc, "w:wwww", CALL_SYNC);

static uint32_t arm_smc(Cpu *cpu, uint32_t pc, uint32_t next, uint32_t it, uint32_t it_next)
{
    return call_firmware(cpu, cpu->smc, pc, next, it, it_next);
}
CALL_DEF(arm_smc, "w:wwww", CALL_SYNC);

static uint32_t arm_semihost_svc(Cpu *cpu, uint32_t next, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    if (!s->semihost) {
        return take(s, EXC_SVC, next, it);
    }
    arm_semihost_call(s);
    set_it(s, it);
    return next;
}
CALL_DEF(arm_semihost_svc, "w:ww", CALL_SYNC);

static uint32_t arm_semihost_bkpt(Cpu *cpu, uint32_t pc, uint32_t it, uint32_t next)
{
    ArmCpu *s = ARM(cpu);
    if (!s->semihost) {
        return arm_bkpt(cpu, pc, it);
    }
    arm_semihost_call(s);
    return next;
}
CALL_DEF(arm_semihost_bkpt, "w:www", CALL_SYNC);

/* ---- returns from exceptions ---- */

static bool has_spsr(const ArmCpu *s)
{
    return arm_mode(s) != MODE_USR && arm_mode(s) != MODE_SYS;
}

static uint32_t code_address(uint32_t pc, bool thumb)
{
    return thumb ? pc | 1 : pc & ~3u;
}

static uint32_t return_to(ArmCpu *s, uint32_t pc, uint32_t psr)
{
    s->excl_addr = 1;
    arm_set_cpsr(s, psr, UINT32_MAX);
    return code_address(pc, psr & CPSR_T);
}

static uint32_t arm_exception_return(Cpu *cpu, uint32_t pc)
{
    ArmCpu *s = ARM(cpu);
    return has_spsr(s) ? return_to(s, pc, s->spsr) : code_address(pc, cpu->pc & 1);
}
CALL_DEF(arm_exception_return, "w:w", CALL_SYNC);

static uint32_t arm_rfe(Cpu *cpu, uint32_t pc, uint32_t psr)
{
    ArmCpu *s = ARM(cpu);
    return arm_privileged(s) ? return_to(s, pc, psr) : code_address(pc, cpu->pc & 1);
}
CALL_DEF(arm_rfe, "w:ww", CALL_SYNC);

/* Outside of Hyp mode: as SUBS pc, lr, #0. */
static uint32_t arm_eret(Cpu *cpu)
{
    return arm_exception_return(cpu, ARM(cpu)->r[14]);
}
CALL_DEF(arm_eret, "w:", CALL_SYNC);

/* ---- status registers ---- */

static uint32_t field_mask(uint32_t fields)
{
    return (fields & 1) * 0xff | (fields >> 1 & 1) * 0xff00 | (fields >> 2 & 1) * 0xff0000 |
           (fields >> 3 & 1) * 0xff000000;
}

static uint32_t arm_mrs_cpsr(Cpu *cpu)
{
    return arm_cpsr(ARM(cpu)) & 0xf8ff03df;         /* J, IT and T read as zero */
}
CALL_DEF(arm_mrs_cpsr, "w:", CALL_READS);

static uint32_t arm_mrs_spsr(Cpu *cpu)
{
    return has_spsr(ARM(cpu)) ? ARM(cpu)->spsr : 0;
}
CALL_DEF(arm_mrs_spsr, "w:", CALL_READS);

/* MSR changes neither T nor IT.  User mode writes flags, Q, GE and E only. */
static void arm_msr_cpsr(Cpu *cpu, uint32_t value, uint32_t fields)
{
    ArmCpu *s = ARM(cpu);
    uint32_t allowed = 0xf80f0000 | CPSR_E;
    if (arm_privileged(s)) {
        allowed |= CPSR_M | CPSR_A | CPSR_I | CPSR_F;
    }
    arm_set_cpsr(s, value, field_mask(fields) & allowed);
}
CALL_DEF(arm_msr_cpsr, ":ww", CALL_SYNC);

static void arm_msr_spsr(Cpu *cpu, uint32_t value, uint32_t fields)
{
    ArmCpu *s = ARM(cpu);
    uint32_t mask = field_mask(fields);
    if (has_spsr(s)) {
        s->spsr = (s->spsr & ~mask) | (value & mask);
    }
}
CALL_DEF(arm_msr_spsr, ":ww", CALL_READS | CALL_WRITES);

static void arm_cps(Cpu *cpu, uint32_t imod, uint32_t aif, uint32_t mode)
{
    ArmCpu *s = ARM(cpu);
    uint32_t mask = imod & 2 ? aif & (CPSR_A | CPSR_I | CPSR_F) : 0;
    uint32_t value = imod & 1 ? mask : 0;
    if (!arm_privileged(s)) {
        return;
    }
    if (mode & 0x100) {
        mask |= CPSR_M;
        value |= mode & CPSR_M;
    }
    arm_set_cpsr(s, value, mask);
}
CALL_DEF(arm_cps, ":www", CALL_SYNC);

static void arm_setend(Cpu *cpu, uint32_t big)
{
    arm_set_cpsr(ARM(cpu), big ? CPSR_E : 0, CPSR_E);
}
CALL_DEF(arm_setend, ":w", CALL_SYNC);

/* ---- registers of other modes ---- */

/* Where r8 to r14 of a mode are now. */
static uint32_t *mode_reg(ArmCpu *s, unsigned mode, unsigned n)
{
    unsigned now = arm_mode(s);
    if (n < 8) {
        return &s->r[n];
    }
    if (n < 13) {
        if ((mode == MODE_FIQ) == (now == MODE_FIQ)) {
            return &s->r[n];
        }
        return mode == MODE_FIQ ? &s->fiq_r8_r12[n - 8] : &s->usr_r8_r12[n - 8];
    }
    if (arm_bank(mode) == arm_bank(now)) {
        return &s->r[n];
    }
    return n == 13 ? &s->banked_r13[arm_bank(mode)] : &s->banked_r14[arm_bank(mode)];
}

static uint32_t arm_get_user_reg(Cpu *cpu, uint32_t n)
{
    return *mode_reg(ARM(cpu), MODE_USR, n < 15 ? n : 14);
}
CALL_DEF(arm_get_user_reg, "w:w", CALL_READS);

static void arm_set_user_reg(Cpu *cpu, uint32_t n, uint32_t value)
{
    *mode_reg(ARM(cpu), MODE_USR, n < 15 ? n : 14) = value;
}
CALL_DEF(arm_set_user_reg, ":ww", CALL_READS | CALL_WRITES);

static uint32_t *mode_sp(ArmCpu *s, uint32_t mode)
{
    return mode_reg(s, arm_mode_exists(s, mode) ? mode : arm_mode(s), 13);
}

static uint32_t arm_get_mode_sp(Cpu *cpu, uint32_t mode)
{
    return *mode_sp(ARM(cpu), mode);
}
CALL_DEF(arm_get_mode_sp, "w:w", CALL_READS);

static void arm_set_mode_sp(Cpu *cpu, uint32_t mode, uint32_t value)
{
    *mode_sp(ARM(cpu), mode) = value;
}
CALL_DEF(arm_set_mode_sp, ":ww", CALL_READS | CALL_WRITES);

/* B9.2.3: SYSm of MRS and MSR (banked).  Rows of four or eight, by SYSm[4:3] and below. */
static uint32_t *banked_reg(ArmCpu *s, uint32_t r_sysm)
{
    static const uint8_t pair_mode[8] = {
        MODE_IRQ, MODE_SVC, MODE_ABT, MODE_UND, 0, 0, 0, 0      /* Monitor and Hyp are absent */
    };
    unsigned sysm = r_sysm & 31;
    bool spsr = r_sysm & 32;
    if (!arm_privileged(s)) {
        return NULL;
    }
    unsigned mode = sysm < 8 ? MODE_USR : sysm < 16 ? MODE_FIQ : pair_mode[(sysm - 16) / 2];
    if (spsr) {
        bool named = sysm < 16 ? sysm == 14 : !(sysm & 1) && mode;
        if (!named) {
            return NULL;
        }
        return arm_bank(mode) == arm_bank(arm_mode(s)) ? &s->spsr : &s->banked_spsr[arm_bank(mode)];
    }
    if (!mode || (sysm < 16 && (sysm & 7) == 7)) {
        return NULL;
    }
    return mode_reg(s, mode, sysm < 16 ? 8 + (sysm & 7) : sysm & 1 ? 13 : 14);
}

static uint32_t arm_mrs_banked(Cpu *cpu, uint32_t r_sysm, uint32_t pc, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    uint32_t *reg = banked_reg(s, r_sysm);
    if (!reg) {
        cpu->pc = pc;
        raise_undef(s, it);
    }
    return *reg;
}
CALL_DEF(arm_mrs_banked, "w:www", CALL_SYNC);

static void arm_msr_banked(Cpu *cpu, uint32_t r_sysm, uint32_t value, uint32_t pc, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    uint32_t *reg = banked_reg(s, r_sysm);
    if (!reg) {
        cpu->pc = pc;
        raise_undef(s, it);
    }
    *reg = value;
}
CALL_DEF(arm_msr_banked, ":wwww", CALL_SYNC);

/* ---- coprocessors ---- */

/* The row that the running program may use, or Undefined. */
static const CpReg *usable(ArmCpu *s, uint32_t reg, bool is64, bool write, uint32_t it)
{
    const CpReg *r = arm_cp_find(s, reg, is64);
    if (!r) {
        log_unimp(NULL, "%s p%u, %u, c%u, c%u, %u at %08x", write ? "mcr" : "mrc", reg >> 16,
                  reg >> 12 & 15, reg >> 8 & 15, reg >> 4 & 15, reg & 15, (uint32_t)s->cpu.pc);
    }
    if (!r || !arm_cp_allowed(s, r, write, arm_privileged(s))) {
        raise_undef(s, it);
    }
    return r;
}

static uint32_t arm_mrc(Cpu *cpu, uint32_t reg, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    return arm_cp_read(s, usable(s, reg, false, false, it));
}
CALL_DEF(arm_mrc, "w:ww", CALL_SYNC);

static void arm_mcr(Cpu *cpu, uint32_t reg, uint32_t value, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    arm_cp_write(s, usable(s, reg, false, true, it), value);
}
CALL_DEF(arm_mcr, ":www", CALL_SYNC);

static uint64_t arm_mrrc(Cpu *cpu, uint32_t reg, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    return arm_cp_read(s, usable(s, reg, true, false, it));
}
CALL_DEF(arm_mrrc, "d:ww", CALL_SYNC);

static void arm_mcrr(Cpu *cpu, uint32_t reg, uint64_t value, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    arm_cp_write(s, usable(s, reg, true, true, it), value);
}
CALL_DEF(arm_mcrr, ":wdw", CALL_SYNC);

/* ---- waiting ---- */

static void G_GNUC_NORETURN leave_at(Cpu *cpu, uint32_t next, uint32_t it)
{
    set_it(ARM(cpu), it);
    cpu->pc = next;
    cpu_leave(cpu);
}

static void arm_wfi(Cpu *cpu, uint32_t next, uint32_t it)
{
    if (!arm_has_work(cpu)) {
        cpu->halted = true;
    }
    leave_at(cpu, next, it);
}
CALL_DEF(arm_wfi, ":ww", CALL_SYNC | CALL_IDLE);

static void arm_wfe(Cpu *cpu, uint32_t next, uint32_t it)
{
    ArmCpu *s = ARM(cpu);
    if (!s->event) {
        g_thread_yield();
    }
    s->event = false;
    leave_at(cpu, next, it);
}
CALL_DEF(arm_wfe, ":ww", CALL_SYNC | CALL_IDLE);

/* Until the other CPUs have done the TLB maintenance. */
static void arm_dsb(Cpu *cpu, uint32_t next, uint32_t it)
{
    if (cpu_must_sync(cpu)) {
        leave_at(cpu, next, it);
    }
}
CALL_DEF(arm_dsb, ":ww", CALL_SYNC);

static void arm_yield(Cpu *cpu, uint32_t next, uint32_t it)
{
    g_thread_yield();
    leave_at(cpu, next, it);
}
CALL_DEF(arm_yield, ":ww", CALL_SYNC | CALL_IDLE);

static void arm_sev(Cpu *cpu)
{
    ARM(cpu)->event = true;
}
CALL_DEF(arm_sev, ":", CALL_READS | CALL_WRITES);
