# IT blocks.  DDI 0406C, A2.5.2, A8.8.54.
cpu cortex-a9 thumb
set r0=1 nzcv=4
    bf0c        ite eq
    2105        movs r1, #5
    2106        movs r1, #6
    1c4a        adds r2, r1, #1
expect r1=5 r2=6 nzcv=0
# 16-bit data processing sets no flags inside
set r0=1 r1=1 nzcv=4
    bf04        itt eq
    1a40        subs r0, r0, r1
    3007        adds r0, #7
expect r0=7 nzcv=4
# a compare inside changes the condition of what follows
set r0=1 nzcv=4
    bf04        itt eq
    2802        cmp r0, #2
    2101        movs r1, #1
    2203        movs r2, #3
expect r1=0 r2=3
set r0=1 nzcv=0
    bf04        itt eq
    2802        cmp r0, #2
    2101        movs r1, #1
    f04f0203    mov.w r2, #3
expect r1=0 r2=3 nzcv=0
# the same among instructions of the opposite condition
set r0=1 nzcv=4
    bf0b        itete eq
    2801        cmp r0, #1
    2101        movs r1, #1
    3102        adds r1, #2
    2204        movs r2, #4
    f04f0303    mov.w r3, #3
expect r1=2 r2=0 r3=3 nzcv=6
set r0=1 nzcv=0
    bf0b        itete eq
    2801        cmp r0, #1
    2101        movs r1, #1
    3102        adds r1, #2
    2204        movs r2, #4
    f04f0303    mov.w r3, #3
expect r1=1 r2=4 r3=3 nzcv=0
set r0=1 nzcv=2
    bf35        itete lo
    2801        cmp r0, #1
    2101        movs r1, #1
    3102        adds r1, #2
    2204        movs r2, #4
expect r1=1 r2=4 nzcv=2
# memory and branches
set r1=40100 mem.40100=9 nzcv=0
    bf1e        ittt ne
    6808        ldr r0, [r1]
    6048        str r0, [r1, #4]
    e000        b #0x1000a
    2201        movs r2, #1
    2301        movs r3, #1
expect r0=9 mem.40104=9 r2=0 r3=1
set r1=1 nzcv=4
    bf1c        itt ne
    e891000c    ldm.w r1, {r2, r3}
    2401        movs r4, #1
    f04f0505    mov.w r5, #5
expect r4=0 r5=5 r1=1
# an abort inside keeps ITSTATE for the handler: 2 of 3 to go
set r1=f0000000 nzcv=4
    bf06        itte eq
    2201        movs r2, #1
    6808        ldr r0, [r1]
    2301        movs r3, #1
expect end=dabt pc=10004 it=c r2=1
