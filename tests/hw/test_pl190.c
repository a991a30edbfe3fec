/* SPDX-License-Identifier: MIT */
/* PL190 on the bench.  Values are those of ARM DDI 0181E, chapters 2 and 3. */
#include "tests/hw/bench.h"

enum {
    IRQSTATUS = 0x00, FIQSTATUS = 0x04, RAWINTR = 0x08, INTSELECT = 0x0c, INTENABLE = 0x10,
    INTENCLEAR = 0x14, SOFTINT = 0x18, SOFTINTCLEAR = 0x1c, VECTADDR = 0x30, DEFVECTADDR = 0x34,
    VECTADDR0 = 0x100, VECTCNTL0 = 0x200,
    IRQ = 0, FIQ = 1,
};

static void masks_and_selects(Bench *b)
{
    bench_input(b, "5", 1);
    g_assert_cmphex(bench_read(b, RAWINTR), ==, 0x20);
    g_assert_cmphex(bench_read(b, IRQSTATUS), ==, 0);
    g_assert_false(bench_irq(b, IRQ));
    bench_write(b, INTENABLE, 0x20);
    g_assert_true(bench_irq(b, IRQ));
    bench_write(b, INTSELECT, 0x20);
    g_assert_false(bench_irq(b, IRQ));
    g_assert_true(bench_irq(b, FIQ));
    g_assert_cmphex(bench_read(b, FIQSTATUS), ==, 0x20);
    bench_write(b, INTENCLEAR, 0x20);
    g_assert_false(bench_irq(b, FIQ));
    g_assert_cmphex(bench_read(b, INTENABLE), ==, 0);
}

static void software_interrupt(Bench *b)
{
    bench_write(b, INTENABLE, ~0u);
    bench_write(b, SOFTINT, 0x80000000);
    g_assert_true(bench_irq(b, IRQ));
    g_assert_cmphex(bench_read(b, SOFTINT), ==, 0x80000000);
    bench_write(b, SOFTINTCLEAR, 0x80000000);
    g_assert_false(bench_irq(b, IRQ));
}

/* Vector i serves source 10 - i. */
static void two_vectors(Bench *b)
{
    bench_write(b, INTENABLE, ~0u);
    bench_write(b, DEFVECTADDR, 0xd0);
    for (unsigned i = 0; i < 2; i++) {
        bench_write(b, VECTADDR0 + 4 * i, 0xa0 + i);
        bench_write(b, VECTCNTL0 + 4 * i, 0x20 | (10 - i));
    }
}

static void vectors_nest(Bench *b)
{
    two_vectors(b);
    bench_input(b, "3", 1);                     /* no vector: the default */
    g_assert_cmphex(bench_read(b, VECTADDR), ==, 0xd0);
    g_assert_false(bench_irq(b, IRQ));          /* masked while in service */
    bench_input(b, "9", 1);                     /* vector 1 is more urgent */
    g_assert_true(bench_irq(b, IRQ));
    g_assert_cmphex(bench_read(b, VECTADDR), ==, 0xa1);
    bench_input(b, "10", 1);
    g_assert_cmphex(bench_read(b, VECTADDR), ==, 0xa0);
    bench_input(b, "10", 0);
    bench_write(b, VECTADDR, 0);                /* back to vector 1, still in service */
    g_assert_false(bench_irq(b, IRQ));
    bench_input(b, "9", 0);
    bench_write(b, VECTADDR, 0);
    g_assert_false(bench_irq(b, IRQ));          /* the default one is in service */
    bench_write(b, VECTADDR, 0);
    g_assert_true(bench_irq(b, IRQ));           /* and still pending */
}

static void disabled_vector_is_default(Bench *b)
{
    two_vectors(b);
    bench_write(b, VECTCNTL0, 10);
    bench_input(b, "10", 1);
    g_assert_cmphex(bench_read(b, VECTADDR), ==, 0xd0);
}

static void idle_read_keeps_priority(Bench *b)
{
    two_vectors(b);
    g_assert_cmphex(bench_read(b, VECTADDR), ==, 0xd0);
    bench_input(b, "9", 1);
    g_assert_true(bench_irq(b, IRQ));
}

static void identification(Bench *b)
{
    g_assert_cmphex(bench_read(b, 0xfe0), ==, 0x90);
    g_assert_cmphex(bench_read(b, 0xffc), ==, 0xb1);
}

static void survives_a_snapshot(Bench *b)
{
    two_vectors(b);
    bench_input(b, "9", 1);
    bench_read(b, VECTADDR);
    bench_round_trip(b);
    bench_write(b, VECTADDR, 0);
    g_assert_true(bench_irq(b, IRQ));
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(masks_and_selects, "pl190");
    BENCH_TEST(software_interrupt, "pl190");
    BENCH_TEST(vectors_nest, "pl190");
    BENCH_TEST(disabled_vector_is_default, "pl190");
    BENCH_TEST(idle_read_keeps_priority, "pl190");
    BENCH_TEST(identification, "pl190");
    BENCH_TEST(survives_a_snapshot, "pl190");
    return g_test_run();
}
