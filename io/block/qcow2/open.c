/* SPDX-License-Identifier: MIT */
/* The format "qcow2" as the rest of emu sees it: opening, closing, making, resizing. */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>
#include <stdio.h>
#include "config.h"
#include "system/error.h"

enum {
    L2_CACHE = 16 * 1024 * 1024, REFBLOCK_CACHE = 4 * 1024 * 1024,      /* bytes */
    FEWEST_TABLES = 8,
    DEFAULT_CLUSTER = 64 * 1024,
};

/* --- Opening ---------------------------------------------------------------------------------- */

static void free_state(Qcow2 *s)
{
    if (!s) {
        return;
    }
    q_snapshots_free(s);
    q_compress_free(s);
    if (s->l2.by_off) {
        q_cache_free(&s->l2);
        q_cache_free(&s->refblocks);
        g_array_unref(s->frees);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(s->feature_names); i++) {
        g_free(s->feature_names[i]);
    }
    g_free(s->l1);
    g_free(s->l1_dirty);
    g_free(s->reftable);
    g_free(s->backing);
    g_free(s->backing_format);
    g_free(s);
}

static void make_caches(Qcow2 *s)
{
    q_cache_init(&s->l2, MAX(FEWEST_TABLES, L2_CACHE >> s->cluster_bits), q_flush_tables);
    q_cache_init(&s->refblocks, MAX(FEWEST_TABLES, REFBLOCK_CACHE >> s->cluster_bits),
                 q_write_refblocks);
    s->frees = g_array_new(false, false, sizeof(ClusterRange));
}

static bool load_tables(Qcow2 *s, GError **err)
{
    s->end = q_clusters(s, hostfile_size(s->file));
    s->l1 = g_new0(uint64_t, s->l1_size + 1);
    s->l1_dirty = g_malloc0(s->l1_size / 64 + 1);
    s->reftable = g_new0(uint64_t, s->reftable_size);
    return (q_read_array(s, s->l1_off, s->l1, s->l1_size) &&
            q_read_array(s, s->reftable_off, s->reftable, s->reftable_size)) ||
           fail_errno(err, "cannot read disk image '%s'", s->file->path);
}

/* The writer before did not finish: its refcounts may be wrong. */
static bool clean(Block *b, GError **err)
{
    Qcow2 *s = b->state;
    if (!(s->incompatible & Q_DIRTY) || !b->file.writable || (b->flags & BLOCK_CHECK)) {
        return true;
    }
    BlockCheck r = { 0 };
    if (!q_check(b, BLOCK_FIX_LEAKS | BLOCK_FIX_ERRORS, &r, err)) {
        return false;
    }
    return !(s->incompatible & Q_DIRTY) ||
           fail(err, EMU_ERROR_DATA,
                "disk image '%s' was not closed by who wrote it, and is damaged; "
                "'emu img check' says more",
                b->file.path);
}

static void q_close(Block *b)
{
    Qcow2 *s = b->state;
    if (s && s->written && !s->broken && !q_flush_all(s)) {
        fprintf(stderr, "emu: disk image '%s': cannot write its tables: %s\n", b->file.path,
                g_strerror(errno));
    }
    free_state(s);
    b->state = NULL;
}

static bool q_open(Block *b, GError **err)
{
    Qcow2 *s = g_new0(Qcow2, 1);
    s->b = b;
    s->file = &b->file;
    b->state = s;
    bool ok = q_header_read(s, err);
    if (ok) {
        make_caches(s);
        ok = load_tables(s, err) && q_snapshots_read(s, err) && clean(b, err);
    }
    if (ok && s->backing && !(b->flags & BLOCK_NO_BACKING)) {
        ok = block_open_backing(b, s->backing, s->backing_format, err);
    }
    if (!ok) {
        free_state(s);
        b->state = NULL;
    }
    return ok;
}

/* --- Reading and writing ---------------------------------------------------------------------- */

static bool drv_read(Block *b, uint64_t off, void *buf, size_t len)
{
    return q_read(b->state, off, buf, len);
}

static bool drv_write(Block *b, uint64_t off, const void *buf, size_t len)
{
    return q_write(b->state, off, buf, len);
}

static bool drv_zero(Block *b, uint64_t off, uint64_t len)
{
    return q_zero(b->state, off, len, b->flags & BLOCK_DISCARD);
}

/* Whole clusters only; they read as zeros. */
static bool drv_discard(Block *b, uint64_t off, uint64_t len)
{
    Qcow2 *s = b->state;
    uint64_t first = round_up(off, s->cluster);
    uint64_t last =
        off + len == b->size ? round_up(b->size, s->cluster) : round_down(off + len, s->cluster);
    if (first >= last || (s->version < 3 && b->backing)) {
        return true;
    }
    return q_begin_write(s) && q_zero_clusters(s, first, (last - first) >> s->cluster_bits, true);
}

static bool drv_flush(Block *b)
{
    Qcow2 *s = b->state;
    if (s->broken) {
        errno = EIO;
        return false;
    }
    return q_flush_tables(s);
}

static BlockStatus drv_status(Block *b, uint64_t off, uint64_t *len)
{
    Qcow2 *s = b->state;
    Run run;
    uint64_t below = block_size(b->backing);
    if (!q_map(s, off, *len, &run)) {
        return BLOCK_IS_DATA;               /* reading it fails */
    }
    *len = run.bytes;
    if (run.kind == Q_UNALLOCATED && off < below) {
        *len = MIN(*len, below - off);
        return block_status(b->backing, off, len);
    }
    return run.kind == Q_ZEROS || run.kind == Q_UNALLOCATED ? BLOCK_IS_ZERO : BLOCK_IS_DATA;
}

static bool drv_write_compressed(Block *b, uint64_t off, const void *buf, size_t len, GError **err)
{
    return q_write_packed(b->state, off, buf, len, err);
}

static void drv_info(Block *b, BlockInfo *i)
{
    Qcow2 *s = b->state;
    i->qcow2 = true;
    i->backing = s->backing;
    i->backing_format = s->backing_format;
    i->backing_path = s->backing ? block_backing_path(b->file.path, s->backing) : NULL;
    i->compression = s->compression ? "zstd" : "zlib";
    i->cluster_size = s->cluster;
    i->version = s->version;
    i->refcount_bits = 1u << s->refcount_order;
    i->lazy_refcounts = s->compatible & Q_LAZY_REFCOUNTS;
    i->dirty = s->incompatible & Q_DIRTY;
    i->corrupt = s->incompatible & Q_CORRUPT;
    i->extended_l2 = s->extended;
    i->snapshots = s->snapshots;
}

/* --- Size ------------------------------------------------------------------------------------- */

static bool fail_resize(Qcow2 *s, GError **err)
{
    return fail_errno(err, "cannot resize disk image '%s'", s->file->path);
}

static bool grow(Qcow2 *s, uint64_t size, GError **err)
{
    uint64_t old = s->b->size, n = size ? ((size - 1) >> q_l2_reach(s)) + 1 : 1;
    if (size > INT64_MAX || n > Q_MAX_L1) {
        return fail(err, EMU_ERROR_USAGE,
                    "disk image '%s': %" PRIu64 " bytes are too much for clusters of "
                    "%" PRIu64 " bytes",
                    s->file->path, size, s->cluster);
    }
    if (n > s->l1_size) {
        uint64_t *l1 = g_new0(uint64_t, n + 1);
        memcpy(l1, s->l1, s->l1_size * sizeof(*l1));
        if (!q_replace_l1(s, l1, n, size)) {
            return fail_resize(s, err);
        }
    }
    s->b->size = size;
    if (!q_header_write(s)) {
        return fail_resize(s, err);
    }
    /* What the image below has there is no part of this disk. */
    uint64_t below = MIN(block_size(s->b->backing), size);
    return below <= old || q_zero(s, old, below - old, false) || fail_resize(s, err);
}

static bool shrink(Qcow2 *s, uint64_t size, GError **err)
{
    uint64_t first = round_up(size, s->cluster), end = round_up(s->b->size, s->cluster);
    if (first < end && !q_zero_clusters(s, first, (end - first) >> s->cluster_bits, true)) {
        return fail_resize(s, err);
    }
    for (uint64_t i = first >> q_l2_reach(s); i < s->l1_size; i++) {
        uint64_t off = s->l1[i] & Q_OFFSET;
        if (off && i << q_l2_reach(s) >= first) {
            q_free_later(s, off, s->cluster, false);
            q_set_l1(s, i, 0);
            q_table_forget(&s->l2, off);
        }
    }
    /* The rest of the last cluster, in case the disk grows again. */
    if (first > size && size < s->b->size &&
        !q_zero(s, size, MIN(first, s->b->size) - size, false)) {
        return fail_resize(s, err);
    }
    s->b->size = size;
    return (q_flush_all(s) && q_header_write(s)) || fail_resize(s, err);
}

static bool drv_resize(Block *b, uint64_t size, Preallocation p, GError **err)
{
    Qcow2 *s = b->state;
    uint64_t old = b->size;
    if (!q_begin_write(s)) {
        return fail_resize(s, err);
    }
    if (s->snapshots->len && (s->version < 3 || size < old)) {
        return fail(err, EMU_ERROR_DATA, "disk image '%s' has snapshots, so it cannot %s",
                    b->file.path, size < old ? "shrink" : "be resized");
    }
    bool ok = size < old ? shrink(s, size, err) : grow(s, size, err);
    if (!ok) {
        return false;
    }
    ok = (size <= old || q_preallocate(s, round_up(old, s->cluster), size, p)) && q_flush_all(s) &&
         hostfile_sync(s->file);
    return ok || fail_resize(s, err);
}

/* --- Making ----------------------------------------------------------------------------------- */

static bool check_create(const BlockCreate *o, uint64_t cluster, GError **err)
{
    unsigned bits = o->refcount_bits ? o->refcount_bits : 16;
    if (!is_power_of_2(cluster) || cluster < 512 || cluster > 2 * MiB) {
        return fail(err, EMU_ERROR_USAGE, "cluster_size is a power of two from 512 to 2M");
    }
    if (!is_power_of_2(bits) || bits > 64) {
        return fail(err, EMU_ERROR_USAGE, "refcount_bits is a power of two from 1 to 64");
    }
    if (o->version == 2 && (o->zstd || o->extended_l2 || o->lazy_refcounts || bits != 16)) {
        return fail(err, EMU_ERROR_USAGE,
                    "zstd, extended_l2, lazy_refcounts and refcount_bits need "
                    "compat=1.1");
    }
    if (o->extended_l2 && cluster < 16 * KiB) {
        return fail(err, EMU_ERROR_USAGE, "extended_l2 needs a cluster_size of at least 16K");
    }
    if (o->backing && o->preallocation != PREALLOC_OFF) {
        return fail(err, EMU_ERROR_USAGE, "an image with a backing file cannot be preallocated");
    }
#if !HAVE_ZSTD
    if (o->zstd) {
        return fail(err, EMU_ERROR_USAGE, "this emu was built without zstd");
    }
#endif
    return true;
}

/* The counts of header, table and block. */
static bool make_refcounts(HostFile *f, unsigned bits, uint64_t cluster)
{
    g_autofree uint8_t *block = g_malloc0(cluster);
    uint8_t entry[8];
    for (unsigned i = 0; i < 3; i++) {
        q_count_set(block, __builtin_ctz(bits), i, 1);
    }
    st_be64(entry, 2 * cluster);
    return hostfile_truncate(f, 3 * cluster) && hostfile_write(f, cluster, entry, 8) &&
           hostfile_write(f, 2 * cluster, block, cluster);
}

static bool drv_create(HostFile *f, const BlockCreate *o, GError **err)
{
    uint64_t cluster = o->cluster_size ? o->cluster_size : DEFAULT_CLUSTER;
    unsigned bits = o->refcount_bits ? o->refcount_bits : 16;
    if (!check_create(o, cluster, err) || !q_header_make(f, o, __builtin_ctzll(cluster), err)) {
        return false;
    }
    if (!make_refcounts(f, bits, cluster)) {
        return fail_errno(err, "cannot write disk image '%s'", f->path);
    }
    Block b = { .driver = &block_qcow2, .file = *f, .flags = BLOCK_NO_BACKING };
    bool ok = q_open(&b, err);
    if (ok) {
        ok = drv_resize(&b, o->size, o->preallocation, err);
        q_close(&b);
    }
    return ok;
}

const BlockDriver block_qcow2 = {
    .name = "qcow2", .about = "QEMU's format: grows as it is written, snapshots, backing files",
    .probe = q_probe, .open = q_open, .close = q_close,
    .read = drv_read, .write = drv_write, .zero = drv_zero, .discard = drv_discard,
    .flush = drv_flush, .status = drv_status, .create = drv_create, .info = drv_info,
    .write_compressed = drv_write_compressed, .resize = drv_resize,
    .snapshot_create = q_snapshot_create, .snapshot_apply = q_snapshot_apply,
    .snapshot_delete = q_snapshot_delete, .snapshot_load = q_snapshot_load,
    .check = q_check,
};
