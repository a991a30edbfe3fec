/* SPDX-License-Identifier: MIT */
/* The escape opcodes; their rows by ModRM. */
#include "frontends/x86/operands.h"
#include "frontends/x86/cpu.h"
SimdMap x86_simd_0f = { { { NULL } } }, x86_simd_0f38 = { { { NULL } } }, x86_simd_0f3a = { { { NULL } } };
SimdMap x86_vex_0f = { { { NULL } } }, x86_vex_0f38 = { { { NULL } } }, x86_vex_0f3a = { { { NULL } } };
const X86Row x86_x87_map[8][2] = { { { NULL } } };
