/* SPDX-License-Identifier: MIT */
/*
 * The opcode maps of one byte and of 0F, and their groups.
 * Implements: SDM 2D, appendix A, tables; AMD APM 3, appendix A, for what only AMD
 * describes (undocumented aliases: SALC, the second TEST of group 3, SHL as /6 of group 2).
 * Rows of SIMD instructions are in maps_simd.c and maps_vex.c, of the x87 in maps_x87.c.
 */
#include "frontends/x86/operands.h"
#include "frontends/x86/cpu.h"
#include "frontends/x86/lift.h"

#define LK  ROW_LOCK
#define END ROW_END

/* ---- groups of the one-byte map ---- */

static const X86Row group1[8] = {
    { "add", lift_alu, .arg = ALU_ADD, .flags = LK }, { "or", lift_alu, .arg = ALU_OR, .flags = LK },
    { "adc", lift_alu, .arg = ALU_ADC, .flags = LK }, { "sbb", lift_alu, .arg = ALU_SBB, .flags = LK },
    { "and", lift_alu, .arg = ALU_AND, .flags = LK }, { "sub", lift_alu, .arg = ALU_SUB, .flags = LK },
    { "xor", lift_alu, .arg = ALU_XOR, .flags = LK }, { "cmp", lift_alu, .arg = ALU_CMP },
};
static const X86Row group1a[8] = {
    { "pop", lift_pop, { Ev }, ROW_D64 },
};
static const X86Row group2[8] = {
    { "rol", lift_shift, .arg = SHIFT_ROL }, { "ror", lift_shift, .arg = SHIFT_ROR },
    { "rcl", lift_shift, .arg = SHIFT_RCL }, { "rcr", lift_shift, .arg = SHIFT_RCR },
    { "shl", lift_shift, .arg = SHIFT_SHL }, { "shr", lift_shift, .arg = SHIFT_SHR },
    { "shl", lift_shift, .arg = SHIFT_SHL }, { "sar", lift_shift, .arg = SHIFT_SAR },
};
#define GROUP3(E, I, a)                                                                   \
    {                                                                                     \
        { "test", lift_test, { E, I } }, { "test", lift_test, { E, I } },                 \
        { "not", lift_not, { E }, LK }, { "neg", lift_neg, { E }, LK },                   \
        { "mul", lift_mul, { E } }, { "imul", lift_imul1, { E } },                        \
        { "div", lift_div, { E } }, { "idiv", lift_idiv, { E } },                         \
    }
static const X86Row group3b[8] = GROUP3(Eb, Ib, aL);
static const X86Row group3v[8] = GROUP3(Ev, Iz, aX);
static const X86Row group4[8] = {
    { "inc", lift_inc, { Eb }, LK }, { "dec", lift_dec, { Eb }, LK },
};
static const X86Row group5[8] = {
    { "inc", lift_inc, { Ev }, LK }, { "dec", lift_dec, { Ev }, LK },
    { "call", lift_call_near, { Ev }, ROW_F64 }, { "lcall", lift_call_far, { Mp } },
    { "jmp", lift_jmp_near, { Ev }, ROW_F64 }, { "ljmp", lift_jmp_far, { Mp } },
    { "push", lift_push, { Ev }, ROW_D64 },
};
static const X86Row group11b[8] = { { "mov", lift_mov, { Eb, Ib } } };
static const X86Row group11v[8] = { { "mov", lift_mov, { Ev, Iz } } };
static const X86Row row63[2] = {
    { "arpl", lift_arpl, { Ew, Gw }, ROW_PROT }, { "movsxd", lift_movsx, { Gv, Ed } },
};

#define ALU(n, name, op, lk)                                                                       \
    [n] = { name, lift_alu, { Eb, Gb }, lk, op }, [n + 1] = { name, lift_alu, { Ev, Gv }, lk, op }, \
    [n + 2] = { name, lift_alu, { Gb, Eb }, 0, op }, [n + 3] = { name, lift_alu, { Gv, Ev }, 0, op }, \
    [n + 4] = { name, lift_alu, { aL, Ib }, 0, op }, [n + 5] = { name, lift_alu, { aX, Iz }, 0, op }
#define PUSH_POP_SEG(n) \
    [n] = { "push", lift_push_seg, { Sx }, ROW_NOT64 }, [n + 1] = { "pop", lift_pop_seg, { Sx }, ROW_NOT64 }
#define EIGHT(n, ...) \
    [n] = __VA_ARGS__, [n + 1] = __VA_ARGS__, [n + 2] = __VA_ARGS__, [n + 3] = __VA_ARGS__, \
    [n + 4] = __VA_ARGS__, [n + 5] = __VA_ARGS__, [n + 6] = __VA_ARGS__, [n + 7] = __VA_ARGS__
#define CONDS(base, prefix, ...)                                                                     \
    [base + 0] = { prefix "o", __VA_ARGS__ }, [base + 1] = { prefix "no", __VA_ARGS__ },              \
    [base + 2] = { prefix "b", __VA_ARGS__ }, [base + 3] = { prefix "ae", __VA_ARGS__ },              \
    [base + 4] = { prefix "e", __VA_ARGS__ }, [base + 5] = { prefix "ne", __VA_ARGS__ },              \
    [base + 6] = { prefix "be", __VA_ARGS__ }, [base + 7] = { prefix "a", __VA_ARGS__ },              \
    [base + 8] = { prefix "s", __VA_ARGS__ }, [base + 9] = { prefix "ns", __VA_ARGS__ },              \
    [base + 10] = { prefix "p", __VA_ARGS__ }, [base + 11] = { prefix "np", __VA_ARGS__ },            \
    [base + 12] = { prefix "l", __VA_ARGS__ }, [base + 13] = { prefix "ge", __VA_ARGS__ },            \
    [base + 14] = { prefix "le", __VA_ARGS__ }, [base + 15] = { prefix "g", __VA_ARGS__ }

static const X86Row one_byte[256] = {
    ALU(0x00, "add", ALU_ADD, LK), PUSH_POP_SEG(0x06),
    ALU(0x08, "or", ALU_OR, LK), [0x0e] = { "push", lift_push_seg, { Sx }, ROW_NOT64 },
    ALU(0x10, "adc", ALU_ADC, LK), PUSH_POP_SEG(0x16),
    ALU(0x18, "sbb", ALU_SBB, LK), PUSH_POP_SEG(0x1e),
    ALU(0x20, "and", ALU_AND, LK), [0x27] = { "daa", lift_bcd, .flags = ROW_NOT64, .arg = BCD_DAA },
    ALU(0x28, "sub", ALU_SUB, LK), [0x2f] = { "das", lift_bcd, .flags = ROW_NOT64, .arg = BCD_DAS },
    ALU(0x30, "xor", ALU_XOR, LK), [0x37] = { "aaa", lift_bcd, .flags = ROW_NOT64, .arg = BCD_AAA },
    ALU(0x38, "cmp", ALU_CMP, 0), [0x3f] = { "aas", lift_bcd, .flags = ROW_NOT64, .arg = BCD_AAS },
    EIGHT(0x40, { "inc", lift_inc, { Zv } }), EIGHT(0x48, { "dec", lift_dec, { Zv } }),
    EIGHT(0x50, { "push", lift_push, { Zv }, ROW_D64 }), EIGHT(0x58, { "pop", lift_pop, { Zv }, ROW_D64 }),
    [0x60] = { "pusha", lift_pusha, .flags = ROW_NOT64 }, [0x61] = { "popa", lift_popa, .flags = ROW_NOT64 },
    [0x62] = { "bound", lift_bound, { Gv, Ma }, ROW_NOT64 }, [0x63] = { .sub_kind = SUB_LONG, .sub = row63 },
    [0x68] = { "push", lift_push, { Iz }, ROW_D64 }, [0x69] = { "imul", lift_imul, { Gv, Ev, Iz } },
    [0x6a] = { "push", lift_push, { Is }, ROW_D64 }, [0x6b] = { "imul", lift_imul, { Gv, Ev, Is } },
    [0x6c] = { "ins", lift_string, { Yb, dX }, 0, STR_INS }, [0x6d] = { "ins", lift_string, { Yz, dX }, 0, STR_INS },
    [0x6e] = { "outs", lift_string, { dX, Xb }, 0, STR_OUTS }, [0x6f] = { "outs", lift_string, { dX, Xz }, 0, STR_OUTS },
    CONDS(0x70, "j", lift_jcc, { Jb }, ROW_F64),
    [0x80] = { .op = { Eb, Ib }, .sub_kind = SUB_REG, .sub = group1 },
    [0x81] = { .op = { Ev, Iz }, .sub_kind = SUB_REG, .sub = group1 },
    [0x82] = { .op = { Eb, Ib }, .sub_kind = SUB_REG, .sub = group1, .flags = ROW_NOT64 },
    [0x83] = { .op = { Ev, Is }, .sub_kind = SUB_REG, .sub = group1 },
    [0x84] = { "test", lift_test, { Eb, Gb } }, [0x85] = { "test", lift_test, { Ev, Gv } },
    [0x86] = { "xchg", lift_xchg, { Eb, Gb }, LK }, [0x87] = { "xchg", lift_xchg, { Ev, Gv }, LK },
    [0x88] = { "mov", lift_mov, { Eb, Gb } }, [0x89] = { "mov", lift_mov, { Ev, Gv } },
    [0x8a] = { "mov", lift_mov, { Gb, Eb } }, [0x8b] = { "mov", lift_mov, { Gv, Ev } },
    [0x8c] = { "mov", lift_mov_from_seg, { Ev, Sw } }, [0x8d] = { "lea", lift_lea, { Gv, M } },
    [0x8e] = { "mov", lift_mov_to_seg, { Sw, Ew } }, [0x8f] = { .sub_kind = SUB_REG, .sub = group1a },
    [0x90] = { "nop", lift_nop90, { Zv } },
    [0x91] = { "xchg", lift_xchg, { Zv, aX } }, [0x92] = { "xchg", lift_xchg, { Zv, aX } },
    [0x93] = { "xchg", lift_xchg, { Zv, aX } }, [0x94] = { "xchg", lift_xchg, { Zv, aX } },
    [0x95] = { "xchg", lift_xchg, { Zv, aX } }, [0x96] = { "xchg", lift_xchg, { Zv, aX } },
    [0x97] = { "xchg", lift_xchg, { Zv, aX } },
    [0x98] = { "cbw", lift_cbw }, [0x99] = { "cwd", lift_cwd },
    [0x9a] = { "lcall", lift_call_far, { Ap }, ROW_NOT64 }, [0x9b] = { "wait", lift_wait },
    [0x9c] = { "pushf", lift_pushf, .flags = ROW_D64 }, [0x9d] = { "popf", lift_popf, .flags = ROW_D64 | END },
    [0x9e] = { "sahf", lift_sahf }, [0x9f] = { "lahf", lift_lahf },
    [0xa0] = { "mov", lift_mov, { aL, Ob } }, [0xa1] = { "mov", lift_mov, { aX, Ov } },
    [0xa2] = { "mov", lift_mov, { Ob, aL } }, [0xa3] = { "mov", lift_mov, { Ov, aX } },
    [0xa4] = { "movs", lift_string, { Yb, Xb }, 0, STR_MOVS }, [0xa5] = { "movs", lift_string, { Yv, Xv }, 0, STR_MOVS },
    [0xa6] = { "cmps", lift_string, { Xb, Yb }, 0, STR_CMPS }, [0xa7] = { "cmps", lift_string, { Xv, Yv }, 0, STR_CMPS },
    [0xa8] = { "test", lift_test, { aL, Ib } }, [0xa9] = { "test", lift_test, { aX, Iz } },
    [0xaa] = { "stos", lift_string, { Yb, aL }, 0, STR_STOS }, [0xab] = { "stos", lift_string, { Yv, aX }, 0, STR_STOS },
    [0xac] = { "lods", lift_string, { aL, Xb }, 0, STR_LODS }, [0xad] = { "lods", lift_string, { aX, Xv }, 0, STR_LODS },
    [0xae] = { "scas", lift_string, { aL, Yb }, 0, STR_SCAS }, [0xaf] = { "scas", lift_string, { aX, Yv }, 0, STR_SCAS },
    EIGHT(0xb0, { "mov", lift_mov, { Zb, Ib } }), EIGHT(0xb8, { "mov", lift_mov, { Zv, Iv } }),
    [0xc0] = { .op = { Eb, Ib }, .sub_kind = SUB_REG, .sub = group2 },
    [0xc1] = { .op = { Ev, Ib }, .sub_kind = SUB_REG, .sub = group2 },
    [0xc2] = { "ret", lift_ret, { Iw }, ROW_F64 }, [0xc3] = { "ret", lift_ret, .flags = ROW_F64 },
    [0xc4] = { "les", lift_lds, { Gv, Mp }, ROW_NOT64, SEG_ES }, [0xc5] = { "lds", lift_lds, { Gv, Mp }, ROW_NOT64, SEG_DS },
    [0xc6] = { .sub_kind = SUB_REG, .sub = group11b }, [0xc7] = { .sub_kind = SUB_REG, .sub = group11v },
    [0xc8] = { "enter", lift_enter, { Iw, Ib }, ROW_D64 }, [0xc9] = { "leave", lift_leave, .flags = ROW_D64 },
    [0xca] = { "lret", lift_ret_far, { Iw } }, [0xcb] = { "lret", lift_ret_far },
    [0xcc] = { "int3", lift_int3 }, [0xcd] = { "int", lift_int, { Ib } },
    [0xce] = { "into", lift_into, .flags = ROW_NOT64 }, [0xcf] = { "iret", lift_iret },
    [0xd0] = { .op = { Eb, ONE }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd1] = { .op = { Ev, ONE }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd2] = { .op = { Eb, cL }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd3] = { .op = { Ev, cL }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd4] = { "aam", lift_aam, { Ib }, ROW_NOT64 }, [0xd5] = { "aad", lift_bcd, { Ib }, ROW_NOT64, BCD_AAD },
    [0xd6] = { "salc", lift_salc, .flags = ROW_NOT64 }, [0xd7] = { "xlat", lift_xlat },
#define X87(n) [0xd8 + n] = { .sub_kind = SUB_MOD, .sub = x86_x87_map[n], .flags = ROW_X87 }
    X87(0), X87(1), X87(2), X87(3), X87(4), X87(5), X87(6), X87(7),
    [0xe0] = { "loopne", lift_loop, { Jb }, ROW_F64, 2 }, [0xe1] = { "loope", lift_loop, { Jb }, ROW_F64, 1 },
    [0xe2] = { "loop", lift_loop, { Jb }, ROW_F64, 0 }, [0xe3] = { "jcxz", lift_jcxz, { Jb }, ROW_F64 },
    [0xe4] = { "in", lift_in, { aL, Ib } }, [0xe5] = { "in", lift_in, { aZ, Ib } },
    [0xe6] = { "out", lift_out, { Ib, aL } }, [0xe7] = { "out", lift_out, { Ib, aZ } },
    [0xe8] = { "call", lift_call_near, { Jz }, ROW_F64 }, [0xe9] = { "jmp", lift_jmp_near, { Jz }, ROW_F64 },
    [0xea] = { "ljmp", lift_jmp_far, { Ap }, ROW_NOT64 }, [0xeb] = { "jmp", lift_jmp_near, { Jb }, ROW_F64 },
    [0xec] = { "in", lift_in, { aL, dX } }, [0xed] = { "in", lift_in, { aZ, dX } },
    [0xee] = { "out", lift_out, { dX, aL } }, [0xef] = { "out", lift_out, { dX, aZ } },
    [0xf1] = { "int1", lift_int1 }, [0xf4] = { "hlt", lift_hlt, .flags = ROW_CPL0 | END },
    [0xf5] = { "cmc", lift_cmc },
    [0xf6] = { .sub_kind = SUB_REG, .sub = group3b }, [0xf7] = { .sub_kind = SUB_REG, .sub = group3v },
    [0xf8] = { "clc", lift_clc }, [0xf9] = { "stc", lift_stc },
    [0xfa] = { "cli", lift_cli }, [0xfb] = { "sti", lift_sti, .flags = END },
    [0xfc] = { "cld", lift_cld }, [0xfd] = { "std", lift_std },
    [0xfe] = { .sub_kind = SUB_REG, .sub = group4 }, [0xff] = { .sub_kind = SUB_REG, .sub = group5 },
};

/* ---- groups of the 0F map ---- */

static const X86Row group6[8] = {
    { "sldt", lift_store_sel, { Ev }, ROW_PROT, SEG_LDTR }, { "str", lift_store_sel, { Ev }, ROW_PROT, SEG_TR },
    { "lldt", lift_lldt, { Ew }, ROW_PROT | ROW_CPL0 | END }, { "ltr", lift_ltr, { Ew }, ROW_PROT | ROW_CPL0 | END },
    { "verr", lift_verr, { Ew }, ROW_PROT, 0 }, { "verw", lift_verr, { Ew }, ROW_PROT, 1 },
};
static const X86Row group7_mem[8] = {
    { "sgdt", lift_sgdt, { Ms }, 0, 0 }, { "sidt", lift_sgdt, { Ms }, 0, 1 },
    { "lgdt", lift_lgdt, { Ms }, ROW_CPL0 | END, 0 }, { "lidt", lift_lgdt, { Ms }, ROW_CPL0 | END, 1 },
    { "smsw", lift_smsw, { Ew } }, { NULL }, { "lmsw", lift_lmsw, { Ew }, ROW_CPL0 | END },
    { "invlpg", lift_invlpg, { Mb }, ROW_CPL0 | END, .feature = F(I486) },
};
static const X86Row group7_1[8] = {     /* 0F 01 C8 .. CF */
    { "monitor", lift_monitor, .flags = ROW_CPL0, .feature = F(MONITOR) },
    { "mwait", lift_mwait, .flags = ROW_CPL0 | END, .feature = F(MONITOR) },
    { "clac", lift_clac, .flags = ROW_CPL0 | END, .arg = 0, .feature = F(SMAP) },
    { "stac", lift_clac, .flags = ROW_CPL0 | END, .arg = 1, .feature = F(SMAP) },
};
static const X86Row group7_2[8] = {     /* D0 .. D7 */
    { "xgetbv", lift_xgetbv, .feature = F(XSAVE) },
    { "xsetbv", lift_xsetbv, .flags = ROW_CPL0 | END, .feature = F(XSAVE) },
};
static const X86Row swapgs[2] = {
    { NULL }, { "swapgs", lift_swapgs, .flags = ROW_CPL0 | END },
};
static const X86Row group7_7[8] = {     /* F8 .. FF */
    { .sub_kind = SUB_LONG, .sub = swapgs }, { "rdtscp", lift_rdtscp, .feature = F(RDTSCP) },
};
static const X86Row group7_reg[8] = {
    { NULL }, { .sub_kind = SUB_RM, .sub = group7_1 }, { .sub_kind = SUB_RM, .sub = group7_2 }, { NULL },
    { "smsw", lift_smsw, { Ev } }, { NULL }, { "lmsw", lift_lmsw, { Ew }, ROW_CPL0 | END },
    { .sub_kind = SUB_RM, .sub = group7_7 },
};
static const X86Row group7[2] = {
    { .sub_kind = SUB_REG, .sub = group7_mem }, { .sub_kind = SUB_REG, .sub = group7_reg },
};
static const X86Row group8[8] = {
    { NULL }, { NULL }, { NULL }, { NULL },
    { "bt", lift_bt, { Ev, Ib }, 0, BT_TEST }, { "bts", lift_bt, { Ev, Ib }, LK, BT_SET },
    { "btr", lift_bt, { Ev, Ib }, LK, BT_RESET }, { "btc", lift_bt, { Ev, Ib }, LK, BT_FLIP },
};
static const X86Row cmpxchg8b[2] = {
    { "cmpxchg8b", lift_cmpxchg8b, { Mq }, LK, .feature = F(CX8) },
    { "cmpxchg16b", lift_cmpxchg16b, { Mdq }, LK, .feature = F(CX16) },
};
static const X86Row group9_mem[8] = { { NULL }, { .sub_kind = SUB_W, .sub = cmpxchg8b } };
static const X86Row rdpid[4] = {
    { "rdseed", lift_rdrand, { Rv }, .feature = F(RDSEED) }, { "rdseed", lift_rdrand, { Rv }, .feature = F(RDSEED) },
    { "rdpid", lift_rdpid, { Ry }, .feature = F(RDPID) },
};
static const X86Row group9_reg[8] = {
    [6] = { "rdrand", lift_rdrand, { Rv }, .feature = F(RDRAND) }, [7] = { .sub_kind = SUB_PREFIX, .sub = rdpid },
};
static const X86Row group9[2] = {
    { .sub_kind = SUB_REG, .sub = group9_mem }, { .sub_kind = SUB_REG, .sub = group9_reg },
};
/* Group 15: with a register and F3 the bases of FS and GS, else fences. */
static const X86Row fsgsbase0[4] = { [2] = { "rdfsbase", lift_rdfsbase, { Ry }, .arg = SEG_FS, .feature = F(FSGSBASE) } };
static const X86Row fsgsbase1[4] = { [2] = { "rdgsbase", lift_rdfsbase, { Ry }, .arg = SEG_GS, .feature = F(FSGSBASE) } };
static const X86Row fsgsbase2[4] = { [2] = { "wrfsbase", lift_wrfsbase, { Ry }, .arg = SEG_FS, .feature = F(FSGSBASE) } };
static const X86Row fsgsbase3[4] = { [2] = { "wrgsbase", lift_wrfsbase, { Ry }, .arg = SEG_GS, .feature = F(FSGSBASE) } };
static const X86Row group15_reg[8] = {
    { .sub_kind = SUB_PREFIX, .sub = fsgsbase0 }, { .sub_kind = SUB_PREFIX, .sub = fsgsbase1 },
    { .sub_kind = SUB_PREFIX, .sub = fsgsbase2 }, { .sub_kind = SUB_PREFIX, .sub = fsgsbase3 }, { NULL },
    { "lfence", lift_fence, .feature = F(SSE2) }, { "mfence", lift_fence, .feature = F(SSE2) },
    { "sfence", lift_fence, .feature = F(SSE) },
};
static const X86Row clflush[4] = {
    { "clflush", lift_hint, { Mb }, .feature = F(CLFLUSH) }, { "clflushopt", lift_hint, { Mb }, .feature = F(CLFLUSHOPT) },
};
static const X86Row xsaveopt[4] = { { "xsaveopt", NULL, { M }, .feature = F(XSAVEOPT) } };
static const X86Row group15_mem[8] = {
    { "fxsave", NULL, { M }, .feature = F(FXSR) }, { "fxrstor", NULL, { M }, .feature = F(FXSR) },
    { "ldmxcsr", NULL, { Md }, ROW_SSE, .feature = F(SSE) }, { "stmxcsr", NULL, { Md }, ROW_SSE, .feature = F(SSE) },
    { "xsave", NULL, { M }, .feature = F(XSAVE) }, { "xrstor", NULL, { M }, .feature = F(XSAVE) },
    { .sub_kind = SUB_PREFIX, .sub = xsaveopt }, { .sub_kind = SUB_PREFIX, .sub = clflush },
};
static const X86Row group15[2] = {
    { .sub_kind = SUB_REG, .sub = group15_mem }, { .sub_kind = SUB_REG, .sub = group15_reg },
};
static const X86Row group16[8] = {
    { "prefetchnta", lift_hint, { Ev } }, { "prefetcht0", lift_hint, { Ev } },
    { "prefetcht1", lift_hint, { Ev } }, { "prefetcht2", lift_hint, { Ev } },
    { "nop", lift_hint, { Ev } }, { "nop", lift_hint, { Ev } }, { "nop", lift_hint, { Ev } },
    { "nop", lift_hint, { Ev } },
};
static const X86Row prefetchw[8] = {
    { "prefetch", lift_hint, { Mb } }, { "prefetchw", lift_hint, { Mb } }, { "prefetch", lift_hint, { Mb } },
    { "prefetch", lift_hint, { Mb } }, { "prefetch", lift_hint, { Mb } }, { "prefetch", lift_hint, { Mb } },
    { "prefetch", lift_hint, { Mb } }, { "prefetch", lift_hint, { Mb } },
};
static const X86Row popcnt[4] = { [2] = { "popcnt", lift_popcnt, { Gv, Ev }, .feature = F(POPCNT) } };
static const X86Row tzcnt[4] = {
    { "bsf", lift_bsf, { Gv, Ev } }, { "bsf", lift_bsf, { Gv, Ev } },
    { "tzcnt", lift_tzcnt, { Gv, Ev } }, { "bsf", lift_bsf, { Gv, Ev } },
};
static const X86Row lzcnt[4] = {
    { "bsr", lift_bsr, { Gv, Ev } }, { "bsr", lift_bsr, { Gv, Ev } },
    { "lzcnt", lift_lzcnt, { Gv, Ev } }, { "bsr", lift_bsr, { Gv, Ev } },
};
static const X86Row movnti[4] = { { "movnti", lift_mov, { My, Gy }, .feature = F(SSE2) } };

static const X86Row two_bytes[256] = {
    [0x00] = { .sub_kind = SUB_REG, .sub = group6 }, [0x01] = { .sub_kind = SUB_MOD, .sub = group7 },
    [0x02] = { "lar", lift_lar, { Gv, Ew }, ROW_PROT, 0 }, [0x03] = { "lsl", lift_lar, { Gv, Ew }, ROW_PROT, 1 },
    [0x05] = { "syscall", lift_syscall, .feature = F(SYSCALL) }, [0x06] = { "clts", lift_clts, .flags = ROW_CPL0 | END },
    [0x07] = { "sysret", lift_sysret, .feature = F(SYSCALL) },
    [0x08] = { "invd", lift_nothing, .flags = ROW_CPL0, .feature = F(I486) },
    [0x09] = { "wbinvd", lift_nothing, .flags = ROW_CPL0, .feature = F(I486) },
    [0x0b] = { "ud2", lift_ud }, [0x0d] = { .sub_kind = SUB_REG, .sub = prefetchw, .feature = F(PREFETCHW) },
    BY_PREFIX4(x86_simd_0f, 0x10), BY_PREFIX4(x86_simd_0f, 0x14),
    [0x18] = { .sub_kind = SUB_REG, .sub = group16 },
    [0x19] = { "nop", lift_hint, { Ev } }, [0x1a] = { "nop", lift_hint, { Ev } }, [0x1b] = { "nop", lift_hint, { Ev } },
    [0x1c] = { "nop", lift_hint, { Ev } }, [0x1d] = { "nop", lift_hint, { Ev } }, [0x1e] = { "nop", lift_hint, { Ev } },
    [0x1f] = { "nop", lift_hint, { Ev } },
    [0x20] = { "mov", lift_mov_from_cr, { Rd, Cd }, ROW_CPL0 }, [0x21] = { "mov", lift_mov_from_dr, { Rd, Dd }, ROW_CPL0 },
    [0x22] = { "mov", lift_mov_to_cr, { Cd, Rd }, ROW_CPL0 | END }, [0x23] = { "mov", lift_mov_to_dr, { Dd, Rd }, ROW_CPL0 | END },
    BY_PREFIX4(x86_simd_0f, 0x28), BY_PREFIX4(x86_simd_0f, 0x2c),
    [0x30] = { "wrmsr", lift_wrmsr, .flags = ROW_CPL0 | END, .feature = F(MSR) }, [0x31] = { "rdtsc", lift_rdtsc, .feature = F(TSC) },
    [0x32] = { "rdmsr", lift_rdmsr, .flags = ROW_CPL0, .feature = F(MSR) }, [0x33] = { "rdpmc", lift_rdpmc, .feature = F(MMX) },
    [0x34] = { "sysenter", lift_sysenter, .flags = ROW_PROT, .feature = F(SEP) },
    [0x35] = { "sysexit", lift_sysexit, .flags = ROW_PROT | ROW_CPL0, .feature = F(SEP) },
    [0x38] = { NULL },
    CONDS(0x40, "cmov", lift_cmov, { Gv, Ev }, .feature = F(CMOV)),
    BY_PREFIX16(x86_simd_0f, 0x50), BY_PREFIX16(x86_simd_0f, 0x60), BY_PREFIX16(x86_simd_0f, 0x70),
    CONDS(0x80, "j", lift_jcc, { Jz }, ROW_F64),
    CONDS(0x90, "set", lift_setcc, { Eb }),
    [0xa0] = { "push", lift_push_seg, { Sx }, ROW_D64 }, [0xa1] = { "pop", lift_pop_seg, { Sx }, ROW_D64 },
    [0xa2] = { "cpuid", lift_cpuid, .feature = F(CPUID) }, [0xa3] = { "bt", lift_bt, { Ev, Gv }, 0, BT_TEST },
    [0xa4] = { "shld", lift_shld, { Ev, Gv, Ib } }, [0xa5] = { "shld", lift_shld, { Ev, Gv, cL } },
    [0xa8] = { "push", lift_push_seg, { Sx }, ROW_D64 }, [0xa9] = { "pop", lift_pop_seg, { Sx }, ROW_D64 },
    [0xaa] = { "rsm", lift_rsm }, [0xab] = { "bts", lift_bt, { Ev, Gv }, LK, BT_SET },
    [0xac] = { "shrd", lift_shrd, { Ev, Gv, Ib } }, [0xad] = { "shrd", lift_shrd, { Ev, Gv, cL } },
    [0xae] = { .sub_kind = SUB_MOD, .sub = group15 }, [0xaf] = { "imul", lift_imul, { Gv, Ev } },
    [0xb0] = { "cmpxchg", lift_cmpxchg, { Eb, Gb }, LK, .feature = F(I486) },
    [0xb1] = { "cmpxchg", lift_cmpxchg, { Ev, Gv }, LK, .feature = F(I486) },
    [0xb2] = { "lss", lift_lds, { Gv, Mp }, 0, SEG_SS }, [0xb3] = { "btr", lift_bt, { Ev, Gv }, LK, BT_RESET },
    [0xb4] = { "lfs", lift_lds, { Gv, Mp }, 0, SEG_FS }, [0xb5] = { "lgs", lift_lds, { Gv, Mp }, 0, SEG_GS },
    [0xb6] = { "movzx", lift_movzx, { Gv, Eb } }, [0xb7] = { "movzx", lift_movzx, { Gv, Ew } },
    [0xb8] = { .sub_kind = SUB_PREFIX, .sub = popcnt }, [0xb9] = { "ud1", lift_ud, { Gv, Ev } },
    [0xba] = { .sub_kind = SUB_REG, .sub = group8 }, [0xbb] = { "btc", lift_bt, { Ev, Gv }, LK, BT_FLIP },
    [0xbc] = { .sub_kind = SUB_PREFIX, .sub = tzcnt }, [0xbd] = { .sub_kind = SUB_PREFIX, .sub = lzcnt },
    [0xbe] = { "movsx", lift_movsx, { Gv, Eb } }, [0xbf] = { "movsx", lift_movsx, { Gv, Ew } },
    [0xc0] = { "xadd", lift_xadd, { Eb, Gb }, LK, .feature = F(I486) },
    [0xc1] = { "xadd", lift_xadd, { Ev, Gv }, LK, .feature = F(I486) },
    BY_PREFIX(x86_simd_0f, 0xc2), [0xc3] = { .sub_kind = SUB_PREFIX, .sub = movnti },
    BY_PREFIX(x86_simd_0f, 0xc4), BY_PREFIX(x86_simd_0f, 0xc5), BY_PREFIX(x86_simd_0f, 0xc6),
    [0xc7] = { .sub_kind = SUB_MOD, .sub = group9 },
    EIGHT(0xc8, { "bswap", lift_bswap, { Zv }, .feature = F(I486) }),
    BY_PREFIX16(x86_simd_0f, 0xd0), BY_PREFIX16(x86_simd_0f, 0xe0), BY_PREFIX16(x86_simd_0f, 0xf0),
};

/* ---- 0F 38: MOVBE, CRC32, ADX, INVPCID; the rest is SIMD ---- */

static const X86Row movbe_f0[4] = {
    { "movbe", lift_movbe, { Gv, Mv }, .feature = F(MOVBE) }, { "movbe", lift_movbe, { Gv, Mv }, .feature = F(MOVBE) },
    { NULL }, { "crc32", lift_crc32, { Gd, Eb }, .feature = F(SSE42) },
};
static const X86Row movbe_f1[4] = {
    { "movbe", lift_movbe, { Mv, Gv }, .feature = F(MOVBE) }, { "movbe", lift_movbe, { Mv, Gv }, .feature = F(MOVBE) },
    { NULL }, { "crc32", lift_crc32, { Gd, Ev }, .feature = F(SSE42) },
};
static const X86Row adx[4] = {
    [1] = { "adcx", lift_adcx, { Gy, Ey }, .flags = ROW_NO66, .arg = 0, .feature = F(ADX) },
    [2] = { "adox", lift_adcx, { Gy, Ey }, .arg = 1, .feature = F(ADX) },
};
static const X86Row invpcid[4] = {
    [1] = { "invpcid", lift_invpcid, { Gy, Mdq }, ROW_CPL0 | ROW_NO66 | END, .feature = F(INVPCID) },
};

static const X86Row map_0f38[256] = {
    BY_PREFIX64(x86_simd_0f38, 0), BY_PREFIX16(x86_simd_0f38, 0x40),
    [0x82] = { .sub_kind = SUB_PREFIX, .sub = invpcid },
    BY_PREFIX16(x86_simd_0f38, 0xc0), BY_PREFIX16(x86_simd_0f38, 0xd0),
    [0xf0] = { .sub_kind = SUB_PREFIX, .sub = movbe_f0 }, [0xf1] = { .sub_kind = SUB_PREFIX, .sub = movbe_f1 },
    [0xf6] = { .sub_kind = SUB_PREFIX, .sub = adx },
};

static const X86Row map_0f3a[256] = { BY_PREFIX256(x86_simd_0f3a) };

/* ---- VEX ---- */

static const X86Row bmi_andn[4] = { { "andn", lift_andn, { Gy, By, Ey }, ROW_VEX_L0, .feature = F(BMI1) } };
static const X86Row group17[8] = {
    { NULL }, { "blsr", lift_bls, .arg = BLS_R }, { "blsmsk", lift_bls, .arg = BLS_MSK }, { "blsi", lift_bls, .arg = BLS_I },
};
static const X86Row bmi_f3[4] = {
    { .op = { By, Ey }, .flags = ROW_VEX_L0, .sub_kind = SUB_REG, .sub = group17, .feature = F(BMI1) },
};
static const X86Row bmi_f5[4] = {
    { "bzhi", lift_bzhi, { Gy, Ey, By }, ROW_VEX_L0, .feature = F(BMI2) }, { NULL },
    { "pext", lift_pext, { Gy, By, Ey }, ROW_VEX_L0, 1, F(BMI2) },
    { "pdep", lift_pext, { Gy, By, Ey }, ROW_VEX_L0, 0, F(BMI2) },
};
static const X86Row bmi_f6[4] = { [3] = { "mulx", lift_mulx, { Gy, By, Ey }, ROW_VEX_L0, .feature = F(BMI2) } };
static const X86Row bmi_f7[4] = {
    { "bextr", lift_bextr, { Gy, Ey, By }, ROW_VEX_L0, .feature = F(BMI1) },
    { "shlx", lift_shx, { Gy, Ey, By }, ROW_VEX_L0 | ROW_NO66, SHIFT_SHL, F(BMI2) },
    { "sarx", lift_shx, { Gy, Ey, By }, ROW_VEX_L0, SHIFT_SAR, F(BMI2) },
    { "shrx", lift_shx, { Gy, Ey, By }, ROW_VEX_L0, SHIFT_SHR, F(BMI2) },
};
static const X86Row bmi_rorx[4] = { [3] = { "rorx", lift_rorx, { Gy, Ey, Ib }, ROW_VEX_L0 | ROW_NO_VVVV, .feature = F(BMI2) } };

static const X86Row map_vex1[256] = { BY_PREFIX256(x86_vex_0f) };
static const X86Row map_vex2[256] = {
    BY_PREFIX64(x86_vex_0f38, 0), BY_PREFIX64(x86_vex_0f38, 64), BY_PREFIX64(x86_vex_0f38, 128),
    BY_PREFIX16(x86_vex_0f38, 192), BY_PREFIX16(x86_vex_0f38, 208), BY_PREFIX16(x86_vex_0f38, 224),
    [0xf2] = { .sub_kind = SUB_PREFIX, .sub = bmi_andn }, [0xf3] = { .sub_kind = SUB_PREFIX, .sub = bmi_f3 },
    [0xf5] = { .sub_kind = SUB_PREFIX, .sub = bmi_f5 }, [0xf6] = { .sub_kind = SUB_PREFIX, .sub = bmi_f6 },
    [0xf7] = { .sub_kind = SUB_PREFIX, .sub = bmi_f7 },
};
static const X86Row map_vex3[256] = {
    BY_PREFIX64(x86_vex_0f3a, 0), BY_PREFIX64(x86_vex_0f3a, 64), BY_PREFIX64(x86_vex_0f3a, 128),
    BY_PREFIX16(x86_vex_0f3a, 192), BY_PREFIX16(x86_vex_0f3a, 208), BY_PREFIX16(x86_vex_0f3a, 224),
    [0xf0] = { .sub_kind = SUB_PREFIX, .sub = bmi_rorx },
};

const X86Row *const x86_maps[X86_N_MAPS] = {
    one_byte, two_bytes, map_0f38, map_0f3a, [4] = map_vex1, [5] = map_vex2, [6] = map_vex3,
};
