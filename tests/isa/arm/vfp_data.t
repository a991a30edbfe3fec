# VFP data processing.  DDI 0406C, A7.5.
# Two words of each row with operands drawn at random, many of them special; what comes out is as an
# independent implementation has it.
cpu cortex-a15
set d5=381000006e1e6ced d7=e28856d200000001 d23=11557b1e00000000
    eef27a45    vcvtb.f32.f16 s15, s10
expect d7=459da00000000001
set fpscr=400000 d9=334ac2d43bac3a6b d12=b9be4c93bf800000 d28=c0a5d3cc41022aec
    eef2cac9    vcvtt.f32.f16 s25, s18
expect d12=3f758000bf800000
set fpscr=3000000 d7=5677a9cb00000000 d12=3ff00000b9863450 d23=000fffffdd49d0d5
    eeb3ca67    vcvtb.f16.f32 s24, s15
expect d12=3ff00000b9867c00 fpscr=3000014
set fpscr=1000000 d14=c05838ca00000001 d15=b64f084a00ff00ff d30=007fffff378092f8
set d31=e742caf0007fffff
    eef3eaef    vcvtt.f16.f32 s29, s31
expect d14=803438ca00000001 fpscr=1000018
set d3=329c8d834f49d656 d7=3c0efae774b87ff4
    eeb03a67    vmov.f32 s6, s15
expect d3=329c8d833c0efae7
set d3=7ff00000709b8397 d5=0000000000000001
    eeb03a45    vmov.f32 s6, s10
expect d3=7ff0000000000001
set d6=c16639b500000001
    eeb06aeb    vabs.f32 s12, s23
expect d6=c16639b500000000
set fpscr=400000 d1=85d0e9c200000000 d6=7fff8000bcfceeb8
    eef01ae6    vabs.f32 s3, s13
expect d1=7fff800000000000
set d2=418ca4e960fe278d d14=bba82b47441afc3f
    eeb1ea62    vneg.f32 s28, s5
expect d14=bba82b47c18ca4e9
set fpscr=4000000 d14=73f38b47e4726ada d21=b7e2c527ffc12345
    eef15b4e    vneg.f64 d21, d14
expect d21=f3f38b47e4726ada
set fpscr=1c00000 d7=d8e6aaa900000001 d15=000fffff54c5a222
    eeb1fac7    vsqrt.f32 s30, s14
expect d15=000fffff00000000 fpscr=1c00080
set d9=bdec9a3bdaebb4ef d18=e0a1eafb545e8374
    eef12bc9    vsqrt.f64 d18, d9
expect d18=7ff8000000000000 fpscr=1
set d0=460b5da53a5016cb d13=76e720427fffffff d16=7f800001c33c45ed
    eeb7dbe0    vcvt.f32.f64 s26, d16
expect d13=76e720427f800000 fpscr=14
set d9=fff4000000000001 d12=59495617256500af d25=ae46de1a00000000 d28=000fffff00000001
    eef79aec    vcvt.f64.f32 d25, s25
expect d25=43292ac2e0000000
set fpscr=800000 d1=fff40000d3230091 d8=0010000000000001
    eeb48ae1    vcmpe.f32 s16, s3
expect fpscr=30800001
set d13=3c1b1790e6fc6269 d14=7f80000000000001
    eef4da4e    vcmp.f32 s27, s28
expect fpscr=20000000
set fpscr=1000000 d4=e31012f9990c1e26
    eeb54ac0    vcmpe.f32 s8, #0
expect fpscr=81000000
set d5=7ef35ab8f366c5e2
    eef55a40    vcmp.f32 s11, #0
expect fpscr=20000000
set d0=f554f4dffc49e044 d5=00ff00ffa96c6700 d16=d27a971396d23fe6 d21=9fab5ff6e2424191
    eef85b60    vcvt.f64.u32 d21, s1
expect d21=41eeaa9e9be00000
set d11=3e69d6a8007fffff d14=9e929a5616557676 d27=6703f94c7f7fffff
    eeb8eaeb    vcvt.f32.s32 s28, s23
expect d14=9e929a564e79a75b fpscr=10
set d17=e41f3ed7fae1dc47
    eefa1bc0    vcvt.f64.s32 d17, d17, #0x20
expect d17=bf94788ee4000000
set d7=36a0000080321a30
    eefb7aea    vcvt.f32.u32 s15, s15, #0xb
expect d7=48da800080321a30
set fpscr=800000 d2=800000003cd3413c d4=7f7fffff6d10d8c3 d18=e516cfea00ff00ff d20=573c04cc9852d671
    eefc4b62    vcvtr.u32.f64 s9, d18
expect d4=000000006d10d8c3 fpscr=800001
set d0=125dee6b00000001 d6=296f9b6e00000001 d22=bff0000018e0e08b
    eefd6be0    vcvt.s32.f64 s13, d16
expect d6=0000000000000001
set fpscr=400000 d10=4516ad438ebd70c7 d27=800080003f000000
    eedabb2b    vfnms.f64 d27, d10, d27
expect d27=84e6ad4eb804b108 fpscr=400010
set d4=7fefffff00000000 d7=47efffff13c917e2 d14=c1e0000000000001
    ee94eb07    vfnms.f64 d14, d4, d7
expect d14=7ff0000000000000 fpscr=14
set fpscr=c00000 d16=2f78ae5572b051cb d25=dc284a94917ace03 d26=94c71418264fa7f2
    eed0abe9    vfnma.f64 d26, d16, d25
expect d26=4bb2bc45d21d523e fpscr=c00010
set d7=c38c22bcffffffff d9=a0b3d0b17f800001 d14=efec60273cb6da05
    eed79a4e    vfnma.f32 s19, s14, s28
expect d9=7fffffff7f800001
set fpscr=3000000 d10=b7b39c364f800000 d12=cf1f19edca8c0a55 d26=05436f44bcaffc74
    eeaacb8a    vfma.f64 d12, d26, d10
expect fpscr=3000010
set fpscr=400000 d14=1d169b9fcaa00ada d19=bcd48f35350bbebe d31=c3c7118abc47e9ee
    eeef3b8e    vfma.f64 d19, d31, d14
expect fpscr=400010
set d7=811950efefebac34 d12=b7a83e4ebc08ee37 d13=a2346008198229c4
    eea7cb4d    vfms.f64 d12, d7, d13
expect fpscr=10
set d0=0000000135d5137a d7=4f800000be9f0bf5 d9=9d01d89abdeb227f
    eea79a60    vfms.f32 s18, s14, s1
expect fpscr=10
set fpscr=4000000 d3=bff0000000000001
    eeb83b04    vmov.f64 d3, #-2.500000e+00
expect d3=c004000000000000
set d1=26bba7b72d10272a
    eeb21a0c    vmov.f32 s2, #1.400000e+01
expect d1=26bba7b741600000
set fpscr=4000000 d11=fff8000100000001 d20=3fe7b4b500000000
    ee442b8b    vmla.f64 d18, d20, d11
expect d18=fff8000100000001
set fpscr=800000 d1=2ebdf1e4ffc12345 d5=67047d0e00000001 d23=4f800000ffc12345
    ee417b05    vmla.f64 d23, d1, d5
expect d23=55d32c352033f062 fpscr=800010
set d12=bf90e2e131df9c0f d21=fff800014e42470c
    ee05cbcc    vmls.f64 d12, d21, d12
expect d12=7ff800014e42470c
set fpscr=400000 d2=216c813d2b7884fa d3=d2273218dc2b0e0f d21=33fa0d036c98e85d
    ee053bc2    vmls.f64 d3, d21, d2
expect fpscr=400010
set d0=414e938d7cdf576c d1=701f3d9628df6f12 d8=cf17f2650a101a33
    ee181a00    vnmls.f32 s2, s16, s0
expect d1=701f3d96477b7010 fpscr=10
set fpscr=c00000 d6=47efffff00000001 d7=8000000000000001 d22=082ff77400000001
    ee167b86    vnmls.f64 d7, d22, d6
expect d7=102ff77300446001 fpscr=c00010
set d12=c628074037f1b2ae d23=970fc018634ca407 d31=7f8000012aed1179
    ee57fbcc    vnmla.f64 d31, d23, d12
expect d31=ff8000012aed1179 fpscr=10
set d3=47b98c7aec126644 d8=d54f06607f7246c2 d10=6906a59daefae073
    ee138b4a    vnmla.f64 d8, d3, d10
expect d8=f0d214cec10d247f fpscr=10
set fpscr=2000000 d8=7ccd0b5c462da813 d9=ffffffffac94d8dc d14=040b9ee83bfe9c98
    ee29eb08    vmul.f64 d14, d9, d8
expect d14=7ff8000000000000
set d2=fff4000000000001 d11=fff40000bb8f7cdd d13=c1e00000f6be2be0
    ee2d2a8b    vmul.f32 s4, s27, s22
expect d2=fff400003dfb1a83 fpscr=10
set fpscr=1c00000 d18=f21a51f87fc00001 d29=2c47429b80000001
    ee6d2be2    vnmul.f64 d18, d29, d18
expect d18=5e7321b392ad08ca fpscr=1c00010
set fpscr=c00000 d10=008000004f800000 d13=8000800080008000
    ee6daa6a    vnmul.f32 s21, s26, s21
expect d10=000000004f800000 fpscr=c00018
set d2=46c7a1f02ba93267 d12=3cac672500000000
    ee7c2a82    vadd.f32 s5, s25, s4
expect d2=3cac67252ba93267 fpscr=10
set fpscr=400000 d0=3f8000003c1b0196 d15=bee7494a7d7c0115
    ee3f0a00    vadd.f32 s0, s30, s0
expect d0=3f8000007d7c0116 fpscr=400010
set d4=bfb6953d00000001 d15=bfecb28400000001 d31=7ff8000000000000
    ee34fb6f    vsub.f64 d15, d4, d31
expect d15=7ff8000000000000
set fpscr=c00000 d0=bd3d4d1cffffffff d10=41bbd29fff800000 d23=80008000ffc12345
    ee707b4a    vsub.f64 d23, d0, d10
expect d23=c1bbd29fff800000 fpscr=c00010
set d8=800000014f800000 d13=007fffff00800000
    eec8da2d    vdiv.f32 s27, s16, s27
expect d13=7f80000000800000 fpscr=14
set d14=0000000080000001 d15=00ff00ff3d65676e d17=5f9fd6f32c55eee1
    ee81fb8e    vdiv.f64 d15, d17, d14
expect d15=7ff0000000000000 fpscr=14
# short vectors: the A8 has them, the A15 leaves them to support code
cpu cortex-a8
set fpscr=10000 d4=3f80000000000000 d5=400000003f800000
    ee344a85    vadd.f32 s8, s9, s10
expect fpscr=10000 d4=4040000040000000
cpu cortex-a15
set fpscr=10000
    ee344a85    vadd.f32 s8, s9, s10
expect end=undef pc=10000
set fpscr=200000
    eeb04a04    vmov.f32 s8, #2.500000e+00
expect end=undef pc=10000
set fpscr=10000 d4=3f8000003f800000
    eeb54ac0    vcmpe.f32 s8, #0
expect fpscr=20010000
# tiny before rounding, though the result is the smallest normal number: underflow (A2.7.6)
set d16=380fffffffffffff
    eef7cbe0    vcvt.f32.f64 s25, d16
expect d12=0080000000000000 fpscr=18
set d16=b80fffffffffffff
    eef7cbe0    vcvt.f32.f64 s25, d16
expect d12=8080000000000000 fpscr=18
set d16=3810000000000000
    eef7cbe0    vcvt.f32.f64 s25, d16
expect d12=0080000000000000 fpscr=0
# 2.5 with 4 bits of fraction, and less than the smallest
cpu cortex-a15
set d0=000000004020000 d4=4004000000000000
    eebe4b46    vcvt.s16.f64 d4, d4, #4
expect d4=0000000000000028
# a NaN on its way through several operations: each result is as if it was looked at by itself
set d0=3ff0000000000000 d3=0000000000000000 d2=0000000000000000 d4=4000000000000000
    eeb05b44    vmov.f64 d5, d4
    ee821b03    vdiv.f64 d1, d2, d3
    ee316b03    vadd.f64 d6, d1, d3
    ee267b04    vmul.f64 d7, d6, d4
    ee070b04    vmla.f64 d0, d7, d4
expect d1=7ff8000000000000 d6=7ff8000000000000 d7=7ff8000000000000 d0=7ff8000000000000 fpscr=1
set d0=3ff0000000000000 d3=7ff0000000000001 d2=fff0000000000123 d4=4000000000000000
    eeb05b44    vmov.f64 d5, d4
    ee821b03    vdiv.f64 d1, d2, d3
    ee316b03    vadd.f64 d6, d1, d3
    ee267b04    vmul.f64 d7, d6, d4
    ee070b04    vmla.f64 d0, d7, d4
expect d1=fff8000000000123 d6=7ff8000000000001 d7=7ff8000000000001 d0=7ff8000000000001 fpscr=1
