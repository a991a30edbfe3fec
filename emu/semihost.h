/* SPDX-License-Identifier: MIT */
/* -semihosting: the host's side of the calls that programs make of a debugger. */
#ifndef EMU_SEMIHOST_H
#define EMU_SEMIHOST_H

#include "system/machine.h"

void semihost_start(Machine *m);

#endif
