/* SPDX-License-Identifier: MIT */
/*
 * The machine lock: devices, interrupt lines, timers and changes of the memory map run under it.
 *
 * One mutex for the whole machine, not recursive.  vCPU threads run guest code without it and take
 * it for an MMIO access or to deliver an interrupt; the main loop holds it while it runs.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

void machine_lock(void);
void machine_unlock(void);

/* Does this thread hold it? */
bool machine_lock_held(void);

/* For code that may run with or without it: takes it if this thread does not hold it, and tells
 * machine_unlock_if() whether to give it back. */
static inline bool machine_lock_if_free(void)
{
    if (machine_lock_held()) {
        return false;
    }
    machine_lock();
    return true;
}

static inline void machine_unlock_if(bool taken)
{
    if (taken) {
        machine_unlock();
    }
}

/* Waits for cond as g_cond_wait() does: gives the lock back, sleeps, takes it again. */
void machine_lock_wait(GCond *cond);
/* The same, until g_get_monotonic_time() reaches end_us at the latest; false when it did. */
bool machine_lock_wait_until(GCond *cond, int64_t end_us);
