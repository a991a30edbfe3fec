# Saturation, parallel arithmetic, packing, bit fields.  DDI 0406C, A4.4.4 to A4.4.7.
cpu arm926
set r1=7fffffff r2=1
    e1020051    qadd r0, r1, r2
expect r0=7fffffff q=1
set r1=80000000 r2=1
    e1220051    qsub r0, r1, r2
expect r0=80000000 q=1
set r1=1 r2=40000000
    e1420051    qdadd r0, r1, r2
expect r0=7fffffff q=1
set r1=1 r2=40000000
    e1620051    qdsub r0, r1, r2
expect r0=80000002 q=1
set r1=5 r2=3
    e1420051    qdadd r0, r1, r2
    e1623051    qdsub r3, r1, r2
expect r0=b r3=ffffffff q=0
set r1=10000
    e16f0f11    clz r0, r1
    e16f2f13    clz r2, r3
expect r0=f r2=20
cpu cortex-a9
set r1=000001ff r2=ffffff00
    e6a80011    ssat r0, #9, r1
    e6e83012    usat r3, #8, r2
    e6af4211    ssat r4, #0x10, r1, lsl #4
expect r0=ff r3=0 r4=1ff0 q=1
set r1=012380ff
    e6a70f31    ssat16 r0, #8, r1
    e6e82f31    usat16 r2, #8, r1
expect r0=007fff80 r2=00ff0000 q=1
set r1=7f80ff01 r2=01ff0101
    e6110f92    sadd8 r0, r1, r2
    e10f3000    mrs r3, apsr
    e6814fb2    sel r4, r1, r2
expect r0=807f0002 ge=b r4=7fffff01
# 00 - 01 borrows: GE of that byte is 0
set r1=05000a10 r2=05010910
    e6510ff2    usub8 r0, r1, r2
expect r0=00ff0100 ge=b
set r1=80007fff r2=80000001
    e6210f12    qadd16 r0, r1, r2
    e6613f12    uqadd16 r3, r1, r2
    e6314f12    shadd16 r4, r1, r2
    e6715f12    uhadd16 r5, r1, r2
expect r0=80007fff r3=ffff8000 r4=80004000 r5=80004000
set r1=00050003 r2=00010002
    e6110f32    sasx r0, r1, r2
    e6113f52    ssax r3, r1, r2
expect r0=00070002 r3=00030004 ge=f
set r1=10203040 r2=20103050
    e780f211    usad8 r0, r1, r2
    e7831211    usada8 r3, r1, r2, r1
expect r0=30 r3=10203070
set r1=12345678 r2=abcdef01
    e6810012    pkhbt r0, r1, r2
    e6823011    pkhbt r3, r2, r1
    e6814412    pkhbt r4, r1, r2, lsl #8
    e6815852    pkhtb r5, r1, r2, asr #0x10
expect r0=abcd5678 r3=1234ef01 r4=cdef5678 r5=1234abcd
set r1=818283f4 r2=1000
    e6af0071    sxtb r0, r1
    e6bf3471    sxth r3, r1, ror #8
    e6e24c71    uxtab r4, r2, r1, ror #24
    e68f5071    sxtb16 r5, r1
    e6c26071    uxtab16 r6, r2, r1
expect r0=fffffff4 r3=ffff8283 r4=1081 r5=ff82fff4 r6=8210f4
set r1=11223384
    e6bf0f31    rev r0, r1
    e6bf2fb1    rev16 r2, r1
    e6ff3fb1    revsh r3, r1
    e6ff4f31    rbit r4, r1
expect r0=84332211 r2=22118433 r3=ffff8433 r4=21cc4488
set r1=12345678 r2=ffffffff r3=ffffffff
    e7eb0451    ubfx r0, r1, #8, #0xc
    e7a34251    sbfx r4, r1, #4, #4
    e7d72811    bfi r2, r1, #0x10, #8
    e7db321f    bfc r3, #4, #0x18
    e7a351d1    sbfx r5, r1, #3, #4
expect r0=456 r4=7 r2=ff78ffff r3=f000000f r5=ffffffff
