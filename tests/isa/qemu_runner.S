/* SPDX-License-Identifier: MIT */
/*
 * What the other emulator runs, at address 0 and then at 0xffff0000.  qemu_bench.c includes it as
 * words (scripts/asm-words.py) and has the layout of the mailbox.
 *
 * From reset it leaves Hyp mode where there is one, turns the MMU on, gives the modes their stacks
 * and waits.  For each request it copies the code, loads the state and goes there; whatever
 * exception comes back stores the state again.
 */
        .arch   armv7-a
        .arch_extension virt
        .fpu    neon
        .arm

        .equ    MAILBOX, 0xb7d31000             /* BENCH_MAILBOX_VA */
        .equ    MAILBOX_PA, 0x60000
        .equ    CODE, 0xb7d34000                /* BENCH_CODE_VA */
        .equ    TABLES, 0x200000
        .equ    BOOT_TABLE, 0x208000

vectors:
        b       reset
        b       undef
        b       svc
        b       pabt
        b       dabt
        b       .
        b       irq
        b       fiq

        /* sp is the mailbox + 0x200 in all of their modes but Supervisor mode. */
undef:  stm     sp, {r0-lr}^
        mov     r0, #1
        b       common
svc:    add     sp, sp, #0x1f0
        stm     sp, {r0-lr}^
        mov     r0, #2
        b       common
pabt:   stm     sp, {r0-lr}^
        mov     r0, #3
        b       common
dabt:   stm     sp, {r0-lr}^
        mov     r0, #4
        b       common
irq:    stm     sp, {r0-lr}^
        mov     r0, #6
        b       common
fiq:    stm     sp, {r0-lr}^
        mov     r0, #7

common: str     r0, [sp, #0x44]
        str     lr, [sp, #0x3c]
        mrs     r0, spsr
        str     r0, [sp, #0x40]
        mrc     p15, 0, r0, c5, c0, 0           /* DFSR, DFAR */
        str     r0, [sp, #0x4c]
        mrc     p15, 0, r0, c6, c0, 0
        str     r0, [sp, #0x50]
        ldr     r4, =MAILBOX
        ldr     r5, [r4, #4]
        tst     r5, #1                          /* HAS_VFP */
        beq     1f
        mov     r0, #0x40000000
        vmsr    fpexc, r0
        vmrs    r0, fpscr
        str     r0, [r4, #0x248]
        add     r2, r4, #0x280
        vstmia  r2!, {d0-d15}
        tst     r5, #2                          /* HAS_D32 */
        beq     1f
        vstmia  r2!, {d16-d31}
1:      msr     cpsr_c, #0xd3
        mov     r0, #0
        str     r0, [r4]

loop:   ldr     r4, =MAILBOX
        ldr     r5, [r4, #4]
        add     sp, r4, #0x10
2:      ldr     r0, [r4]
        cmp     r0, #1
        bne     2b
        ldr     r1, [r4, #8]
        add     r2, r4, #0x400
        ldr     r3, =CODE
3:      ldr     r0, [r2], #4
        str     r0, [r3], #4
        subs    r1, r1, #1
        bne     3b
        mcr     p15, 0, r1, c7, c5, 0           /* the instruction cache */
        tst     r5, #1
        beq     4f
        ldr     r0, [r4, #0x18]
        vmsr    fpscr, r0
        add     r2, r4, #0x80
        vldmia  r2!, {d0-d15}
        tst     r5, #2
        beq     4f
        vldmia  r2!, {d16-d31}
4:      tst     r5, #4                          /* HAS_CLREX */
        beq     5f
        clrex
5:      ldr     r0, [r4, #0x14]
        msr     spsr_fsxc, r0
        add     lr, r4, #0x40
        ldm     lr, {r0-lr}^
        nop
        ldr     lr, [sp]
        movs    pc, lr

reset:  mov     r1, #0xd3
        mrs     r0, cpsr
        and     r0, r0, #0x1f
        cmp     r0, #0x1a
        bne     6f
        adr     r0, 6f
        msr     spsr_fsxc, r1
        msr     elr_hyp, r0
        eret
6:      ldr     r4, =MAILBOX_PA
        ldr     r0, =BOOT_TABLE
        mcr     p15, 0, r0, c2, c0, 0           /* TTBR0 */
        mov     r0, #1
        mcr     p15, 0, r0, c3, c0, 0           /* DACR */
        mrc     p15, 0, r0, c1, c0, 0           /* SCTLR */
        ldr     r1, [r4, #0xc]
        orr     r0, r0, r1
        mcr     p15, 0, r0, c1, c0, 0
        ldr     pc, there
high:   ldr     r0, =TABLES
        mcr     p15, 0, r0, c2, c0, 0
        mcr     p15, 0, r0, c8, c7, 0           /* the TLB */
        ldr     r4, =MAILBOX + 0x200
        msr     cpsr_c, #0xd1
        mov     sp, r4
        msr     cpsr_c, #0xd2
        mov     sp, r4
        msr     cpsr_c, #0xd7
        mov     sp, r4
        msr     cpsr_c, #0xdb
        mov     sp, r4
        msr     cpsr_c, #0xd3
        sub     r4, r4, #0x200
        ldr     r5, [r4, #4]
        tst     r5, #1
        beq     loop
        tst     r5, #8                          /* IS_V6 */
        beq     9f
        mov     r0, #0xf00000
        mcr     p15, 0, r0, c1, c0, 2           /* CPACR */
9:      mov     r0, #0x40000000
        vmsr    fpexc, r0
        b       loop
there:  .word   high - vectors + 0xffff0000
        .ltorg
