/* SPDX-License-Identifier: MIT */
/*
 * The parser and --help, both out of options.def.  Options take one dash or two, as in QEMU, and
 * their argument after a space or, with two dashes, after '='.
 */
#include "emu/options.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "emu/status.h"
#include "system/clock.h"
#include "system/error.h"

typedef enum OptionKind { FLAG, TEXT, LIST, ACTION, STEP, TITLE } OptionKind;

typedef struct OptionDef {
    const char *name, *alias, *arg, *about;
    OptionKind  kind;
    size_t      field;
} OptionDef;

static const OptionDef defs[] = {
#define SECTION(title, dashes) { title, dashes, NULL, NULL, TITLE, 0 },
#define OPT(field, kind, name, alias, arg, about) \
    { name, alias, arg, about, kind, offsetof(Options, field) },
#include "emu/options.def"
};

static const OptionDef *find(const char *name, size_t len)
{
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        const OptionDef *d = &defs[i];
        bool same = strlen(d->name) == len && !strncmp(d->name, name, len);
        bool alias = d->alias && strlen(d->alias) == len && !strncmp(d->alias, name, len);
        if (d->kind != TITLE && (same || alias)) {
            return d;
        }
    }
    return NULL;
}

/* How people write it. */
static const char *dashes_of(const char *name)
{
    const char *dashes = "-";
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        if (defs[i].kind == TITLE) {
            dashes = defs[i].alias;
        } else if (!strcmp(defs[i].name, name)) {
            break;
        }
    }
    return dashes;
}

static bool unknown(const char *arg, const char *name, GError **err)
{
    const char *names[2 * ARRAY_SIZE(defs) + 1];
    unsigned n = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        if (defs[i].kind == TITLE) {
            continue;
        }
        names[n++] = defs[i].name;
        if (defs[i].alias) {
            names[n++] = defs[i].alias;
        }
    }
    names[n] = NULL;
    const char *near = did_you_mean(name, names);
    if (near) {
        return fail(err, EMU_ERROR_USAGE, "unknown option '%s', did you mean '%s%s'?", arg,
                    dashes_of(near), near);
    }
    return fail(err, EMU_ERROR_USAGE, "unknown option '%s'; emu --help lists them", arg);
}

static void store(Options *o, const OptionDef *d, const char *place, const char *value)
{
    void *field = (char *)o + d->field;
    GPtrArray **list = field;
    OptionStep step = { d->name, place, value };
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
    case STEP:
        if (!o->steps) {
            o->steps = g_array_new(false, false, sizeof(OptionStep));
        }
        g_array_append_val(o->steps, step);
        break;
    case TITLE:
        break;
    }
}

/* One option at argv[*i], and its argument; moves *i to the last word taken. */
static bool parse_option(Options *o, int argc, char **argv, int *i, GError **err)
{
    const char *arg = argv[*i], *name = arg + 1 + (arg[1] == '-');
    bool long_form = arg[1] == '-';
    size_t len = strcspn(name, long_form ? "=@" : "@");
    const OptionDef *d = find(name, len);
    if (!d) {
        return unknown(arg, name, err);
    }
    const char *place = name[len] == '@' ? name + len + 1 : NULL;
    if (place && d->kind != STEP) {
        return fail(err, EMU_ERROR_USAGE, "option '%s': '-%s' takes no '@%s'", arg, d->name, place);
    }
    const char *value = NULL, *eq = long_form && !place && name[len] == '=' ? name + len + 1 : NULL;
    if (!d->arg && eq) {
        return fail(err, EMU_ERROR_USAGE, "option '-%s' takes no argument, so no '=%s'", d->name, eq);
    }
    if (d->arg && eq) {
        value = eq;
    } else if (d->arg) {
        if (++*i == argc) {
            return fail(err, EMU_ERROR_USAGE, "option '%s' needs an argument: %s %s", arg, arg,
                        d->arg);
        }
        value = argv[*i];
    }
    store(o, d, place, value);
    return true;
}

bool options_parse(Options *o, int argc, char **argv, GError **err)
{
    memset(o, 0, sizeof(*o));
    o->argc = argc;
    o->argv = argv;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (arg[0] == '-' && arg[1]) {
            if (!parse_option(o, argc, argv, &i, err)) {
                return false;
            }
            continue;
        }
        if (!*arg) {
            return fail(err, EMU_ERROR_USAGE, "argument %d is empty", i);
        }
        if (o->image) {
            return fail(err, EMU_ERROR_USAGE, "two disk images: '%s' and '%s'; give the second "
                        "with -drive file=%s", o->image, arg, arg);
        }
        o->image = arg;
    }
    o->snapshot |= o->ci;
    o->no_reboot |= o->ci;
    return true;
}

/* ---- help ---- */

enum { LEFT = 30, WIDTH = 100 };

/* Text from column LEFT on, broken between words. */
static void print_wrapped(const char *text)
{
    unsigned column = LEFT;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **w = words; *w; w++) {
        if (column + strlen(*w) > WIDTH && column > LEFT) {
            printf("\n%*s", LEFT, "");
            column = LEFT;
        }
        printf("%s%s", column > LEFT ? " " : "", *w);
        column += strlen(*w) + (column > LEFT);
    }
    printf("\n");
}

void options_usage(FILE *f)
{
    fprintf(f, "usage: emu -M MACHINE [options] [disk image]\n"
               "       emu list machines|cpus|devices [--json]\n"
               "       emu img create|info|check|convert|resize|snapshot ... (emu img --help)\n"
               "       emu --help\n");
}

void options_help(void)
{
    const char *dashes = "-";
    options_usage(stdout);
    for (unsigned i = 0; i < ARRAY_SIZE(defs); i++) {
        const OptionDef *d = &defs[i];
        if (d->kind == TITLE) {
            printf("\n%s\n", d->name);
            dashes = d->alias;
            continue;
        }
        g_autofree char *left = g_strdup_printf("  %s%s%s%s", dashes, d->name, d->arg ? " " : "",
                                                d->arg ? d->arg : "");
        bool fits = strlen(left) < LEFT;
        printf("%-*s%s%*s", LEFT, left, fits ? "" : "\n", fits ? 0 : LEFT, "");
        print_wrapped(d->about);
    }
    printf("\nExit status\n");
    status_help(stdout);
}

/* ---- values ---- */

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
    if (end == text || *end || !g_ascii_isdigit(text[0]) || !v || v > UINT64_MAX / unit) {
        return fail(err, EMU_ERROR_USAGE, "'%s' is not a size: give MiB as a number, or 64M, 1G", text);
    }
    *bytes = v * unit;
    return true;
}

bool parse_seconds(const char *option, const char *text, gint64 *ns, GError **err)
{
    char *end;
    double v = g_ascii_strtod(text, &end);
    if (end == text || *end || !(v > 0) || !isfinite(v) || v > 1e8) {
        return fail(err, EMU_ERROR_USAGE, "%s: '%s' is not a time: give seconds, such as 30 or 0.5",
                    option, text);
    }
    *ns = MAX((gint64)(v * NS_PER_SEC), 1);
    return true;
}
