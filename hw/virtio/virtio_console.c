/* SPDX-License-Identifier: MIT */
/*
 * virtio console with one port.
 * Implements: OASIS Virtual I/O Device 1.1, chapter 5.3.
 * Leaves out: VIRTIO_CONSOLE_F_MULTIPORT and F_SIZE (a terminal's size is not known here).
 */
#include "hw/virtio/virtio.h"
#include "io/char.h"

enum { QUEUE_RX, QUEUE_TX, CHUNK = 4096, CONFIG_EMERGENCY = 8 };
#define F_EMERG_WRITE BIT64(2)

typedef struct VirtioConsole {
    VirtioDevice v;
    CharPort    *port;
} VirtioConsole;

#define CONSOLE(d) DEVICE_AS(VirtioConsole, d)

static unsigned can_read(void *opaque)
{
    VirtioConsole *s = opaque;
    return virtq_ready(&s->v, QUEUE_RX) ? CHUNK : 0;
}

/* As many buffers as the bytes need; what does not fit is lost, as on a line without handshake. */
static void read_bytes(void *opaque, const uint8_t *buf, unsigned len)
{
    static VirtElement e;
    VirtioConsole *s = opaque;
    while (len && virtq_pop(&s->v, QUEUE_RX, &e)) {
        unsigned n = virtq_write(&s->v, &e, 0, buf, len);
        virtq_push(&s->v, QUEUE_RX, &e, n);
        buf += n;
        len -= n;
    }
    virtq_notify(&s->v, QUEUE_RX);
}

static uint32_t console_handle(VirtioDevice *v, unsigned queue, const VirtElement *e)
{
    uint8_t buf[CHUNK];
    uint64_t done = 0, n, limit = MIN(e->read_len, 1 * MiB);
    while (done < limit && (n = virtq_read(v, e, done, buf, MIN(limit - done, CHUNK)))) {
        char_write(((VirtioConsole *)v)->port, buf, n);
        done += n;
    }
    return 0;
}

static void console_filled(VirtioDevice *v, unsigned queue)
{
    char_accept_input(((VirtioConsole *)v)->port);
}

static uint64_t console_features(VirtioDevice *v)
{
    return F_EMERG_WRITE;
}

static void console_config(VirtioDevice *v, uint8_t *config)
{
    st_le32(config + 4, 1);                     /* ports */
}

static void console_write_config(VirtioDevice *v, unsigned offset, uint8_t value)
{
    if (offset == CONFIG_EMERGENCY) {
        char_write(((VirtioConsole *)v)->port, &value, 1);
    }
}

static const VirtioOps console_ops = {
    .id = VIRTIO_ID_CONSOLE, .n_queues = 2, .input_queues = BIT32(QUEUE_RX),
    .config_size = 12, .features = console_features, .read_config = console_config,
    .write_config = console_write_config, .handle = console_handle, .filled = console_filled,
};

static bool console_realize(Device *dev, GError **err)
{
    VirtioConsole *s = CONSOLE(dev);
    virtio_realize(&s->v, &console_ops);
    char_set_handlers(s->port, can_read, read_bytes, NULL, s);
    return true;
}

static void console_unrealize(Device *dev)
{
    char_set_handlers(CONSOLE(dev)->port, NULL, NULL, NULL, NULL);
}

const DeviceClass virtio_console = {
    .name    = "virtio-console", .about = "virtio console", .bus = "virtio",
    .size    = sizeof(VirtioConsole),
    .props   = PROPS(VIRTIO_PROPS(VirtioConsole), PROP_CHAR("chardev", VirtioConsole, port)),
    .state   = STATE(VIRTIO_STATE(VirtioConsole)),
    .realize = console_realize, .unrealize = console_unrealize, .reset = virtio_device_reset,
    .loaded  = virtio_device_loaded,
};
