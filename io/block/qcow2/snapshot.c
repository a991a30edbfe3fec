/* SPDX-License-Identifier: MIT */
/*
 * Snapshots in a qcow2 image: L1 tables that are kept.  Taking one counts all that the active table
 * points to once more; what is written then goes elsewhere.
 *
 * Between the steps of an operation the refcounts are never too low.  While flags and counts do not
 * agree the image is marked dirty (version 3), so that whoever opens it after a crash puts them
 * right.
 */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>
#include <time.h>
#include "system/error.h"

enum { FIXED = 40, EXTRA = 16, MOST_EXTRA = 1024 };

static void free_snapshot(void *p)
{
    Snapshot *sn = p;
    g_free(sn->is.id);
    g_free(sn->is.name);
    g_clear_pointer(&sn->extra, g_bytes_unref);
    g_free(sn);
}

void q_snapshots_free(Qcow2 *s)
{
    g_clear_pointer(&s->snapshots, g_ptr_array_unref);
}

/* --- The table -------------------------------------------------------------------------------- */

static bool fail_damaged(Qcow2 *s, GError **err)
{
    return fail(err, EMU_ERROR_DATA, "disk image '%s': its table of snapshots is damaged",
                s->file->path);
}

/* One entry; *at moves behind it. */
static Snapshot *read_entry(Qcow2 *s, uint64_t *at)
{
    uint8_t h[FIXED];
    if (!hostfile_read(s->file, *at, h, FIXED)) {
        return NULL;
    }
    uint32_t id_len = ld_be16(h + 12), name_len = ld_be16(h + 14), extra = ld_be32(h + 36);
    uint64_t len = round_up(FIXED + (uint64_t)extra + id_len + name_len, 8);
    if (extra > MOST_EXTRA || *at - s->snapshots_off + len > Q_MAX_SNAPSHOT_TABLE) {
        return NULL;
    }
    g_autofree uint8_t *rest = g_malloc0(len);
    if (!hostfile_read(s->file, *at + FIXED, rest, len - FIXED)) {
        return NULL;
    }
    Snapshot *sn = g_new0(Snapshot, 1);
    sn->l1_off = ld_be64(h);
    sn->l1_size = ld_be32(h + 8);
    sn->extra = g_bytes_new(rest, extra);
    sn->is = (BlockSnapshot){
        .id = g_strndup((char *)rest + extra, id_len),
        .name = g_strndup((char *)rest + extra + id_len, name_len),
        .seconds = ld_be32(h + 16), .ns = ld_be32(h + 20), .vm_clock_ns = ld_be64(h + 24),
        .vm_state_size = extra >= 8 ? ld_be64(rest) : ld_be32(h + 32),
        .size = extra >= 16 ? ld_be64(rest + 8) : s->b->size,
    };
    *at += len;
    return sn;
}

static bool good_l1(const Qcow2 *s, const Snapshot *sn, uint64_t file_size)
{
    return sn->l1_size <= Q_MAX_L1 && q_aligned(s, sn->l1_off) &&
           (!sn->l1_size || (sn->l1_off && sn->l1_off < file_size)) && sn->is.size <= INT64_MAX &&
           (!sn->is.size || (sn->is.size - 1) >> q_l2_reach(s) < sn->l1_size);
}

bool q_snapshots_read(Qcow2 *s, GError **err)
{
    uint64_t at = s->snapshots_off, file_size = hostfile_size(s->file);
    uint8_t n[4];
    s->snapshots = g_ptr_array_new_with_free_func(free_snapshot);
    if (!hostfile_read(s->file, 60, n, 4)) {
        return fail_errno(err, "cannot read disk image '%s'", s->file->path);
    }
    unsigned count = ld_be32(n);
    if (count > Q_MAX_SNAPSHOTS || (count && (!q_aligned(s, at) || !at))) {
        return fail_damaged(s, err);
    }
    for (unsigned i = 0; i < count; i++) {
        Snapshot *sn = at < file_size ? read_entry(s, &at) : NULL;
        if (!sn) {
            return fail_damaged(s, err);
        }
        g_ptr_array_add(s->snapshots, sn);
        if (!good_l1(s, sn, file_size)) {
            return fail_damaged(s, err);
        }
    }
    s->snapshots_bytes = count ? at - s->snapshots_off : 0;
    return true;
}

static void add_entry(const Qcow2 *s, GByteArray *out, const Snapshot *sn)
{
    gsize extra_len;
    const uint8_t *extra = g_bytes_get_data(sn->extra, &extra_len);
    size_t id = strlen(sn->is.id), name = strlen(sn->is.name), kept = MAX(extra_len, EXTRA);
    size_t len = round_up(FIXED + kept + id + name, 8);
    g_autofree uint8_t *e = g_malloc0(len);
    st_be64(e, sn->l1_off);
    st_be32(e + 8, sn->l1_size);
    st_be16(e + 12, id);
    st_be16(e + 14, name);
    st_be32(e + 16, sn->is.seconds);
    st_be32(e + 20, sn->is.ns);
    st_be64(e + 24, sn->is.vm_clock_ns);
    st_be32(e + 32, MIN(sn->is.vm_state_size, UINT32_MAX));
    st_be32(e + 36, kept);
    if (extra_len) {
        memcpy(e + FIXED, extra, extra_len);
    }
    st_be64(e + FIXED, sn->is.vm_state_size);
    st_be64(e + FIXED + 8, sn->is.size);
    memcpy(e + FIXED + kept, sn->is.id, id);
    memcpy(e + FIXED + kept + id, sn->is.name, name);
    g_byte_array_append(out, e, len);
}

/* The table of these snapshots in a new place, then the header that names it. */
static bool write_snapshots(Qcow2 *s)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    uint64_t old_off = s->snapshots_off, old_bytes = s->snapshots_bytes, off = 0;
    for (unsigned i = 0; i < s->snapshots->len; i++) {
        add_entry(s, out, s->snapshots->pdata[i]);
    }
    if (out->len > Q_MAX_SNAPSHOT_TABLE) {
        errno = EFBIG;
        return false;
    }
    if (out->len) {
        off = q_alloc_at_end(s, q_clusters(s, out->len));
        if (!off || !hostfile_write(s->file, off, out->data, out->len)) {
            return false;
        }
    }
    if (!q_flush_tables(s)) {
        return false;
    }
    s->snapshots_off = off;
    s->snapshots_bytes = out->len;
    if (!q_header_write(s) || !hostfile_sync(s->file)) {
        return false;
    }
    q_free_later(s, old_off, old_bytes, false);
    return true;
}

/* --- Walking a table -------------------------------------------------------------------------- */

/* Adds `by` to the counts of all that an L1 table points to. */
typedef struct Walk {
    int  by;
    bool dry;                               /* only look whether it can be done */
} Walk;

/* Compressed clusters that share one are seen one by one: each may come once more. */
static bool walk_range(Qcow2 *s, const Walk *w, uint64_t off, uint64_t len, bool packed)
{
    uint64_t first = off >> s->cluster_bits, n = q_clusters(s, off + len) - first, count;
    if (off + len > round_up(s->end << s->cluster_bits, s->cluster)) {
        return q_broken(s, "a pointer to %#" PRIx64, off);
    }
    if (!w->dry) {
        return q_refcount_add(s, first, n, w->by);
    }
    for (uint64_t c = first; c < first + n; c++) {
        if (!q_refcount(s, c, &count)) {
            return false;
        }
        if (count > q_refcount_max(s) - (packed ? MIN(count, q_refcount_max(s)) : 1)) {
            errno = EOVERFLOW;
            return false;
        }
    }
    return true;
}

static bool walk_entry(Qcow2 *s, const Walk *w, uint64_t entry)
{
    uint64_t off = entry & Q_OFFSET, len = s->cluster;
    if (entry & Q_COMPRESSED) {
        q_packed_range(s, entry, &off, &len);
    } else if (!q_aligned(s, off)) {
        return q_broken(s, "a pointer to %#" PRIx64, off);
    }
    return !off || walk_range(s, w, off, len, entry & Q_COMPRESSED);
}

static bool walk_l1(Qcow2 *s, const Walk *w, const uint64_t *l1, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint64_t off = l1[i] & Q_OFFSET;
        if (!off) {
            continue;
        }
        Table *t = q_aligned(s, off) && !q_overlaps(s, off, s->cluster)
                 ? q_table(s, &s->l2, off, false) : NULL;
        if (!t) {
            return q_broken(s, "an L2 table at %#" PRIx64, off);
        }
        g_autofree uint8_t *copy = g_memdup2(t->data, s->cluster);
        Table table = { .data = copy };
        for (unsigned k = 0; k >> s->l2_bits == 0; k++) {
            if (!walk_entry(s, w, q_entry(s, &table, k))) {
                return false;
            }
        }
        if (!walk_range(s, w, off, s->cluster, false)) {
            return false;
        }
    }
    return true;
}

/* The flag of one pointer as its count says; true when it had to change. */
static bool right_flag(Qcow2 *s, uint64_t *entry)
{
    uint64_t count, off = *entry & Q_OFFSET;
    if (!off || !q_refcount(s, off >> s->cluster_bits, &count) ||
        (count == 1) == !!(*entry & Q_COPIED)) {
        return false;
    }
    *entry ^= Q_COPIED;
    return true;
}

bool q_update_copied(Qcow2 *s, uint64_t *fixed)
{
    for (uint32_t i = 0; i < s->l1_size; i++) {
        uint64_t entry = s->l1[i];
        Table *t;
        if (!(entry & Q_OFFSET)) {
            continue;
        }
        if (right_flag(s, &entry)) {
            q_set_l1(s, i, entry);
            ++*fixed;
        }
        if (!q_l2(s, i, &t)) {
            return false;
        }
        for (unsigned k = 0; k >> s->l2_bits == 0; k++) {
            uint64_t e = q_entry(s, t, k);
            if (!(e & Q_COMPRESSED) && q_aligned(s, e & Q_OFFSET) && right_flag(s, &e)) {
                q_set_entry(s, t, k, e, q_bitmap(s, t, k));
                ++*fixed;
            }
        }
    }
    return true;
}

/* --- The operations --------------------------------------------------------------------------- */

static Snapshot *find(Qcow2 *s, const char *name, unsigned *index)
{
    for (int by_id = 0; by_id < 2; by_id++) {
        for (unsigned i = 0; i < s->snapshots->len; i++) {
            Snapshot *sn = s->snapshots->pdata[i];
            if (!strcmp(by_id ? sn->is.id : sn->is.name, name)) {
                *index = i;
                return sn;
            }
        }
    }
    return NULL;
}

static Snapshot *find_or_fail(Qcow2 *s, const char *name, unsigned *index, GError **err)
{
    Snapshot *sn = find(s, name, index);
    if (!sn) {
        fail(err, EMU_ERROR_DATA, "disk image '%s' has no snapshot '%s'", s->file->path, name);
    }
    return sn;
}

static bool set_dirty(Qcow2 *s, bool dirty)
{
    if (s->version < 3) {
        return true;
    }
    s->incompatible = dirty ? s->incompatible | Q_DIRTY : s->incompatible & ~(uint64_t)Q_DIRTY;
    return q_header_write(s) && hostfile_sync(s->file);
}

/* Flags follow the counts, and all is on disk. */
static bool settle(Qcow2 *s)
{
    uint64_t fixed = 0;
    return q_flush_all(s) && q_update_copied(s, &fixed) && q_flush_all(s) && set_dirty(s, false);
}

/* Half done, it stays marked as dirty, and is not written any more. */
static bool fail_snapshot(Qcow2 *s, const char *what, const char *name, GError **err)
{
    if (errno == EOVERFLOW) {               /* found out before anything was changed */
        return fail(err, EMU_ERROR_DATA,
                    "disk image '%s': its refcounts of %u bits do not suffice for one "
                    "more snapshot",
                    s->file->path, 1u << s->refcount_order);
    }
    s->broken = true;
    return fail_errno(err, "disk image '%s': cannot %s snapshot '%s'", s->file->path, what, name);
}

/* One more than the largest number that is an id. */
static char *new_id(const Qcow2 *s)
{
    guint64 most = 0, n;
    for (unsigned i = 0; i < s->snapshots->len; i++) {
        Snapshot *sn = s->snapshots->pdata[i];
        if (g_ascii_string_to_unsigned(sn->is.id, 10, 0, UINT32_MAX, &n, NULL)) {
            most = MAX(most, n);
        }
    }
    return g_strdup_printf("%" G_GUINT64_FORMAT, most + 1);
}

static Snapshot *new_snapshot(Qcow2 *s, const char *name)
{
    Snapshot *sn = g_new0(Snapshot, 1);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    sn->is = (BlockSnapshot){ .id = new_id(s), .name = g_strdup(name), .size = s->b->size,
                              .seconds = now.tv_sec, .ns = now.tv_nsec };
    sn->extra = g_bytes_new(NULL, 0);
    sn->l1_size = s->l1_size;
    return sn;
}

static bool keep_l1(Qcow2 *s, Snapshot *sn)
{
    sn->l1_off = q_alloc_at_end(s, q_clusters(s, s->l1_size * UINT64_C(8)));
    return sn->l1_off && q_write_array(s, sn->l1_off, s->l1, s->l1_size);
}

bool q_snapshot_create(Block *b, const char *name, GError **err)
{
    Qcow2 *s = b->state;
    Walk dry = { .dry = true }, up = { .by = 1 };
    unsigned i;
    if (strlen(name) > UINT16_MAX || !*name) {
        return fail(err, EMU_ERROR_USAGE, "a snapshot's name has 1 to 65535 bytes");
    }
    if (s->snapshots->len >= Q_MAX_SNAPSHOTS) {
        return fail(err, EMU_ERROR_DATA, "disk image '%s' has %d snapshots", b->file.path,
                    Q_MAX_SNAPSHOTS);
    }
    Snapshot *same = find(s, name, &i);
    if (same && !strcmp(same->is.name, name)) {
        return fail(err, EMU_ERROR_DATA, "disk image '%s' has a snapshot '%s' already",
                    b->file.path, name);
    }
    if (!q_begin_write(s) || !q_flush_all(s) ||
        !walk_l1(s, &dry, s->l1, s->l1_size)) {
        return fail_snapshot(s, "take", name, err);
    }
    Snapshot *sn = new_snapshot(s, name);
    g_ptr_array_add(s->snapshots, sn);
    bool ok = set_dirty(s, true) && walk_l1(s, &up, s->l1, s->l1_size) && keep_l1(s, sn) &&
              write_snapshots(s) && settle(s);
    return ok || fail_snapshot(s, "take", name, err);
}

bool q_snapshot_delete(Block *b, const char *name, GError **err)
{
    Qcow2 *s = b->state;
    Walk down = { .by = -1 };
    unsigned i;
    Snapshot *sn = find_or_fail(s, name, &i, err);
    if (!sn) {
        return false;
    }
    g_autofree uint64_t *l1 = g_new0(uint64_t, sn->l1_size + 1);
    uint64_t l1_off = sn->l1_off, n = sn->l1_size;
    if (!q_begin_write(s) || !q_read_array(s, l1_off, l1, n) || !q_flush_all(s) ||
        !set_dirty(s, true)) {
        return fail_snapshot(s, "delete", name, err);
    }
    g_ptr_array_remove_index(s->snapshots, i);
    if (!write_snapshots(s)) {
        return fail_snapshot(s, "delete", name, err);
    }
    q_free_later(s, l1_off, n * 8, false);
    return (walk_l1(s, &down, l1, n) && settle(s)) || fail_snapshot(s, "delete", name, err);
}

bool q_replace_l1(Qcow2 *s, uint64_t *l1, uint32_t n, uint64_t disk_size)
{
    uint64_t old_off = s->l1_off, old_bytes = s->l1_size * UINT64_C(8);
    uint64_t off = q_alloc_at_end(s, q_clusters(s, n * UINT64_C(8)));
    if (!off || !q_write_array(s, off, l1, n) || !q_flush_tables(s)) {
        g_free(l1);
        return false;
    }
    g_free(s->l1);
    g_free(s->l1_dirty);
    s->l1 = l1;
    s->l1_off = off;
    s->l1_size = n;
    s->l1_dirty = g_malloc0(n / 64 + 1);
    s->any_l1_dirty = false;
    s->b->size = disk_size;
    if (!q_header_write(s) || !hostfile_sync(s->file)) {
        s->broken = true;                   /* which table counts is not known: no more writes */
        return false;
    }
    q_free_later(s, old_off, old_bytes, false);
    return true;
}

bool q_snapshot_apply(Block *b, const char *name, GError **err)
{
    Qcow2 *s = b->state;
    Walk dry = { .dry = true }, up = { .by = 1 }, down = { .by = -1 };
    unsigned i;
    Snapshot *sn = find_or_fail(s, name, &i, err);
    if (!sn) {
        return false;
    }
    uint32_t old_n = s->l1_size, n = sn->l1_size;
    g_autofree uint64_t *old = g_memdup2(s->l1, old_n * sizeof(*old));
    uint64_t *l1 = g_new0(uint64_t, n + 1);
    bool ok = q_begin_write(s) && q_read_array(s, sn->l1_off, l1, n) && q_flush_all(s) &&
              walk_l1(s, &dry, l1, n) && set_dirty(s, true) && walk_l1(s, &up, l1, n);
    for (uint32_t k = 0; k < n; k++) {
        l1[k] &= ~Q_COPIED;
    }
    if (!ok) {
        g_free(l1);
        return fail_snapshot(s, "apply", name, err);
    }
    return (q_replace_l1(s, l1, n, sn->is.size) && walk_l1(s, &down, old, old_n) && settle(s)) ||
           fail_snapshot(s, "apply", name, err);
}

bool q_snapshot_load(Block *b, const char *name, GError **err)
{
    Qcow2 *s = b->state;
    unsigned i;
    Snapshot *sn = find_or_fail(s, name, &i, err);
    if (!sn) {
        return false;
    }
    uint64_t *l1 = g_new0(uint64_t, sn->l1_size + 1);
    if (!q_read_array(s, sn->l1_off, l1, sn->l1_size)) {
        g_free(l1);
        return fail_snapshot(s, "read", name, err);
    }
    g_free(s->l1);
    s->l1 = l1;
    s->l1_size = sn->l1_size;
    b->size = sn->is.size;
    b->read_only = true;
    return true;
}
