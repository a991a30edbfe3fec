/* SPDX-License-Identifier: MIT */
/*
 * The choice of a viewer.  Without -display, boards that people look at (MachineClass.screen) have a
 * window where there is a desktop, else their text on the terminal when it is one and nothing else has
 * been put there; with neither, and under --ci, nobody looks.
 */
#include "emu/displays.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "config.h"
#include "io/ui/display.h"
#include "io/ui/viewers.h"
#include "system/error.h"
#include "system/lock.h"

typedef enum { NONE, TEXT, SDL } Kind;

static struct {
    Kind      kind;
    bool      chosen;                   /* by the user */
    SdlConfig sdl;
    CharPort *terminal;
    Machine  *machine;
    bool      asked;                    /* the power button has been pressed */
    void    (*quit)(void);
} d;

/* ---- words ---- */

static const struct {
    const char *name, *about;
    Kind        kind;
} kinds[] = {
    { "none",   "nobody looks; --screenshot and the monitor's screendump see the screen", NONE },
    { "text",   "the screen's text (or a coarse picture) on the terminal; Ctrl-A h for help", TEXT },
    { "curses", "another word for text", TEXT },
    { "sdl",    "a window; keys: scale=N, full-screen=on, grab=off", SDL },
};

void displays_help(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++) {
        printf("%-18s %s\n", kinds[i].name, kinds[i].about);
    }
}

static bool parse_kind(const char *name, GError **err)
{
    static const char *const others[] = { "gtk", "vnc", "cocoa", "spice-app", "dbus", NULL };
    const char *names[ARRAY_SIZE(kinds) + 1] = { NULL };
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++) {
        names[i] = kinds[i].name;
        if (!strcmp(name, kinds[i].name)) {
            d.kind = kinds[i].kind;
            return true;
        }
    }
    if (g_strv_contains(others, name)) {
        return fail(err, EMU_ERROR_USAGE, "-display: this emulator has no '%s'; there are sdl, text and "
                    "none", name);
    }
    fail_unknown(err, "display", name, names);
    g_prefix_error(err, "-display: ");
    return false;
}

static bool is_on(const char *value)
{
    return !strcmp(value, "on") || !strcmp(value, "yes");
}

static bool parse_word(const char *word, GError **err)
{
    static const char *const keys[] = { "scale", "full-screen", "grab", NULL };
    g_auto(GStrv) pair = g_strsplit(word, "=", 2);
    const char *key = pair[0] ? pair[0] : "", *value = pair[0] && pair[1] ? pair[1] : "on";
    guint64 n = 0;
    if (!g_strv_contains(keys, key)) {
        fail_unknown(err, "key", key, keys);
        g_prefix_error(err, "-display: ");
        return false;
    }
    if (!strcmp(key, "scale")) {
        if (!g_ascii_string_to_unsigned(value, 10, 1, 8, &n, NULL)) {
            return fail(err, EMU_ERROR_USAGE, "-display: scale can be 1 to 8, not '%s'", value);
        }
        d.sdl.scale = n;
        return true;
    }
    if (!is_on(value) && strcmp(value, "off") && strcmp(value, "no")) {
        return fail(err, EMU_ERROR_USAGE, "-display: %s can be on or off, not '%s'", key, value);
    }
    if (!strcmp(key, "grab")) {
        d.sdl.no_grab = !is_on(value);
    } else {
        d.sdl.full_screen = is_on(value);
    }
    return true;
}

static bool parse(const char *text, GError **err)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    if (!parse_kind(words[0] ? words[0] : "", err)) {
        return false;
    }
    for (char **word = words[0] ? words + 1 : words; *word; word++) {
        if (d.kind != SDL) {
            return fail(err, EMU_ERROR_USAGE, "-display: '%s' takes no '%s'", words[0], *word);
        }
        if (!parse_word(*word, err)) {
            return false;
        }
    }
    return true;
}

/* ---- the choice ---- */

static bool has_desktop(void)
{
#ifdef HAVE_SDL
    return g_getenv("WAYLAND_DISPLAY") || g_getenv("DISPLAY");
#else
    return false;
#endif
}

static bool terminal_is_free(const Options *o)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !o->serial && !o->monitor && !o->chardev;
}

bool displays_choose(const Options *o, const MachineClass *class, GError **err)
{
    d.chosen = o->display;
    if (o->display) {
        return parse(o->display, err);
    }
    if (o->ci || o->nographic || !class->screen) {
        d.kind = NONE;
    } else {
        d.kind = has_desktop() ? SDL : terminal_is_free(o) ? TEXT : NONE;
    }
    return true;
}

bool displays_want_terminal(void)
{
    return d.kind == TEXT;
}

void displays_set_terminal(CharPort *terminal)
{
    d.terminal = terminal;
}

void displays_on_quit(void (*fn)(void))
{
    d.quit = fn;
}

/* ---- start and end ---- */

/* The first time as a power button, the second time for good. */
static void on_close(void)
{
    if (d.asked || !d.machine->class->power_button) {
        d.quit();
        return;
    }
    d.asked = true;
    machine_lock();
    d.machine->class->power_button(d.machine);
    machine_unlock();
}

bool displays_start(Machine *m, const char *title, GError **err)
{
    GError *why = NULL;
    d.machine = m;
    if (d.kind == NONE) {
        return true;
    }
    if (!display_first()) {
        return !d.chosen || fail(err, EMU_ERROR_USAGE, "-display: this board has no screen");
    }
    if (d.kind == TEXT) {
        text_display_start(d.terminal);
        return true;
    }
    d.sdl.title = g_strdup(title);
    d.sdl.on_close = on_close;
    if (sdl_display_start(&d.sdl, &why)) {
        return true;
    }
    if (d.chosen) {
        g_propagate_error(err, why);
        return false;
    }
    fprintf(stderr, "emu: no window: %s; -display text shows the screen here\n", why->message);
    g_error_free(why);
    d.kind = NONE;
    return true;
}

void displays_stop(void)
{
    if (d.kind == TEXT) {
        text_display_stop();
    } else if (d.kind == SDL) {
        sdl_display_stop();
    }
}
