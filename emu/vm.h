/* SPDX-License-Identifier: MIT */
/* One virtual machine from the command line's options: build, run, end. */
#ifndef EMU_VM_H
#define EMU_VM_H

#include "emu/options.h"

/* Builds the machine; false: *err says why it cannot be. */
bool vm_build(const Options *o, GError **err);
/* Runs it until it ends; the exit status. */
int  vm_run(void);
/* From the main loop: the end, with this exit status. */
void vm_end(int status);
/* -name, or NULL. */
const char *vm_name(void);

#endif
