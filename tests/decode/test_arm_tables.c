/* SPDX-License-Identifier: MIT */
/*
 * The ARM decode tables against themselves and against capstone.
 *
 *  - The decision tree finds for any word the row that a walk over the table finds.
 *  - Every row, its fields filled at random, has the mnemonic that capstone gives it; rows unknown
 *    to capstone are listed with the reason.
 *  - What capstone takes for an integer instruction is a row.
 */
#include <capstone/capstone.h>
#include <glib.h>
#include <string.h>
#include "frontends/arm/fields.h"

/* ---- a context that records the row instead of lifting it ---- */

typedef struct Lift {
    const char *row;
    uint64_t    sum;                /* uses the arguments, so that they are computed */
} Lift;

static void record(Lift *c, const char *row, const void *args, size_t size)
{
    c->row = row;
    for (size_t i = 0; i < size; i++) {
        c->sum += ((const uint8_t *)args)[i];
    }
}

static bool in_it(const Lift *c)
{
    return false;
}

#define HAS(c, feature) true
#define LIFT(name, ...) \
    record(c, #name, &(const args_##name){ __VA_ARGS__ }, sizeof(args_##name))
#include "arm-args.h"
bool decode_a32(Lift *c, uint32_t insn);
bool decode_t16(Lift *c, uint32_t insn);
bool decode_t32(Lift *c, uint32_t insn);
#include "a32-tree.inc"
#include "t16-tree.inc"
#include "t32-tree.inc"
#include "a32-rows.inc"
#include "t16-rows.inc"
#include "t32-rows.inc"

typedef struct Isa {
    const char      *name;
    bool           (*decode)(Lift *c, uint32_t insn);
    const DecodeRow *rows;
    const size_t    *n_rows;
    cs_mode          mode;
    unsigned         size;
} Isa;

static const Isa isas[] = {
    { "a32", decode_a32, a32_rows, &a32_n_rows, CS_MODE_ARM,   4 },
    { "t16", decode_t16, t16_rows, &t16_n_rows, CS_MODE_THUMB, 2 },
    { "t32", decode_t32, t32_rows, &t32_n_rows, CS_MODE_THUMB, 4 },
};

/* ---- what capstone calls the rows ---- */

/* Several words: any of them; a trailing * stands for any ending. */
static const struct {
    const char *row, *mnemonics;
} aliases[] = {
    { "mov_reg", "mov lsl lsr asr ror rrx nop" },   /* 4.0.2: MOV r0, r0 is nop */
    { "mov_rsr", "mov lsl lsr asr ror" },
    { "mov_imm", "mov movw" },
    { "rsb_imm", "rsb neg" },
    { "add_imm", "add addw adr" },
    { "sub_imm", "sub subw adr" },
    { "adr",     "adr addw subw add sub" },
    { "stm",     "stm* push" },
    { "ldm",     "ldm* pop" },
    { "stm_user", "stm*" },
    { "ldm_user", "ldm*" },
    { "ldm_ret", "ldm*" },
    { "str_imm", "str push" },
    { "ldr_imm", "ldr pop" },
    { "smlaxy",  "smlabb smlabt smlatb smlatt" },
    { "smulxy",  "smulbb smulbt smultb smultt" },
    { "smlalxy", "smlalbb smlalbt smlaltb smlaltt" },
    { "smlaw",   "smlawb smlawt" },
    { "smulw",   "smulwb smulwt" },
    { "smlad",   "smlad smladx" },   { "smuad",  "smuad smuadx" },
    { "smlsd",   "smlsd smlsdx" },   { "smusd",  "smusd smusdx" },
    { "smlald",  "smlald smlaldx" }, { "smlsld", "smlsld smlsldx" },
    { "smmla",   "smmla smmlar" },   { "smmul",  "smmul smmulr" },
    { "smmls",   "smmls smmlsr" },
    { "pkh",     "pkhbt pkhtb" },
    { "swpb",    "swpb" },
    { "b_cond",  "b" },
    { "blx_imm", "blx" },
    { "it",      "it*" },
    { "nop",     "nop hint sevl esb csdb" },
    { "dbg",     "dbg hint" },
    { "cps",     "cps*" },
    { "srs",     "srs*" },
    { "rfe",     "rfe*" },
    { "stc",     "stc stcl" },       { "ldc",    "ldc ldcl" },
    { "stc2",    "stc2 stc2l" },     { "ldc2",   "ldc2 ldc2l" },
    { "mrs_banked", "mrs" },
    { "msr_banked", "msr" },
    { "dsb",     "dsb ssbb pssbb dfb" },
    { "eret",    "eret subs" },
    { "udf",     "udf trap" },
};

static const struct {
    const char *isa, *row, *why;
} unknown_to_capstone[] = {
    { "a32", "hint_imm", "unallocated memory hints" },
    { "a32", "hint_reg", "unallocated memory hints" },
    { "t32", "hint_imm", "unallocated memory hints" },
    { "t32", "hint_reg", "unallocated memory hints" },
    { "t16", "bl_prefix",  "half an instruction" },
    { "t16", "bl_suffix",  "half an instruction" },
    { "t16", "blx_suffix", "half an instruction" },
};

static const char *reason_unknown(const Isa *isa, const char *row)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unknown_to_capstone); i++) {
        if (!strcmp(unknown_to_capstone[i].row, row) &&
            !strcmp(unknown_to_capstone[i].isa, isa->name)) {
            return unknown_to_capstone[i].why;
        }
    }
    return NULL;
}

/* The mnemonic is the base, perhaps with S, a condition and a width. */
static bool is_base_of(const char *base, size_t length, const char *mnemonic)
{
    static GRegex *ending;
    if (!ending) {
        ending = g_regex_new("^s?(eq|ne|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|al)?(\\.w|\\.n)?$",
                             G_REGEX_OPTIMIZE, 0, NULL);
    }
    if (base[length - 1] == '*') {
        return !strncmp(base, mnemonic, length - 1);
    }
    return !strncmp(base, mnemonic, length) &&
           g_regex_match(ending, mnemonic + length, 0, NULL);
}

static bool same_mnemonic(const char *row, const char *mnemonic)
{
    for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++) {
        if (!strcmp(aliases[i].row, row)) {
            for (const char *p = aliases[i].mnemonics; *p; ) {
                size_t length = strcspn(p, " ");
                if (is_base_of(p, length, mnemonic)) {
                    return true;
                }
                p += length + (p[length] == ' ');
            }
            return false;
        }
    }
    return is_base_of(row, strcspn(row, "_"), mnemonic);
}

/* ---- words ---- */

/* The first row in the order of decoding, as the tree must find it. */
static const DecodeRow *walk(const Isa *isa, uint32_t insn)
{
    for (size_t i = 0; i < *isa->n_rows; i++) {
        const DecodeRow *row = &isa->rows[i];
        if (!strchr(row->needs, '!') && decode_row_matches(row, insn)) {
            return row;
        }
    }
    return NULL;
}

static uint32_t random_word(GRand *random, const Isa *isa, const DecodeRow *row)
{
    uint32_t insn = g_rand_int(random);
    if (isa->size == 2) {
        insn &= 0xffff;
    }
    insn = (insn & ~row->mask) | row->value;
    return (insn & ~row->should_mask) | row->should_value;
}

/* VFP and Advanced SIMD are other tables. */
static bool is_floating(const Isa *isa, uint32_t insn)
{
    if (isa->size == 2) {
        return false;
    }
    bool coprocessor = isa->mode == CS_MODE_ARM ? (insn & 0x0c000000) == 0x0c000000
                                                : (insn & 0xec000000) == 0xec000000;
    if (coprocessor && (insn & 0xe00) == 0xa00) {
        return true;
    }
    return isa->mode == CS_MODE_ARM
        ? (insn & 0xfe000000) == 0xf2000000 || (insn & 0xff100000) == 0xf4000000
        : (insn & 0xef000000) == 0xef000000 || (insn & 0xff100000) == 0xf9000000;
}

static cs_insn *disassemble(csh cs, const Isa *isa, uint32_t insn)
{
    uint8_t code[4];
    cs_insn *out = NULL;
    uint32_t v = isa->size == 4 && isa->mode == CS_MODE_THUMB ? insn << 16 | insn >> 16 : insn;
    for (unsigned i = 0; i < 4; i++) {
        code[i] = v >> (8 * i);
    }
    if (cs_disasm(cs, code, isa->size, 0x1000, 1, &out) == 1 && out->size == isa->size) {
        return out;
    }
    if (out) {
        cs_free(out, 1);
    }
    return NULL;
}

static csh open_capstone(const Isa *isa)
{
    csh cs;
    g_assert_cmpint(cs_open(CS_ARCH_ARM, isa->mode, &cs), ==, CS_ERR_OK);
    return cs;
}

/* ---- the tests ---- */

static void tree_is_table(gconstpointer data)
{
    const Isa *isa = data;
    GRand *random = g_rand_new_with_seed(1);
    for (int i = 0; i < 1000000; i++) {
        Lift c = { 0 };
        uint32_t insn = g_rand_int(random);
        if (i & 1) {
            size_t n = g_rand_int_range(random, 0, *isa->n_rows);
            insn = random_word(random, isa, &isa->rows[n]);
        }
        insn = isa->size == 2 ? insn & 0xffff : insn;
        const DecodeRow *row = walk(isa, insn);
        bool known = isa->decode(&c, insn);
        if (known != (row != NULL) || (row && strcmp(row->name, c.row))) {
            g_error("%s %08x: the tree says %s, the table %s", isa->name, insn,
                    known ? c.row : "undefined", row ? row->name : "undefined");
        }
    }
    g_rand_free(random);
}

static void row_is_capstones(csh cs, const Isa *isa, const DecodeRow *row, GRand *random)
{
    int known = 0;
    for (int i = 0; i < 300; i++) {
        uint32_t insn = random_word(random, isa, row);
        if (walk(isa, insn) != row || is_floating(isa, insn)) {
            continue;
        }
        cs_insn *d = disassemble(cs, isa, insn);
        if (d) {
            known++;
            if (!same_mnemonic(row->name, d->mnemonic)) {
                g_test_message("%s: %s %08x is '%s %s' to capstone", row->where, row->name, insn,
                               d->mnemonic, d->op_str);
                g_test_fail();
            }
            cs_free(d, 1);
        }
    }
    bool listed = reason_unknown(isa, row->name) != NULL;
    if (listed == (known != 0) && strcmp(row->name, "udf")) {
        g_test_message("%s: %s is %s to capstone", row->where, row->name,
                       listed ? "listed but known" : "unknown");
        g_test_fail();
    }
}

static void rows_are_capstones(gconstpointer data)
{
    const Isa *isa = data;
    GRand *random = g_rand_new_with_seed(2);
    csh cs = open_capstone(isa);
    for (size_t i = 0; i < *isa->n_rows; i++) {
        row_is_capstones(cs, isa, &isa->rows[i], random);
    }
    cs_close(&cs);
    g_rand_free(random);
}

static void capstones_are_rows(gconstpointer data)
{
    const Isa *isa = data;
    GRand *random = g_rand_new_with_seed(3);
    csh cs = open_capstone(isa);
    int failures = 0;
    for (int i = 0; i < 300000 && failures < 20; i++) {
        uint32_t insn = g_rand_int(random);
        insn = isa->size == 2 ? insn >> 16 : isa->mode == CS_MODE_THUMB ? insn | 0xe8000000 : insn;
        Lift c = { 0 };
        if (is_floating(isa, insn) || isa->decode(&c, insn)) {
            continue;
        }
        cs_insn *d = disassemble(cs, isa, insn);
        if (d) {
            g_test_message("%s %08x: no row; capstone: %s %s", isa->name, insn, d->mnemonic,
                           d->op_str);
            g_test_fail();
            failures++;
            cs_free(d, 1);
        }
    }
    cs_close(&cs);
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(isas); i++) {
        g_autofree char *tree = g_strdup_printf("/decode/%s/tree-is-table", isas[i].name);
        g_autofree char *rows = g_strdup_printf("/decode/%s/rows-are-capstones", isas[i].name);
        g_autofree char *known = g_strdup_printf("/decode/%s/capstones-are-rows", isas[i].name);
        g_test_add_data_func(tree, &isas[i], tree_is_table);
        g_test_add_data_func(rows, &isas[i], rows_are_capstones);
        g_test_add_data_func(known, &isas[i], capstones_are_rows);
    }
    return g_test_run();
}
