/* SPDX-License-Identifier: MIT */
/*
 * virt: a board that exists only in emulators, with the memory map that its guests know.
 *
 *     0x00000000  flash, 2 x 64 MiB          0x09010000  PL031 clock          SPI 2
 *     0x08000000  GICv2 distributor          0x09020000  fw_cfg
 *     0x08010000  GICv2 CPU interfaces       0x09030000  PL061 GPIO           SPI 7
 *     0x09000000  PL011 UART        SPI 1    0x0a000000  virtio-mmio, 32 x 512 bytes, SPI 16 and up
 *     0x40000000  RAM
 *
 * The device tree is made from the same table (virt_fdt.c); PSCI answers HVC.  A guest that is
 * asked to power off sees the power key: pin 3 of the GPIO.
 *
 * virtio devices sit in the last windows, so that a guest that looks from the first node of the
 * tree finds the disk first.
 *
 * Options: dumpdtb=FILE writes the tree and ends; rng=on adds a random number generator;
 * console=on a virtio console on serial1.
 * Leaves out: PCIe, GICv2m and GICv3, the SMMU, the Secure world, EL2.
 */
#include "machines/virt.h"

#include "machines/boot/arm_boot.h"
#include "machines/boot/fdt.h"
#include "machines/boot/psci.h"
#include "system/clock.h"
#include "system/firmware_files.h"

static const RegionDef memory[] = {
    { "ram", VIRT_RAM, RAM_SIZE, .max = 3 * GiB },
};

static const PartDef parts[] = {
    { "flash0", "pflash_cfi01", 0x00000000, .props = { "drive=pflash0" } },
    { "flash1", "pflash_cfi01", 0x04000000, .props = { "drive=pflash1" } },
    { "gic",    "gicv2",        0x08000000, .more = { 0x08010000 }, .on_request = true },
    { "uart0",  "pl011",        0x09000000, { "gic.1" }, { "chardev=serial0" } },
    { "rtc",    "pl031",        0x09010000, { "gic.2" } },
    { "fw_cfg", "fw_cfg",       0x09020000 },
    { "gpio",   "pl061",        0x09030000, { "gic.7" } },
};

/* What may sit behind a virtio transport, from the last window downwards. */
static const PartDef virtio_parts[] = {
    { "disk0",    "virtio-blk",     NO_ADDRESS, .props = { "drive=virtio0" } },
    { "disk1",    "virtio-blk",     NO_ADDRESS, .props = { "drive=virtio1" } },
    { "disk2",    "virtio-blk",     NO_ADDRESS, .props = { "drive=virtio2" } },
    { "disk3",    "virtio-blk",     NO_ADDRESS, .props = { "drive=virtio3" } },
    { "net0",     "virtio-net",     NO_ADDRESS, .props = { "netdev=nic0" } },
    { "rng0",     "virtio-rng",     NO_ADDRESS },
    { "console0", "virtio-console", NO_ADDRESS, .props = { "chardev=serial1" } },
};

const VirtTimer virt_timers[VIRT_N_TIMERS] = {
    { "sec_timer", 29 }, { "phys_timer", 30 }, { "virt_timer", 27 }, { "hyp_timer", 26 },
};

/* ---- options ---- */

typedef struct Virt {
    char   *dumpdtb;
    bool    rng, console;
    IrqLine power_key;
    Timer   release;
    GArray *parts;                      /* PartDef, of all devices */
    GStringChunk *strings;              /* theirs */
} Virt;

static void release_key(void *opaque)
{
    Virt *v = opaque;
    irq_lower(&v->power_key);
}

static Virt *virt_of(Machine *m)
{
    if (!m->opaque) {
        Virt *v = m->opaque = g_new0(Virt, 1);
        v->parts = g_array_new(FALSE, FALSE, sizeof(PartDef));
        v->strings = g_string_chunk_new(256);
        timer_init(&v->release, CLOCK_VIRTUAL, release_key, v);
    }
    return m->opaque;
}

static bool virt_option(Machine *m, const char *key, const char *value, GError **err)
{
    static const char *const keys[] = { "console", "dumpdtb", "gic-version", "rng", NULL };
    Virt *v = virt_of(m);
    bool on = g_str_equal(value, "on");
    if (g_str_equal(key, "dumpdtb")) {
        v->dumpdtb = g_strdup(value);
    } else if (g_str_equal(key, "rng")) {
        v->rng = on;
    } else if (g_str_equal(key, "console")) {
        v->console = on;
    } else if (g_str_equal(key, "gic-version")) {
        return g_str_equal(value, "2") ||
               fail(err, EMU_ERROR_USAGE, "gic-version=%s: this machine has a GICv2 only", value);
    } else {
        return fail_unknown(err, "option of machine virt", key, keys);
    }
    return true;
}

/* ---- parts that a table cannot say ---- */

unsigned virt_parts(Machine *m, const PartDef **out)
{
    Virt *v = virt_of(m);
    *out = (const PartDef *)(void *)v->parts->data;
    return v->parts->len;
}

static Device *add_part(Machine *m, const PartDef *part, GError **err)
{
    g_array_append_val(virt_of(m)->parts, *part);
    return machine_add_part(m, part, err);
}

static const char *text(Machine *m, const char *fmt, unsigned n)
{
    g_autofree char *s = g_strdup_printf(fmt, n);
    return g_string_chunk_insert(virt_of(m)->strings, s);
}

/* Lines between the GIC and each CPU, and each CPU's timers. */
static void connect_cpu(Machine *m, Device *gic, unsigned cpu)
{
    machine_connect(m, device_irq_named(gic, text(m, "irq[%u]", cpu)), text(m, "cpu%u.irq", cpu));
    machine_connect(m, device_irq_named(gic, text(m, "fiq[%u]", cpu)), text(m, "cpu%u.fiq", cpu));
    for (unsigned i = 0; i < VIRT_N_TIMERS; i++) {
        IrqLine *line = machine_cpu_output(m, cpu, virt_timers[i].output);
        if (line) {
            machine_connect(m, line, text(m, "gic.ppi[%u]", cpu * 32 + virt_timers[i].ppi));
        }
    }
}

static bool add_gic(Machine *m, GError **err)
{
    PartDef row = *machine_part(m->class, "gic");
    row.props[0] = "interrupts=288";
    row.props[1] = text(m, "cpus=%u", m->n_cpus);
    Device *gic = add_part(m, &row, err);
    for (unsigned cpu = 0; gic && cpu < m->n_cpus; cpu++) {
        connect_cpu(m, gic, cpu);
    }
    return gic != NULL;
}

static bool is_wanted(const Virt *v, const PartDef *part)
{
    return g_str_has_prefix(part->id, "rng") ? v->rng :
           g_str_has_prefix(part->id, "console") ? v->console : true;
}

/* The devices, and a transport for each window: those at the end have the devices behind them. */
static bool add_virtio(Machine *m, GError **err)
{
    Virt *v = virt_of(m);
    const char *behind[VIRT_TRANSPORTS] = { NULL };
    unsigned at = VIRT_TRANSPORTS;
    for (unsigned i = 0; i < ARRAY_SIZE(virtio_parts); i++) {
        if (is_wanted(v, &virtio_parts[i])) {
            if (!add_part(m, &virtio_parts[i], err)) {
                return false;
            }
            behind[--at] = virtio_parts[i].id;
        }
    }
    for (unsigned i = 0; i < VIRT_TRANSPORTS; i++) {
        PartDef row = {
            text(m, "virtio%u", i), "virtio-mmio", 0x0a000000 + 0x200 * i,
            { text(m, "gic.%u", VIRT_SPI_VIRTIO + i) },
        };
        if (behind[i]) {
            g_autofree char *link = g_strdup_printf("device=%s", behind[i]);
            row.props[0] = g_string_chunk_insert(v->strings, link);
        }
        if (!add_part(m, &row, err)) {
            return false;
        }
    }
    return true;
}

static bool virt_build(Machine *m, GError **err)
{
    Virt *v = virt_of(m);
    for (unsigned i = 0; i < ARRAY_SIZE(parts); i++) {
        if (!parts[i].on_request) {
            g_array_append_val(v->parts, parts[i]);
        }
    }
    psci_install(m, PSCI_HVC);
    machine_connect(m, &v->power_key, text(m, "gpio.%u", VIRT_GPIO_POWER));
    return add_gic(m, err) && add_virtio(m, err);
}

/* ---- boot ---- */

static bool dump_dtb(Machine *m, GBytes *dtb, GError **err)
{
    const char *path = virt_of(m)->dumpdtb;
    gsize n;
    const char *p = g_bytes_get_data(dtb, &n);
    if (!g_file_set_contents(path, p, n, NULL)) {
        return fail_errno(err, "cannot write the device tree to '%s'", path);
    }
    system_request(SYSTEM_EXIT, 0);
    return true;
}

static bool load_bios(Machine *m, GError **err)
{
    g_autoptr(GBytes) bios = image_read("bios", m->config->bios, VIRT_FLASH_SIZE, err);
    return bios && arm_boot_add(m, "bios", 0, bios, err);
}

static bool offer_file(const char *what, const char *path, uint16_t size_key, uint16_t data_key,
                       GError **err)
{
    if (!path) {
        return true;
    }
    g_autoptr(GBytes) file = image_read(what, path, 1 * GiB, err);
    if (file) {
        firmware_add_u32(size_key, g_bytes_get_size(file));
        firmware_add_item(data_key, file);
    }
    return file != NULL;
}

/* -kernel with -bios: the firmware fetches it through fw_cfg. */
static bool offer_kernel(Machine *m, GError **err)
{
    const MachineConfig *c = m->config;
    if (c->append) {
        g_autoptr(GBytes) line = g_bytes_new(c->append, strlen(c->append) + 1);
        firmware_add_u32(FIRMWARE_CMDLINE_SIZE, strlen(c->append) + 1);
        firmware_add_item(FIRMWARE_CMDLINE_DATA, line);
    }
    return offer_file("kernel", c->kernel, FIRMWARE_KERNEL_SIZE, FIRMWARE_KERNEL_DATA, err) &&
           offer_file("initrd", c->initrd, FIRMWARE_INITRD_SIZE, FIRMWARE_INITRD_DATA, err);
}

/* A flash image given by -drive if=pflash has code at 0; blank flash does not. */
static bool flash_has_code(Machine *m)
{
    uint32_t first = address_space_ld(&m->as, 0, 4, ENDIAN_LITTLE, NULL);
    return first != 0 && first != UINT32_MAX;
}

static bool virt_boot(Machine *m, GError **err)
{
    Virt *v = virt_of(m);
    g_autoptr(GBytes) dtb = virt_make_fdt(m);
    if (v->dumpdtb) {
        return dump_dtb(m, dtb, err);
    }
    firmware_add_u16(FIRMWARE_N_CPUS, m->n_cpus);
    ArmBoard board = { .ram = VIRT_RAM, .dtb = dtb };
    board.firmware = m->config->bios || (!m->config->kernel && flash_has_code(m));
    if (m->config->bios && !load_bios(m, err)) {
        return false;
    }
    if (board.firmware && !offer_kernel(m, err)) {
        return false;
    }
    return arm_boot(m, &board, err);
}

/* Held long enough for a guest that waits until the contact no longer bounces. */
static void virt_power_button(Machine *m)
{
    Virt *v = virt_of(m);
    irq_raise(&v->power_key);
    timer_set(&v->release, clock_now(CLOCK_VIRTUAL) + 100 * NS_PER_MS);
}

static void virt_free(Machine *m)
{
    Virt *v = m->opaque;
    arm_boot_free(m);
    firmware_files_clear();
    if (v) {
        timer_cancel(&v->release);
        irq_disconnect(&v->power_key);
        g_array_unref(v->parts);
        g_string_chunk_free(v->strings);
        g_free(v->dumpdtb);
        g_free(v);
        m->opaque = NULL;
    }
}

static const char *const cpus[] = { "cortex-a7", "cortex-a15", NULL };

const MachineClass virt = {
    .name = "virt", .about = "ARMv7 virtual machine (Cortex-A15)",
    .cpu = "cortex-a15", .cpus = cpus, .max_cpus = VIRT_MAX_CPUS,
    .board_id = UINT32_MAX,             /* a device tree says what the board is */
    MEMORY(memory), PARTS(parts),
    .option = virt_option, .build = virt_build, .boot = virt_boot, .reset = arm_linux_reset,
    .power_button = virt_power_button, .free = virt_free,
};
