/* SPDX-License-Identifier: MIT */
/*
 * Runs sequences in a process of their own: the engine with an accelerator, or another emulator.
 * Several may run at the same time.
 */
#ifndef TESTS_ISA_RUNNER_H
#define TESTS_ISA_RUNNER_H

#include "tests/isa/generate.h"

typedef struct Result {
    BenchState state;
    uint8_t    data[BENCH_DATA_SIZE];
} Result;

typedef struct Runner Runner;

/* what: "interp", "jit" or "qemu".  NULL: there is no such emulator. */
Runner       *runner_new(const char *what, const ArmModel *model);
void          runner_free(Runner *r);
const char   *runner_name(const Runner *r);
void          runner_start(Runner *r, const Sequence *q);
const Result *runner_finish(Runner *r);             /* stays until the next start */

#endif
