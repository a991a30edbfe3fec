/* SPDX-License-Identifier: MIT */
/*
 * Modes, banked registers, exceptions, reset and interrupts of an ARM processor.
 * Implements: ARM DDI 0406C, B1.3 (modes, registers), B1.8 and B1.9 (exceptions), B3.13 (fault
 * status); DDI 0100I, A2.6 for what ARMv4 and ARMv5 do differently.
 *
 * Choices for UNPREDICTABLE: writing a mode that the processor does not have leaves the mode as it
 * was.  J is always 0 (no Jazelle, no ThumbEE).  Monitor and Hyp mode do not exist.
 * Not here: vectored interrupts (SCTLR.VE), non-maskable FIQ (SCTLR.NMFI), asynchronous aborts.
 */
#include "frontends/arm/cpu.h"
#include "frontends/arm/cp15.h"
#include "system/log.h"

enum { LINE_IRQ = 1, LINE_FIQ = 2 };

/* ---- modes and banks ---- */

unsigned arm_bank(unsigned mode)
{
    static const uint8_t bank[32] = {
        [MODE_FIQ] = 1, [MODE_IRQ] = 2, [MODE_SVC] = 3, [MODE_MON] = 4, [MODE_ABT] = 5,
        [MODE_HYP] = 6, [MODE_UND] = 7,
    };
    return bank[mode & 31];
}

bool arm_mode_exists(const ArmCpu *s, unsigned mode)
{
    switch (mode) {
    case MODE_USR:
    case MODE_FIQ:
    case MODE_IRQ:
    case MODE_SVC:
    case MODE_ABT:
    case MODE_UND:
    case MODE_SYS:
        return true;
    default:
        return false;
    }
}

static void swap_r8_r12(ArmCpu *s, uint32_t *save, const uint32_t *load)
{
    memcpy(save, &s->r[8], sizeof(s->usr_r8_r12));
    memcpy(&s->r[8], load, sizeof(s->usr_r8_r12));
}

void arm_switch_mode(ArmCpu *s, unsigned mode)
{
    unsigned old = arm_mode(s);
    unsigned from = arm_bank(old), to = arm_bank(mode);
    s->cpsr_rest = (s->cpsr_rest & ~CPSR_M) | mode;
    if (from == to) {
        return;
    }
    s->banked_r13[from] = s->r[13];
    s->banked_r14[from] = s->r[14];
    s->banked_spsr[from] = s->spsr;
    if (old == MODE_FIQ) {
        swap_r8_r12(s, s->fiq_r8_r12, s->usr_r8_r12);
    } else if (mode == MODE_FIQ) {
        swap_r8_r12(s, s->usr_r8_r12, s->fiq_r8_r12);
    }
    s->r[13] = s->banked_r13[to];
    s->r[14] = s->banked_r14[to];
    s->spsr = s->banked_spsr[to];
}

uint32_t arm_cpsr(const ArmCpu *s)
{
    return arm_unpack_nzcv(s->nzcv) | s->q << 27 | (s->it & 3) << 25 | s->ge << 16 |
           (s->it & 0xfc) << 8 | s->cpsr_rest | (s->cpu.pc & 1) << 5;
}

/* The bits of cpsr_rest that this architecture has. */
static uint32_t rest_bits(const ArmCpu *s)
{
    return CPSR_M | CPSR_I | CPSR_F | (arm_has(s, ARM_V6) ? CPSR_A | CPSR_E : 0);
}

static void set_rest(ArmCpu *s, uint32_t value, uint32_t mask)
{
    mask &= rest_bits(s);
    if ((mask & CPSR_M) && arm_mode_exists(s, value & CPSR_M)) {
        arm_switch_mode(s, value & CPSR_M);
    }
    mask &= ~CPSR_M;
    s->cpsr_rest = (s->cpsr_rest & ~mask) | (value & mask);
}

static void set_it_bits(ArmCpu *s, uint32_t value, uint32_t mask)
{
    uint32_t it = (value >> 25 & 3) | (value >> 8 & 0xfc);
    uint32_t it_mask = (mask >> 25 & 3) | (mask >> 8 & 0xfc);
    if (arm_has(s, ARM_V6T2)) {
        s->it = (s->it & ~it_mask) | (it & it_mask);
    }
}

void arm_set_cpsr(ArmCpu *s, uint32_t value, uint32_t mask)
{
    uint64_t key = arm_mode_key(&s->cpu);
    uint32_t now = arm_unpack_nzcv(s->nzcv);
    s->nzcv = arm_pack_nzcv((now & ~mask) | (value & mask));
    if ((mask & CPSR_Q) && arm_has(s, ARM_V5E)) {
        s->q = value >> 27 & 1;
    }
    if (arm_has(s, ARM_V6)) {
        uint32_t ge_mask = mask >> 16 & 15;
        s->ge = (s->ge & ~ge_mask) | (value >> 16 & ge_mask);
    }
    set_it_bits(s, value, mask);
    set_rest(s, value, mask);
    if (mask & CPSR_T) {
        s->cpu.pc = (s->cpu.pc & ~1ull) | (value >> 5 & 1);
    }
    if (arm_mode_key(&s->cpu) != key) {
        cpu_mode_changed(&s->cpu);
    }
    arm_poll_interrupts(s);
}

/* ---- what translation depends on ---- */

/* CPACR's two bits for cp10: 1 privileged only, 3 everybody.  Before ARMv6 there is no CPACR. */
static bool vfp_accessible(const ArmCpu *s)
{
    if (!arm_has(s, ARM_VFP2)) {
        return false;
    }
    unsigned field = arm_has(s, ARM_V6) ? s->cp15.cpacr >> 20 & 3 : 3;
    return field == 3 || (field == 1 && arm_privileged(s));
}

static uint64_t vfp_key(const ArmCpu *s)
{
    enum { FZ = 1 << 24, DN = 1 << 25, VECTOR = 0x370000, ASEDIS = 1u << 31, D32DIS = 1 << 30 };
    if (!vfp_accessible(s)) {
        return 0;
    }
    uint64_t key = KEY_CP10;
    if (s->fpexc & 1u << 30) {
        key |= KEY_VFP;
        if (arm_has(s, ARM_NEON) && !(s->cp15.cpacr & ASEDIS)) {
            key |= KEY_NEON;
        }
    }
    if (s->fpscr & (FZ | DN | VECTOR)) {
        key |= KEY_VFP_SLOW;
    }
    if (s->cp15.cpacr & D32DIS) {
        key |= KEY_D32DIS;
    }
    uint64_t len = s->fpscr >> 16 & 7, stride = s->fpscr >> 20 & 3;
    return key | (len | stride << 3) << KEY_LEN_SHIFT;
}

static bool allows_unaligned(const ArmCpu *s)
{
    return arm_has(s, ARM_V7) || (arm_has(s, ARM_V6) && (s->cp15.sctlr & SCTLR_U));
}

uint64_t arm_mode_key(const Cpu *cpu)
{
    const ArmCpu *s = (const ArmCpu *)cpu;
    unsigned mode = arm_mode(s);
    uint64_t key = vfp_key(s) | (uint64_t)s->it << KEY_IT_SHIFT;
    if (mode != MODE_USR) {
        key |= KEY_PRIV;
    }
    if (mode == MODE_USR || mode == MODE_SYS) {
        key |= KEY_SYSTEM;
    }
    if (s->cpsr_rest & CPSR_E) {
        key |= KEY_E;
    }
    if (s->cp15.sctlr & SCTLR_A) {
        key |= KEY_ALIGN;
    }
    if (allows_unaligned(s)) {
        key |= KEY_UNALIGNED;
    }
    if (s->rotate) {
        key |= KEY_ROTATE;
    }
    return key;
}

unsigned arm_fetch_mmu(const Cpu *cpu)
{
    return arm_privileged((const ArmCpu *)cpu) ? ARM_MMU_PRIV : ARM_MMU_USER;
}

void arm_restore(Cpu *cpu, uint64_t pc, uint16_t aux)
{
    ArmCpu *s = ARM(cpu);
    cpu->pc = pc;
    if (s->it != (aux & 0xff)) {
        s->it = aux & 0xff;
        cpu_mode_changed(cpu);
    }
}

/* ---- exceptions ---- */

/* B1.8.3, table B1-7: what LR is set to, from the preferred return address. */
static const struct {
    const char *name;
    uint8_t  vector, mode, lr_arm, lr_thumb;
    uint16_t masks;             /* CPSR bits set besides I; A from ARMv6 on */
    bool     fault;
} exceptions[ARM_N_EXCEPTIONS] = {
    [EXC_RESET] = { "reset",          0x00, MODE_SVC, 0, 0, CPSR_F | CPSR_A },
    [EXC_UNDEF] = { "undefined",      0x04, MODE_UND, 4, 2, 0, true },
    [EXC_SVC]   = { "svc",            0x08, MODE_SVC, 0, 0, 0 },
    [EXC_PABT]  = { "prefetch abort", 0x0c, MODE_ABT, 4, 4, CPSR_A, true },
    [EXC_DABT]  = { "data abort",     0x10, MODE_ABT, 8, 8, CPSR_A, true },
    [EXC_HVC]   = { "hvc",            0x14, MODE_SVC, 0, 0, 0 },
    [EXC_IRQ]   = { "irq",            0x18, MODE_IRQ, 4, 4, CPSR_A },
    [EXC_FIQ]   = { "fiq",            0x1c, MODE_FIQ, 4, 4, CPSR_A | CPSR_F },
};

static uint32_t vector_base(const ArmCpu *s)
{
    return s->cp15.sctlr & SCTLR_V ? 0xffff0000 : s->cp15.vbar;
}

void arm_take_exception(ArmCpu *s, ArmException e, uint64_t pc)
{
    uint64_t key = arm_mode_key(&s->cpu);
    s->cpu.pc = pc;
    uint32_t psr = arm_cpsr(s);
    uint32_t sctlr = s->cp15.sctlr;
    bool v6 = arm_has(s, ARM_V6);
    log_print(LOG_INT, "%s: %s at %08x, cpsr %08x\n", s->cpu.id ? s->cpu.id : "cpu",
              exceptions[e].name, (uint32_t)pc, psr);

    arm_switch_mode(s, exceptions[e].mode);
    s->spsr = psr;
    s->r[14] = (uint32_t)(pc & ~1ull) + (pc & 1 ? exceptions[e].lr_thumb : exceptions[e].lr_arm);
    s->cpsr_rest |= CPSR_I | (exceptions[e].masks & rest_bits(s));
    if (v6) {
        s->cpsr_rest = (s->cpsr_rest & ~CPSR_E) | (sctlr & SCTLR_EE ? CPSR_E : 0);
    }
    s->it = 0;
    s->cpu.pc = vector_base(s) + exceptions[e].vector;
    if (arm_has(s, ARM_V6T2) && (sctlr & SCTLR_TE)) {
        s->cpu.pc |= 1;
    }
    if (arm_mode_key(&s->cpu) != key) {
        cpu_mode_changed(&s->cpu);
    }
    cpu_note_exception(&s->cpu, exceptions[e].name, exceptions[e].fault, pc);
}

/* The MMU's own faults carry their whole status (mmu.c); here it is stored where software looks. */
static void take_abort(ArmCpu *s, uint32_t va, AccessType access, uint32_t status)
{
    ArmCp15 *c = &s->cp15;
    uint32_t mva = arm_mva(s, va);
    log_print(LOG_INT, "  address %08x, %s, status %#x\n", mva,
              access == ACCESS_FETCH ? "fetch" : access == ACCESS_WRITE ? "write" : "read", status);
    if (access == ACCESS_FETCH) {
        c->ifsr = arm_has(s, ARM_V6) ? status & ~0xf0u : status;
        if (arm_fsr_is_long(status)) {
            c->ifsr = status;
        }
        c->ifar = mva;
        arm_take_exception(s, EXC_PABT, s->cpu.pc);
    } else {
        bool wnr = access == ACCESS_WRITE && arm_has(s, ARM_V6);
        c->dfsr = status | (wnr ? ARM_FSR_WNR : 0);
        c->dfar = mva;
        arm_take_exception(s, EXC_DABT, s->cpu.pc);
    }
}

void arm_mmu_fault(Cpu *cpu, const MmuFault *fault)
{
    take_abort(ARM(cpu), fault->va, fault->access, fault->code);
}

/* Before ARMv6 an unaligned access that is not checked is done once more, the way it was then. */
void arm_alignment_fault(Cpu *cpu, GVa va, AccessType access, unsigned mmu)
{
    ArmCpu *s = ARM(cpu);
    if (!(s->cp15.sctlr & SCTLR_A) && !allows_unaligned(s)) {
        s->rotate = true;
        cpu_mode_changed(cpu);
        return;
    }
    take_abort(s, va, access, arm_lpae_on(s) ? ARM_FSR_LONG | 0x21 : 0x01);
}

/* ExT tells a slave's error from an address that nobody answers. */
void arm_bus_fault(Cpu *cpu, GVa va, AccessType access, MemResult why)
{
    ArmCpu *s = ARM(cpu);
    uint32_t ext = why == MEM_DEVICE_ERROR && arm_has(s, ARM_V6) ? ARM_FSR_EXT : 0;
    take_abort(s, va, access, (arm_lpae_on(s) ? ARM_FSR_LONG | 0x10 : 0x08) | ext);
}

/* ---- reset ---- */

void arm_reset(Cpu *cpu)
{
    ArmCpu *s = ARM(cpu);
    size_t from = offsetof(ArmCpu, r), to = offsetof(ArmCpu, banked_r13);
    memset((char *)s + from, 0, to - from);
    memset(s->banked_r13, 0, sizeof(s->banked_r13));
    memset(s->banked_r14, 0, sizeof(s->banked_r14));
    memset(s->banked_spsr, 0, sizeof(s->banked_spsr));
    s->cpsr_rest = MODE_SVC | CPSR_I | CPSR_F | (arm_has(s, ARM_V6) ? CPSR_A : 0);
    s->excl_addr = 1;
    s->event = false;
    arm_cp15_reset(s);
    cpu->pc = s->cp15.sctlr & SCTLR_V ? 0xffff0000 : 0;
    cpu->halted = false;
    host_fp_set_rounding(cpu, 0);
    host_fp_clear_sticky(cpu);
    cpu_mode_changed(cpu);
}

void arm_start(Cpu *cpu, const CpuStart *start)
{
    ArmCpu *s = ARM(cpu);
    for (unsigned i = 0; i < start->n_regs && i < ARRAY_SIZE(start->regs); i++) {
        s->r[i] = start->regs[i];
    }
    cpu->pc = start->pc;
}

/* ---- interrupts ---- */

static uint32_t lines_now(const ArmCpu *s)
{
    return __atomic_load_n(&s->lines, __ATOMIC_ACQUIRE);
}

void arm_poll_interrupts(ArmCpu *s)
{
    uint32_t lines = lines_now(s);
    if (((lines & LINE_IRQ) && !(s->cpsr_rest & CPSR_I)) ||
        ((lines & LINE_FIQ) && !(s->cpsr_rest & CPSR_F))) {
        cpu_request_exit(&s->cpu, CPU_EXIT_INTERRUPT);
    }
}

bool arm_take_interrupt(Cpu *cpu)
{
    ArmCpu *s = ARM(cpu);
    uint32_t lines = lines_now(s);
    if ((lines & LINE_FIQ) && !(s->cpsr_rest & CPSR_F)) {
        arm_take_exception(s, EXC_FIQ, cpu->pc);
        return true;
    }
    if ((lines & LINE_IRQ) && !(s->cpsr_rest & CPSR_I)) {
        arm_take_exception(s, EXC_IRQ, cpu->pc);
        return true;
    }
    return false;
}

/* Nobody looks at F alone: Linux leaves it clear, and no board raises a FIQ by itself. */
bool arm_masked(const Cpu *cpu)
{
    const ArmCpu *s = (const ArmCpu *)cpu;
    return (s->cpsr_rest & CPSR_I) && ((s->cpsr_rest & CPSR_F) || !(lines_now(s) & LINE_FIQ));
}

/* WFI ends for interrupts that are masked, too (B1.8.14). */
bool arm_has_work(const Cpu *cpu)
{
    return lines_now((const ArmCpu *)cpu) != 0;
}

bool arm_set_input(Cpu *cpu, int n, int level)
{
    ArmCpu *s = ARM(cpu);
    if (n < 0 || n > 1) {
        return false;
    }
    if (level) {
        __atomic_or_fetch(&s->lines, 1u << n, __ATOMIC_RELEASE);
    } else {
        __atomic_and_fetch(&s->lines, ~(1u << n), __ATOMIC_RELEASE);
    }
    return level != 0;
}
