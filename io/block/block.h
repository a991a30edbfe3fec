/* SPDX-License-Identifier: MIT */
/*
 * Disk images: raw files, and memory for tests.
 *
 * The device holds a Block * (NULL is an empty slot, and every function takes it).  Reads and writes
 * are done when the call returns: an image is a file in the host's page cache, and a device that
 * wants its transfers to take time says so with a timer.  A snapshot image keeps what is written
 * in memory and never touches its file.
 */
#pragma once
#include <glib.h>
#include "system/types.h"

typedef struct Block Block;

enum { BLOCK_READ_ONLY = 1, BLOCK_SNAPSHOT = 2 };

/* --- For devices ------------------------------------------------------------------------------ */

/* In bytes. */
uint64_t block_size(const Block *b);
bool block_read_only(const Block *b);
/* False when the range is not inside the image, or the host failed. */
bool block_read(Block *b, uint64_t off, void *buf, size_t len);
bool block_write(Block *b, uint64_t off, const void *buf, size_t len);
/* Waits until what was written is on the disk. */
bool block_flush(Block *b);

/* --- For emu/ and tests ----------------------------------------------------------------------- */

/* A raw image. */
Block *block_open(const char *path, unsigned flags, GError **err);
/* All zero, size bytes of memory. */
Block *block_memory(uint64_t size);
void block_close(Block *b);
void block_close_all(void);
