# Each row of t16.decode that is neither a branch nor changes more than User mode may: operands
# drawn at random, results on which qemu-system-arm agrees.
# Written by: random-arm --cases 2 --set t16 --against qemu
cpu cortex-a15 thumb
# yield
set cpsr=70000030
    bf10        yield 
expect cpsr=70000030
# yield
set cpsr=68000030
    bf10        yield 
expect cpsr=68000030
# wfe
set cpsr=c0000030
    bf20        wfe 
expect cpsr=c0000030
# wfe
set cpsr=b0000030
    bf20        wfe 
expect cpsr=b0000030
# sev
set cpsr=48000030
    bf40        sev 
expect cpsr=48000030
# sev
set cpsr=70000030
    bf40        sev 
expect cpsr=70000030
# nop
set cpsr=c8000030
    bfd0        hint #0xd
expect cpsr=c8000030
# nop
set cpsr=48000030
    bf50        hint #5
expect cpsr=48000030
# setend
set cpsr=68000030
    b658        setend be
expect cpsr=68000230
# setend
set cpsr=88000030
    b650        setend le
expect cpsr=88000030
# cps
set cpsr=80000030
    b664        cpsie a
expect cpsr=80000030
# cps
set cpsr=28000030
    b670        cpsid none
expect cpsr=28000030
# sxth
set cpsr=38000030 r1=c76772b3 r3=9d8200ae
    b20b        sxth r3, r1
expect r3=72b3 cpsr=38000030
# sxth
set cpsr=58000030 r1=7fffffff r5=dcc2b95a
    b229        sxth r1, r5
expect r1=ffffb95a cpsr=58000030
# sxtb
set cpsr=b0000030 r3=445ed4e5
    b25b        sxtb r3, r3
expect r3=ffffffe5 cpsr=b0000030
# sxtb
set cpsr=30 r5=16 r6=4
    b275        sxtb r5, r6
expect r5=4 cpsr=30
# uxth
set cpsr=88000030 r1=3e r2=43b980f5
    b291        uxth r1, r2
expect r1=80f5 cpsr=88000030
# uxth
set cpsr=50000030 r0=18 r7=42000
    b2b8        uxth r0, r7
expect r0=2000 cpsr=50000030
# uxtb
set cpsr=50000030 r0=80000000 r5=2b
    b2c5        uxtb r5, r0
expect r5=0 cpsr=50000030
# uxtb
set cpsr=e8000030 r0=8000 r2=1f
    b2c2        uxtb r2, r0
expect r2=0 cpsr=e8000030
# rev
set cpsr=8000030 r2=7fffffff r6=4
    ba32        rev r2, r6
expect r2=4000000 cpsr=8000030
# rev
set cpsr=a0000030 r1=21 r4=20
    ba21        rev r1, r4
expect r1=20000000 cpsr=a0000030
# rev16
set cpsr=c8000030 r3=a r4=b618b558
    ba5c        rev16 r4, r3
expect r4=a00 cpsr=c8000030
# rev16
set cpsr=e8000030 r4=c269901 r6=4
    ba74        rev16 r4, r6
expect r4=400 cpsr=e8000030
# revsh
set cpsr=e0000030 r0=e4b0612c r4=fb1301c1
    bae0        revsh r0, r4
expect r0=ffffc101 cpsr=e0000030
# revsh
set cpsr=28000030 r2=20 r3=8f1451e2
    bad3        revsh r3, r2
expect r3=2000 cpsr=28000030
# and_reg
set cpsr=20000030 r0=a r1=9d26a7c1
    4000        ands r0, r0
expect cpsr=20000030
# and_reg
set cpsr=70000030 r2=1f r3=22 r5=debdacdc r6=4
    402a        ands r2, r5
expect r2=1c cpsr=30000030
# eor_reg
set cpsr=98000030 r2=8000 r7=42000
    407a        eors r2, r7
expect r2=4a000 cpsr=18000030
# eor_reg
set cpsr=b0000030 r0=9082f640 r6=4
    4070        eors r0, r6
expect r0=9082f644 cpsr=b0000030
# mov_rsr
set cpsr=d8000030 r3=80000000 r5=7fffffff
    409d        lsls r5, r3
expect cpsr=18000030
# mov_rsr
set cpsr=e8000030 r0=80000001 r3=0
    4083        lsls r3, r0
expect cpsr=48000030
# mov_rsr
set cpsr=80000030 r4=80 r5=2bbced7
    40e5        lsrs r5, r4
expect r5=0 cpsr=40000030
# mov_rsr
set cpsr=c0000030 r2=80000001 r7=42000
    40fa        lsrs r2, r7
expect cpsr=80000030
# mov_rsr
set cpsr=e0000030 r0=5ade30af r3=80000001
    4103        asrs r3, r0
expect r3=ffffffff cpsr=a0000030
# mov_rsr
set cpsr=a0000030 r1=5af151ae r3=2a
    4119        asrs r1, r3
expect r1=0 cpsr=40000030
# adc_reg
set cpsr=b0000030 r5=6cafa5e1 r6=4
    416d        adcs r5, r5
expect r5=d95f4bc3 cpsr=90000030
# adc_reg
set cpsr=8000030 r0=12015f4c r1=795879f1 r5=80008000 r6=4
    4168        adcs r0, r5
expect r0=9201df4c cpsr=88000030
# sbc_reg
set cpsr=a8000030 r5=1
    41ad        sbcs r5, r5
expect r5=0 cpsr=68000030
# sbc_reg
set cpsr=58000030 r0=2d r7=42000
    41b8        sbcs r0, r7
expect r0=fffbe02c cpsr=88000030
# mov_rsr
set cpsr=b0000030 r4=1f r7=42000
    41fc        rors r4, r7
expect cpsr=30000030
# mov_rsr
set cpsr=d0000030 r4=8000 r6=4
    41f4        rors r4, r6
expect r4=800 cpsr=10000030
# tst_reg
set cpsr=98000030 r7=42000
    423f        tst r7, r7
expect cpsr=18000030
# tst_reg
set cpsr=18000030 r1=70ba9622 r4=93bc5f9
    4221        tst r1, r4
expect cpsr=18000030
# rsb_imm
set cpsr=70000030 r1=ae804f08 r6=4
    4271        rsbs r1, r6, #0
expect r1=fffffffc cpsr=80000030
# rsb_imm
set cpsr=30 r1=f534c8d2 r2=d73c3f6b
    4251        rsbs r1, r2, #0
expect r1=28c3c095 cpsr=30
# cmp_reg
set cpsr=d8000030 r3=ffff r6=4
    429e        cmp r6, r3
expect cpsr=88000030
# cmp_reg
set cpsr=98000030 r3=693cc8ca
    429b        cmp r3, r3
expect cpsr=68000030
# cmn_reg
set cpsr=50000030 r5=3e r7=42000
    42fd        cmn r5, r7
expect cpsr=30
# cmn_reg
set cpsr=60000030 r1=10 r3=7fff
    42d9        cmn r1, r3
expect cpsr=30
# orr_reg
set cpsr=b8000030 r0=13974a47 r3=26
    4303        orrs r3, r0
expect r3=13974a67 cpsr=38000030
# orr_reg
set cpsr=c8000030 r0=a523dbae r2=3c
    4302        orrs r2, r0
expect r2=a523dbbe cpsr=88000030
# mul
set cpsr=b0000030 r1=2b r6=4
    4371        muls r1, r6, r1
expect r1=ac cpsr=30000030
# mul
set cpsr=18000030 r1=100 r3=34
    4359        muls r1, r3, r1
expect r1=3400 cpsr=18000030
# bic_reg
set cpsr=b0000030 r3=20
    439b        bics r3, r3
expect r3=0 cpsr=70000030
# bic_reg
set cpsr=f8000030 r4=20000 r6=4
    43b4        bics r4, r6
expect cpsr=38000030
# mvn_reg
set cpsr=38000030 r2=e84b1d07 r3=80008000
    43d3        mvns r3, r2
expect r3=17b4e2f8 cpsr=38000030
# mvn_reg
set cpsr=c0000030 r0=31 r1=23
    43c1        mvns r1, r0
expect r1=ffffffce cpsr=80000030
# add_imm
set cpsr=58000030
    b059        add sp, #0x164
expect r13=42164 cpsr=58000030
# add_imm
set cpsr=e8000030
    b018        add sp, #0x60
expect r13=42060 cpsr=e8000030
# sub_imm
set cpsr=58000030
    b0bc        sub sp, #0xf0
expect r13=41f10 cpsr=58000030
# sub_imm
set cpsr=68000030
    b0ce        sub sp, #0x138
expect r13=41ec8 cpsr=68000030
# add_reg
set cpsr=18000030 r6=4 r7=42000 r10=ec61f994 r11=7
    4456        add r6, sl
expect r6=ec61f998 cpsr=18000030
# add_reg
set cpsr=28000030 r6=4 r7=42000 r14=26
    4476        add r6, lr
expect r6=2a cpsr=28000030
# cmp_reg
set cpsr=40000030 r3=491c1da1 r9=42000
    454b        cmp r3, sb
expect cpsr=20000030
# cmp_reg
set cpsr=50000030 r6=4 r12=80808080
    45b4        cmp ip, r6
expect cpsr=a0000030
# mov_reg
set cpsr=28000030 r5=2 r11=b8c9469
    465d        mov r5, fp
expect r5=b8c9469 cpsr=28000030
# mov_reg
set cpsr=88000030 r3=88958d18 r10=e
    4653        mov r3, sl
expect r3=e cpsr=88000030
# add_reg
set cpsr=68000030 r0=a159214e r1=7ad7532e r2=6923d907 r3=3957e9fc r4=8
    1819        adds r1, r3, r0
expect r1=dab10b4a cpsr=88000030
# add_reg
set cpsr=60000030 r0=2d r1=11 r2=21 r3=11dd7e6d r5=ca53dcb r6=4
    1815        adds r5, r2, r0
expect r5=4e cpsr=30
# sub_reg
set cpsr=f0000030 r1=d r6=4 r7=42000
    1bb9        subs r1, r7, r6
expect r1=41ffc cpsr=20000030
# sub_reg
set cpsr=50000030 r0=19 r2=a1d523ca r3=d53af3cb
    1a13        subs r3, r2, r0
expect r3=a1d523b1 cpsr=a0000030
# add_imm
set cpsr=c8000030 r2=f55f7161 r3=6006729e r5=2 r6=4
    1d15        adds r5, r2, #4
expect r5=f55f7165 cpsr=88000030
# add_imm
set cpsr=e8000030 r3=7fd4d19d r4=21 r5=25c2b97a
    1c63        adds r3, r4, #1
expect r3=22 cpsr=8000030
# sub_imm
set cpsr=98000030 r0=b9d8704e r5=7f
    1fe8        subs r0, r5, #7
expect r0=78 cpsr=28000030
# sub_imm
set cpsr=78000030 r1=ef3f5081 r2=6
    1f91        subs r1, r2, #6
expect r1=0 cpsr=68000030
# str_reg
set cpsr=58000030 r5=fffffffe r6=4 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    51bd        str r5, [r7, r6]
expect mem.42004=fffffffe cpsr=58000030
# str_reg
set cpsr=a0000030 r0=3475c718 r5=8000 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    5178        str r0, [r7, r5]
expect cpsr=a0000030 end=dabt
# strh_reg
set cpsr=40000030 r3=8fd1396b r6=4 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    53bb        strh r3, [r7, r6]
expect mem.42004=3c70396b cpsr=40000030
# strh_reg
set cpsr=10000030 r5=7fffffff r6=4 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    53bd        strh r5, [r7, r6]
expect mem.42004=3c70ffff cpsr=10000030
# strb_reg
set cpsr=70000030 r3=ffffffff r6=4 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    55bb        strb r3, [r7, r6]
expect mem.42004=3c7053ff cpsr=70000030
# strb_reg
set cpsr=38000030 r2=80 r6=4 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    55ba        strb r2, [r7, r6]
expect mem.42004=3c705380 cpsr=38000030
# ldrsb_reg
set cpsr=f8000030 r1=4890fe7a r2=1 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    57b9        ldrsb r1, [r7, r6]
expect r1=ffffffc0 cpsr=f8000030
# ldrsb_reg
set cpsr=a8000030 r2=1f r3=3db60a46 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    57ba        ldrsb r2, [r7, r6]
expect r2=ffffffc0 cpsr=a8000030
# ldr_reg
set cpsr=48000030 r1=207f5e32 r2=3a r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    59b9        ldr r1, [r7, r6]
expect r1=3c7053c0 cpsr=48000030
# ldr_reg
set cpsr=b0000030 r4=5 r5=80000000 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    59bc        ldr r4, [r7, r6]
expect r4=3c7053c0 cpsr=b0000030
# ldrh_reg
set cpsr=48000030 r1=bb96ce02 r2=70b9fad5 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    5bb9        ldrh r1, [r7, r6]
expect r1=53c0 cpsr=48000030
# ldrh_reg
set cpsr=80000030 r3=7fff r4=19 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    5bbb        ldrh r3, [r7, r6]
expect r3=53c0 cpsr=80000030
# ldrb_reg
set cpsr=48000030 r5=1f362306 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    5dbd        ldrb r5, [r7, r6]
expect r5=c0 cpsr=48000030
# ldrb_reg
set cpsr=80000030 r1=6ef8632c r2=8729bbf6 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    5db9        ldrb r1, [r7, r6]
expect r1=c0 cpsr=80000030
# ldrsh_reg
set cpsr=30000030 r3=7f r4=aafa9651 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    5fbb        ldrsh r3, [r7, r6]
expect r3=53c0 cpsr=30000030
# ldrsh_reg
set cpsr=8000030 r5=22 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    5fbd        ldrsh r5, [r7, r6]
expect r5=53c0 cpsr=8000030
# stm
set cpsr=e8000030 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448
set mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    b52d        push {r0, r2, r3, r5, lr}
expect r13=41fec mem.41fec=0 mem.41ff0=0 mem.41ff4=0 mem.41ff8=0 mem.41ffc=0 cpsr=e8000030
# stm
set cpsr=20000030 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448
set mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    b549        push {r0, r3, r6, lr}
expect r13=41ff0 mem.41ff0=0 mem.41ff4=0 mem.41ff8=0 mem.41ffc=0 cpsr=20000030
# ldm
set cpsr=10000030 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448
set mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    bcc8        pop {r3, r6, r7}
expect r3=2591cb4f r6=3c7053c0 r7=17a38090 r13=4200c cpsr=10000030
# ldm
set cpsr=e8000030 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448
set mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f
set mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc
set mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    bcb8        pop {r3, r4, r5, r7}
expect r3=2591cb4f r4=3c7053c0 r5=17a38090 r7=65865081 r13=42010 cpsr=e8000030
# mov_imm
set cpsr=b8000030 r0=6a634e33
    20e8        movs r0, #0xe8
expect r0=e8 cpsr=38000030
# mov_imm
set cpsr=d8000030 r3=24
    2309        movs r3, #9
expect r3=9 cpsr=18000030
# cmp_imm
set cpsr=f0000030 r3=a58ada64
    2bba        cmp r3, #0xba
expect cpsr=a0000030
# cmp_imm
set cpsr=a8000030 r0=10cc9a7a
    2846        cmp r0, #0x46
expect cpsr=28000030
# add_imm
set cpsr=88000030 r2=12 r3=1ae84c1d
    32b3        adds r2, #0xb3
expect r2=c5 cpsr=8000030
# add_imm
set cpsr=a8000030 r4=703cad51 r5=c
    34eb        adds r4, #0xeb
expect r4=703cae3c cpsr=8000030
# sub_imm
set cpsr=78000030 r3=c
    3bf2        subs r3, #0xf2
expect r3=ffffff1a cpsr=88000030
# sub_imm
set cpsr=68000030 r3=d
    3bea        subs r3, #0xea
expect r3=ffffff23 cpsr=88000030
# ldr_imm
set cpsr=c8000030 r0=1f49692a r1=a993a5f9 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    4802        ldr r0, [pc, #8]
expect r0=e7ffdeff cpsr=c8000030
# ldr_imm
set cpsr=c8000030 r4=5c918835 r5=6 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    4c03        ldr r4, [pc, #0xc]
expect r4=e7ffdeff cpsr=c8000030
# str_imm
set cpsr=88000030 r5=26 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    603d        str r5, [r7]
expect mem.42000=26 cpsr=88000030
# str_imm
set cpsr=b8000030 r5=628b781e r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    607d        str r5, [r7, #4]
expect mem.42004=628b781e cpsr=b8000030
# ldr_imm
set cpsr=40000030 r2=a0e188d3 r3=5 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    683a        ldr r2, [r7]
expect r2=2591cb4f cpsr=40000030
# ldr_imm
set cpsr=c8000030 r5=64747f13 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    68fd        ldr r5, [r7, #0xc]
expect r5=65865081 cpsr=c8000030
# str_imm
set cpsr=58000030 r0=5c0fc6ec mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    9002        str r0, [sp, #8]
expect mem.42008=5c0fc6ec cpsr=58000030
# str_imm
set cpsr=20000030 r0=f8a605ff mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    9003        str r0, [sp, #0xc]
expect mem.4200c=f8a605ff cpsr=20000030
# ldr_imm
set cpsr=90000030 r3=f r4=94e974fe mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    9b03        ldr r3, [sp, #0xc]
expect r3=65865081 cpsr=90000030
# ldr_imm
set cpsr=f8000030 r1=bdf71b01 r2=1e mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    9902        ldr r1, [sp, #8]
expect r1=17a38090 cpsr=f8000030
# adr
set cpsr=70000030 r0=d1896fe1 r1=f3f1366e
    a026        adr r0, #0x98
expect r0=1009c cpsr=70000030
# adr
set cpsr=48000030 r4=16 r5=30
    a489        adr r4, #0x224
expect r4=10228 cpsr=48000030
# add_imm
set cpsr=c0000030 r2=50bdcdc3 r3=1c2df946
    aa5f        add r2, sp, #0x17c
expect r2=4217c cpsr=c0000030
# add_imm
set cpsr=50000030 r1=b2e808c r2=d17795e5
    a9cc        add r1, sp, #0x330
expect r1=42330 cpsr=50000030
# strb_imm
set cpsr=58000030 r1=3e r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    7079        strb r1, [r7, #1]
expect mem.42000=25913e4f cpsr=58000030
# strb_imm
set cpsr=e0000030 r5=40ddb930 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    70fd        strb r5, [r7, #3]
expect mem.42000=3091cb4f cpsr=e0000030
# ldrb_imm
set cpsr=e0000030 r3=6a6dbe47 r4=9 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    78bb        ldrb r3, [r7, #2]
expect r3=91 cpsr=e0000030
# ldrb_imm
set cpsr=d8000030 r5=7bf34ae4 r6=4 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    787d        ldrb r5, [r7, #1]
expect r5=cb cpsr=d8000030
# strh_imm
set cpsr=70000030 r3=7c136f4d r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    80bb        strh r3, [r7, #4]
expect mem.42004=3c706f4d cpsr=70000030
# strh_imm
set cpsr=88000030 r1=4 r7=42000 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb mem.41fe8=b8672f8c
set mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb mem.41ffc=ffc11e85
set mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090 mem.4200c=65865081
set mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed mem.4201c=ab7479fc
    80b9        strh r1, [r7, #4]
expect mem.42004=3c700004 cpsr=88000030
# ldrh_imm
set cpsr=28000030 r3=39 r4=60395ec8 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    887b        ldrh r3, [r7, #2]
expect r3=2591 cpsr=28000030
# ldrh_imm
set cpsr=98000030 r0=25 r1=80808080 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    8838        ldrh r0, [r7]
expect r0=cb4f cpsr=98000030
# stm
set cpsr=d0000030 r1=6 r2=6ce51e6d r3=ad4dfa45 r4=76cd1d8f r6=4 r7=42000 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    c75e        stm r7!, {r1, r2, r3, r4, r6}
expect r7=42014 mem.42000=6 mem.42004=6ce51e6d mem.42008=ad4dfa45 mem.4200c=76cd1d8f mem.42010=4
expect cpsr=d0000030
# stm
set cpsr=18000030 r3=e1f23466 r4=80000000 r5=fffffffe r7=42000 mem.41fe0=6ac1f425
set mem.41fe4=ff4780eb mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389
set mem.41ff8=4d65aacb mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0
set mem.42008=17a38090 mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47
set mem.42018=5876aaed mem.4201c=ab7479fc
    c738        stm r7!, {r3, r4, r5}
expect r7=4200c mem.42000=e1f23466 mem.42004=80000000 mem.42008=fffffffe cpsr=18000030
# ldm
set cpsr=98000030 r0=3677604e r1=0 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    cf03        ldm r7!, {r0, r1}
expect r0=2591cb4f r1=3c7053c0 r7=42008 cpsr=98000030
# ldm
set cpsr=e0000030 r4=7d7f003 r7=42000 r8=4 mem.41fe0=6ac1f425 mem.41fe4=ff4780eb
set mem.41fe8=b8672f8c mem.41fec=eebc1448 mem.41ff0=77eff mem.41ff4=20ccc389 mem.41ff8=4d65aacb
set mem.41ffc=ffc11e85 mem.42000=2591cb4f mem.42004=3c7053c0 mem.42008=17a38090
set mem.4200c=65865081 mem.42010=2faebfcc mem.42014=634e1e47 mem.42018=5876aaed
set mem.4201c=ab7479fc
    cf10        ldm r7!, {r4}
expect r4=2591cb4f r7=42004 cpsr=e0000030
# mov_reg
set cpsr=38000030 r2=ff r3=8000
    0cda        lsrs r2, r3, #0x13
expect r2=0 cpsr=58000030
# mov_reg
set cpsr=30000030 r5=7 r6=4
    17b5        asrs r5, r6, #0x1e
expect r5=0 cpsr=50000030
