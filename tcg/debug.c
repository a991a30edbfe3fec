/* SPDX-License-Identifier: MIT */
/*
 * Breakpoints, watchpoints and single step under translation.
 *
 * No block goes over a breakpoint, and none that begins at one is ever published: so every arrival
 * there comes to the execution loop, and code elsewhere runs at full speed.  A page with a
 * watchpoint gets no entry in the first-level TLB, so its accesses come to the slow paths; one that
 * hits is done again alone, and the CPU stops after it.
 *
 * Debuggers take all breakpoints out whenever the guest stops, and put them in again to go on: those
 * taken out count as gone only when the guest goes on, so that nothing is translated twice.
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

static GArray *points;                  /* of DebugPoint */

static DebugPoint *point(unsigned i)
{
    return &g_array_index(points, DebugPoint, i);
}

static DebugPoint *find(DebugKind kind, GVa va, unsigned len)
{
    for (unsigned i = 0; points && i < points->len; i++) {
        DebugPoint *p = point(i);
        if (p->kind == kind && p->va == va && (kind == DEBUG_BREAK || p->len == len)) {
            return p;
        }
    }
    return NULL;
}

static void set_active(void)
{
    debug_n_watches = 0;
    for (unsigned i = 0; i < points->len; i++) {
        debug_n_watches += point(i)->kind != DEBUG_BREAK;
    }
    debug_active = points->len > 0;
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        debug_active |= ((Cpu *)tcg_cpus->pdata[i])->tcg->step != STEP_NONE;
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
    if (!points) {
        points = g_array_new(false, false, sizeof(DebugPoint));
    }
    DebugPoint *p = find(kind, va, len);
    if (p) {
        p->gone = false;
        return true;
    }
    if (points->len == MAX_POINTS || (kind != DEBUG_BREAK && (!len || len > 1 << PAGE_BITS))) {
        return false;
    }
    DebugPoint new_point = { kind, va, len, false };
    g_array_append_val(points, new_point);
    set_active();
    forget_translations(kind);
    return true;
}

bool debug_remove(DebugKind kind, GVa va, unsigned len)
{
    DebugPoint *p = find(kind, va, len);
    if (!p) {
        return false;
    }
    p->gone = true;
    return true;
}

void debug_clear(void)
{
    if (points && points->len) {
        g_array_set_size(points, 0);
        set_active();
        forget_translations(DEBUG_BREAK);
    }
}

void debug_prepare(Cpu *cpu, bool step)
{
    if (!points) {
        points = g_array_new(false, false, sizeof(DebugPoint));
    }
    for (unsigned i = points->len; i-- > 0 && !step;) {
        if (point(i)->gone) {
            g_array_remove_index_fast(points, i);
        }
    }
    cpu->tcg->pass = true;
    cpu->tcg->watch_hit = false;
    cpu->tcg->step = step ? STEP_NEXT : STEP_NONE;
    set_active();
}

/* ---- asked while running ---- */

static bool breaks_at(GVa va)
{
    DebugPoint *p = find(DEBUG_BREAK, va, 0);
    return p && !p->gone;
}

bool debug_ends_block(GVa va)
{
    return find(DEBUG_BREAK, va, 0) != NULL;
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
    GVa va = cpu->pc & ~(uint64_t)1;
    bool pass = t->pass;
    t->pass = false;
    if (t->one_shot) {                  /* an access is about to be done again */
        return;
    }
    if (t->watch_hit) {
        stop(cpu, t->watch_kind, t->watch_va);
    }
    if (t->step == STEP_DONE) {
        stop(cpu, DEBUG_BREAK, 0);
    }
    if (breaks_at(va) && !pass) {
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
    GVa page = va & PAGE_MASK;
    for (unsigned i = 0; i < points->len; i++) {
        DebugPoint *p = point(i);
        if (p->kind != DEBUG_BREAK && (p->va & PAGE_MASK) <= page && p->va + p->len > page) {
            return true;
        }
    }
    return false;
}

static bool watches(DebugKind kind, AccessType access)
{
    return kind == DEBUG_WATCH_ACCESS || (access == ACCESS_WRITE && kind == DEBUG_WATCH_WRITE) ||
           (access == ACCESS_READ && kind == DEBUG_WATCH_READ);
}

bool debug_watch_access(Cpu *cpu, GVa va, unsigned size, AccessType access, bool alone)
{
    CpuTcg *t = cpu->tcg;
    for (unsigned i = 0; i < points->len && !t->watch_hit; i++) {
        DebugPoint *p = point(i);
        if (!p->gone && watches(p->kind, access) && va < p->va + p->len && p->va < va + size) {
            t->watch_hit = true;
            t->watch_va = p->va;
            t->watch_kind = p->kind;
            if (alone) {
                cpu_request_exit(cpu, CPU_EXIT_INTERRUPT);
            }
            return !alone;
        }
    }
    return false;
}
