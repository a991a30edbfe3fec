/* SPDX-License-Identifier: MIT */
/*
 * The ARM architecture (ARMv4T to ARMv7-A, AArch32) as a GuestIsa: creation, what people see.
 */
#include "frontends/arm/cpu.h"
#include <capstone/capstone.h>
#include "system/error.h"

static const char *const input_names[] = { "irq", "fiq", NULL };
static const char *const output_names[] = {
    [ARM_OUT_PHYS_TIMER] = "phys_timer", [ARM_OUT_VIRT_TIMER] = "virt_timer",
    [ARM_OUT_HYP_TIMER] = "hyp_timer", [ARM_OUT_SEC_TIMER] = "sec_timer", [ARM_OUT_PMU] = "pmu",
    NULL
};

static const char *model_name(unsigned n)
{
    const ArmModel *m = arm_model(n);
    return m ? m->name : NULL;
}

static const char *model_about(unsigned n)
{
    const ArmModel *m = arm_model(n);
    return m ? m->about : NULL;
}

static bool arm_init(Cpu *cpu, const char *name, GError **err)
{
    const ArmModel *model = arm_model_find(name);
    if (model) {
        arm_set_model(ARM(cpu), model);
        return true;
    }
    const char *names[64] = { NULL };
    for (unsigned i = 0; i + 1 < ARRAY_SIZE(names) && model_name(i); i++) {
        names[i] = model_name(i);
    }
    return fail_unknown(err, "CPU model", name, names);
}

/* ---- for people ---- */

static const char *mode_name(unsigned mode)
{
    static const char names[16][4] = {
        "usr", "fiq", "irq", "svc", "?", "?", "mon", "abt",
        "?", "?", "hyp", "und", "?", "?", "?", "sys",
    };
    return names[mode & 15];
}

void arm_print_state(const Cpu *cpu, FILE *f)
{
    const ArmCpu *s = (const ArmCpu *)cpu;
    uint32_t psr = arm_cpsr(s);
    for (int i = 0; i < 15; i++) {
        fprintf(f, "r%-2d %08x%s", i, s->r[i], i % 4 == 3 ? "\n" : "  ");
    }
    fprintf(f, "pc  %08x\n", (uint32_t)(cpu->pc & ~1ull));
    fprintf(f, "cpsr %08x %c%c%c%c %s %c%c%c %s", psr, psr & CPSR_N ? 'N' : '-',
            psr & CPSR_Z ? 'Z' : '-', psr & CPSR_C ? 'C' : '-', psr & CPSR_V ? 'V' : '-',
            psr & CPSR_T ? "T32" : "A32", psr & CPSR_A ? 'A' : '-', psr & CPSR_I ? 'I' : '-',
            psr & CPSR_F ? 'F' : '-', mode_name(psr));
    fprintf(f, "  spsr %08x  sctlr %08x\n", s->spsr, s->cp15.sctlr);
}

static void disas_mode(const Cpu *cpu, uint64_t pc, int *cs_arch, int *cs_mode)
{
    *cs_arch = CS_ARCH_ARM;
    *cs_mode = pc & 1 ? CS_MODE_THUMB : CS_MODE_ARM;
}

const GuestIsa guest_arm = {
    .name = "arm", .about = "ARM, 32 bits (ARMv4T to ARMv7-A)",
    .slots = arm_slots, .n_slots = ARM_N_SLOTS, .cpu_size = sizeof(ArmCpu), .va_bits = 32,
    .inputs = input_names, .outputs = output_names,
    .model_name = model_name, .model_about = model_about,
    .init = arm_init, .reset = arm_reset, .start = arm_start,
    .mode_key = arm_mode_key, .fetch_mmu = arm_fetch_mmu, .lift = arm_lift_block,
    .restore = arm_restore,
    .walk = arm_walk, .mmu_fault = arm_mmu_fault, .alignment_fault = arm_alignment_fault,
    .bus_fault = arm_bus_fault,
    .take_interrupt = arm_take_interrupt, .has_work = arm_has_work, .masked = arm_masked,
    .set_input = arm_set_input,
    .debug_reg = arm_debug_reg, .debug_read = arm_debug_read, .debug_write = arm_debug_write,
    .debug_mmu = ARM_MMU_PRIV, .watch_before = true, .data_is_big = arm_data_is_big,
    .print_state = arm_print_state, .disas_mode = disas_mode,
};
