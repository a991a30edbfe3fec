/* SPDX-License-Identifier: MIT */
/*
 * The parser of what terminals send, and the finger that presses.
 * Implements: ECMA-48, 5.4 (control sequences); "XTerm Control Sequences", PC-style function keys.
 */
#include "io/ui/typing.h"
#include "system/clock.h"

enum { HOLD_NS = 10 * 1000000, QUEUE_MOST = 16384, PENDING_MOST = 16, ESC = 0x1b };

typedef struct Press {
    Key     key;
    uint8_t held;
} Press;

static struct {
    GArray *queue;                      /* of Press */
    Timer   timer;
    bool    down;                       /* the first of the queue is pressed */
    char    pending[PENDING_MOST];      /* the beginning of a sequence */
    size_t  n_pending;
} t;

/* --- The finger ------------------------------------------------------------------------------- */

static const struct { uint8_t bit; Key key; } modifiers[] = {
    { TYPING_CTRL, KEY_LEFTCTRL }, { TYPING_ALT, KEY_LEFTALT }, { TYPING_SHIFT, KEY_LEFTSHIFT },
};

static void act(const Press *p, bool down)
{
    for (unsigned i = 0; down && i < ARRAY_SIZE(modifiers); i++) {
        if (p->held & modifiers[i].bit) {
            input_key(modifiers[i].key, true);
        }
    }
    input_key(p->key, down);
    for (unsigned i = ARRAY_SIZE(modifiers); !down && i-- > 0;) {
        if (p->held & modifiers[i].bit) {
            input_key(modifiers[i].key, false);
        }
    }
}

static void move(void *opaque)
{
    Press p = g_array_index(t.queue, Press, 0);
    t.down = !t.down;
    act(&p, t.down);
    if (!t.down) {
        g_array_remove_index(t.queue, 0);
    }
    if (t.queue->len) {
        timer_set(&t.timer, clock_now(CLOCK_VIRTUAL) + HOLD_NS);
    }
}

void typing_key(Key key, unsigned held)
{
    if (!t.queue) {
        t.queue = g_array_new(false, false, sizeof(Press));
        timer_init(&t.timer, CLOCK_VIRTUAL, move, NULL);
    }
    if (t.queue->len == QUEUE_MOST) {
        return;
    }
    Press p = { key, held };
    g_array_append_val(t.queue, p);
    if (!timer_pending(&t.timer)) {
        timer_set(&t.timer, clock_now(CLOCK_VIRTUAL));
    }
}

bool typing_busy(void)
{
    return t.queue && t.queue->len;
}

void typing_forget(void)
{
    if (t.queue) {
        timer_cancel(&t.timer);
        g_array_set_size(t.queue, 0);
    }
    t.down = false;
    t.n_pending = 0;
}

/* --- Characters ------------------------------------------------------------------------------- */

/* By character: keys of a US keyboard, in the order of the two strings. */
static const struct { const char *plain, *shifted; Key first[16]; } rows[] = {
    { "`1234567890-=", "~!@#$%^&*()_+",
      { KEY_GRAVE, KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7, KEY_8, KEY_9, KEY_0, KEY_MINUS,
        KEY_EQUAL } },
    { "qwertyuiop[]\\", "QWERTYUIOP{}|",
      { KEY_Q, KEY_W, KEY_E, KEY_R, KEY_T, KEY_Y, KEY_U, KEY_I, KEY_O, KEY_P, KEY_LEFTBRACE,
        KEY_RIGHTBRACE, KEY_BACKSLASH } },
    { "asdfghjkl;'", "ASDFGHJKL:\"",
      { KEY_A, KEY_S, KEY_D, KEY_F, KEY_G, KEY_H, KEY_J, KEY_K, KEY_L, KEY_SEMICOLON,
        KEY_APOSTROPHE } },
    { "zxcvbnm,./ ", "ZXCVBNM<>? ",
      { KEY_Z, KEY_X, KEY_C, KEY_V, KEY_B, KEY_N, KEY_M, KEY_COMMA, KEY_DOT, KEY_SLASH, KEY_SPACE } },
    { "\n\r\t\b\x7f\x1b", "",
      { KEY_ENTER, KEY_ENTER, KEY_TAB, KEY_BACKSPACE, KEY_BACKSPACE, KEY_ESC } },
};

/* The key of a byte; false: no key makes it. */
static bool key_of(uint8_t c, Key *key, unsigned *held)
{
    for (unsigned i = 0; c && i < ARRAY_SIZE(rows); i++) {
        const char *at = strchr(rows[i].plain, c);
        const char *up = strchr(rows[i].shifted, c);
        if (at || up) {
            *key = rows[i].first[at ? at - rows[i].plain : up - rows[i].shifted];
            *held |= at ? 0 : TYPING_SHIFT;
            return true;
        }
    }
    *held |= TYPING_CTRL;
    if (c == 0) {
        *key = KEY_SPACE;
        return true;
    }
    /* ^A to ^Z and ^\ ^] ^^ ^_ */
    return c < 0x20 && c != ESC && key_of(g_ascii_tolower(c + 0x40), key, held);
}

static bool type_byte(uint8_t c, unsigned held)
{
    Key key;
    bool ok = key_of(c, &key, &held);
    if (ok) {
        typing_key(key, held);
    }
    return ok;
}

/* --- Sequences -------------------------------------------------------------------------------- */

static const struct { char final; Key key; } by_letter[] = {
    { 'A', KEY_UP }, { 'B', KEY_DOWN }, { 'C', KEY_RIGHT }, { 'D', KEY_LEFT }, { 'H', KEY_HOME },
    { 'F', KEY_END }, { 'P', KEY_F1 }, { 'Q', KEY_F2 }, { 'R', KEY_F3 }, { 'S', KEY_F4 },
    { 'M', KEY_KPENTER },
};

static const struct { uint8_t number; Key key; } by_number[] = {
    { 1, KEY_HOME }, { 2, KEY_INSERT }, { 3, KEY_DELETE }, { 4, KEY_END }, { 5, KEY_PAGEUP },
    { 6, KEY_PAGEDOWN }, { 7, KEY_HOME }, { 8, KEY_END }, { 11, KEY_F1 }, { 12, KEY_F2 },
    { 13, KEY_F3 }, { 14, KEY_F4 }, { 15, KEY_F5 }, { 17, KEY_F6 }, { 18, KEY_F7 }, { 19, KEY_F8 },
    { 20, KEY_F9 }, { 21, KEY_F10 }, { 23, KEY_F11 }, { 24, KEY_F12 },
};

/* The Linux console's F1 to F5: ESC [ [ A. */
static bool type_linux_key(char c)
{
    if (c >= 'A' && c <= 'E') {
        typing_key(KEY_F1 + (c - 'A'), 0);
    }
    return true;
}

/* ESC [ numbers final: modifiers are one more than their bits. */
static void type_csi(const char *p, char final)
{
    unsigned number = g_ascii_strtoull(p, NULL, 10);
    const char *semicolon = strchr(p, ';');
    unsigned held = semicolon ? (g_ascii_strtoull(semicolon + 1, NULL, 10) - 1) & 7 : 0;
    if (final == 'Z') {
        typing_key(KEY_TAB, TYPING_SHIFT);
    }
    for (unsigned i = 0; final != '~' && i < ARRAY_SIZE(by_letter); i++) {
        if (by_letter[i].final == final) {
            typing_key(by_letter[i].key, held);
        }
    }
    for (unsigned i = 0; final == '~' && i < ARRAY_SIZE(by_number); i++) {
        if (by_number[i].number == number) {
            typing_key(by_number[i].key, held);
        }
    }
}

/* What stands in t.pending, after ESC: is it a whole sequence?  Then it is typed. */
static bool finish_sequence(void)
{
    char *p = t.pending, last = p[t.n_pending - 1];
    if (t.n_pending == 1) {
        return false;
    }
    if (p[1] != '[' && p[1] != 'O') {
        type_byte(p[1], TYPING_ALT);
        return true;
    }
    if (t.n_pending == 2) {
        return false;
    }
    if (p[1] == '[' && p[2] == '[') {
        return t.n_pending == 4 && type_linux_key(last);
    }
    if (last < 0x40 || last > 0x7e) {
        return t.n_pending == PENDING_MOST;     /* too long: nothing of ours */
    }
    p[t.n_pending - 1] = 0;
    type_csi(p + 2, last);
    return true;
}

static bool feed_byte(char c)
{
    if (!t.n_pending && c != ESC) {
        return type_byte(c, 0);
    }
    if (t.n_pending == 1 && c == ESC) {
        typing_key(KEY_ESC, 0);
        return true;
    }
    t.pending[t.n_pending++] = c;
    if (finish_sequence()) {
        t.n_pending = 0;
    }
    return true;
}

void typing_feed(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        feed_byte(bytes[i]);
    }
}

bool typing_waits(void)
{
    return t.n_pending;
}

/* ESC, and ESC [ that nothing follows. */
void typing_flush(void)
{
    for (size_t i = 0, n = t.n_pending; i < n; i++) {
        type_byte(t.pending[i], 0);
    }
    t.n_pending = 0;
}

/* ESC before anything but [ and O is the key here: whoever writes "\ex" means two keys. */
bool typing_text(const char *bytes, size_t len)
{
    bool all = true;
    typing_flush();
    for (size_t i = 0; i < len; i++) {
        all &= feed_byte(bytes[i]);
        if (t.n_pending == 1 && i + 1 < len && bytes[i + 1] != '[' && bytes[i + 1] != 'O') {
            typing_flush();
        }
    }
    typing_flush();
    return all;
}
