/* SPDX-License-Identifier: MIT */
/*
 * The ARM loaders: what each kind of kernel finds in memory and registers, and what the user is
 * told about each kind of wrong file.  All files are made here.
 */
#include <elf.h>
#include <glib/gstdio.h>
#include <libfdt.h>
#include <zlib.h>
#include "machines/boot/arm_boot.h"
#include "machines/boot/psci.h"
#include "system/lock.h"
#include "tests/machines/fake_cpu.h"

enum { RAM = 0x40000000, BOARD = 387 };

static const RegionDef memory[] = { { "ram", RAM, RAM_SIZE, .max = 256 * MiB } };

static const MachineClass board = {
    .name = "board", .about = "RAM alone", .cpu = "any", .max_cpus = 2, .board_id = BOARD,
    MEMORY(memory), .boot = arm_linux_boot, .reset = arm_linux_reset, .free = arm_boot_free,
};

static char *dir;

/* ---- files ---- */

static char *write_file(const char *name, const void *bytes, size_t n)
{
    char *path = g_build_filename(dir, name, NULL);
    g_assert_true(g_file_set_contents(path, bytes, n, NULL));
    return path;
}

static void put32(GByteArray *a, uint32_t at, uint32_t v)
{
    g_assert(at + 4 <= a->len);
    st_le32(a->data + at, v);
}

static GByteArray *blank(unsigned n)
{
    GByteArray *a = g_byte_array_new();
    g_byte_array_set_size(a, n);
    for (unsigned i = 0; i < n; i++) {
        a->data[i] = i * 7 + 1;
    }
    return a;
}

static GByteArray *make_zimage(void)
{
    GByteArray *a = blank(0x800);
    put32(a, 0x24, 0x016f2818);
    put32(a, 0x28, 0);
    put32(a, 0x2c, 0x800);
    return a;
}

static GByteArray *make_elf(void)
{
    GByteArray *a = blank(0x200);
    Elf32_Ehdr h = {
        .e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT },
        .e_type = ET_EXEC, .e_machine = EM_ARM, .e_version = 1, .e_entry = RAM + 0x200010,
        .e_phoff = sizeof(h), .e_ehsize = sizeof(h), .e_phentsize = sizeof(Elf32_Phdr),
        .e_phnum = 1,
    };
    Elf32_Phdr p = {
        .p_type = PT_LOAD, .p_offset = 0x100, .p_vaddr = RAM + 0x200000, .p_paddr = RAM + 0x200000,
        .p_filesz = 0x80, .p_memsz = 0x1000,
    };
    memcpy(a->data, &h, sizeof(h));
    memcpy(a->data + sizeof(h), &p, sizeof(p));
    return a;
}

static void seal_uimage(GByteArray *a)
{
    uint8_t *h = a->data;
    st_be32(h + 12, a->len - 64);
    st_be32(h + 24, crc32(0, h + 64, a->len - 64));
    st_be32(h + 4, 0);
    st_be32(h + 4, crc32(0, h, 64));
}

static GByteArray *make_uimage_of(GByteArray *payload, unsigned arch, unsigned type, unsigned comp)
{
    GByteArray *a = blank(64);
    st_be32(a->data, 0x27051956);
    st_be32(a->data + 16, RAM + 0x8000);
    st_be32(a->data + 20, RAM + 0x8040);
    memcpy(a->data + 28, (uint8_t[]) { 5, arch, type, comp }, 4);
    g_byte_array_append(a, payload->data, payload->len);
    g_byte_array_unref(payload);
    seal_uimage(a);
    return a;
}

static GByteArray *gzip(GByteArray *in)
{
    GByteArray *out = g_byte_array_new();
    g_byte_array_set_size(out, in->len + 256);
    z_stream z = { .next_in = in->data, .avail_in = in->len, .next_out = out->data,
                   .avail_out = out->len };
    g_assert(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    g_assert(deflate(&z, Z_FINISH) == Z_STREAM_END);
    g_byte_array_set_size(out, z.total_out);
    deflateEnd(&z);
    g_byte_array_unref(in);
    return out;
}

static GByteArray *make_uimage(void)
{
    return make_uimage_of(blank(0x300), 2, 2, 0);
}

static GByteArray *make_dtb(void)
{
    GByteArray *a = g_byte_array_new();
    g_byte_array_set_size(a, 4096);
    void *fdt = a->data;
    g_assert(fdt_create_empty_tree(fdt, 4096) == 0);
    fdt_setprop_u32(fdt, 0, "#address-cells", 1);
    fdt_setprop_u32(fdt, 0, "#size-cells", 1);
    int node = fdt_add_subnode(fdt, 0, "memory");
    fdt_setprop_string(fdt, node, "device_type", "memory");
    fdt_setprop_u64(fdt, node, "reg", 0x08000000);
    node = fdt_add_subnode(fdt, 0, "chosen");
    fdt_setprop_string(fdt, node, "bootargs", "old");
    fdt_pack(fdt);
    g_byte_array_set_size(a, fdt_totalsize(fdt));
    return a;
}

/* ---- booting ---- */

typedef struct Boot {
    MachineConfig config;
    Machine      *m;
} Boot;

static char *file_of(GByteArray *a, const char *name)
{
    char *path = write_file(name, a->data, a->len);
    g_byte_array_unref(a);
    return path;
}

static Machine *start(Boot *b)
{
    GError *err = NULL;
    b->m = machine_build(&board, &b->config, &err);
    g_assert_no_error(err);
    machine_reset(b->m);
    return b->m;
}

static uint32_t word(Machine *m, GPa at)
{
    return address_space_ld(&m->as, at, 4, ENDIAN_LITTLE, NULL);
}

static bool same(Machine *m, GPa at, const void *bytes, size_t n)
{
    g_autofree uint8_t *got = g_malloc(n);
    return address_space_read(&m->as, at, got, n) == MEM_OK && !memcmp(got, bytes, n);
}

static void check_linux_start(Machine *m, GPa pc, GPa r2)
{
    FakeCpu *f = fake_cpu(m, 0);
    g_assert_cmphex(f->start.pc, ==, pc);
    g_assert_cmpuint(f->start.n_regs, ==, 3);
    g_assert_cmphex(f->start.regs[0], ==, 0);
    g_assert_cmphex(f->start.regs[1], ==, BOARD);
    g_assert_cmphex(f->start.regs[2], ==, r2);
}

/* The address of a tag's first word after the header, or 0. */
static GPa find_tag(Machine *m, GPa list, uint32_t tag)
{
    for (unsigned n = 0; n < 16 && word(m, list + 4); n++) {
        if (word(m, list + 4) == tag) {
            return list + 8;
        }
        list += 4 * word(m, list);
    }
    return 0;
}

static void raw_kernel_gets_a_tagged_list(void)
{
    g_autofree char *kernel = file_of(blank(0x100), "raw");
    g_autofree char *initrd = file_of(blank(0x1234), "initrd");
    Boot b = { { .ram_size = 64 * MiB, .kernel = kernel, .initrd = initrd,
                 .append = "console=x" } };
    Machine *m = start(&b);
    GPa list = RAM + 0x100, tag;
    check_linux_start(m, RAM + 0x10000, list);
    g_assert_cmphex(word(m, list + 4), ==, 0x54410001);
    tag = find_tag(m, list, 0x54410002);
    g_assert_cmphex(word(m, tag), ==, 64 * MiB);
    g_assert_cmphex(word(m, tag + 4), ==, RAM);
    tag = find_tag(m, list, 0x54410009);
    g_assert_true(same(m, tag, "console=x", 10));
    tag = find_tag(m, list, 0x54420005);
    g_assert_cmphex(word(m, tag), ==, RAM + 32 * MiB);
    g_assert_cmphex(word(m, tag + 4), ==, 0x1234);
    GByteArray *bytes = blank(0x1234);
    g_assert_true(same(m, RAM + 32 * MiB, bytes->data, bytes->len));
    g_byte_array_unref(bytes);
    machine_free(m);
}

static void elf_starts_at_its_entry_after_every_reset(void)
{
    g_autofree char *kernel = file_of(make_elf(), "elf");
    Boot b = { { .ram_size = 64 * MiB, .kernel = kernel, .n_cpus = 2 } };
    Machine *m = start(&b);
    FakeCpu *f = fake_cpu(m, 0);
    g_assert_cmphex(f->start.pc, ==, RAM + 0x200010);
    g_assert_cmpuint(f->start.n_regs, ==, 0);
    g_assert_true(fake_cpu(m, 1)->cpu.powered_off);
    g_assert_false(f->cpu.powered_off);
    uint32_t first = word(m, RAM + 0x200000);
    address_space_fill(&m->as, RAM + 0x200000, 0xee, 0x1000);
    machine_reset(m);
    g_assert_cmphex(word(m, RAM + 0x200000), ==, first);
    g_assert_cmphex(word(m, RAM + 0x200080), ==, 0);        /* what the file does not hold */
    g_assert_cmpuint(f->starts, ==, 2);
    machine_free(m);
}

static void elf_entry_may_be_virtual(void)
{
    GByteArray *a = make_elf();
    Elf32_Ehdr *h = (Elf32_Ehdr *)a->data;
    Elf32_Phdr *p = (Elf32_Phdr *)(h + 1);
    h->e_entry = 0xc0000011;
    p->p_vaddr = 0xc0000000;
    g_autofree char *kernel = file_of(a, "elf");
    Boot b = { { .kernel = kernel } };
    Machine *m = start(&b);
    g_assert_cmphex(fake_cpu(m, 0)->start.pc, ==, RAM + 0x200011);
    machine_free(m);
}

static void uimages_go_where_they_say(void)
{
    GByteArray *plain = blank(0x300);
    for (unsigned comp = 0; comp < 2; comp++) {
        GByteArray *payload = comp ? gzip(blank(0x300)) : blank(0x300);
        g_autofree char *kernel = file_of(make_uimage_of(payload, 2, 2, comp), "uImage");
        Boot b = { { .kernel = kernel } };
        Machine *m = start(&b);
        check_linux_start(m, RAM + 0x8040, RAM + 0x100);
        g_assert_true(same(m, RAM + 0x8000, plain->data, plain->len));
        machine_free(m);
    }
    g_byte_array_unref(plain);
}

/* A tree in guest memory, as it should be for the configuration. */
static void check_dtb(Machine *m, GPa at, const char *append, GPa initrd, uint64_t size)
{
    uint8_t fdt[8192];
    g_assert_cmphex(address_space_read(&m->as, at, fdt, sizeof(fdt)), ==, MEM_OK);
    g_assert_cmpint(fdt_check_full(fdt, sizeof(fdt)), ==, 0);
    int len, node = fdt_path_offset(fdt, "/chosen");
    g_assert_cmpstr(fdt_getprop(fdt, node, "bootargs", NULL), ==, append);
    const void *p = fdt_getprop(fdt, node, "linux,initrd-start", &len);
    g_assert_cmpint(len, ==, 4);
    g_assert_cmphex(ld_be32(p), ==, initrd);
    g_assert_cmphex(ld_be32(fdt_getprop(fdt, node, "linux,initrd-end", &len)), ==, initrd + size);
    node = fdt_path_offset(fdt, "/memory");
    p = fdt_getprop(fdt, node, "reg", &len);
    g_assert_cmpint(len, ==, 8);
    g_assert_cmphex(ld_be32(p), ==, RAM);
    g_assert_cmphex(ld_be32((const uint8_t *)p + 4), ==, m->ram_size);
}

static void dtb_is_told_about_this_run(void)
{
    g_autofree char *kernel = file_of(make_zimage(), "zImage");
    g_autofree char *initrd = file_of(blank(0x1234), "initrd");
    g_autofree char *dtb = file_of(make_dtb(), "dtb");
    Boot b = { { .ram_size = 128 * MiB, .kernel = kernel, .initrd = initrd, .dtb = dtb,
                 .append = "a b" } };
    Machine *m = start(&b);
    GPa r2 = RAM + 64 * MiB + 0x2000;                       /* behind the RAM disk */
    check_linux_start(m, RAM + 32 * MiB, r2);
    check_dtb(m, r2, "a b", RAM + 64 * MiB, 0x1234);
    machine_free(m);
}

static void appended_dtb_is_fixed_where_it_is(void)
{
    GByteArray *z = make_zimage(), *tree = make_dtb();
    g_byte_array_append(z, tree->data, tree->len);
    g_byte_array_unref(tree);
    g_autofree char *kernel = file_of(z, "zImage-dtb");
    g_autofree char *initrd = file_of(blank(0x1234), "initrd");
    Boot b = { { .ram_size = 128 * MiB, .kernel = kernel, .initrd = initrd, .append = "a b" } };
    Machine *m = start(&b);
    check_dtb(m, RAM + 32 * MiB + 0x800, "a b", RAM + 64 * MiB, 0x1234);
    check_dtb(m, fake_cpu(m, 0)->start.regs[2], "a b", RAM + 64 * MiB, 0x1234);
    machine_free(m);
}

/* ---- wrong files ---- */

static GByteArray *bytes_at(unsigned size, unsigned at, const char *bytes, unsigned n)
{
    GByteArray *a = g_byte_array_new();
    g_byte_array_set_size(a, size);
    memset(a->data, 0, size);
    memcpy(a->data + at, bytes, n);
    return a;
}
#define BYTES_AT(size, at, s) bytes_at(size, at, s, sizeof(s) - 1)

static GByteArray *bzimage(void)     { return BYTES_AT(0x400, 0x202, "HdrS"); }
static GByteArray *aarch64(void)     { return BYTES_AT(0x400, 0x38, "ARM\x64"); }
static GByteArray *gzip_file(void)   { return gzip(blank(100)); }
static GByteArray *script(void)      { return BYTES_AT(16, 0, "#!/bin/sh\n"); }
static GByteArray *empty(void)       { return g_byte_array_new(); }
static GByteArray *dtb_file(void)    { return make_dtb(); }

static GByteArray *pe_file(void)
{
    GByteArray *a = BYTES_AT(0x400, 0, "MZ");
    put32(a, 0x3c, 0x80);
    memcpy(a->data + 0x80, "PE\0", 4);
    return a;
}

static GByteArray *zimage_cut(void)
{
    GByteArray *a = make_zimage();
    g_byte_array_set_size(a, 0x700);
    return a;
}

static GByteArray *zimage_bad(void)
{
    GByteArray *a = make_zimage();
    put32(a, 0x2c, 0);
    return a;
}

static GByteArray *host_program(void)
{
    GByteArray *a = make_elf();
    ((Elf32_Ehdr *)a->data)->e_machine = EM_X86_64;
    a->data[EI_CLASS] = ELFCLASS64;
    return a;
}

static GByteArray *elf_pie(void)
{
    GByteArray *a = make_elf();
    ((Elf32_Ehdr *)a->data)->e_type = ET_DYN;
    return a;
}

static GByteArray *elf_big(void)
{
    GByteArray *a = make_elf();
    a->data[EI_DATA] = ELFDATA2MSB;
    memcpy(a->data + 16, "\0\2\0\50", 4);
    return a;
}

static GByteArray *elf_cut(void)
{
    GByteArray *a = make_elf();
    g_byte_array_set_size(a, 0x120);
    return a;
}

static GByteArray *elf_head(void)
{
    GByteArray *a = make_elf();
    g_byte_array_set_size(a, 20);
    return a;
}

static GByteArray *elf_headers(void)
{
    GByteArray *a = make_elf();
    ((Elf32_Ehdr *)a->data)->e_phoff = 0xfffffff0;
    return a;
}

static GByteArray *elf_nothing(void)
{
    GByteArray *a = make_elf();
    ((Elf32_Ehdr *)a->data)->e_phnum = 0;
    return a;
}

static GByteArray *elf_outside(void)
{
    GByteArray *a = make_elf();
    ((Elf32_Phdr *)(a->data + sizeof(Elf32_Ehdr)))->p_paddr = 0x1000;
    return a;
}

static GByteArray *elf_huge(void)
{
    GByteArray *a = make_elf();
    ((Elf32_Phdr *)(a->data + sizeof(Elf32_Ehdr)))->p_memsz = 0xffffffff;
    return a;
}

static GByteArray *uimage_header(void)
{
    GByteArray *a = make_uimage();
    a->data[20] ^= 1;
    return a;
}

static GByteArray *uimage_data(void)
{
    GByteArray *a = make_uimage();
    a->data[100] ^= 1;
    return a;
}

static GByteArray *uimage_cut(void)
{
    GByteArray *a = make_uimage();
    g_byte_array_set_size(a, a->len - 1);
    return a;
}

static GByteArray *uimage_ppc(void)   { return make_uimage_of(blank(64), 7, 2, 0); }
static GByteArray *uimage_disk(void)  { return make_uimage_of(blank(64), 2, 3, 0); }
static GByteArray *uimage_lzma(void)  { return make_uimage_of(blank(64), 2, 2, 3); }
static GByteArray *uimage_nogz(void)  { return make_uimage_of(blank(64), 2, 2, 1); }

static GByteArray *uimage_gz_cut(void)
{
    GByteArray *z = gzip(blank(0x3000));
    g_byte_array_set_size(z, z->len / 2);
    return make_uimage_of(z, 2, 2, 1);
}

static GByteArray *uimage_bomb(void)
{
    GByteArray *a = g_byte_array_new();
    g_byte_array_set_size(a, 40 * MiB);
    memset(a->data, 0, a->len);
    return make_uimage_of(gzip(a), 2, 2, 1);
}

static GByteArray *dtb_cut(void)
{
    GByteArray *a = make_dtb();
    g_byte_array_set_size(a, a->len - 8);
    return a;
}

static GByteArray *dtb_bad(void)
{
    GByteArray *a = make_dtb();
    st_be32(a->data + 8, 0x7fffffff);
    return a;
}

static GByteArray *dts(void)          { return BYTES_AT(32, 0, "/dts-v1/;\n/ { };\n"); }
static GByteArray *zimage_be(void)    { return BYTES_AT(0x800, 0x24, "\x01\x6f\x28\x18"); }

static GByteArray *zimage_dtb_bad(void)
{
    GByteArray *z = make_zimage(), *tree = dtb_bad();
    g_byte_array_append(z, tree->data, tree->len);
    g_byte_array_unref(tree);
    return z;
}

typedef enum { AS_KERNEL, AS_INITRD, AS_DTB } Role;

typedef struct Wrong {
    const char *name;
    GByteArray *(*make)(void);
    Role        role;
    int         status;
    const char *says;
} Wrong;

static const Wrong wrong[] = {
    { "bzImage",       bzimage,       AS_KERNEL, 65, "is an x86 Linux kernel (bzImage), not a" },
    { "aarch64",       aarch64,       AS_KERNEL, 65, "is a 64-bit ARM (AArch64) Linux kernel" },
    { "pe",            pe_file,       AS_KERNEL, 65, "is a Windows or EFI program" },
    { "gz",            gzip_file,     AS_KERNEL, 65, "is compressed by gzip" },
    { "sh",            script,        AS_KERNEL, 65, "is a script" },
    { "empty",         empty,         AS_KERNEL, 65, "is empty" },
    { "dtb-kernel",    dtb_file,      AS_KERNEL, 65, "is a flattened device tree" },
    { "zimage-cut",    zimage_cut,    AS_KERNEL, 65, "is a zImage cut off: 1792 bytes of 2048" },
    { "zimage-bad",    zimage_bad,    AS_KERNEL, 65, "is a zImage with a damaged header" },
    { "zimage-be",     zimage_be,     AS_KERNEL, 65, "is a big-endian ARM Linux kernel" },
    { "zimage-dtb",    zimage_dtb_bad, AS_KERNEL, 65, "appended to" },
    { "elf-host",      host_program,  AS_KERNEL, 65, "an ELF program for x86-64 (little-endian)" },
    { "elf-pie",       elf_pie,       AS_KERNEL, 65, "is an ELF position-independent program" },
    { "elf-big",       elf_big,       AS_KERNEL, 65, "for 32-bit ARM (big-endian), not" },
    { "elf-cut",       elf_cut,       AS_KERNEL, 65, "cut off: a segment needs bytes up to 384" },
    { "elf-head",      elf_head,      AS_KERNEL, 65, "is an ELF file cut off in its header" },
    { "elf-headers",   elf_headers,   AS_KERNEL, 65, "program headers are cut off" },
    { "elf-nothing",   elf_nothing,   AS_KERNEL, 65, "nothing to load" },
    { "elf-outside",   elf_outside,   AS_KERNEL, 64, "no memory for all of 0x1000..0x1fff" },
    { "elf-huge",      elf_huge,      AS_KERNEL, 64, "the kernel does not fit" },
    { "uimage-header", uimage_header, AS_KERNEL, 65, "uImage with a damaged header" },
    { "uimage-data",   uimage_data,   AS_KERNEL, 65, "uImage with damaged data" },
    { "uimage-cut",    uimage_cut,    AS_KERNEL, 65, "is a uImage cut off: 767 bytes of 768" },
    { "uimage-ppc",    uimage_ppc,    AS_KERNEL, 65, "is a uImage for PowerPC, not for ARM" },
    { "uimage-disk",   uimage_disk,   AS_KERNEL, 65, "of type 3 (RAM disk)" },
    { "uimage-lzma",   uimage_lzma,   AS_KERNEL, 65, "compressed by lzma" },
    { "uimage-nogz",   uimage_nogz,   AS_KERNEL, 65, "is damaged in its gzip data" },
    { "uimage-gz-cut", uimage_gz_cut, AS_KERNEL, 65, "is cut off in its gzip data" },
    { "uimage-bomb",   uimage_bomb,   AS_KERNEL, 65, "unpacks to more than 33554432 bytes" },
    { "missing",       NULL,          AS_KERNEL, 66, "cannot open kernel" },
    { "",              NULL,          AS_KERNEL, 66, "is a directory" },
    { "initrd-elf",    make_elf,      AS_INITRD, 65, "not an initial RAM disk" },
    { "initrd-zimage", make_zimage,   AS_INITRD, 65, "is an ARM Linux kernel (zImage), not" },
    { "initrd-none",   NULL,          AS_INITRD, 66, "cannot open initrd" },
    { "dtb-cut",       dtb_cut,       AS_DTB,    65, "is cut off" },
    { "dtb-bad",       dtb_bad,       AS_DTB,    65, "is damaged" },
    { "dtb-dts",       dts,           AS_DTB,    65, "is device tree source text" },
    { "dtb-zimage",    make_zimage,   AS_DTB,    65, "is an ARM Linux kernel" },
    { "dtb-none",      NULL,          AS_DTB,    66, "cannot open device tree" },
};

static void wrong_file(gconstpointer data)
{
    const Wrong *w = data;
    g_autofree char *good = file_of(blank(0x100), "good");
    g_autofree char *bad = w->make ? file_of(w->make(), w->name)
                                   : g_build_filename(dir, w->name, NULL);
    MachineConfig config = { .ram_size = 32 * MiB, .kernel = w->role == AS_KERNEL ? bad : good };
    config.initrd = w->role == AS_INITRD ? bad : NULL;
    config.dtb = w->role == AS_DTB ? bad : NULL;
    GError *err = NULL;
    g_assert_null(machine_build(&board, &config, &err));
    g_assert_nonnull(err);
    g_test_message("%s", err->message);
    g_assert_cmpint(err->code, ==, w->status);
    g_assert_nonnull(strstr(err->message, w->says));
    g_error_free(err);
}

static void missing_kernel_is_said(void)
{
    MachineConfig config = { .append = NULL };
    GError *err = NULL;
    g_assert_null(machine_build(&board, &config, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
    g_assert_cmpstr(err->message, ==, "machine 'board' needs a -kernel");
    g_error_free(err);
}

static void too_much_for_ram_is_said(void)
{
    g_autofree char *kernel = file_of(blank(0x100), "raw");
    g_autofree char *initrd = file_of(blank(5 * MiB), "big");
    g_autofree char *line = g_strnfill(20000, 'x');
    MachineConfig config = { .ram_size = 8 * MiB, .kernel = kernel, .initrd = initrd };
    GError *err = NULL;
    g_assert_null(machine_build(&board, &config, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
    g_clear_error(&err);
    config = (MachineConfig) { .kernel = kernel, .append = line };
    g_assert_null(machine_build(&board, &config, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
    g_assert_nonnull(strstr(err->message, "-append is too long"));
    g_clear_error(&err);
}

/* Every prefix of, and every bit flipped near the start of, good files: an error or a boot. */
static void damaged_files_are_survived(void)
{
    GByteArray *(*const makers[])(void) = { make_elf, make_uimage, make_zimage, make_dtb };
    g_autofree char *good = file_of(blank(0x100), "good");
    GRand *r = g_rand_new_with_seed(1);
    for (unsigned i = 0; i < 1200; i++) {
        GByteArray *a = makers[i % 4]();
        if (i % 3 == 0) {
            g_byte_array_set_size(a, g_rand_int_range(r, 1, a->len));
        } else {
            for (unsigned n = g_rand_int_range(r, 1, 4); n; n--) {
                a->data[g_rand_int_range(r, 0, MIN(a->len, 256u))] = g_rand_int(r);
            }
        }
        if (i % 4 == 1 && i % 8 == 1 && a->len > 64) {
            seal_uimage(a);
        }
        g_autofree char *path = file_of(a, "damaged");
        MachineConfig config = { .ram_size = 64 * MiB, .kernel = path };
        if (i % 4 == 3) {
            config.kernel = good;
            config.dtb = path;
        }
        Machine *m = machine_build(&board, &config, NULL);
        if (m) {
            machine_reset(m);
            machine_free(m);
        }
    }
    g_rand_free(r);
}

/* ---- PSCI ---- */

static int32_t call(Machine *m, unsigned cpu, uint32_t fn, uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t regs[4] = { fn, a, b, c };
    g_assert_true(m->cpus[cpu]->hvc(m->cpus[cpu], regs, m->cpus[cpu]->firmware));
    return (int32_t)regs[0];
}

static SystemRequest last_request;
static unsigned requests;

static void on_request(SystemRequest request, int code)
{
    last_request = request;
    requests++;
}

static void psci_switches_cpus_and_power(void)
{
    g_autofree char *kernel = file_of(make_elf(), "elf");
    Boot b = { { .kernel = kernel, .n_cpus = 2 } };
    Machine *m = start(&b);
    psci_install(m, PSCI_HVC);
    g_assert_null(m->cpus[0]->smc);
    g_assert_cmphex(call(m, 0, 0x84000000, 0, 0, 0), ==, 0x10000);
    g_assert_cmpint(call(m, 0, 0x8400000a, 0x84000003, 0, 0), ==, 0);
    g_assert_cmpint(call(m, 0, 0x8400000a, 0x84000005, 0, 0), ==, -1);
    g_assert_cmpint(call(m, 0, 0x84000004, 1, 0, 0), ==, 1);
    g_assert_cmpint(call(m, 0, 0x84000003, 1, RAM + 0x1001, 77), ==, 0);
    FakeCpu *f = fake_cpu(m, 1);
    g_assert_cmphex(f->start.pc, ==, RAM + 0x1001);
    g_assert_cmphex(f->start.regs[0], ==, 77);
    g_assert_false(f->cpu.powered_off);
    g_assert_cmpint(call(m, 0, 0x84000004, 1, 0, 0), ==, 0);
    g_assert_cmpint(call(m, 0, 0x84000003, 1, RAM, 0), ==, -4);
    g_assert_cmpint(call(m, 0, 0x84000003, 9, RAM, 0), ==, -2);
    g_assert_cmpint(call(m, 1, 0x84000002, 0, 0, 0), ==, 0);
    g_assert_true(f->cpu.powered_off);
    g_assert_cmpint(call(m, 0, 0x80000000, 0, 0, 0), ==, -1);
    uint64_t regs[4] = { 5 };
    g_assert_false(m->cpus[0]->hvc(m->cpus[0], regs, m));
    system_set_request_handler(on_request);
    call(m, 0, 0x84000008, 0, 0, 0);
    g_assert_cmpint(last_request, ==, SYSTEM_POWEROFF);
    call(m, 0, 0x84000009, 0, 0, 0);
    g_assert_cmpint(last_request, ==, SYSTEM_RESET);
    g_assert_cmpuint(requests, ==, 2);
    machine_free(m);
}

static void remove_files(void)
{
    GDir *d = g_dir_open(dir, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(d))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_unlink(path);
    }
    g_dir_close(d);
    g_rmdir(dir);
    g_free(dir);
}

#define TEST(fn) g_test_add_func("/machines/arm_boot/" #fn, fn)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    dir = g_dir_make_tmp("emu-test-XXXXXX", NULL);
    machine_set_hooks(&fake_hooks);
    machine_lock();
    TEST(raw_kernel_gets_a_tagged_list);
    TEST(elf_starts_at_its_entry_after_every_reset);
    TEST(elf_entry_may_be_virtual);
    TEST(uimages_go_where_they_say);
    TEST(dtb_is_told_about_this_run);
    TEST(appended_dtb_is_fixed_where_it_is);
    TEST(missing_kernel_is_said);
    TEST(too_much_for_ram_is_said);
    TEST(damaged_files_are_survived);
    TEST(psci_switches_cpus_and_power);
    for (unsigned i = 0; i < ARRAY_SIZE(wrong); i++) {
        const char *name = *wrong[i].name ? wrong[i].name : "directory";
        g_autofree char *path = g_strdup_printf("/machines/arm_boot/wrong/%s", name);
        g_test_add_data_func(path, &wrong[i], wrong_file);
    }
    int rc = g_test_run();
    remove_files();
    return rc;
}
