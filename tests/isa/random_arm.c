/* SPDX-License-Identifier: MIT */
/*
 * Random ARM instructions, out of the decode tables: the interpreter against native code (the
 * default), or native code against another emulator as a black box.
 *
 *     random-arm [--count N] [--seed S] [--set NAME] [--cpu MODEL] [--against jit|qemu]
 *                [--explained DOC] [--cases N]
 *
 * N instructions in all are run in short sequences (generate.h); after each of them registers,
 * flags, memory and the exception that ended it must be the same.  A difference is narrowed down to
 * the shortest sequence that shows it and printed as a case for run-isa.
 *
 * Another emulator may differ as the rules of compare.c say, which DOC explains.  Then the
 * instruction is left out and the rest of the sequence is run again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/isa/cases.h"
#include "tests/isa/compare.h"

enum { MAX_DIFFERENCES = 10 };

static int option_count = 20000, option_seed = 1, option_cases;
static char *option_set, *option_cpu, *option_against, *option_explained;

static const GOptionEntry options[] = {
    { "count", 0, 0, G_OPTION_ARG_INT, &option_count, "Instructions in all", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &option_seed, "Of the random numbers", "S" },
    { "set", 0, 0, G_OPTION_ARG_STRING, &option_set, "One set of instructions alone", "NAME" },
    { "cpu", 0, 0, G_OPTION_ARG_STRING, &option_cpu, "CPU model", "MODEL" },
    { "against", 0, 0, G_OPTION_ARG_STRING, &option_against, "jit (and interp), qemu (and jit)",
      "WHAT" },
    { "cases", 0, 0, G_OPTION_ARG_INT, &option_cases, "Write N text tests for each row", "N" },
    { "explained", 0, 0, G_OPTION_ARG_STRING, &option_explained, "Rules must be there", "DOC" },
    { NULL },
};

/* Two sides that must agree; ours first. */
typedef struct Pair {
    Runner       *runner[2];
    const Result *result[2];
    bool          foreign;              /* rules apply */
    Difference    difference;
    Result        seen[2];              /* when it first differed */
} Pair;

typedef struct Tally {
    unsigned    done, differences;
    unsigned    ends[BENCH_N_ENDS];
    GHashTable *explained;              /* rule -> how often */
    GHashTable *rows;                   /* seen */
} Tally;

/* ---- running ---- */

static bool endless(const Pair *p, int side)
{
    return p->result[side]->state.end == END_NEVER;
}

static void run_once(Pair *p, const Sequence *q)
{
    for (int i = 0; i < 2; i++) {
        runner_start(p->runner[i], q);
    }
    for (int i = 0; i < 2; i++) {
        p->result[i] = runner_finish(p->runner[i]);
    }
}

/* Endless on both sides (a computed branch went back) is no difference; on one side it may have
 * been the host that was busy, so that is tried again. */
static bool run_both(Pair *p, const Sequence *q)
{
    run_once(p, q);
    if (endless(p, 0) != endless(p, 1)) {
        run_once(p, q);
    }
    return (endless(p, 0) && endless(p, 1)) || !compare(p->result[0], p->result[1], &p->difference);
}

/* The shortest beginning that differs. */
static Sequence first_difference(Pair *p, const Sequence *q)
{
    for (unsigned n = 1; n < q->n; n++) {
        Sequence begin = sequence_begin(q, n);
        if (!run_both(p, &begin)) {
            return begin;
        }
    }
    return *q;
}

/* Leaves out instructions before the last `kept` as long as the difference stays. */
static void narrow(Pair *p, Sequence *q, unsigned kept)
{
    for (unsigned i = 0; i + kept < q->n; ) {
        Sequence less = *q;
        sequence_cut(&less, i);
        if (!run_both(p, &less)) {
            *q = less;
        } else {
            i++;
        }
    }
    run_both(p, q);
}

static void print_case(const Pair *p, const Sequence *q, const Result *a, const Result *b)
{
    sequence_print(q, option_cpu);
    print_difference(runner_name(p->runner[0]), a, runner_name(p->runner[1]), b);
}

/* A difference that is gone when the same is run again came from what was run before it. */
static void report(Pair *p, const Sequence *whole)
{
    Sequence q = *whole;

    if (run_both(p, &q)) {
        printf("# only the first time:\n");
        print_case(p, &q, &p->seen[0], &p->seen[1]);
    } else {
        narrow(p, &q, p->foreign ? 1 : 0);
        print_case(p, &q, p->result[0], p->result[1]);
    }
}

/* ---- one sequence ---- */

static unsigned executed(const Sequence *q, const Result *result)
{
    uint32_t at = BENCH_CODE;
    unsigned n = 0;

    while (n < q->n && at < result->state.pc) {
        at += q->insn[n++].size;
    }
    return n;
}

static void count(Tally *t, const Sequence *q, const Result *result)
{
    unsigned n = result->state.end == END_NEVER ? 0 : executed(q, result);

    t->done += n;
    t->ends[result->state.end]++;
    for (unsigned i = 0; i < n; i++) {
        g_hash_table_add(t->rows, (void *)q->insn[i].row);
    }
}

static void count_explained(Tally *t, const char *rule)
{
    unsigned n = GPOINTER_TO_UINT(g_hash_table_lookup(t->explained, rule));
    g_hash_table_insert(t->explained, (void *)rule, GUINT_TO_POINTER(n + 1));
}

/* Why does q differ?  If that is explained, go on without the instruction that does it; else with
 * the beginning that differs. */
static bool explain_and_cut(Pair *p, Tally *t, Sequence *q)
{
    Sequence first = first_difference(p, q);
    const char *rule;

    if (run_both(p, &first)) {
        return false;
    }
    rule = explain(&first, p->result[0], p->result[1], &p->difference);
    if (!rule) {
        *q = first;
        run_both(p, q);
        return false;
    }
    count_explained(t, rule);
    g_hash_table_add(t->rows, (void *)q->insn[first.n - 1].row);
    t->done++;
    sequence_cut(q, first.n - 1);
    return true;
}

static void test_sequence(Pair *p, Tally *t, Sequence *q)
{
    while (q->n && !run_both(p, q)) {
        p->seen[0] = *p->result[0];
        p->seen[1] = *p->result[1];
        if (!p->foreign || !explain_and_cut(p, t, q)) {
            t->differences++;
            report(p, q);
            return;
        }
    }
    if (q->n) {
        count(t, q, p->result[0]);
    }
}

/* ---- the streams ---- */

static void print_tally(const Tally *t)
{
    GHashTableIter i;
    gpointer name, n;

    for (int end = 0; end < BENCH_N_ENDS; end++) {
        if (t->ends[end]) {
            printf(" %s %u", bench_end_names[end], t->ends[end]);
        }
    }
    printf("\n");
    g_hash_table_iter_init(&i, t->explained);
    while (g_hash_table_iter_next(&i, &name, &n)) {
        printf("#   %s: %u\n", (char *)name, GPOINTER_TO_UINT(n));
    }
    fflush(stdout);
}

static void test_stream(Pair *p, const ArmModel *model, unsigned stream, unsigned n)
{
    Generator *g = generator_new(model, stream, option_seed * 100 + stream);
    GRand *lengths = g_rand_new_with_seed(option_seed);
    unsigned rows = generator_n_rows(g);
    Tally t = { .explained = g_hash_table_new(g_str_hash, g_str_equal),
                .rows = g_hash_table_new(NULL, NULL) };

    while (rows && t.done < n && t.differences < MAX_DIFFERENCES) {
        Sequence q;
        unsigned length = g_rand_int_range(lengths, 1, g_rand_boolean(lengths) ? 8 : MAX_SEQUENCE);
        generate(g, &q, length, p->foreign);
        test_sequence(p, &t, &q);
    }
    printf("%s - %s, %u instructions, %u rows;", t.differences ? "not ok" : "ok",
           stream_names[stream], t.done, g_hash_table_size(t.rows));
    print_tally(&t);
    g_hash_table_destroy(t.explained);
    g_hash_table_destroy(t.rows);
    g_rand_free(lengths);
    generator_free(g);
}

/* Unused registers are 0, as in a text test. */
static void write_cases(Pair *p, const ArmModel *model, unsigned stream)
{
    Generator *g = generator_new(model, stream, option_seed);
    Sequence q;

    printf("cpu %s%s\n", option_cpu, strchr(stream_names[stream], 't') ? " thumb" : "");
    for (unsigned n = 0; generate_row(g, &q, n); n++) {
        for (int i = 0; i < option_cases && q.n; i++) {
            generate_row(g, &q, n);
            q.in.r[13] = BENCH_DATA + BENCH_DATA_SIZE / 2;
            for (int r = 0; r < 15; r++) {
                bool used = r == 13 || case_registers(&q.insn[0]) >> r & 1;
                q.in.r[r] = used ? q.in.r[r] : 0;
            }
            if (q.n && run_both(p, &q)) {
                write_case(&q, p->result[0], p->result[1]);
            }
        }
    }
    generator_free(g);
}

static void parse_options(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("- random ARM instructions");
    g_autoptr(GError) err = NULL;

    option_cpu = g_strdup("cortex-a15");
    option_against = g_strdup("jit");
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &err)) {
        fprintf(stderr, "%s\n", err->message);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    unsigned n_sets = 0;

    parse_options(argc, argv);
    setvbuf(stdout, NULL, _IOLBF, 0);
    bool foreign = strcmp(option_against, "jit");
    const ArmModel *model = arm_model_find(option_cpu);
    if (!model) {
        fprintf(stderr, "no CPU model '%s'\n", option_cpu);
        return 2;
    }
    static Pair p;
    p.foreign = foreign;
    p.runner[0] = runner_new(foreign ? "jit" : "interp", model);
    p.runner[1] = runner_new(option_against, model);
    if (!p.runner[1]) {
        printf("1..0 # SKIP there is no qemu-system-arm with %s\n", option_cpu);
        return 0;
    }
    for (unsigned i = 0; i < n_streams; i++) {
        n_sets += !option_set || !strcmp(option_set, stream_names[i]);
    }
    for (unsigned i = 0; option_cases && i < n_streams; i++) {
        if (option_set && !strcmp(option_set, stream_names[i])) {
            write_cases(&p, model, i);
            return 0;
        }
    }
    printf("1..%u\n", n_sets + (option_explained ? 1 : 0));
    for (unsigned i = 0; i < n_streams; i++) {
        if (!option_set || !strcmp(option_set, stream_names[i])) {
            test_stream(&p, model, i, option_count / n_sets);
        }
    }
    if (option_explained) {
        printf("%s - every rule is explained\n",
               rules_are_documented(option_explained) ? "ok" : "not ok");
    }
    return 0;
}
