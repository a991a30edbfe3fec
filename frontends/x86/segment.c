/* SPDX-License-Identifier: MIT */
/*
 * Segment registers and far transfers of control.
 * Implements: SDM 3A, chapter 5 (protection: 5.4 types, 5.5 privilege, 5.8 transfers), 3.4
 * (descriptors), chapter 21.2 (virtual-8086 mode); 2A-2B, pseudocode of CALL, IRET, JMP, LDS, MOV,
 * RET; 3B, 20.1 (real mode).
 */
#include "frontends/x86/cpu.h"
#include "system/log.h"

/* ---- descriptors ---- */

uint64_t x86_desc_base(const uint32_t d[2])
{
    return d[0] >> 16 | (d[1] & 0xff) << 16 | (d[1] & 0xff000000);
}

uint32_t x86_desc_limit(const uint32_t d[2])
{
    uint32_t limit = (d[0] & 0xffff) | (d[1] & 0xf0000);
    return d[1] & 1 << 23 ? limit << 12 | 0xfff : limit;
}

/* Linear address of a descriptor; 0 with *in_table false when the table ends before it. */
static uint64_t desc_address(const X86Cpu *s, uint16_t sel, bool *in_table)
{
    const X86Seg *ldt = &s->seg[SEG_LDTR];
    uint32_t off = sel & ~7u;
    uint64_t base = sel & 4 ? ldt->base : s->gdt_base;
    uint32_t limit = sel & 4 ? ldt->limit : s->gdt_limit;
    *in_table = off + 7 <= limit && (!(sel & 4) || ldt->attr & SEG_P);
    return base + off;
}

bool x86_read_desc(X86Cpu *s, uint16_t sel, uint32_t desc[2])
{
    bool ok;
    uint64_t at = desc_address(s, sel, &ok);
    if (ok) {
        desc[0] = x86_sys_ld(s, at, 4);
        desc[1] = x86_sys_ld(s, at + 4, 4);
    }
    return ok;
}

void x86_mark_accessed(X86Cpu *s, uint16_t sel, uint32_t desc[2])
{
    bool ok;
    uint64_t at = desc_address(s, sel, &ok);
    if (!(desc[1] & 1 << 8)) {
        desc[1] |= 1 << 8;
        x86_sys_st(s, at + 5, 1, desc[1] >> 8);
    }
}

/* ---- the hidden part ---- */

void x86_seg_update(X86Seg *g, bool real)
{
    uint64_t size = (uint64_t)g->limit + 1;
    g->lo = 0;
    g->rspan = g->wspan = size;
    if (real) {
        return;
    }
    if (!(g->attr & SEG_P) || !(g->attr & SEG_S)) {
        g->rspan = g->wspan = 0;
    } else if (g->attr & SEG_CODE) {
        g->rspan = g->attr & SEG_RW ? size : 0;
        g->wspan = 0;
    } else {
        if (g->attr & SEG_DC) {                 /* expand-down: from above the limit */
            uint64_t top = g->attr & SEG_DB ? UINT64_C(1) << 32 : 0x10000;
            g->lo = size;
            g->rspan = size < top ? top - size : 0;
        }
        g->wspan = g->attr & SEG_RW ? g->rspan : 0;
    }
}

static bool typeless(const X86Cpu *s)
{
    return !x86_pe(s) || x86_vm(s);
}

void x86_seg_set(X86Cpu *s, unsigned seg, uint16_t sel, uint64_t base, uint32_t limit,
                 uint16_t attr)
{
    X86Seg *g = &s->seg[seg];
    *g = (X86Seg){ .base = base, .limit = limit, .attr = attr, .sel = sel };
    x86_seg_update(g, typeless(s));
}

void x86_segs_changed(X86Cpu *s)
{
    for (unsigned i = 0; i < N_SEGS; i++) {
        x86_seg_update(&s->seg[i], typeless(s));
    }
}

void x86_seg_null(X86Cpu *s, unsigned seg, uint16_t sel)
{
    s->seg[seg].attr = 0;
    x86_seg_set(s, seg, sel, x86_lma(s) ? s->seg[seg].base : 0, 0, 0);
}

/* Limit and attributes stay: what "unreal mode" lives on. */
void x86_seg_real(X86Cpu *s, unsigned seg, uint16_t sel)
{
    X86Seg *g = &s->seg[seg];
    g->sel = sel;
    g->base = (uint32_t)sel << 4;
    if (seg == SEG_CS) {
        g->attr &= ~SEG_L;
    }
    x86_seg_update(g, typeless(s));
}

void x86_seg_v86(X86Cpu *s, unsigned seg, uint16_t sel)
{
    x86_seg_set(s, seg, sel, (uint32_t)sel << 4, 0xffff, 0xf3);
}

void x86_set_seg_desc(X86Cpu *s, unsigned seg, uint16_t sel, const uint32_t desc[2])
{
    x86_seg_set(s, seg, sel, x86_desc_base(desc), x86_desc_limit(desc),
                x86_desc_attr(desc) & 0xf0ff);
}

void x86_set_cs(X86Cpu *s, uint16_t sel, const uint32_t desc[2], unsigned cpl)
{
    x86_set_seg_desc(s, SEG_CS, (sel & ~3) | cpl, desc);
    if (x86_lma(s) && s->seg[SEG_CS].attr & SEG_L) {
        s->seg[SEG_CS].base = 0;
    }
}

/* ---- MOV and POP to a data segment register ---- */

static void load_ss(X86Cpu *s, uint16_t sel, uint32_t desc[2])
{
    unsigned cpl = x86_cpl(s);
    uint16_t attr = x86_desc_attr(desc);
    bool writable = (attr & (SEG_S | SEG_CODE | SEG_RW)) == (SEG_S | SEG_RW);
    if ((sel & 3) != cpl || !writable || (attr >> 5 & 3) != cpl) {
        x86_gp(s, sel & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_SS, sel & ~3);
    }
}

static void load_data(X86Cpu *s, uint16_t sel, uint32_t desc[2])
{
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3, cpl = x86_cpl(s), rpl = sel & 3;
    bool conforming = (attr & (SEG_CODE | SEG_DC)) == (SEG_CODE | SEG_DC);
    if (!(attr & SEG_S) || (attr & (SEG_CODE | SEG_RW)) == SEG_CODE) {
        x86_gp(s, sel & ~3);
    }
    if (!conforming && (rpl > dpl || cpl > dpl)) {
        x86_gp(s, sel & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
}

static void load_null(X86Cpu *s, unsigned seg, uint16_t sel)
{
    unsigned cpl = x86_cpl(s);
    if (seg == SEG_SS) {
        if (!x86_long(s) || cpl == 3 || (sel & 3) != cpl) {
            x86_gp(s, 0);
        }
        x86_seg_null(s, seg, sel);
        s->seg[SEG_SS].attr = cpl << SEG_DPL_SHIFT;
        return;
    }
    x86_seg_null(s, seg, sel);
    s->seg[seg].base = 0;
}

void x86_load_seg(X86Cpu *s, unsigned seg, uint16_t sel)
{
    uint32_t desc[2];
    if (!x86_pe(s)) {
        x86_seg_real(s, seg, sel);
    } else if (x86_vm(s)) {
        x86_seg_v86(s, seg, sel);
    } else if (!(sel & ~3)) {
        load_null(s, seg, sel);
    } else {
        if (!x86_read_desc(s, sel, desc)) {
            x86_gp(s, sel & ~3);
        }
        if (seg == SEG_SS) {
            load_ss(s, sel, desc);
        } else {
            load_data(s, sel, desc);
        }
        x86_mark_accessed(s, sel, desc);
        x86_set_seg_desc(s, seg, sel, desc);
    }
    x86_mode_changed(s);
}

/* ---- LLDT, LTR ---- */

/* System descriptors of IA-32e mode have 16 bytes. */
static uint64_t system_base(X86Cpu *s, uint16_t sel, const uint32_t desc[2])
{
    uint64_t base = x86_desc_base(desc);
    if (x86_lma(s)) {
        base |= x86_sys_ld(s, s->gdt_base + (sel & ~7) + 8, 4) << 32;
    }
    return base;
}

void x86_lldt(X86Cpu *s, uint16_t sel)
{
    uint32_t desc[2];
    if (!(sel & ~3)) {
        x86_seg_set(s, SEG_LDTR, sel, 0, 0, 0);
        return;
    }
    if (sel & 4 || !x86_read_desc(s, sel, desc) || (x86_desc_attr(desc) & 0x1f) != 2) {
        x86_gp(s, sel & ~3);
    }
    if (!(x86_desc_attr(desc) & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
    uint64_t base = system_base(s, sel, desc);
    x86_seg_set(s, SEG_LDTR, sel, base, x86_desc_limit(desc), x86_desc_attr(desc) & 0xf0ff);
}

void x86_ltr(X86Cpu *s, uint16_t sel)
{
    uint32_t desc[2];
    if (!(sel & ~3)) {
        x86_gp(s, 0);
    }
    if (sel & 4 || !x86_read_desc(s, sel, desc)) {
        x86_gp(s, sel & ~3);
    }
    unsigned type = x86_desc_attr(desc) & 0x1f;
    if (type != 9 && (type != 1 || x86_lma(s))) {
        x86_gp(s, sel & ~3);
    }
    if (!(x86_desc_attr(desc) & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
    uint64_t base = system_base(s, sel, desc);
    x86_sys_st(s, s->gdt_base + (sel & ~7) + 5, 1, desc[1] >> 8 | 2);      /* busy */
    x86_seg_set(s, SEG_TR, sel, base, x86_desc_limit(desc), (x86_desc_attr(desc) & 0xf0ff) | 2);
}

/* ---- far JMP and CALL ---- */

static uint64_t mask_size(unsigned size)
{
    return size == 8 ? UINT64_MAX : size == 4 ? UINT32_MAX : 0xffff;
}

/* Without x86_mode_changed(), which the caller owes. */
static void put_ip(X86Cpu *s, uint64_t ip)
{
    s->cpu.pc = x86_long(s) ? ip : (uint32_t)(s->seg[SEG_CS].base + (uint32_t)ip);
}

static void set_ip(X86Cpu *s, uint64_t ip)
{
    put_ip(s, ip);
    x86_mode_changed(s);
}

/* The target of a transfer that keeps CPL; of which segment the offset must be in. */
static void check_ip(X86Cpu *s, const uint32_t desc[2], uint64_t ip)
{
    bool wide = x86_lma(s) && x86_desc_attr(desc) & SEG_L;
    if (wide ? !x86_canonical(ip) : ip > x86_desc_limit(desc)) {
        x86_gp(s, 0);
    }
}

static void need_desc(X86Cpu *s, uint16_t sel, uint32_t desc[2])
{
    if (!(sel & ~3)) {
        x86_gp(s, 0);
    }
    if (!x86_read_desc(s, sel, desc)) {
        x86_gp(s, sel & ~3);
    }
}

/* A code segment as the direct target of JMP or CALL. */
static void check_direct(X86Cpu *s, uint16_t sel, const uint32_t desc[2])
{
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3, cpl = x86_cpl(s);
    if (x86_lma(s) && (attr & (SEG_L | SEG_DB)) == (SEG_L | SEG_DB)) {
        x86_gp(s, sel & ~3);
    }
    if (attr & SEG_DC ? dpl > cpl : (sel & 3) > cpl || dpl != cpl) {
        x86_gp(s, sel & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
}

typedef struct Gate {
    uint16_t sel;
    uint64_t ip;
    unsigned size, params;      /* bytes of a stack entry, entries to copy */
} Gate;

/* A call gate that may be used, opened. */
static Gate open_gate(X86Cpu *s, uint16_t sel, const uint32_t d[2])
{
    uint16_t attr = x86_desc_attr(d);
    unsigned dpl = attr >> 5 & 3, type = attr & 0x1f;
    if (dpl < x86_cpl(s) || dpl < (sel & 3)) {
        x86_gp(s, sel & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
    Gate g = { .sel = d[0] >> 16, .ip = d[0] & 0xffff, .size = 2, .params = d[1] & 31 };
    if (type == 12) {
        g.size = 4;
        g.ip |= d[1] & 0xffff0000;
    }
    if (x86_lma(s)) {
        uint64_t at = (sel & 4 ? s->seg[SEG_LDTR].base : s->gdt_base) + (sel & ~7) + 8;
        uint32_t high = x86_sys_ld(s, at, 4), upper = x86_sys_ld(s, at + 4, 4);
        if (type != 12 || upper & 0x1f00) {
            x86_gp(s, sel & ~3);
        }
        g.ip |= (uint64_t)high << 32;
        g.size = 8;
        g.params = 0;
    }
    return g;
}

/* The code segment that a call gate names. */
static void gate_target(X86Cpu *s, const Gate *g, uint32_t desc[2])
{
    need_desc(s, g->sel, desc);
    uint16_t attr = x86_desc_attr(desc);
    unsigned err = g->sel & ~3;
    if ((attr & (SEG_S | SEG_CODE)) != (SEG_S | SEG_CODE) || (attr >> 5 & 3) > x86_cpl(s)) {
        x86_gp(s, err);
    }
    if (x86_lma(s) && (attr & (SEG_L | SEG_DB)) != SEG_L) {
        x86_gp(s, err);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, err);
    }
}

static void jump_gate(X86Cpu *s, uint16_t sel, const uint32_t gate[2])
{
    uint32_t desc[2];
    Gate g = open_gate(s, sel, gate);
    gate_target(s, &g, desc);
    uint16_t attr = x86_desc_attr(desc);
    if (!(attr & SEG_DC) && (attr >> 5 & 3) != x86_cpl(s)) {
        x86_gp(s, g.sel & ~3);
    }
    check_ip(s, desc, g.ip);
    x86_mark_accessed(s, g.sel, desc);
    x86_set_cs(s, g.sel, desc, x86_cpl(s));
    set_ip(s, g.ip);
}

/* SDM 3A, 7.3: a task by its TSS or a gate to it. */
static void switch_task(X86Cpu *s, uint16_t sel, uint32_t desc[2], int how, uint64_t next)
{
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3;
    if (x86_lma(s) || dpl < x86_cpl(s) || dpl < (sel & 3)) {
        x86_gp(s, sel & ~3);
    }
    if ((attr & 0x1f) == 5) {
        if (!(attr & SEG_P)) {
            x86_fault(s, EXC_NP, sel & ~3);
        }
        sel = desc[0] >> 16;
        if (sel & 4 || !x86_read_desc(s, sel, desc)) {
            x86_gp(s, sel & ~3);
        }
    } else if (sel & 4) {
        x86_gp(s, sel & ~3);
    }
    x86_task_switch(s, sel, desc, how, next, X86_NO_ERROR);
}

static bool is_code(const uint32_t desc[2])
{
    return (x86_desc_attr(desc) & (SEG_S | SEG_CODE)) == (SEG_S | SEG_CODE);
}

static bool is_call_gate(const X86Cpu *s, const uint32_t desc[2])
{
    unsigned type = x86_desc_attr(desc) & 0x1f;
    return type == 12 || (type == 4 && !x86_lma(s));
}

static bool is_task(const uint32_t desc[2])
{
    unsigned type = x86_desc_attr(desc) & 0x1f;
    return type == 1 || type == 9 || type == 5;
}

void x86_far_jump(X86Cpu *s, uint16_t sel, uint64_t off, unsigned opsize, uint64_t next)
{
    uint32_t desc[2];
    off &= mask_size(opsize);
    if (typeless(s)) {
        if (off > s->seg[SEG_CS].limit) {
            x86_gp(s, 0);
        }
        if (x86_vm(s)) {
            x86_seg_v86(s, SEG_CS, sel);
        } else {
            x86_seg_real(s, SEG_CS, sel);
        }
        set_ip(s, off);
        return;
    }
    need_desc(s, sel, desc);
    if (is_code(desc)) {
        check_direct(s, sel, desc);
        check_ip(s, desc, off);
        x86_mark_accessed(s, sel, desc);
        x86_set_cs(s, sel, desc, x86_cpl(s));
        set_ip(s, off);
    } else if (is_call_gate(s, desc)) {
        jump_gate(s, sel, desc);
    } else if (is_task(desc)) {
        switch_task(s, sel, desc, TASK_JUMP, next);
    } else {
        x86_gp(s, sel & ~3);
    }
}

static uint64_t ip_of(const X86Cpu *s, uint64_t pc)
{
    return x86_long(s) ? pc : (uint32_t)(pc - s->seg[SEG_CS].base);
}

static void call_direct(X86Cpu *s, uint16_t sel, uint32_t desc[2], uint64_t off, unsigned size,
                        uint64_t next)
{
    X86Stack k = x86_stack_now(s);
    check_direct(s, sel, desc);
    x86_push(&k, size, s->seg[SEG_CS].sel);
    x86_push(&k, size, ip_of(s, next));
    check_ip(s, desc, off);
    x86_mark_accessed(s, sel, desc);
    x86_stack_commit(&k);
    x86_set_cs(s, sel, desc, x86_cpl(s));
    set_ip(s, off);
}

/* An inner stack for a call gate: from the TSS, with all checks as #TS. */
static X86Stack gate_stack(X86Cpu *s, unsigned cpl, uint16_t *ss, uint32_t desc[2])
{
    uint64_t sp;
    x86_tss_stack(s, cpl, ss, &sp, 0);
    if (x86_lma(s)) {
        return (X86Stack){ .s = s, .mask = UINT64_MAX, .sp = sp, .mmu = x86_data_mmu(s, 0) };
    }
    unsigned err = *ss & ~3;
    if (!err) {
        x86_fault(s, EXC_TS, 0);
    }
    if (!x86_read_desc(s, *ss, desc)) {
        x86_fault(s, EXC_TS, err);
    }
    uint16_t attr = x86_desc_attr(desc);
    if ((*ss & 3) != cpl || (attr >> 5 & 3) != cpl ||
        (attr & (SEG_S | SEG_CODE | SEG_RW)) != (SEG_S | SEG_RW)) {
        x86_fault(s, EXC_TS, err);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_SS, err);
    }
    X86Seg g = { .base = x86_desc_base(desc), .limit = x86_desc_limit(desc), .attr = attr };
    x86_seg_update(&g, false);
    uint64_t mask = attr & SEG_DB ? UINT32_MAX : 0xffff;
    return (X86Stack){ .s = s, .base = g.base, .lo = g.lo, .span = g.wspan, .mask = mask,
                       .sp = sp & mask, .mmu = x86_data_mmu(s, cpl), .error = err };
}

static void copy_params(X86Cpu *s, X86Stack *to, const Gate *g)
{
    X86Stack from = x86_stack_now(s);
    uint64_t base = from.sp, v[32];
    for (unsigned i = 0; i < g->params; i++) {
        from.sp = (base + i * g->size) & from.mask;
        v[i] = x86_pop(&from, g->size);
    }
    for (unsigned i = g->params; i-- > 0; ) {
        x86_push(to, g->size, v[i]);
    }
}

static void call_gate(X86Cpu *s, uint16_t sel, const uint32_t gate[2], uint64_t next)
{
    uint32_t desc[2], stack[2];
    uint16_t ss;
    Gate g = open_gate(s, sel, gate);
    gate_target(s, &g, desc);
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3, cpl = attr & SEG_DC ? x86_cpl(s) : dpl;
    bool inner = cpl < x86_cpl(s);
    X86Stack k = inner ? gate_stack(s, cpl, &ss, stack) : x86_stack_now(s);
    if (inner) {
        x86_push(&k, g.size, s->seg[SEG_SS].sel);
        x86_push(&k, g.size, s->r[RSP_]);
        copy_params(s, &k, &g);
    }
    x86_push(&k, g.size, s->seg[SEG_CS].sel);
    x86_push(&k, g.size, ip_of(s, next));
    check_ip(s, desc, g.ip);
    x86_mark_accessed(s, g.sel, desc);
    if (inner && x86_lma(s)) {
        x86_seg_null(s, SEG_SS, cpl);
        s->seg[SEG_SS].attr = cpl << SEG_DPL_SHIFT;
    } else if (inner) {
        x86_mark_accessed(s, ss, stack);
        x86_set_seg_desc(s, SEG_SS, ss, stack);
    }
    x86_stack_commit(&k);
    x86_set_cs(s, g.sel, desc, cpl);
    set_ip(s, g.ip);
}

void x86_far_call(X86Cpu *s, uint16_t sel, uint64_t off, unsigned opsize, uint64_t next)
{
    uint32_t desc[2];
    off &= mask_size(opsize);
    if (typeless(s)) {
        X86Stack k = x86_stack_now(s);
        if (off > s->seg[SEG_CS].limit) {
            x86_gp(s, 0);
        }
        x86_push(&k, opsize, s->seg[SEG_CS].sel);
        x86_push(&k, opsize, ip_of(s, next));
        x86_stack_commit(&k);
        if (x86_vm(s)) {
            x86_seg_v86(s, SEG_CS, sel);
        } else {
            x86_seg_real(s, SEG_CS, sel);
        }
        set_ip(s, off);
        return;
    }
    need_desc(s, sel, desc);
    if (is_code(desc)) {
        call_direct(s, sel, desc, off, opsize, next);
    } else if (is_call_gate(s, desc)) {
        call_gate(s, sel, desc, next);
    } else if (is_task(desc)) {
        switch_task(s, sel, desc, TASK_CALL, next);
    } else {
        x86_gp(s, sel & ~3);
    }
}

/* ---- far RET and IRET ---- */

/* A code segment to return to. */
static void check_return_code(X86Cpu *s, uint16_t sel, uint32_t desc[2])
{
    need_desc(s, sel, desc);
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3, rpl = sel & 3;
    if (!is_code(desc) || rpl < x86_cpl(s) || (attr & SEG_DC ? dpl > rpl : dpl != rpl) ||
        (x86_lma(s) && (attr & (SEG_L | SEG_DB)) == (SEG_L | SEG_DB))) {
        x86_gp(s, sel & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
}

/* The stack to return to; false: a null SS, which 64-bit code may have. */
static bool check_return_stack(X86Cpu *s, uint16_t ss, unsigned rpl, bool to_long, uint32_t desc[2])
{
    if (!(ss & ~3)) {
        if (to_long && rpl != 3 && (ss & 3) == rpl) {
            return false;
        }
        x86_gp(s, 0);
    }
    if (!x86_read_desc(s, ss, desc)) {
        x86_gp(s, ss & ~3);
    }
    uint16_t attr = x86_desc_attr(desc);
    if ((ss & 3) != rpl || (attr >> 5 & 3) != rpl ||
        (attr & (SEG_S | SEG_CODE | SEG_RW)) != (SEG_S | SEG_RW)) {
        x86_gp(s, ss & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_SS, ss & ~3);
    }
    return true;
}

/* Data segments that the outer level may not use become null. */
static void drop_inner_segments(X86Cpu *s)
{
    static const uint8_t data[] = { SEG_ES, SEG_DS, SEG_FS, SEG_GS };
    unsigned cpl = x86_cpl(s);
    for (unsigned i = 0; i < ARRAY_SIZE(data); i++) {
        const X86Seg *g = &s->seg[data[i]];
        bool conforming = (g->attr & (SEG_CODE | SEG_DC)) == (SEG_CODE | SEG_DC);
        if (g->attr & SEG_P && !conforming && (g->attr >> 5 & 3u) < cpl) {
            x86_seg_null(s, data[i], 0);
        }
    }
}

static void set_stack(X86Cpu *s, uint16_t ss, const uint32_t *desc, unsigned rpl, uint64_t sp)
{
    if (desc) {
        x86_set_seg_desc(s, SEG_SS, ss, desc);
    } else {
        x86_seg_null(s, SEG_SS, ss);
        s->seg[SEG_SS].attr = rpl << SEG_DPL_SHIFT;
    }
    if (x86_long(s)) {
        s->r[RSP_] = sp;
    } else if (s->seg[SEG_SS].attr & SEG_DB) {
        s->r[RSP_] = (uint32_t)sp;
    } else {
        s->r[RSP_] = (s->r[RSP_] & ~UINT64_C(0xffff)) | (sp & 0xffff);
    }
}

/* Common to RETF and IRET in protected mode: CS:IP are popped, k stands behind them. */
static void return_to(X86Cpu *s, X86Stack *k, uint16_t sel, uint64_t ip, unsigned size,
                      unsigned release, bool always_stack)
{
    uint32_t code[2], stack[2];
    check_return_code(s, sel, code);
    check_ip(s, code, ip);
    unsigned rpl = sel & 3;
    k->sp = (k->sp + release) & k->mask;
    if (rpl == x86_cpl(s) && !always_stack) {
        x86_mark_accessed(s, sel, code);
        x86_stack_commit(k);
        x86_set_cs(s, sel, code, rpl);
        put_ip(s, ip);
        return;
    }
    bool to_long = x86_lma(s) && x86_desc_attr(code) & SEG_L, outer = rpl != x86_cpl(s);
    uint64_t sp = x86_pop(k, size);
    uint16_t ss = x86_pop(k, size);
    bool has_ss = check_return_stack(s, ss, rpl, to_long, stack);
    x86_mark_accessed(s, sel, code);
    if (has_ss) {
        x86_mark_accessed(s, ss, stack);
    }
    x86_set_cs(s, sel, code, rpl);
    set_stack(s, ss, has_ss ? stack : NULL, rpl, sp + release);
    if (outer) {
        drop_inner_segments(s);
    }
    put_ip(s, ip);
}

void x86_far_return(X86Cpu *s, unsigned opsize, uint16_t release)
{
    X86Stack k = x86_stack_now(s);
    uint64_t ip = x86_pop(&k, opsize);
    uint16_t sel = x86_pop(&k, opsize);
    if (typeless(s)) {
        if (ip > s->seg[SEG_CS].limit) {
            x86_gp(s, 0);
        }
        k.sp = (k.sp + release) & k.mask;
        x86_stack_commit(&k);
        if (x86_vm(s)) {
            x86_seg_v86(s, SEG_CS, sel);
        } else {
            x86_seg_real(s, SEG_CS, sel);
        }
        set_ip(s, ip);
        return;
    }
    return_to(s, &k, sel, ip, opsize, release, false);
    x86_mode_changed(s);
}

static void iret_real(X86Cpu *s, unsigned opsize)
{
    X86Stack k = x86_stack_now(s);
    if (x86_vm(s) && (s->eflags & EFL_IOPL) != EFL_IOPL) {
        x86_gp(s, 0);
    }
    uint64_t ip = x86_pop(&k, opsize);
    uint16_t sel = x86_pop(&k, opsize);
    uint32_t efl = x86_pop(&k, opsize), mask = EFL_ARITH | EFL_TF | EFL_IF | EFL_DF | EFL_NT;
    if (ip > s->seg[SEG_CS].limit) {
        x86_gp(s, 0);
    }
    mask |= x86_vm(s) ? 0 : EFL_IOPL;
    mask |= opsize > 2 ? EFL_RF | EFL_AC | EFL_ID : 0;
    x86_stack_commit(&k);
    if (x86_vm(s)) {
        x86_seg_v86(s, SEG_CS, sel);
    } else {
        x86_seg_real(s, SEG_CS, sel);
    }
    put_ip(s, ip);
    x86_set_eflags(s, efl, mask);
}

/* From CPL 0 into virtual-8086 mode. */
static void iret_to_v86(X86Cpu *s, X86Stack *k, uint16_t cs, uint64_t ip, uint32_t efl)
{
    static const uint8_t order[] = { SEG_ES, SEG_DS, SEG_FS, SEG_GS };
    uint16_t sel[ARRAY_SIZE(order)];
    uint32_t sp = x86_pop(k, 4);
    uint16_t ss = x86_pop(k, 4);
    for (unsigned i = 0; i < ARRAY_SIZE(order); i++) {
        sel[i] = x86_pop(k, 4);
    }
    x86_set_eflags(s, efl, UINT32_MAX);
    x86_seg_v86(s, SEG_CS, cs);
    x86_seg_v86(s, SEG_SS, ss);
    for (unsigned i = 0; i < ARRAY_SIZE(order); i++) {
        x86_seg_v86(s, order[i], sel[i]);
    }
    s->r[RSP_] = sp;
    set_ip(s, ip & 0xffff);
}

static void iret_task(X86Cpu *s, uint64_t next)
{
    uint32_t desc[2];
    uint16_t sel = x86_sys_ld(s, s->seg[SEG_TR].base, 2);
    if (sel & 4 || !x86_read_desc(s, sel, desc)) {
        x86_fault(s, EXC_TS, sel & ~3);
    }
    x86_task_switch(s, sel, desc, TASK_IRET, next, X86_NO_ERROR);
}

void x86_iret(X86Cpu *s, unsigned opsize, uint64_t next)
{
    s->nmi_blocked = false;
    if (typeless(s)) {
        iret_real(s, opsize);
        return;
    }
    if (s->eflags & EFL_NT) {
        if (x86_lma(s)) {
            x86_gp(s, 0);
        }
        iret_task(s, next);
        return;
    }
    X86Stack k = x86_stack_now(s);
    uint64_t ip = x86_pop(&k, opsize);
    uint16_t sel = x86_pop(&k, opsize);
    uint32_t efl = x86_pop(&k, opsize), mask = EFL_ARITH | EFL_TF | EFL_DF | EFL_NT;
    unsigned cpl = x86_cpl(s);
    if (efl & EFL_VM && cpl == 0 && opsize == 4 && !x86_lma(s)) {
        iret_to_v86(s, &k, sel, ip, efl);
        return;
    }
    mask |= opsize > 2 ? EFL_RF | EFL_AC | EFL_ID : 0;
    mask |= cpl <= (s->eflags >> 12 & 3) ? EFL_IF : 0;
    mask |= cpl == 0 ? EFL_IOPL : 0;
    return_to(s, &k, sel, ip, opsize, 0, x86_long(s));
    x86_set_eflags(s, efl, mask);
}
