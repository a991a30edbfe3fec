/* SPDX-License-Identifier: MIT */
/*
 * usage: kill_qcow2 [KILLS]
 *
 * A child writes, zeros and flushes an image as fast as it can and tells through a pipe what it is
 * about to do and which flushes are done; it is killed (SIGKILL) at a random moment.  Then the
 * image opens, has no errors but leaks, by our own check and by qemu-img's, and each sector holds
 * what it had at the last flush that was done, or something written to it afterwards.  TAP.
 */
#include "tests/io/disk_bench.h"
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "system/error.h"

enum {
    SECTOR = 512, SIZE = 6 * 1024 * 1024 + 3 * SECTOR, SECTORS = SIZE / SECTOR,
    MOST = 160,                             /* sectors of one write */
    KILLS_PER_IMAGE = 10,
};

/* What the child tells: before a write or a zero, after a flush. */
typedef struct Told {
    uint32_t what, first, n, generation;    /* what: 'w', 'z', 'F' */
} Told;

/* A sector of one generation has this; generation 0 is zeros. */
static void sector_of(uint8_t *p, uint32_t sector, uint32_t generation)
{
    uint64_t x = (uint64_t)sector << 32 | generation;
    for (unsigned i = 0; i < SECTOR; i += 8) {
        uint64_t v =
            generation ? x * UINT64_C(0x9e3779b97f4a7c15) + i * UINT64_C(0xbf58476d1ce4e5b9) : 0;
        memcpy(p + i, &v, 8);
    }
    if (generation) {
        memcpy(p, &sector, 4);
        memcpy(p + 4, &generation, 4);
    }
}

/* --- The child -------------------------------------------------------------------------------- */

static void tell(int fd, uint32_t what, uint32_t first, uint32_t n, uint32_t generation)
{
    Told t = { what, first, n, generation };
    if (write(fd, &t, sizeof(t)) != sizeof(t)) {
        _exit(3);
    }
}

static void child(const char *path, int fd, uint32_t generation)
{
    Block *b = block_open(path, "qcow2", BLOCK_DISCARD, NULL);
    g_autofree uint8_t *buf = g_malloc(MOST * SECTOR);
    GRand *r = g_rand_new_with_seed(generation);
    while (b) {
        uint32_t first = g_rand_int_range(r, 0, SECTORS),
                 most = MIN((uint32_t)MOST, SECTORS - first);
        uint32_t n = g_rand_int_range(r, 1, g_rand_boolean(r) ? MIN(9u, most + 1) : most + 1);
        unsigned what = g_rand_int_range(r, 0, 10);
        generation++;
        if (what < 7) {
            for (uint32_t i = 0; i < n; i++) {
                sector_of(buf + i * SECTOR, first + i, generation);
            }
            tell(fd, 'w', first, n, generation);
            if (!block_write(b, (uint64_t)first * SECTOR, buf, n * SECTOR)) {
                _exit(4);
            }
        } else if (what == 7) {
            tell(fd, 'z', first, n, 0);
            if (!block_zero(b, (uint64_t)first * SECTOR, n * SECTOR)) {
                _exit(5);
            }
        } else if (block_flush(b)) {
            tell(fd, 'F', 0, 0, 0);
        } else {
            _exit(6);
        }
    }
    _exit(7);
}

/* --- What may be there ------------------------------------------------------------------------ */

typedef struct Model {
    uint32_t flushed[SECTORS];              /* generations */
    GArray  *since;                         /* Told: writes after the last flush */
    uint32_t generation;
    unsigned flushes, writes;
} Model;

static void settle(Model *m)
{
    for (unsigned i = 0; i < m->since->len; i++) {
        const Told *t = &g_array_index(m->since, Told, i);
        for (uint32_t k = 0; k < t->n; k++) {
            m->flushed[t->first + k] = t->generation;
        }
    }
    g_array_set_size(m->since, 0);
}

static void heard(Model *m, const Told *t)
{
    if (t->what == 'F') {
        settle(m);
        m->flushes++;
        return;
    }
    g_array_append_val(m->since, *t);
    m->generation = MAX(m->generation, t->generation);
    m->writes++;
}

static bool possible(const Model *m, uint32_t sector, uint32_t generation)
{
    bool found = m->flushed[sector] == generation;
    for (unsigned i = 0; i < m->since->len && !found; i++) {
        const Told *t = &g_array_index(m->since, Told, i);
        found = t->generation == generation && t->first <= sector && sector < t->first + t->n;
    }
    return found;
}

/* --- One kill --------------------------------------------------------------------------------- */

/* Hears the child for a while, kills it, hears the rest. */
static void run_and_kill(const char *path, Model *m, GRand *r)
{
    int fds[2], status;
    g_assert_cmpint(pipe(fds), ==, 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(fds[0]);
        child(path, fds[1], m->generation + 1);
    }
    close(fds[1]);
    gint64 end = 0;
    int after = g_rand_int_range(r, 500, 150000);    /* microseconds after its first word */
    bool killed = false;
    for (;;) {
        Told t;
        struct pollfd p = { fds[0], POLLIN };
        gint64 now = g_get_monotonic_time();
        if (!killed && end && now >= end) {
            kill(pid, SIGKILL);
            killed = true;
        }
        int wait = killed ? -1 : end ? (int)MAX(0, (end - now) / 1000) : 20000;
        if (poll(&p, 1, wait) <= 0 || !(p.revents & POLLIN)) {
            if (p.revents & POLLHUP || (!end && !p.revents)) {
                break;
            }
            continue;
        }
        ssize_t n = read(fds[0], &t, sizeof(t));
        if (n == 0) {
            break;
        }
        g_assert_cmpint(n, ==, sizeof(t));
        heard(m, &t);
        end = end ? end : now + after;
    }
    close(fds[0]);
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    g_assert_true(WIFSIGNALED(status));     /* it did not end by itself, which is a failed write */
}

/* The image is what it may be; the model becomes what it is. */
static void judge(Disk *d, Model *m)
{
    GError *err = NULL;
    disk_check_closed(d, true);
    Block *b = block_open(d->path, "qcow2", 0, &err);
    g_assert_no_error(err);
    g_autofree uint8_t *all = g_malloc(SIZE);
    g_assert_true(block_read(b, 0, all, SIZE));
    block_close(b);
    for (uint32_t i = 0; i < SECTORS; i++) {
        uint8_t want[SECTOR], *got = all + (uint64_t)i * SECTOR;
        uint32_t generation;
        memcpy(&generation, got + 4, 4);
        sector_of(want, i, generation);
        if (memcmp(want, got, SECTOR) || !possible(m, i, generation)) {
            g_error("%s: sector %u has generation %u; flushed was %u", d->kind->name, i, generation,
                    m->flushed[i]);
        }
        m->flushed[i] = generation;
    }
    g_array_set_size(m->since, 0);
}

/* --- All of them ------------------------------------------------------------------------------ */

/* The backing file's sectors are of generation 1. */
static void make_base(const Disk *d, Model *m)
{
    GError *err = NULL;
    Block *b = block_open(d->base, d->kind->on_raw ? "raw" : "qcow2", 0, &err);
    g_assert_no_error(err);
    for (uint32_t i = 0; i < block_size(b) / SECTOR; i++) {
        uint8_t p[SECTOR];
        sector_of(p, i, 1);
        g_assert_true(block_write(b, (uint64_t)i * SECTOR, p, SECTOR));
        m->flushed[i] = 1;
    }
    block_close(b);
}

static void kill_some(const DiskKind *kind, unsigned n, GRand *r)
{
    Disk d;
    g_autofree Model *m = g_new0(Model, 1);
    m->since = g_array_new(false, false, sizeof(Told));
    m->generation = 1;
    disk_make(&d, kind, SIZE, 1);
    block_close(d.block);
    if (d.base) {
        make_base(&d, m);
    }
    for (unsigned i = 0; i < n; i++) {
        run_and_kill(d.path, m, r);
        judge(&d, m);
    }
    g_test_message("%s: %u kills, %u writes, %u flushes", kind->name, n, m->writes, m->flushes);
    disk_free(&d);
    g_array_unref(m->since);
}

static unsigned kills = 40;

static void kill_all(void)
{
    GRand *r = g_rand_new_with_seed(4711);
    unsigned kinds = 0, done = 0, k = 0;
    for (const DiskKind *i = disk_kinds; i->name; i++) {
        kinds++;
    }
    unsigned each = MIN((unsigned)KILLS_PER_IMAGE, (kills + kinds - 1) / kinds);
    for (; done < kills; k = (k + 1) % kinds) {
        if (!strcmp(disk_kinds[k].format, "qcow2")) {
            unsigned n = MIN(each, kills - done);
            kill_some(&disk_kinds[k], n, r);
            done += n;
        }
    }
    g_rand_free(r);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    kills = argc > 1 ? (unsigned)MAX(atoi(argv[1]), 1) : kills;
    g_autofree char *name = g_strdup_printf("/disk/%u-kills", kills);
    g_test_add_func(name, kill_all);
    int status = g_test_run();
    disk_folder_remove();
    return status;
}
