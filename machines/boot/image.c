/* SPDX-License-Identifier: MIT */
/*
 * Files for boot loaders: reading, recognising, placing.
 *
 * Recognising is a table of magic numbers, used only for messages: each loader checks for itself
 * the formats that it takes.  Sources: the formats' own documents (ELF gABI, RFC 1952, Linux
 * Documentation/{x86,arm64,riscv}/boot*, Documentation/arm/booting, Microsoft PE/COFF).
 */
#include "machines/boot/image.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- reading ---- */

static bool read_all(int fd, GByteArray *out, uint64_t max, const char *what, const char *path,
                     GError **err)
{
    static const size_t CHUNK = 1 << 20;
    for (;;) {
        guint used = out->len;
        if (used > max) {
            return fail(err, EMU_ERROR_DATA, "%s '%s' has more than %" PRIu64 " bytes, which do "
                        "not fit into the machine", what, path, max);
        }
        g_byte_array_set_size(out, used + CHUNK);
        ssize_t n = read(fd, out->data + used, CHUNK);
        if (n < 0 && errno == EINTR) {
            n = 0;
        } else if (n <= 0) {
            g_byte_array_set_size(out, used);
            return n == 0 || fail_errno(err, "cannot read %s '%s'", what, path);
        }
        g_byte_array_set_size(out, used + n);
    }
}

GBytes *image_read(const char *what, const char *path, uint64_t max, GError **err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail_errno(err, "cannot open %s '%s'", what, path);
        return NULL;
    }
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        fail(err, EMU_ERROR_NOINPUT, "%s '%s' is a directory", what, path);
        return NULL;
    }
    GByteArray *all = g_byte_array_new();
    bool ok = read_all(fd, all, MIN(max, G_MAXINT32), what, path, err);
    close(fd);
    if (ok && all->len == 0) {
        ok = fail(err, EMU_ERROR_DATA, "%s '%s' is empty", what, path);
    }
    if (!ok) {
        g_byte_array_unref(all);
        return NULL;
    }
    return g_byte_array_free_to_bytes(all);
}

/* ---- recognising ---- */

typedef struct Magic {
    uint32_t    offset;
    const char *bytes;
    uint8_t     len;
    const char *about;
} Magic;

#define MAGIC(offset, bytes, about) { offset, bytes, sizeof(bytes) - 1, about }

/* The first that fits; the vague ones come last. */
static const Magic magics[] = {
    MAGIC(0x24,  "\x18\x28\x6f\x01",         "an ARM Linux kernel (zImage)"),
    MAGIC(0x24,  "\x01\x6f\x28\x18",         "a big-endian ARM Linux kernel (zImage)"),
    MAGIC(0x38,  "ARM\x64",                  "a 64-bit ARM (AArch64) Linux kernel (Image)"),
    MAGIC(0x38,  "RSC\x05",                  "a RISC-V Linux kernel (Image)"),
    MAGIC(0x202, "HdrS",                     "an x86 Linux kernel (bzImage)"),
    MAGIC(0,     "\x27\x05\x19\x56",         "a U-Boot image (uImage)"),
    MAGIC(0,     "\xd0\x0d\xfe\xed",         "a flattened device tree or a FIT image"),
    MAGIC(0,     "\x1f\x8b",                 "compressed by gzip"),
    MAGIC(0,     "BZh",                      "compressed by bzip2"),
    MAGIC(0,     "\xfd" "7zXZ\0",            "compressed by xz"),
    MAGIC(0,     "\x28\xb5\x2f\xfd",         "compressed by zstd"),
    MAGIC(0,     "\x04\x22\x4d\x18",         "compressed by lz4"),
    MAGIC(0,     "\x02\x21\x4c\x18",         "compressed by lz4"),
    MAGIC(0,     "\x89LZO",                  "compressed by lzop"),
    MAGIC(0,     "PK\x03\x04",               "a zip archive"),
    MAGIC(0,     "070701",                   "a cpio archive (an initial RAM disk?)"),
    MAGIC(257,   "ustar",                    "a tar archive"),
    MAGIC(0,     "!<arch>\n",                "an ar archive or a Debian package"),
    MAGIC(0x8001, "CD001",                   "a CD image (ISO 9660)"),
    MAGIC(0,     "QFI\xfb",                  "a qcow2 disk image"),
    MAGIC(0,     "/dts-v1/",                 "device tree source text (compile it with dtc)"),
    MAGIC(0,     "#!",                       "a script"),
    MAGIC(0,     "<!DOCTYPE",                "a web page"),
    MAGIC(0,     "<html",                    "a web page"),
    MAGIC(0,     "\xce\xfa\xed\xfe",         "a Mach-O program"),
    MAGIC(0,     "\xcf\xfa\xed\xfe",         "a Mach-O program"),
    MAGIC(510,   "\x55\xaa",                 "a disk image or a boot sector"),
};

/* EM_*: enough to tell people what they have picked up. */
static const struct { uint16_t machine; const char *name; } elf_machines[] = {
    { 2, "SPARC" }, { 3, "32-bit x86" }, { 8, "MIPS" }, { 18, "SPARC V8+" }, { 20, "PowerPC" },
    { 21, "64-bit PowerPC" }, { 22, "S/390" }, { 40, "32-bit ARM" }, { 43, "64-bit SPARC" },
    { 62, "x86-64" }, { 183, "AArch64" }, { 243, "RISC-V" }, { 258, "LoongArch" },
};

static const char *describe_elf(const uint8_t *p, size_t size)
{
    static char text[96];
    const char *machine = "unknown", *type = "object";
    if (size < 52) {
        return "an ELF file cut off in its header";
    }
    bool big = p[5] == 2;
    unsigned e_type = big ? ld_be16(p + 16) : ld_le16(p + 16);
    unsigned e_machine = big ? ld_be16(p + 18) : ld_le16(p + 18);
    for (unsigned i = 0; i < ARRAY_SIZE(elf_machines); i++) {
        if (elf_machines[i].machine == e_machine) {
            machine = elf_machines[i].name;
        }
    }
    if (e_type == 2) {
        type = "program";
    } else if (e_type == 3) {
        type = "position-independent program or shared library";
    } else if (e_type == 4) {
        type = "core dump";
    }
    g_snprintf(text, sizeof(text), "an ELF %s for %s (%s-endian)", type, machine,
               big ? "big" : "little");
    return text;
}

static bool is_pe(const uint8_t *p, size_t size)
{
    if (size < 64 || p[0] != 'M' || p[1] != 'Z') {
        return false;
    }
    uint32_t at = ld_le32(p + 0x3c);
    return at <= size - 4 && memcmp(p + at, "PE\0\0", 4) == 0;
}

const char *image_describe(GBytes *image)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(image, &size);
    if (size >= 4 && memcmp(p, "\177ELF", 4) == 0) {
        return describe_elf(p, size);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(magics); i++) {
        const Magic *m = &magics[i];
        if (m->offset + m->len > size || memcmp(p + m->offset, m->bytes, m->len) != 0) {
            continue;
        }
        if (m->offset == 510 && is_pe(p, size)) {
            break;
        }
        return m->about;
    }
    return is_pe(p, size) ? "a Windows or EFI program" : NULL;
}

bool image_fail_wrong(const char *what, const char *path, GBytes *image, const char *wanted,
                      GError **err)
{
    const char *is = image_describe(image);
    if (!is) {
        return fail(err, EMU_ERROR_DATA, "%s '%s' is not %s", what, path, wanted);
    }
    return fail(err, EMU_ERROR_DATA, "%s '%s' is %s, not %s", what, path, is, wanted);
}

/* ---- gzip ---- */

static int inflate_all(z_stream *z, GByteArray *out, uint64_t max)
{
    int rc = Z_OK;
    while (rc == Z_OK && out->len <= max) {
        guint used = out->len;
        g_byte_array_set_size(out, used + (1 << 20));
        z->next_out = out->data + used;
        z->avail_out = 1 << 20;
        rc = inflate(z, Z_NO_FLUSH);
        g_byte_array_set_size(out, out->len - z->avail_out);
        if (rc == Z_OK && z->avail_in == 0 && z->avail_out != 0) {
            rc = Z_BUF_ERROR;
        }
    }
    return rc;
}

GBytes *image_gunzip(const char *what, const char *path, GBytes *image, size_t offset, uint64_t max,
                     GError **err)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(image, &size);
    z_stream z = { .next_in = (uint8_t *)p + offset, .avail_in = size - offset };
    if (inflateInit2(&z, 15 + 16) != Z_OK) {
        fail(err, EMU_ERROR_OSERR, "cannot start zlib");
        return NULL;
    }
    GByteArray *out = g_byte_array_new();
    int rc = inflate_all(&z, out, MIN(max, G_MAXINT32));
    inflateEnd(&z);
    if (rc == Z_STREAM_END && out->len <= max) {
        return g_byte_array_free_to_bytes(out);
    }
    g_byte_array_unref(out);
    if (rc == Z_OK || rc == Z_STREAM_END) {
        fail(err, EMU_ERROR_DATA, "%s '%s' unpacks to more than %" PRIu64 " bytes, which do not "
             "fit into the machine", what, path, max);
    } else {
        fail(err, EMU_ERROR_DATA, "%s '%s' is %s in its gzip data", what, path,
             rc == Z_BUF_ERROR ? "cut off" : "damaged");
    }
    return NULL;
}

/* ---- placing ---- */

static bool is_memory(Machine *m, GPa address, uint64_t size)
{
    while (size > 0) {
        const FlatRange *r = address_space_lookup(&m->as, address);
        if (!r || !r->ram) {
            return false;
        }
        uint64_t here = r->size - (address - r->start);
        if (here >= size) {
            return true;
        }
        address += here;
        size -= here;
    }
    return true;
}

const char *boot_images_overlap(const BootImages *images, GPa address, uint64_t size)
{
    for (guint i = 0; images->list && i < images->list->len; i++) {
        const BootImage *b = &g_array_index(images->list, BootImage, i);
        if (address < b->address + b->size && b->address < address + size) {
            return b->name;
        }
    }
    return NULL;
}

bool boot_images_add(BootImages *images, Machine *m, const char *name, GPa address, uint64_t size,
                     GBytes *bytes, GError **err)
{
    size = MAX(size, g_bytes_get_size(bytes));
    if (size == 0) {
        return true;
    }
    if (address + size < address || !is_memory(m, address, size)) {
        return fail(err, EMU_ERROR_USAGE, "the %s does not fit: the machine has no memory for "
                    "all of %#" PRIx64 "..%#" PRIx64 " (see -m)",
                    name, address, address + size - 1);
    }
    const char *other = boot_images_overlap(images, address, size);
    if (other) {
        return fail(err, EMU_ERROR_USAGE, "the %s at %#" PRIx64 "..%#" PRIx64 " would overwrite "
                    "the %s (see -m)", name, address, address + size - 1, other);
    }
    if (!images->list) {
        images->list = g_array_new(FALSE, TRUE, sizeof(BootImage));
    }
    BootImage b = { name, address, size, g_bytes_ref(bytes) };
    g_array_append_val(images->list, b);
    return true;
}

GPa boot_images_end(const BootImages *images, GPa from, GPa to)
{
    GPa end = from;
    for (guint i = 0; images->list && i < images->list->len; i++) {
        const BootImage *b = &g_array_index(images->list, BootImage, i);
        if (b->address >= from && b->address < to) {
            end = MAX(end, b->address + b->size);
        }
    }
    return end;
}

void boot_images_write(const BootImages *images, Machine *m)
{
    for (guint i = 0; images->list && i < images->list->len; i++) {
        const BootImage *b = &g_array_index(images->list, BootImage, i);
        gsize n;
        const uint8_t *p = g_bytes_get_data(b->bytes, &n);
        address_space_load(&m->as, b->address, p, n);
        if (b->size > n) {
            address_space_fill(&m->as, b->address + n, 0, b->size - n);
        }
    }
}

void boot_images_clear(BootImages *images)
{
    for (guint i = 0; images->list && i < images->list->len; i++) {
        g_bytes_unref(g_array_index(images->list, BootImage, i).bytes);
    }
    g_clear_pointer(&images->list, g_array_unref);
}
