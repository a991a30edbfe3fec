/* SPDX-License-Identifier: MIT */
/*
 * The bench for instructions: see bench.h.  The CPU has a thread of its own, as in a machine.
 * State goes in and out on that thread (the host's floating-point status belongs to it): when the
 * CPU is halted, the engine asks GuestIsa.has_work, and that is ours.
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
    MemoryRegion root, ram, tables, vectors;
    AddressSpace as;
    Cpu         *cpu;
    GThread     *thread;
    GCond        done;

    /* Under the machine lock. */
    const BenchState *in;       /* waits to be run */
    BenchState *out;            /* of the run under way; NULL: there is none */
    unsigned    code_size;
};

enum { PATIENCE_US = 5 * G_USEC_PER_SEC };

/* ---- page tables.  DDI 0406C, B3.5 (short descriptors); DDI 0100I, B4.7 (before ARMv6) ---- */

enum {
    COARSE = 0x11, SECTION = 0xc1e,             /* cached; in v6 bit 4 is XN */
    DEVICES = 0xc16,
    SMALL_V5 = 0xffe, SMALL_V6 = 0x7e, READ_ONLY_V6 = 0x26e, PRIVILEGED_V6 = 0x5e,
    XN_V6 = 1,
    LOW_PAGES = 0x4000, HIGH_PAGES = 0x4400, HIDDEN_PAGES = 0x4800, PAGE = 0x1000,
};

static void map_pages(uint8_t *table, uint32_t va, uint32_t pa, uint32_t size, uint32_t bits)
{
    for (unsigned at = 0; at < size; at += PAGE) {
        uint32_t entry = (pa + at) | bits;
        memcpy(table + ((va + at) >> 12 & 0xff) * 4, &entry, 4);
    }
}

static void put_word(uint8_t *at, uint32_t v)
{
    memcpy(at, &v, 4);
}

static void point_to(uint8_t *table, uint32_t va, uint32_t pages, bool v6)
{
    put_word(table + (va >> 20) * 4, (BENCH_TABLES + pages) | (v6 ? COARSE & 1 : COARSE));
}

void bench_page_tables(void *to, bool v6)
{
    uint8_t *t = to, *low = t + LOW_PAGES, *hidden = t + HIDDEN_PAGES;
    uint32_t all = v6 ? SMALL_V6 : SMALL_V5, read_only = v6 ? READ_ONLY_V6 : SMALL_V5;
    uint32_t privileged = v6 ? PRIVILEGED_V6 : SMALL_V5, xn = v6 ? XN_V6 : 0;

    memset(t, 0, BENCH_TABLES_SIZE);
    map_pages(low, BENCH_CODE, BENCH_CODE, BENCH_CODE_SIZE, read_only);
    map_pages(low, BENCH_DATA, BENCH_DATA, BENCH_DATA_SIZE, all | xn);
    map_pages(low, BENCH_READ_ONLY, BENCH_READ_ONLY, PAGE, read_only | xn);
    map_pages(hidden, BENCH_MAILBOX_VA, BENCH_MAILBOX, PAGE, privileged);
    map_pages(hidden, BENCH_CODE_VA, BENCH_CODE, BENCH_CODE_SIZE, privileged);
    map_pages(t + HIGH_PAGES, BENCH_VECTORS, BENCH_VECTORS, PAGE, privileged);
    point_to(t, 0, LOW_PAGES, v6);
    point_to(t, BENCH_CODE_VA, HIDDEN_PAGES, v6);
    point_to(t, BENCH_VECTORS, HIGH_PAGES, v6);
    put_word(t + BENCH_BOOT_TABLE, v6 ? SECTION & ~0x10 : SECTION);
    point_to(t + BENCH_BOOT_TABLE, BENCH_VECTORS, HIGH_PAGES, v6);
}

uint32_t bench_sctlr(bool v6)
{
    enum { U = 1 << 22, XP = 1 << 23 };
    return SCTLR_M | SCTLR_V | (v6 ? U | XP : 0);
}

/* ---- state in and out ---- */

/* VFP and Advanced SIMD are on, the vectors are the high ones. */
static void prepare(ArmCpu *s)
{
    s->cp15.sctlr |= bench_sctlr(arm_has(s, ARM_V6));
    s->cp15.ttbr[0] = BENCH_TABLES;
    s->cp15.dacr = 1;
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
    out->dfsr = out->end == END_DABT ? s->cp15.dfsr : 0;
    out->dfar = out->end == END_DABT ? s->cp15.dfar : 0;
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

void bench_put_vectors_page(Bench *b, const void *words, unsigned size)
{
    enum { VECTORS = 32 };

    if (size > VECTORS) {
        address_space_load(&b->as, (uint32_t)BENCH_VECTORS + VECTORS,
                           (const uint8_t *)words + VECTORS, size - VECTORS);
    }
}

void bench_fill(uint8_t *code, unsigned from, unsigned to)
{
    uint32_t end = BENCH_END;

    for (unsigned at = from; at < to; at += 2) {
        memcpy(code + at, (uint8_t *)&end + ((at - from) & 2), 2);
    }
}

static void fill_code(Bench *b)
{
    uint8_t text[BENCH_CODE_SIZE];

    bench_fill(text, 0, sizeof(text));
    address_space_load(&b->as, BENCH_CODE, text, sizeof(text));
}

static void put_tables(Bench *b)
{
    uint8_t tables[BENCH_TABLES_SIZE];

    bench_page_tables(tables, bench_has(b, ARM_V6));
    address_space_load(&b->as, BENCH_TABLES, tables, sizeof(tables));
}


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
        address_space_load(&b->as, (uint32_t)BENCH_VECTORS + 4 * v, &wfi, 4);
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
        !memory_ram_init(&b->tables, "tables", BENCH_TABLES_SIZE, &err) ||
        !memory_rom_init(&b->vectors, "vectors", 0x1000, &err)) {
        g_error("%s", err->message);
    }
    memory_add(&b->root, BENCH_RAM, &b->ram, 0);
    memory_add(&b->root, BENCH_TABLES, &b->tables, 0);
    memory_add(&b->root, (uint32_t)BENCH_VECTORS, &b->vectors, 0);
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
    put_tables(b);
    fill_code(b);
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
    uint32_t section = BENCH_DEVICES | DEVICES;

    address_space_load(&b->as, BENCH_TABLES + (BENCH_DEVICES >> 20) * 4, &section, 4);
    return &b->root;
}

/* ---- a run ---- */

/* Behind the code, and where the code before this one was, all is BENCH_END. */
static void put_code(Bench *b, const void *code, unsigned size)
{
    uint8_t text[BENCH_CODE_SIZE];
    unsigned upto = (MAX(size, b->code_size) + 7) & ~3u;

    g_assert(upto <= sizeof(text));
    memcpy(text, code, size);
    bench_fill(text, size, upto);
    address_space_write(&b->as, BENCH_CODE, text, upto);
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
    put_code(b, code, size);
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
