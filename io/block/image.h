/* SPDX-License-Identifier: MIT */
/*
 * What can be done to images besides reading and writing: making, checking, resizing, snapshots in
 * the file.  `emu img` and tests use it.
 */
#pragma once
#include "io/block/block.h"

/* --- Formats ---------------------------------------------------------------------------------- */

/* "raw", "qcow2" and what else can be opened; ends with NULL. */
const char *const *block_formats(void);
/* The name of the format that these bytes begin as; "raw" when none of the others. */
const char *block_probe(const void *head, size_t len);

/* --- Making ----------------------------------------------------------------------------------- */

typedef enum { PREALLOC_OFF, PREALLOC_METADATA, PREALLOC_FALLOC, PREALLOC_FULL } Preallocation;

/* Zero is the default of each (compat: 3, cluster: 64 KiB, refcount: 16 bits). */
typedef struct BlockCreate {
    uint64_t      size;
    const char   *backing, *backing_format;
    unsigned      version;                  /* 2 or 3 */
    uint64_t      cluster_size;
    unsigned      refcount_bits;
    bool          lazy_refcounts, extended_l2, zstd;
    Preallocation preallocation;
} BlockCreate;

bool block_create(const char *path, const char *format, const BlockCreate *o, GError **err);

/* --- Looking ---------------------------------------------------------------------------------- */

typedef struct BlockSnapshot {
    char    *id, *name;
    uint64_t size, vm_state_size, seconds, vm_clock_ns;
    uint32_t ns;
} BlockSnapshot;

/* Strings and arrays are borrowed from the image. */
typedef struct BlockInfo {
    const char   *path, *format, *backing, *backing_format, *compression;
    char         *backing_path;             /* as it is opened; to be freed */
    uint64_t      size, allocated, cluster_size;
    unsigned      version, refcount_bits;
    bool          qcow2, lazy_refcounts, dirty, corrupt, extended_l2;
    GPtrArray    *snapshots;                /* BlockSnapshot *; NULL: the format has none */
} BlockInfo;

void block_info(Block *b, BlockInfo *info);

typedef enum { BLOCK_IS_DATA, BLOCK_IS_ZERO } BlockStatus;

/* What is at off; *len, the range asked about, becomes how far the answer holds. */
BlockStatus block_status(Block *b, uint64_t off, uint64_t *len);

/* --- Changing --------------------------------------------------------------------------------- */

/* One whole cluster at a multiple of the cluster's size (or the shorter last one). */
bool block_write_compressed(Block *b, uint64_t off, const void *buf, size_t len, GError **err);
bool block_resize(Block *b, uint64_t size, Preallocation p, GError **err);

bool block_snapshot_create(Block *b, const char *name, GError **err);
/* By name, or by id. */
bool block_snapshot_apply(Block *b, const char *name, GError **err);
bool block_snapshot_delete(Block *b, const char *name, GError **err);
/* Reads as the snapshot from now on; the image is read-only. */
bool block_snapshot_load(Block *b, const char *name, GError **err);

/* --- Checking --------------------------------------------------------------------------------- */

enum { BLOCK_FIX_LEAKS = 1, BLOCK_FIX_ERRORS = 2 };

typedef struct BlockCheck {
    uint64_t corruptions, leaks, corruptions_fixed, leaks_fixed, errors;
    uint64_t end, clusters, allocated, compressed, fragmented;
    /* Called for each finding, when set; at most a hundred times. */
    void   (*say)(const char *text);
} BlockCheck;

/* False when the format cannot be checked (errors == 0) or the check could not be finished. */
bool block_check(Block *b, unsigned fix, BlockCheck *result, GError **err);
