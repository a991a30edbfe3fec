/* SPDX-License-Identifier: MIT */
/*
 * Text to key presses, on a US keyboard: for terminals, tests and the monitor.
 *
 * Bytes are what a terminal sends (ECMA-48, xterm's control sequences): letters with the shift they
 * need, control characters as Ctrl and a letter, and the sequences of arrows and function keys.
 *
 *     '\r' '\n'   Enter               '\b' 0x7f   Backspace         '\t'   Tab
 *     ESC [ A     Up                  ESC O P     F1                ESC [ 15 ~   F5
 *     ESC [ 1 ; 5 A   Ctrl-Up         ESC x       Alt-x             ESC alone   Esc
 *
 * Keys are pressed one after another by the virtual clock, so that a guest which polls its keyboard
 * sees each; under the machine lock.
 */
#pragma once
#include "io/ui/input.h"

enum { TYPING_SHIFT = 1, TYPING_ALT = 2, TYPING_CTRL = 4 };

/* One key with others held. */
void typing_key(Key key, unsigned held);
/* Text that is complete.  Bytes that no key makes (UTF-8) are left out; false when there were some. */
bool typing_text(const char *bytes, size_t len);
/* Input that goes on: an ESC at its end waits for typing_flush() to be the Esc key. */
void typing_feed(const char *bytes, size_t len);
void typing_flush(void);
bool typing_waits(void);
/* Are there keys to be pressed or let go? */
bool typing_busy(void);
void typing_forget(void);
