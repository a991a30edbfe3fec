/* SPDX-License-Identifier: MIT */
/*
 * What the files of this backend share: the state of a compilation, cold code, exits, and the
 * layout of the frame.
 *
 *     rsp + 0               arguments of calls beyond the sixth
 *     rsp + X64_CELLS       what accesses of a loop remember (X64Cell)
 *     rsp + X64_OUT         spill area: 8-byte slots, then pairs (tcg/regalloc.h)
 *         + X64_GUESSES     addends that loads found last, by guest pc
 *         + X64_SCRATCH     four 16-byte cells for values on their way to slow paths
 *     rsp + X64_FRAME       what `enter` pushed
 */
#ifndef BACKENDS_X86_64_X64_H
#define BACKENDS_X86_64_X64_H

#include "backends/x86_64/encode.h"
#include "tcg/regalloc.h"

enum {
    X64_N_CELLS = 8,
    X64_CELLS = 16,
    X64_OUT = X64_CELLS + X64_N_CELLS * 16,
    X64_SPILL_SIZE = RA_SPILLS * 8 + RA_SPILLS * 16,
    X64_SCRATCH = X64_SPILL_SIZE,
    X64_N_GUESSES = 64,
    X64_GUESSES = X64_SCRATCH + 64,
    X64_FRAME = X64_OUT + X64_GUESSES + X64_N_GUESSES * 8 + 8,
                /* + 6 pushes + return address: 16-aligned */
};

/* The page that a steady access (IrMem.steady) was in last, and its addend.  A page that no address
 * is in (X64_NO_PAGE, sign-extended) at first. */
typedef struct X64Cell {
    uint64_t page, addend;
} X64Cell;
#define X64_NO_PAGE INT32_MIN

/* Which guest registers of the x87 are in host registers (emit_x87.c). */
enum { X64_X87_PLACES = 6 };
typedef struct X64Cache87 {
    uint8_t  place[8];          /* of a guest register, 0xff: in Cpu.x87 only */
    uint8_t  guest[X64_X87_PLACES];
    uint8_t  dirty;             /* guest registers whose memory is old */
    uint8_t  locked;            /* places that the op uses */
    uint16_t used[X64_X87_PLACES], clock;
} X64Cache87;

typedef struct X64 X64;
typedef struct X64Cold X64Cold;
typedef void X64ColdEmit(X64 *x, X64Cold *c);

/* Code out of line: emitted after the block, reached by up to three jumps, returns to `back`. */
struct X64Cold {
    X64ColdEmit *emit;
    uint8_t     *jump[3];
    uint8_t     *back;
    HostInsn     h;
    IrInsn       in;
    ExitSite     site;
    unsigned     first, n_locs; /* side exit: the state in Ra.locs; float: ops in X64.chain */
    uint64_t     eflags_slots[IR_MAX_SLOTS / 64];   /* whose value is in EFLAGS there */
    unsigned     eflags_mode;
    unsigned     rest;          /* guest instructions of the block not begun (icount) */
    bool         backward;
    uint64_t     pc;
    const void  *fn;
    uint8_t     *start;         /* where its code is, once it is emitted */
    X64Cold     *slow;          /* of a cell's refill: where a miss goes */
    bool         forgets;       /* the cell holds no page after this */
    X64Mem       cell, entry;
    X64Cache87   x87;           /* there */
    bool         stores_x87;    /* may leave: what is dirty is stored first */
};

typedef struct X64Fixup {       /* a jump to a block of the region */
    uint8_t *at;
    unsigned block;
} X64Fixup;

/* How EFLAGS hold the flags value Ra.eflags. */
enum {
    FL_PLAIN,                   /* as x86 would have them */
    FL_INVERTED,                /* CF is the inverse of C */
    FL_NZ_ONLY,                 /* SF and ZF alone (fl_nzcv: and PF) */
    FL_NO_C,                    /* all but CF */
    FL_FCMP, FL_FCMP_SWAPPED,   /* after ucomis a, b and ucomis b, a */
};

/* Code that all blocks share, made by begin_cache (executable addresses). */
typedef struct X64Common {
    const void *enter, *leave, *leave_null;
    const void *ld[2], *st[2], *atomic[2], *probe[2];   /* of blocks that use vector registers: 1 */
    const void *ld128, *st128, *exact, *vec;
    const void *jump_second;
    const void *fcmp_table;
} X64Common;

typedef struct X64Features {
    bool avx, bmi1, bmi2, lzcnt, movbe, fma, sse41;
} X64Features;

enum { X64_MAX_CHAIN = 4 };     /* floating-point ops that one look at the last one's result covers */
enum { X64_MAX_COLD = 2 * IR_MAX_INSNS, X64_MAX_EXITS = 2 * IR_MAX_INSNS };

struct X64 {
    Ra        *ra;
    Emit       e;
    CodeBlock *cb;
    CodeBuf   *buf;
    bool       icount, failed;
    uint8_t   *code;            /* writable address of the entry */
    uint8_t   *label[IR_MAX_BLOCKS];
    X64Fixup   fixup[IR_MAX_INSNS + IR_SLACK];     unsigned n_fixups;
    X64Cold    cold[X64_MAX_COLD];      unsigned n_cold;
    CodeExit   exit[X64_MAX_EXITS];     unsigned n_exits;
    HostInsn   chain[IR_MAX_INSNS + IR_SLACK];     unsigned n_chain, chain_open;
    unsigned   block_insns;     /* guest instructions of the current block */
    unsigned   block_first_insn;
    uint8_t   *head;            /* of the loop that is being emitted */
    unsigned   n_cells;         /* of the loop */
    unsigned   n_steady;        /* steady accesses of this block so far: cell numbers */
    X64Cache87 x87;
    uint32_t   warm;            /* cells that the first time round fills or clears */
    bool       edge_seen;       /* some way to the loop goes past what follows */
};

extern X64 x64;
extern X64Common x64_common;
extern X64Features x64_has;
extern RaRule x64_rules[IR_N_OPS];
extern const RaHost x64_ra_host;

/* ---- backend.c ---- */
X64Cold *x64_cold(X64 *x, X64ColdEmit *emit, const HostInsn *h);
/* An exit site whose return address is here. */
void x64_add_site(X64 *x, const X64Cold *c);
void x64_mov_imm(X64 *x, unsigned d, uint64_t imm);
/* Loads a host argument into a general register (any kind of place). */
void x64_arg_to_gpr(X64 *x, unsigned w, unsigned d, const HostArg *a);
/* The same for a location of the side tables. */
void x64_loc_to_gpr(X64 *x, unsigned w, unsigned d, unsigned kind, unsigned where);
X64Mem x64_frame_mem(int32_t disp);     /* from the spill area's start */
X64Mem x64_cpu_mem(int32_t disp);
X64Mem x64_cell(unsigned n);            /* X64Cell.page */
void x64_call_c(X64 *x, const void *fn);
/* d = a op b in vector registers, with AVX or without. */
void x64_vec3(X64 *x, uint32_t op, unsigned d, unsigned a, unsigned b);
void x64_vec2(X64 *x, uint32_t op, unsigned d, unsigned s);
void x64_move(Ra *ra, IrType t, unsigned d, unsigned s);

/* ---- emit_vec.c ---- */
void x64_detect_vec(void);
extern bool x64_vec_none;               /* for tests: as if the host had none of them */
/* What the host has no instruction for. */
void x64_vec_in_c(Cpu *cpu, uint64_t imm, V128 *out, const V128 *a, const V128 *b, const V128 *c);

/* ---- flags.c ---- */
void     x64_define_flags(Ra *ra, IrRef f);
unsigned x64_prepare_flags(Ra *ra, IrRef f, IrCond cc);
void     x64_store_flags(Ra *ra, IrRef f, int32_t disp);
/* eax = the packed word; uses rax, rdx and EFLAGS. */
void     x64_pack_eflags(X64 *x, unsigned mode);
void     x64_pack_loc(X64 *x, unsigned flag_loc);
void     x64_pack(X64 *x, IrRef f);
/* The flags value that the arithmetic op h could leave in EFLAGS, or 0: of one of two kinds over
 * the same operands, or of N and Z of its result. */
IrRef    x64_fused_with(X64 *x, const HostInsn *h, IrOp like1, IrOp like2);
IrRef    x64_fused_result(X64 *x, const HostInsn *h);

/* ---- entry.c ---- */
bool x64_begin_cache(CodeBuf *buf);
CodeExit *x64_enter(Cpu *cpu, const CodeBlock *cb);
void x64_left(Cpu *cpu);
/* Under -d stats; changes the host's flags. */
void x64_count(X64 *x, CpuCount what);
void x64_link(CodeExit *e, CodeBlock *to, uint64_t exec_ctx);
void x64_unlink(CodeExit *e);
void x64_emit_exit_stubs(X64 *x);
void x64_block_start(Ra *ra, unsigned block);

/* ---- emit_x87.c ---- */
void x64_x87_forget(X64Cache87 *k);
/* Emits the stores of what is dirty; flush: and it is clean then.  Neither changes EFLAGS. */
void x64_x87_store(X64 *x, const X64Cache87 *k);
void x64_x87_flush(X64 *x);
void x64_x87_fold(Cpu *cpu);
void x64_x87_set_control(Cpu *cpu);
void x64_x87_enter(Cpu *cpu);
void x64_x87_leave(Cpu *cpu);

/* ---- emitters, for rules.def ---- */
#define RULE(op, out, args, clobbers, emit) RaEmit emit;
#include "backends/x86_64/rules.def"

/* ---- opcodes by name, for x64_vec3 and x64_vec2 ---- */
enum {
#define X(name, op) OP_##name = (op),
    X64_SSE_OPS(X)
    X64_SSE_MOVES(X)
#undef X
};

#endif
