/* SPDX-License-Identifier: MIT */
/*
 * The gdb remote stub: packets in and out, sessions, stops.
 * Implements: Debugging with GDB, appendix E, "gdb Remote Serial Protocol" (overview, packet
 * acknowledgment, interrupts, stop reply packets); gdb_packets.c has the packets themselves.
 *
 * Choices: a gdb that comes stops the guest; one that goes without a word (a broken connection)
 * leaves it running, its breakpoints gone.  A packet that arrives while the guest runs is answered
 * with the CPUs at rest for a moment.  One gdb at a time; not here: non-stop mode, reverse
 * execution, file and process requests.
 */
#include "emu/gdb_internal.h"

#include <string.h>
#include "emu/chardev.h"
#include "system/error.h"

static Gdb *the_gdb;

/* ---- sending ---- */

void gdb_hex(GString *out, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        uint8_t byte = ((const uint8_t *)bytes)[i];
        g_string_append_c(out, digits[byte >> 4]);
        g_string_append_c(out, digits[byte & 15]);
    }
}

static bool needs_escape(char c)
{
    return c == '$' || c == '#' || c == '}' || c == '*';
}

void gdb_send(Gdb *g, const char *data, size_t len)
{
    uint8_t sum = 0;
    g_string_assign(g->last, "$");
    for (size_t i = 0; i < len; i++) {
        if (needs_escape(data[i])) {
            g_string_append_c(g->last, '}');
            g_string_append_c(g->last, data[i] ^ 0x20);
        } else {
            g_string_append_c(g->last, data[i]);
        }
    }
    for (size_t i = 1; i < g->last->len; i++) {
        sum += (uint8_t)g->last->str[i];
    }
    g_string_append_printf(g->last, "#%02x", sum);
    char_write(g->port, g->last->str, g->last->len);
    char_flush(g->port);
}

static void send_again(Gdb *g)
{
    char_write(g->port, g->last->str, g->last->len);
    char_flush(g->port);
}

/* ---- stops ---- */

static const char *watch_word(DebugKind kind)
{
    static const char *const words[] = {
        [DEBUG_WATCH_WRITE] = "watch", [DEBUG_WATCH_READ] = "rwatch",
        [DEBUG_WATCH_ACCESS] = "awatch", [DEBUG_STEP] = NULL,
    };
    return words[kind];
}

void gdb_stop_reply(Gdb *g)
{
    int signal = !g->waits || g->stop.why == STOP_DEBUG ? GDB_SIGTRAP
               : g->stop.why == STOP_ENDED ? GDB_SIGSEGV : GDB_SIGINT;
    g_string_printf(g->reply, "T%02xthread:", signal);
    gdb_thread_id(g, g->reply, g->cpu);
    g_string_append_c(g->reply, ';');
    const char *word = g->stop.why == STOP_DEBUG ? watch_word(g->stop.kind) : NULL;
    if (word) {
        g_string_append_printf(g->reply, "%s:%" G_GINT64_MODIFIER "x;", word, g->stop.va);
    }
}

static void on_stop(const StopEvent *event)
{
    Gdb *g = the_gdb;
    g->stop = *event;
    if (event->cpu) {
        g->cpu = event->cpu;
    }
    if (g->attached && g->waits) {
        gdb_stop_reply(g);
        g->waits = false;
        gdb_send(g, g->reply->str, g->reply->len);
    }
}

/* ---- sessions ---- */

static void begin_session(Gdb *g)
{
    g->attached = true;
    g->state = GDB_IDLE;
    g->no_ack = g->start_no_ack = g->multiprocess = g->waits = g->physical = g->step_irqs = false;
    g->cpu = tcg_cpus->pdata[0];
    g->go_cpu = NULL;
    g_string_truncate(g->last, 0);
    control_stop();
    g->stop = (StopEvent){ .why = STOP_USER, .cpu = g->cpu };
}

void gdb_detach(Gdb *g)
{
    bool was = control_running();
    if (was) {
        cpus_pause();
    }
    debug_clear();
    g->attached = g->waits = false;
    if (was) {
        cpus_resume();
    } else {
        control_cont();
    }
}

static void on_event(void *opaque, CharEvent event)
{
    Gdb *g = opaque;
    if (event == CHAR_OPENED) {
        begin_session(g);
    } else if (event == CHAR_CLOSED && g->attached) {
        gdb_detach(g);
    }
}

bool gdb_attached(void)
{
    return the_gdb && the_gdb->attached;
}

void gdb_ended(int status)
{
    Gdb *g = the_gdb;
    if (g && g->attached && char_is_open(g->port)) {
        g_string_printf(g->reply, "W%02x", (unsigned)status & 0xff);
        gdb_send(g, g->reply->str, g->reply->len);
        g->attached = false;
    }
}

/* ---- receiving ---- */

/* Takes the escapes out, in place.  False: it ends in the middle of one. */
static bool unescape(GByteArray *body)
{
    unsigned to = 0;
    for (unsigned from = 0; from < body->len; from++) {
        uint8_t c = body->data[from];
        if (c == '}') {
            if (++from == body->len) {
                return false;
            }
            c = body->data[from] ^ 0x20;
        }
        body->data[to++] = c;
    }
    g_byte_array_set_size(body, to);
    return true;
}

static void serve(Gdb *g)
{
    bool was = control_running();
    if (was) {
        cpus_pause();
    }
    g_string_truncate(g->reply, 0);
    g->no_reply = false;
    unsigned len = g->body->len;
    g_byte_array_append(g->body, (const uint8_t *)"", 1);
    gdb_packet(g, (const char *)g->body->data, len);
    if (!g->no_reply) {
        gdb_send(g, g->reply->str, g->reply->len);
    }
    if (g->start_no_ack) {
        g->no_ack = true;
    }
    if (was) {
        cpus_resume();
    }
}

static void complete(Gdb *g)
{
    bool good = g->sum == g->sum_given && !g->overflow;
    g->state = GDB_IDLE;
    if (!g->no_ack) {
        char_write(g->port, good ? "+" : "-", 1);
    }
    if (good && unescape(g->body)) {
        serve(g);
    }
}

static void interrupt(Gdb *g)
{
    if (control_running()) {
        g->waits = true;
        control_stop();
    }
}

static void body_byte(Gdb *g, uint8_t c)
{
    if (c == '#') {
        g->state = GDB_SUM1;
    } else if (c == '$') {              /* the packet before was cut off */
        g->sum = 0;
        g->overflow = false;
        g_byte_array_set_size(g->body, 0);
    } else {
        g->sum += c;
        g->overflow |= g->body->len >= GDB_PACKET;
        if (!g->overflow) {
            g_byte_array_append(g->body, &c, 1);
        }
    }
}

static void idle_byte(Gdb *g, uint8_t c)
{
    switch (c) {
    case '$':
        g->state = GDB_BODY;
        body_byte(g, c);
        break;
    case '-':
        if (!g->no_ack) {
            send_again(g);
        }
        break;
    case 3:
        interrupt(g);
        break;
    }
}

static void on_byte(Gdb *g, uint8_t c)
{
    switch (g->state) {
    case GDB_IDLE:
        idle_byte(g, c);
        break;
    case GDB_BODY:
        body_byte(g, c);
        break;
    default: {
        int digit = g_ascii_xdigit_value(c);
        bool first = g->state == GDB_SUM1;
        g->sum_given = g->sum_given << 4 | (digit & 15);
        if (digit < 0) {
            g->overflow = true;         /* not a checksum: refused */
        }
        if (first) {
            g->state = GDB_SUM2;
        } else {
            complete(g);
        }
        break;
    }
    }
}

static void on_read(void *opaque, const uint8_t *buf, unsigned len)
{
    Gdb *g = opaque;
    for (unsigned i = 0; i < len; i++) {
        on_byte(g, buf[i]);
    }
}

static unsigned can_read(void *opaque)
{
    (void)opaque;
    return 4096;
}

/* ---- start ---- */

void gdb_serve(CharPort *port)
{
    Gdb *g = g_new0(Gdb, 1);
    g->port = port;
    g->body = g_byte_array_new();
    g->reply = g_string_new("");
    g->last = g_string_new("");
    g->cpu = tcg_cpus->pdata[0];
    the_gdb = g;
    control_on_stop(on_stop);
    char_set_handlers(port, can_read, on_read, on_event, g);
}

bool gdb_open(const char *spec, GError **err)
{
    bool socket = g_str_has_prefix(spec, "tcp:") || g_str_has_prefix(spec, "unix:");
    const char *server = !socket || strstr(spec, ",server") ? "" : ",server";
    const char *nowait = !socket || strstr(spec, ",nowait") || strstr(spec, ",wait=off") ? ""
                                                                                     : ",nowait";
    bool any_host = g_str_has_prefix(spec, "tcp::");
    if (the_gdb) {
        return fail(err, EMU_ERROR_USAGE, "a gdb is waited for already");
    }
    g_autofree char *full = g_strdup_printf("%s%s%s%s", any_host ? "tcp:127.0.0.1:" : spec,
                                            any_host ? spec + strlen("tcp::") : "",
                                            server, nowait);
    CharPort *port = chardev_open(full, err);
    if (!port) {
        g_prefix_error(err, "-gdb %s: ", spec);
        return false;
    }
    gdb_serve(port);
    return true;
}
