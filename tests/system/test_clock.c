/* SPDX-License-Identifier: MIT */
/*
 * Clocks, timers and interrupt lines.
 */
#include "system/clock.h"
#include <glib.h>
#include "system/irq.h"
#include "system/lock.h"
#include "system/types.h"

static GString *fired;

static void note(void *opaque)
{
    g_string_append_printf(fired, "%s@%" G_GINT64_FORMAT " ", (const char *)opaque,
                           clock_now(CLOCK_VIRTUAL));
}

static void expect(const char *text)
{
    g_assert_cmpstr(fired->str, ==, text);
    g_string_truncate(fired, 0);
}

static void in_order_of_deadlines(void)
{
    Timer a, b, c;
    clock_init();
    clock_use_steps();
    timer_init(&a, CLOCK_VIRTUAL, note, "a");
    timer_init(&b, CLOCK_VIRTUAL, note, "b");
    timer_init(&c, CLOCK_VIRTUAL, note, "c");
    timer_set(&a, 300);
    timer_set(&b, 100);
    timer_set(&c, 300);
    g_assert_cmpint(clock_next_deadline(CLOCK_VIRTUAL), ==, 100);
    clock_step(99);
    expect("");
    clock_step(1);
    expect("b@100 ");
    g_assert_false(timer_pending(&b));
    g_assert_cmpint(timer_deadline(&a), ==, 300);
    clock_step(1000);                   /* each at its own deadline, equal ones as they were set */
    expect("a@300 c@300 ");
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, 1100);
    g_assert_cmpint(clock_next_deadline(CLOCK_VIRTUAL), ==, INT64_MAX);
}

static void set_again_and_cancel(void)
{
    Timer a, b;
    clock_init();
    clock_use_steps();
    timer_init(&a, CLOCK_VIRTUAL, note, "a");
    timer_init(&b, CLOCK_VIRTUAL, note, "b");
    timer_set(&a, 100);
    timer_set(&b, 200);
    timer_set(&a, 250);
    timer_cancel(&b);
    timer_cancel(&b);
    clock_step(220);
    expect("");
    clock_step(30);
    expect("a@250 ");
    timer_set(&a, 10);                  /* in the past: at once */
    clock_step(0);
    expect("a@250 ");
}

static Timer periodic;
static int64_t period;
static unsigned ticks;

static void tick(void *opaque)
{
    ticks++;
    timer_set(&periodic, periodic.deadline + period);
}

static void periodic_timer(void)
{
    clock_init();
    clock_use_steps();
    timer_init(&periodic, CLOCK_VIRTUAL, tick, NULL);
    period = 10;
    ticks = 0;
    timer_set(&periodic, 10);
    clock_step(105);
    g_assert_cmpuint(ticks, ==, 10);
    timer_cancel(&periodic);
}

/* A guest may program a period of nothing. */
static void period_of_nothing_ends(void)
{
    clock_init();
    clock_use_steps();
    timer_init(&periodic, CLOCK_VIRTUAL, tick, NULL);
    period = 0;
    timer_set(&periodic, 5);
    clock_step(100);
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, 100);
    timer_cancel(&periodic);
}

static void virtual_time_stands_while_stopped(void)
{
    clock_init();
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, 0);
    g_usleep(2000);
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, 0);
    clock_start();
    g_usleep(2000);
    clock_stop();
    int64_t t = clock_now(CLOCK_VIRTUAL);
    g_assert_cmpint(t, >=, 2 * NS_PER_MS);
    g_usleep(1000);
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, t);
    clock_virtual_set(5 * NS_PER_SEC);
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, 5 * NS_PER_SEC);
    Timer a;
    timer_init(&a, CLOCK_VIRTUAL, note, "a");
    timer_set(&a, 6 * NS_PER_SEC);
    g_assert_cmpint(clock_ns_to_next_deadline(), ==, -1);       /* it would never come */
    clock_start();
    g_assert_cmpint(clock_ns_to_next_deadline(), >, 0);
    g_assert_cmpint(clock_ns_to_next_deadline(), <=, NS_PER_SEC);
    timer_cancel(&a);
}

static int64_t counted(void *opaque)
{
    return *(int64_t *)opaque;
}

static unsigned n_told;

static void told(void *opaque, ClockId clock)
{
    n_told += clock == CLOCK_VIRTUAL;
}

static void counted_time(void)
{
    int64_t insns = 1000;
    Timer a, b;
    clock_init();
    clock_set_source(counted, &insns);
    g_assert_cmpint(clock_now(CLOCK_VIRTUAL), ==, 1000);
    clock_set_notify(told, NULL);
    n_told = 0;
    timer_init(&a, CLOCK_VIRTUAL, note, "a");
    timer_init(&b, CLOCK_VIRTUAL, note, "b");
    timer_set(&a, 2000);
    g_assert_cmpuint(n_told, ==, 1);
    timer_set(&b, 3000);                /* not the first: nobody need know */
    g_assert_cmpuint(n_told, ==, 1);
    timer_cancel(&a);
    g_assert_cmpuint(n_told, ==, 2);
    g_assert_false(clock_run_timers(CLOCK_VIRTUAL));
    insns = 3000;
    g_assert_true(clock_run_timers(CLOCK_VIRTUAL));
    expect("b@3000 ");
    clock_init();
}

static void time_of_day(void)
{
    clock_init();
    clock_use_steps();
    clock_rtc_set(1000 * NS_PER_SEC, true);
    g_assert_cmpint(clock_now(CLOCK_RTC), ==, 1000 * NS_PER_SEC);
    Timer a;
    timer_init(&a, CLOCK_RTC, note, "alarm");
    timer_set(&a, 1002 * NS_PER_SEC);
    clock_step(NS_PER_SEC);
    expect("");
    clock_step(NS_PER_SEC);
    expect("alarm@2000000000 ");
    clock_init();
    g_assert_cmpint(ABS(clock_now(CLOCK_RTC) / 1000 - g_get_real_time()), <, 1000000);
}

/* Under -icount nobody ran the alarms of the clock of day: neither the main loop, for they are tied to
 * counted time, nor the CPU, which asked for the virtual clock's only. */
static void counted_time_runs_alarms(void)
{
    int64_t insns = 1000;
    Timer a;
    clock_init();
    clock_set_source(counted, &insns);
    clock_rtc_set(1000 * NS_PER_SEC, true);
    clock_set_notify(told, NULL);
    n_told = 0;
    timer_init(&a, CLOCK_RTC, note, "alarm");
    timer_set(&a, 1000 * NS_PER_SEC + 500);
    g_assert_cmpuint(n_told, ==, 1);
    g_assert_cmpint(clock_next_deadline(CLOCK_VIRTUAL), ==, 1500);
    g_assert_cmpint(clock_ns_to_next_deadline(), ==, -1);
    g_assert_false(clock_run_timers(CLOCK_VIRTUAL));
    insns = 1500;
    g_assert_false(clock_run_timers(CLOCK_RTC));        /* not the main loop's */
    g_assert_true(clock_run_timers(CLOCK_VIRTUAL));
    expect("alarm@1500 ");
    clock_init();
}

static void ticks_and_back(void)
{
    g_assert_cmpuint(clock_ns_to_ticks(NS_PER_SEC, 24000000), ==, 24000000);
    for (uint64_t hz = 1; hz < 3000000000u; hz = hz * 7 + 3) {
        for (uint64_t n = 0; n < 1000000; n = n * 3 + 1) {
            int64_t ns = clock_ticks_to_ns(n, hz);
            g_assert_cmpuint(clock_ns_to_ticks(ns, hz), >=, n);
            g_assert_true(n == 0 || clock_ns_to_ticks(ns - 1, hz) < n);
        }
    }
    g_assert_cmpint(clock_ticks_to_ns(UINT64_MAX, 1), ==, INT64_MAX);
}

/* --- Lines ------------------------------------------------------------------------------------ */

static GString *levels;

static void note_level(void *opaque, int n, int level)
{
    g_string_append_printf(levels, "%s%d=%d ", (const char *)opaque, n, level);
}

static void lines_fan_out(void)
{
    IrqLine line = { 0 };
    levels = g_string_new("");
    irq_set(&line, 1);
    irq_connect(&line, (IrqSink){ note_level, "a", 3 });        /* hears that it is high */
    irq_connect(&line, (IrqSink){ note_level, "b", 0 });
    irq_set(&line, 0x80);                                       /* still high */
    g_assert_true(irq_level(&line));
    irq_lower(&line);
    irq_lower(&line);
    irq_pulse(&line);
    g_assert_cmpstr(levels->str, ==, "a3=1 b0=1 a3=0 b0=0 a3=1 b0=1 a3=0 b0=0 ");
    irq_disconnect(&line);
    g_string_free(levels, TRUE);
}

/* --- The lock --------------------------------------------------------------------------------- */

static unsigned counter;

static void *count(void *opaque)
{
    for (unsigned i = 0; i < 20000; i++) {
        machine_lock();
        g_assert_true(machine_lock_held());
        counter++;
        bool taken = machine_lock_if_free();
        g_assert_false(taken);
        machine_unlock_if(taken);
        machine_unlock();
    }
    return NULL;
}

static void lock_excludes(void)
{
    g_assert_false(machine_lock_held());
    GThread *a = g_thread_new("a", count, NULL), *b = g_thread_new("b", count, NULL);
    g_thread_join(a);
    g_thread_join(b);
    g_assert_cmpuint(counter, ==, 40000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fired = g_string_new("");
    g_test_add_func("/system/clock/in_order_of_deadlines", in_order_of_deadlines);
    g_test_add_func("/system/clock/set_again_and_cancel", set_again_and_cancel);
    g_test_add_func("/system/clock/periodic_timer", periodic_timer);
    g_test_add_func("/system/clock/period_of_nothing_ends", period_of_nothing_ends);
    g_test_add_func("/system/clock/virtual_time_stands", virtual_time_stands_while_stopped);
    g_test_add_func("/system/clock/counted_time", counted_time);
    g_test_add_func("/system/clock/time_of_day", time_of_day);
    g_test_add_func("/system/clock/counted_time_runs_alarms", counted_time_runs_alarms);
    g_test_add_func("/system/clock/ticks_and_back", ticks_and_back);
    g_test_add_func("/system/irq/lines_fan_out", lines_fan_out);
    g_test_add_func("/system/lock/excludes", lock_excludes);
    return g_test_run();
}
