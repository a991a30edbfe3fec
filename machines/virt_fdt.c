/* SPDX-License-Identifier: MIT */
/*
 * The virt board's device tree, made from its parts.
 *
 * Implements: Devicetree Specification 0.4; the bindings of Linux's Documentation/devicetree:
 * arm/psci, arm/cpus, arm,arch_timer, arm,gic, arm,pl011, arm,pl031, arm,pl061, gpio-keys,
 * cfi-flash, virtio,mmio, qemu,fw-cfg-mmio, fixed-clock.
 *
 * One row of `bindings` describes a type of part; address, interrupt and the rest come from the
 * part's row in virt.c.  A type without a row is no node: it is behind another part.
 */
#include "machines/virt.h"

#include <inttypes.h>
#include <libfdt.h>
#include "system/cpu.h"

enum { FDT_SIZE = 64 << 10 };
enum { PHANDLE_GIC = 1, PHANDLE_CLOCK, PHANDLE_GPIO };
enum { GIC_SPI = 0, GIC_PPI = 1, IRQ_LEVEL_HIGH = 4 };
enum { PCLK_HZ = 24000000, KEY_CODE_POWER = 116 };

/* Our own tree in a buffer that is large enough: a failure is our mistake. */
#define OK(call) G_STMT_START { int rc_ = (call); g_assert(rc_ == 0); } G_STMT_END

typedef struct Tree {
    Machine *m;
    void    *fdt;
} Tree;

static int add_node(Tree *t, int parent, const char *fmt, uint64_t address)
{
    g_autofree char *name = g_strdup_printf(fmt, address);
    int node = fdt_add_subnode(t->fdt, parent, name);
    g_assert(node >= 0);
    return node;
}

static void put_u32(Tree *t, int node, const char *name, uint32_t value)
{
    OK(fdt_setprop_u32(t->fdt, node, name, value));
}

static void put_string(Tree *t, int node, const char *name, const char *value)
{
    OK(fdt_setprop_string(t->fdt, node, name, value));
}

static void put_flag(Tree *t, int node, const char *name)
{
    OK(fdt_setprop_empty(t->fdt, node, name));
}

/* Several strings, as they stand in the table: "a\0b", and its size with the last zero. */
static void put_strings(Tree *t, int node, const char *name, const char *values, int size)
{
    OK(fdt_setprop(t->fdt, node, name, values, size));
}
#define PUT_STRINGS(t, node, name, values) put_strings(t, node, name, values, sizeof(values))

static void put_cells(Tree *t, int node, const char *name, const uint32_t *cells, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        OK(fdt_appendprop_u32(t->fdt, node, name, cells[i]));
    }
}
#define CELLS(...) \
    (const uint32_t[]) { __VA_ARGS__ }, ARRAY_SIZE(((const uint32_t[]) { __VA_ARGS__ }))

/* One more range in "reg", in the root's two and two cells. */
static void put_reg(Tree *t, int node, GPa address, uint64_t size)
{
    OK(fdt_appendprop_u64(t->fdt, node, "reg", address));
    OK(fdt_appendprop_u64(t->fdt, node, "reg", size));
}

/* ---- the parts ---- */

typedef struct Binding Binding;
struct Binding {
    const char *type;               /* of the part */
    const char *node;               /* "pl011@%" PRIx64 */
    const char *compatible;         /* with zeros between */
    uint8_t     compatible_size;
    uint16_t    phandle;
    bool        clocked;            /* "apb_pclk" and what comes before it */
    const char *clock;
    void      (*more)(Tree *t, int node, const PartDef *part);
};

static uint64_t window_size(Tree *t, const PartDef *part, unsigned window)
{
    return device_region(machine_device(t->m, part->id), window)->size;
}

/* "gic.7" is SPI 7. */
static void put_interrupt(Tree *t, int node, const PartDef *part)
{
    if (part->irq[0] && g_str_has_prefix(part->irq[0], "gic.")) {
        uint32_t spi = g_ascii_strtoull(part->irq[0] + strlen("gic."), NULL, 10);
        put_cells(t, node, "interrupts", CELLS(GIC_SPI, spi, IRQ_LEVEL_HIGH));
    }
}

static void put_clocks(Tree *t, int node, const Binding *b)
{
    put_cells(t, node, "clocks", CELLS(PHANDLE_CLOCK));
    if (b->clock) {
        put_cells(t, node, "clocks", CELLS(PHANDLE_CLOCK));
        OK(fdt_appendprop_string(t->fdt, node, "clock-names", b->clock));
    }
    OK(fdt_appendprop_string(t->fdt, node, "clock-names", "apb_pclk"));
}

static void gic_more(Tree *t, int node, const PartDef *part)
{
    put_reg(t, node, part->more[0], window_size(t, part, 1));
    put_flag(t, node, "interrupt-controller");
    put_u32(t, node, "#interrupt-cells", 3);
    put_u32(t, node, "#address-cells", 0);
}

static void gpio_more(Tree *t, int node, const PartDef *part)
{
    put_flag(t, node, "gpio-controller");
    put_u32(t, node, "#gpio-cells", 2);
}

static void coherent_more(Tree *t, int node, const PartDef *part)
{
    put_flag(t, node, "dma-coherent");
}

static void flash_more(Tree *t, int node, const PartDef *part)
{
    put_u32(t, node, "bank-width", 4);
}

#define COMPATIBLE(s) .compatible = s, .compatible_size = sizeof(s)

static const Binding bindings[] = {
    { "gicv2", "intc@%" PRIx64, COMPATIBLE("arm,cortex-a15-gic"), PHANDLE_GIC, .more = gic_more },
    { "pl011", "pl011@%" PRIx64, COMPATIBLE("arm,pl011\0arm,primecell"), .clocked = true,
      .clock = "uartclk" },
    { "pl031", "pl031@%" PRIx64, COMPATIBLE("arm,pl031\0arm,primecell"), .clocked = true },
    { "pl061", "pl061@%" PRIx64, COMPATIBLE("arm,pl061\0arm,primecell"), PHANDLE_GPIO,
      .clocked = true, .more = gpio_more },
    { "fw_cfg", "fw-cfg@%" PRIx64, COMPATIBLE("qemu,fw-cfg-mmio"), .more = coherent_more },
    { "pflash_cfi01", "flash@%" PRIx64, COMPATIBLE("cfi-flash"), .more = flash_more },
    { "virtio-mmio", "virtio_mmio@%" PRIx64, COMPATIBLE("virtio,mmio"), .more = coherent_more },
};

static void add_part(Tree *t, const Binding *b, const PartDef *part)
{
    int node = add_node(t, 0, b->node, part->address);
    put_strings(t, node, "compatible", b->compatible, b->compatible_size);
    put_reg(t, node, part->address, window_size(t, part, 0));
    put_interrupt(t, node, part);
    if (b->clocked) {
        put_clocks(t, node, b);
    }
    if (b->phandle) {
        put_u32(t, node, "phandle", b->phandle);
    }
    if (b->more) {
        b->more(t, node, part);
    }
}

/* Backwards: libfdt puts a new node before its older brothers, and guests look from the first. */
static void add_parts(Tree *t)
{
    const PartDef *parts;
    for (unsigned i = virt_parts(t->m, &parts); i-- > 0;) {
        for (unsigned k = 0; k < ARRAY_SIZE(bindings); k++) {
            if (g_str_equal(bindings[k].type, parts[i].type)) {
                add_part(t, &bindings[k], &parts[i]);
            }
        }
    }
}

/* ---- what is no part ---- */

static void add_root(Tree *t)
{
    put_string(t, 0, "compatible", "linux,dummy-virt");
    put_string(t, 0, "model", "linux,dummy-virt");
    put_u32(t, 0, "#address-cells", 2);
    put_u32(t, 0, "#size-cells", 2);
    put_u32(t, 0, "interrupt-parent", PHANDLE_GIC);
}

static void add_memory(Tree *t)
{
    int node = add_node(t, 0, "memory@%" PRIx64, VIRT_RAM);
    put_string(t, node, "device_type", "memory");
    put_reg(t, node, VIRT_RAM, t->m->ram_size);
}

static void add_cpus(Tree *t)
{
    g_autofree char *compatible = g_strdup_printf("arm,%s", t->m->cpu_model);
    int cpus = add_node(t, 0, "cpus", 0);
    put_u32(t, cpus, "#address-cells", 1);
    put_u32(t, cpus, "#size-cells", 0);
    for (unsigned i = t->m->n_cpus; i-- > 0;) {
        int node = add_node(t, cpus, "cpu@%" PRIx64, i);
        put_string(t, node, "device_type", "cpu");
        put_string(t, node, "compatible", compatible);
        put_u32(t, node, "reg", i);
        if (t->m->n_cpus > 1) {
            put_string(t, node, "enable-method", "psci");
        }
    }
}

static void add_timer(Tree *t)
{
    uint32_t flags = ((1u << t->m->n_cpus) - 1) << 8 | IRQ_LEVEL_HIGH;
    int node = add_node(t, 0, "timer", 0);
    put_string(t, node, "compatible", "arm,armv7-timer");
    put_flag(t, node, "always-on");
    for (unsigned i = 0; i < VIRT_N_TIMERS; i++) {
        put_cells(t, node, "interrupts", CELLS(GIC_PPI, virt_timers[i].ppi - 16, flags));
    }
}

static void add_psci(Tree *t)
{
    int node = add_node(t, 0, "psci", 0);
    PUT_STRINGS(t, node, "compatible", "arm,psci-1.0\0arm,psci-0.2\0arm,psci");
    put_string(t, node, "method", "hvc");
    put_u32(t, node, "cpu_suspend", 0x84000001);
    put_u32(t, node, "cpu_off", 0x84000002);
    put_u32(t, node, "cpu_on", 0x84000003);
}

static void add_clock(Tree *t)
{
    int node = add_node(t, 0, "apb-pclk", 0);
    put_string(t, node, "compatible", "fixed-clock");
    put_string(t, node, "clock-output-names", "clk24mhz");
    put_u32(t, node, "#clock-cells", 0);
    put_u32(t, node, "clock-frequency", PCLK_HZ);
    put_u32(t, node, "phandle", PHANDLE_CLOCK);
}

static void add_power_key(Tree *t)
{
    int keys = add_node(t, 0, "gpio-keys", 0);
    put_string(t, keys, "compatible", "gpio-keys");
    int node = add_node(t, keys, "poweroff", 0);
    put_string(t, node, "label", "GPIO Key Poweroff");
    put_u32(t, node, "linux,code", KEY_CODE_POWER);
    put_cells(t, node, "gpios", CELLS(PHANDLE_GPIO, VIRT_GPIO_POWER, 0));
}

static void add_chosen(Tree *t)
{
    const PartDef *uart = machine_part(t->m->class, "uart0");
    g_autofree char *path = g_strdup_printf("/pl011@%" PRIx64, uart->address);
    put_string(t, add_node(t, 0, "aliases", 0), "serial0", path);
    put_string(t, add_node(t, 0, "chosen", 0), "stdout-path", path);
}

GBytes *virt_make_fdt(Machine *m)
{
    Tree t = { m, g_malloc0(FDT_SIZE) };
    OK(fdt_create_empty_tree(t.fdt, FDT_SIZE));
    add_root(&t);
    add_power_key(&t);
    add_clock(&t);
    add_parts(&t);
    add_timer(&t);
    add_cpus(&t);
    add_psci(&t);
    add_memory(&t);
    add_chosen(&t);
    OK(fdt_pack(t.fdt));
    return g_bytes_new_take(t.fdt, fdt_totalsize(t.fdt));
}
