/* SPDX-License-Identifier: MIT */
/*
 * SMBIOS tables of the PC.
 * Implements: DMTF DSP0134 (SMBIOS 2.8), chapters 5 (entry point) and 7 (structures 0, 1, 3, 4, 16, 17,
 * 19, 32, 127).
 *
 * Firmware copies etc/smbios/smbios-tables into memory, puts its address into the entry point
 * (etc/smbios/smbios-anchor) and makes that one's checksums.
 */
#include "machines/boot/pc_tables.h"

#include "system/firmware_files.h"

typedef struct Smbios {
    GByteArray *a;
    unsigned    count, start, longest;
} Smbios;

static void put(Smbios *s, uint64_t v, unsigned size)
{
    uint8_t le[8];
    st_le64(le, v);
    g_byte_array_append(s->a, le, size);
}

static void begin(Smbios *s, uint8_t type, uint8_t length, uint16_t handle)
{
    s->start = s->a->len;
    put(s, type, 1);
    put(s, length, 1);
    put(s, handle, 2);
}

/* The strings follow the formatted part and end with an empty one. */
#define END(s, ...) end(s, (const char *const[]) { __VA_ARGS__, NULL })
static void end(Smbios *s, const char *const *strings)
{
    g_assert(s->a->len - s->start == s->a->data[s->start + 1]);
    if (!strings[0]) {
        put(s, 0, 1);
    }
    for (; *strings; strings++) {
        g_byte_array_append(s->a, (const uint8_t *)*strings, strlen(*strings) + 1);
    }
    put(s, 0, 1);
    s->count++;
    s->longest = MAX(s->longest, s->a->len - s->start);
}

static void bios(Smbios *s)
{
    begin(s, 0, 24, 0);
    put(s, 0x0201, 2);                  /* vendor, version: strings 1 and 2 */
    put(s, 0xe800, 2);                  /* segment */
    put(s, 3, 1);                       /* date */
    put(s, 0, 1);
    put(s, 0x08, 8);                    /* characteristics: not given */
    put(s, 0x1400, 2);                  /* a virtual machine; table below is ACPI's */
    put(s, 0, 2);                       /* release 0.0 */
    put(s, 0xffff, 2);
    END(s, "SeaBIOS", "emu", "04/01/2014");
}

static void product(Smbios *s)
{
    begin(s, 1, 27, 0x100);
    put(s, 0x000201, 3);                /* manufacturer, product, no version */
    put(s, 0, 1);
    put(s, 0, 8);                       /* UUID: none */
    put(s, 0, 8);
    put(s, 6, 1);                       /* woken by the power switch */
    put(s, 0, 2);
    END(s, "emu", "PC (i440FX + PIIX)");
}

static void chassis(Smbios *s)
{
    begin(s, 3, 22, 0x300);
    put(s, 1, 1);
    put(s, 1, 1);                       /* other */
    put(s, 0, 3);
    put(s, 0x03030303, 4);              /* states: safe; security: none */
    put(s, 0, 4);
    put(s, 0, 1);
    put(s, 1, 1);                       /* power cords */
    put(s, 0, 2);
    put(s, 0, 1);
    END(s, "emu");
}

static void processor(Smbios *s, unsigned n)
{
    g_autofree char *socket = g_strdup_printf("CPU %u", n);
    begin(s, 4, 42, 0x400 + n);
    put(s, 1, 1);
    put(s, 3, 1);                       /* central processor */
    put(s, 1, 1);                       /* family: other */
    put(s, 2, 1);
    put(s, 0, 8);                       /* CPUID is asked for it */
    put(s, 0, 2);                       /* no version, voltage unknown */
    put(s, 0, 2);                       /* clocks: unknown */
    put(s, 1000, 2);
    put(s, 1000, 2);
    put(s, 0x41, 1);                    /* populated, enabled */
    put(s, 1, 1);                       /* socket: other */
    put(s, 0xffff, 2);                  /* caches: not told */
    put(s, 0xffff, 2);
    put(s, 0xffff, 2);
    put(s, 0, 3);
    put(s, 0x010101, 3);                /* cores, enabled cores, threads */
    put(s, 2, 2);                       /* characteristics: unknown */
    put(s, 1, 2);
    END(s, socket, "emu");
}

static void memory_array(Smbios *s, uint64_t ram)
{
    uint64_t kib = ram / KiB;
    begin(s, 16, 23, 0x1000);
    put(s, 1, 1);                       /* location: other */
    put(s, 3, 1);                       /* system memory */
    put(s, 3, 1);                       /* no error correction */
    put(s, MIN(kib, 0x80000000), 4);
    put(s, 0xfffe, 2);
    put(s, 1, 2);                       /* devices */
    put(s, kib >= 0x80000000 ? ram : 0, 8);
    END(s, NULL);
}

static void memory_device(Smbios *s, uint64_t ram)
{
    uint64_t mib = ram / MiB;
    begin(s, 17, 40, 0x1100);
    put(s, 0x1000, 2);
    put(s, 0xfffe, 2);
    put(s, 0xffffffff, 4);              /* widths: unknown */
    put(s, mib < 0x7fff ? mib : 0x7fff, 2);
    put(s, 9, 1);                       /* DIMM */
    put(s, 0, 1);
    put(s, 1, 1);
    put(s, 0, 1);
    put(s, 7, 1);                       /* RAM */
    put(s, 2, 2);                       /* detail: unknown */
    put(s, 0, 2);
    put(s, 2, 1);                       /* manufacturer */
    put(s, 0, 3);
    put(s, 0, 1);
    put(s, mib < 0x7fff ? 0 : mib, 4);
    put(s, 0, 8);
    END(s, "DIMM 0", "emu");
}

static void mapped(Smbios *s, uint16_t handle, uint64_t start, uint64_t size)
{
    begin(s, 19, 31, handle);
    put(s, 0xffffffff, 4);              /* the extended fields say */
    put(s, 0xffffffff, 4);
    put(s, 0x1000, 2);
    put(s, 1, 1);
    put(s, start, 8);
    put(s, start + size - 1, 8);
    END(s, NULL);
}

static void boot_status(Smbios *s)
{
    begin(s, 32, 11, 0x2000);
    put(s, 0, 7);
    END(s, NULL);
}

static void add_anchor(const Smbios *s)
{
    uint8_t e[31] = "_SM_";
    e[5] = sizeof(e);
    e[6] = 2;                           /* version 2.8 */
    e[7] = 8;
    st_le16(e + 8, s->longest);
    memcpy(e + 16, "_DMI_", 5);
    st_le16(e + 22, s->a->len);
    st_le16(e + 28, s->count);
    e[30] = 0x28;
    g_autoptr(GBytes) file = g_bytes_new(e, sizeof(e));
    firmware_add_file("etc/smbios/smbios-anchor", file);
}

void pc_add_smbios(const PcInfo *info)
{
    Smbios s = { .a = g_byte_array_new() };
    uint64_t ram = info->ram_low + info->ram_high;
    bios(&s);
    product(&s);
    chassis(&s);
    for (unsigned i = 0; i < info->n_cpus; i++) {
        processor(&s, i);
    }
    memory_array(&s, ram);
    memory_device(&s, ram);
    mapped(&s, 0x1300, 0, info->ram_low);
    if (info->ram_high) {
        mapped(&s, 0x1301, 4 * GiB, info->ram_high);
    }
    boot_status(&s);
    begin(&s, 127, 4, 0x7f00);
    END(&s, NULL);
    add_anchor(&s);
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(s.a);
    firmware_add_file("etc/smbios/smbios-tables", file);
}
