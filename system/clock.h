/* SPDX-License-Identifier: MIT */
/*
 * Clocks and timers, in nanoseconds.
 *
 * CLOCK_VIRTUAL is the guest's time: it starts at 0 and stands still while the machine is stopped.
 * It has one of three sources: the host's monotonic clock; a function (instructions counted by
 * the engine, under -icount); or steps made by hand (tests), when it moves only in clock_step().
 * CLOCK_HOST is the host's monotonic clock, and CLOCK_RTC the time of day since 1970 (UTC), which a
 * machine may offset or tie to CLOCK_VIRTUAL.
 *
 * Timers run and change under the machine lock; clock_now() may be called without it.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum { CLOCK_VIRTUAL, CLOCK_HOST, CLOCK_RTC, N_CLOCKS } ClockId;

#define NS_PER_SEC INT64_C(1000000000)
#define NS_PER_MS  INT64_C(1000000)
#define NS_PER_US  INT64_C(1000)

int64_t clock_now(ClockId clock);

/* a * b / c without overflow in between: ticks from ns and back.  c must not be 0. */
static inline uint64_t muldiv64(uint64_t a, uint64_t b, uint64_t c)
{
    return (uint64_t)((unsigned __int128)a * b / c);
}

/* Ticks of a counter of `hz` in `ns`, and the first ns at which it has counted `ticks`. */
static inline uint64_t clock_ns_to_ticks(int64_t ns, uint64_t hz)
{
    return muldiv64((uint64_t)ns, hz, NS_PER_SEC);
}

static inline int64_t clock_ticks_to_ns(uint64_t ticks, uint64_t hz)
{
    unsigned __int128 ns = ((unsigned __int128)ticks * NS_PER_SEC + hz - 1) / hz;
    return ns > INT64_MAX ? INT64_MAX : (int64_t)ns;
}

/*
 * A timer: calls cb once when its clock reaches the deadline.  It may set itself again from cb.
 * Lives in a device's struct; the device cancels it in unrealize (device_free does it for timers
 * in its state table).
 */
typedef void (*TimerCb)(void *opaque);

typedef struct Timer Timer;
struct Timer {
    ClockId  clock;
    TimerCb  cb;
    void    *opaque;
    int64_t  deadline;
    Timer   *next;              /* by deadline; equal ones in the order they were set */
    bool     pending;
};

void timer_init(Timer *t, ClockId clock, TimerCb cb, void *opaque);
/* (Re)arms it at an absolute time of its clock; one in the past fires at the next chance. */
void timer_set(Timer *t, int64_t deadline_ns);
void timer_cancel(Timer *t);

static inline bool timer_pending(const Timer *t)
{
    return t->pending;
}

/* INT64_MAX when it is not pending. */
static inline int64_t timer_deadline(const Timer *t)
{
    return t->pending ? t->deadline : INT64_MAX;
}

/* Runs what is due; returns whether anything was.  For the virtual clock only while it runs. */
bool clock_run_timers(ClockId clock);
/* Of the first timer of a clock; INT64_MAX when there is none.  In counted time that CLOCK_RTC follows,
 * its timers are the virtual clock's, for both functions. */
int64_t clock_next_deadline(ClockId clock);
/* Nanoseconds until a timer of any clock is due (0: now), -1: none.  For the main loop's poll;
 * leaves out the virtual clock while it stands or does not follow the host. */
int64_t clock_ns_to_next_deadline(void);

/* Called (under the machine lock) when a clock's first deadline has become earlier or later. */
void clock_set_notify(void (*fn)(void *opaque, ClockId clock), void *opaque);

/* The virtual clock.  It is stopped at first, and starts at 0. */
void clock_start(void);
void clock_stop(void);
bool clock_running(void);
/* Sets the time of the virtual clock: loading a snapshot. */
void clock_virtual_set(int64_t ns);

/* Counted time: now() returns the virtual nanoseconds; NULL goes back to the host's clock. */
void clock_set_source(int64_t (*now)(void *opaque), void *opaque);
/* Is it?  Then runs repeat, and a device must not bring in what differs from run to run. */
bool clock_counted(void);
/* Stepped time: from here on, only clock_step() moves the virtual clock (and CLOCK_RTC with it). */
void clock_use_steps(void);
/* Moves it on by ns, and runs each timer on the way at exactly its own deadline. */
void clock_step(int64_t ns);

/* The time of day: an offset to the host's (-rtc base=), or tied to the virtual clock. */
void clock_rtc_set(int64_t now_ns, bool follows_virtual);
/* Back to the state at the start of the program: for tests.  Pending timers are forgotten. */
void clock_init(void);
