/* SPDX-License-Identifier: MIT */
/*
 * An ATA disk's commands.
 * Implements: ATA/ATAPI-6 (T13/1410D), chapter 8, the general feature set with 48-bit addresses, and
 * from earlier editions the geometry, SEEK and RECALIBRATE.
 *
 * Choices: PIO and DMA modes are stored, not timed; sleep and standby cost nothing.  VERIFY reads the
 * image.  SMART has no attributes, no errors in its logs and is always well.  After a command the
 * address is that of the last sector, as early drives have it.
 * Not here: host protected area, security, CFA, streaming, TRIM, advanced power management.
 */
#include "hw/ide/ata.h"

enum { EXT = 0x01, DMA = 0x02, WRITE = 0x04, MULTIPLE = 0x08, FUA = 0x10 };    /* flags of a row */
enum { CHS_LIMIT = 16383 * 16 * 63, DEFAULT_HEADS = 16, DEFAULT_SPT = 63 };

/* --- Addresses -------------------------------------------------------------------------------- */

static uint32_t cylinders(const AtaDrive *d, unsigned heads, unsigned spt)
{
    uint64_t n = MIN(d->sectors, CHS_LIMIT) / (heads * spt);
    return CLAMP(n, 1, 65535);
}

static uint32_t lba_low(const uint8_t *file)
{
    return file[ATA_LBA0] | file[ATA_LBA1] << 8 | file[ATA_LBA2] << 16;
}

/* UINT64_MAX: there is no such sector. */
static uint64_t address(const AtaDrive *d, bool ext)
{
    uint32_t low = lba_low(d->file[0]), head = d->device & 15;
    if (ext) {
        return low | (uint64_t)lba_low(d->file[1]) << 24;
    }
    if (d->device & ATA_LBA) {
        return low | head << 24;
    }
    uint32_t sector = d->file[0][ATA_LBA0], cylinder = low >> 8;
    if (sector == 0 || sector > d->spt || head >= d->heads ||
        cylinder >= cylinders(d, d->heads, d->spt)) {
        return UINT64_MAX;
    }
    return ((uint64_t)cylinder * d->heads + head) * d->spt + sector - 1;
}

static uint32_t count(const AtaDrive *d, bool ext)
{
    uint32_t n = d->file[0][ATA_COUNT] | (ext ? d->file[1][ATA_COUNT] << 8 : 0);
    return n ? n : ext ? 65536 : 256;
}

static void put_file(AtaDrive *d, unsigned row, uint32_t low)
{
    d->file[row][ATA_LBA0] = low;
    d->file[row][ATA_LBA1] = low >> 8;
    d->file[row][ATA_LBA2] = low >> 16;
}

static void put_address(AtaDrive *d, uint64_t lba, bool ext)
{
    if (ext) {
        put_file(d, 0, lba & 0xffffff);
        put_file(d, 1, lba >> 24 & 0xffffff);
    } else if (d->device & ATA_LBA) {
        put_file(d, 0, lba & 0xffffff);
        d->device = (d->device & 0xf0) | (lba >> 24 & 15);
    } else {
        uint64_t track = lba / d->spt;
        put_file(d, 0, track / d->heads << 8 | (lba % d->spt + 1));
        d->device = (d->device & 0xf0) | track % d->heads;
    }
}

static void put_count(AtaDrive *d, uint32_t n, bool ext)
{
    d->file[0][ATA_COUNT] = n;
    if (ext) {
        d->file[1][ATA_COUNT] = n >> 8;
    }
}

static bool in_range(const AtaDrive *d, uint64_t lba, uint32_t n)
{
    return lba < d->sectors && n <= d->sectors - lba;
}

/* --- Sectors ---------------------------------------------------------------------------------- */

bool ata_medium_move(AtaDrive *d, AtaTransfer *t, void *p, size_t len)
{
    uint64_t off = t->offset + t->moved;
    return t->to_drive ? block_write(d->block, off, p, len) : block_read(d->block, off, p, len);
}

void ata_medium_end(AtaDrive *d, AtaTransfer *t)
{
    bool quiet = !t->to_drive && !t->dma, ok = !t->failed;
    uint64_t sectors = t->moved / ATA_SECTOR, first = t->offset / ATA_SECTOR;
    put_address(d, ok ? first + sectors - 1 : first + sectors, t->ext);
    put_count(d, t->total / ATA_SECTOR - sectors, t->ext);
    if (!ok) {
        ata_fail(d, t->to_drive ? ATA_ABRT : ATA_UNC);
    } else if (quiet) {                 /* the last interrupt was that of the data */
        *t = (AtaTransfer){ .source = ATA_NO_DATA };
        d->status = ATA_DRDY | ATA_DSC;
    } else if (t->to_drive && (t->fua || !d->write_cache) && !block_flush(d->block)) {
        ata_fail(d, ATA_ABRT);
    } else {
        ata_done(d);
    }
}

static void sectors(AtaDrive *d, const AtaCommand *c)
{
    bool ext = c->flags & EXT;
    uint64_t lba = address(d, ext);
    uint32_t n = count(d, ext), unit = c->flags & MULTIPLE ? d->multiple : 1;
    if (!unit) {
        ata_abort(d, c);                /* multiple mode is not set */
    } else if ((c->flags & WRITE) && block_read_only(d->block)) {
        ata_fail(d, ATA_ABRT | ATA_WP);
    } else if (!in_range(d, lba, n)) {
        ata_fail(d, ATA_IDNF);
    } else {
        d->power = ATA_ACTIVE;
        ata_start(d, &(AtaTransfer){
            .source = ATA_FROM_MEDIUM, .to_drive = c->flags & WRITE, .dma = c->flags & DMA,
            .ext = ext, .fua = c->flags & FUA, .offset = lba * ATA_SECTOR,
            .total = (uint64_t)n * ATA_SECTOR, .unit = unit * ATA_SECTOR,
        });
    }
}

/* The first sector that the image does not give. */
static uint64_t first_bad(AtaDrive *d, uint64_t lba, uint32_t n)
{
    static const uint32_t steps[] = { ATA_BUFFER / ATA_SECTOR, 1 };
    uint64_t end = lba + n;
    for (unsigned i = 0; i < ARRAY_SIZE(steps); i++) {
        for (uint64_t step; lba < end; lba += step) {
            step = MIN(steps[i], end - lba);
            if (!block_read(d->block, lba * ATA_SECTOR, d->ch->buffer, step * ATA_SECTOR)) {
                break;
            }
        }
    }
    return lba;
}

static void verify(AtaDrive *d, const AtaCommand *c)
{
    bool ext = c->flags & EXT;
    uint64_t lba = address(d, ext);
    uint32_t n = count(d, ext);
    if (!in_range(d, lba, n)) {
        ata_fail(d, ATA_IDNF);
        return;
    }
    uint64_t bad = first_bad(d, lba, n);
    bool ok = bad == lba + n;
    put_address(d, ok ? bad - 1 : bad, ext);
    put_count(d, lba + n - bad, ext);
    if (ok) {
        ata_done(d);
    } else {
        ata_fail(d, ATA_UNC);
    }
}

static void seek(AtaDrive *d, const AtaCommand *c)
{
    if (in_range(d, address(d, false), 1)) {
        ata_done(d);
    } else {
        ata_fail(d, ATA_IDNF);
    }
}

static void recalibrate(AtaDrive *d, const AtaCommand *c)
{
    d->file[0][ATA_LBA1] = d->file[0][ATA_LBA2] = 0;
    ata_done(d);
}

static void flush(AtaDrive *d, const AtaCommand *c)
{
    if (block_flush(d->block)) {
        ata_done(d);
    } else {
        ata_fail(d, ATA_ABRT);
        d->status |= ATA_DF;
    }
}

static void native_max(AtaDrive *d, const AtaCommand *c)
{
    bool ext = c->flags & EXT;
    uint64_t last = MAX(d->sectors, 1) - 1;
    d->device |= ATA_LBA;
    put_address(d, ext ? last : MIN(last, 0x0ffffffe), ext);
    ata_done(d);
}

static void read_buffer(AtaDrive *d, const AtaCommand *c)
{
    ata_send_buffer(d, ATA_SECTOR);
}

static void write_buffer(AtaDrive *d, const AtaCommand *c)
{
    ata_start(d, &(AtaTransfer){ .source = ATA_FROM_BUFFER, .to_drive = true,
                                 .total = ATA_SECTOR, .unit = ATA_SECTOR });
}

/* --- Settings --------------------------------------------------------------------------------- */

static void set_multiple(AtaDrive *d, const AtaCommand *c)
{
    uint8_t n = d->file[0][ATA_COUNT];
    if (n > ATA_MAX_MULTIPLE || (n && !is_power_of_2(n))) {
        d->multiple = 0;
        ata_abort(d, c);
        return;
    }
    d->multiple = n;
    ata_done(d);
}

/* INITIALIZE DEVICE PARAMETERS: heads and sectors of a track as the host wants to count. */
static void set_geometry(AtaDrive *d, const AtaCommand *c)
{
    if (!d->file[0][ATA_COUNT]) {
        ata_abort(d, c);
        return;
    }
    d->heads = (d->device & 15) + 1;
    d->spt = d->file[0][ATA_COUNT];
    ata_done(d);
}

/* --- SMART (8.41) ----------------------------------------------------------------------------- */

static void smart_sector(AtaDrive *d, void (*fill)(AtaDrive *d, uint8_t *p))
{
    uint8_t *p = d->ch->buffer, sum = 0;
    memset(p, 0, ATA_SECTOR);
    fill(d, p);
    for (unsigned i = 0; i < ATA_SECTOR - 1; i++) {
        sum += p[i];
    }
    p[ATA_SECTOR - 1] = -sum;
    ata_send_buffer(d, ATA_SECTOR);
}

static void fill_smart_data(AtaDrive *d, uint8_t *p)
{
    st_le16(p, 0x0010);                 /* structure revision; no attributes follow */
    p[363] = 0;                         /* self-test: completed, or never run */
    st_le16(p + 368, 0x0003);           /* saves attributes before standby and by command */
    p[370] = 0x01;                      /* error logging */
}

static void fill_smart_thresholds(AtaDrive *d, uint8_t *p)
{
    st_le16(p, 0x0010);
}

static void fill_smart_log(AtaDrive *d, uint8_t *p)
{
    p[0] = 1;                           /* version: of the directory, or an error log without errors */
    if (d->file[0][ATA_LBA0] == 0) {
        p[2 * 1] = p[2 * 6] = 1;        /* sectors of the logs that there are */
    }
}

static void smart_log(AtaDrive *d, const AtaCommand *c)
{
    uint8_t log = d->file[0][ATA_LBA0];
    if ((log == 0 || log == 1 || log == 6) && d->file[0][ATA_COUNT] == 1) {
        smart_sector(d, fill_smart_log);
    } else {
        ata_abort(d, c);
    }
}

static void smart(AtaDrive *d, const AtaCommand *c)
{
    uint8_t feature = d->file[0][ATA_FEATURE];
    bool key = d->file[0][ATA_LBA1] == 0x4f && d->file[0][ATA_LBA2] == 0xc2;
    if (!key || (!d->smart && feature != 0xd8)) {
        ata_abort(d, c);
        return;
    }
    switch (feature) {
    case 0xd0:
        smart_sector(d, fill_smart_data);
        break;
    case 0xd1:
        smart_sector(d, fill_smart_thresholds);
        break;
    case 0xd5:
        smart_log(d, c);
        break;
    case 0xd8:
    case 0xd9:
        d->smart = feature == 0xd8;
        /* fall through */
    case 0xd2:                          /* autosave */
    case 0xd3:                          /* save attributes */
    case 0xda:                          /* status: 4fh and c2h stay, no threshold exceeded */
        ata_done(d);
        break;
    default:
        ata_abort(d, c);
        break;
    }
}

/* --- IDENTIFY DEVICE (8.15) ------------------------------------------------------------------- */

static void identify_geometry(AtaDrive *d, uint8_t *p)
{
    uint32_t now = cylinders(d, d->heads, d->spt);
    st_le16(p + 2 * 1, cylinders(d, DEFAULT_HEADS, DEFAULT_SPT));
    st_le16(p + 2 * 3, DEFAULT_HEADS);
    st_le16(p + 2 * 6, DEFAULT_SPT);
    st_le16(p + 2 * 54, now);
    st_le16(p + 2 * 55, d->heads);
    st_le16(p + 2 * 56, d->spt);
    st_le32(p + 2 * 57, MIN((uint64_t)now * d->heads * d->spt, d->sectors));
    st_le32(p + 2 * 60, MIN(d->sectors, 0x0fffffff));
    st_le64(p + 2 * 100, d->sectors);
}

static void identify_features(AtaDrive *d, uint8_t *p)
{
    unsigned on = (d->smart ? 0x01 : 0) | (d->write_cache ? 0x20 : 0) | (d->look_ahead ? 0x40 : 0);
    st_le16(p + 2 * 80, 0x007e);        /* ATA-1 to ATA/ATAPI-6 */
    st_le16(p + 2 * 82, 0x7069);        /* NOP, READ and WRITE BUFFER, caches, power, SMART */
    st_le16(p + 2 * 83, 0x7400);        /* FLUSH CACHE (EXT), 48 bits */
    st_le16(p + 2 * 84, 0x4041);        /* WRITE DMA FUA EXT, SMART error log */
    st_le16(p + 2 * 85, 0x7008 | on);
    st_le16(p + 2 * 86, 0x3400);
    st_le16(p + 2 * 87, 0x4041);
}

static void identify(AtaDrive *d, const AtaCommand *c)
{
    uint8_t *p = d->ch->buffer;
    char serial[20];
    memset(p, 0, ATA_SECTOR);
    st_le16(p, 0x0040);                 /* fixed */
    ata_put_text(p + 2 * 10, 20, ata_serial(d, serial));
    ata_put_text(p + 2 * 23, 8, "1.0");
    ata_put_text(p + 2 * 27, 40, "EMU HARDDISK");
    st_le16(p + 2 * 47, 0x8000 | ATA_MAX_MULTIPLE);
    ata_identify_modes(d, p);
    p[2 * 49 + 1] |= 0x20;              /* standby timer values as in the standard */
    p[2 * 53] |= 0x01;                  /* 54 to 58 are valid */
    st_le16(p + 2 * 50, 0x4000);
    st_le16(p + 2 * 59, d->multiple ? 0x100 | d->multiple : 0);
    identify_geometry(d, p);
    identify_features(d, p);
    ata_identify_checksum(p);
    ata_send_buffer(d, ATA_SECTOR);
}

/* --- The table -------------------------------------------------------------------------------- */

#define SIXTEEN(first, ...) [first ... first + 15] = { __VA_ARGS__ }

const AtaCommand ata_disk_commands[256] = {
    [0x00] = { ata_abort },                                     /* NOP */
    [0x08] = { ata_abort },                                     /* DEVICE RESET: for packet devices */
    SIXTEEN(0x10, recalibrate),
    [0x20] = { sectors, 0 },                [0x21] = { sectors, 0 },
    [0x24] = { sectors, EXT },              [0x25] = { sectors, EXT | DMA },
    [0x27] = { native_max, EXT },           [0x29] = { sectors, EXT | MULTIPLE },
    [0x30] = { sectors, WRITE },            [0x31] = { sectors, WRITE },
    [0x34] = { sectors, EXT | WRITE },      [0x35] = { sectors, EXT | WRITE | DMA },
    [0x39] = { sectors, EXT | WRITE | MULTIPLE },
    [0x3c] = { sectors, WRITE },                                /* WRITE VERIFY */
    [0x3d] = { sectors, EXT | WRITE | DMA | FUA },
    [0x40] = { verify, 0 },                 [0x41] = { verify, 0 },
    [0x42] = { verify, EXT },
    SIXTEEN(0x70, seek),
    [0x90] = { ata_diagnostic },            [0x91] = { set_geometry },
    [0x94] = { ata_set_power, 0 },          [0x95] = { ata_set_power, 1 },
    [0x96] = { ata_set_power, 2 },          [0x97] = { ata_set_power, 3 },
    [0x98] = { ata_check_power },           [0x99] = { ata_set_power, 6 },
    [0xa0] = { ata_abort },                 [0xa1] = { ata_abort },     /* for packet devices */
    [0xb0] = { smart },
    [0xc4] = { sectors, MULTIPLE },         [0xc5] = { sectors, WRITE | MULTIPLE },
    [0xc6] = { set_multiple },
    [0xc8] = { sectors, DMA },              [0xc9] = { sectors, DMA },
    [0xca] = { sectors, WRITE | DMA },      [0xcb] = { sectors, WRITE | DMA },
    [0xce] = { sectors, EXT | WRITE | MULTIPLE | FUA },
    [0xe0] = { ata_set_power, 0 },          [0xe1] = { ata_set_power, 1 },
    [0xe2] = { ata_set_power, 2 },          [0xe3] = { ata_set_power, 3 },
    [0xe4] = { read_buffer },               [0xe5] = { ata_check_power },
    [0xe6] = { ata_set_power, 6 },          [0xe7] = { flush },
    [0xe8] = { write_buffer },              [0xea] = { flush },
    [0xec] = { identify },                  [0xef] = { ata_set_features },
    [0xf8] = { native_max, 0 },
};
