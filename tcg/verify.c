/* SPDX-License-Identifier: MIT */
/*
 * What every region must keep to: docs/ir.md, "A well-formed region".  Debug builds ask after each
 * pass.  The first violation found is returned.
 */
#include "tcg/ir.h"
#include <string.h>
#include "tcg/vec.h"

typedef struct Verifier {
    const IrRegion *r;
    const IrBlock  *block;
    unsigned        i;                      /* the instruction looked at */
    bool            dirty[IR_MAX_SLOTS];    /* since block entry or the last flush */
    uint8_t         broken[IR_MAX_SLOTS];   /* wide slots of which only a part may be dirty */
    unsigned        n_broken;
    unsigned        n_args;                 /* `arg` ops right before */
} Verifier;

static char *wrong(const Verifier *v, const char *what)
{
    return g_strdup_printf("insn %u (%s): %s", v->i, ir_ops[v->r->insns[v->i].op].name, what);
}

static bool is_int(IrType t)
{
    return t == IR_I32 || t == IR_I64;
}

static bool is_float(IrType t)
{
    return t == IR_F32 || t == IR_F64;
}

/* ---- operands ---- */

static char *check_operand(const Verifier *v, const IrInsn *in, unsigned k, IrRef ref)
{
    IrType t = ir_operand_type(v->r, in, k);
    if (t == IR_VOID) {
        bool free_use = in->op == IR_insn || in->op == IR_goto || in->op == IR_exit_if ||
                        (ir_ops[in->op].klass == IR_X87 && k);
        return ref && !free_use ? wrong(v, "operand where the op takes none") : NULL;
    }
    if (ref == 0 || ref >= v->i) {
        return wrong(v, "operand is not made before it is used");
    }
    if (ref < v->block->first) {
        return wrong(v, "operand comes from another block");
    }
    IrType is = ir_result_type(&v->r->insns[ref]);
    if (is == IR_VOID) {
        return wrong(v, "operand has no value");
    }
    return is != t && t != IR_N_TYPES ? wrong(v, "operand has the wrong type") : NULL;
}

static char *check_operands(const Verifier *v, const IrInsn *in)
{
    const IrRef refs[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < 3; k++) {
        char *why = check_operand(v, in, k, refs[k]);
        if (why) {
            return why;
        }
    }
    return NULL;
}

/* ---- types and immediates ---- */

static bool type_fits(const IrInsn *in)
{
    IrType t = in->type;
    if (in->op == IR_select || (in->op >= IR_get && in->op <= IR_call)) {
        return in->op == IR_cas || (in->op >= IR_amo_xchg && in->op <= IR_amo_xor) ? is_int(t) :
               t < IR_N_TYPES;
    }
    if (in->op == IR_const || in->op == IR_vlane) {
        return is_int(t) || is_float(t);
    }
    if (!ir_ops[in->op].own_type) {
        return true;
    }
    if (t >= IR_I8) {
        return ir_takes_narrow(in->op) && t < IR_N_TYPES;
    }
    bool floating = ir_ops[in->op].klass == IR_FLOATING || in->op == IR_fneg || in->op == IR_fabs;
    return floating ? is_float(t) : is_int(t);
}

static char *check_lanes(const Verifier *v, const IrInsn *in)
{
    unsigned size = in->imm & 0xff, n = in->imm >> 8 & 0xff;
    if (!size || (size & (size - 1)) || !(ir_lane_sizes(in->op) & size)) {
        return wrong(v, "no such lane size");
    }
    bool shift = in->op >= IR_vshl && in->op <= IR_vsar;
    if (n >= (shift ? size * 8 : 16 / size)) {
        return wrong(v, shift ? "shift by the width or more" : "no such lane");
    }
    if (in->op == IR_vlane && ((is_float(in->type) && size != ir_type_size(in->type)) ||
                               (in->type == IR_I64) != (size == 8 && is_int(in->type)))) {
        return wrong(v, "type does not fit the lane");
    }
    if (in->op == IR_vsetlane) {
        IrType t = ir_result_type(&v->r->insns[in->b]);
        if (is_float(t) ? ir_type_size(t) != size : t != (size == 8 ? IR_I64 : IR_I32)) {
            return wrong(v, "value does not fit the lane");
        }
    }
    return NULL;
}

static char *check_mem(const Verifier *v, const IrInsn *in)
{
    IrMem m = in->mem;
    if (!m.align || (m.align & (m.align - 1)) || m.align > 16) {
        return wrong(v, "alignment is no power of two");
    }
    if (in->op == IR_tlb) {
        return m.span5 ? NULL : wrong(v, "covers nothing");
    }
    unsigned limit = ir_type_size(in->type);
    if (!m.size || (m.size & (m.size - 1)) || m.size > limit ||
        (!is_int(in->type) && m.size != limit && !(in->type == IR_V128 && m.size >= 4)) || in->type == IR_FLAGS) {
        return wrong(v, "size does not fit the type");
    }
    if (in->op == IR_ldh || in->op == IR_sth) {
        const IrInsn *tlb = &v->r->insns[in->c];
        if (tlb->op != IR_tlb || tlb->mem.write != (in->op == IR_sth || m.write)) {
            return wrong(v, "no tlb of that direction");
        }
    }
    return NULL;
}

static char *check_vec(const Verifier *v, const IrInsn *in)
{
    VecOp op = vec_op_of(in->imm);
    if (op == VEC_none || op >= VEC_N_OPS) {
        return wrong(v, "no such operation");
    }
    bool floating = ir_ops[in->op].klass == IR_FLOATING;
    return vec_ops[op].n_args != ir_ops[in->op].n_args || vec_ops[op].floating != floating ?
           wrong(v, "the operation is of another kind") : NULL;
}

static char *check_call(Verifier *v, const IrInsn *in)
{
    const char *args = in->call && in->call->sig ? strchr(in->call->sig, ':') : NULL;
    if (!args) {
        return wrong(v, "no function");
    }
    unsigned n = strlen(++args);
    if (n > 6 || v->n_args != (n > 3 ? n - 3 : 0)) {
        return wrong(v, "wrong number of arguments");
    }
    for (unsigned k = 3; k < n; k++) {
        if (v->r->insns[v->i - n + k].type != ir_sig_type(args[k])) {
            return wrong(v, "wrong type of argument");
        }
    }
    return in->type != ir_sig_type(in->call->sig[0]) ? wrong(v, "wrong type of result") : NULL;
}

static char *check_imm(Verifier *v, const IrInsn *in)
{
    unsigned w = in->type == IR_I64 ? 64 : 32, pos = in->imm & 0xff, len = in->imm >> 8 & 0xff;
    switch (in->op) {
    case IR_bfx:
    case IR_bfi:
        return !len || pos + len > w ? wrong(v, "field outside of the value") : NULL;
    case IR_cond:
    case IR_select:
        return in->imm >= IR_N_CONDS ? wrong(v, "no such condition") : NULL;
    case IR_exit_if:
        return in->type >= IR_N_CONDS ? wrong(v, "no such condition") :
               in->b > v->r->n_blocks ? wrong(v, "no such block") : NULL;
    case IR_goto:
        return in->b > v->r->n_blocks ? wrong(v, "no such block") : NULL;
    case IR_jump:
        return in->imm > IR_RETURN ? wrong(v, "no such kind") : NULL;
    case IR_get:
    case IR_put:
        return in->imm >= v->r->n_slots ? wrong(v, "no such slot") :
               in->type != v->r->slots[in->imm].type ? wrong(v, "not the slot's type") : NULL;
    case IR_call:
        return check_call(v, in);
    case IR_x87: case IR_x87_in: case IR_x87_cmp: case IR_x87_out:
        return (in->b & 0xff) >= X87_N_OPS || in->b >> 8 >= X87_N_FORMATS || in->c & 0x88 ||
               !in->call ? wrong(v, "no such x87 operation") : NULL;
    case IR_const:
        return w == 32 && in->type != IR_F64 && in->imm >> 32 ? wrong(v, "constant too wide") : NULL;
    case IR_vec1: case IR_vec2: case IR_vec3: case IR_vmask: case IR_vtest:
    case IR_fvec1: case IR_fvec2: case IR_fvec3: case IR_fvtoi: case IR_fvofi:
        return check_vec(v, in);
    default:
        return ir_lane_sizes(in->op) ? check_lanes(v, in) :
               in->op >= IR_ld && in->op <= IR_amo_xor ? check_mem(v, in) : NULL;
    }
}

/* ---- slots ---- */

static bool dirty_above(const Verifier *v, unsigned slot)
{
    for (unsigned p = v->r->slot_parent[slot]; p != IR_NO_SLOT; p = v->r->slot_parent[p]) {
        if (v->dirty[p]) {
            return true;
        }
    }
    return false;
}

static bool parts_dirty(const Verifier *v, unsigned slot)
{
    const uint8_t *half = v->r->slot_half[slot];
    return v->dirty[slot] ||
           (half[0] != IR_NO_SLOT && parts_dirty(v, half[0]) && parts_dirty(v, half[1]));
}

static void clean_below(Verifier *v, unsigned slot)
{
    const uint8_t *half = v->r->slot_half[slot];
    if (half[0] != IR_NO_SLOT) {
        v->dirty[half[0]] = v->dirty[half[1]] = false;
        clean_below(v, half[0]);
        clean_below(v, half[1]);
    }
}

static bool dirty_below(const Verifier *v, unsigned slot)
{
    const uint8_t *half = v->r->slot_half[slot];
    return half[0] != IR_NO_SLOT && (v->dirty[half[0]] || v->dirty[half[1]] ||
                                     dirty_below(v, half[0]) || dirty_below(v, half[1]));
}

static void note_put(Verifier *v, unsigned slot)
{
    for (unsigned p = v->r->slot_parent[slot]; p != IR_NO_SLOT; p = v->r->slot_parent[p]) {
        if (v->dirty[p]) {
            v->dirty[p] = false;
            v->broken[v->n_broken++] = p;
        }
    }
    clean_below(v, slot);
    v->dirty[slot] = true;
}

static char *check_get(const Verifier *v, unsigned slot)
{
    return dirty_above(v, slot) || dirty_below(v, slot) ?
           wrong(v, "an overlapping slot has been put") : NULL;
}

/* Where the state may be seen, a wide slot that was put must be there in full. */
static char *check_state(Verifier *v)
{
    for (unsigned i = 0; i < v->n_broken; i++) {
        if (!parts_dirty(v, v->broken[i]) && !dirty_above(v, v->broken[i])) {
            return wrong(v, "part of an overlapping slot is lost");
        }
    }
    v->n_broken = 0;
    return NULL;
}

static char *check_slots(Verifier *v, const IrInsn *in)
{
    if (in->op == IR_get) {
        return check_get(v, in->imm);
    }
    if (in->op == IR_put) {
        if (v->n_broken + 4 > IR_MAX_SLOTS) {
            char *why = check_state(v);
            if (why) {
                return why;
            }
        }
        note_put(v, in->imm);
        return NULL;
    }
    if (ir_may_leave(in) || ir_ends_block(in->op) || (in->op == IR_call && in->call->flags)) {
        char *why = check_state(v);
        if (in->op == IR_call && in->call->flags) {
            memset(v->dirty, 0, sizeof(v->dirty));
        }
        return why;
    }
    return NULL;
}

/* ---- instructions, blocks, region ---- */

static char *check_insn(Verifier *v)
{
    const IrInsn *in = &v->r->insns[v->i];
    if (in->op >= IR_N_OPS) {
        return g_strdup_printf("insn %u: no such op", v->i);
    }
    char *why = NULL;
    if (in->op == IR_nop) {
        return NULL;
    }
    if (in->op != IR_exit_if && !type_fits(in)) {
        why = wrong(v, "the op has no such type");
    } else if (in->op == IR_call && (!in->call || !in->call->sig)) {
        why = wrong(v, "no function");
    } else if (v->n_args && in->op != IR_arg && in->op != IR_call) {
        why = wrong(v, "arg without its call");
    } else if (ir_ends_block(in->op) != (v->i == v->block->end - 1u)) {
        why = wrong(v, "not where a block ends");
    }
    why = why ? why : check_operands(v, in);
    why = why ? why : check_imm(v, in);
    why = why ? why : check_slots(v, in);
    v->n_args = in->op == IR_arg ? v->n_args + 1 : 0;
    return why;
}

char *ir_verify(const IrRegion *r)
{
    Verifier v = { .r = r };
    char *why = NULL;
    unsigned next = 1;
    for (unsigned n = 0; n < r->n_blocks && !why; n++) {
        v.block = &r->blocks[n];
        memset(v.dirty, 0, sizeof(v.dirty));
        v.n_broken = v.n_args = 0;
        if (v.block->first < next || v.block->end <= v.block->first ||
            v.block->end > r->n_insns) {
            return g_strdup_printf("block %u: wrong bounds", n);
        }
        for (v.i = v.block->first; v.i < v.block->end && !why; v.i++) {
            why = check_insn(&v);
        }
        next = v.block->end;
    }
    return why ? why : r->n_blocks ? NULL : g_strdup("no blocks");
}
