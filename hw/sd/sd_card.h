/* SPDX-License-Identifier: MIT */
/*
 * An SD memory card in a host controller's slot.
 *
 * The controller embeds an SdCard, puts SD_CARD_STATE(Type, field) among its state rows and calls
 * sd_card_init() in realize.  Commands answer at once; data move byte by byte.
 */
#pragma once
#include "io/block/block.h"
#include "system/device.h"

enum { SD_BUFFER = 512 };

typedef struct SdCard {
    Block   *block;                     /* NULL: the slot is empty */
    uint32_t state;                     /* as in CURRENT_STATE */
    uint32_t status;                    /* error bits to report with the next R1 */
    uint32_t ocr;
    uint32_t rca, block_len;
    uint32_t blocks_written, blocks_wanted; /* ACMD22; CMD23 */
    uint32_t erase_start, erase_end;
    bool     app, idle, high_capacity, wide, erase_set;
    uint8_t  transfer;                  /* the command that moves data; 0: none */
    uint8_t  buffer[SD_BUFFER];
    uint32_t pos, len;                  /* in the buffer */
    uint64_t address;                   /* of the block after the buffer */
} SdCard;

void sd_card_init(SdCard *c, Block *block);
void sd_card_reset(SdCard *c);
bool sd_card_present(const SdCard *c);

/* Bytes of response: 0 (none), 4 (R1, R3, R6, R7: bits 39 to 8) or 16 (R2: bits 127 to 0). */
unsigned sd_card_command(SdCard *c, unsigned index, uint32_t arg, uint8_t response[16]);
/* Is the response that kind that has no CRC (R3)? */
bool sd_card_no_crc(unsigned index, bool app);

bool sd_card_can_read(const SdCard *c);
bool sd_card_can_write(const SdCard *c);
uint8_t sd_card_read(SdCard *c);
void sd_card_write(SdCard *c, uint8_t byte);
/* After loading a snapshot. */
bool sd_card_valid(const SdCard *c);

#define SD_CARD_STATE(T, f)                                                                     \
    STATE_U32(T, f.state), STATE_U32(T, f.status), STATE_U32(T, f.ocr), STATE_U32(T, f.rca),    \
    STATE_U32(T, f.block_len), STATE_U32(T, f.blocks_written), STATE_U32(T, f.blocks_wanted),   \
    STATE_U32(T, f.erase_start), STATE_U32(T, f.erase_end), STATE_BOOL(T, f.app),               \
    STATE_BOOL(T, f.idle), STATE_BOOL(T, f.high_capacity), STATE_BOOL(T, f.wide),               \
    STATE_BOOL(T, f.erase_set), STATE_U8(T, f.transfer), STATE_ARRAY(U8, T, f.buffer),          \
    STATE_U32(T, f.pos), STATE_U32(T, f.len), STATE_U64(T, f.address)
