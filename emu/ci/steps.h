/* SPDX-License-Identifier: MIT */
/* --expect, --send and --script as a list of steps. */
#ifndef EMU_CI_STEPS_H
#define EMU_CI_STEPS_H

#include "emu/options.h"

typedef enum StepKind { STEP_EXPECT, STEP_EXPECT_SCREEN, STEP_SEND, STEP_TYPE, STEP_WAIT } StepKind;

typedef struct CiStep {
    StepKind  kind;
    unsigned  serial;
    GRegex   *re;               /* EXPECT */
    char     *text;             /* as the user wrote it, for messages */
    GString  *bytes;            /* SEND, TYPE */
    gint64    ns;               /* WAIT */
    gint64    done_ns;          /* guest time at which it was done */
    gboolean  done;
} CiStep;

enum { CI_SERIALS = 8 };

/* Appends to steps (of CiStep) and fail_on (of char *, --fail-on lines of scripts). */
bool steps_parse(const Options *o, GArray *steps, GPtrArray *fail_on, GError **err);
/* "expect 'login:'", for people. */
char *step_about(const CiStep *s);

#endif
