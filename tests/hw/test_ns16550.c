/* SPDX-License-Identifier: MIT */
/*
 * The 16550 on the bench.  Behaviour is that of the PC16550D data sheet.
 */
#include "tests/hw/bench.h"

enum { RBR, IER, IIR, LCR, MCR, LSR, MSR, SCR, THR = 0, FCR = 2, DLL = 0, DLM = 1 };
enum { DTR = 1, RTS = 2, OUT1 = 4, OUT2 = 8, LOOP = 16 };

static void set(Bench *b, unsigned reg, uint8_t v)
{
    bench_write_at(b, 0, reg, v, 1);
}

static uint8_t get(Bench *b, unsigned reg)
{
    return bench_read_at(b, 0, reg, 1);
}

/* 115200 baud, 8N1, FIFOs with a trigger of 1 << trigger... */
static void open_line(Bench *b, uint8_t fcr, uint8_t ier)
{
    set(b, LCR, 0x83);
    set(b, DLL, 1);
    set(b, DLM, 0);
    set(b, LCR, 0x03);
    set(b, FCR, fcr);
    set(b, MCR, DTR | RTS | OUT2);
    get(b, MSR);
    set(b, IER, ier);
}

static void reset_values(Bench *b)
{
    g_assert_cmphex(get(b, IER), ==, 0);
    g_assert_cmphex(get(b, IIR), ==, 0x01);
    g_assert_cmphex(get(b, LCR), ==, 0);
    g_assert_cmphex(get(b, MCR), ==, 0);
    g_assert_cmphex(get(b, LSR), ==, 0x60);
    g_assert_cmphex(get(b, MSR), ==, 0xb0);
}

static void divisor_and_scratch(Bench *b)
{
    set(b, SCR, 0xa5);
    set(b, LCR, 0x80);
    set(b, DLL, 0x34);
    set(b, DLM, 0x12);
    g_assert_cmphex(get(b, DLL), ==, 0x34);
    g_assert_cmphex(get(b, DLM), ==, 0x12);
    set(b, LCR, 0x03);
    g_assert_cmphex(get(b, IER), ==, 0);
    g_assert_cmphex(get(b, SCR), ==, 0xa5);
    g_assert_cmphex(get(b, LCR), ==, 0x03);
}

static void write_masks(Bench *b)
{
    set(b, IER, 0xff);
    g_assert_cmphex(get(b, IER), ==, 0x0f);
    set(b, MCR, 0xff);
    g_assert_cmphex(get(b, MCR), ==, 0x1f);
    set(b, LSR, 0xff);
    g_assert_cmphex(get(b, LSR) & 0x9f, ==, 0);
}

static void prints(Bench *b)
{
    open_line(b, 0x01, 0);
    for (const char *p = "Hello\n"; *p; p++) {
        g_assert_cmphex(get(b, LSR) & 0x60, ==, 0x60);
        set(b, THR, *p);
    }
    g_assert_cmpstr(bench_output(b), ==, "Hello\n");
}

static void transmitter_interrupt(Bench *b)
{
    open_line(b, 0x01, 0);
    g_assert_false(bench_irq(b, 0));
    set(b, IER, 0x02);                          /* enabled while empty: interrupts */
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, IIR), ==, 0xc2);
    g_assert_false(bench_irq(b, 0));            /* reading IIR took it back */
    g_assert_cmphex(get(b, IIR), ==, 0xc1);
    set(b, THR, 'x');
    g_assert_true(bench_irq(b, 0));
    set(b, IER, 0x00);
    g_assert_false(bench_irq(b, 0));
}

static void receiver_without_fifo(Bench *b)
{
    open_line(b, 0x00, 0x01);
    bench_type(b, "ab");
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, IIR), ==, 0x04);
    g_assert_cmphex(get(b, LSR), ==, 0x61);
    g_assert_cmphex(get(b, RBR), ==, 'a');
    g_assert_cmphex(get(b, RBR), ==, 'b');
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(get(b, LSR), ==, 0x60);
}

static void trigger_levels(Bench *b)
{
    static const uint8_t level[4] = { 1, 4, 8, 14 };
    for (unsigned i = 0; i < 4; i++) {
        open_line(b, i << 6 | 0x07, 0x01);
        for (unsigned n = 1; n <= level[i]; n++) {
            g_assert_false(bench_irq(b, 0));
            bench_type(b, "x");
        }
        g_assert_cmphex(get(b, IIR), ==, 0xc4);
        get(b, RBR);
        g_assert_false(bench_irq(b, 0));
    }
}

/* Ten bits of 1/115200 s, four times: 347 us. */
static void timeout(Bench *b)
{
    open_line(b, 0xc1, 0x01);
    bench_type(b, "ab");
    bench_step(b, 346 * NS_PER_US);
    g_assert_false(bench_irq(b, 0));
    bench_step(b, 2 * NS_PER_US);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, IIR), ==, 0xcc);
    g_assert_cmphex(get(b, RBR), ==, 'a');
    g_assert_false(bench_irq(b, 0));            /* it begins again */
    bench_step(b, 348 * NS_PER_US);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, RBR), ==, 'b');
    bench_step(b, NS_PER_SEC);
    g_assert_false(bench_irq(b, 0));
}

static void nothing_is_lost(Bench *b)
{
    open_line(b, 0x01, 0);
    bench_type(b, "0123456789abcdefghijklmnopqrstuvwxyz");
    for (const char *p = "0123456789abcdefghijklmnopqrstuvwxyz"; *p; p++) {
        g_assert_cmphex(get(b, LSR), ==, 0x61);
        g_assert_cmphex(get(b, RBR), ==, *p);
    }
    g_assert_cmphex(get(b, LSR), ==, 0x60);
}

static void breaks(Bench *b)
{
    open_line(b, 0x01, 0x04);
    bench_type(b, "a");
    char_memory_event(b->port, CHAR_BREAK);
    g_assert_cmphex(get(b, LSR), ==, 0xe1);     /* somewhere in the FIFO */
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(get(b, RBR), ==, 'a');
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, IIR), ==, 0xc6);
    g_assert_cmphex(get(b, LSR), ==, 0xf1);     /* now in front */
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(get(b, LSR), ==, 0x61);
    g_assert_cmphex(get(b, RBR), ==, 0);
}

static void loops_back(Bench *b)
{
    open_line(b, 0x00, 0x04);
    set(b, MCR, LOOP);
    g_assert_cmphex(get(b, MSR) & 0xf0, ==, 0);
    static const uint8_t pairs[4][2] = { { RTS, 0x11 }, { DTR, 0x22 }, { OUT1, 0x40 },
                                         { OUT2, 0x88 } };
    for (unsigned i = 0; i < 4; i++) {
        set(b, MCR, LOOP | pairs[i][0]);
        g_assert_cmphex(get(b, MSR), ==, pairs[i][1]);
        set(b, MCR, LOOP);
        g_assert_cmphex(get(b, MSR), ==, i == 2 ? 0x04 : pairs[i][1] & 0x0f);
    }
    set(b, THR, 'q');
    g_assert_cmphex(get(b, LSR), ==, 0x61);
    set(b, THR, 'r');
    g_assert_cmphex(get(b, LSR), ==, 0x63);     /* overrun */
    g_assert_cmphex(get(b, RBR), ==, 'r');
    set(b, LCR, 0x43);
    g_assert_cmphex(get(b, LSR), ==, 0x71);
    g_assert_cmpstr(bench_output(b), ==, "");
}

static void loop_overruns_the_fifo(Bench *b)
{
    open_line(b, 0x01, 0);
    set(b, MCR, LOOP);
    for (unsigned i = 0; i < 17; i++) {
        set(b, THR, 'a' + i);
    }
    g_assert_cmphex(get(b, LSR), ==, 0x63);
    for (unsigned i = 0; i < 16; i++) {
        g_assert_cmphex(get(b, RBR), ==, 'a' + i);
    }
    g_assert_cmphex(get(b, LSR), ==, 0x60);
}

static void out2_gates_the_interrupt(Bench *b)
{
    open_line(b, 0x01, 0x02);
    g_assert_true(bench_irq(b, 0));
    set(b, MCR, 0);
    g_assert_false(bench_irq(b, 0));
}

static void ungated(Bench *b)
{
    set(b, IER, 0x02);
    g_assert_true(bench_irq(b, 0));
}

static void modem_interrupt(Bench *b)
{
    open_line(b, 0x01, 0x08);
    g_assert_false(bench_irq(b, 0));
    char_memory_event(b->port, CHAR_CLOSED);
    char_memory_event(b->port, CHAR_OPENED);
    g_assert_cmphex(get(b, MSR) & 0xf0, ==, 0xb0);
    set(b, MCR, OUT2 | LOOP);
    set(b, MCR, OUT2);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, IIR), ==, 0xc0);
    get(b, MSR);
    g_assert_false(bench_irq(b, 0));
}

static void priorities(Bench *b)
{
    open_line(b, 0x01, 0x0f);
    set(b, MCR, OUT2 | LOOP);
    set(b, MCR, OUT2);
    char_memory_event(b->port, CHAR_BREAK);
    g_assert_cmphex(get(b, IIR), ==, 0xc6);
    get(b, LSR);
    g_assert_cmphex(get(b, IIR), ==, 0xc4);
    get(b, RBR);
    g_assert_cmphex(get(b, IIR), ==, 0xc2);
    g_assert_cmphex(get(b, IIR), ==, 0xc0);
    get(b, MSR);
    g_assert_cmphex(get(b, IIR), ==, 0xc1);
}

static void fcr_clears(Bench *b)
{
    open_line(b, 0x01, 0);
    bench_type(b, "abc");
    set(b, FCR, 0x03);
    g_assert_cmphex(get(b, LSR), ==, 0x60);
    bench_type(b, "d");
    set(b, FCR, 0x00);                          /* a change of mode clears, too */
    g_assert_cmphex(get(b, LSR), ==, 0x60);
    g_assert_cmphex(get(b, IIR), ==, 0x01);
}

static void survives_a_snapshot(Bench *b)
{
    open_line(b, 0xc1, 0x01);
    bench_type(b, "abc");
    bench_round_trip(b);
    g_assert_false(bench_irq(b, 0));
    bench_step(b, NS_PER_MS);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(get(b, RBR), ==, 'a');
    g_assert_cmphex(get(b, RBR), ==, 'b');
    g_assert_cmphex(get(b, RBR), ==, 'c');
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(reset_values, "ns16550");
    BENCH_TEST(divisor_and_scratch, "ns16550");
    BENCH_TEST(write_masks, "ns16550");
    BENCH_TEST(prints, "ns16550");
    BENCH_TEST(transmitter_interrupt, "ns16550");
    BENCH_TEST(receiver_without_fifo, "ns16550");
    BENCH_TEST(trigger_levels, "ns16550");
    BENCH_TEST(timeout, "ns16550");
    BENCH_TEST(nothing_is_lost, "ns16550");
    BENCH_TEST(breaks, "ns16550");
    BENCH_TEST(loops_back, "ns16550");
    BENCH_TEST(loop_overruns_the_fifo, "ns16550");
    BENCH_TEST(out2_gates_the_interrupt, "ns16550");
    BENCH_TEST(ungated, "ns16550", "gate=off");
    BENCH_TEST(modem_interrupt, "ns16550");
    BENCH_TEST(priorities, "ns16550");
    BENCH_TEST(fcr_clears, "ns16550");
    BENCH_TEST(survives_a_snapshot, "ns16550");
    return g_test_run();
}
