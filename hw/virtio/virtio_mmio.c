/* SPDX-License-Identifier: MIT */
/*
 * virtio over memory-mapped registers: the transport between a CPU and one virtio device.
 * Implements: OASIS Virtual I/O Device 1.1, chapter 4.2 (register layout, initialization), and with
 * legacy=on the layout before 1.0 (4.2.4).
 * Choices: with nothing behind it the device ID reads 0, which tells a driver to look elsewhere.
 * Leaves out: shared memory regions (the registers say that there are none).
 */
#include "hw/virtio/virtio.h"

enum { MAGIC = 0x74726976, VENDOR = 0x00554d45 };           /* "virt", "EMU" */
enum { CONFIG = 0x100, WINDOW = 0x200, LEGACY_ALIGN = 4096 };

typedef struct VirtioMmio {
    Device        dev;
    IrqLine       irq;
    Device       *behind;
    VirtioDevice *v;                                        /* the same; NULL: nothing there */
    bool          legacy;
    uint32_t      features_sel, driver_features_sel, queue_sel, isr;
    uint32_t      page_size, generation;
    uint32_t      align[VIRTIO_MAX_QUEUES], pfn[VIRTIO_MAX_QUEUES];     /* legacy */
} VirtioMmio;

#define DEV VirtioMmio
#define MMIO(d) DEVICE_AS(VirtioMmio, d)

static void update_irq(Device *dev)
{
    irq_set(&MMIO(dev)->irq, MMIO(dev)->isr);
}

static void interrupt(void *opaque, unsigned cause)
{
    VirtioMmio *s = opaque;
    s->isr |= cause;
    s->generation += cause == VIRTIO_INT_CONFIG;
    update_irq(&s->dev);
}

/* The selected queue, or -1. */
static int selected(const VirtioMmio *s)
{
    return s->v && s->queue_sel < s->v->ops->n_queues ? (int)s->queue_sel : -1;
}

/* ---- identity and features ---- */

static uint32_t version_read(Device *dev)
{
    return MMIO(dev)->legacy ? 1 : 2;
}

static uint32_t device_id_read(Device *dev)
{
    VirtioMmio *s = MMIO(dev);
    return s->v ? s->v->ops->id : 0;
}

static uint32_t features_read(Device *dev)
{
    VirtioMmio *s = MMIO(dev);
    return s->v && s->features_sel < 2 ? virtio_features(s->v) >> (32 * s->features_sel) : 0;
}

static void driver_features_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    if (s->v) {
        virtio_set_features(s->v, value, s->driver_features_sel);
    }
}

static uint32_t status_read(Device *dev)
{
    VirtioMmio *s = MMIO(dev);
    return s->v ? s->v->status : 0;
}

static void status_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    if (!s->v) {
        return;
    }
    if ((value & 0xff) == 0) {
        s->isr = 0;
        memset(s->pfn, 0, sizeof(s->pfn));
        update_irq(dev);
    }
    virtio_set_status(s->v, value & 0xff);
}

/* ---- queues ---- */

static uint32_t queue_max_read(Device *dev)
{
    return selected(MMIO(dev)) >= 0 ? VIRTIO_QUEUE_SIZE : 0;
}

static void queue_num_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    if (q < 0 || s->v->q_ready[q]) {
        return;
    }
    if (!is_power_of_2(value) || value > VIRTIO_QUEUE_SIZE) {
        log_guest(dev, "queue of %u entries", value);
        return;
    }
    s->v->q_num[q] = value;
}

static uint32_t queue_ready_read(Device *dev)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    return q >= 0 && s->v->q_ready[q];
}

static void queue_ready_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    if (q >= 0 && !s->legacy) {
        s->v->q_ready[q] = value & 1;
    }
}

static void notify_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    if (s->v) {
        virtio_notified(s->v, value);
    }
}

static void put_half(Device *dev, size_t field, unsigned high, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    if (q >= 0 && !s->v->q_ready[q] && !s->legacy) {
        uint64_t *address = (uint64_t *)(void *)((uint8_t *)s->v + field) + q;
        *address = deposit64(*address, 32 * high, 32, value);
    }
}

/* Low and high halves of one of the ring's three addresses. */
#define QUEUE_ADDRESS(name)                                                     \
    static void name##_write(Device *dev, unsigned high, uint32_t value)        \
    {                                                                           \
        put_half(dev, offsetof(VirtioDevice, q_##name), high, value);           \
    }
QUEUE_ADDRESS(desc)
QUEUE_ADDRESS(avail)
QUEUE_ADDRESS(used)

/* ---- legacy queues: one stretch of memory, by page number ---- */

static void page_size_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    if (s->legacy && is_power_of_2(value)) {
        s->page_size = value;
    }
}

static void align_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    if (q >= 0 && s->legacy && is_power_of_2(value)) {
        s->align[q] = value;
    }
}

static uint32_t pfn_read(Device *dev)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    return q >= 0 ? s->pfn[q] : 0;
}

static void pfn_write(Device *dev, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    int q = selected(s);
    if (q < 0 || !s->legacy) {
        return;
    }
    VirtioDevice *v = s->v;
    s->pfn[q] = value;
    v->q_ready[q] = value != 0;
    v->q_next[q] = v->q_used_idx[q] = v->q_told[q] = 0;
    v->q_desc[q] = (GPa)value * s->page_size;
    v->q_avail[q] = v->q_desc[q] + 16 * v->q_num[q];
    v->q_used[q] = round_up(v->q_avail[q] + 6 + 2 * v->q_num[q], s->align[q]);
}

/* ---- the rest ---- */

static void ack_write(Device *dev, uint32_t value)
{
    MMIO(dev)->isr &= ~value;
    update_irq(dev);
}

static uint32_t config_read(Device *dev, unsigned offset)
{
    VirtioMmio *s = MMIO(dev);
    return s->v ? virtio_config_read(s->v, offset) : 0;
}

static void config_write(Device *dev, unsigned offset, uint32_t value)
{
    VirtioMmio *s = MMIO(dev);
    if (s->v) {
        virtio_config_write(s->v, offset, value);
    }
}

static const RegDef mmio_regs[] = {
    { 0x000, "MagicValue",        .reset = MAGIC },
    { 0x004, "Version",           .read = version_read },
    { 0x008, "DeviceID",          .read = device_id_read },
    { 0x00c, "VendorID",          .reset = VENDOR },
    { 0x010, "DeviceFeatures",    .read = features_read },
    { 0x014, "DeviceFeaturesSel", AT(features_sel), .writable = ~0u },
    { 0x020, "DriverFeatures",    .write = driver_features_write },
    { 0x024, "DriverFeaturesSel", AT(driver_features_sel), .writable = ~0u },
    { 0x028, "GuestPageSize",     .write = page_size_write },
    { 0x030, "QueueSel",          AT(queue_sel), .writable = ~0u },
    { 0x034, "QueueNumMax",       .read = queue_max_read },
    { 0x038, "QueueNum",          .write = queue_num_write },
    { 0x03c, "QueueAlign",        .write = align_write },
    { 0x040, "QueuePFN",          .read = pfn_read, .write = pfn_write },
    { 0x044, "QueueReady",        .read = queue_ready_read, .write = queue_ready_write },
    { 0x050, "QueueNotify",       .write = notify_write },
    { 0x060, "InterruptStatus",   AT(isr) },
    { 0x064, "InterruptACK",      .write = ack_write },
    { 0x070, "Status",            .read = status_read, .write = status_write },
    { 0x080, "QueueDesc",         .write_at = desc_write, .count = 2 },
    { 0x090, "QueueDriver",       .write_at = avail_write, .count = 2 },
    { 0x0a0, "QueueDevice",       .write_at = used_write, .count = 2 },
    { 0x0b0, "SHMLenLow",         .reset = UINT32_MAX },
    { 0x0b4, "SHMLenHigh",        .reset = UINT32_MAX },
    { 0x0b8, "SHMBaseLow",        .reset = UINT32_MAX },
    { 0x0bc, "SHMBaseHigh",       .reset = UINT32_MAX },
    { 0x0fc, "ConfigGeneration",  AT(generation) },
    { CONFIG, "Config",           .read_at = config_read, .write_at = config_write,
      .count = WINDOW - CONFIG, .width = 1 },
};

static bool mmio_realize(Device *dev, GError **err)
{
    VirtioMmio *s = MMIO(dev);
    VirtioDevice *v = virtio_of(s->behind);
    if (s->behind && !v) {
        return fail(err, EMU_ERROR_USAGE, "'%s' is a %s, which is no virtio device",
                    s->behind->id, s->behind->class->name);
    }
    if (v && !v->absent) {
        s->v = v;
        v->legacy = s->legacy;
        v->transport = s;
        v->interrupt = interrupt;
    }
    return true;
}

static void mmio_reset(Device *dev)
{
    VirtioMmio *s = MMIO(dev);
    for (unsigned q = 0; q < VIRTIO_MAX_QUEUES; q++) {
        s->align[q] = LEGACY_ALIGN;
    }
}

static bool mmio_loaded(Device *dev, GError **err)
{
    VirtioMmio *s = MMIO(dev);
    for (unsigned q = 0; q < VIRTIO_MAX_QUEUES; q++) {
        if (!is_power_of_2(s->align[q])) {
            return fail(err, EMU_ERROR_DATA, "%s: the snapshot is damaged", dev->id);
        }
    }
    return true;
}

const DeviceClass virtio_mmio = {
    .name    = "virtio-mmio", .about = "virtio transport in memory",
    .size    = sizeof(VirtioMmio),
    .regs    = REGS(mmio_regs, WINDOW, ACCESS_8 | ACCESS_16 | ACCESS_32),
    .irqs    = IRQS(VirtioMmio, irq),
    .props   = PROPS(PROP_LINK("device", VirtioMmio, behind, .about = "a virtio device"),
                     PROP_BOOL("legacy", VirtioMmio, legacy, .about = "the interface before 1.0")),
    .state   = STATE(STATE_U32(VirtioMmio, page_size, .reset = LEGACY_ALIGN),
                     STATE_ARRAY(U32, VirtioMmio, align), STATE_ARRAY(U32, VirtioMmio, pfn)),
    .realize = mmio_realize, .reset = mmio_reset, .loaded = mmio_loaded,
};
