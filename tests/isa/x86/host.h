/* SPDX-License-Identifier: MIT */
/*
 * The host's own processor as a judge: code runs in a child process under ptrace, with its memory
 * shared, from a given state until it ends or faults.
 *
 *     0x10000000   code, which ends with INT3
 *     0x10010000   data
 */
#ifndef TESTS_ISA_X86_HOST_H
#define TESTS_ISA_X86_HOST_H

#include <stdbool.h>
#include <stdint.h>
#include "system/v128.h"

enum {
    X86_CODE = 0x10000000, X86_CODE_SIZE = 0x1000,
    X86_DATA = 0x10010000, X86_DATA_SIZE = 0x2000,
};

typedef struct X86State {
    uint64_t r[16], rip;
    uint32_t eflags, mxcsr;
    uint64_t mm[8];             /* MMX: TOP is 0, all registers are valid */
    V128     xmm[16], ymmh[16]; /* registers 8 to 15 are left alone by 32-bit code */
    int      vector;            /* the exception that ended it; -1: none did */
} X86State;

/* False: this host cannot (another processor, no ptrace). */
bool     host_start(void);
/* Can the child run 32-bit code? */
bool     host_has_32(void);
uint8_t *host_code(void);
uint8_t *host_data(void);
/* Runs what is in host_code() from s->rip; s is the state after. */
void     host_run(X86State *s, bool code32);
void     host_end(void);

#endif
