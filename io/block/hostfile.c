/* SPDX-License-Identifier: MIT */
/*
 * The host's file under an image.
 *
 * Locks are those of open file descriptions (fcntl(2), F_OFD_SETLK).  QEMU's, as /proc/locks shows
 * them: a reader holds read locks on the bytes 100 and 201, a writer also on 101, and each looks
 * for the other's bytes.  So a writer here takes a write lock on the whole file, which nobody
 * else's locks go with; a reader takes QEMU's reader's bytes and looks whether somebody holds 101.
 */
#include "io/block/hostfile.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <linux/falloc.h>
#include "system/error.h"

enum { LOCK_READS = 100, LOCK_WRITES = 101, LOCK_NO_WRITER = 201 };

const HostFileWatch *hostfile_watch;

/* --- Locks ------------------------------------------------------------------------------------ */

static bool lock_range(int fd, int command, int type, off_t start, off_t len)
{
    struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = len };
    if (fcntl(fd, command, &l) < 0) {
        return errno != EAGAIN && errno != EACCES;  /* a host that cannot lock: taken as it is */
    }
    return command != F_OFD_GETLK || l.l_type == F_UNLCK;
}

static bool lock_image(int fd, bool write)
{
    return write ? lock_range(fd, F_OFD_SETLK, F_WRLCK, 0, 0)
                 : lock_range(fd, F_OFD_SETLK, F_RDLCK, LOCK_READS, 1) &&
                   lock_range(fd, F_OFD_SETLK, F_RDLCK, LOCK_NO_WRITER, 1) &&
                   lock_range(fd, F_OFD_GETLK, F_WRLCK, LOCK_WRITES, 1);
}

/* --- Opening ---------------------------------------------------------------------------------- */

static bool check_kind(HostFile *f, GError **err)
{
    struct stat st;
    if (fstat(f->fd, &st) < 0 || S_ISDIR(st.st_mode) || lseek(f->fd, 0, SEEK_END) < 0) {
        return fail(err, EMU_ERROR_DATA, "disk image '%s' is neither a file nor a disk", f->path);
    }
    f->dev = st.st_dev;
    f->ino = st.st_ino;
    return true;
}

bool hostfile_open(HostFile *f, const char *path, unsigned flags, GError **err)
{
    bool write = flags & HOSTFILE_WRITE;
    int create = flags & HOSTFILE_CREATE ? O_CREAT : 0;
    *f = (HostFile){ .fd = open(path, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC | create, 0644),
                     .path = g_strdup(path), .writable = write };
    bool ok = f->fd >= 0
                  ? check_kind(f, err)
                  : fail_errno(err, "cannot %s disk image '%s'", create ? "create" : "open", path);
    if (ok && !(flags & HOSTFILE_NO_LOCK) && !lock_image(f->fd, write)) {
        ok = fail(err, EMU_ERROR_OSERR, "disk image '%s' is in use by another process", path);
    }
    if (!ok) {
        hostfile_close(f);
    }
    return ok;
}

void hostfile_close(HostFile *f)
{
    if (f->fd >= 0) {
        close(f->fd);
    }
    f->fd = -1;
    g_clear_pointer(&f->path, g_free);
}

/* --- Bytes ------------------------------------------------------------------------------------ */

bool hostfile_read(HostFile *f, uint64_t off, void *buf, size_t len)
{
    for (uint8_t *p = buf; len > 0;) {
        ssize_t n = f->fd < 0 || off > INT64_MAX ? 0 : pread(f->fd, p, len, off);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            memset(p, 0, len);
            return n == 0;
        }
        p += n;
        off += n;
        len -= n;
    }
    return true;
}

bool hostfile_writev(HostFile *f, uint64_t off, struct iovec *iov, unsigned n)
{
    while (n > 0) {
        ssize_t done = pwritev(f->fd, iov, n, off);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done < 0) {
            return false;
        }
        bool any = false;
        for (; n > 0 && (size_t)done >= iov->iov_len; iov++, n--) {
            if (hostfile_watch) {
                hostfile_watch->wrote(f, off, iov->iov_base, iov->iov_len);
            }
            done -= iov->iov_len;
            off += iov->iov_len;
            any = true;
        }
        if (n > 0 && done > 0) {
            if (hostfile_watch) {
                hostfile_watch->wrote(f, off, iov->iov_base, done);
            }
            iov->iov_base = (uint8_t *)iov->iov_base + done;
            iov->iov_len -= done;
            off += done;
            any = true;
        }
        if (!any) {
            errno = ENOSPC;
            return false;
        }
    }
    return true;
}

bool hostfile_write(HostFile *f, uint64_t off, const void *buf, size_t len)
{
    struct iovec iov = { (void *)buf, len };
    return len == 0 || hostfile_writev(f, off, &iov, 1);
}

static bool write_zeros(HostFile *f, uint64_t off, uint64_t len)
{
    static const uint8_t zeros[64 * 1024];
    while (len > 0) {
        size_t n = MIN(len, sizeof(zeros));
        if (!hostfile_write(f, off, zeros, n)) {
            return false;
        }
        off += n;
        len -= n;
    }
    return true;
}

bool hostfile_zero(HostFile *f, uint64_t off, uint64_t len, bool punch)
{
    int mode = punch ? FALLOC_FL_PUNCH_HOLE : FALLOC_FL_ZERO_RANGE;
    if (fallocate(f->fd, mode | FALLOC_FL_KEEP_SIZE, off, len) == 0) {
        if (hostfile_watch) {
            hostfile_watch->wrote(f, off, NULL, len);
        }
        return true;
    }
    return write_zeros(f, off, len);
}

bool hostfile_truncate(HostFile *f, uint64_t size)
{
    if (ftruncate(f->fd, size) < 0) {
        return false;
    }
    if (hostfile_watch) {
        hostfile_watch->truncated(f, size);
    }
    return true;
}

bool hostfile_sync(HostFile *f)
{
    if (fdatasync(f->fd) < 0) {
        return false;
    }
    if (hostfile_watch) {
        hostfile_watch->synced(f);
    }
    return true;
}

uint64_t hostfile_size(const HostFile *f)
{
    off_t size = f->fd < 0 ? 0 : lseek(f->fd, 0, SEEK_END);   /* also right for block devices */
    return MAX(size, 0);
}

uint64_t hostfile_allocated(const HostFile *f)
{
    struct stat st;
    return f->fd >= 0 && fstat(f->fd, &st) == 0 ? st.st_blocks * UINT64_C(512) : 0;
}

bool hostfile_has_data(HostFile *f, uint64_t off, uint64_t *len)
{
    off_t data = lseek(f->fd, off, SEEK_DATA);
    if (data < 0 && errno == ENXIO) {
        return false;                   /* a hole to the end */
    }
    if (data > (off_t)off) {
        *len = MIN(*len, data - off);
        return false;
    }
    off_t hole = data < 0 ? -1 : lseek(f->fd, off, SEEK_HOLE);
    if (hole > (off_t)off) {
        *len = MIN(*len, hole - off);
    }
    return true;                        /* also where the host cannot say */
}
