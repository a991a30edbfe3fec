/* SPDX-License-Identifier: MIT */
/* The command line, as options.def declares it. */
#ifndef EMU_OPTIONS_H
#define EMU_OPTIONS_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* An option whose place among the others counts: --expect, --send, --script. */
typedef struct OptionStep {
    const char *name;                   /* "expect" */
    const char *place;                  /* of expect@serial1; NULL: none given */
    const char *value;
} OptionStep;

typedef struct Options {
#define OPT(field, kind, ...) OPT_FIELD_##kind(field)
#define OPT_FIELD_FLAG(field)   bool field;
#define OPT_FIELD_TEXT(field)   const char *field;
#define OPT_FIELD_LIST(field)   GPtrArray *field;       /* of const char *, or NULL */
#define OPT_FIELD_ACTION(field) bool field;
#define OPT_FIELD_STEP(field)
#include "emu/options.def"
    GArray     *steps;                  /* of OptionStep, or NULL */
    const char *image;                  /* the argument that is no option */
    int         argc;                   /* the command line itself: reports repeat it */
    char      **argv;
} Options;

/* Strings are borrowed from argv. */
bool options_parse(Options *o, int argc, char **argv, GError **err);
void options_usage(FILE *f);
void options_help(void);

/* "128", "64M", "1G": bytes; a plain number counts MiB. */
bool parse_size(const char *text, guint64 *bytes, GError **err);
/* "2.5": seconds, more than 0. */
bool parse_seconds(const char *option, const char *text, gint64 *ns, GError **err);

#endif
