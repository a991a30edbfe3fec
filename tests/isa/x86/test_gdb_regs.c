/* SPDX-License-Identifier: MIT */
/* The registers that gdb sees of x86 processors: numbers, what it asks of a core, and that what can be
 * written is read back. */
#include <string.h>
#include "frontends/x86/cpu.h"
#include "system/lock.h"
#include "tcg/engine.h"

static MemoryRegion root;
static AddressSpace as;

static int number_of(Cpu *cpu, const char *name)
{
    DebugReg r;
    for (unsigned n = 0; guest_x86.debug_reg(cpu, n, &r); n++) {
        if (!strcmp(r.name, name)) {
            return n;
        }
    }
    return -1;
}

static void all_registers(Cpu *cpu)
{
    DebugReg r;
    unsigned n;
    for (n = 0; guest_x86.debug_reg(cpu, n, &r); n++) {
        uint64_t was[2], v[2], now[2];
        g_assert_cmpuint(r.number, ==, n);
        g_assert_cmpint(number_of(cpu, r.name), ==, n);
        guest_x86.debug_read(cpu, n, was);
        v[0] = r.bits > 32 ? 0x123456789abcdef0u : 0x12345678;
        v[1] = r.bits > 64 ? 0x4321 : 0;
        if (strcmp(r.name, "eflags") != 0 && guest_x86.debug_write(cpu, n, v)) {
            guest_x86.debug_read(cpu, n, now);
            g_assert_cmphex(now[0], ==, v[0]);
            g_assert_cmphex(now[1], ==, v[1]);
            g_assert_true(guest_x86.debug_write(cpu, n, was));
        }
    }
    g_assert_false(guest_x86.debug_write(cpu, n, (uint64_t[2]){ 0, 0 }));
}

static Cpu *make(const char *model)
{
    GError *err = NULL;
    Cpu *cpu = cpu_new(&guest_x86, model, 0, &as, &err);
    g_assert_no_error(err);
    return cpu;
}

/* gdb refuses a core without all of these. */
static void wide(void)
{
    static const char *const core[] = { "rax", "rsp", "r15", "rip", "eflags", "cs", "gs", "st7",
                                        "fctrl", "fop", "xmm15", "mxcsr", "fs_base", "cr3" };
    Cpu *cpu = make("x86-64-v3");
    g_assert_cmpstr(guest_x86.gdb_architecture(cpu), ==, "i386:x86-64");
    for (unsigned i = 0; i < ARRAY_SIZE(core); i++) {
        g_assert_cmpint(number_of(cpu, core[i]), >=, 0);
    }
    X86(cpu)->r[RBX_] = 77;
    uint64_t v[2];
    guest_x86.debug_read(cpu, 1, v);        /* gdb's order: rax, rbx, ... */
    g_assert_cmpuint(v[0], ==, 77);
    all_registers(cpu);
    cpu_free(cpu);
}

static void narrow(void)
{
    Cpu *cpu = make("486");
    g_assert_cmpstr(guest_x86.gdb_architecture(cpu), ==, "i386");
    g_assert_cmpint(number_of(cpu, "eip"), ==, 8);
    g_assert_cmpint(number_of(cpu, "rax"), ==, -1);
    g_assert_cmpint(number_of(cpu, "xmm0"), ==, -1);
    X86(cpu)->r[RBX_] = 77;
    uint64_t v[2];
    guest_x86.debug_read(cpu, 3, v);        /* eax, ecx, edx, ebx */
    g_assert_cmpuint(v[0], ==, 77);
    all_registers(cpu);
    cpu_free(cpu);
}

int main(int argc, char **argv)
{
    GError *err = NULL;
    g_test_init(&argc, &argv, NULL);
    clock_init();
    machine_lock();
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    address_space_init(&as, "memory", &root);
    g_assert_true(tcg_init("jit", 8 * MiB, &err));
    g_test_add_func("/x86/gdb/64 bits", wide);
    g_test_add_func("/x86/gdb/32 bits", narrow);
    return g_test_run();
}
