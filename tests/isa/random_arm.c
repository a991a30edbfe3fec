/* SPDX-License-Identifier: MIT */
/*
 * Random ARM instructions, out of the decode tables, on both accelerators: random_arm [N [SEED
 * [MODEL]]].  N instructions of each instruction set are run in short sequences; after each of them
 * registers, flags, memory and the exception that ended it must be the same.
 *
 * Left out: rows with the words `branch` (the path would leave the sequence; tests/isa/arm/branch.t
 * and thumb.t have them) and `system` (they change modes and stop the CPU; system.t).  Where a row
 * is a load or store, its base is a register that points to data, now and then anywhere.
 * A difference is narrowed down to the shortest sequence that shows it.
 */
#include "tests/isa/bench.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "frontends/arm/fields.h"

#include "a32-rows.inc"
#include "neon-rows.inc"
#include "t16-rows.inc"
#include "t32-rows.inc"
#include "vfp-rows.inc"

enum { SEQUENCE = 16, DATA_REGISTER = 9, OFFSET_REGISTER = 8 };

typedef struct Table {
    const DecodeRow *rows;
    const size_t    *n;
} Table;

/* VFP and Advanced SIMD are listed in A32 form; `thumb` makes the T32 form of a word. */
typedef struct Stream {
    const char *name;
    bool        thumb;
    unsigned    size;
    bool        floating;
    Table       table;
} Stream;

static const Stream streams[] = {
    { "a32",  false, 4, false, { a32_rows, &a32_n_rows } },
    { "t16",  true,  2, false, { t16_rows, &t16_n_rows } },
    { "t32",  true,  4, false, { t32_rows, &t32_n_rows } },
    { "vfp",  false, 4, true,  { vfp_rows, &vfp_n_rows } },
    { "neon", false, 4, true,  { neon_rows, &neon_n_rows } },
    { "vfp-t32",  true, 4, true, { vfp_rows, &vfp_n_rows } },
    { "neon-t32", true, 4, true, { neon_rows, &neon_n_rows } },
};

/* ---- which rows ---- */

static bool has_word(const char *words, const char *word)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    return g_strv_contains((const char *const *)list, word);
}

static bool feature(const Bench *b, const char *name)
{
    static const struct {
        const char *name;
        ArmFeature  f;
    } features[] = {
        { "v4t", ARM_V4T }, { "v5", ARM_V5 }, { "v5e", ARM_V5E }, { "v5j", ARM_V5J },
        { "v6", ARM_V6 }, { "v6k", ARM_V6K }, { "v6t2", ARM_V6T2 }, { "v7", ARM_V7 },
        { "v7mp", ARM_V7MP }, { "v7ve", ARM_V7VE }, { "idiv", ARM_IDIV },
        { "security", ARM_SECURITY }, { "vfp2", ARM_VFP2 }, { "vfp3", ARM_VFP3 },
        { "vfp4", ARM_VFP4 }, { "d32", ARM_D32 }, { "fp16", ARM_FP16 }, { "neon", ARM_NEON },
        { "neon_fma", ARM_NEON_FMA },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(features); i++) {
        if (!g_ascii_strcasecmp(features[i].name, name)) {
            return bench_has(b, features[i].f);
        }
    }
    g_error("no feature '%s'", name);
}

static bool is_present(const Bench *b, const DecodeRow *row)
{
    g_auto(GStrv) needs = g_strsplit(row->needs, ",", -1);
    for (int i = 0; needs[i]; i++) {
        bool not = needs[i][0] == '!';
        if (feature(b, needs[i] + not) == not) {
            return false;
        }
    }
    return true;
}

static GPtrArray *usable_rows(const Bench *b, const Stream *stream)
{
    GPtrArray *rows = g_ptr_array_new();
    for (size_t i = 0; i < *stream->table.n; i++) {
        const DecodeRow *row = &stream->table.rows[i];
        if (is_present(b, row) && !has_word(row->words, "branch") &&
            !has_word(row->words, "system")) {
            g_ptr_array_add(rows, (void *)row);
        }
    }
    return rows;
}

/* ---- words ---- */

static uint32_t spread(uint32_t mask, uint32_t v)
{
    uint32_t word = 0;
    for (unsigned bit = 0; bit < 32; bit++) {
        if (mask >> bit & 1) {
            word |= (v & 1) << bit;
            v >>= 1;
        }
    }
    return word;
}

static bool is_memory(const DecodeRow *row)
{
    static const char *const names[] = { "ldr", "str", "ldm", "stm", "swp", "vld", "vst" };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_str_has_prefix(row->name, names[i])) {
            return true;
        }
    }
    return false;
}

static uint32_t with_field(uint32_t insn, const DecodeField *f, uint32_t v)
{
    return (insn & ~f->mask) | spread(f->mask, v);
}

static uint32_t low_register(GRand *r)
{
    return g_rand_int_range(r, 0, OFFSET_REGISTER);
}

/* Bases and offsets that reach the data, and no other instruction changes them. */
static uint32_t tame_field(GRand *r, const DecodeRow *row, uint32_t insn, const DecodeField *f)
{
    unsigned width = __builtin_popcount(f->mask);
    bool reg = width >= 3 && width <= 4 && f->name[0] == 'r' && strcmp(f->name, "rot");
    bool destination = !strcmp(f->name, "rd") || !strcmp(f->name, "rt") ||
                       !strcmp(f->name, "rt2") || !strncmp(f->name, "rd", 2);
    if (is_memory(row) && reg && !strcmp(f->name, "rn")) {
        return g_rand_int_range(r, 0, 64) ? with_field(insn, f, width == 3 ? 7 : DATA_REGISTER)
                                          : insn;
    }
    if (is_memory(row) && reg && !strcmp(f->name, "rm")) {
        return with_field(insn, f, width == 3 ? 6 : OFFSET_REGISTER);
    }
    if (is_memory(row) && !strcmp(f->name, "list")) {
        return insn & ~(f->mask & (1u << 15 | 1u << DATA_REGISTER | 1u << OFFSET_REGISTER));
    }
    if (!strcmp(row->name, "ldm") && !strcmp(f->name, "M")) {
        return insn & ~f->mask;                             /* POP {..., pc} */
    }
    if (reg && destination) {
        return with_field(insn, f, low_register(r));
    }
    return insn;
}

/* Is it this row's, and none that comes before it in the table? */
static bool is_of_row(const Stream *stream, const Bench *b, const DecodeRow *row, uint32_t insn)
{
    const Table *t = &stream->table;
    for (const DecodeRow *before = t->rows; before < row; before++) {
        if (decode_row_matches(before, insn) && is_present(b, before)) {
            return false;
        }
    }
    return decode_row_matches(row, insn);
}

/* A word of a random row.  The condition is mostly "always". */
static uint32_t random_word(GRand *r, const Bench *b, GPtrArray *rows, const Stream *stream)
{
    for (;;) {
        const DecodeRow *row = rows->pdata[g_rand_int_range(r, 0, rows->len)];
        uint32_t insn = g_rand_int(r);
        for (unsigned i = 0; i < G_N_ELEMENTS(row->fields) && row->fields[i].mask; i++) {
            insn = tame_field(r, row, insn, &row->fields[i]);
            if (row->fields[i].mask == 0xf0000000 && g_rand_int_range(r, 0, 3)) {
                insn |= 0xf0000000;
                insn -= 0x10000000;
            }
        }
        insn = (insn & ~row->mask) | row->value;
        insn = (insn & ~row->should_mask) | row->should_value;
        insn = stream->size == 2 ? insn & 0xffff : insn;
        if (is_of_row(stream, b, row, insn)) {
            return insn;
        }
    }
}

/* VFP and Advanced SIMD in Thumb: condition AL, and Advanced SIMD's first byte moved. */
static uint32_t to_thumb(uint32_t insn)
{
    if (insn >> 28 != 15) {
        return (insn & 0x0fffffff) | 0xe0000000;
    }
    if ((insn & 0xfe000000) == 0xf2000000) {
        return 0xef000000 | (insn >> 24 & 1) << 28 | (insn & 0x00ffffff);
    }
    return (insn & 0xff000000) == 0xf4000000 ? 0xf9000000 | (insn & 0x00ffffff) : insn;
}

/* ---- sequences ---- */

typedef struct Sequence {
    uint32_t   insn[SEQUENCE];
    unsigned   n;
    BenchState in;
    uint32_t   seed;                /* of the data */
} Sequence;

static uint32_t random_value(GRand *r)
{
    static const uint32_t special[] = {
        0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000,
        0x80000001, 0xffffffff, 0xfffffffe, 31, 32, 33, 0x3f800000, 0xbf800000, 0x7f800000,
        0x7fc00000, 0x7f800001, 0x00000001, 0x00800000, 0x4b000000, 0x4f000000,
    };
    switch (g_rand_int_range(r, 0, 4)) {
    case 0:
        return special[g_rand_int_range(r, 0, G_N_ELEMENTS(special))];
    case 1:
        return g_rand_int_range(r, 0, 64);
    default:
        return g_rand_int(r);
    }
}

static void random_state(GRand *r, const Stream *stream, BenchState *s)
{
    memset(s, 0, sizeof(*s));
    for (int i = 0; i < 15; i++) {
        s->r[i] = random_value(r);
    }
    for (int i = 0; i < 64; i++) {
        s->v[i / 4].u32[i % 4] = random_value(r);
    }
    uint32_t middle = BENCH_DATA + BENCH_DATA_SIZE / 2;
    bool low = stream->thumb && stream->size == 2;
    s->r[DATA_REGISTER] = s->r[13] = middle + (g_rand_int(r) & 0x1fc);
    s->r[OFFSET_REGISTER] = g_rand_int(r) & 0x1f;
    if (low) {
        s->r[7] = middle + (g_rand_int(r) & 0x1ff);
        s->r[6] = g_rand_int(r) & 0x7f;
    }
    s->cpsr = MODE_SYS | (g_rand_int(r) & (CPSR_N | CPSR_Z | CPSR_C | CPSR_V | CPSR_Q | CPSR_GE));
    s->cpsr |= stream->thumb ? CPSR_T : 0;
    if (stream->floating && g_rand_int_range(r, 0, 4) == 0) {
        s->fpscr = g_rand_int(r) & 0x07c00000;          /* AHP, DN, FZ, RMode */
    }
}

static Sequence random_sequence(GRand *r, const Bench *b, GPtrArray *rows, const Stream *stream,
                                unsigned n)
{
    Sequence q = { .n = n, .seed = g_rand_int(r) };
    random_state(r, stream, &q.in);
    for (unsigned i = 0; i < n; i++) {
        uint32_t insn = random_word(r, b, rows, stream);
        q.insn[i] = stream->thumb && stream->floating ? to_thumb(insn) : insn;
    }
    return q;
}

static unsigned encode(const Stream *stream, const Sequence *q, uint8_t *code)
{
    for (unsigned i = 0; i < q->n; i++) {
        uint32_t v = q->insn[i];
        v = stream->thumb && stream->size == 4 ? v >> 16 | v << 16 : v;
        memcpy(code + i * stream->size, &v, stream->size);
    }
    return q->n * stream->size;
}

/* ---- running: a process for each accelerator, a sequence at a time through shared memory ---- */

typedef struct Result {
    BenchState state;
    uint8_t    data[BENCH_DATA_SIZE];
} Result;

typedef struct Shared {
    Sequence q;
    unsigned stream;
    Result   result;
} Shared;

typedef struct Runner {
    Shared *shared;
    int     to, from;
    pid_t   pid;
    const char *accel;
} Runner;

static void run_sequence(Bench *b, Shared *s)
{
    uint8_t code[SEQUENCE * 4];
    GRand *r = g_rand_new_with_seed(s->q.seed);
    uint8_t *data = bench_data(b);
    for (unsigned i = 0; i < BENCH_DATA_SIZE; i += 4) {
        uint32_t v = g_rand_int(r);
        memcpy(data + i, &v, 4);
    }
    g_rand_free(r);
    unsigned size = encode(&streams[s->stream], &s->q, code);
    bench_run(b, code, size, &s->q.in, &s->result.state);
    memcpy(s->result.data, data, BENCH_DATA_SIZE);
}

static void serve(Runner *r, const char *model)
{
    char byte;
    Bench *b = bench_new(r->accel, model);
    while (read(r->to, &byte, 1) == 1) {
        run_sequence(b, r->shared);
        if (write(r->from, &byte, 1) != 1) {
            break;
        }
    }
    _exit(0);
}

static Runner runner_new(const char *accel, const char *model)
{
    int there[2], back[2];
    Runner r = { .accel = accel };
    r.shared = mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                    0);
    g_assert(r.shared != MAP_FAILED && !pipe(there) && !pipe(back));
    r.pid = fork();
    if (r.pid == 0) {
        close(there[1]);
        close(back[0]);
        r.to = there[0];
        r.from = back[1];
        serve(&r, model);
    }
    close(there[0]);
    close(back[1]);
    r.to = there[1];
    r.from = back[0];
    return r;
}

static void runner_start(Runner *r, unsigned stream, const Sequence *q)
{
    r->shared->q = *q;
    r->shared->stream = stream;
    g_assert(write(r->to, "r", 1) == 1);
}

static void runner_finish(Runner *r)
{
    char byte;
    if (read(r->from, &byte, 1) != 1) {
        g_error("%s died", r->accel);
    }
}

/* ---- comparing ---- */

static bool same(const Runner runner[2])
{
    return !memcmp(&runner[0].shared->result, &runner[1].shared->result, sizeof(Result));
}

static bool run_both(Runner runner[2], unsigned stream, const Sequence *q)
{
    runner_start(&runner[0], stream, q);
    runner_start(&runner[1], stream, q);
    runner_finish(&runner[0]);
    runner_finish(&runner[1]);
    return same(runner);
}

static void print_word(const char *what, int i, uint32_t a, uint32_t b)
{
    if (a != b) {
        printf("#   %s%d: interp %08x, jit %08x\n", what, i, a, b);
    }
}

static void print_difference(const Runner runner[2])
{
    const Result *a = &runner[0].shared->result, *b = &runner[1].shared->result;
    for (int i = 0; i < 15; i++) {
        print_word("r", i, a->state.r[i], b->state.r[i]);
    }
    for (int i = 0; i < 64; i++) {
        print_word("s", i, a->state.v[i / 4].u32[i % 4], b->state.v[i / 4].u32[i % 4]);
    }
    print_word("pc", 0, a->state.pc, b->state.pc);
    print_word("cpsr", 0, a->state.cpsr, b->state.cpsr);
    print_word("fpscr", 0, a->state.fpscr, b->state.fpscr);
    print_word("end", 0, a->state.end, b->state.end);
    for (int i = 0; i < BENCH_DATA_SIZE; i++) {
        if (a->data[i] != b->data[i]) {
            printf("#   data %x: interp %02x, jit %02x\n", BENCH_DATA + i, a->data[i], b->data[i]);
            break;
        }
    }
}

static void print_sequence(const Stream *stream, const Sequence *q)
{
    uint8_t code[SEQUENCE * 4];
    unsigned size = encode(stream, q, code);
    csh cs;
    cs_insn *d = NULL;
    cs_open(CS_ARCH_ARM, stream->thumb ? CS_MODE_THUMB : CS_MODE_ARM, &cs);
    cs_option(cs, CS_OPT_SKIPDATA, CS_OPT_ON);
    size_t n = cs_disasm(cs, code, size, BENCH_CODE, 0, &d);
    printf("# %s, cpsr %08x, fpscr %08x:\n", stream->name, q->in.cpsr, q->in.fpscr);
    for (unsigned i = 0; i < n; i++) {
        printf("#     %0*x  %s %s\n", (int)stream->size * 2, i < q->n ? q->insn[i] : 0,
               d[i].mnemonic, d[i].op_str);
    }
    for (int i = 0; i < 15; i++) {
        printf("%s r%d=%08x%s", i % 8 ? "" : "#  ", i, q->in.r[i],
               i % 8 == 7 || i == 14 ? "\n" : "");
    }
    cs_free(d, n);
    cs_close(&cs);
}

/* Leaves out instructions as long as the difference stays. */
static void narrow(Runner runner[2], unsigned stream, Sequence *q)
{
    for (unsigned i = 0; i < q->n; ) {
        Sequence less = *q;
        memmove(&less.insn[i], &less.insn[i + 1], (q->n - i - 1) * sizeof(less.insn[0]));
        less.n--;
        if (!run_both(runner, stream, &less)) {
            *q = less;
        } else {
            i++;
        }
    }
    run_both(runner, stream, q);
}

/* ---- the streams ---- */

enum { MAX_DIFFERENCES = 10 };

static void test_stream(Runner runner[2], const Bench *facts, unsigned stream, unsigned n, int seed)
{
    GRand *r = g_rand_new_with_seed(seed);
    GPtrArray *rows = usable_rows(facts, &streams[stream]);
    unsigned done = 0, differences = 0, ends[BENCH_N_ENDS] = { 0 };
    while (done < n && rows->len && differences < MAX_DIFFERENCES) {
        unsigned length = g_rand_int_range(r, 1, SEQUENCE + 1);
        Sequence q = random_sequence(r, facts, rows, &streams[stream], length);
        done += q.n;
        if (!run_both(runner, stream, &q)) {
            differences++;
            narrow(runner, stream, &q);
            print_sequence(&streams[stream], &q);
            print_difference(runner);
        }
        ends[runner[0].shared->result.state.end]++;
    }
    printf("%s %u - %s, %u instructions of %u rows;", differences ? "not ok" : "ok", stream + 1,
           streams[stream].name, done, rows->len);
    for (int i = 0; i < BENCH_N_ENDS; i++) {
        if (ends[i]) {
            printf(" %s %u", bench_end_names[i], ends[i]);
        }
    }
    printf("\n");
    fflush(stdout);
    g_ptr_array_free(rows, TRUE);
    g_rand_free(r);
}

int main(int argc, char **argv)
{
    unsigned n = argc > 1 ? atoi(argv[1]) : 20000;
    int seed = argc > 2 ? atoi(argv[2]) : 1;
    const char *model = argc > 3 ? argv[3] : "cortex-a15";
    Runner runner[2] = { runner_new("interp", model), runner_new("jit", model) };
    Bench *facts = bench_new("interp", model);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("1..%zu\n", G_N_ELEMENTS(streams));
    for (unsigned i = 0; i < G_N_ELEMENTS(streams); i++) {
        test_stream(runner, facts, i, n, seed + i);
    }
    return 0;
}
