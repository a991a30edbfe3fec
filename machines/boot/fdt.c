/* SPDX-License-Identifier: MIT */
/*
 * Device tree fix-ups with libfdt.  Implements: Devicetree Specification 0.4, chapter 3 (/memory,
 * /chosen), and Linux's Documentation/arm/booting (linux,initrd-start and -end).
 */
#include "machines/boot/fdt.h"

#include <inttypes.h>
#include <libfdt.h>

enum { FDT_ROOM = 4096 };           /* for the nodes and properties added */

bool fdt_is(GBytes *image)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(image, &size);
    return size >= 4 && ld_be32(p) == FDT_MAGIC;
}

bool fdt_check_image(const char *name, GBytes *dtb, GError **err)
{
    gsize size;
    const uint8_t *p = g_bytes_get_data(dtb, &size);
    if (size < 8 || !fdt_is(dtb)) {
        const char *is = image_describe(dtb);
        return fail(err, EMU_ERROR_DATA, "%s is %s", name, is ? is : "not a flattened device tree");
    }
    if (ld_be32(p + 4) > size) {
        return fail(err, EMU_ERROR_DATA, "%s is cut off: %" PRIu64 " bytes of %u", name,
                    (uint64_t)size, ld_be32(p + 4));
    }
    int rc = fdt_check_full(p, size);
    return rc == 0 || fail(err, EMU_ERROR_DATA, "%s is damaged: %s", name, fdt_strerror(rc));
}

/* An address or size in the given number of cells; returns the bytes used. */
static int put_cells(uint8_t *out, int cells, uint64_t value)
{
    for (int i = 0; i < cells; i++) {
        int shift = 32 * (cells - 1 - i);
        st_be32(out + 4 * i, shift < 64 ? value >> shift : 0);
    }
    return 4 * cells;
}

static int memory_node(void *fdt, GPa base)
{
    int node = fdt_node_offset_by_prop_value(fdt, -1, "device_type", "memory", sizeof("memory"));
    if (node < 0) {
        node = fdt_subnode_offset(fdt, 0, "memory");
    }
    if (node < 0) {
        g_autofree char *name = g_strdup_printf("memory@%" PRIx64, base);
        node = fdt_add_subnode(fdt, 0, name);
    }
    return node;
}

static int set_memory(void *fdt, GPa base, uint64_t size)
{
    uint8_t reg[32];
    int na = fdt_address_cells(fdt, 0), ns = fdt_size_cells(fdt, 0);
    if (na < 1 || ns < 1) {
        return na < 0 ? na : ns < 0 ? ns : -FDT_ERR_BADNCELLS;
    }
    int node = memory_node(fdt, base);
    if (node < 0) {
        return node;
    }
    int len = put_cells(reg, na, base);
    len += put_cells(reg + len, ns, size);
    int rc = fdt_setprop_string(fdt, node, "device_type", "memory");
    return rc ? rc : fdt_setprop(fdt, node, "reg", reg, len);
}

static int set_initrd(void *fdt, int chosen, const FdtFixup *f)
{
    if (f->initrd == f->initrd_end) {
        fdt_delprop(fdt, chosen, "linux,initrd-start");
        fdt_delprop(fdt, chosen, "linux,initrd-end");
        return 0;
    }
    if (f->initrd_end > UINT32_MAX) {
        int rc = fdt_setprop_u64(fdt, chosen, "linux,initrd-start", f->initrd);
        return rc ? rc : fdt_setprop_u64(fdt, chosen, "linux,initrd-end", f->initrd_end);
    }
    int rc = fdt_setprop_u32(fdt, chosen, "linux,initrd-start", f->initrd);
    return rc ? rc : fdt_setprop_u32(fdt, chosen, "linux,initrd-end", f->initrd_end);
}

static int fixup_tree(void *fdt, const FdtFixup *f)
{
    int rc = f->ram_size ? set_memory(fdt, f->ram_base, f->ram_size) : 0;
    if (rc) {
        return rc;
    }
    int chosen = fdt_path_offset(fdt, "/chosen");
    if (chosen == -FDT_ERR_NOTFOUND) {
        chosen = fdt_add_subnode(fdt, 0, "chosen");
    }
    if (chosen < 0) {
        return chosen;
    }
    rc = f->append ? fdt_setprop_string(fdt, chosen, "bootargs", f->append) : 0;
    return rc ? rc : set_initrd(fdt, chosen, f);
}

GBytes *fdt_fixup(const char *name, GBytes *dtb, const FdtFixup *f, GError **err)
{
    size_t size = fdt_totalsize(g_bytes_get_data(dtb, NULL)) + FDT_ROOM;
    size += f->append ? strlen(f->append) : 0;
    uint8_t *fdt = g_malloc0(size);
    int rc = fdt_open_into(g_bytes_get_data(dtb, NULL), fdt, size);
    rc = rc ? rc : fixup_tree(fdt, f);
    rc = rc ? rc : fdt_pack(fdt);
    if (rc) {
        g_free(fdt);
        fail(err, EMU_ERROR_DATA, "cannot change %s: %s", name, fdt_strerror(rc));
        return NULL;
    }
    return g_bytes_new_take(fdt, fdt_totalsize(fdt));
}
