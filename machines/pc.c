/* SPDX-License-Identifier: MIT */
/*
 * pc: a PC of the year 1996 with the processors of any later one: Intel 440FX and PIIX3, the power
 * management of the PIIX4, an IOAPIC and an HPET.
 *
 *     0x00000000  RAM, below 640 KiB and from 1 MiB to the PCI hole (3 GiB, or less RAM)
 *     0x000a0000  VGA, or SMRAM                   (hw/pci/i440fx.c draws what is below 1 MiB)
 *     0x000e0000  the last 128 KiB of the BIOS, or RAM
 *     ...         PCI memory: BARs, chosen by firmware
 *     0xfec00000  IOAPIC      0xfed00000 HPET     0xfee00000 local APICs
 *     0xfffc0000  BIOS, up to 4 GiB
 *     0x100000000 the rest of RAM, when there are 3.5 GiB or more
 *
 * Ports and interrupts are in the table below.  PCI: 00.0 host bridge, 01.0 ISA bridge, 01.1 IDE, 01.3
 * power management, 02.0 VGA, cards from 03.0 on.  ISA interrupt n goes to input n of the 8259 pair and
 * of the IOAPIC (the timer to the IOAPIC's 2).
 *
 * Firmware is SeaBIOS, or -bios FILE; what it is told is in machines/boot/pc_firmware.c.
 * Options: hpet=off leaves out the HPET, acpi=off the ACPI tables; serial-bios=on has the BIOS on COM1, too.
 * Leaves out: USB, sound, IDE as ISA, the floppy's second controller, sleep states but S5.
 */
#include "machines/boot/image.h"
#include "machines/boot/pc_firmware.h"
#include "machines/boot/x86_boot.h"
#include "system/firmware_files.h"

static const RegionDef memory[] = {
    { "ram", NO_ADDRESS, RAM_SIZE, .max = 1024 * GiB },
};

#define ISA(n) "pic." #n "+ioapic." #n

static const PartDef parts[] = {
    { "pci",    "i440fx",    NO_ADDRESS,
      { "isa.pirq[0]", "isa.pirq[1]", "isa.pirq[2]", "isa.pirq[3]" }, { "ram=ram", "rom=bios" },
      .more = { PORT(0) }, .priority = -1 },
    { "isa",    "piix3",     NO_ADDRESS, .props = { "bus=pci", "slot=1", "function=0" } },
    { "rtc",    "mc146818",  PORT(0x70), { "hpet.rtc" } },
    { "ide",    "piix3-ide", PORT(0x1f0), { ISA(14), ISA(15) },
      { "bus=pci", "slot=1", "function=1", "cmos=rtc", "drive0=ide0", "drive1=ide1", "drive2=ide2",
        "drive3=ide3" },
      .more = { PORT(0x3f6), PORT(0x170), PORT(0x376), NO_ADDRESS } },
    { "pm",     "piix4-pm",  PORT(0xb2), { ISA(9), "smi>cpu0.smi" },
      { "bus=pci", "slot=1", "function=3" }, .more = { NO_ADDRESS, NO_ADDRESS } },
    { "vga",    "vga",       PORT(0x3b4), .props = { "bus=pci", "slot=2" },
      .more = { PORT(0x3c0), PORT(0x3d4), PORT(0x1ce), 0xa0000 }, .priority = 2 },
    { "pic",    "i8259",     PORT(0x20), { "apic.lint0" }, .more = { PORT(0xa0), PORT(0x4d0) } },
    { "apic",   "apic",      0xfee00000, .props = { "pic=pic" }, .priority = 1, .on_request = true },
    { "ioapic", "ioapic",    0xfec00000, .props = { "apic=apic" }, .on_request = true },
    { "hpet",   "hpet",      0xfed00000, { "pic.0+ioapic.2", ISA(8) }, .priority = 1,
      .on_request = true },
    { "pit",    "i8254",     PORT(0x40), { "hpet.pit" } },
    { "spk",    "pcspk",     PORT(0x61), .props = { "pit=pit" } },
    { "kbd",    "i8042",     PORT(0x60), { "kbd>" ISA(1), "mouse>" ISA(12) }, .more = { PORT(0x64) } },
    { "port92", "port92",    PORT(0x92) },
    { "x87",    "x87-error", PORT(0xf0), { "irq>" ISA(13), "ignne>cpu0.ignne" } },
    { "dma",    "i8237",     PORT(0x00), .more = { PORT(0xc0), PORT(0x80) } },
    { "fdc",    "fdc",       PORT(0x3f0), { ISA(6) },
      { "dma=dma", "cmos=rtc", "drive0=floppy0", "drive1=floppy1" }, .more = { PORT(0x3f7) } },
    { "com1",   "ns16550",   PORT(0x3f8), { ISA(4) }, { "chardev=serial0" } },
    { "com2",   "ns16550",   PORT(0x2f8), { ISA(3) }, { "chardev=serial1" } },
    { "com3",   "ns16550",   PORT(0x3e8), { ISA(4) }, { "chardev=serial2" } },
    { "com4",   "ns16550",   PORT(0x2e8), { ISA(3) }, { "chardev=serial3" } },
    { "lpt1",   "parallel",  PORT(0x378), { ISA(7) }, { "chardev=parallel0" } },
    { "debug",  "debugcon",  PORT(0x402), .props = { "chardev=debugcon" }, .on_request = true },
    { "fw_cfg", "fw_cfg-io", PORT(0x510), .more = { PORT(0x514) } },
};

/* ---- what -M and -boot say ---- */

typedef struct Pc {
    PcInfo       info;
    PcBootOrder  boot;
    bool         no_acpi, booted;
    MemoryRegion ram_low, ram_high, isa_bios;
    GBytes      *firmware;
    IrqLine      a20_line, power_button;
} Pc;

enum { LOW_LIMIT_MIB = 3584, LOW_SPLIT_MIB = 3072 };
enum { A20_KEYBOARD, A20_PORT92 };
#define MAX_BIOS (16 * MiB)

static Pc *pc_of(Machine *m)
{
    if (!m->opaque) {
        Pc *pc = m->opaque = g_new0(Pc, 1);
        pc->info.hpet = true;
    }
    return m->opaque;
}

static bool pc_option(Machine *m, const char *key, const char *value, GError **err)
{
    static const char *const keys[] = { "acpi", "hpet", "serial-bios", NULL };
    Pc *pc = pc_of(m);
    bool on = g_str_equal(value, "on");
    if (!on && !g_str_equal(value, "off")) {
        return fail(err, EMU_ERROR_USAGE, "machine pc: %s can be on or off, not '%s'", key, value);
    }
    if (g_str_equal(key, "hpet")) {
        pc->info.hpet = on;
    } else if (g_str_equal(key, "acpi")) {
        pc->no_acpi = !on;
    } else if (g_str_equal(key, "serial-bios")) {
        pc->info.no_screen = on;
    } else {
        return fail_unknown(err, "option of machine pc", key, keys);
    }
    return true;
}

/* ---- memory ---- */

/* RAM on both sides of the hole for PCI below 4 GiB. */
static void place_ram(Machine *m, Pc *pc)
{
    MemoryRegion *ram = machine_region(m, "ram");
    uint64_t low = m->ram_size >= LOW_LIMIT_MIB * MiB ? LOW_SPLIT_MIB * MiB : m->ram_size;
    pc->info.ram_low = low;
    pc->info.ram_high = m->ram_size - low;
    memory_alias_init(&pc->ram_low, "ram-low", ram, 0, low);
    memory_add(&m->root, 0, &pc->ram_low, 0);
    if (pc->info.ram_high) {
        memory_alias_init(&pc->ram_high, "ram-high", ram, low, pc->info.ram_high);
        memory_add(&m->root, 4 * GiB, &pc->ram_high, 0);
    }
}

/* As large as the image, which ends at 4 GiB; its last part is seen below 1 MiB, too. */
static bool place_bios(Machine *m, Pc *pc, GError **err)
{
    g_autofree char *found = m->config->bios ? g_strdup(m->config->bios)
                                             : firmware_find("bios-256k.bin");
    if (found) {
        pc->firmware = image_read("bios", found, MAX_BIOS, err);
        if (!pc->firmware) {
            return false;
        }
    }
    gsize len = pc->firmware ? g_bytes_get_size(pc->firmware) : 0;
    uint64_t size = MAX(round_up(len, 64 * KiB), 128 * KiB), isa = MIN(size, 128 * KiB);
    MemoryRegion *bios = g_new0(MemoryRegion, 1);
    if (!memory_rom_init(bios, "bios", size, err)) {
        g_free(bios);
        return false;
    }
    machine_add_region(m, bios, 4 * GiB - size, 0);
    memset(bios->ram->host, 0xff, size);
    if (len) {
        memcpy(bios->ram->host + size - len, g_bytes_get_data(pc->firmware, NULL), len);
    }
    memory_alias_init(&pc->isa_bios, "isa-bios", bios, size - isa, isa);
    memory_add(&m->root, MiB - isa, &pc->isa_bios, 2);
    return true;
}

static bool pc_more_memory(Machine *m, GError **err)
{
    Pc *pc = pc_of(m);
    if (m->ram_size < MiB) {
        return fail(err, EMU_ERROR_USAGE, "machine 'pc' needs at least 1 MiB of RAM");
    }
    pc->info.n_cpus = m->n_cpus;
    place_ram(m, pc);
    return place_bios(m, pc, err);
}

/* ---- wires that a table cannot say ---- */

/* Either of two can switch address line 20; who did it last has it.  (The PIIX3 would join them, so that
 * the keyboard controller's has to be off for port 92's to matter.  SeaBIOS' INT 15h, AX=2400h, knows only
 * port 92.) */
static void set_a20(void *opaque, int n, int level)
{
    Pc *pc = opaque;
    irq_set(&pc->a20_line, level);
}

/* Processor resets by these two are resets of the board. */
static void ask_reset(void *opaque, int n, int level)
{
    if (level) {
        system_request(SYSTEM_RESET, 0);
    }
}

static void connect_controls(Machine *m, const char *id, int n)
{
    Device *dev = machine_device(m, id);
    irq_connect(device_irq_named(dev, "a20"), (IrqSink){ set_a20, pc_of(m), n });
    irq_connect(device_irq_named(dev, "reset"), (IrqSink){ ask_reset });
}

/* What the PIIX3 can route PCI interrupts to (its 2.2.9). */
static void connect_isa_irqs(Machine *m)
{
    static const uint8_t irqs[] = { 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15 };
    Device *isa = machine_device(m, "isa");
    for (unsigned i = 0; i < ARRAY_SIZE(irqs); i++) {
        g_autofree char *pic = g_strdup_printf("pic.%u", irqs[i]);
        g_autofree char *ioapic = g_strdup_printf("ioapic.%u", irqs[i]);
        machine_connect(m, device_irq(isa, irqs[i]), pic);
        machine_connect(m, device_irq(isa, irqs[i]), ioapic);
    }
}

static void connect_cpu(Machine *m, unsigned n)
{
    static const char *const inputs[] = { "intr", "nmi", "smi", "init", "sipi" };
    g_autofree char *a20 = g_strdup_printf("cpu%u.a20", n);
    machine_connect(m, &pc_of(m)->a20_line, a20);
    IrqLine *smiact = machine_cpu_output(m, n, "smiact");
    if (smiact) {
        g_autofree char *to = g_strdup_printf("pci.smiact[%u]", n);
        machine_connect(m, smiact, to);
    }
    IrqLine *ferr = machine_cpu_output(m, n, "ferr");
    if (ferr && n == 0) {
        machine_connect(m, ferr, "x87.ferr");
    }
    Device *apic = machine_device(m, "apic");
    for (unsigned i = 0; i < ARRAY_SIZE(inputs); i++) {
        g_autofree char *from = g_strdup_printf("%s[%u]", inputs[i], n);
        g_autofree char *to = g_strdup_printf("cpu%u.%s", n, inputs[i]);
        machine_connect(m, device_irq_named(apic, from), to);
    }
}

/* Firmware only writes messages where somebody reads them. */
static bool add_debugcon(Machine *m, GError **err)
{
    void *port = NULL;
    PropResolver resolver = m->config->resolver;
    return !resolver || !resolver(PROP_KIND_CHAR, "debugcon", &port, NULL) || !port ||
           machine_add_part(m, machine_part(m->class, "debug"), err);
}

/* As many local APICs as there are processors. */
static bool add_apics(Machine *m, GError **err)
{
    PartDef row = *machine_part(m->class, "apic");
    g_autofree char *cpus = g_strdup_printf("cpus=%u", m->n_cpus);
    row.props[1] = cpus;
    return machine_add_part(m, &row, err) &&
           machine_add_part(m, machine_part(m->class, "ioapic"), err);
}

/* hpet=off takes it out of the map; it still passes on what the timer and the clock say.  Its own
 * timers can go to those inputs of the IOAPIC that nobody else has. */
static bool add_hpet(Machine *m, GError **err)
{
    PartDef row = *machine_part(m->class, "hpet");
    row.address = pc_of(m)->info.hpet ? row.address : NO_ADDRESS;
    Device *hpet = machine_add_part(m, &row, err);
    for (unsigned i = 16; hpet && i < 24; i++) {
        g_autofree char *from = g_strdup_printf("pin[%u]", i), *to = g_strdup_printf("ioapic.%u", i);
        machine_connect(m, device_irq_named(hpet, from), to);
    }
    return hpet != NULL;
}

static bool pc_build(Machine *m, GError **err)
{
    if (!add_apics(m, err) || !add_hpet(m, err)) {
        return false;
    }
    connect_controls(m, "kbd", A20_KEYBOARD);
    connect_controls(m, "port92", A20_PORT92);
    connect_isa_irqs(m);
    for (unsigned i = 0; i < m->n_cpus; i++) {
        connect_cpu(m, i);
    }
    machine_connect(m, &pc_of(m)->power_button, "pm.power-button");
    return add_debugcon(m, err);
}

/* ---- boot ---- */

static bool pc_boot(Machine *m, GError **err)
{
    Pc *pc = pc_of(m);
    if (!pc->firmware) {
        return fail(err, EMU_ERROR_NOINPUT, "no firmware: SeaBIOS (bios-256k.bin) is in Debian's "
                    "package 'seabios'; or give -bios FILE");
    }
    if (!pc_parse_boot(m->config->boot, &pc->boot, err)) {
        return false;
    }
    pc_add_firmware_items(m, &pc->info, &pc->boot, !pc->no_acpi);
    return x86_boot(m, &pc->info, err);
}

static void pc_reset(Machine *m)
{
    Pc *pc = pc_of(m);
    pc_set_cmos(m, &pc->info, !pc->booted && *pc->boot.once ? pc->boot.once : pc->boot.order);
    pc->booted = true;
    irq_raise(&pc->a20_line);               /* or the reset vector would not be found */
}

static void pc_power_button(Machine *m)
{
    irq_pulse(&pc_of(m)->power_button);
}

static void pc_free(Machine *m)
{
    Pc *pc = m->opaque;
    firmware_files_clear();
    if (pc) {
        irq_disconnect(&pc->a20_line);
        irq_disconnect(&pc->power_button);
        memory_region_free(&pc->ram_low);
        memory_region_free(&pc->ram_high);
        memory_region_free(&pc->isa_bios);
        g_clear_pointer(&pc->firmware, g_bytes_unref);
        g_free(pc);
        m->opaque = NULL;
    }
}

const MachineClass pc = {
    .name = "pc", .about = "PC (i440FX, PIIX3 and PIIX4 power management)",
    .cpu = "x86", .max_cpus = 16, .disk = "ide", .nic = "e1000", .screen = true,
    MEMORY(memory), PARTS(parts),
    .option = pc_option, .more_memory = pc_more_memory, .build = pc_build, .boot = pc_boot,
    .reset = pc_reset, .power_button = pc_power_button, .free = pc_free,
};
