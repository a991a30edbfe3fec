/* SPDX-License-Identifier: MIT */
/*
 * Ways in and out of blocks: the code that all blocks share, exits and their linking, the jump
 * cache, the return stack and the polls.
 *
 * An exit within the page is a jump that is patched.  One to another page probes the jump cache
 * with everything constant but exec_ctx: the same number of instructions as a guarded link, and
 * nothing to undo.
 *
 * MXCSR: the guest's is in force from `enter` until a block comes back or a helper leaves by longjmp;
 * Cpu.host_fpcr_saved is not 0 meanwhile.
 */
#include "backends/x86_64/x64.h"

#include <stddef.h>
#include <xmmintrin.h>

#define X(ra) X64 *x = &x64; Emit *e = &x->e; (void)e; (void)(ra)
#define CPU_MEM(field) x64_cpu_mem(offsetof(Cpu, field))

X64Common x64_common;

/* ---- shared code ---- */

static const uint8_t pushed[] = { RBX, RBP, R12, R13, R14, R15 };
static const uint8_t clobbered[] = { RCX, RSI, RDI, R8, R9, R10, R11 };
enum { N_XMM = 14 };

static const void *here(Emit *e)
{
    x64_nop(e, -(uintptr_t)e->p & 7);
    return e->p + e->exec;
}

static void make_enter(Emit *e)
{
    x64_common.enter = here(e);
    for (unsigned i = 0; i < G_N_ELEMENTS(pushed); i++) {
        x64_push(e, pushed[i]);
    }
    x64_alu_imm(e, ALU_SUB, 64, RSP, X64_FRAME);
    x64_mov(e, 64, X64_CPU, RDI);
    x64_jmp_reg(e, RSI);

    x64_common.leave_null = here(e);
    x64_alu(e, ALU_XOR, 32, RAX, RAX);
    x64_common.leave = e->p + e->exec;
    x64_alu_imm(e, ALU_ADD, 64, RSP, X64_FRAME);
    for (unsigned i = G_N_ELEMENTS(pushed); i-- > 0; ) {
        x64_pop(e, pushed[i]);
    }
    x64_ret(e);
}

/* A trampoline for slow paths: rax = address, rdx = access; saves every register that may hold a
 * value in a HostFrame, makes the C call's arguments, restores.  Above the frame lies the return
 * address, above that the block's frame. */
typedef struct Trampoline {
    const void *fn;
    bool value, vector, atomic, exact;
    bool vec;                   /* rdx = IrInsn.imm; cells: a, b, c, result */
    bool no_xmm;                /* no vector register holds a value */
} Trampoline;

static void save_registers(Emit *e, int32_t frame, const Trampoline *t)
{
    for (unsigned r = 0; r < 16; r++) {
        if (X64_GPR_POOL >> r & 1) {
            x64_store(e, 64, x64_mem(RSP, frame + (int32_t)offsetof(HostFrame, gpr[r])), r);
        }
    }
    for (unsigned r = 0; r < N_XMM && !t->no_xmm; r++) {
        x64_xmm_store(e, 128, x64_mem(RSP, frame + (int32_t)offsetof(HostFrame, vec[r])), r);
    }
}

static void restore_registers(Emit *e, int32_t frame, const Trampoline *t)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(clobbered); i++) {
        unsigned r = clobbered[i];
        x64_load(e, 64, r, x64_mem(RSP, frame + (int32_t)offsetof(HostFrame, gpr[r])));
    }
    for (unsigned r = 0; r < N_XMM && !t->no_xmm; r++) {
        x64_xmm_load(e, 128, r, x64_mem(RSP, frame + (int32_t)offsetof(HostFrame, vec[r])));
    }
}

static const void *make_trampoline(Emit *e, Trampoline t)
{
    enum { STACK_ARGS = 16, SIZE = STACK_ARGS + sizeof(HostFrame) + 8 };
    int32_t frame = STACK_ARGS, block = SIZE + 8 + X64_OUT;
    _Static_assert((SIZE + 8) % 16 == 0, "the stack is aligned at the call");
    const void *start = here(e);
    x64_alu_imm(e, ALU_SUB, 64, RSP, SIZE);
    save_registers(e, frame, &t);
    x64_lea(e, 64, RCX, x64_mem(RSP, block));
    x64_store(e, 64, x64_mem(RSP, frame + (int32_t)offsetof(HostFrame, spill)), RCX);
    x64_mov(e, 64, RDI, X64_CPU);
    X64Mem cell0 = x64_mem(RSP, block + X64_SCRATCH), cell1 = x64_mem(RSP, block + X64_SCRATCH + 16);
    if (t.vec) {
        x64_mov(e, 64, RSI, RDX);
        x64_lea(e, 64, RCX, cell0);
        x64_lea(e, 64, R8, cell1);
        x64_lea(e, 64, R9, x64_mem(RSP, block + X64_SCRATCH + 32));
        x64_lea(e, 64, RDX, x64_mem(RSP, block + X64_SCRATCH + 48));
        x64_mov_imm64(e, RAX, (uintptr_t)t.fn);
        x64_call_reg(e, RAX);
    } else if (t.exact) {
        x64_load(e, 64, RSI, cell0);
        x64_load(e, 64, RDX, cell1);
        x64_load(e, 64, RCX, x64_mem(RSP, block + X64_SCRATCH + 32));
        x64_call_reg(e, RAX);
    } else {
        x64_mov(e, 64, RSI, RAX);
        x64_lea(e, 64, RCX, x64_mem(RSP, frame));
        x64_load(e, 64, R8, x64_mem(RSP, SIZE));
        if (t.vector) {
            x64_lea(e, 64, R9, cell0);
        } else if (t.value) {
            x64_load(e, 64, R9, cell0);
        } else if (t.atomic) {
            x64_load(e, 64, RAX, cell0);
            x64_store(e, 64, x64_mem(RSP, 0), RAX);
            x64_load(e, 64, RAX, cell1);
            x64_store(e, 64, x64_mem(RSP, 8), RAX);
            x64_load(e, 32, R9, x64_mem(RSP, block + X64_SCRATCH + 32));
        }
        x64_mov_imm64(e, RAX, (uintptr_t)t.fn);
        x64_call_reg(e, RAX);
    }
    restore_registers(e, frame, &t);
    x64_alu_imm(e, ALU_ADD, 64, RSP, SIZE);
    x64_ret(e);
    return start;
}

/* The second way of the jump cache: rax = offset of the set, rdx = key. */
static void make_jump_second(Emit *e)
{
    x64_common.jump_second = here(e);
    X64Mem way = x64_mem_index(X64_CPU, RAX, 0, JUMP_CACHE_OFFSET + (int)sizeof(JumpCacheEntry));
    x64_alu_load(e, ALU_CMP, 64, RDX, way);
    uint8_t *miss = x64_jcc8(e, CC_NE);
    way.disp += offsetof(JumpCacheEntry, code);
    x64_jmp_mem(e, way);
    x64_patch8(miss, e->p);
    x64_alu_mem_imm(e, ALU_ADD, 64, CPU_MEM(count[COUNT_JUMP_MISSES]), 1);
    x64_alu_load(e, ALU_XOR, 64, RDX, CPU_MEM(exec_ctx));
    x64_store(e, 64, CPU_MEM(pc), RDX);
    x64_jmp_to(e, x64_common.leave_null);
}

static void make_fcmp_table(Emit *e)
{
    uint16_t table[0x46] = { [0x00] = FL_C, [0x01] = FL_N, [0x40] = FL_Z | FL_C,
                             [0x45] = FL_C | FL_V };
    x64_common.fcmp_table = here(e);
    memcpy(e->p, table, sizeof(table));
    e->p += sizeof(table);
}

bool x64_begin_cache(CodeBuf *buf)
{
    Emit em = { .p = buf->rw, .start = buf->rw, .end = buf->end, .exec = buf->to_rx }, *e = &em;
#define TRAMPOLINE(name, ...) \
    make_trampoline(e, (Trampoline){ .fn = (const void *)softmmu_##name, __VA_ARGS__ })
    make_enter(e);
    for (unsigned v = 0; v < 2; v++) {
        x64_common.ld[v] = TRAMPOLINE(ld, .no_xmm = !v);
        x64_common.st[v] = TRAMPOLINE(st, .value = true, .no_xmm = !v);
        x64_common.atomic[v] = TRAMPOLINE(atomic, .atomic = true, .no_xmm = !v);
        x64_common.probe[v] = TRAMPOLINE(probe, .no_xmm = !v);
    }
    x64_common.ld128 = TRAMPOLINE(ld128, .vector = true);
    x64_common.st128 = TRAMPOLINE(st128, .vector = true);
    x64_common.exact = make_trampoline(e, (Trampoline){ .exact = true });
    x64_common.vec = make_trampoline(e, (Trampoline){ .fn = (const void *)x64_vec_in_c,
                                                      .vec = true });
#undef TRAMPOLINE
    make_jump_second(e);
    make_fcmp_table(e);
    buf->rw = e->p;
    return !e->overflow;
}

void x64_left(Cpu *cpu)
{
    if (cpu->host_fpcr_saved) {
        x64_x87_leave(cpu);
        cpu->host_fpcr = _mm_getcsr();
        _mm_setcsr(cpu->host_fpcr_saved);
        cpu->host_fpcr_saved = 0;
    }
}

CodeExit *x64_enter(Cpu *cpu, const CodeBlock *cb)
{
    CodeExit *(*enter)(Cpu *, const void *) = (void *)x64_common.enter;
    cpu->host_fpcr_saved = _mm_getcsr();
    _mm_setcsr(cpu->host_fpcr);
    x64_x87_enter(cpu);
    CodeExit *exit = enter(cpu, cb->code);
    x64_left(cpu);
    return exit;
}

/* ---- linking ---- */

static void patch(CodeExit *e, const uint8_t *target)
{
    const uint8_t *at = (const uint8_t *)e->from->code + e->patch_offset;
    int32_t rel = target - (at + 4);
    __atomic_store_n((int32_t *)code_writable(at), rel, __ATOMIC_RELEASE);
}

void x64_link(CodeExit *e, CodeBlock *to, uint64_t exec_ctx)
{
    (void)exec_ctx;
    patch(e, to->code);
}

void x64_unlink(CodeExit *e)
{
    patch(e, (const uint8_t *)e->from->code + e->stub_offset);
}

/* ---- pieces of exits ---- */

void x64_count(X64 *x, CpuCount what)
{
    if (tcg_counting) {
        x64_alu_mem_imm(&x->e, ALU_ADD, 64, CPU_MEM(count[what]), 1);
    }
}

/* May the jump to target be patched?  Not when a block there could straddle into the next page,
 * whose mapping may change by itself. */
static bool links(const X64 *x, uint64_t target)
{
    enum { LONGEST_INSN = 16 };
    return target >> PAGE_BITS == x->cb->pc >> PAGE_BITS &&
           (target & ~PAGE_MASK) <= (1u << PAGE_BITS) - LONGEST_INSN;
}

static uint32_t jump_set(uint64_t pc)
{
    return (uint32_t)((uint32_t)pc * 0x9e3779b1u) >> JUMP_CACHE_SHIFT;
}

/* `at`: the displacement of a patchable jump to this target. */
static void add_exit(X64 *x, uint8_t *at, uint64_t target)
{
    x->exit[x->n_exits++] = (CodeExit){ .target = target, .patch_offset = at - x->code };
}

static void jump_cache_const(X64 *x, uint64_t target)
{
    Emit *e = &x->e;
    int32_t set = jump_set(target) * 2 * sizeof(JumpCacheEntry);
    x64_count(x, COUNT_JUMPS);
    x64_mov_imm(x, RDX, target);
    x64_alu_load(e, ALU_XOR, 64, RDX, CPU_MEM(exec_ctx));
    x64_alu_load(e, ALU_CMP, 64, RDX, x64_cpu_mem(JUMP_CACHE_OFFSET + set));
    uint8_t *miss = x64_jcc8(e, CC_NE);
    x64_jmp_mem(e, x64_cpu_mem(JUMP_CACHE_OFFSET + set + (int)offsetof(JumpCacheEntry, code)));
    x64_patch8(miss, e->p);
    x64_mov_imm32(e, RAX, set);
    x64_jmp_to(e, x64_common.jump_second);
}

/* To a known code address, with everything stored. */
static void go_to(X64 *x, uint64_t target)
{
    if (links(x, target)) {
        add_exit(x, x64_jmp_patchable(&x->e), target);
    } else {
        jump_cache_const(x, target);
    }
}

static void poll_slow(X64 *x, X64Cold *c)
{
    x64_mov_imm(x, RAX, c->pc);
    x64_store(&x->e, 64, CPU_MEM(pc), RAX);
    x64_jmp_to(&x->e, x64_common.leave_null);
}

static void poll_reg_slow(X64 *x, X64Cold *c)
{
    x64_store(&x->e, 64, CPU_MEM(pc), c->h.arg[0].reg);
    x64_jmp_to(&x->e, x64_common.leave_null);
}

static void poll(X64 *x, uint64_t target)
{
    X64Cold *c = x64_cold(x, poll_slow, NULL);
    x64_alu_mem_imm(&x->e, ALU_CMP, 32, CPU_MEM(exit_request), 0);
    c->jump[0] = x64_jcc(&x->e, CC_NE);
    c->pc = target;
}

static void jump_to_block(X64 *x, uint8_t *at, unsigned block)
{
    x->fixup[x->n_fixups++] = (X64Fixup){ at, block };
}

static void store_loc(X64 *x, const ExitLoc *l);

/* ---- the loop's edges ---- */

static void loop_poll_slow(X64 *x, X64Cold *c)
{
    for (unsigned i = 0; i < c->n_locs; i++) {
        store_loc(x, &x->ra->locs[c->first + i]);
    }
    if (x->icount) {
        x64_alu_mem_imm(&x->e, ALU_ADD, 32, CPU_MEM(icount_left), x->block_insns);
    }
    poll_slow(x, c);
}

/* Everything to where the loop's head wants it: homes into registers, the rest into memory.  The
 * count and the poll come first, while the exit map holds. */
static void loop_edge(X64 *x, const HostInsn *h)
{
    Emit *e = &x->e;
    Ra *ra = x->ra;
    unsigned rest = x->block_insns - (ra->n_insn - x->block_first_insn);
    X64Cold *c = x64_cold(x, loop_poll_slow, h);
    c->first = ra->snap_first;
    c->n_locs = ra->snap_n;
    c->pc = h->in->imm;
    if (x->icount) {
        x64_alu_mem_imm(e, ALU_SUB, 32, CPU_MEM(icount_left), x->block_insns - rest);
        c->jump[0] = x64_jcc(e, CC_S);
    }
    x64_alu_mem_imm(e, ALU_CMP, 32, CPU_MEM(exit_request), 0);
    c->jump[1] = x64_jcc(e, CC_NE);
    for (unsigned i = 0; i < ra->snap_n; i++) {
        const ExitLoc *l = &ra->locs[ra->snap_first + i];
        if (ra->r->home[l->slot] == IR_HOME_NONE) {
            store_loc(x, l);
        }
    }
    ra_enter_loop(ra);
    x->edge_seen = true;
    if (x->head) {
        x64_patch32(x64_jmp(e), x->head);
    } else {
        jump_to_block(x, x64_jmp(e), h->in->b - 1);
    }
}

/* ---- direct exits ---- */

void x64_emit_goto(Ra *ra, const HostInsn *h)
{
    X(ra);
    uint64_t target = h->in->imm;
    x64_x87_flush(x);
    if (ra_is_loop_edge(ra, h->in)) {
        ra_snapshot(ra);
        loop_edge(x, h);
        return;
    }
    ra_store_dirty(ra);
    if (target <= ra->pc || h->in->b) {
        poll(x, target);
    }
    if (h->in->b) {
        jump_to_block(x, x64_jmp(e), h->in->b - 1);
    } else {
        go_to(x, target);
    }
}

static void store_loc(X64 *x, const ExitLoc *l)
{
    Emit *e = &x->e;
    const SlotDef *slot = &x->ra->r->slots[l->slot];
    X64Mem to = x64_cpu_mem(slot->offset);
    unsigned w = ir_type_bits(slot->type);
    switch (l->kind) {
    case LOC_GPR:
        x64_store(e, w, to, l->where);
        break;
    case LOC_VEC:
        x64_xmm_store(e, w, to, l->where);
        break;
    case LOC_SPILL:
        if (w == 128) {
            x64_xmm_load(e, w, X64_XTMP0, x64_frame_mem(ra_spill_offset(l->where)));
            x64_xmm_store(e, w, to, X64_XTMP0);
            break;
        }
        x64_load(e, w, RAX, x64_frame_mem(ra_spill_offset(l->where)));
        x64_store(e, w, to, RAX);
        break;
    case LOC_CONST:
        x64_mov_imm(x, RAX, x->ra->consts[l->where]);
        x64_store(e, w, to, RAX);
        break;
    default:
        x64_pack_loc(x, l->where);
        x64_store(e, 32, to, RAX);
    }
}

static bool in_eflags(const X64Cold *c, unsigned slot)
{
    return c->eflags_slots[slot / 64] >> slot % 64 & 1;
}

/* The state as it was at the exit_if; EFLAGS are still those of the jump. */
static void side_exit(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    bool packed = false;
    for (unsigned i = 0; i < c->n_locs; i++) {
        const ExitLoc *l = &x->ra->locs[c->first + i];
        if (in_eflags(c, l->slot)) {
            if (!packed) {
                x64_pack_eflags(x, c->eflags_mode);
                packed = true;
            }
            x64_store(e, 32, x64_cpu_mem(x->ra->r->slots[l->slot].offset), RAX);
        }
    }
    for (unsigned i = 0; i < c->n_locs; i++) {
        const ExitLoc *l = &x->ra->locs[c->first + i];
        if (!in_eflags(c, l->slot)) {
            store_loc(x, l);
        }
    }
    if (x->icount && c->rest) {
        x64_alu_mem_imm(e, ALU_ADD, 32, CPU_MEM(icount_left), c->rest);
    }
    if (c->backward || c->in.b) {
        poll(x, c->in.imm);
    }
    if (c->in.b) {
        jump_to_block(x, x64_jmp(e), c->in.b - 1);
    } else {
        go_to(x, c->in.imm);
    }
}

/* Slots whose flags value is in EFLAGS right now need not be made again in the cold exit. */
static void note_eflags(Ra *ra, X64Cold *c)
{
    memset(c->eflags_slots, 0, sizeof(c->eflags_slots));
    c->eflags_mode = ra->eflags_mode;
    if (!ra->eflags || ra->eflags_mode == FL_NZ_ONLY || ra->eflags_mode == FL_NO_C ||
        ra->eflags_mode == FL_FCMP_SWAPPED) {
        return;
    }
    for (unsigned i = 0; i < ra->n_dirty; i++) {
        unsigned s = ra->dirty[i];
        if (ra->slot_val[s] == ra->eflags) {
            c->eflags_slots[s / 64] |= UINT64_C(1) << s % 64;
        }
    }
}

void x64_emit_exit_if(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned rest = x->block_insns - (ra->n_insn - x->block_first_insn);
    bool backward = h->in->imm <= ra->pc;
    X64Cond cc = h->arg[0].reg;
    if (ra_is_loop_edge(ra, h->in)) {
        uint8_t *past = x64_jcc(e, cc ^ 1);
        X64Cache87 here = x->x87;
        x64_x87_flush(x);
        loop_edge(x, h);
        x64_patch32(past, e->p);
        x->x87 = here;
        return;
    }
    if (!ra->n_dirty && !x->x87.dirty && !(x->icount && rest) && !backward && !h->in->b && links(x, h->in->imm)) {
        add_exit(x, x64_jcc_patchable(e, cc), h->in->imm);
        return;
    }
    X64Cold *c = x64_cold(x, side_exit, h);
    c->first = ra->snap_first;
    c->n_locs = ra->snap_n;
    note_eflags(ra, c);
    c->stores_x87 = true;
    c->rest = rest;
    c->backward = backward;
    c->jump[0] = x64_jcc(e, cc);
}

void x64_emit_leave(Ra *ra, const HostInsn *h)
{
    X(ra);
    x64_x87_flush(x);
    (void)h;
    ra_store_dirty(ra);
    x64_jmp_to(e, x64_common.leave_null);
}

/* ---- indirect exits ---- */

static void pop_return(X64 *x, unsigned pc)
{
    Emit *e = &x->e;
    X64Mem entry = x64_mem_index(X64_CPU, RAX, 0, offsetof(Cpu, ras));
    x64_count(x, COUNT_RETURNS);
    x64_load(e, 32, RAX, CPU_MEM(ras_top));
    x64_mov(e, 64, RDX, pc);
    x64_alu_load(e, ALU_XOR, 64, RDX, CPU_MEM(exec_ctx));
    x64_alu_load(e, ALU_CMP, 64, RDX, entry);
    uint8_t *miss = x64_jcc8(e, CC_NE);
    x64_lea(e, 32, RDX, x64_mem(RAX, -(int)sizeof(RasEntry)));
    x64_alu_imm(e, ALU_AND, 32, RDX, RAS_SIZE * sizeof(RasEntry) - 1);
    x64_store(e, 32, CPU_MEM(ras_top), RDX);
    entry.disp += offsetof(RasEntry, code);
    x64_jmp_mem(e, entry);
    x64_patch8(miss, e->p);
    x64_count(x, COUNT_RETURN_MISSES);
}

void x64_emit_jump(Ra *ra, const HostInsn *h)
{
    X(ra);
    unsigned pc = h->arg[0].reg;
    x64_x87_flush(x);
    ra_store_dirty(ra);
    X64Cold *c = x64_cold(x, poll_reg_slow, h);
    x64_alu_mem_imm(e, ALU_CMP, 32, CPU_MEM(exit_request), 0);
    c->jump[0] = x64_jcc(e, CC_NE);
    if (h->in->imm == IR_RETURN) {
        pop_return(x, pc);
    }
    x64_count(x, COUNT_JUMPS);
    x64_imul_imm(e, 32, RAX, pc, (int32_t)0x9e3779b1u);
    x64_mov(e, 64, RDX, pc);
    x64_shift_imm(e, SH_SHR, 32, RAX, JUMP_CACHE_SHIFT - 5);
    x64_alu_load(e, ALU_XOR, 64, RDX, CPU_MEM(exec_ctx));
    x64_alu_imm(e, ALU_AND, 32, RAX, -32);
    _Static_assert(sizeof(JumpCacheEntry) == 16, "a set is 32 bytes");
    X64Mem way = x64_mem_index(X64_CPU, RAX, 0, JUMP_CACHE_OFFSET);
    x64_alu_load(e, ALU_CMP, 64, RDX, way);
    x64_jcc_to(e, CC_NE, x64_common.jump_second);
    way.disp += offsetof(JumpCacheEntry, code);
    x64_jmp_mem(e, way);
}

/* Where a return lands: an exit to the return address. */
static void landing(X64 *x, X64Cold *c)
{
    go_to(x, c->in.imm);
}

void x64_emit_ras_push(Ra *ra, const HostInsn *h)
{
    X(ra);
    X64Mem entry = x64_mem_index(X64_CPU, RAX, 0, offsetof(Cpu, ras));
    X64Cold *c = x64_cold(x, landing, h);
    x64_load(e, 32, RAX, CPU_MEM(ras_top));
    x64_mov_imm(x, RDX, h->in->imm);
    x64_alu_imm(e, ALU_ADD, 32, RAX, sizeof(RasEntry));
    x64_alu_load(e, ALU_XOR, 64, RDX, CPU_MEM(exec_ctx));
    x64_alu_imm(e, ALU_AND, 32, RAX, RAS_SIZE * sizeof(RasEntry) - 1);
    x64_store(e, 32, CPU_MEM(ras_top), RAX);
    x64_store(e, 64, entry, RDX);
    x64_lea(e, 64, RDX, x64_mem(X64_RIP, 0));
    c->jump[0] = e->p - 4;
    entry.disp += offsetof(RasEntry, code);
    x64_store(e, 64, entry, RDX);
}

/* ---- block entries and the stubs at the end ---- */

static void count_slow(X64 *x, X64Cold *c)
{
    x64_alu_mem_imm(&x->e, ALU_ADD, 32, CPU_MEM(icount_left), c->rest);
    poll_slow(x, c);
}

/* Memory accesses that remember their page; addresses of 32 bits, so that X64_NO_PAGE is none. */
static unsigned count_cells(const IrRegion *r, const IrBlock *b)
{
    unsigned n = 0;
    for (unsigned i = b->first; i < b->end && !r->wide; i++) {
        const IrInsn *in = &r->insns[i];
        n += in->op >= IR_ld && in->op <= IR_tlb && in->mem.steady;
    }
    return MIN(n, (unsigned)X64_N_CELLS);
}

/* The first way in forgets what cells hold that the first time round has not set, the back edge goes
 * to the head. */
static void start_loop(X64 *x)
{
    Emit *e = &x->e;
    for (unsigned i = 0; i < x->n_cells; i++) {
        if (!(x->warm >> i & 1)) {
            x64_store_imm(e, 64, x64_cell(i), X64_NO_PAGE);
        }
    }
    x64_nop(e, -(uintptr_t)e->p & 7);
    x64_nop(e, -(uintptr_t)e->p & 8);
    x->head = e->p;
}

void x64_block_start(Ra *ra, unsigned block)
{
    X(ra);
    const IrBlock *b = &ra->r->blocks[block];
    bool loop = ra->r->loop_block && block == ra->r->loop_block;
    x->label[block] = e->p;
    x64_x87_forget(&x->x87);
    x->head = NULL;
    x->n_steady = 0;
    if (loop) {
        start_loop(x);
    } else {
        x->n_cells = ra->r->loop_block ? count_cells(ra->r, &ra->r->blocks[ra->r->loop_block]) : 0;
        x->warm = 0;
        x->edge_seen = false;
    }
    x->block_first_insn = ra->n_insn;
    x->block_insns = 0;
    for (unsigned i = b->first; i < b->end; i++) {
        x->block_insns += ra->r->insns[i].op == IR_insn;
    }
    if (x->icount && !loop) {           /* the edges to a loop count */
        X64Cold *c = x64_cold(x, count_slow, NULL);
        c->rest = x->block_insns;
        c->pc = b->pc;
        x64_alu_mem_imm(e, ALU_SUB, 32, CPU_MEM(icount_left), x->block_insns);
        c->jump[0] = x64_jcc(e, CC_S);
    }
}

/* One stub an exit: the target becomes the pc, the loop links us. */
void x64_emit_exit_stubs(X64 *x)
{
    Emit *e = &x->e;
    CodeBlock *cb = x->cb;
    for (unsigned i = 0; i < x->n_exits; i++) {
        CodeExit *exit = &cb->exits[i];
        *exit = x->exit[i];
        exit->from = cb;
        exit->stub_offset = e->p - x->code;
        x64_patch32(x->code + exit->patch_offset, e->p);
        x64_mov_imm(x, RAX, exit->target);
        x64_store(e, 64, CPU_MEM(pc), RAX);
        x64_mov_imm64(e, RAX, (uintptr_t)exit);
        x64_jmp_to(e, x64_common.leave);
    }
}
