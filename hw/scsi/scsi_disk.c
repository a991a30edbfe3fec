/* SPDX-License-Identifier: MIT */
/*
 * A SCSI disk with blocks of 512 bytes.
 * Implements: SPC-3 (INQUIRY, MODE SENSE, REQUEST SENSE, REPORT LUNS, ...) and SBC-2 (READ, WRITE,
 * VERIFY, READ CAPACITY, SYNCHRONIZE CACHE, START STOP UNIT, ...).
 * Choices: the geometry in the mode pages is 255 heads of 63 sectors.
 * Not here: tagged task management, reservations, protection information.
 */
#include "hw/scsi/commands.h"
#include "io/block/block.h"

enum { BLOCK = 512 };

typedef struct ScsiDisk {
    Device      dev;
    ScsiTarget  scsi;
    Block      *block;
    const char *serial;
} ScsiDisk;

#define SCSI_DISK(d) DEVICE_AS(ScsiDisk, d)

static ScsiDisk *disk_of(ScsiTarget *t)
{
    return SCSI_DISK(t->dev);
}

static uint64_t n_blocks(ScsiTarget *t)
{
    return block_size(disk_of(t)->block) / BLOCK;
}

/* --- Answers ---------------------------------------------------------------------------------- */

static void test_unit_ready(ScsiTarget *t, ScsiRequest *r)
{
    if (!disk_of(t)->block) {
        scsi_fail(t, r, SCSI_NOT_READY, 0x3a, 0x00);     /* medium not present */
    }
}

/* --- INQUIRY ---------------------------------------------------------------------------------- */

static const char *serial(ScsiTarget *t)
{
    return disk_of(t)->serial ? disk_of(t)->serial : t->dev->id;
}

/* The vital product data page; its length, or 0 for one that is not there. */
static unsigned vpd_page(ScsiTarget *t, uint8_t page, uint8_t *p)
{
    static const uint8_t pages[] = { 0x00, 0x80, 0x83, 0xb0 };
    unsigned len = MIN(strlen(serial(t)), 20);
    memset(p, 0, 64);
    p[1] = page;
    switch (page) {
    case 0x00:
        memcpy(p + 4, pages, sizeof(pages));
        p[3] = sizeof(pages);
        break;
    case 0x80:                          /* unit serial number */
        memcpy(p + 4, serial(t), len);
        p[3] = len;
        break;
    case 0x83:                          /* identification: vendor specific, ASCII */
        p[4] = 0x02;
        p[7] = len;
        memcpy(p + 8, serial(t), len);
        p[3] = len + 4;
        break;
    case 0xb0:                          /* block limits */
        st_be32(p + 8, 0xffff);
        p[3] = 0x3c;
        break;
    default:
        return 0;
    }
    return p[3] + 4;
}

static void inquiry(ScsiTarget *t, ScsiRequest *r)
{
    uint8_t *p = r->buffer;
    unsigned allocated = ld_be16(r->cdb + 3);
    if (r->cdb[1] & 1) {
        unsigned len = vpd_page(t, r->cdb[2], p);
        if (len) {
            scsi_answer(r, len, allocated);
        } else {
            scsi_bad_field(t, r);
        }
        return;
    }
    if (r->cdb[2]) {
        scsi_bad_field(t, r);
        return;
    }
    memset(p, 0, 36);
    p[0] = r->lun ? 0x7f : 0x00;        /* nothing there, or a disk */
    p[2] = 5;                           /* SPC-3 */
    p[3] = 2;
    p[4] = 36 - 5;
    p[7] = 0x02;                        /* command queuing */
    scsi_put_text(p + 8, 8, "EMU");
    scsi_put_text(p + 16, 16, "HARDDISK");
    scsi_put_text(p + 32, 4, "1.0");
    scsi_answer(r, 36, allocated);
}

/* --- MODE SENSE ------------------------------------------------------------------------------- */

static uint32_t cylinders(ScsiTarget *t)
{
    return MIN(n_blocks(t) / (255 * 63) + 1, 0xffff);
}

static void fill_format(ScsiTarget *t, uint8_t *p)
{
    st_be16(p + 10, 63);                /* sectors a track */
    st_be16(p + 12, BLOCK);
    p[20] = 0x40;                       /* hard sectors */
}

static void fill_geometry(ScsiTarget *t, uint8_t *p)
{
    p[2] = cylinders(t) >> 16;
    st_be16(p + 3, cylinders(t));
    p[5] = 255;
    st_be16(p + 20, 7200);
}

static void fill_caching(ScsiTarget *t, uint8_t *p)
{
    p[2] = 0x04;                        /* the write cache is on */
}

static const ScsiModePage mode_pages[] = {
    { 0x01, 10 },                       /* error recovery */
    { 0x03, 22, fill_format },
    { 0x04, 22, fill_geometry },
    { 0x08, 18, fill_caching },
    { 0x0a, 10 },                       /* control */
};

static void mode_sense(ScsiTarget *t, ScsiRequest *r)
{
    scsi_mode_sense(t, r, &(ScsiMode){
        .pages = mode_pages, .n_pages = ARRAY_SIZE(mode_pages), .blocks = n_blocks(t),
        .block_len = BLOCK,
        .specific = 0x10 | (block_read_only(disk_of(t)->block) ? 0x80 : 0),
    });
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static bool in_range(ScsiTarget *t, ScsiRequest *r)
{
    uint64_t lba = scsi_lba(r->cdb), n = scsi_count(r->cdb), end = n_blocks(t);
    if (lba > end || n > end - lba) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x21, 0x00);       /* address out of range */
        return false;
    }
    return true;
}

static void transfer(ScsiTarget *t, ScsiRequest *r, unsigned direction)
{
    if (!disk_of(t)->block) {
        test_unit_ready(t, r);
    } else if (in_range(t, r)) {
        r->direction = direction;
        r->on_medium = true;
        r->offset = scsi_lba(r->cdb) * BLOCK;
        r->length = scsi_count(r->cdb) * BLOCK;
    }
}

static void read_blocks(ScsiTarget *t, ScsiRequest *r)
{
    transfer(t, r, SCSI_FROM_TARGET);
}

static bool protected(ScsiTarget *t, ScsiRequest *r)
{
    if (block_read_only(disk_of(t)->block)) {
        scsi_fail(t, r, SCSI_PROTECT, 0x27, 0x00);
        return true;
    }
    return false;
}

static void write_blocks(ScsiTarget *t, ScsiRequest *r)
{
    if (!protected(t, r)) {
        transfer(t, r, SCSI_TO_TARGET);
    }
}

/* Without BYTCHK: are the blocks readable?  They are. */
static void verify(ScsiTarget *t, ScsiRequest *r)
{
    if (r->cdb[1] & 0x06) {
        scsi_bad_field(t, r);
    } else {
        in_range(t, r);
    }
}

static void seek(ScsiTarget *t, ScsiRequest *r)
{
    if (scsi_lba(r->cdb) >= n_blocks(t)) {
        scsi_fail(t, r, SCSI_ILLEGAL, 0x21, 0x00);
    }
}

static void read_capacity10(ScsiTarget *t, ScsiRequest *r)
{
    if (!disk_of(t)->block || !n_blocks(t)) {
        scsi_fail(t, r, SCSI_NOT_READY, 0x3a, 0x00);
        return;
    }
    st_be32(r->buffer, MIN(n_blocks(t) - 1, 0xffffffff));
    st_be32(r->buffer + 4, BLOCK);
    scsi_answer(r, 8, 8);
}

static void service_action_in(ScsiTarget *t, ScsiRequest *r)
{
    if ((r->cdb[1] & 0x1f) != 0x10 || !n_blocks(t)) {
        scsi_bad_field(t, r);
        return;
    }
    memset(r->buffer, 0, 32);           /* READ CAPACITY(16) */
    st_be64(r->buffer, n_blocks(t) - 1);
    st_be32(r->buffer + 8, BLOCK);
    scsi_answer(r, 32, ld_be32(r->cdb + 10));
}

static void synchronize_cache(ScsiTarget *t, ScsiRequest *r)
{
    if (!block_flush(disk_of(t)->block)) {
        scsi_fail(t, r, 0x03, 0x0c, 0x00);
    }
}

static const ScsiCommand commands[256] = {
    [0x00] = { test_unit_ready },           [0x01] = { scsi_nothing },      /* REZERO */
    [0x03] = { scsi_request_sense },        [0x04] = { scsi_nothing },      /* FORMAT */
    [0x08] = { read_blocks },               [0x0a] = { write_blocks },
    [0x0b] = { seek },                      [0x12] = { inquiry },
    [0x15] = { scsi_mode_select },          [0x16] = { scsi_nothing },      /* RESERVE */
    [0x17] = { scsi_nothing },              [0x1a] = { mode_sense },        /* RELEASE */
    [0x1b] = { scsi_nothing },              [0x1d] = { scsi_nothing },      /* START STOP, DIAGNOSTIC */
    [0x1e] = { scsi_nothing },              [0x25] = { read_capacity10 },   /* PREVENT REMOVAL */
    [0x28] = { read_blocks },               [0x2a] = { write_blocks },
    [0x2b] = { seek },                      [0x2e] = { write_blocks },      /* WRITE AND VERIFY */
    [0x2f] = { verify },                    [0x35] = { synchronize_cache },
    [0x55] = { scsi_mode_select },          [0x5a] = { mode_sense },
    [0x88] = { read_blocks },               [0x8a] = { write_blocks },
    [0x8e] = { write_blocks },              [0x8f] = { verify },
    [0x91] = { synchronize_cache },         [0x9e] = { service_action_in },
    [0xa0] = { scsi_report_luns },          [0xa8] = { read_blocks },
    [0xaa] = { write_blocks },              [0xae] = { write_blocks },
    [0xaf] = { verify },
};

static void disk_start(ScsiTarget *t, ScsiRequest *r)
{
    scsi_dispatch(t, r, commands);
}

static bool disk_read(ScsiTarget *t, uint64_t off, void *buf, size_t len)
{
    return block_read(disk_of(t)->block, off, buf, len);
}

static bool disk_write(ScsiTarget *t, uint64_t off, const void *buf, size_t len)
{
    return block_write(disk_of(t)->block, off, buf, len);
}

static bool scsi_disk_realize(Device *dev, GError **err)
{
    ScsiDisk *s = SCSI_DISK(dev);
    s->scsi.start = disk_start;
    s->scsi.read_medium = disk_read;
    s->scsi.write_medium = disk_write;
    return scsi_attach(&s->scsi, dev, err);
}

static void scsi_disk_unrealize(Device *dev)
{
    scsi_detach(&SCSI_DISK(dev)->scsi);
}

const DeviceClass scsi_disk = {
    .name      = "scsi-disk", .about = "SCSI disk", .bus = "scsi", .size = sizeof(ScsiDisk),
    .props     = PROPS(SCSI_PROPS(ScsiDisk, scsi),
                       PROP_DRIVE("drive", ScsiDisk, block, .about = "its contents"),
                       PROP_STRING("serial", ScsiDisk, serial, .about = "serial number")),
    .state     = STATE(SCSI_STATE(ScsiDisk, scsi)),
    .realize   = scsi_disk_realize,
    .unrealize = scsi_disk_unrealize,
};
