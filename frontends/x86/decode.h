/* SPDX-License-Identifier: MIT */
/*
 * The decoder: opcode maps with the operand letters of SDM 2D, appendix A, and what comes of an
 * instruction.  A row names the instruction, its lifter and its operands; where an opcode is a
 * group, the row points to a table indexed by a field of ModRM, the mandatory prefix, the mode or W.
 * A row in such a table without operands has those of the row that points to it.
 */
#ifndef FRONTENDS_X86_DECODE_H
#define FRONTENDS_X86_DECODE_H

#include "tcg/guest.h"

typedef struct X86Insn X86Insn;
typedef void X86Lift(Lift *c, const X86Insn *in);

/* Which index a group's table has. */
typedef enum X86Sub {
    SUB_NONE,
    SUB_REG,        /* ModRM.reg: 8 rows */
    SUB_MOD,        /* 0: memory, 1: register */
    SUB_RM,         /* ModRM.rm: 8 rows */
    SUB_PREFIX,     /* none, 66, F3, F2 */
    SUB_LONG,       /* 0: not 64-bit code, 1: 64-bit code */
    SUB_W,          /* W of REX or VEX */
    SUB_L,          /* L of VEX */
} X86Sub;

enum {
    ROW_LOCK   = 1 << 0,    /* LOCK is allowed with a memory destination */
    ROW_D64    = 1 << 1,    /* operand size is 64 bits by default in 64-bit code */
    ROW_F64    = 1 << 2,    /* ... always */
    ROW_NOT64  = 1 << 3,    /* #UD in 64-bit code */
    ROW_CPL0   = 1 << 4,    /* #GP(0) unless CPL is 0 */
    ROW_PROT   = 1 << 5,    /* #UD in real and virtual-8086 mode */
    ROW_X87    = 1 << 6,    /* #NM when CR0.EM or TS */
    ROW_MMX    = 1 << 7,    /* #UD when CR0.EM, #NM when TS */
    ROW_SSE    = 1 << 8,    /* #UD unless CR4.OSFXSR, #NM when TS */
    ROW_AVX    = 1 << 9,    /* #UD unless XCR0 and CR4.OSXSAVE allow it, #NM when TS */
    ROW_END    = 1 << 10,   /* the block ends after it */
    ROW_ALIGN  = 1 << 11,   /* a 16-byte memory operand must be aligned (without VEX) */
    ROW_NO66   = 1 << 12,   /* 66 is part of the opcode, not an operand size */
    ROW_VEX_W0 = 1 << 13, ROW_VEX_L0 = 1 << 14, ROW_VEX_L1 = 1 << 15,
    ROW_NO_VVVV = 1 << 16,  /* VEX.vvvv must be 1111 */
    ROW_YMM2   = 1 << 17,   /* its form of 256 bits is AVX2 */
    ROW_VEX_W1 = 1 << 18,   /* VEX.W must be 1 */
};

typedef struct X86Row {
    const char *name;
    X86Lift    *lift;           /* NULL: not lifted yet, #UD */
    uint16_t    op[4];          /* OPERAND(), 0: none */
    uint32_t    flags;          /* ROW_* */
    uint16_t    arg;            /* for lifters that do several */
    uint8_t     feature;        /* X86Feature + 1 that it needs, 0: none */
    uint8_t     sub_kind;
    const struct X86Row *sub;
} X86Row;

/* An operand: how it is addressed (a letter) and its size. */
#define OPERAND(letter, type) ((letter) << 8 | (type))
enum {
    T_none, T_b, T_w, T_d, T_q, T_dq, T_qq, T_x, T_v, T_z, T_y, T_p, T_a, T_s, T_ss, T_sd, T_t,
    T_bs,           /* a byte, sign-extended to the operand size */
    T_h,            /* half of x */
    T_f,            /* a quarter of x */
    T_e,            /* an eighth of x */
};

typedef enum X86OpKind {
    OPK_NONE, OPK_REG, OPK_HIGH, OPK_MEM, OPK_IMM, OPK_REL, OPK_FAR, OPK_SEG, OPK_CR, OPK_DR,
    OPK_XMM, OPK_MMX, OPK_ST, OPK_SRC, OPK_DST,
} X86OpKind;

typedef struct X86Operand {
    uint8_t  kind, reg, size;   /* size in bytes */
    uint8_t  imm;               /* which of X86Insn.imm */
} X86Operand;

enum { NO_REG = 0xff, BASE_RIP = 16 };

struct X86Insn {
    const X86Row *row;
    X86Operand op[4];
    uint32_t flags;             /* ROW_* of all rows on the way */
    uint8_t  feature;
    uint8_t  map, opcode, length;
    uint8_t  opsize, addrsize;  /* bytes */
    uint8_t  seg;               /* of the memory operand */
    bool     seg_given, lock, has_modrm, p66, too_long, out_of_sight;
    uint8_t  rep;               /* 0, 0xf2 or 0xf3: the last one */
    uint8_t  rex;               /* the byte, or 0; of VEX its W R X B */
    uint8_t  vex;               /* 0, or the vector length in bytes */
    uint8_t  vvvv;
    uint8_t  mod, reg, rm;      /* without REX bits */
    uint8_t  base, index, scale;    /* registers with REX bits, or NO_REG, BASE_RIP */
    int64_t  disp;
    uint64_t imm[2];
};

/* What the bytes mean: how the code segment and mode are. */
typedef struct X86DecodeMode {
    bool     long_mode, code32, vex_ok;
} X86DecodeMode;

/* Byte i of the instruction; -1: it cannot be seen. */
typedef int X86Fetch(void *opaque, unsigned i);

/* in->row is NULL for what is no instruction.  in->out_of_sight and in->too_long (more than 15
 * bytes) go before that. */
void x86_decode(X86DecodeMode mode, X86Fetch *fetch, void *opaque, X86Insn *in);

/* The maps: one byte, 0F, 0F 38, 0F 3A; then those of VEX.mmmmm 1 to 3. */
enum { X86_N_MAPS = 7, X86_MAP_VEX = 3 };
extern const X86Row *const x86_maps[X86_N_MAPS];

#endif
