/* SPDX-License-Identifier: MIT */
/* What a run leaves behind: screenshots, JUnit XML, artifacts, the report. */
#ifndef EMU_CI_RESULTS_H
#define EMU_CI_RESULTS_H

#include "emu/ci/steps.h"
#include "emu/ci/tap.h"
#include "system/machine.h"

typedef struct CiRun {
    const Options *options;
    Machine    *machine;
    GArray     *steps;                  /* of CiStep */
    unsigned    next;                   /* the first that was not done */
    Tap         tap;
    GString    *serial[CI_SERIALS];     /* all that came */
    int         status;
    const char *why;
} CiRun;

/* Can everything be written that is asked for?  Makes the folder of --artifacts. */
bool results_setup(const Options *o, GError **err);
/* Writes it; the status, another one when something could not be written. */
int results_write(const CiRun *run);

#endif
