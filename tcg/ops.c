/* SPDX-License-Identifier: MIT */
/*
 * Facts about ops, drawn from ops.def at compile time.  The operands of a signature are counted
 * from its length: what stands after the colon.
 */
#include "tcg/ir.h"
#include <string.h>

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
    X87 = IR_X87,
};

const IrOpInfo ir_ops[IR_N_OPS] = {
    [IR_nop] = { .name = "nop", .sig = ":", .klass = IR_MARK },
#define VALUE(name, sig, flags, meaning) INFO(name, sig, flags, IR_PURE)
#define FLAGS(name, sig, meaning)        INFO(name, sig, 0, IR_PURE)
#define FLOAT(name, sig, flags)          INFO(name, sig, flags, IR_FLOATING)
#define FVEC(name, sig)                  INFO(name, sig, 0, IR_FLOATING)
#define EFFECT(name, sig, class)         INFO(name, sig, 0, class)
#include "tcg/ops.def"
};

const char *const ir_type_names[IR_N_TYPES] = { "void", "i32", "i64", "f32", "f64", "v128", "flags",
                                               "i8", "i16" };

const char *const ir_cond_names[IR_N_CONDS] = {
    "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv",
    "a", "be", "pe", "po",
};

const char *const ir_x87_names[X87_N_OPS] = {
    "add", "mul", "com", "ucom", "sub", "subr", "div", "divr", "move", "xchg", "cmov", "sqrt", "abs",
    "chs", "rndint", "one", "l2t", "l2e", "pi", "lg2", "ln2", "zero", "drop", "load", "store", "trunc",
    "tst", "xam", "control", "clear", "status", "rounded",
};

IrType ir_result_type(const IrInsn *in)
{
    uint8_t t = ir_ops[in->op].result;
    return t == IR_N_TYPES ? in->type : t;
}

IrType ir_sig_type(char letter)
{
    static const uint8_t types[128] = {
        ['w'] = IR_I32, ['d'] = IR_I64, ['h'] = IR_I64, ['S'] = IR_F32, ['D'] = IR_F64,
        ['V'] = IR_V128, ['F'] = IR_FLAGS,
    };
    return types[letter & 127];
}

/* The k-th letter after the colon of a call's signature. */
static IrType call_operand(const char *sig, unsigned k)
{
    const char *args = strchr(sig, ':') + 1;
    return k < strlen(args) ? ir_sig_type(args[k]) : IR_VOID;
}

/* An x in a signature: what it is depends on the op. */
static IrType any_operand(const IrRegion *r, const IrInsn *in, unsigned k)
{
    switch (in->op) {
    case IR_call:
        return call_operand(in->call->sig, k);
    case IR_put:
        return in->imm < r->n_slots ? r->slots[in->imm].type : IR_N_TYPES;
    case IR_vdup:
        return (in->imm & 0xff) == 8 ? IR_I64 : IR_I32;
    case IR_vsetlane:
        return IR_N_TYPES;
    default:
        return in->type;
    }
}

IrType ir_operand_type(const IrRegion *r, const IrInsn *in, unsigned k)
{
    const IrOpInfo *info = &ir_ops[in->op];
    if (k >= info->n_args) {
        return IR_VOID;
    }
    char letter = info->sig[k + (info->sig[0] == ':' ? 1 : 2)];
    return letter == 'T' ? (in->type >= IR_I8 ? IR_I32 : in->type) : letter == 'A' ? (r->wide ? IR_I64 : IR_I32) :
           letter == 'x' ? any_operand(r, in, k) : ir_sig_type(letter);
}

bool ir_takes_narrow(unsigned op)
{
    return (op >= IR_fl_add && op <= IR_fl_logic) || (op >= IR_fl_nzcv && op <= IR_fl_ror);
}

unsigned ir_lane_sizes(IrOp op)
{
    switch (op) {
    case IR_vadd: case IR_vsub: case IR_vneg: case IR_vshl: case IR_vshr:
    case IR_vdup: case IR_vlane: case IR_vsetlane:
        return 1 | 2 | 4 | 8;
    case IR_vmul:
        return 2 | 4;
    case IR_vabs: case IR_vcmpeq: case IR_vcmpgt: case IR_vsar:
    case IR_vmins: case IR_vminu: case IR_vmaxs: case IR_vmaxu:
        return 1 | 2 | 4;
    default:
        return 0;
    }
}
