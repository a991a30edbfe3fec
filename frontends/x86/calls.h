/* SPDX-License-Identifier: MIT */
/*
 * The C functions that lifted code calls.  CALL_SYNC ones may raise exceptions at Cpu.pc.
 */
#ifndef FRONTENDS_X86_CALLS_H
#define FRONTENDS_X86_CALLS_H

#include "frontends/x86/cpu.h"

/* What call_x86_rep gets. */
static inline uint32_t x86_rep_word(unsigned kind, unsigned size, unsigned addrsize, unsigned seg,
                                    unsigned rep)
{
    return kind | size << 4 | addrsize << 8 | seg << 12 | rep << 16;
}

/* ---- calls_int.c: pure but for decimal adjustments */
extern const CallDef
    call_x86_popcnt,        /* w:d */
    call_x86_pdep,          /* d:dd  (source, mask) */
    call_x86_pext,          /* d:dd */
    call_x86_crc32,         /* w:wdw (crc, data, bytes) */
    call_x86_bcd,           /* :ww   (BCD_*, base)  AX and flags */
    call_x86_div64,         /* :dw   (divisor, signed)  RDX:RAX; #DE */
    call_x86_cmpxchg16b;    /* :d    (linear, aligned; 64-bit code) */

/* Beside vec_imm(): of two operations that are one instruction. */
#define X86_VEC_FIRST  (UINT64_C(1) << 32)
#define X86_VEC_SECOND (UINT64_C(1) << 33)

/* ---- calls_sse.c */
extern const CallDef
    call_x86_ldmxcsr,       /* :w   #GP */
    call_x86_stmxcsr,       /* w: */
    call_x86_vec_exact;     /* V:dVVV (vec_imm, operands)  #XM */

/* ---- calls_masked.c: the word is log of the element | address size << 8 | segment << 12 | bytes << 16 */
extern const CallDef
    call_x86_masked_load,   /* V:dVw (offset, mask, word) */
    call_x86_masked_store,  /* :dVVw (offset, data, mask, word) */
    call_x86_gather;        /* :ddw  (offset, registers, word) */

/* ---- calls_pcmpstr.c */
extern const CallDef
    call_x86_pcmpstr,       /* d:VVwww (a, b, imm8, lengths) */
    call_x86_spread_mask;   /* V:ww  (mask, words) */

/* ---- calls_string.c */
extern const CallDef
    call_x86_rep;           /* w:w   (x86_rep_word)  1: the count is not used up */

/* ---- x87.c, x87_exec.c ---- */
extern const CallDef
    call_x87_op, call_x87_op_value,     /* d:wd  the meaning of the x87 ops */
    call_x87_settle,        /* : */
    call_x87_insn,          /* :wd   (ModRM | escape << 8 | segment << 12, linear) */
    call_x87_wait,          /* :     #MF */
    call_x87_pointers;      /* :dw   (IP, opcode) */

/* ---- x87_state.c ---- */
extern const CallDef
    call_x87_fnstsw,        /* w: */
    call_x87_fldcw,         /* :w */
    call_x87_fnclex, call_x87_fninit,   /* : */
    call_x87_env,           /* :wd   (store | all << 1 | 32 bits << 2 | real mode << 3, linear) */
    call_x86_xsave;         /* :wdd  (DO_* | REX.W << 4, linear, EDX:EAX) */

/* ---- calls.c: those with "d:" that end a block return the code address where the guest goes on,
 * which is in Cpu.pc, too */
extern const CallDef
    call_x86_raise,         /* d:ww  (vector, error code or X86_NO_ERROR) */
    call_x86_raise_no_mmx,  /* d: */
    call_x86_after_insn,    /* d:dw  (next code address, TF was set)  traps of breakpoints and TF */
    call_x86_end_shadow,    /* : */
    call_x86_code_breakpoint,   /* : */
    call_x86_int,           /* d:wwd (vector, X86EventKind, next) */
    call_x86_iret,          /* d:wd  (operand size, next) */
    call_x86_jmp_far,       /* d:wdwd (selector, offset, operand size, next) */
    call_x86_call_far,      /* d:wdwd */
    call_x86_ret_far,       /* d:ww  (operand size, bytes to release) */
    call_x86_syscall,       /* d:d   (next) */
    call_x86_sysret,        /* d:w   (operand size) */
    call_x86_sysenter,      /* d: */
    call_x86_sysexit,       /* d:w */
    call_x86_rsm,           /* d: */
    call_x86_pushf,         /* w: */
    call_x86_popf,          /* :ww   (value, operand size) */
    call_x86_sti,           /* : */
    call_x86_set_ac,        /* :w */
    call_x86_hlt,           /* :d    (next) */
    call_x86_pause,         /* : */
    call_x86_load_seg,      /* :www  (segment, selector, interrupts are held off) */
    call_x86_get_sel,       /* w:w   (SEG_LDTR, SEG_TR)  UMIP */
    call_x86_lldt, call_x86_ltr,    /* :w */
    call_x86_lar,           /* d:ww  (selector, limit?)  valid << 32 | value */
    call_x86_verr,          /* w:ww  (selector, for writing) */
    call_x86_table_limit,   /* w:w   (0 GDT, 1 IDT)  UMIP */
    call_x86_table_base,    /* d:w */
    call_x86_load_table,    /* :wwd  (table, limit, base) */
    call_x86_get_cr, call_x86_get_dr,   /* d:w */
    call_x86_set_cr, call_x86_set_dr,   /* :wd */
    call_x86_smsw,          /* w: */
    call_x86_lmsw,          /* :w */
    call_x86_clts,          /* : */
    call_x86_rdmsr,         /* d:w */
    call_x86_wrmsr,         /* :wd */
    call_x86_rdtsc,         /* d: */
    call_x86_tsc_aux,       /* w: */
    call_x86_rdpmc,         /* d:w */
    call_x86_xgetbv,        /* d:w */
    call_x86_xsetbv,        /* :wd */
    call_x86_cpuid,         /* : */
    call_x86_random,        /* d: */
    call_x86_need_fsgsbase, /* :    #UD when CR4.FSGSBASE is clear */
    call_x86_swapgs,        /* : */
    call_x86_invlpg,        /* :d */
    call_x86_invpcid,       /* :wdd  (type, PCID, address) */
    call_x86_in,            /* w:ww  (port, size) */
    call_x86_out;           /* :www  (port, size, value) */

#endif
