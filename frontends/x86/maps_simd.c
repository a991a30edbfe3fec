/* SPDX-License-Identifier: MIT */
/*
 * The opcode maps of MMX, SSE to SSE4.2, AES and PCLMULQDQ.
 * Implements: SDM 2D, appendix A, tables; the columns are the mandatory prefixes: none, 66,
 * F3, F2.  Rows without a lifter (NULL) decode, and raise #UD.
 */
#include "frontends/x86/operands.h"
#include "frontends/x86/cpu.h"

/* A general register of 32 bits or a byte or word in memory. */
#define RdMb O('E', b)
#define RdMw O('E', w)
#define GROUP(table, fl) { .sub_kind = SUB_REG, .sub = table, .flags = fl }

static const X86Row group12_mmx[8] = {
    [2] = { "psrlw", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
    [4] = { "psraw", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
    [6] = { "psllw", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
};
static const X86Row group12_sse[8] = {
    [2] = { "psrlw", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [4] = { "psraw", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [6] = { "psllw", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
};
static const X86Row group13_mmx[8] = {
    [2] = { "psrld", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
    [4] = { "psrad", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
    [6] = { "pslld", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
};
static const X86Row group13_sse[8] = {
    [2] = { "psrld", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [4] = { "psrad", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [6] = { "pslld", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
};
static const X86Row group14_mmx[8] = {
    [2] = { "psrlq", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
    [6] = { "psllq", NULL, { Nq, Ib }, ROW_MMX, .feature = F(MMX) },
};
static const X86Row group14_sse[8] = {
    [2] = { "psrlq", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [3] = { "psrldq", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [6] = { "psllq", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    [7] = { "pslldq", NULL, { Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
};

SimdMap x86_simd_0f = {
    [0x10] = {
        { "movups", NULL, { Vx, Wx }, ROW_SSE, .feature = F(SSE) },
        { "movupd", NULL, { Vx, Wx }, ROW_SSE, .feature = F(SSE2) },
        { "movss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "movsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x11] = {
        { "movups", NULL, { Wx, Vx }, ROW_SSE, .feature = F(SSE) },
        { "movupd", NULL, { Wx, Vx }, ROW_SSE, .feature = F(SSE2) },
        { "movss", NULL, { Wss, Vss }, ROW_SSE, .feature = F(SSE) },
        { "movsd", NULL, { Wsd, Vsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x12] = {
        { "movlps", NULL, { Vq, Wq }, ROW_SSE, .feature = F(SSE) },
        { "movlpd", NULL, { Vq, Mq }, ROW_SSE, .feature = F(SSE2) },
        { "movsldup", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
        { "movddup", NULL, { Vx, Wq }, ROW_SSE, .feature = F(SSE3) },
    },
    [0x13] = {
        { "movlps", NULL, { Mq, Vq }, ROW_SSE, .feature = F(SSE) },
        { "movlpd", NULL, { Mq, Vq }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x14] = {
        { "unpcklps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "unpcklpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x15] = {
        { "unpckhps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "unpckhpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x16] = {
        { "movhps", NULL, { Vq, Wq }, ROW_SSE, .feature = F(SSE) },
        { "movhpd", NULL, { Vq, Mq }, ROW_SSE, .feature = F(SSE2) },
        { "movshdup", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
    },
    [0x17] = {
        { "movhps", NULL, { Mq, Vq }, ROW_SSE, .feature = F(SSE) },
        { "movhpd", NULL, { Mq, Vq }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x28] = {
        { "movaps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "movapd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x29] = {
        { "movaps", NULL, { Wx, Vx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "movapd", NULL, { Wx, Vx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x2a] = {
        { "cvtpi2ps", NULL, { Vdq, Qq }, ROW_SSE, .feature = F(SSE) },
        { "cvtpi2pd", NULL, { Vdq, Qq }, ROW_SSE, .feature = F(SSE2) },
        { "cvtsi2ss", NULL, { Vss, Ey }, ROW_SSE, .feature = F(SSE) },
        { "cvtsi2sd", NULL, { Vsd, Ey }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x2b] = {
        { "movntps", NULL, { Mx, Vx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "movntpd", NULL, { Mx, Vx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x2c] = {
        { "cvttps2pi", NULL, { Pq, Wq }, ROW_SSE, .feature = F(SSE) },
        { "cvttpd2pi", NULL, { Pq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cvttss2si", NULL, { Gy, Wss }, ROW_SSE, .feature = F(SSE) },
        { "cvttsd2si", NULL, { Gy, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x2d] = {
        { "cvtps2pi", NULL, { Pq, Wq }, ROW_SSE, .feature = F(SSE) },
        { "cvtpd2pi", NULL, { Pq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cvtss2si", NULL, { Gy, Wss }, ROW_SSE, .feature = F(SSE) },
        { "cvtsd2si", NULL, { Gy, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x2e] = {
        { "ucomiss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "ucomisd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x2f] = {
        { "comiss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "comisd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x50] = {
        { "movmskps", NULL, { Gy, Ux }, ROW_SSE, .feature = F(SSE) },
        { "movmskpd", NULL, { Gy, Ux }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x51] = {
        { "sqrtps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "sqrtpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "sqrtss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "sqrtsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x52] = {
        { "rsqrtps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { NULL },
        { "rsqrtss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
    },
    [0x53] = {
        { "rcpps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { NULL },
        { "rcpss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
    },
    [0x54] = {
        { "andps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "andpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x55] = {
        { "andnps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "andnpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x56] = {
        { "orps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "orpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x57] = {
        { "xorps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "xorpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x58] = {
        { "addps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "addpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "addss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "addsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x59] = {
        { "mulps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "mulpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "mulss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "mulsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x5a] = {
        { "cvtps2pd", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE2) },
        { "cvtpd2ps", NULL, { Vdq, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cvtss2sd", NULL, { Vsd, Wss }, ROW_SSE, .feature = F(SSE2) },
        { "cvtsd2ss", NULL, { Vss, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x5b] = {
        { "cvtdq2ps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cvtps2dq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cvttps2dq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x5c] = {
        { "subps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "subpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "subss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "subsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x5d] = {
        { "minps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "minpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "minss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "minsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x5e] = {
        { "divps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "divpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "divss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "divsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x5f] = {
        { "maxps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "maxpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "maxss", NULL, { Vss, Wss }, ROW_SSE, .feature = F(SSE) },
        { "maxsd", NULL, { Vsd, Wsd }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x60] = {
        { "punpcklbw", NULL, { Pq, Qd }, ROW_MMX, .feature = F(MMX) },
        { "punpcklbw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x61] = {
        { "punpcklwd", NULL, { Pq, Qd }, ROW_MMX, .feature = F(MMX) },
        { "punpcklwd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x62] = {
        { "punpckldq", NULL, { Pq, Qd }, ROW_MMX, .feature = F(MMX) },
        { "punpckldq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x63] = {
        { "packsswb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "packsswb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x64] = {
        { "pcmpgtb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pcmpgtb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x65] = {
        { "pcmpgtw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pcmpgtw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x66] = {
        { "pcmpgtd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pcmpgtd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x67] = {
        { "packuswb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "packuswb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x68] = {
        { "punpckhbw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "punpckhbw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x69] = {
        { "punpckhwd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "punpckhwd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x6a] = {
        { "punpckhdq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "punpckhdq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x6b] = {
        { "packssdw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "packssdw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x6c] = {
        { NULL },
        { "punpcklqdq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x6d] = {
        { NULL },
        { "punpckhqdq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x6e] = {
        { "movd", NULL, { Pd, Ey }, ROW_MMX, .feature = F(MMX) },
        { "movd", NULL, { Vd, Ey }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x6f] = {
        { "movq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "movdqa", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "movdqu", NULL, { Vx, Wx }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x70] = {
        { "pshufw", NULL, { Pq, Qq, Ib }, ROW_MMX, .feature = F(SSE) },
        { "pshufd", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "pshufhw", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "pshuflw", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x71] = { GROUP(group12_mmx, ROW_MMX), GROUP(group12_sse, ROW_SSE) },
    [0x72] = { GROUP(group13_mmx, ROW_MMX), GROUP(group13_sse, ROW_SSE) },
    [0x73] = { GROUP(group14_mmx, ROW_MMX), GROUP(group14_sse, ROW_SSE) },
    [0x74] = {
        { "pcmpeqb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pcmpeqb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x75] = {
        { "pcmpeqw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pcmpeqw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x76] = {
        { "pcmpeqd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pcmpeqd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0x77] = { { "emms", NULL, .flags = ROW_MMX, .feature = F(MMX) } },
    [0x7c] = {
        { NULL },
        { "haddpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
        { NULL },
        { "haddps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
    },
    [0x7d] = {
        { NULL },
        { "hsubpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
        { NULL },
        { "hsubps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
    },
    [0x7e] = {
        { "movd", NULL, { Ey, Pd }, ROW_MMX, .feature = F(MMX) },
        { "movd", NULL, { Ey, Vd }, ROW_SSE, .feature = F(SSE2) },
        { "movq", NULL, { Vq, Wq }, ROW_SSE, .feature = F(SSE2) },
    },
    [0x7f] = {
        { "movq", NULL, { Qq, Pq }, ROW_MMX, .feature = F(MMX) },
        { "movdqa", NULL, { Wx, Vx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "movdqu", NULL, { Wx, Vx }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xc2] = {
        { "cmpps", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "cmppd", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cmpss", NULL, { Vss, Wss, Ib }, ROW_SSE, .feature = F(SSE) },
        { "cmpsd", NULL, { Vsd, Wsd, Ib }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xc4] = {
        { "pinsrw", NULL, { Pq, RdMw, Ib }, ROW_MMX, .feature = F(SSE) },
        { "pinsrw", NULL, { Vdq, RdMw, Ib }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xc5] = {
        { "pextrw", NULL, { Gd, Nq, Ib }, ROW_MMX, .feature = F(SSE) },
        { "pextrw", NULL, { Gd, Udq, Ib }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xc6] = {
        { "shufps", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE) },
        { "shufpd", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd0] = {
        { NULL },
        { "addsubpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
        { NULL },
        { "addsubps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE3) },
    },
    [0xd1] = {
        { "psrlw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psrlw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd2] = {
        { "psrld", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psrld", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd3] = {
        { "psrlq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psrlq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd4] = {
        { "paddq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE2) },
        { "paddq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd5] = {
        { "pmullw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pmullw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd6] = {
        { NULL },
        { "movq", NULL, { Wq, Vq }, ROW_SSE, .feature = F(SSE2) },
        { "movq2dq", NULL, { Vdq, Nq }, ROW_SSE, .feature = F(SSE2) },
        { "movdq2q", NULL, { Pq, Uq }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xd7] = {
        { "pmovmskb", NULL, { Gd, Nq }, ROW_MMX, .feature = F(SSE) },
        { "pmovmskb", NULL, { Gd, Ux }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xd8] = {
        { "psubusb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubusb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xd9] = {
        { "psubusw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubusw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xda] = {
        { "pminub", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pminub", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xdb] = {
        { "pand", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pand", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xdc] = {
        { "paddusb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddusb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xdd] = {
        { "paddusw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddusw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xde] = {
        { "pmaxub", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pmaxub", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xdf] = {
        { "pandn", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pandn", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe0] = {
        { "pavgb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pavgb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe1] = {
        { "psraw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psraw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe2] = {
        { "psrad", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psrad", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe3] = {
        { "pavgw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pavgw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe4] = {
        { "pmulhuw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pmulhuw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe5] = {
        { "pmulhw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pmulhw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe6] = {
        { NULL },
        { "cvttpd2dq", NULL, { Vdq, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
        { "cvtdq2pd", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE2) },
        { "cvtpd2dq", NULL, { Vdq, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe7] = {
        { "movntq", NULL, { Mq, Pq }, ROW_MMX, .feature = F(SSE) },
        { "movntdq", NULL, { Mx, Vx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe8] = {
        { "psubsb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubsb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xe9] = {
        { "psubsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xea] = {
        { "pminsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pminsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xeb] = {
        { "por", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "por", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xec] = {
        { "paddsb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddsb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xed] = {
        { "paddsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xee] = {
        { "pmaxsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "pmaxsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xef] = {
        { "pxor", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pxor", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf0] = {
        { NULL },
        { NULL },
        { NULL },
        { "lddqu", NULL, { Vx, Mx }, ROW_SSE, .feature = F(SSE3) },
    },
    [0xf1] = {
        { "psllw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psllw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf2] = {
        { "pslld", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pslld", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf3] = {
        { "psllq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psllq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf4] = {
        { "pmuludq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE2) },
        { "pmuludq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf5] = {
        { "pmaddwd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "pmaddwd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf6] = {
        { "psadbw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE) },
        { "psadbw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf7] = {
        { "maskmovq", NULL, { Pq, Nq }, ROW_MMX, .feature = F(SSE) },
        { "maskmovdqu", NULL, { Vdq, Udq }, ROW_SSE, .feature = F(SSE2) },
    },
    [0xf8] = {
        { "psubb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xf9] = {
        { "psubw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xfa] = {
        { "psubd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "psubd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xfb] = {
        { "psubq", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSE2) },
        { "psubq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xfc] = {
        { "paddb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xfd] = {
        { "paddw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
    [0xfe] = {
        { "paddd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(MMX) },
        { "paddd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE2) },
    },
};

SimdMap x86_simd_0f38 = {
    [0x00] = {
        { "pshufb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "pshufb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x01] = {
        { "phaddw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "phaddw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x02] = {
        { "phaddd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "phaddd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x03] = {
        { "phaddsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "phaddsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x04] = {
        { "pmaddubsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "pmaddubsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x05] = {
        { "phsubw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "phsubw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x06] = {
        { "phsubd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "phsubd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x07] = {
        { "phsubsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "phsubsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x08] = {
        { "psignb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "psignb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x09] = {
        { "psignw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "psignw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x0a] = {
        { "psignd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "psignd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x0b] = {
        { "pmulhrsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "pmulhrsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x10] = {
        { NULL },
        { "pblendvb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x14] = {
        { NULL },
        { "blendvps", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x15] = {
        { NULL },
        { "blendvpd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x17] = { { NULL }, { "ptest", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x1c] = {
        { "pabsb", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "pabsb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x1d] = {
        { "pabsw", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "pabsw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x1e] = {
        { "pabsd", NULL, { Pq, Qq }, ROW_MMX, .feature = F(SSSE3) },
        { "pabsd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x20] = { { NULL }, { "pmovsxbw", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE41) } },
    [0x21] = { { NULL }, { "pmovsxbd", NULL, { Vx, Wf }, ROW_SSE, .feature = F(SSE41) } },
    [0x22] = { { NULL }, { "pmovsxbq", NULL, { Vx, We }, ROW_SSE, .feature = F(SSE41) } },
    [0x23] = { { NULL }, { "pmovsxwd", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE41) } },
    [0x24] = { { NULL }, { "pmovsxwq", NULL, { Vx, Wf }, ROW_SSE, .feature = F(SSE41) } },
    [0x25] = { { NULL }, { "pmovsxdq", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE41) } },
    [0x28] = { { NULL }, { "pmuldq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x29] = {
        { NULL },
        { "pcmpeqq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x2a] = {
        { NULL },
        { "movntdqa", NULL, { Vx, Mx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x2b] = {
        { NULL },
        { "packusdw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x30] = { { NULL }, { "pmovzxbw", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE41) } },
    [0x31] = { { NULL }, { "pmovzxbd", NULL, { Vx, Wf }, ROW_SSE, .feature = F(SSE41) } },
    [0x32] = { { NULL }, { "pmovzxbq", NULL, { Vx, We }, ROW_SSE, .feature = F(SSE41) } },
    [0x33] = { { NULL }, { "pmovzxwd", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE41) } },
    [0x34] = { { NULL }, { "pmovzxwq", NULL, { Vx, Wf }, ROW_SSE, .feature = F(SSE41) } },
    [0x35] = { { NULL }, { "pmovzxdq", NULL, { Vx, Wh }, ROW_SSE, .feature = F(SSE41) } },
    [0x37] = {
        { NULL },
        { "pcmpgtq", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE42) },
    },
    [0x38] = { { NULL }, { "pminsb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x39] = { { NULL }, { "pminsd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x3a] = { { NULL }, { "pminuw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x3b] = { { NULL }, { "pminud", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x3c] = { { NULL }, { "pmaxsb", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x3d] = { { NULL }, { "pmaxsd", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x3e] = { { NULL }, { "pmaxuw", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x3f] = { { NULL }, { "pmaxud", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x40] = { { NULL }, { "pmulld", NULL, { Vx, Wx }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) } },
    [0x41] = {
        { NULL },
        { "phminposuw", NULL, { Vdq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0xdb] = { { NULL }, { "aesimc", NULL, { Vdq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(AES) } },
    [0xdc] = { { NULL }, { "aesenc", NULL, { Vdq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(AES) } },
    [0xdd] = {
        { NULL },
        { "aesenclast", NULL, { Vdq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(AES) },
    },
    [0xde] = { { NULL }, { "aesdec", NULL, { Vdq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(AES) } },
    [0xdf] = {
        { NULL },
        { "aesdeclast", NULL, { Vdq, Wdq }, ROW_SSE | ROW_ALIGN, .feature = F(AES) },
    },
};

SimdMap x86_simd_0f3a = {
    [0x08] = {
        { NULL },
        { "roundps", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x09] = {
        { NULL },
        { "roundpd", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x0a] = { { NULL }, { "roundss", NULL, { Vss, Wss, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x0b] = { { NULL }, { "roundsd", NULL, { Vsd, Wsd, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x0c] = {
        { NULL },
        { "blendps", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x0d] = {
        { NULL },
        { "blendpd", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x0e] = {
        { NULL },
        { "pblendw", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x0f] = {
        { "palignr", NULL, { Pq, Qq, Ib }, ROW_MMX, .feature = F(SSSE3) },
        { "palignr", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSSE3) },
    },
    [0x14] = { { NULL }, { "pextrb", NULL, { RdMb, Vdq, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x15] = { { NULL }, { "pextrw", NULL, { RdMw, Vdq, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x16] = { { NULL }, { "pextrd", NULL, { Ey, Vdq, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x17] = { { NULL }, { "extractps", NULL, { Ed, Vdq, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x20] = { { NULL }, { "pinsrb", NULL, { Vdq, RdMb, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x21] = { { NULL }, { "insertps", NULL, { Vdq, Wd, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x22] = { { NULL }, { "pinsrd", NULL, { Vdq, Ey, Ib }, ROW_SSE, .feature = F(SSE41) } },
    [0x40] = {
        { NULL },
        { "dpps", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x41] = {
        { NULL },
        { "dppd", NULL, { Vdq, Wdq, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x42] = {
        { NULL },
        { "mpsadbw", NULL, { Vx, Wx, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(SSE41) },
    },
    [0x44] = {
        { NULL },
        { "pclmulqdq", NULL, { Vdq, Wdq, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(PCLMUL) },
    },
    [0x60] = { { NULL }, { "pcmpestrm", NULL, { Vdq, Wdq, Ib }, ROW_SSE, .feature = F(SSE42) } },
    [0x61] = { { NULL }, { "pcmpestri", NULL, { Vdq, Wdq, Ib }, ROW_SSE, .feature = F(SSE42) } },
    [0x62] = { { NULL }, { "pcmpistrm", NULL, { Vdq, Wdq, Ib }, ROW_SSE, .feature = F(SSE42) } },
    [0x63] = { { NULL }, { "pcmpistri", NULL, { Vdq, Wdq, Ib }, ROW_SSE, .feature = F(SSE42) } },
    [0xdf] = {
        { NULL },
        { "aeskeygenassist", NULL, { Vdq, Wdq, Ib }, ROW_SSE | ROW_ALIGN, .feature = F(AES) },
    },
};
