/* SPDX-License-Identifier: MIT */
/*
 * Sends a region through the builder once more: what other passes made possible is folded, gets
 * behind puts disappear, addresses are split again.
 */
#include "tcg/build.h"
#include "tcg/opt/opt.h"

static IrRef again(IrBuild *b, const IrInsn *old, const IrRef *to)
{
    IrInsn in;
    ir_move(&in, old, to);
    switch (in.op) {
    case IR_nop:
        return 0;
    case IR_const:
        return ir_const(b, in.type, in.imm);
    case IR_get:
        return ir_get(b, in.imm);
    case IR_put:
        ir_put(b, in.imm, in.a);
        return 0;
    case IR_ld:
        return ir_ld(b, in.type, in.a, in.mem);
    case IR_st:
        ir_st(b, in.a, in.b, in.mem);
        return 0;
    case IR_ldc:
        return ir_ld_if(b, in.mem.cond, in.c, in.type, in.a, in.b, in.mem);
    case IR_stc:
        ir_st_if(b, in.mem.cond, in.c, in.a, in.b, in.mem);
        return 0;
    case IR_exit_if:
        if (!in.b) {
            ir_exit_if(b, in.type, in.a, in.imm);
            return 0;
        }
        return ir_append(b, &in);
    default:
        return ir_ops[in.op].klass == IR_PURE || ir_ops[in.op].klass == IR_FLOATING ?
               ir_value(b, in) : ir_append(b, &in);
    }
}

void opt_fold(IrRegion *r)
{
    IrRef to[IR_MAX_INSNS + IR_SLACK];
    IrInsn *old = r->insns;
    IrBlock blocks[IR_MAX_BLOCKS];
    unsigned n_blocks = r->n_blocks;
    bool has_loop = r->has_loop;
    IrBuild b = { .ended = true };

    memcpy(blocks, r->blocks, n_blocks * sizeof(blocks[0]));
    r->insns = r->spare;
    r->spare = old;
    to[0] = 0;
    ir_begin(&b, r);
    for (unsigned n = 0; n < n_blocks; n++) {
        ir_block(&b, blocks[n].pc);
        for (unsigned i = blocks[n].first; i < blocks[n].end; i++) {
            to[i] = again(&b, &old[i], to);
        }
    }
    r->has_loop = has_loop;
}
