/* SPDX-License-Identifier: MIT */
/*
 * What every virtual CPU has: the head of each guest's CPU struct.
 *
 * One allocation holds, in this order, the tables that generated code probes and the CPU struct
 * itself, so that all of them are at fixed displacements from the Cpu pointer:
 *
 *     Cpu + TLB_READ_OFFSET    TlbEntry[TLB_SIZE]         data reads
 *     Cpu + TLB_WRITE_OFFSET   TlbEntry[TLB_SIZE]         data writes
 *     Cpu + JUMP_CACHE_OFFSET  JumpCacheEntry[JUMP_CACHE_SIZE]
 *     Cpu                      Cpu, followed by the guest's own state
 *
 * A TLB entry for address va is at index (va >> 12) % TLB_SIZE and matches when
 *     tag == ((va + size - 1) & (PAGE_MASK | (align - 1))) ^ tlb_ctx[mmu]      (align == 1), or
 *     tag == (va & (PAGE_MASK | (align - 1))) ^ tlb_ctx[mmu]                   (align >= size)
 * and then the host address is va + addend.  tlb_ctx names the address space, its generation and
 * the privilege: a flush or a switch changes tlb_ctx and touches no entry.  For guests with 32-bit
 * addresses it is a unique number in bits 63..32; for wider ones a number in bits 11..5, of which
 * there are so few that it is given out when something is entered (0: nothing has been).
 *
 * A jump cache entry for code address pc matches when key == (pc ^ exec_ctx); exec_ctx names the
 * address space and everything that translation depends on (GuestIsa.mode_key).  The set is
 * ((uint32_t)(pc * 0x9e3779b1) >> JUMP_CACHE_SHIFT) and holds two entries.
 */
#ifndef SYSTEM_CPU_H
#define SYSTEM_CPU_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include "system/irq.h"
#include "system/memory.h"
#include "system/types.h"
#include "system/v128.h"

enum {
    PAGE_BITS        = 12,
    TLB_BITS         = 14,
    TLB_SIZE         = 1 << TLB_BITS,
    JUMP_CACHE_BITS  = 13,                          /* sets of two */
    JUMP_CACHE_SIZE  = 2 << JUMP_CACHE_BITS,        /* entries */
    JUMP_CACHE_SHIFT = 32 - JUMP_CACHE_BITS,
    N_MMU            = 8,                           /* MMU indices */
    RAS_SIZE         = 64,                          /* return stack */
};
#define PAGE_MASK (~(uint64_t)((1u << PAGE_BITS) - 1))

typedef struct TlbEntry {
    uint64_t tag;
    uint64_t addend;            /* host address - guest virtual address */
} TlbEntry;

typedef struct JumpCacheEntry {
    uint64_t    key;
    const void *code;           /* host entry point */
} JumpCacheEntry;

#define JUMP_CACHE_OFFSET (-(int32_t)(JUMP_CACHE_SIZE * sizeof(JumpCacheEntry)))
#define TLB_WRITE_OFFSET  (JUMP_CACHE_OFFSET - (int32_t)(TLB_SIZE * sizeof(TlbEntry)))
#define TLB_READ_OFFSET   (TLB_WRITE_OFFSET - (int32_t)(TLB_SIZE * sizeof(TlbEntry)))

/* An x87 register: 80 bits, and what may be stored beside them. */
typedef struct X87Reg {
    uint64_t mant;
    uint32_t exp;               /* sign in bit 15; the upper half means nothing */
    uint32_t pad;
} X87Reg;

typedef struct RasEntry {
    uint64_t    key;            /* return pc ^ exec_ctx */
    const void *code;           /* host address to jump to when it matches */
} RasEntry;

/* Why Cpu.exit_request is set (a set of bits; written by any thread with atomics). */
enum {
    CPU_EXIT_INTERRUPT = 1 << 0,    /* an input line changed: ask the frontend */
    CPU_EXIT_STOP      = 1 << 1,    /* the main loop wants this thread */
    CPU_EXIT_TIMER     = 1 << 2,    /* -icount: a deadline is reached */
};

struct GuestIsa;
struct CpuTcg;                      /* the engine's part, in tcg/ */
typedef struct Cpu Cpu;

/* Where a CPU begins, by the guest's own register numbers: what loaders and firmware ask for.  All
 * else is as after reset (ARM: SVC mode, MMU off, IRQ and FIQ masked). */
typedef struct CpuStart {
    uint64_t pc;                    /* code address (ARM: bit 0 set is Thumb) */
    unsigned n_regs;                /* registers 0 to n_regs - 1 get these values */
    uint64_t regs[4];
} CpuStart;

/*
 * A call of the firmware that the machine stands in for (PSCI): set by the machine, asked by the
 * frontend's helper for HVC or SMC, under the machine lock.  regs are r0..r3, replaced by what the
 * call returns.  False: not handled, the instruction does what it does without firmware.  After it,
 * the CPU may be powered_off or halted: the helper leaves then, with Cpu.pc after the instruction.
 */
typedef bool (*CpuFirmware)(Cpu *cpu, uint64_t regs[4], void *opaque);

/* What generated code counts: probes of the TLB, indirect jumps (and direct ones to other pages)
 * that ask the jump cache, those that it did not know, returns, and those that went elsewhere. */
typedef enum CpuCount {
    COUNT_TLB, COUNT_JUMPS, COUNT_JUMP_MISSES, COUNT_RETURNS, COUNT_RETURN_MISSES, N_CPU_COUNTS
} CpuCount;

/*
 * What stands between an x86 processor and its board: ports, and the local APIC and 8259 as far as
 * the processor's own instructions reach them.  Set by the machine; a NULL member is absent.  The
 * functions are called under the machine lock.
 */
typedef struct CpuPlatform {
    /* The interrupt line is up and interrupts are accepted: the vector; -1: there is none. */
    int      (*acknowledge)(void *opaque);
    uint8_t  (*get_tpr)(void *opaque);                  /* CR8: bits 7..4 of the task priority */
    void     (*set_tpr)(void *opaque, uint8_t cr8);
    /* IA32_APIC_BASE, the x2APIC's registers (0x800 to 0x8ff), and IA32_TSC_DEADLINE (0x6e0) in
     * virtual ns, 0 when it is not armed; false: #GP. */
    bool     (*msr)(void *opaque, uint32_t msr, uint64_t *value, bool write);
    unsigned (*apic_id)(void *opaque);
} CpuPlatform;

/* Lines out of a CPU (timers, performance counters), named by GuestIsa.outputs. */
enum { CPU_OUTPUTS = 8 };

struct Cpu {
    /* Read and written by generated code; keep small displacements. */
    uint32_t exit_request;
    int32_t  icount_left;           /* -icount: guest instructions until the next deadline */
    uint64_t pc;                    /* code address; exact only outside of generated code */
    uint64_t exec_ctx;
    uint64_t tlb_ctx[N_MMU];
    uint32_t ras_top;               /* byte offset of the newest entry in ras */
    uint32_t host_fpcr;             /* host FP control (x86: MXCSR) while guest code runs */
    uint32_t host_fpcr_saved;
    uint32_t fp_sticky;             /* guest FP exceptions found by exact helpers (frontend's bits) */
    V128     call_v128[8];          /* V128 arguments and results of calls */
    /* x87 of guests that have one: registers, the control word in force (all exceptions masked),
     * sticky exceptions found in software or saved from the host, a status word (the x87 ops). */
    X87Reg   x87[8];
    uint32_t x87_cw, x87_sticky, x87_sw;
    RasEntry ras[RAS_SIZE];
    uint64_t count[N_CPU_COUNTS];   /* kept by code that is made under -d stats */

    /* C only from here. */
    const struct GuestIsa *isa;
    struct CpuTcg *tcg;
    AddressSpace  *as;
    unsigned       index;
    bool           halted;          /* waits for an interrupt */
    bool           powered_off;     /* PSCI: not running until switched on */
    uint64_t       insn_count;      /* -icount: instructions done before icount_left was set */
    int32_t        icount_budget;   /* what icount_left was set to */
    const void    *model;           /* the frontend's CpuModel */
    jmp_buf        leave;           /* back to cpu_exec, from any depth */
    char          *id;              /* "cpu0" */
    CpuFirmware    hvc, smc;        /* by the instruction that calls it; NULL: no firmware */
    void          *firmware;        /* their opaque */
    bool           fp_flush_inputs; /* denormal operands are zero (host_fp_set_mode) */
    IrqLine        output[CPU_OUTPUTS];
    AddressSpace  *io;              /* x86 ports; NULL: nobody answers */
    const CpuPlatform *platform;
    void          *platform_opaque;
    bool           local_apic;      /* x86: the model has one */
};

/* The lines into a CPU that a machine may connect ("cpu0.irq"): number of the input, or -1. */
int  cpu_input_number(const Cpu *cpu, const char *name);
/* A level on an input; takes effect at the CPU's next poll. */
void cpu_set_input(Cpu *cpu, int n, int level);
/* Asks the CPU's thread to leave generated code soon (any thread). */
void cpu_request_exit(Cpu *cpu, uint32_t why);

#endif
