/* SPDX-License-Identifier: MIT */
/*
 * Task switches.
 * Implements: SDM 3A, chapter 7 (7.2 TSS, 7.3 switching, tables 7-1 and 7-2).
 * Choice: faults of loading the new task's segments are delivered in the new task, with the
 * segments that were loaded so far (SDM 3A, 7.3, step 13).
 */
#include "frontends/x86/cpu.h"
#include "system/log.h"

typedef struct Tss {            /* in the order of both formats */
    uint32_t cr3, eip, eflags, reg[8];
    uint16_t seg[N_SEGS], ldt;
    bool     trap;
} Tss;

static const uint8_t seg_order[N_SEGS] = { SEG_ES, SEG_CS, SEG_SS, SEG_DS, SEG_FS, SEG_GS };

/* Offsets: 16-bit TSS: IP 14; 32-bit TSS: CR3 28, EIP 32. */
static void save_old(X86Cpu *s, uint32_t eip, uint32_t eflags)
{
    const X86Seg *tr = &s->seg[SEG_TR];
    bool wide = tr->attr & 8;
    unsigned w = wide ? 4 : 2, at = wide ? 32 : 14;
    x86_sys_st(s, tr->base + at, w, eip);
    x86_sys_st(s, tr->base + at + w, w, eflags);
    for (unsigned i = 0; i < 8; i++) {
        x86_sys_st(s, tr->base + at + (2 + i) * w, w, s->r[i]);
    }
    for (unsigned i = 0; i < (wide ? 6 : 4); i++) {
        x86_sys_st(s, tr->base + at + (10 + i) * w, 2, s->seg[seg_order[i]].sel);
    }
}

static Tss load_new(X86Cpu *s, uint32_t base, bool wide)
{
    unsigned w = wide ? 4 : 2, at = wide ? 32 : 14;
    Tss t = { 0 };
    t.cr3 = wide ? x86_sys_ld(s, base + 28, 4) : 0;
    t.eip = x86_sys_ld(s, base + at, w);
    t.eflags = x86_sys_ld(s, base + at + w, w);
    for (unsigned i = 0; i < 8; i++) {
        t.reg[i] = x86_sys_ld(s, base + at + (2 + i) * w, w) | (wide ? 0 : 0xffff0000);
    }
    for (unsigned i = 0; i < (wide ? 6 : 4); i++) {
        t.seg[i] = x86_sys_ld(s, base + at + (10 + i) * w, 2);
    }
    t.ldt = x86_sys_ld(s, base + (wide ? 96 : 42), 2);
    t.trap = wide && x86_sys_ld(s, base + 100, 2) & 1;
    return t;
}

static void set_busy(X86Cpu *s, uint16_t sel, bool busy)
{
    uint64_t at = s->gdt_base + (sel & ~7) + 5;
    uint8_t type = x86_sys_ld(s, at, 1);
    x86_sys_st(s, at, 1, busy ? type | 2 : type & ~2);
}

/* ---- the new task's segments: #TS with the selector ---- */

static void load_ldt(X86Cpu *s, uint16_t sel)
{
    uint32_t desc[2];
    x86_seg_set(s, SEG_LDTR, sel, 0, 0, 0);
    if (!(sel & ~3)) {
        return;
    }
    if (sel & 4 || !x86_read_desc(s, sel, desc) || (x86_desc_attr(desc) & 0x9f) != 0x82) {
        x86_fault(s, EXC_TS, sel & ~3);
    }
    x86_seg_set(s, SEG_LDTR, sel, x86_desc_base(desc), x86_desc_limit(desc),
                x86_desc_attr(desc) & 0xf0ff);
}

static void need(X86Cpu *s, uint16_t sel, bool ok)
{
    if (!ok) {
        x86_fault(s, EXC_TS, sel & ~3);
    }
}

static void load_task_seg(X86Cpu *s, unsigned seg, uint16_t sel, unsigned cpl)
{
    uint32_t desc[2];
    if (!(sel & ~3)) {
        need(s, sel, seg != SEG_CS && seg != SEG_SS);
        x86_seg_null(s, seg, sel);
        return;
    }
    need(s, sel, x86_read_desc(s, sel, desc));
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3, rpl = sel & 3;
    bool code = (attr & (SEG_S | SEG_CODE)) == (SEG_S | SEG_CODE);
    if (seg == SEG_CS) {
        need(s, sel, code && (attr & SEG_DC ? dpl <= rpl : dpl == rpl));
    } else if (seg == SEG_SS) {
        need(s, sel, (attr & (SEG_S | SEG_CODE | SEG_RW)) == (SEG_S | SEG_RW) && dpl == cpl &&
             rpl == cpl);
    } else {
        need(s, sel, attr & SEG_S && (!code || attr & SEG_RW));
        need(s, sel, (code && attr & SEG_DC) || (dpl >= cpl && dpl >= rpl));
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, seg == SEG_SS ? EXC_SS : EXC_NP, sel & ~3);
    }
    x86_mark_accessed(s, sel, desc);
    x86_set_seg_desc(s, seg, sel, desc);
}

static void load_segments(X86Cpu *s, const Tss *t)
{
    if (t->eflags & EFL_VM) {
        for (unsigned i = 0; i < N_SEGS; i++) {
            x86_seg_v86(s, seg_order[i], t->seg[i]);
        }
        return;
    }
    /* Until they are loaded they are there in name only; CPL is CS's. */
    unsigned cpl = t->seg[1] & 3;
    for (unsigned i = 0; i < N_SEGS; i++) {
        x86_seg_set(s, seg_order[i], t->seg[i], 0, 0, 0);
    }
    s->seg[SEG_SS].attr = cpl << SEG_DPL_SHIFT;
    static const uint8_t order[N_SEGS] = { SEG_CS, SEG_SS, SEG_ES, SEG_DS, SEG_FS, SEG_GS };
    for (unsigned i = 0; i < N_SEGS; i++) {
        for (unsigned k = 0; k < N_SEGS; k++) {
            if (seg_order[k] == order[i]) {
                load_task_seg(s, order[i], t->seg[k], cpl);
            }
        }
    }
}

/* ---- the switch ---- */

static void check_new(X86Cpu *s, uint16_t sel, const uint32_t desc[2], int how)
{
    uint16_t attr = x86_desc_attr(desc);
    unsigned type = attr & 0x1f, want_busy = how == TASK_IRET ? 2 : 0;
    unsigned vector = how == TASK_IRET ? EXC_TS : EXC_GP;
    if ((type & ~10u) != 1 || (type & 2) != want_busy) {
        x86_fault(s, vector, sel & ~3);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, sel & ~3);
    }
    if (x86_desc_limit(desc) < (type & 8 ? 103u : 43u)) {
        x86_fault(s, EXC_TS, sel & ~3);
    }
}

void x86_task_switch(X86Cpu *s, uint16_t sel, const uint32_t desc[2], int how, uint64_t next,
                     int error)
{
    check_new(s, sel, desc, how);
    bool wide = x86_desc_attr(desc) & 8, nested = how == TASK_CALL || how == TASK_INT;
    uint32_t base = x86_desc_base(desc), limit = x86_desc_limit(desc);
    uint16_t old = s->seg[SEG_TR].sel;
    uint32_t eflags = x86_eflags(s), eip = next - s->seg[SEG_CS].base;
    log_print(LOG_INT, "task switch from %04x to %04x\n", old, sel);

    Tss t = load_new(s, base, wide);
    save_old(s, eip, how == TASK_IRET ? eflags & ~EFL_NT : eflags);
    if (how == TASK_JUMP || how == TASK_IRET) {
        set_busy(s, old, false);
    }
    if (nested) {
        x86_sys_st(s, base, 2, old);
        t.eflags |= EFL_NT;
    }
    if (how != TASK_IRET) {
        set_busy(s, sel, true);
    }
    x86_seg_set(s, SEG_TR, sel, base, limit, (x86_desc_attr(desc) & 0xf0ff) | 2);
    s->cr0 |= CR0_TS;
    if (wide && s->cr0 & CR0_PG) {
        x86_set_cr3(s, t.cr3);
    }
    for (unsigned i = 0; i < 8; i++) {
        s->r[i] = t.reg[i];
    }
    s->dr[7] &= ~UINT64_C(0x55);                    /* local breakpoints */
    s->delivering = -1;
    s->eflags &= ~EFL_VM;
    if (t.eflags & EFL_VM) {
        s->eflags |= EFL_VM;
    }
    s->cpu.pc = t.eip;                              /* with base 0, until CS is loaded */
    s->seg[SEG_CS].base = 0;
    x86_set_eflags(s, t.eflags, UINT32_MAX);
    load_ldt(s, t.ldt);
    load_segments(s, &t);
    s->cpu.pc = (uint32_t)(s->seg[SEG_CS].base + t.eip);
    if (t.eip > s->seg[SEG_CS].limit) {
        x86_gp(s, 0);
    }
    if (error >= 0) {
        X86Stack k = x86_stack_now(s);
        x86_push(&k, wide ? 4 : 2, error);
        x86_stack_commit(&k);
    }
    if (t.trap) {
        s->pending_db |= DR6_BT;
    }
    x86_mode_changed(s);
}
