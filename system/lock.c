/* SPDX-License-Identifier: MIT */
/*
 * The machine lock: a GMutex (a futex, one atomic operation when free) and who holds it.
 */
#include "system/lock.h"

static GMutex lock;
static __thread bool held;

void machine_lock(void)
{
    g_assert(!held);
    g_mutex_lock(&lock);
    held = true;
}

void machine_unlock(void)
{
    g_assert(held);
    held = false;
    g_mutex_unlock(&lock);
}

bool machine_lock_held(void)
{
    return held;
}

void machine_lock_wait(GCond *cond)
{
    g_assert(held);
    held = false;
    g_cond_wait(cond, &lock);
    held = true;
}

bool machine_lock_wait_until(GCond *cond, int64_t end_us)
{
    g_assert(held);
    held = false;
    bool woken = g_cond_wait_until(cond, &lock, end_us);
    held = true;
    return woken;
}
