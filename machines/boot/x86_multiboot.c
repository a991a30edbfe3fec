/* SPDX-License-Identifier: MIT */
/*
 * Multiboot programs on a PC.
 * Implements: Multiboot Specification 0.6.96: ELF files and files with load addresses in their header,
 * command line, modules (-initrd "FILE ARGUMENTS,FILE ..."), memory sizes and map.
 * Not here: video modes (flag 2 is taken and not served, as flag 12 of the information then says),
 * drives, configuration table, APM table, symbols.
 */
#include "machines/boot/x86_boot.h"

#include <inttypes.h>
#include "machines/boot/elf.h"

enum { MB_MAGIC = 0x1badb002, SEARCH = 8192, ELF_MACHINE_386 = 3 };
enum { HEADER_VIDEO = 1 << 2, HEADER_ADDRESSES = 1 << 16, HEADER_REQUIRED = 0xffff, KNOWN = 7 };
enum {                                  /* of the information structure */
    INFO_FLAGS = 0, INFO_MEM_LOWER = 4, INFO_MEM_UPPER = 8, INFO_CMDLINE = 16, INFO_MODS_COUNT = 20,
    INFO_MODS_ADDR = 24, INFO_MMAP_LENGTH = 44, INFO_MMAP_ADDR = 48, INFO_LOADER = 64, INFO_SIZE = 120,
    HAS_MEM = 1 << 0, HAS_CMDLINE = 1 << 2, HAS_MODS = 1 << 3, HAS_MMAP = 1 << 6, HAS_LOADER = 1 << 9,
    MODULE_SIZE = 16,
};

typedef struct Multiboot {
    X86Boot      *b;
    const uint8_t *header;
    size_t        header_at, left;      /* of the file's bytes */
    GPa           entry, end;
    uint8_t       info[INFO_SIZE];
    GByteArray   *strings, *modules;    /* what lies behind the information */
} Multiboot;

/* The header is among the first 8 KiB, aligned to 4 bytes; its words add up to 0 (3.1). */
static const uint8_t *find_header(GBytes *kernel, size_t *at)
{
    gsize len;
    const uint8_t *p = g_bytes_get_data(kernel, &len);
    for (size_t i = 0; i + 12 <= MIN(len, SEARCH); i += 4) {
        if (ld_le32(p + i) == MB_MAGIC && MB_MAGIC + ld_le32(p + i + 4) + ld_le32(p + i + 8) == 0) {
            *at = i;
            return p + i;
        }
    }
    return NULL;
}

bool x86_is_multiboot(GBytes *kernel)
{
    size_t at;
    return find_header(kernel, &at) != NULL;
}

/* ---- the program ---- */

static bool load_by_addresses(Multiboot *mb, GBytes *kernel, GError **err)
{
    const char *path = mb->b->m->config->kernel;
    if (mb->left < 32) {
        return fail(err, EMU_ERROR_DATA, "the kernel '%s' is cut off in its multiboot header", path);
    }
    uint32_t header_addr = ld_le32(mb->header + 12), load = ld_le32(mb->header + 16);
    uint32_t load_end = ld_le32(mb->header + 20), bss_end = ld_le32(mb->header + 24);
    uint64_t skip = (uint64_t)header_addr - load, size = g_bytes_get_size(kernel);
    if (load > header_addr || skip > mb->header_at) {
        return fail(err, EMU_ERROR_DATA, "the kernel '%s' has impossible addresses in its multiboot "
                    "header", path);
    }
    uint64_t from = mb->header_at - skip;
    uint64_t len = load_end > load ? load_end - load : size - from;
    uint64_t whole = bss_end > load ? MAX(bss_end - load, len) : len;
    if (len > size - from) {
        return fail(err, EMU_ERROR_DATA, "the kernel '%s' is cut off: it has %" PRIu64 " bytes to load, "
                    "its header says %" PRIu64, path, size - from, len);
    }
    mb->entry = ld_le32(mb->header + 28);
    mb->end = load + whole;
    return x86_boot_add(mb->b, "kernel", load, whole, g_bytes_new_from_bytes(kernel, from, len), err);
}

static bool load_program(Multiboot *mb, GBytes *kernel, GError **err)
{
    static const ElfWanted wanted = { ELF_MACHINE_386, 32, false, "a 32-bit x86 program" };
    const char *path = mb->b->m->config->kernel;
    uint32_t flags = ld_le32(mb->header + 4);
    ElfInfo info;
    if (flags & HEADER_REQUIRED & ~KNOWN) {
        return fail(err, EMU_ERROR_DATA, "the kernel '%s' needs what this loader does not have "
                    "(multiboot flags %#x)", path, flags);
    }
    if (flags & HEADER_ADDRESSES) {
        return load_by_addresses(mb, kernel, err);
    }
    if (!elf_is(kernel)) {
        return image_fail_wrong("kernel", path, kernel, "an ELF file or one with addresses in its "
                                "multiboot header", err);
    }
    if (!elf_load(&mb->b->images, mb->b->m, "kernel", path, kernel, &wanted, &info, err)) {
        return false;
    }
    mb->entry = info.entry;
    mb->end = info.high;
    return true;
}

/* ---- modules and strings ---- */

static uint32_t add_string(Multiboot *mb, const char *text)
{
    uint32_t at = X86_BOOT_STRINGS + mb->strings->len;
    g_byte_array_append(mb->strings, (const uint8_t *)text, strlen(text) + 1);
    return at;
}

static bool add_module(Multiboot *mb, const char *text, GError **err)
{
    uint8_t entry[MODULE_SIZE] = { 0 };
    g_autofree char *path = g_strndup(text, strcspn(text, " "));
    GBytes *bytes = image_read("module", path, mb->b->info->ram_low, err);
    if (!bytes) {
        return false;
    }
    GPa at = round_up(mb->end, 4096);
    uint64_t len = g_bytes_get_size(bytes);
    mb->end = at + len;
    st_le32(entry, at);
    st_le32(entry + 4, at + len);
    st_le32(entry + 8, add_string(mb, text));
    g_byte_array_append(mb->modules, entry, sizeof(entry));
    return x86_boot_add(mb->b, "module", at, len, bytes, err);
}

static bool add_modules(Multiboot *mb, GError **err)
{
    const char *list = mb->b->m->config->initrd;
    g_auto(GStrv) modules = g_strsplit(list ? list : "", ",", -1);
    for (char **text = modules; *text; text++) {
        if (!add_module(mb, *text, err)) {
            return false;
        }
    }
    return true;
}

static void fill_info(Multiboot *mb)
{
    const MachineConfig *c = mb->b->m->config;
    g_autofree char *line = g_strconcat(c->kernel, c->append ? " " : "", c->append, NULL);
    uint32_t flags = HAS_MEM | HAS_CMDLINE | HAS_MMAP | HAS_LOADER;
    st_le32(mb->info + INFO_MEM_LOWER, 639);
    st_le32(mb->info + INFO_MEM_UPPER, (mb->b->info->ram_low - MiB) / KiB);
    st_le32(mb->info + INFO_CMDLINE, add_string(mb, line));
    st_le32(mb->info + INFO_LOADER, add_string(mb, "emu"));
    st_le32(mb->info + INFO_MMAP_ADDR, X86_BOOT_MMAP);
    while (mb->strings->len % 4) {
        g_byte_array_append(mb->strings, (const uint8_t *)"", 1);
    }
    if (mb->modules->len) {
        flags |= HAS_MODS;
        st_le32(mb->info + INFO_MODS_COUNT, mb->modules->len / MODULE_SIZE);
        st_le32(mb->info + INFO_MODS_ADDR, X86_BOOT_STRINGS + mb->strings->len);
        g_byte_array_append(mb->strings, mb->modules->data, mb->modules->len);
    }
    st_le32(mb->info + INFO_FLAGS, flags);
}

static bool add_info(Multiboot *mb, GError **err)
{
    fill_info(mb);
    if (mb->strings->len > X86_BOOT_END - X86_BOOT_STRINGS) {
        return fail(err, EMU_ERROR_USAGE, "-append and -initrd: the kernel's command line and modules "
                    "need more than %d bytes", X86_BOOT_END - X86_BOOT_STRINGS);
    }
    return x86_boot_add(mb->b, "multiboot information", X86_BOOT_INFO, INFO_SIZE,
                        g_bytes_new(mb->info, INFO_SIZE), err) &&
           x86_boot_add(mb->b, "multiboot strings", X86_BOOT_STRINGS, mb->strings->len,
                        g_bytes_new(mb->strings->data, mb->strings->len), err);
}

/* ---- stage 2 ---- */

/* Asks the BIOS for the memory map, goes to protected mode and to the program (3.2). */
static bool add_stage2(Multiboot *mb, GError **err)
{
    uint8_t code[] = {
        0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0,             /* mov  ds, es, 0 */
        0xbf, 0x04, 0x80, 0x66, 0x31, 0xdb,             /* mov  di, 0x8004; xor ebx, ebx */
        /* more: */
        0x66, 0xb8, 0x20, 0xe8, 0x00, 0x00,             /* mov  eax, 0xe820 */
        0x66, 0xba, 0x50, 0x41, 0x4d, 0x53,             /* mov  edx, "SMAP" */
        0x66, 0xb9, 0x14, 0x00, 0x00, 0x00,             /* mov  ecx, 20 */
        0xcd, 0x15, 0x72, 0x10,                         /* int  0x15; jc got */
        0x66, 0xc7, 0x45, 0xfc, 0x14, 0x00, 0x00, 0x00, /* mov  dword [di - 4], 20 */
        0x83, 0xc7, 0x18,                               /* add  di, 24 */
        0x66, 0x85, 0xdb, 0x75, 0xda,                   /* test ebx, ebx; jnz more */
        /* got: */
        0x81, 0xef, 0x04, 0x80,                         /* sub  di, 0x8004 */
        0x89, 0x3e, 0x2c, 0x90,                         /* mov  [info.mmap_length], di */
        0xfa, 0x66, 0x0f, 0x01, 0x16, 0x88, 0x72,       /* cli; lgdt [gdtr] */
        0x0f, 0x20, 0xc0, 0x0c, 0x01, 0x0f, 0x22, 0xc0, /* cr0.pe = 1 */
        0x66, 0xea, 0x51, 0x72, 0x00, 0x00, 0x08, 0x00, /* jmp  8:flat */
        /* flat: 32 bits from here */
        0x66, 0xb8, 0x10, 0x00,                         /* mov  ax, 16 */
        0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xe0, 0x8e, 0xe8, /* mov  ds, es, fs, gs, ax */
        0x8e, 0xd0,                                     /* mov  ss, ax */
        0xb8, 0x02, 0xb0, 0xad, 0x2b,                   /* mov  eax, the loader's magic */
        0xbb, 0x00, 0x90, 0x00, 0x00,                   /* mov  ebx, info */
        0xb9, 0x00, 0x00, 0x00, 0x00, 0xff, 0xe1,       /* mov  ecx, entry; jmp ecx */
        /* gdt: null, code and data of 4 GiB */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0xff, 0xff, 0x00, 0x00, 0x00, 0x9a, 0xcf, 0x00,
        0xff, 0xff, 0x00, 0x00, 0x00, 0x92, 0xcf, 0x00,
        0x17, 0x00, 0x70, 0x72, 0x00, 0x00,             /* gdtr */
    };
    _Static_assert(sizeof(code) == 0x8e, "addresses are in the code");
    st_le32(code + 0x6a, mb->entry);
    return x86_boot_add(mb->b, "stage 2", X86_BOOT_STAGE2, sizeof(code), g_bytes_new(code, sizeof(code)),
                        err);
}

bool x86_multiboot(X86Boot *b, GBytes *kernel, GError **err)
{
    Multiboot mb = { .b = b, .strings = g_byte_array_new(), .modules = g_byte_array_new() };
    mb.header = find_header(kernel, &mb.header_at);
    mb.left = g_bytes_get_size(kernel) - mb.header_at;
    bool ok = load_program(&mb, kernel, err) && add_modules(&mb, err) && add_info(&mb, err) &&
              add_stage2(&mb, err);
    g_byte_array_unref(mb.strings);
    g_byte_array_unref(mb.modules);
    return ok;
}
