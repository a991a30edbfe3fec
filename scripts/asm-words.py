#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Assembles a file for a 32-bit little-endian ELF target and writes its bytes as a C initialiser.

    asm-words.py ASSEMBLER OBJCOPY IN.S OUT.inc

The code must not need a linker: relocations are refused.
"""
import pathlib
import struct
import subprocess
import sys
import tempfile

SHT_REL = 9


def has_relocations(elf):
    offset, = struct.unpack_from("<I", elf, 0x20)
    size, count = struct.unpack_from("<HH", elf, 0x2e)
    types = [struct.unpack_from("<I", elf, offset + i * size + 4)[0] for i in range(count)]
    return SHT_REL in types


def main():
    assembler, objcopy, source, out = sys.argv[1:]
    with tempfile.TemporaryDirectory() as d:
        obj, image = pathlib.Path(d, "a.o"), pathlib.Path(d, "a.bin")
        subprocess.run([assembler, "-o", obj, source], check=True)
        subprocess.run([objcopy, "-O", "binary", obj, image], check=True)
        if has_relocations(obj.read_bytes()):
            sys.exit(f"{source}: needs relocations")
        code = image.read_bytes()
    code += bytes(-len(code) % 4)
    words = struct.unpack(f"<{len(code) // 4}I", code)
    text = "".join(f"    {w:#010x},    /* {4 * i:03x} */\n" for i, w in enumerate(words))
    pathlib.Path(out).write_text(text)


main()
