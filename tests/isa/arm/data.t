# Data processing: results, flags and the shifter's carry.  DDI 0406C, A4.4.1.
cpu arm926
# ADDS: carry and overflow
set r1=7fffffff r2=1
    e0910002    adds r0, r1, r2
expect r0=80000000 nzcv=9
set r1=ffffffff r2=1
    e0910002    adds r0, r1, r2
expect r0=0 nzcv=6
set r1=80000000 r2=80000000
    e0910002    adds r0, r1, r2
expect r0=0 nzcv=7
# SUBS and CMP: C is not borrow
set r1=5 r2=5
    e0510002    subs r0, r1, r2
expect r0=0 nzcv=6
set r1=4 r2=5
    e1510002    cmp r1, r2
expect nzcv=8
set r1=80000000 r2=1
    e1510002    cmp r1, r2
expect nzcv=3
# with carry
set r1=ffffffff r2=0 nzcv=2
    e0b10002    adcs r0, r1, r2
expect r0=0 nzcv=6
set r1=5 r2=5 nzcv=0
    e0d10002    sbcs r0, r1, r2
expect r0=ffffffff nzcv=8
set r1=5 r2=9 nzcv=2
    e0f10002    rscs r0, r1, r2
expect r0=4 nzcv=2
set r1=1 nzcv=0
    e2710000    rsbs r0, r1, #0
expect r0=ffffffff nzcv=8
# logical: N, Z, C of the shifter; V stays
set r1=f0 r2=0f nzcv=3
    e0110002    ands r0, r1, r2
expect r0=0 nzcv=7
set r1=80000001 nzcv=1
    e1b00081    lsls r0, r1, #1
expect r0=2 nzcv=3
set r1=80000001 nzcv=2
    e1b00021    lsrs r0, r1, #0x20
expect r0=0 nzcv=6
set r1=80000001 nzcv=0
    e1b00041    asrs r0, r1, #0x20
expect r0=ffffffff nzcv=a
set r1=1 nzcv=2
    e1b00061    rrxs r0, r1
expect r0=80000000 nzcv=a
set r1=12345678
    e1a00461    ror r0, r1, #8
expect r0=78123456 nzcv=0
# a rotated immediate sets C to its bit 31, an unrotated one leaves it
set nzcv=0
    e3b00102    movs r0, #0x80000000
expect r0=80000000 nzcv=a
set nzcv=2
    e3b00001    movs r0, #1
expect r0=1 nzcv=2
set r1=ffffffff
    e3c100ff    bic r0, r1, #0xff
    e0202001    eor r2, r0, r1
    e3e03000    mvn r3, #0
    e3824c01    orr r4, r2, #0x100
expect r0=ffffff00 r2=ff r3=ffffffff r4=1ff
set r1=f nzcv=0
    e3110010    tst r1, #0x10
expect nzcv=4
set r1=f nzcv=0
    e1310001    teq r1, r1
expect nzcv=4
set r1=1 r2=ffffffff
    e1710002    cmn r1, r2
expect nzcv=6
# register-shifted: 0 leaves the carry, 32 and more
set r1=80000001 r2=0 nzcv=2
    e1b00211    lsls r0, r1, r2
expect r0=80000001 nzcv=a
set r1=80000001 r2=20 nzcv=0
    e1b00211    lsls r0, r1, r2
expect r0=0 nzcv=6
set r1=80000001 r2=21 nzcv=2
    e1b00211    lsls r0, r1, r2
expect r0=0 nzcv=4
set r1=80000001 r2=20 nzcv=0
    e1b00231    lsrs r0, r1, r2
expect r0=0 nzcv=6
set r1=80000000 r2=40 nzcv=0
    e1b00251    asrs r0, r1, r2
expect r0=ffffffff nzcv=a
set r1=80000001 r2=20 nzcv=0
    e1b00271    rors r0, r1, r2
expect r0=80000001 nzcv=a
set r1=80000001 r2=104 nzcv=0
    e1b00231    lsrs r0, r1, r2
expect r0=8000000 nzcv=0
# r15 reads as the address + 8
    e28f0004    add r0, pc, #4
    e1a0100f    mov r1, pc
expect r0=1000c r1=1000c
# conditions
set r0=1 r1=2 nzcv=4
    01a00001    moveq r0, r1
    13a01009    movne r1, #9
    80802001    addhi r2, r0, r1
    90803001    addls r3, r0, r1
expect r0=2 r1=2 r2=0 r3=4
set r0=1 nzcv=4
    03500001    cmpeq r0, #1
    13500002    cmpne r0, #2
    02501002    subseq r1, r0, #2
expect r1=ffffffff nzcv=8
set r0=1 nzcv=0
    02501002    subseq r1, r0, #2
    12802001    addne r2, r0, #1
expect r1=0 r2=2 nzcv=0
cpu cortex-a15
set r0=12345678
    e30a1bcd    movw r1, #0xabcd
    e3411234    movt r1, #0x1234
    e34f0fff    movt r0, #0xffff
expect r1=1234abcd r0=ffff5678
