/* SPDX-License-Identifier: MIT */
/*
 * The builder's slots: random puts and gets of views that overlap, against plain memory.  At each
 * load, where the state may be seen, and at the end, replaying the puts so far must give the
 * memory; before and after dead_values.
 */
#include <string.h>
#include "tcg/build.h"
#include "tcg/opt/opt.h"
#include "tests/ir/slots.h"

enum { STEPS = 60, MAX_SEEN = STEPS + 2 };

typedef struct Memory {
    V128 v[4];
} Memory;

static IrRegion *region;
static IrBuild build;
static Memory entry, now, seen[MAX_SEEN];
static unsigned n_seen;

static unsigned draw(unsigned n)
{
    return g_test_rand_int_range(0, n);
}

static uint8_t *place(Memory *m, unsigned slot)
{
    return (uint8_t *)m + (test_slots[slot].offset - offsetof(TestCpu, v));
}

/* Evaluates a value on the memory that the block was entered with. */
static V128 value_of(IrRef x)
{
    const IrInsn *in = &region->insns[x];
    V128 a = { 0 }, b = { 0 }, v = { 0 };
    if (in->op == IR_get) {
        memcpy(&v, place(&entry, in->imm), ir_type_size(in->type));
        return v;
    }
    a = ir_ops[in->op].n_args > 0 ? value_of(in->a) : a;
    b = ir_ops[in->op].n_args > 1 ? value_of(in->b) : b;
    if (in->op >= IR_vand && in->op <= IR_vsetlane) {
        ir_eval_v128(in, &v, &a, &b);
    } else {
        v.u64[0] = ir_eval_insn(in, a.u64[0], b.u64[0], 0);
    }
    return v;
}

static unsigned random_slot(void)
{
    return SLOT_S0 + draw(TEST_N_SLOTS - SLOT_S0);
}

static void put_step(void)
{
    unsigned slot = random_slot();
    IrType t = test_slots[slot].type;
    IrRef v;
    if (draw(2)) {
        unsigned from;
        do {
            from = random_slot();
        } while (test_slots[from].type != t);
        v = ir_get(&build, from);
    } else {
        v = t == IR_V128 ? ir_opi(&build, IR_vdup, t, ir_i64(&build, g_test_rand_int()), 0, 8) :
            ir_const(&build, t, (uint64_t)g_test_rand_int() * 0x123456789abcd);
    }
    V128 value = value_of(v);
    ir_put(&build, slot, v);
    memcpy(place(&now, slot), &value, ir_type_size(t));
}

static void get_step(void)
{
    unsigned slot = random_slot();
    V128 got = value_of(ir_get(&build, slot));
    if (memcmp(&got, place(&now, slot), ir_type_size(test_slots[slot].type))) {
        g_error("wrong value of %s", test_slots[slot].name);
    }
}

static void build_block(void)
{
    n_seen = 0;
    for (unsigned i = 0; i < 64; i++) {
        place(&entry, SLOT_S0)[i] = g_test_rand_int();
    }
    now = entry;
    ir_begin(&build, region);
    ir_block(&build, 0);
    for (unsigned i = 0; i < STEPS; i++) {
        unsigned what = draw(8);
        if (what < 4) {
            put_step();
        } else if (what < 7) {
            get_step();
        } else {
            ir_ld(&build, IR_I32, ir_get(&build, SLOT_R0), (IrMem){ .size = 4, .align = 1 });
            seen[n_seen++] = now;
        }
    }
    ir_goto(&build, 0);
    seen[n_seen++] = now;
}

/* Each slot's last put, as an exit map has it: a put ends what earlier puts of its bytes said. */
static void replay(void)
{
    Memory m = entry;
    unsigned n = 0;
    for (unsigned i = region->blocks[0].first; i < region->blocks[0].end; i++) {
        const IrInsn *in = &region->insns[i];
        if (in->op == IR_put) {
            V128 v = value_of(in->a);
            memcpy(place(&m, in->imm), &v, ir_type_size(in->type));
        } else if (ir_shows_state(in)) {
            g_assert_cmpmem(&m, sizeof(m), &seen[n], sizeof(m));
            n++;
        }
    }
    g_assert_cmpuint(n, ==, n_seen);
}

static void test_overlap(void)
{
    for (unsigned i = 0; i < 2000; i++) {
        build_block();
        g_autofree char *why = ir_verify(region);
        if (why) {
            ir_print(region, stderr);
            g_error("%s", why);
        }
        replay();
        opt_dead_values(region);
        g_autofree char *after = ir_verify(region);
        g_assert_cmpstr(after, ==, NULL);
        replay();
    }
}

/* A pair of single words that is read as a double and as a quad makes lane ops, no memory. */
static void test_views(void)
{
    ir_begin(&build, region);
    ir_block(&build, 0);
    ir_put(&build, SLOT_D0, ir_get(&build, SLOT_D0 + 2));
    ir_put(&build, SLOT_D0 + 1, ir_get(&build, SLOT_D0 + 3));
    IrRef q = ir_get(&build, SLOT_Q0);
    g_assert_cmpint(ir_type(&build, q), ==, IR_V128);
    g_assert_cmpuint(ir_get(&build, SLOT_D0), ==, ir_get(&build, SLOT_D0 + 2));
    g_assert_cmpuint(ir_get(&build, SLOT_Q0), ==, q);
    ir_put(&build, SLOT_Q0 + 1, q);
    g_assert_cmpuint(ir_get(&build, SLOT_D0 + 2), ==, ir_get(&build, SLOT_D0));
    ir_goto(&build, 0);
}

/* C code that writes slots makes values read before stale, code that only reads does not. */
static void nothing(void) { }

static void test_calls(void)
{
    static const CallDef reads = { "reads", nothing, ":", CALL_READS };
    static const CallDef writes = { "writes", nothing, ":", CALL_WRITES };
    ir_begin(&build, region);
    ir_block(&build, 0);
    IrRef r0 = ir_get(&build, SLOT_R0);
    ir_call0(&build, &reads);
    g_assert_cmpuint(ir_get(&build, SLOT_R0), ==, r0);
    ir_call0(&build, &writes);
    g_assert_cmpuint(ir_get(&build, SLOT_R0), !=, r0);
    ir_goto(&build, 0);
    g_autofree char *why = ir_verify(region);
    g_assert_cmpstr(why, ==, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    region = ir_region_new(test_slots, TEST_N_SLOTS, false);
    g_test_add_func("/ir/build/overlap", test_overlap);
    g_test_add_func("/ir/build/views", test_views);
    g_test_add_func("/ir/build/calls", test_calls);
    int failed = g_test_run();
    ir_region_free(region);
    return failed;
}
