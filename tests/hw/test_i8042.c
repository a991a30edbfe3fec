/* SPDX-License-Identifier: MIT */
/*
 * The keyboard controller on the bench, with its keyboard and mouse: IBM PS/2 Hardware Interface
 * Technical Reference.
 */
#include "io/ui/input.h"
#include "tests/hw/bench.h"

enum { DATA, COMMAND };                         /* windows */
enum { KBD, MOUSE, A20, RESET };                /* lines */
enum { OBF = 0x01, SYSTEM = 0x04, WAS_COMMAND = 0x08, AUX = 0x20 };

static void command(Bench *b, uint8_t v)
{
    bench_write_at(b, COMMAND, 0, v, 1);
}

static void data(Bench *b, uint8_t v)
{
    bench_write_at(b, DATA, 0, v, 1);
}

static uint8_t status(Bench *b)
{
    return bench_read_at(b, COMMAND, 0, 1);
}

static uint8_t take(Bench *b)
{
    return bench_read_at(b, DATA, 0, 1);
}

static void set_mode(Bench *b, uint8_t v)
{
    command(b, 0x60);
    data(b, v);
}

/* The next byte, when it has come over the cable. */
static uint8_t next(Bench *b)
{
    for (unsigned i = 0; i < 10 && !(status(b) & OBF); i++) {
        bench_step(b, NS_PER_MS);
    }
    g_assert_true(status(b) & OBF);
    return take(b);
}

static void nothing_more(Bench *b)
{
    bench_step(b, 10 * NS_PER_MS);
    g_assert_false(status(b) & OBF);
}

static void after_reset(Bench *b)
{
    g_assert_cmphex(status(b), ==, 0x10);
    g_assert_true(bench_irq(b, A20));
    command(b, 0x20);
    g_assert_cmphex(take(b), ==, 0x30);         /* both interfaces off */
}

static void self_tests(Bench *b)
{
    command(b, 0xaa);
    g_assert_cmphex(status(b) & (OBF | WAS_COMMAND | AUX), ==, OBF | WAS_COMMAND);
    g_assert_cmphex(take(b), ==, 0x55);
    command(b, 0xab);
    g_assert_cmphex(take(b), ==, 0x00);
    command(b, 0xa9);
    g_assert_cmphex(take(b), ==, 0x00);
    command(b, 0xa4);
    g_assert_cmphex(take(b), ==, 0xf1);
}

static void mode_byte_and_memory(Bench *b)
{
    set_mode(b, 0x47);
    g_assert_cmphex(status(b) & (SYSTEM | WAS_COMMAND), ==, SYSTEM);
    command(b, 0x20);
    g_assert_cmphex(take(b), ==, 0x47);
    command(b, 0xad);
    command(b, 0xa7);
    command(b, 0x20);
    g_assert_cmphex(take(b), ==, 0x77);
    command(b, 0xae);
    command(b, 0xa8);
    command(b, 0x20);
    g_assert_cmphex(take(b), ==, 0x47);
    command(b, 0x7f);
    data(b, 0x5a);
    command(b, 0x3f);
    g_assert_cmphex(take(b), ==, 0x5a);
}

static void key_interrupts(Bench *b)
{
    set_mode(b, 0x61);                          /* interrupt, translate, mouse off */
    input_key(KEY_A, true);
    g_assert_false(bench_irq(b, KBD));          /* on its way */
    bench_step(b, NS_PER_MS);
    g_assert_true(bench_irq(b, KBD));
    g_assert_cmphex(take(b), ==, 0x1e);
    g_assert_false(bench_irq(b, KBD));
    input_key(KEY_A, false);
    g_assert_cmphex(next(b), ==, 0x9e);
    nothing_more(b);
}

static void same_byte_twice(Bench *b)
{
    set_mode(b, 0x61);
    input_key(KEY_A, true);
    input_key(KEY_A, false);
    bench_step(b, 20 * NS_PER_MS);
    g_assert_cmphex(take(b), ==, 0x1e);
    g_assert_cmphex(take(b), ==, 0x1e);         /* the next one takes its time */
    bench_step(b, 100 * NS_PER_US);
    g_assert_cmphex(take(b), ==, 0x1e);
    g_assert_cmphex(next(b), ==, 0x9e);
}

static void untranslated(Bench *b)
{
    set_mode(b, 0x21);
    input_key(KEY_A, true);
    input_key(KEY_A, false);
    g_assert_cmphex(next(b), ==, 0x1c);
    g_assert_cmphex(next(b), ==, 0xf0);
    g_assert_cmphex(next(b), ==, 0x1c);
}

/* What the keyboard sends in set 2 arrives as set 1 says. */
static void every_key_is_translated(Bench *b)
{
    static const struct {
        Key key;
        uint16_t set1;
    } keys[] = {
#define KEY(name, number, set1, set2) { KEY_##name, set1 },
#include "io/ui/keys.def"
#undef KEY
    };
    set_mode(b, 0x61);
    for (unsigned i = 0; i < ARRAY_SIZE(keys); i++) {
        if (keys[i].key == KEY_PAUSE || keys[i].key == KEY_SYSRQ || !keys[i].set1 ||
            keys[i].set1 >> 8 == 0xe1) {
            continue;
        }
        for (unsigned up = 0; up < 2; up++) {
            input_key(keys[i].key, !up);
            if (keys[i].set1 >> 8) {
                g_assert_cmphex(next(b), ==, keys[i].set1 >> 8);
            }
            g_assert_cmphex(next(b), ==, (keys[i].set1 & 0xff) | (up ? 0x80 : 0));
        }
        nothing_more(b);
    }
}

static void keyboard_commands(Bench *b)
{
    set_mode(b, 0x61);
    data(b, 0xf2);
    g_assert_cmphex(next(b), ==, 0xfa);
    g_assert_cmphex(next(b), ==, 0xab);
    g_assert_cmphex(next(b), ==, 0x41);         /* 0x83, translated */
    data(b, 0xff);
    g_assert_cmphex(next(b), ==, 0xfa);
    g_assert_cmphex(next(b), ==, 0xaa);
    data(b, 0xed);
    g_assert_cmphex(next(b), ==, 0xfa);
    data(b, 0x02);
    g_assert_cmphex(next(b), ==, 0xfa);
}

static void disabled_keyboard_waits(Bench *b)
{
    set_mode(b, 0x71);
    input_key(KEY_B, true);
    nothing_more(b);
    command(b, 0xae);
    g_assert_cmphex(next(b), ==, 0x30);
    command(b, 0xad);
    data(b, 0xee);                              /* a byte for it switches it on */
    g_assert_cmphex(next(b), ==, 0xee);
}

static void mouse_packets(Bench *b)
{
    set_mode(b, 0x12);                          /* mouse interrupt, keyboard off */
    command(b, 0xd4);
    data(b, 0xf4);
    bench_step(b, NS_PER_MS);
    g_assert_true(bench_irq(b, MOUSE));
    g_assert_false(bench_irq(b, KBD));
    g_assert_cmphex(status(b) & (OBF | AUX), ==, OBF | AUX);
    g_assert_cmphex(take(b), ==, 0xfa);
    input_motion(5, 3);
    g_assert_cmphex(next(b), ==, 0x28);
    g_assert_cmphex(next(b), ==, 0x05);
    g_assert_cmphex(next(b), ==, 0xfd);
    input_buttons(BUTTON_LEFT);
    g_assert_cmphex(next(b), ==, 0x09);
    g_assert_cmphex(next(b), ==, 0x00);
    g_assert_cmphex(next(b), ==, 0x00);
    nothing_more(b);
}

static void mouse_bytes_are_not_translated(Bench *b)
{
    set_mode(b, 0x53);
    command(b, 0xd4);
    data(b, 0xf4);
    g_assert_cmphex(next(b), ==, 0xfa);
    input_motion(0x1c, 0);
    g_assert_cmphex(next(b), ==, 0x08);
    g_assert_cmphex(next(b), ==, 0x1c);
    g_assert_cmphex(next(b), ==, 0x00);
}

static void both_at_once(Bench *b)
{
    set_mode(b, 0x43);
    command(b, 0xd4);
    data(b, 0xf4);
    g_assert_cmphex(next(b), ==, 0xfa);
    input_key(KEY_A, true);
    input_motion(1, 0);
    unsigned keys = 0, mouse = 0;
    for (unsigned i = 0; i < 4; i++) {
        bench_step(b, NS_PER_MS);
        bool aux = status(b) & AUX;
        g_assert_true(bench_irq(b, aux ? MOUSE : KBD));
        g_assert_false(bench_irq(b, aux ? KBD : MOUSE));
        keys += !aux;
        mouse += aux;
        take(b);
    }
    g_assert_cmpuint(keys, ==, 1);
    g_assert_cmpuint(mouse, ==, 3);
    nothing_more(b);
}

static void gate_a20(Bench *b)
{
    command(b, 0xd0);
    g_assert_cmphex(take(b) & 0x33, ==, 0x03);
    command(b, 0xd1);
    data(b, 0xdd);
    g_assert_false(bench_irq(b, A20));
    command(b, 0xd0);
    g_assert_cmphex(take(b) & 0x03, ==, 0x01);
    command(b, 0xd1);
    data(b, 0xdf);
    g_assert_true(bench_irq(b, A20));
    command(b, 0xdd);
    g_assert_false(bench_irq(b, A20));
    command(b, 0xdf);
    g_assert_true(bench_irq(b, A20));
    g_assert_cmpuint(bench_edges(b, RESET), ==, 0);
}

static void reset_pulse(Bench *b)
{
    command(b, 0xff);
    g_assert_cmpuint(bench_edges(b, RESET), ==, 0);
    command(b, 0xfe);
    g_assert_cmpuint(bench_edges(b, RESET), ==, 1);
    command(b, 0xd1);
    data(b, 0x02);
    g_assert_cmpuint(bench_edges(b, RESET), ==, 1);
}

static void buffers_can_be_written(Bench *b)
{
    set_mode(b, 0x03);
    command(b, 0xd2);
    data(b, 0x77);
    g_assert_true(bench_irq(b, KBD));
    g_assert_cmphex(take(b), ==, 0x77);
    command(b, 0xd3);
    data(b, 0x88);
    g_assert_true(bench_irq(b, MOUSE));
    g_assert_cmphex(status(b) & AUX, ==, AUX);
    g_assert_cmphex(take(b), ==, 0x88);
}

static void survives_a_snapshot(Bench *b)
{
    set_mode(b, 0x21);
    input_key(KEY_A, true);
    input_key(KEY_A, false);
    g_assert_cmphex(next(b), ==, 0x1c);
    bench_round_trip(b);
    g_assert_cmphex(next(b), ==, 0xf0);
    g_assert_cmphex(next(b), ==, 0x1c);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    BENCH_TEST(after_reset, "i8042");
    BENCH_TEST(self_tests, "i8042");
    BENCH_TEST(mode_byte_and_memory, "i8042");
    BENCH_TEST(key_interrupts, "i8042");
    BENCH_TEST(same_byte_twice, "i8042");
    BENCH_TEST(untranslated, "i8042");
    BENCH_TEST(every_key_is_translated, "i8042");
    BENCH_TEST(keyboard_commands, "i8042");
    BENCH_TEST(disabled_keyboard_waits, "i8042");
    BENCH_TEST(mouse_packets, "i8042");
    BENCH_TEST(mouse_bytes_are_not_translated, "i8042");
    BENCH_TEST(both_at_once, "i8042");
    BENCH_TEST(gate_a20, "i8042");
    BENCH_TEST(reset_pulse, "i8042");
    BENCH_TEST(buffers_can_be_written, "i8042");
    BENCH_TEST(survives_a_snapshot, "i8042");
    return g_test_run();
}
