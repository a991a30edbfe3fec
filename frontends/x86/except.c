/* SPDX-License-Identifier: MIT */
/*
 * EFLAGS, modes, exceptions and interrupts, reset.
 * Implements: SDM 3A, chapter 6 (real mode: 3B, 20.1.4), 9.1 (reset); 2A, INT n (the pseudocode).
 * Not here: virtual-mode extensions (CR4.VME, PVI: no model has them).
 */
#include "frontends/x86/cpu.h"
#include "system/lock.h"
#include "system/log.h"
#include "system/machine.h"

/* ---- EFLAGS ---- */

static uint32_t unpack(uint32_t fl)
{
    return (fl >> 8 & (EFL_SF | EFL_ZF | EFL_AF | EFL_PF | EFL_CF)) | (fl & FL_V) * EFL_OF;
}

static uint32_t pack(uint32_t efl)
{
    return (efl & (EFL_SF | EFL_ZF | EFL_AF | EFL_PF | EFL_CF)) << 8 | (efl & EFL_OF ? FL_V : 0);
}

uint32_t x86_eflags(const X86Cpu *s)
{
    return s->eflags | unpack(s->flags) | (s->df < 0 ? EFL_DF : 0) | EFL_ONE;
}

static uint32_t known_eflags(const X86Cpu *s)
{
    uint32_t bits = EFL_ARITH | EFL_TF | EFL_IF | EFL_DF | EFL_IOPL | EFL_NT | EFL_RF | EFL_VM;
    return bits | (x86_has(s, X86_I486) ? EFL_AC : 0) | (x86_has(s, X86_CPUID) ? EFL_ID : 0);
}

void x86_set_eflags(X86Cpu *s, uint32_t value, uint32_t mask)
{
    mask &= known_eflags(s);
    uint32_t efl = (x86_eflags(s) & ~mask) | (value & mask);
    s->flags = pack(efl);
    s->df = efl & EFL_DF ? -1 : 1;
    s->eflags = (efl & ~(EFL_ARITH | EFL_DF)) | EFL_ONE;
    x86_mode_changed(s);
    x86_poll_interrupts(s);
}

/* ---- what translation depends on ---- */

static SegKind kind_of(const X86Seg *g)
{
    if (g->lo || g->rspan != g->wspan) {
        return SEG_CHECKED;
    }
    return g->rspan == UINT64_C(1) << 32 ? (g->base ? SEG_BASED : SEG_FLAT) :
           g->rspan == 0x10000 ? SEG_64K : SEG_CHECKED;
}

static uint64_t segment_keys(const X86Cpu *s)
{
    uint64_t key = 0;
    if (x86_long(s)) {
        return 0;
    }
    for (unsigned i = 0; i < N_SEGS; i++) {
        key |= (uint64_t)kind_of(&s->seg[i]) << (KEY_SEG_SHIFT + 2 * i);
    }
    const X86Seg *cs = &s->seg[SEG_CS];
    key |= cs->limit == 0xffff ? KEY_CS_64K : cs->limit != UINT32_MAX ? KEY_CS_LIMIT : 0;
    return key | cs->base << 32;
}

static uint64_t fpu_keys(const X86Cpu *s)
{
    uint64_t key = 0;
    key |= s->cr0 & (CR0_EM | CR0_TS) ? KEY_NO_FPU : 0;
    key |= (s->cr0 & (CR0_MP | CR0_TS)) == (CR0_MP | CR0_TS) ? KEY_NO_WAIT : 0;
    key |= !(key & KEY_NO_FPU) && x87_exact(s) ? KEY_FP_EXACT : 0;
    key |= s->cr0 & CR0_EM || !(s->cr4 & CR4_OSFXSR) ? KEY_NO_SSE : 0;
    key |= !(s->cr4 & CR4_OSXSAVE) || (s->xcr0 & 6) != 6 ? KEY_NO_AVX : 0;
    return key;
}

uint64_t x86_mode_key(const Cpu *cpu)
{
    const X86Cpu *s = (const X86Cpu *)cpu;
    unsigned cpl = x86_cpl(s), iopl = s->eflags >> 12 & 3;
    uint64_t key = segment_keys(s) | fpu_keys(s) | cpl << 6;
    key |= x86_long(s) ? KEY_LONG : 0;
    key |= x86_lma(s) ? KEY_LMA : 0;
    key |= s->seg[SEG_CS].attr & SEG_DB ? KEY_CS32 : 0;
    key |= s->seg[SEG_SS].attr & SEG_DB ? KEY_SS32 : 0;
    key |= x86_pe(s) ? KEY_PE : 0;
    key |= x86_vm(s) ? KEY_VM : 0;
    key |= !x86_pe(s) || cpl <= iopl ? KEY_IOPL_OK : 0;
    key |= s->cr0 & CR0_AM && s->eflags & EFL_AC && cpl == 3 ? KEY_AM : 0;
    key |= s->cr4 & CR4_SMAP && !(s->eflags & EFL_AC) && cpl != 3 ? KEY_SMAP : 0;
    key |= x86_unmasked(s) ? KEY_XM : 0;
    key |= s->eflags & EFL_TF ? KEY_TF | KEY_STEP : 0;
    key |= x86_has_breakpoints(s) || s->pending_db ? KEY_STEP : 0;
    key |= s->shadow ? KEY_SHADOW : 0;
    return key;
}

void x86_mode_changed(X86Cpu *s)
{
    cpu_mode_changed(&s->cpu);
}

bool x86_wide(uint64_t mode)
{
    return mode & KEY_LONG;
}

unsigned x86_data_mmu(const X86Cpu *s, unsigned cpl)
{
    return cpl == 3 ? X86_MMU_USER : s->cr4 & CR4_SMAP && !(s->eflags & EFL_AC) ? X86_MMU_SMAP
                                                                              : X86_MMU_SUPER;
}

unsigned x86_fetch_mmu(const Cpu *cpu)
{
    const X86Cpu *s = (const X86Cpu *)cpu;
    return x86_data_mmu(s, x86_cpl(s)) + (x86_long(s) ? 0 : X86_MMU_NARROW);
}

void x86_restore(Cpu *cpu, uint64_t pc, uint16_t aux)
{
    X86(cpu)->aux = aux;
    cpu->pc = pc;
}

/* ---- memory and stacks in helpers ---- */

static uint64_t sys_lin(const X86Cpu *s, uint64_t lin)
{
    return x86_lma(s) ? lin : (uint32_t)lin;
}

uint64_t x86_sys_ld(X86Cpu *s, uint64_t lin, unsigned size)
{
    return cpu_ld(&s->cpu, sys_lin(s, lin),
                  (IrMem){ .size = size, .align = 1, .mmu = X86_MMU_SMAP });
}

void x86_sys_st(X86Cpu *s, uint64_t lin, unsigned size, uint64_t v)
{
    cpu_st(&s->cpu, sys_lin(s, lin), v, (IrMem){ .size = size, .align = 1, .mmu = X86_MMU_SMAP });
}

static uint64_t sp_mask(const X86Cpu *s, uint16_t ss_attr)
{
    return x86_long(s) ? UINT64_MAX : ss_attr & SEG_DB ? UINT32_MAX : 0xffff;
}

X86Stack x86_stack_now(X86Cpu *s)
{
    const X86Seg *ss = &s->seg[SEG_SS];
    uint64_t mask = sp_mask(s, ss->attr);
    bool flat = x86_long(s);
    return (X86Stack){
        .s = s, .base = flat ? 0 : ss->base, .lo = flat ? 0 : ss->lo, .span = flat ? 0 : ss->wspan,
        .mask = mask, .sp = s->r[RSP_] & mask,
        /* the index that code of this width uses, so that both find the same TLB entries */
        .mmu = x86_fetch_mmu(&s->cpu),
    };
}

/* Linear address of `size` bytes at sp; long mode has no limits. */
static uint64_t stack_lin(X86Stack *k, uint64_t sp, unsigned size)
{
    if (k->mask == UINT64_MAX) {
        return sp;
    }
    if (!x86_in_span(sp, k->lo, k->span, size)) {
        x86_fault(k->s, EXC_SS, k->error);
    }
    return sys_lin(k->s, (uint32_t)(k->base + sp));
}

void x86_push(X86Stack *k, unsigned size, uint64_t v)
{
    uint64_t sp = (k->sp - size) & k->mask;
    cpu_st(&k->s->cpu, stack_lin(k, sp, size), v,
           (IrMem){ .size = size, .align = 1, .mmu = k->mmu });
    k->sp = sp;
}

uint64_t x86_pop(X86Stack *k, unsigned size)
{
    uint64_t v = cpu_ld(&k->s->cpu, stack_lin(k, k->sp, size),
                        (IrMem){ .size = size, .align = 1, .mmu = k->mmu });
    k->sp = (k->sp + size) & k->mask;
    return v;
}

/* The bits of rSP outside of the stack's width stay. */
void x86_stack_commit(X86Stack *k)
{
    uint64_t *sp = &k->s->r[RSP_];
    *sp = k->mask == 0xffff ? (*sp & ~k->mask) | k->sp : k->sp;
}

/* ---- delivery ---- */

static const char *const vector_names[32] = {
    "#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", "9", "#TS", "#NP", "#SS", "#GP",
    "#PF", "15", "#MF", "#AC", "#MC", "#XM",
};

typedef struct Event {
    unsigned vector, kind;
    int      error;             /* X86_NO_ERROR: none is pushed */
    uint64_t ip;                /* saved EIP or RIP */
    unsigned ext;               /* EXT of the error codes of its own faults */
    uint32_t eflags;            /* saved */
} Event;

static unsigned idt_error(const Event *e)
{
    return e->vector * 8 + 2 + e->ext;
}

static void deliver_real(X86Cpu *s, const Event *e)
{
    if (e->vector * 4 + 3 > s->idt_limit) {
        x86_gp(s, idt_error(e));
    }
    uint32_t target = x86_sys_ld(s, s->idt_base + e->vector * 4, 4);
    X86Stack k = x86_stack_now(s);
    x86_push(&k, 2, e->eflags);
    x86_push(&k, 2, s->seg[SEG_CS].sel);
    x86_push(&k, 2, e->ip);
    x86_stack_commit(&k);
    x86_seg_real(s, SEG_CS, target >> 16);
    s->cpu.pc = (uint32_t)(s->seg[SEG_CS].base + (target & 0xffff));
    x86_set_eflags(s, 0, EFL_IF | EFL_TF | EFL_AC | EFL_RF);
}

/* The code segment of a gate; its DPL is the new CPL, unless it is conforming. */
static unsigned gate_code(X86Cpu *s, const Event *e, uint16_t sel, uint32_t desc[2])
{
    unsigned cpl = x86_cpl(s);
    if (!(sel & ~3)) {
        x86_gp(s, e->ext);
    }
    unsigned err = (sel & ~3) | e->ext;
    if (!x86_read_desc(s, sel, desc)) {
        x86_gp(s, err);
    }
    uint16_t attr = x86_desc_attr(desc);
    unsigned dpl = attr >> 5 & 3;
    if ((attr & (SEG_S | SEG_CODE)) != (SEG_S | SEG_CODE) || dpl > cpl) {
        x86_gp(s, err);
    }
    if (x86_lma(s) && (attr & (SEG_L | SEG_DB)) != SEG_L) {
        x86_gp(s, err);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_NP, err);
    }
    unsigned new = attr & SEG_DC ? cpl : dpl;
    if (x86_vm(s) && new) {
        x86_gp(s, err);
    }
    return new;
}

void x86_tss_stack(X86Cpu *s, unsigned level, uint16_t *ss, uint64_t *sp, unsigned ext)
{
    const X86Seg *tr = &s->seg[SEG_TR];
    bool wide = (tr->attr & SEG_TYPE) >= 8;
    unsigned at = x86_lma(s) ? 4 + 8 * level : wide ? 4 + 8 * level : 2 + 4 * level;
    unsigned size = x86_lma(s) ? 8 : wide ? 6 : 4;
    if (at + size - 1 > tr->limit) {
        x86_fault(s, EXC_TS, (tr->sel & ~3) | ext);
    }
    *sp = x86_sys_ld(s, tr->base + at, x86_lma(s) ? 8 : wide ? 4 : 2);
    *ss = x86_lma(s) ? 0 : x86_sys_ld(s, tr->base + at + (wide ? 4 : 2), 2);
}

/* The stack of an inner level. */
static X86Stack inner_stack(X86Cpu *s, unsigned cpl, unsigned ext, uint16_t *ss, uint32_t desc[2])
{
    uint64_t sp;
    x86_tss_stack(s, cpl, ss, &sp, ext);
    unsigned err = (*ss & ~3) | ext;
    if (!(*ss & ~3)) {
        x86_fault(s, EXC_TS, ext);
    }
    if (!x86_read_desc(s, *ss, desc)) {
        x86_fault(s, EXC_TS, err);
    }
    uint16_t attr = x86_desc_attr(desc);
    bool writable = (attr & (SEG_S | SEG_CODE | SEG_RW)) == (SEG_S | SEG_RW);
    if ((*ss & 3) != cpl || (attr >> 5 & 3) != cpl || !writable) {
        x86_fault(s, EXC_TS, err);
    }
    if (!(attr & SEG_P)) {
        x86_fault(s, EXC_SS, err);
    }
    x86_mark_accessed(s, *ss, desc);
    X86Seg g = { .base = x86_desc_base(desc), .limit = x86_desc_limit(desc), .attr = attr };
    x86_seg_update(&g, false);
    uint64_t mask = attr & SEG_DB ? UINT32_MAX : 0xffff;
    return (X86Stack){
        .s = s, .base = g.base, .lo = g.lo, .span = g.wspan, .mask = mask, .sp = sp & mask,
        .mmu = (cpl == 3 ? X86_MMU_USER : x86_data_mmu(s, 0)) + (x86_lma(s) ? 0 : X86_MMU_NARROW),
        .error = err,
    };
}

static void leave_v86(X86Cpu *s)
{
    static const uint8_t data[] = { SEG_ES, SEG_DS, SEG_FS, SEG_GS };
    for (unsigned i = 0; i < ARRAY_SIZE(data); i++) {
        x86_seg_null(s, data[i], 0);
    }
}

static void push_frame(X86Stack *k, X86Cpu *s, const Event *e, unsigned size)
{
    x86_push(k, size, e->eflags);
    x86_push(k, size, s->seg[SEG_CS].sel);
    x86_push(k, size, e->ip);
    if (e->error >= 0) {
        x86_push(k, size, e->error);
    }
}

static void enter_handler(X86Cpu *s, uint16_t sel, uint32_t desc[2], unsigned cpl, uint64_t ip,
                          bool trap_gate)
{
    x86_mark_accessed(s, sel, desc);
    x86_set_cs(s, sel, desc, cpl);
    s->cpu.pc = x86_lma(s) ? ip : (uint32_t)(s->seg[SEG_CS].base + ip);
    x86_set_eflags(s, 0, EFL_TF | EFL_NT | EFL_RF | EFL_VM | (trap_gate ? 0 : EFL_IF));
}

static void gate_32(X86Cpu *s, const Event *e, const uint32_t gate[2])
{
    unsigned type = gate[1] >> 8 & 15, size = type >= 8 ? 4 : 2;
    uint16_t sel = gate[0] >> 16, ss = 0;
    uint32_t ip = (gate[0] & 0xffff) | (size == 4 ? gate[1] & 0xffff0000 : 0);
    uint32_t code[2], stack[2];
    unsigned cpl = gate_code(s, e, sel, code);
    if (ip > x86_desc_limit(code)) {
        x86_gp(s, e->ext);
    }
    if (cpl == x86_cpl(s)) {
        X86Stack k = x86_stack_now(s);
        k.error = e->ext;
        push_frame(&k, s, e, size);
        x86_stack_commit(&k);
        enter_handler(s, sel, code, cpl, ip, type & 1);
        return;
    }
    X86Stack k = inner_stack(s, cpl, e->ext, &ss, stack);
    bool v86 = x86_vm(s);
    if (v86) {
        static const uint8_t data[] = { SEG_GS, SEG_FS, SEG_DS, SEG_ES };
        for (unsigned i = 0; i < ARRAY_SIZE(data); i++) {
            x86_push(&k, size, s->seg[data[i]].sel);
        }
    }
    x86_push(&k, size, s->seg[SEG_SS].sel);
    x86_push(&k, size, s->r[RSP_]);
    push_frame(&k, s, e, size);
    s->eflags &= ~EFL_VM;
    if (v86) {
        leave_v86(s);
    }
    x86_set_seg_desc(s, SEG_SS, ss, stack);
    x86_stack_commit(&k);
    enter_handler(s, sel, code, cpl, ip, type & 1);
}

static void deliver_protected(X86Cpu *s, const Event *e)
{
    uint32_t gate[2];
    if (e->vector * 8 + 7 > s->idt_limit) {
        x86_gp(s, idt_error(e));
    }
    gate[0] = x86_sys_ld(s, s->idt_base + e->vector * 8, 4);
    gate[1] = x86_sys_ld(s, s->idt_base + e->vector * 8 + 4, 4);
    unsigned type = gate[1] >> 8 & 0x1f, dpl = gate[1] >> 13 & 3;
    if (type != 5 && type != 6 && type != 7 && type != 14 && type != 15) {
        x86_gp(s, idt_error(e));
    }
    if (e->kind == EVENT_SOFT && dpl < x86_cpl(s)) {
        x86_gp(s, idt_error(e));
    }
    if (!(gate[1] & SEG_P << 8)) {
        x86_fault(s, EXC_NP, idt_error(e));
    }
    if (type == 5) {
        uint32_t desc[2];
        uint16_t sel = gate[0] >> 16;
        if (sel & 4 || !x86_read_desc(s, sel, desc)) {
            x86_gp(s, (sel & ~3) | e->ext);
        }
        x86_task_switch(s, sel, desc, TASK_INT, s->seg[SEG_CS].base + e->ip, e->error);
        return;
    }
    gate_32(s, e, gate);
}

static void deliver_long(X86Cpu *s, const Event *e)
{
    if (e->vector * 16 + 15 > s->idt_limit) {
        x86_gp(s, idt_error(e));
    }
    uint64_t at = s->idt_base + e->vector * 16;
    uint64_t low = x86_sys_ld(s, at, 8), high = x86_sys_ld(s, at + 8, 8);
    unsigned type = low >> 40 & 0x1f, dpl = low >> 45 & 3, ist = low >> 32 & 7;
    if (type != 14 && type != 15) {
        x86_gp(s, idt_error(e));
    }
    if (e->kind == EVENT_SOFT && dpl < x86_cpl(s)) {
        x86_gp(s, idt_error(e));
    }
    if (!(low >> 47 & 1)) {
        x86_fault(s, EXC_NP, idt_error(e));
    }
    uint16_t sel = low >> 16, ss;
    uint64_t ip = (low & 0xffff) | (low >> 32 & 0xffff0000) | high << 32, sp = s->r[RSP_];
    uint32_t code[2];
    unsigned cpl = gate_code(s, e, sel, code), old = x86_cpl(s);
    if (ist) {
        x86_tss_stack(s, ist + 3, &ss, &sp, e->ext);
        sp += 0;
    } else if (cpl != old) {
        x86_tss_stack(s, cpl, &ss, &sp, e->ext);
    }
    if (!x86_canonical(sp)) {
        x86_fault(s, EXC_SS, e->ext);
    }
    X86Stack k = { .s = s, .mask = UINT64_MAX, .sp = sp & ~UINT64_C(15),
                   .mmu = cpl == 3 ? X86_MMU_USER : x86_data_mmu(s, 0) };
    x86_push(&k, 8, s->seg[SEG_SS].sel);
    x86_push(&k, 8, s->r[RSP_]);
    push_frame(&k, s, e, 8);
    if (cpl != old) {
        x86_seg_null(s, SEG_SS, cpl);
        s->seg[SEG_SS].attr = cpl << SEG_DPL_SHIFT;
    }
    s->r[RSP_] = k.sp;
    enter_handler(s, sel, code, cpl, ip, type & 1);
}

static bool contributory(unsigned v)
{
    return v == EXC_DE || (v >= EXC_TS && v <= EXC_GP);
}

static bool pushes_error(unsigned v)
{
    return v < 32 && (0x27d00u >> v & 1);
}

/* Nothing is left to deliver: the board resets. */
static void shut_down(X86Cpu *s)
{
    log_print(LOG_INT, "%s: triple fault at %#" PRIx64 "\n", s->cpu.id ? s->cpu.id : "cpu",
              s->cpu.pc);
    s->shut_down = true;
    s->delivering = -1;
    s->cpu.halted = true;
    bool taken = machine_lock_if_free();
    system_request(SYSTEM_RESET, 0);
    machine_unlock_if(taken);
}

/* What a fault during the delivery of another makes of both (SDM 3A, table 6-5). */
static bool combine(X86Cpu *s, unsigned *vector, int *error)
{
    int first = s->delivering;
    if (first == EXC_DF) {
        shut_down(s);
        return false;
    }
    if ((contributory(first) && contributory(*vector)) ||
        (first == EXC_PF && (contributory(*vector) || *vector == EXC_PF))) {
        *vector = EXC_DF;
        *error = 0;
    }
    return true;
}

static void log_event(const X86Cpu *s, const Event *e)
{
    log_print(LOG_INT, "%s: %s %u (%s) error %d at %04x:%#" PRIx64 " cpl %u cr2 %#" PRIx64 "\n",
              s->cpu.id ? s->cpu.id : "cpu",
              e->kind == EVENT_EXTERNAL ? "interrupt" : e->kind == EVENT_SOFT ? "INT" : "exception",
              e->vector, e->vector < 20 ? vector_names[e->vector] : "", e->error,
              s->seg[SEG_CS].sel, e->ip, x86_cpl(s), s->cr2);
}

void x86_deliver(X86Cpu *s, unsigned vector, int error, X86EventKind kind, uint64_t next)
{
    bool fault = kind == EVENT_FAULT;
    if (fault && s->delivering >= 0 && !combine(s, &vector, &error)) {
        return;
    }
    Event e = { .vector = vector, .kind = kind, .error = X86_NO_ERROR, .ext = kind != EVENT_SOFT };
    uint64_t lin = fault ? s->cpu.pc : next;
    e.ip = x86_long(s) ? lin : (uint32_t)(lin - s->seg[SEG_CS].base);
    e.error = fault && pushes_error(vector) && x86_pe(s) ? MAX(error, 0) : X86_NO_ERROR;
    e.eflags = x86_eflags(s) & ~EFL_RF;
    if (fault && vector != EXC_DB && vector != EXC_DF) {
        e.eflags |= EFL_RF;
    }
    if (vector == EXC_NMI) {
        s->nmi_blocked = true;
    }
    log_event(s, &e);
    s->delivering = vector;
    if (x86_lma(s)) {
        deliver_long(s, &e);
    } else if (x86_pe(s)) {
        deliver_protected(s, &e);
    } else {
        deliver_real(s, &e);
    }
    s->delivering = -1;
    s->shadow = 0;
    s->cpu.halted = false;
    x86_mode_changed(s);
}

void x86_fault(X86Cpu *s, unsigned vector, int error)
{
    x86_deliver(s, vector, error, EVENT_FAULT, 0);
    cpu_leave(&s->cpu);
}

void x86_take_db(X86Cpu *s, uint64_t next)
{
    s->dr[6] |= s->pending_db;
    s->dr[7] &= ~(uint64_t)DR7_GD;
    s->pending_db = 0;
    x86_deliver(s, EXC_DB, X86_NO_ERROR, EVENT_INT1, next);
}

/* ---- faults of generated code ---- */

/* An exit to a code address that stands for an exception. */
static void raise_magic(X86Cpu *s, uint64_t magic)
{
    unsigned vector = magic >> 48 & 0xff;
    uint64_t pc = (uint64_t)((int64_t)(magic << 16) >> 16);
    if (vector == EXC_OF) {
        s->cpu.pc = pc - 1;
        x86_deliver(s, EXC_OF, X86_NO_ERROR, EVENT_SOFT, pc);
        return;
    }
    s->cpu.pc = pc;
    if (vector == X86_MAGIC_FPMODE) {
        x87_other_mode(s, pc);
    } else if (vector == X86_MAGIC_FPCW) {
        x87_set_control(s, s->fpcw);
    } else {
        x86_deliver(s, vector, 0, EVENT_FAULT, 0);
    }
}

enum { NOT_CANONICAL = 1u << 31 };

void x86_mmu_fault(Cpu *cpu, const MmuFault *fault)
{
    X86Cpu *s = X86(cpu);
    if (x86_is_magic(fault->va)) {
        raise_magic(s, fault->va);
    } else if (fault->code & NOT_CANONICAL) {
        x86_deliver(s, EXC_GP, 0, EVENT_FAULT, 0);
    } else {
        s->cr2 = fault->va;
        x86_deliver(s, EXC_PF, fault->code, EVENT_FAULT, 0);
    }
}

void x86_alignment_fault(Cpu *cpu, GVa va, AccessType access, unsigned mmu)
{
    X86Cpu *s = X86(cpu);
    (void)va, (void)access, (void)mmu;
    x86_deliver(s, s->aux & AUX_ALIGN ? EXC_GP : EXC_AC, 0, EVENT_FAULT, 0);
}

/* Nobody answers: reads are all ones, writes are lost; the engine does that (see isa.c). */
void x86_bus_fault(Cpu *cpu, GVa va, AccessType access, MemResult why)
{
    X86Cpu *s = X86(cpu);
    (void)why;
    log_guest(NULL, "%s at %#" PRIx64 " outside of memory",
              access == ACCESS_FETCH ? "fetch" : access == ACCESS_WRITE ? "write" : "read", va);
    x86_deliver(s, EXC_UD, X86_NO_ERROR, EVENT_FAULT, 0);
}

/* ---- reset ---- */

void x86_init_state(X86Cpu *s, bool init)
{
    Cpu *cpu = &s->cpu;
    memset(s->r, 0, sizeof(s->r));
    s->flags = 0;
    s->df = 1;
    s->eflags = EFL_ONE;
    s->shadow = 0;
    s->cr0 = CR0_ET | (init ? s->cr0 & (CR0_CD | CR0_NW) : CR0_CD | CR0_NW);
    s->cr2 = s->cr3 = s->cr4 = s->efer = 0;
    for (unsigned i = 0; i < N_SEGS; i++) {
        x86_seg_set(s, i, 0, 0, 0xffff, SEG_P | SEG_S | SEG_RW | SEG_ACCESSED);
    }
    x86_seg_set(s, SEG_CS, 0xf000, 0xffff0000, 0xffff, SEG_P | SEG_S | SEG_CODE | SEG_RW |
                SEG_ACCESSED);
    x86_seg_set(s, SEG_LDTR, 0, 0, 0xffff, SEG_P | 2);
    x86_seg_set(s, SEG_TR, 0, 0, 0xffff, SEG_P | 11);
    s->gdt_base = s->idt_base = 0;
    s->gdt_limit = s->idt_limit = 0xffff;
    memset(s->dr, 0, sizeof(s->dr));
    s->dr[6] = 0xffff0ff0;
    s->dr[7] = 0x400;
    s->delivering = -1;
    s->pending_db = 0;
    s->nmi_blocked = s->smm = s->shut_down = s->wait_sipi = false;
    cpu->pc = 0xfffffff0;
    cpu->halted = false;
    irq_set(&cpu->output[X86_OUT_SMIACT], 0);
}

void x86_reset(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    x86_init_state(s, false);
    s->r[RDX_] = s->model ? s->model->family << 8 | s->model->model << 4 | s->model->stepping : 0;
    memset(s->xmm, 0, sizeof(s->xmm));
    memset(s->ymmh, 0, sizeof(s->ymmh));
    x87_reset(s, 0x40);
    x86_set_mxcsr(s, 0x1f80);
    s->cr8 = 0;
    s->xcr0 = 1;
    s->smbase = 0x30000;
    irq_set(&cpu->output[X86_OUT_FERR], 0);
    s->pat = UINT64_C(0x0007040600070406);
    s->kernel_gs_base = s->star = s->lstar = s->cstar = s->sfmask = 0;
    s->sysenter_cs = s->sysenter_esp = s->sysenter_eip = 0;
    s->tsc_offset = s->tsc_aux = s->mtrr_def = s->misc_enable = 0;
    s->misc_enable = 1;
    memset(s->mtrr, 0, sizeof(s->mtrr));
    memset(s->mtrr_fixed, 0, sizeof(s->mtrr_fixed));
    s->apic_base = 0xfee00800 | (cpu->index ? 0 : 0x100);
    host_fp_set_rounding(cpu, 0);
    host_fp_clear_sticky(cpu);
    /* Processors but the first wait for a start-up interrupt (SDM 3A, 8.4). */
    s->wait_sipi = cpu->index != 0;
    cpu->halted = s->wait_sipi;
    s->lines &= X86_LINE_INTR;
    tlb_set_asid(cpu, 0);
    x86_mode_changed(s);
}

/* Register numbers as in SDM 2A, table 3-1; a processor that is started runs at once. */
void x86_start(Cpu *cpu, const CpuStart *start)
{
    X86Cpu *s = X86(cpu);
    for (unsigned i = 0; i < start->n_regs && i < ARRAY_SIZE(start->regs); i++) {
        s->r[i] = start->regs[i];
    }
    s->wait_sipi = false;
    cpu->halted = false;
    cpu->pc = start->pc;
    if (!x86_pe(s)) {
        x86_seg_real(s, SEG_CS, start->pc < 0x100000 ? start->pc >> 4 & 0xf000 : 0xf000);
        if (start->pc >= 0x100000) {
            x86_seg_set(s, SEG_CS, 0xf000, start->pc & 0xffff0000, 0xffff, s->seg[SEG_CS].attr);
        }
    }
    x86_mode_changed(s);
}

/* ---- interrupts ---- */

static uint32_t lines_now(const X86Cpu *s)
{
    return __atomic_load_n(&s->lines, __ATOMIC_ACQUIRE);
}

static uint32_t acceptable(const X86Cpu *s)
{
    uint32_t mask = X86_LINE_INIT;
    if (s->wait_sipi) {
        return X86_LINE_SIPI | X86_LINE_INIT;
    }
    mask |= s->smm ? 0 : X86_LINE_SMI;
    mask |= s->nmi_blocked || s->smm ? 0 : X86_LINE_NMI;
    mask |= s->eflags & EFL_IF && !s->shadow ? X86_LINE_INTR : 0;
    return mask;
}

void x86_poll_interrupts(X86Cpu *s)
{
    if (lines_now(s) & acceptable(s)) {
        cpu_request_exit(&s->cpu, CPU_EXIT_INTERRUPT);
    }
}

static bool take_line(X86Cpu *s, uint32_t line)
{
    return __atomic_fetch_and(&s->lines, ~line, __ATOMIC_ACQ_REL) & line;
}

static void start_up(X86Cpu *s)
{
    s->wait_sipi = false;
    x86_seg_real(s, SEG_CS, s->sipi_vector << 8);
    s->cpu.pc = (uint64_t)s->sipi_vector << 12;
    s->cpu.halted = false;
    x86_mode_changed(s);
}

static void take_init(X86Cpu *s)
{
    uint64_t apic_base = s->apic_base;
    x86_init_state(s, true);
    s->apic_base = apic_base;
    s->r[RDX_] = s->model->family << 8 | s->model->model << 4 | s->model->stepping;
    if (s->cpu.index) {
        s->wait_sipi = true;
        s->cpu.halted = true;
    }
    tlb_flush_all(&s->cpu);
    x86_mode_changed(s);
}

/* The vector, from whoever keeps the interrupt line up; a spurious one when there is nobody. */
static int acknowledge(X86Cpu *s)
{
    const CpuPlatform *p = s->cpu.platform;
    if (!p || !p->acknowledge) {
        return -1;
    }
    bool taken = machine_lock_if_free();
    int vector = p->acknowledge(s->cpu.platform_opaque);
    machine_unlock_if(taken);
    return vector;
}

bool x86_take_interrupt(Cpu *cpu)
{
    X86Cpu *s = X86(cpu);
    uint32_t ready = lines_now(s) & acceptable(s);
    /* Delivery may fault, and must not leave with the machine lock held. */
    if (likely(!ready) || s->shut_down || machine_lock_held()) {
        return false;
    }
    if (ready & X86_LINE_INIT && take_line(s, X86_LINE_INIT)) {
        take_init(s);
        return true;
    }
    if (ready & X86_LINE_SIPI && take_line(s, X86_LINE_SIPI)) {
        start_up(s);
        return true;
    }
    if (ready & X86_LINE_SMI && take_line(s, X86_LINE_SMI)) {
        x86_enter_smm(s);
        return true;
    }
    /* Delivery may fault and leave: from the loop that is as good as returning. */
    if (ready & X86_LINE_NMI && take_line(s, X86_LINE_NMI)) {
        x86_deliver(s, EXC_NMI, X86_NO_ERROR, EVENT_EXTERNAL, cpu->pc);
        return true;
    }
    int vector = acknowledge(s);
    if (vector < 0) {
        return false;
    }
    x86_deliver(s, vector, X86_NO_ERROR, EVENT_EXTERNAL, cpu->pc);
    return true;
}

bool x86_has_work(const Cpu *cpu)
{
    const X86Cpu *s = (const X86Cpu *)cpu;
    return !s->shut_down && (lines_now(s) & acceptable(s));
}

/* "sipi": the level is the vector with bit 8 set.  "a20": held low while 0.  "ignne": x87 exceptions are
 * ignored until FERR# goes down. */
bool x86_set_input(Cpu *cpu, int n, int level)
{
    static const uint32_t bits[] = { X86_LINE_INTR, X86_LINE_NMI, X86_LINE_SMI, X86_LINE_INIT,
                                     X86_LINE_SIPI };
    X86Cpu *s = X86(cpu);
    if (n == (int)ARRAY_SIZE(bits)) {
        s->a20_mask_off = level ? 0 : 1 << 20;
        tlb_flush_later(cpu);
        return true;
    }
    if (n == (int)ARRAY_SIZE(bits) + 1) {
        s->ignne = level;               /* what waits for it is waiting for an interrupt, too */
        return level;
    }
    if (n < 0 || n > (int)ARRAY_SIZE(bits)) {
        return false;
    }
    if (bits[n] == X86_LINE_SIPI) {
        s->sipi_vector = level;
    }
    if (bits[n] == X86_LINE_INIT && level) {    /* one from before does not start it */
        __atomic_and_fetch(&s->lines, ~X86_LINE_SIPI, __ATOMIC_RELEASE);
    }
    if (level) {
        __atomic_or_fetch(&s->lines, bits[n], __ATOMIC_RELEASE);
    } else if (bits[n] == X86_LINE_INTR) {
        __atomic_and_fetch(&s->lines, ~bits[n], __ATOMIC_RELEASE);
    }
    return level != 0;
}
