/* SPDX-License-Identifier: MIT */
/*
 * The report: why, when, registers, the exceptions that led there, the last blocks that ran, and
 * what the guest used that is not modelled.
 *
 * "Last blocks" are those that the execution loop was asked for; linked code runs on without it, so
 * the list shows where the CPU came from, not each turn of a loop.
 */
#include "emu/report.h"

#include <inttypes.h>
#include <string.h>
#include "emu/status.h"
#include "system/clock.h"
#include "system/lock.h"
#include "system/log.h"
#include "tcg/disas.h"
#include "tcg/engine.h"

enum { MOST_UNIMP = 32, MOST_BLOCKS = 4, BLOCK_BYTES = 24, MOST_EXCEPTIONS = 6, NEAR = 256 };

static GPtrArray *unimp;                /* of char *, each once */
static bool shown;                      /* the user asked for -d unimp besides */

static bool on_log(const char *who, const char *kind, const char *text)
{
    if (strcmp(kind, "unimp")) {
        return false;
    }
    static GMutex lock;
    g_mutex_lock(&lock);
    if (unimp->len < MOST_UNIMP) {
        g_ptr_array_add(unimp, g_strdup_printf("%s: %s", who, text));
    }
    g_mutex_unlock(&lock);
    return !shown;
}

void report_start(void)
{
    unimp = g_ptr_array_new();
    shown = log_on(LOG_UNIMP);
    log_mask |= LOG_UNIMP;
    log_sink = on_log;
}

/* ---- parts ---- */

/* Without faults and without touching devices; how many bytes are there. */
static size_t read_code(Cpu *cpu, GVa va, uint8_t *buf, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        Translation t;
        MmuFault fault;
        uint64_t byte;
        if (!cpu->isa->walk(cpu, va + i, ACCESS_FETCH, cpu->isa->fetch_mmu(cpu), true, &t, &fault)) {
            return i;
        }
        const FlatRange *r = address_space_lookup(cpu->as, t.pa);
        if (!r || !r->ram || !cpu_ld_phys(cpu, t.pa, 1, ENDIAN_LITTLE, &byte)) {
            return i;
        }
        buf[i] = byte;
    }
    return len;
}

static void print_code(FILE *f, Cpu *cpu, uint64_t pc, const char *mark)
{
    uint8_t bytes[BLOCK_BYTES];
    int arch, mode;
    GVa va = pc & ~(uint64_t)1;
    size_t n = read_code(cpu, va, bytes, sizeof(bytes));
    cpu->isa->disas_mode(cpu, pc, &arch, &mode);
    fprintf(f, "  block %#" PRIx64 "%s\n", va, mark);
    if (n) {
        disas(f, arch, mode, bytes, n, va);
    } else {
        fprintf(f, "    (no memory there)\n");
    }
}

/* The newest last; a place that comes twice is shown once. */
static void print_blocks(FILE *f, Cpu *cpu)
{
    const CpuTcg *t = cpu->tcg;
    uint64_t list[MOST_BLOCKS] = { cpu->pc };
    unsigned n = 1;
    for (uint64_t i = t->n_recent; i > 0 && i + N_RECENT > t->n_recent && n < MOST_BLOCKS; i--) {
        uint64_t pc = t->recent[(i - 1) % N_RECENT];
        bool known = false;
        for (unsigned k = 0; k < n; k++) {
            known |= list[k] == pc;
        }
        if (!known) {
            list[n++] = pc;
        }
    }
    fprintf(f, "%s: last blocks\n", cpu->id);
    while (n-- > 0) {
        print_code(f, cpu, list[n], n ? "" : "  <- here");
    }
}

static const ExceptionNote *note(const CpuTcg *t, uint64_t i)
{
    return &t->exceptions[i % N_RECENT];
}

/* An exception belongs to the chain of the one before when it happened in the first instructions of
 * its handler. */
static uint64_t chain_begin(const CpuTcg *t)
{
    uint64_t i = t->n_exceptions - 1, oldest = t->n_exceptions > N_RECENT ? t->n_exceptions - N_RECENT : 0;
    while (i > oldest && note(t, i)->from - note(t, i - 1)->to < NEAR) {
        i--;
    }
    return i;
}

static void print_note(FILE *f, const ExceptionNote *n, const char *mark)
{
    fprintf(f, "  %-16s at %#" PRIx64 ", handler %#" PRIx64, n->name, n->from & ~(uint64_t)1,
            n->to & ~(uint64_t)1);
    if (n->repeated) {
        fprintf(f, ", and again %u times", n->repeated);
    }
    fprintf(f, "%s\n", mark);
}

static void print_exceptions(FILE *f, const Cpu *cpu)
{
    const CpuTcg *t = cpu->tcg;
    if (!t->n_exceptions) {
        return;
    }
    uint64_t first = chain_begin(t), from = t->n_exceptions - MIN(t->n_exceptions, MOST_EXCEPTIONS);
    fprintf(f, "%s: %" PRIu64 " exceptions (equal ones in a row are one), the last:\n", cpu->id, t->n_exceptions);
    if (first < from) {
        print_note(f, note(t, first), "  <- first of the chain");
        fprintf(f, "  ...\n");
    }
    for (uint64_t i = from; i < t->n_exceptions; i++) {
        print_note(f, note(t, i), i == first && i + 1 < t->n_exceptions ? "  <- first of the chain" : "");
    }
}

static void print_cpu(FILE *f, Cpu *cpu)
{
    fprintf(f, "%s: %s\n", cpu->id, cpu->powered_off ? "switched off" : cpu->halted ?
            "waits for an interrupt" : "runs");
    if (!cpu->powered_off) {
        cpu->isa->print_state(cpu, f);
        print_exceptions(f, cpu);
        print_blocks(f, cpu);
    }
}

void report_write(FILE *f, Machine *m, int status, const char *why)
{
    bool taken = machine_lock_if_free();
    fprintf(f, "emu: status %d: %s\n", status, why);
    fprintf(f, "after %.9f s of guest time", clock_now(CLOCK_VIRTUAL) / 1e9);
    if (tcg_icount) {
        fprintf(f, ", %" PRIu64 " instructions", cpu_insns_executed(m->cpus[0]));
    }
    fprintf(f, "\n");
    for (unsigned i = 0; i < m->n_cpus; i++) {
        print_cpu(f, m->cpus[i]);
    }
    for (unsigned i = 0; unimp && i < unimp->len; i++) {
        fprintf(f, "%s%s\n", i ? "  " : "used, but not modelled:\n  ", (char *)unimp->pdata[i]);
    }
    machine_unlock_if(taken);
}
