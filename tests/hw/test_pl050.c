/* SPDX-License-Identifier: MIT */
/* PL050 with a PS/2 keyboard and mouse on the bench (ARM DDI 0143C; IBM PS/2 reference). */
#include "io/ui/input.h"
#include "tests/hw/bench.h"

enum { CR = 0x00, STAT = 0x04, DATA = 0x08, IR = 0x10 };
enum { CR_EN = 0x04, CR_TX = 0x08, CR_RX = 0x10, RXFULL = 0x10, TXEMPTY = 0x40 };

static void on(Bench *b)
{
    bench_write(b, CR, CR_EN | CR_RX);
}

/* Everything that waits, as hexadecimal text. */
static const char *received(Bench *b)
{
    static char text[256];
    char *p = text;
    *p = 0;
    while ((bench_read(b, STAT) & RXFULL) && p < text + sizeof(text) - 4) {
        p += sprintf(p, "%02x ", bench_read(b, DATA));
    }
    return text;
}

static const char *ask(Bench *b, uint8_t byte)
{
    bench_write(b, DATA, byte);
    return received(b);
}

static void interrupt_follows_data(Bench *b)
{
    on(b);
    input_key(KEY_A, true);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(bench_read(b, IR), ==, 1);
    g_assert_cmphex(bench_read(b, DATA), ==, 0x1c);
    g_assert_false(bench_irq(b, 0));
    bench_write(b, CR, CR_EN | CR_TX);
    g_assert_true(bench_irq(b, 0));             /* the transmitter is always empty */
    g_assert_cmphex(bench_read(b, STAT) & TXEMPTY, ==, TXEMPTY);
}

static void scan_codes(Bench *b)
{
    on(b);
    input_key(KEY_A, true);
    input_key(KEY_A, false);
    g_assert_cmpstr(received(b), ==, "1c f0 1c ");
    input_key(KEY_UP, true);
    input_key(KEY_UP, false);
    g_assert_cmpstr(received(b), ==, "e0 75 e0 f0 75 ");
    input_key(KEY_PAUSE, true);
    input_key(KEY_PAUSE, false);
    g_assert_cmpstr(received(b), ==, "e1 14 77 e1 f0 14 f0 77 ");
    ask(b, 0xf0);
    g_assert_cmpstr(ask(b, 1), ==, "fa ");
    input_key(KEY_A, true);
    input_key(KEY_A, false);
    input_key(KEY_UP, false);
    g_assert_cmpstr(received(b), ==, "1e 9e e0 c8 ");
    ask(b, 0xf0);
    ask(b, 3);
    input_key(KEY_LEFTCTRL, true);
    g_assert_cmpstr(received(b), ==, "11 ");
}

static void keyboard_commands(Bench *b)
{
    on(b);
    g_assert_cmpstr(ask(b, 0xff), ==, "fa aa ");
    g_assert_cmpstr(ask(b, 0xf2), ==, "fa ab 83 ");
    g_assert_cmpstr(ask(b, 0xee), ==, "ee ");
    g_assert_cmpstr(ask(b, 0xfe), ==, "ee ");   /* the last byte again */
    g_assert_cmpstr(ask(b, 0xed), ==, "fa ");
    g_assert_cmpstr(ask(b, 0x07), ==, "fa ");
    g_assert_cmpstr(ask(b, 0xf0), ==, "fa ");
    g_assert_cmpstr(ask(b, 0x00), ==, "fa 02 ");
    g_assert_cmpstr(ask(b, 0xf0), ==, "fa ");
    g_assert_cmpstr(ask(b, 0x04), ==, "fe ");   /* no such set */
    g_assert_cmpstr(ask(b, 0xf5), ==, "fa ");
    input_key(KEY_A, true);
    g_assert_cmpstr(received(b), ==, "");
    g_assert_cmpstr(ask(b, 0xf4), ==, "fa ");
    g_assert_cmpstr(ask(b, 0x10), ==, "fe ");   /* no such command */
}

static void keys_overrun(Bench *b)
{
    on(b);
    for (unsigned i = 0; i < 500; i++) {
        input_key(KEY_B, i & 1);
    }
    unsigned n = 0;
    uint8_t last = 0;
    while (bench_read(b, STAT) & RXFULL) {
        last = bench_read(b, DATA);
        n++;
    }
    g_assert_cmpuint(n, <=, 64);
    g_assert_cmphex(last, ==, 0);               /* set 2's overrun code */
}

static void mouse_commands(Bench *b)
{
    on(b);
    g_assert_cmpstr(ask(b, 0xff), ==, "fa aa 00 ");
    g_assert_cmpstr(ask(b, 0xf2), ==, "fa 00 ");
    g_assert_cmpstr(ask(b, 0xe9), ==, "fa 00 02 64 ");
    g_assert_cmpstr(ask(b, 0xe8), ==, "fa ");
    g_assert_cmpstr(ask(b, 0x03), ==, "fa ");
    g_assert_cmpstr(ask(b, 0xe9), ==, "fa 00 03 64 ");
    g_assert_cmpstr(ask(b, 0xee), ==, "fa ");   /* wrap mode: an echo */
    g_assert_cmpstr(ask(b, 0x55), ==, "55 ");
    g_assert_cmpstr(ask(b, 0xec), ==, "fa ");
}

static void mouse_packets(Bench *b)
{
    on(b);
    input_motion(5, 5);
    g_assert_cmpstr(received(b), ==, "");       /* not enabled */
    ask(b, 0xf6);
    ask(b, 0xf4);
    input_motion(3, -2);                        /* up is positive */
    g_assert_cmpstr(received(b), ==, "08 03 02 ");
    input_motion(-1, 1);
    g_assert_cmpstr(received(b), ==, "38 ff ff ");
    input_buttons(BUTTON_LEFT | BUTTON_MIDDLE);
    g_assert_cmpstr(received(b), ==, "0d 00 00 ");
    input_buttons(0);
    g_assert_cmpstr(received(b), ==, "08 00 00 ");
    input_motion(600, 0);                       /* more than a packet holds */
    g_assert_cmpstr(received(b), ==, "08 ff 00 08 ff 00 08 5a 00 ");
}

static void mouse_wheel(Bench *b)
{
    static const uint8_t knock[] = { 0xf3, 200, 0xf3, 100, 0xf3, 80 };
    on(b);
    for (unsigned i = 0; i < sizeof(knock); i++) {
        g_assert_cmpstr(ask(b, knock[i]), ==, "fa ");
    }
    g_assert_cmpstr(ask(b, 0xf2), ==, "fa 03 ");
    ask(b, 0xf4);
    input_wheel(1);
    g_assert_cmpstr(received(b), ==, "08 00 00 ff ");
}

static void survives_a_snapshot(Bench *b)
{
    on(b);
    input_key(KEY_A, true);
    bench_round_trip(b);
    g_assert_cmpstr(received(b), ==, "1c ");
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(interrupt_follows_data, "pl050");
    BENCH_TEST(scan_codes, "pl050");
    BENCH_TEST(keyboard_commands, "pl050");
    BENCH_TEST(keys_overrun, "pl050");
    BENCH_TEST(mouse_commands, "pl050", "kind=mouse");
    BENCH_TEST(mouse_packets, "pl050", "kind=mouse");
    BENCH_TEST(mouse_wheel, "pl050", "kind=mouse");
    BENCH_TEST(survives_a_snapshot, "pl050");
    return g_test_run();
}
