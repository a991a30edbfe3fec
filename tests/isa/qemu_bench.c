/* SPDX-License-Identifier: MIT */
/*
 * The bench for instructions on another emulator: see qemu_bench.h.
 *
 * The machine is a Versatile PB without a kernel, so that the CPU starts at 0, in RAM, where the
 * runner (qemu_runner.S) is.  RAM is a memfd that both processes map.  Code comes through the
 * mailbox and is copied by the guest: only its own stores make the other emulator translate again.
 */
#include "tests/isa/qemu_bench.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Without the cross assembler there is none. */
static const uint32_t runner[] = {
#ifdef HAVE_QEMU_RUNNER
#include "qemu_runner.inc"
#else
    0
#endif
};

enum { RAM_SIZE = 16 << 20, PATIENCE_US = 10 * G_USEC_PER_SEC };
enum { HAS_VFP = 1, HAS_D32 = 2, HAS_CLREX = 4, IS_V6 = 8 };

typedef struct Mailbox {            /* offsets are the runner's */
    uint32_t request;               /* 000  1: run; it becomes 0 when done */
    uint32_t features;              /* 004 */
    uint32_t n_code;                /* 008  words */
    uint32_t sctlr;                 /* 00c  bits to set */
    uint32_t pc, cpsr, fpscr;       /* 010  before */
    uint32_t unused[9];
    uint32_t r[16];                 /* 040 */
    V128     v[16];                 /* 080 */
    uint32_t unused2[32];           /* 180 */
    uint32_t r_out[15];             /* 200 */
    uint32_t lr, spsr, vector;      /* 23c */
    uint32_t fpscr_out;             /* 248 */
    uint32_t dfsr, dfar;            /* 24c */
    uint32_t unused3[11];
    V128     v_out[16];             /* 280 */
    uint32_t unused4[32];
    uint32_t code[256];             /* 400 */
} Mailbox;
G_STATIC_ASSERT(offsetof(Mailbox, r) == 0x40 && offsetof(Mailbox, v) == 0x80);
G_STATIC_ASSERT(offsetof(Mailbox, r_out) == 0x200 && offsetof(Mailbox, vector) == 0x244);
G_STATIC_ASSERT(offsetof(Mailbox, v_out) == 0x280 && offsetof(Mailbox, code) == 0x400);

const void *qemu_bench_runner(unsigned *size)
{
    *size = sizeof(runner);
    return runner;
}

struct QemuBench {
    uint8_t *ram;
    int      fd;
    pid_t    pid;
    const char *model;
    uint32_t features;
    unsigned size, size_before;     /* of the code */
};

static Mailbox *mailbox(QemuBench *q)
{
    return (Mailbox *)(q->ram + BENCH_MAILBOX);
}

uint8_t *qemu_bench_data(QemuBench *q)
{
    return q->ram + BENCH_DATA;
}

/* ---- the other process ---- */

static void G_GNUC_NORETURN run_qemu(int fd, const char *model)
{
    g_autofree char *memory = g_strdup_printf(
        "memory-backend-file,id=ram,size=%d,share=on,mem-path=/proc/self/fd/%d", RAM_SIZE, fd);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execlp("qemu-system-arm", "qemu-system-arm", "-M", "versatilepb,memory-backend=ram",
           "-object", memory, "-m", "16", "-cpu", model, "-display", "none", "-serial", "none",
           "-monitor", "none", "-nodefaults", "-audiodev", "none,id=none", NULL);
    _exit(127);
}

static void put_memory(QemuBench *q)
{
    uint32_t high = BENCH_TABLES + 0x4400 + 0xf0 * 4, entry;
    bool v6 = q->features & IS_V6;

    memset(q->ram, 0, RAM_SIZE);
    memcpy(q->ram, runner, sizeof(runner));
    bench_page_tables(q->ram + BENCH_TABLES, v6);
    memcpy(&entry, q->ram + high, 4);           /* the page of the vectors is at 0 here */
    entry &= 0xfff;
    memcpy(q->ram + high, &entry, 4);
    bench_fill(q->ram + BENCH_CODE, 0, BENCH_CODE_SIZE);
    mailbox(q)->features = q->features;
    mailbox(q)->sctlr = bench_sctlr(v6);
}

/* Until the guest has answered; false: it does not. */
static bool wait_for_answer(QemuBench *q)
{
    int64_t limit = g_get_monotonic_time() + PATIENCE_US;

    while (__atomic_load_n(&mailbox(q)->request, __ATOMIC_ACQUIRE)) {
        if (g_get_monotonic_time() > limit || waitpid(q->pid, NULL, WNOHANG) != 0) {
            return false;
        }
        sched_yield();
    }
    return true;
}

static bool start_process(QemuBench *q)
{
    BenchState nothing = { .cpsr = MODE_SYS }, out;

    put_memory(q);
    q->size = q->size_before = 0;
    q->pid = fork();
    if (q->pid == 0) {
        run_qemu(q->fd, q->model);
    }
    qemu_bench_start(q, "", 0, &nothing);
    if (!wait_for_answer(q)) {
        return false;
    }
    qemu_bench_finish(q, &out);
    return out.end == END_OF_CODE;
}

static void stop_process(QemuBench *q)
{
    kill(q->pid, SIGKILL);
    waitpid(q->pid, NULL, 0);
}

QemuBench *qemu_bench_new(const ArmModel *model)
{
    if (sizeof(runner) == sizeof(runner[0])) {
        return NULL;
    }
    QemuBench *q = g_new0(QemuBench, 1);
    q->fd = memfd_create("ram", 0);
    g_assert(q->fd >= 0 && ftruncate(q->fd, RAM_SIZE) == 0);
    q->ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, q->fd, 0);
    g_assert(q->ram != MAP_FAILED);
    q->model = model->name;
    q->features = (model_has(model, ARM_VFP2) ? HAS_VFP : 0) |
                  (model_has(model, ARM_D32) ? HAS_D32 : 0) |
                  (model_has(model, ARM_V6K) ? HAS_CLREX : 0) |
                  (model_has(model, ARM_V6) ? IS_V6 : 0);
    if (!start_process(q)) {
        qemu_bench_free(q);
        return NULL;
    }
    return q;
}

void qemu_bench_free(QemuBench *q)
{
    stop_process(q);
    munmap(q->ram, RAM_SIZE);
    close(q->fd);
    g_free(q);
}

/* ---- a run ---- */

/* As put_code() of bench.c. */
static void put_code(QemuBench *q, const void *code, unsigned size)
{
    Mailbox *m = mailbox(q);

    g_assert(size <= QEMU_CODE_SIZE);
    m->n_code = (MAX(size, q->size_before) + 7) / 4;
    if (size) {
        memcpy(m->code, code, size);
    }
    bench_fill((uint8_t *)m->code, size, m->n_code * 4);
    q->size = q->size_before = size;
}

void qemu_bench_start(QemuBench *q, const void *code, unsigned size, const BenchState *in)
{
    Mailbox *m = mailbox(q);

    put_code(q, code, size);
    m->pc = BENCH_CODE;
    m->cpsr = in->cpsr;
    m->fpscr = in->fpscr;
    memcpy(m->r, in->r, sizeof(in->r));
    memcpy(m->v, in->v, sizeof(in->v));
    __atomic_store_n(&m->request, 1, __ATOMIC_RELEASE);
}

static void get_state(QemuBench *q, BenchState *out)
{
    static const uint8_t back_arm[8] = { 0, 4, 4, 4, 8, 4, 4, 4 };
    static const uint8_t back_thumb[8] = { 0, 2, 2, 4, 8, 2, 4, 4 };
    const Mailbox *m = mailbox(q);
    bool d32 = q->features & HAS_D32;

    memset(out, 0, sizeof(*out));
    memcpy(out->r, m->r_out, sizeof(out->r));
    memcpy(out->v, m->v_out, d32 ? sizeof(out->v) : sizeof(out->v) / 2);
    out->cpsr = m->spsr;
    out->fpscr = m->fpscr_out;
    out->end = m->vector & 7;
    out->pc = m->lr - (m->spsr & CPSR_T ? back_thumb : back_arm)[out->end];
    if (out->end == END_DABT) {
        out->dfsr = m->dfsr;
        out->dfar = m->dfar;
    }
    if (out->end == END_UNDEF && out->pc == BENCH_CODE + q->size) {
        out->end = END_OF_CODE;
    }
}

void qemu_bench_finish(QemuBench *q, BenchState *out)
{
    if (wait_for_answer(q)) {
        get_state(q, out);
        return;
    }
    memset(out, 0, sizeof(*out));
    out->end = END_NEVER;
    stop_process(q);
    if (!start_process(q)) {
        g_error("qemu-system-arm does not start again");
    }
    out->end = END_NEVER;
}
