/* SPDX-License-Identifier: MIT */
/*
 * Parallel NOR flash with the Common Flash Interface and Intel's command set: one or more chips side
 * by side on the bus, all given the same commands.
 * Implements: JEDEC JESD68.01 (CFI); Intel 28F256J3 data sheet (StrataFlash), "Flash Commands";
 * Intel Application Note 646 (query structure).
 * Choices: programming and erasing take no time.  Chips in one row are of the width given by
 * `device-width`; reads of status and query show them repeated over the bus.  With a drive the
 * contents come from there and each change is written back at once; without, they are 0 until
 * they are erased (pages that nobody touched cost no host memory).
 * Not here: protection registers, suspend (accepted, nothing is ever under way), configuration of
 * the STS pin.
 */
#include <inttypes.h>
#include "io/block/block.h"
#include "system/device.h"

enum { SR_READY = 0x80, SR_ERASE_ERROR = 0x20, SR_PROGRAM_ERROR = 0x10, SR_LOCKED = 0x02 };
enum { BUFFER_WORDS = 32, QUERY_LEN = 0x40 };

/* What a write means next. */
enum { W_COMMAND, W_PROGRAM, W_ERASE, W_LOCK, W_BUFFER_COUNT, W_BUFFER_DATA, W_BUFFER_CONFIRM,
       W_CONFIG };
/* What a read shows. */
enum { R_ARRAY, R_STATUS, R_ID, R_QUERY };

typedef struct CfiFlash {
    Device       dev;
    MemoryRegion region;
    MemoryOps    ops;
    Block       *block;
    uint64_t     size, sector;
    uint32_t     width, device_width;   /* of the bus and of a chip, in bytes */
    uint32_t     id;                    /* manufacturer << 16 | device */
    uint8_t     *data;
    uint8_t      query[QUERY_LEN];
    uint8_t      status, reads, writes;
    uint32_t     lock_bits[32];         /* a bit a sector, of the first 1024 */
    uint64_t     buffer_left;           /* bytes of a buffered write to come */
} CfiFlash;

#define PFLASH_CFI01(d) DEVICE_AS(CfiFlash, d)

/* --- Contents --------------------------------------------------------------------------------- */

static void changed(CfiFlash *s, uint64_t off, uint64_t len)
{
    memory_region_written(&s->region, off, len);
    if (s->block && off < block_size(s->block)) {
        len = MIN(len, block_size(s->block) - off);
        if (!block_write(s->block, off, s->data + off, len)) {
            log_guest(&s->dev, "the image cannot be written");
        }
    }
}

static bool locked(CfiFlash *s, uint64_t off)
{
    uint64_t sector = off / s->sector;
    return sector < 1024 && (s->lock_bits[sector / 32] >> sector % 32 & 1);
}

/* Programming only clears bits. */
static void program(CfiFlash *s, uint64_t off, uint64_t value, unsigned size)
{
    if (locked(s, off)) {
        s->status |= SR_PROGRAM_ERROR | SR_LOCKED;
        return;
    }
    for (unsigned i = 0; i < size; i++) {
        s->data[off + i] &= value >> 8 * i;
    }
    changed(s, off, size);
}

static void erase(CfiFlash *s, uint64_t off)
{
    off -= off % s->sector;
    if (locked(s, off)) {
        s->status |= SR_ERASE_ERROR | SR_LOCKED;
        return;
    }
    memset(s->data + off, 0xff, s->sector);
    changed(s, off, s->sector);
}

/* --- Reads ------------------------------------------------------------------------------------ */

static void show(CfiFlash *s, unsigned what)
{
    s->reads = what;
    memory_set_read_through(&s->region, what == R_ARRAY);
}

/* A chip's value on each of its lanes. */
static uint64_t on_all_lanes(const CfiFlash *s, uint32_t value)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < s->width; i += s->device_width) {
        v |= (uint64_t)value << 8 * i;
    }
    return v;
}

static uint32_t id_word(CfiFlash *s, uint64_t off, unsigned word)
{
    switch (word & 0xff) {
    case 0:
        return s->id >> 16;
    case 1:
        return s->id & 0xffff;
    case 2:
        return locked(s, off);
    default:
        return 0;
    }
}

static uint64_t flash_read(void *opaque, GPa off, unsigned size)
{
    CfiFlash *s = opaque;
    unsigned word = off / s->width, lane = off % s->width;
    uint64_t v;
    switch (s->reads) {
    case R_ARRAY:
        return ld_endian(s->data + off, size, ENDIAN_LITTLE);
    case R_ID:
        v = on_all_lanes(s, id_word(s, off, word));
        break;
    case R_QUERY:
        v = on_all_lanes(s, (word & 0xff) < 0x10 ? id_word(s, off, word)
                            : (word & 0xff) < 0x10 + QUERY_LEN ? s->query[(word & 0xff) - 0x10] : 0);
        break;
    default:
        v = on_all_lanes(s, s->status);
        break;
    }
    if (size > s->width) {
        v |= v << 8 * s->width;
    }
    return v >> 8 * lane & mask64(8 * size);
}

/* --- Commands --------------------------------------------------------------------------------- */

static void command(CfiFlash *s, uint64_t off, uint8_t value)
{
    static const struct {
        uint8_t code, reads, writes;
    } table[] = {
        { 0xff, R_ARRAY, W_COMMAND },  { 0x00, R_ARRAY, W_COMMAND },
        { 0xf0, R_ARRAY, W_COMMAND },  /* AMD's reset, sent by probes */
        { 0x90, R_ID, W_COMMAND },     { 0x98, R_QUERY, W_COMMAND },
        { 0x70, R_STATUS, W_COMMAND }, { 0x20, R_STATUS, W_ERASE },
        { 0x40, R_STATUS, W_PROGRAM }, { 0x10, R_STATUS, W_PROGRAM },
        { 0x60, R_STATUS, W_LOCK },    { 0xe8, R_STATUS, W_BUFFER_COUNT },
        { 0xb8, R_STATUS, W_CONFIG },  { 0xb0, R_STATUS, W_COMMAND },
        { 0xd0, R_STATUS, W_COMMAND },
    };
    if (value == 0x50) {
        s->status = SR_READY;
        return;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(table); i++) {
        if (table[i].code == value) {
            s->writes = table[i].writes;
            show(s, table[i].reads);
            return;
        }
    }
    log_guest(&s->dev, "unknown command %#x", value);
    show(s, R_ARRAY);
}

static void lock_command(CfiFlash *s, uint64_t off, uint8_t value)
{
    uint64_t sector = off / s->sector;
    if (value == 0x01 && sector < 1024) {
        s->lock_bits[sector / 32] |= BIT32(sector % 32);
    } else if (value == 0xd0) {         /* the J3 clears all of them */
        memset(s->lock_bits, 0, sizeof(s->lock_bits));
    } else if (value != 0x03 && value != 0x04) {
        s->status |= SR_ERASE_ERROR | SR_PROGRAM_ERROR;
    }
}

static void buffer_data(CfiFlash *s, uint64_t off, uint64_t value, unsigned size)
{
    program(s, off, value, size);
    if (s->buffer_left <= size) {
        s->writes = W_BUFFER_CONFIRM;
    } else {
        s->buffer_left -= size;
    }
}

static void buffer_count(CfiFlash *s, uint8_t value)
{
    if (value >= BUFFER_WORDS) {
        s->status |= SR_ERASE_ERROR | SR_PROGRAM_ERROR;
        s->writes = W_COMMAND;
        return;
    }
    s->buffer_left = (value + 1) * s->width;
    s->writes = W_BUFFER_DATA;
}

static void flash_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    CfiFlash *s = opaque;
    unsigned step = s->writes;
    if (step != W_BUFFER_COUNT && step != W_BUFFER_DATA) {
        s->writes = W_COMMAND;
    }
    switch (step) {
    case W_COMMAND:
        command(s, off, value);
        break;
    case W_PROGRAM:
        program(s, off, value, size);
        break;
    case W_ERASE:
        if ((uint8_t)value == 0xd0) {
            erase(s, off);
        } else {
            s->status |= SR_ERASE_ERROR | SR_PROGRAM_ERROR;
        }
        break;
    case W_LOCK:
        lock_command(s, off, value);
        break;
    case W_BUFFER_COUNT:
        buffer_count(s, value);
        break;
    case W_BUFFER_DATA:
        buffer_data(s, off, value, size);
        break;
    case W_BUFFER_CONFIRM:
        if ((uint8_t)value != 0xd0) {
            s->status |= SR_ERASE_ERROR | SR_PROGRAM_ERROR;
        }
        break;
    }
}

/* --- Making one ------------------------------------------------------------------------------- */

/* Offsets are those of the data sheet less 0x10. */
static void make_query(CfiFlash *s)
{
    unsigned chips = s->width / s->device_width;
    unsigned sectors = s->size / s->sector, block = s->sector / chips / 256;
    static const uint8_t fixed[] = {
        'Q', 'R', 'Y', 0x01, 0x00, 0x31, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x45, 0x55, 0x00, 0x00, 0x07, 0x07, 0x0a, 0x00, 0x04, 0x04, 0x04, 0x00,
    };
    memcpy(s->query, fixed, sizeof(fixed));
    s->query[0x17] = __builtin_ctzll(s->size / chips);
    s->query[0x18] = s->device_width == 1 ? 0 : 2;              /* x8, or x8/x16 */
    s->query[0x1a] = __builtin_ctz(BUFFER_WORDS * s->device_width);
    s->query[0x1c] = 1;                                         /* one kind of block */
    st_le16(s->query + 0x1d, sectors - 1);
    st_le16(s->query + 0x1f, block);
    memcpy(s->query + 0x21, "PRI11", 5);                        /* extended table at 0x31 */
    st_le32(s->query + 0x26, 0x0a);                             /* suspend, lock bits */
    s->query[0x2a] = 0x01;
    st_le16(s->query + 0x2b, 0x01);
}

static bool check(CfiFlash *s, GError **err)
{
    bool ok = is_power_of_2(s->size) && is_power_of_2(s->sector) && is_power_of_2(s->width) &&
              is_power_of_2(s->device_width) && s->width <= 8 && s->device_width <= s->width &&
              s->size <= GiB && s->sector <= s->size && s->sector >= 256 * s->width;
    return ok || fail(err, EMU_ERROR_USAGE, "%s: no flash has this geometry", s->dev.id);
}

static bool pflash_cfi01_realize(Device *dev, GError **err)
{
    CfiFlash *s = PFLASH_CFI01(dev);
    if (!check(s, err)) {
        return false;
    }
    if (block_size(s->block) > s->size) {
        return fail(err, EMU_ERROR_DATA, "%s: the image has %" PRIu64 " bytes, the flash only %"
                    PRIu64, dev->id, block_size(s->block), s->size);
    }
    s->ops = (MemoryOps){ .read = flash_read, .write = flash_write, .endian = ENDIAN_LITTLE };
    if (!memory_flash_init(&s->region, dev->id, s->size, &s->ops, s, err)) {
        return false;
    }
    s->data = s->region.ram->host;
    uint64_t have = block_size(s->block);
    if (have && !block_read(s->block, 0, s->data, have)) {
        memory_region_free(&s->region);
        return fail(err, EMU_ERROR_NOINPUT, "%s: the image cannot be read", dev->id);
    }
    make_query(s);
    device_add_region(dev, &s->region);
    return true;
}

static void pflash_cfi01_unrealize(Device *dev)
{
    memory_region_free(&PFLASH_CFI01(dev)->region);
}

static void pflash_cfi01_reset(Device *dev)
{
    show(PFLASH_CFI01(dev), R_ARRAY);
}

static bool pflash_cfi01_loaded(Device *dev, GError **err)
{
    CfiFlash *s = PFLASH_CFI01(dev);
    show(s, s->reads);
    memory_region_written(&s->region, 0, s->size);
    return true;
}

const DeviceClass pflash_cfi01 = {
    .name      = "pflash_cfi01", .about = "NOR flash with Intel's command set",
    .size      = sizeof(CfiFlash),
    .props     = PROPS(PROP_DRIVE("drive", CfiFlash, block, .about = "its contents"),
                       PROP_U64("size", CfiFlash, size, .fallback = 4 * MiB),
                       PROP_U64("sector", CfiFlash, sector, .fallback = 256 * KiB,
                                .about = "over all chips of a row"),
                       PROP_U32("width", CfiFlash, width, .fallback = 4,
                                .about = "of the bus, in bytes"),
                       PROP_U32("device-width", CfiFlash, device_width, .fallback = 2,
                                .about = "of a chip, in bytes"),
                       PROP_U32("chip-id", CfiFlash, id, .fallback = 0x00890018,
                                .about = "manufacturer and device")),
    .state     = STATE(STATE_BYTES(CfiFlash, data, size), STATE_U8(CfiFlash, status, .reset = SR_READY),
                       STATE_U8(CfiFlash, reads), STATE_U8(CfiFlash, writes),
                       STATE_ARRAY(U32, CfiFlash, lock_bits, .keep = true),
                       STATE_U64(CfiFlash, buffer_left)),
    .realize   = pflash_cfi01_realize,
    .unrealize = pflash_cfi01_unrealize,
    .reset     = pflash_cfi01_reset,
    .loaded    = pflash_cfi01_loaded,
};
