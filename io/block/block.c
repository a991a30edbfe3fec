/* SPDX-License-Identifier: MIT */
/*
 * Raw disk images.  A snapshot's written parts are clusters in memory, found by number; a memory
 * image is a snapshot of nothing.
 */
#include "io/block/block.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "system/error.h"

enum { CLUSTER = 64 * 1024 };

struct Block {
    int         fd;                     /* -1: memory only */
    uint64_t    size;
    bool        read_only;
    GHashTable *written;                /* cluster number + 1 -> its bytes; NULL: write the file */
    Block      *next;
};

static Block *blocks;

static Block *add(int fd, uint64_t size, bool read_only, bool overlay)
{
    Block *b = g_new0(Block, 1);
    b->fd = fd;
    b->size = size;
    b->read_only = read_only;
    if (overlay) {
        b->written = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    }
    b->next = blocks;
    blocks = b;
    return b;
}

/* One writer, or any number of readers; a host that cannot lock is taken as it is. */
static bool lock_image(int fd, bool write)
{
    return flock(fd, (write ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

Block *block_open(const char *path, unsigned flags, GError **err)
{
    bool to_file = !(flags & (BLOCK_READ_ONLY | BLOCK_SNAPSHOT));
    int fd = open(path, (to_file ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    if (fd < 0) {
        fail_errno(err, "cannot open disk image '%s'", path);
        return NULL;
    }
    off_t size = lseek(fd, 0, SEEK_END);        /* also right for the host's block devices */
    struct stat st;
    if (size < 0 || fstat(fd, &st) < 0 || S_ISDIR(st.st_mode)) {
        fail(err, EMU_ERROR_DATA, "disk image '%s' is neither a file nor a disk", path);
        close(fd);
        return NULL;
    }
    if (!lock_image(fd, to_file)) {
        fail(err, EMU_ERROR_OSERR, "disk image '%s' is in use by another process", path);
        close(fd);
        return NULL;
    }
    return add(fd, size, flags & BLOCK_READ_ONLY, flags & BLOCK_SNAPSHOT);
}

Block *block_memory(uint64_t size)
{
    return add(-1, size, false, true);
}

void block_close(Block *b)
{
    if (!b) {
        return;
    }
    for (Block **p = &blocks; *p; p = &(*p)->next) {
        if (*p == b) {
            *p = b->next;
            break;
        }
    }
    if (b->fd >= 0) {
        close(b->fd);
    }
    g_clear_pointer(&b->written, g_hash_table_destroy);
    g_free(b);
}

void block_close_all(void)
{
    while (blocks) {
        block_close(blocks);
    }
}

uint64_t block_size(const Block *b)
{
    return b ? b->size : 0;
}

bool block_read_only(const Block *b)
{
    return b && b->read_only;
}

/* --- The file --------------------------------------------------------------------------------- */

static bool in_range(const Block *b, uint64_t off, size_t len)
{
    return b && off <= b->size && len <= b->size - off;
}

/* Past the end of the file reads as zero. */
static bool file_read(Block *b, uint64_t off, uint8_t *buf, size_t len)
{
    while (len > 0) {
        ssize_t n = b->fd < 0 ? 0 : pread(b->fd, buf, len, off);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            memset(buf, 0, len);
            return n == 0;
        }
        buf += n;
        off += n;
        len -= n;
    }
    return true;
}

static bool file_write(Block *b, uint64_t off, const uint8_t *buf, size_t len)
{
    while (len > 0) {
        ssize_t n = pwrite(b->fd, buf, len, off);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        buf += n;
        off += n;
        len -= n;
    }
    return true;
}

/* --- The overlay ------------------------------------------------------------------------------ */

/* The cluster that holds off, or NULL; made from the file when it is to be written. */
static uint8_t *cluster_at(Block *b, uint64_t off, bool make)
{
    void *key = GSIZE_TO_POINTER(off / CLUSTER + 1);
    uint8_t *c = g_hash_table_lookup(b->written, key);
    if (!c && make) {
        c = g_malloc(CLUSTER);
        file_read(b, round_down(off, CLUSTER), c, CLUSTER);
        g_hash_table_insert(b->written, key, c);
    }
    return c;
}

bool block_read(Block *b, uint64_t off, void *buf, size_t len)
{
    if (!in_range(b, off, len)) {
        return false;
    }
    if (!b->written) {
        return file_read(b, off, buf, len);
    }
    bool ok = true;
    for (uint8_t *p = buf; len > 0;) {
        size_t n = MIN(len, CLUSTER - off % CLUSTER);
        uint8_t *c = cluster_at(b, off, false);
        if (c) {
            memcpy(p, c + off % CLUSTER, n);
        } else {
            ok &= file_read(b, off, p, n);
        }
        p += n;
        off += n;
        len -= n;
    }
    return ok;
}

bool block_write(Block *b, uint64_t off, const void *buf, size_t len)
{
    if (!in_range(b, off, len) || b->read_only) {
        return false;
    }
    if (!b->written) {
        return file_write(b, off, buf, len);
    }
    for (const uint8_t *p = buf; len > 0;) {
        size_t n = MIN(len, CLUSTER - off % CLUSTER);
        memcpy(cluster_at(b, off, true) + off % CLUSTER, p, n);
        p += n;
        off += n;
        len -= n;
    }
    return true;
}

bool block_flush(Block *b)
{
    return !b || b->written || b->read_only || fdatasync(b->fd) == 0;
}
