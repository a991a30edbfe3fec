/* SPDX-License-Identifier: MIT */
/*
 * Host ends from the command line.  serialN is the N-th -serial; the first is the terminal when none
 * is given, the others go nowhere.
 */
#include "emu/ports.h"

#include <stdlib.h>
#include <string.h>
#include "io/char.h"
#include "system/error.h"

enum { MAX_SERIAL = 8 };

static CharPort *serial[MAX_SERIAL];
static unsigned n_serial;

static bool open_serial(const char *spec, GError **err)
{
    if (n_serial == MAX_SERIAL) {
        return fail(err, EMU_ERROR_USAGE, "-serial: more than %d serial lines", MAX_SERIAL);
    }
    CharPort *port = NULL;
    if (strcmp(spec, "none")) {
        port = char_open(spec, err);
        if (!port) {
            g_prefix_error(err, "-serial %s: ", spec);
            return false;
        }
    }
    serial[n_serial++] = port;
    return true;
}

bool ports_open(const Options *o, GError **err)
{
    if (!o->serial) {
        return open_serial("mon:stdio", err);
    }
    for (unsigned i = 0; i < o->serial->len; i++) {
        if (!open_serial(o->serial->pdata[i], err)) {
            return false;
        }
    }
    return true;
}

static bool resolve_serial(const char *value, void **out, GError **err)
{
    if (!g_str_has_prefix(value, "serial")) {
        return fail(err, EMU_ERROR_USAGE, "no character port is called '%s'", value);
    }
    unsigned n = atoi(value + strlen("serial"));
    *out = n < n_serial ? serial[n] : NULL;
    return true;
}

bool ports_resolve(PropKind kind, const char *value, void **out, GError **err)
{
    *out = NULL;
    switch (kind) {
    case PROP_KIND_CHAR:
        return resolve_serial(value, out, err);
    default:
        return true;
    }
}

bool ports_check_used(GError **err)
{
    (void)err;
    return true;
}

bool ports_screenshot(const char *path)
{
    (void)path;
    return false;
}
