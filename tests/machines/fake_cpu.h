/* SPDX-License-Identifier: MIT */
/* CPUs without a frontend, for tests of boards and loaders: they remember how they were started. */
#pragma once
#include "system/cpu.h"
#include "system/machine.h"

typedef struct FakeCpu {
    Cpu      cpu;
    CpuStart start;
    unsigned starts;
    int      irq, fiq, a20;
} FakeCpu;

static inline FakeCpu *fake_cpu(Machine *m, unsigned n)
{
    return (FakeCpu *)m->cpus[n];
}

static Cpu *fake_new(Machine *m, const char *model, unsigned index, GError **err)
{
    FakeCpu *f = g_new0(FakeCpu, 1);
    f->cpu.index = index;
    return &f->cpu;
}

static void fake_free(Cpu *cpu)
{
    for (unsigned i = 0; i < CPU_OUTPUTS; i++) {
        irq_disconnect(&cpu->output[i]);
    }
    g_free(cpu);
}

static void fake_reset(Cpu *cpu)
{
    FakeCpu *f = (FakeCpu *)cpu;
    f->start = (CpuStart) { 0 };
    cpu->halted = false;
}

static void fake_input(void *opaque, int n, int level)
{
    FakeCpu *f = opaque;
    *(n == 2 ? &f->a20 : n ? &f->fiq : &f->irq) = level;
}

static bool fake_irq_input(Cpu *cpu, const char *name, IrqSink *sink)
{
    static const char *const names[] = {
        "irq", "fiq", "intr", "nmi", "smi", "init", "sipi", "a20", "ignne", NULL
    };
    *sink = (IrqSink) { fake_input, cpu, g_str_equal(name, "a20") ? 2 : !g_str_equal(name, "irq") };
    return g_strv_contains(names, name);
}

static IrqLine *fake_irq_output(Cpu *cpu, const char *name)
{
    static const char *const names[] = { "phys_timer", "virt_timer", "hyp_timer", "sec_timer", "smiact" };
    for (unsigned i = 0; i < ARRAY_SIZE(names); i++) {
        if (g_str_equal(names[i], name)) {
            return &cpu->output[i];
        }
    }
    return NULL;
}

static void fake_start(Cpu *cpu, const CpuStart *start)
{
    FakeCpu *f = (FakeCpu *)cpu;
    f->start = *start;
    f->starts++;
}

static const MachineHooks fake_hooks = {
    .cpu_new = fake_new, .cpu_free = fake_free, .cpu_reset = fake_reset,
    .cpu_irq_input = fake_irq_input, .cpu_irq_output = fake_irq_output, .cpu_start = fake_start,
};
