/* SPDX-License-Identifier: MIT */
/*
 * Paging.
 * Implements: SDM 3A, chapter 4: 32-bit paging with PSE and PSE-36, PAE, 4-level; accessed and dirty
 * flags; access rights with WP, NX, SMEP, SMAP; 4.7 (error codes); 4.10 (PCID, global pages).
 * Not here: protection keys, 5-level paging, memory types (no caches are modelled).
 */
#include "frontends/x86/cpu.h"

enum {
    PTE_P = 1, PTE_RW = 2, PTE_US = 4, PTE_A = 0x20, PTE_D = 0x40, PTE_PS = 0x80, PTE_G = 0x100,
};
#define PTE_NX (UINT64_C(1) << 63)

enum { PF_P = 1, PF_W = 2, PF_U = 4, PF_RSVD = 8, PF_I = 16, NOT_CANONICAL = (int)(1u << 31) };

typedef struct Walk {
    X86Cpu      *s;
    GVa          va;
    AccessType   access;
    unsigned     mmu;           /* X86_MMU_*, without NARROW */
    bool         debug;
    Translation *t;
    MmuFault    *fault;
    uint64_t     rights;        /* RW and US of all levels and'ed, NX or'ed */
} Walk;

static bool user(const Walk *w)
{
    return w->mmu == X86_MMU_USER;
}

static bool fault(const Walk *w, uint32_t code)
{
    const X86Cpu *s = w->s;
    code |= w->access == ACCESS_WRITE ? PF_W : 0;
    code |= user(w) ? PF_U : 0;
    bool nx = s->cr4 & CR4_PAE && s->efer & EFER_NXE;
    code |= w->access == ACCESS_FETCH && (nx || s->cr4 & CR4_SMEP) ? PF_I : 0;
    w->fault->code = code;
    return false;
}

static uint64_t phys_mask(const X86Cpu *s)
{
    return mask64(s->model ? s->model->phys_bits : 40) & ~(uint64_t)s->a20_mask_off;
}

/* ---- entries ---- */

static bool read_entry(const Walk *w, GPa at, unsigned size, uint64_t *e)
{
    at &= ~(uint64_t)w->s->a20_mask_off;
    if (!cpu_ld_phys(&w->s->cpu, at, size, ENDIAN_LITTLE, e)) {
        *e = size == 4 ? UINT32_MAX : UINT64_MAX;       /* nobody there: all ones */
    }
    return *e & PTE_P;
}

/* Sets A (and D) in memory; false: another processor changed the entry, walk again. */
static bool mark(const Walk *w, GPa at, unsigned size, uint64_t *e, uint64_t bits)
{
    if (w->debug || (*e & bits) == bits) {
        return true;
    }
    at &= ~(uint64_t)w->s->a20_mask_off;
    if (!cpu_cas_phys(&w->s->cpu, at, size, ENDIAN_LITTLE, *e, *e | bits)) {
        uint64_t now;
        cpu_ld_phys(&w->s->cpu, at, size, ENDIAN_LITTLE, &now);
        return now == *e;               /* read-only memory: it stays as it is */
    }
    *e |= bits;
    return true;
}

static void gather(Walk *w, uint64_t e)
{
    w->rights = (w->rights & e & (PTE_RW | PTE_US)) | ((w->rights | e) & PTE_NX);
}

/* ---- rights ---- */

/* What this MMU index may do with the page: PROT_*. */
static unsigned allowed(const Walk *w)
{
    const X86Cpu *s = w->s;
    bool us = w->rights & PTE_US, rw = w->rights & PTE_RW;
    bool nx = w->rights & PTE_NX && s->efer & EFER_NXE;
    if (user(w)) {
        return !us ? 0 : PROT_R | (rw ? PROT_W : 0) | (nx ? 0 : PROT_X);
    }
    unsigned prot = PROT_R | (rw || !(s->cr0 & CR0_WP) ? PROT_W : 0);
    prot |= nx || (us && s->cr4 & CR4_SMEP) ? 0 : PROT_X;
    return us && w->mmu == X86_MMU_SMAP && s->cr4 & CR4_SMAP ? prot & PROT_X : prot;
}

static const uint8_t needed[] = { PROT_R, PROT_W, PROT_X };

/* The leaf at level `bits`.  A page that is not dirty yet is not writable without another walk. */
static int finish(Walk *w, GPa at, unsigned size, uint64_t e, GPa base, unsigned bits)
{
    unsigned prot = allowed(w);
    if (!(prot & needed[w->access])) {
        fault(w, PF_P);
        return 0;
    }
    bool write = w->access == ACCESS_WRITE;
    if (!mark(w, at, size, &e, PTE_A | (write ? PTE_D : 0))) {
        return -1;
    }
    if (!(e & PTE_D) && !w->debug) {
        prot &= ~PROT_W;
    }
    *w->t = (Translation){
        .pa = (base | (w->va & mask64(bits))) & phys_mask(w->s), .prot = prot, .page_bits = bits,
        .global = e & PTE_G && w->s->cr4 & CR4_PGE,
    };
    return 1;
}

/* ---- 32-bit paging ---- */

static int walk_32(Walk *w)
{
    X86Cpu *s = w->s;
    GPa at = (s->cr3 & 0xfffff000) | (w->va >> 22 & 0x3ff) << 2;
    uint64_t e;
    if (!read_entry(w, at, 4, &e)) {
        return fault(w, 0);
    }
    gather(w, e);
    if (e & PTE_PS && s->cr4 & CR4_PSE) {
        GPa base = (e & 0xffc00000) | (x86_has(s, X86_PSE36) ? (e & 0x1fe000) << 19 : 0);
        if (e & 1 << 21) {
            return fault(w, PF_P | PF_RSVD);
        }
        return finish(w, at, 4, e, base, 22);
    }
    if (!mark(w, at, 4, &e, PTE_A)) {
        return -1;
    }
    at = (e & 0xfffff000) | (w->va >> 12 & 0x3ff) << 2;
    if (!read_entry(w, at, 4, &e)) {
        return fault(w, 0);
    }
    gather(w, e);
    return finish(w, at, 4, e, e & 0xfffff000, 12);
}

/* ---- PAE and 4-level paging: entries of 64 bits ---- */

/* Bits that must be 0 in an entry. */
static uint64_t reserved(const X86Cpu *s)
{
    uint64_t bits = ~mask64(s->model ? s->model->phys_bits : 40) & 0x000fffffffffffff;
    bits |= s->efer & EFER_NXE ? 0 : PTE_NX;
    return x86_lma(s) ? bits : bits | 0x7ff0000000000000;
}

/* Down from the table at `table`, whose entries translate from bit `shift` on. */
static int walk_64(Walk *w, GPa table, unsigned shift)
{
    X86Cpu *s = w->s;
    uint64_t rsvd = reserved(s), address = mask64(52) & ~mask64(12), e;
    for (;; shift -= 9) {
        GPa at = table + (w->va >> shift & 0x1ff) * 8;
        if (!read_entry(w, at, 8, &e)) {
            return fault(w, 0);
        }
        bool leaf = shift == 12 || (e & PTE_PS &&
                                    (shift == 21 || (shift == 30 && x86_has(s, X86_PDPE1GB))));
        if (e & rsvd || (e & PTE_PS && !leaf && shift > 21) ||
            (leaf && shift > 12 && e & mask64(shift) & ~mask64(13))) {
            return fault(w, PF_P | PF_RSVD);
        }
        gather(w, e);
        if (leaf) {
            return finish(w, at, 8, e, e & address & ~mask64(shift), shift);
        }
        if (!mark(w, at, 8, &e, PTE_A)) {
            return -1;
        }
        table = e & address;
    }
}

static int walk_pae(Walk *w)
{
    uint64_t e = w->s->pdpte[w->va >> 30 & 3];
    return e & PTE_P ? walk_64(w, e & mask64(52) & ~mask64(12), 21) : fault(w, 0);
}

/* ---- the walk ---- */

bool x86_load_pdptes(X86Cpu *s, uint64_t cr3)
{
    uint64_t e[4], rsvd = (~mask64(s->model ? s->model->phys_bits : 40)) | 0x1e6;
    for (unsigned i = 0; i < 4; i++) {
        GPa at = (cr3 & 0xffffffe0) + i * 8;
        if (!cpu_ld_phys(&s->cpu, at & ~(uint64_t)s->a20_mask_off, 8, ENDIAN_LITTLE, &e[i])) {
            e[i] = 0;
        }
        if (e[i] & PTE_P && e[i] & rsvd) {
            return false;
        }
    }
    memcpy(s->pdpte, e, sizeof(e));
    return true;
}

static int walk_once(Walk *w)
{
    X86Cpu *s = w->s;
    w->rights = PTE_RW | PTE_US;
    if (x86_lma(s)) {
        return walk_64(w, s->cr3 & mask64(52) & ~mask64(12), 39);
    }
    return s->cr4 & CR4_PAE ? walk_pae(w) : walk_32(w);
}

bool x86_walk(Cpu *cpu, GVa va, AccessType access, unsigned mmu, bool debug, Translation *t,
              MmuFault *f)
{
    X86Cpu *s = X86(cpu);
    unsigned size = f->size;
    *f = (MmuFault){ .va = va, .access = access, .size = size };
    if (x86_is_magic(va)) {
        return false;
    }
    if (!(s->cr0 & CR0_PG)) {
        *t = (Translation){ .pa = (uint32_t)va & phys_mask(s), .prot = PROT_R | PROT_W | PROT_X,
                            .page_bits = 12, .global = true };
    } else {
        if (x86_lma(s) && !x86_canonical(va)) {
            f->code = NOT_CANONICAL;
            return false;
        }
        Walk w = { s, va, access, mmu % X86_MMU_NARROW, debug, t, f, 0 };
        int result;
        do {
            result = walk_once(&w);
        } while (result < 0);
        if (!result) {
            return false;
        }
    }
    if (!debug && x86_page_watched(s, va)) {
        if (access == ACCESS_FETCH) {
            t->prot = PROT_X;           /* what is cached must not serve data */
        } else {
            t->uncached = true;
            x86_watch(s, va, MAX(size, 1u), access);
        }
    }
    return true;
}
