/* SPDX-License-Identifier: MIT */
/*
 * A program to debug, without an operating system, for RAM at 0x10000 of a Versatile PB: calls to
 * step through, variables to watch, a data abort, Thumb code.
 */
typedef unsigned int u32;

#define UART ((volatile u32 *)0x101f1000)
#define THUMB __attribute__((target("thumb"), noinline))

volatile u32 counter, total, never;
volatile unsigned char text[16] = "watch me";

__attribute__((noinline)) static u32 leaf(u32 n)
{
    total += n;
    return total;
}

THUMB static u32 thumb_leaf(u32 n)
{
    counter = n;
    return n * 3;
}

__attribute__((noinline)) static u32 tree(u32 depth)
{
    if (!depth) {
        return leaf(1);
    }
    return tree(depth - 1) + leaf(depth);
}

__attribute__((noinline)) static void say(const volatile unsigned char *s)
{
    while (*s) {
        *UART = *s++;
    }
}

void main(void)
{
    for (u32 i = 0;; i++) {
        counter = i;
        tree(4);
        thumb_leaf(i);
        text[0] = 'a' + i % 26;
        if (i % 1024 == 0) {
            say(text);
        }
        if (never) {
            never = *(volatile u32 *)0x30000000;
        }
    }
}

/* Vectors at 0 stay as the loader left them: nothing here takes an exception. */
__asm__(".pushsection .text.start, \"ax\"\n"
        ".arm\n"
        ".global _start\n"
        "_start:\n"
        "    ldr sp, =0x200000\n"
        "    bl main\n"
        "    b .\n"
        ".ltorg\n"
        ".popsection\n");
