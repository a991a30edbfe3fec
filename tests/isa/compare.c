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

typedef struct Case {
    const Insn       *insn;             /* the last one */
    const Sequence   *q;
    const Result     *ours, *theirs;
    const Difference *d;
    InsnSet           set;
} Case;

static int field(const Case *c, const char *name)
{
    return insn_field(c->insn, name);
}

static bool set(const Case *c, const char *name)
{
    return field(c, name) > 0;
}

static bool is_a32(const Case *c)
{
    return c->set == SET_A32;
}

static bool is_t32(const Case *c)
{
    return c->set == SET_T32;
}

static bool row_is(const Case *c, const char *name)
{
    return !strcmp(c->insn->row->name, name);
}

static bool row_begins(const Case *c, const char *name)
{
    return g_str_has_prefix(c->insn->row->name, name);
}

/* No more than the registers r and d, and memory, differ. */
static bool only_registers(const Case *c, uint32_t r, uint32_t d)
{
    const Difference *x = c->d;
    return !x->pc && !x->cpsr && !x->fpscr && !x->dfsr && !x->dfar && !x->end && !(x->r & ~r) &&
           !(x->d & ~d);
}

/* Both took a data abort, and the state differs in no more than the registers r and d and, if so
 * told, memory. */
static bool aborted(const Case *c, uint32_t r, uint32_t d, bool data)
{
    const Difference *x = c->d;
    return c->ours->state.end == END_DABT && only_registers(c, r, d) && (data || x->data < 0);
}

/* Does one of the fields, names separated by spaces, hold register n? */
static bool any_is(const Case *c, const char *names, int n)
{
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    for (int i = 0; list[i]; i++) {
        if (field(c, list[i]) == n) {
            return true;
        }
    }
    return false;
}

#define REGISTERS "rd rn rm rs ra rt rt2 rdhi rdlo"

/* A32: r15 where it must not be; two results in one register. */
static bool bad_registers(const Case *c)
{
    bool same = field(c, "rdhi") >= 0 && field(c, "rdhi") == field(c, "rdlo");
    return same || (is_a32(c) && any_is(c, REGISTERS, 15));
}

/* T32: r13 and r15 alike; r13 is good as rn of an addition or comparison, and in a plain MOV. */
static bool bad_thumb_registers(const Case *c)
{
    bool sum = row_begins(c, "add_") || row_begins(c, "sub_");
    bool comparison = row_begins(c, "cmp_") || row_begins(c, "cmn_");
    int rd = field(c, "rd"), rn = field(c, "rn"), rm = field(c, "rm");

    if (!is_t32(c)) {
        return false;
    }
    if (row_is(c, "mov_reg") && !set(c, "s") && field(c, "imm") == 0 && field(c, "type") == 0) {
        return rd == 15 || rm == 15 || (rd == 13 && rm == 13);
    }
    if ((sum || comparison) && rn == 13) {
        return rm == 13 || rm == 15 || rd == 15 ||
               (rd == 13 && (field(c, "type") > 0 || (rm >= 0 && field(c, "imm") > 3)));
    }
    return any_is(c, REGISTERS, 13) || any_is(c, REGISTERS, 15);
}

/* Register n of a pair or list is one that the instruction writes for another reason. */
static bool writes_back(const Case *c)
{
    int p = field(c, "p");

    if (is_t32(c) && field(c, "-") >= 0 && p < 0) {
        return c->insn->word >> 8 & 1;                          /* PUW of the 8-bit forms */
    }
    return (is_a32(c) && p == 0) || set(c, "w");
}

static bool post_indexed_user(const Case *c)
{
    return field(c, "p") == 0 && set(c, "w");
}

static bool bad_single(const Case *c)
{
    int rn = field(c, "rn"), rt = field(c, "rt"), rm = field(c, "rm");
    bool word = row_begins(c, "ldr_") || row_begins(c, "str_");
    bool store = row_begins(c, "str"), user = strstr(c->insn->row->name, "t_") != NULL;
    bool back = writes_back(c) || (user && is_a32(c));

    if (back && (rn == 15 || rn == rt)) {
        return true;
    }
    if (rm == 15 || (is_t32(c) && rm == 13)) {
        return true;
    }
    if (rt == 15 && (!word || (store && is_t32(c)) || user)) {
        return true;
    }
    return is_t32(c) && ((rt == 13 && (!word || user)) || (store && rn == 15));
}

static bool bad_double(const Case *c)
{
    int rn = field(c, "rn"), rt = field(c, "rt"), rm = field(c, "rm");
    int rt2 = is_a32(c) ? rt | 1 : field(c, "rt2");
    bool load = row_begins(c, "ldr");

    if (is_a32(c) && ((rt & 1) || post_indexed_user(c))) {
        return true;
    }
    if (rt2 == 15 || rt == 15 || rm == 15 || (is_t32(c) && (rt == 13 || rt2 == 13))) {
        return true;
    }
    if (load && (rt == rt2 || rm == rt || rm == rt2)) {
        return true;
    }
    return (writes_back(c) || (is_t32(c) && (c->insn->word >> 21 & 1))) &&
           (rn == 15 || rn == rt || rn == rt2);
}

static int list_of(const Case *c)
{
    bool stack = c->set == SET_T16 && field(c, "rn") < 0;           /* PUSH and POP */
    return stack ? (int)(c->insn->word & 0x1ff) : field(c, "list");
}

static bool bad_multiple(const Case *c)
{
    int rn = field(c, "rn"), list = list_of(c);
    bool store = row_begins(c, "stm");

    if (rn == 15 || list == 0) {
        return true;
    }
    if (is_t32(c) && ((list & 1 << 13) || (store && (list & 1 << 15)) || !(list & (list - 1)) ||
                      (list >> 14 & 3) == 3)) {
        return true;
    }
    if (!set(c, "w") && c->set != SET_T16) {
        return false;
    }
    bool listed = rn >= 0 && (list >> rn & 1), lowest = listed && !(list & ((1 << rn) - 1));
    return listed && (!store ? c->set != SET_T16 : is_t32(c) || !lowest);
}

static bool bad_exclusive(const Case *c)
{
    int rd = field(c, "rd"), rn = field(c, "rn"), rt = field(c, "rt");
    bool pair = g_str_has_suffix(c->insn->row->name, "d");
    int rt2 = !pair ? -1 : is_a32(c) ? rt | 1 : field(c, "rt2");

    if (rd >= 0 && (rd == rn || rd == rt || rd == rt2)) {
        return true;
    }
    if (pair && ((is_a32(c) && ((rt & 1) || rt == 14)) || (rd < 0 && rt == rt2))) {
        return true;
    }
    return rd == 15 || rn == 15 || rt == 15 || rt2 == 15 ||
           (is_t32(c) && (rd == 13 || rt == 13 || rt2 == 13));
}

static bool bad_bit_field(const Case *c)
{
    int lsb = field(c, "lsb"), width = field(c, "width"), msb = field(c, "msb");

    return width >= 0 ? lsb + width > 31 : msb < lsb;
}

static bool bad_fraction(const Case *c)
{
    unsigned imm = field(c, "imm");             /* imm4:i as drawn, i above imm4: i is the lowest */
    unsigned n = (imm & 15) << 1 | imm >> 4;

    return n > (set(c, "wide") ? 32u : 16u);
}

/* D registers past the last. */
static bool bad_structure(const Case *c)
{
    static const struct {
        uint8_t type, registers;
    } multiple[] = {
        { 0, 4 }, { 1, 7 }, { 2, 4 }, { 3, 4 }, { 4, 3 }, { 5, 5 }, { 6, 3 }, { 7, 1 }, { 8, 2 },
        { 9, 3 }, { 10, 2 },
    };
    uint32_t w = c->insn->word;
    int d = field(c, "d"), n = (w >> 8 & 3) + 1, reach = 0;
    bool apart = row_is(c, "vld_all") ? w >> 5 & 1 : field(c, "apart") > 0;

    if (field(c, "rn") == 15) {
        return true;
    }
    if (row_begins(c, "v_lane") || row_is(c, "vld_all")) {
        reach = n == 1 ? apart : (n - 1) * (1 + apart);
        return d + reach > 31;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(multiple); i++) {
        reach = multiple[i].type == (w >> 8 & 15) ? multiple[i].registers - 1 : reach;
    }
    return d + reach > 31;
}

static bool bad_vector_list(const Case *c)
{
    int imm = field(c, "imm"), d = field(c, "d"), rn = field(c, "rn");
    bool dp = set(c, "dp");
    int first = dp ? d : ((d & 15) << 1 | d >> 4), n = dp ? imm / 2 : imm;

    return n == 0 || (dp && n > 16) || first + n > 32 || (rn == 15 && (set(c, "wback") ||
           field(c, "before") > 0 || c->q->thumb || row_is(c, "vstm")));
}

static bool bad_transfer(const Case *c)
{
    int rt = field(c, "rt"), rt2 = field(c, "rt2"), m = field(c, "m");
    bool bad13 = c->q->thumb && (rt == 13 || rt2 == 13);

    return rt == 15 || rt2 == 15 || bad13 || (rt2 >= 0 && set(c, "to_core") && rt == rt2) ||
           (row_is(c, "vmov_core_ss") && m >= 0 && ((m & 15) << 1 | m >> 4) == 31);
}

static bool bad_system_register(const Case *c)
{
    int reg = field(c, "reg"), rt = field(c, "rt");
    bool known = reg == 0 || reg == 1 || reg == 8 || (row_is(c, "vmrs") && (reg == 6 || reg == 7));

    return !known || (rt == 15 && !(row_is(c, "vmrs") && reg == 1)) || (c->q->thumb && rt == 13);
}

static bool bad_t16_high(const Case *c)
{
    int rd = field(c, "rd"), rn = field(c, "rn"), rm = field(c, "rm");

    return c->set == SET_T16 && (rn == 15 || (rd == 15 && rm == 15) ||
                                 (rn >= 0 && rn < 8 && rm < 8 && rm >= 0));
}

/* B1.9.8, effects of aborts: the base is as before, what was to be loaded is UNKNOWN. */
static bool aborted_load(const Case *c)
{
    int rt = field(c, "rt"), rt2 = field(c, "rt2"), list = list_of(c);
    uint32_t pair = rt < 0 ? 0 : 1u << rt | (rt2 >= 0 ? 1u << rt2 : 1u << (rt | 1));

    return aborted(c, row_begins(c, "ldrd") ? pair : list > 0 ? list & 0x7fff : 0,
                   c->set >= SET_VFP ? ~0u : 0, false);
}

static bool aborted_store(const Case *c)
{
    return aborted(c, 0, 0, true);
}

static bool permutes_itself(const Case *c)
{
    int d = field(c, "d");
    uint32_t both = (c->insn->word & 0x40 ? 3u : 1u) << d;

    return d == field(c, "m") && c->d->data < 0 && only_registers(c, 0, both);
}

/* The alignment fault is that of a write; theirs, of a read. */
static bool aligned_exclusive(const Case *c)
{
    const Difference *x = c->d;
    return c->ours->state.dfsr == 0x801 && c->theirs->state.dfsr == 1 && x->dfsr == 0x800 &&
           !x->pc && !x->cpsr && !x->fpscr && !x->dfar && !x->r && !x->d && x->data < 0;
}

static bool reads_id(const Insn *insn)
{
    int reg = insn_field(insn, "reg");
    return !strcmp(insn->row->name, "vmrs") && reg != 1 && reg != 8;
}

/* Another revision of the part, other extensions. */
static bool other_identity(const Case *c)
{
    Difference only = { .r = 1u << field(c, "rt"), .data = -1 };
    return reads_id(c->insn) && !memcmp(c->d, &only, sizeof(only));
}

/* Theirs keeps the ITSTATE of a VMRS for the exception that comes after the IT block. */
static bool stale_it_state(const Case *c)
{
    enum { IT = CPSR_IT_HIGH | CPSR_IT_LOW, LONGEST = 4 };
    Difference only_it = { .cpsr = c->d->cpsr, .data = -1 };
    bool id = false;
    for (unsigned i = 1; i <= LONGEST && i <= c->q->n; i++) {
        id |= reads_id(&c->q->insn[c->q->n - i]);
    }
    return id && !(c->d->cpsr & ~IT) && !(c->ours->state.cpsr & IT) &&
           !memcmp(c->d, &only_it, sizeof(only_it));
}

/* Theirs asks the monitor first, and fails. */
static bool fails_without_abort(const Case *c)
{
    int rd = field(c, "rd");
    return c->ours->state.end == END_DABT && c->theirs->state.end != END_DABT && rd >= 0 &&
           c->theirs->state.r[rd] == 1 && !(c->d->r & ~(1u << rd)) && !c->d->d && c->d->data < 0;
}

/* Theirs takes them for the half-precision loads and stores of ARMv8.2. */
static bool coprocessor_9(const Case *c)
{
    return field(c, "cp") == 9 && set(c, "p") && !set(c, "w") && c->ours->state.end == END_UNDEF;
}

/* The pc is loaded with bits 1:0 = 10, and theirs takes a prefetch abort for it. */
static bool half_aligned(const Case *c)
{
    bool loads = any_is(c, "rd rt", 15) || row_is(c, "ldm") || row_begins(c, "b");
    return is_a32(c) && loads && c->theirs->state.end == END_PABT && (c->theirs->state.pc & 3) == 2;
}

/* LEN and STRIDE that leave the bank, a reserved STRIDE, or operands that overlap in part. */
static bool bad_short_vector(const Case *c)
{
    uint32_t fpscr = c->ours->state.fpscr, len = (fpscr >> 16 & 7) + 1, stride = fpscr >> 20 & 3;
    bool dp = set(c, "dp");
    unsigned step = stride == 3 ? 2 : 1, bank = dp ? 4 : 8;
    const char *const names[] = { "d", "n", "m" };
    unsigned first[3];

    if (!(fpscr & 0x00370000)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        int f = field(c, names[i]);
        first[i] = f < 0 ? 0 : dp ? f : (f & 15) << 1 | f >> 4;
    }
    bool overlap = false;
    for (int i = 1; i < 3; i++) {
        overlap |= first[i] != first[0] && first[i] / bank == first[0] / bank;
    }
    return stride == 1 || stride == 2 || len * step > bank || overlap ||
           c->ours->state.end == END_UNDEF;                 /* MVFR0 of another revision */
}

/* Theirs keeps FPSCR.AHP where there is no half precision. */
static bool ahp_without_half(const Case *c)
{
    Difference only = { .fpscr = 1 << 26, .data = -1 };
    return !memcmp(c->d, &only, sizeof(only));
}

/* Before ARMv8 a condition makes BKPT UNPREDICTABLE. */
static bool conditional_bkpt(const Case *c)
{
    return is_a32(c) && c->insn->word >> 28 != 14;
}

/* There is no SPSR in User and System mode. */
static bool returns_without_spsr(const Case *c)
{
    return is_a32(c) && field(c, "rd") == 15 && set(c, "s");
}

typedef struct Rule {
    const char *name;
    const char *rows;               /* patterns separated by spaces */
    bool      (*applies)(const Case *c);
} Rule;

#define MULTIPLIES "mul mla mls umaal umull umlal smull smlal smla* smul* smua* smus* smls* smm* " \
                   "usad8 usada8 sdiv udiv"
#define MEDIA      "q* s* u* pkh sel rev* rbit clz"
#define MEMORY     "ldr_* ldrb_* ldrh_* ldrsb_* ldrsh_* str_* strb_* strh_* " \
                   "ldrt_* ldrbt_* ldrht_* ldrsbt_* ldrsht_* strt_* strbt_* strht_*"

static const Rule rules[] = {
    { "single transfers",   MEMORY, bad_single },
    { "double transfers",   "ldrd_* strd_*", bad_double },
    { "multiple transfers", "ldm stm", bad_multiple },
    { "exclusives",         "ldrex* strex*", bad_exclusive },
    { "bit fields",         "sbfx ubfx bfc bfi", bad_bit_field },
    { "registers of A32",   "*_rsr " MULTIPLIES " " MEDIA " bfc bfi sbfx ubfx movw movt swp* mrs",
      bad_registers },
    { "registers of T32",   "*", bad_thumb_registers },
    { "high registers of T16", "add_reg cmp_reg", bad_t16_high },
    { "fixed point",        "vcvt_from_fixed vcvt_to_fixed", bad_fraction },
    { "structures",         "vld_multiple vst_multiple v_lane vld_all", bad_structure },
    { "lists of VFP registers", "vldm vstm", bad_vector_list },
    { "transfers to VFP",   "vmov_* vdup_core", bad_transfer },
    { "VMRS and VMSR",      "vmrs vmsr", bad_system_register },
    { "permutations of a register with itself", "vtrn vuzp vzip vswp", permutes_itself },
    { "aborted loads",      "ldm ldrd_* vldm vld_multiple v_lane vld_all vldr", aborted_load },
    { "aborted stores",     "stm strd_* vstm vst_multiple v_lane vstr str_* strh_* push",
      aborted_store },
    { "alignment faults of STREX", "strex*", aligned_exclusive },
    { "MOVS pc without SPSR", "*_imm *_reg", returns_without_spsr },
    { "ITSTATE after VMRS", "*", stale_it_state },
    { "aborts of a failing STREX", "strex*", fails_without_abort },
    { "LDC and STC of coprocessor 9", "ldc stc", coprocessor_9 },
    { "half-aligned branches", "*", half_aligned },
    { "short vectors",      "vmla vmls vnml* vmul vnmul vadd vsub vdiv vmov_* vabs vneg vsqrt",
      bad_short_vector },
    { "FPSCR.AHP without half precision", "vmsr", ahp_without_half },
    { "identification registers", "vmrs", other_identity },
    { "conditional BKPT",   "bkpt", conditional_bkpt },
    { NULL, NULL, NULL },
};

static bool names_row(const char *rows, const char *row)
{
    g_auto(GStrv) list = g_strsplit(rows, " ", -1);
    for (int i = 0; list[i]; i++) {
        if (g_pattern_match_simple(list[i], row)) {
            return true;
        }
    }
    return false;
}

const char *explain(const Sequence *q, const Result *ours, const Result *theirs,
                    const Difference *d)
{
    const Insn *insn = &q->insn[q->n - 1];
    Case c = { insn, q, ours, theirs, d, insn_set(insn) };

    for (const Rule *rule = rules; rule->name; rule++) {
        if (names_row(rule->rows, insn->row->name) && rule->applies(&c)) {
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
