/* SPDX-License-Identifier: MIT */
/* HELLO.COM of the suite's disk: longer than a cluster, so that its chain is followed. */
        .code16
        .globl  _start
_start: mov     $0x30, %ah
        int     $0x21
        cmp     $5, %al
        jne     1f
        mov     $text, %dx
        mov     $0x09, %ah
        int     $0x21
        mov     $0x4c07, %ax
        int     $0x21
1:      ret
        .org    1300
text:   .ascii  "hello-from-a-program $"
