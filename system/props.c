/* SPDX-License-Identifier: MIT */
/*
 * Properties: words from a machine's table or the command line into fields of a device.
 */
#include "system/device_internal.h"
#include <errno.h>

static PropResolver resolver;

void device_set_resolver(PropResolver fn)
{
    resolver = fn;
}

/* --- Values ----------------------------------------------------------------------------------- */

static bool parse_number(const char *text, uint64_t max, uint64_t *out)
{
    char *end;
    errno = 0;
    *out = g_ascii_strtoull(text, &end, 0);
    if (end == text || *text == '-' || errno) {
        return false;
    }
    unsigned shift = 0;
    switch (*end) {
    case 'k': case 'K': shift = 10; break;
    case 'm': case 'M': shift = 20; break;
    case 'g': case 'G': shift = 30; break;
    }
    end += shift > 0;
    if (*end || *out > UINT64_MAX >> shift) {
        return false;
    }
    *out <<= shift;
    return *out <= max;
}

static bool parse_bool(const char *text, bool *out)
{
    static const char *const words[] = { "off", "on", "no", "yes", "false", "true", "0", "1" };
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        if (g_ascii_strcasecmp(text, words[i]) == 0) {
            *out = i & 1;
            return true;
        }
    }
    return false;
}

static bool bad_value(Device *dev, const PropDef *p, const char *value, const char *wants,
                      GError **err)
{
    return fail(err, EMU_ERROR_USAGE, "property '%s' of '%s' takes %s, not '%s'", p->name, dev->id,
                wants, value);
}

static bool set_number(Device *dev, const PropDef *p, const char *value, GError **err)
{
    bool narrow = p->kind == PROP_KIND_U32;
    uint64_t v;
    if (!parse_number(value, narrow ? UINT32_MAX : UINT64_MAX, &v)) {
        return bad_value(dev, p, value, narrow ? "a 32-bit number" : "a number", err);
    }
    st_endian(device_field(dev, p->offset), v, narrow ? 4 : 8, HOST_ENDIAN);
    return true;
}

static bool set_enum(Device *dev, const PropDef *p, const char *value, GError **err)
{
    for (uint32_t i = 0; p->words[i]; i++) {
        if (strcmp(p->words[i], value) == 0) {
            *(uint32_t *)device_field(dev, p->offset) = i;
            return true;
        }
    }
    g_autofree char *what = g_strdup_printf("value of property '%s' of '%s':", p->name, dev->id);
    return fail_unknown(err, what, value, p->words);
}

static bool set_pointer(Device *dev, const PropDef *p, const char *value, GError **err)
{
    void *out = NULL;
    if (!resolver || !resolver(p->kind, value, &out, err)) {
        return resolver ? false : fail(err, EMU_ERROR_USAGE, "property '%s' of '%s': nothing is "
                                       "named '%s' here", p->name, dev->id, value);
    }
    if (p->kind == PROP_KIND_LINK && p->text && out &&
        strcmp(((Device *)out)->class->name, p->text) != 0) {
        return fail(err, EMU_ERROR_USAGE, "property '%s' of '%s': '%s' is a %s, not a %s", p->name,
                    dev->id, value, ((Device *)out)->class->name, p->text);
    }
    *(void **)device_field(dev, p->offset) = out;
    return true;
}

static bool set_value(Device *dev, const PropDef *p, const char *value, GError **err)
{
    switch (p->kind) {
    case PROP_KIND_U32:
    case PROP_KIND_U64:
        return set_number(dev, p, value, err);
    case PROP_KIND_BOOL:
        return parse_bool(value, device_field(dev, p->offset)) ||
               bad_value(dev, p, value, "on or off", err);
    case PROP_KIND_STRING:
        g_ptr_array_add(dev->strings, g_strdup(value));
        *(const char **)device_field(dev, p->offset) =
            g_ptr_array_index(dev->strings, dev->strings->len - 1);
        return true;
    case PROP_KIND_ENUM:
        return set_enum(dev, p, value, err);
    default:
        return set_pointer(dev, p, value, err);
    }
}

/* --- By name ---------------------------------------------------------------------------------- */

static const PropDef *find_prop(Device *dev, const char *name, GError **err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const PropDef *p = dev->class->props; p && p->name; p++) {
        if (strcmp(p->name, name) == 0) {
            return p;
        }
        g_ptr_array_add(names, (void *)p->name);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *what = g_strdup_printf("property of '%s' (%s):", dev->id, dev->class->name);
    fail_unknown(err, what, name, (const char *const *)names->pdata);
    return NULL;
}

static void note_set(Device *dev, const PropDef *p)
{
    dev->props_set |= BIT64(p - dev->class->props);
}

bool device_set_prop(Device *dev, const char *name, const char *value, GError **err)
{
    const PropDef *p = find_prop(dev, name, err);
    if (!p) {
        return false;
    }
    if (dev->realized) {
        return fail(err, EMU_ERROR_USAGE, "property '%s' of '%s' is fixed once the machine is made",
                    name, dev->id);
    }
    if (!set_value(dev, p, value, err)) {
        return false;
    }
    note_set(dev, p);
    g_string_append_printf(dev->settings, "%s%s=%s", dev->settings->len ? " " : "", name, value);
    return true;
}

bool device_set(Device *dev, const char *assignment, GError **err)
{
    const char *eq = strchr(assignment, '=');
    g_autofree char *name = eq ? g_strndup(assignment, eq - assignment) : g_strdup(assignment);
    return device_set_prop(dev, name, eq ? eq + 1 : "on", err);
}

bool device_set_pointer(Device *dev, const char *name, void *value, GError **err)
{
    const PropDef *p = find_prop(dev, name, err);
    if (!p) {
        return false;
    }
    g_assert(p->kind >= PROP_KIND_LINK && !dev->realized);
    *(void **)device_field(dev, p->offset) = value;
    note_set(dev, p);
    return true;
}

/* --- Before and after ------------------------------------------------------------------------- */

void device_props_init(Device *dev)
{
    for (const PropDef *p = dev->class->props; p && p->name; p++) {
        void *field = device_field(dev, p->offset);
        switch (p->kind) {
        case PROP_KIND_U32:
        case PROP_KIND_ENUM:
            *(uint32_t *)field = p->fallback;
            break;
        case PROP_KIND_U64:
            *(uint64_t *)field = p->fallback;
            break;
        case PROP_KIND_BOOL:
            *(bool *)field = p->fallback;
            break;
        case PROP_KIND_STRING:
            *(const char **)field = p->text;
            break;
        default:
            break;                      /* pointers begin as NULL */
        }
    }
}

bool device_props_check(Device *dev, GError **err)
{
    for (const PropDef *p = dev->class->props; p && p->name; p++) {
        bool given = dev->props_set & BIT64(p - dev->class->props);
        if (!given && p->kind == PROP_KIND_MEMORY && resolver) {
            if (!resolver(p->kind, NULL, device_field(dev, p->offset), err)) {
                return false;
            }
        } else if (!given && p->required) {
            return fail(err, EMU_ERROR_USAGE, "'%s' (%s) needs its property '%s'", dev->id,
                        dev->class->name, p->name);
        }
    }
    return true;
}

static const char *const kind_words[] = {
    [PROP_KIND_U32] = "number", [PROP_KIND_U64] = "number", [PROP_KIND_BOOL] = "on|off",
    [PROP_KIND_STRING] = "text", [PROP_KIND_LINK] = "device id", [PROP_KIND_MEMORY] = "memory",
    [PROP_KIND_REGION] = "region",
    [PROP_KIND_CHAR] = "chardev", [PROP_KIND_DRIVE] = "drive", [PROP_KIND_NET] = "netdev",
};

void device_class_help(const DeviceClass *class, GString *out)
{
    g_string_append_printf(out, "%s: %s\n", class->name, class->about ? class->about : "");
    for (const PropDef *p = class->props; p && p->name; p++) {
        g_autofree char *values = p->kind == PROP_KIND_ENUM
            ? g_strjoinv("|", (char **)(void *)p->words) : g_strdup(kind_words[p->kind]);
        g_string_append_printf(out, "  %s=<%s>", p->name, values);
        if (p->about) {
            g_string_append_printf(out, "  %s", p->about);
        }
        if (p->required) {
            g_string_append(out, "  (needed)");
        } else if (p->kind == PROP_KIND_STRING && p->text) {
            g_string_append_printf(out, "  (default %s)", p->text);
        } else if (p->kind == PROP_KIND_U32 || p->kind == PROP_KIND_U64) {
            g_string_append_printf(out, "  (default %" PRIu64 ")", p->fallback);
        }
        g_string_append_c(out, '\n');
    }
}
