/* SPDX-License-Identifier: MIT */
/* Text to key presses: which keys, in which order, and that each can be seen. */
#include "io/ui/typing.h"
#include "system/clock.h"
#include "system/lock.h"

static GString *seen;

static void on_key(void *opaque, Key key, bool down)
{
    g_string_append_printf(seen, "%s%s%s", seen->len ? " " : "", down ? "" : "-", key_name(key));
}

static const InputHandler keyboard = { .key = on_key };

/* The keys of bytes, each press and release. */
static const char *keys(void)
{
    while (typing_busy()) {
        clock_step(NS_PER_MS);
    }
    return seen->str;
}

#define assert_types(bytes, expect)                                     \
    do {                                                                \
        g_string_truncate(seen, 0);                                     \
        g_assert_true(typing_text(bytes, sizeof(bytes) - 1));           \
        g_assert_cmpstr(keys(), ==, expect);                            \
    } while (0)

static void letters_and_shift(void)
{
    assert_types("a1", "A -A 1 -1");
    assert_types("A!", "LEFTSHIFT A -A -LEFTSHIFT LEFTSHIFT 1 -1 -LEFTSHIFT");
    assert_types("\\|", "BACKSLASH -BACKSLASH LEFTSHIFT BACKSLASH -BACKSLASH -LEFTSHIFT");
    assert_types(" \n\t\x7f", "SPACE -SPACE ENTER -ENTER TAB -TAB BACKSPACE -BACKSPACE");
    assert_types("\x03", "LEFTCTRL C -C -LEFTCTRL");
}

/* Each printable character has a key of its own and comes once. */
static void all_of_ascii(void)
{
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (char c = ' '; c < 0x7f; c++) {
        g_string_truncate(seen, 0);
        g_assert_true(typing_text(&c, 1));
        g_assert_true(g_hash_table_add(all, g_strdup(keys())));
    }
    g_assert_false(typing_text("\xc3\xa4", 2));
    g_assert_false(typing_busy());
}

static void sequences(void)
{
    assert_types("\033[A\033OB", "UP -UP DOWN -DOWN");
    assert_types("\033OP\033[15~\033[24~", "F1 -F1 F5 -F5 F12 -F12");
    assert_types("\033[[C", "F3 -F3");
    assert_types("\033[3~\033[H", "DELETE -DELETE HOME -HOME");
    assert_types("\033[1;5D", "LEFTCTRL LEFT -LEFT -LEFTCTRL");
    assert_types("\033[1;4A", "LEFTALT LEFTSHIFT UP -UP -LEFTSHIFT -LEFTALT");
    assert_types("\033[Z", "LEFTSHIFT TAB -TAB -LEFTSHIFT");
    assert_types("\033[?999x", "");                     /* nothing of ours */
    assert_types("\033", "ESC -ESC");
    assert_types("\033x", "ESC -ESC X -X");
}

/* From a terminal, Alt-x comes in one piece; a lone ESC waits for somebody to say that it is one. */
static void a_terminal_is_fed(void)
{
    g_string_truncate(seen, 0);
    typing_feed("\033x", 2);
    g_assert_cmpstr(keys(), ==, "LEFTALT X -X -LEFTALT");
    g_string_truncate(seen, 0);
    typing_feed("\033", 1);
    g_assert_true(typing_waits());
    g_assert_cmpstr(keys(), ==, "");
    typing_feed("[B", 2);
    g_assert_false(typing_waits());
    g_assert_cmpstr(keys(), ==, "DOWN -DOWN");
    g_string_truncate(seen, 0);
    typing_feed("\033", 1);
    typing_flush();
    g_assert_cmpstr(keys(), ==, "ESC -ESC");
    typing_feed("\033[111111111111111111111111", 26);   /* bounded */
    typing_flush();
    typing_forget();
}

static void keys_are_held_for_a_while(void)
{
    g_string_truncate(seen, 0);
    typing_text("ab", 2);
    clock_step(1);
    g_assert_cmpstr(seen->str, ==, "A");
    clock_step(9 * NS_PER_MS);
    g_assert_cmpstr(seen->str, ==, "A");
    clock_step(NS_PER_MS);
    g_assert_cmpstr(seen->str, ==, "A -A");
    g_assert_true(typing_busy());
    clock_step(20 * NS_PER_MS);
    g_assert_cmpstr(seen->str, ==, "A -A B -B");
    g_assert_false(typing_busy());
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    machine_lock();
    clock_init();
    clock_use_steps();
    input_add(&keyboard);
    seen = g_string_new(NULL);
    g_test_add_func("/io/typing/letters_and_shift", letters_and_shift);
    g_test_add_func("/io/typing/all_of_ascii", all_of_ascii);
    g_test_add_func("/io/typing/sequences", sequences);
    g_test_add_func("/io/typing/a_terminal_is_fed", a_terminal_is_fed);
    g_test_add_func("/io/typing/keys_are_held_for_a_while", keys_are_held_for_a_while);
    return g_test_run();
}
