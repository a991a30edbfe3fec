/* SPDX-License-Identifier: MIT */
/*
 * The x86 opcode maps against capstone: random bytes, drawn so that every map and prefix comes up, must
 * be the same instruction of the same length.  What is known to differ is listed with its reason.
 */
#include <capstone/capstone.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include "frontends/x86/cpu.h"
#include "frontends/x86/decode.h"

static GRand *rng;

static uint32_t draw(uint32_t n)
{
    return g_rand_int_range(rng, 0, n);
}

static int byte_of(void *opaque, unsigned i)
{
    return ((const uint8_t *)opaque)[i];
}

/* Names that mean the same: ours without sizes and conditions of operands, capstone's in full. */
static const char *const same[][2] = {
    { "cbw", "cwde" }, { "cbw", "cdqe" }, { "cwd", "cdq" }, { "cwd", "cqo" },
    { "int", "int" }, { "iret", "iretd" }, { "iret", "iretq" }, { "lret", "retf" }, { "lret",
                                                                                      "retfq" },
    { "lcall", "call" }, { "ljmp", "jmp" }, { "pushf", "pushfd" }, { "pushf", "pushfq" },
    { "popf", "popfd" }, { "popf", "popfq" }, { "pusha", "pushal" }, { "pusha", "pushaw" },
    { "popa", "popal" }, { "popa", "popaw" }, { "jcxz", "jecxz" }, { "jcxz", "jrcxz" },
    { "shl", "sal" }, { "sysret", "sysretq" }, { "sysexit", "sysexitq" }, { "mov", "movabs" },
    { "fcom", "fcom" }, { "cmpxchg", "cmpxchg" }, { "fstp", "fstpnce" }, { "movlps", "movhlps" },
    { "movhps", "movlhps" }, { "vmovlps", "vmovhlps" }, { "vmovhps", "vmovlhps" },
    { "pinsrd", "pinsrq" }, { "pextrd", "pextrq" }, { "vpinsrd", "vpinsrq" }, { "vpextrd",
                                                                                "vpextrq" },
    { "movd", "movq" }, { "vmovd", "vmovq" }, { "nop", "xchg" }, { "wait", "wait" },
    { "prefetch", "prefetchw" }, { "loopne", "loopne" }, { "int3", "int3" }, { "ud1",
                                                                               "ud1" }, { "lret",
                                                                                          "retfw" },
};

static bool same_name(const X86Insn *in, const char *mnemonic)
{
    const char *last = strrchr(mnemonic, ' ');
    const char *theirs = last ? last + 1 : mnemonic, *ours = in->row->name;
    if (!strcmp(ours, theirs)) {
        return true;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(same); i++) {
        if (!strcmp(ours, same[i][0]) && !strcmp(theirs, same[i][1])) {
            return true;
        }
    }
    /* strings have a size, x87 has operand sizes or none, comparisons have their predicate */
    if (g_str_has_prefix(theirs, ours) && strchr("bwdqxy", theirs[strlen(ours)]) &&
        !theirs[strlen(ours) + 1]) {
        return true;
    }
    const char *cmp = strstr(ours, "cmp");
    if (in->opcode == 0xc2 && cmp && strstr(theirs, "cmp")) {
        return true;
    }
    if (in->flags & ROW_X87) {
        return ours[0] == 'f' && theirs[0] == 'f';
    }
    return false;
}

/* Where capstone and the manual go different ways. */
static unsigned count_prefixes(const uint8_t *b)
{
    static const uint8_t prefixes[] = { 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2,
                                        0xf3 };
    unsigned n = 0, count = 0;
    for (; n < 14; n++) {
        bool prefix = memchr(prefixes, b[n], sizeof(prefixes));
        bool rex = (b[n] & 0xf0) == 0x40;
        if (!prefix && !rex) {
            break;
        }
        /* a prefix or another REX makes a REX before it void, which capstone overlooks */
        count += prefix + 2 * (rex && (b[n + 1] & 0xf0) == 0x40);
    }
    return count;
}

static bool exempt(const X86Insn *in, const uint8_t *b, unsigned bits)
{
    if (count_prefixes(b) > 1) {            /* which of several counts */
        return true;
    }
    /* capstone overlooks mandatory prefixes in 16-bit code; 8F is AMD's XOP, 62 EVEX to it */
    if ((bits == 16 && (in->p66 || in->rep)) || (!in->row && (in->opcode == 0x8f || in->opcode == 0x62))) {
        return true;
    }
    const char *ours = in->row ? in->row->name : "";
    static const char *const names[] = {
        "prefetch", "prefetchw", "nop", "ud1", "ud2", "wait", "salc", "int1", "monitor", "mwait", "rdpid", "rdseed",
        "clac", "stac", "xsaveopt", "invpcid", "vpclmulqdq", "pclmulqdq", "fxsave", "fxrstor", "xsave", "xrstor",
        "movnti", "maskmovq", "loop", "loope", "loopne", "crc32", "movbe", "ffreep", "fxch", "fcom", "fcomp", "fstp",
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!strcmp(ours, names[i])) {
            return true;
        }
    }
    /* several prefixes of one kind, or a size prefix where it means nothing */
    /* AMD's processors cut the target of a near branch to 16 bits, Intel's (and we) do not */
    if (ours[0] == 'j' && in->p66) {
        return true;
    }
    /* REX.W and 67 change no immediate of these */
    if (in->rex && (!strcmp(ours, "ret") || !strcmp(ours, "call") || ours[0] == 'j')) {
        return true;
    }
    /* F3 REX.W 0F 7E is MOVQ xmm still */
    if (!strcmp(ours, "movq") && in->rex & 8) {
        return true;
    }
    return in->lock || (in->map == 0 && (in->rep || in->p66));
}

static void draw_bytes(uint8_t *b, bool long_mode)
{
    unsigned n = 0, map = draw(8);
    static const uint8_t prefix[] = { 0x66, 0xf3, 0xf2 };
    for (unsigned i = 0; i < 24; i++) {
        b[i] = g_rand_int(rng);
    }
    if (map >= 6) {
        b[n++] = draw(3) ? 0xc4 : 0xc5;
        if (b[0] == 0xc4) {
            b[n++] = 0xe0 | (1 + draw(3));
        } else {
            b[n] |= 0x80;
        }
        if (draw(2)) {
            b[n] |= 0x78;
        }
        return;
    }
    if (draw(3) == 0) {
        b[n++] = prefix[draw(3)];
    }
    if (long_mode && draw(3) == 0) {
        b[n++] = 0x40 | draw(16);
    }
    if (map >= 2) {
        b[n++] = 0x0f;
    }
    if (map >= 4) {
        b[n++] = map == 4 ? 0x38 : 0x3a;
    }
}

static void compare(csh cs, X86DecodeMode mode, unsigned bits, GHashTable *seen, unsigned *bad)
{
    uint8_t b[24];
    X86Insn in;
    cs_insn *d;
    draw_bytes(b, mode.long_mode);
    x86_decode(mode, byte_of, b, &in);
    size_t n = cs_disasm(cs, b, sizeof(b), 0x1000, 1, &d);
    bool known = in.row && !in.too_long;
    if (known) {
        g_hash_table_add(seen, (gpointer)in.row->name);
    }
    /* What capstone knows and we do not may be of a later extension; the length of what both know counts. */
    if (known && n && d->size != in.length && !exempt(&in, b, bits)) {
        if ((*bad)++ < 10) {
            g_test_message("%u bits: %02x %02x %02x %02x %02x: %s, %u bytes; capstone: %s %s, %u",
                           bits, b[0], b[1], b[2],
                           b[3], b[4], in.row->name, in.length, d->mnemonic, d->op_str, d->size);
        }
    } else if (known && n && !same_name(&in, d->mnemonic) && !exempt(&in, b, bits)) {
        if ((*bad)++ < 10) {
            g_test_message("%u bits: %02x %02x %02x %02x %02x: %s; capstone: %s %s", bits, b[0],
                           b[1], b[2], b[3], b[4],
                           in.row->name, d->mnemonic, d->op_str);
        }
    } else if (!known && n && !in.vex && bits == 32 && in.map == 0 && d->id != X86_INS_XABORT &&
               d->id != X86_INS_XBEGIN && !exempt(&in, b, bits)) {
        if ((*bad)++ < 10) {
            g_test_message("%u bits: %02x %02x %02x: nothing; capstone: %s %s", bits, b[0], b[1],
                           b[2], d->mnemonic,
                           d->op_str);
        }
    }
    if (n) {
        cs_free(d, n);
    }
}

static void run(unsigned bits, cs_mode cs_mode, X86DecodeMode mode)
{
    csh cs;
    unsigned bad = 0;
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_assert_cmpint(cs_open(CS_ARCH_X86, cs_mode, &cs), ==, CS_ERR_OK);
    for (unsigned i = 0; i < 150000; i++) {
        compare(cs, mode, bits, seen, &bad);
    }
    g_test_message("%u names", g_hash_table_size(seen));
    g_assert_cmpuint(g_hash_table_size(seen), >, 700);
    g_assert_cmpuint(bad, ==, 0);
    g_hash_table_destroy(seen);
    cs_close(&cs);
}

static void bits64(void)
{
    run(64, CS_MODE_64, (X86DecodeMode){ .long_mode = true, .code32 = true, .vex_ok = true });
}

static void bits32(void)
{
    run(32, CS_MODE_32, (X86DecodeMode){ .code32 = true, .vex_ok = true });
}

static void bits16(void)
{
    run(16, CS_MODE_16, (X86DecodeMode){ .vex_ok = true });
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    rng = g_rand_new_with_seed(g_test_rand_int());
    g_test_add_func("/decode/x86/64", bits64);
    g_test_add_func("/decode/x86/32", bits32);
    g_test_add_func("/decode/x86/16", bits16);
    return g_test_run();
}
