/* SPDX-License-Identifier: MIT */
/*
 * System management mode.
 * Implements: SDM 3C, chapter 31 (31.4.1: the map of 32-bit processors, 31.5 environment, RSM); AMD
 * APM 2, 10.2.3 (the map of 64-bit processors, which firmware knows by its revision 0x20064).
 * Not here: I/O restart, a memory of its own for SMRAM (the board decides what the processor sees
 * when the line "smiact" is up).
 */
#include "frontends/x86/cpu.h"
#include "system/lock.h"
#include "system/log.h"

/* Where the registers are: offsets from SMBASE + 0x8000. */
enum {
    MAP_REVISION = 0x7efc,
    MAP32_CR0 = 0x7ffc, MAP32_CR3 = 0x7ff8, MAP32_EFLAGS = 0x7ff4, MAP32_EIP = 0x7ff0,
    MAP32_EAX = 0x7fd0, MAP32_DR6 = 0x7fcc, MAP32_DR7 = 0x7fc8, MAP32_SMBASE = 0x7ef8,
    MAP64_RAX = 0x7ff8,         /* and downward */
    MAP64_RIP = 0x7f78, MAP64_RFLAGS = 0x7f70, MAP64_DR6 = 0x7f68, MAP64_DR7 = 0x7f60,
    MAP64_CR0 = 0x7f58, MAP64_CR3 = 0x7f50, MAP64_CR4 = 0x7f48, MAP64_SMBASE = 0x7f00,
    MAP64_EFER = 0x7ed0,
    /* In the area that the map of 32 bits calls reserved; that of 64 has the same here. */
    MAP_ES = 0x7e00, MAP_GDTR = 0x7e60, MAP_LDTR = 0x7e70, MAP_IDTR = 0x7e80, MAP_TR = 0x7e90,
    EXTRA = 0x7d00,             /* nobody's */
};

static uint64_t map(const X86Cpu *s, unsigned off)
{
    return s->smbase + 0x8000 + off;
}

static void put(X86Cpu *s, unsigned off, unsigned size, uint64_t v)
{
    cpu_st(&s->cpu, map(s, off), v, (IrMem){ .size = size, .align = 1, .mmu = X86_MMU_SMAP });
}

static uint64_t get(X86Cpu *s, unsigned off, unsigned size)
{
    return cpu_ld(&s->cpu, map(s, off), (IrMem){ .size = size, .align = 1, .mmu = X86_MMU_SMAP });
}

static unsigned segment_at(unsigned seg)
{
    return seg == SEG_LDTR ? MAP_LDTR : seg == SEG_TR ? MAP_TR : MAP_ES + 16 * seg;
}

static void save_segments(X86Cpu *s)
{
    for (unsigned i = 0; i < N_SEG_REGS; i++) {
        const X86Seg *g = &s->seg[i];
        unsigned at = segment_at(i);
        put(s, at, 2, g->sel);
        put(s, at + 2, 2, g->attr);
        put(s, at + 4, 4, g->limit);
        put(s, at + 8, 8, g->base);
    }
    put(s, MAP_GDTR + 4, 2, s->gdt_limit);
    put(s, MAP_GDTR + 8, 8, s->gdt_base);
    put(s, MAP_IDTR + 4, 2, s->idt_limit);
    put(s, MAP_IDTR + 8, 8, s->idt_base);
}

static void save_tables(X86Cpu *s)
{
    put(s, MAP_GDTR + 4, 2, s->gdt_limit);
    put(s, MAP_GDTR + 8, 8, s->gdt_base);
    put(s, MAP_IDTR + 4, 2, s->idt_limit);
    put(s, MAP_IDTR + 8, 8, s->idt_base);
}

static void load_tables(X86Cpu *s)
{
    s->gdt_limit = get(s, MAP_GDTR + 4, 2);
    s->gdt_base = get(s, MAP_GDTR + 8, 8);
    s->idt_limit = get(s, MAP_IDTR + 4, 2);
    s->idt_base = get(s, MAP_IDTR + 8, 8);
}

static void load_segments(X86Cpu *s)
{
    for (unsigned i = 0; i < N_SEG_REGS; i++) {
        unsigned at = segment_at(i);
        x86_seg_set(s, i, get(s, at, 2), get(s, at + 8, 8), get(s, at + 4, 4), get(s, at + 2, 2));
    }
    s->gdt_limit = get(s, MAP_GDTR + 4, 2);
    s->gdt_base = get(s, MAP_GDTR + 8, 8);
    s->idt_limit = get(s, MAP_IDTR + 4, 2);
    s->idt_base = get(s, MAP_IDTR + 8, 8);
}

static bool has_64(const X86Cpu *s)
{
    return x86_has(s, X86_LM);
}

/* cr0 and the others as they were before the map was written. */
static void save_registers(X86Cpu *s, uint64_t eip, uint64_t cr0, uint64_t efer)
{
    if (has_64(s)) {
        for (unsigned i = 0; i < 16; i++) {
            put(s, MAP64_RAX - 8 * i, 8, s->r[i]);
        }
        put(s, MAP64_RIP, 8, eip);
        put(s, MAP64_RFLAGS, 8, x86_eflags(s));
        put(s, MAP64_DR6, 8, s->dr[6]);
        put(s, MAP64_DR7, 8, s->dr[7]);
        put(s, MAP64_CR0, 8, cr0);
        put(s, MAP64_CR3, 8, s->cr3);
        put(s, MAP64_CR4, 8, s->cr4);
        put(s, MAP64_EFER, 8, efer);
        put(s, MAP64_SMBASE, 4, s->smbase);
        put(s, MAP_REVISION, 4, 0x20064);
        return;
    }
    for (unsigned i = 0; i < 8; i++) {
        put(s, MAP32_EAX + 4 * i, 4, s->r[i]);
    }
    put(s, MAP32_EIP, 4, eip);
    put(s, MAP32_EFLAGS, 4, x86_eflags(s));
    put(s, MAP32_DR6, 4, s->dr[6]);
    put(s, MAP32_DR7, 4, s->dr[7]);
    put(s, MAP32_CR0, 4, cr0);
    put(s, MAP32_CR3, 4, s->cr3);
    put(s, MAP32_SMBASE, 4, s->smbase);
    put(s, MAP_REVISION, 4, 0x20000);
    put(s, EXTRA, 8, s->cr4);
}

static void smiact(X86Cpu *s, int level)
{
    bool taken = machine_lock_if_free();
    irq_set(&s->cpu.output[X86_OUT_SMIACT], level);
    machine_unlock_if(taken);
}

void x86_enter_smm(X86Cpu *s)
{
    uint64_t eip = x86_eip(s), efer = s->efer, cr0 = s->cr0;
    log_print(LOG_INT, "system management interrupt\n");
    s->smm = true;
    smiact(s, 1);
    /* The map is at physical addresses: no paging while it is written. */
    s->cr0 &= ~(uint64_t)CR0_PG;
    s->efer = 0;
    tlb_flush_all(&s->cpu);
    save_segments(s);
    save_tables(s);
    save_registers(s, eip, cr0, efer);
    put(s, EXTRA + 8, 4, s->cpu.halted);
    s->cr0 &= ~(uint64_t)(CR0_PE | CR0_EM | CR0_TS);
    s->cr4 = 0;
    s->dr[7] = 0x400;
    s->eflags = EFL_ONE;
    s->flags = 0;
    s->df = 1;
    s->shadow = 0;
    for (unsigned i = 0; i < N_SEGS; i++) {
        x86_seg_set(s, i, 0, 0, UINT32_MAX, SEG_P | SEG_S | SEG_RW | SEG_ACCESSED | SEG_G);
    }
    x86_seg_set(s, SEG_CS, s->smbase >> 4, s->smbase, UINT32_MAX,
                SEG_P | SEG_S | SEG_RW | SEG_ACCESSED | SEG_G);
    s->cpu.pc = (uint32_t)(s->smbase + 0x8000);
    s->cpu.halted = false;
    tlb_set_asid(&s->cpu, 0);
    tlb_flush_all(&s->cpu);
    x86_mode_changed(s);
}

typedef struct Saved {
    uint64_t ip, eflags, dr6, dr7, cr0, cr3, cr4, efer;
    uint32_t smbase;
} Saved;

static Saved load_registers(X86Cpu *s)
{
    if (has_64(s)) {
        for (unsigned i = 0; i < 16; i++) {
            s->r[i] = get(s, MAP64_RAX - 8 * i, 8);
        }
        return (Saved){ get(s, MAP64_RIP, 8), get(s, MAP64_RFLAGS, 8), get(s, MAP64_DR6, 8),
                        get(s, MAP64_DR7, 8), get(s, MAP64_CR0, 8), get(s, MAP64_CR3, 8),
                        get(s, MAP64_CR4, 8), get(s, MAP64_EFER, 8), get(s, MAP64_SMBASE, 4) };
    }
    for (unsigned i = 0; i < 8; i++) {
        s->r[i] = get(s, MAP32_EAX + 4 * i, 4);
    }
    return (Saved){ get(s, MAP32_EIP, 4), get(s, MAP32_EFLAGS, 4), get(s, MAP32_DR6, 4),
                    get(s, MAP32_DR7, 4), get(s, MAP32_CR0, 4), get(s, MAP32_CR3, 4),
                    get(s, EXTRA, 8), 0, get(s, MAP32_SMBASE, 4) };
}

void x86_rsm(X86Cpu *s)
{
    if (!s->smm) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    Saved v = load_registers(s);
    bool halted = get(s, EXTRA + 8, 4);
    /* Real or protected segments, by the mode that comes back. */
    s->cr0 = v.cr0 & ~(uint64_t)CR0_PG;
    s->eflags = (v.eflags & EFL_VM) | EFL_ONE;
    load_segments(s);
    load_tables(s);
    s->smbase = v.smbase;
    s->smm = s->nmi_blocked = false;
    smiact(s, 0);
    s->dr[6] = v.dr6;
    s->dr[7] = v.dr7;
    s->efer = v.efer;
    s->cr0 = v.cr0;
    s->cr3 = v.cr3;
    s->cr4 = v.cr4;
    if (s->cr0 & CR0_PG && s->cr4 & CR4_PAE && !x86_lma(s)) {
        x86_load_pdptes(s, v.cr3);
    }
    x86_update_asid(s);
    tlb_flush_all(&s->cpu);
    s->cpu.pc = x86_long(s) ? v.ip : (uint32_t)(s->seg[SEG_CS].base + v.ip);
    s->cpu.halted = halted;
    x86_set_eflags(s, v.eflags, UINT32_MAX);
}
