/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of one or two registers, exclusive accesses, preloads.
 * Implements: ARM DDI 0406C, A4.6, A3.2 (alignment), A3.4 (exclusive monitors).
 * Choices: STR of r15 stores the address + 8.  The exclusive monitor is an address and what was read
 * there: STREX succeeds when the address is the same and memory still has that value, which another
 * processor's store of the same value does not prevent.
 */
#include "frontends/arm/lift.h"

/* How an instruction forms its address. */
typedef struct Addressing {
    unsigned rn;
    bool     p, u, w;           /* as drawn: pre-indexed, up, write back */
    IrRef    offset;
} Addressing;

typedef struct Address {
    IrRef access;               /* where */
    IrRef base;                 /* what rn becomes; 0: it stays */
} Address;

/* r15 as a base is aligned, also in Thumb. */
static IrRef get_base(Lift *c, unsigned rn)
{
    return rn == 15 ? ir_i32(c->ir, pc_value(c) & ~3u) : get_gpr(c, rn);
}

static Address address_of(Lift *c, Addressing m)
{
    IrRef base = get_base(c, m.rn);
    IrRef sum = m.u ? ir_add(c->ir, base, m.offset) : ir_sub(c->ir, base, m.offset);
    return (Address) { m.p ? sum : base, !m.p || m.w ? sum : 0 };
}

static void write_back(Lift *c, Addressing m, Address at)
{
    if (at.base) {
        set_gpr(c, m.rn, at.base);
    }
}

/* The T variants access memory as a program in User mode would. */
static IrMem as_user(IrMem mem)
{
    mem.mmu = ARM_MMU_USER;
    return mem;
}

static void load_to(Lift *c, unsigned rt, IrMem mem, Addressing m)
{
    bool to_pc = rt == 15 && mem.size == 4;
    if (to_pc) {
        guard(c);
    }
    Address at = address_of(c, m);
    IrRef v = load(c, at.access, get_gpr(c, rt), mem);
    write_back(c, m, at);
    if (to_pc) {
        load_pc(c, v, m.rn == SLOT_SP && !m.p ? IR_RETURN : IR_JUMP);
    } else {
        set_gpr(c, rt, v);
    }
}

static void store_from(Lift *c, unsigned rt, IrMem mem, Addressing m)
{
    Address at = address_of(c, m);
    store(c, at.access, get_gpr(c, rt), mem);
    write_back(c, m, at);
}

/* ---- words, halfwords, bytes.  A user access is post-indexed in A32, an offset in T32 (p 1,
 * and immediate only). */

#define IMM          ir_i32(c->ir, a->imm)
#define SHIFTED      shift_imm(c, get_gpr(c, a->rm), a->type, a->imm, NULL)
#define SHIFTED_LEFT shift_imm(c, get_gpr(c, a->rm), 0, a->imm, NULL)
#define PLAIN        get_gpr(c, a->rm)
#define NORMAL       (Addressing) { a->rn, a->p, a->u, a->w,
#define USER         (Addressing) { a->rn, a->p, a->u, false,
#define USER_POST    (Addressing) { a->rn, false, a->u, false,

#define TRANSFER(name, DO, mem, how, offset)                                       \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        DO(c, a->rt, mem, how offset });                                           \
    }

TRANSFER(ldr_imm,    load_to,    mem_access(c, 4, false), NORMAL, IMM)
TRANSFER(ldr_reg,    load_to,    mem_access(c, 4, false), NORMAL, SHIFTED)
TRANSFER(str_imm,    store_from, mem_access(c, 4, false), NORMAL, IMM)
TRANSFER(str_reg,    store_from, mem_access(c, 4, false), NORMAL, SHIFTED)
TRANSFER(ldrb_imm,   load_to,    mem_access(c, 1, false), NORMAL, IMM)
TRANSFER(ldrb_reg,   load_to,    mem_access(c, 1, false), NORMAL, SHIFTED)
TRANSFER(strb_imm,   store_from, mem_access(c, 1, false), NORMAL, IMM)
TRANSFER(strb_reg,   store_from, mem_access(c, 1, false), NORMAL, SHIFTED)
TRANSFER(ldrh_imm,   load_to,    mem_access(c, 2, false), NORMAL, IMM)
TRANSFER(ldrh_reg,   load_to,    mem_access(c, 2, false), NORMAL, SHIFTED_LEFT)
TRANSFER(strh_imm,   store_from, mem_access(c, 2, false), NORMAL, IMM)
TRANSFER(strh_reg,   store_from, mem_access(c, 2, false), NORMAL, SHIFTED_LEFT)
TRANSFER(ldrsb_imm,  load_to,    mem_access(c, 1, true),  NORMAL, IMM)
TRANSFER(ldrsb_reg,  load_to,    mem_access(c, 1, true),  NORMAL, SHIFTED_LEFT)
TRANSFER(ldrsh_imm,  load_to,    mem_access(c, 2, true),  NORMAL, IMM)
TRANSFER(ldrsh_reg,  load_to,    mem_access(c, 2, true),  NORMAL, SHIFTED_LEFT)

TRANSFER(ldrt_imm,   load_to,    as_user(mem_access(c, 4, false)), USER, IMM)
TRANSFER(ldrt_reg,   load_to,    as_user(mem_access(c, 4, false)), USER_POST, SHIFTED)
TRANSFER(strt_imm,   store_from, as_user(mem_access(c, 4, false)), USER, IMM)
TRANSFER(strt_reg,   store_from, as_user(mem_access(c, 4, false)), USER_POST, SHIFTED)
TRANSFER(ldrbt_imm,  load_to,    as_user(mem_access(c, 1, false)), USER, IMM)
TRANSFER(ldrbt_reg,  load_to,    as_user(mem_access(c, 1, false)), USER_POST, SHIFTED)
TRANSFER(strbt_imm,  store_from, as_user(mem_access(c, 1, false)), USER, IMM)
TRANSFER(strbt_reg,  store_from, as_user(mem_access(c, 1, false)), USER_POST, SHIFTED)
TRANSFER(ldrht_imm,  load_to,    as_user(mem_access(c, 2, false)), USER, IMM)
TRANSFER(ldrht_reg,  load_to,    as_user(mem_access(c, 2, false)), USER_POST, PLAIN)
TRANSFER(strht_imm,  store_from, as_user(mem_access(c, 2, false)), USER, IMM)
TRANSFER(strht_reg,  store_from, as_user(mem_access(c, 2, false)), USER_POST, PLAIN)
TRANSFER(ldrsbt_imm, load_to,    as_user(mem_access(c, 1, true)),  USER, IMM)
TRANSFER(ldrsbt_reg, load_to,    as_user(mem_access(c, 1, true)),  USER_POST, PLAIN)
TRANSFER(ldrsht_imm, load_to,    as_user(mem_access(c, 2, true)),  USER, IMM)
TRANSFER(ldrsht_reg, load_to,    as_user(mem_access(c, 2, true)),  USER_POST, PLAIN)

/* ---- doublewords: two words, aligned to four bytes */

static void load_dual(Lift *c, unsigned rt, unsigned rt2, Addressing m)
{
    guard(c);
    IrMem mem = mem_aligned(c, 4);
    Address at = address_of(c, m);
    IrRef addr = align_address(c, at.access, 4);
    IrRef first = ir_ld(c->ir, IR_I32, addr, mem);
    IrRef second = ir_ld(c->ir, IR_I32, ir_addi(c->ir, addr, 4), mem);
    write_back(c, m, at);
    set_gpr(c, rt, first);
    set_gpr(c, rt2, second);
}

static void store_dual(Lift *c, unsigned rt, unsigned rt2, Addressing m)
{
    guard(c);
    IrMem mem = mem_aligned(c, 4);
    Address at = address_of(c, m);
    IrRef addr = align_address(c, at.access, 4);
    ir_st(c->ir, addr, get_gpr(c, rt), mem);
    ir_st(c->ir, ir_addi(c->ir, addr, 4), get_gpr(c, rt2), mem);
    write_back(c, m, at);
}

#define DUAL(name, DO, offset)                                                     \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        DO(c, a->rt, a->rt2, NORMAL offset });                                     \
    }

DUAL(ldrd_imm, load_dual,  IMM)
DUAL(ldrd_reg, load_dual,  PLAIN)
DUAL(strd_imm, store_dual, IMM)
DUAL(strd_reg, store_dual, PLAIN)

/* ---- exclusive accesses ---- */

enum { NO_ADDRESS = 1 };        /* ArmCpu.excl_addr when the monitor is open */

static void open_monitor(Lift *c)
{
    ir_put(c->ir, SLOT_EXCL_ADDR, ir_i32(c->ir, NO_ADDRESS));
}

static void load_exclusive(Lift *c, unsigned rt, IrRef addr, unsigned size)
{
    guard(c);
    IrRef v = ir_ld(c->ir, IR_I32, addr, mem_aligned(c, size));
    ir_put(c->ir, SLOT_EXCL_ADDR, addr);
    ir_put(c->ir, SLOT_EXCL_LO, v);
    set_gpr(c, rt, v);
}

/* Rd = 1 and on to the next instruction when the monitor has another address.  The put of 1 is for
 * that exit only: at an abort of the access below Rd is what it was. */
static void check_monitor(Lift *c, unsigned rd, IrRef addr)
{
    IrBuild *b = c->ir;
    IrRef monitored = ir_get(b, SLOT_EXCL_ADDR);
    IrRef old = get_gpr(c, rd);
    set_gpr(c, rd, ir_i32(b, 1));
    open_monitor(c);
    ir_exit_if(b, IR_NE, ir_flags(b, IR_fl_cmp, addr, monitored, 0), next_pc(c));
    set_gpr(c, rd, old);
    ir_put(b, SLOT_EXCL_ADDR, monitored);
}

/* 64-bit or 32-bit compare and swap of what LDREX read with v. */
static void swap_if_same(Lift *c, unsigned rd, IrRef addr, IrRef expected, IrRef v, unsigned size)
{
    IrBuild *b = c->ir;
    IrType type = size == 8 ? IR_I64 : IR_I32;
    IrRef found = ir_cas(b, type, addr, expected, v, mem_aligned(c, size));
    open_monitor(c);
    set_gpr(c, rd, ir_cond(b, IR_NE, ir_flags(b, IR_fl_cmp, found, expected, 0)));
}

/* In an IT block that goes on, the exit of check_monitor() must know ITSTATE. */
static void begin_exclusive_store(Lift *c)
{
    guard(c);
    tell_it_state(c);
}

static void store_exclusive(Lift *c, unsigned rd, unsigned rt, IrRef addr, unsigned size)
{
    begin_exclusive_store(c);
    check_monitor(c, rd, addr);
    IrRef v = get_gpr(c, rt);
    v = size == 1 ? ir_zext8(c->ir, v) : size == 2 ? ir_zext16(c->ir, v) : v;
    swap_if_same(c, rd, addr, ir_get(c->ir, SLOT_EXCL_LO), v, size);
}

#define EXCLUSIVE(size, suffix)                                                    \
    void lift_ldrex##suffix(Lift *c, const args_ldrex##suffix *a)                  \
    {                                                                              \
        load_exclusive(c, a->rt, get_gpr(c, a->rn), size);                         \
    }                                                                              \
    void lift_strex##suffix(Lift *c, const args_strex##suffix *a)                  \
    {                                                                              \
        store_exclusive(c, a->rd, a->rt, get_gpr(c, a->rn), size);                 \
    }

EXCLUSIVE(1, b)
EXCLUSIVE(2, h)

/* Only the T32 form of the words has an offset. */
void lift_ldrex(Lift *c, const args_ldrex *a)
{
    load_exclusive(c, a->rt, ir_addi(c->ir, get_gpr(c, a->rn), a->imm), 4);
}

void lift_strex(Lift *c, const args_strex *a)
{
    store_exclusive(c, a->rd, a->rt, ir_addi(c->ir, get_gpr(c, a->rn), a->imm), 4);
}

/* The first register has the word at the lower address: in big-endian order that is the upper half
 * of the doubleword. */
static IrRef doubleword(Lift *c, IrRef first, IrRef second)
{
    bool big = c->mode & KEY_E;
    return ir_op2(c->ir, IR_pair, IR_I64, big ? second : first, big ? first : second);
}

void lift_ldrexd(Lift *c, const args_ldrexd *a)
{
    guard(c);
    IrRef addr = get_gpr(c, a->rn);
    IrRef v = ir_ld(c->ir, IR_I64, addr, mem_aligned(c, 8));
    IrRef low = ir_op1(c->ir, IR_lo32, IR_I32, v), high = ir_op1(c->ir, IR_hi32, IR_I32, v);
    bool big = c->mode & KEY_E;
    ir_put(c->ir, SLOT_EXCL_ADDR, addr);
    ir_put(c->ir, SLOT_EXCL_LO, low);
    ir_put(c->ir, SLOT_EXCL_HI, high);
    set_gpr(c, a->rt, big ? high : low);
    set_gpr(c, a->rt2, big ? low : high);
}

void lift_strexd(Lift *c, const args_strexd *a)
{
    begin_exclusive_store(c);
    IrRef addr = get_gpr(c, a->rn);
    check_monitor(c, a->rd, addr);
    IrRef expected = ir_op2(c->ir, IR_pair, IR_I64, ir_get(c->ir, SLOT_EXCL_LO),
                            ir_get(c->ir, SLOT_EXCL_HI));
    swap_if_same(c, a->rd, addr, expected, doubleword(c, get_gpr(c, a->rt), get_gpr(c, a->rt2)), 8);
}

void lift_clrex(Lift *c, const args_clrex *a)
{
    guard(c);
    open_monitor(c);
}

/* ---- SWP ---- */

/* A fault is that of a read when a read would fault (DDI 0406C, B3.13.3: DFSR.WnR): it goes first. */

void lift_swp(Lift *c, const args_swp *a)
{
    guard(c);
    IrRef addr = get_gpr(c, a->rn), at = align_address(c, addr, 4);
    ir_ld(c->ir, IR_I32, at, mem_aligned(c, 4));
    IrRef v = ir_amo(c->ir, IR_amo_xchg, IR_I32, at, get_gpr(c, a->rm), mem_aligned(c, 4));
    if (at != addr) {
        v = ir_rotr(c->ir, v, ir_shl(c->ir, ir_and(c->ir, addr, ir_i32(c->ir, 3)),
                                     ir_i32(c->ir, 3)));
    }
    set_gpr(c, a->rt, v);
}

void lift_swpb(Lift *c, const args_swpb *a)
{
    guard(c);
    IrRef v = ir_zext8(c->ir, get_gpr(c, a->rm));
    ir_ld(c->ir, IR_I32, get_gpr(c, a->rn), mem_aligned(c, 1));
    set_gpr(c, a->rt, ir_amo(c->ir, IR_amo_xchg, IR_I32, get_gpr(c, a->rn), v, mem_aligned(c, 1)));
}

/* ---- preloads: hints without effect */

#define NOTHING(name) void lift_##name(Lift *c, const args_##name *a) { }
NOTHING(pld_imm)
NOTHING(pld_reg)
NOTHING(pldw_imm)
NOTHING(pldw_reg)
NOTHING(pli_imm)
NOTHING(pli_reg)
NOTHING(hint_imm)
NOTHING(hint_reg)
