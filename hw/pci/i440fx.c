/* SPDX-License-Identifier: MIT */
/*
 * The host bridge and memory controller of the PC: Intel 82441FX (440FX PMC).
 * Implements: Intel 290549-001, chapter 3 (configuration mechanism 1 at ports 0xcf8 and 0xcfc, PAM,
 * SMRAM, fixed DRAM hole, reset control at port 0xcf9).
 *
 * What is seen below 1 MiB, each layer over the one beneath it:
 *
 *     SMRAM     0xa0000-0xbffff  RAM while SMRAMC.D_OPEN, or while a processor is in SMM
 *     PAM       0xc0000-0xfffff  13 segments: RAM for reads, for writes, for both or for none
 *     (board)   BIOS ROM, the VGA's window
 *     hole      0xa0000-0xfffff  the PCI bus
 *     (board)   RAM
 *
 * In a segment that takes writes only, reads see the last bytes of `rom` (which end at 1 MiB), else
 * ones.  PCI memory is what lies beneath everything; PCI I/O is window 1, with window 0 (ports 0xcf8 to
 * 0xcff) in it: a board maps window 1 alone, beneath its other ports.
 *
 * Choices: DRAM rows and timing are stored only, the board decides how much RAM there is.  SMIACT# is
 * one line to the chip as on a P5: while any processor is in SMM all of them see SMRAM.  INTA of
 * slot 1 ends at PIRQA, and the lines rotate by slot.  The subsystem id tells firmware which kind
 * of board it runs on.
 * Not here: D_CLS for data only, parity and ECC, AGP (the 440FX has none), buses behind bridges.
 */
#include "hw/pci/pci.h"

#include "system/machine.h"

enum {
    PAM0 = 0x59, FDHC = 0x68, SMRAMC = 0x72,
    PAM_READ = 1, PAM_WRITE = 2,
    SMRAM_OPEN = 0x40, SMRAM_CLOSED = 0x20, SMRAM_LOCK = 0x10, SMRAM_ENABLE = 0x08,
    CONFIG_ENABLE = 1u << 31,
    RESET_CPU = 0x04,
    N_SEGMENTS = 13, N_PIRQS = 4, LEGACY_TOP = 0x100000,
};

typedef struct I440fx {
    Device        dev;
    IrqLine       pirq[N_PIRQS];
    AddressSpace *system;
    MemoryRegion *ram, *rom;            /* properties */
    PciBus        bus;
    PciFunction   pci;
    MemoryRegion  io_window, config_window, hole, dram_hole, smram, segment[N_SEGMENTS];
    MemoryRegion  ram_read_only, shadow, blind_shadow;
    uint32_t      address;
    uint8_t       reset_control;
    uint64_t      smiact;               /* a bit for each processor in SMM */
} I440fx;

#define I440FX(d) DEVICE_AS(I440fx, d)

/* ---- memory ---- */

static GPa segment_start(unsigned i)
{
    return i == 0 ? 0xf0000 : 0xc0000 + 0x4000 * (i - 1);
}

static uint64_t segment_size(unsigned i)
{
    return i == 0 ? 0x10000 : 0x4000;
}

/* PAM0's upper half is segment 0; PAM1's halves are 1 and 2, and so on. */
static unsigned segment_bits(const I440fx *s, unsigned i)
{
    uint8_t reg = s->pci.config[PAM0 + (i + 1) / 2];
    return (i % 2 ? reg : reg >> 4) & (PAM_READ | PAM_WRITE);
}

/* A write below a ROM that is being copied onto itself. */
static void write_ram(I440fx *s, GPa at, uint64_t value, unsigned size)
{
    st_endian(s->ram->ram->host + at, value, size, ENDIAN_LITTLE);
    memory_region_written(s->ram, at, size);
}

static void shadow_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    I440fx *s = opaque;
    write_ram(s, LEGACY_TOP - s->rom->size + off, value, size);
}

static void blind_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    write_ram(opaque, off, value, size);
}

static uint64_t blind_read(void *opaque, GPa off, unsigned size)
{
    return UINT64_MAX;
}

static const MemoryOps shadow_ops = { .write = shadow_write, .unaligned = true };
static const MemoryOps blind_ops = { .read = blind_read, .write = blind_write, .unaligned = true };

static void show_segment(I440fx *s, unsigned i)
{
    MemoryRegion *mr = &s->segment[i];
    GPa at = segment_start(i);
    unsigned bits = segment_bits(s, i);
    bool has_rom = s->rom && s->rom->size >= LEGACY_TOP - at && s->rom->size <= LEGACY_TOP;
    if (bits == (PAM_READ | PAM_WRITE)) {
        memory_set_alias(mr, s->ram, at);
    } else if (bits == PAM_READ) {
        memory_set_alias(mr, &s->ram_read_only, at);
    } else if (has_rom) {
        memory_set_alias(mr, &s->shadow, s->rom->size - (LEGACY_TOP - at));
    } else {
        memory_set_alias(mr, &s->blind_shadow, at);
    }
    memory_set_enabled(mr, bits != 0);
}

static void update_memory(I440fx *s)
{
    if (!s->ram) {
        return;
    }
    memory_begin();
    for (unsigned i = 0; i < N_SEGMENTS; i++) {
        show_segment(s, i);
    }
    uint8_t smramc = s->pci.config[SMRAMC], fdhc = s->pci.config[FDHC] >> 6;
    bool in_smm = s->smiact && !(smramc & SMRAM_CLOSED);
    memory_set_enabled(&s->smram, (smramc & SMRAM_ENABLE) && (in_smm || smramc & SMRAM_OPEN));
    GPa hole = fdhc == 1 ? 512 * KiB : 15 * MiB;
    memory_set_enabled(&s->dram_hole, fdhc == 1 || fdhc == 2);
    memory_set_address(&s->dram_hole, hole);
    memory_set_alias(&s->dram_hole, &s->bus.memory, hole);
    memory_set_size(&s->dram_hole, fdhc == 1 ? 128 * KiB : MiB);
    memory_commit();
}

static void set_smiact(Device *dev, int n, int level)
{
    I440fx *s = I440FX(dev);
    s->smiact = level ? s->smiact | BIT64(n) : s->smiact & ~BIT64(n);
    update_memory(s);
}

/* ---- configuration ---- */

/* D_LCK clears D_OPEN and stays, with all but the segment, until reset (3.2.20). */
static void lock_smram(I440fx *s)
{
    uint8_t *smramc = &s->pci.config[SMRAMC];
    if (*smramc & SMRAM_LOCK) {
        *smramc &= ~SMRAM_OPEN;
        s->pci.writable[SMRAMC] = SMRAM_CLOSED;
    }
}

static void own_config_written(PciFunction *p, unsigned reg, unsigned size)
{
    I440fx *s = I440FX(p->dev);
    if (reg <= SMRAMC && reg + size > PAM0) {
        lock_smram(s);
        update_memory(s);
    }
}

static unsigned map_irq(PciBus *bus, unsigned slot, unsigned pin)
{
    return (slot + pin - 1) % N_PIRQS;
}

/* Only whole words reach CONFIG_ADDRESS: its bytes are other ports (3.1.1). */
static void address_write(I440fx *s, uint64_t off, uint32_t value, unsigned size)
{
    if (size == 4) {
        s->address = value & 0x80fffffc;
    } else if (off == 1 && size == 1) {
        bool rising = value & ~s->reset_control & RESET_CPU;
        s->reset_control = value & ~RESET_CPU;
        if (rising) {
            system_request(SYSTEM_RESET, 0);
        }
    } else {
        log_guest(&s->dev, "write of %u bytes at port %#x", size, (unsigned)(0xcf8 + off));
    }
}

/* Bus 0 is the only one. */
static bool selects_us(const I440fx *s)
{
    return (s->address & CONFIG_ENABLE) && !(s->address & 0xff0000);
}

static uint64_t ports_read(Device *dev, uint64_t off, unsigned size)
{
    I440fx *s = I440FX(dev);
    if (off < 4) {
        return size == 4 ? s->address : off == 1 && size == 1 ? s->reset_control : mask64(8 * size);
    }
    return selects_us(s) ? pci_config_read(&s->bus, s->address >> 8 & 0xff,
                                           (s->address & 0xff) + (off & 3), size)
                         : mask64(8 * size);
}

static void ports_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    I440fx *s = I440FX(dev);
    if (off < 4) {
        address_write(s, off, value, size);
    } else if (selects_us(s)) {
        pci_config_write(&s->bus, s->address >> 8 & 0xff, (s->address & 0xff) + (off & 3), value,
                         size);
    }
}

/* ---- life ---- */

/* Registers that firmware sizes and tunes memory with, as they come out of reset (table 3-2). */
static void set_config(I440fx *s)
{
    static const struct { uint8_t reg, writable, reset; } rows[] = {
        { 0x50, 0xff, 0x00 }, { 0x51, 0xff, 0x04 }, { 0x52, 0xff, 0x00 }, { 0x53, 0xe3, 0x80 },
        { 0x54, 0xff, 0x00 }, { 0x55, 0xff, 0x00 }, { 0x56, 0xff, 0x00 }, { 0x57, 0x07, 0x01 },
        { 0x58, 0xff, 0x10 }, { 0x59, 0x30, 0x00 }, { 0x5a, 0x33, 0x00 }, { 0x5b, 0x33, 0x00 },
        { 0x5c, 0x33, 0x00 }, { 0x5d, 0x33, 0x00 }, { 0x5e, 0x33, 0x00 }, { 0x5f, 0x33, 0x00 },
        { 0x60, 0xff, 0x01 }, { 0x61, 0xff, 0x01 }, { 0x62, 0xff, 0x01 }, { 0x63, 0xff, 0x01 },
        { 0x64, 0xff, 0x01 }, { 0x65, 0xff, 0x01 }, { 0x66, 0xff, 0x01 }, { 0x67, 0xff, 0x01 },
        { FDHC, 0xc0, 0x00 }, { 0x70, 0xff, 0x00 }, { 0x71, 0xff, 0x00 }, { SMRAMC, 0x78, 0x02 },
        { 0x90, 0xff, 0x00 }, { 0x93, 0x0e, 0x00 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        s->pci.config[rows[i].reg] = rows[i].reset;
        s->pci.writable[rows[i].reg] = rows[i].writable;
    }
    /* Memory and mastering are always on; it answers with medium DEVSEL#. */
    st_le16(s->pci.config + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    st_le16(s->pci.writable + PCI_COMMAND, 0x0140);
    st_le16(s->pci.config + PCI_STATUS, 0x0280);
}

/* Regions over the board's RAM; without RAM (a bench) there is nothing to switch. */
static void make_layers(I440fx *s)
{
    MemoryRegion *root = s->system->root;
    if (!s->ram) {
        return;
    }
    memory_view_init(&s->ram_read_only, "ram-read-only", MEM_ROM, s->ram, NULL, NULL);
    memory_mmio_init(&s->blind_shadow, "pam-write-only", LEGACY_TOP, &blind_ops, s);
    if (s->rom) {
        memory_view_init(&s->shadow, "bios-shadow", MEM_FLASH, s->rom, &shadow_ops, s);
    }
    memory_alias_init(&s->hole, "pci-legacy", &s->bus.memory, 0xa0000, 0x60000);
    memory_alias_init(&s->dram_hole, "pci-hole", &s->bus.memory, 0, MiB);
    memory_alias_init(&s->smram, "smram", s->ram, 0xa0000, 0x20000);
    memory_add(root, 0, &s->dram_hole, 1);
    memory_add(root, 0xa0000, &s->hole, 1);
    memory_add(root, 0xa0000, &s->smram, 4);
    for (unsigned i = 0; i < N_SEGMENTS; i++) {
        g_autofree char *name = g_strdup_printf("pam-%05x", (unsigned)segment_start(i));
        memory_alias_init(&s->segment[i], name, s->ram, segment_start(i), segment_size(i));
        memory_add(root, segment_start(i), &s->segment[i], 3);
    }
}

static bool i440fx_realize(Device *dev, GError **err)
{
    I440fx *s = I440FX(dev);
    if (s->ram && (!s->ram->ram || s->ram->size < LEGACY_TOP)) {
        return fail(err, EMU_ERROR_USAGE, "%s: RAM must have at least 1 MiB", dev->id);
    }
    pci_bus_init(&s->bus, dev, s->system);
    s->bus.first_slot = 2;
    s->bus.map_irq = map_irq;
    s->bus.irqs = s->pirq;
    s->pci.bus_dev = dev;
    s->pci.slot = 0;
    s->pci.config_written = own_config_written;
    pci_init(&s->pci, dev, &(PciId){ 0x8086, 0x1237, 0x060000, 2, .subsystem_vendor = 0x1af4,
                                     .subsystem = 0x1100 });
    memory_begin();
    memory_alias_init(&s->io_window, "pci-io", &s->bus.io, 0, 64 * KiB);
    device_add_region(dev, &s->io_window);
    memory_alias_init(&s->config_window, "config", device_region(dev, 0), 0, 8);
    memory_add(&s->bus.io, 0xcf8, &s->config_window, 2);
    memory_add(s->system->root, 0, &s->bus.memory, -1);
    make_layers(s);
    set_config(s);
    update_memory(s);
    memory_commit();
    return pci_attach(&s->pci, err);
}

static void i440fx_unrealize(Device *dev)
{
    I440fx *s = I440FX(dev);
    pci_detach(&s->pci);
    for (unsigned i = 0; s->ram && i < N_SEGMENTS; i++) {
        memory_region_free(&s->segment[i]);
    }
    memory_region_free(&s->smram);
    memory_region_free(&s->hole);
    memory_region_free(&s->dram_hole);
    memory_region_free(&s->shadow);
    memory_region_free(&s->blind_shadow);
    memory_region_free(&s->ram_read_only);
    memory_region_free(&s->io_window);
    memory_region_free(&s->config_window);
    memory_remove(&s->bus.memory);
    pci_bus_free(&s->bus);
}

static void i440fx_reset(Device *dev)
{
    I440fx *s = I440FX(dev);
    pci_reset(&s->pci);
    set_config(s);
    update_memory(s);
}

static bool i440fx_loaded(Device *dev, GError **err)
{
    I440fx *s = I440FX(dev);
    pci_loaded(&s->pci);
    s->pci.writable[SMRAMC] = 0x78;
    lock_smram(s);
    update_memory(s);
    return true;
}

const DeviceClass i440fx = {
    .name      = "i440fx", .about = "Intel 440FX host bridge and memory controller",
    .size      = sizeof(I440fx),
    .regs      = WINDOWS(RAW_WINDOW("config", 8, ACCESS_8 | ACCESS_16 | ACCESS_32, ports_read,
                                    ports_write)),
    .irqs      = IRQS(I440fx, pirq),
    .inputs    = INPUTS(INPUT("smiact", set_smiact, MAX_CPUS)),
    .props     = PROPS(PROP_MEMORY("memory", I440fx, system, .about = "what processors see"),
                       PROP_REGION("ram", I440fx, ram, .about = "RAM from address 0 on"),
                       PROP_REGION("rom", I440fx, rom, .about = "what ends at 1 MiB")),
    .state     = STATE(PCI_STATE(I440fx, pci), STATE_U32(I440fx, address),
                       STATE_U8(I440fx, reset_control), STATE_U64(I440fx, smiact)),
    .realize   = i440fx_realize,
    .reset     = i440fx_reset,
    .unrealize = i440fx_unrealize,
    .loaded    = i440fx_loaded,
};
