/* SPDX-License-Identifier: MIT */
/*
 * `-nic user`: a private network behind NAT, by libslirp.
 *
 * libslirp wants to be polled: a GSource asks it for its descriptors before each poll and tells it
 * the outcome.  Its timers are GLib timeouts in host time.
 */
#include "io/net/net.h"
#include <arpa/inet.h>
#include <string.h>
#include "config.h"
#include "system/clock.h"
#include "system/error.h"
#include "system/lock.h"
#include "system/log.h"

#ifdef HAVE_SLIRP
#include <libslirp.h>

typedef struct UserNet {
    NetPort   *port;
    Slirp     *slirp;
    GSource   *source;
    GPtrArray *fds;                     /* GPollFD *, allocated */
    unsigned   n_fds;                   /* asked for in this round */
    gint64     due;                     /* its timeout is over, in us; -1: none */
} UserNet;

/* --- Polling ---------------------------------------------------------------------------------- */

typedef struct UserSource {
    GSource  source;
    UserNet *net;
} UserSource;

static const struct {
    int slirp, poll;
} events_map[] = {
    { SLIRP_POLL_IN, G_IO_IN },   { SLIRP_POLL_OUT, G_IO_OUT }, { SLIRP_POLL_PRI, G_IO_PRI },
    { SLIRP_POLL_ERR, G_IO_ERR }, { SLIRP_POLL_HUP, G_IO_HUP },
};

/* Entries are changed in place: adding one wakes the loop, which would then never sleep. */
static int add_poll(int fd, int events, void *opaque)
{
    UserNet *n = opaque;
    int wanted = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(events_map); i++) {
        wanted |= events & events_map[i].slirp ? events_map[i].poll : 0;
    }
    unsigned i = n->n_fds;
    while (i < n->fds->len && ((GPollFD *)g_ptr_array_index(n->fds, i))->fd != fd) {
        i++;
    }
    if (i == n->fds->len) {
        GPollFD *p = g_new0(GPollFD, 1);
        p->fd = fd;
        g_ptr_array_add(n->fds, p);
        g_source_add_poll(n->source, p);
    }
    GPollFD *p = g_ptr_array_index(n->fds, i);
    n->fds->pdata[i] = n->fds->pdata[n->n_fds];
    n->fds->pdata[n->n_fds] = p;
    p->events = wanted;
    p->revents = 0;
    return n->n_fds++;
}

static gboolean user_prepare(GSource *source, gint *timeout)
{
    UserNet *n = ((UserSource *)(void *)source)->net;
    bool taken = machine_lock_if_free();
    uint32_t ms = UINT32_MAX;
    n->n_fds = 0;
    slirp_pollfds_fill(n->slirp, &ms, add_poll, n);
    while (n->fds->len > n->n_fds) {
        GPollFD *p = g_ptr_array_index(n->fds, n->fds->len - 1);
        g_source_remove_poll(n->source, p);
        g_ptr_array_set_size(n->fds, n->fds->len - 1);
    }
    machine_unlock_if(taken);
    *timeout = ms > G_MAXINT ? -1 : (gint)ms;
    n->due = *timeout < 0 ? -1 : g_get_monotonic_time() + *timeout * INT64_C(1000);
    return FALSE;
}

static int get_revents(int index, void *opaque)
{
    UserNet *n = opaque;
    if (index < 0 || (unsigned)index >= n->fds->len) {
        return 0;
    }
    GPollFD *p = g_ptr_array_index(n->fds, index);
    int events = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(events_map); i++) {
        events |= p->revents & events_map[i].poll ? events_map[i].slirp : 0;
    }
    return events;
}

/* libslirp also does what its timeout was for when it is told.  Not after every poll: a source that is
 * always ready keeps those of lower priority from ever being looked at. */
static gboolean user_check(GSource *source)
{
    UserNet *n = ((UserSource *)(void *)source)->net;
    bool ready = n->due >= 0 && g_get_monotonic_time() >= n->due;
    for (unsigned i = 0; i < n->n_fds; i++) {
        ready |= ((GPollFD *)g_ptr_array_index(n->fds, i))->revents != 0;
    }
    return ready;
}

static gboolean user_dispatch(GSource *source, GSourceFunc callback, void *data)
{
    UserNet *n = ((UserSource *)(void *)source)->net;
    bool taken = machine_lock_if_free();
    slirp_pollfds_poll(n->slirp, 0, get_revents, n);
    machine_unlock_if(taken);
    return G_SOURCE_CONTINUE;
}

static GSourceFuncs user_source = { user_prepare, user_check, user_dispatch, NULL, NULL, NULL };

/* --- What libslirp asks of us ----------------------------------------------------------------- */

static ssize_t send_packet(const void *buf, size_t len, void *opaque)
{
    net_port_deliver(((UserNet *)opaque)->port, buf, len);
    return len;
}

static void guest_error(const char *msg, void *opaque)
{
    log_guest(NULL, "network: %s", msg);
}

static int64_t clock_get_ns(void *opaque)
{
    return clock_now(CLOCK_HOST);
}

typedef struct UserTimer {
    SlirpTimerCb cb;
    void        *opaque;
    guint        id;
} UserTimer;

static void *timer_new(SlirpTimerCb cb, void *cb_opaque, void *opaque)
{
    UserTimer *t = g_new0(UserTimer, 1);
    t->cb = cb;
    t->opaque = cb_opaque;
    return t;
}

static void timer_free(void *timer, void *opaque)
{
    UserTimer *t = timer;
    g_clear_handle_id(&t->id, g_source_remove);
    g_free(t);
}

static gboolean timer_fired(void *timer)
{
    UserTimer *t = timer;
    bool taken = machine_lock_if_free();
    t->id = 0;
    t->cb(t->opaque);
    machine_unlock_if(taken);
    return G_SOURCE_REMOVE;
}

static void timer_mod(void *timer, int64_t expire_ms, void *opaque)
{
    UserTimer *t = timer;
    int64_t wait = MAX(expire_ms - clock_now(CLOCK_HOST) / NS_PER_MS, 0);
    g_clear_handle_id(&t->id, g_source_remove);
    t->id = g_timeout_add(MIN(wait, G_MAXINT), timer_fired, t);
}

static void poll_fd_changed(int fd, void *opaque)
{
}

static void notify(void *opaque)
{
    g_main_context_wakeup(NULL);
}

static const SlirpCb callbacks = {
    .send_packet = send_packet, .guest_error = guest_error, .clock_get_ns = clock_get_ns,
    .timer_new = timer_new, .timer_free = timer_free, .timer_mod = timer_mod,
    .register_poll_fd = poll_fd_changed, .unregister_poll_fd = poll_fd_changed, .notify = notify,
};

/* --- The port --------------------------------------------------------------------------------- */

static void user_send(void *opaque, const uint8_t *frame, unsigned len)
{
    UserNet *n = opaque;
    slirp_input(n->slirp, frame, len);
    g_main_context_wakeup(NULL);        /* there may be descriptors to wait for now */
}

static void user_close(void *opaque)
{
    UserNet *n = opaque;
    if (n->source) {
        g_source_destroy(n->source);
        g_source_unref(n->source);
    }
    g_ptr_array_free(n->fds, TRUE);
    slirp_cleanup(n->slirp);
    g_free(n);
}

static const NetBackend user_backend = { "user", user_send, user_close };

/* "PROTOCOL:[ADDR]:PORT-[ADDR]:PORT" */
static bool add_hostfwd(UserNet *n, const char *rule, GError **err)
{
    g_auto(GStrv) p = g_strsplit_set(rule, ":-", 5);
    struct in_addr host = { htonl(INADDR_ANY) }, guest = { htonl(0x0a00020f) };
    uint64_t host_port, guest_port;
    bool udp = p[0] && strcmp(p[0], "udp") == 0;
    if (g_strv_length(p) != 5 || (!udp && strcmp(p[0], "tcp") != 0) ||
        (*p[1] && !inet_aton(p[1], &host)) || (*p[3] && !inet_aton(p[3], &guest)) ||
        !g_ascii_string_to_unsigned(p[2], 10, 0, 65535, &host_port, NULL) ||
        !g_ascii_string_to_unsigned(p[4], 10, 1, 65535, &guest_port, NULL)) {
        return fail(err, EMU_ERROR_USAGE,
                    "hostfwd '%s' is not PROTOCOL:[ADDRESS]:PORT-[ADDRESS]:PORT", rule);
    }
    if (slirp_add_hostfwd(n->slirp, udp, host, host_port, guest, guest_port) < 0) {
        return fail_errno(err, "cannot forward '%s'", rule);
    }
    return true;
}

static void start(UserNet *n, bool restricted)
{
    SlirpConfig cfg = {
        .version = 1, .restricted = restricted, .in_enabled = true,
        .vnetwork = { htonl(0x0a000200) }, .vnetmask = { htonl(0xffffff00) },
        .vhost = { htonl(0x0a000202) }, .vdhcp_start = { htonl(0x0a00020f) },
        .vnameserver = { htonl(0x0a000203) },
        .in6_enabled = true, .vprefix_len = 64,
    };
    inet_pton(AF_INET6, "fec0::", &cfg.vprefix_addr6);
    inet_pton(AF_INET6, "fec0::2", &cfg.vhost6);
    inet_pton(AF_INET6, "fec0::3", &cfg.vnameserver6);
    n->slirp = slirp_new(&cfg, &callbacks, n);
    n->source = g_source_new(&user_source, sizeof(UserSource));
    ((UserSource *)(void *)n->source)->net = n;
    g_source_attach(n->source, NULL);
}

static bool apply_options(UserNet *n, char **options, GError **err)
{
    for (; *options; options++) {
        if (g_str_has_prefix(*options, "hostfwd=")) {
            if (!add_hostfwd(n, *options + 8, err)) {
                return false;
            }
        } else if (**options && !g_str_has_prefix(*options, "restrict=")) {
            static const char *const known[] = { "hostfwd", "restrict", NULL };
            return fail_unknown(err, "option of -nic user", *options, known);
        }
    }
    return true;
}

bool net_user_open(const char *options, NetPort **port, GError **err)
{
    g_auto(GStrv) list = g_strsplit(options, ",", -1);
    UserNet *n = g_new0(UserNet, 1);
    n->fds = g_ptr_array_new_with_free_func(g_free);
    n->port = net_port_new(&user_backend, n);
    start(n, g_strv_contains((const char *const *)list, "restrict=on"));
    if (!apply_options(n, list, err)) {
        net_close(n->port);
        return false;
    }
    *port = n->port;
    return true;
}
#else
bool net_user_open(const char *options, NetPort **port, GError **err)
{
    return fail(err, EMU_ERROR_USAGE, "built without user-mode networking (libslirp)");
}
#endif
