/* SPDX-License-Identifier: MIT */
/*
 * virtio entropy device.
 * Implements: OASIS Virtual I/O Device 1.1, chapter 5.4.
 * Choices: at most 64 KiB for one buffer; a seed makes the bytes the same in every run, and
 * so does counted time (-icount).
 */
#include <sys/random.h>
#include "hw/virtio/virtio.h"

enum { MAX_REQUEST = 64 * 1024 };

typedef struct VirtioRng {
    VirtioDevice v;
    uint64_t     seed, state;
} VirtioRng;

/* splitmix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014). */
static uint64_t next(VirtioRng *s)
{
    uint64_t z = s->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void fill(VirtioRng *s, uint8_t *buf, size_t n)
{
    size_t done = 0;
    while (!s->seed && !clock_counted() && done < n) {
        ssize_t got = getrandom(buf + done, n - done, 0);
        if (got <= 0) {
            s->seed = s->state = (uint64_t)clock_now(CLOCK_HOST) | 1;  /* no such system call */
        } else {
            done += got;
        }
    }
    for (; done < n; done++) {
        buf[done] = next(s);
    }
}

static uint32_t rng_handle(VirtioDevice *v, unsigned queue, const VirtElement *e)
{
    size_t n = MIN(e->write_len, (uint64_t)MAX_REQUEST);
    g_autofree uint8_t *bytes = g_malloc(n);
    fill((VirtioRng *)v, bytes, n);
    return virtq_write(v, e, 0, bytes, n);
}

static void rng_reset(VirtioDevice *v)
{
    VirtioRng *s = (VirtioRng *)v;
    s->state = s->seed;
}

static const VirtioOps rng_ops = {
    .id = VIRTIO_ID_RNG, .n_queues = 1, .handle = rng_handle, .reset = rng_reset,
};

static bool rng_realize(Device *dev, GError **err)
{
    virtio_realize(VIRTIO(dev), &rng_ops);
    return true;
}

const DeviceClass virtio_rng = {
    .name    = "virtio-rng", .about = "virtio entropy source", .bus = "virtio",
    .size    = sizeof(VirtioRng),
    .props   = PROPS(VIRTIO_PROPS(VirtioRng),
                     PROP_U64("seed", VirtioRng, seed, .about = "not 0: the same bytes every run")),
    .state   = STATE(VIRTIO_STATE(VirtioRng), STATE_U64(VirtioRng, state)),
    .realize = rng_realize, .reset = virtio_device_reset, .loaded = virtio_device_loaded,
};
