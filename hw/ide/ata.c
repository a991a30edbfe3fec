/* SPDX-License-Identifier: MIT */
/*
 * An ATA channel: registers, selection, reset, and the data of a command on their way.
 * Implements: ATA/ATAPI-6 (T13/1410D), chapters 5 (signals), 7 (registers) and 9 (protocols).
 *
 * Data of a command go through the channel's buffer in PIO, up to 64 KiB by one access of the image
 * however small the DRQ blocks; in DMA straight between the image and what the adapter gives.
 *
 * Choices: nothing takes time, so BSY is seen only while SRST is held.  A drive that waits for DMA
 * shows DRQ.  Both drives take every write to the command block but the command itself, as on the
 * cable.  Device 0 answers for a device 1 that is not there (9.16.1); on an empty cable only DD7
 * is pulled down.
 * Not here: overlapped and queued commands, 8-bit data, CFA, host protected area, security.
 */
#include "hw/ide/ata.h"

static AtaDrive *selected(AtaChannel *ch)
{
    return &ch->drive[ch->selected];
}

/* --- Interrupts and ends ---------------------------------------------------------------------- */

static void update_irq(AtaChannel *ch)
{
    ch->irq_changed(ch, selected(ch)->intrq && !(ch->control & ATA_NIEN));
}

void ata_raise(AtaDrive *d)
{
    d->intrq = true;
    update_irq(d->ch);
}

static void end_transfer(AtaDrive *d)
{
    if (d->ch->t.drive == d->number) {
        d->ch->t = (AtaTransfer){ .source = ATA_NO_DATA };
    }
}

void ata_done(AtaDrive *d)
{
    end_transfer(d);
    d->status = ATA_DRDY | ATA_DSC;
    ata_raise(d);
}

void ata_fail(AtaDrive *d, uint8_t error)
{
    end_transfer(d);
    d->status = ATA_DRDY | ATA_DSC | ATA_ERR;
    d->error = error;
    ata_raise(d);
}

void ata_abort(AtaDrive *d, const AtaCommand *c)
{
    ata_fail(d, ATA_ABRT);
}

/* --- Data ------------------------------------------------------------------------------------- */

static bool nothing_to_move(AtaDrive *d, AtaTransfer *t, void *p, size_t len)
{
    return true;
}

static void nothing_more(AtaDrive *d, AtaTransfer *t)
{
    if (t->to_drive) {
        ata_done(d);
    } else {                            /* the last interrupt was that of the data (9.7) */
        end_transfer(d);
        d->status = ATA_DRDY | ATA_DSC;
    }
}

static const struct {
    bool (*move)(AtaDrive *d, AtaTransfer *t, void *p, size_t len);
    void (*end)(AtaDrive *d, AtaTransfer *t);
    void (*block)(AtaDrive *d, AtaTransfer *t);
} sources[] = {
    [ATA_NO_DATA]     = { nothing_to_move,  nothing_more },
    [ATA_FROM_BUFFER] = { nothing_to_move,  nothing_more },
    [ATA_FROM_MEDIUM] = { ata_medium_move,  ata_medium_end },
    [ATA_PACKET]      = { nothing_to_move,  atapi_packet, atapi_block },
    [ATA_FROM_PACKET] = { atapi_move,       atapi_end, atapi_block },
};

/* Moves, or notes that it could not. */
static bool move(AtaDrive *d, AtaTransfer *t, void *p, size_t len)
{
    len = MIN(len, t->total - t->moved);        /* without the byte that makes it whole words */
    if (!sources[t->source].move(d, t, p, len)) {
        t->failed = true;
        return false;
    }
    t->moved += len;
    return true;
}

/* As much as the buffer takes of whole DRQ blocks, and in whole words. */
static uint32_t chunk(const AtaTransfer *t)
{
    return MIN(round_up(t->total - t->moved, 2), ATA_BUFFER / t->unit * t->unit);
}

/* One DRQ block is in the buffer, or has room there. */
static void offer_block(AtaDrive *d, AtaTransfer *t, bool interrupt)
{
    t->end = MIN(t->pos + t->unit, t->len);
    d->status = ATA_DRDY | ATA_DSC | ATA_DRQ;
    if (sources[t->source].block) {
        sources[t->source].block(d, t);
    }
    if (interrupt) {
        ata_raise(d);
    }
}

/* A chunk that cannot be read is read again sector by sector, for the good ones before the bad. */
static bool fill_buffer(AtaDrive *d, AtaTransfer *t)
{
    t->pos = 0;
    t->len = chunk(t);
    if (move(d, t, d->ch->buffer, t->len)) {
        return true;
    }
    bool again = t->source == ATA_FROM_MEDIUM && t->len > t->unit;
    t->len = t->unit;
    t->failed = false;
    return again && move(d, t, d->ch->buffer, t->len);
}

static void next_block_in(AtaDrive *d, AtaTransfer *t)
{
    if (t->pos == t->len) {
        if (t->moved == t->total) {
            sources[t->source].end(d, t);
            return;
        }
        if (!fill_buffer(d, t)) {
            t->failed = true;
            sources[t->source].end(d, t);
            return;
        }
    }
    offer_block(d, t, true);
}

static void next_block_out(AtaDrive *d, AtaTransfer *t)
{
    if (t->pos == t->len) {
        if (!move(d, t, d->ch->buffer, t->len) || t->moved == t->total) {
            sources[t->source].end(d, t);
            return;
        }
        t->pos = 0;
        t->len = chunk(t);
    }
    offer_block(d, t, true);
}

/* Out of line: the data register has reached the end of a block. */
static __attribute__((noinline)) void block_passed(AtaChannel *ch)
{
    AtaTransfer *t = &ch->t;
    AtaDrive *d = &ch->drive[t->drive];
    if (t->to_drive) {
        next_block_out(d, t);
    } else {
        next_block_in(d, t);
    }
}

void ata_start(AtaDrive *d, const AtaTransfer *start)
{
    AtaTransfer *t = &d->ch->t;
    *t = *start;
    t->drive = d->number;
    t->unit = MAX(t->unit, 2);
    if (t->dma) {
        d->status = ATA_DRDY | ATA_DSC | ATA_DRQ;
        d->ch->dma_ready(d->ch);
    } else if (t->to_drive) {
        t->len = chunk(t);
        offer_block(d, t, t->source == ATA_FROM_PACKET);    /* the first is not announced (9.8) */
    } else if (t->source == ATA_FROM_BUFFER) {
        t->len = t->moved = t->total;
        offer_block(d, t, true);
    } else {
        next_block_in(d, t);
    }
}

void ata_send_buffer(AtaDrive *d, unsigned len)
{
    ata_start(d, &(AtaTransfer){ .source = ATA_FROM_BUFFER, .total = len, .unit = len });
}

/* The host has gone; what came as whole sectors is written, as a write cache would. */
static void drop_transfer(AtaChannel *ch)
{
    AtaTransfer *t = &ch->t;
    uint32_t whole = round_down(t->pos, ATA_SECTOR);
    if (t->source == ATA_FROM_MEDIUM && t->to_drive && !t->dma && whole) {
        move(&ch->drive[t->drive], t, ch->buffer, whole);
    }
    *t = (AtaTransfer){ .source = ATA_NO_DATA };
}

/* --- DMA -------------------------------------------------------------------------------------- */

uint64_t ata_dma_left(const AtaChannel *ch)
{
    const AtaTransfer *t = &ch->t;
    return t->source && t->dma && !t->failed ? t->total - t->moved : 0;
}

bool ata_dma_to_drive(const AtaChannel *ch)
{
    return ch->t.to_drive;
}

void ata_dma_move(AtaChannel *ch, void *host, size_t len)
{
    move(&ch->drive[ch->t.drive], &ch->t, host, MIN(len, ata_dma_left(ch)));
}

void ata_dma_settle(AtaChannel *ch)
{
    AtaTransfer *t = &ch->t;
    if (t->source && t->dma && (t->failed || t->moved == t->total)) {
        sources[t->source].end(&ch->drive[t->drive], t);
    }
}

/* --- Reset ------------------------------------------------------------------------------------ */

void ata_signature(AtaDrive *d)
{
    bool packet = d->kind == ATA_KIND_CD;
    uint8_t *f = d->file[0];
    memset(d->file, 0, sizeof(d->file));
    f[ATA_COUNT] = f[ATA_LBA0] = 1;
    f[ATA_LBA1] = packet ? 0x14 : 0;
    f[ATA_LBA2] = packet ? 0xeb : 0;
    d->device = 0;
    d->error = 0x01;                    /* diagnostics passed */
    d->status = packet ? 0 : ATA_DRDY | ATA_DSC;
    d->intrq = false;
    d->power = ATA_ACTIVE;
}

static void software_reset(AtaChannel *ch)
{
    drop_transfer(ch);
    for (unsigned i = 0; i < 2; i++) {
        ata_signature(&ch->drive[i]);
    }
    ch->selected = 0;
    update_irq(ch);
}

static void power_on(AtaDrive *d)
{
    d->multiple = 0;
    d->mode = 0;
    d->heads = 16;
    d->spt = 63;
    d->write_cache = d->look_ahead = true;
    d->smart = true;
}

void ata_channel_reset(AtaChannel *ch)
{
    ch->t.source = ATA_NO_DATA;
    ch->control = 0;
    for (unsigned i = 0; i < 2; i++) {
        power_on(&ch->drive[i]);
        scsi_cd_reset(&ch->drive[i].cd);
    }
    software_reset(ch);
}

void ata_diagnostic(AtaDrive *d, const AtaCommand *c)
{
    software_reset(d->ch);
    if (d->ch->drive[0].present) {
        ata_raise(&d->ch->drive[0]);
    }
}

/* --- Commands that disks and CD-ROMs share ---------------------------------------------------- */

/* Transfer modes (table 48): 0x08 and a PIO mode, 0x20 and multiword DMA, 0x40 and Ultra DMA. */
static bool mode_exists(uint8_t mode)
{
    return mode <= 1 || (mode >= 0x08 && mode <= 0x0c) || (mode >= 0x20 && mode <= 0x22) ||
           (mode >= 0x40 && mode <= 0x45);
}

void ata_set_features(AtaDrive *d, const AtaCommand *c)
{
    uint8_t count = d->file[0][ATA_COUNT], feature = d->file[0][ATA_FEATURE];
    switch (feature) {
    case 0x02:
    case 0x82:
        d->write_cache = feature == 0x02;
        break;
    case 0x55:
    case 0xaa:
        d->look_ahead = feature == 0xaa;
        break;
    case 0x66:                          /* keep or forget settings at a software reset: kept */
    case 0xcc:
        break;
    case 0x03:
        if (mode_exists(count)) {
            d->mode = count;
            break;
        }
        /* fall through */
    default:
        ata_abort(d, c);
        return;
    }
    if (feature == 0x82 && !block_flush(d->block)) {
        ata_abort(d, c);
        return;
    }
    ata_done(d);
}

/* E0h to E3h and E6h, and the old codes from 94h on. */
void ata_set_power(AtaDrive *d, const AtaCommand *c)
{
    static const uint8_t to[] = { ATA_STANDBY, ATA_IDLE, ATA_STANDBY, ATA_IDLE, ATA_ACTIVE,
                                  ATA_ACTIVE, ATA_SLEEP };
    d->power = to[c->flags];
    if (d->power != ATA_IDLE) {
        block_flush(d->block);
    }
    ata_done(d);
}

void ata_check_power(AtaDrive *d, const AtaCommand *c)
{
    d->file[0][ATA_COUNT] = d->power;
    ata_done(d);
}

/* --- Parts of IDENTIFY ------------------------------------------------------------------------ */

/* Two characters a word, the first in the upper byte. */
void ata_put_text(uint8_t *p, unsigned len, const char *text)
{
    size_t n = strlen(text);
    for (unsigned i = 0; i < len; i++) {
        p[i ^ 1] = i < n ? text[i] : ' ';
    }
}

const char *ata_serial(AtaDrive *d, char buf[20])
{
    g_snprintf(buf, 20, "EMU%05u", d->ch->number * 2 + d->number + 1);
    return d->serial ? d->serial : buf;
}

/* Words 49, 51 to 53, 63 to 68, 88 and 93. */
void ata_identify_modes(AtaDrive *d, uint8_t *p)
{
    st_le16(p + 2 * 49, 0x0f00);        /* DMA, LBA, IORDY */
    st_le16(p + 2 * 51, 0x0200);
    st_le16(p + 2 * 53, 0x0006);        /* 64 to 70 and 88 are valid */
    st_le16(p + 2 * 63, 0x07 | (d->mode >> 3 == 0x20 >> 3 ? 0x100 << (d->mode & 7) : 0));
    st_le16(p + 2 * 64, 0x03);          /* PIO 3 and 4 */
    for (unsigned w = 65; w <= 68; w++) {
        st_le16(p + 2 * w, 120);        /* ns a cycle */
    }
    st_le16(p + 2 * 88, 0x3f | (d->mode >> 3 == 0x40 >> 3 ? 0x100 << (d->mode & 7) : 0));
    st_le16(p + 2 * 93, d->number ? 0x6b00 : 0x600b);   /* 80 wires, selected by jumper */
}

void ata_identify_checksum(uint8_t *p)
{
    uint8_t sum = 0xa5;
    p[510] = 0xa5;
    for (unsigned i = 0; i < 510; i++) {
        sum += p[i];
    }
    p[511] = -sum;
}

/* --- Registers -------------------------------------------------------------------------------- */

static void command(AtaChannel *ch, uint8_t opcode)
{
    AtaDrive *d = selected(ch);
    bool everyone = opcode == 0x90;     /* EXECUTE DEVICE DIAGNOSTIC */
    if (!d->present && !(everyone && ch->drive[0].present)) {
        return;
    }
    const AtaCommand *table = d->kind == ATA_KIND_CD ? atapi_commands : ata_disk_commands;
    const AtaCommand *c = &table[opcode];
    bool asleep = d->power == ATA_SLEEP && opcode != 0x08;
    if (asleep) {
        return;                         /* only a reset wakes it (6.13) */
    }
    if (ch->t.source) {
        log_guest(ch->dev, "command %#x while data of another wait", opcode);
        drop_transfer(ch);
    }
    d->intrq = false;
    update_irq(ch);
    d->status = ATA_DRDY | ATA_DSC;
    d->error = 0;
    if (c->run) {
        c->run(d, c);
    } else {
        log_guest(ch->dev, "unknown command %#x", opcode);
        ata_abort(d, c);
    }
}

static void file_write(AtaChannel *ch, unsigned reg, uint8_t value)
{
    ch->control &= ~ATA_HOB;
    for (unsigned i = 0; i < 2; i++) {
        AtaDrive *d = &ch->drive[i];
        if (reg == 6) {
            d->device = value;
        } else {
            d->file[1][reg - 1] = d->file[0][reg - 1];
            d->file[0][reg - 1] = value;
        }
    }
    if (reg == 6) {
        ch->selected = !!(value & ATA_DEV);
        update_irq(ch);
    }
}

/* What a cable without drives, or a device 0 in place of a device 1, puts on the bus. */
static uint8_t absent_read(AtaChannel *ch, unsigned reg)
{
    AtaDrive *d = &ch->drive[0];
    if (ch->selected == 0 || !d->present) {
        return 0x7f;
    }
    if (reg == 7 || d->kind == ATA_KIND_CD) {
        return 0;
    }
    return reg == 1 ? d->error : reg == 6 ? d->device : d->file[!!(ch->control & ATA_HOB)][reg - 1];
}

uint8_t ata_alternate_status(AtaChannel *ch)
{
    AtaDrive *d = selected(ch);
    if (!d->present) {
        return absent_read(ch, 7);
    }
    return ch->control & ATA_SRST ? ATA_BSY : d->status;
}

static uint8_t register_read(AtaChannel *ch, unsigned reg)
{
    AtaDrive *d = selected(ch);
    if (!d->present) {
        return absent_read(ch, reg);
    }
    if (reg == 1) {
        return d->error;
    }
    if (reg == 6) {
        return d->device;
    }
    if (reg < 6) {
        return d->file[!!(ch->control & ATA_HOB)][reg - 1];
    }
    uint8_t status = ata_alternate_status(ch);
    d->intrq = false;
    update_irq(ch);
    return status;
}

static void register_write(AtaChannel *ch, unsigned reg, uint8_t value)
{
    if (ch->control & ATA_SRST) {
        return;
    }
    if (reg == 7) {
        ch->control &= ~ATA_HOB;
        command(ch, value);
    } else {
        file_write(ch, reg, value);
    }
}

/* A byte of the data register is half a word that is gone with it. */
static uint32_t data_read(AtaChannel *ch, unsigned size)
{
    AtaTransfer *t = &ch->t;
    unsigned step = MAX(size, 2);
    if (t->pos + step > t->end || t->to_drive || t->drive != ch->selected) {
        if (t->pos < t->end && !t->to_drive && size == 4) {     /* the last word of an odd block */
            return data_read(ch, 2);
        }
        log_guest(ch->dev, "data read that nothing waits for");
        return selected(ch)->present ? 0 : 0xff7fff7f & mask64(8 * size);
    }
    uint32_t v = ld_endian(ch->buffer + t->pos, size, ENDIAN_LITTLE);
    t->pos += step;
    if (t->pos == t->end) {
        block_passed(ch);
    }
    return v;
}

static void data_write(AtaChannel *ch, uint32_t value, unsigned size)
{
    AtaTransfer *t = &ch->t;
    unsigned step = MAX(size, 2);
    if (t->pos + step > t->end || !t->to_drive || t->drive != ch->selected) {
        if (t->pos < t->end && t->to_drive && size == 4) {
            data_write(ch, value, 2);
            data_write(ch, value >> 16, 2);
            return;
        }
        log_guest(ch->dev, "data written that nobody waits for");
        return;
    }
    st_endian(ch->buffer + t->pos, value, step, ENDIAN_LITTLE);
    t->pos += step;
    if (t->pos == t->end) {
        block_passed(ch);
    }
}

uint64_t ata_command_read(AtaChannel *ch, uint64_t off, unsigned size)
{
    if (off == 0) {
        return data_read(ch, MIN(size, 4));
    }
    uint64_t v = 0;
    for (unsigned i = 0; i < size; i++) {
        v |= (uint64_t)register_read(ch, (off + i) & 7 ? (off + i) & 7 : 7) << 8 * i;
    }
    return v;
}

void ata_command_write(AtaChannel *ch, uint64_t off, uint64_t value, unsigned size)
{
    if (off == 0) {
        data_write(ch, value, MIN(size, 4));
        return;
    }
    for (unsigned i = 0; i < size && off + i < 8; i++) {
        register_write(ch, off + i, value >> 8 * i);
    }
}

void ata_control_write(AtaChannel *ch, uint8_t value)
{
    bool was_reset = ch->control & ATA_SRST;
    ch->control = value & (ATA_NIEN | ATA_SRST | ATA_HOB);
    if (!was_reset && (value & ATA_SRST)) {
        software_reset(ch);
    }
    update_irq(ch);
}

/* --- Life ------------------------------------------------------------------------------------- */

bool ata_channel_init(AtaChannel *ch, Device *dev, unsigned number, GError **err)
{
    ch->dev = dev;
    ch->number = number;
    for (unsigned i = 0; i < 2; i++) {
        AtaDrive *d = &ch->drive[i];
        d->ch = ch;
        d->number = i;
        if (d->kind == ATA_KIND_AUTO) {
            d->kind = block_is_handle(d->block) ? ATA_KIND_CD : ATA_KIND_DISK;
        }
        d->present = d->block || d->kind == ATA_KIND_CD;
        d->sectors = block_size(d->block) / ATA_SECTOR;
        d->cd.atapi = true;
        if (d->kind == ATA_KIND_CD && !scsi_cd_init(&d->cd, dev, d->block, d->serial, err)) {
            return false;
        }
    }
    return true;
}


void ata_channel_free(AtaChannel *ch)
{
    scsi_cd_free(&ch->drive[0].cd);
    scsi_cd_free(&ch->drive[1].cd);
}

static bool transfer_valid(const AtaChannel *ch)
{
    const AtaTransfer *t = &ch->t;
    const AtaDrive *d = &ch->drive[t->drive & 1];
    return t->source < ARRAY_SIZE(sources) && t->drive < 2 && t->unit <= ATA_BUFFER &&
           (t->unit >= 2 || !t->source) && t->pos <= t->end && t->end <= t->len &&
           t->len <= ATA_BUFFER && t->moved <= t->total &&
           (t->source != ATA_FROM_MEDIUM || (d->kind == ATA_KIND_DISK && d->block)) &&
           (t->source != ATA_PACKET || t->total <= sizeof(ch->req.cdb)) &&
           (t->source < ATA_PACKET || d->kind == ATA_KIND_CD);
}

bool ata_channel_loaded(AtaChannel *ch, GError **err)
{
    bool ok = ch->selected < 2 && transfer_valid(ch) && scsi_request_valid(&ch->req);
    for (unsigned i = 0; i < 2; i++) {
        ok &= ch->drive[i].multiple <= ATA_MAX_MULTIPLE && ch->drive[i].heads >= 1 &&
              ch->drive[i].heads <= 16 && ch->drive[i].spt >= 1;
        scsi_cd_loaded(&ch->drive[i].cd);
    }
    return ok || fail(err, EMU_ERROR_DATA, "%s: this state of a drive cannot be", ch->dev->id);
}
