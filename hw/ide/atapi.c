/* SPDX-License-Identifier: MIT */
/*
 * An ATAPI CD-ROM: the packet protocol; its commands are those of hw/scsi/scsi_cd.c.
 * Implements: ATA/ATAPI-6 (T13/1410D), 8.23 (PACKET), 8.16 (IDENTIFY PACKET DEVICE), 9.9 and 9.10 (the
 * protocols).
 * Choices: no interrupt asks for the packet (word 0: accelerated DRQ).  A byte count limit of 0, which
 * the standard forbids in PIO, is the largest one.
 * Not here: overlap, service interrupts.
 */
#include "hw/ide/ata.h"

enum { REASON_COMMAND = 0x01, REASON_TO_HOST = 0x02 };          /* C/D, I/O in the count register */
enum { FEATURE_DMA = 0x01, FEATURE_OVERLAP = 0x02, PACKET = 12 };

/* --- PACKET ----------------------------------------------------------------------------------- */

static void packet(AtaDrive *d, const AtaCommand *c)
{
    uint8_t feature = d->file[0][ATA_FEATURE];
    if (feature & FEATURE_OVERLAP) {
        ata_abort(d, c);
        return;
    }
    ata_start(d, &(AtaTransfer){ .source = ATA_PACKET, .to_drive = true, .total = PACKET,
                                 .unit = PACKET });
}

/* Status phase: the sense key is in the error register, all of it comes by REQUEST SENSE. */
static void status_phase(AtaDrive *d)
{
    AtaChannel *ch = d->ch;
    ch->t = (AtaTransfer){ .source = ATA_NO_DATA };
    bool good = scsi_finish(&d->cd.scsi, &ch->req) == SCSI_GOOD;
    d->file[0][ATA_COUNT] = REASON_COMMAND | REASON_TO_HOST;
    d->status = ATA_DRDY | ATA_DSC | (good ? 0 : ATA_ERR);
    d->error = good ? 0 : d->cd.scsi.sense[2] << 4;
    ata_raise(d);
}

static uint32_t byte_count_limit(const AtaDrive *d)
{
    uint32_t limit = (d->file[0][ATA_LBA1] | d->file[0][ATA_LBA2] << 8) & 0xfffe;
    return limit ? limit : 0xfffe;
}

void atapi_packet(AtaDrive *d, AtaTransfer *t)
{
    AtaChannel *ch = d->ch;
    ScsiRequest *r = &ch->req;
    scsi_start(&d->cd.scsi, r, ch->buffer[1] >> 5 ? 1 : 0, ch->buffer, PACKET);
    if (r->direction == SCSI_NONE || !r->length) {
        status_phase(d);
        return;
    }
    ata_start(d, &(AtaTransfer){
        .source = ATA_FROM_PACKET, .to_drive = r->direction == SCSI_TO_TARGET,
        .dma = d->file[0][ATA_FEATURE] & FEATURE_DMA, .total = r->length,
        .unit = byte_count_limit(d),
    });
}

void atapi_block(AtaDrive *d, AtaTransfer *t)
{
    bool odd = t->moved == t->total && (t->total & 1) && t->end == t->len;
    uint32_t n = t->source == ATA_PACKET ? byte_count_limit(d) : t->end - t->pos - odd;
    d->file[0][ATA_COUNT] = t->source == ATA_PACKET ? REASON_COMMAND :
                            t->to_drive ? 0 : REASON_TO_HOST;
    d->file[0][ATA_LBA1] = n;
    d->file[0][ATA_LBA2] = n >> 8;
}

bool atapi_move(AtaDrive *d, AtaTransfer *t, void *p, size_t len)
{
    ScsiRequest *r = &d->ch->req;
    if (t->to_drive) {
        scsi_write(&d->cd.scsi, r, p, len);
    } else {
        scsi_read(&d->cd.scsi, r, p, len);
    }
    return r->status == SCSI_GOOD;
}

void atapi_end(AtaDrive *d, AtaTransfer *t)
{
    status_phase(d);
}

/* --- Others ----------------------------------------------------------------------------------- */

/* DEVICE RESET: as after a software reset, and nobody is told. */
static void device_reset_command(AtaDrive *d, const AtaCommand *c)
{
    uint8_t device = d->device;
    d->ch->t = (AtaTransfer){ .source = ATA_NO_DATA };
    ata_signature(d);
    d->device = device & ATA_DEV;
}

/* A command for disks: aborted, and the registers say why (9.12). */
static void not_a_disk(AtaDrive *d, const AtaCommand *c)
{
    ata_signature(d);
    d->device = d->number ? ATA_DEV : 0;
    ata_abort(d, c);
}

static void identify(AtaDrive *d, const AtaCommand *c)
{
    uint8_t *p = d->ch->buffer;
    char serial[20];
    memset(p, 0, ATA_SECTOR);
    st_le16(p, 0x85c0);                 /* CD-ROM, removable, DRQ within 50 us, 12 bytes */
    ata_put_text(p + 2 * 10, 20, ata_serial(d, serial));
    ata_put_text(p + 2 * 23, 8, "1.0");
    ata_put_text(p + 2 * 27, 40, "EMU DVD-ROM");
    ata_identify_modes(d, p);
    st_le16(p + 2 * 80, 0x0070);        /* ATA/ATAPI-4 to 6 */
    st_le16(p + 2 * 82, 0x4218);        /* NOP, DEVICE RESET, PACKET, power management */
    st_le16(p + 2 * 83, 0x4000);
    st_le16(p + 2 * 84, 0x4000);
    st_le16(p + 2 * 85, 0x4218);
    st_le16(p + 2 * 87, 0x4000);
    ata_identify_checksum(p);
    ata_send_buffer(d, ATA_SECTOR);
}

const AtaCommand atapi_commands[256] = {
    [0x00] = { ata_abort },                 [0x08] = { device_reset_command },
    [0x20] = { not_a_disk },                [0x90] = { ata_diagnostic },
    [0xa0] = { packet },                    [0xa1] = { identify },
    [0xe0] = { ata_set_power, 0 },          [0xe1] = { ata_set_power, 1 },
    [0xe2] = { ata_set_power, 2 },          [0xe3] = { ata_set_power, 3 },
    [0xe5] = { ata_check_power },           [0xe6] = { ata_set_power, 6 },
    [0xec] = { not_a_disk },                [0xef] = { ata_set_features },
};
