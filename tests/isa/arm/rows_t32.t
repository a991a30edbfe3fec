# Each row of t32.decode that is neither a branch nor changes more than User mode may: operands
# drawn at random, results on which qemu-system-arm agrees.
# Written by: random-arm --cases 2 --set t32 --against qemu
cpu cortex-a15 thumb
# yield
set cpsr=70000030
    f3af8001    yield.w 
expect cpsr=70000030
# yield
set cpsr=68000030
    f3af8001    yield.w 
expect cpsr=68000030
# wfe
set cpsr=c0000030
    f3af8002    wfe.w 
expect cpsr=c0000030
# wfe
set cpsr=b0000030
    f3af8002    wfe.w 
expect cpsr=b0000030
# sev
set cpsr=48000030
    f3af8004    sev.w 
expect cpsr=48000030
# sev
set cpsr=70000030
    f3af8004    sev.w 
expect cpsr=70000030
# pldw_reg
set cpsr=98000030 r8=4 r9=42000 r10=34
    f839f008    pldw [sb, r8]
expect cpsr=98000030
# pldw_reg
set cpsr=38000030 r8=4 r9=42000 r10=1
    f839f018    pldw [sb, r8, lsl #1]
expect cpsr=38000030
# dbg
set cpsr=b0000030
    f3af80f9    dbg #9
expect cpsr=b0000030
# dbg
set cpsr=a8000030
    f3af80f9    dbg #9
expect cpsr=a8000030
# pld_reg
set cpsr=20000030 r8=4 r9=42000 r10=21
    f819f008    pld [sb, r8]
expect cpsr=20000030
# pld_reg
set cpsr=30000030 r8=4 r9=42000 r10=14ae3e15
    f819f028    pld [sb, r8, lsl #2]
expect cpsr=30000030
# pli_reg
set cpsr=f0000030 r8=4 r9=42000
    f919f008    pli [sb, r8]
expect cpsr=f0000030
# pli_reg
set cpsr=78000030 r8=4 r9=42000
    f919f018    pli [sb, r8, lsl #1]
expect cpsr=78000030
# hint_reg
set cpsr=58000030 r3=27 r9=42000
    f939f033
expect cpsr=58000030
# hint_reg
set cpsr=58000030 r3=d60fe492 r5=95d9b179
    f933f035
expect cpsr=58000030
# sxth
set cpsr=78000030 r0=e3ae1042 r11=1b r14=d7ad2f7d
    fa0ffe8b    sxth.w lr, fp
expect r14=1b cpsr=78000030
# sxth
set cpsr=78000030 r0=a669e973 r2=20 r3=1
    fa0ff3a0    sxth.w r3, r0, ror #16
expect r3=ffffa669 cpsr=78000030
# uxth
set cpsr=78000030 r1=468536d6 r2=d385c27
    fa1ff1a1    uxth.w r1, r1, ror #16
expect r1=4685 cpsr=78000030
# uxth
set cpsr=10000030 r1=2 r3=f488a761 r7=15
    fa1ff7b1    uxth.w r7, r1, ror #24
expect r7=200 cpsr=10000030
# sxtb16
set cpsr=e8000030 r0=1f r1=f99907cd r4=93e90527
    fa2ff481    sxtb16 r4, r1
expect r4=ff99ffcd cpsr=e8000030
# sxtb16
set cpsr=88000030 r0=21 r2=3f362e52 r14=80000000
    fa2ffea0    sxtb16 lr, r0, ror #16
expect r14=210000 cpsr=88000030
# uxtb16
set cpsr=10000030 r0=1f r2=36 r10=e73a2770
    fa3ff0aa    uxtb16 r0, sl, ror #16
expect r0=70003a cpsr=10000030
# uxtb16
set cpsr=8000030 r3=5688b34a r9=42000
    fa3ff3b9    uxtb16 r3, sb, ror #24
expect r3=200000 cpsr=8000030
# sxtb
set cpsr=88000030 r1=d0d7f53d r2=7f
    fa4ff291    sxtb.w r2, r1, ror #8
expect r2=fffffff5 cpsr=88000030
# sxtb
set cpsr=80000030 r0=0 r11=7fff
    fa4ff08b    sxtb.w r0, fp
expect r0=ffffffff cpsr=80000030
# uxtb
set cpsr=70000030 r0=8000 r2=f335474b r10=7b7490f4
    fa5ff0aa    uxtb.w r0, sl, ror #16
expect r0=74 cpsr=70000030
# uxtb
set cpsr=b8000030 r1=2 r2=f27cb420 r8=4
    fa5ff1a8    uxtb.w r1, r8, ror #16
expect r1=0 cpsr=b8000030
# pldw_imm
set cpsr=b0000030 r9=42000 r10=4f9b93bc
    f839fc02    pldw [sb, #-0x2]
expect cpsr=b0000030
# pldw_imm
set cpsr=50000030 r9=42000 r10=b286c444
    f839fc03    pldw [sb, #-0x3]
expect cpsr=50000030
# pld_imm
set cpsr=28000030 r9=42000 r10=8
    f819fc01    pld [sb, #-0x1]
expect cpsr=28000030
# pld_imm
set cpsr=28000030 r9=42000 r10=d8b3fc61
    f819fc01    pld [sb, #-0x1]
expect cpsr=28000030
# pli_imm
set cpsr=48000030 r9=42000
    f919fc02    pli [sb, #-0x2]
expect cpsr=48000030
# pli_imm
set cpsr=30000030 r9=42000
    f919fc01    pli [sb, #-0x1]
expect cpsr=30000030
# hint_imm
set cpsr=f8000030 r12=e2d0c34b
    f93cfcc6
expect cpsr=f8000030
# hint_imm
set cpsr=40000030 r9=42000
    f939fc53
expect cpsr=40000030
# sadd16
set cpsr=78000030 r0=59630914 r1=efefc058 r3=80008000 r4=e52fc88f r10=20000 r11=4
    fa9af300    sadd16 r3, sl, r0
expect r3=59650914 cpsr=780f0030
# sadd16
set cpsr=38000030 r2=21 r3=7fffffff r7=7f r8=4 r10=20 r11=80000000
    fa9af702    sadd16 r7, sl, r2
expect r7=41 cpsr=380f0030
# sasx
set cpsr=8000030 r0=9ae8eeec r11=13 r12=3c2dab61
    faabf00c    sasx r0, fp, ip
expect r0=ab61c3e6 cpsr=8000030
# sasx
set cpsr=10000030 r1=e r3=d7677143 r6=3d4a0ad9
    faa1f603    sasx r6, r1, r3
expect r6=714328a7 cpsr=100f0030
# ssax
set cpsr=68000030 r0=80808080 r3=d383a5c8 r11=12
    fae3fb00    ssax fp, r3, r0
expect r11=53032648 cpsr=680c0030
# ssax
set cpsr=38000030 r1=296eda12 r11=f2bddb97
    fae1fb01    ssax fp, r1, r1
expect r11=4f5c0380 cpsr=380f0030
# ssub16
set cpsr=48000030 r0=80000001 r1=100 r12=95a4e3b4
    fadcf001    ssub16 r0, ip, r1
expect r0=95a4e2b4 cpsr=48000030
# ssub16
set cpsr=c0000030 r2=7 r3=7b507297 r13=42000
    fad3f20d    ssub16 r2, r3, sp
expect r2=7b4c5297 cpsr=c00f0030
# sadd8
set cpsr=70000030 r6=6dae67fa r7=fffffffe r8=4 r12=20000 r13=42000
    fa8cf706    sadd8 r7, ip, r6
expect r7=6db067fa cpsr=700a0030
# sadd8
set cpsr=50000030 r0=aeddf62e r1=15 r4=ffff r5=d98a748e r8=4 r9=42000
    fa88f004    sadd8 r0, r8, r4
expect r0=ff03 cpsr=500d0030
# ssub8
set cpsr=88000030 r7=303f771a r13=42000 r14=4
    facdfe07    ssub8 lr, sp, r7
expect r14=d0c5a9e6 cpsr=88000030
# ssub8
set cpsr=30 r0=ff r12=22 r13=42000
    facdf00c    ssub8 r0, sp, ip
expect r0=420de cpsr=e0030
# qadd16
set cpsr=68000030 r4=4d881f2e r5=bde05dab r11=80 r12=0 r14=d8216c63
    fa94fe1b    qadd16 lr, r4, fp
expect r14=4d881fae cpsr=68000030
# qadd16
set cpsr=58000030 r2=d1025e73 r3=7bd5878e r5=7fff r6=19a8fa4f r12=8000 r13=42000
    fa92f51c    qadd16 r5, r2, ip
expect r5=d102de73 cpsr=58000030
# qasx
set cpsr=38000030 r1=16f20981 r8=4 r9=42000
    faa9f118    qasx r1, sb, r8
expect r1=82000 cpsr=38000030
# qasx
set cpsr=98000030 r3=80000000 r5=20 r6=c3c52018
    faa3f516    qasx r5, r3, r6
expect r5=a0183c3b cpsr=98000030
# qsax
set cpsr=78000030 r4=22 r7=48035c21 r9=42000
    fae9f417    qsax r4, sb, r7
expect r4=a3e36803 cpsr=78000030
# qsax
set cpsr=f8000030 r0=8607b873 r1=f3b205ed r12=2f55f905
    faecf011    qsax r0, ip, r1
expect r0=2968ecb7 cpsr=f8000030
# qsub16
set cpsr=c0000030 r0=80000001 r11=ec29413f r12=27f96afd
    fadcf01b    qsub16 r0, ip, fp
expect r0=3bd029be cpsr=c0000030
# qsub16
set cpsr=28000030 r0=11 r11=7fff
    fad0f01b    qsub16 r0, r0, fp
expect r0=8012 cpsr=28000030
# qadd8
set cpsr=c8000030 r2=eee34bd9 r3=0 r5=464e6e18 r6=8d2a9e96 r14=8000
    fa8ef512    qadd8 r5, lr, r2
expect r5=eee3cbd9 cpsr=c8000030
# qadd8
set cpsr=20000030 r3=7f r4=1c r11=80 r12=38 r14=0
    fa83fb1e    qadd8 fp, r3, lr
expect r11=7f cpsr=20000030
# qsub8
set cpsr=20000030 r4=8000 r6=ff r13=42000
    fac6f41d    qsub8 r4, r6, sp
expect r4=fce0ff cpsr=20000030
# qsub8
set cpsr=d8000030 r3=0 r5=20000 r6=b125db65
    fac5f613    qsub8 r6, r5, r3
expect r6=20000 cpsr=d8000030
# shadd16
set cpsr=30000030 r0=32 r1=1f r2=20 r13=42000 r14=3e
    fa9df120    shadd16 r1, sp, r0
expect r1=21019 cpsr=30000030
# shadd16
set cpsr=d0000030 r0=2f098bd1 r1=80000000 r9=42000 r10=a65fec16 r11=28
    fa9af029    shadd16 r0, sl, sb
expect r0=d331060b cpsr=d0000030
# shasx
set cpsr=e0000030 r6=7fff r7=ffff r13=42000
    faa7f62d    shasx r6, r7, sp
expect r6=1000fffd cpsr=e0000030
# shasx
set cpsr=f8000030 r0=110ac8be r5=13 r7=6
    faa5f720    shasx r7, r5, r0
expect r7=e45ff784 cpsr=f8000030
# shsax
set cpsr=e0000030 r7=cf856394 r8=4 r9=42000
    fae8f729    shsax r7, r8, sb
expect r7=f0000004 cpsr=e0000030
# shsax
set cpsr=b8000030 r1=ffffffff r4=1e r14=fc7aab48
    fae4fe21    shsax lr, r4, r1
expect r14=e cpsr=b8000030
# shsub16
set cpsr=8000030 r7=d r14=11
    fad7fe2e    shsub16 lr, r7, lr
expect r14=fffe cpsr=8000030
# shsub16
set cpsr=10000030 r0=ab87d18 r6=a5c60849 r11=b37e2e4
    fad6fb20    shsub16 fp, r6, r0
expect r11=cd87c598 cpsr=10000030
# shadd8
set cpsr=d0000030 r1=80000000 r2=34 r7=18 r8=4 r9=42000 r10=4032ab63
    fa87f129    shadd8 r1, r7, sb
expect r1=2100c cpsr=d0000030
# shadd8
set cpsr=60000030 r10=6549349c r11=20000 r12=404eda03 r14=2c
    fa8afe2b    shadd8 lr, sl, fp
expect r14=32251ace cpsr=60000030
# shsub8
set cpsr=a8000030 r0=d0340698 r8=4 r11=80808080
    fac8fb20    shsub8 fp, r8, r0
expect r11=18e6fd36 cpsr=a8000030
# shsub8
set cpsr=e8000030 r5=ffff r9=42000 r10=0
    fac9f52a    shsub8 r5, sb, sl
expect r5=21000 cpsr=e8000030
# uadd16
set cpsr=30 r5=32 r6=1c r9=42000 r10=21 r12=833d0393 r13=42000
    fa9cf549    uadd16 r5, ip, sb
expect r5=83412393 cpsr=30
# uadd16
set cpsr=20000030 r2=d9043e8c r3=5bef3eb5 r7=6ce73dd7 r8=4 r11=3f r12=7fffffff
    fa9bf247    uadd16 r2, fp, r7
expect r2=6ce73e16 cpsr=20000030
# uasx
set cpsr=88000030 r5=7fffffff r7=20000 r11=80000001
    faabf547    uasx r5, fp, r7
expect r5=8000ffff cpsr=88000030
# uasx
set cpsr=d0000030 r6=ae6365ac r12=1 r14=80808080
    faa6fe4c    uasx lr, r6, ip
expect r14=ae6465ac cpsr=d0030030
# usax
set cpsr=d0000030 r1=f25cc8a6 r6=4bcf2bb3
    fae1f646    usax r6, r1, r6
expect r6=c6a91475 cpsr=d00f0030
# usax
set cpsr=30000030 r0=45bc0ffb r2=21 r6=bdf15e3d
    fae6f042    usax r0, r6, r2
expect r0=bdd05e3d cpsr=300c0030
# usub16
set cpsr=d0000030 r2=d r7=bfd0dd9d r12=2f
    fadcf742    usub16 r7, ip, r2
expect r7=22 cpsr=d00f0030
# usub16
set cpsr=a8000030 r2=1a r14=848dabbe
    fadef242    usub16 r2, lr, r2
expect r2=848daba4 cpsr=a80f0030
# uadd8
set cpsr=68000030 r1=b82695de r2=80 r6=c7fc6bf2 r7=4eb08d6a r14=5d516882
    fa86fe41    uadd8 lr, r6, r1
expect r14=7f2200d0 cpsr=680f0030
# uadd8
set cpsr=30000030 r0=7b4009cc r1=7fff r5=c0d9f5d5 r6=1a r12=34 r13=42000
    fa85f04c    uadd8 r0, r5, ip
expect r0=c0d9f509 cpsr=30010030
# usub8
set cpsr=80000030 r1=a73beb72 r12=32223121 r14=9f03a21b
    facef14c    usub8 r1, lr, ip
expect r1=6de171fa cpsr=800a0030
# usub8
set cpsr=18000030 r4=2c r5=21 r14=83e51c23
    facef445    usub8 r4, lr, r5
expect r4=83e51c02 cpsr=180f0030
# uqadd16
set cpsr=38000030 r2=f0da2195 r3=fffffffe r7=b4a0eaef r8=4 r14=6409b457
    fa92f75e    uqadd16 r7, r2, lr
expect r7=ffffd5ec cpsr=38000030
# uqadd16
set cpsr=18000030 r5=3c r6=28 r7=3d r8=4 r9=42000
    fa95f758    uqadd16 r7, r5, r8
expect r7=40 cpsr=18000030
# uqasx
set cpsr=30000030 r2=1 r6=27 r7=20000
    faa2f756    uqasx r7, r2, r6
expect r7=270001 cpsr=30000030
# uqasx
set cpsr=e8000030 r4=21 r8=4 r12=3d
    faa8f45c    uqasx r4, r8, ip
expect r4=3d0004 cpsr=e8000030
# uqsax
set cpsr=f8000030 r1=5adae417 r2=1a r14=17
    faeef251    uqsax r2, lr, r1
expect r2=5af1 cpsr=f8000030
# uqsax
set cpsr=48000030 r1=20000 r3=22 r10=39
    fae1f35a    uqsax r3, r1, sl
expect r3=0 cpsr=48000030
# uqsub16
set cpsr=70000030 r1=1 r3=14 r5=d9eab637
    fad1f553    uqsub16 r5, r1, r3
expect r5=0 cpsr=70000030
# uqsub16
set cpsr=18000030 r5=fc2bf20e r6=9c90169a r14=aa487934
    fadef556    uqsub16 r5, lr, r6
expect r5=db8629a cpsr=18000030
# uqadd8
set cpsr=30000030 r0=96c2b892 r1=d7af45fa r7=266cda4c r8=4
    fa80f057    uqadd8 r0, r0, r7
expect r0=bcffffde cpsr=30000030
# uqadd8
set cpsr=58000030 r0=a3663208 r1=249beac7 r2=80000001 r3=a543b58a r4=7f
    fa83f052    uqadd8 r0, r3, r2
expect r0=ff43b58b cpsr=58000030
# uqsub8
set cpsr=98000030 r4=2b r7=2
    fac4f754    uqsub8 r7, r4, r4
expect r7=0 cpsr=98000030
# uqsub8
set cpsr=58000030 r3=339e2388 r4=1f r14=495002f2
    facef453    uqsub8 r4, lr, r3
expect r4=1600006a cpsr=58000030
# uhadd16
set cpsr=d8000030 r3=aedd4903 r4=10cc9a7a r5=2e444501 r9=42000 r10=2c
    fa93f469    uhadd16 r4, r3, sb
expect r4=57703481 cpsr=d8000030
# uhadd16
set cpsr=58000030 r0=b0cdb915 r1=21 r2=2927d6b5 r4=c r5=edf7037c
    fa90f461    uhadd16 r4, r0, r1
expect r4=58665c9b cpsr=58000030
# uhasx
set cpsr=30000030 r1=3d8501a r5=46f7e536
    faa1f565    uhasx r5, r1, r5
expect r5=74870491 cpsr=30000030
# uhasx
set cpsr=c0000030 r3=80 r5=80000001 r11=3128f615
    faa5f36b    uhasx r3, r5, fp
expect r3=bb0ae76c cpsr=c0000030
# uhsax
set cpsr=68000030 r0=1f r5=b3825f84 r10=38
    faeaf560    uhsax r5, sl, r0
expect r5=fff0001c cpsr=68000030
# uhsax
set cpsr=50000030 r1=290af16a r4=33 r5=305fda3a
    fae4f165    uhsax r1, r4, r5
expect r1=92e31849 cpsr=50000030
# uhsub16
set cpsr=e0000030 r0=6217d019 r4=83c85294 r5=3
    fad0f564    uhsub16 r5, r0, r4
expect r5=ef273ec2 cpsr=e0000030
# uhsub16
set cpsr=e8000030 r3=8000 r4=4f87973d
    fad3f463    uhsub16 r4, r3, r3
expect r4=0 cpsr=e8000030
# uhadd8
set cpsr=88000030 r1=3869f710 r2=1b r3=fe3406b0 r12=5 r13=42000
    fa82f16c    uhadd8 r1, r2, ip
expect r1=10 cpsr=88000030
# uhadd8
set cpsr=c0000030 r4=1a68591a r5=10 r6=b4aff365 r14=b20592a1
    fa85fe64    uhadd8 lr, r5, r4
expect r14=d342c15 cpsr=c0000030
# uhsub8
set cpsr=50000030 r10=2c r14=3a
    facafe6e    uhsub8 lr, sl, lr
expect r14=f9 cpsr=50000030
# uhsub8
set cpsr=38000030 r4=42d427b0 r8=4 r11=29b7068e
    fac4fb68    uhsub8 fp, r4, r8
expect r11=216a1356 cpsr=38000030
# qadd
set cpsr=d8000030 r1=3c9f7be8 r2=4b369ed r6=19 r7=fffffffe r14=15
    fa8ef681    qadd r6, r1, lr
expect r6=3c9f7bfd cpsr=d8000030
# qadd
set cpsr=20000030 r4=e4b79bae r5=d4039e64 r6=2c r10=30 r11=d599e7de
    fa8af584    qadd r5, r4, sl
expect r5=e4b79bde cpsr=20000030
# qdadd
set cpsr=60000030 r0=7fffffff r1=0 r7=9095d4a8 r8=4
    fa87f790    qdadd r7, r0, r7
expect r7=ffffffff cpsr=68000030
# qdadd
set cpsr=90000030 r5=7cfb42fa r6=8 r7=5063f8c2 r8=4 r13=42000 r14=a8ff0dbb
    fa87f59d    qdadd r5, sp, r7
expect r5=7fffffff cpsr=98000030
# qsub
set cpsr=c0000030 r6=6 r7=d r12=22
    fa8cf6a7    qsub r6, r7, ip
expect r6=ffffffeb cpsr=c0000030
# qsub
set cpsr=88000030 r1=8000 r2=c56a3d4e r6=3a
    fa81f2a6    qsub r2, r6, r1
expect r2=ffff803a cpsr=88000030
# qdsub
set cpsr=58000030 r7=7f58c528 r8=4 r9=42000 r11=6fc293e9 r12=f8d657eb
    fa87fbb8    qdsub fp, r8, r7
expect r11=80000005 cpsr=58000030
# qdsub
set cpsr=f0000030 r2=7085a275 r3=2b214e81 r9=42000 r10=8e7cca71 r12=7fffffff r13=42000
    fa89f2bc    qdsub r2, ip, sb
expect r2=7ff7bfff cpsr=f0000030
# rev
set cpsr=f0000030 r6=36 r14=3c
    fa99fe86    rev.w lr, pc
expect r14=36000000 cpsr=f0000030
# rev
set cpsr=60000030 r7=7f87dc7a r10=3e
    fa98f78a    rev.w r7, sl
expect r7=3e000000 cpsr=60000030
# rev16
set cpsr=78000030 r0=ffff r8=4
    fa95f098    rev16.w r0, sp
expect r0=400 cpsr=78000030
# rev16
set cpsr=50000030 r6=3d22ec49 r13=42000
    fa9ff69d    rev16.w r6, pc
expect r6=4000020 cpsr=50000030
# rbit
set cpsr=f8000030 r5=e1bfd6c0 r9=42000
    fa97f5a9    rbit r5, pc
expect r5=42000 cpsr=f8000030
# rbit
set cpsr=68000030 r2=88ab2c2d r6=1269ce39
    fa94f2a6    rbit r2, r6
expect r2=9c739648 cpsr=68000030
# revsh
set cpsr=80000030 r3=3c4e11bb r12=c948f251
    fa9ff3bc    revsh.w r3, pc
expect r3=51f2 cpsr=80000030
# revsh
set cpsr=d8000030 r2=5de90690 r4=54bd5cbe
    fa9df4b2    revsh.w r4, pc
expect r4=ffff9006 cpsr=d8000030
# sel
set cpsr=78000030 r1=3d182e19 r8=4 r14=d
    faa8f18e    sel r1, r8, lr
expect r1=d cpsr=78000030
# sel
set cpsr=b0000030 r1=c8573a08 r6=d0831549 r12=1
    faacf186    sel r1, ip, r6
expect r1=d0831549 cpsr=b0000030
# clz
set cpsr=70000030 r5=a7a0eb78 r14=390d9bb2
    fab7fe85    clz lr, r7
expect r14=0 cpsr=70000030
# clz
set cpsr=c0000030 r2=80
    fab1f282    clz r2, r3
expect r2=18 cpsr=c0000030
# mul
set cpsr=70000030 r3=904f0d9b r4=3d13f20e r6=d
    fb04f603    mul r6, r4, r3
expect r6=90b0447a cpsr=70000030
# mul
set cpsr=90000030 r1=d829fcde r4=80 r7=338bf5
    fb01f704    mul r7, r1, r4
expect r7=14fe6f00 cpsr=90000030
# usad8
set cpsr=b0000030 r3=19 r4=2b r5=e266ff43
    fb73f404    usad8 r4, r3, r4
expect r4=12 cpsr=b0000030
# usad8
set cpsr=b8000030 r5=7f7f7f7f r6=69fa74e0 r11=4b7a4e9a r12=17ff206e
    fb7bf505    usad8 r5, fp, r5
expect r5=85 cpsr=b8000030
# clrex
set cpsr=40000030
    f3bf8f2f    clrex 
expect cpsr=40000030
# clrex
set cpsr=a0000030
    f3bf8f2f    clrex 
expect cpsr=a0000030
# dsb
set cpsr=c8000030
    f3bf8f46    dsb nshst
expect cpsr=c8000030
# dsb
set cpsr=90000030
    f3bf8f4f    dsb sy
expect cpsr=90000030
# dmb
set cpsr=b8000030
    f3bf8f50    dmb #0x0
expect cpsr=b8000030
# dmb
set cpsr=e0000030
    f3bf8f5f    dmb sy
expect cpsr=e0000030
# isb
set cpsr=58000030
    f3bf8f6f    isb sy
expect cpsr=58000030
# isb
set cpsr=78000030
    f3bf8f6f    isb sy
expect cpsr=78000030
# pld_imm
set cpsr=b8000030
    f89ff003    pld [pc, #3]
expect cpsr=b8000030
# pld_imm
set cpsr=40000030
    f81ff000    pld [pc, #-0x0]
expect cpsr=40000030
# pld_imm
set cpsr=38000030
    f83ff003
expect cpsr=38000030
# pld_imm
set cpsr=b8000030
    f83ff002
expect cpsr=b8000030
# pli_imm
set cpsr=c8000030
    f91ff001    pli [pc, #-0x1]
expect cpsr=c8000030
# pli_imm
set cpsr=f0000030
    f91ff000    pli [pc, #-0x0]
expect cpsr=f0000030
# hint_imm
set cpsr=30000030
    f9bff90b
expect cpsr=30000030
# hint_imm
set cpsr=50000030
    f9bffd0f
expect cpsr=50000030
# smuad
set cpsr=18000030 r0=7 r1=86bcc8a8 r10=ffffffff r11=e515ef0f r12=b6187c3b
    fb2bf00a    smuad r0, fp, sl
expect r0=2bdc cpsr=18000030
# smuad
set cpsr=88000030 r0=88e6af68 r1=a5c7f8c0 r2=14 r3=99cfd443 r11=a94a6f54 r12=24
    fb22f01b    smuadx r0, r2, fp
expect r0=fff939c8 cpsr=88000030
# smulw
set cpsr=38000030 r0=39 r1=e5339916 r5=e6fd0e80
    fb30f115    smulwt r1, r0, r5
expect r1=fffffffa cpsr=38000030
# smulw
set cpsr=c8000030 r1=d44bb20f r9=42000 r12=1a
    fb3cf109    smulwb r1, ip, sb
expect r1=3 cpsr=c8000030
# smusd
set cpsr=48000030 r1=eecb37a3 r2=16 r4=4b1260e6 r5=ff r6=7f r7=80008000
    fb41f614    smusdx r6, r1, r4
expect r6=16d40014 cpsr=48000030
# smusd
set cpsr=8000030 r5=ff r6=ca375246 r9=42000 r10=ffff r12=176a7172 r13=42000
    fb4cf519    smusdx r5, ip, sb
expect r5=fd1485c8 cpsr=8000030
# smmul
set cpsr=40000030 r0=19 r3=20 r6=3 r14=3c
    fb53fe06    smmul lr, r3, r6
expect r14=0 cpsr=40000030
# smmul
set cpsr=f8000030 r1=80000000 r8=4 r14=1a
    fb5ef118    smmulr r1, lr, r8
expect r1=0 cpsr=f8000030
# nop
set cpsr=c0000030
    f3af809a    hint.w #0x9a
expect cpsr=c0000030
# nop
set cpsr=8000030
    f3af8092    hint.w #0x92
expect cpsr=8000030
# strb_reg
set cpsr=18000030 r6=e5100e34 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8096018    strb.w r6, [sb, r8, lsl #1]
expect mem.42008=17a38034 cpsr=18000030
# strb_reg
set cpsr=d8000030 r2=7f7f7f7f r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8092008    strb.w r2, [sb, r8]
expect mem.42004=3c70537f cpsr=d8000030
# strh_reg
set cpsr=90000030 r3=1f r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8293008    strh.w r3, [sb, r8]
expect mem.42004=3c70001f cpsr=90000030
# strh_reg
set cpsr=18000030 r6=41a55708 r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8296028    strh.w r6, [sb, r8, lsl #2]
expect mem.42010=2fae5708 cpsr=18000030
# str_reg
set cpsr=80000030 r0=30e33bdf r8=4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8490038    str.w r0, [sb, r8, lsl #3]
expect mem.42020=30e33bdf cpsr=80000030
# str_reg
set cpsr=d8000030 r8=4 r9=42000 r14=80000000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f849e008    str.w lr, [sb, r8]
expect mem.42004=80000000 cpsr=d8000030
# ldrb_reg
set cpsr=b8000030 r8=4 r9=42000 r10=f47495e0 r14=c60108dd mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f819e038    ldrb.w lr, [sb, r8, lsl #3]
expect r14=0 cpsr=b8000030
# ldrb_reg
set cpsr=28000030 r0=e39b35ee r1=56ad2a46 r8=4 r9=42000 r10=39 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f8190038    ldrb.w r0, [sb, r8, lsl #3]
expect r0=0 cpsr=28000030
# ldrh_reg
set cpsr=c8000030 r4=20 r5=41d74643 r8=4 r9=42000 r10=7fff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8394018    ldrh.w r4, [sb, r8, lsl #1]
expect r4=8090 cpsr=c8000030
# ldrh_reg
set cpsr=70000030 r4=0 r5=7fff r8=4 r9=42000 r10=100 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8394028    ldrh.w r4, [sb, r8, lsl #2]
expect r4=bfcc cpsr=70000030
# ldr_reg
set cpsr=20000030 r0=799b8955 r1=ef9c5894 r8=4 r9=42000 r10=20 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f8590038    ldr.w r0, [sb, r8, lsl #3]
expect r0=0 cpsr=20000030
# ldr_reg
set cpsr=c8000030 r8=4 r9=42000 r10=2a r14=80000001 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f859e018    ldr.w lr, [sb, r8, lsl #1]
expect r14=17a38090 cpsr=c8000030
# ldrsb_reg
set cpsr=90000030 r1=1a r2=1 r8=4 r9=42000 r10=ff5f49c8 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9191008    ldrsb.w r1, [sb, r8]
expect r1=ffffffc0 cpsr=90000030
# ldrsb_reg
set cpsr=10000030 r8=4 r9=42000 r10=1f r11=80 r12=10 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f919b008    ldrsb.w fp, [sb, r8]
expect r11=ffffffc0 cpsr=10000030
# ldrsh_reg
set cpsr=68000030 r3=11 r4=80c9d4d6 r8=4 r9=42000 r10=1f mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9393018    ldrsh.w r3, [sb, r8, lsl #1]
expect r3=ffff8090 cpsr=68000030
# ldrsh_reg
set cpsr=18000030 r3=a7e2df2a r4=ffff r8=4 r9=42000 r10=14 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9393008    ldrsh.w r3, [sb, r8]
expect r3=53c0 cpsr=18000030
# smulxy
set cpsr=50000030 r3=457db556 r5=fffffffe r7=31
    fb17f305    smulbb r3, r7, r5
expect r3=ffffff9e cpsr=50000030
# smulxy
set cpsr=30 r3=9dd47061 r12=2104760f r14=7
    fb1cfe23    smultb lr, ip, r3
expect r14=e7e4284 cpsr=30
# ssat16
set cpsr=40000030 r0=80000001 r8=4
    f3280001    ssat16 r0, #2, r8
expect r0=1 cpsr=48000030
# ssat16
set cpsr=e8000030 r11=ebef24e3 r14=f2c3ac63
    f32b0e02    ssat16 lr, #3, fp
expect r14=fffc0003 cpsr=e8000030
# usat16
set cpsr=10000030 r0=48236cd2 r6=21
    f3a6000e    usat16 r0, #0xe, r6
expect r0=21 cpsr=10000030
# usat16
set cpsr=10000030 r5=da9adb1f r8=4
    f3a80509    usat16 r5, #9, r8
expect r5=4 cpsr=10000030
# mov_rsr
set cpsr=f8000030 r1=2 r6=80000000 r8=4
    fa11f608    lsls.w r6, r1, r8
expect r6=20 cpsr=18000030
# mov_rsr
set cpsr=38000030 r2=e1706c7c r3=c81d67d4 r5=8d17b6f9
    fa63f502    ror.w r5, r3, r2
expect r5=81d67d4c cpsr=38000030
# sxtah
set cpsr=b8000030 r1=7d337779 r3=20 r5=953633c8 r12=80000001
    fa01f5bc    sxtah r5, r1, ip, ror #24
expect r5=7d3378f9 cpsr=b8000030
# sxtah
set cpsr=30000030 r1=4852f476 r4=99a9eb64 r7=1e
    fa07f497    sxtah r4, r7, r7, ror #8
expect r4=1e cpsr=30000030
# uxtah
set cpsr=58000030 r2=acc46c1c r3=f0400e4b r10=7f r11=ffffffff
    fa1bf2ba    uxtah r2, fp, sl, ror #24
expect r2=7eff cpsr=58000030
# uxtah
set cpsr=f8000030 r1=20000 r2=89bd8057 r4=ea2573d2 r11=7fffffff
    fa11f4ab    uxtah r4, r1, fp, ror #16
expect r4=27fff cpsr=f8000030
# sxtab16
set cpsr=30 r0=b546e565 r2=f92b790c r4=13 r6=88c78f13
    fa26f4a0    sxtab16 r4, r6, r0, ror #16
expect r4=892c8f59 cpsr=30
# sxtab16
set cpsr=80000030 r2=50c4780a r6=7a68a51e r10=3
    fa26f6aa    sxtab16 r6, r6, sl, ror #16
expect r6=7a6ba51e cpsr=80000030
# uxtab16
set cpsr=90000030 r1=8b5ddd8c r5=7 r7=12259a28 r10=14
    fa3af795    uxtab16 r7, sl, r5, ror #8
expect r7=14 cpsr=90000030
# uxtab16
set cpsr=68000030 r2=36a80b91 r6=53c118df
    fa36f2a2    uxtab16 r2, r6, r2, ror #16
expect r2=54521987 cpsr=68000030
# sxtab
set cpsr=30000030 r0=ceff3a8a r1=ce30fcc r8=4
    fa40f198    sxtab r1, r0, r8, ror #8
expect r1=ceff3a8a cpsr=30000030
# sxtab
set cpsr=90000030 r1=ff r6=65cbff80 r8=4
    fa48f698    sxtab r6, r8, r8, ror #8
expect r6=4 cpsr=90000030
# uxtab
set cpsr=60000030 r0=ff r6=8b64d808 r7=a r10=529e423a
    fa5af786    uxtab r7, sl, r6
expect r7=529e4242 cpsr=60000030
# uxtab
set cpsr=80000030 r3=80808080 r5=20000 r14=fb76209c
    fa53f5be    uxtab r5, r3, lr, ror #24
expect r5=8080817b cpsr=80000030
# strexb
set cpsr=98000030 r6=e193819 r9=42000 r11=7 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8c9bf46    strexb r6, fp, [sb]
expect r6=1 cpsr=98000030
# strexh
set cpsr=98000030 r1=6 r4=7fffffff r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8c91f54    strexh r4, r1, [sb]
expect r4=1 cpsr=98000030
# strexh
set cpsr=b0000030 r1=14 r5=1d r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e8c95f51    strexh r1, r5, [sb]
expect r1=1 cpsr=b0000030
# strexd
set cpsr=88000030 r3=1a r4=36 r5=80 r6=ff r9=42000 r10=f0a7efc3 r14=29 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8c9357e    strexd lr, r3, r5, [sb]
expect r14=1 cpsr=88000030
# strexd
set cpsr=a8000030 r2=db12ad19 r3=36fe7cbd r4=852474b5 r5=13 r9=42000 r10=0 r14=25
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e8c9e472    strexd r2, lr, r4, [sb]
expect r2=1 cpsr=a8000030
# ldrexb
set cpsr=18000030 r9=42000 r10=27 r14=86c5e332 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8d9ef4f    ldrexb lr, [sb]
expect r14=4f cpsr=18000030
# ldrexb
set cpsr=48000030 r3=53668b9 r4=956102c3 r6=20000 r7=e1c5a887 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8d36f4f    ldrexb r6, [r3]
expect cpsr=48000030 end=dabt
# ldrexh
set cpsr=48000030 r4=80 r5=3c r9=42000 r10=5b000445 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8d94f5f    ldrexh r4, [sb]
expect r4=cb4f cpsr=48000030
# ldrexh
set cpsr=60000030 r1=7f7f7f7f r2=efef48ec r9=42000 r10=9 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8d91f5f    ldrexh r1, [sb]
expect r1=cb4f cpsr=60000030
# ldrexd
set cpsr=60000030 r5=27 r6=dd091cf5 r7=e r8=4 r9=42000 r10=39e02229 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8d9577f    ldrexd r5, r7, [sb]
expect r5=2591cb4f r7=3c7053c0 cpsr=60000030
# ldrexd
set cpsr=70000030 r0=d471c8e7 r1=c014d737 r5=5155fa11 r6=be951bc0 r9=42000 r10=80000000
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e8d9507f    ldrexd r5, r0, [sb]
expect r0=3c7053c0 r5=2591cb4f cpsr=70000030
# pldw_imm
set cpsr=68000030 r9=42000 r10=80808080
    f8b9f002    pldw [sb, #2]
expect cpsr=68000030
# pldw_imm
set cpsr=80000030 r9=42000 r10=6a30b37d
    f8b9f001    pldw [sb, #1]
expect cpsr=80000030
# sdiv
set cpsr=60000030 r0=6f1bb0e2 r1=b67c1fc3 r9=42000 r10=7fffffff r14=2c
    fb90fef9    sdiv lr, r0, sb
expect r14=1aef cpsr=60000030
# sdiv
set cpsr=d0000030 r6=ff r7=58051e44 r14=53e9472d
    fb9efef6    sdiv lr, lr, r6
expect r14=543d84 cpsr=d0000030
# udiv
set cpsr=8000030 r1=2e626a2d r2=36 r3=d5daeba9 r6=85f7bb04 r7=80008000
    fbb2f1f6    udiv r1, r2, r6
expect r1=0 cpsr=8000030
# udiv
set cpsr=a0000030 r1=3d r2=58274140 r7=20 r8=4 r11=294b8728 r12=88d79c50
    fbbbf1f7    udiv r1, fp, r7
expect r1=14a5c39 cpsr=a0000030
# tst_imm
set cpsr=68000030 r6=a99ccfb0
    f4166f6f    tst.w r6, #0xef0
expect cpsr=8000030
# tst_imm
set cpsr=20000030 r10=31
    f01a4f5a    tst.w sl, #-0x26000000
expect cpsr=60000030
# teq_imm
set cpsr=10000030 r12=3af07603
    f09c3fbe    teq.w ip, #-0x41414142
expect cpsr=90000030
# teq_imm
set cpsr=30 r12=c9a966de
    f09c2f8b    teq.w ip, #-0x74ff7500
expect cpsr=30
# cmn_imm
set cpsr=c8000030 r13=42000
    f51d7fc0    cmn.w sp, #0x180
expect cpsr=8000030
# cmn_imm
set cpsr=b0000030 r3=80808080
    f1137f42    cmn.w r3, #0x3080000
expect cpsr=80000030
# cmp_imm
set cpsr=b8000030 r12=1
    f1bc5fd7    cmp.w ip, #0x1ae00000
expect cpsr=88000030
# cmp_imm
set cpsr=d0000030 r13=42000
    f1bd4f66    cmp.w sp, #-0x1a000000
expect cpsr=30
# adr
set cpsr=58000030 r1=53e9bb5 r2=3b917b0b
    f60f515a    addw r1, pc, #0xd5a
expect r1=10d5e cpsr=58000030
# adr
set cpsr=58000030 r14=1978339c
    f60f0e01    addw lr, pc, #0x801
expect r14=10805 cpsr=58000030
# adr
set cpsr=a8000030 r0=2dda9e18 r1=946a6320
    f2af5012    subw r0, pc, #0x512
expect r0=faf2 cpsr=a8000030
# adr
set cpsr=f0000030 r1=29 r2=a7305295
    f6af11de    subw r1, pc, #0x9de
expect r1=f626 cpsr=f0000030
# bfc
set cpsr=88000030 r1=b42b5910
    f36f1186    bfc r1, #6, #1
expect cpsr=88000030
# strbt_imm
set cpsr=68000030 r9=42000 r14=dd32a32a mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f809ee00    strbt lr, [sb]
expect mem.42000=2591cb2a cpsr=68000030
# strbt_imm
set cpsr=40000030 r1=ffffffff r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8091e00    strbt r1, [sb]
expect mem.42000=2591cbff cpsr=40000030
# strht_imm
set cpsr=20000030 r0=80 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8290e01    strht r0, [sb, #1]
expect mem.42000=2500804f cpsr=20000030
# strht_imm
set cpsr=68000030 r5=8000 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8295e00    strht r5, [sb]
expect mem.42000=25918000 cpsr=68000030
# strt_imm
set cpsr=f0000030 r4=7fffffff r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8494e03    strt r4, [sb, #3]
expect mem.42000=ff91cb4f mem.42004=3c7fffff cpsr=f0000030
# strt_imm
set cpsr=d8000030 r0=3c r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8490e03    strt r0, [sb, #3]
expect mem.42000=3c91cb4f mem.42004=3c000000 cpsr=d8000030
# ldrbt_imm
set cpsr=10000030 r6=dcf5f515 r7=d36a82c0 r9=42000 r10=752f5f78 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f8196e02    ldrbt r6, [sb, #2]
expect r6=91 cpsr=10000030
# ldrbt_imm
set cpsr=58000030 r6=2c r7=9e646570 r9=42000 r10=ff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8196e02    ldrbt r6, [sb, #2]
expect r6=91 cpsr=58000030
# pld_imm
set cpsr=a0000030 r9=42000 r10=18d5110f
    f899f001    pld [sb, #1]
expect cpsr=a0000030
# pld_imm
set cpsr=80000030 r9=42000 r10=7fff
    f899f002    pld [sb, #2]
expect cpsr=80000030
# ldrht_imm
set cpsr=b8000030 r7=5fbd5ca7 r8=4 r9=42000 r10=10 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8397e01    ldrht r7, [sb, #1]
expect r7=91cb cpsr=b8000030
# ldrht_imm
set cpsr=28000030 r4=ffffffff r5=1f r9=42000 r10=3a008928 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8394e02    ldrht r4, [sb, #2]
expect r4=2591 cpsr=28000030
# ldrt_imm
set cpsr=e8000030 r9=42000 r10=38 r14=ffff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f859ee00    ldrt lr, [sb]
expect r14=2591cb4f cpsr=e8000030
# ldrt_imm
set cpsr=18000030 r6=f004c73f r7=8000 r9=42000 r10=64766e7e mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8596e03    ldrt r6, [sb, #3]
expect r6=7053c025 cpsr=18000030
# ldrsbt_imm
set cpsr=20000030 r3=b55cccb4 r4=78fbb282 r9=42000 r10=c7f7a6d7 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f9193e02    ldrsbt r3, [sb, #2]
expect r3=ffffff91 cpsr=20000030
# ldrsbt_imm
set cpsr=20000030 r5=75e50098 r6=ffff r9=42000 r10=3 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9195e03    ldrsbt r5, [sb, #3]
expect r5=25 cpsr=20000030
# pli_imm
set cpsr=a8000030 r9=42000
    f999f001    pli [sb, #1]
expect cpsr=a8000030
# pli_imm
set cpsr=f8000030 r9=42000
    f999f002    pli [sb, #2]
expect cpsr=f8000030
# ldrsht_imm
set cpsr=30000030 r5=22 r6=28 r9=42000 r10=dfbcbe6 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9395e01    ldrsht r5, [sb, #1]
expect r5=ffff91cb cpsr=30000030
# ldrsht_imm
set cpsr=a8000030 r1=20000 r2=98793434 r9=42000 r10=38 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9391e03    ldrsht r1, [sb, #3]
expect r1=ffffc025 cpsr=a8000030
# hint_imm
set cpsr=38000030 r3=b8484f03
    f9b3f663
expect cpsr=38000030
# hint_imm
set cpsr=88000030 r6=3d
    f9b6ff42
expect cpsr=88000030
# tst_reg
set cpsr=40000030 r11=7f7f7f7f r12=32b2bea2
    ea1c5f3b    tst.w ip, fp, ror #20
expect cpsr=20000030
# tst_reg
set cpsr=38000030 r4=20000 r8=4
    ea146f78    tst.w r4, r8, ror #25
expect cpsr=58000030
# teq_reg
set cpsr=50000030 r13=42000
    ea9d2f7d    teq.w sp, sp, ror #9
expect cpsr=10000030
# teq_reg
set cpsr=58000030 r1=21 r11=8b0c7744
    ea9b3f01    teq.w fp, r1, lsl #12
expect cpsr=98000030
# cmn_reg
set cpsr=20000030 r9=42000 r11=0
    eb192fcb    cmn.w sb, fp, lsl #11
expect cpsr=30
# cmn_reg
set cpsr=70000030 r3=35842e82 r9=42000
    eb195f43    cmn.w sb, r3, lsl #21
expect cpsr=80000030
# cmp_reg
set cpsr=b0000030 r7=80008000 r8=4
    ebb75f78    cmp.w r7, r8, ror #21
expect cpsr=a0000030
# cmp_reg
set cpsr=30000030 r4=ceab13ce r5=63c8a8c
    ebb47f95    cmp.w r4, r5, lsr #30
expect cpsr=a0000030
# mla
set cpsr=98000030 r3=0 r4=d4674e3 r7=46a80d87
    fb073304    mla r3, r7, r4, r3
expect r3=5b0f2ab5 cpsr=98000030
# mla
set cpsr=20000030 r5=1 r12=8000 r13=42000 r14=f
    fb0d5e0c    mla lr, sp, ip, r5
expect r14=10000001 cpsr=20000030
# mls
set cpsr=a8000030 r4=1d99c6e7 r6=ffffffff r9=42000
    fb094616    mls r6, sb, r6, r4
expect r6=1d9de6e7 cpsr=a8000030
# mls
set cpsr=e8000030 r9=42000 r11=8132b122 r12=2c r14=80808080
    fb0e9b1c    mls fp, lr, ip, sb
expect r11=e9ee0a00 cpsr=e8000030
# usada8
set cpsr=e8000030 r2=ffff r3=7fff r4=6020d8fd r6=b16ba84a r7=a97fc103 r11=3cab5951 r12=5415e9cf
    fb76320b    usada8 r2, r6, fp, r3
expect r2=810a cpsr=e8000030
# usada8
set cpsr=98000030 r7=3e989a7c r8=4 r10=4 r11=69a3d368 r12=7f r13=42000 r14=2f769c08
    fb77ab0d    usada8 fp, r7, sp, sl
expect r11=1cc cpsr=98000030
# smull
set cpsr=d0000030 r0=20 r4=d3ce5b5f r7=2a r12=de7a3f00
    fb8c4700    smull r4, r7, ip, r0
expect r4=cf47e000 r7=fffffffb cpsr=d0000030
# smull
set cpsr=b8000030 r1=7fff r2=80000001 r4=f75c10e0 r8=4
    fb882104    smull r2, r1, r8, r4
expect r1=ffffffff r2=dd704380 cpsr=b8000030
# umull
set cpsr=d8000030 r1=27 r6=2670491d r11=d614c5b5 r12=ae940dff
    fbacb601    umull fp, r6, ip, r1
expect r6=1a r11=988e21d9 cpsr=d8000030
# umull
set cpsr=b0000030 r0=32 r3=f9055166 r4=326efa33 r7=2973dc05
    fba30704    umull r0, r7, r3, r4
expect r0=b360d352 r7=310efd8f cpsr=b0000030
# smlal
set cpsr=10000030 r4=2c r6=36928147 r7=11 r12=f029d771
    fbc7640c    smlal r6, r4, r7, ip
expect r4=2b r6=2959cfc8 cpsr=10000030
# smlal
set cpsr=58000030 r2=4bb5d92f r8=4 r11=e3b68178 r12=7ca59b88
    fbccb208    smlal fp, r2, ip, r8
expect r2=4bb5d931 r11=d64cef98 cpsr=58000030
# umlal
set cpsr=e0000030 r3=1 r7=ffffffff r12=de6fdddb r14=32986421
    fbe73e0c    umlal r3, lr, r7, ip
expect r3=21902226 r14=110841fb cpsr=e0000030
# umlal
set cpsr=78000030 r0=3e r1=2ab1835d r3=20000
    fbe13003    umlal r3, r0, r1, r3
expect r0=55a1 r3=6bc0000 cpsr=78000030
# umaal
set cpsr=68000030 r2=6345b4d6 r5=5e1fdbdc r12=bb0b4fc7 r13=42000
    fbec526d    umaal r5, r2, ip, sp
expect r2=3038f r5=6a7a70b2 cpsr=68000030
# umaal
set cpsr=60000030 r6=80 r8=4 r11=19713457 r13=42000
    fbedb668    umaal fp, r6, sp, r8
expect r6=0 r11=1981b4d7 cpsr=60000030
# msr_banked
set cpsr=20000030 r0=80000001 r1=59ada7fe
    f3808e30    msr elr_hyp, r0
expect cpsr=20000030 end=undef
# msr_banked
set cpsr=b8000030 r1=80 r2=4
    f3818b20    msr r11_fiq, r1
expect cpsr=b8000030 end=undef
# mrs_banked
set cpsr=40000030 r6=dff1819e r7=3a
    f3fd8620    mrseq r6, lr_fiq
expect cpsr=40000030 end=undef
# mrs_banked
set cpsr=70000030 r6=0 r7=2c
    f3e08630    mrs r6, lr_irq
expect cpsr=70000030 end=undef
# mov_imm
set cpsr=78000030 r14=29
    f45f0e64    movs.w lr, #0xe40000
expect r14=e40000 cpsr=18000030
# mov_imm
set cpsr=38000030 r1=a41b42cc
    f44f2153    mov.w r1, #0xd3000
expect r1=d3000 cpsr=38000030
# mvn_imm
set cpsr=38000030 r7=e3254c04
    f07f0775    mvns r7, #0x75
expect r7=ffffff8a cpsr=b8000030
# mvn_imm
set cpsr=60000030 r6=7f
    f47f56d4    mvns r6, #0x1a80
expect r6=ffffe57f cpsr=80000030
# msr_reg
set cpsr=38000030 r13=42000
    f38d8700    msr cpsr_sxc, sp
expect cpsr=38040030
# msr_reg
set cpsr=a8000030 r0=80000000
    f3808e00    msr cpsr_fsx, r0
expect cpsr=80000030
# mrs
set cpsr=e8000030 r6=7fffffff
    f3ef8600    mrs r6, apsr
expect r6=e8000010 cpsr=e8000030
# mrs
set cpsr=28000030 r0=834cb922
    f3ef8000    mrs r0, apsr
expect r0=28000010 cpsr=28000030
# cps
set cpsr=80000030
    f3af828a
expect cpsr=80000030
# cps
set cpsr=60000030
    f3af8120    cps #0
expect cpsr=60000030
# ldrb_imm
set cpsr=38000030 r4=37089788 r5=2 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f89f4003    ldrb.w r4, [pc, #3]
expect r4=e7 cpsr=38000030
# ldrb_imm
set cpsr=88000030 r5=100 r6=7fffffff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f89f5003    ldrb.w r5, [pc, #3]
expect r5=e7 cpsr=88000030
# ldrh_imm
set cpsr=c8000030 r3=7cb1e741 r4=4bdb3d71 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f83f3003    ldrh.w r3, [pc, #-0x3]
expect r3=3f8 cpsr=c8000030
# ldrh_imm
set cpsr=78000030 r0=faf34577 r1=7fff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8bf0002    ldrh.w r0, [pc, #2]
expect r0=e7ff cpsr=78000030
# ldr_imm
set cpsr=78000030 r1=4c854107 r2=b8bcfeaf mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8df1003    ldr.w r1, [pc, #3]
expect r1=ffdeffe7 cpsr=78000030
# ldr_imm
set cpsr=f8000030 r7=4b36b415 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f85f7002    ldr.w r7, [pc, #-0x2]
expect r7=deff7002 cpsr=f8000030
# ldrsb_imm
set cpsr=88000030 r11=100 r12=2 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f91fb003    ldrsb.w fp, [pc, #-0x3]
expect r11=fffffff9 cpsr=88000030
# ldrsb_imm
set cpsr=f0000030 r5=26d110a r6=ab094633 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f99f5000    ldrsb.w r5, [pc, #0]
expect r5=ffffffff cpsr=f0000030
# ldrsh_imm
set cpsr=d8000030 r1=cf6ea09a r2=6fc941b2 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9bf1000    ldrsh.w r1, [pc, #0]
expect r1=ffffdeff cpsr=d8000030
# ldrsh_imm
set cpsr=88000030 r7=20000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f93f7003    ldrsh.w r7, [pc, #-0x3]
expect r7=3f9 cpsr=88000030
# mov_reg
set cpsr=78000030 r2=3185efbc r7=b4c9a94e
    ea4f2722    asr.w r7, r2, #8
expect r7=3185ef cpsr=78000030
# mov_reg
set cpsr=18000030 r3=0 r5=e4c1de17
    ea4f7503    lsl.w r5, r3, #0x1c
expect r5=0 cpsr=18000030
# mvn_reg
set cpsr=48000030 r1=41cd8b57 r9=42000
    ea7f01d9    mvns.w r1, sb, lsr #3
expect r1=ffff7bff cpsr=88000030
# mvn_reg
set cpsr=f0000030 r2=f3ab1ce3 r4=80
    ea7f4294    mvns.w r2, r4, lsr #18
expect r2=ffffffff cpsr=90000030
# smlad
set cpsr=d8000030 r5=3d r6=af56c5d3 r8=4 r9=42000 r10=f r11=305011b1 r14=88d34d7d
    fb28e51a    smladx r5, r8, sl, lr
expect r5=88d34d7d cpsr=d8000030
# smlad
set cpsr=b8000030 r4=75b11344 r5=8000 r6=3c52e75b r7=450a6b25 r14=10
    fb26e40e    smlad r4, r6, lr, lr
expect r4=fffe75c0 cpsr=b8000030
# smlaw
set cpsr=c8000030 r0=e2061736 r4=30 r5=ff0dbc9a r10=4b6de700
    fb3a4500    smlawb r5, sl, r0, r4
expect r5=6d6c91f cpsr=c8000030
# smlaw
set cpsr=b8000030 r1=3fba7839 r6=38 r9=42000 r13=42000
    fb39161d    smlawt r6, sb, sp, r1
expect r6=3fba7849 cpsr=b8000030
# smlsd
set cpsr=80000030 r3=cf08156c r4=33 r5=c2639d15 r6=17 r13=42000 r14=2f75d8ac
    fb44530d    smlsd r3, r4, sp, r5
expect r3=c269fd15 cpsr=80000030
# smlsd
set cpsr=38000030 r0=0 r1=20000 r6=16 r7=ef7c4b0e r8=4 r14=80000000
    fb46e700    smlsd r7, r6, r0, lr
expect r7=80000000 cpsr=38000030
# smmla
set cpsr=8000030 r1=f6835329 r2=76b9aa79 r7=21 r12=36
    fb51271c    smmlar r7, r1, ip, r2
expect r7=76b9aa77 cpsr=8000030
# smmla
set cpsr=f8000030 r0=19 r2=1eb7f118 r5=1c654ce0 r8=4
    fb528005    smmla r0, r2, r5, r8
expect r0=368462e cpsr=f8000030
# smmls
set cpsr=8000030 r0=1f r2=6a7d4f09 r10=f225fec5 r13=42000 r14=b068c63e
    fb6a2e0d    smmls lr, sl, sp, r2
expect r14=6a7d882c cpsr=8000030
# smmls
set cpsr=18000030 r0=2 r9=42000 r11=80008000 r13=42000
    fb6f9b0d    smmls fp, pc, sp, sb
expect r11=41ffb cpsr=18000030
# smlald
set cpsr=b0000030 r1=193577aa r2=4423b953 r4=7f r5=ffff r7=8cffd2a4 r8=4
    fbc714c1    smlald r1, r4, r7, r1
expect r1=f8aeac5d r4=7e cpsr=b0000030
# smlald
set cpsr=f0000030 r4=7f7f7f7f r5=352831bd r6=21 r7=d307eac1 r9=42000 r10=b2790173 r11=d9de0d04
    fbc946da    smlaldx r4, r6, sb, sl
expect r4=75cea54b cpsr=f0000030
# smlsld
set cpsr=28000030 r2=2f074b98 r3=187b4d40 r4=dde76a74 r11=994b92a9 r12=1f r13=42000
    fbdcb2d3    smlsldx fp, r2, ip, r3
expect r11=994e898e cpsr=28000030
# smlsld
set cpsr=60000030 r3=13 r4=100 r7=1 r8=4 r9=42000 r11=d4680e3a r12=80000001
    fbd8b7c3    smlsld fp, r7, r8, r3
expect r11=d4680e86 cpsr=60000030
# smlaxy
set cpsr=10000030 r2=1 r4=ffffffff r11=2708c932
    fb14241b    smlabt r4, r4, fp, r2
expect r4=ffffd8f9 cpsr=10000030
# smlaxy
set cpsr=78000030 r0=28b6f0b6 r1=80008000 r6=d r10=84ce4c2a
    fb1a0611    smlabt r6, sl, r1, r0
expect r6=2a1f0b6 cpsr=78000030
# smlalxy
set cpsr=68000030 r1=ffffffff r7=1 r12=1c6fa8d3
    fbcc71a7    smlaltb r7, r1, ip, r7
expect r7=1c70 cpsr=68000030
# smlalxy
set cpsr=18000030 r1=31 r6=14 r11=2c
    fbc6bb91    smlalbt fp, fp, r6, r1
expect cpsr=18000030
# strb_imm
set cpsr=70000030 r6=86301eaa r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8096f00    strb r6, [sb, #0]!
expect mem.42000=2591cbaa cpsr=70000030
# strb_imm
set cpsr=10000030 r7=f7c8d19b r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8097f01    strb r7, [sb, #1]!
expect r9=42001 mem.42000=25919b4f cpsr=10000030
# strh_imm
set cpsr=d8000030 r9=42000 r14=c8a8fc7 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f829ec00    strh lr, [sb, #-0x0]
expect mem.42000=25918fc7 cpsr=d8000030
# strh_imm
set cpsr=20000030 r3=5addc4f7 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8293f00    strh r3, [sb, #0]!
expect mem.42000=2591c4f7 cpsr=20000030
# str_imm
set cpsr=38000030 r0=39 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8490b00    str r0, [sb], #0
expect mem.42000=39 cpsr=38000030
# str_imm
set cpsr=18000030 r0=29 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8490c03    str r0, [sb, #-0x3]
expect mem.41ffc=2985 mem.42000=2591cb00 cpsr=18000030
# ldrb_imm
set cpsr=d8000030 r7=4611cf1e r8=4 r9=42000 r10=80000000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8197901    ldrb r7, [sb], #-1
expect r7=4f r9=41fff cpsr=d8000030
# ldrb_imm
set cpsr=c8000030 r1=3d r2=80008000 r9=42000 r10=9 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8191b00    ldrb r1, [sb], #0
expect r1=4f cpsr=c8000030
# ldrh_imm
set cpsr=10000030 r9=42000 r10=fffffffe r14=ff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f839eb02    ldrh lr, [sb], #2
expect r9=42002 r14=cb4f cpsr=10000030
# ldrh_imm
set cpsr=78000030 r9=42000 r10=6e4ded75 r11=f578eb3c r12=fc0f70b1 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f839bd01    ldrh fp, [sb, #-0x1]!
expect r9=41fff r11=4fff cpsr=78000030
# ldr_imm
set cpsr=38000030 r9=42000 r10=0 r14=1d mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f859ed03    ldr lr, [sb, #-0x3]!
expect r9=41ffd r14=4fffc11e cpsr=38000030
# ldr_imm
set cpsr=8000030 r7=1dede8e5 r8=4 r9=42000 r10=66e12b6a mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8597c00    ldr r7, [sb, #-0x0]
expect r7=2591cb4f cpsr=8000030
# ldrsb_imm
set cpsr=c8000030 r7=ffffffff r8=4 r9=42000 r10=19 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9197903    ldrsb r7, [sb], #-3
expect r7=4f r9=41ffd cpsr=c8000030
# ldrsb_imm
set cpsr=88000030 r1=f r2=8000 r9=42000 r10=91bedd33 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9191d02    ldrsb r1, [sb, #-0x2]!
expect r1=ffffffc1 r9=41ffe cpsr=88000030
# ldrsh_imm
set cpsr=b8000030 r6=19 r7=35 r9=42000 r10=ffff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9396f00    ldrsh r6, [sb, #0]!
expect r6=ffffcb4f cpsr=b8000030
# ldrsh_imm
set cpsr=98000030 r2=6712dd2a r3=cb029479 r9=42000 r10=be1b97b7 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f9392c00    ldrsh r2, [sb, #-0x0]
expect r2=ffffcb4f cpsr=98000030
# pkh
set cpsr=60000030 r0=488ee0bb r1=c r5=ffff
    eac50021    pkhtb r0, r5, r1, asr #0x20
expect r0=0 cpsr=60000030
# pkh
set cpsr=18000030 r0=1 r1=e992b9b5 r6=10fafe16
    eac156e0    pkhtb r6, r1, r0, asr #0x17
expect r6=e9920000 cpsr=18000030
# add_imm
set cpsr=f8000030 r0=7f r1=0 r2=d37c663e
    f60110c1    addw r0, r1, #0x9c1
expect r0=9c1 cpsr=f8000030
# add_imm
set cpsr=8000030 r5=4 r6=68a09e9a r7=1f
    f6067588    addw r5, r6, #0xf88
expect r5=68a0ae22 cpsr=8000030
# sub_imm
set cpsr=e0000030 r1=80000001 r6=1
    f6a1265b    subw r6, r1, #0xa5b
expect r6=7ffff5a6 cpsr=e0000030
# sub_imm
set cpsr=40000030 r13=42000 r14=b
    f2ad0e97    subw lr, sp, #0x97
expect r14=41f69 cpsr=40000030
# sbfx
set cpsr=f8000030 r2=5ba0b9c2 r7=2b
    f34237cd    sbfx r7, r2, #0xf, #0xe
expect r7=fffff741 cpsr=f8000030
# ubfx
set cpsr=68000030 r0=2a r8=4
    f3c87003    ubfx r0, r8, #0x1c, #4
expect r0=0 cpsr=68000030
# ubfx
set cpsr=d0000030 r7=7fff r10=1972e329
    f3ca37c0    ubfx r7, sl, #0xf, #1
expect r7=1 cpsr=d0000030
# bfi
set cpsr=e8000030 r5=fffffffe r8=4
    f368055d    bfi r5, r8, #1, #0x1d
expect r5=c0000008 cpsr=e8000030
# bfi
set cpsr=28000030 r14=3c
    f36e5e1f    bfi lr, lr, #0x14, #0xc
expect r14=3c0003c cpsr=28000030
# movw
set cpsr=70000030 r1=1becf380
    f64c417a    movw r1, #0xcc7a
expect r1=cc7a cpsr=70000030
# movw
set cpsr=30 r2=80000001
    f24952ba    movw r2, #0x95ba
expect r2=95ba cpsr=30
# movt
set cpsr=38000030 r14=c6b9db79
    f2ce2eb0    movt lr, #0xe2b0
expect r14=e2b0db79 cpsr=38000030
# movt
set cpsr=8000030 r2=3a
    f6c63268    movt r2, #0x6b68
expect r2=6b68003a cpsr=8000030
# strex
set cpsr=8000030 r1=45bfe1a3 r9=42000 r11=893ac095 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e849b101    strex r1, fp, [sb, #4]
expect r1=1 cpsr=8000030
# strex
set cpsr=18000030 r6=60ee6ffb r9=42000 r14=80008000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8496e03    strex lr, r6, [sb, #0xc]
expect r14=1 cpsr=18000030
# ldrex
set cpsr=30000030 r3=652677e8 r4=3e r9=42000 r10=189c117f mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e8593f03    ldrex r3, [sb, #0xc]
expect r3=65865081 cpsr=30000030
# ldrex
set cpsr=c0000030 r9=42000 r10=2 r11=20000 r12=2ef61b77 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e859bf02    ldrex fp, [sb, #8]
expect r11=17a38090 cpsr=c0000030
# strb_imm
set cpsr=38000030 r5=1e92f92a r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8895000    strb.w r5, [sb]
expect mem.42000=2591cb2a cpsr=38000030
# strb_imm
set cpsr=f8000030 r5=f950ac1c r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8895000    strb.w r5, [sb]
expect mem.42000=2591cb1c cpsr=f8000030
# strh_imm
set cpsr=20000030 r0=a8e8f77 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8a90002    strh.w r0, [sb, #2]
expect mem.42000=8f77cb4f cpsr=20000030
# strh_imm
set cpsr=f0000030 r9=42000 r11=7a552637 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8a9b002    strh.w fp, [sb, #2]
expect mem.42000=2637cb4f cpsr=f0000030
# str_imm
set cpsr=30 r5=f65d07b4 r9=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8c95001    str.w r5, [sb, #1]
expect mem.42000=5d07b44f mem.42004=3c7053f6 cpsr=30
# str_imm
set cpsr=b8000030 r9=42000 r14=29 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    f8c9e002    str.w lr, [sb, #2]
expect mem.42000=29cb4f mem.42004=3c700000 cpsr=b8000030
# ldrb_imm
set cpsr=30000030 r4=19 r5=2e r9=42000 r10=1 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8994001    ldrb.w r4, [sb, #1]
expect r4=cb cpsr=30000030
# ldrb_imm
set cpsr=b0000030 r7=3a958ff9 r8=4 r9=42000 r10=15f0b5ad mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8997000    ldrb.w r7, [sb]
expect r7=4f cpsr=b0000030
# ldrh_imm
set cpsr=c0000030 r6=6d93e638 r7=7641af2a r9=42000 r10=7fffffff mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f8b96001    ldrh.w r6, [sb, #1]
expect r6=91cb cpsr=c0000030
# ldrh_imm
set cpsr=c8000030 r6=126f29a r7=b32949fe r9=42000 r10=a mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8b96000    ldrh.w r6, [sb]
expect r6=cb4f cpsr=c8000030
# ldr_imm
set cpsr=60000030 r2=fffffffe r3=37 r9=42000 r10=fffffffe mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8d92003    ldr.w r2, [sb, #3]
expect r2=7053c025 cpsr=60000030
# ldr_imm
set cpsr=d0000030 r3=a86af560 r4=0 r9=42000 r10=80000001 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f8d93001    ldr.w r3, [sb, #1]
expect r3=c02591cb cpsr=d0000030
# ldrsb_imm
set cpsr=f8000030 r7=ac3eec74 r8=4 r9=42000 r10=fc3e9cec mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9997002    ldrsb.w r7, [sb, #2]
expect r7=ffffff91 cpsr=f8000030
# ldrsb_imm
set cpsr=78000030 r0=2b r1=18 r9=42000 r10=9e7226a4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9990002    ldrsb.w r0, [sb, #2]
expect r0=ffffff91 cpsr=78000030
# ldrsh_imm
set cpsr=58000030 r2=3e r3=1a r9=42000 r10=ffffffff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    f9b92000    ldrsh.w r2, [sb]
expect r2=ffffcb4f cpsr=58000030
# ldrsh_imm
set cpsr=a0000030 r2=203e816f r3=5e0a3dfa r9=42000 r10=5cdb438a mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    f9b92002    ldrsh.w r2, [sb, #2]
expect r2=2591 cpsr=a0000030
# mcrr
set cpsr=30 r1=b1c45ddf r4=2e9aebd2
    ec4413f2    mcrr p3, #0xf, r1, r4, c2
expect cpsr=30 end=undef
# mcrr
set cpsr=50000030 r3=36 r11=c
    ec4b3567    mcrr p5, #6, r3, fp, c7
expect cpsr=50000030 end=undef
# mrrc
set cpsr=20000030 r1=a r3=2c
    ec531003    mrrc p0, #0, r1, r3, c3
expect cpsr=20000030 end=undef
# mrrc
set cpsr=28000030 r1=694e76ab r6=3c
    ec561d1b    mrrc p13, #1, r1, r6, c11
expect cpsr=28000030 end=undef
# mcrr2
set cpsr=50000030 r3=1487161e r7=1
    fc43783b    mcrr2 p8, #3, r7, r3, c11
expect cpsr=50000030 end=undef
# mcrr2
set cpsr=38000030 r1=603ecbad r4=ffff
    fc441113    mcrr2 p1, #1, r1, r4, c3
expect cpsr=38000030 end=undef
# mrrc2
set cpsr=88000030 r0=d0ad5fe r11=1d
    fc5b070c    mrrc2 p7, #0, r0, fp, c12
expect cpsr=88000030 end=undef
# mrrc2
set cpsr=c8000030 r0=43e58a83 r2=20000
    fc52007a    mrrc2 p0, #7, r0, r2, c10
expect cpsr=c8000030 end=undef
# and_imm
set cpsr=18000030 r1=0 r2=31732db6 r5=b r6=e793f5ac
    f4116525    ands r5, r1, #0xa50
expect r5=0 cpsr=58000030
# and_imm
set cpsr=70000030 r2=e7ce105e r3=7f7f7f7f r9=42000 r10=a24c435e
    f00912a0    and r2, sb, #0xa000a0
expect r2=0 cpsr=70000030
# bic_imm
set cpsr=38000030 r1=d2a371ee r9=42000
    f03961f6    bics r1, sb, #0x7b00000
expect r1=42000 cpsr=18000030
# bic_imm
set cpsr=38000030 r0=caf72c9d r14=29dee793
    f4304edb    bics lr, r0, #0x6d80
expect r14=caf7001d cpsr=98000030
# orr_imm
set cpsr=48000030 r4=1a r11=12124078
    f04b347e    orr r4, fp, #0x7e7e7e7e
expect r4=7e7e7e7e cpsr=48000030
# orr_imm
set cpsr=e8000030 r6=14 r7=7f
    f05627c4    orrs r7, r6, #0xc400c400
expect r7=c400c414 cpsr=a8000030
# orn_imm
set cpsr=f8000030 r2=7f7f7f7f r10=38
    f06a0253    orn r2, sl, #0x53
expect r2=ffffffbc cpsr=f8000030
# orn_imm
set cpsr=d0000030 r0=12 r6=7fff
    f06670f2    orn r0, r6, #0x1e40000
expect r0=fe1bffff cpsr=d0000030
# eor_imm
set cpsr=48000030 r6=8ae693ca r11=23
    f48b661f    eor r6, fp, #0x9f0
expect r6=9d3 cpsr=48000030
# eor_imm
set cpsr=b0000030 r5=80008000 r7=771d6b09
    f4851710    eor r7, r5, #0x240000
expect r7=80248000 cpsr=b0000030
# add_imm
set cpsr=88000030 r3=2a r4=204a32fd r14=b347975e
    f50e136d    add.w r3, lr, #0x3b4000
expect r3=b382d75e cpsr=88000030
# add_imm
set cpsr=a8000030 r1=8dfd9abb r2=9a3fb09a r6=ff r7=3a
    f11146b8    adds.w r6, r1, #0x5c000000
expect r6=e9fd9abb cpsr=88000030
# adc_imm
set cpsr=b8000030 r4=ee56047d r5=1d580c4e
    f5547460    adcs r4, r4, #0x380
expect r4=ee5607fe cpsr=88000030
# adc_imm
set cpsr=10000030 r10=1cece92b r11=ebf7cdd2 r14=32
    f14a5e77    adc lr, sl, #0x3dc00000
expect r14=5aace92b cpsr=10000030
# sbc_imm
set cpsr=28000030 r5=4 r10=7fff
    f56a65ff    sbc r5, sl, #0x7f8
expect r5=7807 cpsr=28000030
# sbc_imm
set cpsr=b0000030 r5=7f7f7f7f r14=939979fd
    f56e1578    sbc r5, lr, #0x3e0000
expect r5=935b79fd cpsr=b0000030
# sub_imm
set cpsr=70000030 r2=6f8dc07b r14=5217a928
    f5b26e00    subs.w lr, r2, #0x800
expect r14=6f8db87b cpsr=20000030
# sub_imm
set cpsr=a8000030 r0=1 r4=689356f8
    f1a01473    sub.w r4, r0, #0x730073
expect r4=ff8cff8e cpsr=a8000030
# rsb_imm
set cpsr=d8000030 r7=c72caf71 r12=a3cbc762
    f1dc7725    rsbs.w r7, ip, #0x2940000
expect r7=5ec8389e cpsr=8000030
# rsb_imm
set cpsr=e8000030 r2=162c0291 r4=59cbff3e
    f1c274ec    rsb.w r4, r2, #0x1d80000
expect r4=ebabfd6f cpsr=e8000030
# ssat
set cpsr=18000030 r6=fffffffe
    f3263613    ssat r6, #0x14, r6, asr #0xc
expect r6=ffffffff cpsr=18000030
# ssat
set cpsr=f0000030 r3=100 r8=4
    f328634f    ssat r3, #0x10, r8, asr #0x19
expect r3=0 cpsr=f0000030
# usat
set cpsr=80000030 r0=1f r6=12
    f3a06653    usat r6, #0x13, r0, asr #0x19
expect r6=0 cpsr=80000030
# usat
set cpsr=30 r0=7f7f7f7f r14=12
    f3801e8a    usat lr, #0xa, r0, lsl #6
expect r14=0 cpsr=8000030
# stm
set cpsr=40000030 r1=503820d4 r2=17 r3=5 r4=11 r5=2e r6=5caa7701 r9=42000 r14=21
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e889407e    stm.w sb, {r1, r2, r3, r4, r5, r6, lr}
expect mem.42000=503820d4 mem.42004=17 mem.42008=5 mem.4200c=11 mem.42010=2e mem.42014=5caa7701
expect mem.42018=21 cpsr=40000030
# stm
set cpsr=d0000030 r1=b9a76745 r2=18 r3=2c r5=f5a69ddf r6=45bfa8d r7=bb0acec5 r9=42000 r11=10
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e88908ee    stm.w sb, {r1, r2, r3, r5, r6, r7, fp}
expect mem.42000=b9a76745 mem.42004=18 mem.42008=2c mem.4200c=f5a69ddf mem.42010=45bfa8d
expect mem.42014=bb0acec5 mem.42018=10 cpsr=d0000030
# ldm
set cpsr=b8000030 r1=203a796f r4=1b r9=42000 r10=a9544a4a r14=2 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8994012    ldm.w sb, {r1, r4, lr}
expect r1=2591cb4f r4=3c7053c0 r14=17a38090 cpsr=b8000030
# ldm
set cpsr=e8000030 r2=840e98b9 r4=8a6bbc69 r7=49f45cfa r9=42000 r10=edf56f57 r11=0 r14=89dc2c1
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e8994894    ldm.w sb, {r2, r4, r7, fp, lr}
expect r2=2591cb4f r4=3c7053c0 r7=17a38090 r11=65865081 r14=2faebfcc cpsr=e8000030
# stm
set cpsr=d8000030 r1=6f6f8606 r2=825284f1 r4=37 r5=5fdafe0e r6=47b78e4f r7=4cca2a56 r9=42000
set r11=ffffffff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448
set mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e90908f6    stmdb sb, {r1, r2, r4, r5, r6, r7, fp}
expect mem.41fe4=6f6f8606 mem.41fe8=825284f1 mem.41fec=37 mem.41ff0=5fdafe0e mem.41ff4=47b78e4f
expect mem.41ff8=4cca2a56 mem.41ffc=ffffffff cpsr=d8000030
# stm
set cpsr=b8000030 r1=f90b3388 r2=1f r3=80000000 r5=5d3ba81d r7=34 r9=42000 r12=1f r14=14
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e90952ae    stmdb sb, {r1, r2, r3, r5, r7, sb, ip, lr}
expect mem.41fe0=f90b3388 mem.41fe4=1f mem.41fe8=80000000 mem.41fec=5d3ba81d mem.41ff0=34
expect mem.41ff4=42000 mem.41ff8=1f mem.41ffc=14 cpsr=b8000030
# ldm
set cpsr=c0000030 r0=c96b52a7 r1=35 r6=ff r9=42000 r10=ff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e9390043    ldmdb sb!, {r0, r1, r6}
expect r0=20ccc389 r1=4d65aacb r6=ffc11e85 r9=41ff4 cpsr=c0000030
# ldm
set cpsr=90000030 r0=3 r2=6 r9=42000 r10=20 r14=ff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e9194005    ldmdb sb, {r0, r2, lr}
expect r0=20ccc389 r2=4d65aacb r14=ffc11e85 cpsr=90000030
# strd_imm
set cpsr=80000030 r4=80000000 r5=7fffffff r6=65d48094 r9=42000 r10=38 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8e95400    strd r5, r4, [sb], #0
expect mem.42000=7fffffff mem.42004=80000000 cpsr=80000030
# strd_imm
set cpsr=18000030 r3=a9da417a r4=cbbe4f71 r5=4b6985e7 r6=bf6efe05 r9=42000 r10=0
set mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff
set mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    e8e93502    strd r3, r5, [sb], #8
expect r9=42008 mem.42000=a9da417a mem.42004=4b6985e7 cpsr=18000030
# ldrd_imm
set cpsr=58000030 r1=9e19dd89 r2=3c r7=80000000 r8=4 r9=42000 r10=18 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8797100    ldrd r7, r1, [sb], #-0
expect r1=3c7053c0 r7=2591cb4f cpsr=58000030
# ldrd_imm
set cpsr=b0000030 r5=bb708044 r6=21 r7=a7c3585d r9=42000 r10=21 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e8796500    ldrd r6, r5, [sb], #-0
expect r5=3c7053c0 r6=2591cb4f cpsr=b0000030
# and_reg
set cpsr=30 r2=16672555 r3=ff r6=27 r7=af289091
    ea125666    ands.w r6, r2, r6, asr #21
expect r6=0 cpsr=40000030
# and_reg
set cpsr=78000030 r6=0 r7=f03eb4c3 r8=4
    ea170776    ands.w r7, r7, r6, ror #1
expect r7=0 cpsr=58000030
# bic_reg
set cpsr=e0000030 r0=9fab10bb r7=a7d9ea69 r10=a75eb7ba
    ea20277a    bic.w r7, r0, sl, ror #9
expect r7=2a810a0 cpsr=e0000030
# bic_reg
set cpsr=98000030 r5=b23a41a9 r11=60d402c6 r14=927dbbb7
    ea3e5b85    bics.w fp, lr, r5, lsl #22
expect r11=903dbbb7 cpsr=98000030
# orr_reg
set cpsr=8000030 r1=fb376628 r7=80808080 r14=f
    ea51175e    orrs.w r7, r1, lr, lsr #5
expect r7=fb376628 cpsr=88000030
# orr_reg
set cpsr=98000030 r0=1f r6=20 r12=7fffffff
    ea46509c    orr.w r0, r6, ip, lsr #22
expect r0=1ff cpsr=98000030
# orn_reg
set cpsr=d0000030 r1=fdeed86f r8=4 r11=36
    ea7b6118    orns r1, fp, r8, lsr #24
expect r1=ffffffff cpsr=90000030
# orn_reg
set cpsr=88000030 r0=9ff79d02 r2=c06293ba r13=42000
    ea7d0290    orns r2, sp, r0, lsr #2
expect r2=d80638bf cpsr=a8000030
# eor_reg
set cpsr=c0000030 r1=80000000 r2=e30368f8 r5=afec2b67
    ea957291    eors.w r2, r5, r1, lsr #30
expect r2=afec2b65 cpsr=80000030
# eor_reg
set cpsr=68000030 r4=fb4097b8 r13=42000 r14=fffffffe
    ea9d3e34    eors.w lr, sp, r4, ror #12
expect r14=7b8b9409 cpsr=8000030
# add_reg
set cpsr=c8000030 r8=4 r9=42000 r10=30 r11=1f r12=20
    eb082b6a    add.w fp, r8, sl, asr #9
expect r11=4 cpsr=c8000030
# add_reg
set cpsr=20000030 r1=232f6034 r2=80008000 r5=9ef86cc7 r6=80808080 r14=4036dd8a
    eb156ea1    adds.w lr, r5, r1, asr #26
expect r14=9ef86ccf cpsr=80000030
# adc_reg
set cpsr=b8000030 r0=32 r1=475ba03a r2=dd73a638 r14=feec01a9
    eb50417e    adcs.w r1, r0, lr, ror #17
expect r1=d4ffa9 cpsr=8000030
# adc_reg
set cpsr=60000030 r6=d9ef19c4 r7=7f r8=4 r13=42000 r14=eda0085
    eb47762d    adc.w r6, r7, sp, asr #28
expect r6=80 cpsr=60000030
# sbc_reg
set cpsr=40000030 r3=be9ba611 r11=66f881f8
    eb735be3    sbcs.w fp, r3, r3, asr #23
expect r11=be9ba693 cpsr=80000030
# sbc_reg
set cpsr=88000030 r9=42000 r10=3e r14=a8ae2ad6
    eb794eaa    sbcs.w lr, sb, sl, asr #18
expect r14=41fff cpsr=28000030
# sub_reg
set cpsr=e0000030 r0=4 r4=3e r14=0
    ebbe24d0    subs.w r4, lr, r0, lsr #11
expect r4=0 cpsr=60000030
# sub_reg
set cpsr=30 r2=fe4c94dd r6=21 r14=723fe718
    ebbe02c6    subs.w r2, lr, r6, lsl #3
expect r2=723fe610 cpsr=20000030
# rsb_reg
set cpsr=e8000030 r0=1711d109 r5=a8b1f4e5 r7=2d92564c
    ebd760f5    rsbs r0, r7, r5, ror #27
expect r0=e8ac4669 cpsr=88000030
# rsb_reg
set cpsr=10000030 r6=14 r10=d65f4b19 r13=42000
    ebcd16ea    rsb r6, sp, sl, asr #7
expect r6=ffa89e96 cpsr=10000030
# strd_imm
set cpsr=98000030 r0=20f4b422 r1=3b r2=2ea908c r9=42000 r10=345a6631 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e9e90101    strd r0, r1, [sb, #4]!
expect r9=42004 mem.42004=20f4b422 mem.42008=3b cpsr=98000030
# strd_imm
set cpsr=50000030 r9=42000 r10=921c9ee3 r14=8a8ce316 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    e9e9ee01    strd lr, lr, [sb, #4]!
expect r9=42004 mem.42004=8a8ce316 mem.42008=8a8ce316 cpsr=50000030
# ldrd_imm
set cpsr=30 r7=1 r8=4 r9=42000 r10=80808080 r11=3ffd1fc1 r12=1f mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e959b702    ldrd fp, r7, [sb, #-0x8]
expect r7=ffc11e85 r11=4d65aacb cpsr=30
# ldrd_imm
set cpsr=50000030 r2=e28c7e60 r3=20000 r9=42000 r10=492e32fd mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    e9792202    ldrd r2, r2, [sb, #-0x8]!
expect r2=ffc11e85 r9=41ff8 cpsr=50000030
# mcr
set cpsr=f0000030 r2=43b52a28
    ee272779    mcr p7, #1, r2, c7, c9, #3
expect cpsr=f0000030 end=undef
# mcr
set cpsr=f8000030 r3=2096504b
    ee61319e    mcr p1, #3, r3, c1, c14, #4
expect cpsr=f8000030 end=undef
# mrc
set cpsr=70000030 r6=bd4d0101
    eef465f6    mrc p5, #7, r6, c4, c6, #7
expect cpsr=70000030 end=undef
# mrc
set cpsr=e0000030 r6=36
    eed363de    mrc p3, #6, r6, c3, c14, #6
expect cpsr=e0000030 end=undef
# mcr2
set cpsr=10000030 r2=a904213a
    fec82c98    mcr2 p12, #6, r2, c8, c8, #4
expect cpsr=10000030 end=undef
# mcr2
set cpsr=8000030 r6=e4e9cbed
    fe86685e    mcr2 p8, #4, r6, c6, c14, #2
expect cpsr=8000030 end=undef
# mrc2
set cpsr=b0000030 r3=16
    fed635fb    mrc2 p5, #6, r3, c6, c11, #7
expect cpsr=b0000030 end=undef
# mrc2
set cpsr=b0000030 r0=738dc10c
    fe7c0c39    mrc2 p12, #3, r0, c12, c9, #1
expect cpsr=b0000030 end=undef
# cdp
set cpsr=f8000030
    eee5e08a    cdp p0, #0xe, c14, c5, c10, #4
expect cpsr=f8000030 end=undef
# cdp
set cpsr=68000030
    ee8f9d00    cdp p13, #8, c9, c15, c0, #0
expect cpsr=68000030 end=undef
# cdp2
set cpsr=8000030
    fed597a1    cdp2 p7, #0xd, c9, c5, c1, #5
expect cpsr=8000030 end=undef
# cdp2
set cpsr=18000030
    feb1746f    cdp2 p4, #0xb, c7, c1, c15, #3
expect cpsr=18000030 end=undef
# stc
set cpsr=f8000030 r11=0 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    ed8bbc24    stc p12, c11, [fp, #0x90]
expect cpsr=f8000030 end=undef
# stc
set cpsr=60000030 r3=20 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    ede3c3bd    stcl p3, c12, [r3, #0x2f4]!
expect cpsr=60000030 end=undef
# ldc
set cpsr=a8000030 r3=fecbd7e6 r4=8c6795ce mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    ecd37cfb    ldcl p12, c7, [r3], {0xfb}
expect cpsr=a8000030 end=undef
# ldc
set cpsr=f0000030 r14=bee95602 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    ec3e097c    ldc p9, c0, [lr], #-0x1f0
expect cpsr=f0000030 end=undef
# stc2
set cpsr=30 r7=9ec4f057 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fd07d960    stc2 p9, c13, [r7, #-0x180]
expect cpsr=30 end=undef
# stc2
set cpsr=d8000030 r7=2a mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fca72652    stc2 p6, c2, [r7], #0x148
expect cpsr=d8000030 end=undef
# ldc2
set cpsr=a8000030 r13=42000 r14=7a328457 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fc3ded64    ldc2 p13, c14, [sp], #-0x190
expect cpsr=a8000030 end=undef
# ldc2
set cpsr=f0000030 r6=39 r7=14 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    fd76449a    ldc2l p4, c4, [r6, #-0x268]!
expect cpsr=f0000030 end=undef
