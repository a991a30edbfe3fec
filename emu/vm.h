/* SPDX-License-Identifier: MIT */
/* One virtual machine from the command line's options: build, run, end. */
#ifndef EMU_VM_H
#define EMU_VM_H

#include "emu/options.h"

/* Builds the machine; false: *err says why it cannot be. */
bool vm_build(const Options *o, GError **err);
/* Runs it until it ends; the exit status. */
int  vm_run(void);

#endif
