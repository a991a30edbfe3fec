/* SPDX-License-Identifier: MIT */
/*
 * A timerfd in the main loop, armed for the first deadline of all clocks: GLib's own timeouts have
 * milliseconds, guests want microseconds.  Under -icount virtual timers belong to the CPU's thread.
 */
#include "emu/timers.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include "system/clock.h"
#include "system/lock.h"
#include "tcg/engine.h"

static int fd = -1;

/* Machine lock held. */
static void arm(void)
{
    int64_t ns = clock_ns_to_next_deadline();
    struct itimerspec when = { 0 };
    if (ns >= 0) {
        ns = ns ? ns : 1;               /* zero would disarm it */
        when.it_value.tv_sec = ns / NS_PER_SEC;
        when.it_value.tv_nsec = ns % NS_PER_SEC;
    }
    timerfd_settime(fd, 0, &when, NULL);
}

static void on_deadline(void *opaque, ClockId clock)
{
    (void)opaque;
    if (tcg_icount && clock == CLOCK_VIRTUAL) {
        tcg_deadline_changed();
    } else {
        arm();
    }
}

static gboolean on_timer(gint timer_fd, GIOCondition condition, gpointer unused)
{
    uint64_t expirations;
    (void)condition;
    (void)unused;
    if (read(timer_fd, &expirations, sizeof(expirations)) < 0) {
        return G_SOURCE_CONTINUE;       /* armed anew since: nothing to read yet */
    }
    machine_lock();
    for (unsigned c = 0; c < N_CLOCKS; c++) {
        if (c != CLOCK_VIRTUAL || !tcg_icount) {
            clock_run_timers(c);
        }
    }
    arm();
    machine_unlock();
    return G_SOURCE_CONTINUE;
}

void timers_start(void)
{
    fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    g_unix_fd_add_full(G_PRIORITY_HIGH, fd, G_IO_IN, on_timer, NULL, NULL);
    clock_set_notify(on_deadline, NULL);
    machine_lock();
    arm();
    machine_unlock();
}
