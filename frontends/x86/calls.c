/* SPDX-License-Identifier: MIT */
/*
 * Exceptions, far transfers, segment registers and flags as calls of lifted code.
 * Implements: SDM 2A-2C, pseudocode of the instructions named; 3A, 5.8.7 and 5.8.8 (SYSENTER,
 * SYSCALL); 3A, 6.8.3 (STI and MOV SS hold interrupts off).
 */
#include "frontends/x86/calls.h"

/* ---- exceptions and steps ---- */

static uint64_t x86_raise(Cpu *cpu, uint32_t vector, uint32_t error)
{
    x86_deliver(X86(cpu), vector, (int32_t)error, EVENT_FAULT, 0);
    if (cpu->halted) {
        cpu_leave(cpu);
    }
    return cpu->pc;
}
CALL_DEF(x86_raise, "d:ww", CALL_SYNC);

/* An MMX instruction while KEY_NO_FPU is set: CR0.EM or CR0.TS. */
static uint64_t x86_raise_no_mmx(Cpu *cpu)
{
    return x86_raise(cpu, X86(cpu)->cr0 & CR0_EM ? EXC_UD : EXC_NM, X86_NO_ERROR);
}
CALL_DEF(x86_raise_no_mmx, "d:", CALL_SYNC);

static uint64_t x86_after_insn(Cpu *cpu, uint64_t next, uint32_t tf)
{
    X86Cpu *s = X86(cpu);
    bool far = cpu->pc == next;
    cpu->pc = next;
    (void)far;
    s->eflags &= ~EFL_RF;
    if (tf) {
        s->pending_db |= DR6_BS;
    }
    if (s->pending_db && !s->shadow) {
        x86_take_db(s, next);
    }
    x86_mode_changed(s);
    return cpu->pc;
}
CALL_DEF(x86_after_insn, "d:dw", CALL_SYNC);

static void x86_end_shadow(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    s->shadow = 0;
    x86_mode_changed(s);
    x86_poll_interrupts(s);
}
CALL_DEF(x86_end_shadow, ":", CALL_SYNC);

static void x86_code_breakpoint(Cpu *cpu)
{
    x86_check_code_breakpoint(X86(cpu));
}
CALL_DEF(x86_code_breakpoint, ":", CALL_SYNC);

static uint64_t x86_int(Cpu *cpu, uint32_t vector, uint32_t kind, uint64_t next)
{
    X86Cpu *s = X86(cpu);
    if (kind == EVENT_INT1) {
        s->pending_db = 0;
    }
    x86_deliver(s, vector, X86_NO_ERROR, kind, next);
    return cpu->pc;
}
CALL_DEF(x86_int, "d:wwd", CALL_SYNC);

/* ---- far transfers ---- */

static uint64_t x86_iret_call(Cpu *cpu, uint32_t opsize, uint64_t next)
{
    x86_iret(X86(cpu), opsize, next);
    return cpu->pc;
}
const CallDef call_x86_iret = { "x86_iret", (void (*)(void))x86_iret_call, "d:wd", CALL_SYNC };

static uint64_t x86_jmp_far(Cpu *cpu, uint32_t sel, uint64_t off, uint32_t opsize, uint64_t next)
{
    x86_far_jump(X86(cpu), sel, off, opsize, next);
    return cpu->pc;
}
CALL_DEF(x86_jmp_far, "d:wdwd", CALL_SYNC);

static uint64_t x86_call_far(Cpu *cpu, uint32_t sel, uint64_t off, uint32_t opsize, uint64_t next)
{
    x86_far_call(X86(cpu), sel, off, opsize, next);
    return cpu->pc;
}
CALL_DEF(x86_call_far, "d:wdwd", CALL_SYNC);

static uint64_t x86_ret_far(Cpu *cpu, uint32_t opsize, uint32_t release)
{
    x86_far_return(X86(cpu), opsize, release);
    return cpu->pc;
}
CALL_DEF(x86_ret_far, "d:ww", CALL_SYNC);

/* ---- fast system calls ---- */

enum { CODE64 = 0xa09b, CODE32 = 0xc09b, DATA32 = 0xc093, DPL3 = 0x60 };

static void flat_cs_ss(X86Cpu *s, uint16_t cs, uint16_t cs_attr, uint16_t ss, unsigned cpl)
{
    unsigned dpl = cpl << SEG_DPL_SHIFT;
    x86_seg_set(s, SEG_CS, (cs & ~3) | cpl, 0, UINT32_MAX, cs_attr | dpl);
    x86_seg_set(s, SEG_SS, (ss & ~3) | cpl, 0, UINT32_MAX, DATA32 | dpl);
}

static uint64_t x86_syscall(Cpu *cpu, uint64_t next)
{
    X86Cpu *s = X86(cpu);
    if (!(s->efer & EFER_SCE)) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    uint16_t cs = s->star >> 32;
    if (x86_lma(s)) {
        bool from_long = x86_long(s);
        s->r[RCX_] = from_long ? next : (uint32_t)(next - s->seg[SEG_CS].base);
        s->r[11] = x86_eflags(s) & ~EFL_RF;
        flat_cs_ss(s, cs, CODE64, cs + 8, 0);
        cpu->pc = from_long ? s->lstar : s->cstar;
        x86_set_eflags(s, 0, s->sfmask | EFL_RF);
    } else {
        s->r[RCX_] = (uint32_t)(next - s->seg[SEG_CS].base);
        flat_cs_ss(s, cs, CODE32, cs + 8, 0);
        cpu->pc = (uint32_t)s->star;
        x86_set_eflags(s, 0, EFL_VM | EFL_IF | EFL_RF);
    }
    return cpu->pc;
}
CALL_DEF(x86_syscall, "d:d", CALL_SYNC);

/* Into 64-bit code of a non-canonical address: #GP at CPL 0, as Intel's processors do. */
static uint64_t x86_sysret(Cpu *cpu, uint32_t opsize)
{
    X86Cpu *s = X86(cpu);
    uint16_t base = s->star >> 48;
    if (!(s->efer & EFER_SCE)) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    if (!x86_pe(s) || (opsize == 8 && !x86_canonical(s->r[RCX_]))) {
        x86_gp(s, 0);
    }
    if (opsize == 8) {
        flat_cs_ss(s, base + 16, CODE64, base + 8, 3);
        cpu->pc = s->r[RCX_];
    } else {
        flat_cs_ss(s, base, CODE32, base + 8, 3);
        cpu->pc = (uint32_t)s->r[RCX_];
    }
    if (x86_lma(s)) {
        x86_set_eflags(s, s->r[11], UINT32_MAX & ~(uint32_t)(EFL_RF | EFL_VM));
    } else {
        x86_set_eflags(s, EFL_IF, EFL_IF);
    }
    return cpu->pc;
}
CALL_DEF(x86_sysret, "d:w", CALL_SYNC);

static uint64_t x86_sysenter(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    if (!(s->sysenter_cs & 0xfffc)) {
        x86_gp(s, 0);
    }
    s->eflags &= ~(EFL_VM | EFL_IF | EFL_RF);
    uint16_t cs = s->sysenter_cs & 0xfffc;
    flat_cs_ss(s, cs, x86_lma(s) ? CODE64 : CODE32, cs + 8, 0);
    s->r[RSP_] = x86_lma(s) ? s->sysenter_esp : (uint32_t)s->sysenter_esp;
    cpu->pc = x86_lma(s) ? s->sysenter_eip : (uint32_t)s->sysenter_eip;
    x86_mode_changed(s);
    return cpu->pc;
}
CALL_DEF(x86_sysenter, "d:", CALL_SYNC);

static uint64_t x86_sysexit(Cpu *cpu, uint32_t opsize)
{
    X86Cpu *s = X86(cpu);
    uint16_t cs = s->sysenter_cs;
    bool to_long = opsize == 8;
    if (!(cs & 0xfffc) || (to_long && (!x86_canonical(s->r[RCX_]) || !x86_canonical(s->r[RDX_])))) {
        x86_gp(s, 0);
    }
    flat_cs_ss(s, cs + (to_long ? 32 : 16), to_long ? CODE64 : CODE32, cs + (to_long ? 40 : 24), 3);
    s->r[RSP_] = to_long ? s->r[RCX_] : (uint32_t)s->r[RCX_];
    cpu->pc = to_long ? s->r[RDX_] : (uint32_t)s->r[RDX_];
    x86_mode_changed(s);
    return cpu->pc;
}
CALL_DEF(x86_sysexit, "d:w", CALL_SYNC);

static uint64_t x86_rsm_call(Cpu *cpu)
{
    x86_rsm(X86(cpu));
    if (cpu->halted) {
        cpu_leave(cpu);
    }
    return cpu->pc;
}
const CallDef call_x86_rsm = { "x86_rsm", (void (*)(void))x86_rsm_call, "d:", CALL_SYNC };

/* ---- flags ---- */

static uint32_t x86_pushf(Cpu *cpu)
{
    return x86_eflags(X86(cpu)) & ~(uint32_t)(EFL_RF | EFL_VM);
}
CALL_DEF(x86_pushf, "w:", CALL_READS);

static void x86_popf(Cpu *cpu, uint32_t v, uint32_t size)
{
    X86Cpu *s = X86(cpu);
    uint32_t mask = EFL_ARITH | EFL_TF | EFL_DF | EFL_NT;
    unsigned cpl = x86_cpl(s);
    mask |= size > 2 ? EFL_AC | EFL_ID | EFL_RF : 0;
    mask |= !x86_pe(s) || cpl <= (s->eflags >> 12 & 3) ? EFL_IF : 0;
    mask |= cpl == 0 ? EFL_IOPL : 0;
    x86_set_eflags(s, v & ~(uint32_t)EFL_RF, mask);
}
CALL_DEF(x86_popf, ":ww", CALL_SYNC);

static void x86_sti(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    if (!(s->eflags & EFL_IF)) {
        s->eflags |= EFL_IF;
        s->shadow = 1;
        x86_mode_changed(s);
    }
}
CALL_DEF(x86_sti, ":", CALL_SYNC);

static void x86_set_ac(Cpu *cpu, uint32_t on)
{
    x86_set_eflags(X86(cpu), on ? EFL_AC : 0, EFL_AC);
}
CALL_DEF(x86_set_ac, ":w", CALL_SYNC);

static void x86_hlt(Cpu *cpu, uint64_t next)
{
    X86Cpu *s = X86(cpu);
    cpu->pc = next;
    s->shadow = 0;
    x86_mode_changed(s);
    if (s->eflags & EFL_TF) {
        s->pending_db |= DR6_BS;
        x86_take_db(s, next);
        cpu_leave(cpu);
    }
    cpu->halted = !x86_has_work(cpu);
    cpu_request_exit(cpu, CPU_EXIT_INTERRUPT);
    cpu_leave(cpu);
}
CALL_DEF(x86_hlt, ":d", CALL_SYNC);

static void x86_pause(Cpu *cpu)
{
    cpu_spin_hint(cpu);
}
CALL_DEF(x86_pause, ":", CALL_IDLE);

/* ---- segment registers ---- */

static void x86_load_seg_call(Cpu *cpu, uint32_t seg, uint32_t sel, uint32_t hold)
{
    X86Cpu *s = X86(cpu);
    x86_load_seg(s, seg, sel);
    if (hold) {
        s->shadow = 1;
        x86_mode_changed(s);
    }
}
const CallDef call_x86_load_seg = { "x86_load_seg", (void (*)(void))x86_load_seg_call, ":www",
                                    CALL_SYNC };

static void need_no_umip(X86Cpu *s)
{
    if (s->cr4 & CR4_UMIP && x86_cpl(s)) {
        x86_gp(s, 0);
    }
}

static uint32_t x86_get_sel(Cpu *cpu, uint32_t seg)
{
    need_no_umip(X86(cpu));
    return X86(cpu)->seg[seg].sel;
}
CALL_DEF(x86_get_sel, "w:w", CALL_SYNC);

static void x86_lldt_call(Cpu *cpu, uint32_t sel)
{
    x86_lldt(X86(cpu), sel);
}
const CallDef call_x86_lldt = { "x86_lldt", (void (*)(void))x86_lldt_call, ":w", CALL_SYNC };

static void x86_ltr_call(Cpu *cpu, uint32_t sel)
{
    x86_ltr(X86(cpu), sel);
}
const CallDef call_x86_ltr = { "x86_ltr", (void (*)(void))x86_ltr_call, ":w", CALL_SYNC };

/* May the program see this descriptor?  Conforming code may be seen from anywhere. */
static bool visible(X86Cpu *s, uint32_t sel, const uint32_t desc[2])
{
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3;
    bool conforming = (attr & (SEG_S | SEG_CODE | SEG_DC)) == (SEG_S | SEG_CODE | SEG_DC);
    return conforming || (x86_cpl(s) <= dpl && (sel & 3) <= dpl);
}

/* System types that LAR (bit 0) and LSL (bit 1) know; SDM 2A, tables 3-52 and 3-53. */
static unsigned known_type(const X86Cpu *s, unsigned type)
{
    static const uint8_t legacy[16] = { 0, 3, 3, 3, 1, 1, 0, 0, 0, 3, 0, 3, 1, 0, 0, 0 };
    static const uint8_t lma[16] = { 0, 0, 3, 0, 0, 0, 0, 0, 0, 3, 0, 3, 1, 0, 0, 0 };
    return x86_lma(s) ? lma[type] : legacy[type];
}

static uint64_t x86_lar(Cpu *cpu, uint32_t sel, uint32_t limit)
{
    X86Cpu *s = X86(cpu);
    uint32_t desc[2];
    if (!(sel & ~3) || !x86_read_desc(s, sel, desc)) {
        return 0;
    }
    uint16_t attr = x86_desc_attr(desc);
    bool known = attr & SEG_S || known_type(s, attr & 15) >> limit & 1;
    if (!known || !visible(s, sel, desc)) {
        return 0;
    }
    return UINT64_C(1) << 32 | (limit ? x86_desc_limit(desc) : desc[1] & 0x00f0ff00);
}
CALL_DEF(x86_lar, "d:ww", CALL_SYNC);

static uint32_t x86_verr(Cpu *cpu, uint32_t sel, uint32_t write)
{
    X86Cpu *s = X86(cpu);
    uint32_t desc[2];
    if (!(sel & ~3) || !x86_read_desc(s, sel, desc) || !visible(s, sel, desc)) {
        return 0;
    }
    uint16_t attr = x86_desc_attr(desc);
    if (!(attr & SEG_S)) {
        return 0;
    }
    return write ? (attr & (SEG_CODE | SEG_RW)) == SEG_RW : !(attr & SEG_CODE) || attr & SEG_RW;
}
CALL_DEF(x86_verr, "w:ww", CALL_SYNC);

static uint32_t x86_table_limit(Cpu *cpu, uint32_t idt)
{
    need_no_umip(X86(cpu));
    return idt ? X86(cpu)->idt_limit : X86(cpu)->gdt_limit;
}
CALL_DEF(x86_table_limit, "w:w", CALL_SYNC);

static uint64_t x86_table_base(Cpu *cpu, uint32_t idt)
{
    return idt ? X86(cpu)->idt_base : X86(cpu)->gdt_base;
}
CALL_DEF(x86_table_base, "d:w", CALL_READS);

static void x86_load_table(Cpu *cpu, uint32_t idt, uint32_t limit, uint64_t base)
{
    X86Cpu *s = X86(cpu);
    if (x86_long(s) && !x86_canonical(base)) {
        x86_gp(s, 0);
    }
    if (idt) {
        s->idt_base = base;
        s->idt_limit = limit;
    } else {
        s->gdt_base = base;
        s->gdt_limit = limit;
    }
}
CALL_DEF(x86_load_table, ":wwd", CALL_SYNC);

static void x86_need_fsgsbase(Cpu *cpu)
{
    if (!(X86(cpu)->cr4 & CR4_FSGSBASE)) {
        x86_fault(X86(cpu), EXC_UD, X86_NO_ERROR);
    }
}
CALL_DEF(x86_need_fsgsbase, ":", CALL_SYNC);

static void x86_swapgs(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    uint64_t gs = s->seg[SEG_GS].base;
    s->seg[SEG_GS].base = s->kernel_gs_base;
    s->kernel_gs_base = gs;
}
CALL_DEF(x86_swapgs, ":", CALL_SYNC);
