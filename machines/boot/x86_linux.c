/* SPDX-License-Identifier: MIT */
/*
 * Linux kernels on a PC, by their 16-bit entry.
 * Implements: Linux Documentation/x86/boot.rst (boot protocol 2.00 and later): memory layout of 2.02,
 * "real-mode kernel header", "running the kernel".
 *
 *     0x010000  the kernel's boot sector and setup code, its stack and heap up to 0x1e000
 *     0x01e000  command line
 *     0x100000  the kernel (zImage: 0x10000, setup at 0x90000)
 *     ...       initial RAM disk, as high as the kernel lets it and firmware's tables allow
 */
#include "machines/boot/x86_boot.h"

#include <inttypes.h>

enum {                                  /* of the header, from the file's begin */
    SETUP_SECTS = 0x1f1, SYSSIZE = 0x1f4, VID_MODE = 0x1fa, MAGIC = 0x202, VERSION = 0x206,
    TYPE_OF_LOADER = 0x210, LOADFLAGS = 0x211, RAMDISK_IMAGE = 0x218, RAMDISK_SIZE = 0x21c,
    HEAP_END_PTR = 0x224, CMD_LINE_PTR = 0x228, INITRD_ADDR_MAX = 0x22c, CMDLINE_SIZE = 0x238,
    LOADED_HIGH = 0x01, CAN_USE_HEAP = 0x80, HEADER_END = 0x260,
};
enum { HEAP_END = 0xe000, CMD_LINE_ROOM = 0x2000 };
/* What the BIOS may take for itself at the end of RAM. */
#define FIRMWARE_ROOM (512 * KiB)

typedef struct Linux {
    uint8_t *setup;                     /* a copy */
    uint32_t setup_len;
    uint16_t version;
    GPa      base;                      /* of setup */
    GPa      end;                       /* of the kernel while it unpacks itself, at least */
} Linux;

bool x86_is_linux(GBytes *kernel)
{
    gsize len;
    const uint8_t *p = g_bytes_get_data(kernel, &len);
    return len >= HEADER_END && !memcmp(p + MAGIC, "HdrS", 4) && ld_le16(p + VERSION) >= 0x200;
}

/* ---- command line ---- */

/* vga= is the loader's to understand. */
static uint16_t video_mode(const char *line)
{
    static const struct { const char *word; uint16_t mode; } words[] = {
        { "normal", 0xffff }, { "ext", 0xfffe }, { "ask", 0xfffd },
    };
    const char *at = g_str_has_prefix(line, "vga=") ? line : strstr(line, " vga=");
    if (!at) {
        return 0xffff;
    }
    at = strchr(at, '=') + 1;
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        if (g_str_has_prefix(at, words[i].word)) {
            return words[i].mode;
        }
    }
    return g_ascii_strtoull(at, NULL, 0);
}

static bool add_command_line(X86Boot *b, Linux *l, GError **err)
{
    const char *line = b->m->config->append ? b->m->config->append : "";
    uint32_t most = l->version >= 0x206 ? ld_le32(l->setup + CMDLINE_SIZE) : 255;
    most = MIN(most, CMD_LINE_ROOM - 1);
    if (strlen(line) > most) {
        return fail(err, EMU_ERROR_USAGE, "-append: the kernel takes at most %u characters, not %zu",
                    most, strlen(line));
    }
    GPa at = l->base + HEAP_END;
    if (l->version >= 0x202) {
        st_le32(l->setup + CMD_LINE_PTR, at);
    } else {
        st_le16(l->setup + 0x20, 0xa33f);
        st_le16(l->setup + 0x22, HEAP_END);
    }
    st_le16(l->setup + VID_MODE, video_mode(line));
    return x86_boot_add(b, "command line", at, CMD_LINE_ROOM,
                        g_bytes_new(line, strlen(line) + 1), err);
}

/* ---- initial RAM disk ---- */

static bool add_initrd(X86Boot *b, Linux *l, GError **err)
{
    const char *path = b->m->config->initrd;
    if (!path) {
        return true;
    }
    GBytes *bytes = image_read("initrd", path, b->info->ram_low, err);
    if (!bytes) {
        return false;
    }
    uint64_t len = g_bytes_get_size(bytes), top = b->info->ram_low - FIRMWARE_ROOM;
    uint64_t most = l->version >= 0x203 ? ld_le32(l->setup + INITRD_ADDR_MAX) : 0x37ffffff;
    top = MIN(top, most + 1);
    GPa at = top > len ? round_down(top - len, 4096) : 0;
    if (at < l->end) {
        g_bytes_unref(bytes);
        return fail(err, EMU_ERROR_DATA, "the initrd '%s' has %" PRIu64 " KiB, which do not fit beside "
                    "the kernel: give more RAM by -m", path, len / KiB);
    }
    st_le32(l->setup + RAMDISK_IMAGE, at);
    st_le32(l->setup + RAMDISK_SIZE, len);
    return x86_boot_add(b, "initrd", at, len, bytes, err);
}

/* ---- the kernel ---- */

static bool add_kernel(X86Boot *b, Linux *l, GBytes *kernel, GError **err)
{
    bool high = l->setup[LOADFLAGS] & LOADED_HIGH;
    GPa at = high ? MiB : 0x10000;
    uint64_t len = g_bytes_get_size(kernel) - l->setup_len;
    if (!high && at + len > l->base) {
        return fail(err, EMU_ERROR_DATA, "the kernel '%s' is a zImage larger than 512 KiB",
                    b->m->config->kernel);
    }
    l->end = at + len;
    l->setup[TYPE_OF_LOADER] = 0xff;    /* none of those that have a number */
    if (l->version >= 0x201) {
        l->setup[LOADFLAGS] |= CAN_USE_HEAP;
        st_le16(l->setup + HEAP_END_PTR, HEAP_END - 0x200);
    }
    return x86_boot_add(b, "kernel", at, len,
                        g_bytes_new_from_bytes(kernel, l->setup_len, len), err);
}

/* All segments at the setup code, its stack at the heap's end, and off. */
static bool add_stage2(X86Boot *b, const Linux *l, GError **err)
{
    uint8_t code[] = {
        0xfa, 0xb8, 0x00, 0x00,                         /* cli; mov ax, setup */
        0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xe0, 0x8e, 0xe8, /* mov  ds, es, fs, gs, ax */
        0x8e, 0xd0, 0xbc, 0x00, 0xe0,                   /* mov  ss, ax; mov sp, HEAP_END */
        0xea, 0x00, 0x00, 0x00, 0x00,                   /* jmp  setup + 0x20:0 */
    };
    st_le16(code + 2, l->base >> 4);
    st_le16(code + sizeof(code) - 2, (l->base >> 4) + 0x20);
    return x86_boot_add(b, "stage 2", X86_BOOT_STAGE2, sizeof(code), g_bytes_new(code, sizeof(code)),
                        err);
}

bool x86_linux(X86Boot *b, GBytes *kernel, GError **err)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(kernel, &size);
    unsigned sects = p[SETUP_SECTS] ? p[SETUP_SECTS] : 4;
    Linux l = { .setup_len = (sects + 1) * 512, .version = ld_le16(p + VERSION) };
    if (l.setup_len >= size || l.setup_len > HEAP_END) {
        return fail(err, EMU_ERROR_DATA, "the kernel '%s' is cut off or damaged: its setup code has "
                    "%u bytes", b->m->config->kernel, l.setup_len);
    }
    l.setup = g_memdup2(p, l.setup_len);
    l.base = l.setup[LOADFLAGS] & LOADED_HIGH ? 0x10000 : 0x90000;
    bool ok = add_kernel(b, &l, kernel, err) && add_command_line(b, &l, err) &&
              add_initrd(b, &l, err);
    GBytes *setup = g_bytes_new_take(l.setup, l.setup_len);
    if (!ok) {
        g_bytes_unref(setup);
        return false;
    }
    return x86_boot_add(b, "setup", l.base, l.setup_len, setup, err) && add_stage2(b, &l, err);
}
