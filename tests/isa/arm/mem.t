# Loads and stores.  DDI 0406C, A4.6.
cpu arm926
set r1=40100 mem.40100=84838281 mem.40104=11223344
    e5910000    ldr r0, [r1]
    e5d12001    ldrb r2, [r1, #1]
    e1d130d2    ldrsb r3, [r1, #2]
    e1d140b2    ldrh r4, [r1, #2]
    e1d150f0    ldrsh r5, [r1]
expect r0=84838281 r2=82 r3=ffffff83 r4=8483 r5=ffff8281 r1=40100
set r1=40100 mem.40100=84838281 mem.40104=11223344
    e4910004    ldr r0, [r1], #4
    e5312004    ldr r2, [r1, #-4]!
expect r0=84838281 r2=84838281 r1=40100
set r1=40100 r2=2 mem.40108=5
    e7910102    ldr r0, [r1, r2, lsl #2]
    e7010082    str r0, [r1, -r2, lsl #1]
    e5e10003    strb r0, [r1, #3]!
    e1c100b1    strh r0, [r1, #1]
expect r0=5 mem.400fc=5 r1=40103 mem.40100=5000000 mem.40104=5
set r2=40104 r4=11111111 r5=22222222 mem.40110=1 mem.40114=2
    e1c200dc    ldrd r0, r1, [r2, #0xc]
    e0c240f8    strd r4, r5, [r2], #8
expect r0=1 r1=2 mem.40104=11111111 mem.40108=22222222 r2=4010c
# ARMv5: an unaligned word is rotated, an unaligned store aligned
set r1=40101 r2=aabbccdd mem.40100=44332211 mem.40104=88776655
    e5910000    ldr r0, [r1]
    e5913001    ldr r3, [r1, #1]
    e5812006    str r2, [r1, #6]
    e1d140b0    ldrh r4, [r1]
    e0805003    add r5, r0, r3
expect r0=11443322 r3=22114433 mem.40104=aabbccdd r4=2211 r5=33557755
set r1=40102 r2=99 mem.40100=44332211
    e1010092    swp r0, r2, [r1]
expect r0=22114433 mem.40100=99
set r1=40103 mem.40100=1 mem.40104=2
    e891000c    ldm r1, {r2, r3}
expect r2=1 r3=2 r1=40103
set r1=40100 r2=ffffff77 mem.40100=12345678
    e1410092    swpb r0, r2, [r1]
expect r0=78 mem.40100=12345677
# r15 as base: the address + 8
    e51f0008    ldr r0, [pc, #-8]
expect r0=e51f0008
# a condition that fails touches nothing
set r1=3 nzcv=4
    15910000    ldrne r0, [r1]
    15810000    strne r0, [r1]
    059d2004    ldreq r2, [sp, #4]
expect r0=0 end=end
# an abort leaves base and registers
set r1=f0000000 r2=7
    e4912004    ldr r2, [r1], #4
expect r1=f0000000 r2=7 end=dabt pc=10000
cpu cortex-a9
set r1=40101 mem.40100=44332211 mem.40104=88776655
    e5910000    ldr r0, [r1]
    e1d120b2    ldrh r2, [r1, #2]
    e5810001    str r0, [r1, #1]
expect r0=55443322 r2=5544 mem.40100=33222211 mem.40104=88775544
set r1=40101
    e8910005    ldm r1, {r0, r2}
expect end=dabt pc=10000
set r1=40100 mem.40100=8899aabb
    e0f100b2    ldrht r0, [r1], #2
    e07120d1    ldrsbt r2, [r1], #-1
    e4e10000    strbt r0, [r1], #0
expect r0=aabb r2=ffffff99 r1=40101 mem.40100=8899bbbb
# big-endian data
cpu cortex-a9 big
set r1=40100 mem.40100=44332211 mem.40104=88776655
    e5910000    ldr r0, [r1]
    e1d120b0    ldrh r2, [r1]
    e1c100b4    strh r0, [r1, #4]
    e1c140d0    ldrd r4, r5, [r1]
    e5d16000    ldrb r6, [r1]
expect r0=11223344 r2=1122 mem.40104=88774433 r4=11223344 r5=33447788 r6=11
# SWP of what can be neither read nor written, and of what can only be read: WnR (bit 11)
cpu cortex-a9
set r1=50000
    e1010092    swp r0, r2, [r1]
expect end=dabt pc=10000 dfsr=7 dfar=50000
set r1=43000
    e1410092    swpb r0, r2, [r1]
expect end=dabt pc=10000 dfsr=80f dfar=43000
set r1=50000
    e5810000    str r0, [r1]
expect end=dabt pc=10000 dfsr=807 dfar=50000
cpu arm926
set r9=40100 r8=8 mem.40108=11112222 mem.4010c=33334444
    e18940d8    ldrd r4, r5, [sb, r8]
    e10940f8    strd r4, r5, [sb, -r8]
expect r4=11112222 r5=33334444 mem.400f8=11112222 mem.400fc=33334444
