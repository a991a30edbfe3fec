/* SPDX-License-Identifier: MIT */
/*
 * What the engine asks of a host backend, and the data they share: code blocks, their exits, and
 * the exit sites from which guest state is recovered.
 *
 * A code block is the translation of one region.  Its machine code is published once and changes
 * afterwards only at the patchable jumps of its direct exits.  Around it:
 *
 *   entry        from cpu_exec through HostBackend.enter, from chained jumps, from the jump cache
 *                and the return stack.  Nothing is in registers but the Cpu pointer.
 *   direct exit  (exit_if, goto to a page that the block was translated from): a jump that at first
 *                goes to a stub: Cpu.pc = target, return the CodeExit to cpu_exec, which translates
 *                and calls HostBackend.link.
 *   other page   the mapping of another page may change under the block, so such an exit is either
 *                the jump cache probe with everything constant, or a patched jump guarded by
 *                `exec_ctx == the one it was linked under`: exec_ctx changes with every change of
 *                mapping, mode or address space, so the guard is the proof.
 *   jump         indirect: return stack for IR_RETURN, then the two-way jump cache probe; on a miss
 *                Cpu.pc = target, return NULL.
 *   poll         backward direct exits, loop edges and jumps test Cpu.exit_request first: Cpu.pc =
 *                target, return NULL.  With icount: icount_left -= n_guest_insns at block entry
 *                (negative: give them back, Cpu.pc = block pc, return NULL); side exits give back
 *                what they did not execute.
 *   memory       inline TLB probe; on a miss the cold stub saves every allocatable host register
 *                in a HostFrame and calls softmmu_*, which returns the value or does not return.
 *
 * Several CPUs run the same blocks (tcg_parallel).  link and unlink then change code that others are
 * running: one aligned store, after which a thread takes the old way or the new one.  Atomics are
 * one atomic instruction of the host.  Loads and stores are made in the order of the IR, none is
 * left out, and they are single host accesses when aligned; that is the order of memory that x86
 * guests have on x86 hosts, and more than ARM guests ask for.  A host with a weaker order than its
 * guest's (AArch64 under x86) has to make loads acquire (LDAPR) and stores release (STLR) when
 * tcg_parallel is set.
 */
#ifndef TCG_HOST_H
#define TCG_HOST_H

#include "system/cpu.h"
#include "tcg/ir.h"

typedef struct CodeBlock CodeBlock;

/* Where a value lives at an exit site. */
typedef enum LocKind {
    LOC_GPR,        /* HostFrame.gpr[where] */
    LOC_VEC,        /* HostFrame.vec[where] */
    LOC_SPILL,      /* HostFrame.spill + where * 8 (v128: 16-byte aligned pair) */
    LOC_CONST,      /* CodeBlock.consts[where] */
    LOC_FLAGS,      /* a flags value: CodeBlock.flag_locs[where] */
} LocKind;

typedef struct ExitLoc {        /* slot := location */
    uint8_t  slot;
    uint8_t  kind;              /* LocKind */
    uint16_t where;
} ExitLoc;

/* A flags value that was never computed: op over up to three locations. */
typedef struct FlagLoc {
    uint8_t  op, type;          /* IR_fl_*, IrType of the operands; IR_fl_pack: a packed word */
    uint8_t  kind[3];
    uint16_t where[3];          /* nested flags operand: LOC_FLAGS again */
} FlagLoc;

/* An op that may leave in its middle.  Sorted by code_offset: the return address of its call. */
typedef struct ExitSite {
    uint32_t code_offset;       /* return address - CodeBlock.code */
    uint32_t first_loc;         /* in CodeBlock.locs */
    uint16_t n_locs;
    uint16_t aux;               /* of the ir_insn before it */
    uint32_t insn_index;        /* guest instructions of the region begun before it (icount) */
    uint64_t pc;                /* of the ir_insn before it */
    IrMem    mem;               /* of the access */
} ExitSite;

/* A direct exit. */
typedef struct CodeExit {
    struct CodeBlock *from;
    struct CodeBlock *to;       /* NULL: not linked */
    struct CodeExit  *next_in;  /* the next exit that is linked to `to` */
    uint64_t target;            /* code address */
    uint32_t patch_offset;      /* of the rel32 (or whatever the host patches) in the code */
    uint32_t stub_offset;       /* where it goes when not linked */
    uint32_t guard_offset;      /* other page: of the guard's constant; 0: same page */
} CodeExit;

struct CodeBlock {
    uint64_t    pc;             /* code address */
    uint64_t    mode;           /* mode key */
    uint64_t    phys;           /* ram address of its first byte (RamBlock offset + base), page and all */
    struct CodeBlock *hash_next;   /* in the cache line that a lookup reads anyway */
    uint64_t    phys2;          /* of the second page's start, when an instruction straddles; else 0 */
    uint64_t    phys_lo, phys_hi;   /* ram addresses of the first and past the last byte lifted, in its page */
    uint32_t    phys2_len;      /* bytes in the second page */
    uint32_t    n_guest_insns;
    const void *code;           /* executable address of the entry */
    uint32_t    code_size;
    uint32_t    flags;          /* CODE_* */

    CodeExit   *exits;          unsigned n_exits;
    ExitSite   *sites;          unsigned n_sites;
    ExitLoc    *locs;           unsigned n_locs;
    FlagLoc    *flag_locs;      unsigned n_flag_locs;
    uint64_t   *consts;         unsigned n_consts;
    void       *backend_data;   /* interp: the region itself */

    CodeExit         *incoming; /* exits linked to this block */
    struct CodeBlock *line_next[2], **line_prev[2];
    uint32_t          runs;     /* for tiers and statistics */
};

enum {
    CODE_INVALID   = 1 << 0,
    CODE_TWO_PAGES = 1 << 1,    /* never chained to: found by way of exec_ctx */
    CODE_ONE_SHOT  = 1 << 2,    /* one instruction, outside the cache: stores may hit itself */
    CODE_EFFECTS   = 1 << 7,    /* does something besides changing registers and reading memory */
};

/* Host registers as a slow path saves them; what softmmu_* and recover get. */
typedef struct HostFrame {
    V128     vec[16];
    uint64_t gpr[16];
    uint8_t *spill;             /* the block's spill area */
} HostFrame;

/* ---- slow paths, called by generated code (tcg/softmmu.c).  site: the return address.  They
 * return the value, or deliver a fault and leave (cpu_leave: nothing of the generated code's frame
 * is looked at again).  A signed load is extended to 64 bits: an i32 has to be cut afterwards.
 * mem is IrInsn.imm, va the whole address (with disp). */
uint64_t softmmu_ld(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site);
void     softmmu_st(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site, uint64_t v);
void     softmmu_ld128(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site, V128 *v);
void     softmmu_st128(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site,
                       const V128 *v);
/* Atomics: op is IR_cas or IR_amo_*; returns what was there. */
uint64_t softmmu_atomic(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site,
                        unsigned op, uint64_t b, uint64_t c);
/* The tlb op: fills the TLB for the page when it can; the addend, or 0.  Never leaves. */
uint64_t softmmu_probe(Cpu *cpu, GVa va, uint64_t mem);

/* ---- recovery (tcg/recover.c) ---- */
const ExitSite *code_find_site(const CodeBlock *cb, const void *return_address);
/* Copies the slots of the site's map into the CPU struct. */
void recover_slots(Cpu *cpu, const CodeBlock *cb, const ExitSite *site, const HostFrame *frame);

/* ---- code memory handed to a backend: write here, run there (W^X by dual mapping) ---- */
typedef struct CodeBuf {
    uint8_t  *rw;               /* writable address of the next free byte */
    uint8_t  *end;              /* end of the writable room */
    ptrdiff_t to_rx;            /* executable address = writable address + to_rx */
    /* bump allocation for the side tables, freed with the block; NULL when full */
    void   *(*alloc)(struct CodeBuf *buf, size_t size);
} CodeBuf;

enum { FP_FLUSH_RESULTS = 4, FP_FLUSH_INPUTS = 8 };

typedef struct HostBackend {
    const char *name;           /* "x86_64", "interp" */
    bool (*init)(GError **err); /* once: common stubs are emitted into buf by begin_cache */
    /* Emits what all blocks share (entry, slow path trampolines) at the start of an empty cache. */
    bool (*begin_cache)(CodeBuf *buf);
    /*
     * Compiles r: machine code at buf->rw (which it advances), cb->code, code_size, exits, sites,
     * locs, flag_locs, consts.  page is the guest page (code address >> 12) that direct exits may
     * be patched within; poll_from: direct exits with target <= their own pc poll.  false: no room.
     */
    bool (*compile)(IrRegion *r, CodeBlock *cb, CodeBuf *buf, bool icount);
    /* Runs from a block until something returns: NULL (look up Cpu.pc) or the unlinked exit. */
    CodeExit *(*enter)(Cpu *cpu, const CodeBlock *cb);
    /* A helper is about to leave it for good, by longjmp; may be NULL. */
    void (*left)(Cpu *cpu);
    /* rw/rx difference is the cache's; exec_ctx for guarded links. */
    void (*link)(CodeExit *e, CodeBlock *to, uint64_t exec_ctx);
    void (*unlink)(CodeExit *e);
    void (*disas)(const CodeBlock *cb, FILE *f);        /* -d out_asm */
    /* FP control word for a rounding mode (| FP_FLUSH_*); apply now when inside generated code.
     * Sticky flags: as host_fp_sticky() has them, 32: a denormal operand was used. */
    void (*fp_set_rounding)(Cpu *cpu, unsigned mode);
    uint32_t (*fp_sticky)(Cpu *cpu);
    void (*fp_clear_sticky)(Cpu *cpu);
    /* x87: moves the host's sticky exceptions into Cpu.x87_sticky; Cpu.x87_cw has changed. */
    void (*x87_fold)(Cpu *cpu);
    void (*x87_set_control)(Cpu *cpu);
    /*
     * The exit site of a slow path call: copies its slots into the CPU struct (frame not NULL), tells
     * where it was (where not NULL), and returns its block.  Native: looks the return address up;
     * interp: frame and site are its own.
     */
    CodeBlock *(*recover)(Cpu *cpu, const HostFrame *frame, const void *site, ExitSite *where);
} HostBackend;

extern const HostBackend backend_x86_64, backend_interp;
/* recover for backends that emit machine code (tcg/recover.c). */
CodeBlock *recover_native(Cpu *cpu, const HostFrame *frame, const void *site, ExitSite *where);
/* The block whose code holds an executable address (tcg/cache.c). */
CodeBlock *code_find_block(const void *rx);
/* More than one CPU: atomics have to be atomic. */
extern bool tcg_parallel;
/* -d stats: code that is made now counts what it does in Cpu.count. */
extern bool tcg_counting;
/* The one in use. */
extern const HostBackend *host_backend;
/* rw address of executable code, for patching. */
void *code_writable(const void *rx);

#endif
