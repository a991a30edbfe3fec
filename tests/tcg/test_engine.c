/* SPDX-License-Identifier: MIT */
/*
 * What only a whole engine shows, on both accelerators: code that is written while it runs, by
 * stores and by DMA; a code cache that is too small; devices that share a page; that no memory is
 * writable and executable; and that no loop keeps an interrupt out.
 *
 * The machine: an ARM CPU with the MMU off, 4 MiB of RAM from address 0, where a program begins,
 * and one page of devices:
 *
 *     0x400000  +0x00..  words that a program reports       +0x48  ready for a thread to write code
 *               +0x40    where DMA goes                     +0x4c  the interrupt is taken
 *               +0x44    a word to be written by DMA        +0xfc  the end
 *               +0x50    an address for the third device     +0x54  reads as counted time
 *     0x400800  a device that reads as 0xcafe0000 + offset + what was last written
 *     0x401000  the third: likewise, a page of its own, which moves
 *     0x10000000  the RAM again, a multiple of what the first-level TLB covers away
 *
 * Each test runs in a process of its own: there is one engine in a process.
 */
#include <stdlib.h>
#include <string.h>
#include "frontends/arm/cpu.h"
#include "system/clock.h"
#include "system/lock.h"
#include "system/log.h"
#include "tcg/engine.h"

/* ---- programs: address, word, listing ---- */

static const char two_devices[] =
    "   0  ea000008  b 28\n"
    "   4  eafffffe  b 4\n"
    "   8  eafffffe  b 8\n"
    "   c  eafffffe  b c\n"
    "  10  ea000002  b 20\n"
    "  14  eafffffe  b 14\n"
    "  18  eafffffe  b 18\n"
    "  1c  eafffffe  b 1c\n"
    "  20  e2877001  add r7, r7, #1\n"
    "  24  e25ef004  subs pc, lr, #4\n"
    "  28  e3a0b501  mov r11, #4194304\n"
    "  2c  e59b0800  ldr r0, [r11, #2048]\n"
    "  30  e5db1806  ldrb r1, [r11, #2054]\n"
    "  34  e58b0000  str r0, [r11]\n"
    "  38  e58b1004  str r1, [r11, #4]\n"
    "  3c  e3a02063  mov r2, #99\n"
    "  40  e58b2804  str r2, [r11, #2052]\n"
    "  44  e59b3804  ldr r3, [r11, #2052]\n"
    "  48  e58b3008  str r3, [r11, #8]\n"
    "  4c  e3a07000  mov r7, #0\n"
    "  50  e59b2400  ldr r2, [r11, #1024]\n"
    "  54  e58b2400  str r2, [r11, #1024]\n"
    "  58  e58b700c  str r7, [r11, #12]\n"
    "  5c  e58b2010  str r2, [r11, #16]\n"
    "  60  e58b00fc  str r0, [r11, #252]\n"
    "  64  eafffffe  b 64\n";

static const char moves[] =
    "   0  ea000008  b 28\n"
    "   4  eafffffe  b 4\n"
    "   8  eafffffe  b 8\n"
    "   c  eafffffe  b c\n"
    "  10  ea000002  b 20\n"
    "  14  eafffffe  b 14\n"
    "  18  eafffffe  b 18\n"
    "  1c  eafffffe  b 1c\n"
    "  20  e2877001  add r7, r7, #1\n"
    "  24  e25ef004  subs pc, lr, #4\n"
    "  28  e3a0b501  mov r11, #4194304\n"
    "  2c  e28b8a01  add r8, r11, #4096\n"
    "  30  e28b9a02  add r9, r11, #8192\n"
    "  34  e3a07000  mov r7, #0\n"
    "  38  e3a03003  mov r3, #3\n"
    "  3c  e5980004  ldr r0, [r8, #4]\n"
    "  40  e3a02b02  mov r2, #2048\n"
    "  44  e5892000  str r2, [r9]\n"
    "  48  e58b9050  str r9, [r11, #80]\n"
    "  4c  e5991004  ldr r1, [r9, #4]\n"
    "  50  e5982000  ldr r2, [r8]\n"
    "  54  e58b8050  str r8, [r11, #80]\n"
    "  58  e5984004  ldr r4, [r8, #4]\n"
    "  5c  e5992000  ldr r2, [r9]\n"
    "  60  e5892000  str r2, [r9]\n"
    "  64  e2533001  subs r3, r3, #1\n"
    "  68  1afffff3  bne 3c\n"
    "  6c  e58b0000  str r0, [r11]\n"
    "  70  e58b1004  str r1, [r11, #4]\n"
    "  74  e58b4008  str r4, [r11, #8]\n"
    "  78  e58b700c  str r7, [r11, #12]\n"
    "  7c  e58b00fc  str r0, [r11, #252]\n"
    "  80  eafffffe  b 80\n";

/* Thumb code of which one instruction (movw r0) straddles into a page that is mapped anew, while its
 * own page stays. */
static const char straddles[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a00801  mov r0, #65536\n"
    "   8  e59f10ac  ldr r1, [pc, #172]\n"
    "   c  e5801000  str r1, [r0]\n"
    "  10  e3811501  orr r1, r1, #4194304\n"
    "  14  e5801010  str r1, [r0, #16]\n"
    "  18  e3a02905  mov r2, #81920\n"
    "  1c  e3821001  orr r1, r2, #1\n"
    "  20  e5801004  str r1, [r0, #4]\n"
    "  24  e59f6094  ldr r6, [pc, #148]\n"
    "  28  e5826000  str r6, [r2]\n"
    "  2c  e2866a01  add r6, r6, #4096\n"
    "  30  e5826004  str r6, [r2, #4]\n"
    "  34  e3a04702  mov r4, #524288\n"
    "  38  e59f1084  ldr r1, [pc, #132]\n"
    "  3c  e2847c0f  add r7, r4, #3840\n"
    "  40  e58710fc  str r1, [r7, #252]\n"
    "  44  e59f107c  ldr r1, [pc, #124]\n"
    "  48  e2844a01  add r4, r4, #4096\n"
    "  4c  e5841000  str r1, [r4]\n"
    "  50  e2811011  add r1, r1, #17\n"
    "  54  e2844a01  add r4, r4, #4096\n"
    "  58  e5841000  str r1, [r4]\n"
    "  5c  ee020f10  mcr 15, 0, r0, cr2, cr0, {0}\n"
    "  60  e3e01000  mvn r1, #0\n"
    "  64  ee031f10  mcr 15, 0, r1, cr3, cr0, {0}\n"
    "  68  ee111f10  mrc 15, 0, r1, cr1, cr0, {0}\n"
    "  6c  e3811001  orr r1, r1, #1\n"
    "  70  ee011f10  mcr 15, 0, r1, cr1, cr0, {0}\n"
    "  74  e3a05000  mov r5, #0\n"
    "  78  e3a08002  mov r8, #2\n"
    "  7c  e59f9048  ldr r9, [pc, #72]\n"
    "  80  e3a03ffa  mov r3, #1000\n"
    "  84  e12fff39  blx r9\n"
    "  88  e0855000  add r5, r5, r0\n"
    "  8c  e2533001  subs r3, r3, #1\n"
    "  90  1afffffb  bne 84\n"
    "  94  e2866a01  add r6, r6, #4096\n"
    "  98  e5826004  str r6, [r2, #4]\n"
    "  9c  e3a01601  mov r1, #1048576\n"
    "  a0  e2811a01  add r1, r1, #4096\n"
    "  a4  ee081f37  mcr 15, 0, r1, cr8, cr7, {1}\n"
    "  a8  e2588001  subs r8, r8, #1\n"
    "  ac  1afffff3  bne 80\n"
    "  b0  e58b5000  str r5, [r11]\n"
    "  b4  e58b00fc  str r0, [r11, #252]\n"
    "  b8  eafffffe  b b8\n"
    "  bc  00000c02  .word 0x00000c02\n"
    "  c0  00080032  .word 0x00080032\n"
    "  c4  f240bf00  .word 0xf240bf00\n"
    "  c8  47700011  .word 0x47700011\n"
    "  cc  00100ffd  .word 0x00100ffd\n";

static const char next_insn[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e59f101c  ldr r1, [pc, #28]\n"
    "   8  e28f2004  add r2, pc, #4\n"
    "   c  e3a00000  mov r0, #0\n"
    "  10  e5821000  str r1, [r2]\n"
    "  14  e2800001  add r0, r0, #1\n"
    "  18  e2800004  add r0, r0, #4\n"
    "  1c  e58b0000  str r0, [r11]\n"
    "  20  e58b00fc  str r0, [r11, #252]\n"
    "  24  eafffffe  b 24\n"
    "  28  e2800002  add r0, r0, #2\n";

static const char own_loop[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a00000  mov r0, #0\n"
    "   8  e3a030c8  mov r3, #200\n"
    "   c  e28f2000  add r2, pc, #0\n"
    "  10  e51f1004  ldr r1, [pc, #-4]\n"
    "  14  e2800000  add r0, r0, #0\n"
    "  18  e3c110ff  bic r1, r1, #255\n"
    "  1c  e203407f  and r4, r3, #127\n"
    "  20  e1811004  orr r1, r1, r4\n"
    "  24  e5821000  str r1, [r2]\n"
    "  28  e2533001  subs r3, r3, #1\n"
    "  2c  1afffff8  bne 14\n"
    "  30  e58b0000  str r0, [r11]\n"
    "  34  e58b00fc  str r0, [r11, #252]\n"
    "  38  eafffffe  b 38\n";

static const char beside[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a03801  mov r3, #65536\n"
    "   8  e28f202c  add r2, pc, #44\n"
    "   c  e5920000  ldr r0, [r2]\n"
    "  10  e0800003  add r0, r0, r3\n"
    "  14  e5820000  str r0, [r2]\n"
    "  18  e5c20007  strb r0, [r2, #7]\n"
    "  1c  e14200b4  strh r0, [r2, #-4]\n"
    "  20  e2533001  subs r3, r3, #1\n"
    "  24  1afffff8  bne c\n"
    "  28  e5920000  ldr r0, [r2]\n"
    "  2c  e58b0000  str r0, [r11]\n"
    "  30  e58b00fc  str r0, [r11, #252]\n"
    "  34  eafffffe  b 34\n"
    "  38  00000000  .word 0x00000000\n";

static const char dma[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e28f0034  add r0, pc, #52\n"
    "   8  e58b0040  str r0, [r11, #64]\n"
    "   c  e3a05000  mov r5, #0\n"
    "  10  e3a06000  mov r6, #0\n"
    "  14  eb000009  bl 40\n"
    "  18  e59f1020  ldr r1, [pc, #32]\n"
    "  1c  e2811001  add r1, r1, #1\n"
    "  20  e58b1044  str r1, [r11, #68]\n"
    "  24  e2866001  add r6, r6, #1\n"
    "  28  e3560064  cmp r6, #100\n"
    "  2c  1afffff8  bne 14\n"
    "  30  e58b5000  str r5, [r11]\n"
    "  34  e58b00fc  str r0, [r11, #252]\n"
    "  38  eafffffe  b 38\n"
    "  3c  e320f000  nop {0}\n"
    "  40  e2855000  add r5, r5, #0\n"
    "  44  e12fff1e  bx lr\n";

static const char dma_forward[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e28f0028  add r0, pc, #40\n"
    "   8  e58b0040  str r0, [r11, #64]\n"
    "   c  e3a05000  mov r5, #0\n"
    "  10  e3a06000  mov r6, #0\n"
    "  14  eaffffff  b 18\n"
    "  18  e59f1014  ldr r1, [pc, #20]\n"
    "  1c  e2811001  add r1, r1, #1\n"
    "  20  e3160001  tst r6, #1\n"
    "  24  158b1044  strne r1, [r11, #68]\n"
    "  28  e3560ffa  cmp r6, #1000\n"
    "  2c  ba000000  blt 34\n"
    "  30  eafffffe  b 30\n"
    "  34  e2855000  add r5, r5, #0\n"
    "  38  e2866001  add r6, r6, #1\n"
    "  3c  e3560064  cmp r6, #100\n"
    "  40  1afffff3  bne 14\n"
    "  44  e58b5000  str r5, [r11]\n"
    "  48  e58b00fc  str r0, [r11, #252]\n"
    "  4c  eafffffe  b 4c\n";

static const char thread_dma[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a00001  mov r0, #1\n"
    "   8  e58b0048  str r0, [r11, #72]\n"
    "   c  eb00000b  bl 40\n"
    "  10  e355004d  cmp r5, #77\n"
    "  14  1afffffc  bne c\n"
    "  18  e58b5000  str r5, [r11]\n"
    "  1c  e58b00fc  str r0, [r11, #252]\n"
    "  20  eafffffe  b 20\n"
    "  24  e320f000  nop {0}\n"
    "  28  e320f000  nop {0}\n"
    "  2c  e320f000  nop {0}\n"
    "  30  e320f000  nop {0}\n"
    "  34  e320f000  nop {0}\n"
    "  38  e320f000  nop {0}\n"
    "  3c  e320f000  nop {0}\n"
    "  40  e3a05001  mov r5, #1\n"
    "  44  e12fff1e  bx lr\n";

static const char call_all[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a00000  mov r0, #0\n"
    "   8  e3a09003  mov r9, #3\n"
    "   c  e3a04601  mov r4, #1048576\n"
    "  10  e59f8020  ldr r8, [pc, #32]\n"
    "  14  e12fff34  blx r4\n"
    "  18  e2844020  add r4, r4, #32\n"
    "  1c  e2588001  subs r8, r8, #1\n"
    "  20  1afffffb  bne 14\n"
    "  24  e2599001  subs r9, r9, #1\n"
    "  28  1afffff7  bne c\n"
    "  2c  e58b0000  str r0, [r11]\n"
    "  30  e58b00fc  str r0, [r11, #252]\n"
    "  34  eafffffe  b 34\n"
    "  38  00006d60  .word 0x00006d60\n";

static const char function[] =
    "   0  e0200188  eor r0, r0, r8, lsl #3\n"
    "   4  e08003e9  add r0, r0, r9, ror #7\n"
    "   8  e3100001  tst r0, #1\n"
    "   c  12800005  addne r0, r0, #5\n"
    "  10  0a000000  beq 18\n"
    "  14  e1a011a0  lsr r1, r0, #3\n"
    "  18  e0800001  add r0, r0, r1\n"
    "  1c  e12fff1e  bx lr\n";

static const char far_apart[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a01801  mov r1, #65536\n"
    "   8  e3a03ffa  mov r3, #1000\n"
    "   c  e5910000  ldr r0, [r1]\n"
    "  10  e7910601  ldr r0, [r1, r1, lsl #12]\n"
    "  14  e2533001  subs r3, r3, #1\n"
    "  18  1afffffb  bne c\n"
    "  1c  e58b3000  str r3, [r11]\n"
    "  20  e58b00fc  str r0, [r11, #252]\n"
    "  24  eafffffe  b 24\n";

static const char clock_reads[] =
    "   0  e3a0b501  mov r11, #4194304\n"
    "   4  e3a04032  mov r4, #50\n"
    "   8  e3a08000  mov r8, #0\n"
    "   c  e59b9054  ldr r9, [r11, #84]\n"
    "  10  e59b0054  ldr r0, [r11, #84]\n"
    "  14  e320f000  nop {0}\n"
    "  18  e59b1054  ldr r1, [r11, #84]\n"
    "  1c  e1590000  cmp r9, r0\n"
    "  20  22888001  addcs r8, r8, #1\n"
    "  24  e3140001  tst r4, #1\n"
    "  28  1a000004  bne 40\n"
    "  2c  e320f000  nop {0}\n"
    "  30  e320f000  nop {0}\n"
    "  34  e320f000  nop {0}\n"
    "  38  e320f000  nop {0}\n"
    "  3c  e320f000  nop {0}\n"
    "  40  e59b9054  ldr r9, [r11, #84]\n"
    "  44  e89b000c  ldm r11, {r2, r3}\n"
    "  48  e0411000  sub r1, r1, r0\n"
    "  4c  e0492000  sub r2, r9, r0\n"
    "  50  e58b1000  str r1, [r11]\n"
    "  54  e58b2004  str r2, [r11, #4]\n"
    "  58  e58b8008  str r8, [r11, #8]\n"
    "  5c  e2544001  subs r4, r4, #1\n"
    "  60  1affffea  bne 10\n"
    "  64  e58b00fc  str r0, [r11, #252]\n"
    "  68  eafffffe  b 68\n";

static const char irq[] =
    "   0  ea000006  b 20\n"
    "   4  eafffffe  b 4\n"
    "   8  eafffffe  b 8\n"
    "   c  eafffffe  b c\n"
    "  10  eafffffe  b 10\n"
    "  14  eafffffe  b 14\n"
    "  18  e58bc04c  str r12, [r11, #76]\n"
    "  1c  e25ef004  subs pc, lr, #4\n"
    "  20  e3a0b501  mov r11, #4194304\n"
    "  24  e10f0000  mrs r0, CPSR\n"
    "  28  e3c00080  bic r0, r0, #128\n"
    "  2c  e3c0001f  bic r0, r0, #31\n"
    "  30  e380001f  orr r0, r0, #31\n"
    "  34  e121f000  msr CPSR_c, r0\n"
    "  38  e3a00000  mov r0, #0\n";

static const char loop_self[] =
    "   0  eafffffe  b 0\n";

static const char loop_cond[] =
    "   0  e3500000  cmp r0, #0\n"
    "   4  0afffffd  beq 0\n";

static const char loop_two[] =
    "   0  e3500000  cmp r0, #0\n"
    "   4  0a000000  beq c\n"
    "   8  e3a01001  mov r1, #1\n"
    "   c  e2822001  add r2, r2, #1\n"
    "  10  eafffffa  b 0\n";

static const char loop_indirect[] =
    "   0  e24f3004  sub r3, pc, #4\n"
    "   4  e12fff13  bx r3\n";

static const char loop_call[] =
    "   0  eb000000  bl 8\n"
    "   4  eafffffd  b 0\n"
    "   8  e12fff1e  bx lr\n";

static const char loop_far[] =
    "   0  ea0007ff  b 2004\n"
    "2004  eafff7fe  b 4\n";

/* ---- the machine ---- */

enum { RAM_SIZE = 4 * MiB, MIRROR = 256 * MiB, DEVICES = RAM_SIZE, SECOND = DEVICES + 0x800,
       THIRD = DEVICES + 0x1000, N_REPORTS = 16 };

static MemoryRegion root, ram, mirror, first, second, third;
static AddressSpace as;
static Cpu *cpu;
static GThread *cpu_thread;

/* Under the machine lock. */
static uint32_t report[N_REPORTS], dma_address, second_value;
static bool thread_may_write, taken, ended;
static GCond changed;

static uint64_t first_read(void *opaque, GPa off, unsigned size)
{
    return off == 0x54 ? tcg_icount_now(NULL) : 0;
}

static void first_write(void *opaque, GPa off, uint64_t v, unsigned size)
{
    uint32_t word = v;
    switch (off) {
    case 0x40:
        dma_address = word;
        break;
    case 0x44:
        g_assert_cmpint(address_space_write(&as, dma_address, &word, 4), ==, MEM_OK);
        break;
    case 0x48:
        thread_may_write = true;
        break;
    case 0x4c:
        taken = true;
        cpu_set_input(cpu, 0, 0);
        break;
    case 0x50:
        memory_set_address(&third, word);
        break;
    case 0xfc:
        ended = true;
        cpus_quit();
        break;
    default:
        g_assert_cmpuint(off, <, 4 * N_REPORTS);
        report[off / 4] = word;
    }
    g_cond_broadcast(&changed);
}

static uint64_t second_read(void *opaque, GPa off, unsigned size)
{
    return (0xcafe0000u + off + second_value) & (UINT64_MAX >> (64 - 8 * size));
}

static void second_write(void *opaque, GPa off, uint64_t v, unsigned size)
{
    second_value = v;
}

static const MemoryOps first_ops = { .read = first_read, .write = first_write,
                                     .endian = ENDIAN_LITTLE };
static const MemoryOps second_ops = { .read = second_read, .write = second_write,
                                      .endian = ENDIAN_LITTLE };

/* The words of a listing, from address `at`; the address behind them. */
static uint32_t put_program(const char *text, uint32_t at)
{
    uint32_t end = at;
    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        char *p;
        uint32_t off = strtoul(line, &p, 16), word = strtoul(p, NULL, 16);
        memcpy(ram.ram->host + at + off, &word, 4);
        end = at + off + 4;
    }
    return end;
}

static void make_machine(const char *accel, size_t cache)
{
    GError *err = NULL;
    clock_init();
    machine_lock();
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    if (!memory_ram_init(&ram, "ram", RAM_SIZE, &err) || !tcg_init(accel, cache, &err)) {
        g_error("%s", err->message);
    }
    memory_mmio_init(&first, "first", 0x100, &first_ops, NULL);
    memory_mmio_init(&second, "second", 0x100, &second_ops, NULL);
    memory_alias_init(&mirror, "mirror", &ram, 0, RAM_SIZE);
    memory_mmio_init(&third, "third", 0x1000, &second_ops, NULL);
    memory_add(&root, THIRD, &third, 0);
    memory_add(&root, 0, &ram, 0);
    memory_add(&root, MIRROR, &mirror, 0);
    memory_add(&root, DEVICES, &first, 0);
    memory_add(&root, SECOND, &second, 0);
    address_space_init(&as, "memory", &root);
    cpu = cpu_new(&guest_arm, "cortex-a15", 0, &as, &err);
    g_assert_no_error(err);
    g_assert_nonnull(cpu);
    machine_unlock();
}

static gpointer run_cpu(gpointer data)
{
    cpu_run(cpu);
    return NULL;
}

static void start(void)
{
    machine_lock();
    cpus_resume();
    cpu_thread = g_thread_new("cpu", run_cpu, NULL);
    machine_unlock();
}

static void run_to_end(void)
{
    start();
    g_thread_join(cpu_thread);
    g_assert_true(ended);
}

static void run(const char *accel, const char *program)
{
    make_machine(accel, 32 * MiB);
    put_program(program, 0);
    run_to_end();
}

/* ---- devices ---- */

static void test_two_devices(const char *accel)
{
    run(accel, two_devices);
    g_assert_cmphex(report[0], ==, 0xcafe0000);
    g_assert_cmphex(report[1], ==, 0x06);
    g_assert_cmphex(report[2], ==, 0xcafe0004 + 99);
    g_assert_cmpuint(report[3], ==, 2);         /* between them nothing answers: two aborts */
    g_assert_cmpuint(report[4], ==, 99);
}

/* Each time it is where the instruction before has put it, and nowhere else. */
static void test_moves(const char *accel)
{
    run(accel, moves);
    for (unsigned i = 0; i < 3; i++) {
        g_assert_cmphex(report[i], ==, 0xcafe0004);
    }
    g_assert_cmpuint(report[3], ==, 3 * 4);
}

/* ---- translations ---- */

/* Two pages that want the same entry of the first level: the second level has both. */
static void test_far_apart(const char *accel)
{
    run(accel, far_apart);
    g_assert_cmpuint(tcg_stats_sum().tlb_miss, >, 1000);
    g_assert_cmpuint(tcg_stats_sum().tlb_walk, <, 50);
}

/* The half in the other page is the new one at once; nor is each run looked up by C code. */
static void test_straddles(const char *accel)
{
    run(accel, straddles);
    g_assert_cmpuint(report[0], ==, 1000 * 0x11 + 1000 * 0x22);
    g_assert_cmpuint(tcg_stats_sum().lookups, <, strcmp(accel, "jit") ? UINT64_MAX : 500);
}

/* ---- statistics ---- */

/* What is counted is what the program does: 2000 loads and the end; no rate without -d stats. */
static void test_stats(const char *accel)
{
    char *text = NULL;
    size_t size;
    g_assert_true(log_parse("stats", NULL));
    run(accel, far_apart);
    g_assert_cmpuint(cpu->count[COUNT_TLB], ==, 2000 + 2);
    FILE *f = open_memstream(&text, &size);
    tcg_print_stats(f);
    fclose(f);
    g_assert_nonnull(strstr(text, "TLB                2002 probes, 0."));
    free(text);
}

static void test_calls_counted(const char *accel)
{
    enum { N = 100, FUNCTIONS = 0x100000 };
    g_assert_true(log_parse("stats", NULL));
    make_machine(accel, 32 * MiB);
    uint32_t count = put_program(call_all, 0) - 4, n = N;
    memcpy(ram.ram->host + count, &n, 4);
    for (unsigned i = 0; i < N; i++) {
        put_program(function, FUNCTIONS + 32 * i);
    }
    run_to_end();
    /* a call and a return each; direct jumps to other pages are none */
    g_assert_cmpuint(cpu->count[COUNT_RETURNS], ==, 3 * N);
    g_assert_cmpuint(cpu->count[COUNT_JUMPS], >=, 3 * N);
    g_assert_cmpuint(cpu->count[COUNT_JUMPS], <=, 6 * N);
    g_assert_cmpuint(cpu->count[COUNT_JUMP_MISSES], >=, N);
    g_assert_cmpuint(cpu->count[COUNT_JUMP_MISSES], <=, 3 * N);
}

/* ---- counted time ---- */

/* A device sees the time of the very instruction, wherever blocks begin and end. */
static void test_clock(const char *accel)
{
    tcg_icount = true;
    tcg_icount_shift = 1;
    make_machine(accel, 32 * MiB);
    put_program(clock_reads, 0);
    run_to_end();
    g_assert_cmpuint(report[0], ==, 2 << 1);
    g_assert_cmpuint(report[1], ==, 7 << 1);    /* the last round is odd */
    g_assert_cmpuint(report[2], ==, 0);         /* never back */
}

/* ---- code that changes ---- */

static void test_next_insn(const char *accel)
{
    run(accel, next_insn);
    g_assert_cmpuint(report[0], ==, 6);
    g_assert_cmpuint(tcg_stats_sum().precise_exits, >, 0);
}

static void test_own_loop(const char *accel)
{
    uint32_t sum = 0;
    run(accel, own_loop);
    for (unsigned i = 200; i > 1; i--) {
        sum += i & 0x7f;
    }
    g_assert_cmpuint(report[0], ==, sum);
}

static void test_beside(const char *accel)
{
    uint32_t v = 0;
    run(accel, beside);
    for (uint32_t i = 0x10000; i; i--) {
        v += i;
    }
    g_assert_cmphex(report[0], ==, v);
    g_assert_cmpuint(tcg_stats.invalidated, ==, 0);
}

static void test_dma(const char *accel)
{
    run(accel, dma);
    g_assert_cmpuint(report[0], ==, 99 * 100 / 2);
}

/* Straight on to the new code: past no backward jump and no return, where requests are seen. */
static void test_dma_forward(const char *accel)
{
    run(accel, dma_forward);            /* in every other round, so that the code is linked to */
    g_assert_cmpuint(report[0], ==, 2500);
}

static gpointer rewrite(gpointer data)
{
    uint32_t func = GPOINTER_TO_UINT(data), word = 0xe3a05001;      /* mov r5, #1 */
    machine_lock();
    while (!thread_may_write) {
        machine_lock_wait(&changed);
    }
    machine_unlock();
    while (word++ < 0xe3a0504d) {
        g_usleep(200);
        machine_lock();
        g_assert_cmpint(address_space_write(&as, func, &word, 4), ==, MEM_OK);
        machine_unlock();
    }
    return NULL;
}

static void test_thread_dma(const char *accel)
{
    make_machine(accel, 32 * MiB);
    uint32_t end = put_program(thread_dma, 0);
    GThread *t = g_thread_new("dma", rewrite, GUINT_TO_POINTER(end - 8));
    run_to_end();
    g_thread_join(t);
    g_assert_cmpuint(report[0], ==, 77);
}

/* ---- the cache ---- */

static uint32_t ror(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static uint32_t call_all_result(unsigned n)
{
    uint32_t r0 = 0, r1 = 0;
    for (uint32_t r9 = 3; r9; r9--) {
        for (uint32_t r8 = n; r8; r8--) {
            r0 = (r0 ^ r8 << 3) + ror(r9, 7);
            if (r0 & 1) {
                r0 += 5;
                r1 = r0 >> 3;
            }
            r0 += r1;
        }
    }
    return r0;
}

/* More code than fits, three times over. */
static void test_small_cache(const char *accel)
{
    enum { N = 28000, FUNCTIONS = 0x100000 };
    make_machine(accel, 4 * MiB);
    put_program(call_all, 0);
    for (unsigned i = 0; i < N; i++) {
        g_assert_cmpuint(put_program(function, FUNCTIONS + 32 * i), ==, FUNCTIONS + 32 * i + 32);
    }
    run_to_end();
    g_assert_cmphex(report[0], ==, call_all_result(N));
    g_assert_cmpuint(tcg_stats.evictions, >, 8);
}

static void test_w_xor_x(const char *accel)
{
    g_autofree char *maps = NULL;
    run(accel, own_loop);
    g_assert_true(g_file_get_contents("/proc/self/maps", &maps, NULL, NULL));
    unsigned writable = 0, executable = 0;
    g_auto(GStrv) lines = g_strsplit(maps, "\n", -1);
    for (unsigned i = 0; lines[i] && *lines[i]; i++) {
        const char *prot = strchr(lines[i], ' ') + 1;
        g_assert_false(prot[1] == 'w' && prot[2] == 'x');
        if (strstr(lines[i], "emu-code")) {
            writable += prot[1] == 'w';
            executable += prot[2] == 'x';
        }
    }
    g_assert_cmpuint(writable, ==, 1);
    g_assert_cmpuint(executable, ==, 1);
}

/* ---- interrupts ---- */

static int compare_times(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The CPU goes round and round; interrupts come one after the other. */
static void interrupt_loop(const char *accel, const char *loop)
{
    enum { N = 25, PATIENCE = 5 * G_USEC_PER_SEC, MEDIAN = G_USEC_PER_SEC / 20 };
    int64_t time[N];
    make_machine(accel, 32 * MiB);
    put_program(loop, put_program(irq, 0));
    start();
    for (unsigned i = 0; i < N; i++) {
        g_usleep(2000);
        machine_lock();
        int64_t begin = g_get_monotonic_time();
        taken = false;
        cpu_set_input(cpu, 0, 1);
        while (!taken && machine_lock_wait_until(&changed, begin + PATIENCE)) {
        }
        g_assert_true(taken);
        time[i] = g_get_monotonic_time() - begin;
        machine_unlock();
    }
    machine_lock();
    cpus_quit();
    machine_unlock();
    g_thread_join(cpu_thread);
    qsort(time, N, sizeof(time[0]), compare_times);
    g_test_message("median %d us, longest %d us", (int)time[N / 2], (int)time[N - 1]);
    g_assert_cmpint(time[N / 2], <, MEDIAN);
}

#define LOOP(name) \
    static void test_##name(const char *accel) { interrupt_loop(accel, name); }
LOOP(loop_self)
LOOP(loop_cond)
LOOP(loop_two)
LOOP(loop_indirect)
LOOP(loop_call)
LOOP(loop_far)

/* ---- all of them ---- */

typedef struct Case {
    const char *name;
    void (*fn)(const char *accel);
    const char *accel;          /* NULL: each */
} Case;

static const Case cases[] = {
    { "two devices in one page",                    test_two_devices },
    { "a device that moves",                        test_moves },
    { "pages that fight in the TLB are walked once", test_far_apart },
    { "an instruction in two pages, one mapped anew", test_straddles },
    { "loads are counted",                          test_stats },
    { "calls and returns are counted",              test_calls_counted, "jit" },
    { "a device sees the time of the instruction",  test_clock },
    { "a store to the next instruction",            test_next_insn },
    { "a loop that rewrites its first instruction", test_own_loop },
    { "stores beside code drop no code",            test_beside },
    { "DMA into code",                              test_dma },
    { "DMA into the code right ahead",              test_dma_forward },
    { "DMA into code by another thread",            test_thread_dma },
    { "a cache that is too small",                  test_small_cache, "jit" },
    { "nothing is writable and executable",         test_w_xor_x },
    { "interrupt a jump to itself",                 test_loop_self },
    { "interrupt a conditional jump back",          test_loop_cond },
    { "interrupt a loop of two blocks",             test_loop_two },
    { "interrupt an indirect jump to itself",       test_loop_indirect },
    { "interrupt a loop of calls",                  test_loop_call },
    { "interrupt a loop over two pages",            test_loop_far },
};

typedef struct Run {
    const Case *c;
    const char *accel;
} Run;

static void run_case(gconstpointer data)
{
    const Run *r = data;
    if (g_test_subprocess()) {
        r->c->fn(r->accel);
        return;
    }
    g_test_trap_subprocess(NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
}

int main(int argc, char **argv)
{
    static const char *const accels[] = { "jit", "interp" };
    g_test_init(&argc, &argv, NULL);
    for (unsigned i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i / 2];
        if (c->accel && strcmp(c->accel, accels[i % 2])) {
            continue;
        }
        Run *r = g_new(Run, 1);
        *r = (Run){ c, accels[i % 2] };
        g_autofree char *path = g_strdup_printf("/engine/%s/%s", c->name, r->accel);
        g_test_add_data_func_full(path, r, run_case, g_free);
    }
    return g_test_run();
}
