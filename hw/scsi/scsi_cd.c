/* SPDX-License-Identifier: MIT */
/*
 * A drive for CD-ROMs and DVD-ROMs of one data track: the image, in blocks of 2048 bytes.
 * Implements: MMC-3 (NCITS 360), chapter 6, and the older forms of SFF-8020i in READ TOC; SPC-3.
 *
 * Choices: an image too big for a CD of 80 minutes is a DVD.  The last block of an image that ends in
 * the middle of one is filled up with zeros.  Of READ CD the user data can be had, not the raw sector.
 * Not here: audio, subchannels other than Q's position, changers, writing.
 */
#include "hw/scsi/scsi_cd.h"
#include "hw/scsi/commands.h"

enum { BLOCK = 2048, CD_BLOCKS = 80 * 60 * 75, LEAD_IN = 150 };
enum { PROFILE_CD = 0x0008, PROFILE_DVD = 0x0010, LEAD_OUT = 0xaa };
enum { SPEED = 5632 };                                  /* KB a second: 32x */

static ScsiCd *cd_of(ScsiTarget *t)
{
    return (ScsiCd *)t;
}

static uint32_t n_blocks(ScsiTarget *t)
{
    return MIN((block_size(cd_of(t)->slot->medium) + BLOCK - 1) / BLOCK, UINT32_MAX);
}

static uint16_t profile(ScsiTarget *t)
{
    uint32_t n = n_blocks(t);
    return n == 0 ? 0 : n > CD_BLOCKS ? PROFILE_DVD : PROFILE_CD;
}

/* --- Is there a disc? ------------------------------------------------------------------------- */

static bool ready(ScsiTarget *t, ScsiRequest *r)
{
    BlockSlot *slot = cd_of(t)->slot;
    if (!slot->medium) {                /* medium not present; with the tray open or closed */
        scsi_fail(t, r, SCSI_NOT_READY, 0x3a, slot->open ? 0x02 : 0x01);
    }
    return slot->medium;
}

static void test_unit_ready(ScsiTarget *t, ScsiRequest *r)
{
    ready(t, r);
}

static void start_stop(ScsiTarget *t, ScsiRequest *r)
{
    BlockSlot *slot = cd_of(t)->slot;
    bool load_eject = r->cdb[4] & 2, start = r->cdb[4] & 1;
    if (load_eject && !block_slot_set_open(slot, !start)) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x53, 0x02);      /* medium removal prevented */
    }
}

static void prevent_removal(ScsiTarget *t, ScsiRequest *r)
{
    cd_of(t)->prevented = cd_of(t)->slot->locked = r->cdb[4] & 1;
}

/* --- INQUIRY, modes --------------------------------------------------------------------------- */

/* Vital product data: which there are, and the serial number. */
static void vital_data(ScsiTarget *t, ScsiRequest *r)
{
    const char *serial = cd_of(t)->serial ? cd_of(t)->serial : "";
    uint8_t *p = r->buffer;
    memset(p, 0, 4);
    p[0] = 0x05;
    p[1] = r->cdb[2];
    if (p[1] == 0x00) {
        p[3] = 2;
        p[4] = 0x00;
        p[5] = 0x80;
    } else if (p[1] == 0x80) {
        p[3] = MIN(strlen(serial), 20);
        memcpy(p + 4, serial, p[3]);
    } else {
        scsi_bad_field(t, r);
        return;
    }
    scsi_answer(r, p[3] + 4, ld_be16(r->cdb + 3));
}

static void inquiry(ScsiTarget *t, ScsiRequest *r)
{
    uint8_t *p = r->buffer;
    if (r->cdb[1] & 1) {
        vital_data(t, r);
        return;
    }
    if (r->cdb[2]) {
        scsi_bad_field(t, r);
        return;
    }
    memset(p, 0, 36);
    p[0] = r->lun ? 0x7f : 0x05;
    p[1] = 0x80;                        /* removable */
    p[2] = cd_of(t)->atapi ? 0 : 5;
    p[3] = cd_of(t)->atapi ? 0x21 : 2;  /* ATAPI's own version and format */
    p[4] = 36 - 5;
    scsi_put_text(p + 8, 8, "EMU");
    scsi_put_text(p + 16, 16, "DVD-ROM");
    scsi_put_text(p + 32, 4, "1.0");
    scsi_answer(r, 36, ld_be16(r->cdb + 3));
}

static void fill_cd_parameters(ScsiTarget *t, uint8_t *p)
{
    st_be16(p + 4, 60);                 /* seconds a minute, frames a second */
    st_be16(p + 6, 75);
}

static void fill_capabilities(ScsiTarget *t, uint8_t *p)
{
    p[2] = 0x3b;                        /* reads CD-R, CD-RW, DVD-ROM, DVD-R, DVD-RAM */
    p[4] = 0x70;                        /* mode 2 forms 1 and 2, multisession */
    p[6] = 0x29 | (cd_of(t)->slot->locked ? 0x02 : 0);  /* tray, eject, lock */
    st_be16(p + 8, SPEED);
    st_be16(p + 12, 512);               /* KB of buffer */
    st_be16(p + 14, SPEED);
}

static const ScsiModePage mode_pages[] = {
    { 0x01, 6 },                        /* error recovery */
    { 0x0d, 6, fill_cd_parameters },
    { 0x0e, 14 },                       /* audio control */
    { 0x1a, 10 },                       /* power */
    { 0x2a, 18, fill_capabilities },
};

static uint8_t medium_type(ScsiTarget *t)
{
    BlockSlot *slot = cd_of(t)->slot;
    return slot->medium ? 0x01 : slot->open ? 0x71 : 0x70;
}

static void mode_sense(ScsiTarget *t, ScsiRequest *r)
{
    bool descriptor = !cd_of(t)->atapi; /* ATAPI never has one */
    scsi_mode_sense(t, r, &(ScsiMode){
        .pages = mode_pages, .n_pages = ARRAY_SIZE(mode_pages), .type = medium_type(t),
        .blocks = n_blocks(t), .block_len = descriptor ? BLOCK : 0,
    });
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static bool in_range(ScsiTarget *t, ScsiRequest *r, uint64_t lba, uint64_t n)
{
    uint64_t end = n_blocks(t);
    if (lba > end || n > end - lba) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x21, 0x00);      /* address out of range */
        return false;
    }
    return true;
}

static void transfer(ScsiTarget *t, ScsiRequest *r, uint64_t lba, uint64_t n)
{
    if (ready(t, r) && in_range(t, r, lba, n)) {
        r->direction = SCSI_FROM_TARGET;
        r->on_medium = true;
        r->offset = lba * BLOCK;
        r->length = n * BLOCK;
    }
}

static void read_blocks(ScsiTarget *t, ScsiRequest *r)
{
    transfer(t, r, scsi_lba(r->cdb), scsi_count(r->cdb));
}

/* READ CD: expected are any sectors, mode 1, or mode 2 form 1; wanted nothing or the user data. */
static void read_cd(ScsiTarget *t, ScsiRequest *r)
{
    unsigned type = r->cdb[1] >> 2 & 7, wanted = r->cdb[9] & 0xf8, n = ld_be32(r->cdb + 5) & 0xffffff;
    bool known = type == 0 || type == 2 || type == 4;
    if (!known || (wanted && wanted != 0x10) || r->cdb[10]) {
        log_unimp(t->dev, "READ CD of raw sectors");
        scsi_bad_field(t, r);
        return;
    }
    transfer(t, r, ld_be32(r->cdb + 2), wanted ? n : 0);
}

static void seek(ScsiTarget *t, ScsiRequest *r)
{
    if (ready(t, r)) {
        in_range(t, r, ld_be32(r->cdb + 2), 1);
    }
}

/* The last block; with GET EVENT STATUS this is how an empty drive is found. */
static void read_capacity(ScsiTarget *t, ScsiRequest *r)
{
    if (ready(t, r)) {
        st_be32(r->buffer, MAX(n_blocks(t), 1) - 1);
        st_be32(r->buffer + 4, BLOCK);
        scsi_answer(r, 8, 8);
    }
}

/* --- Contents --------------------------------------------------------------------------------- */

static void put_address(uint8_t *p, uint32_t lba, bool msf)
{
    if (!msf) {
        st_be32(p, lba);
        return;
    }
    lba += LEAD_IN;
    p[0] = 0;
    p[1] = lba / 75 / 60;
    p[2] = lba / 75 % 60;
    p[3] = lba % 75;
}

/* Format 0: track 1 and the lead-out. */
static unsigned toc_tracks(ScsiTarget *t, uint8_t *p, unsigned first, bool msf)
{
    static const uint8_t tracks[] = { 1, LEAD_OUT };
    unsigned len = 4;
    p[2] = p[3] = 1;                    /* first and last track */
    for (unsigned i = 0; i < ARRAY_SIZE(tracks); i++) {
        if (first > tracks[i]) {
            continue;
        }
        uint8_t *d = p + len;
        d[1] = 0x14;                    /* Q: position; data track */
        d[2] = tracks[i];
        put_address(d + 4, tracks[i] == LEAD_OUT ? n_blocks(t) : 0, msf);
        len += 8;
    }
    return first > LEAD_OUT || (first > 1 && first < LEAD_OUT) ? 0 : len;
}

/* Format 1: the first track of the last session. */
static unsigned toc_session(ScsiTarget *t, uint8_t *p, unsigned first, bool msf)
{
    p[2] = p[3] = 1;                    /* sessions */
    p[5] = 0x14;
    p[6] = 1;
    put_address(p + 8, 0, msf);
    return 12;
}

/* Format 2: the lead-in as it is written: first track, last track, lead-out, track 1. */
static unsigned toc_raw(ScsiTarget *t, uint8_t *p, unsigned first, bool msf)
{
    static const uint8_t points[] = { 0xa0, 0xa1, 0xa2, 1 };
    p[2] = p[3] = 1;
    for (unsigned i = 0; i < ARRAY_SIZE(points); i++) {
        uint8_t *d = p + 4 + 11 * i;
        d[0] = 1;                       /* session */
        d[1] = 0x14;
        d[3] = points[i];
        if (points[i] >= 0xa2 || points[i] == 1) {
            put_address(d + 7, points[i] == 0xa2 ? n_blocks(t) : 0, true);
        } else {
            d[8] = 1;                   /* PMIN: a track's number */
        }
    }
    return first > 1 ? 0 : 4 + 11 * ARRAY_SIZE(points);
}

static void read_toc(ScsiTarget *t, ScsiRequest *r)
{
    static unsigned (*const formats[])(ScsiTarget *, uint8_t *, unsigned, bool) = {
        toc_tracks, toc_session, toc_raw,
    };
    unsigned format = r->cdb[2] & 15;
    format = format ? format : r->cdb[9] >> 6;          /* SFF-8020i has it there */
    if (!ready(t, r)) {
        return;
    }
    memset(r->buffer, 0, 64);
    unsigned len = format < ARRAY_SIZE(formats) ?
                   formats[format](t, r->buffer, r->cdb[6], r->cdb[1] & 2) : 0;
    if (!len) {
        scsi_bad_field(t, r);
        return;
    }
    st_be16(r->buffer, len - 2);
    scsi_answer(r, len, ld_be16(r->cdb + 7));
}

static void read_header(ScsiTarget *t, ScsiRequest *r)
{
    uint32_t lba = ld_be32(r->cdb + 2);
    if (ready(t, r) && in_range(t, r, lba, 1)) {
        memset(r->buffer, 0, 8);
        r->buffer[0] = 1;               /* mode 1 */
        put_address(r->buffer + 4, lba, r->cdb[1] & 2);
        scsi_answer(r, 8, ld_be16(r->cdb + 7));
    }
}

/* No audio is ever playing; the current position is the first block's. */
static void read_subchannel(ScsiTarget *t, ScsiRequest *r)
{
    bool q = r->cdb[2] & 0x40;
    unsigned len = q ? 16 : 4;
    if (!ready(t, r)) {
        return;
    }
    if (q && r->cdb[3] != 1) {
        scsi_bad_field(t, r);           /* catalogue number, ISRC: there are none */
        return;
    }
    memset(r->buffer, 0, len);
    r->buffer[1] = 0x15;                /* no audio status to return */
    st_be16(r->buffer + 2, len - 4);
    if (q) {
        r->buffer[4] = 1;
        r->buffer[5] = 0x14;
        r->buffer[6] = r->buffer[7] = 1;
        put_address(r->buffer + 8, 0, r->cdb[1] & 2);
        put_address(r->buffer + 12, 0, r->cdb[1] & 2);
    }
    scsi_answer(r, len, ld_be16(r->cdb + 7));
}

static void disc_information(ScsiTarget *t, ScsiRequest *r)
{
    uint8_t *p = r->buffer;
    if (!ready(t, r)) {
        return;
    }
    if (r->cdb[1] & 7) {
        scsi_bad_field(t, r);
        return;
    }
    memset(p, 0, 34);
    st_be16(p, 32);
    p[2] = 0x0e;                        /* disc and last session are complete */
    p[3] = p[4] = p[5] = p[6] = 1;      /* first track, sessions, tracks of the last */
    p[7] = 0x20;                        /* unrestricted use */
    memset(p + 16, 0xff, 8);            /* no next session */
    scsi_answer(r, 34, ld_be16(r->cdb + 7));
}

static void track_information(ScsiTarget *t, ScsiRequest *r)
{
    uint8_t *p = r->buffer;
    uint32_t which = ld_be32(r->cdb + 2);
    if (!ready(t, r)) {
        return;
    }
    if ((r->cdb[1] & 3) ? which != 1 : which >= n_blocks(t)) {
        scsi_bad_field(t, r);
        return;
    }
    memset(p, 0, 36);
    st_be16(p, 34);
    p[2] = p[3] = 1;                    /* track, session */
    p[5] = 0x04;                        /* data, uninterrupted */
    p[6] = 0x01;                        /* mode 1 */
    st_be32(p + 24, n_blocks(t));
    scsi_answer(r, 36, ld_be16(r->cdb + 7));
}

/* READ DVD STRUCTURE: the physical format, and that nothing is protected. */
static void dvd_structure(ScsiTarget *t, ScsiRequest *r)
{
    static const uint16_t lengths[] = { [0] = 4 + 2048, [1] = 4 + 4 };
    uint8_t *p = r->buffer;
    unsigned format = r->cdb[7];
    if (!ready(t, r)) {
        return;
    }
    if (profile(t) != PROFILE_DVD) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x30, 0x02);      /* cannot read: incompatible format */
        return;
    }
    if (format >= ARRAY_SIZE(lengths)) {
        scsi_bad_field(t, r);
        return;
    }
    memset(p, 0, lengths[format]);
    st_be16(p, lengths[format] - 2);
    if (format == 0) {
        p[4] = 0x01;                    /* DVD-ROM, part version 1 */
        p[5] = 0x02;                    /* 120 mm, up to 10.08 Mbps */
        p[6] = 0x01;                    /* one layer, embossed */
        st_be32(p + 8, 0x030000);       /* first and last sector of the data area */
        st_be32(p + 12, 0x030000 + n_blocks(t) - 1);
    }
    scsi_answer(r, lengths[format], ld_be16(r->cdb + 8));
}

/* --- The drive -------------------------------------------------------------------------------- */

typedef struct Feature {
    uint16_t code;
    uint8_t  version, len;              /* version: with the bits persistent and current */
    uint8_t  data[8];
} Feature;

enum { PERSISTENT = 2, CURRENT = 1, IF_CD = 0x80, IF_DVD = 0x40 };

static const Feature features[] = {
    { 0x0000, PERSISTENT | CURRENT, 8, { 0x00, 0x10, 0, 0, 0x00, 0x08, 0, 0 } },  /* profiles */
    { 0x0001, 1 << 2 | PERSISTENT | CURRENT, 4, { 0, 0, 0, 2 } },       /* core: ATAPI */
    { 0x0002, PERSISTENT | CURRENT, 4, { 0 } },                         /* morphing */
    { 0x0003, PERSISTENT | CURRENT, 4, { 0x29 } },                      /* removable: tray, lock */
    { 0x0010, IF_CD | IF_DVD, 8, { 0, 0, 0x08, 0x00, 0, 1, 0, 0 } },    /* random readable */
    { 0x001e, 2 << 2 | IF_CD, 4, { 0 } },                               /* CD read */
    { 0x001f, IF_DVD, 0, { 0 } },                                       /* DVD read */
};

static unsigned put_feature(uint8_t *p, const Feature *f, uint16_t now)
{
    bool current = (f->version & CURRENT) || ((f->version & IF_CD) && now == PROFILE_CD) ||
                   ((f->version & IF_DVD) && now == PROFILE_DVD);
    st_be16(p, f->code);
    p[2] = (f->version & 0x3e) | current;
    p[3] = f->len;
    memcpy(p + 4, f->data, f->len);
    if (f->code == 0x0000) {            /* the profiles themselves */
        p[6] = now == PROFILE_DVD;
        p[10] = now == PROFILE_CD;
    }
    return f->len + 4;
}

static void get_configuration(ScsiTarget *t, ScsiRequest *r)
{
    uint8_t *p = r->buffer;
    unsigned which = r->cdb[1] & 3, from = ld_be16(r->cdb + 2), len = 8;
    if (which == 3) {
        scsi_bad_field(t, r);
        return;
    }
    memset(p, 0, 8);
    for (unsigned i = 0; i < ARRAY_SIZE(features); i++) {
        const Feature *f = &features[i];
        if (which == 2 ? f->code != from : f->code < from) {
            continue;
        }
        unsigned n = put_feature(p + len, f, profile(t));
        bool current = p[len + 2] & CURRENT;
        len += which == 1 && !current ? 0 : n;
    }
    st_be32(p, len - 4);
    st_be16(p + 6, profile(t));
    scsi_answer(r, len, ld_be16(r->cdb + 7));
}

/* Media: 1 the user wants it out, 2 a new one, 3 it has gone. */
static uint8_t media_event(ScsiCd *cd)
{
    BlockSlot *slot = cd->slot;
    if (slot->asked && !cd->told_request) {
        cd->told_request = true;
        return 1;
    }
    cd->told_request &= slot->asked;
    if (cd->seen_event == slot->changes) {
        return 0;
    }
    cd->seen_event = slot->changes;
    return slot->medium ? 2 : 3;
}

static void event_status(ScsiTarget *t, ScsiRequest *r)
{
    enum { MEDIA = 4 };
    uint8_t *p = r->buffer;
    ScsiCd *cd = cd_of(t);
    if (!(r->cdb[1] & 1)) {
        scsi_bad_field(t, r);           /* asynchronous notification is for others */
        return;
    }
    memset(p, 0, 8);
    p[3] = 1 << MEDIA;
    if (!(r->cdb[4] & 1 << MEDIA)) {
        st_be16(p, 2);
        p[2] = 0x80;                    /* no event of these classes */
        scsi_answer(r, 4, ld_be16(r->cdb + 7));
        return;
    }
    st_be16(p, 6);
    p[2] = MEDIA;
    if (ld_be16(r->cdb + 7) > 4) {      /* who takes the header only does not see the event */
        p[4] = media_event(cd);
    }
    p[5] = (cd->slot->medium ? 2 : 0) | (cd->slot->open ? 1 : 0);
    scsi_answer(r, 8, ld_be16(r->cdb + 7));
}

static void mechanism_status(ScsiTarget *t, ScsiRequest *r)
{
    memset(r->buffer, 0, 8);
    r->buffer[1] = cd_of(t)->slot->open ? 0x10 : 0;
    scsi_answer(r, 8, ld_be16(r->cdb + 8));
}

static const ScsiCommand commands[256] = {
    [0x00] = { test_unit_ready },           [0x03] = { scsi_request_sense },
    [0x08] = { read_blocks },               [0x12] = { inquiry },
    [0x15] = { scsi_mode_select },          [0x1a] = { mode_sense },
    [0x1b] = { start_stop },                [0x1e] = { prevent_removal },
    [0x25] = { read_capacity },             [0x28] = { read_blocks },
    [0x2b] = { seek },                      [0x35] = { scsi_nothing },  /* SYNCHRONIZE CACHE */
    [0x42] = { read_subchannel },           [0x43] = { read_toc },
    [0x44] = { read_header },               [0x46] = { get_configuration },
    [0x4a] = { event_status },              [0x4e] = { scsi_nothing },  /* STOP PLAY */
    [0x51] = { disc_information },          [0x52] = { track_information },
    [0x55] = { scsi_mode_select },          [0x5a] = { mode_sense },
    [0xa0] = { scsi_report_luns },          [0xa8] = { read_blocks },
    [0xad] = { dvd_structure },             [0xbb] = { scsi_nothing },  /* SET CD SPEED */
    [0xbd] = { mechanism_status },          [0xbe] = { read_cd },
};

/* Commands that do not care whether the medium is another one (MMC-3, 6.1). */
static bool quiet(uint8_t op)
{
    return op == 0x03 || op == 0x12 || op == 0x46 || op == 0x4a || op == 0xa0;
}

static void cd_start(ScsiTarget *t, ScsiRequest *r)
{
    ScsiCd *cd = cd_of(t);
    if (cd->seen != cd->slot->changes && !quiet(r->cdb[0])) {
        cd->seen = cd->slot->changes;
        if (cd->slot->medium) {         /* not ready to ready: medium may have changed */
            scsi_fail(t, r, SCSI_ATTENTION, 0x28, 0x00);
            return;
        }
    }
    scsi_dispatch(t, r, commands);
}

static bool cd_read(ScsiTarget *t, uint64_t off, void *buf, size_t len)
{
    Block *medium = cd_of(t)->slot->medium;
    uint64_t size = block_size(medium), end = round_up(size, BLOCK);
    if (off > end || len > end - off) {
        return false;                   /* the disc has gone, or is a smaller one now */
    }
    size_t n = off < size ? MIN(len, size - off) : 0;
    memset((uint8_t *)buf + n, 0, len - n);
    return n == 0 || block_read(medium, off, buf, n);
}

static bool cd_write(ScsiTarget *t, uint64_t off, const void *buf, size_t len)
{
    return false;
}

bool scsi_cd_init(ScsiCd *cd, Device *dev, Block *handle, const char *serial, GError **err)
{
    cd->slot = block_slot(handle);
    cd->serial = serial;
    cd->scsi.start = cd_start;
    cd->scsi.read_medium = cd_read;
    cd->scsi.write_medium = cd_write;
    return scsi_attach(&cd->scsi, dev, err);
}

/* A drive that is reset unlocks its door, and looks afresh at what is in it. */
void scsi_cd_reset(ScsiCd *cd)
{
    if (cd->slot) {
        cd->slot->locked = false;
        cd->seen = cd->seen_event = cd->slot->changes;
    }
}

void scsi_cd_loaded(ScsiCd *cd)
{
    if (cd->slot) {
        cd->slot->locked = cd->prevented;
    }
}

void scsi_cd_free(ScsiCd *cd)
{
    scsi_detach(&cd->scsi);
    block_slot_release(g_steal_pointer(&cd->slot));
}

/* --- On a SCSI bus ---------------------------------------------------------------------------- */

typedef struct ScsiCdDevice {
    Device      dev;
    ScsiCd      cd;
    Block      *handle;
    const char *serial;
} ScsiCdDevice;

#define SCSI_CD(d) DEVICE_AS(ScsiCdDevice, d)

static bool scsi_cd_realize(Device *dev, GError **err)
{
    ScsiCdDevice *s = SCSI_CD(dev);
    return scsi_cd_init(&s->cd, dev, s->handle, s->serial ? s->serial : dev->id, err);
}

static void scsi_cd_device_reset(Device *dev)
{
    scsi_cd_reset(&SCSI_CD(dev)->cd);
}

static void scsi_cd_unrealize(Device *dev)
{
    scsi_cd_free(&SCSI_CD(dev)->cd);
}

static bool scsi_cd_device_loaded(Device *dev, GError **err)
{
    scsi_cd_loaded(&SCSI_CD(dev)->cd);
    return true;
}

const DeviceClass scsi_cd = {
    .name      = "scsi-cd", .about = "SCSI CD-ROM", .bus = "scsi", .size = sizeof(ScsiCdDevice),
    .props     = PROPS(SCSI_PROPS(ScsiCdDevice, cd.scsi),
                       PROP_DRIVE("drive", ScsiCdDevice, handle, .about = "its drive"),
                       PROP_STRING("serial", ScsiCdDevice, serial, .about = "serial number")),
    .state     = STATE(SCSI_CD_STATE(ScsiCdDevice, cd)),
    .realize   = scsi_cd_realize,
    .reset     = scsi_cd_device_reset,
    .unrealize = scsi_cd_unrealize,
    .loaded    = scsi_cd_device_loaded,
};
