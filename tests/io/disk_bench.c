/* SPDX-License-Identifier: MIT */
/* A disk image beside a model of it. */
#include "tests/io/disk_bench.h"
#include <glib/gstdio.h>
#include <stdio.h>
#include "system/error.h"

enum { LEAKS = 3 };                         /* qemu-img check's exit status */

#define QCOW2 .format = "qcow2"

const DiskKind disk_kinds[] = {
    { "raw", "raw", .snapshots = false },
    { "qcow2", QCOW2, .snapshots = true },
    { "v2", QCOW2, { .version = 2 }, .snapshots = true },
    { "v2-raw-backing", QCOW2, { .version = 2, .cluster_size = 4096 }, .on_raw = true },
    { "512", QCOW2, { .cluster_size = 512 }, .snapshots = true },
    { "512-refcount-1", QCOW2, { .cluster_size = 512, .refcount_bits = 1 } },
    { "512-refcount-64", QCOW2, { .cluster_size = 512, .refcount_bits = 64 }, .snapshots = true },
    { "4k-refcount-2", QCOW2, { .cluster_size = 4096, .refcount_bits = 2 }, .snapshots = true },
    { "4k-refcount-4", QCOW2, { .cluster_size = 4096, .refcount_bits = 4 }, .snapshots = true },
    { "4k-refcount-8", QCOW2, { .cluster_size = 4096, .refcount_bits = 8 }, .snapshots = true },
    { "8k-refcount-32", QCOW2, { .cluster_size = 8192, .refcount_bits = 32 }, .snapshots = true },
    { "2m", QCOW2, { .cluster_size = 2 * MiB }, .snapshots = true },
    { "raw-backing", QCOW2, { .cluster_size = 4096 }, .on_raw = true, .snapshots = true },
    { "qcow2-backing", QCOW2, .on_qcow2 = true, .snapshots = true },
    { "extended", QCOW2, { .extended_l2 = true }, .snapshots = true },
    { "extended-16k-backing", QCOW2, { .cluster_size = 16384, .extended_l2 = true },
      .on_qcow2 = true, .snapshots = true },
    { "lazy", QCOW2, { .lazy_refcounts = true, .cluster_size = 4096 }, .snapshots = true },
    { "zstd", QCOW2, { .zstd = true, .cluster_size = 4096 }, .snapshots = true },
    { "preallocated", QCOW2, { .preallocation = PREALLOC_METADATA }, .snapshots = true },
    { "preallocated-extended", QCOW2, { .preallocation = PREALLOC_FALLOC, .extended_l2 = true,
      .cluster_size = 16384 }, .snapshots = true },
    { NULL },
};

static char *folder;

const char *disk_folder(void)
{
    if (!folder) {                          /* in memory: nobody pulls the plug of this host */
        folder = g_strdup("/dev/shm/emu-disk-XXXXXX");
        if (!g_mkdtemp(folder)) {
            g_free(folder);
            folder = g_dir_make_tmp("emu-disk-XXXXXX", NULL);
        }
        g_assert_nonnull(folder);
    }
    return folder;
}

void disk_folder_remove(void)
{
    if (folder) {
        g_autofree char *command = g_strdup_printf("rm -r '%s'", folder);
        g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
        g_clear_pointer(&folder, g_free);
    }
}

int run_qemu_img(const char *arguments, ...)
{
    static char *program;
    if (!program) {
        program = g_find_program_in_path("qemu-img");
    }
    if (!program) {
        return -1;
    }
    va_list ap;
    va_start(ap, arguments);
    g_autofree char *rest = g_strdup_vprintf(arguments, ap);
    va_end(ap);
    g_autofree char *line = g_strdup_printf("%s %s", program, rest);
    g_autofree char *out = NULL, *said = NULL;
    int status;
    g_assert_true(g_spawn_command_line_sync(line, &out, &said, &status, NULL));
    if (status >> 8 && status >> 8 != LEAKS) {
        g_test_message("%s: %d\n%s%s", line, status >> 8, out, said);
    }
    return status >> 8;
}

/* --- Making ----------------------------------------------------------------------------------- */

static void fill(GRand *r, uint8_t *p, uint64_t len)
{
    for (uint64_t i = 0; i < len; i += 4) {
        uint32_t v = g_rand_int(r);
        memcpy(p + i, &v, MIN(4, len - i));
    }
}

/* The backing file is a little shorter than the disk. */
static void make_base(Disk *d)
{
    GError *err = NULL;
    const char *format = d->kind->on_raw ? "raw" : "qcow2";
    uint64_t size = d->size * 3 / 4 / 512 * 512;
    BlockCreate o = { .size = size };
    d->base = g_strdup_printf("%s/%s.base", disk_folder(), d->kind->name);
    block_create(d->base, format, &o, &err);
    g_assert_no_error(err);
    Block *b = block_open(d->base, format, 0, &err);
    g_assert_no_error(err);
    for (int i = 0; i < 10; i++) {
        uint64_t off = g_rand_int_range(d->rand, 0, size), len = MIN(size - off, size / 12);
        fill(d->rand, d->model + off, len);
        g_assert_true(block_write(b, off, d->model + off, len));
    }
    block_close(b);
}

void disk_open(Disk *d, unsigned flags)
{
    GError *err = NULL;
    d->block = block_open(d->path, d->kind->format, flags, &err);
    g_assert_no_error(err);
    g_assert_cmpuint(block_size(d->block), ==, d->size);
}

void disk_make(Disk *d, const DiskKind *kind, uint64_t size, uint32_t seed)
{
    GError *err = NULL;
    BlockCreate o = kind->create;
    *d = (Disk){ .kind = kind, .size = size, .rand = g_rand_new_with_seed(seed) };
    d->model = g_malloc0(size);
    d->path = g_strdup_printf("%s/%s.img", disk_folder(), kind->name);
    if (kind->on_raw || kind->on_qcow2) {
        g_autofree char *name = g_strdup_printf("%s.base", kind->name);
        make_base(d);
        o.backing = name;
        o.backing_format = kind->on_raw ? "raw" : "qcow2";
        o.size = size;
        block_create(d->path, kind->format, &o, &err);
    } else {
        o.size = size;
        block_create(d->path, kind->format, &o, &err);
    }
    g_assert_no_error(err);
    disk_open(d, BLOCK_DISCARD);
}

/* --- Operations ------------------------------------------------------------------------------- */

/* Small ones, long ones, aligned ones. */
static void pick_range(Disk *d, uint64_t *off, uint64_t *len)
{
    *off = g_rand_int_range(d->rand, 0, d->size);
    switch (g_rand_int_range(d->rand, 0, 4)) {
    case 0:
        *len = 512;
        *off &= ~UINT64_C(511);
        break;
    case 1:
        *len = 4096;
        *off &= ~UINT64_C(4095);
        break;
    case 2:
        *len = g_rand_int_range(d->rand, 1, 3000);
        break;
    default:
        *len = g_rand_int_range(d->rand, 1, 200000);
        break;
    }
    *len = MIN(*len, d->size - *off);
}

static void step_write(Disk *d)
{
    uint64_t off, len;
    pick_range(d, &off, &len);
    fill(d->rand, d->model + off, len);
    g_assert_true(block_write(d->block, off, d->model + off, len));
}

static void step_zero(Disk *d)
{
    uint64_t off, len;
    pick_range(d, &off, &len);
    memset(d->model + off, 0, len);
    g_assert_true(block_zero(d->block, off, len));
}

/* What is there afterwards is old data or zeros; whole sectors of either. */
static void step_discard(Disk *d)
{
    uint64_t off, len;
    pick_range(d, &off, &len);
    g_autofree uint8_t *now = g_malloc(len);
    g_assert_true(block_discard(d->block, off, len));
    g_assert_true(block_read(d->block, off, now, len));
    for (uint64_t i = 0; i < len; i++) {
        g_assert_true(now[i] == d->model[off + i] || now[i] == 0);
    }
    memcpy(d->model + off, now, len);
}

static void step_read(Disk *d)
{
    uint64_t off, len;
    pick_range(d, &off, &len);
    g_autofree uint8_t *now = g_malloc(len);
    g_assert_true(block_read(d->block, off, now, len));
    g_assert_cmpmem(now, len, d->model + off, len);
}

static void step_compressed(Disk *d)
{
    GError *err = NULL;
    uint64_t cluster = d->kind->create.cluster_size ? d->kind->create.cluster_size : 64 * KiB;
    uint64_t off = g_rand_int_range(d->rand, 0, d->size) / cluster * cluster;
    uint64_t len = MIN(cluster, d->size - off);
    if (!strcmp(d->kind->format, "raw")) {
        return;
    }
    memset(d->model + off, g_rand_int(d->rand), len);
    fill(d->rand, d->model + off, len / 3);
    block_write_compressed(d->block, off, d->model + off, len, &err);
    g_assert_no_error(err);
}

static void step_reopen(Disk *d)
{
    block_close(d->block);
    disk_open(d, BLOCK_DISCARD);
}

static void step_flush(Disk *d)
{
    g_assert_true(block_flush(d->block));
}

/* Narrow refcounts may be too narrow; nothing has changed then. */
static bool too_narrow(Disk *d, GError **err)
{
    bool so = *err && strstr((*err)->message, "do not suffice");
    if (so) {
        g_assert_cmpuint(d->kind->create.refcount_bits, ==, 2);
        g_clear_error(err);
    }
    return so;
}

static void go_back(Disk *d, GError **err)
{
    block_snapshot_apply(d->block, "s", err);
    if (!too_narrow(d, err)) {
        d->model = g_realloc(d->model, d->kept_size);
        d->size = d->kept_size;
        memcpy(d->model, d->kept, d->size);
    }
}

static void step_snapshot(Disk *d)
{
    GError *err = NULL;
    if (!d->kind->snapshots) {
        return;
    }
    if (!d->kept) {
        block_snapshot_create(d->block, "s", &err);
        if (!too_narrow(d, &err)) {
            d->kept = g_memdup2(d->model, d->size);
            d->kept_size = d->size;
        }
    } else if (g_rand_boolean(d->rand)) {
        go_back(d, &err);
    } else {
        block_snapshot_delete(d->block, "s", &err);
        g_clear_pointer(&d->kept, g_free);
    }
    g_assert_no_error(err);
    g_assert_cmpuint(block_size(d->block), ==, d->size);
}

static void step_resize(Disk *d)
{
    GError *err = NULL;
    uint64_t size = d->size + g_rand_int_range(d->rand, -100, 200) * 512;
    if (size > 16 * MiB || (d->kept && (size < d->size || d->kind->create.version == 2))) {
        return;
    }
    block_resize(d->block, size, PREALLOC_OFF, &err);
    g_assert_no_error(err);
    d->model = g_realloc(d->model, size);
    if (size > d->size) {
        memset(d->model + d->size, 0, size - d->size);
    }
    d->size = size;
}

void disk_step(Disk *d)
{
    static const struct {
        void   (*run)(Disk *d);
        unsigned weight;
    } steps[] = {
        { step_write, 60 }, { step_read, 30 },   { step_zero, 12 },    { step_discard, 8 },
        { step_flush, 10 }, { step_compressed, 6 }, { step_reopen, 3 }, { step_snapshot, 3 },
        { step_resize, 2 },
    };
    unsigned sum = 0, n;
    for (unsigned i = 0; i < ARRAY_SIZE(steps); i++) {
        sum += steps[i].weight;
    }
    n = g_rand_int_range(d->rand, 0, sum);
    for (unsigned i = 0; i < ARRAY_SIZE(steps); i++) {
        if (n < steps[i].weight) {
            steps[i].run(d);
            return;
        }
        n -= steps[i].weight;
    }
}

/* --- Judging ---------------------------------------------------------------------------------- */

void disk_compare(Disk *d)
{
    g_autofree uint8_t *all = g_malloc(d->size);
    g_assert_true(block_read(d->block, 0, all, d->size));
    for (uint64_t i = 0; i < d->size; i++) {
        if (all[i] != d->model[i]) {
            g_error("%s: byte %#" G_GINT64_MODIFIER "x is %#x, not %#x", d->kind->name, i, all[i],
                    d->model[i]);
        }
    }
}

static void print_error(const char *text)
{
    if (g_str_has_prefix(text, "ERROR")) {
        g_test_message("%s", text);
    }
}

void disk_check_closed(Disk *d, bool leaks_allowed)
{
    GError *err = NULL;
    if (!strcmp(d->kind->format, "raw")) {
        return;
    }
    BlockCheck r = { .say = print_error };
    Block *b = block_open(d->path, "qcow2", BLOCK_READ_ONLY | BLOCK_CHECK | BLOCK_NO_BACKING, &err);
    g_assert_no_error(err);
    block_check(b, 0, &r, &err);
    g_assert_no_error(err);
    block_close(b);
    g_assert_cmpuint(r.corruptions, ==, 0);
    g_assert_cmpuint(r.errors, ==, 0);
    if (!leaks_allowed) {
        g_assert_cmpuint(r.leaks, ==, 0);
    }
    if (leaks_allowed && g_rand_int_range(d->rand, 0, 12)) {
        return;                             /* many of these: one in a dozen also by qemu-img */
    }
    int status = run_qemu_img("check -f qcow2 '%s'", d->path);
    if (status > 0 && (status != LEAKS || !leaks_allowed)) {
        g_error("%s: qemu-img check: status %d", d->kind->name, status);
    }
}

void disk_free(Disk *d)
{
    g_remove(d->path);
    if (d->base) {
        g_remove(d->base);
    }
    g_free(d->path);
    g_free(d->base);
    g_free(d->model);
    g_free(d->kept);
    g_rand_free(d->rand);
}
