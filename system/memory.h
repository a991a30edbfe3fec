/* SPDX-License-Identifier: MIT */
/*
 * Guest physical memory: a tree of regions, flattened into a sorted map.
 *
 * A MemoryRegion is RAM, ROM, a flash (ROM with a command interface), MMIO callbacks, an alias
 * (a window on another region) or a container.  Regions are added to containers at an offset with
 * a priority; where two overlap, the higher priority is seen, and of equals the one added later.
 * A container is transparent where it has nothing.  An AddressSpace shows one root container; each
 * change makes a new flat map and tells the listeners (the engine flushes its TLBs).
 *
 * Locking: everything runs under the machine lock, with two exceptions.  address_space_lookup() and
 * the ld/st/read/write functions on RAM may also be called without it by a thread that has called
 * memory_reader_register(): old maps are kept until every such thread has passed
 * memory_reader_quiescent().  MMIO takes the lock itself when the thread does not hold it.
 *
 * Sizes: a region is 1 to 2^64-1 bytes; the root of an address space is MEMORY_SIZE_MAX, so the
 * very last byte of 64 bits is not addressable.
 */
#pragma once
#include <glib.h>
#include "system/types.h"

typedef struct Device Device;
typedef struct MemoryRegion MemoryRegion;
typedef struct AddressSpace AddressSpace;
typedef struct RamBlock RamBlock;

#define MEMORY_SIZE_MAX UINT64_MAX

typedef enum {
    MEM_OK,
    MEM_DECODE_ERROR,           /* nothing lives there */
    MEM_DEVICE_ERROR,           /* the device said no: memory_signal_error() */
} MemResult;

/* --- RAM -------------------------------------------------------------------------------------- */

/*
 * Host memory of one RAM, ROM or flash.  Reserved by mmap; pages never touched cost nothing.
 * ram_offset places all blocks in one 64-bit space, page by page, so that one number names a byte
 * of guest memory wherever the guest sees it.  `code` belongs to the engine (which lines of the
 * block hold translated code).
 */
struct RamBlock {
    uint8_t  *host;
    uint64_t  size;             /* rounded up to RAM_PAGE */
    uint64_t  ram_offset;
    char     *name;
    bool      read_only;        /* ROM: the guest cannot write it, the loader can */
    void     *code;
    RamBlock *next;
};

#define RAM_PAGE 4096

/* All blocks, in no particular order. */
extern RamBlock *ram_blocks;
/* The block that holds a ram_offset, or NULL. */
RamBlock *ram_block_find(uint64_t ram_offset);
/* The block and offset of a host pointer into guest memory, or NULL. */
RamBlock *ram_block_from_host(const void *host, uint64_t *offset);

/* Called after every write to RAM that is not a CPU's own store: DMA, loaders, the debugger. */
extern void (*ram_written)(RamBlock *block, uint64_t offset, uint64_t len);
/* Called before a block is unmapped: the engine drops `code`. */
extern void (*ram_freed)(RamBlock *block);

/* --- Regions ---------------------------------------------------------------------------------- */

/*
 * MMIO callbacks.  They get an offset into the region and a size that is in `impl`; the value is
 * in the low bits.  The core splits, widens and swaps: of a wider access the parts are made in
 * address order; a narrower read reads the enclosing unit and cuts it out; a narrower write writes
 * the enclosing unit with the other bytes zero.  An access whose size is not in `valid`, or which
 * is not aligned to its size while `unaligned` is false, is logged as the guest's error, reads 0
 * and writes nothing.
 */
typedef struct MemoryOps {
    uint64_t (*read)(void *opaque, GPa off, unsigned size);
    void     (*write)(void *opaque, GPa off, uint64_t value, unsigned size);
    Endian    endian;           /* whose first byte is the least (or most) significant */
    uint8_t   valid;            /* ACCESS_*: sizes the guest may use; 0: any */
    uint8_t   impl;             /* ACCESS_*: sizes the callbacks take; 0: any */
    bool      unaligned;        /* the callbacks take any alignment */
    /* For what reading does not change: the value, as `read` gives it, without the machine lock and
     * in the middle of other accesses.  False: not this one.  May be NULL. */
    bool     (*peek)(void *opaque, GPa off, unsigned size, uint64_t *value);
} MemoryOps;

typedef enum { MEM_CONTAINER, MEM_RAM, MEM_ROM, MEM_FLASH, MEM_MMIO, MEM_ALIAS } MemoryKind;

struct MemoryRegion {
    MemoryKind       kind;
    char            *name;
    uint64_t         size;
    bool             disabled;          /* not seen, with all beneath it */
    bool             read_through;      /* MEM_FLASH: reads see the memory, not the callbacks */
    int              priority;          /* in its container */
    GPa              addr;              /* in its container */
    MemoryRegion    *parent;
    MemoryRegion    *children, *sibling;/* in the order of rendering: highest priority first */
    RamBlock        *ram;
    bool             view;              /* ram is another region's */
    const MemoryOps *ops;
    void            *opaque;
    Device          *dev;               /* for the log; may be NULL */
    MemoryRegion    *target;            /* of an alias */
    uint64_t         target_offset;
};

/* Each of these sets up a zeroed struct, usually a field of the owner's. */
void memory_container_init(MemoryRegion *mr, const char *name, uint64_t size);
bool memory_ram_init(MemoryRegion *mr, const char *name, uint64_t size, GError **err);
bool memory_rom_init(MemoryRegion *mr, const char *name, uint64_t size, GError **err);
/* Reads see the memory while mr->read_through (at first), else ops->read; writes go to ops->write.
 * The device changes the memory itself through mr->ram->host and calls memory_region_written(). */
bool memory_flash_init(MemoryRegion *mr, const char *name, uint64_t size, const MemoryOps *ops,
                       void *opaque, GError **err);
/* The RAM or ROM of another region once more, all of it: MEM_ROM, which only reads, or MEM_FLASH.
 * The other one must outlive it. */
void memory_view_init(MemoryRegion *mr, const char *name, MemoryKind kind, MemoryRegion *of,
                      const MemoryOps *ops, void *opaque);
void memory_mmio_init(MemoryRegion *mr, const char *name, uint64_t size, const MemoryOps *ops,
                      void *opaque);
void memory_alias_init(MemoryRegion *mr, const char *name, MemoryRegion *target, uint64_t offset,
                       uint64_t size);
/* Takes it out of its container, frees its RAM and name; its children become orphans. */
void memory_region_free(MemoryRegion *mr);

void memory_add(MemoryRegion *container, GPa addr, MemoryRegion *mr, int priority);
void memory_remove(MemoryRegion *mr);
/* These do nothing when nothing would change. */
void memory_set_enabled(MemoryRegion *mr, bool enabled);
void memory_set_address(MemoryRegion *mr, GPa addr);
void memory_set_size(MemoryRegion *mr, uint64_t size);                  /* not of RAM */
void memory_set_alias(MemoryRegion *alias, MemoryRegion *target, uint64_t offset);
void memory_set_read_through(MemoryRegion *flash, bool on);

/* Several changes, one new map: it is made at the last commit.  May nest. */
void memory_begin(void);
void memory_commit(void);

/* The owner changed bytes of its RAM, ROM or flash through the host pointer. */
void memory_region_written(MemoryRegion *mr, uint64_t offset, uint64_t len);

/* From a read or write callback: this access is an error on the bus. */
void memory_signal_error(void);

/* --- Address spaces --------------------------------------------------------------------------- */

/* A piece of the flat map: one region seen in one stretch. */
typedef struct FlatRange {
    GPa           start;
    uint64_t      size;
    uint8_t      *host;         /* of `start`, when reads see memory; NULL: MMIO */
    RamBlock     *ram;          /* with host, or behind a flash; else NULL */
    uint64_t      ram_off;      /* of `start` in ram */
    MemoryRegion *mr;           /* never a container or an alias */
    uint64_t      offset;       /* of `start` in mr */
    bool          read_only;    /* CPU stores must not go to host: call the MMIO write, which
                                 * ignores them (ROM) or hands them to the flash */
} FlatRange;

typedef struct MemoryListener MemoryListener;
struct MemoryListener {
    /* The flat map of `as` is a new one; old FlatRange pointers are stale. */
    void (*changed)(void *opaque, AddressSpace *as);
    void *opaque;
    MemoryListener *next;
};

typedef struct FlatMap FlatMap;
struct AddressSpace {
    char           *name;
    MemoryRegion   *root;
    FlatMap        *map;        /* replaced as a whole; read with acquire order */
    MemoryListener *listeners;
    AddressSpace   *next;
};

void address_space_init(AddressSpace *as, const char *name, MemoryRegion *root);
void address_space_free(AddressSpace *as);
void address_space_listen(AddressSpace *as, MemoryListener *listener);
void address_space_unlisten(AddressSpace *as, MemoryListener *listener);

/* What lives at gpa, or NULL for nothing.  Valid until the map changes (see Locking above). */
const FlatRange *address_space_lookup(AddressSpace *as, GPa gpa);

/* Copies; an access over MMIO is made in naturally aligned pieces of up to 8 bytes, little-endian
 * order of the buffer.  The first error is returned, the rest is still tried; what cannot be read
 * reads as 0. */
MemResult address_space_read(AddressSpace *as, GPa gpa, void *buf, uint64_t len);
MemResult address_space_write(AddressSpace *as, GPa gpa, const void *buf, uint64_t len);
/* As write, but ROM and flash memory are written too: for loaders and the debugger. */
MemResult address_space_load(AddressSpace *as, GPa gpa, const void *buf, uint64_t len);
/* len bytes of one value. */
MemResult address_space_fill(AddressSpace *as, GPa gpa, uint8_t byte, uint64_t len);

/* One value of 1, 2, 4 or 8 bytes; res may be NULL.  Aligned accesses of RAM are atomic. */
uint64_t address_space_ld(AddressSpace *as, GPa gpa, unsigned size, Endian endian, MemResult *res);
void address_space_st(AddressSpace *as, GPa gpa, uint64_t value, unsigned size, Endian endian,
                      MemResult *res);

/* A host pointer to at most len bytes at gpa, *got of them (0 and NULL when it is not RAM, or ROM
 * for is_write).  Short-lived: use it before the map can change, and after writing tell how much
 * by address_space_dma_done(). */
void *address_space_map_dma(AddressSpace *as, GPa gpa, uint64_t len, bool is_write, uint64_t *got);
void address_space_dma_done(void *host, uint64_t written);

/* MMIO without a lookup: size is 1, 2, 4 or 8, the value is in the guest's byte order `endian`
 * (ENDIAN_NATIVE never swaps).  Also right for ROM and flash regions, and for RAM. They take the
 * machine lock when the thread does not hold it. */
uint64_t memory_region_mmio_read(MemoryRegion *mr, GPa off, unsigned size, Endian endian,
                                 MemResult *res);
void memory_region_mmio_write(MemoryRegion *mr, GPa off, uint64_t value, unsigned size,
                              Endian endian, MemResult *res);

/* A thread that looks things up without the machine lock. */
void memory_reader_register(void);
void memory_reader_unregister(void);
/* This thread holds no FlatRange pointer now: call it whenever generated code was left.  Before
 * sleeping call offline, after it online. */
void memory_reader_quiescent(void);
void memory_reader_offline(void);
void memory_reader_online(void);

/* The flat map as text, one line a range: `-d map`, the monitor's `info mtree`, tests. */
void address_space_print(AddressSpace *as, GString *out);
