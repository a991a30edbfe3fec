/* SPDX-License-Identifier: MIT */
/*
 * The rows of fold.h.  A row stands beside its own equation; tests/ir/test_fold.c draws random
 * operands of each row's shape and evaluates both sides.
 *
 * Rows of one op stand together and are tried in order.  Floating-point arithmetic is never folded:
 * it rounds as the guest's mode says and leaves sticky flags.
 */
#include "tcg/fold.h"

static inline const IrInsn *at(const IrBuild *b, IrRef x)
{
    return &b->r->insns[x];
}

static inline uint64_t konst(const IrBuild *b, IrRef x)
{
    return at(b, x)->imm;
}

static inline unsigned width(const IrInsn *in)
{
    return in->type == IR_I64 || in->type == IR_F64 ? 64 : 32;
}

static IrRef op1(IrBuild *b, const IrInsn *in, IrOp op, IrRef x)
{
    return ir_op1(b, op, in->type, x);
}

static IrRef op2(IrBuild *b, const IrInsn *in, IrOp op, IrRef x, IrRef y)
{
    return ir_op2(b, op, in->type, x, y);
}

static IrRef op2k(IrBuild *b, const IrInsn *in, IrOp op, IrRef x, uint64_t k)
{
    return ir_op2(b, op, in->type, x, ir_const(b, in->type, k));
}

/* ---- what a value may look like ---- */

unsigned ir_value_bits(const IrBuild *b, IrRef x)
{
    const IrInsn *in = at(b, x);
    unsigned w = width(in);
    switch (in->op) {
    case IR_const:
        return in->imm ? 64 - __builtin_clzll(in->imm) : 0;
    case IR_ld:
    case IR_ldh:
        return in->mem.sign ? w : MIN(in->mem.size * 8u, w);
    case IR_zext8:
        return 8;
    case IR_zext16:
        return 16;
    case IR_cond:
        return 1;
    case IR_bfx:
        return in->imm >> 8 & 0xff;
    case IR_clz:
    case IR_ctz:
        return 7;
    case IR_zext32:
        return 32;
    case IR_and:
        return at(b, in->b)->op == IR_const ? ir_value_bits(b, in->b) : w;
    case IR_shr:
        return at(b, in->b)->op == IR_const ? w - (at(b, in->b)->imm & (w - 1)) : w;
    default:
        return w;
    }
}

/* Is the value what sign extension of its low n bits gives? */
static bool is_signed_within(const IrBuild *b, IrRef x, unsigned n)
{
    const IrInsn *in = at(b, x);
    return (in->op == IR_ld && in->mem.sign && in->mem.size * 8u <= n) ||
           (in->op == IR_sext8 && n >= 8) || (in->op == IR_sext16 && n >= 16) ||
           ir_value_bits(b, x) < n;
}

/* ---- actions; the names say what comes out ---- */

static IrRef left(IrBuild *b, const IrInsn *in)      { return in->a; }
static IrRef right(IrBuild *b, const IrInsn *in)     { return in->b; }
static IrRef zero(IrBuild *b, const IrInsn *in)      { return ir_const(b, in->type, 0); }
static IrRef ones(IrBuild *b, const IrInsn *in)      { return ir_const(b, in->type, ~0ull); }
static IrRef operand_of_x(IrBuild *b, const IrInsn *in)  { return at(b, in->a)->a; }
static IrRef second_of_x(IrBuild *b, const IrInsn *in)   { return at(b, in->a)->b; }
static IrRef negated_y(IrBuild *b, const IrInsn *in) { return op1(b, in, IR_neg, in->b); }
static IrRef inverted_x(IrBuild *b, const IrInsn *in) { return op1(b, in, IR_not, in->a); }
static IrRef sum(IrBuild *b, const IrInsn *in)       { return op2(b, in, IR_add, in->a, in->b); }
static IrRef difference(IrBuild *b, const IrInsn *in)
{
    return op2(b, in, IR_sub, in->a, in->b);
}

static IrRef add_negated(IrBuild *b, const IrInsn *in)
{
    return op2k(b, in, IR_add, in->a, -konst(b, in->b));
}

static IrRef and_inverted(IrBuild *b, const IrInsn *in)
{
    return op2k(b, in, IR_and, in->a, ~konst(b, in->b));
}

/* (x op k1) op k2, for an op that associates. */
static IrRef join_constants(IrBuild *b, const IrInsn *in)
{
    const IrInsn *x = at(b, in->a);
    if (at(b, x->b)->op != IR_const) {
        return 0;
    }
    uint64_t k = ir_eval_insn(in, konst(b, x->b), konst(b, in->b), 0);
    return op2k(b, in, in->op, x->a, k);
}

/* (x shift k1) shift k2: the sum where it is less than the width */
static IrRef join_shifts(IrBuild *b, const IrInsn *in)
{
    const IrInsn *x = at(b, in->a);
    if (at(b, x->b)->op != IR_const) {
        return 0;
    }
    unsigned mask = width(in) - 1;
    unsigned k = (konst(b, x->b) & mask) + (konst(b, in->b) & mask);
    if (in->op == IR_rotr) {
        k &= mask;
    }
    return k > mask ? 0 : ir_op2(b, in->op, in->type, x->a, ir_i32(b, k));
}

static IrRef shift_by_none(IrBuild *b, const IrInsn *in)
{
    return konst(b, in->b) & (width(in) - 1) ? 0 : in->a;
}

static int power_of_two(uint64_t k)
{
    return k && !(k & (k - 1)) ? __builtin_ctzll(k) : -1;
}

static IrRef shift_left_log(IrBuild *b, const IrInsn *in)
{
    int k = power_of_two(konst(b, in->b));
    return k < 0 ? 0 : ir_op2(b, IR_shl, in->type, in->a, ir_i32(b, k));
}

static IrRef shift_right_log(IrBuild *b, const IrInsn *in)
{
    int k = power_of_two(konst(b, in->b));
    return k < 0 ? 0 : ir_op2(b, IR_shr, in->type, in->a, ir_i32(b, k));
}

static IrRef left_if_masked(IrBuild *b, const IrInsn *in)
{
    uint64_t k = konst(b, in->b);
    unsigned n = ir_value_bits(b, in->a);
    uint64_t possible = n == 64 ? ~0ull : (1ull << n) - 1;
    return (possible & ~k) == 0 ? in->a : 0;
}

static IrRef and_as_zext(IrBuild *b, const IrInsn *in)
{
    uint64_t k = konst(b, in->b);
    return k == 0xff ? op1(b, in, IR_zext8, in->a) :
           k == 0xffff ? op1(b, in, IR_zext16, in->a) : 0;
}

static IrRef left_if_8(IrBuild *b, const IrInsn *in)
{
    return ir_value_bits(b, in->a) <= 8 ? in->a : 0;
}

static IrRef left_if_16(IrBuild *b, const IrInsn *in)
{
    return ir_value_bits(b, in->a) <= 16 ? in->a : 0;
}

static IrRef left_if_s8(IrBuild *b, const IrInsn *in)
{
    return is_signed_within(b, in->a, 8) ? in->a : 0;
}

static IrRef left_if_s16(IrBuild *b, const IrInsn *in)
{
    return is_signed_within(b, in->a, 16) ? in->a : 0;
}

/* A field at the bottom or at the top, or of a value that has no more bits. */
static IrRef simpler_field(IrBuild *b, const IrInsn *in)
{
    unsigned pos = in->imm & 0xff, len = in->imm >> 8 & 0xff;
    if (pos + len >= MIN(width(in), ir_value_bits(b, in->a))) {
        return ir_op2(b, IR_shr, in->type, in->a, ir_i32(b, pos));
    }
    return pos ? 0 : len == 8 ? op1(b, in, IR_zext8, in->a) :
           len == 16 ? op1(b, in, IR_zext16, in->a) : 0;
}

static IrRef whole_field(IrBuild *b, const IrInsn *in)
{
    return (in->imm >> 8 & 0xff) == width(in) ? in->b : 0;
}

/* ---- pairs of words ---- */

static IrRef same_pair(IrBuild *b, const IrInsn *in)
{
    return at(b, in->a)->a == at(b, in->b)->a ? at(b, in->a)->a : 0;
}

static IrRef pair_as_zext(IrBuild *b, const IrInsn *in)
{
    return ir_op1(b, IR_zext32, IR_I64, in->a);
}

static IrRef no_high_word(IrBuild *b, const IrInsn *in)
{
    return ir_i32(b, 0);
}

static IrRef sign_word(IrBuild *b, const IrInsn *in)
{
    return ir_op2(b, IR_sar, IR_I32, at(b, in->a)->a, ir_i32(b, 31));
}

/* ---- flags ---- */

static IrRef flags_over(IrBuild *b, const IrInsn *in, IrOp op)
{
    return ir_op2(b, op, in->type, in->a, in->b);
}

static IrRef flags_add(IrBuild *b, const IrInsn *in) { return flags_over(b, in, IR_fl_add); }
static IrRef flags_sub(IrBuild *b, const IrInsn *in) { return flags_over(b, in, IR_fl_sub); }
static IrRef flags_cmp(IrBuild *b, const IrInsn *in) { return flags_over(b, in, IR_fl_cmp); }

/* fl_nz(x, y): y is asked only for C and V. */
static IrRef nz_beneath(IrBuild *b, const IrInsn *in)
{
    const IrInsn *y = at(b, in->b);
    return y->op == IR_fl_nzc ? ir_op3(b, IR_fl_nzc, in->type, in->a, y->b, y->c) :
           y->op == IR_fl_nz ? op2(b, in, IR_fl_nz, in->a, y->b) :
           op1(b, in, IR_fl_logic, in->a);
}

/* fl_nzc(x, y, z): z is asked only for V. */
static IrRef nzc_beneath(IrBuild *b, const IrInsn *in)
{
    const IrInsn *z = at(b, in->c);
    return z->op == IR_fl_nzc ? ir_op3(b, IR_fl_nzc, in->type, in->a, in->b, z->c) :
           z->op == IR_fl_nz ? ir_op3(b, IR_fl_nzc, in->type, in->a, in->b, z->b) : 0;
}

/* The condition reads flags that pass through the topmost op. */
static IrRef cond_beneath(IrBuild *b, const IrInsn *in)
{
    const IrInsn *f = at(b, in->a);
    unsigned cc = in->imm;
    if (f->op == IR_fl_nzc && (cc | 1) == IR_CC) {
        return cc == IR_CS ? f->b : ir_op2(b, IR_xor, IR_I32, f->b, ir_i32(b, 1));
    }
    IrRef under = in->a;
    ir_strip_flags(b, cc, &under);
    return under == in->a ? 0 : ir_cond(b, cc, under);
}

static IrRef cond_always(IrBuild *b, const IrInsn *in)
{
    return (in->imm | 1) == IR_NV ? ir_i32(b, in->imm == IR_AL) : 0;
}

static IrRef select_known(IrBuild *b, const IrInsn *in)
{
    uint64_t f = 0;
    if ((in->imm | 1) == IR_NV || ir_known_flags(b, in->a, &f)) {
        return ir_cond_holds(in->imm, f) ? in->b : in->c;
    }
    return 0;
}

/* holds ? 1 : 0 and holds ? 0 : 1 */
static IrRef select_as_cond(IrBuild *b, const IrInsn *in)
{
    uint64_t y = konst(b, in->b), z = konst(b, in->c);
    return in->type == IR_I32 && y + z == 1 && y * z == 0 ?
           ir_cond(b, y ? in->imm : ir_cond_not(in->imm), in->a) : 0;
}

static IrRef select_beneath(IrBuild *b, const IrInsn *in)
{
    IrRef under = in->a;
    ir_strip_flags(b, in->imm, &under);
    return under == in->a ? 0 : ir_select(b, in->imm, under, in->b, in->c);
}

/* ---- lanes ---- */

static unsigned lane_size(const IrInsn *in)
{
    return in->imm & 0xff;
}

static unsigned lane_number(const IrInsn *in)
{
    return in->imm >> 8 & 0xff;
}

/* A value of another register file with the same bits. */
static IrRef as_type(IrBuild *b, IrType t, IrRef x)
{
    IrType from = ir_type(b, x);
    return from == t ? x :
           t == IR_F64 && from == IR_I64 ? ir_op1(b, IR_bitsf64, t, x) :
           t == IR_I64 && from == IR_F64 ? ir_op1(b, IR_fbits64, t, x) :
           t == IR_F32 && from == IR_I32 ? ir_op1(b, IR_bitsf32, t, x) :
           t == IR_I32 && from == IR_F32 ? ir_op1(b, IR_fbits32, t, x) : 0;
}

static IrRef lane_of_pair(IrBuild *b, const IrInsn *in)
{
    const IrInsn *q = at(b, in->a);
    unsigned n = lane_number(in);
    if (lane_size(in) == 8) {
        return as_type(b, in->type, n ? q->b : q->a);
    }
    if (lane_size(in) != 4) {
        return 0;
    }
    IrRef half = n & 2 ? q->b : q->a;
    return as_type(b, in->type, ir_op1(b, n & 1 ? IR_hi32 : IR_lo32, IR_I32, half));
}

static IrRef lane_of_setlane(IrBuild *b, const IrInsn *in)
{
    const IrInsn *q = at(b, in->a);
    unsigned size = lane_size(in), of = lane_size(q);
    unsigned at_byte = lane_number(in) * size, set_byte = lane_number(q) * of;
    if (at_byte + size <= set_byte || set_byte + of <= at_byte) {
        return ir_opi(b, IR_vlane, in->type, q->a, 0, in->imm);
    }
    return size == of && at_byte == set_byte && size >= 4 ? as_type(b, in->type, q->b) : 0;
}

static IrRef lane_of_dup(IrBuild *b, const IrInsn *in)
{
    const IrInsn *q = at(b, in->a);
    return lane_size(in) == lane_size(q) && lane_size(in) >= 4 ? as_type(b, in->type, q->a) : 0;
}

/* vpair(lane 0 of q, lane 1 of q) */
static IrRef same_lanes(IrBuild *b, const IrInsn *in)
{
    const IrInsn *lo = at(b, in->a), *hi = at(b, in->b);
    bool whole = lo->a == hi->a && lane_size(lo) == 8 && lane_size(hi) == 8 &&
                 lane_number(lo) == 0 && lane_number(hi) == 1;
    return whole ? lo->a : 0;
}

/* A lane put back where it came from. */
static IrRef set_to_itself(IrBuild *b, const IrInsn *in)
{
    const IrInsn *v = at(b, in->b);
    return v->a == in->a && v->imm == in->imm ? in->a : 0;
}

/* The earlier setting of the same lane is lost. */
static IrRef set_twice(IrBuild *b, const IrInsn *in)
{
    const IrInsn *q = at(b, in->a);
    return q->imm == in->imm ? ir_opi(b, IR_vsetlane, IR_V128, q->a, in->b, in->imm) : 0;
}

/* A lane read into the other register file at once. */
static IrRef lane_as(IrBuild *b, const IrInsn *in, IrType from, IrType to)
{
    const IrInsn *v = at(b, in->a);
    bool ok = v->type == from && lane_size(v) == ir_type_size(to);
    return ok ? ir_opi(b, IR_vlane, to, v->a, 0, v->imm) : 0;
}

static IrRef lane_f32(IrBuild *b, const IrInsn *in) { return lane_as(b, in, IR_I32, IR_F32); }
static IrRef lane_i32(IrBuild *b, const IrInsn *in) { return lane_as(b, in, IR_F32, IR_I32); }
static IrRef lane_f64(IrBuild *b, const IrInsn *in) { return lane_as(b, in, IR_I64, IR_F64); }
static IrRef lane_i64(IrBuild *b, const IrInsn *in) { return lane_as(b, in, IR_F64, IR_I64); }

/* Half of a 64-bit lane is a 32-bit lane. */
static IrRef half_lane(IrBuild *b, const IrInsn *in)
{
    const IrInsn *v = at(b, in->a);
    unsigned n = lane_number(v) * 2 + (in->op == IR_hi32);
    return lane_size(v) == 8 ? ir_opi(b, IR_vlane, IR_I32, v->a, 0, 4 | n << 8) : 0;
}

/* vpair of (0, 0) and vdup of 0 are one value in many guises: vdup. */
static IrRef pair_same(IrBuild *b, const IrInsn *in)
{
    return ir_opi(b, IR_vdup, IR_V128, in->a, 0, 8);
}

const IrFoldRow ir_fold_rows[] = {
    { IR_add,    0, 0, Y_ZERO,            left,            "x + 0 = x" },
    { IR_add,    IR_add, 0, Y_CONST,      join_constants,  "(x + k) + l = x + (k + l)" },

    { IR_sub,    0, 0, Y_ZERO,            left,            "x - 0 = x" },
    { IR_sub,    0, 0, Y_CONST,           add_negated,     "x - k = x + -k" },
    { IR_sub,    0, 0, SAME_XY,           zero,            "x - x = 0" },
    { IR_sub,    0, 0, X_ZERO,            negated_y,       "0 - y = -y" },

    { IR_mul,    0, 0, Y_ZERO,            zero,            "x * 0 = 0" },
    { IR_mul,    0, 0, Y_ONE,             left,            "x * 1 = x" },
    { IR_mul,    0, 0, Y_CONST,           shift_left_log,  "x * 2^k = x << k" },

    { IR_and,    0, 0, Y_ZERO,            zero,            "x & 0 = 0" },
    { IR_and,    0, 0, Y_ONES,            left,            "x & ~0 = x" },
    { IR_and,    0, 0, SAME_XY,           left,            "x & x = x" },
    { IR_and,    0, 0, Y_CONST,           left_if_masked,  "x & k = x, if x has no other bits" },
    { IR_and,    IR_and, 0, Y_CONST,      join_constants,  "(x & k) & l = x & (k & l)" },
    { IR_and,    0, 0, Y_CONST,           and_as_zext,     "x & 0xff = zext8(x)" },

    { IR_or,     0, 0, Y_ZERO,            left,            "x | 0 = x" },
    { IR_or,     0, 0, Y_ONES,            ones,            "x | ~0 = ~0" },
    { IR_or,     0, 0, SAME_XY,           left,            "x | x = x" },
    { IR_or,     IR_or, 0, Y_CONST,       join_constants,  "(x | k) | l = x | (k | l)" },

    { IR_xor,    0, 0, Y_ZERO,            left,            "x ^ 0 = x" },
    { IR_xor,    0, 0, Y_ONES,            inverted_x,      "x ^ ~0 = ~x" },
    { IR_xor,    0, 0, SAME_XY,           zero,            "x ^ x = 0" },
    { IR_xor,    IR_xor, 0, Y_CONST,      join_constants,  "(x ^ k) ^ l = x ^ (k ^ l)" },

    { IR_andn,   0, 0, SAME_XY,           zero,            "x & ~x = 0" },
    { IR_andn,   0, 0, Y_CONST,           and_inverted,    "x &~ k = x & ~k" },
    { IR_andn,   0, 0, X_ZERO,            zero,            "0 &~ y = 0" },

    { IR_neg,    IR_neg, 0, ANY,          operand_of_x,    "-(-x) = x" },
    { IR_not,    IR_not, 0, ANY,          operand_of_x,    "~~x = x" },

    { IR_shl,    0, 0, Y_CONST,           shift_by_none,   "x << 0 = x" },
    { IR_shl,    0, 0, X_ZERO,            zero,            "0 << y = 0" },
    { IR_shl,    IR_shl, 0, Y_CONST,      join_shifts,     "(x << k) << l = x << (k + l)" },
    { IR_shr,    0, 0, Y_CONST,           shift_by_none,   "x >> 0 = x" },
    { IR_shr,    0, 0, X_ZERO,            zero,            "0 >> y = 0" },
    { IR_shr,    IR_shr, 0, Y_CONST,      join_shifts,     "(x >> k) >> l = x >> (k + l)" },
    { IR_sar,    0, 0, Y_CONST,           shift_by_none,   "x >>> 0 = x" },
    { IR_sar,    0, 0, X_ZERO,            zero,            "0 >>> y = 0" },
    { IR_sar,    IR_sar, 0, Y_CONST,      join_shifts,     "(x >>> k) >>> l = x >>> (k + l)" },
    { IR_rotr,   0, 0, Y_CONST,           shift_by_none,   "x ror 0 = x" },
    { IR_rotr,   IR_rotr, 0, Y_CONST,     join_shifts,     "(x ror k) ror l = x ror (k + l)" },

    { IR_divu,   0, 0, Y_CONST,           shift_right_log, "x / 2^k = x >> k" },
    { IR_divs,   0, 0, Y_ONE,             left,            "x / 1 = x" },

    { IR_bswap,  IR_bswap, 0, ANY,        operand_of_x,    "bswap(bswap(x)) = x" },
    { IR_rbit,   IR_rbit, 0, ANY,         operand_of_x,    "rbit(rbit(x)) = x" },

    { IR_sext8,  0, 0, ANY,               left_if_s8,      "sext8(x) = x, if x fits" },
    { IR_sext16, 0, 0, ANY,               left_if_s16,     "sext16(x) = x, if x fits" },
    { IR_zext8,  0, 0, ANY,               left_if_8,       "zext8(x) = x, if x fits" },
    { IR_zext16, 0, 0, ANY,               left_if_16,      "zext16(x) = x, if x fits" },
    { IR_bfx,    0, 0, ANY,               simpler_field,   "bfx(x, p, W - p) = x >> p" },
    { IR_bfi,    0, 0, ANY,               whole_field,     "bfi(x, y, 0, W) = y" },

    { IR_addc,   0, 0, Z_ZERO,            sum,             "x + y + 0 = x + y" },
    { IR_subc,   0, 0, Z_ZERO,            difference,      "x - y - 0 = x - y" },

    { IR_lo32,   IR_zext32, 0, ANY,       operand_of_x,    "lo32(zext32(x)) = x" },
    { IR_lo32,   IR_sext32, 0, ANY,       operand_of_x,    "lo32(sext32(x)) = x" },
    { IR_lo32,   IR_pair, 0, ANY,         operand_of_x,    "lo32(pair(x, y)) = x" },
    { IR_lo32,   IR_vlane, 0, ANY,        half_lane,       "lo32(lane n of q) = lane 2n of q" },
    { IR_hi32,   IR_zext32, 0, ANY,       no_high_word,    "hi32(zext32(x)) = 0" },
    { IR_hi32,   IR_sext32, 0, ANY,       sign_word,       "hi32(sext32(x)) = x >>> 31" },
    { IR_hi32,   IR_pair, 0, ANY,         second_of_x,     "hi32(pair(x, y)) = y" },
    { IR_hi32,   IR_vlane, 0, ANY,        half_lane,       "hi32(lane n of q) = lane 2n + 1" },
    { IR_pair,   IR_lo32, IR_hi32, ANY,   same_pair,       "pair(lo32(x), hi32(x)) = x" },
    { IR_pair,   0, 0, Y_ZERO,            pair_as_zext,    "pair(x, 0) = zext32(x)" },

    { IR_fl_adc, 0, 0, Z_ZERO,            flags_add,       "fl_adc(x, y, 0) = fl_add(x, y)" },
    { IR_fl_sbb, 0, 0, Z_ZERO,            flags_sub,       "fl_sbb(x, y, 0) = fl_sub(x, y)" },
    { IR_fl_sbc, 0, 0, Z_ONE,             flags_cmp,       "fl_sbc(x, y, 1) = fl_cmp(x, y)" },
    { IR_fl_nz,  0, IR_fl_nz, ANY,        nz_beneath,      "fl_nz(x, fl_nz(y, f)) = fl_nz(x, f)" },
    { IR_fl_nz,  0, IR_fl_nzc, ANY,       nz_beneath,      "fl_nz(x, fl_nzc(y, c, f)) = fl_nzc(x, c, f)" },
    { IR_fl_nz,  0, IR_fl_logic, ANY,     nz_beneath,      "fl_nz(x, fl_logic(y)) = fl_logic(x)" },
    { IR_fl_nzc, 0, 0, ANY,               nzc_beneath,     "fl_nzc(x, c, fl_nz(y, f)) = fl_nzc(x, c, f)" },
    { IR_fl_pack, IR_fl_word, 0, ANY,     operand_of_x,    "fl_pack(fl_word(f)) = f" },
    { IR_fl_word, IR_fl_pack, 0, ANY,     operand_of_x,    "fl_word(fl_pack(x)) = x" },

    { IR_cond,   0, 0, ANY,               cond_always,     "cond.al(f) = 1" },
    { IR_cond,   0, 0, ANY,               cond_beneath,    "cond.cs(fl_nzc(x, c, f)) = c" },
    { IR_select, 0, 0, SAME_YZ,           right,           "f ? y : y = y" },
    { IR_select, 0, 0, ANY,               select_known,    "1 ? y : z = y" },
    { IR_select, 0, 0, Y_CONST | Z_CONST, select_as_cond,  "f ? 1 : 0 = cond(f)" },
    { IR_select, 0, 0, ANY,               select_beneath,  "f ? y : z, f looked through" },

    { IR_fneg,   IR_fneg, 0, ANY,         operand_of_x,    "-(-x) = x" },
    { IR_fabs,   IR_fabs, 0, ANY,         left,            "abs(abs(x)) = abs(x)" },
    { IR_fbits32, IR_bitsf32, 0, ANY,     operand_of_x,    "fbits(bitsf(x)) = x" },
    { IR_fbits32, IR_vlane, 0, ANY,       lane_i32,        "fbits(lane n of q) = lane n of q" },
    { IR_fbits64, IR_bitsf64, 0, ANY,     operand_of_x,    "fbits(bitsf(x)) = x" },
    { IR_fbits64, IR_vlane, 0, ANY,       lane_i64,        "fbits(lane n of q) = lane n of q" },
    { IR_bitsf32, IR_fbits32, 0, ANY,     operand_of_x,    "bitsf(fbits(x)) = x" },
    { IR_bitsf32, IR_vlane, 0, ANY,       lane_f32,        "bitsf(lane n of q) = lane n of q" },
    { IR_bitsf64, IR_fbits64, 0, ANY,     operand_of_x,    "bitsf(fbits(x)) = x" },
    { IR_bitsf64, IR_vlane, 0, ANY,       lane_f64,        "bitsf(lane n of q) = lane n of q" },

    { IR_vand,   0, 0, SAME_XY,           left,            "q & q = q" },
    { IR_vor,    0, 0, SAME_XY,           left,            "q | q = q" },
    { IR_vnot,   IR_vnot, 0, ANY,         operand_of_x,    "~~q = q" },
    { IR_vpair,  IR_vlane, IR_vlane, ANY, same_lanes,      "vpair(lane 0 of q, lane 1 of q) = q" },
    { IR_vpair,  0, 0, SAME_XY,           pair_same,       "vpair(x, x) = vdup(x)" },
    { IR_vlane,  IR_vpair, 0, ANY,        lane_of_pair,    "lane 0 of vpair(x, y) = x" },
    { IR_vlane,  IR_vsetlane, 0, ANY,     lane_of_setlane, "lane n of (lane n of q := x) = x" },
    { IR_vlane,  IR_vdup, 0, ANY,         lane_of_dup,     "lane n of vdup(x) = x" },
    { IR_vsetlane, 0, IR_vlane, ANY,      set_to_itself,   "lane n of q := lane n of q = q" },
    { IR_vsetlane, IR_vsetlane, 0, ANY,   set_twice,       "lane n set twice" },
};
const unsigned ir_n_fold_rows = G_N_ELEMENTS(ir_fold_rows);

/* Where each op's rows begin and end. */
static struct { uint8_t first, end; } rows_of[IR_N_OPS];
_Static_assert(G_N_ELEMENTS(ir_fold_rows) < 256, "rows_of is in bytes");

void ir_fold_init(void)
{
    if (rows_of[IR_add].end) {
        return;
    }
    for (unsigned i = 0; i < ir_n_fold_rows; i++) {
        unsigned op = ir_fold_rows[i].op;
        if (!rows_of[op].end) {
            rows_of[op].first = i;
        }
        g_assert(rows_of[op].end == 0 || rows_of[op].end == i);     /* together */
        rows_of[op].end = i + 1;
    }
}

bool ir_known_flags(const IrBuild *b, IrRef x, uint64_t *v)
{
    const IrInsn *in = at(b, x);
    return in->op == IR_fl_pack && ir_is_const(b, in->a, v);
}

/* Which of N|Z, C and V a condition reads. */
static unsigned flags_read(IrCond cc)
{
    static const uint16_t reads[IR_N_CONDS / 2] = {
        FL_Z, FL_C, FL_N, FL_V, FL_C | FL_Z, FL_N | FL_V, FL_N | FL_Z | FL_V, 0, FL_C | FL_Z, FL_P,
    };
    return reads[cc >> 1];
}

void ir_strip_flags(IrBuild *b, IrCond cc, IrRef *f)
{
    unsigned reads = flags_read(cc);
    const IrInsn *in = at(b, *f);
    while ((in->op == IR_fl_nz && !(reads & ~(FL_C | FL_V))) ||
           (in->op == IR_fl_nzc && !(reads & ~FL_V))) {
        *f = in->op == IR_fl_nz ? in->b : in->c;
        in = at(b, *f);
    }
    if ((in->op == IR_fl_nz || in->op == IR_fl_nzc) && reads && !(reads & ~(FL_N | FL_Z))) {
        if (b->stripped_from != *f) {
            b->stripped_from = *f;
            b->stripped_to = ir_op1(b, IR_fl_logic, in->type, in->a);
        }
        *f = b->stripped_to;
    }
}

unsigned ir_shape(const IrBuild *b, const IrInsn *in)
{
    const IrInsn *x = at(b, in->a), *y = at(b, in->b), *z = at(b, in->c);
    unsigned shape = 0;
    if (x->op == IR_const) {
        shape |= X_CONST | (x->imm == 0 ? X_ZERO : 0);
    }
    if (y->op == IR_const) {
        uint64_t full = y->type == IR_I64 ? ~0ull : 0xffffffffu;
        shape |= Y_CONST | (y->imm == 0 ? Y_ZERO : y->imm == 1 ? Y_ONE :
                            y->imm == full ? Y_ONES : 0);
    }
    if (z->op == IR_const) {
        shape |= Z_CONST | (z->imm == 0 ? Z_ZERO : z->imm == 1 ? Z_ONE : 0);
    }
    return shape | (in->a == in->b ? SAME_XY : 0) | (in->b == in->c ? SAME_YZ : 0);
}

/* An operand whose value is known: a constant, or flags packed from one. */
static bool known(const IrBuild *b, IrRef x, uint64_t *v)
{
    *v = 0;
    return x == 0 || ir_is_const(b, x, v) || ir_known_flags(b, x, v);
}

static IrRef fold_constants(IrBuild *b, const IrInsn *in)
{
    uint64_t x, y, z;
    if (in->op >= IR_vand || in->op == IR_select ||
        !known(b, in->a, &x) || !known(b, in->b, &y) || !known(b, in->c, &z)) {
        return 0;
    }
    uint64_t v = ir_eval_insn(in, x, y, z);
    if (ir_result_type(in) != IR_FLAGS) {
        return ir_const(b, ir_result_type(in), v);
    }
    return in->op == IR_fl_pack ? 0 : ir_op1(b, IR_fl_pack, IR_I32, ir_i32(b, v));
}

IrRef ir_fold(IrBuild *b, IrInsn *in)
{
    unsigned xop = at(b, in->a)->op, yop = at(b, in->b)->op;
    if ((xop == IR_const || xop == IR_fl_pack) && ir_ops[in->op].klass == IR_PURE) {
        IrRef v = fold_constants(b, in);
        if (v) {
            return v;
        }
        if (ir_ops[in->op].commutes && yop != IR_const) {
            IrRef t = in->a;
            in->a = in->b;
            in->b = t;
            yop = xop;
            xop = at(b, in->a)->op;
        }
    }
    unsigned i = rows_of[in->op].first, end = rows_of[in->op].end;
    if (i == end) {
        return 0;
    }
    unsigned shape = ir_shape(b, in);
    for (; i < end; i++) {
        const IrFoldRow *row = &ir_fold_rows[i];
        if ((shape & row->shape) == row->shape && (!row->xop || row->xop == xop) &&
            (!row->yop || row->yop == yop)) {
            IrRef v = row->rewrite(b, in);
            if (v) {
                return v;
            }
        }
    }
    return 0;
}
