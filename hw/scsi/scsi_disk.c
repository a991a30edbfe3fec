/* SPDX-License-Identifier: MIT */
/*
 * A SCSI disk with blocks of 512 bytes.
 * Implements: SPC-3 (INQUIRY, MODE SENSE, REQUEST SENSE, REPORT LUNS, ...) and SBC-2 (READ, WRITE,
 * VERIFY, READ CAPACITY, SYNCHRONIZE CACHE, START STOP UNIT, ...).
 * Choices: only logical unit 0 exists.   The geometry in the mode
 * pages is 255 heads of 63 sectors.  Mode parameters can be sent but not changed.
 * Not here: tagged task management, reservations, protection information.
 */
#include "hw/scsi/scsi.h"
#include "io/block/block.h"

enum { BLOCK = 512 };
enum { KEY_NOT_READY = 2, KEY_ILLEGAL = 5, KEY_PROTECT = 7 };

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

/* len bytes of the buffer, no more than the initiator asked for. */
static void answer(ScsiRequest *r, unsigned len, uint64_t allocated)
{
    r->direction = SCSI_FROM_TARGET;
    r->length = MIN(len, allocated);
}

static void bad_field(ScsiTarget *t, ScsiRequest *r)
{
    scsi_fail(t, r, KEY_ILLEGAL, 0x24, 0x00);
}

static void put_text(uint8_t *p, unsigned len, const char *text)
{
    memset(p, ' ', len);
    memcpy(p, text, MIN(strlen(text), len));
}

static void test_unit_ready(ScsiTarget *t, ScsiRequest *r)
{
    if (!disk_of(t)->block) {
        scsi_fail(t, r, KEY_NOT_READY, 0x3a, 0x00);     /* medium not present */
    }
}

static void request_sense(ScsiTarget *t, ScsiRequest *r)
{
    memcpy(r->buffer, t->sense, SCSI_SENSE);
    r->buffer[0] = 0x70;
    r->buffer[7] = SCSI_SENSE - 8;
    answer(r, SCSI_SENSE, r->cdb[4]);
    memset(t->sense, 0, SCSI_SENSE);
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
            answer(r, len, allocated);
        } else {
            bad_field(t, r);
        }
        return;
    }
    if (r->cdb[2]) {
        bad_field(t, r);
        return;
    }
    memset(p, 0, 36);
    p[0] = r->lun ? 0x7f : 0x00;        /* nothing there, or a disk */
    p[2] = 5;                           /* SPC-3 */
    p[3] = 2;
    p[4] = 36 - 5;
    p[7] = 0x02;                        /* command queuing */
    put_text(p + 8, 8, "EMU");
    put_text(p + 16, 16, "HARDDISK");
    put_text(p + 32, 4, "1.0");
    answer(r, 36, allocated);
}

/* --- MODE SENSE ------------------------------------------------------------------------------- */

typedef struct ModePage {
    uint8_t code, len;                  /* len: of what follows the two bytes of header */
    void  (*fill)(ScsiTarget *t, uint8_t *p);
} ModePage;

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

static const ModePage mode_pages[] = {
    { 0x01, 10 },                       /* error recovery */
    { 0x03, 22, fill_format },
    { 0x04, 22, fill_geometry },
    { 0x08, 18, fill_caching },
    { 0x0a, 10 },                       /* control */
};

static unsigned add_mode_pages(ScsiTarget *t, uint8_t *p, unsigned page, bool changeable)
{
    unsigned len = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(mode_pages); i++) {
        const ModePage *m = &mode_pages[i];
        if (page != 0x3f && page != m->code) {
            continue;
        }
        memset(p + len, 0, m->len + 2);
        p[len] = m->code;
        p[len + 1] = m->len;
        if (m->fill && !changeable) {
            m->fill(t, p + len);
        }
        len += m->len + 2;
    }
    return len;
}

static void mode_sense(ScsiTarget *t, ScsiRequest *r)
{
    bool ten = r->cdb[0] == 0x5a;
    unsigned header = ten ? 8 : 4, page = r->cdb[2] & 0x3f, control = r->cdb[2] >> 6;
    unsigned descriptor = r->cdb[1] & 0x08 ? 0 : 8;
    uint8_t *p = r->buffer;
    if (control == 3) {
        scsi_fail(t, r, KEY_ILLEGAL, 0x39, 0x00);       /* saving is not supported */
        return;
    }
    memset(p, 0, header + 8);
    if (descriptor) {
        st_be32(p + header, MIN(n_blocks(t), 0xffffff));
        st_be32(p + header + 4, BLOCK);
    }
    unsigned pages = add_mode_pages(t, p + header + descriptor, page, control == 1);
    if (!pages && page != 0) {
        bad_field(t, r);
        return;
    }
    unsigned len = header + descriptor + pages;
    uint8_t specific = 0x10 | (block_read_only(disk_of(t)->block) ? 0x80 : 0);
    if (ten) {
        st_be16(p, len - 2);
        p[3] = specific;
        p[7] = descriptor;
    } else {
        p[0] = len - 1;
        p[2] = specific;
        p[3] = descriptor;
    }
    answer(r, len, ten ? ld_be16(r->cdb + 7) : r->cdb[4]);
}

/* Takes the parameters; finish() looks at nothing, as nothing can be changed. */
static void mode_select(ScsiTarget *t, ScsiRequest *r)
{
    unsigned len = r->cdb[0] == 0x55 ? ld_be16(r->cdb + 7) : r->cdb[4];
    if (len > SCSI_BUFFER) {
        bad_field(t, r);
        return;
    }
    r->direction = SCSI_TO_TARGET;
    r->length = len;
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static uint64_t lba_of(const uint8_t *cdb)
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

static uint64_t count_of(const uint8_t *cdb)
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

static bool in_range(ScsiTarget *t, ScsiRequest *r)
{
    uint64_t lba = lba_of(r->cdb), n = count_of(r->cdb), end = n_blocks(t);
    if (lba > end || n > end - lba) {
        scsi_fail(t, r, KEY_ILLEGAL, 0x21, 0x00);       /* address out of range */
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
        r->offset = lba_of(r->cdb) * BLOCK;
        r->length = count_of(r->cdb) * BLOCK;
    }
}

static void read_blocks(ScsiTarget *t, ScsiRequest *r)
{
    transfer(t, r, SCSI_FROM_TARGET);
}

static bool protected(ScsiTarget *t, ScsiRequest *r)
{
    if (block_read_only(disk_of(t)->block)) {
        scsi_fail(t, r, KEY_PROTECT, 0x27, 0x00);
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
        bad_field(t, r);
    } else {
        in_range(t, r);
    }
}

static void seek(ScsiTarget *t, ScsiRequest *r)
{
    if (lba_of(r->cdb) >= n_blocks(t)) {
        scsi_fail(t, r, KEY_ILLEGAL, 0x21, 0x00);
    }
}

static void read_capacity10(ScsiTarget *t, ScsiRequest *r)
{
    if (!disk_of(t)->block || !n_blocks(t)) {
        scsi_fail(t, r, KEY_NOT_READY, 0x3a, 0x00);
        return;
    }
    st_be32(r->buffer, MIN(n_blocks(t) - 1, 0xffffffff));
    st_be32(r->buffer + 4, BLOCK);
    answer(r, 8, 8);
}

static void service_action_in(ScsiTarget *t, ScsiRequest *r)
{
    if ((r->cdb[1] & 0x1f) != 0x10 || !n_blocks(t)) {
        bad_field(t, r);
        return;
    }
    memset(r->buffer, 0, 32);           /* READ CAPACITY(16) */
    st_be64(r->buffer, n_blocks(t) - 1);
    st_be32(r->buffer + 8, BLOCK);
    answer(r, 32, ld_be32(r->cdb + 10));
}

static void synchronize_cache(ScsiTarget *t, ScsiRequest *r)
{
    if (!block_flush(disk_of(t)->block)) {
        scsi_fail(t, r, 0x03, 0x0c, 0x00);
    }
}

static void report_luns(ScsiTarget *t, ScsiRequest *r)
{
    memset(r->buffer, 0, 16);
    r->buffer[3] = 8;
    answer(r, 16, ld_be32(r->cdb + 6));
}

static void done(ScsiTarget *t, ScsiRequest *r)
{
}

typedef struct Command {
    void (*start)(ScsiTarget *t, ScsiRequest *r);
} Command;

static const Command commands[256] = {
    [0x00] = { test_unit_ready },   [0x01] = { done },              /* REZERO */
    [0x03] = { request_sense },     [0x04] = { done },              /* FORMAT */
    [0x08] = { read_blocks },       [0x0a] = { write_blocks },
    [0x0b] = { seek },              [0x12] = { inquiry },
    [0x15] = { mode_select },       [0x16] = { done },              /* RESERVE, RELEASE */
    [0x17] = { done },              [0x1a] = { mode_sense },
    [0x1b] = { done },              [0x1d] = { done },              /* START STOP, DIAGNOSTIC */
    [0x1e] = { done },              [0x25] = { read_capacity10 },   /* PREVENT REMOVAL */
    [0x28] = { read_blocks },       [0x2a] = { write_blocks },
    [0x2b] = { seek },              [0x2e] = { write_blocks },      /* WRITE AND VERIFY */
    [0x2f] = { verify },            [0x35] = { synchronize_cache },
    [0x55] = { mode_select },       [0x5a] = { mode_sense },
    [0x88] = { read_blocks },       [0x8a] = { write_blocks },
    [0x8e] = { write_blocks },      [0x8f] = { verify },
    [0x91] = { synchronize_cache }, [0x9e] = { service_action_in },
    [0xa0] = { report_luns },       [0xa8] = { read_blocks },
    [0xaa] = { write_blocks },      [0xae] = { write_blocks },
    [0xaf] = { verify },
};

static void disk_start(ScsiTarget *t, ScsiRequest *r)
{
    uint8_t op = r->cdb[0];
    if (r->lun && op != 0x12 && op != 0x03 && op != 0xa0) {
        scsi_fail(t, r, KEY_ILLEGAL, 0x25, 0x00);       /* logical unit not supported */
    } else if (!commands[op].start) {
        log_guest(t->dev, "SCSI command %#x", op);
        scsi_fail(t, r, KEY_ILLEGAL, 0x20, 0x00);       /* invalid command */
    } else {
        commands[op].start(t, r);
    }
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
