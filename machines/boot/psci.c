/* SPDX-License-Identifier: MIT */
/*
 * PSCI 1.0 for 32-bit callers.  Implements: ARM DEN 0022D, chapter 5, with the calling convention
 * of ARM DEN 0028 (fast calls, bit 31 of the function).
 *
 * Choices: CPU_SUSPEND waits for an interrupt and returns, whatever state it asks for (5.4.2 allows
 * the shallower one); affinity is the CPU's number in Aff0.  A fast call that is not ours answers
 * NOT_SUPPORTED; any other function number is not handled.
 */
#include "machines/boot/psci.h"

#include "system/cpu.h"

enum {
    SUCCESS = 0, NOT_SUPPORTED = -1, INVALID_PARAMETERS = -2, ALREADY_ON = -4,
    NO_MIGRATION = 2,           /* MIGRATE_INFO_TYPE: nothing that would have to move */
};

typedef int32_t (*PsciCall)(Machine *m, Cpu *cpu, const uint64_t regs[4]);

static Cpu *by_affinity(Machine *m, uint64_t affinity)
{
    uint32_t n = (uint32_t)affinity & 0xffffff;
    return n < m->n_cpus ? m->cpus[n] : NULL;
}

static int32_t psci_version(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    return 0x00010000;
}

static int32_t cpu_suspend(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    cpu->halted = true;
    return SUCCESS;
}

static int32_t cpu_off(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    cpu->powered_off = true;
    cpu->halted = true;
    return SUCCESS;
}

static int32_t cpu_on(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    Cpu *target = by_affinity(m, regs[1]);
    if (!target) {
        return INVALID_PARAMETERS;
    }
    if (!target->powered_off) {
        return ALREADY_ON;
    }
    CpuStart start = { .pc = (uint32_t)regs[2], .n_regs = 1, .regs = { (uint32_t)regs[3] } };
    machine_start_cpu(m, target->index, &start);
    return SUCCESS;
}

static int32_t affinity_info(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    Cpu *target = by_affinity(m, regs[1]);
    if (!target || regs[2] != 0) {
        return INVALID_PARAMETERS;
    }
    return target->powered_off;
}

static int32_t migrate_info_type(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    return NO_MIGRATION;
}

static int32_t system_off(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    system_request(SYSTEM_POWEROFF, 0);
    cpu->halted = true;
    return SUCCESS;
}

static int32_t system_reset(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    system_request(SYSTEM_RESET, 0);
    cpu->halted = true;
    return SUCCESS;
}

static int32_t features(Machine *m, Cpu *cpu, const uint64_t regs[4]);

static const struct { uint32_t number; const char *name; PsciCall call; } psci_calls[] = {
    { 0x84000000, "PSCI_VERSION",      psci_version },
    { 0x84000001, "CPU_SUSPEND",       cpu_suspend },
    { 0x84000002, "CPU_OFF",           cpu_off },
    { 0x84000003, "CPU_ON",            cpu_on },
    { 0x84000004, "AFFINITY_INFO",     affinity_info },
    { 0x84000006, "MIGRATE_INFO_TYPE", migrate_info_type },
    { 0x84000008, "SYSTEM_OFF",        system_off },
    { 0x84000009, "SYSTEM_RESET",      system_reset },
    { 0x8400000a, "PSCI_FEATURES",     features },
};

static PsciCall find_call(uint32_t number)
{
    for (unsigned i = 0; i < ARRAY_SIZE(psci_calls); i++) {
        if (psci_calls[i].number == number) {
            return psci_calls[i].call;
        }
    }
    return NULL;
}

static int32_t features(Machine *m, Cpu *cpu, const uint64_t regs[4])
{
    return find_call(regs[1]) ? SUCCESS : NOT_SUPPORTED;
}

static bool psci_call(Cpu *cpu, uint64_t regs[4], void *opaque)
{
    uint32_t number = regs[0];
    PsciCall call = find_call(number);
    if (!call && !(number & BIT32(31))) {
        return false;
    }
    regs[0] = (uint32_t)(call ? call(opaque, cpu, regs) : NOT_SUPPORTED);
    return true;
}

void psci_install(Machine *m, PsciConduit conduit)
{
    for (unsigned i = 0; i < m->n_cpus && m->cpus[i]; i++) {
        CpuFirmware *slot = conduit == PSCI_HVC ? &m->cpus[i]->hvc : &m->cpus[i]->smc;
        *slot = psci_call;
        m->cpus[i]->firmware = m;
    }
}
