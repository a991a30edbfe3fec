/* SPDX-License-Identifier: MIT */
/*
 * `emu img convert`: an image into another.  What is zero is not written; on a backing file only
 * what differs from it is.
 */
#include "emu/img/img.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "system/error.h"

enum { CHUNK = 2 * 1024 * 1024 };

typedef struct Copy {
    Block      *from, *to;
    const char *from_path, *to_path;
    uint64_t    size;
    uint64_t    unit;                   /* a run of data is looked at in pieces of this */
    bool sparse, compress, compare;     /* compare: `to` may read as something else than zeros */
    bool        progress;
    uint8_t    *buf, *old;
} Copy;

static bool is_zero(const uint8_t *p, size_t n)
{
    return n == 0 || (p[0] == 0 && !memcmp(p, p + 1, n - 1));
}

static bool fail_write(const Copy *c, GError **err)
{
    return fail_errno(err, "cannot write disk image '%s'", c->to_path);
}

/* Has this piece to be written? */
static bool differs(const Copy *c, uint64_t at, size_t n)
{
    return c->compare ? memcmp(c->buf + at, c->old + at, n) != 0
                      : !c->sparse || !is_zero(c->buf + at, n);
}

static bool write_run(Copy *c, uint64_t off, uint64_t at, size_t n, GError **err)
{
    if (c->compress) {
        return block_write_compressed(c->to, off + at, c->buf + at, n, err);
    }
    bool zero = c->compare && is_zero(c->buf + at, n);
    return (zero ? block_zero(c->to, off + at, n) : block_write(c->to, off + at, c->buf + at, n)) ||
           fail_write(c, err);
}

/* Pieces that are to be written one after the other go in one write. */
static bool copy_chunk(Copy *c, uint64_t off, size_t len, GError **err)
{
    if (!block_read(c->from, off, c->buf, len)) {
        return fail_errno(err, "cannot read disk image '%s'", c->from_path);
    }
    if (c->compare && !block_read(c->to, off, c->old, len)) {
        return fail_errno(err, "cannot read disk image '%s'", c->to_path);
    }
    for (uint64_t at = 0; at < len;) {
        size_t n = MIN(c->unit, len - at);
        if (!differs(c, at, n)) {
            at += n;
            continue;
        }
        while (!c->compress && !c->compare && at + n < len &&
               differs(c, at + n, MIN(c->unit, len - at - n))) {
            n += MIN(c->unit, len - at - n);
        }
        if (!write_run(c, off, at, n, err)) {
            return false;
        }
        at += n;
    }
    return true;
}

static void show(const Copy *c, uint64_t off)
{
    if (c->progress) {
        printf("    (%.2f/100%%)\r", c->size ? 100.0 * off / c->size : 100.0);
        fflush(stdout);
    }
}

static bool copy_all(Copy *c, GError **err)
{
    for (uint64_t off = 0; off < c->size;) {
        uint64_t len = c->size - off;
        bool zero = block_status(c->from, off, &len) == BLOCK_IS_ZERO;
        if (zero && !c->compare && c->sparse) {
            len = off + len < c->size ? MAX(len / CHUNK * CHUNK, 1) : len;
            if (len > 1) {
                off += len;
                continue;
            }
        }
        len = MIN(CHUNK, c->size - off);    /* chunks begin at multiples of clusters */
        if (!copy_chunk(c, off, len, err)) {
            return false;
        }
        off += len;
        show(c, off);
    }
    show(c, c->size);
    if (c->progress) {
        printf("\n");
    }
    return block_flush(c->to) || fail_write(c, err);
}

/* --- The two images --------------------------------------------------------------------------- */

static bool open_from(const ImgOptions *o, Copy *c, GError **err)
{
    c->from_path = o->operand[0];
    c->from =
        block_open(c->from_path, o->format, BLOCK_READ_ONLY | (o->share ? BLOCK_SHARE : 0), err);
    if (!c->from || (o->snapshot && !block_snapshot_load(c->from, o->snapshot, err))) {
        return false;
    }
    c->size = block_size(c->from);
    return true;
}

static bool open_to(const ImgOptions *o, Copy *c, GError **err)
{
    BlockCreate k;
    BlockInfo info;
    bool has_size;
    uint64_t below;
    const char *format = o->to_format ? o->to_format : o->no_create ? NULL : "raw";
    c->to_path = o->operand[1];
    if (!img_parse_keys(o, &k, &has_size, err) ||
        !img_check_backing(c->to_path, &k, false, &below, err)) {
        return false;
    }
    k.size = has_size ? k.size : round_up(c->size, 512);
    if (k.backing && !strcmp(format ? format : "raw", "raw")) {
        return fail(err, EMU_ERROR_USAGE,
                    "a raw image can have no backing file; -O qcow2 makes one that can");
    }
    if (!o->no_create && !block_create(c->to_path, format, &k, err)) {
        return false;
    }
    c->to = block_open(c->to_path, format, 0, err);
    if (!c->to) {
        return false;
    }
    if (block_size(c->to) < c->size) {
        return fail(err, EMU_ERROR_DATA, "disk image '%s' is smaller than '%s'", c->to_path,
                    c->from_path);
    }
    block_info(c->to, &info);
    g_free(info.backing_path);
    c->compare = o->no_create || info.backing;
    if (info.qcow2 && (c->compress || c->compare)) {
        c->unit = info.cluster_size;
    }
    return true;
}

static bool set_up(const ImgOptions *o, Copy *c, GError **err)
{
    *c = (Copy){ .compress = o->compress, .progress = o->progress && !o->quiet, .unit = 4096,
                 .sparse = true };
    if (o->sparse) {
        uint64_t n;
        if (!img_parse_size(o->sparse, &n, err)) {
            return false;
        }
        c->sparse = n > 0;
        c->unit = n > 0 ? CLAMP(n, 512, CHUNK) : c->unit;
        if (!is_power_of_2(c->unit)) {
            return fail(err, EMU_ERROR_USAGE, "-S takes a power of two, not '%s'", o->sparse);
        }
    }
    return open_from(o, c, err) && open_to(o, c, err);
}

int img_convert(const ImgOptions *o, GError **err)
{
    Copy c;
    if (!set_up(o, &c, err)) {
        return -1;
    }
    c.buf = g_malloc(CHUNK);
    c.old = g_malloc(CHUNK);
    bool ok = copy_all(&c, err);
    g_free(c.buf);
    g_free(c.old);
    return ok ? 0 : -1;
}
