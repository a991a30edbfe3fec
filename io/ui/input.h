/* SPDX-License-Identifier: MIT */
/*
 * Keyboards and pointers: from whoever has events (a window, VNC, the monitor's sendkey, tests) to
 * the guest's input device that asked for them last.
 *
 *     input_key(KEY_A, true);             down; key codes are those of io/ui/keys.def
 *     input_motion(3, -1);                right 3, up 1
 *     input_position(x, y, w, h);         for a tablet: a place on a surface of w by h
 *     input_buttons(BUTTON_LEFT);         all that are down now
 *     input_wheel(1);                     away from the user
 *
 * Runs under the machine lock.  Events that nobody takes are lost.
 */
#pragma once
#include <glib.h>
#include "system/types.h"

typedef enum {
#define KEY(name, number, set1, set2) KEY_##name = number,
#include "io/ui/keys.def"
#undef KEY
    N_KEYS = 144
} Key;

enum { BUTTON_LEFT = 1, BUTTON_RIGHT = 2, BUTTON_MIDDLE = 4, BUTTON_SIDE = 8, BUTTON_EXTRA = 16 };

/* NULL: this kind of event is not wanted. */
typedef struct InputHandler {
    void (*key)(void *opaque, Key key, bool down);
    void (*motion)(void *opaque, int dx, int dy);
    void (*position)(void *opaque, int x, int y, int w, int h);
    void (*buttons)(void *opaque, unsigned buttons);
    void (*wheel)(void *opaque, int clicks);
    void *opaque;
} InputHandler;

/* The handler must live until it is removed. */
void input_add(const InputHandler *handler);
void input_remove(const InputHandler *handler);

void input_key(Key key, bool down);
void input_motion(int dx, int dy);
void input_position(int x, int y, int w, int h);
void input_buttons(unsigned buttons);
void input_wheel(int clicks);
/* Is there a keyboard? */
bool input_has_keyboard(void);
/* Does the guest have a tablet, so that the host's pointer need not be captured? */
bool input_is_absolute(void);

/* By name in any case ("a", "ret" is "enter", "ctrl" is "leftctrl"), as the monitor's sendkey
 * wants it; 0: none. */
Key key_by_name(const char *name);
const char *key_name(Key key);
