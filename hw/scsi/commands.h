/* SPDX-License-Identifier: MIT */
/*
 * What the commands of all SCSI units have in common, whether they come over a SCSI bus or in an ATA
 * packet: answers, addresses, REQUEST SENSE, MODE SENSE, and the table of a unit's commands.
 */
#pragma once
#include "hw/scsi/scsi.h"

enum { SCSI_NOT_READY = 2, SCSI_MEDIUM_ERROR = 3, SCSI_ILLEGAL = 5, SCSI_ATTENTION = 6,
       SCSI_PROTECT = 7 };

typedef struct ScsiCommand {
    void (*start)(ScsiTarget *t, ScsiRequest *r);
} ScsiCommand;

/* Runs the command's row of 256; those of other logical units and unknown ones fail. */
void scsi_dispatch(ScsiTarget *t, ScsiRequest *r, const ScsiCommand *commands);

/* len bytes of the request's buffer, no more than the initiator has asked for. */
void scsi_answer(ScsiRequest *r, unsigned len, uint64_t allocated);
/* len bytes of parameters will come into the request's buffer. */
void scsi_take(ScsiTarget *t, ScsiRequest *r, unsigned len);
void scsi_bad_field(ScsiTarget *t, ScsiRequest *r);
/* Padded by spaces. */
void scsi_put_text(uint8_t *p, unsigned len, const char *text);
uint64_t scsi_lba(const uint8_t *cdb);
uint64_t scsi_count(const uint8_t *cdb);

typedef struct ScsiModePage {
    uint8_t code, len;                  /* len: of what follows the two bytes of header */
    void  (*fill)(ScsiTarget *t, uint8_t *p);
} ScsiModePage;

/* MODE SENSE (6) and (10).  type and specific are bytes of the header; block_len 0: no descriptor. */
typedef struct ScsiMode {
    const ScsiModePage *pages;
    unsigned            n_pages;
    uint8_t             type, specific;
    uint64_t            blocks;
    uint32_t            block_len;
} ScsiMode;
void scsi_mode_sense(ScsiTarget *t, ScsiRequest *r, const ScsiMode *m);

/* Rows that units share. */
void scsi_request_sense(ScsiTarget *t, ScsiRequest *r);
void scsi_mode_select(ScsiTarget *t, ScsiRequest *r);
void scsi_report_luns(ScsiTarget *t, ScsiRequest *r);
void scsi_nothing(ScsiTarget *t, ScsiRequest *r);
