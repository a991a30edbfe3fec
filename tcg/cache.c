/* SPDX-License-Identifier: MIT */
/*
 * The code cache: memory for machine code and its side tables, finding blocks, linking their exits,
 * and dropping them.
 *
 * The code memory is one memfd mapped twice, once writable and once executable, so that no address
 * is both.  It is cut into segments that are filled one after the other; when the last is full the
 * oldest is emptied, block by block, and filled again: what is in use is translated again, what was
 * used once is gone.  Side tables come from a bump arena of the same segment and die with it.
 *
 * Code is tracked in lines of 128 bytes of RAM, so that a store beside code costs a look at a bit
 * mask, and exactly: a block is dropped when a byte that it was lifted from is written.
 */
#include "tcg/engine.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "system/error.h"

enum { N_SEGMENTS = 8, HASH_BITS = 16, COMMON_SIZE = 64 * 1024, SLACK = 64 * 1024 };

typedef struct Segment {
    uint8_t   *code, *code_end;     /* writable addresses */
    uint8_t   *free;
    uint8_t   *arena, *arena_free, *arena_end;
    CodeBlock **blocks;             /* in the order of their code */
    unsigned   n_blocks;            /* grows under the code lock, read without it */
} Segment;

enum { SMALLEST_BLOCK = 16 };

static struct {
    uint8_t   *rw, *rx;
    size_t     size;
    Segment    seg[N_SEGMENTS];
    unsigned   current;
    CodeBlock *hash[1 << HASH_BITS];
    CodeBlock *open;                /* between code_begin and code_publish */
} cache;

TcgStats tcg_stats;
bool tcg_counting;

void *code_writable(const void *rx)
{
    return cache.rw + ((const uint8_t *)rx - cache.rx);
}

/* ---- memory ---- */

static void *reserve(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static void *arena_alloc(CodeBuf *buf, size_t size)
{
    Segment *s = &cache.seg[cache.current];
    (void)buf;
    size = (size + 15) & ~(size_t)15;
    if (size > (size_t)(s->arena_end - s->arena_free)) {
        return NULL;
    }
    void *p = s->arena_free;
    s->arena_free += size;
    return p;
}

bool code_cache_init(size_t size, GError **err)
{
    int fd = memfd_create("emu-code", MFD_CLOEXEC);
    size = MAX(size, 4 * MiB);
    if (fd < 0 || ftruncate(fd, size) < 0) {
        return fail_errno(err, "cannot make %zu MiB of code memory", size / MiB);
    }
    cache.rw = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    cache.rx = mmap(NULL, size, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
    close(fd);
    if (cache.rw == MAP_FAILED || cache.rx == MAP_FAILED) {
        return fail_errno(err, "cannot map %zu MiB of code memory", size / MiB);
    }
    cache.size = size;
    size_t each = ((size - COMMON_SIZE) / N_SEGMENTS) & ~(size_t)4095;
    for (unsigned i = 0; i < N_SEGMENTS; i++) {
        Segment *s = &cache.seg[i];
        s->code = s->free = cache.rw + COMMON_SIZE + i * each;
        s->code_end = s->code + each;
        s->arena = s->arena_free = reserve(2 * each);
        s->arena_end = s->arena + 2 * each;
        s->blocks = reserve(each / SMALLEST_BLOCK * sizeof(CodeBlock *));
        if (!s->arena || !s->blocks) {
            return fail_errno(err, "cannot reserve memory for the code cache");
        }
    }
    CodeBuf buf = { cache.rw, cache.rw + COMMON_SIZE, cache.rx - cache.rw, arena_alloc };
    if (!host_backend->begin_cache(&buf)) {
        return fail(err, EMU_ERROR_SOFTWARE, "the %s backend cannot start", host_backend->name);
    }
    return true;
}

/* ---- finding ---- */

static CodeBlock **bucket(uint64_t phys, uint64_t pc, uint64_t mode)
{
    uint64_t h = (phys ^ pc << 20 ^ mode << 40) * 0x9e3779b97f4a7c15u;
    return &cache.hash[h >> (64 - HASH_BITS)];
}

CodeBlock *code_lookup(uint64_t phys, uint64_t pc, uint64_t mode)
{
    CodeBlock *cb = __atomic_load_n(bucket(phys, pc, mode), __ATOMIC_ACQUIRE);
    while (cb && !(cb->phys == phys && cb->pc == pc && cb->mode == mode)) {
        cb = __atomic_load_n(&cb->hash_next, __ATOMIC_ACQUIRE);
    }
    return cb;
}

CodeBlock *code_find_block(const void *rx)
{
    const uint8_t *p = rx;
    for (unsigned i = 0; i < N_SEGMENTS; i++) {
        Segment *s = &cache.seg[i];
        const uint8_t *rw = cache.rw + (p - cache.rx);
        if (rw < s->code || rw >= s->code_end) {
            continue;
        }
        unsigned lo = 0, hi = __atomic_load_n(&s->n_blocks, __ATOMIC_ACQUIRE);
        while (lo < hi) {               /* the last block that begins at or before p */
            unsigned mid = (lo + hi) / 2;
            CodeBlock *cb = s->blocks[mid];
            if ((const uint8_t *)cb->code <= p) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo ? s->blocks[lo - 1] : NULL;
    }
    return NULL;
}

/* ---- links ---- */

void code_link(CodeExit *e, CodeBlock *to, uint64_t exec_ctx)
{
    if (e->to) {
        if (e->to == to && e->guard_offset) {   /* the guard failed: now under this context */
            host_backend->link(e, to, exec_ctx);
        }
        return;
    }
    tcg_stats.chained++;
    __atomic_store_n(&e->to, to, __ATOMIC_RELEASE);
    e->next_in = to->incoming;
    to->incoming = e;
    host_backend->link(e, to, exec_ctx);
}

static void unlink_from_target(CodeExit *e)
{
    CodeExit **p = &e->to->incoming;
    while (*p != e) {
        p = &(*p)->next_in;
    }
    *p = e->next_in;
    __atomic_store_n(&e->to, NULL, __ATOMIC_RELAXED);
    if (tcg_parallel) {                 /* another CPU may be in the block, and must get out */
        host_backend->unlink(e);
    }
}

/* Nothing jumps to the block any more, and its own exits are forgotten by their targets. */
void code_unlink_block(CodeBlock *cb)
{
    for (CodeExit *e = cb->incoming, *next; e; e = next) {
        next = e->next_in;
        __atomic_store_n(&e->to, NULL, __ATOMIC_RELAXED);
        host_backend->unlink(e);
    }
    cb->incoming = NULL;
    for (unsigned i = 0; i < cb->n_exits; i++) {
        if (cb->exits[i].to) {
            unlink_from_target(&cb->exits[i]);
        }
    }
}

/* ---- life of a block ---- */

static void hash_remove(CodeBlock *cb)
{
    CodeBlock **p = bucket(cb->phys, cb->pc, cb->mode);
    while (*p && *p != cb) {
        p = &(*p)->hash_next;
    }
    if (*p) {                           /* who looks at cb now goes on from it */
        __atomic_store_n(p, cb->hash_next, __ATOMIC_RELEASE);
    }
}

/* Code lock held.  Other CPUs may still be in the block, and leave it at its end. */
void code_discard(CodeBlock *cb)
{
    if (cb->flags & CODE_INVALID) {
        return;
    }
    __atomic_or_fetch(&cb->flags, CODE_INVALID, __ATOMIC_SEQ_CST);
    if (!(cb->flags & CODE_ONE_SHOT)) {
        hash_remove(cb);
        code_untrack(cb);
        tlb_jump_cache_remove(cb);
    }
    code_unlink_block(cb);
}

/* Nobody else is inside. */
static void empty_segment(Segment *s)
{
    for (unsigned i = 0; i < s->n_blocks; i++) {
        code_discard(s->blocks[i]);
    }
    s->n_blocks = 0;
    s->free = s->code;
    s->arena_free = s->arena;
    if (tcg_parallel) {
        tlb_forget_returns();
    }
}

void code_flush(void)
{
    code_lock();
    tcg_stats.cache_flushes++;
    tcg_stats.evictions++;
    for (unsigned i = 0; i < N_SEGMENTS; i++) {
        empty_segment(&cache.seg[i]);
    }
    cache.current = 0;
    code_unlock();
}

void code_invalidate_all(Cpu *cpu)
{
    (void)cpu;
    code_flush();
}

/* A full segment is written to no more but for links: its writable mapping need not hold pages,
 * which would count twice.  The memory itself is the memfd's and stays. */
static void put_away(Segment *s)
{
    uintptr_t from = ((uintptr_t)s->code + 4095) & ~(uintptr_t)4095;
    madvise((void *)from, ((uintptr_t)s->code_end - from) & ~(uintptr_t)4095, MADV_DONTNEED);
}

bool code_has_room(void)
{
    const Segment *s = &cache.seg[cache.current];
    return s->code_end - s->free >= SLACK && s->arena_end - s->arena_free >= SLACK;
}

void code_make_room(void)
{
    Segment *s = &cache.seg[cache.current];
    put_away(s);
    cache.current = (cache.current + 1) % N_SEGMENTS;
    s = &cache.seg[cache.current];
    if (s->n_blocks) {
        tcg_stats.evictions++;
    }
    empty_segment(s);
}

CodeBlock *code_begin(CodeBuf *buf)
{
    if (!code_has_room()) {
        g_assert(!tcg_parallel);
        code_make_room();
    }
    Segment *s = &cache.seg[cache.current];
    *buf = (CodeBuf){ s->free, s->code_end, cache.rx - cache.rw, arena_alloc };
    CodeBlock *cb = arena_alloc(buf, sizeof(*cb));
    memset(cb, 0, sizeof(*cb));
    return cb;
}

void code_publish(CodeBlock *cb, const CodeBuf *buf, bool findable)
{
    Segment *s = &cache.seg[cache.current];
    s->free = (uint8_t *)(((uintptr_t)buf->rw + 15) & ~(uintptr_t)15);
    s->blocks[s->n_blocks] = cb;
    __atomic_store_n(&s->n_blocks, s->n_blocks + 1, __ATOMIC_RELEASE);
    tcg_stats.blocks++;
    tcg_stats.guest_insns += cb->n_guest_insns;
    tcg_stats.host_bytes += cb->code_size;
    if (findable) {
        CodeBlock **b = bucket(cb->phys, cb->pc, cb->mode);
        cb->hash_next = *b;
        __atomic_store_n(b, cb, __ATOMIC_RELEASE);
    }
}
