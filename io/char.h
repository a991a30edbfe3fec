/* SPDX-License-Identifier: MIT */
/*
 * Character ports: where a guest's serial line meets the host.
 *
 * The device holds a CharPort * (NULL is a port to nowhere, and every function takes it).  Output
 * is taken at once and leaves when the main loop is idle, when a line ends, when the buffer is full
 * or when the program exits; it never blocks.  Input comes from the main loop, under the machine
 * lock, through the handlers, no more than the device says it can take.
 *
 *     char_set_handlers(s->port, can_read, read, event, s);
 *     char_write(s->port, &byte, 1);
 *     char_accept_input(s->port);         the FIFO has room again
 *
 * Host ends, as strings (char_open):
 *     null                                nowhere
 *     stdio                               the terminal, raw; Ctrl-C is the guest's only under mon:
 *     file:PATH                           output only, the file is made anew
 *     stdout                              output only, to standard output
 *     pty                                 a new pseudo terminal; its name is told on stderr
 *     unix:PATH[,server[,nowait]]         stream socket; wait is for the first client
 *     tcp:HOST:PORT[,server[,nowait]]
 *     mon:SPEC                            SPEC with the escapes of -nographic: Ctrl-A x quits,
 *                                         Ctrl-A c switches to the next user (monitor), Ctrl-A h
 *                                         helps, Ctrl-A b sends a break, Ctrl-A Ctrl-A is Ctrl-A
 * and for tests char_memory().
 */
#pragma once
#include <glib.h>
#include "system/types.h"

typedef struct CharPort CharPort;

typedef enum {
    CHAR_OPENED,                /* somebody is there: at once for terminals, files and memory */
    CHAR_CLOSED,
    CHAR_BREAK,
    CHAR_FOCUS,                 /* of several users of a mux, this one has the keyboard now */
    CHAR_BLUR,                  /* and this one has it no longer: told first */
    CHAR_HELP,                  /* Ctrl-A h: its text stands on the terminal */
} CharEvent;

/* Bytes the user could take now; 0: none, and char_accept_input() will follow. */
typedef unsigned (*CharCanRead)(void *opaque);
typedef void (*CharRead)(void *opaque, const uint8_t *buf, unsigned len);
typedef void (*CharEventFn)(void *opaque, CharEvent event);

/* --- For devices and the monitor -------------------------------------------------------------- */

void char_write(CharPort *port, const void *buf, unsigned len);
void char_set_handlers(CharPort *port, CharCanRead can_read, CharRead read, CharEventFn event,
                       void *opaque);
/* The user can take more: what waited is delivered from the main loop, never from this call. */
void char_accept_input(CharPort *port);
/* Is there somebody at the other end? */
bool char_is_open(const CharPort *port);
/* Pushes out what is buffered, as far as the host takes it without blocking. */
void char_flush(CharPort *port);

/* Does output wait for the host?  Then it is slow, and more would be queued. */
bool char_waiting(const CharPort *port);

/* --- For emu/ --------------------------------------------------------------------------------- */

CharPort *char_open(const char *spec, GError **err);
/* What "mon:" does, around a port that is open already: returns its first user. */
CharPort *char_mux_on(CharPort *base);
/* Another user of a "mon:" port: the monitor.  NULL when it is not one. */
CharPort *char_mux_add(CharPort *mux);
/* Called for Ctrl-A x; the default asks nothing and exits with status 0. */
void char_set_quit_handler(void (*fn)(void));
/* Flushes (waiting up to a second for a slow reader) and closes. */
void char_close(CharPort *port);
/* The same for all, and the terminal as it was: also runs by itself at exit() and on SIGTERM and
 * the like. */
void char_close_all(void);
/* How to take a terminal to raw mode for a user without a port, and back; nests. */
void char_terminal_raw(void);
void char_terminal_restore(void);

/* Everything written to the port also goes to fn, at once and in the writer's thread (machine lock
 * held): for tests that wait for a text. */
typedef void (*CharTap)(void *opaque, const uint8_t *buf, unsigned len);
void char_set_tap(CharPort *port, CharTap fn, void *opaque);
/* Types into the port as its host end would, and from then on what waits is delivered by the
 * virtual clock, not by the main loop: under -icount at the same instruction in every run.  The
 * machine lock is held.  False: more waits already than the port takes. */
bool char_type(CharPort *port, const void *buf, unsigned len);
/* So much it takes now. */
unsigned char_room(const CharPort *port);

/* --- For tests -------------------------------------------------------------------------------- */

CharPort *char_memory(void);
/* Types into it; delivered at once as far as the user takes it, the rest on char_accept_input(). */
void char_memory_feed(CharPort *port, const void *buf, unsigned len);
void char_memory_event(CharPort *port, CharEvent event);
/* What was written since the last call; the caller frees it with g_string_free(). */
GString *char_memory_take(CharPort *port);
