/* SPDX-License-Identifier: MIT */
/*
 * The registers of the guest as the IR knows them.  The s, d and q registers that overlap are one
 * group: q[n] holds d[2n] and d[2n+1], and of the lower eight s[4n] to s[4n+3].
 */
#include "frontends/arm/cpu.h"

#define FIELD(name, field, type) { name, offsetof(ArmCpu, field), type, 0 }
#define R(n)     [SLOT_R0 + n] = FIELD("r" #n, r[n], IR_I32)
#define S(n)     [SLOT_S0 + n] = { "s" #n, offsetof(ArmCpu, v) + 4 * n, IR_F32, 1 + n / 4 }
#define D(n)     [SLOT_D0 + n] = { "d" #n, offsetof(ArmCpu, v) + 8 * n, IR_F64, 1 + n / 2 }
#define Q(n)     [SLOT_Q0 + n] = { "q" #n, offsetof(ArmCpu, v) + 16 * n, IR_V128, 1 + n }

const SlotDef arm_slots[ARM_N_SLOTS] = {
    R(0), R(1), R(2), R(3), R(4), R(5), R(6), R(7), R(8), R(9), R(10), R(11), R(12),
    [SLOT_SP]        = FIELD("sp", r[13], IR_I32),
    [SLOT_LR]        = FIELD("lr", r[14], IR_I32),
    [SLOT_NZCV]      = FIELD("nzcv", nzcv, IR_FLAGS),
    [SLOT_Q]         = FIELD("q", q, IR_I32),
    [SLOT_GE]        = FIELD("ge", ge, IR_I32),
    [SLOT_FPNZCV]    = FIELD("fpnzcv", fpscr_nzcv, IR_FLAGS),
    [SLOT_EXCL_ADDR] = FIELD("excl_addr", excl_addr, IR_I32),
    [SLOT_EXCL_LO]   = FIELD("excl_lo", excl_lo, IR_I32),
    [SLOT_EXCL_HI]   = FIELD("excl_hi", excl_hi, IR_I32),
    [SLOT_CPSR]      = FIELD("cpsr", cpsr_rest, IR_I32),
    [SLOT_SPSR]      = FIELD("spsr", spsr, IR_I32),
    [SLOT_TPIDRURW]  = FIELD("tpidrurw", cp15.tpidrurw, IR_I32),
    [SLOT_TPIDRURO]  = FIELD("tpidruro", cp15.tpidruro, IR_I32),
    [SLOT_TPIDRPRW]  = FIELD("tpidrprw", cp15.tpidrprw, IR_I32),
    S(0), S(1), S(2), S(3), S(4), S(5), S(6), S(7), S(8), S(9), S(10), S(11),
    S(12), S(13), S(14), S(15), S(16), S(17), S(18), S(19), S(20), S(21), S(22), S(23),
    S(24), S(25), S(26), S(27), S(28), S(29), S(30), S(31),
    D(0), D(1), D(2), D(3), D(4), D(5), D(6), D(7), D(8), D(9), D(10), D(11),
    D(12), D(13), D(14), D(15), D(16), D(17), D(18), D(19), D(20), D(21), D(22), D(23),
    D(24), D(25), D(26), D(27), D(28), D(29), D(30), D(31),
    Q(0), Q(1), Q(2), Q(3), Q(4), Q(5), Q(6), Q(7), Q(8), Q(9), Q(10), Q(11),
    Q(12), Q(13), Q(14), Q(15),
};
