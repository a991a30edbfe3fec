/* SPDX-License-Identifier: MIT */
/*
 * Random regions over all ops, run by every backend of this host from the same state: slots,
 * memory, device, sticky flags, the pc and the count must agree.  Then the same with each page of
 * memory unmapped in turn: the faulting access, and the state recovered at it, must agree too.
 * Half of them branch to themselves, a few times round.
 * At last every access that the region makes faults in turn, once in the MMU and once on the bus.
 *
 *     random_region [seed [regions]]          a fixed number of regions as a test
 *
 * Floating-point ops have the soft-float library as their exact helper.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "frontends/common/softfloat.h"
#include "tcg/opt/opt.h"
#include "tests/backends/bench.h"

enum { POOL = 24, NZCV = FL_N | FL_Z | FL_C | FL_V };

static IrRegion *region;
static IrBuild build;
static IrBuild *const b = &build;
static GRand *rng;
static IrRef pool[IR_N_TYPES][POOL];
static unsigned pool_size[IR_N_TYPES];
static bool looping;                    /* the region branches to itself, r5 counts down */

static unsigned draw(unsigned n)
{
    return g_rand_int_range(rng, 0, n);
}

static uint64_t draw64(void)
{
    uint64_t v = (uint64_t)g_rand_int(rng) << 32 | g_rand_int(rng);
    switch (draw(4)) {
    case 0:  return v & 0xff;
    case 1:  return 1ull << (v & 63);
    case 2:  return -(v & 0xff);
    default: return v;
    }
}

/* ---- functions that regions call ---- */

static uint32_t mix2(Cpu *cpu, uint32_t x, uint32_t y)
{
    return x * 31 + (y ^ y >> 7);
}

static uint64_t mix6(Cpu *cpu, uint32_t v, uint64_t w, uint32_t x, uint64_t y, uint32_t z,
                     uint64_t t)
{
    return v + 3 * w + 5 * x + 7 * y + 11 * z + 13 * t;
}

static void add_v128(Cpu *cpu, V128 *out, const V128 *x, const V128 *y)
{
    for (unsigned i = 0; i < 16; i++) {
        out->u8[i] = x->u8[i] + 3 * y->u8[i];
    }
}

static uint32_t use_flags(Cpu *cpu, uint32_t f)
{
    return (f & NZCV) * 5;
}

static uint32_t read_slots(Cpu *cpu, uint32_t x)
{
    const TestCpu *c = (const TestCpu *)cpu;
    return x + c->r[0] * 3 + c->r[4] + (uint32_t)c->x[1] + c->v[1].u32[1] + (c->fl & NZCV);
}

static void write_slots(Cpu *cpu, uint32_t x)
{
    TestCpu *c = (TestCpu *)cpu;
    c->r[1] ^= x;
    c->x[2] += x;
    c->v[0].u32[2] = x;
    c->fl = x & NZCV;
}

static uint32_t may_raise(Cpu *cpu, uint32_t x)
{
    TestCpu *c = (TestCpu *)cpu;
    if (x % 16 == 3) {
        c->r[5] += 99;
        cpu_leave(cpu);
    }
    return x + 1;
}

static CALL_DEF(mix2, "w:ww", CALL_PURE);
static CALL_DEF(mix6, "d:wdwdwd", CALL_PURE);
static CALL_DEF(add_v128, "V:VV", CALL_PURE);
static CALL_DEF(use_flags, "w:F", CALL_PURE);
static CALL_DEF(read_slots, "w:w", CALL_READS);
static CALL_DEF(write_slots, ":w", CALL_SYNC);
static CALL_DEF(may_raise, "w:w", CALL_SYNC);

/* ---- exact helpers ---- */

static FpStatus status(void)
{
    return (FpStatus){ .rounding = bench_rounding, .default_nan = true, .tiny_after = true };
}

static void note_flags(Cpu *cpu, FpStatus st)
{
    cpu->fp_sticky |= st.flags & 31;
}

#define EXACT2(op, N, W) \
    static uint##N##_t exact_f##op##N(Cpu *cpu, uint##N##_t x, uint##N##_t y) \
    { \
        FpStatus st = status(); \
        uint##N##_t v = f##N##_##op(x, y, &st); \
        note_flags(cpu, st); \
        return v; \
    } \
    static CALL_DEF(exact_f##op##N, W ":" W W, CALL_PURE);
#define EXACT3(name, N, W, expr) \
    static uint##N##_t exact_##name##N(Cpu *cpu, uint##N##_t x, uint##N##_t y, uint##N##_t z) \
    { \
        FpStatus st = status(); \
        uint##N##_t v = f##N##_mul(y, z, &st); \
        v = expr; \
        note_flags(cpu, st); \
        return v; \
    } \
    static CALL_DEF(exact_##name##N, W ":" W W W, CALL_PURE);
#define EXACT1(name, R, A, sig, expr) \
    static R name(Cpu *cpu, A x) \
    { \
        FpStatus st = status(); \
        R v = expr; \
        note_flags(cpu, st); \
        return v; \
    } \
    static CALL_DEF(name, sig, CALL_PURE);
EXACT2(add, 32, "S") EXACT2(sub, 32, "S") EXACT2(mul, 32, "S") EXACT2(div, 32, "S")
EXACT2(add, 64, "D") EXACT2(sub, 64, "D") EXACT2(mul, 64, "D") EXACT2(div, 64, "D")
EXACT3(fmla, 32, "S", f32_add(x, v, &st)) EXACT3(fmls, 32, "S", f32_sub(x, v, &st))
EXACT3(fmla, 64, "D", f64_add(x, v, &st)) EXACT3(fmls, 64, "D", f64_sub(x, v, &st))
EXACT1(exact_fsqrt32, uint32_t, uint32_t, "S:S", f32_sqrt(x, &st))
EXACT1(exact_fsqrt64, uint64_t, uint64_t, "D:D", f64_sqrt(x, &st))
EXACT1(exact_f32to64, uint64_t, uint32_t, "D:S", f32_to_f64(x, &st))
EXACT1(exact_f64to32, uint32_t, uint64_t, "S:D", f64_to_f32(x, &st))
EXACT1(exact_ftoi32, uint32_t, uint32_t, "w:S", (uint32_t)f32_to_int(x, 0, 32, FP_ROUND_ZERO, &st))
EXACT1(exact_ftoi64, uint32_t, uint64_t, "w:D", (uint32_t)f64_to_int(x, 0, 32, FP_ROUND_ZERO, &st))
EXACT1(exact_ftou32, uint32_t, uint32_t, "w:S", (uint32_t)f32_to_uint(x, 0, 32, FP_ROUND_ZERO, &st))
EXACT1(exact_ftou64, uint32_t, uint64_t, "w:D", (uint32_t)f64_to_uint(x, 0, 32, FP_ROUND_ZERO, &st))
EXACT1(exact_itof32, uint32_t, uint32_t, "S:w", f32_from_int((int32_t)x, 0, &st))
EXACT1(exact_itof64, uint64_t, uint32_t, "D:w", f64_from_int((int32_t)x, 0, &st))
EXACT1(exact_utof32, uint32_t, uint32_t, "S:w", f32_from_uint(x, 0, &st))
EXACT1(exact_utof64, uint64_t, uint32_t, "D:w", f64_from_uint(x, 0, &st))

#define EXACT_COMPARE(N, W) \
    static uint32_t exact_fcmp##N(Cpu *cpu, uint##N##_t x, uint##N##_t y) \
    { \
        FpStatus st = status(); \
        FpOrder o = f##N##_compare(x, y, false, &st); \
        note_flags(cpu, st); \
        return o == FP_LESS ? FL_N : o == FP_EQUAL ? FL_Z | FL_C : o == FP_GREATER ? FL_C : \
               FL_C | FL_V; \
    } \
    static CALL_DEF(exact_fcmp##N, "F:" W W, CALL_PURE);
EXACT_COMPARE(32, "S")
EXACT_COMPARE(64, "D")

static const CallDef *const exact[IR_N_OPS][2] = {
    [IR_fadd]    = { &call_exact_fadd32, &call_exact_fadd64 },
    [IR_fsub]    = { &call_exact_fsub32, &call_exact_fsub64 },
    [IR_fmul]    = { &call_exact_fmul32, &call_exact_fmul64 },
    [IR_fdiv]    = { &call_exact_fdiv32, &call_exact_fdiv64 },
    [IR_fsqrt]   = { &call_exact_fsqrt32, &call_exact_fsqrt64 },
    [IR_fmla]    = { &call_exact_fmla32, &call_exact_fmla64 },
    [IR_fmls]    = { &call_exact_fmls32, &call_exact_fmls64 },
    [IR_f32to64] = { &call_exact_f32to64, &call_exact_f32to64 },
    [IR_f64to32] = { &call_exact_f64to32, &call_exact_f64to32 },
    [IR_ftoi]    = { &call_exact_ftoi32, &call_exact_ftoi64 },
    [IR_ftou]    = { &call_exact_ftou32, &call_exact_ftou64 },
    [IR_itof]    = { &call_exact_itof32, &call_exact_itof64 },
    [IR_utof]    = { &call_exact_utof32, &call_exact_utof64 },
    [IR_fl_fcmp] = { &call_exact_fcmp32, &call_exact_fcmp64 },
};

/* ---- values at hand ---- */

static void keep(IrRef x)
{
    IrType t = ir_type(b, x);
    unsigned n = pool_size[t];
    pool[t][n < POOL ? n : draw(POOL)] = x;
    pool_size[t] = MIN(n + 1, POOL);
}

static unsigned random_slot(IrType t)
{
    switch (t) {
    case IR_I32:   return SLOT_R0 + draw(8);
    case IR_I64:   return SLOT_X0 + draw(4);
    case IR_F32:   return SLOT_S0 + draw(8);
    case IR_F64:   return SLOT_D0 + draw(8);
    case IR_V128:  return SLOT_Q0 + draw(4);
    default:       return SLOT_FL + draw(2);
    }
}

static IrRef some(IrType t)
{
    bool constant = t != IR_FLAGS && t != IR_V128 && draw(6) == 0;
    if (constant) {
        return ir_const(b, t, t == IR_F32 ? g_rand_int(rng) : draw64());
    }
    if (pool_size[t] && draw(4)) {
        return pool[t][draw(pool_size[t])];
    }
    return ir_get(b, random_slot(t));
}

static IrType draw_type(bool floating)
{
    return floating ? (draw(2) ? IR_F32 : IR_F64) : draw(2) ? IR_I32 : IR_I64;
}

/* ---- ops ---- */

static uint64_t draw_imm(IrOp op, IrType *t)
{
    unsigned w = *t == IR_I64 ? 64 : 32;
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
    if (op == IR_vlane) {
        *t = size == 8 ? (draw(2) ? IR_I64 : IR_F64) : size == 4 && draw(2) ? IR_F32 : IR_I32;
    }
    bool lane = op == IR_vlane || op == IR_vsetlane, shift = op >= IR_vshl && op <= IR_vsar;
    return size | (lane ? draw(16 / size) : shift ? draw(size * 8) : 0) << 8;
}

static bool is_carry(IrOp op, unsigned k)
{
    return (k == 2 && (op == IR_addc || op == IR_subc || op == IR_fl_adc || op == IR_fl_sbb ||
                       op == IR_fl_sbc)) || (k == 1 && op == IR_fl_nzc) ||
           (k && op == IR_fl_nzcv);
}

static void value_op(IrOp op)
{
    bool floating = ir_ops[op].klass == IR_FLOATING || op == IR_fneg || op == IR_fabs;
    IrType t = op == IR_select ? (IrType[]){ IR_I32, IR_I64, IR_F32, IR_F64, IR_V128 }[draw(5)] :
               draw_type(floating);
    IrInsn in = { .op = op };
    in.imm = draw_imm(op, &t);
    in.type = ir_ops[op].own_type ? t : ir_ops[op].result;
    if (ir_takes_narrow(op) && draw(3) == 0) {
        in.type = draw(2) ? IR_I8 : IR_I16;
    }
    IrRef *refs[3] = { &in.a, &in.b, &in.c };
    for (unsigned k = 0; k < ir_ops[op].n_args; k++) {
        IrType want = ir_operand_type(region, &in, k);
        if (want == IR_N_TYPES) {
            unsigned size = in.imm & 0xff;
            want = size == 8 ? (draw(2) ? IR_I64 : IR_F64) : size == 4 && draw(2) ? IR_F32 : IR_I32;
        }
        *refs[k] = is_carry(op, k) ? ir_cond(b, draw(IR_PE), some(IR_FLAGS)) : some(want);
    }
    if (op == IR_fl_pack) {
        in.a = ir_and(b, in.a, ir_i32(b, NZCV));
    }
    if (ir_ops[op].klass == IR_FLOATING) {
        in.call = exact[op][t == IR_F64];
    }
    IrRef v = draw(4) ? ir_value(b, in) : ir_append(b, &in);
    if (op == IR_fl_word) {
        v = ir_and(b, v, ir_i32(b, NZCV));
    }
    keep(v);
}

static void random_value(void)
{
    for (;;) {
        IrOp op = IR_add + draw(IR_vsetlane - IR_add + 1);
        if (op != IR_const && op != IR_fl_comi && op != IR_fl_ucomi) {
            value_op(op);
            return;
        }
    }
}

/* ---- memory ---- */

static IrRef address(void)
{
    uint32_t at = RAM_BASE + draw(N_PAGES * 0x1000 - 64);
    IrRef base;
    switch (draw(5)) {
    case 0:
        base = ir_i32(b, draw(8) ? at : DEVICE_PAGE + draw(0xf00));
        break;
    case 1:
        base = ir_or(b, ir_and(b, some(IR_I32), ir_i32(b, 0xff8)), ir_i32(b, at & ~0xfffu));
        break;
    default:
        base = ir_get(b, SLOT_R0 + 6 + draw(2));
        break;
    }
    return draw(2) ? base : ir_addi(b, base, (int)draw(64) - 16);
}

static IrMem access_of(IrType t)
{
    unsigned size = ir_type_size(t);
    if (t == IR_I32 || t == IR_I64) {
        size = 1u << draw(t == IR_I32 ? 3 : 4);
    }
    return (IrMem){ .size = size, .sign = (t == IR_I32 || t == IR_I64) && draw(3) == 0,
                    .big = draw(4) == 0, .align = draw(12) ? 1 : size, .mmu = draw(2) };
}

static IrType access_type(void)
{
    static const IrType types[] = { IR_I32, IR_I32, IR_I32, IR_I64, IR_F32, IR_F64, IR_V128 };
    return types[draw(G_N_ELEMENTS(types))];
}

/* Like ldm, stm, or the fields of a struct. */
static void run_of_accesses(void)
{
    IrRef base = ir_get(b, SLOT_R0 + 6 + draw(2));
    IrMem m = { .size = 4, .align = draw(2) ? 1 : 4, .mmu = 0 };
    bool store = draw(2);
    unsigned n = 2 + draw(5);
    int at = (int)draw(64) - 32;
    for (unsigned i = 0; i < n; i++, at += 4) {
        IrRef addr = ir_addi(b, base, at);
        if (store) {
            ir_st(b, addr, some(IR_I32), m);
        } else {
            keep(ir_ld(b, IR_I32, addr, m));
        }
    }
}

static void random_access(void)
{
    IrType t = access_type();
    IrMem m = access_of(t);
    IrRef addr = address();
    switch (draw(8)) {
    case 0:
        keep(ir_ld_if(b, draw(14), some(IR_FLAGS), t, addr, some(t), m));
        break;
    case 1:
        m.sign = 0;
        ir_st_if(b, draw(14), some(IR_FLAGS), addr, some(t), m);
        break;
    case 2:
    case 3:
        m.sign = 0;
        ir_st(b, addr, some(t), m);
        break;
    case 4:
        run_of_accesses();
        break;
    default:
        keep(ir_ld(b, t, addr, m));
    }
}

static void random_atomic(void)
{
    IrType t = draw_type(false);
    IrMem m = { .size = ir_type_size(t), .align = draw(8) ? 1 : ir_type_size(t), .big = !draw(4) };
    IrOp op = IR_cas + draw(IR_amo_xor - IR_cas + 1);
    IrRef addr = address();
    keep(op == IR_cas ? ir_cas(b, t, addr, some(t), some(t), m) :
         ir_amo(b, op, t, addr, some(t), m));
}

/* ---- calls, exits ---- */

static void random_call(void)
{
    switch (draw(7)) {
    case 0:
        keep(ir_call2(b, &call_mix2, some(IR_I32), some(IR_I32)));
        break;
    case 1:
        keep(ir_call(b, &call_mix6, 6, (IrRef[]){ some(IR_I32), some(IR_I64), some(IR_I32),
                                                  some(IR_I64), some(IR_I32), some(IR_I64) }));
        break;
    case 2:
        keep(ir_call2(b, &call_add_v128, some(IR_V128), some(IR_V128)));
        break;
    case 3:
        keep(ir_call1(b, &call_use_flags, some(IR_FLAGS)));
        break;
    case 4:
        keep(ir_call1(b, &call_read_slots, some(IR_I32)));
        break;
    case 5:
        ir_call1(b, &call_write_slots, some(IR_I32));
        break;
    default:
        keep(ir_call1(b, &call_may_raise, some(IR_I32)));
    }
}

static void random_put(void)
{
    static const IrType types[] = { IR_I32, IR_I32, IR_I64, IR_F32, IR_F64, IR_V128, IR_FLAGS };
    IrType t = types[draw(G_N_ELEMENTS(types))];
    unsigned slot = random_slot(t);
    bool counter = looping && slot == SLOT_R0 + 5;
    if (slot != SLOT_R0 + 6 && slot != SLOT_R0 + 7 && !counter) {       /* the pointers stay */
        ir_put(b, slot, some(t));
    }
}

static void end_region(unsigned pc)
{
    switch (draw(4)) {
    case 0:
        ir_jump(b, some(IR_I32), draw(3));
        break;
    case 1:
        ir_goto(b, 0x8000);
        break;
    default:
        ir_goto(b, pc);
    }
}

static void random_step(unsigned pc)
{
    unsigned what = draw(32);
    if (what < 14) {
        random_value();
    } else if (what < 21) {
        random_put();
    } else if (what < 27) {
        random_access();
    } else if (what < 28) {
        if (!looping || draw(8) == 0) {
            random_call();
        }
    } else if (what < 29) {
        random_atomic();
    } else if (what < 30) {
        ir_exit_if(b, draw(IR_PE), some(IR_FLAGS), pc + 64 + draw(2) * 0x4000);
    } else if (what < 31) {
        ir_fence(b);
    } else {
        ir_ras_push(b, pc + 4);
    }
}

/* ---- loops ---- */

static void count_down(void)
{
    static const IrOp ops[] = { IR_fl_cmp, IR_fl_sub, IR_fl_cmp };
    unsigned counter = SLOT_R0 + 5, how = draw(5);
    IrRef old = ir_get(b, counter), one = ir_i32(b, 1), now = ir_addi(b, old, -1);
    if (how < 3) {
        IrRef f = how == 2 ? ir_flags(b, ops[draw(3)], now, ir_get(b, draw(8)), 0) :
                  ir_flags(b, ops[draw(3)], old, one, 0);
        ir_put(b, SLOT_FL + draw(2), f);
        keep(f);
    } else if (how == 3) {
        ir_put(b, SLOT_FL, ir_flags(b, IR_fl_nz, now, ir_get(b, SLOT_FL), 0));
    }
    ir_put(b, counter, now);
}

/* A pointer moves on, as in a copy. */
static void step_pointer(void)
{
    unsigned slot = SLOT_R0 + 6 + draw(2);
    ir_put(b, slot, ir_addi(b, ir_get(b, slot), (int)draw(1400) - 200));
}

/* Back to the start while the counter is not 0, perhaps only when something else holds too. */
static void loop_edge(void)
{
    IrRef w = ir_get(b, SLOT_R0 + 5);
    if (draw(3) == 0) {
        w = ir_select(b, draw(14), some(IR_FLAGS), w, ir_i32(b, 0));
    }
    IrRef f = ir_flags(b, IR_fl_cmp, w, ir_i32(b, 0), 0);
    if (draw(2)) {
        ir_put(b, SLOT_FL, f);
    }
    ir_exit_if(b, IR_NE, f, REGION_PC);
}

static void resolve_edges(void)
{
    for (unsigned i = 1; i < region->n_insns; i++) {
        IrInsn *in = &region->insns[i];
        if ((in->op == IR_goto || in->op == IR_exit_if) && in->imm == REGION_PC) {
            in->b = 1;
            region->has_loop = true;
        }
    }
}

static void random_block(void)
{
    unsigned n = 1 + draw(12), edge = draw(n), down = draw(edge + 1);
    memset(pool_size, 0, sizeof(pool_size));
    looping = draw(2);
    ir_begin(b, region);
    ir_block(b, REGION_PC);
    for (unsigned i = 0; i < n; i++) {
        ir_insn(b, REGION_PC + i * 4, draw(3));
        if (looping && i == down) {
            count_down();
        }
        if (looping && draw(5) == 0) {
            step_pointer();
        }
        if (looping && (i == edge || (i > down && draw(6) == 0))) {
            loop_edge();
        }
        for (unsigned k = draw(8); k; k--) {
            random_step(REGION_PC + i * 4);
        }
    }
    if (looping && draw(4) == 0) {
        ir_exit_if(b, IR_EQ, ir_flags(b, IR_fl_cmp, ir_get(b, SLOT_R0 + 5), ir_i32(b, 0), 0),
                   REGION_PC + n * 4);
        ir_goto(b, REGION_PC);
    } else {
        end_region(REGION_PC + n * 4);
    }
    resolve_edges();
}

static void run_passes(void)
{
    for (const IrPass *p = ir_passes; p->name; p++) {
        if (draw(3)) {
            ir_run_pass(region, p, true);
        }
    }
}

/* ---- judging ---- */

static bool may_probe;
static unsigned n_faults;       /* delivered so far by fault_everywhere() */

static void compare(const State *start, uint32_t seed)
{
    State first = *start;
    bench_run(bench_backends[0], region, &first);
    for (const HostBackend *const *other = bench_backends + 1; *other; other++) {
        State s = *start;
        bench_run(*other, region, &s);
        g_autofree char *why = bench_difference(&first, &s);
        if (why) {
            ir_print(region, stderr);
            g_error("seed %u, unmapped page %d: %s and %s differ: %s", seed, bench_unmapped,
                    bench_backends[0]->name, (*other)->name, why);
        }
    }
}

static bool has_op(IrOp op)
{
    for (unsigned i = 0; i < region->n_insns; i++) {
        if (region->insns[i].op == op) {
            return true;
        }
    }
    return false;
}

/* Access number n faults in all backends. */
static void fault_at(const State *start, uint32_t seed, CodeBlock *const *code, unsigned n)
{
    State first = *start;
    bench_fault_at = n;
    bench_enter(bench_backends[0], code[0], &first);
    n_faults += first.outcome == bench_fault_kind;
    for (unsigned i = 1; bench_backends[i]; i++) {
        State s = *start;
        bench_enter(bench_backends[i], code[i], &s);
        g_autofree char *why = bench_difference(&first, &s);
        if (why || (first.outcome != bench_fault_kind && !may_probe)) {
            ir_print(region, stderr);
            g_error("seed %u, fault %d at access %u: %s and %s: %s", seed, bench_fault_kind, n,
                    bench_backends[0]->name, bench_backends[i]->name, why ? why : "no fault");
        }
    }
}

static void fault_everywhere(const State *start, uint32_t seed)
{
    CodeBlock *code[4];
    State s = *start;
    bench_unmapped = -1;
    may_probe = has_op(IR_tlb);         /* a probe that misses is not a fault */
    for (unsigned i = 0; bench_backends[i]; i++) {
        code[i] = bench_compile(bench_backends[i], region);
    }
    bench_fault_at = UINT_MAX;          /* counts them */
    bench_enter(bench_backends[0], code[0], &s);
    unsigned n_walks = bench_n_walks;
    for (unsigned n = 1; n <= n_walks; n++) {
        for (bench_fault_kind = MMU_FAULT; bench_fault_kind <= BUS_FAULT; bench_fault_kind += 2) {
            fault_at(start, seed, code, n);
        }
    }
    bench_fault_at = 0;
}

/* The region as it is against itself after the passes, both interpreted. */
static void compare_passes(const State *start, uint32_t seed)
{
    State plain = *start, optimised = *start;
    bench_run(&backend_interp, region, &plain);
    g_autoptr(GString) before = g_string_new(NULL);
    ir_format(region, before);
    run_passes();
    bench_run(&backend_interp, region, &optimised);
    g_autofree char *why = bench_difference(&plain, &optimised);
    if (why) {
        fputs(before->str, stderr);
        ir_print(region, stderr);
        g_error("seed %u, unmapped page %d: the passes change what it does: %s", seed,
                bench_unmapped, why);
    }
}

static void one_region(uint32_t seed)
{
    State start;
    g_rand_set_seed(rng, seed);
    random_block();
    bench_random_state(&start, rng);
    if (looping) {
        start.r[5] = 1 + draw(5);
    }
    bench_exit_request = draw(6) == 0;
    bench_rounding = draw(4);
    bench_unmapped = (int)draw(N_PAGES + 4) - 4;
    bench_unmapped = MAX(bench_unmapped, -1);
    g_autofree char *why = ir_verify(region);
    if (why) {
        ir_print(region, stderr);
        g_error("seed %u: %s", seed, why);
    }
    compare_passes(&start, seed);
    for (bench_unmapped = -1; bench_unmapped < N_PAGES; bench_unmapped++) {
        compare(&start, seed);
    }
    fault_everywhere(&start, seed);
}

static uint32_t first_seed;
static unsigned n_regions = 2000;

static void test_regions(void)
{
    rng = g_rand_new();
    region = ir_region_new(test_slots, TEST_N_SLOTS, false);
    for (unsigned i = 0; i < n_regions; i++) {
        one_region(first_seed + i);
    }
    g_test_message("%u accesses faulted by number", n_faults);
    g_assert_cmpuint(n_faults, >, n_regions);
    ir_region_free(region);
    g_rand_free(rng);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    first_seed = argc > 1 ? strtoul(argv[1], NULL, 0) : (uint32_t)g_test_rand_int();
    n_regions = argc > 2 ? strtoul(argv[2], NULL, 0) : n_regions;
    g_test_message("seed %u", first_seed);
    bench_init();
    g_test_add_func("/backends/random-regions", test_regions);
    return g_test_run();
}
