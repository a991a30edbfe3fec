/* SPDX-License-Identifier: MIT */
/*
 * Saturating, parallel, packing, extending and bit field instructions.
 * Implements: ARM DDI 0406C, A4.4.4 to A4.4.7, A5.4.
 * Choices: bit fields that reach beyond bit 31 (UNPREDICTABLE) end there; BFI and BFC whose msb is
 * below their lsb do nothing.
 */
#include "frontends/arm/lift.h"

static IrRef k(Lift *c, uint32_t v)
{
    return ir_i32(c->ir, v);
}

/* ---- saturating addition ---- */

typedef struct Saturated {
    IrRef v, q;
} Saturated;

/* x + y or x - y between INT_MIN and INT_MAX.  On overflow the sign of the true result is that of
 * x: (x >> 31) ^ INT_MAX. */
static Saturated add_saturating(Lift *c, IrRef x, IrRef y, bool subtract)
{
    IrBuild *b = c->ir;
    IrRef f = ir_flags(b, subtract ? IR_fl_cmp : IR_fl_add, x, y, 0);
    IrRef v = subtract ? ir_sub(b, x, y) : ir_add(b, x, y);
    IrRef limit = ir_xor(b, ir_sar(b, x, k(c, 31)), k(c, 0x7fffffff));
    return (Saturated) { ir_select(b, IR_VS, f, limit, v), ir_cond(b, IR_VS, f) };
}

static void qadd(Lift *c, unsigned rd, unsigned rm, unsigned rn, bool twice, bool subtract)
{
    Saturated n = { get_gpr(c, rn), 0 };
    if (twice) {
        n = add_saturating(c, n.v, n.v, false);
    }
    Saturated r = add_saturating(c, get_gpr(c, rm), n.v, subtract);
    set_q_if(c, twice ? ir_or(c->ir, r.q, n.q) : r.q);
    set_gpr(c, rd, r.v);
}

#define QADD(name, twice, subtract)                                                \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        qadd(c, a->rd, a->rm, a->rn, twice, subtract);                             \
    }

QADD(qadd,  false, false)
QADD(qsub,  false, true)
QADD(qdadd, true,  false)
QADD(qdsub, true,  true)

/* ---- saturation to a width ---- */

static IrRef clamp(Lift *c, IrRef x, int32_t least, int32_t most)
{
    IrBuild *b = c->ir;
    IrRef v = ir_select(b, IR_GT, ir_flags(b, IR_fl_cmp, x, k(c, most), 0), k(c, most), x);
    return ir_select(b, IR_LT, ir_flags(b, IR_fl_cmp, v, k(c, least), 0), k(c, least), v);
}

static IrRef differs(Lift *c, IrRef x, IrRef y)
{
    return ir_cond(c->ir, IR_NE, ir_flags(c->ir, IR_fl_cmp, x, y, 0));
}

static int32_t most_of(unsigned bits)
{
    return (int32_t)((1u << bits) - 1);
}

/* asr: arithmetic shift right (0 means 32), else shift left */
static void saturate(Lift *c, unsigned rd, unsigned rn, bool asr, unsigned imm, int32_t least,
                     int32_t most)
{
    IrRef x = shift_imm(c, get_gpr(c, rn), asr ? 2 : 0, imm, NULL);
    IrRef v = clamp(c, x, least, most);
    set_q_if(c, differs(c, v, x));
    set_gpr(c, rd, v);
}

void lift_ssat(Lift *c, const args_ssat *a)
{
    int32_t most = most_of(a->sat);
    saturate(c, a->rd, a->rn, a->asr, a->imm, ~most, most);
}

void lift_usat(Lift *c, const args_usat *a)
{
    saturate(c, a->rd, a->rn, a->asr, a->imm, 0, most_of(a->sat));
}

static IrRef low_half(Lift *c, IrRef x)
{
    return ir_sext16(c->ir, x);
}

static IrRef high_half(Lift *c, IrRef x)
{
    return ir_sar(c->ir, x, k(c, 16));
}

/* The low halves of two values as one word. */
static IrRef join(Lift *c, IrRef low, IrRef high)
{
    return ir_bfi(c->ir, ir_zext16(c->ir, low), high, 16, 16);
}

static void saturate16(Lift *c, unsigned rd, unsigned rn, int32_t least, int32_t most)
{
    IrRef x = get_gpr(c, rn), low = low_half(c, x), high = high_half(c, x);
    IrRef vl = clamp(c, low, least, most), vh = clamp(c, high, least, most);
    set_q_if(c, ir_or(c->ir, differs(c, vl, low), differs(c, vh, high)));
    set_gpr(c, rd, join(c, vl, vh));
}

void lift_ssat16(Lift *c, const args_ssat16 *a)
{
    int32_t most = most_of(a->sat);
    saturate16(c, a->rd, a->rn, ~most, most);
}

void lift_usat16(Lift *c, const args_usat16 *a)
{
    saturate16(c, a->rd, a->rn, 0, most_of(a->sat));
}

/* ---- parallel addition and subtraction: calls ---- */

#define PARALLEL(name)                                                             \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        set_gpr(c, a->rd, ir_call2(c->ir, &call_arm_##name, get_gpr(c, a->rn),     \
                                   get_gpr(c, a->rm)));                            \
    }
/* ... and GE in the upper half of the result */
#define PARALLEL_GE(name)                                                          \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        IrRef v = ir_call2(c->ir, &call_arm_##name, get_gpr(c, a->rn), get_gpr(c, a->rm)); \
        set_slot(c, SLOT_GE, ir_op1(c->ir, IR_hi32, IR_I32, v));                   \
        set_gpr(c, a->rd, ir_op1(c->ir, IR_lo32, IR_I32, v));                      \
    }
#define PARALLEL_SIX(DO, prefix)                                                   \
    DO(prefix##add8) DO(prefix##add16) DO(prefix##sub8) DO(prefix##sub16)          \
    DO(prefix##asx) DO(prefix##sax)

PARALLEL_SIX(PARALLEL_GE, s)
PARALLEL_SIX(PARALLEL_GE, u)
PARALLEL_SIX(PARALLEL, q)
PARALLEL_SIX(PARALLEL, uq)
PARALLEL_SIX(PARALLEL, sh)
PARALLEL_SIX(PARALLEL, uh)

void lift_usad8(Lift *c, const args_usad8 *a)
{
    set_gpr(c, a->rd, ir_call2(c->ir, &call_arm_usad8, get_gpr(c, a->rn), get_gpr(c, a->rm)));
}

void lift_usada8(Lift *c, const args_usada8 *a)
{
    IrRef v = ir_call2(c->ir, &call_arm_usad8, get_gpr(c, a->rn), get_gpr(c, a->rm));
    set_gpr(c, a->rd, ir_add(c->ir, v, get_gpr(c, a->ra)));
}

/* SEL: bytes of rn where GE is set, else of rm.  The product copies bit i of GE to bit 8 i. */
void lift_sel(Lift *c, const args_sel *a)
{
    IrBuild *b = c->ir;
    IrRef ge = ir_mul(b, ir_get(b, SLOT_GE), k(c, 0x00204081));
    IrRef mask = ir_mul(b, ir_and(b, ge, k(c, 0x01010101)), k(c, 0xff));
    IrRef n = ir_and(b, get_gpr(c, a->rn), mask);
    set_gpr(c, a->rd, ir_or(b, n, ir_andn(b, get_gpr(c, a->rm), mask)));
}

/* ---- packing and extension ---- */

void lift_pkh(Lift *c, const args_pkh *a)
{
    IrRef n = get_gpr(c, a->rn);
    IrRef m = shift_imm(c, get_gpr(c, a->rm), a->tb ? 2 : 0, a->imm, NULL);
    IrRef high = a->tb ? n : m, low = a->tb ? m : n;
    set_gpr(c, a->rd, ir_bfi(c->ir, high, low, 0, 16));
}

typedef IrRef (*Extend)(Lift *c, IrRef x);

static IrRef sxtb(Lift *c, IrRef x)
{
    return ir_sext8(c->ir, x);
}

static IrRef sxth(Lift *c, IrRef x)
{
    return ir_sext16(c->ir, x);
}

static IrRef uxtb(Lift *c, IrRef x)
{
    return ir_zext8(c->ir, x);
}

static IrRef uxth(Lift *c, IrRef x)
{
    return ir_zext16(c->ir, x);
}

/* Bytes 0 and 2 as signed halfwords */
static IrRef sxtb16(Lift *c, IrRef x)
{
    return join(c, ir_sext8(c->ir, x), ir_sext8(c->ir, ir_shr(c->ir, x, k(c, 16))));
}

static IrRef uxtb16(Lift *c, IrRef x)
{
    return ir_and(c->ir, x, k(c, 0x00ff00ff));
}

static IrRef extended(Lift *c, unsigned rm, unsigned rot, Extend extend)
{
    IrRef x = get_gpr(c, rm);
    return extend(c, rot ? ir_rotr(c->ir, x, k(c, rot)) : x);
}

/* Two sums of halfwords */
static IrRef add16(IrBuild *b, IrRef x, IrRef y)
{
    IrRef high = ir_add(b, ir_shr(b, x, ir_i32(b, 16)), ir_shr(b, y, ir_i32(b, 16)));
    return ir_bfi(b, ir_zext16(b, ir_add(b, x, y)), high, 16, 16);
}

#define EXTEND(name, add_name, add)                                                \
    void lift_##name(Lift *c, const args_##name *a)                                \
    {                                                                              \
        set_gpr(c, a->rd, extended(c, a->rm, a->rot, name));                       \
    }                                                                              \
    void lift_##add_name(Lift *c, const args_##add_name *a)                        \
    {                                                                              \
        IrRef v = extended(c, a->rm, a->rot, name);                                \
        set_gpr(c, a->rd, add(c->ir, get_gpr(c, a->rn), v));                       \
    }

EXTEND(sxtb,   sxtab,   ir_add)
EXTEND(sxth,   sxtah,   ir_add)
EXTEND(uxtb,   uxtab,   ir_add)
EXTEND(uxth,   uxtah,   ir_add)
EXTEND(sxtb16, sxtab16, add16)
EXTEND(uxtb16, uxtab16, add16)

/* ---- reversal, counting ---- */

void lift_rev(Lift *c, const args_rev *a)
{
    set_gpr(c, a->rd, ir_bswap(c->ir, get_gpr(c, a->rm)));
}

void lift_rev16(Lift *c, const args_rev16 *a)
{
    set_gpr(c, a->rd, ir_rotr(c->ir, ir_bswap(c->ir, get_gpr(c, a->rm)), k(c, 16)));
}

void lift_revsh(Lift *c, const args_revsh *a)
{
    set_gpr(c, a->rd, high_half(c, ir_bswap(c->ir, get_gpr(c, a->rm))));
}

void lift_rbit(Lift *c, const args_rbit *a)
{
    set_gpr(c, a->rd, ir_rbit(c->ir, get_gpr(c, a->rm)));
}

void lift_clz(Lift *c, const args_clz *a)
{
    set_gpr(c, a->rd, ir_clz(c->ir, get_gpr(c, a->rm)));
}

/* ---- bit fields ---- */

static unsigned field_length(unsigned lsb, unsigned width_minus_1)
{
    return MIN(width_minus_1 + 1, 32 - lsb);
}

void lift_ubfx(Lift *c, const args_ubfx *a)
{
    unsigned length = field_length(a->lsb, a->width);
    IrRef x = get_gpr(c, a->rn);
    set_gpr(c, a->rd, length == 32 ? x : ir_bfx(c->ir, x, a->lsb, length));
}

void lift_sbfx(Lift *c, const args_sbfx *a)
{
    unsigned length = field_length(a->lsb, a->width);
    IrRef x = ir_shl(c->ir, get_gpr(c, a->rn), k(c, 32 - length - a->lsb));
    set_gpr(c, a->rd, ir_sar(c->ir, x, k(c, 32 - length)));
}

static void insert_field(Lift *c, unsigned rd, IrRef v, unsigned lsb, unsigned msb)
{
    if (msb < lsb) {
        return;
    }
    unsigned length = msb - lsb + 1;
    set_gpr(c, rd, length == 32 ? v : ir_bfi(c->ir, get_gpr(c, rd), v, lsb, length));
}

void lift_bfi(Lift *c, const args_bfi *a)
{
    insert_field(c, a->rd, get_gpr(c, a->rn), a->lsb, a->msb);
}

void lift_bfc(Lift *c, const args_bfc *a)
{
    insert_field(c, a->rd, k(c, 0), a->lsb, a->msb);
}
