/* SPDX-License-Identifier: MIT */
/*
 * Protected mode of 32 bits: exceptions with error codes, privilege levels, gates, tasks,
 * virtual-8086 mode, paging with and without PAE, debug registers.  SDM 3A, chapters 4 to 7, 21.
 *
 * Handlers note vector, error code and saved EIP, and go on at [resume].
 */
#include "sys.h"
    .intel_syntax noprefix
    .code16
    .globl _start
    .set CODE, 0x08
    .set DATA, 0x10
    .set CODE3, 0x1b
    .set DATA3, 0x23
    .set SMALL, 0x28                /* limit 0xfff, expand-up */
    .set DOWN, 0x30                 /* expand-down, valid from 0x1000 */
    .set RONLY, 0x38
    .set ABSENT, 0x40
    .set XONLY, 0x48
    .set CONFORM, 0x50
    .set TSS0, 0x58
    .set TSS1, 0x60
    .set CALLGATE, 0x68
    .set TASKGATE, 0x70
    .set LDT0, 0x78
    .set TSS2, 0x80
    .set CODE16, 0x88
    .set LDTSEL, 0x0c               /* index 1 of the LDT */
_start:
    cli
    xor ax, ax
    mov ds, ax
    lgdt [gdtr]
    lidt [idtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp CODE:protected
    .code32
protected:
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov fs, ax
    mov gs, ax
    mov esp, 0x70000
    /* the IDT: 48 stubs of 16 bytes, DPL 0; 0x30 and 3 with DPL 3; 8 is a task gate later */
    mov edi, offset idt
    mov eax, offset stubs
    mov ecx, 49
1:  mov [edi], ax
    mov word ptr [edi + 2], CODE
    mov word ptr [edi + 4], 0x8e00
    mov edx, eax
    shr edx, 16
    mov [edi + 6], dx
    add edi, 8
    add eax, 16
    loop 1b
    mov byte ptr [idt + 0x30 * 8 + 5], 0xee
    mov byte ptr [idt + 3 * 8 + 5], 0xee
    mov ax, TSS0
    ltr ax
    mov al, [gdt + TSS0 + 5]
    movzx eax, al
    CHECK(eax, 0x8b)
    mov ax, LDT0
    lldt ax

/* code that faults: `TRY(label)` sets where to go on; EXPECT(vector, error, eip) */
#define TRY(next)  mov dword ptr [vector], 0x99; mov dword ptr [error], 0x99; mov dword ptr [resume], offset next
#define EXPECT(v, e, at) CHECK(dword ptr [vector], v); CHECK(dword ptr [error], e); CHECK(dword ptr [saved_eip], offset at)
#define NONE 0x77
    TRY(2f)
t1: ud2
2:  EXPECT(6, NONE, t1)
    CHECK(dword ptr [saved_cs], CODE)
    mov eax, [saved_eflags]
    and eax, 0x10000
    CHECK(eax, 0x10000)             /* RF of a fault */
    TRY(2f)
    mov ax, SMALL
    mov es, ax
t2: mov byte ptr es:[0x1000], 1
2:  EXPECT(13, 0, t2)
    TRY(2f)
t3: mov eax, es:[0xffd]
2:  EXPECT(13, 0, t3)
    TRY(2f)
    mov eax, es:[0xffc]
2:  CHECK(dword ptr [vector], 0x99)
    mov ax, DOWN
    mov es, ax
    TRY(2f)
t4: mov eax, es:[0xffd]
2:  EXPECT(13, 0, t4)
    TRY(2f)
    mov eax, es:[0x1000]
2:  CHECK(dword ptr [vector], 0x99)
    mov ax, RONLY
    mov es, ax
    TRY(2f)
t5: mov es:[0], eax
2:  EXPECT(13, 0, t5)
    mov eax, es:[0]
    TRY(2f)
t6: mov cs:[0x100], eax
2:  EXPECT(13, 0, t6)
    TRY(2f)
    mov ax, ABSENT
t7: mov es, ax
2:  EXPECT(11, ABSENT, t7)
    TRY(2f)
    mov ax, XONLY
t8: mov es, ax
2:  EXPECT(13, XONLY, t8)
    TRY(2f)
    mov ax, 0x1000
t9: mov es, ax
2:  EXPECT(13, 0x1000, t9)
    TRY(2f)
    mov ax, RONLY
t10: mov ss, ax
2:  EXPECT(13, RONLY, t10)
    TRY(2f)
    mov ax, ABSENT
t11: mov ss, ax
2:  EXPECT(12, ABSENT, t11)
    TRY(2f)
    xor eax, eax
t12: mov ss, ax
2:  EXPECT(13, 0, t12)
    mov es, ax                      /* null is allowed here, not its use */
    TRY(2f)
t13: mov al, es:[0]
2:  EXPECT(13, 0, t13)
    TRY(2f)
t14: jmp DATA:0
2:  EXPECT(13, DATA, t14)
    TRY(2f)
    mov eax, CODE3
    push eax
    push offset 2f
t15: retf                           /* outward to ring 3 with a stack that is not one */
2:  EXPECT(13, 0, t15)
    mov esp, 0x70000
    /* LDT */
    mov ax, LDTSEL
    mov es, ax
    mov al, es:[0]
    CHECK(0, 0)
    /* expected IDT errors: vector 0x31 is beyond the limit */
    TRY(2f)
t16: int 0x31
2:  EXPECT(13, 0x31 * 8 + 2, t16)
    /* #DE in the middle, #BP as a trap, INTO */
    TRY(2f)
    xor edx, edx
    xor ecx, ecx
t17: div ecx
2:  EXPECT(0, NONE, t17)
    TRY(2f)
    int3
t18: nop
2:  EXPECT(3, NONE, t18)
    /* LAR LSL VERR VERW */
    mov ax, RONLY
    verw ax
    setz cl
    verr ax
    setz ch
    movzx ecx, cx
    CHECK(ecx, 0x100)
    mov ax, SMALL
    lsl ecx, eax
    CHECK(ecx, 0xfff)
    lar ecx, eax
    CHECK(ecx, 0x409300)
    mov ax, 0x1000
    lar ecx, eax
    setnz cl
    movzx ecx, cl
    CHECK(ecx, 1)

    /* ---- ring 3 ---- */
    mov dword ptr [resume], offset 2f
    push DATA3
    push 0x60000
    pushf
    push CODE3
    push offset ring3
    iret
2:  CHECK(dword ptr [vector], 0x30)
    mov esp, 0x70000

    /* ---- tasks: JMP, CALL and IRET, a gate ---- */
    mov dword ptr [tss1 + 0x20], offset task1
    mov dword ptr [tss1 + 0x38], 0x50000
    call TSS1:0
    CHECK(dword ptr [task_seen], 0x1111)
    str ax
    movzx eax, ax
    CHECK(eax, TSS0)
    movzx eax, byte ptr [gdt + TSS1 + 5]
    CHECK(eax, 0x89)                /* not busy any more */
    mov ax, [tss1]
    movzx eax, ax
    CHECK(eax, TSS0)                /* back link */
    mov dword ptr [task_seen], 0
    call TASKGATE:0
    CHECK(dword ptr [task_seen], 0x1111)
    mov eax, cr0
    and eax, 8
    CHECK(eax, 8)                   /* TS */
    clts
    /* a double fault by a task gate: #NP while #GP is delivered... of a gate that is absent */
    mov word ptr [idt + 8 * 8 + 2], TSS2
    mov byte ptr [idt + 8 * 8 + 5], 0x85
    mov dword ptr [tss2 + 0x20], offset df_task
    mov dword ptr [tss2 + 0x38], 0x50000
    mov byte ptr [idt + 13 * 8 + 5], 0x0e
    mov ax, SMALL
    mov es, ax
    mov dword ptr [resume], offset 2f
t19: mov byte ptr es:[0x1000], 0
    hlt
2:  mov byte ptr [idt + 13 * 8 + 5], 0x8e
    CHECK(dword ptr [task_seen], 0xdf)
    CHECK(dword ptr [error], 0)
    CHECK(dword ptr [saved_eip], offset t19)
    mov ax, DATA
    mov es, ax

    /* ---- paging ---- */
    .set PD, 0x100000
    .set PT, 0x101000
    mov edi, PD
    mov ecx, 0x2000 / 4
    xor eax, eax
    cld
    rep stosd
    mov dword ptr [PD], PT + 7
    mov dword ptr [PD + 4], 0x400083        /* 4 MiB page, supervisor */
    mov edi, PT
    mov eax, 7
    mov ecx, 1024
1:  stosd
    add eax, 0x1000
    loop 1b
    mov eax, PD
    mov cr3, eax
    mov eax, 0x10
    mov cr4, eax
    mov eax, cr0
    or eax, 0x80000000
    mov cr0, eax
    jmp 1f
1:  mov eax, [PT + 0x102 * 4]
    CHECK(eax, 0x102007)
    mov eax, [0x102000]
    mov eax, [PT + 0x102 * 4]
    CHECK(eax, 0x102027)                    /* A */
    mov [0x102000], eax
    mov eax, [PT + 0x102 * 4]
    CHECK(eax, 0x102067)                    /* D */
    mov eax, [0x500000]
    mov eax, [PD + 4]
    CHECK(eax, 0x4000a3)
    mov dword ptr [0x500000], 1
    mov eax, [PD + 4]
    CHECK(eax, 0x4000e3)
    /* not present: read, write; CR2 */
    TRY(2f)
p1: mov eax, [0x800123]
2:  EXPECT(14, 0, p1)
    mov eax, cr2
    CHECK(eax, 0x800123)
    TRY(2f)
p2: mov [0x800456], eax
2:  EXPECT(14, 2, p2)
    TRY(2f)
p3: add dword ptr [0x800456], 1             /* read-modify-write asks for a write at once */
2:  EXPECT(14, 2, p3)
    TRY(2f)
    mov eax, 0x800000
p4: jmp eax
2:  EXPECT(14, 0, p4_target)
    /* WP */
    mov dword ptr [PT + 0x103 * 4], 0x103005
    mov eax, cr3
    mov cr3, eax
    mov dword ptr [0x103000], 0x55          /* allowed: CR0.WP is clear */
    mov eax, cr0
    or eax, 0x10000
    mov cr0, eax
    TRY(2f)
p5: mov dword ptr [0x103000], 0x66
2:  EXPECT(14, 3, p5)
    mov eax, [0x103000]
    CHECK(eax, 0x55)
    /* a stale entry until INVLPG */
    mov eax, [0x104000]
    mov dword ptr [PT + 0x104 * 4], 0x105007
    mov dword ptr [0x105000], 0xabc
    invlpg [0x104000]
    mov eax, [0x104000]
    CHECK(eax, 0xabc)
    /* a word across two pages, the second absent: nothing is written */
    mov dword ptr [PT + 0x107 * 4], 0
    invlpg [0x107000]
    mov word ptr [0x106ffe], 0x1234
    TRY(2f)
p6: mov dword ptr [0x106ffe], 0x55667788
2:  EXPECT(14, 2, p6)
    mov eax, cr2
    CHECK(eax, 0x107000)
    movzx eax, word ptr [0x106ffe]
    CHECK(eax, 0x1234)
    /* REP STOS into it: what came before the fault is done */
    mov edi, 0x106ff0
    mov ecx, 8
    mov eax, 0x1010101
    TRY(2f)
p7: rep stosd
2:  EXPECT(14, 2, p7)
    CHECK(edi, 0x107000)
    CHECK(ecx, 4)
    mov eax, [0x106ffc]
    CHECK(eax, 0x1010101)
    /* code that crosses a page into an absent one */
    mov byte ptr [0x106fff], 0xb8           /* MOV EAX, imm32 */
    TRY(2f)
    mov eax, 0x106fff
    jmp eax
2:  CHECK(dword ptr [vector], 14)
    CHECK(dword ptr [saved_eip], 0x106fff)
    mov eax, cr2
    CHECK(eax, 0x107000)
    /* ring 3 and the U/S bit */
    mov dword ptr [PT + 0x108 * 4], 0x108003
    mov eax, cr3
    mov cr3, eax
    mov dword ptr [resume], offset 2f
    push DATA3
    push 0x60000
    pushf
    push CODE3
    push offset user_page
    iret
2:  CHECK(dword ptr [vector], 14)
    CHECK(dword ptr [error], 5)
    CHECK(dword ptr [saved_eip], offset user_page_read)
    mov esp, 0x70000
    /* global pages outlive CR3 */
    mov eax, cr4
    or eax, 0x80
    mov cr4, eax
    mov dword ptr [PT + 0x109 * 4], 0x109107
    mov dword ptr [0x109000], 1
    mov dword ptr [PT + 0x109 * 4], 0
    mov eax, cr3
    mov cr3, eax
    mov eax, [0x109000]
    CHECK(eax, 1)
    invlpg [0x109000]
    TRY(2f)
p8: mov eax, [0x109000]
2:  EXPECT(14, 0, p8)

    /* ---- PAE and NX ---- */
    mov eax, cr0
    and eax, 0x7fffffff
    mov cr0, eax
    .set PDPT, 0x110000
    .set PD64, 0x111000
    .set PT64, 0x112000
    mov edi, PDPT
    mov ecx, 0x3000 / 4
    xor eax, eax
    rep stosd
    mov dword ptr [PDPT], PD64 + 1
    mov dword ptr [PD64], PT64 + 7
    mov edi, PT64
    mov eax, 7
    mov ecx, 512
1:  stosd
    mov dword ptr [edi], 0
    add edi, 4
    add eax, 0x1000
    loop 1b
    mov dword ptr [PD64 + 8], 0x200087
    mov eax, 0x20
    mov cr4, eax
    mov eax, PDPT
    mov cr3, eax
    mov ecx, 0xc0000080
    rdmsr
    or eax, 0x800
    wrmsr
    mov eax, cr0
    or eax, 0x80000000
    mov cr0, eax
    mov dword ptr [PT64 + 0x10a * 8 + 4], 0x80000000
    mov byte ptr [0x10a000], 0xc3
    mov eax, 0x10a000
    TRY(2f)
    jmp eax
2:  CHECK(dword ptr [vector], 14)
    CHECK(dword ptr [error], 0x11)
    CHECK(dword ptr [saved_eip], 0x10a000)
    mov dword ptr [0x300000], 0x1234
    mov eax, [0x300000]
    CHECK(eax, 0x1234)
    /* a reserved bit */
    mov dword ptr [PT64 + 0x10b * 8 + 4], 0x00010000
    TRY(2f)
p9: mov eax, [0x10b000]
2:  EXPECT(14, 9, p9)
    mov eax, cr0
    and eax, 0x7fffffff
    mov cr0, eax

    /* ---- debug registers ---- */
    mov dword ptr [resume], 0
    mov eax, offset d1
    mov dr0, eax
    mov eax, 0x2
    mov dr7, eax
    TRY(2f)
    nop
d1: nop
    nop
2:  EXPECT(1, NONE, d1)
    mov eax, dr6
    and eax, 0xf
    CHECK(eax, 1)
    /* a write of a word: a trap after the instruction */
    xor eax, eax
    mov dr6, eax
    mov eax, offset watched
    mov dr1, eax
    mov eax, 0x00d00008             /* DR1: 4 bytes, write */
    mov dr7, eax
    TRY(2f)
    mov eax, [watched]
    mov word ptr [watched + 2], 5
d2: nop
    nop
2:  EXPECT(1, NONE, d2)
    mov eax, dr6
    and eax, 0xf
    CHECK(eax, 2)
    xor eax, eax
    mov dr7, eax
    mov word ptr [watched], 5
    /* GD */
    mov eax, 0x2000
    mov dr7, eax
    TRY(2f)
d3: mov eax, dr0
2:  EXPECT(1, NONE, d3)
    mov eax, dr6
    and eax, 0x2000
    CHECK(eax, 0x2000)

    /* ---- virtual-8086 mode ---- */
    mov dword ptr [resume], offset 2f
    mov word ptr [0x30000], 0x06c7          /* MOV word ptr [0x10], 0x4321 ; HLT */
    mov dword ptr [0x30002], 0x43210010
    mov byte ptr [0x30006], 0xf4
    push 0                          /* GS FS DS ES */
    push 0
    push 0x3100
    push 0
    push 0x2000                     /* SS:SP */
    push 0x1000
    push 0x20002                    /* VM, IOPL 0 */
    push 0x3000
    push 0
    iret
2:  CHECK(dword ptr [vector], 13)
    CHECK(dword ptr [error], 0)
    CHECK(dword ptr [saved_eip], 6)
    CHECK(dword ptr [saved_cs], 0x3000)
    movzx eax, word ptr [0x31010]
    CHECK(eax, 0x4321)
    CHECK(dword ptr [v86_ds], 0x3100)
    mov esp, 0x70000
    mov ax, DATA
    mov ds, ax
    mov es, ax
    /* INT there with IOPL 0: #GP; with IOPL 3 through the gate */
    mov dword ptr [resume], offset 2f
    mov word ptr [0x30000], 0x30cd
    push 0
    push 0
    push 0
    push 0
    push 0x2000
    push 0x1000
    push 0x20002
    push 0x3000
    push 0
    iret
2:  CHECK(dword ptr [vector], 13)
    mov esp, 0x70000
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov dword ptr [resume], offset 2f
    push 0
    push 0
    push 0
    push 0
    push 0x2000
    push 0x1000
    push 0x23002
    push 0x3000
    push 0
    iret
2:  CHECK(dword ptr [vector], 0x30)
    mov esp, 0x70000
    mov ax, DATA
    mov ds, ax
    mov es, ax

    /* ---- 16-bit code in a segment of its own ---- */
    mov dword ptr [0x40000], 0x663412b8     /* MOV AX, 0x3412; (66) RETF */
    mov byte ptr [0x40004], 0xcb
    xor eax, eax
    call CODE16:0
    movzx eax, ax
    CHECK(eax, 0x3412)
    CHECK(esp, 0x70000)

    /* ---- SYSENTER and SYSEXIT ---- */
    mov ecx, 0x174
    xor edx, edx
    mov eax, 0x08
    wrmsr
    mov ecx, 0x175
    mov eax, 0x68000
    wrmsr
    mov ecx, 0x176
    mov eax, offset sysenter_target
    wrmsr
    mov edx, offset sysexit_target
    mov ecx, 0x60000
    sysexit
sysexit_target:
    mov ax, ss
    movzx eax, ax
    mov ebx, eax
    sysenter
sysenter_target:
    CHECK(ebx, DATA3)
    CHECK(esp, 0x68000)
    mov ax, cs
    movzx eax, ax
    CHECK(eax, 8)

    out 0xe0, al
9:  hlt
    jmp 9b

    .set p4_target, 0x800000

/* ---- code of ring 3 ---- */
ring3:
    mov ax, DATA3
    mov ds, ax
    mov es, ax
    mov ax, cs
    and eax, 3
    mov [user_cpl], eax
    /* privileged instructions: the handler's [resume] brings us to ring 0; so note and compare there */
    mov dword ptr [resume3], offset r1
r0: cli
r1: mov eax, [vector]
    shl eax, 8
    or eax, [error]
    mov [user_results], eax
    mov dword ptr [resume3], offset r3
r2: mov eax, cr0
r3: mov eax, [vector]
    mov [user_results + 4], eax
    mov dword ptr [resume3], offset r5
r4: int 0x20                        /* DPL 0 */
r5: mov eax, [error]
    mov [user_results + 8], eax
    mov dword ptr [resume3], offset r7
    mov ax, DATA
r6: mov es, ax
r7: mov eax, [error]
    mov [user_results + 12], eax
    mov dword ptr [resume3], offset r9
r8: in al, 0xe9                     /* not in the bit map */
r9: mov eax, [vector]
    mov [user_results + 16], eax
    out 0xf0, al                    /* in it */
    /* a call gate with two parameters */
    push 0x11
    push 0x22
    call CALLGATE:0
    mov [user_results + 20], eax
    mov [user_results + 24], esp
    call CONFORM:conforming
    mov [user_results + 28], eax
    mov dword ptr [resume3], 0
    int 0x30
conforming:
    mov ax, cs
    movzx eax, ax
    retf
gate_target:
    mov eax, [esp + 8]              /* above CS:EIP */
    shl eax, 8
    or eax, [esp + 12]
    mov bx, cs
    and ebx, 3
    shl ebx, 16
    or eax, ebx
    mov bx, ss
    movzx ebx, bx
    shl ebx, 24
    add eax, ebx
    retf 8
user_page:
    mov ax, DATA3
    mov ds, ax
user_page_read:
    mov eax, [0x108000]
    nop

/* ---- tasks ---- */
task1:
    mov dword ptr [task_seen], 0x1111
    pushf
    pop eax
    and eax, 0x4000
    CHECK(eax, 0x4000)              /* NT */
    iret
    jmp task1
df_task:
    pop eax
    mov [error], eax
    mov dword ptr [task_seen], 0xdf
    mov eax, [tss0 + 0x20]
    mov [saved_eip], eax
    mov eax, [resume]
    mov [tss0 + 0x20], eax
    iret

/* ---- handlers ---- */
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
    push eax
    push ds
    mov ax, DATA
    mov ds, ax
    mov eax, [esp + 8]
    mov [vector], eax
    mov eax, [esp + 12]
    mov [error], eax
    mov eax, [esp + 16]
    mov [saved_eip], eax
    mov eax, [esp + 20]
    mov [saved_cs], eax
    mov eax, [esp + 24]
    mov [saved_eflags], eax
    test eax, 0x20000
    jz 1f
    mov eax, [esp + 40]
    mov [v86_ds], eax
    jmp 3f
1:  test dword ptr [esp + 20], 3
    jz 2f
    cmp dword ptr [resume3], 0
    je 3f
    mov eax, [resume3]
    mov [esp + 16], eax
    pop ds
    pop eax
    add esp, 8
    iret
3:  /* from ring 3 for good: stay in ring 0 */
    mov ax, DATA
    mov es, ax
    mov eax, [resume]
    mov esp, 0x70000
    mov dword ptr [resume], 0
    jmp eax
2:  cmp dword ptr [resume], 0
    je 4f
    mov eax, [resume]
    mov [esp + 16], eax
4:  pop ds
    pop eax
    add esp, 8
    iret

    .balign 4
vector:       .long 0
error:        .long 0
saved_eip:    .long 0
saved_cs:     .long 0
saved_eflags: .long 0
v86_ds:       .long 0
resume:       .long 0
resume3:      .long 0
task_seen:    .long 0
user_cpl:     .long 0
user_results: .fill 8, 4, 0
watched:      .long 0
    .balign 8
gdt:
    DESC(0, 0, 0, 0)
    DESC(0, 0xfffff, 0x9b, 0xc)
    DESC(0, 0xfffff, 0x93, 0xc)
    DESC(0, 0xfffff, 0xfb, 0xc)
    DESC(0, 0xfffff, 0xf3, 0xc)
    DESC(0, 0xfff, 0x93, 0x4)
    DESC(0, 0xfff, 0x97, 0x4)
    DESC(0, 0xfffff, 0x91, 0xc)
    DESC(0, 0xfffff, 0x13, 0xc)
    DESC(0, 0xfffff, 0x99, 0xc)
    DESC(0, 0xfffff, 0x9f, 0xc)
    DESC_AT(tss0, 0x68 + 0x21, 0x89, 0)
    DESC_AT(tss1, 0x67, 0x89, 0)
gate:
    .word gate_target, CODE         /* two parameters */
    .byte 2, 0xec
    .word 0
    GATE(0, TSS1, 0x85)
    DESC_AT(ldt, 15, 0x82, 0)
    DESC_AT(tss2, 0x67, 0x89, 0)
    DESC(0x40000, 0xffff, 0x9b, 0)
    .set GDT_SIZE, . - gdt
ldt:
    DESC(0, 0, 0, 0)
    DESC(0, 0xfffff, 0x93, 0xc)
gdtr:
    .word GDT_SIZE - 1
    .long gdt
idtr:
    .word 49 * 8 - 1
    .long idt
    .balign 8
tss0:
    .long 0, 0x6f000, DATA
    .fill 22, 4, 0
    .word 0, 0x68
    .fill 28, 1, 0xff
    .fill 2, 1, 0xff
    .byte 0xfe, 0xff, 0xff          /* port 0xf0 */
    .balign 8
#define TASK(name)                                                          \
name: .long 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0;           \
    .long DATA, CODE, DATA, DATA, DATA, DATA, 0, 0x00680000
TASK(tss1)
TASK(tss2)
    .balign 8
idt: .fill 49, 8, 0
