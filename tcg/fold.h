/* SPDX-License-Identifier: MIT */
/*
 * Rewrites: what an op becomes when its operands have a certain shape.  The builder applies them to
 * every value that it is asked for; the fold pass sends a region through the builder again.
 */
#ifndef TCG_FOLD_H
#define TCG_FOLD_H

#include "tcg/build.h"

/* The shape of the operands x, y, z (a, b, c): bits that a row may ask for. */
enum {
    ANY      = 0,
    X_CONST  = 1 << 0,
    X_ZERO   = 1 << 1,
    Y_CONST  = 1 << 2,
    Y_ZERO   = 1 << 3,
    Y_ONE    = 1 << 4,
    Y_ONES   = 1 << 5,          /* all bits of the type set */
    Z_CONST  = 1 << 6,
    Z_ZERO   = 1 << 7,
    Z_ONE    = 1 << 8,
    SAME_XY  = 1 << 9,
    SAME_YZ  = 1 << 10,
};

/* Makes the replacement of `in`, or returns 0 when it does not apply after all. */
typedef IrRef (*IrRewrite)(IrBuild *b, const IrInsn *in);

typedef struct IrFoldRow {
    uint8_t     op;
    uint8_t     xop, yop;       /* the ops that make x and y; 0: any */
    uint16_t    shape;          /* all of these bits */
    IrRewrite   rewrite;
    const char *says;           /* the equation; the test proves it on random operands */
} IrFoldRow;

extern const IrFoldRow ir_fold_rows[];
extern const unsigned  ir_n_fold_rows;

/* The value that `in` folds to, or 0: then it must be emitted. */
IrRef ir_fold(IrBuild *b, IrInsn *in);
unsigned ir_shape(const IrBuild *b, const IrInsn *in);
/* The number of low bits that a value may have set. */
unsigned ir_value_bits(const IrBuild *b, IrRef x);
/* A flags value known at translation time: its packed word. */
bool ir_known_flags(const IrBuild *b, IrRef x, uint64_t *v);
/* For a user of cc of *f: looks through flags ops that do not touch what cc reads. */
void ir_strip_flags(IrBuild *b, IrCond cc, IrRef *f);
void ir_fold_init(void);

#endif
