/* SPDX-License-Identifier: MIT */
/*
 * A multiboot program that looks at what it was given (Multiboot Specification 0.6.96, 3.2 and 3.3) and
 * prints TAP on the first serial port.  Its module begins with "hell".
 */
    .intel_syntax noprefix
    .code32
    .globl _start

    .set FLAGS, 3                       /* modules on pages, memory information */
    .set WANTED, 0x24d                  /* memory, command line, modules, map, loader's name */

    .balign 4
    .long 0x1badb002, FLAGS, -(0x1badb002 + FLAGS)

    /* ok n when ZF is set */
    .macro CHECK
    call report
    .endm

_start:
    mov esp, 0x80000
    mov [magic], eax
    mov [info], ebx
    mov dword ptr [number], 0
    mov esi, offset plan
    call print

    cmp dword ptr [magic], 0x2badb002
    CHECK
    mov ebx, [info]
    mov eax, [ebx]
    and eax, WANTED
    cmp eax, WANTED
    CHECK
    mov eax, cr0                        /* protected mode, no paging */
    and eax, 0x80000001
    cmp eax, 1
    CHECK
    mov eax, [ebx + 8]                  /* 64 MiB: what lies above the first */
    cmp eax, 63 * 1024
    CHECK
    mov esi, [ebx + 24]                 /* the module, on a page, and its end */
    mov edi, [esi]
    cmp dword ptr [edi], 0x6c6c6568
    CHECK
    test edi, 0xfff
    CHECK
    mov esi, [ebx + 24]
    mov eax, [esi + 4]
    sub eax, edi
    cmp eax, 6
    CHECK
    call has_firmware_tables
    CHECK

    mov dx, 0xcf9                       /* a reset: the end under -no-reboot */
    mov al, 6
    out dx, al
1:  jmp 1b

/* ZF: the map has RAM at 0 and something that the BIOS keeps for itself. */
has_firmware_tables:
    mov esi, [ebx + 48]
    mov ecx, esi
    add ecx, [ebx + 44]
    xor edx, edx
    cmp dword ptr [esi + 4], 0
    jne 2f
    cmp dword ptr [esi + 20], 1
    jne 2f
1:  cmp dword ptr [esi + 20], 2
    sete al
    or dl, al
    add esi, [esi]
    add esi, 4
    cmp esi, ecx
    jb 1b
2:  cmp dl, 1
    ret

report:
    mov esi, offset ok
    je 1f
    mov esi, offset not_ok
1:  inc dword ptr [number]
    call print
    mov al, [number]
    add al, '0'
    call put
    mov al, '\n'
    call put
    mov ebx, [info]
    ret

print:
    lodsb
    test al, al
    jz 1f
    call put
    jmp print
1:  ret

put:
    push eax
    mov dx, 0x3fd
1:  in al, dx
    test al, 0x20
    jz 1b
    pop eax
    mov dx, 0x3f8
    out dx, al
    ret

plan:   .asciz "1..8\n"
not_ok: .asciz "not ok "
ok:     .asciz "ok "
    .balign 4
magic:  .long 0
info:   .long 0
number: .long 0
