/* SPDX-License-Identifier: MIT */
/*
 * Emitters of the operations of tcg/vec.def: one host instruction each, by the table of vec.def; what
 * this host has none for is called in C.
 *
 * Floating point is the guest's own where both are x86: MXCSR is the guest's while its code runs, and
 * nobody looks at results.
 */
#include "backends/x86_64/x64.h"

#include "tcg/guest.h"
#include "tcg/vec.h"

#define X(ra) X64 *x = &x64; Emit *e = &x->e; (void)e; (void)(ra)

typedef enum How {
    HOW_NONE, HOW_R, HOW_R_IMM, HOW_RR, HOW_RR_IMM, HOW_VEX, HOW_VEX1, HOW_DIGIT3, HOW_DIGIT7, HOW_IS4,
    HOW_FMA, HOW_STORE_IMM,
} How;

enum { VF_SSE2, VF_SSE3, VF_SSSE3, VF_SSE41, VF_SSE42, VF_AES, VF_PCLMUL, VF_AVX, VF_AVX2, VF_F16C,
       VF_FMA, VF_N };

typedef struct HostVec {
    uint32_t op;
    uint8_t  how, feature;
} HostVec;

static const HostVec rows[VEC_N_OPS] = {
#define VEC(name, how, feature, op) [VEC_##name] = { op, HOW_##how, VF_##feature },
#include "backends/x86_64/vec.def"
};

static bool has[VF_N];
bool x64_vec_none;

void x64_detect_vec(void)
{
    has[VF_SSE2] = true;
    has[VF_SSE3] = __builtin_cpu_supports("sse3");
    has[VF_SSSE3] = __builtin_cpu_supports("ssse3");
    has[VF_SSE41] = __builtin_cpu_supports("sse4.1");
    has[VF_SSE42] = __builtin_cpu_supports("sse4.2");
    has[VF_AES] = __builtin_cpu_supports("aes");
    has[VF_PCLMUL] = __builtin_cpu_supports("pclmul");
    has[VF_AVX] = __builtin_cpu_supports("avx");
    has[VF_AVX2] = __builtin_cpu_supports("avx2");
    has[VF_F16C] = __builtin_cpu_supports("avx") && __builtin_cpu_supports("f16c");
    has[VF_FMA] = __builtin_cpu_supports("avx") && __builtin_cpu_supports("fma");
    for (unsigned i = VEC_none + 1; i < VEC_N_OPS; i++) {
        g_assert(rows[i].how);
    }
}

/* ---- in C ---- */

void x64_vec_in_c(Cpu *cpu, uint64_t imm, V128 *out, const V128 *a, const V128 *b, const V128 *c)
{
    if (vec_ops[vec_op_of(imm)].floating) {
        cpu->isa->vec_float(cpu, imm, out, a, b, c);
    } else {
        vec_eval(imm, out, a, b, c);
    }
}

static X64Mem cell(unsigned n)
{
    return x64_frame_mem(X64_SCRATCH + 16 * n);
}

/* The result is in cell 3 afterwards. */
static void call_vec(X64 *x, const HostInsn *h)
{
    Emit *e = &x->e;
    for (unsigned k = 0; k < ir_ops[h->in->op].n_args; k++) {
        if (ir_type_is_vec(ra_type(x->ra, h->arg[k].ref))) {
            x64_xmm_store(e, 128, cell(k), h->arg[k].reg);
        } else {
            x64_store(e, 64, cell(k), h->arg[k].reg);
        }
    }
    x64_mov_imm(x, RDX, h->in->imm);
    x64_call_to(e, x64_common.vec);
}

/* Is there an instruction?  If not the call has been made. */
static const HostVec *find(X64 *x, const HostInsn *h)
{
    const HostVec *v = &rows[vec_op_of(h->in->imm)];
    bool old_compare = !x64_has.avx && (v->op & 0x3ff) == (X64_0F | 0xc2) &&
                       vec_byte_of(h->in->imm) > 7;
    bool needs_avx = v->how == HOW_IS4 || v->how == HOW_VEX || v->how == HOW_VEX1 ||
                     v->how == HOW_FMA || v->how == HOW_STORE_IMM;
    if (has[v->feature] && needs_avx <= x64_has.avx && !old_compare && !x64_vec_none) {
        return v;
    }
    call_vec(x, h);
    return NULL;
}

static void imm_byte(X64 *x, const HostInsn *h)
{
    x64_put8(&x->e, vec_byte_of(h->in->imm));
}

/* ---- vectors from vectors ---- */

void x64_emit_vec1(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned d = h->out, s = h->arg[0].reg;
    const HostVec *v = find(x, h);
    if (!v) {
        x64_xmm_load(e, 128, d, cell(3));
        return;
    }
    switch (v->how) {
    case HOW_R:
    case HOW_R_IMM:
        x64_vec2(x, v->op, d, s);
        if (v->how == HOW_R_IMM) {
            imm_byte(x, h);
        }
        break;
    case HOW_VEX1:
        x64_vrr(e, v->op, d, 0, s);
        break;
    case HOW_STORE_IMM:
        x64_vrr(e, v->op, s, 0, d);
        imm_byte(x, h);
        break;
    case HOW_DIGIT3:
    case HOW_DIGIT7: {
        unsigned digit = v->how == HOW_DIGIT3 ? 3 : 7;
        if (x64_has.avx) {
            x64_vrr(e, v->op, digit, d, s);
        } else {
            x64_move(ra, IR_V128, d, s);
            x64_rr(e, v->op, digit, d);
        }
        imm_byte(x, h);
        break;
    }
    default:
        g_assert_not_reached();
    }
}

void x64_emit_vec2(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned d = h->out, a = h->arg[0].reg, b = h->arg[1].reg;
    const HostVec *v = find(x, h);
    if (!v) {
        x64_xmm_load(e, 128, d, cell(3));
        return;
    }
    if (v->how == HOW_VEX) {
        x64_vrr(e, v->op, d, a, b);
    } else {
        x64_vec3(x, v->op, d, a, b);
    }
    if (v->how == HOW_RR_IMM) {
        imm_byte(x, h);
    }
}

/* The first operand is in the result's register. */
void x64_emit_vec3(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned d = h->out, b = h->arg[1].reg, c = h->arg[2].reg;
    const HostVec *v = find(x, h);
    if (!v) {
        x64_xmm_load(e, 128, d, cell(3));
        return;
    }
    x64_vrr(e, v->op, d, v->how == HOW_IS4 ? d : b, v->how == HOW_IS4 ? b : c);
    if (v->how == HOW_IS4) {
        x64_put8(e, c << 4);
    }
}

/* ---- from and to general registers ---- */

void x64_emit_vmask(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostVec *v = find(x, h);
    if (v) {
        x64_rr(e, v->op, h->out, h->arg[0].reg);
    } else {
        x64_load(e, 64, h->out, cell(3));
    }
}

/* LAHF's byte in bits 15..8 is where the packed word has ZF and CF. */
void x64_emit_vtest(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostVec *v = find(x, h);
    if (v) {
        x64_vec2(x, v->op, h->arg[0].reg, h->arg[1].reg);
        x64_lahf(e);
        x64_alu_imm(e, ALU_AND, 32, RAX, FL_Z | FL_C);
        x64_mov(e, 32, h->out, RAX);
    } else {
        x64_load(e, 64, h->out, cell(3));
    }
}

void x64_emit_fvofi(Ra *ra, const HostInsn *h)
{
    X(ra);
    const HostVec *v = find(x, h);
    if (!v) {
        x64_xmm_load(e, 128, h->out, cell(3));
    } else if (x64_has.avx) {
        x64_vrr(e, v->op, h->out, h->arg[0].reg, h->arg[1].reg);
    } else {
        x64_move(ra, IR_V128, h->out, h->arg[0].reg);
        x64_rr(e, v->op, h->out, h->arg[1].reg);
    }
}
