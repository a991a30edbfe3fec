/* SPDX-License-Identifier: MIT */
/* The main loop's part of system/clock.h: runs timers when they are due. */
#ifndef EMU_TIMERS_H
#define EMU_TIMERS_H

void timers_start(void);

#endif
