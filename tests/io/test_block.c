/* SPDX-License-Identifier: MIT */
/* What holds for images of every format: locks, content, caches, holes, overlays. */
#include <errno.h>
#include <glib/gstdio.h>
#include "io/block/hostfile.h"
#include "system/error.h"
#include "tests/io/disk_bench.h"

static char *make(const char *format, uint64_t size)
{
    static unsigned n;
    GError *err = NULL;
    BlockCreate o = { .size = size };
    char *path = g_strdup_printf("%s/%s-%u.img", disk_folder(), format, n++);
    block_create(path, format, &o, &err);
    g_assert_no_error(err);
    return path;
}

static Block *open_good(const char *path, const char *format, unsigned flags)
{
    GError *err = NULL;
    Block *b = block_open(path, format, flags, &err);
    g_assert_no_error(err);
    return b;
}

static void expect_no_open(const char *path, const char *format, unsigned flags, int code,
                           const char *says)
{
    g_autoptr(GError) err = NULL;
    g_assert_null(block_open(path, format, flags, &err));
    g_assert_error(err, EMU_ERROR, code);
    g_assert_nonnull(strstr(err->message, says));
    g_assert_nonnull(strstr(err->message, path));
}

/* --- Formats ---------------------------------------------------------------------------------- */

static void format_is_found_by_content(void)
{
    g_autofree char *raw = make("raw", MiB), *qcow2 = make("qcow2", MiB);
    BlockInfo info;
    Block *a = open_good(raw, NULL, 0), *b = open_good(qcow2, NULL, 0), *c;
    block_info(a, &info);
    g_assert_cmpstr(info.format, ==, "raw");
    block_info(b, &info);
    g_assert_cmpstr(info.format, ==, "qcow2");
    g_assert_cmpuint(block_size(b), ==, MiB);
    block_close(b);
    c = open_good(qcow2, "raw", 0);
    g_assert_cmpuint(block_size(c), !=, MiB);           /* the file itself */
    block_close(c);
    block_close(a);
    expect_no_open(raw, "qcow2", 0, EMU_ERROR_DATA, "not a qcow2 one");
}

/* A guest could name any file of the host in a header that it writes itself. */
static void guest_cannot_turn_a_probed_raw_image_into_qcow2(void)
{
    static const uint8_t header[512] = "QFI\xfb\0\0\0\3",
                         vdi[512] = { [64] = 0x7f, 0x10, 0xda, 0xbe };
    g_autofree char *path = make("raw", MiB);
    uint8_t got[512], both[1024] = { 0 };
    Block *b = open_good(path, NULL, 0);
    memcpy(both, header, 512);
    g_assert_false(block_write(b, 0, header, 512));
    g_assert_cmpint(errno, ==, EPERM);
    g_assert_false(block_write(b, 0, both, 1024));
    g_assert_false(block_write(b, 0, vdi, 512));
    g_assert_true(block_write(b, 0, header, 4));        /* not a header yet: version 0 */
    g_assert_false(block_write(b, 4, header + 4, 4));   /* but now it would be one */
    g_assert_true(block_write(b, 512, header, 512));    /* only the first sector matters */
    g_assert_true(block_write(b, 0, both + 512, 512));
    g_assert_true(block_read(b, 0, got, 512));
    g_assert_cmpmem(got, 512, both + 512, 512);
    block_close(b);
    b = open_good(path, "raw", 0);                      /* who says raw means it */
    g_assert_true(block_write(b, 0, header, 512));
    block_close(b);
}

/* --- Locks ------------------------------------------------------------------------------------ */

static void one_writer_or_many_readers(const void *format)
{
    g_autofree char *path = make(format, MiB);
    Block *a = open_good(path, format, 0);
    expect_no_open(path, format, 0, EMU_ERROR_OSERR, "in use by another process");
    expect_no_open(path, format, BLOCK_READ_ONLY, EMU_ERROR_OSERR, "in use");
    expect_no_open(path, format, BLOCK_SNAPSHOT, EMU_ERROR_OSERR, "in use");
    Block *look = open_good(path, format, BLOCK_READ_ONLY | BLOCK_SHARE);
    block_close(look);
    block_close(a);
    a = open_good(path, format, BLOCK_READ_ONLY);
    Block *b = open_good(path, format, BLOCK_SNAPSHOT);
    expect_no_open(path, format, 0, EMU_ERROR_OSERR, "in use");
    block_close(a);
    expect_no_open(path, format, 0, EMU_ERROR_OSERR, "in use");
    block_close(b);
    block_close(open_good(path, format, 0));
}

static void backing_file_is_not_written_meanwhile(void)
{
    GError *err = NULL;
    g_autofree char *base = make("qcow2", MiB), *name = g_path_get_basename(base);
    g_autofree char *path = g_strdup_printf("%s/on-top.img", disk_folder());
    BlockCreate o = { .size = MiB, .backing = name, .backing_format = "qcow2" };
    block_create(path, "qcow2", &o, &err);
    g_assert_no_error(err);
    Block *b = open_good(path, NULL, 0);
    expect_no_open(base, NULL, 0, EMU_ERROR_OSERR, "in use");
    block_close(b);
    g_assert_cmpint(g_unlink(base), ==, 0);
    g_assert_null(block_open(path, NULL, 0, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_NOINPUT);
    g_assert_nonnull(strstr(err->message, path));       /* both are named */
    g_assert_nonnull(strstr(err->message, base));
    g_clear_error(&err);
}

/* --- Flushes ---------------------------------------------------------------------------------- */

static unsigned n_writes, n_syncs;

static void wrote(const HostFile *f, uint64_t off, const void *buf, uint64_t len)
{
    n_writes++;
}

static void truncated(const HostFile *f, uint64_t size)
{
}

static void synced(const HostFile *f)
{
    n_syncs++;
}

static const HostFileWatch watch = { wrote, truncated, synced };

/* Syncs that a write and a flush make. */
static void count_syncs(const char *format, unsigned flags, unsigned *by_write, unsigned *by_flush)
{
    g_autofree char *path = make(format, MiB);
    Block *b = open_good(path, format, flags);
    hostfile_watch = &watch;
    n_syncs = 0;
    g_assert_true(block_write(b, 4096, "x", 1));
    *by_write = n_syncs;
    g_assert_true(block_flush(b));
    *by_flush = n_syncs - *by_write;
    hostfile_watch = NULL;
    block_close(b);
}

static void cache_modes(const void *format)
{
    unsigned by_write, by_flush;
    count_syncs(format, 0, &by_write, &by_flush);
    g_assert_cmpuint(by_write, ==, 0);
    g_assert_cmpuint(by_flush, >=, 1);
    count_syncs(format, BLOCK_WRITE_THROUGH, &by_write, &by_flush);
    g_assert_cmpuint(by_write, >=, 1);
    count_syncs(format, BLOCK_UNSAFE, &by_write, &by_flush);
    g_assert_cmpuint(by_write + by_flush, ==, 0);
}

/* Sequential writes reach the host in as many pieces as the guest made, not in clusters. */
static void long_write_is_one_write(const void *format)
{
    g_autofree char *path = make(format, 16 * MiB);
    g_autofree uint8_t *buf = g_malloc0(4 * MiB);
    Block *b = open_good(path, format, 0);
    g_assert_true(block_write(b, 0, buf, 1));           /* its L2 table is there */
    for (int again = 0; again < 2; again++) {
        hostfile_watch = &watch;
        n_writes = 0;
        g_assert_true(block_write(b, 4 * MiB, buf, 4 * MiB));
        g_assert_cmpuint(n_writes, <=, 3);              /* with an empty head and tail */
        hostfile_watch = NULL;
    }
    block_close(b);
}

/* --- Space ------------------------------------------------------------------------------------ */

static uint64_t space(const char *path)
{
    GStatBuf st;
    g_assert_cmpint(g_stat(path, &st), ==, 0);
    return st.st_blocks * UINT64_C(512);
}

static void discard_gives_space_back(const void *format)
{
    g_autofree char *path = make(format, 8 * MiB);
    g_autofree uint8_t *buf = g_malloc(4 * MiB), *zeros = g_malloc0(4 * MiB);
    memset(buf, 1, 4 * MiB);
    Block *b = open_good(path, format, 0);
    g_assert_true(block_write(b, MiB, buf, 4 * MiB));
    g_assert_true(block_flush(b));
    uint64_t full = space(path);
    g_assert_true(block_discard(b, MiB, 4 * MiB));      /* not asked for: nothing happens */
    g_assert_true(block_flush(b));
    g_assert_cmpuint(space(path), ==, full);
    block_close(b);
    b = open_good(path, format, BLOCK_DISCARD);
    g_assert_true(block_discard(b, MiB, 4 * MiB));
    g_assert_true(block_flush(b));
    g_assert_cmpuint(space(path), <=, full - 3 * MiB);
    g_assert_true(block_read(b, MiB, buf, 4 * MiB));
    g_assert_cmpmem(buf, 4 * MiB, zeros, 4 * MiB);
    block_close(b);
}

static void snapshot_leaves_the_file_alone(const void *format)
{
    g_autofree char *path = make(format, MiB + 512), *before = NULL, *after = NULL;
    gsize len, len_after;
    uint8_t got[1024];
    g_assert_true(g_file_get_contents(path, &before, &len, NULL));
    Block *b = open_good(path, format, BLOCK_SNAPSHOT);
    g_assert_true(block_write(b, MiB - 256, "written", 8));
    g_assert_true(block_write(b, MiB + 504, "the end", 8));
    g_assert_true(block_zero(b, 100, 3000));
    g_assert_false(block_write(b, MiB + 505, "the end", 8));
    g_assert_true(block_flush(b));
    g_assert_true(block_read(b, MiB - 512, got, 1024));
    g_assert_cmpstr((char *)got + 256, ==, "written");
    g_assert_cmpstr((char *)got + 1016, ==, "the end");
    block_close(b);
    g_assert_true(g_file_get_contents(path, &after, &len_after, NULL));
    g_assert_cmpmem(before, len, after, len_after);
}

static void empty_slots_and_ranges(void)
{
    uint8_t c = 0;
    g_assert_cmpuint(block_size(NULL), ==, 0);
    g_assert_false(block_read_only(NULL));
    g_assert_false(block_read(NULL, 0, &c, 1));
    g_assert_false(block_write(NULL, 0, &c, 1));
    g_assert_false(block_zero(NULL, 0, 1));
    g_assert_false(block_discard(NULL, 0, 1));
    g_assert_true(block_flush(NULL));
    Block *b = block_memory(1024);
    g_assert_true(block_read(b, 1024, &c, 0));
    g_assert_false(block_read(b, 1024, &c, 1));
    g_assert_false(block_read(b, UINT64_MAX, &c, 1));
    g_assert_false(block_write(b, 1000, &c, SIZE_MAX));
    block_close(b);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static const char *const formats[] = { "raw", "qcow2" };
    static const struct {
        const char *name;
        void      (*run)(const void *format);
    } each[] = {
        { "one-writer-or-many-readers", one_writer_or_many_readers },
        { "cache-modes", cache_modes },
        { "long-write-is-one-write", long_write_is_one_write },
        { "discard-gives-space-back", discard_gives_space_back },
        { "snapshot-leaves-the-file-alone", snapshot_leaves_the_file_alone },
    };
    for (unsigned f = 0; f < ARRAY_SIZE(formats); f++) {
        for (unsigned i = 0; i < ARRAY_SIZE(each); i++) {
            g_autofree char *name = g_strdup_printf("/block/%s/%s", formats[f], each[i].name);
            g_test_add_data_func(name, formats[f], each[i].run);
        }
    }
    g_test_add_func("/block/format-is-found-by-content", format_is_found_by_content);
    g_test_add_func("/block/guest-cannot-turn-a-probed-raw-image-into-qcow2",
                    guest_cannot_turn_a_probed_raw_image_into_qcow2);
    g_test_add_func("/block/backing-file-is-not-written-meanwhile",
                    backing_file_is_not_written_meanwhile);
    g_test_add_func("/block/empty-slots-and-ranges", empty_slots_and_ranges);
    int status = g_test_run();
    disk_folder_remove();
    return status;
}
