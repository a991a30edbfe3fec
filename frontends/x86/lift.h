/* SPDX-License-Identifier: MIT */
/*
 * What the x86 lifters share: the context of a block, and access to registers, operands, memory,
 * the stack and flags under the rules of the current mode.
 *
 * Values of 1, 2 and 4 bytes are i32, of 8 i64.  The upper bits of values of 1 and 2 bytes mean
 * nothing unless a function says otherwise: flags ops, stores and register writes ignore them.
 */
#ifndef FRONTENDS_X86_LIFT_H
#define FRONTENDS_X86_LIFT_H

#include "frontends/x86/calls.h"
#include "frontends/x86/cpu.h"
#include "frontends/x86/decode.h"

/* Lift.isa_data */
/* A block goes on behind so many conditional branches, less one.  What is beyond them is reached
 * seldom, and would be translated again from each of the other ways that lead there: with no limit
 * a boot translates 40 % more instructions, and the benchmark's kernels are no faster. */
enum { MAX_BRANCHES = 3 };

typedef struct X86Lifting {
    unsigned  n_branches;       /* conditional ones so far */
    X86Cpu  *cpu;
    uint64_t pc, next;          /* linear addresses of this instruction and the next */
    uint64_t resume;            /* where lifting goes on */
    uint64_t cs_base;
    bool     wide;              /* 64-bit code: addresses are i64 */
    bool     end;               /* the block ends after this instruction */
    bool     xm_first, xm_second;   /* KEY_XM: which of two operations of an instruction it is */
    IrRef    vec_zero;          /* a vector of zeros, once made; 0 */
    IrRef    lin;               /* linear address of the memory operand, once made; 0 */
    /* x87 and MMX (lift_x87.c): what this block uses, X86Cpu.fpmode here, room for the guard, who
     * makes C1, the last instruction */
    uint8_t  fp_use;
    uint32_t fpmode;
    IrRef    guard, c1_op;
    bool     c1_zero;
    uint64_t fp_last_ip;
    uint32_t fp_last;
} X86Lifting;

static inline X86Lifting *lifting(const Lift *c)
{
    return (X86Lifting *)c->isa_data;
}

#define HAS(c, feature) x86_has(lifting(c)->cpu, X86_##feature)

/* ---- values ---- */
static inline IrType type_of_size(unsigned size) { return size == 8 ? IR_I64 : IR_I32; }
/* The own type of flags ops over operands of a size. */
static inline IrType flags_type(unsigned size)
{
    return size == 8 ? IR_I64 : size == 4 ? IR_I32 : size == 2 ? IR_I16 : IR_I8;
}
IrRef konst(Lift *c, unsigned size, uint64_t v);
IrRef zero_extend(Lift *c, IrRef v, unsigned size);         /* bytes and words: upper bits 0 */
IrRef sign_extend(Lift *c, IrRef v, unsigned size);         /* in the same type */
IrRef convert(Lift *c, IrRef v, unsigned from, unsigned to, bool sign);     /* any sizes */
IrType addr_type(const Lift *c);
IrRef addr_const(Lift *c, uint64_t v);
/* zero-extended where addresses are i64 */
IrRef addr_of32(Lift *c, IrRef i32);
IrRef not_zero(Lift *c, IrRef v, unsigned size);            /* flags: NE holds when v is not 0 */

/* ---- registers ---- */
IrRef get_reg(Lift *c, unsigned n, unsigned size);
void  put_reg(Lift *c, unsigned n, unsigned size, IrRef v);
IrRef get_high(Lift *c, unsigned n);
void  put_high(Lift *c, unsigned n, IrRef v);

/* ---- flags ---- */
IrRef x86_get_flags(Lift *c);
void  x86_set_flags(Lift *c, IrRef flags);
void  set_flags_word(Lift *c, IrRef word);
IrRef flags_word(Lift *c);
IrRef x86_get_carry(Lift *c);               /* 0 or 1 */
/* C alone, of a bit that is 0 or 1. */
void  set_carry(Lift *c, IrRef bit);
IrCond cond_of(unsigned cc);            /* the four bits of Jcc */

/* ---- memory ---- */
IrMem x86_mem_access(const Lift *c, unsigned size);
/* Offset in the segment of the memory operand, in the address type. */
IrRef effective_address(Lift *c, const X86Insn *in);
/* Linear address, after the checks of the segment; cond. exits may be made. */
IrRef linear(Lift *c, unsigned seg, IrRef off, unsigned size, bool write, unsigned addrsize);
/* An i64 that is negative when the access is not inside of a SEG_CHECKED segment. */
IrRef outside_span(Lift *c, unsigned seg, IrRef off, unsigned size, bool write);
IrRef x86_load(Lift *c, IrRef lin, unsigned size);
void  x86_store(Lift *c, IrRef lin, unsigned size, IrRef v);
/* The memory operand's linear address, made once. */
IrRef operand_address(Lift *c, const X86Insn *in, unsigned size, bool write);

/* ---- operands ---- */
IrRef get_operand(Lift *c, const X86Insn *in, unsigned k);
/* The same for an operand that is written afterwards: faults as a write would. */
IrRef get_for_update(Lift *c, const X86Insn *in, unsigned k);
void  put_operand(Lift *c, const X86Insn *in, unsigned k, IrRef v);
/* Before flags and registers change: makes a memory destination's checks and address. */
void  prepare_store(Lift *c, const X86Insn *in, unsigned k);
/* A source operand widened to the size of op 0 (immediates are sign-extended already). */
static inline bool is_mem(const X86Insn *in, unsigned k) { return in->op[k].kind == OPK_MEM; }

/* ---- MMX registers (lift_x87.c) ---- */
/* Before anything else of an MMX instruction but EMMS: #MF when one is pending; TOP is 0 and all
 * registers are valid afterwards. */
void  mmx_begin(Lift *c);
IrRef mmx_get(Lift *c, unsigned n);             /* i64 */
void  mmx_put(Lift *c, unsigned n, IrRef i64);  /* the exponent becomes ones */

/* Room for the check of fpmode at the beginning of a block. */
void  x87_reserve_guard(Lift *c);
/* x87 after MMX, or MMX after x87: not in one block. */
bool  x87_conflicts(const Lift *c, const X86Insn *in);

/* ---- the stack ---- */
/* of a push by default: opsize is the insn's */
unsigned stack_size(const Lift *c);
IrRef stack_get(Lift *c);                               /* offset, in the address type */
IrRef stack_add(Lift *c, IrRef sp, int64_t n);          /* wraps as SS.B says */
void  stack_put(Lift *c, IrRef sp);
IrRef stack_linear(Lift *c, IrRef sp, unsigned size, bool write);
void  push(Lift *c, IrRef v, unsigned size);
IrRef pop(Lift *c, unsigned size);                      /* does not move the pointer */
unsigned stack_width(const Lift *c);                    /* bytes of SP: 2, 4, 8 */

/* ---- leaving ---- */
/* #vector of this instruction when the condition holds: with error code 0, where it has one. */
void  raise_if(Lift *c, IrCond cc, IrRef flags, unsigned vector);
void  raise_now(Lift *c, unsigned vector, int error);
void  x86_undefined(Lift *c);
void  x86_branch_to(Lift *c, uint64_t pc);                  /* unconditional, may be followed */
void  branch_if(Lift *c, IrCond cc, IrRef flags, uint64_t pc);
/* To an offset in CS: `size` bytes of it count. */
void  branch_offset(Lift *c, IrRef off, unsigned size, IrJumpKind kind);
/* Linear address of an offset in CS that a direct branch names. */
uint64_t branch_target(Lift *c, const X86Insn *in);
/* After a call that returned the code address where the guest goes on ("d:..."), CALL_SYNC. */
void  finish_far(Lift *c, IrRef pc, bool traps);
void  x86_end_block(Lift *c);
/* EIP or RIP, as software sees it. */
uint64_t this_ip(const Lift *c);
uint64_t next_ip(const Lift *c);
/* False: the exception for code that may not is raised. */
bool  need_cpl0(Lift *c);
static inline unsigned cpl_of(const Lift *c) { return c->mode >> 6 & 3; }
static inline bool is_long(const Lift *c) { return c->mode & KEY_LONG; }

#define LIFTER(name) void x86_lift_##name(Lift *c, const X86Insn *in)
#include "frontends/x86/lifters.h"

#endif
