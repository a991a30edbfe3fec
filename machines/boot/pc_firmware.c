/* SPDX-License-Identifier: MIT */
/*
 * What the PC's firmware is told.
 * Implements: the numbered items and files of fw_cfg that SeaBIOS's documentation names
 * (Runtime_config) and those of the fw_cfg interface specification; the CMOS map of the IBM AT with
 * the bytes that Bochs' BIOS gave to what it lacks (0x34 to 0x39, 0x3d, 0x5b to 0x5f).  Floppy and IDE controller
 * fill in 0x10 and 0x39 themselves.
 */
#include "machines/boot/pc_firmware.h"

#include "system/firmware_files.h"

/* ---- -boot ---- */

static bool parse_order(const char *text, char out[4], GError **err)
{
    if (!*text || strlen(text) > 3) {
        return fail(err, EMU_ERROR_USAGE, "-boot: '%s': give one to three drive letters", text);
    }
    for (const char *p = text; *p; p++) {
        if (!strchr("acdn", *p)) {
            return fail(err, EMU_ERROR_USAGE, "-boot: '%c' is not a drive: a floppy, c disk, d CD, "
                        "n network", *p);
        }
        if (strchr(p + 1, *p)) {
            return fail(err, EMU_ERROR_USAGE, "-boot: '%c' is given twice in '%s'", *p, text);
        }
    }
    g_strlcpy(out, text, 4);
    return true;
}

static bool parse_flag(const char *key, const char *value, bool *out, GError **err)
{
    *out = !strcmp(value, "on");
    return *out || !strcmp(value, "off") ||
           fail(err, EMU_ERROR_USAGE, "-boot: %s can be on or off, not '%s'", key, value);
}

static bool parse_key(PcBootOrder *boot, const char *key, const char *value, GError **err)
{
    static const char *const keys[] = { "order", "once", "menu", "splash-time", "strict", NULL };
    guint64 ms;
    if (!strcmp(key, "order")) {
        return parse_order(value, boot->order, err);
    }
    if (!strcmp(key, "once")) {
        return parse_order(value, boot->once, err);
    }
    if (!strcmp(key, "menu")) {
        return parse_flag(key, value, &boot->menu, err);
    }
    if (!strcmp(key, "strict")) {
        return parse_flag(key, value, &boot->strict, err);
    }
    if (strcmp(key, "splash-time")) {
        fail_unknown(err, "key", key, keys);
        g_prefix_error(err, "-boot: ");
        return false;
    }
    if (!g_ascii_string_to_unsigned(value, 10, 0, 0xfffe, &ms, NULL)) {
        return fail(err, EMU_ERROR_USAGE, "-boot: splash-time '%s' is not a number of milliseconds "
                    "up to 65534", value);
    }
    boot->menu_ms = ms;
    return true;
}

bool pc_parse_boot(const char *text, PcBootOrder *boot, GError **err)
{
    *boot = (PcBootOrder){ .order = "cad" };
    g_auto(GStrv) words = g_strsplit(text ? text : "", ",", -1);
    for (char **w = words; *w; w++) {
        char *value = strchr(*w, '=');
        if (value) {
            *value++ = 0;
        }
        if (value ? !parse_key(boot, *w, value, err) : !parse_order(*w, boot->order, err)) {
            return false;
        }
    }
    return true;
}

/* ---- fw_cfg ---- */

enum {
    ITEM_RAM_SIZE = 0x03, ITEM_NO_SCREEN = 0x04, ITEM_BOOT_MENU = 0x0e, ITEM_MAX_CPUS = 0x0f,
    E820_RAM = 1,
};

static void add_file(const char *name, const void *bytes, size_t len)
{
    g_autoptr(GBytes) file = g_bytes_new(bytes, len);
    firmware_add_file(name, file);
}

/* Entries of an address, a length and a kind. */
static void add_e820(const PcInfo *info)
{
    uint8_t e[2][20];
    st_le64(e[0], 0);
    st_le64(e[0] + 8, info->ram_low);
    st_le32(e[0] + 16, E820_RAM);
    st_le64(e[1], 4 * GiB);
    st_le64(e[1] + 8, info->ram_high);
    st_le32(e[1] + 16, E820_RAM);
    add_file("etc/e820", e, info->ram_high ? 40 : 20);
}

/* A byte for each S-state: bit 7 says that there is one, the others its sleep type. */
static void add_system_states(void)
{
    static const uint8_t states[6] = { [5] = 0x80 };
    add_file("etc/system-states", states, sizeof(states));
}

void pc_add_firmware_items(Machine *m, const PcInfo *info, const PcBootOrder *boot, bool acpi)
{
    uint8_t le[8];
    st_le64(le, info->ram_low + info->ram_high);
    g_autoptr(GBytes) ram = g_bytes_new(le, sizeof(le));
    firmware_add_item(ITEM_RAM_SIZE, ram);
    firmware_add_u16(FIRMWARE_N_CPUS, info->n_cpus);
    firmware_add_u16(ITEM_MAX_CPUS, info->n_cpus);
    firmware_add_u16(ITEM_NO_SCREEN, info->no_screen);
    firmware_add_u16(ITEM_BOOT_MENU, boot->menu);
    st_le16(le, info->n_cpus);
    add_file("etc/max-cpus", le, 2);
    if (boot->menu_ms) {
        st_le16(le, boot->menu_ms);
        add_file("etc/boot-menu-wait", le, 2);
    }
    add_e820(info);
    add_system_states();
    pc_add_smbios(info);
    if (acpi) {
        pc_add_acpi(info);
    }
}

/* ---- CMOS ---- */

enum { PORT_INDEX = 0x70, PORT_DATA = 0x71 };

static void cmos(Machine *m, uint8_t index, uint8_t value)
{
    address_space_st(&m->io, PORT_INDEX, index, 1, ENDIAN_LITTLE, NULL);
    address_space_st(&m->io, PORT_DATA, value, 1, ENDIAN_LITTLE, NULL);
}

static void cmos16(Machine *m, uint8_t low, uint8_t high, uint16_t value)
{
    cmos(m, low, value);
    cmos(m, high, value >> 8);
}

/* Bit 0: there are floppy drives; bits 7:6: how many but one.  The controller has put them into 10h. */
static uint8_t floppies(Machine *m)
{
    address_space_st(&m->io, PORT_INDEX, 0x10, 1, ENDIAN_LITTLE, NULL);
    uint8_t types = address_space_ld(&m->io, PORT_DATA, 1, ENDIAN_LITTLE, NULL);
    return types & 0x0f ? 0x41 : types ? 0x01 : 0;
}

static uint8_t drive_code(char letter)
{
    static const char letters[] = "acdn";
    return letter ? strchr(letters, letter) - letters + 1 : 0;
}

static void set_memory(Machine *m, const PcInfo *info)
{
    uint64_t above_1m = info->ram_low > MiB ? (info->ram_low - MiB) / KiB : 0;
    uint64_t above_16m = info->ram_low > 16 * MiB ? (info->ram_low - 16 * MiB) / (64 * KiB) : 0;
    uint64_t above_4g = MIN(info->ram_high / (64 * KiB), 0xffffff);
    cmos16(m, 0x15, 0x16, 640);
    cmos16(m, 0x17, 0x18, MIN(above_1m, 0xfc00));
    cmos16(m, 0x30, 0x31, MIN(above_1m, 0xfc00));
    cmos16(m, 0x34, 0x35, MIN(above_16m, 0xffff));
    cmos16(m, 0x5b, 0x5c, above_4g);
    cmos(m, 0x5d, above_4g >> 16);
}

void pc_set_cmos(Machine *m, const PcInfo *info, const char *order)
{
    set_memory(m, info);
    cmos(m, 0x14, 0x06 | floppies(m));          /* coprocessor, mouse */
    cmos(m, 0x3d, drive_code(order[0]) | drive_code(order[0] ? order[1] : 0) << 4);
    cmos(m, 0x38, drive_code(strlen(order) > 2 ? order[2] : 0) << 4 | 1);
    cmos(m, 0x5f, info->n_cpus - 1);
    cmos(m, 0x32, 0x20);                        /* century */
}
