/* SPDX-License-Identifier: MIT */
/*
 * Every row of the rewrite table: draws operands of the row's shape, lets the row make its
 * replacement, and evaluates both sides on random register contents.
 */
#include <inttypes.h>
#include <string.h>
#include "tcg/fold.h"
#include "tests/ir/slots.h"

static IrRegion *region;
static IrBuild build;
static V128 contents[TEST_N_SLOTS];

static uint64_t draw64(void)
{
    static const uint64_t special[] = { 0, 1, 2, 0xff, 0xffff, 0x80, 0x8000, 31, 32, 63, ~0ull,
                                        0x80000000, 0x7fffffff, 0xffffffff, 1ull << 63, 64 };
    uint32_t kind = g_test_rand_int_range(0, 3);
    uint64_t v = (uint64_t)(uint32_t)g_test_rand_int() << 32 | (uint32_t)g_test_rand_int();
    return kind == 0 ? special[g_test_rand_int_range(0, G_N_ELEMENTS(special))] :
           kind == 1 ? 1ull << (v & 63) : v;
}

static unsigned draw(unsigned n)
{
    return g_test_rand_int_range(0, n);
}

/* ---- operands ---- */

static IrRef raw(IrInsn in)
{
    if (!ir_ops[in.op].own_type) {
        in.type = ir_ops[in.op].result;
    }
    return ir_append(&build, &in);
}

static IrRef slot_of(IrType t)
{
    static const uint8_t first[IR_N_TYPES] = {
        [IR_I32] = SLOT_R0, [IR_I64] = SLOT_X0, [IR_FLAGS] = SLOT_FL, [IR_F32] = SLOT_S0,
        [IR_F64] = SLOT_D0, [IR_V128] = SLOT_Q0,
    };
    return ir_get(&build, first[t] + draw(2));
}

static IrRef operand_made_by(IrOp op, IrType t, unsigned depth);

static IrRef operand(IrType t, unsigned depth)
{
    bool scalar = t != IR_FLAGS && t != IR_V128;
    if (scalar && draw(3) == 0) {
        return ir_const(&build, t, draw64());
    }
    if (depth && t == IR_FLAGS && draw(2)) {
        static const uint8_t makers[] = { IR_fl_nz, IR_fl_nzc, IR_fl_pack, IR_fl_cmp, IR_fl_logic };
        return operand_made_by(makers[draw(5)], IR_I32, 0);
    }
    if (depth && draw(3) == 0) {
        static const uint8_t narrow[] = { IR_zext8, IR_zext16, IR_sext8, IR_and, IR_shr, IR_clz };
        return t == IR_I32 || t == IR_I64 ? operand_made_by(narrow[draw(6)], t, 0) : slot_of(t);
    }
    return slot_of(t);
}

static uint64_t draw_imm(IrOp op, IrType t)
{
    unsigned w = t == IR_I64 ? 64 : 32;
    if (op == IR_bfx || op == IR_bfi) {
        unsigned len = draw(4) ? 1 + draw(w) : draw(2) ? w : 8;
        return (len == w ? 0 : draw(w - len + 1)) | len << 8;
    }
    if (op == IR_cond || op == IR_select) {
        return draw(IR_PE);                 /* P is defined for some ops only */
    }
    if (ir_lane_sizes(op)) {
        unsigned size = op == IR_vlane || op == IR_vsetlane ? ir_type_size(t) : 4u << draw(2);
        return size | (op == IR_vdup ? 0 : draw(16 / size)) << 8;
    }
    return 0;
}

/* An instruction with drawn operands; those that `x` or `y` name are taken as they are. */
static IrInsn insn_with(IrOp op, IrType t, IrRef x, IrRef y, unsigned depth)
{
    IrInsn in = { .op = op, .type = ir_ops[op].own_type ? t : ir_ops[op].result };
    IrRef *refs[3] = { &in.a, &in.b, &in.c };
    in.imm = draw_imm(op, t);
    in.a = x;
    in.b = y;
    for (unsigned k = 0; k < ir_ops[op].n_args; k++) {
        IrType want = ir_operand_type(region, &in, k);
        if (want == IR_N_TYPES) {           /* vsetlane */
            want = (in.imm & 0xff) == 8 ? (draw(2) ? IR_I64 : IR_F64) : draw(2) ? IR_I32 : IR_F32;
        }
        if (!*refs[k]) {
            *refs[k] = k == 1 && in.a && draw(8) == 0 &&
                       ir_type(&build, in.a) == want ? in.a : operand(want, depth);
        }
        if (k == 2 && ir_ops[op].sig[4] == 'w') {
            *refs[k] = draw(2) ? ir_i32(&build, draw(2)) : ir_cond(&build, IR_CS, slot_of(IR_FLAGS));
        }
    }
    if (op == IR_fl_nzc || op == IR_fl_nzcv) {
        in.b = draw(2) ? ir_i32(&build, draw(2)) : ir_cond(&build, IR_CS, slot_of(IR_FLAGS));
    }
    return in;
}

static IrRef operand_made_by(IrOp op, IrType t, unsigned depth)
{
    if (op == IR_vlane || op == IR_vsetlane) {
        t = t == IR_V128 || t == IR_FLAGS ? (IrType[]){ IR_I32, IR_I64, IR_F32, IR_F64 }[draw(4)] : t;
    }
    return raw(insn_with(op, t == IR_FLAGS ? IR_I32 : t, 0, 0, depth));
}

/* ---- evaluation ---- */

static V128 value_of(IrRef x)
{
    const IrInsn *in = &region->insns[x];
    V128 a = { 0 }, b = { 0 }, v = { 0 };
    if (in->op == IR_get) {
        return contents[in->imm];
    }
    unsigned n = ir_ops[in->op].n_args;
    a = n > 0 ? value_of(in->a) : a;
    b = n > 1 ? value_of(in->b) : b;
    if (in->op >= IR_vand && in->op <= IR_vsetlane) {
        ir_eval_v128(in, &v, &a, &b);
    } else if (in->op == IR_select) {
        v = value_of(ir_cond_holds(in->imm, a.u32[0]) ? in->b : in->c);
    } else {
        v.u64[0] = ir_eval_insn(in, a.u64[0], b.u64[0], n > 2 ? value_of(in->c).u64[0] : 0);
    }
    if (ir_result_type(in) == IR_FLAGS && in->op != IR_fl_pack) {
        v.u32[0] &= FL_N | FL_Z | FL_C | FL_V;
    }
    if (in->op == IR_fl_word && region->insns[in->a].op != IR_fl_pack) {
        v.u32[0] &= FL_N | FL_Z | FL_C | FL_V;
    }
    return v;
}

static void fill_slots(void)
{
    for (unsigned s = 0; s < TEST_N_SLOTS; s++) {
        unsigned size = ir_type_size(test_slots[s].type);
        V128 v = { .u64 = { draw64(), draw64() } };
        memset(&contents[s], 0, sizeof(V128));
        memcpy(&contents[s], &v, size);
        if (test_slots[s].type == IR_FLAGS) {
            contents[s].u32[0] &= FL_N | FL_Z | FL_C | FL_V;
        }
    }
}

/* ---- rows ---- */

static IrType type_for(IrOp op)
{
    if (op == IR_fneg || op == IR_fabs) {
        return draw(2) ? IR_F32 : IR_F64;
    }
    if (op == IR_vlane || op == IR_vsetlane) {
        return (IrType[]){ IR_I32, IR_I64, IR_F32, IR_F64 }[draw(4)];
    }
    return draw(2) ? IR_I32 : IR_I64;
}

/* Type of the operand that a row wants to be made by a certain op. */
static IrRef special_operand(const IrInsn *proto, unsigned k, IrOp made_by)
{
    if (!made_by) {
        return 0;
    }
    IrType t = ir_operand_type(region, proto, k);
    if (ir_ops[made_by].n_args && proto->op == IR_vsetlane && k == 1) {
        t = proto->type;
    }
    return operand_made_by(made_by, t, 1);
}

/* Gives the row a try: true when it fired. */
static bool try_row(const IrFoldRow *row)
{
    ir_begin(&build, region);
    ir_block(&build, 0);
    IrType t = type_for(row->op);
    IrInsn proto = { .op = row->op, .type = t, .imm = ir_lane_sizes(row->op) ? ir_type_size(t) : 0 };
    IrRef x = special_operand(&proto, 0, row->xop);
    IrRef y = special_operand(&proto, 1, row->yop);
    if (row->op == IR_pair && row->yop && draw(2)) {
        region->insns[y].a = region->insns[x].a;
    }
    if (row->op == IR_vpair && row->yop) {
        region->insns[y].a = region->insns[x].a;
    }
    IrInsn in = insn_with(row->op, t, x, y, 1);
    if (row->op == IR_vsetlane && row->yop && draw(2)) {
        in.a = region->insns[y].a;
        in.imm = region->insns[y].imm;
    }
    if (row->op == IR_vsetlane && (unsigned)(in.imm & 0xff) != ir_type_size(ir_type(&build, in.b))) {
        return false;
    }
    unsigned shape = ir_shape(&build, &in);
    if ((shape & row->shape) != row->shape ||
        (row->xop && region->insns[in.a].op != row->xop) ||
        (row->yop && region->insns[in.b].op != row->yop)) {
        return false;
    }
    IrRef before = ir_append(&build, &in);
    IrRef after = row->rewrite(&build, &in);
    if (!after) {
        return false;
    }
    g_assert_cmpint(ir_type(&build, before), ==, ir_type(&build, after));
    for (unsigned i = 0; i < 8; i++) {
        fill_slots();
        V128 want = value_of(before), got = value_of(after);
        if (ir_type(&build, before) == IR_FLAGS) {
            want.u32[0] &= FL_N | FL_Z | FL_C | FL_V;
            got.u32[0] &= FL_N | FL_Z | FL_C | FL_V;
        }
        if (memcmp(&want, &got, sizeof(V128))) {
            ir_goto(&build, 0);
            ir_print(region, stderr);
            g_error("%s: %s: %" PRIx64 " %" PRIx64 " is not %" PRIx64 " %" PRIx64,
                    ir_ops[row->op].name, row->says, got.u64[1], got.u64[0], want.u64[1],
                    want.u64[0]);
        }
    }
    return true;
}

static void test_row(gconstpointer data)
{
    const IrFoldRow *row = data;
    unsigned fired = 0;
    for (unsigned i = 0; i < 20000 && fired < 100; i++) {
        fired += try_row(row);
    }
    if (fired < 3) {
        g_error("%s: %s: fired only %u times", ir_ops[row->op].name, row->says, fired);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    region = ir_region_new(test_slots, TEST_N_SLOTS, false);
    for (unsigned i = 0; i < ir_n_fold_rows; i++) {
        g_autofree char *name = g_strdup_printf("/ir/fold/%s/%u", ir_ops[ir_fold_rows[i].op].name, i);
        g_test_add_data_func(name, &ir_fold_rows[i], test_row);
    }
    int failed = g_test_run();
    ir_region_free(region);
    return failed;
}
