/* SPDX-License-Identifier: MIT */
/*
 * A VGA card with the Bochs display registers, on PCI: the device; hw/display/vga.h lists the rest.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, Video Subsystem; Bochs VBE display
 * extensions; the "standard VGA" card 1234:1111: BAR 0 video memory, BAR 2 with the EDID block at 0,
 * ports 0x3c0 to 0x3df at 0x400 and the display registers at 0x500.
 * Windows for the board: 0 at PORT(0x3b4), 1 at PORT(0x3c0), 2 at PORT(0x3d4), 3 at PORT(0x1ce),
 * 4 at 0xa0000 in memory.
 * Choices: the windows answer whatever the PCI command register says, as on a board that routes VGA
 * accesses to the only card.  Without a bus it is an ISA card.
 * Not here: big-endian frame buffers, the VGA's interrupt.
 */
#include "hw/display/vga.h"
#include "system/firmware_files.h"

enum { WINDOW_MONO, WINDOW_VGA, WINDOW_COLOUR };
enum { MMIO_SIZE = 4096, MMIO_VGA = 0x400, MMIO_CRTC = 0x414, MMIO_DISPI = 0x500 };

/* --- Windows ---------------------------------------------------------------------------------- */

static uint64_t edid_read(void *opaque, GPa off, unsigned size)
{
    const Vga *s = opaque;
    return off < sizeof(s->edid) ? s->edid[off] : 0;
}

static void edid_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    log_guest(&((Vga *)opaque)->dev, "write to the EDID");
}

static const MemoryOps edid_ops = {
    .read = edid_read, .write = edid_write, .endian = ENDIAN_LITTLE, .impl = ACCESS_8,
};

/* BAR 2: what is not filled reads 0. */
static void make_mmio(Vga *s)
{
    memory_container_init(&s->mmio, "vga.mmio", MMIO_SIZE);
    memory_mmio_init(&s->mmio_edid, "vga.edid", MMIO_SIZE, &edid_ops, s);
    memory_alias_init(&s->mmio_vga, "vga.mmio-vga", device_region(&s->dev, WINDOW_VGA), 0, 16);
    memory_alias_init(&s->mmio_crtc, "vga.mmio-crtc", device_region(&s->dev, WINDOW_COLOUR), 0, 8);
    memory_mmio_init(&s->mmio_dispi, "vga.mmio-dispi", 2 * N_DISPI, &vga_dispi_ops, s);
    memory_add(&s->mmio, 0, &s->mmio_edid, 0);
    memory_add(&s->mmio, MMIO_VGA, &s->mmio_vga, 1);
    memory_add(&s->mmio, MMIO_CRTC, &s->mmio_crtc, 1);
    memory_add(&s->mmio, MMIO_DISPI, &s->mmio_dispi, 1);
}

static void make_windows(Vga *s)
{
    memory_mmio_init(&s->dispi_ports, "vga.dispi", 4, &vga_dispi_port_ops, s);
    memory_container_init(&s->window, "vga.window", VGA_WINDOW);
    memory_mmio_init(&s->planes, "vga.planes", VGA_WINDOW, &vga_planes_ops, s);
    memory_alias_init(&s->bank, "vga.bank", &s->vram_region, 0, 64 * KiB);
    s->bank.disabled = true;
    memory_add(&s->window, 0, &s->planes, 0);
    memory_add(&s->window, 0, &s->bank, 1);
    device_add_region(&s->dev, &s->dispi_ports);
    device_add_region(&s->dev, &s->window);
}

/* --- The BIOS --------------------------------------------------------------------------------- */

/* From a host's folder of firmware. */
static bool load_rom(Vga *s, GError **err)
{
    g_autofree char *path = NULL, *data = NULL;
    g_autoptr(GError) why = NULL;
    size_t len;
    if (!*s->rom_file || !strcmp(s->rom_file, "none")) {
        return true;
    }
    path = firmware_find(s->rom_file);
    if (!path) {
        log_print(LOG_UNIMP, "%s: no VGA BIOS '%s' on this host: package seabios has it\n", s->dev.id,
                  s->rom_file);
        return true;
    }
    if (!g_file_get_contents(path, &data, &len, &why)) {
        return fail(err, EMU_ERROR_NOINPUT, "%s: %s", s->dev.id, why->message);
    }
    uint64_t size = 2 * KiB;
    while (size < len && size < 16 * MiB) {
        size *= 2;
    }
    if (len < 3 || len > size || ld_le16(data) != 0xaa55) {
        return fail(err, EMU_ERROR_DATA, "%s: '%s' is no expansion ROM", s->dev.id, path);
    }
    if (!memory_rom_init(&s->rom_region, "vga.rom", size, err)) {
        return false;
    }
    memcpy(s->rom_region.ram->host, data, len);
    pci_add_rom(&s->pci, &s->rom_region);
    return true;
}

/* --- Making one ------------------------------------------------------------------------------- */

static bool check(const Vga *s, GError **err)
{
    if (!is_power_of_2(s->vram_size) || s->vram_size < MiB || s->vram_size > 256 * MiB) {
        return fail(err, EMU_ERROR_USAGE, "%s: vgamem can be 1M, 2M, 4M, ... 256M", s->dev.id);
    }
    if (s->xres < 320 || s->xres > 4095 || s->yres < 200 || s->yres > 4095) {
        return fail(err, EMU_ERROR_USAGE, "%s: xres and yres can be 320x200 to 4095x4095", s->dev.id);
    }
    return true;
}

static bool vga_realize(Device *dev, GError **err)
{
    Vga *s = VGA(dev);
    if (!check(s, err) || !memory_ram_init(&s->vram_region, "vga.vram", s->vram_size, err)) {
        return false;
    }
    s->vram = s->vram_region.ram->host;
    edid_make(s->edid, s->xres, s->yres);
    make_windows(s);
    make_mmio(s);
    pci_init(&s->pci, dev, &(PciId){ 0x1234, 0x1111, 0x030000, .revision = 2,
                                     .subsystem_vendor = 0x1af4, .subsystem = 0x1100 });
    pci_add_bar(&s->pci, 0, &s->vram_region, PCI_BAR_MEMORY | PCI_BAR_PREFETCH);
    pci_add_bar(&s->pci, 2, &s->mmio, PCI_BAR_MEMORY);
    if (!load_rom(s, err) || !pci_attach(&s->pci, err)) {
        return false;
    }
    s->display = display_new(dev->id, vga_paint, s);
    display_set_cells(s->display, vga_cells);
    return true;
}

static void vga_unrealize(Device *dev)
{
    Vga *s = VGA(dev);
    MemoryRegion *all[] = {
        &s->mmio_edid, &s->mmio_vga, &s->mmio_crtc, &s->mmio_dispi, &s->mmio, &s->dispi_ports,
        &s->bank, &s->planes, &s->window, &s->rom_region, &s->vram_region,
    };
    display_free(s->display);
    pci_detach(&s->pci);
    for (unsigned i = 0; i < ARRAY_SIZE(all); i++) {
        if (all[i]->name) {
            memory_region_free(all[i]);
        }
    }
}

static void vga_reset(Device *dev)
{
    Vga *s = VGA(dev);
    pci_reset(&s->pci);
    vga_regs_reset(s);
    vga_dispi_reset(s);
}

static bool vga_loaded(Device *dev, GError **err)
{
    Vga *s = VGA(dev);
    if (!vga_dispi_valid(s) || s->dac_part > 2) {
        return fail(err, EMU_ERROR_DATA, "%s: impossible state of the display", dev->id);
    }
    for (unsigned i = 0; i < N_GR; i++) {       /* used as indexes */
        s->gr[i] &= i == GR_BIT_MASK ? 0xff : i == GR_MODE ? 0x7b : i == GR_ROTATE ? 0x1f : 0x0f;
    }
    s->gr[GR_READ_MAP] &= 3;
    s->sr[SR_MAP_MASK] &= 15;
    s->awake &= 1;
    vga_dispi_map(s);
    memory_region_written(&s->vram_region, 0, s->vram_size);
    pci_loaded(&s->pci);
    return true;
}

#define WINDOW(name_, table, n, size_) \
    { .name = name_, .size = size_, .flags = ACCESS_8 | ACCESS_16 | ACCESS_32, .regs = table, .n_regs = n }

const DeviceClass vga = {
    .name      = "vga", .about = "VGA with Bochs display registers (PCI 1234:1111)", .bus = "pci",
    .size      = sizeof(Vga),
    .regs      = WINDOWS(WINDOW("mono", vga_mono_regs, VGA_N_MONO_REGS, 8),
                         WINDOW("vga", vga_regs, VGA_N_REGS, 16),
                         WINDOW("colour", vga_colour_regs, VGA_N_COLOUR_REGS, 8)),
    .props     = PROPS(PCI_PROPS(Vga, pci),
                       PROP_U64("vgamem", Vga, vram_size, .fallback = 16 * MiB,
                                .about = "video memory"),
                       PROP_STRING("romfile", Vga, rom_file, .text = "vgabios-stdvga.bin",
                                   .about = "VGA BIOS, by name or path; none"),
                       PROP_U32("xres", Vga, xres, .fallback = 1280, .about = "the monitor's width"),
                       PROP_U32("yres", Vga, yres, .fallback = 800, .about = "the monitor's height")),
    .state     = STATE(PCI_STATE(Vga, pci), STATE_BYTES(Vga, vram, vram_size),
                       STATE_ARRAY(U8, Vga, sr), STATE_U8(Vga, cr_index), STATE_ARRAY(U8, Vga, cr),
                       STATE_ARRAY(U8, Vga, gr), STATE_U8(Vga, ar_index), STATE_ARRAY(U8, Vga, ar),
                       STATE_BOOL(Vga, ar_data), STATE_U8(Vga, dac_read), STATE_U8(Vga, dac_write),
                       STATE_U8(Vga, dac_part), STATE_BOOL(Vga, dac_reading),
                       STATE_ARRAY(U8, Vga, dac_new), STATE_ARRAY(U8, Vga, dac, .keep = true),
                       STATE_U32(Vga, latch), STATE_U16(Vga, dispi_index),
                       STATE_ARRAY(U16, Vga, dispi)),
    .realize   = vga_realize,
    .reset     = vga_reset,
    .unrealize = vga_unrealize,
    .loaded    = vga_loaded,
};
