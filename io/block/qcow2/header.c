/* SPDX-License-Identifier: MIT */
/*
 * The header of a qcow2 image and its extensions.  Numbers out of a file are checked here before
 * anything is allocated or read by them.
 */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>
#include <stdio.h>
#include "system/error.h"

enum {
    MAGIC = 0x514649fb,
    V2_LENGTH = 72, V3_LENGTH = 104, OUR_LENGTH = 112,
    MIN_CLUSTER_BITS = 9, MAX_CLUSTER_BITS = 21,
    FEATURE_ENTRY = 48,
    MOST_FREES = 4096,                      /* ranges that wait for a flush */
};

#define EXT_END            UINT32_C(0)
#define EXT_BACKING_FORMAT UINT32_C(0xe2792aca)
#define EXT_FEATURES       UINT32_C(0x6803f857)
#define EXT_BITMAPS        UINT32_C(0x23852875)

/* Where each field stands. */
enum {
    F_MAGIC = 0, F_VERSION = 4, F_BACKING = 8, F_BACKING_LEN = 16, F_CLUSTER_BITS = 20, F_SIZE = 24,
    F_CRYPT = 32, F_L1_SIZE = 36, F_L1 = 40, F_REFTABLE = 48, F_REFTABLE_CLUSTERS = 56,
    F_N_SNAPSHOTS = 60, F_SNAPSHOTS = 64, F_INCOMPATIBLE = 72, F_COMPATIBLE = 80, F_AUTOCLEAR = 88,
    F_REFCOUNT_ORDER = 96, F_LENGTH = 100, F_COMPRESSION = 104,
};

bool q_probe(const uint8_t *head, size_t len)
{
    return len >= 8 && ld_be32(head) == MAGIC && ld_be32(head + F_VERSION) >= 2;
}

bool q_broken(Qcow2 *s, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g_autofree char *text = g_strdup_vprintf(fmt, ap);
    va_end(ap);
    if (!s->broken) {
        s->broken = true;
        fprintf(stderr, "emu: disk image '%s' is damaged: %s\n", s->file->path, text);
        if (s->file->writable && s->version >= 3 && !(s->b->flags & BLOCK_CHECK)) {
            s->incompatible |= Q_CORRUPT;
            q_header_write(s);
        }
    }
    errno = EIO;
    return false;
}

bool q_begin_write(Qcow2 *s)
{
    if (s->broken) {
        errno = EIO;
        return false;
    }
    if (s->frees->len > MOST_FREES && !q_flush_tables(s)) {
        return false;
    }
    if (s->written) {
        return true;
    }
    if (s->autoclear) {                     /* bitmaps and the like are not kept up to date here */
        s->autoclear = 0;
        if (!q_header_write(s) || !hostfile_sync(s->file)) {
            return false;
        }
    }
    s->written = true;
    return true;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static bool bad(const Qcow2 *s, GError **err, const char *fmt, ...) G_GNUC_PRINTF(3, 4);
static bool bad(const Qcow2 *s, GError **err, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g_autofree char *text = g_strdup_vprintf(fmt, ap);
    va_end(ap);
    return fail(err, EMU_ERROR_DATA, "disk image '%s': %s", s->file->path, text);
}

/* A run of bytes in the first cluster as text. */
static char *text_at(const uint8_t *head, uint64_t off, uint64_t len)
{
    return g_strndup((const char *)head + off, len);
}

static void read_feature_names(Qcow2 *s, const uint8_t *p, uint32_t len)
{
    for (; len >= FEATURE_ENTRY; p += FEATURE_ENTRY, len -= FEATURE_ENTRY) {
        if (p[0] == 0 && p[1] < 64 && !s->feature_names[p[1]]) {
            s->feature_names[p[1]] = g_strndup((const char *)p + 2, FEATURE_ENTRY - 2);
        }
    }
}

/* Unknown ones are left where they are: the header is never written anew. */
static bool read_extensions(Qcow2 *s, const uint8_t *head, uint64_t end, GError **err)
{
    uint64_t at = s->header_length;
    while (at + 8 <= end) {
        uint32_t type = ld_be32(head + at), len = ld_be32(head + at + 4);
        const uint8_t *data = head + at + 8;
        if (type == EXT_END) {
            break;
        }
        if (len > end - at - 8) {
            return bad(s, err, "header extension %#x is longer than the header", type);
        }
        if (type == EXT_BACKING_FORMAT && !s->backing_format) {
            s->backing_format = g_strndup((const char *)data, MIN(len, 31));
        } else if (type == EXT_FEATURES) {
            read_feature_names(s, data, len);
        } else if (type == EXT_BITMAPS && len >= 24) {
            s->n_bitmaps = ld_be32(data);
            s->bitmaps_size = ld_be64(data + 8);
            s->bitmaps_off = ld_be64(data + 16);
        }
        at += 8 + round_up(len, 8);
    }
    return true;
}

static bool read_backing(Qcow2 *s, const uint8_t *head, GError **err)
{
    uint64_t off = ld_be64(head + F_BACKING), end = s->cluster;
    uint32_t len = ld_be32(head + F_BACKING_LEN);
    if (off && (off >= s->cluster || len > s->cluster - off || len > 1023)) {
        return bad(s, err, "the name of its backing file is not in the header");
    }
    if (off && len) {
        s->backing = text_at(head, off, len);
        end = MAX(off, s->header_length);
    }
    return read_extensions(s, head, end, err);
}

static bool read_features(Qcow2 *s, const uint8_t *head, GError **err)
{
    s->header_length = V2_LENGTH;
    s->refcount_order = 4;
    if (s->version == 2) {
        return true;
    }
    s->incompatible = ld_be64(head + F_INCOMPATIBLE);
    s->compatible = ld_be64(head + F_COMPATIBLE);
    s->autoclear = ld_be64(head + F_AUTOCLEAR);
    s->refcount_order = ld_be32(head + F_REFCOUNT_ORDER);
    s->header_length = ld_be32(head + F_LENGTH);
    s->compression = s->header_length > F_COMPRESSION ? head[F_COMPRESSION] : 0;
    if (s->header_length < V3_LENGTH || s->header_length % 8 || s->header_length > s->cluster) {
        return bad(s, err, "a header of %u bytes", s->header_length);
    }
    if (s->refcount_order > 6) {
        return bad(s, err, "a refcount width of 2^%u bits", s->refcount_order);
    }
    if (!(s->incompatible & Q_COMPRESSION) != !s->compression) {
        return bad(s, err, "compression type %u and its feature bit do not agree", s->compression);
    }
    return s->compression <= 1 || bad(s, err, "unknown compression type %u", s->compression);
}

/* After the extensions, which may hold the names. */
static bool check_features(Qcow2 *s, GError **err)
{
    if (s->incompatible & Q_DATA_FILE) {
        return bad(s, err, "it uses an external data file, which emu cannot read");
    }
    uint64_t unknown =
        s->incompatible & ~(uint64_t)(Q_DIRTY | Q_CORRUPT | Q_COMPRESSION | Q_EXTENDED_L2);
    if (unknown) {
        unsigned bit = __builtin_ctzll(unknown);
        return bad(s, err, "it uses a feature that emu does not know: '%s' (bit %u)",
                   s->feature_names[bit] ? s->feature_names[bit] : "no name", bit);
    }
    if ((s->incompatible & Q_CORRUPT) && s->file->writable && !(s->b->flags & BLOCK_CHECK)) {
        return bad(s, err,
                   "it is marked as corrupt; 'emu img check -r all' may repair it, readonly=on "
                   "reads it");
    }
    s->extended = s->incompatible & Q_EXTENDED_L2;
    if (s->extended && s->cluster_bits < 14) {
        return bad(s, err, "extended L2 entries with clusters of %" PRIu64 " bytes", s->cluster);
    }
    return true;
}

static bool read_tables(Qcow2 *s, const uint8_t *head, GError **err)
{
    uint64_t file_size = hostfile_size(s->file), size = ld_be64(head + F_SIZE);
    uint64_t clusters = ld_be32(head + F_REFTABLE_CLUSTERS);
    s->l1_size = ld_be32(head + F_L1_SIZE);
    s->l1_off = ld_be64(head + F_L1);
    s->reftable_off = ld_be64(head + F_REFTABLE);
    s->snapshots_off = ld_be64(head + F_SNAPSHOTS);
    s->b->size = size;
    if (size > INT64_MAX) {
        return bad(s, err, "a disk of %" PRIu64 " bytes", size);
    }
    if (s->l1_size > Q_MAX_L1 || (size && (size - 1) >> q_l2_reach(s) >= s->l1_size)) {
        return bad(s, err, "an L1 table of %u entries for a disk of %" PRIu64 " bytes", s->l1_size,
                   size);
    }
    if (s->l1_size && (!q_aligned(s, s->l1_off) || !s->l1_off || s->l1_off >= file_size)) {
        return bad(s, err, "an L1 table at %#" PRIx64, s->l1_off);
    }
    if (!clusters || clusters > Q_MAX_REFTABLE >> s->cluster_bits ||
        !q_aligned(s, s->reftable_off) || !s->reftable_off || s->reftable_off >= file_size) {
        return bad(s, err, "a refcount table of %" PRIu64 " clusters at %#" PRIx64, clusters,
                   s->reftable_off);
    }
    s->reftable_size = clusters << (s->cluster_bits - 3);
    return true;
}

bool q_header_read(Qcow2 *s, GError **err)
{
    uint8_t fixed[OUR_LENGTH];
    if (!hostfile_read(s->file, 0, fixed, sizeof(fixed))) {
        return fail_errno(err, "cannot read disk image '%s'", s->file->path);
    }
    if (!q_probe(fixed, sizeof(fixed))) {
        return bad(s, err, "it is not a qcow2 one");
    }
    s->version = ld_be32(fixed + F_VERSION);
    s->cluster_bits = ld_be32(fixed + F_CLUSTER_BITS);
    if (s->version > 3) {
        return bad(s, err, "qcow2 version %u is not known", s->version);
    }
    if (s->cluster_bits < MIN_CLUSTER_BITS || s->cluster_bits > MAX_CLUSTER_BITS) {
        return bad(s, err, "clusters of 2^%u bytes", s->cluster_bits);
    }
    s->cluster = BIT64(s->cluster_bits);
    if (ld_be32(fixed + F_CRYPT)) {
        return bad(s, err, "it is encrypted (method %u), which emu does not support",
                   ld_be32(fixed + F_CRYPT));
    }
    g_autofree uint8_t *head = g_malloc(s->cluster);
    if (!hostfile_read(s->file, 0, head, s->cluster)) {
        return fail_errno(err, "cannot read disk image '%s'", s->file->path);
    }
    if (!read_features(s, head, err) || !read_backing(s, head, err) || !check_features(s, err)) {
        return false;
    }
    s->l2_bits = s->cluster_bits - (s->extended ? 4 : 3);
    s->sub_bits = s->cluster_bits - (s->extended ? 5 : 0);
    s->refblock_bits = s->cluster_bits + 3 - s->refcount_order;
    return read_tables(s, head, err);
}

/* --- Writing ---------------------------------------------------------------------------------- */

bool q_header_write(Qcow2 *s)
{
    uint8_t h[V3_LENGTH];
    if (!hostfile_read(s->file, 0, h, sizeof(h))) {
        return false;
    }
    st_be64(h + F_SIZE, s->b->size);
    st_be32(h + F_L1_SIZE, s->l1_size);
    st_be64(h + F_L1, s->l1_off);
    st_be64(h + F_REFTABLE, s->reftable_off);
    st_be32(h + F_REFTABLE_CLUSTERS, s->reftable_size >> (s->cluster_bits - 3));
    st_be32(h + F_N_SNAPSHOTS, s->snapshots ? s->snapshots->len : 0);
    st_be64(h + F_SNAPSHOTS, s->snapshots_off);
    if (s->version >= 3) {
        st_be64(h + F_INCOMPATIBLE, s->incompatible);
        st_be64(h + F_AUTOCLEAR, s->autoclear);
    }
    return hostfile_write(s->file, 0, h, s->version >= 3 ? V3_LENGTH : V2_LENGTH);
}

static uint8_t *add_extension(uint8_t *at, uint32_t type, const void *data, uint32_t len)
{
    st_be32(at, type);
    st_be32(at + 4, len);
    memcpy(at + 8, data, len);
    return at + 8 + round_up(len, 8);
}

/* So that a program that does not know a feature can say its name. */
static uint8_t *add_feature_names(uint8_t *at)
{
    static const struct {
        uint8_t     kind, bit;
        const char *name;
    } names[] = {
        { 0, 0, "dirty bit" },
        { 0, 1, "corrupt bit" },
        { 0, 2, "external data file" },
        { 0, 3, "compression type" },
        { 0, 4, "extended L2 entries" },
        { 1, 0, "lazy refcounts" },
        { 2, 0, "bitmaps" },
        { 2, 1, "raw external data" },
    };
    uint8_t table[ARRAY_SIZE(names)][FEATURE_ENTRY] = { 0 };
    for (unsigned i = 0; i < ARRAY_SIZE(names); i++) {
        table[i][0] = names[i].kind;
        table[i][1] = names[i].bit;
        memcpy(table[i] + 2, names[i].name, strlen(names[i].name));
    }
    return add_extension(at, EXT_FEATURES, table, sizeof(table));
}

static void make_v3(uint8_t *h, const BlockCreate *o)
{
    unsigned order = __builtin_ctz(o->refcount_bits ? o->refcount_bits : 16);
    st_be64(h + F_INCOMPATIBLE,
            (o->zstd ? Q_COMPRESSION : 0) | (o->extended_l2 ? Q_EXTENDED_L2 : 0));
    st_be64(h + F_COMPATIBLE, o->lazy_refcounts ? Q_LAZY_REFCOUNTS : 0);
    st_be32(h + F_REFCOUNT_ORDER, order);
    st_be32(h + F_LENGTH, OUR_LENGTH);
    h[F_COMPRESSION] = o->zstd;
}

/* Cluster 0 is the header, 1 the refcount table, 2 its first block; a disk of 0 bytes. */
bool q_header_make(HostFile *f, const BlockCreate *o, unsigned cluster_bits, GError **err)
{
    uint64_t cluster = BIT64(cluster_bits);
    bool v3 = o->version != 2;
    g_autofree uint8_t *h = g_malloc0(cluster + 2048);
    uint8_t *at = h + (v3 ? OUR_LENGTH : V2_LENGTH);
    st_be32(h + F_MAGIC, MAGIC);
    st_be32(h + F_VERSION, v3 ? 3 : 2);
    st_be32(h + F_CLUSTER_BITS, cluster_bits);
    st_be64(h + F_REFTABLE, cluster);
    st_be32(h + F_REFTABLE_CLUSTERS, 1);
    if (v3) {
        make_v3(h, o);
    }
    if (o->backing_format) {
        at = add_extension(at, EXT_BACKING_FORMAT, o->backing_format, strlen(o->backing_format));
    }
    size_t name = o->backing ? strlen(o->backing) : 0;
    if (v3 && cluster >= 1024 + name) {
        at = add_feature_names(at);
    }
    at += 8;                                /* the end of the extensions */
    if (name > 1023 || (uint64_t)(at - h) + name > cluster) {
        return fail(err, EMU_ERROR_USAGE,
                    "the backing file's name is too long for clusters of %" PRIu64 " bytes: '%s'",
                    cluster, o->backing);
    }
    if (name) {
        st_be64(h + F_BACKING, at - h);
        st_be32(h + F_BACKING_LEN, name);
        memcpy(at, o->backing, name);
    }
    return hostfile_write(f, 0, h, cluster) ||
           fail_errno(err, "cannot write disk image '%s'", f->path);
}
