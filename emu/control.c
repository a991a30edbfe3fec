/* SPDX-License-Identifier: MIT */
/*
 * Stop and go of the whole machine.
 *
 * The pause count of tcg/exec.c is one higher while the machine is stopped.  A CPU that comes upon
 * a breakpoint raises it itself, in its own thread; the main loop then makes that the stop, waits
 * for the other CPUs and tells the listener.  The virtual clock stands while the machine does, and also
 * during a step on the host's time: a step is no time to the guest.
 */
#include "emu/control.h"

#include "system/clock.h"
#include "system/lock.h"

static bool running;
static StopReason reason;
static StopEvent pending;
static GCond stop_cond;
static unsigned n_pending;          /* cpus_hold() calls of CPUs not yet seen to */
static void (*listener)(const StopEvent *event);

static void tell(const StopEvent *event)
{
    if (listener) {
        listener(event);
    }
}

static void see_to_stop(void)
{
    unsigned n = n_pending;
    n_pending = 0;
    if (!n) {
        return;
    }
    cpus_pause();                   /* until they are at rest */
    for (unsigned extra = running ? n : n + 1; extra > 0; extra--) {
        cpus_resume();
    }
    if (running) {
        running = false;
        reason = STOP_DEBUG;
        tell(&pending);
    }
}

static gboolean on_main_loop(gpointer unused)
{
    (void)unused;
    machine_lock();
    see_to_stop();
    machine_unlock();
    return G_SOURCE_REMOVE;
}

/* In the CPU's thread. */
static void on_debug_stop(Cpu *cpu, DebugKind kind, GVa va)
{
    clock_stop();
    if (!n_pending++) {
        pending = (StopEvent){ STOP_DEBUG, kind, cpu, va };
        g_idle_add_full(G_PRIORITY_HIGH, on_main_loop, NULL, NULL);
    }
    g_cond_broadcast(&stop_cond);
}

void control_start(bool stopped)
{
    debug_stopped = on_debug_stop;
    reason = STOP_NOT_STARTED;
    running = !stopped;
    if (running) {
        clock_start();
        cpus_resume();
    }
}

void control_stop(void)
{
    if (!running) {
        return;
    }
    running = false;
    reason = STOP_USER;
    cpus_pause();
    clock_stop();
    tell(&(StopEvent){ .why = STOP_USER });
}

void control_ended(void)
{
    cpus_pause();                   /* until they are at rest */
    cpus_resume();
    if (!running) {
        cpus_resume();
        return;
    }
    running = false;
    reason = STOP_ENDED;
    clock_stop();
    tell(&(StopEvent){ .why = STOP_ENDED });
}

static bool stepping(void)
{
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        const CpuTcg *t = ((Cpu *)tcg_cpus->pdata[i])->tcg;
        if (!t->held && t->step == STEP_NONE) {
            return false;
        }
    }
    return true;
}

void control_go(void)
{
    if (running) {
        return;
    }
    running = true;
    if (tcg_icount || !stepping()) {
        clock_start();
    }
    cpus_resume();
}

void control_step(Cpu *cpu)
{
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        Cpu *other = tcg_cpus->pdata[i];
        debug_prepare(other, other == cpu ? DEBUG_GO_STEP : DEBUG_GO_NOT, true);
    }
    int64_t end = g_get_monotonic_time() + G_TIME_SPAN_SECOND;
    control_go();
    while (!n_pending && machine_lock_wait_until(&stop_cond, end)) {
    }
    see_to_stop();
    control_stop();                 /* one that is powered off makes no step */
}

void control_cont(void)
{
    for (unsigned i = 0; !running && i < tcg_cpus->len; i++) {
        debug_prepare(tcg_cpus->pdata[i], DEBUG_GO, true);
    }
    control_go();
}

bool control_running(void)
{
    return running;
}

StopReason control_reason(void)
{
    return reason;
}

void control_on_stop(void (*fn)(const StopEvent *event))
{
    listener = fn;
}
