/* SPDX-License-Identifier: MIT */
/*
 * MMX, SSE and AVX as the system sees them: when they are there (CR0.EM, CR0.TS, CR4.OSFXSR, CR4.OSXSAVE,
 * XCR0), operands that must be aligned, #XM, MXCSR, upper halves, masked accesses and gathers beside
 * pages that are not there.  SDM 1, 11.5, 14.8 to 14.12; SDM 3A, 13.1, 13.5.
 */
#include "sys.h"
    .intel_syntax noprefix
    .code16
    .globl _start
    .set CODE, 0x08
    .set DATA, 0x10
    .set PAGES, 0x10000
    .set EDGE, 0x400000             /* from here on nothing is mapped */
_start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    lgdt [gdtr]
    mov eax, 0x11
    mov cr0, eax
    ljmp CODE, offset protected
    .code32
protected:
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x7000
    mov edi, offset idt
    mov eax, offset stubs
    mov ecx, 20
1:  mov [edi], ax
    mov word ptr [edi + 2], CODE
    mov dword ptr [edi + 4], 0x8e00
    add edi, 8
    add eax, 32
    loop 1b
    lidt [idtr]
    mov edi, PAGES
    xor eax, eax
    mov ecx, 1024
    rep stosd
    mov dword ptr [PAGES], 0x83
    mov eax, PAGES
    mov cr3, eax
    mov eax, 0x10                   /* PSE */
    mov cr4, eax
    mov eax, 0x80000011
    mov cr0, eax

#define TRY(next)  mov dword ptr [vector], 0x99; mov dword ptr [error], 0x99; mov dword ptr [resume], offset next
#define EXPECT(v, e, at) CHECK(dword ptr [vector], v); CHECK(dword ptr [error], e); CHECK(dword ptr [saved_eip], offset at)
#define QUIET      CHECK(dword ptr [vector], 0x99)
#define NONE 0x77
#define SET_CR4(v) mov eax, v; mov cr4, eax
#define SET_CR0(v) mov eax, v; mov cr0, eax

    /* ---- when they are there */
    TRY(2f)
u1: addps xmm0, xmm1
2:  EXPECT(6, NONE, u1)
    TRY(2f)
    pxor mm0, mm0                   /* MMX asks nothing of CR4 */
2:  QUIET
    SET_CR4(0x210)                  /* OSFXSR */
    TRY(2f)
    addps xmm0, xmm1
2:  QUIET
    SET_CR0(0x80000019)             /* TS */
    TRY(2f)
u2: addps xmm0, xmm1
2:  EXPECT(7, NONE, u2)
    TRY(2f)
u3: paddb mm0, mm1
2:  EXPECT(7, NONE, u3)
    TRY(2f)
u4: emms
2:  EXPECT(7, NONE, u4)
    SET_CR0(0x80000015)             /* EM */
    TRY(2f)
u5: addps xmm0, xmm1
2:  EXPECT(6, NONE, u5)
    TRY(2f)
u6: paddb mm0, mm1
2:  EXPECT(6, NONE, u6)
    SET_CR0(0x80000011)
    TRY(2f)
u7: vaddps xmm0, xmm0, xmm1         /* OSXSAVE is clear */
2:  EXPECT(6, NONE, u7)
    SET_CR4(0x40210)
    TRY(2f)
u8: vaddps xmm0, xmm0, xmm1         /* XCR0 has x87 alone */
2:  EXPECT(6, NONE, u8)
    xor ecx, ecx
    xor edx, edx
    mov eax, 7
    xsetbv
    TRY(2f)
    vaddps xmm0, xmm0, xmm1
2:  QUIET
    SET_CR0(0x80000019)
    TRY(2f)
u9: vaddps ymm0, ymm0, ymm1
2:  EXPECT(7, NONE, u9)
    SET_CR0(0x80000011)

    /* ---- alignment */
    TRY(2f)
a1: movaps xmm0, [data + 8]
2:  EXPECT(13, 0, a1)
    TRY(2f)
a2: movntdq [data + 4], xmm0
2:  EXPECT(13, 0, a2)
    TRY(2f)
a3: paddd xmm0, [data + 1]
2:  EXPECT(13, 0, a3)
    TRY(2f)
    movups xmm0, [data + 1]
    addss xmm0, [data + 1]
    pcmpistri xmm0, [data + 1], 0
    vpaddd xmm0, xmm0, [data + 1]
    vaddps ymm0, ymm0, [data + 1]
    vmovaps xmm0, [data + 16]
2:  QUIET
    TRY(2f)
a4: vmovaps ymm0, [data + 16]
2:  EXPECT(13, 0, a4)
    TRY(2f)
a5: vmovntdq [data + 16], ymm0
2:  EXPECT(13, 0, a5)

    /* ---- MXCSR */
    TRY(2f)
m1: ldmxcsr [bad_mxcsr]
2:  EXPECT(13, 0, m1)
    TRY(2f)
m2: ldmxcsr [mm_mxcsr]
2:  EXPECT(13, 0, m2)
    stmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x1f80)
    movss xmm0, [one]
    divss xmm0, [three]
    stmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x1fa0)  /* inexact */
    xorps xmm1, xmm1
    movss xmm0, [one]
    divss xmm0, xmm1
    stmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x1fa4)  /* and by zero */
    mov dword ptr [scratch], 0x5f80     /* upwards */
    ldmxcsr [scratch]
    movss xmm0, [one]
    divss xmm0, [three]
    movd ebx, xmm0
    CHECK(ebx, 0x3eaaaaab)
    vstmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x5fa0)
    mov dword ptr [scratch], 0x3f80     /* downwards */
    vldmxcsr [scratch]
    movss xmm0, [one]
    divss xmm0, [three]
    movd ebx, xmm0
    CHECK(ebx, 0x3eaaaaaa)
    mov dword ptr [scratch], 0x9fc0     /* FTZ, DAZ */
    ldmxcsr [scratch]
    movss xmm0, [tiny]
    addss xmm0, xmm0
    movd ebx, xmm0
    CHECK(ebx, 0)
    comiss xmm0, [tiny]                 /* which is zero, then */
    setz bl
    movzx ebx, bl
    CHECK(ebx, 1)
    stmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x9fc0)

    /* ---- #XM: registers and memory stay, the flag is set */
    SET_CR4(0x40610)                    /* OSXMMEXCPT */
    mov dword ptr [scratch], 0x1d80     /* division by zero is unmasked */
    ldmxcsr [scratch]
    movaps xmm0, [ones]
    xorps xmm1, xmm1
    TRY(2f)
x1: divps xmm0, xmm1
2:  EXPECT(19, NONE, x1)
    movd ebx, xmm0
    CHECK(ebx, 0x3f800000)
    stmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x1d84)
    TRY(2f)
    divps xmm1, xmm0                    /* 0 / 1; the sticky flag alone traps nothing */
2:  QUIET
    SET_CR4(0x40210)
    TRY(2f)
x2: divps xmm0, xmm1
2:  EXPECT(6, NONE, x2)
    SET_CR4(0x40610)
    mov dword ptr [scratch], 0x1f00     /* invalid is unmasked */
    ldmxcsr [scratch]
    movss xmm2, [snan]
    stc
    TRY(2f)
x3: ucomiss xmm2, xmm0
2:  EXPECT(19, NONE, x3)
    TRY(2f)
x4: cvtss2si ecx, xmm2
2:  EXPECT(19, NONE, x4)
    mov dword ptr [scratch], 0x1e80     /* denormal operands are */
    ldmxcsr [scratch]
    movss xmm3, [tiny]
    TRY(2f)
x5: mulss xmm3, xmm0
2:  EXPECT(19, NONE, x5)
    stmxcsr [scratch]
    CHECK(dword ptr [scratch], 0x1e82)
    vmovups ymm4, [upper_denormal]
    TRY(2f)
x6: vaddps ymm4, ymm4, ymm4             /* in its upper half alone */
2:  EXPECT(19, NONE, x6)
    mov dword ptr [scratch], 0x1f80
    ldmxcsr [scratch]

    /* ---- VEX.W is nothing in 32-bit code: lengths are EAX and EDX, -1 is one element */
    mov eax, -1
    mov edx, -1
    .byte 0xc4, 0xe3, 0xf9, 0x61, 0xc1, 0x19    /* VPCMPESTRI xmm0, xmm1, 19h with W */
    lahf
    movzx ebx, ah
    and ebx, 0xc0
    CHECK(ebx, 0xc0)                    /* ZF, SF: both end before their registers do */

    /* ---- upper halves */
    vmovups ymm0, [ones]
    movaps xmm0, xmm1                   /* leaves it */
    vextractf128 xmm2, ymm0, 1
    movd ebx, xmm2
    CHECK(ebx, 0x40000000)
    vmovaps xmm0, xmm1                  /* clears it */
    vextractf128 xmm2, ymm0, 1
    movd ebx, xmm2
    CHECK(ebx, 0)
    vmovups ymm3, [ones]
    vmovups ymm7, [ones]
    vzeroupper
    movd ebx, xmm7
    CHECK(ebx, 0x3f800000)
    vextractf128 xmm2, ymm7, 1
    movd ebx, xmm2
    CHECK(ebx, 0)
    vzeroall
    movd ebx, xmm3
    CHECK(ebx, 0)

    /* ---- beside a page that is not there */
    movups xmm0, [ones]
    mov dword ptr [EDGE - 8], 0x11111111
    TRY(2f)
p1: movups [EDGE - 8], xmm0
2:  EXPECT(14, 2, p1)
    CHECK(dword ptr [EDGE - 8], 0x11111111)
    mov ebx, cr2
    CHECK(ebx, EDGE)
    vmovups xmm1, [low_two]
    TRY(2f)
    vmaskmovps [EDGE - 8], xmm1, xmm0   /* two lanes */
    vmaskmovps xmm5, xmm1, [EDGE - 8]
    pxor xmm6, xmm6
    mov edi, EDGE
    maskmovdqu xmm0, xmm6               /* none */
2:  QUIET
    CHECK(dword ptr [EDGE - 4], 0x3f800000)
    movd ebx, xmm5
    CHECK(ebx, 0x3f800000)
    vpcmpeqd xmm1, xmm1, xmm1
    TRY(2f)
p2: vmaskmovps xmm5, xmm1, [EDGE - 8]
2:  EXPECT(14, 0, p2)
    mov dword ptr [EDGE - 8], 0x11111111
    TRY(2f)
p3: vmaskmovps [EDGE - 8], xmm1, xmm0   /* nothing is written */
2:  EXPECT(14, 2, p3)
    CHECK(dword ptr [EDGE - 8], 0x11111111)

    /* a gather keeps what it has done: element 2 is not there */
    vmovups xmm2, [indices]
    vpcmpeqd xmm3, xmm3, xmm3
    vpxor xmm4, xmm4, xmm4
    mov ebx, EDGE - 16
    mov dword ptr [EDGE - 16], 0x1234
    TRY(2f)
p4: vpgatherdd xmm4, [ebx + xmm2 * 4], xmm3
2:  EXPECT(14, 0, p4)
    movd ebx, xmm4
    CHECK(ebx, 0x1234)
    movmskps ebx, xmm3
    CHECK(ebx, 12)

    mov eax, 0
    out 0xe0, eax
    hlt

    /* vector, then what there is of an error code; on to [resume] */
    .macro stub n, has_error
    .balign 32
    .if \has_error
    pop dword ptr [error]
    .else
    mov dword ptr [error], NONE
    .endif
    push \n
    jmp common
    .endm
    .balign 32
stubs:
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    stub \n, 0
    .endr
    stub 8, 1
    stub 9, 0
    .irp n, 10, 11, 12, 13, 14
    stub \n, 1
    .endr
    .irp n, 15, 16
    stub \n, 0
    .endr
    stub 17, 1
    .irp n, 18, 19
    stub \n, 0
    .endr
common:
    pop dword ptr [vector]
    push eax
    mov eax, [esp + 4]
    mov [saved_eip], eax
    mov eax, [resume]
    mov [esp + 4], eax
    pop eax
    iretd

    .balign 32
data:
    .fill 64, 1, 0
ones:
    .long 0x3f800000, 0x3f800000, 0x3f800000, 0x3f800000
    .long 0x40000000, 0x40000000, 0x40000000, 0x40000000
upper_denormal:
    .long 0x3f800000, 0x3f800000, 0x3f800000, 0x3f800000, 0x3f800000, 1, 0, 0
low_two:
    .long -1, -1, 0, 0
indices:
    .long 0, 1, 1000, 2
one:    .long 0x3f800000
three:  .long 0x40400000
tiny:   .long 0x00000123
snan:   .long 0x7f800001
bad_mxcsr: .long 0x11f80
mm_mxcsr: .long 0x21f80             /* the misaligned exception mask, of other processors */
scratch: .long 0
vector: .long 0
error:  .long 0
saved_eip: .long 0
resume: .long 0
    .balign 8
gdt:
    .quad 0
    DESC(0, 0xfffff, 0x9a, 12)
    DESC(0, 0xfffff, 0x92, 12)
gdtr:
    .word . - gdt - 1
    .long gdt
idtr:
    .word 20 * 8 - 1
    .long idt
    .balign 8
idt:
    .fill 160, 1, 0
