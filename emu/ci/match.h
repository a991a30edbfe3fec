/* SPDX-License-Identifier: MIT */
/* Regular expressions over text that comes byte by byte. */
#ifndef EMU_CI_MATCH_H
#define EMU_CI_MATCH_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Text of one port that no expectation has used yet, and how far the present one has searched. */
typedef struct Stream {
    GString *text;
    size_t   used;              /* by earlier matches */
    size_t   from;              /* no match of the present one begins before */
} Stream;

enum { STREAM_MOST = 64 * 1024 };   /* a match lies within so many bytes */

/* Lines end in '\n', in '\r' or both: '^' and '$' match there; '.' matches no line end. */
GRegex *match_compile(const char *option, const char *pattern, GError **err);

void stream_init(Stream *s);
/* Adds text; carriage returns and zero bytes are left out. */
void stream_add(Stream *s, const char *text, size_t len);
/* Does it match in what has not been used?  Then what was matched and all before it are used; the
 * matched text is *found when that is not NULL. */
bool stream_match(Stream *s, const GRegex *re, char **found);
/* Another pattern is searched for now. */
void stream_again(Stream *s);

#endif
