/* SPDX-License-Identifier: MIT */
#include "tests/backends/bench.h"
#include <inttypes.h>
#include <string.h>
#include "system/clock.h"
#include "system/error.h"
#include "system/lock.h"

TestCpu *bench_cpu;
int bench_unmapped = -1;
unsigned bench_exit_request;
unsigned bench_fault_at, bench_n_walks;
Outcome bench_fault_kind;
unsigned bench_rounding;

enum { HOLE = 0x40000000 };     /* physical address of nothing */

static MemoryRegion root, ram, device;
static AddressSpace as;
static State *running;          /* what faults are noted in */
static uint64_t device_hash;

const HostBackend *const bench_backends[] = {
#ifdef __x86_64__
    &backend_x86_64,
#endif
    &backend_interp,
    NULL
};

/* ---- the device: reads depend on the address and on what was written ---- */

static uint64_t device_read(void *opaque, GPa off, unsigned size)
{
    return (off * 0x0101010101010101u ^ device_hash) & (UINT64_MAX >> (64 - size * 8));
}

static void device_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    device_hash = (device_hash ^ off ^ value << 8 ^ size) * 0x9e3779b97f4a7c15u;
}

static const MemoryOps device_ops = {
    .read = device_read, .write = device_write, .endian = ENDIAN_LITTLE, .unaligned = true,
};

/* ---- the guest ---- */

static bool walk(Cpu *cpu, GVa va, AccessType access, unsigned mmu, bool debug, Translation *t,
                 MmuFault *fault)
{
    if (bench_unmapped >= 0 && (va - RAM_BASE) >> PAGE_BITS == (GVa)bench_unmapped) {
        *fault = (MmuFault){ .va = va, .access = access };
        return false;
    }
    *t = (Translation){ .pa = va, .prot = PROT_R | PROT_W | PROT_X, .page_bits = 12,
                        .uncached = bench_fault_at };
    if (++bench_n_walks == bench_fault_at) {
        t->pa = HOLE;
        *fault = (MmuFault){ .va = va, .access = access };
        return bench_fault_kind != MMU_FAULT;
    }
    return true;
}

static void note_fault(Outcome outcome, GVa va, AccessType access)
{
    running->outcome = outcome;
    running->fault_va = va;
    running->fault_access = access;
}

static void mmu_fault(Cpu *cpu, const MmuFault *fault)
{
    note_fault(MMU_FAULT, fault->va, fault->access);
}

static void alignment_fault(Cpu *cpu, GVa va, AccessType access, unsigned mmu)
{
    note_fault(ALIGNMENT_FAULT, va, access);
}

static void bus_fault(Cpu *cpu, GVa va, AccessType access, MemResult why)
{
    note_fault(BUS_FAULT, va, access);
}

static void restore(Cpu *cpu, uint64_t pc, uint16_t aux)
{
    cpu->pc = pc;
    running->aux = aux;
}

static bool init(Cpu *cpu, const char *model, GError **err) { return true; }
static void reset(Cpu *cpu) { }
static uint64_t mode_key(const Cpu *cpu) { return 0; }
static unsigned fetch_mmu(const Cpu *cpu) { return 0; }
static bool take_interrupt(Cpu *cpu) { return false; }
static bool has_work(const Cpu *cpu) { return false; }
static bool set_input(Cpu *cpu, int n, int level) { return false; }

static const char *const no_lines[] = { NULL };

static const GuestIsa guest_test = {
    .name = "test", .slots = test_slots, .n_slots = TEST_N_SLOTS, .cpu_size = sizeof(TestCpu),
    .va_bits = 32, .inputs = no_lines, .init = init, .reset = reset, .mode_key = mode_key,
    .fetch_mmu = fetch_mmu, .restore = restore, .walk = walk, .mmu_fault = mmu_fault,
    .alignment_fault = alignment_fault, .bus_fault = bus_fault, .take_interrupt = take_interrupt,
    .has_work = has_work, .set_input = set_input,
};

void bench_init(void)
{
    GError *err = NULL;
    clock_init();
    machine_lock();
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    if (!memory_ram_init(&ram, "ram", N_PAGES * 0x1000, &err) ||
        !tcg_init("jit", 16 * MiB, &err)) {
        g_error("%s", err->message);
    }
    memory_mmio_init(&device, "device", 0x1000, &device_ops, NULL);
    memory_add(&root, RAM_BASE, &ram, 0);
    memory_add(&root, DEVICE_PAGE, &device, 0);
    address_space_init(&as, "memory", &root);
    backend_interp.init(NULL);
    machine_unlock();
    memory_reader_register();
    bench_cpu = (TestCpu *)cpu_new(&guest_test, "test", 0, &as, &err);
    g_assert_nonnull(bench_cpu);
}

/* ---- runs ---- */

static void load_state(const State *s)
{
    TestCpu *c = bench_cpu;
    memcpy(c->r, s->r, sizeof(c->r));
    memcpy(c->x, s->x, sizeof(c->x));
    memcpy(c->v, s->v, sizeof(c->v));
    c->fl = s->fl;
    c->fl2 = s->fl2;
    memcpy(ram.ram->host, s->ram, sizeof(s->ram));
    device_hash = s->device;
    c->cpu.fp_sticky = 0;
    c->cpu.pc = REGION_PC;
    c->cpu.icount_left = 1000000;
    c->cpu.exit_request = bench_exit_request;
}

enum { NZCV = FL_N | FL_Z | FL_C | FL_V };

static void save_state(State *s)
{
    const TestCpu *c = bench_cpu;
    memcpy(s->r, c->r, sizeof(s->r));
    memcpy(s->x, c->x, sizeof(s->x));
    memcpy(s->v, c->v, sizeof(s->v));
    s->fl = c->fl & NZCV;
    s->fl2 = c->fl2 & NZCV;
    memcpy(s->ram, ram.ram->host, sizeof(s->ram));
    s->device = device_hash;
    s->pc = c->cpu.pc;
    s->sticky = (c->cpu.fp_sticky | host_backend->fp_sticky(&bench_cpu->cpu)) & 31;
    s->icount_left = c->cpu.icount_left;
}

CodeBlock *bench_compile(const HostBackend *backend, IrRegion *r)
{
    static unsigned n;
    host_backend = backend;
    if (++n >= 4096 && backend == bench_backends[0]) {  /* not between the backends of a region */
        n = 0;
        code_flush();
    }
    for (unsigned attempt = 0; attempt < 2; attempt++) {
        CodeBuf buf;
        CodeBlock *cb = code_begin(&buf);
        cb->pc = REGION_PC;
        cb->n_guest_insns = r->n_guest_insns;
        cb->flags = CODE_ONE_SHOT;
        if (host_backend->compile(r, cb, &buf, true)) {
            code_publish(cb, &buf, false);
            return cb;
        }
    }
    g_error("the region does not fit");
}

static bool rounds_to_nearest(void)
{
    volatile double one = 1, little = 1e-30;
    return one + little == 1 && one - little == 1 && -one - little == -1;
}

void bench_enter(const HostBackend *backend, CodeBlock *cb, State *s)
{
    Cpu *cpu = &bench_cpu->cpu;
    running = s;
    host_backend = backend;
    load_state(s);
    tlb_flush_all(cpu);
    host_backend->fp_set_rounding(cpu, bench_rounding);
    host_backend->fp_clear_sticky(cpu);
    s->outcome = RAN;
    s->aux = 0;
    s->fault_va = 0;
    s->fault_access = 0;
    bench_n_walks = 0;
    if (setjmp(cpu->leave) == 0) {
        CodeExit *e = host_backend->enter(cpu, cb);
        g_assert(!e || e->target == cpu->pc);
    } else if (running->outcome == RAN) {
        running->outcome = LEFT;
    }
    g_assert_true(rounds_to_nearest());         /* the host's mode is back, however it ended */
    save_state(running);
}

void bench_run(const HostBackend *backend, IrRegion *r, State *s)
{
    bench_enter(backend, bench_compile(backend, r), s);
}

/* ---- states ---- */

static uint64_t random64(GRand *rng)
{
    static const uint64_t special[] = { 0, 1, ~0ull, 0x80000000, 0x7fffffff, 0x8000000000000000,
                                        0x7fffffffffffffff, 0xff, 0x3f800000, 0x3ff0000000000000,
                                        0x7fc00000, 0x7ff8000000000000, 0xff800000, 0x00000001,
                                        0x4f000000, 0x41dfffffffc00000 };
    uint64_t v = (uint64_t)g_rand_int(rng) << 32 | g_rand_int(rng);
    return v % 3 ? v : special[v / 3 % G_N_ELEMENTS(special)];
}

void bench_random_state(State *s, GRand *rng)
{
    memset(s, 0, sizeof(*s));
    for (unsigned i = 0; i < 6; i++) {
        s->r[i] = random64(rng);
    }
    for (unsigned i = 6; i < 8; i++) {          /* pointers */
        s->r[i] = RAM_BASE + g_rand_int_range(rng, 0, N_PAGES * 0x1000 - 512);
        s->r[i] &= g_rand_int_range(rng, 0, 4) ? ~7u : ~0u;
    }
    for (unsigned i = 0; i < 4; i++) {
        s->x[i] = random64(rng);
        s->v[i] = (V128){ .u64 = { random64(rng), random64(rng) } };
    }
    s->fl = g_rand_int(rng) & NZCV;
    s->fl2 = g_rand_int(rng) & NZCV;
    for (unsigned i = 0; i < sizeof(s->ram); i += 8) {
        uint64_t v = (i + 1) * 0x9e3779b97f4a7c15u;
        memcpy(s->ram + i, &v, 8);
    }
    s->device = g_rand_int(rng);
}

char *bench_difference(const State *a, const State *b)
{
#define FIELD(f) \
    if (a->f != b->f) { \
        return g_strdup_printf("%s: %#" PRIx64 " and %#" PRIx64, #f, (uint64_t)a->f, \
                               (uint64_t)b->f); \
    }
    FIELD(outcome)
    FIELD(pc)
    FIELD(fault_va)
    FIELD(fault_access)
    FIELD(aux)
    for (unsigned i = 0; i < 8; i++) {
        if (a->r[i] != b->r[i]) {
            return g_strdup_printf("r%u: %#x and %#x", i, a->r[i], b->r[i]);
        }
    }
    for (unsigned i = 0; i < 4; i++) {
        if (a->x[i] != b->x[i]) {
            return g_strdup_printf("x%u: %#" PRIx64 " and %#" PRIx64, i, a->x[i], b->x[i]);
        }
        for (unsigned n = 0; n < 2; n++) {
            if (a->v[i].u64[n] != b->v[i].u64[n]) {
                return g_strdup_printf("q%u, half %u: %#" PRIx64 " and %#" PRIx64, i, n,
                                       a->v[i].u64[n], b->v[i].u64[n]);
            }
        }
    }
    FIELD(fl)
    FIELD(fl2)
    FIELD(device)
    FIELD(sticky)
    FIELD(icount_left)
    for (unsigned i = 0; i < sizeof(a->ram); i++) {
        if (a->ram[i] != b->ram[i]) {
            return g_strdup_printf("memory at %#x: %#x and %#x", RAM_BASE + i, a->ram[i],
                                   b->ram[i]);
        }
    }
    return NULL;
#undef FIELD
}
