/* SPDX-License-Identifier: MIT */
/*
 * virtio network card.
 * Implements: OASIS Virtual I/O Device 1.1, chapter 5.1: MAC address, link status, one pair of
 * queues; the shorter header of the legacy interface.
 * Leaves out: the control queue, checksum and segmentation offloads, merged receive buffers,
 * several pairs of queues.  Frames for other stations are not filtered.
 */
#include "hw/virtio/virtio.h"
#include "io/net/net.h"

enum { QUEUE_RX, QUEUE_TX, HEADER_LEGACY = 10, HEADER = 12, LINK_UP = 1 };
#define F_MAC    BIT64(5)
#define F_STATUS BIT64(16)

typedef struct VirtioNet {
    VirtioDevice v;
    NetPort     *port;
    const char  *mac_text;
    uint8_t      mac[6];
} VirtioNet;

#define NET(d) DEVICE_AS(VirtioNet, d)

/* 5.1.6.1: the field num_buffers is there from 1.0 on. */
static unsigned header_size(const VirtioDevice *v)
{
    return v->features & VIRTIO_F_VERSION_1 ? HEADER : HEADER_LEGACY;
}

static bool can_receive(void *opaque)
{
    VirtioNet *s = opaque;
    return virtq_ready(&s->v, QUEUE_RX);
}

/* A frame that its buffer is too small for is dropped; the buffer stays. */
static void receive(void *opaque, const uint8_t *frame, unsigned len)
{
    static VirtElement e;
    VirtioNet *s = opaque;
    unsigned head = header_size(&s->v);
    uint8_t header[HEADER] = { 0 };
    st_le16(header + 10, 1);                        /* num_buffers */
    if (!virtq_pop(&s->v, QUEUE_RX, &e)) {
        return;
    }
    if (e.write_len < head + len) {
        log_guest(&s->v.dev, "receive buffer of %u bytes", (unsigned)e.write_len);
        virtq_unpop(&s->v, QUEUE_RX);
        return;
    }
    virtq_write(&s->v, &e, 0, header, head);
    virtq_write(&s->v, &e, head, frame, len);
    virtq_push(&s->v, QUEUE_RX, &e, head + len);
    virtq_notify(&s->v, QUEUE_RX);
}

static uint32_t net_handle(VirtioDevice *v, unsigned queue, const VirtElement *e)
{
    uint8_t frame[NET_MAX_FRAME];
    unsigned head = header_size(v);
    uint64_t len = e->read_len > head ? e->read_len - head : 0;
    if (len < NET_MIN_FRAME || len > sizeof(frame)) {
        log_guest(&v->dev, "frame of %u bytes to send", (unsigned)len);
    } else {
        net_send(((VirtioNet *)v)->port, frame, virtq_read(v, e, head, frame, len));
    }
    return 0;
}

static void net_filled(VirtioDevice *v, unsigned queue)
{
    net_receive_more(((VirtioNet *)v)->port);
}

static uint64_t net_features(VirtioDevice *v)
{
    return F_MAC | F_STATUS;
}

static void net_config(VirtioDevice *v, uint8_t *config)
{
    VirtioNet *s = (VirtioNet *)v;
    memcpy(config, s->mac, sizeof(s->mac));
    st_le16(config + 6, net_link_up(s->port) ? LINK_UP : 0);
}

static const VirtioOps net_ops = {
    .id = VIRTIO_ID_NET, .n_queues = 2, .input_queues = BIT32(QUEUE_RX), .config_size = 8,
    .features = net_features, .read_config = net_config, .handle = net_handle,
    .filled = net_filled,
};

static bool net_realize(Device *dev, GError **err)
{
    VirtioNet *s = NET(dev);
    virtio_realize(&s->v, &net_ops);
    s->v.absent = !s->port;
    if (!s->mac_text) {
        net_default_mac(s->mac);
    } else if (!net_parse_mac(s->mac_text, s->mac, err)) {
        return false;
    }
    net_attach(s->port, can_receive, receive, s);
    return true;
}

static void net_unrealize(Device *dev)
{
    net_detach(NET(dev)->port);
}

const DeviceClass virtio_net = {
    .name    = "virtio-net", .about = "virtio network card", .bus = "virtio",
    .size    = sizeof(VirtioNet),
    .props   = PROPS(VIRTIO_PROPS(VirtioNet),
                     PROP_NET("netdev", VirtioNet, port, .about = "what it is plugged into"),
                     PROP_STRING("mac", VirtioNet, mac_text, .about = "52:54:00:12:34:56")),
    .state   = STATE(VIRTIO_STATE(VirtioNet)),
    .realize = net_realize, .unrealize = net_unrealize, .reset = virtio_device_reset,
    .loaded  = virtio_device_loaded,
};
