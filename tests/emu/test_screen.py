#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_screen.py EMU

The PC's screen under its VGA BIOS: a boot sector sets a mode and prints a line by INT 10h, and
--expect@screen reads it, be it text or pixels; what is typed by --send@screen comes back by INT 16h.
Needs Debian's package seabios."""

import os
import struct
import sys
import tempfile

from tap import Tap, run

ROMS = ("/usr/share/seabios/bios-256k.bin", "/usr/share/seabios/vgabios-stdvga.bin")

# mode, VBE mode, size of the picture
MODES = [
    (0x01, 0, 720, 400), (0x03, 0, 720, 400), (0x04, 0, 640, 400), (0x06, 0, 640, 400),
    (0x07, 0, 720, 400), (0x0d, 0, 640, 400), (0x10, 0, 640, 350), (0x12, 0, 640, 480),
    (0x13, 0, 640, 400), (0x4f02, 0x102, 800, 600), (0x4f02, 0x105, 1024, 768),
    (0x4f02, 0x10e, 320, 200), (0x4f02, 0x110, 640, 480), (0x4f02, 0x112, 640, 480),
    (0x4f02, 0x118, 1024, 768), (0x4f02, 0x143, 800, 600),
]

START = bytes.fromhex("31c08ed8")               # xor ax, ax; mov ds, ax
# lodsb; test al, al; jz +9; mov ah, 0eh; mov bx, 0fh; int 10h; jmp back
PRINT = bytes.fromhex("ac84c07409b40ebb0f00cd10ebf2")
# sti; mov bx, [46ch]; add bx, 3; cmp [46ch], bx; jne back
TICKS = bytes.fromhex("fb8b1e6c0483c303391e6c0475fa")
HALT = bytes.fromhex("f4ebfd")                  # hlt; jmp back
ECHO = bytes.fromhex("b400cd16b40ecd10ebf6")    # int 16h; mov ah, 0eh; int 10h; jmp back


def set_mode(ax, bx):
    return b"\xb8" + struct.pack("<H", ax) + b"\xbb" + struct.pack("<H", bx) + b"\xcd\x10"


def disk(name, before, text, after):
    """A boot sector that prints text between two pieces of code."""
    code = START + before
    code += b"\xbe" + struct.pack("<H", 0x7c00 + len(code) + 3 + len(PRINT) + len(after))
    code += PRINT + after + text.encode() + b"\0"
    assert len(code) <= 510
    with open(name, "wb") as f:
        f.write(code.ljust(510, b"\0") + b"\x55\xaa" + bytes(1024 * 1024 - 512))


def main():
    emu = os.path.abspath(sys.argv[1])
    tap = Tap()
    if not all(os.path.exists(rom) for rom in ROMS):
        tap.skip("the screen", "there is no SeaBIOS on this host")
        return tap.end()
    base = [emu, "-M", "pc", "-m", "16", "disk.img", "--ci", "-serial", "null", "--vtimeout", "10"]
    with tempfile.TemporaryDirectory() as d:
        os.chdir(d)
        for ax, vbe, width, height in MODES:
            name = f"mode {vbe or ax:x}"
            disk("disk.img", set_mode(ax, vbe), f"This is {name}.\r\n", HALT)
            r = run(base + ["--expect@screen", f"^This is {name}\\.$", "--screenshot", "s.png"])
            png = open("s.png", "rb").read()
            size = struct.unpack(">II", png[16:24])
            tap.ok(r.status == 0 and size == (width, height), name, size, r)
        disk("disk.img", b"", "Say it: ", ECHO)
        r = run(base + ["--expect@screen", "Say it: ", "--send@screen", "Hi, <World>! ~123 {a|b}",
                        "--expect@screen", r"^Say it: Hi, <World>! ~123 \{a\|b\}$"])
        tap.ok(r.status == 0, "what is typed comes back", r)
        r = run(base + ["--expect@screen", "Say it: ", "--send@screen", "x", "--expect@screen", "never",
                        "--vtimeout", "1", "--artifacts", "left"])
        text = open("left/screen.txt", encoding="utf-8").read()
        tap.ok(r.status == 101 and "on the screen:" in r.err and "  | Say it: x" in r.err and
               "\nSay it: x\n" in text, "a failed run tells what the screen says", r, text)
        # found with Linux, whose check of the timer saw no tick under --ci: a loop of a few instructions
        # borrowed time for ever
        disk("disk.img", TICKS, "Ticks come.", HALT)
        r = run(base + ["--expect@screen", r"Ticks come\."])
        tap.ok(r.status == 0, "a loop that waits for an interrupt ends in counted time", r)
        # found with the keyboard's buffer in the BIOS's data area: the monitor fell over an x86 memory dump
        with open("commands", "w", encoding="ascii") as f:
            f.write("xp /2xw 0xfffffff0\nquit\n")
        r = run([emu, "-M", "pc", "-m", "16", "-S", "-display", "none", "-serial", "null", "-monitor",
                 "stdio"], stdin=open("commands", "rb"))
        tap.ok(r.status == 0 and "fffffff0: 0x" in r.out, "the monitor dumps memory of the PC", r)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
