/* SPDX-License-Identifier: MIT */
/*
 * Host ends from the command line.  serialN is the N-th -serial; the first is the terminal when none
 * is given, the others go nowhere.
 */
#include "emu/ports.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include "config.h"
#include "emu/chardev.h"
#include "emu/ci/ci.h"
#include "emu/displays.h"
#include "emu/drives.h"
#include "io/char.h"
#include "io/net/net.h"
#include "io/ui/display.h"
#include "system/error.h"
#include "system/lock.h"

enum { MAX_SERIAL = 8, MAX_NICS = 8 };

static CharPort *serial[MAX_SERIAL];
static unsigned n_serial;
static CharPort *terminal;              /* of -display text */
static CharPort *monitor, *debugcon, *parallel;
typedef struct Nic {
    NetPort *port;
    char    *id, *model, *mac;          /* NULL: not said */
    bool     used;
} Nic;

static Nic nics[MAX_NICS], netdevs[MAX_NICS];
static unsigned n_nics, n_netdevs;

static bool open_serial(const char *spec, GError **err)
{
    if (n_serial == MAX_SERIAL) {
        return fail(err, EMU_ERROR_USAGE, "-serial: more than %d serial lines", MAX_SERIAL);
    }
    CharPort *port = NULL;
    if (strcmp(spec, "none")) {
        port = chardev_open(spec, err);
        if (!port) {
            g_prefix_error(err, "-serial %s: ", spec);
            return false;
        }
    }
    serial[n_serial++] = port;
    return true;
}

/* Takes id=, model= and mac= out of a specification; the rest is the network's. */
static char *split_nic(const char *spec, Nic *nic)
{
    const struct { const char *key; char **field; } keys[] = {
        { "id=", &nic->id }, { "model=", &nic->model }, { "mac=", &nic->mac },
    };
    g_auto(GStrv) words = g_strsplit(spec, ",", -1);
    GString *rest = g_string_new(NULL);
    for (char **w = words; *w; w++) {
        unsigned i = 0;
        while (i < ARRAY_SIZE(keys) && !g_str_has_prefix(*w, keys[i].key)) {
            i++;
        }
        if (i < ARRAY_SIZE(keys)) {
            g_free(*keys[i].field);
            *keys[i].field = g_strdup(*w + strlen(keys[i].key));
        } else {
            g_string_append_printf(rest, "%s%s", rest->len ? "," : "", *w);
        }
    }
    return g_string_free(rest, false);
}

static bool open_one(const char *option, const char *spec, Nic *list, unsigned *n, GError **err)
{
    if (*n == MAX_NICS) {
        return fail(err, EMU_ERROR_USAGE, "%s: more than %d networks", option, MAX_NICS);
    }
    Nic *nic = &list[*n];
    g_autofree char *rest = split_nic(spec, nic);
    if (!net_open(rest, &nic->port, err)) {
        g_prefix_error(err, "%s %s: ", option, spec);
        return false;
    }
    (*n)++;
    return true;
}

static bool open_nic(const char *option, const char *spec, GError **err)
{
    return open_one(option, spec, nics, &n_nics, err);
}

unsigned ports_n_nics(void)
{
    return n_nics;
}

bool ports_nic(unsigned n, const char **model, const char **mac)
{
    *model = nics[n].model;
    *mac = nics[n].mac;
    return nics[n].port;
}

static Nic *find_netdev(const char *id)
{
    for (unsigned i = 0; i < n_netdevs; i++) {
        if (!g_strcmp0(netdevs[i].id, id)) {
            return &netdevs[i];
        }
    }
    return NULL;
}

static bool open_netdevs(const Options *o, GError **err)
{
    for (unsigned i = 0; o->netdev && i < o->netdev->len; i++) {
        const char *spec = o->netdev->pdata[i];
        if (!open_one("-netdev", spec, netdevs, &n_netdevs, err)) {
            return false;
        }
        const char *id = netdevs[n_netdevs - 1].id;
        if (!id) {
            return fail(err, EMU_ERROR_USAGE, "-netdev %s: id= is missing", spec);
        }
        if (find_netdev(id) != &netdevs[n_netdevs - 1]) {
            return fail(err, EMU_ERROR_USAGE, "-netdev %s: two have the id '%s'", spec, id);
        }
    }
    return true;
}

/* -net nic says that there is a card, -net user what it is plugged into: together one -nic user. */
static bool open_net(const Options *o, GError **err)
{
    for (unsigned i = 0; o->nic && i < o->nic->len; i++) {
        if (!open_nic("-nic", o->nic->pdata[i], err)) {
            return false;
        }
    }
    for (unsigned i = 0; o->net && i < o->net->len; i++) {
        const char *spec = o->net->pdata[i];
        bool card_only = !strcmp(spec, "nic") || g_str_has_prefix(spec, "nic,");
        if (!card_only && !open_nic("-net", spec, err)) {
            return false;
        }
    }
#ifdef HAVE_SLIRP
    if (!o->nic && !o->net && !o->netdev && !o->nodefaults && !o->ci) {
        return open_nic("-nic", "user", err);
    }
#endif
    return true;
}

/* -display text has the terminal to itself, but for the monitor. */
static bool open_terminal(const Options *o, GError **err)
{
    if (displays_want_terminal()) {
        terminal = chardev_open("mon:stdio", err);
        displays_set_terminal(terminal);
        return terminal || (g_prefix_error(err, "-display: "), false);
    }
    return true;
}

/* Where serial line 0 is when nobody says: tests only read it. */
static bool open_serials(const Options *o, GError **err)
{
    bool taken = terminal || (o->monitor && g_str_has_suffix(o->monitor, "stdio"));
    const char *console = taken ? "null" : o->ci ? "stdout" : "mon:stdio";
    if (!o->serial && !o->nodefaults && !open_serial(console, err)) {
        return false;
    }
    for (unsigned i = 0; o->serial && i < o->serial->len; i++) {
        if (!open_serial(o->serial->pdata[i], err)) {
            return false;
        }
    }
    while (n_serial < ci_serials()) {   /* tests hear lines that nobody else does */
        if (!open_serial("null", err)) {
            return false;
        }
    }
    return true;
}

/* A serial line on mon: has the monitor behind Ctrl-A c. */
static bool open_monitor(const Options *o, GError **err)
{
    if (!o->monitor) {
        monitor = terminal && !o->ci ? char_mux_add(terminal) : NULL;
        for (unsigned i = 0; i < n_serial && !monitor && !o->ci && !o->nodefaults; i++) {
            monitor = char_mux_add(serial[i]);
        }
        return true;
    }
    if (!strcmp(o->monitor, "none")) {
        return true;
    }
    monitor = chardev_open(o->monitor, err);
    if (!monitor) {
        g_prefix_error(err, "-monitor %s: ", o->monitor);
    }
    return monitor != NULL;
}

/* What an option of one port says; NULL: nowhere. */
static bool open_named_port(const char *option, const char *spec, CharPort **port, GError **err)
{
    if (!spec || !strcmp(spec, "none")) {
        return true;
    }
    *port = chardev_open(spec, err);
    if (!*port) {
        g_prefix_error(err, "%s %s: ", option, spec);
    }
    return *port != NULL;
}

bool ports_open(const Options *o, const MachineClass *class, GError **err)
{
    return displays_choose(o, class, err) && chardev_parse(o, err) && open_terminal(o, err) &&
           open_serials(o, err) &&
           open_monitor(o, err) && open_named_port("-debugcon", o->debugcon, &debugcon, err) &&
           open_named_port("-parallel", o->parallel, &parallel, err) &&
           drives_open(o, class, err) && open_net(o, err) && open_netdevs(o, err);
}

CharPort *ports_serial(unsigned n)
{
    return n < n_serial ? serial[n] : NULL;
}

unsigned ports_n_serial(void)
{
    return n_serial;
}

CharPort *ports_monitor(void)
{
    return monitor;
}

static bool numbered(const char *value, const char *prefix, unsigned *n)
{
    guint64 v;
    if (!g_str_has_prefix(value, prefix) ||
        !g_ascii_string_to_unsigned(value + strlen(prefix), 10, 0, UINT_MAX, &v, NULL)) {
        return false;
    }
    *n = v;
    return true;
}

/* A board's own name for a port, or the id of a -chardev. */
static bool resolve_char(const char *value, void **out, GError **err)
{
    unsigned n;
    if (!strcmp(value, "debugcon")) {
        *out = debugcon;
        return true;
    }
    if (!strcmp(value, "parallel0")) {
        *out = parallel;
        return true;
    }
    if (!numbered(value, "serial", &n)) {
        g_autofree char *spec = g_strdup_printf("chardev:%s", value);
        *out = chardev_open(spec, err);
        return *out;
    }
    *out = n < n_serial ? serial[n] : NULL;
    return true;
}

static bool resolve_nic(const char *value, void **out, GError **err)
{
    unsigned n;
    Nic *netdev = find_netdev(value);
    if (netdev && netdev->used) {
        return fail(err, EMU_ERROR_USAGE, "two devices want the network '%s'", value);
    }
    if (netdev) {
        netdev->used = true;
        *out = netdev->port;
        return true;
    }
    if (!numbered(value, "nic", &n)) {
        return fail(err, EMU_ERROR_USAGE, "no network is called '%s'", value);
    }
    *out = n < n_nics ? nics[n].port : NULL;
    return true;
}

bool ports_resolve(PropKind kind, const char *value, void **out, GError **err)
{
    *out = NULL;
    switch (kind) {
    case PROP_KIND_CHAR:
        return resolve_char(value, out, err);
    case PROP_KIND_NET:
        return resolve_nic(value, out, err);
    case PROP_KIND_DRIVE:
        return drives_resolve(value, out, err);
    default:
        return true;
    }
}

bool ports_check_used(const MachineClass *class, GError **err)
{
    for (unsigned i = 0; i < n_netdevs; i++) {
        if (!netdevs[i].used) {
            return fail(err, EMU_ERROR_USAGE, "-netdev %s: no -device uses it; -nic user is the card of "
                        "the board and its network", netdevs[i].id);
        }
    }
    return chardev_check_used(err) && drives_check_used(class, err);
}

bool ports_screenshot(const char *path)
{
    GError *err = NULL;
    Display *d = display_first();
    if (!d) {
        fprintf(stderr, "emu: -screenshot: this board has no display\n");
        return false;
    }
    machine_lock();
    bool done = display_screendump(d, path, &err);
    machine_unlock();
    if (!done) {
        fprintf(stderr, "emu: -screenshot: %s\n", err->message);
        g_error_free(err);
    }
    return done;
}
