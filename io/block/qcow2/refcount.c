/* SPDX-License-Identifier: MIT */
/*
 * How often each cluster of a qcow2 image is used, and finding free ones.
 *
 * A range of clusters has its counts in one refcount block.  The block of a range that has none yet
 * is made in the range's own first cluster and counts itself; where many clusters in a row are
 * needed they are taken at the end of the file, with the blocks they need before them.
 */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>

/* --- Entries of a block ----------------------------------------------------------------------- */

uint64_t q_refcount_max(const Qcow2 *s)
{
    return mask64(1u << s->refcount_order);
}

/* Entries narrower than a byte begin at its low end. */
uint64_t q_count_get(const uint8_t *block, unsigned order, uint64_t i)
{
    switch (order) {
    case 3:
        return block[i];
    case 4:
        return ld_be16(block + i * 2);
    case 5:
        return ld_be32(block + i * 4);
    case 6:
        return ld_be64(block + i * 8);
    default:
        return (block[i >> (3 - order)] >> ((i << order) & 7)) & mask64(1u << order);
    }
}

void q_count_set(uint8_t *block, unsigned order, uint64_t i, uint64_t count)
{
    switch (order) {
    case 3:
        block[i] = count;
        break;
    case 4:
        st_be16(block + i * 2, count);
        break;
    case 5:
        st_be32(block + i * 4, count);
        break;
    case 6:
        st_be64(block + i * 8, count);
        break;
    default: {
        uint8_t *p = &block[i >> (3 - order)];
        *p = deposit32(*p, (i << order) & 7, 1u << order, count);
        break;
    }
    }
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static uint64_t in_block(const Qcow2 *s, uint64_t cluster)
{
    return cluster & mask64(s->refblock_bits);
}

bool q_overlaps(const Qcow2 *s, uint64_t off, uint64_t len)
{
    const struct {
        uint64_t off, len;
    } parts[] = {
        { 0, s->cluster },
        { s->l1_off, round_up(s->l1_size * UINT64_C(8), s->cluster) },
        { s->reftable_off, s->reftable_size * UINT64_C(8) },
        { s->snapshots_off, round_up(s->snapshots_bytes, s->cluster) },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(parts); i++) {
        if (parts[i].len && off < parts[i].off + parts[i].len && parts[i].off < off + len) {
            return true;
        }
    }
    return false;
}

/* The block for a cluster; *block NULL: there is none, all its counts are 0. */
static bool refblock_of(Qcow2 *s, uint64_t cluster, Table **block)
{
    uint64_t i = cluster >> s->refblock_bits;
    uint64_t off = i < s->reftable_size ? s->reftable[i] : 0;
    *block = NULL;
    if (!off) {
        return true;
    }
    if (!q_aligned(s, off) || off >= INT64_MAX || q_overlaps(s, off, s->cluster)) {
        return q_broken(s, "a refcount block at %#" PRIx64, off);
    }
    *block = q_table(s, &s->refblocks, off, false);
    return *block;
}

bool q_refcount(Qcow2 *s, uint64_t cluster, uint64_t *count)
{
    Table *t;
    bool ok = refblock_of(s, cluster, &t);
    *count = ok && t ? q_count_get(t->data, s->refcount_order, in_block(s, cluster)) : 0;
    return ok;
}

/* Are n clusters from `first` on unused?  *used: the first that is not. */
static bool all_free(Qcow2 *s, uint64_t first, uint64_t n, uint64_t *used, bool *all)
{
    for (uint64_t c = first; c < first + n; c++) {
        Table *t;
        if (!refblock_of(s, c, &t)) {
            return false;
        }
        if (!t) {
            c |= mask64(s->refblock_bits);          /* on to the next range */
        } else if (q_count_get(t->data, s->refcount_order, in_block(s, c))) {
            *used = c;
            *all = false;
            return true;
        }
    }
    *all = true;
    return true;
}

static uint64_t missing_blocks(const Qcow2 *s, uint64_t first, uint64_t n)
{
    uint64_t missing = 0;
    for (uint64_t i = first >> s->refblock_bits; i <= (first + n - 1) >> s->refblock_bits; i++) {
        missing += i >= s->reftable_size || !s->reftable[i];
    }
    return missing;
}

/* Sets the count of each cluster of a row whose blocks exist. */
static bool count_row(Qcow2 *s, uint64_t first, uint64_t n)
{
    for (uint64_t c = first; c < first + n; c++) {
        Table *t;
        if (!refblock_of(s, c, &t)) {
            return false;
        }
        q_count_set(t->data, s->refcount_order, in_block(s, c), 1);
        q_table_dirty(&s->refblocks, t);
    }
    s->end = MAX(s->end, first + n);
    return true;
}

/* Puts the blocks that the row's ranges lack on its first clusters. */
static bool place_blocks(Qcow2 *s, uint64_t first, uint64_t n)
{
    uint64_t at = first;
    for (uint64_t i = first >> s->refblock_bits; i <= (first + n - 1) >> s->refblock_bits; i++) {
        if (s->reftable[i]) {
            continue;
        }
        Table *t = q_table(s, &s->refblocks, at << s->cluster_bits, true);
        if (!t) {
            return false;
        }
        q_table_dirty(&s->refblocks, t);
        s->reftable[i] = at++ << s->cluster_bits;
        s->reftable_dirty = true;
    }
    return true;
}

/* A free row at the end for n clusters and the blocks they need, `blocks` of them in front. */
static bool row_at_end(Qcow2 *s, uint64_t n, uint64_t *first, uint64_t *blocks)
{
    bool all = false;
    for (*first = s->end; !all;) {
        uint64_t used = 0, before;
        *blocks = 0;
        do {
            before = *blocks;
            *blocks = missing_blocks(s, *first, n + before);
        } while (*blocks != before);
        if (!all_free(s, *first, n + *blocks, &used, &all)) {
            return false;
        }
        if (!all) {
            *first = used + 1;
        }
    }
    return true;
}

/* A refcount table that has entries for clusters before `limit` and for itself, in a new place. */
static bool grow_reftable(Qcow2 *s, uint64_t limit)
{
    uint64_t first, blocks, clusters, per_cluster = s->cluster / 8;
    uint64_t need = (limit >> s->refblock_bits) + 1;
    for (uint64_t before = 0; ; before = need) {
        need = MAX(need, s->reftable_size + s->reftable_size / 2);
        clusters = (need + per_cluster - 1) / per_cluster;
        if (!row_at_end(s, clusters, &first, &blocks)) {
            return false;
        }
        need = MAX(need, ((first + blocks + clusters) >> s->refblock_bits) + 1);
        if (need == before) {
            break;
        }
    }
    if (clusters > Q_MAX_REFTABLE >> s->cluster_bits) {
        errno = EFBIG;
        return false;
    }
    uint64_t old_off = s->reftable_off, old_size = s->reftable_size;
    s->reftable_size = clusters * per_cluster;
    s->reftable = g_renew(uint64_t, s->reftable, s->reftable_size);
    memset(s->reftable + old_size, 0, (s->reftable_size - old_size) * 8);
    s->reftable_off = (first + blocks) << s->cluster_bits;
    if (!place_blocks(s, first, blocks + clusters) || !count_row(s, first, blocks + clusters) ||
        !q_write_refblocks(s) ||
        !q_write_array(s, s->reftable_off, s->reftable, s->reftable_size) ||
        !hostfile_sync(s->file) || !q_header_write(s) || !hostfile_sync(s->file)) {
        s->broken = true;                   /* which table counts is not known: no more writes */
        return false;
    }
    s->reftable_dirty = false;
    q_free_later(s, old_off, old_size * 8, false);
    return true;
}

static bool make_reftable_reach(Qcow2 *s, uint64_t cluster)
{
    return cluster >> s->refblock_bits < s->reftable_size || grow_reftable(s, cluster);
}

uint64_t q_alloc_at_end(Qcow2 *s, uint64_t n)
{
    uint64_t first, blocks;
    do {
        if (!row_at_end(s, n, &first, &blocks)) {
            return 0;
        }
        if ((first + blocks + n) >> (63 - s->cluster_bits)) {
            errno = EFBIG;
            return 0;
        }
        if ((first + blocks + n - 1) >> s->refblock_bits < s->reftable_size) {
            break;
        }
    } while (grow_reftable(s, first + blocks + n));
    if ((first + blocks + n - 1) >> s->refblock_bits >= s->reftable_size ||
        !place_blocks(s, first, blocks + n) || !count_row(s, first, blocks + n)) {
        return 0;
    }
    return (first + blocks) << s->cluster_bits;
}

/* The range's first cluster becomes its block.  If that is used already, the file is damaged. */
static bool make_refblock(Qcow2 *s, uint64_t cluster, Table **block)
{
    uint64_t first = cluster & ~mask64(s->refblock_bits);
    uint64_t off = first << s->cluster_bits;
    if (!make_reftable_reach(s, cluster)) {
        return false;
    }
    if (s->reftable[cluster >> s->refblock_bits]) {         /* the table's growth made it */
        return refblock_of(s, cluster, block);
    }
    if (q_overlaps(s, off, s->cluster)) {
        return q_broken(s, "no count for the cluster at %#" PRIx64, off);
    }
    *block = q_table(s, &s->refblocks, off, true);
    if (!*block) {
        return false;
    }
    q_table_dirty(&s->refblocks, *block);
    s->reftable[cluster >> s->refblock_bits] = off;
    s->reftable_dirty = true;
    return count_row(s, first, 1);
}

/* --- Counting --------------------------------------------------------------------------------- */

static bool refblock_to_write(Qcow2 *s, uint64_t cluster, Table **t)
{
    return refblock_of(s, cluster, t) && (*t || make_refblock(s, cluster, t));
}

bool q_refcount_set(Qcow2 *s, uint64_t cluster, uint64_t count)
{
    Table *t;
    if (!refblock_to_write(s, cluster, &t)) {
        return false;
    }
    q_count_set(t->data, s->refcount_order, in_block(s, cluster), count);
    q_table_dirty(&s->refblocks, t);
    s->end = MAX(s->end, cluster + 1);
    return true;
}

static void now_free(Qcow2 *s, uint64_t cluster)
{
    uint64_t off = cluster << s->cluster_bits;
    s->free_hint = MIN(s->free_hint, cluster);
    q_table_forget(&s->l2, off);
    q_table_forget(&s->refblocks, off);
    s->plain_of = 0;
    if (s->compressed_at >> s->cluster_bits == cluster) {
        s->compressed_at = 0;
    }
}

bool q_refcount_add(Qcow2 *s, uint64_t cluster, uint64_t n, int by)
{
    for (; n > 0; cluster++, n--) {
        Table *t;
        if (by < 0 ? !refblock_of(s, cluster, &t) : !refblock_to_write(s, cluster, &t)) {
            return false;
        }
        uint64_t i = in_block(s, cluster), count = 0;
        if (t) {
            count = q_count_get(t->data, s->refcount_order, i);
        }
        if (by < 0 ? count == 0 : count == q_refcount_max(s)) {
            return q_broken(s, "the cluster at %#" PRIx64 " has a count of %" PRIu64,
                            cluster << s->cluster_bits, count);
        }
        q_count_set(t->data, s->refcount_order, i, count + by);
        q_table_dirty(&s->refblocks, t);
        if (count + by == 0) {
            now_free(s, cluster);
        }
    }
    return true;
}

uint64_t q_alloc(Qcow2 *s, uint64_t n, uint64_t *got)
{
    uint64_t first = 0, count = 0;
    for (uint64_t c = s->free_hint; count < n; c++) {
        Table *t;
        if (c >> (63 - s->cluster_bits)) {
            errno = EFBIG;
            return 0;
        }
        if (!refblock_to_write(s, c, &t)) {
            if (count) {
                break;
            }
            return 0;
        }
        uint64_t i = in_block(s, c);
        if (q_count_get(t->data, s->refcount_order, i)) {
            if (count) {
                break;
            }
            continue;
        }
        if (q_overlaps(s, c << s->cluster_bits, s->cluster)) {
            q_broken(s, "a table at %#" PRIx64 " has no count", c << s->cluster_bits);
            return 0;
        }
        first = count++ ? first : c;
        q_count_set(t->data, s->refcount_order, i, 1);
        q_table_dirty(&s->refblocks, t);
    }
    s->free_hint = first + count;
    s->end = MAX(s->end, first + count);
    *got = count;
    return first << s->cluster_bits;
}

/* --- Giving up -------------------------------------------------------------------------------- */

void q_packed_range(const Qcow2 *s, uint64_t entry, uint64_t *off, uint64_t *len)
{
    unsigned x = 70 - s->cluster_bits;
    *off = entry & mask64(MIN(x, 56));
    *len = (extract64(entry, x, 62 - x) + 1) * 512 - (*off & 511);
}

void q_free_later(Qcow2 *s, uint64_t off, uint64_t bytes, bool unmap)
{
    if (bytes == 0) {
        return;
    }
    uint64_t first = off >> s->cluster_bits, end = q_clusters(s, off + bytes);
    ClusterRange *last =
        s->frees->len ? &g_array_index(s->frees, ClusterRange, s->frees->len - 1) : NULL;
    if (last && last->first + last->n == first && last->unmap == unmap) {
        last->n += end - first;
        return;
    }
    ClusterRange r = { first, end - first, unmap };
    g_array_append_val(s->frees, r);
}

void q_free_entry(Qcow2 *s, uint64_t entry, bool unmap)
{
    uint64_t off = entry & Q_OFFSET, len = s->cluster;
    if (entry & Q_COMPRESSED) {
        q_packed_range(s, entry, &off, &len);
        q_free_later(s, off, len, false);
    } else if (off) {
        q_free_later(s, off, len, unmap);
    }
}

/* One less for each cluster; what nothing uses any more goes back to the host. */
static bool free_range(Qcow2 *s, const ClusterRange *r)
{
    uint64_t hole = r->first, end = r->first + r->n, count;
    bool ok = true;
    for (uint64_t c = r->first; c < end && ok; c++) {
        ok = q_refcount_add(s, c, 1, -1) && q_refcount(s, c, &count);
        if (ok && count) {
            ok = !r->unmap || c == hole ||
                 hostfile_zero(s->file, hole << s->cluster_bits, (c - hole) << s->cluster_bits,
                               true);
            hole = c + 1;
        }
    }
    return ok &&
           (!r->unmap || end <= hole ||
            hostfile_zero(s->file, hole << s->cluster_bits, (end - hole) << s->cluster_bits, true));
}

bool q_apply_frees(Qcow2 *s)
{
    bool ok = true;
    for (unsigned i = 0; i < s->frees->len; i++) {
        ok &= free_range(s, &g_array_index(s->frees, ClusterRange, i));
    }
    g_array_set_size(s->frees, 0);
    return ok;
}
