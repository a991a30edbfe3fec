/* SPDX-License-Identifier: MIT */
/* Runs sequences in processes of their own: see runner.h. */
#include "tests/isa/runner.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tests/isa/qemu_bench.h"

typedef struct Shared {
    Sequence q;
    Result   result;
} Shared;

struct Runner {
    const char *name;
    Shared     *shared;
    int         to, from;               /* a byte there: run; a byte back: it is done */
    pid_t       pid;
    QemuBench  *qemu;                   /* or NULL */
};

static void run_sequence(Bench *b, Shared *s)
{
    uint8_t code[MAX_CODE];
    unsigned size = sequence_encode(&s->q, code);

    sequence_data(&s->q, bench_data(b));
    bench_run(b, code, size, &s->q.in, &s->result.state);
    memcpy(s->result.data, bench_data(b), BENCH_DATA_SIZE);
}

static void G_GNUC_NORETURN serve(Runner *r, const char *model)
{
    char byte;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Bench *b = bench_new(r->name, model);
    unsigned size;
    const void *page = qemu_bench_runner(&size);
    bench_put_vectors_page(b, page, size);
    while (read(r->to, &byte, 1) == 1) {
        run_sequence(b, r->shared);
        if (write(r->from, &byte, 1) != 1) {
            break;
        }
    }
    _exit(0);
}

static void start_process(Runner *r, const char *model)
{
    int there[2], back[2];

    g_assert(!pipe(there) && !pipe(back));
    r->pid = fork();
    g_assert(r->pid >= 0);
    if (r->pid == 0) {
        close(there[1]);
        close(back[0]);
        r->to = there[0];
        r->from = back[1];
        serve(r, model);
    }
    close(there[0]);
    close(back[1]);
    r->to = there[1];
    r->from = back[0];
}

Runner *runner_new(const char *what, const ArmModel *model)
{
    Runner *r = g_new0(Runner, 1);

    r->name = what;
    r->shared = mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                     0);
    g_assert(r->shared != MAP_FAILED);
    if (strcmp(what, "qemu")) {
        start_process(r, model->name);
        return r;
    }
    r->qemu = qemu_bench_new(model);
    if (!r->qemu) {
        runner_free(r);
        return NULL;
    }
    return r;
}

void runner_free(Runner *r)
{
    if (r->qemu) {
        qemu_bench_free(r->qemu);
    } else if (r->pid) {
        close(r->to);
        close(r->from);
        waitpid(r->pid, NULL, 0);
    }
    munmap(r->shared, sizeof(Shared));
    g_free(r);
}

const char *runner_name(const Runner *r)
{
    return r->name;
}

void runner_start(Runner *r, const Sequence *q)
{
    r->shared->q = *q;
    if (r->qemu) {
        uint8_t code[MAX_CODE];
        unsigned size = sequence_encode(q, code);
        sequence_data(q, qemu_bench_data(r->qemu));
        qemu_bench_start(r->qemu, code, size, &q->in);
    } else {
        g_assert(write(r->to, "r", 1) == 1);
    }
}

const Result *runner_finish(Runner *r)
{
    Result *result = &r->shared->result;
    char byte;

    if (r->qemu) {
        qemu_bench_finish(r->qemu, &result->state);
        memcpy(result->data, qemu_bench_data(r->qemu), BENCH_DATA_SIZE);
    } else if (read(r->from, &byte, 1) != 1) {
        g_error("%s died", r->name);
    }
    return result;
}
