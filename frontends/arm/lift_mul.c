/* SPDX-License-Identifier: MIT */
/*
 * Multiplication and division.  Implements: ARM DDI 0406C, A4.4.3, A4.4.8.
 * Choices: MULS and the like leave C and V (ARMv4 makes C UNPREDICTABLE); equal RdHi and RdLo
 * (UNPREDICTABLE) get the upper half.  Division by zero gives 0: A profile processors never trap.
 */
#include "frontends/arm/lift.h"

static IrRef wide_signed(Lift *c, IrRef x)
{
    return ir_op1(c->ir, IR_sext32, IR_I64, x);
}

static IrRef wide_unsigned(Lift *c, IrRef x)
{
    return ir_op1(c->ir, IR_zext32, IR_I64, x);
}

static IrRef low(Lift *c, IrRef x)
{
    return ir_op1(c->ir, IR_lo32, IR_I32, x);
}

static IrRef high(Lift *c, IrRef x)
{
    return ir_op1(c->ir, IR_hi32, IR_I32, x);
}

static void set_pair(Lift *c, unsigned rdlo, unsigned rdhi, IrRef v)
{
    set_gpr(c, rdlo, low(c, v));
    set_gpr(c, rdhi, high(c, v));
}

static IrRef get_pair(Lift *c, unsigned rdlo, unsigned rdhi)
{
    return ir_op2(c->ir, IR_pair, IR_I64, get_gpr(c, rdlo), get_gpr(c, rdhi));
}

static void set_nz(Lift *c, IrRef v)
{
    set_flags(c, ir_flags(c->ir, IR_fl_nz, v, get_flags(c), 0));
}

/* ---- 32 x 32 to 32 ---- */

static void multiply(Lift *c, unsigned rd, bool s, IrRef v)
{
    if (s) {
        guard(c);
        set_nz(c, v);
    }
    set_gpr(c, rd, v);
}

void lift_mul(Lift *c, const args_mul *a)
{
    multiply(c, a->rd, a->s, ir_mul(c->ir, get_gpr(c, a->rn), get_gpr(c, a->rm)));
}

void lift_mla(Lift *c, const args_mla *a)
{
    IrRef product = ir_mul(c->ir, get_gpr(c, a->rn), get_gpr(c, a->rm));
    multiply(c, a->rd, a->s, ir_add(c->ir, product, get_gpr(c, a->ra)));
}

void lift_mls(Lift *c, const args_mls *a)
{
    IrRef product = ir_mul(c->ir, get_gpr(c, a->rn), get_gpr(c, a->rm));
    set_gpr(c, a->rd, ir_sub(c->ir, get_gpr(c, a->ra), product));
}

/* ---- 32 x 32 to 64 ---- */

#define LONG(name, widen, accumulate)                                              \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        if (a->s) {                                                                \
            guard(c);                                                              \
        }                                                                          \
        IrRef v = ir_mul(c->ir, widen(c, get_gpr(c, a->rn)), widen(c, get_gpr(c, a->rm))); \
        if (accumulate) {                                                          \
            v = ir_add(c->ir, v, get_pair(c, a->rdlo, a->rdhi));                   \
        }                                                                          \
        if (a->s) {                                                                \
            set_nz(c, v);                                                          \
        }                                                                          \
        set_pair(c, a->rdlo, a->rdhi, v);                                          \
    }

LONG(umull, wide_unsigned, false)
LONG(umlal, wide_unsigned, true)
LONG(smull, wide_signed, false)
LONG(smlal, wide_signed, true)

/* Two 32-bit addends: the sum cannot overflow 64 bits. */
void lift_umaal(Lift *c, const args_umaal *a)
{
    IrRef v = ir_mul(c->ir, wide_unsigned(c, get_gpr(c, a->rn)), wide_unsigned(c, get_gpr(c, a->rm)));
    v = ir_add(c->ir, v, wide_unsigned(c, get_gpr(c, a->rdlo)));
    v = ir_add(c->ir, v, wide_unsigned(c, get_gpr(c, a->rdhi)));
    set_pair(c, a->rdlo, a->rdhi, v);
}

/* ---- halfwords ---- */

static IrRef half(Lift *c, IrRef x, bool top)
{
    return top ? ir_sar(c->ir, x, ir_i32(c->ir, 16)) : ir_sext16(c->ir, x);
}

static IrRef half_product(Lift *c, unsigned rn, bool ntop, unsigned rm, bool mtop)
{
    return ir_mul(c->ir, half(c, get_gpr(c, rn), ntop), half(c, get_gpr(c, rm), mtop));
}

/* x + y into rd; Q when that overflows. */
static void add_setting_q(Lift *c, unsigned rd, IrRef x, IrRef y)
{
    IrRef overflow = ir_cond(c->ir, IR_VS, ir_flags(c->ir, IR_fl_add, x, y, 0));
    IrRef sum = ir_add(c->ir, x, y);
    set_q_if(c, overflow);
    set_gpr(c, rd, sum);
}

void lift_smulxy(Lift *c, const args_smulxy *a)
{
    set_gpr(c, a->rd, half_product(c, a->rn, a->ntop, a->rm, a->mtop));
}

void lift_smlaxy(Lift *c, const args_smlaxy *a)
{
    IrRef product = half_product(c, a->rn, a->ntop, a->rm, a->mtop);
    add_setting_q(c, a->rd, product, get_gpr(c, a->ra));
}

void lift_smlalxy(Lift *c, const args_smlalxy *a)
{
    IrRef product = wide_signed(c, half_product(c, a->rn, a->ntop, a->rm, a->mtop));
    set_pair(c, a->rdlo, a->rdhi, ir_add(c->ir, get_pair(c, a->rdlo, a->rdhi), product));
}

/* The upper 32 of the 48 bits of a word times a halfword. */
static IrRef word_half_product(Lift *c, unsigned rn, unsigned rm, bool mtop)
{
    IrRef x = wide_signed(c, get_gpr(c, rn)), y = wide_signed(c, half(c, get_gpr(c, rm), mtop));
    return low(c, ir_sar(c->ir, ir_mul(c->ir, x, y), ir_i32(c->ir, 16)));
}

void lift_smulw(Lift *c, const args_smulw *a)
{
    set_gpr(c, a->rd, word_half_product(c, a->rn, a->rm, a->mtop));
}

void lift_smlaw(Lift *c, const args_smlaw *a)
{
    add_setting_q(c, a->rd, word_half_product(c, a->rn, a->rm, a->mtop), get_gpr(c, a->ra));
}

/* ---- dual halfwords: both products, their sum or difference, in 64 bits ---- */

typedef struct DualArgs {
    unsigned rn, rm;
    bool x, subtract;
} DualArgs;

static IrRef dual(Lift *c, DualArgs d)
{
    IrRef n = get_gpr(c, d.rn), m = get_gpr(c, d.rm);
    IrRef first = wide_signed(c, ir_mul(c->ir, half(c, n, false), half(c, m, d.x)));
    IrRef second = wide_signed(c, ir_mul(c->ir, half(c, n, true), half(c, m, !d.x)));
    return d.subtract ? ir_sub(c->ir, first, second) : ir_add(c->ir, first, second);
}

/* The low word of v into rd; Q when v needs more. */
static void narrow_setting_q(Lift *c, unsigned rd, IrRef v)
{
    IrRef word = low(c, v);
    IrRef f = ir_flags(c->ir, IR_fl_cmp, wide_signed(c, word), v, 0);
    set_q_if(c, ir_cond(c->ir, IR_NE, f));
    set_gpr(c, rd, word);
}

#define DUAL(name, subtract)                                                       \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        narrow_setting_q(c, a->rd, dual(c, (DualArgs) { a->rn, a->rm, a->x, subtract })); \
    }
#define DUAL_ADD(name, subtract)                                                   \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        IrRef v = dual(c, (DualArgs) { a->rn, a->rm, a->x, subtract });            \
        narrow_setting_q(c, a->rd, ir_add(c->ir, v, wide_signed(c, get_gpr(c, a->ra)))); \
    }
#define DUAL_LONG(name, subtract)                                                  \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        IrRef v = dual(c, (DualArgs) { a->rn, a->rm, a->x, subtract });            \
        set_pair(c, a->rdlo, a->rdhi, ir_add(c->ir, v, get_pair(c, a->rdlo, a->rdhi))); \
    }

DUAL(smuad, false)
DUAL(smusd, true)
DUAL_ADD(smlad, false)
DUAL_ADD(smlsd, true)
DUAL_LONG(smlald, false)
DUAL_LONG(smlsld, true)

/* ---- the most significant word ---- */

static void most_significant(Lift *c, unsigned rd, IrRef v, bool round)
{
    set_gpr(c, rd, high(c, round ? ir_addi(c->ir, v, 0x80000000) : v));
}

static IrRef signed_product(Lift *c, unsigned rn, unsigned rm)
{
    return ir_mul(c->ir, wide_signed(c, get_gpr(c, rn)), wide_signed(c, get_gpr(c, rm)));
}

/* Ra above 32 zeros */
static IrRef high_addend(Lift *c, unsigned ra)
{
    return ir_op2(c->ir, IR_pair, IR_I64, ir_i32(c->ir, 0), get_gpr(c, ra));
}

void lift_smmul(Lift *c, const args_smmul *a)
{
    most_significant(c, a->rd, signed_product(c, a->rn, a->rm), a->round);
}

void lift_smmla(Lift *c, const args_smmla *a)
{
    IrRef v = ir_add(c->ir, high_addend(c, a->ra), signed_product(c, a->rn, a->rm));
    most_significant(c, a->rd, v, a->round);
}

void lift_smmls(Lift *c, const args_smmls *a)
{
    IrRef v = ir_sub(c->ir, high_addend(c, a->ra), signed_product(c, a->rn, a->rm));
    most_significant(c, a->rd, v, a->round);
}

/* ---- division: the IR's operations are defined as ARM wants them ---- */

void lift_sdiv(Lift *c, const args_sdiv *a)
{
    set_gpr(c, a->rd, ir_divs(c->ir, get_gpr(c, a->rn), get_gpr(c, a->rm)));
}

void lift_udiv(Lift *c, const args_udiv *a)
{
    set_gpr(c, a->rd, ir_divu(c->ir, get_gpr(c, a->rn), get_gpr(c, a->rm)));
}
