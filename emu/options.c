/* SPDX-License-Identifier: MIT */
/* The parser and --help, both out of options.def.  Options take one dash or two, as in QEMU. */
#include "emu/options.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "system/error.h"

typedef enum OptionKind { FLAG, TEXT, LIST, ACTION } OptionKind;

typedef struct OptionDef {
    const char *name, *alias, *arg, *about;
    OptionKind  kind;
    size_t      field;
} OptionDef;

static const OptionDef defs[] = {
#define OPT(field, kind, name, alias, arg, about) \
    { name, alias, arg, about, kind, offsetof(Options, field) },
#include "emu/options.def"
};

static const OptionDef *find(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        if (!strcmp(defs[i].name, name) || (defs[i].alias && !strcmp(defs[i].alias, name))) {
            return &defs[i];
        }
    }
    return NULL;
}

static bool unknown(const char *arg, const char *name, GError **err)
{
    const char *names[2 * ARRAY_SIZE(defs) + 1];
    unsigned n = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        names[n++] = defs[i].name;
        if (defs[i].alias) {
            names[n++] = defs[i].alias;
        }
    }
    names[n] = NULL;
    const char *near = did_you_mean(name, names);
    if (near) {
        return fail(err, EMU_ERROR_USAGE, "unknown option '%s', did you mean '-%s'?", arg, near);
    }
    return fail(err, EMU_ERROR_USAGE, "unknown option '%s'; emu --help lists them", arg);
}

static void store(Options *o, const OptionDef *d, const char *value)
{
    void *field = (char *)o + d->field;
    GPtrArray **list = field;
    switch (d->kind) {
    case FLAG:
    case ACTION:
        *(bool *)field = true;
        break;
    case TEXT:
        *(const char **)field = value;
        break;
    case LIST:
        if (!*list) {
            *list = g_ptr_array_new();
        }
        g_ptr_array_add(*list, (gpointer)value);
        break;
    }
}

bool options_parse(Options *o, int argc, char **argv, GError **err)
{
    memset(o, 0, sizeof(*o));
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (arg[0] != '-' || !arg[1]) {
            if (o->image) {
                return fail(err, EMU_ERROR_USAGE, "two disk images: '%s' and '%s'; give the second "
                            "with -drive file=%s", o->image, arg, arg);
            }
            o->image = arg;
            continue;
        }
        const char *name = arg + 1 + (arg[1] == '-');
        const OptionDef *d = find(name);
        if (!d) {
            return unknown(arg, name, err);
        }
        const char *value = NULL;
        if (d->arg) {
            if (++i == argc) {
                return fail(err, EMU_ERROR_USAGE, "option '%s' needs an argument: %s %s", arg, arg,
                            d->arg);
            }
            value = argv[i];
        }
        store(o, d, value);
    }
    return true;
}

void options_help(void)
{
    printf("usage: emu -M MACHINE [options] [disk image]\n\n");
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        g_autofree char *left = g_strdup_printf("-%s%s%s", defs[i].name, defs[i].arg ? " " : "",
                                                defs[i].arg ? defs[i].arg : "");
        printf("  %-28s %s%s\n", left, strlen(left) > 28 ? "\n                               " : "",
               defs[i].about);
    }
    printf("\nExit status: 0 the guest powered off (or rebooted under -no-reboot); 1-63 the guest's "
           "own; 64 wrong\nusage; 65, 66 bad or missing file; 69 the host lacks something; 70 a "
           "fault of emu.\n");
}

bool parse_size(const char *text, guint64 *bytes, GError **err)
{
    char *end;
    guint64 v = g_ascii_strtoull(text, &end, 10), unit = MiB;
    switch (g_ascii_toupper(*end)) {
    case 'K':
        unit = KiB;
        end++;
        break;
    case 'M':
        end++;
        break;
    case 'G':
        unit = GiB;
        end++;
        break;
    }
    if (end == text || *end || text[0] == '-' || !v || v > UINT64_MAX / unit) {
        return fail(err, EMU_ERROR_USAGE, "'%s' is not a size: give MiB as a number, or 64M, 1G", text);
    }
    *bytes = v * unit;
    return true;
}
