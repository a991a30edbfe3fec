/* SPDX-License-Identifier: MIT */
/*
 * Network ports: where a guest's Ethernet card meets the host.
 *
 * The card holds a NetPort * (NULL is a cable that is not plugged in, and every function takes it).
 * A frame is a whole Ethernet frame without preamble and checksum, NET_MAX_FRAME bytes at most.
 * Sending never blocks.  Frames for the card come from the main loop, under the machine lock; one
 * that the card has no room for waits (a few do, then they are lost, as on a wire).
 *
 *     net_attach(s->port, can_receive, receive, s);
 *     net_send(s->port, frame, len);
 *     net_receive_more(s->port);          there is room again
 *
 * Host ends, as strings (net_open):
 *     none                                nothing is plugged in
 *     user[,hostfwd=...][,restrict=on]    a private network behind NAT, by libslirp: the guest is
 *                                         10.0.2.15 by DHCP, the host 10.0.2.2, DNS 10.0.2.3
 *     hostfwd=tcp:[ADDR]:PORT-[ADDR]:PORT connections to a port of the host go to the guest; udp too
 * and for tests net_memory().
 */
#pragma once
#include <glib.h>
#include "system/types.h"

enum { NET_MIN_FRAME = 14, NET_MAX_FRAME = 1518 };

typedef struct NetPort NetPort;

typedef bool (*NetCanReceive)(void *opaque);
typedef void (*NetReceive)(void *opaque, const uint8_t *frame, unsigned len);

/* --- For devices ------------------------------------------------------------------------------ */

void net_attach(NetPort *port, NetCanReceive can_receive, NetReceive receive, void *opaque);
void net_detach(NetPort *port);
void net_send(NetPort *port, const void *frame, unsigned len);
/* The card can take frames again: what waits is delivered from the main loop, never from here. */
void net_receive_more(NetPort *port);
/* Is a cable plugged in? */
bool net_link_up(const NetPort *port);
/* A locally administered address, another one for every card: 52:54:00:12:34:56 and up. */
void net_default_mac(uint8_t mac[6]);
/* "52:54:00:12:34:56"; false with err when it is not an address, or a group's. */
bool net_parse_mac(const char *text, uint8_t mac[6], GError **err);

/* --- For emu/ --------------------------------------------------------------------------------- */

/* NULL for "none"; with err when it cannot be. */
bool net_open(const char *spec, NetPort **port, GError **err);
void net_close(NetPort *port);
void net_close_all(void);

/* --- For tests -------------------------------------------------------------------------------- */

NetPort *net_memory(void);
/* A frame to the card; delivered at once, or when it says that it has room. */
void net_memory_feed(NetPort *port, const void *frame, unsigned len);
/* The oldest frame that the card has sent, or NULL. */
GBytes *net_memory_take(NetPort *port);

/* --- For other host ends (io/net/) ------------------------------------------------------------ */

typedef struct NetBackend {
    const char *name;
    void (*send)(void *opaque, const uint8_t *frame, unsigned len);
    void (*close)(void *opaque);
} NetBackend;

NetPort *net_port_new(const NetBackend *backend, void *opaque);
/* A frame from the outside to the card. */
void net_port_deliver(NetPort *port, const uint8_t *frame, unsigned len);
/* io/net/user.c: what follows "user" in a specification. */
bool net_user_open(const char *options, NetPort **port, GError **err);
