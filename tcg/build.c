/* SPDX-License-Identifier: MIT */
/*
 * The builder.  Every value goes through ir_fold() first, so what reaches the array is already
 * simple.  Within a block a slot has one current value (cur); `get` is emitted at most once for
 * it, and of slots that overlap, at most one that covers any byte is dirty.
 */
#include "tcg/build.h"
#include "tcg/fold.h"

static inline IrInsn *at(const IrBuild *b, IrRef x)
{
    return &b->r->insns[x];
}

static inline IrRef emit(IrBuild *b, const IrInsn *in)
{
    IrRegion *r = b->r;
    r->insns[r->n_insns] = *in;
    return r->n_insns++;
}

static inline unsigned block_first(const IrBuild *b)
{
    return b->r->blocks[b->r->n_blocks - 1].first;
}

/* ---- regions and blocks ---- */

void ir_begin(IrBuild *b, IrRegion *r)
{
    ir_fold_init();
    b->r = r;
    b->ended = true;
    r->insns[0] = (IrInsn){ .op = IR_nop };
    r->n_insns = 1;
    r->n_blocks = 0;
    r->n_guest_insns = 0;
    r->has_loop = false;
    r->loop_block = 0;
}

/* Forgets what slots hold: a new block, or C code has changed them. */
static void forget_slots(IrBuild *b)
{
    memset(b->cur, 0, b->r->n_slots * sizeof(b->cur[0]));
    memset(b->dirty, 0, b->r->n_slots);
}

void ir_block(IrBuild *b, uint64_t pc)
{
    IrRegion *r = b->r;
    g_assert(b->ended && r->n_blocks < IR_MAX_BLOCKS);
    r->blocks[r->n_blocks++] = (IrBlock){ .first = r->n_insns, .end = r->n_insns, .pc = pc };
    b->ended = false;
    b->stripped_from = 0;
    forget_slots(b);
}

static void end_block(IrBuild *b)
{
    b->r->blocks[b->r->n_blocks - 1].end = b->r->n_insns;
    b->ended = true;
}

bool ir_has_room(const IrBuild *b)
{
    return b->r->n_insns <= IR_MAX_INSNS - 200;
}

/* ---- values ---- */

IrRef ir_const(IrBuild *b, IrType t, uint64_t v)
{
    if (t == IR_I32 || t == IR_F32) {
        v = (uint32_t)v;
    }
    /* Entries of other blocks and regions are recognised by what they point to. */
    uint16_t *cached = &b->const_cache[(v ^ v >> 6 ^ v >> 12 ^ t * 5) & 63];
    const IrInsn *in = at(b, *cached);
    if (*cached >= block_first(b) && *cached < b->r->n_insns && in->op == IR_const &&
        in->type == t && in->imm == v) {
        return *cached;
    }
    return *cached = emit(b, &(IrInsn){ .op = IR_const, .type = t, .imm = v });
}

bool ir_is_const(const IrBuild *b, IrRef x, uint64_t *v)
{
    const IrInsn *in = at(b, x);
    if (in->op != IR_const) {
        return false;
    }
    *v = in->imm;
    return true;
}

IrRef ir_value(IrBuild *b, IrInsn in)
{
    const IrOpInfo *info = &ir_ops[in.op];
    if (!info->own_type) {
        in.type = info->result;
    }
    IrRef v = ir_fold(b, &in);
    return v ? v : emit(b, &in);
}

IrRef ir_op1(IrBuild *b, IrOp op, IrType t, IrRef x)
{
    return ir_value(b, (IrInsn){ .op = op, .type = t, .a = x });
}

IrRef ir_op2(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y)
{
    return ir_value(b, (IrInsn){ .op = op, .type = t, .a = x, .b = y });
}

IrRef ir_op3(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, IrRef z)
{
    return ir_value(b, (IrInsn){ .op = op, .type = t, .a = x, .b = y, .c = z });
}

IrRef ir_opi(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, uint64_t imm)
{
    return ir_value(b, (IrInsn){ .op = op, .type = t, .a = x, .b = y, .imm = imm });
}

IrRef ir_flags(IrBuild *b, IrOp op, IrRef x, IrRef y, IrRef z)
{
    return ir_value(b, (IrInsn){ .op = op, .type = ir_type(b, x), .a = x, .b = y, .c = z });
}

IrRef ir_flags_of(IrBuild *b, IrOp op, IrType width, IrRef x, IrRef y, IrRef z)
{
    return ir_value(b, (IrInsn){ .op = op, .type = width, .a = x, .b = y, .c = z });
}

IrRef ir_cond(IrBuild *b, IrCond cc, IrRef flags)
{
    return ir_value(b, (IrInsn){ .op = IR_cond, .a = flags, .imm = cc });
}

IrRef ir_select(IrBuild *b, IrCond cc, IrRef flags, IrRef x, IrRef y)
{
    return ir_value(b, (IrInsn){ .op = IR_select, .type = ir_type(b, x), .a = flags, .b = x, .c = y,
                                 .imm = cc });
}

IrRef ir_float(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, const CallDef *exact)
{
    return ir_value(b, (IrInsn){ .op = op, .type = t, .a = x, .b = y, .call = exact });
}

IrRef ir_float3(IrBuild *b, IrOp op, IrType t, IrRef x, IrRef y, IrRef z, const CallDef *exact)
{
    return ir_value(b, (IrInsn){ .op = op, .type = t, .a = x, .b = y, .c = z, .call = exact });
}

/* ---- slots ---- */

static IrType slot_type(const IrBuild *b, unsigned slot)
{
    return b->r->slots[slot].type;
}

/* 64 bits as another 64-bit type, 32 as another 32-bit one. */
static IrRef as_type(IrBuild *b, IrType t, IrRef x)
{
    static const uint8_t by_type[IR_N_TYPES] = {
        [IR_I32] = IR_fbits32, [IR_I64] = IR_fbits64, [IR_F32] = IR_bitsf32, [IR_F64] = IR_bitsf64,
    };
    return ir_type(b, x) == t ? x : ir_op1(b, by_type[t], t, x);
}

/* One half of a wide value, as type t. */
static IrRef half_of(IrBuild *b, IrRef wide, unsigned n, IrType t)
{
    if (ir_type(b, wide) == IR_V128) {
        return ir_opi(b, IR_vlane, t, wide, 0, 8 | n << 8);
    }
    return as_type(b, t, ir_op1(b, n ? IR_hi32 : IR_lo32, IR_I32, as_type(b, IR_I64, wide)));
}

/* Is x the 64-bit lane n of a vector? */
static bool is_lane(const IrBuild *b, IrRef x, unsigned n)
{
    return at(b, x)->op == IR_vlane && at(b, x)->imm == (8 | n << 8);
}

static IrRef join_halves(IrBuild *b, IrType t, IrRef lo, IrRef hi)
{
    if (t != IR_V128) {
        return as_type(b, t, ir_op2(b, IR_pair, IR_I64, as_type(b, IR_I32, lo),
                                    as_type(b, IR_I32, hi)));
    }
    if (is_lane(b, lo, 0)) {                /* stays where it is */
        return ir_opi(b, IR_vsetlane, t, at(b, lo)->a, hi, 8 | 1 << 8);
    }
    if (is_lane(b, hi, 1)) {
        return ir_opi(b, IR_vsetlane, t, at(b, hi)->a, lo, 8);
    }
    if (ir_type(b, lo) == IR_F64) {         /* both are in vector registers already */
        IrRef q = ir_opi(b, IR_vsetlane, t, ir_opi(b, IR_vdup, t, ir_i64(b, 0), 0, 8), lo, 8);
        return ir_opi(b, IR_vsetlane, t, q, hi, 8 | 1 << 8);
    }
    return ir_op2(b, IR_vpair, t, lo, hi);
}

static bool dirty_below(const IrBuild *b, unsigned slot)
{
    const uint8_t *half = b->r->slot_half[slot];
    return half[0] != IR_NO_SLOT && (b->dirty[half[0]] || b->dirty[half[1]] ||
                                     dirty_below(b, half[0]) || dirty_below(b, half[1]));
}

/* The value of an overlapping slot that is not current itself, from those that are; 0: in memory. */
static IrRef get_from_views(IrBuild *b, unsigned slot)
{
    const IrRegion *r = b->r;
    for (unsigned p = r->slot_parent[slot]; p != IR_NO_SLOT; p = r->slot_parent[p]) {
        if (b->cur[p]) {
            unsigned parent = r->slot_parent[slot];
            return half_of(b, ir_get(b, parent), r->slot_half[parent][1] == slot,
                           slot_type(b, slot));
        }
    }
    if (dirty_below(b, slot)) {
        IrRef lo = ir_get(b, r->slot_half[slot][0]);
        IrRef hi = ir_get(b, r->slot_half[slot][1]);
        return join_halves(b, slot_type(b, slot), lo, hi);
    }
    return 0;
}

IrRef ir_get(IrBuild *b, unsigned slot)
{
    IrRef v = b->cur[slot];
    if (v) {
        return v;
    }
    if (b->r->slots[slot].group) {
        v = get_from_views(b, slot);
    }
    if (!v) {
        v = emit(b, &(IrInsn){ .op = IR_get, .type = slot_type(b, slot), .imm = slot });
    }
    return b->cur[slot] = v;
}

static void emit_put(IrBuild *b, unsigned slot, IrRef value)
{
    emit(b, &(IrInsn){ .op = IR_put, .type = slot_type(b, slot), .a = value, .imm = slot });
    b->cur[slot] = value;
    b->dirty[slot] = 1;
}

static void forget_below(IrBuild *b, unsigned slot)
{
    for (unsigned n = 0; n < 2; n++) {
        unsigned half = b->r->slot_half[slot][n];
        if (half != IR_NO_SLOT) {
            b->cur[half] = b->dirty[half] = 0;
            forget_below(b, half);
        }
    }
}

/* `slot` is about to be put: of a dirty slot around it, everything else stays dirty as halves. */
static void split_above(IrBuild *b, unsigned slot)
{
    const IrRegion *r = b->r;
    unsigned p = r->slot_parent[slot];
    if (p == IR_NO_SLOT) {
        return;
    }
    split_above(b, p);
    if (b->dirty[p]) {
        unsigned sibling = r->slot_half[p][r->slot_half[p][0] == slot];
        emit_put(b, sibling, ir_get(b, sibling));
        ir_get(b, slot);                    /* while p has it: for a split further down */
        b->dirty[p] = 0;
        b->dirty[slot] = 1;
    }
    b->cur[p] = 0;
}

void ir_put(IrBuild *b, unsigned slot, IrRef value)
{
    if (b->cur[slot] == value) {
        return;
    }
    if (b->r->slots[slot].group) {
        split_above(b, slot);
        forget_below(b, slot);
    }
    emit_put(b, slot, value);
}

/* ---- memory ---- */

/* add base, k as an address: base, with k in the displacement. */
static void split_address(IrBuild *b, IrRef *addr, IrMem *mem)
{
    const IrInsn *in = at(b, *addr);
    if (in->op != IR_add || at(b, in->b)->op != IR_const) {
        return;
    }
    int64_t k = (int64_t)at(b, in->b)->imm + mem->disp;
    if (in->type == IR_I32) {
        k = (int32_t)k;
    }
    if (k == (int32_t)k) {
        mem->disp = k;
        *addr = in->a;
    }
}

IrRef ir_ld(IrBuild *b, IrType t, IrRef addr, IrMem mem)
{
    split_address(b, &addr, &mem);
    return emit(b, &(IrInsn){ .op = IR_ld, .type = t, .a = addr, .mem = mem });
}

void ir_st(IrBuild *b, IrRef addr, IrRef value, IrMem mem)
{
    split_address(b, &addr, &mem);
    emit(b, &(IrInsn){ .op = IR_st, .type = ir_type(b, value), .a = addr, .b = value, .mem = mem });
}

/* Does a condition hold, as far as it is known now?  1, 0, or -1. */
static int cond_known(const IrBuild *b, IrCond cc, IrRef flags)
{
    uint64_t f = 0;
    if ((cc | 1) == IR_NV || ir_known_flags(b, flags, &f)) {
        return ir_cond_holds(cc, f);
    }
    return -1;
}

IrRef ir_ld_if(IrBuild *b, IrCond cc, IrRef flags, IrType t, IrRef addr, IrRef otherwise, IrMem mem)
{
    int holds = cond_known(b, cc, flags);
    if (holds >= 0) {
        return holds ? ir_ld(b, t, addr, mem) : otherwise;
    }
    split_address(b, &addr, &mem);
    ir_strip_flags(b, cc, &flags);
    mem.cond = cc;
    return emit(b, &(IrInsn){ .op = IR_ldc, .type = t, .a = addr, .b = otherwise, .c = flags,
                              .mem = mem });
}

void ir_st_if(IrBuild *b, IrCond cc, IrRef flags, IrRef addr, IrRef value, IrMem mem)
{
    int holds = cond_known(b, cc, flags);
    if (holds > 0) {
        ir_st(b, addr, value, mem);
    }
    if (holds >= 0) {
        return;
    }
    split_address(b, &addr, &mem);
    ir_strip_flags(b, cc, &flags);
    mem.cond = cc;
    emit(b, &(IrInsn){ .op = IR_stc, .type = ir_type(b, value), .a = addr, .b = value, .c = flags,
                       .mem = mem });
}

IrRef ir_cas(IrBuild *b, IrType t, IrRef addr, IrRef expected, IrRef desired, IrMem mem)
{
    split_address(b, &addr, &mem);
    return emit(b, &(IrInsn){ .op = IR_cas, .type = t, .a = addr, .b = expected, .c = desired,
                              .mem = mem });
}

IrRef ir_amo(IrBuild *b, IrOp op, IrType t, IrRef addr, IrRef value, IrMem mem)
{
    split_address(b, &addr, &mem);
    return emit(b, &(IrInsn){ .op = op, .type = t, .a = addr, .b = value, .mem = mem });
}

void ir_fence(IrBuild *b)
{
    emit(b, &(IrInsn){ .op = IR_fence });
}

/* ---- calls ---- */

IrRef ir_call(IrBuild *b, const CallDef *def, unsigned n, const IrRef *args)
{
    for (unsigned i = 3; i < n; i++) {
        emit(b, &(IrInsn){ .op = IR_arg, .type = ir_type(b, args[i]), .a = args[i] });
    }
    IrType t = ir_sig_type(def->sig[0]);
    IrRef v = ir_append(b, &(IrInsn){ .op = IR_call, .type = t, .call = def,
                                      .a = n > 0 ? args[0] : 0, .b = n > 1 ? args[1] : 0,
                                      .c = n > 2 ? args[2] : 0 });
    return t == IR_VOID ? 0 : v;
}

IrRef ir_append(IrBuild *b, const IrInsn *in)
{
    IrRef v = emit(b, in);
    if (in->op == IR_call && in->call->flags & CALL_WRITES) {
        forget_slots(b);
    } else if (in->op == IR_call && in->call->flags) {
        memset(b->dirty, 0, b->r->n_slots);     /* they were stored before the call */
    } else if (in->op == IR_insn) {
        b->r->n_guest_insns++;
    } else if (ir_ends_block(in->op)) {
        end_block(b);
    }
    return v;
}

/* ---- control ---- */

void ir_insn(IrBuild *b, uint64_t pc, uint16_t aux)
{
    g_assert(b->r->n_insns <= IR_MAX_INSNS);
    ir_append(b, &(IrInsn){ .op = IR_insn, .a = aux, .imm = pc });
}

void ir_exit_if(IrBuild *b, IrCond cc, IrRef flags, uint64_t pc)
{
    if (cond_known(b, cc, flags) == 0) {
        return;
    }
    ir_strip_flags(b, cc, &flags);
    emit(b, &(IrInsn){ .op = IR_exit_if, .type = cc, .a = flags, .imm = pc });
}

void ir_goto(IrBuild *b, uint64_t pc)
{
    ir_append(b, &(IrInsn){ .op = IR_goto, .imm = pc });
}

void ir_jump(IrBuild *b, IrRef pc, IrJumpKind kind)
{
    ir_append(b, &(IrInsn){ .op = IR_jump, .a = pc, .imm = kind });
}

void ir_ras_push(IrBuild *b, uint64_t return_pc)
{
    emit(b, &(IrInsn){ .op = IR_ras_push, .imm = return_pc });
}

void ir_leave(IrBuild *b)
{
    ir_append(b, &(IrInsn){ .op = IR_leave });
}
