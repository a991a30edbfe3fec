/* SPDX-License-Identifier: MIT */
/*
 * Guest memory: the inline TLB probe, the access, and the cold code for everything else.
 *
 * The probe (system/cpu.h): with va = a + disp, in 64 bits so that an address that wraps around 4 GiB
 * has bits in its upper half and matches no tag,
 *
 *     edx = va >> 8 & index mask           rax = (va + size - align) & (page mask | align - 1)
 *     rax ^= tlb_ctx; cmp rax, [tlb + rdx]; jne cold; rax = [tlb + rdx + 8]; access [rax + va]
 *
 * A value that is not aligned as its own size asks is found to cross the page by the second line.
 */
#include "backends/x86_64/x64.h"

#include <stddef.h>

#define X(ra) X64 *x = &x64; Emit *e = &x->e; (void)e; (void)(ra)

enum { INDEX_MASK = (TLB_SIZE - 1) << 4 };

/* ---- the probe ---- */

/* From the first byte to the last aligned unit. */
static unsigned past(IrMem m, unsigned size)
{
    unsigned align = m.align ? m.align : 1;
    return (size - 1) & ~(align - 1);
}

static int32_t tag_mask(IrMem m)
{
    return (int32_t)PAGE_MASK | ((m.align ? m.align : 1) - 1);
}

static uint8_t *compare_tag(X64 *x, IrMem m, X64Mem entry)
{
    Emit *e = &x->e;
    x64_alu_load(e, ALU_XOR, 64, RAX, x64_cpu_mem(offsetof(Cpu, tlb_ctx) + 8 * m.mmu));
    x64_alu_load(e, ALU_CMP, 64, RAX, entry);
    return x64_jcc(e, CC_NE);
}

/* Leaves the entry's displacement from the Cpu in *entry (with index rdx or none); the jump that a
 * miss takes. */
static uint8_t *probe(X64 *x, const HostArg *a, IrMem m, unsigned size, bool write, X64Mem *entry)
{
    Emit *e = &x->e;
    int32_t table = write ? TLB_WRITE_OFFSET : TLB_READ_OFFSET;
    unsigned off = past(m, size);
    x64_count(x, COUNT_TLB);
    if (a->kind == HOST_IMM) {
        uint64_t va = a->imm + m.disp;
        va = x->ra->r->wide ? va : (uint32_t)va;
        x64_mov_imm(x, RAX, (va + off) & (int64_t)tag_mask(m));
        *entry = x64_cpu_mem(table + (int32_t)(va >> 8 & INDEX_MASK));
        return compare_tag(x, m, *entry);
    }
    unsigned va = a->reg;
    if (m.disp) {
        x64_lea(e, 64, va = RAX, x64_mem(a->reg, m.disp));
    }
    if (x64_has.bmi2) {
        x64_rorx(e, 32, RDX, va, 8);
    } else {
        x64_mov(e, 32, RDX, va);
        x64_shift_imm(e, SH_SHR, 32, RDX, 8);
    }
    x64_alu_imm(e, ALU_AND, 32, RDX, INDEX_MASK);
    if (off) {
        x64_lea(e, 64, RAX, x64_mem(a->reg, m.disp + off));
    } else if (va != RAX) {
        x64_mov(e, 64, RAX, va);
    }
    x64_alu_imm(e, ALU_AND, 64, RAX, tag_mask(m));
    *entry = x64_mem_index(X64_CPU, RDX, 0, table);
    return compare_tag(x, m, *entry);
}

/* ---- cells: a steady access looks into its page of last time before it looks into the TLB ----
 *
 * The same accesses are in the block before the loop: there they fill the cells (or clear them, on
 * the slow paths).  What may be skipped there is cleared when the loop begins. */

static bool find_cell(X64 *x, const HostInsn *h, unsigned *n)
{
    if (!h->in->mem.steady) {
        return false;
    }
    *n = x->n_steady++;
    return *n < x->n_cells && h->arg[0].kind == HOST_REG;
}

/* rax = distance from the page; jumps to the refill when the access is not all in it. */
static uint8_t *compare_page(X64 *x, const HostArg *a, IrMem m, unsigned size, X64Mem page)
{
    Emit *e = &x->e;
    unsigned align = m.align ? m.align : 1, shift = __builtin_ctz(align);
    if (m.disp) {
        x64_lea(e, 64, RAX, x64_mem(a->reg, m.disp));
    } else {
        x64_mov(e, 64, RAX, a->reg);
    }
    if (align >= size) {
        x64_alu_load(e, ALU_XOR, 64, RAX, page);
        x64_test_imm(e, 64, RAX, tag_mask(m));
        return x64_jcc(e, CC_NE);
    }
    x64_alu_load(e, ALU_SUB, 64, RAX, page);
    if (shift) {
        x64_shift_imm(e, SH_ROR, 64, RAX, shift);   /* what is not aligned becomes large */
    }
    x64_alu_imm(e, ALU_CMP, 64, RAX, ((1 << PAGE_BITS) - size) >> shift);
    return x64_jcc(e, CC_A);
}

static X64Mem addend_of(X64Mem cell)
{
    cell.disp += offsetof(X64Cell, addend);
    return cell;
}

/* rax = addend of the entry; both it and the page into the cell. */
static void fill_cell(X64 *x, const HostInsn *h, X64Mem entry, X64Mem cell)
{
    Emit *e = &x->e;
    entry.disp += offsetof(TlbEntry, addend);
    x64_load(e, 64, RAX, entry);
    x64_lea(e, 64, RDX, x64_mem(h->arg[0].reg, h->in->mem.disp));
    x64_store(e, 64, addend_of(cell), RAX);
    x64_alu_imm(e, ALU_AND, 64, RDX, (int32_t)PAGE_MASK);
    x64_store(e, 64, cell, RDX);
}

/* Another page: from the TLB, and remembered. */
static void refill_cell(X64 *x, X64Cold *c)
{
    X64Mem entry;
    const HostArg *a = &c->h.arg[0];
    x64_patch32(probe(x, a, c->in.mem, c->rest, c->backward, &entry), c->slow->start);
    fill_cell(x, &c->h, entry, c->cell);
    x64_patch32(x64_jmp(&x->e), c->back);
}

/* The first time round. */
static void warm_cell(X64 *x, const HostInsn *h, X64Mem entry, unsigned n, unsigned d,
                      X64Cold *slow)
{
    fill_cell(x, h, entry, x64_cell(n));
    if (d != RAX) {
        x64_mov(&x->e, 64, d, RAX);
    }
    slow->cell = x64_cell(n);
    slow->forgets = true;
    x->warm |= 1u << n;
}

/* Another addend than the last time: this one from now on. */
static void learn_addend(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    x64_load(e, 64, c->h.out, c->entry);
    x64_store(e, 64, c->cell, c->h.out);
    x64_patch32(x64_jmp(e), c->back);
}

/* Where the mapping is linear the addend is that of the last time, so that a load need not wait for
 * the TLB's: a branch checks it.  What the cell holds at first does not matter. */
static void guess_addend(X64 *x, const HostInsn *h, X64Mem entry, unsigned d)
{
    Emit *e = &x->e;
    X64Cold *c = x64_cold(x, learn_addend, h);
    c->h.out = d;
    c->entry = entry;
    c->cell = x64_frame_mem(X64_GUESSES + 8 * (int32_t)(x->ra->pc / 2 % X64_N_GUESSES));
    x64_load(e, 64, d, c->cell);
    x64_alu_load(e, ALU_CMP, 64, d, entry);
    c->jump[0] = x64_jcc(e, CC_NE);
    c->back = e->p;
}

/* The addend into register d.  size: all that must lie in the page. */
static void find_page(X64 *x, const HostInsn *h, unsigned size, bool write, unsigned d,
                      X64Cold *slow)
{
    Emit *e = &x->e;
    IrMem m = h->in->mem;
    unsigned n;
    bool cell = find_cell(x, h, &n);
    if (!cell || !x->head) {
        X64Mem entry;
        slow->jump[0] = probe(x, &h->arg[0], m, size, write, &entry);
        if (cell && !x->edge_seen && h->in->op != IR_ldc && h->in->op != IR_stc) {
            warm_cell(x, h, entry, n, d, slow);
            return;
        }
        entry.disp += offsetof(TlbEntry, addend);
        if (h->in->op == IR_ld && h->arg[0].kind == HOST_REG) {
            guess_addend(x, h, entry, d);
        } else {
            x64_load(e, 64, d, entry);
        }
        return;
    }
    X64Cold *c = x64_cold(x, refill_cell, h);
    c->cell = x64_cell(n);
    c->slow = slow;
    c->rest = size;
    c->backward = write;
    c->jump[0] = compare_page(x, &h->arg[0], m, size, c->cell);
    c->back = e->p;
    x64_load(e, 64, d, addend_of(c->cell));
}

/* The operand of the access itself; rax = addend. */
static X64Mem access_operand(X64 *x, const HostArg *a, IrMem m)
{
    if (a->kind == HOST_REG) {
        return x64_mem_index(RAX, a->reg, 0, m.disp);
    }
    uint64_t va = a->imm + m.disp;
    va = x->ra->r->wide ? va : (uint32_t)va;
    if (va < INT32_MAX) {
        return x64_mem(RAX, va);
    }
    x64_mov_imm(x, RDX, va);
    return x64_mem_index(RAX, RDX, 0, 0);
}

/* ---- the access ---- */

static void load_int(X64 *x, unsigned d, unsigned w, IrMem m, X64Mem at)
{
    Emit *e = &x->e;
    unsigned bits = m.size * 8;
    if (m.big && bits > 8) {
        if (bits == 16) {
            x64_load_zx(e, 16, d, at);
            x64_shift_imm(e, SH_ROL, 16, d, 8);
        } else if (x64_has.movbe) {
            x64_load_movbe(e, bits, d, at);
        } else {
            x64_load(e, bits, d, at);
            x64_bswap(e, bits, d);
        }
        if (m.sign && bits < w) {
            x64_movsx(e, w, bits, d, d);
        }
    } else if (bits == w || (bits == 32 && !m.sign)) {
        x64_load(e, bits, d, at);
    } else if (m.sign) {
        x64_load_sx(e, w, bits, d, at);
    } else {
        x64_load_zx(e, bits, d, at);
    }
}

static void load_value(X64 *x, IrType t, unsigned d, IrMem m, X64Mem at)
{
    if (!ir_type_is_vec(t)) {
        load_int(x, d, ir_type_bits(t), m, at);
    } else if (m.big) {
        load_int(x, RAX, ir_type_bits(t), m, at);
        x64_movd_to_xmm(&x->e, ir_type_bits(t), d, RAX);
    } else if (x64_has.avx) {
        x64_vxmm_load(&x->e, m.size * 8, d, at);
    } else {
        x64_xmm_load(&x->e, m.size * 8, d, at);
    }
}

/* at must not use rdx when the order is swapped or the value is a vector in big order. */
static void store_value(X64 *x, IrType t, const HostArg *v, IrMem m, X64Mem at)
{
    Emit *e = &x->e;
    unsigned bits = m.size * 8, s = v->reg;
    bool swap = m.big && bits > 8;
    if (v->kind == HOST_IMM && !swap) {
        x64_store_imm(e, bits, at, bits == 8 ? (int8_t)v->imm : (int32_t)v->imm);
        return;
    }
    if (!swap) {
        if (!ir_type_is_vec(t)) {
            x64_store(e, bits, at, s);
        } else if (x64_has.avx) {
            x64_vxmm_store(e, bits, at, s);
        } else {
            x64_xmm_store(e, bits, at, s);
        }
        return;
    }
    if (at.index == RDX || at.base == RDX) {
        x64_lea(e, 64, RAX, at);
        at = x64_mem(RAX, 0);
    }
    if (v->kind == HOST_IMM) {
        x64_mov_imm(x, RDX, v->imm);
        s = RDX;
    } else if (ir_type_is_vec(t)) {
        x64_movd_from_xmm(e, bits, RDX, s);
        s = RDX;
    }
    if (x64_has.movbe) {
        x64_store_movbe(e, bits, at, s);
        return;
    }
    x64_mov(e, 64, RDX, s);
    if (bits == 16) {
        x64_shift_imm(e, SH_ROL, 16, RDX, 8);
    } else {
        x64_bswap(e, bits, RDX);
    }
    x64_store(e, bits, at, RDX);
}

/* ---- cold code ---- */

static uint64_t mem_bits(IrMem m)
{
    union { IrMem mem; uint64_t imm; } u = { .mem = m };
    return u.imm;
}

/* eax = the guest address, rdx = the access. */
static void slow_address(X64 *x, const X64Cold *c)
{
    Emit *e = &x->e;
    IrMem m = c->in.mem;
    const HostArg *a = &c->h.arg[0];
    bool wide = x->ra->r->wide;
    if (a->kind == HOST_IMM) {
        uint64_t va = a->imm + m.disp;
        x64_mov_imm(x, RAX, wide ? va : (uint32_t)va);
    } else if (m.disp) {
        x64_lea(e, wide ? 64 : 32, RAX, x64_mem(a->reg, m.disp));
    } else {
        x64_mov(e, 64, RAX, a->reg);
    }
    x64_mov_imm(x, RDX, mem_bits(m));
}

/* Which of two trampolines: cold code comes last, so the registers in use are known. */
static bool uses_vectors(const X64 *x)
{
    return x->ra->used >> RA_VEC;
}

static void ld_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    IrType t = c->in.type;
    slow_address(x, c);
    x64_call_to(e, t == IR_V128 ? x64_common.ld128 : x64_common.ld[uses_vectors(x)]);
    x64_add_site(x, c);
    if (t == IR_V128) {
        x64_xmm_load(e, 128, c->h.out, x64_frame_mem(X64_SCRATCH));
    } else if (ir_type_is_vec(t)) {
        x64_movd_to_xmm(e, ir_type_bits(t), c->h.out, RAX);
    } else {
        x64_mov(e, ir_type_bits(t), c->h.out, RAX);
    }
    x64_patch32(x64_jmp(e), c->back);
}

static void put_scratch(X64 *x, unsigned cell, const HostArg *v, bool vec)
{
    Emit *e = &x->e;
    X64Mem m = x64_frame_mem(X64_SCRATCH + 16 * cell);
    if (v->kind == HOST_IMM) {
        x64_store_imm(e, 64, m, v->imm);
    } else if (vec) {
        x64_xmm_store(e, 128, m, v->reg);
    } else {
        x64_store(e, 64, m, v->reg);
    }
}

static void st_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    IrType t = c->in.type;
    put_scratch(x, 0, &c->h.arg[1], ir_type_is_vec(t));
    slow_address(x, c);
    x64_call_to(e, t == IR_V128 ? x64_common.st128 : x64_common.st[uses_vectors(x)]);
    x64_add_site(x, c);
    x64_patch32(x64_jmp(e), c->back);
}

static void ldc_else(X64 *x, X64Cold *c)
{
    x64_move(x->ra, c->in.type, c->h.out, c->h.arg[1].reg);
    x64_patch32(x64_jmp(&x->e), c->back);
}

static X64Cold *access_cold(X64 *x, X64ColdEmit *emit, const HostInsn *h)
{
    X64Cold *c = x64_cold(x, emit, h);
    Ra *ra = x->ra;
    c->stores_x87 = true;
    unsigned rest = x->block_insns - (ra->n_insn - x->block_first_insn);
    c->site = (ExitSite){
        .first_loc = ra->snap_first, .n_locs = ra->snap_n, .aux = ra->aux, .pc = ra->pc, .mem = h->in->mem,
        .insn_index = x->cb->n_guest_insns - rest,
    };
    return c;
}

/* ---- emitters ---- */


void x64_emit_ld(Ra *ra, const HostInsn *h)
{
    X(ra);
    IrMem m = h->in->mem;
    const HostArg *a = &h->arg[0];
    uint8_t *skip = NULL;
    X64Cold *other = NULL;
    if (h->in->op == IR_ldc) {
        unsigned not = h->arg[2].reg ^ 1;
        if (h->out == h->arg[1].reg) {
            skip = x64_jcc(e, not);
        } else {
            other = x64_cold(x, ldc_else, h);
            other->jump[0] = x64_jcc(e, not);
        }
    }
    X64Cold *c = access_cold(x, ld_slow, h);
    if (m.big && m.size == 16) {
        c->jump[0] = x64_jmp(e);
    } else {
        find_page(x, h, m.size, m.write, RAX, c);
        load_value(x, h->in->type, h->out, m, access_operand(x, a, m));
    }
    c->back = e->p;
    if (skip) {
        x64_patch32(skip, e->p);
    }
    if (other) {
        other->back = e->p;
    }
}

void x64_emit_st(Ra *ra, const HostInsn *h)
{
    X(ra);
    IrMem m = h->in->mem;
    const HostArg *a = &h->arg[0];
    uint8_t *skip = h->in->op == IR_stc ? x64_jcc(e, h->arg[2].reg ^ 1) : NULL;
    X64Cold *c = access_cold(x, st_slow, h);
    if (m.big && m.size == 16) {
        c->jump[0] = x64_jmp(e);
    } else {
        find_page(x, h, m.size, true, RAX, c);
        store_value(x, h->in->type, &h->arg[1], m, access_operand(x, a, m));
    }
    c->back = e->p;
    if (skip) {
        x64_patch32(skip, e->p);
    }
}

/* An address that wraps cannot be reached by an addend. */
static void tlb_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    uint8_t *wraps = NULL;
    if (!x->ra->r->wide) {
        x64_lea(e, 64, RAX, x64_mem(c->h.arg[0].reg, c->in.mem.disp));
        x64_mov(e, 32, RDX, RAX);
        x64_alu(e, ALU_CMP, 64, RDX, RAX);
        x64_mov_imm32(e, RAX, 0);
        wraps = x64_jcc(e, CC_NE);
    }
    slow_address(x, c);
    x64_call_to(e, x64_common.probe[uses_vectors(x)]);
    if (wraps) {
        x64_patch32(wraps, e->p);
    }
    x64_mov(e, 64, c->h.out, RAX);
    x64_patch32(x64_jmp(e), c->back);
}

void x64_emit_tlb(Ra *ra, const HostInsn *h)
{
    X(ra);
    IrMem m = h->in->mem;
    X64Cold *c = x64_cold(x, tlb_slow, h);
    find_page(x, h, m.span5 * 8, m.write, h->out, c);
    c->back = e->p;
}

/* The tlb op has seen to the alignment as well. */
static X64Mem covered(X64 *x, const HostInsn *h, X64Cold *c)
{
    Emit *e = &x->e;
    IrMem m = h->in->mem;
    unsigned a = h->arg[0].reg, addend = h->arg[2].reg;
    x64_test(e, 64, addend, addend);
    c->jump[0] = x64_jcc(e, CC_E);
    return x64_mem_index(addend, a, 0, m.disp);
}

void x64_emit_ldh(Ra *ra, const HostInsn *h)
{
    X(ra);
    X64Cold *c = access_cold(x, ld_slow, h);
    X64Mem at = covered(x, h, c);
    if (h->in->mem.big && h->in->mem.size == 16) {
        c->jump[2] = x64_jmp(e);
    } else {
        load_value(x, h->in->type, h->out, h->in->mem, at);
    }
    c->back = e->p;
}

void x64_emit_sth(Ra *ra, const HostInsn *h)
{
    X(ra);
    X64Cold *c = access_cold(x, st_slow, h);
    X64Mem at = covered(x, h, c);
    if (h->in->mem.big && h->in->mem.size == 16) {
        c->jump[2] = x64_jmp(e);
    } else {
        store_value(x, h->in->type, &h->arg[1], h->in->mem, at);
    }
    c->back = e->p;
}

/* ---- atomics ---- */

static void atomic_result(X64 *x, const HostInsn *h)
{
    IrMem m = h->in->mem;
    unsigned bits = m.size * 8;
    if (bits >= h->width || (bits == 32 && !m.sign)) {
        x64_mov(&x->e, bits == 64 && h->width == 64 ? 64 : 32, h->out, RAX);
    } else if (m.sign) {
        x64_movsx(&x->e, h->width, bits, h->out, RAX);
    } else {
        x64_movzx(&x->e, bits, h->out, RAX);
    }
}

static void atomic_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    put_scratch(x, 0, &c->h.arg[1], false);
    if (c->in.op == IR_cas) {
        put_scratch(x, 1, &c->h.arg[2], false);
    }
    x64_store_imm(e, 32, x64_frame_mem(X64_SCRATCH + 32), c->in.op);
    slow_address(x, c);
    x64_call_to(e, x64_common.atomic[uses_vectors(x)]);
    x64_add_site(x, c);
    x64_mov(e, c->h.width, c->h.out, RAX);
    x64_patch32(x64_jmp(e), c->back);
}

/* What the host can combine but not fetch at once: until nobody else was faster.  rdx = where; rax
 * gets what was there, the result's register is free until then. */
static void combine_and_swap(X64 *x, const HostInsn *h)
{
    Emit *e = &x->e;
    unsigned op = h->in->op, bits = h->in->mem.size * 8, w = bits == 64 ? 64 : 32;
    X64Alu alu = op == IR_amo_and ? ALU_AND : op == IR_amo_or ? ALU_OR : ALU_XOR;
    if (bits < 32) {
        x64_load_zx(e, bits, RAX, x64_mem(RDX, 0));
    } else {
        x64_load(e, bits, RAX, x64_mem(RDX, 0));
    }
    uint8_t *again = e->p;
    x64_mov(e, w, h->out, RAX);
    x64_alu(e, alu, w, h->out, h->arg[1].reg);
    x64_cmpxchg(e, bits, x64_mem(RDX, 0), h->out);
    uint8_t *lost = x64_jcc8(e, CC_NE);
    x64_patch8(lost, again);
}

void x64_emit_atomic(Ra *ra, const HostInsn *h)
{
    X(ra);
    IrMem m = h->in->mem;
    unsigned op = h->in->op, bits = m.size * 8;
    const HostArg *a = &h->arg[0];
    X64Cold *c = access_cold(x, atomic_slow, h);
    if (m.big && bits > 8) {
        c->jump[0] = x64_jmp(e);        /* rare: C does it */
        c->back = e->p;
        return;
    }
    find_page(x, h, m.size, true, RAX, c);
    X64Mem at = access_operand(x, a, m);
    x64_lea(e, 64, RDX, at);
    if (op >= IR_amo_and) {
        combine_and_swap(x, h);
        atomic_result(x, h);
        c->back = e->p;
        return;
    }
    x64_mov(e, 64, RAX, h->arg[1].reg);
    switch (op) {
    case IR_cas:      x64_cmpxchg(e, bits, x64_mem(RDX, 0), h->arg[2].reg); break;
    case IR_amo_xchg: x64_xchg(e, bits, x64_mem(RDX, 0), RAX); break;
    default:          x64_xadd(e, bits, x64_mem(RDX, 0), RAX); break;
    }
    atomic_result(x, h);
    c->back = e->p;
}

void x64_emit_fence(Ra *ra, const HostInsn *h)
{
    X(ra);
    (void)h;
    x64_mfence(e);
}
