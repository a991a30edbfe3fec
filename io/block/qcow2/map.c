/* SPDX-License-Identifier: MIT */
/* From the disk to the file of a qcow2 image: L1 and L2 tables, and reading. */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>

/* --- L2 tables -------------------------------------------------------------------------------- */

uint64_t q_entry(const Qcow2 *s, const Table *t, unsigned i)
{
    return ld_be64(t->data + ((size_t)i << (s->extended ? 4 : 3)));
}

uint64_t q_bitmap(const Qcow2 *s, const Table *t, unsigned i)
{
    return s->extended ? ld_be64(t->data + ((size_t)i << 4) + 8) : 0;
}

void q_set_entry(Qcow2 *s, Table *t, unsigned i, uint64_t entry, uint64_t bitmap)
{
    uint8_t *p = t->data + ((size_t)i << (s->extended ? 4 : 3));
    st_be64(p, entry);
    if (s->extended) {
        st_be64(p + 8, bitmap);
    }
    q_table_dirty(&s->l2, t);
}

bool q_l2(Qcow2 *s, uint32_t l1_index, Table **t)
{
    uint64_t off = l1_index < s->l1_size ? s->l1[l1_index] & Q_OFFSET : 0;
    *t = NULL;
    if (!off) {
        return true;
    }
    if (!q_aligned(s, off) || q_overlaps(s, off, s->cluster)) {
        return q_broken(s, "an L2 table at %#" PRIx64, off);
    }
    *t = q_table(s, &s->l2, off, false);
    return *t;
}

/* Its own copy of a table that a snapshot shares, or a new one. */
static Table *own_l2(Qcow2 *s, uint32_t l1_index)
{
    uint64_t entry = s->l1[l1_index], got, off = q_alloc(s, 1, &got);
    Table *old, *t = off && q_l2(s, l1_index, &old) ? q_table(s, &s->l2, off, true) : NULL;
    if (!t) {
        return NULL;
    }
    if (old) {
        memcpy(t->data, old->data, s->cluster);
        q_free_later(s, entry & Q_OFFSET, s->cluster, false);
    }
    s->l2.n_fresh += !t->fresh;
    t->fresh = true;
    q_table_dirty(&s->l2, t);
    q_set_l1(s, l1_index, off | Q_COPIED);
    return t;
}

Table *q_l2_to_write(Qcow2 *s, uint32_t l1_index)
{
    Table *t = NULL;
    if (l1_index >= s->l1_size) {
        errno = EINVAL;
    } else if (!(s->l1[l1_index] & Q_COPIED) || !(s->l1[l1_index] & Q_OFFSET)) {
        return own_l2(s, l1_index);
    } else if (q_l2(s, l1_index, &t) && t->off >= s->end << s->cluster_bits) {
        q_broken(s, "an L2 table at %#" PRIx64, t->off);
        return NULL;
    }
    return t;
}

/* --- Runs ------------------------------------------------------------------------------------- */

static RunKind kind_of(const Qcow2 *s, uint64_t entry, uint64_t bitmap, unsigned sub)
{
    if (entry & Q_COMPRESSED) {
        return Q_PACKED;
    }
    if (s->extended) {
        return bitmap & BIT64(32 + sub) ? Q_ZEROS : bitmap & BIT64(sub) ? Q_DATA : Q_UNALLOCATED;
    }
    if (s->version >= 3 && (entry & Q_ZERO)) {
        return Q_ZEROS;
    }
    return entry & Q_OFFSET ? Q_DATA : Q_UNALLOCATED;
}

/* The (sub)cluster at off alone. */
static bool map_unit(Qcow2 *s, const Table *t, uint64_t off, Run *run)
{
    unsigned i = (off >> s->cluster_bits) & mask64(s->l2_bits);
    uint64_t entry = q_entry(s, t, i), in_cluster = off & (s->cluster - 1);
    run->kind = kind_of(s, entry, q_bitmap(s, t, i), in_cluster >> s->sub_bits);
    run->own = false;
    run->bytes = BIT64(s->sub_bits) - (off & mask64(s->sub_bits));
    if (run->kind == Q_DATA) {
        uint64_t host = entry & Q_OFFSET;
        if (!host || !q_aligned(s, host)) {
            return q_broken(s, "the cluster at %#" PRIx64 " is kept at %#" PRIx64, off, host);
        }
        run->host = host + in_cluster;
        run->own = entry & Q_COPIED;
    } else if (run->kind == Q_PACKED) {
        run->host = entry;
        run->bytes = s->cluster - in_cluster;
    }
    return true;
}

bool q_map(Qcow2 *s, uint64_t off, uint64_t len, Run *run)
{
    uint64_t reach = BIT64(q_l2_reach(s)) - (off & mask64(q_l2_reach(s)));
    Table *t;
    len = MIN(len, reach);
    if (!q_l2(s, off >> q_l2_reach(s), &t)) {
        return false;
    }
    if (!t) {
        *run = (Run){ .kind = Q_UNALLOCATED, .bytes = len };
        return true;
    }
    if (!map_unit(s, t, off, run)) {
        return false;
    }
    while (run->bytes < len && run->kind != Q_PACKED) {
        Run next;
        if (!map_unit(s, t, off + run->bytes, &next)) {
            return false;
        }
        if (next.kind != run->kind || next.own != run->own ||
            (next.kind == Q_DATA && next.host != run->host + run->bytes)) {
            break;
        }
        run->bytes += next.bytes;
    }
    run->bytes = MIN(run->bytes, len);
    return true;
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* What the image has not, from the one it stands on; zeros behind that one's end. */
static bool read_backing(Qcow2 *s, uint64_t off, uint8_t *buf, size_t len)
{
    uint64_t size = block_size(s->b->backing);
    size_t n = off < size ? MIN(len, size - off) : 0;
    memset(buf + n, 0, len - n);
    return n == 0 || block_read(s->b->backing, off, buf, n);
}

static bool read_run(Qcow2 *s, const Run *run, uint64_t off, uint8_t *buf)
{
    const uint8_t *plain;
    switch (run->kind) {
    case Q_DATA:
        return hostfile_read(s->file, run->host, buf, run->bytes);
    case Q_PACKED:
        plain = q_unpack(s, run->host);
        if (plain) {
            memcpy(buf, plain + (off & (s->cluster - 1)), run->bytes);
        }
        return plain;
    case Q_UNALLOCATED:
        return read_backing(s, off, buf, run->bytes);
    case Q_ZEROS:
        memset(buf, 0, run->bytes);
        return true;
    }
    return false;
}

bool q_read(Qcow2 *s, uint64_t off, uint8_t *buf, size_t len)
{
    while (len > 0) {
        Run run;
        if (!q_map(s, off, len, &run) || !read_run(s, &run, off, buf)) {
            return false;
        }
        off += run.bytes;
        buf += run.bytes;
        len -= run.bytes;
    }
    return true;
}
