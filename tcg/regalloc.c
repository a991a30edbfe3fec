/* SPDX-License-Identifier: MIT */
/*
 * The register allocator; see regalloc.h for the ideas.
 *
 * Source of the method: L. A. Belady, "A study of replacement algorithms" (1966), for the choice of
 * what to evict; the walk itself is the usual local allocation over straight-line code.
 */
#include "tcg/regalloc.h"

#include <string.h>

/* ---- rules ---- */

static uint8_t letter(char c)
{
    switch (c) {
    case 'r': return RA_R;
    case 'e': return RA_E;
    case 'm': return RA_M;
    case '0': return RA_0;
    case 'x': return RA_X;
    case 'f': return RA_F;
    default:  g_assert_not_reached();
    }
}

void ra_init_rules(RaRule *rules)
{
    for (unsigned op = 0; op < IR_N_OPS; op++) {
        RaRule *rule = &rules[op];
        memset(rule->arg, 0, sizeof(rule->arg));
        rule->early = rule->out && rule->out[0] == '&';
        unsigned k = 0;
        for (const char *p = rule->args ? rule->args : ""; *p; p++) {
            if (*p == ',') {
                k++;
            } else if (*p != '-') {
                rule->arg[k] |= letter(*p);
            }
        }
    }
}

Ra *ra_new(const RaHost *host)
{
    Ra *ra = g_new0(Ra, 1);
    ra->host = host;
    ra->val = g_new0(RaVal, IR_MAX_INSNS + IR_SLACK);
    ra->use_next = g_malloc0_n(IR_MAX_INSNS + IR_SLACK, sizeof(ra->use_next[0]));
    return ra;
}

/* ---- backward: last uses ---- */

static inline bool is_flags_op(unsigned op)
{
    return op >= IR_fl_add && op <= IR_fl_fcmp;
}

/* Ops at which dirty slots are stored in the middle of a block. */
static inline bool is_sync(const IrInsn *in)
{
    return in->op == IR_call && (in->call->flags & CALL_SYNC);
}

static inline bool is_exit(unsigned op)
{
    return op >= IR_exit_if && op <= IR_leave;
}

/* Of an op with a flags operand. */
static inline IrCond condition_of(const IrInsn *in)
{
    return in->op == IR_exit_if ? in->type
         : in->op == IR_ldc || in->op == IR_stc ? in->mem.cond : in->imm;
}

/* N and Z of a flags value that only hands C and V on: look through chains of them, so that a chain
 * never grows with the block. */
static void shorten_flags(IrRegion *r, IrInsn *in)
{
    if (in->op == IR_fl_nz) {
        const IrInsn *cv = &r->insns[in->b];
        while (cv->op == IR_fl_nz) {
            in->b = cv->b;
            cv = &r->insns[in->b];
        }
        if (cv->op == IR_fl_nzc) {
            in->op = IR_fl_nzc;
            in->b = cv->b;
            in->c = cv->c;
        }
    }
    if (in->op == IR_fl_nzc) {
        const IrInsn *v = &r->insns[in->c];
        while (v->op == IR_fl_nz || v->op == IR_fl_nzc) {
            in->c = v->op == IR_fl_nz ? v->b : v->c;
            v = &r->insns[in->c];
        }
    }
}

static inline void use(Ra *ra, unsigned i, unsigned k, IrRef v, unsigned at)
{
    RaVal *val = &ra->val[v];
    ra->use_next[i][k] = val->next;
    val->next = i;
    if (val->last < at) {
        val->last = at;
    }
}

/* Flags value f is made or used at i; the two nearest events over different values are kept. */
static void flags_event(Ra *ra, unsigned i, IrRef f)
{
    if (ra->event[0].ref != f) {
        ra->event[1] = ra->event[0];
    }
    ra->event[0] = (RaFlagsEvent){ i, f };
}

/* The operands of a flags value live as long as it may have to be made again: when anything
 * destroys the host's flags before its last use, other flags values among that. */
static void flags_operands(Ra *ra, unsigned i, const IrInsn *in)
{
    RaVal *val = &ra->val[i];
    unsigned other = ra->event[ra->event[0].ref == i].pos;
    val->keep = MIN(ra->clobber, other) <= val->last || in->op == IR_fl_nz ||
                in->op == IR_fl_nzc ||
                (in->op >= IR_fl_nzcv && in->op != IR_fl_comi && in->op != IR_fl_ucomi);
    unsigned at = val->keep && val->last > i ? val->last : i;
    const IrRef arg[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < ir_ops[in->op].n_args; k++) {
        use(ra, i, k, arg[k], at);
    }
}

/* ---- homes: slots in registers around the loop's back edge ---- */

static inline bool in_loop(const Ra *ra)
{
    return ra->r->loop_block && ra->block == ra->r->loop_block;
}

/* The values of homes at the loop's head. */
static void find_homes(Ra *ra)
{
    const IrRegion *r = ra->r;
    ra->n_homes = 0;
    ra->home_regs = 0;
    ra->homes_chosen = false;
    if (!r->loop_block) {
        return;
    }
    const IrBlock *loop = &r->blocks[r->loop_block];
    for (unsigned i = loop->first; i < loop->end && ra->n_homes < RA_N_REGS; i++) {
        const IrInsn *in = &r->insns[i];
        if (in->op == IR_insn) {
            return;
        }
        if (in->op == IR_get && r->home[in->imm] == IR_HOME_REG) {
            ra->homes[ra->n_homes++] = in->imm;
            ra->home_get[in->imm] = i;
            ra->home_changes[in->imm] = false;
        } else if (in->op == IR_put && r->home[in->imm] == IR_HOME_REG) {
            ra->home_changes[in->imm] = true;
        }
    }
}

/* What does not change lives as long as the loop. */
static void keep_homes(Ra *ra, unsigned edge)
{
    for (unsigned k = 0; in_loop(ra) && k < ra->n_homes; k++) {
        unsigned s = ra->homes[k];
        RaVal *val = &ra->val[ra->home_get[s]];
        if (!ra->home_changes[s]) {
            val->last = MAX(val->last, edge);
        }
    }
}

/* v is what the loop puts into slot s last. */
static void want_home(Ra *ra, unsigned s, IrRef v)
{
    if (in_loop(ra) && ra->r->home[s] == IR_HOME_REG && ra->val[v].home == RA_NO_REG) {
        ra->val[v].home = ra->home_reg[s];
    }
}

static void backward(Ra *ra, unsigned first, unsigned end)
{
    IrRegion *r = ra->r;
    const RaRule *rules = ra->host->rules;
    unsigned n_leaves = 0, sync_leaf = 0, call = 0;

    ra->gen++;
    ra->clobber = RA_NEVER;
    ra->event[0] = ra->event[1] = (RaFlagsEvent){ RA_NEVER, 0 };
    for (unsigned i = first; i < end; i++) {
        ra->val[i] = (RaVal){ .next = RA_NEVER, .reg = RA_NO_REG, .home = RA_NO_REG };
    }
    for (unsigned i = end; i-- > first; ) {
        IrInsn *in = &r->insns[i];
        RaVal *val = &ra->val[i];
        if (in->op == IR_put) {
            unsigned s = in->imm;
            unsigned leaf = sync_leaf;
            if (ra->put_gen[s] == ra->gen && ra->put_leaf[s] > leaf) {
                leaf = ra->put_leaf[s];
            }
            if (n_leaves > leaf && ra->val[in->a].last < ra->leaves[leaf]) {
                ra->val[in->a].last = ra->leaves[leaf];
            }
            if (ra->put_gen[s] != ra->gen) {
                want_home(ra, s, in->a);
            }
            ra->put_gen[s] = ra->gen;
            ra->put_leaf[s] = n_leaves;
            continue;
        }
        const IrOpInfo *info = &ir_ops[in->op];
        if (info->has_result && (info->klass == IR_PURE || in->op == IR_get) && val->last == 0) {
            continue;                   /* dead; floating point still sets sticky flags */
        }
        if (is_flags_op(in->op)) {
            shorten_flags(r, in);
            info = &ir_ops[in->op];
            flags_operands(ra, i, in);
            flags_event(ra, i, i);
            continue;
        }
        if (ir_may_leave(in) || is_sync(in) || is_exit(in->op)) {
            ra->leaves[n_leaves++] = i;
            if (is_sync(in)) {
                sync_leaf = n_leaves - 1;
            }
        }
        if (rules[in->op].clobbers || ra_is_loop_edge(ra, in) ||
            (in->op == IR_exit_if && (in->type | 1) == IR_NV)) {
            ra->clobber = i;            /* a loop's edge polls before anything is stored; a */
        }                               /* condition that asks no flags makes none */
        if (ra_is_loop_edge(ra, in)) {
            keep_homes(ra, i);
        }
        if (in->op == IR_call) {
            call = i;
        }
        const IrRef arg[3] = { in->a, in->b, in->c };
        for (unsigned k = 0; k < info->n_args; k++) {
            if (arg[k] && rules[in->op].arg[k]) {
                use(ra, i, k, arg[k], in->op == IR_arg ? call : i);
                if (rules[in->op].arg[k] & RA_F) {
                    flags_event(ra, i, arg[k]);
                    if (condition_of(in) >= IR_AL && condition_of(in) <= IR_NV) {
                        ra->clobber = i;    /* looks at none of the flags, makes its own */
                    }
                }
            }
        }
    }
}

/* ---- registers ---- */

static inline unsigned reg_base(IrType t)
{
    return ir_type_is_vec(t) ? RA_VEC : 0;
}

static inline uint32_t reg_class(const Ra *ra, IrType t)
{
    return ra->host->pool & (ir_type_is_vec(t) ? 0xffff0000u : 0x0000ffffu);
}

static inline void set_reg(Ra *ra, IrRef v, unsigned reg)
{
    ra->val[v].reg = reg;
    ra->in_reg[reg] = v;
    ra->free &= ~(1u << reg);
    ra->used |= 1u << reg;
}

static inline void drop_reg(Ra *ra, IrRef v)
{
    unsigned reg = ra->val[v].reg;
    ra->in_reg[reg] = 0;
    ra->free |= 1u << reg;
    ra->val[v].reg = RA_NO_REG;
}

static unsigned new_spill(Ra *ra, IrType t)
{
    unsigned pair = t == IR_V128;
    if (ra->n_free_spill[pair]) {
        return ra->free_spill[pair][--ra->n_free_spill[pair]];
    }
    g_assert(ra->n_spill[pair] < RA_SPILLS);
    unsigned n = ra->n_spill[pair]++;
    return pair ? RA_SPILLS + 2 * n : n;
}

static void release(Ra *ra, IrRef v)
{
    RaVal *val = &ra->val[v];
    if (val->reg != RA_NO_REG) {
        drop_reg(ra, v);
    }
    if (val->mem == RA_SPILL) {
        unsigned pair = val->where >= RA_SPILLS;
        ra->free_spill[pair][ra->n_free_spill[pair]++] = val->where;
        val->mem = RA_NOWHERE;
    }
}

static inline int32_t slot_offset(const Ra *ra, unsigned s)
{
    return ra->r->slots[s].offset;
}

static void touch(Ra *ra, unsigned s)
{
    if (!ra->slot_touched[s]) {
        ra->slot_touched[s] = 1;
        ra->touched[ra->n_touched++] = s;
    }
}

static void spill(Ra *ra, IrRef v)
{
    RaVal *val = &ra->val[v];
    IrType t = ra_type(ra, v);
    val->where = new_spill(ra, t);
    val->mem = RA_SPILL;
    ra->host->store(ra, t, val->reg & 15, true, ra_spill_offset(val->where));
    ra->snap_ok = false;
}

static inline bool grouped(const Ra *ra, unsigned s)
{
    return ra->r->slots[s].group != 0;
}

/* Slot s's memory is about to get another value: who lives only there moves. */
static void displace(Ra *ra, unsigned s, IrRef by)
{
    IrRef o = ra->slot_mem[s];
    if (o && o != by && ra->val[o].mem == RA_SLOT && ra->val[o].where == s) {
        if (ra->val[o].last >= ra->pos && ra->val[o].reg == RA_NO_REG) {
            ra_use(ra, o);
        }
        ra->val[o].mem = RA_NOWHERE;
    }
    ra->slot_mem[s] = 0;
}

static void undirty(Ra *ra, unsigned s)
{
    unsigned i = 0;
    while (ra->dirty[i] != s) {
        i++;
    }
    memmove(&ra->dirty[i], &ra->dirty[i + 1], ra->n_dirty - i - 1);
    ra->n_dirty--;
    ra->slot_dirty[s] = 0;
    ra->snap_ok = false;
}

/* Register value v is what slot s holds: store it there now. */
static void store_early(Ra *ra, unsigned s, IrRef v)
{
    RaVal *val = &ra->val[v];
    displace(ra, s, v);
    ra->host->store(ra, ra_type(ra, v), val->reg & 15, false, slot_offset(ra, s));
    ra->slot_mem[s] = v;
    val->mem = RA_SLOT;
    val->where = s;
    undirty(ra, s);
}

/* Takes v's register; it must be somewhere else afterwards when it is used again. */
static void evict(Ra *ra, IrRef v)
{
    RaVal *val = &ra->val[v];
    ra->snap_ok = false;
    if (ra_is_const(ra, v)) {
        drop_reg(ra, v);
        return;
    }
    if (val->last >= ra->pos) {
        bool put = val->is_put && ra->slot_val[val->put_slot] == v &&
                   ra->slot_dirty[val->put_slot];
        if (ra->placing) {
            if (val->mem != RA_SPILL) {
                spill(ra, v);
            }
        } else if (val->mem == RA_NOWHERE) {
            unsigned s = val->put_slot;
            bool moves = put && ra->slot_mem[s] && ra->slot_mem[s] != v &&
                         ra->val[ra->slot_mem[s]].mem == RA_SLOT &&
                         ra->val[ra->slot_mem[s]].last >= ra->pos;
            if (put && !grouped(ra, s) && !moves) {
                store_early(ra, s, v);
            } else {
                spill(ra, v);
            }
        } else if (val->mem == RA_SLOT && put && val->where != val->put_slot) {
            spill(ra, v);
        }
    } else if (val->mem == RA_SPILL) {
        release(ra, v);
        return;
    }
    drop_reg(ra, v);
}

/* Frees registers whose values are past their last use (only exit maps used them). */
static void sweep(Ra *ra, uint32_t among, unsigned pos)
{
    for (uint32_t m = among & ~ra->free & ~ra->locked; m; m &= m - 1) {
        IrRef v = ra->in_reg[__builtin_ctz(m)];
        if (v && ra->val[v].last < pos) {
            release(ra, v);
        }
    }
}

/* A register of the set for a value that lives until `last`; dead: values whose last use is
 * before `dead` may give theirs. */
static unsigned take(Ra *ra, uint32_t among, unsigned dead)
{
    if (!(ra->free & among & ~ra->locked)) {
        sweep(ra, among, dead);
    }
    uint32_t m = ra->free & among & ~ra->locked;
    if (m) {
        uint32_t other = m & ~ra->home_regs;
        m = other ? other : m;
        uint32_t cheap = m & ~ra->host->saved;
        return __builtin_ctz(cheap ? cheap : m);
    }
    unsigned best = RA_NO_REG, far = 0;
    for (m = among & ~ra->locked; m; m &= m - 1) {
        unsigned reg = __builtin_ctz(m);
        IrRef v = ra->in_reg[reg];
        if (v && ra->val[v].next >= far) {
            best = reg;
            far = ra->val[v].next;
        }
    }
    g_assert(best != RA_NO_REG);
    evict(ra, ra->in_reg[best]);
    return best;
}

static void load(Ra *ra, IrRef v, unsigned reg)
{
    RaVal *val = &ra->val[v];
    IrType t = ra_type(ra, v);
    const IrInsn *in = &ra->r->insns[v];
    if (in->op == IR_const) {
        ra->host->load_const(ra, t, reg & 15, in->imm);
    } else if (val->mem == RA_SPILL) {
        ra->host->load(ra, t, reg & 15, true, ra_spill_offset(val->where));
    } else {
        g_assert(val->mem == RA_SLOT);
        ra->host->load(ra, t, reg & 15, false, slot_offset(ra, val->where));
    }
}

unsigned ra_use(Ra *ra, IrRef v)
{
    RaVal *val = &ra->val[v];
    if (val->reg == RA_NO_REG) {
        unsigned reg = take(ra, reg_class(ra, ra_type(ra, v)), ra->pos);
        load(ra, v, reg);
        set_reg(ra, v, reg);
        ra->snap_ok = false;
    }
    ra->locked |= 1u << val->reg;
    return val->reg;
}

unsigned ra_define(Ra *ra, IrRef v)
{
    set_reg(ra, v, take(ra, reg_class(ra, ra_type(ra, v)), ra->pos + 1));
    ra->locked |= 1u << ra->val[v].reg;
    return ra->val[v].reg;
}

HostArg ra_where(Ra *ra, IrRef v)
{
    RaVal *val = &ra->val[v];
    HostArg a = { .ref = v };
    if (ra_is_const(ra, v)) {
        a.kind = HOST_IMM;
        a.imm = ra->r->insns[v].imm;
    } else if (val->reg != RA_NO_REG) {
        a.kind = HOST_REG;
        a.reg = val->reg & 15;
    } else if (val->mem == RA_SPILL) {
        a.kind = HOST_MEM;
        a.in_frame = true;
        a.disp = ra_spill_offset(val->where);
    } else {
        g_assert(val->mem == RA_SLOT);
        a.kind = HOST_MEM;
        a.disp = slot_offset(ra, val->where);
    }
    return a;
}

/* ---- exit maps ---- */

static unsigned const_number(Ra *ra, IrRef v)
{
    RaVal *val = &ra->val[v];
    if (val->mem != RA_CONST) {
        val->mem = RA_CONST;
        val->where = ra->n_consts;
        ra->consts[ra->n_consts++] = ra->r->insns[v].imm;
    }
    return val->where;
}



/* Has v a place that an exit map can name?  If not it gets a register. */
static void make_place(Ra *ra, IrRef v)
{
    const IrInsn *in = &ra->r->insns[v];
    const RaVal *val = &ra->val[v];
    if (is_flags_op(in->op)) {
        /* Without operands that are kept it is in the host's flags whenever it is looked at. */
        const IrRef arg[3] = { in->a, in->b, in->c };
        for (unsigned k = 0; val->keep && k < ir_ops[in->op].n_args; k++) {
            make_place(ra, arg[k]);
        }
    } else if (in->op != IR_const && val->reg == RA_NO_REG && val->mem != RA_SPILL) {
        uint32_t locked = ra->locked;
        ra_use(ra, v);
        ra->locked = locked;
    }
}

static void place(Ra *ra, IrRef v, uint8_t *kind, uint16_t *where)
{
    const RaVal *val = &ra->val[v];
    unsigned op = ra->r->insns[v].op;
    if (op == IR_const) {
        *kind = LOC_CONST;
        *where = const_number(ra, v);
    } else if (is_flags_op(op)) {
        *kind = LOC_FLAGS;
        *where = val->keep ? ra_flags_loc(ra, v) : 0xffff;
    } else if (val->reg != RA_NO_REG) {
        *kind = val->reg >= RA_VEC ? LOC_VEC : LOC_GPR;
        *where = val->reg & 15;
    } else {
        g_assert(val->mem == RA_SPILL);
        *kind = LOC_SPILL;
        *where = val->where;
    }
}

unsigned ra_flags_loc(Ra *ra, IrRef f)
{
    const IrInsn *in = &ra->r->insns[f];
    FlagLoc loc = { .op = in->op, .type = in->type };
    const IrRef arg[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < ir_ops[in->op].n_args; k++) {
        place(ra, arg[k], &loc.kind[k], &loc.where[k]);
    }
    if (ra->n_flag_locs == G_N_ELEMENTS(ra->flag_locs)) {
        ra->failed = true;
        return 0;
    }
    ra->flag_locs[ra->n_flag_locs] = loc;
    return ra->n_flag_locs++;
}

/* Before the registers of an op are chosen: nothing may have to move afterwards. */
static void make_places(Ra *ra)
{
    ra->placing = true;
    if (!ra->snap_ok) {
        for (unsigned i = 0; i < ra->n_dirty; i++) {
            make_place(ra, ra->slot_val[ra->dirty[i]]);
        }
    }
}

static void take_snapshot(Ra *ra)
{
    if (ra->snap_ok) {
        return;
    }
    if (ra->n_locs + ra->n_dirty > RA_MAX_LOCS) {
        ra->failed = true;
        return;
    }
    ra->snap_first = ra->n_locs;
    ra->snap_n = ra->n_dirty;
    for (unsigned i = 0; i < ra->n_dirty; i++) {
        ExitLoc *loc = &ra->locs[ra->n_locs++];
        loc->slot = ra->dirty[i];
        place(ra, ra->slot_val[ra->dirty[i]], &loc->kind, &loc->where);
    }
    ra->snap_ok = true;
}

/* ---- storing slots ---- */

static void store_slot(Ra *ra, unsigned s)
{
    IrRef v = ra->slot_val[s];
    IrType t = ra_type(ra, v);
    if (ra_is_const(ra, v)) {
        ra->host->store_const(ra, t, ra->r->insns[v].imm, slot_offset(ra, s));
    } else if (is_flags_op(ra->r->insns[v].op)) {
        ra->host->store_flags(ra, v, slot_offset(ra, s));
    } else {
        uint32_t locked = ra->locked;
        unsigned reg = ra_use(ra, v);
        ra->host->store(ra, t, reg & 15, false, slot_offset(ra, s));
        ra->locked = locked;
    }
}

/* Values that rest in slots which are about to be stored over get registers first. */
static void displace_all(Ra *ra)
{
    uint32_t locked = ra->locked;
    for (unsigned i = 0; i < ra->n_dirty; i++) {
        displace(ra, ra->dirty[i], ra->slot_val[ra->dirty[i]]);
        ra->locked = locked;
    }
}

void ra_store_dirty(Ra *ra)
{
    /* Whatever the flags register holds goes first: making other flags destroys it. */
    bool placing = ra->placing;
    ra->placing = true;                 /* the list of dirty slots stays as it is */
    displace_all(ra);
    IrRef done = ra->eflags;
    for (unsigned i = 0; i < ra->n_dirty; i++) {
        unsigned s = ra->dirty[i];
        if (done && ra->slot_val[s] == done) {
            store_slot(ra, s);
        }
    }
    for (unsigned i = 0; i < ra->n_dirty; i++) {
        unsigned s = ra->dirty[i];
        if (!done || ra->slot_val[s] != done) {
            store_slot(ra, s);
        }
    }
    ra->placing = placing;
}

void ra_sync(Ra *ra)
{
    ra_store_dirty(ra);
    for (unsigned i = 0; i < ra->n_dirty; i++) {
        unsigned s = ra->dirty[i];
        IrRef v = ra->slot_val[s];
        ra->slot_dirty[s] = 0;
        if (!grouped(ra, s) && !ra_is_const(ra, v) && !is_flags_op(ra->r->insns[v].op)) {
            ra->slot_mem[s] = v;
            if (ra->val[v].mem == RA_NOWHERE) {
                ra->val[v].mem = RA_SLOT;
                ra->val[v].where = s;
            }
        }
    }
    ra->n_dirty = 0;
    ra->snap_ok = false;
}

/* ---- calls ---- */

static void save_slot_values(Ra *ra)
{
    for (unsigned i = 0; i < ra->n_touched; i++) {
        unsigned s = ra->touched[i];
        IrRef v = ra->slot_mem[s];
        if (v && ra->val[v].mem == RA_SLOT && ra->val[v].where == s && ra_lives_on(ra, v)) {
            if (ra->val[v].reg == RA_NO_REG) {
                uint32_t locked = ra->locked;
                ra_use(ra, v);
                ra->locked = locked;
            }
            ra->val[v].mem = RA_NOWHERE;
        }
    }
}

void ra_save_for_call(Ra *ra, bool slots_change)
{
    if (slots_change) {
        save_slot_values(ra);
    }
    for (uint32_t m = ra->host->pool & ~ra->host->saved & ~ra->free; m; m &= m - 1) {
        IrRef v = ra->in_reg[__builtin_ctz(m)];
        RaVal *val = &ra->val[v];
        if (!v || !ra_lives_on(ra, v) || ra_is_const(ra, v)) {
            continue;
        }
        bool dirty = val->is_put && ra->slot_dirty[val->put_slot] &&
                     ra->slot_val[val->put_slot] == v;
        if (val->mem == RA_NOWHERE || (val->mem == RA_SLOT && dirty)) {
            spill(ra, v);
        }
    }
}

void ra_call_made(Ra *ra)
{
    ra->eflags = 0;
    ra->snap_ok = false;
    for (uint32_t m = ra->host->pool & ~ra->host->saved & ~ra->free; m; m &= m - 1) {
        IrRef v = ra->in_reg[__builtin_ctz(m)];
        if (v) {
            drop_reg(ra, v);
        }
    }
}

void ra_forget_slots(Ra *ra)
{
    for (unsigned i = 0; i < ra->n_touched; i++) {
        unsigned s = ra->touched[i];
        ra->slot_val[s] = ra->slot_mem[s] = 0;
        ra->slot_touched[s] = 0;
        g_assert(!ra->slot_dirty[s]);
    }
    ra->n_touched = 0;
}

/* ---- the loop's edges ---- */

void ra_snapshot(Ra *ra)
{
    make_places(ra);
    take_snapshot(ra);
    ra->placing = false;
}

/* The value that slot s holds, or 0: only its memory knows. */
static IrRef held(const Ra *ra, unsigned s)
{
    if (ra->slot_val[s]) {
        return ra->slot_val[s];
    }
    return in_loop(ra) ? ra->home_get[s] : ra->slot_mem[s];
}

/* On the first way to the loop: homes are where values are already, as far as possible. */
static void choose_homes(Ra *ra)
{
    const SlotDef *slots = ra->r->slots;
    for (unsigned k = 0; k < ra->n_homes; k++) {
        unsigned s = ra->homes[k];
        IrRef v = held(ra, s);
        unsigned reg = v ? ra->val[v].reg : RA_NO_REG;
        ra->home_reg[s] = RA_NO_REG;
        if (reg != RA_NO_REG && !(ra->home_regs >> reg & 1)) {
            ra->home_reg[s] = reg;
            ra->home_regs |= 1u << reg;
        }
    }
    for (unsigned k = 0; k < ra->n_homes; k++) {
        unsigned s = ra->homes[k];
        if (ra->home_reg[s] == RA_NO_REG) {
            uint32_t m = reg_class(ra, slots[s].type) & ~ra->home_regs;
            g_assert(m);
            ra->home_reg[s] = __builtin_ctz(m);
            ra->home_regs |= 1u << ra->home_reg[s];
        }
    }
    ra->homes_chosen = true;
}

typedef struct Move {
    uint8_t to, from;           /* unified; from RA_NO_REG: `arg` says where */
    IrType  type;
    HostArg arg;
} Move;

static Move move_home(Ra *ra, unsigned s)
{
    IrRef v = held(ra, s);
    Move m = { .to = ra->home_reg[s], .from = RA_NO_REG, .type = ra->r->slots[s].type };
    if (v && ra->slot_dirty[s] && ra->val[v].reg == RA_NO_REG) {
        m.arg = ra_where(ra, v);
    } else if (v && ra->val[v].reg != RA_NO_REG) {
        m.from = ra->val[v].reg;
    } else {
        m.arg = (HostArg){ .kind = HOST_MEM, .disp = slot_offset(ra, s) };
    }
    return m;
}

static bool is_source(const Move *m, unsigned n, unsigned reg)
{
    for (unsigned i = 0; i < n; i++) {
        if (m[i].from == reg) {
            return true;
        }
    }
    return false;
}

/* Register to register, all at once: first what overwrites no source; a cycle by the scratch. */
static void move_registers(Ra *ra, Move *m, unsigned n)
{
    while (n) {
        unsigned i = 0;
        while (i < n && is_source(m, n, m[i].to)) {
            i++;
        }
        if (i == n) {
            unsigned from = m[0].from, scratch = ra->host->scratch[from >= RA_VEC];
            ra->host->move(ra, m[0].type, scratch & 15, from & 15);
            m[0].from = scratch;
            continue;
        }
        ra->host->move(ra, m[i].type, m[i].to & 15, m[i].from & 15);
        m[i] = m[--n];
    }
}

static void load_home(Ra *ra, const Move *m)
{
    if (m->arg.kind == HOST_IMM) {
        ra->host->load_const(ra, m->type, m->to & 15, m->arg.imm);
    } else {
        ra->host->load(ra, m->type, m->to & 15, m->arg.in_frame, m->arg.disp);
    }
}

void ra_enter_loop(Ra *ra)
{
    Move all[RA_N_REGS], regs[RA_N_REGS];
    unsigned n_regs = 0;
    if (!ra->homes_chosen) {
        choose_homes(ra);
    }
    for (unsigned k = 0; k < ra->n_homes; k++) {
        all[k] = move_home(ra, ra->homes[k]);
        if (all[k].from != RA_NO_REG && all[k].from != all[k].to) {
            regs[n_regs++] = all[k];
        }
    }
    /* One that stays where it is must not be overwritten: no home has two slots. */
    move_registers(ra, regs, n_regs);
    for (unsigned k = 0; k < ra->n_homes; k++) {
        if (all[k].from == RA_NO_REG) {
            load_home(ra, &all[k]);
        }
    }
}

/* At the loop's head the homes hold their values. */
static void begin_loop(Ra *ra)
{
    for (unsigned k = 0; k < ra->n_homes; k++) {
        unsigned s = ra->homes[k];
        IrRef v = ra->home_get[s];
        if (!ra->val[v].last) {
            continue;
        }
        set_reg(ra, v, ra->home_reg[s]);
        if (!ra->home_changes[s] && !grouped(ra, s)) {
            touch(ra, s);
            ra->slot_mem[s] = v;
            ra->val[v].mem = RA_SLOT;
            ra->val[v].where = s;
        }
    }
}

/* ---- forward ---- */

static void do_get(Ra *ra, IrRef v, const IrInsn *in)
{
    unsigned s = in->imm;
    RaVal *val = &ra->val[v];
    touch(ra, s);
    val->mem = RA_SLOT;
    val->where = s;
    if (grouped(ra, s)) {
        ra_use(ra, v);                  /* another view may be stored over it */
        val->mem = RA_NOWHERE;
        return;
    }
    displace(ra, s, v);
    ra->slot_mem[s] = v;
}

static void do_put(Ra *ra, const IrInsn *in)
{
    unsigned s = in->imm;
    touch(ra, s);
    ra->slot_val[s] = in->a;
    ra->snap_ok = false;
    if (ra->slot_dirty[s]) {
        undirty(ra, s);
    }
    if (ra->slot_mem[s] == in->a && !grouped(ra, s)) {
        return;                         /* its memory holds just that */
    }
    ra->slot_dirty[s] = 1;
    ra->dirty[ra->n_dirty++] = s;
    ra->val[in->a].is_put = true;
    ra->val[in->a].put_slot = s;
}

static bool fits_imm32(uint64_t imm, IrType t)
{
    return t == IR_I32 || (int64_t)imm == (int32_t)imm;
}

static void get_arg(Ra *ra, HostInsn *h, unsigned k, IrRef v, unsigned allowed)
{
    HostArg *a = &h->arg[k];
    RaVal *val = &ra->val[v];
    IrType t = ra_type(ra, v);
    a->ref = v;
    if (allowed & (RA_F | RA_X)) {
        a->kind = allowed & RA_F ? HOST_COND : HOST_NONE;
        return;
    }
    if ((allowed & RA_E) && ra_is_const(ra, v) && fits_imm32(ra->r->insns[v].imm, t)) {
        a->kind = HOST_IMM;
        a->imm = ra->r->insns[v].imm;
        return;
    }
    if ((allowed & RA_M) && val->reg == RA_NO_REG && !ra_is_const(ra, v) &&
        (val->last == ra->pos || val->next == RA_NEVER)) {
        *a = ra_where(ra, v);
        return;
    }
    a->kind = HOST_REG;
    a->reg = ra_use(ra, v) & 15;
}

static void swap_args(const IrInsn *in, HostArg *a)
{
    HostArg t = a[0];
    a[0] = a[1];
    a[1] = t;
}

static inline bool dies(const Ra *ra, IrRef v)
{
    return ra->val[v].last <= ra->pos;
}

/* The register where h's result is wanted in the end, if it is free; shared: or of an operand that
 * dies here, which is released then. */
static uint32_t home_hint(Ra *ra, const HostInsn *h, bool shared, uint32_t class)
{
    unsigned home = ra->val[h->ref].home;
    if (home == RA_NO_REG || !(class >> home & 1)) {
        return 0;
    }
    uint32_t bit = 1u << home;
    IrRef v = ra->in_reg[home];
    for (unsigned k = 0; k < 3 && v && shared; k++) {
        if (h->arg[k].kind == HOST_REG && h->arg[k].ref == v && dies(ra, v)) {
            ra->locked &= ~bit;
            release(ra, v);
            return bit;
        }
    }
    return ra->free & ~ra->locked & bit;
}

/* The result's register, and with rule 0 the first operand moved into it. */
static void get_out(Ra *ra, HostInsn *h, const RaRule *rule)
{
    IrType t = ra_type(ra, h->ref);
    uint32_t class = reg_class(ra, t);
    HostArg *a = h->arg;
    unsigned base = reg_base(t);

    if (rule->arg[0] & RA_0) {
        if (ir_ops[h->in->op].commutes && a[1].kind == HOST_REG && dies(ra, a[1].ref) &&
            !dies(ra, a[0].ref)) {
            swap_args(h->in, a);
        }
        if (dies(ra, a[0].ref)) {
            unsigned reg = base + a[0].reg;
            IrRef v = a[0].ref;
            release(ra, v);
            set_reg(ra, h->ref, reg);
        } else {
            uint32_t hint = home_hint(ra, h, false, class);
            unsigned reg = take(ra, hint ? hint : class, ra->pos + 1);
            ra->host->move(ra, ra_type(ra, a[0].ref), reg & 15, a[0].reg);
            a[0].reg = reg & 15;
            set_reg(ra, h->ref, reg);
        }
    } else {
        uint32_t hint = home_hint(ra, h, !rule->early, class);
        if (!rule->early && !hint) {
            for (unsigned k = 0; k < 3; k++) {
                if (a[k].kind == HOST_REG && dies(ra, a[k].ref) &&
                    ra->val[a[k].ref].reg != RA_NO_REG) {
                    uint32_t bit = 1u << ra->val[a[k].ref].reg;
                    ra->locked &= ~bit;
                    hint |= bit & class;
                    release(ra, a[k].ref);
                }
            }
        }
        set_reg(ra, h->ref, take(ra, hint ? hint : class, ra->pos + 1));
    }
    h->out = ra->val[h->ref].reg & 15;
    ra->locked |= 1u << ra->val[h->ref].reg;
}

static void release_dead(Ra *ra, const IrInsn *in, unsigned n)
{
    const IrRef arg[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < n; k++) {
        IrRef v = arg[k];
        if (v && v != ra->pos && dies(ra, v) && ra->val[v].last) {
            release(ra, v);
        }
    }
}

static inline void consume(Ra *ra, unsigned i, unsigned k, IrRef v)
{
    ra->val[v].next = ra->use_next[i][k];
}

static void do_op(Ra *ra, unsigned i, const IrInsn *in)
{
    const RaRule *rule = &ra->host->rules[in->op];
    const IrOpInfo *info = &ir_ops[in->op];
    bool typed = in->op != IR_exit_if;      /* its type is a condition */
    HostInsn h = { .in = in, .ref = i, .width = typed ? ir_type_bits(in->type) : 0 };
    const IrRef ref[3] = { in->a, in->b, in->c };
    int flags = -1;

    if (ir_may_leave(in) && in->op != IR_call) {
        make_places(ra);
    }
    for (unsigned k = 0; k < info->n_args; k++) {
        if (rule->arg[k] && ref[k]) {
            consume(ra, i, k, ref[k]);
            get_arg(ra, &h, k, ref[k], rule->arg[k]);
            if (rule->arg[k] & RA_F) {
                flags = k;
            }
        }
    }
    if (flags >= 0) {
        ra->flags_busy = true;
        h.arg[flags].reg = ra->host->prepare_flags(ra, ref[flags], condition_of(in));
    }
    if (rule->clobbers && flags < 0) {
        ra->eflags = 0;
    }
    if (ir_may_leave(in) && in->op != IR_call) {
        take_snapshot(ra);              /* before operands that die here give up their registers */
    }
    if (info->has_result && rule->out && rule->out[0] && in->type != IR_VOID) {
        get_out(ra, &h, rule);
    }
    rule->emit(ra, &h);
    if (rule->clobbers && flags >= 0) {
        ra->eflags = 0;
    }
    ra->flags_busy = ra->placing = false;
    ra->locked = 0;
    release_dead(ra, in, info->n_args);
    if (ra->val[i].reg != RA_NO_REG && ra->val[i].last == 0) {
        release(ra, i);
    }
}

static void start_block(Ra *ra)
{
    memset(ra->in_reg, 0, sizeof(ra->in_reg));
    for (unsigned i = 0; i < ra->n_touched; i++) {
        unsigned s = ra->touched[i];
        ra->slot_val[s] = ra->slot_mem[s] = 0;
        ra->slot_touched[s] = ra->slot_dirty[s] = 0;
    }
    ra->n_touched = ra->n_dirty = 0;
    ra->free = ra->host->pool;
    ra->locked = 0;
    ra->eflags = 0;
    ra->snap_ok = false;
    ra->n_free_spill[0] = ra->n_free_spill[1] = 0;
    ra->n_spill[0] = ra->n_spill[1] = 0;
}

static void forward(Ra *ra, unsigned first, unsigned end)
{
    IrRegion *r = ra->r;
    for (unsigned i = first; i < end && !ra->failed; i++) {
        const IrInsn *in = &r->insns[i];
        ra->pos = i;
        switch (in->op) {
        case IR_nop:
        case IR_const:
            break;
        case IR_arg:
            consume(ra, i, 0, in->a);
            break;
        case IR_insn:
            ra->pc = in->imm;
            ra->aux = in->a;
            ra->n_insn++;
            break;
        case IR_put:
            do_put(ra, in);
            break;
        case IR_get:
            if (ra->val[i].last && ra->val[i].reg == RA_NO_REG) {
                do_get(ra, i, in);
                ra->locked = 0;
            }
            break;
        default:
            if (is_flags_op(in->op)) {
                if (ra->val[i].last || ir_ops[in->op].klass == IR_FLOATING) {
                    ra->host->define_flags(ra, i);
                    ra->locked = 0;
                    if (!ra->val[i].keep || !ra->val[i].last) {
                        release_dead(ra, in, ir_ops[in->op].n_args);
                    }
                }
            } else if (ra->val[i].last || ir_ops[in->op].klass != IR_PURE) {
                do_op(ra, i, in);
            }
        }
    }
}

void ra_run(Ra *ra, IrRegion *r)
{
    ra->r = r;
    ra->n_locs = ra->n_flag_locs = ra->n_consts = ra->n_sites = 0;
    ra->n_insn = 0;
    ra->used = 0;
    ra->failed = false;
    ra->val[0].reg = RA_NO_REG;
    find_homes(ra);
    for (unsigned b = 0; b < r->n_blocks; b++) {
        ra->block = b;
        ra->block_end = r->blocks[b].end;
        if (in_loop(ra) && !ra->homes_chosen) {
            return;                     /* no way leads there */
        }
        backward(ra, r->blocks[b].first, r->blocks[b].end);
        start_block(ra);
        if (in_loop(ra)) {
            begin_loop(ra);
        }
        ra->host->block_start(ra, b);
        forward(ra, r->blocks[b].first, r->blocks[b].end);
    }
}
