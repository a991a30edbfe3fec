/* SPDX-License-Identifier: MIT */
/*
 * Every op of ops.def that has a meaning, in every backend of this host: random operands, each
 * operand from a slot or a constant, the result into a slot; flags ops with every condition in
 * every consumer.  The judge is ir_eval().
 */
#include <inttypes.h>
#include <string.h>
#include "tests/backends/bench.h"
#include "tests/ir/slots.h"

enum { RUNS = 12, NZCV = FL_N | FL_Z | FL_C | FL_V };

static IrRegion *region;
static IrBuild build;
static State before;
static GRand *rng;

static unsigned draw(unsigned n)
{
    return g_test_rand_int_range(0, n);
}

static IrRef raw(IrInsn in)
{
    if (!ir_ops[in.op].own_type) {
        in.type = ir_ops[in.op].result;
    }
    return ir_append(&build, &in);
}

/* ---- operands: a slot of the type, or a constant; and what they hold ---- */

static IrRef slot_operand(IrType t, unsigned n, V128 *value)
{
    static const uint8_t first[IR_N_TYPES] = {
        [IR_I32] = SLOT_R0, [IR_I64] = SLOT_X0, [IR_FLAGS] = SLOT_FL, [IR_F32] = SLOT_S0,
        [IR_F64] = SLOT_D0 + 4, [IR_V128] = SLOT_Q0 + 2,
    };
    *value = (V128){ .u64 = { 0, 0 } };
    switch (t) {
    case IR_I32:   value->u32[0] = before.r[n]; break;
    case IR_I64:   value->u64[0] = before.x[n]; break;
    case IR_F32:   value->u32[0] = before.v[0].u32[n]; break;
    case IR_F64:   value->u64[0] = before.v[2 + n / 2].u64[n % 2]; break;
    case IR_V128:  *value = before.v[2 + (n & 1)]; n &= 1; break;
    case IR_FLAGS: value->u32[0] = n & 1 ? before.fl2 : before.fl; n &= 1; break;
    default:       g_assert_not_reached();
    }
    return ir_get(&build, first[t] + n);
}

static uint64_t const_value(void)
{
    static const uint64_t values[] = { 0, 1, 2, 5, 31, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x7fffffff,
        0x80000000, 0xffffffff, 0xfffffffe, 0x123456789abcdef0, ~0ull, 1ull << 63, 0x100000000 };
    return values[draw(G_N_ELEMENTS(values))];
}

static IrRef operand(IrType t, unsigned n, bool constant, V128 *value)
{
    if (constant && t != IR_FLAGS && t != IR_V128) {
        uint64_t v = ir_type_size(t) == 4 ? (uint32_t)const_value() : const_value();
        *value = (V128){ .u64 = { v, 0 } };
        return ir_const(&build, t, v);
    }
    return slot_operand(t, n, value);
}

/* A carry: 0 or 1. */
static IrRef carry_operand(bool constant, V128 *value)
{
    *value = (V128){ .u64 = { draw(2), 0 } };
    if (constant) {
        return ir_i32(&build, value->u32[0]);
    }
    before.r[5] = value->u32[0];
    return ir_get(&build, SLOT_R0 + 5);
}

static bool takes_carry(IrOp op, unsigned k)
{
    return (k == 2 && (op == IR_addc || op == IR_subc || op == IR_fl_adc || op == IR_fl_sbb ||
                       op == IR_fl_sbc)) || (k == 1 && op == IR_fl_nzc) ||
           (k && op == IR_fl_nzcv);
}

/* ---- immediates ---- */

static uint64_t draw_imm(IrOp op, IrType t)
{
    unsigned w = t == IR_I64 ? 64 : 32;
    if (op == IR_bfx || op == IR_bfi) {
        unsigned len = 1 + draw(w);
        return draw(w - len + 1) | len << 8;
    }
    if (op == IR_cond || op == IR_select) {
        return draw(IR_PE);
    }
    if (!ir_lane_sizes(op)) {
        return 0;
    }
    unsigned size;
    do {
        size = 1u << draw(4);
    } while (!(ir_lane_sizes(op) & size));
    if (op == IR_vlane || op == IR_vsetlane) {
        size = t == IR_I32 && draw(2) ? 1u << draw(2) : ir_type_size(t);
        return size | draw(16 / size) << 8;
    }
    return size | (op >= IR_vshl && op <= IR_vsar ? draw(size * 8) : 0) << 8;
}

/* ---- one op ---- */

typedef struct Form {
    IrOp   op;
    IrType type;                /* vsetlane: of the value */
} Form;

static V128 expected(const IrInsn *in, const V128 *v)
{
    V128 out = { .u64 = { 0, 0 } };
    if (in->op >= IR_vand && in->op <= IR_vsetlane) {
        ir_eval_v128(in, &out, &v[0], &v[1]);
    } else if (in->op == IR_select) {
        out = ir_cond_holds(in->imm, v[0].u32[0]) ? v[1] : v[2];
    } else {
        out.u64[0] = ir_eval_insn(in, v[0].u64[0], v[1].u64[0], v[2].u64[0]);
    }
    return out;
}

static unsigned result_slot(IrType t)
{
    static const uint8_t slots[IR_N_TYPES] = {
        [IR_I32] = SLOT_R0 + 7, [IR_I64] = SLOT_X0 + 3, [IR_F32] = SLOT_S0 + 7,
        [IR_F64] = SLOT_D0 + 2, [IR_V128] = SLOT_Q0 + 1, [IR_FLAGS] = SLOT_FL2,
    };
    return slots[t];
}

static V128 result_of(const State *s, IrType t)
{
    V128 v = { .u64 = { 0, 0 } };
    switch (t) {
    case IR_I32:   v.u32[0] = s->r[7]; break;
    case IR_I64:   v.u64[0] = s->x[3]; break;
    case IR_F32:   v.u32[0] = s->v[1].u32[3]; break;
    case IR_F64:   v.u64[0] = s->v[1].u64[0]; break;
    case IR_FLAGS: v.u32[0] = s->fl2; break;
    default:       v = s->v[1]; break;
    }
    return v;
}

/* Runs the region in each backend; the result slot must hold `want`. */
static void judge(IrType t, V128 want, const char *what)
{
    g_autofree char *why = ir_verify(region);
    if (why) {
        ir_print(region, stderr);
        g_error("%s", why);
    }
    for (const HostBackend *const *b = bench_backends; *b; b++) {
        State s = before;
        bench_run(*b, region, &s);
        V128 got = result_of(&s, t);
        if (t == IR_FLAGS) {
            want.u32[0] &= NZCV;
        }
        if (memcmp(&got, &want, sizeof(V128))) {
            ir_print(region, stderr);
            g_error("%s in %s: %" PRIx64 ":%" PRIx64 ", not %" PRIx64 ":%" PRIx64, what, (*b)->name,
                    got.u64[1], got.u64[0], want.u64[1], want.u64[0]);
        }
    }
}

static void begin(void)
{
    bench_random_state(&before, rng);
    ir_begin(&build, region);
    ir_block(&build, REGION_PC);
    ir_insn(&build, REGION_PC, 0);
}

static IrRef make(const Form *form, unsigned constants, IrInsn *in, V128 *v)
{
    bool set = form->op == IR_vsetlane;
    *in = (IrInsn){ .op = form->op, .type = set ? IR_V128 : form->type };
    if (!ir_ops[form->op].own_type) {
        in->type = ir_ops[form->op].result;
    }
    in->imm = draw_imm(form->op, form->type);
    IrRef *refs[3] = { &in->a, &in->b, &in->c };
    bool same = draw(8) == 0;
    for (unsigned k = 0; k < ir_ops[form->op].n_args; k++) {
        IrType t = set && k == 1 ? form->type : ir_operand_type(region, in, k);
        bool constant = constants >> k & 1;
        unsigned slot = same ? 0 : k;
        *refs[k] = takes_carry(form->op, k) ? carry_operand(constant || k == 2, &v[k])
                                            : operand(t, slot, constant, &v[k]);
    }
    return raw(*in);
}

static void test_value(gconstpointer data)
{
    const Form *form = data;
    for (unsigned constants = 0; constants < 8; constants++) {
        if (constants >> ir_ops[form->op].n_args) {
            break;
        }
        for (unsigned i = 0; i < RUNS; i++) {
            IrInsn in;
            V128 v[3] = { 0 };
            begin();
            IrRef x = make(form, constants, &in, v);
            IrType t = ir_result_type(&in);
            if (form->op == IR_fl_word) {
                x = ir_and(&build, x, ir_i32(&build, NZCV));
            }
            ir_put(&build, result_slot(t), x);
            ir_goto(&build, REGION_PC + 4);
            V128 want = expected(&in, v);
            if (form->op == IR_fl_word) {
                want.u32[0] &= NZCV;
            }
            judge(t, want, ir_ops[form->op].name);
        }
    }
}

/* ---- flags and their users ---- */

static uint32_t condition_flags(const IrInsn *in, const V128 *v)
{
    return ir_eval_insn(in, v[0].u64[0], v[1].u64[0], v[2].u64[0]);
}

/* Is P defined, too? */
static bool has_parity(IrOp op)
{
    return op == IR_fl_add || op == IR_fl_adc || op == IR_fl_sub || op == IR_fl_sbb ||
           (op >= IR_fl_shl && op <= IR_fl_logic) || (op >= IR_fl_nzcv && op <= IR_fl_dec);
}

static void test_flags(gconstpointer data)
{
    const Form *form = data;
    unsigned n_conds = has_parity(form->op) ? IR_N_CONDS : IR_PE;
    for (unsigned i = 0; i < RUNS * n_conds * 3; i++) {
        IrInsn in;
        V128 v[3] = { 0 }, other;
        unsigned cc = i / 3 % n_conds, user = i % 3;
        begin();
        before.r[7] = 0;
        IrRef f = make(form, draw(8), &in, v);
        IrRef y = operand(IR_I32, 3, draw(2), &other);
        bool holds = ir_cond_holds(cc, condition_flags(&in, v));
        uint64_t want = 0;
        if (user == 0) {
            ir_put(&build, SLOT_R0 + 7, raw((IrInsn){ .op = IR_cond, .a = f, .imm = cc }));
            want = holds;
        } else if (user == 1) {
            IrRef x = ir_get(&build, SLOT_R0 + 4);
            ir_put(&build, SLOT_R0 + 7, raw((IrInsn){ .op = IR_select, .type = IR_I32, .a = f,
                                                      .b = x, .c = y, .imm = cc }));
            want = holds ? before.r[4] : other.u32[0];
        } else {
            ir_put(&build, SLOT_R0 + 7, ir_i32(&build, 1));
            ir_append(&build, &(IrInsn){ .op = IR_exit_if, .type = cc, .a = f,
                                         .imm = REGION_PC + 64 });
            ir_put(&build, SLOT_R0 + 7, ir_i32(&build, 2));
            want = holds ? 1 : 2;
        }
        ir_goto(&build, REGION_PC + 4);
        judge(IR_I32, (V128){ .u64 = { want, 0 } }, ir_ops[form->op].name);
    }
}

/* ---- the list, from ops.def ---- */

static void add(IrOp op, IrType t, GTestDataFunc fn, const char *kind)
{
    Form *form = g_new(Form, 1);
    *form = (Form){ op, t };
    g_autofree char *name = g_strdup_printf("/backends/%s/%s/%s", kind, ir_ops[op].name,
                                            ir_type_names[t]);
    g_test_add_data_func_full(name, form, fn, g_free);
}

static void add_types(IrOp op, const IrType *types, unsigned n, GTestDataFunc fn, const char *kind)
{
    for (unsigned i = 0; i < n; i++) {
        add(op, types[i], fn, kind);
    }
}

static void add_op(IrOp op)
{
    static const IrType narrow[] = { IR_I8, IR_I16 };
    static const IrType ints[] = { IR_I32, IR_I64 }, floats[] = { IR_F32, IR_F64 };
    static const IrType scalars[] = { IR_I32, IR_I64, IR_F32, IR_F64 };
    static const IrType all[] = { IR_I32, IR_I64, IR_F32, IR_F64, IR_V128 };
    bool flags = ir_ops[op].result == IR_FLAGS;
    if (op == IR_fl_pack) {                 /* only packed words of flags are meant for it */
        return;
    }
    if (op == IR_select) {
        add_types(op, all, 5, test_value, "value");
    } else if (op == IR_vlane || op == IR_vsetlane) {
        add_types(op, scalars, 4, test_value, "value");
    } else if (op == IR_fneg || op == IR_fabs) {
        add_types(op, floats, 2, test_value, "value");
    } else if (ir_ops[op].own_type) {
        add_types(op, ints, 2, test_value, "value");
    } else {
        add(op, ir_ops[op].result, test_value, "value");
    }
    if (flags) {
        add_types(op, ints, 2, test_flags, "flags");
        if (ir_takes_narrow(op)) {
            add_types(op, narrow, 2, test_value, "value");
            add_types(op, narrow, 2, test_flags, "flags");
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    bench_init();
    rng = g_rand_new_with_seed(g_test_rand_int());
    region = ir_region_new(test_slots, TEST_N_SLOTS, false);
    for (unsigned op = IR_add; op <= IR_vsetlane; op++) {
        if (ir_ops[op].klass == IR_PURE) {
            add_op(op);
        }
    }
    int failed = g_test_run();
    ir_region_free(region);
    g_rand_free(rng);
    return failed;
}
