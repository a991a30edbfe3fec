/* SPDX-License-Identifier: MIT */
/*
 * What every boot loader needs: files read with care, names for what they are, and a list of images
 * that are put into guest memory at each reset.
 */
#pragma once
#include <glib.h>
#include "system/machine.h"

/* The whole file, at most max bytes; what is its part in a message: "kernel". */
GBytes *image_read(const char *what, const char *path, uint64_t max, GError **err);

/* What the bytes are, for a sentence: "an x86 Linux kernel (bzImage)"; NULL when they look like
 * nothing known, which a raw image does too. */
const char *image_describe(GBytes *image);

/* "<what> '<path>' is <description>, not <wanted>". */
bool image_fail_wrong(const char *what, const char *path, GBytes *image, const char *wanted,
                      GError **err);

/* The uncompressed content of a gzip member, at most max bytes. */
GBytes *image_gunzip(const char *what, const char *path, GBytes *image, size_t offset, uint64_t max,
                     GError **err);

/* A stretch of guest memory that holds an image after each reset. */
typedef struct BootImage {
    const char *name;           /* "kernel": a constant string */
    GPa         address;
    uint64_t    size;           /* more than the bytes: the rest is zeroed */
    GBytes     *bytes;
} BootImage;

typedef struct BootImages {
    GArray *list;               /* of BootImage */
} BootImages;

/* Takes its own reference on bytes.  Fails when the place is not memory or belongs to another. */
bool boot_images_add(BootImages *images, Machine *m, const char *name, GPa address, uint64_t size,
                     GBytes *bytes, GError **err);
/* Does [address, address + size) touch one of them?  Returns its name, or NULL. */
const char *boot_images_overlap(const BootImages *images, GPa address, uint64_t size);
/* The end of the highest image that lies in [from, to), else from. */
GPa boot_images_end(const BootImages *images, GPa from, GPa to);
/* Copies all into guest memory, ROM and flash too. */
void boot_images_write(const BootImages *images, Machine *m);
void boot_images_clear(BootImages *images);
