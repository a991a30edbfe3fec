# Loads and stores of many registers.  DDI 0406C, A4.7.
cpu arm926
set r0=40100 r1=1 r2=2 r3=3
    e8a0000e    stm r0!, {r1, r2, r3}
expect r0=4010c mem.40100=1 mem.40104=2 mem.40108=3
set r0=40100 r1=1 r2=2
    e9800006    stmib r0, {r1, r2}
    e8200006    stmda r0!, {r1, r2}
expect r0=400f8 mem.40104=1 mem.40108=2 mem.400fc=1 mem.40100=2
set r1=1 lr=77
    e92d4002    push {r1, lr}
    e8bd000c    pop {r2, r3}
expect r2=1 r3=77 sp=42000 mem.41ff8=1 mem.41ffc=77
set r0=40100 mem.400f8=5 mem.400fc=6
    e9300006    ldmdb r0!, {r1, r2}
expect r0=400f8 r1=5 r2=6
# a base in the list is loaded, not written back
set r0=40100 mem.40100=5 mem.40104=6
    e8900003    ldm r0, {r0, r1}
expect r0=5 r1=6
# POP to pc, interworking: bit 0 is Thumb's
set mem.42000=10008
    e49df004    pop {pc}
    e3a00001    mov r0, #1
    e3a01002    mov r1, #2
expect r0=0 r1=2 sp=42004
# an abort in the middle changes no register
set r0=7fff8 r1=1 r2=2 r3=3
    e8b0000e    ldm r0!, {r1, r2, r3}
expect r0=7fff8 r1=1 r2=2 r3=3 end=dabt
# of User mode: System mode shares them, Supervisor does not
set mode=13 r0=40100 sp=123 lr=456 mem.40100=9 mem.40104=a
    e8d06000    ldm r0, {sp, lr} ^
    e1a00000    mov r0, r0
    e1a0100d    mov r1, sp
    e1a0200e    mov r2, lr
    e9c06000    stmib r0, {sp, lr} ^
    e321f01f    msr cpsr_c, #0x1f
expect r1=123 r2=456 sp=9 lr=a mem.40104=9 mem.40108=a
cpu cortex-a9
# the registers below r8 are this mode's
set mode=13 r0=40100 mem.40100=9 mem.40104=a
    e8d00102    ldm r0, {r1, r8} ^
expect r1=9 r8=a mode=13
# LDM with pc and ^ returns from an exception
set mode=13 r0=8000001f r1=40100 mem.40100=5 mem.40104=1000c
    e16ff000    msr spsr_fsxc, r0
    e8d18004    ldm r1, {r2, pc} ^
    e3a03001    mov r3, #1
    e3a04001    mov r4, #1
expect mode=1f nzcv=8 r2=5 r3=0 r4=1
