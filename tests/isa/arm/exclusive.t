# LDREX and STREX.  DDI 0406C, A3.4.
cpu cortex-a9
set r1=40100 mem.40100=5
    e1910f9f    ldrex r0, [r1]
    e2802001    add r2, r0, #1
    e1813f92    strex r3, r2, [r1]
expect r0=5 r3=0 mem.40100=6
# without LDREX, and a second time
set r1=40100 r2=9 r4=7
    e1814f92    strex r4, r2, [r1]
expect r4=1 mem.40100=0
set r1=40100 r2=9
    e1910f9f    ldrex r0, [r1]
    e1813f92    strex r3, r2, [r1]
    e1814f92    strex r4, r2, [r1]
    e3a05005    mov r5, #5
expect r3=0 r4=1 r5=5 mem.40100=9
# of another address
set r1=40100 r2=9 r3=40104
    e1910f9f    ldrex r0, [r1]
    e1834f92    strex r4, r2, [r3]
expect r4=1 mem.40104=0
set r1=40100 r2=9
    e1910f9f    ldrex r0, [r1]
    f57ff01f    clrex 
    e1814f92    strex r4, r2, [r1]
expect r4=1 mem.40100=0
set r1=40100 mem.40100=aabbccdd r2=11
    e1d10f9f    ldrexb r0, [r1]
    e1c13f92    strexb r3, r2, [r1]
    e1f14f9f    ldrexh r4, [r1]
    e1e15f94    strexh r5, r4, [r1]
expect r0=dd r3=0 r4=cc11 r5=0 mem.40100=aabbcc11
set r1=40100 mem.40100=1 mem.40104=2 r2=3 r3=4
    e1b14f9f    ldrexd r4, r5, [r1]
    e1a16f92    strexd r6, r2, r3, [r1]
expect r4=1 r5=2 r6=0 mem.40100=3 mem.40104=4
# LDREX checks the alignment
set r1=40101
    e1910f9f    ldrex r0, [r1]
expect end=dabt
cpu cortex-a9 big
set r1=40100 mem.40100=1000000 mem.40104=2000000 r2=3 r3=4
    e1b14f9f    ldrexd r4, r5, [r1]
    e1a16f92    strexd r6, r2, r3, [r1]
expect r4=1 r5=2 r6=0 mem.40100=3000000 mem.40104=4000000
