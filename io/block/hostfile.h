/* SPDX-License-Identifier: MIT */
/*
 * The host's file under an image: whole reads and writes, locks, holes.
 *
 * Every function that returns false leaves the reason in errno.
 */
#pragma once
#include <glib.h>
#include <sys/uio.h>
#include "system/types.h"

typedef struct HostFile {
    int      fd;                    /* -1: none */
    char    *path;
    uint64_t dev, ino;              /* which file it is, whatever its name */
    bool     writable;
} HostFile;

enum { HOSTFILE_WRITE = 1, HOSTFILE_CREATE = 2, HOSTFILE_NO_LOCK = 4 };

/* One writer or any number of readers at a time, of emu and of QEMU. */
bool hostfile_open(HostFile *f, const char *path, unsigned flags, GError **err);
void hostfile_close(HostFile *f);

/* Past the end of the file reads as zero. */
bool hostfile_read(HostFile *f, uint64_t off, void *buf, size_t len);
bool hostfile_write(HostFile *f, uint64_t off, const void *buf, size_t len);
/* Uses iov up. */
bool hostfile_writev(HostFile *f, uint64_t off, struct iovec *iov, unsigned n);
/* Makes a range zeros: a hole when punch is set, else blocks that the host may keep for it. */
bool hostfile_zero(HostFile *f, uint64_t off, uint64_t len, bool punch);
bool hostfile_truncate(HostFile *f, uint64_t size);
/* Everything written before is on the disk when it returns. */
bool hostfile_sync(HostFile *f);
uint64_t hostfile_size(const HostFile *f);
/* Bytes of the disk that it takes. */
uint64_t hostfile_allocated(const HostFile *f);
/* Is there data at off?  *len, the range asked about, becomes how far the answer holds. */
bool hostfile_has_data(HostFile *f, uint64_t off, uint64_t *len);

/* For tests: sees what reaches the host, in order; buf NULL is a hole. */
typedef struct HostFileWatch {
    void (*wrote)(const HostFile *f, uint64_t off, const void *buf, uint64_t len);
    void (*truncated)(const HostFile *f, uint64_t size);
    void (*synced)(const HostFile *f);
} HostFileWatch;
extern const HostFileWatch *hostfile_watch;
