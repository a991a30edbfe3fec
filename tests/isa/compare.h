/* SPDX-License-Identifier: MIT */
/*
 * What differs between two results of a sequence, and why it may.
 *
 * Another implementation may differ where the architecture leaves something open.  A rule says
 * which instructions, under which circumstances and in which parts of the state;
 * docs/arm-differences.md explains each under its name.  Between the accelerators there are none.
 */
#ifndef TESTS_ISA_COMPARE_H
#define TESTS_ISA_COMPARE_H

#include "tests/isa/runner.h"

typedef struct Difference {
    uint32_t r, d;                  /* a bit for each register */
    uint32_t cpsr, fpscr;           /* bits that differ */
    uint32_t dfsr;
    bool     pc, end, dfar;
    int      data;                  /* offset of the first byte, or -1 */
} Difference;

/* false: there is none */
bool compare(const Result *a, const Result *b, Difference *d);
void print_difference(const char *name_a, const Result *a, const char *name_b, const Result *b);

/* The name of the rule for q, whose last instruction made the difference, or NULL. */
const char *explain(const Sequence *q, const Result *ours, const Result *theirs,
                    const Difference *d);
/* Are all the rules in the text, and are there no others? */
bool rules_are_documented(const char *path);

#endif
