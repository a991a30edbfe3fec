/* SPDX-License-Identifier: MIT */
/*
 * PL011 on the bench: registers, FIFO, lines.  Values are those of ARM DDI 0183G, chapter 3.
 */
#include "tests/hw/bench.h"

enum {
    UARTDR = 0x00, UARTRSR = 0x04, UARTFR = 0x18, UARTIBRD = 0x24, UARTLCR_H = 0x2c, UARTCR = 0x30,
    UARTIFLS = 0x34, UARTIMSC = 0x38, UARTRIS = 0x3c, UARTMIS = 0x40, UARTICR = 0x44,
    FR_RXFE = 0x10, FR_RXFF = 0x40, LCR_FEN = 0x10,
    CR_UARTEN = 0x1, CR_LBE = 0x80, CR_TXE = 0x100, CR_RXE = 0x200,
    INT_RX = 0x10, INT_TX = 0x20, INT_RT = 0x40, INT_BE = 0x200,
};

static void on(Bench *b)
{
    bench_write(b, UARTCR, CR_UARTEN | CR_TXE | CR_RXE);
}

static void reset_values(Bench *b)
{
    g_assert_cmphex(bench_read(b, UARTCR), ==, 0x300);
    g_assert_cmphex(bench_read(b, UARTIFLS), ==, 0x12);
    g_assert_cmphex(bench_read(b, UARTFR) & 0xf8, ==, 0x90);
    g_assert_cmphex(bench_read(b, UARTIMSC), ==, 0);
}

static void identification(Bench *b)
{
    static const uint8_t id[8] = { 0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
    for (unsigned i = 0; i < 8; i++) {
        g_assert_cmphex(bench_read(b, 0xfe0 + 4 * i), ==, id[i]);
    }
}

static void write_masks(Bench *b)
{
    bench_write(b, UARTIBRD, 0xffffffff);
    g_assert_cmphex(bench_read(b, UARTIBRD), ==, 0xffff);
    bench_write(b, UARTFR, 0);                  /* read-only */
    g_assert_cmphex(bench_read(b, UARTFR) & 0xf8, ==, 0x90);
}

static void prints(Bench *b)
{
    on(b);
    for (const char *p = "Hello\n"; *p; p++) {
        bench_write_at(b, 0, UARTDR, *p, 1);
    }
    g_assert_cmpstr(bench_output(b), ==, "Hello\n");
}

static void rx_raises_interrupt(Bench *b)
{
    on(b);
    bench_write(b, UARTIMSC, INT_RX);
    bench_type(b, "A");
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(bench_read(b, UARTDR), ==, 'A');
    g_assert_false(bench_irq(b, 0));            /* reading the character took the line down */
}

static void tx_interrupt_is_cleared(Bench *b)
{
    on(b);
    bench_write(b, UARTIMSC, INT_TX);
    g_assert_false(bench_irq(b, 0));            /* only an edge sets it: never at start */
    bench_write(b, UARTDR, 'x');
    g_assert_true(bench_irq(b, 0));
    bench_write(b, UARTICR, INT_TX);
    g_assert_false(bench_irq(b, 0));
}

static void timeout_below_trigger(Bench *b)
{
    on(b);
    bench_write(b, UARTLCR_H, LCR_FEN);
    bench_write(b, UARTIMSC, INT_RT);
    bench_type(b, "ab");
    g_assert_cmphex(bench_read(b, UARTMIS), ==, INT_RT);
    bench_read(b, UARTDR);
    g_assert_true(bench_irq(b, 0));
    bench_read(b, UARTDR);
    g_assert_false(bench_irq(b, 0));            /* the FIFO is empty */
}

static void trigger_levels(Bench *b)
{
    static const uint8_t level[] = { 2, 4, 8, 12, 14 };
    on(b);
    bench_write(b, UARTLCR_H, LCR_FEN);
    for (unsigned i = 0; i < 5; i++) {
        bench_write(b, UARTIFLS, i << 3);
        for (unsigned n = 1; n <= level[i]; n++) {
            g_assert_cmphex(bench_read(b, UARTRIS) & INT_RX, ==, 0);
            bench_type(b, "x");
        }
        g_assert_cmphex(bench_read(b, UARTRIS) & INT_RX, ==, INT_RX);
        bench_read(b, UARTDR);
        g_assert_cmphex(bench_read(b, UARTRIS) & INT_RX, ==, 0);
        while (!(bench_read(b, UARTFR) & FR_RXFE)) {
            bench_read(b, UARTDR);
        }
    }
}

static void nothing_is_lost(Bench *b)
{
    on(b);
    bench_write(b, UARTLCR_H, LCR_FEN);
    bench_type(b, "0123456789abcdefghij");      /* more than the FIFO holds */
    g_assert_cmphex(bench_read(b, UARTFR) & FR_RXFF, ==, FR_RXFF);
    for (const char *p = "0123456789abcdefghij"; *p; p++) {
        g_assert_cmphex(bench_read(b, UARTDR), ==, *p);
    }
    g_assert_cmphex(bench_read(b, UARTFR) & FR_RXFE, ==, FR_RXFE);
}

static void input_waits_for_the_receiver(Bench *b)
{
    bench_write(b, UARTCR, CR_TXE);
    bench_type(b, "z");
    g_assert_cmphex(bench_read(b, UARTFR) & FR_RXFE, ==, FR_RXFE);
    on(b);
    g_assert_cmphex(bench_read(b, UARTDR), ==, 'z');
}

static void break_comes_with_its_flag(Bench *b)
{
    on(b);
    char_memory_event(b->port, CHAR_BREAK);
    g_assert_cmphex(bench_read(b, UARTRIS) & INT_BE, ==, INT_BE);
    g_assert_cmphex(bench_read(b, UARTDR), ==, 0x400);
    g_assert_cmphex(bench_read(b, UARTRSR), ==, 0x4);
    bench_write(b, UARTRSR, 0);
    g_assert_cmphex(bench_read(b, UARTRSR), ==, 0);
}

static void loops_back(Bench *b)
{
    bench_write(b, UARTCR, CR_UARTEN | CR_TXE | CR_RXE | CR_LBE);
    bench_write(b, UARTDR, 'q');
    g_assert_cmpstr(bench_output(b), ==, "");
    g_assert_cmphex(bench_read(b, UARTDR), ==, 'q');
    bench_write(b, UARTDR, 'r');
    bench_write(b, UARTDR, 's');                /* no FIFO: the second overruns */
    g_assert_cmphex(bench_read(b, UARTDR), ==, ('r' | 0x800));
}

static void survives_a_snapshot(Bench *b)
{
    on(b);
    bench_write(b, UARTLCR_H, LCR_FEN);
    bench_write(b, UARTIMSC, INT_RT);
    bench_type(b, "abc");
    bench_round_trip(b);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(bench_read(b, UARTDR), ==, 'a');
    g_assert_cmphex(bench_read(b, UARTDR), ==, 'b');
    g_assert_cmphex(bench_read(b, UARTDR), ==, 'c');
    g_assert_false(bench_irq(b, 0));
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(reset_values, "pl011");
    BENCH_TEST(identification, "pl011");
    BENCH_TEST(write_masks, "pl011");
    BENCH_TEST(prints, "pl011");
    BENCH_TEST(rx_raises_interrupt, "pl011");
    BENCH_TEST(tx_interrupt_is_cleared, "pl011");
    BENCH_TEST(timeout_below_trigger, "pl011");
    BENCH_TEST(trigger_levels, "pl011");
    BENCH_TEST(nothing_is_lost, "pl011");
    BENCH_TEST(input_waits_for_the_receiver, "pl011");
    BENCH_TEST(break_comes_with_its_flag, "pl011");
    BENCH_TEST(loops_back, "pl011");
    BENCH_TEST(survives_a_snapshot, "pl011");
    return g_test_run();
}
