/* SPDX-License-Identifier: MIT */
/*
 * Address spaces: the tree of regions flattened into a sorted array, and accesses by address.
 *
 * Rendering walks the tree from the highest priority down and puts each region into the gaps that
 * are still free.  A new map replaces the old one with one store; old maps wait until every thread
 * that reads without the machine lock has said (memory_reader_quiescent) that it holds no pointer.
 */
#include "system/memory_internal.h"
#include "system/lock.h"
#include "system/log.h"

struct FlatMap {
    FlatRange *ranges;
    unsigned   n;
    unsigned   last_hit;        /* a hint: any value below n is right */
    uint64_t   retired_at;      /* epoch */
    FlatMap   *next;
};

static AddressSpace *spaces;
static unsigned transaction_depth;
static bool changed;

/* --- Readers without the lock ----------------------------------------------------------------- */

/* Quiescent states: a map retired in epoch e is free for all when each reader has seen e.  seen is
 * UINT64_MAX while a reader is offline. */
typedef struct Reader Reader;
struct Reader {
    uint64_t seen;
    Reader  *next;
};

static uint64_t epoch = 1;
static FlatMap *retired;
static GMutex readers_lock;
static Reader *readers;
static __thread Reader *self;

void memory_reader_register(void)
{
    g_assert(!self);
    self = g_new0(Reader, 1);
    g_mutex_lock(&readers_lock);
    self->next = readers;
    readers = self;
    g_mutex_unlock(&readers_lock);
    memory_reader_online();
}

void memory_reader_unregister(void)
{
    g_mutex_lock(&readers_lock);
    Reader **p = &readers;
    while (*p != self) {
        p = &(*p)->next;
    }
    *p = self->next;
    g_mutex_unlock(&readers_lock);
    g_clear_pointer(&self, g_free);
}

void memory_reader_quiescent(void)
{
    uint64_t now = __atomic_load_n(&epoch, __ATOMIC_ACQUIRE);
    __atomic_store_n(&self->seen, now, __ATOMIC_RELEASE);
}

void memory_reader_offline(void)
{
    __atomic_store_n(&self->seen, UINT64_MAX, __ATOMIC_RELEASE);
}

/* The fence: either the writer sees us online, or we see its new map. */
void memory_reader_online(void)
{
    __atomic_store_n(&self->seen, __atomic_load_n(&epoch, __ATOMIC_ACQUIRE), __ATOMIC_SEQ_CST);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static void map_free(FlatMap *map)
{
    g_free(map->ranges);
    g_free(map);
}

static void reclaim(void)
{
    uint64_t oldest = UINT64_MAX;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    g_mutex_lock(&readers_lock);
    for (Reader *r = readers; r; r = r->next) {
        oldest = MIN(oldest, __atomic_load_n(&r->seen, __ATOMIC_ACQUIRE));
    }
    g_mutex_unlock(&readers_lock);
    for (FlatMap **p = &retired; *p;) {
        FlatMap *map = *p;
        if (map->retired_at <= oldest) {
            *p = map->next;
            map_free(map);
        } else {
            p = &map->next;
        }
    }
}

static void retire(FlatMap *map)
{
    if (!map) {
        return;
    }
    map->retired_at = __atomic_add_fetch(&epoch, 1, __ATOMIC_SEQ_CST);
    map->next = retired;
    retired = map;
    reclaim();
}

/* --- Flattening ------------------------------------------------------------------------------- */

/* Wide enough for the end of the last region, and for an alias that begins before address 0. */
typedef __int128 Wide;

static FlatRange make_range(MemoryRegion *mr, Wide base, Wide lo, Wide hi)
{
    FlatRange r = { .start = lo, .size = hi - lo, .mr = mr, .offset = lo - base };
    if (mr->ram) {
        r.ram = mr->ram;
        r.ram_off = r.offset;
        r.read_only = mr->kind != MEM_RAM;
        r.host = mr->kind != MEM_FLASH || mr->read_through ? mr->ram->host + r.offset : NULL;
    }
    return r;
}

/* Puts [lo, hi) of a leaf into the gaps of the sorted array. */
static void insert_leaf(GArray *ranges, MemoryRegion *mr, Wide base, Wide lo, Wide hi)
{
    unsigned i = 0;
    while (lo < hi) {
        while (i < ranges->len) {
            FlatRange *r = &g_array_index(ranges, FlatRange, i);
            if ((Wide)r->start + r->size > lo) {
                break;
            }
            i++;
        }
        Wide gap_end = hi, next = hi;
        if (i < ranges->len) {
            FlatRange *r = &g_array_index(ranges, FlatRange, i);
            gap_end = MIN(hi, (Wide)r->start);
            next = (Wide)r->start + r->size;
        }
        if (lo < gap_end) {
            FlatRange piece = make_range(mr, base, lo, gap_end);
            g_array_insert_val(ranges, i, piece);
            i++;
            lo = gap_end;
        } else {
            lo = next;
        }
    }
}

/* base: where offset 0 of mr is; only [lo, hi) of it is seen. */
static void render(GArray *ranges, MemoryRegion *mr, Wide base, Wide lo, Wide hi, unsigned depth)
{
    g_assert(depth < 64);               /* an alias of its own container */
    lo = MAX(lo, base);
    hi = MIN(hi, base + (Wide)mr->size);
    if (mr->disabled || lo >= hi) {
        return;
    }
    if (mr->kind == MEM_ALIAS) {
        render(ranges, mr->target, base - (Wide)mr->target_offset, lo, hi, depth + 1);
    } else if (mr->kind == MEM_CONTAINER) {
        for (MemoryRegion *c = mr->children; c; c = c->sibling) {
            render(ranges, c, base + (Wide)c->addr, lo, hi, depth + 1);
        }
    } else {
        insert_leaf(ranges, mr, base, lo, hi);
    }
}

/* Neighbours that continue one another become one. */
static void merge(GArray *ranges)
{
    unsigned n = 0;
    for (unsigned i = 0; i < ranges->len; i++) {
        FlatRange *r = &g_array_index(ranges, FlatRange, i);
        FlatRange *prev = n ? &g_array_index(ranges, FlatRange, n - 1) : NULL;
        if (prev && prev->mr == r->mr && prev->start + prev->size == r->start &&
            prev->offset + prev->size == r->offset) {
            prev->size += r->size;
        } else {
            g_array_index(ranges, FlatRange, n++) = *r;
        }
    }
    g_array_set_size(ranges, n);
}

static bool same_map(const FlatMap *map, const GArray *ranges)
{
    if (!map || map->n != ranges->len) {
        return false;
    }
    for (unsigned i = 0; i < map->n; i++) {
        const FlatRange *a = &map->ranges[i], *b = &g_array_index(ranges, FlatRange, i);
        if (a->start != b->start || a->size != b->size || a->mr != b->mr ||
            a->offset != b->offset || a->host != b->host || a->ram != b->ram) {
            return false;
        }
    }
    return true;
}

static void rebuild(AddressSpace *as)
{
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(FlatRange));
    render(ranges, as->root, 0, 0, (Wide)UINT64_MAX, 0);
    merge(ranges);
    if (same_map(as->map, ranges)) {
        g_array_free(ranges, TRUE);
        return;
    }
    FlatMap *map = g_new0(FlatMap, 1), *old = as->map;
    map->n = ranges->len;
    map->ranges = (FlatRange *)(void *)g_array_free(ranges, FALSE);
    __atomic_store_n(&as->map, map, __ATOMIC_RELEASE);
    for (MemoryListener *l = as->listeners, *next; l; l = next) {
        next = l->next;
        l->changed(l->opaque, as);
    }
    retire(old);
}

void memory_changed(void)
{
    changed = true;
    if (transaction_depth == 0) {
        memory_begin();
        memory_commit();
    }
}

void memory_begin(void)
{
    transaction_depth++;
}

void memory_commit(void)
{
    g_assert(transaction_depth > 0);
    if (--transaction_depth > 0 || !changed) {
        return;
    }
    changed = false;
    for (AddressSpace *as = spaces; as; as = as->next) {
        rebuild(as);
    }
}

void address_space_init(AddressSpace *as, const char *name, MemoryRegion *root)
{
    *as = (AddressSpace){ .name = g_strdup(name), .root = root, .next = spaces };
    spaces = as;
    rebuild(as);
}

void address_space_free(AddressSpace *as)
{
    AddressSpace **p = &spaces;
    while (*p != as) {
        p = &(*p)->next;
    }
    *p = as->next;
    retire(as->map);
    g_free(as->name);
    *as = (AddressSpace){ 0 };
}

void address_space_listen(AddressSpace *as, MemoryListener *listener)
{
    listener->next = as->listeners;
    as->listeners = listener;
}

void address_space_unlisten(AddressSpace *as, MemoryListener *listener)
{
    MemoryListener **p = &as->listeners;
    while (*p != listener) {
        p = &(*p)->next;
    }
    *p = listener->next;
}

/* --- Lookup ----------------------------------------------------------------------------------- */

/* Index of the first range that ends after gpa; n when there is none. */
static unsigned first_after(const FlatMap *map, GPa gpa)
{
    unsigned lo = 0, hi = map->n;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        const FlatRange *r = &map->ranges[mid];
        if (gpa >= r->start && gpa - r->start >= r->size) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

static inline bool contains(const FlatRange *r, GPa gpa)
{
    return gpa - r->start < r->size;
}

const FlatRange *address_space_lookup(AddressSpace *as, GPa gpa)
{
    FlatMap *map = __atomic_load_n(&as->map, __ATOMIC_ACQUIRE);
    if (unlikely(map->n == 0)) {
        return NULL;
    }
    const FlatRange *r = &map->ranges[__atomic_load_n(&map->last_hit, __ATOMIC_RELAXED)];
    if (likely(contains(r, gpa))) {
        return r;
    }
    unsigned i = first_after(map, gpa);
    if (i == map->n || !contains(&map->ranges[i], gpa)) {
        return NULL;
    }
    __atomic_store_n(&map->last_hit, i, __ATOMIC_RELAXED);
    return &map->ranges[i];
}

/* Bytes from gpa to the next range, where nothing lives. */
static uint64_t gap_length(AddressSpace *as, GPa gpa)
{
    FlatMap *map = __atomic_load_n(&as->map, __ATOMIC_ACQUIRE);
    unsigned i = first_after(map, gpa);
    return i < map->n ? map->ranges[i].start - gpa : UINT64_MAX;
}

/* --- Accesses by address ---------------------------------------------------------------------- */

/* The widest natural piece of an MMIO access: aligned, no longer than what is left, and of a size
 * that the region takes. */
static unsigned piece_size(const MemoryRegion *mr, GPa off, uint64_t len)
{
    unsigned valid = mr->ops && mr->ops->valid ? mr->ops->valid : ACCESS_ANY;
    unsigned size = 8;
    while (size > 1 && ((off & (size - 1)) || size > len || !(valid & size))) {
        size >>= 1;
    }
    return size;
}

typedef enum { DO_READ, DO_WRITE, DO_LOAD } Action;

static MemResult access_memory(const FlatRange *r, uint64_t off, void *buf, uint64_t len,
                               Action action)
{
    uint8_t *host = r->ram->host + r->ram_off + off;
    if (action == DO_READ) {
        memcpy(buf, host, len);
    } else {
        memcpy(host, buf, len);
        if (ram_written) {
            ram_written(r->ram, r->ram_off + off, len);
        }
    }
    return MEM_OK;
}

static MemResult access_mmio(const FlatRange *r, uint64_t off, void *buf, uint64_t len,
                             Action action)
{
    MemResult first = MEM_OK;
    uint8_t *p = buf;
    off += r->offset;
    while (len > 0) {
        MemResult res;
        unsigned size = piece_size(r->mr, off, len);
        if (action == DO_READ) {
            uint64_t v = memory_region_mmio_read(r->mr, off, size, ENDIAN_LITTLE, &res);
            st_endian(p, v, size, ENDIAN_LITTLE);
        } else {
            uint64_t v = ld_endian(p, size, ENDIAN_LITTLE);
            memory_region_mmio_write(r->mr, off, v, size, ENDIAN_LITTLE, &res);
        }
        first = first == MEM_OK ? res : first;
        off += size;
        p += size;
        len -= size;
    }
    return first;
}

/* Can the bytes be moved without a callback? */
static bool is_memory(const FlatRange *r, Action action)
{
    switch (action) {
    case DO_READ:
        return r->host;
    case DO_WRITE:
        return r->host && !r->read_only;
    default:
        return r->ram;
    }
}

static MemResult access_range(AddressSpace *as, GPa gpa, void *buf, uint64_t len, Action action)
{
    MemResult first = MEM_OK;
    uint8_t *p = buf;
    while (len > 0) {
        MemResult res = MEM_DECODE_ERROR;
        const FlatRange *r = address_space_lookup(as, gpa);
        uint64_t n;
        if (r) {
            uint64_t off = gpa - r->start;
            n = MIN(len, r->size - off);
            res = (is_memory(r, action) ? access_memory : access_mmio)(r, off, p, n, action);
        } else {
            n = MIN(len, gap_length(as, gpa));
            if (action == DO_READ) {
                memset(p, 0, n);
            }
        }
        first = first == MEM_OK ? res : first;
        gpa += n;
        p += n;
        len -= n;
    }
    return first;
}

MemResult address_space_read(AddressSpace *as, GPa gpa, void *buf, uint64_t len)
{
    return access_range(as, gpa, buf, len, DO_READ);
}

MemResult address_space_write(AddressSpace *as, GPa gpa, const void *buf, uint64_t len)
{
    return access_range(as, gpa, (void *)buf, len, DO_WRITE);
}

MemResult address_space_load(AddressSpace *as, GPa gpa, const void *buf, uint64_t len)
{
    return access_range(as, gpa, (void *)buf, len, DO_LOAD);
}

MemResult address_space_fill(AddressSpace *as, GPa gpa, uint8_t byte, uint64_t len)
{
    uint8_t block[4096];
    MemResult first = MEM_OK;
    memset(block, byte, sizeof(block));
    while (len > 0) {
        uint64_t n = MIN(len, sizeof(block));
        MemResult res = address_space_write(as, gpa, block, n);
        first = first == MEM_OK ? res : first;
        gpa += n;
        len -= n;
    }
    return first;
}

uint64_t address_space_ld(AddressSpace *as, GPa gpa, unsigned size, Endian endian, MemResult *res)
{
    const FlatRange *r = address_space_lookup(as, gpa);
    if (likely(r && r->size - (gpa - r->start) >= size)) {
        uint64_t off = gpa - r->start;
        if (likely(r->host)) {
            if (res) {
                *res = MEM_OK;
            }
            return ld_endian(r->host + off, size, endian);
        }
        return memory_region_mmio_read(r->mr, r->offset + off, size, endian, res);
    }
    uint8_t bytes[8];
    MemResult result = address_space_read(as, gpa, bytes, size);
    if (res) {
        *res = result;
    }
    return ld_endian(bytes, size, endian);
}

void address_space_st(AddressSpace *as, GPa gpa, uint64_t value, unsigned size, Endian endian,
                      MemResult *res)
{
    MemResult result = MEM_OK;
    const FlatRange *r = address_space_lookup(as, gpa);
    if (likely(r && r->size - (gpa - r->start) >= size)) {
        uint64_t off = gpa - r->start;
        if (likely(r->host && !r->read_only)) {
            st_endian(r->host + off, value, size, endian);
            if (ram_written) {
                ram_written(r->ram, r->ram_off + off, size);
            }
        } else {
            memory_region_mmio_write(r->mr, r->offset + off, value, size, endian, &result);
        }
    } else {
        uint8_t bytes[8];
        st_endian(bytes, value, size, endian);
        result = address_space_write(as, gpa, bytes, size);
    }
    if (res) {
        *res = result;
    }
}

void *address_space_map_dma(AddressSpace *as, GPa gpa, uint64_t len, bool is_write, uint64_t *got)
{
    const FlatRange *r = address_space_lookup(as, gpa);
    *got = 0;
    if (!r || !r->host || (is_write && r->read_only)) {
        return NULL;
    }
    uint64_t off = gpa - r->start;
    *got = MIN(len, r->size - off);
    return r->host + off;
}

void address_space_dma_done(void *host, uint64_t written)
{
    uint64_t offset;
    RamBlock *b = written && ram_written ? ram_block_from_host(host, &offset) : NULL;
    if (b) {
        ram_written(b, offset, written);
    }
}

/* --- Text ------------------------------------------------------------------------------------- */

void address_space_print(AddressSpace *as, GString *out)
{
    static const char *const kinds[] = {
        [MEM_CONTAINER] = "container", [MEM_RAM] = "ram", [MEM_ROM] = "rom",
        [MEM_FLASH] = "flash", [MEM_MMIO] = "mmio", [MEM_ALIAS] = "alias",
    };
    for (unsigned i = 0; i < as->map->n; i++) {
        const FlatRange *r = &as->map->ranges[i];
        g_string_append_printf(out, "%016" PRIx64 "-%016" PRIx64 " %-5s %s", r->start,
                               r->start + r->size - 1, kinds[r->mr->kind], r->mr->name);
        if (r->offset) {
            g_string_append_printf(out, "+%#" PRIx64, r->offset);
        }
        g_string_append_c(out, '\n');
    }
}
