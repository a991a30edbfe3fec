/* SPDX-License-Identifier: MIT */
/*
 * A format: one BlockDriver, a row of `drivers` in formats.c.  Only io/block/ includes this.
 */
#pragma once
#include <inttypes.h>
#include "io/block/hostfile.h"
#include "io/block/image.h"

typedef struct BlockDriver BlockDriver;

struct Block {
    const BlockDriver *driver;              /* NULL: memory only */
    void       *state;                      /* the driver's */
    HostFile    file;
    uint64_t    size;
    unsigned    flags;
    bool        read_only;
    bool        probed;                     /* nobody said which format it is */
    bool        warned;                     /* of a header in a probed raw image */
    Block      *backing;                    /* what it has not, this one has; owned */
    Block      *above;                      /* the image that this one is the backing file of */
    GHashTable *written;                    /* cluster + 1 -> its bytes; NULL: write the file */
    Block      *next;
};

/* Ranges are inside the image and not empty, and a write comes only to a writable image.  A
 * function that is missing is not possible in the format. */
struct BlockDriver {
    const char *name, *about;
    /* Do these bytes begin an image of this format? */
    bool (*probe)(const uint8_t *head, size_t len);
    /* b->file is open; sets b->size. */
    bool (*open)(Block *b, GError **err);
    void (*close)(Block *b);
    bool (*read)(Block *b, uint64_t off, void *buf, size_t len);
    bool (*write)(Block *b, uint64_t off, const void *buf, size_t len);
    bool (*zero)(Block *b, uint64_t off, uint64_t len);
    bool (*discard)(Block *b, uint64_t off, uint64_t len);
    bool (*flush)(Block *b);
    BlockStatus (*status)(Block *b, uint64_t off, uint64_t *len);
    bool (*create)(HostFile *f, const BlockCreate *o, GError **err);
    void (*info)(Block *b, BlockInfo *info);
    bool (*write_compressed)(Block *b, uint64_t off, const void *buf, size_t len, GError **err);
    bool (*resize)(Block *b, uint64_t size, Preallocation p, GError **err);
    bool (*snapshot_create)(Block *b, const char *name, GError **err);
    bool (*snapshot_apply)(Block *b, const char *name, GError **err);
    bool (*snapshot_delete)(Block *b, const char *name, GError **err);
    bool (*snapshot_load)(Block *b, const char *name, GError **err);
    bool (*check)(Block *b, unsigned fix, BlockCheck *result, GError **err);
};

extern const BlockDriver block_raw, block_qcow2;

/* The driver of a name, or by content when name is NULL. */
const BlockDriver *block_driver(const HostFile *f, const char *name, GError **err);
/* Opens the image that `of` stands on. */
bool block_open_backing(Block *of, const char *name, const char *format, GError **err);
/* Where the backing file `name` of the image `path` is; to be freed. */
char *block_backing_path(const char *path, const char *name);
