/* SPDX-License-Identifier: MIT */
/* Writes text tests: see cases.h. */
#include "tests/isa/cases.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <string.h>

enum { AROUND = BENCH_DATA_SIZE / 2 - 32, AROUND_SIZE = 64, WIDTH = 96 };

/* Items of a line, broken as lines get long. */
static void item(GString *line, const char *keyword, const char *text)
{
    char *last = strrchr(line->str, '\n');
    size_t used = line->len - (last ? last - line->str : 0);

    if (line->len == 0 || used + strlen(text) > WIDTH) {
        g_string_append_printf(line, "%s%s", line->len ? "\n" : "", keyword);
    }
    g_string_append_printf(line, " %s", text);
}

static void word_item(GString *line, const char *keyword, const char *name, int n, uint32_t v)
{
    g_autofree char *text = n < 0 ? g_strdup_printf("%s=%x", name, v)
                                  : g_strdup_printf("%s%d=%x", name, n, v);
    item(line, keyword, text);
}

/* Registers that the instruction names; for lists, all. */
uint32_t case_registers(const Insn *insn)
{
    const DecodeRow *row = insn->row;
    uint32_t used = 0;
    for (unsigned i = 0; i < G_N_ELEMENTS(row->fields) && row->fields[i].mask; i++) {
        const char *name = row->fields[i].name;
        int v = insn_field(insn, name);
        if (name[0] == 'r' && v >= 0 && v < 15) {
            used |= 1u << v | (strchr(row->name, 'd') ? 2u << v : 0);   /* pairs */
        }
        used |= strcmp(name, "list") ? 0 : (uint32_t)v;
    }
    return used & 0x7fff;
}

static void write_before(GString *line, const Sequence *q, uint32_t used, bool memory)
{
    uint8_t data[BENCH_DATA_SIZE];
    word_item(line, "set", "cpsr", -1, q->in.cpsr);
    for (int i = 0; i < 15; i++) {
        if (used >> i & 1) {
            word_item(line, "set", "r", i, q->in.r[i]);
        }
    }
    sequence_data(q, data);
    for (int at = AROUND; memory && at < AROUND + AROUND_SIZE; at += 4) {
        g_autofree char *name = g_strdup_printf("mem.%x", BENCH_DATA + at);
        uint32_t v;
        memcpy(&v, data + at, 4);
        word_item(line, "set", name, -1, v);
    }
}

static void write_after(GString *line, const Sequence *q, const Result *a)
{
    uint8_t data[BENCH_DATA_SIZE];
    sequence_data(q, data);
    for (int i = 0; i < 15; i++) {
        if (a->state.r[i] != q->in.r[i]) {
            word_item(line, "expect", "r", i, a->state.r[i]);
        }
    }
    for (int at = 0; at < BENCH_DATA_SIZE; at += 4) {
        uint32_t v;
        memcpy(&v, a->data + at, 4);
        if (memcmp(a->data + at, data + at, 4)) {
            g_autofree char *name = g_strdup_printf("mem.%x", BENCH_DATA + at);
            word_item(line, "expect", name, -1, v);
        }
    }
    word_item(line, "expect", "cpsr", -1, a->state.cpsr);
    if (a->state.end != END_OF_CODE) {
        g_autofree char *end = g_strdup_printf("end=%s", bench_end_names[a->state.end]);
        item(line, "expect", end);
    }
}

static void write_code(const Sequence *q)
{
    uint8_t code[MAX_CODE];
    unsigned size = sequence_encode(q, code);
    uint32_t v = 0;
    csh cs;
    cs_insn *d;

    memcpy(&v, code, size);
    v = q->thumb && size == 4 ? v >> 16 | v << 16 : v;
    printf("    %0*x", (int)size * 2, v);
    cs_open(CS_ARCH_ARM, q->thumb ? CS_MODE_THUMB : CS_MODE_ARM, &cs);
    if (cs_disasm(cs, code, size, BENCH_CODE, 1, &d) == 1) {
        printf("%*s%s %s", size == 2 ? 8 : 4, "", d->mnemonic, d->op_str);
        cs_free(d, 1);
    }
    cs_close(&cs);
    printf("\n");
}

static bool is_plain_memory(const DecodeRow *row)
{
    return g_str_has_prefix(row->name, "ld") || g_str_has_prefix(row->name, "st") ||
           g_str_has_prefix(row->name, "swp");
}

void write_case(const Sequence *q, const Result *a, const Result *b)
{
    if (memcmp(a, b, sizeof(*a)) || a->state.end == END_NEVER) {
        return;
    }
    uint32_t used = case_registers(&q->insn[0]);
    g_autoptr(GString) before = g_string_new(NULL);
    g_autoptr(GString) after = g_string_new(NULL);
    write_before(before, q, used, is_plain_memory(q->insn[0].row));
    write_after(after, q, a);
    printf("# %s\n%s\n", q->insn[0].row->name, before->str);
    write_code(q);
    printf("%s\n", after->str);
}
