/* SPDX-License-Identifier: MIT */
/*
 * The opcode maps of VEX: AVX, AVX2, FMA, F16C.
 * Implements: SDM 2D, appendix A, tables; the columns are the mandatory prefixes:
 * none, 66, F3, F2.
 */
#include "frontends/x86/operands.h"
#include "frontends/x86/lift_vec.h"

/* A general register of 32 bits or a byte or word in memory. */
#define RdMb O('E', b)
#define RdMw O('E', w)
#define GROUP(table, fl) { .sub_kind = SUB_REG, .sub = table, .flags = fl }

static const X86Row group12[8] = {
    [2] = { "vpsrlw", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vshr, 1) },
    [4] = { "vpsraw", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vsar, 1) },
    [6] = { "vpsllw", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vshl, 1) },
};
static const X86Row group13[8] = {
    [2] = { "vpsrld", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vshr, 2) },
    [4] = { "vpsrad", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vsar, 2) },
    [6] = { "vpslld", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vshl, 2) },
};
static const X86Row group14[8] = {
    [2] = { "vpsrlq", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vshr, 3) },
    [3] = { "vpsrldq", x86_lift_vshift_bytes, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = VEC_psrldq },
    [6] = { "vpsllq", x86_lift_vshift_imm, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = ARG_LANES(vshl, 3) },
    [7] = { "vpslldq", x86_lift_vshift_bytes, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2,
            .feature = F(AVX), .arg = VEC_pslldq },
};
static const X86Row vzero[2] = {
    { "vzeroupper", x86_lift_vzero, .flags = ROW_AVX, .arg = 0, .feature = F(AVX) },
    { "vzeroall", x86_lift_vzero, .flags = ROW_AVX, .arg = 1, .feature = F(AVX) },
};
static const X86Row vmovss_10[2] = {
    { "vmovss", x86_lift_vmovs, { Vss, Md }, ROW_AVX | ROW_NO_VVVV,
      .feature = F(AVX), .arg = VEC_movss },
    { "vmovss", x86_lift_vmovs, { Vdq, Hdq, Udq }, ROW_AVX, .feature = F(AVX), .arg = VEC_movss },
};
static const X86Row vmovsd_10[2] = {
    { "vmovsd", x86_lift_vmovs, { Vsd, Mq }, ROW_AVX | ROW_NO_VVVV,
      .feature = F(AVX), .arg = VEC_movsd },
    { "vmovsd", x86_lift_vmovs, { Vdq, Hdq, Udq }, ROW_AVX, .feature = F(AVX), .arg = VEC_movsd },
};
static const X86Row vmovss_11[2] = {
    { "vmovss", x86_lift_vmovs, { Md, Vss }, ROW_AVX | ROW_NO_VVVV,
      .feature = F(AVX), .arg = VEC_movss },
    { "vmovss", x86_lift_vmovs, { Udq, Hdq, Vdq }, ROW_AVX, .feature = F(AVX), .arg = VEC_movss },
};
static const X86Row vmovsd_11[2] = {
    { "vmovsd", x86_lift_vmovs, { Mq, Vsd }, ROW_AVX | ROW_NO_VVVV,
      .feature = F(AVX), .arg = VEC_movsd },
    { "vmovsd", x86_lift_vmovs, { Udq, Hdq, Vdq }, ROW_AVX, .feature = F(AVX), .arg = VEC_movsd },
};
static const X86Row w_45[2] = {
    { "vpsrlvd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2), .arg = VEC_vpsrlvd },
    { "vpsrlvq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2), .arg = VEC_vpsrlvq },
};
static const X86Row w_47[2] = {
    { "vpsllvd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2), .arg = VEC_vpsllvd },
    { "vpsllvq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2), .arg = VEC_vpsllvq },
};
static const X86Row w_8c[2] = {
    { "vpmaskmovd", x86_lift_vmaskload, { Vx, Hx, Mx }, ROW_AVX, .feature = F(AVX2), .arg = 2 },
    { "vpmaskmovq", x86_lift_vmaskload, { Vx, Hx, Mx }, ROW_AVX, .feature = F(AVX2), .arg = 3 },
};
static const X86Row w_8e[2] = {
    { "vpmaskmovd", x86_lift_vmaskstore, { Mx, Hx, Vx }, ROW_AVX, .feature = F(AVX2), .arg = 2 },
    { "vpmaskmovq", x86_lift_vmaskstore, { Mx, Hx, Vx }, ROW_AVX, .feature = F(AVX2), .arg = 3 },
};
static const X86Row w_90[2] = {
    { "vpgatherdd", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 0 },
    { "vpgatherdq", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 2 },
};
static const X86Row w_91[2] = {
    { "vpgatherqd", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 1 },
    { "vpgatherqq", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 3 },
};
static const X86Row w_92[2] = {
    { "vgatherdps", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 0 },
    { "vgatherdpd", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 2 },
};
static const X86Row w_93[2] = {
    { "vgatherqps", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 1 },
    { "vgatherqpd", x86_lift_vgather, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2), .arg = 3 },
};
static const X86Row w_96[2] = {
    { "vfmaddsub132ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmaddsub132ps },
    { "vfmaddsub132pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmaddsub132pd },
};
static const X86Row w_97[2] = {
    { "vfmsubadd132ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsubadd132ps },
    { "vfmsubadd132pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsubadd132pd },
};
static const X86Row w_98[2] = {
    { "vfmadd132ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd132ps },
    { "vfmadd132pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd132pd },
};
static const X86Row w_99[2] = {
    { "vfmadd132ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd132ss },
    { "vfmadd132sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd132sd },
};
static const X86Row w_9a[2] = {
    { "vfmsub132ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub132ps },
    { "vfmsub132pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub132pd },
};
static const X86Row w_9b[2] = {
    { "vfmsub132ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub132ss },
    { "vfmsub132sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub132sd },
};
static const X86Row w_9c[2] = {
    { "vfnmadd132ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd132ps },
    { "vfnmadd132pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd132pd },
};
static const X86Row w_9d[2] = {
    { "vfnmadd132ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd132ss },
    { "vfnmadd132sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd132sd },
};
static const X86Row w_9e[2] = {
    { "vfnmsub132ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub132ps },
    { "vfnmsub132pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub132pd },
};
static const X86Row w_9f[2] = {
    { "vfnmsub132ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub132ss },
    { "vfnmsub132sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub132sd },
};
static const X86Row w_a6[2] = {
    { "vfmaddsub213ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmaddsub213ps },
    { "vfmaddsub213pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmaddsub213pd },
};
static const X86Row w_a7[2] = {
    { "vfmsubadd213ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsubadd213ps },
    { "vfmsubadd213pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsubadd213pd },
};
static const X86Row w_a8[2] = {
    { "vfmadd213ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd213ps },
    { "vfmadd213pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd213pd },
};
static const X86Row w_a9[2] = {
    { "vfmadd213ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd213ss },
    { "vfmadd213sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd213sd },
};
static const X86Row w_aa[2] = {
    { "vfmsub213ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub213ps },
    { "vfmsub213pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub213pd },
};
static const X86Row w_ab[2] = {
    { "vfmsub213ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub213ss },
    { "vfmsub213sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub213sd },
};
static const X86Row w_ac[2] = {
    { "vfnmadd213ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd213ps },
    { "vfnmadd213pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd213pd },
};
static const X86Row w_ad[2] = {
    { "vfnmadd213ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd213ss },
    { "vfnmadd213sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd213sd },
};
static const X86Row w_ae[2] = {
    { "vfnmsub213ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub213ps },
    { "vfnmsub213pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub213pd },
};
static const X86Row w_af[2] = {
    { "vfnmsub213ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub213ss },
    { "vfnmsub213sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub213sd },
};
static const X86Row w_b6[2] = {
    { "vfmaddsub231ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmaddsub231ps },
    { "vfmaddsub231pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmaddsub231pd },
};
static const X86Row w_b7[2] = {
    { "vfmsubadd231ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsubadd231ps },
    { "vfmsubadd231pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsubadd231pd },
};
static const X86Row w_b8[2] = {
    { "vfmadd231ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd231ps },
    { "vfmadd231pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd231pd },
};
static const X86Row w_b9[2] = {
    { "vfmadd231ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd231ss },
    { "vfmadd231sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmadd231sd },
};
static const X86Row w_ba[2] = {
    { "vfmsub231ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub231ps },
    { "vfmsub231pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub231pd },
};
static const X86Row w_bb[2] = {
    { "vfmsub231ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub231ss },
    { "vfmsub231sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfmsub231sd },
};
static const X86Row w_bc[2] = {
    { "vfnmadd231ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd231ps },
    { "vfnmadd231pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd231pd },
};
static const X86Row w_bd[2] = {
    { "vfnmadd231ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd231ss },
    { "vfnmadd231sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmadd231sd },
};
static const X86Row w_be[2] = {
    { "vfnmsub231ps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub231ps },
    { "vfnmsub231pd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub231pd },
};
static const X86Row w_bf[2] = {
    { "vfnmsub231ss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub231ss },
    { "vfnmsub231sd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
      .feature = F(FMA), .arg = VEC_vfnmsub231sd },
};

static const X86Row group15[8] = {
    [2] = { "vldmxcsr", x86_lift_ldmxcsr, { Md }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
            .feature = F(AVX) },
    [3] = { "vstmxcsr", x86_lift_stmxcsr, { Md }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
            .feature = F(AVX) },
};

SimdMap x86_vex_0f = {
    [0x10] = {
        { "vmovups", x86_lift_vmov, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovupd", x86_lift_vmov, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovss_10, .flags = ROW_AVX, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovsd_10, .flags = ROW_AVX, .feature = F(AVX) },
    },
    [0x11] = {
        { "vmovups", x86_lift_vmov, { Wx, Vx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovupd", x86_lift_vmov, { Wx, Vx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovss_11, .flags = ROW_AVX, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovsd_11, .flags = ROW_AVX, .feature = F(AVX) },
    },
    [0x12] = {
        { "vmovlps", x86_lift_vmovl, { Vdq, Hdq, Wq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovlpd", x86_lift_vmovl, { Vdq, Hdq, Mq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovsldup", x86_lift_vshuf, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = 0xa0 },
        { "vmovddup", x86_lift_vmovddup, { Vx, Wq }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x13] = {
        { "vmovlps", x86_lift_vmovl, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
        { "vmovlpd", x86_lift_vmovl, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x14] = {
        { "vunpcklps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_punpckldq },
        { "vunpcklpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_punpcklqdq },
    },
    [0x15] = {
        { "vunpckhps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_punpckhdq },
        { "vunpckhpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_punpckhqdq },
    },
    [0x16] = {
        { "vmovhps", x86_lift_vmovh, { Vdq, Hdq, Wq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovhpd", x86_lift_vmovh, { Vdq, Hdq, Mq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovshdup", x86_lift_vshuf, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = 0xf5 },
    },
    [0x17] = {
        { "vmovhps", x86_lift_vmovh, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
        { "vmovhpd", x86_lift_vmovh, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x28] = {
        { "vmovaps", x86_lift_vmov, { Vx, Wx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
        { "vmovapd", x86_lift_vmov, { Vx, Wx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
    },
    [0x29] = {
        { "vmovaps", x86_lift_vmov, { Wx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
        { "vmovapd", x86_lift_vmov, { Wx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
    },
    [0x2a] = {
        { NULL },
        { NULL },
        { "vcvtsi2ss", x86_lift_cvtsi2, { Vss, Hss, Ey }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cvtsi2ss },
        { "vcvtsi2sd", x86_lift_cvtsi2, { Vsd, Hsd, Ey }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cvtsi2sd },
    },
    [0x2b] = {
        { "vmovntps", x86_lift_vmov, { Mx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
        { "vmovntpd", x86_lift_vmov, { Mx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
    },
    [0x2c] = {
        { NULL },
        { NULL },
        { "vcvttss2si", x86_lift_cvt2si, { Gy, Wss }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvttss2si },
        { "vcvttsd2si", x86_lift_cvt2si, { Gy, Wsd }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvttsd2si },
    },
    [0x2d] = {
        { NULL },
        { NULL },
        { "vcvtss2si", x86_lift_cvt2si, { Gy, Wss }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtss2si },
        { "vcvtsd2si", x86_lift_cvt2si, { Gy, Wsd }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtsd2si },
    },
    [0x2e] = {
        { "vucomiss", x86_lift_comi, { Vss, Wss }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_ucomiss },
        { "vucomisd", x86_lift_comi, { Vsd, Wsd }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_ucomisd },
    },
    [0x2f] = {
        { "vcomiss", x86_lift_comi, { Vss, Wss }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_comiss },
        { "vcomisd", x86_lift_comi, { Vsd, Wsd }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_comisd },
    },
    [0x50] = {
        { "vmovmskps", x86_lift_vmask, { Gy, Ux }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_movmskps },
        { "vmovmskpd", x86_lift_vmask, { Gy, Ux }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_movmskpd },
    },
    [0x51] = {
        { "vsqrtps", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_sqrtps },
        { "vsqrtpd", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_sqrtpd },
        { "vsqrtss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_sqrtss },
        { "vsqrtsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_sqrtsd },
    },
    [0x52] = {
        { "vrsqrtps", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_rsqrtps },
        { NULL },
        { "vrsqrtss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_rsqrtss },
    },
    [0x53] = {
        { "vrcpps", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_rcpps },
        { NULL },
        { "vrcpss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_rcpss },
    },
    [0x54] = {
        { "vandps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = ARG_LANES(vand, 0) },
        { "vandpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = ARG_LANES(vand, 0) },
    },
    [0x55] = {
        { "vandnps", x86_lift_vandn, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vandnpd", x86_lift_vandn, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x56] = {
        { "vorps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = ARG_LANES(vor, 0) },
        { "vorpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = ARG_LANES(vor, 0) },
    },
    [0x57] = {
        { "vxorps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = ARG_LANES(vxor, 0) },
        { "vxorpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = ARG_LANES(vxor, 0) },
    },
    [0x58] = {
        { "vaddps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_addps },
        { "vaddpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_addpd },
        { "vaddss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_addss },
        { "vaddsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX), .arg = VEC_addsd },
    },
    [0x59] = {
        { "vmulps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_mulps },
        { "vmulpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_mulpd },
        { "vmulss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_mulss },
        { "vmulsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX), .arg = VEC_mulsd },
    },
    [0x5a] = {
        { "vcvtps2pd", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtps2pd },
        { "vcvtpd2ps", x86_lift_vnarrow, { Vdq, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtpd2ps },
        { "vcvtss2sd", x86_lift_vec, { Vsd, Hsd, Wss }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cvtss2sd },
        { "vcvtsd2ss", x86_lift_vec, { Vss, Hss, Wsd }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cvtsd2ss },
    },
    [0x5b] = {
        { "vcvtdq2ps", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtdq2ps },
        { "vcvtps2dq", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtps2dq },
        { "vcvttps2dq", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvttps2dq },
    },
    [0x5c] = {
        { "vsubps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_subps },
        { "vsubpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_subpd },
        { "vsubss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_subss },
        { "vsubsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX), .arg = VEC_subsd },
    },
    [0x5d] = {
        { "vminps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_minps },
        { "vminpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_minpd },
        { "vminss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_minss },
        { "vminsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX), .arg = VEC_minsd },
    },
    [0x5e] = {
        { "vdivps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_divps },
        { "vdivpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_divpd },
        { "vdivss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_divss },
        { "vdivsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX), .arg = VEC_divsd },
    },
    [0x5f] = {
        { "vmaxps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_maxps },
        { "vmaxpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_maxpd },
        { "vmaxss", x86_lift_vec, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX), .arg = VEC_maxss },
        { "vmaxsd", x86_lift_vec, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX), .arg = VEC_maxsd },
    },
    [0x60] = {
        { NULL },
        { "vpunpcklbw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpcklbw },
    },
    [0x61] = {
        { NULL },
        { "vpunpcklwd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpcklwd },
    },
    [0x62] = {
        { NULL },
        { "vpunpckldq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpckldq },
    },
    [0x63] = {
        { NULL },
        { "vpacksswb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_packsswb },
    },
    [0x64] = {
        { NULL },
        { "vpcmpgtb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vcmpgt, 0) },
    },
    [0x65] = {
        { NULL },
        { "vpcmpgtw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vcmpgt, 1) },
    },
    [0x66] = {
        { NULL },
        { "vpcmpgtd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vcmpgt, 2) },
    },
    [0x67] = {
        { NULL },
        { "vpackuswb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_packuswb },
    },
    [0x68] = {
        { NULL },
        { "vpunpckhbw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpckhbw },
    },
    [0x69] = {
        { NULL },
        { "vpunpckhwd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpckhwd },
    },
    [0x6a] = {
        { NULL },
        { "vpunpckhdq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpckhdq },
    },
    [0x6b] = {
        { NULL },
        { "vpackssdw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_packssdw },
    },
    [0x6c] = {
        { NULL },
        { "vpunpcklqdq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpcklqdq },
    },
    [0x6d] = {
        { NULL },
        { "vpunpckhqdq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_punpckhqdq },
    },
    [0x6e] = {
        { NULL },
        { "vmovd", x86_lift_vmovd_to, { Vd, Ey }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x6f] = {
        { NULL },
        { "vmovdqa", x86_lift_vmov, { Vx, Wx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
        { "vmovdqu", x86_lift_vmov, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x70] = {
        { NULL },
        { "vpshufd", x86_lift_vec, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pshufd },
        { "vpshufhw", x86_lift_vec, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pshufhw },
        { "vpshuflw", x86_lift_vec, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pshuflw },
    },
    [0x71] = { { NULL }, GROUP(group12, ROW_AVX) },
    [0x72] = { { NULL }, GROUP(group13, ROW_AVX) },
    [0x73] = { { NULL }, GROUP(group14, ROW_AVX) },
    [0x74] = {
        { NULL },
        { "vpcmpeqb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vcmpeq, 0) },
    },
    [0x75] = {
        { NULL },
        { "vpcmpeqw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vcmpeq, 1) },
    },
    [0x76] = {
        { NULL },
        { "vpcmpeqd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vcmpeq, 2) },
    },
    [0x77] = {
        { .sub_kind = SUB_L, .sub = vzero, .flags = ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x7c] = {
        { NULL },
        { "vhaddpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_haddpd },
        { NULL },
        { "vhaddps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_haddps },
    },
    [0x7d] = {
        { NULL },
        { "vhsubpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_hsubpd },
        { NULL },
        { "vhsubps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX), .arg = VEC_hsubps },
    },
    [0x7e] = {
        { NULL },
        { "vmovd", x86_lift_vmovd_from, { Ey, Vd }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
        { "vmovq", x86_lift_vmovq, { Vq, Wq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x7f] = {
        { NULL },
        { "vmovdqa", x86_lift_vmov, { Wx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
        { "vmovdqu", x86_lift_vmov, { Wx, Vx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0xae] = { GROUP(group15, ROW_AVX) },
    [0xc2] = {
        { "vcmpps", x86_lift_vcmp, { Vx, Hx, Wx, Ib }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cmpps },
        { "vcmppd", x86_lift_vcmp, { Vx, Hx, Wx, Ib }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cmppd },
        { "vcmpss", x86_lift_vcmp, { Vss, Hss, Wss, Ib }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cmpss },
        { "vcmpsd", x86_lift_vcmp, { Vsd, Hsd, Wsd, Ib }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_cmpsd },
    },
    [0xc4] = {
        { NULL },
        { "vpinsrw", x86_lift_vpinsr, { Vdq, Hdq, RdMw, Ib }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AVX), .arg = 1 },
    },
    [0xc5] = {
        { NULL },
        { "vpextrw", x86_lift_vpextr, { Gd, Udq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 1 },
    },
    [0xc6] = {
        { "vshufps", x86_lift_vec, { Vx, Hx, Wx, Ib }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_shufps },
        { "vshufpd", x86_lift_vec_imm, { Vx, Hx, Wx, Ib }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_shufpd },
    },
    [0xd0] = {
        { NULL },
        { "vaddsubpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_addsubpd },
        { NULL },
        { "vaddsubps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX,
          .feature = F(AVX), .arg = VEC_addsubps },
    },
    [0xd1] = {
        { NULL },
        { "vpsrlw", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psrlw },
    },
    [0xd2] = {
        { NULL },
        { "vpsrld", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psrld },
    },
    [0xd3] = {
        { NULL },
        { "vpsrlq", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psrlq },
    },
    [0xd4] = {
        { NULL },
        { "vpaddq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vadd, 3) },
    },
    [0xd5] = {
        { NULL },
        { "vpmullw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmul, 1) },
    },
    [0xd6] = {
        { NULL },
        { "vmovq", x86_lift_vmovq, { Wq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0xd7] = {
        { NULL },
        { "vpmovmskb", x86_lift_vmask, { Gd, Ux }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovmskb },
    },
    [0xd8] = {
        { NULL },
        { "vpsubusb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psubusb },
    },
    [0xd9] = {
        { NULL },
        { "vpsubusw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psubusw },
    },
    [0xda] = {
        { NULL },
        { "vpminub", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vminu, 0) },
    },
    [0xdb] = { { NULL }, { "vpand", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
                           .feature = F(AVX), .arg = ARG_LANES(vand, 0) } },
    [0xdc] = {
        { NULL },
        { "vpaddusb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_paddusb },
    },
    [0xdd] = {
        { NULL },
        { "vpaddusw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_paddusw },
    },
    [0xde] = {
        { NULL },
        { "vpmaxub", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmaxu, 0) },
    },
    [0xdf] = {
        { NULL },
        { "vpandn", x86_lift_vandn, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe0] = {
        { NULL },
        { "vpavgb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pavgb },
    },
    [0xe1] = {
        { NULL },
        { "vpsraw", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psraw },
    },
    [0xe2] = {
        { NULL },
        { "vpsrad", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psrad },
    },
    [0xe3] = {
        { NULL },
        { "vpavgw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pavgw },
    },
    [0xe4] = {
        { NULL },
        { "vpmulhuw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmulhuw },
    },
    [0xe5] = {
        { NULL },
        { "vpmulhw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmulhw },
    },
    [0xe6] = {
        { NULL },
        { "vcvttpd2dq", x86_lift_vnarrow, { Vdq, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvttpd2dq },
        { "vcvtdq2pd", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtdq2pd },
        { "vcvtpd2dq", x86_lift_vnarrow, { Vdq, Wx }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_cvtpd2dq },
    },
    [0xe7] = {
        { NULL },
        { "vmovntdq", x86_lift_vmov, { Mx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV,
          .feature = F(AVX) },
    },
    [0xe8] = {
        { NULL },
        { "vpsubsb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psubsb },
    },
    [0xe9] = {
        { NULL },
        { "vpsubsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psubsw },
    },
    [0xea] = {
        { NULL },
        { "vpminsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmins, 1) },
    },
    [0xeb] = { { NULL }, { "vpor", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
                           .feature = F(AVX), .arg = ARG_LANES(vor, 0) } },
    [0xec] = {
        { NULL },
        { "vpaddsb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_paddsb },
    },
    [0xed] = {
        { NULL },
        { "vpaddsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_paddsw },
    },
    [0xee] = {
        { NULL },
        { "vpmaxsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmaxs, 1) },
    },
    [0xef] = { { NULL }, { "vpxor", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
                           .feature = F(AVX), .arg = ARG_LANES(vxor, 0) } },
    [0xf0] = {
        { NULL },
        { NULL },
        { NULL },
        { "vlddqu", x86_lift_vmov, { Vx, Mx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0xf1] = {
        { NULL },
        { "vpsllw", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psllw },
    },
    [0xf2] = {
        { NULL },
        { "vpslld", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pslld },
    },
    [0xf3] = {
        { NULL },
        { "vpsllq", x86_lift_vshift, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psllq },
    },
    [0xf4] = {
        { NULL },
        { "vpmuludq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmuludq },
    },
    [0xf5] = {
        { NULL },
        { "vpmaddwd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmaddwd },
    },
    [0xf6] = {
        { NULL },
        { "vpsadbw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psadbw },
    },
    [0xf7] = {
        { NULL },
        { "vmaskmovdqu", x86_lift_maskmov, { Vdq, Udq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0xf8] = {
        { NULL },
        { "vpsubb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vsub, 0) },
    },
    [0xf9] = {
        { NULL },
        { "vpsubw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vsub, 1) },
    },
    [0xfa] = {
        { NULL },
        { "vpsubd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vsub, 2) },
    },
    [0xfb] = {
        { NULL },
        { "vpsubq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vsub, 3) },
    },
    [0xfc] = {
        { NULL },
        { "vpaddb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vadd, 0) },
    },
    [0xfd] = {
        { NULL },
        { "vpaddw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vadd, 1) },
    },
    [0xfe] = {
        { NULL },
        { "vpaddd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vadd, 2) },
    },
};

SimdMap x86_vex_0f38 = {
    [0x00] = {
        { NULL },
        { "vpshufb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pshufb },
    },
    [0x01] = {
        { NULL },
        { "vphaddw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_phaddw },
    },
    [0x02] = {
        { NULL },
        { "vphaddd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_phaddd },
    },
    [0x03] = {
        { NULL },
        { "vphaddsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_phaddsw },
    },
    [0x04] = {
        { NULL },
        { "vpmaddubsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmaddubsw },
    },
    [0x05] = {
        { NULL },
        { "vphsubw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_phsubw },
    },
    [0x06] = {
        { NULL },
        { "vphsubd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_phsubd },
    },
    [0x07] = {
        { NULL },
        { "vphsubsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_phsubsw },
    },
    [0x08] = {
        { NULL },
        { "vpsignb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psignb },
    },
    [0x09] = {
        { NULL },
        { "vpsignw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psignw },
    },
    [0x0a] = {
        { NULL },
        { "vpsignd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_psignd },
    },
    [0x0b] = {
        { NULL },
        { "vpmulhrsw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmulhrsw },
    },
    [0x0c] = { { NULL }, { "vpermilps", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = VEC_vpermilps } },
    [0x0d] = { { NULL }, { "vpermilpd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = VEC_vpermilpd } },
    [0x0e] = {
        { NULL },
        { "vtestps", x86_lift_vptest, { Vx, Wx }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX), .arg = 2 },
    },
    [0x0f] = {
        { NULL },
        { "vtestpd", x86_lift_vptest, { Vx, Wx }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX), .arg = 3 },
    },
    [0x13] = {
        { NULL },
        { "vcvtph2ps", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(F16C), .arg = VEC_cvtph2ps },
    },
    [0x16] = {
        { NULL },
        { "vpermps", x86_lift_vpermd, { Vqq, Hqq, Wqq }, ROW_AVX | ROW_VEX_W0 | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x17] = { { NULL }, { "vptest", x86_lift_vptest, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV,
                           .feature = F(AVX), .arg = 0 } },
    [0x18] = {
        { NULL },
        { "vbroadcastss", x86_lift_vbroadcast, { Vx, Wd }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX), .arg = 2 },
    },
    [0x19] = {
        { NULL },
        { "vbroadcastsd", x86_lift_vbroadcast, { Vqq, Wq }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV |
          ROW_VEX_L1,
          .feature = F(AVX), .arg = 3 },
    },
    [0x1a] = {
        { NULL },
        { "vbroadcastf128", x86_lift_vbroadcast, { Vqq, Mdq }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV |
          ROW_VEX_L1,
          .feature = F(AVX), .arg = 4 },
    },
    [0x1c] = {
        { NULL },
        { "vpabsb", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vabs, 0) },
    },
    [0x1d] = {
        { NULL },
        { "vpabsw", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vabs, 1) },
    },
    [0x1e] = {
        { NULL },
        { "vpabsd", x86_lift_vec, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vabs, 2) },
    },
    [0x20] = {
        { NULL },
        { "vpmovsxbw", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovsxbw },
    },
    [0x21] = {
        { NULL },
        { "vpmovsxbd", x86_lift_vwiden, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovsxbd },
    },
    [0x22] = {
        { NULL },
        { "vpmovsxbq", x86_lift_vwiden, { Vx, We }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovsxbq },
    },
    [0x23] = {
        { NULL },
        { "vpmovsxwd", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovsxwd },
    },
    [0x24] = {
        { NULL },
        { "vpmovsxwq", x86_lift_vwiden, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovsxwq },
    },
    [0x25] = {
        { NULL },
        { "vpmovsxdq", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovsxdq },
    },
    [0x28] = {
        { NULL },
        { "vpmuldq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmuldq },
    },
    [0x29] = {
        { NULL },
        { "vpcmpeqq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pcmpeqq },
    },
    [0x2a] = {
        { NULL },
        { "vmovntdqa", x86_lift_vmov, { Vx, Mx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX) },
    },
    [0x2b] = {
        { NULL },
        { "vpackusdw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_packusdw },
    },
    [0x2c] = { { NULL }, { "vmaskmovps", x86_lift_vmaskload, { Vx, Hx, Mx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = 2 } },
    [0x2d] = { { NULL }, { "vmaskmovpd", x86_lift_vmaskload, { Vx, Hx, Mx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = 3 } },
    [0x2e] = { { NULL }, { "vmaskmovps", x86_lift_vmaskstore, { Mx, Hx, Vx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = 2 } },
    [0x2f] = { { NULL }, { "vmaskmovpd", x86_lift_vmaskstore, { Mx, Hx, Vx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = 3 } },
    [0x30] = {
        { NULL },
        { "vpmovzxbw", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovzxbw },
    },
    [0x31] = {
        { NULL },
        { "vpmovzxbd", x86_lift_vwiden, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovzxbd },
    },
    [0x32] = {
        { NULL },
        { "vpmovzxbq", x86_lift_vwiden, { Vx, We }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovzxbq },
    },
    [0x33] = {
        { NULL },
        { "vpmovzxwd", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovzxwd },
    },
    [0x34] = {
        { NULL },
        { "vpmovzxwq", x86_lift_vwiden, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovzxwq },
    },
    [0x35] = {
        { NULL },
        { "vpmovzxdq", x86_lift_vwiden, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pmovzxdq },
    },
    [0x36] = {
        { NULL },
        { "vpermd", x86_lift_vpermd, { Vqq, Hqq, Wqq }, ROW_AVX | ROW_VEX_W0 | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x37] = {
        { NULL },
        { "vpcmpgtq", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pcmpgtq },
    },
    [0x38] = {
        { NULL },
        { "vpminsb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmins, 0) },
    },
    [0x39] = {
        { NULL },
        { "vpminsd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmins, 2) },
    },
    [0x3a] = {
        { NULL },
        { "vpminuw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vminu, 1) },
    },
    [0x3b] = {
        { NULL },
        { "vpminud", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vminu, 2) },
    },
    [0x3c] = {
        { NULL },
        { "vpmaxsb", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmaxs, 0) },
    },
    [0x3d] = {
        { NULL },
        { "vpmaxsd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmaxs, 2) },
    },
    [0x3e] = {
        { NULL },
        { "vpmaxuw", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmaxu, 1) },
    },
    [0x3f] = {
        { NULL },
        { "vpmaxud", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmaxu, 2) },
    },
    [0x40] = {
        { NULL },
        { "vpmulld", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = ARG_LANES(vmul, 2) },
    },
    [0x41] = {
        { NULL },
        { "vphminposuw", x86_lift_vec, { Vdq, Wdq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = VEC_phminposuw },
    },
    [0x45] = { { NULL }, { .sub_kind = SUB_W, .sub = w_45, .flags = ROW_AVX } },
    [0x46] = { { NULL }, { "vpsravd", x86_lift_vec, { Vx, Hx, Wx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX2), .arg = VEC_vpsravd } },
    [0x47] = { { NULL }, { .sub_kind = SUB_W, .sub = w_47, .flags = ROW_AVX } },
    [0x58] = {
        { NULL },
        { "vpbroadcastd", x86_lift_vbroadcast, { Vx, Wd }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX2), .arg = 2 },
    },
    [0x59] = {
        { NULL },
        { "vpbroadcastq", x86_lift_vbroadcast, { Vx, Wq }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX2), .arg = 3 },
    },
    [0x5a] = {
        { NULL },
        { "vbroadcasti128", x86_lift_vbroadcast, { Vqq, Mdq }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV |
          ROW_VEX_L1,
          .feature = F(AVX2), .arg = 4 },
    },
    [0x78] = {
        { NULL },
        { "vpbroadcastb", x86_lift_vbroadcast, { Vx, Wb }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX2), .arg = 0 },
    },
    [0x79] = {
        { NULL },
        { "vpbroadcastw", x86_lift_vbroadcast, { Vx, Ww }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX2), .arg = 1 },
    },
    [0x8c] = { { NULL }, { .sub_kind = SUB_W, .sub = w_8c, .flags = ROW_AVX } },
    [0x8e] = { { NULL }, { .sub_kind = SUB_W, .sub = w_8e, .flags = ROW_AVX } },
    [0x90] = { { NULL }, { .sub_kind = SUB_W, .sub = w_90, .flags = ROW_AVX } },
    [0x91] = { { NULL }, { .sub_kind = SUB_W, .sub = w_91, .flags = ROW_AVX } },
    [0x92] = { { NULL }, { .sub_kind = SUB_W, .sub = w_92, .flags = ROW_AVX } },
    [0x93] = { { NULL }, { .sub_kind = SUB_W, .sub = w_93, .flags = ROW_AVX } },
    [0x96] = { { NULL }, { .sub_kind = SUB_W, .sub = w_96, .flags = ROW_AVX } },
    [0x97] = { { NULL }, { .sub_kind = SUB_W, .sub = w_97, .flags = ROW_AVX } },
    [0x98] = { { NULL }, { .sub_kind = SUB_W, .sub = w_98, .flags = ROW_AVX } },
    [0x99] = { { NULL }, { .sub_kind = SUB_W, .sub = w_99, .flags = ROW_AVX } },
    [0x9a] = { { NULL }, { .sub_kind = SUB_W, .sub = w_9a, .flags = ROW_AVX } },
    [0x9b] = { { NULL }, { .sub_kind = SUB_W, .sub = w_9b, .flags = ROW_AVX } },
    [0x9c] = { { NULL }, { .sub_kind = SUB_W, .sub = w_9c, .flags = ROW_AVX } },
    [0x9d] = { { NULL }, { .sub_kind = SUB_W, .sub = w_9d, .flags = ROW_AVX } },
    [0x9e] = { { NULL }, { .sub_kind = SUB_W, .sub = w_9e, .flags = ROW_AVX } },
    [0x9f] = { { NULL }, { .sub_kind = SUB_W, .sub = w_9f, .flags = ROW_AVX } },
    [0xa6] = { { NULL }, { .sub_kind = SUB_W, .sub = w_a6, .flags = ROW_AVX } },
    [0xa7] = { { NULL }, { .sub_kind = SUB_W, .sub = w_a7, .flags = ROW_AVX } },
    [0xa8] = { { NULL }, { .sub_kind = SUB_W, .sub = w_a8, .flags = ROW_AVX } },
    [0xa9] = { { NULL }, { .sub_kind = SUB_W, .sub = w_a9, .flags = ROW_AVX } },
    [0xaa] = { { NULL }, { .sub_kind = SUB_W, .sub = w_aa, .flags = ROW_AVX } },
    [0xab] = { { NULL }, { .sub_kind = SUB_W, .sub = w_ab, .flags = ROW_AVX } },
    [0xac] = { { NULL }, { .sub_kind = SUB_W, .sub = w_ac, .flags = ROW_AVX } },
    [0xad] = { { NULL }, { .sub_kind = SUB_W, .sub = w_ad, .flags = ROW_AVX } },
    [0xae] = { { NULL }, { .sub_kind = SUB_W, .sub = w_ae, .flags = ROW_AVX } },
    [0xaf] = { { NULL }, { .sub_kind = SUB_W, .sub = w_af, .flags = ROW_AVX } },
    [0xb6] = { { NULL }, { .sub_kind = SUB_W, .sub = w_b6, .flags = ROW_AVX } },
    [0xb7] = { { NULL }, { .sub_kind = SUB_W, .sub = w_b7, .flags = ROW_AVX } },
    [0xb8] = { { NULL }, { .sub_kind = SUB_W, .sub = w_b8, .flags = ROW_AVX } },
    [0xb9] = { { NULL }, { .sub_kind = SUB_W, .sub = w_b9, .flags = ROW_AVX } },
    [0xba] = { { NULL }, { .sub_kind = SUB_W, .sub = w_ba, .flags = ROW_AVX } },
    [0xbb] = { { NULL }, { .sub_kind = SUB_W, .sub = w_bb, .flags = ROW_AVX } },
    [0xbc] = { { NULL }, { .sub_kind = SUB_W, .sub = w_bc, .flags = ROW_AVX } },
    [0xbd] = { { NULL }, { .sub_kind = SUB_W, .sub = w_bd, .flags = ROW_AVX } },
    [0xbe] = { { NULL }, { .sub_kind = SUB_W, .sub = w_be, .flags = ROW_AVX } },
    [0xbf] = { { NULL }, { .sub_kind = SUB_W, .sub = w_bf, .flags = ROW_AVX } },
    [0xdb] = {
        { NULL },
        { "vaesimc", x86_lift_vec, { Vdq, Wdq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AES), .arg = VEC_aesimc },
    },
    [0xdc] = {
        { NULL },
        { "vaesenc", x86_lift_vec, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AES), .arg = VEC_aesenc },
    },
    [0xdd] = {
        { NULL },
        { "vaesenclast", x86_lift_vec, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AES), .arg = VEC_aesenclast },
    },
    [0xde] = {
        { NULL },
        { "vaesdec", x86_lift_vec, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AES), .arg = VEC_aesdec },
    },
    [0xdf] = {
        { NULL },
        { "vaesdeclast", x86_lift_vec, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AES), .arg = VEC_aesdeclast },
    },
};

SimdMap x86_vex_0f3a = {
    [0x00] = {
        { NULL },
        { "vpermq", x86_lift_vpermq, { Vqq, Wqq, Ib }, ROW_AVX | ROW_VEX_W1 | ROW_NO_VVVV |
          ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x01] = {
        { NULL },
        { "vpermpd", x86_lift_vpermq, { Vqq, Wqq, Ib }, ROW_AVX | ROW_VEX_W1 | ROW_NO_VVVV |
          ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x02] = { { NULL }, { "vpblendd", x86_lift_vec_imm, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX2), .arg = VEC_blendps } },
    [0x04] = {
        { NULL },
        { "vpermilps", x86_lift_vec, { Vx, Wx, Ib }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_pshufd },
    },
    [0x05] = {
        { NULL },
        { "vpermilpd", x86_lift_vpermilpd, { Vx, Wx, Ib }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(AVX) },
    },
    [0x06] = {
        { NULL },
        { "vperm2f128", x86_lift_vperm128, { Vqq, Hqq, Wqq, Ib }, ROW_AVX | ROW_VEX_W0 | ROW_VEX_L1,
          .feature = F(AVX) },
    },
    [0x08] = {
        { NULL },
        { "vroundps", x86_lift_vec, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_roundps },
    },
    [0x09] = {
        { NULL },
        { "vroundpd", x86_lift_vec, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV,
          .feature = F(AVX), .arg = VEC_roundpd },
    },
    [0x0a] = { { NULL }, { "vroundss", x86_lift_vec, { Vss, Hss, Wss, Ib }, ROW_AVX,
                           .feature = F(AVX), .arg = VEC_roundss } },
    [0x0b] = { { NULL }, { "vroundsd", x86_lift_vec, { Vsd, Hsd, Wsd, Ib }, ROW_AVX,
                           .feature = F(AVX), .arg = VEC_roundsd } },
    [0x0c] = { { NULL }, { "vblendps", x86_lift_vec_imm, { Vx, Hx, Wx, Ib }, ROW_AVX,
                           .feature = F(AVX), .arg = VEC_blendps } },
    [0x0d] = { { NULL }, { "vblendpd", x86_lift_vblendpd, { Vx, Hx, Wx, Ib }, ROW_AVX,
                           .feature = F(AVX) } },
    [0x0e] = {
        { NULL },
        { "vpblendw", x86_lift_vec, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_pblendw },
    },
    [0x0f] = {
        { NULL },
        { "vpalignr", x86_lift_vec, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_palignr },
    },
    [0x14] = {
        { NULL },
        { "vpextrb", x86_lift_vpextr, { RdMb, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 0 },
    },
    [0x15] = {
        { NULL },
        { "vpextrw", x86_lift_vpextr, { RdMw, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 1 },
    },
    [0x16] = {
        { NULL },
        { "vpextrd", x86_lift_vpextr, { Ey, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 2 },
    },
    [0x17] = {
        { NULL },
        { "vextractps", x86_lift_vpextr, { Ed, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 2 },
    },
    [0x18] = {
        { NULL },
        { "vinsertf128", x86_lift_vinsert128, { Vqq, Hqq, Wdq, Ib }, ROW_AVX | ROW_VEX_W0 |
          ROW_VEX_L1,
          .feature = F(AVX) },
    },
    [0x19] = {
        { NULL },
        { "vextractf128", x86_lift_vextract128, { Wdq, Vqq, Ib }, ROW_AVX | ROW_VEX_W0 |
          ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX) },
    },
    [0x1d] = {
        { NULL },
        { "vcvtps2ph", x86_lift_vcvtps2ph, { Wh, Vx, Ib }, ROW_AVX | ROW_VEX_W0 | ROW_NO_VVVV,
          .feature = F(F16C) },
    },
    [0x20] = {
        { NULL },
        { "vpinsrb", x86_lift_vpinsr, { Vdq, Hdq, RdMb, Ib }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AVX), .arg = 0 },
    },
    [0x21] = {
        { NULL },
        { "vinsertps", x86_lift_vinsertps, { Vdq, Hdq, Wd, Ib }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x22] = {
        { NULL },
        { "vpinsrd", x86_lift_vpinsr, { Vdq, Hdq, Ey, Ib }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AVX), .arg = 2 },
    },
    [0x38] = {
        { NULL },
        { "vinserti128", x86_lift_vinsert128, { Vqq, Hqq, Wdq, Ib }, ROW_AVX | ROW_VEX_W0 |
          ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x39] = {
        { NULL },
        { "vextracti128", x86_lift_vextract128, { Wdq, Vqq, Ib }, ROW_AVX | ROW_VEX_W0 |
          ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x40] = { { NULL }, { "vdpps", x86_lift_vec, { Vx, Hx, Wx, Ib }, ROW_AVX,
                           .feature = F(AVX), .arg = VEC_dpps } },
    [0x41] = {
        { NULL },
        { "vdppd", x86_lift_vec, { Vdq, Hdq, Wdq, Ib }, ROW_AVX | ROW_VEX_L0,
          .feature = F(AVX), .arg = VEC_dppd },
    },
    [0x42] = {
        { NULL },
        { "vmpsadbw", x86_lift_vec_imm, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_mpsadbw },
    },
    [0x44] = {
        { NULL },
        { "vpclmulqdq", x86_lift_vec, { Vdq, Hdq, Wdq, Ib }, ROW_AVX | ROW_VEX_L0,
          .feature = F(PCLMUL), .arg = VEC_pclmulqdq },
    },
    [0x46] = {
        { NULL },
        { "vperm2i128", x86_lift_vperm128, { Vqq, Hqq, Wqq, Ib }, ROW_AVX | ROW_VEX_W0 | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x4a] = { { NULL }, { "vblendvps", x86_lift_vec, { Vx, Hx, Wx, Lx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = VEC_vblendvps } },
    [0x4b] = { { NULL }, { "vblendvpd", x86_lift_vec, { Vx, Hx, Wx, Lx }, ROW_AVX | ROW_VEX_W0,
                           .feature = F(AVX), .arg = VEC_vblendvpd } },
    [0x4c] = {
        { NULL },
        { "vpblendvb", x86_lift_vec, { Vx, Hx, Wx, Lx }, ROW_AVX | ROW_VEX_W0 | ROW_YMM2,
          .feature = F(AVX), .arg = VEC_vpblendvb },
    },
    [0x60] = {
        { NULL },
        { "vpcmpestrm", x86_lift_pcmpstr, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 3 },
    },
    [0x61] = {
        { NULL },
        { "vpcmpestri", x86_lift_pcmpstr, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 1 },
    },
    [0x62] = {
        { NULL },
        { "vpcmpistrm", x86_lift_pcmpstr, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 2 },
    },
    [0x63] = {
        { NULL },
        { "vpcmpistri", x86_lift_pcmpstr, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX), .arg = 0 },
    },
    [0xdf] = {
        { NULL },
        { "vaeskeygenassist", x86_lift_vec, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AES), .arg = VEC_aeskeygenassist },
    },
};
