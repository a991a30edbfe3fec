/* SPDX-License-Identifier: MIT */
/*
 * The IR builder: what a frontend calls.  Folds constants and identities while it builds, forwards
 * puts to gets, and resolves slots that overlap (s0/d0/q0): reading one view of a group while
 * another holds the newest value makes the lane ops that convert it.
 *
 * Rules for lifters
 *  - ir_insn() first for each guest instruction; then all reads and computations; puts last, so
 *    that the state at a faulting access is the state before the instruction.
 *  - A conditional ALU result is ir_select; a conditional load or store is ir_ld_if / ir_st_if;
 *    anything else conditional is a side exit to the following instruction (ir_exit_if with the
 *    inverted condition) followed by the unconditional form.
 *  - After ir_goto, ir_jump or ir_leave the block has ended; put nothing after it.
 *  - A direct branch may instead be followed: continue lifting at its target (superblock).
 */
#ifndef TCG_BUILD_H
#define TCG_BUILD_H

#include "tcg/ir.h"

typedef struct IrBuild {
    IrRegion *r;
    IrRef     cur[IR_MAX_SLOTS];    /* newest value of each slot in this block; 0: not read yet */
    uint8_t   dirty[IR_MAX_SLOTS];  /* put in this block */
    bool      ended;                /* the block has its last op */
    uint16_t  const_cache[64];
    IrRef     stripped_from, stripped_to;   /* see ir_strip_flags */
} IrBuild;

void ir_begin(IrBuild *b, IrRegion *r);                  /* empties the region */
void ir_block(IrBuild *b, uint64_t pc);                  /* starts the next block */
/* Room for one more guest instruction (some 200 ops)? When not, end the block with ir_goto. */
bool ir_has_room(const IrBuild *b);

/* ---- values ---- */
IrRef ir_const(IrBuild *b, IrType t, uint64_t v);
IrRef ir_op1(IrBuild *b, IrOp op, IrType t, IrRef x);
IrRef ir_op2(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y);
IrRef ir_op3(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, IrRef z);
IrRef ir_opi(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, uint64_t imm);
/* Any value op with all its fields; the type of ops that have a fixed one is filled in. */
IrRef ir_value(IrBuild *b, IrInsn in);
bool  ir_is_const(const IrBuild *b, IrRef x, uint64_t *v);
static inline IrType ir_type(const IrBuild *b, IrRef x)
{
    return ir_result_type(&b->r->insns[x]);
}

#define IR_BINARY(name) \
    static inline IrRef ir_##name(IrBuild *b, IrRef x, IrRef y) \
    { return ir_op2(b, IR_##name, ir_type(b, x), x, y); }
#define IR_UNARY(name) \
    static inline IrRef ir_##name(IrBuild *b, IrRef x) \
    { return ir_op1(b, IR_##name, ir_type(b, x), x); }
IR_BINARY(add) IR_BINARY(sub) IR_BINARY(mul) IR_BINARY(and) IR_BINARY(or) IR_BINARY(xor)
IR_BINARY(andn) IR_BINARY(shl) IR_BINARY(shr) IR_BINARY(sar) IR_BINARY(rotr) IR_BINARY(mulhu)
IR_BINARY(mulhs) IR_BINARY(divu) IR_BINARY(divs)
IR_UNARY(neg) IR_UNARY(not) IR_UNARY(clz) IR_UNARY(ctz) IR_UNARY(bswap) IR_UNARY(rbit)
IR_UNARY(sext8) IR_UNARY(sext16) IR_UNARY(zext8) IR_UNARY(zext16)
#undef IR_BINARY
#undef IR_UNARY

static inline IrRef ir_i32(IrBuild *b, uint32_t v) { return ir_const(b, IR_I32, v); }
static inline IrRef ir_i64(IrBuild *b, uint64_t v) { return ir_const(b, IR_I64, v); }
static inline IrRef ir_addi(IrBuild *b, IrRef x, int64_t k)
{
    return ir_op2(b, IR_add, ir_type(b, x), x, ir_const(b, ir_type(b, x), (uint64_t)k));
}
static inline IrRef ir_bfx(IrBuild *b, IrRef x, unsigned pos, unsigned len)
{
    return ir_opi(b, IR_bfx, ir_type(b, x), x, 0, pos | len << 8);
}
static inline IrRef ir_bfi(IrBuild *b, IrRef x, IrRef y, unsigned pos, unsigned len)
{
    return ir_opi(b, IR_bfi, ir_type(b, x), x, y, pos | len << 8);
}

/* ---- flags: `op` is one of IR_fl_*; the type is that of its integer operands ---- */
IrRef ir_flags(IrBuild *b, IrOp op, IrRef x, IrRef y, IrRef z);
/* The same for an operation of IR_I8 or IR_I16 (or any) over the low bits of i32 operands. */
IrRef ir_flags_of(IrBuild *b, IrOp op, IrType width, IrRef x, IrRef y, IrRef z);
IrRef ir_cond(IrBuild *b, IrCond cc, IrRef flags);                     /* i32: 0 or 1 */
IrRef ir_select(IrBuild *b, IrCond cc, IrRef flags, IrRef x, IrRef y); /* holds ? x : y */

/* ---- floating point: exact = helper for special results; its sig matches the op's ---- */
IrRef ir_float(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, const CallDef *exact);
/* fmla and fmls. */
IrRef ir_float3(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, IrRef z, const CallDef *exact);

/* ---- slots ---- */
IrRef ir_get(IrBuild *b, unsigned slot);
void  ir_put(IrBuild *b, unsigned slot, IrRef value);

/* ---- memory; t: type of the value.  mem.disp is added to what the builder splits off addr ---- */
IrRef ir_ld(IrBuild *b, IrType t, IrRef addr, IrMem mem);
void  ir_st(IrBuild *b, IrRef addr, IrRef value, IrMem mem);
IrRef ir_ld_if(IrBuild *b, IrCond cc, IrRef flags, IrType t, IrRef addr, IrRef otherwise, IrMem mem);
void  ir_st_if(IrBuild *b, IrCond cc, IrRef flags, IrRef addr, IrRef value, IrMem mem);
IrRef ir_cas(IrBuild *b, IrType t, IrRef addr, IrRef expected, IrRef desired, IrMem mem);
IrRef ir_amo(IrBuild *b, IrOp op, IrType t, IrRef addr, IrRef value, IrMem mem);
void  ir_fence(IrBuild *b);

/* ---- calls: the result's type comes from def->sig; 0 where it returns nothing ---- */
IrRef ir_call(IrBuild *b, const CallDef *def, unsigned n, const IrRef *args);
static inline IrRef ir_call0(IrBuild *b, const CallDef *def) { return ir_call(b, def, 0, NULL); }
static inline IrRef ir_call1(IrBuild *b, const CallDef *def, IrRef x)
{
    return ir_call(b, def, 1, &x);
}
static inline IrRef ir_call2(IrBuild *b, const CallDef *def, IrRef x, IrRef y)
{
    return ir_call(b, def, 2, (const IrRef[]){ x, y });
}
static inline IrRef ir_call3(IrBuild *b, const CallDef *def, IrRef x, IrRef y, IrRef z)
{
    return ir_call(b, def, 3, (const IrRef[]){ x, y, z });
}

/* ---- control.  Code addresses: pc, with the mode bit in bit 0 where the ISA has one ---- */
void ir_insn(IrBuild *b, uint64_t pc, uint16_t aux);  /* aux comes back in GuestIsa.restore */
void ir_exit_if(IrBuild *b, IrCond cc, IrRef flags, uint64_t pc);
void ir_goto(IrBuild *b, uint64_t pc);
void ir_jump(IrBuild *b, IrRef pc, IrJumpKind kind);
void ir_ras_push(IrBuild *b, uint64_t return_pc);     /* before the goto or jump of a guest call */
/* For passes: appends an instruction as it is; what it does to slots and blocks is noted. */
IrRef ir_append(IrBuild *b, const IrInsn *in);
void ir_leave(IrBuild *b);                            /* Cpu.pc must have been set by a call */

#endif
