/* SPDX-License-Identifier: MIT */
/*
 * REP: as many elements at once as lie in one page (of source and destination each) and in the
 * segments, by the host's own copying where it is plain memory.
 * Implements: SDM 2B, REP; the instructions named there; 1, 19.5 (I/O permission).
 *
 * The registers say after every call how far the instruction came: a fault of an element shows the
 * elements before it done, and the lifted code begins the instruction again until it is done.
 */
#include "frontends/x86/calls.h"
#include "frontends/x86/ports.h"
#include "frontends/x86/decode.h"
#define LIFTER(name) void x86_lift_##name(Lift *c, const X86Insn *in)
#include "frontends/x86/lifters.h"

typedef struct Rep {
    X86Cpu  *s;
    unsigned kind, size, seg, rep;
    uint64_t mask;              /* of the address size */
    unsigned mmu;
    int64_t  step;
} Rep;

/* An operand: a segment and an index register. */
typedef struct Place {
    unsigned seg, reg;
    bool     write;
} Place;

/* ---- registers ---- */

static uint64_t index_of(const Rep *r, unsigned reg)
{
    return r->s->r[reg] & r->mask;
}

static void set_index(const Rep *r, unsigned reg, uint64_t v)
{
    uint64_t *p = &r->s->r[reg];
    *p = r->mask == 0xffff ? (*p & ~r->mask) | (v & r->mask) : v & r->mask;
}

static void advance(const Rep *r, unsigned reg, uint64_t n)
{
    set_index(r, reg, index_of(r, reg) + n * r->step);
}

static void count_down(const Rep *r, uint64_t n)
{
    if (r->rep) {
        set_index(r, RCX_, index_of(r, RCX_) - n);
    }
}

/* ---- addresses ---- */

static bool in_segment(const Rep *r, Place p, uint64_t off)
{
    const X86Seg *g = &r->s->seg[p.seg];
    return x86_long(r->s) || x86_in_span(off, g->lo, p.write ? g->wspan : g->rspan, r->size);
}

static uint64_t lin_of(const Rep *r, Place p, uint64_t off)
{
    const X86Seg *g = &r->s->seg[p.seg];
    if (x86_long(r->s)) {
        return p.seg < SEG_FS ? off : g->base + off;
    }
    return (uint32_t)(g->base + off);
}

/* Linear address of the next element, or its fault. */
static uint64_t next_lin(const Rep *r, Place p)
{
    uint64_t off = index_of(r, p.reg);
    if (!in_segment(r, p, off)) {
        x86_fault(r->s, p.seg == SEG_SS ? EXC_SS : EXC_GP, 0);
    }
    return lin_of(r, p, off);
}

/* Kernels set CR0.AM and leave it on: alone it checks nothing. */
static bool checks_alignment(const X86Cpu *s)
{
    return s->cr0 & CR0_AM && s->eflags & EFL_AC && x86_cpl(s) == 3;
}

static IrMem mem_of(const Rep *r, bool write)
{
    return (IrMem){ .size = r->size, .align = checks_alignment(r->s) ? r->size : 1, .mmu = r->mmu,
                    .write = write };
}

static uint64_t load(const Rep *r, Place p)
{
    return cpu_ld(&r->s->cpu, next_lin(r, p), mem_of(r, false));
}

static void store(const Rep *r, Place p, uint64_t v)
{
    cpu_st(&r->s->cpu, next_lin(r, p), v, mem_of(r, false));
}

/*
 * How many elements from here on are plain memory of one page and one segment, at most `n`; *host
 * is the lowest byte of them.  0: go element by element.
 */
static uint64_t run_of(const Rep *r, Place p, uint64_t n, uint8_t **host)
{
    uint64_t off = index_of(r, p.reg), lin = lin_of(r, p, off), in = lin & ~PAGE_MASK;
    bool up = r->step > 0;
    /* bytes on our side of the page, the first element included */
    uint64_t room = up ? (1u << PAGE_BITS) - in : in + r->size;
    if (!up && in + r->size > 1u << PAGE_BITS) {
        return 0;
    }
    n = MIN(n, room / r->size);
    /* the index must not wrap on the way */
    n = MIN(n, (up ? r->mask - off : off) / r->size + (up ? 0 : 1));
    if (!n) {
        return 0;
    }
    uint64_t last = off + (n - 1) * r->step;
    if (!in_segment(r, p, off) || !in_segment(r, p, last) || x86_page_watched(r->s, lin)) {
        return 0;
    }
    uint8_t *at = cpu_host(&r->s->cpu, lin, p.write ? ACCESS_WRITE : ACCESS_READ, r->mmu);
    *host = at && !up ? at - (n - 1) * r->size : at;
    return at ? n : 0;
}

/* ---- a page at a time ---- */

static uint64_t peek(const uint8_t *p, unsigned size)
{
    return ld_endian(p, size, ENDIAN_LITTLE);
}

/* Copies as the instruction does, which overlapping shows: ascending or descending by elements. */
static void copy(const Rep *r, uint8_t *to, const uint8_t *from, uint64_t n)
{
    uint64_t bytes = n * r->size;
    bool clash = r->step > 0 ? to > from && to < from + bytes : from > to && from < to + bytes;
    if (!clash) {
        memmove(to, from, bytes);
        return;
    }
    for (uint64_t i = 0; i < n; i++) {
        uint64_t at = (r->step > 0 ? i : n - 1 - i) * r->size;
        st_endian(to + at, peek(from + at, r->size), r->size, ENDIAN_LITTLE);
    }
}

static uint64_t bulk_movs(const Rep *r, uint64_t n)
{
    uint8_t *from, *to;
    n = run_of(r, (Place){ r->seg, RSI_, false }, n, &from);
    n = n ? run_of(r, (Place){ SEG_ES, RDI_, true }, n, &to) : 0;
    if (!n) {
        return 0;
    }
    if (r->step < 0) {                  /* both runs have the same length now */
        run_of(r, (Place){ r->seg, RSI_, false }, n, &from);
    }
    copy(r, to, from, n);
    advance(r, RSI_, n);
    advance(r, RDI_, n);
    return n;
}

static uint64_t bulk_stos(const Rep *r, uint64_t n)
{
    uint8_t *to;
    uint64_t v = r->s->r[RAX_];
    n = run_of(r, (Place){ SEG_ES, RDI_, true }, n, &to);
    if (!n) {
        return 0;
    }
    uint64_t byte = v & 0xff;
    if ((v & mask64(r->size * 8)) == (byte * 0x0101010101010101u & mask64(r->size * 8))) {
        memset(to, byte, n * r->size);
    } else {
        for (uint64_t i = 0; i < n; i++) {
            st_endian(to + i * r->size, v, r->size, ENDIAN_LITTLE);
        }
    }
    advance(r, RDI_, n);
    return n;
}

static uint32_t pack_sub(uint64_t x, uint64_t y, unsigned size)
{
    unsigned w = size * 8;
    x &= mask64(w);
    y &= mask64(w);
    uint64_t d = (x - y) & mask64(w);
    return (d >> (w - 1) ? FL_N : 0) | (d ? 0 : FL_Z) | ((x ^ y ^ d) & 0x10 ? FL_A : 0) |
           (__builtin_parity(d & 0xff) ? 0 : FL_P) | (x < y ? FL_C : 0) |
           (((x ^ y) & (x ^ d)) >> (w - 1) & 1 ? FL_V : 0);
}

/* Does the repetition end after a comparison?  F3: while equal, F2: while not. */
static bool ends(const Rep *r)
{
    return r->rep && (r->rep == 0xf3) != ((r->s->flags & FL_Z) != 0);
}

static uint64_t bulk_scas(const Rep *r, uint64_t n, bool *done)
{
    uint8_t *at;
    uint64_t i, v = r->s->r[RAX_] & mask64(r->size * 8), found = 0;
    n = run_of(r, (Place){ SEG_ES, RDI_, false }, n, &at);
    for (i = 0; i < n; ) {
        found = peek(at + (r->step > 0 ? i : n - 1 - i) * r->size, r->size);
        i++;
        if ((found == v) != (r->rep == 0xf3)) {
            break;
        }
    }
    if (n) {
        r->s->flags = pack_sub(v, found, r->size);
        *done = ends(r);
        advance(r, RDI_, i);
    }
    return n ? i : 0;
}

static uint64_t bulk_cmps(const Rep *r, uint64_t n, bool *done)
{
    uint8_t *a, *b;
    Place si = { r->seg, RSI_, false }, di = { SEG_ES, RDI_, false };
    uint64_t i = 0, x = 0, y = 0;
    n = run_of(r, si, n, &a);
    n = n ? run_of(r, di, n, &b) : 0;
    if (!n) {
        return 0;
    }
    run_of(r, si, n, &a);
    while (i < n) {
        uint64_t at = (r->step > 0 ? i : n - 1 - i) * r->size;
        x = peek(a + at, r->size);
        y = peek(b + at, r->size);
        i++;
        if ((x == y) != (r->rep == 0xf3)) {
            break;
        }
    }
    r->s->flags = pack_sub(x, y, r->size);
    *done = ends(r);
    advance(r, RSI_, i);
    advance(r, RDI_, i);
    return i;
}

static uint64_t bulk(const Rep *r, uint64_t n, bool *done)
{
    switch (r->kind) {
    case STR_MOVS: return bulk_movs(r, n);
    case STR_STOS: return bulk_stos(r, n);
    case STR_SCAS: return bulk_scas(r, n, done);
    case STR_CMPS: return bulk_cmps(r, n, done);
    default:       return 0;
    }
}

/* ---- one element ---- */

static void set_acc(const Rep *r, uint64_t v)
{
    uint64_t *a = &r->s->r[RAX_];
    *a = r->size >= 4 ? v : (*a & ~mask64(r->size * 8)) | v;
}

static void one(const Rep *r, bool *done)
{
    X86Cpu *s = r->s;
    Place si = { r->seg, RSI_, false };
    Place di = { SEG_ES, RDI_, true }, di_read = { SEG_ES, RDI_, false };
    uint64_t v;
    switch (r->kind) {
    case STR_MOVS:
        store(r, di, load(r, si));
        break;
    case STR_STOS:
        store(r, di, s->r[RAX_]);
        break;
    case STR_LODS:
        set_acc(r, load(r, si));
        break;
    case STR_SCAS:
        s->flags = pack_sub(s->r[RAX_], load(r, di_read), r->size);
        *done = ends(r);
        break;
    case STR_CMPS:
        v = load(r, si);
        s->flags = pack_sub(v, load(r, di_read), r->size);
        *done = ends(r);
        break;
    case STR_INS:
        x86_check_port(s, s->r[RDX_], r->size);
        /* the fault of the store must come before the port is read */
        cpu_ld(&s->cpu, next_lin(r, di), mem_of(r, true));
        store(r, di, x86_port_in(s, s->r[RDX_], r->size));
        break;
    default:
        x86_check_port(s, s->r[RDX_], r->size);
        x86_port_out(s, s->r[RDX_], r->size, load(r, si));
    }
    if (r->kind == STR_MOVS || r->kind == STR_LODS || r->kind == STR_CMPS || r->kind == STR_OUTS) {
        advance(r, RSI_, 1);
    }
    if (r->kind != STR_LODS && r->kind != STR_OUTS) {
        advance(r, RDI_, 1);
    }
}

static uint32_t x86_rep(Cpu *cpu, uint32_t what)
{
    X86Cpu *s = X86(cpu);
    unsigned a = what >> 8 & 15;
    Rep r = {
        .s = s, .kind = what & 15, .size = what >> 4 & 15, .seg = what >> 12 & 15, .rep = what >> 16,
        .mask = mask64(a * 8),
        .mmu = x86_fetch_mmu(&s->cpu),
    };
    r.step = s->df * (int64_t)r.size;
    uint64_t n = r.rep ? index_of(&r, RCX_) : 1;
    bool done = false;
    if (!n) {
        return 0;
    }
    bool step = s->eflags & EFL_TF || x86_has_breakpoints(s);
    uint64_t i = r.rep && !step && !checks_alignment(s) ? bulk(&r, n, &done) : 0;
    if (!i) {
        one(&r, &done);
        i = 1;
    }
    count_down(&r, i);
    return i < n && !done && r.rep;
}
CALL_DEF(x86_rep, "w:w", CALL_SYNC);
