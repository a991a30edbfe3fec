/* SPDX-License-Identifier: MIT */
/*
 * Every encoder of backends/x86_64/encode.h with every register, judged by capstone's text.
 */
#include <capstone/capstone.h>
#include <stdio.h>

#include "backends/x86_64/encode.h"

static csh cs;
static uint8_t buf[0x3000];
static Emit e;

static const char *const r64[] = { "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
    "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15" };
static const char *const r32[] = { "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi",
    "r8d", "r9d", "r10d", "r11d", "r12d", "r13d", "r14d", "r15d" };
static const char *const r16[] = { "ax", "cx", "dx", "bx", "sp", "bp", "si", "di",
    "r8w", "r9w", "r10w", "r11w", "r12w", "r13w", "r14w", "r15w" };
static const char *const r8[] = { "al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil",
    "r8b", "r9b", "r10b", "r11b", "r12b", "r13b", "r14b", "r15b" };

static const char *R(unsigned w, unsigned n)
{
    return (w == 64 ? r64 : w == 32 ? r32 : w == 16 ? r16 : r8)[n];
}

static void start(void)
{
    e = (Emit){ .p = buf, .start = buf, .end = buf + sizeof(buf) };
}

/* Is what was written exactly one instruction with this text? */
G_GNUC_PRINTF(1, 2)
static void expect(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g_autofree char *want = g_strdup_vprintf(fmt, ap);
    va_end(ap);

    cs_insn *insn;
    size_t n = cs_disasm(cs, buf, e.p - buf, 0x1000, 1, &insn);
    if (n != 1) {
        g_error("no instruction for '%s': %02x %02x %02x %02x %02x", want, buf[0], buf[1], buf[2],
                buf[3], buf[4]);
    }
    g_autofree char *got = g_strdup_printf("%s%s%s", insn->mnemonic, insn->op_str[0] ? " " : "",
                                           insn->op_str);
    g_assert_cmpstr(got, ==, want);
    g_assert_cmpint(insn->size, ==, e.p - buf);
    cs_free(insn, n);
    g_assert_false(e.overflow);
    start();
}

#define FOR_REG(r) for (unsigned r = 0; r < 16; r++)
#define FOR_WIDTH(w, from) for (unsigned w = from; w <= 64; w *= 2)

static const char *size_name(unsigned w)
{
    return w == 8 ? "byte" : w == 16 ? "word" : w == 32 ? "dword" : w == 64 ? "qword" : "xmmword";
}

static void test_modrm(void)
{
    static const int32_t disps[] = { 0, 1, -128, 127, 128, -129, 0x12345678 };
    FOR_REG(base) {
        for (unsigned i = 0; i < G_N_ELEMENTS(disps); i++) {
            char d[32] = "";
            if (disps[i]) {
                unsigned v = ABS(disps[i]);
                snprintf(d, sizeof(d), v > 9 ? " %c 0x%x" : " %c %u", disps[i] < 0 ? '-' : '+', v);
            }
            x64_load(&e, 32, base, x64_mem(base, disps[i]));
            expect("mov %s, dword ptr [%s%s]", r32[base], r64[base], d);
            FOR_REG(index) {
                if (index == RSP) {
                    continue;
                }
                x64_load(&e, 64, 15 - base, x64_mem_index(base, index, i & 3, disps[i]));
                char s[8] = "";
                if (i & 3) {
                    snprintf(s, sizeof(s), "*%u", 1 << (i & 3));
                }
                expect("mov %s, qword ptr [%s + %s%s%s]", r64[15 - base], r64[base], r64[index], s,
                       d);
            }
        }
        x64_load(&e, 8, base, x64_mem(X64_NO_REG, 0x1234));
        expect("mov %s, byte ptr [0x1234]", r8[base]);
        if (base != RSP) {
            x64_load(&e, 32, 3, x64_mem_index(X64_NO_REG, base, 2, 0x12));
            expect("mov ebx, dword ptr [%s*4 + 0x12]", r64[base]);
        }
        x64_lea(&e, 64, base, x64_mem(X64_RIP, 0x10));
        expect("lea %s, [rip + 0x10]", r64[base]);
    }
}

static void test_moves(void)
{
    FOR_REG(r) {
        X64Mem m = x64_mem(r, 16);
        FOR_WIDTH(w, 8) {
            FOR_REG(s) {
                x64_mov(&e, w, r, s);
                expect("mov %s, %s", R(w, r), R(w, s));
            }
            x64_load(&e, w, r, m);
            expect("mov %s, %s ptr [%s + 0x10]", R(w, r), size_name(w), r64[r]);
            x64_store(&e, w, m, 15 - r);
            expect("mov %s ptr [%s + 0x10], %s", size_name(w), r64[r], R(w, 15 - r));
            x64_store_imm(&e, w, m, 0x55);
            expect("mov %s ptr [%s + 0x10], 0x55", size_name(w), r64[r]);
            x64_xchg(&e, w, m, r);
            expect("xchg %s ptr [%s + 0x10], %s", size_name(w), r64[r], R(w, r));
            x64_cmpxchg(&e, w, m, r);
            expect("lock cmpxchg %s ptr [%s + 0x10], %s", size_name(w), r64[r], R(w, r));
            x64_xadd(&e, w, m, r);
            expect("lock xadd %s ptr [%s + 0x10], %s", size_name(w), r64[r], R(w, r));
        }
        FOR_WIDTH(w, 16) {
            x64_load_movbe(&e, w, r, m);
            expect("movbe %s, %s ptr [%s + 0x10]", R(w, r), size_name(w), r64[r]);
            x64_store_movbe(&e, w, m, r);
            expect("movbe %s ptr [%s + 0x10], %s", size_name(w), r64[r], R(w, r));
            x64_lea(&e, w, r, m);
            expect("lea %s, [%s + 0x10]", R(w, r), r64[r]);
            for (unsigned from = 8; from < w; from *= 2) {
                const char *name = from == 32 ? "movsxd" : "movsx";
                x64_movsx(&e, w, from, r, 15 - r);
                expect("%s %s, %s", name, R(w, r), R(from, 15 - r));
                x64_load_sx(&e, w, from, r, m);
                expect("%s %s, %s ptr [%s + 0x10]", name, R(w, r), size_name(from), r64[r]);
            }
        }
        for (unsigned from = 8; from < 32; from *= 2) {
            x64_movzx(&e, from, r, 15 - r);
            expect("movzx %s, %s", r32[r], R(from, 15 - r));
            x64_load_zx(&e, from, r, m);
            expect("movzx %s, %s ptr [%s + 0x10]", r32[r], size_name(from), r64[r]);
        }
        x64_mov_imm32(&e, r, 0x89abcdef);
        expect("mov %s, 0x89abcdef", r32[r]);
        x64_mov_imm64(&e, r, 0x123456789abcdef0);
        expect("movabs %s, 0x123456789abcdef0", r64[r]);
        x64_mov_simm32(&e, r, -2);
        expect("mov %s, -2", r64[r]);
        FOR_WIDTH(w, 32) {
            x64_bswap(&e, w, r);
            expect("bswap %s", R(w, r));
        }
        x64_push(&e, r);
        expect("push %s", r64[r]);
        x64_pop(&e, r);
        expect("pop %s", r64[r]);
    }
}

static void test_alu(void)
{
    static const char *const alu[] = { "add", "or", "adc", "sbb", "and", "sub", "xor", "cmp" };
    static const char *const un[] = { NULL, NULL, "not", "neg", "mul", "imul", "div", "idiv" };
    static const char *const sh[] = { "rol", "ror", "rcl", "rcr", "shl", "shr", NULL, "sar" };
    static const char *const bt[] = { "bt", "bts", "btr", "btc" };

    FOR_REG(r) {
        X64Mem m = x64_mem(r, 16);
        unsigned s = 15 - r;
        FOR_WIDTH(w, 8) {
            for (unsigned op = 0; op < 8; op++) {
                x64_alu(&e, op, w, r, s);
                expect("%s %s, %s", alu[op], R(w, r), R(w, s));
                x64_alu_load(&e, op, w, s, m);
                expect("%s %s, %s ptr [%s + 0x10]", alu[op], R(w, s), size_name(w), r64[r]);
                x64_alu_store(&e, op, w, m, s);
                expect("%s %s ptr [%s + 0x10], %s", alu[op], size_name(w), r64[r], R(w, s));
                x64_alu_imm(&e, op, w, r, 0x55);
                expect("%s %s, 0x55", alu[op], R(w, r));
                x64_alu_mem_imm(&e, op, w, m, 0x55);
                expect("%s %s ptr [%s + 0x10], 0x55", alu[op], size_name(w), r64[r]);
                if (w > 8) {
                    x64_alu_imm(&e, op, w, r, 0x1234);
                    expect("%s %s, 0x1234", alu[op], R(w, r));
                    x64_alu_mem_imm(&e, op, w, m, 0x1234);
                    expect("%s %s ptr [%s + 0x10], 0x1234", alu[op], size_name(w), r64[r]);
                }
            }
            for (unsigned op = 2; op < 8; op++) {
                x64_unary(&e, op, w, r);
                expect("%s %s", un[op], R(w, r));
            }
            for (unsigned op = 0; op < 8; op++) {
                if (sh[op]) {
                    x64_shift_imm(&e, op, w, r, 1);
                    expect("%s %s, 1", sh[op], R(w, r));
                    x64_shift_imm(&e, op, w, r, 5);
                    expect("%s %s, 5", sh[op], R(w, r));
                    x64_shift_cl(&e, op, w, r);
                    expect("%s %s, cl", sh[op], R(w, r));
                }
            }
            x64_inc(&e, w, r);
            expect("inc %s", R(w, r));
            x64_dec(&e, w, r);
            expect("dec %s", R(w, r));
            x64_test(&e, w, r, s);
            expect("test %s, %s", R(w, r), R(w, s));
            x64_test_imm(&e, w, r, 0x55);
            expect("test %s, 0x55", R(w, r));
            x64_test_mem_imm(&e, w, m, 0x55);
            expect("test %s ptr [%s + 0x10], 0x55", size_name(w), r64[r]);
        }
        FOR_WIDTH(w, 16) {
            x64_imul(&e, w, r, s);
            expect("imul %s, %s", R(w, r), R(w, s));
            x64_imul_load(&e, w, s, m);
            expect("imul %s, %s ptr [%s + 0x10]", R(w, s), size_name(w), r64[r]);
            x64_imul_imm(&e, w, r, s, 0x55);
            expect("imul %s, %s, 0x55", R(w, r), R(w, s));
            x64_imul_imm(&e, w, r, s, 0x1234);
            expect("imul %s, %s, 0x1234", R(w, r), R(w, s));
            x64_shld_imm(&e, w, r, s, 3);
            expect("shld %s, %s, 3", R(w, r), R(w, s));
            x64_shrd_imm(&e, w, r, s, 3);
            expect("shrd %s, %s, 3", R(w, r), R(w, s));
            for (unsigned op = 0; op < 4; op++) {
                x64_bt(&e, op + 4, w, r, s);
                expect("%s %s, %s", bt[op], R(w, r), R(w, s));
                x64_bt_imm(&e, op + 4, w, r, 7);
                expect("%s %s, 7", bt[op], R(w, r));
                x64_bt_mem_imm(&e, op + 4, w, m, 7);
                expect("%s %s ptr [%s + 0x10], 7", bt[op], size_name(w), r64[r]);
            }
#define X(name, op) \
            x64_##name(&e, w, r, s); \
            expect(#name " %s, %s", R(w, r), R(w, s));
            X64_BIT_OPS(X)
#undef X
        }
        FOR_WIDTH(w, 32) {
            unsigned t = (r + 5) & 15;
#define X(name, op) \
            x64_##name(&e, w, r, s, t); \
            expect(#name " %s, %s, %s", R(w, r), R(w, s), R(w, t));
            X64_BMI_SHIFTS(X)
            X64_BMI_TWO(X)
#undef X
            x64_rorx(&e, w, r, s, 7);
            expect("rorx %s, %s, 7", R(w, r), R(w, s));
        }
    }
    x64_cdq(&e, 32);
    expect("cdq");
    x64_cdq(&e, 64);
    expect("cqo");
    x64_add_al(&e, 0x7f);
    expect("add al, 0x7f");
    x64_mfence(&e);
    expect("mfence");
#define X(name, op) \
    x64_##name(&e); \
    expect(#name);
    X64_PLAIN_OPS(X)
#undef X
    for (unsigned n = 1; n <= 9; n++) {
        x64_nop(&e, n);
        g_assert_cmpint(e.p - buf, ==, n);
        cs_insn *insn;
        g_assert_cmpint(cs_disasm(cs, buf, n, 0, 0, &insn), ==, 1);
        g_assert_cmpstr(insn->mnemonic, ==, "nop");
        cs_free(insn, 1);
        start();
    }
}

static void test_conditions(void)
{
    static const char *const cc[] = { "o", "no", "b", "ae", "e", "ne", "be", "a",
                                      "s", "ns", "p", "np", "l", "ge", "le", "g" };
    for (unsigned c = 0; c < 16; c++) {
        FOR_REG(r) {
            x64_setcc(&e, c, r);
            expect("set%s %s", cc[c], r8[r]);
            x64_setcc_mem(&e, c, x64_mem(r, 16));
            expect("set%s byte ptr [%s + 0x10]", cc[c], r64[r]);
            FOR_WIDTH(w, 16) {
                x64_cmov(&e, c, w, r, 15 - r);
                expect("cmov%s %s, %s", cc[c], R(w, r), R(w, 15 - r));
                x64_cmov_load(&e, c, w, r, x64_mem(r, 16));
                expect("cmov%s %s, %s ptr [%s + 0x10]", cc[c], R(w, r), size_name(w), r64[r]);
            }
        }
        x64_patch8(x64_jcc8(&e, c), buf + 0x20);
        expect("j%s 0x1020", cc[c]);
        x64_patch32(x64_jcc(&e, c), buf + 0x20);
        expect("j%s 0x1020", cc[c]);
        x64_jcc_to(&e, c, buf + 0x2000);
        expect("j%s 0x3000", cc[c]);
        e.p += c;
        uint8_t *at = x64_jcc_patchable(&e, c);
        g_assert_cmpint((uintptr_t)at & 3, ==, 0);
        start();
    }
    x64_patch8(x64_jmp8(&e), buf + 0x20);
    expect("jmp 0x1020");
    x64_patch32(x64_jmp(&e), buf + 0x20);
    expect("jmp 0x1020");
    x64_jmp_to(&e, buf + 0x2000);
    expect("jmp 0x3000");
    x64_call_to(&e, buf + 0x2000);
    expect("call 0x3000");
    for (unsigned i = 0; i < 8; i++) {
        e.p += i;
        g_assert_cmpint((uintptr_t)x64_jmp_patchable(&e) & 3, ==, 0);
        start();
    }
    FOR_REG(r) {
        x64_jmp_reg(&e, r);
        expect("jmp %s", r64[r]);
        x64_call_reg(&e, r);
        expect("call %s", r64[r]);
        x64_jmp_mem(&e, x64_mem(r, 16));
        expect("jmp qword ptr [%s + 0x10]", r64[r]);
        x64_call_mem(&e, x64_mem(r, 16));
        expect("call qword ptr [%s + 0x10]", r64[r]);
    }
}

/* Capstone names a comparison after its predicate; the rest are spelled as we do. */
static const char *imm_text(const char *name, char *out)
{
    static const char *const cmp[] = { "cmpps", "cmpss", "cmpsd" };
    for (unsigned i = 0; i < G_N_ELEMENTS(cmp); i++) {
        if (!strcmp(name, cmp[i])) {
            sprintf(out, "cmpunord%s", name + 3);
            return "";
        }
    }
    strcpy(out, name);
    return ", 3";
}

static void test_sse(void)
{
    cs_insn *insn;

    FOR_REG(d) {
        unsigned s = 15 - d, a = (d + 3) & 15;
        X64Mem m = x64_mem(d, 16);
        char name[32];
#define LOAD_TEXT(fmt, ...) \
        do { \
            g_assert_cmpint(cs_disasm(cs, buf, e.p - buf, 0, 0, &insn), ==, 1); \
            g_autofree char *head = g_strdup_printf(fmt, __VA_ARGS__); \
            g_autofree char *tail = g_strdup_printf("[%s + 0x10]", r64[d]); \
            g_autofree char *got = g_strdup_printf("%s %s", insn->mnemonic, insn->op_str); \
            g_assert_cmpint(insn->size, ==, e.p - buf); \
            cs_free(insn, 1); \
            if (!g_str_has_prefix(got, head) || !g_str_has_suffix(got, tail)) { \
                g_error("'%s', not '%s ... %s'", got, head, tail); \
            } \
            start(); \
        } while (0)
#define X(op, code) \
        x64_##op(&e, d, s); \
        expect(#op " xmm%u, xmm%u", d, s); \
        x64_v##op(&e, d, a, s); \
        expect("v" #op " xmm%u, xmm%u, xmm%u", d, a, s); \
        if (!strstr("movlhps movhlps", #op)) { \
            x64_##op##_load(&e, d, m); \
            LOAD_TEXT(#op " xmm%u, ", d); \
            x64_v##op##_load(&e, d, a, m); \
            LOAD_TEXT("v" #op " xmm%u, xmm%u, ", d, a); \
        }
        X64_SSE_OPS(X)
#undef X
#define X(op, code) \
        x64_##op(&e, d, s); \
        expect(#op " xmm%u, xmm%u", d, s); \
        x64_v##op(&e, d, s); \
        expect("v" #op " xmm%u, xmm%u", d, s); \
        x64_##op##_load(&e, d, m); \
        LOAD_TEXT(#op " xmm%u, ", d); \
        x64_v##op##_load(&e, d, m); \
        LOAD_TEXT("v" #op " xmm%u, ", d);
        X64_SSE_MOVES(X)
#undef X
#define X(op, code) \
        x64_##op(&e, d, s, 3); \
        expect(#op " xmm%u, xmm%u, 3", d, s); \
        x64_v##op(&e, d, s, 3); \
        expect("v" #op " xmm%u, xmm%u, 3", d, s);
        X64_SSE_SHUFFLES(X)
#undef X
#define X(op, code) { \
        const char *imm = imm_text(#op, name); \
        x64_##op(&e, d, s, 3); \
        expect("%s xmm%u, xmm%u%s", name, d, s, imm); \
        x64_v##op(&e, d, a, s, 3); \
        expect("v%s xmm%u, xmm%u, xmm%u%s", name, d, a, s, imm); \
        }
        X64_SSE_IMM_OPS(X)
#undef X
#define X(op, code, digit) \
        x64_##op##_imm(&e, d, 3); \
        expect(#op " xmm%u, 3", d); \
        x64_v##op##_imm(&e, d, s, 3); \
        expect("v" #op " xmm%u, xmm%u, 3", d, s);
        X64_SSE_SHIFTS(X)
#undef X
#define X(op, code) \
        x64_##op(&e, d, a, s); \
        expect(#op " xmm%u, xmm%u, xmm%u", d, a, s);
        X64_AVX_OPS(X)
#undef X
#define X(op, code) \
        x64_##op(&e, d, s); \
        expect(#op " xmm%u, xmm%u", d, s);
        X64_AVX_MOVES(X)
#undef X
    }
}

static void test_sse_moves(void)
{
    static const char *const mov[] = { "movss", "movsd", "movups" };
    FOR_REG(r) {
        unsigned s = 15 - r, a = (r + 3) & 15;
        X64Mem m = x64_mem(r, 16);
        for (unsigned i = 0, w = 32; i < 3; i++, w *= 2) {
            x64_xmm_load(&e, w, r, m);
            expect("%s xmm%u, %s ptr [%s + 0x10]", mov[i], r, size_name(w), r64[r]);
            x64_xmm_store(&e, w, m, r);
            expect("%s %s ptr [%s + 0x10], xmm%u", mov[i], size_name(w), r64[r], r);
            x64_vxmm_load(&e, w, r, m);
            expect("v%s xmm%u, %s ptr [%s + 0x10]", mov[i], r, size_name(w), r64[r]);
            x64_vxmm_store(&e, w, m, r);
            expect("v%s %s ptr [%s + 0x10], xmm%u", mov[i], size_name(w), r64[r], r);
        }
        FOR_WIDTH(w, 32) {
            const char *q = w == 64 ? "q" : "d";
            x64_movd_to_xmm(&e, w, r, s);
            expect("mov%s xmm%u, %s", q, r, R(w, s));
            x64_movd_from_xmm(&e, w, r, s);
            expect("mov%s %s, xmm%u", q, R(w, r), s);
            x64_vmovd_to_xmm(&e, w, r, s);
            expect("vmov%s xmm%u, %s", q, r, R(w, s));
            x64_vmovd_from_xmm(&e, w, r, s);
            expect("vmov%s %s, xmm%u", q, R(w, r), s);
            FOR_WIDTH(fw, 32) {
                const char *t = fw == 32 ? "ss" : "sd";
                x64_cvtsi2f(&e, fw, w, r, s);
                expect("cvtsi2%s xmm%u, %s", t, r, R(w, s));
                x64_vcvtsi2f(&e, fw, w, r, a, s);
                expect("vcvtsi2%s xmm%u, xmm%u, %s", t, r, a, R(w, s));
                x64_cvtf2si(&e, fw, w, r, s);
                expect("cvt%s2si %s, xmm%u", t, R(w, r), s);
                x64_cvttf2si(&e, fw, w, r, s);
                expect("cvtt%s2si %s, xmm%u", t, R(w, r), s);
            }
        }
        FOR_WIDTH(w, 8) {
            const char *q = w == 64 ? "q" : w == 32 ? "d" : w == 16 ? "w" : "b";
            const char *reg = R(w < 32 ? 32 : w, s);
            x64_pinsr(&e, w, r, s, 1);
            expect("pinsr%s xmm%u, %s, 1", q, r, reg);
            x64_vpinsr(&e, w, r, a, s, 1);
            expect("vpinsr%s xmm%u, xmm%u, %s, 1", q, r, a, reg);
            x64_pextr(&e, w, s, r, 1);
            expect("pextr%s %s, xmm%u, 1", q, reg, r);
            x64_vpextr(&e, w, s, r, 1);
            expect("vpextr%s %s, xmm%u, 1", q, reg, r);
        }
        x64_pmovmskb(&e, r, s);
        expect("pmovmskb %s, xmm%u", r32[r], s);
        x64_movmskps(&e, r, s);
        expect("movmskps %s, xmm%u", r32[r], s);
        x64_ldmxcsr(&e, m);
        expect("ldmxcsr dword ptr [%s + 0x10]", r64[r]);
        x64_stmxcsr(&e, m);
        expect("stmxcsr dword ptr [%s + 0x10]", r64[r]);
    }
}

/* A full buffer sets the flag and nothing is written behind it. */
static void test_overflow(void)
{
    memset(buf, 0xee, 64);
    e = (Emit){ .p = buf, .start = buf, .end = buf + 32 };
    for (unsigned i = 0; i < 40; i++) {
        x64_mov_imm64(&e, 9, i);
    }
    g_assert_true(e.overflow);
    for (unsigned i = 32; i < 64; i++) {
        g_assert_cmphex(buf[i], ==, 0xee);
    }
    start();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(cs_open(CS_ARCH_X86, CS_MODE_64, &cs), ==, CS_ERR_OK);
    start();
    g_test_add_func("/x64/encode/modrm", test_modrm);
    g_test_add_func("/x64/encode/moves", test_moves);
    g_test_add_func("/x64/encode/alu", test_alu);
    g_test_add_func("/x64/encode/conditions", test_conditions);
    g_test_add_func("/x64/encode/sse", test_sse);
    g_test_add_func("/x64/encode/sse-moves", test_sse_moves);
    g_test_add_func("/x64/encode/overflow", test_overflow);
    return g_test_run();
}
