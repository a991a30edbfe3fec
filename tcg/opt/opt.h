/* SPDX-License-Identifier: MIT */
/*
 * The passes.  Each is a file in tcg/opt/, takes a well-formed region and leaves one, in time
 * linear in its size and without allocation.  docs/ir.md says in which order they pay.
 */
#ifndef TCG_OPT_OPT_H
#define TCG_OPT_OPT_H

#include <string.h>
#include "tcg/ir.h"

typedef struct IrPass {
    const char *name;           /* as in -d ir:<name> */
    void      (*run)(IrRegion *r);
} IrPass;

extern const IrPass ir_passes[];        /* ends with a NULL name */

void opt_fold(IrRegion *r);             /* the builder's rewrites once more */
void opt_merge_tlb(IrRegion *r);        /* accesses off one base share a TLB probe */
void opt_peel(IrRegion *r);             /* a loop with slots in registers; nothing may follow it */
void opt_dead_flags(IrRegion *r);       /* flags that nothing can see, and what only they need */
void opt_dead_values(IrRegion *r);      /* values without users, puts that are overwritten unseen */

/* Runs a pass; prints the region when -d ir asks for it, verifies it when `check`.  A region that a
 * pass has broken stops the program and names the pass. */
void ir_run_pass(IrRegion *r, const IrPass *pass, bool check);

/* ---- shared by passes that walk a block backward ---- */

/* Slots that are put again further on, with nothing in between that can see them. */
typedef struct SlotsAhead {
    const IrRegion *r;
    uint16_t        now;
    uint16_t        over[IR_MAX_SLOTS];     /* == now: put again */
} SlotsAhead;

static inline void slots_ahead_init(SlotsAhead *s, const IrRegion *r)
{
    s->r = r;
    s->now = 1;
    memset(s->over, 0, r->n_slots * sizeof(s->over[0]));
}

/* Everything can be seen here. */
static inline void slots_ahead_seen(SlotsAhead *s)
{
    s->now++;
}

/* Every put of the slot before here is lost; was it already, for later puts? */
bool slots_ahead_put(SlotsAhead *s, unsigned slot);
/* The slot is read here. */
void slots_ahead_get(SlotsAhead *s, unsigned slot);

/* What walks over all ops ask of each, in a byte: the number of operands, and */
enum {
    OP_ARGS  = 3,
    OP_KEEP  = 1 << 2,      /* stays when its value is not used */
    OP_SHOWS = 1 << 3,      /* C code or the world may see the slots here (call: if it has flags) */
    OP_SLOT  = 1 << 4,      /* get, put */
};
extern const uint8_t ir_op_bits[IR_N_OPS];

/* May C code or the world see the slots at this op? */
static inline bool ir_shows_state(const IrInsn *in)
{
    return ir_op_bits[in->op] & OP_SHOWS && (in->op != IR_call || in->call->flags);
}

/* Copies an instruction; its operands are where `to` says. */
static inline void ir_move(IrInsn *out, const IrInsn *in, const IrRef *to)
{
    unsigned n = ir_op_bits[in->op] & OP_ARGS;
    *out = *in;
    if (n) {
        out->a = to[out->a];
        if (n > 1) {
            out->b = to[out->b];
            if (n > 2) {
                out->c = to[out->c];
            }
        }
    }
}

#endif
