/* SPDX-License-Identifier: MIT */
/*
 * The 8259A pair on the bench.  Behaviour is that of the Intel 8259A data sheet (231468).
 */
#include "hw/intc/i8259.h"
#include "tests/hw/bench.h"

enum { CMD = 0, DATA = 1 };
enum { MASTER, SLAVE, ELCR };
enum { EOI = 0x20, READ_IRR = 0x0a, READ_ISR = 0x0b, POLL = 0x0c };

static void out(Bench *b, unsigned chip, unsigned reg, uint8_t v)
{
    bench_write_at(b, chip, reg, v, 1);
}

static uint8_t in(Bench *b, unsigned chip, unsigned reg)
{
    return bench_read_at(b, chip, reg, 1);
}

static void line(Bench *b, unsigned n, int level)
{
    g_autofree char *name = g_strdup_printf("%u", n);
    bench_input(b, name, level);
}

/* As a BIOS does it: vectors 0x08 and 0x70, all unmasked. */
static void init_with(Bench *b, uint8_t master_icw4)
{
    out(b, MASTER, CMD, 0x11);
    out(b, MASTER, DATA, 0x08);
    out(b, MASTER, DATA, 0x04);
    out(b, MASTER, DATA, master_icw4);
    out(b, SLAVE, CMD, 0x11);
    out(b, SLAVE, DATA, 0x70);
    out(b, SLAVE, DATA, 0x02);
    out(b, SLAVE, DATA, 0x01);
}

static void init(Bench *b)
{
    init_with(b, 0x01);
}

static uint8_t isr(Bench *b, unsigned chip)
{
    out(b, chip, CMD, READ_ISR);
    return in(b, chip, CMD);
}

static uint8_t irr(Bench *b, unsigned chip)
{
    out(b, chip, CMD, READ_IRR);
    return in(b, chip, CMD);
}

static void nothing_before_programming(Bench *b)
{
    line(b, 1, 1);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(in(b, MASTER, DATA), ==, 0xff);
}

static void vectors(Bench *b)
{
    init(b);
    for (unsigned n = 0; n < 16; n++) {
        if (n == 2) {
            continue;
        }
        line(b, n, 1);
        g_assert_true(bench_irq(b, 0));
        g_assert_cmphex(i8259_acknowledge(b->dev), ==, n < 8 ? 0x08 + n : 0x70 + n - 8);
        g_assert_false(bench_irq(b, 0));
        g_assert_cmphex(isr(b, MASTER), ==, 1 << (n < 8 ? n : 2));
        g_assert_cmphex(isr(b, SLAVE), ==, n < 8 ? 0 : 1 << (n - 8));
        line(b, n, 0);
        out(b, MASTER, CMD, EOI);
        out(b, SLAVE, CMD, EOI);
        g_assert_cmphex(isr(b, MASTER) | isr(b, SLAVE), ==, 0);
    }
}

static void mask_register(Bench *b)
{
    init(b);
    out(b, MASTER, DATA, 0x02);
    line(b, 1, 1);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(irr(b, MASTER), ==, 0x02);
    out(b, MASTER, DATA, 0x00);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(in(b, MASTER, DATA), ==, 0);
}

static void fully_nested(Bench *b)
{
    init(b);
    line(b, 4, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0c);
    line(b, 5, 1);                              /* lower: waits */
    g_assert_false(bench_irq(b, 0));
    line(b, 3, 1);                              /* higher: interrupts */
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0b);
    g_assert_cmphex(isr(b, MASTER), ==, 0x18);
    out(b, MASTER, CMD, EOI);                   /* the highest in service: 3 */
    g_assert_cmphex(isr(b, MASTER), ==, 0x10);
    g_assert_false(bench_irq(b, 0));
    out(b, MASTER, CMD, EOI);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0d);
}

static void slave_comes_before_3(Bench *b)
{
    init(b);
    line(b, 3, 1);
    line(b, 15, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x77);
}

static void edges_need_to_fall(Bench *b)
{
    init(b);
    line(b, 1, 1);
    i8259_acknowledge(b->dev);
    out(b, MASTER, CMD, EOI);
    g_assert_false(bench_irq(b, 0));            /* still high, no new edge */
    line(b, 1, 0);
    line(b, 1, 1);
    g_assert_true(bench_irq(b, 0));
}

static void levels_repeat(Bench *b)
{
    init(b);
    out(b, ELCR, 1, 0x08);                      /* IRQ 11 */
    line(b, 11, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x73);
    out(b, SLAVE, CMD, EOI);
    out(b, MASTER, CMD, EOI);
    g_assert_true(bench_irq(b, 0));
    line(b, 11, 0);
    g_assert_false(bench_irq(b, 0));
}

static void elcr_masks(Bench *b)
{
    out(b, ELCR, 0, 0xff);
    out(b, ELCR, 1, 0xff);
    g_assert_cmphex(in(b, ELCR, 0), ==, 0xf8);
    g_assert_cmphex(in(b, ELCR, 1), ==, 0xde);
}

static void spurious_7(Bench *b)
{
    init(b);
    line(b, 4, 1);
    line(b, 4, 0);                              /* gone before the acknowledge */
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0f);
    g_assert_cmphex(isr(b, MASTER), ==, 0);     /* not in service: no EOI is due */
    line(b, 12, 1);
    g_assert_true(bench_irq(b, 0));
    out(b, SLAVE, DATA, 0x10);                  /* masked at the last moment */
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0f);
}

static void specific_eoi(Bench *b)
{
    init(b);
    line(b, 5, 1);
    i8259_acknowledge(b->dev);
    line(b, 3, 1);
    i8259_acknowledge(b->dev);
    out(b, MASTER, CMD, 0x65);
    g_assert_cmphex(isr(b, MASTER), ==, 0x08);
    out(b, MASTER, CMD, 0x63);
    g_assert_cmphex(isr(b, MASTER), ==, 0);
}

static void rotation_on_eoi(Bench *b)
{
    init(b);
    line(b, 4, 1);
    line(b, 6, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0c);
    line(b, 4, 0);
    out(b, MASTER, CMD, 0xa0);                  /* rotate on non-specific EOI: 4 is lowest */
    line(b, 4, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0e);
    line(b, 5, 1);                              /* now the highest */
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0d);
    out(b, MASTER, CMD, 0xe5);                  /* rotate on specific EOI: 6 is highest */
    line(b, 0, 1);
    g_assert_false(bench_irq(b, 0));            /* 6 in service holds back 0 */
    out(b, MASTER, CMD, EOI);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x08);
}

static void set_priority(Bench *b)
{
    init(b);
    out(b, MASTER, CMD, 0xc3);                  /* 3 is lowest, 4 highest */
    line(b, 0, 1);
    line(b, 4, 1);
    line(b, 3, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0c);
    out(b, MASTER, CMD, EOI);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x08);
    out(b, MASTER, CMD, EOI);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0b);
}

static void automatic_eoi(Bench *b)
{
    init_with(b, 0x03);
    line(b, 6, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0e);
    g_assert_cmphex(isr(b, MASTER), ==, 0);
    out(b, MASTER, CMD, 0x80);                  /* rotate in automatic EOI mode */
    line(b, 6, 0);
    line(b, 1, 1);
    i8259_acknowledge(b->dev);                  /* 1 becomes lowest */
    line(b, 1, 0);
    line(b, 1, 1);
    line(b, 7, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0f);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x09);
}

static void special_mask_mode(Bench *b)
{
    init(b);
    line(b, 3, 1);
    i8259_acknowledge(b->dev);
    out(b, MASTER, CMD, 0x68);
    out(b, MASTER, DATA, 0x08);                 /* 3 masked, in service: holds nobody back */
    line(b, 6, 1);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x0e);
    out(b, MASTER, CMD, EOI);                   /* ends 6, for 3 is masked */
    g_assert_cmphex(isr(b, MASTER), ==, 0x08);
    out(b, MASTER, CMD, 0x48);                  /* off: 3 holds back again */
    line(b, 7, 1);
    g_assert_false(bench_irq(b, 0));
}

static void special_fully_nested_mode(Bench *b)
{
    init_with(b, 0x11);
    line(b, 12, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x74);
    line(b, 9, 1);                              /* higher in the same slave */
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x71);
    g_assert_cmphex(isr(b, SLAVE), ==, 0x12);
    line(b, 3, 1);
    g_assert_false(bench_irq(b, 0));            /* lower inputs of the master still wait */
}

static void without_it_the_slave_waits(Bench *b)
{
    init(b);
    line(b, 12, 1);
    i8259_acknowledge(b->dev);
    line(b, 9, 1);
    g_assert_false(bench_irq(b, 0));
    out(b, MASTER, CMD, EOI);
    g_assert_true(bench_irq(b, 0));
}

static void polling(Bench *b)
{
    init(b);
    out(b, MASTER, CMD, POLL);
    g_assert_cmphex(in(b, MASTER, CMD), ==, 0x00);
    line(b, 5, 1);
    out(b, MASTER, CMD, POLL);
    g_assert_cmphex(in(b, MASTER, CMD), ==, 0x85);
    g_assert_cmphex(isr(b, MASTER), ==, 0x20);
    g_assert_false(bench_irq(b, 0));
}

static void icw1_starts_anew(Bench *b)
{
    init(b);
    out(b, MASTER, DATA, 0x55);
    line(b, 7, 1);
    out(b, MASTER, CMD, 0x11);
    g_assert_cmphex(irr(b, MASTER), ==, 0);     /* the edge is forgotten */
    out(b, MASTER, DATA, 0x20);
    out(b, MASTER, DATA, 0x04);
    out(b, MASTER, DATA, 0x01);
    g_assert_cmphex(in(b, MASTER, DATA), ==, 0);
    line(b, 7, 0);
    line(b, 7, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x27);
}

/* One chip alone: ICW3 is left out, and input 2 is like the others. */
static void single_mode(Bench *b)
{
    out(b, MASTER, CMD, 0x13);
    out(b, MASTER, DATA, 0x40);
    out(b, MASTER, DATA, 0x01);
    line(b, 2, 1);
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x42);
}

static void survives_a_snapshot(Bench *b)
{
    init(b);
    out(b, MASTER, CMD, 0xc1);
    line(b, 4, 1);
    i8259_acknowledge(b->dev);
    line(b, 12, 1);
    bench_round_trip(b);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(i8259_acknowledge(b->dev), ==, 0x74);
    g_assert_cmphex(isr(b, MASTER), ==, 0x14);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(nothing_before_programming, "i8259");
    BENCH_TEST(vectors, "i8259");
    BENCH_TEST(mask_register, "i8259");
    BENCH_TEST(fully_nested, "i8259");
    BENCH_TEST(slave_comes_before_3, "i8259");
    BENCH_TEST(edges_need_to_fall, "i8259");
    BENCH_TEST(levels_repeat, "i8259");
    BENCH_TEST(elcr_masks, "i8259");
    BENCH_TEST(spurious_7, "i8259");
    BENCH_TEST(specific_eoi, "i8259");
    BENCH_TEST(rotation_on_eoi, "i8259");
    BENCH_TEST(set_priority, "i8259");
    BENCH_TEST(automatic_eoi, "i8259");
    BENCH_TEST(special_mask_mode, "i8259");
    BENCH_TEST(special_fully_nested_mode, "i8259");
    BENCH_TEST(without_it_the_slave_waits, "i8259");
    BENCH_TEST(polling, "i8259");
    BENCH_TEST(icw1_starts_anew, "i8259");
    BENCH_TEST(single_mode, "i8259");
    BENCH_TEST(survives_a_snapshot, "i8259");
    return g_test_run();
}
