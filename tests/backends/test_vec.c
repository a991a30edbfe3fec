/* SPDX-License-Identifier: MIT */
/*
 * Every row of tcg/vec.def in every backend of this host, on random operands: as the host is, with the
 * encodings of a host without AVX, and with a host that has no instruction for it.  The judges are
 * vec_eval() and, for floating point, the x86 guest's soft-float under random MXCSRs.
 */
#include <inttypes.h>
#include <string.h>
#include "backends/x86_64/x64.h"
#include "frontends/x86/cpu.h"
#include "tests/backends/bench.h"
#include "tests/ir/slots.h"
#include "tcg/vec.h"

enum { RUNS = 40 };

static IrRegion *region;
static IrBuild build;
static State before;
static GRand *rng;
static X86Cpu reference;        /* of which the MXCSR counts */

static unsigned draw(unsigned n)
{
    return g_test_rand_int_range(0, n);
}

static uint64_t draw64(void)
{
    return (uint64_t)g_rand_int(rng) << 32 | g_rand_int(rng);
}

/* ---- operands ---- */

static uint32_t draw_f32(void)
{
    static const uint32_t odd[] = { 0, 0x80000000, 0x3f800000, 0x7f800000, 0xff800000, 0x7fc00001,
                                    0x7f800001, 1, 0x807fffff, 0x00800000, 0x7f7fffff, 0x4f000000 };
    return draw(3) ? (draw(40) + 108) << 23 | (g_rand_int(rng) & 0x807fffff)
                   : odd[draw(G_N_ELEMENTS(odd))];
}

static uint64_t draw_f64(void)
{
    static const uint64_t odd[] = { 0, 1ull << 63, 0x3ff0000000000000, 0x7ff0000000000000, 1,
                                    0x7ff8000000000001, 0x7ff0000000000001, 0x000fffffffffffff,
                                    0x0010000000000000, 0x7fefffffffffffff, 0x41e0000000000000 };
    return draw(3) ? (uint64_t)(draw(80) + 983) << 52 | (draw64() & 0x800fffffffffffff)
                   : odd[draw(G_N_ELEMENTS(odd))];
}

static void draw_vector(V128 *v, bool floating)
{
    unsigned kind = draw(floating ? 2 : 4);
    for (unsigned i = 0; i < 2; i++) {
        v->u64[i] = kind == 0 ? draw_f64() : kind == 1 ? draw_f32() | (uint64_t)draw_f32() << 32
                  : kind == 2 ? draw64() : draw64() & draw64() & 0x0f0f0f0f0f0f0f0full;
    }
}

/* ---- which op a row goes with ---- */

static bool to_integer(VecOp op)
{
    return op >= VEC_cvtss2si && op <= VEC_cvttsd2si64;
}

static bool estimates(VecOp op)
{
    return op >= VEC_rcpps && op <= VEC_rsqrtss;
}

static bool compares(VecOp op)
{
    return op >= VEC_comiss && op <= VEC_ucomisd;       /* fl_comi and fl_ucomi, elsewhere */
}

static IrOp ir_op_of(VecOp op)
{
    static const uint8_t pure[] = { IR_vec1, IR_vec2, IR_vec3 };
    static const uint8_t floating[] = { IR_fvec1, IR_fvec2, IR_fvec3 };
    if (op >= VEC_pmovmskb && op <= VEC_movmskpd) {
        return IR_vmask;
    }
    return op == VEC_ptest ? IR_vtest : to_integer(op) ? IR_fvtoi :
           op == VEC_cvtsi2ss || op == VEC_cvtsi2sd ? IR_fvofi :
           vec_ops[op].floating ? floating[vec_ops[op].n_args - 1] : pure[vec_ops[op].n_args - 1];
}

/* Bits of the immediate that the operation looks at. */
static unsigned draw_imm(VecOp op)
{
    return op >= VEC_cmpps && op <= VEC_cmpsd ? draw(32) : draw(256);
}

/* ---- one run ---- */

static void judge(VecOp op, const V128 *want, uint32_t flags, bool native)
{
    for (const HostBackend *const *b = bench_backends; *b; b++) {
        State s = before;
        if (!native && *b == &backend_x86_64) {
            continue;
        }
        reference.mxcsr &= ~0x3fu;
        (*b)->fp_clear_sticky(&bench_cpu->cpu);
        bench_run(*b, region, &s);
        V128 got = s.v[3];
        IrOp ir = ir_op_of(op);
        got = ir == IR_fvtoi ? (V128){ .u64 = { s.x[3], 0 } } :
              ir == IR_vmask || ir == IR_vtest ? (V128){ .u64 = { s.r[7], 0 } } : got;
        if (memcmp(&got, want, 16)) {
            ir_print(region, stderr);
            g_error("%s in %s: %016" PRIx64 "%016" PRIx64 ", not %016" PRIx64 "%016" PRIx64
                    " (mxcsr %x)", vec_ops[op].name, (*b)->name, got.u64[1], got.u64[0],
                    want->u64[1], want->u64[0], reference.mxcsr);
        }
        uint32_t ieee = (flags & 1) | (flags >> 1 & 0x1e);
        if (vec_ops[op].floating && *b == &backend_x86_64 && s.sticky != ieee) {
            ir_print(region, stderr);
            g_error("%s: sticky flags %x, not %x (mxcsr %x)", vec_ops[op].name, s.sticky, ieee,
                    reference.mxcsr);
        }
    }
}

static IrRef vector(unsigned n)
{
    return ir_get(&build, SLOT_Q0 + n);
}

static void one(VecOp op, bool estimates_too)
{
    IrOp ir = ir_op_of(op);
    unsigned b = draw(6) ? 1 : 0, c = draw(6) ? 2 : b;
    IrInsn in = { .op = ir, .imm = vec_imm(op, draw_imm(op)) };
    V128 want;
    uint32_t flags = 0;
    bench_random_state(&before, rng);
    for (unsigned i = 0; i < 3; i++) {
        draw_vector(&before.v[i], vec_ops[op].floating && draw(4));
    }
    before.x[0] = draw64() >> draw(64);
    ir_begin(&build, region);
    ir_block(&build, REGION_PC);
    ir_insn(&build, REGION_PC, 0);
    in.type = ir_ops[ir].result;
    in.a = vector(0);
    V128 integer = { .u64 = { before.x[0], 0 } };
    const V128 *second = ir == IR_fvofi ? &integer : &before.v[b];
    in.b = ir_ops[ir].n_args < 2 ? 0 : ir == IR_fvofi ? ir_get(&build, SLOT_X0) : vector(b);
    in.c = ir_ops[ir].n_args < 3 ? 0 : vector(c);
    IrRef v = ir_value(&build, in);
    if (draw(2)) {
        ir_put(&build, SLOT_Q0 + 2, ir_opi(&build, IR_vadd, IR_V128, in.a, in.c ? in.c : in.a, 4));
    }
    ir_put(&build, ir == IR_fvtoi ? SLOT_X0 + 3 : in.type == IR_I32 ? SLOT_R0 + 7 : SLOT_Q0 + 3, v);
    ir_goto(&build, REGION_PC + 4);
    if (vec_ops[op].floating) {
        flags = x86_vec_compute(&reference, in.imm, &want, &before.v[0], second, &before.v[c]);
    } else {
        vec_eval(in.imm, &want, &before.v[0], second, &before.v[c]);
    }
    judge(op, &want, flags, !estimates(op) || estimates_too);
}

static void test_row(gconstpointer data)
{
    VecOp op = GPOINTER_TO_UINT(data);
    X64Features have = x64_has;
    for (unsigned how = 0; how < 3; how++) {
        x64_vec_none = how == 2;
        x64_has.avx = have.avx && how == 0;
        for (unsigned i = 0; i < RUNS; i++) {
            uint32_t v = 0x1f80 | draw(4) << 13 | (draw(4) ? 0 : draw(2) << 6 | draw(2) << 15);
            static const uint8_t host[4] = { 0, 2, 1, 3 };
            reference.mxcsr = v;
            bench_rounding = host[v >> 13 & 3] | (v & MXCSR_FTZ ? FP_FLUSH_RESULTS : 0) |
                             (v & MXCSR_DAZ ? FP_FLUSH_INPUTS : 0);
            one(op, x64_vec_none);
        }
        x64_vec_none = false;
        x64_has = have;
    }
}

static void vec_float(Cpu *cpu, uint64_t imm, V128 *out, const V128 *a, const V128 *b,
                      const V128 *c)
{
    uint32_t f = x86_vec_compute(&reference, imm, out, a, b, c);
    cpu->fp_sticky |= (f & 1) | (f >> 1 & 0x1e);
}

int main(int argc, char **argv)
{
    static GuestIsa isa;
    g_test_init(&argc, &argv, NULL);
    bench_init();
    isa = *bench_cpu->cpu.isa;
    isa.vec_float = vec_float;
    bench_cpu->cpu.isa = &isa;
    rng = g_rand_new_with_seed(g_test_rand_int());
    region = ir_region_new(test_slots, TEST_N_SLOTS, false);
    for (unsigned op = VEC_none + 1; op < VEC_N_OPS; op++) {
        if (!compares(op)) {
            g_autofree char *name = g_strdup_printf("/backends/vec/%s", vec_ops[op].name);
            g_test_add_data_func(name, GUINT_TO_POINTER(op), test_row);
        }
    }
    int failed = g_test_run();
    ir_region_free(region);
    g_rand_free(rng);
    return failed;
}
