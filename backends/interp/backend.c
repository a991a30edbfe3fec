/* SPDX-License-Identifier: MIT */
/*
 * The interpreter: the IR as it is, without machine code.  The oracle for native backends, and
 * -accel interp on any host.
 *
 * A put writes the CPU struct where it stands, so at a fault the state is already that of the exit
 * map and recover() only tells where the guest is.  Each op is a function; those of VALUE and FLAGS
 * ops are made from their meaning in ops.def.
 *
 * Not here: the return stack (a return goes through the jump cache like any indirect jump).
 */
#include "backends/interp/interp.h"
#include <string.h>
#include "tcg/eval.h"
#include "tcg/guest.h"
#include "tcg/vec.h"

static __thread Run run;

/* ---- values ---- */

/* Flags are a whole word, however narrow the operation. */
static inline uint64_t result_of(const IrInsn *in, uint64_t v, unsigned w)
{
    return zext(v, MAX(w, 32u));
}

#define VALUE(name, sig, flags, meaning) \
    static void run_##name(Run *s, const IrInsn *in, V128 *out) \
    { \
        unsigned W = eval_width(in->type); \
        uint64_t x = s->value[in->a].u64[0], y = s->value[in->b].u64[0]; \
        uint64_t z = s->value[in->c].u64[0], imm = in->imm; \
        (void)W, (void)x, (void)y, (void)z, (void)imm; \
        *out = (V128){ .u64 = { result_of(in, (uintptr_t)(meaning), W), 0 } }; \
    }
#define FLAGS(name, sig, meaning) VALUE(name, sig, 0, meaning)
#include "tcg/ops.def"

/* The data of a select may be vectors. */
static void run_wide_select(Run *s, const IrInsn *in, V128 *out)
{
    *out = s->value[ir_cond_holds(in->imm, s->value[in->a].u32[0]) ? in->b : in->c];
}

static void run_vector(Run *s, const IrInsn *in, V128 *out)
{
    ir_eval_v128(in, out, &s->value[in->a], &s->value[in->b]);
}

/* Operations of vec.def. */
static void run_vec(Run *s, const IrInsn *in, V128 *out)
{
    const V128 *a = &s->value[in->a], *b = &s->value[in->b], *c = &s->value[in->c];
    if (ir_ops[in->op].klass == IR_FLOATING) {
        s->cpu->isa->vec_float(s->cpu, in->imm, out, a, b, c);
    } else {
        vec_eval(in->imm, out, a, b, c);
    }
}

/* ---- slots ---- */

static void run_get(Run *s, const IrInsn *in, V128 *out)
{
    *out = (V128){ .u64 = { 0, 0 } };
    memcpy(out, (const char *)s->cpu + s->block->slots[in->imm].offset, ir_type_size(in->type));
}

static void run_put(Run *s, const IrInsn *in, V128 *out)
{
    memcpy((char *)s->cpu + s->block->slots[in->imm].offset, &s->value[in->a],
           ir_type_size(in->type));
}

/* ---- counting ---- */

/* Charged for instructions that were not reached. */
static int32_t unreached(const Run *s)
{
    return s->block->icount ? (int32_t)(s->block->cb->n_guest_insns - s->n_begun) : 0;
}

static void settle_count(Run *s)
{
    s->cpu->icount_left += unreached(s);
}

static bool charge_count(Run *s)
{
    s->n_begun = 0;
    if (s->block->icount) {
        s->cpu->icount_left -= (int32_t)s->block->cb->n_guest_insns;
        return s->cpu->icount_left >= 0;
    }
    return true;
}

/* ---- calls and marks ---- */

static void run_arg(Run *s, const IrInsn *in, V128 *out)
{
    s->args[3 + s->n_args++] = s->value[in->a];
}

static void run_call(Run *s, const IrInsn *in, V128 *out)
{
    const InterpCall *call = interp_call_of(in);
    const V128 *args[6] = { &s->value[in->a], &s->value[in->b], &s->value[in->c],
                            &s->args[3], &s->args[4], &s->args[5] };
    s->n_args = 0;
    if (!(call->def->flags & CALL_LEAVES)) {
        interp_call(s, call, args, out);
        return;
    }
    s->cpu->pc = s->pc;
    settle_count(s);                    /* it may not come back */
    interp_call(s, call, args, out);
    s->cpu->icount_left -= unreached(s);
}

/* By the function that says what the op means. */
static void run_x87(Run *s, const IrInsn *in, V128 *out)
{
    V128 what = { .u64 = { in->b | (uint32_t)in->c << 16, 0 } };
    const V128 *args[2] = { &what, &s->value[in->a] };
    interp_call(s, interp_call_of(in), args, out);
}

static void run_insn(Run *s, const IrInsn *in, V128 *out)
{
    s->pc = in->imm;
    s->aux = in->a;
    s->n_begun++;
}

static void run_nothing(Run *s, const IrInsn *in, V128 *out)
{
}

static void run_fence(Run *s, const IrInsn *in, V128 *out)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* ---- leaving ---- */

static bool must_poll(const Run *s)
{
    return __atomic_load_n(&s->cpu->exit_request, __ATOMIC_RELAXED);
}

static void leave_to(Run *s, uint64_t pc)
{
    s->cpu->pc = pc;
    s->done = true;
}

/* An edge to another block of the region, or to its own beginning. */
static void follow_edge(Run *s, const IrInsn *in)
{
    settle_count(s);
    if (must_poll(s)) {
        leave_to(s, in->imm);
        return;
    }
    if (!charge_count(s)) {
        settle_count(s);
        leave_to(s, in->imm);
        return;
    }
    s->ip = s->block->insns + s->block->first[in->b - 1];
}

static void run_goto(Run *s, const IrInsn *in, V128 *out)
{
    if (in->b) {
        follow_edge(s, in);
        return;
    }
    settle_count(s);
    leave_to(s, in->imm);
    CodeExit *e = &s->block->cb->exits[in->c];
    if (must_poll(s)) {
        return;
    }
    CodeBlock *to = __atomic_load_n(&e->to, __ATOMIC_ACQUIRE);  /* others link and unlink it */
    if (to && (!e->guard_offset || s->block->exit_ctx[in->c] == s->cpu->exec_ctx)) {
        s->next = to;
    } else {
        s->exit = e;
    }
}

static void run_exit_if(Run *s, const IrInsn *in, V128 *out)
{
    if (ir_cond_holds(in->type, s->value[in->a].u32[0])) {
        run_goto(s, in, out);
    }
}

static void run_jump(Run *s, const IrInsn *in, V128 *out)
{
    uint64_t pc = s->value[in->a].u64[0];
    settle_count(s);
    leave_to(s, pc);
    if (must_poll(s)) {
        return;
    }
    s->cpu->count[COUNT_JUMPS]++;
    unsigned set = ((uint32_t)pc * 0x9e3779b1u) >> JUMP_CACHE_SHIFT;
    const JumpCacheEntry *e = (const JumpCacheEntry *)((char *)s->cpu + JUMP_CACHE_OFFSET) + set * 2;
    for (unsigned i = 0; i < 2; i++) {
        if (e[i].key == (pc ^ s->cpu->exec_ctx)) {
            memcpy(&s->next, e[i].code, sizeof(s->next));
            return;
        }
    }
    s->cpu->count[COUNT_JUMP_MISSES]++;
}

static void run_leave(Run *s, const IrInsn *in, V128 *out)
{
    settle_count(s);
    s->done = true;
}

/* ---- the loop ---- */

static InterpOp ops[IR_N_OPS] = {
    [IR_nop] = run_nothing,
#define VALUE(name, ...) [IR_##name] = run_##name,
#define FLAGS(name, ...) [IR_##name] = run_##name,
#include "tcg/ops.def"
    [IR_get] = run_get, [IR_put] = run_put, [IR_arg] = run_arg, [IR_call] = run_call,
    [IR_insn] = run_insn, [IR_ras_push] = run_nothing, [IR_fence] = run_fence,
    [IR_x87] = run_x87, [IR_x87_in] = run_x87, [IR_x87_cmp] = run_x87, [IR_x87_out] = run_x87,
    [IR_exit_if] = run_exit_if, [IR_goto] = run_goto, [IR_jump] = run_jump,
    [IR_leave] = run_leave,
};

static void fill_table(void)
{
    for (unsigned op = 0; op < IR_N_OPS; op++) {
        InterpOp fn = interp_mem_ops[op] ? interp_mem_ops[op] : interp_float_ops[op];
        fn = ir_is_vec_op(op) ? run_vec : fn;
        ops[op] = fn ? fn : op >= IR_vand && op <= IR_vsetlane ? run_vector : ops[op];
        g_assert(ops[op]);
    }
    ops[IR_select] = run_wide_select;
}

static void run_block(Run *s)
{
    s->done = false;
    s->exit = NULL;
    s->next = NULL;
    s->n_args = 0;
    s->ip = s->block->insns + s->block->first[0];
    while (!s->done) {
        const IrInsn *in = s->ip++;
        ops[in->op](s, in, &s->value[in - s->block->insns]);
    }
}

static CodeExit *interp_enter(Cpu *cpu, const CodeBlock *cb)
{
    Run *s = &run;
    s->cpu = cpu;
    for (s->next = (CodeBlock *)cb; s->next; ) {
        cb = s->next;
        s->block = cb->backend_data;
        if (!charge_count(s)) {
            settle_count(s);
            cpu->pc = cb->pc;
            return NULL;
        }
        run_block(s);
    }
    return s->exit;
}

/* ---- compiling: a copy ---- */

static bool prepare_calls(IrInsn *insns, unsigned n, CodeBuf *buf)
{
    for (unsigned i = 0; i < n; i++) {
        bool calls = insns[i].op == IR_call || ir_ops[insns[i].op].klass == IR_X87 ||
                     (ir_ops[insns[i].op].klass == IR_FLOATING && !ir_is_vec_op(insns[i].op) &&
                      insns[i].call);
        if (calls) {
            InterpCall *call = interp_prepare_call(insns[i].call, buf);
            if (!call) {
                return false;
            }
            insns[i].imm = (uintptr_t)call;
        }
    }
    return true;
}

static bool is_direct_exit(const IrInsn *in)
{
    return (in->op == IR_goto || in->op == IR_exit_if) && !in->b;
}

static bool make_exits(CodeBlock *cb, InterpBlock *block, unsigned n, CodeBuf *buf)
{
    unsigned n_exits = 0;
    for (unsigned i = 0; i < n; i++) {
        n_exits += is_direct_exit(&block->insns[i]);
    }
    cb->exits = buf->alloc(buf, n_exits * sizeof(CodeExit));
    block->exit_ctx = buf->alloc(buf, n_exits * sizeof(uint64_t));
    if (!cb->exits || !block->exit_ctx) {
        return false;
    }
    for (unsigned i = 0; i < n; i++) {
        IrInsn *in = &block->insns[i];
        if (is_direct_exit(in)) {
            bool other_page = (in->imm ^ cb->pc) >> PAGE_BITS;
            cb->exits[cb->n_exits] = (CodeExit){
                .from = cb, .target = in->imm, .guard_offset = other_page,
            };
            in->c = cb->n_exits++;
        }
    }
    return true;
}

static bool interp_compile(IrRegion *r, CodeBlock *cb, CodeBuf *buf, bool icount)
{
    unsigned n = r->n_insns;
    InterpBlock *block = buf->alloc(buf, sizeof(*block));
    IrInsn *insns = buf->alloc(buf, n * sizeof(IrInsn));
    if (!block || !insns || buf->end - buf->rw < 16) {
        return false;
    }
    memcpy(insns, r->insns, n * sizeof(IrInsn));
    *block = (InterpBlock){ .cb = cb, .icount = icount, .wide = r->wide, .n_blocks = r->n_blocks,
                            .slots = r->slots, .insns = insns };
    for (unsigned i = 0; i < r->n_blocks; i++) {
        block->first[i] = r->blocks[i].first;
    }
    cb->n_exits = 0;
    if (!prepare_calls(insns, n, buf) || !make_exits(cb, block, n, buf)) {
        return false;
    }
    cb->backend_data = block;
    memcpy(buf->rw, &cb, sizeof(cb));
    cb->code = buf->rw + buf->to_rx;
    cb->code_size = 16;
    buf->rw += 16;
    return true;
}

/* ---- the rest of the interface ---- */

static bool interp_init(GError **err)
{
    fill_table();
    return true;
}

static bool interp_begin_cache(CodeBuf *buf)
{
    return true;
}

static void interp_link(CodeExit *e, CodeBlock *to, uint64_t exec_ctx)
{
    InterpBlock *block = e->from->backend_data;
    block->exit_ctx[e - e->from->exits] = exec_ctx;
}

static void interp_unlink(CodeExit *e)
{
}

static void interp_disas(const CodeBlock *cb, FILE *f)
{
    const InterpBlock *block = cb->backend_data;
    fprintf(f, "interpreted, %u block(s)\n", block->n_blocks);
}

static void interp_fp_set_rounding(Cpu *cpu, unsigned mode)
{
    cpu->host_fpcr = (cpu->host_fpcr & ~3u) | (mode & 3);
}

static uint32_t interp_fp_sticky(Cpu *cpu)
{
    return cpu->host_fpcr >> FP_STICKY_SHIFT;
}

static void interp_fp_clear_sticky(Cpu *cpu)
{
    cpu->host_fpcr &= 3;
}

/* site is the Run; the slots are in place. */
static CodeBlock *interp_recover(Cpu *cpu, const HostFrame *frame, const void *site, ExitSite *where)
{
    const Run *s = site;
    if (where) {
        *where = (ExitSite){ .pc = s->pc, .aux = s->aux, .insn_index = s->n_begun,
                             .mem = s->ip[-1].mem };
    }
    return s->block->cb;
}

const HostBackend backend_interp = {
    .name = "interp",
    .init = interp_init,
    .begin_cache = interp_begin_cache,
    .compile = interp_compile,
    .enter = interp_enter,
    .link = interp_link,
    .unlink = interp_unlink,
    .disas = interp_disas,
    .fp_set_rounding = interp_fp_set_rounding,
    .fp_sticky = interp_fp_sticky,
    .fp_clear_sticky = interp_fp_clear_sticky,
    .recover = interp_recover,
};
