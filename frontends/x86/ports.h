/* SPDX-License-Identifier: MIT */
/* The ports of the processor (ports.c). */
#ifndef FRONTENDS_X86_PORTS_H
#define FRONTENDS_X86_PORTS_H

#include "frontends/x86/cpu.h"

/* #GP(0) unless the running program may use the port. */
void     x86_check_port(X86Cpu *s, uint16_t port, unsigned size);
uint32_t x86_port_in(X86Cpu *s, uint16_t port, unsigned size);
void     x86_port_out(X86Cpu *s, uint16_t port, unsigned size, uint32_t v);

#endif
