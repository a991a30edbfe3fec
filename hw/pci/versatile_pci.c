/* SPDX-License-Identifier: MIT */
/*
 * The PCI bridge in the FPGA of the Versatile PB.
 * Implements: ARM DUI 0225D, section 4.17 (PCI interface) and the memory map of chapter 4.
 *
 *     0  registers: IMAP0..2, SELFID, FLAGS, SMAP0..2
 *     1  configuration space of the bridge itself      4  window 0 on PCI memory, 192 MiB
 *     2  configuration space of the others             5  window 1, 256 MiB
 *     3  PCI I/O space                                 6  window 2, 256 MiB
 *
 * A window shows the PCI memory whose upper four address bits are in its IMAP.  Bus masters see
 * the 256 MiB of the board's memory chosen by SMAPn where BAR n of the bridge says.
 * Choices: the bridge is in slot 11 and cards are given slots from 12 on.  Interrupt lines rotate as
 * on the board's backplane: output n is (slot + pin + 2) mod 4.
 */
#include "hw/pci/pci.h"

enum { SELF_SLOT = 11, FIRST_SLOT = 12, N_WINDOWS = 3, N_IRQS = 4 };

typedef struct VersatilePci {
    Device        dev;
    IrqLine       irq[N_IRQS];
    AddressSpace *system;
    PciBus        bus;
    PciFunction   pci;                  /* the bridge's own configuration space */
    AddressSpace  dma;
    MemoryRegion  dma_root, dma_window[N_WINDOWS];
    MemoryRegion  io_window, window[N_WINDOWS];
    MemoryRegion  bar[N_WINDOWS];       /* gives the BARs their size; never seen */
    uint32_t      imap[N_WINDOWS], smap[N_WINDOWS], selfid, flags;
} VersatilePci;

#define DEV VersatilePci
#define VERSATILE_PCI(d) DEVICE_AS(VersatilePci, d)

static void update_windows(VersatilePci *s)
{
    memory_begin();
    for (unsigned i = 0; i < N_WINDOWS; i++) {
        uint64_t low = i == 0 ? 0x04000000 : 0;         /* window 0 begins at 0x44000000 */
        memory_set_alias(&s->window[i], &s->bus.memory, (uint64_t)(s->imap[i] & 15) << 28 | low);
        memory_set_alias(&s->dma_window[i], s->system->root, (uint64_t)(s->smap[i] & 15) << 28);
        uint32_t bar = ld_le32(s->pci.config + PCI_BAR0 + 4 * i);
        memory_set_address(&s->dma_window[i], bar & 0xf0000000);
        memory_set_enabled(&s->dma_window[i],
                           s->pci.config[PCI_COMMAND] & PCI_COMMAND_MEMORY);
    }
    memory_commit();
}

static void map_changed(Device *dev)
{
    update_windows(VERSATILE_PCI(dev));
}

static void own_config_written(PciFunction *p, unsigned reg, unsigned size)
{
    update_windows(VERSATILE_PCI(p->dev));
}

static unsigned map_irq(PciBus *bus, unsigned slot, unsigned pin)
{
    return (slot + pin + 2) % N_IRQS;
}

/* Offset: slot << 11 | function << 8 | register. */
static uint64_t self_read(Device *dev, uint64_t off, unsigned size)
{
    VersatilePci *s = VERSATILE_PCI(dev);
    if (off >> 11 != SELF_SLOT) {
        return mask64(8 * size);
    }
    return pci_config_read(&s->bus, off >> 8, off & 0xff, size);
}

static void self_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    VersatilePci *s = VERSATILE_PCI(dev);
    if (off >> 11 == SELF_SLOT) {
        pci_config_write(&s->bus, off >> 8, off & 0xff, value, size);
    }
}

/* Above the slot is the number of the bus: there is only bus 0. */
static uint64_t config_read(Device *dev, uint64_t off, unsigned size)
{
    return off >> 16 ? mask64(8 * size)
                     : pci_config_read(&VERSATILE_PCI(dev)->bus, off >> 8, off & 0xff, size);
}

static void config_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    if (off >> 16 == 0) {
        pci_config_write(&VERSATILE_PCI(dev)->bus, off >> 8, off & 0xff, value, size);
    }
}

static const RegDef versatile_pci_regs[] = {
    { 0x00, "IMAP",   AT(imap), .writable = 0xf, .changed = map_changed, .count = N_WINDOWS },
    { 0x0c, "SELFID", AT(selfid), .writable = 0x1f },
    { 0x10, "FLAGS",  AT(flags), .writable = 0x0f },
    { 0x14, "SMAP",   AT(smap), .writable = 0xf, .changed = map_changed, .count = N_WINDOWS },
};

static void make_windows(VersatilePci *s)
{
    static const char *const names[N_WINDOWS] = { "pci.window0", "pci.window1", "pci.window2" };
    memory_container_init(&s->dma_root, "pci.dma", 4 * GiB);
    memory_alias_init(&s->io_window, "pci.io-window", &s->bus.io, 0, 16 * MiB);
    device_add_region(&s->dev, &s->io_window);
    for (unsigned i = 0; i < N_WINDOWS; i++) {
        memory_alias_init(&s->window[i], names[i], &s->bus.memory, 0, (i ? 256 : 192) * MiB);
        device_add_region(&s->dev, &s->window[i]);
        memory_alias_init(&s->dma_window[i], "pci.dma-window", s->system->root, 0, 256 * MiB);
        s->dma_window[i].disabled = true;
        memory_add(&s->dma_root, 0, &s->dma_window[i], 0);
        memory_container_init(&s->bar[i], "pci.bar", 256 * MiB);
        pci_add_bar(&s->pci, i, &s->bar[i], PCI_BAR_MEMORY | PCI_BAR_PREFETCH);
    }
    address_space_init(&s->dma, "pci-dma", &s->dma_root);
}

static bool versatile_pci_realize(Device *dev, GError **err)
{
    VersatilePci *s = VERSATILE_PCI(dev);
    pci_bus_init(&s->bus, dev, &s->dma);
    s->bus.first_slot = FIRST_SLOT;
    s->bus.map_irq = map_irq;
    s->bus.irqs = s->irq;
    s->pci.bus_dev = dev;
    s->pci.slot = SELF_SLOT;
    s->pci.config_written = own_config_written;
    pci_init(&s->pci, dev, &(PciId){ 0x10ee, 0x0300, 0x0b4000 });
    make_windows(s);
    return pci_attach(&s->pci, err);
}

static void versatile_pci_unrealize(Device *dev)
{
    VersatilePci *s = VERSATILE_PCI(dev);
    address_space_free(&s->dma);
    pci_detach(&s->pci);
    for (unsigned i = 0; i < N_WINDOWS; i++) {
        memory_region_free(&s->dma_window[i]);
        memory_region_free(&s->window[i]);
        memory_region_free(&s->bar[i]);
    }
    memory_region_free(&s->io_window);
    memory_region_free(&s->dma_root);
    pci_bus_free(&s->bus);
}

static void versatile_pci_reset(Device *dev)
{
    VersatilePci *s = VERSATILE_PCI(dev);
    pci_reset(&s->pci);
    update_windows(s);
}

static bool versatile_pci_loaded(Device *dev, GError **err)
{
    pci_loaded(&VERSATILE_PCI(dev)->pci);
    update_windows(VERSATILE_PCI(dev));
    return true;
}

const DeviceClass versatile_pci = {
    .name      = "versatile-pci", .about = "PCI bridge of the Versatile PB",
    .size      = sizeof(VersatilePci),
    .regs      = WINDOWS(REG_WINDOW("regs", versatile_pci_regs, 0x1000, 0),
                         RAW_WINDOW("self", 64 * KiB, 0, self_read, self_write),
                         RAW_WINDOW("config", 16 * MiB, 0, config_read, config_write)),
    .irqs      = IRQS(VersatilePci, irq),
    .props     = PROPS(PROP_MEMORY("memory", VersatilePci, system, .about = "what masters see")),
    .state     = STATE(PCI_STATE(VersatilePci, pci)),
    .realize   = versatile_pci_realize,
    .reset     = versatile_pci_reset,
    .unrealize = versatile_pci_unrealize,
    .loaded    = versatile_pci_loaded,
};
