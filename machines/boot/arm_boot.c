/* SPDX-License-Identifier: MIT */
/*
 * ARM Linux and bare-metal boot.
 *
 * Implements: Linux Documentation/arm/booting (registers, tagged list, device tree, placement), the
 * zImage header (magic 0x016f2818 at 0x24, start, end), DTB appended to a zImage.
 *
 *     RAM + 0x100      tagged list (no device tree)
 *     RAM + 0x10000    raw images, and zImages on boards with less than 96 MiB
 *     RAM + 32 MiB     zImage: above what it unpacks to, so that it need not move itself
 *     RAM + size/2, at most 128 MiB     initial RAM disk, then the device tree
 *
 * A kernel starts in SVC mode with the MMU off, IRQs masked, r0 = 0, r1 = the board's number,
 * r2 = the tree or the list.  An ELF program starts with all of these 0 and finds the tree at the
 * start of RAM, when it left room there.  A tree appended to a zImage is fixed up where it is, and
 * given in r2 too: kernels that look at only one of the two places work.
 *
 * Leaves out: big-endian kernels, the secondary entry of boards without PSCI.
 */
#include "machines/boot/arm_boot.h"

#include <inttypes.h>
#include <libfdt.h>
#include "machines/boot/elf.h"
#include "machines/boot/fdt.h"
#include "machines/boot/uimage.h"
#include "system/cpu.h"

enum {
    ATAGS_OFFSET  = 0x100,
    ATAGS_END     = 0x4000,             /* the kernel's first page table */
    RAW_OFFSET    = 0x10000,
    ZIMAGE_OFFSET = 32 << 20,
    ZIMAGE_ROOM   = 96 << 20,           /* RAM that makes it worth it */
    INITRD_HIGH   = 128 << 20,
};

static const char WANTED[] = "a 32-bit little-endian ARM kernel (zImage, uImage, ELF or raw)";

typedef struct ArmBoot {
    BootImages images;
    ArmBoard   board;
    bool       linux_kernel;            /* registers as Linux wants them */
    GPa        entry;
    GPa        initrd, initrd_end;
    GPa        arguments;               /* r2 */
} ArmBoot;

static GHashTable *boots;               /* Machine * -> ArmBoot *: Machine.opaque is the board's */

static void boot_free(void *p)
{
    ArmBoot *b = p;
    boot_images_clear(&b->images);
    g_free(b);
}

static ArmBoot *boot_of(Machine *m)
{
    if (!boots) {
        boots = g_hash_table_new_full(NULL, NULL, NULL, boot_free);
    }
    ArmBoot *b = g_hash_table_lookup(boots, m);
    if (!b) {
        b = g_new0(ArmBoot, 1);
        g_hash_table_insert(boots, m, b);
    }
    return b;
}

void arm_boot_free(Machine *m)
{
    if (boots) {
        g_hash_table_remove(boots, m);
    }
}

static GPa ram_end(const ArmBoot *b, const Machine *m)
{
    return b->board.ram + m->ram_size;
}

/* ---- kernels ---- */

/* A zImage and what follows it. */
typedef struct ZImage {
    uint32_t start, end, size;
    bool     is;
} ZImage;

static bool zimage_parse(const char *path, GBytes *file, ZImage *z, GError **err)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(file, &size);
    *z = (ZImage) { 0 };
    if (size < 0x30 || ld_le32(p + 0x24) != 0x016f2818) {
        return true;
    }
    *z = (ZImage) { ld_le32(p + 0x28), ld_le32(p + 0x2c), 0, true };
    z->size = z->end - z->start;
    if (z->end <= z->start || z->size < 0x30) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a zImage with a damaged header", path);
    }
    if (z->size > size) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a zImage cut off: %" PRIu64 " bytes of %u",
                    path, (uint64_t)size, z->size);
    }
    return true;
}

/* The tree behind a zImage, or NULL. */
static GBytes *appended_dtb(const ZImage *z, GBytes *file)
{
    gsize size = g_bytes_get_size(file);
    if (!z->is || size - z->size < sizeof(struct fdt_header)) {
        return NULL;
    }
    GBytes *rest = g_bytes_new_from_bytes(file, z->size, size - z->size);
    if (!fdt_is(rest)) {
        g_clear_pointer(&rest, g_bytes_unref);
    }
    return rest;
}

/* A kernel found, before it has a place. */
typedef struct Kernel {
    GBytes *bytes;
    ZImage  z;
    GPa     load, entry;
    bool    placed, loaded;         /* load is given by the file; the segments are in images */
    bool    linux_kernel;
} Kernel;

static bool open_uimage(Machine *m, const char *path, GBytes *file, Kernel *k, GError **err)
{
    UImage u;
    if (!uimage_parse(path, file, UIMAGE_ARM, m->ram_size, &u, err)) {
        return false;
    }
    k->bytes = u.payload;
    k->load = u.load;
    k->entry = u.entry;
    k->placed = !u.anywhere;
    k->linux_kernel = u.linux_kernel;
    return zimage_parse(path, k->bytes, &k->z, err);
}

static bool open_elf(ArmBoot *b, Machine *m, const char *path, GBytes *file, Kernel *k,
                     GError **err)
{
    static const ElfWanted wanted = { ELF_MACHINE_ARM, 32, false, WANTED };
    ElfInfo info;
    if (!elf_load(&b->images, m, "kernel", path, file, &wanted, &info, err)) {
        return false;
    }
    k->loaded = k->placed = true;
    k->load = info.low;
    k->entry = info.entry;
    return true;
}

/* Neither uImage nor ELF: a zImage, or raw code, which nothing known must look like. */
static bool open_raw(const char *path, GBytes *file, Kernel *k, GError **err)
{
    if (!zimage_parse(path, file, &k->z, err)) {
        return false;
    }
    if (!k->z.is && image_describe(file)) {
        return image_fail_wrong("kernel", path, file, WANTED, err);
    }
    k->bytes = g_bytes_ref(file);
    k->linux_kernel = true;
    return true;
}

static bool open_kernel(ArmBoot *b, Machine *m, const char *path, GBytes *file, Kernel *k,
                        GError **err)
{
    if (elf_is(file)) {
        return open_elf(b, m, path, file, k, err);
    }
    return uimage_is(file) ? open_uimage(m, path, file, k, err) : open_raw(path, file, k, err);
}

static void choose_place(const ArmBoot *b, Machine *m, Kernel *k)
{
    if (!k->placed) {
        bool high = k->z.is && m->ram_size >= ZIMAGE_ROOM &&
                    g_bytes_get_size(k->bytes) < (16 << 20);
        k->load = b->board.ram + (high ? ZIMAGE_OFFSET : RAW_OFFSET);
        k->entry += k->load;
    }
}

/* ---- initial RAM disk ---- */

static GBytes *open_initrd(Machine *m, const char *path, GError **err)
{
    GBytes *file = image_read("initrd", path, m->ram_size, err);
    if (!file) {
        return NULL;
    }
    ZImage z;
    bool kernel = zimage_parse(path, file, &z, NULL) && z.is;
    if (kernel || elf_is(file) || fdt_is(file) || uimage_is(file)) {
        image_fail_wrong("initrd", path, file, "an initial RAM disk", err);
        g_clear_pointer(&file, g_bytes_unref);
    }
    return file;
}

static bool load_initrd(ArmBoot *b, Machine *m, GPa after, GError **err)
{
    b->initrd = MAX(b->board.ram + MIN(m->ram_size / 2, (uint64_t)INITRD_HIGH), after);
    b->initrd = b->initrd_end = round_up(b->initrd, 4096);
    if (!m->config->initrd) {
        return true;
    }
    GBytes *file = open_initrd(m, m->config->initrd, err);
    if (!file) {
        return false;
    }
    b->initrd_end = b->initrd + g_bytes_get_size(file);
    bool ok = boot_images_add(&b->images, m, "initrd", b->initrd, 0, file, err);
    g_bytes_unref(file);
    return ok;
}

/* ---- tagged list ---- */

static void put_tag(GByteArray *list, uint32_t tag, const void *data, uint32_t words)
{
    uint8_t head[8];
    st_le32(head, words + 2);
    st_le32(head + 4, tag);
    g_byte_array_append(list, head, sizeof(head));
    g_byte_array_append(list, data, words * 4);
}

static void put_tag_words(GByteArray *list, uint32_t tag, const uint32_t *v, unsigned n)
{
    uint8_t bytes[16];
    for (unsigned i = 0; i < n; i++) {
        st_le32(bytes + 4 * i, v[i]);
    }
    put_tag(list, tag, bytes, n);
}

static GBytes *make_atags(const ArmBoot *b, const Machine *m)
{
    enum { CORE = 0x54410001, MEM = 0x54410002, CMDLINE = 0x54410009, INITRD2 = 0x54420005 };
    GByteArray *list = g_byte_array_new();
    put_tag_words(list, CORE, (uint32_t[]) { 1, 4096, 0 }, 3);
    put_tag_words(list, MEM, (uint32_t[]) { m->ram_size, b->board.ram }, 2);
    if (b->initrd != b->initrd_end) {
        put_tag_words(list, INITRD2, (uint32_t[]) { b->initrd, b->initrd_end - b->initrd }, 2);
    }
    if (m->config->append && *m->config->append) {
        size_t n = strlen(m->config->append) + 1;
        g_autofree char *padded = g_malloc0(round_up(n, 4));
        memcpy(padded, m->config->append, n);
        put_tag(list, CMDLINE, padded, round_up(n, 4) / 4);
    }
    static const uint8_t none[8] = { 0 };
    g_byte_array_append(list, none, sizeof(none));
    return g_byte_array_free_to_bytes(list);
}

static bool load_atags(ArmBoot *b, Machine *m, GError **err)
{
    g_autoptr(GBytes) list = make_atags(b, m);
    if (ATAGS_OFFSET + g_bytes_get_size(list) > ATAGS_END) {
        return fail(err, EMU_ERROR_USAGE, "-append is too long: %zu characters",
                    strlen(m->config->append));
    }
    b->arguments = b->board.ram + ATAGS_OFFSET;
    return boot_images_add(&b->images, m, "tagged list", b->arguments, 0, list, err);
}

/* ---- device tree ---- */

/* The tree to use and its name for messages; false on error, *dtb NULL: none. */
static bool find_dtb(ArmBoot *b, Machine *m, const Kernel *k, GBytes **dtb, char **name,
                     GError **err)
{
    *dtb = NULL;
    *name = NULL;
    if (m->config->dtb) {
        *name = g_strdup_printf("device tree '%s'", m->config->dtb);
        *dtb = image_read("device tree", m->config->dtb, 2 * MiB, err);
        return *dtb && fdt_check_image(*name, *dtb, err);
    }
    if (k->bytes && (*dtb = appended_dtb(&k->z, k->bytes))) {
        *name = g_strdup_printf("the device tree appended to '%s'", m->config->kernel);
        return fdt_check_image(*name, *dtb, err);
    }
    if (b->board.dtb) {
        *name = g_strdup("the machine's device tree");
        *dtb = g_bytes_ref(b->board.dtb);
    }
    return true;
}

/* The kernel's bytes with the tree behind them replaced. */
static void replace_appended(Kernel *k, GBytes *dtb)
{
    gsize n;
    const uint8_t *p = g_bytes_get_data(dtb, &n);
    GByteArray *all = g_byte_array_new();
    g_byte_array_append(all, g_bytes_get_data(k->bytes, NULL), k->z.size);
    g_byte_array_append(all, p, n);
    g_bytes_unref(k->bytes);
    k->bytes = g_byte_array_free_to_bytes(all);
}

static bool place_dtb(ArmBoot *b, Machine *m, const Kernel *k, GBytes *dtb, GError **err)
{
    GPa at = round_up(b->initrd_end, 4096);
    uint64_t size = g_bytes_get_size(dtb);
    if (!k->linux_kernel) {
        at = b->board.ram;
        if (boot_images_overlap(&b->images, at, size)) {
            return true;                /* a program that wants the place for itself */
        }
    }
    b->arguments = at;
    return boot_images_add(&b->images, m, "device tree", at, 0, dtb, err);
}

static bool load_dtb(ArmBoot *b, Machine *m, Kernel *k, GBytes *dtb, const char *name, GError **err)
{
    FdtFixup fixup = {
        .ram_base = b->board.ram, .ram_size = m->ram_size, .append = m->config->append,
        .initrd = b->initrd, .initrd_end = b->initrd_end,
    };
    GBytes *fixed = fdt_fixup(name, dtb, &fixup, err);
    if (!fixed) {
        return false;
    }
    g_autoptr(GBytes) appended = k->bytes ? appended_dtb(&k->z, k->bytes) : NULL;
    if (appended) {
        replace_appended(k, fixed);
    }
    bool ok = place_dtb(b, m, k, fixed, err);
    g_bytes_unref(fixed);
    return ok;
}

static bool load_arguments(ArmBoot *b, Machine *m, Kernel *k, GError **err)
{
    g_autoptr(GBytes) dtb = NULL;
    g_autofree char *name = NULL;
    if (!find_dtb(b, m, k, &dtb, &name, err)) {
        return false;
    }
    if (dtb) {
        return load_dtb(b, m, k, dtb, name, err);
    }
    return !k->linux_kernel || load_atags(b, m, err);
}

/* ---- the whole ---- */

/* The end of what stays clear of the kernel: its place, and where a zImage unpacks itself. */
static GPa kernel_end(const ArmBoot *b, Machine *m, const Kernel *k)
{
    if (k->loaded) {
        return boot_images_end(&b->images, b->board.ram, ram_end(b, m));
    }
    return k->load + g_bytes_get_size(k->bytes) + 64 * KiB;    /* the unpacker's stack and heap */
}

static bool load_kernel(ArmBoot *b, Machine *m, GError **err)
{
    const char *path = m->config->kernel;
    g_autoptr(GBytes) file = image_read("kernel", path, m->ram_size, err);
    Kernel k = { 0 };
    if (!file) {
        return false;
    }
    bool ok = open_kernel(b, m, path, file, &k, err);
    if (ok) {
        choose_place(b, m, &k);
        GPa end = kernel_end(b, m, &k);
        bool below = k.load >= b->board.ram && k.load < ram_end(b, m);
        /* The tree first: it may change the kernel's bytes. */
        ok = load_initrd(b, m, below ? end : 0, err) && load_arguments(b, m, &k, err) &&
             (k.loaded || boot_images_add(&b->images, m, "kernel", k.load, 0, k.bytes, err));
    }
    b->entry = k.entry;
    b->linux_kernel = k.linux_kernel;
    g_clear_pointer(&k.bytes, g_bytes_unref);
    return ok;
}

bool arm_boot_add(Machine *m, const char *name, GPa address, GBytes *bytes, GError **err)
{
    return boot_images_add(&boot_of(m)->images, m, name, address, 0, bytes, err);
}

/* Firmware finds the tree at the start of RAM. */
static bool start_firmware(ArmBoot *b, Machine *m, GError **err)
{
    Kernel none = { 0 };
    b->entry = b->board.pc;
    return load_arguments(b, m, &none, err);
}

static bool unused_option(Machine *m, const char *option, const char *value, GError **err)
{
    return !value || fail(err, EMU_ERROR_USAGE, "%s '%s' needs a -kernel", option, value);
}

bool arm_boot(Machine *m, const ArmBoard *board, GError **err)
{
    ArmBoot *b = boot_of(m);
    b->board = *board;
    bool ok;
    if (board->firmware) {
        ok = start_firmware(b, m, err);
    } else if (m->config->kernel) {
        ok = load_kernel(b, m, err);
    } else {
        ok = unused_option(m, "-initrd", m->config->initrd, err) &&
             unused_option(m, "-append", m->config->append, err) &&
             fail(err, EMU_ERROR_USAGE, "machine '%s' needs a -kernel", m->class->name);
    }
    b->board.dtb = NULL;                /* the caller's */
    return ok;
}

void arm_linux_reset(Machine *m)
{
    ArmBoot *b = boot_of(m);
    boot_images_write(&b->images, m);
    CpuStart start = { .pc = b->entry };
    if (b->linux_kernel) {
        start.n_regs = 3;
        start.regs[1] = m->class->board_id;
        start.regs[2] = b->arguments;
    }
    machine_start_cpu(m, 0, &start);
    for (unsigned i = 1; i < m->n_cpus; i++) {
        machine_start_cpu(m, i, NULL);
    }
}

bool arm_linux_boot(Machine *m, GError **err)
{
    ArmBoard board = { 0 };
    for (unsigned i = 0; i < m->class->n_memory; i++) {
        if (m->class->memory[i].size == RAM_SIZE) {
            board.ram = m->class->memory[i].address;
        }
    }
    return arm_boot(m, &board, err);
}
