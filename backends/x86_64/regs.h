/* SPDX-License-Identifier: MIT */
/*
 * The registers of x86-64 and what translated code uses them for.
 *
 * Implements: AMD64 ABI 1.0, section 3.2 (which registers a call keeps).
 *
 *   rbp        the Cpu; its TLB lies at fixed negative displacements
 *   rsp        the frame: spill slots and the area where a slow path saves registers
 *   rax, rdx   scratch of the emitters, never holding a value across an op (mul, div, lahf and
 *              cmpxchg want them); xmm14, xmm15 likewise
 *   the rest   allocatable: first those that a C call destroys, then those that it keeps
 */
#ifndef BACKENDS_X86_64_REGS_H
#define BACKENDS_X86_64_REGS_H

#include <stdint.h>

typedef enum X64Reg {
    RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15,
    X64_NO_REG = -1,
    X64_RIP = -2,               /* as a base only */
} X64Reg;

typedef enum X64Xmm {
    XMM0, XMM1, XMM2, XMM3, XMM4, XMM5, XMM6, XMM7,
    XMM8, XMM9, XMM10, XMM11, XMM12, XMM13, XMM14, XMM15,
} X64Xmm;

enum {
    X64_CPU = RBP,
    X64_TMP0 = RAX,
    X64_TMP1 = RDX,
    X64_XTMP0 = XMM14,
    X64_XTMP1 = XMM15,
};

#define X64_BIT(r) (1u << (r))

/* Sets of general registers; bit n is register n. */
#define X64_GPR_POOL  (0xffffu & ~(X64_BIT(RAX) | X64_BIT(RDX) | X64_BIT(RSP) | X64_BIT(RBP)))
#define X64_GPR_SAVED (X64_BIT(RBX) | X64_BIT(R12) | X64_BIT(R13) | X64_BIT(R14) | X64_BIT(R15))

/* Sets of vector registers: a C call keeps none of them. */
#define X64_XMM_POOL  (0xffffu & ~(X64_BIT(XMM14) | X64_BIT(XMM15)))

#endif
