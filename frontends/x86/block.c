/* SPDX-License-Identifier: MIT */
/*
 * The driver: fetches, decodes and lifts one instruction after the other, and ends blocks.
 * Implements: SDM 3A, 5.3 (limit of code), 6.9 (priority of what is checked before execution), 2.5
 * and 13.1 (when x87 and SIMD instructions are not available).
 *
 * An instruction that straddles a page is its block's first and last.  With KEY_STEP every block is
 * one instruction, followed by a look for traps; with KEY_SHADOW one instruction, too.
 */
#include "frontends/x86/lift.h"
#include "system/log.h"

/* ---- fetching ---- */

static uint64_t wrapped(const Lift *c, uint64_t lin)
{
    return lifting(c)->wide ? lin : (uint32_t)lin;
}

static int fetch_byte(void *opaque, unsigned i)
{
    Lift *c = opaque;
    uint64_t va = wrapped(c, lifting(c)->pc + i);
    if (c->n_insns && !lift_fetch_ok(c, va, 1)) {
        return -1;
    }
    return lift_fetch8(c, va);
}

static void decode(Lift *c, X86Insn *in)
{
    X86DecodeMode mode = {
        .long_mode = lifting(c)->wide, .code32 = c->mode & KEY_CS32,
        .vex_ok = (c->mode & (KEY_PE | KEY_VM)) == KEY_PE && HAS(c, AVX),
    };
    x86_decode(mode, fetch_byte, c, in);
    lifting(c)->next = wrapped(c, lifting(c)->pc + in->length);
}

/* ---- what is checked before an instruction ---- */

/* CS.limit: false when #GP(0) is all there is. */
static bool check_limit(Lift *c, const X86Insn *in)
{
    uint32_t last = this_ip(c) + in->length - 1;
    if (c->mode & KEY_CS_64K && last > 0xffff) {
        raise_now(c, EXC_GP, 0);
        return false;
    }
    if (c->mode & KEY_CS_LIMIT) {
        IrRef limit = ir_get(c->ir, SLOT_CS_LIMIT);
        raise_if(c, IR_A, ir_flags(c->ir, IR_fl_sub, ir_i32(c->ir, last), limit, 0), EXC_GP);
    }
    return true;
}

static bool is_real(const Lift *c)
{
    return (c->mode & (KEY_PE | KEY_VM)) != KEY_PE;
}

static bool bad_vex(const X86Insn *in)
{
    return in->vex && ((in->flags & ROW_VEX_L0 && in->vex == 32) ||
                       (in->flags & ROW_VEX_L1 && in->vex == 16) ||
                       (in->flags & ROW_NO_VVVV && in->vvvv) ||
                       (in->flags & ROW_VEX_W0 && in->rex & 8) ||
                       (in->flags & ROW_VEX_W1 && !(in->rex & 8)));
}

static bool is_undefined(const Lift *c, const X86Insn *in)
{
    uint32_t f = in->flags;
    if (f & ROW_YMM2 && in->vex == 32 && !HAS(c, AVX2)) {
        return true;
    }
    return !in->row || (in->feature && !x86_has(lifting(c)->cpu, in->feature - 1)) || bad_vex(in) ||
           (f & ROW_PROT && is_real(c)) || (f & ROW_AVX && c->mode & KEY_NO_AVX) ||
           (f & (ROW_SSE | ROW_MMX) && !(f & ROW_AVX) && f & ROW_SSE && c->mode & KEY_NO_SSE);
}

/* #UD, #GP(0) or #NM; the order of SDM 3A, table 6-2. */
static bool check(Lift *c, const X86Insn *in)
{
    if (is_undefined(c, in)) {
        x86_undefined(c);
        return false;
    }
    if (!in->row->lift) {
        log_unimp(NULL, "x86 instruction %s", in->row->name);
        x86_undefined(c);
        return false;
    }
    if (in->flags & ROW_CPL0 && !need_cpl0(c)) {
        return false;
    }
    if (in->flags & (ROW_X87 | ROW_MMX | ROW_SSE | ROW_AVX) && c->mode & KEY_NO_FPU) {
        if (in->flags & ROW_MMX) {
            finish_far(c, ir_call0(c->ir, &call_x86_raise_no_mmx), false);
        } else {
            raise_now(c, EXC_NM, X86_NO_ERROR);
        }
        return false;
    }
    return true;
}

/* ---- one instruction ---- */

static bool uses_mmx(const X86Insn *in)
{
    for (unsigned k = 0; k < 4; k++) {
        if (in->op[k].kind == OPK_MMX) {
            return true;
        }
    }
    return false;
}

static void before(Lift *c, const X86Insn *in)
{
    X86Lifting *l = lifting(c);
    l->lin = 0;
    l->xm_first = l->xm_second = false;
    l->resume = l->next;
    c->pc = l->pc;
    ir_insn(c->ir, l->pc, in->flags & ROW_ALIGN ? AUX_ALIGN : 0);
    if (c->n_insns++) {
        return;
    }
    x87_reserve_guard(c);
    if (c->mode & KEY_SHADOW) {
        ir_call0(c->ir, &call_x86_end_shadow);
        l->end = true;
    }
    if (c->mode & KEY_STEP) {
        ir_call0(c->ir, &call_x86_code_breakpoint);
        l->end = true;
    }
}

static void lift_one(Lift *c, const X86Insn *in)
{
    before(c, in);
    if (in->too_long) {
        raise_now(c, EXC_GP, 0);
        return;
    }
    if (!check_limit(c, in) || !check(c, in)) {
        return;
    }
    lifting(c)->end |= (in->flags & ROW_END) != 0;
    if (uses_mmx(in)) {
        mmx_begin(c);
    }
    in->row->lift(c, in);
}

/* Ends the block before the instruction at pc. */
static void stop(Lift *c, uint64_t pc)
{
    if (lifting(c)->end) {
        x86_branch_to(c, pc);
    } else {
        ir_goto(c->ir, pc);
    }
}

void x86_lift_block(Lift *c)
{
    X86Lifting l = {
        .cpu = X86(c->cpu), .pc = c->start, .cs_base = c->mode >> 32, .wide = c->mode & KEY_LONG,
    };
    X86Insn in;
    c->isa_data = &l;
    while (!c->ir->ended) {
        if (c->n_insns && (l.end || c->n_insns >= c->max_insns || !ir_has_room(c->ir))) {
            stop(c, l.pc);
            break;
        }
        decode(c, &in);
        if (in.out_of_sight) {
            stop(c, l.pc);
            break;
        }
        if (in.row && x87_conflicts(c, &in)) {
            stop(c, l.pc);
            break;
        }
        lift_one(c, &in);
        l.pc = l.resume;
    }
    c->isa_data = NULL;
}
