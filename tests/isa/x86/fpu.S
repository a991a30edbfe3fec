/* SPDX-License-Identifier: MIT */
/*
 * The x87 as systems see it: availability, exceptions reported later and by interrupt, pointers,
 * faulting stores, state images.  SDM 1, chapter 8 and 13; 3A, 13.1 and 2.5.
 *
 * Handlers note vector, error code and saved EIP, and go on at [resume].  Vector 0x75 is the interrupt
 * that a board makes of FERR#: its handler clears the exception, or asserts IGNNE#.
 */
#include "sys.h"
    .intel_syntax noprefix
    .code16
    .globl _start
    .set CODE, 0x08
    .set DATA, 0x10
    .set SMALL, 0x18                /* limit 0xfff */
_start:
    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7000

    /* after RESET, then FNINIT; an environment of real mode: a linear pointer */
    fnstcw [word]
    CHECK([word], 0x40)
    fninit
    fnstcw [word]
    CHECK([word], 0x37f)
    fldz
r1: fld1
    fnstenv [image]
    movzx eax, word ptr [image + 6]
    CHECK(eax, offset r1)
    movzx eax, word ptr [image + 8]
    CHECK(eax, 0x1e8)               /* FLD1 is D9 E8 */
    movzx eax, word ptr [image + 2]
    CHECK(eax, 6 << 11)
    movzx eax, word ptr [image + 4]
    CHECK(eax, 0x4fff)              /* 7 is zero, 6 valid */
    .byte 0x66
    fnsave [image]
    CHECK([image], 0xffff037f)
    CHECK([image + 28 + 6], 0x3fff8000)
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0)

    lgdt [gdtr]
    lidt [idtr]
    mov eax, cr0
    or al, 0x21                     /* PE, NE */
    mov cr0, eax
    jmp CODE:protected
    .code32
protected:
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x70000
    mov edi, offset idt
    mov eax, offset stubs
    mov ecx, 0x76
1:  mov [edi], ax
    mov word ptr [edi + 2], CODE
    mov word ptr [edi + 4], 0x8e00
    mov edx, eax
    shr edx, 16
    mov [edi + 6], dx
    add edi, 8
    add eax, 16
    loop 1b

#define TRY(next)  mov dword ptr [vector], 0x99; mov dword ptr [error], 0x99; mov dword ptr [resume], offset next
#define EXPECT(v, at) CHECK(dword ptr [vector], v); CHECK(dword ptr [saved_eip], offset at)
#define FINE CHECK(dword ptr [vector], 0x99)
#define SET_CR0(set, clear) mov eax, cr0; or eax, set; and eax, ~(clear); mov cr0, eax
#define LOAD_CW(v) mov word ptr [word], v; fldcw [word]

    /* ---- not available: #NM; WAIT only with MP; control instructions as well ---- */
    fninit
    SET_CR0(8, 2)
    TRY(2f)
a1: fld1
2:  EXPECT(7, a1)
    TRY(2f)
    fwait
2:  FINE
    SET_CR0(2, 0)
    TRY(2f)
a2: fwait
2:  EXPECT(7, a2)
    TRY(2f)
a3: fninit
2:  EXPECT(7, a3)
    TRY(2f)
a4: fxsave [image]
2:  EXPECT(7, a4)
    clts
    TRY(2f)
    fld1
2:  FINE
    SET_CR0(4, 2)
    TRY(2f)
a5: fstp st(0)
2:  EXPECT(7, a5)
    TRY(2f)
    fwait
2:  FINE
    SET_CR0(2, 4)
    fstp st(0)

    /* ---- #MF: by the next instruction that waits, with the pointers of the one that did it ---- */
    fninit
    LOAD_CW(0x37b)                  /* ZM clear */
    fld1
    TRY(2f)
b1: fdiv qword ptr [zero]
    mov ecx, 1                      /* integers do not wait */
    fnstsw ax                       /* nor does this */
    movzx eax, ax
    CHECK(eax, 0xb884)              /* B, ES, ZE */
    fnstenv [image]
    FINE
    CHECK([image + 12], offset b1)
    CHECK([image + 16], 0x4350008)  /* DC 35 */
    CHECK([image + 20], offset zero)
    mov eax, [image]
    CHECK(eax, 0xffff037b)
    /* FNSTENV has masked it: nothing is reported */
    fst qword ptr [double]
2:  FINE
    CHECK([double + 4], 0x3ff00000)   /* the dividend as it was */
    LOAD_CW(0x37b)                  /* unmasked again: pending at once */
    TRY(2f)
b2: fchs
2:  EXPECT(16, b2)
    TRY(2f)
b3: fwait
2:  EXPECT(16, b3)
    fnclex
    TRY(2f)
    fchs
    fwait
2:  FINE
    /* inexact, underflow, overflow and invalid together with their results */
    fninit
    fld1
    fidiv dword ptr [three]         /* PE is set, and masked */
    LOAD_CW(0x35f)
    TRY(2f)
b4: fldz
2:  EXPECT(16, b4)
    fnclex
    fldz
    fninit
    LOAD_CW(0x377)                  /* OM clear: the result has its exponent less 24576 */
    fld tbyte ptr [huge]
    fadd st, st(0)
    fnclex
    fstp tbyte ptr [image]
    movzx eax, word ptr [image + 8]
    CHECK(eax, 0x1fff)
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0)

    /* ---- without NE: FERR#, an interrupt, and again ---- */
    SET_CR0(0, 0x20)
    fninit
    LOAD_CW(0x37b)
    mov dword ptr [irqs], 0
    mov dword ptr [use_ignne], 0
    sti
    fld1
    fdiv qword ptr [zero]
    in eax, 0xd0
    nop
c1: fchs                            /* waits for the interrupt, whose handler says FNCLEX */
    CHECK([irqs], 1)
    CHECK([irq_eip], offset c1)
    in eax, 0xd0
    CHECK(eax, 0)                   /* FERR# is down */
    fstp qword ptr [double]
    CHECK([double + 4], 0xbff00000)
    mov dword ptr [use_ignne], 1
    fld1
    fdiv qword ptr [zero]
    fchs                            /* IGNNE#: executes with the exception pending */
    fnclex
    CHECK([irqs], 2)
    fstp qword ptr [double]
    CHECK([double + 4], 0xbff00000)
    mov eax, 0
    out 0xd4, eax
    cli
    SET_CR0(0x20, 0)

    /* ---- the stack ---- */
    fninit
    mov ecx, 9
1:  fld1
    dec ecx
    jnz 1b
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0x3a41)              /* TOP 7, C1, SF, IE */
    fxam
    fnstsw ax
    and eax, 0x4500
    CHECK(eax, 0x100)               /* the new ST(0) is a NaN */
    fninit
    fstp qword ptr [double]
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0x841)               /* TOP 1, SF, IE, C1 clear */
    CHECK([double + 4], 0xfff80000)
    fninit
    LOAD_CW(0x37e)
    mov dword ptr [double], 0x1234
    TRY(2f)
    fstp qword ptr [double]         /* unmasked: nothing is stored */
    CHECK([double], 0x1234)
d1: fwait
2:  EXPECT(16, d1)
    fnclex

    /* a store whose overflow is unmasked leaves C1 clear, whatever it was */
    fninit
    fld tbyte ptr [huge]
    fchs
    LOAD_CW(0x377)
    fxam                            /* C1: it is negative */
    fstp dword ptr [double]
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0xbc88)              /* TOP 7, C2 of FXAM, ES, OE */
    CHECK([double], 0x1234)
    fnclex
    /* FPREM that an unmasked denormal operand stops leaves C2 clear, and C3 as it was */
    fninit
    fld1
    fld tbyte ptr [denormal]
    LOAD_CW(0x37d)
    fxam
    fprem
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0xf082)              /* TOP 6, C3 of FXAM, ES, DE */
    fnclex

    /* ---- one function, TOP where it likes: many times ---- */
    fninit
    mov ecx, 400
    mov dword ptr [sum], 0
1:  call add_one
    fincstp
    test ecx, 3
    jnz 2f
    fincstp
2:  dec ecx
    jnz 1b
    CHECK([sum], 400)
    jmp 2f
add_one:
    fild dword ptr [sum]
    fld1
    faddp st(1), st
    fistp dword ptr [sum]
    ret
2:
    /* ---- precision and rounding ---- */
    fninit
    LOAD_CW(0x07f)                  /* 24 bits */
    fld1
    fidiv dword ptr [three]
    fstp tbyte ptr [image]
    CHECK([image], 0)
    CHECK([image + 4], 0xaaaaab00)
    LOAD_CW(0x27f)                  /* 53 bits */
    fld1
    fidiv dword ptr [three]
    fstp tbyte ptr [image]
    CHECK([image], 0xaaaaa800)
    LOAD_CW(0xb7f)                  /* 64, up */
    fld1
    fidiv dword ptr [three]
    fstp tbyte ptr [image]
    CHECK([image], 0xaaaaaaab)
    LOAD_CW(0x77f)                  /* down */
    fld1
    fidiv dword ptr [three]
    fst qword ptr [double]
    fstp tbyte ptr [image]
    CHECK([image], 0xaaaaaaaa)
    CHECK([double], 0x55555555)

    /* ---- a store that faults leaves the register and TOP ---- */
    fninit
    mov ax, SMALL
    mov es, ax
    fld1
    fldpi
    fadd st(1), st
    TRY(2f)
e1: fstp qword ptr es:[0xffc]
2:  EXPECT(13, e1)
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0x3020)              /* TOP 6; PE is the sum's */
    fstp tbyte ptr [image]
    CHECK([image + 4], 0xc90fdaa2)
    fstp tbyte ptr [image]
    movzx eax, word ptr [image + 8]
    CHECK(eax, 0x4001)
    mov ax, DATA
    mov es, ax

    /* ---- single step over x87 code ---- */
    fninit
    mov dword ptr [steps], 0
    mov dword ptr [resume], 0
    pushf
    or dword ptr [esp], 0x100
    popf
    fld1
    fld1
    faddp st(1), st
    fistp dword ptr [sum]
    pushf
    and dword ptr [esp], ~0x100
    popf
    CHECK([sum], 2)
    CHECK([steps], 7)

    /* ---- FXSAVE, FXRSTOR ---- */
    mov eax, cr4
    or eax, 0x200
    mov cr4, eax
    fninit
    fld1
    fldpi
    mov edi, offset area
    mov ecx, 256
    mov eax, 0xa5a5a5a5
    rep stosd
    fxsave [area]
    CHECK([area], 0x3000037f)
    CHECK([area + 4], 0x1eb00c0)    /* 7 and 6 are valid; FLDPI is D9 EB */
    CHECK([area + 24], 0x1f80)
    CHECK([area + 28], 0xffff)
    CHECK([area + 36], 0xc90fdaa2)
    CHECK([area + 40], 0x4000)
    CHECK([area + 48 + 4], 0x80000000)
    CHECK([area + 416], 0xa5a5a5a5) /* not ours */
    fninit
    fxrstor [area]
    fstp tbyte ptr [image]
    CHECK([image + 4], 0xc90fdaa2)
    fistp dword ptr [sum]
    CHECK([sum], 1)
    TRY(2f)
f1: fxsave [area + 8]
2:  EXPECT(13, f1)
    mov dword ptr [area + 24], 0x10000
    TRY(2f)
f2: fxrstor [area]
2:  EXPECT(13, f2)
    mov dword ptr [area + 24], 0x1f80
    /* an unmasked exception that comes with the image */
    mov word ptr [area], 0x37b
    mov word ptr [area + 2], 4
    fxrstor [area]
    TRY(2f)
f3: fld1
2:  EXPECT(16, f3)
    fninit

    /* ---- XSAVE, XRSTOR ---- */
    TRY(2f)
g1: xsave [area]
2:  EXPECT(6, g1)
    mov eax, cr4
    or eax, 0x40000
    mov cr4, eax
    xor ecx, ecx
    xor edx, edx
    mov eax, 7
    xsetbv
    fld1
    mov edi, offset area
    mov ecx, 256
    xor eax, eax
    rep stosd
    mov eax, 1
    xsave [area]
    CHECK([area], 0x3800037f)
    CHECK([area + 36], 0x80000000)
    CHECK([area + 24], 0)           /* MXCSR goes with SSE and AVX */
    CHECK([area + 512], 1)
    CHECK([area + 516], 0)
    fchs
    xrstor [area]
    fistp dword ptr [sum]
    CHECK([sum], 1)
    mov eax, 4
    xsave [area]
    CHECK([area + 24], 0x1f80)
    mov eax, [area + 512]
    and eax, 1
    CHECK(eax, 1)
    mov dword ptr [area + 512], 0   /* the initial state */
    fldpi
    mov eax, 1
    xrstor [area]
    fnstsw ax
    movzx eax, ax
    CHECK(eax, 0)
    fnstenv [image]
    CHECK([image + 8], 0xffffffff)
    mov eax, 1
    mov dword ptr [area + 520], 1
    TRY(2f)
g2: xrstor [area]
2:  EXPECT(13, g2)
    mov dword ptr [area + 520], 0
    mov dword ptr [area + 512], 8
    TRY(2f)
g3: xrstor [area]
2:  EXPECT(13, g3)
    TRY(2f)
g4: xsave [area + 16]
2:  EXPECT(13, g4)
    out 0xe0, al
    hlt

/* ---- handlers ---- */
#define NONE 0x77
    .balign 16
stubs:
    .set v, 0
    .rept 0x76
    .balign 16
    .if v == 8 || (v >= 10 && v <= 14) || v == 17
    .else
    push NONE
    .endif
    push v
    jmp common
    .set v, v + 1
    .endr
common:
    push eax
    cmp dword ptr [esp + 4], 0x75
    je coprocessor
    cmp dword ptr [esp + 4], 1
    je step
    mov eax, [esp + 4]
    mov [vector], eax
    mov eax, [esp + 8]
    mov [error], eax
    mov eax, [esp + 12]
    mov [saved_eip], eax
    mov eax, [resume]
    mov [esp + 12], eax
    jmp 1f
step:
    inc dword ptr [steps]
    jmp 1f
coprocessor:
    inc dword ptr [irqs]
    mov eax, [esp + 12]
    mov [irq_eip], eax
    cmp dword ptr [use_ignne], 0
    jne 2f
    fnclex
    jmp 1f
2:  mov eax, 1
    out 0xd4, eax
1:  pop eax
    add esp, 8
    iret

    .balign 16
word:      .long 0
vector:    .long 0
error:     .long 0
saved_eip: .long 0
resume:    .long 0
irqs:      .long 0
irq_eip:   .long 0
use_ignne: .long 0
steps:     .long 0
sum:       .long 0
three:     .long 3
    .balign 8
zero:      .quad 0
double:    .quad 0
huge:      .quad 0xffffffffffffffff
           .word 0x7ffe
denormal:  .quad 0x123456789
           .word 0
    .balign 16
image:     .fill 112, 1, 0
    .balign 8
gdt:
    DESC(0, 0, 0, 0)
    DESC(0, 0xfffff, 0x9b, 0xc)
    DESC(0, 0xfffff, 0x93, 0xc)
    DESC(0, 0xfff, 0x93, 0x4)
    .set GDT_SIZE, . - gdt
gdtr:
    .word GDT_SIZE - 1
    .long gdt
idtr:
    .word 0x76 * 8 - 1
    .long idt
    .set idt, 0x20000
    .set area, 0x30000
