/* SPDX-License-Identifier: MIT */
/*
 * A bench for instructions: an ARM CPU of the engine with RAM and vectors in ROM.  A run puts code
 * and a state in place, lets the CPU go until an exception, and takes the state out again.
 *
 *     0x00010000   code; it ends with an undefined instruction, and so does all that follows it;
 *                  from v6 on it can only be read
 *     0x00040000   data; from v6 on it cannot be executed, and the last page only be read
 *     0x09000000   one megabyte, once bench_root() is called
 *     0xffff0000   vectors; each halts the CPU
 *
 * The MMU is on and maps these to the same physical addresses, in small pages, and nothing else.
 */
#ifndef TESTS_ISA_BENCH_H
#define TESTS_ISA_BENCH_H

#include "frontends/arm/cpu.h"

enum {
    BENCH_CODE = 0x10000, BENCH_CODE_SIZE = 0x4000,
    BENCH_DATA = 0x40000, BENCH_DATA_SIZE = 0x4000, BENCH_READ_ONLY = 0x43000,
    BENCH_RAM = 0x10000, BENCH_RAM_SIZE = 0x70000, BENCH_DEVICES = 0x09000000,
    /* For another emulator (qemu_bench.h), at virtual addresses that no random value hits. */
    BENCH_MAILBOX = 0x60000, BENCH_MAILBOX_VA = (int)0xb7d31000,
    BENCH_CODE_VA = (int)0xb7d34000,                /* the code, writable */
    BENCH_TABLES = 0x200000, BENCH_TABLES_SIZE = 0xc000, BENCH_BOOT_TABLE = 0x8000,
    BENCH_VECTORS = (int)0xffff0000,
    BENCH_END = (int)0xe7ffdeff,        /* UDF in A32; in T16 UDF, and a branch to what follows */
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
    uint32_t dfsr, dfar;        /* after a data abort */
    V128     v[16];
    BenchEnd end;
} BenchState;

typedef struct Bench Bench;

static inline bool model_has(const ArmModel *m, ArmFeature f)
{
    return m->features >> f & 1;
}

/* Several may be in one process, with the accelerator of the first. */
Bench *bench_new(const char *accel, const char *model);
bool   bench_has(const Bench *b, ArmFeature f);
/* size bytes of code; the end is appended.  Data stays between runs. */
void   bench_run(Bench *b, const void *code, unsigned size, const BenchState *in, BenchState *out);
uint8_t *bench_data(Bench *b);                  /* BENCH_DATA_SIZE bytes */
/* What another emulator has in the page of the vectors: a wild load may find it. */
void bench_put_vectors_page(Bench *b, const void *words, unsigned size);
MemoryRegion *bench_root(Bench *b);             /* for more regions; under the machine lock */

/* BENCH_END in code from an offset to another. */
void bench_fill(uint8_t *code, unsigned from, unsigned to);

/* The page tables, at BENCH_TABLES; the one at BENCH_BOOT_TABLE maps the first megabyte too. */
void     bench_page_tables(void *to, bool v6);
uint32_t bench_sctlr(bool v6);                  /* bits to set: the MMU, high vectors */

#endif
