/* SPDX-License-Identifier: MIT */
/*
 * Network ports: the queue toward the card, and the end that needs no host: memory.
 *
 * Frames for the card always wait in the port's queue and are delivered from the main loop, so a
 * card is never called back while it sends.
 */
#include "io/net/net.h"
#include <stdio.h>
#include <string.h>
#include "system/error.h"
#include "system/lock.h"

enum { QUEUE_MOST = 64, SENT_MOST = 1024 };

struct NetPort {
    const NetBackend *backend;
    void             *opaque;
    NetCanReceive     can_receive;
    NetReceive        receive;
    void             *card;
    GQueue            queue;            /* GBytes *, toward the card */
    guint             idle_id;
    GQueue            sent;             /* memory port: GBytes * */
    NetPort          *next;
};

static NetPort *ports;

NetPort *net_port_new(const NetBackend *backend, void *opaque)
{
    NetPort *port = g_new0(NetPort, 1);
    port->backend = backend;
    port->opaque = opaque;
    g_queue_init(&port->queue);
    g_queue_init(&port->sent);
    port->next = ports;
    ports = port;
    return port;
}

void net_close(NetPort *port)
{
    if (!port) {
        return;
    }
    for (NetPort **p = &ports; *p; p = &(*p)->next) {
        if (*p == port) {
            *p = port->next;
            break;
        }
    }
    if (port->backend->close) {
        port->backend->close(port->opaque);
    }
    g_clear_handle_id(&port->idle_id, g_source_remove);
    g_queue_clear_full(&port->queue, (GDestroyNotify)g_bytes_unref);
    g_queue_clear_full(&port->sent, (GDestroyNotify)g_bytes_unref);
    g_free(port);
}

void net_close_all(void)
{
    while (ports) {
        net_close(ports);
    }
}

/* --- The card's side -------------------------------------------------------------------------- */

void net_attach(NetPort *port, NetCanReceive can_receive, NetReceive receive, void *opaque)
{
    if (port) {
        port->can_receive = can_receive;
        port->receive = receive;
        port->card = opaque;
    }
}

void net_detach(NetPort *port)
{
    net_attach(port, NULL, NULL, NULL);
}

void net_send(NetPort *port, const void *frame, unsigned len)
{
    if (port && len >= NET_MIN_FRAME && len <= NET_MAX_FRAME) {
        port->backend->send(port->opaque, frame, len);
    }
}

bool net_link_up(const NetPort *port)
{
    return port != NULL;
}

static void drain(NetPort *port)
{
    while (port->queue.length && port->receive && port->can_receive(port->card)) {
        g_autoptr(GBytes) frame = g_queue_pop_head(&port->queue);
        gsize len;
        const uint8_t *data = g_bytes_get_data(frame, &len);
        port->receive(port->card, data, len);
    }
}

static gboolean drain_later(void *opaque)
{
    NetPort *port = opaque;
    bool taken = machine_lock_if_free();
    port->idle_id = 0;
    drain(port);
    machine_unlock_if(taken);
    return G_SOURCE_REMOVE;
}

void net_receive_more(NetPort *port)
{
    if (port && port->queue.length && !port->idle_id) {
        port->idle_id = g_idle_add_full(G_PRIORITY_DEFAULT, drain_later, port, NULL);
    }
}

void net_port_deliver(NetPort *port, const uint8_t *frame, unsigned len)
{
    if (len < NET_MIN_FRAME || len > NET_MAX_FRAME || port->queue.length >= QUEUE_MOST ||
        !port->receive) {
        return;
    }
    g_queue_push_tail(&port->queue, g_bytes_new(frame, len));
    net_receive_more(port);
}

/* --- Addresses -------------------------------------------------------------------------------- */

void net_default_mac(uint8_t mac[6])
{
    static uint8_t cards;
    static const uint8_t first[6] = { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 };
    memcpy(mac, first, 6);
    mac[5] += cards++;
}

bool net_parse_mac(const char *text, uint8_t mac[6], GError **err)
{
    unsigned b[6];
    int end = 0;
    if (sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x%n", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5], &end) != 6 ||
        text[end] || (b[0] & 1)) {
        return fail(err, EMU_ERROR_USAGE, "'%s' is not the Ethernet address of a card", text);
    }
    for (unsigned i = 0; i < 6; i++) {
        mac[i] = b[i];
    }
    return true;
}

/* --- Host ends -------------------------------------------------------------------------------- */

bool net_open(const char *spec, NetPort **port, GError **err)
{
    *port = NULL;
    if (strcmp(spec, "none") == 0) {
        return true;
    }
    if (strcmp(spec, "user") == 0 || g_str_has_prefix(spec, "user,")) {
        return net_user_open(spec[4] ? spec + 5 : "", port, err);
    }
    static const char *const kinds[] = { "none", "user", NULL };
    return fail_unknown(err, "network", spec, kinds);
}

/* --- Memory ----------------------------------------------------------------------------------- */

static void memory_send(void *opaque, const uint8_t *frame, unsigned len)
{
    NetPort *port = *(NetPort **)opaque;
    if (port->sent.length < SENT_MOST) {
        g_queue_push_tail(&port->sent, g_bytes_new(frame, len));
    }
}

static const NetBackend memory_backend = { "memory", memory_send, g_free };

NetPort *net_memory(void)
{
    NetPort **self = g_new0(NetPort *, 1);
    *self = net_port_new(&memory_backend, self);
    return *self;
}

void net_memory_feed(NetPort *port, const void *frame, unsigned len)
{
    net_port_deliver(port, frame, len);
    drain(port);
}

GBytes *net_memory_take(NetPort *port)
{
    return g_queue_pop_head(&port->sent);
}
