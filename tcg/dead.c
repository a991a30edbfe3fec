/* SPDX-License-Identifier: MIT */
/*
 * Guests that will never do anything again: found, not waited for.
 *
 * A spin: with all interrupts masked the CPU comes back to exactly the same registers without a
 * store, a device access or a call of ours on the way.  It will do so for ever unless a device
 * changes memory or resets the machine.  Found by going a few instructions one at a time.
 *
 * A fatal state: exception after exception, each taken at the first instruction of the handler of
 * the one before; or, in a closed machine, the same fault from the same place with the same registers
 * a great many times.
 *
 * Spins are asked for at fixed points of counted time only, so that every run finds them at the same
 * instruction.  Leaves out: several CPUs (one may wake the other), spins longer than LONGEST_SPIN
 * or through memory.
 */
#include "tcg/engine.h"

#include <string.h>
#include "system/lock.h"
#include "system/machine.h"

enum { LONGEST_SPIN = 64, CHAIN_IS_FATAL = 4, REPEATS_ARE_FATAL = 1 << 20 };

/* The guest's own part of the CPU struct. */
static void *guest_state(Cpu *cpu)
{
    return (char *)cpu + sizeof(Cpu);
}

static size_t guest_state_size(const Cpu *cpu)
{
    return cpu->isa->cpu_size - sizeof(Cpu);
}

/* ---- spins ---- */

/* One instruction; false: it may have had an effect outside the registers. */
static bool step_quietly(Cpu *cpu)
{
    const TlbInfo *page = tlb_fetch(cpu, cpu->pc & ~(uint64_t)1);
    CodeBlock *cb = translate(cpu, cpu->pc, cpu->tcg->mode, page, true);
    uint64_t mmio = cpu->tcg->stats.mmio;
    if (cb->flags & CODE_EFFECTS) {
        return false;
    }
    int32_t more = (int32_t)cb->n_guest_insns - cpu->icount_left;
    if (more > 0) {
        cpu->icount_left += more;
        cpu->icount_budget += more;
    }
    host_backend->enter(cpu, cb);
    return cpu->tcg->stats.mmio == mmio;
}

static bool step_loop(Cpu *cpu, const void *before, uint64_t pc)
{
    for (unsigned i = 0; i < LONGEST_SPIN; i++) {
        if (!step_quietly(cpu)) {
            return false;
        }
        if (cpu->pc == pc && !memcmp(guest_state(cpu), before, guest_state_size(cpu))) {
            return true;
        }
    }
    return false;
}

bool cpu_spins(Cpu *cpu)
{
    if (!cpu->isa->masked || !cpu->isa->masked(cpu) || debug_active) {
        return false;
    }
    jmp_buf outer;
    memcpy(&outer, &cpu->leave, sizeof(outer));
    void *before = g_memdup2(guest_state(cpu), guest_state_size(cpu));
    /* A fault on the way comes back here: it is no quiet loop. */
    volatile bool spins = false;
    if (setjmp(cpu->leave) == 0) {
        spins = step_loop(cpu, before, cpu->pc);
    }
    g_free(before);
    memcpy(&cpu->leave, &outer, sizeof(outer));
    return spins && !cpu->halted;
}

/* ---- exceptions ---- */

static ExceptionNote *note(CpuTcg *t, uint64_t n)
{
    return &t->exceptions[n % N_RECENT];
}

/* The same as the one before?  Counted in its note; of faults, from when the registers are equal. */
static bool repeats(Cpu *cpu, ExceptionNote *last, const char *name, bool fault, uint64_t from)
{
    CpuTcg *t = cpu->tcg;
    if (!t->n_exceptions || last->name != name || last->from != from || last->to != cpu->pc) {
        return false;
    }
    if (!fault || !tcg_closed) {
        last->repeated++;
        return true;
    }
    size_t n = guest_state_size(cpu);
    if (!t->fault_state) {
        t->fault_state = g_malloc0(n);
    }
    bool same = !memcmp(t->fault_state, guest_state(cpu), n);
    if (!same) {
        memcpy(t->fault_state, guest_state(cpu), n);
    }
    last->repeated = same ? last->repeated + 1 : 0;
    return true;
}

static void fatal(void)
{
    bool taken = machine_lock_if_free();
    system_request(SYSTEM_FATAL, 0);
    machine_unlock_if(taken);
}

void cpu_note_exception(Cpu *cpu, const char *name, bool fault, uint64_t from)
{
    CpuTcg *t = cpu->tcg;
    ExceptionNote *last = note(t, t->n_exceptions - 1);
    bool chained = t->n_exceptions && last->to == from;
    t->chain = chained ? t->chain + 1 : 0;
    if (repeats(cpu, last, name, fault, from)) {
        if (fault && tcg_closed && last->repeated == REPEATS_ARE_FATAL) {
            fatal();
        }
    } else {
        *note(t, t->n_exceptions++) = (ExceptionNote){ name, from, cpu->pc, 0 };
    }
    if (t->chain == CHAIN_IS_FATAL) {
        fatal();
    }
}
