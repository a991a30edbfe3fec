/* SPDX-License-Identifier: MIT */
/*
 * A bench for instructions: an ARM CPU of the engine with RAM and vectors in ROM.  A run puts code
 * and a state in place, lets the CPU go until an exception, and takes the state out again.
 *
 *     0x00010000   code; it ends with an undefined instruction
 *     0x00040000   data, in the middle of the RAM
 *     0xffff0000   vectors; each halts the CPU
 */
#ifndef TESTS_ISA_BENCH_H
#define TESTS_ISA_BENCH_H

#include "frontends/arm/cpu.h"

enum {
    BENCH_CODE = 0x10000, BENCH_CODE_SIZE = 0x4000,
    BENCH_DATA = 0x40000, BENCH_DATA_SIZE = 0x4000, BENCH_RAM = 0x10000, BENCH_RAM_SIZE = 0x70000,
};

/* How a run ended: the vector that was taken, or the end of the code. */
typedef enum BenchEnd {
    END_RESET, END_UNDEF, END_SVC, END_PABT, END_DABT, END_HVC, END_IRQ, END_FIQ,
    END_OF_CODE, END_NEVER, BENCH_N_ENDS
} BenchEnd;
extern const char *const bench_end_names[BENCH_N_ENDS];

typedef struct BenchState {
    uint32_t r[15];
    uint32_t pc;                /* of the instruction that took the exception, without T */
    uint32_t cpsr;              /* before the exception */
    uint32_t fpscr;
    V128     v[16];
    BenchEnd end;
} BenchState;

typedef struct Bench Bench;

/* Several may be in one process, with the accelerator of the first. */
Bench *bench_new(const char *accel, const char *model);
bool   bench_has(const Bench *b, ArmFeature f);
/* size bytes of code; the end is appended.  Data stays between runs. */
void   bench_run(Bench *b, const void *code, unsigned size, const BenchState *in, BenchState *out);
uint8_t *bench_data(Bench *b);                  /* BENCH_DATA_SIZE bytes */
MemoryRegion *bench_root(Bench *b);             /* for more regions; under the machine lock */

#endif
