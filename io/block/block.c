/* SPDX-License-Identifier: MIT */
/*
 * Disk images, whatever their format: opening, the chain of backing files, and the overlay of
 * -snapshot.  A snapshot's written parts are clusters in memory, found by number; a memory image is
 * a snapshot of nothing.
 */
#include "io/block/driver.h"
#include <errno.h>
#include "system/error.h"

enum { CLUSTER = 64 * 1024, MAX_CHAIN = 200 };

static Block *blocks;

static Block *new_block(unsigned flags)
{
    Block *b = g_new0(Block, 1);
    b->file.fd = -1;
    b->flags = flags;
    b->read_only = flags & BLOCK_READ_ONLY;
    if (flags & BLOCK_SNAPSHOT) {
        b->written = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    }
    return b;
}

static Block *list(Block *b)
{
    b->next = blocks;
    blocks = b;
    return b;
}

/* --- Opening ---------------------------------------------------------------------------------- */

static void free_block(Block *b)
{
    if (b->driver && b->driver->close) {
        b->driver->close(b);
    }
    if (b->backing) {
        free_block(b->backing);
    }
    hostfile_close(&b->file);
    g_clear_pointer(&b->written, g_hash_table_destroy);
    g_free(b);
}

static bool open_file(Block *b, const char *path, GError **err)
{
    bool write = !(b->flags & (BLOCK_READ_ONLY | BLOCK_SNAPSHOT));
    return hostfile_open(&b->file, path, (write ? HOSTFILE_WRITE : 0) |
                         (b->flags & BLOCK_SHARE ? HOSTFILE_NO_LOCK : 0), err);
}

/* A file that stands on itself would never end. */
static bool check_chain(const Block *b, GError **err)
{
    unsigned depth = 0;
    for (const Block *a = b->above; a; a = a->above) {
        if (a->file.dev == b->file.dev && a->file.ino == b->file.ino) {
            return fail(err, EMU_ERROR_DATA, "disk image '%s' is, in the end, its own backing file",
                        b->file.path);
        }
        if (++depth > MAX_CHAIN) {
            return fail(err, EMU_ERROR_DATA, "disk image '%s': more than %d backing files",
                        b->file.path, MAX_CHAIN);
        }
    }
    return true;
}

static Block *open_layer(Block *above, const char *path, const char *format, unsigned flags,
                         GError **err)
{
    Block *b = new_block(flags);
    b->above = above;
    bool ok = open_file(b, path, err) && check_chain(b, err);
    const BlockDriver *driver = ok ? block_driver(&b->file, format, err) : NULL;
    b->probed = !format && driver == &block_raw;
    if (!driver || !driver->open(b, err)) {
        free_block(b);
        return NULL;
    }
    b->driver = driver;
    return b;
}

Block *block_open(const char *path, const char *format, unsigned flags, GError **err)
{
    Block *b = open_layer(NULL, path, format, flags, err);
    return b ? list(b) : NULL;
}

char *block_backing_path(const char *path, const char *name)
{
    if (g_str_has_prefix(name, "file:")) {
        name += strlen("file:");
    }
    if (g_path_is_absolute(name)) {
        return g_strdup(name);
    }
    g_autofree char *folder = g_path_get_dirname(path);
    return !strcmp(folder, ".") ? g_strdup(name) : g_build_filename(folder, name, NULL);
}

bool block_open_backing(Block *of, const char *name, const char *format, GError **err)
{
    static const char *const other[] = { "json:",  "nbd:", "nbd+unix:", "http:",
                                         "https:", "ftp:", "rbd:",      "iscsi:",
                                         "ssh:",   "nfs:", "fat:",      "gluster:" };
    for (unsigned i = 0; i < ARRAY_SIZE(other); i++) {
        if (g_str_has_prefix(name, other[i])) {
            return fail(err, EMU_ERROR_DATA,
                        "disk image '%s': its backing file '%s' is no file of this "
                        "host; only files are supported",
                        of->file.path, name);
        }
    }
    g_autofree char *path = block_backing_path(of->file.path, name);
    unsigned flags = BLOCK_READ_ONLY | (of->flags & (BLOCK_SHARE | BLOCK_CHECK));
    of->backing = open_layer(of, path, format, flags, err);
    if (!of->backing) {
        g_prefix_error(err, "backing file of '%s': ", of->file.path);
    }
    return of->backing;
}

Block *block_memory(uint64_t size)
{
    Block *b = list(new_block(BLOCK_SNAPSHOT));
    b->size = size;
    return b;
}

void block_close(Block *b)
{
    if (!b) {
        return;
    }
    for (Block **p = &blocks; *p; p = &(*p)->next) {
        if (*p == b) {
            *p = b->next;
            break;
        }
    }
    free_block(b);
}

void block_close_all(void)
{
    while (blocks) {
        block_close(blocks);
    }
}

uint64_t block_size(const Block *b)
{
    return b ? b->size : 0;
}

bool block_read_only(const Block *b)
{
    return b && b->read_only;
}

/* --- The overlay ------------------------------------------------------------------------------ */

static bool in_range(const Block *b, uint64_t off, uint64_t len)
{
    return b && off <= b->size && len <= b->size - off;
}

static bool layer_read(Block *b, uint64_t off, void *buf, size_t len)
{
    if (!b->driver) {
        memset(buf, 0, len);
        return true;
    }
    return b->driver->read(b, off, buf, len);
}

/* The cluster that holds off, or NULL; made from the file when it is to be written. */
static uint8_t *cluster_at(Block *b, uint64_t off, bool make)
{
    void *key = GSIZE_TO_POINTER(off / CLUSTER + 1);
    uint8_t *c = g_hash_table_lookup(b->written, key);
    if (!c && make) {
        uint64_t start = round_down(off, CLUSTER);
        c = g_try_malloc0(CLUSTER);
        if (!c || !layer_read(b, start, c, MIN(CLUSTER, b->size - start))) {
            g_free(c);
            return NULL;
        }
        g_hash_table_insert(b->written, key, c);
    }
    return c;
}

static bool overlay_read(Block *b, uint64_t off, uint8_t *p, size_t len)
{
    bool ok = true;
    while (len > 0) {
        size_t n = MIN(len, CLUSTER - off % CLUSTER);
        uint8_t *c = cluster_at(b, off, false);
        if (c) {
            memcpy(p, c + off % CLUSTER, n);
        } else {
            ok &= layer_read(b, off, p, n);
        }
        p += n;
        off += n;
        len -= n;
    }
    return ok;
}

/* p NULL: zeros. */
static bool overlay_write(Block *b, uint64_t off, const uint8_t *p, uint64_t len)
{
    while (len > 0) {
        size_t n = MIN(len, CLUSTER - off % CLUSTER);
        uint8_t *c = cluster_at(b, off, true);
        if (!c) {
            return false;
        }
        if (p) {
            memcpy(c + off % CLUSTER, p, n);
            p += n;
        } else {
            memset(c + off % CLUSTER, 0, n);
        }
        off += n;
        len -= n;
    }
    return true;
}

/* --- For devices ------------------------------------------------------------------------------ */

bool block_read(Block *b, uint64_t off, void *buf, size_t len)
{
    if (!in_range(b, off, len)) {
        errno = EINVAL;
        return false;
    }
    return len == 0 || (b->written ? overlay_read(b, off, buf, len) : layer_read(b, off, buf, len));
}

static bool may_write(const Block *b, uint64_t off, uint64_t len)
{
    bool ok = in_range(b, off, len) && !b->read_only;
    errno = ok ? 0 : b && b->read_only ? EROFS : EINVAL;
    return ok;
}

/* What a change of the image returns. */
static bool changed(Block *b, bool ok)
{
    return ok && (!(b->flags & BLOCK_WRITE_THROUGH) || block_flush(b));
}

bool block_write(Block *b, uint64_t off, const void *buf, size_t len)
{
    if (!may_write(b, off, len)) {
        return false;
    }
    if (b->written) {
        return overlay_write(b, off, buf, len);
    }
    return len == 0 || changed(b, b->driver->write(b, off, buf, len));
}

bool block_zero(Block *b, uint64_t off, uint64_t len)
{
    if (!may_write(b, off, len)) {
        return false;
    }
    if (b->written) {
        return overlay_write(b, off, NULL, len);
    }
    return len == 0 || changed(b, b->driver->zero(b, off, len));
}

bool block_discard(Block *b, uint64_t off, uint64_t len)
{
    if (!may_write(b, off, len)) {
        return false;
    }
    bool ignored = b->written || !(b->flags & BLOCK_DISCARD) || len == 0;
    return ignored || changed(b, b->driver->discard(b, off, len));
}

bool block_flush(Block *b)
{
    return !b || b->written || b->read_only || (b->flags & BLOCK_UNSAFE) || b->driver->flush(b);
}

/* --- For emu img ------------------------------------------------------------------------------ */

bool block_create(const char *path, const char *format, const BlockCreate *o, GError **err)
{
    HostFile none = { .fd = -1 }, f;
    const BlockDriver *d = block_driver(&none, format ? format : "raw", err);
    if (!d || !hostfile_open(&f, path, HOSTFILE_WRITE | HOSTFILE_CREATE, err)) {
        return false;
    }
    bool ok = hostfile_truncate(&f, 0) || hostfile_size(&f) >= o->size     /* a host's disk */ ||
              fail_errno(err, "cannot empty disk image '%s'", path);
    ok = ok && d->create(&f, o, err);
    hostfile_close(&f);
    return ok;
}

void block_info(Block *b, BlockInfo *info)
{
    *info = (BlockInfo){ .path = b->file.path, .format = b->driver->name, .size = b->size,
                         .allocated = hostfile_allocated(&b->file) };
    if (b->driver->info) {
        b->driver->info(b, info);
    }
}

BlockStatus block_status(Block *b, uint64_t off, uint64_t *len)
{
    return b->driver && !b->written ? b->driver->status(b, off, len) : BLOCK_IS_DATA;
}

static bool fail_cannot(const Block *b, const char *what, GError **err)
{
    return fail(err, EMU_ERROR_USAGE, "disk image '%s': %s %s", b->file.path,
                b->driver ? b->driver->name : "memory", what);
}

bool block_write_compressed(Block *b, uint64_t off, const void *buf, size_t len, GError **err)
{
    if (!b->driver->write_compressed) {
        return fail_cannot(b, "images have no compression", err);
    }
    if (!may_write(b, off, len)) {
        return fail_errno(err, "cannot write disk image '%s'", b->file.path);
    }
    return b->driver->write_compressed(b, off, buf, len, err);
}

bool block_resize(Block *b, uint64_t size, Preallocation p, GError **err)
{
    return b->driver->resize ? b->driver->resize(b, size, p, err)
                             : fail_cannot(b, "images cannot be resized", err);
}

#define SNAPSHOT_FUNCTION(verb)                                                       \
    bool block_snapshot_##verb(Block *b, const char *name, GError **err)              \
    {                                                                                 \
        return b->driver->snapshot_##verb ? b->driver->snapshot_##verb(b, name, err)  \
                                          : fail_cannot(b, "images have no snapshots", err); \
    }
SNAPSHOT_FUNCTION(create)
SNAPSHOT_FUNCTION(apply)
SNAPSHOT_FUNCTION(delete)
SNAPSHOT_FUNCTION(load)
#undef SNAPSHOT_FUNCTION

bool block_check(Block *b, unsigned fix, BlockCheck *result, GError **err)
{
    return b->driver->check ? b->driver->check(b, fix, result, err)
                            : fail_cannot(b, "images cannot be checked", err);
}
