/* SPDX-License-Identifier: MIT */
/*
 * Facts about ops, drawn from ops.def at compile time.  The operands of a signature are counted
 * from its length: what stands after the colon.
 */
#include "tcg/ir.h"

#define HAS(sig, letter) (__builtin_strchr(sig, letter) != NULL)

/* The type of a result by the first letter of the signature; IR_N_TYPES: IrInsn.type says. */
#define RESULT(sig)                                 \
    (sig[0] == 'T' ? IR_N_TYPES :                   \
     sig[0] == 'w' ? IR_I32 :                       \
     sig[0] == 'd' ? IR_I64 :                       \
     sig[0] == 'h' ? IR_I64 :                       \
     sig[0] == 'S' ? IR_F32 :                       \
     sig[0] == 'D' ? IR_F64 :                       \
     sig[0] == 'V' ? IR_V128 :                      \
     sig[0] == 'F' ? IR_FLAGS : IR_VOID)

#define INFO(op, signature, commutative, class)                                 \
    [IR_##op] = {                                                               \
        .name = #op, .sig = signature,                                          \
        .n_args = sizeof(signature) - 1 - (signature[0] == ':' ? 1 : 2),        \
        .has_result = signature[0] != ':', .own_type = HAS(signature, 'T'),     \
        .commutes = commutative, .klass = class, .result = RESULT(signature),   \
    },

enum { COMMUTES = 1 };
enum {
    MARK = IR_MARK, LOAD = IR_LOAD, STORE = IR_STORE, ATOMIC = IR_ATOMIC, CALL = IR_CALL_OP,
    EXIT = IR_EXIT, SLOT = IR_SLOT, FENCE = IR_FENCE,
};

const IrOpInfo ir_ops[IR_N_OPS] = {
    [IR_nop] = { .name = "nop", .sig = ":", .klass = IR_MARK },
#define VALUE(name, sig, flags, meaning) INFO(name, sig, flags, IR_PURE)
#define FLAGS(name, sig, meaning)        INFO(name, sig, 0, IR_PURE)
#define FLOAT(name, sig, flags)          INFO(name, sig, flags, IR_FLOATING)
#define EFFECT(name, sig, class)         INFO(name, sig, 0, class)
#include "tcg/ops.def"
};

const char *const ir_type_names[IR_N_TYPES] = { "void", "i32", "i64", "f32", "f64", "v128", "flags" };

const char *const ir_cond_names[IR_N_CONDS] = {
    "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv",
    "a", "be", "pe", "po",
};

IrType ir_result_type(const IrInsn *in)
{
    uint8_t t = ir_ops[in->op].result;
    return t == IR_N_TYPES ? in->type : t;
}
