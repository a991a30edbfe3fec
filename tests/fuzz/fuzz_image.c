/* SPDX-License-Identifier: MIT */
/*
 * usage: fuzz_image [CASES [SEED]]
 *
 * Images whose headers and tables are damaged: whatever is done with them ends in time, without a
 * crash and without much memory.  What the check says is repaired, is.  A case is a good small
 * image of some kind with a few fields of its header, entries of its tables or bytes changed; CASES
 * in all, each made from SEED and its number alone, so `fuzz_image 1 SEED` with the seed that a
 * failure prints is that case.  Under the address sanitizer single allocations are bounded, else
 * the address space is.  TAP.
 */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include "io/block/image.h"
#include "system/error.h"

enum { SECONDS = 20, MOST_RSS = 600, MOST_FILE = 256 * 1024 * 1024, HEADER = 112 };

#if defined(__SANITIZE_ADDRESS__)
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "max_allocation_size_mb=192:detect_leaks=0:quarantine_size_mb=16";
}
#endif

static volatile uint32_t now;               /* the case's seed */
static bool verbose;
static unsigned opened, mended;             /* so that it is seen that they are not all refused */

/* --- Good images ------------------------------------------------------------------------------ */

typedef struct Seed {
    uint8_t *bytes;
    gsize    len;
} Seed;

static const BlockCreate kinds[] = {
    { .size = 2 * MiB, .version = 3 },
    { .size = 2 * MiB, .version = 2, .cluster_size = 4096 },
    { .size = MiB, .version = 3, .cluster_size = 512 },
    { .size = MiB, .version = 3, .cluster_size = 512, .refcount_bits = 1 },
    { .size = MiB, .version = 3, .cluster_size = 1024, .refcount_bits = 64 },
    { .size = 4 * MiB, .version = 3, .cluster_size = 16384, .extended_l2 = true },
    { .size = 2 * MiB, .version = 3, .cluster_size = 4096, .zstd = true },
    { .size = 2 * MiB, .version = 3, .cluster_size = 4096, .refcount_bits = 8 },
};
static Seed seeds[ARRAY_SIZE(kinds)];

static void make_seed(unsigned i, const char *path)
{
    GError *err = NULL;
    GRand *r = g_rand_new_with_seed(i);
    block_create(path, "qcow2", &kinds[i], &err);
    g_assert_no_error(err);
    Block *b = block_open(path, "qcow2", 0, &err);
    g_assert_no_error(err);
    uint64_t cluster = kinds[i].cluster_size ? kinds[i].cluster_size : 64 * KiB;
    g_autofree uint8_t *buf = g_malloc0(cluster);
    for (int k = 0; k < 12; k++) {
        uint64_t off = g_rand_int_range(r, 0, block_size(b) / cluster) * cluster;
        memset(buf, k + 1, cluster / 2);
        bool packed = k % 4 == 3 && kinds[i].refcount_bits != 1;
        g_assert_true(packed ? block_write_compressed(b, off, buf, cluster, NULL)
                             : block_write(b, off, buf, cluster));
        if (k == 5 && kinds[i].refcount_bits != 1) {
            g_assert_true(block_snapshot_create(b, "snap", NULL));
        }
        if (k % 5 == 4) {
            g_assert_true(block_zero(b, off + 512, cluster * 2 % (block_size(b) - off - 512) + 1));
        }
    }
    block_close(b);
    g_assert_true(g_file_get_contents(path, (char **)&seeds[i].bytes, &seeds[i].len, NULL));
    g_rand_free(r);
}

/* --- Damage ----------------------------------------------------------------------------------- */

static uint64_t interesting(GRand *r, const Seed *s)
{
    uint64_t word = (uint64_t)g_rand_int(r) << 32 | g_rand_int(r);
    uint64_t cluster = BIT64(MIN(ld_be32(s->bytes + 20), 21));
    switch (g_rand_int_range(r, 0, 9)) {
    case 0:
        return 0;
    case 1:
        return UINT64_MAX;
    case 2:
        return word;
    case 3:
        return BIT64(g_rand_int_range(r, 0, 64));
    case 4:                                             /* some cluster of the file */
        return g_rand_int_range(r, 0, s->len / cluster + 4) * cluster;
    case 5:
        return BIT64(63) | g_rand_int_range(r, 0, s->len / cluster + 4) * cluster;
    case 6:
        return BIT64(62) | (word & (g_rand_boolean(r) ? UINT64_MAX >> 2 : s->len));
    case 7:
        return g_rand_int_range(r, 0, 300);
    default:
        return s->len - g_rand_int_range(r, 0, 600);
    }
}

/* A place in the header, or in one of the tables that it names. */
static uint64_t somewhere(GRand *r, const Seed *s)
{
    static const unsigned pointers[] = { 40, 48, 64 };  /* L1, refcount table, snapshots */
    uint64_t cluster = BIT64(MIN(ld_be32(s->bytes + 20), 21));
    if (g_rand_int_range(r, 0, 3) == 0) {
        return g_rand_int_range(r, 0, HEADER / 4) * 4;
    }
    uint64_t at = ld_be64(s->bytes + pointers[g_rand_int_range(r, 0, 3)]);
    if (at > s->len - 32) {
        return g_rand_int_range(r, 0, s->len);
    }
    if (g_rand_boolean(r)) {                            /* what its first entries point to */
        uint64_t entry = at + g_rand_int_range(r, 0, 2) * 8;
        uint64_t next =
            entry + 8 <= s->len ? ld_be64(s->bytes + entry) & UINT64_C(0xfffffffffffe00) : 0;
        at = next && next < s->len && next + cluster <= s->len ? next : at;
    }
    return at + g_rand_int_range(r, 0, g_rand_boolean(r) ? 8 : cluster / 8) * 8;
}

static void damage(GRand *r, Seed *s)
{
    for (int n = g_rand_int_range(r, 1, 6); n > 0; n--) {
        uint64_t at = somewhere(r, s), v = interesting(r, s);
        uint8_t bytes[8];
        st_be64(bytes, v);
        unsigned len = g_rand_int_range(r, 0, 3) == 0     ? 1
                       : at < HEADER && g_rand_boolean(r) ? 4
                                                          : 8;
        if (at < s->len && at + len <= s->len) {
            memcpy(s->bytes + at, bytes + 8 - len, len);
        }
    }
    if (g_rand_int_range(r, 0, 12) == 0) {
        s->len = g_rand_int_range(r, 0, s->len);
    }
}

/* --- Use -------------------------------------------------------------------------------------- */

static uint64_t offset(GRand *r, Block *b, size_t len)
{
    uint64_t size = block_size(b), v = (uint64_t)g_rand_int(r) << 32 | g_rand_int(r);
    return size <= len ? 0 : g_rand_boolean(r) ? v % (size - len) : v % MIN(size - len, 2 * MiB);
}

static void use(GRand *r, Block *b)
{
    static uint8_t buf[256 * 1024];
    for (int i = 0; i < 10; i++) {
        size_t len = MIN((uint64_t)g_rand_int_range(r, 1, g_rand_boolean(r) ? 5000 : sizeof(buf)),
                         block_size(b));
        uint64_t off = offset(r, b, len), n = len;
        switch (g_rand_int_range(r, 0, 8)) {
        case 0:
        case 1:
        case 2:
            block_read(b, off, buf, len);
            break;
        case 3:
        case 4:
            block_write(b, off, buf, len);
            break;
        case 5:
            block_zero(b, off, len);
            break;
        case 6:
            block_discard(b, off, len);
            break;
        default:
            if (len) {
                block_status(b, off, &n);
            }
            break;
        }
    }
    block_flush(b);
}

static void use_snapshots(GRand *r, Block *b)
{
    switch (g_rand_int_range(r, 0, 5)) {
    case 0:
        block_snapshot_create(b, "new", NULL);
        break;
    case 1:
        block_snapshot_apply(b, "snap", NULL);
        break;
    case 2:
        block_snapshot_delete(b, "snap", NULL);
        break;
    case 3:
        block_resize(b, block_size(b) / 2 + g_rand_int_range(r, 0, 3) * MiB, PREALLOC_OFF, NULL);
        break;
    default:
        break;
    }
}

/* What is found in a single case that is done again. */
static void say(const char *text)
{
    if (verbose) {
        printf("# %s\n", text);
    }
}

static void check(const char *path, unsigned fix)
{
    BlockCheck first = { .say = say }, second = { .say = say };
    unsigned flags = BLOCK_CHECK | BLOCK_NO_BACKING;
    Block *b = block_open(path, "qcow2", flags | (fix ? 0 : BLOCK_READ_ONLY), NULL);
    bool ok = b && block_check(b, fix, &first, NULL);
    block_close(b);
    if (!ok || fix != (BLOCK_FIX_LEAKS | BLOCK_FIX_ERRORS) || first.errors ||
        first.corruptions != first.corruptions_fixed) {
        return;
    }
    mended += first.corruptions > 0;
    b = block_open(path, "qcow2", flags | BLOCK_READ_ONLY, NULL);
    g_assert_nonnull(b);
    g_assert_true(block_check(b, 0, &second, NULL));
    block_close(b);
    g_assert_cmpuint(second.corruptions, ==, 0);
    g_assert_cmpuint(second.leaks, ==, 0);
}

static void one_case(uint32_t seed)
{
    GRand *r = g_rand_new_with_seed(seed);
    const Seed *good = &seeds[g_rand_int_range(r, 0, ARRAY_SIZE(seeds))];
    Seed bad = { g_memdup2(good->bytes, good->len), good->len };
    int fd = memfd_create("image", MFD_CLOEXEC);
    damage(r, &bad);
    g_assert_cmpint(pwrite(fd, bad.bytes, bad.len, 0), ==, bad.len);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    unsigned fix = g_rand_int_range(r, 0, 4);
    check(path, 0);
    if (fix) {
        check(path, fix);
    }
    static const unsigned ways[] = { BLOCK_READ_ONLY, 0, BLOCK_DISCARD, BLOCK_SNAPSHOT,
                                     BLOCK_DISCARD };
    unsigned way = g_rand_int_range(r, 0, ARRAY_SIZE(ways));
    Block *b = block_open(path, NULL, ways[way] | BLOCK_NO_BACKING, NULL);
    if (b) {
        opened++;
        BlockInfo info;
        block_info(b, &info);
        g_free(info.backing_path);
        use(r, b);
        if (way == 1 || way == 2) {
            use_snapshots(r, b);
            use(r, b);
        }
        block_close(b);
    }
    close(fd);
    g_free(bad.bytes);
    g_rand_free(r);
}

/* --- All of them ------------------------------------------------------------------------------ */


static void died(int sig)
{
    char text[64];
    int n =
        snprintf(text, sizeof(text), "# seed %u: %s\n", now, sig == SIGALRM ? "no end" : "died");
    if (write(STDOUT_FILENO, text, n) < 0 || sig == SIGALRM) {
        _exit(1);
    }
    signal(sig, SIG_DFL);
    raise(sig);
}

static void bound(void)
{
    struct rlimit file = { MOST_FILE, MOST_FILE };
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &file);
#if !defined(__SANITIZE_ADDRESS__)
    struct rlimit space = { 1536 * MiB, 1536 * MiB };
    setrlimit(RLIMIT_AS, &space);
#endif
    signal(SIGALRM, died);
    signal(SIGABRT, died);
#if !defined(__SANITIZE_ADDRESS__)
    signal(SIGSEGV, died);
#endif
}

int main(int argc, char **argv)
{
    unsigned cases = argc > 1 ? MAX(atoi(argv[1]), 1) : 10000;
    uint32_t seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
    g_autofree char *path = g_strdup_printf("%s/fuzz-image-%d", g_get_tmp_dir(), getpid());
    for (unsigned i = 0; i < ARRAY_SIZE(seeds); i++) {
        make_seed(i, path);
    }
    g_remove(path);
    bound();
    verbose = cases == 1;
    FILE *errors = stderr;
    stderr = verbose ? errors : fopen("/dev/null", "w"); /* what is said of each damaged image */
    for (unsigned i = 0; i < cases; i++) {
        now = seed + i;
        alarm(SECONDS);
        one_case(now);
    }
    alarm(0);
    stderr = errors;
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    bool good = u.ru_maxrss < MOST_RSS * 1024 &&
                (cases < 100 || (opened > cases / 4 && mended > cases / 50));
    printf("1..1\n%sok 1 %u damaged images, %u opened, %u mended; %ld MiB at most\n",
           good ? "" : "not ", cases, opened, mended, u.ru_maxrss / 1024);
    return good ? 0 : 1;
}
