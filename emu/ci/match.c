/* SPDX-License-Identifier: MIT */
/*
 * A search goes on where the last one stopped: PCRE's partial matching tells whether a match could
 * have begun in the text so far, and only then it is searched again when more has come.
 */
#include "emu/ci/match.h"

#include "system/error.h"

GRegex *match_compile(const char *option, const char *pattern, GError **err)
{
    GError *why = NULL;
    GRegex *re = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_MULTILINE | G_REGEX_OPTIMIZE, 0, &why);
    if (!*pattern) {
        fail(err, EMU_ERROR_USAGE, "%s: the regular expression is empty", option);
        g_clear_pointer(&re, g_regex_unref);
    } else if (!re) {
        fail(err, EMU_ERROR_USAGE, "%s: %s", option, why->message);
        g_error_free(why);
    }
    return re;
}

void stream_init(Stream *s)
{
    *s = (Stream){ g_string_new(NULL), 0, 0 };
}

static void drop_front(Stream *s, size_t n)
{
    g_string_erase(s->text, 0, n);
    s->used -= MIN(s->used, n);
    s->from -= MIN(s->from, n);
}

void stream_add(Stream *s, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] && text[i] != '\r') {
            g_string_append_c(s->text, text[i]);
        }
    }
    if (s->text->len > 2 * STREAM_MOST) {
        drop_front(s, s->text->len - STREAM_MOST);
    }
}

void stream_again(Stream *s)
{
    s->from = s->used;
}

bool stream_match(Stream *s, const GRegex *re, char **found)
{
    GMatchInfo *m = NULL;
    if (s->from > s->text->len) {
        return false;
    }
    bool ok = g_regex_match_full(re, s->text->str, s->text->len, s->from,
                                 G_REGEX_MATCH_PARTIAL_SOFT | G_REGEX_MATCH_NEWLINE_ANYCRLF, &m, NULL);
    if (ok) {
        int begin, end;
        g_match_info_fetch_pos(m, 0, &begin, &end);
        if (found) {
            *found = g_strndup(s->text->str + begin, end - begin);
        }
        s->used = s->from = end;
    } else if (!g_match_info_is_partial_match(m)) {
        s->from = s->text->len;
    }
    g_match_info_free(m);
    return ok;
}
