/* SPDX-License-Identifier: MIT */
/*
 * Guest state out of the middle of generated code: the exit map of the site says in which host
 * register, spill slot or constant each slot's newest value is.  A table lookup, never a second
 * translation.
 */
#include "tcg/engine.h"

#include <string.h>

const ExitSite *code_find_site(const CodeBlock *cb, const void *return_address)
{
    uint32_t off = (const char *)return_address - (const char *)cb->code;
    unsigned lo = 0, hi = cb->n_sites;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (cb->sites[mid].code_offset < off) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    g_assert(lo < cb->n_sites && cb->sites[lo].code_offset == off);
    return &cb->sites[lo];
}

/* Where values are looked for. */
typedef struct Places {
    const CodeBlock *cb;
    const HostFrame *frame;
    bool             flush;         /* the guest takes denormal operands as zero */
} Places;

static uint64_t flags_at(const Places *p, unsigned index);

static uint64_t value_at(const Places *p, unsigned kind, unsigned where)
{
    uint64_t v;
    switch (kind) {
    case LOC_GPR:
        return p->frame->gpr[where];
    case LOC_VEC:
        return p->frame->vec[where].u64[0];
    case LOC_SPILL:
        memcpy(&v, p->frame->spill + where * 8, 8);
        return v;
    case LOC_CONST:
        return p->cb->consts[where];
    default:
        return flags_at(p, where);
    }
}

static uint64_t flushed(uint64_t v, IrType t)
{
    unsigned sign = t == IR_F64 ? 63 : 31;
    uint64_t exponent = t == IR_F64 ? UINT64_C(0x7ff) << 52 : 0x7f800000;
    return v & exponent ? v : v >> sign << sign;
}

static uint64_t flags_at(const Places *p, unsigned index)
{
    const FlagLoc *f = &p->cb->flag_locs[index];
    uint64_t v[3] = { 0 };
    for (unsigned i = 0; i < ir_ops[f->op].n_args; i++) {
        v[i] = value_at(p, f->kind[i], f->where[i]);
        if (p->flush && ir_ops[f->op].klass == IR_FLOATING) {
            v[i] = flushed(v[i], f->type);
        }
    }
    return ir_eval_flags(f->op, f->type, v[0], v[1], v[2]);
}

void recover_slots(Cpu *cpu, const CodeBlock *cb, const ExitSite *site, const HostFrame *frame)
{
    Places p = { cb, frame, cpu->fp_flush_inputs };
    for (unsigned i = 0; i < site->n_locs; i++) {
        const ExitLoc *l = &cb->locs[site->first_loc + i];
        const SlotDef *slot = &cpu->isa->slots[l->slot];
        char *to = (char *)cpu + slot->offset;
        if (slot->type == IR_V128) {
            const void *from = l->kind == LOC_VEC ? (const void *)&frame->vec[l->where]
                                                  : frame->spill + l->where * 8;
            memcpy(to, from, 16);
            continue;
        }
        uint64_t v = value_at(&p, l->kind, l->where);
        memcpy(to, &v, slot->type == IR_I64 || slot->type == IR_F64 ? 8 : 4);
    }
}

CodeBlock *recover_native(Cpu *cpu, const HostFrame *frame, const void *site, ExitSite *where)
{
    CodeBlock *cb = code_find_block(site);
    g_assert(cb);
    if (where) {
        *where = *code_find_site(cb, site);
    }
    if (frame) {
        recover_slots(cpu, cb, where, frame);
    }
    return cb;
}
