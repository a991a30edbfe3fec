/* SPDX-License-Identifier: MIT */
/* What CPUID says of caches: the same in each of its leaves, and nothing where a leaf is not there. */
#include <string.h>
#include "frontends/x86/cpu.h"
#include "system/lock.h"
#include "tcg/engine.h"

static MemoryRegion root;
static AddressSpace as;

static X86Cpu *make(const char *model)
{
    GError *err = NULL;
    Cpu *cpu = cpu_new(&guest_x86, model, 0, &as, &err);
    g_assert_no_error(err);
    return X86(cpu);
}

/* KiB of the cache of leaf 4, or 0. */
static unsigned cache(X86Cpu *s, unsigned n, unsigned kind, unsigned level)
{
    uint32_t v[4];
    x86_cpuid(s, 4, n, v);
    g_assert_cmpuint(v[0] & 0x1f, ==, kind);
    g_assert_cmpuint(v[0] >> 5 & 7, ==, level);
    unsigned line = (v[1] & 0xfff) + 1, parts = (v[1] >> 12 & 0x3ff) + 1, ways = (v[1] >> 22) + 1;
    return v[0] & 0x1f ? line * parts * ways * (v[2] + 1) / 1024 : 0;
}

static void leaves_agree(void)
{
    static const char *const models[] = { "x86", "x86-64-v2", "x86-64-v3" };
    for (unsigned i = 0; i < ARRAY_SIZE(models); i++) {
        X86Cpu *s = make(models[i]);
        uint32_t v[4];
        g_assert_cmpuint(cache(s, 0, 1, 1), ==, 32);
        g_assert_cmpuint(cache(s, 1, 2, 1), ==, 32);
        unsigned l2 = cache(s, 2, 3, 2);
        g_assert_cmpuint(l2, ==, 512);
        cache(s, 3, 0, 0);                              /* the end */
        x86_cpuid(s, 0x80000006, 0, v);
        g_assert_cmphex(v[2], ==, l2 << 16 | 6 << 12 | 64);
        x86_cpuid(s, 1, 0, v);
        g_assert_cmpuint((v[1] >> 8 & 0xff) * 8, ==, 64);       /* CLFLUSH: the same line */
        x86_cpuid(s, 2, 0, v);
        g_assert_cmphex(v[0] & 0xff, ==, 1);
        g_assert_cmphex(v[3] >> 8 & 0xff, ==, 0xff);    /* see leaf 4 */
        cpu_free(&s->cpu);
    }
}

static void before_leaf_4(void)
{
    X86Cpu *s = make("pentium3");
    uint32_t v[4];
    x86_cpuid(s, 2, 0, v);
    g_assert_cmphex(v[0], ==, 0x03020101);
    g_assert_cmphex(v[3], ==, 0x0c040882);
    cache(s, 0, 0, 0);
    cpu_free(&s->cpu);
    s = make("486");
    x86_cpuid(s, 2, 0, v);
    g_assert_cmphex(v[0] | v[3], ==, 0);
    cpu_free(&s->cpu);
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
    g_test_add_func("/x86/cpuid/leaves agree on caches", leaves_agree);
    g_test_add_func("/x86/cpuid/models without leaf 4", before_leaf_4);
    return g_test_run();
}
