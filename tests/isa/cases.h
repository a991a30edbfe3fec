/* SPDX-License-Identifier: MIT */
/* Writes text tests (run_isa.c): random instructions of each row on which two sides agree. */
#ifndef TESTS_ISA_CASES_H
#define TESTS_ISA_CASES_H

#include "tests/isa/runner.h"

/* The registers that it may use; the others must be 0 before, and sp its default. */
uint32_t case_registers(const Insn *insn);
/* Of one row; nothing if the instruction does not run through, or the two differ. */
void write_case(const Sequence *q, const Result *a, const Result *b);

#endif
