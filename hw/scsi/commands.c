/* SPDX-License-Identifier: MIT */
/*
 * Commands that disks and CD-ROMs share.  Implements: SPC-3, chapter 6.
 * Choices: only logical unit 0 exists.  Mode parameters can be sent but change nothing.
 */
#include "hw/scsi/commands.h"

void scsi_dispatch(ScsiTarget *t, ScsiRequest *r, const ScsiCommand *commands)
{
    uint8_t op = r->cdb[0];
    if (r->lun && op != 0x12 && op != 0x03 && op != 0xa0) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x25, 0x00);      /* logical unit not supported */
    } else if (!commands[op].start) {
        log_guest(t->dev, "SCSI command %#x", op);
        scsi_fail(t, r, SCSI_ILLEGAL, 0x20, 0x00);      /* invalid command */
    } else {
        commands[op].start(t, r);
    }
}

void scsi_answer(ScsiRequest *r, unsigned len, uint64_t allocated)
{
    r->direction = SCSI_FROM_TARGET;
    r->length = MIN(len, allocated);
}

void scsi_take(ScsiTarget *t, ScsiRequest *r, unsigned len)
{
    if (len > SCSI_BUFFER) {
        scsi_bad_field(t, r);
        return;
    }
    r->direction = SCSI_TO_TARGET;
    r->length = len;
}

void scsi_bad_field(ScsiTarget *t, ScsiRequest *r)
{
    scsi_fail(t, r, SCSI_ILLEGAL, 0x24, 0x00);
}

void scsi_put_text(uint8_t *p, unsigned len, const char *text)
{
    memset(p, ' ', len);
    memcpy(p, text, MIN(strlen(text), len));
}

uint64_t scsi_lba(const uint8_t *cdb)
{
    switch (scsi_cdb_length(cdb[0])) {
    case 6:
        return ld_be32(cdb) & 0x1fffff;
    case 16:
        return ld_be64(cdb + 2);
    default:
        return ld_be32(cdb + 2);
    }
}

uint64_t scsi_count(const uint8_t *cdb)
{
    switch (scsi_cdb_length(cdb[0])) {
    case 6:
        return cdb[4] ? cdb[4] : 256;
    case 12:
        return ld_be32(cdb + 6);
    case 16:
        return ld_be32(cdb + 10);
    default:
        return ld_be16(cdb + 7);
    }
}

/* --- Mode pages ------------------------------------------------------------------------------- */

static unsigned add_pages(ScsiTarget *t, const ScsiMode *m, uint8_t *p, unsigned page, bool mask)
{
    unsigned len = 0;
    for (unsigned i = 0; i < m->n_pages; i++) {
        const ScsiModePage *row = &m->pages[i];
        if (page != 0x3f && page != row->code) {
            continue;
        }
        memset(p + len, 0, row->len + 2);
        p[len] = row->code;
        p[len + 1] = row->len;
        if (row->fill && !mask) {
            row->fill(t, p + len);
        }
        len += row->len + 2;
    }
    return len;
}

void scsi_mode_sense(ScsiTarget *t, ScsiRequest *r, const ScsiMode *m)
{
    bool ten = r->cdb[0] == 0x5a;
    unsigned header = ten ? 8 : 4, page = r->cdb[2] & 0x3f, control = r->cdb[2] >> 6;
    unsigned descriptor = r->cdb[1] & 0x08 || !m->block_len ? 0 : 8;
    uint8_t *p = r->buffer;
    if (control == 3) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x39, 0x00);      /* saving is not supported */
        return;
    }
    memset(p, 0, header + 8);
    if (descriptor) {
        st_be32(p + header, MIN(m->blocks, 0xffffff));
        st_be32(p + header + 4, m->block_len);
    }
    unsigned pages = add_pages(t, m, p + header + descriptor, page, control == 1);
    if (!pages && page != 0) {
        scsi_bad_field(t, r);
        return;
    }
    unsigned len = header + descriptor + pages;
    if (ten) {
        st_be16(p, len - 2);
        p[2] = m->type;
        p[3] = m->specific;
        p[7] = descriptor;
    } else {
        p[0] = len - 1;
        p[1] = m->type;
        p[2] = m->specific;
        p[3] = descriptor;
    }
    scsi_answer(r, len, ten ? ld_be16(r->cdb + 7) : r->cdb[4]);
}

/* Takes the parameters; nobody looks at them, as nothing can be changed. */
void scsi_mode_select(ScsiTarget *t, ScsiRequest *r)
{
    scsi_take(t, r, r->cdb[0] == 0x55 ? ld_be16(r->cdb + 7) : r->cdb[4]);
}

/* --- Others ----------------------------------------------------------------------------------- */

void scsi_request_sense(ScsiTarget *t, ScsiRequest *r)
{
    memcpy(r->buffer, t->sense, SCSI_SENSE);
    r->buffer[0] = 0x70;
    r->buffer[7] = SCSI_SENSE - 8;
    scsi_answer(r, SCSI_SENSE, r->cdb[4]);
    memset(t->sense, 0, SCSI_SENSE);
}

void scsi_report_luns(ScsiTarget *t, ScsiRequest *r)
{
    memset(r->buffer, 0, 16);
    r->buffer[3] = 8;
    scsi_answer(r, 16, ld_be32(r->cdb + 6));
}

void scsi_nothing(ScsiTarget *t, ScsiRequest *r)
{
}
