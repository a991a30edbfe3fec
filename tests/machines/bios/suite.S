/* SPDX-License-Identifier: MIT */
/*
 * What a 16-bit system asks of a PC and its BIOS, as a disk or floppy that boots: INT 10h, 11h, 12h,
 * 13h, 15h, 16h, 1Ah and 1Ch; A20, unreal and protected mode, faults in real mode, timer and keyboard.
 * At the end it is a tiny DOS: it lists the root directory of the disk's FAT12 file system and runs
 * HELLO.COM out of it, with enough of INT 21h.
 *
 * Each test is a row of `tests` and one line on the screen and on COM1, "name: what it saw ok" or
 * "... FAILED AX".  A test returns with the carry set when something is wrong.  Then it writes 16 to port
 * 0x501 (isa-debug-exit) and halts.  DS = ES = SS = 0 but where a test says so.
 */
        .code16
        .globl  _start

        .set    COM1, 0x3f8
        .set    LOAD, 0x7e00
        .set    SECTORS, 15             /* of this program behind the boot sector */
        .set    BUFFER, 0xa000          /* 4 KiB */
        .set    PROGRAM, 0x2000         /* segment of HELLO.COM */

/* --- The boot sector, with a BPB: 16 reserved sectors, one FAT of 1, 16 root entries ------------ */

_start: jmp     1f
        .org    3
        .ascii  "EMUSUITE"
        .word   512                     /* bytes a sector */
        .byte   1                       /* sectors a cluster */
bpb_reserved:
        .word   16
        .byte   1                       /* FATs */
bpb_roots:
        .word   16
        .word   2880
        .byte   0xf0
bpb_fat:
        .word   1                       /* sectors a FAT */
        .word   18, 2
        .long   0, 0
        .org    62
1:      cli
        xor     %ax, %ax
        mov     %ax, %ds
        mov     %ax, %es
        mov     %ax, %ss
        mov     $0x7c00, %sp
        ljmp    $0, $2f
2:      sti
        cld
        mov     %dl, drive
        mov     $0x08, %ah              /* geometry */
        xor     %di, %di
        int     $0x13
        jc      boot_failed
        xor     %ax, %ax
        mov     %ax, %es
        and     $0x3f, %cx
        mov     %cx, spt
        movzbw  %dh, %ax
        inc     %ax
        mov     %ax, heads
        mov     $1, %ax
        mov     $LOAD, %bx
3:      push    %ax
        call    read_chs
        jc      boot_failed
        pop     %ax
        add     $512, %bx
        inc     %ax
        cmp     $SECTORS, %ax
        jbe     3b
        jmp     main
boot_failed:
        mov     $'!', %al
        mov     $0x0e, %ah
        int     $0x10
        hlt

/* Sector AX of the disk to ES:BX, by cylinder, head and sector.  Carry and AH from the BIOS. */
read_chs:
        xor     %dx, %dx
        divw    spt
        mov     %dl, %cl
        inc     %cl
        xor     %dx, %dx
        divw    heads
        mov     %al, %ch
        shl     $6, %ah
        or      %ah, %cl
        mov     %dl, %dh
        mov     drive, %dl
        mov     $0x0201, %ax
        int     $0x13
        ret

drive:  .byte   0
spt:    .word   0
heads:  .word   0
        .org    510
        .word   0xaa55

/* --- Text ---------------------------------------------------------------------------------------- */

main:   mov     $0x0003, %ax
        int     $0x10
        mov     $hello, %si
        call    puts
        mov     $tests, %bp
1:      mov     (%bp), %si
        test    %si, %si
        jz      done
        call    puts
        mov     $colon, %si
        call    puts
        push    %bp
        clc
        call    *2(%bp)
        pop     %bp
        push    %ax                     /* a test may leave anything in these */
        sbb     %bx, %bx
        xor     %ax, %ax
        mov     %ax, %ds
        mov     %ax, %es
        pop     %ax
        cld
        sti
        mov     $good, %si
        test    %bx, %bx
        jz      2f
        incw    failures
        push    %ax
        mov     $bad, %si
        call    puts
        pop     %ax
        call    put_word
        mov     $newline, %si
2:      call    puts
        add     $4, %bp
        jmp     1b
done:   mov     $all_good, %si
        cmpw    $0, failures
        je      1f
        mov     $some_bad, %si
1:      call    puts
        mov     $0x501, %dx
        mov     $16, %al
        out     %al, %dx
2:      hlt
        jmp     2b

/* The text at SI. */
puts:   push    %ax
1:      lodsb
        test    %al, %al
        jz      2f
        call    putc
        jmp     1b
2:      pop     %ax
        ret

putc:   pusha
        push    %ax
        mov     $0x0e, %ah
        mov     $7, %bx
        int     $0x10
        mov     $COM1 + 5, %dx
1:      in      %dx, %al
        test    $0x20, %al
        jz      1b
        pop     %ax
        mov     $COM1, %dx
        out     %al, %dx
        popa
        ret

put_word:
        push    %ax
        mov     %ah, %al
        call    put_byte
        pop     %ax
put_byte:
        push    %ax
        shr     $4, %al
        call    put_digit
        pop     %ax
put_digit:
        push    %ax
        and     $15, %al
        cmp     $10, %al
        sbb     $0x69, %al              /* the shortest way to a hexadecimal digit */
        das
        call    putc
        pop     %ax
        ret

/* The number in EAX, decimal. */
put_number:
        pushal
        xor     %edx, %edx
        mov     $10, %ebx
        div     %ebx
        test    %eax, %eax
        jz      1f
        call    put_number
1:      mov     %dl, %al
        add     $'0', %al
        call    putc
        popal
        ret

space:  push    %ax
        mov     $' ', %al
        call    putc
        pop     %ax
        ret

        .macro  FAIL_UNLESS condition
        j\condition 771f
        stc
        ret
771:
        .endm

        .macro  FAIL_IF condition
        .ifc    \condition,c
        jnc     772f
        .else
        j\condition 773f
        jmp     772f
773:
        .endif
        stc
        ret
772:
        .endm

/* --- The screen, INT 10h -------------------------------------------------------------------------- */

t_mode: mov     $0x0f, %ah
        int     $0x10
        cmp     $0x5003, %ax            /* 80 columns, mode 3 */
        FAIL_UNLESS e
        ret

t_cursor:
        mov     $0x03, %ah
        xor     %bh, %bh
        int     $0x10
        push    %dx
        mov     $0x02, %ah
        mov     $0x1025, %dx
        int     $0x10
        mov     $0x03, %ah
        int     $0x10
        mov     %dx, %cx
        pop     %dx
        push    %cx
        mov     $0x02, %ah
        int     $0x10
        pop     %ax
        cmp     $0x1025, %ax
        FAIL_UNLESS e
        ret

/* A character with a colour at 24/79: read back, and in the video memory. */
t_write:
        mov     $0x03, %ah
        xor     %bh, %bh
        int     $0x10
        push    %dx
        mov     $0x02, %ah
        mov     $0x184f, %dx
        int     $0x10
        mov     $0x0941, %ax
        mov     $0x001e, %bx
        mov     $1, %cx
        int     $0x10
        mov     $0x08, %ah
        xor     %bh, %bh
        int     $0x10
        pop     %dx
        push    %ax
        mov     $0x02, %ah
        int     $0x10
        pop     %ax
        cmp     $0x1e41, %ax
        FAIL_UNLESS e
        mov     $0xb800, %ax
        mov     %ax, %es
        mov     %es:(24 * 80 + 79) * 2, %ax
        cmp     $0x1e41, %ax
        FAIL_UNLESS e
        movw    $0x0720, %es:(24 * 80 + 79) * 2
        clc
        ret

/* Mode 13h: a dot by the BIOS, read by the BIOS and in memory; and all of it back to text. */
t_graphics:
        mov     $0x0013, %ax
        int     $0x10
        mov     $0x0c2a, %ax
        xor     %bx, %bx
        mov     $100, %cx
        mov     $50, %dx
        int     $0x10
        mov     $0x0d00, %ax
        int     $0x10
        mov     %al, %ah
        push    %es
        mov     $0xa000, %bx
        mov     %bx, %es
        mov     %es:50 * 320 + 100, %al
        pop     %es
        push    %ax
        mov     $0x0003, %ax
        int     $0x10
        mov     $hello, %si
        call    puts
        mov     $n_graphics, %si
        call    puts
        mov     $colon, %si
        call    puts
        pop     %ax
        cmp     $0x2a2a, %ax
        FAIL_UNLESS e
        ret

t_vesa: movl    $0x32454256, BUFFER     /* "VBE2" */
        mov     $BUFFER, %di
        mov     $0x4f00, %ax
        int     $0x10
        cmp     $0x004f, %ax
        FAIL_UNLESS e
        mov     BUFFER + 4, %ax
        call    put_word
        call    space
        cmpl    $0x41534556, BUFFER     /* "VESA" */
        FAIL_UNLESS e
        mov     $0x4f01, %ax
        mov     $0x4112, %cx            /* 640 x 480, true colour */
        int     $0x10
        cmp     $0x004f, %ax
        FAIL_UNLESS e
        movzwl  BUFFER + 18, %eax
        call    put_number
        mov     $'x', %al
        call    putc
        movzwl  BUFFER + 20, %eax
        call    put_number
        call    space
        clc
        ret

/* --- Memory and equipment, INT 11h, 12h, 15h ------------------------------------------------------- */

t_memory:
        int     $0x12
        movzwl  %ax, %eax
        call    put_number
        call    space
        mov     $0x88, %ah
        int     $0x15
        FAIL_IF c
        shr     $10, %ax                /* MiB: how much the firmware keeps differs */
        movzwl  %ax, %eax
        call    put_number
        call    space
        mov     $0xe801, %ax
        int     $0x15
        FAIL_IF c
        movzwl  %ax, %eax
        call    put_number
        call    space
        shr     $4, %bx
        movzwl  %bx, %eax
        call    put_number
        call    space
        clc
        ret

t_equipment:
        int     $0x11
        and     $0x0032, %ax            /* 80x25 colour, coprocessor */
        call    put_word
        call    space
        clc
        ret

/* The BIOS' map of memory: the entries in order, type and start; they do not overlap.  RAM is 64 MiB. */
t_e820: xor     %ebx, %ebx
        xor     %esi, %esi              /* the end of the one before */
1:      mov     $0xe820, %eax
        mov     $0x534d4150, %edx
        mov     $24, %ecx
        mov     $BUFFER, %di
        int     $0x15
        FAIL_IF c
        cmp     $0x534d4150, %eax
        FAIL_UNLESS e
        cmpl    $0, BUFFER + 4          /* above 4 GiB */
        jne     2f
        mov     BUFFER, %eax
        cmp     %esi, %eax
        FAIL_UNLESS ae
        add     BUFFER + 8, %eax
        mov     %eax, %esi
        mov     BUFFER + 16, %al
        call    put_digit
        mov     $'@', %al
        call    putc
        mov     BUFFER + 2, %ax
        cmp     $0x0300, %ax            /* what the firmware keeps at the end of RAM differs */
        jb      3f
        cmp     $0xf000, %ax
        jb      4f
3:      call    put_word
        mov     BUFFER, %ax
        call    put_word
4:      call    space
2:      test    %ebx, %ebx
        jnz     1b
        clc
        ret

/* 16 words to 2 MiB and back by INT 15h, AH=87h. */
t_block_move:
        movl    $0x600df00d, BUFFER
        movl    $0, BUFFER + 512
        movw    $BUFFER, move_from
        movb    $0, move_from + 2
        movw    $0, move_to
        movb    $0x20, move_to + 2
        call    1f
        FAIL_IF c
        movw    $0, move_from
        movb    $0x20, move_from + 2
        movw    $BUFFER + 512, move_to
        movb    $0, move_to + 2
        call    1f
        FAIL_IF c
        cmpl    $0x600df00d, BUFFER + 512
        FAIL_UNLESS e
        ret
1:      mov     $0x87, %ah
        mov     $16, %cx
        mov     $move_table, %si
        int     $0x15
        ret

/* --- A20 --------------------------------------------------------------------------------------------- */

/* ZF: FFFF:0510 is 0000:0500, the line is off. */
a20_off:
        push    %ds
        push    %es
        xor     %ax, %ax
        mov     %ax, %ds
        dec     %ax
        mov     %ax, %es
        movw    $0x1234, 0x500
        movw    $0x5678, %es:0x510
        cmpw    $0x5678, 0x500
        pop     %es
        pop     %ds
        ret

t_a20_bios:
        mov     $0x2400, %ax
        int     $0x15
        FAIL_IF c
        call    a20_off
        FAIL_UNLESS e
        mov     $0x2402, %ax
        int     $0x15
        cmp     $0, %al
        FAIL_UNLESS e
        mov     $0x2401, %ax
        int     $0x15
        FAIL_IF c
        call    a20_off
        FAIL_UNLESS ne
        clc
        ret

t_a20_port92:
        in      $0x92, %al
        and     $0xfc, %al
        out     %al, $0x92
        call    a20_off
        FAIL_UNLESS e
        or      $2, %al
        in      $0x92, %al
        or      $2, %al
        and     $0xfe, %al
        out     %al, $0x92
        call    a20_off
        FAIL_UNLESS ne
        clc
        ret

kbc_wait:
        in      $0x64, %al
        test    $2, %al
        jnz     kbc_wait
        ret

/* The keyboard controller's output port: 0xdd is off, 0xdf on. */
t_a20_keyboard:
        cli
        mov     $0xdd, %bl
        call    1f
        call    a20_off
        FAIL_UNLESS e
        mov     $0xdf, %bl
        call    1f
        call    a20_off
        FAIL_UNLESS ne
        clc
        ret
1:      call    kbc_wait
        mov     $0xd1, %al
        out     %al, $0x64
        call    kbc_wait
        mov     %bl, %al
        out     %al, $0x60
        call    kbc_wait
        ret

/* --- Modes of the processor ------------------------------------------------------------------------- */

/* Segments of 4 GiB stay what they are in real mode; FS = 0. */
t_unreal:
        cli
        lgdtl   gdt_pointer
        mov     %cr0, %eax
        or      $1, %al
        mov     %eax, %cr0
        jmp     1f
1:      mov     $0x10, %bx
        mov     %bx, %fs
        and     $0xfe, %al
        mov     %eax, %cr0
        ljmp    $0, $2f
2:      xor     %bx, %bx
        mov     %bx, %fs
        sti
        mov     $0x300000, %edi
        movl    $0x12345678, %fs:(%edi)
        movl    $0x9abcdef0, %fs:4(%edi)
        mov     %fs:2(%edi), %eax
        cmp     $0xdef01234, %eax
        FAIL_UNLESS e
        mov     $0xfffffff0, %edi       /* the reset vector of the BIOS: a far jump */
        mov     %fs:(%edi), %al
        cmp     $0xea, %al
        FAIL_UNLESS e
        clc
        ret

/* 32-bit protected mode: a loop over memory above 1 MiB, and back. */
t_protected:
        cli
        lgdtl   gdt_pointer
        mov     %cr0, %eax
        or      $1, %al
        mov     %eax, %cr0
        ljmp    $0x08, $1f
        .code32
1:      mov     $0x10, %ax
        mov     %ax, %ds
        mov     %ax, %es
        mov     $0x400000, %edi
        mov     $1000, %ecx
        xor     %eax, %eax
2:      stosl
        add     $3, %eax
        loop    2b
        mov     $0x400000, %esi
        mov     $1000, %ecx
        xor     %edx, %edx
3:      lodsl
        add     %eax, %edx
        loop    3b
        ljmp    $0x18, $4f
        .code16
4:      mov     $0x20, %ax
        mov     %ax, %ds
        mov     %ax, %es
        mov     %cr0, %eax
        and     $0xfe, %al
        mov     %eax, %cr0
        ljmp    $0, $5f
5:      xor     %ax, %ax
        mov     %ax, %ds
        mov     %ax, %es
        sti
        mov     %edx, %eax
        cmp     $3 * 999 * 1000 / 2, %eax
        FAIL_UNLESS e
        ret

/* --- Faults in real mode ------------------------------------------------------------------------------ */

/* Calls DI with the vector at SI * 4 leading to `fault`, which counts and goes on at `resume`. */
with_vector:
        shl     $2, %si
        pushl   (%si)
        push    %si
        movw    $fault, (%si)
        movw    $0, 2(%si)
        movw    $0, faults
        call    *%di
        pop     %si
        popl    (%si)
        ret

fault:  push    %bp
        mov     %sp, %bp
        incw    faults
        pushw   resume
        popw    2(%bp)
        andw    $0xfeff, 6(%bp)         /* no more single steps */
        pop     %bp
        iret

        .macro  FAULT name, vector
\name:  mov     $\vector, %si
        mov     $\name\()_body, %di
        movw    $\name\()_end, resume
        call    with_vector
        mov     faults, %ax
        cmp     $1, %ax
        FAIL_UNLESS e
        ret
        .endm

        FAULT   t_divide, 0
t_divide_body:
        xor     %dx, %dx
        mov     $1, %ax
        xor     %bx, %bx
        div     %bx
t_divide_end:
        ret

        FAULT   t_step, 1
t_step_body:
        pushf
        pop     %ax
        or      $0x100, %ax
        push    %ax
        popf
        nop
        nop
t_step_end:
        ret

        FAULT   t_into, 4
t_into_body:
        mov     $0x7f, %al
        add     $1, %al
        into
t_into_end:
        ret

        FAULT   t_bound, 5
t_bound_body:
        movl    $0x00050001, BUFFER
        mov     $6, %ax
        bound   %ax, BUFFER
t_bound_end:
        ret

        FAULT   t_opcode, 6
t_opcode_body:
        ud2
t_opcode_end:
        ret

        FAULT   t_limit, 13             /* a word across the end of the segment */
t_limit_body:
        mov     $0xffff, %bx
        mov     (%bx), %ax
t_limit_end:
        ret

/* --- Time, INT 1Ah, 1Ch; the timer's chips ----------------------------------------------------------- */

t_ticks:
        xor     %ah, %ah
        int     $0x1a
        mov     %dx, %bx
1:      hlt
        xor     %ah, %ah
        int     $0x1a
        sub     %bx, %dx
        cmp     $3, %dx
        jb      1b
        mov     %dx, %ax
        cmp     $10, %dx
        FAIL_UNLESS b
        clc
        ret

t_tick_hook:
        pushl   0x1c * 4
        movl    $1f, 0x1c * 4
        movw    $0, faults
2:      hlt
        cmpw    $4, faults
        jb      2b
        popl    0x1c * 4
        clc
        ret
1:      incw    %cs:faults
        iret

t_clock:
        mov     $0x04, %ah
        int     $0x1a
        FAIL_IF c
        mov     %cx, %ax
        call    put_word
        mov     %dx, %ax
        call    put_word
        call    space
        mov     $0x02, %ah
        int     $0x1a
        FAIL_IF c
        mov     %cx, %ax
        call    put_word
        call    space
        clc
        ret

/* INT 15h, AH=86h waits 100 ms: two or three ticks. */
t_wait: xor     %ah, %ah
        int     $0x1a
        push    %dx
        mov     $0x86, %ah
        mov     $1, %cx
        mov     $0x86a0, %dx
        int     $0x15
        pop     %bx
        FAIL_IF c
        xor     %ah, %ah
        int     $0x1a
        sub     %bx, %dx
        mov     %dx, %ax
        cmp     $1, %ax
        FAIL_UNLESS ae
        cmp     $20, %ax
        FAIL_UNLESS b
        clc
        ret

/* Channel 2 of the timer, one shot of 10 ms by port 61h: its output is low, then high. */
t_timer2:
        in      $0x61, %al
        and     $0xfc, %al
        or      $1, %al
        out     %al, $0x61
        mov     $0xb0, %al
        out     %al, $0x43
        mov     $11932 & 255, %al
        out     %al, $0x42
        mov     $11932 >> 8, %al
        out     %al, $0x42
        in      $0x61, %al
        test    $0x20, %al
        FAIL_UNLESS z
1:      in      $0x61, %al
        test    $0x20, %al
        jz      1b
        clc
        ret

/* --- The keyboard, INT 16h ---------------------------------------------------------------------------- */

t_no_key:
        mov     $0x01, %ah
        int     $0x16
        FAIL_UNLESS z
        clc
        ret

/* The controller sends a scancode as if a key had been pressed (command D2h): 'a', then Enter. */
t_key:  mov     $0x1e, %bl
        call    press
        mov     $0x00, %ah
        int     $0x16
        cmp     $0x1e61, %ax
        FAIL_UNLESS e
        mov     $0x1c, %bl
        call    press
        mov     $0x00, %ah
        int     $0x16
        cmp     $0x1c0d, %ax
        FAIL_UNLESS e
        ret

press:  call    1f                      /* pressed and released */
        or      $0x80, %bl
1:      cli
        call    kbc_wait
        mov     $0xd2, %al
        out     %al, $0x64
        call    kbc_wait
        mov     %bl, %al
        out     %al, $0x60
        call    kbc_wait
        sti
        mov     $0x1000, %cx            /* time for the interrupt */
2:      in      $0x64, %al
        test    $1, %al
        loopnz  2b
        ret

t_shift:
        mov     $0x2a, %bl
        call    1b
        mov     $0x1e, %bl
        call    press
        mov     $0xaa, %bl
        call    1b
        mov     $0x10, %ah
        int     $0x16
        cmp     $0x1e41, %ax
        FAIL_UNLESS e
        mov     $0x02, %ah
        int     $0x16
        and     $0x03, %al
        FAIL_UNLESS z
        ret

t_stuff:
        mov     $0x05, %ah
        mov     $0x3b00, %cx            /* F1 */
        int     $0x16
        mov     $0x11, %ah
        int     $0x16
        FAIL_UNLESS nz
        mov     $0x00, %ah
        int     $0x16
        cmp     $0x3b00, %ax
        FAIL_UNLESS e
        ret

/* --- Disks, INT 13h ------------------------------------------------------------------------------------- */

t_disk_reset:
        xor     %ah, %ah
        mov     drive, %dl
        int     $0x13
        ret

t_disk_params:
        mov     spt, %ax
        movzwl  %ax, %eax
        call    put_number
        call    space
        movzwl  heads, %eax
        call    put_number
        call    space
        mov     $0x15, %ah
        mov     drive, %dl
        int     $0x13
        FAIL_IF c
        mov     %ah, %al
        call    put_digit
        call    space
        clc
        ret

/* Each sector from 24 on says its number in its first word. */
check_sector:
        mov     BUFFER, %ax
        cmp     %cx, %ax
        ret

t_disk_chs:
        mov     $40, %cx
1:      push    %cx
        mov     $BUFFER, %bx
        mov     %cx, %ax
        call    read_chs
        pop     %cx
        FAIL_IF c
        call    check_sector
        FAIL_UNLESS e
        add     $97, %cx
        cmp     $2880, %cx
        jb      1b
        clc
        ret

/* Eight sectors at once. */
t_disk_many:
        mov     $0x0208, %ax
        mov     $BUFFER, %bx
        mov     $0x0103, %cx            /* cylinder 1, sector 3 */
        mov     drive, %dl
        xor     %dh, %dh
        int     $0x13
        FAIL_IF c
        cmp     $8, %al
        FAIL_UNLESS e
        mov     spt, %ax
        mulw    heads
        add     $2, %ax
        mov     $BUFFER, %si
        mov     $8, %cx
1:      cmp     %ax, (%si)
        FAIL_UNLESS e
        inc     %ax
        add     $512, %si
        loop    1b
        clc
        ret

t_disk_error:
        mov     $0x0201, %ax
        mov     $BUFFER, %bx
        mov     $0x003f, %cx            /* sector 63, or one too many on a floppy */
        mov     $0xff, %dh              /* head 255 */
        mov     drive, %dl
        int     $0x13
        FAIL_UNLESS c
        mov     %ah, %al
        call    put_byte
        call    space
        clc
        ret

t_disk_write:
        mov     $BUFFER, %di
        mov     $256, %cx
        mov     $0xa55a, %ax
        rep stosw
        mov     $0x0301, %ax
        mov     $BUFFER, %bx
        mov     $0x0301, %cx
        mov     $0x01, %dh              /* cylinder 3, head 1, sector 1 */
        mov     drive, %dl
        int     $0x13
        FAIL_IF c
        movw    $0, BUFFER
        mov     heads, %ax
        imul    $3, %ax
        inc     %ax
        mulw    spt
        mov     $BUFFER, %bx
        call    read_chs
        FAIL_IF c
        cmpw    $0xa55a, BUFFER
        FAIL_UNLESS e
        ret

t_disk_verify:
        mov     $0x0404, %ax
        mov     $0x0001, %cx
        mov     $BUFFER, %bx
        mov     drive, %dl
        xor     %dh, %dh
        int     $0x13
        ret

/* The extensions are the hard disk's. */
t_lba:  mov     $0x41, %ah
        mov     $0x55aa, %bx
        mov     drive, %dl
        int     $0x13
        jc      no_lba
        cmp     $0xaa55, %bx
        FAIL_UNLESS e
        mov     $1000, %cx
        call    lba_packet
        mov     $0x42, %ah
        int     $0x13
        FAIL_IF c
        call    check_sector
        FAIL_UNLESS e
        mov     $2000, %cx              /* write it elsewhere, read it from there */
        call    lba_packet
        movw    $0x4321, BUFFER + 2
        mov     $0x4300, %ax
        int     $0x13
        FAIL_IF c
        movl    $0, BUFFER
        mov     $2000, %cx
        call    lba_packet
        mov     $0x42, %ah
        int     $0x13
        FAIL_IF c
        cmpl    $0x43210000 + 1000, BUFFER
        FAIL_UNLESS e
        movw    $0x1a, BUFFER
        mov     $BUFFER, %si
        mov     $0x48, %ah
        int     $0x13
        FAIL_IF c
        mov     BUFFER + 16, %eax
        call    put_number
        call    space
        movzwl  BUFFER + 24, %eax
        call    put_number
        call    space
        mov     $0xffff, %cx            /* behind its end */
        call    lba_packet
        mov     $0x42, %ah
        int     $0x13
        FAIL_UNLESS c
        mov     %ah, %al
        call    put_byte
        call    space
        clc
        ret
no_lba: cmpb    $0x80, drive
        FAIL_UNLESS b
        mov     $none, %si
        call    puts
        clc
        ret

lba_packet:
        mov     $packet, %si
        mov     %cx, 8(%si)
        mov     drive, %dl
        ret

/* --- A little DOS --------------------------------------------------------------------------------------- */

/* The names in the root directory of the FAT12 file system. */
t_directory:
        call    read_root
        FAIL_IF c
        mov     $BUFFER, %si
        mov     $16, %cx
1:      cmpb    $0, (%si)
        je      3f
        push    %cx
        push    %si
        mov     $11, %cx
2:      lodsb
        call    putc
        loop    2b
        call    space
        pop     %si
        mov     28(%si), %eax
        call    put_number
        call    space
        pop     %cx
        add     $32, %si
        loop    1b
3:      clc
        ret

read_root:
        mov     bpb_reserved, %ax
        add     bpb_fat, %ax
        mov     $BUFFER, %bx
        jmp     read_chs

/* HELLO.COM, by its cluster chain, to PROGRAM:100h. */
t_program:
        call    read_root
        FAIL_IF c
        mov     $BUFFER, %si
1:      mov     $com_name, %di
        push    %si
        mov     $11, %cx
        repe cmpsb
        pop     %si
        je      2f
        add     $32, %si
        cmpb    $0, (%si)
        jne     1b
        stc
        ret
2:      mov     26(%si), %bp            /* its first cluster */
        mov     bpb_reserved, %ax
        mov     $BUFFER, %bx
        call    read_chs                /* the FAT */
        FAIL_IF c
        mov     $PROGRAM, %ax
        mov     %ax, %es
        mov     $0x100, %bx
3:      mov     bpb_reserved, %ax
        add     bpb_fat, %ax
        inc     %ax                     /* the root directory is one sector */
        add     %bp, %ax
        sub     $2, %ax
        call    read_chs
        FAIL_IF c
        add     $512, %bx
        mov     %bp, %si                /* 12 bits of the FAT */
        shr     $1, %si
        add     %bp, %si
        mov     BUFFER(%si), %ax
        test    $1, %bp
        jz      4f
        shr     $4, %ax
4:      and     $0xfff, %ax
        mov     %ax, %bp
        cmp     $0xff8, %ax
        jb      3b
        movl    $dos, 0x21 * 4
        movl    $terminate, 0x20 * 4
        movw    $0x20cd, %es:0          /* INT 20h, where a RET of the program leads */
        mov     %sp, dos_sp
        mov     $PROGRAM, %ax
        mov     %ax, %ds
        cli
        mov     %ax, %ss
        mov     $0xfffc, %sp
        sti
        pushw   $0
        ljmp    $PROGRAM, $0x100

/* INT 21h: 02h a character, 09h a text up to '$', 2Ah the year, 30h the version, 4Ch the end. */
dos:    cmp     $0x4c, %ah
        je      terminate
        cmp     $0x09, %ah
        je      1f
        cmp     $0x30, %ah
        je      3f
        mov     %dl, %al
        call    putc
        iret
1:      push    %si
        mov     %dx, %si
2:      lodsb
        cmp     $'$', %al
        je      4f
        call    putc
        jmp     2b
3:      mov     $0x0005, %ax
        iret
4:      pop     %si
        iret
terminate:
        xor     %bx, %bx
        mov     %bx, %ds
        mov     %bx, %es
        cli
        mov     %bx, %ss
        mov     dos_sp, %sp
        sti
        cld
        cmp     $0x4c07, %ax            /* what HELLO.COM ends with */
        FAIL_UNLESS e
        ret

/* --- Data ------------------------------------------------------------------------------------------------ */

        .macro  TEST text, function
        .section .rodata.names, "a"
        .ifc    \function,t_graphics
n_graphics:
        .endif
777:    .asciz  "\text"
        .previous
        .word   777b, \function
        .endm

        .balign 4
tests:
        TEST    "int10.mode",        t_mode
        TEST    "int10.graphics",    t_graphics
        TEST    "int10.cursor",      t_cursor
        TEST    "int10.character",   t_write
        TEST    "int10.vesa",        t_vesa
        TEST    "int11.equipment",   t_equipment
        TEST    "int12.int15.memory", t_memory
        TEST    "int15.e820",        t_e820
        TEST    "int15.block-move",  t_block_move
        TEST    "int15.wait",        t_wait
        TEST    "a20.bios",          t_a20_bios
        TEST    "a20.port-92",       t_a20_port92
        TEST    "a20.keyboard",      t_a20_keyboard
        TEST    "cpu.unreal",        t_unreal
        TEST    "cpu.protected",     t_protected
        TEST    "cpu.divide",        t_divide
        TEST    "cpu.single-step",   t_step
        TEST    "cpu.into",          t_into
        TEST    "cpu.bound",         t_bound
        TEST    "cpu.opcode",        t_opcode
        TEST    "cpu.limit",         t_limit
        TEST    "int16.no-key",      t_no_key
        TEST    "int16.key",         t_key
        TEST    "int16.shift",       t_shift
        TEST    "int16.stuff",       t_stuff
        TEST    "int1a.ticks",       t_ticks
        TEST    "int1a.clock",       t_clock
        TEST    "int1c.hook",        t_tick_hook
        TEST    "timer.channel-2",   t_timer2
        TEST    "int13.reset",       t_disk_reset
        TEST    "int13.geometry",    t_disk_params
        TEST    "int13.chs",         t_disk_chs
        TEST    "int13.many",        t_disk_many
        TEST    "int13.error",       t_disk_error
        TEST    "int13.write",       t_disk_write
        TEST    "int13.verify",      t_disk_verify
        TEST    "int13.lba",         t_lba
        TEST    "dos.directory",     t_directory
        TEST    "dos.program",       t_program
        .word   0

hello:  .asciz  "BIOS-SUITE\r\n"
colon:  .asciz  ": "
good:   .asciz  "ok\r\n"
bad:    .asciz  "FAILED "
newline: .asciz "\r\n"
none:   .asciz  "none "
all_good: .asciz "BIOS-SUITE-OK\r\n"
some_bad: .asciz "BIOS-SUITE-BAD\r\n"
com_name: .ascii "HELLO   COM"
        .balign 2
failures: .word 0
faults: .word   0
resume: .word   0
dos_sp: .word   0
packet: .byte   16, 0
        .word   1, BUFFER, 0
        .quad   0

        .balign 8
gdt:    .quad   0
        .quad   0x00cf9b000000ffff      /* 08: code, 32 bits, 4 GiB */
        .quad   0x00cf93000000ffff      /* 10: data, 4 GiB */
        .quad   0x00009b000000ffff      /* 18: code, 16 bits, 64 KiB */
        .quad   0x000093000000ffff      /* 20: data, 64 KiB */
gdt_pointer:
        .word   39
        .long   gdt

move_table:                             /* of INT 15h, AH=87h: source and destination are its 3rd and 4th */
        .quad   0, 0
        .word   0xffff
move_from:
        .byte   0, 0, 0, 0x93, 0, 0
        .word   0xffff
move_to:
        .byte   0, 0, 0, 0x93, 0, 0
        .quad   0, 0
