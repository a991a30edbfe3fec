/* SPDX-License-Identifier: MIT */
/*
 * -kernel on a PC: an option ROM that the BIOS finds in fw_cfg (genroms/) and runs.
 * Implements: the option ROM's header (Plug and Play BIOS Specification 1.0A, 3.1), the boot interrupt
 * INT 19h (BIOS Boot Specification 1.01, 3.0), fw_cfg's DMA interface.
 *
 * The ROM takes INT 19h.  When the BIOS calls it, the ROM fetches what is to be loaded piece by piece
 * from fw_cfg (a list of transfer blocks stands at its end) and jumps to stage 2, the last piece, at
 * 0:0x7200 in real mode.
 */
#include "machines/boot/x86_boot.h"

#include "system/firmware_files.h"

enum { FIRST_ITEM = 0x8100, MAX_ITEMS = 128, DMA_READ = 2, DMA_SELECT = 8, BLOCK = 16 };

static const uint8_t rom_code[] = {
    0x55, 0xaa, 0x00,                                   /* signature, length in 512 bytes */
    0xeb, 0x00,                                         /* jmp  init */
    /* init: INT 19h is ours */
    0x50, 0x1e,                                         /* push ax, ds */
    0x31, 0xc0, 0x8e, 0xd8,                             /* mov  ds, 0 */
    0xc7, 0x06, 0x64, 0x00, 0x18, 0x00,                 /* mov  word [0x19 * 4], boot */
    0x8c, 0x0e, 0x66, 0x00,                             /* mov  [0x19 * 4 + 2], cs */
    0x1f, 0x58, 0xcb,                                   /* pop  ds, ax; retf */
    /* boot: */
    0xfa, 0xfc,                                         /* cli; cld */
    0x31, 0xc0, 0x8e, 0xc0, 0x8e, 0xd0,                 /* mov  es, ss, 0 */
    0xbc, 0x00, 0x70,                                   /* mov  sp, 0x7000 */
    0x0e, 0x1f,                                         /* mov  ds, cs */
    0xbe, 0x65, 0x00,                                   /* mov  si, table */
    /* next: a block to where the device may write its result */
    0xbf, 0x00, 0x70, 0xb9, 0x08, 0x00,                 /* mov  di, 0x7000; mov cx, 8 */
    0xf3, 0xa5,                                         /* rep  movsw */
    0x36, 0x66, 0x83, 0x3e, 0x00, 0x70, 0x00,           /* cmp  dword ss:[0x7000], 0 */
    0x74, 0x27,                                         /* je   done */
    0x66, 0x31, 0xc0,                                   /* xor  eax, eax */
    0xba, 0x14, 0x05, 0x66, 0xef,                       /* mov  dx, 0x514; out dx, eax */
    0x66, 0xb8, 0x00, 0x00, 0x70, 0x00,                 /* mov  eax, 0x7000, big-endian */
    0xb2, 0x18, 0x66, 0xef,                             /* mov  dl, 0x18; out dx, eax */
    /* wait: */
    0x36, 0x66, 0xa1, 0x00, 0x70,                       /* mov  eax, ss:[0x7000] */
    0x66, 0x85, 0xc0, 0x74, 0xd3,                       /* test eax, eax; jz next */
    0x66, 0x3d, 0x00, 0x00, 0x00, 0x01,                 /* cmp  eax, 1, big-endian: an error */
    0x75, 0xee,                                         /* jne  wait */
    0xf4, 0xeb, 0xfd,                                   /* hlt  for ever */
    /* done: */
    0xea, 0x00, 0x72, 0x00, 0x00,                       /* jmp  0:0x7200 */
};                                                      /* table: */
_Static_assert(sizeof(rom_code) == 0x65, "the table's address is in the code");

bool x86_boot_add(X86Boot *b, const char *name, GPa address, uint64_t size, GBytes *bytes,
                  GError **err)
{
    bool ok = boot_images_add(&b->images, b->m, name, address, size, bytes, err);
    g_bytes_unref(bytes);
    return ok;
}

static void add_block(GByteArray *rom, uint32_t control, uint32_t length, uint64_t address)
{
    uint8_t block[BLOCK];
    st_be32(block, control);
    st_be32(block + 4, length);
    st_be64(block + 8, address);
    g_byte_array_append(rom, block, sizeof(block));
}

/* What is behind an item's end reads as zeros: the rest of a segment. */
static bool add_items(const BootImages *images, GByteArray *rom, GError **err)
{
    if (images->list->len > MAX_ITEMS) {
        return fail(err, EMU_ERROR_DATA, "the kernel has more than %d parts", MAX_ITEMS);
    }
    for (unsigned i = 0; i < images->list->len; i++) {
        const BootImage *image = &g_array_index(images->list, BootImage, i);
        if (image->size > UINT32_MAX) {
            return fail(err, EMU_ERROR_DATA, "%s is larger than 4 GiB", image->name);
        }
        firmware_add_item(FIRST_ITEM + i, image->bytes);
        add_block(rom, (uint32_t)(FIRST_ITEM + i) << 16 | DMA_SELECT | DMA_READ, image->size,
                  image->address);
    }
    add_block(rom, 0, 0, 0);
    return true;
}

/* Whole units of 512 bytes, whose sum is 0. */
static void finish_rom(GByteArray *rom)
{
    unsigned used = rom->len, size = round_up(used + 1, 512);
    uint8_t sum = 0;
    g_byte_array_set_size(rom, size);
    memset(rom->data + used, 0, size - used);
    rom->data[2] = size / 512;
    for (unsigned i = 0; i < size; i++) {
        sum += rom->data[i];
    }
    rom->data[size - 1] = -sum;
}

static bool add_rom(X86Boot *b, GError **err)
{
    GByteArray *rom = g_byte_array_new();
    g_byte_array_append(rom, rom_code, sizeof(rom_code));
    bool ok = add_items(&b->images, rom, err);
    finish_rom(rom);
    g_autoptr(GBytes) file = g_byte_array_free_to_bytes(rom);
    firmware_add_file("genroms/emu-kernel.rom", file);
    return ok;
}

static bool load(X86Boot *b, GError **err)
{
    const char *path = b->m->config->kernel;
    g_autoptr(GBytes) kernel = image_read("kernel", path, b->info->ram_low, err);
    if (!kernel) {
        return false;
    }
    if (x86_is_linux(kernel)) {
        return x86_linux(b, kernel, err);
    }
    if (x86_is_multiboot(kernel)) {
        return x86_multiboot(b, kernel, err);
    }
    return image_fail_wrong("kernel", path, kernel, "an x86 Linux kernel (bzImage) or a multiboot "
                            "program", err);
}

bool x86_boot(Machine *m, const PcInfo *info, GError **err)
{
    if (!m->config->kernel) {
        const char *what = m->config->initrd ? "-initrd" : m->config->append ? "-append" : NULL;
        return !what || fail(err, EMU_ERROR_USAGE, "%s is for a kernel, and there is no -kernel",
                             what);
    }
    X86Boot b = { .m = m, .info = info };
    bool ok = load(&b, err) && add_rom(&b, err);
    boot_images_clear(&b.images);
    return ok;
}
