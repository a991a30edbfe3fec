/* SPDX-License-Identifier: MIT */
/*
 * Disk images against a model in memory: random operations on every kind of image; power failures,
 * where only what was synced is sure to be on the disk.
 */
#include "tests/io/disk_bench.h"
#include <glib/gstdio.h>
#include <stdlib.h>
#include "io/block/hostfile.h"
#include "system/error.h"

static unsigned rounds = 1;                 /* EMU_TEST_ROUNDS: more of everything */

/* --- Random operations ------------------------------------------------------------------------ */

static void random_operations(const void *kind)
{
    for (unsigned round = 0; round < rounds; round++) {
        Disk d;
        disk_make(&d, kind, 3 * MiB + 512 * 77, 1 + round);
        for (int i = 0; i < 250; i++) {
            disk_step(&d);
            if (i % 50 == 49) {
                disk_compare(&d);
            }
        }
        disk_compare(&d);
        block_close(d.block);
        disk_check_closed(&d, false);
        disk_open(&d, BLOCK_READ_ONLY);
        disk_compare(&d);
        block_close(d.block);
        /* What qemu-img reads in it. */
        g_autofree char *raw = g_strdup_printf("%s/model.raw", disk_folder());
        g_assert_true(g_file_set_contents(raw, (char *)d.model, d.size, NULL));
        int status = run_qemu_img("compare -f %s -F raw '%s' '%s'", d.kind->format, d.path, raw);
        g_assert_cmpint(status, <=, 0);
        disk_free(&d);
    }
}

/* --- Power failures --------------------------------------------------------------------------- */

/* What the host was told to write since the image was made. */
typedef struct Wrote {
    uint64_t off, len;
    uint8_t *buf;                           /* NULL: zeros */
    bool     truncate;
    bool     sync;
} Wrote;

static GArray *journal;

static void note(uint64_t off, const void *buf, uint64_t len, bool truncate, bool sync)
{
    Wrote w = { off, len, buf ? g_memdup2(buf, len) : NULL, truncate, sync };
    g_array_append_val(journal, w);
}

static void wrote(const HostFile *f, uint64_t off, const void *buf, uint64_t len)
{
    note(off, buf, len, false, false);
}

static void truncated(const HostFile *f, uint64_t size)
{
    note(size, NULL, 0, true, false);
}

static void synced(const HostFile *f)
{
    note(0, NULL, 0, false, true);
}

static const HostFileWatch watch = { wrote, truncated, synced };

static void clear_journal(void)
{
    for (unsigned i = 0; i < journal->len; i++) {
        g_free(g_array_index(journal, Wrote, i).buf);
    }
    g_array_set_size(journal, 0);
}

static void replay(GByteArray *file, const Wrote *w, uint64_t from, uint64_t len)
{
    if (w->truncate) {
        unsigned old = file->len;
        g_byte_array_set_size(file, w->off);
        if (w->off > old) {
            memset(file->data + old, 0, w->off - old);
        }
        return;
    }
    uint64_t end = w->off + from + len;
    if (!w->buf && end > file->len) {
        end = file->len;
    }
    if (end > file->len) {
        unsigned old = file->len;
        g_byte_array_set_size(file, end);
        memset(file->data + old, 0, end - old);
    }
    if (end > w->off + from && w->buf) {
        memcpy(file->data + w->off + from, w->buf + from, end - w->off - from);
    } else if (end > w->off + from) {
        memset(file->data + w->off + from, 0, end - w->off - from);
    }
}

/* The image as the power failure left it, when the first n entries of the journal had happened: all
 * up to the last sync, and of the rest some sectors. */
static void lose_power(Disk *d, const char *path, const char *start, gsize start_len, unsigned n)
{
    g_autoptr(GByteArray) file = g_byte_array_new();
    unsigned safe = 0;
    g_byte_array_append(file, (const guint8 *)start, start_len);
    for (unsigned i = 0; i < n; i++) {
        if (g_array_index(journal, Wrote, i).sync) {
            safe = i;
        }
    }
    int mood = g_rand_int_range(d->rand, 0, 4);
    for (unsigned i = 0; i < n; i++) {
        const Wrote *w = &g_array_index(journal, Wrote, i);
        if (w->sync) {
            continue;
        }
        if (i < safe || w->truncate) {
            replay(file, w, 0, w->len);
            continue;
        }
        for (uint64_t k = 0; k < w->len; k += 512) {
            if (mood == 0   ? false
                : mood == 1 ? g_rand_boolean(d->rand)
                            : g_rand_int_range(d->rand, 0, 4)) {
                replay(file, w, k, MIN(512, w->len - k));
            }
        }
    }
    g_assert_true(g_file_set_contents(path, (char *)file->data, file->len, NULL));
}

/* Each sector of the disk has what it had at the last flush or what was written since. */
typedef struct History {
    uint8_t  *flushed;
    GArray   *since;                        /* Wrote, on the disk */
} History;

static bool sector_good(const History *h, uint64_t off, const uint8_t *got)
{
    if (!memcmp(h->flushed + off, got, 512)) {
        return true;
    }
    for (unsigned i = 0; i < h->since->len; i++) {
        const Wrote *w = &g_array_index(h->since, Wrote, i);
        if (w->off <= off && off < w->off + w->len && !memcmp(w->buf + (off - w->off), got, 512)) {
            return true;
        }
    }
    return false;
}

static void judge(Disk *d, const History *h, const char *path, unsigned n)
{
    GError *err = NULL;
    Disk now = *d;
    now.path = (char *)path;
    disk_check_closed(&now, true);
    Block *b = block_open(path, "qcow2", 0, &err);
    g_assert_no_error(err);
    g_autofree uint8_t *all = g_malloc(d->size);
    g_assert_true(block_read(b, 0, all, d->size));
    for (uint64_t off = 0; off < d->size; off += 512) {
        if (!sector_good(h, off, all + off)) {
            g_error("%s: power failed after write %u of %u: sector %#" G_GINT64_MODIFIER
                    "x has something "
                    "that was never there",
                    d->kind->name, n, journal->len, off);
        }
    }
    /* It can still be used. */
    g_assert_true(block_write(b, 0, all + d->size / 2 / 512 * 512, 4096));
    g_assert_true(block_flush(b));
    block_close(b);
    disk_check_closed(&now, true);
}

/* Writes and zeros between two flushes, in sectors. */
static void work_between_flushes(Disk *d, History *h)
{
    int n = g_rand_int_range(d->rand, 1, 8);
    for (int i = 0; i < n; i++) {
        uint64_t off = g_rand_int_range(d->rand, 0, d->size / 512) * UINT64_C(512);
        uint64_t len = g_rand_int_range(d->rand, 1, 60) * UINT64_C(512);
        len = MIN(len, d->size - off);
        bool zero = g_rand_int_range(d->rand, 0, 4) == 0;
        for (uint64_t k = 0; k < len; k++) {
            d->model[off + k] = zero ? 0 : g_rand_int(d->rand);
        }
        Wrote w = { off, len, g_memdup2(d->model + off, len) };
        g_array_append_val(h->since, w);
        bool ok = zero ? block_zero(d->block, off, len)
                       : block_write(d->block, off, d->model + off, len);
        g_assert_true(ok);
    }
}

static void flushed_now(Disk *d, History *h)
{
    memcpy(h->flushed, d->model, d->size);
    for (unsigned i = 0; i < h->since->len; i++) {
        g_free(g_array_index(h->since, Wrote, i).buf);
    }
    g_array_set_size(h->since, 0);
}

static void power_failures(const void *kind)
{
    Disk d;
    History h = { .since = g_array_new(false, false, sizeof(Wrote)) };
    journal = g_array_new(false, false, sizeof(Wrote));
    disk_make(&d, kind, MiB + 512, 7);
    h.flushed = g_memdup2(d.model, d.size);
    g_autofree char *path = g_strdup_printf("%s/failed.img", disk_folder());
    for (unsigned round = 0; round < 4 * rounds; round++) {
        g_autofree char *start = NULL;
        gsize start_len;
        block_close(d.block);
        flushed_now(&d, &h);
        g_assert_true(g_file_get_contents(d.path, &start, &start_len, NULL));
        disk_open(&d, BLOCK_DISCARD);
        clear_journal();
        hostfile_watch = &watch;
        for (int i = 0; i < 4; i++) {
            work_between_flushes(&d, &h);
            unsigned from = journal->len;
            g_assert_true(block_flush(d.block));
            hostfile_watch = NULL;
            for (int k = 0; k < 3; k++) {       /* while it is flushed */
                unsigned n = g_rand_int_range(d.rand, from, journal->len + 1);
                lose_power(&d, path, start, start_len, n);
                judge(&d, &h, path, n);
            }
            flushed_now(&d, &h);
            lose_power(&d, path, start, start_len, journal->len);
            judge(&d, &h, path, journal->len);
            hostfile_watch = &watch;
        }
        hostfile_watch = NULL;
    }
    block_close(d.block);
    disk_free(&d);
    clear_journal();
    g_array_unref(journal);
    flushed_now(&(Disk){ .model = h.flushed }, &h);
    g_array_unref(h.since);
    g_free(h.flushed);
    g_remove(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    const char *more = getenv("EMU_TEST_ROUNDS");
    rounds = more ? MAX(atoi(more), 1) : 1;
    for (const DiskKind *k = disk_kinds; k->name; k++) {
        g_autofree char *name = g_strdup_printf("/disk/random/%s", k->name);
        g_autofree char *power = g_strdup_printf("/disk/power/%s", k->name);
        g_test_add_data_func(name, k, random_operations);
        if (strcmp(k->format, "raw")) {
            g_test_add_data_func(power, k, power_failures);
        }
    }
    int status = g_test_run();
    disk_folder_remove();
    return status;
}
