/* SPDX-License-Identifier: MIT */
/*
 * ACPI tables of the PC.
 * Implements: ACPI 6.4, chapters 5 and 6 (tables of revision 1 and 3: RSDP, RSDT, FADT, FACS, DSDT,
 * MADT, HPET), and the linker/loader commands by which firmware puts them into memory:
 *
 *     etc/table-loader   entries of 128 bytes: allocate a file, add a file's address to a field,
 *                        compute a checksum
 *
 * Choices: processors are Processor objects, which every OS since ACPI 1.0 knows; the power button is
 * a fixed one; PCI interrupts go through link devices LNKA to LNKD, in PIC and in APIC mode alike
 * (the PIIX3 routes them to ISA interrupts, and the IOAPIC has those at the same numbers).
 * Not here: sleep states but S5, hot plug, NUMA, MCFG (the 440FX has no ECAM).
 */
#include "machines/boot/pc_tables.h"

#include "machines/boot/aml.h"
#include "system/firmware_files.h"

#define TABLES "etc/acpi/tables"
#define RSDP   "etc/acpi/rsdp"

typedef struct Acpi {
    const PcInfo *info;
    GByteArray   *tables, *rsdp, *loader;
    unsigned      facs, dsdt, fadt, rsdt;               /* offsets in tables */
    unsigned      listed[4], n_listed;                  /* of what the RSDT names */
} Acpi;

/* ---- the loader's commands ---- */

enum { ALLOCATE = 1, ADD_POINTER = 2, ADD_CHECKSUM = 3, ENTRY_SIZE = 128 };
enum { ZONE_HIGH = 1, ZONE_FSEG = 2 };

static void allocate(Acpi *x, const char *file, uint32_t align, uint8_t zone)
{
    uint8_t e[ENTRY_SIZE] = { 0 };
    st_le32(e, ALLOCATE);
    g_strlcpy((char *)e + 4, file, FIRMWARE_NAME_SIZE);
    st_le32(e + 60, align);
    e[64] = zone;
    g_byte_array_append(x->loader, e, sizeof(e));
}

/* The field already holds the offset in `src`. */
static void add_pointer(Acpi *x, const char *dest, const char *src, uint32_t offset, uint8_t size)
{
    uint8_t e[ENTRY_SIZE] = { 0 };
    st_le32(e, ADD_POINTER);
    g_strlcpy((char *)e + 4, dest, FIRMWARE_NAME_SIZE);
    g_strlcpy((char *)e + 60, src, FIRMWARE_NAME_SIZE);
    st_le32(e + 116, offset);
    e[120] = size;
    g_byte_array_append(x->loader, e, sizeof(e));
}

static void add_checksum(Acpi *x, const char *file, uint32_t at, uint32_t start, uint32_t len)
{
    uint8_t e[ENTRY_SIZE] = { 0 };
    st_le32(e, ADD_CHECKSUM);
    g_strlcpy((char *)e + 4, file, FIRMWARE_NAME_SIZE);
    st_le32(e + 60, at);
    st_le32(e + 64, start);
    st_le32(e + 68, len);
    g_byte_array_append(x->loader, e, sizeof(e));
}

/* ---- tables ---- */

static void put(GByteArray *a, uint64_t v, unsigned size)
{
    uint8_t le[8];
    st_le64(le, v);
    g_byte_array_append(a, le, size);
}

static void put_text(GByteArray *a, const char *text, unsigned size)
{
    char field[16] = "                ";
    memcpy(field, text, MIN(strlen(text), size));
    g_byte_array_append(a, (uint8_t *)field, size);
}

/* The common header; table_end() fills in length and checksum. */
static unsigned table_begin(Acpi *x, const char *signature, uint8_t revision)
{
    GByteArray *a = x->tables;
    unsigned at = a->len;
    put_text(a, signature, 4);
    put(a, 0, 4);
    put(a, revision, 1);
    put(a, 0, 1);
    put_text(a, "EMU", 6);
    put_text(a, "EMUPC", 8);
    put(a, 1, 4);
    put_text(a, "EMU", 4);
    put(a, 1, 4);
    return at;
}

static void table_end(Acpi *x, unsigned at)
{
    unsigned len = x->tables->len - at;
    st_le32(x->tables->data + at + 4, len);
    add_checksum(x, TABLES, at + 9, at, len);
}

static void build_facs(Acpi *x)
{
    GByteArray *a = x->tables;
    x->facs = a->len;
    put_text(a, "FACS", 4);
    put(a, 64, 4);
    for (unsigned i = 8; i < 64; i += 8) {
        put(a, 0, 8);
    }
}

/* Generic address structure: an I/O port. */
static void put_port(GByteArray *a, uint8_t bits, uint8_t access, uint64_t port)
{
    put(a, port ? 1 : 0, 1);
    put(a, port ? bits : 0, 1);
    put(a, 0, 1);
    put(a, port ? access : 0, 1);
    put(a, port, 8);
}

/* Flags: WBINVD works, C1 on all processors, no sleep button, RTC wake not fixed, reset register. */
enum { FADT_FLAGS = 1 << 0 | 1 << 2 | 1 << 5 | 1 << 6 | 1 << 10 };

static void build_fadt(Acpi *x)
{
    GByteArray *a = x->tables;
    unsigned at = x->fadt = table_begin(x, "FACP", 3);
    put(a, x->facs, 4);
    put(a, x->dsdt, 4);
    put(a, 1, 1);                       /* (ACPI 1.0: INT_MODEL) */
    put(a, 0, 1);                       /* profile: unspecified */
    put(a, PC_SCI, 2);
    put(a, 0xb2, 4);                    /* SMI_CMD */
    put(a, PC_ACPI_ENABLE, 1);
    put(a, PC_ACPI_DISABLE, 1);
    put(a, 0, 2);                       /* S4BIOS_REQ, PSTATE_CNT */
    put(a, PC_PM_BASE, 4);              /* PM1a_EVT_BLK */
    put(a, 0, 4);
    put(a, PC_PM_BASE + 4, 4);          /* PM1a_CNT_BLK */
    put(a, 0, 4);
    put(a, 0, 4);                       /* PM2_CNT_BLK */
    put(a, PC_PM_BASE + 8, 4);          /* PM_TMR_BLK */
    put(a, PC_PM_BASE + 12, 4);         /* GPE0_BLK */
    put(a, 0, 4);
    static const uint8_t lengths[] = { 4, 2, 0, 4, 4, 0, 0, 0 };    /* EVT CNT PM2 TMR GPE0 .. */
    g_byte_array_append(a, lengths, sizeof(lengths));
    put(a, 0x0fff, 2);                  /* P_LVL2_LAT: there is no C2 */
    put(a, 0x0fff, 2);
    put(a, 0, 4);                       /* FLUSH_SIZE, FLUSH_STRIDE */
    put(a, 0, 4);                       /* DUTY_OFFSET, DUTY_WIDTH, DAY_ALRM, MON_ALRM */
    put(a, 0x32, 1);                    /* CENTURY */
    put(a, 3, 2);                       /* IAPC_BOOT_ARCH: ISA devices, 8042 */
    put(a, 0, 1);
    put(a, FADT_FLAGS, 4);
    put_port(a, 8, 1, 0xcf9);           /* RESET_REG */
    put(a, 6, 1);
    put(a, 0, 3);
    put(a, 0, 8);                       /* X_FIRMWARE_CTRL: the 32-bit one counts */
    put(a, x->dsdt, 8);                 /* X_DSDT */
    put_port(a, 32, 2, PC_PM_BASE);
    put_port(a, 0, 0, 0);
    put_port(a, 16, 2, PC_PM_BASE + 4);
    put_port(a, 0, 0, 0);
    put_port(a, 0, 0, 0);
    put_port(a, 32, 3, PC_PM_BASE + 8);
    put_port(a, 32, 2, PC_PM_BASE + 12);
    put_port(a, 0, 0, 0);
    g_assert(a->len - at == 244);
    add_pointer(x, TABLES, TABLES, at + 36, 4);
    add_pointer(x, TABLES, TABLES, at + 40, 4);
    add_pointer(x, TABLES, TABLES, at + 140, 8);
    table_end(x, at);
    x->listed[x->n_listed++] = at;
}

static void put_override(GByteArray *a, uint8_t irq, uint32_t gsi, uint16_t flags)
{
    put(a, 2, 1);
    put(a, 10, 1);
    put(a, 0, 1);
    put(a, irq, 1);
    put(a, gsi, 4);
    put(a, flags, 2);
}

static void build_madt(Acpi *x)
{
    static const uint8_t level[] = { 5, PC_SCI, 10, 11 };
    GByteArray *a = x->tables;
    unsigned at = table_begin(x, "APIC", 1);
    put(a, 0xfee00000, 4);
    put(a, 1, 4);                       /* there is a pair of 8259s too */
    for (unsigned i = 0; i < x->info->n_cpus; i++) {
        put(a, 0, 1);
        put(a, 8, 1);
        put(a, i, 1);                   /* processor, APIC id */
        put(a, i, 1);
        put(a, 1, 4);
    }
    put(a, 1, 1);                       /* IOAPIC 0 */
    put(a, 12, 1);
    put(a, 0, 2);
    put(a, 0xfec00000, 4);
    put(a, 0, 4);
    put_override(a, 0, 2, 0);
    for (unsigned i = 0; i < ARRAY_SIZE(level); i++) {
        put_override(a, level[i], level[i], 0x000d);    /* active high, level */
    }
    put(a, 4, 1);                       /* NMI: LINT1 of all */
    put(a, 6, 1);
    put(a, 0xff, 1);
    put(a, 0, 2);
    put(a, 1, 1);
    table_end(x, at);
    x->listed[x->n_listed++] = at;
}

static void build_hpet(Acpi *x)
{
    GByteArray *a = x->tables;
    unsigned at = table_begin(x, "HPET", 1);
    put(a, 0x8086a201, 4);
    put(a, 0, 1);                       /* memory */
    put(a, 0, 3);
    put(a, 0xfed00000, 8);
    put(a, 0, 1);
    put(a, 100, 2);                     /* ticks at least between two interrupts */
    put(a, 0, 1);
    table_end(x, at);
    x->listed[x->n_listed++] = at;
}

static void build_rsdt(Acpi *x)
{
    unsigned at = x->rsdt = table_begin(x, "RSDT", 1);
    for (unsigned i = 0; i < x->n_listed; i++) {
        add_pointer(x, TABLES, TABLES, x->tables->len, 4);
        put(x->tables, x->listed[i], 4);
    }
    table_end(x, at);
}

static void build_rsdp(Acpi *x)
{
    put_text(x->rsdp, "RSD PTR ", 8);
    put(x->rsdp, 0, 1);
    put_text(x->rsdp, "EMU", 6);
    put(x->rsdp, 0, 1);                 /* revision: ACPI 1.0, RSDT only */
    put(x->rsdp, x->rsdt, 4);
    add_pointer(x, RSDP, TABLES, 16, 4);
    add_checksum(x, RSDP, 8, 0, 20);
}

/* ---- DSDT ---- */

static void name_hid(GByteArray *a, const char *id)
{
    aml_name(a, "_HID");
    aml_eisa_id(a, id);
}

/* Where PCI devices may be: what is neither RAM nor the APICs and the HPET. */
static void pci_resources(GByteArray *a, const PcInfo *info)
{
    aml_name(a, "_CRS");
    unsigned res = aml_resources(a);
    res_bus_numbers(a, 0, 0xff);
    res_io(a, 0xcf8, 8);
    res_io_range(a, 0, 0xcf7);
    res_io_range(a, 0xd00, 0xffff);
    res_memory_range(a, 0xa0000, 0xbffff);
    res_memory_range(a, MAX(info->ram_low, 0x80000000), 0xfebfffff);
    res_memory_range64(a, round_up(4 * GiB + info->ram_high, GiB) + GiB, 0xffffffffffull);
    aml_resources_end(a, res);
}

/* The lines rotate: INTA of slot 1 is PIRQA. */
static void pci_routes(GByteArray *a)
{
    aml_name(a, "_PRT");
    unsigned all = aml_package(a, 31 * 4);
    for (unsigned slot = 1; slot < 32; slot++) {
        for (unsigned pin = 0; pin < 4; pin++) {
            char link[] = "LNKA";
            link[3] += (slot + pin - 1) % 4;
            unsigned one = aml_package(a, 4);
            aml_int(a, slot << 16 | 0xffff);
            aml_int(a, pin);
            aml_path(a, link);
            aml_int(a, 0);
            aml_end(a, one);
        }
    }
    aml_end(a, all);
}

typedef struct IsaDevice {
    const char *name, *hid;
    unsigned    uid;
    struct { uint16_t base, length; } io[4];
    int         irq, dma;               /* -1: none */
} IsaDevice;

static const IsaDevice isa_devices[] = {
    { "DMAC", "PNP0200", 0, { { 0x00, 0x10 }, { 0x81, 0x0f }, { 0xc0, 0x20 } }, -1, 4 },
    { "RTC",  "PNP0B00", 0, { { 0x70, 2 } }, 8, -1 },
    { "TIMR", "PNP0100", 0, { { 0x40, 4 } }, 0, -1 },
    { "SPKR", "PNP0800", 0, { { 0x61, 1 } }, -1, -1 },
    { "KBD",  "PNP0303", 0, { { 0x60, 1 }, { 0x64, 1 } }, 1, -1 },
    { "MOU",  "PNP0F13", 0, { { 0 } }, 12, -1 },
    { "FDC0", "PNP0700", 0, { { 0x3f2, 4 }, { 0x3f7, 1 } }, 6, 2 },
    { "LPT1", "PNP0400", 1, { { 0x378, 8 } }, 7, -1 },
    { "COM1", "PNP0501", 1, { { 0x3f8, 8 } }, 4, -1 },
    { "COM2", "PNP0501", 2, { { 0x2f8, 8 } }, 3, -1 },
};

static void isa_device(GByteArray *a, const IsaDevice *d)
{
    unsigned dev = aml_device(a, d->name);
    name_hid(a, d->hid);
    if (d->uid) {
        aml_name_int(a, "_UID", d->uid);
    }
    aml_name(a, "_CRS");
    unsigned res = aml_resources(a);
    for (unsigned i = 0; i < ARRAY_SIZE(d->io) && d->io[i].length; i++) {
        res_io(a, d->io[i].base, d->io[i].length);
    }
    if (d->irq >= 0) {
        res_irq(a, d->irq);
    }
    if (d->dma >= 0) {
        res_dma(a, d->dma);
    }
    aml_resources_end(a, res);
    aml_end(a, dev);
}

static void isa_bridge(GByteArray *a)
{
    unsigned isa = aml_device(a, "ISA");
    aml_name_int(a, "_ADR", 1 << 16);
    aml_region(a, "PIRQ", AML_PCI_CONFIG, 0x60, 4);
    unsigned field = aml_field(a, "PIRQ", 1);           /* bytes */
    aml_field_unit(a, "PRQA", 8);
    aml_field_unit(a, "PRQB", 8);
    aml_field_unit(a, "PRQC", 8);
    aml_field_unit(a, "PRQD", 8);
    aml_end(a, field);
    for (unsigned i = 0; i < ARRAY_SIZE(isa_devices); i++) {
        isa_device(a, &isa_devices[i]);
    }
    aml_end(a, isa);
}

/* The resource of a link whose router register is in Arg0: IRQ 0 while it is off. */
static void link_resource_method(GByteArray *a)
{
    static const uint32_t none = 0;
    unsigned method = aml_method(a, "LCRS", 1, true);
    aml_name(a, "BUF0");
    unsigned res = aml_resources(a);
    res_interrupt(a, 1, &none);
    aml_resources_end(a, res);
    aml_op(a, 0x8a);                                    /* CreateDWordField (BUF0, 5, IRQW) */
    aml_path(a, "BUF0");
    aml_int(a, 5);
    aml_path(a, "IRQW");
    unsigned on = aml_if(a);
    aml_op(a, AML_LLESS);
    aml_op(a, AML_ARG0);
    aml_int(a, 0x80);
    aml_op(a, AML_STORE);
    aml_op(a, AML_ARG0);
    aml_path(a, "IRQW");
    aml_end(a, on);
    aml_op(a, 0xa4);                                    /* Return (BUF0) */
    aml_path(a, "BUF0");
    aml_end(a, method);
}

static void link_methods(GByteArray *a, const char *reg)
{
    unsigned m = aml_method(a, "_STA", 0, false);       /* present, working; used while routed */
    unsigned off = aml_if(a);
    aml_op(a, AML_AND);
    aml_path(a, reg);
    aml_int(a, 0x80);
    aml_op(a, AML_NULL);
    aml_op(a, 0xa4);
    aml_int(a, 0x09);
    aml_end(a, off);
    aml_op(a, 0xa4);
    aml_int(a, 0x0b);
    aml_end(a, m);
    m = aml_method(a, "_DIS", 0, false);
    aml_op(a, AML_OR);
    aml_path(a, reg);
    aml_int(a, 0x80);
    aml_path(a, reg);
    aml_end(a, m);
    m = aml_method(a, "_CRS", 0, false);
    aml_op(a, 0xa4);
    aml_path(a, "LCRS");
    aml_path(a, reg);
    aml_end(a, m);
    m = aml_method(a, "_SRS", 1, true);
    aml_op(a, 0x8a);                                    /* CreateDWordField (Arg0, 5, IRQS) */
    aml_op(a, AML_ARG0);
    aml_int(a, 5);
    aml_path(a, "IRQS");
    aml_op(a, AML_STORE);
    aml_path(a, "IRQS");
    aml_path(a, reg);
    aml_end(a, m);
}

static void interrupt_links(GByteArray *a)
{
    static const uint32_t possible[] = { 5, 10, 11 };
    link_resource_method(a);
    for (unsigned i = 0; i < 4; i++) {
        char name[] = "LNKA", reg[] = "\\_SB.PCI0.ISA.PRQA";
        name[3] += i;
        reg[strlen(reg) - 1] += i;
        unsigned link = aml_device(a, name);
        name_hid(a, "PNP0C0F");
        aml_name_int(a, "_UID", i + 1);
        aml_name(a, "_PRS");
        unsigned res = aml_resources(a);
        res_interrupt(a, ARRAY_SIZE(possible), possible);
        aml_resources_end(a, res);
        link_methods(a, reg);
        aml_end(a, link);
    }
}

static void hpet_device(GByteArray *a)
{
    unsigned dev = aml_device(a, "HPET");
    name_hid(a, "PNP0103");
    aml_name_int(a, "_UID", 0);
    aml_name(a, "_CRS");
    unsigned res = aml_resources(a);
    res_memory(a, 0xfed00000, 0x400);
    aml_resources_end(a, res);
    aml_end(a, dev);
}

static void system_bus(GByteArray *a, const PcInfo *info)
{
    unsigned sb = aml_scope(a, "\\_SB");
    unsigned pci = aml_device(a, "PCI0");
    name_hid(a, "PNP0A03");
    aml_name_int(a, "_UID", 0);
    aml_name_int(a, "_ADR", 0);
    pci_resources(a, info);
    pci_routes(a);
    isa_bridge(a);
    aml_end(a, pci);
    interrupt_links(a);
    if (info->hpet) {
        hpet_device(a);
    }
    aml_end(a, sb);
}

static void processors(GByteArray *a, unsigned n)
{
    unsigned pr = aml_scope(a, "\\_PR");
    for (unsigned i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("CP%02X", i);
        aml_end(a, aml_processor(a, name, i));
    }
    aml_end(a, pr);
}

/* S5: sleep type 0 of the PIIX4 is soft off. */
static void sleep_states(GByteArray *a)
{
    aml_name(a, "\\_S5");
    unsigned pkg = aml_package(a, 4);
    for (unsigned i = 0; i < 4; i++) {
        aml_int(a, 0);
    }
    aml_end(a, pkg);
}

static void build_dsdt(Acpi *x)
{
    x->dsdt = table_begin(x, "DSDT", 1);
    system_bus(x->tables, x->info);
    processors(x->tables, x->info->n_cpus);
    sleep_states(x->tables);
    table_end(x, x->dsdt);
}

/* ---- the whole ---- */

static void add_file(const char *name, GByteArray *bytes)
{
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(bytes);
    firmware_add_file(name, file);
}

void pc_add_acpi(const PcInfo *info)
{
    Acpi x = { .info = info, .tables = g_byte_array_new(), .rsdp = g_byte_array_new(),
               .loader = g_byte_array_new() };
    allocate(&x, TABLES, 64, ZONE_HIGH);
    allocate(&x, RSDP, 16, ZONE_FSEG);
    build_facs(&x);
    build_dsdt(&x);
    build_fadt(&x);
    build_madt(&x);
    if (info->hpet) {
        build_hpet(&x);
    }
    build_rsdt(&x);
    build_rsdp(&x);
    add_file(TABLES, x.tables);
    add_file(RSDP, x.rsdp);
    add_file("etc/table-loader", x.loader);
}
