/* SPDX-License-Identifier: MIT */
/*
 * Character ports on stream sockets, of the unix and the internet kind, client or server.
 *
 * A server has one client at a time; while there is none, output is lost, as on a cable that hangs
 * loose.  Not here: reconnecting clients, telnet and TLS.
 */
#include "io/char_internal.h"
#include <errno.h>
#include <glib-unix.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "system/error.h"
#include "system/lock.h"

typedef struct Options {
    char *address;              /* what stands before the first comma */
    bool  server, nowait;
} Options;

static bool parse_options(const char *spec, Options *o, GError **err)
{
    static const char *const known[] = { "server", "nowait", "server=on", "wait=off", NULL };
    g_auto(GStrv) words = g_strsplit(spec, ",", -1);
    *o = (Options){ 0 };
    for (char **w = words + (words[0] != NULL); words[0] && *w; w++) {
        if (!strcmp(*w, "server") || !strcmp(*w, "server=on")) {
            o->server = true;
        } else if (!strcmp(*w, "nowait") || !strcmp(*w, "wait=off")) {
            o->nowait = true;
        } else {
            return fail_unknown(err, "option of a socket:", *w, known);
        }
    }
    o->address = g_strdup(words[0] ? words[0] : "");
    return true;
}

/* --- Connections ------------------------------------------------------------------------------ */

static void connected(CharPort *port, int fd)
{
    CharFd *f = port->host;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));  /* no effect on unix sockets */
    f->in = f->out = fd;
    char_set_open(port, true);
    char_fd_watch(port);
}

static gboolean client_waits(int fd, GIOCondition cond, void *opaque)
{
    CharPort *port = opaque;
    CharFd *f = port->host;
    bool taken = machine_lock_if_free();
    int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (client >= 0) {
        f->listen_id = 0;
        connected(port, client);
    }
    machine_unlock_if(taken);
    return client >= 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void wait_for_client(CharPort *port)
{
    CharFd *f = port->host;
    f->listen_id = g_unix_fd_add(f->listener, G_IO_IN, client_waits, port);
}

void char_socket_hangup(CharPort *port)
{
    CharFd *f = port->host;
    if (f->out_id) {
        g_source_remove(f->out_id);
        f->out_id = 0;
    }
    close(f->in);
    f->in = f->out = -1;
    g_byte_array_set_size(port->out, 0);
    char_set_open(port, false);
    if (f->listener >= 0) {
        wait_for_client(port);
    }
}

/* fd listens or is connected. */
static CharPort *make_port(int fd, const char *spec, const Options *o, GError **err)
{
    CharFd *f = char_fd_new(-1, -1);
    f->socket = f->hangs_up = true;
    CharPort *port = char_port_new(&char_fd_backend, spec, f);
    port->open = false;
    if (!o->server) {
        connected(port, fd);
        return port;
    }
    f->listener = fd;
    int client = o->nowait ? -1 : accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (client >= 0) {
        connected(port, client);
    } else {
        wait_for_client(port);
    }
    return port;
}

/* A socket bound and listening, or connected; -1 with errno. */
static int make_socket(const Options *o, int family, const void *addr, socklen_t len)
{
    int on = 1;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    bool ok = o->server ? bind(fd, addr, len) == 0 && listen(fd, 1) == 0
                        : connect(fd, addr, len) == 0;
    if (!ok) {
        int e = errno;
        close(fd);
        errno = e;
        return -1;
    }
    return fd;
}

CharPort *char_open_unix(const char *spec, GError **err)
{
    Options o;
    if (!parse_options(spec, &o, err)) {
        return NULL;
    }
    g_autofree char *path = o.address;
    struct sockaddr_un addr = { .sun_family = AF_UNIX };
    if (g_strlcpy(addr.sun_path, path, sizeof(addr.sun_path)) >= sizeof(addr.sun_path)) {
        fail(err, EMU_ERROR_USAGE, "'%s' is too long for the path of a socket", path);
        return NULL;
    }
    if (o.server) {
        unlink(path);                   /* left by an earlier run */
    }
    int fd = make_socket(&o, AF_UNIX, &addr, sizeof(addr));
    if (fd < 0) {
        fail_errno(err, "cannot %s '%s'", o.server ? "listen on" : "connect to", path);
        return NULL;
    }
    CharPort *port = make_port(fd, spec, &o, err);
    if (o.server) {
        ((CharFd *)port->host)->unlink = g_strdup(path);
    }
    return port;
}

CharPort *char_open_tcp(const char *spec, GError **err)
{
    Options o;
    if (!parse_options(spec, &o, err)) {
        return NULL;
    }
    g_autofree char *address = o.address;
    char *colon = strrchr(address, ':');
    if (!colon) {
        fail(err, EMU_ERROR_USAGE, "'tcp:%s' wants HOST:PORT", spec);
        return NULL;
    }
    *colon = 0;
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = o.server ? AI_PASSIVE : 0 };
    struct addrinfo *list = NULL;
    int e = getaddrinfo(*address ? address : NULL, colon + 1, &hints, &list);
    if (e) {
        fail(err, EMU_ERROR_USAGE, "'tcp:%s': %s", spec, gai_strerror(e));
        return NULL;
    }
    int fd = -1;
    for (struct addrinfo *a = list; a && fd < 0; a = a->ai_next) {
        fd = make_socket(&o, a->ai_family, a->ai_addr, a->ai_addrlen);
    }
    freeaddrinfo(list);
    if (fd < 0) {
        fail_errno(err, "cannot %s '%s:%s'", o.server ? "listen on" : "connect to", address,
                   colon + 1);
        return NULL;
    }
    return make_port(fd, spec, &o, err);
}
