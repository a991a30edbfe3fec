/* SPDX-License-Identifier: MIT */
/*
 * The registers of coprocessors 15 (system control, timers, performance) and 14 (debug, ThumbEE,
 * Jazelle), and what accesses to them do.
 * Implements: ARM DDI 0406C, B4 (system control registers), B3.18, B6 to B8, C11; the Technical
 * Reference Manuals of the models for what is theirs alone.
 *
 * Which writes change translations: SCTLR (M, S, R, XP, WXN, UWXN, AFE), TTBCR (N, EAE, TxSZ) and
 * the FCSE process of ARMv6 flush everything; CONTEXTIDR, the ASID of a 64-bit TTBR, FCSEIDR of
 * ARMv4 and ARMv5 and DACR choose another number for tlb_set_asid() and flush nothing; TTBRn, PRRR,
 * NMRR and the like do nothing: the manual asks software for TLB maintenance after them.
 *
 * DACR is part of that number because kernels close and open the user domain around every access to
 * user memory: the few values in use are numbered, and an entry is global only if its domain's
 * field is the same in all of them.
 *
 * Not here: overflow interrupts and event counters of the PMU (it has the cycle counter only, 1 GHz
 * of virtual time); TLB operations of the Inner Shareable kind flush the other CPUs whole; breakpoints
 * (DBGDIDR reads 0); memory attributes in PAR; SCTLR.B (BE-32).
 */
#include "frontends/arm/cp15.h"
#include "system/log.h"

typedef const CpReg *Reg;

/* ---- address spaces ---- */

static unsigned asid_now(const ArmCpu *s)
{
    if (arm_lpae_on(s)) {
        return s->cp15.ttbr[s->cp15.ttbcr >> 22 & 1] >> 48 & 0xff;
    }
    return arm_has(s, ARM_V6) ? s->cp15.contextidr & 0xff : s->cp15.fcseidr >> 25;
}

void arm_set_space(ArmCpu *s)
{
    tlb_set_asid(&s->cpu, (unsigned)s->dacr_index << 8 | asid_now(s));
}

/* The number of the DACR value in use; see above.  While the MMU is off nothing depends on it, and
 * what was used before does not count any more: turning it on flushes. */
static void number_dacr(ArmCpu *s)
{
    uint32_t dacr = s->cp15.dacr, varying = s->dacr_varying;
    unsigned i = 0;
    if (!(s->cp15.sctlr & SCTLR_M)) {
        s->n_dacrs = 0;
        s->dacr_varying = varying = 0;
    }
    while (i < s->n_dacrs && s->dacrs[i] != dacr) {
        i++;
    }
    if (i == ARM_N_DACRS) {                         /* a guest that uses them all: start again */
        i = s->n_dacrs = 0;
        s->dacr_varying = varying = 0;
        tlb_flush_all(&s->cpu);
    }
    if (i == s->n_dacrs) {
        s->dacrs[s->n_dacrs++] = dacr;
        s->dacr_varying |= dacr ^ s->dacrs[0];
        if (s->dacr_varying & ~varying) {           /* some global entries are global no more */
            tlb_flush_all(&s->cpu);
        }
    }
    s->dacr_index = i;
    arm_set_space(s);
}

static void dacr_write(ArmCpu *s, Reg r, uint64_t v)
{
    if (s->cp15.dacr != v) {
        s->cp15.dacr = v;
        number_dacr(s);
    }
}

static void contextidr_write(ArmCpu *s, Reg r, uint64_t v)
{
    s->cp15.contextidr = v;
    arm_set_space(s);
}

static void fcseidr_write(ArmCpu *s, Reg r, uint64_t v)
{
    uint32_t old = s->cp15.fcseidr;
    s->cp15.fcseidr = v & 0xfe000000;
    if (old != s->cp15.fcseidr) {
        if (arm_has(s, ARM_V6)) {
            tlb_flush_all(&s->cpu);
        }
        arm_set_space(s);
    }
}

/* An MCR changes the low word only. */
static void ttbr_write(ArmCpu *s, Reg r, uint64_t v)
{
    uint64_t *ttbr = &s->cp15.ttbr[r->is64 ? r->reg >> 12 & 1 : r->reg & 1];
    *ttbr = r->is64 ? v : deposit64(*ttbr, 0, 32, v);
    if (arm_lpae_on(s)) {
        arm_set_space(s);
    }
}

static void ttbcr_write(ArmCpu *s, Reg r, uint64_t v)
{
    enum { SHORT_BITS = 0x37, LONG_SIZES = 0x00070007 };
    uint32_t old = s->cp15.ttbcr;
    bool eae = arm_has(s, ARM_LPAE) && v >> 31;
    s->cp15.ttbcr = eae ? v : v & SHORT_BITS;
    uint32_t matters = (eae ? LONG_SIZES : 7) | 1u << 31;
    if ((old ^ s->cp15.ttbcr) & matters) {
        tlb_flush_all(&s->cpu);
    }
    arm_set_space(s);
}

/* ---- SCTLR, CPACR ---- */

static void sctlr_write(ArmCpu *s, Reg r, uint64_t v)
{
    enum {
        TRANSLATES = SCTLR_M | SCTLR_S | SCTLR_R | SCTLR_WXN | SCTLR_UWXN | SCTLR_XP | SCTLR_AFE
    };
    uint64_t key = arm_mode_key(&s->cpu);
    uint32_t old = s->cp15.sctlr, mask = s->model->sctlr_mask;
    if (v & SCTLR_B & ~mask && !arm_has(s, ARM_V7)) {
        log_unimp(NULL, "SCTLR.B: big-endian memory of the BE-32 kind");
    }
    s->cp15.sctlr = (old & ~mask) | (v & mask);
    if ((old ^ s->cp15.sctlr) & TRANSLATES) {
        tlb_flush_all(&s->cpu);
    }
    if (arm_mode_key(&s->cpu) != key) {
        cpu_mode_changed(&s->cpu);
    }
}

/* Only cp10 and cp11 exist; ASEDIS and D32DIS where there is something to disable. */
static void cpacr_write(ArmCpu *s, Reg r, uint64_t v)
{
    uint64_t key = arm_mode_key(&s->cpu);
    uint32_t mask = arm_has(s, ARM_VFP2) ? 0xf << 20 : 0;
    if (arm_has(s, ARM_NEON)) {
        mask |= 1u << 31;
    }
    if (arm_has(s, ARM_D32)) {
        mask |= 1u << 30;
    }
    s->cp15.cpacr = v & mask;
    if (arm_mode_key(&s->cpu) != key) {
        cpu_mode_changed(&s->cpu);
    }
}

/* ---- identification ---- */

static uint64_t mpidr_read(ArmCpu *s, Reg r)
{
    return s->model->mp ? 1u << 31 | s->cpu.index : 0;
}

static uint64_t ccsidr_read(ArmCpu *s, Reg r)
{
    return s->model->ccsidr[s->cp15.csselr & 15];
}

static uint64_t isr_read(ArmCpu *s, Reg r)
{
    uint32_t lines = __atomic_load_n(&s->lines, __ATOMIC_RELAXED);
    return (lines & 1) << 7 | (lines & 2) << 5;
}

/* ---- TLB maintenance ---- */

static void tlbiall(ArmCpu *s, Reg r, uint64_t v)
{
    log_print(LOG_MMU, "TLBIALL at %08x\n", (uint32_t)s->cpu.pc);
    tlb_flush_all(&s->cpu);
}

/* By MVA; entries of every ASID go, which is allowed.  TLB entries go by virtual address, and FCSE
 * may show this page at a lower one as well. */
static void tlbimva(ArmCpu *s, Reg r, uint64_t v)
{
    log_print(LOG_MMU, "TLBIMVA %08x at %08x\n", (uint32_t)v, (uint32_t)s->cpu.pc);
    tlb_flush_page(&s->cpu, v & ~0xfffu);
    if (v >> 25 && (!arm_has(s, ARM_V6) || s->cp15.fcseidr)) {
        tlb_flush_page(&s->cpu, v & 0x1fff000);
    }
}

static void tlbiasid(ArmCpu *s, Reg r, uint64_t v)
{
    log_print(LOG_MMU, "TLBIASID %02x at %08x\n", (uint32_t)v & 0xff, (uint32_t)s->cpu.pc);
    for (unsigned i = 0; i < s->n_dacrs; i++) {
        tlb_flush_asid(&s->cpu, i << 8 | (v & 0xff));
    }
}

/* The Inner Shareable kinds: other CPUs may flush more than they are asked to.  DSB waits for them. */
#define TLB_SHARED(fn)                                      \
    static void fn##_is(ArmCpu *s, Reg r, uint64_t v)       \
    {                                                       \
        fn(s, r, v);                                        \
        tlb_flush_others(&s->cpu);                          \
    }
TLB_SHARED(tlbiall)
TLB_SHARED(tlbimva)
TLB_SHARED(tlbiasid)

/* ---- address translation: ATS1C{P,U}{R,W} ---- */

static uint64_t par_of_fault(const MmuFault *f)
{
    uint32_t fs = f->code;
    if (arm_fsr_is_long(fs)) {
        return 1 | (fs & 0x3f) << 1 | 1 << 11;
    }
    return 1 | (fs & 15) << 1 | (fs >> 10 & 1) << 5 | (fs >> 12 & 1) << 6;
}

static void ats_write(ArmCpu *s, Reg r, uint64_t v)
{
    bool user = r->reg & 2, write = r->reg & 1;
    Translation t;
    MmuFault f = { 0 };
    if (!arm_walk(&s->cpu, v, write ? ACCESS_WRITE : ACCESS_READ,
                  user ? ARM_MMU_USER : ARM_MMU_PRIV, true, &t, &f)) {
        s->cp15.par = par_of_fault(&f);
    } else if (arm_lpae_on(s)) {
        s->cp15.par = (t.pa & ~0xfffull) | 1 << 11;
    } else if (t.page_bits == 24) {                 /* SS: only the supersection's base */
        s->cp15.par = (t.pa & 0xff000000) | (t.pa >> 32 & 0xff) << 16 | 1 << 1;
    } else {
        s->cp15.par = (uint32_t)t.pa & ~0xfffu;
    }
}

/* ---- caches ---- */

/* MRC p15, 0, r15, c7, c10, 3: Z says that the cache is clean. */
static uint64_t test_clean_read(ArmCpu *s, Reg r)
{
    return 1 << 30;
}

/* Wait for interrupt before ARMv6K has an instruction for it. */
static void wfi_write(ArmCpu *s, Reg r, uint64_t v)
{
    if (!arm_has_work(&s->cpu)) {
        s->cpu.pc += 4;
        s->cpu.halted = true;
        cpu_leave(&s->cpu);
    }
}

/* ---- performance monitor: the cycle counter ---- */

enum { PMCR_E = 1, PMCR_C = 4, PMCR_D = 8, PMCR_WRITABLE = 0x39, CYCLES = 1u << 31 };

static bool pmu_allow(const ArmCpu *s, Reg r, bool write)
{
    return s->cp15.pmuserenr & 1;
}

static bool cycles_run(const ArmCpu *s)
{
    return s->cp15.pmcr & PMCR_E && s->cp15.pmcntenset & CYCLES;
}

static uint64_t virtual_cycles(const ArmCpu *s)
{
    uint64_t ns = clock_now(CLOCK_VIRTUAL);
    return s->cp15.pmcr & PMCR_D ? ns / 64 : ns;
}

static uint64_t cycles_read(ArmCpu *s, Reg r)
{
    return (uint32_t)(s->cp15.pmcc_base + (cycles_run(s) ? virtual_cycles(s) : 0));
}

static void cycles_write(ArmCpu *s, Reg r, uint64_t v)
{
    s->cp15.pmcc_base = v - (cycles_run(s) ? virtual_cycles(s) : 0);
}

/* Whatever starts or stops the counter keeps its value. */
static void change_pmu(ArmCpu *s, uint32_t *field, uint32_t value)
{
    uint64_t cycles = cycles_read(s, NULL);
    *field = value;
    cycles_write(s, NULL, cycles);
}

static void pmcr_write(ArmCpu *s, Reg r, uint64_t v)
{
    if (v & PMCR_C) {
        cycles_write(s, NULL, 0);
    }
    change_pmu(s, &s->cp15.pmcr, (s->cp15.pmcr & ~PMCR_WRITABLE) | (v & PMCR_WRITABLE));
}

static void pmcntenset_write(ArmCpu *s, Reg r, uint64_t v)
{
    change_pmu(s, &s->cp15.pmcntenset, s->cp15.pmcntenset | (v & CYCLES));
}

static void pmcntenclr_write(ArmCpu *s, Reg r, uint64_t v)
{
    change_pmu(s, &s->cp15.pmcntenset, s->cp15.pmcntenset & ~(v & CYCLES));
}

static void pmovsr_write(ArmCpu *s, Reg r, uint64_t v)
{
    s->cp15.pmovsr &= ~v;
}

static void pmintenset_write(ArmCpu *s, Reg r, uint64_t v)
{
    s->cp15.pmintenset |= v & CYCLES;
}

static void pmintenclr_write(ArmCpu *s, Reg r, uint64_t v)
{
    s->cp15.pmintenset &= ~v;
}

/* PMSELR 31 is the cycle counter's filter; there is no other counter. */
static uint64_t pmxevtyper_read(ArmCpu *s, Reg r)
{
    return s->cp15.pmselr == 31 ? s->cp15.pmccfiltr : 0;
}

static void pmxevtyper_write(ArmCpu *s, Reg r, uint64_t v)
{
    if (s->cp15.pmselr == 31) {
        s->cp15.pmccfiltr = v & 0xf8000000;
    }
}

/* ---- Generic Timer.  CNTKCTL opens it to PL0. ---- */

enum { PL0PCTEN = 1 << 0, PL0VCTEN = 1 << 1, PL0VTEN = 1 << 8, PL0PTEN = 1 << 9 };

static bool cntfrq_allow(const ArmCpu *s, Reg r, bool write)
{
    return s->cp15.cntkctl & (PL0PCTEN | PL0VCTEN);
}

static bool cntpct_allow(const ArmCpu *s, Reg r, bool write)
{
    return s->cp15.cntkctl & PL0PCTEN;
}

static bool cntvct_allow(const ArmCpu *s, Reg r, bool write)
{
    return s->cp15.cntkctl & PL0VCTEN;
}

static bool cntp_allow(const ArmCpu *s, Reg r, bool write)
{
    return s->cp15.cntkctl & PL0PTEN;
}

static bool cntv_allow(const ArmCpu *s, Reg r, bool write)
{
    return s->cp15.cntkctl & PL0VTEN;
}

static uint64_t cntpct_read(ArmCpu *s, Reg r)
{
    return arm_timer_count(s, ARM_OUT_PHYS_TIMER);
}

static uint64_t cntvct_read(ArmCpu *s, Reg r)
{
    return arm_timer_count(s, ARM_OUT_VIRT_TIMER);
}

/* CRm 2 is the physical timer, 3 the virtual one; of the 64-bit registers opc1 2 and 3. */
static unsigned timer_of(Reg r)
{
    unsigned n = r->is64 ? r->reg >> 12 & 15 : r->reg >> 4 & 15;
    return n == 2 ? ARM_OUT_PHYS_TIMER : ARM_OUT_VIRT_TIMER;
}

static uint64_t *cval_of(ArmCpu *s, unsigned n)
{
    return n == ARM_OUT_PHYS_TIMER ? &s->cp15.cntp_cval : &s->cp15.cntv_cval;
}

static uint64_t ctl_read(ArmCpu *s, Reg r)
{
    return arm_timer_ctl(s, timer_of(r));
}

static void ctl_write(ArmCpu *s, Reg r, uint64_t v)
{
    unsigned n = timer_of(r);
    *(n == ARM_OUT_PHYS_TIMER ? &s->cp15.cntp_ctl : &s->cp15.cntv_ctl) = v & 3;
    arm_timer_update(s, n);
}

static void cval_write(ArmCpu *s, Reg r, uint64_t v)
{
    unsigned n = timer_of(r);
    *cval_of(s, n) = v;
    arm_timer_update(s, n);
}

static uint64_t tval_read(ArmCpu *s, Reg r)
{
    unsigned n = timer_of(r);
    return (uint32_t)(*cval_of(s, n) - arm_timer_count(s, n));
}

static void tval_write(ArmCpu *s, Reg r, uint64_t v)
{
    unsigned n = timer_of(r);
    *cval_of(s, n) = arm_timer_count(s, n) + (int64_t)(int32_t)v;
    arm_timer_update(s, n);
}

/* ---- the table ---- */

#define CP15(o1, n, m, o2)  .reg = ARM_CPREG(15, o1, n, m, o2), .is64 = false
#define CP15_64(o1, m)      .reg = ARM_CPREG(15, o1, 0, m, 0), .is64 = true
#define CP14(o1, n, m, o2)  .reg = ARM_CPREG(14, o1, n, m, o2), .is64 = false
#define AT(f)               .field = offsetof(ArmCpu, cp15.f)
#define AT64(f)             .field = offsetof(ArmCpu, cp15.f), .wide = true
#define IDENT(f)            .ident = offsetof(ArmModel, f)
#define NEEDS(f)            .needs = 1ull << ARM_##f
#define LACKS(f)            .lacks = 1ull << ARM_##f
#define NOP(o1, n, m, o2, name_, ...) \
    { CP15(o1, n, m, o2), name_, WO, .nop = true, ##__VA_ARGS__ }
/* The three kinds of TLB operation: instruction, data, unified; and the Inner Shareable one. */
#define TLB_OP(o2, name_, fn, ...) \
    { CP15(0, 8, 5, o2), "I" name_, WO, .write = fn, ##__VA_ARGS__ }, \
    { CP15(0, 8, 6, o2), "D" name_, WO, .write = fn, ##__VA_ARGS__ }, \
    { CP15(0, 8, 7, o2), name_,     WO, .write = fn, ##__VA_ARGS__ }, \
    { CP15(0, 8, 3, o2), name_ "IS", WO, .write = fn##_is, NEEDS(V7MP) }

/* Of rows for one register, those whose features a CPU has must be one. */
const CpReg arm_cp_regs[] = {
    /* c0: identification */
    { CP15(0, 0, 0, 0), "MIDR",     RO, IDENT(midr) },
    { CP15(0, 0, 0, 1), "CTR",      RO, IDENT(ctr) },
    { CP15(0, 0, 0, 2), "TCMTR",    RO, IDENT(tcmtr), NEEDS(V5) },
    { CP15(0, 0, 0, 3), "TLBTR",    RO, IDENT(tlbtr), NEEDS(V6) },
    { CP15(0, 0, 0, 3), "MIDR3",    RO, IDENT(midr),  LACKS(V6) },
    { CP15(0, 0, 0, 4), "MIDR4",    RO, IDENT(midr) },
    { CP15(0, 0, 0, 5), "MPIDR",    RO, .read = mpidr_read, NEEDS(V7) },
    { CP15(0, 0, 0, 5), "MIDR5",    RO, IDENT(midr),  LACKS(V7) },
    { CP15(0, 0, 0, 6), "REVIDR",   RO, NEEDS(V7) },
    { CP15(0, 0, 0, 6), "MIDR6",    RO, IDENT(midr),  LACKS(V7) },
    { CP15(0, 0, 0, 7), "MIDR7",    RO, IDENT(midr) },
    { CP15(0, 0, 1, 0), "ID_PFR0",  RO, IDENT(id_pfr[0]),  NEEDS(V6) },
    { CP15(0, 0, 1, 1), "ID_PFR1",  RO, IDENT(id_pfr[1]),  NEEDS(V6) },
    { CP15(0, 0, 1, 2), "ID_DFR0",  RO, IDENT(id_dfr0),    NEEDS(V6) },
    { CP15(0, 0, 1, 3), "ID_AFR0",  RO, IDENT(id_afr0),    NEEDS(V6) },
    { CP15(0, 0, 1, 4), "ID_MMFR0", RO, IDENT(id_mmfr[0]), NEEDS(V6) },
    { CP15(0, 0, 1, 5), "ID_MMFR1", RO, IDENT(id_mmfr[1]), NEEDS(V6) },
    { CP15(0, 0, 1, 6), "ID_MMFR2", RO, IDENT(id_mmfr[2]), NEEDS(V6) },
    { CP15(0, 0, 1, 7), "ID_MMFR3", RO, IDENT(id_mmfr[3]), NEEDS(V6) },
    { CP15(0, 0, 2, 0), "ID_ISAR0", RO, IDENT(id_isar[0]), NEEDS(V6) },
    { CP15(0, 0, 2, 1), "ID_ISAR1", RO, IDENT(id_isar[1]), NEEDS(V6) },
    { CP15(0, 0, 2, 2), "ID_ISAR2", RO, IDENT(id_isar[2]), NEEDS(V6) },
    { CP15(0, 0, 2, 3), "ID_ISAR3", RO, IDENT(id_isar[3]), NEEDS(V6) },
    { CP15(0, 0, 2, 4), "ID_ISAR4", RO, IDENT(id_isar[4]), NEEDS(V6) },
    { CP15(0, 0, 2, 5), "ID_ISAR5", RO, IDENT(id_isar[5]), NEEDS(V6) },
    { CP15(0, 0, 2, 6), "ID_C0_26", RO, NEEDS(V6) },
    { CP15(0, 0, 2, 7), "ID_C0_27", RO, NEEDS(V6) },
    { CP15(1, 0, 0, 0), "CCSIDR",   RO, .read = ccsidr_read, NEEDS(V7) },
    { CP15(1, 0, 0, 1), "CLIDR",    RO, IDENT(clidr), NEEDS(V7) },
    { CP15(1, 0, 0, 7), "AIDR",     RO, NEEDS(V7) },
    { CP15(2, 0, 0, 0), "CSSELR",   RW, AT(csselr), .mask = 15, NEEDS(V7) },

    /* c1: control */
    { CP15(0, 1, 0, 0), "SCTLR",    RW, AT(sctlr), .write = sctlr_write },
    { CP15(0, 1, 0, 1), "ACTLR",    RW, AT(actlr), NEEDS(V5) },
    { CP15(0, 1, 0, 2), "CPACR",    RW, AT(cpacr), .write = cpacr_write, NEEDS(V6) },
    { CP15(0, 1, 1, 0), "SCR",      RW, AT(scr),   NEEDS(SECURITY) },
    { CP15(0, 1, 1, 1), "SDER",     RW, AT(sder),  NEEDS(SECURITY) },
    { CP15(0, 1, 1, 2), "NSACR",    RW, AT(nsacr), NEEDS(SECURITY) },

    /* c2, c3: translation tables and domains */
    { CP15(0, 2, 0, 0), "TTBR0",    RW, AT64(ttbr[0]), .write = ttbr_write },
    { CP15(0, 2, 0, 1), "TTBR1",    RW, AT64(ttbr[1]), .write = ttbr_write, NEEDS(V6) },
    { CP15(0, 2, 0, 2), "TTBCR",    RW, AT(ttbcr), .write = ttbcr_write, NEEDS(V6) },
    { CP15_64(0, 2),    "TTBR0_64", RW, AT64(ttbr[0]), .write = ttbr_write, NEEDS(LPAE) },
    { CP15_64(1, 2),    "TTBR1_64", RW, AT64(ttbr[1]), .write = ttbr_write, NEEDS(LPAE) },
    { CP15(0, 3, 0, 0), "DACR",     RW, AT(dacr), .write = dacr_write },

    /* c5, c6: faults */
    { CP15(0, 5, 0, 0), "DFSR",     RW, AT(dfsr) },
    { CP15(0, 5, 0, 1), "IFSR",     RW, AT(ifsr) },
    { CP15(0, 5, 1, 0), "ADFSR",    RW, AT(adfsr), NEEDS(V7) },
    { CP15(0, 5, 1, 1), "AIFSR",    RW, AT(aifsr), NEEDS(V7) },
    { CP15(0, 6, 0, 0), "DFAR",     RW, AT(dfar) },
    { CP15(0, 6, 0, 1), "WFAR",     RW, AT(wfar), NEEDS(V6) },
    { CP15(0, 6, 0, 2), "IFAR",     RW, AT(ifar), NEEDS(V6) },

    /* c7: caches (none are modelled), barriers, address translation */
    { CP15(0, 7, 0, 4), "WFI",      WO, .write = wfi_write, LACKS(V7) },
    NOP(0, 7, 0, 4,  "NOP",         NEEDS(V7)),
    NOP(0, 7, 1, 0,  "ICIALLUIS",   NEEDS(V7MP)),
    NOP(0, 7, 1, 6,  "BPIALLIS",    NEEDS(V7MP)),
    { CP15(0, 7, 4, 0), "PAR",      RW, AT64(par), NEEDS(V6K) },
    { CP15_64(0, 7),    "PAR_64",   RW, AT64(par), NEEDS(LPAE) },
    NOP(0, 7, 5, 0,  "ICIALLU"),
    NOP(0, 7, 5, 1,  "ICIMVAU"),
    NOP(0, 7, 5, 2,  "ICISW",       LACKS(V7)),
    { CP15(0, 7, 5, 4), "CP15ISB",  PL0_WO, .nop = true, NEEDS(V6) },
    NOP(0, 7, 5, 6,  "BPIALL"),
    NOP(0, 7, 5, 7,  "BPIMVA"),
    NOP(0, 7, 6, 0,  "DCIALL",      LACKS(V7)),
    NOP(0, 7, 6, 1,  "DCIMVAC"),
    NOP(0, 7, 6, 2,  "DCISW"),
    NOP(0, 7, 7, 0,  "CIALL",       LACKS(V7)),
    { CP15(0, 7, 8, 0), "ATS1CPR",  WO, .write = ats_write, NEEDS(V6K) },
    { CP15(0, 7, 8, 1), "ATS1CPW",  WO, .write = ats_write, NEEDS(V6K) },
    { CP15(0, 7, 8, 2), "ATS1CUR",  WO, .write = ats_write, NEEDS(V6K) },
    { CP15(0, 7, 8, 3), "ATS1CUW",  WO, .write = ats_write, NEEDS(V6K) },
    NOP(0, 7, 10, 0, "DCCALL",      LACKS(V7)),
    NOP(0, 7, 10, 1, "DCCMVAC"),
    NOP(0, 7, 10, 2, "DCCSW"),
    { CP15(0, 7, 10, 3), "DCTC",    RO, .read = test_clean_read, NEEDS(V5), LACKS(V6) },
    { CP15(0, 7, 10, 4), "CP15DSB", PL0_WO, .nop = true, NEEDS(V6) },
    NOP(0, 7, 10, 4, "DRAINWB",     LACKS(V6)),
    { CP15(0, 7, 10, 5), "CP15DMB", PL0_WO, .nop = true, NEEDS(V6) },
    { CP15(0, 7, 10, 6), "CDSR",    RO, NEEDS(V6), LACKS(V7) },
    NOP(0, 7, 11, 1, "DCCMVAU",     NEEDS(V7)),
    NOP(0, 7, 13, 1, "PREFETCHI"),
    NOP(0, 7, 14, 0, "DCCIALL",     LACKS(V7)),
    NOP(0, 7, 14, 1, "DCCIMVAC"),
    NOP(0, 7, 14, 2, "DCCISW"),
    { CP15(0, 7, 14, 3), "DCTCI",   RO, .read = test_clean_read, NEEDS(V5), LACKS(V6) },
    { CP15_64(0, 5),    "ICIRANGE", WO, .nop = true, NEEDS(V6), LACKS(V7) },
    { CP15_64(0, 6),    "DCIRANGE", WO, .nop = true, NEEDS(V6), LACKS(V7) },
    { CP15_64(0, 12),   "DCCRANGE", PL0_WO, .nop = true, NEEDS(V6), LACKS(V7) },
    { CP15_64(0, 14),   "DCCIRANGE", WO, .nop = true, NEEDS(V6), LACKS(V7) },

    /* c8: TLB maintenance */
    TLB_OP(0, "TLBIALL",  tlbiall),
    TLB_OP(1, "TLBIMVA",  tlbimva),
    TLB_OP(2, "TLBIASID", tlbiasid, NEEDS(V6)),
    TLB_OP(3, "TLBIMVAA", tlbimva, NEEDS(V6)),

    /* c9: cache lockdown and TCM of older cores; L2 and performance monitor of newer ones */
    { CP15(0, 9, 0, 0), "DCLOCK",   RW, AT(lockdown[0]), LACKS(V7) },
    { CP15(0, 9, 0, 1), "ICLOCK",   RW, AT(lockdown[1]), LACKS(V7) },
    { CP15(0, 9, 1, 0), "DTCMR",    RW, AT(dtcm), .mask = 0xfffff000, NEEDS(V5), LACKS(V7) },
    { CP15(0, 9, 1, 1), "ITCMR",    RW, AT(itcm), .mask = 0xfffff000, NEEDS(V5), LACKS(V7) },
    { CP15(1, 9, 0, 2), "L2CTLR",   RW, AT(l2ctlr), NEEDS(LPAE) },
    { CP15(1, 9, 0, 3), "L2ECTLR",  RW, AT(l2ectlr), NEEDS(LPAE) },
    { CP15(1, 9, 0, 2), "L2AUXCR",  RW, AT(l2auxcr), NEEDS(V7), LACKS(LPAE) },
    { CP15(0, 9, 12, 0), "PMCR",       PL0_RW, AT(pmcr), .write = pmcr_write, NEEDS(V7),
      .allow = pmu_allow },
    { CP15(0, 9, 12, 1), "PMCNTENSET", PL0_RW, AT(pmcntenset), .write = pmcntenset_write,
      NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 12, 2), "PMCNTENCLR", PL0_RW, AT(pmcntenset), .write = pmcntenclr_write,
      NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 12, 3), "PMOVSR",     PL0_RW, AT(pmovsr), .write = pmovsr_write, NEEDS(V7),
      .allow = pmu_allow },
    { CP15(0, 9, 12, 4), "PMSWINC",    PL0_WO, .nop = true, NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 12, 5), "PMSELR",     PL0_RW, AT(pmselr), .mask = 31, NEEDS(V7),
      .allow = pmu_allow },
    { CP15(0, 9, 12, 6), "PMCEID0",    PL0_RO, NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 12, 7), "PMCEID1",    PL0_RO, NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 13, 0), "PMCCNTR",    PL0_RW, .read = cycles_read, .write = cycles_write,
      NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 13, 1), "PMXEVTYPER", PL0_RW, .read = pmxevtyper_read, .write = pmxevtyper_write,
      NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 13, 2), "PMXEVCNTR",  PL0_RW, .nop = true, NEEDS(V7), .allow = pmu_allow },
    { CP15(0, 9, 14, 0), "PMUSERENR",  PL0_READ, AT(pmuserenr), .mask = 1, NEEDS(V7) },
    { CP15(0, 9, 14, 1), "PMINTENSET", RW, AT(pmintenset), .write = pmintenset_write, NEEDS(V7) },
    { CP15(0, 9, 14, 2), "PMINTENCLR", RW, AT(pmintenset), .write = pmintenclr_write, NEEDS(V7) },

    /* c10: TLB lockdown of older cores; memory types */
    { CP15(0, 10, 0, 0), "DTLBLOCK", RW, AT(tlblock[0]), LACKS(V7) },
    { CP15(0, 10, 0, 1), "ITLBLOCK", RW, AT(tlblock[1]), LACKS(V7) },
    { CP15(0, 10, 2, 0), "PRRR",    RW, AT(prrr), NEEDS(V6K) },
    { CP15(0, 10, 2, 1), "NMRR",    RW, AT(nmrr), NEEDS(V6K) },
    { CP15(0, 10, 3, 0), "AMAIR0",  RW, AT(amair[0]), NEEDS(LPAE) },
    { CP15(0, 10, 3, 1), "AMAIR1",  RW, AT(amair[1]), NEEDS(LPAE) },

    /* c12: vectors */
    { CP15(0, 12, 0, 0), "VBAR",    RW, AT(vbar), .mask = 0xffffffe0, NEEDS(SECURITY) },
    { CP15(0, 12, 0, 1), "MVBAR",   RW, AT(mvbar), .mask = 0xffffffe0, NEEDS(SECURITY) },
    { CP15(0, 12, 1, 0), "ISR",     RO, .read = isr_read, NEEDS(SECURITY) },

    /* c13: processes and threads */
    { CP15(0, 13, 0, 0), "FCSEIDR", RW, AT(fcseidr), .write = fcseidr_write, LACKS(V7MP) },
    { CP15(0, 13, 0, 0), "FCSEIDR", RW, .nop = true, NEEDS(V7MP) },
    { CP15(0, 13, 0, 1), "CONTEXTIDR", RW, AT(contextidr), .write = contextidr_write, NEEDS(V6) },
    { CP15(0, 13, 0, 1), "CONTEXTIDR", RW, AT(contextidr), NEEDS(V5), LACKS(V6) },
    { CP15(0, 13, 0, 2), "TPIDRURW", PL0_RW, AT(tpidrurw), .slot = SLOT_TPIDRURW, NEEDS(V6K) },
    { CP15(0, 13, 0, 3), "TPIDRURO", PL0_READ, AT(tpidruro), .slot = SLOT_TPIDRURO, NEEDS(V6K) },
    { CP15(0, 13, 0, 4), "TPIDRPRW", RW, AT(tpidrprw), .slot = SLOT_TPIDRPRW, NEEDS(V6K) },

    /* c14: Generic Timer */
    { CP15(0, 14, 0, 0), "CNTFRQ",  PL0_READ, AT(cntfrq), NEEDS(GENERIC_TIMER),
      .allow = cntfrq_allow },
    { CP15(0, 14, 1, 0), "CNTKCTL", RW, AT(cntkctl), .mask = 0x3ff, NEEDS(GENERIC_TIMER) },
    { CP15(0, 14, 2, 0), "CNTP_TVAL", PL0_RW, .read = tval_read, .write = tval_write,
      NEEDS(GENERIC_TIMER), .allow = cntp_allow },
    { CP15(0, 14, 2, 1), "CNTP_CTL",  PL0_RW, .read = ctl_read, .write = ctl_write,
      NEEDS(GENERIC_TIMER), .allow = cntp_allow },
    { CP15(0, 14, 3, 0), "CNTV_TVAL", PL0_RW, .read = tval_read, .write = tval_write,
      NEEDS(GENERIC_TIMER), .allow = cntv_allow },
    { CP15(0, 14, 3, 1), "CNTV_CTL",  PL0_RW, .read = ctl_read, .write = ctl_write,
      NEEDS(GENERIC_TIMER), .allow = cntv_allow },
    { CP15_64(0, 14), "CNTPCT",     PL0_RO, .read = cntpct_read, NEEDS(GENERIC_TIMER),
      .allow = cntpct_allow },
    { CP15_64(1, 14), "CNTVCT",     PL0_RO, .read = cntvct_read, NEEDS(GENERIC_TIMER),
      .allow = cntvct_allow },
    { CP15_64(2, 14), "CNTP_CVAL",  PL0_RW, AT64(cntp_cval), .write = cval_write,
      NEEDS(GENERIC_TIMER), .allow = cntp_allow },
    { CP15_64(3, 14), "CNTV_CVAL",  PL0_RW, AT64(cntv_cval), .write = cval_write,
      NEEDS(GENERIC_TIMER), .allow = cntv_allow },

    /* c15: IMPLEMENTATION DEFINED; the Cortex-A9's power and diagnostic registers.  Its CBAR reads
     * 0: no private peripherals, as on a uniprocessor. */
    { CP15(0, 15, 0, 0), "PWRCTL",  RW, AT(a9_power), NEEDS(V7), LACKS(LPAE) },
    { CP15(0, 15, 0, 1), "DIAG",    RW, AT(a9_diag), NEEDS(V7), LACKS(LPAE) },
    { CP15(4, 15, 0, 0), "CBAR",    RO, NEEDS(V7) },

    /* cp14: debug without breakpoints (C11), ThumbEE and trivial Jazelle */
    { CP14(0, 0, 0, 0), "DBGDIDR",    PL0_RO, NEEDS(V6) },
    { CP14(0, 0, 1, 0), "DBGDSCRint", PL0_RO, AT(dbgdscr), NEEDS(V6) },
    { CP14(0, 0, 2, 2), "DBGDSCRext", RW, AT(dbgdscr), NEEDS(V7) },
    { CP14(0, 0, 7, 0), "DBGVCR",     RW, AT(dbgvcr), NEEDS(V6) },
    { CP14(0, 1, 0, 0), "DBGDRAR",    PL0_RO, NEEDS(V7) },
    { CP14(0, 2, 0, 0), "DBGDSAR",    PL0_RO, NEEDS(V7) },
    { CP14(0, 1, 0, 4), "DBGOSLAR",   WO, .nop = true, NEEDS(V7) },
    { CP14(0, 1, 1, 4), "DBGOSLSR",   RO, NEEDS(V7) },
    { CP14(0, 1, 3, 4), "DBGOSDLR",   RW, .nop = true, NEEDS(V7) },
    { CP14(0, 1, 4, 4), "DBGPRCR",    RW, AT(dbgprcr), NEEDS(V7) },
    { CP14(6, 0, 0, 0), "TEECR",      RW, AT(teecr), .mask = 1, NEEDS(V7) },
    { CP14(6, 1, 0, 0), "TEEHBR",     RW, AT(teehbr), NEEDS(V7) },
    { CP14(7, 0, 0, 0), "JIDR",       PL0_RO, NEEDS(V5J) },
    { CP14(7, 1, 0, 0), "JOSCR",      RW, .nop = true, NEEDS(V5J) },
    { CP14(7, 2, 0, 0), "JMCR",       PL0_RW, .nop = true, NEEDS(V5J) },
};

const unsigned arm_n_cp_regs = ARRAY_SIZE(arm_cp_regs);
