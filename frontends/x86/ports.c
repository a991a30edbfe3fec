/* SPDX-License-Identifier: MIT */
/*
 * Ports: permission, and the board's I/O address space.
 * Implements: SDM 1, chapter 19 (19.5: IOPL, the I/O permission bit map of the TSS).
 */
#include "frontends/x86/ports.h"
#include "frontends/x86/calls.h"

void x86_check_port(X86Cpu *s, uint16_t port, unsigned size)
{
    const X86Seg *tr = &s->seg[SEG_TR];
    unsigned iopl = s->eflags >> 12 & 3;
    if (!x86_pe(s) || (!x86_vm(s) && x86_cpl(s) <= iopl)) {
        return;
    }
    if (!(tr->attr & 8) || tr->limit < 103) {
        x86_gp(s, 0);
    }
    uint32_t map = x86_sys_ld(s, tr->base + 102, 2), at = map + port / 8;
    if (at + 1 > tr->limit) {
        x86_gp(s, 0);
    }
    uint32_t bits = x86_sys_ld(s, tr->base + at, 2) >> (port & 7);
    if (bits & ((1u << size) - 1)) {
        x86_gp(s, 0);
    }
}

static uint32_t open_bus(unsigned size)
{
    return UINT32_MAX >> (32 - 8 * size);
}

uint32_t x86_port_in(X86Cpu *s, uint16_t port, unsigned size)
{
    MemResult res = MEM_DECODE_ERROR;
    uint32_t v = s->cpu.io ? address_space_ld(s->cpu.io, port, size, ENDIAN_LITTLE, &res) : 0;
    return res == MEM_OK ? v : open_bus(size);
}

void x86_port_out(X86Cpu *s, uint16_t port, unsigned size, uint32_t v)
{
    MemResult res;
    if (s->cpu.io) {
        address_space_st(s->cpu.io, port, v & open_bus(size), size, ENDIAN_LITTLE, &res);
        cpu_device_written(&s->cpu);
    }
}

static uint32_t x86_in(Cpu *cpu, uint32_t port, uint32_t size)
{
    x86_check_port(X86(cpu), port, size);
    return x86_port_in(X86(cpu), port, size);
}
CALL_DEF(x86_in, "w:ww", CALL_SYNC);

static void x86_out(Cpu *cpu, uint32_t port, uint32_t size, uint32_t v)
{
    x86_check_port(X86(cpu), port, size);
    x86_port_out(X86(cpu), port, size, v);
}
CALL_DEF(x86_out, ":www", CALL_SYNC);
