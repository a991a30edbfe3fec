/* SPDX-License-Identifier: MIT */
/* The command line, as options.def declares it. */
#ifndef EMU_OPTIONS_H
#define EMU_OPTIONS_H

#include <glib.h>
#include <stdbool.h>

typedef struct Options {
#define OPT_FLAG   bool
#define OPT_TEXT   const char *
#define OPT_LIST   GPtrArray *          /* of const char *, or NULL */
#define OPT_ACTION bool
#define OPT(field, kind, ...) OPT_##kind field;
#include "emu/options.def"
    const char *image;                  /* the argument that is no option */
} Options;

/* Strings are borrowed from argv. */
bool options_parse(Options *o, int argc, char **argv, GError **err);
void options_help(void);

/* "128", "64M", "1G": bytes; a plain number counts MiB. */
bool parse_size(const char *text, guint64 *bytes, GError **err);

#endif
