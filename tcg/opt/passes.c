/* SPDX-License-Identifier: MIT */
/* The table of passes, how one is run under -d ir, and what backward passes share. */
#include "tcg/opt/opt.h"
#include "system/log.h"

const IrPass ir_passes[] = {
    { "dead-flags",  opt_dead_flags },
    { "dead-values", opt_dead_values },
    { "merge-tlb",   opt_merge_tlb },
    { "fold",        opt_fold },
    { "peel",        opt_peel },
    { NULL, NULL },
};

/* Classes of effects in bits; the number of operands from the length of the signature. */
enum {
    COMMUTES = 0,
    MARK = OP_KEEP, LOAD = OP_KEEP | OP_SHOWS, STORE = LOAD, ATOMIC = LOAD, CALL = LOAD,
    EXIT = LOAD, SLOT = OP_SLOT, FENCE = OP_KEEP,
    X87 = OP_KEEP,
};
#define N_ARGS(sig) (sizeof(sig) - 1 - (sig[0] == ':' ? 1 : 2))

const uint8_t ir_op_bits[IR_N_OPS] = {
#define VALUE(name, sig, flags, meaning) [IR_##name] = N_ARGS(sig),
#define FLAGS(name, sig, meaning)        [IR_##name] = N_ARGS(sig),
#define FLOAT(name, sig, flags)          [IR_##name] = N_ARGS(sig) | OP_KEEP,
#define FVEC(name, sig)                  [IR_##name] = N_ARGS(sig) | OP_KEEP,
#define EFFECT(name, sig, class)                                                  \
    [IR_##name] = N_ARGS(sig) |                                                   \
                  (IR_##name == IR_tlb ? 0 : IR_##name == IR_arg ? OP_KEEP :      \
                   IR_##name == IR_put ? OP_SLOT | OP_KEEP : class),
#include "tcg/ops.def"
};

void ir_run_pass(IrRegion *r, const IrPass *pass, bool check)
{
    pass->run(r);
    if (log_on(LOG_IR) && (!log_ir_pass || !strcmp(log_ir_pass, pass->name))) {
        fprintf(log_file, "---- after %s\n", pass->name);
        ir_print(r, log_file);
    }
    char *why = check ? ir_verify(r) : NULL;
    if (why) {
        ir_print(r, stderr);
        g_error("pass %s broke the region: %s", pass->name, why);
    }
}

static bool is_over(const SlotsAhead *s, unsigned slot)
{
    const uint8_t *half = s->r->slot_half[slot];
    return s->over[slot] == s->now ||
           (half[0] != IR_NO_SLOT && is_over(s, half[0]) && is_over(s, half[1]));
}

static void set_below(SlotsAhead *s, unsigned slot, uint16_t stamp)
{
    s->over[slot] = stamp;
    if (s->r->slot_half[slot][0] != IR_NO_SLOT) {
        set_below(s, s->r->slot_half[slot][0], stamp);
        set_below(s, s->r->slot_half[slot][1], stamp);
    }
}

bool slots_ahead_put(SlotsAhead *s, unsigned slot)
{
    bool lost = is_over(s, slot);
    set_below(s, slot, s->now);
    return lost;
}

void slots_ahead_get(SlotsAhead *s, unsigned slot)
{
    set_below(s, slot, 0);
    for (unsigned p = s->r->slot_parent[slot]; p != IR_NO_SLOT; p = s->r->slot_parent[p]) {
        s->over[p] = 0;
    }
}
