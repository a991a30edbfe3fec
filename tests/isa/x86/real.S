/* SPDX-License-Identifier: MIT */
/* Real mode: interrupts, limits, single step, far transfers, unreal mode.  SDM 3B, 20.1. */
#include "sys.h"
    .intel_syntax noprefix
    .code16
    .globl _start
_start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7000
    cld
    in eax, 0xec                    /* after the triple fault at the end */
    test eax, eax
    jnz after_reset
    jmp 0:main
main:
    /* every vector counts */
    mov di, 0
    mov cx, 32
1:  mov word ptr [di], offset handler
    mov word ptr [di + 2], 0
    add di, 4
    loop 1b
    mov word ptr [0x80 * 4], offset soft
    mov word ptr [0x80 * 4 + 2], 0

    /* INT n: flags, IF and TF */
    sti
    stc
    int 0x80
int80_after:
    pushf
    pop bx
    cli
    movzx ebx, bx
    and ebx, 0x201
    CHECK(ebx, 0x201)
    movzx ecx, word ptr [saved_flags]
    and ecx, 0x300
    CHECK(ecx, 0)
    movzx ecx, word ptr [frame_flags]
    and ecx, 0x201
    CHECK(ecx, 0x201)
    movzx ecx, word ptr [frame_ip]
    CHECK(ecx, offset after_int80)

    /* a word at 0xffff: #GP, vector 13, saved IP of the instruction */
    mov bx, 0xffff
    mov word ptr [vector], 0
at_gp: mov ax, [bx]
    movzx ecx, word ptr [vector]
    CHECK(ecx, 13)
    movzx ecx, word ptr [frame_ip]
    CHECK(ecx, offset at_gp)
    /* the same by SS: vector 12 */
    mov bp, 0xffff
at_ss: mov ax, [bp]
    movzx ecx, word ptr [vector]
    CHECK(ecx, 12)
    /* bytes are inside */
    mov word ptr [vector], 0
    mov al, [bx]
    movzx ecx, word ptr [vector]
    CHECK(ecx, 0)
    /* a 32-bit offset beyond the limit */
    mov ebx, 0x10000
    mov al, [ebx]
    nop
    movzx ecx, word ptr [vector]
    CHECK(ecx, 13)

    /* #DE, #UD, #BR, INTO */
    xor dx, dx
    mov ax, 5
    xor cx, cx
at_de: div cx
    movzx ecx, word ptr [vector]
    CHECK(ecx, 0)
    movzx ecx, word ptr [frame_ip]
    CHECK(ecx, offset at_de)
at_ud: ud2
    movzx ecx, word ptr [vector]
    CHECK(ecx, 6)
    mov ax, 9
    bound ax, [bounds]
    movzx ecx, word ptr [vector]
    CHECK(ecx, 5)
    mov word ptr [vector], 0
    mov ax, 8
    bound ax, [bounds]
    movzx ecx, word ptr [vector]
    CHECK(ecx, 0)
    mov al, 0x7f
    inc al
into_at:
    into
into_after:
    movzx ecx, word ptr [vector]
    CHECK(ecx, 4)
    movzx ecx, word ptr [frame_ip]
    CHECK(ecx, offset into_after)
    int3
int3_after:
    movzx ecx, word ptr [vector]
    CHECK(ecx, 3)
    movzx ecx, word ptr [frame_ip]
    CHECK(ecx, offset int3_after)

    /* single step: a trap after each instruction, not after INT */
    mov word ptr [1 * 4], offset stepped
    mov word ptr [steps], 0
    pushf
    pop ax
    or ax, 0x100
    push ax
    popf
    nop                             /* 1 */
    nop                             /* 2 */
    mov bx, 1                       /* 3 */
    xor bx, bx                      /* 4 */
    jz 2f                           /* 5 */
    nop
2:  push 0x2                        /* 6 */
    popf                            /* 7: TF was set when it began */
    nop
    movzx ecx, word ptr [steps]
    CHECK(ecx, 7)
    /* MOV SS holds the trap off for one instruction */
    mov word ptr [steps], 0
    mov dx, ss
    pushf
    pop ax
    or ax, 0x100
    push ax
    popf
    mov ss, dx                      /* held off */
    nop                             /* 1: of both */
    push 0x2                        /* 2 */
    popf                            /* 3 */
    movzx ecx, word ptr [steps]
    CHECK(ecx, 3)
    mov word ptr [1 * 4], offset handler

    /* far call and return, by memory too */
    xor bx, bx
    .byte 0x9a                      /* CALL FAR 0x700:... */
    .word far_target - 0x7000, 0x700
    movzx ebx, bx
    CHECK(ebx, 0x700)
    call dword ptr [far_pointer]
    movzx ebx, bx
    CHECK(ebx, 0x600)
    mov cx, sp
    movzx ecx, cx
    CHECK(ecx, 0x7000)
    /* RETF n */
    push 0x1111
    push 0x2222
    push cs
    call retf4
    mov cx, sp
    movzx ecx, cx
    CHECK(ecx, 0x7000)

    /* strings: down, and SI wraps in 64 KiB */
    mov si, offset text_end - 1
    mov di, offset buffer + 3
    std
    mov cx, 4
    rep movsb
    cld
    mov ecx, [buffer]
    CHECK(ecx, 0x64636261)
    mov cx, si
    movzx ecx, cx
    CHECK(ecx, offset text_end - 5)
    mov si, 0xffff
    lodsb
    mov cx, si
    movzx ecx, cx
    CHECK(ecx, 0)
    mov di, offset buffer
    mov al, 0x63
    mov cx, 10
    repne scasb
    movzx ecx, cx
    CHECK(ecx, 7)
    movzx edi, di
    CHECK(edi, offset buffer + 3)

    /* PUSHA and POPA; PUSH SP pushes the old one */
    mov bx, 0x1234
    pusha
    mov bx, 0
    popa
    movzx ebx, bx
    CHECK(ebx, 0x1234)
    push sp
    pop bx
    movzx ebx, bx
    CHECK(ebx, 0x7000)
    /* ENTER, LEAVE */
    mov bp, 0x5555
    enter 8, 0
    mov cx, sp
    movzx ecx, cx
    CHECK(ecx, 0x6ff6)
    leave
    movzx ecx, bp
    CHECK(ecx, 0x5555)

    /* self-modifying code, in the next instruction and in a loop */
    mov byte ptr [smc + 1], 7
smc: mov bl, 1
    movzx ebx, bl
    CHECK(ebx, 7)
    mov cx, 3
    xor ebx, ebx
3:  inc byte ptr [smc2 + 2]
smc2: add bx, 0                     /* 83 c3 00: adds 1, 2, 3 */
    loop 3b
    CHECK(ebx, 6)

    /* HLT, an interrupt that STI holds off for one instruction */
    mov word ptr [0x40 * 4], offset external
    mov word ptr [0x40 * 4 + 2], 0
    mov word ptr [externals], 0
    mov eax, 0x4000
    out 0xe4, eax
    nop
    movzx ecx, word ptr [externals]
    CHECK(ecx, 0)
    sti
    inc word ptr [before_external]
    nop
    nop
    cli
    movzx ecx, word ptr [externals]
    CHECK(ecx, 1)
    movzx ecx, word ptr [seen_before]
    CHECK(ecx, 1)
    mov eax, 0x4000
    out 0xe4, eax
    sti
    hlt
    cli
    movzx ecx, word ptr [externals]
    CHECK(ecx, 2)
    /* NMI, not masked by IF */
    mov word ptr [vector], 0
    mov eax, 1
    out 0xe4, eax
    nop
    jmp 4f
4:  movzx ecx, word ptr [vector]
    CHECK(ecx, 2)

    /* unreal mode: limits of 4 GiB stay */
    cli
    lgdt [gdtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    mov bx, 8
    mov ds, bx
    mov es, bx
    and al, 0xfe
    mov cr0, eax
    xor bx, bx
    mov ds, bx
    mov es, bx
    mov ebx, 0x100000
    mov dword ptr [ebx], 0x12345678
    mov ecx, [ebx]
    CHECK(ecx, 0x12345678)

    /* SMM: at SMBASE + 0x8000 = 0x38000 */
    mov esi, offset smi_code
    mov edi, 0x38000
    mov ecx, (smi_end - smi_code)
    addr32 rep movsb
    mov dword ptr [smi_seen], 0
    sidt [idt_before]
    sgdt [gdt_before]
    mov ebx, 0x11112222
    mov eax, 2
    out 0xe4, eax
    nop
    jmp 5f
5:  mov ecx, [smi_seen]
    CHECK(ecx, 0x534d4d)
    CHECK(ebx, 0x11112222)

    /* RSM brings back both tables of descriptors: SeaBIOS's handler loads its own */
    sidt [buffer]
    mov ecx, [buffer]
    cmp ecx, [idt_before]
    sete bl
    sgdt [buffer]
    mov ecx, [buffer]
    cmp ecx, [gdt_before]
    sete bh
    movzx ebx, bx
    CHECK(ebx, 0x101)

    /* a triple fault resets; the second time we come by here */
    lidt [no_idt]
    ud2

after_reset:
    CHECK(eax, 1)
    out 0xe0, al
6:  hlt
    jmp 6b

smi_code:
    mov ebx, 0
    .byte 0x66, 0xc7, 0x06          /* MOV dword ptr [smi_seen], in segments of base 0 */
    .word smi_seen
    .long 0x534d4d
    .byte 0x0f, 0x01, 0x1e          /* LIDT [no_idt] */
    .word no_idt
    .byte 0x0f, 0x01, 0x16          /* LGDT [no_idt] */
    .word no_idt
    rsm
smi_end:

soft:
    push bp
    mov bp, sp
    push ax
    pushf
    pop word ptr [saved_flags]
    mov ax, [bp + 6]
    mov [frame_flags], ax
    mov ax, [bp + 2]
    mov [frame_ip], ax
    pop ax
    pop bp
    iret

/* One for all vectors: which one it was is looked up by who came, so each has to note it itself. */
    .set after_int80, int80_after
handler:
    push bp
    mov bp, sp
    push ax
    push bx
    mov bx, [bp + 2]
    mov [frame_ip], bx
    /* the opcode at IP tells what to skip */
    mov al, [bx]
    cmp bx, offset at_gp
    mov ah, 13
    mov bx, 2
    je 1f
    mov bx, [frame_ip]
    cmp bx, offset at_ss
    mov ah, 12
    mov bx, 3
    je 1f
    mov bx, [frame_ip]
    cmp bx, offset at_de
    mov ah, 0
    mov bx, 2
    je 1f
    mov bx, [frame_ip]
    cmp bx, offset at_ud
    mov ah, 6
    mov bx, 2
    je 1f
    mov bx, [frame_ip]
    cmp bx, offset into_after
    mov ah, 4
    mov bx, 0
    je 1f
    mov bx, [frame_ip]
    cmp bx, offset int3_after
    mov ah, 3
    mov bx, 0
    je 1f
    cmp al, 0x62                    /* BOUND */
    mov ah, 5
    mov bx, 4
    je 1f
    cmp al, 0x67                    /* MOV AL, [EBX] */
    mov ah, 13
    mov bx, 3
    je 1f
    mov ah, 2                       /* NMI */
    mov bx, 0
1:  add [bp + 2], bx
    mov al, ah
    mov ah, 0
    mov [vector], ax
    pop bx
    pop ax
    pop bp
    iret

stepped:
    inc word ptr [steps]
    iret

external:
    push ax
    inc word ptr [externals]
    mov ax, [before_external]
    mov [seen_before], ax
    pop ax
    iret

far_target:
    mov bx, cs
    retf
retf4:
    retf 4

    .balign 4
bounds:      .word 1, 8
far_pointer: .word far_target - 0x6000, 0x600
text:        .ascii "abcd"
text_end:
buffer:      .long 0, 0, 0
vector:      .word 0
saved_flags: .word 0
frame_flags: .word 0
frame_ip:    .word 0
steps:       .word 0
externals:   .word 0
before_external: .word 0
seen_before: .word 0
smi_seen:    .long 0
idt_before:  .long 0, 0
gdt_before:  .long 0, 0
    .balign 8
gdt:
    DESC(0, 0, 0, 0)
    DESC(0, 0xfffff, 0x93, 0xc)
gdtr:
    .word 15
    .long gdt
no_idt:
    .word 0
    .long 0
