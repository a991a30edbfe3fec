/* SPDX-License-Identifier: MIT */
/*
 * JUnit XML in the shape that CI services read (Jenkins' junit-10.xsd): one suite; its cases are the
 * guest's TAP results, or else the expected texts, and one case for the run as a whole.
 */
#include "emu/ci/results.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "emu/ci/screen.h"
#include "emu/ports.h"
#include "emu/report.h"
#include "emu/setup.h"
#include "emu/status.h"
#include "io/ui/display.h"
#include "system/clock.h"
#include "system/error.h"
#include "system/lock.h"

static bool failed_to_write;

static void complain(const char *what, GError *err)
{
    fprintf(stderr, "emu: %s: %s\n", what, err->message);
    g_error_free(err);
    failed_to_write = true;
}

static void save(const char *what, const char *path, const GString *text)
{
    GError *err = NULL;
    if (!g_file_set_contents(path, text->str, text->len, &err)) {
        complain(what, err);
    }
}

/* ---- screenshots ---- */

/* "FILE", "FILE@end", "FILE@fail": the file's name, and whether it is for failures only. */
static char *screenshot_path(const char *spec, bool *fail_only)
{
    bool end = g_str_has_suffix(spec, "@end");
    *fail_only = g_str_has_suffix(spec, "@fail");
    return g_strndup(spec, strlen(spec) - (end ? 4 : *fail_only ? 5 : 0));
}

static void screenshots(const CiRun *run)
{
    const GPtrArray *list = run->options->screenshot;
    for (unsigned i = 0; list && i < list->len; i++) {
        bool fail_only;
        g_autofree char *path = screenshot_path(list->pdata[i], &fail_only);
        if ((!fail_only || run->status) && !ports_screenshot(path)) {
            failed_to_write = true;
        }
    }
}

/* ---- JUnit ---- */

/* XML 1.0 has no place for most control characters, and text of the guest may be anything. */
static void add_escaped(GString *out, const char *text, size_t len)
{
    g_autofree char *valid = g_utf8_make_valid(text, len);
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '&') {
            g_string_append(out, "&amp;");
        } else if (c == '<') {
            g_string_append(out, "&lt;");
        } else if (c == '>') {
            g_string_append(out, "&gt;");
        } else if (c == '"') {
            g_string_append(out, "&quot;");
        } else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff) {
            g_string_append(out, c == '\r' ? "" : "?");
        } else {
            g_string_append_unichar(out, c);
        }
    }
}

static void add_attribute(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, " %s=\"", name);
    add_escaped(out, value, strlen(value));
    g_string_append_c(out, '"');
}

typedef struct Suite {
    GString *cases;
    unsigned n, failures, skipped;
    char    *name;
} Suite;

enum { PASSED, FAILED, SKIPPED };

static void add_case(Suite *s, const char *name, double seconds, int result, const char *text)
{
    static const char *const tags[] = { NULL, "failure", "skipped" };
    s->n++;
    s->failures += result == FAILED;
    s->skipped += result == SKIPPED;
    g_string_append(s->cases, "    <testcase");
    add_attribute(s->cases, "classname", s->name);
    add_attribute(s->cases, "name", name);
    g_string_append_printf(s->cases, " time=\"%.3f\"", seconds);
    if (!tags[result]) {
        g_string_append(s->cases, "/>\n");
        return;
    }
    g_string_append_printf(s->cases, "><%s", tags[result]);
    add_attribute(s->cases, "message", text ? text : "");
    g_string_append(s->cases, "/></testcase>\n");
}

static void add_tap_cases(Suite *s, const Tap *tap)
{
    int64_t before = 0;
    for (unsigned i = 0; i < tap->cases->len; i++) {
        const TapCase *c = &g_array_index(tap->cases, TapCase, i);
        add_case(s, c->name, (c->at_ns - before) / 1e9, !c->ok ? FAILED : c->skipped ? SKIPPED : PASSED,
                 c->skipped ? c->skipped : "not ok");
        before = c->at_ns;
    }
}

static void add_steps(Suite *s, const CiRun *run)
{
    int64_t before = 0;
    for (unsigned i = 0; i < run->steps->len; i++) {
        const CiStep *step = &g_array_index(run->steps, CiStep, i);
        g_autofree char *about = step_about(step);
        if (step->kind != STEP_EXPECT && step->kind != STEP_EXPECT_SCREEN) {
            continue;
        }
        add_case(s, about, step->done ? (step->done_ns - before) / 1e9 : 0,
                 step->done ? PASSED : i == run->next ? FAILED : SKIPPED,
                 i == run->next ? run->why : "an earlier one did not come");
        before = step->done ? step->done_ns : before;
    }
}

static void write_junit(const CiRun *run, const char *path)
{
    const char *name = setup_name(run->options);
    Suite s = { .cases = g_string_new(NULL) };
    s.name = g_strdup(name ? name : run->machine->class->name);
    if (run->options->tap) {
        add_tap_cases(&s, &run->tap);
    } else {
        add_steps(&s, run);
    }
    double seconds = clock_now(CLOCK_VIRTUAL) / 1e9;
    g_autofree char *verdict = g_strdup_printf("status %d: %s", run->status, run->why);
    add_case(&s, "run", seconds, run->status ? FAILED : PASSED, verdict);
    GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                                "  <testsuite");
    add_attribute(out, "name", s.name);
    g_string_append_printf(out, " tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\" "
                           "time=\"%.3f\">\n", s.n, s.failures, s.skipped, seconds);
    g_string_append(out, s.cases->str);
    g_string_append(out, "    <system-out>");
    add_escaped(out, run->serial[0]->str, run->serial[0]->len);
    g_string_append(out, "</system-out>\n  </testsuite>\n</testsuites>\n");
    save("--junit", path, out);
    g_string_free(out, true);
    g_string_free(s.cases, true);
    g_free(s.name);
}

/* ---- artifacts ---- */

static void save_in(const char *dir, const char *name, const GString *text)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    save("--artifacts", path, text);
}

static void save_command(const CiRun *run, const char *dir)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < run->options->argc; i++) {
        g_autofree char *word = g_shell_quote(run->options->argv[i]);
        g_string_append_printf(text, "%s%s", i ? " " : "", word);
    }
    g_string_append_c(text, '\n');
    save_in(dir, "command.sh", text);
}

static void save_report(const CiRun *run, const char *dir)
{
    char *bytes;
    size_t len;
    FILE *f = open_memstream(&bytes, &len);
    report_write(f, run->machine, run->status, run->why);
    fclose(f);
    g_autoptr(GString) text = g_string_new_len(bytes, len);
    free(bytes);
    save_in(dir, "report.txt", text);
}

/* When there is text on it. */
static void save_screen_text(const char *dir)
{
    machine_lock();
    g_autofree char *text = screen_text();
    machine_unlock();
    if (text) {
        g_autoptr(GString) s = g_string_new(text);
        save_in(dir, "screen.txt", s);
    }
}

static void write_artifacts(const CiRun *run, const char *dir)
{
    for (unsigned i = 0; i < CI_SERIALS; i++) {
        g_autofree char *name = g_strdup_printf("serial%u.log", i);
        if (i == 0 || run->serial[i]->len) {
            save_in(dir, name, run->serial[i]);
        }
    }
    if (display_first()) {
        g_autofree char *path = g_build_filename(dir, "screen.png", NULL);
        failed_to_write |= !ports_screenshot(path);
        save_screen_text(dir);
    }
    save_command(run, dir);
    save_report(run, dir);
}

/* What the guest last said to people. */
static void print_screen(FILE *f)
{
    machine_lock();
    g_autofree char *text = screen_text();
    machine_unlock();
    g_auto(GStrv) lines = g_strsplit(text ? g_strchomp(text) : "", "\n", -1);
    for (char **line = lines; *line; line++) {
        fprintf(f, "%s  | %s\n", line == lines ? "on the screen:\n" : "", *line);
    }
}

/* ---- the whole ---- */

static bool check_writable(const char *option, const char *path, GError **err)
{
    g_autofree char *dir = g_path_get_dirname(path);
    struct stat st;
    if (!*path) {
        return fail(err, EMU_ERROR_USAGE, "%s: the file's name is empty", option);
    }
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return fail(err, EMU_ERROR_OSERR, "%s: '%s' is a directory", option, path);
    }
    if (access(dir, W_OK) < 0) {
        fail(err, EMU_ERROR_OSERR, "%s: cannot write '%s': %s", option, path, g_strerror(errno));
        return false;
    }
    return true;
}

bool results_setup(const Options *o, GError **err)
{
    for (unsigned i = 0; o->screenshot && i < o->screenshot->len; i++) {
        bool fail_only;
        g_autofree char *path = screenshot_path(o->screenshot->pdata[i], &fail_only);
        if (!check_writable("--screenshot", path, err)) {
            return false;
        }
    }
    if (o->junit && !check_writable("--junit", o->junit, err)) {
        return false;
    }
    if (o->artifacts && (!*o->artifacts || g_mkdir_with_parents(o->artifacts, 0777) < 0 ||
                         access(o->artifacts, W_OK) < 0)) {
        return fail(err, EMU_ERROR_OSERR, "--artifacts: cannot make the folder '%s': %s", o->artifacts,
                    g_strerror(*o->artifacts ? errno : ENOENT));
    }
    return true;
}

int results_write(const CiRun *run)
{
    const Options *o = run->options;
    screenshots(run);
    if (o->junit) {
        write_junit(run, o->junit);
    }
    if (o->artifacts) {
        write_artifacts(run, o->artifacts);
    }
    if (run->status) {
        report_write(stderr, run->machine, run->status, run->why);
        print_screen(stderr);
    }
    return run->status ? run->status : failed_to_write ? STATUS_OSERR : STATUS_OK;
}
