/* SPDX-License-Identifier: MIT */
/*
 * The execution loop: one thread a CPU, which looks up or translates a block, runs until generated
 * code comes back, links the exit it came through, and sees to interrupts, deadlines and pauses.
 *
 * The loop's data is its own; what other threads may touch is Cpu.exit_request (atomically), and
 * under the machine lock the levels of inputs and the pause count.
 */
#include "tcg/engine.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "system/clock.h"
#include "system/error.h"
#include "system/lock.h"
#include "system/log.h"
#include "system/machine.h"

const HostBackend *host_backend;
GPtrArray *tcg_cpus;
bool tcg_icount, tcg_closed, tcg_stuck;
unsigned tcg_icount_shift;

static unsigned paused = 1;         /* CPUs start with the first cpus_resume() */
static bool quitting;
static GCond idle_cond;             /* a CPU has come to rest */

/* Longest that a guest may be dead before it is called so: its own watchdog may still bite. */
#define DEAD_AFTER (600 * NS_PER_SEC)

enum { MAX_BUDGET = 1 << 26, MAX_ROUNDS = 16 };

/* ---- requests from other threads ---- */

void cpu_request_exit(Cpu *cpu, uint32_t why)
{
    __atomic_or_fetch(&cpu->exit_request, why, __ATOMIC_SEQ_CST);
}

void cpu_kick(Cpu *cpu)
{
    cpu_request_exit(cpu, CPU_EXIT_INTERRUPT);
    g_cond_broadcast(&cpu->tcg->wake);
}

void cpu_set_input(Cpu *cpu, int n, int level)
{
    if (cpu->isa->set_input(cpu, n, level)) {
        cpu_kick(cpu);
    }
}

int cpu_input_number(const Cpu *cpu, const char *name)
{
    for (int i = 0; cpu->isa->inputs[i]; i++) {
        if (!strcmp(cpu->isa->inputs[i], name)) {
            return i;
        }
    }
    return -1;
}

static void request_all(uint32_t why)
{
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        Cpu *cpu = tcg_cpus->pdata[i];
        cpu_request_exit(cpu, why);
        g_cond_broadcast(&cpu->tcg->wake);
    }
}

void cpus_hold(void)
{
    paused++;
    request_all(CPU_EXIT_STOP);
}

void cpus_pause(void)
{
    cpus_hold();
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        while (!((Cpu *)tcg_cpus->pdata[i])->tcg->idle) {
            machine_lock_wait(&idle_cond);
        }
    }
}

void cpus_resume(void)
{
    g_assert(paused);
    paused--;
    request_all(CPU_EXIT_INTERRUPT);
}

void cpus_quit(void)
{
    quitting = true;
    request_all(CPU_EXIT_STOP);
}

void cpu_leave(Cpu *cpu)
{
    if (host_backend->left) {
        host_backend->left(cpu);
    }
    code_unlock_all();
    if (unlikely(cpu->tcg->io_locked)) {
        cpu->tcg->io_locked = false;
        machine_unlock();
    }
    if (unlikely(cpu->tcg->exclusive)) {
        cpu->tcg->alone = false;
        cpu_exclusive_end(cpu);
    }
    longjmp(cpu->leave, 1);
}

/* ---- counted time ---- */

uint64_t cpu_insns(const Cpu *cpu)
{
    return cpu->insn_count + (uint32_t)(cpu->icount_budget - cpu->icount_left);
}

int64_t tcg_icount_now(void *opaque)
{
    (void)opaque;
    if (!tcg_cpus || !tcg_cpus->len) {
        return 0;                       /* while the machine is built */
    }
    return (int64_t)(cpu_insns(tcg_cpus->pdata[0]) << tcg_icount_shift);
}

uint64_t cpu_insns_executed(const Cpu *cpu)
{
    return cpu_insns(cpu) - cpu->tcg->skipped;
}

static void settle_count(Cpu *cpu)
{
    cpu->insn_count = cpu_insns(cpu);
    cpu->icount_budget = cpu->icount_left = 0;
}

/* Runs what is due, and sets the budget to the next deadline. */
static void new_budget(Cpu *cpu)
{
    machine_lock();
    settle_count(cpu);
    for (unsigned i = 0; i < MAX_ROUNDS; i++) {     /* a period of nothing must not hold us here */
        if (clock_next_deadline(CLOCK_VIRTUAL) > tcg_icount_now(NULL)) {
            break;
        }
        clock_run_timers(CLOCK_VIRTUAL);
    }
    int64_t deadline = clock_next_deadline(CLOCK_VIRTUAL);
    machine_unlock();
    int64_t left = MAX_BUDGET - (cpu->insn_count & (MAX_BUDGET - 1));   /* looks at fixed points */
    if (deadline != INT64_MAX) {
        /* Exactly to the first instruction at or after it: when we look must not matter. */
        int64_t ns = deadline - tcg_icount_now(NULL);
        int64_t insns = (ns + (1 << tcg_icount_shift) - 1) >> tcg_icount_shift;
        left = MIN(left, MAX(insns, 1));
    }
    cpu->icount_budget = cpu->icount_left = left;
    cpu->tcg->stretched = false;
}

/* Nothing to run before the next deadline: be there.  Machine lock held. */
static bool warp(Cpu *cpu)
{
    int64_t deadline = clock_next_deadline(CLOCK_VIRTUAL);
    if (!tcg_icount || deadline == INT64_MAX) {
        return false;
    }
    settle_count(cpu);
    uint64_t at = ((uint64_t)deadline + (1u << tcg_icount_shift) - 1) >> tcg_icount_shift;
    if (at > cpu->insn_count) {
        cpu->tcg->skipped += at - cpu->insn_count;
        cpu->insn_count = at;
    }
    clock_run_timers(CLOCK_VIRTUAL);
    return true;
}

/* Is there nothing left that could wake this CPU?  Asked when it waits; machine lock held. */
static bool is_dead(Cpu *cpu, int64_t since)
{
    bool never = clock_next_deadline(CLOCK_VIRTUAL) == INT64_MAX;
    return tcg_closed && tcg_icount && tcg_cpus->len == 1 && !cpu->powered_off &&
           (never || tcg_icount_now(NULL) - since > DEAD_AFTER);
}

/* A branch to itself with interrupts masked: only a device can end it (a watchdog), so time goes on
 * to where one acts. */
static void skip_spin(Cpu *cpu)
{
    machine_lock();
    int64_t since = tcg_icount_now(NULL);
    tcg_stuck = true;
    while (!paused && !quitting && tcg_stuck && !is_dead(cpu, since) && warp(cpu)) {
        machine_unlock();
        bool still = cpu_spins(cpu);
        machine_lock();
        tcg_stuck = still;
    }
    if (!paused && !quitting && tcg_stuck) {
        system_request(SYSTEM_DEAD, 0);
    }
    tcg_stuck = false;
    machine_unlock();
}

void tcg_deadline_changed(void)
{
    if (tcg_cpus->len) {
        cpu_request_exit(tcg_cpus->pdata[0], CPU_EXIT_TIMER);
    }
}

/* ---- between blocks ---- */

/* False: the outer loop has to look (pause, halt). */
static bool service(Cpu *cpu)
{
    bool due = tcg_icount && cpu->icount_left <= 0;     /* at the same instruction in every run */
    uint32_t why = __atomic_exchange_n(&cpu->exit_request, 0, __ATOMIC_SEQ_CST);
    memory_reader_quiescent();
    cpu_safe_point(cpu);
    cpu_sync(cpu);
    tlb_settle_map(cpu);
    code_settle_writes();
    if (tcg_icount) {
        new_budget(cpu);
    }
    if (why & CPU_EXIT_STOP) {
        return false;
    }
    if (!debug_active || debug_takes_interrupts(cpu)) {
        cpu->isa->take_interrupt(cpu);
    }
    if (due && tcg_closed && tcg_cpus->len == 1 && cpu_spins(cpu)) {
        skip_spin(cpu);
        new_budget(cpu);
    }
    return !cpu->halted;
}

static bool second_page_holds(Cpu *cpu, const CodeBlock *cb)
{
    MmuFault fault;
    GVa va = tlb_wrap(cpu, (cb->pc & PAGE_MASK) + (1u << PAGE_BITS), cpu->tcg->fetch_mmu);
    const TlbInfo *n = tlb_find(cpu, va, ACCESS_FETCH, cpu->tcg->fetch_mmu, &fault);
    return n && n->ram && n->ram->ram_offset + n->ram_off == cb->phys2;
}

static CodeBlock *next_block(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    uint64_t pc = cpu->pc;
    if (unlikely(debug_active)) {
        debug_before_block(cpu);
    }
    t->recent[t->n_recent++ % N_RECENT] = pc;
    if (unlikely(t->alone)) {
        cpu_exclusive_begin(cpu);
    }
    const TlbInfo *page = tlb_fetch(cpu, code_va(cpu, pc));
    if (unlikely(t->one_shot)) {
        t->one_shot = false;
        return translate(cpu, pc, t->mode, page, true);
    }
    uint64_t phys = page->ram->ram_offset + page->ram_off + (pc & ~PAGE_MASK);
    CodeBlock *cb = code_lookup(phys, pc, t->mode);
    t->stats.lookups++;
    if (cb && cb->phys2_len && !second_page_holds(cpu, cb)) {
        code_lock();
        code_discard(cb);
        code_unlock();
        cb = NULL;
    }
    if (!cb) {
        cb = translate(cpu, pc, t->mode, page, false);
    }
    return cb;
}

void cpu_forget_code(Cpu *cpu, uint64_t pc)
{
    const TlbInfo *page = tlb_fetch(cpu, code_va(cpu, pc));
    uint64_t phys = page->ram->ram_offset + page->ram_off + (pc & ~PAGE_MASK);
    CodeBlock *cb = code_lookup(phys, pc, cpu->tcg->mode);
    if (cb) {
        code_lock();
        code_discard(cb);
        code_unlock();
    }
}

static void link_exit(Cpu *cpu, CodeExit *from, CodeBlock *to)
{
    if (from->target != to->pc || from->from->mode != to->mode ||
        (tcg_parallel && from->guard_offset)) {         /* exec_ctx is another's on each CPU */
        return;
    }
    code_lock();
    bool whole = !((from->from->flags | to->flags) &
                   (CODE_INVALID | CODE_ONE_SHOT | CODE_TWO_PAGES));
    if (whole) {
        code_link(from, to, cpu->exec_ctx);
    }
    code_unlock();
}

static void log_enter(Cpu *cpu, const CodeBlock *cb)
{
    if (!log_wants(cb->pc)) {
        return;
    }
    log_print(LOG_EXEC, "%s: block %#" PRIx64 " mode %#" PRIx64 "\n", cpu->id, cb->pc, cb->mode);
    if (log_on(LOG_CPU)) {
        cpu->isa->print_state(cpu, log_file);
    }
}

/* A block begins only when the deadline is not inside it; one longer than what is left of the
 * budget runs to its end, and what is due comes after it.  Once: a loop that leaves its block in the
 * middle gives the rest back each time, and would put the deadline off for ever. */
static bool let_block_fit(Cpu *cpu, const CodeBlock *cb)
{
    int32_t more = (int32_t)cb->n_guest_insns - cpu->icount_left;
    if (more <= 0) {
        return true;
    }
    if (cpu->tcg->stretched) {
        return false;
    }
    cpu->icount_left += more;
    cpu->icount_budget += more;
    cpu->tcg->stretched = true;
    return true;
}

static void run_blocks(Cpu *cpu)
{
    CodeExit *from = NULL;
    for (;;) {
        if (unlikely(__atomic_load_n(&cpu->exit_request, __ATOMIC_RELAXED) ||
                     (tcg_icount && cpu->icount_left <= 0))) {
            if (!service(cpu)) {
                return;
            }
            from = NULL;
        }
        uint64_t evictions = tcg_stats.evictions;
        CodeBlock *cb = next_block(cpu);
        if (unlikely(log_on(LOG_EXEC))) {
            log_enter(cpu, cb);
        } else if (!(cb->flags & CODE_ONE_SHOT)) {
            if (from && evictions == tcg_stats.evictions) {
                link_exit(cpu, from, cb);
            }
            tlb_jump_cache_insert(cpu, cb);
        }
        if (tcg_icount && !let_block_fit(cpu, cb)) {
            if (!service(cpu)) {
                return;
            }
            from = NULL;
            continue;
        }
        from = host_backend->enter(cpu, cb);
        if (unlikely(cpu->tcg->exclusive)) {
            cpu->tcg->alone = false;
            cpu_exclusive_end(cpu);
        }
    }
}

static bool must_sleep(const Cpu *cpu)
{
    const CpuTcg *t = cpu->tcg;
    return cpu->powered_off || t->held ||
           (cpu->halted && t->step == STEP_NONE && !cpu->isa->has_work(cpu));
}

/* Waits while there is nothing to do; false: the end. */
static bool wait_for_work(Cpu *cpu)
{
    cpu_go_outside(cpu);
    machine_lock();
    memory_reader_offline();
    int64_t since = tcg_icount ? tcg_icount_now(NULL) : 0;
    while (!quitting && (paused || must_sleep(cpu))) {
        tcg_stuck = cpu->isa->masked && cpu->isa->masked(cpu);
        if (!paused && is_dead(cpu, since)) {
            system_request(SYSTEM_DEAD, 0);
        } else if (!paused && !cpu->powered_off && !cpu->tcg->held && warp(cpu)) {
            continue;
        }
        cpu->tcg->idle = true;
        g_cond_broadcast(&idle_cond);
        machine_lock_wait(&cpu->tcg->wake);
    }
    cpu->tcg->idle = false;
    cpu->halted = false;
    tcg_stuck = false;
    memory_reader_online();
    bool go_on = !quitting;
    machine_unlock();
    if (go_on) {
        cpu_go_inside(cpu);
    }
    return go_on;
}

void cpu_run(Cpu *cpu)
{
    memory_reader_register();
    while (wait_for_work(cpu)) {
        cpu_request_exit(cpu, CPU_EXIT_INTERRUPT);      /* have service() look at everything */
        if (setjmp(cpu->leave) == 0 || !cpu->halted) {
            run_blocks(cpu);
        }
    }
    memory_reader_unregister();
    machine_lock();
    cpu->tcg->idle = true;
    g_cond_broadcast(&idle_cond);
    machine_unlock();
}

/* ---- making CPUs ---- */

Cpu *cpu_new(const GuestIsa *isa, const char *model, unsigned index, AddressSpace *as, GError **err)
{
    size_t before = -(ptrdiff_t)TLB_READ_OFFSET, size = before + isa->cpu_size;
    char *base = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CpuTcg *tcg = mmap(NULL, sizeof(CpuTcg), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED || tcg == MAP_FAILED) {
        fail_errno(err, "cannot make a CPU");
        return NULL;
    }
    if (!tcg_cpus) {
        tcg_cpus = g_ptr_array_new();
    }
    Cpu *cpu = (Cpu *)(base + before);
    cpu->isa = isa;
    cpu->tcg = tcg;
    cpu->as = as;
    cpu->index = index;
    cpu->id = g_strdup_printf("cpu%u", index);
    g_cond_init(&tcg->wake);
    g_mutex_init(&tcg->jump_lock);
    g_ptr_array_add(tcg_cpus, cpu);
    tcg_parallel = tcg_cpus->len > 1;
    tlb_init(cpu);
    host_backend->fp_set_rounding(cpu, 0);
    if (!isa->init(cpu, model, err)) {
        cpu_free(cpu);
        return NULL;
    }
    cpu_reset_state(cpu);
    return cpu;
}

void cpu_free(Cpu *cpu)
{
    g_ptr_array_remove(tcg_cpus, cpu);
    tcg_parallel = tcg_cpus->len > 1;
    address_space_unlisten(cpu->as, &cpu->tcg->listener);
    g_free(cpu->id);
    munmap(cpu->tcg, sizeof(CpuTcg));
    munmap((char *)cpu + TLB_READ_OFFSET, cpu->isa->cpu_size - TLB_READ_OFFSET);
}

void cpu_reset_state(Cpu *cpu)
{
    cpu->halted = false;
    cpu->isa->reset(cpu);
    tlb_flush_all(cpu);
    cpu_mode_changed(cpu);
}

void host_fp_set_rounding(Cpu *cpu, unsigned mode)
{
    host_fp_set_mode(cpu, mode, false, false);
}

void host_fp_set_mode(Cpu *cpu, unsigned rounding, bool flush_inputs, bool flush_results)
{
    cpu->fp_flush_inputs = flush_inputs;
    host_backend->fp_set_rounding(cpu, rounding | (flush_inputs ? FP_FLUSH_INPUTS : 0) |
                                       (flush_results ? FP_FLUSH_RESULTS : 0));
}

enum { STICKY_IEEE = 0x1f, STICKY_DENORMAL = 0x20 };

uint32_t host_fp_sticky(Cpu *cpu)
{
    return host_backend->fp_sticky(cpu) & STICKY_IEEE;
}

bool host_fp_denormal(Cpu *cpu)
{
    return host_backend->fp_sticky(cpu) & STICKY_DENORMAL;
}

void host_fp_clear_sticky(Cpu *cpu)
{
    host_backend->fp_clear_sticky(cpu);
}

uint32_t host_x87_sticky(Cpu *cpu)
{
    if (host_backend->x87_fold) {
        host_backend->x87_fold(cpu);
    }
    return cpu->x87_sticky;
}

void host_x87_clear_sticky(Cpu *cpu)
{
    host_x87_sticky(cpu);
    cpu->x87_sticky = 0;
}

void host_x87_set_control(Cpu *cpu, uint32_t cw)
{
    enum { PRECISION_AND_ROUNDING = 0xf00, MASKED = 0x7f };
    cpu->x87_cw = (cw & PRECISION_AND_ROUNDING) | MASKED;
    if (host_backend->x87_set_control) {
        host_backend->x87_set_control(cpu);
    }
}

/* ---- start ---- */

static void on_ram_written(RamBlock *ram, uint64_t off, uint64_t len)
{
    if (code_written_later(ram, off, len)) {
        request_all(CPU_EXIT_INTERRUPT);
    }
}

static void on_ram_freed(RamBlock *ram)
{
    if (ram->code) {
        code_flush();
        munmap(ram->code, (ram->size >> PAGE_BITS) * sizeof(RamPage));
        ram->code = NULL;
    }
}

bool tcg_init(const char *accel, size_t cache_size, GError **err)
{
    static const HostBackend *const backends[] = {
#ifdef __x86_64__
        &backend_x86_64,
#endif
        &backend_interp,
    };
    if (!strcmp(accel, "jit") || !strcmp(accel, "tcg")) {
        host_backend = backends[0];
    } else if (!strcmp(accel, "interp")) {
        host_backend = &backend_interp;
    } else {
        return fail(err, EMU_ERROR_USAGE, "-accel: no accelerator '%s' (there are: jit, interp; "
                    "'tcg' means jit)", accel);
    }
    if (!tcg_cpus) {
        tcg_cpus = g_ptr_array_new();
    }
    tcg_counting = log_on(LOG_STATS);
    ram_written = on_ram_written;
    ram_freed = on_ram_freed;
    return host_backend->init(err) && code_cache_init(cache_size, err);
}

static uint64_t counted(CpuCount what)
{
    uint64_t n = 0;
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        n += ((Cpu *)tcg_cpus->pdata[i])->count[what];
    }
    return n;
}

/* a of b in percent. */
static double percent(uint64_t a, uint64_t b)
{
    return b ? 100.0 * a / b : 0;
}

static void print_hits(FILE *f, const char *name, uint64_t probes, uint64_t misses)
{
    misses = MIN(misses, probes);
    fprintf(f, "%-18s %" PRIu64 " probes, %.2f%% hits\n", name, probes,
            percent(probes - misses, probes));
}

TcgStats tcg_stats_sum(void)
{
    union { TcgStats stats; uint64_t n[sizeof(TcgStats) / 8]; } sum = { .stats = tcg_stats };
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        const uint64_t *own = (const uint64_t *)&((Cpu *)tcg_cpus->pdata[i])->tcg->stats;
        for (unsigned k = 0; k < ARRAY_SIZE(sum.n); k++) {
            sum.n[k] += own[k];
        }
    }
    return sum.stats;
}

void tcg_print_stats(FILE *f)
{
    const TcgStats sum = tcg_stats_sum(), *s = &sum;
    double n = MAX(s->guest_insns, 1), blocks = MAX(s->blocks, 1);
    fprintf(f, "translated         %" PRIu64 " blocks, %" PRIu64 " guest instructions (%.1f a block)\n",
            s->blocks, s->guest_insns, n / blocks);
    fprintf(f, "translation time   %.3f s, %.2f us a guest instruction\n", s->translate_ns / 1e9,
            s->translate_ns / n / 1e3);
    fprintf(f, "host code          %.1f MiB, %.1f bytes a guest instruction\n",
            s->host_bytes / (double)MiB, s->host_bytes / n);
    if (tcg_counting) {
        print_hits(f, "TLB", counted(COUNT_TLB), s->tlb_slow);
        print_hits(f, "jump cache", counted(COUNT_JUMPS), counted(COUNT_JUMP_MISSES));
        print_hits(f, "return stack", counted(COUNT_RETURNS), counted(COUNT_RETURN_MISSES));
    }
    fprintf(f, "page walks         %" PRIu64 ", TLB flushes %" PRIu64 "\n", s->tlb_walk, s->flushes);
    fprintf(f, "blocks linked      %" PRIu64 " exits, %" PRIu64 " lookups from C\n", s->chained,
            s->lookups);
    fprintf(f, "stores to code     %" PRIu64 ", %" PRIu64 " of them into the running block; %" PRIu64
            " blocks dropped\n", s->code_writes, s->precise_exits, s->invalidated);
    fprintf(f, "code cache         %" PRIu64 " evictions, %" PRIu64 " flushes\n", s->evictions,
            s->cache_flushes);
    fprintf(f, "device accesses    %" PRIu64 "\n", s->mmio);
    if (tcg_icount) {
        fprintf(f, "instructions run   %" PRIu64 "\n", cpu_insns_executed(tcg_cpus->pdata[0]));
    }
}
