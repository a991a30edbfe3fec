/* SPDX-License-Identifier: MIT */
/* Input events find the handler, added last, that takes their kind. */
#include "io/ui/input.h"

static GPtrArray *handlers;

static const struct {
    const char *name;
    Key         key;
} names[] = {
#define KEY(name, number, set1, set2) { #name, KEY_##name },
#include "io/ui/keys.def"
#undef KEY
    /* what people type */
    { "ret", KEY_ENTER },       { "ctrl", KEY_LEFTCTRL },      { "shift", KEY_LEFTSHIFT },
    { "alt", KEY_LEFTALT },     { "altgr", KEY_RIGHTALT },     { "spc", KEY_SPACE },
    { "meta", KEY_LEFTMETA },   { "pgup", KEY_PAGEUP },        { "pgdn", KEY_PAGEDOWN },
    { "bracket_left", KEY_LEFTBRACE },  { "bracket_right", KEY_RIGHTBRACE },
    { "ctrl_r", KEY_RIGHTCTRL },        { "shift_r", KEY_RIGHTSHIFT },
    { "caps_lock", KEY_CAPSLOCK },      { "num_lock", KEY_NUMLOCK },
    { "scroll_lock", KEY_SCROLLLOCK },  { "print", KEY_SYSRQ },
};

void input_add(const InputHandler *handler)
{
    if (!handlers) {
        handlers = g_ptr_array_new();
    }
    g_ptr_array_add(handlers, (gpointer)handler);
}

void input_remove(const InputHandler *handler)
{
    if (handlers) {
        g_ptr_array_remove(handlers, (gpointer)handler);
    }
}

/* Calls the newest handler that has `what`. */
#define DISPATCH(what, ...)                                             \
    for (unsigned i = handlers ? handlers->len : 0; i-- > 0;) {         \
        const InputHandler *h = g_ptr_array_index(handlers, i);         \
        if (h->what) {                                                  \
            h->what(h->opaque, __VA_ARGS__);                            \
            break;                                                      \
        }                                                               \
    }

void input_key(Key key, bool down)
{
    DISPATCH(key, key, down);
}

void input_motion(int dx, int dy)
{
    DISPATCH(motion, dx, dy);
}

void input_position(int x, int y, int w, int h_)
{
    DISPATCH(position, x, y, w, h_);
}

void input_buttons(unsigned buttons)
{
    DISPATCH(buttons, buttons);
}

void input_wheel(int clicks)
{
    DISPATCH(wheel, clicks);
}

bool input_has_keyboard(void)
{
    for (unsigned i = 0; handlers && i < handlers->len; i++) {
        const InputHandler *h = g_ptr_array_index(handlers, i);
        if (h->key) {
            return true;
        }
    }
    return false;
}

bool input_is_absolute(void)
{
    for (unsigned i = 0; handlers && i < handlers->len; i++) {
        const InputHandler *h = g_ptr_array_index(handlers, i);
        if (h->position) {
            return true;
        }
    }
    return false;
}

Key key_by_name(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(names); i++) {
        if (g_ascii_strcasecmp(name, names[i].name) == 0) {
            return names[i].key;
        }
    }
    return 0;
}

const char *key_name(Key key)
{
    for (unsigned i = 0; i < ARRAY_SIZE(names); i++) {
        if (names[i].key == key) {
            return names[i].name;
        }
    }
    return NULL;
}
