#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_bios.py EMU SOURCE

What a 16-bit system needs: bios/suite.S on the PC under SeaBIOS, from a hard disk and from a floppy,
from raw and qcow2 images, and on qemu-system-i386 as a black box, which must say the same.  Is
EMU_TEST_DOS_IMAGE given (a disk, or a floppy of at most 2.88 MB), that DOS is booted, too: it lists its
directory and runs EMU_TEST_DOS_COMMAND (default: mem).  TAP."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile

from tap import Tap, run

EMU, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
QEMU = shutil.which("qemu-system-i386")
SECTOR = 512
RTC = ["-rtc", "base=2020-02-29T12:34:05"]


def build(name, *args):
    """bios/NAME.S as a flat binary."""
    path = os.path.join(SOURCE, "tests/machines/bios", name)
    for command in (["gcc", "-m32", "-c", path + ".S", "-o", name + ".o"],
                    ["ld", "-m", "elf_i386", "--oformat", "binary", "-o", name + ".bin", name + ".o", *args]):
        r = run(command)
        if r.status:
            raise RuntimeError(r)
    return open(name + ".bin", "rb").read()


def entry(name, cluster, size):
    return struct.pack("<11sB14xHI", name.encode(), 0x20, cluster, size)


def fat12(chains):
    """A FAT of one sector."""
    values = [0xff0, 0xfff] + [0] * 300
    for chain in chains:
        for this, then in zip(chain, chain[1:] + [0xfff]):
            values[this] = then
    out = bytearray()
    for a, b in zip(values[::2], values[1::2]):
        out += struct.pack("<I", a | b << 12)[:3]
    return bytes(out[:SECTOR])


def make_disk(name, sectors):
    """The suite, then a file system of it; each sector from 24 on begins with its number."""
    suite, program = build("suite", "-T", os.path.join(SOURCE, "tests/machines/bios/suite.ld")), \
        build("hello", "-Ttext=0x100")
    readme = b"This disk tests a PC.\r\n"
    assert len(suite) <= 16 * SECTOR and SECTOR < len(program) <= 3 * SECTOR
    with open(name, "wb") as f:
        f.truncate(sectors * SECTOR)
        for i in range(24, sectors):
            f.seek(i * SECTOR)
            f.write(struct.pack("<H", i & 0xffff))
        f.seek(0)
        f.write(suite)
        chain = [2, 5, 3]                   # not one behind the other
        f.seek(16 * SECTOR)
        f.write(fat12([chain, [4]]))
        f.seek(17 * SECTOR)
        f.write(entry("README  TXT", 4, len(readme)) + entry("HELLO   COM", 2, len(program)))
        for n, cluster in enumerate(chain):
            f.seek((16 + cluster) * SECTOR)
            f.write(program[n * SECTOR:(n + 1) * SECTOR])
        f.seek(20 * SECTOR)
        f.write(readme)


def lines(log):
    """The suite's lines of a serial log."""
    text = open(log, "rb").read().decode("latin-1").replace("\r", "")
    at = text.find("BIOS-SUITE\n")
    return text[at:].splitlines() if at >= 0 else []


def on_emu(disk, *more):
    for f in ("serial0.log", "e.log"):
        if os.path.exists(f):
            os.remove(f)
    r = run([EMU, "-M", "pc", "-cpu", "x86", "-m", "64", "-display", "none", "-monitor", "none", *RTC, *disk,
             "-serial", "file:e.log", "--expect@screen", "BIOS-SUITE-(OK|BAD)", "--timeout", "60", *more], timeout=90)
    return r, lines("e.log") if os.path.exists("e.log") else []


def on_qemu(disk):
    r = run([QEMU, "-m", "64", "-display", "none", "-monitor", "none", "-nodefaults", "-vga", "std", *RTC, *disk,
             "-serial", "file:q.log", "-device", "isa-debug-exit,iobase=0x501,iosize=2", "-snapshot"], timeout=90)
    return r, lines("q.log") if os.path.exists("q.log") else []


def same(tap, what, ours, theirs):
    """Line by line; QEMU's translator knows no limits in real mode."""
    ours, theirs = ([x for x in t if not x.startswith(("cpu.limit", "BIOS-SUITE-"))] for t in (ours, theirs))
    for n in range(max(len(ours), len(theirs))):
        a = ours[n] if n < len(ours) else "(nothing)"
        b = theirs[n] if n < len(theirs) else "(nothing)"
        tap.ok(a == b, f"{what}: {b} as on qemu", f"emu:  {a}", f"qemu: {b}")


def suite_tests(tap):
    make_disk("hd.img", 16384)
    make_disk("fd.img", 2880)
    for what, emu_disk, qemu_disk in (
            ("disk", ["-hda", "hd.img", "-snapshot"], ["-drive", "file=hd.img,format=raw,if=ide"]),
            ("floppy", ["-fda", "fd.img", "-boot", "a", "-snapshot"],
             ["-drive", "file=fd.img,format=raw,if=floppy", "-boot", "a"])):
        r, ours = on_emu(emu_disk)
        tap.ok(r.status == 0 and ours[-1:] == ["BIOS-SUITE-OK"], f"the suite from {what}", r, "\n".join(ours))
        for line in ours[1:-1]:
            tap.ok(line.endswith("ok") or line in ("BIOS-SUITE", "int10.graphics: BIOS-SUITE"), f"{what}: {line}")
        if QEMU:
            same(tap, what, ours, on_qemu(qemu_disk)[1])
    image_tests(tap)


def image_tests(tap):
    """The same disk in other images.  No BIOS call flushes: what was written is there after the end."""
    want = bytes([0x5a, 0xa5]) * 256
    for name, args in (("raw", []), ("qcow2", ["-o", "cluster_size=4k"]), ("packed", ["-c"])):
        run([EMU, "img", "convert", "-O", "raw" if name == "raw" else "qcow2", *args, "hd.img", "t.img"], timeout=60)
        r, ours = on_emu(["t.img"])
        tap.ok(r.status == 0 and ours[-1:] == ["BIOS-SUITE-OK"], f"the suite from {name}", r, "\n".join(ours))
        run([EMU, "img", "convert", "t.img", "back.img"], timeout=60)
        with open("back.img", "rb") as f:
            f.seek((3 * 16 + 1) * 63 * SECTOR)
            tap.ok(f.read(SECTOR) == want, f"{name}: what the guest wrote and did not flush is there")
        if name != "raw":
            r = run([EMU, "img", "check", "t.img"], timeout=60)
            tap.ok(r.status == 0, f"{name}: the image is clean", r)


# A boot sector: write "TINY-OK" to COM1, stop.
TINY = bytes.fromhex("fc 31 c0 8e d8 be 14 7c ba f8 03 b9 08 00 f3 6e fa f4 eb fd") + b"TINY-OK\n"


def small_disk_tests(tap):
    """Disks that LBA translation (63 sectors, 16 heads at least) would give no whole cylinder, and their
    neighbours."""
    for sectors in (1, 200, 1007, 1008, 2880, 1024 * 16 * 63, 1024 * 16 * 63 + 1):
        with open("tiny.img", "wb") as f:
            f.write(TINY.ljust(510, b"\0") + b"\x55\xaa")
            f.truncate(sectors * SECTOR)
        r = run([EMU, "-M", "pc", "-cpu", "x86", "-m", "16", "-display", "none", "-monitor", "none", "-serial", "stdio",
                 "-drive", "file=tiny.img,format=raw", "--expect", "TINY-OK", "--timeout", "20"], timeout=60)
        tap.ok(r.status == 0, f"a disk of {sectors} sectors boots", r)


def serial_console_tests(tap):
    """The BIOS is on the screen; with serial-bios=on on the serial line, too, and only then."""
    for option, where in (("pc,serial-bios=on", ""), ("pc", "@screen")):
        r = run([EMU, "-M", option, "-m", "16", "-display", "none", "-monitor", "none", "-serial", "file:b.log",
                 "--expect" + where, "No bootable device", "--timeout", "30"], timeout=60)
        tap.ok(r.status == 0, f"-M {option}: the BIOS says that there is nothing to boot", r)
        log = open("b.log", "rb").read()
        tap.ok((b"SeaBIOS" in log) == (not where), f"-M {option}: what is on the serial line", log)


def dos_tests(tap):
    image = os.environ.get("EMU_TEST_DOS_IMAGE")
    if not image:
        return tap.skip("a DOS disk", "EMU_TEST_DOS_IMAGE names none")
    floppy = os.path.getsize(image) <= 2880 * 1024
    command = os.environ.get("EMU_TEST_DOS_COMMAND", "mem")
    says = os.environ.get("EMU_TEST_DOS_SAYS", "[0-9]+[kK ]")
    disk = ["-fda", image, "-boot", "a"] if floppy else ["-hda", image]
    r = run([EMU, "-M", "pc", "-cpu", "x86", "-m", "32", "-display", "none", "-monitor", "none", "-serial", "null",
             "-snapshot", *disk, "--expect@screen", r"[A-Z]:[^>]*>", "--send@screen", "dir\\r",
             "--expect@screen", r"(?i)bytes? free", "--send@screen", command + "\\r", "--expect@screen", says,
             "--timeout", "120"], timeout=150)
    return tap.ok(r.status == 0, f"DOS lists its directory and runs '{command}'", r)


def main():
    tap = Tap()
    if not shutil.which("gcc") or run(["gcc", "-m32", "-E", "-x", "c", os.devnull]).status:
        print("1..0 # SKIP no assembler for i386")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        suite_tests(tap)
        small_disk_tests(tap)
        serial_console_tests(tap)
        dos_tests(tap)
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
