/* SPDX-License-Identifier: MIT */
/*
 * `emu img COMMAND`: the parser and --help, both out of img.def.  Commands, options and output are
 * those of qemu-img(1), where it has them.
 *
 * Exit status: 0, or as emu's own (64 usage, 65 data, 66 no input, 69 the host); of `check` 2 for
 * corruptions, 3 for leaks only, 63 for a format that cannot be checked.
 */
#include "emu/img/img.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "system/error.h"

typedef enum OptionKind { FLAG, TEXT, LIST } OptionKind;

typedef struct OptionDef {
    const char *command, *name, *alias, *arg, *about;
    OptionKind  kind;
    size_t      field;
} OptionDef;

static const OptionDef options[] = {
#define OPTION(command, field, kind, name, alias, arg, about) \
    { #command, name, alias, arg, about, kind, offsetof(ImgOptions, field) },
#include "emu/img/img.def"
};

typedef struct CommandDef {
    const char *name, *operands, *about;
    int       (*run)(const ImgOptions *o, GError **err);
} CommandDef;

static const CommandDef commands[] = {
#define COMMAND(name, operands, about) { #name, operands, about, img_##name },
#include "emu/img/img.def"
};

static const struct {
    const char *name, *value, *about;
} keys[] = {
#define KEY(name, value, about) { #name, value, about },
#include "emu/img/img.def"
};

/* --- Help ------------------------------------------------------------------------------------- */

enum { LEFT = 34 };

static void print_row(const char *left, const char *about)
{
    bool fits = strlen(left) < LEFT;
    printf("%-*s%s%*s%s\n", LEFT, left, fits ? "" : "\n", fits ? 0 : LEFT, "", about);
}

void img_keys_help(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(keys); i++) {
        g_autofree char *left = g_strdup_printf("  %s=%s", keys[i].name, keys[i].value);
        print_row(left, keys[i].about);
    }
}

/* "-" for a letter, "--" for a word. */
static const char *dashes(const char *name)
{
    return name[1] ? "--" : "-";
}

static void command_help(const CommandDef *c)
{
    printf("emu img %s [options] %s: %s\n", c->name, c->operands, c->about);
    for (unsigned i = 0; i < ARRAY_SIZE(options); i++) {
        const OptionDef *d = &options[i];
        if (strcmp(d->command, c->name)) {
            continue;
        }
        g_autofree char *alias = d->alias ? g_strdup_printf(", %s%s", dashes(d->alias), d->alias)
                                          : g_strdup("");
        g_autofree char *left = g_strdup_printf("  %s%s%s%s%s", dashes(d->name), d->name, alias,
                                                d->arg ? " " : "", d->arg ? d->arg : "");
        print_row(left, d->about);
    }
}

static void help(void)
{
    printf("usage: emu img COMMAND [options] FILE ...\n");
    for (unsigned i = 0; i < ARRAY_SIZE(commands); i++) {
        printf("\n");
        command_help(&commands[i]);
    }
    printf("\nKeys of -o\n");
    img_keys_help();
    printf("\nExit status: 0; 64 the command line is wrong, 65 a file is not what it should be, 66\n"
           "it is missing, 69 the host denied something.  Of 'check': 0 no errors, 2 corruptions,\n"
           "3 only leaks, 63 this format cannot be checked.\n");
}

/* --- Parsing ---------------------------------------------------------------------------------- */

static const OptionDef *find(const CommandDef *c, const char *name, size_t len)
{
    for (unsigned i = 0; i < ARRAY_SIZE(options); i++) {
        const OptionDef *d = &options[i];
        bool same = strlen(d->name) == len && !strncmp(d->name, name, len);
        bool alias = d->alias && strlen(d->alias) == len && !strncmp(d->alias, name, len);
        if (!strcmp(d->command, c->name) && (same || alias)) {
            return d;
        }
    }
    return NULL;
}

static bool unknown(const CommandDef *c, const char *arg, const char *name, GError **err)
{
    const char *names[2 * ARRAY_SIZE(options) + 1];
    unsigned n = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(options); i++) {
        if (!strcmp(options[i].command, c->name)) {
            names[n++] = options[i].name;
            if (options[i].alias) {
                names[n++] = options[i].alias;
            }
        }
    }
    names[n] = NULL;
    g_autofree char *word = g_strndup(name, strcspn(name, "="));
    const char *near = did_you_mean(word, names);
    if (near) {
        return fail(err, EMU_ERROR_USAGE, "unknown option '%s', did you mean '%s%s'?", arg,
                    dashes(near), near);
    }
    return fail(err, EMU_ERROR_USAGE, "unknown option '%s'; 'emu img %s --help' lists them", arg,
                c->name);
}

static void store(ImgOptions *o, const OptionDef *d, const char *value)
{
    void *field = (char *)o + d->field;
    GPtrArray **list = field;
    switch (d->kind) {
    case FLAG:
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

/* One option at argv[*i], and its argument; moves *i to the last word taken. */
static bool parse_option(const CommandDef *c, ImgOptions *o, int argc, char **argv, int *i,
                         GError **err)
{
    const char *arg = argv[*i], *name = arg + 1 + (arg[1] == '-');
    size_t len = strcspn(name, "=");
    const char *value = name[len] ? name + len + 1 : NULL;
    if (!strcmp(name, "help") || !strcmp(arg, "-h")) {
        o->help = true;
        return true;
    }
    const OptionDef *d = find(c, name, len);
    if (!d) {
        return unknown(c, arg, name, err);
    }
    if (!d->arg && value) {
        return fail(err, EMU_ERROR_USAGE, "option '%s%s' takes no argument", dashes(d->name),
                    d->name);
    }
    if (d->arg && !value) {
        if (++*i == argc) {
            return fail(err, EMU_ERROR_USAGE, "option '%s' needs an argument: %s", arg, d->arg);
        }
        value = argv[*i];
    }
    store(o, d, value);
    return true;
}

/* "-5G" after resize's file is a size. */
static bool is_option(const CommandDef *c, const ImgOptions *o, const char *arg)
{
    bool size = !strcmp(c->name, "resize") && o->n_operands == 1 && g_ascii_isdigit(arg[1]);
    return arg[0] == '-' && arg[1] && !size;
}

static bool parse(const CommandDef *c, ImgOptions *o, int argc, char **argv, GError **err)
{
    bool ended = false;
    for (int i = 2; i < argc; i++) {
        if (!ended && !strcmp(argv[i], "--")) {
            ended = true;
        } else if (!ended && is_option(c, o, argv[i])) {
            if (!parse_option(c, o, argc, argv, &i, err)) {
                return false;
            }
        } else if (!*argv[i]) {
            return fail(err, EMU_ERROR_USAGE, "argument %d is empty", i);
        } else if (o->n_operands == ARRAY_SIZE(o->operand)) {
            return fail(err, EMU_ERROR_USAGE, "'%s' is too much: emu img %s [options] %s", argv[i],
                        c->name, c->operands);
        } else {
            o->operand[o->n_operands++] = argv[i];
        }
    }
    return true;
}

/* How many operands, out of "FILE [SIZE]". */
static bool check_operands(const CommandDef *c, const ImgOptions *o, GError **err)
{
    g_auto(GStrv) words = g_strsplit(c->operands, " ", -1);
    unsigned most = g_strv_length(words), least = most;
    for (unsigned i = 0; i < most; i++) {
        least -= words[i][0] == '[' && words[i][strlen(words[i]) - 1] == ']';
    }
    return (o->n_operands >= least && o->n_operands <= most) ||
           fail(err, EMU_ERROR_USAGE, "usage: emu img %s [options] %s", c->name, c->operands);
}

static const CommandDef *find_command(const char *name, GError **err)
{
    const char *names[ARRAY_SIZE(commands) + 1] = { NULL };
    for (unsigned i = 0; i < ARRAY_SIZE(commands); i++) {
        if (!strcmp(commands[i].name, name)) {
            return &commands[i];
        }
        names[i] = commands[i].name;
    }
    const char *near = did_you_mean(name, names);
    g_autofree char *all = g_strjoinv(", ", (char **)names);
    if (near) {
        fail_unknown(err, "command", name, names);
    } else {
        fail(err, EMU_ERROR_USAGE, "unknown command '%s'; there are: %s", name, all);
    }
    return NULL;
}

static bool asks_for_keys(const ImgOptions *o)
{
    for (unsigned i = 0; o->keys && i < o->keys->len; i++) {
        const char *k = o->keys->pdata[i];
        if (!strcmp(k, "help") || !strcmp(k, "?")) {
            return true;
        }
    }
    return false;
}

static int run(const CommandDef *c, ImgOptions *o, int argc, char **argv, GError **err)
{
    if (!parse(c, o, argc, argv, err)) {
        return -1;
    }
    if (o->help) {
        command_help(c);
        return 0;
    }
    if (asks_for_keys(o)) {
        img_keys_help();
        return 0;
    }
    return check_operands(c, o, err) ? c->run(o, err) : -1;
}

int img_command(int argc, char **argv)
{
    g_autoptr(GError) err = NULL;
    if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
        !strcmp(argv[1], "help")) {
        help();
        return argc < 2 ? EMU_ERROR_USAGE : 0;
    }
    const CommandDef *c = find_command(argv[1], &err);
    ImgOptions o = { 0 };
    int status = c ? run(c, &o, argc, argv, &err) : -1;
    if (o.keys) {
        g_ptr_array_unref(o.keys);
    }
    block_close_all();
    if (status < 0) {
        fprintf(stderr, "emu img%s%s: %s\n", c ? " " : "", c ? c->name : "", err->message);
        status = err->domain == EMU_ERROR ? err->code : EMU_ERROR_USAGE;
    }
    return status;
}
