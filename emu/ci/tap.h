/* SPDX-License-Identifier: MIT */
/* Test results that the guest prints in the Test Anything Protocol. */
#ifndef EMU_CI_TAP_H
#define EMU_CI_TAP_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct TapCase {
    char *name;
    char *skipped;              /* why, or NULL */
    bool  ok;                   /* also: was expected to fail (TODO) */
    int64_t at_ns;              /* guest time */
} TapCase;

typedef struct Tap {
    GArray  *cases;             /* of TapCase, also those of subtests */
    unsigned planned, seen;     /* of the outermost level; planned 0: not said yet */
    bool     has_plan, bailed;
    char    *bail;
} Tap;

void tap_init(Tap *t);
/* One line without its end.  A time stamp of the Linux kernel before it does not count. */
void tap_line(Tap *t, const char *line, int64_t now_ns);
/* Has the plan come, and as many results? */
bool tap_complete(const Tap *t);
/* NULL: all is well; else what is wrong, in words (to be freed). */
char *tap_failure(const Tap *t);

#endif
