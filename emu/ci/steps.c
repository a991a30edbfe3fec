/* SPDX-License-Identifier: MIT */
/*
 * The dialogue with the guest.  On the command line: --expect[@serialN|@screen] RE,
 * --send[@serialN] TEXT, --script FILE.  In a script, one step a line:
 *
 *     # a remark
 *     expect login:
 *     send root\n
 *     expect@serial1 ready
 *     wait 0.5
 *     fail-on segfault
 *
 * The argument is the rest of the line after one space.
 */
#include "emu/ci/steps.h"

#include <string.h>
#include "emu/ci/match.h"
#include "system/error.h"

/* ---- escapes ---- */

static bool escape(const char **p, GString *out)
{
    static const char letters[] = "nrtabefv0\\'\"", bytes[] = "\n\r\t\a\b\033\f\v\0\\'\"";
    const char *at = **p ? strchr(letters, **p) : NULL;
    if (at) {
        g_string_append_c(out, bytes[at - letters]);
        (*p)++;
        return true;
    }
    if (**p == 'x' && g_ascii_isxdigit((*p)[1]) && g_ascii_isxdigit((*p)[2])) {
        g_string_append_c(out, g_ascii_xdigit_value((*p)[1]) << 4 | g_ascii_xdigit_value((*p)[2]));
        *p += 3;
        return true;
    }
    return false;
}

static GString *unescape(const char *where, const char *text, GError **err)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p;) {
        if (*p != '\\') {
            g_string_append_c(out, *p++);
            continue;
        }
        p++;
        if (!escape(&p, out)) {
            fail(err, EMU_ERROR_USAGE, "%s: '%s': no such escape: '\\%.1s' (there are \\n \\r \\t \\a "
                 "\\b \\e \\f \\v \\0 \\\\ \\xHH)", where, text, p);
            g_string_free(out, true);
            return NULL;
        }
    }
    return out;
}

/* ---- steps ---- */

static bool parse_place(const char *where, const char *place, CiStep *s, GError **err)
{
    guint64 n;
    if (!place) {
        return true;
    }
    if (!strcmp(place, "screen")) {
        s->kind = s->kind == STEP_EXPECT ? STEP_EXPECT_SCREEN : STEP_TYPE;
        return true;
    }
    if (!g_str_has_prefix(place, "serial") ||
        !g_ascii_string_to_unsigned(place + strlen("serial"), 10, 0, CI_SERIALS - 1, &n, NULL)) {
        return fail(err, EMU_ERROR_USAGE, "%s: there is no place '@%s': @serial0 to @serial%d, @screen",
                    where, place, CI_SERIALS - 1);
    }
    s->serial = n;
    return true;
}

static bool add_step(const char *where, StepKind kind, const char *place, const char *value,
                     GArray *steps, GError **err)
{
    CiStep s = { .kind = kind, .text = g_strdup(value) };
    if (!parse_place(where, place, &s, err)) {
        return false;
    }
    if (kind == STEP_EXPECT) {
        s.re = match_compile(where, value, err);
    } else if (kind == STEP_SEND) {
        s.bytes = unescape(where, value, err);
    } else if (!parse_seconds(where, value, &s.ns, err)) {
        return false;
    }
    if ((kind == STEP_EXPECT && !s.re) || (kind == STEP_SEND && !s.bytes)) {
        return false;
    }
    g_array_append_val(steps, s);
    return true;
}

/* ---- scripts ---- */

static bool script_line(const char *where, char *line, GArray *steps, GPtrArray *fail_on, GError **err)
{
    static const char *const words[] = { "expect", "send", "wait", "fail-on", NULL };
    char *value = strchr(line, ' ');
    if (value) {
        *value++ = 0;
    }
    char *place = strchr(line, '@');
    if (place) {
        *place++ = 0;
    }
    if (!g_strv_contains(words, line)) {
        fail_unknown(err, "step", line, words);
        g_prefix_error(err, "%s: ", where);
        return false;
    }
    if (!value || !*value) {
        return fail(err, EMU_ERROR_USAGE, "%s: '%s' needs an argument", where, line);
    }
    if (!strcmp(line, "fail-on")) {
        g_ptr_array_add(fail_on, g_strdup(value));
        return true;
    }
    StepKind kind = *line == 'e' ? STEP_EXPECT : *line == 's' ? STEP_SEND : STEP_WAIT;
    if (kind == STEP_WAIT && place) {
        return fail(err, EMU_ERROR_USAGE, "%s: 'wait' takes no '@%s'", where, place);
    }
    return add_step(where, kind, place, value, steps, err);
}

static bool read_script(const char *path, GArray *steps, GPtrArray *fail_on, GError **err)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) why = NULL;
    size_t len;
    if (!g_file_get_contents(path, &text, &len, &why)) {
        return fail(err, EMU_ERROR_NOINPUT, "--script: %s", why->message);
    }
    if (memchr(text, 0, len)) {
        return fail(err, EMU_ERROR_DATA, "--script: '%s' is not a text", path);
    }
    unsigned before = steps->len + fail_on->len;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; lines[i]; i++) {
        g_autofree char *where = g_strdup_printf("%s:%u", path, i + 1);
        char *line = lines[i] + strspn(lines[i], " \t");
        size_t n = strlen(line);
        if (n && line[n - 1] == '\r') {
            line[n - 1] = 0;
        }
        if (*line && *line != '#' && !script_line(where, line, steps, fail_on, err)) {
            return false;
        }
    }
    return steps->len + fail_on->len > before ||
           fail(err, EMU_ERROR_DATA, "--script: '%s' has no steps", path);
}

bool steps_parse(const Options *o, GArray *steps, GPtrArray *fail_on, GError **err)
{
    for (unsigned i = 0; o->steps && i < o->steps->len; i++) {
        const OptionStep *s = &g_array_index(o->steps, OptionStep, i);
        bool ok;
        if (!strcmp(s->name, "script")) {
            ok = s->place ? fail(err, EMU_ERROR_USAGE, "--script takes no '@%s'", s->place)
                          : read_script(s->value, steps, fail_on, err);
        } else {
            bool send = !strcmp(s->name, "send");
            ok = add_step(send ? "--send" : "--expect", send ? STEP_SEND : STEP_EXPECT, s->place,
                          s->value, steps, err);
        }
        if (!ok) {
            return false;
        }
    }
    return true;
}

char *step_about(const CiStep *s)
{
    static const char *const names[] = { "expect", "expect", "send", "send", "wait" };
    if (s->kind == STEP_EXPECT_SCREEN || s->kind == STEP_TYPE) {
        return g_strdup_printf("%s@screen '%s'", names[s->kind], s->text);
    }
    return s->serial ? g_strdup_printf("%s@serial%u '%s'", names[s->kind], s->serial, s->text)
                     : g_strdup_printf("%s '%s'", names[s->kind], s->text);
}
