/* SPDX-License-Identifier: MIT */
/*
 * From bytes to an X86Insn: prefixes, opcode, ModRM, SIB, displacement, immediates.
 * Implements: SDM 2A, chapter 2 (formats, REX, VEX).
 */
#include "frontends/x86/decode.h"
#include "frontends/x86/cpu.h"

typedef struct Decoder {
    X86DecodeMode mode;
    X86Fetch     *fetch;
    void         *opaque;
    X86Insn      *in;
    unsigned      n_imm;
} Decoder;

/* ---- bytes ---- */

static uint8_t next8(Decoder *d)
{
    X86Insn *in = d->in;
    if (in->out_of_sight || in->too_long) {
        return 0;
    }
    if (in->length == 15) {
        in->too_long = true;
        return 0;
    }
    int b = d->fetch(d->opaque, in->length);
    if (b < 0) {
        in->out_of_sight = true;
        return 0;
    }
    in->length++;
    return b;
}

static uint64_t next(Decoder *d, unsigned size)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < size; i++) {
        v |= (uint64_t)next8(d) << 8 * i;
    }
    return v;
}

static int64_t next_signed(Decoder *d, unsigned size)
{
    return sextract64(next(d, size), 0, size * 8);
}

/* ---- prefixes ---- */

static bool seg_prefix(Decoder *d, uint8_t b)
{
    static const uint8_t segs[128] = {
        [0x26] = 1 + SEG_ES, [0x2e] = 1 + SEG_CS, [0x36] = 1 + SEG_SS, [0x3e] = 1 + SEG_DS,
        [0x64] = 1 + SEG_FS, [0x65] = 1 + SEG_GS,
    };
    unsigned seg = b < 128 ? segs[b] : 0;
    if (!seg) {
        return false;
    }
    if (!d->mode.long_mode || seg > SEG_DS + 1) {   /* the old four do nothing in 64-bit code */
        d->in->seg = seg - 1;
        d->in->seg_given = true;
    }
    return true;
}

/* The first byte that is no prefix. */
static uint8_t prefixes(Decoder *d, bool *p67)
{
    X86Insn *in = d->in;
    for (;;) {
        uint8_t b = next8(d);
        if (b == 0x66) {
            in->p66 = true;
        } else if (b == 0x67) {
            *p67 = true;
        } else if (b == 0xf0) {
            in->lock = true;
        } else if (b == 0xf2 || b == 0xf3) {
            in->rep = b;
        } else if (!seg_prefix(d, b)) {
            if (d->mode.long_mode && (b & 0xf0) == 0x40) {
                in->rex = b;
                b = next8(d);
                /* a prefix after REX makes it void */
                bool more = b == 0x66 || b == 0x67 || (b | 3) == 0xf3 || (b & 0xf0) == 0x40 ||
                            (b & 0xe7) == 0x26 || b == 0x64 || b == 0x65;
                if (more && b != 0xf1 && !in->too_long && !in->out_of_sight) {
                    in->rex = 0;
                    in->length--;
                    continue;
                }
            }
            return b;
        }
        if (in->too_long || in->out_of_sight) {
            return 0;
        }
    }
}

static void set_sizes(Decoder *d, bool p67)
{
    X86Insn *in = d->in;
    if (d->mode.long_mode) {
        in->opsize = in->rex & 8 ? 8 : in->p66 ? 2 : 4;
        in->addrsize = p67 ? 4 : 8;
    } else {
        in->opsize = d->mode.code32 != in->p66 ? 4 : 2;
        in->addrsize = d->mode.code32 != p67 ? 4 : 2;
    }
}

/* ---- VEX ---- */

/* C4 and C5 are LES and LDS outside of 64-bit code when a memory operand follows. */
static bool is_vex(Decoder *d, uint8_t b)
{
    X86Insn *in = d->in;
    if ((b != 0xc4 && b != 0xc5) || !d->mode.vex_ok) {
        return false;
    }
    if (d->mode.long_mode) {
        return true;
    }
    int second = in->length < 15 ? d->fetch(d->opaque, in->length) : -1;
    in->out_of_sight |= second < 0;
    return second >= 0xc0;
}

/* Fills rex, vex, vvvv, rep, p66; the map, or 0. */
static unsigned vex_prefix(Decoder *d, uint8_t b)
{
    static const uint8_t reps[4] = { 0, 0, 0xf3, 0xf2 };
    X86Insn *in = d->in;
    bool bad = in->lock || in->p66 || in->rep || in->rex;
    unsigned map = 1;
    uint8_t p = next8(d);
    in->rex = 0x40 | (~p >> 5 & 4);
    if (b == 0xc4) {
        in->rex |= ~p >> 5 & 3;
        map = p & 31;
        p = next8(d);
        in->rex |= p >> 4 & 8;
    }
    if (!d->mode.long_mode) {
        in->rex &= ~7;
    }
    in->vvvv = ~p >> 3 & 15;
    in->vex = p & 4 ? 32 : 16;
    in->p66 = (p & 3) == 1;
    in->rep = reps[p & 3];
    return bad || map < 1 || map > 3 ? 0 : map;
}

/* ---- ModRM ---- */

static void modrm(Decoder *d)
{
    X86Insn *in = d->in;
    if (!in->has_modrm) {
        uint8_t b = next8(d);
        in->has_modrm = true;
        in->mod = b >> 6;
        in->reg = b >> 3 & 7;
        in->rm = b & 7;
    }
}

static void memory16(Decoder *d)
{
    static const struct { uint8_t base, index; } form[8] = {
        { RBX_, RSI_ }, { RBX_, RDI_ }, { RBP_, RSI_ }, { RBP_, RDI_ },
        { RSI_, NO_REG }, { RDI_, NO_REG }, { RBP_, NO_REG }, { RBX_, NO_REG },
    };
    X86Insn *in = d->in;
    in->base = form[in->rm].base;
    in->index = form[in->rm].index;
    if (in->mod == 0 && in->rm == 6) {
        in->base = NO_REG;
        in->disp = next_signed(d, 2);
    } else if (in->mod) {
        in->disp = next_signed(d, in->mod);
    }
    if (!in->seg_given && in->base == RBP_) {
        in->seg = SEG_SS;
    }
}

static void memory(Decoder *d)
{
    X86Insn *in = d->in;
    unsigned rm = in->rm, disp = in->mod == 1 ? 1 : in->mod == 2 ? 4 : 0;
    if (in->addrsize == 2) {
        memory16(d);
        return;
    }
    in->base = rm | (in->rex & 1) << 3;
    if (rm == 4) {
        uint8_t sib = next8(d);
        in->scale = sib >> 6;
        in->index = (sib >> 3 & 7) | (in->rex & 2) << 2;
        in->base = (sib & 7) | (in->rex & 1) << 3;
        if (in->index == 4) {
            in->index = NO_REG;
        }
        if ((sib & 7) == 5 && in->mod == 0) {
            in->base = NO_REG;
            disp = 4;
        }
    } else if (rm == 5 && in->mod == 0) {
        in->base = d->mode.long_mode ? BASE_RIP : NO_REG;
        disp = 4;
    }
    in->disp = disp ? next_signed(d, disp) : 0;
    if (!in->seg_given && (in->base == RSP_ || in->base == RBP_)) {
        in->seg = SEG_SS;
    }
}

/* ---- rows ---- */

static unsigned prefix_index(const X86Insn *in)
{
    return in->rep == 0xf3 ? 2 : in->rep == 0xf2 ? 3 : in->p66;
}

static const X86Row *pick(Decoder *d, const X86Row *row)
{
    X86Insn *in = d->in;
    if (row->sub_kind == SUB_REG || row->sub_kind == SUB_MOD || row->sub_kind == SUB_RM) {
        modrm(d);
    }
    switch (row->sub_kind) {
    case SUB_REG:    return &row->sub[in->reg];
    case SUB_MOD:    return &row->sub[in->mod == 3];
    case SUB_RM:     return &row->sub[in->rm];
    case SUB_PREFIX: return &row->sub[prefix_index(in)];
    case SUB_LONG:   return &row->sub[d->mode.long_mode];
    case SUB_W:      return &row->sub[in->rex >> 3 & 1];
    default:         return &row->sub[in->vex == 32];
    }
}

/* Down to the instruction; its operands, also those given above. */
static const X86Row *find_row(Decoder *d, const X86Row *row, const uint16_t **op)
{
    X86Insn *in = d->in;
    *op = row->op;
    in->flags = row->flags;
    in->feature = row->feature;
    while (row->sub_kind) {
        row = pick(d, row);
        in->flags |= row->flags;
        in->feature = row->feature ? row->feature : in->feature;
        if (row->op[0]) {
            *op = row->op;
        }
    }
    return row->name ? row : NULL;
}

/* ---- operands ---- */

static unsigned type_size(const X86Insn *in, unsigned type)
{
    unsigned x = in->vex ? in->vex : 16;
    switch (type) {
    case T_b: case T_bs: return 1;
    case T_w:            return 2;
    case T_d: case T_ss: return 4;
    case T_q: case T_sd: return 8;
    case T_dq:           return 16;
    case T_qq:           return 32;
    case T_x:            return x;
    case T_h:            return x / 2;
    case T_f:            return x / 4;
    case T_e:            return x / 8;
    case T_v:            return in->opsize;
    case T_z:            return MIN(in->opsize, 4);
    case T_y:            return in->opsize == 8 ? 8 : 4;
    case T_p:            return in->opsize + 2;
    case T_a:            return in->opsize * 2;
    case T_t:            return 10;
    default:             return 0;
    }
}

/* A general register: 4 to 7 of a byte are AH to BH without REX. */
static X86Operand gpr(const X86Insn *in, unsigned reg, unsigned size)
{
    if (size == 1 && !in->rex && reg >= 4) {
        return (X86Operand){ OPK_HIGH, reg - 4, 1 };
    }
    return (X86Operand){ OPK_REG, reg, size };
}

static X86Operand rm_operand(const X86Insn *in, unsigned kind, unsigned size)
{
    unsigned reg = in->rm | (in->rex & 1) << 3;
    if (in->mod != 3) {
        return (X86Operand){ OPK_MEM, 0, size };
    }
    return kind == OPK_REG ? gpr(in, reg, size) :
           (X86Operand){ kind, kind == OPK_MMX || kind == OPK_ST ? in->rm : reg, size };
}

static X86Operand immediate(Decoder *d, unsigned size, bool sign)
{
    X86Operand op = { OPK_IMM, 0, size, d->n_imm };
    d->in->imm[d->n_imm++ & 1] = sign ? (uint64_t)next_signed(d, size) : next(d, size);
    return op;
}

/* 'I': a z immediate of a 64-bit operand is sign-extended; MOV r64, imm64 is the v. */
static X86Operand immediate_of(Decoder *d, unsigned type)
{
    X86Operand op = immediate(d, type_size(d->in, type), type == T_z || type == T_bs);
    if (type == T_bs || type == T_z) {
        op.size = d->in->opsize;
    }
    return op;
}

static X86Operand operand(Decoder *d, uint16_t code)
{
    X86Insn *in = d->in;
    unsigned type = code & 0xff, size = type_size(in, type);
    unsigned reg = in->reg | (in->rex & 4) << 1, vvvv = in->vvvv & (d->mode.long_mode ? 15 : 7);
    switch (code >> 8) {
    case 'A': {
        X86Operand op = immediate(d, in->opsize, false);
        op.kind = OPK_FAR;
        in->imm[1] = next(d, 2);
        return op;
    }
    case 'B': return (X86Operand){ OPK_REG, vvvv, size };
    case 'C': return (X86Operand){ OPK_CR, reg, size };
    case 'D': return (X86Operand){ OPK_DR, reg, size };
    case 'E': case 'M': case 'R': return rm_operand(in, OPK_REG, size);
    case 'G': return gpr(in, reg, size);
    case 'H': return (X86Operand){ OPK_XMM, vvvv, size };
    case 'I': return immediate_of(d, type);
    case 'J': {
        X86Operand op = immediate(d, size, true);
        op.kind = OPK_REL;
        return op;
    }
    case 'L': {
        X86Operand op = immediate(d, 1, false);
        return (X86Operand){ OPK_XMM, in->imm[op.imm] >> 4 & (d->mode.long_mode ? 15 : 7), size };
    }
    case 'O':
        in->base = in->index = NO_REG;
        in->disp = (int64_t)next(d, in->addrsize);
        return (X86Operand){ OPK_MEM, 0, size };
    case 'N': case 'Q': return rm_operand(in, OPK_MMX, size);
    case 'P': return (X86Operand){ OPK_MMX, in->reg, size };
    case 'S': return (X86Operand){ OPK_SEG, in->reg, 2 };
    case 's': return (X86Operand){ OPK_SEG, in->opcode >> 3 & 7, 2 };   /* of PUSH ES and so on */
    case 'T': return rm_operand(in, OPK_ST, 10);
    case 'U': case 'W': return rm_operand(in, OPK_XMM, size);
    case 'V': return (X86Operand){ OPK_XMM, reg, size };
    case 'X': return (X86Operand){ OPK_SRC, RSI_, size };
    case 'Y': return (X86Operand){ OPK_DST, RDI_, size };
    case 'Z': return gpr(in, (in->opcode & 7) | (in->rex & 1) << 3, size);
    case '1': in->imm[0] = 1; return (X86Operand){ OPK_IMM, 0, 1, 0 };
    case 'a': return (X86Operand){ OPK_REG, RAX_, size };
    case 'c': return (X86Operand){ OPK_REG, RCX_, size };
    case 'd': return (X86Operand){ OPK_REG, RDX_, size };
    default:  g_assert_not_reached();
    }
}

/* Letters that are encoded in ModRM. */
static bool in_modrm(unsigned letter)
{
    return letter && letter < 128 && strchr("CDEGMNPQRSTUVW", letter);
}

static bool forms_fit(const X86Insn *in, const uint16_t *op)
{
    for (unsigned k = 0; k < 4 && op[k]; k++) {
        unsigned letter = op[k] >> 8;
        if (letter == 'M' && in->mod == 3) {
            return false;
        }
        if ((letter == 'R' || letter == 'N' || letter == 'U') && in->mod != 3) {
            return false;
        }
    }
    return true;
}

static void operands(Decoder *d, const uint16_t *op)
{
    X86Insn *in = d->in;
    for (unsigned k = 0; k < 4 && op[k]; k++) {
        if (in_modrm(op[k] >> 8)) {
            modrm(d);
        }
        if (op[k] >> 8 == 'C' || op[k] >> 8 == 'D') {
            in->mod = 3;
        }
    }
    if (in->has_modrm && in->mod != 3) {
        memory(d);
    }
    if (!forms_fit(in, op)) {
        in->row = NULL;
        return;
    }
    for (unsigned k = 0; k < 4 && op[k]; k++) {
        in->op[k] = operand(d, op[k]);
    }
}

/* ---- the whole ---- */

static const X86Row *opcode_row(Decoder *d, uint8_t b)
{
    X86Insn *in = d->in;
    if (is_vex(d, b)) {
        unsigned map = vex_prefix(d, b);
        in->opcode = next8(d);
        in->map = X86_MAP_VEX + map;
        return map ? &x86_maps[in->map][in->opcode] : NULL;
    }
    if (b == 0x0f) {
        b = next8(d);
        in->map = b == 0x38 ? 2 : b == 0x3a ? 3 : 1;
        if (in->map > 1) {
            b = next8(d);
        }
    }
    in->opcode = b;
    return &x86_maps[in->map][b];
}

static void adjust_size(Decoder *d)
{
    X86Insn *in = d->in;
    if (!d->mode.long_mode) {
        return;
    }
    if (in->flags & ROW_F64 || (in->flags & ROW_D64 && in->opsize == 4)) {
        in->opsize = 8;
    }
}

void x86_decode(X86DecodeMode mode, X86Fetch *fetch, void *opaque, X86Insn *in)
{
    Decoder d = { mode, fetch, opaque, in, 0 };
    bool p67 = false;
    *in = (X86Insn){ .seg = SEG_DS, .base = NO_REG, .index = NO_REG };
    uint8_t b = prefixes(&d, &p67);
    set_sizes(&d, p67);
    const X86Row *row = opcode_row(&d, b);
    if (in->vex) {
        set_sizes(&d, p67);
    }
    const uint16_t *op = NULL;
    in->row = row ? find_row(&d, row, &op) : NULL;
    if (!in->row) {
        return;
    }
    if (in->flags & ROW_NO66 && in->opsize == 2) {
        in->opsize = 4;
    }
    adjust_size(&d);
    operands(&d, op);
    if (in->flags & ROW_NOT64 && mode.long_mode) {
        in->row = NULL;
    }
    if (in->lock && (!(in->flags & ROW_LOCK) || in->op[0].kind != OPK_MEM)) {
        in->row = NULL;
    }
}
