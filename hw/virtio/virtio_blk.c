/* SPDX-License-Identifier: MIT */
/*
 * virtio block device.
 * Implements: OASIS Virtual I/O Device 1.1, chapter 5.2: read, write, flush, device ID.
 * Leaves out: discard, write zeroes, topology, several queues.
 */
#include "hw/virtio/virtio.h"
#include "io/block/block.h"

enum { SECTOR = 512, HEADER = 16, ID_SIZE = 20, CHUNK = 128 * 1024, MAX_SEGMENTS = 126 };
#define MAX_REQUEST (64 * MiB)
enum { T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8 };
enum { S_OK = 0, S_IOERR = 1, S_UNSUPP = 2 };
#define F_SEG_MAX  BIT64(2)
#define F_RO       BIT64(5)
#define F_BLK_SIZE BIT64(6)
#define F_FLUSH    BIT64(9)

typedef struct VirtioBlk {
    VirtioDevice v;
    Block       *drive;
    const char  *serial;
    uint8_t      buf[CHUNK];
} VirtioBlk;

#define BLK(d) DEVICE_AS(VirtioBlk, d)

/* Is [sector, sector + len bytes) whole sectors of the disk, and no more than is sensible? */
static bool in_range(const VirtioBlk *s, uint64_t sector, uint64_t len)
{
    uint64_t size = block_size(s->drive);
    return len % SECTOR == 0 && len <= MAX_REQUEST && sector <= size / SECTOR &&
           len <= size - sector * SECTOR;
}

static uint8_t read_disk(VirtioBlk *s, const VirtElement *e, uint64_t sector, uint32_t *written)
{
    uint64_t len = e->write_len - 1;                /* the last byte is the status */
    if (!in_range(s, sector, len)) {
        return S_IOERR;
    }
    for (uint64_t done = 0; done < len;) {
        uint64_t n = MIN(len - done, (uint64_t)CHUNK);
        if (!block_read(s->drive, sector * SECTOR + done, s->buf, n)) {
            return S_IOERR;
        }
        virtq_write(&s->v, e, done, s->buf, n);
        done += n;
        *written = done;
    }
    return S_OK;
}

static uint8_t write_disk(VirtioBlk *s, const VirtElement *e, uint64_t sector)
{
    uint64_t len = e->read_len - HEADER;
    if (block_read_only(s->drive) || !in_range(s, sector, len)) {
        return S_IOERR;
    }
    for (uint64_t done = 0; done < len;) {
        uint64_t n = MIN(len - done, (uint64_t)CHUNK);
        virtq_read(&s->v, e, HEADER + done, s->buf, n);
        if (!block_write(s->drive, sector * SECTOR + done, s->buf, n)) {
            return S_IOERR;
        }
        done += n;
    }
    return S_OK;
}

static uint8_t get_id(VirtioBlk *s, const VirtElement *e, uint32_t *written)
{
    char id[ID_SIZE] = { 0 };
    memcpy(id, s->serial, MIN(strlen(s->serial), sizeof(id)));
    *written = virtq_write(&s->v, e, 0, id, MIN(e->write_len - 1, sizeof(id)));
    return S_OK;
}

static uint8_t serve(VirtioBlk *s, const VirtElement *e, uint32_t *written)
{
    uint8_t h[HEADER] = { 0 };
    virtq_read(&s->v, e, 0, h, sizeof(h));
    switch (ld_le32(h)) {
    case T_IN:
        return read_disk(s, e, ld_le64(h + 8), written);
    case T_OUT:
        return write_disk(s, e, ld_le64(h + 8));
    case T_FLUSH:
        return block_flush(s->drive) ? S_OK : S_IOERR;
    case T_GET_ID:
        return get_id(s, e, written);
    default:
        return S_UNSUPP;
    }
}

static uint32_t blk_handle(VirtioDevice *v, unsigned queue, const VirtElement *e)
{
    uint32_t written = 0;
    if (e->read_len < HEADER || e->write_len < 1) {
        log_guest(&v->dev, "request without room for header and status");
        return 0;
    }
    uint8_t status = serve((VirtioBlk *)v, e, &written);
    virtq_write(v, e, e->write_len - 1, &status, 1);
    return written + 1;
}

static uint64_t blk_features(VirtioDevice *v)
{
    VirtioBlk *s = (VirtioBlk *)v;
    return F_SEG_MAX | F_BLK_SIZE | F_FLUSH | (block_read_only(s->drive) ? F_RO : 0);
}

static void blk_config(VirtioDevice *v, uint8_t *config)
{
    VirtioBlk *s = (VirtioBlk *)v;
    st_le64(config, block_size(s->drive) / SECTOR);
    st_le32(config + 12, MAX_SEGMENTS);
    st_le32(config + 20, SECTOR);
}

static const VirtioOps blk_ops = {
    .id = VIRTIO_ID_BLOCK, .n_queues = 1, .config_size = 36, .features = blk_features,
    .read_config = blk_config, .handle = blk_handle,
};

static bool blk_realize(Device *dev, GError **err)
{
    VirtioBlk *s = BLK(dev);
    virtio_realize(&s->v, &blk_ops);
    s->v.absent = !s->drive;
    return true;
}

const DeviceClass virtio_blk = {
    .name    = "virtio-blk", .about = "virtio disk", .bus = "virtio",
    .size    = sizeof(VirtioBlk),
    .props   = PROPS(VIRTIO_PROPS(VirtioBlk),
                     PROP_DRIVE("drive", VirtioBlk, drive, .about = "the disk's image"),
                     PROP_STRING("serial", VirtioBlk, serial, .text = "", .about = "its number")),
    .state   = STATE(VIRTIO_STATE(VirtioBlk)),
    .realize = blk_realize, .reset = virtio_device_reset, .loaded = virtio_device_loaded,
};
