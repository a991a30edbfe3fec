/* SPDX-License-Identifier: MIT */
/*
 * A CD-ROM (DVD-ROM for images that no CD holds) as a SCSI unit: in an ATAPI drive (hw/ide/atapi.c) or
 * on a SCSI bus ("scsi-cd").
 */
#pragma once
#include "hw/scsi/scsi.h"
#include "io/block/slot.h"

typedef struct ScsiCd {
    ScsiTarget  scsi;                   /* first: the target's functions find the drive by it */
    BlockSlot  *slot;
    const char *serial;
    bool        atapi;
    uint32_t    seen;                   /* BlockSlot.changes that the host was told of */
    uint32_t    seen_event;             /* and by GET EVENT STATUS NOTIFICATION */
    bool        told_request;           /* that the user wants the disc */
    bool        prevented;              /* removal, by the host: slot->locked */
} ScsiCd;

#define SCSI_CD_STATE(T, f)                                                                     \
    SCSI_STATE(T, f.scsi), STATE_U32(T, f.seen), STATE_U32(T, f.seen_event),                    \
    STATE_BOOL(T, f.told_request), STATE_BOOL(T, f.prevented)

bool scsi_cd_init(ScsiCd *cd, Device *dev, Block *handle, const char *serial, GError **err);
void scsi_cd_free(ScsiCd *cd);
void scsi_cd_reset(ScsiCd *cd);
void scsi_cd_loaded(ScsiCd *cd);
