/* SPDX-License-Identifier: MIT */
/*
 * Checking a qcow2 image, and repairing it: all that points to a cluster is counted and compared
 * with the refcounts.
 *
 * Refcounts that are too high are leaks, harmless but for the space.  Too low ones, flags that do
 * not agree with them and pointers out of the file are corruptions.  To repair the former the
 * counts are lowered; for the latter all refcounts are made anew behind the end of the file, out of
 * what points there, and data clusters outside of the file become zeros.  Not repaired: L1 entries
 * that point nowhere, since nobody knows what was meant, and clusters with more users than a narrow
 * refcount can say.
 */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>
#include "system/error.h"

enum { CHUNK = 1024, MOST_LINES = 100 };

typedef struct Check {
    Qcow2      *s;
    BlockCheck *r;
    unsigned    fix;
    uint64_t    n;                          /* clusters of the file */
    GHashTable *counts;                     /* chunk + 1 -> uint32_t[CHUNK]: what points there */
    uint64_t    last_data;                  /* where the cluster before was, to see fragments */
    uint64_t    by_refcounts;               /* corruptions that new refcounts mend */
    uint64_t    too_many;                   /* clusters used more often than a refcount can say */
    unsigned    lines;
} Check;

static void say(Check *c, const char *kind, const char *fmt, ...) G_GNUC_PRINTF(3, 4);
static void say(Check *c, const char *kind, const char *fmt, ...)
{
    if (!c->r->say || c->lines++ >= MOST_LINES) {
        return;
    }
    va_list ap;
    va_start(ap, fmt);
    g_autofree char *text = g_strdup_vprintf(fmt, ap), *line = g_strconcat(kind, text, NULL);
    va_end(ap);
    c->r->say(line);
}

#define ERROR(c, ...) (say((c), "ERROR ", __VA_ARGS__), (c)->r->corruptions++)

/* --- Counting --------------------------------------------------------------------------------- */

static uint32_t *count_of(Check *c, uint64_t cluster, bool make)
{
    void *key = GSIZE_TO_POINTER(cluster / CHUNK + 1);
    uint32_t *chunk = g_hash_table_lookup(c->counts, key);
    if (!chunk && make) {
        chunk = g_new0(uint32_t, CHUNK);
        g_hash_table_insert(c->counts, key, chunk);
    }
    return chunk ? &chunk[cluster % CHUNK] : NULL;
}

static uint64_t counted(Check *c, uint64_t cluster)
{
    uint32_t *p = count_of(c, cluster, false);
    return p ? *p : 0;
}

/* Something points to this part of the file. */
static bool count(Check *c, const char *what, uint64_t off, uint64_t len)
{
    uint64_t first = off >> c->s->cluster_bits, end = q_clusters(c->s, off + len);
    if (end > c->n || off > INT64_MAX) {
        ERROR(c, "%s at %#" PRIx64 " is not in the file", what, off);
        return false;
    }
    for (uint64_t i = first; i < end; i++) {
        ++*count_of(c, i, true);
    }
    return true;
}

static bool count_table(Check *c, const char *what, uint64_t off, uint64_t len)
{
    if (!q_aligned(c->s, off)) {
        ERROR(c, "%s at %#" PRIx64 " is not at the start of a cluster", what, off);
        return false;
    }
    return count(c, what, off, len);
}

/* --- L1 and L2 -------------------------------------------------------------------------------- */

static bool check_bitmap(Check *c, uint64_t entry, uint64_t bitmap)
{
    bool bad =
        (bitmap & bitmap >> 32 & UINT32_MAX) || (!(entry & Q_OFFSET) && (bitmap & UINT32_MAX));
    if (bad && !(entry & Q_COMPRESSED)) {
        ERROR(c, "the bitmap %#" PRIx64 " of the cluster at %#" PRIx64, bitmap, entry & Q_OFFSET);
        return false;
    }
    return true;
}

static void count_fragment(Check *c, uint64_t off, uint64_t len)
{
    c->r->allocated++;
    if (c->last_data && off != c->last_data) {
        c->r->fragmented++;
    }
    c->last_data = off + len;
}

/* False: it points nowhere. */
static bool check_entry(Check *c, uint64_t entry, bool active)
{
    uint64_t off = entry & Q_OFFSET, len = c->s->cluster;
    if (entry & Q_COMPRESSED) {
        q_packed_range(c->s, entry, &off, &len);
        if (active) {
            count_fragment(c, off, len);
            c->r->compressed++;
        }
        if (entry & Q_COPIED) {
            ERROR(c, "a compressed cluster at %#" PRIx64 " is flagged as copied", off);
        }
        return count(c, "compressed data", off, len);
    }
    if (!off) {
        return true;
    }
    if (active) {
        count_fragment(c, off, len);
    }
    return count_table(c, "data", off, len);
}

static void check_l2(Check *c, uint64_t off, bool active)
{
    Qcow2 *s = c->s;
    Table *cached = q_table(s, &s->l2, off, false);
    if (!cached) {
        c->r->errors++;
        return;
    }
    for (unsigned i = 0; i >> s->l2_bits == 0; i++) {
        uint64_t entry = q_entry(s, cached, i), bitmap = q_bitmap(s, cached, i);
        bool found = check_entry(c, entry, active), good = found && check_bitmap(c, entry, bitmap);
        if (good || !(c->fix & BLOCK_FIX_ERRORS)) {
            continue;
        }
        if (found) {                        /* zeros win; what is nowhere is zeros, too */
            uint64_t zeros = entry & Q_OFFSET ? bitmap >> 32 : (bitmap | bitmap >> 32) & UINT32_MAX;
            q_set_entry(s, cached, i, entry, zeros << 32 | (bitmap & ~zeros & UINT32_MAX));
        } else {
            bool plain = s->version >= 3 && !s->extended;
            q_set_entry(s, cached, i, plain ? Q_ZERO : 0, s->extended ? mask64(32) << 32 : 0);
        }
        c->r->corruptions_fixed++;
    }
}

static void check_l1(Check *c, const uint64_t *l1, uint32_t n, bool active)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t off = l1[i] & Q_OFFSET;
        if (!off || !count_table(c, "an L2 table", off, c->s->cluster)) {
            continue;
        }
        if (q_overlaps(c->s, off, c->s->cluster)) {
            ERROR(c, "an L2 table at %#" PRIx64 ", where another table is", off);
        } else if (g_hash_table_add(seen, GSIZE_TO_POINTER(off))) {
            check_l2(c, off, active);
        } else {
            ERROR(c, "the L2 table at %#" PRIx64 " is used twice", off);
        }
    }
}

static void check_snapshots(Check *c)
{
    Qcow2 *s = c->s;
    if (s->snapshots_bytes) {
        count_table(c, "the table of snapshots", s->snapshots_off, s->snapshots_bytes);
    }
    for (unsigned i = 0; i < s->snapshots->len; i++) {
        Snapshot *sn = s->snapshots->pdata[i];
        uint64_t bytes = sn->l1_size * UINT64_C(8);
        if (!bytes || !count_table(c, "the L1 table of a snapshot", sn->l1_off, bytes)) {
            continue;
        }
        g_autofree uint64_t *l1 = g_new(uint64_t, sn->l1_size);
        if (q_read_array(s, sn->l1_off, l1, sn->l1_size)) {
            check_l1(c, l1, sn->l1_size, false);
        } else {
            c->r->errors++;
        }
    }
}

/* --- Bitmaps ---------------------------------------------------------------------------------- */

static void check_bitmap_table(Check *c, uint64_t off, uint32_t n)
{
    Qcow2 *s = c->s;
    if (n > Q_MAX_L1 || !count_table(c, "a bitmap's table", off, n * UINT64_C(8))) {
        return;
    }
    g_autofree uint64_t *table = g_new(uint64_t, n + 1);
    if (!q_read_array(s, off, table, n)) {
        c->r->errors++;
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (table[i] & Q_OFFSET) {
            count_table(c, "a bitmap", table[i] & Q_OFFSET, s->cluster);
        }
    }
}

static void check_bitmaps(Check *c)
{
    Qcow2 *s = c->s;
    uint64_t size = s->bitmaps_size;
    if (!s->n_bitmaps || !size || size > Q_MAX_SNAPSHOT_TABLE ||
        !count_table(c, "the bitmaps' directory", s->bitmaps_off, size)) {
        return;
    }
    g_autofree uint8_t *d = g_malloc0(size + 32);
    if (!hostfile_read(s->file, s->bitmaps_off, d, size)) {
        c->r->errors++;
        return;
    }
    for (uint64_t at = 0; at + 24 <= size;) {
        check_bitmap_table(c, ld_be64(d + at), ld_be32(d + at + 8));
        at += round_up(24 + (uint64_t)ld_be16(d + at + 18) + ld_be32(d + at + 20), 8);
    }
}

/* --- Refcounts -------------------------------------------------------------------------------- */

static void count_refblocks(Check *c)
{
    Qcow2 *s = c->s;
    count_table(c, "the refcount table", s->reftable_off, s->reftable_size * UINT64_C(8));
    for (uint64_t i = 0; i < s->reftable_size; i++) {
        uint64_t off = s->reftable[i];
        if (!off) {
            continue;
        }
        bool good = count_table(c, "a refcount block", off, s->cluster);
        if (good && (q_overlaps(s, off, s->cluster) || counted(c, off >> s->cluster_bits) > 1)) {
            ERROR(c, "the refcount block at %#" PRIx64 " is something else, too", off);
            good = false;
        }
        if (!good) {
            c->by_refcounts++;
            s->reftable[i] = 0;             /* in memory: read it as absent */
        }
    }
}

/* One cluster's refcount against what points there. */
static void compare(Check *c, uint64_t cluster, uint64_t have, bool fix)
{
    uint64_t want = counted(c, cluster);
    if (have > want) {
        c->r->leaks++;
        say(c, "Leaked cluster ", "%" PRIu64 " refcount=%" PRIu64 " reference=%" PRIu64, cluster,
            have, want);
        if (fix && q_refcount_set(c->s, cluster, want)) {
            c->r->leaks_fixed++;
        }
    } else if (have < want) {
        ERROR(c, "cluster %" PRIu64 " refcount=%" PRIu64 " reference=%" PRIu64, cluster, have,
              want);
        c->by_refcounts++;
    }
}

static void compare_block(Check *c, uint64_t first, uint64_t n, bool fix)
{
    for (uint64_t i = first; i < first + n; i++) {
        uint64_t have;
        if (!q_refcount(c->s, i, &have)) {
            c->r->errors++;
            return;
        }
        compare(c, i, have, fix);
    }
}

/* Every cluster with a count, and every one that is pointed to.  Where a pointer could not be
 * followed nobody knows what is a leak. */
static void compare_refcounts(Check *c)
{
    Qcow2 *s = c->s;
    bool fix = c->fix && c->r->corruptions == c->r->corruptions_fixed && !c->r->errors;
    for (uint64_t i = 0; i < s->reftable_size; i++) {
        if (s->reftable[i]) {
            compare_block(c, i << s->refblock_bits, BIT64(s->refblock_bits), fix);
        }
    }
    GHashTableIter it;
    void *key;
    for (g_hash_table_iter_init(&it, c->counts); g_hash_table_iter_next(&it, &key, NULL);) {
        uint64_t first = (GPOINTER_TO_SIZE(key) - 1) * CHUNK;
        for (uint64_t i = first; i < first + CHUNK; i++) {
            uint64_t block = i >> s->refblock_bits;
            if (counted(c, i) && (block >= s->reftable_size || !s->reftable[block])) {
                compare(c, i, 0, false);
            }
        }
    }
}

/* --- The flags that say "used once" ----------------------------------------------------------- */

static bool wrong_flag(Check *c, const char *what, uint64_t *entry)
{
    uint64_t n, off = *entry & Q_OFFSET;
    if (!off || !q_aligned(c->s, off) || !q_refcount(c->s, off >> c->s->cluster_bits, &n) ||
        (n == 1) == !!(*entry & Q_COPIED)) {
        return false;
    }
    ERROR(c, "%s at %#" PRIx64 " has the refcount %" PRIu64 " and is%s flagged as copied", what,
          off, n, *entry & Q_COPIED ? "" : " not");
    *entry ^= Q_COPIED;
    return c->fix & BLOCK_FIX_ERRORS;
}

static void check_flags_l2(Check *c, uint64_t off)
{
    Qcow2 *s = c->s;
    Table *t = q_table(s, &s->l2, off, false);
    for (unsigned i = 0; t && i >> s->l2_bits == 0; i++) {
        uint64_t entry = q_entry(s, t, i);
        if (!(entry & Q_COMPRESSED) && wrong_flag(c, "data", &entry)) {
            q_set_entry(s, t, i, entry, q_bitmap(s, t, i));
            c->r->corruptions_fixed++;
        }
    }
}

static void check_flags(Check *c)
{
    Qcow2 *s = c->s;
    for (uint32_t i = 0; i < s->l1_size; i++) {
        uint64_t entry = s->l1[i], off = entry & Q_OFFSET;
        if (wrong_flag(c, "an L2 table", &entry)) {
            q_set_l1(s, i, entry);
            c->r->corruptions_fixed++;
        }
        if (off && q_aligned(s, off) && off >> s->cluster_bits < c->n &&
            !q_overlaps(s, off, s->cluster)) {
            check_flags_l2(c, off);
        }
    }
}

/* --- Making refcounts anew -------------------------------------------------------------------- */

/* All but the refcounts' own tables. */
static void count_all(Check *c)
{
    Qcow2 *s = c->s;
    count(c, "the header", 0, s->cluster);
    if (s->l1_size) {
        count_table(c, "the L1 table", s->l1_off, s->l1_size * UINT64_C(8));
    }
    check_l1(c, s->l1, s->l1_size, true);
    check_snapshots(c);
    check_bitmaps(c);
}

/* Counts again, without what the old refcount tables took and without saying anything. */
static void count_again(Check *c)
{
    BlockCheck none = { 0 }, *said = c->r;
    unsigned fix = c->fix;
    g_hash_table_remove_all(c->counts);
    c->r = &none;
    c->fix = 0;
    count_all(c);
    c->r = said;
    c->fix = fix;
}

/* How many blocks there may be and how many clusters their table takes, at `start`. */
static bool plan_refcounts(Check *c, uint64_t start, uint64_t *ranges, uint64_t *clusters)
{
    uint64_t before, per_cluster = c->s->cluster / 8;
    *ranges = *clusters = 0;
    do {
        before = *ranges;
        *ranges = ((start + before + *clusters) >> c->s->refblock_bits) + 1;
        *clusters = (*ranges + per_cluster - 1) / per_cluster;
        if (*clusters > Q_MAX_REFTABLE >> c->s->cluster_bits) {
            errno = EFBIG;
            return false;
        }
    } while (*ranges != before);
    return true;
}

/* A block for each range that has something to count, from cluster *at on. */
static uint64_t *place_refblocks(Check *c, uint64_t ranges, uint64_t clusters, uint64_t *at)
{
    Qcow2 *s = c->s;
    uint64_t *table = g_new0(uint64_t, clusters * (s->cluster / 8));
    GHashTableIter it;
    void *key;
    for (g_hash_table_iter_init(&it, c->counts); g_hash_table_iter_next(&it, &key, NULL);) {
        uint64_t first = (GPOINTER_TO_SIZE(key) - 1) * CHUNK;
        for (uint64_t i = first; i < first + CHUNK; i++) {
            if (counted(c, i)) {
                table[i >> s->refblock_bits] = 1;
            }
        }
    }
    for (uint64_t i = *at >> s->refblock_bits; i < ranges; i++) {
        table[i] = 1;                       /* for the new tables themselves */
    }
    for (uint64_t i = 0; i < ranges; i++) {
        table[i] = table[i] ? (*at)++ << s->cluster_bits : 0;
    }
    return table;
}

static bool fill_refblock(Check *c, uint64_t range)
{
    Qcow2 *s = c->s;
    Table *t = q_table(s, &s->refblocks, s->reftable[range], true);
    for (uint64_t i = 0; t && i >> s->refblock_bits == 0; i++) {
        uint64_t n = counted(c, (range << s->refblock_bits) + i);
        c->too_many += n > q_refcount_max(s);
        q_count_set(t->data, s->refcount_order, i, MIN(n, q_refcount_max(s)));
    }
    if (t) {
        q_table_dirty(&s->refblocks, t);
    }
    return t;
}

/* Blocks and table go behind the end of the file, so nothing is overwritten before the header names
 * them. */
static bool make_refcounts(Check *c)
{
    Qcow2 *s = c->s;
    uint64_t start = MAX(c->n, s->end), at = start, ranges, clusters;
    unsigned most = s->refblocks.most;
    count_again(c);
    if (!plan_refcounts(c, start, &ranges, &clusters)) {
        return false;
    }
    q_cache_free(&s->refblocks);
    q_cache_init(&s->refblocks, most, q_write_refblocks);
    g_free(s->reftable);
    s->reftable = place_refblocks(c, ranges, clusters, &at);
    s->reftable_size = clusters * (s->cluster / 8);
    s->reftable_off = at << s->cluster_bits;
    s->end = at + clusters;
    s->free_hint = 0;
    for (uint64_t i = start; i < s->end; i++) {
        ++*count_of(c, i, true);
    }
    for (uint64_t i = 0; i < ranges; i++) {
        if (s->reftable[i] && !fill_refblock(c, i)) {
            return false;
        }
    }
    s->reftable_dirty = false;
    return q_write_refblocks(s) &&
           q_write_array(s, s->reftable_off, s->reftable, s->reftable_size) &&
           hostfile_sync(s->file) && q_header_write(s) && hostfile_sync(s->file);
}

/* --- All of it -------------------------------------------------------------------------------- */

static bool repair(Check *c)
{
    Qcow2 *s = c->s;
    BlockCheck *r = c->r;
    if (c->by_refcounts && (c->fix & BLOCK_FIX_ERRORS)) {
        if (!make_refcounts(c)) {
            return false;
        }
        r->corruptions_fixed += c->by_refcounts - MIN(c->by_refcounts, c->too_many);
        r->leaks_fixed = r->leaks;
    }
    check_flags(c);
    if (!c->fix) {
        return true;
    }
    if (!q_flush_all(s)) {
        return false;
    }
    if (r->corruptions == r->corruptions_fixed && !r->errors) {
        s->incompatible &= ~(uint64_t)(Q_DIRTY | Q_CORRUPT);
        s->broken = false;
        return q_header_write(s) && hostfile_sync(s->file);
    }
    return true;
}

bool q_check(Block *b, unsigned fix, BlockCheck *r, GError **err)
{
    Qcow2 *s = b->state;
    Check c = { .s = s, .r = r, .fix = fix, .n = q_clusters(s, hostfile_size(s->file)) };
    c.counts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    count_all(&c);
    count_refblocks(&c);
    compare_refcounts(&c);
    bool ok = repair(&c);
    g_hash_table_destroy(c.counts);
    r->end = s->end << s->cluster_bits;
    r->clusters = q_clusters(s, b->size);
    if (!ok) {
        r->errors++;
        return fail_errno(err, "cannot repair disk image '%s'", b->file.path);
    }
    return true;
}
