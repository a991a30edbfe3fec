/* SPDX-License-Identifier: MIT */
/*
 * Reads what print.c writes, for tests and experiments.  Nothing is folded on the way.  A text that
 * does not begin with `block` has one block at pc 0.  `#` begins a comment.
 */
#include "tcg/ir.h"
#include <string.h>
#include "system/error.h"
#include "tcg/vec.h"

enum { MAX_VALUES = IR_MAX_INSNS };

typedef struct Parser {
    IrRegion   *r;
    const char *p;              /* where we are */
    unsigned    line;
    GError    **err;
    bool        open;           /* a block has begun and not ended */
    IrRef       value[MAX_VALUES];
} Parser;

static const CallDef *const *calls;
static unsigned n_calls;

void ir_register_calls(const CallDef *const *table, unsigned n)
{
    calls = table;
    n_calls = n;
}

static bool wrong(Parser *s, const char *what)
{
    return fail(s->err, EMU_ERROR_DATA, "line %u: %s at '%.20s'", s->line, what, s->p);
}

/* ---- tokens ---- */

static void skip_blanks(Parser *s)
{
    while (*s->p == ' ' || *s->p == '\t' || *s->p == ',') {
        s->p++;
    }
}

static bool at_line_end(Parser *s)
{
    skip_blanks(s);
    return *s->p == '\n' || *s->p == '\0' || *s->p == '#';
}

static void next_line(Parser *s)
{
    s->p += strcspn(s->p, "\n");
    if (*s->p) {
        s->p++;
        s->line++;
    }
}

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* The word here, when it is one of n names: its number, else -1. */
static int name_in(Parser *s, const char *const *names, unsigned n)
{
    unsigned len = 0;
    while (is_word(s->p[len])) {
        len++;
    }
    for (unsigned i = 0; len && i < n; i++) {
        if (names[i] && strlen(names[i]) == len && !strncmp(names[i], s->p, len)) {
            s->p += len;
            return i;
        }
    }
    return -1;
}

static bool accept(Parser *s, const char *text)
{
    skip_blanks(s);
    size_t len = strlen(text);
    if (strncmp(s->p, text, len) || (is_word(text[len - 1]) && is_word(s->p[len]))) {
        return false;
    }
    s->p += len;
    return true;
}

static bool number(Parser *s, uint64_t *v)
{
    char *end;
    skip_blanks(s);
    *v = *s->p == '-' ? (uint64_t)g_ascii_strtoll(s->p, &end, 0) : g_ascii_strtoull(s->p, &end, 0);
    if (end == s->p) {
        return wrong(s, "no number");
    }
    s->p = end;
    return true;
}

static bool number_below(Parser *s, uint64_t limit, uint64_t *v)
{
    return number(s, v) && (*v < limit || wrong(s, "number too large"));
}

/* name=number, when it is here */
static bool field(Parser *s, const char *name, uint64_t limit, uint64_t *v, bool *ok)
{
    skip_blanks(s);
    size_t len = strlen(name);
    if (strncmp(s->p, name, len) || s->p[len] != '=') {
        return false;
    }
    s->p += len + 1;
    *ok = *ok && (limit ? number_below(s, limit, v) : number(s, v));
    return true;
}

/* ---- operands ---- */

static bool append(Parser *s, IrInsn in, IrRef *ref)
{
    if (s->r->n_insns >= IR_MAX_INSNS) {
        return wrong(s, "too many instructions");
    }
    IrInsn *at = &s->r->insns[s->r->n_insns++];
    while (in.op == IR_const && at[-1].op == IR_arg) {      /* args stay right before their call */
        *at = at[-1];
        at--;
    }
    *at = in;
    *ref = at - s->r->insns;
    return true;
}

static bool operand(Parser *s, IrType t, IrRef *ref)
{
    uint64_t v;
    skip_blanks(s);
    if (accept(s, "%")) {
        if (!number_below(s, MAX_VALUES, &v)) {
            return false;
        }
        *ref = s->value[v];
        return *ref || wrong(s, "value not made yet");
    }
    if (!number(s, &v)) {
        return false;
    }
    if (t == IR_N_TYPES || t == IR_VOID) {
        t = IR_I32;
    }
    if (*s->p == ':') {
        s->p++;
        int named = name_in(s, ir_type_names, IR_N_TYPES);
        if (named < 0) {
            return wrong(s, "no type");
        }
        t = named;
    }
    if (t != IR_I32 && t != IR_I64 && t != IR_F32 && t != IR_F64) {
        return wrong(s, "no constants of that type");
    }
    v = ir_type_size(t) == 4 ? (uint32_t)v : v;
    return append(s, (IrInsn){ .op = IR_const, .type = t, .imm = v }, ref);
}

static bool slot_name(Parser *s, uint64_t *slot)
{
    const char *names[IR_MAX_SLOTS];
    for (unsigned i = 0; i < s->r->n_slots; i++) {
        names[i] = s->r->slots[i].name;
    }
    skip_blanks(s);
    int n = name_in(s, names, s->r->n_slots);
    *slot = n;
    return n >= 0 || wrong(s, "no such slot");
}

static bool call_name(Parser *s, const CallDef **def)
{
    skip_blanks(s);
    for (unsigned i = 0; i < n_calls; i++) {
        if (accept(s, calls[i]->name)) {
            *def = calls[i];
            return true;
        }
    }
    return wrong(s, "no such function");
}

/* ---- the parts of an instruction ---- */

static int vec_name(Parser *s)
{
    const char *names[VEC_N_OPS];
    for (unsigned i = 0; i < VEC_N_OPS; i++) {
        names[i] = vec_ops[i].name;
    }
    return name_in(s, names, VEC_N_OPS);
}

/* .cc .type .size, as far as they are there */
static bool suffixes(Parser *s, IrInsn *in)
{
    while (*s->p == '.') {
        s->p++;
        int n;
        if (ir_is_vec_op(in->op) && (n = vec_name(s)) >= 0) {
            in->imm = n;
        } else if ((n = name_in(s, ir_type_names, IR_N_TYPES)) >= 0) {
            in->type = n;
        } else if ((n = name_in(s, ir_cond_names, IR_N_CONDS)) >= 0) {
            if (in->op == IR_exit_if) {
                in->type = n;
            } else if (in->op == IR_ldc || in->op == IR_stc) {
                in->mem.cond = n;
            } else {
                in->imm = n;
            }
        } else {
            uint64_t size;
            if (!number_below(s, 256, &size)) {
                return false;
            }
            in->imm = size;
        }
    }
    return true;
}

static bool displacement(Parser *s, IrInsn *in)
{
    if (*s->p != '+' && *s->p != '-') {
        return true;
    }
    uint64_t v;
    bool minus = *s->p++ == '-';
    if (!number_below(s, UINT64_C(1) << 32, &v)) {
        return false;
    }
    in->mem.disp = minus ? -v : v;
    return true;
}

static bool operands(Parser *s, IrInsn *in)
{
    IrRef refs[3] = { 0 };
    for (unsigned k = 0; k < ir_ops[in->op].n_args; k++) {
        IrType t = ir_operand_type(s->r, in, k);
        if (t == IR_VOID) {
            continue;
        }
        if (!operand(s, t, &refs[k])) {
            return false;
        }
        if (k == 0 && in->op >= IR_ld && in->op <= IR_amo_xor && !displacement(s, in)) {
            return false;
        }
    }
    in->a = refs[0];
    in->b = refs[1];
    in->c = refs[2];
    return true;
}

static bool mem_fields(Parser *s, IrInsn *in)
{
    bool ok = true;
    uint64_t v;
    in->mem.size = in->op == IR_tlb ? 1 : ir_type_size(in->type);
    in->mem.align = 1;
    while (ok && !at_line_end(s)) {
        if (accept(s, "signed")) {
            in->mem.sign = 1;
        } else if (accept(s, "be")) {
            in->mem.big = 1;
        } else if (accept(s, "write")) {
            in->mem.write = 1;
        } else if (accept(s, "steady")) {
            in->mem.steady = 1;
        } else if (field(s, "size", 17, &v, &ok)) {
            in->mem.size = v;
        } else if (field(s, "align", 17, &v, &ok)) {
            in->mem.align = v;
        } else if (field(s, "mmu", 8, &v, &ok)) {
            in->mem.mmu = v;
        } else if (field(s, "span", 249, &v, &ok)) {
            in->mem.span5 = (v + 7) / 8;
        } else if (!accept(s, "le") && !accept(s, "read")) {
            return wrong(s, "not part of an access");
        }
    }
    return ok;
}

static bool rest(Parser *s, IrInsn *in)
{
    static const char *const kinds[] = { "jump", "call", "return" };
    uint64_t v = 0, len = 0;
    bool ok = true;
    if (in->op >= IR_ld && in->op <= IR_amo_xor) {
        return mem_fields(s, in);
    }
    switch (in->op) {
    case IR_bfx:
    case IR_bfi:
        ok = number_below(s, 64, &v) && number_below(s, 65, &len);
        in->imm = v | len << 8;
        break;
    case IR_vshl: case IR_vshr: case IR_vsar: case IR_vlane: case IR_vsetlane:
        ok = number_below(s, 64, &v);
        in->imm |= v << 8;
        break;
    case IR_insn:
        if (field(s, "pc", 0, &in->imm, &ok) && field(s, "aux", 0x10000, &v, &ok)) {
            in->a = v;
        }
        s->r->n_guest_insns++;
        break;
    case IR_ras_push:
    case IR_exit_if:
    case IR_goto:
        if (field(s, "pc", 0, &in->imm, &ok) && field(s, "block", IR_MAX_BLOCKS, &v, &ok)) {
            in->b = v + 1;
            s->r->has_loop = true;
        }
        break;
    case IR_jump:
        skip_blanks(s);
        in->imm = MAX(name_in(s, kinds, G_N_ELEMENTS(kinds)), 0);
        break;
    default:
        if (ir_is_vec_op(in->op)) {
            if (field(s, "imm", 256, &v, &ok)) {
                in->imm |= v << 16;
            }
        } else if (ir_ops[in->op].klass == IR_FLOATING && accept(s, "exact=")) {
            ok = call_name(s, &in->call);
        }
    }
    return ok;
}

static int op_name(Parser *s)
{
    const char *names[IR_N_OPS];
    for (unsigned i = 0; i < IR_N_OPS; i++) {
        names[i] = ir_ops[i].name;
    }
    skip_blanks(s);
    return name_in(s, names, IR_N_OPS);
}

static bool instruction(Parser *s)
{
    IrInsn in = { .op = IR_nop };
    uint64_t result = MAX_VALUES;
    if (accept(s, "%")) {
        if (!number_below(s, MAX_VALUES, &result) || !accept(s, "=")) {
            return wrong(s, "'=' expected");
        }
    }
    int op = op_name(s);
    if (op < 0) {
        return wrong(s, "no such op");
    }
    in.op = op;
    in.type = ir_ops[op].own_type ? IR_I32 : ir_ops[op].result;
    if (!suffixes(s, &in)) {
        return false;
    }
    if (op == IR_get || op == IR_put) {
        if (!slot_name(s, &in.imm)) {
            return false;
        }
        in.type = s->r->slots[in.imm].type;
    } else if (op == IR_call) {
        if (!call_name(s, &in.call)) {
            return false;
        }
        in.type = ir_sig_type(in.call->sig[0]);
    } else if (op == IR_const && !number(s, &in.imm)) {
        return false;
    }
    IrRef ref = 0;
    if (!operands(s, &in) || !rest(s, &in)) {
        return false;
    }
    if (!at_line_end(s)) {
        return wrong(s, "more than the op takes");
    }
    if ((ir_result_type(&in) != IR_VOID) != (result < MAX_VALUES)) {
        return wrong(s, "a result where there is none, or none where there is one");
    }
    if (!append(s, in, &ref)) {
        return false;
    }
    if (result < MAX_VALUES) {
        s->value[result] = ref;
    }
    return true;
}

/* ---- regions ---- */

static void close_block(Parser *s)
{
    if (s->r->n_blocks) {
        s->r->blocks[s->r->n_blocks - 1].end = s->r->n_insns;
    }
}

static bool open_block(Parser *s, uint64_t pc)
{
    if (s->r->n_blocks == IR_MAX_BLOCKS) {
        return wrong(s, "too many blocks");
    }
    close_block(s);
    s->r->blocks[s->r->n_blocks++] = (IrBlock){ .first = s->r->n_insns, .end = s->r->n_insns,
                                                .pc = pc };
    return true;
}

static bool parse_line(Parser *s)
{
    uint64_t pc = 0;
    bool ok = true;
    if (at_line_end(s)) {
        return true;
    }
    if (accept(s, "block")) {
        field(s, "pc", 0, &pc, &ok);
        return ok && open_block(s, pc);
    }
    if (!s->r->n_blocks) {
        open_block(s, 0);
    }
    return instruction(s);
}

bool ir_parse(IrRegion *r, const char *text, GError **err)
{
    Parser *s = g_new0(Parser, 1);
    bool ok = true;
    s->r = r;
    s->p = text;
    s->line = 1;
    s->err = err;
    r->insns[0] = (IrInsn){ .op = IR_nop };
    r->n_insns = 1;
    r->n_blocks = r->n_guest_insns = 0;
    r->has_loop = false;
    r->loop_block = 0;
    while (ok && *s->p) {
        ok = parse_line(s);
        next_line(s);
    }
    close_block(s);
    g_free(s);
    return ok;
}
