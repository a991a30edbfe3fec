/* SPDX-License-Identifier: MIT */
/*
 * ATA: a channel (one cable) with up to two drives, disks or CD-ROMs.
 *
 * An adapter embeds AtaChannels and maps each one's command and control block; it gives them two
 * callbacks, for the interrupt line and for a drive that waits for DMA, and then moves the data:
 *
 *     while ((n = ata_dma_left(ch))) {
 *         ata_dma_move(ch, host, MIN(n, room));
 *         ata_dma_settle(ch);                     may interrupt: the data must be in memory by now
 *     }
 *
 * ata.c is the cable: task files, PIO, selection, reset.  What the commands do is in ata_disk.c and
 * atapi.c: each a table of 256 rows.
 */
#pragma once
#include "hw/scsi/scsi_cd.h"
#include "io/block/block.h"
#include "system/device.h"

enum { ATA_ERR = 0x01, ATA_DRQ = 0x08, ATA_DSC = 0x10, ATA_DF = 0x20, ATA_DRDY = 0x40,
       ATA_BSY = 0x80 };                                        /* Status */
enum { ATA_ABRT = 0x04, ATA_IDNF = 0x10, ATA_UNC = 0x40, ATA_WP = 0x40 };       /* Error */
enum { ATA_NIEN = 0x02, ATA_SRST = 0x04, ATA_HOB = 0x80 };      /* Device Control */
enum { ATA_DEV = 0x10, ATA_LBA = 0x40 };                        /* Device */
enum { ATA_FEATURE, ATA_COUNT, ATA_LBA0, ATA_LBA1, ATA_LBA2, ATA_FILE };        /* AtaDrive.file */
enum { ATA_SECTOR = 512, ATA_MAX_MULTIPLE = 128, ATA_BUFFER = 64 * 1024 };
enum { ATA_KIND_AUTO, ATA_KIND_DISK, ATA_KIND_CD };

typedef struct AtaChannel AtaChannel;
typedef struct AtaDrive AtaDrive;

/* Where a command's data come from or go. */
typedef enum { ATA_NO_DATA, ATA_FROM_BUFFER, ATA_FROM_MEDIUM, ATA_PACKET, ATA_FROM_PACKET } AtaSource;

struct AtaDrive {
    AtaChannel *ch;
    Block      *block;                  /* property */
    const char *serial;                 /* property */
    uint32_t    kind;                   /* property: ATA_KIND_*; none is AUTO after realize */
    bool        present;
    uint8_t     number;                 /* 0 or 1 on its cable */
    uint64_t    sectors;
    /* [1] holds what a register had before it was last written: the upper half of 48-bit commands. */
    uint8_t     file[2][ATA_FILE];
    uint8_t     device, status, error;
    bool        intrq;
    uint8_t     multiple;               /* sectors; 0: off */
    uint8_t     mode;                   /* as given to SET FEATURES: 0x42 is Ultra DMA 2 */
    uint8_t     power;                  /* as CHECK POWER MODE says; ASLEEP */
    uint8_t     heads, spt;             /* of the geometry in use */
    bool        write_cache, look_ahead, smart;
    ScsiCd      cd;
};

/* A command's data on their way. */
typedef struct AtaTransfer {
    uint8_t  source;                    /* AtaSource; ATA_NO_DATA: none is going on */
    uint8_t  drive;
    bool     to_drive, dma, ext, fua, failed;
    uint64_t offset;                    /* on the medium, of byte 0 */
    uint64_t total, moved;              /* bytes of the command; between medium and buffer or DMA */
    uint32_t unit;                      /* bytes of a DRQ block */
    uint32_t pos, end, len;             /* in the buffer: next byte, end of DRQ block, of what is in */
} AtaTransfer;

struct AtaChannel {
    Device     *dev;
    unsigned    number;
    AtaDrive    drive[2];
    uint8_t     selected, control;
    AtaTransfer t;
    ScsiRequest req;                    /* of a packet command */
    uint8_t     buffer[ATA_BUFFER];
    void      (*irq_changed)(AtaChannel *ch, bool level);
    void      (*dma_ready)(AtaChannel *ch);
};

#define ATA_DRIVE_STATE(T, f)                                                                   \
    STATE_ARRAY(U8, T, f.file), STATE_U8(T, f.device), STATE_U8(T, f.status),                   \
    STATE_U8(T, f.error), STATE_BOOL(T, f.intrq), STATE_U8(T, f.multiple), STATE_U8(T, f.mode), \
    STATE_U8(T, f.power), STATE_U8(T, f.heads), STATE_U8(T, f.spt),                             \
    STATE_BOOL(T, f.write_cache), STATE_BOOL(T, f.look_ahead), STATE_BOOL(T, f.smart), \
    SCSI_CD_STATE(T, f.cd)
#define ATA_CHANNEL_STATE(T, f)                                                                 \
    ATA_DRIVE_STATE(T, f.drive[0]), ATA_DRIVE_STATE(T, f.drive[1]),                             \
    STATE_U8(T, f.selected), STATE_U8(T, f.control), STATE_U8(T, f.t.source),                   \
    STATE_U8(T, f.t.drive), STATE_BOOL(T, f.t.to_drive), STATE_BOOL(T, f.t.dma),                \
    STATE_BOOL(T, f.t.ext), STATE_BOOL(T, f.t.fua), STATE_BOOL(T, f.t.failed),                  \
    STATE_U64(T, f.t.offset), STATE_U64(T, f.t.total), STATE_U64(T, f.t.moved), STATE_U32(T, f.t.unit),                   \
    STATE_U32(T, f.t.pos), STATE_U32(T, f.t.end), STATE_U32(T, f.t.len),                        \
    SCSI_REQUEST_STATE(T, f.req), STATE_ARRAY(U8, T, f.buffer)

/* --- For adapters ----------------------------------------------------------------------------- */

/* From realize, with the drives' properties set. */
bool ata_channel_init(AtaChannel *ch, Device *dev, unsigned number, GError **err);
void ata_channel_free(AtaChannel *ch);
/* From the device's reset: RESET- on the cable. */
void ata_channel_reset(AtaChannel *ch);
/* From the device's loaded. */
bool ata_channel_loaded(AtaChannel *ch, GError **err);

/* Command block (8 bytes; offset 0 takes 16 and 32 bits) and control block (1 byte). */
uint64_t ata_command_read(AtaChannel *ch, uint64_t off, unsigned size);
void ata_command_write(AtaChannel *ch, uint64_t off, uint64_t value, unsigned size);
uint8_t ata_alternate_status(AtaChannel *ch);
void ata_control_write(AtaChannel *ch, uint8_t value);

/* Bytes that the drive in a DMA command still wants to move, and which way. */
uint64_t ata_dma_left(const AtaChannel *ch);
bool ata_dma_to_drive(const AtaChannel *ch);
/* At most that many. */
void ata_dma_move(AtaChannel *ch, void *host, size_t len);
/* After each move, the data in place: ends the command when it has all or has failed. */
void ata_dma_settle(AtaChannel *ch);

/* --- For commands ----------------------------------------------------------------------------- */

typedef struct AtaCommand {
    void   (*run)(AtaDrive *d, const struct AtaCommand *c);
    uint8_t  flags;
} AtaCommand;

extern const AtaCommand ata_disk_commands[256], atapi_commands[256];

enum { ATA_SLEEP = 0x01, ATA_STANDBY = 0x00, ATA_IDLE = 0x80, ATA_ACTIVE = 0xff };

/* The end of a command without data. */
void ata_done(AtaDrive *d);
void ata_fail(AtaDrive *d, uint8_t error);
void ata_abort(AtaDrive *d, const AtaCommand *c);
void ata_raise(AtaDrive *d);
/* Begins the data phase; the caller has filled in what is not zero.  PIO data of ATA_FROM_BUFFER are
 * in the channel's buffer by now. */
void ata_start(AtaDrive *d, const AtaTransfer *t);
/* len bytes of the buffer, which the host reads as one block. */
void ata_send_buffer(AtaDrive *d, unsigned len);
/* What a reset leaves in the task file: who is there (ATA/ATAPI-6, 9.12). */
void ata_signature(AtaDrive *d);
/* Words of IDENTIFY that disks and CD-ROMs share. */
void ata_put_text(uint8_t *p, unsigned len, const char *text);
const char *ata_serial(AtaDrive *d, char buf[20]);
void ata_identify_modes(AtaDrive *d, uint8_t *p);
void ata_identify_checksum(uint8_t *p);

/* Commands that both tables have. */
void ata_set_features(AtaDrive *d, const AtaCommand *c);
void ata_diagnostic(AtaDrive *d, const AtaCommand *c);
void ata_set_power(AtaDrive *d, const AtaCommand *c);
void ata_check_power(AtaDrive *d, const AtaCommand *c);

/* A source's own: moves len bytes between p and the medium from t->moved on, and what is done when
 * all have moved or t->failed is set. */
bool ata_medium_move(AtaDrive *d, AtaTransfer *t, void *p, size_t len);
void ata_medium_end(AtaDrive *d, AtaTransfer *t);
bool atapi_move(AtaDrive *d, AtaTransfer *t, void *p, size_t len);
void atapi_end(AtaDrive *d, AtaTransfer *t);
/* The command packet has come. */
void atapi_packet(AtaDrive *d, AtaTransfer *t);
/* Before each DRQ block of a packet command: its byte count and reason. */
void atapi_block(AtaDrive *d, AtaTransfer *t);
