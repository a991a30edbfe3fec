/* SPDX-License-Identifier: MIT */
/*
 * Character ports: the part that all host ends share, and the two that need no host: null, memory.
 *
 * Output collects in a buffer.  It is pushed out at the end of a line, when there is a page of it,
 * and FLUSH_MS after the first byte otherwise, so that a prompt shows at once and a guest that
 * prints byte by byte costs one system call a line.
 */
#include "io/char_internal.h"
#include <stdlib.h>
#include "system/error.h"
#include "system/lock.h"

enum { FLUSH_MS = 4, CLOSE_WAIT_MS = 1000, INPUT_PAUSE = 100 * NS_PER_US };

static CharPort *ports;
static void (*quit_handler)(void);

CharPort *char_port_new(const CharBackend *backend, const char *spec, void *host)
{
    static bool registered;
    if (!registered) {
        registered = true;
        atexit(char_close_all);
    }
    CharPort *port = g_new0(CharPort, 1);
    *port = (CharPort){ .backend = backend, .spec = g_strdup(spec), .host = host, .open = true,
                        .in = g_byte_array_new(), .out = g_byte_array_new(), .next = ports };
    ports = port;
    return port;
}

/* --- Output ----------------------------------------------------------------------------------- */

void char_flush(CharPort *port)
{
    if (!port || port->out->len == 0) {
        return;
    }
    int n = port->backend->write && !port->dead
        ? port->backend->write(port, port->out->data, port->out->len) : (int)port->out->len;
    if (n < 0) {
        port->dead = true;
        n = port->out->len;
    }
    if (n > 0) {
        g_byte_array_remove_range(port->out, 0, n);
    }
    if (port->out->len > 0 && port->backend->want_output) {
        port->backend->want_output(port);
    }
}

static gboolean flush_later(void *opaque)
{
    CharPort *port = opaque;
    bool taken = machine_lock_if_free();
    port->flush_id = 0;
    char_flush(port);
    machine_unlock_if(taken);
    return G_SOURCE_REMOVE;
}

void char_write(CharPort *port, const void *buf, unsigned len)
{
    if (port && port->tap && len) {
        port->tap(port->tap_opaque, buf, len);
    }
    if (!port || !port->backend->write || len == 0) {
        return;
    }
    if (port->out->len + (uint64_t)len > CHAR_OUT_MOST) {
        char_flush(port);
    }
    len = MIN(len, CHAR_OUT_MOST - port->out->len);
    g_byte_array_append(port->out, buf, len);
    if (port->out->len >= CHAR_OUT_FULL || (len && memchr(buf, '\n', len))) {
        char_flush(port);
    } else if (!port->flush_id) {
        port->flush_id = g_timeout_add(FLUSH_MS, flush_later, port);
    }
}

bool char_waiting(const CharPort *port)
{
    return port && (port->out->len || (port->backend->waiting && port->backend->waiting(port)));
}

/* --- Input ------------------------------------------------------------------------------------ */

static void deliver(CharPort *port)
{
    while (port->in->len > 0 && port->read) {
        unsigned n = port->can_read ? port->can_read(port->opaque) : port->in->len;
        n = MIN(n, port->in->len);
        if (n == 0) {
            break;
        }
        /* The handler may come back here (a loop-back device): take the bytes out first. */
        g_autofree uint8_t *bytes = g_memdup2(port->in->data, n);
        g_byte_array_remove_range(port->in, 0, n);
        port->read(port->opaque, bytes, n);
    }
    if (char_input_room(port) && port->backend->want_input) {
        port->backend->want_input(port);
    }
}

void char_push_input(CharPort *port, const void *buf, unsigned len)
{
    g_byte_array_append(port->in, buf, len);
    deliver(port);
}

static gboolean deliver_later(void *opaque)
{
    CharPort *port = opaque;
    bool taken = machine_lock_if_free();
    port->deliver_id = 0;
    deliver(port);
    machine_unlock_if(taken);
    return G_SOURCE_REMOVE;
}

static void deliver_by_clock(void *opaque)
{
    deliver(opaque);
}

void char_set_tap(CharPort *port, CharTap fn, void *opaque)
{
    port->tap = fn;
    port->tap_opaque = opaque;
}

unsigned char_room(const CharPort *port)
{
    return char_input_room(port);
}

/* Not at once: the guest may be in the middle of the access that wrote what was waited for. */
bool char_type(CharPort *port, const void *buf, unsigned len)
{
    if (len > char_input_room(port)) {
        return false;
    }
    if (!port->by_clock) {
        port->by_clock = true;
        timer_init(&port->deliver_timer, CLOCK_VIRTUAL, deliver_by_clock, port);
    }
    g_byte_array_append(port->in, buf, len);
    char_accept_input(port);
    return true;
}

void char_accept_input(CharPort *port)
{
    if (port && port->by_clock) {
        if (port->in->len > 0 && !timer_pending(&port->deliver_timer)) {
            timer_set(&port->deliver_timer, clock_now(CLOCK_VIRTUAL) + INPUT_PAUSE);
        }
        return;
    }
    if (port && port->in->len > 0 && !port->deliver_id) {
        port->deliver_id = g_idle_add_full(G_PRIORITY_DEFAULT, deliver_later, port, NULL);
    }
}

void char_send_event(CharPort *port, CharEvent event)
{
    if (port->event) {
        port->event(port->opaque, event);
    }
}

void char_set_open(CharPort *port, bool open)
{
    if (port->open != open) {
        port->open = open;
        char_send_event(port, open ? CHAR_OPENED : CHAR_CLOSED);
    }
}

bool char_is_open(const CharPort *port)
{
    return port && port->open;
}

void char_set_handlers(CharPort *port, CharCanRead can_read, CharRead read, CharEventFn event,
                       void *opaque)
{
    if (!port) {
        return;
    }
    port->can_read = can_read;
    port->read = read;
    port->event = event;
    port->opaque = opaque;
    if (port->open) {
        char_send_event(port, CHAR_OPENED);
    }
    char_accept_input(port);
    if (read && port->backend->want_input) {
        port->backend->want_input(port);
    }
}

/* --- Opening and closing ---------------------------------------------------------------------- */

static const CharBackend null_backend = { .name = "null" };

static CharPort *open_null(const char *spec, GError **err)
{
    return char_port_new(&null_backend, "null", NULL);
}

static const struct {
    const char *name;
    bool        takes_more;     /* "name:more"; else just "name" */
    CharPort *(*open)(const char *more, GError **err);
} kinds[] = {
    { "null",  false, open_null },
    { "stdio", false, char_open_stdio },
    { "stdout", false, char_open_stdout },
    { "pty",   false, char_open_pty },
    { "file",  true,  char_open_file },
    { "unix",  true,  char_open_unix },
    { "tcp",   true,  char_open_tcp },
    { "mon",   true,  char_open_mux },
};

CharPort *char_open(const char *spec, GError **err)
{
    const char *names[ARRAY_SIZE(kinds) + 1] = { NULL };
    const char *colon = strchr(spec, ':');
    size_t len = colon ? (size_t)(colon - spec) : strlen(spec);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        names[i] = kinds[i].name;
        if (strlen(kinds[i].name) != len || strncmp(kinds[i].name, spec, len) != 0) {
            continue;
        }
        if (kinds[i].takes_more != (colon && colon[1])) {
            fail(err, EMU_ERROR_USAGE, "character device '%s': '%s' %s", spec, kinds[i].name,
                 kinds[i].takes_more ? "wants something after a colon" : "takes no argument");
            return NULL;
        }
        return kinds[i].open(colon ? colon + 1 : "", err);
    }
    g_autofree char *word = g_strndup(spec, len);
    fail_unknown(err, "character device", word, names);
    return NULL;
}

static void drain(CharPort *port)
{
    int64_t end = g_get_monotonic_time() + CLOSE_WAIT_MS * 1000;
    for (char_flush(port); port->out->len > 0 && port->backend->wait_output; char_flush(port)) {
        int64_t left = (end - g_get_monotonic_time()) / 1000;
        if (left <= 0) {
            break;
        }
        port->backend->wait_output(port, left);
    }
}

static void remove_source(unsigned *id)
{
    if (*id) {
        g_source_remove(*id);
        *id = 0;
    }
}

void char_close(CharPort *port)
{
    CharPort **p = &ports;
    while (*p && *p != port) {
        p = &(*p)->next;
    }
    if (!*p) {
        return;
    }
    drain(port);
    *p = port->next;
    remove_source(&port->flush_id);
    remove_source(&port->deliver_id);
    timer_cancel(&port->deliver_timer);
    if (port->backend->close) {
        port->backend->close(port);
    }
    g_byte_array_unref(port->in);
    g_byte_array_unref(port->out);
    g_free(port->spec);
    g_free(port);
}

/* At exit, other threads may still run and write: what they write then is lost, so nothing is freed
 * here, only pushed out. */
void char_close_all(void)
{
    for (CharPort *port = ports; port; port = port->next) {
        drain(port);
    }
    char_terminal_restore();
}

void char_set_quit_handler(void (*fn)(void))
{
    quit_handler = fn;
}

void char_quit(void)
{
    if (quit_handler) {
        quit_handler();
    } else {
        exit(0);
    }
}

/* --- Memory: for tests ------------------------------------------------------------------------ */

static int memory_write(CharPort *port, const uint8_t *buf, unsigned len)
{
    g_string_append_len(port->host, (const char *)buf, len);
    return len;
}

static void memory_close(CharPort *port)
{
    g_string_free(port->host, TRUE);
}

static const CharBackend memory_backend = {
    .name = "memory", .write = memory_write, .close = memory_close,
};

CharPort *char_memory(void)
{
    return char_port_new(&memory_backend, "memory", g_string_new(""));
}

void char_memory_feed(CharPort *port, const void *buf, unsigned len)
{
    char_push_input(port, buf, len);
}

void char_memory_event(CharPort *port, CharEvent event)
{
    port->open = event == CHAR_OPENED || (event != CHAR_CLOSED && port->open);
    char_send_event(port, event);
}

GString *char_memory_take(CharPort *port)
{
    char_flush(port);
    GString *written = port->host;
    port->host = g_string_new("");
    return written;
}
