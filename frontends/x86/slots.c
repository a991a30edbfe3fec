/* SPDX-License-Identifier: MIT */
/*
 * The registers of the guest as the IR knows them.  Registers have two slots, one of 64 bits and one
 * of the lower 32: a region uses one kind only (64-bit code the wide ones), so that they do not need
 * to be a group.  Code of 32 bits leaves the upper halves as they are (SDM 1, 3.4.1.1: undefined).
 */
#include "frontends/x86/cpu.h"

#define FIELD(name, field, type) { name, offsetof(X86Cpu, field), type, 0 }
#define R(n, wide)   [SLOT_RAX + n] = FIELD(wide, r[n], IR_I64)
#define E(n, narrow) [SLOT_EAX + n] = FIELD(narrow, r[n], IR_I32)
#define SEGMENT(n, name)                                                            \
    [SLOT_BASE + n] = FIELD(name "_base", seg[n].base, IR_I64),                     \
    [SLOT_BASE32 + n] = FIELD(name "_base32", seg[n].base, IR_I32),                 \
    [SLOT_LO + n] = FIELD(name "_lo", seg[n].lo, IR_I64),                           \
    [SLOT_RSPAN + n] = FIELD(name "_rspan", seg[n].rspan, IR_I64),                  \
    [SLOT_WSPAN + n] = FIELD(name "_wspan", seg[n].wspan, IR_I64),                  \
    [SLOT_SEL + n] = FIELD(name "_sel", seg[n].attr, IR_I32)
#define X(n) [SLOT_XMM + n] = FIELD("xmm" #n, xmm[n], IR_V128),                     \
             [SLOT_YMMH + n] = FIELD("ymmh" #n, ymmh[n], IR_V128)
#define F(n) [SLOT_MANT + n] = FIELD("mant" #n, cpu.x87[n].mant, IR_I64),               \
             [SLOT_EXP + n] = FIELD("exp" #n, cpu.x87[n].exp, IR_I32)

const SlotDef x86_slots[X86_N_SLOTS] = {
    R(0, "rax"), R(1, "rcx"), R(2, "rdx"), R(3, "rbx"), R(4, "rsp"), R(5, "rbp"), R(6, "rsi"),
    R(7, "rdi"), R(8, "r8"), R(9, "r9"), R(10, "r10"), R(11, "r11"), R(12, "r12"), R(13, "r13"),
    R(14, "r14"), R(15, "r15"),
    E(0, "eax"), E(1, "ecx"), E(2, "edx"), E(3, "ebx"), E(4, "esp"), E(5, "ebp"), E(6, "esi"),
    E(7, "edi"),
    [SLOT_FLAGS] = FIELD("flags", flags, IR_FLAGS),
    [SLOT_DF] = FIELD("df", df, IR_I32),
    [SLOT_EFLAGS] = FIELD("eflags", eflags, IR_I32),
    [SLOT_SHADOW] = FIELD("shadow", shadow, IR_I32),
    SEGMENT(SEG_ES, "es"), SEGMENT(SEG_CS, "cs"), SEGMENT(SEG_SS, "ss"), SEGMENT(SEG_DS, "ds"),
    SEGMENT(SEG_FS, "fs"), SEGMENT(SEG_GS, "gs"),
    X(0), X(1), X(2), X(3), X(4), X(5), X(6), X(7), X(8), X(9), X(10), X(11), X(12), X(13), X(14),
    X(15),
    [SLOT_CS_LIMIT] = FIELD("cs_limit", seg[SEG_CS].limit, IR_I32),
    [SLOT_FPMODE] = FIELD("fpmode", fpmode, IR_I32), [SLOT_FPCW] = FIELD("fpcw", fpcw, IR_I32),
    [SLOT_FPSW] = FIELD("fpsw", fpsw, IR_I32), [SLOT_FPCC] = FIELD("fpcc", fpcc, IR_I32),
    [SLOT_MXCSR] = FIELD("mxcsr", mxcsr, IR_I32),
    F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7),
};
