/* SPDX-License-Identifier: MIT */
/*
 * The virt board: its device tree says what its table says, its wires end where they should, and
 * its memory map is the one guests know.
 */
#include <glib/gstdio.h>
#include <inttypes.h>
#include <libfdt.h>
#include "io/block/block.h"
#include "machines/virt.h"
#include "system/firmware_files.h"
#include "system/lock.h"
#include "tests/machines/fake_cpu.h"

#define DEVICE(name) extern const DeviceClass name;
#include "hw/devices.def"
#undef DEVICE
static const DeviceClass *const classes[] = {
#define DEVICE(name) &name,
#include "hw/devices.def"
#undef DEVICE
};

extern const MachineClass virt;

/* Bare code that the board accepts as a kernel. */
static char *make_kernel(void)
{
    char *path = NULL;
    int fd = g_file_open_tmp("emu-test-XXXXXX", &path, NULL);
    g_assert(fd >= 0 && write(fd, "\376\377\377\352", 4) == 4);
    close(fd);
    return path;
}

static Machine *build(MachineConfig *config)
{
    GError *err = NULL;
    g_autofree char *kernel = config->kernel ? NULL : make_kernel();
    config->kernel = config->kernel ? config->kernel : kernel;
    Machine *m = machine_build(&virt, config, &err);
    g_assert_no_error(err);
    machine_reset(m);
    if (kernel) {
        g_unlink(kernel);
    }
    config->kernel = NULL;
    return m;
}

/* ---- the tree ---- */

static uint64_t cells(const fdt32_t *p, unsigned n)
{
    uint64_t v = 0;
    while (n--) {
        v = v << 32 | fdt32_to_cpu(*p++);
    }
    return v;
}

static const fdt32_t *prop(const void *fdt, int node, const char *name, int want)
{
    int len;
    const void *p = fdt_getprop(fdt, node, name, &len);
    g_assert_nonnull(p);
    g_assert_cmpint(len, ==, want);
    return p;
}

/* Every part at an address has a node there, with the size and the interrupt of its row. */
static unsigned check_parts(Machine *m, const void *fdt)
{
    const PartDef *parts;
    unsigned n = virt_parts(m, &parts), seen = 0;
    for (unsigned i = 0; i < n; i++) {
        if (parts[i].address == NO_ADDRESS) {
            continue;
        }
        g_autofree char *unit = g_strdup_printf("@%" PRIx64, parts[i].address);
        int node = fdt_first_subnode(fdt, 0);
        while (node >= 0 && !g_str_has_suffix(fdt_get_name(fdt, node, NULL), unit)) {
            node = fdt_next_subnode(fdt, node);
        }
        g_assert_cmpint(node, >=, 0);
        int len;
        const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &len);
        g_assert_cmpint(len, >=, 16);
        g_assert_cmphex(cells(reg, 2), ==, parts[i].address);
        MemoryRegion *window = device_region(machine_device(m, parts[i].id), 0);
        g_assert_cmphex(cells(reg + 2, 2), ==, window->size);
        if (parts[i].irq[0]) {
            const fdt32_t *irq = prop(fdt, node, "interrupts", 12);
            g_autofree char *wire = g_strdup_printf("gic.%" PRIu64, cells(irq + 1, 1));
            g_assert_cmphex(cells(irq, 1), ==, 0);
            g_assert_cmpstr(wire, ==, parts[i].irq[0]);
        }
        seen++;
    }
    return seen;
}

static void tree_says_what_the_table_says(void)
{
    MachineConfig config = { .ram_size = 256 * MiB, .n_cpus = 3 };
    Machine *m = build(&config);
    g_autoptr(GBytes) tree = virt_make_fdt(m);
    gsize size;
    const void *fdt = g_bytes_get_data(tree, &size);
    g_assert_cmpint(fdt_check_full(fdt, size), ==, 0);
    g_assert_cmpuint(check_parts(m, fdt), ==, 7 + VIRT_TRANSPORTS);

    int node = fdt_path_offset(fdt, "/memory@40000000");
    const fdt32_t *reg = prop(fdt, node, "reg", 16);
    g_assert_cmphex(cells(reg, 2), ==, VIRT_RAM);
    g_assert_cmphex(cells(reg + 2, 2), ==, 256 * MiB);

    node = fdt_path_offset(fdt, "/chosen");
    const char *path = fdt_getprop(fdt, node, "stdout-path", NULL);
    g_assert_cmpstr(path, ==, "/pl011@9000000");
    g_assert_cmpint(fdt_path_offset(fdt, path), >=, 0);

    node = fdt_path_offset(fdt, "/psci");
    g_assert_cmpstr(fdt_getprop(fdt, node, "method", NULL), ==, "hvc");
    for (unsigned i = 0; i < 3; i++) {
        g_autofree char *cpu = g_strdup_printf("/cpus/cpu@%u", i);
        node = fdt_path_offset(fdt, cpu);
        g_assert_cmpstr(fdt_getprop(fdt, node, "compatible", NULL), ==, "arm,cortex-a15");
        g_assert_cmpstr(fdt_getprop(fdt, node, "enable-method", NULL), ==, "psci");
        g_assert_cmphex(cells(prop(fdt, node, "reg", 4), 1), ==, i);
    }
    g_assert_cmpint(fdt_path_offset(fdt, "/cpus/cpu@3"), ==, -FDT_ERR_NOTFOUND);
    machine_free(m);
}

/* Phandles lead to the right nodes; the timer's interrupts are the lines that were connected. */
static void references_in_the_tree_hold(void)
{
    MachineConfig config = { .n_cpus = 2 };
    Machine *m = build(&config);
    g_autoptr(GBytes) tree = virt_make_fdt(m);
    const void *fdt = g_bytes_get_data(tree, NULL);
    uint32_t gic = cells(prop(fdt, 0, "interrupt-parent", 4), 1);
    int node = fdt_node_offset_by_phandle(fdt, gic);
    g_assert_nonnull(fdt_getprop(fdt, node, "interrupt-controller", NULL));
    const fdt32_t *reg = prop(fdt, node, "reg", 32);
    g_assert_cmphex(cells(reg + 4, 2), ==, 0x08010000);

    node = fdt_path_offset(fdt, "/gpio-keys/poweroff");
    const fdt32_t *gpio = prop(fdt, node, "gpios", 12);
    g_assert_cmphex(cells(gpio + 1, 1), ==, VIRT_GPIO_POWER);
    node = fdt_node_offset_by_phandle(fdt, cells(gpio, 1));
    g_assert_cmpint(fdt_node_check_compatible(fdt, node, "arm,pl061"), ==, 0);

    node = fdt_path_offset(fdt, "/pl011@9000000");
    node = fdt_node_offset_by_phandle(fdt, cells(prop(fdt, node, "clocks", 8), 1));
    g_assert_cmpint(fdt_node_check_compatible(fdt, node, "fixed-clock"), ==, 0);

    node = fdt_path_offset(fdt, "/timer");
    const fdt32_t *irq = prop(fdt, node, "interrupts", 4 * 12);
    for (unsigned i = 0; i < VIRT_N_TIMERS; i++) {
        g_assert_cmphex(cells(irq + 3 * i, 1), ==, 1);
        g_assert_cmphex(cells(irq + 3 * i + 1, 1) + 16, ==, virt_timers[i].ppi);
        g_assert_cmphex(cells(irq + 3 * i + 2, 1), ==, 0x304);
    }
    machine_free(m);
}

/* ---- wires ---- */

static void gic_write(Machine *m, GPa at, uint32_t v)
{
    address_space_st(&m->as, at, v, 4, ENDIAN_LITTLE, NULL);
}

static uint32_t gic_read(Machine *m, GPa at)
{
    return address_space_ld(&m->as, at, 4, ENDIAN_LITTLE, NULL);
}

static void open_gic(Machine *m)
{
    gic_write(m, 0x08000000, 1);
    gic_write(m, 0x08000100, ~0u);
    gic_write(m, 0x08000104, ~0u);
    gic_write(m, 0x08010004, 0xff);
    gic_write(m, 0x08010000, 1);
}

static void interrupts_reach_the_cpu(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    FakeCpu *f = fake_cpu(m, 0);
    open_gic(m);
    irq_raise(&f->cpu.output[1]);                       /* virt_timer */
    g_assert_cmpint(f->irq, ==, 1);
    g_assert_cmpuint(gic_read(m, 0x0801000c), ==, 27);
    irq_lower(&f->cpu.output[1]);
    gic_write(m, 0x08010010, 27);
    g_assert_cmpint(f->irq, ==, 0);

    gic_write(m, 0x09000038, 1 << 5);                   /* the UART's transmit interrupt */
    gic_write(m, 0x09000000, 'x');
    g_assert_cmpint(f->irq, ==, 1);
    g_assert_cmpuint(gic_read(m, 0x0801000c), ==, 32 + 1);
    machine_free(m);
}

static void power_button_is_the_gpio_key(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    open_gic(m);
    gic_write(m, 0x09030410, 1 << VIRT_GPIO_POWER);     /* GPIOIE, edge, rising */
    gic_write(m, 0x0903040c, 1 << VIRT_GPIO_POWER);
    m->class->power_button(m);
    g_assert_cmpint(fake_cpu(m, 0)->irq, ==, 1);
    g_assert_cmpuint(gic_read(m, 0x0801000c), ==, 32 + 7);
    g_assert_cmphex(gic_read(m, 0x09030000 + (4 << VIRT_GPIO_POWER)), ==, 1 << VIRT_GPIO_POWER);
    clock_step(200 * NS_PER_MS);
    g_assert_cmphex(gic_read(m, 0x09030000 + (4 << VIRT_GPIO_POWER)), ==, 0);
    machine_free(m);
}

static void psci_is_there_for_bare_metal(void)
{
    MachineConfig config = { .n_cpus = 2 };
    Machine *m = build(&config);
    for (unsigned i = 0; i < 2; i++) {
        uint64_t regs[4] = { 0x84000000 };
        g_assert_true(m->cpus[i]->hvc(m->cpus[i], regs, m->cpus[i]->firmware));
        g_assert_cmphex(regs[0], ==, 0x10000);
    }
    machine_free(m);
}

/* A raw kernel's r2 is the tree, with this run's command line. */
static void kernel_finds_the_tree(void)
{
    MachineConfig config = { .append = "hello" };
    Machine *m = build(&config);
    CpuStart *s = &fake_cpu(m, 0)->start;
    uint8_t fdt[16384];
    address_space_read(&m->as, s->regs[2], fdt, sizeof(fdt));
    g_assert_cmpint(fdt_check_full(fdt, sizeof(fdt)), ==, 0);
    int node = fdt_path_offset(fdt, "/chosen");
    g_assert_cmpstr(fdt_getprop(fdt, node, "bootargs", NULL), ==, "hello");
    machine_free(m);
}

/* -bios: flash at 0 holds it, the CPU starts there and finds the tree at the start of RAM; the
 * kernel is offered through fw_cfg. */
static void firmware_starts_from_flash(void)
{
    g_autofree char *bios = make_kernel();
    g_autofree char *kernel = make_kernel();
    MachineConfig config = { .bios = bios, .kernel = kernel, .append = "x y" };
    Machine *m = build(&config);
    g_assert_cmphex(fake_cpu(m, 0)->start.pc, ==, 0);
    g_assert_cmphex(gic_read(m, 0), ==, 0xeafffffe);
    g_assert_cmphex(gic_read(m, VIRT_RAM), ==, 0xedfe0dd0);
    address_space_st(&m->as, 0x09020008, FIRMWARE_KERNEL_SIZE, 2, ENDIAN_BIG, NULL);
    g_assert_cmphex(gic_read(m, 0x09020000), ==, 4);
    address_space_st(&m->as, 0x09020008, FIRMWARE_CMDLINE_DATA, 2, ENDIAN_BIG, NULL);
    g_assert_cmphex(gic_read(m, 0x09020000), ==, 0x00792078);
    machine_free(m);
    g_unlink(bios);
    g_unlink(kernel);
}

static Block *disk;

static bool resolve(PropKind kind, const char *value, void **out, GError **err)
{
    *out = kind == PROP_KIND_DRIVE && g_str_equal(value, "virtio0") ? disk : NULL;
    return true;
}

static uint32_t device_id(Machine *m, unsigned transport)
{
    return gic_read(m, 0x0a000000 + 0x200 * transport + 8);
}

static void virtio_devices_sit_in_the_last_windows(void)
{
    static const char *const options[] = { "rng=on", "console", NULL };
    disk = block_memory(1 * MiB);
    MachineConfig config = { .resolver = resolve, .options = options };
    Machine *m = build(&config);
    g_assert_cmpuint(device_id(m, 31), ==, 2);
    g_assert_cmpuint(device_id(m, 30), ==, 0);      /* no second disk */
    g_assert_cmpuint(device_id(m, 27), ==, 0);      /* no cable */
    g_assert_cmpuint(device_id(m, 26), ==, 4);
    g_assert_cmpuint(device_id(m, 25), ==, 3);
    g_assert_cmpuint(device_id(m, 0), ==, 0);
    machine_free(m);
    block_close(disk);
}

/* ---- options ---- */

static int exit_code = -1;

static void on_request(SystemRequest request, int code)
{
    exit_code = request == SYSTEM_EXIT ? code : -2;
}

static void dumpdtb_writes_and_ends(void)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "emu-test-virt.dtb", NULL);
    g_autofree char *option = g_strdup_printf("dumpdtb=%s", path);
    const char *options[] = { option, NULL };
    MachineConfig config = { .options = options };
    system_set_request_handler(on_request);
    Machine *m = machine_build(&virt, &config, NULL);
    g_assert_nonnull(m);
    g_assert_cmpint(exit_code, ==, 0);
    g_autofree char *bytes = NULL;
    gsize n;
    g_assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    g_assert_cmpint(fdt_check_full(bytes, n), ==, 0);
    g_unlink(path);
    system_set_request_handler(NULL);
    machine_free(m);
}

static void mistakes_are_named(void)
{
    const char *options[] = { "dumpdbt=x", NULL };
    MachineConfig config = { .options = options };
    GError *err = NULL;
    g_assert_null(machine_build(&virt, &config, &err));
    g_assert_nonnull(strstr(err->message, "dumpdtb"));
    g_assert_cmpint(err->code, ==, EMU_ERROR_USAGE);
    g_clear_error(&err);
    config = (MachineConfig) { .cpu = "cortex-a51" };
    g_assert_null(machine_build(&virt, &config, &err));
    g_assert_nonnull(strstr(err->message, "cortex-a15"));
    g_clear_error(&err);
    config = (MachineConfig) { 0 };
    g_assert_null(machine_build(&virt, &config, &err));
    g_assert_nonnull(strstr(err->message, "-kernel"));
    g_clear_error(&err);
    config = (MachineConfig) { .n_cpus = 9 };
    g_assert_null(machine_build(&virt, &config, &err));
    g_clear_error(&err);
}

#define TEST(fn) g_test_add_func("/machines/virt/" #fn, fn)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    device_registry_set(classes, ARRAY_SIZE(classes));
    machine_set_hooks(&fake_hooks);
    machine_lock();
    clock_use_steps();
    clock_start();
    TEST(tree_says_what_the_table_says);
    TEST(references_in_the_tree_hold);
    TEST(interrupts_reach_the_cpu);
    TEST(power_button_is_the_gpio_key);
    TEST(psci_is_there_for_bare_metal);
    TEST(kernel_finds_the_tree);
    TEST(firmware_starts_from_flash);
    TEST(virtio_devices_sit_in_the_last_windows);
    TEST(dumpdtb_writes_and_ends);
    TEST(mistakes_are_named);
    return g_test_run();
}
