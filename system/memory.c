/* SPDX-License-Identifier: MIT */
/*
 * Regions: RAM blocks, the tree, and what happens on an access to one region.  The flat map and the
 * accesses by address are in address_space.c.
 *
 * Choices: an access that the region does not allow (size, alignment) is the guest's error: it
 * reads 0, writes nothing and is not an error on the bus, as on the buses of small chips.
 */
#include "system/memory_internal.h"
#include <sys/mman.h>
#include "system/error.h"
#include "system/lock.h"
#include "system/log.h"

RamBlock *ram_blocks;
void (*ram_written)(RamBlock *block, uint64_t offset, uint64_t len);
void (*ram_freed)(RamBlock *block);

/* --- RAM blocks ------------------------------------------------------------------------------- */

enum { HUGE_PAGE = 2 * 1024 * 1024 };

/* Large blocks begin on a boundary of huge pages, where the host's page tables are shortest. */
static uint8_t *reserve(uint64_t size)
{
    uint64_t slack = size >= HUGE_PAGE ? HUGE_PAGE : 0;
    if (size > UINT64_MAX - slack) {
        errno = ENOMEM;
        return NULL;
    }
    uint8_t *p = mmap(NULL, size + slack, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        return NULL;
    }
    if (!slack) {
        return p;
    }
    uint8_t *start = (uint8_t *)round_up((uintptr_t)p, HUGE_PAGE);
    if (start > p) {
        munmap(p, start - p);
    }
    if (start + size < p + size + slack) {
        munmap(start + size, p + slack - start);
    }
    madvise(start, size, MADV_HUGEPAGE);        /* advice only: the host may not have them */
    return start;
}

static RamBlock *ram_block_new(const char *name, uint64_t size, bool read_only, GError **err)
{
    static uint64_t next_offset;
    uint64_t rounded = round_up(size, RAM_PAGE);
    uint8_t *host = size && rounded >= size ? reserve(rounded) : NULL;
    if (!host) {
        fail(err, EMU_ERROR_OSERR, "cannot reserve %" PRIu64 " KiB of memory for '%s'",
             size / 1024, name);
        return NULL;
    }
    RamBlock *b = g_new0(RamBlock, 1);
    *b = (RamBlock){ .host = host, .size = rounded, .ram_offset = next_offset,
                     .name = g_strdup(name), .read_only = read_only, .next = ram_blocks };
    next_offset += rounded;
    ram_blocks = b;
    return b;
}

static void ram_block_free(RamBlock *b)
{
    if (ram_freed) {
        ram_freed(b);
    }
    RamBlock **p = &ram_blocks;
    while (*p != b) {
        p = &(*p)->next;
    }
    *p = b->next;
    munmap(b->host, b->size);
    g_free(b->name);
    g_free(b);
}

RamBlock *ram_block_find(uint64_t ram_offset)
{
    for (RamBlock *b = ram_blocks; b; b = b->next) {
        if (ram_offset - b->ram_offset < b->size) {
            return b;
        }
    }
    return NULL;
}

RamBlock *ram_block_from_host(const void *host, uint64_t *offset)
{
    for (RamBlock *b = ram_blocks; b; b = b->next) {
        uint64_t off = (uintptr_t)host - (uintptr_t)b->host;
        if (off < b->size) {
            *offset = off;
            return b;
        }
    }
    return NULL;
}

/* --- The tree --------------------------------------------------------------------------------- */

static void region_init(MemoryRegion *mr, MemoryKind kind, const char *name, uint64_t size)
{
    *mr = (MemoryRegion){ .kind = kind, .name = g_strdup(name), .size = size };
}

void memory_container_init(MemoryRegion *mr, const char *name, uint64_t size)
{
    region_init(mr, MEM_CONTAINER, name, size);
}

static bool init_with_ram(MemoryRegion *mr, MemoryKind kind, const char *name, uint64_t size,
                          GError **err)
{
    RamBlock *ram = ram_block_new(name, size, kind != MEM_RAM, err);
    if (!ram) {
        return false;
    }
    region_init(mr, kind, name, size);
    mr->ram = ram;
    return true;
}

bool memory_ram_init(MemoryRegion *mr, const char *name, uint64_t size, GError **err)
{
    return init_with_ram(mr, MEM_RAM, name, size, err);
}

bool memory_rom_init(MemoryRegion *mr, const char *name, uint64_t size, GError **err)
{
    return init_with_ram(mr, MEM_ROM, name, size, err);
}

bool memory_flash_init(MemoryRegion *mr, const char *name, uint64_t size, const MemoryOps *ops,
                       void *opaque, GError **err)
{
    if (!init_with_ram(mr, MEM_FLASH, name, size, err)) {
        return false;
    }
    mr->ops = ops;
    mr->opaque = opaque;
    mr->read_through = true;
    return true;
}

void memory_view_init(MemoryRegion *mr, const char *name, MemoryKind kind, MemoryRegion *of,
                      const MemoryOps *ops, void *opaque)
{
    g_assert(of->ram && (kind == MEM_ROM || (kind == MEM_FLASH && ops)));
    region_init(mr, kind, name, of->size);
    mr->ram = of->ram;
    mr->view = true;
    mr->ops = ops;
    mr->opaque = opaque;
    mr->read_through = true;
}

void memory_mmio_init(MemoryRegion *mr, const char *name, uint64_t size, const MemoryOps *ops,
                      void *opaque)
{
    region_init(mr, MEM_MMIO, name, size);
    mr->ops = ops;
    mr->opaque = opaque;
}

void memory_alias_init(MemoryRegion *mr, const char *name, MemoryRegion *target, uint64_t offset,
                       uint64_t size)
{
    region_init(mr, MEM_ALIAS, name, size);
    mr->target = target;
    mr->target_offset = offset;
}

void memory_region_free(MemoryRegion *mr)
{
    memory_begin();
    memory_remove(mr);
    while (mr->children) {
        memory_remove(mr->children);
    }
    memory_commit();
    if (mr->ram && !mr->view) {
        ram_block_free(mr->ram);
    }
    g_free(mr->name);
    *mr = (MemoryRegion){ 0 };
}

void memory_add(MemoryRegion *container, GPa addr, MemoryRegion *mr, int priority)
{
    g_assert(container->kind == MEM_CONTAINER && !mr->parent && mr != container);
    mr->parent = container;
    mr->addr = addr;
    mr->priority = priority;
    MemoryRegion **p = &container->children;
    while (*p && (*p)->priority > priority) {
        p = &(*p)->sibling;
    }
    mr->sibling = *p;
    *p = mr;
    memory_changed();
}

void memory_remove(MemoryRegion *mr)
{
    if (!mr->parent) {
        return;
    }
    MemoryRegion **p = &mr->parent->children;
    while (*p != mr) {
        p = &(*p)->sibling;
    }
    *p = mr->sibling;
    mr->parent = mr->sibling = NULL;
    memory_changed();
}

/* A setter that does nothing when nothing changes. */
#define SET_AND_TELL(field, value)      \
    do {                                \
        if ((field) != (value)) {       \
            (field) = (value);          \
            memory_changed();           \
        }                               \
    } while (0)

void memory_set_enabled(MemoryRegion *mr, bool enabled)
{
    SET_AND_TELL(mr->disabled, !enabled);
}

void memory_set_address(MemoryRegion *mr, GPa addr)
{
    SET_AND_TELL(mr->addr, addr);
}

void memory_set_size(MemoryRegion *mr, uint64_t size)
{
    g_assert(!mr->ram);
    SET_AND_TELL(mr->size, size);
}

void memory_set_alias(MemoryRegion *alias, MemoryRegion *target, uint64_t offset)
{
    g_assert(alias->kind == MEM_ALIAS);
    memory_begin();
    SET_AND_TELL(alias->target, target);
    SET_AND_TELL(alias->target_offset, offset);
    memory_commit();
}

void memory_set_read_through(MemoryRegion *flash, bool on)
{
    g_assert(flash->kind == MEM_FLASH);
    SET_AND_TELL(flash->read_through, on);
}

void memory_region_written(MemoryRegion *mr, uint64_t offset, uint64_t len)
{
    if (ram_written && mr->ram && len) {
        ram_written(mr->ram, offset, len);
    }
}

/* --- Accesses to one region ------------------------------------------------------------------- */

/* Set by a callback of the access that runs now; devices run under the machine lock. */
static bool bus_error;

void memory_signal_error(void)
{
    bus_error = true;
}

static bool allowed(const MemoryRegion *mr, GPa off, unsigned size, const char *verb)
{
    const MemoryOps *ops = mr->ops;
    bool bad_size = ops->valid && !(ops->valid & size);
    bool bad_place = !ops->unaligned && (off & (size - 1));
    if (!bad_size && !bad_place) {
        return true;
    }
    log_guest(mr->dev, "%s of %u bytes at %s+%#" PRIx64 ": %s", verb, size, mr->name, off,
              bad_size ? "no access of that size" : "not aligned");
    return false;
}

/* The size the callback is called with: the same, else the widest narrower one, else the
 * narrowest wider one. */
static unsigned unit_size(const MemoryOps *ops, unsigned size)
{
    unsigned impl = ops->impl ? ops->impl : ACCESS_ANY;
    if (impl & size) {
        return size;
    }
    unsigned narrower = impl & (size - 1);
    return narrower ? 1u << (31 - __builtin_clz(narrower)) : impl & -impl;
}

static uint64_t ops_read(MemoryRegion *mr, GPa off, unsigned size)
{
    const MemoryOps *ops = mr->ops;
    if (!ops->read || unlikely(!allowed(mr, off, size, "read"))) {
        return 0;
    }
    unsigned unit = unit_size(ops, size);
    if (unit >= size) {
        unsigned pos = unit > size ? off & (unit - 1) : 0;
        uint64_t v = ops->read(mr->opaque, off - pos, unit);
        return (v >> part_shift(ops->endian, unit, pos, size)) & mask64(8 * size);
    }
    uint64_t v = 0;
    for (unsigned pos = 0; pos < size; pos += unit) {
        uint64_t part = ops->read(mr->opaque, off + pos, unit) & mask64(8 * unit);
        v |= part << part_shift(ops->endian, size, pos, unit);
    }
    return v;
}

static void ops_write(MemoryRegion *mr, GPa off, uint64_t value, unsigned size)
{
    const MemoryOps *ops = mr->ops;
    if (!ops->write || !allowed(mr, off, size, "write")) {
        return;
    }
    unsigned unit = unit_size(ops, size);
    if (unit >= size) {
        unsigned pos = unit > size ? off & (unit - 1) : 0;
        value = (value & mask64(8 * size)) << part_shift(ops->endian, unit, pos, size);
        ops->write(mr->opaque, off - pos, value, unit);
        return;
    }
    for (unsigned pos = 0; pos < size; pos += unit) {
        uint64_t part = value >> part_shift(ops->endian, size, pos, unit);
        ops->write(mr->opaque, off + pos, part & mask64(8 * unit), unit);
    }
}

static bool swapped(const MemoryRegion *mr, Endian endian)
{
    Endian own = mr->ops->endian;
    return own != endian && own != ENDIAN_NATIVE && endian != ENDIAN_NATIVE;
}

static bool reads_memory(const MemoryRegion *mr)
{
    return mr->kind == MEM_RAM || mr->kind == MEM_ROM ||
           (mr->kind == MEM_FLASH && mr->read_through);
}

uint64_t memory_region_mmio_read(MemoryRegion *mr, GPa off, unsigned size, Endian endian,
                                 MemResult *res)
{
    MemResult dummy;
    res = res ? res : &dummy;
    *res = MEM_OK;
    if (reads_memory(mr)) {
        return ld_endian(mr->ram->host + off, size, endian);
    }
    uint64_t v;
    if (mr->ops->peek && mr->ops->peek(mr->opaque, off, size, &v)) {
        return swapped(mr, endian) ? bswap_size(v, size) : v;
    }
    bool taken = machine_lock_if_free(), outer = bus_error;
    bus_error = false;
    v = ops_read(mr, off, size);
    *res = bus_error ? MEM_DEVICE_ERROR : MEM_OK;
    bus_error = outer;
    machine_unlock_if(taken);
    return swapped(mr, endian) ? bswap_size(v, size) : v;
}

void memory_region_mmio_write(MemoryRegion *mr, GPa off, uint64_t value, unsigned size,
                              Endian endian, MemResult *res)
{
    MemResult dummy;
    res = res ? res : &dummy;
    *res = MEM_OK;
    if (mr->kind == MEM_ROM) {
        log_guest(mr->dev, "write to ROM %s+%#" PRIx64, mr->name, off);
        return;
    }
    if (mr->kind == MEM_RAM) {
        st_endian(mr->ram->host + off, value, size, endian);
        memory_region_written(mr, off, size);
        return;
    }
    bool taken = machine_lock_if_free(), outer = bus_error;
    bus_error = false;
    ops_write(mr, off, swapped(mr, endian) ? bswap_size(value, size) : value, size);
    *res = bus_error ? MEM_DEVICE_ERROR : MEM_OK;
    bus_error = outer;
    machine_unlock_if(taken);
}
