/* SPDX-License-Identifier: MIT */
/*
 * Control, debug and model-specific registers, CPUID, time.
 * Implements: SDM 3A, 2.5 (control registers), 4.10.4 (invalidation), 9.9 (mode switching), 10.8
 * and 10.11 (MTRRs, as registers without effect); 3B, 17.2 (debug registers); 4, chapter 2 (MSRs).
 *
 * MSRs that are not known: a read is 0 and a write is lost, logged under -d unimp; what software
 * probes for by #GP (the performance counters of other vendors) faults.
 */
#include <sys/random.h>
#include "frontends/x86/calls.h"
#include "system/lock.h"
#include "system/log.h"

/* ---- CR0, CR3, CR4 ---- */

/* The number of the address space: with PCIDs one each. */
void x86_update_asid(X86Cpu *s)
{
    tlb_set_asid(&s->cpu, s->cr4 & CR4_PCIDE ? s->cr3 & 0xfff : 0);
}

static void set_long_mode(X86Cpu *s, uint64_t cr0)
{
    bool on = cr0 & CR0_PG;
    if (!(s->efer & EFER_LME)) {
        return;
    }
    if (on && (!(s->cr4 & CR4_PAE) || s->seg[SEG_CS].attr & SEG_L)) {
        x86_gp(s, 0);
    }
    s->efer = on ? s->efer | EFER_LMA : s->efer & ~(uint64_t)EFER_LMA;
}

void x86_set_cr0(X86Cpu *s, uint64_t v)
{
    uint64_t old = s->cr0, changed;
    bool fixed = !x86_has(s, X86_I486);
    if ((v & CR0_PG && !(v & CR0_PE)) || (v & CR0_NW && !(v & CR0_CD)) || v >> 32) {
        x86_gp(s, 0);
    }
    v = (v & 0xe005003f) | CR0_ET;
    v &= fixed ? ~(uint64_t)(CR0_WP | CR0_AM | CR0_NE | CR0_NW | CR0_CD) : UINT64_MAX;
    changed = v ^ old;
    if (x86_long(s) && !(v & CR0_PG)) {
        x86_gp(s, 0);
    }
    if (changed & CR0_PG) {
        if (v & CR0_PG && s->cr4 & CR4_PAE && !(s->efer & EFER_LME) &&
            !x86_load_pdptes(s, s->cr3)) {
            x86_gp(s, 0);
        }
        set_long_mode(s, v);
    }
    s->cr0 = v;
    if (changed & CR0_PE) {
        x86_segs_changed(s);
    }
    if (changed & (CR0_PG | CR0_WP | CR0_PE)) {
        tlb_flush_all(&s->cpu);
    }
    x86_mode_changed(s);
}

void x86_set_cr3(X86Cpu *s, uint64_t v)
{
    bool keep = s->cr4 & CR4_PCIDE && v >> 63;
    v &= x86_lma(s) ? ~(UINT64_C(1) << 63) : UINT32_MAX;
    if (x86_lma(s) && v & ~mask64(s->model->phys_bits)) {
        x86_gp(s, 0);
    }
    if (s->cr0 & CR0_PG && s->cr4 & CR4_PAE && !x86_lma(s) && !x86_load_pdptes(s, v)) {
        x86_gp(s, 0);
    }
    s->cr3 = v;
    x86_update_asid(s);
    if (!keep) {
        tlb_flush_asid(&s->cpu, s->cr4 & CR4_PCIDE ? v & 0xfff : 0);
    }
}

/* What the model's features allow. */
static uint64_t cr4_bits(const X86Cpu *s)
{
    static const struct { uint32_t bit; X86Feature feature; } bits[] = {
        { CR4_TSD, X86_TSC }, { CR4_DE, X86_DE }, { CR4_PSE, X86_PSE }, { CR4_PAE, X86_PAE },
        { CR4_MCE, X86_MCE }, { CR4_PGE, X86_PGE }, { CR4_PCE, X86_MMX }, { CR4_OSFXSR, X86_FXSR },
        { CR4_OSXMMEXCPT, X86_SSE }, { CR4_UMIP, X86_UMIP }, { CR4_FSGSBASE, X86_FSGSBASE },
        { CR4_PCIDE, X86_PCID }, { CR4_OSXSAVE, X86_XSAVE }, { CR4_SMEP, X86_SMEP },
        { CR4_SMAP, X86_SMAP }, { CR4_VME | CR4_PVI, X86_VME },
    };
    uint64_t v = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(bits); i++) {
        v |= x86_has(s, bits[i].feature) ? bits[i].bit : 0;
    }
    return v;
}

void x86_set_cr4(X86Cpu *s, uint64_t v)
{
    uint64_t changed = v ^ s->cr4;
    if (v & ~cr4_bits(s) || (x86_lma(s) && !(v & CR4_PAE))) {
        x86_gp(s, 0);
    }
    if (changed & v & CR4_PCIDE && (!x86_lma(s) || s->cr3 & 0xfff)) {
        x86_gp(s, 0);
    }
    uint64_t old = s->cr4;
    s->cr4 = v;
    if (changed & (CR4_PAE | CR4_PSE | CR4_PGE) && s->cr0 & CR0_PG && v & CR4_PAE && !x86_lma(s) &&
        !x86_load_pdptes(s, s->cr3)) {
        s->cr4 = old;
        x86_gp(s, 0);
    }
    if (changed & (CR4_PSE | CR4_PAE | CR4_PGE | CR4_PCIDE | CR4_SMEP | CR4_SMAP)) {
        x86_update_asid(s);
        tlb_flush_all(&s->cpu);
    }
    x86_mode_changed(s);
}

static uint64_t x86_get_cr(Cpu *cpu, uint32_t n)
{
    X86Cpu *s = X86(cpu);
    const CpuPlatform *p = cpu->platform;
    uint64_t v;
    switch (n) {
    case 0: return s->cr0;
    case 2: return s->cr2;
    case 3: return s->cr3;
    case 4: return s->cr4;
    default:
        if (!p || !p->get_tpr) {
            return s->cr8;
        }
        bool taken = machine_lock_if_free();
        v = p->get_tpr(cpu->platform_opaque);
        machine_unlock_if(taken);
        return v;
    }
}
CALL_DEF(x86_get_cr, "d:w", CALL_SYNC);

static void set_cr8(X86Cpu *s, uint64_t v)
{
    const CpuPlatform *p = s->cpu.platform;
    if (v & ~UINT64_C(15)) {
        x86_gp(s, 0);
    }
    s->cr8 = v;
    if (p && p->set_tpr) {
        bool taken = machine_lock_if_free();
        p->set_tpr(s->cpu.platform_opaque, v);
        machine_unlock_if(taken);
    }
}

static void x86_set_cr(Cpu *cpu, uint32_t n, uint64_t v)
{
    X86Cpu *s = X86(cpu);
    switch (n) {
    case 0: x86_set_cr0(s, v); break;
    case 2: s->cr2 = v; break;
    case 3: x86_set_cr3(s, v); break;
    case 4:
        if (!x86_has(s, X86_CPUID)) {
            x86_fault(s, EXC_UD, X86_NO_ERROR);
        }
        x86_set_cr4(s, v);
        break;
    default: set_cr8(s, v); break;
    }
}
CALL_DEF(x86_set_cr, ":wd", CALL_SYNC);

static uint32_t x86_smsw(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    if (s->cr4 & CR4_UMIP && x86_cpl(s)) {
        x86_gp(s, 0);
    }
    return s->cr0;
}
CALL_DEF(x86_smsw, "w:", CALL_SYNC);

/* PE can be set, not cleared. */
static void x86_lmsw(Cpu *cpu, uint32_t v)
{
    X86Cpu *s = X86(cpu);
    x86_set_cr0(s, (s->cr0 & ~UINT64_C(14)) | (v & 15));
}
CALL_DEF(x86_lmsw, ":w", CALL_SYNC);

static void x86_clts(Cpu *cpu)
{
    X86(cpu)->cr0 &= ~(uint64_t)CR0_TS;
    x86_mode_changed(X86(cpu));
}
CALL_DEF(x86_clts, ":", CALL_SYNC);

/* ---- debug registers ---- */

/* 4 and 5 are 6 and 7 while CR4.DE is clear. */
static unsigned debug_reg(X86Cpu *s, unsigned n)
{
    if ((n == 4 || n == 5) && s->cr4 & CR4_DE) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    if (n > 7) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    if (s->dr[7] & DR7_GD) {
        s->dr[6] |= DR6_BD;
        s->dr[7] &= ~(uint64_t)DR7_GD;
        x86_fault(s, EXC_DB, X86_NO_ERROR);
    }
    return n == 4 || n == 5 ? n + 2 : n;
}

static uint64_t x86_get_dr(Cpu *cpu, uint32_t n)
{
    X86Cpu *s = X86(cpu);
    return s->dr[debug_reg(s, n)];
}
CALL_DEF(x86_get_dr, "d:w", CALL_SYNC);

static void x86_set_dr(Cpu *cpu, uint32_t n, uint64_t v)
{
    X86Cpu *s = X86(cpu);
    n = debug_reg(s, n);
    if (n >= 6 && v >> 32) {
        x86_gp(s, 0);
    }
    s->dr[n] = n == 6 ? (v & 0xe00f) | 0xffff0ff0 : n == 7 ? (v & 0xffff2bff) | 0x400 : v;
    tlb_flush_all(cpu);
    x86_mode_changed(s);
}
CALL_DEF(x86_set_dr, ":wd", CALL_SYNC);

/* ---- translations ---- */

static void x86_invlpg(Cpu *cpu, uint64_t lin)
{
    tlb_flush_page(cpu, lin);
}
CALL_DEF(x86_invlpg, ":d", CALL_SYNC);

static void x86_invpcid(Cpu *cpu, uint32_t type, uint64_t pcid, uint64_t lin)
{
    X86Cpu *s = X86(cpu);
    if (type > 3 || (type < 2 && (pcid >> 12 || (!(s->cr4 & CR4_PCIDE) && pcid))) ||
        (type == 0 && !x86_canonical(lin))) {
        x86_gp(s, 0);
    }
    if (type == 0) {
        tlb_flush_page(cpu, lin);
    } else if (type == 1) {
        tlb_flush_asid(cpu, pcid);
    } else {
        tlb_flush_all(cpu);
    }
}
CALL_DEF(x86_invpcid, ":wdd", CALL_SYNC);

/* ---- time, counters, randomness, extended state ---- */

uint64_t x86_tsc(const X86Cpu *s)
{
    return clock_ns_to_ticks(clock_now(CLOCK_VIRTUAL), X86_TSC_HZ) + s->tsc_offset;
}

static uint64_t x86_rdtsc(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    if (s->cr4 & CR4_TSD && x86_cpl(s)) {
        x86_gp(s, 0);
    }
    return x86_tsc(s);
}
CALL_DEF(x86_rdtsc, "d:", CALL_SYNC);

static uint32_t x86_tsc_aux(Cpu *cpu)
{
    return X86(cpu)->tsc_aux;
}
CALL_DEF(x86_tsc_aux, "w:", CALL_READS);

/* No performance counter counts. */
static uint64_t x86_rdpmc(Cpu *cpu, uint32_t n)
{
    X86Cpu *s = X86(cpu);
    if ((x86_cpl(s) && !(s->cr4 & CR4_PCE)) || n > 1) {
        x86_gp(s, 0);
    }
    return 0;
}
CALL_DEF(x86_rdpmc, "d:w", CALL_SYNC);

static uint64_t x86_random(Cpu *cpu)
{
    uint64_t v = 0;
    (void)cpu;
    if (getrandom(&v, sizeof(v), 0) != sizeof(v)) {
        v = (uint64_t)g_random_int() << 32 | g_random_int();
    }
    return v;
}
CALL_DEF(x86_random, "d:", CALL_READS);

static uint64_t x86_xgetbv(Cpu *cpu, uint32_t n)
{
    X86Cpu *s = X86(cpu);
    if (!(s->cr4 & CR4_OSXSAVE)) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    if (n > 1 || (n == 1 && !x86_has(s, X86_XGETBV1))) {
        x86_gp(s, 0);
    }
    return s->xcr0;
}
CALL_DEF(x86_xgetbv, "d:w", CALL_SYNC);

static void x86_xsetbv(Cpu *cpu, uint32_t n, uint64_t v)
{
    X86Cpu *s = X86(cpu);
    uint64_t allowed = 3 | (x86_has(s, X86_AVX) ? 4 : 0);
    if (!(s->cr4 & CR4_OSXSAVE)) {
        x86_fault(s, EXC_UD, X86_NO_ERROR);
    }
    if (n || v & ~allowed || !(v & 1) || (v & 6) == 4) {
        x86_gp(s, 0);
    }
    s->xcr0 = v;
    x86_mode_changed(s);
}
CALL_DEF(x86_xsetbv, ":wd", CALL_SYNC);

static void x86_cpuid_call(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    uint32_t out[4];
    x86_cpuid(s, s->r[RAX_], s->r[RCX_], out);
    s->r[RAX_] = out[0];
    s->r[RBX_] = out[1];
    s->r[RCX_] = out[2];
    s->r[RDX_] = out[3];
}
const CallDef call_x86_cpuid = { "x86_cpuid", (void (*)(void))x86_cpuid_call, ":",
                                 CALL_READS | CALL_WRITES };

/* ---- model-specific registers ---- */

typedef struct MsrDef {
    uint32_t    number, count;      /* consecutive ones, 8 bytes each in the struct */
    uint32_t    offset;
    bool        canonical, read_only, asks_board;
    uint64_t    writable;
    void      (*changed)(X86Cpu *s, uint64_t old);
    bool      (*check)(X86Cpu *s, uint64_t v);
} MsrDef;

static bool check_efer(X86Cpu *s, uint64_t v)
{
    uint64_t known = (x86_has(s, X86_SYSCALL) ? EFER_SCE : 0) |
                     (x86_has(s, X86_NX) ? EFER_NXE : 0) |
                     (x86_has(s, X86_LM) ? EFER_LME | EFER_LMA : 0);
    return !(v & ~known) && !((v ^ s->efer) & EFER_LME && s->cr0 & CR0_PG);
}

static void efer_changed(X86Cpu *s, uint64_t old)
{
    s->efer = (s->efer & ~(uint64_t)EFER_LMA) | (old & EFER_LMA);
    if ((s->efer ^ old) & EFER_NXE) {
        tlb_flush_all(&s->cpu);
    }
    x86_mode_changed(s);
}

static bool check_pat(X86Cpu *s, uint64_t v)
{
    (void)s;
    for (unsigned i = 0; i < 8; i++) {
        unsigned type = v >> 8 * i & 0xff;
        if (type > 7 || type == 2 || type == 3) {
            return false;
        }
    }
    return true;
}

static bool check_apic_base(X86Cpu *s, uint64_t v)
{
    return !(v & BIT32(10)) || x86_has(s, X86_X2APIC);
}

#define MSR(n, field, ...) { n, 1, offsetof(X86Cpu, field), __VA_ARGS__ }
#define ALL UINT64_MAX

static const MsrDef msrs[] = {
    MSR(0x01b, apic_base, .writable = 0xffffffd00, .asks_board = true,
        .check = check_apic_base),
    MSR(0x03a, feature_control, .writable = 0),
    MSR(0x08b, ucode_rev, .writable = 0),
    MSR(0x174, sysenter_cs, .writable = 0xffff),
    MSR(0x175, sysenter_esp, .writable = ALL, .canonical = true),
    MSR(0x176, sysenter_eip, .writable = ALL, .canonical = true),
    MSR(0x17a, mcg_status, .writable = ALL),
    MSR(0x1a0, misc_enable, .writable = ALL),
    MSR(0x1d9, debugctl, .writable = 3),
    { 0x200, 16, offsetof(X86Cpu, mtrr), .writable = ALL },
    { 0x250, 1, offsetof(X86Cpu, mtrr_fixed[0]), .writable = ALL },
    { 0x258, 2, offsetof(X86Cpu, mtrr_fixed[1]), .writable = ALL },
    { 0x268, 8, offsetof(X86Cpu, mtrr_fixed[3]), .writable = ALL },
    MSR(0x277, pat, .writable = ALL, .check = check_pat),
    MSR(0x2ff, mtrr_def, .writable = 0xcff),
    MSR(0xc0000080, efer, .writable = ALL, .check = check_efer, .changed = efer_changed),
    MSR(0xc0000081, star, .writable = ALL),
    MSR(0xc0000082, lstar, .writable = ALL, .canonical = true),
    MSR(0xc0000083, cstar, .writable = ALL, .canonical = true),
    MSR(0xc0000084, sfmask, .writable = UINT32_MAX),
    MSR(0xc0000100, seg[SEG_FS].base, .writable = ALL, .canonical = true),
    MSR(0xc0000101, seg[SEG_GS].base, .writable = ALL, .canonical = true),
    MSR(0xc0000102, kernel_gs_base, .writable = ALL, .canonical = true),
    MSR(0xc0000103, tsc_aux, .writable = UINT32_MAX),
};

static const MsrDef *find_msr(uint32_t n)
{
    for (unsigned i = 0; i < ARRAY_SIZE(msrs); i++) {
        if (n - msrs[i].number < msrs[i].count) {
            return &msrs[i];
        }
    }
    return NULL;
}

static uint64_t *msr_field(X86Cpu *s, const MsrDef *d, uint32_t n)
{
    return (uint64_t *)((char *)s + d->offset) + (n - d->number);
}

static bool board_msr(X86Cpu *s, uint32_t n, uint64_t *v, bool write)
{
    const CpuPlatform *p = s->cpu.platform;
    if (!p || !p->msr) {
        return false;
    }
    bool taken = machine_lock_if_free();
    bool ok = p->msr(s->cpu.platform_opaque, n, v, write);
    machine_unlock_if(taken);
    return ok;
}

static bool is_x2apic(uint32_t n)
{
    return n >= 0x800 && n < 0x900;
}

/* IA32_TSC_DEADLINE; the board's clock is not moved by writes of the TSC. */
static bool read_deadline(X86Cpu *s, uint64_t *v)
{
    bool ok = board_msr(s, 0x6e0, v, false);
    *v = *v ? clock_ns_to_ticks(*v, X86_TSC_HZ) + s->tsc_offset : 0;
    return ok;
}

static bool write_deadline(X86Cpu *s, uint64_t v)
{
    int64_t ticks = v - s->tsc_offset;
    uint64_t ns = !v ? 0 : ticks > 0 ? clock_ticks_to_ns(ticks, X86_TSC_HZ) : 1;
    return board_msr(s, 0x6e0, &ns, true);
}

static void write_tsc(X86Cpu *s, uint64_t v)
{
    uint64_t deadline = 0;
    bool armed = x86_has(s, X86_TSC_DEADLINE) && read_deadline(s, &deadline) && deadline;
    s->tsc_offset += v - x86_tsc(s);
    if (armed) {
        write_deadline(s, deadline);
    }
}

/* Registers of long mode exist with it. */
static bool absent(const X86Cpu *s, uint32_t n)
{
    return (n == 0x6e0 && !x86_has(s, X86_TSC_DEADLINE)) ||
           (n == 0xc0000080 && !x86_has(s, X86_LM) && !x86_has(s, X86_NX) &&
            !x86_has(s, X86_SYSCALL)) ||
           (n >= 0xc0000082 && n <= 0xc0000102 && !x86_has(s, X86_LM)) ||
           (n == 0xc0000103 && !x86_has(s, X86_RDTSCP));
}

bool x86_rdmsr(X86Cpu *s, uint32_t n, uint64_t *v)
{
    const MsrDef *d = find_msr(n);
    *v = 0;
    if (absent(s, n)) {
        return false;
    }
    if (n == 0x10) {
        *v = x86_tsc(s);
        return true;
    }
    if (n == 0x6e0) {
        return read_deadline(s, v);
    }
    if (is_x2apic(n)) {
        return board_msr(s, n, v, false);
    }
    if (d) {
        *v = *msr_field(s, d, n);
        return true;
    }
    if (n == 0xfe) {
        *v = 0x508;                     /* eight variable MTRRs, fixed ones, write combining */
    } else if (n == 0x179) {
        *v = 0x0000000001000000 & 0;    /* no machine check banks */
    } else {
        log_unimp(NULL, "read of MSR %#x", n);
        return n < 0x400 || n >= 0xc0000000;
    }
    return true;
}

bool x86_wrmsr(X86Cpu *s, uint32_t n, uint64_t v)
{
    const MsrDef *d = find_msr(n);
    if (absent(s, n)) {
        return false;
    }
    if (n == 0x10) {
        write_tsc(s, v);
        return true;
    }
    if (n == 0x6e0) {
        return write_deadline(s, v);
    }
    if (is_x2apic(n)) {
        return board_msr(s, n, &v, true);
    }
    if (!d) {
        log_unimp(NULL, "write of %#" PRIx64 " to MSR %#x", v, n);
        return n < 0x400 || n >= 0xc0000000;
    }
    if ((d->canonical && !x86_canonical(v)) || (d->check && !d->check(s, v))) {
        return false;
    }
    if (d->asks_board && s->cpu.platform && s->cpu.platform->msr && !board_msr(s, n, &v, true)) {
        return false;
    }
    uint64_t *field = msr_field(s, d, n), old = *field;
    *field = (old & ~d->writable) | (v & d->writable);
    if (d->changed) {
        d->changed(s, old);
    }
    return true;
}

static uint64_t x86_rdmsr_call(Cpu *cpu, uint32_t n)
{
    uint64_t v;
    if (!x86_rdmsr(X86(cpu), n, &v)) {
        x86_gp(X86(cpu), 0);
    }
    return v;
}
const CallDef call_x86_rdmsr = { "x86_rdmsr", (void (*)(void))x86_rdmsr_call, "d:w", CALL_SYNC };

static void x86_wrmsr_call(Cpu *cpu, uint32_t n, uint64_t v)
{
    if (!x86_wrmsr(X86(cpu), n, v)) {
        x86_gp(X86(cpu), 0);
    }
}
const CallDef call_x86_wrmsr = { "x86_wrmsr", (void (*)(void))x86_wrmsr_call, ":wd", CALL_SYNC };
