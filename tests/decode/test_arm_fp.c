/* SPDX-License-Identifier: MIT */
/*
 * vfp.decode and neon.decode against capstone, both ways: a random word of each row has the row's
 * mnemonic, and a random word that capstone takes for VFP or Advanced SIMD belongs to a row.
 */
#include <capstone/capstone.h>
#include <glib.h>
#include <string.h>

#include "frontends/common/decode.h"
#include "vfp-rows.inc"
#include "neon-rows.inc"

enum { WORDS_OF_A_ROW = 400, RANDOM_WORDS = 300000 };

typedef struct Table {
    const char      *name;
    const DecodeRow *rows;
    const size_t    *n_rows;
    uint32_t         mask, value;       /* where its instructions are */
} Table;

static const Table tables[] = {
    { "vfp",           vfp_rows,  &vfp_n_rows,  0xfc000e00, 0xec000a00 },
    { "neon",          neon_rows, &neon_n_rows, 0xfe000000, 0xf2000000 },
    { "neon-elements", neon_rows, &neon_n_rows, 0xff100000, 0xf4000000 },
};

static csh cs;

/* The mnemonic without condition and types; false when capstone finds none. */
static bool mnemonic(uint32_t word, char *name, size_t size)
{
    cs_insn *insn;
    bool ok = cs_disasm(cs, (const uint8_t *)&word, 4, 0, 1, &insn) == 1;

    if (ok) {
        g_strlcpy(name, insn->mnemonic, size);
        name[strcspn(name, ".")] = '\0';
        cs_free(insn, 1);
    }
    return ok;
}

static const DecodeRow *find_row(const Table *t, uint32_t word)
{
    for (size_t i = 0; i < *t->n_rows; i++) {
        if (decode_row_matches(&t->rows[i], word)) {
            return &t->rows[i];
        }
    }
    return NULL;
}

/* A row is called like its mnemonic, up to the first '_', unless it lists some: "vcmp/vcmpe". */
static bool is_called(const DecodeRow *row, const char *name)
{
    g_autofree char *own = g_strndup(row->name, strcspn(row->name, "_"));
    g_auto(GStrv) names = g_strsplit(*row->words ? row->words : own, "/", 0);

    return g_strv_contains((const char *const *)names, name);
}

static uint32_t random_word(const DecodeRow *row)
{
    uint32_t word = g_test_rand_int();

    word = (word & ~row->mask) | row->value;
    word = (word & ~row->should_mask) | row->should_value;
    return row->mask >> 28 ? word : (word & 0x0fffffff) | 0xe0000000;
}

static void every_row_is_what_it_says(gconstpointer data)
{
    const Table *t = data;

    for (size_t i = 0; i < *t->n_rows; i++) {
        const DecodeRow *row = &t->rows[i];
        int accepted = 0;

        for (int j = 0; j < WORDS_OF_A_ROW; j++) {
            uint32_t word = random_word(row);
            char name[32];
            if (find_row(t, word) != row || !mnemonic(word, name, sizeof(name))) {
                continue;
            }
            accepted++;
            if (!is_called(row, name)) {
                g_test_message("%s %s: %08x is %s", row->where, row->name, word, name);
                g_test_fail();
            }
        }
        if (!accepted) {
            g_test_message("%s %s: capstone takes none of its words", row->where, row->name);
            g_test_fail();
        }
    }
}

/* capstone also knows ARMv8 (VRINT*, VCVTB and VCVTT of doubles) and other coprocessors. */
static bool is_ours(uint32_t word, const char *name)
{
    if (g_str_has_prefix(name, "vrint") || (word & 0x0fbe0f50) == 0x0eb20b40) {
        return false;
    }
    return name[0] == 'v' || g_str_has_prefix(name, "fldm") || g_str_has_prefix(name, "fstm");
}

static void no_row_is_missing(gconstpointer data)
{
    const Table *t = data;

    for (int i = 0; i < RANDOM_WORDS; i++) {
        uint32_t word = ((uint32_t)g_test_rand_int() & ~t->mask) | t->value;
        char name[32];
        if (mnemonic(word, name, sizeof(name)) && is_ours(word, name) && !find_row(t, word)) {
            g_test_message("%08x is %s, of which there is no row", word, name);
            g_test_fail();
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_assert_true(cs_open(CS_ARCH_ARM, CS_MODE_ARM, &cs) == CS_ERR_OK);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *rows = g_strdup_printf("/decode/%s/rows", tables[i].name);
        g_autofree char *words = g_strdup_printf("/decode/%s/words", tables[i].name);
        g_test_add_data_func(rows, &tables[i], every_row_is_what_it_says);
        g_test_add_data_func(words, &tables[i], no_row_is_missing);
    }
    return g_test_run();
}
