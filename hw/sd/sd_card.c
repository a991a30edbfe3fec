/* SPDX-License-Identifier: MIT */
/*
 * SD memory card: standard capacity up to 2 GiB, high capacity above.
 * Implements: SD Specifications, Part 1, Physical Layer Simplified Specification 2.00, chapter 4
 * (functional description, commands, responses) and 5 (registers).
 * Choices: nothing takes time; an image that is no whole number of the card's capacity units shows
 * the part that is.  A command that is illegal in the present state has no response and sets
 * ILLEGAL_COMMAND for the next one, as the specification asks.
 * Not here: SPI mode, locking with a password, write protection groups, the UHS modes.
 */
#include "hw/sd/sd_card.h"

enum { IDLE, READY, IDENT, STBY, TRAN, DATA, RCV, PRG, DIS };
#define IN(state) BIT32(state)
#define ANY 0xffffffffu
#define TRANSFER (IN(STBY) | IN(TRAN) | IN(DATA) | IN(RCV) | IN(PRG) | IN(DIS))

/* Card status (4.10.1). */
#define ST_OUT_OF_RANGE   BIT32(31)
#define ST_ADDRESS_ERROR  BIT32(30)
#define ST_BLOCK_LEN      BIT32(29)
#define ST_ERASE_SEQ      BIT32(28)
#define ST_ERASE_PARAM    BIT32(27)
#define ST_WP_VIOLATION   BIT32(26)
#define ST_ILLEGAL        BIT32(22)
#define ST_ERROR          BIT32(19)
#define ST_READY          BIT32(8)
#define ST_APP_CMD        BIT32(5)

enum { OCR_VOLTAGES = 0x00ff8000, OCR_CCS = 1 << 30 };
#define OCR_POWERED_UP BIT32(31)

typedef enum { R0, R1, R1b, R2_CID, R2_CSD, R3, R6, R7 } Response;

/* --- Registers of the card (chapter 5) -------------------------------------------------------- */

static uint8_t crc7(const uint8_t *p, unsigned n)
{
    uint8_t crc = 0;
    for (unsigned i = 0; i < n * 8; i++) {
        bool bit = p[i / 8] >> (7 - i % 8) & 1;
        bool top = crc >> 6 & 1;
        crc = (crc << 1 & 0x7f) ^ (bit != top ? 0x09 : 0);
    }
    return crc;
}

static void make_cid(uint8_t r[16])
{
    static const uint8_t cid[15] = { 0xaa, 'E', 'M', 'E', 'M', 'U', 'S', 'D', 0x10, 0x12, 0x34,
                                     0x56, 0x78, 0x01, 0x4a };
    memcpy(r, cid, 15);
    r[15] = crc7(r, 15) << 1 | 1;
}

static void set_bits(uint8_t r[16], unsigned pos, unsigned len, uint32_t v)
{
    for (unsigned i = 0; i < len; i++) {
        uint8_t mask = 1 << ((pos + i) % 8);
        uint8_t *byte = &r[15 - (pos + i) / 8];
        *byte = v >> i & 1 ? *byte | mask : *byte & ~mask;
    }
}

/* Version 1: (C_SIZE + 1) units of 2^(mult + 2) blocks of 2^bl bytes, the finest that fits. */
static void csd_capacity_v1(uint8_t r[16], uint64_t size)
{
    unsigned bl = 9, mult = 0;
    while (size >> (bl + mult + 2) > 4096) {
        if (mult < 7) {
            mult++;
        } else {
            bl++;
        }
    }
    uint64_t units = size >> (bl + mult + 2);
    set_bits(r, 80, 4, bl);
    set_bits(r, 62, 12, units ? units - 1 : 0);
    set_bits(r, 47, 3, mult);
    set_bits(r, 22, 4, bl);
}

static void make_csd(const SdCard *c, uint8_t r[16])
{
    uint64_t size = block_size(c->block);
    bool v2 = size > 2 * GiB;
    memset(r, 0, 16);
    set_bits(r, 126, 2, v2);
    set_bits(r, 112, 8, 0x0e);          /* TAAC 1 ms */
    set_bits(r, 96, 8, 0x32);           /* 25 MHz */
    set_bits(r, 84, 12, 0x5b5);         /* classes 0, 2, 4, 5, 7, 8, 10 */
    if (v2) {
        set_bits(r, 80, 4, 9);
        set_bits(r, 48, 22, size / (512 * KiB) - 1);
        set_bits(r, 22, 4, 9);
    } else {
        set_bits(r, 79, 1, 1);          /* partial reads */
        set_bits(r, 50, 12, 0xdb6);     /* currents */
        csd_capacity_v1(r, size);
    }
    set_bits(r, 46, 1, 1);              /* single blocks may be erased */
    set_bits(r, 39, 7, 0x7f);
    set_bits(r, 26, 3, 2);
    if (block_read_only(c->block)) {
        set_bits(r, 12, 1, 1);          /* TMP_WRITE_PROTECT */
    }
    r[15] = crc7(r, 15) << 1 | 1;
}

/* --- Data ------------------------------------------------------------------------------------- */

static uint64_t to_bytes(const SdCard *c, uint32_t arg)
{
    return c->high_capacity ? (uint64_t)arg * 512 : arg;
}

static unsigned transfer_len(const SdCard *c)
{
    return c->high_capacity ? 512 : c->block_len;
}

/* The buffer goes to the host, whatever filled it. */
static void offer(SdCard *c, unsigned command, unsigned len)
{
    c->transfer = command;
    c->state = DATA;
    c->pos = 0;
    c->len = len;
}

static void next_block_in(SdCard *c)
{
    unsigned len = transfer_len(c);
    if (!block_read(c->block, c->address, c->buffer, len)) {
        bool past_end = c->address + len > block_size(c->block);
        c->status |= past_end ? 0 : ST_ERROR;   /* reading ahead is no error of the host's */
        c->len = c->pos = 0;
        return;
    }
    c->address += len;
    offer(c, c->transfer, len);
}

static void transfer_ends(SdCard *c)
{
    c->transfer = 0;
    c->state = TRAN;
    c->pos = c->len = 0;
}

bool sd_card_can_read(const SdCard *c)
{
    return c->state == DATA && c->pos < c->len;
}

bool sd_card_can_write(const SdCard *c)
{
    return c->state == RCV && c->pos < c->len;
}

uint8_t sd_card_read(SdCard *c)
{
    if (!sd_card_can_read(c)) {
        return 0;
    }
    uint8_t byte = c->buffer[c->pos++];
    if (c->pos == c->len) {
        if (c->transfer != 18 || (c->blocks_wanted && --c->blocks_wanted == 0)) {
            transfer_ends(c);
        } else {
            next_block_in(c);
        }
    }
    return byte;
}

static void block_arrived(SdCard *c)
{
    c->pos = 0;
    if (!block_write(c->block, c->address, c->buffer, c->len)) {
        c->status |= block_read_only(c->block) ? ST_WP_VIOLATION : ST_OUT_OF_RANGE;
        c->len = 0;
        return;
    }
    c->address += c->len;
    c->blocks_written++;
    if (c->transfer == 24 || (c->blocks_wanted && --c->blocks_wanted == 0)) {
        transfer_ends(c);
    }
}

void sd_card_write(SdCard *c, uint8_t byte)
{
    if (!sd_card_can_write(c)) {
        return;
    }
    c->buffer[c->pos++] = byte;
    if (c->pos < c->len) {
        return;
    }
    if (c->transfer == 24 || c->transfer == 25) {
        block_arrived(c);
    } else {
        transfer_ends(c);               /* PROGRAM_CSD: nothing of it can be changed */
    }
}

/* --- Commands --------------------------------------------------------------------------------- */

static Response illegal(SdCard *c)
{
    c->status |= ST_ILLEGAL;
    return R0;
}

static Response go_idle(SdCard *c, uint32_t arg)
{
    sd_card_reset(c);
    return R0;
}

static Response all_send_cid(SdCard *c, uint32_t arg)
{
    c->state = IDENT;
    return R2_CID;
}

static Response send_relative_addr(SdCard *c, uint32_t arg)
{
    c->rca = (c->rca + 0x4567) & 0xffff;
    c->state = STBY;
    return R6;
}

static bool addressed(const SdCard *c, uint32_t arg)
{
    return arg >> 16 == c->rca;
}

static Response select_card(SdCard *c, uint32_t arg)
{
    if (addressed(c, arg) && c->state == STBY) {
        c->state = TRAN;
        return R1b;
    }
    if (!addressed(c, arg) && c->state != STBY) {
        transfer_ends(c);
        c->state = STBY;
        return R0;
    }
    return addressed(c, arg) ? illegal(c) : R0;
}

/* Voltage 2.7 to 3.6 V only; other cards stay silent. */
static Response send_if_cond(SdCard *c, uint32_t arg)
{
    return extract32(arg, 8, 4) == 1 ? R7 : R0;
}

static Response send_csd(SdCard *c, uint32_t arg)
{
    return addressed(c, arg) ? R2_CSD : R0;
}

static Response send_cid(SdCard *c, uint32_t arg)
{
    return addressed(c, arg) ? R2_CID : R0;
}

static Response stop_transmission(SdCard *c, uint32_t arg)
{
    transfer_ends(c);
    return R1b;
}

static Response send_status(SdCard *c, uint32_t arg)
{
    return addressed(c, arg) ? R1 : R0;
}

static Response set_blocklen(SdCard *c, uint32_t arg)
{
    if (arg == 0 || arg > SD_BUFFER) {
        c->status |= ST_BLOCK_LEN;
    } else {
        c->block_len = arg;
    }
    return R1;
}

static Response read_data(SdCard *c, uint32_t arg, unsigned command)
{
    c->address = to_bytes(c, arg);
    if (c->address + transfer_len(c) > block_size(c->block)) {
        c->status |= ST_OUT_OF_RANGE;
        return R1;
    }
    c->transfer = command;
    next_block_in(c);
    return R1;
}

static Response read_single(SdCard *c, uint32_t arg)
{
    return read_data(c, arg, 17);
}

static Response read_multiple(SdCard *c, uint32_t arg)
{
    return read_data(c, arg, 18);
}

static Response write_data(SdCard *c, uint32_t arg, unsigned command)
{
    c->address = to_bytes(c, arg);
    if (c->address + transfer_len(c) > block_size(c->block)) {
        c->status |= ST_OUT_OF_RANGE;
    } else if (block_read_only(c->block)) {
        c->status |= ST_WP_VIOLATION;
    } else {
        c->transfer = command;
        c->state = RCV;
        c->pos = 0;
        c->len = transfer_len(c);
        c->blocks_written = 0;
    }
    return R1;
}

static Response write_single(SdCard *c, uint32_t arg)
{
    return write_data(c, arg, 24);
}

static Response write_multiple(SdCard *c, uint32_t arg)
{
    return write_data(c, arg, 25);
}

static Response set_block_count(SdCard *c, uint32_t arg)
{
    c->blocks_wanted = arg;
    return R1;
}

static Response program_csd(SdCard *c, uint32_t arg)
{
    c->transfer = 27;
    c->state = RCV;
    c->pos = 0;
    c->len = 16;
    return R1;
}

static Response erase_start(SdCard *c, uint32_t arg)
{
    c->erase_start = arg;
    c->erase_set = false;
    return R1;
}

static Response erase_end(SdCard *c, uint32_t arg)
{
    c->erase_end = arg;
    c->erase_set = true;
    return R1;
}

/* Erased data are zero (DATA_STAT_AFTER_ERASE 0). */
static Response erase(SdCard *c, uint32_t arg)
{
    static const uint8_t zeros[64 * KiB];
    uint64_t first = to_bytes(c, c->erase_start), last = to_bytes(c, c->erase_end);
    if (!c->erase_set) {
        c->status |= ST_ERASE_SEQ;
    } else if (first > last || last >= block_size(c->block)) {
        c->status |= ST_ERASE_PARAM;
    } else {
        uint64_t end = round_down(last, 512) + 512;
        for (uint64_t at = round_down(first, 512); at < end; at += sizeof(zeros)) {
            block_write(c->block, at, zeros, MIN(sizeof(zeros), end - at));
        }
    }
    c->erase_set = false;
    return R1b;
}

static Response app_cmd(SdCard *c, uint32_t arg)
{
    if (c->state >= STBY && !addressed(c, arg)) {
        return R0;
    }
    c->app = true;
    return R1;
}

/* Function group 1 has the default and the high speed; the others only their default (4.3.10). */
static Response switch_function(SdCard *c, uint32_t arg)
{
    static const uint8_t supported[12] = { 0x80, 0x01, 0x80, 0x01, 0x80, 0x01, 0x80, 0x01, 0x80,
                                           0x01, 0x80, 0x03 };
    memset(c->buffer, 0, 64);
    st_be16(c->buffer, 100);            /* mA */
    memcpy(c->buffer + 2, supported, 12);
    for (unsigned group = 0; group < 6; group++) {
        unsigned want = extract32(arg, 4 * group, 4);
        unsigned got = want == 15 ? 0 : want <= (group == 0) ? want : 15;
        c->buffer[16 - group / 2] |= group & 1 ? got << 4 : got;
    }
    offer(c, 6, 64);
    return R1;
}

/* --- Application commands ---------------------------------------------------------------------- */

static Response set_bus_width(SdCard *c, uint32_t arg)
{
    c->wide = (arg & 3) == 2;
    return R1;
}

static Response sd_status(SdCard *c, uint32_t arg)
{
    memset(c->buffer, 0, 64);
    c->buffer[0] = c->wide ? 0x80 : 0;
    offer(c, 13, 64);
    return R1;
}

static Response send_num_written(SdCard *c, uint32_t arg)
{
    st_be32(c->buffer, c->blocks_written);
    offer(c, 22, 4);
    return R1;
}

static Response accept_only(SdCard *c, uint32_t arg)
{
    return R1;
}

/* An argument without voltages only asks. */
static Response send_op_cond(SdCard *c, uint32_t arg)
{
    c->ocr = OCR_VOLTAGES;
    if (arg & OCR_VOLTAGES) {
        bool large = block_size(c->block) > 2 * GiB;
        if (large && !(arg & OCR_CCS)) {
            return R3;                  /* a host that cannot: busy forever */
        }
        c->high_capacity = large;
        c->ocr |= OCR_POWERED_UP | (large ? OCR_CCS : 0);
        c->state = READY;
    }
    return R3;
}

static Response send_scr(SdCard *c, uint32_t arg)
{
    memset(c->buffer, 0, 8);
    c->buffer[0] = 0x02;                /* version 2.00 */
    c->buffer[1] = block_size(c->block) > 2 * GiB ? 0x35 : 0x25;    /* security; 1 and 4 bits */
    offer(c, 51, 8);
    return R1;
}

typedef struct Command {
    Response (*run)(SdCard *c, uint32_t arg);
    uint32_t states;                    /* those in which it is legal */
} Command;

static const Command commands[64] = {
    [0]  = { go_idle, ANY },
    [2]  = { all_send_cid, IN(READY) },
    [3]  = { send_relative_addr, IN(IDENT) | IN(STBY) },
    [6]  = { switch_function, IN(TRAN) },
    [7]  = { select_card, TRANSFER },
    [8]  = { send_if_cond, IN(IDLE) },
    [9]  = { send_csd, IN(STBY) },
    [10] = { send_cid, IN(STBY) },
    [12] = { stop_transmission, IN(TRAN) | IN(DATA) | IN(RCV) | IN(PRG) },
    [13] = { send_status, TRANSFER },
    [16] = { set_blocklen, IN(TRAN) },
    [17] = { read_single, IN(TRAN) },
    [18] = { read_multiple, IN(TRAN) },
    [23] = { set_block_count, IN(TRAN) },
    [24] = { write_single, IN(TRAN) },
    [25] = { write_multiple, IN(TRAN) },
    [27] = { program_csd, IN(TRAN) },
    [32] = { erase_start, IN(TRAN) },
    [33] = { erase_end, IN(TRAN) },
    [38] = { erase, IN(TRAN) },
    [55] = { app_cmd, ANY },
};

static const Command app_commands[64] = {
    [6]  = { set_bus_width, IN(TRAN) },
    [13] = { sd_status, IN(TRAN) },
    [22] = { send_num_written, IN(TRAN) },
    [23] = { accept_only, IN(TRAN) },   /* blocks to erase beforehand */
    [41] = { send_op_cond, IN(IDLE) },
    [42] = { accept_only, IN(TRAN) },   /* card detect resistor */
    [51] = { send_scr, IN(TRAN) },
};

static uint32_t take_status(SdCard *c, unsigned state, bool app)
{
    uint32_t v = c->status | state << 9 | ST_READY | (app ? ST_APP_CMD : 0);
    c->status = 0;
    return v;
}

/* state: as it was when the command came. */
static unsigned answer(SdCard *c, Response kind, unsigned state, uint32_t arg, bool app, uint8_t *r)
{
    uint32_t st;
    switch (kind) {
    case R0:
        return 0;
    case R2_CID:
        make_cid(r);
        return 16;
    case R2_CSD:
        make_csd(c, r);
        return 16;
    case R3:
        st_be32(r, c->ocr);
        return 4;
    case R6:                            /* 4.9.5: bits 23, 22, 19 and 12 to 0 of the status */
        st = take_status(c, state, false);
        st_be32(r, c->rca << 16 | (st >> 8 & 0xc000) | (st >> 6 & 0x2000) | (st & 0x1fff));
        return 4;
    case R7:
        st_be32(r, arg & 0xfff);
        return 4;
    default:
        st_be32(r, take_status(c, state, app));
        return 4;
    }
}

bool sd_card_no_crc(unsigned index, bool app)
{
    return app && index == 41;
}

unsigned sd_card_command(SdCard *c, unsigned index, uint32_t arg, uint8_t response[16])
{
    if (!c->block) {
        return 0;
    }
    bool app = c->app;
    unsigned state = c->state;
    c->app = false;
    const Command *cmd = &commands[index & 63];
    if (app && app_commands[index & 63].run) {
        cmd = &app_commands[index & 63];
    }
    if (!cmd->run || !(cmd->states & BIT32(state))) {
        illegal(c);
        return 0;
    }
    Response kind = cmd->run(c, arg);
    return answer(c, kind, state, arg, app || c->app, response);
}

void sd_card_init(SdCard *c, Block *block)
{
    c->block = block;
    sd_card_reset(c);
}

void sd_card_reset(SdCard *c)
{
    Block *block = c->block;
    *c = (SdCard){ .block = block, .block_len = 512, .ocr = OCR_VOLTAGES };
}

bool sd_card_present(const SdCard *c)
{
    return c->block != NULL;
}

bool sd_card_valid(const SdCard *c)
{
    return c->state <= DIS && c->len <= SD_BUFFER && c->pos <= c->len && c->block_len >= 1 &&
           c->block_len <= SD_BUFFER;
}
