/* SPDX-License-Identifier: MIT */
/*
 * PL181, the ARM PrimeCell multimedia card interface, with an SD card in its slot.
 * Implements: ARM DDI 0205B, chapters 2 and 3 (PL180: DDI 0172A, the same registers).
 * The FIFO of 16 words sits between the card and the guest; data move whenever it has room or
 * words, so only the guest's own speed is seen.
 * Choices: a receive is in progress until the FIFO is empty, as drivers ask only for that before they
 * read it.  FIFOCNT counts, toward the card, the words that the guest has yet to write; from the
 * card, those that have yet to come into the FIFO.  Without a card every command that wants a
 * response times out.
 * Not here: stream mode, waiting for an interrupt of the card, DMA requests.
 */
#include "hw/primecell.h"
#include "hw/sd/sd_card.h"

enum { CMD_INDEX = 0x3f, CMD_RESPONSE = 0x40, CMD_LONG = 0x80, CMD_PENDING = 0x200, CMD_ENABLE = 0x400 };
enum { DATA_ENABLE = 0x01, DATA_FROM_CARD = 0x02, DATA_STREAM = 0x04, DATA_DMA = 0x08 };
enum {
    ST_CMD_CRC_FAIL = 0x0001, ST_CMD_TIMEOUT = 0x0004, ST_DATA_TIMEOUT = 0x0008,
    ST_CMD_RESP_END = 0x0040, ST_CMD_SENT = 0x0080, ST_DATA_END = 0x0100,
    ST_DATA_BLOCK_END = 0x0400, ST_TX_ACTIVE = 0x1000, ST_RX_ACTIVE = 0x2000,
    ST_TX_HALF_EMPTY = 0x4000, ST_RX_HALF_FULL = 0x8000, ST_TX_FULL = 0x10000,
    ST_RX_FULL = 0x20000, ST_TX_EMPTY = 0x40000, ST_RX_EMPTY = 0x80000,
    ST_TX_AVAILABLE = 0x100000, ST_RX_AVAILABLE = 0x200000,
    ST_STATIC = 0x7ff,                  /* cleared through MMCICLEAR; the rest follow the FIFO */
};
enum { FIFO_WORDS = 16 };

typedef struct Pl181 {
    Device   dev;
    IrqLine  irq[2];                    /* MMCIINTR0, MMCIINTR1: their own masks */
    IrqLine  card_in, write_protect;    /* switches of the slot */
    Block   *block;
    SdCard   card;
    Timer    timeout;
    uint32_t power, clock, arg, cmd, resp_cmd, resp[4], data_timer, data_length, data_ctrl;
    uint32_t data_cnt;                  /* bytes that have yet to pass the card's side */
    uint32_t status, mask[2], select, words_left;
    uint32_t fifo[FIFO_WORDS], head, num;
} Pl181;

#define DEV Pl181
#define PL181(d) DEVICE_AS(Pl181, d)

/* --- Status ----------------------------------------------------------------------------------- */

static uint32_t status(const Pl181 *s)
{
    uint32_t st = s->status;
    if (!(s->data_ctrl & DATA_ENABLE)) {
        return st;
    }
    if (s->data_ctrl & DATA_FROM_CARD) {
        st |= s->data_cnt || s->num ? ST_RX_ACTIVE : 0;
        st |= s->num ? ST_RX_AVAILABLE : ST_RX_EMPTY;
        st |= s->num == FIFO_WORDS ? ST_RX_FULL : 0;
        st |= s->num >= FIFO_WORDS / 2 ? ST_RX_HALF_FULL : 0;
    } else {
        st |= s->data_cnt ? ST_TX_ACTIVE : 0;
        st |= s->num ? ST_TX_AVAILABLE : ST_TX_EMPTY;
        st |= s->num == FIFO_WORDS ? ST_TX_FULL : 0;
        st |= s->num <= FIFO_WORDS / 2 ? ST_TX_HALF_EMPTY : 0;
    }
    return st;
}

static void update(Device *dev)
{
    Pl181 *s = PL181(dev);
    for (unsigned i = 0; i < 2; i++) {
        irq_set(&s->irq[i], status(s) & s->mask[i]);
    }
}

/* --- The FIFO --------------------------------------------------------------------------------- */

static void push(Pl181 *s, uint32_t word)
{
    s->fifo[(s->head + s->num++) % FIFO_WORDS] = word;
}

static uint32_t pop(Pl181 *s)
{
    uint32_t word = s->fifo[s->head];
    s->head = (s->head + 1) % FIFO_WORDS;
    s->num--;
    return word;
}

static void from_card(Pl181 *s)
{
    while (s->data_cnt && s->num < FIFO_WORDS && sd_card_can_read(&s->card)) {
        uint32_t word = 0;
        unsigned n = MIN(4, s->data_cnt);
        for (unsigned i = 0; i < n; i++) {
            word |= (uint32_t)sd_card_read(&s->card) << 8 * i;
        }
        s->data_cnt -= n;
        s->words_left--;
        push(s, word);
    }
}

static void to_card(Pl181 *s)
{
    while (s->data_cnt && s->num && sd_card_can_write(&s->card)) {
        uint32_t word = pop(s);
        unsigned n = MIN(4, s->data_cnt);
        for (unsigned i = 0; i < n; i++) {
            sd_card_write(&s->card, word >> 8 * i);
        }
        s->data_cnt -= n;
    }
}

/* Moves what can move; the end of the count ends the transfer. */
static void run_data(Pl181 *s)
{
    if ((s->data_ctrl & DATA_ENABLE) && s->data_cnt) {
        if (s->data_ctrl & DATA_FROM_CARD) {
            from_card(s);
        } else {
            to_card(s);
        }
        if (!s->data_cnt) {
            s->status |= ST_DATA_END | ST_DATA_BLOCK_END;
            timer_cancel(&s->timeout);
        }
    }
    update(&s->dev);
}

/* The card had nothing to say for DATATIMER clocks. */
static void data_timeout(void *opaque)
{
    Pl181 *s = opaque;
    bool waits = s->data_ctrl & DATA_FROM_CARD ? !sd_card_can_read(&s->card) && !s->num
                                               : !sd_card_can_write(&s->card);
    if ((s->data_ctrl & DATA_ENABLE) && s->data_cnt && waits) {
        s->status |= ST_DATA_TIMEOUT;
        s->data_cnt = 0;
        update(&s->dev);
    }
}

static uint32_t fifo_read(Device *dev, unsigned index)
{
    Pl181 *s = PL181(dev);
    if (!(s->data_ctrl & DATA_FROM_CARD) || !s->num) {
        log_guest(dev, "read of the empty FIFO");
        return 0;
    }
    uint32_t word = pop(s);
    run_data(s);
    return word;
}

static void fifo_write(Device *dev, unsigned index, uint32_t value)
{
    Pl181 *s = PL181(dev);
    if ((s->data_ctrl & DATA_FROM_CARD) || s->num == FIFO_WORDS) {
        log_guest(dev, "write of the full FIFO");
        return;
    }
    push(s, value);
    s->words_left -= s->words_left != 0;
    run_data(s);
}

/* --- Registers -------------------------------------------------------------------------------- */

static void store_response(Pl181 *s, unsigned len, const uint8_t *r, bool no_crc)
{
    memset(s->resp, 0, sizeof(s->resp));
    for (unsigned i = 0; i < len / 4; i++) {
        s->resp[i] = ld_be32(r + 4 * i);
    }
    s->resp[3] &= ~1u;
    s->resp_cmd = len == 16 || no_crc ? CMD_INDEX : s->cmd & CMD_INDEX;
}

static void send_command(Pl181 *s)
{
    uint8_t response[16];
    unsigned index = s->cmd & CMD_INDEX;
    bool app = s->card.app;
    unsigned len = sd_card_command(&s->card, index, s->arg, response);
    if (!(s->cmd & CMD_RESPONSE)) {
        s->status |= ST_CMD_SENT;
    } else if (len != (s->cmd & CMD_LONG ? 16 : 4)) {
        s->status |= ST_CMD_TIMEOUT;
    } else {
        store_response(s, len, response, sd_card_no_crc(index, app));
        s->status |= ST_CMD_RESP_END;
    }
}

static void cmd_changed(Device *dev)
{
    Pl181 *s = PL181(dev);
    if (!(s->cmd & CMD_ENABLE)) {
        return;
    }
    if (s->cmd & CMD_PENDING) {
        log_unimp(dev, "a command that waits for the end of data");
    }
    if ((s->power & 3) == 3) {
        send_command(s);
        s->cmd &= ~CMD_ENABLE;
        run_data(s);
    } else {
        log_guest(dev, "command %u without power", s->cmd & CMD_INDEX);
    }
}

static void data_ctrl_changed(Device *dev)
{
    Pl181 *s = PL181(dev);
    s->head = s->num = 0;
    s->data_cnt = 0;
    timer_cancel(&s->timeout);
    if (s->data_ctrl & DATA_ENABLE) {
        s->data_cnt = s->data_length;
        s->words_left = (s->data_length + 3) / 4;
        if (s->data_ctrl & (DATA_STREAM | DATA_DMA)) {
            log_unimp(dev, "stream mode or DMA");
        }
        int64_t ns = clock_ticks_to_ns(s->data_timer, 1000000);
        timer_set(&s->timeout, clock_now(CLOCK_VIRTUAL) + MIN(ns, 60 * NS_PER_SEC));
    }
    run_data(s);
}

static uint32_t status_read(Device *dev)
{
    return status(PL181(dev));
}

static void clear_write(Device *dev, uint32_t value)
{
    PL181(dev)->status &= ~(value & ST_STATIC);
    update(dev);
}

#define STORED .writable = ~0u
static const RegDef pl181_regs[] = {
    { 0x000, "POWER",      AT(power), .writable = 0xff },
    { 0x004, "CLOCK",      AT(clock), .writable = 0xfff },
    { 0x008, "ARGUMENT",   AT(arg), STORED },
    { 0x00c, "COMMAND",    AT(cmd), .writable = 0x7ff, .changed = cmd_changed },
    { 0x010, "RESPCMD",    AT(resp_cmd) },
    { 0x014, "RESPONSE",   AT(resp), .count = 4 },
    { 0x024, "DATATIMER",  AT(data_timer), STORED },
    { 0x028, "DATALENGTH", AT(data_length), .writable = 0xffff },
    { 0x02c, "DATACTRL",   AT(data_ctrl), .writable = 0xff, .changed = data_ctrl_changed },
    { 0x030, "DATACNT",    AT(data_cnt) },
    { 0x034, "STATUS",     AT(status), .read = status_read },
    { 0x038, "CLEAR",      .write = clear_write },
    { 0x03c, "MASK",       AT(mask), .writable = 0x3fffff, .count = 2, .changed = update },
    { 0x044, "SELECT",     AT(select), .writable = 0xf },
    { 0x048, "FIFOCNT",    AT(words_left) },
    { 0x080, "FIFO",       .read_at = fifo_read, .write_at = fifo_write, .count = 16 },
    PRIMECELL_ID(0x00041181),
};

static bool pl181_realize(Device *dev, GError **err)
{
    Pl181 *s = PL181(dev);
    sd_card_init(&s->card, s->block);
    timer_init(&s->timeout, CLOCK_VIRTUAL, data_timeout, s);
    return true;
}

static void pl181_reset(Device *dev)
{
    Pl181 *s = PL181(dev);
    sd_card_reset(&s->card);
    irq_set(&s->card_in, sd_card_present(&s->card));
    irq_set(&s->write_protect, block_read_only(s->block));
}

static bool pl181_loaded(Device *dev, GError **err)
{
    Pl181 *s = PL181(dev);
    if (!sd_card_valid(&s->card) || s->head >= FIFO_WORDS || s->num > FIFO_WORDS) {
        return fail(err, EMU_ERROR_DATA, "%s: impossible state", dev->id);
    }
    return true;
}

const DeviceClass pl181 = {
    .name    = "pl181", .about = "ARM PrimeCell multimedia card interface", .size = sizeof(Pl181),
    .regs    = REGS(pl181_regs, 0x1000, ACCESS_ANY),
    .irqs    = IRQS(Pl181, irq, card_in, write_protect),
    .props   = PROPS(PROP_DRIVE("drive", Pl181, block, .about = "the SD card")),
    .state   = STATE(SD_CARD_STATE(Pl181, card), STATE_TIMER(Pl181, timeout),
                     STATE_ARRAY(U32, Pl181, fifo), STATE_U32(Pl181, head), STATE_U32(Pl181, num)),
    .realize = pl181_realize,
    .reset   = pl181_reset,
    .loaded  = pl181_loaded,
};
