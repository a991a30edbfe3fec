/* SPDX-License-Identifier: MIT */
/*
 * The PC's small ports on the bench: 0x92, 0x61 (with its timer), the message port, the port that
 * ends the run, the printer.
 */
#include "hw/timer/i8254.h"
#include "system/machine.h"
#include "tests/hw/bench.h"

static uint8_t in(Bench *b, unsigned port)
{
    return bench_read_at(b, 0, port, 1);
}

static void out(Bench *b, unsigned port, uint8_t v)
{
    bench_write_at(b, 0, port, v, 1);
}

/* --- port92 --- */

static void a20_and_reset(Bench *b)
{
    g_assert_false(bench_irq(b, 0));
    out(b, 0, 0x02);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(in(b, 0), ==, 0x02);
    g_assert_cmpuint(bench_edges(b, 1), ==, 0);
    out(b, 0, 0x03);
    g_assert_cmpuint(bench_edges(b, 1), ==, 1);
    out(b, 0, 0x01);                            /* bit 0 was set already */
    g_assert_cmpuint(bench_edges(b, 1), ==, 0);
    g_assert_false(bench_irq(b, 0));
    bench_round_trip(b);
}

/* --- x87-error: outputs irq, ignne --- */

static void x87_exceptions(Bench *b)
{
    out(b, 0, 0);                               /* nothing to ignore */
    g_assert_false(bench_irq(b, 0) || bench_irq(b, 1));
    bench_input(b, "ferr", 1);
    g_assert_true(bench_irq(b, 0) && !bench_irq(b, 1));
    out(b, 0, 0);
    g_assert_true(!bench_irq(b, 0) && bench_irq(b, 1));
    bench_round_trip(b);
    bench_input(b, "ferr", 0);
    g_assert_false(bench_irq(b, 0) || bench_irq(b, 1));
    bench_input(b, "ferr", 1);
    g_assert_true(bench_irq(b, 0) && !bench_irq(b, 1));
    bench_input(b, "ferr", 0);                  /* the handler said FNCLEX */
    g_assert_false(bench_irq(b, 0) || bench_irq(b, 1));
    g_assert_cmphex(in(b, 0), ==, 0xff);
}

/* --- pcspk --- */

static void speaker(void)
{
    Bench *b = bench_empty();
    Device *pit = bench_add(b, "pit", "i8254");
    bench_finish(b, "pcspk", "pit=pit");
    memory_add(&b->root, UINT64_C(9) << 32, device_region(pit, 0), 0);
    g_assert_cmphex(in(b, 0) & 0x0f, ==, 0);
    g_assert_false(i8254_gate(pit, 2));
    out(b, 0, 0xff);
    g_assert_cmphex(in(b, 0) & 0xcf, ==, 0x0f);
    g_assert_true(i8254_gate(pit, 2));
    /* Timer 2 in mode 0, as programs measure time with it: OUT2 shows its end. */
    bench_write_at(b, 8, 3, 0xb0, 1);
    bench_write_at(b, 8, 2, 0x9c, 1);
    bench_write_at(b, 8, 2, 0x2e, 1);           /* 10 ms */
    g_assert_cmphex(in(b, 0) & 0x20, ==, 0);
    bench_step(b, 9 * NS_PER_MS);
    g_assert_cmphex(in(b, 0) & 0x20, ==, 0);
    bench_step(b, 2 * NS_PER_MS);
    g_assert_cmphex(in(b, 0) & 0x20, ==, 0x20);
    unsigned toggles = 0;
    for (unsigned i = 0, last = in(b, 0); i < 1000; i++) {
        bench_step(b, NS_PER_US);
        unsigned now = in(b, 0);
        toggles += (now ^ last) >> 4 & 1;
        last = now;
    }
    g_assert_cmpuint(toggles, >=, 65);          /* every 15 us */
    g_assert_cmpuint(toggles, <=, 67);
    bench_round_trip(b);
    bench_free(b);
}

/* --- debugcon --- */

static void messages(Bench *b)
{
    g_assert_cmphex(in(b, 0), ==, 0xe9);
    out(b, 0, 'H');
    out(b, 0, 'i');
    g_assert_cmpstr(bench_output(b), ==, "Hi");
}

/* --- isa-debug-exit --- */

static int exit_code;

static void requested(SystemRequest request, int code)
{
    exit_code = request == SYSTEM_EXIT ? code : -1;
}

static void ends_the_run(Bench *b)
{
    system_set_request_handler(requested);
    exit_code = 0;
    out(b, 0, 0x10);
    g_assert_cmpint(exit_code, ==, 0x21);
    bench_write_at(b, 0, 0, 0, 4);
    g_assert_cmpint(exit_code, ==, 1);
    g_assert_cmphex(in(b, 0), ==, 0);
    system_set_request_handler(NULL);
}

/* --- parallel --- */

static void print(Bench *b, const char *text)
{
    for (; *text; text++) {
        g_assert_cmphex(in(b, 1) & 0xf8, ==, 0xd8);     /* selected, not busy, paper */
        out(b, 0, *text);
        out(b, 2, in(b, 2) | 0x01);
        out(b, 2, in(b, 2) & ~0x01);
    }
}

static void prints(Bench *b)
{
    out(b, 2, 0x0c);
    g_assert_cmphex(in(b, 2), ==, 0xcc);
    print(b, "Hello\n");
    g_assert_cmpstr(bench_output(b), ==, "Hello\n");
    g_assert_cmphex(in(b, 0), ==, '\n');
    g_assert_false(bench_irq(b, 0));
}

static void printer_interrupts(Bench *b)
{
    out(b, 2, 0x1c);
    print(b, "ab");
    g_assert_true(bench_irq(b, 0));
    g_assert_cmpuint(bench_edges(b, 0), ==, 2);
    g_assert_cmphex(in(b, 1) & 0x04, ==, 0);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(in(b, 1) & 0x04, ==, 0x04);
    print(b, "c");
    bench_round_trip(b);
    g_assert_true(bench_irq(b, 0));
    out(b, 2, 0x0c);
    g_assert_false(bench_irq(b, 0));
}

static void data_lines_as_inputs(Bench *b)
{
    out(b, 0, 0x5a);
    out(b, 2, 0x20);
    g_assert_cmphex(in(b, 0), ==, 0xff);
    out(b, 2, 0x00);
    g_assert_cmphex(in(b, 0), ==, 0x5a);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(a20_and_reset, "port92");
    BENCH_TEST(x87_exceptions, "x87-error");
    g_test_add_func("/hw/pcspk/speaker", speaker);
    BENCH_TEST(messages, "debugcon");
    BENCH_TEST(ends_the_run, "isa-debug-exit", "iobase=0xf4", "iosize=4");
    BENCH_TEST(prints, "parallel");
    BENCH_TEST(printer_interrupts, "parallel");
    BENCH_TEST(data_lines_as_inputs, "parallel");
    return g_test_run();
}
