/* SPDX-License-Identifier: MIT */
/*
 * The opcode maps of VEX: AVX, AVX2, FMA, F16C.
 * Implements: SDM 2D, appendix A, tables; the columns are the mandatory prefixes: none, 66,
 * F3, F2.  Rows without a lifter (NULL) decode, and raise #UD.
 */
#include "frontends/x86/operands.h"
#include "frontends/x86/cpu.h"

/* A general register of 32 bits or a byte or word in memory. */
#define RdMb O('E', b)
#define RdMw O('E', w)
#define GROUP(table, fl) { .sub_kind = SUB_REG, .sub = table, .flags = fl }

static const X86Row group12[8] = {
    [2] = { "vpsrlw", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [4] = { "vpsraw", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [6] = { "vpsllw", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
};
static const X86Row group13[8] = {
    [2] = { "vpsrld", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [4] = { "vpsrad", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [6] = { "vpslld", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
};
static const X86Row group14[8] = {
    [2] = { "vpsrlq", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [3] = { "vpsrldq", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [6] = { "vpsllq", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    [7] = { "vpslldq", NULL, { Hx, Ux, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
};
static const X86Row vzero[2] = {
    { "vzeroupper", NULL, .flags = ROW_AVX, .feature = F(AVX) },
    { "vzeroall", NULL, .flags = ROW_AVX, .feature = F(AVX) },
};
static const X86Row vmovss_10[2] = {
    { "vmovss", NULL, { Vss, Md }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    { "vmovss", NULL, { Vdq, Hdq, Udq }, ROW_AVX, .feature = F(AVX) },
};
static const X86Row vmovsd_10[2] = {
    { "vmovsd", NULL, { Vsd, Mq }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    { "vmovsd", NULL, { Vdq, Hdq, Udq }, ROW_AVX, .feature = F(AVX) },
};
static const X86Row vmovss_11[2] = {
    { "vmovss", NULL, { Md, Vss }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    { "vmovss", NULL, { Udq, Hdq, Vdq }, ROW_AVX, .feature = F(AVX) },
};
static const X86Row vmovsd_11[2] = {
    { "vmovsd", NULL, { Mq, Vsd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    { "vmovsd", NULL, { Udq, Hdq, Vdq }, ROW_AVX, .feature = F(AVX) },
};
static const X86Row w_45[2] = {
    { "vpsrlvd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2) },
    { "vpsrlvq", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_47[2] = {
    { "vpsllvd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2) },
    { "vpsllvq", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_8c[2] = {
    { "vpmaskmovd", NULL, { Vx, Hx, Mx }, ROW_AVX, .feature = F(AVX2) },
    { "vpmaskmovq", NULL, { Vx, Hx, Mx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_8e[2] = {
    { "vpmaskmovd", NULL, { Mx, Hx, Vx }, ROW_AVX, .feature = F(AVX2) },
    { "vpmaskmovq", NULL, { Mx, Hx, Vx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_90[2] = {
    { "vpgatherdd", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
    { "vpgatherdq", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_91[2] = {
    { "vpgatherqd", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
    { "vpgatherqq", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_92[2] = {
    { "vgatherdps", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
    { "vgatherdpd", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_93[2] = {
    { "vgatherqps", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
    { "vgatherqpd", NULL, { Vx, Mx, Hx }, ROW_AVX, .feature = F(AVX2) },
};
static const X86Row w_96[2] = {
    { "vfmaddsub132ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmaddsub132pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_97[2] = {
    { "vfmsubadd132ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmsubadd132pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_98[2] = {
    { "vfmadd132ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmadd132pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_99[2] = {
    { "vfmadd132ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfmadd132sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_9a[2] = {
    { "vfmsub132ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmsub132pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_9b[2] = {
    { "vfmsub132ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfmsub132sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_9c[2] = {
    { "vfnmadd132ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfnmadd132pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_9d[2] = {
    { "vfnmadd132ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfnmadd132sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_9e[2] = {
    { "vfnmsub132ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfnmsub132pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_9f[2] = {
    { "vfnmsub132ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfnmsub132sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_a6[2] = {
    { "vfmaddsub213ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmaddsub213pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_a7[2] = {
    { "vfmsubadd213ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmsubadd213pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_a8[2] = {
    { "vfmadd213ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmadd213pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_a9[2] = {
    { "vfmadd213ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfmadd213sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_aa[2] = {
    { "vfmsub213ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmsub213pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_ab[2] = {
    { "vfmsub213ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfmsub213sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_ac[2] = {
    { "vfnmadd213ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfnmadd213pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_ad[2] = {
    { "vfnmadd213ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfnmadd213sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_ae[2] = {
    { "vfnmsub213ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfnmsub213pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_af[2] = {
    { "vfnmsub213ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfnmsub213sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_b6[2] = {
    { "vfmaddsub231ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmaddsub231pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_b7[2] = {
    { "vfmsubadd231ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmsubadd231pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_b8[2] = {
    { "vfmadd231ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmadd231pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_b9[2] = {
    { "vfmadd231ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfmadd231sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_ba[2] = {
    { "vfmsub231ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfmsub231pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_bb[2] = {
    { "vfmsub231ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfmsub231sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_bc[2] = {
    { "vfnmadd231ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfnmadd231pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_bd[2] = {
    { "vfnmadd231ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfnmadd231sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_be[2] = {
    { "vfnmsub231ps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
    { "vfnmsub231pd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(FMA) },
};
static const X86Row w_bf[2] = {
    { "vfnmsub231ss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(FMA) },
    { "vfnmsub231sd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(FMA) },
};

SimdMap x86_vex_0f = {
    [0x10] = {
        { "vmovups", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovupd", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovss_10, .flags = ROW_AVX, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovsd_10, .flags = ROW_AVX, .feature = F(AVX) },
    },
    [0x11] = {
        { "vmovups", NULL, { Wx, Vx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovupd", NULL, { Wx, Vx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovss_11, .flags = ROW_AVX, .feature = F(AVX) },
        { .sub_kind = SUB_MOD, .sub = vmovsd_11, .flags = ROW_AVX, .feature = F(AVX) },
    },
    [0x12] = {
        { "vmovlps", NULL, { Vdq, Hdq, Wq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovlpd", NULL, { Vdq, Hdq, Mq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovsldup", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovddup", NULL, { Vx, Wq }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x13] = {
        { "vmovlps", NULL, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovlpd", NULL, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x14] = {
        { "vunpcklps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vunpcklpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x15] = {
        { "vunpckhps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vunpckhpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x16] = {
        { "vmovhps", NULL, { Vdq, Hdq, Wq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovhpd", NULL, { Vdq, Hdq, Mq }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovshdup", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x17] = {
        { "vmovhps", NULL, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovhpd", NULL, { Mq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x28] = {
        { "vmovaps", NULL, { Vx, Wx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovapd", NULL, { Vx, Wx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x29] = {
        { "vmovaps", NULL, { Wx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovapd", NULL, { Wx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x2a] = {
        { NULL },
        { NULL },
        { "vcvtsi2ss", NULL, { Vss, Hss, Ey }, ROW_AVX, .feature = F(AVX) },
        { "vcvtsi2sd", NULL, { Vsd, Hsd, Ey }, ROW_AVX, .feature = F(AVX) },
    },
    [0x2b] = {
        { "vmovntps", NULL, { Mx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovntpd", NULL, { Mx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x2c] = {
        { NULL },
        { NULL },
        { "vcvttss2si", NULL, { Gy, Wss }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvttsd2si", NULL, { Gy, Wsd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x2d] = {
        { NULL },
        { NULL },
        { "vcvtss2si", NULL, { Gy, Wss }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvtsd2si", NULL, { Gy, Wsd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x2e] = {
        { "vucomiss", NULL, { Vss, Wss }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vucomisd", NULL, { Vsd, Wsd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x2f] = {
        { "vcomiss", NULL, { Vss, Wss }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcomisd", NULL, { Vsd, Wsd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x50] = {
        { "vmovmskps", NULL, { Gy, Ux }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovmskpd", NULL, { Gy, Ux }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x51] = {
        { "vsqrtps", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vsqrtpd", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vsqrtss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vsqrtsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x52] = {
        { "vrsqrtps", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { NULL },
        { "vrsqrtss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
    },
    [0x53] = {
        { "vrcpps", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { NULL },
        { "vrcpss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
    },
    [0x54] = {
        { "vandps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vandpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x55] = {
        { "vandnps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vandnpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x56] = {
        { "vorps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vorpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x57] = {
        { "vxorps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vxorpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x58] = {
        { "vaddps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vaddpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vaddss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vaddsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x59] = {
        { "vmulps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vmulpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vmulss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vmulsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x5a] = {
        { "vcvtps2pd", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvtpd2ps", NULL, { Vdq, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvtss2sd", NULL, { Vsd, Hsd, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vcvtsd2ss", NULL, { Vss, Hss, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x5b] = {
        { "vcvtdq2ps", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvtps2dq", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvttps2dq", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x5c] = {
        { "vsubps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vsubpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vsubss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vsubsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x5d] = {
        { "vminps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vminpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vminss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vminsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x5e] = {
        { "vdivps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vdivpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vdivss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vdivsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x5f] = {
        { "vmaxps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vmaxpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { "vmaxss", NULL, { Vss, Hss, Wss }, ROW_AVX, .feature = F(AVX) },
        { "vmaxsd", NULL, { Vsd, Hsd, Wsd }, ROW_AVX, .feature = F(AVX) },
    },
    [0x60] = {
        { NULL },
        { "vpunpcklbw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x61] = {
        { NULL },
        { "vpunpcklwd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x62] = {
        { NULL },
        { "vpunpckldq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x63] = {
        { NULL },
        { "vpacksswb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x64] = {
        { NULL },
        { "vpcmpgtb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x65] = {
        { NULL },
        { "vpcmpgtw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x66] = {
        { NULL },
        { "vpcmpgtd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x67] = {
        { NULL },
        { "vpackuswb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x68] = {
        { NULL },
        { "vpunpckhbw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x69] = {
        { NULL },
        { "vpunpckhwd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x6a] = {
        { NULL },
        { "vpunpckhdq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x6b] = {
        { NULL },
        { "vpackssdw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x6c] = {
        { NULL },
        { "vpunpcklqdq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x6d] = {
        { NULL },
        { "vpunpckhqdq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x6e] = {
        { NULL },
        { "vmovd", NULL, { Vd, Ey }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x6f] = {
        { NULL },
        { "vmovdqa", NULL, { Vx, Wx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovdqu", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x70] = {
        { NULL },
        { "vpshufd", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
        { "vpshufhw", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
        { "vpshuflw", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x71] = { { NULL }, GROUP(group12, ROW_AVX) },
    [0x72] = { { NULL }, GROUP(group13, ROW_AVX) },
    [0x73] = { { NULL }, GROUP(group14, ROW_AVX) },
    [0x74] = {
        { NULL },
        { "vpcmpeqb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x75] = {
        { NULL },
        { "vpcmpeqw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x76] = {
        { NULL },
        { "vpcmpeqd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x77] = {
        { .sub_kind = SUB_L, .sub = vzero, .flags = ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x7c] = {
        { NULL },
        { "vhaddpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { NULL },
        { "vhaddps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x7d] = {
        { NULL },
        { "vhsubpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { NULL },
        { "vhsubps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0x7e] = {
        { NULL },
        { "vmovd", NULL, { Ey, Vd }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
        { "vmovq", NULL, { Vq, Wq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x7f] = {
        { NULL },
        { "vmovdqa", NULL, { Wx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
        { "vmovdqu", NULL, { Wx, Vx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0xc2] = {
        { "vcmpps", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) },
        { "vcmppd", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) },
        { "vcmpss", NULL, { Vss, Hss, Wss, Ib }, ROW_AVX, .feature = F(AVX) },
        { "vcmpsd", NULL, { Vsd, Hsd, Wsd, Ib }, ROW_AVX, .feature = F(AVX) },
    },
    [0xc4] = {
        { NULL },
        { "vpinsrw", NULL, { Vdq, Hdq, RdMw, Ib }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0xc5] = {
        { NULL },
        { "vpextrw", NULL, { Gd, Udq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0xc6] = {
        { "vshufps", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) },
        { "vshufpd", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) },
    },
    [0xd0] = {
        { NULL },
        { "vaddsubpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
        { NULL },
        { "vaddsubps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) },
    },
    [0xd1] = {
        { NULL },
        { "vpsrlw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd2] = {
        { NULL },
        { "vpsrld", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd3] = {
        { NULL },
        { "vpsrlq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd4] = {
        { NULL },
        { "vpaddq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd5] = {
        { NULL },
        { "vpmullw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd6] = {
        { NULL },
        { "vmovq", NULL, { Wq, Vq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0xd7] = {
        { NULL },
        { "vpmovmskb", NULL, { Gd, Ux }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd8] = {
        { NULL },
        { "vpsubusb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xd9] = {
        { NULL },
        { "vpsubusw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xda] = {
        { NULL },
        { "vpminub", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xdb] = { { NULL }, { "vpand", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) } },
    [0xdc] = {
        { NULL },
        { "vpaddusb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xdd] = {
        { NULL },
        { "vpaddusw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xde] = {
        { NULL },
        { "vpmaxub", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xdf] = {
        { NULL },
        { "vpandn", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe0] = {
        { NULL },
        { "vpavgb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe1] = {
        { NULL },
        { "vpsraw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe2] = {
        { NULL },
        { "vpsrad", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe3] = {
        { NULL },
        { "vpavgw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe4] = {
        { NULL },
        { "vpmulhuw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe5] = {
        { NULL },
        { "vpmulhw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe6] = {
        { NULL },
        { "vcvttpd2dq", NULL, { Vdq, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvtdq2pd", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
        { "vcvtpd2dq", NULL, { Vdq, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0xe7] = {
        { NULL },
        { "vmovntdq", NULL, { Mx, Vx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0xe8] = {
        { NULL },
        { "vpsubsb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xe9] = {
        { NULL },
        { "vpsubsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xea] = {
        { NULL },
        { "vpminsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xeb] = { { NULL }, { "vpor", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) } },
    [0xec] = {
        { NULL },
        { "vpaddsb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xed] = {
        { NULL },
        { "vpaddsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xee] = {
        { NULL },
        { "vpmaxsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xef] = { { NULL }, { "vpxor", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) } },
    [0xf0] = {
        { NULL },
        { NULL },
        { NULL },
        { "vlddqu", NULL, { Vx, Mx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0xf1] = {
        { NULL },
        { "vpsllw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf2] = {
        { NULL },
        { "vpslld", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf3] = {
        { NULL },
        { "vpsllq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf4] = {
        { NULL },
        { "vpmuludq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf5] = {
        { NULL },
        { "vpmaddwd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf6] = {
        { NULL },
        { "vpsadbw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf7] = {
        { NULL },
        { "vmaskmovdqu", NULL, { Vdq, Udq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0xf8] = {
        { NULL },
        { "vpsubb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xf9] = {
        { NULL },
        { "vpsubw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xfa] = {
        { NULL },
        { "vpsubd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xfb] = {
        { NULL },
        { "vpsubq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xfc] = {
        { NULL },
        { "vpaddb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xfd] = {
        { NULL },
        { "vpaddw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0xfe] = {
        { NULL },
        { "vpaddd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
};

SimdMap x86_vex_0f38 = {
    [0x00] = {
        { NULL },
        { "vpshufb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x01] = {
        { NULL },
        { "vphaddw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x02] = {
        { NULL },
        { "vphaddd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x03] = {
        { NULL },
        { "vphaddsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x04] = {
        { NULL },
        { "vpmaddubsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x05] = {
        { NULL },
        { "vphsubw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x06] = {
        { NULL },
        { "vphsubd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x07] = {
        { NULL },
        { "vphsubsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x08] = {
        { NULL },
        { "vpsignb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x09] = {
        { NULL },
        { "vpsignw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x0a] = {
        { NULL },
        { "vpsignd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x0b] = {
        { NULL },
        { "vpmulhrsw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x0c] = { { NULL }, { "vpermilps", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) } },
    [0x0d] = { { NULL }, { "vpermilpd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX) } },
    [0x0e] = {
        { NULL },
        { "vtestps", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x0f] = {
        { NULL },
        { "vtestpd", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x13] = {
        { NULL },
        { "vcvtph2ps", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV, .feature = F(F16C) },
    },
    [0x16] = {
        { NULL },
        { "vpermps", NULL, { Vqq, Hqq, Wqq }, ROW_AVX | ROW_VEX_L1, .feature = F(AVX2) },
    },
    [0x17] = { { NULL }, { "vptest", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) } },
    [0x18] = {
        { NULL },
        { "vbroadcastss", NULL, { Vx, Wd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x19] = {
        { NULL },
        { "vbroadcastsd", NULL, { Vqq, Wq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX) },
    },
    [0x1a] = {
        { NULL },
        { "vbroadcastf128", NULL, { Vqq, Mdq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX) },
    },
    [0x1c] = {
        { NULL },
        { "vpabsb", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x1d] = {
        { NULL },
        { "vpabsw", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x1e] = {
        { NULL },
        { "vpabsd", NULL, { Vx, Wx }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x20] = {
        { NULL },
        { "vpmovsxbw", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x21] = {
        { NULL },
        { "vpmovsxbd", NULL, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x22] = {
        { NULL },
        { "vpmovsxbq", NULL, { Vx, We }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x23] = {
        { NULL },
        { "vpmovsxwd", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x24] = {
        { NULL },
        { "vpmovsxwq", NULL, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x25] = {
        { NULL },
        { "vpmovsxdq", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x28] = {
        { NULL },
        { "vpmuldq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x29] = {
        { NULL },
        { "vpcmpeqq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x2a] = {
        { NULL },
        { "vmovntdqa", NULL, { Vx, Mx }, ROW_AVX | ROW_ALIGN | ROW_NO_VVVV | ROW_YMM2,
          .feature = F(AVX) },
    },
    [0x2b] = {
        { NULL },
        { "vpackusdw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x2c] = { { NULL }, { "vmaskmovps", NULL, { Vx, Hx, Mx }, ROW_AVX, .feature = F(AVX) } },
    [0x2d] = { { NULL }, { "vmaskmovpd", NULL, { Vx, Hx, Mx }, ROW_AVX, .feature = F(AVX) } },
    [0x2e] = { { NULL }, { "vmaskmovps", NULL, { Mx, Hx, Vx }, ROW_AVX, .feature = F(AVX) } },
    [0x2f] = { { NULL }, { "vmaskmovpd", NULL, { Mx, Hx, Vx }, ROW_AVX, .feature = F(AVX) } },
    [0x30] = {
        { NULL },
        { "vpmovzxbw", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x31] = {
        { NULL },
        { "vpmovzxbd", NULL, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x32] = {
        { NULL },
        { "vpmovzxbq", NULL, { Vx, We }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x33] = {
        { NULL },
        { "vpmovzxwd", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x34] = {
        { NULL },
        { "vpmovzxwq", NULL, { Vx, Wf }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x35] = {
        { NULL },
        { "vpmovzxdq", NULL, { Vx, Wh }, ROW_AVX | ROW_NO_VVVV | ROW_YMM2, .feature = F(AVX) },
    },
    [0x36] = {
        { NULL },
        { "vpermd", NULL, { Vqq, Hqq, Wqq }, ROW_AVX | ROW_VEX_L1, .feature = F(AVX2) },
    },
    [0x37] = {
        { NULL },
        { "vpcmpgtq", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x38] = {
        { NULL },
        { "vpminsb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x39] = {
        { NULL },
        { "vpminsd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x3a] = {
        { NULL },
        { "vpminuw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x3b] = {
        { NULL },
        { "vpminud", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x3c] = {
        { NULL },
        { "vpmaxsb", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x3d] = {
        { NULL },
        { "vpmaxsd", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x3e] = {
        { NULL },
        { "vpmaxuw", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x3f] = {
        { NULL },
        { "vpmaxud", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x40] = {
        { NULL },
        { "vpmulld", NULL, { Vx, Hx, Wx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x41] = {
        { NULL },
        { "vphminposuw", NULL, { Vdq, Wdq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x45] = { { NULL }, { .sub_kind = SUB_W, .sub = w_45, .flags = ROW_AVX } },
    [0x46] = { { NULL }, { "vpsravd", NULL, { Vx, Hx, Wx }, ROW_AVX, .feature = F(AVX2) } },
    [0x47] = { { NULL }, { .sub_kind = SUB_W, .sub = w_47, .flags = ROW_AVX } },
    [0x58] = {
        { NULL },
        { "vpbroadcastd", NULL, { Vx, Wd }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX2) },
    },
    [0x59] = {
        { NULL },
        { "vpbroadcastq", NULL, { Vx, Wq }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX2) },
    },
    [0x5a] = {
        { NULL },
        { "vbroadcasti128", NULL, { Vqq, Mdq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x78] = {
        { NULL },
        { "vpbroadcastb", NULL, { Vx, Wb }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX2) },
    },
    [0x79] = {
        { NULL },
        { "vpbroadcastw", NULL, { Vx, Ww }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX2) },
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
        { "vaesimc", NULL, { Vdq, Wdq }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AES) },
    },
    [0xdc] = {
        { NULL },
        { "vaesenc", NULL, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0, .feature = F(AES) },
    },
    [0xdd] = {
        { NULL },
        { "vaesenclast", NULL, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0, .feature = F(AES) },
    },
    [0xde] = {
        { NULL },
        { "vaesdec", NULL, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0, .feature = F(AES) },
    },
    [0xdf] = {
        { NULL },
        { "vaesdeclast", NULL, { Vdq, Hdq, Wdq }, ROW_AVX | ROW_VEX_L0, .feature = F(AES) },
    },
};

SimdMap x86_vex_0f3a = {
    [0x00] = {
        { NULL },
        { "vpermq", NULL, { Vqq, Wqq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x01] = {
        { NULL },
        { "vpermpd", NULL, { Vqq, Wqq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x02] = { { NULL }, { "vpblendd", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX2) } },
    [0x04] = {
        { NULL },
        { "vpermilps", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x05] = {
        { NULL },
        { "vpermilpd", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x06] = {
        { NULL },
        { "vperm2f128", NULL, { Vqq, Hqq, Wqq, Ib }, ROW_AVX | ROW_VEX_L1, .feature = F(AVX) },
    },
    [0x08] = {
        { NULL },
        { "vroundps", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x09] = {
        { NULL },
        { "vroundpd", NULL, { Vx, Wx, Ib }, ROW_AVX | ROW_NO_VVVV, .feature = F(AVX) },
    },
    [0x0a] = { { NULL }, { "vroundss", NULL, { Vss, Hss, Wss, Ib }, ROW_AVX, .feature = F(AVX) } },
    [0x0b] = { { NULL }, { "vroundsd", NULL, { Vsd, Hsd, Wsd, Ib }, ROW_AVX, .feature = F(AVX) } },
    [0x0c] = { { NULL }, { "vblendps", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) } },
    [0x0d] = { { NULL }, { "vblendpd", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) } },
    [0x0e] = {
        { NULL },
        { "vpblendw", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x0f] = {
        { NULL },
        { "vpalignr", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x14] = {
        { NULL },
        { "vpextrb", NULL, { RdMb, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x15] = {
        { NULL },
        { "vpextrw", NULL, { RdMw, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x16] = {
        { NULL },
        { "vpextrd", NULL, { Ey, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x17] = {
        { NULL },
        { "vextractps", NULL, { Ed, Vdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x18] = {
        { NULL },
        { "vinsertf128", NULL, { Vqq, Hqq, Wdq, Ib }, ROW_AVX | ROW_VEX_L1, .feature = F(AVX) },
    },
    [0x19] = {
        { NULL },
        { "vextractf128", NULL, { Wdq, Vqq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX) },
    },
    [0x1d] = {
        { NULL },
        { "vcvtps2ph", NULL, { Wh, Vx, Ib }, ROW_AVX | ROW_NO_VVVV, .feature = F(F16C) },
    },
    [0x20] = {
        { NULL },
        { "vpinsrb", NULL, { Vdq, Hdq, RdMb, Ib }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x21] = {
        { NULL },
        { "vinsertps", NULL, { Vdq, Hdq, Wd, Ib }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x22] = {
        { NULL },
        { "vpinsrd", NULL, { Vdq, Hdq, Ey, Ib }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x38] = {
        { NULL },
        { "vinserti128", NULL, { Vqq, Hqq, Wdq, Ib }, ROW_AVX | ROW_VEX_L1, .feature = F(AVX2) },
    },
    [0x39] = {
        { NULL },
        { "vextracti128", NULL, { Wdq, Vqq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L1,
          .feature = F(AVX2) },
    },
    [0x40] = { { NULL }, { "vdpps", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX, .feature = F(AVX) } },
    [0x41] = {
        { NULL },
        { "vdppd", NULL, { Vdq, Hdq, Wdq, Ib }, ROW_AVX | ROW_VEX_L0, .feature = F(AVX) },
    },
    [0x42] = {
        { NULL },
        { "vmpsadbw", NULL, { Vx, Hx, Wx, Ib }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x44] = {
        { NULL },
        { "vpclmulqdq", NULL, { Vdq, Hdq, Wdq, Ib }, ROW_AVX | ROW_VEX_L0, .feature = F(PCLMUL) },
    },
    [0x46] = {
        { NULL },
        { "vperm2i128", NULL, { Vqq, Hqq, Wqq, Ib }, ROW_AVX | ROW_VEX_L1, .feature = F(AVX2) },
    },
    [0x4a] = { { NULL }, { "vblendvps", NULL, { Vx, Hx, Wx, Lx }, ROW_AVX, .feature = F(AVX) } },
    [0x4b] = { { NULL }, { "vblendvpd", NULL, { Vx, Hx, Wx, Lx }, ROW_AVX, .feature = F(AVX) } },
    [0x4c] = {
        { NULL },
        { "vpblendvb", NULL, { Vx, Hx, Wx, Lx }, ROW_AVX | ROW_YMM2, .feature = F(AVX) },
    },
    [0x60] = {
        { NULL },
        { "vpcmpestrm", NULL, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x61] = {
        { NULL },
        { "vpcmpestri", NULL, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x62] = {
        { NULL },
        { "vpcmpistrm", NULL, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0x63] = {
        { NULL },
        { "vpcmpistri", NULL, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AVX) },
    },
    [0xdf] = {
        { NULL },
        { "vaeskeygenassist", NULL, { Vdq, Wdq, Ib }, ROW_AVX | ROW_NO_VVVV | ROW_VEX_L0,
          .feature = F(AES) },
    },
};
