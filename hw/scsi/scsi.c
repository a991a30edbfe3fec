/* SPDX-License-Identifier: MIT */
/* SCSI buses and requests.  Implements: SPC-3, chapter 4 (sense data) and the data path of SAM-3. */
#include "hw/scsi/scsi.h"

static ScsiBus *buses;

void scsi_bus_init(ScsiBus *bus, Device *owner)
{
    bus->owner = owner;
    bus->next = buses;
    buses = bus;
}

void scsi_bus_free(ScsiBus *bus)
{
    for (ScsiBus **b = &buses; *b; b = &(*b)->next) {
        if (*b == bus) {
            *b = bus->next;
            break;
        }
    }
}

void scsi_bus_reset(ScsiBus *bus)
{
    for (unsigned i = 0; i < SCSI_MAX_TARGETS; i++) {
        if (bus->targets[i]) {
            bus->targets[i]->attention = true;
            memset(bus->targets[i]->sense, 0, SCSI_SENSE);
        }
    }
}

ScsiTarget *scsi_target(ScsiBus *bus, unsigned id)
{
    return id < SCSI_MAX_TARGETS ? bus->targets[id] : NULL;
}

bool scsi_attach(ScsiTarget *t, Device *dev, GError **err)
{
    t->dev = dev;
    if (!t->bus_dev) {
        return true;                    /* alone on a bench */
    }
    ScsiBus *bus = buses;
    while (bus && bus->owner != t->bus_dev) {
        bus = bus->next;
    }
    if (!bus) {
        return fail(err, EMU_ERROR_USAGE, "%s: '%s' has no SCSI bus", dev->id, t->bus_dev->id);
    }
    if (t->id >= SCSI_MAX_TARGETS || bus->targets[t->id]) {
        return fail(err, EMU_ERROR_USAGE, "%s: SCSI id %u is not free", dev->id, t->id);
    }
    bus->targets[t->id] = t;
    t->bus = bus;
    return true;
}

void scsi_detach(ScsiTarget *t)
{
    if (t->bus) {
        t->bus->targets[t->id] = NULL;
        t->bus = NULL;
    }
}

/* --- Requests --------------------------------------------------------------------------------- */

/* SPC-3, 4.3.4.1: the group code. */
unsigned scsi_cdb_length(uint8_t opcode)
{
    static const uint8_t lengths[8] = { 6, 10, 10, 6, 16, 12, 6, 6 };
    return lengths[opcode >> 5];
}

/* Fixed format, current error. */
static void set_sense(ScsiTarget *t, uint8_t key, uint8_t code, uint8_t qualifier)
{
    memset(t->sense, 0, SCSI_SENSE);
    t->sense[0] = 0x70;
    t->sense[2] = key;
    t->sense[7] = SCSI_SENSE - 8;
    t->sense[12] = code;
    t->sense[13] = qualifier;
}

void scsi_fail(ScsiTarget *t, ScsiRequest *r, uint8_t key, uint8_t code, uint8_t qualifier)
{
    set_sense(t, key, code, qualifier);
    r->status = SCSI_CHECK_CONDITION;
    r->direction = SCSI_NONE;
    r->length = r->done;
}

void scsi_start(ScsiTarget *t, ScsiRequest *r, unsigned lun, const uint8_t *cdb, unsigned len)
{
    memset(r, 0, offsetof(ScsiRequest, buffer));
    memcpy(r->cdb, cdb, MIN(len, sizeof(r->cdb)));
    r->lun = lun;
    bool harmless = cdb[0] == 0x12 || cdb[0] == 0x03 || cdb[0] == 0xa0 ||
                    cdb[0] == 0x46 || cdb[0] == 0x4a;   /* of CD-ROMs: MMC-3, 6.1 */
    if (t->attention && !harmless) {
        t->attention = false;
        scsi_fail(t, r, 0x06, 0x29, 0x00);      /* power on or reset occurred */
        return;
    }
    if (cdb[0] != 0x03) {
        set_sense(t, 0, 0, 0);
    }
    t->start(t, r);
    if (!r->length) {
        r->direction = SCSI_NONE;
    }
}

/* What the adapter's own memory access has cut short (it may write the adapter's registers). */
static size_t still_wanted(const ScsiRequest *r, size_t len)
{
    return MIN(len, r->length - r->done);
}

void scsi_read(ScsiTarget *t, ScsiRequest *r, void *buf, size_t len)
{
    len = still_wanted(r, len);
    if (!r->on_medium) {
        memcpy(buf, r->buffer + r->done, len);
    } else if (!t->read_medium(t, r->offset + r->done, buf, len)) {
        memset(buf, 0, len);
        r->done += len;
        scsi_fail(t, r, 0x03, 0x11, 0x00);      /* medium error: unrecovered read error */
        return;
    }
    r->done += len;
}

void scsi_write(ScsiTarget *t, ScsiRequest *r, const void *buf, size_t len)
{
    len = still_wanted(r, len);
    if (!r->on_medium) {
        memcpy(r->buffer + r->done, buf, len);
    } else if (!t->write_medium(t, r->offset + r->done, buf, len)) {
        r->done += len;
        scsi_fail(t, r, 0x03, 0x0c, 0x00);      /* medium error: write error */
        return;
    }
    r->done += len;
}

uint8_t scsi_finish(ScsiTarget *t, ScsiRequest *r)
{
    if (r->status == SCSI_GOOD && t->finish) {
        t->finish(t, r);
    }
    return r->status;
}

bool scsi_request_valid(const ScsiRequest *r)
{
    return r->done <= r->length && (r->on_medium || r->length <= SCSI_BUFFER) &&
           r->direction <= SCSI_TO_TARGET;
}
