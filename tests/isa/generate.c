/* SPDX-License-Identifier: MIT */
/* Random sequences of ARM instructions: see generate.h. */
#include "tests/isa/generate.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <string.h>
#include "frontends/arm/fields.h"

#include "a32-rows.inc"
#include "neon-rows.inc"
#include "t16-rows.inc"
#include "t32-rows.inc"
#include "vfp-rows.inc"

enum {
    OFFSET = 8, POINTER = 9, TARGET = 10, COUNTER = 12, LOW_OFFSET = 6, LOW_POINTER = 7,
};

typedef struct Table {
    const DecodeRow *rows;
    const size_t    *n;
    unsigned         size;
    bool             fp;
} Table;

static const Table a32 = { a32_rows, &a32_n_rows, 4, false };
static const Table t16 = { t16_rows, &t16_n_rows, 2, false };
static const Table t32 = { t32_rows, &t32_n_rows, 4, false };
static const Table vfp = { vfp_rows, &vfp_n_rows, 4, true };
static const Table neon = { neon_rows, &neon_n_rows, 4, true };

enum { MAX_TABLES = 4 };

static const struct {
    bool         thumb;
    const Table *tables[MAX_TABLES];
} streams[] = {
    { false, { &a32 } },
    { true,  { &t16 } },
    { true,  { &t32 } },
    { false, { &vfp } },
    { false, { &neon } },
    { true,  { &vfp } },
    { true,  { &neon } },
    { false, { &a32, &vfp, &neon } },
    { true,  { &t16, &t32, &vfp, &neon } },
};
const char *const stream_names[] = {
    "a32", "t16", "t32", "vfp", "neon", "vfp-t32", "neon-t32", "arm", "thumb",
};
const unsigned n_streams = G_N_ELEMENTS(streams);
G_STATIC_ASSERT(G_N_ELEMENTS(streams) == G_N_ELEMENTS(stream_names));

struct Generator {
    GRand       *rand;
    const ArmModel *model;
    bool         thumb;
    unsigned     n_tables;
    const Table *tables[MAX_TABLES];
    GPtrArray   *rows[MAX_TABLES];          /* that the model has */
    GPtrArray   *user_rows[MAX_TABLES];     /* `system`, but harmless in User mode */

    /* Of the sequence under way. */
    bool         user;
    unsigned     it_left;                   /* instructions of the IT block to come */
    const char  *wanted;                    /* the row that goes with the one before it */
};

static bool one_in(Generator *g, int n)
{
    return g_rand_int_range(g->rand, 0, n) == 0;
}

static uint32_t below(Generator *g, int n)
{
    return g_rand_int_range(g->rand, 0, n);
}

/* ---- which rows ---- */

static bool has_word(const char *words, const char *word)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    return g_strv_contains((const char *const *)list, word);
}

static bool feature(const ArmModel *m, const char *name)
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
            return model_has(m, features[i].f);
        }
    }
    g_error("no feature '%s'", name);
}

static bool is_present(const ArmModel *m, const DecodeRow *row)
{
    g_auto(GStrv) needs = g_strsplit(row->needs, ",", -1);
    for (int i = 0; needs[i]; i++) {
        bool not = needs[i][0] == '!';
        if (feature(m, needs[i] + not) == not) {
            return false;
        }
    }
    return true;
}

static bool table_present(const ArmModel *m, const Table *t)
{
    return t == &t32 ? model_has(m, ARM_V6T2) :
           t == &vfp ? model_has(m, ARM_VFP2) :
           t == &neon ? model_has(m, ARM_NEON) : true;
}

static bool is_one_of(const char *name, const char *const *names)
{
    return g_strv_contains(names, name);
}

/* Branches that branches_of_row() below keeps inside the sequence, or at its end. */
static const char *const good_branches[] = {
    "b", "bl", "b_cond", "cbz", "cbnz", "bx", "blx_reg", "bxj", "tbb", "tbh", "isb", "it", NULL,
};
static const char *const harmless_for_users[] = {
    "msr_imm", "msr_reg", "mrs", "setend", "svc", "bkpt", "cps", "udf", "sev", "yield", "hvc",
    "smc", "mcrr", "mrrc", "stc", "ldc", "cdp", "mcr", "mrc", "mcrr2", "mrrc2", "stc2", "ldc2",
    "cdp2", "mcr2", "mrc2", NULL,
};

static void find_rows(Generator *g, unsigned n)
{
    const Table *t = g->tables[n];
    g->rows[n] = g_ptr_array_new();
    g->user_rows[n] = g_ptr_array_new();
    for (size_t i = 0; i < *t->n; i++) {
        const DecodeRow *row = &t->rows[i];
        if (!is_present(g->model, row)) {
            continue;
        }
        if (has_word(row->words, "system")) {
            if (is_one_of(row->name, harmless_for_users)) {
                g_ptr_array_add(g->user_rows[n], (void *)row);
            }
        } else if (!has_word(row->words, "branch") || is_one_of(row->name, good_branches)) {
            g_ptr_array_add(g->rows[n], (void *)row);
        }
    }
}

Generator *generator_new(const ArmModel *model, unsigned stream, uint32_t seed)
{
    Generator *g = g_new0(Generator, 1);
    g->rand = g_rand_new_with_seed(seed);
    g->model = model;
    g->thumb = streams[stream].thumb;
    for (unsigned i = 0; i < MAX_TABLES && streams[stream].tables[i]; i++) {
        const Table *t = streams[stream].tables[i];
        if (table_present(model, t) && !(t->fp && g->thumb && !model_has(model, ARM_V6T2))) {
            g->tables[g->n_tables] = t;
            find_rows(g, g->n_tables++);
        }
    }
    return g;
}

void generator_free(Generator *g)
{
    for (unsigned i = 0; i < g->n_tables; i++) {
        g_ptr_array_free(g->rows[i], TRUE);
        g_ptr_array_free(g->user_rows[i], TRUE);
    }
    g_rand_free(g->rand);
    g_free(g);
}

unsigned generator_n_rows(const Generator *g)
{
    unsigned n = 0;
    for (unsigned i = 0; i < g->n_tables; i++) {
        n += g->rows[i]->len;
    }
    return n;
}

/* ---- fields ---- */

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

static uint32_t with_field(uint32_t insn, const DecodeField *f, uint32_t v)
{
    return (insn & ~f->mask) | spread(f->mask, v);
}

static bool is_memory(const DecodeRow *row)
{
    static const char *const names[] = {
        "ldr", "str", "ldm", "stm", "swp", "vld", "vst", "v_lane", "pl", "tb",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_str_has_prefix(row->name, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_register(const DecodeField *f)
{
    unsigned width = __builtin_popcount(f->mask);
    return (width == 3 || width == 4) && f->name[0] == 'r' && strcmp(f->name, "rot") &&
           strcmp(f->name, "reg");
}

static bool may_load_pc(const DecodeRow *row)
{
    return g_str_has_prefix(row->name, "ldr_") ||
           (row >= a32_rows && row < a32_rows + a32_n_rows &&
            (g_str_has_suffix(row->name, "_imm") || g_str_has_suffix(row->name, "_reg"))) ||
           (row >= t16_rows && row < t16_rows + t16_n_rows);
}

/* One that the sequence does not rely on. */
static uint32_t destination(Generator *g, const DecodeRow *row, unsigned width)
{
    static const uint8_t any[] = { 0, 1, 2, 3, 4, 5, 6, 7, 11, 14 };
    if (width == 3) {
        return below(g, LOW_OFFSET);
    }
    return one_in(g, 100) && may_load_pc(row) ? 15 : any[below(g, sizeof(any))];
}

static uint32_t tame_register(Generator *g, const DecodeRow *row, uint32_t insn,
                              const DecodeField *f)
{
    unsigned width = __builtin_popcount(f->mask);
    const char *name = f->name + 1;             /* without the r */
    bool low = width == 3;

    if (is_memory(row) && !strcmp(name, "n")) {
        uint32_t pointer = one_in(g, 64) ? below(g, 16) : POINTER;
        bool code = pointer == TARGET || (pointer == 15 && !g_str_has_prefix(row->name, "ld"));
        return with_field(insn, f, low ? LOW_POINTER : code ? POINTER : pointer);
    }
    if (is_memory(row) && !strcmp(name, "m")) {
        return one_in(g, 64) ? insn : with_field(insn, f, low ? LOW_OFFSET : OFFSET);
    }
    if (!strcmp(name, "m") && (g_str_has_prefix(row->name, "bx") ||
                               g_str_has_prefix(row->name, "blx"))) {
        return with_field(insn, f, TARGET);
    }
    if (strchr("dt", name[0])) {                /* rd, rdlo, rt, rt2 */
        return with_field(insn, f, destination(g, row, width));
    }
    bool pc = (insn & f->mask) == f->mask && !low;
    return pc && !one_in(g, 16) ? with_field(insn, f, below(g, 15)) : insn;
}

/* Q registers are even D registers.  The extra bits D, N and M are on top there. */
static uint32_t tame_vector(Generator *g, uint32_t insn, const DecodeField *f)
{
    uint32_t extra = f->mask & 0x004000a0, number = f->mask & ~extra;

    if (__builtin_popcount(f->mask) != 5 || !strchr("dnm", f->name[0]) || f->name[1]) {
        return insn;
    }
    if (!model_has(g->model, ARM_D32) && !one_in(g, 8)) {
        insn &= ~extra;
    }
    return one_in(g, 4) ? insn : insn & ~(number & -number);
}

static uint32_t tame_list(Generator *g, const DecodeRow *row, uint32_t insn, const DecodeField *f)
{
    uint32_t kept = 1u << POINTER | 1u << OFFSET | 1u << TARGET | 1u << COUNTER | 1u << 13;
    unsigned width = __builtin_popcount(f->mask);

    if (width == 8) {
        kept = 1u << LOW_POINTER | 1u << LOW_OFFSET;
    }
    if (g_str_has_prefix(row->name, "ldm") || !one_in(g, 4)) {
        insn &= ~(f->mask & kept);
    }
    if (!one_in(g, 32)) {
        insn &= ~(f->mask & 1u << 15);
    }
    return (insn & f->mask) ? insn : insn | (f->mask & 3);
}

static uint32_t tame_field(Generator *g, const DecodeRow *row, uint32_t insn, const DecodeField *f,
                           bool fp)
{
    if (f->mask == 0xf0000000) {                /* the condition: mostly "always" */
        uint32_t cond = one_in(g, 3) ? below(g, 15) : 14;
        return with_field(insn, f, cond);
    }
    if (is_register(f)) {
        return tame_register(g, row, insn, f);
    }
    if (!strcmp(f->name, "list")) {
        return tame_list(g, row, insn, f);
    }
    if (!strcmp(row->name, "ldm") && !strcmp(f->name, "M")) {
        return one_in(g, 32) ? insn : insn & ~f->mask;                  /* POP {..., pc} */
    }
    if (fp && (g_str_has_prefix(row->name, "vldm") || g_str_has_prefix(row->name, "vstm")) &&
        !strcmp(f->name, "imm")) {
        return with_field(insn, f, 1 + below(g, 12));
    }
    return fp ? tame_vector(g, insn, f) : insn;
}

static uint32_t gather(uint32_t mask, uint32_t insn)
{
    uint32_t v = 0;
    for (int bit = 31; bit >= 0; bit--) {
        if (mask >> bit & 1) {
            v = v << 1 | (insn >> bit & 1);
        }
    }
    return v;
}

static int field_value(const DecodeRow *row, uint32_t insn, const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(row->fields) && row->fields[i].mask; i++) {
        if (!strcmp(row->fields[i].name, name)) {
            return gather(row->fields[i].mask, insn);
        }
    }
    return -1;
}

int insn_field(const Insn *insn, const char *name)
{
    return field_value(insn->row, insn->word, name);
}

InsnSet insn_set(const Insn *insn)
{
    static const Table *const sets[] = { &a32, &t16, &t32, &vfp, &neon };
    for (unsigned i = 0; i < G_N_ELEMENTS(sets); i++) {
        if (insn->row >= sets[i]->rows && insn->row < sets[i]->rows + *sets[i]->n) {
            return i;
        }
    }
    g_assert_not_reached();
}

/* ---- words ---- */

/* Is it this row's, and none that comes before it in the table? */
static bool is_of_row(const Table *t, const ArmModel *m, const DecodeRow *row, uint32_t insn)
{
    for (const DecodeRow *before = t->rows; before < row; before++) {
        if (decode_row_matches(before, insn) && is_present(m, before)) {
            return false;
        }
    }
    return decode_row_matches(row, insn);
}

static bool is_coprocessor(const DecodeRow *row)
{
    static const char *const names[] = {
        "mcrr", "mrrc", "stc", "ldc", "cdp", "mcr", "mrc", "mcrr2", "mrrc2", "stc2", "ldc2", "cdp2",
        "mcr2", "mrc2", NULL,
    };
    return is_one_of(row->name, names);
}

/* It could be another instruction's or change more than User mode's flags. */
static bool is_acceptable(Generator *g, const DecodeRow *row, uint32_t insn)
{
    if (is_coprocessor(row)) {
        uint32_t cp = bits(insn, 8, 4);                 /* 10, 11: VFP; 14: debug */
        return cp < 10 || cp == 12 || cp == 13;
    }
    if (!strcmp(row->name, "mrs") || g_str_has_prefix(row->name, "msr")) {
        return field_value(row, insn, "spsr") <= 0 && !(bits(insn, 16, 4) & 2 &&
               g_str_has_prefix(row->name, "msr"));
    }
    if (!strcmp(row->name, "it")) {
        uint32_t cond = bits(insn, 4, 4), mask = insn & 15;
        return cond != 15 && (cond != 14 || !(mask & (mask - 1)));
    }
    return true;
}

static uint32_t fill(Generator *g, const DecodeRow *row, bool fp)
{
    uint32_t insn = g_rand_int(g->rand);
    for (unsigned i = 0; i < G_N_ELEMENTS(row->fields) && row->fields[i].mask; i++) {
        insn = tame_field(g, row, insn, &row->fields[i], fp);
    }
    insn = (insn & ~row->mask) | row->value;
    return (insn & ~row->should_mask) | row->should_value;
}

static const DecodeRow *choose_row(Generator *g, unsigned table)
{
    GPtrArray *rows = g->rows[table];
    if (g->wanted) {
        const char *name = g->wanted;
        g->wanted = NULL;
        for (unsigned i = 0; i < rows->len; i++) {
            const DecodeRow *row = rows->pdata[i];
            if (!strcmp(row->name, name)) {
                return row;
            }
        }
    }
    if (g->user && g->user_rows[table]->len && one_in(g, 40)) {
        rows = g->user_rows[table];
    }
    return rows->pdata[below(g, rows->len)];
}

/* Inside an IT block these are UNPREDICTABLE, or so unless they are its last. */
static bool good_in_it(Generator *g, const DecodeRow *row, uint32_t word)
{
    static const char *const never[] = {
        "it", "cbz", "cbnz", "b_cond", "setend", "cps", "bkpt", NULL,
    };
    bool list = !strcmp(row->name, "ldm");
    bool branch = has_word(row->words, "branch") || field_value(row, word, "rd") == 15 ||
                  field_value(row, word, "rt") == 15 || (list && field_value(row, word, "M") > 0) ||
                  (list && field_value(row, word, "list") >> 15 == 1);
    return !is_one_of(row->name, never) && (g->it_left == 1 || !branch);
}

static void pair_exclusives(Generator *g, const DecodeRow *row)
{
    static const char *const pairs[][2] = {
        { "ldrex", "strex" }, { "ldrexb", "strexb" },
        { "ldrexh", "strexh" }, { "ldrexd", "strexd" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (!strcmp(row->name, pairs[i][0]) && !one_in(g, 4)) {
            g->wanted = pairs[i][1];
        }
    }
}

static Insn random_insn(Generator *g)
{
    for (;;) {
        unsigned n = below(g, g->n_tables);
        const Table *t = g->tables[n];
        const DecodeRow *row = choose_row(g, n);
        uint32_t word = fill(g, row, t->fp);
        word = t->size == 2 ? word & 0xffff : word;
        if (!is_of_row(t, g->model, row, word) || !is_acceptable(g, row, word) ||
            (g->it_left && !good_in_it(g, row, word))) {
            continue;
        }
        pair_exclusives(g, row);
        g->it_left -= g->it_left > 0;
        if (!strcmp(row->name, "it") && t == &t16) {
            g->it_left = 4 - __builtin_ctz(word & 15);
        }
        return (Insn){ .word = word, .size = t->size, .target = -1, .fp = t->fp, .row = row };
    }
}

/* ---- branches ---- */

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

/* Distances count from the instruction itself. */
static uint32_t a32_imm24(uint32_t insn, int distance)
{
    return (insn & 0xff000000) | ((uint32_t)(distance - 8) >> 2 & 0xffffff);
}

static uint32_t t16_imm8(uint32_t insn, int distance)
{
    return (insn & 0xff00) | ((uint32_t)(distance - 4) >> 1 & 0xff);
}

static uint32_t t16_imm11(uint32_t insn, int distance)
{
    return (insn & 0xf800) | ((uint32_t)(distance - 4) >> 1 & 0x7ff);
}

/* Its offset is not negative. */
static uint32_t t16_cbz(uint32_t insn, int distance)
{
    uint32_t v = distance < 4 ? 0 : (distance - 4) >> 1;
    return (insn & ~0x2f8u) | (v & 0x1f) << 3 | (v & 0x20) << 4;
}

static uint32_t t32_imm20(uint32_t insn, int distance)
{
    uint32_t v = distance - 4;
    return (insn & 0xfbc0d000) | bits(v, 20, 1) << 26 | bits(v, 18, 1) << 13 |
           bits(v, 19, 1) << 11 | bits(v, 12, 6) << 16 | bits(v, 1, 11);
}

static uint32_t t32_imm24(uint32_t insn, int distance)
{
    uint32_t v = distance - 4, s = bits(v, 24, 1);
    uint32_t j1 = !(bits(v, 23, 1) ^ s), j2 = !(bits(v, 22, 1) ^ s);
    return (insn & 0xf800d000) | s << 26 | bits(v, 12, 10) << 16 | j1 << 13 | j2 << 11 |
           bits(v, 1, 11);
}

static const struct {
    const Table *table;
    const char  *row;
    uint32_t   (*link)(uint32_t insn, int distance);
} links[] = {
    { &a32, "b", a32_imm24 },      { &a32, "bl", a32_imm24 },
    { &t16, "b_cond", t16_imm8 },  { &t16, "b", t16_imm11 },
    { &t16, "cbz", t16_cbz },      { &t16, "cbnz", t16_cbz },
    { &t32, "b_cond", t32_imm20 }, { &t32, "b", t32_imm24 }, { &t32, "bl", t32_imm24 },
};

static int find_link(const Insn *insn)
{
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
        const Table *t = links[i].table;
        if (insn->row >= t->rows && insn->row < t->rows + *t->n &&
            !strcmp(links[i].row, insn->row->name)) {
            return i;
        }
    }
    return -1;
}

unsigned sequence_encode(const Sequence *q, uint8_t *code)
{
    int at[MAX_SEQUENCE + 1] = { 0 };
    for (unsigned i = 0; i < q->n; i++) {
        at[i + 1] = at[i] + q->insn[i].size;
    }
    for (unsigned i = 0; i < q->n; i++) {
        const Insn *insn = &q->insn[i];
        uint32_t v = insn->fp && q->thumb ? to_thumb(insn->word) : insn->word;
        if (insn->target >= 0) {
            v = links[find_link(insn)].link(v, at[MIN((unsigned)insn->target, q->n)] - at[i]);
        }
        v = q->thumb && insn->size == 4 ? v >> 16 | v << 16 : v;
        memcpy(code + at[i], &v, insn->size);
    }
    return at[q->n];
}

/* CBZ and CBNZ cannot reach the 16-bit instruction behind them. */
static int nearest_target(const Insn *insn, int i)
{
    return i + (g_str_has_prefix(insn->row->name, "cb") ? 2 : 1);
}

Sequence sequence_begin(const Sequence *q, unsigned n)
{
    Sequence begin = *q;
    begin.n = n;
    return begin;
}

void sequence_cut(Sequence *q, unsigned i)
{
    memmove(&q->insn[i], &q->insn[i + 1], (q->n - i - 1) * sizeof(q->insn[0]));
    q->n--;
    for (int k = 0; k < (int)q->n; k++) {
        Insn *insn = &q->insn[k];
        insn->target -= insn->target > (int)i;
        if (insn->target > k) {
            insn->target = MAX(insn->target, nearest_target(insn, k));
        }
    }
}

/* ---- values ---- */

static uint32_t random_word(Generator *g)
{
    static const uint32_t special[] = {
        0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x20000, 0x7fffffff, 0x80000000,
        0x80000001, 0xffffffff, 0xfffffffe, 31, 32, 33, 0x80008000, 0x7f7f7f7f, 0x80808080,
    };
    switch (below(g, 4)) {
    case 0:
        return special[below(g, G_N_ELEMENTS(special))];
    case 1:
        return below(g, 64);
    default:
        return g_rand_int(g->rand);
    }
}

/* Zeros, denormals, infinities, NaNs, whole numbers, and two exponents next to each other. */
static uint32_t random_single(Generator *g)
{
    static const uint32_t special[] = {
        0, 1, 0x007fffff, 0x00800000, 0x00800001, 0x3f800000, 0x3f7fffff, 0x40490fdb, 0x4b000000,
        0x4b7fffff, 0x4effffff, 0x4f000000, 0x4f7fffff, 0x4f800000, 0x5f000000, 0x7f7fffff,
        0x7f800000, 0x7f800001, 0x7fbfffff, 0x7fc00000, 0x7fffffff, 0x3f000000, 0x3fc00000,
        0x33000000, 0x477fe000, 0x477fefff, 0x477ff000, 0x38800000, 0x387fffff,
    };
    uint32_t sign = g_rand_int(g->rand) & 0x80000000;
    switch (below(g, 5)) {
    case 0:
    case 1:
        return special[below(g, G_N_ELEMENTS(special))] | sign;
    case 2:
        return sign | (0x7f + below(g, 4)) << 23 | (g_rand_int(g->rand) & 0x7fffff);
    case 3:
        return sign | (g_rand_int(g->rand) & (0x807fffff | below(g, 8) << 23));
    default:
        return g_rand_int(g->rand);
    }
}

static uint64_t random_double(Generator *g)
{
    static const uint32_t special[] = {
        0, 0x00080000, 0x000fffff, 0x00100000, 0x3ff00000, 0x3fefffff, 0x3fe00000, 0x41dfffff,
        0x41e00000, 0x41efffff, 0x41f00000, 0x43e00000, 0x47efffff, 0x47f00000, 0x36a00000,
        0x380fffff, 0x38100000, 0x369fffff, 0x3e600000, 0x7fefffff, 0x7ff00000, 0x7ff00001,
        0x7ff7ffff, 0x7ff80000, 0x7fffffff,
    };
    uint64_t low = one_in(g, 2) ? random_word(g) : one_in(g, 2) ? 0 : 0xffffffff;
    uint64_t sign = (uint64_t)(g_rand_int(g->rand) & 0x80000000) << 32;
    switch (below(g, 4)) {
    case 0:
    case 1:
        return (uint64_t)special[below(g, G_N_ELEMENTS(special))] << 32 | low | sign;
    case 2:
        return sign | (uint64_t)(0x3ff + below(g, 4)) << 52 |
               (uint64_t)(g_rand_int(g->rand) & 0xfffff) << 32 | g_rand_int(g->rand);
    default:
        return (uint64_t)g_rand_int(g->rand) << 32 | g_rand_int(g->rand);
    }
}

static uint64_t random_vector_half(Generator *g)
{
    switch (below(g, 3)) {
    case 0:
        return random_double(g);
    case 1:
        return (uint64_t)random_single(g) << 32 | random_single(g);
    default:
        return (uint64_t)random_word(g) << 32 | random_word(g);
    }
}

/* ---- the state before ---- */

static uint32_t random_pointer(Generator *g)
{
    uint32_t middle = BENCH_DATA + BENCH_DATA_SIZE / 2 + (g_rand_int(g->rand) & 0x1f8);
    switch (below(g, 24)) {
    case 0:
        return BENCH_DATA + BENCH_DATA_SIZE - below(g, 64);
    case 1:
        return BENCH_DATA + below(g, 64);
    case 2:
        return BENCH_READ_ONLY + below(g, 64) - 32;
    case 3:
    case 4:
    case 5:
        return middle | below(g, 8);
    case 6:
    case 7:
    case 8:
    case 9:
        return middle;
    default:
        return middle & ~31u;
    }
}

static uint32_t random_cpsr(Generator *g)
{
    uint32_t flags = CPSR_N | CPSR_Z | CPSR_C | CPSR_V | CPSR_I | CPSR_F;
    uint32_t cpsr = g->user ? MODE_USR : MODE_SYS;
    if (model_has(g->model, ARM_V5E)) {
        flags |= CPSR_Q;
    }
    if (model_has(g->model, ARM_V6)) {
        flags |= CPSR_GE | CPSR_A | (one_in(g, 8) ? CPSR_E : 0);
    }
    if (g->thumb && model_has(g->model, ARM_V6T2) && one_in(g, 8)) {
        uint32_t it = 0x18 | below(g, 14) << 5;
        it = (it & 0xf0) | 8 >> below(g, 4);
        cpsr |= (it & 3) << 25 | (it & 0xfc) << 8;
        g->it_left = 4 - __builtin_ctz(it & 15);
    }
    return cpsr | (g->thumb ? CPSR_T : 0) | (g_rand_int(g->rand) & flags);
}

/* AHP, DN, FZ, RMode and what is pending; seldom LEN and STRIDE. */
static uint32_t random_fpscr(Generator *g)
{
    uint32_t fpscr = 0, v = g_rand_int(g->rand);
    if (one_in(g, 2)) {
        fpscr |= v & (model_has(g->model, ARM_FP16) ? 0x07c00000 : 0x03c00000);
    }
    if (one_in(g, 2)) {
        fpscr |= v & 0xf000009f;
    }
    if (model_has(g->model, ARM_NEON)) {
        fpscr |= v & (one_in(g, 2) ? 1u << 27 : 0);
    }
    if (!model_has(g->model, ARM_VFP3)) {
        /* Short vectors: up to 4 in a row, or 2 that are two apart, so that doubles fit a bank. */
        fpscr &= ~0x02000000u;
        fpscr |= !one_in(g, 8) ? 0 : v & 1 ? 0x00300000 | (v & 0x10000) : v & 0x00030000;
    }
    return model_has(g->model, ARM_VFP2) ? fpscr : 0;
}

static void random_state(Generator *g, BenchState *s)
{
    memset(s, 0, sizeof(*s));
    g->user = one_in(g, 2);
    for (int i = 0; i < 15; i++) {
        s->r[i] = one_in(g, 8) ? random_single(g) : random_word(g);
    }
    unsigned n = model_has(g->model, ARM_D32) ? 32 : model_has(g->model, ARM_VFP2) ? 16 : 0;
    for (unsigned i = 0; i < n; i++) {
        s->v[i / 2].u64[i & 1] = random_vector_half(g);
    }
    s->r[POINTER] = random_pointer(g);
    s->r[13] = random_pointer(g) & ~(one_in(g, 8) ? 0 : 3);
    s->r[OFFSET] = g_rand_int(g->rand) & 0x1f;
    if (g->tables[0] == &t16) {
        s->r[LOW_POINTER] = random_pointer(g);
        s->r[LOW_OFFSET] = g_rand_int(g->rand) & 0x7f;
    }
    s->cpsr = random_cpsr(g);
    s->fpscr = random_fpscr(g);
}

/* ---- sequences ---- */

static void aim_branches(Generator *g, Sequence *q)
{
    for (unsigned i = 0; i < q->n; i++) {
        if (find_link(&q->insn[i]) >= 0) {
            q->insn[i].target = nearest_target(&q->insn[i], i) + below(g, MIN(q->n - i, 10));
        }
    }
}

static const DecodeRow *row_of_word(const Table *t, uint32_t word)
{
    for (size_t i = 0; i < *t->n; i++) {
        if (decode_row_matches(&t->rows[i], word)) {
            return &t->rows[i];
        }
    }
    g_assert_not_reached();
}

/* SUBS r12, r12, #1; BNE to the beginning.  In T32 they need v6t2. */
static void make_loop(Generator *g, Sequence *q)
{
    const Table *t = g->thumb ? &t32 : &a32;
    uint32_t subs = g->thumb ? 0xf1bc0c01 : 0xe25cc001, bne = g->thumb ? 0xf0408000 : 0x1a000000;
    if (!table_present(g->model, t) || q->n + 2 > MAX_SEQUENCE || g->it_left ||
        (q->in.cpsr & (CPSR_IT_HIGH | CPSR_IT_LOW))) {
        return;
    }
    for (unsigned i = 0; i < q->n; i++) {
        if (q->insn[i].target > (int)q->n) {
            return;                                         /* past the SUBS */
        }
    }
    q->insn[q->n++] = (Insn){ subs, 4, -1, false, row_of_word(t, subs) };
    q->insn[q->n++] = (Insn){ bne, 4, 0, false, row_of_word(t, bne) };
    q->in.r[COUNTER] = 2 + below(g, 20);
}

void generate(Generator *g, Sequence *q, unsigned length, bool straight)
{
    g->it_left = 0;
    g->wanted = NULL;
    q->n = 0;
    q->thumb = g->thumb;
    q->data = g_rand_int(g->rand);
    random_state(g, &q->in);
    while (q->n < length) {
        Insn insn = random_insn(g);
        q->insn[q->n++] = insn;
        if (straight && g_str_has_prefix(insn.row->name, "tb")) {
            break;                                          /* TBB, TBH */
        }
    }
    aim_branches(g, q);
    if (!straight && one_in(g, 8)) {
        make_loop(g, q);
    }
    /* Computed branches go behind the end, to either state. */
    uint8_t code[MAX_CODE];
    q->in.r[TARGET] = BENCH_CODE + ((sequence_encode(q, code) + 3) & ~3u);
    q->in.r[TARGET] |= model_has(g->model, ARM_V5) || g->thumb ? below(g, 2) : 0;
}

/* Small offsets, so that a text test can list the memory around the base. */
static uint32_t plain(const DecodeRow *row, uint32_t word)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(row->fields) && row->fields[i].mask; i++) {
        const DecodeField *f = &row->fields[i];
        if (f->mask == 0xf0000000) {
            word = with_field(word, f, 14);
        }
        if (is_memory(row) && !strncmp(f->name, "imm", 3)) {
            word = with_field(word, f, gather(f->mask, word) & 3);
        }
    }
    return word;
}

bool generate_row(Generator *g, Sequence *q, unsigned n)
{
    const Table *t = g->tables[0];
    if (n >= *t->n) {
        return false;
    }
    const DecodeRow *row = &t->rows[n];
    uint32_t word;
    *q = (Sequence){ .n = 0, .thumb = g->thumb, .data = ~0u };
    if (!is_present(g->model, row) || (has_word(row->words, "branch") &&
                                       strcmp(row->name, "isb"))) {
        return true;
    }
    g->user = true;
    for (unsigned tries = 0; tries < 1000; tries++) {
        word = plain(row, fill(g, row, t->fp));
        word = t->size == 2 ? word & 0xffff : word;
        if (is_of_row(t, g->model, row, word) && is_acceptable(g, row, word)) {
            q->n = 1;
            break;
        }
    }
    q->insn[0] = (Insn){ .word = word, .size = t->size, .target = -1, .fp = t->fp, .row = row };
    q->in.cpsr = MODE_USR | (g->thumb ? CPSR_T : 0) | (g_rand_int(g->rand) & 0xf8000000);
    for (int i = 0; i < 15; i++) {
        q->in.r[i] = random_word(g);
    }
    q->in.r[POINTER] = q->in.r[13] = BENCH_DATA + BENCH_DATA_SIZE / 2;
    q->in.r[OFFSET] = 4;
    if (t == &t16) {
        q->in.r[LOW_POINTER] = q->in.r[POINTER];
        q->in.r[LOW_OFFSET] = 4;
    }
    return true;
}

/* A window into one pool of random words, so that it costs little. */
void sequence_data(const Sequence *q, uint8_t *data)
{
    static uint32_t *pool;
    enum { POOL = 4 * BENCH_DATA_SIZE };
    if (!pool) {
        GRand *r = g_rand_new_with_seed(1);
        pool = g_malloc(POOL);
        for (unsigned i = 0; i < POOL / 4; i++) {
            pool[i] = g_rand_int(r);
        }
        g_rand_free(r);
    }
    if (q->data == ~0u) {
        memset(data, 0, BENCH_DATA_SIZE);
        memcpy(data + BENCH_DATA_SIZE / 2 - 32, pool, 64);
        return;
    }
    memcpy(data, (uint8_t *)pool + q->data % (POOL - BENCH_DATA_SIZE) / 4 * 4, BENCH_DATA_SIZE);
}

/* ---- as text ---- */

static void print_state(const BenchState *s)
{
    printf("# set cpsr=%x fpscr=%x", s->cpsr, s->fpscr);
    for (int i = 0; i < 15; i++) {
        printf("%sr%d=%x", i == 8 ? "\n# set " : " ", i, s->r[i]);
    }
    for (int i = 0; i < 32; i++) {
        printf("%sd%d=%016" PRIx64, i % 4 ? " " : "\n# set ", i, s->v[i / 2].u64[i & 1]);
    }
    printf("\n");
}

void sequence_print(const Sequence *q, const char *model)
{
    uint8_t code[MAX_CODE];
    csh cs;
    sequence_encode(q, code);
    cs_open(CS_ARCH_ARM, q->thumb ? CS_MODE_THUMB : CS_MODE_ARM, &cs);
    printf("# cpu %s%s\n", model, q->thumb ? " thumb" : "");
    print_state(&q->in);
    unsigned at = 0;
    for (unsigned i = 0; i < q->n; i++) {
        unsigned size = q->insn[i].size;
        uint32_t v = 0;
        cs_insn *d;
        memcpy(&v, code + at, size);
        v = q->thumb && size == 4 ? v >> 16 | v << 16 : v;
        printf("#     %0*x", (int)size * 2, v);
        if (cs_disasm(cs, code + at, size, BENCH_CODE + at, 1, &d) == 1) {
            printf("    %s %s", d->mnemonic, d->op_str);
            cs_free(d, 1);
        }
        printf("    # %s\n", q->insn[i].row->name);
        at += size;
    }
    cs_close(&cs);
}
