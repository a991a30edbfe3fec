# Status registers, exceptions, coprocessors.  DDI 0406C, A4.8 to A4.13 and B9.3.
cpu arm926
set nzcv=a
    e10f0000    mrs r0, apsr
expect r0=a000001f
set r0=f8000000
    e128f000    msr apsr_nzcvq, r0
expect nzcv=f q=1
# modes have their own r13
set sp=1234
    e321f013    msr cpsr_c, #0x13
    e3a0d005    mov sp, #5
    e321f01f    msr cpsr_c, #0x1f
    e1a0000d    mov r0, sp
expect r0=1234
# User mode changes only its flags
set mode=10 r0=f000001f
    e129f000    msr cpsr_fc, r0
expect mode=10 nzcv=f
    ef000001    svc #1
expect end=svc pc=10000
    e1200070    bkpt #0
expect end=pabt pc=10000
    e7ffffff    udf #0xffff
expect end=undef pc=10000
    ee000100    cdp p1, #0, c0, c0, c0, #0
expect end=undef
# the main ID register
    ee100f10    mrc p15, #0, r0, c0, c0, #0
expect r0=41069265
set mode=10
    ee100f10    mrc p15, #0, r0, c0, c0, #0
expect end=undef pc=10000
cpu cortex-a9
# CPS, SETEND; MOVS pc returns with SPSR
    f10c00c0    cpsid if
    e10f0000    mrs r0, apsr
    e20000c0    and r0, r0, #0xc0
    f10800c0    cpsie if
    f1010200    setend be
    e10f1000    mrs r1, apsr
    f1010000    setend le
expect r0=c0 r1=21f e=0
set r1=40100 mem.40100=11223344
    f1010200    setend be
    e5910000    ldr r0, [r1]
    f1010000    setend le
    e5912000    ldr r2, [r1]
expect r0=44332211 r2=11223344
set mode=13 r0=4000001f r1=10010
    e16ff000    msr spsr_fsxc, r0
    e1b0f001    movs pc, r1
    e3a02001    mov r2, #1
    e3a03001    mov r3, #1
    e3a04001    mov r4, #1
expect mode=1f nzcv=4 r2=0 r3=0 r4=1
# RFE: the new pc and CPSR from memory
set r0=40100 mem.40100=1000c mem.40104=8000001f mode=13
    f8b00a00    rfeia r0!
    e3a02001    mov r2, #1
    e3a03001    mov r3, #1
    e3a04001    mov r4, #1
expect mode=1f nzcv=8 r0=40108 r2=0 r3=0 r4=1
# SRS stores LR and SPSR on the stack of another mode
set mode=13 lr=77 r0=10
    e16ff000    msr spsr_fsxc, r0
    f96d051f    srsdb sp!, #0x1f
    f102001f    cps #0x1f
expect sp=41ff8 mem.41ff8=77 mem.41ffc=10
set r0=5
    ee0d0f50    mcr p15, #0, r0, c13, c0, #2
    ee1d1f50    mrc p15, #0, r1, c13, c0, #2
    f57ff05f    dmb sy
    f57ff06f    isb sy
    e3a02001    mov r2, #1
expect r1=5 r2=1
