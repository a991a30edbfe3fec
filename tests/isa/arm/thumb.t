# 16-bit Thumb.  DDI 0406C, A6.2.
cpu cortex-a9 thumb
# BLX with its last bit set is undefined (A8.8.25, encoding T2: H)
    f000e801    
expect end=undef pc=10000
cpu arm926 thumb
set r1=80000001
    0048        lsls r0, r1, #1
expect r0=2 nzcv=2
set r1=80000001 nzcv=0
    0808        lsrs r0, r1, #0x20
expect r0=0 nzcv=6
set r1=5 r2=7
    1888        adds r0, r1, r2
    1a8b        subs r3, r1, r2
    1dcc        adds r4, r1, #7
    1f4d        subs r5, r1, #5
expect r0=c r3=fffffffe r4=c r5=0 nzcv=6
    20ff        movs r0, #0xff
    3001        adds r0, #1
    3901        subs r1, #1
    2800        cmp r0, #0
expect r0=100 r1=ffffffff nzcv=2
set r0=f0 r1=3c
    4008        ands r0, r1
    430a        orrs r2, r1
    4042        eors r2, r0
    43d3        mvns r3, r2
    4381        bics r1, r0
expect r0=30 r2=c r3=fffffff3 r1=c nzcv=0
set r0=3 r1=21 nzcv=0
    4088        lsls r0, r1
expect r0=0 nzcv=4
set r0=5 r1=7
    4348        muls r0, r1, r0
    424a        rsbs r2, r1, #0
    4208        tst r0, r1
expect r0=23 r2=fffffff9 nzcv=0
set r8=5 r1=6
    4488        add r8, r1
    4642        mov r2, r8
    4588        cmp r8, r1
    46f9        mov sb, pc
expect r8=b r2=b nzcv=2 r9=1000a
set r1=40100 r2=4 mem.40104=84838281
    6848        ldr r0, [r1, #4]
    5a8b        ldrh r3, [r1, r2]
    5e8c        ldrsh r4, [r1, r2]
    568d        ldrsb r5, [r1, r2]
    79ce        ldrb r6, [r1, #7]
    8048        strh r0, [r1, #2]
    7048        strb r0, [r1, #1]
    508a        str r2, [r1, r2]
expect r0=84838281 r3=8281 r4=ffff8281 r5=ffffff81 r6=84 mem.40100=82818100 mem.40104=4
set r0=1 r1=2 lr=10008
    b503        push {r0, r1, lr}
    bc0c        pop {r2, r3}
    b001        add sp, #4
    9202        str r2, [sp, #8]
    b084        sub sp, #0x10
    ac01        add r4, sp, #4
expect r2=1 r3=2 sp=41ff0 mem.42008=1 r4=41ff4
set r0=40100 r1=1 r2=2
    c006        stm r0!, {r1, r2}
    3808        subs r0, #8
    c818        ldm r0!, {r3, r4}
expect r0=40108 r3=1 r4=2
# a base in the list: no write-back
set r0=40100 mem.40100=5 mem.40104=6
    c803        ldm r0, {r0, r1}
expect r0=5 r1=6
    a001        adr r0, #4
    4901        ldr r1, [pc, #4]
    46c0        mov r8, r8
    46c0        mov r8, r8
    1234        asrs r4, r6, #8
    5678        ldrsb r0, [r7, r1]
expect r0=10008 r1=56781234 end=dabt
set r0=3
    3801        subs r0, #1
    d1fd        bne #0x10000
    e000        b #0x10008
    2101        movs r1, #1
    2202        movs r2, #2
expect r0=0 r1=0 r2=2
    f000f802    bl #0x10008
    2101        movs r1, #1
    e000        b #0x1000a
    4770        bx lr
expect r1=1 lr=10005
# BX to ARM: MOV r0, #7 at 10004
set r1=10004 nzcv=4
    4708        bx r1
    46c0        mov r8, r8
    0007        movs r7, r0
    e3a0        b #0x1074a
expect r0=7 t=0
# the halves of BL apart: BL is LR = pc + (1 << 12), then a jump
    f001        
    4672        mov r2, lr
expect lr=11004 r2=11004
cpu cortex-a9 thumb
set r1=81
    b248        sxtb r0, r1
    b282        uxth r2, r0
    ba0b        rev r3, r1
    bacc        revsh r4, r1
expect r0=ffffff81 r2=ff81 r3=81000000 r4=ffff8100
set r0=1
    b108        cbz r0, #0x10006
    2101        movs r1, #1
    b908        cbnz r0, #0x1000a
    2202        movs r2, #2
    bf00        nop 
    2303        movs r3, #3
expect r1=1 r2=0 r3=3
# POP to pc: BX lr's kin
set mem.42000=10005
    bd00        pop {pc}
    2001        movs r0, #1
    2102        movs r1, #2
expect r0=0 r1=2 sp=42004
