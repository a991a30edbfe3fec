/* SPDX-License-Identifier: MIT */
/*
 * -display sdl: the guest's screen in a window, with keyboard and mouse.
 * Implements: SDL 2 (wiki.libsdl.org); key positions by SDL's scancodes, which are USB HID usages, so
 * that a key does what the same place on a US keyboard does whatever the host's layout is.
 *
 *     Ctrl-Alt-G   catch the mouse, let it go      a click catches it, too
 *     Ctrl-Alt-F   full screen and back
 *     Ctrl-Alt-U   a window pixel for each dot again
 *
 * Choices: SDL has no descriptor to wait for, so the window takes a turn 60 times a second while
 * something happens and 20 times when nothing does.  The machine lock is held to paint and to copy
 * what has changed, not to draw.
 */
#include "io/ui/viewers.h"
#include "config.h"
#include "system/error.h"
#ifdef HAVE_SDL
#include <SDL.h>
#include "io/ui/display.h"
#include "io/ui/input.h"
#include "system/lock.h"

enum { BUSY_MS = 16, CALM_MS = 50, CALM_AFTER = 60, MOST_SCALE = 8 };

static struct {
    SdlConfig     config;
    SDL_Window   *window;
    SDL_Renderer *renderer;
    SDL_Texture  *texture;
    int           width, height;        /* of the texture */
    uint32_t     *copy;                 /* of the dirty rectangle's lines */
    bool          down[N_KEYS];
    unsigned      buttons;
    bool          grabbed, full_screen;
    unsigned      calm;                 /* turns without news */
    guint         timer;
} w;

/* --- Keys ------------------------------------------------------------------------------------- */

static const uint8_t keys[SDL_NUM_SCANCODES] = {
#define K(sdl, key) [SDL_SCANCODE_##sdl] = KEY_##key
    K(A, A), K(B, B), K(C, C), K(D, D), K(E, E), K(F, F), K(G, G), K(H, H), K(I, I), K(J, J), K(K, K),
    K(L, L), K(M, M), K(N, N), K(O, O), K(P, P), K(Q, Q), K(R, R), K(S, S), K(T, T), K(U, U), K(V, V),
    K(W, W), K(X, X), K(Y, Y), K(Z, Z), K(1, 1), K(2, 2), K(3, 3), K(4, 4), K(5, 5), K(6, 6), K(7, 7),
    K(8, 8), K(9, 9), K(0, 0), K(RETURN, ENTER), K(ESCAPE, ESC), K(BACKSPACE, BACKSPACE), K(TAB, TAB),
    K(SPACE, SPACE), K(MINUS, MINUS), K(EQUALS, EQUAL), K(LEFTBRACKET, LEFTBRACE),
    K(RIGHTBRACKET, RIGHTBRACE), K(BACKSLASH, BACKSLASH), K(NONUSHASH, BACKSLASH),
    K(SEMICOLON, SEMICOLON), K(APOSTROPHE, APOSTROPHE), K(GRAVE, GRAVE), K(COMMA, COMMA),
    K(PERIOD, DOT), K(SLASH, SLASH), K(CAPSLOCK, CAPSLOCK), K(F1, F1), K(F2, F2), K(F3, F3), K(F4, F4),
    K(F5, F5), K(F6, F6), K(F7, F7), K(F8, F8), K(F9, F9), K(F10, F10), K(F11, F11), K(F12, F12),
    K(PRINTSCREEN, SYSRQ), K(SCROLLLOCK, SCROLLLOCK), K(PAUSE, PAUSE), K(INSERT, INSERT),
    K(HOME, HOME), K(PAGEUP, PAGEUP), K(DELETE, DELETE), K(END, END), K(PAGEDOWN, PAGEDOWN),
    K(RIGHT, RIGHT), K(LEFT, LEFT), K(DOWN, DOWN), K(UP, UP), K(NUMLOCKCLEAR, NUMLOCK),
    K(KP_DIVIDE, KPSLASH), K(KP_MULTIPLY, KPASTERISK), K(KP_MINUS, KPMINUS), K(KP_PLUS, KPPLUS),
    K(KP_ENTER, KPENTER), K(KP_1, KP1), K(KP_2, KP2), K(KP_3, KP3), K(KP_4, KP4), K(KP_5, KP5),
    K(KP_6, KP6), K(KP_7, KP7), K(KP_8, KP8), K(KP_9, KP9), K(KP_0, KP0), K(KP_PERIOD, KPDOT),
    K(NONUSBACKSLASH, 102ND), K(APPLICATION, COMPOSE), K(INTERNATIONAL1, RO),
    K(INTERNATIONAL2, KATAKANA), K(INTERNATIONAL3, YEN), K(INTERNATIONAL4, HENKAN),
    K(INTERNATIONAL5, MUHENKAN), K(MUTE, MUTE), K(VOLUMEUP, VOLUMEUP), K(VOLUMEDOWN, VOLUMEDOWN),
    K(LCTRL, LEFTCTRL), K(LSHIFT, LEFTSHIFT), K(LALT, LEFTALT), K(LGUI, LEFTMETA),
    K(RCTRL, RIGHTCTRL), K(RSHIFT, RIGHTSHIFT), K(RALT, RIGHTALT), K(RGUI, RIGHTMETA),
#undef K
};

static void press(Key key, bool down)
{
    if (key && (down || w.down[key])) {
        w.down[key] = down;
        input_key(key, down);
    }
}

/* Nobody will tell us of keys let go elsewhere. */
static void release_all(void)
{
    for (unsigned i = 1; i < N_KEYS; i++) {
        press(i, false);
    }
    if (w.buttons) {
        input_buttons(w.buttons = 0);
    }
}

/* --- The window ------------------------------------------------------------------------------- */

static void set_title(void)
{
    g_autofree char *title = g_strdup_printf("%s%s", w.config.title,
                                             w.grabbed ? " (Ctrl-Alt-G lets the mouse go)" : "");
    SDL_SetWindowTitle(w.window, title);
}

static void grab(bool on)
{
    if (on != w.grabbed && !(on && (w.config.no_grab || input_is_absolute()))) {
        w.grabbed = on;
        SDL_SetRelativeMouseMode(on);
        SDL_SetWindowKeyboardGrab(w.window, on);
        set_title();
    }
}

static unsigned scale(void)
{
    SDL_Rect room = { 0, 0, 0, 0 };
    unsigned s = w.config.scale;
    if (!s && SDL_GetDisplayUsableBounds(0, &room) == 0) {
        s = MIN(room.w / MAX(w.width, 1), room.h / MAX(w.height, 1)) >= 3 ? 2 : 1;
    }
    return CLAMP(s, 1, MOST_SCALE);
}

static void fit_window(void)
{
    if (!w.full_screen) {
        SDL_SetWindowSize(w.window, w.width * scale(), w.height * scale());
    }
}

static void toggle_full_screen(void)
{
    w.full_screen = !w.full_screen;
    SDL_SetWindowFullscreen(w.window, w.full_screen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    grab(w.full_screen);
}

/* Ctrl-Alt and a letter is ours; the guest sees the modifiers let go. */
static bool own_key(SDL_Scancode code)
{
    switch (code) {
    case SDL_SCANCODE_G:
        grab(!w.grabbed);
        break;
    case SDL_SCANCODE_F:
        toggle_full_screen();
        break;
    case SDL_SCANCODE_U:
        w.config.scale = 1;
        fit_window();
        break;
    default:
        return false;
    }
    release_all();
    return true;
}

/* --- Events ----------------------------------------------------------------------------------- */

static void on_key(const SDL_KeyboardEvent *e)
{
    bool ours = (e->keysym.mod & KMOD_CTRL) && (e->keysym.mod & KMOD_LALT);
    if (e->type == SDL_KEYDOWN && ours && !e->repeat && own_key(e->keysym.scancode)) {
        return;
    }
    if (e->keysym.scancode < SDL_NUM_SCANCODES && !e->repeat) {     /* the guest repeats itself */
        press(keys[e->keysym.scancode], e->type == SDL_KEYDOWN);
    }
}

static void on_button(const SDL_MouseButtonEvent *e)
{
    static const uint8_t bits[] = {
        [SDL_BUTTON_LEFT] = BUTTON_LEFT, [SDL_BUTTON_MIDDLE] = BUTTON_MIDDLE,
        [SDL_BUTTON_RIGHT] = BUTTON_RIGHT, [SDL_BUTTON_X1] = BUTTON_SIDE,
        [SDL_BUTTON_X2] = BUTTON_EXTRA,
    };
    bool down = e->type == SDL_MOUSEBUTTONDOWN;
    if (down && !w.grabbed && !input_is_absolute() && !w.config.no_grab) {
        grab(true);                     /* this click was for us */
        return;
    }
    unsigned bit = e->button < ARRAY_SIZE(bits) ? bits[e->button] : 0;
    unsigned now = down ? w.buttons | bit : w.buttons & ~bit;
    if (now != w.buttons) {
        input_buttons(w.buttons = now);
    }
}

/* With a logical size SDL gives places in dots of the guest. */
static void on_motion(const SDL_MouseMotionEvent *e)
{
    if (input_is_absolute()) {
        input_position(CLAMP(e->x, 0, w.width - 1), CLAMP(e->y, 0, w.height - 1), w.width, w.height);
    } else if (w.grabbed) {
        input_motion(e->xrel, e->yrel);
    }
}

static void on_window(const SDL_WindowEvent *e)
{
    if (e->event == SDL_WINDOWEVENT_FOCUS_LOST) {
        release_all();
        grab(false);
    }
}

static bool on_event(const SDL_Event *e)
{
    switch (e->type) {
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        on_key(&e->key);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        on_button(&e->button);
        break;
    case SDL_MOUSEMOTION:
        on_motion(&e->motion);
        break;
    case SDL_MOUSEWHEEL:
        input_wheel(e->wheel.y);
        break;
    case SDL_WINDOWEVENT:
        on_window(&e->window);
        break;
    case SDL_QUIT:
        return true;
    }
    return false;
}

/* --- Pictures --------------------------------------------------------------------------------- */

static void resize(int width, int height)
{
    if (w.texture) {
        SDL_DestroyTexture(w.texture);
    }
    w.width = width;
    w.height = height;
    w.texture = SDL_CreateTexture(w.renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, width,
                                  height);
    w.copy = g_renew(uint32_t, w.copy, (size_t)width * height);
    memset(w.copy, 0, sizeof(uint32_t) * width * height);
    SDL_RenderSetLogicalSize(w.renderer, width, height);
    fit_window();
}

/* Machine lock held: brings our copy up to date; false: nothing has changed. */
static bool take_picture(Display *d, DisplayRect *r)
{
    display_refresh(d);
    if (!display_take_dirty(d, r) && display_width(d) == w.width && display_height(d) == w.height) {
        return false;
    }
    if (display_width(d) != w.width || display_height(d) != w.height) {
        resize(display_width(d), display_height(d));
        *r = (DisplayRect){ 0, 0, w.width, w.height };
    }
    memcpy(w.copy + (size_t)r->y * w.width, display_pixels(d) + (size_t)r->y * w.width,
           sizeof(uint32_t) * w.width * r->h);
    return true;
}

static void draw(const DisplayRect *r)
{
    SDL_Rect lines = { 0, r->y, w.width, r->h };
    SDL_UpdateTexture(w.texture, &lines, w.copy + (size_t)r->y * w.width, w.width * sizeof(uint32_t));
    SDL_RenderClear(w.renderer);
    SDL_RenderCopy(w.renderer, w.texture, NULL, NULL);
    SDL_RenderPresent(w.renderer);
}

static bool turn(void)
{
    SDL_Event e;
    DisplayRect r;
    bool closed = false, news = false, exposed = false;
    machine_lock();
    while (SDL_PollEvent(&e)) {
        closed |= on_event(&e);
        exposed |= e.type == SDL_WINDOWEVENT;
        news = true;
    }
    bool changed = display_first() && take_picture(display_first(), &r);
    machine_unlock();
    if (!changed && exposed && w.texture) {
        r = (DisplayRect){ 0, 0, w.width, w.height };
        changed = true;
    }
    if (changed) {
        draw(&r);
    }
    if (closed && w.config.on_close) {
        w.config.on_close();
    }
    return news || changed;
}

static gboolean on_timer(gpointer unused)
{
    bool was_calm = w.calm >= CALM_AFTER;
    w.calm = turn() ? 0 : MIN(w.calm + 1, CALM_AFTER);
    if (!w.timer || was_calm == (w.calm >= CALM_AFTER)) {
        return w.timer ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
    }
    w.timer = g_timeout_add(w.calm >= CALM_AFTER ? CALM_MS : BUSY_MS, on_timer, NULL);
    return G_SOURCE_REMOVE;
}

void sdl_display_turn(void)
{
    turn();
}

/* --- Beginning and end ------------------------------------------------------------------------ */

bool sdl_display_start(const SdlConfig *config, GError **err)
{
    w.config = *config;
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "1");
    if (SDL_Init(SDL_INIT_VIDEO) < 0) {
        return fail(err, EMU_ERROR_OSERR, "-display sdl: %s", SDL_GetError());
    }
    SDL_EnableScreenSaver();
    w.window = SDL_CreateWindow(config->title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, 720,
                                400, SDL_WINDOW_RESIZABLE);
    w.renderer = w.window ? SDL_CreateRenderer(w.window, -1, 0) : NULL;
    if (!w.renderer) {
        fail(err, EMU_ERROR_OSERR, "-display sdl: %s", SDL_GetError());
        sdl_display_stop();
        return false;
    }
    resize(720, 400);
    set_title();
    if (config->full_screen) {
        toggle_full_screen();
    }
    w.timer = g_timeout_add(BUSY_MS, on_timer, NULL);
    return true;
}

void sdl_display_stop(void)
{
    if (w.timer) {
        g_source_remove(w.timer);
    }
    if (w.texture) {
        SDL_DestroyTexture(w.texture);
    }
    if (w.renderer) {
        SDL_DestroyRenderer(w.renderer);
    }
    if (w.window) {
        SDL_DestroyWindow(w.window);
        SDL_Quit();
    }
    g_free(w.copy);
    memset(&w, 0, sizeof(w));
}

#else
bool sdl_display_start(const SdlConfig *config, GError **err)
{
    return fail(err, EMU_ERROR_OSERR, "-display sdl: this emu was built without SDL2; -display text "
                "shows text");
}

void sdl_display_stop(void)
{
}

void sdl_display_turn(void)
{
}
#endif
