/* SPDX-License-Identifier: MIT */
/*
 * Clocks and timers.
 *
 * Each clock keeps its timers in a list sorted by deadline: a machine has a few dozen, most set
 * near the front, so a list beats a heap.  The virtual clock on the host's source is one word,
 * an offset and a flag, so that any thread reads it without a lock.
 */
#include "system/clock.h"
#include <glib.h>
#include <time.h>
#include "system/types.h"

static Timer *timers[N_CLOCKS];
static void (*notify)(void *opaque, ClockId clock);
static void *notify_opaque;

static int64_t base;                    /* (ns << 1) | running; running adds the host's clock */
static int64_t (*source)(void *opaque);
static void *source_opaque;
static bool stepped;
static int64_t stepped_now;

static int64_t rtc_offset;              /* to the host's time of day, or to the virtual clock */
static bool rtc_follows_virtual;

static int64_t host_ns(clockid_t id)
{
    struct timespec ts;
    clock_gettime(id, &ts);
    return ts.tv_sec * NS_PER_SEC + ts.tv_nsec;
}

static int64_t virtual_now(void)
{
    if (stepped) {
        return __atomic_load_n(&stepped_now, __ATOMIC_RELAXED);
    }
    int64_t (*fn)(void *) = __atomic_load_n(&source, __ATOMIC_ACQUIRE);
    if (fn) {
        return fn(source_opaque);
    }
    int64_t b = __atomic_load_n(&base, __ATOMIC_RELAXED);
    return (b >> 1) + (b & 1 ? host_ns(CLOCK_MONOTONIC) : 0);
}

int64_t clock_now(ClockId clock)
{
    switch (clock) {
    case CLOCK_VIRTUAL:
        return virtual_now();
    case CLOCK_HOST:
        return host_ns(CLOCK_MONOTONIC);
    default:
        return rtc_offset + (rtc_follows_virtual || stepped ? virtual_now()
                                                            : host_ns(CLOCK_REALTIME));
    }
}

static void set_base(int64_t ns, bool running)
{
    int64_t b = running ? ns - host_ns(CLOCK_MONOTONIC) : ns;
    __atomic_store_n(&base, (int64_t)((uint64_t)b << 1) | running, __ATOMIC_RELAXED);
}

/* Counted time that the time of day follows: its timers are the virtual clock's to run. */
static bool rtc_is_counted(void)
{
    return clock_counted() && rtc_follows_virtual;
}

static void tell(ClockId clock)
{
    if (notify) {
        notify(notify_opaque, clock == CLOCK_RTC && rtc_is_counted() ? CLOCK_VIRTUAL : clock);
    }
}

void clock_start(void)
{
    if (!(base & 1)) {
        set_base(base >> 1, true);
        tell(CLOCK_VIRTUAL);
    }
}

void clock_stop(void)
{
    if (base & 1) {
        set_base((base >> 1) + host_ns(CLOCK_MONOTONIC), false);
        tell(CLOCK_VIRTUAL);
    }
}

bool clock_running(void)
{
    return base & 1;
}

void clock_virtual_set(int64_t ns)
{
    stepped_now = ns;
    set_base(ns, base & 1);
    tell(CLOCK_VIRTUAL);
}

void clock_set_source(int64_t (*now)(void *opaque), void *opaque)
{
    source_opaque = opaque;
    __atomic_store_n(&source, now, __ATOMIC_RELEASE);
    tell(CLOCK_VIRTUAL);
}

bool clock_counted(void)
{
    return __atomic_load_n(&source, __ATOMIC_ACQUIRE) != NULL;
}

void clock_use_steps(void)
{
    stepped_now = virtual_now();
    stepped = true;
}

void clock_rtc_set(int64_t now_ns, bool follows_virtual)
{
    rtc_follows_virtual = follows_virtual;
    rtc_offset = 0;
    rtc_offset = now_ns - clock_now(CLOCK_RTC);
    tell(CLOCK_RTC);
}

void clock_set_notify(void (*fn)(void *opaque, ClockId clock), void *opaque)
{
    notify = fn;
    notify_opaque = opaque;
}

void clock_init(void)
{
    for (unsigned c = 0; c < N_CLOCKS; c++) {
        while (timers[c]) {
            timer_cancel(timers[c]);
        }
    }
    base = stepped_now = rtc_offset = 0;
    stepped = rtc_follows_virtual = false;
    source = NULL;
    notify = NULL;
}

/* --- Timers ----------------------------------------------------------------------------------- */

void timer_init(Timer *t, ClockId clock, TimerCb cb, void *opaque)
{
    *t = (Timer){ .clock = clock, .cb = cb, .opaque = opaque };
}

static void unlink_timer(Timer *t)
{
    Timer **p = &timers[t->clock];
    while (*p != t) {
        p = &(*p)->next;
    }
    *p = t->next;
    t->pending = false;
}

void timer_set(Timer *t, int64_t deadline_ns)
{
    g_assert(t->cb);
    int64_t first = clock_next_deadline(t->clock);
    if (t->pending) {
        unlink_timer(t);
    }
    Timer **p = &timers[t->clock];
    while (*p && (*p)->deadline <= deadline_ns) {
        p = &(*p)->next;
    }
    t->deadline = deadline_ns;
    t->next = *p;
    t->pending = true;
    *p = t;
    if (clock_next_deadline(t->clock) != first) {
        tell(t->clock);
    }
}

void timer_cancel(Timer *t)
{
    if (!t->pending) {
        return;
    }
    bool was_first = timers[t->clock] == t;
    unlink_timer(t);
    if (was_first) {
        tell(t->clock);
    }
}

/* A callback may set any timer, also into the past, so rounds are bounded: a guest that programs a
 * period of nothing keeps the main loop busy but does not hold it. */
enum { MOST_ROUNDS = 1000 };

static bool run_list(ClockId clock)
{
    int64_t now = clock_now(clock);
    bool any = false;
    for (unsigned left = MOST_ROUNDS; left > 0; left--) {
        Timer *t = timers[clock];
        if (!t || t->deadline > now) {
            break;
        }
        unlink_timer(t);
        t->cb(t->opaque);
        any = true;
    }
    if (any) {
        tell(clock);
    }
    return any;
}

bool clock_run_timers(ClockId clock)
{
    if (clock == CLOCK_HOST || !rtc_is_counted()) {
        return run_list(clock);
    }
    return clock == CLOCK_VIRTUAL && run_list(CLOCK_VIRTUAL) | run_list(CLOCK_RTC);
}

int64_t clock_next_deadline(ClockId clock)
{
    int64_t first = timers[clock] ? timers[clock]->deadline : INT64_MAX;
    if (clock == CLOCK_VIRTUAL && timers[CLOCK_RTC] && rtc_is_counted()) {
        first = MIN(first, timers[CLOCK_RTC]->deadline - rtc_offset);
    }
    return first;
}

static bool follows_host(ClockId clock)
{
    bool tied = clock == CLOCK_VIRTUAL || (clock == CLOCK_RTC && rtc_follows_virtual);
    return !tied || (!stepped && !source && clock_running());
}

int64_t clock_ns_to_next_deadline(void)
{
    int64_t least = -1;
    for (unsigned c = 0; c < N_CLOCKS; c++) {
        if (timers[c] && follows_host(c)) {
            int64_t now = clock_now(c);
            int64_t ns = timers[c]->deadline > now ? timers[c]->deadline - now : 0;
            least = least < 0 ? ns : MIN(least, ns);
        }
    }
    return least;
}

/* CLOCK_RTC moves along while stepped: its timers count on the same ruler. */
static int64_t next_stepped_deadline(void)
{
    int64_t next = clock_next_deadline(CLOCK_VIRTUAL);
    int64_t rtc = clock_next_deadline(CLOCK_RTC);
    return rtc == INT64_MAX ? next : MIN(next, rtc - rtc_offset);
}

void clock_step(int64_t ns)
{
    g_assert(stepped);
    int64_t end = stepped_now + ns, next;
    unsigned standing = 0;              /* rounds in which time did not move */
    while ((next = next_stepped_deadline()) <= end && standing++ < MOST_ROUNDS) {
        if (next > stepped_now) {
            stepped_now = next;
            standing = 0;
        }
        clock_run_timers(CLOCK_VIRTUAL);
        clock_run_timers(CLOCK_RTC);
    }
    stepped_now = end;
}
