/* SPDX-License-Identifier: MIT */
/*
 * Errors that are the user's or the host's: a GError whose code is the exit status of the command.
 *
 *     if (fd < 0) {
 *         return fail_errno(err, "cannot open disk image '%s'", path);
 *     }
 *
 * Every function here that takes an `err` accepts NULL for it, as GLib's do.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>
#include "system/types.h"

#define EMU_ERROR emu_error_quark()
GQuark emu_error_quark(void);

/* The documented exit statuses, those of sysexits.h. */
enum {
    EMU_ERROR_USAGE    = 64,    /* the command line is wrong */
    EMU_ERROR_DATA     = 65,    /* a file is not what it should be */
    EMU_ERROR_NOINPUT  = 66,    /* a file is missing or unreadable */
    EMU_ERROR_OSERR    = 69,    /* the host has no more of something, or denied it */
    EMU_ERROR_SOFTWARE = 70,    /* our own fault */
};

/* Sets *err and returns false, so that the caller can write `return fail(...)`. */
bool fail(GError **err, int code, const char *fmt, ...) G_GNUC_PRINTF(3, 4);

/* The same with ": <strerror(errno)>" appended and the code chosen from errno: NOINPUT for a file
 * that is missing or may not be read, OSERR for the rest. */
bool fail_errno(GError **err, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

/* The candidate nearest to word by edit distance (case does not count), or NULL when none is near
 * enough to be a likely typing error.  candidates ends with NULL. */
const char *did_you_mean(const char *word, const char *const *candidates);

/* "unknown <what> '<word>', did you mean '<candidate>'?" with code USAGE. */
bool fail_unknown(GError **err, const char *what, const char *word, const char *const *candidates);
