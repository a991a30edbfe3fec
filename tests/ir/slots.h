/* SPDX-License-Identifier: MIT */
/* The guest registers of tests: integers, flags, and vectors that overlap as ARM's do. */
#ifndef TESTS_IR_SLOTS_H
#define TESTS_IR_SLOTS_H

#include <stddef.h>
#include "system/cpu.h"
#include "tcg/ir.h"

typedef struct TestCpu {
    Cpu      cpu;
    uint32_t r[8];
    uint64_t x[4];
    uint32_t fl, fl2;
    V128     v[4];
} TestCpu;

enum {
    SLOT_R0 = 0, SLOT_X0 = 8, SLOT_FL = 12, SLOT_FL2, SLOT_S0, SLOT_D0 = SLOT_S0 + 8,
    SLOT_Q0 = SLOT_D0 + 8, TEST_N_SLOTS = SLOT_Q0 + 4
};

#define R(n) { "r" #n, offsetof(TestCpu, r) + n * 4, IR_I32 }
#define X(n) { "x" #n, offsetof(TestCpu, x) + n * 8, IR_I64 }
#define S(n) { "s" #n, offsetof(TestCpu, v) + n * 4, IR_F32, 1 + n / 4 }
#define D(n) { "d" #n, offsetof(TestCpu, v) + n * 8, IR_F64, 1 + n / 2 }
#define Q(n) { "q" #n, offsetof(TestCpu, v) + n * 16, IR_V128, 1 + n }

static const SlotDef test_slots[TEST_N_SLOTS] = {
    R(0), R(1), R(2), R(3), R(4), R(5), R(6), R(7), X(0), X(1), X(2), X(3),
    { "fl", offsetof(TestCpu, fl), IR_FLAGS }, { "fl2", offsetof(TestCpu, fl2), IR_FLAGS },
    S(0), S(1), S(2), S(3), S(4), S(5), S(6), S(7),         /* q0 and q1 have single words */
    D(0), D(1), D(2), D(3), D(4), D(5), D(6), D(7), Q(0), Q(1), Q(2), Q(3),
};

#undef R
#undef X
#undef S
#undef D
#undef Q

#endif
