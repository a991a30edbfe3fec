/* SPDX-License-Identifier: MIT */
/*
 * virtio's rings and common state.
 * Implements: OASIS Virtual I/O Device 1.1, chapters 2 (basic facilities, split virtqueues with
 * indirect descriptors and event indices) and 6 (reserved features), with the legacy interface.
 * Choices: the legacy interface is little-endian ("guest-native" order; no big-endian guest of ours
 * has these transports).  A ring that breaks a rule of chapter 2 sets DEVICE_NEEDS_RESET.
 * Leaves out: packed rings, VIRTIO_F_ACCESS_PLATFORM, admin queues.
 */
#include "hw/virtio/virtio.h"

enum { DESC_NEXT = 1, DESC_WRITE = 2, DESC_INDIRECT = 4, DESC_SIZE = 16 };
enum { AVAIL_NO_INTERRUPT = 1 };

/* ---- the device as a whole ---- */

static void go_on(void *opaque);

void virtio_realize(VirtioDevice *v, const VirtioOps *ops)
{
    g_assert(ops->n_queues <= VIRTIO_MAX_QUEUES && ops->config_size <= VIRTIO_CONFIG_SIZE);
    v->ops = ops;
    timer_init(&v->later, CLOCK_VIRTUAL, go_on, v);
}

VirtioDevice *virtio_of(Device *dev)
{
    return dev && g_strcmp0(dev->class->bus, "virtio") == 0 ? VIRTIO(dev) : NULL;
}

bool virtio_running(const VirtioDevice *v)
{
    return (v->status & VIRTIO_DRIVER_OK) && !(v->status & VIRTIO_NEEDS_RESET);
}

void virtio_reset(VirtioDevice *v)
{
    v->status = 0;
    v->features = 0;
    v->waiting = 0;
    timer_cancel(&v->later);
    for (unsigned q = 0; q < VIRTIO_MAX_QUEUES; q++) {
        v->q_num[q] = VIRTIO_QUEUE_SIZE;
        v->q_ready[q] = false;
        v->q_desc[q] = v->q_avail[q] = v->q_used[q] = 0;
        v->q_next[q] = v->q_used_idx[q] = v->q_told[q] = 0;
    }
    if (v->ops->reset) {
        v->ops->reset(v);
    }
}

void virtio_device_reset(Device *dev)
{
    virtio_reset(VIRTIO(dev));
}

bool virtio_device_loaded(Device *dev, GError **err)
{
    VirtioDevice *v = VIRTIO(dev);
    for (unsigned q = 0; q < VIRTIO_MAX_QUEUES; q++) {
        if (!is_power_of_2(v->q_num[q]) || v->q_num[q] > VIRTIO_QUEUE_SIZE) {
            return fail(err, EMU_ERROR_DATA, "%s: the snapshot is damaged", dev->id);
        }
    }
    return true;
}

uint64_t virtio_features(VirtioDevice *v)
{
    uint64_t own = v->ops->features ? v->ops->features(v) : 0;
    uint64_t common = VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX;
    return own | common | (v->legacy ? 0 : VIRTIO_F_VERSION_1);
}

void virtio_set_features(VirtioDevice *v, uint32_t value, unsigned word)
{
    if (word < 2 && !(v->status & VIRTIO_FEATURES_OK)) {
        v->features = deposit64(v->features, 32 * word, 32, value);
    }
}

/* 3.1.1: FEATURES_OK does not stay when the driver wants what is not offered, or leaves out 1.0. */
void virtio_set_status(VirtioDevice *v, uint32_t status)
{
    if (status == 0) {
        virtio_reset(v);
        return;
    }
    bool wants_ok = status & ~v->status & VIRTIO_FEATURES_OK;
    bool wrong = (v->features & ~virtio_features(v)) ||
                 (!v->legacy && !(v->features & VIRTIO_F_VERSION_1));
    if (wants_ok && wrong) {
        log_guest(&v->dev, "features %#llx not accepted", (unsigned long long)v->features);
        status &= ~VIRTIO_FEATURES_OK;
    }
    if (v->legacy) {
        v->features &= virtio_features(v);
    }
    bool starts = status & ~v->status & VIRTIO_DRIVER_OK;
    v->status = status | (v->status & VIRTIO_NEEDS_RESET);
    for (unsigned q = 0; starts && q < v->ops->n_queues; q++) {
        virtio_notified(v, q);                  /* what was put there before */
    }
}

uint8_t virtio_config_read(VirtioDevice *v, unsigned offset)
{
    uint8_t config[VIRTIO_CONFIG_SIZE] = { 0 };
    if (offset >= v->ops->config_size) {
        return 0;
    }
    v->ops->read_config(v, config);
    return config[offset];
}

void virtio_config_write(VirtioDevice *v, unsigned offset, uint8_t value)
{
    if (offset < v->ops->config_size && v->ops->write_config) {
        v->ops->write_config(v, offset, value);
    }
}

void virtio_config_changed(VirtioDevice *v)
{
    if ((v->status & VIRTIO_DRIVER_OK) && v->interrupt) {
        v->interrupt(v->transport, VIRTIO_INT_CONFIG);
    }
}

static bool broken(VirtioDevice *v, const char *why)
{
    log_guest(&v->dev, "broken virtqueue: %s", why);
    v->status |= VIRTIO_NEEDS_RESET;
    virtio_config_changed(v);
    return false;
}

/* ---- rings in guest memory ---- */

static uint16_t get16(VirtioDevice *v, GPa at)
{
    return address_space_ld(v->memory, at, 2, ENDIAN_LITTLE, NULL);
}

static void put16(VirtioDevice *v, GPa at, uint16_t value)
{
    address_space_st(v->memory, at, value, 2, ENDIAN_LITTLE, NULL);
}

/* Other processors see what was written before what is written next (2.6.13). */
static void fence(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static bool event_idx(const VirtioDevice *v)
{
    return v->features & VIRTIO_F_EVENT_IDX;
}

static GPa used_event(const VirtioDevice *v, unsigned q)
{
    return v->q_avail[q] + 4 + 2 * v->q_num[q];
}

static GPa avail_event(const VirtioDevice *v, unsigned q)
{
    return v->q_used[q] + 4 + 8 * v->q_num[q];
}

/* Chains waiting; -1 when the driver's index makes no sense. */
static int waiting(VirtioDevice *v, unsigned q)
{
    uint16_t n = get16(v, v->q_avail[q] + 2) - v->q_next[q];
    if (n > v->q_num[q]) {
        broken(v, "the available index jumped");
        return -1;
    }
    return n;
}

bool virtq_ready(VirtioDevice *v, unsigned q)
{
    if (!virtio_running(v) || !v->q_ready[q]) {
        return false;
    }
    int n = waiting(v, q);
    if (n == 0 && event_idx(v)) {
        put16(v, avail_event(v, q), v->q_next[q]);      /* ring the bell for the next one */
        fence();
        n = waiting(v, q);
    }
    return n > 0;
}

/* ---- chains ---- */

typedef struct Desc {
    GPa      address;
    uint32_t len;
    uint16_t flags, next;
} Desc;

static bool read_desc(VirtioDevice *v, GPa table, unsigned i, Desc *d)
{
    uint8_t b[DESC_SIZE];
    if (address_space_read(v->memory, table + (GPa)i * DESC_SIZE, b, sizeof(b)) != MEM_OK) {
        return broken(v, "a descriptor is not in memory");
    }
    *d = (Desc) { ld_le64(b), ld_le32(b + 8), ld_le16(b + 12), ld_le16(b + 14) };
    return true;
}

static bool add_segment(VirtioDevice *v, VirtElement *e, const Desc *d)
{
    if (e->n_read + e->n_write == VIRTIO_MAX_SEGMENTS) {
        return broken(v, "a chain is too long or goes in circles");
    }
    e->segments[e->n_read + e->n_write] = (VirtSegment) { d->address, d->len };
    if (d->flags & DESC_WRITE) {
        e->n_write++;
        e->write_len += d->len;
        return true;
    }
    if (e->n_write) {
        return broken(v, "a descriptor to read follows one to write");
    }
    e->n_read++;
    e->read_len += d->len;
    return true;
}

/* Follows a chain through a table of n descriptors. */
static bool walk(VirtioDevice *v, VirtElement *e, GPa table, unsigned n, unsigned first,
                 bool indirect)
{
    for (unsigned i = first, left = n;; left--) {
        Desc d;
        if (i >= n) {
            return broken(v, "a descriptor's number is outside of its table");
        }
        if (left == 0) {
            return broken(v, "a chain goes in circles");
        }
        if (!read_desc(v, table, i, &d)) {
            return false;
        }
        if (d.flags & DESC_INDIRECT) {
            bool allowed = !indirect && (v->features & VIRTIO_F_INDIRECT_DESC) &&
                           !(d.flags & DESC_NEXT) && d.len && d.len % DESC_SIZE == 0 &&
                           d.len / DESC_SIZE <= UINT16_MAX;
            return allowed ? walk(v, e, d.address, d.len / DESC_SIZE, 0, true)
                           : broken(v, "a wrong indirect descriptor");
        }
        if (!add_segment(v, e, &d)) {
            return false;
        }
        if (!(d.flags & DESC_NEXT)) {
            return true;
        }
        i = d.next;
    }
}

bool virtq_pop(VirtioDevice *v, unsigned q, VirtElement *e)
{
    if (!virtq_ready(v, q)) {
        return false;
    }
    fence();
    e->head = get16(v, v->q_avail[q] + 4 + 2 * (v->q_next[q] % v->q_num[q]));
    e->n_read = e->n_write = 0;
    e->read_len = e->write_len = 0;
    if (!walk(v, e, v->q_desc[q], v->q_num[q], e->head, false)) {
        return false;
    }
    v->q_next[q]++;
    if (event_idx(v)) {
        put16(v, avail_event(v, q), v->q_next[q]);
    }
    return true;
}

void virtq_unpop(VirtioDevice *v, unsigned q)
{
    v->q_next[q]--;
}

/* ---- the chain's bytes ---- */

static uint64_t copy(VirtioDevice *v, const VirtSegment *s, unsigned n_segments, uint64_t offset,
                     uint8_t *buf, uint64_t n, bool to_guest)
{
    uint64_t done = 0;
    for (unsigned i = 0; i < n_segments && done < n; i++) {
        if (offset >= s[i].len) {
            offset -= s[i].len;
            continue;
        }
        uint64_t here = MIN(s[i].len - offset, n - done);
        GPa at = s[i].address + offset;
        MemResult r = to_guest ? address_space_write(v->memory, at, buf + done, here)
                               : address_space_read(v->memory, at, buf + done, here);
        if (r != MEM_OK) {
            log_guest(&v->dev, "a buffer at %#llx is not in memory", (unsigned long long)at);
        }
        done += here;
        offset = 0;
    }
    return done;
}

uint64_t virtq_read(VirtioDevice *v, const VirtElement *e, uint64_t offset, void *buf, uint64_t n)
{
    return copy(v, e->segments, e->n_read, offset, buf, n, false);
}

uint64_t virtq_write(VirtioDevice *v, const VirtElement *e, uint64_t offset, const void *buf,
                     uint64_t n)
{
    return copy(v, e->segments + e->n_read, e->n_write, offset, (uint8_t *)buf, n, true);
}

/* ---- giving back ---- */

void virtq_push(VirtioDevice *v, unsigned q, const VirtElement *e, uint32_t written)
{
    uint8_t entry[8];
    st_le32(entry, e->head);
    st_le32(entry + 4, written);
    GPa at = v->q_used[q] + 4 + 8 * (v->q_used_idx[q] % v->q_num[q]);
    address_space_write(v->memory, at, entry, sizeof(entry));
    fence();
    put16(v, v->q_used[q] + 2, ++v->q_used_idx[q]);
}

/* 2.6.7.1: has the used index passed the one the driver waits for? */
static bool passed(uint16_t event, uint16_t now, uint16_t before)
{
    return (uint16_t)(now - event - 1) < (uint16_t)(now - before);
}

void virtq_notify(VirtioDevice *v, unsigned q)
{
    uint16_t now = v->q_used_idx[q], before = v->q_told[q];
    if (now == before || !v->interrupt) {
        return;
    }
    fence();
    bool wanted = event_idx(v) ? passed(get16(v, used_event(v, q)), now, before)
                               : !(get16(v, v->q_avail[q]) & AVAIL_NO_INTERRUPT);
    v->q_told[q] = now;
    if (wanted) {
        v->interrupt(v->transport, VIRTIO_INT_QUEUE);
    }
}

/* ---- serving the driver ---- */

/* A queue's worth of requests; the rest after others have had their turn. */
static void serve(VirtioDevice *v, unsigned q)
{
    static VirtElement e;
    unsigned n = 0;
    while (n < VIRTIO_QUEUE_SIZE && virtq_pop(v, q, &e)) {
        virtq_push(v, q, &e, v->ops->handle(v, q, &e));
        n++;
    }
    virtq_notify(v, q);
    if (n == VIRTIO_QUEUE_SIZE) {
        v->waiting |= BIT32(q);
        timer_set(&v->later, clock_now(CLOCK_VIRTUAL) + 1);
    }
}

void virtio_notified(VirtioDevice *v, unsigned queue)
{
    if (queue >= v->ops->n_queues) {
        log_guest(&v->dev, "notification of queue %u, which does not exist", queue);
        return;
    }
    if (!virtio_running(v) || !v->q_ready[queue] || v->busy) {
        return;
    }
    v->busy = true;
    if (v->ops->input_queues & BIT32(queue)) {
        v->ops->filled(v, queue);
    } else {
        serve(v, queue);
    }
    v->busy = false;
}

static void go_on(void *opaque)
{
    VirtioDevice *v = opaque;
    uint32_t queues = v->waiting;
    v->waiting = 0;
    for (unsigned q = 0; q < v->ops->n_queues; q++) {
        if (queues & BIT32(q)) {
            virtio_notified(v, q);
        }
    }
}
