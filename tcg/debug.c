/* SPDX-License-Identifier: MIT */
/*
 * Breakpoints, watchpoints and single step under translation, and memory as a debugger sees it.
 *
 * No block goes over a breakpoint, and none that begins at one is ever published: so every arrival
 * there comes to the execution loop, and code elsewhere runs at full speed.  A page with a
 * watchpoint gets no entry in the first-level TLB, so its accesses come to the slow paths.  The CPU
 * stops before the instruction that hits (GuestIsa.watch_before), or it is done again alone and the
 * CPU stops after it: as gdb expects of the architecture.
 *
 * Debuggers take all breakpoints out whenever the guest stops, and put them in again to go on:
 * those taken out count as gone only when the guest goes on, so that nothing is translated twice.
 *
 * Breakpoints and watchpoints go by virtual address, in every address space.
 */
#include "tcg/engine.h"

#include "system/lock.h"

typedef struct DebugPoint {
    DebugKind kind;
    GVa       va;
    unsigned  len;
    bool      gone;
} DebugPoint;

enum { MAX_POINTS = 4096 };

bool debug_active;
unsigned debug_n_watches;
void (*debug_stopped)(Cpu *cpu, DebugKind kind, GVa va);

static DebugPoint points[MAX_POINTS];
static unsigned n_points;

static DebugPoint *find(DebugKind kind, GVa va, unsigned len)
{
    for (unsigned i = 0; i < n_points; i++) {
        DebugPoint *p = &points[i];
        if (p->kind == kind && p->va == va && (kind == DEBUG_BREAK || p->len == len)) {
            return p;
        }
    }
    return NULL;
}

static void set_active(void)
{
    debug_n_watches = 0;
    for (unsigned i = 0; i < n_points; i++) {
        debug_n_watches += points[i].kind != DEBUG_BREAK;
    }
    debug_active = n_points > 0;
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        const CpuTcg *t = ((Cpu *)tcg_cpus->pdata[i])->tcg;
        debug_active |= t->step != STEP_NONE;
    }
}

static void forget_translations(DebugKind kind)
{
    if (kind == DEBUG_BREAK) {
        code_flush();
    }
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        tlb_flush_all(tcg_cpus->pdata[i]);
    }
}

bool debug_insert(DebugKind kind, GVa va, unsigned len)
{
    DebugPoint *p = find(kind, va, len);
    if (p) {
        p->gone = false;
        return true;
    }
    if (n_points == MAX_POINTS || (kind != DEBUG_BREAK && (!len || va + len - 1 < va))) {
        return false;
    }
    points[n_points++] = (DebugPoint){ kind, va, len, false };
    set_active();
    forget_translations(kind);
    return true;
}

bool debug_remove(DebugKind kind, GVa va, unsigned len)
{
    DebugPoint *p = find(kind, va, len);
    if (!p || p->gone) {
        return false;
    }
    p->gone = true;
    return true;
}

static void drop_gone(void)
{
    unsigned n = 0;
    for (unsigned i = 0; i < n_points; i++) {
        if (!points[i].gone) {
            points[n++] = points[i];
        }
    }
    n_points = n;
}

void debug_clear(void)
{
    n_points = 0;
    set_active();
}

void debug_prepare(Cpu *cpu, DebugGo go, bool pass)
{
    CpuTcg *t = cpu->tcg;
    bool step = go == DEBUG_GO_STEP || go == DEBUG_GO_STEP_IRQS;
    if (go == DEBUG_GO) {
        drop_gone();
    }
    t->held = go == DEBUG_GO_NOT;
    t->step = step ? STEP_NEXT : STEP_NONE;
    t->step_irqs = go == DEBUG_GO_STEP_IRQS;
    t->pass = pass;
    t->passing = false;
    t->pass_va = code_va(cpu, cpu->pc);
    t->watch_hit = false;
    t->one_shot = false;
    set_active();
}

/* ---- asked while running ---- */

static bool breaks_at(GVa va)
{
    const DebugPoint *p = find(DEBUG_BREAK, va, 0);
    return p && !p->gone;
}

bool debug_ends_block(GVa va)
{
    return find(DEBUG_BREAK, va, 0) != NULL;
}

/* Not between a step's or a watched access's beginning and its report. */
bool debug_takes_interrupts(const Cpu *cpu)
{
    const CpuTcg *t = cpu->tcg;
    return !t->watch_hit && (t->step == STEP_NONE || (t->step == STEP_NEXT && t->step_irqs));
}

static void __attribute__((noreturn)) stop(Cpu *cpu, DebugKind kind, GVa va)
{
    cpu->tcg->step = STEP_NONE;
    cpu->tcg->watch_hit = false;
    machine_lock();
    cpus_hold();
    if (debug_stopped) {
        debug_stopped(cpu, kind, va);
    }
    machine_unlock();
    cpu_leave(cpu);
}

void debug_before_block(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    GVa va = code_va(cpu, cpu->pc);
    if (t->one_shot) {                  /* an access is about to be done again */
        return;
    }
    t->passing = false;
    if (t->watch_hit) {
        stop(cpu, t->watch_kind, t->watch_va);
    }
    if (t->step == STEP_DONE) {
        stop(cpu, DEBUG_STEP, va);
    }
    bool pass = t->pass && t->pass_va == va;
    if (pass) {
        t->pass = false;
        t->passing = t->one_shot = true;
    } else if (breaks_at(va)) {
        stop(cpu, DEBUG_BREAK, va);
    }
    if (t->step == STEP_NEXT) {
        t->step = STEP_DONE;
        t->one_shot = true;
    } else if (debug_ends_block(va)) {
        t->one_shot = true;             /* on its own: no block begins here */
    }
}

/* ---- watchpoints ---- */

bool debug_page_watched(GVa va)
{
    GVa page = va & PAGE_MASK, last = page | ~PAGE_MASK;
    for (unsigned i = 0; i < n_points; i++) {
        const DebugPoint *p = &points[i];
        if (p->kind != DEBUG_BREAK && p->va <= last && p->va + (p->len - 1) >= page) {
            return true;
        }
    }
    return false;
}

static bool watches(DebugKind kind, AccessType access)
{
    return kind == DEBUG_WATCH_ACCESS || (kind == DEBUG_WATCH_WRITE && access == ACCESS_WRITE) ||
           (kind == DEBUG_WATCH_READ && access == ACCESS_READ);
}

bool debug_watch_access(Cpu *cpu, GVa va, unsigned size, AccessType access)
{
    CpuTcg *t = cpu->tcg;
    if (t->watch_hit || t->passing) {
        return false;
    }
    for (unsigned i = 0; i < n_points; i++) {
        const DebugPoint *p = &points[i];
        if (!p->gone && watches(p->kind, access) && va <= p->va + (p->len - 1) &&
            p->va <= va + (size - 1)) {
            t->watch_hit = true;
            t->watch_va = p->va;
            t->watch_kind = p->kind;
            return true;
        }
    }
    return false;
}

/* ---- memory ---- */

bool debug_translate(Cpu *cpu, GVa va, Translation *t)
{
    MmuFault fault;
    unsigned mmu = cpu->isa->debug_mmu;
    return cpu->isa->walk(cpu, va, ACCESS_READ, mmu, true, t, &fault) ||
           cpu->isa->walk(cpu, va, ACCESS_FETCH, mmu, true, t, &fault);
}

static GVa next_va(const Cpu *cpu, GVa va, uint64_t n)
{
    return cpu->isa->va_bits == 32 ? (uint32_t)(va + n) : va + n;
}

/* Tables may map less than a page alike (1 KiB). */
static size_t piece(GVa va, size_t len)
{
    enum { UNIT = 1024 };
    return MIN(len, UNIT - va % UNIT);
}

size_t debug_read(Cpu *cpu, GVa va, void *buf, size_t len)
{
    size_t done = 0;
    Translation t;
    while (done < len && debug_translate(cpu, va, &t)) {
        size_t n = piece(va, len - done);
        if (address_space_read(cpu->as, t.pa, (uint8_t *)buf + done, n) != MEM_OK) {
            break;
        }
        done += n;
        va = next_va(cpu, va, n);
    }
    return done;
}

size_t debug_write(Cpu *cpu, GVa va, const void *buf, size_t len)
{
    size_t done = 0;
    Translation t;
    while (done < len && debug_translate(cpu, va, &t)) {
        size_t n = piece(va, len - done);
        if (address_space_load(cpu->as, t.pa, (const uint8_t *)buf + done, n) != MEM_OK) {
            break;
        }
        done += n;
        va = next_va(cpu, va, n);
    }
    return done;
}
