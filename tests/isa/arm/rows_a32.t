# Each row of a32.decode that is neither a branch nor changes more than User mode may: operands
# drawn at random, results on which qemu-system-arm agrees.
# Written by: random-arm --cases 2 --set a32 --against qemu
cpu cortex-a15
# yield
set cpsr=68000010
    e320f001    yield 
expect cpsr=68000010
# yield
set cpsr=b0000010
    e320f001    yield 
expect cpsr=b0000010
# wfe
set cpsr=c8000010
    e320f002    wfe 
expect cpsr=c8000010
# wfe
set cpsr=40000010
    e320f002    wfe 
expect cpsr=40000010
# sev
set cpsr=78000010
    e320f004    sev 
expect cpsr=78000010
# sev
set cpsr=58000010
    e320f004    sev 
expect cpsr=58000010
# setend
set cpsr=10
    f1010200    setend be
expect cpsr=210
# setend
set cpsr=58000010
    f1010200    setend be
expect cpsr=58000210
# dbg
set cpsr=10
    e320f0f3    dbg #3
expect cpsr=10
# dbg
set cpsr=e0000010
    e320f0f7    dbg #7
expect cpsr=e0000010
# sxtb16
set cpsr=b8000010 r0=13 r2=10 r5=3bd18b44
    e68f2075    sxtb16 r2, r5
expect r2=ffd10044 cpsr=b8000010
# sxtb16
set cpsr=b0000010 r1=ffffffff r3=5a249f4d r12=68038f05
    e68f347c    sxtb16 r3, ip, ror #8
expect r3=68ff8f cpsr=b0000010
# sxtb
set cpsr=e0000010 r2=eae12b1c r5=ce23ef9b r10=4516f0b8
    e6af587a    sxtb r5, sl, ror #16
expect r5=16 cpsr=e0000010
# sxtb
set cpsr=e0000010 r3=1d r6=22 r7=80c46179
    e6af7c76    sxtb r7, r6, ror #24
expect r7=0 cpsr=e0000010
# sxth
set cpsr=90000010 r0=16 r3=631b4eb0 r10=1
    e6bf0c7a    sxth r0, sl, ror #24
expect r0=100 cpsr=90000010
# sxth
set cpsr=88000010 r1=ffff r6=2860ff61 r13=42000
    e6bf647d    sxth r6, sp, ror #8
expect r6=420 cpsr=88000010
# uxtb16
set cpsr=a0000010 r0=24d97039 r1=20 r4=33
    e6cf4470    uxtb16 r4, r0, ror #8
expect r4=240070 cpsr=a0000010
# uxtb16
set cpsr=e0000010 r2=8000 r6=8000 r9=42000
    e6cf6879    uxtb16 r6, sb, ror #16
expect r6=4 cpsr=e0000010
# uxtb
set cpsr=98000010 r0=f488a761 r1=6a715a21 r7=fafc451a
    e6ef7071    uxtb r7, r1
expect r7=21 cpsr=98000010
# uxtb
set cpsr=28000010 r1=32 r7=b09117de r11=19
    e6efb477    uxtb fp, r7, ror #8
expect r11=17 cpsr=28000010
# uxth
set cpsr=c0000010 r1=cec552ae r2=fffffffe r7=be95cae5
    e6ff7871    uxth r7, r1, ror #16
expect r7=cec5 cpsr=c0000010
# uxth
set cpsr=10000010 r0=3b50d7b1 r7=6f703615 r8=4
    e6ff7078    uxth r7, r8
expect r7=4 cpsr=10000010
# usad8
set cpsr=10000010 r1=137fd37c r2=7f r3=80000000 r4=20000 r11=e67849cb r12=e4b0612c
    e781fb13    usad8 r1, r3, fp
expect r1=1f2 cpsr=10000010
# usad8
set cpsr=90000010 r9=42000 r10=0 r11=dca9d71d r14=8f1451e2
    e78ef91a    usad8 lr, sl, sb
expect r14=24 cpsr=90000010
# clrex
set cpsr=60000010
    f57ff01f    clrex 
expect cpsr=60000010
# clrex
set cpsr=70000010
    f57ff01f    clrex 
expect cpsr=70000010
# dsb
set cpsr=f0000010
    f57ff040    dsb #0x0
expect cpsr=f0000010
# dsb
set cpsr=e8000010
    f57ff04f    dsb sy
expect cpsr=e8000010
# dmb
set cpsr=a0000010
    f57ff05d    dmb #0xd
expect cpsr=a0000010
# dmb
set cpsr=e0000010
    f57ff05a    dmb ishst
expect cpsr=e0000010
# isb
set cpsr=28000010
    f57ff069    isb #0x9
expect cpsr=28000010
# isb
set cpsr=80000010
    f57ff063    isb #0x3
expect cpsr=80000010
# smuad
set cpsr=c8000010 r0=1 r1=869245cd r10=5d47e194 r11=c63fbe09 r13=42000 r14=5ade30af
    e700fa1d    smuad r0, sp, sl
expect r0=fc33f51c cpsr=c8000010
# smuad
set cpsr=80000010 r5=c418c733 r6=a6b263c9 r7=d0a99ed8 r14=5af151ae
    e70ef516    smuad lr, r6, r5
expect r14=fec208bb cpsr=80000010
# smusd
set cpsr=a8000010 r1=c6efe8d5 r2=24c36d8f r9=42000 r10=1f r12=ffff r13=42000
    e701f95c    smusd r1, ip, sb
expect r1=ffffe000 cpsr=a8000010
# smusd
set cpsr=18000010 r0=7fff r1=3b r4=18 r5=d5a0e867 r9=42000 r10=795879f1
    e704f950    smusd r4, r0, sb
expect r4=fffe000 cpsr=18000010
# smmul
set cpsr=58000010 r1=b5000870 r3=34 r7=12 r14=aa161ec3
    e75ef733    smmulr lr, r3, r7
expect r14=0 cpsr=58000010
# smmul
set cpsr=80000010 r0=e00738ac r1=404ea43d r3=ffff r12=20000
    e753fc11    smmul r3, r1, ip
expect r3=809d cpsr=80000010
# bfc
set cpsr=88000010 r3=d63c99f8
    e7db341f    bfc r3, #8, #0x14
expect r3=d00000f8 cpsr=88000010
# cps
set cpsr=68000010
    f10a00de    cpsie if, #0x1e
expect cpsr=68000010
# cps
set cpsr=50000010
    f104011e
expect cpsr=50000010
# umaal
set cpsr=b0000010 r6=1 r7=ff r14=3b
    e046ee97    umaal lr, r6, r7, lr
expect r6=0 r14=3b01 cpsr=b0000010
# umaal
set cpsr=48000010 r1=9beb245b r2=20 r8=4 r14=70b38912
    e041e892    umaal lr, r1, r2, r8
expect r1=1 r14=c9eaded cpsr=48000010
# mls
set cpsr=a0000010 r0=3a r2=2 r12=1f9860d1
    e0602c92    mls r0, r2, ip, r2
expect r0=c0cf3e60 cpsr=a0000010
# mls
set cpsr=f0000010 r0=313dcce3 r13=42000 r14=20000
    e060dd9e    mls r0, lr, sp, sp
expect r0=c0042000 cpsr=f0000010
# qadd
set cpsr=10 r1=1d r2=3c r3=a r4=10 r7=80000000 r8=4
    e1037051    qadd r7, r1, r3
expect r7=27 cpsr=10
# qadd
set cpsr=c0000010 r4=207049cd r5=10 r6=2b r7=4d881f2e r10=ac232237 r11=22564b4
    e10a6054    qadd r6, r4, sl
expect r6=cc936c04 cpsr=c0000010
# qsub
set cpsr=c8000010 r0=a523dbae r11=bf24f1a7
    e120005b    qsub r0, fp, r0
expect r0=1a0115f9 cpsr=c8000010
# qsub
set cpsr=a8000010 r2=7fffffff r3=a8537504 r6=f9afd528
    e1226053    qsub r6, r3, r2
expect r6=80000000 cpsr=a8000010
# qdadd
set cpsr=c8000010 r0=8000 r1=80008000 r2=13219985 r3=0 r5=c r6=99889550
    e1452050    qdadd r2, r0, r5
expect r2=8018 cpsr=c8000010
# qdadd
set cpsr=60000010 r5=80808080 r6=cbe4ab0e r12=6ba62996 r13=42000 r14=20
    e14c505e    qdadd r5, lr, ip
expect r5=7fffffff cpsr=68000010
# qdsub
set cpsr=e8000010 r4=9b15cdd r5=22 r6=17bf01d r9=42000 r10=3f
    e1654059    qdsub r4, sb, r5
expect r4=41fbc cpsr=e8000010
# qdsub
set cpsr=68000010 r2=15 r3=d09887a0 r5=663b5f18 r6=7f
    e1622055    qdsub r2, r5, r2
expect r2=663b5eee cpsr=68000010
# strex
set cpsr=40000010 r2=39 r6=e r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e1896f92    strex r6, r2, [sb]
expect r6=1 cpsr=40000010
# strex
set cpsr=60000010 r2=bb1bf384 r4=1e r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1892f94    strex r2, r4, [sb]
expect r2=1 cpsr=60000010
# ldrex
set cpsr=d8000010 r4=5 r5=7f r9=42000 r10=ff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1994f9f    ldrex r4, [sb]
expect r4=2591cb4f cpsr=d8000010
# ldrex
set cpsr=20000010 r7=6a05eb3c r8=4 r9=42000 r10=a058c2e6 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1997f9f    ldrex r7, [sb]
expect r7=2591cb4f cpsr=20000010
# strexb
set cpsr=30000010 r2=5df650a6 r6=2d r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1c96f92    strexb r6, r2, [sb]
expect r6=1 cpsr=30000010
# strexb
set cpsr=b8000010 r0=c87d3d99 r7=7f r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1c90f97    strexb r0, r7, [sb]
expect r0=1 cpsr=b8000010
# ldrexb
set cpsr=78000010 r7=ce68702e r8=4 r9=42000 r10=84536627 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1d97f9f    ldrexb r7, [sb]
expect r7=4f cpsr=78000010
# ldrexb
set cpsr=28000010 r6=37 r7=27fcd2b4 r9=42000 r10=33 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1d96f9f    ldrexb r6, [sb]
expect r6=4f cpsr=28000010
# strexh
set cpsr=a0000010 r6=c1c371d5 r9=42000 r11=39 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1e9bf96    strexh fp, r6, [sb]
expect r11=1 cpsr=a0000010
# strexh
set cpsr=b8000010 r3=29 r6=2d r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e1e93f96    strexh r3, r6, [sb]
expect r3=1 cpsr=b8000010
# ldrexh
set cpsr=58000010 r3=ffff r4=8a286a7b r9=42000 r10=1f mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1f93f9f    ldrexh r3, [sb]
expect r3=cb4f cpsr=58000010
# ldrexh
set cpsr=c8000010 r9=42000 r10=4 r11=7f r12=29 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1f9bf9f    ldrexh fp, [sb]
expect r11=cb4f cpsr=c8000010
# mrs_banked
set cpsr=78000010 r11=100 r12=e003df9d
    e140b200    mrseq fp, lr_fiq
expect cpsr=78000010 end=undef
# mrs_banked
set cpsr=40000010 r6=20 r7=e
    e10e6300    mrs r6, elr_hyp
expect cpsr=40000010 end=undef
# msr_banked
set cpsr=80000010 r5=1f r6=d2480b5a
    e12df305    msr sp_mon, r5
expect cpsr=80000010 end=undef
# msr_banked
set cpsr=f0000010
    e129f20f    msr r9_fiq, pc
expect cpsr=f0000010 end=undef
# clz
set cpsr=40000010 r4=51e1cc1e r12=bbb474b8
    e16f4f1c    clz r4, ip
expect r4=0 cpsr=40000010
# clz
set cpsr=48000010 r5=80000000 r13=42000
    e16f5f1d    clz r5, sp
expect r5=d cpsr=48000010
# sadd16
set cpsr=78000010 r1=80000001 r2=c5c7d219 r3=11 r4=6c9e6cc5 r6=5 r7=20
    e6113f16    sadd16 r3, r1, r6
expect r3=80000006 cpsr=78030010
# sadd16
set cpsr=28000010 r0=8 r1=fb58d857 r2=220624b1 r3=4890fe7a r13=42000 r14=38
    e6120f1d    sadd16 r0, r2, sp
expect r0=220a44b1 cpsr=280f0010
# sasx
set cpsr=e0000010 r6=65b0b805 r10=665657d4
    e61a6f3a    sasx r6, sl, sl
expect r6=be2af17e cpsr=e00c0010
# sasx
set cpsr=28000010 r0=f59b9538 r5=1e31c56f r10=8a597e82
    e6105f3a    sasx r5, r0, sl
expect r5=741d0adf cpsr=280f0010
# ssax
set cpsr=a0000010 r1=c662d21f r8=4 r10=13
    e6181f5a    ssax r1, r8, sl
expect r1=ffed0004 cpsr=a0030010
# ssax
set cpsr=88000010 r6=ffa4309e r8=4 r11=7f7f7f7f
    e618bf56    ssax fp, r8, r6
expect r11=cf62ffa8 cpsr=88000010
# ssub16
set cpsr=88000010 r6=53d89dc2 r9=42000 r12=7ebfaf04
    e6196f7c    ssub16 r6, sb, ip
expect r6=814570fc cpsr=88030010
# ssub16
set cpsr=c0000010 r1=5e5b0ddd r4=36f79b8f r10=80000000
    e6141f7a    ssub16 r1, r4, sl
expect r1=b6f79b8f cpsr=c00c0010
# sadd8
set cpsr=e0000010 r3=80000000 r4=1f r9=42000 r10=7fff r11=a449ac8f
    e6193f9a    sadd8 r3, sb, sl
expect r3=49fff cpsr=e00e0010
# sadd8
set cpsr=a8000010 r5=100 r6=1c r7=4669f123 r8=4 r9=42000
    e6165f98    sadd8 r5, r6, r8
expect r5=20 cpsr=a80f0010
# ssub8
set cpsr=a0000010 r2=410ca3da r3=f3e0c8ad r7=9
    e6137ff2    ssub8 r7, r3, r2
expect r7=b2d425d3 cpsr=a0020010
# ssub8
set cpsr=d0000010 r4=100
    e6144ff4    ssub8 r4, r4, r4
expect r4=0 cpsr=d00f0010
# qadd16
set cpsr=98000010 r5=66be8b38 r6=e2989115 r12=b42c6656 r13=42000 r14=7
    e62e5f1c    qadd16 r5, lr, ip
expect r5=b42c665d cpsr=98000010
# qadd16
set cpsr=90000010 r0=d7af45fa r1=56335a7b r2=96203d0c r3=7fffffff r9=42000 r10=2
    e6202f19    qadd16 r2, r0, sb
expect r2=d7b365fa cpsr=90000010
# qasx
set cpsr=a0000010 r5=2 r12=dca5df19
    e62c5f35    qasx r5, ip, r5
expect r5=dca7df19 cpsr=a0000010
# qasx
set cpsr=60000010 r2=2b r9=42000 r11=27d0b8ad
    e62b2f39    qasx r2, fp, sb
expect r2=47d0b8a9 cpsr=60000010
# qsax
set cpsr=a0000010 r5=7f7f7f7f r11=19 r13=42000
    e62b5f5d    qsax r5, fp, sp
expect r5=e000001d cpsr=a0000010
# qsax
set cpsr=a8000010 r2=2f r8=4 r14=21
    e62e2f58    qsax r2, lr, r8
expect r2=fffc0021 cpsr=a8000010
# qsub16
set cpsr=10000010 r2=63f3da0b r11=25 r12=fffffffe
    e62b2f7c    qsub16 r2, fp, ip
expect r2=10027 cpsr=10000010
# qsub16
set cpsr=80000010 r1=703cad51 r6=df26618e r12=80008000
    e62c1f76    qsub16 r1, ip, r6
expect r1=a0da8000 cpsr=80000010
# qadd8
set cpsr=68000010 r1=71953796 r2=e34a6a4 r5=6598d848 r6=80000001
    e6211f95    qadd8 r1, r1, r5
expect r1=7f800fde cpsr=68000010
# qadd8
set cpsr=88000010 r1=7fff r2=38 r7=19 r8=4 r11=16 r12=20
    e62b7f91    qadd8 r7, fp, r1
expect r7=7f15 cpsr=88000010
# qsub8
set cpsr=98000010 r9=42000 r11=6 r12=fffffffe
    e62cbff9    qsub8 fp, ip, sb
expect r11=fffbdffe cpsr=98000010
# qsub8
set cpsr=30000010 r1=7fff r12=4f87973d r14=9968d53a
    e62e1ffc    qsub8 r1, lr, ip
expect r1=807f3efd cpsr=30000010
# shadd16
set cpsr=90000010 r8=4 r9=42000 r12=0 r13=42000 r14=fb52f127
    e638ef1c    shadd16 lr, r8, ip
expect r14=2 cpsr=90000010
# shadd16
set cpsr=60000010 r3=4 r4=7fffffff r7=6e544a0c r8=4 r12=b4aff365 r13=42000
    e6337f1c    shadd16 r7, r3, ip
expect r7=da57f9b4 cpsr=60000010
# shasx
set cpsr=20000010 r6=37 r9=42000 r11=2
    e63b6f39    shasx r6, fp, sb
expect r6=1000ffff cpsr=20000010
# shasx
set cpsr=78000010 r4=b10925d2 r8=4 r13=42000
    e6384f3d    shasx r4, r8, sp
expect r4=10000000 cpsr=78000010
# shsax
set cpsr=58000010 r5=7f r14=776efd77
    e635ef5e    shsax lr, r5, lr
expect r14=1443bf6 cpsr=58000010
# shsax
set cpsr=70000010 r2=26d43c54 r5=2 r6=7
    e6356f52    shsax r6, r5, r2
expect r6=e1d6136b cpsr=70000010
# shsub16
set cpsr=50000010 r7=f766bd03 r11=80758390
    e63bbf77    shsub16 fp, fp, r7
expect r11=c487e346 cpsr=50000010
# shsub16
set cpsr=90000010 r3=7 r5=7cfb42fa r6=8
    e6335f76    shsub16 r5, r3, r6
expect r5=ffff cpsr=90000010
# shadd8
set cpsr=f8000010 r5=ff4b31b5 r6=3f r7=7fff r10=4f95ecb9 r11=82a2eec4
    e6356f9a    shadd8 r6, r5, sl
expect r6=27f00eb7 cpsr=f8000010
# shadd8
set cpsr=40000010 r2=7f7f7f7f r3=b81f7e48 r5=1801fd22 r6=1a15e493 r10=21 r11=7fff
    e63a2f95    shadd8 r2, sl, r5
expect r2=c00fe21 cpsr=40000010
# shsub8
set cpsr=60000010 r0=973f0f80 r6=80000001 r14=12
    e636eff0    shsub8 lr, r6, r0
expect r14=f4e0f840 cpsr=60000010
# shsub8
set cpsr=70000010 r0=2b214e81 r2=d r5=39
    e6350ff2    shsub8 r0, r5, r2
expect r0=16 cpsr=70000010
# uadd16
set cpsr=d0000010 r2=36 r3=fe44c41c r13=42000 r14=5348e9fe
    e652ef1d    uadd16 lr, r2, sp
expect r14=42036 cpsr=d0000010
# uadd16
set cpsr=e0000010 r3=6a6dbe47 r4=9 r6=5a6b2b02 r7=100 r12=4 r13=42000
    e6563f1c    uadd16 r3, r6, ip
expect r3=5a6b2b06 cpsr=e0000010
# uasx
set cpsr=88000010 r2=a696f5c4 r6=cf128971 r14=b3ee76ba
    e65e2f36    uasx r2, lr, r6
expect r2=3d5fa7a8 cpsr=880c0010
# uasx
set cpsr=f0000010 r1=b r4=b5719306 r7=847bb633
    e6541f37    uasx r1, r4, r7
expect r1=6ba40e8b cpsr=f00f0010
# usax
set cpsr=c0000010 r1=84c8dae0 r13=42000
    e6511f5d    usax r1, r1, sp
expect r1=64c8dae4 cpsr=c00c0010
# usax
set cpsr=10000010 r5=5a4d540d r6=8be82d76 r11=4b99b226
    e65b5f56    usax r5, fp, r6
expect r5=1e233e0e cpsr=100f0010
# usub16
set cpsr=48000010 r0=12446af4 r6=fffffffe r12=0
    e6560f7c    usub16 r0, r6, ip
expect r0=fffffffe cpsr=480f0010
# usub16
set cpsr=a8000010 r4=5402894e r6=5d448824 r7=5
    e6547f76    usub16 r7, r4, r6
expect r7=f6be012a cpsr=a8030010
# uadd8
set cpsr=a0000010 r7=1b r8=4 r11=99d8e189 r12=3677604e r14=d0831549
    e65b7f9e    uadd8 r7, fp, lr
expect r7=695bf6d2 cpsr=a00c0010
# uadd8
set cpsr=68000010 r3=10 r4=7 r6=7fff r7=24
    e6536f93    uadd8 r6, r3, r3
expect r6=20 cpsr=68000010
# usub8
set cpsr=60000010 r0=f r7=ca5c7f1c r8=4
    e6580ff7    usub8 r0, r8, r7
expect r0=36a481e8 cpsr=60000010
# usub8
set cpsr=60000010 r5=aff5bdf4 r12=5fe90fba r14=21
    e65c5ffe    usub8 r5, ip, lr
expect r5=5fe90f99 cpsr=600f0010
# uqadd16
set cpsr=20000010 r1=1f r2=fe715e84 r5=6fbd4fab r6=f800b2a5 r7=3d r8=4
    e6657f11    uqadd16 r7, r5, r1
expect r7=6fbd4fca cpsr=20000010
# uqadd16
set cpsr=18000010 r2=48ead70d r3=4594e292 r9=42000 r10=cff2c4f4 r14=7d0376e4
    e6692f1e    uqadd16 r2, sb, lr
expect r2=7d0796e4 cpsr=18000010
# uqasx
set cpsr=8000010 r2=3d955f7d r8=4 r11=c
    e662bf38    uqasx fp, r2, r8
expect r11=3d995f7d cpsr=8000010
# uqasx
set cpsr=50000010 r10=13 r11=5a1f8425
    e66abf3a    uqasx fp, sl, sl
expect r11=130013 cpsr=50000010
# uqsax
set cpsr=d8000010 r0=2eefd2a8 r4=f r14=d439d5a1
    e6640f5e    uqsax r0, r4, lr
expect r0=d448 cpsr=d8000010
# uqsax
set cpsr=48000010 r0=3c r11=20000 r14=13
    e66bef50    uqsax lr, fp, r0
expect r14=0 cpsr=48000010
# uqsub16
set cpsr=a8000010 r4=76f8ab05 r9=42000 r14=1
    e664ef79    uqsub16 lr, r4, sb
expect r14=76f48b05 cpsr=a8000010
# uqsub16
set cpsr=d8000010 r3=80808080 r14=e
    e6633f7e    uqsub16 r3, r3, lr
expect r3=80808072 cpsr=d8000010
# uqadd8
set cpsr=88000010 r1=8000 r2=c r3=84c1bb6 r7=6 r8=4
    e6621f97    uqadd8 r1, r2, r7
expect r1=12 cpsr=88000010
# uqadd8
set cpsr=d0000010 r2=3b0730cf r3=27 r5=dfb38d64 r6=214d5064 r7=7fbbb7fc
    e6665f92    uqadd8 r5, r6, r2
expect r5=5c5480ff cpsr=d0000010
# uqsub8
set cpsr=60000010 r10=c7bf1812 r12=d9ba98d8 r14=b85f88f4
    e66aeffc    uqsub8 lr, sl, ip
expect r14=50000 cpsr=60000010
# uqsub8
set cpsr=18000010 r0=80808080 r6=80 r13=42000
    e66d0ff6    uqsub8 r0, sp, r6
expect r0=42000 cpsr=18000010
# uhadd16
set cpsr=18000010 r6=bdb9d59d r7=80432c03 r11=33 r12=b4930d31 r13=42000
    e676bf1c    uhadd16 fp, r6, ip
expect r11=b9267167 cpsr=18000010
# uhadd16
set cpsr=40000010 r1=21 r2=8000 r3=2c r11=c r12=30
    e671bf12    uhadd16 fp, r1, r2
expect r11=4010 cpsr=40000010
# uhasx
set cpsr=98000010 r2=ff r11=967c6f7 r12=508ba7e6
    e672bf3c    uhasx fp, r2, ip
expect r11=53f3d83a cpsr=98000010
# uhasx
set cpsr=10000010 r0=1ecbc0f7 r6=80808080 r10=7f7f7f7f
    e67a0f36    uhasx r0, sl, r6
expect r0=7fffff7f cpsr=10000010
# uhsax
set cpsr=30000010 r3=17 r9=42000 r14=99ce8dea
    e673ef59    uhsax lr, r3, sb
expect r14=f000000d cpsr=30000010
# uhsax
set cpsr=28000010 r1=cbf213a3 r2=b92db574 r5=7f7f7f7f
    e6725f51    uhsax r5, r2, r1
expect r5=52c5c0b3 cpsr=28000010
# uhsub16
set cpsr=c0000010 r1=da751e8c r2=f650efd6 r14=a5c7f8c0
    e671ef72    uhsub16 lr, r1, r2
expect r14=f212975b cpsr=c0000010
# uhsub16
set cpsr=f8000010 r7=24 r13=42000 r14=2bdfbc85
    e67e7f7d    uhsub16 r7, lr, sp
expect r7=15ed4e42 cpsr=f8000010
# uhadd8
set cpsr=e0000010 r0=32 r1=1f r9=42000 r10=cff5533f r12=cec5f091 r13=42000
    e6790f9c    uhadd8 r0, sb, ip
expect r0=67648848 cpsr=e0000010
# uhadd8
set cpsr=c0000010 r3=36 r4=2 r5=2b r6=1a r9=42000 r10=21
    e6735f99    uhadd8 r5, r3, sb
expect r5=2101b cpsr=c0000010
# uhsub8
set cpsr=30000010 r1=d8cb3ebd r2=80008000 r6=244ef149
    e6721ff6    uhsub8 r1, r2, r6
expect r1=2ed9c7db cpsr=30000010
# uhsub8
set cpsr=e0000010 r5=116e11ac r11=20 r12=5a14d18
    e67cbff5    uhsub8 fp, ip, r5
expect r11=fa191eb6 cpsr=e0000010
# sel
set cpsr=e0000010 r2=7eb8ce17 r3=36 r6=80000001
    e6826fb3    sel r6, r2, r3
expect r6=36 cpsr=e0000010
# sel
set cpsr=d8000010 r6=943d5733 r7=815ba761 r8=4
    e6867fb8    sel r7, r6, r8
expect r7=4 cpsr=d8000010
# ssat16
set cpsr=a8000010 r6=3a02f65a r7=cad96e2e
    e6a96f37    ssat16 r6, #0xa, r7
expect r6=fe0001ff cpsr=a8000010
# ssat16
set cpsr=e8000010 r7=cef175b4 r12=2dbcd91f
    e6a47f3c    ssat16 r7, #5, ip
expect r7=ffff0 cpsr=e8000010
# usat16
set cpsr=58000010 r2=7fffffff r5=dcf61504
    e6ee2f35    usat16 r2, #0xe, r5
expect r2=1504 cpsr=58000010
# usat16
set cpsr=f8000010 r4=3 r12=f
    e6e44f3c    usat16 r4, #4, ip
expect r4=f cpsr=f8000010
# sxtab16
set cpsr=98000010 r0=21 r2=a4077169 r4=afc78a22 r13=42000
    e684087d    sxtab16 r0, r4, sp, ror #16
expect r0=afc78a26 cpsr=98000010
# sxtab16
set cpsr=70000010 r1=80008000 r3=93fd0cdd r5=21
    e6815c73    sxtab16 r5, r1, r3, ror #24
expect r5=800c7f93 cpsr=70000010
# sxtab
set cpsr=a8000010 r3=7a43aac3 r5=300a17f1 r10=28
    e6aa5c7a    sxtab r5, sl, sl, ror #24
expect r5=28 cpsr=a8000010
# sxtab
set cpsr=68000010 r0=c r3=39 r4=5e4febbf
    e6a40c74    sxtab r0, r4, r4, ror #24
expect r0=5e4fec1d cpsr=68000010
# sxtah
set cpsr=e8000010 r0=bf275cb r3=ff
    e6b30070    sxtah r0, r3, r0
expect r0=76ca cpsr=e8000010
# sxtah
set cpsr=18000010 r0=7ad05545 r6=20 r9=42000 r10=a
    e6ba6079    sxtah r6, sl, sb
expect r6=200a cpsr=18000010
# uxtab16
set cpsr=48000010 r1=a6ddbefc r4=1f r10=ffffffff
    e6ca1474    uxtab16 r1, sl, r4, ror #8
expect r1=ffffffff cpsr=48000010
# uxtab16
set cpsr=a8000010 r0=2c r3=18be2aab r11=ff
    e6cb0c7b    uxtab16 r0, fp, fp, ror #24
expect r0=ff cpsr=a8000010
# uxtab
set cpsr=f0000010 r0=1e r2=80008000 r9=42000
    e6e92870    uxtab r2, sb, r0, ror #16
expect r2=42000 cpsr=f0000010
# uxtab
set cpsr=a0000010 r0=2e r3=7fffffff r5=4 r7=98ea3244
    e6e57073    uxtab r7, r5, r3
expect r7=103 cpsr=a0000010
# uxtah
set cpsr=88000010 r1=55c98d76 r2=100 r9=42000 r11=3211bee3
    e6fb1879    uxtah r1, fp, sb, ror #16
expect r1=3211bee7 cpsr=88000010
# uxtah
set cpsr=a0000010 r3=5f2a63b5 r5=43d71df r6=0 r12=915e5da
    e6fc6c75    uxtah r6, ip, r5, ror #24
expect r6=916c4de cpsr=a0000010
# rev
set cpsr=30000010 r0=fffffffe
    e6bf0f30    rev r0, r0
expect r0=feffffff cpsr=30000010
# rev
set cpsr=e0000010 r0=80808080 r3=20000
    e6bf0f33    rev r0, r3
expect r0=200 cpsr=e0000010
# rev16
set cpsr=88000010 r1=be0ecaf r7=5
    e6bf7fb1    rev16 r7, r1
expect r7=e00bafec cpsr=88000010
# rev16
set cpsr=20000010 r1=dae7ee33 r14=14
    e6bf1fbe    rev16 r1, lr
expect r1=1400 cpsr=20000010
# revsh
set cpsr=e0000010 r2=8 r7=f4f86c4c
    e6ff7fb2    revsh r7, r2
expect r7=800 cpsr=e0000010
# revsh
set cpsr=c8000010 r0=d0786be6 r2=4a6a31da
    e6ff2fb0    revsh r2, r0
expect r2=ffffe66b cpsr=c8000010
# rbit
set cpsr=78000010 r0=3 r3=7fffffff
    e6ff0f33    rbit r0, r3
expect r0=fffffffe cpsr=78000010
# rbit
set cpsr=e0000010 r0=2 r4=20
    e6ff4f30    rbit r4, r0
expect r4=40000000 cpsr=e0000010
# sdiv
set cpsr=f8000010 r0=7295e373 r1=d8299e37 r5=ffffffff r6=25 r10=21 r11=80000000
    e710f51a    sdiv r0, sl, r5
expect r0=ffffffdf cpsr=f8000010
# sdiv
set cpsr=f0000010 r1=f8d04540 r2=20cc7ccd r7=7fffffff r8=4 r9=42000
    e711f718    sdiv r1, r8, r7
expect r1=0 cpsr=f0000010
# udiv
set cpsr=a8000010 r1=99a9eb64 r2=d7f0d2f0 r8=4 r9=42000 r11=1a r12=b2b9d36f
    e73bf811    udiv fp, r1, r8
expect r11=266a7ad9 cpsr=a8000010
# udiv
set cpsr=8000010 r1=14 r2=a24f701b r8=4 r9=42000
    e731f818    udiv r1, r8, r8
expect r1=1 cpsr=8000010
# usada8
set cpsr=d0000010 r5=7fffffff r6=2d r8=4 r9=42000 r10=31eb061b r11=d
    e785aa18    usada8 r5, r8, sl, sl
expect r5=31eb0754 cpsr=d0000010
# usada8
set cpsr=b0000010 r0=e6ac84e0 r1=fffffffe r4=19bf49ab r5=24 r7=3b4b23a7 r8=4 r10=80000001
set r11=fffffffe
    e787a014    usada8 r7, r4, r0, sl
expect r7=80000151 cpsr=b0000010
# pld_reg
set cpsr=a0000010 r8=4 r9=42000 r10=94619a4d
    f7d9f048    pld [sb, r8, asr #32]
expect cpsr=a0000010
# pld_reg
set cpsr=30000010 r8=4 r9=42000 r10=c492a183
    f7d9f0c8    pld [sb, r8, asr #1]
expect cpsr=30000010
# pldw_reg
set cpsr=58000010 r8=4 r9=42000 r10=81b3e2b
    f719f088    pldw [sb, -r8, lsl #1]
expect cpsr=58000010
# pldw_reg
set cpsr=60000010 r8=4 r9=42000 r10=e
    f799f1c8    pldw [sb, r8, asr #3]
expect cpsr=60000010
# pli_reg
set cpsr=b8000010 r8=4 r9=42000
    f659f0c8    pli [sb, -r8, asr #1]
expect cpsr=b8000010
# pli_reg
set cpsr=e0000010 r8=4 r9=42000
    f659f0c8    pli [sb, -r8, asr #1]
expect cpsr=e0000010
# hint_reg
set cpsr=38000010 r4=48481e54 r8=4
    f698f064
expect cpsr=38000010
# hint_reg
set cpsr=20000010 r3=7f r12=4169ab1f
    f69cfac3
expect cpsr=20000010
# mcrr2
set cpsr=10 r3=425a99dd r6=ff
    fc463672    mcrr2 p6, #7, r3, r6, c2
expect cpsr=10 end=undef
# mcrr2
set cpsr=80000010 r7=b0619861
    fc4774af    mcrr2 p4, #0xa, r7, r7, c15
expect cpsr=80000010 end=undef
# mrrc2
set cpsr=40000010 r0=4019e7d9
    fc50021a    mrrc2 p2, #1, r0, r0, c10
expect cpsr=40000010 end=undef
# mrrc2
set cpsr=48000010 r1=a82e86f0 r6=36
    fc5618a3    mrrc2 p8, #0xa, r1, r6, c3
expect cpsr=48000010 end=undef
# swp
set cpsr=a8000010 r1=7f r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e1091098    swp r1, r8, [sb]
expect r1=2591cb4f mem.42000=4 cpsr=a8000010
# swp
set cpsr=60000010 r3=4be835e5 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1093098    swp r3, r8, [sb]
expect r3=2591cb4f mem.42000=4 cpsr=60000010
# swpb
set cpsr=60000010 r1=4d7acc93 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1491098    swpb r1, r8, [sb]
expect r1=4f mem.42000=2591cb04 cpsr=60000010
# swpb
set cpsr=a8000010 r5=3e r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e1495098    swpb r5, r8, [sb]
expect r5=4f mem.42000=2591cb04 cpsr=a8000010
# nop
set cpsr=88000010
    e320f0c9    hint #0xc9
expect cpsr=88000010
# nop
set cpsr=10000010
    e320f062    hint #0x62
expect cpsr=10000010
# mrs
set cpsr=70000010 r0=d471c8e7
    e10f0000    mrs r0, apsr
expect r0=70000010 cpsr=70000010
# mrs
set cpsr=b0000010 r5=ff235789
    e10f5000    mrs r5, apsr
expect r5=b0000010 cpsr=b0000010
# msr_reg
set cpsr=a0000010 r6=b67c1fc3
    e121f006    msr cpsr_c, r6
expect cpsr=a0000010
# msr_reg
set cpsr=a0000010 r11=58051e44
    e124f00b    msr apsr_g, fp
expect cpsr=a0050010
# smlaw
set cpsr=e0000010 r4=2e626a2d r7=20000 r9=42000
    e12477c9    smlawt r4, sb, r7, r7
expect r4=20008 cpsr=e0000010
# smlaw
set cpsr=a0000010 r0=f1d3c193 r3=3d r7=20654bf3 r10=19
    e12730ca    smlawt r7, sl, r0, r3
expect r7=3b cpsr=a0000010
# smulw
set cpsr=a8000010 r3=c9ff569c r4=fffffffe r12=13
    e12403ec    smulwt r4, ip, r3
expect r4=fffffffb cpsr=a8000010
# smulw
set cpsr=50000010 r0=21 r4=eb2f82c4 r14=1f
    e12004ee    smulwt r0, lr, r4
expect r0=fffffffd cpsr=50000010
# strht_reg
set cpsr=38000010 r7=73558d5 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e0a970b8    strht r7, [sb], r8
expect r9=42004 mem.42000=259158d5 cpsr=38000010
# strht_reg
set cpsr=20000010 r8=4 r9=42000 r11=70446ef2 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e029b0b8    strht fp, [sb], -r8
expect r9=41ffc mem.42000=25916ef2 cpsr=20000010
# ldrht_reg
set cpsr=b0000010 r5=8000 r6=80808080 r8=4 r9=42000 r10=7fa2f98c mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e0b950b8    ldrht r5, [sb], r8
expect r5=cb4f r9=42004 cpsr=b0000010
# ldrht_reg
set cpsr=b8000010 r8=4 r9=42000 r10=5941d52 r14=21 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e039e0b8    ldrht lr, [sb], -r8
expect r9=41ffc r14=cb4f cpsr=b8000010
# ldrsbt_reg
set cpsr=10 r4=31 r5=f2ec08ad r8=4 r9=42000 r10=37 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e03940d8    ldrsbt r4, [sb], -r8
expect r4=4f r9=41ffc cpsr=10
# ldrsbt_reg
set cpsr=e8000010 r7=5fbd02ce r8=4 r9=42000 r10=3b917b0b mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e03970d8    ldrsbt r7, [sb], -r8
expect r7=4f r9=41ffc cpsr=e8000010
# ldrsht_reg
set cpsr=80000010 r8=4 r9=42000 r10=53bb805e r14=ac831cba mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e039e0f8    ldrsht lr, [sb], -r8
expect r9=41ffc r14=ffffcb4f cpsr=80000010
# ldrsht_reg
set cpsr=20000010 r1=5d3010e1 r2=21 r8=4 r9=42000 r10=178635ef mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e0b910f8    ldrsht r1, [sb], r8
expect r1=ffffcb4f r9=42004 cpsr=20000010
# strht_imm
set cpsr=78000010 r0=60aaf55b r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e0e900b0    strht r0, [sb], #0
expect mem.42000=2591f55b cpsr=78000010
# strht_imm
set cpsr=d8000010 r9=42000 r11=fa6ecdc2 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e069b0b1    strht fp, [sb], #-1
expect r9=41fff mem.42000=2591cdc2 cpsr=d8000010
# ldrht_imm
set cpsr=a8000010 r5=2290aad6 r6=8b1152f6 r9=42000 r10=2bfe18f1 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e0f950b2    ldrht r5, [sb], #2
expect r5=cb4f r9=42002 cpsr=a8000010
# ldrht_imm
set cpsr=b8000010 r5=100 r6=e072f1ed r9=42000 r10=d6fcb56d mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e07950b3    ldrht r5, [sb], #-3
expect r5=cb4f r9=41ffd cpsr=b8000010
# ldrsbt_imm
set cpsr=90000010 r3=20000 r4=23 r9=42000 r10=b02925b8 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e07930d3    ldrsbt r3, [sb], #-3
expect r3=4f r9=41ffd cpsr=90000010
# ldrsbt_imm
set cpsr=88000010 r4=2a r5=2 r9=42000 r10=35 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e07940d0    ldrsbt r4, [sb], #-0
expect r4=4f cpsr=88000010
# ldrsht_imm
set cpsr=10 r2=8000 r3=33 r9=42000 r10=64fea516 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e0f920f2    ldrsht r2, [sb], #2
expect r2=ffffcb4f r9=42002 cpsr=10
# ldrsht_imm
set cpsr=38000010 r0=7f r1=8f9b5f2c r9=42000 r10=fffffffe mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e07900f1    ldrsht r0, [sb], #-1
expect r0=ffffcb4f r9=41fff cpsr=38000010
# smlad
set cpsr=70000010 r1=cc9d6ac9 r2=15 r5=351ae77f r6=13 r12=8f2003bb r13=42000 r14=80808080
    e701c53e    smladx r1, lr, r5, ip
expect r1=80e1d03b cpsr=70000010
# smlad
set cpsr=58000010 r1=7fffffff r2=100 r5=100 r6=1 r10=ff r11=3 r14=80000001
    e7015e1a    smlad r1, sl, lr, r5
expect r1=1ff cpsr=58000010
# smlsd
set cpsr=80000010 r1=1 r2=10 r4=b3212263 r5=19 r6=7 r11=e8fcb235 r12=8000
    e705145b    smlsd r5, fp, r4, r1
expect r5=eea3b804 cpsr=80000010
# smlsd
set cpsr=18000010 r0=f6111ef r1=0 r2=7f318291 r3=80 r10=14e823f0 r11=57e1c46f r13=42000
set r14=5e1e988e
    e702ad50    smlsd r2, r0, sp, sl
expect r2=1725c66c cpsr=18000010
# smlald
set cpsr=b0000010 r5=c9165c28 r6=a099a9a3 r7=31 r14=3a777ac0
    e746e615    smlald lr, r6, r5, r6
expect r14=2fd77e5e cpsr=b0000010
# smlald
set cpsr=80000010 r2=4d8f98ab r3=2b r4=bfac0ef0 r5=9c3f7940 r6=21
    e7442533    smlaldx r2, r4, r3, r5
expect r2=4d7ed740 cpsr=80000010
# smlsld
set cpsr=28000010 r2=20000 r3=3e r4=99c5f82c r5=ff r6=236b9c0a r11=5f5ac5b2 r12=4a84c918
    e7432b55    smlsld r2, r3, r5, fp
expect r2=ffc7ec4e r3=3d cpsr=28000010
# smlsld
set cpsr=30000010 r7=64766e7e r8=4 r11=11 r12=24 r14=3a
    e74b7e5e    smlsld r7, fp, lr, lr
expect r7=64767ba2 cpsr=30000010
# smmla
set cpsr=b0000010 r0=78fbb282 r3=5784e13e r4=2b r8=4 r13=42000
    e754381d    smmla r4, sp, r8, r3
expect r4=5784e13e cpsr=b0000010
# smmla
set cpsr=18000010 r1=ffff r4=b2404c53 r7=137ce640 r8=4 r14=8190f66e
    e75e8437    smmlar lr, r7, r4, r8
expect r14=fa14d6e5 cpsr=18000010
# smmls
set cpsr=b8000010 r1=4c1b676c r2=37 r5=8000 r8=4 r14=2c
    e7552ef8    smmlsr r5, r8, lr, r2
expect r5=37 cpsr=b8000010
# smmls
set cpsr=10 r0=18d7f01f r8=4 r11=ff r13=42000
    e75b88dd    smmls fp, sp, r8, r8
expect r11=3 cpsr=10
# pld_imm
set cpsr=88000010 r9=42000 r10=80808080
    f5d9f002    pld [sb, #2]
expect cpsr=88000010
# pld_imm
set cpsr=d8000010 r9=42000 r10=7fffffff
    f559f000    pld [sb, #-0]
expect cpsr=d8000010
# pldw_imm
set cpsr=a8000010 r9=42000 r10=100
    f519f003    pldw [sb, #-3]
expect cpsr=a8000010
# pldw_imm
set cpsr=30000010 r9=42000 r10=3c
    f519f001    pldw [sb, #-1]
expect cpsr=30000010
# pli_imm
set cpsr=a8000010 r9=42000
    f4d9f000    pli [sb]
expect cpsr=a8000010
# pli_imm
set cpsr=78000010 r9=42000
    f459f001    pli [sb, #-1]
expect cpsr=78000010
# hint_imm
set cpsr=18000010 r12=152a8f72
    f49cf503
expect cpsr=18000010
# hint_imm
set cpsr=98000010 r8=4
    f498fe90
expect cpsr=98000010
# mul
set cpsr=d0000010 r1=24 r9=42000 r14=f4aaac59
    e0110e99    muls r1, sb, lr
expect r1=6ef2000 cpsr=10000010
# mul
set cpsr=f8000010 r2=b33fa80e r8=4 r12=1f
    e002089c    mul r2, ip, r8
expect r2=7c cpsr=f8000010
# mla
set cpsr=38000010 r1=fffffffe r3=7d6cf0aa r5=ceab13ce
    e0335191    mlas r3, r1, r1, r5
expect r3=ceab13d2 cpsr=b8000010
# mla
set cpsr=90000010 r1=df3d3fd9 r2=f r7=e09563aa
    e0227197    mla r2, r7, r1, r7
expect r2=d83fb4c4 cpsr=90000010
# umull
set cpsr=30000010 r0=54ecb30a r3=26 r7=badb3f43
    e0903397    umulls r3, r0, r7, r3
expect r0=1b r3=bc8b63f2 cpsr=30000010
# umull
set cpsr=10000010 r1=e r5=8b4de3fc r9=42000 r14=0
    e091599e    umulls r5, r1, lr, sb
expect r1=0 r5=0 cpsr=50000010
# umlal
set cpsr=e0000010 r2=74b5be2c r3=8bc0379b r6=2c r11=c6272f4f
    e0a6329b    umlal r3, r6, fp, r2
expect r3=ee73fb2f r6=5a566e83 cpsr=e0000010
# umlal
set cpsr=90000010 r2=1 r4=7acb76c4 r6=e8454194 r9=42000
    e0b42699    umlals r2, r4, sb, r6
expect r2=ae828001 r4=7acf34e1 cpsr=10000010
# smull
set cpsr=48000010 r0=4 r2=7f r7=523a33d3
    e0c27290    smull r7, r2, r0, r2
expect r2=0 r7=1fc cpsr=48000010
# smull
set cpsr=a8000010 r5=63f76d93 r6=d5f219ab r7=20 r11=d3ce5b5f
    e0c75b96    smull r5, r7, r6, fp
expect r5=c914f75 r7=7428b4b cpsr=a8000010
# smlal
set cpsr=d0000010 r5=21 r6=1e r11=92fb05f
    e0f5b695    smlals fp, r5, r5, r6
expect r11=92fb43d cpsr=10000010
# smlal
set cpsr=e0000010 r0=f142f61d r2=dbac2d71 r9=42000 r13=42000
    e0f20d99    smlals r0, r2, sb, sp
expect r0=f542f61d r2=dbac2d82 cpsr=a0000010
# smlaxy
set cpsr=20000010 r2=80000001 r10=e7853c6c r11=bc8ab02 r13=42000
    e10b2aad    smlatb fp, sp, sl, r2
expect r11=8000f1b1 cpsr=20000010
# smlaxy
set cpsr=10000010 r1=a r2=52867317 r3=80000000 r10=90b9c285
    e1012a83    smlabb r1, r3, sl, r2
expect r1=52867317 cpsr=10000010
# smlalxy
set cpsr=b0000010 r0=1 r2=2896eb72 r11=cae3c5d7 r14=fffffffe
    e140be82    smlalbb fp, r0, r2, lr
expect r11=cae3eef3 cpsr=b0000010
# smlalxy
set cpsr=28000010 r10=10 r11=80000000 r14=fbb326a8
    e14beaee    smlaltt lr, fp, lr, sl
expect cpsr=28000010
# smulxy
set cpsr=a0000010 r0=1f r13=42000 r14=2b
    e16e0d80    smulbb lr, r0, sp
expect r14=3e000 cpsr=a0000010
# smulxy
set cpsr=50000010 r2=ff r7=21 r14=4f3c98f0
    e167028e    smulbb r7, lr, r2
expect r7=ff995710 cpsr=50000010
# pkh
set cpsr=18000010 r2=20 r5=7fffffff r8=4
    e68257d8    pkhtb r5, r2, r8, asr #0xf
expect r5=0 cpsr=18000010
# pkh
set cpsr=90000010 r1=3a3c0925 r7=f1b6a7cb
    e6877091    pkhbt r7, r7, r1, lsl #1
expect r7=7478a7cb cpsr=90000010
# sbfx
set cpsr=b8000010 r5=a6fa39d6 r6=80008000
    e7b152d6    sbfx r5, r6, #5, #0x12
expect r5=400 cpsr=b8000010
# sbfx
set cpsr=90000010 r4=32 r8=4
    e7b04458    sbfx r4, r8, #8, #0x11
expect r4=0 cpsr=90000010
# ubfx
set cpsr=8000010 r5=12 r9=42000
    e7f450d9    ubfx r5, sb, #1, #0x15
expect r5=21000 cpsr=8000010
# mcr2
set cpsr=b0000010 r1=25
    fec51736    mcr2 p7, #6, r1, c5, c6, #1
expect cpsr=b0000010 end=undef
# mcr2
set cpsr=f8000010 r1=68e51114
    feeb17fe    mcr2 p7, #7, r1, c11, c14, #7
expect cpsr=f8000010 end=undef
# mrc2
set cpsr=60000010 r6=dec623c3
    fe1b631a    mrc2 p3, #0, r6, c11, c10, #0
expect cpsr=60000010 end=undef
# mrc2
set cpsr=58000010 r1=0
    fe1715f5    mrc2 p5, #0, r1, c7, c5, #7
expect cpsr=58000010 end=undef
# tst_rsr
set cpsr=98000010 r1=d157efe1 r4=7f7f7f7f r6=7fffffff
    e1110416    tst r1, r6, lsl r4
expect cpsr=58000010
# tst_rsr
set cpsr=b0000010 r0=2e r1=25 r2=8406033f
    e1110230    tst r1, r0, lsr r2
expect cpsr=50000010
# teq_rsr
set cpsr=58000010 r0=70188266 r9=42000 r13=42000
    e13d0930    teq sp, r0, lsr sb
expect cpsr=18000010
# teq_rsr
set cpsr=10000010 r5=8b9a17c1 r12=2f9a08aa r13=42000
    e13d057c    teq sp, ip, ror r5
expect cpsr=10000010
# cmp_rsr
set cpsr=60000010 r0=10 r4=36 r11=4e8f55b8
    e150045b    cmp r0, fp, asr r4
expect cpsr=20000010
# cmp_rsr
set cpsr=10000010 r1=51a97966 r4=7f r5=ffff
    e1540511    cmp r4, r1, lsl r5
expect cpsr=20000010
# cmn_rsr
set cpsr=d0000010 r2=62b5f852 r10=80808080 r11=eedfc82c
    e1720a3b    cmn r2, fp, lsr sl
expect cpsr=10
# cmn_rsr
set cpsr=98000010 r11=3 r13=42000 r14=16
    e17b0d7e    cmn fp, lr, ror sp
expect cpsr=8000010
# ldrd_imm
set cpsr=20000010 r2=8000 r3=a49bd461 r9=42000 r10=fc73279e mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1c920d3    ldrd r2, r3, [sb, #3]
expect cpsr=20000010 end=dabt
# ldrd_imm
set cpsr=68000010 r0=2a r1=7fff r9=42000 r10=20e5ce41 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1c900d1    ldrd r0, r1, [sb, #1]
expect cpsr=68000010 end=dabt
# strd_imm
set cpsr=b8000010 r0=100 r1=37b63ef0 r9=42000 r10=8fb8aba8 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e16900f0    strd r0, r1, [sb, #-0]!
expect mem.42000=100 mem.42004=37b63ef0 cpsr=b8000010
# ssat
set cpsr=70000010 r2=a18a871d r3=b89cfa1c
    e6b32e13    ssat r2, #0x14, r3, lsl #0x1c
expect r2=fff80000 cpsr=78000010
# ssat
set cpsr=98000010 r5=100 r14=3c48a7f6
    e6bce0d5    ssat lr, #0x1d, r5, asr #1
expect r14=80 cpsr=98000010
# usat
set cpsr=e8000010 r7=59eaaff6 r10=ff0dbc9a
    e6f9719a    usat r7, #0x19, sl, lsl #3
expect r7=0 cpsr=e8000010
# usat
set cpsr=88000010 r3=d30cdf6e r11=90e63fe9
    e6f7b213    usat fp, #0x17, r3, lsl #4
expect r11=7fffff cpsr=88000010
# cdp2
set cpsr=98000010
    fe563260    cdp2 p2, #5, c3, c6, c0, #3
expect cpsr=98000010 end=undef
# cdp2
set cpsr=60000010
    fecc544c    cdp2 p4, #0xc, c5, c12, c12, #2
expect cpsr=60000010 end=undef
# tst_reg
set cpsr=98000010 r5=d2a2303e r6=ff
    e1160485    tst r6, r5, lsl #9
expect cpsr=78000010
# tst_reg
set cpsr=10000010 r0=6a7d4f09 r4=889ff77b
    e11006e4    tst r0, r4, ror #13
expect cpsr=30000010
# teq_reg
set cpsr=f8000010 r0=21 r12=45803793
    e13003ac    teq r0, ip, lsr #7
expect cpsr=18000010
# teq_reg
set cpsr=c8000010 r1=1a r7=a9a980ed
    e1370161    teq r7, r1, ror #2
expect cpsr=28000010
# cmp_reg
set cpsr=c8000010 r6=27 r12=7
    e15c07a6    cmp ip, r6, lsr #15
expect cpsr=28000010
# cmp_reg
set cpsr=b0000010 r3=22 r7=226efb9f
    e15307e7    cmp r3, r7, ror #15
expect cpsr=10
# cmn_reg
set cpsr=48000010 r11=28 r14=7fff
    e17b0b6e    cmn fp, lr, ror #22
expect cpsr=8000010
# cmn_reg
set cpsr=30000010 r2=28 r6=f9404acc
    e1760402    cmn r6, r2, lsl #8
expect cpsr=80000010
# and_rsr
set cpsr=38000010 r6=d93a1c8b r7=1 r8=4 r10=7fffffff r11=60513f23
    e01a6677    ands r6, sl, r7, ror r6
expect r6=200000 cpsr=18000010
# and_rsr
set cpsr=a8000010 r1=7ead4c6e r2=f3579a1e r3=f2ac9ce7 r10=6a668a84 r11=8005ceaf r12=16650f24
    e00b2a71    and r2, fp, r1, ror sl
expect r2=8000c486 cpsr=a8000010
# eor_rsr
set cpsr=68000010 r1=80 r4=f33d94e7 r5=2 r6=ca0cd840
    e0254651    eor r4, r5, r1, asr r6
expect r4=2 cpsr=68000010
# eor_rsr
set cpsr=30000010 r2=721b3253 r7=e r12=86301eaa r13=42000
    e02d2c77    eor r2, sp, r7, ror ip
expect r2=3842000 cpsr=30000010
# sub_rsr
set cpsr=70000010 r3=1b5054ef r4=251f1cdd r6=bf32dd38 r14=feff3924
    e053465e    subs r4, r3, lr, asr r6
expect r4=1b5054f0 cpsr=10
# sub_rsr
set cpsr=a0000010 r1=3e89c91e r3=8000 r5=6b7bcbb2 r11=3f800c4b
    e04b1553    sub r1, fp, r3, asr r5
expect r1=3f800c4b cpsr=a0000010
# rsb_rsr
set cpsr=f0000010 r1=5b2c52d2 r5=26 r14=5b31c622
    e0751e35    rsbs r1, r5, r5, lsr lr
expect r1=ffffffda cpsr=80000010
# rsb_rsr
set cpsr=40000010 r6=39 r7=ddefe36b r11=fd29b73f r14=7f7f7f7f
    e06e763b    rsb r7, lr, fp, lsr r6
expect r7=80808081 cpsr=40000010
# add_rsr
set cpsr=98000010 r1=262831eb r2=ff r3=ea5f9fc7 r4=1cfb1eac r11=1e r12=e
    e092311b    adds r3, r2, fp, lsl r1
expect r3=ff cpsr=8000010
# add_rsr
set cpsr=b8000010 r0=494ded9f r1=2 r2=cdb6a17a r4=3a r5=118d5c61 r7=3c r8=4
    e0840157    add r0, r4, r7, asr r1
expect r0=49 cpsr=b8000010
# adc_rsr
set cpsr=c8000010 r0=1f r1=9 r3=cf1e07f5 r4=80000000 r6=80008000 r7=1f r13=42000 r14=25
    e0a6031d    adc r0, r6, sp, lsl r3
expect r0=80008000 cpsr=c8000010
# adc_rsr
set cpsr=28000010 r4=2982feb4 r5=1f r6=463c85b9 r7=80808080 r11=2 r12=5986a7f6
    e0b46b75    adcs r6, r4, r5, ror fp
expect r6=e982febc cpsr=88000010
# sbc_rsr
set cpsr=80000010 r0=6e4ded75 r3=27823cff r9=42000 r12=baa8bcbc
    e0d9037c    sbcs r0, sb, ip, ror r3
expect r0=8ab2a686 cpsr=80000010
# sbc_rsr
set cpsr=e0000010 r2=1a47f6d0 r4=20 r6=b36ae6ef r13=42000
    e0d2467d    sbcs r4, r2, sp, ror r6
expect r4=da47f6c8 cpsr=80000010
# rsc_rsr
set cpsr=8000010 r2=dd979cee r5=ad0ef7dc r8=4
    e0e52858    rsc r2, r5, r8, asr r8
expect r2=52f10823 cpsr=8000010
# rsc_rsr
set cpsr=40000010 r1=5032ba6f r3=abc0d062 r10=21 r13=42000
    e0fa131d    rscs r1, sl, sp, lsl r3
expect r1=ffffffde cpsr=80000010
# orr_rsr
set cpsr=80000010 r0=35 r2=5b851e26 r3=37 r14=65d3dfb1
    e1820e53    orr r0, r2, r3, asr lr
expect r0=5b851e26 cpsr=80000010
# orr_rsr
set cpsr=8000010 r4=1b4a3130 r5=7f r7=f r11=3206801f
    e1954b17    orrs r4, r5, r7, lsl fp
expect r4=8000007f cpsr=a8000010
# mov_rsr
set cpsr=10 r2=80000000 r8=4 r12=8000
    e1a02c58    asr r2, r8, ip
expect r2=4 cpsr=10
# mov_rsr
set cpsr=48000010 r1=8c263aed r11=99fae8a5 r14=3
    e1b0be31    lsrs fp, r1, lr
expect r11=1184c75d cpsr=28000010
# bic_rsr
set cpsr=30000010 r2=8b0b2a36 r3=94b0726f r5=10630637 r14=2eb8e0fa
    e1ce2553    bic r2, lr, r3, asr r5
expect r2=0 cpsr=30000010
# bic_rsr
set cpsr=10 r0=4d30885e r5=7f r6=0 r8=4
    e1c86550    bic r6, r8, r0, asr r5
expect r6=4 cpsr=10
# mvn_rsr
set cpsr=70000010 r4=7fffffff r6=a25fd86f
    e1e06414    mvn r6, r4, lsl r4
expect r6=ffffffff cpsr=70000010
# mvn_rsr
set cpsr=c0000010 r3=2ed718b3 r5=80008000 r12=80000000
    e1f03c55    mvns r3, r5, asr ip
expect r3=7fff7fff cpsr=10
# strh_reg
set cpsr=c8000010 r3=ffffffff r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e12930b8    strh r3, [sb, -r8]!
expect r9=41ffc mem.41ffc=ffc1ffff cpsr=c8000010
# strh_reg
set cpsr=88000010 r5=3ee3be25 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e18950b8    strh r5, [sb, r8]
expect mem.42004=3c70be25 cpsr=88000010
# ldrh_reg
set cpsr=20000010 r1=38 r2=15 r8=4 r9=42000 r10=942a0266 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e19910b8    ldrh r1, [sb, r8]
expect r1=53c0 cpsr=20000010
# ldrh_reg
set cpsr=60000010 r5=20 r6=21 r8=4 r9=42000 r10=7f mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e19950b8    ldrh r5, [sb, r8]
expect r5=53c0 cpsr=60000010
# strh_imm
set cpsr=88000010 r9=42000 r14=8280fec7 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e1c9e0b0    strh lr, [sb]
expect mem.42000=2591fec7 cpsr=88000010
# strh_imm
set cpsr=d0000010 r1=a8abc1c3 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e0c910b2    strh r1, [sb], #2
expect r9=42002 mem.42000=2591c1c3 cpsr=d0000010
# ldrh_imm
set cpsr=88000010 r9=42000 r10=3a r14=3da34e35 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1f9e0b0    ldrh lr, [sb, #0]!
expect r14=cb4f cpsr=88000010
# ldrh_imm
set cpsr=b8000010 r2=233beee0 r3=2 r9=42000 r10=8000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e05920b3    ldrh r2, [sb], #-3
expect r2=cb4f r9=41ffd cpsr=b8000010
# ldrsb_reg
set cpsr=8000010 r7=7e99d451 r8=4 r9=42000 r10=7f7f7f7f mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e01970d8    ldrsb r7, [sb], -r8
expect r7=4f r9=41ffc cpsr=8000010
# ldrsb_reg
set cpsr=70000010 r0=a610ee18 r1=ffff r8=4 r9=42000 r10=31e4c8d8 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e13900d8    ldrsb r0, [sb, -r8]!
expect r0=ffffff85 r9=41ffc cpsr=70000010
# ldrsb_imm
set cpsr=68000010 r4=7f r5=80008000 r9=42000 r10=713cef8d mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e0d940d2    ldrsb r4, [sb], #2
expect r4=4f r9=42002 cpsr=68000010
# ldrsb_imm
set cpsr=b8000010 r4=ba259034 r5=22a51ebf r9=42000 r10=1f mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e05940d3    ldrsb r4, [sb], #-3
expect r4=4f r9=41ffd cpsr=b8000010
# ldrsh_reg
set cpsr=10000010 r7=2c r8=4 r9=42000 r10=20000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e1b970f8    ldrsh r7, [sb, r8]!
expect r7=53c0 r9=42004 cpsr=10000010
# ldrsh_reg
set cpsr=b0000010 r6=20 r7=1354f733 r8=4 r9=42000 r10=42241ac6 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e1b960f8    ldrsh r6, [sb, r8]!
expect r6=53c0 r9=42004 cpsr=b0000010
# ldrsh_imm
set cpsr=f8000010 r0=2abbd1c1 r1=9c34f8f4 r9=42000 r10=fffffffe mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e05900f3    ldrsh r0, [sb], #-3
expect r0=ffffcb4f r9=41ffd cpsr=f8000010
# ldrsh_imm
set cpsr=88000010 r6=28 r7=32 r9=42000 r10=80008000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e05960f3    ldrsh r6, [sb], #-3
expect r6=ffffcb4f r9=41ffd cpsr=88000010
# movw
set cpsr=70000010 r1=ad478b50
    e301125d    movw r1, #0x125d
expect r1=125d cpsr=70000010
# movw
set cpsr=10000010 r0=6
    e30a0a6f    movw r0, #0xaa6f
expect r0=aa6f cpsr=10000010
# movt
set cpsr=a8000010 r3=629635f
    e34a36f1    movt r3, #0xa6f1
expect r3=a6f1635f cpsr=a8000010
# movt
set cpsr=40000010 r6=1f
    e34c63be    movt r6, #0xc3be
expect r6=c3be001f cpsr=40000010
# stc2
set cpsr=e0000010 r11=ffffffff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fd6b6c93    stc2l p12, c6, [fp, #-0x24c]!
expect cpsr=e0000010 end=undef
# stc2
set cpsr=58000010 r7=98317305 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fce72232    stc2l p2, c2, [r7], #0xc8
expect cpsr=58000010 end=undef
# ldc2
set cpsr=70000010 r1=6b084911 r2=20 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fdb1ccc5    ldc2 p12, c12, [r1, #0x314]!
expect cpsr=70000010 end=undef
# ldc2
set cpsr=38000010 r4=938a6330 r5=fa55cb39 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    fc7472bc    ldc2l p2, c7, [r4], #-0x2f0
expect cpsr=38000010 end=undef
# and_reg
set cpsr=f0000010 r2=3539e79f r3=7f7f7f7f r4=b01c6649 r5=20000 r6=96c1f054
    e0142025    ands r2, r4, r5, lsr #32
expect r2=0 cpsr=50000010
# and_reg
set cpsr=18000010 r0=5b8f698b r1=c2ab408c r4=21ff281f r5=26 r6=6a710f
    e0150564    ands r0, r5, r4, ror #10
expect r0=2 cpsr=18000010
# eor_reg
set cpsr=68000010 r2=8fefdd1a r3=162205a3 r4=73cd6a6a
    e0343682    eors r3, r4, r2, lsl #13
expect r3=886e2a6a cpsr=a8000010
# eor_reg
set cpsr=b8000010 r1=1c27291b r5=2 r9=42000
    e0251549    eor r1, r5, sb, asr #10
expect r1=10a cpsr=b8000010
# sub_reg
set cpsr=8000010 r1=1ff275be r4=20000 r5=b
    e05146c5    subs r4, r1, r5, asr #13
expect r4=1ff275be cpsr=28000010
# sub_reg
set cpsr=88000010 r0=33 r5=ffffffff r9=42000
    e0405ce9    sub r5, r0, sb, ror #25
expect r5=fdf00033 cpsr=88000010
# rsb_reg
set cpsr=b0000010 r3=53c5b5d9 r7=9534c2 r14=30
    e073e567    rsbs lr, r3, r7, ror #10
expect r14=dcba6f74 cpsr=80000010
# rsb_reg
set cpsr=88000010 r2=d r3=998ae816 r13=42000
    e07d3f42    rsbs r3, sp, r2, asr #30
expect r3=fffbe000 cpsr=88000010
# add_reg
set cpsr=f0000010 r1=bef0001 r2=a8a17a92 r9=42000 r10=10 r14=b5afee48
    e081ea69    add lr, r1, sb, ror #20
expect r14=4def0001 cpsr=f0000010
# add_reg
set cpsr=e8000010 r6=8b3f366 r7=3ef670c r10=7f7f7f7f r11=3c52b75f r13=42000 r14=dd54dd17
    e08d672a    add r6, sp, sl, lsr #14
expect r6=61dfd cpsr=e8000010
# adc_reg
set cpsr=e8000010 r4=e16ca07b r5=68cc853c r6=b807e04b r7=18 r11=19 r12=c
    e0b4b426    adcs fp, r4, r6, lsr #8
expect r11=e224a85c cpsr=88000010
# adc_reg
set cpsr=28000010 r0=7fffffff r1=e9150116 r11=20000 r12=22768223
    e0bb0980    adcs r0, fp, r0, lsl #19
expect r0=fffa0001 cpsr=88000010
# sbc_reg
set cpsr=90000010 r0=9e7fb3d3 r5=53119f8f
    e0c05c05    sbc r5, r0, r5, lsl #24
expect r5=f7fb3d2 cpsr=90000010
# sbc_reg
set cpsr=d8000010 r9=42000 r13=42000 r14=80
    e0c9eb4d    sbc lr, sb, sp, asr #22
expect r14=41fff cpsr=d8000010
# rsc_reg
set cpsr=70000010 r7=ffffffff r11=7f7f7f7f r13=42000
    e0fd7c0b    rscs r7, sp, fp, lsl #24
expect r7=7efbe000 cpsr=20000010
# rsc_reg
set cpsr=48000010 r5=952656d7 r11=80000001 r12=7320f164
    e0f5b3cc    rscs fp, r5, ip, asr #7
expect r11=6bbfeb0a cpsr=8000010
# orr_reg
set cpsr=38000010 r0=c742b323 r1=15 r14=bfb8bd04
    e18016ee    orr r1, r0, lr, ror #13
expect r1=ef67ffe7 cpsr=38000010
# orr_reg
set cpsr=f0000010 r0=647e660f r3=9dff141e
    e1830d03    orr r0, r3, r3, lsl #26
expect r0=fdff141e cpsr=f0000010
# mov_reg
set cpsr=70000010 r2=13 r7=32
    e1b07c62    rors r7, r2, #0x18
expect r7=1300 cpsr=10000010
# mov_reg
set cpsr=f0000010 r6=ff r8=4
    e1a06608    lsl r6, r8, #0xc
expect r6=4000 cpsr=f0000010
# bic_reg
set cpsr=d0000010 r0=12 r8=4
    e1c80fc8    bic r0, r8, r8, asr #31
expect r0=4 cpsr=d0000010
# bic_reg
set cpsr=a8000010 r7=fffffffe r13=42000
    e1c7fd8d    bic pc, r7, sp, lsl #27
expect cpsr=a8000010 end=pabt
# mvn_reg
set cpsr=48000010 r13=42000 r14=ffff
    e1f0ec6d    mvns lr, sp, ror #24
expect r14=fbdfffff cpsr=88000010
# mvn_reg
set cpsr=d0000010 r0=b1b9c19e r13=42000
    e1e004cd    mvn r0, sp, asr #9
expect r0=fffffdef cpsr=d0000010
# tst_imm
set cpsr=8000010 r9=42000 r10=80000000
    e31a0957    tst sl, #0x15c000
expect cpsr=48000010
# tst_imm
set cpsr=70000010 r2=f2813374 r9=42000
    e3120975    tst r2, #0x1d4000
expect cpsr=10000010
# teq_imm
set cpsr=b0000010 r2=3e r12=2577fb17
    e33c02bb    teq ip, #0xb000000b
expect cpsr=b0000010
# teq_imm
set cpsr=88000010 r3=100 r13=42000
    e3330df1    teq r3, #0x3c40
expect cpsr=8000010
# cmp_imm
set cpsr=28000010 r12=22 r14=715491c6
    e35e0c28    cmp lr, #40, #24
expect cpsr=28000010
# cmp_imm
set cpsr=f8000010 r5=21
    e35505aa    cmp r5, #0x2a800000
expect cpsr=88000010
# cmn_imm
set cpsr=a0000010 r2=a8810946 r3=ffffffff
    e37203ea    cmn r2, #0xa8000003
expect cpsr=30000010
# cmn_imm
set cpsr=18000010 r0=7 r1=f9430651
    e37001d9    cmn r0, #0x40000036
expect cpsr=8000010
# strt_reg
set cpsr=e8000010 r2=80000000 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e6292068    strt r2, [sb], -r8, rrx
expect r9=80041ffe mem.42000=80000000 cpsr=e8000010
# strt_reg
set cpsr=18000010 r3=3 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e6a930c8    strt r3, [sb], r8, asr #1
expect r9=42002 mem.42000=3 cpsr=18000010
# ldrt_reg
set cpsr=48000010 r8=4 r9=42000 r10=52c14b29 r11=2 r12=ab7a6738 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e639b008    ldrt fp, [sb], -r8
expect r9=41ffc r11=2591cb4f cpsr=48000010
# ldrt_reg
set cpsr=d8000010 r4=d30ef53 r5=a r8=4 r9=42000 r10=21 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e6b941c8    ldrt r4, [sb], r8, asr #3
expect r4=2591cb4f cpsr=d8000010
# strbt_reg
set cpsr=50000010 r4=3d r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e6e941e8    strbt r4, [sb], r8, ror #3
expect r9=80042000 mem.42000=2591cb3d cpsr=50000010
# strbt_reg
set cpsr=a8000010 r4=ffff r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e6e94188    strbt r4, [sb], r8, lsl #3
expect r9=42020 mem.42000=2591cbff cpsr=a8000010
# ldrbt_reg
set cpsr=78000010 r4=2c4f3768 r5=80 r8=4 r9=42000 r10=4ceebd43 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e6f941e8    ldrbt r4, [sb], r8, ror #3
expect r4=4f r9=80042000 cpsr=78000010
# ldrbt_reg
set cpsr=20000010 r2=1b r3=2a r8=4 r9=42000 r10=80000001 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e6f92148    ldrbt r2, [sb], r8, asr #2
expect r2=4f r9=42001 cpsr=20000010
# mcrr
set cpsr=78000010 r0=db26b24f r14=4cca2a56
    ec4e05f8    mcrr p5, #0xf, r0, lr, c8
expect cpsr=78000010 end=undef
# mcrr
set cpsr=98000010 r6=8
    ec466527    mcrr p5, #2, r6, r6, c7
expect cpsr=98000010 end=undef
# mrrc
set cpsr=c8000010 r4=b r14=7fffffff
    ec5e44c7    mrrc p4, #0xc, r4, lr, c7
expect cpsr=c8000010 end=undef
# mrrc
set cpsr=68000010 r3=6 r5=2a866092
    ec5532b0    mrrc p2, #0xb, r3, r5, c0
expect cpsr=68000010 end=undef
# and_imm
set cpsr=d0000010 r2=29 r3=2f r5=c188c369 r6=9008d07f r8=4 r9=42000
    e21852dd    ands r5, r8, #0xd000000d
expect r5=4 cpsr=30000010
# and_imm
set cpsr=60000010 r0=2f35b60b r1=702789f6 r5=1 r6=80c1125f r7=39 r8=4
    e2105730    ands r5, r0, #48, #14
expect r5=0 cpsr=40000010
# eor_imm
set cpsr=70000010 r7=20000 r12=2
    e23c7768    eors r7, ip, #104, #14
expect r7=1a00002 cpsr=10000010
# eor_imm
set cpsr=d8000010 r2=7fff r5=b623016e r6=7317a8a
    e22526df    eor r2, r5, #0xdf00000
expect r2=bbd3016e cpsr=d8000010
# sub_imm
set cpsr=80000010 r5=fa2c0472 r11=beb001c0 r14=cbbe4f71
    e24eb529    sub fp, lr, #0xa400000
expect r11=c17e4f71 cpsr=80000010
# sub_imm
set cpsr=c8000010 r5=9 r13=42000
    e25d5db6    subs r5, sp, #0x2d80
expect r5=3f280 cpsr=28000010
# rsb_imm
set cpsr=68000010 r0=28 r4=80808080 r6=1a
    e2746042    rsbs r6, r4, #0x42
expect r6=7f7f7fc2 cpsr=8000010
# rsb_imm
set cpsr=38000010 r0=21 r4=0 r13=42000
    e26d40ed    rsb r4, sp, #0xed
expect r4=fffbe0ed cpsr=38000010
# add_imm
set cpsr=80000010 r0=86daf566 r1=27 r2=8e1698c2 r11=34 r12=20000
    e28b0155    add r0, fp, #0x40000015
expect r0=40000049 cpsr=80000010
# add_imm
set cpsr=68000010 r5=cb62fac9 r6=20 r11=183a7e33 r12=ffffffff r14=4ebcee30
    e285ebe9    add lr, r5, #0x3a400
expect r14=cb669ec9 cpsr=68000010
# adc_imm
set cpsr=b8000010 r4=27dcceb0 r5=ceef5f09 r6=1d r11=ffffffff r12=7e29fb8e
    e2bb5481    adcs r5, fp, #0x81000000
expect r5=81000000 cpsr=a8000010
# adc_imm
set cpsr=80000010 r1=6261f87 r2=1f65852a r8=4 r9=42000 r13=42000 r14=3e445df0
    e2a81d37    adc r1, r8, #0xdc0
expect r1=dc4 cpsr=80000010
# sbc_imm
set cpsr=f0000010 r2=ee731649 r6=1f r10=2d
    e2c62aa9    sbc r2, r6, #0xa9000
expect r2=fff5701f cpsr=f0000010
# sbc_imm
set cpsr=a8000010 r3=9bd71f12 r5=10 r11=3a
    e2cb3521    sbc r3, fp, #0x8400000
expect r3=f7c0003a cpsr=a8000010
# rsc_imm
set cpsr=8000010 r6=16 r7=c06293ba r10=4f1c0e08
    e2f67abb    rscs r7, r6, #0xbb000
expect r7=bafe9 cpsr=28000010
# rsc_imm
set cpsr=98000010 r0=28 r3=1e r5=d
    e2f53019    rscs r3, r5, #0x19
expect r3=b cpsr=28000010
# orr_imm
set cpsr=28000010 r5=c1147d0b r7=20 r10=80808080
    e3857aa7    orr r7, r5, #0xa7000
expect r7=c11e7d0b cpsr=28000010
# orr_imm
set cpsr=18000010 r2=f r5=29 r14=3a
    e39e5269    orrs r5, lr, #0x90000006
expect r5=9000003e cpsr=b8000010
# mov_imm
set cpsr=20000010 r14=4036dd8a
    e3b0ef33    movs lr, #51, #30
expect r14=cc cpsr=10
# mov_imm
set cpsr=50000010 r13=42000 r14=d
    e3b0ed77    movs lr, #0x1dc0
expect r14=1dc0 cpsr=10000010
# bic_imm
set cpsr=60000010 r6=d9ef19c4 r10=7f r13=42000
    e3cd6ac3    bic r6, sp, #0xc3000
expect r6=0 cpsr=60000010
# bic_imm
set cpsr=b0000010 r2=8b917c7e r5=d03a1a4a r9=42000
    e3c92564    bic r2, sb, #100, #10
expect r2=42000 cpsr=b0000010
# mvn_imm
set cpsr=50000010 r2=c0319b8a r5=3f
    e3e025ff    mvn r2, #0x3fc00000
expect r2=c03fffff cpsr=50000010
# mvn_imm
set cpsr=e8000010 r4=91e3fe72 r14=4
    e3f0e4d5    mvns lr, #0xd5000000
expect r14=2affffff cpsr=28000010
# msr_imm
set cpsr=68000010 r6=11d68405
    e32df6bf    msr cpsr_fsc, #0xbf00000
expect cpsr=8000010
# msr_imm
set cpsr=b8000010 r6=27f7489c
    e321f67f    msr cpsr_c, #0x7f00000
expect cpsr=b8000010
# strt_imm
set cpsr=b0000010 r3=6aff97c4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e4a93003    strt r3, [sb], #3
expect r9=42003 mem.42000=6aff97c4 cpsr=b0000010
# strt_imm
set cpsr=b0000010 r3=f457dbc r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e4a93003    strt r3, [sb], #3
expect r9=42003 mem.42000=f457dbc cpsr=b0000010
# ldrt_imm
set cpsr=c0000010 r7=80000000 r8=4 r9=42000 r10=448b8462 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e4397003    ldrt r7, [sb], #-3
expect r7=2591cb4f r9=41ffd cpsr=c0000010
# ldrt_imm
set cpsr=e0000010 r3=33a63b10 r4=d8a74e12 r9=42000 r10=55fc4f8e mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e4b93001    ldrt r3, [sb], #1
expect r3=2591cb4f r9=42001 cpsr=e0000010
# strbt_imm
set cpsr=e0000010 r6=958f872a r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e4696003    strbt r6, [sb], #-3
expect r9=41ffd mem.42000=2591cb2a cpsr=e0000010
# strbt_imm
set cpsr=f0000010 r4=b6896e7f r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e4e94000    strbt r4, [sb], #0
expect mem.42000=2591cb7f cpsr=f0000010
# ldrbt_imm
set cpsr=20000010 r3=5bfc704f r4=80000001 r9=42000 r10=a195f215 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e4f93001    ldrbt r3, [sb], #1
expect r3=4f r9=42001 cpsr=20000010
# ldrbt_imm
set cpsr=30000010 r9=42000 r10=1bdab645 r14=5708694e mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e4f9e003    ldrbt lr, [sb], #3
expect r9=42003 r14=4f cpsr=30000010
# str_reg
set cpsr=c8000010 r3=de3e59ae r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e60931c8    str r3, [sb], -r8, asr #3
expect mem.42000=de3e59ae cpsr=c8000010
# str_reg
set cpsr=8000010 r2=79be589f r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e72920e8    str r2, [sb, -r8, ror #1]!
expect r9=41ffe mem.41ffc=589f1e85 mem.42000=259179be cpsr=8000010
# ldr_reg
set cpsr=c8000010 r1=80 r2=1f r8=4 r9=42000 r10=35 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e7191108    ldr r1, [sb, -r8, lsl #2]
expect r1=77eff cpsr=c8000010
# ldr_reg
set cpsr=58000010 r0=7fffffff r1=27 r8=4 r9=42000 r10=738dc10c mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e7990008    ldr r0, [sb, r8]
expect r0=3c7053c0 cpsr=58000010
# strb_reg
set cpsr=50000010 r8=4 r9=42000 r14=20eadff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e649e128    strb lr, [sb], -r8, lsr #2
expect r9=41fff mem.42000=2591cbff cpsr=50000010
# strb_reg
set cpsr=38000010 r3=f r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e7c930a8    strb r3, [sb, r8, lsr #1]
expect mem.42000=250fcb4f cpsr=38000010
# ldrb_reg
set cpsr=60000010 r7=b r8=4 r9=42000 r10=a26ab3b0 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e7597128    ldrb r7, [sb, -r8, lsr #2]
expect r7=ff cpsr=60000010
# ldrb_reg
set cpsr=60000010 r8=4 r9=42000 r10=7fffffff r11=87978fa4 r12=c5903e18 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e779b0c8    ldrb fp, [sb, -r8, asr #1]!
expect r9=41ffe r11=c1 cpsr=60000010
# mcr
set cpsr=d0000010 r7=33
    eeea7433    mcr p4, #7, r7, c10, c3, #1
expect cpsr=d0000010 end=undef
# mcr
set cpsr=50000010 r5=e
    ee085112    mcr p1, #0, r5, c8, c2, #0
expect cpsr=50000010 end=undef
# mrc
set cpsr=90000010 r6=21
    ee7c6575    mrc p5, #3, r6, c12, c5, #3
expect cpsr=90000010 end=undef
# mrc
set cpsr=f8000010 r0=a5889646
    ee170970    mrc p9, #0, r0, c7, c0, #3
expect cpsr=f8000010 end=undef
# str_imm
set cpsr=80000010 r6=80008000 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e5896002    str r6, [sb, #2]
expect mem.42000=8000cb4f mem.42004=3c708000 cpsr=80000010
# str_imm
set cpsr=d8000010 r2=fffffffe r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e4092002    str r2, [sb], #-2
expect r9=41ffe mem.42000=fffffffe cpsr=d8000010
# ldr_imm
set cpsr=60000010 r9=42000 r10=6385b0a5 r11=8554d8cb r12=339338a0 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e5b9b002    ldr fp, [sb, #2]!
expect r9=42002 r11=53c02591 cpsr=60000010
# ldr_imm
set cpsr=90000010 r5=f4fbeb55 r6=d540ec6b r9=42000 r10=da0b34f8 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e5195003    ldr r5, [sb, #-3]
expect r5=4fffc11e cpsr=90000010
# strb_imm
set cpsr=f8000010 r5=48e8bd86 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e5e95003    strb r5, [sb, #3]!
expect r9=42003 mem.42000=8691cb4f cpsr=f8000010
# strb_imm
set cpsr=18000010 r1=2e r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e4491000    strb r1, [sb], #-0
expect mem.42000=2591cb2e cpsr=18000010
# ldrb_imm
set cpsr=8000010 r6=21 r7=6a6ccaf8 r9=42000 r10=fffffffe mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e4d96003    ldrb r6, [sb], #3
expect r6=4f r9=42003 cpsr=8000010
# ldrb_imm
set cpsr=b0000010 r1=13 r2=d38cede8 r9=42000 r10=164ee51b mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e5f91002    ldrb r1, [sb, #2]!
expect r1=91 r9=42002 cpsr=b0000010
# stm
set cpsr=90000010 r1=d07db767 r3=5 r5=1 r7=ce3ccad1 r9=42000 r11=616afec1 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e82908aa    stmda sb!, {r1, r3, r5, r7, fp}
expect r9=41fec mem.41ff0=d07db767 mem.41ff4=5 mem.41ff8=1 mem.41ffc=ce3ccad1 mem.42000=616afec1
expect cpsr=90000010
# stm
set cpsr=8000010 r0=a5e1316a r2=1 r4=8ae8cabc r5=36fb2b03 r7=11 r9=42000 r10=1 r11=a6a26558
set r13=42000 r14=17 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448
set mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e9096eb5    stmdb sb, {r0, r2, r4, r5, r7, sb, sl, fp, sp, lr}
expect mem.41fd8=a5e1316a mem.41fdc=1 mem.41fe0=8ae8cabc mem.41fe4=36fb2b03 mem.41fe8=11
expect mem.41fec=42000 mem.41ff0=1 mem.41ff4=a6a26558 mem.41ff8=42000 mem.41ffc=17 cpsr=8000010
# ldm
set cpsr=38000010 r6=954a6316 r9=42000 r10=659abc66 r11=3c r14=a78e5af7 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e9394840    ldmdb sb!, {r6, fp, lr}
expect r6=20ccc389 r9=41ff4 r11=4d65aacb r14=ffc11e85 cpsr=38000010
# ldm
set cpsr=80000010 r0=2b r2=24 r9=42000 r10=fff99c91 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e9990005    ldmib sb, {r0, r2}
expect r0=3c7053c0 r2=17a38090 cpsr=80000010
# cdp
set cpsr=98000010
    ee121001    cdp p0, #1, c1, c2, c1, #0
expect cpsr=98000010 end=undef
# cdp
set cpsr=68000010
    eebd08ef    cdp p8, #0xb, c0, c13, c15, #7
expect cpsr=68000010 end=undef
# stc
set cpsr=f0000010 r5=b3e8aecf mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    ed65e38c    stcl p3, c14, [r5, #-0x230]!
expect cpsr=f0000010 end=undef
# stc
set cpsr=e0000010 r14=a5d75294 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    edee5706    stcl p7, c5, [lr, #0x18]!
expect cpsr=e0000010 end=undef
# ldc
set cpsr=58000010 r5=786733be r6=32 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    edb527c2    ldc p7, c2, [r5, #0x308]!
expect cpsr=58000010 end=undef
# ldc
set cpsr=70000010 r5=3c r6=80808080 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    ed5524ee    ldcl p4, c2, [r5, #-0x3b8]
expect cpsr=70000010 end=undef
