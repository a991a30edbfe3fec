/* SPDX-License-Identifier: MIT */
/*
 * IA-32e mode: entry, 64-bit exceptions with IST, NX, SMEP, SMAP, PCID, ring 3, SYSCALL, call gates,
 * compatibility mode, addresses that are not canonical.  SDM 3A, chapters 4 to 6, 9.8.5.
 */
#include "sys.h"
    .intel_syntax noprefix
    .code16
    .globl _start
    .set CODE, 0x08
    .set DATA, 0x10
    .set CODE32, 0x18
    .set CODE3_32, 0x2b             /* SYSRET's order: 32-bit code, data, 64-bit code */
    .set DATA3, 0x33
    .set CODE3, 0x3b
    .set TSSSEL, 0x40
    .set GATE64, 0x50
    .set PML4, 0x10000
    .set PDPT, 0x11000
    .set PD, 0x12000
    .set PT, 0x13000                /* of 2 MiB to 4 MiB */
    .set HIGH, 0xffff800000000000
_start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    lgdt [gdtr]
    /* tables */
    cld
    mov di, 0
    mov ax, 0x1000
    mov es, ax
    mov cx, 0x4000 / 2
    xor ax, ax
    rep stosw
    mov es, ax
    push 0x1000
    pop es
    mov dword ptr es:[0], PDPT + 7
    mov dword ptr es:[256 * 8], PDPT + 7    /* again at HIGH */
    mov dword ptr es:[0x1000], PD + 7
    mov dword ptr es:[0x1008], 0x87         /* 1 GiB page at 1 GiB: physical 0 */
    mov dword ptr es:[0x2000], 0x87
    mov dword ptr es:[0x2008], PT + 7
    mov dword ptr es:[0x2010], 0x400087
    mov di, 0x3000
    mov eax, 0x200007
    mov cx, 512
1:  mov es:[di], eax
    add di, 8
    add eax, 0x1000
    loop 1b
    mov eax, 0x20
    mov cr4, eax
    mov eax, PML4
    mov cr3, eax
    mov ecx, 0xc0000080
    mov eax, 0x901                  /* LME, NXE, SCE */
    xor edx, edx
    wrmsr
    mov eax, 0x80000011
    mov cr0, eax
    ljmp CODE, offset long_mode
    .code64
long_mode:
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov rsp, 0x70000
    mov ecx, 0xc0000080
    rdmsr
    CHECK(eax, 0xd01)
    lidt [idtr]
    mov edi, offset idt
    mov eax, offset stubs
    mov ecx, 49
1:  mov [rdi], ax
    mov word ptr [rdi + 2], CODE
    mov word ptr [rdi + 4], 0x8e00
    mov edx, eax
    shr edx, 16
    mov [rdi + 6], dx
    mov qword ptr [rdi + 8], 0
    add edi, 16
    add eax, 16
    loop 1b
    mov byte ptr [idt + 0x30 * 16 + 5], 0xee
    mov ax, TSSSEL
    ltr ax

#define TRY(next)  mov qword ptr [vector], 0x99; mov qword ptr [error], 0x99; mov qword ptr [resume], offset next
#define EXPECT(v, e, at) CHECK(dword ptr [vector], v); CHECK(dword ptr [error], e); CHECK(dword ptr [saved_rip], offset at)
#define NONE 0x77
    /* 64-bit arithmetic, RIP-relative operands */
    mov rax, 0x123456789abcdef0
    mov [rip + scratch], rax
    mov ebx, [scratch + 4]
    CHECK(ebx, 0x12345678)
    mov eax, -1
    mov rbx, rax
    shr rbx, 32
    CHECK(ebx, 0)                   /* a 32-bit write clears the upper half */
    movsxd rbx, eax
    shr rbx, 32
    CHECK(ebx, 0xffffffff)
    lea rbx, [rip + 1f]
1:  CHECK(ebx, offset 1b)
    mov rbx, HIGH
    mov rcx, [rbx + scratch]
    shr rcx, 32
    CHECK(ecx, 0x12345678)
    mov rbx, 0x40000000
    mov ecx, [rbx + scratch + 4]
    CHECK(ecx, 0x12345678)

    /* exceptions: the stack is aligned, SS:RSP always saved */
    sub rsp, 4
    TRY(2f)
t1: ud2
2:  EXPECT(6, NONE, t1)
    mov rax, [saved_rsp]
    CHECK(eax, 0x6fffc)
    mov rsp, 0x70000
    TRY(2f)
    mov rax, 0x0001000000000000
t2: mov rbx, [rax]
2:  EXPECT(13, 0, t2)
    TRY(2f)
    mov rax, 0x0000800000000000
t3: mov [rax], rbx
2:  EXPECT(13, 0, t3)
    TRY(2f)
    mov rax, 0x600000
t4: mov [rax], rbx
2:  EXPECT(14, 2, t4)
    TRY(2f)
    mov rax, 0xffff900000000008
t5: mov rbx, [rax]
2:  EXPECT(14, 0, t5)
    mov rax, cr2
    shr rax, 32
    CHECK(eax, 0xffff9000)
    TRY(2f)
    mov rax, 5
    cqo
    xor ebx, ebx
t6: div rbx
2:  EXPECT(0, NONE, t6)
    TRY(2f)
    mov rdx, 1
    mov rax, 0
    mov rbx, 1
t7: div rbx
2:  EXPECT(0, NONE, t7)
    mov rdx, 1
    mov rax, 0
    mov rbx, 0x100000000
    div rbx
    shr rax, 32
    CHECK(eax, 1)
    TRY(2f)
    mov rax, 0x8000000000000000
    cqo
    mov rbx, -1
t8: idiv rbx
2:  EXPECT(0, NONE, t8)
    /* NX */
    bts qword ptr [PT + 0x10 * 8], 63
    mov byte ptr [0x210000], 0xc3
    TRY(2f)
    mov eax, 0x210000
    call rax
2:  CHECK(dword ptr [vector], 14)
    CHECK(dword ptr [error], 0x11)
    mov rsp, 0x70000
    /* IST 1 */
    mov byte ptr [idt + 6 * 16 + 4], 1
    TRY(2f)
t9: ud2
2:  mov rax, [handler_rsp]
    CHECK(eax, 0x6dfd0)
    mov byte ptr [idt + 6 * 16 + 4], 0
    /* noncanonical RIP in IRET: #GP of IRET */
    TRY(2f)
    push DATA
    push 0x70000
    push 2
    push CODE
    mov rax, 0x0001000000000000
    push rax
t10: iretq
2:  EXPECT(13, 0, t10)
    mov rsp, 0x70000
    /* LOCK CMPXCHG16B */
    mov rax, 1
    mov rdx, 2
    mov rbx, 3
    mov rcx, 4
    mov qword ptr [quad], 1
    mov qword ptr [quad + 8], 2
    lock cmpxchg16b [quad]
    setz bl
    movzx ebx, bl
    CHECK(ebx, 1)
    CHECK(dword ptr [quad], 3)
    CHECK(dword ptr [quad + 8], 4)
    lock cmpxchg16b [quad]
    setz bl
    movzx ebx, bl
    CHECK(ebx, 0)
    CHECK(edx, 4)

    /* bases */
    mov ecx, 0xc0000101
    mov eax, offset scratch
    xor edx, edx
    wrmsr
    mov ebx, gs:[4]
    CHECK(ebx, 0x12345678)
    mov ecx, 0xc0000102
    mov eax, offset quad
    wrmsr
    swapgs
    mov ebx, gs:[0]
    CHECK(ebx, 3)
    swapgs
    mov rax, cr4
    or eax, 0x10000
    mov cr4, rax
    mov eax, offset quad
    wrfsbase rax
    mov ebx, fs:[8]
    CHECK(ebx, 4)
    rdgsbase rbx
    CHECK(ebx, offset scratch)

    /* CR8 */
    mov eax, 9
    mov cr8, rax
    mov rbx, cr8
    CHECK(ebx, 9)
    xor eax, eax
    mov cr8, rax

    /* ---- ring 3 and back ---- */
    mov qword ptr [resume], offset 2f
    push DATA3
    push 0x60000
    push 0x202
    push CODE3
    push offset ring3
    iretq
2:  CHECK(dword ptr [vector], 0x30)
    mov rax, [saved_cs]
    CHECK(eax, CODE3)
    mov rax, [handler_rsp]
    CHECK(eax, 0x6efd0)
    mov rsp, 0x70000
    CHECK(dword ptr [user_result], 0xd)     /* CLI at CPL 3 */

    /* SYSCALL, SYSRET */
    mov ecx, 0xc0000081
    xor eax, eax
    mov edx, (0x28 + 3) << 16 | CODE
    wrmsr
    mov ecx, 0xc0000082
    mov eax, offset syscall_target
    xor edx, edx
    wrmsr
    mov ecx, 0xc0000084
    mov eax, 0x200
    wrmsr
    mov rcx, offset user_syscall
    mov r11, 0x202
    sysretq
syscall_target:
    mov rsp, 0x70000
    CHECK(ecx, offset user_syscall_after)
    mov rax, r11
    and eax, 0x200
    CHECK(eax, 0x200)
    pushfq
    pop rax
    and eax, 0x200
    CHECK(eax, 0)
    mov ax, ss
    movzx eax, ax
    CHECK(eax, DATA)
    CHECK(ebx, CODE3)

    /* ---- SMEP, SMAP ---- */
    mov rax, cr4
    or eax, 0x300000
    and dword ptr [PD], ~4          /* this page is ours now */
    and dword ptr [PDPT + 8], ~4
    mov cr4, rax
    TRY(2f)
s1: mov rbx, [0x220000]
2:  EXPECT(14, 1, s1)
    stac
    mov rbx, [0x220000]
    clac
    TRY(2f)
s2: mov [0x220000], rbx
2:  EXPECT(14, 3, s2)
    TRY(2f)
    mov eax, 0x220000
    jmp rax
2:  CHECK(dword ptr [vector], 14)
    CHECK(dword ptr [error], 0x11)
    CHECK(dword ptr [saved_rip], 0x220000)
    mov rax, cr4
    and eax, 0xffcfffff
    mov cr4, rax

    /* ---- PCID: entries of another one stay ---- */
    mov rax, cr4
    or eax, 0x20000
    mov cr4, rax
    mov rbx, [0x230000]
    mov dword ptr [0x231000], 0x4444
    mov dword ptr [0x230000], 0x3333
    mov rax, PML4 + 1
    mov cr3, rax
    mov ebx, [0x230000]
    mov dword ptr [PT + 0x30 * 8], 0x231007
    mov rax, PML4
    bts rax, 63
    mov cr3, rax
    mov ebx, [0x230000]
    CHECK(ebx, 0x3333)
    mov rax, PML4
    mov cr3, rax
    mov ebx, [0x230000]
    CHECK(dword ptr [0x231000], 0x4444)
    CHECK(dword ptr [PT + 0x180], 0x231027)
    CHECK(ebx, 0x4444)
    mov rax, PML4 + 1
    bts rax, 63
    mov cr3, rax
    mov ebx, [0x230000]
    CHECK(ebx, 0x3333)
    mov qword ptr [scratch], 1
    mov qword ptr [scratch + 8], 0
    mov eax, 1
    invpcid rax, [scratch]
    mov ebx, [0x230000]
    CHECK(ebx, 0x4444)

    /* ---- compatibility mode ---- */
    push CODE32
    push offset compat
    .byte 0x48
    retf
    .code32
compat:
    mov ax, DATA
    mov ds, ax
    mov eax, 0x12345678
    inc eax                         /* 40: a REX prefix elsewhere */
    mov ebx, eax
    mov ax, DATA
    mov es, ax
    mov ecx, es:[compat_data]
    push 0x55
    pop edx
    mov dword ptr [vector], 0x99
    mov dword ptr [resume], offset 2f
c1: ud2
    .code64
2:  CHECK(ebx, 0x12345679)
    CHECK(ecx, 0x600d)
    CHECK(edx, 0x55)
    CHECK(dword ptr [vector], 6)
    mov rax, [saved_cs]
    CHECK(eax, CODE32)
    mov rsp, 0x70000

    /* a call gate from ring 3 to 64-bit code */
    mov qword ptr [resume], offset 2f
    or dword ptr [PD], 4
    mov rax, cr3
    mov cr3, rax
    push DATA3
    push 0x60000
    push 0x202
    push CODE3
    push offset ring3_gate
    iretq
2:  CHECK(dword ptr [vector], 0x30)
    mov rsp, 0x70000
    mov rax, [gate_result]
    CHECK(eax, 0x0008)
    mov rax, [gate_rsp]
    CHECK(eax, 0x6f000 - 32)
    mov rax, [gate_back]
    CHECK(eax, 0x60000)

    /* single step through 64-bit code, a watched byte */
    mov dword ptr [steps], 0
    mov qword ptr [idt + 16], 0
    mov word ptr [idt + 16], offset stepped
    mov word ptr [idt + 16 + 2], CODE
    mov word ptr [idt + 16 + 4], 0x8e00
    pushfq
    or qword ptr [rsp], 0x100
    popfq
    nop
    xor eax, eax
    mov ecx, 3
    mov edi, offset scratch
    rep stosb                       /* three, one an iteration */
    push 2
    popfq
    nop
    CHECK(dword ptr [steps], 9)


    /* SMM out of code above 4 GiB: RSM comes back to all 64 bits of RIP */
    mov byte ptr [0x38000], 0x0f    /* RSM */
    mov byte ptr [0x38001], 0xaa
    mov rax, HIGH
    add rax, offset 1f
    jmp rax
1:  mov eax, 2
    out 0xe4, eax
    nop
    jmp 2f
2:  lea rbx, [rip + 3f]
3:  mov rcx, HIGH
    add rcx, offset 3b
    cmp rbx, rcx
    setne cl
    movzx ecx, cl
    CHECK(ecx, 0)
    mov rax, offset 4f
    jmp rax
4:
    /* SMM from above 4 GiB; the handler has an interrupt table and descriptors of its own */
    mov dword ptr [0x38000], 0x001e010f     /* LIDT [0], LGDT [0], RSM */
    mov dword ptr [0x38004], 0x16010f00
    mov dword ptr [0x38008], 0xaa0f0000
    mov rax, HIGH
    add rax, offset 1f
    mov rbx, 0x123456789abc
    jmp rax
1:  mov eax, 2
    out 0xe4, eax
    jmp 2f
2:  lea rax, [rip + 3f]
3:  shr rax, 32
    CHECK(eax, 0xffff8000)
    shr rbx, 32
    CHECK(ebx, 0x1234)
    mov rax, offset 4f
    jmp rax
4:  TRY(2f)
t99: ud2
2:  EXPECT(6, NONE, t99)
    mov ax, DATA
    mov ds, ax
    out 0xe0, al
9:  hlt
    jmp 9b

ring3:
    mov qword ptr [resume3], offset 1f
    cli
1:  mov rax, [vector]
    mov [user_result], eax
    mov qword ptr [resume3], 0
    int 0x30
user_syscall:
    mov bx, cs
    movzx ebx, bx
    syscall
user_syscall_after:
    ud2
ring3_gate:
    mov qword ptr [resume3], 0
    lcall [gate_pointer]
    mov [gate_back], rsp
    int 0x30
gate_target:
    mov ax, cs
    movzx eax, ax
    mov [gate_result], rax
    mov [gate_rsp], rsp
    .byte 0x48
    retf
stepped:
    inc dword ptr [steps]
    iretq

    .balign 16
stubs:
    .set v, 0
    .rept 49
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
    mov [handler_rsp], rsp
    add qword ptr [handler_rsp], 8  /* with the error code or its place */
    push rax
    mov rax, [rsp + 8]
    mov [vector], rax
    mov rax, [rsp + 16]
    mov [error], rax
    cmp rax, NONE
    jne 1f
1:  mov rax, [rsp + 24]
    mov [saved_rip], rax
    mov rax, [rsp + 32]
    mov [saved_cs], rax
    mov rax, [rsp + 48]
    mov [saved_rsp], rax
    test dword ptr [rsp + 32], 3
    jz 2f
    cmp qword ptr [resume3], 0
    je 3f
    mov rax, [resume3]
    mov [rsp + 24], rax
    pop rax
    add rsp, 16
    iretq
3:  mov rsp, 0x70000
    jmp [resume]
2:  mov rax, [resume]
    mov [rsp + 24], rax
    mov word ptr [rsp + 32], CODE
    pop rax
    add rsp, 16
    iretq

    .balign 16
quad:        .quad 0, 0
scratch:     .quad 0, 0
vector:      .quad 0
error:       .quad 0
saved_rip:   .quad 0
saved_cs:    .quad 0
saved_rsp:   .quad 0
handler_rsp: .quad 0
resume:      .quad 0
resume3:     .quad 0
gate_result: .quad 0
gate_rsp:    .quad 0
gate_back:   .quad 0
user_result: .long 0
steps:       .long 0
compat_data: .long 0x600d
gate_pointer: .long 0
    .word GATE64 + 3
    .balign 8
gdt:
    DESC(0, 0, 0, 0)
    DESC(0, 0xfffff, 0x9b, 0xa)
    DESC(0, 0xfffff, 0x93, 0xc)
    DESC(0, 0xfffff, 0x9b, 0xc)
    DESC(0, 0, 0, 0)
    DESC(0, 0xfffff, 0xfb, 0xc)
    DESC(0, 0xfffff, 0xf3, 0xc)
    DESC(0, 0xfffff, 0xfb, 0xa)
    DESC_AT(tss, 0x67, 0x89, 0)
    .quad 0
    .word gate_target, CODE
    .byte 0, 0xec
    .word 0
    .quad 0
    .set GDT_SIZE, . - gdt
gdtr:
    .word GDT_SIZE - 1
    .long gdt
idtr:
    .word 49 * 16 - 1
    .quad idt
    .balign 8
tss:
    .long 0
    .quad 0x6f000, 0, 0, 0
    .quad 0x6e000, 0, 0, 0, 0, 0, 0, 0
    .word 0, 0x68
    .balign 16
idt: .fill 49, 16, 0
