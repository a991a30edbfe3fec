/* SPDX-License-Identifier: MIT */
/*
 * A ROM for machine pc that prints a line on two parallel ports (0x378, 0x278) and ends the run by
 * port 0xf4.  For pc_printer.py.
 */
    .intel_syntax noprefix
    .code16
    .globl _start
_start:
    mov ax, cs
    mov ds, ax
    mov si, offset text - _start
again:
    lodsb
    test al, al
    jz done
    mov dx, 0x378
    call print
    mov dx, 0x278
    call print
    jmp again
done:
    out 0xf4, al
    hlt
print:                              /* al to the port dx: data, then a strobe */
    push ax
    out dx, al
    add dx, 2
    mov al, 0x0d
    out dx, al
    mov al, 0x0c
    out dx, al
    pop ax
    ret
text:
    .asciz "printed\n"
    .org 0xfff0
    .byte 0xea
    .word 0, 0xf000
    .org 0x10000
