/* SPDX-License-Identifier: MIT */
/*
 * Several CPUs at once: who may be in generated code, and who may change it.
 *
 * Each CPU's thread is *inside* while it may run generated code, or hold a pointer to a block or an
 * exit in its C frames; it goes outside where it sleeps and, when asked, between two blocks
 * (cpu_safe_point).
 *
 * Two locks, in this order: the machine lock (system/lock.h), then the code lock.
 *
 *   code lock    translation, publishing, linking and dropping of blocks, the lists of blocks in a
 *                page.  Short; held across nothing that waits.  Looking a block up takes no lock:
 *                what is dropped stays readable, and its memory is used again in an exclusive
 *                section only.
 *   exclusive    one CPU, between two blocks, and no other inside: emptying a part of the code
 *                cache; taking from other CPUs the right to store to a page without asking, so that
 *                no store is on its way; locked accesses that the host cannot make in one piece.
 *                Nobody begins one with a lock held.
 *
 * A CPU that is inside may wait for the machine lock, so whoever waits for CPUs to go outside must
 * not hold it.  With one CPU none of this does anything.
 */
#include "tcg/engine.h"

#include <sched.h>
#include <unistd.h>

bool tcg_parallel;

/* ---- the code lock ---- */

static GMutex lock;
static __thread unsigned depth;

void code_lock(void)
{
    if (tcg_parallel && !depth++) {
        g_mutex_lock(&lock);
    }
}

void code_unlock(void)
{
    if (tcg_parallel && !--depth) {
        g_mutex_unlock(&lock);
    }
}

void code_unlock_all(void)
{
    if (unlikely(depth)) {
        depth = 0;
        g_mutex_unlock(&lock);
    }
}

/* ---- inside and outside ---- */

static struct {
    GMutex lock;
    GCond  left;                /* a CPU went outside */
    GCond  ended;
    Cpu   *owner;               /* alone inside, or waiting to be; read without the lock */
} alone;

/* alone.lock held. */
static void wait_for_others_to_end(void)
{
    while (alone.owner) {
        g_cond_wait(&alone.ended, &alone.lock);
    }
}

static void set_inside(Cpu *cpu, bool inside)
{
    cpu->tcg->inside = inside;
    if (!inside && alone.owner) {
        g_cond_broadcast(&alone.left);
    }
}

void cpu_go_inside(Cpu *cpu)
{
    if (!tcg_parallel) {
        return;
    }
    g_mutex_lock(&alone.lock);
    wait_for_others_to_end();
    set_inside(cpu, true);
    g_mutex_unlock(&alone.lock);
}

void cpu_go_outside(Cpu *cpu)
{
    if (!tcg_parallel) {
        return;
    }
    g_mutex_lock(&alone.lock);
    set_inside(cpu, false);
    g_mutex_unlock(&alone.lock);
}

void cpu_safe_point(Cpu *cpu)
{
    if (tcg_parallel && __atomic_load_n(&alone.owner, __ATOMIC_ACQUIRE)) {
        cpu_go_outside(cpu);
        cpu_go_inside(cpu);
    }
}

/* Asks all others to come to a safe point; are any inside? */
static bool others_inside(const Cpu *cpu, bool ask)
{
    bool any = false;
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        Cpu *other = tcg_cpus->pdata[i];
        if (other != cpu && other->tcg->inside) {
            any = true;
            if (ask) {
                cpu_request_exit(other, CPU_EXIT_INTERRUPT);
            }
        }
    }
    return any;
}

void cpu_exclusive_begin(Cpu *cpu)
{
    if (!tcg_parallel || cpu->tcg->exclusive) {
        return;
    }
    g_mutex_lock(&alone.lock);
    set_inside(cpu, false);
    wait_for_others_to_end();
    __atomic_store_n(&alone.owner, cpu, __ATOMIC_SEQ_CST);
    if (others_inside(cpu, true)) {
        while (others_inside(cpu, false)) {
            g_cond_wait(&alone.left, &alone.lock);
        }
    }
    g_mutex_unlock(&alone.lock);
    cpu->tcg->exclusive = true;
}

void cpu_exclusive_end(Cpu *cpu)
{
    if (!cpu->tcg->exclusive) {
        return;
    }
    cpu->tcg->exclusive = false;
    g_mutex_lock(&alone.lock);
    __atomic_store_n(&alone.owner, NULL, __ATOMIC_SEQ_CST);
    set_inside(cpu, true);
    g_cond_broadcast(&alone.ended);
    g_mutex_unlock(&alone.lock);
}

/* ---- TLB maintenance for all ---- */

void tlb_flush_others(Cpu *cpu)
{
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        if (tcg_cpus->pdata[i] != cpu) {
            tlb_flush_later(tcg_cpus->pdata[i]);
            cpu->tcg->sync = true;
        }
    }
}

bool cpu_must_sync(Cpu *cpu)
{
    if (cpu->tcg->sync) {
        cpu_request_exit(cpu, CPU_EXIT_INTERRUPT);
    }
    return cpu->tcg->sync;
}

/* Who comes inside again has flushed first. */
void cpu_sync(Cpu *cpu)
{
    if (unlikely(cpu->tcg->sync)) {
        cpu->tcg->sync = false;
        cpu_exclusive_begin(cpu);
        cpu_exclusive_end(cpu);
    }
}

/* ---- waiting loops of the guest ---- */

/*
 * Where the host has a processor for each CPU, the one that is waited for runs, and soon.  Where it
 * has fewer, it may be this very thread that keeps it from running.
 */
void cpu_spin_hint(Cpu *cpu)
{
    enum { PATIENCE = 256 };
    static long host_cpus;
    if (!host_cpus) {
        host_cpus = sysconf(_SC_NPROCESSORS_ONLN);
    }
    if (tcg_cpus->len > host_cpus && ++cpu->tcg->n_hints % PATIENCE == 0) {
        sched_yield();
    }
}
