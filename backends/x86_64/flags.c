/* SPDX-License-Identifier: MIT */
/*
 * Flags values on x86-64: they live in EFLAGS for as long as nothing destroys them, and are made
 * again from their operands when they are wanted later.
 *
 * Source: AMD64 APM volume 3 (LAHF, SAHF, SETcc, UCOMISx); the packed word is LAHF's byte in bits
 * 15..8 and SETO's in bit 0 (tcg/ir.h), so that packing is three instructions and `add al, 0x7f;
 * sahf` is the way back.
 */
#include "backends/x86_64/x64.h"

static const IrInsn *insn(X64 *x, IrRef v)
{
    return &x->ra->r->insns[v];
}

static bool is_flags_op(unsigned op)
{
    return op >= IR_fl_add && op <= IR_fl_fcmp;
}

static unsigned width_of(const IrInsn *in)
{
    return ir_type_bits(in->type);
}

/* ---- fusing with the arithmetic op that computes the same ---- */

static bool makes_no_code(const IrInsn *in, const RaVal *val)
{
    switch (in->op) {
    case IR_nop: case IR_const: case IR_put: case IR_get: case IR_insn: case IR_arg:
        return true;
    default:
        return is_flags_op(in->op) && (val->keep || !val->last) &&
               ir_ops[in->op].klass != IR_FLOATING;
    }
}

IrRef x64_fused_with(X64 *x, const HostInsn *h, IrOp like1, IrOp like2)
{
    const IrInsn *in = h->in;
    for (IrRef j = h->ref + 1; j < x->ra->block_end && j < h->ref + 8; j++) {
        const IrInsn *f = insn(x, j);
        if ((f->op == like1 || f->op == like2) && f->a == in->a && f->b == in->b &&
            (ir_ops[in->op].n_args < 3 || f->c == in->c) && f->type == in->type &&
            x->ra->val[j].last) {
            return j;
        }
        if (!makes_no_code(f, &x->ra->val[j])) {
            break;
        }
    }
    return 0;
}

IrRef x64_fused_result(X64 *x, const HostInsn *h)
{
    for (IrRef j = h->ref + 1; j < x->ra->block_end && j < h->ref + 8; j++) {
        const IrInsn *f = insn(x, j);
        if ((f->op == IR_fl_logic || f->op == IR_fl_nz || f->op == IR_fl_nzc) && f->a == h->ref &&
            f->type == h->in->type && x->ra->val[j].last) {
            return j;
        }
        if (!makes_no_code(f, &x->ra->val[j])) {
            break;
        }
    }
    return 0;
}

/* ---- making EFLAGS ---- */

static void alu_arg(X64 *x, X64Alu alu, unsigned w, unsigned d, const HostArg *b)
{
    Emit *e = &x->e;
    switch (b->kind) {
    case HOST_REG:
        x64_alu(e, alu, w, d, b->reg);
        break;
    case HOST_MEM:
        x64_alu_load(e, alu, w, d, b->in_frame ? x64_frame_mem(b->disp) : x64_cpu_mem(b->disp));
        break;
    default:
        if (w < 32) {
            x64_alu_imm(e, alu, w, d, w == 8 ? (int8_t)b->imm : (int16_t)b->imm);
        } else if (w == 64 && (int64_t)b->imm != (int32_t)b->imm) {
            x64_mov_imm64(e, X64_TMP1, b->imm);
            x64_alu(e, alu, w, d, X64_TMP1);
        } else if (alu == ALU_CMP && b->imm == 0) {
            x64_test(e, w, d, d);
        } else {
            x64_alu_imm(e, alu, w, d, b->imm);
        }
    }
}

/* The first operand in a register: its own, or rax (always rax when it will be changed). */
static unsigned first_arg(X64 *x, unsigned w, const HostArg *a, bool changed)
{
    if (a->kind == HOST_REG && !changed) {
        return a->reg;
    }
    x64_arg_to_gpr(x, MAX(w, 32u), X64_TMP0, a);
    return X64_TMP0;
}

/* CF = the lowest bit of z, or its inverse. */
static void carry_in(X64 *x, const HostArg *z, bool inverted)
{
    Emit *e = &x->e;
    if (z->kind == HOST_IMM) {
        if ((z->imm != 0) != inverted) {
            x64_stc(e);
        } else {
            x64_clc(e);
        }
        return;
    }
    if (z->kind == HOST_REG) {
        x64_bt_imm(e, BT_TEST, 32, z->reg, 0);
    } else {
        x64_bt_mem_imm(e, BT_TEST, 32,
                       z->in_frame ? x64_frame_mem(z->disp) : x64_cpu_mem(z->disp), 0);
    }
    if (inverted) {
        x64_cmc(e);
    }
}

/* The last step alone gives all flags; upper bits of a narrow x do not count. */
static void shift_flags(X64 *x, X64Shift op, unsigned w, const HostArg *arg)
{
    Emit *e = &x->e;
    unsigned wide = MAX(w, 32u);
    x64_arg_to_gpr(x, wide, RAX, &arg[0]);
    if (w < 32 && op != SH_SHL) {
        if (op == SH_SAR) {
            x64_movsx(e, 32, w, RAX, RAX);
        } else {
            x64_movzx(e, w, RAX, RAX);
        }
    }
    if (arg[1].kind != HOST_IMM) {
        HostArg n = arg[1];
        x64_mov(e, 64, RDX, RCX);
        x64_arg_to_gpr(x, 32, RCX, &n);
        x64_alu_imm(e, ALU_SUB, 32, RCX, 1);
        x64_shift_cl(e, op, wide, RAX);
        x64_mov(e, 64, RCX, RDX);
    } else if ((arg[1].imm - 1) & (wide - 1)) {
        x64_shift_imm(e, op, wide, RAX, (arg[1].imm - 1) & (wide - 1));
    }
    if (op == SH_SHL) {
        x64_alu(e, ALU_ADD, w, RAX, RAX);
    } else {
        x64_shift_imm(e, op, w, RAX, 1);
    }
}

static void fcmp_operand(X64 *x, unsigned w, unsigned d, const HostArg *a)
{
    if (a->kind == HOST_IMM) {
        x64_mov_imm(x, X64_TMP0, a->imm);
        x64_movd_to_xmm(&x->e, w, d, X64_TMP0);
    } else {
        X64Mem m = a->in_frame ? x64_frame_mem(a->disp) : x64_cpu_mem(a->disp);
        x64_xmm_load(&x->e, w, d, m);
    }
}

static void comis(X64 *x, unsigned w, unsigned op, const HostArg *a, const HostArg *b)
{
    unsigned ra = a->reg, rb = b->reg;
    if (a->kind != HOST_REG) {
        fcmp_operand(x, w, ra = X64_XTMP0, a);
    }
    if (b->kind != HOST_REG) {
        fcmp_operand(x, w, rb = X64_XTMP1, b);
    }
    if (op == IR_fl_comi) {
        x64_vec2(x, w == 32 ? OP_comiss : OP_comisd, ra, rb);
    } else {
        x64_vec2(x, w == 32 ? OP_ucomiss : OP_ucomisd, ra, rb);
    }
}

/* EFLAGS of an op over arguments anywhere; uses rax and rdx.  The mode they are in. */
static unsigned make_eflags(X64 *x, unsigned op, unsigned w, const HostArg *arg)
{
    Emit *e = &x->e;
    unsigned d;
    switch (op) {
    case IR_fl_add:
        d = first_arg(x, w, &arg[0], true);
        alu_arg(x, ALU_ADD, w, d, &arg[1]);
        return FL_PLAIN;
    case IR_fl_sub:
    case IR_fl_cmp:
        d = first_arg(x, w, &arg[0], false);
        alu_arg(x, ALU_CMP, w, d, &arg[1]);
        return op == IR_fl_cmp ? FL_INVERTED : FL_PLAIN;
    case IR_fl_adc:
        d = first_arg(x, w, &arg[0], true);
        carry_in(x, &arg[2], false);
        alu_arg(x, ALU_ADC, w, d, &arg[1]);
        return FL_PLAIN;
    case IR_fl_sbb:
    case IR_fl_sbc:
        d = first_arg(x, w, &arg[0], true);
        carry_in(x, &arg[2], op == IR_fl_sbc);
        alu_arg(x, ALU_SBB, w, d, &arg[1]);
        return op == IR_fl_sbc ? FL_INVERTED : FL_PLAIN;
    case IR_fl_shl:
    case IR_fl_shr:
    case IR_fl_sar:
        shift_flags(x, op == IR_fl_shl ? SH_SHL : op == IR_fl_shr ? SH_SHR : SH_SAR, w, arg);
        return FL_PLAIN;
    case IR_fl_logic:
    case IR_fl_nz:
    case IR_fl_nzc:
    case IR_fl_nzcv:
        d = first_arg(x, w, &arg[0], false);
        x64_test(e, w, d, d);
        return op == IR_fl_logic ? FL_PLAIN : FL_NZ_ONLY;
    case IR_fl_inc:
    case IR_fl_dec:
        d = first_arg(x, w, &arg[0], op == IR_fl_inc);
        alu_arg(x, op == IR_fl_inc ? ALU_ADD : ALU_CMP, w, d, &arg[1]);
        return FL_NO_C;
    case IR_fl_comi:
    case IR_fl_ucomi:
        comis(x, w, op, &arg[0], &arg[1]);
        return FL_PLAIN;
    default:
        g_assert_not_reached();
    }
}

static void args_of(X64 *x, IrRef f, HostArg *arg)
{
    const IrInsn *in = insn(x, f);
    const IrRef ref[3] = { in->a, in->b, in->c };
    for (unsigned k = 0; k < ir_ops[in->op].n_args; k++) {
        if (ra_type(x->ra, ref[k]) != IR_FLAGS) {
            arg[k] = ra_where(x->ra, ref[k]);
        }
    }
}

/* EFLAGS hold f (as far as the op gives it) afterwards. */
static void remake(X64 *x, IrRef f)
{
    const IrInsn *in = insn(x, f);
    HostArg arg[3];
    args_of(x, f, arg);
    x->ra->eflags_mode = make_eflags(x, in->op, width_of(in), arg);
    x->ra->eflags = f;
}

/* ---- packing ---- */

void x64_pack_eflags(X64 *x, unsigned mode)
{
    Emit *e = &x->e;
    if (mode == FL_FCMP) {
        /* greater, less, equal, unordered leave CF, ZF, PF of AH as 00, 01, 40, 45 */
        x64_lahf(e);
        x64_shift_imm(e, SH_SHR, 32, RAX, 8);
        x64_alu_imm(e, ALU_AND, 32, RAX, 0x45);
        x64_mov_imm64(e, RDX, (uintptr_t)x64_common.fcmp_table);
        x64_load_zx(e, 16, RAX, x64_mem_index(RDX, RAX, 1, 0));
        return;
    }
    if (mode == FL_INVERTED) {
        x64_cmc(e);
    }
    x64_mov_imm32(e, RAX, 0);
    x64_lahf(e);
    x64_seto_al(e);
}

static HostArg loc_arg(X64 *x, unsigned kind, unsigned where)
{
    HostArg a = { 0 };
    switch (kind) {
    case LOC_GPR:
    case LOC_VEC:
        a.kind = HOST_REG;
        a.reg = where;
        break;
    case LOC_SPILL:
        a.kind = HOST_MEM;
        a.in_frame = true;
        a.disp = ra_spill_offset(where);
        break;
    case LOC_CONST:
        a.kind = HOST_IMM;
        a.imm = x->ra->consts[where];
        break;
    default:
        g_assert_not_reached();
    }
    return a;
}

/* eax = packed word of a flags operand, itself flags or a word somewhere. */
static void pack_operand(X64 *x, unsigned kind, unsigned where)
{
    if (kind == LOC_FLAGS) {
        x64_pack_loc(x, where);
    } else {
        HostArg a = loc_arg(x, kind, where);
        x64_arg_to_gpr(x, 32, RAX, &a);
    }
}

/* N and Z (and whatever is in `mask`) of `value` or'ed to what is in edx. */
static void pack_nz(X64 *x, unsigned w, const HostArg *value, uint32_t mask)
{
    Emit *e = &x->e;
    unsigned d = first_arg(x, w, value, false);
    x64_test(e, w, d, d);
    x64_lahf(e);
    x64_alu_imm(e, ALU_AND, 32, RAX, mask);
    x64_alu(e, ALU_OR, 32, RAX, RDX);
}

/* C and V of a rotated value in place of those in eax. */
static void pack_rotated(X64 *x, bool left, unsigned w, const HostArg *value)
{
    Emit *e = &x->e;
    unsigned wide = MAX(w, 32u);
    x64_alu_imm(e, ALU_AND, 32, RAX, ~(FL_C | FL_V));
    x64_store(e, 32, x64_frame_mem(X64_SCRATCH), RAX);
    x64_arg_to_gpr(x, wide, RDX, value);
    x64_mov(e, wide, RAX, RDX);
    x64_shift_imm(e, SH_SHR, wide, RAX, w - 1);
    if (!left) {                                /* C is the highest bit, V the two highest */
        x64_shift_imm(e, SH_SHR, wide, RDX, w - 2);
        x64_alu(e, ALU_XOR, 32, RDX, RAX);
        x64_alu_imm(e, ALU_AND, 32, RDX, 1);
        x64_alu_load(e, ALU_OR, 32, RDX, x64_frame_mem(X64_SCRATCH));
        x64_alu_imm(e, ALU_AND, 32, RAX, 1);
        x64_shift_imm(e, SH_SHL, 32, RAX, 8);
    } else {                                    /* C is the lowest, V it and the highest */
        x64_alu(e, ALU_XOR, 32, RAX, RDX);
        x64_alu_imm(e, ALU_AND, 32, RAX, 1);
        x64_alu_imm(e, ALU_AND, 32, RDX, 1);
        x64_shift_imm(e, SH_SHL, 32, RDX, 8);
        x64_alu_load(e, ALU_OR, 32, RDX, x64_frame_mem(X64_SCRATCH));
    }
    x64_alu(e, ALU_OR, 32, RAX, RDX);
}

void x64_pack_loc(X64 *x, unsigned index)
{
    Emit *e = &x->e;
    FlagLoc f = x->ra->flag_locs[index];
    HostArg arg[3];
    unsigned w = ir_type_bits(f.type);
    for (unsigned k = 0; k < ir_ops[f.op].n_args; k++) {
        if (f.kind[k] != LOC_FLAGS) {
            arg[k] = loc_arg(x, f.kind[k], f.where[k]);
        }
    }
    switch (f.op) {
    case IR_fl_nz:
        pack_operand(x, f.kind[1], f.where[1]);
        x64_alu_imm(e, ALU_AND, 32, RAX, FL_C | FL_V);
        x64_mov(e, 32, RDX, RAX);
        pack_nz(x, w, &arg[0], FL_N | FL_Z);
        break;
    case IR_fl_nzc:
        pack_operand(x, f.kind[2], f.where[2]);
        x64_alu_imm(e, ALU_AND, 32, RAX, FL_V);
        x64_arg_to_gpr(x, 32, RDX, &arg[1]);
        x64_shift_imm(e, SH_SHL, 32, RDX, 8);
        x64_alu(e, ALU_OR, 32, RDX, RAX);
        pack_nz(x, w, &arg[0], FL_N | FL_Z);
        break;
    case IR_fl_nzcv:
        x64_arg_to_gpr(x, 32, RDX, &arg[1]);
        x64_shift_imm(e, SH_SHL, 32, RDX, 8);
        alu_arg(x, ALU_OR, 32, RDX, &arg[2]);
        pack_nz(x, w, &arg[0], FL_N | FL_Z | FL_P);
        break;
    case IR_fl_inc:
    case IR_fl_dec:
        pack_operand(x, f.kind[2], f.where[2]);
        x64_alu_imm(e, ALU_AND, 32, RAX, FL_C);
        x64_store(e, 32, x64_frame_mem(X64_SCRATCH), RAX);
        make_eflags(x, f.op, w, arg);
        x64_pack_eflags(x, FL_PLAIN);
        x64_alu_imm(e, ALU_AND, 32, RAX, ~FL_C);
        x64_alu_load(e, ALU_OR, 32, RAX, x64_frame_mem(X64_SCRATCH));
        break;
    case IR_fl_rol:
    case IR_fl_ror:
        pack_operand(x, f.kind[1], f.where[1]);
        pack_rotated(x, f.op == IR_fl_rol, w, &arg[0]);
        break;
    case IR_fl_pack:
        x64_arg_to_gpr(x, 32, RAX, &arg[0]);
        break;
    case IR_fl_fcmp:
        comis(x, w, f.op, &arg[0], &arg[1]);
        x64_pack_eflags(x, FL_FCMP);
        break;
    default:
        x64_pack_eflags(x, make_eflags(x, f.op, w, arg));
    }
}

static void place_flags(X64 *x, IrRef f)
{
    const IrInsn *in = insn(x, f);
    const IrRef ref[3] = { in->a, in->b, in->c };
    Ra *ra = x->ra;
    for (unsigned k = 0; k < ir_ops[in->op].n_args; k++) {
        IrRef v = ref[k];
        if (is_flags_op(insn(x, v)->op)) {
            place_flags(x, v);
        } else if (!ra_is_const(ra, v) && ra->val[v].reg == RA_NO_REG &&
                   ra->val[v].mem != RA_SPILL) {
            ra_use(ra, v);
        }
    }
}

void x64_pack(X64 *x, IrRef f)
{
    Ra *ra = x->ra;
    bool held = ra->eflags == f && ra->eflags_mode != FL_NZ_ONLY &&
                ra->eflags_mode != FL_NO_C && ra->eflags_mode != FL_FCMP_SWAPPED;
    if (held) {
        x64_pack_eflags(x, ra->eflags_mode);
        if (ra->eflags_mode == FL_INVERTED) {
            ra->eflags_mode = FL_PLAIN;
        } else if (ra->eflags_mode == FL_FCMP) {
            ra->eflags = 0;
        }
    } else if (!is_flags_op(insn(x, f)->op)) {
        HostArg a = ra_where(ra, f);
        x64_arg_to_gpr(x, 32, RAX, &a);
    } else {
        unsigned kept = ra->n_flag_locs;
        uint32_t locked = ra->locked;
        bool placing = ra->placing;
        ra->placing = true;
        place_flags(x, f);
        x64_pack_loc(x, ra_flags_loc(ra, f));
        ra->placing = placing;
        ra->locked = locked;
        ra->n_flag_locs = kept;
        ra->eflags = 0;
    }
}

void x64_store_flags(Ra *ra, IrRef f, int32_t disp)
{
    x64_pack(&x64, f);
    x64_store(&x64.e, 32, x64_cpu_mem(disp), RAX);
}

/* EFLAGS from the packed word. */
static void unpack(X64 *x, IrRef f)
{
    x64_pack(x, f);
    x64_add_al(&x->e, 0x7f);
    x64_sahf(&x->e);
    x->ra->eflags = f;
    x->ra->eflags_mode = FL_PLAIN;
}

/* ---- conditions ---- */

enum { ON_N = 1, ON_Z = 2, ON_C = 4, ON_V = 8, ON_P = 16 };

static const uint8_t looks_at[IR_N_CONDS] = {
    [IR_EQ] = ON_Z, [IR_NE] = ON_Z, [IR_CS] = ON_C, [IR_CC] = ON_C, [IR_MI] = ON_N, [IR_PL] = ON_N,
    [IR_VS] = ON_V, [IR_VC] = ON_V, [IR_HI] = ON_C | ON_Z, [IR_LS] = ON_C | ON_Z,
    [IR_GE] = ON_N | ON_V, [IR_LT] = ON_N | ON_V, [IR_GT] = ON_N | ON_V | ON_Z,
    [IR_LE] = ON_N | ON_V | ON_Z, [IR_A] = ON_C | ON_Z, [IR_BE] = ON_C | ON_Z,
    [IR_PE] = ON_P, [IR_PO] = ON_P,
};

/* The condition over EFLAGS in mode PLAIN or INVERTED. */
static X64Cond condition(X64 *x, IrCond cc)
{
    static const uint8_t plain[IR_N_CONDS] = {
        CC_E, CC_NE, CC_B, CC_AE, CC_S, CC_NS, CC_O, CC_NO, CC_BE, CC_A, CC_GE, CC_L, CC_G, CC_LE,
        0, 0, CC_A, CC_BE, CC_P, CC_NP,
    };
    Ra *ra = x->ra;
    bool inverted = ra->eflags_mode == FL_INVERTED;
    bool wants_inverted = cc == IR_HI || cc == IR_LS;   /* "C set and Z clear": CF clear is A */
    bool both = cc == IR_A || cc == IR_BE;

    if ((wants_inverted && !inverted) || (both && inverted)) {
        x64_cmc(&x->e);
        ra->eflags_mode = wants_inverted ? FL_INVERTED : FL_PLAIN;
        inverted = wants_inverted;
    }
    if (cc == IR_HI || cc == IR_LS) {
        return cc == IR_HI ? CC_A : CC_BE;
    }
    if (cc == IR_CS || cc == IR_CC) {
        return (cc == IR_CS) != inverted ? CC_B : CC_AE;
    }
    return plain[cc];
}

/* One bit of a packed word in memory or a register. */
static X64Cond test_bit(X64 *x, IrRef f, IrCond cc)
{
    static const uint16_t bit[] = { FL_Z, FL_C, FL_N, FL_V };
    Ra *ra = x->ra;
    IrRef word = insn(x, f)->op == IR_fl_pack ? insn(x, f)->a : f;
    HostArg a = ra_where(ra, word);
    unsigned b = bit[cc >> 1];
    if (a.kind == HOST_MEM) {
        X64Mem m = a.in_frame ? x64_frame_mem(a.disp) : x64_cpu_mem(a.disp);
        m.disp += b > 0xff;
        x64_test_mem_imm(&x->e, 8, m, (int8_t)(b > 0xff ? b >> 8 : b));
    } else {
        unsigned r = first_arg(x, 32, &a, false);
        x64_test_imm(&x->e, 32, r, b);
    }
    ra->eflags = 0;
    return cc & 1 ? CC_E : CC_NE;
}

/* Conditions after ucomis: an unordered result sets ZF, PF and CF, and is less neither way. */
static X64Cond fcmp_condition(X64 *x, IrRef f, IrCond cc)
{
    static const struct { uint8_t swapped, cc; } how[] = {
        [IR_CS] = { 1, CC_BE }, [IR_CC] = { 1, CC_A }, [IR_MI] = { 1, CC_A }, [IR_PL] = { 1, CC_BE },
        [IR_VS] = { 0, CC_P }, [IR_VC] = { 0, CC_NP }, [IR_HI] = { 1, CC_B }, [IR_LS] = { 1, CC_AE },
        [IR_GE] = { 0, CC_AE }, [IR_LT] = { 0, CC_B }, [IR_GT] = { 0, CC_A }, [IR_LE] = { 0, CC_BE },
    };
    Ra *ra = x->ra;
    const IrInsn *in = insn(x, f);
    unsigned w = width_of(in);
    HostArg a = ra_where(ra, in->a), b = ra_where(ra, in->b);
    if (cc == IR_EQ || cc == IR_NE) {
        /* equal and ordered is two flags: compare into a mask instead */
        unsigned ar = a.reg, br = b.reg;
        if (a.kind != HOST_REG) {
            fcmp_operand(x, w, ar = X64_XTMP0, &a);
        }
        if (b.kind != HOST_REG) {
            fcmp_operand(x, w, br = X64_XTMP1, &b);
        }
        if (ar != X64_XTMP0) {
            x64_vec2(x, OP_movaps, X64_XTMP0, ar);
        }
        if (w == 32) {
            x64_cmpss(&x->e, X64_XTMP0, br, 0);
        } else {
            x64_cmpsd(&x->e, X64_XTMP0, br, 0);
        }
        x64_movd_from_xmm(&x->e, 32, X64_TMP0, X64_XTMP0);
        x64_test(&x->e, 32, X64_TMP0, X64_TMP0);
        ra->eflags = 0;
        return cc == IR_EQ ? CC_NE : CC_E;
    }
    unsigned mode = how[cc].swapped ? FL_FCMP_SWAPPED : FL_FCMP;
    if (ra->eflags != f || (ra->eflags_mode != mode && looks_at[cc] != ON_V)) {
        comis(x, w, IR_fl_fcmp, how[cc].swapped ? &b : &a, how[cc].swapped ? &a : &b);
        ra->eflags = f;
        ra->eflags_mode = mode;
    }
    return how[cc].cc;
}

static X64Cond nz_condition(X64 *x, IrRef f, IrCond cc)
{
    const IrInsn *in = insn(x, f);
    Ra *ra = x->ra;
    unsigned on = looks_at[cc];
    if (!(on & ~(ON_N | ON_Z))) {
        if (ra->eflags != f) {
            remake(x, f);
        }
        return condition(x, cc);
    }
    if (ra->eflags == f && ra->eflags_mode != FL_NZ_ONLY) {
        return condition(x, cc);
    }
    if (in->op == IR_fl_nz && !(on & ~(ON_C | ON_V))) {
        return x64_prepare_flags(ra, in->b, cc);
    }
    if (in->op == IR_fl_nzc && on == ON_V) {
        return x64_prepare_flags(ra, in->c, cc);
    }
    if (in->op == IR_fl_nzc && on == ON_C) {
        HostArg c = ra_where(ra, in->b);
        unsigned r = first_arg(x, 32, &c, false);
        x64_test(&x->e, 32, r, r);
        ra->eflags = 0;
        return cc == IR_CS ? CC_NE : CC_E;
    }
    unpack(x, f);
    return condition(x, cc);
}

/* fl_nzcv: carry and overflow are values of their own. */
static X64Cond nzcv_condition(X64 *x, IrRef f, IrCond cc)
{
    const IrInsn *in = insn(x, f);
    Ra *ra = x->ra;
    unsigned on = looks_at[cc];
    if (on == ON_C || on == ON_V) {
        HostArg c = ra_where(ra, on == ON_C ? in->b : in->c);
        unsigned r = first_arg(x, 32, &c, false);
        x64_test(&x->e, 32, r, r);
        ra->eflags = 0;
        return cc & 1 ? CC_E : CC_NE;
    }
    if (!(on & ~(ON_N | ON_Z | ON_P))) {
        if (ra->eflags != f) {
            remake(x, f);
        }
    } else if (ra->eflags != f || ra->eflags_mode == FL_NZ_ONLY) {
        unpack(x, f);
    }
    return condition(x, cc);
}

/* fl_inc, fl_dec: all but the carry comes of the sum. */
static X64Cond inc_condition(X64 *x, IrRef f, IrCond cc)
{
    const IrInsn *in = insn(x, f);
    Ra *ra = x->ra;
    unsigned on = looks_at[cc];
    if (on == ON_C) {
        return x64_prepare_flags(ra, in->c, cc);
    }
    if (!(on & ON_C)) {
        if (ra->eflags != f) {
            remake(x, f);
        }
    } else if (ra->eflags != f || ra->eflags_mode == FL_NO_C) {
        unpack(x, f);
    }
    return condition(x, cc);
}

/* fl_rol, fl_ror: but for C and V the flags are older ones. */
static X64Cond rotated_condition(X64 *x, IrRef f, IrCond cc)
{
    const IrInsn *in = insn(x, f);
    Ra *ra = x->ra;
    unsigned on = looks_at[cc];
    if (!(on & (ON_C | ON_V))) {
        return x64_prepare_flags(ra, in->b, cc);
    }
    if (ra->eflags != f) {
        unpack(x, f);
    }
    return condition(x, cc);
}

unsigned x64_prepare_flags(Ra *ra, IrRef f, IrCond cc)
{
    X64 *x = &x64;
    const IrInsn *in = insn(x, f);
    if (cc == IR_AL || cc == IR_NV) {
        /* always or never: a condition that is known after test rsp, rsp */
        x64_test(&x->e, 64, RSP, RSP);
        ra->eflags = 0;
        return cc == IR_AL ? CC_NE : CC_E;
    }
    if (in->op == IR_fl_nz || in->op == IR_fl_nzc) {
        return nz_condition(x, f, cc);
    }
    if (in->op == IR_fl_nzcv) {
        return nzcv_condition(x, f, cc);
    }
    if (in->op == IR_fl_inc || in->op == IR_fl_dec) {
        return inc_condition(x, f, cc);
    }
    if (in->op == IR_fl_rol || in->op == IR_fl_ror) {
        return rotated_condition(x, f, cc);
    }
    bool unpacked = ra->eflags == f &&
                    (ra->eflags_mode == FL_PLAIN || ra->eflags_mode == FL_INVERTED);
    if (in->op == IR_fl_fcmp && !unpacked) {
        if (cc >= IR_A) {
            unpack(x, f);
            return condition(x, cc);
        }
        return fcmp_condition(x, f, cc);
    }
    if (ra->eflags == f) {
        return condition(x, cc);
    }
    if (is_flags_op(in->op) && in->op != IR_fl_pack) {
        remake(x, f);
        return condition(x, cc);
    }
    if (cc < IR_HI && cc != IR_AL) {
        return test_bit(x, f, cc);
    }
    unpack(x, f);
    return condition(x, cc);
}

/* ---- definitions ---- */

/* An unordered comparison calls the exact helper for its sticky flags; the result is CV. */
static void fcmp_slow(X64 *x, X64Cold *c)
{
    Emit *e = &x->e;
    unsigned w = c->h.width;
    x64_xmm_store(e, w, x64_frame_mem(X64_SCRATCH), c->h.arg[0].reg);
    x64_xmm_store(e, w, x64_frame_mem(X64_SCRATCH + 16), c->h.arg[1].reg);
    x64_mov_imm64(e, RAX, (uintptr_t)c->fn);
    x64_call_to(e, x64_common.exact);
    x64_vec2(x, w == 32 ? OP_ucomiss : OP_ucomisd, c->h.arg[0].reg, c->h.arg[1].reg);
    x64_patch32(x64_jmp(e), c->back);
}

void x64_define_flags(Ra *ra, IrRef f)
{
    X64 *x = &x64;
    const IrInsn *in = insn(x, f);
    if (in->op == IR_fl_fcmp) {
        HostInsn h = { .in = in, .ref = f, .width = width_of(in) };
        h.arg[0].reg = ra_use(ra, in->a) & 15;
        h.arg[1].reg = ra_use(ra, in->b) & 15;
        x64_vec2(x, h.width == 32 ? OP_ucomiss : OP_ucomisd, h.arg[0].reg, h.arg[1].reg);
        ra->eflags = f;
        ra->eflags_mode = FL_FCMP;
        if (in->call) {
            X64Cold *c = x64_cold(x, fcmp_slow, &h);
            c->fn = (const void *)in->call->fn;
            c->jump[0] = x64_jcc(&x->e, CC_P);
            c->back = x->e.p;
        }
        return;
    }
    if (in->op == IR_fl_comi || in->op == IR_fl_ucomi) {
        HostArg arg[2] = { { .kind = HOST_REG, .reg = ra_use(ra, in->a) & 15 },
                           { .kind = HOST_REG, .reg = ra_use(ra, in->b) & 15 } };
        comis(x, width_of(in), in->op, &arg[0], &arg[1]);
        ra->eflags = f;
        ra->eflags_mode = FL_PLAIN;
        return;
    }
    if (ra->eflags == f || ra->val[f].keep) {
        return;
    }
    if (in->op == IR_fl_pack) {
        unpack(x, f);
    } else {
        remake(x, f);
    }
}
