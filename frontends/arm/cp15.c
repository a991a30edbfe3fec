/* SPDX-License-Identifier: MIT */
/*
 * Coprocessors 15 and 14: finding the row of a register, access rights, plans for the lifter.
 * Implements: ARM DDI 0406C, B3.15 (how accesses to cp15 behave).  The table: cp15_regs.c.
 */
#include "frontends/arm/cp15.h"
#include "system/log.h"

/* ---- finding rows ---- */

static unsigned hash_of(uint32_t reg, bool is64)
{
    return (uint32_t)((reg << 1 | is64) * 0x9e3779b1u) >> 23;
}

static bool row_exists(const ArmCpu *s, const CpReg *r)
{
    return (s->features & r->needs) == r->needs && !(s->features & r->lacks);
}

void arm_cp15_init(ArmCpu *s)
{
    memset(s->cp_hash, 0, sizeof(s->cp_hash));
    for (unsigned i = 0; i < arm_n_cp_regs; i++) {
        const CpReg *r = &arm_cp_regs[i];
        if (!row_exists(s, r)) {
            continue;
        }
        unsigned h = hash_of(r->reg, r->is64);
        while (s->cp_hash[h]) {
            h = (h + 1) % ARRAY_SIZE(s->cp_hash);
        }
        s->cp_hash[h] = r;
    }
}

/* IMPLEMENTATION DEFINED parts of cp15 that the table does not list read as zero, ignore writes. */
static uint64_t impdef_read(ArmCpu *s, const CpReg *r)
{
    log_unimp(NULL, "read of an IMPLEMENTATION DEFINED cp15 register at %08x",
              (uint32_t)s->cpu.pc);
    return 0;
}

static void impdef_write(ArmCpu *s, const CpReg *r, uint64_t v)
{
    log_unimp(NULL, "write of %08x to an IMPLEMENTATION DEFINED cp15 register at %08x",
              (uint32_t)v, (uint32_t)s->cpu.pc);
}

static const CpReg implementation_defined = {
    .name = "IMPDEF", .rights = RW, .read = impdef_read, .write = impdef_write,
};

static bool is_implementation_defined(const ArmCpu *s, uint32_t reg)
{
    unsigned cp = reg >> 16, crn = reg >> 8 & 15, crm = reg >> 4 & 15;
    if (cp != 15) {
        return false;
    }
    return crn == 15 || crn == 11 || (crn == 9 && crm < 12) ||
           (crn == 10 && (crm <= 1 || crm == 4 || crm == 8)) ||
           (crn == 7 && !arm_has(s, ARM_V7));       /* cache operations of older cores */
}

const CpReg *arm_cp_find(const ArmCpu *s, uint32_t reg, bool is64)
{
    for (unsigned h = hash_of(reg, is64); s->cp_hash[h]; h = (h + 1) % ARRAY_SIZE(s->cp_hash)) {
        const CpReg *r = s->cp_hash[h];
        if (r->reg == reg && r->is64 == is64) {
            return r;
        }
    }
    return !is64 && is_implementation_defined(s, reg) ? &implementation_defined : NULL;
}

bool arm_cp_allowed(const ArmCpu *s, const CpReg *r, bool write, bool privileged)
{
    unsigned right = (write ? PL1_W : PL1_R) << (privileged ? 0 : 2);
    if (!(r->rights & right)) {
        return false;
    }
    return privileged || !r->allow || r->allow(s, r, write);
}

/* ---- access ---- */

uint64_t arm_cp_read(ArmCpu *s, const CpReg *r)
{
    if (r->read) {
        return r->read(s, r);
    }
    if (r->ident) {
        return *(const uint32_t *)((const char *)s->model + r->ident);
    }
    if (!r->field) {
        return 0;
    }
    const char *p = (const char *)s + r->field;
    return r->wide ? *(const uint64_t *)p : *(const uint32_t *)p;
}

/* The low word only, for an MCR to a register of 64 bits. */
static void store_field(ArmCpu *s, const CpReg *r, uint64_t v)
{
    char *p = (char *)s + r->field;
    if (!r->wide) {
        uint32_t mask = r->mask ? r->mask : UINT32_MAX;
        *(uint32_t *)p = (*(uint32_t *)p & ~mask) | (v & mask);
    } else if (r->is64) {
        *(uint64_t *)p = v;
    } else {
        *(uint64_t *)p = deposit64(*(uint64_t *)p, 0, 32, v);
    }
}

void arm_cp_write(ArmCpu *s, const CpReg *r, uint64_t v)
{
    if (r->write) {
        r->write(s, r, v);
    } else if (r->field) {
        store_field(s, r, v);
    }
}

/* ---- plans for the lifter ---- */

ArmCpPlan arm_cp_plan(const ArmCpu *s, uint32_t reg, bool is64, bool write, uint64_t mode_key)
{
    const CpReg *r = arm_cp_find(s, reg, is64);
    bool privileged = mode_key & KEY_PRIV;
    unsigned right = (write ? PL1_W : PL1_R) << (privileged ? 0 : 2);
    if (!r || r == &implementation_defined) {
        return (ArmCpPlan){ ARM_CP_CALL };          /* which logs it */
    }
    if (!(r->rights & right)) {
        return (ArmCpPlan){ ARM_CP_UNDEF };
    }
    if (r->allow && !privileged) {
        return (ArmCpPlan){ ARM_CP_CALL };
    }
    if (r->slot) {
        return (ArmCpPlan){ ARM_CP_SLOT, .slot = r->slot };
    }
    if (write && r->nop) {
        return (ArmCpPlan){ ARM_CP_NOP };
    }
    if (!write && r->ident) {
        uint32_t value = *(const uint32_t *)((const char *)s->model + r->ident);
        return (ArmCpPlan){ ARM_CP_CONST, .value = value };
    }
    return (ArmCpPlan){ ARM_CP_CALL };
}

/* ---- reset ---- */

void arm_cp15_reset(ArmCpu *s)
{
    const ArmModel *m = s->model;
    s->cp15 = (ArmCp15){
        .sctlr = m->sctlr_reset, .actlr = m->actlr, .l2ctlr = m->l2ctlr, .pmcr = m->pmcr,
    };
    s->dacrs[0] = 0;
    s->n_dacrs = 1;
    s->dacr_index = 0;
    s->dacr_varying = 0;
    arm_timer_reset(s);
    arm_set_space(s);
    tlb_flush_all(&s->cpu);
}
