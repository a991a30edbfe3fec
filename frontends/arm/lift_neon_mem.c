/* SPDX-License-Identifier: MIT */
/*
 * Lifting of Advanced SIMD element and structure loads and stores.
 * Implements: ARM DDI 0406C, A7.7.
 *
 * Memory moves in doublewords, little-endian; a permutation puts bytes in their places, which also
 * is all that big-endian data needs.  An access that asks for 32-byte alignment is checked for 16.
 */
#include "frontends/arm/lift_neon.h"

/* ---- addresses ---- */

typedef struct Base {
    unsigned rn, rm, bytes;     /* bytes: of the whole access */
} Base;

static bool base_ok(Lift *c, const Base *x, unsigned last)
{
    if (x->rn == 15 || last > 31) {
        undefined(c);
        return false;
    }
    guard(c);
    return true;
}

/* rm: 15 nothing, 13 the size of the access, else the register is added afterwards. */
static void write_back(Lift *c, const Base *x)
{
    if (x->rm != 15) {
        set_gpr(c, x->rn, ir_add(c->ir, get_gpr(c, x->rn),
                                 x->rm == 13 ? ir_i32(c->ir, x->bytes) : get_gpr(c, x->rm)));
    }
}

/* align: bytes that the instruction demands, 0: only what the system demands of elements. */
static IrMem element_mem(Lift *c, unsigned size, unsigned align)
{
    IrMem mem = mem_access(c, 1u << size, false);

    mem.align = align ? MIN(align, 16) : mem.align;
    return mem;
}

/* The same for a piece of an access of several elements. */
static IrMem piece_mem(Lift *c, unsigned size, unsigned align, unsigned bytes)
{
    IrMem mem = element_mem(c, size, align);

    mem.size = bytes;
    mem.big = 0;
    return mem;
}

/* ---- multiple structures ---- */

typedef struct Structures {
    unsigned n, regs, step;     /* structure of n elements; lists of regs registers, step apart */
    unsigned d, size;
    unsigned align;             /* bytes, or 0 */
} Structures;

/*
 * idx[i] is the byte in memory, of one structure of doublewords, that becomes byte i of register
 * i / 8; or the other way round.  Byte b of element e of register k is at (e * n + k) elements.
 */
static void memory_order(Lift *c, const Structures *s, uint8_t *idx)
{
    unsigned ebytes = 1u << s->size, swap = c->mode & KEY_E ? ebytes - 1 : 0;

    for (unsigned i = 0; i < 8 * s->n; i++) {
        unsigned element = i % 8 >> s->size, reg = i / 8;
        idx[i] = ((element * s->n + reg) << s->size) + ((i & (ebytes - 1)) ^ swap);
    }
}

static void invert(uint8_t *idx, unsigned count)
{
    uint8_t from[32];

    memcpy(from, idx, count);
    for (unsigned i = 0; i < count; i++) {
        idx[from[i]] = i;
    }
}

/* Doublewords i and i + 1 of a list as one vector; the second may be missing. */
static IrRef join(Lift *c, const IrRef *piece, unsigned i, unsigned count)
{
    IrRef v = ir_opi(c->ir, IR_vsetlane, IR_V128, v_zero(c), piece[i], 8);

    return i + 1 < count ? ir_opi(c->ir, IR_vsetlane, IR_V128, v, piece[i + 1], 8 | 1 << 8) : v;
}

/* The doublewords of up to four registers through a permutation, in place. */
static void rearrange(Lift *c, IrRef *piece, unsigned count, const uint8_t *order)
{
    uint8_t idx[32] = { 0 };
    IrRef lo = join(c, piece, 0, count), hi = count > 2 ? join(c, piece, 2, count) : lo;

    memcpy(idx, order, 8 * count);
    for (unsigned i = 0; i < count; i += 2) {
        IrRef v = v_permute(c, lo, hi, idx + 8 * i);
        for (unsigned k = i; k < count && k < i + 2; k++) {
            piece[k] = ir_opi(c->ir, IR_vlane, IR_F64, v, 0, 8 | (k - i) << 8);
        }
    }
}

/* Register k of structure r. */
static unsigned list_register(const Structures *s, unsigned r, unsigned k)
{
    return s->d + r + k * s->step;
}

static unsigned last_register(const Structures *s)
{
    return list_register(s, s->regs - 1, s->n - 1);
}

/* Only the first access is checked for the alignment demanded: the rest follow. */
static IrMem first_checked(Lift *c, const Structures *s, unsigned i, unsigned bytes)
{
    return piece_mem(c, s->size, i == 0 ? s->align : 0, bytes);
}

static IrRef piece_address(Lift *c, const Base *base, unsigned i)
{
    return ir_addi(c->ir, get_gpr(c, base->rn), i * 8);
}

/* Lists of one element in the order of memory: Q registers whole, where the list has them. */
static bool is_straight(Lift *c, const Structures *s)
{
    return s->n == 1 && (s->size == 0 || !(c->mode & KEY_E));
}

static bool is_whole_q(const Structures *s, unsigned i)
{
    return !((s->d + i) & 1) && i + 1 < s->regs;
}

static void load_straight(Lift *c, const Structures *s, const Base *base)
{
    IrRef piece[4];

    for (unsigned i = 0; i < s->regs; i += 1 + is_whole_q(s, i)) {
        bool q = is_whole_q(s, i);
        piece[i] = ir_ld(c->ir, q ? IR_V128 : IR_F64, piece_address(c, base, i),
                         first_checked(c, s, i, q ? 16 : 8));
    }
    for (unsigned i = 0; i < s->regs; i += 1 + is_whole_q(s, i)) {
        if (is_whole_q(s, i)) {
            put_v(c, true, s->d + i, piece[i]);
        } else {
            put_d(c, s->d + i, piece[i]);
        }
    }
}

static void store_straight(Lift *c, const Structures *s, const Base *base)
{
    for (unsigned i = 0; i < s->regs; i += 1 + is_whole_q(s, i)) {
        bool q = is_whole_q(s, i);
        ir_st(c->ir, piece_address(c, base, i), q ? get_v(c, true, s->d + i) : get_d(c, s->d + i),
              first_checked(c, s, i, q ? 16 : 8));
    }
}

static void load_permuted(Lift *c, const Structures *s, const Base *base)
{
    uint8_t idx[32];
    IrRef piece[4][4];

    memory_order(c, s, idx);
    for (unsigned i = 0; i < s->regs * s->n; i++) {
        piece[i / s->n][i % s->n] = ir_ld(c->ir, IR_F64, piece_address(c, base, i),
                                          first_checked(c, s, i, 8));
    }
    for (unsigned r = 0; r < s->regs; r++) {
        rearrange(c, piece[r], s->n, idx);
    }
    for (unsigned i = 0; i < s->regs * s->n; i++) {
        put_d(c, list_register(s, i / s->n, i % s->n), piece[i / s->n][i % s->n]);
    }
}

static void store_permuted(Lift *c, const Structures *s, const Base *base)
{
    uint8_t idx[32];

    memory_order(c, s, idx);
    invert(idx, 8 * s->n);
    for (unsigned r = 0; r < s->regs; r++) {
        IrRef piece[4];
        for (unsigned k = 0; k < s->n; k++) {
            piece[k] = get_d(c, list_register(s, r, k));
        }
        rearrange(c, piece, s->n, idx);
        for (unsigned k = 0; k < s->n; k++) {
            unsigned i = r * s->n + k;
            ir_st(c->ir, piece_address(c, base, i), piece[k], first_checked(c, s, i, 8));
        }
    }
}

typedef void MoveFn(Lift *c, const Structures *s, const Base *base);

static void move_structures(Lift *c, const Structures *s, Base base, MoveFn *straight,
                            MoveFn *permuted)
{
    if (base_ok(c, &base, last_register(s))) {
        (is_straight(c, s) ? straight : permuted)(c, s, &base);
        write_back(c, &base);
    }
}

#define STRUCTURES(a) &(const Structures){ (a)->n, (a)->regs, (a)->step, (a)->d, (a)->size, \
                                           (a)->align ? 4u << (a)->align : 0 }
#define BASE(a, bytes) (Base){ (a)->rn, (a)->rm, bytes }

void lift_vld_multiple(Lift *c, const args_vld_multiple *a)
{
    move_structures(c, STRUCTURES(a), BASE(a, 8 * a->n * a->regs), load_straight, load_permuted);
}

void lift_vst_multiple(Lift *c, const args_vst_multiple *a)
{
    move_structures(c, STRUCTURES(a), BASE(a, 8 * a->n * a->regs), store_straight,
                    store_permuted);
}

/* ---- one structure, to or from one lane of n registers ---- */

static unsigned align_bytes(unsigned align)
{
    return align ? 1u << align : 0;
}

static IrRef element_address(Lift *c, unsigned rn, unsigned size, unsigned k)
{
    return ir_addi(c->ir, get_gpr(c, rn), k << size);
}

void lift_v_lane(Lift *c, const args_v_lane *a)
{
    unsigned step = a->apart + 1;
    Base base = BASE(a, a->n << a->size);
    IrRef element[4];

    if (!base_ok(c, &base, a->d + (a->n - 1) * step)) {
        return;
    }
    for (unsigned k = 0; k < a->n; k++) {
        unsigned d = a->d + k * step, lane = q_lane(d, a->size, a->index);
        IrRef addr = element_address(c, a->rn, a->size, k);
        IrMem mem = element_mem(c, a->size, k == 0 ? align_bytes(a->align) : 0);
        if (a->load) {
            element[k] = ir_ld(c->ir, IR_I32, addr, mem);
        } else {
            ir_st(c->ir, addr, ir_opi(c->ir, IR_vlane, IR_I32, get_v(c, true, d), 0, lane), mem);
        }
    }
    for (unsigned k = 0; a->load && k < a->n; k++) {
        unsigned d = a->d + k * step;
        put_v(c, true, d, ir_opi(c->ir, IR_vsetlane, IR_V128, get_v(c, true, d), element[k],
                                 q_lane(d, a->size, a->index)));
    }
    write_back(c, &base);
}

/* ---- one structure to all lanes ---- */

void lift_vld_all(Lift *c, const args_vld_all *a)
{
    unsigned step = a->n == 1 ? 1 : a->t + 1, regs = a->n == 1 ? a->t + 1 : a->n;
    Base base = BASE(a, a->n << a->size);
    IrRef element[4];

    if (!base_ok(c, &base, a->d + (regs - 1) * step)) {
        return;
    }
    for (unsigned k = 0; k < a->n; k++) {
        IrMem mem = element_mem(c, a->size, k == 0 ? align_bytes(a->align) : 0);
        IrRef v = ir_ld(c->ir, IR_I32, element_address(c, a->rn, a->size, k), mem);
        element[k] = ir_opi(c->ir, IR_vdup, IR_V128, v, 0, 1u << a->size);
    }
    for (unsigned k = 0; k < regs; k++) {
        put_v(c, false, a->d + k * step, element[a->n == 1 ? 0 : k]);
    }
    write_back(c, &base);
}
