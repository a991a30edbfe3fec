/* SPDX-License-Identifier: MIT */
/* For the bare-metal programs: checks by ports (run_sys.c), descriptors. */
#define CHECK(a, e) \
    out 0xf0, eax; mov eax, a; out 0xf8, eax; mov eax, e; out 0xfc, eax; mov eax, __LINE__; \
    out 0xf4, eax; in eax, 0xf0

/* 8 bytes: base, limit (20 bits), access byte, flags (G D L AVL in bits 3..0) */
#define DESC(base, limit, access, flags) \
    .word (limit) & 0xffff, (base) & 0xffff; \
    .byte ((base) >> 16) & 0xff, access, ((flags) << 4) | (((limit) >> 16) & 15), ((base) >> 24) & 0xff
/* The same for a label in the image, which is below 64 KiB. */
#define DESC_AT(label, limit, access, flags) \
    .word (limit) & 0xffff, label; .byte 0, access, ((flags) << 4) | (((limit) >> 16) & 15), 0
#define GATE(offset, sel, access) \
    .word offset, sel; .byte 0, access; .word 0
