/* SPDX-License-Identifier: MIT */
/*
 * Register tables at work: the MMIO windows of devices.
 *
 * A window keeps a map from byte offset to row, so an access finds its register in one step
 * however long the table is.
 */
#include "system/device_internal.h"
#include "system/memory_internal.h"

/* --- One register ----------------------------------------------------------------------------- */

/* The element's place in the device's struct, and its size there. */
static void *reg_field(Device *dev, const RegDef *r, unsigned index, unsigned *size)
{
    *size = r->count > 1 ? r->field_size / r->count : r->field_size;
    return device_field(dev, r->field + index * *size);
}

static bool is_constant(const RegDef *r)
{
    return !r->field_size && !r->write && !r->write_at;
}

static uint64_t reg_read(Device *dev, const RegDef *r, unsigned index)
{
    if (r->read) {
        return r->read(dev);
    }
    if (r->read_at) {
        return r->read_at(dev, index);
    }
    if (r->field_size) {
        unsigned size;
        void *field = reg_field(dev, r, index, &size);
        return ld_endian(field, size, HOST_ENDIAN);
    }
    if (!is_constant(r)) {
        log_guest(dev, "read of write-only register %s", r->name);
        return 0;
    }
    return r->reset;
}

/* value stands in the register's width; only the bytes of mask were written. */
static void reg_write(Device *dev, const RegDef *r, unsigned index, uint64_t value, uint64_t mask)
{
    if (r->write) {
        r->write(dev, value);
        return;
    }
    if (r->write_at) {
        r->write_at(dev, index, value);
        return;
    }
    if (!r->field_size || !(r->writable | r->w1c)) {
        log_guest(dev, "write of %#" PRIx64 " to read-only register %s", value, r->name);
        return;
    }
    unsigned size;
    void *field = reg_field(dev, r, index, &size);
    uint64_t old = ld_endian(field, size, HOST_ENDIAN), writable = r->writable & mask;
    uint64_t now = ((old & ~writable) | (value & writable)) & ~(value & r->w1c & mask);
    st_endian(field, now, size, HOST_ENDIAN);
    if (r->changed) {
        r->changed(dev);
    }
}

/* --- A window of them ------------------------------------------------------------------------- */

const RegDef *device_find_reg(const DeviceWindow *w, uint64_t off, unsigned *index)
{
    uint64_t slot = off >> w->map_shift;
    if (slot >= w->map_len || !w->map[slot]) {
        return NULL;
    }
    const RegDef *r = &w->def->regs[w->map[slot] - 1];
    *index = reg_count(r) == 1 ? 0 : (uint32_t)(off - r->offset) / reg_stride(r);
    return r;
}

/* The register of an access that begins where it does and reaches no other: nearly all of them. */
static inline const RegDef *sole_reg(const DeviceWindow *w, uint64_t off, unsigned size,
                                     unsigned *shift)
{
    uint64_t slot = off >> w->map_shift;
    if (slot >= w->map_len || !w->map[slot]) {
        return NULL;
    }
    const RegDef *r = &w->def->regs[w->map[slot] - 1];
    unsigned width = reg_width(r);
    if (reg_count(r) != 1 || off != r->offset || size > width) {
        return NULL;
    }
    *shift = part_shift(w->ops.endian, width, 0, size);
    return r;
}

/* The part of an access of `size` bytes at `off` that falls on one register, from byte pos on. */
typedef struct Part {
    const RegDef *reg;          /* NULL: nothing is there */
    unsigned      index;
    unsigned      bytes;
    unsigned      reg_shift;    /* where it stands in the register */
    unsigned      shift;        /* and in the access */
} Part;

static Part next_part(const DeviceWindow *w, uint64_t off, unsigned size, unsigned pos)
{
    Part p = { 0 };
    uint64_t at = off + pos;
    p.reg = device_find_reg(w, at, &p.index);
    unsigned width = p.reg ? reg_width(p.reg) : 1u << w->map_shift;
    unsigned delta = p.reg ? (at - p.reg->offset) % reg_stride(p.reg) : at & (width - 1);
    p.bytes = MIN(size - pos, width - delta);
    p.reg_shift = part_shift(w->ops.endian, width, delta, p.bytes);
    p.shift = part_shift(w->ops.endian, size, pos, p.bytes);
    return p;
}

/* Said once for each stretch of an access. */
static void stray(const DeviceWindow *w, const char *verb, uint64_t off)
{
    log_guest(w->dev, "%s %s+%#" PRIx64 ", where no register is", verb, w->def->name, off);
}

static uint64_t window_read(void *opaque, GPa off, unsigned size)
{
    DeviceWindow *w = opaque;
    unsigned shift;
    const RegDef *sole = sole_reg(w, off, size, &shift);
    if (sole) {
        return reg_read(w->dev, sole, 0) >> shift & mask64(8 * size);
    }
    uint64_t value = 0;
    Part p = { .reg = w->def->regs };
    for (unsigned pos = 0; pos < size; pos += p.bytes) {
        bool was_there = p.reg;
        p = next_part(w, off, size, pos);
        if (p.reg) {
            uint64_t v = reg_read(w->dev, p.reg, p.index) >> p.reg_shift;
            value |= (v & mask64(8 * p.bytes)) << p.shift;
        } else if (was_there) {
            stray(w, "read of", off + pos);
        }
    }
    return value;
}

/* Aligned fields of up to 8 bytes are read in one piece: nobody's lock is needed. */
static bool window_peek(void *opaque, GPa off, unsigned size, uint64_t *value)
{
    const DeviceWindow *w = opaque;
    uint64_t slot = off >> w->map_shift;
    if (slot >= w->map_len || w->peek[slot].size != size || off & (size - 1)) {
        return false;
    }
    const RegPeek *p = &w->peek[slot];
    switch (p->field_size) {
    case 1:  *value = __atomic_load_n((const uint8_t *)p->field, __ATOMIC_ACQUIRE); return true;
    case 2:  *value = __atomic_load_n((const uint16_t *)p->field, __ATOMIC_ACQUIRE); return true;
    case 4:  *value = __atomic_load_n((const uint32_t *)p->field, __ATOMIC_ACQUIRE); return true;
    default: *value = __atomic_load_n((const uint64_t *)p->field, __ATOMIC_ACQUIRE); return true;
    }
}

static void window_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    DeviceWindow *w = opaque;
    Part p = { .reg = w->def->regs };
    for (unsigned pos = 0; pos < size; pos += p.bytes) {
        bool was_there = p.reg;
        p = next_part(w, off, size, pos);
        if (p.reg) {
            uint64_t mask = mask64(8 * p.bytes) << p.reg_shift;
            uint64_t v = (value >> p.shift) << p.reg_shift;
            reg_write(w->dev, p.reg, p.index, v & mask, mask);
        } else if (was_there) {
            stray(w, "write to", off + pos);
        }
    }
}

static uint64_t raw_read(void *opaque, GPa off, unsigned size)
{
    DeviceWindow *w = opaque;
    if (!w->def->read) {
        stray(w, "read of", off);
        return 0;
    }
    return w->def->read(w->dev, off, size);
}

static void raw_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    DeviceWindow *w = opaque;
    if (w->def->write) {
        w->def->write(w->dev, off, value, size);
    } else {
        stray(w, "write to", off);
    }
}

/* --- Making them ------------------------------------------------------------------------------ */

/* What window_peek may load for element i; only where the access is exactly the register. */
static RegPeek reg_peek(const DeviceWindow *w, const RegDef *r, unsigned i)
{
    unsigned width = reg_width(r), size;
    bool allowed = !(w->def->flags & ACCESS_ANY) || w->def->flags & width;
    if (r->read || r->read_at || !allowed || (r->offset + i * reg_stride(r)) % width) {
        return (RegPeek){ 0 };
    }
    if (is_constant(r)) {
        bool fits = width == 8 || r->reset >> 8 * width == 0;
        return fits ? (RegPeek){ &r->reset, sizeof(r->reset), width } : (RegPeek){ 0 };
    }
    const void *field = r->field_size ? reg_field(w->dev, r, i, &size) : NULL;
    if (!field || size > width || !is_power_of_2(size) || (uintptr_t)field % size) {
        return (RegPeek){ 0 };
    }
    return (RegPeek){ field, size, width };
}

static void place_reg(DeviceWindow *w, const RegDef *r)
{
    unsigned row = r - w->def->regs + 1, width = reg_width(r);
    for (unsigned i = 0; i < reg_count(r); i++) {
        unsigned first = (r->offset + i * reg_stride(r)) >> w->map_shift;
        for (unsigned j = 0; j < MAX(1, width >> w->map_shift); j++) {
            g_assert(!w->map[first + j]);       /* two rows for one place */
            w->map[first + j] = row;
        }
        w->peek[first] = reg_peek(w, r, i);
    }
}

static void make_map(DeviceWindow *w)
{
    const WindowDef *def = w->def;
    unsigned least = 8;
    uint64_t end = 0;
    for (unsigned i = 0; i < def->n_regs; i++) {
        const RegDef *r = &def->regs[i];
        uint64_t last = r->offset + (reg_count(r) - 1) * (uint64_t)reg_stride(r) + reg_width(r);
        g_assert(is_power_of_2(reg_width(r)) && reg_stride(r) >= reg_width(r));
        g_assert(last <= def->size);
        least = MIN(least, reg_width(r));
        end = MAX(end, last);
    }
    w->map_shift = __builtin_ctz(least);
    w->map_len = round_up(end, least) >> w->map_shift;
    w->map = g_new0(uint16_t, MAX(1, w->map_len));
    w->peek = g_new0(RegPeek, MAX(1, w->map_len));
    for (unsigned i = 0; i < def->n_regs; i++) {
        place_reg(w, &def->regs[i]);
    }
}

static void make_mmio(DeviceWindow *w, const char *name)
{
    const WindowDef *def = w->def;
    bool raw = !def->regs;
    w->ops = (MemoryOps){
        .read = raw ? raw_read : window_read,
        .peek = raw ? NULL : window_peek,
        .write = raw ? raw_write : window_write,
        .endian = def->flags & REGS_BIG ? ENDIAN_BIG
                : def->flags & REGS_NATIVE ? ENDIAN_NATIVE : ENDIAN_LITTLE,
        .valid = def->flags & ACCESS_ANY,
    };
    if (!raw) {
        make_map(w);
    }
    memory_mmio_init(&w->region, name, def->size, &w->ops, w);
}

bool device_windows_make(Device *dev, GError **err)
{
    unsigned n = 0;
    for (const WindowDef *def = dev->class->regs; def && def->name; def++) {
        n++;
    }
    dev->windows = g_new0(DeviceWindow, n);
    for (; dev->n_windows < n; dev->n_windows++) {
        DeviceWindow *w = &dev->windows[dev->n_windows];
        w->def = &dev->class->regs[dev->n_windows];
        w->dev = dev;
        g_autofree char *name = n == 1 ? g_strdup(dev->id)
                                       : g_strdup_printf("%s.%s", dev->id, w->def->name);
        if (!w->def->ram) {
            make_mmio(w, name);
        } else if (!memory_ram_init(&w->region, name, w->def->size, err)) {
            return false;
        }
        w->region.dev = dev;
    }
    return true;
}

void device_windows_free(Device *dev)
{
    memory_begin();
    for (unsigned i = 0; i < dev->n_windows; i++) {
        memory_region_free(&dev->windows[i].region);
    }
    memory_commit();
    for (unsigned i = 0; i < dev->n_windows; i++) {
        g_free(dev->windows[i].map);
        g_free(dev->windows[i].peek);
    }
    g_clear_pointer(&dev->windows, g_free);
    dev->n_windows = 0;
    g_ptr_array_set_size(dev->regions, 0);
}

void device_add_region(Device *dev, MemoryRegion *mr)
{
    mr->dev = dev;
    g_ptr_array_add(dev->regions, mr);
}

MemoryRegion *device_region(Device *dev, unsigned i)
{
    if (i < dev->n_windows) {
        return &dev->windows[i].region;
    }
    i -= dev->n_windows;
    return i < dev->regions->len ? g_ptr_array_index(dev->regions, i) : NULL;
}
