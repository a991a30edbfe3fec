/* SPDX-License-Identifier: MIT */
/*
 * The x86 architecture (486 to x86-64) as a GuestIsa: creation, what people see.
 */
#include "frontends/x86/cpu.h"
#include <capstone/capstone.h>
#include "system/error.h"

/* "sipi": the level is the vector | 0x100; "a20": 0 holds address line 20 low. */
static const char *const input_names[] = { "intr", "nmi", "smi", "init", "sipi", "a20", "ignne",
                                           NULL };

static const char *const output_names[] = {
    [X86_OUT_SMIACT] = "smiact", [X86_OUT_FERR] = "ferr", NULL
};

static const char *model_name(unsigned n)
{
    const X86Model *m = x86_model(n);
    return m ? m->name : NULL;
}

static const char *model_about(unsigned n)
{
    const X86Model *m = x86_model(n);
    return m ? m->about : NULL;
}

static bool x86_init(Cpu *cpu, const char *name, GError **err)
{
    return x86_set_model(X86(cpu), name, err);
}

/* ---- for people ---- */

static void print_flags(uint32_t efl, FILE *f)
{
    static const char letters[] = "cPAZSTIDO";
    static const uint16_t bits[] = { EFL_CF, EFL_PF, EFL_AF, EFL_ZF, EFL_SF, EFL_TF, EFL_IF, EFL_DF,
                                     EFL_OF };
    for (int i = (int)ARRAY_SIZE(bits) - 1; i >= 0; i--) {
        fputc(efl & bits[i] ? g_ascii_toupper(letters[i]) : '-', f);
    }
}

void x86_print_state(const Cpu *cpu, FILE *f)
{
    static const char *const names[] = {
        "ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "8 ", "9 ", "10", "11", "12", "13", "14", "15",
    };
    static const char *const segs[] = { "es", "cs", "ss", "ds", "fs", "gs", "ldt", "tr" };
    const X86Cpu *s = (const X86Cpu *)cpu;
    bool wide = x86_long(s);
    for (unsigned i = 0; i < (wide ? 16 : 8); i++) {
        fprintf(f, wide ? "r%s %016" PRIx64 "%s" : "e%s %08" PRIx64 "%s", names[i],
                wide ? s->r[i] : (uint32_t)s->r[i], i % 4 == 3 ? "\n" : "  ");
    }
    fprintf(f, "%s %0*" PRIx64 "  eflags %08x ", wide ? "rip" : "eip", wide ? 16 : 8, x86_eip(s),
            x86_eflags(s));
    print_flags(x86_eflags(s), f);
    fprintf(f, "  cpl %u%s\n", x86_cpl(s), s->smm ? " smm" : "");
    for (unsigned i = 0; i < N_SEG_REGS; i++) {
        const X86Seg *g = &s->seg[i];
        fprintf(f, "%-3s %04x %0*" PRIx64 " %08x %04x%s", segs[i], g->sel, wide ? 16 : 8, g->base,
                g->limit, g->attr, i % 2 ? "\n" : "  ");
    }
    fprintf(f, "gdt %" PRIx64 " %04x  idt %" PRIx64 " %04x\n", s->gdt_base, s->gdt_limit,
            s->idt_base,
            s->idt_limit);
    fprintf(f,
            "cr0 %08" PRIx64 "  cr2 %" PRIx64 "  cr3 %" PRIx64 "  cr4 %" PRIx64 "  efer %" PRIx64 "\n",
            s->cr0, s->cr2, s->cr3, s->cr4, s->efer);
}

static void disas_mode(const Cpu *cpu, uint64_t pc, int *cs_arch, int *cs_mode)
{
    const X86Cpu *s = (const X86Cpu *)cpu;
    (void)pc;
    *cs_arch = CS_ARCH_X86;
    *cs_mode = x86_long(s) ? CS_MODE_64 : s->seg[SEG_CS].attr & SEG_DB ? CS_MODE_32 : CS_MODE_16;
}

const GuestIsa guest_x86 = {
    .name = "x86", .about = "x86, 16 to 64 bits (486 to x86-64-v3)",
    .slots = x86_slots, .n_slots = X86_N_SLOTS, .cpu_size = sizeof(X86Cpu), .va_bits = 64,
    .any_pc = true, .features = true, .wide = x86_wide,
    .narrow_mmus = 7 << X86_MMU_NARROW, .open_bus = true,
    .inputs = input_names, .outputs = output_names,
    .model_name = model_name, .model_about = model_about,
    .init = x86_init, .reset = x86_reset, .start = x86_start,
    .mode_key = x86_mode_key, .fetch_mmu = x86_fetch_mmu, .lift = x86_lift_block,
    .restore = x86_restore,
    .walk = x86_walk, .mmu_fault = x86_mmu_fault, .alignment_fault = x86_alignment_fault,
    .bus_fault = x86_bus_fault,
    .take_interrupt = x86_take_interrupt, .has_work = x86_has_work, .set_input = x86_set_input,
    .vec_float = x86_vec_float,
    .debug_reg = x86_debug_reg, .debug_read = x86_debug_read, .debug_write = x86_debug_write,
    .debug_mmu = X86_MMU_SUPER, .gdb_architecture = x86_gdb_architecture,
    .print_state = x86_print_state, .disas_mode = disas_mode,
};
