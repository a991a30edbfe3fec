# VFP: flags, FPSCR and its modes, what is undefined where.  DDI 0406C, A2.6, A2.7, A7.5, B1.11.
cpu cortex-a15
# comparison: less, equal, greater, unordered
set d0=3ff0000000000000 d1=4000000000000000
    eeb40b41    vcmp.f64 d0, d1
    eef1fa10    vmrs apsr_nzcv, fpscr
expect nzcv=8 fpscr=80000000
set d0=8000000000000000
    eeb50bc0    vcmpe.f64 d0, #0
    eef1fa10    vmrs apsr_nzcv, fpscr
expect nzcv=6 fpscr=60000000
set d0=4000000000000000 d1=3ff0000000000000
    eeb40b41    vcmp.f64 d0, d1
    eef1fa10    vmrs apsr_nzcv, fpscr
expect nzcv=2 fpscr=20000000
set s0=7fc00000 s1=3f800000
    eeb40a60    vcmp.f32 s0, s1
    eef1fa10    vmrs apsr_nzcv, fpscr
expect nzcv=3 fpscr=30000000
# the E form makes a quiet NaN invalid
set s0=7fc00000 s1=3f800000
    eeb40ae0    vcmpe.f32 s0, s1
expect fpscr=30000001
set s0=7f800001 s1=3f800000
    eeb40a60    vcmp.f32 s0, s1
expect fpscr=30000001
# conditions: what is not executed changes nothing and raises nothing
set s0=7fc00000 s1=3f800000 s2=40000000 nzcv=4
    1ef00a41    vmovne.f32 s1, s2
    0eb00a41    vmoveq.f32 s0, s2
    1ef41ac2    vcmpene.f32 s3, s4
expect s0=40000000 s1=3f800000 fpscr=0
# sticky flags: division by zero, overflow, underflow, inexact, invalid
set s0=3f800000
    ee801a20    vdiv.f32 s2, s0, s1
expect s2=7f800000 fpscr=2
set s0=7f7fffff
    ee301a00    vadd.f32 s2, s0, s0
expect s2=7f800000 fpscr=14
set s0=00800001 s1=3f000000
    ee201a20    vmul.f32 s2, s0, s1
expect s2=00400000 fpscr=18
set s0=3f800000 s1=40400000
    ee801a20    vdiv.f32 s2, s0, s1
expect s2=3eaaaaab fpscr=10
set s0=bf800000
    eeb11ac0    vsqrt.f32 s2, s0
expect s2=7fc00000 fpscr=1
# they stay until written, and VMSR clears them
set s0=3f800000 s1=40400000 s3=3f800000
    ee801a20    vdiv.f32 s2, s0, s1
    ee812aaf    vdiv.f32 s4, s3, s31
    eef10a10    vmrs r0, fpscr
    e3a01000    mov r1, #0
    eee11a10    vmsr fpscr, r1
    eef11a10    vmrs r1, fpscr
expect r0=12 r1=0 fpscr=0
# each rounding mode, changed within the code
set s0=3f800000 s1=40400000 r0=400000 r1=800000 r2=c00000
    ee801a20    vdiv.f32 s2, s0, s1
    eee10a10    vmsr fpscr, r0
    eec01a20    vdiv.f32 s3, s0, s1
    eee11a10    vmsr fpscr, r1
    ee802a20    vdiv.f32 s4, s0, s1
    eee12a10    vmsr fpscr, r2
    eec02a20    vdiv.f32 s5, s0, s1
expect s2=3eaaaaab s3=3eaaaaab s4=3eaaaaaa s5=3eaaaaaa fpscr=c00010
# tininess is detected before rounding: the result is normal, and underflow is flagged
set s0=00ffffff s1=3f000000
    ee201a20    vmul.f32 s2, s0, s1
expect s2=00800000 fpscr=18
# flush to zero: inputs (IDC), outputs (UFC but not IXC)
set fpscr=1000000 s0=00000001 s1=3f800000
    ee301a00    vadd.f32 s2, s0, s0
expect s2=0 fpscr=1000080
set fpscr=1000000 s0=00800000 s1=bf000000
    ee201a20    vmul.f32 s2, s0, s1
expect s2=80000000 fpscr=1000008
# default NaN
set fpscr=2000000 s0=ffc12345 s1=3f800000
    ee301a20    vadd.f32 s2, s0, s1
expect s2=7fc00000 fpscr=2000000
# a signaling NaN is chosen before a quiet one
set d0=7ff8000000000001 d1=7ff0000000000002
    ee302b01    vadd.f64 d2, d0, d1
expect d2=7ff8000000000002 fpscr=1
# Advanced SIMD ignores FPSCR: standard value
set fpscr=c00000 d0=0000000100000001 d1=3f80000000000001
    f2002d01    vadd.f32 d2, d0, d1
expect d2=3f80000000000000 fpscr=c00080
# saturation sets QC
set d0=7fffffff00000001 d1=0000000100000001
    f2202011    vqadd.s32 d2, d0, d1
expect d2=7fffffff00000002 fpscr=8000000
# conversion to integer saturates; VCVTR rounds
set s0=4f800000 s1=c0600000
    eebc1ac0    vcvt.u32.f32 s2, s0
    eefc1ae0    vcvt.u32.f32 s3, s1
    eebd2ae0    vcvt.s32.f32 s4, s1
    eefd2a60    vcvtr.s32.f32 s5, s1
expect s2=ffffffff s3=0 s4=fffffffd s5=fffffffc fpscr=11
# the vector file has three views
set s0=11111111 s1=22222222
    eeb01b40    vmov.f64 d1, d0
    ee010a10    vmov s2, r0
    f3b20001    vswp d0, d1
    ee210b10    vmov.32 d1[1], r0
expect s0=0 s1=22222222 s2=11111111 s3=0
# system registers
    eef80a10    vmrs r0, fpexc
expect r0=40000000
# off: everything but the system registers is undefined
    e3a00000    mov r0, #0
    eee80a10    vmsr fpexc, r0
    eef81a10    vmrs r1, fpexc
    eef02a10    vmrs r2, fpsid
    ee300a00    vadd.f32 s0, s0, s0
expect r1=0 end=undef
    e3a00000    mov r0, #0
    eee80a10    vmsr fpexc, r0
    eef11a10    vmrs r1, fpscr
expect end=undef
    e3a00000    mov r0, #0
    eee80a10    vmsr fpexc, r0
    f2200800    vadd.i32 d0, d0, d0
expect end=undef
# User mode reaches FPSCR only
set mode=10
    eef10a10    vmrs r0, fpscr
    eef80a10    vmrs r0, fpexc
expect end=undef
# loads and stores want words aligned, Advanced SIMD what it asks for
set r0=40001
    ed900a00    vldr s0, [r0]
expect end=dabt
set r0=40004 mem.40004=11223344 mem.40008=55667788
    ed900b00    vldr d0, [r0]
expect d0=5566778811223344
set r0=40004
    f420071f    vld1.8 {d0}, [r0:0x40]
expect end=dabt
set r0=40001 mem.40000=44332211 mem.40004=88776655 mem.40008=99
    f420074d    vld1.16 {d0}, [r0]!
expect d0=9988776655443322 r0=40009
# PC-relative: the literal is the word at 1000c
    ed9f0a01    vldr s0, [pc, #4]
    e3a00000    mov r0, #0
    ea000001    b #0x10014
    e1a01002    mov r1, r2
    e1e03004    mvn r3, r4
expect s0=e1a01002 r0=0
cpu cortex-a15 big
set r0=40000 mem.40000=44332211 mem.40004=88776655
    ed900b00    vldr d0, [r0]
    ed901a00    vldr s2, [r0]
    f420274f    vld1.16 {d2}, [r0]
    f4a0388f    vld1.32 {d3[1]}, [r0]
    f420480f    vld2.8 {d4, d5}, [r0]
expect d0=1122334455667788 s2=11223344 d2=7788556633441122 d3=1122334400000000 d4=77553311
set r0=40000 d0=1122334455667788 d1=1122334455667788
    ed800b00    vstr d0, [r0]
    e2800008    add r0, r0, #8
    f400174f    vst1.16 {d1}, [r0]
expect mem.40000=44332211 mem.40004=88776655 mem.40008=66558877 mem.4000c=22114433
cpu cortex-a15 thumb
set s0=3f800000 s1=3f800000 d2=1 d3=2
    ee301a20    vadd.f32 s2, s0, s1
    ef322803    vadd.i64 d2, d2, d3
expect s2=40000000 d2=3
set s0=3f800000 s1=3f800000 nzcv=4
    bf1c    itt ne
    ee301a20    vadd.f32 s2, s0, s1
    ee701a20    vadd.f32 s3, s0, s1
    ee302a20    vadd.f32 s4, s0, s1
expect s2=0 s3=0 s4=40000000
set s0=3f800000 s1=3f800000 nzcv=4
    bf14    ite ne
    ee301a20    vadd.f32 s2, s0, s1
    ee701a20    vadd.f32 s3, s0, s1
    ee302a20    vadd.f32 s4, s0, s1
expect s2=0 s3=40000000 s4=40000000
# VFPv2 has 16 doubles, no immediates, no fixed point, no fused operations, no Advanced SIMD
cpu arm926
set d0=3ff0000000000000
    ee301b00    vadd.f64 d1, d0, d0
expect d1=4000000000000000
    ee700b00    vadd.f64 d16, d0, d0
expect end=undef
    eeb70a00    vmov.f32 s0, #1.000000e+00
expect end=undef
    eeba0ace    vcvt.f32.s32 s0, s0, #4
expect end=undef
    eea00a81    vfma.f32 s0, s1, s2
expect end=undef
    f2200800    vadd.i32 d0, d0, d0
expect end=undef
set r0=5
    ee200b10    vmov.32 d0[1], r0
    ee400b30    vmov.8 d0[1], r0
expect d0=500000000 end=undef
# FLDMX and FSTMX: an odd number of words; the base moves by all of them
set r0=40000 d0=1111111122222222 d1=3333333344444444
    eca00b05    fstmiax r0!, {d0, d1}
expect r0=40014 mem.40000=22222222 mem.4000c=33333333 mem.40010=0
# short vectors: LEN - 1 in bits 18:16, STRIDE in bits 21:20.  DDI 0406C, appendix D11
set fpscr=30000 s8=3f800000 s9=40000000 s10=40400000 s11=40800000
set s16=3f800000 s17=3f800000 s18=3f800000 s19=3f800000
    ee34ca08    vadd.f32 s24, s8, s16
expect s24=40000000 s25=40400000 s26=40800000 s27=40a00000 s28=0 fpscr=30000
# a destination in the first bank: scalars
set fpscr=30000 s0=3f800000 s1=40000000 s8=3f800000
    ee301a04    vadd.f32 s2, s0, s8
expect s2=40000000 s3=0
# a second operand in the first bank is the same for all
set fpscr=10000 s0=3f800000 s8=3f800000 s9=40000000
    ee348a00    vadd.f32 s16, s8, s0
expect s16=40000000 s17=40400000 s18=0
# stride 2, wrapping within the bank of eight
set fpscr=320000 s12=3f800000 s14=40000000 s8=40400000
    eeb1ba46    vneg.f32 s22, s12
expect s22=bf800000 s16=c0000000 s18=c0400000 s20=0
# doubles: banks of four
set fpscr=20000 d6=3ff0000000000000 d7=4000000000000000 d4=4008000000000000
    eeb0bbc6    vabs.f64 d11, d6
expect d11=3ff0000000000000 d8=4000000000000000 d9=4008000000000000 d10=0
