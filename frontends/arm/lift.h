/* SPDX-License-Identifier: MIT */
/*
 * What the ARM lifters share: the context of a block and access to registers, flags and memory
 * under the rules of the architecture (conditions, PC, IT blocks, interworking, alignment).
 * The lifters are those declared in arm-args.h, one for each name in the .decode tables.
 */
#ifndef FRONTENDS_ARM_LIFT_H
#define FRONTENDS_ARM_LIFT_H

#include "frontends/arm/calls.h"
#include "frontends/arm/cpu.h"
#include "frontends/arm/fields.h"

/* Lift.isa_data: one block being lifted. */
typedef struct ArmLift {
    ArmCpu  *cpu;
    uint32_t insn;              /* being lifted; T32: first halfword on the left */
    uint32_t addr;              /* its address, T bit cleared */
    uint32_t size;              /* 2 or 4 */
    bool     thumb;
    bool     predicated;        /* inside an IT block, this instruction included */
    uint8_t  it;                /* ITSTATE of this instruction */
    uint8_t  it_next;           /* of the next */
    uint8_t  cond;              /* IrCond of this instruction; IR_AL: unconditional */
    IrRef    flags;             /* NZCV at its start, when cond is not IR_AL */
    uint32_t resume;            /* address of the instruction to lift next */
    bool     it_told;           /* ArmCpu.it is it_next already */
    bool     end;               /* the block ends after this instruction (mode may have changed) */
} ArmLift;

static inline ArmLift *arm_lift(const Lift *c)
{
    return (ArmLift *)c->isa_data;
}

#include "arm-args.h"

bool decode_a32(Lift *c, uint32_t insn);
bool decode_t16(Lift *c, uint32_t insn);
bool decode_t32(Lift *c, uint32_t insn);
/* VFP and Advanced SIMD: words in A32 form (the condition field of VFP is 1110 from Thumb). */
bool decode_vfp(Lift *c, uint32_t insn);
bool decode_neon(Lift *c, uint32_t insn);

/* What decode trees and lifters ask. */
#define HAS(c, feature) arm_has(arm_lift(c)->cpu, ARM_##feature)
#define LIFT(name, ...) lift_##name(c, &(const args_##name){ __VA_ARGS__ })

static inline bool in_it(const Lift *c)
{
    return arm_lift(c)->predicated;
}

/* ---- addresses of code */
uint32_t pc_value(const Lift *c);       /* what reading r15 gives: +8 or +4 */
uint32_t next_pc(const Lift *c);        /* code address of the next instruction */
uint32_t this_pc(const Lift *c);        /* code address of this instruction */

/* ---- registers.  set_gpr obeys the condition (select).  Writes of r15 by instructions that are
 * not branches (UNPREDICTABLE) do nothing: those that are call alu_pc() or load_pc(). */
IrRef get_gpr(Lift *c, unsigned n);
void  set_gpr(Lift *c, unsigned n, IrRef v);
/* Any slot, obeying the condition. */
void  set_slot(Lift *c, unsigned slot, IrRef v);

/* ---- conditions.  For instructions that are more than selects: leaves for the next instruction
 * when the condition fails; afterwards everything is unconditional. */
void  guard(Lift *c);
/* Before an exit to the next instruction in the middle of an IT block: ends the block after this
 * instruction, with ArmCpu.it set for the next one.  Nothing outside of IT blocks. */
void  tell_it_state(Lift *c);

/* ---- flags */
IrRef get_flags(Lift *c);               /* NZCV, an IR_FLAGS value */
void  set_flags(Lift *c, IrRef flags);  /* under a condition: guard() must have been called */
IrRef get_carry(Lift *c);               /* 0 or 1 */
void  set_q_if(Lift *c, IrRef w);       /* Q |= w (0 or 1), obeying the condition */

/* ---- the second operand: imm5 as decoded (LSR 0 is 32, ROR 0 is RRX); *carry: shifter carry out,
 * 0 when the carry flag stays */
IrRef shift_imm(Lift *c, IrRef x, unsigned type, unsigned imm5, IrRef *carry);
IrRef shift_reg(Lift *c, IrRef x, unsigned type, IrRef amount, IrRef *carry);

/* ---- memory: privilege, byte order and alignment of the current mode */
IrMem mem_access(const Lift *c, unsigned size, bool sign);      /* LDR, STR, LDRH ... */
IrMem mem_aligned(const Lift *c, unsigned size);                /* LDM, LDREX ...: always checked */
/* Loads and stores of one element, obeying the condition; `otherwise` is the value when the
 * condition fails.  They know the rotated accesses of ARMv5. */
IrRef load(Lift *c, IrRef addr, IrRef otherwise, IrMem mem);    /* an i32 */
void  store(Lift *c, IrRef addr, IrRef v, IrMem mem);
/* For several accesses off one base: the base as such instructions use it (KEY_ROTATE: aligned). */
IrRef align_address(Lift *c, IrRef addr, unsigned size);

/* ---- leaving */
void  branch_to(Lift *c, uint32_t pc);              /* direct, may be followed; conditional: exit */
void  branch_reg(Lift *c, IrRef pc, IrJumpKind kind);    /* BXWritePC; guard() before */
void  load_pc(Lift *c, IrRef pc, IrJumpKind kind);       /* LoadWritePC: interworks from v5 on */
void  alu_pc(Lift *c, IrRef pc, IrJumpKind kind);        /* ALUWritePC: interworks in A32, v7 */
/* Calls "w:ww" (pc, it), which returns the code address of a handler, and goes there. */
void  trap(Lift *c, const CallDef *call, uint32_t pc, uint8_t it);
void  undefined(Lift *c);
/* After a call that may have changed the mode: the block ends, the next is looked up. */
void  end_block(Lift *c);

/* GuestIsa.lift */
void  arm_lift_block(Lift *c);

#endif
