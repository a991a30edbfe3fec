/* SPDX-License-Identifier: MIT */
/*
 * The bench for instructions: see bench.h.  The CPU has a thread of its own, as in a machine.  State
 * goes in and out on that thread (the host's floating-point status belongs to it): when the CPU is
 * halted, the engine asks GuestIsa.has_work, and that is ours.
 */
#include "tests/isa/bench.h"

#include <string.h>
#include "frontends/arm/calls_fp.h"
#include "frontends/arm/mmu.h"
#include "system/lock.h"
#include "tcg/engine.h"

const char *const bench_end_names[BENCH_N_ENDS] = {
    "reset", "undef", "svc", "pabt", "dabt", "hvc", "irq", "fiq", "end", "never",
};

struct Bench {
    MemoryRegion root, ram, vectors;
    AddressSpace as;
    Cpu         *cpu;
    GThread     *thread;
    GCond        done;

    /* Under the machine lock. */
    const BenchState *in;       /* waits to be run */
    BenchState *out;            /* of the run under way; NULL: there is none */
    unsigned    code_size;
};

enum { PATIENCE_US = 1 * G_USEC_PER_SEC, VECTORS = 0xffff0000 };

/* ---- state in and out ---- */
/* VFP and Advanced SIMD are on, the vectors are the high ones. */
static void prepare(ArmCpu *s)
{
    s->cp15.sctlr |= SCTLR_V;
    s->cp15.cpacr |= 0xf << 20;
    s->fpexc |= 1 << 30;
}

static void put_state(Bench *b)
{
    ArmCpu *s = ARM(b->cpu);
    const BenchState *in = b->in;
    prepare(s);
    s->cpu.pc = BENCH_CODE | (in->cpsr & CPSR_T ? 1 : 0);
    s->it = 0;
    arm_set_cpsr(s, in->cpsr, ~0u);
    memcpy(s->r, in->r, sizeof(s->r));
    memcpy(s->v, in->v, sizeof(s->v));
    arm_set_fpscr(s, in->fpscr);
    s->excl_addr = 1;
    cpu_mode_changed(b->cpu);
}

/* Back from the exception: what it saved tells where the code was. */
static void get_state(Bench *b)
{
    ArmCpu *s = ARM(b->cpu);
    BenchState *out = b->out;
    uint32_t vector = ((uint32_t)s->cpu.pc - 4) & 0x1c, lr = s->r[14], spsr = s->spsr;
    static const uint8_t back_arm[8] = { 0, 4, 4, 4, 8, 4, 4, 4 };
    static const uint8_t back_thumb[8] = { 0, 2, 2, 4, 8, 2, 4, 4 };
    out->end = vector >> 2;
    out->pc = lr - (spsr & CPSR_T ? back_thumb : back_arm)[out->end];
    out->cpsr = spsr;
    arm_set_cpsr(s, spsr, ~0u);
    memcpy(out->r, s->r, sizeof(s->r));
    memcpy(out->v, s->v, sizeof(s->v));
    out->fpscr = arm_get_fpscr(s);
    if (out->end == END_UNDEF && out->pc == BENCH_CODE + b->code_size) {
        out->end = END_OF_CODE;
    }
}

static bool has_work(const Cpu *cpu)
{
    Bench *b = cpu->firmware;
    if (b->out && !b->in) {
        get_state(b);
        b->out = NULL;
        g_cond_broadcast(&b->done);
    }
    if (!b->in) {
        return false;
    }
    put_state(b);
    b->in = NULL;
    return true;
}

/* ---- making it ---- */

static gpointer run_cpu(gpointer cpu)
{
    cpu_run(cpu);
    return NULL;
}

static void put_vectors(Bench *b)
{
    /* WFI is an instruction since ARMv6K, before that an access to cp15. */
    uint32_t wfi = bench_has(b, ARM_V6K) ? 0xe320f003 : 0xee070f90;
    for (unsigned v = 0; v < 8; v++) {
        address_space_load(&b->as, VECTORS + 4 * v, &wfi, 4);
    }
}

Bench *bench_new(const char *accel, const char *model)
{
    GError *err = NULL;
    static GuestIsa isa;
    static unsigned n_cpus;
    Bench *b = g_new0(Bench, 1);
    machine_lock();
    if (n_cpus == 0 && !tcg_init(accel, 16 << 20, &err)) {
        g_error("%s", err->message);
    }
    memory_container_init(&b->root, "bench", MEMORY_SIZE_MAX);
    if (!memory_ram_init(&b->ram, "ram", BENCH_RAM_SIZE, &err) ||
        !memory_rom_init(&b->vectors, "vectors", 0x1000, &err)) {
        g_error("%s", err->message);
    }
    memory_add(&b->root, BENCH_RAM, &b->ram, 0);
    memory_add(&b->root, VECTORS, &b->vectors, 0);
    address_space_init(&b->as, "bench", &b->root);
    isa = guest_arm;
    isa.has_work = has_work;
    b->cpu = cpu_new(&isa, model, n_cpus, &b->as, &err);
    if (!b->cpu) {
        g_error("%s", err->message);
    }
    b->cpu->halted = true;
    b->cpu->firmware = b;
    put_vectors(b);
    if (n_cpus++ == 0) {
        cpus_resume();
    }
    machine_unlock();
    b->thread = g_thread_new("cpu", run_cpu, b->cpu);
    return b;
}

bool bench_has(const Bench *b, ArmFeature f)
{
    return arm_has(ARM(b->cpu), f);
}

uint8_t *bench_data(Bench *b)
{
    return b->ram.ram->host + BENCH_DATA - BENCH_RAM;
}

MemoryRegion *bench_root(Bench *b)
{
    return &b->root;
}

/* ---- a run ---- */

static void put_code(Bench *b, const void *code, unsigned size, bool thumb)
{
    uint8_t text[BENCH_CODE_SIZE];
    uint32_t end = thumb ? 0xde00de00 : 0xe7f000f0;         /* UDF */
    g_assert(size + 8 <= sizeof(text));
    memcpy(text, code, size);
    memcpy(text + size, &end, 4);
    address_space_write(&b->as, BENCH_CODE, text, size + 4);
}

/* It goes round and round: take the state as it is. */
static void stop(Bench *b)
{
    cpus_pause();
    b->cpu->halted = true;
    cpus_resume();
    while (b->out) {
        machine_lock_wait(&b->done);
    }
}

void bench_run(Bench *b, const void *code, unsigned size, const BenchState *in, BenchState *out)
{
    int64_t limit = g_get_monotonic_time() + PATIENCE_US;
    machine_lock();
    put_code(b, code, size, in->cpsr & CPSR_T);
    b->in = in;
    b->out = out;
    b->code_size = size;
    cpu_kick(b->cpu);
    while (b->out && machine_lock_wait_until(&b->done, limit)) {
    }
    if (b->out) {
        stop(b);
        out->end = END_NEVER;
    }
    machine_unlock();
}
