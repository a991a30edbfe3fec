/* SPDX-License-Identifier: MIT */
/*
 * The emulated processor for tests of user-mode instructions: flat segments, CPL 3, paging with an
 * identity map, the same addresses as host.h.  Everything happens on the caller's thread: guest_loop()
 * runs the CPU, which asks `next` for work whenever it has come to rest.
 */
#ifndef TESTS_ISA_X86_GUEST_H
#define TESTS_ISA_X86_GUEST_H

#include "tests/isa/x86/host.h"
#include "frontends/x86/cpu.h"

/* Gets the state that the last run ended in (NULL: there was none), and puts the next in; false: it
 * is enough. */
typedef bool GuestNext(const X86State *last, X86State *next, bool *code32);

X86Cpu  *guest_start(const char *accel, const char *model);
uint8_t *guest_code(void);
uint8_t *guest_data(void);
/* Copies code into guest memory, as a program would write it. */
void     guest_put_code(const uint8_t *bytes, unsigned size);
void     guest_loop(GuestNext *next);

#endif
