/* SPDX-License-Identifier: MIT */
/*
 * Stop and go of the whole machine: what the debugger, the monitor and -S do.
 *
 * In the main thread, machine lock held.
 */
#ifndef EMU_CONTROL_H
#define EMU_CONTROL_H

#include "tcg/engine.h"

typedef enum StopReason {
    STOP_NOT_STARTED,           /* -S */
    STOP_USER,                  /* the monitor's stop, a debugger that comes or says Ctrl-C */
    STOP_ENDED,                 /* the guest is off, or can never do anything useful again */
    STOP_DEBUG,                 /* a breakpoint, a watchpoint, a step: kind, cpu and va tell */
} StopReason;

typedef struct StopEvent {
    StopReason why;
    DebugKind  kind;
    Cpu       *cpu;             /* NULL: none in particular */
    GVa        va;
} StopEvent;

/* Before the CPUs' threads begin: they run at once, or wait for control_cont(). */
void control_start(bool stopped);
void control_stop(void);
/* The guest has ended and a cpus_hold() was made for it: now that is the stop. */
void control_ended(void);
/* All CPUs go on, past a breakpoint where they stand. */
void control_cont(void);
/* One instruction of one CPU, while the machine is stopped; back when it is done. */
void control_step(Cpu *cpu);
/* After debug_prepare() for every CPU. */
void control_go(void);
bool control_running(void);
/* Why it stands. */
StopReason control_reason(void);
/* Told after the CPUs have come to rest, in the main loop; one listener. */
void control_on_stop(void (*fn)(const StopEvent *event));

#endif
