/* SPDX-License-Identifier: MIT */
/*
 * Removes puts that a later put of the same slot overwrites before anything can see them, then
 * values that nothing uses, and closes the gaps.
 *
 * Floating-point arithmetic stays even when unused: it leaves sticky flags.  So do loads: they may
 * fault or reach a device.
 */
#include "tcg/opt/opt.h"

static bool has_effect(const IrInsn *in)
{
    unsigned klass = ir_ops[in->op].klass;
    return klass != IR_PURE && in->op != IR_get && in->op != IR_tlb && in->op != IR_nop;
}

static void sweep(IrRegion *r, const IrBlock *block, uint8_t *used)
{
    SlotsAhead ahead;
    slots_ahead_init(&ahead, r);
    for (unsigned i = block->end; i-- > block->first; ) {
        IrInsn *in = &r->insns[i];
        if (!used[i] && !has_effect(in)) {
            in->op = IR_nop;
            continue;
        }
        if (in->op == IR_put) {
            if (slots_ahead_put(&ahead, in->imm)) {
                in->op = IR_nop;
                continue;
            }
        } else if (in->op == IR_get) {
            slots_ahead_get(&ahead, in->imm);
        } else if (ir_shows_state(in)) {
            slots_ahead_seen(&ahead);
        }
        switch (ir_ops[in->op].n_args) {
        case 3: used[in->c] = 1; /* fall through */
        case 2: used[in->b] = 1; /* fall through */
        case 1: used[in->a] = 1;
        }
    }
}

/* Moves what is left together. */
static void close_gaps(IrRegion *r)
{
    static __thread IrRef to[IR_MAX_INSNS + IR_SLACK];
    unsigned next = 1;
    to[0] = 0;
    for (unsigned n = 0; n < r->n_blocks; n++) {
        IrBlock *block = &r->blocks[n];
        unsigned first = next;
        for (unsigned i = block->first; i < block->end; i++) {
            IrInsn in = r->insns[i];
            if (in.op == IR_nop) {
                continue;
            }
            switch (ir_ops[in.op].n_args) {
            case 3: in.c = to[in.c]; /* fall through */
            case 2: in.b = to[in.b]; /* fall through */
            case 1: in.a = to[in.a];
            }
            to[i] = next;
            r->insns[next++] = in;
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
