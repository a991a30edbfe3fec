# Branches.  DDI 0406C, A4.3.
cpu arm926
    ea000000    b #0x10008
    e3a00001    mov r0, #1
    e3a01001    mov r1, #1
expect r0=0 r1=1
set r0=5
    e2500001    subs r0, r0, #1
    e0811000    add r1, r1, r0
    1afffffc    bne #0x10000
    e3a02007    mov r2, #7
expect r0=0 r1=a r2=7 nzcv=6
    eb000001    bl #0x1000c
    e3a01001    mov r1, #1
    ea000001    b #0x10014
    e1a0000e    mov r0, lr
    e12fff1e    bx lr
expect r0=10004 r1=1 lr=10004
set r2=10010
    e1a0e00f    mov lr, pc
    e12fff12    bx r2
    e3a01001    mov r1, #1
    ea000000    b #0x10014
    e1a0f00e    mov pc, lr
    e3a03003    mov r3, #3
expect r1=1 r3=3
set r2=1000c
    e12fff32    blx r2
    e3a01001    mov r1, #1
    ea000000    b #0x10010
    e12fff1e    bx lr
expect r1=1 lr=10004
# to Thumb and back: the words at 10008 are ADDS r0, r0, #5; BX lr
set r2=10009
    e12fff32    blx r2
    ea000000    b #0x1000c
    47703005    ldrbmi r3, [r0, -r5]!
    e1a01000    mov r1, r0
expect r0=5 r1=5 t=0
cpu cortex-a9
set r2=10008
    e1a0f002    mov pc, r2
    e3a00001    mov r0, #1
    e3a01002    mov r1, #2
expect r0=0 r1=2
cpu cortex-a9 thumb
    f000b801    b.w #0x10006
    2001        movs r0, #1
    2102        movs r1, #2
expect r0=0 r1=2
# to A32, at the aligned address of the instruction + 4
    f000e800    blx #0x10004
    0001        movs r1, r0
    e3a0        b #0x1074a
expect lr=10005 r0=1 t=0 pc=10008
set r0=40000 r1=1 mem.40000=00010000
    e8d0f011    tbh [r0, r1, lsl #1]
    2001        movs r0, #1
    2102        movs r1, #2
expect r0=40000 r1=2
set r0=10008
    4780        blx r0
    2101        movs r1, #1
    2102        movs r1, #2
    2103        movs r1, #3
expect lr=10003 t=0 pc=10008
    df05        svc #5
expect end=svc pc=10000
    be05        bkpt #5
expect end=pabt pc=10000
    de05        udf #5
expect end=undef pc=10000
    f7f0a000    udf.w #0
expect end=undef pc=10000
# the halves of BL and BLX are instructions before ARMv6T2
cpu arm926 thumb
    f000
    f801
    2001        movs r0, #1
    2102        movs r1, #2
expect lr=10005 r0=0 r1=2
    f000
    e802
    2001        movs r0, #1
    2102        movs r1, #2
expect lr=10005 t=0 pc=10008
# to Thumb
cpu arm926
    fa000000    blx #0x10008
    e3a01001    mov r1, #1
    de00de00
expect lr=10004 t=1 pc=10008 end=undef r1=0
