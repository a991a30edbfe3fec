/* SPDX-License-Identifier: MIT */
/*
 * Random sequences of ARM instructions out of the decode tables, and the state they begin with.
 *
 * A sequence goes forwards, by branches too, or is a loop with a counter.  r8 to r10, r12 and sp
 * keep what the sequence relies on: an offset, a pointer to the data, where a computed branch goes,
 * the counter, the data again.  In T16 r6 and r7 are offset and pointer.  Now and then the pointer
 * is anywhere or beside the end of the data.
 *
 * Left out: instructions that change the mode or stop the CPU (tests/isa/arm/system.t has them),
 * and what is UNPREDICTABLE inside an IT block.
 */
#ifndef TESTS_ISA_GENERATE_H
#define TESTS_ISA_GENERATE_H

#include "frontends/common/decode.h"
#include "tests/isa/bench.h"

enum { MAX_SEQUENCE = 48, MAX_CODE = MAX_SEQUENCE * 4 };

typedef struct Insn {
    uint32_t         word;          /* as its row draws it */
    uint8_t          size;          /* 2 or 4 */
    int8_t           target;        /* of a branch: index, or -1 for none */
    bool             fp;            /* VFP or Advanced SIMD: drawn as in A32 */
    const DecodeRow *row;
} Insn;

typedef struct Sequence {
    Insn       insn[MAX_SEQUENCE];
    unsigned   n;
    bool       thumb;
    BenchState in;
    uint32_t   data;                /* seed of the data */
} Sequence;

/* A mixture of tables: "a32", "t16", "t32", "vfp", "neon", the last two in T32, and all of A32 and
 * of Thumb together. */
extern const char *const stream_names[];
extern const unsigned    n_streams;

/* The table of the row. */
typedef enum InsnSet { SET_A32, SET_T16, SET_T32, SET_VFP, SET_NEON } InsnSet;
InsnSet    insn_set(const Insn *insn);
/* A field by name, or -1: the row has none. */
int        insn_field(const Insn *insn, const char *name);

typedef struct Generator Generator;

Generator *generator_new(const ArmModel *model, unsigned stream, uint32_t seed);
void       generator_free(Generator *g);
unsigned   generator_n_rows(const Generator *g);        /* 0: the model has none of it */
/* straight: no loops and no jumps into the middle of instructions, so that the last instruction of
 * the shortest beginning that shows a difference is the one that makes it. */
void       generate(Generator *g, Sequence *q, unsigned length, bool straight);

/* One instruction of the nth row of the stream, always executed, with plain operands; false: there
 * are no more rows. */
bool       generate_row(Generator *g, Sequence *q, unsigned n);

/* The bytes; returns how many. */
unsigned   sequence_encode(const Sequence *q, uint8_t *code);
void       sequence_cut(Sequence *q, unsigned i);       /* without instruction i */
Sequence   sequence_begin(const Sequence *q, unsigned n);   /* its first n instructions */
void       sequence_data(const Sequence *q, uint8_t *data);     /* fills BENCH_DATA_SIZE bytes */
/* As text, in the form of a case of tests/isa/arm/NAME.t. */
void       sequence_print(const Sequence *q, const char *model);

#endif
