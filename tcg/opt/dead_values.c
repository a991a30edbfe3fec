/* SPDX-License-Identifier: MIT */
/*
 * Removes puts that a later put of the same slot overwrites before anything can see them, then
 * values that nothing uses, and closes the gaps.
 *
 * Floating-point arithmetic stays even when unused: it leaves sticky flags.  So do loads: they may
 * fault or reach a device.
 */
#include "tcg/opt/opt.h"

/* Is the put or get dead after all?  Notes it if not. */
static bool slot_is_dead(SlotsAhead *ahead, const IrInsn *in)
{
    if (in->op == IR_put) {
        return slots_ahead_put(ahead, in->imm);
    }
    slots_ahead_get(ahead, in->imm);
    return false;
}

static void sweep(IrRegion *r, const IrBlock *block, uint8_t *used)
{
    SlotsAhead ahead;
    slots_ahead_init(&ahead, r);
    for (unsigned i = block->end; i-- > block->first; ) {
        IrInsn *in = &r->insns[i];
        unsigned bits = ir_op_bits[in->op];
        if ((!used[i] && !(bits & OP_KEEP)) || (bits & OP_SLOT && slot_is_dead(&ahead, in))) {
            in->op = IR_nop;
            continue;
        }
        if (ir_shows_state(in)) {
            slots_ahead_seen(&ahead);
        }
        unsigned n = bits & OP_ARGS;
        if (n) {
            used[in->a] = 1;
            if (n > 1) {
                used[in->b] = 1;
                if (n > 2) {
                    used[in->c] = 1;
                }
            }
        }
    }
}

/* Moves what is left together. */
static void close_gaps(IrRegion *r)
{
    IrRef to[IR_MAX_INSNS + IR_SLACK];
    unsigned next = 1;
    to[0] = 0;
    for (unsigned n = 0; n < r->n_blocks; n++) {
        IrBlock *block = &r->blocks[n];
        unsigned first = next;
        for (unsigned i = block->first; i < block->end; i++) {
            if (r->insns[i].op != IR_nop) {
                ir_move(&r->insns[next], &r->insns[i], to);
                to[i] = next++;
            }
        }
        block->first = first;
        block->end = next;
    }
    r->n_insns = next;
}

void opt_dead_values(IrRegion *r)
{
    uint8_t used[IR_MAX_INSNS + IR_SLACK];
    memset(used, 0, r->n_insns);
    for (unsigned n = 0; n < r->n_blocks; n++) {
        sweep(r, &r->blocks[n], used);
    }
    close_gaps(r);
}
