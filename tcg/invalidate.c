/* SPDX-License-Identifier: MIT */
/*
 * Which bytes of RAM hold translated code, and what happens when they are written.
 *
 * A RamPage keeps a mask of the 128-byte lines that hold code and the list of blocks with bytes in
 * the page.  While it is guarded no write TLB entry exists for the page, so every store comes to
 * softmmu.c, which looks at the mask and then at the blocks' exact extents.
 *
 * Several CPUs: a page is guarded before its bytes are read for translation, and who writes looks
 * for the guard behind its write (DMA) or takes the code lock around it (CPUs), so that no
 * translation of old bytes outlives the write.
 */
#include "tcg/engine.h"

#include <string.h>
#include <sys/mman.h>

RamPage *ram_page(RamBlock *ram, uint64_t off)
{
    void *code = __atomic_load_n(&ram->code, __ATOMIC_ACQUIRE);
    if (unlikely(!code)) {
        size_t size = (ram->size >> PAGE_BITS) * sizeof(RamPage);
        void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (p == MAP_FAILED) {
            g_error("out of memory for the code map of '%s'", ram->name);
        }
        if (__atomic_compare_exchange_n(&ram->code, &code, p, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_ACQUIRE)) {
            code = p;
        } else {                        /* another CPU was faster */
            munmap(p, size);
        }
    }
    return (RamPage *)code + (off >> PAGE_BITS);
}

/* The bytes of a block in one of its (at most two) pages, as ram addresses. */
static void extent(const CodeBlock *cb, unsigned which, uint64_t *lo, uint64_t *hi)
{
    if (which == 0) {
        *lo = cb->phys_lo;
        *hi = cb->phys_hi;
    } else {
        *lo = cb->phys2;
        *hi = cb->phys2 + cb->phys2_len;
    }
}

/* Which of the block's pages holds ram address `page`: its link in that page's list. */
static unsigned which_page(const CodeBlock *cb, uint64_t page)
{
    return (cb->phys_lo & PAGE_MASK) == page ? 0 : 1;
}

static uint32_t line_mask(uint64_t lo, uint64_t hi)
{
    unsigned first = (lo & ~PAGE_MASK) >> CODE_LINE_BITS;
    unsigned last = ((hi - 1) & ~PAGE_MASK) >> CODE_LINE_BITS;
    return (UINT32_MAX >> (31 - last)) & (UINT32_MAX << first);
}

static void track_page(CodeBlock *cb, unsigned which, RamBlock *ram, uint64_t off)
{
    uint64_t lo, hi;
    RamPage *p = ram_page(ram, off);
    extent(cb, which, &lo, &hi);
    p->guarded = true;                  /* it was: tlb_guard_code() */
    p->lines |= line_mask(lo, hi);
    cb->line_next[which] = p->blocks;
    cb->line_prev[which] = &p->blocks;
    if (p->blocks) {
        p->blocks->line_prev[which_page(p->blocks, lo & PAGE_MASK)] = &cb->line_next[which];
    }
    p->blocks = cb;
}

void code_track(CodeBlock *cb, RamBlock *ram, uint64_t off)
{
    track_page(cb, 0, ram, off);
    if (cb->phys2_len) {
        RamBlock *second = ram_block_find(cb->phys2);
        track_page(cb, 1, second, cb->phys2 - second->ram_offset);
    }
}

static void untrack_page(CodeBlock *cb, unsigned which)
{
    uint64_t lo, hi;
    extent(cb, which, &lo, &hi);
    uint64_t page = lo & PAGE_MASK;
    CodeBlock *next = cb->line_next[which];
    *cb->line_prev[which] = next;
    if (next) {
        next->line_prev[which_page(next, page)] = cb->line_prev[which];
        return;
    }
    RamBlock *ram = ram_block_find(page);
    RamPage *p = ram_page(ram, page - ram->ram_offset);
    if (!p->blocks) {
        p->lines = 0;
        __atomic_store_n(&p->guarded, 0, __ATOMIC_RELEASE);
    }
}

/* Lines that a dropped block left behind are forgotten when a store asks in vain. */
void code_settle_lines(RamPage *p, uint64_t page)
{
    uint32_t lines = 0;
    for (CodeBlock *cb = p->blocks; cb; ) {
        unsigned which = which_page(cb, page);
        uint64_t lo, hi;
        extent(cb, which, &lo, &hi);
        lines |= line_mask(lo, hi);
        cb = cb->line_next[which];
    }
    p->lines = lines;
}

void code_untrack(CodeBlock *cb)
{
    untrack_page(cb, 0);
    if (cb->phys2_len) {
        untrack_page(cb, 1);
    }
}

static bool block_overlaps(const CodeBlock *cb, uint64_t page, uint64_t addr, uint64_t len)
{
    uint64_t lo, hi;
    extent(cb, which_page(cb, page), &lo, &hi);
    return addr < hi && addr + len > lo;
}

bool code_overlaps(RamPage *p, uint64_t ram_addr, uint64_t len, const CodeBlock *only)
{
    uint64_t page = ram_addr & PAGE_MASK;
    for (CodeBlock *cb = p->blocks; cb; cb = cb->line_next[which_page(cb, page)]) {
        if ((!only || cb == only) && block_overlaps(cb, page, ram_addr, len)) {
            return true;
        }
    }
    return false;
}

static void invalidate_in_page(RamBlock *ram, uint64_t off, uint64_t len)
{
    RamPage *p = ram_page(ram, off);
    uint64_t addr = ram->ram_offset + off, page = addr & PAGE_MASK;
    if (!p->lines || !(p->lines & line_mask(addr, addr + len))) {
        return;
    }
    CodeBlock *cb = p->blocks;
    while (cb) {
        CodeBlock *next = cb->line_next[which_page(cb, page)];
        if (block_overlaps(cb, page, addr, len)) {
            tcg_stats.invalidated++;
            code_discard(cb);
        }
        cb = next;
    }
}

/* After a write: either this sees the guard, or the translator sees what was written. */
static bool has_code(RamBlock *ram, uint64_t off, uint64_t len)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    for (uint64_t page = off & PAGE_MASK; ram->code && page < off + len; page += 1u << PAGE_BITS) {
        if (__atomic_load_n(&ram_page(ram, page)->guarded, __ATOMIC_RELAXED)) {
            return true;
        }
    }
    return false;
}

void code_invalidate(RamBlock *ram, uint64_t off, uint64_t len)
{
    if (!has_code(ram, off, len)) {
        return;
    }
    code_lock();
    while (len) {
        uint64_t in_page = MIN(len, (1u << PAGE_BITS) - (off & ~PAGE_MASK));
        invalidate_in_page(ram, off, in_page);
        off += in_page;
        len -= in_page;
    }
    code_unlock();
}

/* ---- writes by other threads ---- */

typedef struct Written {
    RamBlock *ram;
    uint64_t  off, len;
} Written;

static struct {
    GMutex   lock;
    GArray  *writes;            /* of Written */
    unsigned any;               /* read without the lock */
} later;

bool code_written_later(RamBlock *ram, uint64_t off, uint64_t len)
{
    if (tcg_parallel) {
        code_invalidate(ram, off, len);
        return false;
    }
    if (!has_code(ram, off, len)) {
        return false;
    }
    g_mutex_lock(&later.lock);
    if (!later.writes) {
        later.writes = g_array_new(false, false, sizeof(Written));
    }
    Written w = { ram, off, len };
    g_array_append_val(later.writes, w);
    __atomic_store_n(&later.any, later.writes->len, __ATOMIC_RELEASE);
    g_mutex_unlock(&later.lock);
    return true;
}

void code_settle_writes(void)
{
    if (!__atomic_load_n(&later.any, __ATOMIC_ACQUIRE)) {
        return;
    }
    g_mutex_lock(&later.lock);
    for (unsigned i = 0; i < later.writes->len; i++) {
        Written *w = &g_array_index(later.writes, Written, i);
        code_invalidate(w->ram, w->off, w->len);
    }
    g_array_set_size(later.writes, 0);
    later.any = 0;
    g_mutex_unlock(&later.lock);
}
