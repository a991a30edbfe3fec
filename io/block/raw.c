/* SPDX-License-Identifier: MIT */
/* The format "raw": the disk's bytes are the file's. */
#include "io/block/driver.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include "system/error.h"

enum { SECTOR = 512 };

static bool raw_open(Block *b, GError **err)
{
    b->size = hostfile_size(&b->file);
    return true;
}

static bool raw_read(Block *b, uint64_t off, void *buf, size_t len)
{
    return hostfile_read(&b->file, off, buf, len);
}

/* Would sector 0, with these bytes written, be taken for another format's header? */
static bool makes_header(Block *b, uint64_t off, const void *buf, size_t len)
{
    uint8_t head[SECTOR];
    if (off >= SECTOR || !hostfile_read(&b->file, 0, head, SECTOR)) {
        return false;
    }
    memcpy(head + off, buf, MIN(len, SECTOR - off));
    const char *format = block_probe(head, SECTOR);
    if (!strcmp(format, "raw")) {
        return false;
    }
    if (!b->warned) {
        b->warned = true;
        fprintf(stderr,
                "emu: disk image '%s': the guest may not write the header of a %s image into a raw "
                "image that was opened without a format; format=raw lets it\n",
                b->file.path, format);
    }
    return true;
}

static bool raw_write(Block *b, uint64_t off, const void *buf, size_t len)
{
    if (b->probed && makes_header(b, off, buf, len)) {
        errno = EPERM;
        return false;
    }
    return hostfile_write(&b->file, off, buf, len);
}

static bool raw_zero(Block *b, uint64_t off, uint64_t len)
{
    static const uint8_t zeros[SECTOR];
    if (b->probed && makes_header(b, off, zeros, MIN(len, SECTOR))) {
        errno = EPERM;
        return false;
    }
    return hostfile_zero(&b->file, off, len, b->flags & BLOCK_DISCARD);
}

static bool raw_discard(Block *b, uint64_t off, uint64_t len)
{
    return hostfile_zero(&b->file, off, len, true);
}

static bool raw_flush(Block *b)
{
    return hostfile_sync(&b->file);
}

static BlockStatus raw_status(Block *b, uint64_t off, uint64_t *len)
{
    return hostfile_has_data(&b->file, off, len) ? BLOCK_IS_DATA : BLOCK_IS_ZERO;
}

/* Space for [from, to), which read as zeros. */
static bool preallocate(HostFile *f, Preallocation p, uint64_t from, uint64_t to)
{
    if (to <= from || p == PREALLOC_OFF) {
        return true;
    }
    if (p == PREALLOC_FALLOC) {
        int e = posix_fallocate(f->fd, from, to - from);
        errno = e;
        return e == 0;
    }
    g_autofree uint8_t *zeros = g_malloc0(MiB);
    for (; from < to; from += MiB) {
        if (!hostfile_write(f, from, zeros, MIN(MiB, to - from))) {
            return false;
        }
    }
    return true;
}

static bool check_preallocation(Preallocation p, GError **err)
{
    return p != PREALLOC_METADATA ||
           fail(err, EMU_ERROR_USAGE,
                "a raw image has no metadata; preallocation is off, falloc or full");
}

static bool set_size(HostFile *f, uint64_t from, uint64_t size, Preallocation p, GError **err)
{
    return (hostfile_truncate(f, size) && preallocate(f, p, from, size) && hostfile_sync(f)) ||
           fail_errno(err, "cannot make disk image '%s' %" PRIu64 " bytes large", f->path, size);
}

static bool raw_create(HostFile *f, const BlockCreate *o, GError **err)
{
    if (o->backing) {
        return fail(err, EMU_ERROR_USAGE, "a raw image can have no backing file");
    }
    return check_preallocation(o->preallocation, err) &&
           set_size(f, 0, o->size, o->preallocation, err);
}

static bool raw_resize(Block *b, uint64_t size, Preallocation p, GError **err)
{
    uint64_t from = b->size;
    if (!check_preallocation(p, err) || !set_size(&b->file, from, size, p, err)) {
        return false;
    }
    b->size = size;
    return true;
}

const BlockDriver block_raw = {
    .name = "raw", .about = "the disk's bytes as they are",
    .open = raw_open, .read = raw_read, .write = raw_write, .zero = raw_zero,
    .discard = raw_discard, .flush = raw_flush, .status = raw_status,
    .create = raw_create, .resize = raw_resize,
};
