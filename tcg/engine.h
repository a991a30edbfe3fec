/* SPDX-License-Identifier: MIT */
/*
 * The engine's own data: what a CPU needs besides system/cpu.h, the second-level TLB, and the
 * functions by which the files of tcg/ know each other.  Nobody outside tcg/ and emu/ includes it.
 */
#ifndef TCG_ENGINE_H
#define TCG_ENGINE_H

#include <stdio.h>
#include "tcg/guest.h"
#include "tcg/host.h"

/* ---- second-level TLB: every translation in use, with what the slow paths need to know ---- */

enum { TLB2_WAYS = 4, TLB2_SETS = 4096 };

typedef struct TlbInfo {
    uint64_t      page;         /* va & PAGE_MASK */
    uint32_t      space;        /* generation of the address space (or of the global one); 0: free */
    uint8_t       mmu, prot;
    bool          uncached;     /* ask the frontend for every access */
    bool          read_only;    /* memory that stores must not reach: ROM, flash */
    bool          mixed;        /* several regions, or a part of one: ask for every access */
    uint8_t      *host;         /* of the page's start, when reads see memory; NULL: MMIO */
    RamBlock     *ram;
    uint64_t      ram_off;      /* of the page's start in ram */
    MemoryRegion *mr;           /* NULL: several in one page, or none: look at each access */
    uint64_t      mr_off;       /* of the page's start in mr */
    GPa           pa;           /* of the page's start */
} TlbInfo;

/* The first level for pages of devices; slow paths probe it before all else. */
typedef struct IoPage {
    uint64_t      tag;          /* as TlbEntry.tag */
    MemoryRegion *mr;
    uint64_t      mr_off;       /* of the page's start in mr */
} IoPage;

enum { IO_PAGES = 64 };

enum { CTX_CACHE = 64, N_ASIDS = 1024, LARGE_GRANULES = 4096 };

typedef struct CtxEntry {
    uint64_t mode;
    uint64_t key;               /* Cpu.exec_ctx */
    uint32_t space;
    uint32_t id;                /* 0: none */
    uint8_t  mmu;
} CtxEntry;

enum { N_RECENT = 16 };

typedef struct ExceptionNote {
    const char *name;
    uint64_t    from, to;               /* code addresses */
    unsigned    repeated;               /* then it came again, with the same registers */
} ExceptionNote;

/* Single step: what the next instruction is. */
typedef enum DebugStep { STEP_NONE, STEP_NEXT, STEP_DONE } DebugStep;

/* Counters for -d stats and the monitor. */
typedef struct TcgStats {
    uint64_t blocks, guest_insns, host_bytes, translate_ns;
    uint64_t invalidated, evictions, cache_flushes, lookups, chained;
    uint64_t tlb_slow;                  /* accesses of generated code that the TLB did not have */
    uint64_t tlb_miss, tlb_walk, mmio, code_writes, precise_exits, flushes;
} TcgStats;

typedef struct CpuTcg {
    IoPage    io[2][IO_PAGES];          /* for reads, for writes */
    TlbInfo   tlb2[TLB2_SETS][TLB2_WAYS];
    uint8_t   tlb2_next[TLB2_SETS];
    uint32_t  next_space;               /* generations handed out so far */
    uint32_t  global_space;
    uint32_t  asid_space[N_ASIDS];      /* 0: none yet */
    uint16_t  asid_owner[N_ASIDS];      /* asids are hashed into the table */
    unsigned  asid;
    uint32_t  space;                    /* of asid */
    /* Guests of 64 bits: numbers of 7 bits in the first-level tags, given to (asid, MMU index) when
     * it first enters something; 0: none yet.  When they run out the first level is cleared. */
    uint8_t   asid_tag[N_ASIDS][N_MMU];
    unsigned  n_tags;
    uint32_t  next_ctx;
    CtxEntry  ctx[CTX_CACHE];
    uint64_t  mode;                     /* mode key of exec_ctx */
    unsigned  fetch_mmu;
    uint8_t   large[LARGE_GRANULES / 8];    /* MiB of a 32-bit space that large pages map */
    uint8_t   code_pages[LARGE_GRANULES / 8];   /* hashed virtual pages that were executed */
    MemoryListener listener;
    bool      flush_pending;            /* the memory map changed: flush before going on */
    bool      one_shot;                 /* the next instruction alone, it hits its own block */
    TlbInfo   scratch;                  /* an uncached translation */
    bool      stretched;                /* -icount: the budget, for a block longer than it */
    uint64_t  skipped;                  /* -icount: counted, but not executed: sleep */
    uint64_t  recent[N_RECENT];         /* blocks that the loop entered */
    uint64_t  n_recent;
    ExceptionNote exceptions[N_RECENT];
    uint64_t  n_exceptions;
    unsigned  chain;                    /* exceptions in a row at a handler's first instruction */
    void     *fault_state;              /* the guest's registers after the last of equal ones */
    DebugStep step;
    bool      step_irqs;                /* interrupts are taken while stepping, too */
    bool      held;                     /* the debugger keeps this CPU still */
    bool      pass;                     /* at pass_va no breakpoint or watchpoint counts, once */
    bool      passing;                  /* that instruction is under way */
    GVa       pass_va;
    bool      watch_hit;                /* the next stop is for watch_va */
    uint8_t   watch_kind;               /* DebugKind */
    GVa       watch_va;
    GCond     wake;
    bool      idle;                     /* waits; under the machine lock */
    bool      inside, exclusive;        /* parallel.c */
    bool      sync;                     /* others have been asked to flush and may not have yet */
    bool      io_locked;                /* cpu_leave() gives the machine lock back */
    bool      alone;                    /* one_shot: in an exclusive section */
    unsigned  n_hints;
    GMutex    jump_lock;                /* several CPUs: the jump cache's changes */
    TcgStats  stats;                    /* what this CPU's thread counts */
} CpuTcg;

/* What is counted under the code lock; and all of it, the CPUs' own counts too. */
extern TcgStats tcg_stats;
TcgStats tcg_stats_sum(void);
void tcg_print_stats(FILE *f);

/* ---- parallel.c ---- */
/* The code lock; it nests.  Nothing without several CPUs. */
void code_lock(void);
void code_unlock(void);
void code_unlock_all(void);             /* for cpu_leave() */
/* This CPU's thread may run generated code; it may not. */
void cpu_go_inside(Cpu *cpu);
void cpu_go_outside(Cpu *cpu);
/* Between blocks, with no pointer to one at hand: lets another CPU be alone. */
void cpu_safe_point(Cpu *cpu);
/* Between blocks, without a lock: until the end no other CPU is inside. */
void cpu_exclusive_begin(Cpu *cpu);
void cpu_exclusive_end(Cpu *cpu);
/* What tlb_flush_others() asked for is done. */
void cpu_sync(Cpu *cpu);

/* ---- softmmu.c ---- */
/* An address as accesses with this MMU index see it. */
static inline GVa tlb_wrap(const Cpu *cpu, GVa va, unsigned mmu)
{
    return cpu->isa->va_bits == 32 || cpu->isa->narrow_mmus >> mmu & 1 ? (uint32_t)va : va;
}

/* Where the instruction at a code address is. */
static inline GVa code_va(const Cpu *cpu, uint64_t pc)
{
    return cpu->isa->any_pc ? pc : pc & ~(uint64_t)1;
}

/* The translation for an access, walked when it is not known; NULL: *fault is filled. */
const TlbInfo *tlb_find(Cpu *cpu, GVa va, AccessType access, unsigned mmu, MmuFault *fault);
/* As tlb_find for the block at pc; a fault is delivered and leaves. */
const TlbInfo *tlb_fetch(Cpu *cpu, GVa va);
/* No store reaches this page of RAM any more without asking: it is going to be translated.  False:
 * other CPUs may be about to store there; once more in an exclusive section. */
bool tlb_guard_code(Cpu *cpu, RamBlock *ram, uint64_t page_off);
void tlb_init(Cpu *cpu);
/* Flushes when the memory map has changed; the CPU's own thread. */
void tlb_settle_map(Cpu *cpu);
/* Inline-probe entries for a block, made when it was looked up and gone when it goes. */
void tlb_jump_cache_insert(Cpu *cpu, const CodeBlock *cb);
void tlb_jump_cache_remove(const CodeBlock *cb);
/* Empties all return stacks; all CPUs are outside or here. */
void tlb_forget_returns(void);
/* Gives exec_ctx and the jump cache a new life: what an address means has changed. */
void exec_ctx_renew(Cpu *cpu);

/* ---- cache.c, invalidate.c ---- */
bool       code_cache_init(size_t size, GError **err);
CodeBlock *code_lookup(uint64_t phys, uint64_t pc, uint64_t mode);
/* Is there room for one more translation?  Else make it, evicting the oldest segment if it must:
 * alone (cpu_exclusive_begin). */
bool       code_has_room(void);
void       code_make_room(void);
CodeBlock *code_begin(CodeBuf *buf);
void       code_publish(CodeBlock *cb, const CodeBuf *buf, bool findable);
void       code_discard(CodeBlock *cb);
void       code_unlink_block(CodeBlock *cb);
void       code_link(CodeExit *e, CodeBlock *to, uint64_t exec_ctx);
void       code_flush(void);            /* everything */

enum { CODE_LINE_BITS = 7, CODE_LINES = 1 << (PAGE_BITS - CODE_LINE_BITS) };

/* What the engine knows of one page of RAM. */
typedef struct RamPage {
    CodeBlock *blocks;          /* that have bytes in this page, through line_next[] */
    uint32_t   lines;           /* of 128 bytes that hold code, or held some */
    uint32_t   guarded;         /* stores have to ask: there is code, or it is being translated */
    /* Who may store without asking: low half, + 1, where the page is in the write TLBs (0 nowhere, ~0
     * several); high half, a bit for each CPU (modulo 32) that has it there. */
    uint64_t   writers;
} RamPage;

RamPage *ram_page(RamBlock *ram, uint64_t off);
void     code_track(CodeBlock *cb, RamBlock *ram, uint64_t off);
void     code_untrack(CodeBlock *cb);
/* What the lines of a page are now (its ram address), without those of dropped blocks. */
void     code_settle_lines(RamPage *p, uint64_t page);
/* Does a block have code in these bytes?  (Within one page.) */
bool     code_overlaps(RamPage *p, uint64_t ram_addr, uint64_t len, const CodeBlock *only);
/* Drops every block with code in these bytes. */
void     code_invalidate(RamBlock *ram, uint64_t off, uint64_t len);
/* The same for writes by other threads (DMA, loaders): noted now, done by the CPU's own thread in
 * code_settle_writes(); with several CPUs at once.  False: nothing is left to be done. */
bool     code_written_later(RamBlock *ram, uint64_t off, uint64_t len);
void     code_settle_writes(void);

/* ---- translate.c ---- */
CodeBlock *translate(Cpu *cpu, uint64_t pc, uint64_t mode, const TlbInfo *page, bool one_shot);

/* ---- debug.c: breakpoints, watchpoints, single step, the debugger's view of memory ---- */
typedef enum DebugKind {
    DEBUG_BREAK, DEBUG_WATCH_WRITE, DEBUG_WATCH_READ, DEBUG_WATCH_ACCESS, DEBUG_STEP
} DebugKind;

extern bool debug_active;               /* breakpoints, watchpoints or a step: the loop must ask */
extern unsigned debug_n_watches;
/* A CPU has stopped, and all are held by one more cpus_hold(); in its thread, machine lock held.
 * va: the breakpoint's, the watched address, the pc after a step. */
extern void (*debug_stopped)(Cpu *cpu, DebugKind kind, GVa va);

/* These with the CPUs at rest and the machine lock held. */
bool debug_insert(DebugKind kind, GVa va, unsigned len);
bool debug_remove(DebugKind kind, GVa va, unsigned len);
void debug_clear(void);

/* What a CPU does when all go on. */
typedef enum DebugGo { DEBUG_GO, DEBUG_GO_STEP, DEBUG_GO_STEP_IRQS, DEBUG_GO_NOT } DebugGo;
/* pass: not to stop at once at a breakpoint where it stands. */
void debug_prepare(Cpu *cpu, DebugGo go, bool pass);

/* Guest memory by virtual address as the most privileged program sees it, whatever its rights, and
 * ROM too.  Returns how much was done before the first byte that is not there. */
size_t debug_read(Cpu *cpu, GVa va, void *buf, size_t len);
size_t debug_write(Cpu *cpu, GVa va, const void *buf, size_t len);
bool   debug_translate(Cpu *cpu, GVa va, Translation *t);

/* Asked by the execution loop, the translator and the slow paths. */
void debug_before_block(Cpu *cpu);
bool debug_takes_interrupts(const Cpu *cpu);
bool debug_ends_block(GVa va);          /* a breakpoint is there: no block goes over it */
bool debug_page_watched(GVa va);
/* Notes the first hit of an instruction; true: leave it without an effect. */
bool debug_watch_access(Cpu *cpu, GVa va, unsigned size, AccessType access);

/* ---- dead.c ---- */
/* Does the CPU do the same for ever?  Between blocks, in its thread, without the machine lock. */
bool cpu_spins(Cpu *cpu);

/* ---- exec.c ---- */
extern GPtrArray *tcg_cpus;             /* Cpu * */
extern bool tcg_icount;
extern unsigned tcg_icount_shift;
extern bool tcg_closed;                 /* nothing outside the machine can wake it: no input, no net */
extern bool tcg_stuck;                  /* the CPU waits or spins with its interrupts masked */

Cpu *cpu_new(const GuestIsa *isa, const char *model, unsigned index, AddressSpace *as, GError **err);
void cpu_free(Cpu *cpu);
void cpu_reset_state(Cpu *cpu);
/* The CPU's thread: runs until cpu_stop().  */
void cpu_run(Cpu *cpu);
/* Wakes a halted CPU; machine lock held. */
void cpu_kick(Cpu *cpu);
/* Stops and continues all CPUs (machine lock held; any thread but theirs). */
void cpus_pause(void);
/* As cpus_pause, but does not wait: for a CPU's own thread (a device asks for a reset). */
void cpus_hold(void);
void cpus_resume(void);
/* Ends the loops for good. */
void cpus_quit(void);
uint64_t cpu_insns(const Cpu *cpu);
uint64_t cpu_insns_executed(const Cpu *cpu);    /* without the time slept */
/* -icount: virtual nanoseconds. */
int64_t tcg_icount_now(void *opaque);

/* -icount: the CPU looks again when the first deadline changes. */
void tcg_deadline_changed(void);
bool tcg_init(const char *accel, size_t cache_size, GError **err);

#endif
