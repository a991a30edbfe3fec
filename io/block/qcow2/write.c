/* SPDX-License-Identifier: MIT */
/*
 * Writing a qcow2 image.  Data whose cluster nobody else uses is written where it is, any run of
 * such clusters that lie in a row at once; for the rest clusters are taken, as many in a row as
 * there are, and what the guest does not write of the first and the last is copied from below.
 */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>
#include <fcntl.h>
#include "system/error.h"

/* How a cluster has to be written. */
typedef enum {
    IN_PLACE,       /* its data may be overwritten */
    FILL_IN,        /* it has a cluster of its own, of which (parts) read as something else */
    NEW_PART,       /* it has none */
    NEW_WHOLE,      /* what it has is compressed or shared: copied whole */
} Way;

static Way way_to_write(const Qcow2 *s, uint64_t entry, uint64_t bitmap, unsigned first,
                        unsigned last)
{
    if (entry & Q_COMPRESSED) {
        return NEW_WHOLE;
    }
    if (!(entry & Q_OFFSET)) {
        return NEW_PART;
    }
    if (!(entry & Q_COPIED)) {
        return s->extended || !(entry & Q_ZERO) || s->version < 3 ? NEW_WHOLE : NEW_PART;
    }
    if (s->extended) {
        uint32_t touched = mask64(last + 1) & ~mask64(first);
        return (bitmap & touched) == touched ? IN_PLACE : FILL_IN;
    }
    return s->version >= 3 && (entry & Q_ZERO) ? FILL_IN : IN_PLACE;
}

/* A piece of a guest's write inside one L2 table. */
typedef struct Piece {
    uint64_t off, len;
    unsigned i;                             /* index of its first cluster */
} Piece;

/* The subclusters of cluster p->i + k that the piece touches. */
static void touched(const Qcow2 *s, const Piece *p, unsigned k, unsigned *first, unsigned *last)
{
    uint64_t start = (p->off & ~(s->cluster - 1)) + ((uint64_t)k << s->cluster_bits);
    uint64_t from = MAX(p->off, start) - start, to = MIN(p->off + p->len - start, s->cluster) - 1;
    *first = from >> s->sub_bits;
    *last = to >> s->sub_bits;
}

static Way way_of(const Qcow2 *s, const Table *t, const Piece *p, unsigned k)
{
    unsigned first, last;
    touched(s, p, k, &first, &last);
    return way_to_write(s, q_entry(s, t, p->i + k), q_bitmap(s, t, p->i + k), first, last);
}

static unsigned clusters_of(const Qcow2 *s, const Piece *p)
{
    return q_clusters(s, (p->off & (s->cluster - 1)) + p->len);
}

/* Cuts the piece to its first n clusters. */
static void cut(const Qcow2 *s, Piece *p, unsigned n)
{
    p->len = MIN(p->len, ((uint64_t)n << s->cluster_bits) - (p->off & (s->cluster - 1)));
}

/* Is this part of the file data's?  Clusters behind its end may be in use without having been
 * written, so they are asked for their count. */
static bool check_host(Qcow2 *s, uint64_t host, uint64_t len)
{
    uint64_t count = 1;
    bool aligned = host && q_aligned(s, host) && !q_overlaps(s, host, len);
    if (aligned && host + len > s->end << s->cluster_bits &&
        !q_refcount(s, (host + len - 1) >> s->cluster_bits, &count)) {
        return false;
    }
    if (!aligned || !count) {
        return q_broken(s, "data of the disk at %#" PRIx64 " of the file", host);
    }
    return true;
}

/* Cuts the piece to clusters that lie in a row and writes it. */
static bool write_in_place(Qcow2 *s, Table *t, Piece *p, const uint8_t *buf)
{
    unsigned n = clusters_of(s, p), k = 1;
    uint64_t host = q_entry(s, t, p->i) & Q_OFFSET;
    while (k < n && way_of(s, t, p, k) == IN_PLACE &&
           (q_entry(s, t, p->i + k) & Q_OFFSET) == host + ((uint64_t)k << s->cluster_bits)) {
        k++;
    }
    cut(s, p, k);
    return check_host(s, host, (uint64_t)k << s->cluster_bits) &&
           hostfile_write(s->file, host + (p->off & (s->cluster - 1)), buf, p->len);
}

/* Writes the piece and what is around it up to borders of `unit` bytes, from `host`, which is where
 * the piece's first cluster is. */
static bool write_around(Qcow2 *s, const Piece *p, const uint8_t *buf, uint64_t host, uint64_t unit)
{
    uint64_t start = round_down(p->off, unit), end = round_up(p->off + p->len, unit);
    size_t head = p->off - start, tail = end - (p->off + p->len);
    g_autofree uint8_t *before = g_malloc(head + 1), *after = g_malloc(tail + 1);
    struct iovec iov[3] = { { before, head }, { (void *)buf, p->len }, { after, tail } };
    return q_read(s, start, before, head) && q_read(s, p->off + p->len, after, tail) &&
           hostfile_writev(s->file, host + (start & (s->cluster - 1)), iov, 3);
}

/* The bitmap after the piece's write to cluster k. */
static uint64_t new_bitmap(const Qcow2 *s, const Piece *p, unsigned k, uint64_t old, bool whole)
{
    unsigned first, last;
    touched(s, p, k, &first, &last);
    uint64_t bits = whole ? mask64(Q_SUBCLUSTERS) : mask64(last + 1) & ~mask64(first);
    return whole ? bits : (old | bits) & ~(bits << 32);
}

static bool fill_in(Qcow2 *s, Table *t, Piece *p, const uint8_t *buf)
{
    cut(s, p, 1);
    uint64_t entry = q_entry(s, t, p->i), host = entry & Q_OFFSET;
    if (!check_host(s, host, s->cluster) || !write_around(s, p, buf, host, BIT64(s->sub_bits))) {
        return false;
    }
    q_set_entry(s, t, p->i, entry & ~Q_ZERO, new_bitmap(s, p, 0, q_bitmap(s, t, p->i), false));
    return true;
}

static bool write_new(Qcow2 *s, Table *t, Piece *p, const uint8_t *buf, Way way)
{
    unsigned n = clusters_of(s, p), k = 1;
    bool whole = way == NEW_WHOLE;
    uint64_t got;
    while (k < n && way_of(s, t, p, k) == way) {
        k++;
    }
    uint64_t host = q_alloc(s, k, &got);
    if (!host) {
        return false;
    }
    cut(s, p, got);
    if (!write_around(s, p, buf, host, whole ? s->cluster : BIT64(s->sub_bits))) {
        int e = errno;
        q_refcount_add(s, host >> s->cluster_bits, got, -1);
        errno = e;
        return false;
    }
    for (k = 0; k < got; k++) {
        uint64_t old = q_entry(s, t, p->i + k), bitmap = q_bitmap(s, t, p->i + k);
        q_free_entry(s, old, false);
        q_set_entry(s, t, p->i + k, (host + ((uint64_t)k << s->cluster_bits)) | Q_COPIED,
                    s->extended ? new_bitmap(s, p, k, bitmap, whole) : 0);
    }
    return true;
}

/* As much of the piece as can be written in one way; p->len becomes how much. */
static bool write_piece(Qcow2 *s, Piece *p, const uint8_t *buf)
{
    Table *t = q_l2_to_write(s, p->off >> q_l2_reach(s));
    if (!t) {
        return false;
    }
    Way way = way_of(s, t, p, 0);
    return way == IN_PLACE ? write_in_place(s, t, p, buf)
         : way == FILL_IN  ? fill_in(s, t, p, buf)
                           : write_new(s, t, p, buf, way);
}

/* From off to the end of its L2 table, at most len bytes. */
static Piece piece_at(const Qcow2 *s, uint64_t off, uint64_t len)
{
    uint64_t reach = BIT64(q_l2_reach(s)) - (off & mask64(q_l2_reach(s)));
    return (Piece){ off, MIN(len, reach), (off >> s->cluster_bits) & mask64(s->l2_bits) };
}

bool q_write(Qcow2 *s, uint64_t off, const uint8_t *buf, size_t len)
{
    if (!q_begin_write(s)) {
        return false;
    }
    while (len > 0) {
        Piece p = piece_at(s, off, len);
        if (!write_piece(s, &p, buf)) {
            return false;
        }
        off += p.len;
        buf += p.len;
        len -= p.len;
    }
    return true;
}

/* --- Zeros ------------------------------------------------------------------------------------ */

/* Does the image below have anything at off? */
static bool below(const Qcow2 *s, uint64_t off)
{
    return off < block_size(s->b->backing);
}

/* Version 2 has no zero clusters: without one below, a cluster that is not there reads as zeros. */
static bool zero_in_table(Qcow2 *s, uint64_t off, uint64_t n, bool unmap)
{
    Table *t;
    if (!q_l2(s, off >> q_l2_reach(s), &t)) {
        return false;
    }
    if (!t && !below(s, off)) {
        return true;
    }
    t = q_l2_to_write(s, off >> q_l2_reach(s));
    for (unsigned i = (off >> s->cluster_bits) & mask64(s->l2_bits); t && n > 0; i++, n--) {
        uint64_t old = q_entry(s, t, i), bitmap = 0, entry = 0;
        if (below(s, off)) {
            entry = s->extended ? 0 : Q_ZERO;
            bitmap = mask64(Q_SUBCLUSTERS) << 32;
        }
        if (old != entry || q_bitmap(s, t, i) != bitmap) {
            q_free_entry(s, old, unmap);
            q_set_entry(s, t, i, entry, bitmap);
        }
        off += s->cluster;
    }
    return t;
}

static bool write_zeros(Qcow2 *s, uint64_t off, uint64_t len)
{
    static const uint8_t zeros[64 * 1024];
    while (len > 0) {
        Run run;
        size_t n = MIN(len, sizeof(zeros));
        if (!q_map(s, off, n, &run)) {
            return false;
        }
        bool is_zero = run.kind == Q_ZEROS || (run.kind == Q_UNALLOCATED && !below(s, off));
        if (!is_zero && !q_write(s, off, zeros, run.bytes)) {
            return false;
        }
        off += run.bytes;
        len -= run.bytes;
    }
    return true;
}

bool q_zero_clusters(Qcow2 *s, uint64_t off, uint64_t n, bool unmap)
{
    while (n > 0) {
        Piece p = piece_at(s, off, n << s->cluster_bits);
        uint64_t now = p.len >> s->cluster_bits;
        bool ok = s->version < 3 && below(s, off) ? write_zeros(s, off, p.len)
                                                  : zero_in_table(s, off, now, unmap);
        if (!ok || (s->frees->len > 4096 && !q_flush_tables(s))) {
            return false;
        }
        off += p.len;
        n -= now;
    }
    return true;
}

bool q_zero(Qcow2 *s, uint64_t off, uint64_t len, bool unmap)
{
    uint64_t end = off + len, first = round_up(off, s->cluster), last = round_down(end, s->cluster);
    if (!q_begin_write(s)) {
        return false;
    }
    if (end == s->b->size) {
        last = round_up(end, s->cluster);
    }
    if (first >= last) {
        return write_zeros(s, off, len);
    }
    return write_zeros(s, off, first - off) &&
           q_zero_clusters(s, first, (last - first) >> s->cluster_bits, unmap) &&
           (end <= last || write_zeros(s, last, end - last));
}

/* --- Preallocation ---------------------------------------------------------------------------- */

/* What was in these clusters before must not be seen. */
static bool blank(Qcow2 *s, uint64_t host, uint64_t len, uint64_t file_size)
{
    return host >= file_size || hostfile_zero(s->file, host, len, true);
}

static bool preallocate_table(Qcow2 *s, Piece p, uint64_t file_size)
{
    Table *t = q_l2_to_write(s, p.off >> q_l2_reach(s));
    unsigned n = clusters_of(s, &p), k = 0;
    while (t && k < n) {
        uint64_t got, host = q_alloc(s, n - k, &got);
        if (!host || !blank(s, host, got << s->cluster_bits, file_size)) {
            return false;
        }
        for (uint64_t j = 0; j < got; j++, k++) {
            q_set_entry(s, t, p.i + k, (host + (j << s->cluster_bits)) | Q_COPIED,
                        mask64(Q_SUBCLUSTERS));
        }
    }
    return t;
}

bool q_preallocate(Qcow2 *s, uint64_t from, uint64_t to, Preallocation p)
{
    uint64_t file_size = hostfile_size(s->file);
    for (uint64_t off = from; p != PREALLOC_OFF && off < to;) {
        Piece piece = piece_at(s, off, to - off);
        if (!preallocate_table(s, piece, file_size)) {
            return false;
        }
        off += piece.len;
    }
    uint64_t end = s->end << s->cluster_bits;
    if (p == PREALLOC_OFF) {
        return true;
    }
    if (p == PREALLOC_METADATA) {
        return hostfile_truncate(s->file, MAX(end, file_size)) && q_flush_all(s);
    }
    if (p == PREALLOC_FULL) {
        g_autofree uint8_t *zeros = g_malloc0(MiB);
        for (uint64_t at = file_size; at < end; at += MiB) {
            if (!hostfile_write(s->file, at, zeros, MIN(MiB, end - at))) {
                return false;
            }
        }
        return q_flush_all(s);
    }
    int e = posix_fallocate(s->file->fd, file_size, end - file_size);
    errno = e;
    return e == 0 && q_flush_all(s);
}
