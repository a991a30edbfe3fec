/* SPDX-License-Identifier: MIT */
/*
 * What the engine asks of a guest architecture, and what it offers to one.
 *
 * A frontend exports one `const GuestIsa`.  It lifts guest code (lift), walks guest page tables
 * (walk), and delivers exceptions by changing its own CPU state and Cpu.pc.
 *
 * Exceptions.  A helper that finds one (CALL_LEAVES) changes the CPU state to that of the handler's
 * first instruction, sets Cpu.pc and calls cpu_leave().  A lifted instruction that always traps
 * (SVC) calls a CALL_SYNC helper that does the same but *returns* the handler's code address, and
 * ends with ir_jump: no trip through C loops.  An access that faults in generated code is brought
 * to the frontend by the engine: state restored from the exit map, restore(), then mmu_fault().
 */
#ifndef TCG_GUEST_H
#define TCG_GUEST_H

#include "system/cpu.h"
#include "tcg/build.h"

typedef enum AccessType { ACCESS_READ, ACCESS_WRITE, ACCESS_FETCH } AccessType;

enum { PROT_R = 1, PROT_W = 2, PROT_X = 4 };

/* A translation.  page_bits: 12 or more for entries that may be cached; less (ARM's 1 KiB tiny
 * pages, subpages) or uncached = true: every access asks again. */
typedef struct Translation {
    GPa      pa;                /* of the very address asked for */
    uint8_t  prot;              /* what this MMU index may do: PROT_* */
    uint8_t  page_bits;
    bool     global;            /* valid in every address space */
    bool     uncached;
} Translation;

/* A fault as the frontend wants it back; `code` is its own (ARM: the FSR status and domain). */
typedef struct MmuFault {
    GVa        va;
    AccessType access;
    uint32_t   code;
    uint8_t    size;
} MmuFault;

/* One block being lifted. */
typedef struct Lift {
    IrBuild  *ir;
    Cpu      *cpu;
    uint64_t  start;            /* code address of the block */
    uint64_t  pc;               /* code address of the instruction being lifted */
    uint64_t  mode;             /* the mode key that this code is for */
    unsigned  max_insns;        /* end the block (ir_goto) after so many guest instructions */
    unsigned  n_insns;          /* counted by ir_insn callers through lift_begin_insn */
    void     *isa_data;         /* the frontend's own per-block state */
} Lift;

/*
 * Guest code at va (not a code address: mode bit cleared).  lift_fetch_ok says whether size bytes
 * at va can be read without a fault and belong to this translation (the block's first page, or
 * the page after it when an instruction straddles).  Before lifting any instruction but the first,
 * ask; when the answer is no, end the block with ir_goto(pc).  For the first instruction of a
 * block the engine has raised the fetch fault already (straddling second halves: lift_fetch
 * raises it by leaving).  Little-endian reads.
 */
bool     lift_fetch_ok(const Lift *c, GVa va, unsigned size);
uint8_t  lift_fetch8(Lift *c, GVa va);
uint16_t lift_fetch16(Lift *c, GVa va);
uint32_t lift_fetch32(Lift *c, GVa va);
/* Is va in the page of the block's start, so that a direct branch may be followed? */
bool     lift_same_page(const Lift *c, GVa va);

/* A register for gdb's target description and for `info registers`. */
typedef struct DebugReg {
    const char *feature;        /* as gdb names it: "org.gnu.gdb.arm.core" */
    const char *name;           /* NULL: only says that the CPU has the feature */
    const char *type;           /* gdb's: "int", "data_ptr", "code_ptr", "ieee_double" */
    const char *group;          /* gdb's: "general", "float", "system" */
    uint8_t     bits;           /* a multiple of 8, 128 at most */
    uint16_t    number;         /* gdb's, ascending */
} DebugReg;

typedef struct GuestIsa {
    const char    *name;            /* "arm" */
    const char    *about;
    const SlotDef *slots;
    unsigned       n_slots;
    size_t         cpu_size;        /* sizeof the guest's struct that begins with Cpu */
    unsigned       va_bits;         /* 32 or 64 */
    bool           any_pc;          /* bit 0 of a code address is part of it, not a mode */
    /* Guests of 64 bits that have code of 32: is this mode's code of 64 bits?  NULL: va_bits says.
     * Addresses of the others are i32 values; they use MMU indices of their own, which narrow_mmus
     * has as bits. */
    bool         (*wide)(uint64_t mode);
    uint8_t        narrow_mmus;
    bool           open_bus;        /* where nothing lives reads are all ones, writes are lost */
    bool           big_endian;      /* default data order, for tools */
    const char *const *inputs;      /* names of the input lines, NULL ended: "irq", "fiq" */
    bool features;                  /* a model's name may be followed by ",+feature,-feature" */
    const char *const *outputs;     /* names of Cpu.output[]: "virt_timer", ...; may be NULL */

    /* CPU models: the n-th, or NULL after the last; init gives a new CPU its model. */
    const char *(*model_name)(unsigned n);
    const char *(*model_about)(unsigned n);
    bool (*init)(Cpu *cpu, const char *model, GError **err);
    void (*reset)(Cpu *cpu);
    /* After reset: from here, with these registers. */
    void (*start)(Cpu *cpu, const CpuStart *start);

    /* Everything besides the code address that translation depends on. */
    uint64_t (*mode_key)(const Cpu *cpu);
    unsigned (*fetch_mmu)(const Cpu *cpu);              /* MMU index of instruction fetches now */
    /* Lifts one superblock at c->start into c->ir (ir_block was called).  Always makes progress
     * and ends the block. */
    void (*lift)(Lift *c);
    /* Gives the CPU its pc and what `aux` of ir_insn stands for (ARM: IT state). */
    void (*restore)(Cpu *cpu, uint64_t pc, uint16_t aux);

    /* Walks the page tables; false: *fault is filled.  Takes effect on no state but guest memory
     * (access flags); `debug` walks change nothing. */
    bool (*walk)(Cpu *cpu, GVa va, AccessType access, unsigned mmu, bool debug,
                 Translation *t, MmuFault *fault);
    /* Delivers a fault, with the state exact: changes the CPU's state and pc. */
    void (*mmu_fault)(Cpu *cpu, const MmuFault *fault);
    void (*alignment_fault)(Cpu *cpu, GVa va, AccessType access, unsigned mmu);
    void (*bus_fault)(Cpu *cpu, GVa va, AccessType access, MemResult why);

    /* Delivers a pending, enabled interrupt, if there is one: changes state and pc. */
    bool (*take_interrupt)(Cpu *cpu);
    /* Would anything wake the halted CPU? */
    bool (*has_work)(const Cpu *cpu);
    /* An input line changed (machine lock held); returns whether the CPU must look. */
    bool (*set_input)(Cpu *cpu, int n, int level);

    /* Can no interrupt be taken now, whichever line is raised?  May be NULL. */
    bool (*masked)(const Cpu *cpu);
    /* Registers as debuggers know them: the n-th (false after the last), its value in one or two
     * 64-bit words, low first.  The CPU is at rest.  write: false when it cannot be written. */
    bool (*debug_reg)(const Cpu *cpu, unsigned n, DebugReg *reg);
    void (*debug_read)(Cpu *cpu, unsigned n, uint64_t v[2]);
    bool (*debug_write)(Cpu *cpu, unsigned n, const uint64_t v[2]);
    const char *(*gdb_architecture)(const Cpu *cpu);    /* gdb's name for it; NULL: `name` */
    unsigned debug_mmu;             /* the MMU index with the most rights */
    bool watch_before;              /* gdb expects a watchpoint's stop before its access */
    /* Does the operating system use big-endian data now?  NULL: never. */
    bool (*data_is_big)(const Cpu *cpu);

    /* The meaning of the floating-point rows of tcg/vec.def under the guest's control registers, where
     * the host cannot do them; raises the guest's sticky flags.  imm: see tcg/vec.h; also for fl_comi
     * and fl_ucomi (rows comiss to ucomisd), of which the result is a packed word. */
    void (*vec_float)(Cpu *cpu, uint64_t imm, V128 *out, const V128 *a, const V128 *b,
                      const V128 *c);

    /* For people: one line per row of registers, capstone's settings for the current mode. */
    void (*print_state)(const Cpu *cpu, FILE *f);
    void (*disas_mode)(const Cpu *cpu, uint64_t pc, int *cs_arch, int *cs_mode);
} GuestIsa;

/* ---- what the engine offers to frontends (tcg/softmmu.c, tcg/exec.c) ---- */

/* Ends the helper and everything up to the execution loop, which continues at Cpu.pc. */
void cpu_leave(Cpu *cpu) __attribute__((noreturn));
/* An exception was taken: state and pc are the handler's; from is where it happened.  fault: by what
 * the instruction did, not a call or an interrupt.  For reports, and for finding a CPU that faults in
 * its fault handler. */
void cpu_note_exception(Cpu *cpu, const char *name, bool fault, uint64_t from);
/* After any change to what mode_key or fetch_mmu say.  Cheap when it is a mode seen lately. */
void cpu_mode_changed(Cpu *cpu);

/* More than one CPU: nothing else may differ in what is lifted. */
extern bool tcg_parallel;
/* In a loop that waits for another CPU (PAUSE, YIELD). */
void cpu_spin_hint(Cpu *cpu);
/* A helper has written to a device: what that did to code and to the memory map takes effect. */
void cpu_device_written(Cpu *cpu);

/* Address spaces: every (asid, mmu) pair has its own tlb_ctx.  asid 0..65535. */
void tlb_set_asid(Cpu *cpu, unsigned asid);
void tlb_flush_all(Cpu *cpu);
void tlb_flush_asid(Cpu *cpu, unsigned asid);               /* not the global entries */
void tlb_flush_page(Cpu *cpu, GVa va);                      /* in every address space */
/* TLB maintenance that all CPUs hear of: the others flush everything.  It is complete when
 * cpu_must_sync() has returned true and the helper has left: the loop goes on when they have. */
void tlb_flush_others(Cpu *cpu);
bool cpu_must_sync(Cpu *cpu);
/* By any thread: everything, before the CPU's next look (cpu_device_written, a poll). */
void tlb_flush_later(Cpu *cpu);

/* Guest virtual memory from a helper; a fault is delivered and does not return (the helper is
 * CALL_LEAVES).  mem as in the memory ops, without disp. */
uint64_t cpu_ld(Cpu *cpu, GVa va, IrMem mem);
void     cpu_st(Cpu *cpu, GVa va, uint64_t v, IrMem mem);
/* Compares 16 aligned bytes with *old and stores new when they are equal, in one piece; *old is what
 * was there.  Low half first.  Raises as cpu_st does. */
bool     cpu_cas128(Cpu *cpu, GVa va, IrMem mem, uint64_t old[2], const uint64_t new_value[2]);
/* Host memory of the guest bytes from va to the end of its page, for block operations; NULL when it
 * is not plain memory or (for writes) holds code: then cpu_ld and cpu_st are right.  Never raises. */
uint8_t *cpu_host(Cpu *cpu, GVa va, AccessType access, unsigned mmu);
/* Guest physical memory for page walks: false on a bus error.  Host order value. */
bool     cpu_ld_phys(Cpu *cpu, GPa pa, unsigned size, Endian e, uint64_t *v);
bool     cpu_cas_phys(Cpu *cpu, GPa pa, unsigned size, Endian e, uint64_t old, uint64_t new_value);

/* Drops translated code over a guest virtual or physical range (cache maintenance by address is a
 * no-op: stores invalidate exactly; this is for debuggers and loaders). */
void code_invalidate_all(Cpu *cpu);

/* Drops the block that begins at a code address in the current mode; not from generated code. */
void     cpu_forget_code(Cpu *cpu, uint64_t pc);

/* The host's FP unit while guest code runs.  Rounding: 0 nearest, 1 up, 2 down, 3 toward zero (the
 * order of ARM's FPSCR.RMode).  Sticky flags in the order of the ARM FPSCR: IOC 1, DZC 2, OFC 4,
 * UFC 8, IXC 16. */
void     host_fp_set_rounding(Cpu *cpu, unsigned mode);
/* The same with denormal operands or results made zero. */
void     host_fp_set_mode(Cpu *cpu, unsigned rounding, bool flush_inputs, bool flush_results);
uint32_t host_fp_sticky(Cpu *cpu);
bool     host_fp_denormal(Cpu *cpu);    /* a denormal operand was used as it is; sticky */
void     host_fp_clear_sticky(Cpu *cpu);
/* The same for x87: exceptions in bits 5..0 of its status word, C code's own and the host's;
 * the control word (its masks do not count: all exceptions are masked). */
uint32_t host_x87_sticky(Cpu *cpu);
void     host_x87_clear_sticky(Cpu *cpu);
void     host_x87_set_control(Cpu *cpu, uint32_t cw);

#endif
