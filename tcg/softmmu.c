/* SPDX-License-Identifier: MIT */
/*
 * The software MMU: TLB refill, and every access that the inline probe of generated code does not
 * cover: misses, devices, page crossings, alignment faults, stores to pages that hold code.
 *
 * Two levels.  The first (system/cpu.h) is what generated code probes: one entry a page, tagged
 * with the context.  The second holds whole translations, four ways a set, and is what a miss asks
 * before the frontend's page walk; global pages are in it once for all address spaces.
 *
 * A flush or a switch of address spaces makes or picks another generation number: no entry is
 * touched.  Numbers never come back (2^27 of them; then the tables are cleared).
 */
#include "tcg/engine.h"

#include <inttypes.h>
#include <string.h>
#include "system/lock.h"
#include "system/log.h"

static inline TlbEntry *tlb1(Cpu *cpu, bool write, GVa va)
{
    char *base = (char *)cpu + (write ? TLB_WRITE_OFFSET : TLB_READ_OFFSET);
    return (TlbEntry *)base + (va >> PAGE_BITS) % TLB_SIZE;
}

static inline IoPage *io_page(Cpu *cpu, bool write, GVa va)
{
    return &cpu->tcg->io[write][(va >> PAGE_BITS) % IO_PAGES];
}

static inline JumpCacheEntry *jump_cache(Cpu *cpu)
{
    return (JumpCacheEntry *)((char *)cpu + JUMP_CACHE_OFFSET);
}

static inline IrMem unpack(uint64_t mem)
{
    union { uint64_t imm; IrMem mem; } u = { .imm = mem };
    return u.mem;
}

/* ---- contexts ---- */

static void clear_tables(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    memset((char *)cpu + TLB_READ_OFFSET, 0xff, -(ptrdiff_t)TLB_READ_OFFSET);
    memset(t->io, 0xff, sizeof(t->io));
    memset(t->tlb2, 0, sizeof(t->tlb2));
    memset(t->asid_space, 0, sizeof(t->asid_space));
    memset(t->ctx, 0, sizeof(t->ctx));
    memset(t->large, 0, sizeof(t->large));
    memset(t->code_pages, 0, sizeof(t->code_pages));
    memset(cpu->ras, 0xff, sizeof(cpu->ras));
    memset(t->asid_tag, 0, sizeof(t->asid_tag));
    t->n_tags = 0;
    t->next_space = 0;
    t->next_ctx = 0;
    t->global_space = ++t->next_space;
}

static uint32_t new_space(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    if (t->next_space == (1u << 27) - 1) {
        clear_tables(cpu);
    }
    return ++t->next_space;
}

static inline uint64_t ctx_tag(uint32_t id)
{
    return (uint64_t)id << 32;
}

enum { TAG_SHIFT = 5, MAX_TAGS = 127 };

static inline bool is_wide(const Cpu *cpu)
{
    return cpu->isa->va_bits > 32;
}

/*
 * Of 64-bit code addresses no bit is free for a context, so that the contexts of such guests are
 * numbers without a pattern (the finaliser of splitmix64 over id and a secret): two keys are equal
 * by chance once in 2^64, and a guest cannot bring it about.
 */
static uint64_t scrambled(uint32_t id)
{
    static uint64_t secret;
    if (!secret) {
        secret = (uint64_t)g_random_int() << 32 | g_random_int() | 1;
    }
    uint64_t z = id * 0x9e3779b97f4a7c15u + secret;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* The generation of the current address space, made when there is none. */
static uint32_t current_space(CpuTcg *t, Cpu *cpu)
{
    unsigned i = t->asid % N_ASIDS;
    if (!t->asid_space[i] || t->asid_owner[i] != t->asid) {
        uint32_t space = new_space(cpu);
        t->asid_space[i] = space;
        t->asid_owner[i] = t->asid;
        memset(t->asid_tag[i], 0, sizeof(t->asid_tag[i]));
    }
    return t->asid_space[i];
}

static void set_exec_ctx(Cpu *cpu, uint32_t space)
{
    CpuTcg *t = cpu->tcg;
    uint64_t mode = t->mode;
    CtxEntry *e = &t->ctx[(mode * 0x9e3779b97f4a7c15u >> 40 ^ space ^ t->fetch_mmu << 3) %
                          CTX_CACHE];
    if (e->space != space || e->mode != mode || e->mmu != t->fetch_mmu || !e->id) {
        if (t->next_ctx == UINT32_MAX) {
            clear_tables(cpu);
            space = current_space(t, cpu);
        }
        uint32_t id = ++t->next_ctx;
        uint64_t key = is_wide(cpu) ? scrambled(id) : ctx_tag(id);
        *e = (CtxEntry){ mode, key, space, id, t->fetch_mmu };
    }
    cpu->exec_ctx = e->key;
}

static void update_contexts(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    uint32_t space = current_space(t, cpu);
    t->space = space;
    for (unsigned i = 0; i < N_MMU; i++) {
        if (is_wide(cpu)) {
            cpu->tlb_ctx[i] = (uint64_t)t->asid_tag[t->asid % N_ASIDS][i] << TAG_SHIFT;
            continue;
        }
        /* Even and below 2^31: an address that wraps around 4 GiB, one bit up or all bits set in
         * its upper half, matches no context's tag in generated code. */
        cpu->tlb_ctx[i] = ctx_tag(space << 4 | i << 1);
    }
    set_exec_ctx(cpu, space);
}

void cpu_mode_changed(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    t->mode = cpu->isa->mode_key(cpu);
    t->fetch_mmu = cpu->isa->fetch_mmu(cpu);
    set_exec_ctx(cpu, current_space(t, cpu));
}

void exec_ctx_renew(Cpu *cpu)
{
    memset(cpu->tcg->ctx, 0, sizeof(cpu->tcg->ctx));
    memset(cpu->tcg->code_pages, 0, sizeof(cpu->tcg->code_pages));
    cpu_mode_changed(cpu);
}

void tlb_set_asid(Cpu *cpu, unsigned asid)
{
    if (cpu->tcg->asid != asid) {
        cpu->tcg->asid = asid;
        update_contexts(cpu);
    }
}

void tlb_flush_all(Cpu *cpu)
{
    CpuTcg *t = cpu->tcg;
    cpu->tcg->stats.flushes++;
    memset(t->asid_space, 0, sizeof(t->asid_space));
    memset(t->large, 0, sizeof(t->large));
    memset(t->code_pages, 0, sizeof(t->code_pages));
    t->global_space = new_space(cpu);
    update_contexts(cpu);
}

void tlb_flush_asid(Cpu *cpu, unsigned asid)
{
    CpuTcg *t = cpu->tcg;
    unsigned i = asid % N_ASIDS;
    cpu->tcg->stats.flushes++;
    if (t->asid_owner[i] == asid) {
        t->asid_space[i] = 0;
    }
    if (t->asid == asid) {
        update_contexts(cpu);
    }
}

static bool test_and_clear(uint8_t *bits, unsigned n)
{
    bool was = bits[n / 8] >> n % 8 & 1;
    bits[n / 8] &= ~(1 << n % 8);
    return was;
}

static void set_bit(uint8_t *bits, unsigned n)
{
    bits[n / 8] |= 1 << n % 8;
}

static void flush_one(Cpu *cpu, GVa page)
{
    CpuTcg *t = cpu->tcg;
    TlbInfo *set = t->tlb2[(page >> PAGE_BITS) % TLB2_SETS];
    tlb1(cpu, false, page)->tag = UINT64_MAX;
    tlb1(cpu, true, page)->tag = UINT64_MAX;
    io_page(cpu, false, page)->tag = UINT64_MAX;
    io_page(cpu, true, page)->tag = UINT64_MAX;
    for (unsigned w = 0; w < TLB2_WAYS; w++) {
        if (set[w].page == page) {
            set[w].space = 0;
        }
    }
}

void tlb_flush_page(Cpu *cpu, GVa va)
{
    CpuTcg *t = cpu->tcg;
    GVa page = va & PAGE_MASK;
    unsigned mib = page >> 20 & (LARGE_GRANULES - 1);
    if (t->large[mib / 8] >> mib % 8 & 1) {
        tlb_flush_all(cpu);             /* part of a large page: the whole of it goes */
        return;
    }
    flush_one(cpu, page);
    if (test_and_clear(t->code_pages, page >> PAGE_BITS & (LARGE_GRANULES - 1))) {
        exec_ctx_renew(cpu);
    }
}

static void map_changed(void *opaque, AddressSpace *as)
{
    Cpu *cpu = opaque;
    (void)as;
    __atomic_store_n(&cpu->tcg->flush_pending, true, __ATOMIC_RELEASE);
    cpu_request_exit(cpu, CPU_EXIT_INTERRUPT);
}

void tlb_flush_later(Cpu *cpu)
{
    map_changed(cpu, cpu->as);
}

void tlb_settle_map(Cpu *cpu)
{
    bool *pending = &cpu->tcg->flush_pending;
    if (unlikely(__atomic_load_n(pending, __ATOMIC_RELAXED)) &&
        __atomic_exchange_n(pending, false, __ATOMIC_ACQUIRE)) {
        tlb_flush_all(cpu);
    }
}

void tlb_init(Cpu *cpu)
{
    clear_tables(cpu);
    cpu->tcg->listener = (MemoryListener){ .changed = map_changed, .opaque = cpu };
    address_space_listen(cpu->as, &cpu->tcg->listener);
}

/* ---- second level ---- */

static void fill_memory(Cpu *cpu, TlbInfo *n, GPa pa_page)
{
    const FlatRange *fr = address_space_lookup(cpu->as, pa_page);
    n->host = NULL;
    n->ram = NULL;
    n->mr = NULL;
    n->read_only = false;
    n->pa = pa_page;
    n->mixed = !fr || fr->size - (pa_page - fr->start) < (1u << PAGE_BITS);
    if (n->mixed) {
        return;
    }
    uint64_t in = pa_page - fr->start;
    n->mr = fr->mr;
    n->mr_off = fr->offset + in;
    n->read_only = fr->read_only;
    n->host = fr->host ? fr->host + in : NULL;
    n->ram = fr->ram;
    n->ram_off = fr->ram_off + in;
}

static const TlbInfo *tlb_refill(Cpu *cpu, GVa va, AccessType access, unsigned mmu,
                                 MmuFault *fault)
{
    CpuTcg *t = cpu->tcg;
    Translation tr = { 0 };
    cpu->tcg->stats.tlb_walk++;
    if (!cpu->isa->walk(cpu, va, access, mmu, false, &tr, fault)) {
        return NULL;
    }
    GVa page = va & PAGE_MASK;
    unsigned set = (page >> PAGE_BITS) % TLB2_SETS;
    TlbInfo *n = &t->scratch;
    bool cached = !tr.uncached && tr.page_bits >= PAGE_BITS;
    if (cached) {
        uint32_t space = tr.global ? t->global_space : current_space(t, cpu);
        n = NULL;
        for (unsigned w = 0; w < TLB2_WAYS; w++) {  /* the page itself, with other rights */
            TlbInfo *e = &t->tlb2[set][w];
            if (e->page == page && e->mmu == mmu && e->space == space) {
                n = e;
            }
        }
        if (!n) {
            n = &t->tlb2[set][t->tlb2_next[set]++ % TLB2_WAYS];
        }
        n->space = space;
        if (tr.page_bits > PAGE_BITS) {
            uint64_t size = (uint64_t)1 << MIN(tr.page_bits, 32);
            for (uint64_t a = va & ~(size - 1), i = 0; i < size; i += MiB) {
                set_bit(t->large, (a + i) >> 20 & (LARGE_GRANULES - 1));
            }
        }
    } else {
        n->space = 0;
    }
    n->page = page;
    n->mmu = mmu;
    n->prot = tr.prot;
    n->uncached = !cached;
    fill_memory(cpu, n, tr.pa & PAGE_MASK);
    return n;
}

static inline uint8_t prot_of(AccessType a)
{
    return a == ACCESS_READ ? PROT_R : a == ACCESS_WRITE ? PROT_W : PROT_X;
}

const TlbInfo *tlb_find(Cpu *cpu, GVa va, AccessType access, unsigned mmu, MmuFault *fault)
{
    CpuTcg *t = cpu->tcg;
    GVa page = va & PAGE_MASK;
    TlbInfo *set = t->tlb2[(page >> PAGE_BITS) % TLB2_SETS];
    uint32_t space = t->space;
    for (unsigned w = 0; w < TLB2_WAYS; w++) {
        TlbInfo *n = &set[w];
        if (n->page == page && n->mmu == mmu && (n->prot & prot_of(access)) &&
            (n->space == space || n->space == t->global_space)) {
            return n;
        }
    }
    return tlb_refill(cpu, va, access, mmu, fault);
}

/* ---- first level ---- */

static inline bool watched_page(GVa va)
{
    return unlikely(debug_n_watches) && debug_page_watched(va);
}

/* What tags of this MMU index hold, before anything is entered. */
static inline uint64_t tag_context(Cpu *cpu, unsigned mmu)
{
    CpuTcg *t = cpu->tcg;
    if (unlikely(!cpu->tlb_ctx[mmu])) {
        if (t->n_tags == MAX_TAGS) {
            memset((char *)cpu + TLB_READ_OFFSET, 0xff, JUMP_CACHE_OFFSET - TLB_READ_OFFSET);
            memset(t->io, 0xff, sizeof(t->io));
            memset(t->asid_tag, 0, sizeof(t->asid_tag));
            memset(cpu->tlb_ctx, 0, sizeof(cpu->tlb_ctx));
            t->n_tags = 0;
        }
        t->asid_tag[t->asid % N_ASIDS][mmu] = ++t->n_tags;
        cpu->tlb_ctx[mmu] = (uint64_t)t->n_tags << TAG_SHIFT;
    }
    return cpu->tlb_ctx[mmu];
}

static inline void fill_read(Cpu *cpu, GVa va, unsigned mmu, const TlbInfo *n)
{
    if (n->host && !n->uncached && !watched_page(va)) {
        GVa page = va & PAGE_MASK;
        *tlb1(cpu, false, va) = (TlbEntry){ page ^ tag_context(cpu, mmu), (uint64_t)n->host - page };
    }
}

static inline bool is_guarded(const RamPage *p)
{
    return __atomic_load_n(&p->guarded, __ATOMIC_RELAXED);
}

static inline uint64_t writer_bit(const Cpu *cpu)
{
    return UINT64_C(1) << (32 + cpu->index % 32);
}

/*
 * This CPU is going to store to the page without asking, through its entry at va.  False: it must not.
 * Either we see the guard here, or who sets it sees us among the writers.
 */
static inline bool announce_writer(Cpu *cpu, RamPage *p, GVa va)
{
    if (is_guarded(p)) {
        return false;
    }
    uint32_t vpn = (va >> PAGE_BITS) % TLB_SIZE + 1;
    uint64_t old = __atomic_load_n(&p->writers, __ATOMIC_RELAXED), now;
    do {
        uint32_t where = !(uint32_t)old || (uint32_t)old == vpn ? vpn : UINT32_MAX;
        now = old >> 32 << 32 | writer_bit(cpu) | where;
        if (now == old) {
            break;
        }
        if (!tcg_parallel) {
            p->writers = now;
            break;
        }
    } while (!__atomic_compare_exchange_n(&p->writers, &old, now, false, __ATOMIC_SEQ_CST,
                                          __ATOMIC_RELAXED));
    return !is_guarded(p);
}

/* Not for pages with code: their stores have to ask. */
static inline bool fill_write(Cpu *cpu, GVa va, unsigned mmu, const TlbInfo *n)
{
    if (!n->host || n->read_only || n->uncached || watched_page(va)) {
        return false;
    }
    if (!announce_writer(cpu, ram_page(n->ram, n->ram_off), va)) {
        return false;
    }
    GVa page = va & PAGE_MASK;
    *tlb1(cpu, true, va) = (TlbEntry){ page ^ tag_context(cpu, mmu), (uint64_t)n->host - page };
    return true;
}

/* A page of a device: the next access goes there directly. */
static inline void fill_io(Cpu *cpu, GVa va, unsigned mmu, bool write, const TlbInfo *n)
{
    if (!n->host && n->mr && !n->uncached && !watched_page(va)) {
        GVa page = va & PAGE_MASK;
        *io_page(cpu, write, va) = (IoPage){ page ^ tag_context(cpu, mmu), n->mr, n->mr_off };
    }
}

/* The CPU's entries for a page of RAM; vpn as in RamPage.writers. */
static void forget_write_entries(Cpu *cpu, uint32_t vpn, const uint8_t *host)
{
    TlbEntry *table = tlb1(cpu, true, 0);
    if (vpn != UINT32_MAX) {
        table[vpn - 1].tag = UINT64_MAX;
        return;
    }
    for (unsigned i = 0; i < TLB_SIZE; i++) {
        /* The context is in the upper half of tags for 32 bits, in the lowest bits of others. */
        uint64_t va = table[i].tag & (is_wide(cpu) ? PAGE_MASK : 0xfffff000);
        if (table[i].tag != UINT64_MAX && table[i].addend + va == (uint64_t)host) {
            table[i].tag = UINT64_MAX;
        }
    }
}

bool tlb_guard_code(Cpu *cpu, RamBlock *ram, uint64_t page_off)
{
    RamPage *p = ram_page(ram, page_off);
    if (!p->guarded) {
        __atomic_store_n(&p->guarded, 1, __ATOMIC_SEQ_CST);
    }
    uint64_t writers = __atomic_load_n(&p->writers, __ATOMIC_SEQ_CST);
    if (!writers) {
        return true;
    }
    if (tcg_parallel && writers >> 32 << 32 & ~writer_bit(cpu) && !cpu->tcg->exclusive) {
        return false;
    }
    for (unsigned c = 0; c < tcg_cpus->len; c++) {
        Cpu *other = tcg_cpus->pdata[c];
        if (writers & writer_bit(other)) {
            forget_write_entries(other, writers, ram->host + page_off);
        }
    }
    __atomic_store_n(&p->writers, 0, __ATOMIC_SEQ_CST);
    return true;
}

/* ---- faults in generated code ---- */

/* Brings the guest's state to the start of the instruction at site (NULL: it is exact already). */
static CodeBlock *recover(Cpu *cpu, const HostFrame *frame, const void *site)
{
    if (!site) {
        return NULL;
    }
    ExitSite where;
    CodeBlock *cb = host_backend->recover(cpu, frame, site, &where);
    cpu->isa->restore(cpu, where.pc, where.aux);
    if (tcg_icount) {
        cpu->icount_left += cb->n_guest_insns - where.insn_index;
    }
    return cb;
}

static void __attribute__((noreturn, noinline))
raise_mmu_fault(Cpu *cpu, const HostFrame *frame, const void *site, const MmuFault *fault)
{
    recover(cpu, frame, site);
    cpu->isa->mmu_fault(cpu, fault);
    cpu_leave(cpu);
}

static void __attribute__((noreturn, noinline))
raise_alignment(Cpu *cpu, GVa va, AccessType access, unsigned mmu, const HostFrame *frame,
                const void *site)
{
    recover(cpu, frame, site);
    cpu->isa->alignment_fault(cpu, va, access, mmu);
    cpu_leave(cpu);
}

static void __attribute__((noreturn, noinline))
raise_bus(Cpu *cpu, GVa va, AccessType access, MemResult why, const HostFrame *frame,
          const void *site)
{
    recover(cpu, frame, site);
    cpu->isa->bus_fault(cpu, va, access, why);
    cpu_leave(cpu);
}

static const TlbInfo *translate_or_raise(Cpu *cpu, GVa va, AccessType access, IrMem m,
                                         const HostFrame *frame, const void *site)
{
    MmuFault fault = { .va = va, .access = access, .size = m.size };
    cpu->tcg->stats.tlb_miss++;
    const TlbInfo *n = tlb_find(cpu, va, access, m.mmu, &fault);
    if (!n) {
        raise_mmu_fault(cpu, frame, site, &fault);
    }
    return n;
}

/* ---- one access that lies within a page ---- */

typedef struct Access {         /* where an access comes from */
    Cpu             *cpu;
    const HostFrame *frame;
    const void      *site;
    IrMem            m;
} Access;

/* -icount: a block is charged whole where it begins.  What of it has not begun at an access, which
 * a device must not see as time gone by; the access adds it before and takes it away behind. */
static int32_t icount_unbegun(const Access *a)
{
    ExitSite where;
    if (!tcg_icount || !a->site) {
        return 0;
    }
    const CodeBlock *cb = host_backend->recover(a->cpu, NULL, a->site, &where);
    return (int32_t)(cb->n_guest_insns - where.insn_index);
}

/* The instruction at hand is done again, alone in a block: after that the loop looks. */
static void __attribute__((noreturn, noinline)) leave_for_one_shot(const Access *a)
{
    recover(a->cpu, a->frame, a->site);
    a->cpu->tcg->one_shot = true;
    cpu_leave(a->cpu);
}

/* The loop stops before the instruction, or does it alone and stops then. */
static void __attribute__((noreturn, noinline)) leave_for_watch(const Access *a)
{
    recover(a->cpu, a->frame, a->site);
    a->cpu->tcg->one_shot = !a->cpu->isa->watch_before;
    cpu_leave(a->cpu);
}

/* Before any access of a watched page, once its translations are known. */
static inline void check_watch(const Access *a, GVa va, unsigned size, AccessType access)
{
    if (unlikely(debug_n_watches) && debug_watch_access(a->cpu, va, size, access)) {
        leave_for_watch(a);
    }
}

static uint64_t load_in_page(const Access *a, const TlbInfo *n, GVa va, unsigned size)
{
    Cpu *cpu = a->cpu;
    unsigned in = va & ~PAGE_MASK;
    Endian endian = a->m.big ? ENDIAN_BIG : ENDIAN_LITTLE;
    if (n->host) {
        return ld_endian(n->host + in, size, endian);
    }
    MemResult res = MEM_DECODE_ERROR;
    uint64_t v = 0;
    cpu->tcg->stats.mmio++;
    fill_io(cpu, va, a->m.mmu, false, n);
    int32_t unbegun = icount_unbegun(a);
    cpu->icount_left += unbegun;
    if (n->mixed) {
        v = address_space_ld(cpu->as, n->pa + in, size, endian, &res);
    } else if (n->mr) {
        v = memory_region_mmio_read(n->mr, n->mr_off + in, size, endian, &res);
    }
    cpu->icount_left -= unbegun;
    if (res == MEM_DECODE_ERROR && cpu->isa->open_bus) {
        return UINT64_MAX >> (64 - size * 8);
    }
    if (res != MEM_OK) {
        raise_bus(cpu, va, ACCESS_READ, res, a->frame, a->site);
    }
    return v;
}

/* Before a store, with the code lock: drops the code in these bytes. */
static void check_code(const Access *a, const TlbInfo *n, unsigned in, unsigned size)
{
    RamPage *p = ram_page(n->ram, n->ram_off);
    if (!p->blocks) {                   /* what was to be translated there never was */
        __atomic_store_n(&p->guarded, 0, __ATOMIC_RELEASE);
        return;
    }
    unsigned first = in >> CODE_LINE_BITS, last = (in + size - 1) >> CODE_LINE_BITS;
    if (!(p->lines & (1u << first | 1u << last))) {
        return;
    }
    uint64_t addr = n->ram->ram_offset + n->ram_off + in;
    if (!code_overlaps(p, addr, size, NULL)) {
        code_settle_lines(p, addr & PAGE_MASK);
        return;
    }
    a->cpu->tcg->stats.code_writes++;
    if (a->site) {
        const CodeBlock *running = host_backend->recover(a->cpu, NULL, a->site, NULL);
        if (running && !(running->flags & CODE_ONE_SHOT) && code_overlaps(p, addr, size, running)) {
            a->cpu->tcg->stats.precise_exits++;      /* into the very block that runs */
            leave_for_one_shot(a);
        }
    }
    code_invalidate(n->ram, n->ram_off + in, size);
}

/* A store may begin; true: with the code lock, which finish_store() gives back.  Nothing is translated
 * meanwhile that still has the old bytes. */
static inline bool begin_store(const Access *a, const TlbInfo *n, unsigned in, unsigned size)
{
    RamPage *p = ram_page(n->ram, n->ram_off);
    if (likely(!is_guarded(p)) && (!tcg_parallel || announce_writer(a->cpu, p, n->page))) {
        return false;
    }
    code_lock();
    check_code(a, n, in, size);
    return true;
}

static inline void finish_store(bool locked)
{
    if (locked) {
        code_unlock();
    }
}

/* A device was written to.  Its DMA may have met code, perhaps the block ahead; it may have moved
 * memory that the next instruction looks for. */
static inline void after_device(Cpu *cpu)
{
    code_settle_writes();
    tlb_settle_map(cpu);
}

void cpu_device_written(Cpu *cpu)
{
    after_device(cpu);
}

static void store_in_page(const Access *a, const TlbInfo *n, GVa va, uint64_t v, unsigned size)
{
    Cpu *cpu = a->cpu;
    unsigned in = va & ~PAGE_MASK;
    Endian endian = a->m.big ? ENDIAN_BIG : ENDIAN_LITTLE;
    if (n->host && !n->read_only) {
        bool locked = begin_store(a, n, in, size);
        st_endian(n->host + in, v, size, endian);
        finish_store(locked);
        return;
    }
    MemResult res = MEM_DECODE_ERROR;
    cpu->tcg->stats.mmio++;
    fill_io(cpu, va, a->m.mmu, true, n);
    int32_t unbegun = icount_unbegun(a);
    cpu->icount_left += unbegun;
    if (n->mixed) {
        address_space_st(cpu->as, n->pa + in, v, size, endian, &res);
    } else if (n->mr) {
        memory_region_mmio_write(n->mr, n->mr_off + in, v, size, endian, &res);
    }
    cpu->icount_left -= unbegun;
    after_device(cpu);
    if (res != MEM_OK && !(res == MEM_DECODE_ERROR && cpu->isa->open_bus)) {
        raise_bus(cpu, va, ACCESS_WRITE, res, a->frame, a->site);
    }
}

/* ---- across two pages: both translations first, then byte by byte ---- */

static inline bool crosses(GVa va, unsigned size)
{
    return (va & ~PAGE_MASK) + size > (1u << PAGE_BITS);
}

static void __attribute__((noinline))
access_across(const Access *a, GVa va, uint8_t *bytes, unsigned size, AccessType access)
{
    GVa second = tlb_wrap(a->cpu, (va | ~PAGE_MASK) + 1, a->m.mmu);
    unsigned head = (1u << PAGE_BITS) - (va & ~PAGE_MASK);
    TlbInfo n[2];
    AccessType right = a->m.write ? ACCESS_WRITE : access;
    n[0] = *translate_or_raise(a->cpu, va, right, a->m, a->frame, a->site);
    n[1] = *translate_or_raise(a->cpu, second, right, a->m, a->frame, a->site);
    check_watch(a, va, head, access);
    check_watch(a, second, size - head, access);
    for (unsigned i = 0; i < size; i++) {
        const TlbInfo *p = &n[i >= head];
        GVa at = i < head ? va + i : second + (i - head);
        if (access == ACCESS_WRITE) {
            store_in_page(a, p, at, bytes[i], 1);
        } else {
            bytes[i] = load_in_page(a, p, at, 1);
        }
    }
}

/* ---- the entry points ---- */

static inline uint64_t sign_extend(uint64_t v, IrMem m)
{
    return m.sign ? (uint64_t)sextract64(v, 0, m.size * 8) : v;
}

static inline void check_alignment(const Access *a, GVa va, AccessType access)
{
    if (va & (a->m.align - 1u) && a->m.align > 1) {
        raise_alignment(a->cpu, va, access, a->m.mmu, a->frame, a->site);
    }
}

/* The device page of an aligned access, when it is known. */
static inline const IoPage *known_io(Cpu *cpu, GVa va, IrMem m, bool write)
{
    const IoPage *io = io_page(cpu, write, va);
    bool hit = io->tag == ((va & PAGE_MASK) ^ cpu->tlb_ctx[m.mmu]);
    bool aligned = !(va & ((m.size - 1u) | (MAX(m.align, 1) - 1u)));
    return hit && aligned ? io : NULL;
}

static uint64_t load_io(const Access *a, const IoPage *io, GVa va)
{
    MemResult res;
    a->cpu->tcg->stats.mmio++;
    int32_t unbegun = icount_unbegun(a);
    a->cpu->icount_left += unbegun;
    uint64_t v = memory_region_mmio_read(io->mr, io->mr_off + (va & ~PAGE_MASK), a->m.size,
                                         a->m.big ? ENDIAN_BIG : ENDIAN_LITTLE, &res);
    a->cpu->icount_left -= unbegun;
    if (unlikely(res != MEM_OK)) {
        raise_bus(a->cpu, va, ACCESS_READ, res, a->frame, a->site);
    }
    return sign_extend(v, a->m);
}

static void store_io(const Access *a, const IoPage *io, GVa va, uint64_t v)
{
    MemResult res;
    a->cpu->tcg->stats.mmio++;
    int32_t unbegun = icount_unbegun(a);
    a->cpu->icount_left += unbegun;
    memory_region_mmio_write(io->mr, io->mr_off + (va & ~PAGE_MASK), v, a->m.size,
                             a->m.big ? ENDIAN_BIG : ENDIAN_LITTLE, &res);
    a->cpu->icount_left -= unbegun;
    after_device(a->cpu);
    if (unlikely(res != MEM_OK)) {
        raise_bus(a->cpu, va, ACCESS_WRITE, res, a->frame, a->site);
    }
}

uint64_t softmmu_ld(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site)
{
    Access a = { cpu, frame, site, unpack(mem) };
    unsigned size = a.m.size;
    cpu->tcg->stats.tlb_slow += site != NULL;
    va = tlb_wrap(cpu, va, a.m.mmu);
    const IoPage *io = known_io(cpu, va, a.m, false);
    if (io) {
        return load_io(&a, io, va);
    }
    check_alignment(&a, va, ACCESS_READ);
    if (crosses(va, size)) {
        uint8_t bytes[8];
        access_across(&a, va, bytes, size, ACCESS_READ);
        return sign_extend(ld_endian(bytes, size, a.m.big ? ENDIAN_BIG : ENDIAN_LITTLE), a.m);
    }
    const TlbInfo *n = translate_or_raise(cpu, va, a.m.write ? ACCESS_WRITE : ACCESS_READ, a.m, frame,
                                          site);
    check_watch(&a, va, size, ACCESS_READ);
    if (a.m.write) {
        fill_write(cpu, va, a.m.mmu, n);
    } else {
        fill_read(cpu, va, a.m.mmu, n);
    }
    return sign_extend(load_in_page(&a, n, va, size), a.m);
}

void softmmu_st(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site, uint64_t v)
{
    Access a = { cpu, frame, site, unpack(mem) };
    unsigned size = a.m.size;
    cpu->tcg->stats.tlb_slow += site != NULL;
    va = tlb_wrap(cpu, va, a.m.mmu);
    const IoPage *io = known_io(cpu, va, a.m, true);
    if (io) {
        store_io(&a, io, va, v);
        return;
    }
    check_alignment(&a, va, ACCESS_WRITE);
    if (crosses(va, size)) {
        uint8_t bytes[8];
        st_endian(bytes, v, size, a.m.big ? ENDIAN_BIG : ENDIAN_LITTLE);
        access_across(&a, va, bytes, size, ACCESS_WRITE);
        return;
    }
    const TlbInfo *n = translate_or_raise(cpu, va, ACCESS_WRITE, a.m, frame, site);
    check_watch(&a, va, size, ACCESS_WRITE);
    store_in_page(&a, n, va, v, size);
    fill_write(cpu, va, a.m.mmu, n);
}

/* 16 bytes: as two halves, the first to fault before anything is written. */
static void halves(const Access *a, GVa va, V128 *v, AccessType access)
{
    const TlbInfo *n = translate_or_raise(a->cpu, va, access, a->m, a->frame, a->site);
    bool write = access == ACCESS_WRITE;
    check_watch(a, va, 16, access);
    for (unsigned i = 0; i < 2; i++) {
        unsigned lane = a->m.big ? 1 - i : i;
        if (write) {
            store_in_page(a, n, va + i * 8, v->u64[lane], 8);
        } else {
            v->u64[lane] = load_in_page(a, n, va + i * 8, 8);
        }
    }
    if (write) {
        fill_write(a->cpu, va, a->m.mmu, n);
    } else {
        fill_read(a->cpu, va, a->m.mmu, n);
    }
}

static void access128(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site, V128 *v,
                      AccessType access)
{
    Access a = { cpu, frame, site, unpack(mem) };
    cpu->tcg->stats.tlb_slow += site != NULL;
    va = tlb_wrap(cpu, va, a.m.mmu);
    check_alignment(&a, va, access);
    if (!crosses(va, 16)) {
        halves(&a, va, v, access);
        return;
    }
    V128 bytes = *v;
    if (a.m.big && access == ACCESS_WRITE) {
        for (unsigned i = 0; i < 16; i++) {
            bytes.u8[i] = v->u8[15 - i];
        }
    }
    access_across(&a, va, bytes.u8, 16, access);
    if (access == ACCESS_READ) {
        for (unsigned i = 0; i < 16; i++) {
            v->u8[i] = bytes.u8[a.m.big ? 15 - i : i];
        }
    }
}

void softmmu_ld128(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site, V128 *v)
{
    if (unpack(mem).size < 16) {
        uint64_t low = softmmu_ld(cpu, va, mem, frame, site);
        *v = (V128){ .u64 = { low, 0 } };
        return;
    }
    access128(cpu, va, mem, frame, site, v, ACCESS_READ);
}

void softmmu_st128(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site,
                   const V128 *v)
{
    V128 copy = *v;
    unsigned size = unpack(mem).size;
    if (size < 16) {
        softmmu_st(cpu, va, mem, frame, site, size == 8 ? v->u64[0] : v->u32[0]);
        return;
    }
    access128(cpu, va, mem, frame, site, &copy, ACCESS_WRITE);
}

uint64_t softmmu_probe(Cpu *cpu, GVa va, uint64_t mem)
{
    IrMem m = unpack(mem);
    MmuFault fault;
    cpu->tcg->stats.tlb_slow++;
    va = tlb_wrap(cpu, va, m.mmu);
    if (crosses(va, MAX(m.span5 * 8u, 1u)) || (m.align > 1 && (va & (m.align - 1)))) {
        return 0;
    }
    cpu->tcg->stats.tlb_miss++;
    const TlbInfo *n = tlb_find(cpu, va, m.write ? ACCESS_WRITE : ACCESS_READ, m.mmu, &fault);
    if (!n || !n->host || n->uncached || watched_page(va)) {
        return 0;
    }
    if (m.write) {
        if (!fill_write(cpu, va, m.mmu, n)) {
            return 0;
        }
    } else {
        fill_read(cpu, va, m.mmu, n);
    }
    return (uint64_t)n->host - (va & PAGE_MASK);
}

/* Can the host's atomic instructions work on what is not aligned, in one page? */
#if defined(__x86_64__) || defined(__i386__)
enum { HOST_ATOMIC_UNALIGNED = 1 };
#else
enum { HOST_ATOMIC_UNALIGNED = 0 };
#endif

static uint64_t combine(unsigned op, uint64_t old, uint64_t b, uint64_t c)
{
    switch (op) {
    case IR_cas:
        return old == b ? c : old;
    case IR_amo_xchg:
        return b;
    case IR_amo_add:
        return old + b;
    case IR_amo_and:
        return old & b;
    case IR_amo_or:
        return old | b;
    default:
        return old ^ b;
    }
}

#define ATOMIC(bits) \
    static uint64_t atomic##bits(void *host, unsigned op, uint64_t b, uint64_t c, bool swap) \
    { \
        uint##bits##_t *p = host, old = __atomic_load_n(p, __ATOMIC_RELAXED), v, r; \
        do { \
            v = swap ? bswap_size(old, bits / 8) : old; \
            r = combine(op, v, op == IR_cas ? (uint##bits##_t)b : b, c); \
            r = swap ? bswap_size(r, bits / 8) : r; \
        } while (!__atomic_compare_exchange_n(p, &old, r, false, __ATOMIC_SEQ_CST, \
                                              __ATOMIC_SEQ_CST)); \
        return v; \
    }
ATOMIC(8)
ATOMIC(16)
ATOMIC(32)
ATOMIC(64)

/* Done again in an exclusive section: the host cannot do it in one piece. */
static void __attribute__((noreturn, noinline)) leave_to_be_alone(const Access *a)
{
    a->cpu->tcg->alone = true;
    leave_for_one_shot(a);
}

/* A device: nobody else is there between the load and the store. */
static uint64_t atomic_io(const Access *a, const TlbInfo *n, GVa va, unsigned op, uint64_t b,
                          uint64_t c)
{
    bool taken = a->cpu->tcg->io_locked = machine_lock_if_free();
    uint64_t old = load_in_page(a, n, va, a->m.size);
    store_in_page(a, n, va, combine(op, old, b, c), a->m.size);
    a->cpu->tcg->io_locked = false;
    machine_unlock_if(taken);
    return old;
}

uint64_t softmmu_atomic(Cpu *cpu, GVa va, uint64_t mem, HostFrame *frame, const void *site,
                        unsigned op, uint64_t b, uint64_t c)
{
    Access a = { cpu, frame, site, unpack(mem) };
    unsigned size = a.m.size;
    bool swap = a.m.big != (HOST_ENDIAN == ENDIAN_BIG);
    cpu->tcg->stats.tlb_slow++;
    va = tlb_wrap(cpu, va, a.m.mmu);
    check_alignment(&a, va, ACCESS_WRITE);
    if (crosses(va, size) || (va & (size - 1) && !HOST_ATOMIC_UNALIGNED)) {
        if (tcg_parallel && site && !cpu->tcg->exclusive) {
            leave_to_be_alone(&a);
        }
        uint64_t old = softmmu_ld(cpu, va, mem, frame, site);
        softmmu_st(cpu, va, mem, frame, site, combine(op, old, b, c));
        return old;
    }
    const TlbInfo *n = translate_or_raise(cpu, va, ACCESS_WRITE, a.m, frame, site);
    if (!(n->prot & PROT_R)) {
        n = translate_or_raise(cpu, va, ACCESS_READ, a.m, frame, site);
    }
    check_watch(&a, va, size, ACCESS_READ);
    check_watch(&a, va, size, ACCESS_WRITE);
    if (!n->host || n->read_only) {
        return sign_extend(atomic_io(&a, n, va, op, b, c), a.m);
    }
    unsigned in = va & ~PAGE_MASK;
    static uint64_t (*const by_size[])(void *, unsigned, uint64_t, uint64_t, bool) = {
        [1] = atomic8, [2] = atomic16, [4] = atomic32, [8] = atomic64,
    };
    bool locked = begin_store(&a, n, in, size);
    uint64_t old = by_size[size](n->host + in, op, b, c, swap);
    finish_store(locked);
    fill_write(cpu, va, a.m.mmu, n);
    return sign_extend(old, a.m);
}

#ifdef __x86_64__
static bool cas128_host(void *host, uint64_t old[2], const uint64_t new_value[2])
{
    bool equal;
    __asm__ volatile("lock cmpxchg16b %[m]"
                     : [m] "+m" (*(unsigned __int128 *)host), "+a" (old[0]), "+d" (old[1]),
                       "=@cce" (equal)
                     : "b" (new_value[0]), "c" (new_value[1]) : "memory");
    return equal;
}
#else
static bool cas128_host(void *host, uint64_t old[2], const uint64_t new_value[2])
{
    unsigned __int128 *p = host, want = (unsigned __int128)old[1] << 64 | old[0];
    unsigned __int128 now = (unsigned __int128)new_value[1] << 64 | new_value[0];
    bool equal = __atomic_compare_exchange_n(p, &want, now, false, __ATOMIC_SEQ_CST,
                                             __ATOMIC_SEQ_CST);
    old[0] = want;
    old[1] = want >> 64;
    return equal;
}
#endif

/* Not memory, or not to be written: as two halves. */
static bool cas128_by_halves(const Access *a, const TlbInfo *n, GVa va, uint64_t old[2],
                             const uint64_t new_value[2])
{
    bool taken = a->cpu->tcg->io_locked = machine_lock_if_free();
    uint64_t was[2] = { load_in_page(a, n, va, 8), load_in_page(a, n, va + 8, 8) };
    bool equal = was[0] == old[0] && was[1] == old[1];
    for (unsigned i = 0; i < 2; i++) {
        store_in_page(a, n, va + 8 * i, equal ? new_value[i] : was[i], 8);
        old[i] = was[i];
    }
    a->cpu->tcg->io_locked = false;
    machine_unlock_if(taken);
    return equal;
}

bool cpu_cas128(Cpu *cpu, GVa va, IrMem mem, uint64_t old[2], const uint64_t new_value[2])
{
    Access a = { cpu, NULL, NULL, mem };
    va = tlb_wrap(cpu, va, mem.mmu);
    g_assert(!(va & 15));
    const TlbInfo *n = translate_or_raise(cpu, va, ACCESS_WRITE, mem, NULL, NULL);
    if (!n->host || n->read_only) {
        return cas128_by_halves(&a, n, va, old, new_value);
    }
    unsigned in = va & ~PAGE_MASK;
    bool locked = begin_store(&a, n, in, 16);
    bool equal = cas128_host(n->host + in, old, new_value);
    finish_store(locked);
    return equal;
}

/* ---- for helpers: the state is exact, a fault is delivered there and then ---- */

/* Where the first level of the TLB has it, as generated code would find it; NULL: ask further. */
static inline uint8_t *tlb1_hit(Cpu *cpu, GVa va, IrMem mem, bool write)
{
    va = tlb_wrap(cpu, va, mem.mmu);
    const TlbEntry *e = tlb1(cpu, write, va);
    bool found = e->tag == (((va + mem.size - 1) & PAGE_MASK) ^ cpu->tlb_ctx[mem.mmu]);
    return likely(found && mem.align <= 1) ? (uint8_t *)(uintptr_t)(va + e->addend) : NULL;
}

uint64_t cpu_ld(Cpu *cpu, GVa va, IrMem mem)
{
    const uint8_t *host = tlb1_hit(cpu, va, mem, mem.write);
    if (host) {
        return sign_extend(ld_endian(host, mem.size, mem.big ? ENDIAN_BIG : ENDIAN_LITTLE), mem);
    }
    union { IrMem mem; uint64_t imm; } u = { .mem = mem };
    return softmmu_ld(cpu, va, u.imm, NULL, NULL);
}

void cpu_st(Cpu *cpu, GVa va, uint64_t v, IrMem mem)
{
    uint8_t *host = tlb1_hit(cpu, va, mem, true);
    if (host) {
        st_endian(host, v, mem.size, mem.big ? ENDIAN_BIG : ENDIAN_LITTLE);
        return;
    }
    union { IrMem mem; uint64_t imm; } u = { .mem = mem };
    softmmu_st(cpu, va, u.imm, NULL, NULL, v);
}

uint8_t *cpu_host(Cpu *cpu, GVa va, AccessType access, unsigned mmu)
{
    union { IrMem mem; uint64_t imm; } u = {
        .mem = { .write = access == ACCESS_WRITE, .align = 1, .mmu = mmu },
    };
    uint64_t addend = softmmu_probe(cpu, va, u.imm);
    return addend ? (uint8_t *)(uintptr_t)(tlb_wrap(cpu, va, mmu) + addend) : NULL;
}

bool cpu_ld_phys(Cpu *cpu, GPa pa, unsigned size, Endian e, uint64_t *v)
{
    MemResult res;
    const FlatRange *fr = address_space_lookup(cpu->as, pa);
    if (fr && fr->host && fr->size - (pa - fr->start) >= size) {
        *v = ld_endian(fr->host + (pa - fr->start), size, e);
        return true;
    }
    *v = address_space_ld(cpu->as, pa, size, e, &res);
    return res == MEM_OK;
}

bool cpu_cas_phys(Cpu *cpu, GPa pa, unsigned size, Endian e, uint64_t old, uint64_t new_value)
{
    const FlatRange *fr = address_space_lookup(cpu->as, pa);
    if (!fr || !fr->host || fr->read_only || fr->size - (pa - fr->start) < size) {
        return false;
    }
    bool swap = (e == ENDIAN_BIG) != (HOST_ENDIAN == ENDIAN_BIG);
    uint8_t *host = fr->host + (pa - fr->start);
    uint64_t was = size == 8 ? atomic64(host, IR_cas, old, new_value, swap)
                             : atomic32(host, IR_cas, old, new_value, swap);
    code_invalidate(fr->ram, fr->ram_off + (pa - fr->start), size);
    return was == old;
}

/* ---- instruction fetch ---- */

const TlbInfo *tlb_fetch(Cpu *cpu, GVa va)
{
    CpuTcg *t = cpu->tcg;
    MmuFault fault = { .va = va, .access = ACCESS_FETCH, .size = 2 };
    const TlbInfo *n = tlb_find(cpu, va, ACCESS_FETCH, t->fetch_mmu, &fault);
    if (!n) {
        cpu->isa->mmu_fault(cpu, &fault);
        cpu_leave(cpu);
    }
    if (!n->host) {
        log_unimp(NULL, "instruction fetch from a device at %#" PRIx64, va);
        cpu->isa->bus_fault(cpu, va, ACCESS_FETCH, MEM_DECODE_ERROR);
        cpu_leave(cpu);
    }
    set_bit(t->code_pages, va >> PAGE_BITS & (LARGE_GRANULES - 1));
    return n;
}

static void jump_lock(Cpu *cpu)
{
    if (tcg_parallel) {
        g_mutex_lock(&cpu->tcg->jump_lock);
    }
}

static void jump_unlock(Cpu *cpu)
{
    if (tcg_parallel) {
        g_mutex_unlock(&cpu->tcg->jump_lock);
    }
}

static unsigned jump_set(const CodeBlock *cb)
{
    return (uint32_t)((uint32_t)cb->pc * 0x9e3779b1u) >> JUMP_CACHE_SHIFT;
}

/* Under jump_lock, where a block is marked before it is looked for: none that is dropped gets in. */
void tlb_jump_cache_insert(Cpu *cpu, const CodeBlock *cb)
{
    JumpCacheEntry *e = jump_cache(cpu) + jump_set(cb) * 2;
    uint64_t key = cb->pc ^ cpu->exec_ctx;
    if (cb->phys2_len) {                /* a change of either page's mapping renews exec_ctx */
        GVa second = (cb->pc & PAGE_MASK) + (1u << PAGE_BITS);
        set_bit(cpu->tcg->code_pages, second >> PAGE_BITS & (LARGE_GRANULES - 1));
    }
    jump_lock(cpu);
    if (!(__atomic_load_n(&cb->flags, __ATOMIC_RELAXED) & CODE_INVALID)) {
        if (e[0].key != key) {
            e[1] = e[0];
        }
        e[0] = (JumpCacheEntry){ key, cb->code };
    }
    jump_unlock(cpu);
}

static void forget_in_ras(Cpu *cpu, const CodeBlock *cb)
{
    for (unsigned i = 0; i < RAS_SIZE; i++) {
        const char *code = cpu->ras[i].code;
        if (code >= (const char *)cb->code && code < (const char *)cb->code + cb->code_size) {
            cpu->ras[i].key = UINT64_MAX;
        }
    }
}

/* With several CPUs a return may still land in the block, at an exit to where it returns to. */
void tlb_jump_cache_remove(const CodeBlock *cb)
{
    for (unsigned c = 0; c < tcg_cpus->len; c++) {
        Cpu *cpu = tcg_cpus->pdata[c];
        JumpCacheEntry *e = jump_cache(cpu) + jump_set(cb) * 2;
        jump_lock(cpu);
        for (unsigned i = 0; i < 2; i++) {
            if (e[i].code == cb->code) {
                __atomic_store_n(&e[i].key, UINT64_MAX, __ATOMIC_SEQ_CST);
            }
        }
        jump_unlock(cpu);
        if (!tcg_parallel) {
            forget_in_ras(cpu, cb);
        }
    }
}

void tlb_forget_returns(void)
{
    for (unsigned c = 0; c < tcg_cpus->len; c++) {
        Cpu *cpu = tcg_cpus->pdata[c];
        memset(cpu->ras, 0xff, sizeof(cpu->ras));
    }
}
