/* SPDX-License-Identifier: MIT */
/*
 * Debug registers.
 * Implements: SDM 3B, 17.2 (registers), 17.3 (exceptions).
 *
 * While a breakpoint is enabled every block is one instruction (KEY_STEP).  Pages with a data
 * breakpoint are not cached by the TLB, so that the walk sees each access.  I/O breakpoints
 * (CR4.DE) and BP of REP between elements: not here.
 */
#include "frontends/x86/cpu.h"

static bool enabled(const X86Cpu *s, unsigned i)
{
    return s->dr[7] >> (2 * i) & 3;
}

static unsigned kind(const X86Cpu *s, unsigned i)
{
    return s->dr[7] >> (16 + 4 * i) & 3;        /* 0 execute, 1 write, 2 I/O, 3 read or write */
}

static unsigned length(const X86Cpu *s, unsigned i)
{
    static const uint8_t lengths[] = { 1, 2, 8, 4 };
    return lengths[s->dr[7] >> (18 + 4 * i) & 3];
}

bool x86_has_breakpoints(const X86Cpu *s)
{
    return s->dr[7] & 0xff;
}

static bool overlaps(const X86Cpu *s, unsigned i, uint64_t lin, unsigned size)
{
    uint64_t at = s->dr[i] & ~(uint64_t)(length(s, i) - 1);
    return lin < at + length(s, i) && at < lin + size;
}

bool x86_page_watched(const X86Cpu *s, uint64_t lin)
{
    for (unsigned i = 0; likely(s->dr[7] & 0xff) && i < 4; i++) {
        if (enabled(s, i) && kind(s, i) & 1 && (s->dr[i] ^ lin) >> PAGE_BITS == 0) {
            return true;
        }
    }
    return false;
}

void x86_watch(X86Cpu *s, uint64_t lin, unsigned size, AccessType access)
{
    for (unsigned i = 0; i < 4; i++) {
        if (enabled(s, i) && kind(s, i) & 1 && (kind(s, i) == 3 || access == ACCESS_WRITE) &&
            overlaps(s, i, lin, size)) {
            s->pending_db |= 1 << i;
        }
    }
}

void x86_check_code_breakpoint(X86Cpu *s)
{
    unsigned hits = 0;
    if (s->eflags & EFL_RF) {
        s->eflags &= ~EFL_RF;           /* it lasts for one instruction */
        return;
    }
    for (unsigned i = 0; i < 4; i++) {
        hits |= enabled(s, i) && kind(s, i) == 0 && s->dr[i] == s->cpu.pc ? 1 << i : 0;
    }
    if (hits) {
        s->dr[6] |= hits;
        s->dr[7] &= ~(uint64_t)DR7_GD;
        x86_fault(s, EXC_DB, X86_NO_ERROR);
    }
}
