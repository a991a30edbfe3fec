#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An ELF file of a Linux kernel's symbols and code, out of a zImage: for gdb, where there is no
vmlinux.

usage: kallsyms.py ZIMAGE OUT.elf [--list]

The kernel carries its symbol names compressed (scripts/kallsyms.c of Linux describes the tables):
in this order, aligned to words, offsets[n], relative base, n, names, markers, 256 tokens, their
index.  The tables are found by what they must look like.  For 32-bit little-endian kernels with
CONFIG_KALLSYMS_BASE_RELATIVE, versions 4.6 to 6.1; compression by gzip.
"""
import re
import struct
import sys
import zlib


def word(d, at):
    return struct.unpack_from("<I", d, at)[0]


def unpack(zimage):
    for m in re.finditer(rb"\x1f\x8b\x08", zimage):
        try:
            image = zlib.decompressobj(31).decompress(zimage[m.start():])
        except zlib.error:
            continue
        if b"Linux version" in image:
            return image
    sys.exit("no compressed kernel in it that gzip made")


def find_tokens(d):
    """The token table: digits stand for themselves in it, and its index follows."""
    digits = b"".join(b"%d\0" % i for i in range(10))
    for m in re.finditer(re.escape(digits), d):
        start = m.start()
        for _ in range(ord("0")):
            start = d.rfind(b"\0", 0, start - 1) + 1
        # What stands before it ends in no zero, perhaps: a table of three-byte numbers.
        for first in range(max(start - 4, 0), start + 4):
            parts = d[first:first + 10000].split(b"\0")[:256]
            index, at = [], 0
            for p in parts:
                index.append(at)
                at += len(p) + 1
            if len(parts) == 256 and struct.pack("<256H", *[i & 0xffff for i in index]) in \
                    d[first + at:first + at + 520]:
                return first, [p.decode("latin-1") for p in parts]
    sys.exit("no kallsyms: the kernel was made without CONFIG_KALLSYMS")


def read_names(d, at, n, tokens):
    """n names from `at`; the offset of every 256th, and the end."""
    names, marks, start = [], [], at
    for i in range(n):
        if i % 256 == 0:
            marks.append(at - start)
        size = d[at]
        at += 1
        if size & 0x80:
            size = (size & 0x7f) | d[at] << 7
            at += 1
        names.append("".join(tokens[t] for t in d[at:at + size]))
        at += size
    return names, marks, at


def find_names(d, table, tokens):
    for at in range(table - table % 4, 0, -4):
        n = word(d, at)
        if not (1000 < n < 1000000 and word(d, at - 4) >= 0x80000000 and at > 4 * n):
            continue
        try:
            names, marks, end = read_names(d, at + 4, n, tokens)
        except IndexError:
            continue
        end = (end + 3) & ~3
        if end < table and list(struct.unpack_from("<%dI" % len(marks), d, end)) == marks:
            base = word(d, at - 4)
            offsets = struct.unpack_from("<%dI" % n, d, at - 4 - 4 * n)
            return base, [(base + o, name[0], name[1:]) for o, name in zip(offsets, names)]
    sys.exit("kallsyms has a form that is not known here")


def make_elf(image, base, symbols):
    strings, table = bytearray(b"\0"), bytearray(16)
    for addr, kind, name in symbols:
        func = 2 if kind in "tTwW" else 1
        section = 1 if base <= addr < base + len(image) else 0xfff1
        bind = 1 if kind.isupper() else 0
        table += struct.pack("<IIIBBH", len(strings), addr, 0, bind << 4 | func, 0, section)
        strings += name.encode() + b"\0"
    shstr = b"\0.text\0.symtab\0.strtab\0.shstrtab\0"
    at = 52 + 32
    parts, headers = [], [bytes(40)]
    for name, kind, flags, addr, data, link, info, size in (
            (1, 1, 6, base, image, 0, 0, 0), (7, 2, 0, 0, bytes(table), 3, 1, 16),
            (15, 3, 0, 0, bytes(strings), 0, 0, 0), (23, 3, 0, 0, shstr, 0, 0, 0)):
        pad = -at % 4
        at += pad
        headers.append(struct.pack("<10I", name, kind, flags, addr, at, len(data), link, info, 4,
                                   size))
        parts.append(bytes(pad) + data)
        at += len(data)
    body = b"".join(parts)
    pad = -(84 + len(body)) % 4
    head = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 2, 40, 1, base, 52,
                       84 + len(body) + pad, 0x5000000, 52, 32, 1, 40, 5, 4)
    load = struct.pack("<8I", 1, 84, base, base, len(image), len(image), 7, 4)
    return head + load + body + bytes(pad) + b"".join(headers)


def main():
    image = unpack(open(sys.argv[1], "rb").read())
    table, tokens = find_tokens(image)
    base, symbols = find_names(image, table, tokens)
    text = next((a for a, _, name in symbols if name in ("_stext", "stext", "_text")), base)
    start = text & ~0xfff if text & 0xfff == 0 else (text & ~0x7fff) | 0x8000
    start = next((a for a, _, name in symbols if name in ("stext", "_text")), start)
    if "--list" in sys.argv:
        for s in symbols:
            print("%08x %s %s" % s)
    with open(sys.argv[2], "wb") as out:
        out.write(make_elf(image, start, symbols))


if __name__ == "__main__":
    main()
