# 32-bit Thumb.  DDI 0406C, A6.3.
cpu cortex-a15 thumb
# modified immediates
    f04f10ab    mov.w r0, #0xab00ab
    f04f21ab    mov.w r1, #-0x54ff5500
    f04f32ab    mov.w r2, #-0x54545455
    f44f337f    mov.w r3, #0x3fc00
    f06f04ff    mvn r4, #0xff
expect r0=ab00ab r1=ab00ab00 r2=abababab r3=3fc00 r4=ffffff00
set nzcv=2
    f05f4000    movs.w r0, #-0x80000000
expect r0=80000000 nzcv=a
set nzcv=2 r1=ff
    f01110ff    ands r0, r1, #0xff00ff
expect r0=ff nzcv=2
set r1=12345678 r2=f
    ea610002    orn r0, r1, r2
    f061437f    orn r3, r1, #-0x1000000
    eb011402    add.w r4, r1, r2, lsl #4
    f1c20500    rsb.w r5, r2, #0
    f60176ff    addw r6, r1, #0xfff
    f2a16778    subw r7, r1, #0x678
expect r0=fffffff8 r3=12ffffff r4=12345768 r5=fffffff1 r6=12346677 r7=12345000
    f64b60ef    movw r0, #0xbeef
    f6cd60ad    movt r0, #0xdead
    f20f010c    addw r1, pc, #0xc
expect r0=deadbeef r1=10018
set r1=80000001 r2=1 nzcv=0
    fa11f002    lsls.w r0, r1, r2
    fa61f302    ror.w r3, r1, r2
expect r0=2 r3=c0000000 nzcv=2
set r1=40100 r2=1 mem.40100=84838281 mem.40104=55667788
    f8d10004    ldr.w r0, [r1, #4]
    f9113012    ldrsb.w r3, [r1, r2, lsl #1]
    f8314b04    ldrh r4, [r1], #4
    f8414d04    str r4, [r1, #-0x4]!
    f9b15006    ldrsh.w r5, [r1, #6]
expect r0=55667788 r3=ffffff83 r4=8281 mem.40100=8281 r1=40100 r5=5566
set r1=40100 r4=1 r5=2
    e9e14502    strd r4, r5, [r1, #8]!
    e8716702    ldrd r6, r7, [r1], #-8
expect r6=1 r7=2 r1=40100 mem.40108=1
set r1=40100 r4=1 r8=2
    e9210110    stmdb r1!, {r4, r8}
    e8910204    ldm.w r1, {r2, sb}
expect r1=400f8 r2=1 r9=2
# TBB: the table follows the instruction
set r0=1
    e8dff000    tbb [pc, r0]
    0302        lsls r2, r0, #0xc
    2101        movs r1, #1
    2202        movs r2, #2
    2303        movs r3, #3
    2404        movs r4, #4
expect r1=0 r2=0 r3=3 r4=4
set nzcv=0
    f0408001    bne.w #0x10006
    2101        movs r1, #1
    2202        movs r2, #2
expect r1=0 r2=2
    f000f802    bl #0x10008
    2101        movs r1, #1
    e000        b #0x1000a
    4770        bx lr
expect r1=1 lr=10005
set r1=12345678 r2=ffffffff
    f361220f    bfi r2, r1, #8, #8
    f3c11307    ubfx r3, r1, #4, #8
    fab3f483    clz r4, r3
    fa91f5a1    rbit r5, r1
    fb91f6f3    sdiv r6, r1, r3
    eac14702    pkhbt r7, r1, r2, lsl #0x10
expect r2=ffff78ff r3=67 r4=19 r5=1e6a2c48 r6=2d3ef9 r7=78ff5678
set r1=7fffffff r2=1
    fa82f081    qadd r0, r1, r2
    f3010307    ssat r3, #8, r1
expect r0=7fffffff r3=7f q=1
