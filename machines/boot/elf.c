/* SPDX-License-Identifier: MIT */
/*
 * ELF loader.  Implements: System V gABI 4.1, chapters 4 and 5 (program headers), both classes and
 * both byte orders; which of them is wanted is the board's choice.
 *
 * Only ET_EXEC is taken: a position-independent program needs a dynamic loader.  Segments go to
 * p_paddr; sections, symbols and relocations are not looked at.
 */
#include "machines/boot/elf.h"

#include <elf.h>
#include <inttypes.h>

/* A program header in the widest form. */
typedef struct Segment {
    uint32_t type;
    uint64_t offset, vaddr, paddr, filesz, memsz;
} Segment;

typedef struct Header {
    uint64_t entry, phoff;
    uint32_t phentsize, phnum, flags;
} Header;

typedef struct Reader {
    const uint8_t *p;
    gsize          size;
    bool           wide;
    Endian         endian;
} Reader;

static uint64_t get(const Reader *r, uint64_t at, unsigned size)
{
    return ld_endian(r->p + at, size, r->endian);
}

/* A field at these offsets in the 32- and the 64-bit layout, as wide as an address there. */
static uint64_t get_addr(const Reader *r, uint64_t base, unsigned at32, unsigned at64)
{
    return r->wide ? get(r, base + at64, 8) : get(r, base + at32, 4);
}

static Header read_header(const Reader *r)
{
    return (Header) {
        .entry = get_addr(r, 0, 24, 24),
        .phoff = get_addr(r, 0, 28, 32),
        .flags = get(r, r->wide ? 48 : 36, 4),
        .phentsize = get(r, r->wide ? 54 : 42, 2),
        .phnum = get(r, r->wide ? 56 : 44, 2),
    };
}

static Segment read_segment(const Reader *r, uint64_t at)
{
    return (Segment) {
        .type = get(r, at, 4),
        .offset = get_addr(r, at, 4, 8),
        .vaddr = get_addr(r, at, 8, 16),
        .paddr = get_addr(r, at, 12, 24),
        .filesz = get_addr(r, at, 16, 32),
        .memsz = get_addr(r, at, 20, 40),
    };
}

bool elf_is(GBytes *image)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(image, &size);
    return size >= 4 && memcmp(p, ELFMAG, SELFMAG) == 0;
}

static bool check_kind(const Reader *r, const char *what, const char *path, GBytes *image,
                       const ElfWanted *wanted, GError **err)
{
    if (r->size < (r->wide ? 64 : 52)) {
        return fail(err, EMU_ERROR_DATA, "%s '%s' is an ELF file cut off in its header", what,
                    path);
    }
    bool fits = r->wide == (wanted->bits == 64) &&
                (r->endian == ENDIAN_BIG) == wanted->big_endian &&
                get(r, 18, 2) == wanted->machine && get(r, 16, 2) == ET_EXEC;
    return fits || image_fail_wrong(what, path, image, wanted->about, err);
}

static bool add_segment(BootImages *images, Machine *m, const char *what, const char *path,
                        GBytes *image, const Reader *r, const Segment *s, GError **err)
{
    if (s->offset > r->size || s->filesz > r->size - s->offset) {
        return fail(err, EMU_ERROR_DATA, "%s '%s' is cut off: a segment needs bytes up to %" PRIu64
                    ", the file has %" PRIu64, what, path, s->offset + s->filesz,
                    (uint64_t)r->size);
    }
    if (s->filesz > s->memsz) {
        return fail(err, EMU_ERROR_DATA, "%s '%s' has a segment larger in the file than in memory",
                    what, path);
    }
    GBytes *bytes = g_bytes_new_from_bytes(image, s->offset, s->filesz);
    bool ok = boot_images_add(images, m, what, s->paddr, s->memsz, bytes, err);
    g_bytes_unref(bytes);
    return ok;
}

static bool holds(uint64_t start, uint64_t size, uint64_t at)
{
    return at - start < size;
}

/* The entry is a virtual address; a program that runs with its MMU off has it equal. */
static GPa physical_entry(const Segment *segments, unsigned n, uint64_t entry)
{
    uint64_t at = entry & ~UINT64_C(1);
    for (unsigned i = 0; i < n; i++) {
        if (holds(segments[i].paddr, segments[i].memsz, at)) {
            return entry;
        }
    }
    for (unsigned i = 0; i < n; i++) {
        if (holds(segments[i].vaddr, segments[i].memsz, at)) {
            return entry - segments[i].vaddr + segments[i].paddr;
        }
    }
    return entry;
}

bool elf_load(BootImages *images, Machine *m, const char *what, const char *path, GBytes *image,
              const ElfWanted *wanted, ElfInfo *info, GError **err)
{
    Reader r = { 0 };
    r.p = g_bytes_get_data(image, &r.size);
    r.wide = r.size > EI_CLASS && r.p[EI_CLASS] == ELFCLASS64;
    r.endian = r.size > EI_DATA && r.p[EI_DATA] == ELFDATA2MSB ? ENDIAN_BIG : ENDIAN_LITTLE;
    if (!check_kind(&r, what, path, image, wanted, err)) {
        return false;
    }
    Header h = read_header(&r);
    if (h.phentsize < (r.wide ? 56 : 32) || h.phoff > r.size ||
        (uint64_t)h.phentsize * h.phnum > r.size - h.phoff) {
        return fail(err, EMU_ERROR_DATA, "%s '%s' is an ELF file whose program headers are cut off "
                    "or damaged", what, path);
    }
    g_autofree Segment *segments = g_new0(Segment, h.phnum + 1);
    unsigned n = 0;
    *info = (ElfInfo) { .low = UINT64_MAX, .flags = h.flags };
    for (unsigned i = 0; i < h.phnum; i++) {
        Segment s = read_segment(&r, h.phoff + (uint64_t)i * h.phentsize);
        if (s.type != PT_LOAD || s.memsz == 0) {
            continue;
        }
        if (!add_segment(images, m, what, path, image, &r, &s, err)) {
            return false;
        }
        info->low = MIN(info->low, s.paddr);
        info->high = MAX(info->high, s.paddr + s.memsz);
        segments[n++] = s;
    }
    info->entry = physical_entry(segments, n, h.entry);
    return n > 0 || fail(err, EMU_ERROR_DATA, "%s '%s' is an ELF file with nothing to load", what,
                         path);
}
