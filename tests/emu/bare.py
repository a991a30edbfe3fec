# SPDX-License-Identifier: MIT
"""Bare-metal programs for the Versatile board, assembled when a test wants them."""

import shutil
import subprocess

ASSEMBLER = "arm-linux-gnueabi-gcc"

# What all of them begin and end with.  puts: r4 the text; getc: to r0.
FRAME = r"""
    .equ UART, 0x101f1000
    .global _start
_start:
    ldr sp, =0x100000
    ldr r6, =UART
    ldr r0, =0x301
    str r0, [r6, #0x30]         @ CR: on, both ways
    b main
puts:
    ldrb r0, [r4], #1
    cmp r0, #0
    bxeq lr
    str r0, [r6]
    b puts
getc:
    ldr r0, [r6, #0x18]
    tst r0, #0x10               @ FR.RXFE
    bne getc
    ldr r0, [r6]
    bx lr
exit:                           @ r0: the status
    adr r1, 9f
    str r0, [r1, #4]
    mov r0, #0x20
    svc 0x123456
    b .
9:  .word 0x20026, 0
    .macro say text
    ldr r4, =8f
    bl puts
    b 7f
8:  .asciz "\text"
    .balign 4
7:
    .endm
main:
"""

PROGRAMS = {
    # A shell that knows one command.
    "shell": r"""
        say "Starting\r\n"
    1:  say "/ # "
    2:  bl getc
        str r0, [r6]
        cmp r0, #10
        bne 2b
        say "Linux versatile 1.0 arm\r\n"
        b 1b
    """,
    "panic": r"""
        say "VFS: Cannot open root device nosuch\r\nKernel panic - not syncing: VFS: Unable to mount root fs\r\nmore\r\n"
        b .
    """,
    "oops-later": r"""
        say "ready\r\npanic at the disco\r\n"
        b .
    """,
    # Dead in four ways.
    "spin": r"""
        say "spinning\n"
        b .
    """,
    "spin-flag": r"""
        say "spinning\n"
        ldr r1, =0x200000
    1:  ldr r0, [r1]
        cmp r0, #0
        addeq r2, r0, #1
        beq 1b
    """,
    "sleep": r"""
        say "sleeping\n"
    1:  mcr p15, 0, r0, c7, c0, 4
        b 1b
    """,
    # A timer goes on, but its interrupts are masked.
    "sleep-tick": r"""
        ldr r1, =0x101e2000
        ldr r0, =10000
        str r0, [r1]            @ load
        mov r0, #0xe2
        str r0, [r1, #8]        @ enable, periodic, interrupts
        say "sleeping\n"
        b .
    """,
    # Busy for ever: not dead.
    "poll": r"""
        say "polling\n"
        bl getc
        b .
    """,
    "count": r"""
        say "counting\n"
    1:  add r2, r2, #1
        b 1b
    """,
    "chatter": r"""
    1:  say "."
        ldr r0, =1000000
    2:  subs r0, r0, #1
        bne 2b
        b 1b
    """,
    "exit0": "mov r0, #0\n b exit",
    "exit3": "say \"bye\\n\"\n mov r0, #3\n b exit",
    "exit200": "mov r0, #200\n b exit",
    # Undefined; the handler at 4 is undefined, too.
    "fatal": r"""
        say "falling\n"
        mov r0, #0
        ldr r1, =0xe7f000f0
        mov r2, #8
    1:  str r1, [r0], #4
        subs r2, r2, #1
        bne 1b
        .word 0xe7f000f0
    """,
    # The data abort handler's stack is where nothing is.
    "fatal-stack": r"""
        mov r0, #0
        ldr r1, =0xe59ff018     @ ldr pc, [pc, #0x18]
        str r1, [r0, #0x10]
        ldr r1, =handler
        str r1, [r0, #0x30]
        mrs r0, cpsr
        bic r1, r0, #0x1f
        orr r1, r1, #0x17
        msr cpsr_c, r1
        ldr sp, =0x80000000
        msr cpsr_c, r0
        ldr r0, =0x80000000
        ldr r0, [r0]
        b .
    handler:
        stmdb sp!, {r0-r3}
        b .
    """,
    "reboot": r"""
        say "rebooting\n"
        ldr r1, =0x10000000
        ldr r0, =0xa05f
        str r0, [r1, #0x20]     @ SYS_LOCK
        ldr r0, =0x106
        str r0, [r1, #0x40]     @ SYS_RESETCTL
        b .
    """,
    "two-lines": r"""
        say "one\n"
        ldr r6, =0x101f2000
        ldr r0, =0x301
        str r0, [r6, #0x30]
        say "two\n"
        bl getc
        str r0, [r6]
        b .
    """,
    "tap-good": r"""
        say "TAP version 13\n1..3\nok 1 - adds\nok 2 - divides # SKIP no divider\n[    0.25] not ok 3 - flies # TODO wings\n"
        b .
    """,
    "tap-bad": r"""
        say "1..2\nok 1 - adds\nnot ok 2 - <divides> & \"rests\"\n"
        b .
    """,
    "tap-short": r"""
        say "1..2\nok 1 - adds\n"
        mov r0, #0
        b exit
    """,
    "unimp": r"""
        ldr r1, =0x101f1000
        ldr r0, [r1, #0x48]     @ DMACR
        mov r0, #3
        str r0, [r1, #0x48]
        say "done\n"
        b .
    """,
}


def available():
    return shutil.which(ASSEMBLER) is not None


def build(name, path=None):
    """Makes NAME.elf here; returns its name."""
    path = path or name + ".elf"
    with open(path + ".S", "w", encoding="utf-8") as f:
        f.write(FRAME + PROGRAMS[name] + "\n.ltorg\n")
    subprocess.run([ASSEMBLER, "-nostdlib", "-static", "-Wl,-Ttext=0x10000", "-Wl,--build-id=none",
                    "-march=armv5te", "-marm", "-o", path, path + ".S"], check=True)
    return path
