/* SPDX-License-Identifier: MIT */
/*
 * Disk images: raw files, qcow2 files, and memory for tests.
 *
 * The device holds a Block * (NULL is an empty slot, and every function takes it).  Reads and
 * writes are done when the call returns: an image is a file in the host's page cache, and a device
 * that wants its transfers to take time says so with a timer.  What was written is sure to survive
 * the end of emu and of the host only after block_flush() has returned true.  A snapshot image
 * keeps what is written in memory and never touches its file.  One thread at a time calls these.
 */
#pragma once
#include <glib.h>
#include "system/types.h"

typedef struct Block Block;

enum {
    BLOCK_READ_ONLY     = 1,
    BLOCK_SNAPSHOT      = 2,    /* writes stay in memory */
    BLOCK_DISCARD       = 4,    /* block_discard() gives space back to the host */
    BLOCK_UNSAFE        = 8,    /* block_flush() waits for nothing: cache=unsafe */
    BLOCK_WRITE_THROUGH = 16,   /* every write is flushed: cache=writethrough */
    BLOCK_NO_BACKING    = 32,   /* read zeros where the backing file would be read */
    BLOCK_SHARE         = 64,   /* read it although somebody writes it: what is read may be torn */
    BLOCK_CHECK         = 128,  /* open damaged images as far as block_check() needs it */
};

/* --- For devices ------------------------------------------------------------------------------ */

/* In bytes. */
uint64_t block_size(const Block *b);
bool block_read_only(const Block *b);
/* False when the range is not inside the image, or the host failed. */
bool block_read(Block *b, uint64_t off, void *buf, size_t len);
bool block_write(Block *b, uint64_t off, const void *buf, size_t len);
/* Makes the range read as zeros, without writing them where the format knows better. */
bool block_zero(Block *b, uint64_t off, uint64_t len);
/* The guest does not need this range any more: what it reads there afterwards is old data or zeros.
 * Does nothing without BLOCK_DISCARD. */
bool block_discard(Block *b, uint64_t off, uint64_t len);
/* Waits until what was written is on the disk. */
bool block_flush(Block *b);

/* --- For emu/ and tests ----------------------------------------------------------------------- */

/* An image; format is "raw", "qcow2", or NULL: found by its content.  The guest of an image that
 * was found to be raw may not write the header of another format into it, since it would be opened
 * as that the next time, and such a header can name other files of the host. */
Block *block_open(const char *path, const char *format, unsigned flags, GError **err);
/* All zero, size bytes of memory. */
Block *block_memory(uint64_t size);
void block_close(Block *b);
void block_close_all(void);
