/* SPDX-License-Identifier: MIT */
/*
 * A region's memory, and the tree of slots that overlap.
 *
 * Slots of one group overlap by offset and size.  Where a slot has narrower ones inside it, two of
 * them are its halves (q0 is d0 and d1, d0 is s0 and s1); the builder relies on it to take a wide
 * slot apart and to put it together.
 */
#include "tcg/ir.h"

static const uint8_t type_size[IR_N_TYPES] = {
    [IR_I32] = 4, [IR_I64] = 8, [IR_F32] = 4, [IR_F64] = 8, [IR_V128] = 16, [IR_FLAGS] = 4,
};

unsigned ir_type_size(IrType t)
{
    return type_size[t];
}

/* The slot of s's group at offset with a size, or IR_NO_SLOT. */
static unsigned find_view(const IrRegion *r, unsigned s, uint32_t offset, unsigned size)
{
    for (unsigned i = 0; i < r->n_slots; i++) {
        const SlotDef *d = &r->slots[i];
        if (d->group == r->slots[s].group && d->offset == offset && type_size[d->type] == size) {
            return i;
        }
    }
    return IR_NO_SLOT;
}

/* Every overlap of two slots must be in the tree. */
static bool tree_is_complete(const IrRegion *r, unsigned s, unsigned t)
{
    const SlotDef *a = &r->slots[s], *b = &r->slots[t];
    bool overlap = a->offset < b->offset + type_size[b->type] &&
                   b->offset < a->offset + type_size[a->type];
    return !overlap || ir_slot_within(r, s, t) || ir_slot_within(r, t, s);
}

static void make_slot_tree(IrRegion *r)
{
    memset(r->slot_parent, IR_NO_SLOT, sizeof(r->slot_parent));
    memset(r->slot_half, IR_NO_SLOT, sizeof(r->slot_half));
    for (unsigned s = 0; s < r->n_slots; s++) {
        const SlotDef *d = &r->slots[s];
        unsigned half = type_size[d->type] / 2;
        if (!d->group || half < 4) {
            continue;
        }
        unsigned lo = find_view(r, s, d->offset, half);
        unsigned hi = find_view(r, s, d->offset + half, half);
        if (lo != IR_NO_SLOT && hi != IR_NO_SLOT) {
            r->slot_half[s][0] = lo;
            r->slot_half[s][1] = hi;
            r->slot_parent[lo] = r->slot_parent[hi] = s;
        }
    }
    for (unsigned s = 0; s < r->n_slots; s++) {
        for (unsigned t = 0; t < s && r->slots[s].group; t++) {
            g_assert(r->slots[t].group != r->slots[s].group || tree_is_complete(r, s, t));
        }
    }
}

IrRegion *ir_region_new(const SlotDef *slots, unsigned n_slots, bool wide)
{
    g_assert(n_slots <= IR_MAX_SLOTS);
    IrRegion *r = g_new0(IrRegion, 1);
    r->insns = g_new0(IrInsn, IR_MAX_INSNS + IR_SLACK);
    r->spare = g_new0(IrInsn, IR_MAX_INSNS + IR_SLACK);
    r->slots = slots;
    r->n_slots = n_slots;
    r->wide = wide;
    r->n_insns = 1;
    make_slot_tree(r);
    return r;
}

void ir_region_free(IrRegion *r)
{
    if (r) {
        g_free(r->insns);
        g_free(r->spare);
        g_free(r);
    }
}
