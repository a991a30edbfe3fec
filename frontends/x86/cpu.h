/* SPDX-License-Identifier: MIT */
/*
 * The state of an x86 processor, its slots and what translation depends on.
 *
 * Code addresses (Cpu.pc, branch targets) are linear: CS.base + EIP.  A code address with
 * X86_MAGIC in bits 63..56 is none: an exit of generated code to it raises the exception that bits
 * 55..48 name at the linear address in the lower 48 bits (mmu.c sees it as a page that is never
 * there).
 *
 * EFLAGS is kept in pieces: OSZAPC as the engine's packed word, DF as 1 or -1, the rest.
 * Source: Intel 64 and IA-32 Architectures Software Developer's Manual (SDM), volumes 1 to 4.
 */
#ifndef FRONTENDS_X86_CPU_H
#define FRONTENDS_X86_CPU_H

#include <inttypes.h>
#include <stdio.h>
#include "system/clock.h"
#include "tcg/guest.h"

/* ---- features of a CPU model: the bits of CPUID that mean instructions or modes ---- */

typedef enum X86Feature {
#define FEATURE(name, ...) X86_##name,
#include "frontends/x86/features.def"
    X86_N_FEATURES
} X86Feature;

enum { X86_FEATURE_WORDS = 3 };

/* ---- registers ---- */

enum { RAX_, RCX_, RDX_, RBX_, RSP_, RBP_, RSI_, RDI_ };
enum { SEG_ES, SEG_CS, SEG_SS, SEG_DS, SEG_FS, SEG_GS, N_SEGS, SEG_LDTR = N_SEGS, SEG_TR,
       N_SEG_REGS };

enum {                          /* EFLAGS, SDM 1, 3.4.3 */
    EFL_CF = 1, EFL_ONE = 2, EFL_PF = 4, EFL_AF = 0x10, EFL_ZF = 0x40, EFL_SF = 0x80,
    EFL_TF = 0x100, EFL_IF = 0x200, EFL_DF = 0x400, EFL_OF = 0x800, EFL_IOPL = 0x3000,
    EFL_NT = 0x4000, EFL_RF = 0x10000, EFL_VM = 0x20000, EFL_AC = 0x40000, EFL_VIF = 0x80000,
    EFL_VIP = 0x100000, EFL_ID = 0x200000,
    EFL_ARITH = EFL_CF | EFL_PF | EFL_AF | EFL_ZF | EFL_SF | EFL_OF,
};

enum {                          /* control registers, SDM 3A, 2.5 */
    CR0_PE = 1 << 0, CR0_MP = 1 << 1, CR0_EM = 1 << 2, CR0_TS = 1 << 3, CR0_ET = 1 << 4,
    CR0_NE = 1 << 5, CR0_WP = 1 << 16, CR0_AM = 1 << 18, CR0_NW = 1 << 29, CR0_CD = 1 << 30,
};
#define CR0_PG (1u << 31)
enum {
    CR4_VME = 1 << 0, CR4_PVI = 1 << 1, CR4_TSD = 1 << 2, CR4_DE = 1 << 3, CR4_PSE = 1 << 4,
    CR4_PAE = 1 << 5, CR4_MCE = 1 << 6, CR4_PGE = 1 << 7, CR4_PCE = 1 << 8, CR4_OSFXSR = 1 << 9,
    CR4_OSXMMEXCPT = 1 << 10, CR4_UMIP = 1 << 11, CR4_FSGSBASE = 1 << 16, CR4_PCIDE = 1 << 17,
    CR4_OSXSAVE = 1 << 18, CR4_SMEP = 1 << 20, CR4_SMAP = 1 << 21,
};
enum { EFER_SCE = 1, EFER_LME = 1 << 8, EFER_LMA = 1 << 10, EFER_NXE = 1 << 11 };
enum { DR6_BS = 1 << 14, DR6_BT = 1 << 15, DR6_BD = 1 << 13, DR7_GD = 1 << 13 };

typedef enum X86Vector {        /* SDM 3A, table 6-1 */
    EXC_DE, EXC_DB, EXC_NMI, EXC_BP, EXC_OF, EXC_BR, EXC_UD, EXC_NM, EXC_DF, EXC_TS = 10, EXC_NP,
    EXC_SS, EXC_GP, EXC_PF, EXC_MF = 16, EXC_AC, EXC_MC, EXC_XM,
} X86Vector;

/* Descriptor attributes as LAR gives them: bits 23..8 of the upper word, moved down by 8. */
enum {
    SEG_ACCESSED = 1, SEG_RW = 2, SEG_DC = 4, SEG_CODE = 8, SEG_TYPE = 15, SEG_S = 0x10,
    SEG_DPL_SHIFT = 5, SEG_P = 0x80, SEG_L = 0x2000, SEG_DB = 0x4000, SEG_G = 0x8000,
};

typedef struct X86Seg {
    uint64_t base;
    /* Offsets o that may be accessed: 0 <= o - lo <= span - size (span 0: none); x86_in_span(). */
    uint64_t lo, rspan, wspan;
    uint32_t limit;             /* in bytes, inclusive */
    uint16_t attr;              /* SEG_*; 0: unusable */
    uint16_t sel;
} X86Seg;

static inline bool x86_in_span(uint64_t off, uint64_t lo, uint64_t span, unsigned size)
{
    int64_t in = off - lo;
    return in >= 0 && in + (int64_t)size <= (int64_t)span;
}

typedef struct X86Mtrr { uint64_t base, mask; } X86Mtrr;

/* x87: the register file is physical (Cpu.x87): ST(i) is x87[(top + i) & 7], MMX register i is
 * x87[i].mant.  X86Cpu.fpmode is what translation knows of it. */
enum {
    FPM_EMPTY = 0xff,           /* a set bit is an empty physical register */
    FPM_TOP_SHIFT = 8,          /* three bits */
    FPM_RESET = FPM_EMPTY,      /* after FNINIT and EMMS */
};

static inline unsigned fpm_top(uint32_t mode) { return mode >> FPM_TOP_SHIFT & 7; }

typedef struct X86Model X86Model;

typedef struct X86Cpu {
    Cpu      cpu;
    uint64_t r[16];
    uint32_t flags;             /* packed word: OSZAPC */
    int32_t  df;                /* 1, or -1 when EFLAGS.DF is set */
    uint32_t eflags;            /* everything but OSZAPC and DF; bit 1 set */
    uint32_t shadow;            /* interrupts are held off for one instruction (STI, MOV SS) */
    X86Seg   seg[N_SEG_REGS];
    uint64_t cr2;
    /* vector registers: lower halves, upper halves of ymm */
    V128     xmm[16], ymmh[16];
    uint32_t fpmode;            /* FPM_* */
    uint32_t fpcw;
    uint32_t fpsw;              /* bits 7..0 of the status word; more of 5..0 in Cpu.x87_sticky */
    uint32_t fpcc;              /* C3 to C0 where the status word has them */
    uint32_t mxcsr;             /* sticky flags: and those of the host, x86_get_mxcsr() */
    uint16_t fpcs, fpds, fpop;
    uint64_t fpip, fpdp;
    uint32_t fp_again;          /* the next block's x87 instructions are helpers */
    bool     ferr, ignne;       /* FERR# is up; IGNNE# is */
    uint8_t  fp_misses[256];    /* of blocks made for another fpmode, by their address */

    /* From here no generated code. */
    uint64_t cr0, cr3, cr4, cr8, efer, xcr0;
    uint64_t dr[8];
    uint64_t gdt_base, idt_base;
    uint16_t gdt_limit, idt_limit;
    uint64_t pdpte[4];          /* PAE: loaded with CR3 */
    uint64_t kernel_gs_base, star, lstar, cstar, sfmask, sysenter_cs, sysenter_esp, sysenter_eip;
    uint64_t tsc_offset, tsc_aux, pat, misc_enable, apic_base, smbase, feature_control, debugctl;
    uint64_t mtrr_fixed[11], mtrr_def;
    X86Mtrr  mtrr[8];
    uint64_t mcg_status, mcg_ctl, ucode_rev;

    /* exceptions */
    uint32_t xm_flags[3], xm_first[3];  /* MXCSR flags by step, and of a first half (calls_sse.c) */
    uint16_t aux;               /* of ir_insn, at a fault: AUX_* */
    int      delivering;        /* vector of the event being delivered, -1: none */
    uint32_t pending_db;        /* DR6 bits of a trap after this instruction */
    bool     nmi_blocked, smm;
    bool     shut_down;         /* after a triple fault */
    bool     wait_sipi;
    uint32_t lines;             /* X86_LINE_*; written with atomics */
    uint32_t a20_mask_off;      /* 1 << 20 when A20 is held low */
    uint8_t  sipi_vector;

    uint64_t features[X86_FEATURE_WORDS];
    const X86Model *model;
} X86Cpu;

enum { X86_OUT_SMIACT, X86_OUT_FERR };         /* Cpu.output[] */
enum { X86_LINE_INTR = 1, X86_LINE_NMI = 2, X86_LINE_SMI = 4, X86_LINE_INIT = 8,
       X86_LINE_SIPI = 16 };

static inline X86Cpu *X86(Cpu *cpu)
{
    return (X86Cpu *)cpu;
}

static inline bool x86_has(const X86Cpu *s, X86Feature f)
{
    return s->features[f / 64] >> (f % 64) & 1;
}

/* ---- mode key: GuestIsa.mode_key.  CS.base is in bits 63..32. ---- */

enum {
    KEY_LONG     = 1 << 0,      /* 64-bit code */
    KEY_LMA      = 1 << 1,      /* IA-32e mode, compatibility mode among it */
    KEY_CS32     = 1 << 2,      /* CS.D */
    KEY_SS32     = 1 << 3,      /* SS.B */
    KEY_PE       = 1 << 4,
    KEY_VM       = 1 << 5,
    KEY_CPL      = 3 << 6,
    KEY_IOPL_OK  = 1 << 8,      /* CPL <= IOPL, or real mode: CLI, STI, I/O */
    KEY_AM       = 1 << 9,      /* at CPL 3: alignment is checked */
    KEY_SMAP     = KEY_AM,      /* below: supervisor accesses to user pages fault */
    KEY_XM       = 1 << 10,     /* an exception of MXCSR is unmasked: SSE floating point in C */
    KEY_STEP     = 1 << 11,     /* TF or breakpoints: one instruction a block, then a look */
    KEY_SHADOW   = 1 << 12,     /* X86Cpu.shadow */
    KEY_NO_FPU   = 1 << 13,     /* CR0.EM or CR0.TS: x87 instructions are #NM */
    KEY_NO_WAIT  = 1 << 14,     /* CR0.TS and CR0.MP: WAIT is #NM.  Without KEY_NO_FPU it is */
    KEY_FP_EXACT = KEY_NO_WAIT, /* x87 instructions are helpers, WAIT may be #MF (x87.c) */
    KEY_NO_SSE   = 1 << 15,     /* CR4.OSFXSR clear or CR0.EM: SSE instructions are #UD */
    KEY_NO_AVX   = 1 << 16,     /* XCR0 does not enable ymm: VEX is #UD */
    KEY_CS_LIMIT = 1 << 17,     /* CS.limit is neither 4 GiB nor 64 KiB: fetches are checked */
    KEY_CS_64K   = 1 << 18,     /* CS.limit is 0xffff */
    KEY_TF       = 1 << 19,     /* EFLAGS.TF */
    KEY_SEG_SHIFT = 20,         /* two bits each: ES CS SS DS FS GS */
};

/* What translation knows of a segment. */
typedef enum SegKind {
    SEG_FLAT,                   /* base 0, 4 GiB, read and write */
    SEG_BASED,                  /* the same with a base */
    SEG_64K,                    /* limit 0xffff, read and write, any base */
    SEG_CHECKED,
} SegKind;

static inline SegKind x86_key_seg(uint64_t key, unsigned seg)
{
    return key >> (KEY_SEG_SHIFT + 2 * seg) & 3;
}

/* MMU indices: +3 in code that is not 64 bits wide. */
enum { X86_MMU_SMAP, X86_MMU_SUPER, X86_MMU_USER, X86_MMU_NARROW };

/* `aux` of ir_insn. */
enum { AUX_ALIGN = 1 };         /* a 16-byte operand that is not aligned is #GP */

/* ---- slots ---- */

enum {
    SLOT_RAX = 0,               /* 16, i64: for 64-bit code */
    SLOT_EAX = 16,              /* 8, i32: the same registers for other code */
    SLOT_FLAGS = 24, SLOT_DF, SLOT_EFLAGS, SLOT_SHADOW,
    SLOT_BASE,                  /* 6, i64 */
    SLOT_BASE32 = SLOT_BASE + 6,    /* 6, i32 */
    SLOT_LO = SLOT_BASE32 + 6,  /* i64 */
    SLOT_RSPAN = SLOT_LO + 6, SLOT_WSPAN = SLOT_RSPAN + 6,
    SLOT_SEL = SLOT_WSPAN + 6,  /* i32: selector << 16 | attributes */
    SLOT_XMM = SLOT_SEL + 6, SLOT_YMMH = SLOT_XMM + 16,
    SLOT_CS_LIMIT = SLOT_YMMH + 16,
    SLOT_FPMODE, SLOT_FPCW, SLOT_FPSW, SLOT_FPCC, SLOT_MXCSR,
    SLOT_MANT, SLOT_EXP = SLOT_MANT + 8,    /* of Cpu.x87, i64 and i32: for MMX only (lift_x87.c) */
    X86_N_SLOTS = SLOT_EXP + 8
};
extern const SlotDef x86_slots[X86_N_SLOTS];

/* ---- models ---- */

struct X86Model {
    const char *name, *about;
    const char *vendor;         /* 12 letters; NULL: no CPUID */
    const char *brand;
    unsigned    family, model, stepping;
    /* names of features.def, space between; "@name": those of a model */
    const char *features;
    unsigned    phys_bits;
    uint32_t    cache_desc;     /* CPUID 2 EAX */
};
const X86Model *x86_model(unsigned n);
/* "name,+feature,-feature"; false with err. */
bool x86_set_model(X86Cpu *s, const char *text, GError **err);
void x86_cpuid(X86Cpu *s, uint32_t leaf, uint32_t subleaf, uint32_t out[4]);

/* ---- state in the manual's form (except.c) ---- */
uint32_t x86_eflags(const X86Cpu *s);
/* Writes the bits in mask; calls cpu_mode_changed() when it must. */
void     x86_set_eflags(X86Cpu *s, uint32_t value, uint32_t mask);
/* Something that mode_key looks at may have changed. */
void     x86_mode_changed(X86Cpu *s);
/* An interrupt may have become acceptable: asks for a look at the next poll. */
void     x86_poll_interrupts(X86Cpu *s);

static inline unsigned x86_cpl(const X86Cpu *s)
{
    return !(s->cr0 & CR0_PE) ? 0 : s->eflags & EFL_VM ? 3 : s->seg[SEG_SS].attr >> 5 & 3;
}

static inline bool x86_pe(const X86Cpu *s) { return s->cr0 & CR0_PE; }
static inline bool x86_vm(const X86Cpu *s) { return s->eflags & EFL_VM; }
static inline bool x86_lma(const X86Cpu *s) { return s->efer & EFER_LMA; }
static inline bool x86_long(const X86Cpu *s)
{
    return x86_lma(s) && s->seg[SEG_CS].attr & SEG_L;
}
static inline uint64_t x86_eip(const X86Cpu *s)
{
    return x86_long(s) ? s->cpu.pc : (uint32_t)(s->cpu.pc - s->seg[SEG_CS].base);
}
static inline bool x86_canonical(uint64_t va)
{
    return (uint64_t)((int64_t)(va << 16) >> 16) == va;
}

/* ---- exceptions (except.c) ---- */

enum { X86_NO_ERROR = -1 };     /* error code of events that push none */

typedef enum X86EventKind { EVENT_FAULT, EVENT_EXTERNAL, EVENT_SOFT, EVENT_INT1 } X86EventKind;

/* Delivers an event with the state at instruction Cpu.pc; `next`: of soft interrupts and traps, the
 * code address that is saved.  On return the state is the handler's. */
void x86_deliver(X86Cpu *s, unsigned vector, int error, X86EventKind kind, uint64_t next);
/* From helpers that leave: a fault of the instruction at Cpu.pc. */
void x86_fault(X86Cpu *s, unsigned vector, int error) __attribute__((noreturn));
static inline void __attribute__((noreturn)) x86_gp(X86Cpu *s, unsigned error)
{
    x86_fault(s, EXC_GP, error);
}
void x86_take_db(X86Cpu *s, uint64_t next);     /* X86Cpu.pending_db, as a trap */

/* ---- segments (segment.c) ---- */

/* In real and virtual-8086 mode: selector and base, the rest stays or is what V86 has. */
void x86_seg_real(X86Cpu *s, unsigned seg, uint16_t sel);
void x86_seg_v86(X86Cpu *s, unsigned seg, uint16_t sel);
/* Sets the hidden part from a descriptor; x86_mode_changed() is the caller's. */
void x86_seg_set(X86Cpu *s, unsigned seg, uint16_t sel, uint64_t base, uint32_t limit,
                 uint16_t attr);
void x86_seg_null(X86Cpu *s, unsigned seg, uint16_t sel);
/* lo and spans from limit and attributes; real mode has no types. */
void     x86_seg_update(X86Seg *g, bool real);
/* MOV Sreg and POP Sreg (not CS), with all checks. */
void x86_load_seg(X86Cpu *s, unsigned seg, uint16_t sel);
/* Descriptor at selector; false: beyond the table. */
bool x86_read_desc(X86Cpu *s, uint16_t sel, uint32_t desc[2]);
/* Sets the accessed bit of a descriptor in memory and in desc. */
void x86_mark_accessed(X86Cpu *s, uint16_t sel, uint32_t desc[2]);
/* CS with everything from its descriptor; RPL and so CPL are cpl. */
void x86_set_cs(X86Cpu *s, uint16_t sel, const uint32_t desc[2], unsigned cpl);
void x86_set_seg_desc(X86Cpu *s, unsigned seg, uint16_t sel, const uint32_t desc[2]);

/* A stack in a helper: what is pushed goes to memory, sp is committed by the caller. */
typedef struct X86Stack {
    X86Cpu  *s;
    uint64_t base, lo, span, mask, sp;
    unsigned mmu;
    int      error;             /* of #SS when it does not fit */
} X86Stack;
X86Stack x86_stack_now(X86Cpu *s);
void     x86_push(X86Stack *k, unsigned size, uint64_t v);
uint64_t x86_pop(X86Stack *k, unsigned size);
void     x86_stack_commit(X86Stack *k);
unsigned x86_data_mmu(const X86Cpu *s, unsigned cpl);
static inline uint16_t x86_desc_attr(const uint32_t d[2]) { return d[1] >> 8; }
uint64_t x86_desc_base(const uint32_t d[2]);
uint32_t x86_desc_limit(const uint32_t d[2]);
/* All segment registers' spans again (after a change of mode). */
void x86_segs_changed(X86Cpu *s);
void x86_far_jump(X86Cpu *s, uint16_t sel, uint64_t off, unsigned opsize, uint64_t next);
void x86_far_call(X86Cpu *s, uint16_t sel, uint64_t off, unsigned opsize, uint64_t next);
void x86_far_return(X86Cpu *s, unsigned opsize, uint16_t release);
void x86_iret(X86Cpu *s, unsigned opsize, uint64_t next);
void x86_lldt(X86Cpu *s, uint16_t sel);
void x86_ltr(X86Cpu *s, uint16_t sel);

/* task.c */
enum { TASK_JUMP, TASK_CALL, TASK_IRET, TASK_INT };
void x86_task_switch(X86Cpu *s, uint16_t sel, const uint32_t desc[2], int how, uint64_t next,
                     int error);

/* SS:ESP or RSP of a privilege level (or IST n + 7) from the TSS. */
void x86_tss_stack(X86Cpu *s, unsigned level, uint16_t *ss, uint64_t *sp, unsigned ext);

/* ---- memory of the system: linear, supervisor, no segmentation ---- */
uint64_t x86_sys_ld(X86Cpu *s, uint64_t lin, unsigned size);
void     x86_sys_st(X86Cpu *s, uint64_t lin, unsigned size, uint64_t v);

/* ---- GuestIsa functions ---- */
void     x86_reset(Cpu *cpu);
void     x86_init_state(X86Cpu *s, bool init);
void     x86_start(Cpu *cpu, const CpuStart *start);
uint64_t x86_mode_key(const Cpu *cpu);
unsigned x86_fetch_mmu(const Cpu *cpu);
bool     x86_wide(uint64_t mode);
void     x86_lift_block(Lift *c);
void     x86_restore(Cpu *cpu, uint64_t pc, uint16_t aux);
bool     x86_walk(Cpu *cpu, GVa va, AccessType access, unsigned mmu, bool debug, Translation *t,
                  MmuFault *fault);
void     x86_mmu_fault(Cpu *cpu, const MmuFault *fault);
void     x86_alignment_fault(Cpu *cpu, GVa va, AccessType access, unsigned mmu);
void     x86_bus_fault(Cpu *cpu, GVa va, AccessType access, MemResult why);
bool     x86_take_interrupt(Cpu *cpu);
bool     x86_has_work(const Cpu *cpu);
bool     x86_set_input(Cpu *cpu, int n, int level);
void     x86_print_state(const Cpu *cpu, FILE *f);
bool     x86_debug_reg(const Cpu *cpu, unsigned n, DebugReg *reg);      /* gdb_regs.c */
void     x86_debug_read(Cpu *cpu, unsigned n, uint64_t v[2]);
bool     x86_debug_write(Cpu *cpu, unsigned n, const uint64_t v[2]);
const char *x86_gdb_architecture(const Cpu *cpu);

/* ---- control registers, MSRs (system.c, msr.c) ---- */
void     x86_set_cr0(X86Cpu *s, uint64_t v);
void     x86_set_cr3(X86Cpu *s, uint64_t v);
void     x86_set_cr4(X86Cpu *s, uint64_t v);
/* PDPTEs of PAE paging; false: a reserved bit is set, nothing changed. */
bool     x86_load_pdptes(X86Cpu *s, uint64_t cr3);
void     x86_update_asid(X86Cpu *s);
bool     x86_rdmsr(X86Cpu *s, uint32_t msr, uint64_t *v);
bool     x86_wrmsr(X86Cpu *s, uint32_t msr, uint64_t v);
uint64_t x86_tsc(const X86Cpu *s);
enum { X86_TSC_HZ = 1000000000 };

/* ---- MXCSR (calls_sse.c) ---- */
enum {
    MXCSR_IE = 1, MXCSR_DE = 2, MXCSR_ZE = 4, MXCSR_OE = 8, MXCSR_UE = 0x10, MXCSR_PE = 0x20,
    MXCSR_DAZ = 0x40, MXCSR_OM = 0x400, MXCSR_UM = 0x800, MXCSR_MASKS = 0x1f80, MXCSR_FTZ = 0x8000, MXCSR_VALID = 0xffff,
};
/* As software sees it; writing makes it the host's, too. */
uint32_t x86_get_mxcsr(X86Cpu *s);
void     x86_set_mxcsr(X86Cpu *s, uint32_t v);
bool     x86_unmasked(const X86Cpu *s);

/* ---- floating point of vectors by soft-float (vec_float.c) ---- */
/* Returns the exception flags as MXCSR has them; changes nothing but X86Cpu.xm_flags. */
uint32_t x86_vec_compute(X86Cpu *s, uint64_t imm, V128 *out, const V128 *a, const V128 *b,
                         const V128 *c);
void     x86_vec_float(Cpu *cpu, uint64_t imm, V128 *out, const V128 *a, const V128 *b,
                       const V128 *c);

/* smm.c */
void     x86_enter_smm(X86Cpu *s);
void     x86_rsm(X86Cpu *s);

/* ---- x87 (x87.c) ---- */
/* Empty registers, no exceptions, this control word. */
void     x87_reset(X86Cpu *s, uint16_t cw);
/* Must x87 instructions be done by helpers now? */
bool     x87_exact(const X86Cpu *s);
uint16_t x87_status(X86Cpu *s);                 /* FSW as software sees it */
void     x87_set_status(X86Cpu *s, uint16_t sw);
void     x87_set_control(X86Cpu *s, uint16_t cw);
void     x87_set_tags(X86Cpu *s, uint8_t empty);    /* a set bit: physical register n is empty */
/* #MF, when one is pending. */
void     x87_check_pending(X86Cpu *s);
/* The summary bit may have changed: FERR# and the mode. */
void     x87_summary_changed(X86Cpu *s);
/* Magic addresses with these vectors: the block at pc is for another fpmode; FCW has changed so that
 * an exception is unmasked, on at pc. */
enum { X86_MAGIC_FPMODE = 0xf0, X86_MAGIC_FPCW };
void     x87_other_mode(X86Cpu *s, uint64_t pc);

/* debug.c: breakpoints of DR7 */
bool     x86_has_breakpoints(const X86Cpu *s);
void     x86_watch(X86Cpu *s, uint64_t lin, unsigned size, AccessType access);
bool     x86_page_watched(const X86Cpu *s, uint64_t lin);
/* Instruction breakpoints at Cpu.pc: raises, or returns. */
void     x86_check_code_breakpoint(X86Cpu *s);

/* ---- exits of generated code that raise (see above) ---- */
#define X86_MAGIC (UINT64_C(0x7e) << 56)
static inline uint64_t x86_magic(unsigned vector, uint64_t pc)
{
    return X86_MAGIC | (uint64_t)vector << 48 | (pc & 0xffffffffffffu);
}
static inline bool x86_is_magic(uint64_t va)
{
    return va >> 56 == 0x7e;
}

extern const GuestIsa guest_x86;

#endif
