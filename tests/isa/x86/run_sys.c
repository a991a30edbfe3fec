/* SPDX-License-Identifier: MIT */
/*
 * Runs a bare-metal program and prints what it checks as TAP: run-sys IMAGE [ACCEL [MODEL]].
 *
 * The image is loaded at 0x7c00 and entered there in real mode, as a boot sector is.  16 MiB of RAM
 * from 0, and these ports:
 *
 *     0xf0   32 bits that can be written and read back (a place for a register)
 *     0xf4   a check: the line number; compares 0xf8 and 0xfc
 *     0xf8   the actual value                 0xfc   what it should be
 *     0xe9   a letter for the log             0xe0   the end
 *     0xe4   raises an input: 0 INTR with the vector in bits 15..8, 1 NMI, 2 SMI
 *     0xd0   FERR# (reads), which raises INTR with vector 0x75    0xd4   IGNNE#
 *     0xec   how many resets were asked for (reads)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frontends/x86/cpu.h"
#include "system/lock.h"
#include "system/log.h"
#include "system/machine.h"
#include "tcg/engine.h"

enum { RAM_BYTES = 16 << 20, START = 0x7c00 };

static MemoryRegion root, ram, io_root, ports;
static AddressSpace as, io;
static Cpu *cpu;
static uint32_t scratch, actual, expected, n_checks, n_failed, resets, ferr;
static int vector;

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
}

static void finish(const char *why)
{
    printf("%s1..%u\n", why, n_checks);
    fflush(stdout);
    cpus_quit();
}

static void raise_line(uint32_t v)
{
    if ((v & 0xff) == 0) {
        vector = v >> 8 & 0xff;
    }
    cpu_set_input(cpu, v & 0xff, 1);
}

static void on_ferr(void *opaque, int n, int level)
{
    ferr = level;
    if (level) {
        raise_line(0x7500);
    }
}

static uint64_t port_read(void *opaque, GPa off, unsigned size)
{
    return off == 0xd0 ? ferr : off == 0xf0 ? scratch : off == 0xec ? resets : 0xffffffff;
}

static void port_write(void *opaque, GPa off, uint64_t v, unsigned size)
{
    switch (off) {
    case 0xd4: cpu_set_input(cpu, cpu_input_number(cpu, "ignne"), v & 1); break;
    case 0xe0: finish(""); break;
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
    cpu_set_input(cpu, 0, 0);
    return vector;
}

static const CpuPlatform platform = { .acknowledge = acknowledge };

/* A triple fault starts the image again; it asks port 0xec whether that was meant. */
static void on_request(SystemRequest request, int code)
{
    if (request == SYSTEM_RESET && ++resets < 4) {
        CpuStart start = { .pc = START };
        x86_reset(cpu);
        x86_start(cpu, &start);
    } else {
        finish("Bail out! a reset that was not meant\n");
    }
}

int main(int argc, char **argv)
{
    GError *err = NULL;
    g_autofree char *image = NULL;
    gsize size;
    CpuStart start = { .pc = START };
    clock_init();
    machine_lock();
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    memory_container_init(&io_root, "io", 0x10000);
    memory_mmio_init(&ports, "ports", 0x100, &port_ops, NULL);
    memory_add(&io_root, 0, &ports, 0);
    if (argc < 2 || !g_file_get_contents(argv[1], &image, &size, &err) ||
        !tcg_init(argc > 2 ? argv[2] : "jit", 32 * MiB, &err) ||
        !memory_ram_init(&ram, "ram", RAM_BYTES, &err)) {
        g_error("%s", err ? err->message : "usage");
    }
    memory_add(&root, 0, &ram, 0);
    address_space_init(&as, "memory", &root);
    address_space_init(&io, "io", &io_root);
    memcpy(ram.ram->host + START, image, size);
    if (getenv("RUN_SYS_LOG")) {
        log_parse(getenv("RUN_SYS_LOG"), NULL);
    }
    cpu = cpu_new(&guest_x86, argc > 3 ? argv[3] : "x86-64-v3", 0, &as, &err);
    if (!cpu) {
        g_error("%s", err->message);
    }
    cpu->io = &io;
    cpu->platform = &platform;
    irq_connect(&cpu->output[X86_OUT_FERR], (IrqSink){ on_ferr });
    system_set_request_handler(on_request);
    guest_x86.start(cpu, &start);
    cpus_resume();
    machine_unlock();
    cpu_run(cpu);
    return n_failed != 0;
}
