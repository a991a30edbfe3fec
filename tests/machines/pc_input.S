/* SPDX-License-Identifier: MIT */
/*
 * A boot sector that tells on the first serial port what the BIOS hears of keyboard and mouse:
 * "K <scan code><ASCII>" by INT 16h, "M <buttons><dx><dy>" by INT 15h, AH=C2h.  For pc_input.py.
 */
    .intel_syntax noprefix
    .code16
    .globl _start
_start:
    ljmp 0, offset 1f
1:  xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    sti
    mov ax, 0x00e3                  /* COM1: 9600 8N1 */
    xor dx, dx
    int 0x14
    mov ax, 0xc205                  /* packets of three bytes */
    mov bh, 3
    int 0x15
    mov bx, offset on_mouse
    mov ax, 0xc207
    int 0x15
    mov ax, 0xc200
    mov bh, 1
    int 0x15
    mov al, 'R'
    jc 2f
    mov al, '+'                     /* there is a mouse */
2:  call putc
    mov si, offset ready
    call puts
again:
    cmp byte ptr [moved], 0
    je 3f
    mov byte ptr [moved], 0
    mov al, 'M'
    call putc
    mov al, ' '
    call putc
    mov ax, [buttons]
    and al, 7
    call put_byte
    mov ax, [dx_]
    call put_byte
    mov ax, [dy_]
    call put_byte
    call newline
3:  mov ah, 0x11
    int 0x16
    jz again
    mov ah, 0x10
    int 0x16
    push ax
    mov al, 'K'
    call putc
    mov al, ' '
    call putc
    pop ax
    push ax
    mov al, ah
    call put_byte
    pop ax
    call put_byte
    call newline
    jmp again

/* Called far by the BIOS; the words lie above the return address: 0, dy, dx, status. */
on_mouse:
    push bp
    mov bp, sp
    push ax
    mov ax, [bp + 12]
    mov cs:[buttons], ax
    mov ax, [bp + 10]
    mov cs:[dx_], ax
    mov ax, [bp + 8]
    mov cs:[dy_], ax
    mov byte ptr cs:[moved], 1
    pop ax
    pop bp
    retf

putc:
    push ax
    push dx
    mov ah, 1
    xor dx, dx
    int 0x14
    pop dx
    pop ax
    ret
puts:
    lodsb
    test al, al
    jz 4f
    call putc
    jmp puts
4:  ret
newline:
    mov al, 13
    call putc
    mov al, 10
    jmp putc
put_byte:                           /* al */
    push ax
    shr al, 4
    call put_digit
    pop ax
    and al, 15
put_digit:
    add al, '0'
    cmp al, '9'
    jbe putc
    add al, 'a' - '0' - 10
    jmp putc

ready:   .asciz "READY\r\n"
moved:   .byte 0
buttons: .word 0
dx_:     .word 0
dy_:     .word 0
    .org 510
    .word 0xaa55
    .org 0x100000                   /* as large as the least disk that has a cylinder */
