/* SPDX-License-Identifier: MIT */
/*
 * Compressed clusters of qcow2 images: deflate without a header (RFC 1951), or zstd (RFC 8878).
 * They are packed one behind the other, so several of them, and parts of them, share a cluster of
 * the file, whose refcount is how many of them it holds.  Read by any program, written by `emu img
 * convert -c`.
 *
 * Choice: deflate is written with a window of 4 KiB, which is all that some readers provide for.
 */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>
#include <zlib.h>
#include "config.h"
#include "system/error.h"
#if HAVE_ZSTD
#include <zstd.h>
#endif

enum { WRITE_WINDOW = -12, READ_WINDOW = -15, PADDING = 1024 };

/* --- The two methods -------------------------------------------------------------------------- */

static bool inflate_cluster(uint8_t *out, size_t out_len, const uint8_t *in, size_t in_len)
{
    z_stream z = {
        .next_in = (uint8_t *)in, .avail_in = in_len, .next_out = out, .avail_out = out_len
    };
    if (inflateInit2(&z, READ_WINDOW) != Z_OK) {
        return false;
    }
    int end = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    return z.avail_out == 0 && (end == Z_STREAM_END || end == Z_BUF_ERROR);
}

static size_t deflate_cluster(uint8_t *out, size_t out_len, const uint8_t *in, size_t in_len)
{
    z_stream z = {
        .next_in = (uint8_t *)in, .avail_in = in_len, .next_out = out, .avail_out = out_len
    };
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WRITE_WINDOW, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return 0;
    }
    int end = deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return end == Z_STREAM_END ? out_len - z.avail_out : 0;
}

#if HAVE_ZSTD
static bool unzstd_cluster(Qcow2 *s, uint8_t *out, size_t out_len, const uint8_t *in, size_t in_len)
{
    ZSTD_DStream *z = s->zstd ? s->zstd : (s->zstd = ZSTD_createDStream());
    ZSTD_outBuffer o = { out, out_len, 0 };
    ZSTD_inBuffer i = { in, in_len, 0 };
    if (!z || ZSTD_isError(ZSTD_initDStream(z)) ||
        ZSTD_isError(ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, 23))) {
        return false;
    }
    while (o.pos < out_len) {
        size_t at = o.pos, from = i.pos, left = ZSTD_decompressStream(z, &o, &i);
        if (ZSTD_isError(left) || (o.pos == at && i.pos == from)) {
            return false;
        }
        if (left == 0 && o.pos < out_len) {
            return false;                   /* the frame is shorter than a cluster */
        }
    }
    return true;
}

static size_t zstd_cluster(uint8_t *out, size_t out_len, const uint8_t *in, size_t in_len)
{
    size_t n = ZSTD_compress(out, out_len, in, in_len, ZSTD_CLEVEL_DEFAULT);
    return ZSTD_isError(n) ? 0 : n;
}
#else
static bool unzstd_cluster(Qcow2 *s, uint8_t *out, size_t out_len, const uint8_t *in, size_t in_len)
{
    return false;
}

static size_t zstd_cluster(uint8_t *out, size_t out_len, const uint8_t *in, size_t in_len)
{
    return 0;
}
#endif

/* --- Reading ---------------------------------------------------------------------------------- */

const uint8_t *q_unpack(Qcow2 *s, uint64_t entry)
{
    uint64_t off, len;
    if (s->plain_of == entry) {
        return s->plain;
    }
    q_packed_range(s, entry, &off, &len);
    if (!s->plain) {
        s->plain = g_malloc(s->cluster);
        s->packed = g_malloc(2 * s->cluster + PADDING);     /* as much as an entry can say */
    }
    s->plain_of = 0;
    if (!hostfile_read(s->file, off, s->packed, len)) {
        return NULL;
    }
    bool ok = s->compression ? unzstd_cluster(s, s->plain, s->cluster, s->packed, len)
                             : inflate_cluster(s->plain, s->cluster, s->packed, len);
    if (!ok) {
        q_broken(s, "the compressed data at %#" PRIx64, off);
        return NULL;
    }
    s->plain_of = entry;
    return s->plain;
}

void q_compress_free(Qcow2 *s)
{
#if HAVE_ZSTD
    ZSTD_freeDStream(s->zstd);
#endif
    g_free(s->plain);
    g_free(s->packed);
}

/* --- Writing ---------------------------------------------------------------------------------- */

/* Room for len bytes: behind what was written last, as far as that is possible. */
static uint64_t place_packed(Qcow2 *s, size_t len)
{
    uint64_t got, at = s->compressed_at, next = 0, count;
    uint64_t left = at ? s->cluster - (at & (s->cluster - 1)) : 0;
    bool shared = at && q_refcount(s, at >> s->cluster_bits, &count) && count < q_refcount_max(s);
    if (len > left || !shared) {
        next = q_alloc(s, 1, &got);
        if (!next) {
            return 0;
        }
        shared = shared && next == round_up(at, s->cluster);
    }
    if (shared) {
        if (!q_refcount_add(s, at >> s->cluster_bits, 1, 1)) {
            return 0;
        }
    } else {
        at = next;
    }
    s->compressed_at = (at + len) & (s->cluster - 1) ? at + len : 0;
    return at;
}

static bool fail_write(Qcow2 *s, GError **err)
{
    return fail_errno(err, "cannot write disk image '%s'", s->file->path);
}

/* The last cluster's end is zeros behind the disk's. */
bool q_write_packed(Qcow2 *s, uint64_t off, const uint8_t *buf, size_t len, GError **err)
{
    if (!q_aligned(s, off) || (len != s->cluster && off + len != s->b->size)) {
        return fail(err, EMU_ERROR_SOFTWARE, "compressed data comes by whole clusters");
    }
    if (!q_begin_write(s)) {
        return fail_write(s, err);
    }
    g_autofree uint8_t *plain = g_malloc0(s->cluster), *packed = g_malloc(s->cluster);
    memcpy(plain, buf, len);
    size_t n = s->compression ? zstd_cluster(packed, s->cluster - 1, plain, s->cluster)
                              : deflate_cluster(packed, s->cluster - 1, plain, s->cluster);
    if (n == 0) {                           /* it does not become smaller */
        return q_write(s, off, buf, len) || fail_write(s, err);
    }
    Table *t = q_l2_to_write(s, off >> q_l2_reach(s));
    uint64_t at = t ? place_packed(s, n) : 0;
    if (!at || at + n >= BIT64(MIN(70 - s->cluster_bits, 56)) ||
        !hostfile_write(s->file, at, packed, n)) {
        return fail_write(s, err);
    }
    unsigned i = (off >> s->cluster_bits) & mask64(s->l2_bits);
    uint64_t sectors = ((at & 511) + n - 1) / 512;
    q_free_entry(s, q_entry(s, t, i), false);
    q_set_entry(s, t, i, Q_COMPRESSED | sectors << (70 - s->cluster_bits) | at, 0);
    return true;
}
