/* SPDX-License-Identifier: MIT */
/*
 * qcow2 images: what the files of this folder share.
 *
 * Implements: the qcow2 image file format as published with QEMU (docs/interop/qcow2.txt), versions
 * 2 and 3.  Not here: encryption and external data files (both refused); bitmaps are kept but not
 * updated, and marked so (autoclear bit 0), as the format asks.
 *
 * How a crash at any moment leaves an image that is whole.  Data goes to the host at once, tables
 * stay in memory until a flush, which writes them in steps with fdatasync between:
 *
 *     1  refcounts that went up, tables that nothing on disk points to yet       (and data before)
 *     2  the refcount table's pointers to new refcount blocks
 *     3  pointers: L2 entries, then L1 entries to them
 *     4  refcounts that went down, of what the pointers before step 3 pointed to
 *
 * so at any moment a refcount on disk is at least the number of pointers on disk, and a pointer
 * never precedes what it points to.  What is lost is clusters counted but not used: leaks.  A
 * cluster given up is not used again before step 4.  Tables are made of entries of 8 or 16 bytes
 * that never lie across two sectors, and each is right on its own, so a torn write of a table does
 * no harm.
 */
#pragma once
#include "io/block/driver.h"

#define Q_COPIED     BIT64(63)              /* refcount is exactly one */
#define Q_COMPRESSED BIT64(62)
#define Q_ZERO       BIT64(0)               /* of a standard entry: reads as zeros */
#define Q_OFFSET     UINT64_C(0x00fffffffffffe00)

enum {                                      /* incompatible features */
    Q_DIRTY = 1, Q_CORRUPT = 2, Q_DATA_FILE = 4, Q_COMPRESSION = 8, Q_EXTENDED_L2 = 16,
};
enum { Q_LAZY_REFCOUNTS = 1 };              /* compatible */
enum { Q_BITMAPS = 1 };                     /* autoclear */

enum {
    Q_MAX_L1        = 32 * 1024 * 1024 / 8, /* entries */
    Q_MAX_SNAPSHOTS = 65536,
    Q_MAX_SNAPSHOT_TABLE = 16 * 1024 * 1024,
    Q_SUBCLUSTERS   = 32,
};

#define Q_MAX_REFTABLE (8 * MiB)            /* bytes */

typedef struct Qcow2 Qcow2;

/* A cluster of metadata in memory: an L2 table or a refcount block. */
typedef struct Table Table;
struct Table {
    uint64_t off;                           /* in the file */
    uint8_t *data;
    bool     dirty;
    bool     fresh;                         /* nothing on disk points to it */
    Table   *newer, *older;
};

/* The tables used last.  A Table * stays good while less than `most` others are asked for. */
typedef struct TableCache {
    GHashTable *by_off;
    Table      *newest, *oldest;
    unsigned    n, most, n_dirty, n_fresh;
    /* Makes all tables clean, to let one go. */
    bool      (*clean)(Qcow2 *s);
} TableCache;

typedef struct Snapshot {
    BlockSnapshot is;                       /* first */
    uint64_t l1_off;
    uint32_t l1_size;
    GBytes  *extra;                         /* what stands behind the fixed fields */
} Snapshot;

typedef struct ClusterRange {
    uint64_t first, n;
    bool     unmap;                         /* give it back to the host */
} ClusterRange;

struct Qcow2 {
    Block      *b;
    HostFile   *file;

    /* The header. */
    uint32_t    version, cluster_bits, header_length, refcount_order;
    uint64_t    incompatible, compatible, autoclear;
    uint8_t     compression;
    char       *backing, *backing_format;
    uint64_t    bitmaps_off, bitmaps_size;
    uint32_t    n_bitmaps;
    char       *feature_names[64];          /* of incompatible ones, from the name table */

    /* What follows from it. */
    uint64_t    cluster;                    /* bytes */
    unsigned    l2_bits, sub_bits;          /* log2 of a table's entries, a subcluster's size */
    unsigned    refblock_bits;
    bool        extended;

    uint64_t   *l1;                         /* in host order */
    uint32_t    l1_size;
    uint64_t    l1_off;
    uint8_t    *l1_dirty;                   /* one for each sector of the table */
    bool        any_l1_dirty;

    uint64_t   *reftable;
    uint32_t    reftable_size;              /* entries */
    uint64_t    reftable_off;
    bool        reftable_dirty;             /* it has pointers that the file has not */

    TableCache  l2, refblocks;
    GArray     *frees;                      /* ClusterRange: after the next flush */
    uint64_t    free_hint;                  /* no free cluster before it */
    uint64_t    end;                        /* no used cluster from it on */
    uint64_t    compressed_at;              /* next compressed data goes here, or 0 */

    GPtrArray  *snapshots;                  /* Snapshot * */
    uint64_t    snapshots_off, snapshots_bytes;

    uint64_t plain_of; /* the compressed cluster in `plain`, by L2 entry; or 0 */
    uint8_t    *plain, *packed;
    void       *zstd;

    bool        written;                    /* this session changed the image */
    bool        broken;                     /* damage was found: no more writes */
};

static inline uint64_t q_clusters(const Qcow2 *s, uint64_t bytes)
{
    return (bytes >> s->cluster_bits) + ((bytes & (s->cluster - 1)) != 0);
}

static inline bool q_aligned(const Qcow2 *s, uint64_t off)
{
    return (off & (s->cluster - 1)) == 0;
}

/* Bytes of the disk that an L2 table is for, as a power of two. */
static inline unsigned q_l2_reach(const Qcow2 *s)
{
    return s->cluster_bits + s->l2_bits;
}

/* --- header.c --------------------------------------------------------------------------------- */

bool q_probe(const uint8_t *head, size_t len);
bool q_header_read(Qcow2 *s, GError **err);
/* The fields that change while an image is used, in one write of less than a sector. */
bool q_header_write(Qcow2 *s);
/* A new image's first cluster. */
bool q_header_make(HostFile *f, const BlockCreate *o, unsigned cluster_bits, GError **err);
/* The image is damaged: said once; it is not written any more.  Returns false, errno EIO. */
bool q_broken(Qcow2 *s, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* Before the first change of a session. */
bool q_begin_write(Qcow2 *s);

/* --- tables.c --------------------------------------------------------------------------------- */

void q_cache_init(TableCache *c, unsigned most, bool (*clean)(Qcow2 *s));
void q_cache_free(TableCache *c);
/* The table at off; read from the file, or all zero when it is made. */
Table *q_table(Qcow2 *s, TableCache *c, uint64_t off, bool make);
void q_table_dirty(TableCache *c, Table *t);
/* Its cluster is something else now. */
void q_table_forget(TableCache *c, uint64_t off);
/* Steps 1 to 4. */
bool q_flush_tables(Qcow2 *s);
/* Flushes until nothing is left to write. */
bool q_flush_all(Qcow2 *s);
bool q_write_refblocks(Qcow2 *s);
void q_set_l1(Qcow2 *s, uint32_t i, uint64_t entry);
/* An array of 64-bit numbers in the file. */
bool q_read_array(Qcow2 *s, uint64_t off, uint64_t *to, uint64_t n);
bool q_write_array(Qcow2 *s, uint64_t off, const uint64_t *from, uint64_t n);

/* --- refcount.c ------------------------------------------------------------------------------- */

uint64_t q_refcount_max(const Qcow2 *s);
/* Of an entry of a refcount block. */
uint64_t q_count_get(const uint8_t *block, unsigned order, uint64_t i);
void q_count_set(uint8_t *block, unsigned order, uint64_t i, uint64_t count);
bool q_refcount(Qcow2 *s, uint64_t cluster, uint64_t *count);
/* Of n clusters, at once: only for what no pointer on disk depends on. */
bool q_refcount_add(Qcow2 *s, uint64_t cluster, uint64_t n, int by);
bool q_refcount_set(Qcow2 *s, uint64_t cluster, uint64_t count);
/* Up to n clusters in a row, their count 1; 0 when there are none (errno). */
uint64_t q_alloc(Qcow2 *s, uint64_t n, uint64_t *got);
/* Exactly n in a row, at the end of the file. */
uint64_t q_alloc_at_end(Qcow2 *s, uint64_t n);
/* After the pointers to them are gone from the disk. */
void q_free_later(Qcow2 *s, uint64_t off, uint64_t bytes, bool unmap);
/* What an L2 entry points to. */
void q_free_entry(Qcow2 *s, uint64_t entry, bool unmap);
/* Step 4. */
bool q_apply_frees(Qcow2 *s);
/* The part of the file that a compressed entry points to. */
void q_packed_range(const Qcow2 *s, uint64_t entry, uint64_t *off, uint64_t *len);
/* Does this part of the file hold the header or a table that all else depends on? */
bool q_overlaps(const Qcow2 *s, uint64_t off, uint64_t len);

/* --- map.c, write.c --------------------------------------------------------------------------- */

typedef enum { Q_UNALLOCATED, Q_ZEROS, Q_DATA, Q_PACKED } RunKind;

/* Bytes of the disk that are kept in the same way, one behind the other. */
typedef struct Run {
    RunKind  kind;
    bool     own;                           /* data that may be written where it is */
    uint64_t host;                          /* where in the file; of Q_PACKED: the entry */
    uint64_t bytes;
} Run;

uint64_t q_entry(const Qcow2 *s, const Table *t, unsigned i);
uint64_t q_bitmap(const Qcow2 *s, const Table *t, unsigned i);
void q_set_entry(Qcow2 *s, Table *t, unsigned i, uint64_t entry, uint64_t bitmap);
/* NULL in *t: there is none. */
bool q_l2(Qcow2 *s, uint32_t l1_index, Table **t);
Table *q_l2_to_write(Qcow2 *s, uint32_t l1_index);
/* What is at off, for at most len bytes. */
bool q_map(Qcow2 *s, uint64_t off, uint64_t len, Run *run);
/* Also behind the end of the disk, up to its last cluster's. */
bool q_read(Qcow2 *s, uint64_t off, uint8_t *buf, size_t len);
bool q_write(Qcow2 *s, uint64_t off, const uint8_t *buf, size_t len);
/* Whole clusters read as zeros: without what was there, or as what is below. */
bool q_zero(Qcow2 *s, uint64_t off, uint64_t len, bool unmap);
bool q_zero_clusters(Qcow2 *s, uint64_t off, uint64_t n, bool unmap);
/* Clusters for the whole disk. */
bool q_preallocate(Qcow2 *s, uint64_t from, uint64_t to, Preallocation p);

/* --- compress.c ------------------------------------------------------------------------------- */

/* The cluster of a compressed entry, or NULL. */
const uint8_t *q_unpack(Qcow2 *s, uint64_t entry);
bool q_write_packed(Qcow2 *s, uint64_t off, const uint8_t *buf, size_t len, GError **err);
void q_compress_free(Qcow2 *s);

/* --- snapshot.c, check.c ---------------------------------------------------------------------- */

bool q_snapshots_read(Qcow2 *s, GError **err);
void q_snapshots_free(Qcow2 *s);
bool q_snapshot_create(Block *b, const char *name, GError **err);
bool q_snapshot_apply(Block *b, const char *name, GError **err);
bool q_snapshot_delete(Block *b, const char *name, GError **err);
bool q_snapshot_load(Block *b, const char *name, GError **err);
/* Makes the active table's copied flags what the refcounts say. */
bool q_update_copied(Qcow2 *s, uint64_t *fixed);
/* A table of n entries with room, in a new place; false: errno. */
bool q_replace_l1(Qcow2 *s, uint64_t *l1, uint32_t n, uint64_t disk_size);
bool q_check(Block *b, unsigned fix, BlockCheck *result, GError **err);
