# Multiplication and division.  DDI 0406C, A4.4.3 and A4.4.8.
cpu arm926
set r1=ffffffff r2=2 r3=5
    e0000291    mul r0, r1, r2
    e0243291    mla r4, r1, r2, r3
expect r0=fffffffe r4=3
set r1=80000000 r2=1 nzcv=3
    e0100291    muls r0, r1, r2
expect r0=80000000 nzcv=b
set r1=ffffffff r2=ffffffff
    e0843291    umull r3, r4, r1, r2
    e0c65291    smull r5, r6, r1, r2
expect r3=1 r4=fffffffe r5=1 r6=0
set r0=ffffffff r1=0 r2=2 r3=3
    e0a10392    umlal r0, r1, r2, r3
expect r0=5 r1=1
set r2=ffffffff r3=3 r0=1 r1=0
    e0e10392    smlal r0, r1, r2, r3
expect r0=fffffffe r1=ffffffff
set r2=0 r3=3 nzcv=3
    e0d10392    smulls r0, r1, r2, r3
expect nzcv=7
# halves; Q
set r1=8000ffff r2=00028000
    e1600281    smulbb r0, r1, r2
    e16302e1    smultt r3, r1, r2
    e16402c1    smulbt r4, r1, r2
expect r0=8000 r3=ffff0000 r4=fffffffe
set r1=00008000 r2=00008000 r3=7fffffff
    e1003281    smlabb r0, r1, r2, r3
expect r0=bfffffff q=1
set r1=00010000 r2=00000004
    e12002a1    smulwb r0, r1, r2
expect r0=4
set r1=00030000 r2=00020000 r3=10 r4=0
    e14432e1    smlaltt r3, r4, r1, r2
expect r3=16 r4=0 q=0
cpu arm1136
set r1=00020003 r2=00050007
    e700f211    smuad r0, r1, r2
    e703f231    smuadx r3, r1, r2
    e704f251    smusd r4, r1, r2
expect r0=1f r3=1d r4=b
set r1=80008000 r2=80008000
    e700f211    smuad r0, r1, r2
expect r0=80000000 q=1
set r1=80008000 r2=80008000 r3=80000000
    e7003211    smlad r0, r1, r2, r3
expect r0=0 q=0
set r1=40000000 r2=00000002 r3=1
    e750f211    smmul r0, r1, r2
    e754f231    smmulr r4, r1, r2
    e7553211    smmla r5, r1, r2, r3
expect r0=0 r4=1 r5=1
set r1=ffffffff r2=ffffffff r3=ffffffff r4=ffffffff
    e0443291    umaal r3, r4, r1, r2
expect r3=ffffffff r4=ffffffff
set r1=00020003 r2=00050007 r3=ffffffff r4=0
    e7443211    smlald r3, r4, r1, r2
expect r3=1e r4=1
cpu cortex-a15
set r1=fffffff9 r2=2
    e710f211    sdiv r0, r1, r2
    e733f211    udiv r3, r1, r2
    e0641290    mls r4, r0, r2, r1
expect r0=fffffffd r3=7ffffffc r4=ffffffff
set r1=80000000 r2=ffffffff r3=0
    e710f211    sdiv r0, r1, r2
    e714f311    sdiv r4, r1, r3
    e735f311    udiv r5, r1, r3
expect r0=80000000 r4=0 r5=0
