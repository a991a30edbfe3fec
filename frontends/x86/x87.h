/* SPDX-License-Identifier: MIT */
/*
 * What the files of the x87 share: registers as numbers of 80 bits, and the arithmetic that both
 * the ops of the IR (x87.c) and whole instructions (x87_exec.c) are made of.
 */
#ifndef FRONTENDS_X86_X87_H
#define FRONTENDS_X86_X87_H

#include "frontends/common/softfloat_x80.h"
#include "frontends/x86/cpu.h"

enum {                          /* status word, SDM 1, 8.1.3 */
    FSW_IE = 1, FSW_DE = 2, FSW_ZE = 4, FSW_OE = 8, FSW_UE = 16, FSW_PE = 32, FSW_FLAGS = 63,
    FSW_SF = 64, FSW_ES = 128, FSW_C0 = 1 << 8, FSW_C1 = 1 << 9, FSW_C2 = 1 << 10,
    FSW_C3 = 1 << 14, FSW_CC = 0x4700, FSW_B = 1 << 15,
};

static inline F80 x87_get(const Cpu *cpu, unsigned r)
{
    return (F80) { cpu->x87[r].mant, (uint16_t)cpu->x87[r].exp };
}

static inline void x87_put(Cpu *cpu, unsigned r, F80 v)
{
    cpu->x87[r].mant = v.mant;
    cpu->x87[r].exp = v.se;
}

/* a op b by ModRM.reg: X87_ADD to X87_DIVR */
F80 x87_arith(unsigned op, F80 a, F80 b, F80Status *s);
/* FLD1 (0) to FLDZ (6) */
F80 x87_constant(unsigned n, uint16_t cw);
/* C3 C2 C0 of a comparison, of a class (FXAM, with C1) */
uint32_t x87_order_cc(FpOrder o);
uint32_t x87_class_cc(F80 a);
/* A value in a format of the IR's as a number. */
F80 x87_from(IrX87Format f, uint64_t v, F80Status *s);
uint64_t x87_to(IrX87Format f, F80 a, bool truncate, F80Status *s);

/* ---- x87_math.c: the transcendental functions, with x in ST(0) and y in ST(1) ---- */
typedef struct X87Math {
    F80      result[2];         /* of FPTAN, FSINCOS: what is in ST(1), ST(0) afterwards */
    uint32_t flags;             /* IE to PE */
    uint32_t cc;                /* C1, C2 */
} X87Math;
typedef enum X87Function { X87_F2XM1, X87_FYL2X, X87_FPTAN, X87_FPATAN, X87_FYL2XP1, X87_FSINCOS,
                           X87_FSIN, X87_FCOS } X87Function;
X87Math x87_math(X87Function f, F80 x, F80 y, uint16_t cw);

#endif
