/* SPDX-License-Identifier: MIT */
/*
 * Runs the text tests beside it.  A file has cases:
 *
 *     pass NAME        the region, then `gives` and what the pass makes of it
 *     accepts          a region that parses and verifies
 *     rejects WHY      a region that parses, and that the verifier refuses for a reason that
 *                      contains WHY
 *
 * Every region of every case is also printed, parsed and printed again.
 */
#include <string.h>
#include "tcg/opt/opt.h"
#include "tests/ir/slots.h"

static void fn(void) { }
static const CallDef call_pure = { "pure2", fn, "w:ww", CALL_PURE };
static const CallDef call_pure5 = { "pure5", fn, "d:wdwdw", CALL_PURE };
static const CallDef call_sync = { "sync", fn, ":", CALL_SYNC };
static const CallDef call_reads = { "reads1", fn, ":w", CALL_READS };
static const CallDef call_exact = { "exact_fadd", fn, "S:SS", CALL_PURE };
static const CallDef *const calls[] = {
    &call_pure, &call_pure5, &call_sync, &call_reads, &call_exact,
};

static char *text_of(const IrRegion *r)
{
    GString *s = g_string_new(NULL);
    ir_format(r, s);
    return g_string_free(s, FALSE);
}

static IrRegion *parsed(const char *text)
{
    IrRegion *r = ir_region_new(test_slots, TEST_N_SLOTS, false);
    GError *err = NULL;
    if (!ir_parse(r, text, &err)) {
        g_error("%s\n%s", err->message, text);
    }
    return r;
}

/* The region in the printer's own words; the printer and the parser must agree on it. */
static IrRegion *round_trip(const char *text, char **printed)
{
    IrRegion *r = parsed(text);
    g_autofree char *once = text_of(r);
    ir_region_free(r);
    r = parsed(once);
    *printed = text_of(r);
    g_assert_cmpstr(once, ==, *printed);
    return r;
}

static IrRegion *well_formed(const char *text, char **printed)
{
    IrRegion *r = round_trip(text, printed);
    g_autofree char *why = ir_verify(r);
    if (why) {
        g_error("%s\n%s", why, text);
    }
    return r;
}

static const IrPass *find_pass(const char *name)
{
    for (const IrPass *p = ir_passes; p->name; p++) {
        if (!strcmp(p->name, name)) {
            return p;
        }
    }
    g_error("no pass '%s'", name);
}

static void check_pass(const char *name, const char *text)
{
    const char *gives = strstr(text, "\ngives\n");
    g_assert_nonnull(gives);
    g_autofree char *before = g_strndup(text, gives + 1 - text);
    g_autofree char *printed = NULL, *want = NULL;
    IrRegion *r = well_formed(before, &printed);
    IrRegion *expected = well_formed(gives + 7, &want);
    ir_run_pass(r, find_pass(name), true);
    g_autofree char *got = text_of(r);
    g_assert_cmpstr(got, ==, want);
    ir_region_free(r);
    ir_region_free(expected);
}

static void check_rejects(const char *reason, const char *text)
{
    g_autofree char *printed = NULL;
    IrRegion *r = round_trip(text, &printed);
    g_autofree char *why = ir_verify(r);
    if (!why || !strstr(why, reason)) {
        g_error("expected '%s', not '%s', of\n%s", reason, why ? why : "nothing", text);
    }
    ir_region_free(r);
}

static void run_case(gconstpointer data)
{
    const char *text = data;
    const char *body = strchr(text, '\n') + 1;
    g_autofree char *head = g_strstrip(g_strndup(text, body - text));
    if (g_str_has_prefix(head, "pass ")) {
        check_pass(head + 5, body);
    } else if (g_str_has_prefix(head, "rejects ")) {
        check_rejects(head + 8, body);
    } else {
        g_autofree char *printed = NULL;
        g_assert_cmpstr(head, ==, "accepts");
        ir_region_free(well_formed(body, &printed));
    }
}

static bool begins_case(const char *line)
{
    return g_str_has_prefix(line, "pass ") || g_str_has_prefix(line, "rejects ") ||
           g_str_has_prefix(line, "accepts");
}

/* Adds each case of a file as a test named file/number. */
static void add_file(const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) err = NULL;
    if (!g_file_get_contents(path, &text, NULL, &err)) {
        g_error("%s", err->message);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *base = g_path_get_basename(path);
    unsigned n = 0;
    for (unsigned i = 0; lines[i]; ) {
        if (!begins_case(lines[i])) {
            g_assert_true(*lines[i] == '#' || !*lines[i]);
            i++;
            continue;
        }
        GString *one = g_string_new(NULL);
        do {
            g_string_append_printf(one, "%s\n", lines[i++]);
        } while (lines[i] && !begins_case(lines[i]));
        g_autofree char *name = g_strdup_printf("/ir/%s/%u", base, ++n);
        g_test_add_data_func_full(name, g_string_free(one, FALSE), run_case, g_free);
    }
    g_assert_cmpuint(n, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ir_register_calls(calls, G_N_ELEMENTS(calls));
    for (int i = 1; i < argc; i++) {
        add_file(argv[i]);
    }
    return g_test_run();
}
