/* SPDX-License-Identifier: MIT */
/*
 * The PC: its memory map, what its firmware is told (linked here as firmware would), and what -kernel
 * puts into the option ROM (run here as the ROM would).
 */
#include <glib/gstdio.h>
#include "machines/boot/pc_firmware.h"
#include "machines/boot/x86_boot.h"
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

extern const MachineClass pc;

static char *folder;

/* ---- files ---- */

static char *write_file(const char *name, const void *bytes, size_t len)
{
    char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, bytes, len, NULL));
    return path;
}

/* A BIOS that can be told from others: a jump at the reset vector. */
static char *make_bios(size_t size)
{
    g_autofree uint8_t *bytes = g_malloc0(size);
    memset(bytes, 0x90, size);
    bytes[0] = 0x12;
    bytes[size - 16] = 0xea;
    return write_file("bios.bin", bytes, size);
}

static Machine *build(MachineConfig *config)
{
    GError *err = NULL;
    g_autofree char *bios = config->bios ? NULL : make_bios(256 * KiB);
    config->bios = config->bios ? config->bios : bios;
    Machine *m = machine_build(&pc, config, &err);
    g_assert_no_error(err);
    machine_reset(m);
    config->bios = NULL;
    return m;
}

static void build_fails(MachineConfig config, const char *message)
{
    GError *err = NULL;
    g_autofree char *bios = make_bios(64 * KiB);
    config.bios = config.bios ? config.bios : bios;
    g_assert_null(machine_build(&pc, &config, &err));
    g_assert_nonnull(err);
    g_assert_nonnull(strstr(err->message, message));
    g_error_free(err);
}

static GBytes *file(const char *name)
{
    const char *have;
    for (unsigned i = 0; (have = firmware_file_name(i)); i++) {
        if (g_str_equal(have, name)) {
            return firmware_item(FIRMWARE_FIRST_FILE + i);
        }
    }
    return NULL;
}

static uint64_t in(Machine *m, unsigned port, unsigned size)
{
    return address_space_ld(&m->io, port, size, ENDIAN_LITTLE, NULL);
}

static void out(Machine *m, unsigned port, uint64_t v, unsigned size)
{
    address_space_st(&m->io, port, v, size, ENDIAN_LITTLE, NULL);
}

/* ---- memory ---- */

static const char *what_at(Machine *m, GPa gpa)
{
    const FlatRange *r = address_space_lookup(&m->as, gpa);
    return r ? r->mr->name : "nothing";
}

static void memory_with_little_ram(void)
{
    MachineConfig config = { .ram_size = 64 * MiB };
    Machine *m = build(&config);
    g_assert_cmpstr(what_at(m, 0), ==, "ram");
    g_assert_cmpstr(what_at(m, 0x9ffff), ==, "ram");
    g_assert_cmpstr(what_at(m, 0xa0000), !=, "ram");
    g_assert_cmpstr(what_at(m, 0xc0000), ==, "pci.nobody");
    g_assert_cmpstr(what_at(m, 0xe0000), ==, "bios");
    g_assert_cmpstr(what_at(m, 0xfffff), ==, "bios");
    g_assert_cmpstr(what_at(m, MiB), ==, "ram");
    g_assert_cmpstr(what_at(m, 64 * MiB - 1), ==, "ram");
    g_assert_cmpstr(what_at(m, 64 * MiB), ==, "pci.nobody");
    g_assert_cmpstr(what_at(m, 0xfffc0000), ==, "bios");
    g_assert_cmpstr(what_at(m, 4 * GiB), ==, "pci.nobody");
    g_assert_cmphex(address_space_ld(&m->as, 0xfffffff0, 1, ENDIAN_LITTLE, NULL), ==, 0xea);
    g_assert_cmphex(address_space_ld(&m->as, 0xffff0, 1, ENDIAN_LITTLE, NULL), ==, 0xea);
    g_assert_cmphex(address_space_ld(&m->as, 0xfffc0000, 1, ENDIAN_LITTLE, NULL), ==, 0x12);
    machine_free(m);
}

/* 3.5 GiB and more leave a larger hole, and the rest goes above it: no byte is lost. */
static void memory_on_both_sides_of_the_hole(void)
{
    MachineConfig config = { .ram_size = 8 * GiB };
    Machine *m = build(&config);
    g_assert_cmpstr(what_at(m, 3 * GiB - 1), ==, "ram");
    g_assert_cmpstr(what_at(m, 3 * GiB), ==, "pci.nobody");
    g_assert_cmpstr(what_at(m, 4 * GiB), ==, "ram");
    g_assert_cmphex(address_space_lookup(&m->as, 4 * GiB)->offset, ==, 3 * GiB);
    g_assert_cmpstr(what_at(m, 9 * GiB - 1), ==, "ram");
    g_assert_cmpstr(what_at(m, 9 * GiB), ==, "pci.nobody");
    machine_free(m);
    config.ram_size = 3583 * MiB;
    m = build(&config);
    g_assert_cmpstr(what_at(m, 3583 * MiB - 1), ==, "ram");
    g_assert_cmpstr(what_at(m, 4 * GiB), ==, "pci.nobody");
    machine_free(m);
}

static void firmware_of_any_size(void)
{
    static const size_t sizes[] = { 64 * KiB, 100000, 128 * KiB, 2 * MiB };
    for (unsigned i = 0; i < ARRAY_SIZE(sizes); i++) {
        g_autofree char *bios = make_bios(sizes[i]);
        MachineConfig config = { .bios = bios };
        Machine *m = build(&config);
        g_assert_cmphex(address_space_ld(&m->as, 0xfffffff0, 1, ENDIAN_LITTLE, NULL), ==, 0xea);
        g_assert_cmphex(address_space_ld(&m->as, 0xffff0, 1, ENDIAN_LITTLE, NULL), ==, 0xea);
        g_assert_cmphex(address_space_ld(&m->as, 4 * GiB - sizes[i], 1, ENDIAN_LITTLE, NULL), ==, 0x12);
        machine_free(m);
    }
}

/* ---- chips ---- */

static uint32_t config_read(Machine *m, unsigned devfn, unsigned reg)
{
    out(m, 0xcf8, 0x80000000 | devfn << 8 | reg, 4);
    return in(m, 0xcfc, 4);
}

static void devices_of_the_board(void)
{
    static const struct { unsigned slot, fn; uint32_t id; } expected[] = {
        { 0, 0, 0x12378086 }, { 1, 0, 0x70008086 }, { 1, 1, 0x70108086 }, { 1, 3, 0x71138086 },
        { 2, 0, 0x11111234 },
    };
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    for (unsigned i = 0; i < ARRAY_SIZE(expected); i++) {
        g_assert_cmphex(config_read(m, expected[i].slot << 3 | expected[i].fn, 0), ==, expected[i].id);
    }
    g_assert_cmphex(in(m, 0x1234, 1), ==, 0xff);        /* nobody there: an open bus */
    g_assert_cmphex(in(m, 0x1234, 4), ==, 0xffffffff);
    machine_free(m);
}

static uint8_t cmos(Machine *m, uint8_t index)
{
    out(m, 0x70, index, 1);
    return in(m, 0x71, 1);
}

static void cmos_says_what_there_is(void)
{
    MachineConfig config = { .ram_size = 5 * GiB, .boot = "once=d,order=nc" };
    Machine *m = build(&config);
    g_assert_cmphex(cmos(m, 0x15) | cmos(m, 0x16) << 8, ==, 640);
    g_assert_cmphex(cmos(m, 0x17) | cmos(m, 0x18) << 8, ==, 0xfc00);
    g_assert_cmphex(cmos(m, 0x34) | cmos(m, 0x35) << 8, ==, (3 * GiB - 16 * MiB) / (64 * KiB));
    g_assert_cmphex(cmos(m, 0x5b) | cmos(m, 0x5c) << 8, ==, 2 * GiB / (64 * KiB));
    g_assert_cmphex(cmos(m, 0x3d), ==, 0x03);           /* once: the CD */
    machine_reset(m);
    g_assert_cmphex(cmos(m, 0x3d), ==, 0x24);           /* network, then disk */
    g_assert_cmphex(cmos(m, 0x38) >> 4, ==, 0);
    machine_free(m);
    config = (MachineConfig){ 0 };
    m = build(&config);
    g_assert_cmphex(cmos(m, 0x3d), ==, 0x12);
    g_assert_cmphex(cmos(m, 0x38) >> 4, ==, 3);
    machine_free(m);
}

/* SeaBIOS switches the line off by port 0x92 alone (INT 15h, AX=2400h), while the keyboard controller still
 * has it on, as after a reset; and a reset switches it on. */
static void port92_switches_a20_off_while_the_keyboard_controller_has_it_on(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    FakeCpu *cpu = fake_cpu(m, 0);
    out(m, 0x92, 0x02, 1);
    g_assert_cmpint(cpu->a20, ==, 1);
    out(m, 0x92, 0x00, 1);
    g_assert_cmpint(cpu->a20, ==, 0);
    out(m, 0x92, 0x02, 1);
    out(m, 0x92, 0x00, 1);
    g_assert_cmpint(cpu->a20, ==, 0);
    machine_reset(m);
    g_assert_cmpint(cpu->a20, ==, 1);
    machine_free(m);
}

/* Either the keyboard controller or port 0x92 lets address line 20 through: who did it last. */
static void a20_is_either_of_two(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    FakeCpu *cpu = fake_cpu(m, 0);
    g_assert_cmpint(cpu->a20, ==, 1);
    out(m, 0x64, 0xd1, 1);
    out(m, 0x60, 0xdd, 1);
    g_assert_cmpint(cpu->a20, ==, 0);
    out(m, 0x92, 0x02, 1);
    g_assert_cmpint(cpu->a20, ==, 1);
    out(m, 0x92, 0x00, 1);
    g_assert_cmpint(cpu->a20, ==, 0);
    out(m, 0x64, 0xd1, 1);
    out(m, 0x60, 0xdf, 1);
    g_assert_cmpint(cpu->a20, ==, 1);
    machine_free(m);
}

static unsigned requests(Machine *m)
{
    out(m, 0x20, 0x0a, 1);
    out(m, 0xa0, 0x0a, 1);
    return in(m, 0x20, 1) | in(m, 0xa0, 1) << 8;
}

/* COM1 and COM3 want something; COM3 is served, COM1 still waits. */
static void serial_ports_share_an_interrupt(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    static const struct { uint16_t first, second, irq; } pairs[] = { { 0x3f8, 0x3e8, 4 }, { 0x2f8, 0x2e8, 3 } };
    for (unsigned i = 0; i < ARRAY_SIZE(pairs); i++) {
        unsigned a = pairs[i].first, b = pairs[i].second, bit = BIT32(pairs[i].irq);
        out(m, a + 4, 0x08, 1);
        out(m, b + 4, 0x08, 1);
        g_assert_cmphex(requests(m) & bit, ==, 0);
        out(m, a + 1, 0x02, 1);                         /* the transmitter is empty */
        out(m, b + 1, 0x02, 1);
        g_assert_cmphex(requests(m) & bit, ==, bit);
        g_assert_cmphex(in(m, b + 2, 1) & 0x0f, ==, 0x02);
        g_assert_cmphex(requests(m) & bit, ==, bit);
        g_assert_cmphex(in(m, a + 2, 1) & 0x0f, ==, 0x02);
        g_assert_cmphex(requests(m) & bit, ==, 0);
    }
    machine_free(m);
}

/* A PCI card's interrupt, routed to the SCI's or to a serial port's. */
static void pci_shares_an_isa_interrupt(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    IrqSink pirq;
    g_assert_true(machine_input(m, "isa.pirq[0]", &pirq, NULL));
    IrqLine *sci = device_irq(machine_device(m, "pm"), 0);
    config_read(m, 1 << 3, 0x60);
    out(m, 0xcfc, 9, 1);
    pirq.handler(pirq.opaque, pirq.n, 1);
    irq_set(sci, 1);
    irq_set(sci, 0);
    g_assert_cmphex(requests(m) & BIT32(9), ==, BIT32(9));
    irq_set(sci, 1);
    pirq.handler(pirq.opaque, pirq.n, 0);
    g_assert_cmphex(requests(m) & BIT32(9), ==, BIT32(9));
    irq_set(sci, 0);
    g_assert_cmphex(requests(m) & BIT32(9), ==, 0);
    machine_free(m);
}

static SystemRequest asked;
static unsigned times_asked;

static void note_request(SystemRequest request, int code)
{
    asked = request;
    times_asked++;
}

static void ways_to_reset_and_to_power_off(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    system_set_request_handler(note_request);
    times_asked = 0;
    out(m, 0xcf9, 0x06, 1);
    g_assert_true(times_asked == 1 && asked == SYSTEM_RESET);
    out(m, 0x64, 0xfe, 1);
    g_assert_true(times_asked == 2 && asked == SYSTEM_RESET);
    out(m, 0x92, 0x00, 1);
    out(m, 0x92, 0x01, 1);
    g_assert_true(times_asked == 3 && asked == SYSTEM_RESET);
    config_read(m, 1 << 3 | 3, 0x40);
    out(m, 0xcfc, 0x600, 4);
    config_read(m, 1 << 3 | 3, 0x80);
    out(m, 0xcfc, 1, 1);
    out(m, 0x604, 0x2000, 2);
    g_assert_true(times_asked == 4 && asked == SYSTEM_POWEROFF);
    system_set_request_handler(NULL);
    machine_free(m);
}

static void the_power_button_is_an_event(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    config_read(m, 1 << 3 | 3, 0x40);
    out(m, 0xcfc, 0x600, 4);
    config_read(m, 1 << 3 | 3, 0x80);
    out(m, 0xcfc, 1, 1);
    out(m, 0xb2, 0xf1, 1);
    g_assert_cmphex(in(m, 0x604, 2), ==, 1);            /* ACPI owns it */
    g_assert_cmphex(in(m, 0x600, 2), ==, 0);
    pc.power_button(m);
    g_assert_cmphex(in(m, 0x600, 2), ==, 0x100);
    machine_free(m);
}

/* ---- tables ---- */

typedef struct Linked {
    GByteArray *bytes[2];               /* tables, RSDP */
    uint32_t    at[2];                  /* where they are */
} Linked;

static unsigned which(const char *name)
{
    return g_str_equal(name, "etc/acpi/rsdp");
}

static void add_pointer(Linked *l, const uint8_t *e)
{
    uint8_t *field = l->bytes[which((char *)e + 4)]->data + ld_le32(e + 116);
    unsigned size = e[120];
    uint64_t v = ld_endian(field, size, ENDIAN_LITTLE);
    g_assert_cmphex(v, <, l->bytes[which((char *)e + 60)]->len);
    st_endian(field, v + l->at[which((char *)e + 60)], size, ENDIAN_LITTLE);
}

static void add_checksum(Linked *l, const uint8_t *e)
{
    GByteArray *a = l->bytes[which((char *)e + 4)];
    uint32_t at = ld_le32(e + 60), start = ld_le32(e + 64), len = ld_le32(e + 68);
    uint8_t sum = 0;
    g_assert_cmphex(start + len, <=, a->len);
    g_assert_cmphex(a->data[at], ==, 0);
    for (unsigned i = 0; i < len; i++) {
        sum += a->data[start + i];
    }
    a->data[at] = -sum;
}

/* The linker/loader's commands, as firmware does them. */
static Linked link_tables(void)
{
    gsize len;
    const uint8_t *e = g_bytes_get_data(file("etc/table-loader"), &len);
    Linked l = { .at = { 0x7fe0000, 0xf5000 } };
    for (; len; e += 128, len -= 128) {
        unsigned n = which((char *)e + 4);
        switch (ld_le32(e)) {
        case 1:
            l.bytes[n] = g_byte_array_new();
            g_byte_array_append(l.bytes[n], g_bytes_get_data(file((char *)e + 4), NULL),
                                g_bytes_get_size(file((char *)e + 4)));
            g_assert_cmphex(l.at[n] % ld_le32(e + 60), ==, 0);
            break;
        case 2:
            add_pointer(&l, e);
            break;
        default:
            g_assert_cmpuint(ld_le32(e), ==, 3);
            add_checksum(&l, e);
            break;
        }
    }
    return l;
}

static void unlink_tables(Linked *l)
{
    g_byte_array_unref(l->bytes[0]);
    g_byte_array_unref(l->bytes[1]);
}

static uint8_t sum_of(const uint8_t *p, unsigned len)
{
    uint8_t sum = 0;
    while (len--) {
        sum += *p++;
    }
    return sum;
}

/* The table at an address; its checksum is right. */
static const uint8_t *table_at(const Linked *l, uint32_t at)
{
    const uint8_t *t = l->bytes[0]->data + (at - l->at[0]);
    g_assert_cmphex(at - l->at[0] + ld_le32(t + 4), <=, l->bytes[0]->len);
    g_assert_cmphex(sum_of(t, ld_le32(t + 4)), ==, 0);
    return t;
}

static const uint8_t *find_table(const Linked *l, const char *signature)
{
    const uint8_t *rsdp = l->bytes[1]->data;
    g_assert_cmpmem(rsdp, 8, "RSD PTR ", 8);
    g_assert_cmphex(sum_of(rsdp, 20), ==, 0);
    const uint8_t *rsdt = table_at(l, ld_le32(rsdp + 16));
    for (unsigned i = 36; i < ld_le32(rsdt + 4); i += 4) {
        const uint8_t *t = table_at(l, ld_le32(rsdt + i));
        if (!memcmp(t, signature, 4)) {
            return t;
        }
    }
    return NULL;
}

static void acpi_tables_link(void)
{
    MachineConfig config = { 0 };
    Machine *m = build(&config);
    Linked l = link_tables();
    const uint8_t *fadt = find_table(&l, "FACP"), *madt = find_table(&l, "APIC");
    g_assert_true(fadt && madt && find_table(&l, "HPET"));
    g_assert_cmpuint(ld_le32(fadt + 4), ==, 244);
    g_assert_cmphex(ld_le32(fadt + 56), ==, 0x600);
    g_assert_cmphex(ld_le32(fadt + 76), ==, 0x608);
    g_assert_cmphex(ld_le64(fadt + 140), ==, ld_le32(fadt + 40));
    const uint8_t *dsdt = table_at(&l, ld_le32(fadt + 40));
    g_assert_cmpmem(dsdt, 4, "DSDT", 4);
    const uint8_t *facs = l.bytes[0]->data + (ld_le32(fadt + 36) - l.at[0]);
    g_assert_cmpmem(facs, 4, "FACS", 4);
    g_assert_cmphex(ld_le32(fadt + 36) % 64, ==, 0);
    g_assert_cmphex(madt[44], ==, 0);                   /* the first entry is CPU 0 */
    unlink_tables(&l);
    machine_free(m);
    static const char *const options[] = { "hpet=off", NULL };
    config.options = options;
    m = build(&config);
    l = link_tables();
    g_assert_null(find_table(&l, "HPET"));
    unlink_tables(&l);
    machine_free(m);
    static const char *const none[] = { "acpi=off", NULL };
    config.options = none;
    m = build(&config);
    g_assert_null(file("etc/table-loader"));
    machine_free(m);
}

/* ACPICA's own disassembler understands the DSDT, and its compiler what comes out. */
static void acpica_takes_the_dsdt(void)
{
    g_autofree char *iasl = g_find_program_in_path("iasl");
    if (!iasl) {
        g_test_skip("iasl (acpica-tools) is not installed");
        return;
    }
    MachineConfig config = { .ram_size = 5 * GiB };
    Machine *m = build(&config);
    Linked l = link_tables();
    const uint8_t *dsdt = table_at(&l, ld_le32(find_table(&l, "FACP") + 40));
    g_autofree char *aml = write_file("dsdt.aml", dsdt, ld_le32(dsdt + 4));
    g_autofree char *dsl = g_build_filename(folder, "dsdt.dsl", NULL), *text = NULL, *said = NULL;
    int status;
    const char *const disassemble[] = { iasl, "-d", aml, NULL };
    g_assert_true(g_spawn_sync(folder, (char **)disassemble, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                               NULL, &said, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    g_assert_true(g_file_get_contents(dsl, &text, NULL, NULL));
    static const char *const wanted[] = {
        "Device (PCI0)", "EisaId (\"PNP0A03\")", "Device (LNKD)", "Name (_PRT, Package (0x7C)",
        "Name (\\_S5, Package (0x04)", "Processor (CP00,", "Device (COM1)", "Method (_SRS, 1, Serialized)",
        "0x00000001C0000000, // Range Minimum",
    };
    for (unsigned i = 0; i < ARRAY_SIZE(wanted); i++) {
        if (!strstr(text, wanted[i])) {
            g_test_message("the DSDT has no '%s'", wanted[i]);
            g_test_fail();
        }
    }
    g_autofree char *errors = NULL;
    const char *const compile[] = { iasl, "-p", "again", "-ve", dsl, NULL };
    g_assert_true(g_spawn_sync(folder, (char **)compile, NULL, G_SPAWN_DEFAULT, NULL, NULL, &errors,
                               NULL, &status, NULL));
    if (status) {
        g_test_message("%s", errors);
    }
    g_assert_cmpint(status, ==, 0);
    unlink_tables(&l);
    machine_free(m);
}

static void smbios_structures(void)
{
    MachineConfig config = { .ram_size = 96 * MiB };
    Machine *m = build(&config);
    gsize len;
    const uint8_t *anchor = g_bytes_get_data(file("etc/smbios/smbios-anchor"), &len);
    g_assert_cmpuint(len, ==, 31);
    unsigned count = ld_le16(anchor + 28), total = ld_le16(anchor + 22), longest = 0, n = 0;
    const uint8_t *p = g_bytes_get_data(file("etc/smbios/smbios-tables"), &len), *start = p;
    g_assert_cmpuint(len, ==, total);
    uint64_t types = 0;
    uint8_t last = 0;
    while (p < start + len) {
        const uint8_t *s = p;
        last = s[0];
        types |= s[0] < 64 ? BIT64(s[0]) : 0;
        if (s[0] == 17) {
            g_assert_cmpuint(ld_le16(s + 12), ==, 96);
        }
        for (p += s[1]; p[0] || p[1]; p++) {
        }
        p += 2;
        longest = MAX(longest, (unsigned)(p - s));
        n++;
    }
    g_assert_true(p == start + len);
    g_assert_cmpuint(n, ==, count);
    g_assert_cmpuint(longest, ==, ld_le16(anchor + 8));
    g_assert_cmpuint(last, ==, 127);
    g_assert_cmphex(types, ==, BIT64(0) | BIT64(1) | BIT64(3) | BIT64(4) | BIT64(16) | BIT64(17) |
                    BIT64(19) | BIT64(32));
    machine_free(m);
}

static void e820_is_all_of_ram(void)
{
    MachineConfig config = { .ram_size = 6 * GiB };
    Machine *m = build(&config);
    gsize len;
    const uint8_t *e = g_bytes_get_data(file("etc/e820"), &len);
    g_assert_cmpuint(len, ==, 40);
    g_assert_cmphex(ld_le64(e) | ld_le64(e + 8), ==, 3 * GiB);
    g_assert_cmphex(ld_le64(e + 20), ==, 4 * GiB);
    g_assert_cmphex(ld_le64(e + 28), ==, 3 * GiB);
    g_assert_cmphex(ld_le32(e + 36), ==, 1);
    machine_free(m);
}

/* ---- what the user says ---- */

static void boot_orders(void)
{
    PcBootOrder boot;
    g_assert_true(pc_parse_boot(NULL, &boot, NULL));
    g_assert_cmpstr(boot.order, ==, "cad");
    g_assert_true(pc_parse_boot("d", &boot, NULL));
    g_assert_cmpstr(boot.order, ==, "d");
    g_assert_true(pc_parse_boot("order=dc,menu=on,splash-time=500,once=n", &boot, NULL));
    g_assert_cmpstr(boot.order, ==, "dc");
    g_assert_cmpstr(boot.once, ==, "n");
    g_assert_true(boot.menu);
    g_assert_cmpuint(boot.menu_ms, ==, 500);
    static const struct { const char *text, *message; } wrong[] = {
        { "x", "'x' is not a drive" }, { "cc", "'c' is given twice" }, { "menu=maybe", "on or off" },
        { "ordr=c", "did you mean 'order'" }, { "splash-time=long", "milliseconds" },
        { "order=acdn", "one to three" },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(wrong); i++) {
        GError *err = NULL;
        g_assert_false(pc_parse_boot(wrong[i].text, &boot, &err));
        g_assert_nonnull(strstr(err->message, wrong[i].message));
        g_error_free(err);
    }
}

static void refuses_what_cannot_be(void)
{
    static const char *const unknown[] = { "hpte=on", NULL }, *const neither[] = { "hpet=1", NULL };
    build_fails((MachineConfig){ .options = unknown }, "did you mean 'hpet'");
    build_fails((MachineConfig){ .options = neither }, "on or off");
    build_fails((MachineConfig){ .ram_size = 64 * KiB }, "at least 1 MiB");
    build_fails((MachineConfig){ .boot = "z" }, "'z' is not a drive");
    build_fails((MachineConfig){ .initrd = "x" }, "there is no -kernel");
    build_fails((MachineConfig){ .bios = folder }, "is a directory");
    g_autofree char *text = write_file("text", "hello", 5);
    build_fails((MachineConfig){ .kernel = text }, "not an x86 Linux kernel");
}

/* ---- kernels ---- */

/* The option ROM's transfers, done. */
static void run_rom(Machine *m)
{
    gsize len;
    const uint8_t *rom = g_bytes_get_data(file("genroms/emu-kernel.rom"), &len);
    g_assert_cmphex(ld_le16(rom), ==, 0xaa55);
    g_assert_cmpuint(rom[2] * 512u, ==, len);
    g_assert_cmphex(sum_of(rom, len), ==, 0);
    for (const uint8_t *b = rom + 0x65; ld_be32(b); b += 16) {
        GBytes *item = firmware_item(ld_be32(b) >> 16);
        uint32_t size = ld_be32(b + 4);
        g_assert_cmphex(ld_be32(b) & 0xffff, ==, 10);
        g_assert_nonnull(item);
        g_assert_cmphex(g_bytes_get_size(item), <=, size);
        g_assert_cmpint(address_space_fill(&m->as, ld_be64(b + 8), 0, size), ==, MEM_OK);
        address_space_write(&m->as, ld_be64(b + 8), g_bytes_get_data(item, NULL),
                            g_bytes_get_size(item));
    }
}

static uint32_t ld32(Machine *m, GPa at)
{
    return address_space_ld(&m->as, at, 4, ENDIAN_LITTLE, NULL);
}

static char *make_bzimage(uint8_t loadflags, size_t len)
{
    g_autofree uint8_t *p = g_malloc0(1024 + len);
    p[0x1f1] = 1;
    memcpy(p + 0x202, "HdrS", 4);
    st_le16(p + 0x206, 0x020f);
    p[0x211] = loadflags;
    st_le32(p + 0x22c, 0x7fffffff);
    st_le32(p + 0x238, 255);
    memset(p + 1024, 0xcc, len);
    return write_file("bzImage", p, 1024 + len);
}

static void linux_by_the_boot_protocol(void)
{
    g_autofree char *kernel = make_bzimage(1, 100000);
    g_autofree char *initrd = write_file("initrd", "initial", 7);
    MachineConfig config = { .kernel = kernel, .initrd = initrd, .append = "quiet vga=ask" };
    Machine *m = build(&config);
    run_rom(m);
    g_assert_cmphex(ld32(m, 0x100000), ==, 0xcccccccc);
    g_assert_cmphex(ld32(m, 0x100000 + 99996), ==, 0xcccccccc);
    GPa setup = 0x10000, disk = ld32(m, setup + 0x218), line = ld32(m, setup + 0x228);
    g_assert_cmphex(ld32(m, setup + 0x202), ==, 0x53726448);
    g_assert_cmphex(ld32(m, setup + 0x210) & 0x80ff, ==, 0x80ff);  /* loader 0xff, heap */
    g_assert_cmphex(ld32(m, setup + 0x224) & 0xffff, ==, 0xde00);
    g_assert_cmphex(ld32(m, setup + 0x1fa) & 0xffff, ==, 0xfffd);
    g_assert_cmpuint(ld32(m, setup + 0x21c), ==, 7);
    char text[14];
    address_space_read(&m->as, line, text, sizeof(text));
    g_assert_cmpstr(text, ==, "quiet vga=ask");
    address_space_read(&m->as, disk, text, 7);
    g_assert_cmpmem(text, 7, "initial", 7);
    g_assert_cmphex(disk % 4096, ==, 0);
    g_assert_cmphex(disk, <=, 127 * MiB + 512 * KiB);   /* leaves room for firmware's tables */
    static const uint8_t stage2[] = { 0xfa, 0xb8, 0x00, 0x10 };
    address_space_read(&m->as, X86_BOOT_STAGE2, text, 4);
    g_assert_cmpmem(text, 4, stage2, 4);
    machine_free(m);
    g_autofree char *low = make_bzimage(0, 100000);     /* a zImage */
    config = (MachineConfig){ .kernel = low };
    m = build(&config);
    run_rom(m);
    g_assert_cmphex(ld32(m, 0x10000), ==, 0xcccccccc);
    g_assert_cmphex(ld32(m, 0x90202), ==, 0x53726448);
    machine_free(m);
}

static void linux_that_does_not_fit(void)
{
    g_autofree char *kernel = make_bzimage(1, 100000), *line = g_strnfill(300, 'x');
    g_autofree char *big = g_malloc0(16 * MiB), *disk = write_file("disk", big, 16 * MiB);
    build_fails((MachineConfig){ .kernel = kernel, .append = line }, "at most 255 characters");
    build_fails((MachineConfig){ .kernel = kernel, .initrd = disk, .ram_size = 16 * MiB },
                "give more RAM");
    g_autofree char *cut = make_bzimage(1, 0);
    build_fails((MachineConfig){ .kernel = cut }, "cut off or damaged");
    g_autofree char *zimage = make_bzimage(0, 600000);
    build_fails((MachineConfig){ .kernel = zimage }, "larger than 512 KiB");
}

static char *make_multiboot(uint32_t flags, uint32_t load_end)
{
    uint8_t p[4096] = { 0 };
    uint32_t words[] = { 0x1badb002, flags, -(0x1badb002 + flags), 0x200010, 0x200000, load_end,
                         0x203000, 0x200040 };
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        st_le32(p + 0x20 + 4 * i, words[i]);
    }
    p[0x50] = 0xf4;
    return write_file("multiboot", p, sizeof(p));
}

static void multiboot_by_addresses(void)
{
    g_autofree char *kernel = make_multiboot(0x10003, 0x200800);
    g_autofree char *one = write_file("one", "first", 5), *two = write_file("two", "second", 6);
    g_autofree char *modules = g_strconcat(one, " with words,", two, NULL);
    MachineConfig config = { .kernel = kernel, .initrd = modules, .append = "line" };
    Machine *m = build(&config);
    run_rom(m);
    g_assert_cmphex(ld32(m, 0x200010), ==, 0x1badb002); /* 0x10 of the file is at 0x200000 */
    g_assert_cmphex(ld32(m, 0x200040) & 0xff, ==, 0xf4);
    GPa info = X86_BOOT_INFO;
    g_assert_cmphex(ld32(m, info), ==, 0x24d);
    g_assert_cmpuint(ld32(m, info + 4), ==, 639);
    g_assert_cmpuint(ld32(m, info + 8), ==, 127 * 1024);
    g_assert_cmpuint(ld32(m, info + 20), ==, 2);
    GPa mods = ld32(m, info + 24);
    char text[256];
    address_space_read(&m->as, ld32(m, mods), text, 5);
    g_assert_cmpmem(text, 5, "first", 5);
    g_assert_cmpuint(ld32(m, mods + 20) - ld32(m, mods + 16), ==, 6);
    g_assert_cmphex(ld32(m, mods + 16) % 4096, ==, 0);
    g_assert_cmphex(ld32(m, mods), >=, 0x203000);       /* behind the program's zeros */
    address_space_read(&m->as, ld32(m, mods + 8), text, sizeof(text));
    g_assert_true(g_str_has_suffix(text, "one with words"));
    address_space_read(&m->as, ld32(m, info + 16), text, sizeof(text));
    g_assert_true(g_str_has_suffix(text, "multiboot line"));
    g_assert_cmphex(ld32(m, X86_BOOT_STAGE2 + 0x6a), ==, 0x200040);
    machine_free(m);
}

static void multiboot_that_is_wrong(void)
{
    g_autofree char *longer = make_multiboot(0x10003, 0x210000);
    build_fails((MachineConfig){ .kernel = longer }, "cut off");
    g_autofree char *flags = make_multiboot(0x10013, 0x200800);
    build_fails((MachineConfig){ .kernel = flags }, "multiboot flags 0x10013");
    g_autofree char *no_elf = make_multiboot(0x3, 0x200800);
    build_fails((MachineConfig){ .kernel = no_elf }, "not an ELF file or one with addresses");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    machine_lock();
    clock_init();
    clock_use_steps();
    device_registry_set(classes, ARRAY_SIZE(classes));
    machine_set_hooks(&fake_hooks);
    folder = g_dir_make_tmp("emu-test-XXXXXX", NULL);
#define TEST(fn) g_test_add_func("/machines/pc/" #fn, fn)
    TEST(memory_with_little_ram);
    TEST(memory_on_both_sides_of_the_hole);
    TEST(firmware_of_any_size);
    TEST(devices_of_the_board);
    TEST(cmos_says_what_there_is);
    TEST(a20_is_either_of_two);
    TEST(port92_switches_a20_off_while_the_keyboard_controller_has_it_on);
    TEST(serial_ports_share_an_interrupt);
    TEST(pci_shares_an_isa_interrupt);
    TEST(ways_to_reset_and_to_power_off);
    TEST(the_power_button_is_an_event);
    TEST(acpi_tables_link);
    TEST(acpica_takes_the_dsdt);
    TEST(smbios_structures);
    TEST(e820_is_all_of_ram);
    TEST(boot_orders);
    TEST(refuses_what_cannot_be);
    TEST(linux_by_the_boot_protocol);
    TEST(linux_that_does_not_fit);
    TEST(multiboot_by_addresses);
    TEST(multiboot_that_is_wrong);
    int failed = g_test_run();
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
    return failed;
}
