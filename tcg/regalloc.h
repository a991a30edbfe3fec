/* SPDX-License-Identifier: MIT */
/*
 * The register allocator: host-independent, one backward and one forward walk over each block.
 *
 * The backward walk finds for each value its last use (operand or exit map) and chains the uses;
 * the forward walk brings operands into registers as the host's rules (backends/<host>/rules.def)
 * ask, picks a register for the result and calls the rule's emitter.  A value lives in a register,
 * in a spill slot of the frame, in its guest slot's memory, or is a constant; it may be in several.
 * Of the values in registers the one whose next use is farthest is evicted.
 *
 * Guest slots.  `get` is lazy: the value is "in the slot's memory" until something wants it in a
 * register.  `put` only changes which value the slot holds; a slot whose memory does not hold its
 * value is dirty.  For an op that may leave the places of the dirty slots are written down, exits
 * store them.
 *
 * Flags values never have a register: host->prepare_flags() makes a condition of them where one is
 * asked for.  Their operands are kept as long as the flags value may have to be made again.
 */
#ifndef TCG_REGALLOC_H
#define TCG_REGALLOC_H

#include "tcg/host.h"
#include "tcg/ir.h"

enum {
    RA_N_REGS = 32,             /* 0..15 general, 16..31 vector */
    RA_VEC = 16,
    RA_NO_REG = 0xff,
    RA_NEVER = 0xffff,
    RA_MAX_LOCS = 32768,
    RA_SPILLS = 5120,           /* 8-byte spill slots; behind them the same number of pairs */
};

typedef enum RaPlace { RA_NOWHERE, RA_SPILL, RA_SLOT, RA_CONST } RaPlace;

typedef struct RaVal {
    uint16_t last;              /* position of the last use; 0: unused */
    uint16_t next;              /* of the next use as an operand, or RA_NEVER */
    uint8_t  reg;
    uint8_t  mem;               /* RaPlace: where it is besides the register */
    uint16_t where;             /* spill number, slot number or constant number */
    uint8_t  put_slot;          /* slot it was put into last */
    uint8_t  home;              /* the register where it is wanted in the end, or RA_NO_REG */
    bool     is_put;
    bool     keep;              /* flags: the operands live as long as this */
} RaVal;

/* What an operand may be, from the letters of rules.def. */
enum {
    RA_R = 1,                   /* r: a register */
    RA_E = 2,                   /* e: a constant that fits a sign-extended imm32 */
    RA_M = 4,                   /* m: the memory it lives in */
    RA_0 = 8,                   /* 0: the register of the result */
    RA_X = 16,                  /* x: the emitter sees to it */
    RA_F = 32,                  /* f: a condition of flags */
};

typedef enum HostKind { HOST_NONE, HOST_REG, HOST_IMM, HOST_MEM, HOST_COND } HostKind;

typedef struct HostArg {
    uint8_t  kind;              /* HostKind */
    uint8_t  reg;               /* register in its file; HOST_COND: the host's condition */
    bool     in_frame;          /* HOST_MEM: at disp in the frame, else from the Cpu pointer */
    IrRef    ref;
    int32_t  disp;
    uint64_t imm;
} HostArg;

/* One IR instruction with its places, as an emitter gets it. */
typedef struct HostInsn {
    const IrInsn *in;
    IrRef    ref;
    unsigned width;             /* bits of the op's type */
    unsigned out;               /* register in its file */
    HostArg  arg[3];
} HostInsn;

struct Ra;
typedef void RaEmit(struct Ra *ra, const HostInsn *h);

typedef struct RaRule {
    const char *out;            /* "r"; "&r": not a register of the operands; "" */
    const char *args;
    bool        clobbers;       /* changes the host's flags */
    RaEmit     *emit;
    uint8_t     arg[3];         /* RA_* sets, from args */
    bool        early;
} RaRule;

typedef struct RaHost {
    uint32_t pool;              /* allocatable registers */
    uint32_t saved;             /* kept by C calls */
    uint8_t  scratch[2];        /* never allocated: general, vector (unified) */
    RaRule  *rules;             /* [IR_N_OPS] */
    /* None of these may change the host's flags when ra->eflags is set. */
    void (*move)(struct Ra *ra, IrType t, unsigned d, unsigned s);
    void (*load)(struct Ra *ra, IrType t, unsigned d, bool in_frame, int32_t disp);
    void (*store)(struct Ra *ra, IrType t, unsigned s, bool in_frame, int32_t disp);
    void (*load_const)(struct Ra *ra, IrType t, unsigned d, uint64_t imm);
    void (*store_const)(struct Ra *ra, IrType t, uint64_t imm, int32_t disp);
    /* A flags value is defined: make it now, note that it is there, or do nothing. */
    void (*define_flags)(struct Ra *ra, IrRef f);
    /* The host's condition for cc over flags value f. */
    unsigned (*prepare_flags)(struct Ra *ra, IrRef f, IrCond cc);
    /* Stores the packed word of f to the Cpu struct. */
    void (*store_flags)(struct Ra *ra, IrRef f, int32_t disp);
    void (*block_start)(struct Ra *ra, unsigned block);
} RaHost;

typedef struct RaFlagsEvent {   /* backward walk: a flags value was made or used */
    uint16_t pos;
    IrRef    ref;
} RaFlagsEvent;

typedef struct Ra {
    const RaHost *host;
    IrRegion *r;
    RaVal    *val;              /* [IR_MAX_INSNS + slack] */
    uint16_t (*use_next)[4];    /* the next use after this operand of this op */
    unsigned  pos;              /* the op being allocated */
    unsigned  block;            /* and its block */
    unsigned  block_end;

    IrRef     in_reg[RA_N_REGS];
    uint32_t  free, locked;
    uint32_t  used;             /* registers that ever held a value in this region */

    /* guest slots in this block */
    IrRef     slot_val[IR_MAX_SLOTS];   /* newest value put; 0: none */
    IrRef     slot_mem[IR_MAX_SLOTS];   /* value known to be in its memory */
    uint8_t   slot_dirty[IR_MAX_SLOTS];
    uint8_t   touched[IR_MAX_SLOTS];    unsigned n_touched;
    uint8_t   slot_touched[IR_MAX_SLOTS];
    uint8_t   dirty[IR_MAX_SLOTS];      unsigned n_dirty;   /* in the order of the puts */

    uint16_t  free_spill[2][RA_SPILLS]; unsigned n_free_spill[2], n_spill[2];

    /* flags in the host's flags register, and how (the host's own number) */
    IrRef     eflags;
    unsigned  eflags_mode;
    bool      flags_busy;       /* a condition is prepared for the op being emitted */

    /* side tables */
    ExitLoc   locs[RA_MAX_LOCS];        unsigned n_locs;
    FlagLoc   flag_locs[4 * IR_MAX_INSNS];  unsigned n_flag_locs;
    uint64_t  consts[IR_MAX_INSNS + IR_SLACK];     unsigned n_consts;
    ExitSite  sites[IR_MAX_INSNS + IR_SLACK];      unsigned n_sites;
    unsigned  snap_first, snap_n;       /* the state at this op, when it may leave */
    bool      snap_ok, failed;
    bool      placing;          /* evict to the frame only: places are being written down */

    /* the guest instruction being emitted */
    uint64_t  pc;
    uint16_t  aux;
    unsigned  n_insn;           /* begun before it */

    /* the region's loop: slots that have a register around the back edge */
    uint8_t   homes[RA_N_REGS];         unsigned n_homes;
    uint8_t   home_reg[IR_MAX_SLOTS];
    IrRef     home_get[IR_MAX_SLOTS];   /* at the head */
    bool      home_changes[IR_MAX_SLOTS];   /* the loop puts it */
    uint32_t  home_regs;                /* as a set */
    bool      homes_chosen;

    /* backward walk */
    uint16_t  leaves[IR_MAX_INSNS + IR_SLACK];
    uint16_t  put_leaf[IR_MAX_SLOTS];
    uint32_t  put_gen[IR_MAX_SLOTS];
    uint32_t  gen;
    unsigned  clobber;
    RaFlagsEvent event[2];
} Ra;

/* Makes the tables of rules ready. */
void ra_init_rules(RaRule *rules);
Ra  *ra_new(const RaHost *host);
/* Allocates and emits every block of r. */
void ra_run(Ra *ra, IrRegion *r);

/* ---- for emitters ---- */

/* Brings a value into a register (unified number) and locks it until the op is done. */
unsigned ra_use(Ra *ra, IrRef v);
/* A register for the result v of the op, where the rule gave none. */
unsigned ra_define(Ra *ra, IrRef v);
/* Where v can be read without a register: HOST_REG, HOST_IMM (any constant) or HOST_MEM. */
HostArg  ra_where(Ra *ra, IrRef v);
/* Stores the dirty slots (an exit of the block: nothing is remembered). */
void     ra_store_dirty(Ra *ra);
/* The same in the middle: they are clean afterwards. */
void     ra_sync(Ra *ra);
/* Before a C call: what lives on leaves the registers that the call destroys.  slots_change: nor
 * may it rest in slot memory. */
void     ra_save_for_call(Ra *ra, bool slots_change);
/* The call is made: the registers that it destroys hold nothing any more. */
void     ra_call_made(Ra *ra);
/* A description of flags value f by locations (index into flag_locs). */
unsigned ra_flags_loc(Ra *ra, IrRef f);
/* At an edge to the loop: the state for its exit map (an exit_if has it already); */
void     ra_snapshot(Ra *ra);
/* moves every home's value into its register.  Without effect on the allocator's state: the code
 * lies behind a branch. */
void     ra_enter_loop(Ra *ra);
/* After a call that changed slots. */
void     ra_forget_slots(Ra *ra);

static inline IrType ra_type(const Ra *ra, IrRef v)
{
    extern IrType ir_result_type(const IrInsn *in);
    return ir_result_type(&ra->r->insns[v]);
}

static inline bool ra_is_loop_edge(const Ra *ra, const IrInsn *in)
{
    return ra->r->loop_block && in->b == ra->r->loop_block + 1 &&
           (in->op == IR_exit_if || in->op == IR_goto);
}

static inline bool ra_is_const(const Ra *ra, IrRef v)
{
    return ra->r->insns[v].op == IR_const;
}

static inline bool ra_lives_on(const Ra *ra, IrRef v)
{
    return ra->val[v].last > ra->pos;
}

static inline unsigned ir_type_bits(IrType t)
{
    static const uint8_t bits[IR_N_TYPES] = { 0, 32, 64, 32, 64, 128, 32, 8, 16 };
    return bits[t];
}

static inline bool ir_type_is_vec(IrType t)
{
    return t >= IR_F32 && t <= IR_V128;
}

/* The bytes of a spill slot in the frame's spill area. */
static inline int32_t ra_spill_offset(unsigned where)
{
    return (int32_t)where * 8;
}

#endif
