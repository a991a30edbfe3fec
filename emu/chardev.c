/* SPDX-License-Identifier: MIT */
/*
 * -chardev KIND,id=ID[,KEY=VALUE...] in QEMU's words, turned into the strings of io/char.h.
 *
 *     stdio    signal=on|off          pty                 null
 *     file     path=FILE
 *     socket   path=PATH | host=HOST,port=PORT; server=on|off, wait=on|off
 *     all:     mux=on|off             several users, and the escapes of Ctrl-A
 */
#include "emu/chardev.h"

#include <stdio.h>
#include <string.h>
#include "system/error.h"

typedef struct CharDev {
    char     *id, *spec;
    bool      mux;
    CharPort *port;
} CharDev;

static GArray *devices;                 /* of CharDev */

static const struct {
    const char *name, *keys[8];
} kinds[] = {
    { "stdio",  { "signal", "mux", "id" } },
    { "pty",    { "mux", "id" } },
    { "null",   { "mux", "id" } },
    { "file",   { "path", "mux", "id" } },
    { "socket", { "path", "host", "port", "server", "wait", "mux", "id" } },
};

/* ---- the words ---- */

typedef struct Words {
    const char *text;                   /* the whole, for messages */
    GHashTable *values;                 /* key -> value */
} Words;

static const char *value_of(const Words *w, const char *key)
{
    return g_hash_table_lookup(w->values, key);
}

static bool is_on(const Words *w, const char *key, bool preset, bool *on, GError **err)
{
    const char *v = value_of(w, key);
    *on = v ? !strcmp(v, "on") || !strcmp(v, "yes") : preset;
    if (v && !*on && strcmp(v, "off") && strcmp(v, "no")) {
        return fail(err, EMU_ERROR_USAGE, "-chardev %s: %s is 'on' or 'off', not '%s'", w->text, key,
                    v);
    }
    return true;
}

static bool add_word(Words *w, const char *const *keys, const char *word, GError **err)
{
    const char *eq = strchr(word, '=');
    g_autofree char *key = eq ? g_strndup(word, eq - word) : g_strdup(word);
    if (!g_strv_contains(keys, key)) {
        fail_unknown(err, "key", key, keys);
        g_prefix_error(err, "-chardev %s: ", w->text);
        return false;
    }
    g_hash_table_insert(w->values, g_strdup(key), g_strdup(eq ? eq + 1 : "on"));
    return true;
}

/* ---- to a port's string ---- */

static char *socket_spec(const Words *w, GError **err)
{
    bool server, wait;
    const char *path = value_of(w, "path"), *port = value_of(w, "port");
    if (!path == !port) {
        fail(err, EMU_ERROR_USAGE, "-chardev %s: a socket wants path=PATH or port=PORT", w->text);
        return NULL;
    }
    if (!is_on(w, "server", false, &server, err) || !is_on(w, "wait", true, &wait, err)) {
        return NULL;
    }
    const char *host = value_of(w, "host");
    g_autofree char *where = path ? g_strdup_printf("unix:%s", path)
                                  : g_strdup_printf("tcp:%s:%s", host ? host : "", port);
    return g_strdup_printf("%s%s%s", where, server ? ",server" : "",
                           server && !wait ? ",nowait" : "");
}

static char *spec_of(const char *kind, const Words *w, GError **err)
{
    if (!strcmp(kind, "socket")) {
        return socket_spec(w, err);
    }
    if (!strcmp(kind, "file")) {
        const char *path = value_of(w, "path");
        if (!path) {
            fail(err, EMU_ERROR_USAGE, "-chardev %s: a file wants path=FILE", w->text);
            return NULL;
        }
        return g_strdup_printf("file:%s", path);
    }
    return g_strdup(kind);
}

static CharDev *find(const char *id)
{
    for (unsigned i = 0; devices && i < devices->len; i++) {
        CharDev *d = &g_array_index(devices, CharDev, i);
        if (!strcmp(d->id, id)) {
            return d;
        }
    }
    return NULL;
}

static bool add_device(const char *kind, const Words *w, GError **err)
{
    CharDev d = { .id = g_strdup(value_of(w, "id")) };
    if (!d.id || !*d.id) {
        return fail(err, EMU_ERROR_USAGE, "-chardev %s: no id=NAME", w->text);
    }
    if (find(d.id)) {
        return fail(err, EMU_ERROR_USAGE, "-chardev %s: there is an '%s' already", w->text, d.id);
    }
    d.spec = spec_of(kind, w, err);
    if (!d.spec || !is_on(w, "mux", false, &d.mux, err)) {
        return false;
    }
    g_array_append_val(devices, d);
    return true;
}

static bool parse_one(const char *text, GError **err)
{
    const char *names[ARRAY_SIZE(kinds) + 1] = { NULL };
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++) {
        names[i] = kinds[i].name;
        if (!words[0] || strcmp(words[0], kinds[i].name)) {
            continue;
        }
        g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        Words w = { text, values };
        for (char **word = words + 1; *word; word++) {
            if (!add_word(&w, kinds[i].keys, *word, err)) {
                return false;
            }
        }
        return add_device(kinds[i].name, &w, err);
    }
    return fail_unknown(err, "-chardev kind", words[0] ? words[0] : "", names);
}

bool chardev_parse(const Options *o, GError **err)
{
    devices = g_array_new(false, true, sizeof(CharDev));
    for (unsigned i = 0; o->chardev && i < o->chardev->len; i++) {
        if (!parse_one(o->chardev->pdata[i], err)) {
            return false;
        }
    }
    return true;
}

/* ---- opening ---- */

static CharPort *open_named(const char *id, GError **err)
{
    CharDev *d = find(id);
    if (!d) {
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (unsigned i = 0; i < devices->len; i++) {
            g_ptr_array_add(names, g_array_index(devices, CharDev, i).id);
        }
        g_ptr_array_add(names, NULL);
        fail_unknown(err, "-chardev id", id, (const char *const *)names->pdata);
        return NULL;
    }
    if (d->port && !d->mux) {
        fail(err, EMU_ERROR_USAGE, "the character device '%s' has a user already; mux=on shares it",
             id);
        return NULL;
    }
    if (d->port) {
        return char_mux_add(d->port);
    }
    g_autofree char *spec = d->mux ? g_strconcat("mon:", d->spec, NULL) : g_strdup(d->spec);
    d->port = char_open(spec, err);
    return d->port;
}

CharPort *chardev_open(const char *spec, GError **err)
{
    return g_str_has_prefix(spec, "chardev:") ? open_named(spec + strlen("chardev:"), err)
                                              : char_open(spec, err);
}

bool chardev_check_used(GError **err)
{
    for (unsigned i = 0; i < devices->len; i++) {
        CharDev *d = &g_array_index(devices, CharDev, i);
        if (!d->port) {
            return fail(err, EMU_ERROR_USAGE, "-chardev id=%s: nothing uses it; -serial chardev:%s, "
                        "-monitor, -gdb or -device TYPE,chardev=%s do", d->id, d->id, d->id);
        }
    }
    return true;
}

void chardev_help(void)
{
    printf("Host ends for -serial, -monitor and -gdb:\n"
           "  stdio, mon:stdio, stdout, null, none, file:PATH, pty, unix:PATH[,server[,nowait]],\n"
           "  tcp:HOST:PORT[,server[,nowait]], chardev:ID\n"
           "-chardev KIND,id=ID[,KEY=VALUE...]:\n");
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++) {
        printf("  %-8s", kinds[i].name);
        for (unsigned k = 0; kinds[i].keys[k]; k++) {
            printf(" %s=", kinds[i].keys[k]);
        }
        printf("\n");
    }
}
