/* SPDX-License-Identifier: MIT */
/*
 * A ROM for machine pc that tries its interrupt controllers and timers from a CPU: 8259 pair with 8254
 * and clock, IOAPIC by edge and level, local APIC with timer, priorities, NMI and SMI, several CPUs
 * by INIT, start-up and other interrupts, HPET.  Prints TAP on the first serial port and powers the board
 * off.  Sources: SDM 3A, chapters 9 to 11 and 31; the chips' data sheets.
 *
 * Linked at 0xf0000, where it is seen in real mode; runs in flat 32-bit mode.  RAM:
 */
    .intel_syntax noprefix
    .set IDT, 0x1000
    .set COUNT, 0x2000              /* interrupts by vector */
    .set HOOK, 0x2400               /* what a handler calls, by vector; 0: nothing */
    .set N_CHECKS, 0x2800
    .set N_CPUS, 0x2804
    .set FEATURES, 0x2808           /* CPUID 1: ECX, EDX */
    .set SMI_COUNT, 0x2810
    .set AP_STARTED, 0x2814
    .set AP_ID, 0x2818
    .set AP_STAGE, 0x281c
    .set AP_COUNT, 0x2820           /* what the second CPU's handlers saw */
    .set SEEN, 0x2824
    .set AP_NMI, 0x2828
    .set STACK, 0x7000
    .set AP_STACK, 0x7800
    .set TRAMPOLINE, 0x8000
    .set TRAMPOLINE2, 0x9000
    .set SMM_ENTRY, 0x38000
    .set COM1, 0x3f8
    .set COM2, 0x2f8
    .set PM_BASE, 0x600
    .set APIC, 0xfee00000
    .set IOAPIC, 0xfec00000
    .set HPET, 0xfed00000
    .set CODE, 0x08
    .set DATA, 0x10
    .set SPURIOUS, 0xff

#define CHECK(a, e)  mov eax, a; push eax; mov eax, e; push eax; push __LINE__; call check
#define APIC_SET(reg, v)  mov dword ptr ds:[APIC + reg], v
#define APIC_GET(reg)  dword ptr ds:[APIC + reg]
#define COUNT_OF(v)  dword ptr ds:[COUNT + 4 * v]
#define WAIT_FOR(v, n)  mov eax, COUNT + 4 * v; mov ebx, n; call wait_for
#define AT_LEAST(v, n)  xor eax, eax; cmp COUNT_OF(v), n; setae al; CHECK(eax, 1)
#define CLEAR_COUNTS  call clear_counts
#define OUT(port, v)  mov al, v; mov dx, port; out dx, al

    .code32
    .globl _start
_start:

/* ---- printing ---- */

putc:                               /* al */
    push edx
    mov edx, COM1
    out dx, al
    pop edx
    ret
puts:                               /* esi */
    push eax
1:  mov al, [esi]
    inc esi
    test al, al
    jz 2f
    call putc
    jmp 1b
2:  pop eax
    ret
put_decimal:                        /* eax */
    push ebx
    push ecx
    push edx
    mov ebx, 10
    xor ecx, ecx
1:  xor edx, edx
    div ebx
    push edx
    inc ecx
    test eax, eax
    jnz 1b
2:  pop eax
    add al, '0'
    call putc
    loop 2b
    pop edx
    pop ecx
    pop ebx
    ret
put_hex:                            /* eax */
    push ecx
    mov ecx, 8
1:  rol eax, 4
    push eax
    and al, 15
    add al, '0'
    cmp al, '9'
    jbe 2f
    add al, 'a' - '0' - 10
2:  call putc
    pop eax
    loop 1b
    pop ecx
    ret

check:                              /* line, expected, actual on the stack; keeps all registers */
    pushfd
    pushad
    mov ebp, esp
    inc dword ptr ds:[N_CHECKS]
    mov edx, [ebp + 48]
    cmp edx, [ebp + 44]
    je 1f
    mov esi, offset text_not
    call puts
1:  mov esi, offset text_ok
    call puts
    mov eax, ds:[N_CHECKS]
    call put_decimal
    mov esi, offset text_line
    call puts
    mov eax, [ebp + 40]
    call put_decimal
    cmp edx, [ebp + 44]
    je 2f
    mov esi, offset text_is
    call puts
    mov eax, edx
    call put_hex
    mov esi, offset text_not_this
    call puts
    mov eax, [ebp + 44]
    call put_hex
2:  mov al, 10
    call putc
    popad
    popfd
    ret 12

finish:
    mov esi, offset text_plan
    call puts
    mov eax, ds:[N_CHECKS]
    call put_decimal
    mov al, 10
    call putc
    /* PIIX4: the place of the power management's ports, then soft off */
    mov eax, 0x80000b40
    mov edx, 0xcf8
    out dx, eax
    mov eax, PM_BASE | 1
    mov edx, 0xcfc
    out dx, eax
    mov eax, 0x80000b80
    mov edx, 0xcf8
    out dx, eax
    mov eax, 1
    mov edx, 0xcfc
    out dx, eax
    mov ax, 0x2000
    mov edx, PM_BASE + 4
    out dx, ax
    cli
1:  hlt
    jmp 1b

text_not:      .asciz "not "
text_ok:       .asciz "ok "
text_line:     .asciz " - line "
text_is:       .asciz ": "
text_not_this: .asciz ", not "
text_plan:     .asciz "1.."
text_bail:     .asciz "Bail out! exception "
text_at:       .asciz " at "
    .balign 4

/* ---- time, by the refresh toggle of port 0x61 (15 us) ---- */

delay:                              /* ecx toggles */
    push eax
    push ecx
    in al, 0x61
    mov ah, al
1:  in al, 0x61
    xor al, ah
    test al, 0x10
    jz 1b
    xor ah, 0x10
    loop 1b
    pop ecx
    pop eax
    ret

/* An interrupt that an instruction of this CPU causes comes soon, not with the next instruction. */
settle:
    push ecx
    mov ecx, 2
    call delay
    pop ecx
    ret

/* Until [eax] is ebx, at most some seconds; then a little longer: it must not go beyond. */
wait_for:
    push ecx
    mov edx, 200000
1:  cmp [eax], ebx
    jae 2f
    mov ecx, 1
    call delay
    dec edx
    jnz 1b
2:  pop ecx
    ret

clear_counts:
    push edi
    push eax
    push ecx
    mov edi, COUNT
    mov ecx, 256
    xor eax, eax
    rep stosd
    pop ecx
    pop eax
    pop edi
    ret

/* ---- handlers ---- */

    .balign 16
stubs:
    .set vector, 0
    .rept 256
    .balign 16
    .byte 0x68
    .long vector
    jmp common
    .set vector, vector + 1
    .endr
    .balign 16

/* Counts; exceptions end the run; the hook may do more; then who sent it is told. */
common:
    pushad
    mov ebp, [esp + 32]
    cmp ebp, 2
    je 1f
    cmp ebp, 32
    jb unexpected
1:  inc dword ptr [COUNT + 4 * ebp]
    mov eax, [HOOK + 4 * ebp]
    test eax, eax
    jz 2f
    call eax
2:  cmp ebp, 0x20
    jb 5f
    cmp ebp, 0x30
    jae 4f
    mov al, 0x20
    cmp ebp, 0x28
    jb 3f
    out 0xa0, al
3:  out 0x20, al
    jmp 5f
4:  cmp ebp, SPURIOUS
    je 5f
    APIC_SET(0xb0, 0)
5:  popad
    add esp, 4
    iretd
unexpected:
    mov esi, offset text_bail
    call puts
    mov eax, ebp
    call put_decimal
    mov esi, offset text_at
    call puts
    mov eax, [esp + 36]
    call put_hex
    mov al, 10
    call putc
    jmp finish

set_up_idt:
    mov edi, IDT
    mov eax, offset stubs
    mov ecx, 256
1:  mov [edi], ax
    mov word ptr [edi + 2], CODE
    mov word ptr [edi + 4], 0x8e00
    mov edx, eax
    shr edx, 16
    mov [edi + 6], dx
    add eax, 16
    add edi, 8
    loop 1b
    lidt cs:[idtr]
    ret
    .balign 4
    .word 0
idtr:
    .word 256 * 8 - 1
    .long IDT
    .word 0
gdtr:
    .word gdt_end - gdt - 1
    .long gdt
    .balign 8
gdt:
    .quad 0
    .quad 0x00cf9b000000ffff
    .quad 0x00cf93000000ffff
gdt_end:

/* ---- 8259 pair ---- */

set_up_pic:
    OUT(0x20, 0x11)
    OUT(0xa0, 0x11)
    OUT(0x21, 0x20)
    OUT(0xa1, 0x28)
    OUT(0x21, 0x04)
    OUT(0xa1, 0x02)
    OUT(0x21, 0x01)
    OUT(0xa1, 0x01)
    OUT(0x21, 0xff)
    OUT(0xa1, 0xff)
    ret

pit_mode2:                          /* cx: the count */
    OUT(0x43, 0x34)
    mov al, cl
    out 0x40, al
    mov al, ch
    out 0x40, al
    ret
pit_off:                            /* mode 1 without a gate: OUT is high, nothing follows */
    OUT(0x43, 0x32)
    ret

test_pic:
    call set_up_pic
    CLEAR_COUNTS
    mov ecx, 1193                   /* 1 kHz */
    call pit_mode2
    mov ecx, 200
    call delay
    CHECK(COUNT_OF(0x20), 0)        /* masked, and interrupts are off */
    OUT(0x20, 0x0a)
    in al, 0x20
    and eax, 1
    CHECK(eax, 1)                   /* it waits in IRR */
    OUT(0x21, 0xfe)
    CHECK(COUNT_OF(0x20), 0)
    sti
    WAIT_FOR(0x20, 10)
    cli
    AT_LEAST(0x20, 10)
    OUT(0x21, 0xff)
    CLEAR_COUNTS
    /* hlt wakes up */
    OUT(0x21, 0xfe)
    mov ecx, 5
1:  sti
    hlt
    cli
    loop 1b
    CHECK(COUNT_OF(0x20), 5)
    OUT(0x21, 0xff)
    call pit_off
    /* mode 0 interrupts once */
    CLEAR_COUNTS
    OUT(0x21, 0xfe)
    OUT(0x43, 0x30)
    OUT(0x40, 0x00)
    OUT(0x40, 0x04)
    sti
    WAIT_FOR(0x20, 1)
    mov ecx, 1000
    call delay
    cli
    CHECK(COUNT_OF(0x20), 1)
    /* a request that is taken back before it is served is none */
    OUT(0x43, 0x30)
    OUT(0x40, 0x10)
    OUT(0x40, 0x00)
    mov ecx, 20
    call delay
    OUT(0x43, 0x30)
    sti
    nop
    nop
    cli
    CHECK(COUNT_OF(0x20), 1)
    CHECK(COUNT_OF(0x27), 0)
    OUT(0x21, 0xff)
    call pit_off
    ret

/* The clock's periodic interrupt comes through the slave. */
test_slave:
    CLEAR_COUNTS
    OUT(0x70, 0x0a)
    OUT(0x71, 0x26)                 /* 1024 Hz */
    OUT(0x70, 0x0b)
    OUT(0x71, 0x42)
    OUT(0x70, 0x0c)
    in al, 0x71
    mov dword ptr ds:[HOOK + 4 * 0x28], offset read_register_c
    OUT(0x21, 0xfb)
    OUT(0xa1, 0xfe)
    sti
    WAIT_FOR(0x28, 4)
    cli
    AT_LEAST(0x28, 4)
    OUT(0x70, 0x0b)
    OUT(0x71, 0x02)
    OUT(0x70, 0x0c)
    in al, 0x71
    OUT(0x21, 0xff)
    OUT(0xa1, 0xff)
    ret
read_register_c:
    OUT(0x70, 0x0c)
    in al, 0x71
    ret

/* ---- local APIC ---- */

set_up_apic:
    APIC_SET(0xf0, 0x100 + SPURIOUS)
    APIC_SET(0x80, 0)
    ret

/* LINT0 brings what the 8259 pair has; masked, it does not. */
test_virtual_wire:
    CLEAR_COUNTS
    APIC_SET(0x350, 0x10700)
    mov ecx, 1193
    call pit_mode2
    OUT(0x21, 0xfe)
    sti
    mov ecx, 1000
    call delay
    cli
    CHECK(COUNT_OF(0x20), 0)
    APIC_SET(0x350, 0x700)
    sti
    WAIT_FOR(0x20, 3)
    cli
    AT_LEAST(0x20, 3)
    OUT(0x21, 0xff)
    call pit_off
    ret

/* Switched off by IA32_APIC_BASE: the 8259 pair is the processor's again. */
test_apic_off:
    APIC_SET(0x350, 0x10700)
    mov ecx, 0x1b
    rdmsr
    mov ds:[SEEN], eax
    and eax, ~0x800
    wrmsr
    CHECK(dword ptr ds:[APIC + 0x30], -1)
    CLEAR_COUNTS
    mov ecx, 1193
    call pit_mode2
    OUT(0x21, 0xfe)
    sti
    WAIT_FOR(0x20, 3)
    cli
    AT_LEAST(0x20, 3)
    OUT(0x21, 0xff)
    call pit_off
    mov ecx, 0x1b
    mov eax, ds:[SEEN]
    xor edx, edx
    wrmsr
    CHECK(APIC_GET(0xf0), 0xff)     /* as after reset */
    /* elsewhere */
    mov eax, ds:[SEEN]
    and eax, 0xfff
    or eax, 0xfdd00000
    wrmsr
    CHECK(dword ptr ds:[0xfdd00030], 0x00050014)
    mov dword ptr ds:[0xfdd000f0], 0x1ff
    CHECK(dword ptr ds:[0xfdd000f0], 0x1ff)
    mov eax, ds:[SEEN]
    wrmsr
    CHECK(APIC_GET(0xf0), 0x1ff)
    APIC_SET(0x350, 0x10700)
    ret

test_self_ipi:
    CLEAR_COUNTS
    APIC_SET(0x300, 0x40050)        /* to itself, vector 0x50 */
    CHECK(COUNT_OF(0x50), 0)
    CHECK(APIC_GET(0x220), 0x10000) /* IRR */
    sti
    nop
    cli
    CHECK(COUNT_OF(0x50), 1)
    CHECK(APIC_GET(0x220), 0)
    CHECK(APIC_GET(0x120), 0)       /* ISR: ended */
    /* by its number */
    mov eax, APIC_GET(0x20)
    APIC_SET(0x310, eax)
    APIC_SET(0x300, 0x51)
    sti
    nop
    cli
    CHECK(COUNT_OF(0x51), 1)
    ret

test_priorities:
    CLEAR_COUNTS
    APIC_SET(0x80, 0x60)            /* TPR holds back up to 0x6f */
    APIC_SET(0x300, 0x40065)
    APIC_SET(0x300, 0x40071)
    sti
    call settle
    CHECK(COUNT_OF(0x65), 0)
    CHECK(COUNT_OF(0x71), 1)
    APIC_SET(0x80, 0)
    call settle
    CHECK(COUNT_OF(0x65), 1)
    cli
    /* inside of 0x50's handler 0x55 and 0x40 wait, 0x60 does not */
    mov dword ptr ds:[HOOK + 4 * 0x50], offset nest
    APIC_SET(0x300, 0x40050)
    sti
    nop
    cli
    CHECK(dword ptr ds:[SEEN], 1)
    CHECK(COUNT_OF(0x55), 1)
    CHECK(COUNT_OF(0x40), 1)
    CHECK(COUNT_OF(0x60), 1)
    mov dword ptr ds:[HOOK + 4 * 0x50], 0
    ret
nest:
    APIC_SET(0x300, 0x40055)
    APIC_SET(0x300, 0x40040)
    APIC_SET(0x300, 0x40060)
    sti
    call settle
    cli
    mov eax, COUNT_OF(0x55)         /* 0 */
    shl eax, 8
    add eax, COUNT_OF(0x40)         /* 0 */
    shl eax, 8
    add eax, COUNT_OF(0x60)         /* 1 */
    mov ds:[SEEN], eax
    ret

test_apic_timer:
    CLEAR_COUNTS
    APIC_SET(0x3e0, 0x3)            /* by 16 */
    APIC_SET(0x320, 0x41)
    APIC_SET(0x380, 10000)
    sti
    WAIT_FOR(0x41, 1)
    mov ecx, 100
    call delay
    cli
    CHECK(COUNT_OF(0x41), 1)        /* once */
    CHECK(APIC_GET(0x390), 0)
    APIC_SET(0x320, 0x20042)        /* periodic */
    APIC_SET(0x380, 20000)
    sti
    mov ecx, 5
1:  hlt
    loop 1b
    cli
    AT_LEAST(0x42, 5)
    APIC_SET(0x320, 0x30042)        /* masked: counts, does not interrupt */
    sti
    nop
    cli
    CLEAR_COUNTS
    sti
    mov ecx, 1000
    call delay
    cli
    CHECK(COUNT_OF(0x42), 0)
    APIC_SET(0x380, 0)
    CHECK(APIC_GET(0x390), 0)
    ret

test_tsc_deadline:
    test dword ptr ds:[FEATURES], 1 << 24
    jz 2f
    CLEAR_COUNTS
    APIC_SET(0x320, 0x40043)
    rdtsc
    mov esi, eax
    mov edi, edx
    add eax, 3000000
    adc edx, 0
    mov ebx, eax
    mov ebp, edx
    mov ecx, 0x6e0
    wrmsr
    rdmsr
    CHECK(eax, ebx)
    sti
    hlt
    cli
    CHECK(COUNT_OF(0x43), 1)
    rdtsc
    sub eax, ebx
    sbb edx, ebp                    /* not before its time */
    sar edx, 31
    CHECK(edx, 0)
    mov ecx, 0x6e0
    rdmsr
    or eax, edx
    CHECK(eax, 0)
    APIC_SET(0x320, 0x10043)
2:  ret

test_nmi_and_smi:
    CLEAR_COUNTS
    mov eax, APIC_GET(0x20)
    APIC_SET(0x310, eax)
    APIC_SET(0x300, 0x4400)         /* NMI, interrupts off */
    call settle
    CHECK(COUNT_OF(2), 1)
    APIC_SET(0x300, 0x4400)
    call settle
    CHECK(COUNT_OF(2), 2)
    /* the SMM handler: inc dword ptr [SMI_COUNT]; rsm */
    mov edi, SMM_ENTRY
    mov esi, offset smm_code
    mov ecx, offset smm_end - smm_code
    rep movsb
    mov dword ptr ds:[SMI_COUNT], 0
    mov ebx, 0x12345678
    APIC_SET(0x300, 0x4200)
    call settle
    CHECK(dword ptr ds:[SMI_COUNT], 1)
    CHECK(ebx, 0x12345678)
    APIC_SET(0x300, 0x4200)
    call settle
    CHECK(dword ptr ds:[SMI_COUNT], 2)
    ret
    .code16
smm_code:
    xor ax, ax
    mov ds, ax
    inc dword ptr ds:[SMI_COUNT]
    rsm
smm_end:
    .code32

test_errors:
    CLEAR_COUNTS
    APIC_SET(0x370, 0x44)
    APIC_SET(0x300, 0x40005)        /* vector 5: illegal */
    sti
    nop
    cli
    CHECK(COUNT_OF(0x44), 1)
    APIC_SET(0x280, 0)
    CHECK(APIC_GET(0x280), 0x20)
    APIC_SET(0x370, 0x10044)
    ret

/* ---- IOAPIC ---- */

ioapic_set:                         /* register ecx to eax */
    mov dword ptr ds:[IOAPIC], ecx
    mov dword ptr ds:[IOAPIC + 0x10], eax
    ret
ioapic_get:                         /* register ecx */
    mov dword ptr ds:[IOAPIC], ecx
    mov eax, dword ptr ds:[IOAPIC + 0x10]
    ret

test_ioapic:
    mov ecx, 1
    call ioapic_get
    CHECK(eax, 0x00170011)
    CLEAR_COUNTS
    mov ecx, 0x15                   /* the timer's input is 2; to this CPU */
    mov eax, APIC_GET(0x20)
    call ioapic_set
    mov ecx, 0x14
    mov eax, 0x70
    call ioapic_set
    mov ecx, 1193
    call pit_mode2
    sti
    WAIT_FOR(0x70, 5)
    cli
    AT_LEAST(0x70, 5)
    CHECK(COUNT_OF(0x20), 0)
    mov ecx, 0x14
    mov eax, 0x10070
    call ioapic_set
    call pit_off
    /* by level: the second serial port's empty transmitter */
    CLEAR_COUNTS
    mov dword ptr ds:[SEEN], 0
    mov dword ptr ds:[HOOK + 4 * 0x71], offset serial_hook
    mov ecx, 0x17                   /* input 3 */
    mov eax, APIC_GET(0x20)
    call ioapic_set
    mov ecx, 0x16
    mov eax, 0x8071
    call ioapic_set
    OUT(COM2 + 4, 0x08)             /* OUT2 */
    OUT(COM2 + 1, 0x02)
    mov ecx, 0x16
    call ioapic_get
    CHECK(eax, 0xc071)              /* remote IRR: it has been sent */
    sti
    WAIT_FOR(0x71, 3)
    mov ecx, 100
    call delay
    cli
    CHECK(COUNT_OF(0x71), 3)        /* again after each EOI until the port is quiet */
    mov ecx, 0x16
    call ioapic_get
    CHECK(eax, 0x8071)
    mov eax, 0x10071
    call ioapic_set
    OUT(COM2 + 1, 0x00)
    ret
/* The third time the port is told to be quiet. */
serial_hook:
    cmp COUNT_OF(0x71), 3
    jb 1f
    mov edx, COM2 + 2
    in al, dx
1:  ret

/* ---- HPET: its first comparator in the place of the timer ---- */

test_hpet:
    mov eax, ds:[HPET]
    and eax, 0xffff00ff
    cmp eax, 0x80860001
    jne 2f
    CLEAR_COUNTS
    mov dword ptr ds:[HPET + 0x10], 3       /* runs, legacy replacement */
    mov dword ptr ds:[HPET + 0x100], 0x14c  /* periodic, sets the comparator, 32 bits */
    mov eax, ds:[HPET + 0xf0]
    add eax, 100000
    mov ds:[HPET + 0x108], eax
    mov dword ptr ds:[HPET + 0x108], 100000 /* 1 ms */
    mov ecx, 0x14
    mov eax, 0x72
    call ioapic_set
    sti
    WAIT_FOR(0x72, 5)
    cli
    AT_LEAST(0x72, 5)
    /* the same through the 8259 pair */
    mov ecx, 0x14
    mov eax, 0x10072
    call ioapic_set
    APIC_SET(0x350, 0x700)
    OUT(0x21, 0xfe)
    CLEAR_COUNTS
    sti
    WAIT_FOR(0x20, 5)
    cli
    AT_LEAST(0x20, 5)
    OUT(0x21, 0xff)
    APIC_SET(0x350, 0x10700)
    mov dword ptr ds:[HPET + 0x100], 0
    mov dword ptr ds:[HPET + 0x10], 0
2:  ret

/* ---- a second CPU ---- */

/* Real-mode code that goes to flat mode and to [AP_STAGE]; copied to TRAMPOLINE. */
    .code16
trampoline:
    cli
    mov ax, cs
    mov ds, ax
    lgdt [trampoline_gdtr - trampoline]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    .byte 0x66, 0xea
    .long ap_flat
    .word CODE
trampoline_gdtr:
    .word gdt_end - gdt - 1
    .long gdt
trampoline_end:
    .code32
ap_flat:
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, AP_STACK
    lidt cs:[ap_idtr]
    mov eax, APIC_GET(0x20)
    mov ds:[AP_ID], eax
    APIC_SET(0xf0, 0x100 + SPURIOUS)
    APIC_SET(0x80, 0)
    lock inc dword ptr ds:[AP_STARTED]
    sti
1:  hlt
    jmp 1b
/* Its interrupts: 0x80 counts, 0x81 answers with 0x82 to the first CPU, NMI counts. */
    .set AP_IDT, 0x3000
ap_idtr:
    .word 256 * 8 - 1
    .long AP_IDT
    .balign 4
ap_count:
    lock inc dword ptr ds:[AP_COUNT]
    APIC_SET(0xb0, 0)
    iretd
ap_answer:
    push eax
    APIC_SET(0x310, 0)
    APIC_SET(0x300, 0x82)
    APIC_SET(0xb0, 0)
    pop eax
    iretd
ap_nmi:
    lock inc dword ptr ds:[AP_NMI]
    iretd
ap_gate:                            /* edi: the gate, eax: the handler */
    mov [edi], ax
    mov word ptr [edi + 2], CODE
    mov word ptr [edi + 4], 0x8e00
    shr eax, 16
    mov [edi + 6], ax
    ret

/* [eax] is ebx within some seconds? 1 in eax. */
becomes:
    call wait_for
    cmp [eax], ebx
    sete al
    movzx eax, al
    ret
#define BECOMES(addr, n)  mov eax, addr; mov ebx, n; call becomes; CHECK(eax, 1)

test_cpus:
    cmp dword ptr ds:[N_CPUS], 2
    jb 9f
    mov edi, TRAMPOLINE
    mov esi, offset trampoline
    mov ecx, offset trampoline_end - trampoline
    rep movsb
    mov edi, AP_IDT + 8 * 0x80
    mov eax, offset ap_count
    call ap_gate
    mov edi, AP_IDT + 8 * 0x81
    mov eax, offset ap_answer
    call ap_gate
    mov edi, AP_IDT + 8 * 2
    mov eax, offset ap_nmi
    call ap_gate
    xor eax, eax
    mov ds:[AP_STARTED], eax
    mov ds:[AP_COUNT], eax
    mov ds:[AP_NMI], eax
    mov dword ptr ds:[AP_ID], -1
    APIC_SET(0x310, 0x01000000)
    APIC_SET(0x300, 0xc500)         /* INIT, and its end */
    APIC_SET(0x300, 0x8500)
    mov ecx, 1000
    call delay
    CHECK(dword ptr ds:[AP_STARTED], 0)
    APIC_SET(0x300, 0x4600 + (TRAMPOLINE >> 12))
    BECOMES(AP_STARTED, 1)
    CHECK(dword ptr ds:[AP_ID], 0x01000000)
    APIC_SET(0x300, 0x4600 + (TRAMPOLINE >> 12))    /* it runs: no second start */
    mov ecx, 1000
    call delay
    CHECK(dword ptr ds:[AP_STARTED], 1)
    /* interrupts: by number, to all others, to all */
    APIC_SET(0x300, 0x4080)
    BECOMES(AP_COUNT, 1)
    APIC_SET(0x300, 0xc4080)
    BECOMES(AP_COUNT, 2)
    CLEAR_COUNTS
    APIC_SET(0x300, 0x84080)
    BECOMES(AP_COUNT, 3)
    sti
    nop
    cli
    CHECK(COUNT_OF(0x80), 1)
    CHECK(dword ptr ds:[AP_NMI], 0)
    APIC_SET(0x300, 0x4400)
    BECOMES(AP_NMI, 1)
    /* there and back a thousand times */
    CLEAR_COUNTS
    xor esi, esi
    sti
1:  APIC_SET(0x300, 0x4081)
    inc esi
    WAIT_FOR(0x82, esi)
    cmp esi, 1000
    jb 1b
    cli
    CHECK(COUNT_OF(0x82), 1000)
    /* logical, flat: a set of both */
    APIC_SET(0xd0, 0x01000000)
    APIC_SET(0x310, 0x03000000)
    CLEAR_COUNTS
    APIC_SET(0x300, 0x4880)         /* the other has no logical number yet */
    sti
    nop
    cli
    CHECK(COUNT_OF(0x80), 1)
    CHECK(ds:[AP_COUNT], 3)
    /* an SMI for the other: its SMM code is the same */
    APIC_SET(0x310, 0x01000000)
    mov dword ptr ds:[SMI_COUNT], 0
    APIC_SET(0x300, 0x4200)
    BECOMES(SMI_COUNT, 1)
    APIC_SET(0x300, 0x4080)         /* and it goes on */
    mov ebx, 4
    mov eax, AP_COUNT
    call becomes
    CHECK(eax, 1)
    /* a new INIT stops it; it starts again */
    APIC_SET(0x300, 0xc500)
    mov ecx, 1000
    call delay
    APIC_SET(0x300, 0x4080)         /* not heard: its APIC is as after reset */
    mov ecx, 1000
    call delay
    CHECK(ds:[AP_COUNT], 4)
    APIC_SET(0x300, 0x4600 + (TRAMPOLINE >> 12))
    BECOMES(AP_STARTED, 2)
    APIC_SET(0x300, 0xc500)
9:  ret

/* ---- x2APIC ---- */

test_x2apic:
    test dword ptr ds:[FEATURES], 1 << 21
    jz 2f
    mov ecx, 0x1b
    rdmsr
    or eax, 0x400
    wrmsr
    mov ecx, 0x802
    rdmsr
    CHECK(eax, 0)
    mov ecx, 0x80d
    rdmsr
    CHECK(eax, 1)
    CLEAR_COUNTS
    mov ecx, 0x83f
    mov eax, 0x90
    xor edx, edx
    wrmsr
    mov dword ptr ds:[HOOK + 4 * 0x90], offset x2_eoi
    sti
    nop
    cli
    CHECK(COUNT_OF(0x90), 1)
    mov ecx, 0x830
    mov eax, 0x90
    xor edx, edx
    wrmsr
    sti
    nop
    cli
    CHECK(COUNT_OF(0x90), 2)
    /* off, and on again as an xAPIC */
    mov ecx, 0x1b
    rdmsr
    and eax, ~0xc00
    wrmsr
    or eax, 0x800
    wrmsr
    CHECK(APIC_GET(0x30), 0x00050014)
2:  ret
x2_eoi:
    mov ecx, 0x80b
    xor eax, eax
    xor edx, edx
    wrmsr
    ret

/* ---- the order ---- */

main:
    call set_up_idt
    mov edi, HOOK
    mov ecx, 256
    xor eax, eax
    rep stosd
    mov ds:[N_CHECKS], eax
    mov ds:[FEATURES], eax
    mov ds:[FEATURES + 4], eax
    CLEAR_COUNTS
    /* how many CPUs: fw_cfg item 5 */
    mov eax, 5
    mov edx, 0x510
    out dx, ax
    inc edx
    in al, dx
    movzx eax, al
    mov ds:[N_CPUS], eax
    /* is there CPUID? */
    pushfd
    pop eax
    mov ebx, eax
    xor eax, 0x200000
    push eax
    popfd
    pushfd
    pop eax
    cmp eax, ebx
    je 1f
    mov eax, 1
    cpuid
    mov ds:[FEATURES], ecx
    mov ds:[FEATURES + 4], edx
1:  call test_pic
    call test_slave
    test dword ptr ds:[FEATURES + 4], 1 << 9
    jz 2f
    call test_apic_off
    call set_up_apic
    call test_virtual_wire
    APIC_SET(0x350, 0x10700)
    call test_self_ipi
    call test_priorities
    call test_apic_timer
    call test_tsc_deadline
    call test_nmi_and_smi
    call test_errors
    call test_ioapic
    call test_hpet
    call test_cpus
    call test_x2apic
2:  jmp finish

/* ---- reset ---- */

    .code16
start16:
    cli
    xor ax, ax
    mov ss, ax
    mov ax, 0xf000
    mov ds, ax
    lgdt [gdtr - _start]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    .byte 0x66, 0xea
    .long flat_mode
    .word CODE
    .code32
flat_mode:
    mov ax, DATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, STACK
    jmp main

    .org 0xfff0
    .code16
    .byte 0xea                      /* to where the ROM is seen below 1 MiB */
    .word start16 - _start
    .word 0xf000
    .org 0x10000
