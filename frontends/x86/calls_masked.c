/* SPDX-License-Identifier: MIT */
/*
 * Vector accesses that leave lanes out: MASKMOVQ, MASKMOVDQU, VMASKMOV, VPMASKMOV and the gathers.
 * Implements: SDM 2; SDM 3A, 5.3 (limits, of each element).
 *
 * A lane that is left out is not accessed and cannot fault.  Of a masked store every page is asked before
 * the first byte is written.  A gather that faults has done the elements before: they are in the
 * destination, and their mask is clear.
 */
#include "frontends/x86/calls.h"

typedef struct Where {
    X86Cpu  *s;
    unsigned seg, size;         /* of an element */
    uint64_t mask;              /* of the address size */
    IrMem    mem;
} Where;

static Where where(X86Cpu *s, uint32_t word)
{
    Where w = { .s = s, .seg = word >> 12 & 7, .size = 1u << (word & 15) };
    unsigned addrsize = word >> 8 & 15;
    w.mask = addrsize == 8 ? UINT64_MAX : addrsize == 4 ? UINT32_MAX : 0xffff;
    w.mem = (IrMem){ .size = w.size, .align = 1,
                     .mmu = x86_fetch_mmu(&s->cpu) };
    return w;
}

static uint64_t element_at(const Where *w, uint64_t off, bool write)
{
    X86Cpu *s = w->s;
    const X86Seg *g = &s->seg[w->seg];
    off &= w->mask;
    if (x86_long(s)) {
        return w->seg < SEG_FS ? off : off + g->base;
    }
    if (!x86_in_span(off, g->lo, write ? g->wspan : g->rspan, w->size)) {
        x86_fault(s, w->seg == SEG_SS ? EXC_SS : EXC_GP, 0);
    }
    return (uint32_t)(off + g->base);
}

static uint64_t lane_of(const V128 *v, unsigned size, unsigned i)
{
    return size == 8 ? v->u64[i] : size == 4 ? v->u32[i] : v->u8[i];
}

static void set_lane(V128 *v, unsigned size, unsigned i, uint64_t x)
{
    if (size == 8) {
        v->u64[i] = x;
    } else {
        v->u32[i] = x;
    }
}

static bool chosen(const V128 *mask, unsigned size, unsigned i)
{
    return lane_of(mask, size, i) >> (size * 8 - 1) & 1;
}

static void x86_masked_load(Cpu *cpu, V128 *out, uint64_t off, const V128 *mask, uint32_t word)
{
    Where w = where(X86(cpu), word);
    V128 v = { .u64 = { 0, 0 } };
    for (unsigned i = 0; i < 16 / w.size; i++) {
        if (chosen(mask, w.size, i)) {
            set_lane(&v, w.size, i, cpu_ld(cpu, element_at(&w, off + i * w.size, false), w.mem));
        }
    }
    *out = v;
}
CALL_DEF(x86_masked_load, "V:dVw", CALL_SYNC);

static void x86_masked_store(Cpu *cpu, uint64_t off, const V128 *data, const V128 *mask,
                             uint32_t word)
{
    Where w = where(X86(cpu), word);
    unsigned n = (word >> 16 & 31) / w.size;
    IrMem ask = w.mem;
    ask.write = 1;
    for (unsigned i = 0; i < n; i++) {
        if (chosen(mask, w.size, i)) {
            cpu_ld(cpu, element_at(&w, off + i * w.size, true), ask);
        }
    }
    for (unsigned i = 0; i < n; i++) {
        if (chosen(mask, w.size, i)) {
            cpu_st(cpu, element_at(&w, off + i * w.size, true), lane_of(data, w.size, i), w.mem);
        }
    }
}
CALL_DEF(x86_masked_store, ":dVVw", CALL_SYNC);

/* ---- gathers ---- */

static V128 *half_of(X86Cpu *s, unsigned reg, unsigned byte)
{
    return byte < 16 ? &s->xmm[reg] : &s->ymmh[reg];
}

static uint64_t element(X86Cpu *s, unsigned reg, unsigned size, unsigned i)
{
    return lane_of(half_of(s, reg, i * size), size, i % (16 / size));
}

static void set_element(X86Cpu *s, unsigned reg, unsigned size, unsigned i, uint64_t v)
{
    set_lane(half_of(s, reg, i * size), size, i % (16 / size), v);
}

/* base: base register and displacement.  regs: destination, index, mask, 8 bits each, then bytes of
 * the vector, of an index (4 bits each of a byte), and the scale's log. */
static void x86_gather(Cpu *cpu, uint64_t base, uint64_t regs, uint32_t word)
{
    X86Cpu *s = X86(cpu);
    Where w = where(s, word);
    unsigned dest = regs & 0xff, index = regs >> 8 & 0xff, mask = regs >> 16 & 0xff;
    unsigned bytes = regs >> 24 & 0xff, index_size = regs >> 32 & 0xff, scale = regs >> 40 & 0xff;
    unsigned n = bytes / MAX(w.size, index_size);
    for (unsigned i = 0; i < n; i++) {
        uint64_t m = element(s, mask, w.size, i) >> (w.size * 8 - 1) & 1;
        set_element(s, mask, w.size, i, m ? UINT64_MAX : 0);
    }
    for (unsigned i = 0; i < n; i++) {
        if (element(s, mask, w.size, i)) {
            uint64_t k = element(s, index, index_size, i);
            k = index_size == 4 ? (uint64_t)(int32_t)k : k;
            set_element(s, dest, w.size, i, cpu_ld(cpu, element_at(&w, base + (k << scale), false), w.mem));
            set_element(s, mask, w.size, i, 0);
        }
    }
    for (unsigned half = 0; half < 2; half++) {         /* what is beyond the elements becomes 0 */
        for (unsigned i = 0; i < 16 / w.size; i++) {
            if ((half * 16 / w.size + i) >= n) {
                set_lane(half ? &s->ymmh[dest] : &s->xmm[dest], w.size, i, 0);
                set_lane(half ? &s->ymmh[mask] : &s->xmm[mask], w.size, i, 0);
            }
        }
    }
}
CALL_DEF(x86_gather, ":ddw", CALL_SYNC);
