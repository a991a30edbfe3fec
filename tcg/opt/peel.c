/* SPDX-License-Identifier: MIT */
/*
 * A block that branches to itself becomes two: the block as it is, which runs the first time round,
 * and behind it a copy that is the loop.  Both go to the loop, never to the first.  What a slot
 * holds at the loop's head is a `get` there, and the register allocator keeps it in one register
 * around the back edge (its home); the first time round is where homes are chosen and loaded.
 *
 *     block 0: ... exit_if.ne %f block=0        block 0: ... exit_if.ne %f block=1
 *                                               block 1: %a = get r1; put r1, %a   (home of r1)
 *                                                        ... exit_if.ne %f' block=1
 *
 * A slot that is changed in the loop is put at the head, because its memory is stale from then on.
 * Flags have no register: where all edges agree on how they follow from homes and constants (`cmp
 * r1, r2`; `subs r1, r1, #4` from r1 + 4), the head says so with a flags op, which costs nothing
 * until somebody looks.
 *
 * An address that is an expression of constants and of slots that stay or move by a constant each
 * time round is marked steady, in both blocks: the host remembers its page between one time and the
 * next.
 *
 * Not done: loops of several blocks; loops that call C code which sees slots.
 */
#include "tcg/opt/opt.h"

enum { MAX_INSNS = 400, MAX_INT = 9, MAX_VEC = 10, MAX_EDGES = 8, MAX_DEPTH = 4 };

typedef struct Peel {
    IrRegion *r;
    unsigned  first, end;               /* of block 0 */
    unsigned  n_edges;
    bool      got[IR_MAX_SLOTS], put[IR_MAX_SLOTS], seen[IR_MAX_SLOTS];   /* seen: before a put */
    IrRef     held[IR_MAX_SLOTS];       /* value of block 0 that the slot holds at all edges */
    IrRef     now[IR_MAX_SLOTS];
    IrRef     head[IR_MAX_SLOTS];       /* the get at the head */
    bool      steady[IR_MAX_INSNS + IR_SLACK];     /* values of block 0 */
    IrRef     to[IR_MAX_INSNS + IR_SLACK];
} Peel;

static bool is_edge(const IrInsn *in)
{
    return (in->op == IR_exit_if || in->op == IR_goto) && in->b == 1;
}

static bool add_edge(Peel *p)
{
    for (unsigned s = 0; s < p->r->n_slots; s++) {
        p->held[s] = p->n_edges == 0 || p->held[s] == p->now[s] ? p->now[s] : 0;
    }
    return ++p->n_edges <= MAX_EDGES;
}

/* What happens to each slot; false: this cannot become a loop. */
static bool scan(Peel *p)
{
    bool shown = false;
    for (unsigned i = p->first; i < p->end; i++) {
        const IrInsn *in = &p->r->insns[i];
        unsigned s = in->imm;
        if (in->op == IR_get) {
            p->got[s] = true;
            p->now[s] = i;
        } else if (in->op == IR_put) {
            p->seen[s] |= shown && !p->put[s];
            p->put[s] = true;
            p->now[s] = in->a;
        } else if (in->op == IR_call && in->call->flags) {
            return false;
        } else if (is_edge(in) && !add_edge(p)) {
            return false;
        }
        shown |= ir_shows_state(in);
    }
    return p->n_edges > 0;
}

static bool is_vector(IrType t)
{
    return t >= IR_F32 && t <= IR_V128;
}

/* Is another view of slot s used in the loop? */
static bool has_views(const Peel *p, unsigned s)
{
    for (unsigned t = 0; p->r->slots[s].group && t < p->r->n_slots; t++) {
        if (t != s && (p->got[t] || p->put[t]) &&
            (ir_slot_within(p->r, s, t) || ir_slot_within(p->r, t, s))) {
            return true;
        }
    }
    return false;
}

/* First come, first served: slots that the loop reads, then those that only an exit map reads. */
static void choose_homes(Peel *p)
{
    IrRegion *r = p->r;
    unsigned left[2] = { MAX_INT, MAX_VEC };
    memset(r->home, IR_HOME_NONE, sizeof(r->home));
    for (unsigned i = p->first; i < p->end; i++) {
        const IrInsn *in = &r->insns[i];
        unsigned s = in->imm;
        bool ok = in->op == IR_get && r->slots[s].type != IR_FLAGS && !has_views(p, s);
        if (ok && left[is_vector(r->slots[s].type)]) {
            left[is_vector(r->slots[s].type)]--;
            r->home[s] = IR_HOME_REG;
        }
    }
    for (unsigned s = 0; s < r->n_slots; s++) {
        if (!p->put[s] || p->got[s] || has_views(p, s)) {
            continue;
        }
        if (!p->seen[s]) {
            r->home[s] = IR_HOME_DEAD;
        } else if (r->slots[s].type != IR_FLAGS && left[is_vector(r->slots[s].type)]) {
            left[is_vector(r->slots[s].type)]--;
            r->home[s] = IR_HOME_REG;
        }
    }
}

static IrRef emit(Peel *p, IrInsn in)
{
    IrRegion *r = p->r;
    r->insns[r->n_insns] = in;
    return r->n_insns++;
}

static void emit_put(Peel *p, unsigned s, IrRef v)
{
    emit(p, (IrInsn){ .op = IR_put, .type = p->r->slots[s].type, .a = v, .imm = s });
}

static void emit_homes(Peel *p)
{
    IrRegion *r = p->r;
    for (unsigned s = 0; s < r->n_slots; s++) {
        if (r->home[s] == IR_HOME_REG) {
            p->head[s] = emit(p, (IrInsn){ .op = IR_get, .type = r->slots[s].type, .imm = s });
            if (p->put[s]) {
                emit_put(p, s, p->head[s]);
            }
        }
    }
}

/* ---- flags at the head ---- */

/* A home that holds v at every edge. */
static IrRef home_of(const Peel *p, IrRef v)
{
    for (unsigned s = 0; s < p->r->n_slots; s++) {
        if (p->held[s] == v && p->r->home[s] == IR_HOME_REG) {
            return p->head[s];
        }
    }
    return 0;
}

/* v - c where a home holds v = x + c and x is wanted. */
static IrRef back_by_constant(Peel *p, IrRef x)
{
    for (unsigned i = p->first; i < p->end; i++) {
        const IrInsn *in = &p->r->insns[i];
        IrRef h;
        if (in->op == IR_add && in->a == x && p->r->insns[in->b].op == IR_const &&
            (h = home_of(p, i)) != 0) {
            uint64_t c = -p->r->insns[in->b].imm;
            c = in->type == IR_I32 ? (uint32_t)c : c;
            IrRef k = emit(p, (IrInsn){ .op = IR_const, .type = in->type, .imm = c });
            return emit(p, (IrInsn){ .op = IR_add, .type = in->type, .a = h, .b = k });
        }
    }
    return 0;
}

/* The value v of block 0, as it was on the way to the loop, made anew at its head; 0: cannot be. */
static IrRef derive(Peel *p, IrRef v, unsigned depth)
{
    IrInsn in = p->r->insns[v];
    if (in.op == IR_const) {
        return emit(p, in);
    }
    IrRef h = home_of(p, v);
    if (!h) {
        h = back_by_constant(p, v);
    }
    if (h || depth == 0 || ir_ops[in.op].klass != IR_PURE) {
        return h;
    }
    IrRef *arg[3] = { &in.a, &in.b, &in.c };
    for (unsigned k = 0; k < ir_ops[in.op].n_args; k++) {
        if (!(*arg[k] = derive(p, *arg[k], depth - 1))) {
            return 0;
        }
    }
    return emit(p, in);
}

static void derive_flags(Peel *p, unsigned s)
{
    unsigned n_insns = p->r->n_insns;
    IrRef v = p->held[s] ? derive(p, p->held[s], MAX_DEPTH) : 0;
    if (v) {
        emit_put(p, s, v);
        p->r->home[s] = IR_HOME_DEAD;
    } else {
        p->r->n_insns = n_insns;
    }
}

/* ---- steady addresses ---- */

/* Does the slot stay as it is, or move by a constant each time round? */
static bool slot_is_steady(const Peel *p, unsigned s)
{
    IrRef v = p->held[s];
    const IrInsn *in = &p->r->insns[v];
    while (in->op == IR_add && p->r->insns[in->b].op == IR_const) {
        v = in->a;
        in = &p->r->insns[v];
    }
    return in->op == IR_get && in->imm == s;
}

static void find_steady(Peel *p)
{
    for (unsigned i = p->first; i < p->end; i++) {
        const IrInsn *in = &p->r->insns[i];
        switch (in->op) {
        case IR_const:
            p->steady[i] = true;
            break;
        case IR_get:
            p->steady[i] = slot_is_steady(p, in->imm);
            break;
        case IR_add:
        case IR_sub:
        case IR_mul:
        case IR_shl:
            p->steady[i] = p->steady[in->a] && p->steady[in->b];
            break;
        default:
            break;
        }
    }
}

/* ---- the copy ---- */

static void copy_body(Peel *p)
{
    IrRegion *r = p->r;
    for (unsigned i = p->first; i < p->end; i++) {
        IrInsn *in = &r->insns[i];
        if (in->op == IR_get && r->home[in->imm] == IR_HOME_REG) {
            p->to[i] = p->head[in->imm];
            continue;
        }
        if ((in->op >= IR_ld && in->op <= IR_tlb) && p->steady[in->a]) {
            in->mem.steady = 1;
        }
        IrInsn out;
        ir_move(&out, in, p->to);
        p->to[i] = emit(p, out);
    }
}

static void to_the_loop(IrRegion *r)
{
    for (unsigned i = 1; i < r->n_insns; i++) {
        if (is_edge(&r->insns[i])) {
            r->insns[i].b = 2;
        }
    }
}

void opt_peel(IrRegion *r)
{
    r->loop_block = 0;
    if (r->n_blocks != 1 || !r->has_loop || r->blocks[0].end - r->blocks[0].first > MAX_INSNS) {
        return;
    }
    Peel p = { .r = r, .first = r->blocks[0].first, .end = r->blocks[0].end };
    if (!scan(&p)) {
        return;
    }
    choose_homes(&p);
    r->blocks[1] = (IrBlock){ .first = r->n_insns, .pc = r->blocks[0].pc };
    emit_homes(&p);
    for (unsigned s = 0; s < r->n_slots; s++) {
        if (r->slots[s].type == IR_FLAGS && p.put[s] && p.seen[s] && !p.got[s]) {
            derive_flags(&p, s);
        }
    }
    find_steady(&p);
    copy_body(&p);
    r->blocks[1].end = r->n_insns;
    r->n_blocks = 2;
    r->loop_block = 1;
    to_the_loop(r);
}
