/* SPDX-License-Identifier: MIT */
/*
 * SCSI: a bus in a host adapter, the targets on it, and a command on its way.
 *
 * The adapter embeds a ScsiBus and one ScsiRequest with SCSI_REQUEST_STATE(Type, field) among its state
 * rows; it finds a target and hands it a command block.  Then it moves `length` bytes in the direction
 * that the request has, in pieces of any size, and asks for the status byte at the end.
 *
 *     ScsiTarget *t = scsi_target(&s->bus, id);
 *     scsi_start(t, &s->req, lun, cdb, len);
 *     while (s->req.done < s->req.length) {
 *         scsi_read(t, &s->req, buf, n);          or scsi_write()
 *     }
 *     status = scsi_finish(t, &s->req);
 *
 * A target's device embeds a ScsiTarget and calls scsi_attach() in realize.
 */
#pragma once
#include "system/device.h"

enum { SCSI_MAX_TARGETS = 16, SCSI_BUFFER = 4096, SCSI_SENSE = 18 };
enum { SCSI_NONE, SCSI_FROM_TARGET, SCSI_TO_TARGET };
enum { SCSI_GOOD = 0x00, SCSI_CHECK_CONDITION = 0x02, SCSI_BUSY = 0x08 };

typedef struct ScsiBus ScsiBus;
typedef struct ScsiTarget ScsiTarget;

typedef struct ScsiRequest {
    uint8_t  cdb[16], lun;
    uint8_t  direction, status;
    bool     on_medium;                 /* the data are blocks, not the buffer */
    uint64_t length, done;              /* in bytes */
    uint64_t offset;                    /* of the first byte on the medium */
    uint8_t  buffer[SCSI_BUFFER];
} ScsiRequest;

struct ScsiTarget {
    Device  *dev;
    Device  *bus_dev;                   /* property: the adapter */
    uint32_t id;                        /* property */
    ScsiBus *bus;
    uint8_t  sense[SCSI_SENSE];         /* of the last command that failed */
    bool     attention;                 /* reset since the last command */
    /* Fills in the request: direction, length, data or status. */
    void   (*start)(ScsiTarget *t, ScsiRequest *r);
    bool   (*read_medium)(ScsiTarget *t, uint64_t off, void *buf, size_t len);
    bool   (*write_medium)(ScsiTarget *t, uint64_t off, const void *buf, size_t len);
    /* All data have come: for commands with parameters; may set the status. */
    void   (*finish)(ScsiTarget *t, ScsiRequest *r);
};

struct ScsiBus {
    Device     *owner;
    ScsiTarget *targets[SCSI_MAX_TARGETS];
    ScsiBus    *next;
};

void scsi_bus_init(ScsiBus *bus, Device *owner);
void scsi_bus_free(ScsiBus *bus);
/* RST on the bus. */
void scsi_bus_reset(ScsiBus *bus);
ScsiTarget *scsi_target(ScsiBus *bus, unsigned id);

#define SCSI_PROPS(T, f)                                                        \
    PROP_LINK("bus", T, f.bus_dev, .about = "the adapter it is connected to"),  \
    PROP_U32("id", T, f.id, .about = "0 to 15")
#define SCSI_STATE(T, f) STATE_ARRAY(U8, T, f.sense), STATE_BOOL(T, f.attention, .reset = 1)
#define SCSI_REQUEST_STATE(T, f)                                                            \
    STATE_ARRAY(U8, T, f.cdb), STATE_U8(T, f.lun), STATE_U8(T, f.direction),                \
    STATE_U8(T, f.status), STATE_BOOL(T, f.on_medium), STATE_U64(T, f.length),              \
    STATE_U64(T, f.done), STATE_U64(T, f.offset), STATE_ARRAY(U8, T, f.buffer)

bool scsi_attach(ScsiTarget *t, Device *dev, GError **err);
void scsi_detach(ScsiTarget *t);

/* Bytes of a command block, from its first byte. */
unsigned scsi_cdb_length(uint8_t opcode);
void scsi_start(ScsiTarget *t, ScsiRequest *r, unsigned lun, const uint8_t *cdb, unsigned len);
/* At most what is left of the request. */
void scsi_read(ScsiTarget *t, ScsiRequest *r, void *buf, size_t len);
void scsi_write(ScsiTarget *t, ScsiRequest *r, const void *buf, size_t len);
uint8_t scsi_finish(ScsiTarget *t, ScsiRequest *r);
/* After loading a snapshot. */
bool scsi_request_valid(const ScsiRequest *r);

/* For targets: the command fails with this sense. */
void scsi_fail(ScsiTarget *t, ScsiRequest *r, uint8_t key, uint8_t code, uint8_t qualifier);
