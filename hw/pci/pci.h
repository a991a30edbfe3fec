/* SPDX-License-Identifier: MIT */
/*
 * PCI: a bus, the functions on it, and what every function has.
 *
 * A host bridge embeds a PciBus.  A function's device embeds a PciFunction, puts PCI_PROPS(Type, field)
 * and PCI_STATE(Type, field) into its tables, and in realize calls
 *
 *     pci_init(&s->pci, dev, &(PciId){ 0x1000, 0x0012, 0x010000 });
 *     pci_add_bar(&s->pci, 1, region, PCI_BAR_MEMORY);
 *     return pci_attach(&s->pci, err);
 *
 * It reaches memory by pci_dma_*() and raises its interrupt by pci_set_intx().
 */
#pragma once
#include "system/device.h"

enum {
    PCI_VENDOR_ID = 0x00, PCI_DEVICE_ID = 0x02, PCI_COMMAND = 0x04, PCI_STATUS = 0x06,
    PCI_REVISION = 0x08, PCI_CLASS = 0x09, PCI_CACHE_LINE = 0x0c, PCI_LATENCY = 0x0d,
    PCI_HEADER_TYPE = 0x0e, PCI_BAR0 = 0x10, PCI_SUBSYSTEM_VENDOR = 0x2c, PCI_SUBSYSTEM = 0x2e,
    PCI_ROM = 0x30, PCI_CAPABILITIES = 0x34, PCI_INTERRUPT_LINE = 0x3c, PCI_INTERRUPT_PIN = 0x3d,
    PCI_MIN_GNT = 0x3e, PCI_MAX_LAT = 0x3f,
    PCI_CONFIG_SIZE = 256, PCI_N_BARS = 6, PCI_N_SLOTS = 32,

    PCI_COMMAND_IO = 0x01, PCI_COMMAND_MEMORY = 0x02, PCI_COMMAND_MASTER = 0x04,
    PCI_COMMAND_INTX_OFF = 0x400, PCI_STATUS_INTX = 0x08,

    PCI_ROM_ENABLE = 0x01,
    PCI_BAR_MEMORY = 0, PCI_BAR_IO = 1, PCI_BAR_64 = 4, PCI_BAR_PREFETCH = 8,
    PCI_SLOT_AUTO = 0xffffffff,
};

typedef struct PciBus PciBus;
typedef struct PciFunction PciFunction;

typedef struct PciId {
    uint16_t vendor, device;
    uint32_t class_code;                /* class, subclass, interface */
    uint8_t  revision, pin;             /* INTA is 1; 0: no interrupt */
    uint16_t subsystem_vendor, subsystem;
    bool     multifunction;
} PciId;

typedef struct PciBar {
    MemoryRegion *region;
    uint64_t      size;
    uint32_t      flags;
} PciBar;

struct PciFunction {
    Device      *dev;
    Device      *bus_dev;               /* property: the bridge */
    uint32_t     slot, fn;              /* properties */
    PciBus      *bus;
    uint8_t      config[PCI_CONFIG_SIZE], writable[PCI_CONFIG_SIZE], w1c[PCI_CONFIG_SIZE];
    PciBar       bars[PCI_N_BARS], rom;
    bool         intx;                  /* what the device drives */
    bool         intx_seen;             /* and what the bus sees of it */
    /* Before the core reads: to bring its bytes up to date.  NULL: they always are. */
    void       (*config_reading)(PciFunction *p, unsigned reg, unsigned size);
    /* After the core has stored a write; NULL: nothing to add. */
    void       (*config_written)(PciFunction *p, unsigned reg, unsigned size);
};

struct PciBus {
    Device       *owner;
    MemoryRegion  memory, io;           /* the bus's two address spaces, for BARs and windows */
    MemoryRegion  no_memory, no_io;     /* beneath all BARs */
    AddressSpace *dma;                  /* what masters see */
    unsigned      first_slot;           /* for PCI_SLOT_AUTO */
    PciFunction  *functions[PCI_N_SLOTS * 8];
    /* Where INTA..D (pin 0 to 3) of a slot end, 0 to 3, and the lines there. */
    unsigned    (*map_irq)(PciBus *bus, unsigned slot, unsigned pin);
    IrqLine      *irqs;
    unsigned      asserted[4];          /* functions that pull each line */
    PciBus       *next;
};

/* --- Bridges ----------------------------------------------------------------------------------- */

void pci_bus_init(PciBus *bus, Device *owner, AddressSpace *dma);
void pci_bus_free(PciBus *bus);
/* Configuration cycles of type 0 on this bus; nobody there reads all ones. */
uint32_t pci_config_read(PciBus *bus, unsigned devfn, unsigned reg, unsigned size);
void pci_config_write(PciBus *bus, unsigned devfn, unsigned reg, uint32_t value, unsigned size);
/* After loading a snapshot, when all functions are loaded: lines from their levels. */
void pci_bus_update_irqs(PciBus *bus);

/* --- Functions --------------------------------------------------------------------------------- */

#define PCI_PROPS(T, f)                                                                     \
    PROP_LINK("bus", T, f.bus_dev, .about = "the bridge whose bus it sits on"),             \
    PROP_U32("slot", T, f.slot, .fallback = PCI_SLOT_AUTO, .about = "0 to 31"),             \
    PROP_U32("function", T, f.fn, .about = "0 to 7")

#define PCI_STATE(T, f) \
    STATE_ARRAY(U8, T, f.config, .keep = true), STATE_BOOL(T, f.intx), STATE_BOOL(T, f.intx_seen)

void pci_init(PciFunction *p, Device *dev, const PciId *id);
/* Its size must be a power of two. */
void pci_add_bar(PciFunction *p, unsigned n, MemoryRegion *region, unsigned flags);
/* Its expansion ROM, of a power of two of at least 2 KiB. */
void pci_add_rom(PciFunction *p, MemoryRegion *region);
/* Puts it on the bus, if it has one (a bench has none). */
bool pci_attach(PciFunction *p, GError **err);
void pci_detach(PciFunction *p);
/* From the device's reset: command and BARs as after RST#. */
void pci_reset(PciFunction *p);
/* From the device's loaded. */
void pci_loaded(PciFunction *p);
void pci_set_intx(PciFunction *p, bool level);

/* False when it may not be a master, or nothing answers; a read then gives zeros. */
bool pci_dma_read(PciFunction *p, uint64_t addr, void *buf, uint64_t len);
bool pci_dma_write(PciFunction *p, uint64_t addr, const void *buf, uint64_t len);
/* Where it reads and writes; NULL while it may not be a master. */
AddressSpace *pci_master(PciFunction *p);

static inline unsigned pci_devfn(const PciFunction *p)
{
    return p->slot << 3 | p->fn;
}
