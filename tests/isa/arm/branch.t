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
