/* SPDX-License-Identifier: MIT */
/*
 * Random user-mode instructions, drawn from the decoder's maps, against the host's own processor:
 *
 *     random-x86 ACCEL N [SEED [NAMES]]
 *
 * Each round is a short sequence; before an instruction with a memory operand come moves that make its
 * address lie in the data.  Compared: general registers, RIP, flags, memory, the exception.
 * What the manual leaves undefined is in undefined_flags[].  Without SEED each run draws another; the
 * test suite gives one, so that its result does not change by itself.
 */
#include "tests/isa/x86/guest.h"

#include <capstone/capstone.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frontends/x86/operands.h"

/* ---- undefined flags, by the name of the row (SDM 2, "Flags Affected") ---- */

enum { C = EFL_CF, P = EFL_PF, A = EFL_AF, Z = EFL_ZF, S = EFL_SF, O = EFL_OF };

static const struct {
    const char *name;
    uint32_t    flags;
} undefined_flags[] = {
    { "and", A }, { "or", A }, { "xor", A }, { "test", A },
    { "shl", A | O | C }, { "shr", A | O | C }, { "sar", A | O | C }, { "shld", A | O |
                                                                        C }, { "shrd", A | O | C },
    { "rol", O }, { "ror", O }, { "rcl", O }, { "rcr", O },
    { "mul", S | Z | A | P }, { "imul", S | Z | A | P },
    { "div", C | P | A | Z | S | O }, { "idiv", C | P | A | Z | S | O },
    { "bsf", C | P | A | S | O }, { "bsr", C | P | A | S | O },
    { "bt", P | A | S | O }, { "bts", P | A | S | O }, { "btr", P | A | S | O }, { "btc", P | A |
                                                                                   S | O },
    { "tzcnt", P | A | S | O }, { "lzcnt", P | A | S | O },
    { "andn", A | P }, { "bextr", A | P | S }, { "blsr", A | P }, { "blsmsk", A | P }, { "blsi", A |
                                                                                         P },
    { "bzhi", A | P },
    { "daa", O }, { "das", O }, { "aaa", O | S | Z | P }, { "aas", O | S | Z | P },
    { "aam", C | O | A }, { "aad", C | O | A },
};

/* Instructions that are not for this test: they leave, ask for privileges, or depend on the system. */
static const char *const excluded[] = {
    "j*", "call", "ret", "loop*", "jcxz", "iret", "int", "int1", "int3", "into", "l*ret", "lcall", "ljmp", "lret",
    "syscall", "sysenter", "sysret", "sysexit", "hlt", "in", "out", "ins", "outs", "cli", "sti", "popf",
    "rdtsc", "rdtscp", "cpuid", "rdrand", "rdseed", "rdpid", "rdpmc", "xgetbv", "str", "sldt", "sgdt", "sidt",
    "smsw", "lar", "lsl", "verr", "verw", "lds", "les", "lss", "lfs", "lgs", "rdfsbase", "rdgsbase",
    "wrfsbase", "wrgsbase", "ud1", "ud2", "rsm", "clflush", "clflushopt", "enter", "bound", "wait", "prefetch*",
    "pushf", "bswap16",
};

/* Estimates differ between processors in their lower bits: not for the interpreter. */
static const char *const estimates[] = { "*rcpps", "*rcpss", "*rsqrtps", "*rsqrtss" };

/* ---- drawing ---- */

static GRand *rng;
static X86Cpu *cpu;

static uint32_t draw(uint32_t n)
{
    return g_rand_int(rng) % n;
}

static uint64_t draw64(void)
{
    return (uint64_t)g_rand_int(rng) << 32 | g_rand_int(rng);
}

/* Values that make carries, signs and zeros more often than chance. */
static uint64_t draw_value(void)
{
    static const uint64_t odd[] = { 0, 1, ~0ull, 0x80, 0x7f, 0x8000, 0x7fff, 0x80000000, 0x7fffffff,
                                    0x8000000000000000, 0x7fffffffffffffff, 0xffffffff, 0xff, 0xffff };
    return draw(4) ? draw64() >> draw(2) * draw(64) : odd[draw(ARRAY_SIZE(odd))];
}

typedef struct Round {
    bool     code32;
    uint8_t  code[X86_CODE_SIZE];
    unsigned size, n;
    uint32_t undefined;         /* flags at the end */
    uint32_t target;            /* where aim() aimed last */
    X86State in, host;
    uint8_t  data[X86_DATA_SIZE], host_data[X86_DATA_SIZE];
} Round;

static Round round_;
static unsigned wanted, done, failures;
static bool interp;
static const char *only;        /* a pattern of names */
static GHashTable *seen;

static void emit(Round *r, const uint8_t *bytes, unsigned n)
{
    memcpy(r->code + r->size, bytes, n);
    r->size += n;
}

/* MOV reg, value */
static void emit_mov(Round *r, unsigned reg, uint64_t v)
{
    uint8_t b[10] = { 0x48 | reg >> 3, 0xb8 | (reg & 7) };
    if (r->code32) {
        b[0] = 0xb8 | reg;
        st_le32(b + 1, v);
        emit(r, b, 5);
    } else {
        st_le64(b + 2, v);
        emit(r, b, 10);
    }
}

static bool matches(const char *pattern, const char *name)
{
    return g_pattern_match_simple(pattern, name);
}

static bool is_excluded(const X86Insn *in, bool code32)
{
    const char *name = in->row->name;
    if (!in->row->lift || in->flags & (ROW_CPL0 | ROW_X87) || (only && !matches(only, name))) {
        return true;
    }
    if (in->feature && !x86_has(cpu, in->feature - 1)) {
        return true;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(excluded); i++) {
        if (matches(excluded[i], name)) {
            return true;
        }
    }
    for (unsigned i = 0; interp && i < ARRAY_SIZE(estimates); i++) {
        if (matches(estimates[i], name)) {
            return true;
        }
    }
    for (unsigned k = 0; k < 4; k++) {
        if (in->op[k].kind == OPK_SEG || in->op[k].kind == OPK_CR || in->op[k].kind == OPK_DR ||
            in->op[k].kind == OPK_FAR) {
            return true;
        }
    }
    if (in->vex && code32 && in->rex & 8 && (matches("vpinsrd", name) || matches("vpextrd", name))) {
        return true;            /* VEX.W: Intel ignores it in 32-bit code, AMD gives #UD */
    }
    if (in->vex && !(in->rex & 8) && (matches("vpermq", name) || matches("vpermpd", name))) {
        return true;            /* W must be 1 (SDM); AMD does not look */
    }
    return !strcmp(name, "bswap") && in->op[0].size == 2;
}

/* ---- addresses ---- */

static uint64_t draw_address(void)
{
    return X86_DATA + 0x200 + draw(X86_DATA_SIZE - 0x600);
}

static bool names_reg(const X86Insn *in, unsigned reg)
{
    return in->base == reg || in->index == reg;
}

static bool has_memory(const X86Insn *in)
{
    for (unsigned k = 0; k < 4; k++) {
        if (in->op[k].kind == OPK_MEM) {
            return true;
        }
    }
    return false;
}

/* Moves that put the operand into the data; false: not with these registers. */
static bool aim(Round *r, const X86Insn *in, uint8_t *bytes)
{
    uint64_t target = draw_address(), index = draw(16);
    if (in->addrsize == 2 || in->seg >= SEG_FS || in->base == BASE_RIP ||
        (in->base == in->index && in->base != NO_REG)) {
        return false;
    }
    if (in->flags & ROW_ALIGN || (in->op[0].kind == OPK_MEM && in->op[0].size == 16)) {
        target &= ~UINT64_C(31);
    }
    r->target = target;
    if (in->base == NO_REG && in->index == NO_REG) {
        if (in->map || in->opcode < 0xa0 || in->opcode > 0xa3) {
            return false;
        }
        st_endian(bytes + in->length - in->addrsize, target, in->addrsize, ENDIAN_LITTLE);
        return true;
    }
    if (in->base == NO_REG) {
        target -= in->disp;
        if (target & ((1u << in->scale) - 1)) {
            return false;
        }
        emit_mov(r, in->index, target >> in->scale);
        return true;
    }
    index = in->index == NO_REG ? 0 : index;
    if (in->index != NO_REG) {
        emit_mov(r, in->index, index);
    }
    emit_mov(r, in->base, target - in->disp - (index << in->scale));
    return true;
}

/* Reserved bits, rarely; not the misaligned exception mask, which some of AMD's processors have. */
static void tame_mxcsr(Round *r)
{
    enum { MM = 1 << (17 - 16) };
    uint8_t b[] = { 0x66, 0xc7, 0x04, 0x25, 0, 0, 0, 0, 0, 0 };        /* MOV word ptr [...], imm16 */
    unsigned skip = r->code32;                                          /* no SIB byte there */
    st_le32(b + 4, r->target + 2);
    st_le16(b + 8, draw(4) ? 0 : draw(0x10000) & ~(uint32_t)MM);
    if (skip) {
        memmove(b + 3, b + 4, 6);
        b[2] = 0x05;
    }
    emit(r, b, sizeof(b) - skip);
}

/* The bit offset of BT and the like moves the address. */
static bool tame_bit_offset(Round *r, const X86Insn *in)
{
    unsigned reg = in->op[1].reg;
    if (in->op[1].kind != OPK_REG || in->op[0].kind != OPK_MEM || in->row->name[0] != 'b') {
        return true;
    }
    if (names_reg(in, reg)) {
        return false;
    }
    emit_mov(r, reg, (int64_t)draw(0x800) - 0x400);
    return true;
}

/* Indices of 7 bits, by VPSRLD or VPSRLQ; the base is in the data. */
static bool aim_gather(Round *r, const X86Insn *in)
{
    bool quad = in->row->arg & 1;
    unsigned index = in->index == NO_REG ? 4 : in->index;
    const uint8_t shift[] = { 0xc4, index & 8 ? 0xc1 : 0xe1, 0x80 | (~index & 15) << 3 | 5,
                              quad ? 0x73 : 0x72, 0xd0 | (index & 7), quad ? 57 : 25 };
    if (in->rm != 4 || in->addrsize == 2 || in->seg >= SEG_FS || in->base == NO_REG) {
        return false;
    }
    emit(r, shift, sizeof(shift));
    emit_mov(r, in->base, draw_address() - in->disp);
    return true;
}

static void aim_string(Round *r, const X86Insn *in)
{
    emit_mov(r, RSI_, draw_address());
    emit_mov(r, RDI_, draw_address());
    if (in->rep) {
        emit_mov(r, RCX_, draw(24));
    }
}

static bool is_string(const X86Insn *in)
{
    for (unsigned k = 0; k < 2; k++) {
        if (in->op[k].kind == OPK_SRC || in->op[k].kind == OPK_DST) {
            return true;
        }
    }
    return false;
}

/* ---- flags ---- */

static bool reads_flags(const char *name)
{
    static const char *const readers[] = { "set*", "cmov*", "adc", "sbb", "rcl", "rcr", "cmc",
                                           "lahf", "salc",
                                           "adcx", "adox", "daa", "das", "aaa", "aas" };
    for (unsigned i = 0; i < ARRAY_SIZE(readers); i++) {
        if (matches(readers[i], name)) {
            return true;
        }
    }
    return false;
}

static uint32_t undefined_by(const X86Insn *in)
{
    for (unsigned i = 0; i < ARRAY_SIZE(undefined_flags); i++) {
        if (!strcmp(undefined_flags[i].name, in->row->name)) {
            uint32_t f = undefined_flags[i].flags;
            /* a shift by one is defined; CF unless the count passes a byte's or word's end */
            bool shift = in->row->name[0] == 's' || in->row->name[0] == 'r';
            bool one = in->op[1].kind == OPK_IMM && in->imm[in->op[1].imm] == 1 && in->op[2].kind == OPK_NONE;
            if (shift && in->op[0].size >= 4) {
                f &= ~(uint32_t)C;
            }
            return shift && one ? f & ~(uint32_t)(O | C) : f;
        }
    }
    return 0;
}

/* Flags that instruction gives a defined value, whatever they were. */
static uint32_t defined_by(const char *name)
{
    static const char *const all[] = { "add", "sub", "cmp", "neg", "adc", "sbb", "xadd",
                                       "cmpxchg" };
    for (unsigned i = 0; i < ARRAY_SIZE(all); i++) {
        if (!strcmp(name, all[i])) {
            return EFL_ARITH;
        }
    }
    return 0;
}

/* ---- one instruction ---- */

static int byte_of(void *opaque, unsigned i)
{
    return ((uint8_t *)opaque)[i];
}

/* From the maps of MMX, SSE and AVX; what follows the opcode is there by chance. */
static void draw_vector(uint8_t *b, unsigned n, bool code32, bool vex)
{
    static const uint8_t prefix[] = { 0, 0x66, 0xf3, 0xf2 };
    SimdMap *const maps[2][3] = { { &x86_simd_0f, &x86_simd_0f38, &x86_simd_0f3a },
                                  { &x86_vex_0f, &x86_vex_0f38, &x86_vex_0f3a } };
    unsigned opcode, pp, map;
    do {
        pp = draw(4);
        map = draw(8) < 5 ? 1 : 2 + draw(2);
        opcode = draw(256);
    } while (!(*maps[vex][map - 1])[opcode][pp].name && !(*maps[vex][map - 1])[opcode][pp].sub);
    n = draw(4) ? 0 : n;                        /* prefixes before it: rarely */
    if (vex) {
        b[n++] = 0xc4;
        b[n++] = (code32 ? 0xe0 : draw(8) << 5) | map;
        b[n++] = draw(2) << 7 | (draw(2) ? 15 : code32 ? 8 + draw(8) : draw(16)) << 3 | draw(2) << 2 | pp;
        b[n++] = opcode;
        return;
    }
    if (pp) {
        b[n++] = prefix[pp];
    }
    if (!code32 && draw(2)) {
        b[n++] = 0x40 | draw(16);
    }
    b[n++] = 0x0f;
    if (map > 1) {
        b[n++] = map == 2 ? 0x38 : 0x3a;
    }
    b[n++] = opcode;
}

/* Bytes that are likely to be an instruction: prefixes, opcode, the rest by chance. */
static void draw_bytes(uint8_t *b, bool code32)
{
    static const uint8_t prefix[] = { 0x66, 0x66, 0xf3, 0xf2, 0xf0, 0x67, 0x2e, 0x3e, 0x36 };
    unsigned n = 0;
    for (unsigned i = 0; i < 16; i++) {
        b[i] = g_rand_int(rng);
    }
    while (draw(3) == 0) {
        b[n++] = prefix[draw(ARRAY_SIZE(prefix))];
    }
    unsigned map = draw(12);
    if (map >= 8) {
        draw_vector(b, n, code32, map == 11);
        return;
    }
    if (map == 7) {                             /* VEX, for BMI */
        b[n++] = 0xc4;
        b[n++] = (draw(8) << 5) | (draw(4) ? 2 : 3);
        b[n++] = draw(32) << 3 | draw(4);
        b[n++] = draw(2) ? 0xf0 | draw(8) : 0xf0 + draw(16);
        return;
    }
    if (!code32 && draw(2)) {
        b[n++] = 0x40 | draw(16);
    }
    if (map >= 4) {
        b[n++] = 0x0f;
        if (map == 6 && draw(3) == 0) {
            b[n++] = 0x38;
            b[n++] = 0xf0 | draw(8);
        }
    }
}

static bool add_insn(Round *r)
{
    uint8_t b[16];
    X86Insn in;
    X86DecodeMode mode = { .long_mode = !r->code32, .code32 = true, .vex_ok = true };
    unsigned before = r->size;
    draw_bytes(b, r->code32);
    x86_decode(mode, byte_of, b, &in);
    if (!in.row || in.too_long || is_excluded(&in, r->code32) || (in.lock && draw(2))) {
        return false;
    }
    if (in.vex &&
        ((in.flags & ROW_VEX_L0 && in.vex == 32) || (in.flags & ROW_NO_VVVV && in.vvvv))) {
        return false;
    }
    bool gather = matches("v*gather*", in.row->name);
    if (gather && !aim_gather(r, &in)) {
        r->size = before;
        return false;
    }
    if (has_memory(&in) && !gather && strcmp(in.row->name, "lea") && strcmp(in.row->name, "nop") &&
        !is_string(&in) &&
        !(tame_bit_offset(r, &in) && aim(r, &in, b))) {
        r->size = before;
        return false;
    }
    const char *name = in.row->name;
    if (matches("*ldmxcsr", name)) {
        tame_mxcsr(r);
    }
    /* undefined: the manual gives these no result */
    bool far_shift = in.op[0].size == 2 && in.op[2].kind != OPK_NONE && name[0] == 's' &&
                     (in.op[2].kind != OPK_IMM || (in.imm[in.op[2].imm] & 31) > 16);
    if (far_shift) {
        r->size = before;
        return false;
    }
    if (is_string(&in)) {
        if (in.addrsize == 2 || in.seg >= SEG_FS) {
            return false;
        }
        aim_string(r, &in);
    } else if (!strcmp(name, "xlat")) {
        if (in.addrsize == 2 || in.seg >= SEG_FS) {
            return false;
        }
        emit_mov(r, RBX_, draw_address());
    } else if (matches("maskmovq", name) || matches("*maskmovdqu", name)) {
        if (in.addrsize == 2 || in.seg >= SEG_FS || (in.vex && in.op[0].kind != OPK_XMM)) {
            r->size = before;
            return false;
        }
        emit_mov(r, RDI_, draw_address());
    } else if (!strcmp(name, "leave")) {
        emit_mov(r, RBP_, draw_address());
    } else if (!strcmp(name, "push") || !strcmp(name, "pop") || !strcmp(name, "pusha") ||
               !strcmp(name, "popa")) {
        if (has_memory(&in) && names_reg(&in, RSP_)) {
            r->size = before;
            return false;
        }
        emit_mov(r, RSP_, draw_address());
    }
    if (r->undefined && reads_flags(name)) {
        emit(r, (const uint8_t *)"\x39\xc8", 2);        /* CMP EAX, ECX */
        r->undefined = 0;
    }
    r->undefined &= ~defined_by(name);
    r->undefined |= undefined_by(&in);
    emit(r, b, in.length);
    g_hash_table_add(seen, (gpointer)name);
    r->n++;
    return true;
}

/* A number near the middle, or one of those that rules are about. */
static uint32_t draw_f32(void)
{
    static const uint32_t odd[] = { 0, 0x80000000, 0x3f800000, 0xbf800000, 0x7f800000, 0xff800000, 0x7fc00000,
                                    0xffc12345, 0x7f812345, 0x00000001, 0x807fffff, 0x00800000, 0x7f7fffff,
                                    0x4f000000, 0xcf000000, 0x5f000000, 0x3f000000, 0x4effffff };
    return draw(3) ? (draw(40) + 108) << 23 | (g_rand_int(rng) & 0x807fffff)
                   : odd[draw(ARRAY_SIZE(odd))] ^ (draw(4) ? 0 : draw(3));
}

static uint64_t draw_f64(void)
{
    static const uint64_t odd[] = { 0, 1ull << 63, 0x3ff0000000000000, 0x7ff0000000000000, 0xfff0000000000000,
                                    0x7ff8000000000000, 0xfff8123456789abc, 0x7ff0123456789abc, 1,
                                    0x800fffffffffffff, 0x0010000000000000, 0x7fefffffffffffff,
                                    0x41e0000000000000, 0xc1e0000000000000, 0x43e0000000000000,
                                    0x3690000000000000, 0x380fffffffffffff, 0x3fe0000000000000 };
    return draw(3) ? (uint64_t)(draw(80) + 983) << 52 | (draw64() & 0x800fffffffffffff)
                   : odd[draw(ARRAY_SIZE(odd))] ^ (draw(4) ? 0 : draw(3));
}

static void draw_lanes(V128 *v)
{
    unsigned kind = draw(4);
    for (unsigned i = 0; i < 2; i++) {
        v->u64[i] = kind == 0 ? draw_f64() : kind == 1 ? draw_f32() | (uint64_t)draw_f32() << 32
                                                       : draw_value();
    }
}

/* Mostly all masked; any rounding and flushing. */
static uint32_t draw_mxcsr(void)
{
    uint32_t v = 0x1f80 | draw(4) << 13;
    v |= draw(3) ? 0 : (draw(2) ? MXCSR_DAZ : 0) | (draw(2) ? MXCSR_FTZ : 0);
    v |= draw(4) ? 0 : draw(64);
    return draw(6) ? v : v & ~(draw(64) << 7);
}

static void make_round(Round *r)
{
    unsigned n = 1 + draw(8);
    r->code32 = host_has_32() && draw(3) == 0;
    r->size = r->n = 0;
    r->undefined = 0;
    while (r->n < n) {
        add_insn(r);
    }
    emit(r, (const uint8_t *)"\xcc", 1);
    for (unsigned i = 0; i < 16; i++) {
        r->in.r[i] = r->code32 ? i < 8 ? (uint32_t)draw_value() : 0 : draw_value();
    }
    r->in.r[RSP_] = X86_DATA + X86_DATA_SIZE / 2;
    r->in.rip = X86_CODE;
    r->in.eflags = (draw64() & (EFL_ARITH | EFL_DF)) | EFL_ONE | EFL_IF;
    for (unsigned i = 0; i < 32; i++) {
        V128 *v = i < 16 ? &r->in.xmm[i] : &r->in.ymmh[i - 16];
        draw_lanes(v);
        if (r->code32 && i % 16 > 7) {
            *v = (V128){ .u64 = { 0, 0 } };
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        r->in.mm[i] = draw_value();
    }
    r->in.mxcsr = draw_mxcsr();
    for (unsigned i = 0; i < X86_DATA_SIZE; i += 16) {
        V128 v;
        draw_lanes(&v);
        memcpy(r->data + i, &v, 16);
    }
}

/* ---- judging ---- */

static void list(const Round *r)
{
    csh cs;
    cs_insn *d;
    cs_open(CS_ARCH_X86, r->code32 ? CS_MODE_32 : CS_MODE_64, &cs);
    size_t n = cs_disasm(cs, r->code, r->size, X86_CODE, 0, &d);
    for (size_t i = 0; i < n; i++) {
        printf("#   %" PRIx64 "  ", d[i].address);
        for (unsigned k = 0; k < d[i].size; k++) {
            printf("%02x", d[i].bytes[k]);
        }
        printf("  %s %s\n", d[i].mnemonic, d[i].op_str);
    }
    for (unsigned at = n ? d[n - 1].address + d[n - 1].size - X86_CODE : 0; at < r->size; at++) {
        printf("%s%02x%s", n ? "#   " : "", r->code[at], at + 1 == r->size ? "\n" : "");
        n = 0;
    }
    cs_free(d, n);
    cs_close(&cs);
}

static bool same_vector(int host, int guest)
{
    return host == guest || (host == 13 && (guest == EXC_PF || guest == EXC_SS || guest == EXC_BR));
}

static void judge(const Round *r, const X86State *guest)
{
    static const char *const names[] = { "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi" };
    GString *why = g_string_new("");
    unsigned n = r->code32 ? 8 : 16;
    for (unsigned i = 0; i < n; i++) {
        uint64_t mask = r->code32 ? UINT32_MAX : UINT64_MAX;
        if ((r->host.r[i] ^ guest->r[i]) & mask) {
            g_string_append_printf(why,
                                   "#  r%u %s: %" PRIx64 ", host %" PRIx64 " (was %" PRIx64 ")\n", i,
                                   i < 8 ? names[i] : "", guest->r[i] & mask, r->host.r[i] & mask, r->in.r[i]);
        }
    }
    for (unsigned i = 0; i < 2 * n; i++) {
        const V128 *h = i < n ? &r->host.xmm[i] : &r->host.ymmh[i - n];
        const V128 *g = i < n ? &guest->xmm[i] : &guest->ymmh[i - n];
        const V128 *was = i < n ? &r->in.xmm[i] : &r->in.ymmh[i - n];
        if (memcmp(h, g, 16)) {
            g_string_append_printf(why, "#  %s%u: %016" PRIx64 "%016" PRIx64 ", host %016" PRIx64 "%016"
                                   PRIx64 " (was %016" PRIx64 "%016" PRIx64 ")\n",
                                   i < n ? "xmm" : "ymmh", i % n, g->u64[1], g->u64[0], h->u64[1],
                                   h->u64[0], was->u64[1], was->u64[0]);
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        if (r->host.mm[i] != guest->mm[i]) {
            g_string_append_printf(why, "#  mm%u: %" PRIx64 ", host %" PRIx64 " (was %" PRIx64 ")\n", i,
                                   guest->mm[i], r->host.mm[i], r->in.mm[i]);
        }
    }
    if (r->host.mxcsr != guest->mxcsr) {
        g_string_append_printf(why, "#  mxcsr %x, host %x (was %x)\n", guest->mxcsr, r->host.mxcsr,
                               r->in.mxcsr);
    }
    if (r->host.rip != guest->rip || !same_vector(r->host.vector, guest->vector)) {
        g_string_append_printf(why, "#  rip %" PRIx64 " vector %d, host %" PRIx64 " %d\n",
                               guest->rip,
                               guest->vector, r->host.rip, r->host.vector);
    }
    uint32_t mask = (EFL_ARITH | EFL_DF) & ~r->undefined;
    /* a fault in the middle: which flags were defined there is not known */
    if (guest->vector < 0 && (r->host.eflags ^ guest->eflags) & mask) {
        g_string_append_printf(why, "#  flags %x, host %x, compared %x\n", guest->eflags,
                               r->host.eflags, mask);
    }
    for (unsigned i = 0; i < X86_DATA_SIZE; i++) {
        if (guest_data()[i] != r->host_data[i]) {
            g_string_append_printf(why, "#  memory at %x: %02x, host %02x\n", X86_DATA + i,
                                   guest_data()[i],
                                   r->host_data[i]);
            break;
        }
    }
    if (why->len) {
        failures++;
        printf("# round %u, %u bits, flags %x\n%s", done, r->code32 ? 32 : 64, r->in.eflags,
               why->str);
        list(r);
        fflush(stdout);
    }
    g_string_free(why, TRUE);
}

static bool next(const X86State *last, X86State *out, bool *code32)
{
    Round *r = &round_;
    if (last) {
        judge(r, last);
        done += r->n;
    }
    if (done >= wanted || failures >= 8) {
        return false;
    }
    make_round(r);
    memcpy(host_code(), r->code, r->size);
    memcpy(host_data(), r->data, X86_DATA_SIZE);
    r->host = r->in;
    host_run(&r->host, r->code32);
    memcpy(r->host_data, host_data(), X86_DATA_SIZE);
    guest_put_code(r->code, r->size);
    memcpy(guest_data(), r->data, X86_DATA_SIZE);
    *out = r->in;
    *code32 = r->code32;
    return true;
}

int main(int argc, char **argv)
{
    const char *accel = argc > 1 ? argv[1] : "jit";
    uint32_t seed = argc > 3 ? strtoul(argv[3], NULL, 0) : g_random_int();
    interp = !strcmp(accel, "interp");
    only = argc > 4 ? argv[4] : NULL;
    wanted = argc > 2 ? strtoul(argv[2], NULL, 0) : 10000;
    rng = g_rand_new_with_seed(seed);
    g_random_set_seed(seed);
    seen = g_hash_table_new(g_str_hash, g_str_equal);
    printf("1..1\n# seed %u (others: random-x86 %s N SEED)\n", seed, accel);
    if (!host_start()) {
        printf("ok 1 # SKIP this host is no judge\n");
        return 0;
    }
    cpu = guest_start(accel, "x86-64-v3");
    guest_loop(next);
    host_end();
    printf("# %u instructions of %u names, 32-bit code %s\n", done, g_hash_table_size(seen),
           host_has_32() ? "too" : "not");
    printf("%s 1 %s\n", failures ? "not ok" : "ok", accel);
    return failures != 0;
}
