# VFP loads, stores and transfers.  DDI 0406C, A7.6, A7.8, A7.9.
# Two words of each row with operands drawn at random, many of them special; what comes out is as an
# independent implementation has it.
cpu cortex-a15
set r4=594e1645 d22=3cdaba2ebea348b4
    eee64b90    vdup.8 q11, r4
expect d22=4545454545454545 d23=4545454545454545
set r3=a19de2c7 d16=36a0000000000000
    eec03b90    vdup.8 d16, r3
expect d16=c7c7c7c7c7c7c7c7
set r4=94d50928 d12=ff80000080000000
    eeac4b30    vdup.16 q6, r4
expect d12=0928092809280928 d13=0928092809280928
set r3=20ab5e4c d17=000000017fc00001
    ee813bb0    vdup.16 d17, r3
expect d17=5e4c5e4c5e4c5e4c
set fpscr=400000 r4=2f43f38c d22=3cbd30734f000000
    eea64b90    vdup.32 q11, r4
expect d22=2f43f38c2f43f38c d23=2f43f38c2f43f38c
set fpscr=2000000 r4=93644f19 d26=4f000000a839f98f
    ee8a4b90    vdup.32 d26, r4
expect d26=93644f1993644f19
set r4=fb7f90d1 d24=0676bff700000001
    ee084b90    vmov.32 d24[0], r4
expect d24=0676bff7fb7f90d1
set r4=e899cca1 d17=4e343f4141076e00
    ee214b90    vmov.32 d17[1], r4
expect d17=e899cca141076e00
set r4=a952e404 d23=2fc6958c6bfa9a0c
    ee174b90    vmov.32 r4, d23[0]
expect r4=6bfa9a0c
set fpscr=800000 r4=8068ee03 d2=00ff00ffbd6579ac
    ee324b10    vmov.32 r4, d2[1]
expect r4=ff00ff
set fpscr=800000 r4=a6e6da4a r6=cd8100de d8=4f000000c281a6c4 d9=800080007fdddd7e
    ec464a38    vmov s17, s18, r4, r6
expect d8=a6e6da4ac281a6c4 d9=80008000cd8100de
set r3=edc689aa r6=1235b8fe d13=41821666c2bf37a2 d14=410a8bd13f000000
    ec563a1d    vmov r3, r6, s26, s27
expect r3=c2bf37a2 r6=41821666
set r3=a5df608b r7=6a499c67 d28=3d40b3fe3d059dc2
    ec473b3c    vmov d28, r3, r7
expect d28=6a499c67a5df608b
set fpscr=400000 r3=35cee6bf r6=3832fd6a d6=395c7a6854c01545
    ec563b16    vmov r3, r6, d6
expect r3=54c01545 r6=395c7a68
set fpscr=3000000 r4=892127e3 d2=2f7d7d61cf000000
    ee224b70    vmov.16 d2[3], r4
expect d2=27e37d61cf000000
set r4=9750c654 d10=0000000000000001
    ee2a4b30    vmov.16 d10[2], r4
expect d10=0000c65400000001
set r4=c222a1be d27=be9e786b6390ed40
    ee4b4bf0    vmov.8 d27[3], r4
expect d27=be9e786bbe90ed40
set r3=987cb7e0 d31=804b36bcd49898f4
    ee6f3bf0    vmov.8 d31[7], r3
expect d31=e04b36bcd49898f4
set fpscr=2000000 r4=d242e605 d12=0ec8e26324ece175
    ee9c4b70    vmov.u16 r4, d12[1]
expect r4=24ec
set r3=ec45b330 d25=8d3cdf4373de53e2
    ee193bb0    vmov.s16 r3, d25[0]
expect r3=53e2
set fpscr=2000000 r4=f97ac34 d14=8c4827650576cb8c
    ee0e4a10    vmov s28, r4
expect d14=8c4827650f97ac34
set fpscr=2000000 r4=25527f06 d7=ff8000004211d060
    ee174a10    vmov r4, s14
expect r4=4211d060
set fpscr=2000000 r4=c9f3763d d7=3d93bb23bc0d7db6
    ee774b50    vmov.s8 r4, d7[6]
expect r4=ffffff93
set r3=a2fb2c0b
    ee5e3b30    vmov.s8 r3, d14[1]
expect r3=0
set r1=40060 d1=47efffff75fa757e d2=36a0000000000001 d3=7ff0000000000000 d4=c0f8479800000001
set d5=380fffff00000000 d6=b043a684665b8279 mem.4004c=9a8061d mem.40050=8b4059a mem.40054=7cc4946f
set mem.40058=85f96ca0 mem.4005c=4b38cd38
    ed211a05    vstmdb r1!, {s2, s3, s4, s5, s6}
expect r1=4004c mem.4004c=75fa757e mem.40050=47efffff mem.40054=1 mem.40058=36a00000 mem.4005c=0
set r1=40060 d12=c75f90ce00ff00ff d13=800080003f000000 d14=3d25b4c17f800000 d15=cf0000007fff8000
set d16=ff80000072af2b67 d17=ff8000003f000000 mem.40050=7749cf9 mem.40054=b4ff528
set mem.40058=cb68c452 mem.4005c=5b121035
    ed21ca04    vstmdb r1!, {s24, s25, s26, s27}
expect r1=40050 mem.40050=ff00ff mem.40054=c75f90ce mem.40058=3f000000 mem.4005c=80008000
set fpscr=2000000 r1=40060 d5=87506ef770fcb07f d6=5d0385fbf1a0fb1b d7=b27015efddb8b308
set d8=56322e189159a6db d9=7bdc46b685dc954d d10=822b26695e659b2d mem.40048=bcfacf24
set mem.4004c=363c6290 mem.40050=f1c895ab mem.40054=37697aff mem.40058=654c3fdf mem.4005c=c66f90ea
set mem.40060=6d4b3894 mem.40064=96261837 mem.40068=3205b541 mem.4006c=d8a524be mem.40070=f13c91b3
set mem.40074=c086f5f3 mem.40078=99bad3b mem.4007c=1ccbbb63 mem.40080=79f04912 mem.40084=e78a7096
set mem.40088=bf7904b1 mem.4008c=220bb435
    ed315b01    fldmdbx r1!, {d5}
expect end=undef
set fpscr=4000000 r1=40060 d1=5c615b62255e29cd d2=24a9dd43e9843324 d3=96d6b4293f095d4c
set d4=47ac462d1464dd54 d5=316eab3096862d3b d6=53fb084150006487 mem.40048=e15153f6
set mem.4004c=2869a79 mem.40050=44489051 mem.40054=b2ec6f8 mem.40058=65a07411 mem.4005c=874cf58a
set mem.40060=7e2e7c66 mem.40064=1d61bbbe mem.40068=c4ed713b mem.4006c=3c294033 mem.40070=e31a39d
set mem.40074=b926ce2e mem.40078=c6c3d9de mem.4007c=cba93c91 mem.40080=d602667c mem.40084=9cc93c14
set mem.40088=5c81de70 mem.4008c=5225a5bc
    ed311b05    fldmdbx r1!, {d1, d2}
expect r1=4004c d1=4448905102869a79 d2=65a074110b2ec6f8
set fpscr=400000 r1=40060 d0=ffffffffc16341d6 mem.40050=d29599cb mem.40054=e390b101
    ed010b04    vstr d0, [r1, #-0x10]
expect mem.40050=c16341d6 mem.40054=ffffffff
set fpscr=400000 r1=40060 d14=0ee1503a7f800000 mem.40048=c55f2e43 mem.4004c=a1fdf4bb
    ed01eb06    vstr d14, [r1, #-0x18]
expect mem.40048=7f800000 mem.4004c=ee1503a
set r1=40060 d17=80008000c84f7d7b mem.40048=9d834b15 mem.4004c=98fd23e4 mem.40050=23dda40e
set mem.40054=89294419 mem.40058=9a1e2bdd mem.4005c=c7b0cf0 mem.40060=c97e57b8 mem.40064=d3161ffc
set mem.40068=652d06e4 mem.4006c=4a19a939 mem.40070=48e0d428 mem.40074=b279ef9e mem.40078=5d530e47
set mem.4007c=c08fd5e6 mem.40080=626402df mem.40084=55ae27a6 mem.40088=8f51dc40 mem.4008c=78bf547b
    edd11b04    vldr d17, [r1, #0x10]
expect d17=b279ef9e48e0d428
set fpscr=400000 r1=40060 d26=274a535eb9be10d1 mem.40048=209e29e7 mem.4004c=3e1c74d4
set mem.40050=fff8afa1 mem.40054=75e2a7a3 mem.40058=fdb2ee07 mem.4005c=79cbed04 mem.40060=cf7060ff
set mem.40064=76096a10 mem.40068=6f53cf65 mem.4006c=3bcfbb7e mem.40070=777907a2 mem.40074=fa1110f
set mem.40078=d79ac772 mem.4007c=72b001f9 mem.40080=aab24402 mem.40084=4070c8d5 mem.40088=da184928
set mem.4008c=3c29906f
    ed51ab02    vldr d26, [r1, #-8]
expect d26=79cbed04fdb2ee07
set r1=40060 d3=000fffff434d8c3a d4=4bff37c138713b9c d5=49e4cff000000001 d6=3175355400000000
set d7=1d819643a63db121 d8=c1e0000000000000 mem.40060=a536a910 mem.40064=f6443bf6
set mem.40068=e684ddd6 mem.4006c=db263bbb mem.40070=eb9ffd0f mem.40074=5442a1dc
    eca13b06    vstmia r1!, {d3, d4, d5}
expect r1=40078 mem.40060=434d8c3a mem.40064=fffff mem.40068=38713b9c mem.4006c=4bff37c1 mem.40070=1 mem.40074=49e4cff0
set r1=40060 d28=48143978007fffff d29=c893ae473f800000 d30=337742e109e04cfa d31=cad2ca90e06d2fec
set mem.40060=1826aa3a mem.40064=eedd5747 mem.40068=e15b6f5d mem.4006c=e8968fd9
    ecc1cb04    vstmia r1, {d28, d29}
expect mem.40060=7fffff mem.40064=48143978 mem.40068=3f800000 mem.4006c=c893ae47
set r1=40060 d2=767ba2dd7f800000 d3=c815e7a9f198bcb4 d4=7f8000017fff8000 d5=c1f7ca07ffffffff
set d6=398aefcdb65fa646 d7=bf800000caaf4201 mem.40048=69092b78 mem.4004c=ec7a4782
set mem.40050=706c957f mem.40054=23faf3cc mem.40058=b23f30a1 mem.4005c=d153d0e2 mem.40060=b1ffce7d
set mem.40064=e6e09dbc mem.40068=1c67b3cf mem.4006c=2c2d72c3 mem.40070=4d5cb61c mem.40074=437fb29f
set mem.40078=bfbe8d96 mem.4007c=1b408218 mem.40080=78c08386 mem.40084=ad4d79ec mem.40088=1d1638df
set mem.4008c=bbe0428a
    ec912b06    vldmia r1, {d2, d3, d4}
expect d2=e6e09dbcb1ffce7d d3=2c2d72c31c67b3cf d4=437fb29f4d5cb61c
set r1=40060 d0=3ff0000036a42488 d1=1f80f25dab1ad744 d2=c1e0000000000001 d3=3ff00000b76bc7e4
set d4=fff40000085dbe29 d5=c12050967f4dcd48 mem.40048=5a4f4d47 mem.4004c=4fb490e6
set mem.40050=444e3ebc mem.40054=9b63798e mem.40058=fad60208 mem.4005c=44ede339 mem.40060=8f90ed55
set mem.40064=9e2d92f7 mem.40068=314c722f mem.4006c=d3ac3b8b mem.40070=82c8e8f2 mem.40074=9dfb411
set mem.40078=c4ecb34d mem.4007c=a87e3aeb mem.40080=c16b845 mem.40084=a6dd62c4 mem.40088=d35a4d23
set mem.4008c=a92d5757
    ec910a06    vldmia r1, {s0, s1, s2, s3, s4, s5}
expect d0=9e2d92f78f90ed55 d1=d3ac3b8b314c722f d2=09dfb41182c8e8f2
