/* SPDX-License-Identifier: MIT */
/*
 * PCMPESTRI, PCMPESTRM, PCMPISTRI, PCMPISTRM.
 * Implements: SDM 1, 5.11 and 12.3 (4.1 of volume 2B: imm8 and the aggregation operations).
 */
#include "frontends/x86/calls.h"

enum { WORDS = 1, SIGNED = 2 };
enum { EQUAL_ANY, RANGES, EQUAL_EACH, EQUAL_ORDERED };

typedef struct Strings {
    const V128 *v[2];           /* a: the set, ranges or pattern; b: the text */
    unsigned    len[2], n;      /* n: elements of a register */
    unsigned    imm;
} Strings;

static int element(const Strings *t, unsigned which, unsigned i)
{
    const V128 *v = t->v[which];
    if (t->imm & WORDS) {
        return t->imm & SIGNED ? v->s16[i] : v->u16[i];
    }
    return t->imm & SIGNED ? v->s8[i] : v->u8[i];
}

/* Up to the first 0, for the implicit lengths. */
static unsigned length(const Strings *t, unsigned which)
{
    unsigned i = 0;
    while (i < t->n && element(t, which, i)) {
        i++;
    }
    return i;
}

static bool equal_any(const Strings *t, unsigned j)
{
    for (unsigned i = 0; i < t->len[0]; i++) {
        if (element(t, 0, i) == element(t, 1, j)) {
            return true;
        }
    }
    return false;
}

static bool in_range(const Strings *t, unsigned j)
{
    int x = element(t, 1, j);
    for (unsigned i = 0; i + 1 < t->len[0]; i += 2) {
        if (x >= element(t, 0, i) && x <= element(t, 0, i + 1)) {
            return true;
        }
    }
    return false;
}

/* The pattern, as far as the register reaches, at j of the text. */
static bool ordered(const Strings *t, unsigned j)
{
    for (unsigned i = 0; i < t->len[0] && i + j < t->n; i++) {
        if (i + j >= t->len[1] || element(t, 0, i) != element(t, 1, i + j)) {
            return false;
        }
    }
    return true;
}

/* Elements beyond both ends are equal, beyond one they are not. */
static bool equal_each(const Strings *t, unsigned j)
{
    bool a = j < t->len[0], b = j < t->len[1];
    return a && b ? element(t, 0, j) == element(t, 1, j) : a == b;
}

static uint32_t compare(const Strings *t)
{
    uint32_t r = 0;
    for (unsigned j = 0; j < t->n; j++) {
        bool valid = j < t->len[1], hit;
        switch (t->imm >> 2 & 3) {
        case EQUAL_ANY:  hit = valid && equal_any(t, j); break;
        case RANGES:     hit = valid && in_range(t, j); break;
        case EQUAL_EACH: hit = equal_each(t, j); break;
        default:         hit = ordered(t, j); break;
        }
        r |= (uint32_t)hit << j;
    }
    uint32_t all = (1u << t->n) - 1;
    switch (t->imm >> 4 & 3) {                          /* the polarity */
    case 1:  return r ^ all;
    case 3:  return r ^ ((1u << t->len[1]) - 1);
    default: return r;
    }
}

/* lengths: those of a and b, ~0: implicit.  Bits 15..0 the mask, 23..16 the index, 63..32 the packed
 * flags word. */
static uint64_t x86_pcmpstr(Cpu *cpu, const V128 *a, const V128 *b, uint32_t imm, uint32_t len_a,
                            uint32_t len_b)
{
    Strings t = { .v = { a, b }, .imm = imm, .n = imm & WORDS ? 8 : 16 };
    const uint32_t given[2] = { len_a, len_b };
    (void)cpu;
    for (unsigned i = 0; i < 2; i++) {
        t.len[i] = given[i] == UINT32_MAX ? length(&t, i) : MIN(given[i], t.n);
    }
    uint32_t r = compare(&t);
    unsigned index = !r ? t.n : imm & 0x40 ? 31 - (unsigned)__builtin_clz(r)
                                           : (unsigned)__builtin_ctz(r);
    uint32_t flags = (r ? FL_C : 0) | (r & 1 ? FL_V : 0) | (t.len[1] < t.n ? FL_Z : 0) |
                     (t.len[0] < t.n ? FL_N : 0);
    return r | index << 16 | (uint64_t)flags << 32;
}
CALL_DEF(x86_pcmpstr, "d:VVwww", CALL_PURE);

/* Each bit of the mask as a byte or word of ones. */
static void x86_spread_mask(Cpu *cpu, V128 *out, uint32_t mask, uint32_t words)
{
    (void)cpu;
    for (unsigned i = 0; i < 16; i++) {
        out->u8[i] = mask >> (words ? i / 2 : i) & 1 ? 0xff : 0;
    }
}
CALL_DEF(x86_spread_mask, "V:ww", CALL_PURE);
