/* SPDX-License-Identifier: MIT */
/*
 * Several CPUs in 64-bit mode: locked instructions, order of memory, code that others change, address
 * translations that others change, interrupts from one to the other.  Runs under run_smp.c.
 * SDM 3A: 9.1 (locks), 9.1.3 (code of others), 9.2.3 (examples of memory order), 4.10.5 (shootdown).
 *
 * All CPUs go through the tests together; CPU 0 checks.  r15d is the CPU's number, r14d how many
 * there are, r13d the rounds.
 */
#include "sys.h"
    .intel_syntax noprefix
    .code16
    .globl _start
    .set CODE, 0x08
    .set DATA, 0x10
    .set PML4, 0x10000
    .set PDPT, 0x11000
    .set PD, 0x12000
    .set PT, 0x13000                /* of 2 MiB to 4 MiB */
    .set FRESH, 0x300000            /* pages for new code */
    .set MANY, 0x400000             /* more code than the cache holds */
    .set N_MANY, 30000
    .set PAGE_A, 0x380000
    .set PAGE_B, 0x381000
    .set WINDOW, 0x200000           /* its page table entry changes */
    .set SHOOT, 0x40
    .set WAKE, 0x41
_start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    cld
    mov ax, 0x1000
    mov es, ax
    xor di, di
    mov cx, 0x4000 / 2
    xor ax, ax
    rep stosw
    mov dword ptr es:[0], PDPT + 7
    mov dword ptr es:[0x1000], PD + 7
    mov di, 0x2000
    mov eax, 0x87
    mov cx, 8
1:  mov es:[di], eax
    add di, 8
    add eax, 0x200000
    loop 1b
    mov dword ptr es:[0x2008], PT + 7
    mov di, 0x3000
    mov eax, 0x200007
    mov cx, 512
1:  mov es:[di], eax
    add di, 8
    add eax, 0x1000
    loop 1b
    jmp to_long

    .org 0x400                      /* 0x8000: where the others start */
ap_start:
    cli
    xor ax, ax
    mov ds, ax
to_long:
    lgdt [gdtr]
    mov eax, 0x20
    mov cr4, eax
    mov eax, PML4
    mov cr3, eax
    mov ecx, 0xc0000080
    mov eax, 0x900
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
    in eax, 0xd0
    mov r14d, eax
    in eax, 0xd8
    mov r13d, eax
    in eax, 0xd4
    mov r15d, eax
    shl eax, 12
    mov esp, 0x80000
    sub esp, eax
    test r15d, r15d
    jnz 3f
    /* CPU 0: the interrupt table, then the others */
    mov edi, offset idt
    mov eax, offset bad
    mov ecx, 0x50
1:  mov [rdi], ax
    mov word ptr [rdi + 2], CODE
    mov dword ptr [rdi + 4], 0x8e00
    mov qword ptr [rdi + 8], 0
    add edi, 16
    loop 1b
    mov word ptr [idt + SHOOT * 16], offset on_shoot
    mov word ptr [idt + WAKE * 16], offset on_wake
    mov ebx, 1
2:  cmp ebx, r14d
    jae 3f
    mov eax, ebx
    shl eax, 16
    or eax, 3                       /* INIT */
    out 0xe4, eax
    or eax, 0x0804                  /* SIPI 8: INIT and it may come together */
    xor eax, 3 & ~4
    out 0xe4, eax
    out 0xe4, eax
    inc ebx
    jmp 2b
3:  lidt [idtr]
    call barrier

#define NEXT  call barrier
#define CPU0(...)  test r15d, r15d; jnz 99f; __VA_ARGS__; 99:
#define FAIL_UNLESS(cc)  j##cc 98f; lock inc dword ptr [errors]; 98:

    /* ---- locked counters of each width ---- */
    mov ecx, r13d
1:  lock inc byte ptr [c8]
    lock inc word ptr [c16]
    lock inc dword ptr [c32]
    lock inc qword ptr [c64]
    lock add dword ptr [c_add], 3
    lock sub qword ptr [c_sub], 5
    mov eax, 7
    lock xadd dword ptr [c_xadd], eax
    clc
    lock adc dword ptr [c_adc], 1
    stc
    lock adc dword ptr [c_adc], 0
    stc
    lock sbb dword ptr [c_sbb], 0
    lock neg dword ptr [c_neg]
    lock not dword ptr [c_not]
    lock dec dword ptr [c_dec]
    mov eax, [c_cas]
2:  lea edx, [rax + 1]
    lock cmpxchg [c_cas], edx
    jne 2b
    dec ecx
    jnz 1b
    NEXT
    mov ebx, r13d
    imul ebx, r14d
    CPU0(movzx edx, byte ptr [c8]; movzx r12d, bl; CHECK(edx, r12d))
    CPU0(movzx edx, word ptr [c16]; movzx r12d, bx; CHECK(edx, r12d))
    CPU0(CHECK(dword ptr [c32], ebx))
    CPU0(CHECK(dword ptr [c64], ebx))
    CPU0(lea edx, [rbx + rbx * 2]; CHECK(dword ptr [c_add], edx))
    CPU0(lea edx, [rbx + rbx * 4]; neg edx; CHECK(dword ptr [c_sub], edx))
    CPU0(imul edx, ebx, 7; CHECK(dword ptr [c_xadd], edx))
    CPU0(lea edx, [rbx + rbx]; CHECK(dword ptr [c_adc], edx))
    CPU0(mov edx, ebx; neg edx; CHECK(dword ptr [c_sbb], edx))
    CPU0(mov edx, 12345; test bl, 1; jz 97f; neg edx; 97: CHECK(dword ptr [c_neg], edx))
    CPU0(mov edx, 12345; test bl, 1; jz 97f; not edx; 97: CHECK(dword ptr [c_not], edx))
    CPU0(mov edx, ebx; neg edx; CHECK(dword ptr [c_dec], edx))
    CPU0(CHECK(dword ptr [c_cas], ebx))
    NEXT

    /* ---- each CPU's own bits of one word: none is lost ---- */
    mov ecx, r15d
    mov ebx, 1
    shl ebx, cl                     /* in bits 0..15; a second time in 31..16 */
    mov edi, ebx
    shl edi, 16
    mov esi, edi
    not esi
    mov r12d, r13d
1:  lock xor [bits], ebx
    lock or [bits], edi
    test dword ptr [bits], edi
    FAIL_UNLESS(nz)
    lock and [bits], esi
    test dword ptr [bits], edi
    FAIL_UNLESS(z)
    lock bts dword ptr [bits + 4], ecx
    FAIL_UNLESS(nc)
    lock btr dword ptr [bits + 4], ecx
    FAIL_UNLESS(c)
    lock btc dword ptr [bits + 8], ecx
    dec r12d
    jnz 1b
    NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    CPU0(mov edx, 1; mov ecx, r14d; shl edx, cl; dec edx; mov r12d, r13d; and r12d, 1; neg r12d; \
         and edx, r12d; CHECK(dword ptr [bits], edx); CHECK(dword ptr [bits + 8], edx); \
         CHECK(dword ptr [bits + 4], 0))
    NEXT

    /* ---- a lock by XCHG, one by tickets: what they guard is changed plainly ---- */
    mov ecx, r13d
1:  mov eax, 1
2:  xchg eax, [spin]
    test eax, eax
    jz 3f
4:  pause
    cmp dword ptr [spin], 0
    jne 4b
    mov eax, 1
    jmp 2b
3:  inc qword ptr [guarded]
    mov rax, [guarded]
    cmp rax, [guarded + 64]
    FAIL_UNLESS(a)
    mov [guarded + 64], rax
    mov dword ptr [spin], 0
    dec ecx
    jnz 1b
    NEXT
    mov ebx, r13d
    imul ebx, r14d
    CPU0(CHECK(dword ptr [guarded], ebx); CHECK(dword ptr [errors], 0))
    NEXT
    mov ecx, r13d
1:  mov ax, 1
    lock xadd [ticket], ax
2:  cmp ax, [ticket + 2]
    je 3f
    pause
    jmp 2b
3:  inc dword ptr [guarded + 8]
    inc word ptr [ticket + 2]
    dec ecx
    jnz 1b
    NEXT
    CPU0(CHECK(dword ptr [guarded + 8], ebx))
    NEXT

    /* ---- not aligned: in a line, over two lines, over two pages ---- */
    mov ecx, r13d
1:  lock inc qword ptr [PAGE_A + 0x101]
    lock inc dword ptr [PAGE_A + 0x23e]
    test cl, 7
    jnz 2f
    lock inc dword ptr [PAGE_A + 0xffe]
    mov rax, 3
    lock xadd [PAGE_B + 0xffb], rax
    mov edx, 2
    xchg edx, [PAGE_B + 0x1fff]
2:  dec ecx
    jnz 1b
    NEXT
    mov edx, r13d
    shr edx, 3
    imul edx, r14d
    mov r12d, edx
    CPU0(CHECK(dword ptr [PAGE_A + 0x101], ebx); CHECK(dword ptr [PAGE_A + 0x23e], ebx); \
         CHECK(dword ptr [PAGE_A + 0xffe], r12d); lea edx, [r12 + r12 * 2]; mov rcx, [PAGE_B + 0xffb]; CHECK(ecx, edx))
    NEXT

    /* ---- CMPXCHG8B and 16B: both halves change together ---- */
    mov r12d, r13d
1:  mov eax, [pair8]
    mov edx, [pair8 + 4]
2:  lea ebx, [rax + 1]
    lea ecx, [rdx + 2]
    lock cmpxchg8b [pair8]
    jne 2b
    mov rax, [pair16]
    mov rdx, [pair16 + 8]
3:  lea rbx, [rax + 1]
    lea rcx, [rdx + 3]
    lock cmpxchg16b [pair16]
    jne 3b
    dec r12d
    jnz 1b
    NEXT
    mov ebx, r13d
    imul ebx, r14d
    CPU0(CHECK(dword ptr [pair8], ebx); lea edx, [rbx + rbx]; CHECK(dword ptr [pair8 + 4], edx))
    CPU0(CHECK(dword ptr [pair16], ebx); lea edx, [rbx + rbx * 2]; CHECK(dword ptr [pair16 + 8], edx))
    NEXT
    /* the same beside code that runs */
    mov r12d, r13d
1:  call beside_code
    mov rax, [code_pair]
    mov rdx, [code_pair + 8]
3:  lea rbx, [rax + 1]
    lea rcx, [rdx + 3]
    lock cmpxchg16b [code_pair]
    jne 3b
    lock inc dword ptr [code_count]
    dec r12d
    jnz 1b
    NEXT
    mov ebx, r13d
    imul ebx, r14d
    CPU0(CHECK(dword ptr [code_pair], ebx); lea edx, [rbx + rbx * 2]; CHECK(dword ptr [code_pair + 8], edx); \
         CHECK(dword ptr [code_count], ebx))
    NEXT

    /* ---- order of memory, CPUs 0 and 1; the others go on ---- */
    cmp r14d, 2
    jb order_done
    cmp r15d, 2
    jae order_done
    /* message passing: no fence is needed */
    test r15d, r15d
    jnz 2f
    mov ecx, 1
1:  mov [mp_data], ecx
    mov [mp_flag], ecx
    inc ecx
    cmp ecx, r13d
    jb 1b
    mov [mp_flag], ecx
    jmp 3f
2:  mov eax, [mp_flag]
    mov edx, [mp_data]
    cmp eax, r13d
    jae 3f
    cmp edx, eax
    FAIL_UNLESS(ae)
    jmp 2b
3:
    /* store buffering: with MFENCE, or a locked instruction, one sees the other; load buffering */
    mov ecx, 1
    mov edi, r15d
    shl edi, 6                      /* mine */
    mov esi, edi
    xor esi, 64                     /* the other's */
1:  mov [sb_ready + rdi], ecx
2:  cmp [sb_ready + rsi], ecx
    jae 3f
    pause
    jmp 2b
3:  mov [sb + rdi], ecx
    test cl, 1
    jz 4f
    mfence
    jmp 5f
4:  lock or dword ptr [rsp - 8], 0
5:  mov eax, [sb + rsi]
    mov [sb_saw + rdi], eax
    mov edx, [lb + rsi]
    mov [lb + rdi], ecx
    mov [lb_saw + rdi], edx
    mov [sb_done + rdi], ecx
6:  cmp [sb_done + rsi], ecx
    jae 7f
    pause
    jmp 6b
7:  test edi, edi
    jnz 8f
    cmp [sb_saw], ecx               /* one of the two has seen this round's store */
    je 9f
    cmp [sb_saw + 64], ecx
9:  FAIL_UNLESS(e)
    cmp [lb_saw], ecx               /* not both the store behind the other's load */
    jne 9f
    cmp [lb_saw + 64], ecx
9:  FAIL_UNLESS(ne)
8:  mov [sb_next + rdi], ecx
8:  cmp [sb_next + rsi], ecx
    jb 8b
    inc ecx
    cmp ecx, r13d
    jbe 1b
order_done:
    NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    NEXT

    /* ---- code that CPU 0 changes and all run ---- */
    mov ebx, 1
1:  test r15d, r15d
    jnz 2f
    mov [patched + 1], ebx
    mov [code_seq], ebx
2:  cmp [code_seq], ebx
    jae 3f
    pause
    jmp 2b
3:  mov r12d, ebx
    xor eax, eax
    cpuid                           /* serializes */
    mov ebx, r12d
    call patched
    cmp eax, ebx
    FAIL_UNLESS(e)
    call far_patched
    cmp eax, ebx
    FAIL_UNLESS(e)
    lock inc dword ptr [code_ack]
    mov eax, ebx
    imul eax, r14d
4:  cmp [code_ack], eax
    jae 5f
    pause
    jmp 4b
5:  inc ebx
    cmp ebx, r13d
    jb 1b
    NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    NEXT

    /* ---- each changes its own function, all in one page ---- */
    mov edi, r15d
    shl edi, 4
    lea rdi, [own_code + rdi]
    mov ebx, r13d
1:  mov [rdi + 1], ebx
    call rdi
    cmp eax, ebx
    FAIL_UNLESS(e)
    dec ebx
    jnz 1b
    NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    NEXT

    /* ---- new code in pages that were data: CPU 0 writes it and goes on writing ---- */
    cmp r14d, 2
    jb 5f                                   /* nobody reads */
    test r15d, r15d
    jnz 2f
    mov ebx, 1
1:  mov eax, ebx
    and eax, 63
    shl eax, 12
    lea rdi, [FRESH + rax]
    mov dword ptr [rdi + 8], ebx            /* data first */
    mov byte ptr [rdi + 16], 0xb8           /* mov eax, ebx; ret */
    mov [rdi + 17], ebx
    mov byte ptr [rdi + 21], 0xc3
    mov [fresh_seq], ebx
    inc ebx
    test bl, 31
    jnz 4f
3:  mov eax, [fresh_slow]                   /* not more than half a round ahead */
    add eax, 32
    cmp eax, ebx
    jae 4f
    pause
    jmp 3b
4:  cmp ebx, r13d
    jb 1b
    jmp 5f
2:  mov r12d, 1
1:  cmp [fresh_seq], r12d
    jae 3f
    pause
    call slowest
    jmp 1b
3:  xor eax, eax
    cpuid
    mov eax, r12d
    and eax, 63
    shl eax, 12
    lea rdi, [FRESH + rax + 16]
    call rdi
    cmp eax, r12d
    FAIL_UNLESS(e)
    lea eax, [r15 * 4]
    mov [fresh_at + rax], r12d
    call slowest
    inc r12d
    cmp r12d, r13d
    jb 1b
5:  NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    NEXT

    /* ---- the cache is too small: all run all of it ---- */
    test r15d, r15d
    jnz 2f
    mov edi, MANY
    xor ecx, ecx
1:  mov byte ptr [rdi], 0x05                /* add eax, ecx; ret */
    mov [rdi + 1], ecx
    mov byte ptr [rdi + 5], 0xc3
    add edi, 16
    inc ecx
    cmp ecx, N_MANY
    jb 1b
2:  NEXT
    mov r12d, 2
3:  xor eax, eax
    xor ecx, ecx
1:  mov edi, ecx
    shl edi, 4
    add edi, MANY
    call rdi
    inc ecx
    cmp ecx, N_MANY
    jb 1b
    cmp eax, N_MANY * (N_MANY - 1) / 2
    FAIL_UNLESS(e)
    dec r12d
    jnz 3b
    NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    NEXT

    /* ---- a page that is mapped elsewhere, again and again: the others are told ---- */
    sti
    NEXT
    test r15d, r15d
    jnz 5f
    mov r12d, 1
1:  mov edi, PAGE_A
    test r12b, 1
    jz 2f
    mov edi, PAGE_B
2:  mov [rdi + 0x800], r12d
    or edi, 7
    mov [PT], edi
    invlpg [WINDOW]
    mov dword ptr [shoot_ack], 1
    mov ebx, 1
3:  cmp ebx, r14d
    jae 4f
    mov eax, ebx
    shl eax, 16
    or eax, SHOOT << 8
    out 0xe4, eax
    inc ebx
    jmp 3b
4:  pause
    cmp [shoot_ack], r14d
    jb 4b
    mov [shoot_seq], r12d
    inc r12d
    mov eax, r13d
    shr eax, 2
    cmp r12d, eax
    jbe 1b
    mov dword ptr [shoot_seq], -1
    jmp 6f
5:  mov eax, [shoot_seq]
    cmp eax, -1
    je 6f
    mov edx, [WINDOW + 0x800]
    cmp edx, eax
    FAIL_UNLESS(ae)
    jmp 5b
6:  NEXT
    CPU0(CHECK(dword ptr [errors], 0))
    NEXT

    /* ---- asleep, and woken ---- */
    test r15d, r15d
    jnz 5f
    mov r12d, r13d
    shr r12d, 2
1:  mov dword ptr [wake_ack], 1
    mov ebx, 1
3:  cmp ebx, r14d
    jae 4f
    mov eax, ebx
    shl eax, 16
    or eax, WAKE << 8
    out 0xe4, eax
    inc ebx
    jmp 3b
4:  pause
    cmp [wake_ack], r14d
    jb 4b
    dec r12d
    jnz 1b
    mov dword ptr [wake_end], 1
    mov ebx, 1
3:  cmp ebx, r14d
    jae 6f
    mov eax, ebx
    shl eax, 16
    or eax, WAKE << 8
    out 0xe4, eax
    inc ebx
    jmp 3b
5:  cli
    cmp dword ptr [wake_end], 0
    jne 6f
    sti
    hlt
    jmp 5b
6:  cli
    NEXT
    mov ebx, r13d
    shr ebx, 2
    mov eax, r14d
    dec eax
    imul ebx, eax
    CPU0(mov edx, [woken]; cmp edx, ebx; mov edx, 0; setae dl; CHECK(edx, 1))
    CPU0(xor eax, eax; out 0xe0, eax)
1:  cli
    hlt
    jmp 1b

/* ---- what the tests use ---- */

/* All CPUs meet. */
barrier:
    push rax
    push rdx
    mov edx, [meet_round]
    mov eax, 1
    lock xadd [meet_count], eax
    inc eax
    cmp eax, r14d
    jne 1f
    mov dword ptr [meet_count], 0
    inc dword ptr [meet_round]
    jmp 2f
1:  pause
    cmp [meet_round], edx
    je 1b
2:  pop rdx
    pop rax
    ret

/* fresh_slow: how far the slowest of the readers is; by CPU 1. */
slowest:
    cmp r15d, 1
    jne 2f
    mov eax, r12d
    mov ecx, 1
1:  cmp ecx, r14d
    jae 3f
    mov edx, [fresh_at + rcx * 4]
    cmp edx, eax
    cmovb eax, edx
    inc ecx
    jmp 1b
3:  mov [fresh_slow], eax
2:  ret

on_shoot:
    invlpg [WINDOW]
    lock inc dword ptr [shoot_ack]
    iretq

on_wake:
    lock inc dword ptr [woken]
    lock inc dword ptr [wake_ack]
    iretq

bad:
    mov eax, 1
    out 0xe0, eax
    cli
    hlt
    jmp bad

    .align 16
gdt:
    .quad 0
    .quad 0x00af9b000000ffff
    .quad 0x00cf93000000ffff
gdtr:
    .word . - gdt - 1
    .long gdt
idtr:
    .word 0x50 * 16 - 1
    .quad idt

    .align 4096
far_patched:                        /* in a page of its own */
    mov eax, [patched + 1]
    jmp patched
    .align 4096
patched:
    mov eax, 0x55555555
    ret
    .align 4096
own_code:
    .rept 16
    mov eax, 0
    ret
    .align 16
    .endr
    .align 4096
beside_code:
    ret
    .align 16
code_pair:  .quad 0, 0
code_count: .long 0
    .align 4096
errors:     .long 0
    .align 64
meet_count: .long 0
    .align 64
meet_round: .long 0
    .align 64
c8:         .long 0
c16:        .long 0
c32:        .long 0
c_add:      .long 0
c64:        .quad 0
c_sub:      .quad 0
c_xadd:     .long 0
c_adc:      .long 0
c_sbb:      .long 0
c_neg:      .long 12345
c_not:      .long 12345
c_dec:      .long 0
c_cas:      .long 0
bits:       .long 0, 0, 0
    .align 64
spin:       .long 0
    .align 64
ticket:     .word 0, 0
    .align 64
guarded:    .quad 0, 0, 0, 0, 0, 0, 0, 0, 0
    .align 64
pair8:      .quad 0
    .align 16
pair16:     .quad 0, 0
    .align 64
mp_data:    .long 0
    .align 64
mp_flag:    .long 0
    .align 64
sb:         .space 128
sb_ready:   .space 128
sb_saw:     .space 128
sb_done:    .space 128
sb_next:    .space 128
lb:         .space 128
lb_saw:     .space 128
code_seq:   .long 0
    .align 64
code_ack:   .long 0
    .align 64
fresh_seq:  .long 0
    .align 64
fresh_slow: .long 0
fresh_at:   .space 64
shoot_ack:  .long 0
    .align 64
shoot_seq:  .long 0
    .align 64
wake_ack:   .long 0
wake_end:   .long 0
woken:      .long 0
    .align 16
idt:        .space 0x50 * 16
