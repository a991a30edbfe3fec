/* SPDX-License-Identifier: MIT */
#include "machines/boot/aml.h"

void aml_op(GByteArray *a, uint8_t op)
{
    g_byte_array_append(a, &op, 1);
}

static void put(GByteArray *a, uint64_t v, unsigned size)
{
    uint8_t le[8];
    st_le64(le, v);
    g_byte_array_append(a, le, size);
}

/* ---- names and constants ---- */

/* A NameSeg is padded with '_' (20.2.2). */
static void name_seg(GByteArray *a, const char *name, size_t len)
{
    char seg[4] = { '_', '_', '_', '_' };
    g_assert(len >= 1 && len <= 4);
    memcpy(seg, name, len);
    g_byte_array_append(a, (uint8_t *)seg, 4);
}

void aml_path(GByteArray *a, const char *path)
{
    while (*path == '\\' || *path == '^') {
        aml_op(a, *path++);
    }
    g_auto(GStrv) segs = g_strsplit(path, ".", -1);
    unsigned n = g_strv_length(segs);
    if (n == 0) {
        aml_op(a, 0x00);                /* NullName: the root alone */
    } else if (n == 2) {
        aml_op(a, 0x2e);                /* DualNamePrefix */
    } else if (n > 2) {
        aml_op(a, 0x2f);                /* MultiNamePrefix */
        aml_op(a, n);
    }
    for (unsigned i = 0; i < n; i++) {
        name_seg(a, segs[i], strlen(segs[i]));
    }
}

void aml_int(GByteArray *a, uint64_t v)
{
    static const struct { uint8_t op, size; } forms[] = {
        { 0x0a, 1 }, { 0x0b, 2 }, { 0x0c, 4 }, { 0x0e, 8 },
    };
    if (v <= 1) {
        aml_op(a, v);                   /* ZeroOp, OneOp */
        return;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(forms); i++) {
        if (v <= mask64(8 * forms[i].size)) {
            aml_op(a, forms[i].op);
            put(a, v, forms[i].size);
            return;
        }
    }
}

void aml_string(GByteArray *a, const char *text)
{
    aml_op(a, 0x0d);
    g_byte_array_append(a, (const uint8_t *)text, strlen(text) + 1);
}

/* Three letters of 5 bits and four hexadecimal digits, most significant byte first (6.1.5). */
void aml_eisa_id(GByteArray *a, const char *id)
{
    uint32_t v = (id[0] & 31) << 26 | (id[1] & 31) << 21 | (id[2] & 31) << 16;
    v |= g_ascii_strtoull(id + 3, NULL, 16);
    aml_op(a, 0x0c);
    put(a, GUINT32_SWAP_LE_BE(v), 4);
}

void aml_name(GByteArray *a, const char *name)
{
    aml_op(a, 0x08);
    aml_path(a, name);
}

void aml_name_int(GByteArray *a, const char *name, uint64_t v)
{
    aml_name(a, name);
    aml_int(a, v);
}

/* ---- what holds others ---- */

/* Room for a PkgLength of three bytes, which aml_end() fills: 20 bits, lowest 4 in the first. */
static unsigned begin(GByteArray *a)
{
    unsigned mark = a->len;
    put(a, 0, 3);
    return mark;
}

void aml_end(GByteArray *a, unsigned mark)
{
    unsigned len = a->len - mark;
    g_assert(len < BIT32(20));
    a->data[mark] = 0x80 | (len & 15);
    a->data[mark + 1] = len >> 4;
    a->data[mark + 2] = len >> 12;
}

static unsigned begin_ext(GByteArray *a, uint8_t op)
{
    aml_op(a, 0x5b);                    /* ExtOpPrefix */
    aml_op(a, op);
    return begin(a);
}

unsigned aml_scope(GByteArray *a, const char *path)
{
    aml_op(a, 0x10);
    unsigned mark = begin(a);
    aml_path(a, path);
    return mark;
}

unsigned aml_device(GByteArray *a, const char *name)
{
    unsigned mark = begin_ext(a, 0x82);
    aml_path(a, name);
    return mark;
}

unsigned aml_method(GByteArray *a, const char *name, unsigned args, bool serialized)
{
    aml_op(a, 0x14);
    unsigned mark = begin(a);
    aml_path(a, name);
    aml_op(a, args | (serialized ? 8 : 0));
    return mark;
}

unsigned aml_package(GByteArray *a, unsigned n)
{
    aml_op(a, 0x12);
    unsigned mark = begin(a);
    aml_op(a, n);
    return mark;
}

unsigned aml_if(GByteArray *a)
{
    aml_op(a, 0xa0);
    return begin(a);
}

/* No P_BLK: throttling and C-states are not offered. */
unsigned aml_processor(GByteArray *a, const char *name, uint8_t id)
{
    unsigned mark = begin_ext(a, 0x83);
    aml_path(a, name);
    aml_op(a, id);
    put(a, 0, 5);
    return mark;
}

void aml_region(GByteArray *a, const char *name, uint8_t space, uint64_t offset, uint64_t length)
{
    aml_op(a, 0x5b);
    aml_op(a, 0x80);
    aml_path(a, name);
    aml_op(a, space);
    aml_int(a, offset);
    aml_int(a, length);
}

unsigned aml_field(GByteArray *a, const char *region, uint8_t access)
{
    unsigned mark = begin_ext(a, 0x81);
    aml_path(a, region);
    aml_op(a, access);
    return mark;
}

void aml_field_unit(GByteArray *a, const char *name, unsigned bits)
{
    g_assert(bits < 64);                /* a PkgLength of one byte */
    name_seg(a, name, strlen(name));
    aml_op(a, bits);
}

/* ---- resources ---- */

/* BufferOp PkgLength WordConst(size): the size is known at the end. */
unsigned aml_resources(GByteArray *a)
{
    aml_op(a, 0x11);
    unsigned mark = begin(a);
    aml_op(a, 0x0b);
    put(a, 0, 2);
    return mark;
}

void aml_resources_end(GByteArray *a, unsigned mark)
{
    put(a, 0x0079, 2);                  /* end tag; a checksum of 0 counts as right */
    st_le16(a->data + mark + 4, a->len - (mark + 6));
    aml_end(a, mark);
}

void res_io(GByteArray *a, uint16_t base, uint16_t length)
{
    put(a, 0x0147, 2);                  /* decodes 16 bits */
    put(a, base, 2);
    put(a, base, 2);
    put(a, 1, 1);
    put(a, length, 1);
}

void res_irq(GByteArray *a, unsigned irq)
{
    put(a, 0x22, 1);
    put(a, BIT32(irq), 2);
}

void res_dma(GByteArray *a, unsigned channel)
{
    put(a, 0x2a, 1);
    put(a, BIT32(channel), 1);
    put(a, 0, 1);                       /* 8 bits, compatibility timing */
}

void res_memory(GByteArray *a, uint32_t base, uint32_t length)
{
    put(a, 0x86, 1);
    put(a, 9, 2);
    put(a, 1, 1);
    put(a, base, 4);
    put(a, length, 4);
}

void res_interrupt(GByteArray *a, unsigned n, const uint32_t *irqs)
{
    put(a, 0x89, 1);
    put(a, 2 + 4 * n, 2);
    put(a, 0x09, 1);                    /* consumer, level, active high, shared */
    put(a, n, 1);
    for (unsigned i = 0; i < n; i++) {
        put(a, irqs[i], 4);
    }
}

/* Producer, both ends fixed, positive decode (6.4.3.5). */
static void address_space(GByteArray *a, uint8_t tag, unsigned size, uint8_t type, uint8_t flags,
                          uint64_t min, uint64_t max)
{
    put(a, tag, 1);
    put(a, 3 + 5 * size, 2);
    put(a, type, 1);
    put(a, 0x0c, 1);
    put(a, flags, 1);
    put(a, 0, size);                    /* granularity */
    put(a, min, size);
    put(a, max, size);
    put(a, 0, size);                    /* translation */
    put(a, max - min + 1, size);
}

void res_bus_numbers(GByteArray *a, uint16_t min, uint16_t max)
{
    address_space(a, 0x88, 2, 2, 0, min, max);
}

void res_io_range(GByteArray *a, uint16_t min, uint16_t max)
{
    address_space(a, 0x88, 2, 1, 3, min, max);          /* entire range */
}

void res_memory_range(GByteArray *a, uint32_t min, uint32_t max)
{
    address_space(a, 0x87, 4, 0, 1, min, max);          /* not cacheable, writable */
}

void res_memory_range64(GByteArray *a, uint64_t min, uint64_t max)
{
    address_space(a, 0x8a, 8, 0, 1, min, max);
}
