/* SPDX-License-Identifier: MIT */
/*
 * A thread of its own waits for the signals, which are blocked in all others.  It asks the main loop
 * for an orderly end; when that has not come in GRACE_MS (the main loop does not run yet, or waits
 * for a lock that a device holds), it puts the terminal back and ends the process itself.
 *
 * Signals that only a fault of our own can raise end us with the status that says so.
 */
#include "emu/signals.h"

#include <glib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "emu/status.h"
#include "io/char.h"

enum { GRACE_MS = 700 };

static void (*handler)(void);
static volatile int caught;

static void fill(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
}

static void die(int sig)
{
    sigset_t set;
    fill(&set);
    signal(sig, SIG_DFL);
    raise(sig);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    _exit(128 + sig);
}

static gboolean in_main_loop(gpointer unused)
{
    handler();
    return G_SOURCE_REMOVE;
}

static gpointer wait_for_signal(gpointer unused)
{
    sigset_t set;
    int sig;
    fill(&set);
    while (sigwait(&set, &sig)) {
    }
    caught = sig;
    g_idle_add_full(G_PRIORITY_HIGH, in_main_loop, NULL, NULL);
    g_usleep(GRACE_MS * 1000);
    char_terminal_restore();
    die(sig);
    return NULL;
}

static void on_fault(int sig)
{
    static const char text[] = "emu: a fault of emu itself; please tell us the command line\n";
    char_terminal_restore();
    if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0) {
        _exit(STATUS_SOFTWARE);         /* nobody to tell */
    }
    _exit(STATUS_SOFTWARE);
}

/* One that somebody handles already (a sanitizer) stays his. */
static void catch_faults(void)
{
    static const int faults[] = { SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE };
    for (unsigned i = 0; i < G_N_ELEMENTS(faults); i++) {
        struct sigaction old;
        if (sigaction(faults[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
            signal(faults[i], on_fault);
        }
    }
}

void signals_start(void (*fn)(void))
{
    catch_faults();
    sigset_t set;
    handler = fn;
    fill(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    g_thread_unref(g_thread_new("signals", wait_for_signal, NULL));
}

void signals_finish(void)
{
    if (caught) {
        char_close_all();
        fflush(NULL);
        die(caught);
    }
}
