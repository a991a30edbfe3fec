/* SPDX-License-Identifier: MIT */
/*
 * PCI bus and functions.
 * Implements: PCI Local Bus Specification 3.0, chapter 6 (configuration space) and 2.2.6 (interrupts).
 * BARs appear in the bus's memory or I/O space while the command register lets them; interrupts of
 * several functions that share a line are counted.
 * Expansion ROMs (6.2.5.2) appear when their own enable bit and the memory space's are set.
 * Not here: bridges, capabilities (a function that has them fills in its configuration space),
 * parity, latency timers (stored only).
 */
#include "hw/pci/pci.h"

static PciBus *buses;

/* --- Buses ------------------------------------------------------------------------------------ */

/* A cycle that nobody claims ends in a master abort: all ones (2.0, 3.3.3.1). */
static uint64_t nobody_read(void *opaque, GPa off, unsigned size)
{
    return UINT64_MAX;
}

static void nobody_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
}

static const MemoryOps nobody = { .read = nobody_read, .write = nobody_write, .unaligned = true };

void pci_bus_init(PciBus *bus, Device *owner, AddressSpace *dma)
{
    g_autofree char *memory = g_strdup_printf("%s.memory", owner->id);
    g_autofree char *io = g_strdup_printf("%s.io", owner->id);
    bus->owner = owner;
    bus->dma = dma;
    memory_container_init(&bus->memory, memory, MEMORY_SIZE_MAX);
    memory_container_init(&bus->io, io, 4 * GiB);
    memory_mmio_init(&bus->no_memory, "pci.nobody", MEMORY_SIZE_MAX, &nobody, NULL);
    memory_mmio_init(&bus->no_io, "pci.nobody-io", 4 * GiB, &nobody, NULL);
    memory_add(&bus->memory, 0, &bus->no_memory, -1);
    memory_add(&bus->io, 0, &bus->no_io, -1);
    bus->next = buses;
    buses = bus;
}

void pci_bus_free(PciBus *bus)
{
    for (PciBus **b = &buses; *b; b = &(*b)->next) {
        if (*b == bus) {
            *b = bus->next;
            break;
        }
    }
    memory_region_free(&bus->no_memory);
    memory_region_free(&bus->no_io);
    memory_region_free(&bus->memory);
    memory_region_free(&bus->io);
}

static PciBus *bus_of(const Device *owner)
{
    PciBus *bus = buses;
    while (bus && bus->owner != owner) {
        bus = bus->next;
    }
    return bus;
}

uint32_t pci_config_read(PciBus *bus, unsigned devfn, unsigned reg, unsigned size)
{
    PciFunction *p = devfn < ARRAY_SIZE(bus->functions) ? bus->functions[devfn] : NULL;
    if (!p || reg + size > PCI_CONFIG_SIZE) {
        return mask64(8 * size);
    }
    if (p->config_reading) {
        p->config_reading(p, reg, size);
    }
    return ld_endian(p->config + reg, size, ENDIAN_LITTLE);
}

/* --- BARs ------------------------------------------------------------------------------------- */

static uint64_t bar_address(const PciFunction *p, unsigned n)
{
    const PciBar *bar = &p->bars[n];
    uint64_t v = ld_le32(p->config + PCI_BAR0 + 4 * n);
    if (bar->flags & PCI_BAR_64) {
        v |= (uint64_t)ld_le32(p->config + PCI_BAR0 + 4 * n + 4) << 32;
    }
    return v & ~(bar->size - 1);
}

static void place(PciFunction *p, PciBar *bar, bool open, uint64_t at)
{
    MemoryRegion *space = bar->flags & PCI_BAR_IO ? &p->bus->io : &p->bus->memory;
    if (bar->region->parent) {
        memory_remove(bar->region);
    }
    /* an address of all ones is a sizing cycle with the space left open */
    if (open && at <= space->size - bar->size && at != (uint32_t)-bar->size) {
        memory_add(space, at, bar->region, 1);
    }
}

/* The regions are where the BARs say, if the command register opens their space. */
static void update_mappings(PciFunction *p)
{
    unsigned command = ld_le16(p->config + PCI_COMMAND);
    uint32_t rom = ld_le32(p->config + PCI_ROM);
    if (!p->bus) {
        return;
    }
    memory_begin();
    for (unsigned n = 0; n < PCI_N_BARS; n++) {
        PciBar *bar = &p->bars[n];
        if (bar->region) {
            bool io = bar->flags & PCI_BAR_IO;
            place(p, bar, command & (io ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY), bar_address(p, n));
        }
    }
    if (p->rom.region) {
        place(p, &p->rom, (command & PCI_COMMAND_MEMORY) && (rom & PCI_ROM_ENABLE),
              rom & ~(p->rom.size - 1));
    }
    memory_commit();
}

void pci_add_bar(PciFunction *p, unsigned n, MemoryRegion *region, unsigned flags)
{
    PciBar *bar = &p->bars[n];
    g_assert(n < PCI_N_BARS && is_power_of_2(region->size) && region->size >= 4);
    *bar = (PciBar){ region, region->size, flags };
    st_le32(p->config + PCI_BAR0 + 4 * n, flags);
    st_le32(p->writable + PCI_BAR0 + 4 * n, -(uint32_t)bar->size);
    if (flags & PCI_BAR_64) {
        g_assert(n + 1 < PCI_N_BARS);
        st_le32(p->writable + PCI_BAR0 + 4 * n + 4, -bar->size >> 32);
    }
}

void pci_add_rom(PciFunction *p, MemoryRegion *region)
{
    g_assert(is_power_of_2(region->size) && region->size >= 2 * KiB);
    p->rom = (PciBar){ region, region->size, PCI_BAR_MEMORY };
    st_le32(p->writable + PCI_ROM, -(uint32_t)region->size | PCI_ROM_ENABLE);
}

/* --- Interrupts ------------------------------------------------------------------------------- */

static void drive(PciFunction *p, bool seen)
{
    p->intx_seen = seen;
    PciBus *bus = p->bus;
    if (!bus || !bus->map_irq || !p->config[PCI_INTERRUPT_PIN]) {
        return;
    }
    unsigned n = bus->map_irq(bus, p->slot, p->config[PCI_INTERRUPT_PIN] - 1) & 3;
    bus->asserted[n] += seen ? 1 : -1;
    irq_set(&bus->irqs[n], bus->asserted[n]);
}

static void update_intx(PciFunction *p)
{
    bool off = ld_le16(p->config + PCI_COMMAND) & PCI_COMMAND_INTX_OFF;
    uint16_t status = ld_le16(p->config + PCI_STATUS) & ~PCI_STATUS_INTX;
    st_le16(p->config + PCI_STATUS, status | (p->intx ? PCI_STATUS_INTX : 0));
    if ((p->intx && !off) != p->intx_seen) {
        drive(p, p->intx && !off);
    }
}

void pci_set_intx(PciFunction *p, bool level)
{
    p->intx = level;
    update_intx(p);
}

void pci_bus_update_irqs(PciBus *bus)
{
    memset(bus->asserted, 0, sizeof(bus->asserted));
    for (unsigned i = 0; i < ARRAY_SIZE(bus->functions); i++) {
        PciFunction *p = bus->functions[i];
        if (p && p->intx_seen) {
            drive(p, true);
        }
    }
}

/* --- Configuration ---------------------------------------------------------------------------- */

void pci_config_write(PciBus *bus, unsigned devfn, unsigned reg, uint32_t value, unsigned size)
{
    PciFunction *p = devfn < ARRAY_SIZE(bus->functions) ? bus->functions[devfn] : NULL;
    if (!p || reg + size > PCI_CONFIG_SIZE) {
        return;
    }
    for (unsigned i = reg; i < reg + size; i++, value >>= 8) {
        uint8_t w = p->writable[i];
        p->config[i] = ((p->config[i] & ~w) | (value & w)) & ~(value & p->w1c[i]);
    }
    bool bars = reg < PCI_BAR0 + 4 * PCI_N_BARS && reg + size > PCI_COMMAND;
    bool rom = reg < PCI_ROM + 4 && reg + size > PCI_ROM;
    if (bars || rom) {
        update_mappings(p);
        update_intx(p);
    }
    if (p->config_written) {
        p->config_written(p, reg, size);
    }
}

/* --- Functions -------------------------------------------------------------------------------- */

void pci_init(PciFunction *p, Device *dev, const PciId *id)
{
    p->dev = dev;
    st_le16(p->config + PCI_VENDOR_ID, id->vendor);
    st_le16(p->config + PCI_DEVICE_ID, id->device);
    st_le32(p->config + PCI_REVISION, id->class_code << 8 | id->revision);
    st_le16(p->config + PCI_SUBSYSTEM_VENDOR, id->subsystem_vendor);
    st_le16(p->config + PCI_SUBSYSTEM, id->subsystem);
    p->config[PCI_HEADER_TYPE] = id->multifunction ? 0x80 : 0;
    p->config[PCI_INTERRUPT_PIN] = id->pin;
    st_le16(p->writable + PCI_COMMAND, 0x0547);
    st_le16(p->w1c + PCI_STATUS, 0xf900);
    p->writable[PCI_CACHE_LINE] = p->writable[PCI_LATENCY] = 0xff;
    p->writable[PCI_INTERRUPT_LINE] = 0xff;
}

static bool choose_slot(PciFunction *p, GError **err)
{
    if (p->slot == PCI_SLOT_AUTO) {
        p->slot = p->bus->first_slot;
        while (p->slot < PCI_N_SLOTS && p->bus->functions[p->slot << 3]) {
            p->slot++;
        }
    }
    if (p->slot >= PCI_N_SLOTS || p->fn > 7) {
        return fail(err, EMU_ERROR_USAGE, "%s: there is no such PCI slot", p->dev->id);
    }
    if (p->bus->functions[pci_devfn(p)]) {
        return fail(err, EMU_ERROR_USAGE, "%s: PCI slot %u is taken", p->dev->id, p->slot);
    }
    return true;
}

bool pci_attach(PciFunction *p, GError **err)
{
    p->bus = p->bus_dev ? bus_of(p->bus_dev) : NULL;
    if (!p->bus_dev) {
        return true;
    }
    if (!p->bus) {
        return fail(err, EMU_ERROR_USAGE, "%s: '%s' has no PCI bus", p->dev->id, p->bus_dev->id);
    }
    if (!choose_slot(p, err)) {
        p->bus = NULL;
        return false;
    }
    p->bus->functions[pci_devfn(p)] = p;
    return true;
}

void pci_detach(PciFunction *p)
{
    if (p->bus) {
        p->bus->functions[pci_devfn(p)] = NULL;
        p->bus = NULL;
    }
}

void pci_reset(PciFunction *p)
{
    st_le16(p->config + PCI_COMMAND, 0);
    st_le16(p->config + PCI_STATUS, ld_le16(p->config + PCI_STATUS) & ~(0xf900 | PCI_STATUS_INTX));
    p->config[PCI_CACHE_LINE] = p->config[PCI_LATENCY] = p->config[PCI_INTERRUPT_LINE] = 0;
    for (unsigned i = PCI_BAR0; i < PCI_BAR0 + 4 * PCI_N_BARS; i++) {
        p->config[i] &= ~p->writable[i];
    }
    st_le32(p->config + PCI_ROM, 0);
    update_mappings(p);
    if (p->bus) {
        pci_bus_update_irqs(p->bus);
    }
}

void pci_loaded(PciFunction *p)
{
    update_mappings(p);
    if (p->bus) {
        pci_bus_update_irqs(p->bus);
    }
}

/* --- Bus mastering ---------------------------------------------------------------------------- */

AddressSpace *pci_master(PciFunction *p)
{
    if (!p->bus || !(ld_le16(p->config + PCI_COMMAND) & PCI_COMMAND_MASTER)) {
        log_guest(p->dev, "not allowed to be a bus master");
        return NULL;
    }
    return p->bus->dma;
}

bool pci_dma_read(PciFunction *p, uint64_t addr, void *buf, uint64_t len)
{
    AddressSpace *as = pci_master(p);
    if (!as) {
        memset(buf, 0, len);
    }
    return as && address_space_read(as, addr, buf, len) == MEM_OK;
}

bool pci_dma_write(PciFunction *p, uint64_t addr, const void *buf, uint64_t len)
{
    AddressSpace *as = pci_master(p);
    return as && address_space_write(as, addr, buf, len) == MEM_OK;
}
