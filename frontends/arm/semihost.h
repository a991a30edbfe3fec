/* SPDX-License-Identifier: MIT */
/* Semihosting: calls of a debugger's console from bare-metal programs. */
#ifndef FRONTENDS_ARM_SEMIHOST_H
#define FRONTENDS_ARM_SEMIHOST_H

#include "frontends/arm/cpu.h"

/* The operation in r0 with the argument r1; the answer goes to r0. */
void arm_semihost_call(ArmCpu *s);

#endif
