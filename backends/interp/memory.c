/* SPDX-License-Identifier: MIT */
/*
 * Guest memory: the TLB probe of system/cpu.h in C, then the slow paths of tcg/softmmu.c.
 */
#include "backends/interp/interp.h"
#include <string.h>

static inline GVa address(const Run *s, const IrInsn *in)
{
    GVa va = s->value[in->a].u64[0] + (int64_t)in->mem.disp;
    return s->block->wide ? va : (uint32_t)va;
}

/* The host address of size bytes at va, or NULL: the TLB does not have it. */
static inline uint8_t *probe(Cpu *cpu, GVa va, IrMem m, unsigned size, bool write)
{
    cpu->count[COUNT_TLB]++;
    const TlbEntry *table = (const TlbEntry *)((char *)cpu + (write ? TLB_WRITE_OFFSET
                                                                    : TLB_READ_OFFSET));
    const TlbEntry *e = &table[(va >> PAGE_BITS) % TLB_SIZE];
    GVa last = va + size - MIN(m.align, size);
    uint64_t tag = (last & (PAGE_MASK | (m.align - 1))) ^ cpu->tlb_ctx[m.mmu];
    return e->tag == tag ? (uint8_t *)(uintptr_t)(va + e->addend) : NULL;
}

static uint64_t extended(uint64_t v, const IrInsn *in)
{
    if (in->mem.sign && in->mem.size < 8) {
        v = (uint64_t)sextract64(v, 0, in->mem.size * 8);
    }
    return in->type == IR_I64 || in->type == IR_F64 || in->type == IR_V128 ? v : (uint32_t)v;
}

/* host: where it is, NULL for the slow path. */
static void load(Run *s, const IrInsn *in, V128 *out, GVa va, const uint8_t *host)
{
    IrMem m = in->mem;
    if (m.size == 16) {
        if (host && !m.big) {
            memcpy(out, host, 16);
        } else {
            softmmu_ld128(s->cpu, va, in->imm, NULL, s, out);
        }
        return;
    }
    uint64_t v = host ? ld_endian(host, m.size, m.big ? ENDIAN_BIG : ENDIAN_LITTLE)
                      : softmmu_ld(s->cpu, va, in->imm, NULL, s);
    *out = (V128){ .u64 = { extended(v, in), 0 } };
}

static void store(Run *s, const IrInsn *in, GVa va, uint8_t *host, const V128 *v)
{
    IrMem m = in->mem;
    if (m.size == 16) {
        if (host && !m.big) {
            memcpy(host, v, 16);
        } else {
            softmmu_st128(s->cpu, va, in->imm, NULL, s, v);
        }
    } else if (host) {
        st_endian(host, v->u64[0], m.size, m.big ? ENDIAN_BIG : ENDIAN_LITTLE);
    } else {
        uint64_t mask = m.size == 8 ? UINT64_MAX : BIT64(m.size * 8) - 1;
        softmmu_st(s->cpu, va, in->imm, NULL, s, v->u64[0] & mask);
    }
}

static void run_ld(Run *s, const IrInsn *in, V128 *out)
{
    GVa va = address(s, in);
    load(s, in, out, va, probe(s->cpu, va, in->mem, in->mem.size, in->mem.write));
}

static void run_st(Run *s, const IrInsn *in, V128 *out)
{
    GVa va = address(s, in);
    store(s, in, va, probe(s->cpu, va, in->mem, in->mem.size, true), &s->value[in->b]);
}

static bool holds(const Run *s, const IrInsn *in)
{
    return ir_cond_holds(in->mem.cond, s->value[in->c].u32[0]);
}

static void run_ldc(Run *s, const IrInsn *in, V128 *out)
{
    if (holds(s, in)) {
        run_ld(s, in, out);
    } else {
        *out = s->value[in->b];
    }
}

static void run_stc(Run *s, const IrInsn *in, V128 *out)
{
    if (holds(s, in)) {
        run_st(s, in, out);
    }
}

static void run_tlb(Run *s, const IrInsn *in, V128 *out)
{
    GVa va = address(s, in);
    uint64_t addend = 0;
    if (!(va & (in->mem.align - 1))) {
        uint8_t *host = probe(s->cpu, va, in->mem, in->mem.span5 * 8, in->mem.write);
        addend = host ? (uint64_t)(uintptr_t)host - va : softmmu_probe(s->cpu, va, in->imm);
    }
    *out = (V128){ .u64 = { addend, 0 } };
}

static uint8_t *through(const Run *s, const IrInsn *in, GVa va)
{
    uint64_t addend = s->value[in->c].u64[0];
    return addend ? (uint8_t *)(uintptr_t)(va + addend) : NULL;
}

static void run_ldh(Run *s, const IrInsn *in, V128 *out)
{
    GVa va = address(s, in);
    load(s, in, out, va, through(s, in, va));
}

static void run_sth(Run *s, const IrInsn *in, V128 *out)
{
    GVa va = address(s, in);
    store(s, in, va, through(s, in, va), &s->value[in->b]);
}

static void run_atomic(Run *s, const IrInsn *in, V128 *out)
{
    uint64_t mask = in->mem.size == 8 ? UINT64_MAX : BIT64(in->mem.size * 8) - 1;
    uint64_t c = in->op == IR_cas ? s->value[in->c].u64[0] & mask : 0;
    uint64_t v = softmmu_atomic(s->cpu, address(s, in), in->imm, NULL, s, in->op,
                                s->value[in->b].u64[0] & mask, c);
    *out = (V128){ .u64 = { extended(v, in), 0 } };
}

const InterpOp interp_mem_ops[IR_N_OPS] = {
    [IR_ld] = run_ld, [IR_st] = run_st, [IR_ldc] = run_ldc, [IR_stc] = run_stc,
    [IR_tlb] = run_tlb, [IR_ldh] = run_ldh, [IR_sth] = run_sth,
    [IR_cas] = run_atomic, [IR_amo_xchg] = run_atomic, [IR_amo_add] = run_atomic,
    [IR_amo_and] = run_atomic, [IR_amo_or] = run_atomic, [IR_amo_xor] = run_atomic,
};
