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
    { "add", x86_lift_alu, .arg = ALU_ADD, .flags = LK },
    { "or", x86_lift_alu, .arg = ALU_OR, .flags = LK },
    { "adc", x86_lift_alu, .arg = ALU_ADC, .flags = LK },
    { "sbb", x86_lift_alu, .arg = ALU_SBB, .flags = LK },
    { "and", x86_lift_alu, .arg = ALU_AND, .flags = LK },
    { "sub", x86_lift_alu, .arg = ALU_SUB, .flags = LK },
    { "xor", x86_lift_alu, .arg = ALU_XOR, .flags = LK }, { "cmp", x86_lift_alu, .arg = ALU_CMP },
};
static const X86Row group1a[8] = {
    { "pop", x86_lift_pop, { Ev }, ROW_D64 },
};
static const X86Row group2[8] = {
    { "rol", x86_lift_shift, .arg = SHIFT_ROL }, { "ror", x86_lift_shift, .arg = SHIFT_ROR },
    { "rcl", x86_lift_shift, .arg = SHIFT_RCL }, { "rcr", x86_lift_shift, .arg = SHIFT_RCR },
    { "shl", x86_lift_shift, .arg = SHIFT_SHL }, { "shr", x86_lift_shift, .arg = SHIFT_SHR },
    { "shl", x86_lift_shift, .arg = SHIFT_SHL }, { "sar", x86_lift_shift, .arg = SHIFT_SAR },
};
#define GROUP3(E, I, a)                                                                   \
    {                                                                                     \
        { "test", x86_lift_test, { E, I } }, { "test", x86_lift_test, { E, I } },                 \
        { "not", x86_lift_not, { E }, LK }, { "neg", x86_lift_neg, { E }, LK },                   \
        { "mul", x86_lift_mul, { E } }, { "imul", x86_lift_imul1, { E } },                        \
        { "div", x86_lift_div, { E } }, { "idiv", x86_lift_idiv, { E } },                         \
    }
static const X86Row group3b[8] = GROUP3(Eb, Ib, aL);
static const X86Row group3v[8] = GROUP3(Ev, Iz, aX);
static const X86Row group4[8] = {
    { "inc", x86_lift_inc, { Eb }, LK }, { "dec", x86_lift_dec, { Eb }, LK },
};
static const X86Row group5[8] = {
    { "inc", x86_lift_inc, { Ev }, LK }, { "dec", x86_lift_dec, { Ev }, LK },
    { "call", x86_lift_call_near, { Ev }, ROW_F64 }, { "lcall", x86_lift_call_far, { Mp } },
    { "jmp", x86_lift_jmp_near, { Ev }, ROW_F64 }, { "ljmp", x86_lift_jmp_far, { Mp } },
    { "push", x86_lift_push, { Ev }, ROW_D64 },
};
static const X86Row group11b[8] = { { "mov", x86_lift_mov, { Eb, Ib } } };
static const X86Row group11v[8] = { { "mov", x86_lift_mov, { Ev, Iz } } };
static const X86Row row63[2] = {
    { "arpl", x86_lift_arpl, { Ew, Gw }, ROW_PROT }, { "movsxd", x86_lift_movsx, { Gv, Ed } },
};

#define ALU(n, name, op, lk)                                                                       \
    [n] = { name, x86_lift_alu, { Eb, Gb }, lk, op }, [n + 1] = { name, x86_lift_alu, { Ev, Gv }, lk, op }, \
    [n + 2] = { name, x86_lift_alu, { Gb, Eb }, 0, op }, [n + 3] = { name, x86_lift_alu, { Gv, Ev }, 0, op }, \
    [n + 4] = { name, x86_lift_alu, { aL, Ib }, 0, op }, [n + 5] = { name, x86_lift_alu, { aX, Iz }, 0, op }
#define PUSH_POP_SEG(n) \
    [n] = { "push", x86_lift_push_seg, { Sx }, ROW_NOT64 }, [n + 1] = { "pop", x86_lift_pop_seg, { Sx }, ROW_NOT64 }
#define EIGHT(n, ...) \
    [n] = __VA_ARGS__, [n + 1] = __VA_ARGS__, [n + 2] = __VA_ARGS__, [n + 3] = __VA_ARGS__, \
    [n + 4] = __VA_ARGS__, [n + 5] = __VA_ARGS__, [n + 6] = __VA_ARGS__, [n + 7] = __VA_ARGS__
#define CONDS(base, prefix, ...) \
    [base + 0] = { prefix "o", __VA_ARGS__ }, [base + 1] = { prefix "no", __VA_ARGS__ }, \
    [base + 2] = { prefix "b", __VA_ARGS__ }, [base + 3] = { prefix "ae", __VA_ARGS__ }, \
    [base + 4] = { prefix "e", __VA_ARGS__ }, [base + 5] = { prefix "ne", __VA_ARGS__ }, \
    [base + 6] = { prefix "be", __VA_ARGS__ }, [base + 7] = { prefix "a", __VA_ARGS__ }, \
    [base + 8] = { prefix "s", __VA_ARGS__ }, [base + 9] = { prefix "ns", __VA_ARGS__ }, \
    [base + 10] = { prefix "p", __VA_ARGS__ }, [base + 11] = { prefix "np", __VA_ARGS__ }, \
    [base + 12] = { prefix "l", __VA_ARGS__ }, [base + 13] = { prefix "ge", __VA_ARGS__ }, \
    [base + 14] = { prefix "le", __VA_ARGS__ }, [base + 15] = { prefix "g", __VA_ARGS__ }

static const X86Row one_byte[256] = {
    ALU(0x00, "add", ALU_ADD, LK), PUSH_POP_SEG(0x06),
    ALU(0x08, "or", ALU_OR, LK), [0x0e] = { "push", x86_lift_push_seg, { Sx }, ROW_NOT64 },
    ALU(0x10, "adc", ALU_ADC, LK), PUSH_POP_SEG(0x16),
    ALU(0x18, "sbb", ALU_SBB, LK), PUSH_POP_SEG(0x1e),
    ALU(0x20, "and", ALU_AND, LK),
    [0x27] = { "daa", x86_lift_bcd, .flags = ROW_NOT64, .arg = BCD_DAA },
    ALU(0x28, "sub", ALU_SUB, LK),
    [0x2f] = { "das", x86_lift_bcd, .flags = ROW_NOT64, .arg = BCD_DAS },
    ALU(0x30, "xor", ALU_XOR, LK),
    [0x37] = { "aaa", x86_lift_bcd, .flags = ROW_NOT64, .arg = BCD_AAA },
    ALU(0x38, "cmp", ALU_CMP, 0),
    [0x3f] = { "aas", x86_lift_bcd, .flags = ROW_NOT64, .arg = BCD_AAS },
    EIGHT(0x40, { "inc", x86_lift_inc, { Zv } }), EIGHT(0x48, { "dec", x86_lift_dec, { Zv } }),
    EIGHT(0x50, { "push", x86_lift_push, { Zv }, ROW_D64 }), EIGHT(0x58,
                                                                   { "pop", x86_lift_pop, { Zv },
                                                                     ROW_D64 }),
    [0x60] = { "pusha", x86_lift_pusha, .flags = ROW_NOT64 },
    [0x61] = { "popa", x86_lift_popa, .flags = ROW_NOT64 },
    [0x62] = { "bound", x86_lift_bound, { Gv, Ma }, ROW_NOT64 },
    [0x63] = { .sub_kind = SUB_LONG, .sub = row63 },
    [0x68] = { "push", x86_lift_push, { Iz }, ROW_D64 },
    [0x69] = { "imul", x86_lift_imul, { Gv, Ev, Iz } },
    [0x6a] = { "push", x86_lift_push, { Is }, ROW_D64 },
    [0x6b] = { "imul", x86_lift_imul, { Gv, Ev, Is } },
    [0x6c] = { "ins", x86_lift_string, { Yb, dX }, END, STR_INS },
    [0x6d] = { "ins", x86_lift_string, { Yz, dX }, END, STR_INS },
    [0x6e] = { "outs", x86_lift_string, { dX, Xb }, END, STR_OUTS },
    [0x6f] = { "outs", x86_lift_string, { dX, Xz }, END, STR_OUTS },
    CONDS(0x70, "j", x86_lift_jcc, { Jb }, ROW_F64),
    [0x80] = { .op = { Eb, Ib }, .sub_kind = SUB_REG, .sub = group1 },
    [0x81] = { .op = { Ev, Iz }, .sub_kind = SUB_REG, .sub = group1 },
    [0x82] = { .op = { Eb, Ib }, .sub_kind = SUB_REG, .sub = group1, .flags = ROW_NOT64 },
    [0x83] = { .op = { Ev, Is }, .sub_kind = SUB_REG, .sub = group1 },
    [0x84] = { "test", x86_lift_test, { Eb, Gb } }, [0x85] = { "test", x86_lift_test, { Ev, Gv } },
    [0x86] = { "xchg", x86_lift_xchg, { Eb, Gb }, LK },
    [0x87] = { "xchg", x86_lift_xchg, { Ev, Gv }, LK },
    [0x88] = { "mov", x86_lift_mov, { Eb, Gb } }, [0x89] = { "mov", x86_lift_mov, { Ev, Gv } },
    [0x8a] = { "mov", x86_lift_mov, { Gb, Eb } }, [0x8b] = { "mov", x86_lift_mov, { Gv, Ev } },
    [0x8c] = { "mov", x86_lift_mov_from_seg, { Ev, Sw } },
    [0x8d] = { "lea", x86_lift_lea, { Gv, M } },
    [0x8e] = { "mov", x86_lift_mov_to_seg, { Sw, Ew } },
    [0x8f] = { .sub_kind = SUB_REG, .sub = group1a },
    [0x90] = { "nop", x86_lift_nop90, { Zv } },
    [0x91] = { "xchg", x86_lift_xchg, { Zv, aX } }, [0x92] = { "xchg", x86_lift_xchg, { Zv, aX } },
    [0x93] = { "xchg", x86_lift_xchg, { Zv, aX } }, [0x94] = { "xchg", x86_lift_xchg, { Zv, aX } },
    [0x95] = { "xchg", x86_lift_xchg, { Zv, aX } }, [0x96] = { "xchg", x86_lift_xchg, { Zv, aX } },
    [0x97] = { "xchg", x86_lift_xchg, { Zv, aX } },
    [0x98] = { "cbw", x86_lift_cbw }, [0x99] = { "cwd", x86_lift_cwd },
    [0x9a] = { "lcall", x86_lift_call_far, { Ap }, ROW_NOT64 }, [0x9b] = { "wait", x86_lift_wait },
    [0x9c] = { "pushf", x86_lift_pushf, .flags = ROW_D64 },
    [0x9d] = { "popf", x86_lift_popf, .flags = ROW_D64 | END },
    [0x9e] = { "sahf", x86_lift_sahf }, [0x9f] = { "lahf", x86_lift_lahf },
    [0xa0] = { "mov", x86_lift_mov, { aL, Ob } }, [0xa1] = { "mov", x86_lift_mov, { aX, Ov } },
    [0xa2] = { "mov", x86_lift_mov, { Ob, aL } }, [0xa3] = { "mov", x86_lift_mov, { Ov, aX } },
    [0xa4] = { "movs", x86_lift_string, { Yb, Xb }, 0, STR_MOVS },
    [0xa5] = { "movs", x86_lift_string, { Yv, Xv }, 0, STR_MOVS },
    [0xa6] = { "cmps", x86_lift_string, { Xb, Yb }, 0, STR_CMPS },
    [0xa7] = { "cmps", x86_lift_string, { Xv, Yv }, 0, STR_CMPS },
    [0xa8] = { "test", x86_lift_test, { aL, Ib } }, [0xa9] = { "test", x86_lift_test, { aX, Iz } },
    [0xaa] = { "stos", x86_lift_string, { Yb, aL }, 0, STR_STOS },
    [0xab] = { "stos", x86_lift_string, { Yv, aX }, 0, STR_STOS },
    [0xac] = { "lods", x86_lift_string, { aL, Xb }, 0, STR_LODS },
    [0xad] = { "lods", x86_lift_string, { aX, Xv }, 0, STR_LODS },
    [0xae] = { "scas", x86_lift_string, { aL, Yb }, 0, STR_SCAS },
    [0xaf] = { "scas", x86_lift_string, { aX, Yv }, 0, STR_SCAS },
    EIGHT(0xb0, { "mov", x86_lift_mov, { Zb, Ib } }), EIGHT(0xb8,
                                                            { "mov", x86_lift_mov, { Zv, Iv } }),
    [0xc0] = { .op = { Eb, Ib }, .sub_kind = SUB_REG, .sub = group2 },
    [0xc1] = { .op = { Ev, Ib }, .sub_kind = SUB_REG, .sub = group2 },
    [0xc2] = { "ret", x86_lift_ret, { Iw }, ROW_F64 },
    [0xc3] = { "ret", x86_lift_ret, .flags = ROW_F64 },
    [0xc4] = { "les", x86_lift_lds, { Gv, Mp }, ROW_NOT64, SEG_ES },
    [0xc5] = { "lds", x86_lift_lds, { Gv, Mp }, ROW_NOT64, SEG_DS },
    [0xc6] = { .sub_kind = SUB_REG, .sub = group11b },
    [0xc7] = { .sub_kind = SUB_REG, .sub = group11v },
    [0xc8] = { "enter", x86_lift_enter, { Iw, Ib }, ROW_D64 },
    [0xc9] = { "leave", x86_lift_leave, .flags = ROW_D64 },
    [0xca] = { "lret", x86_lift_ret_far, { Iw } }, [0xcb] = { "lret", x86_lift_ret_far },
    [0xcc] = { "int3", x86_lift_int3 }, [0xcd] = { "int", x86_lift_int, { Ib } },
    [0xce] = { "into", x86_lift_into, .flags = ROW_NOT64 }, [0xcf] = { "iret", x86_lift_iret },
    [0xd0] = { .op = { Eb, ONE }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd1] = { .op = { Ev, ONE }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd2] = { .op = { Eb, cL }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd3] = { .op = { Ev, cL }, .sub_kind = SUB_REG, .sub = group2 },
    [0xd4] = { "aam", x86_lift_aam, { Ib }, ROW_NOT64 },
    [0xd5] = { "aad", x86_lift_bcd, { Ib }, ROW_NOT64, BCD_AAD },
    [0xd6] = { "salc", x86_lift_salc, .flags = ROW_NOT64 }, [0xd7] = { "xlat", x86_lift_xlat },
#define X87(n) [0xd8 + n] = { .sub_kind = SUB_MOD, .sub = x86_x87_map[n], .flags = ROW_X87 }
    X87(0), X87(1), X87(2), X87(3), X87(4), X87(5), X87(6), X87(7),
    [0xe0] = { "loopne", x86_lift_loop, { Jb }, ROW_F64, 2 },
    [0xe1] = { "loope", x86_lift_loop, { Jb }, ROW_F64, 1 },
    [0xe2] = { "loop", x86_lift_loop, { Jb }, ROW_F64, 0 },
    [0xe3] = { "jcxz", x86_lift_jcxz, { Jb }, ROW_F64 },
    [0xe4] = { "in", x86_lift_in, { aL, Ib }, END },
    [0xe5] = { "in", x86_lift_in, { aZ, Ib }, END },
    [0xe6] = { "out", x86_lift_out, { Ib, aL }, END },
    [0xe7] = { "out", x86_lift_out, { Ib, aZ }, END },
    [0xe8] = { "call", x86_lift_call_near, { Jz }, ROW_F64 },
    [0xe9] = { "jmp", x86_lift_jmp_near, { Jz }, ROW_F64 },
    [0xea] = { "ljmp", x86_lift_jmp_far, { Ap }, ROW_NOT64 },
    [0xeb] = { "jmp", x86_lift_jmp_near, { Jb }, ROW_F64 },
    [0xec] = { "in", x86_lift_in, { aL, dX }, END },
    [0xed] = { "in", x86_lift_in, { aZ, dX }, END },
    [0xee] = { "out", x86_lift_out, { dX, aL }, END },
    [0xef] = { "out", x86_lift_out, { dX, aZ }, END },
    [0xf1] = { "int1", x86_lift_int1 }, [0xf4] = { "hlt", x86_lift_hlt, .flags = ROW_CPL0 | END },
    [0xf5] = { "cmc", x86_lift_cmc },
    [0xf6] = { .sub_kind = SUB_REG, .sub = group3b },
    [0xf7] = { .sub_kind = SUB_REG, .sub = group3v },
    [0xf8] = { "clc", x86_lift_clc }, [0xf9] = { "stc", x86_lift_stc },
    [0xfa] = { "cli", x86_lift_cli }, [0xfb] = { "sti", x86_lift_sti, .flags = END },
    [0xfc] = { "cld", x86_lift_cld }, [0xfd] = { "std", x86_lift_std },
    [0xfe] = { .sub_kind = SUB_REG, .sub = group4 },
    [0xff] = { .sub_kind = SUB_REG, .sub = group5 },
};

/* ---- groups of the 0F map ---- */

static const X86Row group6[8] = {
    { "sldt", x86_lift_store_sel, { Ev }, ROW_PROT, SEG_LDTR },
    { "str", x86_lift_store_sel, { Ev }, ROW_PROT, SEG_TR },
    { "lldt", x86_lift_lldt, { Ew }, ROW_PROT | ROW_CPL0 | END },
    { "ltr", x86_lift_ltr, { Ew }, ROW_PROT | ROW_CPL0 | END },
    { "verr", x86_lift_verr, { Ew }, ROW_PROT, 0 }, { "verw", x86_lift_verr, { Ew }, ROW_PROT, 1 },
};
static const X86Row group7_mem[8] = {
    { "sgdt", x86_lift_sgdt, { Ms }, 0, 0 }, { "sidt", x86_lift_sgdt, { Ms }, 0, 1 },
    { "lgdt", x86_lift_lgdt, { Ms }, ROW_CPL0 | END, 0 },
    { "lidt", x86_lift_lgdt, { Ms }, ROW_CPL0 | END, 1 },
    { "smsw", x86_lift_smsw, { Ew } }, { NULL }, { "lmsw", x86_lift_lmsw, { Ew }, ROW_CPL0 | END },
    { "invlpg", x86_lift_invlpg, { Mb }, ROW_CPL0 | END, .feature = F(I486) },
};
static const X86Row group7_1[8] = {     /* 0F 01 C8 .. CF */
    { "monitor", x86_lift_monitor, .flags = ROW_CPL0, .feature = F(MONITOR) },
    { "mwait", x86_lift_mwait, .flags = ROW_CPL0 | END, .feature = F(MONITOR) },
    { "clac", x86_lift_clac, .flags = ROW_CPL0 | END, .arg = 0, .feature = F(SMAP) },
    { "stac", x86_lift_clac, .flags = ROW_CPL0 | END, .arg = 1, .feature = F(SMAP) },
};
static const X86Row group7_2[8] = {     /* D0 .. D7 */
    { "xgetbv", x86_lift_xgetbv, .feature = F(XSAVE) },
    { "xsetbv", x86_lift_xsetbv, .flags = ROW_CPL0 | END, .feature = F(XSAVE) },
};
static const X86Row swapgs[2] = {
    { NULL }, { "swapgs", x86_lift_swapgs, .flags = ROW_CPL0 | END },
};
static const X86Row group7_7[8] = {     /* F8 .. FF */
    { .sub_kind = SUB_LONG, .sub = swapgs }, { "rdtscp", x86_lift_rdtscp, .feature = F(RDTSCP) },
};
static const X86Row group7_reg[8] = {
    { NULL }, { .sub_kind = SUB_RM, .sub = group7_1 }, { .sub_kind = SUB_RM, .sub = group7_2 },
    { NULL },
    { "smsw", x86_lift_smsw, { Ev } }, { NULL }, { "lmsw", x86_lift_lmsw, { Ew }, ROW_CPL0 | END },
    { .sub_kind = SUB_RM, .sub = group7_7 },
};
static const X86Row group7[2] = {
    { .sub_kind = SUB_REG, .sub = group7_mem }, { .sub_kind = SUB_REG, .sub = group7_reg },
};
static const X86Row group8[8] = {
    { NULL }, { NULL }, { NULL }, { NULL },
    { "bt", x86_lift_bt, { Ev, Ib }, 0, BT_TEST }, { "bts", x86_lift_bt, { Ev, Ib }, LK, BT_SET },
    { "btr", x86_lift_bt, { Ev, Ib }, LK, BT_RESET },
    { "btc", x86_lift_bt, { Ev, Ib }, LK, BT_FLIP },
};
static const X86Row cmpxchg8b[2] = {
    { "cmpxchg8b", x86_lift_cmpxchg8b, { Mq }, LK, .feature = F(CX8) },
    { "cmpxchg16b", x86_lift_cmpxchg16b, { Mdq }, LK, .feature = F(CX16) },
};
static const X86Row group9_mem[8] = { { NULL }, { .sub_kind = SUB_W, .sub = cmpxchg8b } };
static const X86Row rdpid[4] = {
    { "rdseed", x86_lift_rdrand, { Rv }, .feature = F(RDSEED) },
    { "rdseed", x86_lift_rdrand, { Rv }, .feature = F(RDSEED) },
    { "rdpid", x86_lift_rdpid, { Ry }, .feature = F(RDPID) },
};
static const X86Row group9_reg[8] = {
    [6] = { "rdrand", x86_lift_rdrand, { Rv },
            .feature = F(RDRAND) }, [7] = { .sub_kind = SUB_PREFIX, .sub = rdpid },
};
static const X86Row group9[2] = {
    { .sub_kind = SUB_REG, .sub = group9_mem }, { .sub_kind = SUB_REG, .sub = group9_reg },
};
/* Group 15: with a register and F3 the bases of FS and GS, else fences. */
static const X86Row fsgsbase0[4] = { [2] = { "rdfsbase", x86_lift_rdfsbase, { Ry }, .arg = SEG_FS,
                                             .feature = F(FSGSBASE) } };
static const X86Row fsgsbase1[4] = { [2] = { "rdgsbase", x86_lift_rdfsbase, { Ry }, .arg = SEG_GS,
                                             .feature = F(FSGSBASE) } };
static const X86Row fsgsbase2[4] = { [2] = { "wrfsbase", x86_lift_wrfsbase, { Ry }, .arg = SEG_FS,
                                             .feature = F(FSGSBASE) } };
static const X86Row fsgsbase3[4] = { [2] = { "wrgsbase", x86_lift_wrfsbase, { Ry }, .arg = SEG_GS,
                                             .feature = F(FSGSBASE) } };
static const X86Row lfence[4] = { { "lfence", x86_lift_fence, .feature = F(SSE2) } };
static const X86Row mfence[4] = { { "mfence", x86_lift_fence, .feature = F(SSE2) } };
static const X86Row sfence[4] = { { "sfence", x86_lift_fence, .feature = F(SSE) } };
static const X86Row group15_reg[8] = {
    { .sub_kind = SUB_PREFIX, .sub = fsgsbase0 }, { .sub_kind = SUB_PREFIX, .sub = fsgsbase1 },
    { .sub_kind = SUB_PREFIX, .sub = fsgsbase2 }, { .sub_kind = SUB_PREFIX, .sub = fsgsbase3 },
    { NULL },
    { .sub_kind = SUB_PREFIX, .sub = lfence }, { .sub_kind = SUB_PREFIX, .sub = mfence },
    { .sub_kind = SUB_PREFIX, .sub = sfence },
};
static const X86Row clflush[4] = {
    { "clflush", x86_lift_hint, { Mb }, .feature = F(CLFLUSH) },
    { "clflushopt", x86_lift_hint, { Mb }, .feature = F(CLFLUSHOPT) },
};
static const X86Row xsaveopt[4] = {
    { "xsaveopt", x86_lift_xsave, { M }, ROW_X87, DO_XSAVEOPT, F(XSAVEOPT) },
};
static const X86Row ldmxcsr[4] = {
    { "ldmxcsr", x86_lift_ldmxcsr, { Md }, ROW_SSE, .feature = F(SSE) },
};
static const X86Row stmxcsr[4] = {
    { "stmxcsr", x86_lift_stmxcsr, { Md }, ROW_SSE, .feature = F(SSE) },
};
static const X86Row group15_mem[8] = {
    { "fxsave", x86_lift_xsave, { M }, ROW_X87, DO_FXSAVE, F(FXSR) },
    { "fxrstor", x86_lift_xsave, { M }, ROW_X87, DO_FXRSTOR, F(FXSR) },
    { .sub_kind = SUB_PREFIX, .sub = ldmxcsr }, { .sub_kind = SUB_PREFIX, .sub = stmxcsr },
    { "xsave", x86_lift_xsave, { M }, ROW_X87, DO_XSAVE, F(XSAVE) },
    { "xrstor", x86_lift_xsave, { M }, ROW_X87, DO_XRSTOR, F(XSAVE) },
    { .sub_kind = SUB_PREFIX, .sub = xsaveopt }, { .sub_kind = SUB_PREFIX, .sub = clflush },
};
static const X86Row group15[2] = {
    { .sub_kind = SUB_REG, .sub = group15_mem }, { .sub_kind = SUB_REG, .sub = group15_reg },
};
static const X86Row group16[8] = {
    { "prefetchnta", x86_lift_hint, { Ev } }, { "prefetcht0", x86_lift_hint, { Ev } },
    { "prefetcht1", x86_lift_hint, { Ev } }, { "prefetcht2", x86_lift_hint, { Ev } },
    { "nop", x86_lift_hint, { Ev } }, { "nop", x86_lift_hint, { Ev } },
    { "nop", x86_lift_hint, { Ev } },
    { "nop", x86_lift_hint, { Ev } },
};
static const X86Row prefetchw[8] = {
    { "prefetch", x86_lift_hint, { Mb } }, { "prefetchw", x86_lift_hint, { Mb } },
    { "prefetch", x86_lift_hint, { Mb } },
    { "prefetch", x86_lift_hint, { Mb } }, { "prefetch", x86_lift_hint, { Mb } },
    { "prefetch", x86_lift_hint, { Mb } },
    { "prefetch", x86_lift_hint, { Mb } }, { "prefetch", x86_lift_hint, { Mb } },
};
static const X86Row popcnt[4] = { [2] = { "popcnt", x86_lift_popcnt, { Gv, Ev },
                                          .feature = F(POPCNT) } };
static const X86Row tzcnt[4] = {
    { "bsf", x86_lift_bsf, { Gv, Ev } }, { "bsf", x86_lift_bsf, { Gv, Ev } },
    { "tzcnt", x86_lift_tzcnt, { Gv, Ev } }, { "bsf", x86_lift_bsf, { Gv, Ev } },
};
static const X86Row lzcnt[4] = {
    { "bsr", x86_lift_bsr, { Gv, Ev } }, { "bsr", x86_lift_bsr, { Gv, Ev } },
    { "lzcnt", x86_lift_lzcnt, { Gv, Ev } }, { "bsr", x86_lift_bsr, { Gv, Ev } },
};
static const X86Row movnti[4] = { { "movnti", x86_lift_mov, { My, Gy }, .feature = F(SSE2) } };

static const X86Row two_bytes[256] = {
    [0x00] = { .sub_kind = SUB_REG, .sub = group6 },
    [0x01] = { .sub_kind = SUB_MOD, .sub = group7 },
    [0x02] = { "lar", x86_lift_lar, { Gv, Ew }, ROW_PROT, 0 },
    [0x03] = { "lsl", x86_lift_lar, { Gv, Ew }, ROW_PROT, 1 },
    [0x05] = { "syscall", x86_lift_syscall, .feature = F(SYSCALL) },
    [0x06] = { "clts", x86_lift_clts, .flags = ROW_CPL0 | END },
    [0x07] = { "sysret", x86_lift_sysret, .feature = F(SYSCALL) },
    [0x08] = { "invd", x86_lift_nothing, .flags = ROW_CPL0, .feature = F(I486) },
    [0x09] = { "wbinvd", x86_lift_nothing, .flags = ROW_CPL0, .feature = F(I486) },
    [0x0b] = { "ud2", x86_lift_ud },
    [0x0d] = { .sub_kind = SUB_REG, .sub = prefetchw, .feature = F(PREFETCHW) },
    BY_PREFIX4(x86_simd_0f, 0x10), BY_PREFIX4(x86_simd_0f, 0x14),
    [0x18] = { .sub_kind = SUB_REG, .sub = group16 },
    [0x19] = { "nop", x86_lift_hint, { Ev } }, [0x1a] = { "nop", x86_lift_hint, { Ev } },
    [0x1b] = { "nop", x86_lift_hint, { Ev } },
    [0x1c] = { "nop", x86_lift_hint, { Ev } }, [0x1d] = { "nop", x86_lift_hint, { Ev } },
    [0x1e] = { "nop", x86_lift_hint, { Ev } },
    [0x1f] = { "nop", x86_lift_hint, { Ev } },
    [0x20] = { "mov", x86_lift_mov_from_cr, { Rd, Cd }, ROW_CPL0 },
    [0x21] = { "mov", x86_lift_mov_from_dr, { Rd, Dd }, ROW_CPL0 },
    [0x22] = { "mov", x86_lift_mov_to_cr, { Cd, Rd }, ROW_CPL0 | END },
    [0x23] = { "mov", x86_lift_mov_to_dr, { Dd, Rd }, ROW_CPL0 | END },
    BY_PREFIX4(x86_simd_0f, 0x28), BY_PREFIX4(x86_simd_0f, 0x2c),
    [0x30] = { "wrmsr", x86_lift_wrmsr, .flags = ROW_CPL0 | END, .feature = F(MSR) },
    [0x31] = { "rdtsc", x86_lift_rdtsc, .feature = F(TSC) },
    [0x32] = { "rdmsr", x86_lift_rdmsr, .flags = ROW_CPL0, .feature = F(MSR) },
    [0x33] = { "rdpmc", x86_lift_rdpmc, .feature = F(MMX) },
    [0x34] = { "sysenter", x86_lift_sysenter, .flags = ROW_PROT, .feature = F(SEP) },
    [0x35] = { "sysexit", x86_lift_sysexit, .flags = ROW_PROT | ROW_CPL0, .feature = F(SEP) },
    [0x38] = { NULL },
    CONDS(0x40, "cmov", x86_lift_cmov, { Gv, Ev }, .feature = F(CMOV)),
    BY_PREFIX16(x86_simd_0f, 0x50), BY_PREFIX16(x86_simd_0f, 0x60), BY_PREFIX16(x86_simd_0f, 0x70),
    CONDS(0x80, "j", x86_lift_jcc, { Jz }, ROW_F64),
    CONDS(0x90, "set", x86_lift_setcc, { Eb }),
    [0xa0] = { "push", x86_lift_push_seg, { Sx }, ROW_D64 },
    [0xa1] = { "pop", x86_lift_pop_seg, { Sx }, ROW_D64 },
    [0xa2] = { "cpuid", x86_lift_cpuid, .feature = F(CPUID) },
    [0xa3] = { "bt", x86_lift_bt, { Ev, Gv }, 0, BT_TEST },
    [0xa4] = { "shld", x86_lift_shld, { Ev, Gv, Ib } },
    [0xa5] = { "shld", x86_lift_shld, { Ev, Gv, cL } },
    [0xa8] = { "push", x86_lift_push_seg, { Sx }, ROW_D64 },
    [0xa9] = { "pop", x86_lift_pop_seg, { Sx }, ROW_D64 },
    [0xaa] = { "rsm", x86_lift_rsm }, [0xab] = { "bts", x86_lift_bt, { Ev, Gv }, LK, BT_SET },
    [0xac] = { "shrd", x86_lift_shrd, { Ev, Gv, Ib } },
    [0xad] = { "shrd", x86_lift_shrd, { Ev, Gv, cL } },
    [0xae] = { .sub_kind = SUB_MOD, .sub = group15 },
    [0xaf] = { "imul", x86_lift_imul, { Gv, Ev } },
    [0xb0] = { "cmpxchg", x86_lift_cmpxchg, { Eb, Gb }, LK, .feature = F(I486) },
    [0xb1] = { "cmpxchg", x86_lift_cmpxchg, { Ev, Gv }, LK, .feature = F(I486) },
    [0xb2] = { "lss", x86_lift_lds, { Gv, Mp }, 0, SEG_SS },
    [0xb3] = { "btr", x86_lift_bt, { Ev, Gv }, LK, BT_RESET },
    [0xb4] = { "lfs", x86_lift_lds, { Gv, Mp }, 0, SEG_FS },
    [0xb5] = { "lgs", x86_lift_lds, { Gv, Mp }, 0, SEG_GS },
    [0xb6] = { "movzx", x86_lift_movzx, { Gv, Eb } },
    [0xb7] = { "movzx", x86_lift_movzx, { Gv, Ew } },
    [0xb8] = { .sub_kind = SUB_PREFIX, .sub = popcnt }, [0xb9] = { "ud1", x86_lift_ud, { Gv, Ev } },
    [0xba] = { .sub_kind = SUB_REG, .sub = group8 },
    [0xbb] = { "btc", x86_lift_bt, { Ev, Gv }, LK, BT_FLIP },
    [0xbc] = { .sub_kind = SUB_PREFIX, .sub = tzcnt },
    [0xbd] = { .sub_kind = SUB_PREFIX, .sub = lzcnt },
    [0xbe] = { "movsx", x86_lift_movsx, { Gv, Eb } },
    [0xbf] = { "movsx", x86_lift_movsx, { Gv, Ew } },
    [0xc0] = { "xadd", x86_lift_xadd, { Eb, Gb }, LK, .feature = F(I486) },
    [0xc1] = { "xadd", x86_lift_xadd, { Ev, Gv }, LK, .feature = F(I486) },
    BY_PREFIX(x86_simd_0f, 0xc2), [0xc3] = { .sub_kind = SUB_PREFIX, .sub = movnti },
    BY_PREFIX(x86_simd_0f, 0xc4), BY_PREFIX(x86_simd_0f, 0xc5), BY_PREFIX(x86_simd_0f, 0xc6),
    [0xc7] = { .sub_kind = SUB_MOD, .sub = group9 },
    EIGHT(0xc8, { "bswap", x86_lift_bswap, { Zv }, .feature = F(I486) }),
    BY_PREFIX16(x86_simd_0f, 0xd0), BY_PREFIX16(x86_simd_0f, 0xe0), BY_PREFIX16(x86_simd_0f, 0xf0),
};

/* ---- 0F 38: MOVBE, CRC32, ADX, INVPCID; the rest is SIMD ---- */

static const X86Row movbe_f0[4] = {
    { "movbe", x86_lift_movbe, { Gv, Mv }, .feature = F(MOVBE) },
    { "movbe", x86_lift_movbe, { Gv, Mv }, .feature = F(MOVBE) },
    { NULL }, { "crc32", x86_lift_crc32, { Gd, Eb }, .feature = F(SSE42) },
};
static const X86Row movbe_f1[4] = {
    { "movbe", x86_lift_movbe, { Mv, Gv }, .feature = F(MOVBE) },
    { "movbe", x86_lift_movbe, { Mv, Gv }, .feature = F(MOVBE) },
    { NULL }, { "crc32", x86_lift_crc32, { Gd, Ev }, .feature = F(SSE42) },
};
static const X86Row adx[4] = {
    [1] = { "adcx", x86_lift_adcx, { Gy, Ey }, .flags = ROW_NO66, .arg = 0, .feature = F(ADX) },
    [2] = { "adox", x86_lift_adcx, { Gy, Ey }, .arg = 1, .feature = F(ADX) },
};
static const X86Row invpcid[4] = {
    [1] = { "invpcid", x86_lift_invpcid, { Gy, Mdq }, ROW_CPL0 | ROW_NO66 | END,
            .feature = F(INVPCID) },
};

static const X86Row map_0f38[256] = {
    BY_PREFIX64(x86_simd_0f38, 0), BY_PREFIX16(x86_simd_0f38, 0x40),
    [0x82] = { .sub_kind = SUB_PREFIX, .sub = invpcid },
    BY_PREFIX16(x86_simd_0f38, 0xc0), BY_PREFIX16(x86_simd_0f38, 0xd0),
    [0xf0] = { .sub_kind = SUB_PREFIX, .sub = movbe_f0 },
    [0xf1] = { .sub_kind = SUB_PREFIX, .sub = movbe_f1 },
    [0xf6] = { .sub_kind = SUB_PREFIX, .sub = adx },
};

static const X86Row map_0f3a[256] = { BY_PREFIX256(x86_simd_0f3a) };

/* ---- VEX ---- */

static const X86Row bmi_andn[4] = { { "andn", x86_lift_andn, { Gy, By, Ey }, ROW_VEX_L0,
                                      .feature = F(BMI1) } };
static const X86Row group17[8] = {
    { NULL }, { "blsr", x86_lift_bls, .arg = BLS_R }, { "blsmsk", x86_lift_bls, .arg = BLS_MSK },
    { "blsi", x86_lift_bls, .arg = BLS_I },
};
static const X86Row bmi_f3[4] = {
    { .op = { By, Ey }, .flags = ROW_VEX_L0, .sub_kind = SUB_REG, .sub = group17,
      .feature = F(BMI1) },
};
static const X86Row bmi_f5[4] = {
    { "bzhi", x86_lift_bzhi, { Gy, Ey, By }, ROW_VEX_L0, .feature = F(BMI2) }, { NULL },
    { "pext", x86_lift_pext, { Gy, By, Ey }, ROW_VEX_L0, 1, F(BMI2) },
    { "pdep", x86_lift_pext, { Gy, By, Ey }, ROW_VEX_L0, 0, F(BMI2) },
};
static const X86Row bmi_f6[4] = { [3] = { "mulx", x86_lift_mulx, { Gy, By, Ey }, ROW_VEX_L0,
                                          .feature = F(BMI2) } };
static const X86Row bmi_f7[4] = {
    { "bextr", x86_lift_bextr, { Gy, Ey, By }, ROW_VEX_L0, .feature = F(BMI1) },
    { "shlx", x86_lift_shx, { Gy, Ey, By }, ROW_VEX_L0 | ROW_NO66, SHIFT_SHL, F(BMI2) },
    { "sarx", x86_lift_shx, { Gy, Ey, By }, ROW_VEX_L0, SHIFT_SAR, F(BMI2) },
    { "shrx", x86_lift_shx, { Gy, Ey, By }, ROW_VEX_L0, SHIFT_SHR, F(BMI2) },
};
static const X86Row bmi_rorx[4] = { [3] = { "rorx", x86_lift_rorx, { Gy, Ey, Ib }, ROW_VEX_L0 |
                                            ROW_NO_VVVV, .feature = F(BMI2) } };

static const X86Row map_vex1[256] = { BY_PREFIX256(x86_vex_0f) };
static const X86Row map_vex2[256] = {
    BY_PREFIX64(x86_vex_0f38, 0), BY_PREFIX64(x86_vex_0f38, 64), BY_PREFIX64(x86_vex_0f38, 128),
    BY_PREFIX16(x86_vex_0f38, 192), BY_PREFIX16(x86_vex_0f38, 208), BY_PREFIX16(x86_vex_0f38, 224),
    [0xf2] = { .sub_kind = SUB_PREFIX, .sub = bmi_andn },
    [0xf3] = { .sub_kind = SUB_PREFIX, .sub = bmi_f3 },
    [0xf5] = { .sub_kind = SUB_PREFIX, .sub = bmi_f5 },
    [0xf6] = { .sub_kind = SUB_PREFIX, .sub = bmi_f6 },
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
