/* SPDX-License-Identifier: MIT */
/*
 * Random x87 instructions against the host's own processor:
 *
 *     random-x87 ACCEL N [SEED]
 *
 * Without SEED each run draws another; the test suite gives one.
 *
 * A round is FNINIT, FRSTOR of drawn registers, control and tag words, some instructions, FNSAVE.
 * Compared are general registers, RIP, flags, all memory (in it what the instructions stored and
 * FNSAVE's image) and the exception.
 *
 * What is not compared, because processors differ in it or we say that we differ (docs/x86.md): the
 * pointers and the opcode of images; registers that are empty (so that after FLDENV, which may make
 * them valid, all are loaded); C0, C2 and C3 after the functions that leave them undefined (FXAM
 * follows).
 */
#include "tests/isa/x86/guest.h"

#include <capstone/capstone.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frontends/x86/decode.h"

/* Operands are below PLAIN, images above: nobody loads what an empty register left in one. */
enum { PLAIN = 0x1200, IMAGE = 0x1f80, RESULT = 0x1f00 - 0x80, AREA = 0x1c00, IMAGE_SIZE = 108 };

static GRand *rng;
static unsigned wanted, done, failures;
static GHashTable *seen;

typedef struct Round {
    bool     code32, lost_pointers;
    uint8_t  code[X86_CODE_SIZE];
    unsigned size, n;
    unsigned env[16], env_size[16], n_env;      /* where images were stored */
    unsigned image_end;
    X86State in, host;
    uint8_t  data[X86_DATA_SIZE], host_data[X86_DATA_SIZE];
} Round;

static Round round_;

/* ---- drawing ---- */

static uint32_t draw(uint32_t n)
{
    return g_rand_int(rng) % n;
}

static uint64_t draw64(void)
{
    return (uint64_t)g_rand_int(rng) << 32 | g_rand_int(rng);
}

static uint64_t draw_significand(void)
{
    uint64_t m = draw64();
    switch (draw(6)) {
    case 0: return 0;
    case 1: return UINT64_MAX << draw(64);
    case 2: return UINT64_C(1) << draw(64);
    case 3: return m & UINT64_MAX << draw(64);
    default: return m;
    }
}

static unsigned draw_exponent(void)
{
    static const uint16_t odd[] = { 0, 1, 2, 0x3fff, 0x3ffe, 0x4000, 0x403e, 0x403f, 0x7ffe, 0x7fff,
                                    0x3f81, 0x3f6a, 0x407e, 0x3c01, 0x3bcd, 0x43fe, 0x400e,
                                    0x401e };
    return draw(3) ? 0x3ff0 + draw(0x20) : draw(2) ? odd[draw(ARRAY_SIZE(odd))] : draw(0x8000);
}

static void draw_f80(uint8_t *p)
{
    st_le64(p, draw_significand() | (draw(16) ? UINT64_C(1) << 63 : 0));
    st_le16(p + 8, draw_exponent() | draw(2) << 15);
}

static uint64_t draw_f64(void)
{
    static const uint16_t odd[] = { 0, 1, 0x3ff, 0x7fe, 0x7ff, 0x433, 0x41e, 0x380 };
    unsigned e = draw(3) ? 0x3f0 + draw(0x20) : draw(2) ? odd[draw(ARRAY_SIZE(odd))] : draw(0x800);
    return (draw_significand() >> 12) | (uint64_t)e << 52 | (uint64_t)draw(2) << 63;
}

static uint32_t draw_f32(void)
{
    static const uint8_t odd[] = { 0, 1, 0x7f, 0xfe, 0xff, 0x96, 0x9e };
    unsigned e = draw(3) ? 0x70 + draw(0x20) : odd[draw(ARRAY_SIZE(odd))];
    return draw_significand() >> 41 | e << 23 | draw(2) << 31;
}

static void draw_data(Round *r)
{
    for (unsigned i = 0; i < X86_DATA_SIZE; i += 16) {
        switch (draw(5)) {
        case 0:
            draw_f80(r->data + i);
            st_le32(r->data + i + 10, g_rand_int(rng));
            break;
        case 1:
            st_le64(r->data + i, draw_f64());
            st_le64(r->data + i + 8, draw_f64());
            break;
        case 2:
            for (unsigned k = 0; k < 16; k += 4) {
                st_le32(r->data + i + k, draw_f32());
            }
            break;
        case 3:                             /* packed decimal, or nearly */
            for (unsigned k = 0; k < 16; k++) {
                r->data[i + k] = draw(10) << 4 | draw(10);
            }
            break;
        default:
            st_le64(r->data + i, draw64() >> draw(64));
            st_le64(r->data + i + 8, draw64());
        }
    }
}

static void draw_image(uint8_t *p)
{
    unsigned top = draw(3) ? draw(8) : 0, filled = draw(9);
    uint16_t tags = 0;
    uint16_t cw = 0x40 | 0x3f | draw(4) << 8 | draw(4) << 10;
    if (draw(4) == 0) {
        cw &= ~draw(64);
    }
    cw = draw(2) ? cw : 0x37f;
    for (unsigned i = 0; i < 8; i++) {      /* ST(0) on: `filled` valid ones, mostly */
        bool empty = draw(12) ? i >= filled : draw(2);
        tags |= (empty ? 3 : 0) << 2 * ((top + i) & 7);
    }
    memset(p, 0, 28);
    st_le32(p, cw | 0xffff0000);
    unsigned cc = draw(2) ? 0x4700 & g_rand_int(rng) : 0;
    st_le32(p + 4, top << 11 | (draw(4) ? 0 : draw(64) & cw) | cc);
    st_le32(p + 8, tags | 0xffff0000);
    st_le32(p + 24, 0xffff0000);
    for (unsigned i = 0; i < 8; i++) {
        draw_f80(p + 28 + 10 * i);
    }
}

/* ---- code ---- */

static void emit(Round *r, const void *bytes, unsigned n)
{
    memcpy(r->code + r->size, bytes, n);
    r->size += n;
}

/* An instruction with the operand at data + off: RBX is the data. */
static void emit_mem(Round *r, const char *prefix, unsigned opcode, unsigned reg, unsigned off)
{
    uint8_t b[6] = { opcode, 0x83 | reg << 3 };
    st_le32(b + 2, off);
    emit(r, prefix, strlen(prefix));
    emit(r, b, 6);
}

static void note_image(Round *r, unsigned off, unsigned size)
{
    if (r->n_env < ARRAY_SIZE(r->env)) {
        r->env[r->n_env] = off;
        r->env_size[r->n_env++] = size;
    }
}

static unsigned draw_offset(unsigned size)
{
    return draw(4) ? draw(PLAIN / 16 - 8) * 16 : draw(PLAIN - size);
}

/* Images do not overlap; 0: no room. */
static unsigned image_offset(Round *r, unsigned size)
{
    unsigned off = r->image_end + (size == 512 ? -r->image_end & 15 : draw(4));
    if (off + size > AREA || r->n_env == ARRAY_SIZE(r->env)) {
        return 0;
    }
    r->image_end = off + size;
    return off;
}

/* FXSAVE and FXRSTOR, of what FXSAVE has stored or of FSAVE's image taken for one. */
static bool add_fxsave(Round *r)
{
    static const char *const escape = "\x0f";
    unsigned off = image_offset(r, 512);
    if (!off) {
        return false;
    }
    emit_mem(r, escape, 0xae, 0, off);
    note_image(r, off, 512);
    if (draw(2)) {
        emit(r, "\xdb\xe3", 2);
        emit_mem(r, escape, 0xae, 1, off);
    }
    r->n++;
    return true;
}

static const char *const flag_makers[] = { "\x39\xc8", "\x85\xc0", "\xf8", "\xf9" };

static bool control(unsigned op, unsigned reg)
{
    return (op == 1 || op == 5) && reg >= 4;
}

static bool add_memory(Round *r, unsigned op, unsigned reg)
{
    bool half = draw(6) == 0, all = op == 5, env = control(op, reg) && reg != 5 && reg != 7;
    unsigned size = env ? (half ? 14 : 28) + (all ? 80 : 0) : 10, off = draw_offset(size);
    if (control(op, reg) && draw(3)) {
        return false;
    }
    if (env && reg == 6 && !(off = image_offset(r, size))) {
        return false;
    }
    if (env && reg == 4 && draw(4)) {       /* of a drawn image, mostly */
        off = IMAGE;
        half = false;
    }
    if (op == 1 && reg == 5 && draw(4)) {   /* FLDCW of a likely word */
        off = IMAGE;
    }
    if (op == 1 && reg == 5) {              /* C1 is lost when it unmasks an exception */
        emit(r, "\xd9\xe5", 2);
    }
    emit_mem(r, half && env ? "\x66" : "", 0xd8 + op, reg, off);
    if (env && reg == 4 && !all && (off = image_offset(r, 28))) {
        emit_mem(r, "", 0xd9, 6, off);
        note_image(r, off, 28);
        emit_mem(r, "", 0xdd, 4, IMAGE);
    }
    if (env && reg == 6) {
        note_image(r, off, size);
    }
    return true;
}

static bool add_insn(Round *r)
{
    if (draw(24) == 0) {
        return add_fxsave(r);
    }
    unsigned op = draw(8), modrm = draw(5) ? 0xc0 | draw(64) : draw(8) << 3;
    uint8_t b[16] = { 0xd8 + op, modrm >= 0xc0 ? modrm : modrm | 0x83 };
    X86Insn in;
    X86DecodeMode mode = { .long_mode = !r->code32, .code32 = true };
    extern int random_x87_byte(void *opaque, unsigned i);
    x86_decode(mode, random_x87_byte, b, &in);
    if (!in.row || !in.row->lift) {
        return false;
    }
    if (op == 3 && (modrm == 0xe0 || modrm == 0xe1 || modrm == 0xe4 || modrm == 0xe3)) {
        return false;                       /* FNINIT: too often; 8087 instructions are nothing */
    }
    if (op == 1 && modrm >> 3 == 0x1b) {
        return false;                       /* D9 D8 to DF are documented nowhere */
    }
    if ((in.row->name[0] == 'f' && in.row->name[1] == 'c' && in.row->name[2] == 'm') && draw(2)) {
        const char *f = flag_makers[draw(4)];
        emit(r, f, strlen(f));
    }
    if (modrm < 0xc0) {
        if (!add_memory(r, op, modrm >> 3)) {
            return false;
        }
    } else {
        emit(r, b, 2);
    }
    bool undefined = op == 1 && (modrm == 0xf0 || modrm == 0xf1 || modrm == 0xf3 || modrm == 0xf9);
    if (undefined) {
        emit(r, "\xd9\xe5", 2);             /* FXAM */
    }
    g_hash_table_add(seen, (gpointer)in.row->name);
    r->n++;
    return true;
}

int random_x87_byte(void *opaque, unsigned i);
int random_x87_byte(void *opaque, unsigned i)
{
    return ((uint8_t *)opaque)[i];
}

static void make_round(Round *r)
{
    unsigned n = 1 + draw(12);
    r->code32 = host_has_32() && draw(3) == 0;
    r->size = r->n = r->n_env = 0;
    r->image_end = PLAIN;
    draw_data(r);
    draw_image(r->data + IMAGE);
    emit(r, "\xdb\xe3", 2);
    emit_mem(r, "", 0xdd, 4, IMAGE);
    while (r->n < n) {
        add_insn(r);
    }
    emit_mem(r, "", 0xdd, 6, RESULT);
    note_image(r, RESULT, IMAGE_SIZE);
    emit(r, "\xcc", 1);
    for (unsigned i = 0; i < 16; i++) {
        r->in.r[i] = r->code32 ? i < 8 ? g_rand_int(rng) : 0 : draw64();
    }
    r->in.r[RBX_] = X86_DATA;
    r->in.r[RSP_] = X86_DATA + X86_DATA_SIZE / 2;
    r->in.rip = X86_CODE;
    r->in.mxcsr = 0x1f80;
    r->in.eflags = (draw64() & EFL_ARITH) | EFL_ONE | EFL_IF;
}

/* ---- judging ---- */

static void list(const Round *r)
{
    csh cs;
    cs_insn *d;
    cs_open(CS_ARCH_X86, r->code32 ? CS_MODE_32 : CS_MODE_64, &cs);
    size_t n = cs_disasm(cs, r->code, r->size, X86_CODE, 0, &d);
    for (size_t i = 0; i < n; i++) {
        printf("#   %" PRIx64 "  %s %s\n", d[i].address, d[i].mnemonic, d[i].op_str);
    }
    cs_free(d, n);
    cs_close(&cs);
    const uint8_t *p = r->data + IMAGE;
    printf("#   cw %04x sw %04x tags %04x\n", ld_le16(p), ld_le16(p + 4), ld_le16(p + 8));
    for (unsigned i = 0; i < 8; i++) {
        printf("#   st%u %04x:%016" PRIx64 "\n", i, ld_le16(p + 36 + 10 * i),
               ld_le64(p + 28 + 10 * i));
    }
}

static bool same_empty(uint16_t a, uint16_t b)
{
    for (unsigned i = 0; i < 16; i += 2) {
        if (((a >> i & 3) == 3) != ((b >> i & 3) == 3)) {
            return false;
        }
    }
    return true;
}

/* The image of FXSAVE: what processors leave alone is as it was on the host. */
static void forgive_fxsave(uint8_t *guest, const uint8_t *host)
{
    unsigned top = ld_le16(host + 2) >> 11 & 7;
    memcpy(guest + 6, host + 6, 18);
    guest[5] = host[5];
    memcpy(guest + 28, host + 28, 4);           /* MXCSR_MASK: the model's */
    for (unsigned i = 0; i < 8; i++) {
        bool empty = !(host[4] >> ((top + i) & 7) & 1);
        unsigned from = 32 + 16 * i + (empty ? 0 : 10);
        memcpy(guest + from, host + from, empty ? 16 : 6);
    }
    memcpy(guest + 416, host + 416, 96);
}

/* Pointers, and registers that are empty in both, are as the host's. */
static void forgive(const Round *r, uint8_t *guest, unsigned off, unsigned size)
{
    const uint8_t *host = r->host_data + off;
    bool wide = size % 80 == 28;
    unsigned head = wide ? 28 : 14, w = wide ? 4 : 2;
    if (size == 512) {
        forgive_fxsave(guest + off, host);
        return;
    }
    if (size < head) {
        return;
    }
    memcpy(guest + off + 3 * w, host + 3 * w, head - 3 * w);
    if (size == head && same_empty(ld_le16(guest + off + 2 * w), ld_le16(host + 2 * w))) {
        memcpy(guest + off + 2 * w, host + 2 * w, 2);
    }
    if (memcmp(guest + off, host, 3 * w)) {
        return;
    }
    unsigned top = ld_le16(host + w) >> 11 & 7, tags = ld_le16(host + 2 * w);
    for (unsigned i = 0; size > 80 && i < 8; i++) {
        if ((tags >> 2 * ((top + i) & 7) & 3) == 3) {
            memcpy(guest + off + head + 10 * i, host + head + 10 * i, 10);
        }
    }
}

static bool same_vector(int host, int guest)
{
    return host == guest || ((host == 0 || host == EXC_XM) && guest == EXC_MF) ||
           (host == 13 && guest == EXC_PF);
}

static void judge(const Round *r, const X86State *guest)
{
    static uint8_t data[X86_DATA_SIZE];
    GString *why = g_string_new("");
    uint64_t mask = r->code32 ? UINT32_MAX : UINT64_MAX;
    memcpy(data, guest_data(), sizeof(data));
    for (unsigned i = 0; i < r->n_env; i++) {
        forgive(r, data, r->env[i], r->env_size[i]);
    }
    for (unsigned i = 0; i < (r->code32 ? 8 : 16); i++) {
        if ((r->host.r[i] ^ guest->r[i]) & mask) {
            g_string_append_printf(why, "#  r%u: %" PRIx64 ", host %" PRIx64 "\n", i,
                                   guest->r[i] & mask, r->host.r[i] & mask);
        }
    }
    if (r->host.rip != guest->rip || !same_vector(r->host.vector, guest->vector)) {
        g_string_append_printf(why, "#  rip %" PRIx64 " vector %d, host %" PRIx64 " %d\n",
                               guest->rip, guest->vector, r->host.rip, r->host.vector);
    }
    if ((r->host.eflags ^ guest->eflags) & EFL_ARITH) {
        g_string_append_printf(why, "#  flags %x, host %x\n", guest->eflags, r->host.eflags);
    }
    for (unsigned i = 0, n = 0; i < X86_DATA_SIZE && n < 6; i += 2) {
        if (memcmp(data + i, r->host_data + i, 2)) {
            g_string_append_printf(why, "#  memory at %x (%s%d): %04x, host %04x\n", X86_DATA + i,
                                   i >= RESULT && i < RESULT + IMAGE_SIZE ? "result + " : "",
                                   i >= RESULT ? (int)i - RESULT : (int)i, ld_le16(data + i),
                                   ld_le16(r->host_data + i));
            n++;
        }
    }
    if (why->len) {
        failures++;
        printf("# after %u, %u bits\n%s", done, r->code32 ? 32 : 64, why->str);
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
    wanted = argc > 2 ? strtoul(argv[2], NULL, 0) : 10000;
    rng = g_rand_new_with_seed(seed);
    g_random_set_seed(seed);
    seen = g_hash_table_new(g_str_hash, g_str_equal);
    printf("1..1\n# seed %u (others: random-x87 %s N SEED)\n", seed, accel);
    if (!host_start()) {
        printf("ok 1 # SKIP this host is no judge\n");
        return 0;
    }
    guest_start(accel, "x86-64-v3");
    guest_loop(next);
    host_end();
    printf("# %u instructions of %u names, 32-bit code %s\n", done, g_hash_table_size(seen),
           host_has_32() ? "too" : "not");
    printf("%s 1 %s\n", failures ? "not ok" : "ok", accel);
    return failures != 0;
}
