/* SPDX-License-Identifier: MIT */
/*
 * Runs a bare-metal program for several CPUs and prints what it checks as TAP:
 * run-smp IMAGE CPUS [ACCEL [ROUNDS [CACHE]]].
 *
 * The image is loaded at 0x7c00 and entered there in real mode by CPU 0; the others wait for a
 * start-up interrupt.  16 MiB of RAM from 0, and these ports:
 *
 *     0xd0   how many CPUs there are          0xd4   the number of the CPU that reads
 *     0xd8   rounds, as given
 *     0xe4   raises an input: bits 7..0 which (0 INTR, 3 INIT, 4 SIPI), 15..8 vector, 23..16 CPU
 *     0xf0   32 bits that can be written and read back
 *     0xf4   a check: the line number; compares 0xf8 and 0xfc
 *     0xf8   the actual value                 0xfc   what it should be
 *     0xe9   a letter for the log             0xe0   the end
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frontends/x86/cpu.h"
#include "system/bus_master.h"
#include "system/lock.h"
#include "system/log.h"
#include "system/machine.h"
#include "tcg/engine.h"

enum { RAM_BYTES = 16 << 20, START = 0x7c00, MOST_CPUS = 16 };

static MemoryRegion root, ram, io_root, ports;
static AddressSpace as, io;
static Cpu *cpus[MOST_CPUS];
static unsigned n_cpus;
static int vector[MOST_CPUS];
static uint32_t scratch, actual, expected, n_checks, n_failed, rounds = 2000;

static void check(uint32_t line)
{
    n_checks++;
    bool ok = actual == expected;
    n_failed += !ok;
    printf("%s %u - line %u", ok ? "ok" : "not ok", n_checks, line);
    if (!ok) {
        printf(": %#x, not %#x", actual, expected);
    }
    putchar('\n');
    fflush(stdout);
}

static void finish(const char *why)
{
    printf("%s1..%u\n", why, n_checks);
    fflush(stdout);
    cpus_quit();
}

static void raise_line(uint32_t v)
{
    unsigned n = v >> 16 & 0xff, input = v & 0xff;
    if (n >= n_cpus) {
        finish("Bail out! no such CPU\n");
        return;
    }
    if (input == 0) {
        vector[n] = v >> 8 & 0xff;
    }
    cpu_set_input(cpus[n], input, input == 4 ? 0x100 | (v >> 8 & 0xff) : 1);
}

static uint64_t port_read(void *opaque, GPa off, unsigned size)
{
    switch (off) {
    case 0xd0: return n_cpus;
    case 0xd4: return bus_master;
    case 0xd8: return rounds;
    case 0xf0: return scratch;
    default:   return 0xffffffff;
    }
}

static void port_write(void *opaque, GPa off, uint64_t v, unsigned size)
{
    switch (off) {
    case 0xe0: finish(v == 1 ? "Bail out! an exception\n" : ""); break;
    case 0xe4: raise_line(v); break;
    case 0xe9: fputc(v, stderr); break;
    case 0xf0: scratch = v; break;
    case 0xf4: check(v); break;
    case 0xf8: actual = v; break;
    case 0xfc: expected = v; break;
    }
}

static const MemoryOps port_ops = {
    .read = port_read, .write = port_write, .endian = ENDIAN_LITTLE, .unaligned = true,
};

static int acknowledge(void *opaque)
{
    Cpu *cpu = opaque;
    cpu_set_input(cpu, 0, 0);
    return vector[cpu->index];
}

static const CpuPlatform platform = { .acknowledge = acknowledge };

static void on_request(SystemRequest request, int code)
{
    finish("Bail out! a reset that was not meant\n");
}

static gpointer run_cpu(gpointer data)
{
    Cpu *cpu = data;
    bus_master = cpu->index;
    cpu_run(cpu);
    return NULL;
}

static void make_cpu(unsigned n)
{
    GError *err = NULL;
    cpus[n] = cpu_new(&guest_x86, "x86-64-v3", n, &as, &err);
    if (!cpus[n]) {
        g_error("%s", err->message);
    }
    cpus[n]->io = &io;
    cpus[n]->platform = &platform;
    cpus[n]->platform_opaque = cpus[n];
}

static void make_machine(const char *file, const char *accel, size_t cache)
{
    GError *err = NULL;
    g_autofree char *image = NULL;
    gsize size;
    clock_init();
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    memory_container_init(&io_root, "io", 0x10000);
    memory_mmio_init(&ports, "ports", 0x100, &port_ops, NULL);
    memory_add(&io_root, 0, &ports, 0);
    if (!g_file_get_contents(file, &image, &size, &err) || !tcg_init(accel, cache, &err) ||
        !memory_ram_init(&ram, "ram", RAM_BYTES, &err)) {
        g_error("%s", err->message);
    }
    memory_add(&root, 0, &ram, 0);
    address_space_init(&as, "memory", &root);
    address_space_init(&io, "io", &io_root);
    memcpy(ram.ram->host + START, image, size);
    for (unsigned n = 0; n < n_cpus; n++) {
        make_cpu(n);
    }
}

int main(int argc, char **argv)
{
    GThread *threads[MOST_CPUS];
    CpuStart start = { .pc = START };
    if (argc < 3) {
        g_error("run-smp IMAGE CPUS [ACCEL [ROUNDS [CACHE]]]");
    }
    n_cpus = CLAMP(atoi(argv[2]), 1, MOST_CPUS);
    rounds = argc > 4 ? strtoul(argv[4], NULL, 0) : rounds;
    machine_lock();
    make_machine(argv[1], argc > 3 ? argv[3] : "jit", argc > 5 ? strtoul(argv[5], NULL, 0) : 4 * MiB);
    if (getenv("RUN_SYS_LOG")) {
        log_parse(getenv("RUN_SYS_LOG"), NULL);
    }
    system_set_request_handler(on_request);
    guest_x86.start(cpus[0], &start);
    cpus_resume();
    machine_unlock();
    for (unsigned n = 0; n < n_cpus; n++) {
        threads[n] = g_thread_new(cpus[n]->id, run_cpu, cpus[n]);
    }
    for (unsigned n = 0; n < n_cpus; n++) {
        g_thread_join(threads[n]);
    }
    if (log_on(LOG_STATS)) {
        tcg_print_stats(stderr);
    }
    return n_failed != 0;
}
