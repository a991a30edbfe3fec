/* SPDX-License-Identifier: MIT */
/*
 * The intermediate representation: what frontends make, passes change and backends compile.
 *
 * A region is an array of IrInsn, cut into blocks.  An IrInsn that has a result *is* that value:
 * operands name it by index (IrRef).  Values never cross blocks: what crosses is the guest's
 * registers, as slots.  `get` reads a slot, `put` writes one; neither makes code where it stands.
 * The puts of a block are also its exit maps: at any op that may leave, the guest's state is each
 * slot's last put before that op (or, where there is none, what the slot held at block entry).
 * A put of a slot ends what earlier puts said about every slot that overlaps it (slot_parent,
 * slot_half): the builder has put the remaining parts again, so nothing is lost.  A call with any
 * flag stores the dirty slots first; they are clean afterwards.
 *
 * docs/ir.md has the long version.  Ops and their meaning: ops.def.
 */
#ifndef TCG_IR_H
#define TCG_IR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <glib.h>
#include "system/types.h"
#include "system/v128.h"

typedef enum IrType {
    IR_VOID, IR_I32, IR_I64, IR_F32, IR_F64, IR_V128, IR_FLAGS,
    /* Only as the own type of integer flags ops: their operands are i32 of which the low bits count. */
    IR_I8, IR_I16,
    IR_N_TYPES
} IrType;

typedef enum IrOp {
    IR_nop,
#define VALUE(name, ...)  IR_##name,
#define FLAGS(name, ...)  IR_##name,
#define FLOAT(name, ...)  IR_##name,
#define FVEC(name, ...)   IR_##name,
#define EFFECT(name, ...) IR_##name,
#include "tcg/ops.def"
    IR_N_OPS
} IrOp;

/* Conditions over N Z C V.  0..13 are ARM's numbers; HI and LS read C as "no borrow", A and BE read
 * it as "borrow". */
typedef enum IrCond {
    IR_EQ, IR_NE, IR_CS, IR_CC, IR_MI, IR_PL, IR_VS, IR_VC,
    IR_HI, IR_LS, IR_GE, IR_LT, IR_GT, IR_LE, IR_AL, IR_NV,
    IR_A, IR_BE, IR_PE, IR_PO, IR_N_CONDS
} IrCond;

static inline IrCond ir_cond_not(IrCond c)
{
    return (IrCond)(c ^ 1);
}

/* The packed flags word (the order of LAHF in bits 15..8 and SETO in bit 0). */
enum { FL_N = 1 << 15, FL_Z = 1 << 14, FL_A = 1 << 12, FL_P = 1 << 10, FL_C = 1 << 8, FL_V = 1 };

typedef enum IrJumpKind { IR_JUMP, IR_CALL, IR_RETURN } IrJumpKind;

/* What a memory op does; lives in IrInsn.imm.  The access is natural in size; `align` is the
 * alignment that the guest demands (1: none), a miss raises the frontend's alignment fault. */
typedef struct IrMem {
    int32_t  disp;          /* added to the address operand */
    uint8_t  size;          /* bytes: 1 2 4 8 16 (v128: 4 8 16).  Loads zero-extend to the type, or: */
    uint8_t  sign  : 1;     /* sign-extend */
    uint8_t  big   : 1;     /* big-endian */
    uint8_t  cond  : 4;     /* IrCond of ldc and stc */
    uint8_t  write : 1;     /* tlb: for stores; ld: faults as a store would (of read-modify-write) */
    uint8_t  steady : 1;    /* in a loop: mostly in the page of the time before (opt_peel) */
    uint8_t  align;         /* bytes: 1 2 4 8 16 (tlb: 1) */
    uint8_t  mmu   : 3;     /* MMU index: which of Cpu.tlb_ctx */
    uint8_t  span5 : 5;     /* tlb: (bytes covered + 7) / 8 */
} IrMem;
_Static_assert(sizeof(IrMem) == 8, "IrMem shares IrInsn.imm");

/*
 * What the x87 ops do: IrInsn.b is ir_x87_what(), IrInsn.c ir_x87_regs().  Registers are those of
 * Cpu.x87 (physical: no op knows of TOP and tags), or a value where the op has one in src's place.
 * All work in precision and rounding of Cpu.x87_cw with all exceptions masked; exceptions gather in
 * the host or in Cpu.x87_sticky.
 */
typedef enum IrX87Op {
    X87_ADD, X87_MUL,           /* dst = dst op src */
    X87_COM, X87_UCOM,          /* x87_out, x87_cmp: dst with src, as C3 C2 C0 of the status word */
    X87_SUB, X87_SUBR, X87_DIV, X87_DIVR,
    X87_MOVE, X87_XCHG,         /* dst = src; dst <-> src */
    X87_CMOV,                   /* x87_in: dst = src if the value is not 0 */
    X87_SQRT, X87_ABS, X87_CHS, X87_RNDINT,         /* of dst */
    X87_ONE, X87_L2T, X87_L2E, X87_PI, X87_LG2, X87_LN2, X87_ZERO,     /* into dst */
    X87_DROP,                   /* nobody needs dst's value any more */
    X87_LOAD,                   /* x87_in: dst = value; MANT and EXP: a part of it, without change */
    X87_STORE, X87_TRUNC,       /* x87_out: src in a format; TRUNC: integers, toward zero */
    X87_TST, X87_XAM,           /* x87_out: C3 C2 C1 C0 of src */
    X87_CONTROL,                /* x87_in: Cpu.x87_cw */
    X87_CLEAR,                  /* no sticky exceptions */
    X87_STATUS,                 /* x87_out: the sticky exceptions */
    X87_ROUNDED,                /* x87_out: C1 of the last op that was told to keep it */
    X87_N_OPS
} IrX87Op;
typedef enum IrX87Format {
    X87_F32, X87_F64, X87_I16, X87_I32, X87_I64, X87_MANT, X87_EXP, X87_N_FORMATS
} IrX87Format;
enum { X87_KEEP_C1 = 1 << 8 };      /* in IrInsn.c: X87_ROUNDED will ask */
static inline uint16_t ir_x87_what(IrX87Op op, IrX87Format f) { return op | f << 8; }
static inline uint16_t ir_x87_regs(unsigned dst, unsigned src) { return dst | src << 4; }

typedef uint16_t IrRef;     /* index into IrRegion.insns; 0: none */

typedef struct IrInsn {
    uint8_t op;             /* IrOp */
    uint8_t type;           /* IrType of the result; exit_if: IrCond; fl_*: type of the operands, or i8, i16;
                             * ftoi, ftou: type of the operand; st, put: type of what is stored */
    IrRef   a, b, c;
    union {
        uint64_t imm;
        IrMem    mem;
        const struct CallDef *call;
    };
} IrInsn;
_Static_assert(sizeof(IrInsn) == 16, "sixteen bytes an op");

/* ---- functions that generated code may call ---- */

enum {
    CALL_PURE   = 0,        /* reads and writes no slot, cannot leave: slots stay in registers */
    CALL_READS  = 1 << 0,   /* reads slots from the state struct: dirty ones are stored before */
    CALL_WRITES = 1 << 1,   /* changes slots in the state struct: values read before are stale */
    CALL_LEAVES = 1 << 2,   /* may not return (raises): state and pc are stored before */
    CALL_SYNC   = CALL_READS | CALL_WRITES | CALL_LEAVES,
    CALL_IDLE   = 1 << 3,   /* only waits: no effect that anybody else could see */
};

/*
 * fn takes the Cpu pointer, then the arguments.  sig as in ops.def: "w:wd" is
 * uint32_t fn(Cpu *, uint32_t, uint64_t).  S and D are passed as their bits (uint32_t, uint64_t).
 * F is the packed word.  V128 arguments are `const V128 *`; a V128 result is written through a
 * `V128 *` that comes right after the Cpu pointer.  At most 6 arguments.  A CALL_PURE function
 * must not use host floating point (the host's sticky flags are the guest's).
 */
typedef struct CallDef {
    const char *name;
    void      (*fn)(void);
    const char *sig;
    uint8_t     flags;
} CallDef;

#define CALL_DEF(function, signature, fl) \
    const CallDef call_##function = { #function, (void (*)(void))(function), signature, fl }

/* ---- slots: guest registers ---- */

typedef struct SlotDef {
    const char *name;
    uint32_t    offset;     /* in the guest's CPU struct, from Cpu */
    uint8_t     type;       /* IrType; flags are stored as the packed uint32_t */
    uint8_t     group;      /* slots that overlap in memory share a non-zero group */
} SlotDef;

enum { IR_MAX_SLOTS = 192, IR_MAX_INSNS = 4000, IR_MAX_BLOCKS = 64, IR_SLACK = 1000,
       IR_NO_SLOT = 0xff };

typedef struct IrBlock {
    uint16_t first, end;    /* insns[first .. end) */
    uint64_t pc;            /* code address of its first guest instruction */
} IrBlock;

typedef enum IrHome {
    IR_HOME_NONE,           /* in the CPU struct */
    IR_HOME_REG,            /* in a register of its own; a `get` at the loop's head */
    IR_HOME_DEAD,           /* nowhere: put in the loop before anything can see it */
} IrHome;

typedef struct IrRegion {
    IrInsn        *insns;   /* IR_MAX_INSNS + IR_SLACK; insns[0] is a nop */
    IrInsn        *spare;   /* as many, for passes that write the region anew */
    unsigned       n_insns;
    IrBlock        blocks[IR_MAX_BLOCKS];
    unsigned       n_blocks;
    const SlotDef *slots;
    unsigned       n_slots;
    bool           wide;            /* guest addresses are i64 */
    bool           has_loop;        /* some edge goes to a block of the region */
    unsigned       n_guest_insns;
    /* opt_peel: a block that branches to itself (0: none), and where its slots are around that edge
     * (valid with loop_block). */
    unsigned       loop_block;
    uint8_t        home[IR_MAX_SLOTS];      /* IrHome */
    /* Slots that overlap, as a tree: the slot that contains this one, its two halves. */
    uint8_t        slot_parent[IR_MAX_SLOTS];
    uint8_t        slot_half[IR_MAX_SLOTS][2];
} IrRegion;

/* Is s the slot w or a part of it? */
static inline bool ir_slot_within(const IrRegion *r, unsigned s, unsigned w)
{
    while (s != w && s != IR_NO_SLOT) {
        s = r->slot_parent[s];
    }
    return s == w;
}

/* Which kinds of block end. */
static inline bool ir_ends_block(unsigned op)
{
    return op == IR_goto || op == IR_jump || op == IR_leave;
}

static inline IrInsn *ir_at(IrRegion *r, IrRef ref)
{
    return &r->insns[ref];
}

/* ---- facts about ops, from ops.def (tcg/ops.c) ---- */

typedef enum IrClass {
    IR_PURE, IR_FLOATING, IR_MARK, IR_LOAD, IR_STORE, IR_ATOMIC, IR_CALL_OP, IR_EXIT, IR_SLOT, IR_FENCE,
    IR_X87
} IrClass;

typedef struct IrOpInfo {
    const char *name, *sig;
    uint8_t     n_args;     /* operands among a, b, c (a '-' in sig counts as a place) */
    bool        has_result, commutes;
    bool        own_type;   /* the signature has a T: IrInsn.type means something of its own */
    uint8_t     klass;      /* IrClass */
    uint8_t     result;     /* IrType of the result; IR_N_TYPES: IrInsn.type */
} IrOpInfo;

extern const IrOpInfo ir_ops[IR_N_OPS];
extern const char *const ir_type_names[IR_N_TYPES], *const ir_cond_names[IR_N_CONDS];
extern const char *const ir_x87_names[X87_N_OPS];

IrType   ir_result_type(const IrInsn *in);
unsigned ir_type_size(IrType t);        /* bytes; flags 4 */
/* Is it an op on integers that makes flags, so that i8 and i16 are types for it? */
bool     ir_takes_narrow(unsigned op);
/* The type that operand k (0..2) must have; IR_VOID: there is none; IR_N_TYPES: its own affair. */
IrType   ir_operand_type(const IrRegion *r, const IrInsn *in, unsigned k);
/* The type of a letter of CallDef.sig; IR_VOID for no letter of a type. */
IrType   ir_sig_type(char letter);
/* Does imm name an operation of vec.def? */
static inline bool ir_is_vec_op(unsigned op)
{
    return op >= IR_vec1 && op <= IR_fvofi;
}
/* Lane sizes in bytes that a vector op has, or'ed together; 0: it has no lanes. */
unsigned ir_lane_sizes(IrOp op);

/* May this op leave the region in its middle, with the state of an exit map? */
static inline bool ir_may_leave(const IrInsn *in)
{
    return (in->op >= IR_ld && in->op <= IR_amo_xor && in->op != IR_tlb) || in->op == IR_exit_if ||
           (in->op == IR_call && (in->call->flags & CALL_LEAVES));
}

/* ---- meaning, text, checks ---- */

/* The meaning of a VALUE or FLAGS op on scalars (ops.def). W = 32 or 64. */
uint64_t ir_eval(IrOp op, unsigned W, uint64_t x, uint64_t y, uint64_t z, uint64_t imm);
/* The same for an instruction: W from its type, imm its own. */
uint64_t ir_eval_insn(const IrInsn *in, uint64_t x, uint64_t y, uint64_t z);
/* The meaning of the vector ops; scalar operands and results in the low lane of V128. */
void ir_eval_v128(const IrInsn *in, V128 *out, const V128 *a, const V128 *b);
bool ir_cond_holds(unsigned cond, uint32_t packed);
uint32_t ir_eval_flags(IrOp op, IrType type, uint64_t x, uint64_t y, uint64_t z);

/* Text, as docs/ir.md shows it.  ir_parse empties the region first; calls are found by name among
 * those registered. */
void ir_print(const IrRegion *r, FILE *f);
void ir_format(const IrRegion *r, GString *out);
bool ir_parse(IrRegion *r, const char *text, GError **err);
void ir_register_calls(const CallDef *const *calls, unsigned n);
/* NULL when the region is well formed, else a message (to be freed) that names the insn. */
char *ir_verify(const IrRegion *r);

IrRegion *ir_region_new(const SlotDef *slots, unsigned n_slots, bool wide);
void      ir_region_free(IrRegion *r);

#endif
