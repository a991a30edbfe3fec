/* SPDX-License-Identifier: MIT */
/*
 * Runs the text tests of instructions: run_isa FILE.t...  Speaks TAP.
 *
 *     # a comment: a line of its own
 *     cpu cortex-a15 thumb big         the model; from here on; big: CPSR.E
 *     set r0=1 r1=2 nzcv=2 mem.40010=deadbeef      before (a case starts with all zero)
 *         e0800001    add r0, r0, r1               code; capstone checks the listing
 *     expect r0=3 nzcv=0 end=undef pc=10000        ends the case; several lines may follow
 *
 * All numbers are hexadecimal.  Names: r0..r12 sp lr pc cpsr nzcv q ge it mode fpscr dfsr dfar,
 * s0.. d0.. (16 digits), mem.ADDRESS (a word, little-endian), mem1.ADDRESS (a byte), end: how it
 * ended (bench_end_names; "end", the default, is the end of the code).  Code is at 10000, data at
 * 40000 up to 44000; sp begins at 42000, pc + code is Thumb after `thumb`.
 *
 * Each file runs in a process for each accelerator; both must meet the expectations and end in the
 * same state.
 */
#include "tests/isa/bench.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Case {
    int        line;                /* of its first line of code */
    char      *model;
    bool       thumb, big;
    BenchState in;
    GByteArray *code;
    GPtrArray *sets, *expects;      /* "name=value" */
    GPtrArray *problems;            /* found while reading */
} Case;

/* ---- reading ---- */

static Case *case_new(const char *model, bool thumb, bool big)
{
    Case *t = g_new0(Case, 1);
    t->model = g_strdup(model);
    t->thumb = thumb;
    t->big = big;
    t->code = g_byte_array_new();
    t->sets = g_ptr_array_new();
    t->expects = g_ptr_array_new();
    t->problems = g_ptr_array_new();
    t->in.r[13] = BENCH_DATA + BENCH_DATA_SIZE / 2;
    t->in.cpsr = MODE_SYS | (thumb ? CPSR_T : 0) | (big ? CPSR_E : 0);
    return t;
}

static void add_words(GPtrArray *to, char **words)
{
    for (; *words; words++) {
        if (**words) {
            g_ptr_array_add(to, g_strdup(*words));
        }
    }
}

/* The text capstone gives, in one line with single spaces, against that of the listing. */
static void check_listing(Case *t, const uint8_t *code, unsigned size, const char *listing,
                          int line)
{
    csh cs;
    cs_insn *d;
    if (!*listing || cs_open(CS_ARCH_ARM, t->thumb ? CS_MODE_THUMB : CS_MODE_ARM, &cs)) {
        return;
    }
    uint64_t pc = BENCH_CODE + t->code->len - size;
    if (cs_disasm(cs, code, size, pc, 1, &d) == 1) {
        g_autofree char *text = g_strdup_printf("%s %s", d->mnemonic, d->op_str);
        g_auto(GStrv) have = g_strsplit_set(g_strstrip(text), " \t", -1);
        g_auto(GStrv) want = g_strsplit_set(listing, " \t", -1);
        g_autofree char *a = g_strjoinv("", have), *b = g_strjoinv("", want);
        if (strcmp(a, b)) {
            g_ptr_array_add(t->problems, g_strdup_printf("line %d: capstone has '%s %s'", line,
                                                         d->mnemonic, d->op_str));
        }
        cs_free(d, 1);
    }
    cs_close(&cs);
}

static void add_code(Case *t, char *text, int line)
{
    char *digits = g_strstrip(text);
    size_t length = strspn(digits, "0123456789abcdef");
    uint32_t insn = strtoul(digits, NULL, 16);
    if (t->thumb && length == 8) {
        insn = insn >> 16 | insn << 16;             /* first halfword first */
    }
    unsigned size = length / 2;
    uint8_t bytes[4] = { insn, insn >> 8, insn >> 16, insn >> 24 };
    g_byte_array_append(t->code, bytes, size);
    t->line = t->line ? t->line : line;
    check_listing(t, bytes, size, g_strstrip(digits + length), line);
}

static GPtrArray *read_cases(const char *path)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_error("cannot read %s", path);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *cases = g_ptr_array_new();
    g_autofree char *model = g_strdup("arm926");
    bool thumb = false, big = false;
    Case *t = case_new(model, thumb, big);
    for (int i = 0; lines[i]; i++) {
        if (lines[i][0] == '#') {
            continue;
        }
        g_auto(GStrv) words = g_strsplit_set(lines[i], " \t", -1);
        char *first = words[0];
        if (!first) {
            continue;
        }
        if (!strcmp(first, "cpu") && words[1]) {
            g_free(model);
            model = g_strdup(words[1]);
            thumb = g_strv_contains((const char *const *)words, "thumb");
            big = g_strv_contains((const char *const *)words, "big");
            t = case_new(model, thumb, big);
        } else if (!strcmp(first, "set")) {
            add_words(t->sets, words + 1);
        } else if (!strcmp(first, "expect")) {
            bool more = cases->len && t->code->len == 0 && t->sets->len == 0;
            add_words((more ? (Case *)cases->pdata[cases->len - 1] : t)->expects, words + 1);
            if (!more) {
                g_ptr_array_add(cases, t);
                t = case_new(model, thumb, big);
            }
        } else if (g_str_has_prefix(lines[i], "    ")) {
            add_code(t, lines[i], i + 1);
        } else if (*g_strstrip(lines[i])) {
            g_error("%s:%d: what is '%s'?", path, i + 1, lines[i]);
        }
    }
    return cases;
}

/* ---- names of state ---- */

static uint32_t *core_register(BenchState *s, const char *name)
{
    char *end;
    if (!strcmp(name, "sp")) {
        return &s->r[13];
    }
    if (!strcmp(name, "lr")) {
        return &s->r[14];
    }
    if (!strcmp(name, "pc")) {
        return &s->pc;
    }
    if (!strcmp(name, "cpsr")) {
        return &s->cpsr;
    }
    if (!strcmp(name, "fpscr")) {
        return &s->fpscr;
    }
    if (!strcmp(name, "dfsr")) {
        return &s->dfsr;
    }
    if (!strcmp(name, "dfar")) {
        return &s->dfar;
    }
    long n = strtol(name + 1, &end, 10);
    return name[0] == 'r' && !*end && n >= 0 && n < 15 ? &s->r[n] : NULL;
}

static const struct {
    const char *name;
    unsigned    low, length;
} cpsr_fields[] = {
    { "nzcv", 28, 4 }, { "q", 27, 1 }, { "ge", 16, 4 }, { "e", 9, 1 }, { "t", 5, 1 },
    { "mode", 0, 5 },
};

static uint8_t *memory_at(Bench *b, const char *name, unsigned *size)
{
    *size = g_str_has_prefix(name, "mem1.") ? 1 : 4;
    uint32_t addr = strtoul(strchr(name, '.') + 1, NULL, 16);
    g_assert(addr >= BENCH_DATA && addr + *size <= BENCH_DATA + BENCH_DATA_SIZE);
    return bench_data(b) + addr - BENCH_DATA;
}

static uint64_t get(Bench *b, BenchState *s, const char *name)
{
    uint32_t *core = core_register(s, name);
    if (core) {
        return *core;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(cpsr_fields); i++) {
        if (!strcmp(cpsr_fields[i].name, name)) {
            return s->cpsr >> cpsr_fields[i].low & ((1u << cpsr_fields[i].length) - 1);
        }
    }
    if (!strcmp(name, "it")) {
        return (s->cpsr >> 25 & 3) | (s->cpsr >> 8 & 0xfc);
    }
    unsigned size = 0, n = atoi(name + 1);
    uint64_t v = 0;
    if (g_str_has_prefix(name, "mem")) {
        const uint8_t *at = memory_at(b, name, &size);
        memcpy(&v, at, size);
        return v;
    }
    const uint8_t *bytes = (const uint8_t *)s->v;
    g_assert((name[0] == 's' || name[0] == 'd') && n < 32);
    memcpy(&v, bytes + n * (name[0] == 's' ? 4 : 8), name[0] == 's' ? 4 : 8);
    return v;
}

static void set(Bench *b, BenchState *s, const char *name, uint64_t v)
{
    uint32_t *core = core_register(s, name);
    unsigned size, n = atoi(name + 1);
    if (core) {
        *core = v;
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(cpsr_fields); i++) {
        if (!strcmp(cpsr_fields[i].name, name)) {
            uint32_t mask = ((1u << cpsr_fields[i].length) - 1) << cpsr_fields[i].low;
            s->cpsr = (s->cpsr & ~mask) | (v << cpsr_fields[i].low & mask);
            return;
        }
    }
    if (g_str_has_prefix(name, "mem")) {
        uint8_t *at = memory_at(b, name, &size);
        memcpy(at, &v, size);
        return;
    }
    g_assert((name[0] == 's' || name[0] == 'd') && n < 32);
    memcpy((uint8_t *)s->v + n * (name[0] == 's' ? 4 : 8), &v, name[0] == 's' ? 4 : 8);
}

/* ---- running: in a process of its own for each accelerator ---- */

static void report_case(FILE *to, Bench *b, const Case *t, BenchState *out)
{
    bool told_end = false;
    for (unsigned i = 0; i < t->problems->len; i++) {
        fprintf(to, "! %s\n", (char *)t->problems->pdata[i]);
    }
    for (unsigned i = 0; i < t->expects->len; i++) {
        g_auto(GStrv) pair = g_strsplit(t->expects->pdata[i], "=", 2);
        g_assert(pair[1]);
        if (!strcmp(pair[0], "end")) {
            told_end = true;
            if (strcmp(pair[1], bench_end_names[out->end])) {
                fprintf(to, "! ended by %s, not %s\n", bench_end_names[out->end], pair[1]);
            }
            continue;
        }
        uint64_t v = get(b, out, pair[0]), want = strtoull(pair[1], NULL, 16);
        if (v != want) {
            fprintf(to, "! %s=%" PRIx64 ", expected %" PRIx64 "\n", pair[0], v, want);
        }
    }
    if (!told_end && out->end != END_OF_CODE) {
        fprintf(to, "! ended by %s at %x\n", bench_end_names[out->end], out->pc);
    }
    for (int i = 0; i < 15; i++) {
        fprintf(to, "r%d=%x ", i, out->r[i]);
    }
    fprintf(to, "pc=%x cpsr=%x fpscr=%x", out->pc, out->cpsr, out->fpscr);
    for (int i = 0; i < 16; i++) {
        fprintf(to, " %016" PRIx64 "%016" PRIx64, out->v[i].u64[1], out->v[i].u64[0]);
    }
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA1, bench_data(b),
                                                       BENCH_DATA_SIZE);
    fprintf(to, " data %s\n", sum);
}

static void run_case(FILE *to, Bench *b, const Case *t)
{
    BenchState in = t->in, out;
    memset(bench_data(b), 0, BENCH_DATA_SIZE);
    for (unsigned i = 0; i < t->sets->len; i++) {
        g_auto(GStrv) pair = g_strsplit(t->sets->pdata[i], "=", 2);
        set(b, &in, pair[0], strtoull(pair[1], NULL, 16));
    }
    bench_run(b, t->code->data, t->code->len, &in, &out);
    report_case(to, b, t, &out);
}

/* The reports of all cases, divided by lines of "--". */
static char *run_file(const char *accel, GPtrArray *cases)
{
    int fd[2];
    if (pipe(fd)) {
        g_error("pipe");
    }
    pid_t child = fork();
    if (child == 0) {
        FILE *to = fdopen(fd[1], "w");
        Bench *b = NULL;
        const char *model = NULL;
        close(fd[0]);
        for (unsigned i = 0; i < cases->len; i++) {
            Case *t = cases->pdata[i];
            if (!model || strcmp(model, t->model)) {
                b = bench_new(accel, t->model);
                model = t->model;
            }
            run_case(to, b, t);
            fprintf(to, "--\n");
            fflush(to);
        }
        _exit(0);
    }
    close(fd[1]);
    GString *text = g_string_new(NULL);
    char buf[4096];
    for (ssize_t n; (n = read(fd[0], buf, sizeof(buf))) > 0; ) {
        g_string_append_len(text, buf, n);
    }
    int status;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status)) {
        g_string_append_printf(text, "! %s died\n--\n", accel);
    }
    close(fd[0]);
    return g_string_free(text, FALSE);
}

static bool print_problems(const char *accel, const char *report)
{
    bool good = true;
    g_auto(GStrv) lines = g_strsplit(report, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (lines[i][0] == '!') {
            printf("# %s: %s\n", accel, lines[i] + 2);
            good = false;
        }
    }
    return good;
}

static void test_file(const char *path, int *number)
{
    GPtrArray *cases = read_cases(path);
    static const char *const accels[] = { "interp", "jit" };
    char **reports[2];
    for (int a = 0; a < 2; a++) {
        g_autofree char *text = run_file(accels[a], cases);
        reports[a] = g_strsplit(text, "--\n", -1);
    }
    for (unsigned i = 0; i < cases->len; i++) {
        Case *t = cases->pdata[i];
        bool good = true;
        for (int a = 0; a < 2; a++) {
            const char *report = i < g_strv_length(reports[a]) ? reports[a][i] : "! not run\n";
            good = print_problems(accels[a], report) && good;
        }
        if (good && strcmp(reports[0][i], reports[1][i])) {
            printf("# interp: %s# jit:    %s", reports[0][i], reports[1][i]);
            good = false;
        }
        printf("%s %d - %s:%d\n", good ? "ok" : "not ok", ++*number, path, t->line);
        fflush(stdout);
    }
    g_strfreev(reports[0]);
    g_strfreev(reports[1]);
}

int main(int argc, char **argv)
{
    int number = 0;
    for (int i = 1; i < argc; i++) {
        test_file(argv[i], &number);
    }
    printf("1..%d\n", number);
    return 0;
}
