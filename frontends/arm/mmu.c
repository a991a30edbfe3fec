/* SPDX-License-Identifier: MIT */
/*
 * The translation table walk.
 * Implements: ARM DDI 0406C, B3.3 (MMU off), B3.5 (short descriptors), B3.6 (long descriptors),
 * B3.7 (access control), B3.13.3 (fault status); DDI 0100I, B4 for ARMv4, ARMv5 and ARMv6 with
 * subpages (SCTLR.XP = 0): fine tables, tiny pages, S and R bits.
 *
 * Choices for UNPREDICTABLE: reserved descriptors are translation faults; the reserved domain field
 * 0b10 gives no access; AP = 0b100 gives no access.
 * Not here: memory attributes (no caches are modelled), second stage translation, hardware
 * management of the access flag (SCTLR.HA reads as zero).
 */
#include "frontends/arm/mmu.h"

typedef struct Walk {
    ArmCpu      *s;
    uint32_t     mva;
    AccessType   access;
    bool         user;
    Translation *t;
    MmuFault    *fault;
} Walk;

/* What an access needs: in the order of AccessType. */
static const uint8_t needed_prot[] = { PROT_R, PROT_W, PROT_X };

enum { NO_DOMAIN = 0 };

static bool fault(const Walk *w, uint32_t status)
{
    w->fault->code = status;
    return false;
}

static bool load_descriptor(const Walk *w, GPa pa, unsigned size, uint64_t *desc)
{
    bool big = w->s->cp15.sctlr & SCTLR_EE && arm_has(w->s, ARM_V6);
    return cpu_ld_phys(&w->s->cpu, pa, size, big ? ENDIAN_BIG : ENDIAN_LITTLE, desc);
}

/* ---- permissions ---- */

/* By AP[2:0]; B3-8.  With SCTLR.AFE, AP[0] is the access flag, and where it is set the same rows
 * are those of AP[2:1]. */
enum { RW = PROT_R | PROT_W, RO = PROT_R };
static const uint8_t ap_prot[2][8] = {
    { 0, RW, RW, RW, 0, RO, RO, RO },           /* privileged */
    { 0, 0,  RO, RW, 0, 0,  RO, RO },           /* user */
};

/* AP = 0 before ARMv7: SCTLR.S lets privileged code read, SCTLR.R everybody. */
static unsigned ap_zero_prot(const Walk *w)
{
    uint32_t sctlr = w->s->cp15.sctlr;
    if (arm_has(w->s, ARM_V7)) {
        return 0;
    }
    return sctlr & SCTLR_R || (sctlr & SCTLR_S && !w->user) ? PROT_R : 0;
}

/* Execute permission follows read permission, unless it is taken away. */
static unsigned ap_to_prot(const Walk *w, unsigned ap, bool xn, bool pxn)
{
    unsigned prot = ap ? ap_prot[w->user][ap] : ap_zero_prot(w);
    if (!(prot & PROT_R) || xn || (pxn && !w->user)) {
        return prot;
    }
    if (arm_has(w->s, ARM_V7VE)) {
        uint32_t sctlr = w->s->cp15.sctlr;
        bool user_writes = ap_prot[1][ap] & PROT_W;
        if ((sctlr & SCTLR_WXN && prot & PROT_W) ||
            (sctlr & SCTLR_UWXN && user_writes && !w->user)) {
            return prot;
        }
    }
    return prot | PROT_X;
}

/* ---- short descriptors ---- */

/* A leaf, in the terms that all formats share. */
typedef struct Leaf {
    GPa      pa;                /* of the address itself */
    unsigned bits;              /* page size as the TLB may use it */
    unsigned ap;
    bool     xn, pxn, ng;
    unsigned domain;
    bool     page;              /* second level: fault status + 2 */
} Leaf;

enum { FS_ACCESS_FLAG = 0x3, FS_TRANSLATION = 0x5, FS_DOMAIN = 0x9, FS_PERMISSION = 0xd };

/* The section's status, the page's in bit 1; access flag faults are 3 and 6. */
static uint32_t short_status(uint32_t fs, bool page, unsigned domain)
{
    return (page ? fs == FS_ACCESS_FLAG ? 0x6 : fs | 2 : fs) | domain << 4;
}

static bool short_leaf(const Walk *w, const Leaf *leaf, bool flag_checked)
{
    ArmCpu *s = w->s;
    unsigned domain = s->cp15.dacr >> 2 * leaf->domain & 3;
    unsigned prot = PROT_R | PROT_W | PROT_X;

    if (flag_checked && !(leaf->ap & 1)) {
        return fault(w, short_status(FS_ACCESS_FLAG, leaf->page, leaf->domain));
    }
    if (!(domain & 1)) {
        return fault(w, short_status(FS_DOMAIN, leaf->page, leaf->domain));
    }
    if (domain == 1) {
        prot = ap_to_prot(w, leaf->ap, leaf->xn, leaf->pxn);
    }
    if (!(prot & needed_prot[w->access])) {
        return fault(w, short_status(FS_PERMISSION, leaf->page, leaf->domain));
    }
    /* Global: the same with every ASID, every process of FCSE and every DACR in use. */
    bool shared = arm_has(s, ARM_V6) ? !leaf->ng : w->fault->va >= 32 * MiB;
    *w->t = (Translation){
        .pa = leaf->pa, .prot = prot, .page_bits = leaf->bits, .uncached = leaf->bits < PAGE_BITS,
        .global = shared && !(s->dacr_varying >> 2 * leaf->domain & 3),
    };
    return true;
}

/* ARMv6 and later with XP set, and all of ARMv7: AP[2:0], XN, nG, supersections. */
static bool new_section(const Walk *w, uint32_t desc)
{
    Leaf leaf = {
        .pa = (desc & 0xfff00000) | (w->mva & 0xfffff), .bits = 20,
        .ap = (desc >> 10 & 3) | (desc >> 13 & 4), .xn = desc & 1 << 4,
        .pxn = desc & 1 && arm_has(w->s, ARM_LPAE), .ng = desc & 1 << 17, .domain = desc >> 5 & 15,
    };
    if (desc & 1 << 18) {
        leaf.pa = (desc & 0xff000000) | (w->mva & 0xffffff);
        leaf.pa |= (GPa)(desc >> 20 & 15) << 32 | (GPa)(desc >> 5 & 15) << 36;
        leaf.bits = 24;
        leaf.domain = NO_DOMAIN;
    }
    return short_leaf(w, &leaf, w->s->cp15.sctlr & SCTLR_AFE);
}

static bool new_page(const Walk *w, uint32_t desc, const Leaf *table)
{
    Leaf leaf = *table;
    leaf.ap = (desc >> 4 & 3) | (desc >> 7 & 4);
    leaf.ng = desc & 1 << 11;
    if (desc & 2) {
        leaf.pa = (desc & 0xfffff000) | (w->mva & 0xfff);
        leaf.bits = 12;
        leaf.xn = desc & 1;
    } else {
        leaf.pa = (desc & 0xffff0000) | (w->mva & 0xffff);
        leaf.bits = 16;
        leaf.xn = desc & 1 << 15;
    }
    return short_leaf(w, &leaf, w->s->cp15.sctlr & SCTLR_AFE);
}

/* ARMv4 and ARMv5: each quarter of a page has its own AP.  A small page whose quarters differ is
 * four subpages of 1 KiB to the TLB. */
static bool old_page(const Walk *w, uint32_t desc, const Leaf *table)
{
    Leaf leaf = *table;
    unsigned aps = desc >> 4 & 0xff;
    switch (desc & 3) {
    case 1:
        leaf.pa = (desc & 0xffff0000) | (w->mva & 0xffff);
        leaf.ap = aps >> 2 * (w->mva >> 14 & 3) & 3;
        leaf.bits = aps == (aps & 3) * 0x55 ? 16 : 14;
        break;
    case 2:
        leaf.pa = (desc & 0xfffff000) | (w->mva & 0xfff);
        leaf.ap = aps >> 2 * (w->mva >> 10 & 3) & 3;
        leaf.bits = aps == (aps & 3) * 0x55 ? 12 : 10;
        break;
    default:                                    /* tiny page, or extended small page */
        leaf.bits = table->bits == 10 ? 10 : 12;
        leaf.pa = (desc & ~(uint32_t)mask64(leaf.bits)) | (w->mva & mask64(leaf.bits));
        leaf.ap = aps & 3;
        break;
    }
    return short_leaf(w, &leaf, false);
}

/* TTBCR.N gives addresses with any of the N topmost bits set to TTBR1; PD0 and PD1 forbid walks. */
static bool short_table(const Walk *w, GPa *entry)
{
    const ArmCp15 *c = &w->s->cp15;
    unsigned n = c->ttbcr & 7;
    if (n && w->mva >> (32 - n)) {
        *entry = (c->ttbr[1] & 0xffffc000) | (w->mva >> 20) << 2;
        return !(c->ttbcr & 1 << 5);
    }
    uint32_t base = c->ttbr[0] & ~(uint32_t)mask64(14 - n);
    *entry = base | (w->mva >> 20) << 2;
    return !(c->ttbcr & 1 << 4);
}

static bool has_new_format(const ArmCpu *s)
{
    return arm_has(s, ARM_V7) || (arm_has(s, ARM_V6) && s->cp15.sctlr & SCTLR_XP);
}

static bool old_section(const Walk *w, uint32_t desc)
{
    Leaf leaf = {
        .pa = (desc & 0xfff00000) | (w->mva & 0xfffff), .bits = 20, .ap = desc >> 10 & 3,
        .domain = desc >> 5 & 15,
    };
    return short_leaf(w, &leaf, false);
}

/* The second level.  first: the table's descriptor. */
static bool short_second(const Walk *w, uint32_t first, bool fine, bool new_format)
{
    Leaf table = { .page = true, .domain = first >> 5 & 15, .bits = fine ? 10 : 12 };
    GPa entry = fine ? (first & 0xfffff000) | (w->mva >> 10 & 0x3ff) << 2
                     : (first & 0xfffffc00) | (w->mva >> 12 & 0xff) << 2;
    uint64_t desc;
    if (!load_descriptor(w, entry, 4, &desc)) {
        return fault(w, 0xe | table.domain << 4);
    }
    bool small_extended = arm_has(w->s, ARM_V6) || arm_has(w->s, ARM_XSCALE);
    if (!(desc & 3) || ((desc & 3) == 3 && !new_format && !fine && !small_extended)) {
        return fault(w, short_status(FS_TRANSLATION, true, table.domain));
    }
    if (!new_format) {
        return old_page(w, desc, &table);
    }
    table.pxn = first & 1 << 2 && arm_has(w->s, ARM_LPAE);
    return new_page(w, desc, &table);
}

static bool walk_short(const Walk *w)
{
    bool new_format = has_new_format(w->s);
    uint64_t desc;
    GPa entry;
    if (!short_table(w, &entry)) {
        return fault(w, FS_TRANSLATION);
    }
    if (!load_descriptor(w, entry, 4, &desc)) {
        return fault(w, 0xc);
    }
    switch (desc & 3) {
    case 1:
        return short_second(w, desc, false, new_format);
    case 2:
        return new_format ? new_section(w, desc) : old_section(w, desc);
    case 3:
        if (new_format && arm_has(w->s, ARM_LPAE)) {
            return new_section(w, desc);        /* with PXN */
        }
        if (!arm_has(w->s, ARM_V6)) {
            return short_second(w, desc, true, false);
        }
        break;
    }
    return fault(w, short_status(FS_TRANSLATION, false, desc & 3 ? desc >> 5 & 15 : 0));
}

/* ---- long descriptors ---- */

enum { LS_TRANSLATION = 0x04, LS_ACCESS_FLAG = 0x08, LS_PERMISSION = 0x0c, LS_EXTERNAL = 0x14 };
enum { TABLE_PXN = 1, TABLE_XN = 2, TABLE_USER_NONE = 4, TABLE_READ_ONLY = 8 };

static bool long_fault(const Walk *w, uint32_t status, unsigned level)
{
    return fault(w, ARM_FSR_LONG | status | level);
}

/* Which table, and how many address bits it translates.  False: the gap between the two. */
static bool long_table(const Walk *w, GPa *base, unsigned *bits)
{
    const ArmCp15 *c = &w->s->cp15;
    unsigned t0sz = c->ttbcr & 7, t1sz = c->ttbcr >> 16 & 7;
    bool high = t1sz ? w->mva >> (32 - t1sz) == (1u << t1sz) - 1
                     : t0sz && w->mva >> (32 - t0sz);
    bool low = !high && (!t0sz || !(w->mva >> (32 - t0sz)));
    if (!high && !low) {
        return false;
    }
    *bits = 32 - (high ? t1sz : t0sz);
    *base = c->ttbr[high] & mask64(40);
    return !(c->ttbcr & (high ? 1 << 23 : 1 << 7));
}

/* limits: what APTable, XNTable and PXNTable of the levels above take away. */
static bool long_leaf(const Walk *w, uint64_t desc, unsigned level, unsigned limits)
{
    static const uint8_t page_bits[] = { 0, 30, 21, 12 };
    unsigned bits = page_bits[level];
    if (!(desc & 1 << 10)) {
        return long_fault(w, LS_ACCESS_FLAG, level);
    }
    /* AP[2:1] as AP[2:0] of the short format with AP[0] set */
    bool user = desc & 1 << 6 && !(limits & TABLE_USER_NONE);
    bool ro = desc & 1 << 7 || limits & TABLE_READ_ONLY;
    unsigned ap = 1 | user << 1 | ro << 2;
    bool xn = desc >> 54 & 1 || limits & TABLE_XN;
    bool pxn = desc >> 53 & 1 || limits & TABLE_PXN;
    unsigned prot = ap_to_prot(w, ap, xn, pxn);
    if (!(prot & needed_prot[w->access])) {
        return long_fault(w, LS_PERMISSION, level);
    }
    *w->t = (Translation){
        .pa = (desc & mask64(40) & ~mask64(bits)) | (w->mva & mask64(bits)),
        .prot = prot, .page_bits = bits, .global = !(desc & 1 << 11),
    };
    return true;
}

static unsigned table_limits(uint64_t desc)
{
    return (desc >> 59 & 1) * TABLE_PXN | (desc >> 60 & 1) * TABLE_XN |
           (desc >> 61 & 1) * TABLE_USER_NONE | (desc >> 62 & 1) * TABLE_READ_ONLY;
}

static bool walk_long(const Walk *w)
{
    static const uint8_t shift[] = { 0, 30, 21, 12 };
    GPa base;
    unsigned bits, limits = 0;
    if (!long_table(w, &base, &bits)) {
        return long_fault(w, LS_TRANSLATION, 1);
    }
    unsigned level = bits > 30 ? 1 : 2;
    uint32_t index = (w->mva & mask64(bits)) >> shift[level];
    base &= ~mask64(bits - shift[level] + 3);
    for (;; level++) {
        uint64_t desc;
        if (!load_descriptor(w, base + index * 8, 8, &desc)) {
            return long_fault(w, LS_EXTERNAL, level);
        }
        if (!(desc & 1) || (level == 3 && !(desc & 2))) {
            return long_fault(w, LS_TRANSLATION, level);
        }
        if (level == 3 || !(desc & 2)) {
            return long_leaf(w, desc, level, limits);
        }
        limits |= table_limits(desc);
        base = desc & mask64(40) & ~mask64(12);
        index = w->mva >> shift[level + 1] & 0x1ff;
    }
}

bool arm_walk(Cpu *cpu, GVa va, AccessType access, unsigned mmu, bool debug, Translation *t,
              MmuFault *fault)
{
    ArmCpu *s = ARM(cpu);
    if (!(s->cp15.sctlr & SCTLR_M)) {
        *t = (Translation){
            .pa = arm_mva(s, va), .prot = PROT_R | PROT_W | PROT_X, .page_bits = 20, .global = true,
        };
        return true;
    }
    *fault = (MmuFault){ .va = va, .access = access };
    Walk w = { s, arm_mva(s, va), access, mmu == ARM_MMU_USER, t, fault };
    return arm_lpae_on(s) ? walk_long(&w) : walk_short(&w);
}
