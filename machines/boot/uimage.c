/* SPDX-License-Identifier: MIT */
/*
 * uImage.  Implements: the 64-byte header of U-Boot's doc/usage and `mkimage`'s manual page: header
 * and data checksums, types kernel, kernel_noload and standalone, uncompressed or gzip.
 *
 * Leaves out: multi-file images, the other compressions, FIT; each is named in the message.
 */
#include "machines/boot/uimage.h"

#include <zlib.h>

enum { UIMAGE_HEADER = 64, UIMAGE_MAGIC = 0x27051956 };
enum { OS_LINUX = 5, TYPE_STANDALONE = 1, TYPE_KERNEL = 2, TYPE_KERNEL_NOLOAD = 14 };
enum { COMP_NONE = 0, COMP_GZIP = 1 };

static const char *const arch_names[] = {
    [2] = "ARM", [3] = "x86", [5] = "MIPS", [6] = "MIPS64", [7] = "PowerPC", [8] = "S/390",
    [10] = "SPARC", [11] = "SPARC64", [12] = "m68k", [22] = "AArch64", [24] = "x86-64",
    [26] = "RISC-V",
};
static const char *const type_names[] = {
    [1] = "standalone program", [2] = "kernel", [3] = "RAM disk", [4] = "multi-file image",
    [5] = "firmware", [6] = "script", [7] = "file system", [8] = "device tree",
    [14] = "kernel_noload",
};
static const char *const comp_names[] = {
    [0] = "none", [1] = "gzip", [2] = "bzip2", [3] = "lzma", [4] = "lzo", [5] = "lz4", [6] = "zstd",
};

#define NAME_IN(table, i) ((i) < ARRAY_SIZE(table) && (table)[i] ? (table)[i] : "unknown")

bool uimage_is(GBytes *image)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(image, &size);
    return size >= 4 && ld_be32(p) == UIMAGE_MAGIC;
}

static bool check_sums(const char *path, const uint8_t *p, gsize size, GError **err)
{
    uint8_t header[UIMAGE_HEADER];
    if (size < UIMAGE_HEADER) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage cut off in its header", path);
    }
    memcpy(header, p, sizeof(header));
    st_be32(header + 4, 0);
    if (crc32(0, header, sizeof(header)) != ld_be32(p + 4)) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage with a damaged header "
                    "(wrong checksum)", path);
    }
    uint32_t length = ld_be32(p + 12);
    if (length > size - UIMAGE_HEADER) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage cut off: %u bytes of %u", path,
                    (unsigned)(size - UIMAGE_HEADER), length);
    }
    if (crc32(0, p + UIMAGE_HEADER, length) != ld_be32(p + 24)) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage with damaged data "
                    "(wrong checksum)", path);
    }
    return true;
}

static bool check_kind(const char *path, const uint8_t *p, unsigned arch, GError **err)
{
    unsigned is_arch = p[29], type = p[30], comp = p[31];
    if (is_arch != arch) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage for %s, not for %s", path,
                    NAME_IN(arch_names, is_arch), NAME_IN(arch_names, arch));
    }
    if (type != TYPE_KERNEL && type != TYPE_KERNEL_NOLOAD && type != TYPE_STANDALONE) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage of type %u (%s), not a kernel",
                    path, type, NAME_IN(type_names, type));
    }
    if (comp != COMP_NONE && comp != COMP_GZIP) {
        return fail(err, EMU_ERROR_DATA, "kernel '%s' is a uImage compressed by %s; only gzip is "
                    "supported", path, NAME_IN(comp_names, comp));
    }
    return true;
}

bool uimage_parse(const char *path, GBytes *image, unsigned arch, uint64_t max, UImage *out,
                  GError **err)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(image, &size);
    if (!check_sums(path, p, size, err) || !check_kind(path, p, arch, err)) {
        return false;
    }
    *out = (UImage) {
        .load = ld_be32(p + 16), .entry = ld_be32(p + 20),
        .anywhere = p[30] == TYPE_KERNEL_NOLOAD,
        .linux_kernel = p[28] == OS_LINUX && p[30] != TYPE_STANDALONE,
    };
    if (p[31] == COMP_GZIP) {
        out->payload = image_gunzip("kernel", path, image, UIMAGE_HEADER, max, err);
    } else {
        out->payload = g_bytes_new_from_bytes(image, UIMAGE_HEADER, ld_be32(p + 12));
    }
    return out->payload != NULL;
}
