/* SPDX-License-Identifier: MIT */
/*
 * The x86-64 backend against the meaning of ops.def: every op in every form its operands can have
 * (lazy slot, register, constant, twice the same, dying or living on), then random blocks of many
 * ops, which press the register allocator, with side exits whose state is compared slot by slot.
 *
 * Memory is reached through a TLB filled by hand; faults and slow paths are tested where the engine
 * runs (tests/isa).
 */
#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include "tcg/host.h"

enum { N_I32 = 20, N_I64 = 8, N_FL = 3, N_F32 = 4, N_F64 = 4, N_V = 5 };
enum { S_I32 = 0, S_I64 = S_I32 + N_I32, S_FL = S_I64 + N_I64, S_F32 = S_FL + N_FL,
       S_F64 = S_F32 + N_F32, S_V = S_F64 + N_F64, N_SLOTS = S_V + N_V };

typedef struct TestCpu {
    Cpu  cpu;
    V128 slot[N_SLOTS];
} TestCpu;

static SlotDef slots[N_SLOTS];
static TestCpu *cpu;
static uint8_t *code_mem;
static uint8_t *guest;                      /* one page, at GUEST_VA */
static IrRegion *r;
static GRand *rng;

enum { CODE_SIZE = 4 << 20, GUEST_VA = 0x7ffff000, GUEST_SIZE = 4096 };

static uint32_t rnd(uint32_t n)
{
    return g_rand_int_range(rng, 0, n);
}

/* Values at the edges more often than not. */
static uint64_t rnd_value(void)
{
    static const uint64_t edge[] = { 0, 1, 2, 31, 32, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff,
        0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, INT64_MAX, (uint64_t)INT64_MIN, -1 };
    uint64_t v = (uint64_t)g_rand_int(rng) << 32 | g_rand_int(rng);
    switch (rnd(3)) {
    case 0:  return edge[rnd(G_N_ELEMENTS(edge))];
    case 1:  return v;
    default: return v >> rnd(64);
    }
}

static IrType slot_type(unsigned s)
{
    return s < S_I64 ? IR_I32 : s < S_FL ? IR_I64 : s < S_F32 ? IR_FLAGS : s < S_F64 ? IR_F32
         : s < S_V ? IR_F64 : IR_V128;
}

static unsigned slot_of(IrType t)
{
    switch (t) {
    case IR_I32:   return S_I32 + rnd(N_I32);
    case IR_I64:   return S_I64 + rnd(N_I64);
    case IR_FLAGS: return S_FL + rnd(N_FL);
    case IR_F32:   return S_F32 + rnd(N_F32);
    case IR_F64:   return S_F64 + rnd(N_F64);
    default:       return S_V + rnd(N_V);
    }
}

/* ---- making regions, raw: the builder would fold ---- */

static IrRef add_insn(IrInsn in)
{
    r->insns[r->n_insns] = in;
    return r->n_insns++;
}

static void begin(void)
{
    r->n_insns = 1;
    r->n_blocks = 1;
    r->n_guest_insns = 1;
    r->blocks[0] = (IrBlock){ .first = 1, .pc = 0x1000 };
    memset(&r->insns[0], 0, sizeof(IrInsn));
    add_insn((IrInsn){ .op = IR_insn, .imm = 0x1000 });
}

static void finish(void)
{
    add_insn((IrInsn){ .op = IR_leave });
    r->blocks[0].end = r->n_insns;
}

/* ---- running and judging ---- */

typedef struct State {
    V128     slot[N_SLOTS];
    uint8_t  mem[GUEST_SIZE];
    uint64_t exit_pc;
} State;

static uint64_t mask_of(IrType t)
{
    return t == IR_I32 || t == IR_F32 ? UINT32_MAX : UINT64_MAX;
}

static float f32_of(uint64_t bits)
{
    float f;
    memcpy(&f, &bits, 4);
    return f;
}

static double f64_of(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, 8);
    return d;
}

static uint64_t of_f32(float f)
{
    uint32_t v;
    memcpy(&v, &f, 4);
    return v;
}

static uint64_t of_f64(double d)
{
    uint64_t v;
    memcpy(&v, &d, 8);
    return v;
}

static uint64_t eval_float(const IrInsn *in, uint64_t x, uint64_t y, uint64_t z)
{
    bool d = in->type == IR_F64;
    volatile float fx = f32_of(x), fy = f32_of(y);
    volatile double dx = f64_of(x), dy = f64_of(y);
    volatile float fp = fy * f32_of(z);
    volatile double dp = dy * f64_of(z);
    switch (in->op) {
    case IR_fadd:  return d ? of_f64(dx + dy) : of_f32(fx + fy);
    case IR_fsub:  return d ? of_f64(dx - dy) : of_f32(fx - fy);
    case IR_fmul:  return d ? of_f64(dx * dy) : of_f32(fx * fy);
    case IR_fdiv:  return d ? of_f64(dx / dy) : of_f32(fx / fy);
    case IR_fsqrt: return d ? of_f64(sqrt(dx)) : of_f32(sqrtf(fx));
    case IR_fmla:  return d ? of_f64(dx + dp) : of_f32(fx + fp);
    case IR_fmls:  return d ? of_f64(dx - dp) : of_f32(fx - fp);
    case IR_f32to64: return of_f64(fx);
    case IR_f64to32: return of_f32(dx);
    case IR_itof:  return d ? of_f64((int32_t)x) : of_f32((int32_t)x);
    case IR_utof:  return d ? of_f64((uint32_t)x) : of_f32((uint32_t)x);
    case IR_ftoi:  return (uint32_t)(int32_t)(d ? dx : fx);
    case IR_ftou:  return (uint32_t)(int64_t)(d ? dx : fx);
    case IR_fl_comi:
    case IR_fl_ucomi:
        return (d ? isunordered(dx, dy) : isunordered(fx, fy)) ? FL_Z | FL_P | FL_C :
               (d ? dx == dy : fx == fy) ? FL_Z : (d ? dx < dy : fx < fy) ? FL_C : 0;
    case IR_fl_fcmp:
        if (d ? isunordered(dx, dy) : isunordered(fx, fy)) {
            return FL_C | FL_V;
        }
        if (d ? dx == dy : fx == fy) {
            return FL_Z | FL_C;
        }
        return (d ? dx < dy : fx < fy) ? FL_N : FL_C;
    default: g_assert_not_reached();
    }
}

static uint64_t mem_load(const State *s, uint64_t a, IrMem m, IrType t)
{
    uint64_t at = (uint32_t)(a + m.disp) - GUEST_VA;
    uint64_t v = ld_endian(s->mem + at, m.size, m.big ? ENDIAN_BIG : ENDIAN_LITTLE);
    if (m.sign) {
        v = (int64_t)(v << (64 - m.size * 8)) >> (64 - m.size * 8);
    }
    return v & mask_of(t);
}

static uint64_t combined(IrOp op, uint64_t old, uint64_t b)
{
    switch (op) {
    case IR_amo_add: return old + b;
    case IR_amo_and: return old & b;
    case IR_amo_or:  return old | b;
    case IR_amo_xor: return old ^ b;
    default:         return b;
    }
}

static void mem_store(State *s, uint64_t a, IrMem m, uint64_t v)
{
    st_endian(s->mem + ((uint32_t)(a + m.disp) - GUEST_VA), v, m.size,
              m.big ? ENDIAN_BIG : ENDIAN_LITTLE);
}

static void eval_memory(State *s, const IrInsn *in, V128 *out, const V128 *a, const V128 *b,
                        const V128 *c)
{
    IrMem m = in->mem;
    uint64_t addr = a->u64[0], at = (uint32_t)(addr + m.disp) - GUEST_VA, old;
    switch (in->op) {
    case IR_ldc:
        if (!ir_cond_holds(m.cond, c->u32[0])) {
            *out = *b;
            break;
        }
        /* fall through */
    case IR_ld:
    case IR_ldh:
        if (m.size == 16) {
            memcpy(out, s->mem + at, 16);
        } else {
            out->u64[0] = mem_load(s, addr, m, in->type);
        }
        break;
    case IR_stc:
        if (!ir_cond_holds(m.cond, c->u32[0])) {
            break;
        }
        /* fall through */
    case IR_st:
    case IR_sth:
        if (m.size == 16) {
            memcpy(s->mem + at, b, 16);
        } else {
            mem_store(s, addr, m, b->u64[0]);
        }
        break;
    default:
        old = mem_load(s, addr, m, in->type);
        out->u64[0] = old;
        if (in->op != IR_cas) {
            mem_store(s, addr, m, combined(in->op, old, b->u64[0]));
        } else if (((old ^ b->u64[0]) & mask64(m.size * 8)) == 0) {
            mem_store(s, addr, m, c->u64[0]);
        }
    }
}

/* Runs the region by the book. */
static void evaluate(State *s)
{
    static V128 v[IR_MAX_INSNS];
    for (unsigned i = 1; i < r->n_insns; i++) {
        const IrInsn *in = &r->insns[i];
        const IrOpInfo *info = &ir_ops[in->op];
        V128 *a = &v[in->a], *b = &v[in->b], *c = &v[in->c];
        memset(&v[i], 0, sizeof(V128));
        if (in->op == IR_get) {
            v[i] = s->slot[in->imm];
        } else if (in->op == IR_put) {
            s->slot[in->imm] = *a;
        } else if (in->op == IR_exit_if) {
            if (ir_cond_holds(in->type, a->u32[0])) {
                s->exit_pc = in->imm;
                return;
            }
        } else if (info->klass == IR_LOAD || info->klass == IR_STORE || info->klass == IR_ATOMIC) {
            if (in->op != IR_tlb) {
                eval_memory(s, in, &v[i], a, b, c);
            }
        } else if (info->klass == IR_FLOATING) {
            v[i].u64[0] = eval_float(in, a->u64[0], b->u64[0], c->u64[0]);
        } else if (in->op >= IR_vand && in->op <= IR_vsetlane) {
            ir_eval_v128(in, &v[i], a, b);
        } else if (in->op == IR_select && in->type == IR_V128) {
            v[i] = ir_cond_holds(in->imm, a->u32[0]) ? *b : *c;
        } else if (info->has_result) {
            unsigned w = mask_of(in->type) == UINT32_MAX ? 32 : 64;
            v[i].u64[0] = ir_eval(in->op, w, a->u64[0], b->u64[0], c->u64[0], in->imm);
        }
    }
}

static void load_state(const State *s)
{
    memcpy(cpu->slot, s->slot, sizeof(s->slot));
    memcpy(guest, s->mem, GUEST_SIZE);
    cpu->cpu.pc = 0;
}

static bool same_slot(unsigned n, const V128 *x, const V128 *y)
{
    switch (slot_type(n)) {
    case IR_FLAGS: return !((x->u32[0] ^ y->u32[0]) & (FL_N | FL_Z | FL_C | FL_V));
    case IR_I32:
        return x->u32[0] == y->u32[0];
    case IR_F32:
        return x->u32[0] == y->u32[0] || (isnan(f32_of(x->u32[0])) && isnan(f32_of(y->u32[0])));
    case IR_F64:
        return x->u64[0] == y->u64[0] || (isnan(f64_of(x->u64[0])) && isnan(f64_of(y->u64[0])));
    case IR_V128:
        return !memcmp(x, y, 16);
    default:
        return x->u64[0] == y->u64[0];
    }
}

static void *test_alloc(CodeBuf *buf, size_t size)
{
    (void)buf;
    static char arena[1 << 20];
    static size_t used;
    size = (size + 15) & ~(size_t)15;
    used = used + size > sizeof(arena) ? 0 : used;
    used += size;
    return arena + used - size;
}

static uint8_t *code_start;

static void show_failure(const CodeBlock *cb, const State *before, unsigned n, const V128 *want)
{
    ir_print(r, stderr);
    backend_x86_64.disas(cb, stderr);
    for (unsigned i = 0; i < N_SLOTS; i++) {
        fprintf(stderr, "%s = %016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x\n",
                slots[i].name, before->slot[i].u64[1], before->slot[i].u64[0]);
    }
    g_error("slot %s is %016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x, not %016"
            G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", slots[n].name,
            cpu->slot[n].u64[1], cpu->slot[n].u64[0], want->u64[1], want->u64[0]);
}

/* Compiles, runs and compares with the book. */
static void check(const State *before)
{
    static State want;
    CodeBlock cb = { .pc = 0x1000, .n_guest_insns = r->n_guest_insns };
    CodeBuf buf = { code_start, code_mem + CODE_SIZE, 0, test_alloc };
    char *why = ir_verify(r);
    if (why) {
        ir_print(r, stderr);
        g_error("the test made a bad region: %s", why);
    }
    g_assert_true(backend_x86_64.compile(r, &cb, &buf, false));
    want = *before;
    want.exit_pc = 0;
    evaluate(&want);
    load_state(before);
    CodeExit *exit = backend_x86_64.enter(&cpu->cpu, &cb);
    for (unsigned n = 0; n < N_SLOTS; n++) {
        if (!same_slot(n, &cpu->slot[n], &want.slot[n])) {
            show_failure(&cb, before, n, &want.slot[n]);
        }
    }
    if (cpu->cpu.pc != want.exit_pc || (exit != NULL) != (want.exit_pc != 0)) {
        show_failure(&cb, before, 0, &want.slot[0]);
    }
    for (unsigned i = 0; i < GUEST_SIZE; i++) {
        if (guest[i] != want.mem[i]) {
            fprintf(stderr, "memory byte %#x is %02x, not %02x\n", i, guest[i], want.mem[i]);
            show_failure(&cb, before, 0, &want.slot[0]);
        }
    }
}

static double rnd_double(void)
{
    static const double some[] = { 0, -0.0, 1, -1, 0.5, 1e300, -1e-300, 3.25, 1e10, INFINITY };
    return rnd(2) ? some[rnd(G_N_ELEMENTS(some))] : g_rand_double_range(rng, -1e6, 1e6);
}

static void random_state(State *s)
{
    memset(s->slot, 0, sizeof(s->slot));
    for (unsigned n = 0; n < N_SLOTS; n++) {
        uint64_t v = rnd_value();
        switch (slot_type(n)) {
        case IR_I32:   s->slot[n].u64[0] = (uint32_t)v; break;
        case IR_FLAGS: s->slot[n].u64[0] = v & (FL_N | FL_Z | FL_C | FL_V); break;
        case IR_F32:   s->slot[n].u64[0] = of_f32(rnd_double()); break;
        case IR_F64:   s->slot[n].u64[0] = of_f64(rnd_double()); break;
        case IR_V128:  s->slot[n].u64[1] = rnd_value(); /* fall through */
        default:       s->slot[n].u64[0] = v;
        }
    }
    for (unsigned i = 0; i < GUEST_SIZE; i++) {
        s->mem[i] = rnd(256);
    }
}

/* ---- random ops ---- */

static IrRef values[IR_N_TYPES][512];
static unsigned n_values[IR_N_TYPES];

static void forget_values(void)
{
    memset(n_values, 0, sizeof(n_values));
}

static IrRef note(IrType t, IrRef v)
{
    if (n_values[t] < 512) {
        values[t][n_values[t]++] = v;
    }
    return v;
}

/* One of the n newest values of a type. */
static IrRef newest(IrType t, unsigned n)
{
    n = n < n_values[t] ? n : n_values[t];
    return values[t][n_values[t] - 1 - rnd(n)];
}

static uint8_t slot_read[N_SLOTS];          /* value that a slot was read or put as */
static IrRef slot_now[N_SLOTS];

static IrRef operand(IrType t)
{
    if (n_values[t] && rnd(3)) {
        return newest(t, 1 + rnd(40));
    }
    if (rnd(4) == 0 && t != IR_FLAGS && t != IR_V128) {
        uint64_t v = t == IR_F32 ? of_f32(rnd_double()) : t == IR_F64 ? of_f64(rnd_double())
                   : rnd_value() & mask_of(t);
        return note(t, add_insn((IrInsn){ .op = IR_const, .type = t, .imm = v }));
    }
    unsigned s = slot_of(t);
    if (!slot_read[s]) {
        slot_read[s] = 1;
        slot_now[s] = add_insn((IrInsn){ .op = IR_get, .type = t, .imm = s });
    }
    return note(t, slot_now[s]);
}

static void put(unsigned s, IrRef v)
{
    add_insn((IrInsn){ .op = IR_put, .type = slot_type(s), .a = v, .imm = s });
    slot_read[s] = 1;
    slot_now[s] = v;
}

static IrType letter_type(char c, IrType own)
{
    switch (c) {
    case 'w': return IR_I32;
    case 'd': return IR_I64;
    case 'F': return IR_FLAGS;
    case 'S': return IR_F32;
    case 'D': return IR_F64;
    case 'V': return IR_V128;
    default:  return own;
    }
}

/* z of the carry ops is 0 or 1. */
static IrRef carry(void)
{
    if (rnd(2)) {
        return add_insn((IrInsn){ .op = IR_cond, .type = IR_I32, .a = operand(IR_FLAGS),
                                  .imm = rnd(14) });
    }
    IrRef one = add_insn((IrInsn){ .op = IR_const, .type = IR_I32, .imm = 1 });
    return add_insn((IrInsn){ .op = IR_and, .type = IR_I32, .a = operand(IR_I32), .b = one });
}

static IrRef packed(void)
{
    IrRef bits = add_insn((IrInsn){ .op = IR_const, .type = IR_I32,
                                    .imm = FL_N | FL_Z | FL_C | FL_V });
    return add_insn((IrInsn){ .op = IR_and, .type = IR_I32, .a = operand(IR_I32), .b = bits });
}

static unsigned rnd_cond(void)
{
    return rnd(8) ? rnd(14) : IR_A + rnd(2);
}

static uint64_t rnd_imm(unsigned op, IrType own)
{
    unsigned w = own == IR_I64 || own == IR_F64 ? 64 : 32, pos = rnd(w);
    unsigned log = rnd(4);
    switch (op) {
    case IR_bfx:
    case IR_bfi:
        return pos | (1 + rnd(w - pos)) << 8;
    case IR_cond:
    case IR_select:
        return rnd_cond();
    case IR_vadd: case IR_vsub: case IR_vneg:
        return 1 << log;
    case IR_vmul:
        return rnd(2) ? 2 : 4;
    case IR_vabs: case IR_vcmpeq: case IR_vcmpgt: case IR_vmins: case IR_vminu: case IR_vmaxs:
    case IR_vmaxu:
        return 1 << rnd(3);
    case IR_vshl: case IR_vshr:
        return 1 << log | rnd(8 << log) << 8;
    case IR_vsar:
        log = rnd(3);
        return 1 << log | rnd(8 << log) << 8;
    default:
        return 0;
    }
}

static bool is_fl(unsigned op)
{
    return op >= IR_fl_add && op <= IR_fl_fcmp;
}

/* The own type that an op may have: integers, floats or what its signature says. */
static IrType own_type(unsigned op)
{
    const char *sig = ir_ops[op].sig;
    bool flt = ir_ops[op].klass == IR_FLOATING || op == IR_fneg || op == IR_fabs;
    if (op == IR_select) {
        static const IrType any[] = { IR_I32, IR_I64, IR_F32, IR_F64, IR_V128 };
        return any[rnd(5)];
    }
    if (strchr(sig, 'T')) {
        return flt ? (rnd(2) ? IR_F32 : IR_F64) : (rnd(2) ? IR_I32 : IR_I64);
    }
    return letter_type(sig[0], IR_I32);
}

static IrRef lane_op(unsigned op)
{
    static const IrType type[] = { IR_I32, IR_I32, IR_I32, IR_I64 };
    unsigned log = rnd(4), lane = rnd(16 >> log);
    IrType t = log >= 2 && rnd(2) ? (log == 2 ? IR_F32 : IR_F64) : type[log];
    uint64_t imm = 1 << log | lane << 8;
    IrRef a, b;
    switch (op) {
    case IR_vdup:
        a = operand(type[log]);
        return note(IR_V128, add_insn((IrInsn){ .op = op, .type = IR_V128, .a = a,
                                                .imm = 1 << log }));
    case IR_vlane:
        a = operand(IR_V128);
        return note(t, add_insn((IrInsn){ .op = op, .type = t, .a = a, .imm = imm }));
    default:
        a = operand(IR_V128);
        b = operand(t);
        return note(IR_V128, add_insn((IrInsn){ .op = op, .type = IR_V128, .a = a, .b = b,
                                                .imm = imm }));
    }
}

/* ftoi and ftou are asked for what fits: the helper for the rest is not ours to test. */
static IrRef convertible(IrType t, bool sign)
{
    IrRef w = operand(IR_I32);
    return add_insn((IrInsn){ .op = sign ? IR_itof : IR_utof, .type = t, .a = w });
}

static void random_op(unsigned op)
{
    if (op == IR_vdup || op == IR_vlane || op == IR_vsetlane) {
        lane_op(op);
        return;
    }
    const IrOpInfo *info = &ir_ops[op];
    IrType own = own_type(op);
    const char *p = strchr(info->sig, ':') + 1;
    IrRef arg[3] = { 0 };
    for (unsigned k = 0; k < info->n_args; k++) {
        if ((op == IR_addc || op == IR_subc || op == IR_fl_adc || op == IR_fl_sbb ||
             op == IR_fl_sbc) && k == 2) {
            arg[k] = carry();
        } else if ((op == IR_fl_nzc && k == 1) || (op == IR_fl_nzcv && k)) {
            arg[k] = carry();
        } else if (op == IR_fl_pack) {
            arg[k] = packed();
        } else if ((op == IR_ftoi || op == IR_ftou)) {
            /* a float holds 2^32 where an integer near it does not fit */
            arg[k] = convertible(IR_F64, op == IR_ftoi);
            own = IR_F64;
        } else {
            arg[k] = operand(letter_type(p[k], own));
        }
    }
    bool types_operand = is_fl(op) || op == IR_ftoi || op == IR_ftou;
    IrType result = is_fl(op) ? IR_FLAGS : letter_type(info->sig[0], own);
    IrRef v = add_insn((IrInsn){ .op = op, .type = types_operand ? own : result, .a = arg[0],
                                 .b = arg[1], .c = arg[2], .imm = rnd_imm(op, own) });
    if (op == IR_fl_word) {             /* P and A are not defined for every kind */
        IrRef bits = add_insn((IrInsn){ .op = IR_const, .type = IR_I32,
                                        .imm = FL_N | FL_Z | FL_C | FL_V });
        v = add_insn((IrInsn){ .op = IR_and, .type = IR_I32, .a = v, .b = bits });
    }
    note(result, v);
}

static void put_some(unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        unsigned t = 1 + rnd(IR_FLAGS);
        if (n_values[t]) {
            put(slot_of(t), newest(t, 8));
        }
    }
}

static bool testable(unsigned op)
{
    unsigned k = ir_ops[op].klass;
    return (k == IR_PURE || k == IR_FLOATING) && op != IR_const && op != IR_nop && !ir_is_vec_op(op);
}

static void fresh(void)
{
    forget_values();
    memset(slot_read, 0, sizeof(slot_read));
    begin();
}

/* One op alone, many times: the operands' forms and what lives on are drawn. */
static void test_each_op(void)
{
    State s;
    for (unsigned op = 1; op < IR_N_OPS; op++) {
        if (!testable(op)) {
            continue;
        }
        for (unsigned i = 0; i < 150; i++) {
            random_state(&s);
            fresh();
            random_op(op);
            put_some(1 + rnd(4));
            for (unsigned t = 1; t < IR_N_TYPES; t++) {
                if (n_values[t]) {
                    put(slot_of(t), values[t][n_values[t] - 1]);
                }
            }
            if (rnd(2)) {
                put_some(3);
            }
            finish();
            check(&s);
        }
    }
}

static void random_exit(void)
{
    add_insn((IrInsn){ .op = IR_exit_if, .type = rnd_cond(), .a = operand(IR_FLAGS),
                       .imm = rnd(2) ? 0x1800 : 0x1100 });
}

/* Ops in sequences as compilers' output has them: compare, then use the flags. */
static void compare_and_use(void)
{
    static const uint8_t with[][2] = { { IR_sub, IR_fl_cmp }, { IR_sub, IR_fl_sub },
                                       { IR_add, IR_fl_add }, { IR_and, IR_fl_logic },
                                       { IR_xor, IR_fl_nz }, { IR_or, IR_fl_logic },
                                       { IR_andn, IR_fl_nz }, { IR_and, IR_fl_nz } };
    const uint8_t *w = with[rnd(G_N_ELEMENTS(with))];
    IrType t = rnd(4) ? IR_I32 : IR_I64;
    IrRef a = operand(t), b = operand(t);
    IrRef v = note(t, add_insn((IrInsn){ .op = w[0], .type = t, .a = a, .b = b }));
    bool of_result = w[1] == IR_fl_logic || w[1] == IR_fl_nz;
    IrRef old = w[1] == IR_fl_nz ? operand(IR_FLAGS) : 0;
    IrRef f = add_insn((IrInsn){ .op = w[1], .type = t, .a = of_result ? v : a,
                                 .b = w[1] == IR_fl_nz ? old : of_result ? 0 : b });
    note(IR_FLAGS, f);
    put(slot_of(t), v);
    put(slot_of(IR_FLAGS), f);
    if (rnd(2)) {
        random_exit();
    }
}

static const uint8_t loose[] = { 1, 2, 4, 8, 16 };
static IrRef page;                          /* value of slot 0, which began as GUEST_VA */

static void random_memory(void)
{
    unsigned op = IR_ld + rnd(IR_amo_xor - IR_ld + 1);
    unsigned log = rnd(4), at = 16 + rnd(GUEST_SIZE - 96);
    IrType t = log == 3 ? IR_I64 : rnd(3) ? IR_I32 : IR_I64;
    if (op <= IR_sth && rnd(4) == 0) {
        t = IR_F32 + rnd(3);
        log = t == IR_F32 ? 2 : t == IR_F64 ? 3 : 4;
    }
    if (op == IR_tlb || op == IR_ldh || op == IR_sth) {
        op = rnd(2) ? IR_ldh : IR_sth;
    }
    IrMem m = { .disp = rnd(3) ? (int)rnd(2000) - 1000 : 0, .size = 1 << log, .align = 1,
                .sign = log < 3 && !ir_ops[op].n_args ? 0 : rnd(2), .cond = rnd(14) };
    m.sign = m.sign && (t == IR_I32 ? log < 2 : t == IR_I64 && log < 3);
    m.big = log < 4 && rnd(3) == 0;
    if (ir_ops[op].klass == IR_ATOMIC) {
        m.sign = m.big = 0;             /* in big order C does it */
        at &= -(1 << log);
        m.align = 1 << log;
    } else if (rnd(2)) {
        at &= -(1 << log);
        m.align = loose[rnd(log + 1)];
    }
    /* an address the backend does not know, or a constant */
    IrRef addr;
    uint64_t want = GUEST_VA + at - m.disp;
    if (rnd(3) == 0 && op != IR_ldh && op != IR_sth) {
        addr = add_insn((IrInsn){ .op = IR_const, .type = IR_I32, .imm = (uint32_t)want });
    } else {
        IrRef off = add_insn((IrInsn){ .op = IR_const, .type = IR_I32,
                                       .imm = (uint32_t)(want - GUEST_VA) });
        addr = add_insn((IrInsn){ .op = IR_add, .type = IR_I32, .a = page, .b = off });
    }
    IrRef b = 0, c = 0;
    if (op == IR_ldh || op == IR_sth) {
        IrMem probe = { .disp = m.disp, .size = 1, .align = 1, .write = op == IR_sth,
                        .span5 = (m.size + 7) / 8 };
        c = add_insn((IrInsn){ .op = IR_tlb, .type = IR_I64, .a = addr, .mem = probe });
    }
    if (op != IR_ld && op != IR_ldh) {
        b = operand(t);
    }
    if (op == IR_ldc || op == IR_stc) {
        c = operand(IR_FLAGS);
    } else if (op == IR_cas) {
        c = operand(t);
    }
    IrRef v = add_insn((IrInsn){ .op = op, .type = t, .a = addr, .b = b, .c = c, .mem = m });
    if (ir_ops[op].has_result) {
        note(t, v);
    }
}

static void random_block(unsigned n, bool memory)
{
    for (unsigned i = 0; i < n; i++) {
        unsigned op;
        do {
            op = 1 + rnd(IR_N_OPS - 1);
        } while (!testable(op));
        switch (rnd(8)) {
        case 0:
            compare_and_use();
            break;
        case 1:
            if (memory) {
                random_memory();
                break;
            }
            /* fall through */
        default:
            random_op(rnd(3) ? op : IR_add + rnd(IR_bswap - IR_add));
        }
        if (rnd(2)) {
            put_some(1 + rnd(3));
        }
        if (rnd(20) == 0) {
            random_exit();
        }
    }
}

static void test_random(unsigned n_blocks, unsigned max, bool memory)
{
    State s;
    for (unsigned i = 0; i < n_blocks; i++) {
        random_state(&s);
        fresh();
        if (memory) {
            s.slot[0].u64[0] = GUEST_VA;
            page = slot_now[0] = add_insn((IrInsn){ .op = IR_get, .type = IR_I32, .imm = 0 });
            slot_read[0] = 1;
        }
        random_block(1 + rnd(max), memory);
        finish();
        check(&s);
    }
}

static void test_short_blocks(void)
{
    test_random(20000, 12, false);
}

static void test_long_blocks(void)
{
    test_random(1500, 250, false);
}

static void test_memory(void)
{
    test_random(20000, 16, true);
    test_random(500, 150, true);
}

static void setup(void)
{
    GError *err = NULL;
    size_t before = -(ptrdiff_t)TLB_READ_OFFSET;
    char *base = mmap(NULL, before + sizeof(TestCpu), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    code_mem = mmap(NULL, CODE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    guest = mmap(NULL, GUEST_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    g_assert(base != MAP_FAILED && code_mem != MAP_FAILED && guest != MAP_FAILED);
    cpu = (TestCpu *)(base + before);
    host_backend = &backend_x86_64;
    g_assert_true(backend_x86_64.init(&err));
    CodeBuf buf = { code_mem, code_mem + CODE_SIZE, 0, test_alloc };
    g_assert_true(backend_x86_64.begin_cache(&buf));
    code_start = buf.rw;
    backend_x86_64.fp_set_rounding(&cpu->cpu, 0);

    uint64_t ctx = UINT64_C(0x10) << 32;
    for (unsigned i = 0; i < N_MMU; i++) {
        cpu->cpu.tlb_ctx[i] = ctx;
    }
    int32_t table[] = { TLB_READ_OFFSET, TLB_WRITE_OFFSET };
    for (unsigned i = 0; i < 2; i++) {
        TlbEntry *e = (TlbEntry *)((char *)cpu + table[i]) + (GUEST_VA >> 12) % TLB_SIZE;
        *e = (TlbEntry){ GUEST_VA ^ ctx, (uint64_t)guest - GUEST_VA };
    }
    for (unsigned n = 0; n < N_SLOTS; n++) {
        static const char *const name[] = { "void", "w", "d", "s", "f", "v", "fl" };
        slots[n] = (SlotDef){ g_strdup_printf("%s%u", name[slot_type(n)], n),
                              offsetof(TestCpu, slot[n]), slot_type(n), 0 };
    }
    r = ir_region_new(slots, N_SLOTS, false);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    rng = g_rand_new_with_seed(g_test_rand_int());
    setup();
    g_test_add_func("/x64/ops/each", test_each_op);
    g_test_add_func("/x64/ops/short", test_short_blocks);
    g_test_add_func("/x64/ops/long", test_long_blocks);
    g_test_add_func("/x64/ops/memory", test_memory);
    return g_test_run();
}
