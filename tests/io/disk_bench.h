/* SPDX-License-Identifier: MIT */
/*
 * A disk image beside a model of it in memory: random operations on both, then they must be equal.
 * Each kind of image is a row of disk_kinds.
 */
#pragma once
#include "io/block/image.h"

typedef struct DiskKind {
    const char *name, *format;
    BlockCreate create;
    bool        on_raw, on_qcow2;           /* it has a backing file */
    bool        snapshots;
} DiskKind;

extern const DiskKind disk_kinds[];         /* ends with a row without a name */

typedef struct Disk {
    const DiskKind *kind;
    char    *path, *base;
    Block   *block;
    uint8_t *model;
    uint64_t size;
    uint8_t *kept;                          /* the model when snapshot "s" was taken, or NULL */
    uint64_t kept_size;
    GRand   *rand;
} Disk;

/* A folder for images, removed by disk_folder_remove(). */
const char *disk_folder(void);
void disk_folder_remove(void);

void disk_make(Disk *d, const DiskKind *kind, uint64_t size, uint32_t seed);
void disk_open(Disk *d, unsigned flags);
/* One random operation. */
void disk_step(Disk *d);
/* The image reads as the model. */
void disk_compare(Disk *d);
/* Closed, it has no errors and, unless allowed, no leaks; qemu-img, where there is one, thinks so,
 * too. */
void disk_check_closed(Disk *d, bool leaks_allowed);
void disk_free(Disk *d);
/* qemu-img's exit status, or -1 when it is not here. */
int  run_qemu_img(const char *arguments, ...) G_GNUC_PRINTF(1, 2);
