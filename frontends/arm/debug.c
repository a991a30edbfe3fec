/* SPDX-License-Identifier: MIT */
/*
 * The registers of an ARM processor as a debugger knows them.
 *
 * The features org.gnu.gdb.arm.core, vfp and neon are as the GDB manual describes them ("ARM
 * Features"); all else (system coprocessor registers by their names in the manual, banked registers, VFP system
 * registers) in a feature of our own, which gdb shows by name: `print/x $SCTLR`.
 *
 * The program counter is shown without the T bit, which is in cpsr.
 */
#include "frontends/arm/cp15.h"
#include "frontends/arm/calls_fp.h"

#define CORE   "org.gnu.gdb.arm.core"
#define VFP    "org.gnu.gdb.arm.vfp"
#define NEON   "org.gnu.gdb.arm.neon"
#define SYSTEM "emu.arm.system"

enum { N_CORE = 17, CPSR_NUMBER = 25, FIRST_VFP = 26, FIRST_SYSTEM = 64 };

/* ---- core ---- */

static bool core_reg(unsigned n, DebugReg *reg)
{
    static const char *const names[N_CORE] = {
        "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12",
        "sp", "lr", "pc", "cpsr",
    };
    const char *type = n == 13 ? "data_ptr" : n == 15 ? "code_ptr" : "int";
    *reg = (DebugReg){ CORE, names[n], type, NULL, 32, n == 16 ? CPSR_NUMBER : n };
    return true;
}

static uint32_t core_read(const ArmCpu *s, unsigned n)
{
    return n == 16 ? arm_cpsr(s) : n == 15 ? (uint32_t)s->cpu.pc & ~1u : s->r[n];
}

static bool core_write(ArmCpu *s, unsigned n, uint32_t v)
{
    if (n == 16) {
        arm_set_cpsr(s, v, UINT32_MAX);
    } else if (n == 15) {
        s->cpu.pc = (v & ~1u) | (s->cpu.pc & 1);
        s->cpu.halted = false;
    } else {
        s->r[n] = v;
    }
    return true;
}

/* ---- VFP: d0..d15 or d0..d31, fpscr; then the word that says NEON ---- */

static unsigned n_doubles(const ArmCpu *s)
{
    return !arm_has(s, ARM_VFP2) ? 0 : arm_has(s, ARM_D32) ? 32 : 16;
}

static unsigned n_vfp(const ArmCpu *s)
{
    return n_doubles(s) ? n_doubles(s) + 1 + (arm_has(s, ARM_NEON) && arm_has(s, ARM_D32)) : 0;
}

static bool vfp_reg(const ArmCpu *s, unsigned n, DebugReg *reg)
{
    if (n > n_doubles(s)) {
        *reg = (DebugReg){ NEON, NULL, NULL, NULL, 0, 0 };
    } else if (n == n_doubles(s)) {
        *reg = (DebugReg){ VFP, "fpscr", "int", "float", 32, FIRST_VFP + 32 };
    } else {
        const char *name = arm_slots[SLOT_D0 + n].name;
        *reg = (DebugReg){ VFP, name, "ieee_double", NULL, 64, FIRST_VFP + n };
    }
    return true;
}

/* ---- registers of other modes, and of the VFP's system side ---- */

typedef struct BankedReg {
    const char *name;
    uint8_t     mode;           /* 0: no bank */
    uint16_t    field;          /* of its bank, in ArmCpu; used while another mode runs */
    uint16_t    live;           /* in ArmCpu; while this mode runs */
    uint8_t     needs;          /* ArmFeature */
    uint16_t    ident;          /* in ArmModel: read-only */
} BankedReg;

#define BANKED(name, mode, bank, now) \
    { name, MODE_##mode, offsetof(ArmCpu, bank), offsetof(ArmCpu, now), ARM_V4T, 0 }
#define SP_LR(mode, suffix) \
    BANKED("sp_" suffix, mode, banked_r13, r[13]), BANKED("lr_" suffix, mode, banked_r14, r[14])
#define WITH_SPSR(mode, suffix) \
    SP_LR(mode, suffix), BANKED("spsr_" suffix, mode, banked_spsr, spsr)
#define IDENT(name, field, feature) { name, 0, 0, 0, feature, offsetof(ArmModel, field) }

static const BankedReg others[] = {
    SP_LR(USR, "usr"), WITH_SPSR(FIQ, "fiq"), WITH_SPSR(IRQ, "irq"), WITH_SPSR(SVC, "svc"),
    WITH_SPSR(ABT, "abt"), WITH_SPSR(UND, "und"),
    { "fpexc", 0, 0, offsetof(ArmCpu, fpexc), ARM_VFP2, 0 },
    IDENT("fpsid", fpsid, ARM_VFP2), IDENT("mvfr0", mvfr[0], ARM_VFP3),
    IDENT("mvfr1", mvfr[1], ARM_VFP3),
};

static uint32_t *other_field(ArmCpu *s, const BankedReg *b)
{
    unsigned bank = arm_bank(b->mode);
    bool live = !b->mode || arm_bank(arm_mode(s)) == bank;
    return (uint32_t *)((char *)s + (live ? b->live : b->field)) + (live ? 0 : bank);
}

static uint32_t other_read(ArmCpu *s, const BankedReg *b)
{
    return b->ident ? *(const uint32_t *)((const char *)s->model + b->ident) : *other_field(s, b);
}

static bool other_write(ArmCpu *s, const BankedReg *b, uint32_t v)
{
    if (b->ident) {
        return false;
    }
    *other_field(s, b) = v;
    cpu_mode_changed(&s->cpu);              /* fpexc */
    return true;
}

/* The n-th of others that this CPU has, or NULL with how many there are. */
static const BankedReg *other(const ArmCpu *s, unsigned n, unsigned *count)
{
    *count = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(others); i++) {
        if (arm_has(s, others[i].needs) && (*count)++ == n) {
            return &others[i];
        }
    }
    return NULL;
}

/* ---- coprocessor registers that can be read ---- */

static const CpReg *cp_reg(const ArmCpu *s, unsigned n)
{
    for (unsigned i = 0; i < arm_n_cp_regs; i++) {
        const CpReg *r = &arm_cp_regs[i];
        if ((r->rights & (PL1_R | PL0_R)) && !r->nop && arm_cp_find(s, r->reg, r->is64) == r &&
            n-- == 0) {
            return r;
        }
    }
    return NULL;
}

static bool cp_write(ArmCpu *s, const CpReg *r, uint64_t v)
{
    if (!(r->rights & (PL1_W | PL0_W))) {
        return false;
    }
    arm_cp_write(s, r, v);
    return true;
}

/* ---- all of them, in this order ---- */

typedef struct Where {
    enum { NOWHERE, IN_CORE, IN_VFP, IN_OTHERS, IN_CP } part;
    unsigned         n;
    const BankedReg *other;
    const CpReg     *cp;
} Where;

static Where where(const ArmCpu *s, unsigned n)
{
    if (n < N_CORE) {
        return (Where){ IN_CORE, n, NULL, NULL };
    }
    n -= N_CORE;
    if (n < n_vfp(s)) {
        return (Where){ IN_VFP, n, NULL, NULL };
    }
    n -= n_vfp(s);
    unsigned count;
    const BankedReg *b = other(s, n, &count);
    if (b) {
        return (Where){ IN_OTHERS, n, b, NULL };
    }
    const CpReg *r = cp_reg(s, n - count);
    return (Where){ r ? IN_CP : NOWHERE, n, NULL, r };
}

bool arm_debug_reg(const Cpu *cpu, unsigned n, DebugReg *reg)
{
    const ArmCpu *s = (const ArmCpu *)cpu;
    Where w = where(s, n);
    switch (w.part) {
    case IN_CORE:
        return core_reg(w.n, reg);
    case IN_VFP:
        return vfp_reg(s, w.n, reg);
    case IN_OTHERS:
        *reg = (DebugReg){ SYSTEM, w.other->name, "int", "system", 32, FIRST_SYSTEM + w.n };
        return true;
    case IN_CP: {
        bool is64 = w.cp->is64;
        *reg = (DebugReg){ SYSTEM, w.cp->name, is64 ? "int64" : "int", "system", is64 ? 64 : 32,
                           FIRST_SYSTEM + w.n };
        return true;
    }
    default:
        return false;
    }
}

void arm_debug_read(Cpu *cpu, unsigned n, uint64_t v[2])
{
    ArmCpu *s = ARM(cpu);
    Where w = where(s, n);
    v[0] = v[1] = 0;
    switch (w.part) {
    case IN_CORE:
        v[0] = core_read(s, w.n);
        break;
    case IN_VFP:
        if (w.n <= n_doubles(s)) {
            v[0] = w.n == n_doubles(s) ? arm_get_fpscr(s) : s->v[w.n / 2].u64[w.n % 2];
        }
        break;
    case IN_OTHERS:
        v[0] = other_read(s, w.other);
        break;
    case IN_CP:
        v[0] = arm_cp_read(s, w.cp);
        break;
    default:
        break;
    }
}

bool arm_debug_write(Cpu *cpu, unsigned n, const uint64_t v[2])
{
    ArmCpu *s = ARM(cpu);
    Where w = where(s, n);
    switch (w.part) {
    case IN_CORE:
        return core_write(s, w.n, v[0]);
    case IN_VFP:
        if (w.n > n_doubles(s)) {
            return false;
        } else if (w.n == n_doubles(s)) {
            arm_set_fpscr(s, v[0]);
        } else {
            s->v[w.n / 2].u64[w.n % 2] = v[0];
        }
        return true;
    case IN_OTHERS:
        return other_write(s, w.other, v[0]);
    case IN_CP:
        return cp_write(s, w.cp, v[0]);
    default:
        return false;
    }
}

/* A kernel for BE8 has its exceptions taken big-endian; before ARMv6 there is none. */
bool arm_data_is_big(const Cpu *cpu)
{
    const ArmCpu *s = (const ArmCpu *)cpu;
    return arm_has(s, ARM_V6) && (s->cp15.sctlr & SCTLR_EE);
}
