/* SPDX-License-Identifier: MIT */
/*
 * fw_cfg: how firmware and kernels ask an emulator for files and numbers; the memory-mapped form and
 * that of the PC's ports.
 * Implements: the fw_cfg interface specification (qemu.org, "Firmware Configuration Device"):
 *
 *     +0   data      the selected item, byte by byte; a wider access takes several in order
 *     +8   selector  16 bits, big-endian; goes back to the item's first byte
 *     +16  DMA       64 bits, big-endian: address of a transfer block; the low half starts it
 *
 * As ports (fw_cfg-io; the board puts window 0 at 0x510 and window 1 at 0x514):
 *
 *     +0   selector  16 bits, little-endian
 *     +1   data      bytes
 *     +4   DMA       as above
 *
 * Items come from system/firmware_files.h.  Reading past an item's end gives zeros.
 * Choices: items cannot be written (a DMA write fails); a DMA read of more than is there zeroes the
 * rest, and the transfer ends at the first bus error.
 */
#include <inttypes.h>
#include "system/device.h"
#include "system/firmware_files.h"

enum { KEY_SIGNATURE = 0, KEY_ID = 1, KEY_MASK = 0xbfff };
enum { DMA_ERROR = 1, DMA_READ = 2, DMA_SKIP = 4, DMA_SELECT = 8, DMA_WRITE = 16 };
enum { ID_TRADITIONAL = 1, ID_DMA = 2 };
#define DMA_SIGNATURE UINT64_C(0x51454d5520434647)      /* "QEMU CFG" */

typedef struct FwCfg {
    Device        dev;
    AddressSpace *memory;
    uint32_t      key, offset;
    uint64_t      dma;              /* address being written */
    bool          busy;             /* a transfer block that lies over our registers */
    GBytes       *fixed;            /* the selected item, when this device makes it itself */
} FwCfg;

#define FW_CFG(d) DEVICE_AS(FwCfg, d)

/* ---- items ---- */

static GBytes *make_directory(void)
{
    GByteArray *dir = g_byte_array_new();
    uint8_t count[4] = { 0 };
    g_byte_array_append(dir, count, sizeof(count));
    const char *name;
    unsigned n = 0;
    for (; (name = firmware_file_name(n)); n++) {
        uint8_t entry[8 + FIRMWARE_NAME_SIZE] = { 0 };
        uint16_t key = FIRMWARE_FIRST_FILE + n;
        st_be32(entry, g_bytes_get_size(firmware_item(key)));
        st_be16(entry + 4, key);
        g_strlcpy((char *)entry + 8, name, FIRMWARE_NAME_SIZE);
        g_byte_array_append(dir, entry, sizeof(entry));
    }
    st_be32(dir->data, n);
    return g_byte_array_free_to_bytes(dir);
}

static void forget_item(FwCfg *s)
{
    g_clear_pointer(&s->fixed, g_bytes_unref);
}

static void select_item(FwCfg *s, uint16_t key)
{
    static const uint8_t id[4] = { ID_TRADITIONAL | ID_DMA };
    forget_item(s);
    key &= KEY_MASK;                    /* bit 14 once meant writing, bit 15 is the architecture's */
    s->key = key;
    s->offset = 0;
    if (key == KEY_SIGNATURE) {
        s->fixed = g_bytes_new_static("QEMU", 4);
    } else if (key == KEY_ID) {
        s->fixed = g_bytes_new_static(id, sizeof(id));
    } else if (key == FIRMWARE_FILE_DIR) {
        s->fixed = make_directory();
    }
}

/* The bytes from the current offset. */
static const uint8_t *rest(FwCfg *s, gsize *n)
{
    GBytes *item = s->fixed ? s->fixed : firmware_item(s->key);
    const uint8_t *p = item ? g_bytes_get_data(item, n) : NULL;
    if (!p || s->offset >= *n) {
        *n = 0;
        return NULL;
    }
    *n -= s->offset;
    return p + s->offset;
}

static void advance(FwCfg *s, uint32_t n)
{
    s->offset = s->offset > UINT32_MAX - n ? UINT32_MAX : s->offset + n;
}

/* ---- DMA ---- */

static bool dma_copy(FwCfg *s, GPa to, uint32_t length)
{
    gsize have = 0;
    const uint8_t *p = rest(s, &have);
    uint32_t n = MIN(have, length);
    bool ok = !n || address_space_write(s->memory, to, p, n) == MEM_OK;
    ok = ok && (n == length || address_space_fill(s->memory, to + n, 0, length - n) == MEM_OK);
    advance(s, length);
    return ok;
}

static void dma_run(FwCfg *s, GPa block)
{
    uint8_t b[16];
    if (address_space_read(s->memory, block, b, sizeof(b)) != MEM_OK) {
        log_guest(&s->dev, "DMA block at %#" PRIx64 " is not in memory", block);
        return;
    }
    uint32_t control = ld_be32(b), length = ld_be32(b + 4);
    bool ok = true;
    if (control & DMA_SELECT) {
        select_item(s, control >> 16);
    }
    if (control & DMA_READ) {
        ok = dma_copy(s, ld_be64(b + 8), length);
    } else if (control & DMA_WRITE) {
        log_guest(&s->dev, "write of item %#x, which cannot be written", s->key);
        ok = false;
    } else if (control & DMA_SKIP) {
        advance(s, length);
    }
    st_be32(b, ok ? 0 : DMA_ERROR);
    address_space_write(s->memory, block, b, 4);
}

/* ---- registers ---- */

static uint64_t data_read(FwCfg *s, unsigned size)
{
    gsize have = 0;
    const uint8_t *p = rest(s, &have);
    uint64_t v = 0;
    for (unsigned i = 0; i < size; i++) {
        v = v << 8 | (i < have ? p[i] : 0);
    }
    advance(s, size);
    return v;
}

static uint64_t fw_cfg_read(Device *dev, uint64_t off, unsigned size)
{
    FwCfg *s = FW_CFG(dev);
    if (off < 8) {
        return data_read(s, size);
    }
    if (off >= 16 && off + size <= 24) {
        return DMA_SIGNATURE >> (8 * (24 - off - size)) & mask64(8 * size);
    }
    return off < 16 ? s->key : 0;
}

static void dma_write(FwCfg *s, uint64_t off, uint64_t value, unsigned size)
{
    if (off == 16 && size == 4) {
        s->dma = value << 32;
        return;
    }
    GPa block = size == 8 ? value : s->dma | value;
    s->dma = 0;
    if (!s->busy) {
        s->busy = true;
        dma_run(s, block);
        s->busy = false;
    }
}

static void fw_cfg_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    FwCfg *s = FW_CFG(dev);
    if (off == 8 && size == 2) {
        select_item(s, value);
    } else if ((off == 16 && size >= 4) || (off == 20 && size == 4)) {
        dma_write(s, off, value, size);
    } else {
        log_guest(dev, "write of %u bytes at %#" PRIx64, size, off);
    }
}

static uint64_t io_read(Device *dev, uint64_t off, unsigned size)
{
    return off == 1 && size == 1 ? data_read(FW_CFG(dev), 1) : mask64(8 * size);
}

static void io_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    if (off == 0 && size == 2) {
        select_item(FW_CFG(dev), value);
    } else {
        log_guest(dev, "write of %u bytes at %#" PRIx64, size, off);
    }
}

static uint64_t io_dma_read(Device *dev, uint64_t off, unsigned size)
{
    return fw_cfg_read(dev, 16 + off, size);
}

static void io_dma_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    fw_cfg_write(dev, 16 + off, value, size);
}

static void fw_cfg_reset(Device *dev)
{
    select_item(FW_CFG(dev), KEY_SIGNATURE);
}

static bool fw_cfg_loaded(Device *dev, GError **err)
{
    FwCfg *s = FW_CFG(dev);
    uint32_t offset = s->offset;
    select_item(s, s->key);
    s->offset = offset;
    return true;
}

static void fw_cfg_unrealize(Device *dev)
{
    forget_item(FW_CFG(dev));
}

const DeviceClass fw_cfg = {
    .name  = "fw_cfg", .about = "firmware configuration (files for the guest's firmware)",
    .size  = sizeof(FwCfg),
    .regs  = WINDOWS(RAW_WINDOW("fw_cfg", 0x18, ACCESS_ANY | REGS_BIG, fw_cfg_read, fw_cfg_write)),
    .props = PROPS(PROP_MEMORY("memory", FwCfg, memory)),
    .state = STATE(STATE_U32(FwCfg, key), STATE_U32(FwCfg, offset), STATE_U64(FwCfg, dma)),
    .reset = fw_cfg_reset, .loaded = fw_cfg_loaded, .unrealize = fw_cfg_unrealize,
};

const DeviceClass fw_cfg_io = {
    .name  = "fw_cfg-io", .about = "firmware configuration at ports",
    .size  = sizeof(FwCfg),
    .regs  = WINDOWS(RAW_WINDOW("ports", 2, ACCESS_8 | ACCESS_16, io_read, io_write),
                     RAW_WINDOW("dma", 8, ACCESS_ANY | REGS_BIG, io_dma_read, io_dma_write)),
    .props = PROPS(PROP_MEMORY("memory", FwCfg, memory)),
    .state = STATE(STATE_U32(FwCfg, key), STATE_U32(FwCfg, offset), STATE_U64(FwCfg, dma)),
    .reset = fw_cfg_reset, .loaded = fw_cfg_loaded, .unrealize = fw_cfg_unrealize,
};
