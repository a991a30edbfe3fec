/* SPDX-License-Identifier: MIT */
/*
 * A region as text.  Values are numbered in the order in which they are made; constants have no
 * number and stand where they are used.  parse.c reads it back; docs/ir.md has the grammar.
 */
#include "tcg/ir.h"
#include "tcg/vec.h"

typedef struct Printer {
    const IrRegion *r;
    GString        *out;
    uint16_t        number[IR_MAX_INSNS + IR_SLACK];    /* of a value, by its index */
} Printer;

static void put_number(Printer *p, uint64_t v)
{
    g_string_append_printf(p->out, v < 10 ? "%" G_GUINT64_FORMAT : "0x%" G_GINT64_MODIFIER "x", v);
}

static void put_operand(Printer *p, IrRef x, IrType expected)
{
    const IrInsn *in = &p->r->insns[x];
    if (in->op != IR_const) {
        g_string_append_printf(p->out, "%%%u", p->number[x]);
        return;
    }
    put_number(p, in->imm);
    if (in->type != (expected == IR_N_TYPES ? IR_I32 : expected)) {
        g_string_append_printf(p->out, ":%s", ir_type_names[in->type]);
    }
}

static bool has_cond(unsigned op)
{
    return op == IR_cond || op == IR_select || op == IR_exit_if || op == IR_ldc || op == IR_stc;
}

static unsigned cond_of(const IrInsn *in)
{
    unsigned cc = in->op == IR_exit_if ? in->type :
                  in->op == IR_ldc || in->op == IR_stc ? in->mem.cond : in->imm;
    return cc < IR_N_CONDS ? cc : IR_NV;
}

static bool has_mem(unsigned op)
{
    return op >= IR_ld && op <= IR_amo_xor;
}

/* The type after the op's name: where it is not the op's or the slot's own. */
static bool shows_type(const IrInsn *in)
{
    return ir_ops[in->op].own_type ? in->op != IR_call :
           in->op == IR_st || in->op == IR_stc || in->op == IR_sth || in->op == IR_arg;
}

static void put_mnemonic(Printer *p, const IrInsn *in)
{
    g_string_append(p->out, ir_ops[in->op].name);
    if (has_cond(in->op)) {
        g_string_append_printf(p->out, ".%s", ir_cond_names[cond_of(in)]);
    }
    if (shows_type(in) && in->type < IR_N_TYPES) {
        g_string_append_printf(p->out, ".%s", ir_type_names[in->type]);
    }
    if (ir_is_vec_op(in->op)) {
        g_string_append_printf(p->out, ".%s", vec_ops[vec_op_of(in->imm) % VEC_N_OPS].name);
    } else if (ir_lane_sizes(in->op)) {
        g_string_append_printf(p->out, ".%u", (unsigned)(in->imm & 0xff));
    }
}

static void put_address(Printer *p, const IrInsn *in)
{
    put_operand(p, in->a, p->r->wide ? IR_I64 : IR_I32);
    if (in->mem.disp) {
        g_string_append_printf(p->out, "%+d", in->mem.disp);
    }
}

static void put_operands(Printer *p, const IrInsn *in)
{
    const char *separator = " ";
    if (in->op == IR_call) {
        g_string_append_printf(p->out, " %s", in->call->name);
    } else if (in->op == IR_get || in->op == IR_put) {
        g_string_append_printf(p->out, " %s", p->r->slots[in->imm].name);
        separator = ", ";
    }
    const IrRef refs[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < ir_ops[in->op].n_args; k++) {
        IrType t = ir_operand_type(p->r, in, k);
        if (t != IR_VOID) {
            g_string_append(p->out, separator);
            separator = ", ";
            if (k == 0 && has_mem(in->op)) {
                put_address(p, in);
            } else {
                put_operand(p, refs[k], t);
            }
        }
    }
}

static void put_mem(Printer *p, const IrInsn *in)
{
    IrMem m = in->mem;
    if (in->op == IR_tlb) {
        g_string_append_printf(p->out, " %s span=%u", m.write ? "write" : "read", m.span5 * 8);
    } else {
        if (m.size != ir_type_size(in->type)) {
            g_string_append_printf(p->out, " size=%u", m.size);
        }
        g_string_append(p->out, m.write ? " write" : "");
        g_string_append_printf(p->out, "%s %s", m.sign ? " signed" : "", m.big ? "be" : "le");
    }
    g_string_append_printf(p->out, " align=%u mmu=%u%s", m.align, m.mmu,
                           m.steady ? " steady" : "");
}

static void put_field(Printer *p, const char *name, uint64_t v)
{
    g_string_append_printf(p->out, " %s=", name);
    put_number(p, v);
}

static void put_x87(Printer *p, const IrInsn *in)
{
    static const char *const formats[] = { "f32", "f64", "i16", "i32", "i64", "mant", "exp" };
    g_string_append_printf(p->out, " %s %s dst=%u src=%u%s exact=%s", ir_x87_names[in->b & 0xff],
                           formats[in->b >> 8], in->c & 7, in->c >> 4 & 7,
                           in->c & X87_KEEP_C1 ? " keep" : "", in->call->name);
}

/* What is in imm and in no operand. */
static void put_rest(Printer *p, const IrInsn *in)
{
    static const char *const kinds[] = { "jump", "call", "return" };
    if (has_mem(in->op)) {
        put_mem(p, in);
        return;
    }
    switch (in->op) {
    case IR_bfx:
    case IR_bfi:
        g_string_append_printf(p->out, ", %u, %u", (unsigned)(in->imm & 0xff),
                               (unsigned)(in->imm >> 8 & 0xff));
        break;
    case IR_vshl: case IR_vshr: case IR_vsar: case IR_vlane: case IR_vsetlane:
        g_string_append_printf(p->out, ", %u", (unsigned)(in->imm >> 8 & 0xff));
        break;
    case IR_insn:
        put_field(p, "pc", in->imm);
        if (in->a) {
            put_field(p, "aux", in->a);
        }
        break;
    case IR_ras_push:
    case IR_exit_if:
    case IR_goto:
        put_field(p, "pc", in->imm);
        if (in->op != IR_ras_push && in->b) {
            put_field(p, "block", in->b - 1);
        }
        break;
    case IR_jump:
        g_string_append_printf(p->out, " %s", kinds[in->imm % 3]);
        break;
    case IR_x87: case IR_x87_in: case IR_x87_cmp: case IR_x87_out:
        put_x87(p, in);
        break;
    default:
        if (ir_is_vec_op(in->op)) {
            if (vec_byte_of(in->imm)) {
                put_field(p, "imm", vec_byte_of(in->imm));
            }
        } else if (ir_ops[in->op].klass == IR_FLOATING && in->call) {
            g_string_append_printf(p->out, " exact=%s", in->call->name);
        }
    }
}

static void put_insn(Printer *p, const IrInsn *in)
{
    g_string_append(p->out, "    ");
    if (ir_result_type(in) != IR_VOID) {
        g_string_append_printf(p->out, "%%%u = ", p->number[in - p->r->insns]);
    }
    put_mnemonic(p, in);
    put_operands(p, in);
    put_rest(p, in);
    g_string_append_c(p->out, '\n');
}

void ir_format(const IrRegion *r, GString *out)
{
    Printer *p = g_new(Printer, 1);
    unsigned number = 0;
    p->r = r;
    p->out = out;
    for (unsigned n = 0; n < r->n_blocks; n++) {
        g_string_append(out, "block");
        put_field(p, "pc", r->blocks[n].pc);
        g_string_append(out, "\n");
        for (unsigned i = r->blocks[n].first; i < r->blocks[n].end; i++) {
            const IrInsn *in = &r->insns[i];
            if (in->op == IR_const || in->op == IR_nop) {
                continue;
            }
            if (ir_result_type(in) != IR_VOID) {
                p->number[i] = number++;
            }
            put_insn(p, in);
        }
    }
    g_free(p);
}

void ir_print(const IrRegion *r, FILE *f)
{
    g_autoptr(GString) text = g_string_new(NULL);
    ir_format(r, text);
    fputs(text->str, f);
}
