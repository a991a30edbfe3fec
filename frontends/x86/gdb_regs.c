/* SPDX-License-Identifier: MIT */
/*
 * The registers of an x86 processor as a debugger knows them.
 * Source: Debugging with GDB, appendix G, i386 Features (org.gnu.gdb.i386.core, sse, segments).
 *
 * A CPU model with long mode is i386:x86-64 to gdb, in every mode; others are i386.  The pc is
 * linear (CS.base added), as are the addresses that gdb asks for.  Control registers are in a
 * feature of our own and can be read only, like selectors and the x87's environment.
 */
#include "frontends/x86/x87.h"

#define CORE     "org.gnu.gdb.i386.core"
#define SSE      "org.gnu.gdb.i386.sse"
#define SEGMENTS "org.gnu.gdb.i386.segments"
#define SYSTEM   "emu.x86.system"

static bool is_64(const X86Cpu *s)
{
    return x86_has(s, X86_LM);
}

const char *x86_gdb_architecture(const Cpu *cpu)
{
    return is_64((const X86Cpu *)cpu) ? "i386:x86-64" : "i386";
}

/* ---- reading and writing, by kind ---- */

typedef void Read(X86Cpu *s, unsigned n, uint64_t v[2]);
typedef bool Write(X86Cpu *s, unsigned n, const uint64_t v[2]);

/* gdb's order is not the instruction set's. */
static const uint8_t gpr_order[] = {
    RAX_, RBX_, RCX_, RDX_, RSI_, RDI_, RBP_, RSP_, 8, 9, 10, 11, 12, 13, 14, 15,
};
static const uint8_t gpr32_order[] = { RAX_, RCX_, RDX_, RBX_, RSP_, RBP_, RSI_, RDI_ };

static unsigned gpr(const X86Cpu *s, unsigned n)
{
    return is_64(s) ? gpr_order[n] : gpr32_order[n];
}

static void read_gpr(X86Cpu *s, unsigned n, uint64_t v[2])
{
    v[0] = s->r[gpr(s, n)];
}

static bool write_gpr(X86Cpu *s, unsigned n, const uint64_t v[2])
{
    s->r[gpr(s, n)] = v[0];
    return true;
}

static void read_pc(X86Cpu *s, unsigned n, uint64_t v[2])
{
    (void)n;
    v[0] = s->cpu.pc;
}

static bool write_pc(X86Cpu *s, unsigned n, const uint64_t v[2])
{
    (void)n;
    s->cpu.pc = v[0];
    s->cpu.halted = false;
    return true;
}

static void read_eflags(X86Cpu *s, unsigned n, uint64_t v[2])
{
    (void)n;
    v[0] = x86_eflags(s);
}

static bool write_eflags(X86Cpu *s, unsigned n, const uint64_t v[2])
{
    (void)n;
    x86_set_eflags(s, v[0], UINT32_MAX & ~(uint32_t)EFL_VM);
    return true;
}

static void read_sel(X86Cpu *s, unsigned n, uint64_t v[2])
{
    static const uint8_t order[] = { SEG_CS, SEG_SS, SEG_DS, SEG_ES, SEG_FS, SEG_GS };
    v[0] = s->seg[order[n]].sel;
}

static unsigned st(const X86Cpu *s, unsigned n)
{
    return (fpm_top(s->fpmode) + n) & 7;
}

static void read_st(X86Cpu *s, unsigned n, uint64_t v[2])
{
    F80 f = x87_get(&s->cpu, st(s, n));
    v[0] = f.mant;
    v[1] = f.se;
}

static bool write_st(X86Cpu *s, unsigned n, const uint64_t v[2])
{
    x87_put(&s->cpu, st(s, n), (F80){ v[0], v[1] });
    return true;
}

/* fctrl fstat ftag fiseg fioff foseg fooff fop; tags are valid (0) or empty (3) */
static void read_fpu(X86Cpu *s, unsigned n, uint64_t v[2])
{
    uint32_t tags = 0;
    for (unsigned i = 0; i < 8; i++) {
        tags |= s->fpmode >> i & 1 ? 3u << 2 * i : 0;
    }
    const uint32_t all[] = {
        s->fpcw, x87_status(s), tags, s->fpcs, s->fpip, s->fpds, s->fpdp, s->fpop,
    };
    v[0] = all[n];
}

static void read_xmm(X86Cpu *s, unsigned n, uint64_t v[2])
{
    v[0] = s->xmm[n].u64[0];
    v[1] = s->xmm[n].u64[1];
}

static bool write_xmm(X86Cpu *s, unsigned n, const uint64_t v[2])
{
    s->xmm[n].u64[0] = v[0];
    s->xmm[n].u64[1] = v[1];
    return true;
}

static void read_mxcsr(X86Cpu *s, unsigned n, uint64_t v[2])
{
    (void)n;
    v[0] = x86_get_mxcsr(s);
}

static void read_base(X86Cpu *s, unsigned n, uint64_t v[2])
{
    v[0] = s->seg[SEG_FS + n].base;
}

static void read_system(X86Cpu *s, unsigned n, uint64_t v[2])
{
    const uint64_t all[] = { s->cr0, s->cr2, s->cr3, s->cr4, s->cr8, s->efer };
    v[0] = all[n];
}

/* ---- the table ---- */

typedef struct Group {
    const char *feature, *names, *type;
    uint8_t     bits, first;    /* number of the first for read and write */
    uint8_t     only;           /* 64, 32; 0: both */
    uint8_t     needs;          /* X86Feature + 1 */
    Read       *read;
    Write      *write;
    const char *group;
} Group;

static const Group groups[] = {
    { CORE, "rax rbx rcx rdx rsi rdi", "int64", 64, 0, 64, 0, read_gpr, write_gpr, NULL },
    { CORE, "rbp rsp", "data_ptr", 64, 6, 64, 0, read_gpr, write_gpr, NULL },
    { CORE, "r8 r9 r10 r11 r12 r13 r14 r15", "int64", 64, 8, 64, 0, read_gpr, write_gpr, NULL },
    { CORE, "rip", "code_ptr", 64, 0, 64, 0, read_pc, write_pc, NULL },
    { CORE, "eax ecx edx ebx", "int32", 32, 0, 32, 0, read_gpr, write_gpr, NULL },
    { CORE, "esp ebp", "data_ptr", 32, 4, 32, 0, read_gpr, write_gpr, NULL },
    { CORE, "esi edi", "int32", 32, 6, 32, 0, read_gpr, write_gpr, NULL },
    { CORE, "eip", "code_ptr", 32, 0, 32, 0, read_pc, write_pc, NULL },
    { CORE, "eflags", "int32", 32, 0, 0, 0, read_eflags, write_eflags, NULL },
    { CORE, "cs ss ds es fs gs", "int32", 32, 0, 0, 0, read_sel, NULL, NULL },
    { CORE, "st0 st1 st2 st3 st4 st5 st6 st7", "i387_ext", 80, 0, 0, 0, read_st, write_st, NULL },
    { CORE, "fctrl fstat ftag fiseg fioff foseg fooff fop", "int", 32, 0, 0, 0, read_fpu, NULL,
      "float" },
    { SSE, "xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7", "uint128", 128, 0, 0, X86_SSE + 1, read_xmm,
      write_xmm, NULL },
    { SSE, "xmm8 xmm9 xmm10 xmm11 xmm12 xmm13 xmm14 xmm15", "uint128", 128, 8, 64, X86_SSE + 1,
      read_xmm, write_xmm, NULL },
    { SSE, "mxcsr", "int", 32, 0, 0, X86_SSE + 1, read_mxcsr, NULL, "vector" },
    { SEGMENTS, "fs_base gs_base", "int", 64, 0, 64, 0, read_base, NULL, NULL },
    { SYSTEM, "cr0 cr2 cr3 cr4 cr8 efer", "int64", 64, 0, 0, 0, read_system, NULL, "system" },
};

static unsigned count_names(const char *names)
{
    unsigned n = 1;
    for (; *names; names++) {
        n += *names == ' ';
    }
    return n;
}

/* The n-th register: its group and place there. */
static const Group *find(const X86Cpu *s, unsigned n, unsigned *at)
{
    for (unsigned i = 0; i < ARRAY_SIZE(groups); i++) {
        const Group *g = &groups[i];
        bool here = (!g->only || g->only == (is_64(s) ? 64 : 32)) &&
                    (!g->needs || x86_has(s, g->needs - 1));
        unsigned count = here ? count_names(g->names) : 0;
        if (n < count) {
            *at = n;
            return g;
        }
        n -= count;
    }
    return NULL;
}

static const char *name_at(const char *names, unsigned n)
{
    g_auto(GStrv) all = g_strsplit(names, " ", -1);
    return g_intern_string(all[n]);
}

bool x86_debug_reg(const Cpu *cpu, unsigned n, DebugReg *reg)
{
    unsigned at;
    const Group *g = find((const X86Cpu *)cpu, n, &at);
    if (g) {
        *reg = (DebugReg){ g->feature, name_at(g->names, at), g->type, g->group, g->bits, n };
    }
    return g != NULL;
}

void x86_debug_read(Cpu *cpu, unsigned n, uint64_t v[2])
{
    unsigned at;
    const Group *g = find(X86(cpu), n, &at);
    v[0] = v[1] = 0;
    if (g) {
        g->read(X86(cpu), g->first + at, v);
    }
}

bool x86_debug_write(Cpu *cpu, unsigned n, const uint64_t v[2])
{
    unsigned at;
    const Group *g = find(X86(cpu), n, &at);
    return g && g->write && g->write(X86(cpu), g->first + at, v);
}
