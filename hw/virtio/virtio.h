/* SPDX-License-Identifier: MIT */
/*
 * virtio devices, whatever carries them: queues, features, status, configuration.
 *
 * A device's struct begins with VirtioDevice; its realize calls virtio_realize() with its ops.  A
 * transport (virtio_mmio.c) finds the device by a link and drives it through the functions below.
 * The core takes requests from the queues and gives each to ops->handle:
 *
 *     virtq_read(v, e, 0, header, 16);               the driver's bytes
 *     return virtq_write(v, e, 0, answer, 8);        the device's; how many it wrote
 *
 * Queues that the device fills on its own (receive queues) it serves with virtq_pop(), virtq_push()
 * and virtq_notify().
 *
 * Everything in the rings is the guest's and is checked here: a device sees only chains that are
 * finite, inside the queue and in order.  A broken ring stops the device until it is reset.  A ring
 * or a buffer may lie anywhere, even over the device's own registers: while a device is at work its
 * doorbell is not heard, and it never does more than a queue's worth at a time.
 */
#pragma once
#include "system/device.h"

enum {
    VIRTIO_MAX_QUEUES   = 4,
    VIRTIO_QUEUE_SIZE   = 256,      /* entries that a queue may have */
    VIRTIO_MAX_SEGMENTS = 1024,     /* in one chain */
    VIRTIO_CONFIG_SIZE  = 64,
};

enum { VIRTIO_ID_NET = 1, VIRTIO_ID_BLOCK = 2, VIRTIO_ID_CONSOLE = 3, VIRTIO_ID_RNG = 4 };

/* Feature bits of the rings and the transport. */
#define VIRTIO_F_INDIRECT_DESC BIT64(28)
#define VIRTIO_F_EVENT_IDX     BIT64(29)
#define VIRTIO_F_VERSION_1     BIT64(32)

enum {                              /* device status */
    VIRTIO_ACKNOWLEDGE = 1, VIRTIO_DRIVER = 2, VIRTIO_DRIVER_OK = 4, VIRTIO_FEATURES_OK = 8,
    VIRTIO_NEEDS_RESET = 64, VIRTIO_FAILED = 128,
};
enum { VIRTIO_INT_QUEUE = 1, VIRTIO_INT_CONFIG = 2 };

typedef struct VirtioDevice VirtioDevice;

typedef struct VirtSegment {
    GPa      address;
    uint32_t len;
} VirtSegment;

/* A chain: the segments to read, then those to write. */
typedef struct VirtElement {
    uint16_t    head;
    unsigned    n_read, n_write;
    uint64_t    read_len, write_len;
    VirtSegment segments[VIRTIO_MAX_SEGMENTS];
} VirtElement;

typedef struct VirtioOps {
    uint32_t id;
    uint32_t n_queues;
    uint32_t input_queues;          /* bit q: the device fills what is in queue q */
    uint32_t config_size;
    /* Bits besides those of the rings. */
    uint64_t (*features)(VirtioDevice *v);
    /* Fills config_size bytes, little-endian. */
    void (*read_config)(VirtioDevice *v, uint8_t *config);
    void (*write_config)(VirtioDevice *v, unsigned offset, uint8_t value);  /* may be NULL */
    /* One request; returns the bytes written from the start of what the device may write. */
    uint32_t (*handle)(VirtioDevice *v, unsigned queue, const VirtElement *e);
    /* The driver has put buffers into an input queue. */
    void (*filled)(VirtioDevice *v, unsigned queue);
    void (*reset)(VirtioDevice *v);                                         /* may be NULL */
} VirtioOps;

struct VirtioDevice {
    Device           dev;
    const VirtioOps *ops;
    AddressSpace    *memory;
    bool             absent;        /* nothing is plugged in: the guest sees no device */
    void           (*interrupt)(void *transport, unsigned cause);
    void            *transport;
    bool             legacy;        /* the transport speaks the interface before 1.0 */
    bool             busy;          /* at work: the doorbell is not heard */
    Timer            later;         /* to go on with the queues in `waiting` */
    uint32_t         waiting;
    uint64_t         features;      /* accepted by the driver */
    uint32_t         status;
    /* Queues; addresses are of the three parts of the ring. */
    uint32_t q_num[VIRTIO_MAX_QUEUES];
    bool     q_ready[VIRTIO_MAX_QUEUES];
    uint64_t q_desc[VIRTIO_MAX_QUEUES], q_avail[VIRTIO_MAX_QUEUES], q_used[VIRTIO_MAX_QUEUES];
    uint16_t q_next[VIRTIO_MAX_QUEUES];         /* of the available ring, to take */
    uint16_t q_used_idx[VIRTIO_MAX_QUEUES];     /* of the used ring, to fill */
    uint16_t q_told[VIRTIO_MAX_QUEUES];         /* q_used_idx when the driver was last asked */
};

#define VIRTIO(d) DEVICE_AS(VirtioDevice, d)

/* Rows for each device's tables; v is the name of the VirtioDevice field. */
#define VIRTIO_PROPS(T) PROP_MEMORY("memory", T, v.memory)
#define VIRTIO_STATE(T)                                                                     \
    STATE_TIMER(T, v.later), STATE_U32(T, v.waiting), STATE_U64(T, v.features),             \
    STATE_U32(T, v.status), STATE_ARRAY(U32, T, v.q_num), STATE_ARRAY(BOOL, T, v.q_ready),  \
    STATE_ARRAY(U64, T, v.q_desc), STATE_ARRAY(U64, T, v.q_avail),                          \
    STATE_ARRAY(U64, T, v.q_used), STATE_ARRAY(U16, T, v.q_next),                           \
    STATE_ARRAY(U16, T, v.q_used_idx), STATE_ARRAY(U16, T, v.q_told)

void virtio_realize(VirtioDevice *v, const VirtioOps *ops);
/* The second half of a device's reset, also the driver's. */
void virtio_reset(VirtioDevice *v);
/* DeviceClass.reset, .loaded and .unrealize, or called from there. */
void virtio_device_reset(Device *dev);
bool virtio_device_loaded(Device *dev, GError **err);

/* ---- for transports ---- */

/* Of the class's bus, or NULL. */
VirtioDevice *virtio_of(Device *dev);
uint64_t virtio_features(VirtioDevice *v);
void virtio_set_features(VirtioDevice *v, uint32_t value, unsigned word);
void virtio_set_status(VirtioDevice *v, uint32_t status);
uint8_t virtio_config_read(VirtioDevice *v, unsigned offset);
void virtio_config_write(VirtioDevice *v, unsigned offset, uint8_t value);
/* The driver's doorbell. */
void virtio_notified(VirtioDevice *v, unsigned queue);

/* ---- for devices ---- */

bool virtio_running(const VirtioDevice *v);
/* Is there a chain to take? */
bool virtq_ready(VirtioDevice *v, unsigned queue);
bool virtq_pop(VirtioDevice *v, unsigned queue, VirtElement *e);
/* Puts back the one just taken. */
void virtq_unpop(VirtioDevice *v, unsigned queue);
/* Copies from or to the chain's bytes at an offset; returns how many there were. */
uint64_t virtq_read(VirtioDevice *v, const VirtElement *e, uint64_t offset, void *buf, uint64_t n);
uint64_t virtq_write(VirtioDevice *v, const VirtElement *e, uint64_t offset, const void *buf,
                     uint64_t n);
/* Gives the chain back, `written` bytes of it written. */
void virtq_push(VirtioDevice *v, unsigned queue, const VirtElement *e, uint32_t written);
/* After a number of pushes: interrupts when the driver wants it. */
void virtq_notify(VirtioDevice *v, unsigned queue);
/* The configuration changed. */
void virtio_config_changed(VirtioDevice *v);
