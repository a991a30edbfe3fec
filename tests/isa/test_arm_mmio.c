/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores that reach devices: which one, how often, and the exact state when it says no.
 * Everything runs several times, the first way to a page being another than the later ones.
 */
#include "tests/isa/bench.h"

#include <string.h>
#include "system/lock.h"

enum { BASE = 0x09000000, SIZE = 0x200, ROUNDS = 4 };

typedef struct Unit {           /* remembers what it was asked */
    MemoryRegion mr;
    uint32_t     id, value;
    GPa          last;
    unsigned     reads, writes;
    bool         refuse;
} Unit;

static uint64_t unit_read(void *opaque, GPa off, unsigned size)
{
    Unit *u = opaque;
    u->reads++;
    u->last = off;
    if (u->refuse) {
        memory_signal_error();
    }
    return u->id + off;
}

static void unit_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    Unit *u = opaque;
    u->writes++;
    u->last = off;
    u->value = value;
    if (u->refuse) {
        memory_signal_error();
    }
}

static const MemoryOps unit_ops = { .read = unit_read, .write = unit_write };

static void put_unit(Bench *b, Unit *u, GPa addr, uint64_t size, uint32_t id)
{
    *u = (Unit){ .id = id };
    machine_lock();
    memory_mmio_init(&u->mr, "unit", size, &unit_ops, u);
    memory_add(bench_root(b), addr, &u->mr, 0);
    machine_unlock();
}

static void take_unit(Unit *u)
{
    machine_lock();
    memory_region_free(&u->mr);
    machine_unlock();
}

static Bench *bench(void)
{
    static Bench *b;
    if (!b) {
        b = bench_new("tcg", "arm926");
    }
    return b;
}

static BenchState run(const uint32_t *code, unsigned n, uint32_t r1, uint32_t r2)
{
    BenchState in = { .r = { [1] = r1, [2] = r2 }, .cpsr = 0x13 }, out = { 0 };
    bench_run(bench(), code, 4 * n, &in, &out);
    return out;
}

enum { LDR_R0_R1 = 0xe5910000, STR_R2_R1 = 0xe5812000, ADD_R3_1 = 0xe2833001 };

/* Eight transports of virtio-mmio share a page: only the first was ever reached. */
static void several_in_a_page(void)
{
    Unit u[3];
    uint32_t load[] = { LDR_R0_R1, 0xe5914004 }, store[] = { STR_R2_R1 };
    for (unsigned i = 0; i < 3; i++) {
        put_unit(bench(), &u[i], BASE + (i + 1) * SIZE, SIZE, 1000 * (i + 1));
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < 3; i++) {
            BenchState s = run(load, 2, BASE + (i + 1) * SIZE + 8, 0);
            g_assert_cmpint(s.end, ==, END_OF_CODE);
            g_assert_cmpint(s.r[0], ==, 1000 * (i + 1) + 8);
            g_assert_cmpint(s.r[4], ==, 1000 * (i + 1) + 12);
            run(store, 1, BASE + (i + 1) * SIZE + 16, round * 3 + i);
            g_assert_cmpint(u[i].value, ==, round * 3 + i);
            g_assert_cmpint(u[i].last, ==, 16);
        }
        g_assert_cmpint(run(load, 1, BASE, 0).end, ==, END_DABT);
        g_assert_cmpint(run(store, 1, BASE + 4 * SIZE, 0).end, ==, END_DABT);
    }
    for (unsigned i = 0; i < 3; i++) {
        g_assert_cmpint(u[i].reads, ==, 2 * ROUNDS);
        g_assert_cmpint(u[i].writes, ==, ROUNDS);
        take_unit(&u[i]);
    }
}

static void refused_exactly(void)
{
    Unit u;
    uint32_t load[] = { ADD_R3_1, LDR_R0_R1, ADD_R3_1 }, store[] = { ADD_R3_1, STR_R2_R1, ADD_R3_1 };
    put_unit(bench(), &u, BASE, 0x1000, 7);
    for (unsigned round = 0; round < 2 * ROUNDS; round++) {
        u.refuse = round & 1;
        BenchState l = run(load, 3, BASE, 0), s = run(store, 3, BASE, 0);
        BenchEnd end = u.refuse ? END_DABT : END_OF_CODE;
        g_assert_cmpint(l.end, ==, end);
        g_assert_cmpint(s.end, ==, end);
        g_assert_cmphex(l.r[0], ==, u.refuse ? 0 : 7);
        g_assert_cmpint(l.r[3], ==, u.refuse ? 1 : 2);
        g_assert_cmpint(s.r[3], ==, u.refuse ? 1 : 2);
        if (u.refuse) {
            g_assert_cmphex(l.pc, ==, BENCH_CODE + 4);
            g_assert_cmphex(s.pc, ==, BENCH_CODE + 4);
        }
    }
    take_unit(&u);
}

/* What was there is gone, and something else comes. */
static void map_changes(void)
{
    Unit u;
    uint32_t load[] = { LDR_R0_R1 };
    for (unsigned round = 0; round < ROUNDS; round++) {
        put_unit(bench(), &u, BASE, 0x1000 << (round & 1), round);
        g_assert_cmphex(run(load, 1, BASE, 0).r[0], ==, round);
        g_assert_cmphex(run(load, 1, BASE, 0).r[0], ==, round);
        take_unit(&u);
        g_assert_cmpint(run(load, 1, BASE, 0).end, ==, END_DABT);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arm/mmio/several-in-a-page", several_in_a_page);
    g_test_add_func("/arm/mmio/refused-exactly", refused_exactly);
    g_test_add_func("/arm/mmio/map-changes", map_changes);
    return g_test_run();
}
