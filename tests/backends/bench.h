/* SPDX-License-Identifier: MIT */
/*
 * A machine for single regions: a CPU with the slots of tests/ir/slots.h, eight pages of RAM that
 * can be unmapped one by one, a page of a device, and a run of one region by one backend from a
 * given state.  Guest code does not exist here: regions come from the test.
 */
#ifndef TESTS_BACKENDS_BENCH_H
#define TESTS_BACKENDS_BENCH_H

#include "tcg/engine.h"
#include "tests/ir/slots.h"

enum {
    N_PAGES     = 8,
    RAM_BASE    = 0x10000,
    DEVICE_PAGE = RAM_BASE + N_PAGES * 0x1000,      /* directly after the RAM */
    REGION_PC   = 0x4000,
};

typedef enum Outcome { RAN, MMU_FAULT, ALIGNMENT_FAULT, BUS_FAULT, LEFT } Outcome;

/* All that a region can change. */
typedef struct State {
    uint32_t r[8];
    uint64_t x[4];
    uint32_t fl, fl2;
    V128     v[4];
    uint8_t  ram[N_PAGES * 0x1000];
    uint64_t device;            /* a hash over what the device was told, in order */
    uint64_t pc;                /* code address where the guest goes on */
    uint16_t aux;
    Outcome  outcome;
    uint32_t sticky;
    GVa      fault_va;
    int      fault_access;
    int32_t  icount_left;
} State;

extern TestCpu *bench_cpu;
extern int bench_unmapped;              /* page number whose accesses fault; -1: none */
extern unsigned bench_exit_request;     /* what polls see */
/* Faults by number: no translation is kept, and that of the access with this number (from 1) is
 * refused, or is to where nothing answers.  0: none. */
extern unsigned bench_fault_at;
extern Outcome bench_fault_kind;        /* MMU_FAULT or BUS_FAULT */
extern unsigned bench_n_walks;          /* translations that the last run asked for */
extern unsigned bench_rounding;         /* FP rounding mode of runs */

void bench_init(void);
/* Backends of this host, the interpreter last; ends with NULL. */
extern const HostBackend *const bench_backends[];

/* Compiles the region (passes have been run) and runs it from *s; *s is the state after. */
void bench_run(const HostBackend *backend, IrRegion *r, State *s);
/* The two halves of it.  The code lasts until much more has been compiled. */
CodeBlock *bench_compile(const HostBackend *backend, IrRegion *r);
void bench_enter(const HostBackend *backend, CodeBlock *cb, State *s);
/* The first difference of two states in words, or NULL. */
char *bench_difference(const State *a, const State *b);
void bench_random_state(State *s, GRand *rng);

#endif
