/* SPDX-License-Identifier: MIT */
/*
 * The operand letters of SDM 2D, A.2, as the maps write them.  Beside the manual's: Zv and Zb, the
 * register in the lowest bits of the opcode; Sx, the segment register in bits 5..3 of it (PUSH ES);
 * aL, aX (b, v) and cL, dX: AL, eAX, CL, DX; ONE, the 1 of the shifts; Tt, ST(i) or an m80; Is,
 * a byte that is sign-extended to the operand size (Ib in the manual's groups 1 and PUSH).
 */
#ifndef FRONTENDS_X86_OPERANDS_H
#define FRONTENDS_X86_OPERANDS_H

#include "frontends/x86/decode.h"

#define O(letter, type) OPERAND(letter, T_##type)
#define Ap  O('A', p)
#define By  O('B', y)
#define Cd  O('C', v)
#define Dd  O('D', v)
#define Eb  O('E', b)
#define Ed  O('E', d)
#define Eq  O('E', q)
#define Ev  O('E', v)
#define Ew  O('E', w)
#define Ey  O('E', y)
#define Gb  O('G', b)
#define Gd  O('G', d)
#define Gv  O('G', v)
#define Gw  O('G', w)
#define Gy  O('G', y)
#define Gz  O('G', z)
#define Hdq O('H', dq)
#define Hq  O('H', q)
#define Hqq O('H', qq)
#define Hx  O('H', x)
#define Hss O('H', ss)
#define Hsd O('H', sd)
#define Ib  O('I', b)
#define Is  O('I', bs)
#define Iv  O('I', v)
#define Iw  O('I', w)
#define Iz  O('I', z)
#define Jb  O('J', b)
#define Jz  O('J', z)
#define Lx  O('L', x)
#define M   O('M', none)
#define Ma  O('M', a)
#define Mb  O('M', b)
#define Md  O('M', d)
#define Mdq O('M', dq)
#define Mp  O('M', p)
#define Mq  O('M', q)
#define Ms  O('M', s)
#define Mt  O('M', t)
#define Mv  O('M', v)
#define Mw  O('M', w)
#define Mx  O('M', x)
#define My  O('M', y)
#define Mqq O('M', qq)
#define Nq  O('N', q)
#define Ob  O('O', b)
#define Ov  O('O', v)
#define Pd  O('P', d)
#define Pq  O('P', q)
#define Qd  O('Q', d)
#define Qq  O('Q', q)
#define Rd  O('R', d)
#define Rv  O('R', v)
#define Ry  O('R', y)
#define Sw  O('S', w)
#define Sx  O('s', w)
#define Tt  O('T', t)
#define Udq O('U', dq)
#define Uq  O('U', q)
#define Ux  O('U', x)
#define Vd  O('V', d)
#define Vdq O('V', dq)
#define Vq  O('V', q)
#define Vqq O('V', qq)
#define Vss O('V', ss)
#define Vsd O('V', sd)
#define Vx  O('V', x)
#define Vh  O('V', h)
#define Wb  O('W', b)
#define Wd  O('W', d)
#define Wdq O('W', dq)
#define Wq  O('W', q)
#define Wqq O('W', qq)
#define Wss O('W', ss)
#define Wsd O('W', sd)
#define Ww  O('W', w)
#define Wx  O('W', x)
#define Wh  O('W', h)
#define Wf  O('W', f)
#define We  O('W', e)
#define Xb  O('X', b)
#define Xv  O('X', v)
#define Xz  O('X', z)
#define Yb  O('Y', b)
#define Yv  O('Y', v)
#define Yz  O('Y', z)
#define Zb  O('Z', b)
#define Zv  O('Z', v)
#define aL  O('a', b)
#define aX  O('a', v)
#define aZ  O('a', z)
#define cL  O('c', b)
#define dX  O('d', w)
#define ONE O('1', b)

#define F(feature) (X86_##feature + 1)

/* The tables of the SIMD files: one row for each mandatory prefix (none, 66, F3, F2). */
typedef const X86Row SimdMap[256][4];
extern SimdMap x86_simd_0f, x86_simd_0f38, x86_simd_0f3a;
extern SimdMap x86_vex_0f, x86_vex_0f38, x86_vex_0f3a;
/* The escape opcodes D8 to DF. */
extern const X86Row x86_x87_map[8][2];

#define BY_PREFIX(table, n) [n] = { .sub_kind = SUB_PREFIX, .sub = table[n] }
#define BY_PREFIX4(t, n)  BY_PREFIX(t, n), BY_PREFIX(t, (n) + 1), BY_PREFIX(t, (n) + 2), \
                          BY_PREFIX(t, (n) + 3)
#define BY_PREFIX16(t, n) BY_PREFIX4(t, n), BY_PREFIX4(t, (n) + 4), BY_PREFIX4(t, (n) + 8), \
                          BY_PREFIX4(t, (n) + 12)
#define BY_PREFIX64(t, n) BY_PREFIX16(t, n), BY_PREFIX16(t, (n) + 16), BY_PREFIX16(t, (n) + 32), \
                          BY_PREFIX16(t, (n) + 48)
#define BY_PREFIX256(t)   BY_PREFIX64(t, 0), BY_PREFIX64(t, 64), BY_PREFIX64(t, 128), \
                          BY_PREFIX64(t, 192)

#endif
