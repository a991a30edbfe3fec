/* SPDX-License-Identifier: MIT */
/*
 * The test's course: text from the serial lines drives the steps, whole lines are held against the
 * fail patterns and read as TAP, timers of the guest's clock and of the host's set the limits.
 *
 * Which status wins when things fall together: the first request.  A guest's own status other than
 * 0 always wins over "ended before the text".
 */
#include "emu/ci/ci.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "emu/ci/match.h"
#include "emu/ci/results.h"
#include "emu/ci/screen.h"
#include "emu/ci/steps.h"
#include "emu/ports.h"
#include "emu/status.h"
#include "io/ui/display.h"
#include "io/ui/typing.h"
#include "system/clock.h"
#include "system/error.h"
#include "system/lock.h"
#include "tcg/engine.h"

enum { LINE_MOST = 4096, LOG_MOST = 16 << 20 };
#define RETRY_SEND  NS_PER_MS
#define LOOK_AT_KEYS   (10 * NS_PER_MS)
#define LOOK_AT_SCREEN (100 * NS_PER_MS)

typedef struct Port {
    Stream   stream;
    GString *line;
} Port;

static struct {
    const Options *options;
    bool       active;
    CiRun      run;                     /* what the results are made of */
    unsigned   next;                    /* step */
    bool       waiting;                 /* its pause or its typing has begun */
    GPtrArray *fail_on;                 /* of GRegex */
    Port       ports[CI_SERIALS];
    int64_t    timeout, vtimeout, idle_timeout, last_text;
    Timer      step_timer, limit, idle;
    bool       stopped;
    int        status;
    char      *why;
} ci;

/* ---- the end ---- */

static void G_GNUC_PRINTF(2, 3) stop(int status, const char *fmt, ...)
{
    if (ci.stopped) {
        return;
    }
    va_list ap;
    va_start(ap, fmt);
    ci.why = g_strdup_vprintf(fmt, ap);
    va_end(ap);
    ci.stopped = true;
    ci.status = status;
    system_request(SYSTEM_STOP, status);
}

static CiStep *step(unsigned i)
{
    return &g_array_index(ci.run.steps, CiStep, i);
}

static char *waited_for(void)
{
    return ci.next < ci.run.steps->len ? step_about(step(ci.next)) : NULL;
}

/* All steps are done; with --tap the plan counts, too. */
static void stop_if_done(void)
{
    if (ci.options->tap) {
        if (tap_complete(&ci.run.tap)) {
            g_autofree char *bad = tap_failure(&ci.run.tap);
            stop(bad ? STATUS_FAILED : STATUS_OK, "%s", bad ? bad : "all tests passed");
        }
    } else if (ci.run.steps->len) {
        stop(STATUS_OK, "all that was expected has come");
    }
}

/* ---- steps ---- */

static bool do_send(CiStep *s)
{
    if (char_type(ports_serial(s->serial), s->bytes->str, s->bytes->len)) {
        return true;
    }
    timer_set(&ci.step_timer, clock_now(CLOCK_VIRTUAL) + RETRY_SEND);
    return false;
}

/* Done when the last key is up. */
static bool do_type(CiStep *s)
{
    if (!ci.waiting) {
        ci.waiting = true;
        typing_text(s->bytes->str, s->bytes->len);
    }
    if (typing_busy()) {
        timer_set(&ci.step_timer, clock_now(CLOCK_VIRTUAL) + LOOK_AT_KEYS);
        return false;
    }
    ci.waiting = false;
    return true;
}

static bool do_wait(CiStep *s)
{
    if (ci.waiting) {
        ci.waiting = false;
        return true;
    }
    ci.waiting = true;
    timer_set(&ci.step_timer, clock_now(CLOCK_VIRTUAL) + s->ns);
    return false;
}

static bool do_look(CiStep *s)
{
    g_autofree char *text = screen_text();
    if (text && g_regex_match(s->re, text, 0, NULL)) {
        return true;
    }
    timer_set(&ci.step_timer, clock_now(CLOCK_VIRTUAL) + LOOK_AT_SCREEN);
    return false;
}

static bool do_expect(CiStep *s)
{
    return stream_match(&ci.ports[s->serial].stream, s->re, NULL);
}

static void advance(void)
{
    static bool (*const act[])(CiStep *s) = {
        [STEP_EXPECT] = do_expect, [STEP_EXPECT_SCREEN] = do_look, [STEP_SEND] = do_send,
        [STEP_TYPE] = do_type, [STEP_WAIT] = do_wait,
    };
    while (!ci.stopped && ci.next < ci.run.steps->len) {
        CiStep *s = step(ci.next);
        if (timer_pending(&ci.step_timer) || !act[s->kind](s)) {
            return;
        }
        s->done = true;
        s->done_ns = clock_now(CLOCK_VIRTUAL);
        ci.next++;
        if (ci.next < ci.run.steps->len) {
            stream_again(&ci.ports[step(ci.next)->serial].stream);
        }
    }
    if (!ci.stopped) {
        stop_if_done();
    }
}

static void on_step_timer(void *opaque)
{
    advance();
}

/* ---- text ---- */

static bool check_fail_on(const char *line)
{
    for (unsigned i = 0; i < ci.fail_on->len; i++) {
        if (g_regex_match(ci.fail_on->pdata[i], line, 0, NULL)) {
            stop(STATUS_FAILED, "the guest said: %s", line);
            return true;
        }
    }
    return false;
}

static void take_line(Port *p)
{
    if (!check_fail_on(p->line->str) && ci.options->tap && p == &ci.ports[0]) {
        tap_line(&ci.run.tap, p->line->str, clock_now(CLOCK_VIRTUAL));
        if (ci.next == ci.run.steps->len) {
            stop_if_done();
        }
    }
    g_string_truncate(p->line, 0);
}

static void take_byte(Port *p, char c)
{
    if (c == '\n' || p->line->len == LINE_MOST) {
        take_line(p);
    } else if (c && c != '\r') {
        g_string_append_c(p->line, c);
    }
}

static void on_text(void *opaque, const uint8_t *buf, unsigned len)
{
    unsigned n = GPOINTER_TO_UINT(opaque);
    Port *p = &ci.ports[n];
    GString *log = ci.run.serial[n];
    if (ci.stopped) {
        return;                         /* the CPU is on its way out: no part of the run */
    }
    if (log->len > LOG_MOST) {
        g_string_erase(log, 0, LOG_MOST / 2);
    }
    g_string_append_len(log, (const char *)buf, len);
    ci.last_text = clock_now(CLOCK_VIRTUAL);
    stream_add(&p->stream, (const char *)buf, len);
    for (unsigned i = 0; i < len && !ci.stopped; i++) {
        take_byte(p, buf[i]);
    }
    if (ci.next < ci.run.steps->len && step(ci.next)->kind == STEP_EXPECT) {
        advance();
    }
}

/* ---- limits ---- */

static void stop_for_time(const char *what, int64_t ns)
{
    g_autofree char *step = waited_for();
    g_autofree char *more = step ? g_strdup_printf("; waiting for %s", step) : NULL;
    if (tcg_stuck) {
        stop(STATUS_DEAD, "the processor does nothing any more, with interrupts off, and %s of %g s "
             "is over%s", what, ns / 1e9, more ? more : "");
    } else {
        stop(STATUS_TIME, "%s of %g s is over%s", what, ns / 1e9, more ? more : "");
    }
}

static void on_limit(void *opaque)
{
    stop_for_time("--vtimeout", ci.vtimeout);
}

static void on_idle(void *opaque)
{
    int64_t end = ci.last_text + ci.idle_timeout;
    if (end > clock_now(CLOCK_VIRTUAL)) {
        timer_set(&ci.idle, end);
    } else {
        stop_for_time("the guest has said nothing, --idle-timeout", ci.idle_timeout);
    }
}

static gboolean on_timeout(gpointer unused)
{
    machine_lock();
    stop_for_time("--timeout", ci.timeout);
    machine_unlock();
    return G_SOURCE_REMOVE;
}

/* ---- from the options ---- */

static bool compile_fail_on(const char *pattern, GError **err)
{
    GRegex *re = match_compile("--fail-on", pattern, err);
    if (re) {
        g_ptr_array_add(ci.fail_on, re);
    }
    return re != NULL;
}

static const char *const panics[] = {
#define PANIC(who, pattern) pattern,
#include "emu/ci/panics.def"
};

static bool setup_patterns(const Options *o, const GPtrArray *scripts, GError **err)
{
    bool known = o->ci;
    for (unsigned i = 0; o->fail_on && i < o->fail_on->len; i++) {
        if (!strcmp(o->fail_on->pdata[i], "none")) {
            known = false;
        } else if (!compile_fail_on(o->fail_on->pdata[i], err)) {
            return false;
        }
    }
    for (unsigned i = 0; i < scripts->len; i++) {
        if (!compile_fail_on(scripts->pdata[i], err)) {
            return false;
        }
    }
    for (unsigned i = 0; known && i < ARRAY_SIZE(panics); i++) {
        if (!compile_fail_on(panics[i], err)) {
            return false;
        }
    }
    return true;
}

static bool setup_limits(const Options *o, GError **err)
{
    return (!o->timeout || parse_seconds("--timeout", o->timeout, &ci.timeout, err)) &&
           (!o->vtimeout || parse_seconds("--vtimeout", o->vtimeout, &ci.vtimeout, err)) &&
           (!o->idle_timeout ||
            parse_seconds("--idle-timeout", o->idle_timeout, &ci.idle_timeout, err));
}

/* Our parent may have died before prctl(): then it is another process already. */
static void die_with_parent(void)
{
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        raise(SIGTERM);
    }
}

bool ci_setup(const Options *o, GError **err)
{
    g_autoptr(GPtrArray) scripts = g_ptr_array_new();
    ci.options = o;
    ci.run.options = o;
    ci.run.steps = g_array_new(false, true, sizeof(CiStep));
    ci.fail_on = g_ptr_array_new();
    tap_init(&ci.run.tap);
    if (o->ci) {
        die_with_parent();
    }
    if (!steps_parse(o, ci.run.steps, scripts, err) || !setup_patterns(o, scripts, err) ||
        !setup_limits(o, err) || !results_setup(o, err)) {
        return false;
    }
    ci.active = o->ci || ci.run.steps->len || ci.fail_on->len || o->tap || ci.timeout || ci.vtimeout ||
                ci.idle_timeout || o->junit || o->artifacts;
    return true;
}

unsigned ci_serials(void)
{
    unsigned n = ci.options->ci ? 4 : 0;
    for (unsigned i = 0; i < ci.run.steps->len; i++) {
        n = MAX(n, step(i)->serial + 1);
    }
    return n;
}

/* ---- start ---- */

static bool check_steps(GError **err)
{
    for (unsigned i = 0; i < ci.run.steps->len; i++) {
        CiStep *s = step(i);
        g_autofree char *about = step_about(s);
        if ((s->kind == STEP_EXPECT_SCREEN && !screen_check(err)) ||
            (s->kind == STEP_TYPE && !screen_check_keys(s->bytes, err))) {
            g_prefix_error(err, "%s: ", about);
            return false;
        }
        if ((s->kind == STEP_EXPECT || s->kind == STEP_SEND) && !ports_serial(s->serial)) {
            return fail(err, EMU_ERROR_USAGE, "%s: serial line %u is '-serial none'", about, s->serial);
        }
        if (s->kind == STEP_SEND && s->bytes->len > char_room(ports_serial(s->serial))) {
            return fail(err, EMU_ERROR_USAGE, "%s: more than a line takes at once", about);
        }
    }
    return true;
}

/* Nobody outside can reach the guest: a dead one stays dead. */
static bool is_closed(const Options *o)
{
    return o->ci && !o->serial && !o->monitor && !o->gdb && !o->gdb_tcp && !o->nic && !o->net &&
           !o->netdev;
}

bool ci_start(GError **err)
{
    const Options *o = ci.options;
    if (!check_steps(err)) {
        return false;
    }
    if (o->screenshot && !display_first()) {
        return fail(err, EMU_ERROR_USAGE, "--screenshot: this board has no screen");
    }
    for (unsigned i = 0; i < CI_SERIALS; i++) {
        stream_init(&ci.ports[i].stream);
        ci.ports[i].line = g_string_new(NULL);
        ci.run.serial[i] = g_string_new(NULL);
        if (ci.active && ports_serial(i)) {
            char_set_tap(ports_serial(i), on_text, GUINT_TO_POINTER(i));
        }
    }
    tcg_closed = is_closed(o);
    timer_init(&ci.step_timer, CLOCK_VIRTUAL, on_step_timer, NULL);
    timer_init(&ci.limit, CLOCK_VIRTUAL, on_limit, NULL);
    timer_init(&ci.idle, CLOCK_VIRTUAL, on_idle, NULL);
    machine_lock();
    if (ci.vtimeout) {
        timer_set(&ci.limit, ci.vtimeout);
    }
    if (ci.idle_timeout) {
        timer_set(&ci.idle, ci.idle_timeout);
    }
    if (ci.run.steps->len) {
        advance();
    }
    machine_unlock();
    if (ci.timeout) {
        g_timeout_add(MAX(ci.timeout / NS_PER_MS, 1), on_timeout, NULL);
    }
    return true;
}

/* ---- what the end means ---- */

/* The guest ended by itself and found all well. */
static int end_of_guest(const char *how, char **why)
{
    for (unsigned i = 0; i < CI_SERIALS && ci.active; i++) {
        if (ci.ports[i].line->len) {
            take_line(&ci.ports[i]);
        }
    }
    if (ci.stopped) {
        *why = g_strdup(ci.why);
        return ci.status;
    }
    g_autofree char *step = waited_for();
    if (step) {
        *why = g_strdup_printf("the guest %s before: %s", how, step);
        return STATUS_ENDED;
    }
    char *bad = ci.options->tap ? tap_failure(&ci.run.tap) : NULL;
    *why = bad ? bad : g_strdup_printf("the guest %s", how);
    return bad ? STATUS_FAILED : STATUS_OK;
}

int ci_end(SystemRequest request, int code, char **why)
{
    switch (request) {
    case SYSTEM_STOP:
        *why = g_strdup(ci.why ? ci.why : "stopped");
        return ci.status;
    case SYSTEM_EXIT:
        *why = g_strdup_printf("the guest's program ended with status %d", code);
        return code ? code : end_of_guest("ended", why);
    case SYSTEM_POWEROFF:
        return end_of_guest("powered off", why);
    case SYSTEM_RESET:
        *why = g_strdup("the guest rebooted");
        return ci.options->ci ? STATUS_REBOOTED : end_of_guest("rebooted", why);
    case SYSTEM_FATAL:
        *why = g_strdup("the processor faults in its own fault handler, for ever");
        return STATUS_FATAL;
    case SYSTEM_DEAD:
        *why = g_strdup("nothing can wake the guest: it waits or spins, and no interrupt will come");
        return STATUS_DEAD;
    }
    return STATUS_SOFTWARE;
}

int ci_finish(Machine *m, int status, const char *why)
{
    ci.run.status = status;
    ci.run.why = why;
    ci.run.next = ci.next;
    ci.run.machine = m;
    return results_write(&ci.run);
}
