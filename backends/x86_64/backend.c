/* SPDX-License-Identifier: MIT */
/*
 * The x86-64 backend: compiling a region with the allocator, and what its files share.
 *
 * Layout of a block's code: the hot path of every IR block, then cold code (slow paths, side
 * exits), then one stub for each direct exit.
 */
#include "backends/x86_64/x64.h"

#include <capstone/capstone.h>
#include <cpuid.h>
#include <xmmintrin.h>

#include "system/error.h"

X64 x64;
X64Features x64_has;

RaRule x64_rules[IR_N_OPS] = {
#define RULE(op, out, args, clobbers, emit) [IR_##op] = { out, args, clobbers, emit },
#include "backends/x86_64/rules.def"
};

/* An op of ops.def without a row in rules.def does not build. */
enum {
#define RULE(op, out, args, clobbers, emit) X64_HAS_##op,
#include "backends/x86_64/rules.def"
};
G_GNUC_UNUSED static const uint8_t x64_complete[] = {
#define VALUE(name, ...)  X64_HAS_##name,
#define FLAGS(name, ...)  X64_HAS_##name,
#define FLOAT(name, ...)  X64_HAS_##name,
#define FVEC(name, ...)   X64_HAS_##name,
#define EFFECT(name, ...) X64_HAS_##name,
#include "tcg/ops.def"
};

/* ---- helpers ---- */

X64Mem x64_frame_mem(int32_t disp)
{
    return x64_mem(RSP, X64_OUT + disp);
}

X64Mem x64_cell(unsigned n)
{
    return x64_mem(RSP, X64_CELLS + (int)(n * sizeof(X64Cell)));
}

X64Mem x64_cpu_mem(int32_t disp)
{
    return x64_mem(X64_CPU, disp);
}

void x64_mov_imm(X64 *x, unsigned d, uint64_t imm)
{
    if (imm == (uint32_t)imm) {
        x64_mov_imm32(&x->e, d, imm);
    } else if ((int64_t)imm == (int32_t)imm) {
        x64_mov_simm32(&x->e, d, imm);
    } else {
        x64_mov_imm64(&x->e, d, imm);
    }
}

void x64_arg_to_gpr(X64 *x, unsigned w, unsigned d, const HostArg *a)
{
    switch (a->kind) {
    case HOST_REG:
        if (d != a->reg) {
            x64_mov(&x->e, w, d, a->reg);
        }
        break;
    case HOST_IMM:
        x64_mov_imm(x, d, a->imm);
        break;
    default:
        x64_load(&x->e, w, d, a->in_frame ? x64_frame_mem(a->disp) : x64_cpu_mem(a->disp));
    }
}

void x64_call_c(X64 *x, const void *fn)
{
    if (x64_in_reach(&x->e, fn)) {
        x64_call_to(&x->e, fn);
    } else {
        x64_mov_imm64(&x->e, RAX, (uintptr_t)fn);
        x64_call_reg(&x->e, RAX);
    }
}

void x64_vec2(X64 *x, uint32_t op, unsigned d, unsigned s)
{
    if (x64_has.avx) {
        x64_vrr(&x->e, op, d, 0, s);
    } else {
        x64_rr(&x->e, op, d, s);
    }
}

void x64_vec3(X64 *x, uint32_t op, unsigned d, unsigned a, unsigned b)
{
    if (x64_has.avx) {
        x64_vrr(&x->e, op, d, a, b);
        return;
    }
    if (d == b && d != a) {
        x64_movaps(&x->e, X64_XTMP1, b);
        b = X64_XTMP1;
    }
    if (d != a) {
        x64_movaps(&x->e, d, a);
    }
    x64_rr(&x->e, op, d, b);
}

X64Cold *x64_cold(X64 *x, X64ColdEmit *emit, const HostInsn *h)
{
    X64Cold *c = &x->cold[x->n_cold];
    if (x->n_cold < X64_MAX_COLD - 1) {
        x->n_cold++;
    } else {
        x->failed = true;
    }
    c->emit = emit;
    c->forgets = false;
    c->stores_x87 = false;
    c->x87 = x->x87;
    c->jump[0] = c->jump[1] = c->jump[2] = NULL;
    if (h) {
        c->h = *h;
        c->in = *h->in;
        c->h.in = &c->in;
    }
    return c;
}

void x64_add_site(X64 *x, const X64Cold *c)
{
    ExitSite *s = &x->ra->sites[x->ra->n_sites++];
    *s = c->site;
    s->code_offset = x->e.p - x->code;
}

/* ---- what the allocator asks for ---- */

void x64_move(Ra *ra, IrType t, unsigned d, unsigned s)
{
    (void)ra;
    if (d == s) {
        return;
    }
    if (ir_type_is_vec(t)) {
        x64_vec2(&x64, OP_movaps, d, s);
    } else {
        x64_mov(&x64.e, ir_type_bits(t), d, s);
    }
}

static void load(Ra *ra, IrType t, unsigned d, bool in_frame, int32_t disp)
{
    X64Mem m = in_frame ? x64_frame_mem(disp) : x64_cpu_mem(disp);
    unsigned w = ir_type_bits(t);
    (void)ra;
    if (!ir_type_is_vec(t)) {
        x64_load(&x64.e, w, d, m);
    } else if (x64_has.avx) {
        x64_vxmm_load(&x64.e, w, d, m);
    } else {
        x64_xmm_load(&x64.e, w, d, m);
    }
}

static void store(Ra *ra, IrType t, unsigned s, bool in_frame, int32_t disp)
{
    X64Mem m = in_frame ? x64_frame_mem(disp) : x64_cpu_mem(disp);
    unsigned w = ir_type_bits(t);
    (void)ra;
    if (!ir_type_is_vec(t)) {
        /* In the frame whole: exit maps read 8 bytes there. */
        x64_store(&x64.e, in_frame ? 64 : w, m, s);
    } else if (x64_has.avx) {
        x64_vxmm_store(&x64.e, w, m, s);
    } else {
        x64_xmm_store(&x64.e, w, m, s);
    }
}

static void load_const(Ra *ra, IrType t, unsigned d, uint64_t imm)
{
    bool flags = ra->eflags || ra->flags_busy;
    if (ir_type_is_vec(t)) {
        if (imm == 0) {
            x64_vec3(&x64, OP_xorps, d, d, d);
        } else {
            x64_mov_imm(&x64, RAX, imm);
            x64_movd_to_xmm(&x64.e, ir_type_bits(t), d, RAX);
        }
    } else if (imm == 0 && !flags) {
        x64_alu(&x64.e, ALU_XOR, 32, d, d);
    } else {
        x64_mov_imm(&x64, d, t == IR_I64 ? imm : (uint32_t)imm);
    }
}

static void store_const(Ra *ra, IrType t, uint64_t imm, int32_t disp)
{
    unsigned w = ir_type_bits(t);
    (void)ra;
    if (w == 32 || (int64_t)imm == (int32_t)imm) {
        x64_store_imm(&x64.e, w, x64_cpu_mem(disp), imm);
    } else {
        x64_mov_imm64(&x64.e, RAX, imm);
        x64_store(&x64.e, w, x64_cpu_mem(disp), RAX);
    }
}

const RaHost x64_ra_host = {
    .pool = X64_GPR_POOL | (uint32_t)X64_XMM_POOL << RA_VEC,
    .saved = X64_GPR_SAVED,
    .scratch = { X64_TMP0, RA_VEC + X64_XTMP1 },
    .rules = x64_rules,
    .move = x64_move, .load = load, .store = store,
    .load_const = load_const, .store_const = store_const,
    .define_flags = x64_define_flags, .prepare_flags = x64_prepare_flags,
    .store_flags = x64_store_flags, .block_start = x64_block_start,
};

/* ---- compiling ---- */

static void emit_cold(X64 *x)
{
    /* A cold part may add others behind itself. */
    for (unsigned i = 0; i < x->n_cold && !x->e.overflow; i++) {
        X64Cold *c = &x->cold[i];
        for (unsigned k = 0; k < 3; k++) {
            if (c->jump[k]) {
                x64_patch32(c->jump[k], x->e.p);
            }
        }
        c->start = x->e.p;
        if (c->stores_x87) {
            x64_x87_store(x, &c->x87);
        }
        if (c->forgets) {
            x64_store_imm(&x->e, 64, c->cell, X64_NO_PAGE);
        }
        c->emit(x, c);
    }
}

static void *copy(CodeBuf *buf, const void *from, size_t size, bool *ok)
{
    if (!size) {
        return NULL;
    }
    void *to = buf->alloc(buf, size);
    if (!to) {
        *ok = false;
    } else if (from) {
        memcpy(to, from, size);
    }
    return to;
}

static bool publish_tables(X64 *x)
{
    Ra *ra = x->ra;
    CodeBlock *cb = x->cb;
    bool ok = true;
#define COPY(field, n, from) \
    cb->n_##field = n, cb->field = copy(x->buf, from, (n) * sizeof(*cb->field), &ok)
    COPY(exits, x->n_exits, NULL);
    COPY(sites, ra->n_sites, ra->sites);
    COPY(locs, ra->n_locs, ra->locs);
    COPY(flag_locs, ra->n_flag_locs, ra->flag_locs);
    COPY(consts, ra->n_consts, ra->consts);
#undef COPY
    return ok;
}

static bool compile(IrRegion *r, CodeBlock *cb, CodeBuf *buf, bool icount)
{
    X64 *x = &x64;
    buf->rw = (uint8_t *)(((uintptr_t)buf->rw + 15) & ~(uintptr_t)15);
    x->e = (Emit){ .p = buf->rw, .start = buf->rw, .end = buf->end, .exec = buf->to_rx };
    x->cb = cb;
    x->buf = buf;
    x->icount = icount;
    x->failed = false;
    x->code = buf->rw;
    x->n_cold = x->n_exits = x->n_fixups = x->n_chain = x->chain_open = 0;
    ra_run(x->ra, r);
    emit_cold(x);
    if (x->e.overflow || x->failed || x->ra->failed || !publish_tables(x)) {
        return false;
    }
    x64_emit_exit_stubs(x);
    if (x->e.overflow) {
        return false;
    }
    for (unsigned i = 0; i < x->n_fixups; i++) {
        x64_patch32(x->fixup[i].at, x->label[x->fixup[i].block]);
    }
    cb->code = x->code + buf->to_rx;
    cb->code_size = x->e.p - x->code;
    buf->rw = x->e.p;
    return true;
}

/* ---- the host ---- */

static void detect(void)
{
    unsigned a, b, c, d;
    __builtin_cpu_init();
    if (__get_cpuid(1, &a, &b, &c, &d)) {
        x64_has.movbe = c & bit_MOVBE;
    }
    if (__get_cpuid(0x80000001, &a, &b, &c, &d)) {
        x64_has.lzcnt = c & bit_LZCNT;
    }
    x64_has.avx = __builtin_cpu_supports("avx");
    x64_detect_vec();
    x64_has.bmi1 = __builtin_cpu_supports("bmi");
    x64_has.bmi2 = __builtin_cpu_supports("bmi2");
    x64_has.fma = __builtin_cpu_supports("fma");
    x64_has.sse41 = __builtin_cpu_supports("sse4.1");
}

static bool init(GError **err)
{
    detect();
    if (!x64_has.sse41) {
        return fail(err, EMU_ERROR_SOFTWARE, "this host's CPU has no SSE4.1");
    }
    if (!x64.ra) {
        ra_init_rules(x64_rules);
        x64.ra = ra_new(&x64_ra_host);
    }
    return true;
}

static void disas_block(const CodeBlock *cb, FILE *f)
{
    csh cs;
    cs_insn *insn;
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &cs) != CS_ERR_OK) {
        return;
    }
    size_t n = cs_disasm(cs, cb->code, cb->code_size, (uintptr_t)cb->code, 0, &insn);
    for (size_t i = 0; i < n; i++) {
        fprintf(f, "  %04zx  %s %s\n", (size_t)(insn[i].address - (uintptr_t)cb->code),
                insn[i].mnemonic, insn[i].op_str);
    }
    cs_free(insn, n);
    cs_close(&cs);
}

/* ---- floating-point control ---- */

enum { MXCSR_MASKS = 0x1f80, MXCSR_STICKY = 0x3f, MXCSR_DAZ = 0x40, MXCSR_FTZ = 0x8000 };

/* Inside generated code (and helpers) the guest's MXCSR is in force. */
static bool in_force(const Cpu *cpu)
{
    return cpu->host_fpcr_saved != 0;
}

static uint32_t fpcr(const Cpu *cpu)
{
    return in_force(cpu) ? _mm_getcsr() : cpu->host_fpcr;
}

static void set_fpcr(Cpu *cpu, uint32_t v)
{
    cpu->host_fpcr = v;
    if (in_force(cpu)) {
        _mm_setcsr(v);
    }
}

static void fp_set_rounding(Cpu *cpu, unsigned mode)
{
    static const uint8_t rc[] = { 0, 2, 1, 3 };         /* nearest, up, down, zero */
    set_fpcr(cpu, (fpcr(cpu) & MXCSR_STICKY) | MXCSR_MASKS | rc[mode & 3] << 13 |
                  (mode & FP_FLUSH_RESULTS ? MXCSR_FTZ : 0) | (mode & FP_FLUSH_INPUTS ? MXCSR_DAZ : 0));
}

static uint32_t fp_sticky(Cpu *cpu)
{
    uint32_t m = fpcr(cpu);     /* IE 1, DE 2, ZE 4, OE 8, UE 16, PE 32 */
    return (m & 1) | (m >> 1 & 0x1e) | (m & 2) << 4;
}

static void fp_clear_sticky(Cpu *cpu)
{
    set_fpcr(cpu, fpcr(cpu) & ~MXCSR_STICKY);
}

const HostBackend backend_x86_64 = {
    .name = "x86_64",
    .init = init, .begin_cache = x64_begin_cache, .compile = compile, .enter = x64_enter,
    .left = x64_left,
    .link = x64_link, .unlink = x64_unlink, .disas = disas_block,
    .fp_set_rounding = fp_set_rounding, .fp_sticky = fp_sticky, .fp_clear_sticky = fp_clear_sticky,
    .x87_fold = x64_x87_fold, .x87_set_control = x64_x87_set_control,
    .recover = recover_native,
};
