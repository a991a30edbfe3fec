/* SPDX-License-Identifier: MIT */
/*
 * Removes puts of flags that are overwritten unseen, and cuts the chain of an op that takes C or V
 * over from older flags when nobody asks for C or V: fl_nz(x, f) and fl_nzc(x, c, f) become
 * fl_logic(x).  What that leaves without users goes with dead_values.
 */
#include "tcg/opt/opt.h"

enum { ALL = FL_N | FL_Z | FL_A | FL_P | FL_C | FL_V };

/* The flags that a condition reads. */
static const uint16_t reads[IR_N_CONDS / 2] = {
    FL_Z, FL_C, FL_N, FL_V, FL_C | FL_Z, FL_N | FL_V, FL_N | FL_Z | FL_V, 0, FL_C | FL_Z, FL_P,
};

static uint16_t read_by(unsigned cc)
{
    return reads[cc >> 1];
}

/* Which flags does `in` ask of its operands?  need[i] is what is asked of value i. */
static void ask(IrInsn *in, unsigned i, uint16_t *need)
{
    switch (in->op) {
    case IR_cond:
    case IR_select:
        need[in->a] |= read_by(in->imm);
        break;
    case IR_exit_if:
        need[in->a] |= read_by(in->type);
        break;
    case IR_ldc:
    case IR_stc:
        need[in->c] |= read_by(in->mem.cond);
        break;
    case IR_fl_nz:
        if (need[i] & (FL_C | FL_V)) {
            need[in->b] |= need[i] & (FL_C | FL_V);
        } else {
            *in = (IrInsn){ .op = IR_fl_logic, .type = in->type, .a = in->a };
        }
        break;
    case IR_fl_nzc:
        if (need[i] & (FL_C | FL_V)) {
            need[in->c] |= need[i] & FL_V;
        } else {
            *in = (IrInsn){ .op = IR_fl_logic, .type = in->type, .a = in->a };
        }
        break;
    case IR_fl_inc:
    case IR_fl_dec:
        if (need[i] & FL_C) {
            need[in->c] |= FL_C;
        } else {
            *in = (IrInsn){ .op = in->op == IR_fl_inc ? IR_fl_add : IR_fl_sub, .type = in->type,
                            .a = in->a, .b = in->b };
        }
        break;
    case IR_fl_rol:
    case IR_fl_ror:
        need[in->b] |= need[i] & ~(FL_C | FL_V);
        break;
    case IR_fl_word:
    case IR_put:
    case IR_arg:
        need[in->a] = ALL;
        break;
    case IR_call:
        need[in->a] = need[in->b] = need[in->c] = ALL;
        break;
    }
}

void opt_dead_flags(IrRegion *r)
{
    uint16_t need[IR_MAX_INSNS + IR_SLACK];
    memset(need, 0, r->n_insns * sizeof(need[0]));
    for (unsigned n = 0; n < r->n_blocks; n++) {
        SlotsAhead ahead;
        slots_ahead_init(&ahead, r);
        for (unsigned i = r->blocks[n].end; i-- > r->blocks[n].first; ) {
            IrInsn *in = &r->insns[i];
            if (in->op == IR_put && in->type == IR_FLAGS) {
                if (slots_ahead_put(&ahead, in->imm)) {
                    in->op = IR_nop;
                    continue;
                }
            } else if (in->op == IR_get && in->type == IR_FLAGS) {
                slots_ahead_get(&ahead, in->imm);
            } else if (ir_shows_state(in)) {
                slots_ahead_seen(&ahead);
            }
            ask(in, i, need);
        }
    }
}
