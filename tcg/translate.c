/* SPDX-License-Identifier: MIT */
/*
 * The pipeline: lift, optimise, compile, publish.  One function to read to know what happens to a
 * guest instruction.
 */
#include "tcg/engine.h"

#include <inttypes.h>
#include <stddef.h>
#include <time.h>
#include "system/log.h"
#include "tcg/disas.h"
#include "tcg/opt/opt.h"

typedef struct Translating {
    Lift           lift;
    const TlbInfo *page;            /* of the block's start */
    GVa            page_va;
    TlbInfo        second;          /* the page after it, once an instruction straddled into it */
    bool           has_second;
    bool           locked;          /* the code lock is held */
    GVa            lo, hi;          /* virtual extent of what was fetched, in the first page */
    unsigned       second_len;
} Translating;

static Translating *translating(const Lift *c)
{
    return (Translating *)((char *)c - offsetof(Translating, lift));
}

/* ---- fetching ---- */

static bool find_second(Translating *t)
{
    Cpu *cpu = t->lift.cpu;
    MmuFault fault;
    GVa va = tlb_wrap(cpu, t->page_va + (1u << PAGE_BITS), cpu->tcg->fetch_mmu);
    if (!t->has_second) {
        if (tcg_parallel && t->locked) {
            return false;               /* it was not there when we looked */
        }
        const TlbInfo *n = tlb_find(cpu, va, ACCESS_FETCH, cpu->tcg->fetch_mmu, &fault);
        if (!n || !n->host) {
            return false;
        }
        t->second = *n;
        t->has_second = true;
        if (!tcg_parallel) {
            tlb_guard_code(cpu, n->ram, n->ram_off);
        }
    }
    return true;
}

bool lift_same_page(const Lift *c, GVa va)
{
    return (va & PAGE_MASK) == translating(c)->page_va;
}

bool lift_fetch_ok(const Lift *c, GVa va, unsigned size)
{
    if (unlikely(c->max_insns == 1 || (debug_active && debug_ends_block(va)))) {
        return false;
    }
    /* A straddling instruction is translated alone: it is always its block's first. */
    return lift_same_page(c, va) && lift_same_page(c, va + size - 1);
}

static const uint8_t *fetch(Lift *c, GVa va, unsigned size)
{
    Translating *t = translating(c);
    if (lift_same_page(c, va)) {
        t->lo = MIN(t->lo, va);
        t->hi = MAX(t->hi, va + size);
        return t->page->host + (va & ~PAGE_MASK);
    }
    if (!find_second(t)) {
        code_unlock();
        tlb_fetch(c->cpu, va);      /* raises the fault of the second half */
        cpu_leave(c->cpu);          /* another CPU has mapped it: again */
    }
    t->second_len = MAX(t->second_len, (va & ~PAGE_MASK) + size);
    return t->second.host + (va & ~PAGE_MASK);
}

uint8_t lift_fetch8(Lift *c, GVa va)
{
    return *fetch(c, va, 1);
}

uint16_t lift_fetch16(Lift *c, GVa va)
{
    return ld_le16(fetch(c, va, 2));
}

uint32_t lift_fetch32(Lift *c, GVa va)
{
    if (lift_same_page(c, va) != lift_same_page(c, va + 2)) {
        uint32_t low = lift_fetch16(c, va);
        return low | (uint32_t)lift_fetch16(c, va + 2) << 16;
    }
    return ld_le32(fetch(c, va, 4));
}

/* ---- passes ---- */

/* Every pass is checked in debug builds and under the sanitizers. */
#if defined(EMU_VERIFY_IR) || defined(__SANITIZE_ADDRESS__)
static const bool verify = true;
#else
static const bool verify = false;
#endif

/* Exits whose target is a block of the region become edges inside it. */
static void resolve_edges(IrRegion *r)
{
    r->has_loop = false;
    for (unsigned b = 0; b < r->n_blocks; b++) {
        for (unsigned i = r->blocks[b].first; i < r->blocks[b].end; i++) {
            IrInsn *in = &r->insns[i];
            if (in->op != IR_goto && in->op != IR_exit_if) {
                continue;
            }
            for (unsigned to = 0; to < r->n_blocks; to++) {
                if (r->blocks[to].pc == in->imm) {
                    in->b = to + 1;
                    r->has_loop = true;
                }
            }
        }
    }
}

static void no_pass(IrRegion *r)
{
    (void)r;
}

static void optimise(IrRegion *r)
{
    static const IrPass lift = { "lift", no_pass };
    ir_run_pass(r, &lift, verify);
    for (const IrPass *p = ir_passes; p->name; p++) {
        ir_run_pass(r, p, verify);
    }
}

/* ---- the pipeline ---- */

/* The thread's own time costs a system call: only where it is asked for. */
static uint64_t now_ns(void)
{
    struct timespec ts;
    clock_gettime(tcg_counting ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * UINT64_C(1000000000) + ts.tv_nsec;
}

static void set_extent(CodeBlock *cb, const Translating *t)
{
    uint64_t page = t->page->ram->ram_offset + t->page->ram_off;
    cb->phys_lo = page + (t->lo & ~PAGE_MASK);
    cb->phys_hi = page + (t->hi - t->page_va);
    if (t->second_len) {
        cb->phys2 = t->second.ram->ram_offset + t->second.ram_off;
        cb->phys2_len = t->second_len;
        cb->flags |= CODE_TWO_PAGES;
    }
}

static bool has_effects(const IrRegion *r)
{
    for (unsigned i = 1; i < r->n_insns; i++) {
        const IrInsn *in = &r->insns[i];
        unsigned class = ir_ops[in->op].klass;
        unsigned call = in->op == IR_call ? in->call->flags : CALL_PURE;
        if (class == IR_STORE || class == IR_ATOMIC ||
            (call != CALL_PURE && !(call & CALL_IDLE))) {
            return true;
        }
    }
    return false;
}

static CodeBlock *compile(IrRegion *r, Translating *t, bool one_shot)
{
    CodeBuf buf;
    CodeBlock *cb = code_begin(&buf);
    uint64_t page = t->page->ram->ram_offset + t->page->ram_off;
    cb->pc = t->lift.start;
    cb->mode = t->lift.mode;
    cb->phys = page + (cb->pc & ~PAGE_MASK);
    cb->n_guest_insns = r->n_guest_insns;
    cb->flags = (one_shot ? CODE_ONE_SHOT : 0) | (has_effects(r) ? CODE_EFFECTS : 0);
    set_extent(cb, t);
    if (!host_backend->compile(r, cb, &buf, tcg_icount)) {
        return NULL;
    }
    if (!one_shot) {
        code_track(cb, t->page->ram, t->page->ram_off + (t->lo & ~PAGE_MASK));
    }
    code_publish(cb, &buf, !one_shot);
    return cb;
}

/* ---- the lock, with room and without stores on their way ---- */

enum { LONGEST_INSN = 16 };

/* With several CPUs the next page is looked for before the lock is taken, where the first
 * instruction may reach into it: a page walk may lead to devices. */
static void look_ahead(Translating *t)
{
    GVa va = code_va(t->lift.cpu, t->lift.start);
    if (tcg_parallel && (va & ~PAGE_MASK) > (1u << PAGE_BITS) - LONGEST_INSN) {
        find_second(t);
    }
}

static bool guard(Translating *t, bool one_shot)
{
    Cpu *cpu = t->lift.cpu;
    return one_shot || (tlb_guard_code(cpu, t->page->ram, t->page->ram_off) &&
                        (!t->has_second ||
                         tlb_guard_code(cpu, t->second.ram, t->second.ram_off)));
}

static void make_ready(Translating *t, bool one_shot, bool full)
{
    Cpu *cpu = t->lift.cpu;
    bool nested = cpu->tcg->exclusive;
    cpu_exclusive_begin(cpu);
    code_lock();
    if (full || !code_has_room()) {
        code_make_room();
    }
    guard(t, one_shot);
    code_unlock();
    if (!nested) {
        cpu_exclusive_end(cpu);
    }
}

/* full: what was left did not suffice. */
static void begin(Translating *t, bool one_shot, bool full)
{
    look_ahead(t);
    for (; ; full = false) {
        code_lock();
        if (!full && code_has_room() && guard(t, one_shot)) {
            break;
        }
        code_unlock();
        make_ready(t, one_shot, full);
    }
    t->locked = true;
}

static void log_code(const Translating *t, const CodeBlock *cb)
{
    if (!log_wants(cb->pc)) {
        return;
    }
    if (log_on(LOG_IN_ASM) && t->lo < t->hi) {
        Cpu *cpu = t->lift.cpu;
        int arch, mode;
        cpu->isa->disas_mode(cpu, cb->pc, &arch, &mode);
        log_print(LOG_IN_ASM, "-- guest code at %#" PRIx64 "\n", cb->pc);
        disas(log_file, arch, mode, t->page->host + (t->lo & ~PAGE_MASK), t->hi - t->lo, t->lo);
    }
    if (log_on(LOG_OUT_ASM)) {
        log_print(LOG_OUT_ASM, "-- code for %#" PRIx64 ", %u bytes\n", cb->pc, cb->code_size);
        host_backend->disas(cb, log_file);
    }
}

/* Code lock held; NULL: no room after all. */
static CodeBlock *translate_locked(Translating *t, bool one_shot)
{
    static IrRegion *region;
    static IrBuild build;
    Cpu *cpu = t->lift.cpu;
    if (!region) {
        region = ir_region_new(cpu->isa->slots, cpu->isa->n_slots, cpu->isa->va_bits > 32);
    }
    region->wide = cpu->isa->wide ? cpu->isa->wide(t->lift.mode) : cpu->isa->va_bits > 32;
    t->lift.ir = &build;
    ir_begin(&build, region);
    ir_block(&build, t->lift.start);
    cpu->isa->lift(&t->lift);
    region->blocks[0].end = region->n_insns;
    if (!one_shot) {
        resolve_edges(region);
    }
    optimise(region);
    return compile(region, t, one_shot);
}

CodeBlock *translate(Cpu *cpu, uint64_t pc, uint64_t mode, const TlbInfo *page, bool one_shot)
{
    uint64_t start = now_ns();
    TlbInfo first = *page;
    for (unsigned attempt = 0; attempt < 2; attempt++) {
        Translating t = {
            .lift = { .cpu = cpu, .start = pc, .pc = pc, .mode = mode,
                      .max_insns = one_shot ? 1 : 64 },
            .page = &first, .page_va = first.page, .lo = UINT64_MAX,
        };
        begin(&t, one_shot, attempt > 0);
        CodeBlock *cb = translate_locked(&t, one_shot);
        tcg_stats.translate_ns += now_ns() - start;
        if (cb) {
            log_code(&t, cb);
        }
        code_unlock();
        if (cb) {
            return cb;
        }
    }
    g_error("a block at %#" PRIx64 " does not fit the code cache", pc);
}
