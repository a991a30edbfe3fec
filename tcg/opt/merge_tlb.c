/* SPDX-License-Identifier: MIT */
/*
 * Accesses off one base value with constant displacements share one TLB probe: `tlb` before the
 * first of them checks the whole span and gives the host addend, `ldh` and `sth` use it.  Where it
 * is 0 (a miss that cannot be filled, a device, a page crossing, misalignment) each goes its slow
 * way and faults by itself, in order.
 *
 *     %1 = ld.i32 %0+4 ...          %1 = tlb %0+4 read span=8 ...
 *     %2 = ld.i32 %0+8 ...    ->    %2 = ldh.i32 %0+4, %1 ...
 *                                   %3 = ldh.i32 %0+8, %1 ...
 *
 * Loads and stores have tables of their own, so they are grouped apart.  C code that sees the state
 * may change the mapping and ends all groups.  Conditional accesses and atomics stay as they are.
 */
#include "tcg/opt/opt.h"

enum {
    MIN_ACCESSES = 2,
    MAX_SPAN     = 240,
    MAX_GROUPS   = 250,         /* of a region; what is beyond is not merged */
    N_OPEN       = 8,           /* groups looked at, the newest */
};

typedef struct Group {
    IrRef    base, tlb;
    uint16_t first;             /* its first access */
    uint16_t n;
    uint8_t  mmu, write, align;
    int32_t  lo, hi;            /* bytes off the base */
} Group;

typedef struct Merge {
    IrRegion *r;
    Group     groups[MAX_GROUPS + 1];       /* number 0 is none */
    unsigned  n_groups, oldest_open, n_inserted;
    uint8_t   group_of[IR_MAX_INSNS + IR_SLACK];
} Merge;

/* Does it need the right to write? */
static bool writes(const IrInsn *in)
{
    return in->op == IR_st || in->mem.write;
}

/* Takes the access into the group, if it fits. */
static bool join(Group *g, const IrInsn *in)
{
    IrMem m = in->mem;
    int64_t lo = MIN(g->lo, m.disp), hi = MAX(g->hi, (int64_t)m.disp + m.size);
    uint8_t align = MAX(g->align, m.align);
    if (g->base != in->a || g->mmu != m.mmu || g->write != writes(in) ||
        hi - lo > MAX_SPAN || hi > INT32_MAX) {
        return false;
    }
    /* One check of the alignment must do for all. */
    if (align > 1 && (g->align != m.align || (g->lo - m.disp) & (align - 1))) {
        return false;
    }
    g->lo = lo;
    g->hi = hi;
    g->n++;
    return true;
}

static unsigned open_group(Merge *s, unsigned i)
{
    const IrInsn *in = &s->r->insns[i];
    if (s->n_groups == MAX_GROUPS || in->mem.align > 8 ||
        in->mem.disp > INT32_MAX - 16) {
        return 0;
    }
    s->groups[++s->n_groups] = (Group){
        .base = in->a, .first = i, .n = 1, .mmu = in->mem.mmu, .write = writes(in),
        .align = in->mem.align, .lo = in->mem.disp, .hi = in->mem.disp + in->mem.size,
    };
    return s->n_groups;
}

static unsigned find_group(Merge *s, unsigned i)
{
    for (unsigned g = s->n_groups; g >= s->oldest_open && g + N_OPEN > s->n_groups && g; g--) {
        if (join(&s->groups[g], &s->r->insns[i])) {
            s->n_inserted += s->groups[g].n == MIN_ACCESSES;
            return g;
        }
    }
    return open_group(s, i);
}

static void find_groups(Merge *s, const IrBlock *block)
{
    s->oldest_open = s->n_groups + 1;
    for (unsigned i = block->first; i < block->end; i++) {
        const IrInsn *in = &s->r->insns[i];
        s->group_of[i] = 0;
        if (in->op == IR_ld || in->op == IR_st) {
            s->group_of[i] = find_group(s, i);
        } else if (in->op == IR_call && in->call->flags) {
            s->oldest_open = s->n_groups + 1;
        }
    }
}

/* ---- the region written anew ---- */

static IrInsn probe(const Group *g, const IrRef *to)
{
    return (IrInsn){
        .op = IR_tlb, .type = IR_I64, .a = to[g->base],
        .mem = { .disp = g->lo, .size = 1, .align = g->align, .mmu = g->mmu, .write = g->write,
                 .span5 = (g->hi - g->lo + 7) / 8 },
    };
}

static void rewrite(Merge *s)
{
    IrRef to[IR_MAX_INSNS + IR_SLACK];
    IrRegion *r = s->r;
    unsigned next = 1;
    to[0] = 0;
    r->spare[0] = r->insns[0];
    for (unsigned n = 0; n < r->n_blocks; n++) {
        IrBlock *block = &r->blocks[n];
        unsigned first = next;
        for (unsigned i = block->first; i < block->end; i++) {
            Group *g = &s->groups[s->group_of[i]];
            bool merged = g->n >= MIN_ACCESSES;
            if (merged && g->first == i) {
                g->tlb = next;
                r->spare[next++] = probe(g, to);
            }
            IrInsn *out = &r->spare[next];
            ir_move(out, &r->insns[i], to);
            if (merged) {
                out->op = out->op == IR_ld ? IR_ldh : IR_sth;
                out->c = g->tlb;
            }
            to[i] = next++;
        }
        block->first = first;
        block->end = next;
    }
    IrInsn *old = r->insns;
    r->insns = r->spare;
    r->spare = old;
    r->n_insns = next;
}

void opt_merge_tlb(IrRegion *r)
{
    Merge s;
    s.r = r;
    s.n_groups = s.n_inserted = 0;
    s.groups[0].n = 0;
    for (unsigned n = 0; n < r->n_blocks; n++) {
        find_groups(&s, &r->blocks[n]);
    }
    if (s.n_inserted && r->n_insns + s.n_inserted < IR_MAX_INSNS + IR_SLACK) {
        rewrite(&s);
    }
}
