/* SPDX-License-Identifier: MIT */
/*
 * "mon:": one host end, several users (a serial line, the monitor), and the escapes of Ctrl-A.
 *
 * Output of all users goes out; input goes to the one that has the focus.  The escapes work even
 * when the guest has stopped reading: where a person types, what the guest does not take in time is
 * dropped.  From a pipe or a file nothing is dropped: the host end waits.
 */
#include "io/char_internal.h"
#include "system/error.h"

enum { CTRL_A = 1, MOST_USERS = 8 };

typedef struct Mux {
    CharPort *base;
    CharPort *users[MOST_USERS];
    unsigned  n_users, focus;
    bool      escape;           /* Ctrl-A was the last byte */
} Mux;

static int user_write(CharPort *port, const uint8_t *buf, unsigned len)
{
    Mux *m = port->host;
    char_write(m->base, buf, len);
    char_flush(m->base);
    return len;
}

/* The user took some: what waits at the base may move up. */
static void user_want_input(CharPort *port)
{
    Mux *m = port->host;
    char_accept_input(m->base);
}

static bool user_waiting(const CharPort *port)
{
    const Mux *m = port->host;
    return char_waiting(m->base);
}

static void user_close(CharPort *port)
{
    Mux *m = port->host;
    unsigned left = 0;
    for (unsigned i = 0; i < m->n_users; i++) {
        if (m->users[i] == port) {
            m->users[i] = NULL;
        }
        left += m->users[i] != NULL;
    }
    if (!left) {
        char_close(m->base);
        g_free(m);
    }
}

static const CharBackend user_backend = {
    .name = "mux", .write = user_write, .want_input = user_want_input, .waiting = user_waiting,
    .close = user_close,
};

static CharPort *focused(Mux *m)
{
    return m->users[m->focus];
}

static unsigned mux_can_read(void *opaque)
{
    Mux *m = opaque;
    unsigned room = focused(m) ? char_input_room(focused(m)) : 0;
    return room == 0 && char_is_terminal(m->base) ? 1 : room;
}

static void next_focus(Mux *m)
{
    unsigned was = m->focus;
    CharPort *before = focused(m);
    do {
        m->focus = (m->focus + 1) % m->n_users;
    } while (!focused(m) && m->focus != was);
    if (focused(m) && m->focus != was) {
        if (before) {
            char_send_event(before, CHAR_BLUR);
        }
        char_send_event(focused(m), CHAR_FOCUS);
    }
}

static const char help[] =
    "\r\n"
    "Ctrl-A h       this help\r\n"
    "Ctrl-A x       quit\r\n"
    "Ctrl-A c       switch between the console and the monitor\r\n"
    "Ctrl-A b       send a break\r\n"
    "Ctrl-A Ctrl-A  send Ctrl-A\r\n";

static void send_byte(Mux *m, uint8_t byte)
{
    if (focused(m) && char_input_room(focused(m))) {
        char_push_input(focused(m), &byte, 1);
    }
}

static void escaped(Mux *m, uint8_t byte)
{
    switch (byte) {
    case 'x':
        char_quit();
        break;
    case 'c':
        next_focus(m);
        break;
    case 'b':
        if (focused(m)) {
            char_send_event(focused(m), CHAR_BREAK);
        }
        break;
    case 'h':
    case '?':
        char_write(m->base, help, strlen(help));
        if (focused(m)) {
            char_send_event(focused(m), CHAR_HELP);
        }
        break;
    case CTRL_A:
        send_byte(m, CTRL_A);
        break;
    }
}

static void mux_read(void *opaque, const uint8_t *buf, unsigned len)
{
    Mux *m = opaque;
    for (unsigned i = 0; i < len; i++) {
        if (m->escape) {
            m->escape = false;
            escaped(m, buf[i]);
        } else if (buf[i] == CTRL_A) {
            m->escape = true;
        } else {
            send_byte(m, buf[i]);
        }
    }
}

static void mux_event(void *opaque, CharEvent event)
{
    Mux *m = opaque;
    for (unsigned i = 0; i < m->n_users; i++) {
        if (!m->users[i]) {
            continue;
        }
        if (event == CHAR_OPENED || event == CHAR_CLOSED) {
            char_set_open(m->users[i], event == CHAR_OPENED);
        } else if (i == m->focus) {
            char_send_event(m->users[i], event);
        }
    }
}

static CharPort *add_user(Mux *m)
{
    CharPort *port = char_port_new(&user_backend, m->base->spec, m);
    port->open = m->base->open;
    m->users[m->n_users++] = port;
    return port;
}

CharPort *char_open_mux(const char *spec, GError **err)
{
    if (g_str_has_prefix(spec, "mon:")) {
        fail(err, EMU_ERROR_USAGE, "'mon:' within 'mon:'");
        return NULL;
    }
    CharPort *base = strcmp(spec, "stdio") == 0 ? char_open_stdio("mon", err)
                                                : char_open(spec, err);
    if (!base) {
        return NULL;
    }
    return char_mux_on(base);
}

CharPort *char_mux_on(CharPort *base)
{
    Mux *m = g_new0(Mux, 1);
    m->base = base;
    CharPort *port = add_user(m);
    char_set_handlers(base, mux_can_read, mux_read, mux_event, m);
    return port;
}

CharPort *char_mux_add(CharPort *mux)
{
    if (!mux || mux->backend != &user_backend) {
        return NULL;
    }
    Mux *m = mux->host;
    return m->n_users < MOST_USERS ? add_user(m) : NULL;
}
