/* SPDX-License-Identifier: MIT */
/*
 * The escape opcodes D8 to DF: a row of memory forms and one of register forms each.
 * Implements: SDM 2D, appendix A, A.5 (tables ).
 */
#include "frontends/x86/operands.h"
#include "frontends/x86/cpu.h"

#define LIFTER(name) void x86_lift_##name(Lift *c, const X86Insn *in)
#include "frontends/x86/lifters.h"

#define FP(name, ...)  { name, x86_lift_x87, { __VA_ARGS__ }, .feature = F(FPU) }
#define FP0(name)      { name, x86_lift_x87, .feature = F(FPU) }
#define FPC(name, ...) { name, x86_lift_x87, { __VA_ARGS__ }, .feature = F(CMOV) }
/* Control: with a lifter of their own. */
#define CTL(name, lifter, ...) { name, x86_lift_##lifter, { __VA_ARGS__ }, .feature = F(FPU) }
#define BY_RM(table)   { .sub_kind = SUB_RM, .sub = table }
#define NONE           { NULL }

static const X86Row d8_mem[8] = {
    FP("fadds", Md),
    FP("fmuls", Md),
    FP("fcoms", Md),
    FP("fcomps", Md),
    FP("fsubs", Md),
    FP("fsubrs", Md),
    FP("fdivs", Md),
    FP("fdivrs", Md),
};
static const X86Row d8_reg[8] = {
    FP("fadd", Tt),
    FP("fmul", Tt),
    FP("fcom", Tt),
    FP("fcomp", Tt),
    FP("fsub", Tt),
    FP("fsubr", Tt),
    FP("fdiv", Tt),
    FP("fdivr", Tt),
};
static const X86Row d9_mem[8] = {
    FP("flds", Md),
    NONE,
    FP("fsts", Md),
    FP("fstps", Md),
    CTL("fldenv", fenv, M),
    CTL("fldcw", fldcw, Mw),
    CTL("fnstenv", fenv, M),
    CTL("fnstcw", fnstcw, Mw),
};
static const X86Row d9_d0[8] = {
    FP0("fnop"),
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
};
static const X86Row d9_e0[8] = {
    FP0("fchs"),
    FP0("fabs"),
    NONE,
    NONE,
    FP0("ftst"),
    FP0("fxam"),
    NONE,
    NONE,
};
static const X86Row d9_e8[8] = {
    FP0("fld1"),
    FP0("fldl2t"),
    FP0("fldl2e"),
    FP0("fldpi"),
    FP0("fldlg2"),
    FP0("fldln2"),
    FP0("fldz"),
    NONE,
};
static const X86Row d9_f0[8] = {
    FP0("f2xm1"),
    FP0("fyl2x"),
    FP0("fptan"),
    FP0("fpatan"),
    FP0("fxtract"),
    FP0("fprem1"),
    FP0("fdecstp"),
    FP0("fincstp"),
};
static const X86Row d9_f8[8] = {
    FP0("fprem"),
    FP0("fyl2xp1"),
    FP0("fsqrt"),
    FP0("fsincos"),
    FP0("frndint"),
    FP0("fscale"),
    FP0("fsin"),
    FP0("fcos"),
};
static const X86Row d9_reg[8] = {
    FP("fld", Tt),
    FP("fxch", Tt),
    BY_RM(d9_d0),
    FP("fstp", Tt),
    BY_RM(d9_e0),
    BY_RM(d9_e8),
    BY_RM(d9_f0),
    BY_RM(d9_f8),
};
static const X86Row da_mem[8] = {
    FP("fiaddl", Md),
    FP("fimull", Md),
    FP("ficoml", Md),
    FP("ficompl", Md),
    FP("fisubl", Md),
    FP("fisubrl", Md),
    FP("fidivl", Md),
    FP("fidivrl", Md),
};
static const X86Row da_e8[8] = {
    NONE,
    FP0("fucompp"),
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
};
static const X86Row da_reg[8] = {
    FPC("fcmovb", Tt),
    FPC("fcmove", Tt),
    FPC("fcmovbe", Tt),
    FPC("fcmovu", Tt),
    NONE,
    BY_RM(da_e8),
    NONE,
    NONE,
};
static const X86Row db_mem[8] = {
    FP("fildl", Md),
    { "fisttpl", x86_lift_x87, { Md }, .feature = F(SSE3) },
    FP("fistl", Md),
    FP("fistpl", Md),
    NONE,
    FP("fldt", Mt),
    NONE,
    FP("fstpt", Mt),
};
static const X86Row db_e0[8] = {
    CTL("fneni", fnop),
    CTL("fndisi", fnop),
    CTL("fnclex", fnclex),
    CTL("fninit", fninit),
    CTL("fnsetpm", fnop),
    NONE,
    NONE,
    NONE,
};
static const X86Row db_reg[8] = {
    FPC("fcmovnb", Tt),
    FPC("fcmovne", Tt),
    FPC("fcmovnbe", Tt),
    FPC("fcmovnu", Tt),
    BY_RM(db_e0),
    FPC("fucomi", Tt),
    FPC("fcomi", Tt),
    NONE,
};
static const X86Row dc_mem[8] = {
    FP("faddl", Mq),
    FP("fmull", Mq),
    FP("fcoml", Mq),
    FP("fcompl", Mq),
    FP("fsubl", Mq),
    FP("fsubrl", Mq),
    FP("fdivl", Mq),
    FP("fdivrl", Mq),
};
static const X86Row dc_reg[8] = {
    FP("fadd_to", Tt),
    FP("fmul_to", Tt),
    FP("fcom", Tt),
    FP("fcomp", Tt),
    FP("fsubr_to", Tt),
    FP("fsub_to", Tt),
    FP("fdivr_to", Tt),
    FP("fdiv_to", Tt),
};
static const X86Row dd_mem[8] = {
    FP("fldl", Mq),
    { "fisttpll", x86_lift_x87, { Mq }, .feature = F(SSE3) },
    FP("fstl", Mq),
    FP("fstpl", Mq),
    CTL("frstor", fenv, M),
    NONE,
    CTL("fnsave", fenv, M),
    CTL("fnstsw", fnstsw, Mw),
};
static const X86Row dd_reg[8] = {
    FP("ffree", Tt),
    FP("fxch", Tt),
    FP("fst", Tt),
    FP("fstp", Tt),
    FP("fucom", Tt),
    FP("fucomp", Tt),
    NONE,
    NONE,
};
static const X86Row de_mem[8] = {
    FP("fiadds", Mw),
    FP("fimuls", Mw),
    FP("ficoms", Mw),
    FP("ficomps", Mw),
    FP("fisubs", Mw),
    FP("fisubrs", Mw),
    FP("fidivs", Mw),
    FP("fidivrs", Mw),
};
static const X86Row de_d8[8] = {
    NONE,
    FP0("fcompp"),
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
};
static const X86Row de_reg[8] = {
    FP("faddp", Tt),
    FP("fmulp", Tt),
    FP("fcomp", Tt),
    BY_RM(de_d8),
    FP("fsubrp", Tt),
    FP("fsubp", Tt),
    FP("fdivrp", Tt),
    FP("fdivp", Tt),
};
static const X86Row df_mem[8] = {
    FP("filds", Mw),
    { "fisttps", x86_lift_x87, { Mw }, .feature = F(SSE3) },
    FP("fists", Mw),
    FP("fistps", Mw),
    FP("fbld", Mt),
    FP("fildll", Mq),
    FP("fbstp", Mt),
    FP("fistpll", Mq),
};
static const X86Row df_e0[8] = {
    { "fnstsw", x86_lift_fnstsw, { OPERAND('a', T_w) }, .feature = F(FPU) },
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
    NONE,
};
static const X86Row df_reg[8] = {
    FP("ffreep", Tt),
    FP("fxch", Tt),
    FP("fstp", Tt),
    FP("fstp", Tt),
    BY_RM(df_e0),
    FPC("fucomip", Tt),
    FPC("fcomip", Tt),
    NONE,
};

#define ESCAPE(n) \
    { { .sub_kind = SUB_REG, .sub = n##_mem }, { .sub_kind = SUB_REG, .sub = n##_reg } }
const X86Row x86_x87_map[8][2] = {
    ESCAPE(d8), ESCAPE(d9), ESCAPE(da), ESCAPE(db), ESCAPE(dc), ESCAPE(dd), ESCAPE(de), ESCAPE(df),
};
