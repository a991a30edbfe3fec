/* SPDX-License-Identifier: MIT */
/*
 * What scripts/decodegen.py relies on: bit fields of an instruction word, and the rows of a table
 * as data for the generator of random instructions and for the tests.
 */
#ifndef FRONTENDS_COMMON_DECODE_H
#define FRONTENDS_COMMON_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `length` bits of an instruction word from bit `low` on; length is 1 to 31. */
static inline uint32_t bits(uint32_t insn, unsigned low, unsigned length)
{
    return insn >> low & ((1u << length) - 1);
}

/* The same, sign-extended. */
static inline int32_t sbits(uint32_t insn, unsigned low, unsigned length)
{
    return (int32_t)(insn << (32 - low - length)) >> (32 - length);
}

typedef struct DecodeField {
    const char *name;               /* of the argument, or the letter if it makes none */
    uint32_t    mask;
} DecodeField;

typedef struct DecodeNot {
    uint32_t mask, value;           /* an instruction with this value is another row's */
} DecodeNot;

/* In the order of decoding: the first row that matches and whose needs are met is the one. */
typedef struct DecodeRow {
    const char *name;
    const char *pattern;            /* as drawn */
    const char *where;              /* file:line */
    const char *needs;              /* "v6,!v7": a comma between features, ! for absence */
    const char *words;              /* further attributes, separated by spaces */
    uint32_t    mask, value;        /* what is fixed */
    uint32_t    should_mask, should_value;
    DecodeNot   nots[2];            /* mask 0: none */
    DecodeField fields[10];         /* mask 0: the end */
} DecodeRow;

/* Does the word belong to the row, features and more specific rows aside? */
static inline bool decode_row_matches(const DecodeRow *row, uint32_t insn)
{
    for (int i = 0; i < 2; i++) {
        if (row->nots[i].mask && (insn & row->nots[i].mask) == row->nots[i].value) {
            return false;
        }
    }
    return (insn & row->mask) == row->value;
}

#endif
