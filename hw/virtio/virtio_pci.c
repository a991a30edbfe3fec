/* SPDX-License-Identifier: MIT */
/*
 * virtio over PCI: the transport between a CPU and one virtio device.
 * Implements: OASIS Virtual I/O Device 1.1, chapter 4.1 (capabilities, common configuration), and the
 * legacy registers of 4.1.4.8 in BAR 0.
 *
 *     BAR 0  I/O: legacy registers, then the device's configuration       BAR 4  memory:
 *            (not with disable-legacy=on)                                 0000 common configuration
 *                                                                         1000 ISR status
 *     The capabilities in configuration space say where in BAR 4          2000 device's configuration
 *     each part is; the last one reaches the BARs by config cycles.       3000 notifications
 *
 * Choices: the identity is transitional, like the interface, or the modern one without legacy; the ID
 * of a subsystem is the device's kind.  Interrupts are by INTA.
 * Not here: MSI-X (the vectors read "none"), shared memory.
 */
#include "hw/pci/pci.h"
#include "hw/virtio/virtio.h"

enum { VENDOR = 0x1af4, TRANSITIONAL = 0x1000, MODERN = 0x1040, NO_VECTOR = 0xffff };
enum { CAP_COMMON = 1, CAP_NOTIFY, CAP_ISR, CAP_DEVICE, CAP_PCI };
enum { COMMON_AT = 0x0000, ISR_AT = 0x1000, DEVICE_AT = 0x2000, NOTIFY_AT = 0x3000, BAR4_SIZE = 0x4000,
       COMMON_SIZE = 0x38, NOTIFY_STEP = 4, LEGACY_CONFIG = 0x14, LEGACY_SIZE = 0x80,
       LEGACY_ALIGN = 4096 };
enum { CAP_FIRST = 0x40, CAP_VENDOR_SPECIFIC = 0x09, CAP_LIST = 0x10 };

typedef struct VirtioPci {
    Device        dev;
    PciFunction   pci;
    Device       *behind;               /* property */
    VirtioDevice *v;                    /* the same */
    bool          modern_only;          /* property */
    uint32_t      features_sel, driver_features_sel;
    uint16_t      queue_sel;
    uint8_t       isr, generation;
    uint32_t      pfn[VIRTIO_MAX_QUEUES];
    unsigned      window_cap;           /* of configuration access */
} VirtioPci;

#define DEV VirtioPci
#define VIRTIO_PCI(d) DEVICE_AS(VirtioPci, d)

/* The selected queue, or -1. */
static int selected(const VirtioPci *s)
{
    return s->queue_sel < s->v->ops->n_queues ? (int)s->queue_sel : -1;
}

static void interrupt(void *opaque, unsigned cause)
{
    VirtioPci *s = opaque;
    s->isr |= cause;
    s->generation += cause == VIRTIO_INT_CONFIG;
    pci_set_intx(&s->pci, true);
}

static uint32_t isr_read(Device *dev)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    uint8_t v = s->isr;
    s->isr = 0;
    pci_set_intx(&s->pci, false);
    return v;
}

/* --- Common configuration (4.1.4.3) ----------------------------------------------------------- */

static uint32_t features_read(Device *dev)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    return s->features_sel < 2 ? virtio_features(s->v) >> (32 * s->features_sel) : 0;
}

static uint32_t driver_features_read(Device *dev)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    return s->driver_features_sel < 2 ? s->v->features >> (32 * s->driver_features_sel) : 0;
}

static void driver_features_write(Device *dev, uint32_t value)
{
    virtio_set_features(VIRTIO_PCI(dev)->v, value, VIRTIO_PCI(dev)->driver_features_sel);
}

static uint32_t num_queues_read(Device *dev)
{
    return VIRTIO_PCI(dev)->v->ops->n_queues;
}

static uint32_t status_read(Device *dev)
{
    return VIRTIO_PCI(dev)->v->status;
}

static void status_write(Device *dev, uint32_t value)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    if (!value) {
        memset(s->pfn, 0, sizeof(s->pfn));
        isr_read(dev);
    }
    virtio_set_status(s->v, value);
}

static uint32_t queue_size_read(Device *dev)
{
    int q = selected(VIRTIO_PCI(dev));
    return q < 0 ? 0 : VIRTIO_PCI(dev)->v->q_num[q];
}

static void queue_size_write(Device *dev, uint32_t value)
{
    int q = selected(VIRTIO_PCI(dev));
    VirtioDevice *v = VIRTIO_PCI(dev)->v;
    if (q < 0 || v->q_ready[q]) {
        return;
    }
    if (!is_power_of_2(value) || value > VIRTIO_QUEUE_SIZE) {
        log_guest(dev, "queue of %u entries", value);
        return;
    }
    v->q_num[q] = value;
}

static uint32_t queue_enable_read(Device *dev)
{
    int q = selected(VIRTIO_PCI(dev));
    return q >= 0 && VIRTIO_PCI(dev)->v->q_ready[q];
}

static void queue_enable_write(Device *dev, uint32_t value)
{
    int q = selected(VIRTIO_PCI(dev));
    if (q >= 0 && (value & 1)) {
        VIRTIO_PCI(dev)->v->q_ready[q] = true;
    }
}

static uint32_t queue_notify_off_read(Device *dev)
{
    return VIRTIO_PCI(dev)->queue_sel;
}

/* Halves of the addresses of the ring's three parts: low, high. */
static uint64_t *queue_address(Device *dev, size_t field)
{
    int q = selected(VIRTIO_PCI(dev));
    return q < 0 ? NULL : (uint64_t *)(void *)((uint8_t *)VIRTIO_PCI(dev)->v + field) + q;
}

static uint32_t get_half(Device *dev, size_t field, unsigned half)
{
    uint64_t *p = queue_address(dev, field);
    return p ? *p >> 32 * half : 0;
}

static void put_half(Device *dev, size_t field, unsigned half, uint32_t value)
{
    uint64_t *p = queue_address(dev, field);
    if (p && !VIRTIO_PCI(dev)->v->q_ready[selected(VIRTIO_PCI(dev))]) {
        *p = deposit64(*p, 32 * half, 32, value);
    }
}

#define QUEUE_ADDRESS(name)                                                                     \
    static uint32_t name##_read(Device *dev, unsigned half)                                     \
    {                                                                                           \
        return get_half(dev, offsetof(VirtioDevice, q_##name), half);                           \
    }                                                                                           \
    static void name##_write(Device *dev, unsigned half, uint32_t value)                        \
    {                                                                                           \
        put_half(dev, offsetof(VirtioDevice, q_##name), half, value);                           \
    }
QUEUE_ADDRESS(desc)
QUEUE_ADDRESS(avail)
QUEUE_ADDRESS(used)

/* --- The device's configuration, notifications ------------------------------------------------ */

static uint32_t config_read(Device *dev, unsigned offset)
{
    return virtio_config_read(VIRTIO_PCI(dev)->v, offset);
}

static void config_write(Device *dev, unsigned offset, uint32_t value)
{
    virtio_config_write(VIRTIO_PCI(dev)->v, offset, value);
}

static void notify_write(Device *dev, unsigned queue, uint32_t value)
{
    virtio_notified(VIRTIO_PCI(dev)->v, queue);
}

static const RegDef modern_regs[] = {
    { 0x00, "device_feature_select", AT(features_sel), .writable = ~0u },
    { 0x04, "device_feature",        .read = features_read },
    { 0x08, "driver_feature_select", AT(driver_features_sel), .writable = ~0u },
    { 0x0c, "driver_feature",        .read = driver_features_read, .write = driver_features_write },
    { 0x10, "msix_config",           .reset = NO_VECTOR, .width = 2 },
    { 0x12, "num_queues",            .read = num_queues_read, .width = 2 },
    { 0x14, "device_status",         .read = status_read, .write = status_write, .width = 1 },
    { 0x15, "config_generation",     AT(generation), .width = 1 },
    { 0x16, "queue_select",          AT(queue_sel), .writable = 0xffff, .width = 2 },
    { 0x18, "queue_size",            .read = queue_size_read, .write = queue_size_write, .width = 2 },
    { 0x1a, "queue_msix_vector",     .reset = NO_VECTOR, .width = 2 },
    { 0x1c, "queue_enable",          .read = queue_enable_read, .write = queue_enable_write,
      .width = 2 },
    { 0x1e, "queue_notify_off",      .read = queue_notify_off_read, .width = 2 },
    { 0x20, "queue_desc",            .read_at = desc_read, .write_at = desc_write, .count = 2 },
    { 0x28, "queue_driver",          .read_at = avail_read, .write_at = avail_write, .count = 2 },
    { 0x30, "queue_device",          .read_at = used_read, .write_at = used_write, .count = 2 },
    { ISR_AT, "isr_status",          .read = isr_read, .width = 1 },
    { DEVICE_AT, "device_config",    .read_at = config_read, .write_at = config_write,
      .count = VIRTIO_CONFIG_SIZE, .width = 1 },
    { NOTIFY_AT, "notify",           .write_at = notify_write, .count = VIRTIO_MAX_QUEUES,
      .stride = NOTIFY_STEP, .width = 4 },
};

/* --- Legacy registers ------------------------------------------------------------------------- */

static uint32_t legacy_features_read(Device *dev)
{
    return virtio_features(VIRTIO_PCI(dev)->v);
}

static void legacy_features_write(Device *dev, uint32_t value)
{
    VirtioDevice *v = VIRTIO_PCI(dev)->v;
    virtio_set_features(v, value & virtio_features(v), 0);
    virtio_set_features(v, 0, 1);
}

static uint32_t pfn_read(Device *dev)
{
    int q = selected(VIRTIO_PCI(dev));
    return q < 0 ? 0 : VIRTIO_PCI(dev)->pfn[q];
}

/* One stretch of memory for all parts of a ring, by its page. */
static void pfn_write(Device *dev, uint32_t value)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    VirtioDevice *v = s->v;
    int q = selected(s);
    if (q < 0) {
        return;
    }
    s->pfn[q] = value;
    v->q_ready[q] = value != 0;
    v->q_num[q] = VIRTIO_QUEUE_SIZE;
    v->q_next[q] = v->q_used_idx[q] = v->q_told[q] = 0;
    v->q_desc[q] = (GPa)value * LEGACY_ALIGN;
    v->q_avail[q] = v->q_desc[q] + 16 * VIRTIO_QUEUE_SIZE;
    v->q_used[q] = round_up(v->q_avail[q] + 6 + 2 * VIRTIO_QUEUE_SIZE, LEGACY_ALIGN);
}

static uint32_t legacy_size_read(Device *dev)
{
    return selected(VIRTIO_PCI(dev)) < 0 ? 0 : VIRTIO_QUEUE_SIZE;
}

static uint32_t legacy_select_read(Device *dev)
{
    return VIRTIO_PCI(dev)->queue_sel;
}

static void legacy_select_write(Device *dev, uint32_t value)
{
    VIRTIO_PCI(dev)->queue_sel = value;
}

static void legacy_notify_write(Device *dev, uint32_t value)
{
    virtio_notified(VIRTIO_PCI(dev)->v, value);
}

static const RegDef legacy_regs[] = {
    { 0x00, "device_features", .read = legacy_features_read },
    { 0x04, "guest_features",  .read = driver_features_read, .write = legacy_features_write },
    { 0x08, "queue_address",   .read = pfn_read, .write = pfn_write },
    { 0x0c, "queue_size",      .read = legacy_size_read, .width = 2 },
    { 0x0e, "queue_select",    .read = legacy_select_read, .write = legacy_select_write, .width = 2 },
    { 0x10, "queue_notify",    .write = legacy_notify_write, .width = 2 },
    { 0x12, "device_status",   .read = status_read, .write = status_write, .width = 1 },
    { 0x13, "isr_status",      .read = isr_read, .width = 1 },
    { LEGACY_CONFIG, "device_config", .read_at = config_read, .write_at = config_write,
      .count = VIRTIO_CONFIG_SIZE, .width = 1 },
};

/* --- Capabilities ----------------------------------------------------------------------------- */

/* Appends one; returns where it is. */
static unsigned add_capability(VirtioPci *s, unsigned at, unsigned type, uint32_t offset, uint32_t size)
{
    uint8_t *c = s->pci.config + at;
    bool longer = type == CAP_NOTIFY || type == CAP_PCI;
    c[0] = CAP_VENDOR_SPECIFIC;
    c[2] = longer ? 20 : 16;
    c[1] = type == CAP_PCI ? 0 : at + c[2];
    c[3] = type;
    c[4] = type == CAP_PCI ? 0 : 4;     /* the BAR */
    st_le32(c + 8, offset);
    st_le32(c + 12, size);
    if (type == CAP_NOTIFY) {
        st_le32(c + 16, NOTIFY_STEP);
    }
    return at + c[2];
}

static void add_capabilities(VirtioPci *s)
{
    unsigned at = CAP_FIRST;
    s->pci.config[PCI_CAPABILITIES] = at;
    s->pci.config[PCI_STATUS] |= CAP_LIST;
    at = add_capability(s, at, CAP_COMMON, COMMON_AT, COMMON_SIZE);
    at = add_capability(s, at, CAP_ISR, ISR_AT, 1);
    at = add_capability(s, at, CAP_DEVICE, DEVICE_AT, VIRTIO_CONFIG_SIZE);
    at = add_capability(s, at, CAP_NOTIFY, NOTIFY_AT, NOTIFY_STEP * VIRTIO_MAX_QUEUES);
    s->window_cap = at;
    add_capability(s, at, CAP_PCI, 0, 0);
    memset(s->pci.writable + at + 4, 0xff, 16);
}

/* 4.1.4.7: the part of a BAR that the last capability names is its last four bytes. */
static MemoryRegion *window(VirtioPci *s, uint32_t *offset, unsigned *size)
{
    const uint8_t *c = s->pci.config + s->window_cap;
    MemoryRegion *mr = c[4] == 4 ? device_region(&s->dev, 0)
                     : c[4] == 0 && !s->modern_only ? device_region(&s->dev, 1) : NULL;
    *offset = ld_le32(c + 8);
    *size = ld_le32(c + 12);
    bool sane = mr && (*size == 1 || *size == 2 || *size == 4) && !(*offset & (*size - 1)) &&
                *offset < mr->size;
    return sane ? mr : NULL;
}

static void config_reading(PciFunction *p, unsigned reg, unsigned size)
{
    VirtioPci *s = VIRTIO_PCI(p->dev);
    uint32_t offset;
    unsigned n;
    MemoryRegion *mr = reg >= s->window_cap + 16 && reg < s->window_cap + 20 ?
                       window(s, &offset, &n) : NULL;
    if (mr) {
        uint64_t v = memory_region_mmio_read(mr, offset, n, ENDIAN_LITTLE, NULL);
        st_le32(p->config + s->window_cap + 16, v);
    }
}

static void config_written(PciFunction *p, unsigned reg, unsigned size)
{
    VirtioPci *s = VIRTIO_PCI(p->dev);
    uint32_t offset;
    unsigned n;
    MemoryRegion *mr = reg >= s->window_cap + 16 && reg < s->window_cap + 20 ?
                       window(s, &offset, &n) : NULL;
    if (mr) {
        memory_region_mmio_write(mr, offset, ld_endian(p->config + s->window_cap + 16, n,
                                                       ENDIAN_LITTLE), n, ENDIAN_LITTLE, NULL);
    }
}

/* --- Life ------------------------------------------------------------------------------------- */

static const struct {
    uint32_t id, class_code;
    uint16_t transitional;
} kinds[] = {
    { VIRTIO_ID_NET, 0x020000, 0 },     { VIRTIO_ID_BLOCK, 0x010000, 1 },
    { VIRTIO_ID_CONSOLE, 0x078000, 3 }, { VIRTIO_ID_RNG, 0x00ff00, 5 },
};

static void init_config(VirtioPci *s)
{
    unsigned i = 0, id = s->v->ops->id;
    while (i < ARRAY_SIZE(kinds) - 1 && kinds[i].id != id) {
        i++;
    }
    pci_init(&s->pci, &s->dev, &(PciId){
        .vendor = VENDOR, .device = s->modern_only ? MODERN + id : (unsigned)TRANSITIONAL + kinds[i].transitional,
        .class_code = kinds[i].class_code, .revision = s->modern_only, .pin = 1,
        .subsystem_vendor = VENDOR, .subsystem = id,
    });
    add_capabilities(s);
    s->pci.config_reading = config_reading;
    s->pci.config_written = config_written;
    if (!s->modern_only) {
        pci_add_bar(&s->pci, 0, device_region(&s->dev, 1), PCI_BAR_IO);
    }
    pci_add_bar(&s->pci, 4, device_region(&s->dev, 0), PCI_BAR_MEMORY | PCI_BAR_64 | PCI_BAR_PREFETCH);
}

static bool virtio_pci_realize(Device *dev, GError **err)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    s->v = virtio_of(s->behind);
    if (!s->v) {
        return fail(err, EMU_ERROR_USAGE, "%s: '%s' is a %s, which is no virtio device", dev->id,
                    s->behind->id, s->behind->class->name);
    }
    s->v->transport = s;
    s->v->interrupt = interrupt;
    init_config(s);
    if (!pci_attach(&s->pci, err)) {
        return false;
    }
    if (s->pci.bus) {
        s->v->memory = s->pci.bus->dma;
    }
    return true;
}

static void virtio_pci_unrealize(Device *dev)
{
    pci_detach(&VIRTIO_PCI(dev)->pci);
}

static void virtio_pci_reset(Device *dev)
{
    VirtioPci *s = VIRTIO_PCI(dev);
    pci_reset(&s->pci);
    memset(s->pci.config + s->window_cap + 4, 0, 16);
}

static bool virtio_pci_loaded(Device *dev, GError **err)
{
    pci_loaded(&VIRTIO_PCI(dev)->pci);
    return true;
}

const DeviceClass virtio_pci = {
    .name  = "virtio-pci", .about = "virtio transport on PCI", .bus = "pci", .size = sizeof(VirtioPci),
    .regs  = WINDOWS(REG_WINDOW("modern", modern_regs, BAR4_SIZE, ACCESS_ANY),
                     REG_WINDOW("legacy", legacy_regs, LEGACY_SIZE, ACCESS_8 | ACCESS_16 | ACCESS_32)),
    .props = PROPS(PCI_PROPS(VirtioPci, pci),
                   PROP_LINK("device", VirtioPci, behind, .required = true,
                             .about = "a virtio device"),
                   PROP_BOOL("disable-legacy", VirtioPci, modern_only,
                             .about = "only the interface of 1.0")),
    .state = STATE(PCI_STATE(VirtioPci, pci), STATE_U8(VirtioPci, isr),
                   STATE_ARRAY(U32, VirtioPci, pfn)),
    .realize = virtio_pci_realize, .reset = virtio_pci_reset, .unrealize = virtio_pci_unrealize,
    .loaded = virtio_pci_loaded,
};
