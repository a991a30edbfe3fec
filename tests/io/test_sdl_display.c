/* SPDX-License-Identifier: MIT */
/* The window, with SDL's dummy driver: pictures, keys, mouse, closing. */
#include "config.h"
#include "io/ui/viewers.h"
#ifdef HAVE_SDL
#include <SDL.h>
#include "io/ui/display.h"
#include "io/ui/input.h"
#include "system/lock.h"

static Display *display;
static GString *seen;
static unsigned closed;
static int width = 64, height = 32;
static uint32_t colour = 0x123456;

static void paint(void *opaque)
{
    display_resize(display, width, height);
    for (int i = 0; i < width * height; i++) {
        display_pixels(display)[i] = i < width ? colour : 0;
    }
    display_dirty(display, 0, 0, width, height);
}

static void add(const char *fmt, ...) G_GNUC_PRINTF(1, 2);
static void add(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g_string_append(seen, seen->len ? " " : "");
    g_string_append_vprintf(seen, fmt, ap);
    va_end(ap);
}

static void on_key(void *opaque, Key key, bool down)
{
    add("%s%s", down ? "" : "-", key_name(key));
}

static void on_motion(void *opaque, int dx, int dy)
{
    add("move %d,%d", dx, dy);
}

static void on_position(void *opaque, int x, int y, int w, int h)
{
    add("at %d,%d of %dx%d", x, y, w, h);
}

static void on_buttons(void *opaque, unsigned buttons)
{
    add("buttons %u", buttons);
}

static void on_wheel(void *opaque, int clicks)
{
    add("wheel %d", clicks);
}

static const InputHandler board = {
    .key = on_key, .motion = on_motion, .buttons = on_buttons, .wheel = on_wheel,
};
static const InputHandler tablet = { .position = on_position };

static void on_close(void)
{
    closed++;
}

/* --- Events ----------------------------------------------------------------------------------- */

static void key(SDL_Scancode code, unsigned mod, bool down)
{
    SDL_Event e = { .key = { .type = down ? SDL_KEYDOWN : SDL_KEYUP,
                             .keysym = { .scancode = code, .mod = mod } } };
    SDL_PushEvent(&e);
}

static void button(unsigned n, bool down)
{
    SDL_Event e = { .button = { .type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP, .button = n } };
    SDL_PushEvent(&e);
}

static void motion(int x, int y, int dx, int dy)
{
    SDL_Event e = { .motion = { .type = SDL_MOUSEMOTION, .x = x, .y = y, .xrel = dx, .yrel = dy } };
    SDL_PushEvent(&e);
}

static const char *after_turn(void)
{
    g_string_truncate(seen, 0);
    sdl_display_turn();
    return seen->str;
}

static void start(bool no_grab)
{
    GError *err = NULL;
    SdlConfig config = { .title = "test", .on_close = on_close, .no_grab = no_grab, .scale = 1 };
    g_assert_true(sdl_display_start(&config, &err));
    g_assert_no_error(err);
    after_turn();
}

static uint32_t pixel_of_window(int x, int y)
{
    uint32_t v = 0;
    SDL_Rect r = { x, y, 1, 1 };
    SDL_Renderer *renderer = SDL_GetRenderer(SDL_GetWindowFromID(1));
    g_assert_nonnull(renderer);
    g_assert_cmpint(SDL_RenderReadPixels(renderer, &r, SDL_PIXELFORMAT_ARGB8888, &v, 4), ==, 0);
    return v & 0xffffff;
}

/* --- Tests ------------------------------------------------------------------------------------ */

static void window_shows_the_screen(void)
{
    int w, h;
    start(false);
    SDL_GetWindowSize(SDL_GetWindowFromID(1), &w, &h);
    g_assert_cmpint(w, ==, 64);
    g_assert_cmpint(h, ==, 32);
    g_assert_cmphex(pixel_of_window(5, 0), ==, 0x123456);
    g_assert_cmphex(pixel_of_window(5, 1), ==, 0);
    colour = 0xfedcba;
    sdl_display_turn();
    g_assert_cmphex(pixel_of_window(63, 0), ==, 0xfedcba);
    width = 128;
    sdl_display_turn();
    sdl_display_turn();
    SDL_GetWindowSize(SDL_GetWindowFromID(1), &w, &h);
    g_assert_cmpint(w, ==, 128);
    g_assert_cmphex(pixel_of_window(127, 0), ==, 0xfedcba);
    sdl_display_stop();
}

static void keys_go_to_the_guest(void)
{
    start(false);
    key(SDL_SCANCODE_A, 0, true);
    key(SDL_SCANCODE_A, 0, false);
    key(SDL_SCANCODE_KP_ENTER, 0, true);
    key(SDL_SCANCODE_KP_ENTER, 0, false);
    key(SDL_SCANCODE_RALT, 0, true);
    key(SDL_SCANCODE_F12, 0, true);
    g_assert_cmpstr(after_turn(), ==, "A -A KPENTER -KPENTER RIGHTALT F12");
    SDL_Event lost = { .window = { .type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_FOCUS_LOST } };
    SDL_PushEvent(&lost);
    key(SDL_SCANCODE_F12, 0, false);    /* too late: it is up */
    g_assert_cmpstr(after_turn(), ==, "-F12 -RIGHTALT");
    key(SDL_SCANCODE_F20, 0, true);     /* a PC has none */
    g_assert_cmpstr(after_turn(), ==, "");
    sdl_display_stop();
}

static void ctrl_alt_g_is_ours(void)
{
    start(false);
    key(SDL_SCANCODE_LCTRL, KMOD_LCTRL, true);
    key(SDL_SCANCODE_LALT, KMOD_LCTRL | KMOD_LALT, true);
    key(SDL_SCANCODE_G, KMOD_LCTRL | KMOD_LALT, true);
    g_assert_cmpstr(after_turn(), ==, "LEFTCTRL LEFTALT -LEFTCTRL -LEFTALT");
    g_assert_true(SDL_GetRelativeMouseMode());
    key(SDL_SCANCODE_G, KMOD_LCTRL | KMOD_LALT, false);
    key(SDL_SCANCODE_DELETE, KMOD_LCTRL | KMOD_LALT, true);     /* not ours */
    g_assert_cmpstr(after_turn(), ==, "DELETE");
    key(SDL_SCANCODE_G, KMOD_LCTRL | KMOD_LALT, true);
    g_assert_cmpstr(after_turn(), ==, "-DELETE");
    g_assert_false(SDL_GetRelativeMouseMode());
    sdl_display_stop();
}

static void mouse_is_caught_by_a_click(void)
{
    start(false);
    motion(10, 10, 1, 1);
    g_assert_cmpstr(after_turn(), ==, "");
    button(SDL_BUTTON_LEFT, true);
    button(SDL_BUTTON_LEFT, false);
    g_assert_cmpstr(after_turn(), ==, "");      /* it caught the mouse */
    g_assert_true(SDL_GetRelativeMouseMode());
    motion(10, 10, 3, -2);
    button(SDL_BUTTON_RIGHT, true);
    button(SDL_BUTTON_MIDDLE, true);
    button(SDL_BUTTON_RIGHT, false);
    SDL_Event wheel = { .wheel = { .type = SDL_MOUSEWHEEL, .y = -1 } };
    SDL_PushEvent(&wheel);
    g_assert_cmpstr(after_turn(), ==, "move 3,-2 buttons 2 buttons 6 buttons 4 wheel -1");
    sdl_display_stop();
}

static void a_tablet_needs_no_grab(void)
{
    input_add(&tablet);
    start(false);
    button(SDL_BUTTON_LEFT, true);
    motion(20, 500, 0, 0);
    g_autofree char *expect = g_strdup_printf("buttons 1 at 20,%d of %dx%d", height - 1, width, height);
    g_assert_cmpstr(after_turn(), ==, expect);
    g_assert_false(SDL_GetRelativeMouseMode());
    sdl_display_stop();
    input_remove(&tablet);
}

static void grab_can_be_forbidden(void)
{
    start(true);
    button(SDL_BUTTON_LEFT, true);
    after_turn();
    g_assert_false(SDL_GetRelativeMouseMode());
    sdl_display_stop();
}

static void closing_asks(void)
{
    SDL_Event quit = { .type = SDL_QUIT };
    start(false);
    SDL_PushEvent(&quit);
    after_turn();
    g_assert_cmpuint(closed, ==, 1);
    sdl_display_stop();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("SDL_VIDEODRIVER", "dummy", true);
    display = display_new("test", paint, NULL);
    seen = g_string_new(NULL);
    input_add(&board);
    g_test_add_func("/io/sdl_display/window_shows_the_screen", window_shows_the_screen);
    g_test_add_func("/io/sdl_display/keys_go_to_the_guest", keys_go_to_the_guest);
    g_test_add_func("/io/sdl_display/ctrl_alt_g_is_ours", ctrl_alt_g_is_ours);
    g_test_add_func("/io/sdl_display/mouse_is_caught_by_a_click", mouse_is_caught_by_a_click);
    g_test_add_func("/io/sdl_display/a_tablet_needs_no_grab", a_tablet_needs_no_grab);
    g_test_add_func("/io/sdl_display/grab_can_be_forbidden", grab_can_be_forbidden);
    g_test_add_func("/io/sdl_display/closing_asks", closing_asks);
    return g_test_run();
}
#else
int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    return g_test_run();
}
#endif
