/* SPDX-License-Identifier: MIT */
/*
 * TAP version 14 (testanything.org) and the kernel's dialect, KTAP (Documentation/dev-tools/ktap):
 * plans, results, SKIP and TODO, "Bail out!", subtests by indentation.  YAML blocks and other lines
 * are left alone.
 */
#include "emu/ci/tap.h"

#include <string.h>

enum { MOST_CASES = 100000 };

void tap_init(Tap *t)
{
    *t = (Tap){ .cases = g_array_new(false, true, sizeof(TapCase)) };
}

/* "[    1.234567] " of printk with times. */
static const char *after_timestamp(const char *line)
{
    const char *p = line;
    if (*p++ != '[') {
        return line;
    }
    while (*p == ' ' || g_ascii_isdigit(*p) || *p == '.') {
        p++;
    }
    return p[0] == ']' && p[1] == ' ' ? p + 2 : line;
}

static bool parse_plan(Tap *t, const char *p)
{
    char *end;
    if (!g_str_has_prefix(p, "1..") || !g_ascii_isdigit(p[3])) {
        return false;
    }
    guint64 n = g_ascii_strtoull(p + 3, &end, 10);
    if (*end && *end != ' ') {
        return false;
    }
    t->has_plan = true;
    t->planned = MIN(n, G_MAXUINT);
    return true;
}

/* The word after '#', and what stands behind it. */
static char *directive(char *text, const char *word)
{
    char *hash = strstr(text, " # ");
    if (!hash && text[0] == '#') {
        hash = text;
    }
    if (!hash) {
        return NULL;
    }
    char *p = hash + (*hash == ' ') + 1;
    p += strspn(p, " ");
    if (g_ascii_strncasecmp(p, word, strlen(word))) {
        return NULL;
    }
    *hash = 0;
    p += strlen(word);
    return p + strspn(p, " :");
}

static void parse_result(Tap *t, const char *p, bool ok, bool outermost, int64_t now_ns)
{
    p += strspn(p, " ");
    p += strspn(p, "0123456789");
    p += strspn(p, " -");
    g_autofree char *text = g_strdup(p);
    char *skip = directive(text, "skip"), *todo = skip ? NULL : directive(text, "todo");
    TapCase c = {
        .ok = ok || todo, .skipped = skip ? g_strdup(skip) : NULL, .at_ns = now_ns,
        .name = *g_strstrip(text) ? g_strdup(text) : g_strdup_printf("test %u", t->cases->len + 1),
    };
    t->seen += outermost;
    if (t->cases->len < MOST_CASES) {
        g_array_append_val(t->cases, c);
    }
}

void tap_line(Tap *t, const char *line, int64_t now_ns)
{
    const char *p = after_timestamp(line);
    bool outermost = *p != ' ' && *p != '\t';
    p += strspn(p, " \t");
    if (outermost && parse_plan(t, p)) {
        return;
    }
    bool ok = g_str_has_prefix(p, "ok"), not_ok = g_str_has_prefix(p, "not ok");
    const char *rest = p + (ok ? 2 : 6);
    if ((ok || not_ok) && (!*rest || *rest == ' ')) {
        parse_result(t, rest, ok, outermost, now_ns);
    } else if (g_str_has_prefix(p, "Bail out!") && !t->bailed) {
        t->bailed = true;
        t->bail = g_strdup(p);
    }
}

bool tap_complete(const Tap *t)
{
    return t->bailed || (t->has_plan && t->seen >= t->planned);
}

char *tap_failure(const Tap *t)
{
    unsigned failed = 0;
    const char *first = NULL;
    for (unsigned i = 0; i < t->cases->len; i++) {
        const TapCase *c = &g_array_index(t->cases, TapCase, i);
        if (!c->ok) {
            first = first ? first : c->name;
            failed++;
        }
    }
    if (t->bailed) {
        return g_strdup_printf("the tests gave up: %s", t->bail);
    }
    if (failed) {
        return g_strdup_printf("%u of %u tests failed, first '%s'", failed, t->cases->len, first);
    }
    if (!t->has_plan) {
        return g_strdup(t->cases->len ? "the guest's TAP has no plan (1..N)" : "the guest printed no "
                        "TAP");
    }
    if (t->seen != t->planned) {
        return g_strdup_printf("%u tests were planned, %u came", t->planned, t->seen);
    }
    return NULL;
}
