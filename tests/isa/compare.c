/* SPDX-License-Identifier: MIT */
/* What differs between two results of a sequence, and why it may: see compare.h. */
#include "tests/isa/compare.h"

#include <stdio.h>
#include <string.h>

/* ---- comparing ---- */

bool compare(const Result *a, const Result *b, Difference *d)
{
    memset(d, 0, sizeof(*d));
    d->data = -1;
    if (!memcmp(a, b, sizeof(*a))) {
        return false;
    }
    for (int i = 0; i < 15; i++) {
        d->r |= (uint32_t)(a->state.r[i] != b->state.r[i]) << i;
    }
    for (int i = 0; i < 32; i++) {
        d->d |= (uint32_t)(a->state.v[i / 2].u64[i & 1] != b->state.v[i / 2].u64[i & 1]) << i;
    }
    d->cpsr = a->state.cpsr ^ b->state.cpsr;
    d->fpscr = a->state.fpscr ^ b->state.fpscr;
    d->dfsr = a->state.dfsr ^ b->state.dfsr;
    d->dfar = a->state.dfar != b->state.dfar;
    d->pc = a->state.pc != b->state.pc;
    d->end = a->state.end != b->state.end;
    for (int i = 0; i < BENCH_DATA_SIZE && d->data < 0; i++) {
        d->data = a->data[i] != b->data[i] ? i : -1;
    }
    return true;
}

typedef struct Names {
    const char *a, *b;
} Names;

static void print_word(const Names *names, const char *what, int i, uint32_t a, uint32_t b)
{
    if (a != b) {
        printf("#   %s", what);
        if (i >= 0) {
            printf("%d", i);
        }
        printf(": %s %08x, %s %08x\n", names->a, a, names->b, b);
    }
}

void print_difference(const char *name_a, const Result *ra, const char *name_b, const Result *rb)
{
    const BenchState *a = &ra->state, *b = &rb->state;
    Names names = { name_a, name_b };

    for (int i = 0; i < 15; i++) {
        print_word(&names, "r", i, a->r[i], b->r[i]);
    }
    for (int i = 0; i < 64; i++) {
        print_word(&names, "s", i, a->v[i / 4].u32[i % 4], b->v[i / 4].u32[i % 4]);
    }
    print_word(&names, "pc", -1, a->pc, b->pc);
    print_word(&names, "cpsr", -1, a->cpsr, b->cpsr);
    print_word(&names, "fpscr", -1, a->fpscr, b->fpscr);
    print_word(&names, "dfsr", -1, a->dfsr, b->dfsr);
    print_word(&names, "dfar", -1, a->dfar, b->dfar);
    if (a->end != b->end) {
        printf("#   end: %s %s, %s %s\n", name_a, bench_end_names[a->end], name_b,
               bench_end_names[b->end]);
    }
    for (int i = 0, n = 0; i < BENCH_DATA_SIZE && n < 4; i++) {
        if (ra->data[i] != rb->data[i]) {
            printf("#   data %x: %s %02x, %s %02x\n", BENCH_DATA + i, name_a, ra->data[i], name_b,
                   rb->data[i]);
            n++;
        }
    }
}

/* ---- the rules ---- */

typedef struct Rule {
    const char *name;
    const char *rows;               /* names separated by spaces; * at the end: any ending */
    bool      (*applies)(const Insn *insn, const Sequence *q, const Result *ours,
                         const Result *theirs, const Difference *d);
} Rule;

static const Rule rules[] = {
    { NULL, NULL, NULL },
};

static bool names_row(const char *rows, const char *row)
{
    g_auto(GStrv) list = g_strsplit(rows, " ", -1);
    for (int i = 0; list[i]; i++) {
        size_t n = strlen(list[i]);
        if (n && list[i][n - 1] == '*' ? !strncmp(list[i], row, n - 1) : !strcmp(list[i], row)) {
            return true;
        }
    }
    return false;
}

const char *explain(const Sequence *q, const Result *ours, const Result *theirs,
                    const Difference *d)
{
    const Insn *insn = &q->insn[q->n - 1];

    for (const Rule *rule = rules; rule->name; rule++) {
        if (names_row(rule->rows, insn->row->name) &&
            rule->applies(insn, q, ours, theirs, d)) {
            return rule->name;
        }
    }
    return NULL;
}

/* Each has a heading "### name". */
bool rules_are_documented(const char *path)
{
    g_autofree char *text = NULL;
    bool good = true;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        printf("# cannot read %s\n", path);
        return false;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (const Rule *rule = rules; rule->name; rule++) {
        g_autofree char *heading = g_strdup_printf("### %s", rule->name);
        if (!g_strv_contains((const char *const *)lines, heading)) {
            printf("# %s does not explain '%s'\n", path, rule->name);
            good = false;
        }
    }
    for (int i = 0; lines[i]; i++) {
        const Rule *rule = rules;
        if (!g_str_has_prefix(lines[i], "### ")) {
            continue;
        }
        while (rule->name && strcmp(rule->name, lines[i] + 4)) {
            rule++;
        }
        if (!rule->name) {
            printf("# %s: no rule '%s'\n", path, lines[i] + 4);
            good = false;
        }
    }
    return good;
}
