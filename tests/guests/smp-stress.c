/* SPDX-License-Identifier: MIT */
/*
 * What several processors do to each other, as a program for Linux guests (static, no libraries but
 * the C library's): smp-stress bench THREADS | smp-stress run SECONDS THREADS.
 *
 * bench: a fixed amount of work (arithmetic and memory), divided among the threads; prints the time.
 * run: threads of each kind at once, each checking what it does: counters and locks, messages from one
 * to the other, pages that come and go and change their rights (TLB shootdown), code that is written by
 * one thread and run by all, children that write to shared pages (copy on write), signals, pipes.
 * Prints "STRESS-OK <how often>" or what was wrong.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static atomic_int stop, n_wrong;
static atomic_ulong n_done;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void wrong(const char *what, long a, long b)
{
    if (atomic_fetch_add(&n_wrong, 1) < 20) {
        printf("STRESS-WRONG %s: %ld, not %ld\n", what, a, b);
        fflush(stdout);
    }
}

/* ---- bench ---- */

enum { WORK = 960, WORDS = 1 << 14 };

static atomic_int next_piece;
static atomic_uint total;

static void *work(void *unused)
{
    uint32_t *memory = malloc(WORDS * 4), x = 1, sum = 0;
    (void)unused;
    memset(memory, 0, WORDS * 4);
    while (atomic_fetch_add(&next_piece, 1) < WORK) {
        for (unsigned i = 0; i < 200000; i++) {
            x = x * 1664525 + 1013904223;
            memory[x >> 18] += x ^ i;
            sum += memory[i % WORDS] >> 3;
        }
    }
    atomic_fetch_add(&total, sum);
    free(memory);
    return NULL;
}

static void bench(int n)
{
    pthread_t t[64];
    double begin = now();
    for (int i = 0; i < n; i++) {
        pthread_create(&t[i], NULL, work, NULL);
    }
    for (int i = 0; i < n; i++) {
        pthread_join(t[i], NULL);
    }
    printf("BENCH threads %d seconds %.3f\n", n, now() - begin);
}

/* ---- counters and locks ---- */

static atomic_long counted, started;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long under_mutex[2];
static struct { _Alignas(16) uint64_t lo, hi; } pair;

static void count(void)
{
    for (int i = 0; i < 1000; i++) {
        atomic_fetch_add(&started, 1);
        long c = atomic_fetch_add(&counted, 1);
        if (c >= atomic_load(&started)) {
            wrong("counter", c, atomic_load(&started));
        }
        pthread_mutex_lock(&mutex);
        under_mutex[0]++;
        if (++under_mutex[1] != under_mutex[0]) {
            wrong("mutex", under_mutex[1], under_mutex[0]);
        }
        pthread_mutex_unlock(&mutex);
    }
#ifdef __x86_64__
    for (int i = 0; i < 1000; i++) {
        uint64_t lo = pair.lo, hi = pair.hi;
        unsigned char ok;
        do {
            __asm__ volatile("lock cmpxchg16b %0" : "+m" (pair), "+a" (lo), "+d" (hi), "=@ccz" (ok)
                             : "b" (lo + 1), "c" (hi + 3) : "memory");
        } while (!ok);
        if (lo * 3 != hi) {
            wrong("pair", hi, lo * 3);
        }
    }
#endif
}

/* ---- messages ---- */

static struct { _Alignas(64) atomic_long n; _Alignas(64) long data[16]; } box;
static atomic_int writer;

static void message(void)
{
    if (!atomic_exchange(&writer, 1)) {
        for (int i = 0; i < 2000; i++) {
            long n = atomic_load_explicit(&box.n, memory_order_relaxed) + 1;
            box.data[n % 16] = n;
            atomic_store_explicit(&box.n, n, memory_order_release);
        }
        atomic_store(&writer, 0);
        return;
    }
    for (int i = 0; i < 2000; i++) {
        long n = atomic_load_explicit(&box.n, memory_order_acquire);
        long d = *(volatile long *)&box.data[n % 16];
        if (d < n) {
            wrong("message", d, n);
        }
    }
}

/* ---- pages ---- */

static void pages(void)
{
    for (int i = 0; i < 40; i++) {
        enum { SIZE = 64 * 1024 };
        char *p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (int k = 0; k < SIZE; k += 4096) {
            if (p[k]) {
                wrong("new page", p[k], 0);
            }
            p[k] = i + 1;
        }
        mprotect(p, SIZE / 2, PROT_READ);
        for (int k = 0; k < SIZE; k += 4096) {
            if (p[k] != i + 1) {
                wrong("page", p[k], i + 1);
            }
        }
        madvise(p + SIZE / 2, SIZE / 2, MADV_DONTNEED);
        if (p[SIZE / 2]) {
            wrong("page given back", p[SIZE / 2], 0);
        }
        munmap(p, SIZE);
    }
}

/* A page that is taken away again and again while the others read it: 0 or what is there. */
static char *_Atomic shared_page;

static void shared(void)
{
    char *p = shared_page;
    for (int i = 0; i < 200; i++) {
        unsigned char c = *(volatile unsigned char *)p;
        if (c != 0 && c != 77) {
            wrong("shared page", c, 77);
        }
        if (i % 50 == 0) {
            madvise(p, 4096, MADV_DONTNEED);
            *(volatile char *)p = 77;
        }
    }
}

/* ---- code ---- */

static void code(void)
{
#if defined(__x86_64__) || defined(__i386__)
    unsigned char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (uint32_t i = 0; i < 300; i++) {
        unsigned char *f = p + i % 32 * 64;
        f[0] = 0xb8;
        memcpy(f + 1, &i, 4);
        f[5] = 0xc3;
        int (*fn)(void) = (int (*)(void))f;
        if (fn() != (int)i) {
            wrong("code", fn(), i);
        }
    }
    munmap(p, 8192);
#endif
}

/* One writes, all run: what is called is never older than what was announced. */
static unsigned char *patched;
static atomic_uint patch_n;
static atomic_int patching;

static void patch(void)
{
#if defined(__x86_64__) || defined(__i386__)
    for (int i = 0; i < 50; i++) {
        if (!atomic_exchange(&patching, 1)) {
            uint32_t n = atomic_load(&patch_n) + 1;
            *(volatile uint32_t *)(patched + 4) = n;    /* MOV EAX, imm32: aligned */
            atomic_store(&patch_n, n);
            atomic_store(&patching, 0);
        }
        uint32_t least = atomic_load(&patch_n), a = 0, b, c = 0, d;
        __asm__ volatile("cpuid" : "+a" (a), "=b" (b), "+c" (c), "=d" (d) :: "memory");
        uint32_t got = ((uint32_t (*)(void))(patched + 3))();
        if ((int32_t)(got - least) < 0) {
            wrong("patched code", got, least);
        }
    }
#endif
}

/* ---- processes, pipes, signals ---- */

static void children(void)
{
    int fd[2], status;
    static volatile long private_word[16];
    if (pipe(fd)) {
        return;
    }
    pid_t pid = fork();
    if (pid < 0) {
        close(fd[0]), close(fd[1]);
        return;
    }
    if (!pid) {
        long sum = 0;
        for (int i = 0; i < 16; i++) {
            private_word[i] = i * getpid();
            sum += private_word[i];
        }
        _exit(write(fd[1], &sum, sizeof(sum)) != sizeof(sum));
    }
    long sum = 0;
    if (read(fd[0], &sum, sizeof(sum)) != sizeof(sum) || sum != 120L * pid) {
        wrong("child", sum, 120L * pid);
    }
    if (waitpid(pid, &status, 0) != pid || status) {
        wrong("status", status, 0);
    }
    close(fd[0]);
    close(fd[1]);
}

static atomic_long sent, got_signal;

static void on_signal(int n)
{
    (void)n;
    atomic_fetch_add(&got_signal, 1);
}

static void signals(void)
{
    for (int i = 0; i < 50; i++) {
        atomic_fetch_add(&sent, 1);
        raise(SIGUSR1);
        sched_yield();
    }
}

static double square_root(double x)
{
    double r = x;
    for (int i = 0; i < 60; i++) {
        r = (r + x / r) / 2;
    }
    return r;
}

static void floats(void)
{
    for (int i = 1; i < 100; i++) {
        double r = square_root(i);
        if (r * r - i > 1e-9 || i - r * r > 1e-9) {
            wrong("float", (long)(r * 1e6), i);
        }
    }
}

/* ---- all together ---- */

static void (*const kinds[])(void) = {
    count, message, pages, shared, code, patch, children, signals, floats,
};
enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void *worker(void *number)
{
    unsigned r = (uintptr_t)number * 2654435761u + 1;
    while (!atomic_load(&stop)) {
        r = r * 1664525 + 1013904223;
        kinds[(r >> 16) % N_KINDS]();
        atomic_fetch_add(&n_done, 1);
    }
    return NULL;
}

static int run(int seconds, int n)
{
    pthread_t t[64];
    double begin = now(), next = begin + 60;
    patched = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    patched[3] = 0xb8;
    patched[8] = 0xc3;
    shared_page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    signal(SIGUSR1, on_signal);
    for (int i = 0; i < n; i++) {
        pthread_create(&t[i], NULL, worker, (void *)(uintptr_t)i);
    }
    while (now() < begin + seconds) {
        usleep(200000);
        if (now() > next) {
            printf("STRESS %d s, %lu done, %d wrong\n", (int)(now() - begin), (unsigned long)n_done,
                   n_wrong);
            fflush(stdout);
            next += 60;
        }
    }
    stop = 1;
    for (int i = 0; i < n; i++) {
        pthread_join(t[i], NULL);
    }
    if (sent != got_signal) {
        wrong("signals", got_signal, sent);
    }
    if (counted != started || under_mutex[0] != under_mutex[1]) {
        wrong("sums", counted, started);
    }
    printf("%s %lu\n", n_wrong ? "STRESS-FAILED" : "STRESS-OK", (unsigned long)n_done);
    return n_wrong != 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "bench")) {
        bench(atoi(argv[2]));
        return 0;
    }
    if (argc == 4 && !strcmp(argv[1], "run")) {
        return run(atoi(argv[2]), atoi(argv[3]));
    }
    fprintf(stderr, "usage: smp-stress bench THREADS | run SECONDS THREADS\n");
    return 2;
}
