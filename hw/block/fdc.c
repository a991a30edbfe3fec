/* SPDX-License-Identifier: MIT */
/*
 * The floppy disk controller of the AT, with two drives.
 * Implements: Intel 82077AA data sheet (290166), in AT mode: registers (2.1), commands (5), and the
 * drives' side of the cable (change line, write protection, track 0).
 *
 *     window 0: SRA, SRB, DOR, TDR, MSR/DSR, FIFO     window 1: DIR/CCR, which the machine maps at + 7
 *
 * A disk's format follows from the size of its image (table `formats`).  It can be read only at its own
 * data rate, in MFM and with sectors of 512 bytes: drivers find out by trying what is in a drive.
 *
 * Choices: what takes time takes DELAY, wherever the heads are.  Commands for a drive without a disk end
 * at once, with a missing address mark, instead of never.  The change line goes out with any SEEK or
 * RECALIBRATE with a disk in.  The FIFO's threshold only says how often PIO interrupts.  An image holds
 * no deleted address marks: READ DELETED DATA finds normal ones, WRITE DELETED DATA writes such.
 * FORMAT TRACK fills the sectors that the image has.
 * Not here: overruns and CRC errors, power down, tape, PS/2 mode's status registers.
 */
#include "hw/block/fdc.h"
#include "hw/dma/i8237.h"
#include "hw/rtc/mc146818.h"
#include "io/block/slot.h"

enum { N_DRIVES = 4, N_CABLE = 2, SECTOR = 512, CHANNEL = 2, LAST_CYLINDER = 84, DELAY = 50000 };
enum { DOR_SELECT = 0x03, DOR_RUN = 0x04, DOR_GATE = 0x08 };
enum { MSR_BUSY = 0x10, MSR_NON_DMA = 0x20, MSR_TO_HOST = 0x40, MSR_READY = 0x80 };
enum { DSR_RESET = 0x80, RATE = 0x03 };
enum { MT = 0x80, MFM = 0x40, SK = 0x20 };              /* of a command byte */
enum { ST0_ABNORMAL = 0x40, ST0_INVALID = 0x80, ST0_POLLED = 0xc0, ST0_SEEK_END = 0x20,
       ST0_CHECK = 0x10 };
enum { ST1_NO_MARK = 0x01, ST1_PROTECTED = 0x02, ST1_NO_DATA = 0x04, ST1_DATA_ERROR = 0x20,
       ST1_END = 0x80 };
enum { ST2_BAD_CYLINDER = 0x02, ST2_SCAN_NO = 0x04, ST2_SCAN_EQUAL = 0x08, ST2_WRONG_CYLINDER = 0x10,
       ST2_DELETED = 0x40 };
enum { EIS = 0x40, EFIFO = 0x20, NO_POLL = 0x10, FIFOTHR = 0x0f };      /* CONFIGURE */
enum { PHASE_COMMAND, PHASE_EXECUTION, PHASE_RESULT };
enum { OP_READ, OP_READ_DELETED, OP_READ_TRACK, OP_WRITE, OP_VERIFY, OP_FORMAT, OP_SCAN_EQUAL,
       OP_SCAN_LOW, OP_SCAN_HIGH };

typedef struct Format {
    uint32_t size;                      /* of the image, in KB */
    uint8_t  cylinders, heads, sectors, rate, type;     /* type: of the drive, as CMOS has it */
} Format;

static const Format formats[] = {
    { 160, 40, 1, 8, 2, 1 },   { 180, 40, 1, 9, 2, 1 },   { 320, 40, 2, 8, 2, 1 },
    { 360, 40, 2, 9, 2, 1 },   { 720, 80, 2, 9, 2, 3 },   { 800, 80, 2, 10, 2, 3 },
    { 820, 82, 2, 10, 2, 3 },  { 1200, 80, 2, 15, 0, 2 }, { 1440, 80, 2, 18, 0, 4 },
    { 1600, 80, 2, 20, 0, 4 }, { 1680, 80, 2, 21, 0, 4 }, { 1722, 82, 2, 21, 0, 4 },
    { 1743, 83, 2, 21, 0, 4 }, { 2880, 80, 2, 36, 3, 5 }, { 3200, 80, 2, 40, 3, 5 },
};

typedef struct Floppy {
    Block     *handle;                  /* property */
    BlockSlot *slot;                    /* NULL: no such drive */
    uint8_t    cylinder;                /* where the heads are */
    uint8_t    angle;                   /* the sector that READ ID finds next */
    bool       changed;
    uint32_t   seen;                    /* BlockSlot.changes */
} Floppy;

typedef struct Fdc {
    Device   dev;
    IrqLine  irq;
    Device  *dma, *cmos;                /* properties */
    uint32_t drive_type;                /* property: of an empty drive */
    Floppy   drive[N_CABLE];
    uint8_t  dor, tdr, rate, phase;
    uint8_t  params[9], n_params;       /* [0] is the command */
    uint8_t  results[10], n_results, next_result;
    uint8_t  srt_hut, hlt_nd, config, pretrk, perpendicular;
    uint8_t  last_eot;
    bool     lock, interrupt;
    uint8_t  pcn[N_DRIVES], seek_st0[N_DRIVES];
    uint8_t  seeking, sought, polled;   /* a bit a drive: on its way, done, to be told after a reset */
    Timer    reset_timer, seek_timer, work_timer;
    /* Execution: the sector under the head, its bytes, and how many times more. */
    uint8_t  op, c, h, r, st1, st2;
    uint16_t pos, len, left;
    uint8_t  burst;                     /* bytes of PIO until the next interrupt */
    bool     ready;                     /* waits for a DMA or PIO transfer */
    uint8_t  buf[SECTOR];
} Fdc;

#define DEV Fdc
#define FDC(d) DEVICE_AS(Fdc, d)

/* --- Drives ----------------------------------------------------------------------------------- */

static const Format *format_of(const Block *medium)
{
    uint64_t size = block_size(medium);
    for (unsigned i = 0; i < ARRAY_SIZE(formats); i++) {
        if (size <= formats[i].size * KiB && size) {    /* the smallest that holds it */
            return &formats[i];
        }
    }
    return NULL;
}

static Floppy *drive_at(Fdc *s, unsigned n)
{
    return n < N_CABLE && s->drive[n].slot ? &s->drive[n] : NULL;
}

/* The drive of a command, and its disk: NULL without one. */
static Floppy *commanded(Fdc *s)
{
    return drive_at(s, s->params[1] & 3);
}

static const Format *disk_in(Floppy *d)
{
    return d ? format_of(d->slot->medium) : NULL;
}

static bool change_line(Floppy *d)
{
    if (d->seen != d->slot->changes) {
        d->seen = d->slot->changes;
        d->changed = true;
    }
    return d->changed || !d->slot->medium;
}

/* Steps to a cylinder; the drive stops at its last. */
static void step(Floppy *d, unsigned cylinder)
{
    d->cylinder = MIN(cylinder, LAST_CYLINDER);
    change_line(d);
    if (d->slot->medium) {
        d->changed = false;
    }
}

static unsigned drive_type(const Fdc *s, const Floppy *d)
{
    const Format *f = d->slot ? format_of(d->slot->medium) : NULL;
    return !d->slot ? 0 : f ? f->type : s->drive_type;
}

uint8_t fdc_cmos_drives(Device *fdc)
{
    Fdc *s = FDC(fdc);
    return drive_type(s, &s->drive[0]) << 4 | drive_type(s, &s->drive[1]);
}

/* --- Results ---------------------------------------------------------------------------------- */

static void set_irq(Fdc *s, bool level)
{
    s->interrupt = level;
    irq_set(&s->irq, level && (s->dor & DOR_GATE));
}

static void request_dma(Fdc *s, bool level)
{
    if (s->dma) {
        i8237_request(s->dma, CHANNEL, level && (s->dor & DOR_GATE));
    }
}

static void results(Fdc *s, const uint8_t *bytes, unsigned n)
{
    memcpy(s->results, bytes, n);
    s->n_results = n;
    s->next_result = 0;
    s->phase = PHASE_RESULT;
}

static void idle(Fdc *s)
{
    s->phase = PHASE_COMMAND;
    s->n_params = 0;
    s->ready = false;
}

/* The end of a command with a data phase. */
static void end_command(Fdc *s, uint8_t st0)
{
    uint8_t bad = s->st1 || (s->st2 & (ST2_BAD_CYLINDER | ST2_WRONG_CYLINDER)) ? ST0_ABNORMAL : 0;
    s->ready = false;
    request_dma(s, false);
    results(s, (uint8_t[]) { st0 | bad | (s->params[1] & 7), s->st1, s->st2, s->c, s->h, s->r,
                             s->params[5] }, 7);
    set_irq(s, true);
}

/* --- Data: finding sectors -------------------------------------------------------------------- */

/* Can anything be read on this track?  Sets the status registers. */
static const Format *track(Fdc *s)
{
    Floppy *d = commanded(s);
    const Format *f = disk_in(d);
    unsigned head = s->params[1] >> 2 & 1;
    bool mfm = s->params[0] & MFM;
    bool rate = f && (s->rate == f->rate || (f->type == 1 && s->rate == 1));    /* 300 rpm or 360 */
    if (!f || !mfm || !rate || d->cylinder >= f->cylinders || head >= f->heads) {
        s->st1 |= ST1_NO_MARK;
        return NULL;
    }
    return f;
}

/* Is the sector C, H, R of N bytes here?  UINT64_MAX: no. */
static uint64_t find_sector(Fdc *s, const Format *f, unsigned r)
{
    Floppy *d = commanded(s);
    unsigned head = s->params[1] >> 2 & 1;
    if (s->c != d->cylinder) {
        s->st1 |= ST1_NO_DATA;
        s->st2 |= s->c == 0xff ? ST2_BAD_CYLINDER : ST2_WRONG_CYLINDER;
        return UINT64_MAX;
    }
    if (s->h != head || r == 0 || r > f->sectors || s->params[5] != 2) {
        s->st1 |= ST1_NO_DATA;
        return UINT64_MAX;
    }
    return ((uint64_t)(d->cylinder * f->heads + head) * f->sectors + r - 1) * SECTOR;
}

/* The image may end before the format does: the rest reads as what a formatted disk holds. */
static bool read_sector(Fdc *s, uint64_t at)
{
    Block *medium = commanded(s)->slot->medium;
    if (at + SECTOR > block_size(medium)) {
        memset(s->buf, 0xf6, SECTOR);
        return true;
    }
    return block_read(medium, at, s->buf, SECTOR);
}

static bool write_sector(Fdc *s, uint64_t at)
{
    Block *medium = commanded(s)->slot->medium;
    return at + SECTOR > block_size(medium) || block_write(medium, at, s->buf, SECTOR);
}

static bool scans(const Fdc *s)
{
    return s->op >= OP_SCAN_EQUAL;
}

static bool to_host(const Fdc *s)
{
    return s->op == OP_READ || s->op == OP_READ_DELETED || s->op == OP_READ_TRACK;
}

/* --- Data: a sector and the next -------------------------------------------------------------- */

/* Past EOT: the other head with MT, else the next cylinder (table 5-6).  True: there is more. */
static bool advance(Fdc *s)
{
    unsigned step = scans(s) && s->params[8] == 2 ? 2 : 1, eot = s->params[6];
    if (s->r != eot && (s->r > eot || s->r + step <= eot) && s->r + step <= 255) {
        s->r += step;
        return true;
    }
    s->r = 1;
    if (s->params[0] & MT) {
        s->h ^= 1;
        s->params[1] ^= 4;
        if (s->h & 1) {
            return true;
        }
    }
    s->c++;
    return false;
}

static void begin_sector(Fdc *s);

/* Byte for byte; FFh matches everything, from either side. */
static bool scan_hits(Fdc *s, const uint8_t *disk)
{
    bool equal = true;
    for (unsigned i = 0; i < SECTOR; i++) {
        if (s->buf[i] == disk[i] || s->buf[i] == 0xff || disk[i] == 0xff) {
            continue;
        }
        equal = false;
        if (s->op == OP_SCAN_EQUAL || (s->op == OP_SCAN_LOW) != (disk[i] < s->buf[i])) {
            return false;
        }
        break;
    }
    s->st2 |= equal ? ST2_SCAN_EQUAL : 0;
    return true;
}

/* What the host sent has come.  False: the command is over. */
static bool store(Fdc *s)
{
    const Format *f = track(s);
    uint64_t at = f ? find_sector(s, f, s->r) : UINT64_MAX;
    if (at == UINT64_MAX) {             /* the disk has been changed meanwhile */
        end_command(s, 0);
        return false;
    }
    if (scans(s)) {
        uint8_t sent[SECTOR];
        memcpy(sent, s->buf, SECTOR);
        bool ok = read_sector(s, at);
        for (unsigned i = 0; i < SECTOR; i++) {
            uint8_t disk = s->buf[i];
            s->buf[i] = sent[i];
            sent[i] = disk;
        }
        s->st1 |= ok ? 0 : ST1_DATA_ERROR;
        if (!ok || scan_hits(s, sent)) {
            end_command(s, 0);
            return false;
        }
    } else if (!write_sector(s, at)) {
        s->st1 |= ST1_DATA_ERROR;
        end_command(s, 0);
        return false;
    }
    return true;
}

/* FORMAT TRACK: C, H, R, N of a sector have come; those that an image can hold are filled. */
static bool format_sector(Fdc *s)
{
    const Format *f = track(s);
    s->c = s->buf[0];
    s->h = s->buf[1];
    s->r = s->buf[2];
    s->params[5] = s->buf[3];
    if (!f) {
        end_command(s, 0);
        return false;
    }
    uint64_t at = find_sector(s, f, s->r);
    memset(s->buf, s->params[8], SECTOR);
    if (at == UINT64_MAX) {
        log_unimp(&s->dev, "a format that the image does not have");
        s->st1 = s->st2 = 0;
    } else if (!write_sector(s, at)) {
        s->st1 |= ST1_DATA_ERROR;
        end_command(s, 0);
        return false;
    }
    return true;
}

/* All bytes of a sector have passed, or the terminal count has cut it short. */
static void end_sector(Fdc *s, bool tc)
{
    bool more;
    s->ready = false;
    if (!to_host(s) && s->op != OP_VERIFY) {
        memset(s->buf + s->pos, 0, SECTOR - s->pos);
        if (!(s->op == OP_FORMAT ? format_sector(s) : store(s))) {
            return;
        }
    }
    if (s->op == OP_READ_DELETED) {     /* a normal mark where a deleted one was wanted */
        s->st2 |= ST2_DELETED;
        tc = true;
    }
    if (s->op == OP_FORMAT || s->op == OP_READ_TRACK) {
        more = --s->left;
        s->r += s->op == OP_READ_TRACK;
    } else {
        more = advance(s) && (!s->left || --s->left);
    }
    if (!more && s->op != OP_FORMAT && s->op != OP_READ_TRACK && s->op != OP_VERIFY && !tc) {
        s->st1 |= scans(s) ? 0 : ST1_END;
        s->st2 |= scans(s) ? ST2_SCAN_NO : 0;
    }
    if (tc || !more) {
        end_command(s, 0);
    } else {
        begin_sector(s);
    }
}

/* --- Data: moving ----------------------------------------------------------------------------- */

static bool non_dma(const Fdc *s)
{
    return s->hlt_nd & 1;
}

/* The DMA channel runs: as many sectors as it takes. */
static void dma_run(void *opaque)
{
    Fdc *s = opaque;
    while (s->phase == PHASE_EXECUTION && s->ready && !non_dma(s)) {
        bool tc;
        size_t n = s->len - s->pos;
        size_t done = to_host(s) ? i8237_to_memory(s->dma, CHANNEL, s->buf + s->pos, n, &tc)
                                 : i8237_from_memory(s->dma, CHANNEL, s->buf + s->pos, n, &tc);
        s->pos += done;
        if (s->pos == s->len || tc) {
            end_sector(s, tc);
        } else {
            break;
        }
    }
}

static unsigned burst(const Fdc *s)
{
    return s->config & EFIFO ? 1 : (s->config & FIFOTHR) + 1;
}

/* Data are wanted, or there: of PIO the interrupt tells. */
static void offer(Fdc *s, unsigned len)
{
    s->pos = 0;
    s->len = len;
    s->ready = true;
    if (non_dma(s)) {
        s->burst = burst(s);
        set_irq(s, true);
    } else {
        request_dma(s, true);
    }
}

/* One byte of PIO has passed. */
static void pio_passed(Fdc *s)
{
    set_irq(s, false);
    if (++s->pos == s->len) {
        end_sector(s, false);
    } else if (--s->burst == 0) {
        s->burst = burst(s);
        set_irq(s, true);
    }
}

/* Every sector once, for VERIFY: nothing moves. */
static void verify(Fdc *s, const Format *f)
{
    for (;;) {
        uint64_t at = find_sector(s, f, s->r);
        if (at == UINT64_MAX || !read_sector(s, at)) {
            s->st1 |= at == UINT64_MAX ? 0 : ST1_DATA_ERROR;
            break;
        }
        if (!advance(s) || (s->left && !--s->left) || !(f = track(s))) {
            break;
        }
    }
    end_command(s, 0);
}

static void begin_sector(Fdc *s)
{
    const Format *f = track(s);
    if (!f) {
        end_command(s, 0);
    } else if (s->op == OP_FORMAT) {
        offer(s, 4);
    } else if (s->op == OP_VERIFY) {
        verify(s, f);
    } else {
        uint64_t at = find_sector(s, f, s->r);
        bool ok = at != UINT64_MAX && (!to_host(s) || read_sector(s, at));
        if (!ok) {
            s->st1 |= at == UINT64_MAX ? 0 : ST1_DATA_ERROR;
            end_command(s, 0);
        } else {
            offer(s, SECTOR);
        }
    }
}

/* READ TRACK takes the sectors as they come, from the first: R need not be what they are called. */
static void begin_track(Fdc *s)
{
    s->st1 |= s->params[4] != 1 ? ST1_NO_DATA : 0;
    s->r = 1;
    s->left = s->params[6];
    if (!s->left) {
        end_command(s, 0);
    } else {
        begin_sector(s);
    }
}

static void read_id(Fdc *s)
{
    const Format *f = track(s);
    if (f) {
        Floppy *d = commanded(s);
        d->angle = d->angle % f->sectors + 1;
        s->c = d->cylinder;
        s->h = s->params[1] >> 2 & 1;
        s->r = d->angle;
        s->params[5] = 2;
    }
    end_command(s, 0);
}

static bool writes(const Fdc *s)
{
    return s->op == OP_WRITE || s->op == OP_FORMAT;
}

/* After DELAY: the head is where it should be. */
static void work(void *opaque)
{
    Fdc *s = opaque;
    Floppy *d = commanded(s);
    if ((s->params[0] & 0x1f) == 0x0a) {
        read_id(s);
        return;
    }
    if (d && (s->config & EIS) && s->op != OP_FORMAT) {         /* implied seek */
        step(d, s->params[2]);
        s->pcn[s->params[1] & 3] = s->params[2];
    }
    if (writes(s) && disk_in(d) && block_read_only(d->slot->medium)) {
        s->st1 |= ST1_PROTECTED;
        end_command(s, 0);
    } else if (s->op == OP_READ_TRACK) {
        begin_track(s);
    } else if (s->op == OP_FORMAT && !s->left) {
        end_command(s, 0);
    } else {
        begin_sector(s);
    }
}

/* --- Commands --------------------------------------------------------------------------------- */

static void execute(Fdc *s)
{
    s->phase = PHASE_EXECUTION;
    s->st1 = s->st2 = 0;
    timer_set(&s->work_timer, clock_now(CLOCK_VIRTUAL) + DELAY);
}

static void begin_data(Fdc *s, unsigned op)
{
    s->op = op;
    s->c = s->params[2];
    s->h = s->params[3];
    s->r = s->params[4];
    s->last_eot = s->params[6];
    s->left = op == OP_VERIFY && (s->params[1] & 0x80) ? s->params[8] : 0;      /* EC */
    execute(s);
}

static void do_read(Fdc *s)
{
    begin_data(s, OP_READ);
}

static void do_read_deleted(Fdc *s)
{
    begin_data(s, OP_READ_DELETED);
    if (s->params[0] & SK) {            /* all are skipped: to the end of the track, without finding one */
        timer_cancel(&s->work_timer);
        s->st1 |= ST1_END | ST1_NO_DATA;
        end_command(s, 0);
    }
}

static void do_read_track(Fdc *s)
{
    begin_data(s, OP_READ_TRACK);
}

static void do_write(Fdc *s)
{
    begin_data(s, OP_WRITE);
}

static void do_write_deleted(Fdc *s)
{
    log_unimp(&s->dev, "deleted address marks");
    begin_data(s, OP_WRITE);
}

static void do_verify(Fdc *s)
{
    begin_data(s, OP_VERIFY);
}

static void do_scan(Fdc *s)
{
    unsigned which = s->params[0] & 0x1f;
    begin_data(s, which == 0x11 ? OP_SCAN_EQUAL : which == 0x19 ? OP_SCAN_LOW : OP_SCAN_HIGH);
}

/* N, SC, GPL, D; what it leaves in C, H, R means nothing. */
static void do_format(Fdc *s)
{
    s->op = OP_FORMAT;
    s->left = s->params[3];
    s->last_eot = s->params[3];
    s->params[8] = s->params[5];        /* the filler, where format_sector() leaves it alone */
    execute(s);
}

static void do_read_id(Fdc *s)
{
    s->c = s->h = s->r = s->params[5] = 0;
    execute(s);
}

static void do_specify(Fdc *s)
{
    s->srt_hut = s->params[1];
    s->hlt_nd = s->params[2];
    idle(s);
}

static void do_sense_drive(Fdc *s)
{
    Floppy *d = commanded(s);
    uint8_t st3 = (s->params[1] & 7) | 0x28;    /* ready, two sides */
    if (d) {
        st3 |= d->cylinder == 0 ? 0x10 : 0;
        st3 |= !d->slot->medium || block_read_only(d->slot->medium) ? 0x40 : 0;
    }
    results(s, &st3, 1);
}

/* To a cylinder; the interrupt comes with the drive's SENSE INTERRUPT STATUS. */
static void start_seek(Fdc *s, unsigned st0)
{
    unsigned n = s->params[1] & 3;
    s->seek_st0[n] = st0 | ST0_SEEK_END | (s->params[1] & 7);
    s->seeking |= BIT32(n);
    timer_set(&s->seek_timer, clock_now(CLOCK_VIRTUAL) + DELAY);
    idle(s);
}

static void seek_to(Fdc *s, unsigned cylinder)
{
    Floppy *d = commanded(s);
    s->pcn[s->params[1] & 3] = cylinder;
    if (d) {
        step(d, cylinder);
    }
    start_seek(s, 0);
}

static void do_seek(Fdc *s)
{
    seek_to(s, s->params[2]);
}

static void do_relative_seek(Fdc *s)
{
    unsigned pcn = s->pcn[s->params[1] & 3], by = s->params[2];
    bool inwards = s->params[0] & 0x40;
    seek_to(s, inwards ? MIN(pcn + by, 255) : pcn - MIN(by, pcn));
}

/* At most 79 steps; without a drive the heads never come to track 0. */
static void do_recalibrate(Fdc *s)
{
    Floppy *d = commanded(s);
    unsigned at = d ? d->cylinder : 255;
    s->params[1] &= 3;
    s->pcn[s->params[1]] = 0;
    if (d) {
        step(d, at - MIN(at, 79));
    }
    start_seek(s, at > 79 ? ST0_ABNORMAL | ST0_CHECK : 0);
}

static void seek_done(void *opaque)
{
    Fdc *s = opaque;
    s->sought |= s->seeking;
    s->seeking = 0;
    set_irq(s, true);
}

static void do_sense_interrupt(Fdc *s)
{
    uint8_t *which = s->polled ? &s->polled : &s->sought;
    unsigned n = *which ? __builtin_ctz(*which) : 0;
    uint8_t st0 = s->polled ? ST0_POLLED | n : s->seek_st0[n];
    if (!*which) {
        results(s, (uint8_t[]) { ST0_INVALID }, 1);
        return;
    }
    *which &= ~BIT32(n);
    results(s, (uint8_t[]) { st0, s->pcn[n] }, 2);
    set_irq(s, false);
    set_irq(s, s->sought);
}

static void do_dumpreg(Fdc *s)
{
    results(s, (uint8_t[]) { s->pcn[0], s->pcn[1], s->pcn[2], s->pcn[3], s->srt_hut, s->hlt_nd,
                             s->last_eot, s->lock << 7 | s->perpendicular, s->config, s->pretrk }, 10);
}

static void do_version(Fdc *s)
{
    results(s, (uint8_t[]) { 0x90 }, 1);
}

static void do_configure(Fdc *s)
{
    s->config = s->params[2] & 0x7f;
    s->pretrk = s->params[3];
    idle(s);
}

/* OW lets the drives' own bits change. */
static void do_perpendicular(Fdc *s)
{
    uint8_t v = s->params[1];
    s->perpendicular = (v & 0x80 ? v & 0x3c : s->perpendicular & 0x3c) | (v & 3);
    idle(s);
}

static void do_lock(Fdc *s)
{
    s->lock = s->params[0] & 0x80;
    results(s, (uint8_t[]) { s->lock << 4 }, 1);
}

typedef struct Command {
    uint8_t value, mask;                /* the bits that must be so */
    uint8_t length;                     /* with the command byte */
    void  (*run)(Fdc *s);
} Command;

static const Command commands[] = {
    { 0x02, 0x9f, 9, do_read_track },           { 0x03, 0xff, 3, do_specify },
    { 0x04, 0xff, 2, do_sense_drive },          { 0x05, 0x3f, 9, do_write },
    { 0x06, 0x1f, 9, do_read },                 { 0x07, 0xff, 2, do_recalibrate },
    { 0x08, 0xff, 1, do_sense_interrupt },      { 0x09, 0x3f, 9, do_write_deleted },
    { 0x0a, 0xbf, 2, do_read_id },              { 0x0c, 0x1f, 9, do_read_deleted },
    { 0x0d, 0xbf, 6, do_format },               { 0x0e, 0xff, 1, do_dumpreg },
    { 0x0f, 0xff, 3, do_seek },                 { 0x8f, 0xbf, 3, do_relative_seek },
    { 0x10, 0xff, 1, do_version },              { 0x11, 0x1f, 9, do_scan },
    { 0x12, 0xff, 2, do_perpendicular },        { 0x13, 0xff, 4, do_configure },
    { 0x14, 0x7f, 1, do_lock },                 { 0x16, 0x1f, 9, do_verify },
    { 0x19, 0x1f, 9, do_scan },                 { 0x1d, 0x1f, 9, do_scan },
};

static const Command *find_command(uint8_t op)
{
    for (unsigned i = 0; i < ARRAY_SIZE(commands); i++) {
        if ((op & commands[i].mask) == commands[i].value) {
            return &commands[i];
        }
    }
    return NULL;
}

static void command_byte(Fdc *s, uint8_t value)
{
    s->params[s->n_params++] = value;
    const Command *c = find_command(s->params[0]);
    if (!c) {
        log_guest(&s->dev, "unknown command %#x", value);
        results(s, (uint8_t[]) { ST0_INVALID }, 1);
        return;
    }
    if (s->n_params == 1 && c->run != do_sense_interrupt) {
        s->polled = 0;
    }
    if (s->n_params >= c->length) {
        c->run(s);
    }
}

/* --- Reset ------------------------------------------------------------------------------------ */

static void stop(Fdc *s)
{
    timer_cancel(&s->reset_timer);
    timer_cancel(&s->seek_timer);
    timer_cancel(&s->work_timer);
    s->seeking = s->sought = s->polled = 0;
    idle(s);
    request_dma(s, false);
    set_irq(s, false);
    if (!s->lock) {
        s->config = EFIFO | (s->config & (EIS | NO_POLL));
        s->pretrk = 0;
    }
}

static void leave_reset(Fdc *s)
{
    timer_set(&s->reset_timer, clock_now(CLOCK_VIRTUAL) + DELAY);
}

/* Polling finds that every drive has become ready.  With POLL set, too: the data sheet ties the
 * interrupt to polling, but drivers that have switched it off (Linux) reset and wait for it. */
static void reset_done(void *opaque)
{
    Fdc *s = opaque;
    s->polled = 0x0f;
    set_irq(s, true);
}

/* --- Registers -------------------------------------------------------------------------------- */

static void dor_write(Device *dev, uint32_t value)
{
    Fdc *s = FDC(dev);
    uint8_t old = s->dor;
    s->dor = value;
    set_irq(s, s->interrupt);
    if (!(value & DOR_RUN)) {
        stop(s);
    } else if (!(old & DOR_RUN)) {
        leave_reset(s);
    }
}

static void dsr_write(Device *dev, uint32_t value)
{
    Fdc *s = FDC(dev);
    s->rate = value & RATE;
    if (value & DSR_RESET) {
        stop(s);
        if (s->dor & DOR_RUN) {
            leave_reset(s);
        }
    }
}

static uint32_t msr_read(Device *dev)
{
    Fdc *s = FDC(dev);
    if (!(s->dor & DOR_RUN) || timer_pending(&s->reset_timer)) {
        return 0;
    }
    switch (s->phase) {
    case PHASE_COMMAND:
        return MSR_READY | s->seeking | (s->n_params ? MSR_BUSY : 0);
    case PHASE_RESULT:
        return MSR_READY | MSR_TO_HOST | MSR_BUSY | s->seeking;
    default:
        return MSR_BUSY | s->seeking | (!non_dma(s) ? 0 : MSR_NON_DMA |
               (!s->ready ? 0 : MSR_READY | (to_host(s) ? MSR_TO_HOST : 0)));
    }
}

static uint32_t fifo_read(Device *dev)
{
    Fdc *s = FDC(dev);
    if (s->phase == PHASE_EXECUTION && s->ready && non_dma(s) && to_host(s)) {
        uint8_t v = s->buf[s->pos];
        pio_passed(s);
        return v;
    }
    if (s->phase != PHASE_RESULT) {
        log_guest(dev, "the FIFO holds nothing for the host");
        return 0;
    }
    uint8_t v = s->results[s->next_result];
    if (s->next_result == 0 && !s->sought && !s->polled) {
        set_irq(s, false);
    }
    if (++s->next_result == s->n_results) {
        idle(s);
    }
    return v;
}

static void fifo_write(Device *dev, uint32_t value)
{
    Fdc *s = FDC(dev);
    if (s->phase == PHASE_EXECUTION && s->ready && non_dma(s) && !to_host(s)) {
        s->buf[s->pos] = value;
        pio_passed(s);
    } else if (s->phase == PHASE_COMMAND && (s->dor & DOR_RUN)) {
        command_byte(s, value);
    } else {
        log_guest(dev, "%#x written, but the controller is busy", value);
    }
}

static uint32_t dir_read(Device *dev)
{
    Fdc *s = FDC(dev);
    Floppy *d = drive_at(s, s->dor & DOR_SELECT);
    return d && (s->dor & 0x10 << (s->dor & DOR_SELECT)) && change_line(d) ? 0x80 : 0;
}

static void ccr_write(Device *dev, uint32_t value)
{
    FDC(dev)->rate = value & RATE;
}

static const RegDef fdc_regs[] = {
    { 0x0, "SRA", .reset = 0xff, .width = 1 },          /* PS/2 mode only */
    { 0x1, "SRB", .reset = 0xff, .width = 1 },
    { 0x2, "DOR", AT(dor), .write = dor_write, .width = 1 },
    { 0x3, "TDR", AT(tdr), .writable = 0x03, .width = 1 },
    { 0x4, "MSR/DSR", .read = msr_read, .write = dsr_write, .width = 1 },
    { 0x5, "FIFO", .read = fifo_read, .write = fifo_write, .width = 1 },
};

static const RegDef fdc_rate_regs[] = {
    { 0x0, "DIR/CCR", .read = dir_read, .write = ccr_write, .width = 1 },
};

/* --- Life ------------------------------------------------------------------------------------- */

static bool fdc_realize(Device *dev, GError **err)
{
    Fdc *s = FDC(dev);
    for (unsigned i = 0; i < N_CABLE; i++) {
        s->drive[i].slot = s->drive[i].handle ? block_slot(s->drive[i].handle) : NULL;
    }
    timer_init(&s->reset_timer, CLOCK_VIRTUAL, reset_done, s);
    timer_init(&s->seek_timer, CLOCK_VIRTUAL, seek_done, s);
    timer_init(&s->work_timer, CLOCK_VIRTUAL, work, s);
    if (s->dma) {
        i8237_attach(s->dma, CHANNEL, dma_run, s);
    }
    return true;
}

static void fdc_unrealize(Device *dev)
{
    block_slot_release(FDC(dev)->drive[0].slot);
    block_slot_release(FDC(dev)->drive[1].slot);
}

static void fdc_reset(Device *dev)
{
    Fdc *s = FDC(dev);
    s->rate = 2;                        /* 250 kb/s */
    s->config = EFIFO;
    for (unsigned i = 0; i < N_CABLE; i++) {
        s->drive[i].changed = true;
    }
    if (s->cmos) {                      /* as the user would in the BIOS's setup */
        mc146818_set_cmos(s->cmos, 0x10, fdc_cmos_drives(dev));
    }
}

static bool fdc_loaded(Device *dev, GError **err)
{
    Fdc *s = FDC(dev);
    bool ok = s->phase <= PHASE_RESULT && s->op <= OP_SCAN_HIGH && s->pos <= s->len &&
              s->len <= SECTOR && s->n_params < sizeof(s->params) + (s->phase != PHASE_COMMAND) &&
              s->n_results <= sizeof(s->results) &&
              (s->phase != PHASE_RESULT || s->next_result < s->n_results) &&
              (!s->ready || s->pos < s->len);
    return ok || fail(err, EMU_ERROR_DATA, "%s: this state of the controller cannot be", dev->id);
}

#define FLOPPY_STATE(f) \
    STATE_U8(Fdc, f.cylinder), STATE_U8(Fdc, f.angle), STATE_BOOL(Fdc, f.changed), \
    STATE_U32(Fdc, f.seen)

const DeviceClass fdc = {
    .name  = "fdc", .about = "floppy disk controller (82077AA)", .size = sizeof(Fdc),
    .regs  = WINDOWS(REG_WINDOW("regs", fdc_regs, 6, ACCESS_ANY),
                     REG_WINDOW("rate", fdc_rate_regs, 1, ACCESS_ANY)),
    .irqs  = IRQS(Fdc, irq),
    .props = PROPS(PROP_LINK("dma", Fdc, dma, .text = "i8237", .about = "the DMA controllers"),
                   PROP_LINK("cmos", Fdc, cmos, .text = "mc146818",
                             .about = "where firmware finds the drives' types"),
                   PROP_DRIVE("drive0", Fdc, drive[0].handle, .about = "drive A"),
                   PROP_DRIVE("drive1", Fdc, drive[1].handle, .about = "drive B"),
                   PROP_U32("drive-type", Fdc, drive_type, .fallback = 4,
                            .about = "of a drive without a disk, as CMOS has it")),
    .state = STATE(FLOPPY_STATE(drive[0]), FLOPPY_STATE(drive[1]),
                   STATE_U8(Fdc, rate), STATE_U8(Fdc, phase), STATE_ARRAY(U8, Fdc, params),
                   STATE_U8(Fdc, n_params), STATE_ARRAY(U8, Fdc, results), STATE_U8(Fdc, n_results),
                   STATE_U8(Fdc, next_result), STATE_U8(Fdc, srt_hut), STATE_U8(Fdc, hlt_nd),
                   STATE_U8(Fdc, config), STATE_U8(Fdc, pretrk), STATE_U8(Fdc, perpendicular),
                   STATE_U8(Fdc, last_eot), STATE_BOOL(Fdc, lock), STATE_BOOL(Fdc, interrupt), STATE_ARRAY(U8, Fdc, pcn),
                   STATE_ARRAY(U8, Fdc, seek_st0), STATE_U8(Fdc, seeking), STATE_U8(Fdc, sought),
                   STATE_U8(Fdc, polled), STATE_TIMER(Fdc, reset_timer), STATE_TIMER(Fdc, seek_timer),
                   STATE_TIMER(Fdc, work_timer), STATE_U8(Fdc, op), STATE_U8(Fdc, c), STATE_U8(Fdc, h),
                   STATE_U8(Fdc, r), STATE_U8(Fdc, st1), STATE_U8(Fdc, st2), STATE_U16(Fdc, pos),
                   STATE_U16(Fdc, len), STATE_U16(Fdc, left), STATE_U8(Fdc, burst),
                   STATE_BOOL(Fdc, ready), STATE_ARRAY(U8, Fdc, buf)),
    .realize   = fdc_realize,
    .reset     = fdc_reset,
    .unrealize = fdc_unrealize,
    .loaded    = fdc_loaded,
};
