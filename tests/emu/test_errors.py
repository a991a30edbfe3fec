#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_errors.py EMU

Wrong command lines: each must end soon, say one thing on standard error that helps, and have the
documented status.  The table is the test."""

import bz2
import gzip
import lzma
import os
import re
import struct
import sys
import tempfile
import zlib

from tap import Tap, run

PB = ["-M", "versatilepb"]
VIRT = ["-M", "virt"]
CI = PB + ["--ci", "-kernel", "good.elf"]

# (arguments, status, what standard error must say); files are those of make_files().
CASES = [
    # nothing, unknown options, their arguments
    ([], 64, r"^usage: emu -M"),
    (["-kernell", "x"], 64, r"unknown option '-kernell', did you mean '-kernel'\?"),
    (["--exepct", "x"], 64, r"unknown option '--exepct', did you mean '--expect'\?"),
    (["--frobnicate"], 64, r"unknown option '--frobnicate'; emu --help lists them"),
    (["-"], 64, r"no board given|argument"),
    ([""], 64, r"argument 1 is empty"),
    (["-kernel"], 64, r"option '-kernel' needs an argument: -kernel FILE"),
    (PB + ["-m"], 64, r"option '-m' needs an argument"),
    (["--snapshot=on"], 64, r"takes no argument"),
    (["-kernel@serial0", "x"], 64, r"takes no '@serial0'"),
    (PB + ["a.img", "b.img"], 64, r"two disk images: 'a.img' and 'b.img'"),
    # the board
    (["-kernel", "good.elf"], 64, r"no board given: use -M NAME"),
    (["-M", "versatilepd"], 64, r"unknown machine 'versatilepd', did you mean 'versatilepb'\?"),
    (["-M", "zx81"], 64, r"unknown machine 'zx81'; there are: pc, .*-M help lists them"),
    (["-M", ""], 64, r"unknown machine ''"),
    (["-M", "", "-cpu", "help"], 64, r"unknown machine ''"),
    (["-M", "virt,gic=2"], 64, r"gic"),
    (["-M", "versatilepb,foo=1"], 64, r"unknown option of machine versatilepb 'foo'"),
    (["-M", "virt,usb=on"], 64, r"-M: usb can be off, no, not 'on'"),
    (PB, 64, r"machine 'versatilepb' needs a -kernel"),
    # the processor
    (VIRT + ["-cpu", "cortex-a16"], 64, r"unknown CPU 'cortex-a16', did you mean 'cortex-a15'\?"),
    (VIRT + ["-cpu", "z80"], 64, r"unknown CPU 'z80'; -cpu help lists them"),
    (VIRT + ["-cpu", "arm926"], 64,
     r"machine 'virt' has no socket for the CPU 'arm926'; it takes .*cortex-a15"),
    (VIRT + ["-cpu", "cortex-a15,neon=off"], 64, r"features cannot be changed, so no 'neon=off'"),
    (VIRT + ["-cpu", ""], 64, r"unknown CPU ''"),
    (PB + ["-smp", "2", "-kernel", "good.elf"], 64, r"has at most 1 CPU, not 2"),
    (VIRT + ["-smp", "9", "-kernel", "good.elf"], 64, r"has at most 8 CPUs, not 9"),
    (VIRT + ["-smp", "0"], 64, r"-smp: '0': '0' is not a number from 1"),
    (VIRT + ["-smp", ""], 64, r"-smp: '' is not a number"),
    (VIRT + ["-accel", ""], 64, r"unknown accelerator ''"),
    (VIRT + ["-icount", ""], 64, r"-icount: 'shift=': give shift=N"),
    (VIRT + ["-m", ""], 64, r"-m: '' is not a size"),
    (VIRT + ["-chardev", ""], 64, r"unknown -chardev kind ''"),
    (VIRT + ["-serial", ""], 64, r"-serial : unknown character device ''"),
    (VIRT + ["-dfilter", ""], 64, r"-dfilter: "),
    (VIRT + ["-smp", "two"], 64, r"-smp: 'two'"),
    (VIRT + ["-smp", "4,cores=2"], 64, r"4 processors do not fit into 2 places"),
    (VIRT + ["-smp", "4,corse=4"], 64, r"unknown key 'corse', did you mean 'cores'"),
    # memory
    (VIRT + ["-m", "0"], 64, r"-m: '0' is not a size"),
    (VIRT + ["-m", "lots"], 64, r"-m: 'lots' is not a size"),
    (VIRT + ["-m", "-5"], 64, r"-m: '-5' is not a size"),
    (VIRT + ["-m", "64X"], 64, r"'64X' is not a size"),
    (VIRT + ["-m", "99999999999999999999"], 64, r"is not a size"),
    (VIRT + ["-m", "256,slots=2"], 64, r"memory cannot be plugged in later"),
    (PB + ["-m", "1G", "-kernel", "good.elf"], 64, r"takes at most 256 MiB of RAM, not 1024"),
    # how it runs
    (VIRT + ["-accel", "kvm"], 64, r"'kvm' would run the guest on the host's own processor"),
    (VIRT + ["-accel", "jitt"], 64, r"unknown accelerator 'jitt', did you mean 'jit'\?"),
    (VIRT + ["-accel", "tcg,thread=many"], 64, r"thread can be single, multi, not 'many'"),
    (VIRT + ["-icount", "shift=11"], 64, r"-icount: 'shift=11': give shift=N, N from 0 to 10"),
    (VIRT + ["-icount", "banana"], 64, r"-icount: 'shift=banana'"),
    (VIRT + ["-icount", "align=off"], 64, r"-icount: 'align=off': give shift=N"),
    (VIRT + ["-rtc", "base=yesterday"], 64, r"-rtc: base can be utc, localtime or a date"),
    (VIRT + ["-rtc", "base=9999-12-31"], 64, r"from 1970 to 2199, not '9999-12-31'"),
    (VIRT + ["-rtc", "base=1969-12-31"], 64, r"from 1970 to 2199"),
    (VIRT + ["-rtc", "clock=sun"], 64, r"-rtc: clock can be host, vm, rt, not 'sun'"),
    (VIRT + ["-semihosting-config", "enable=maybe"], 64, r"enable can be on, off, not 'maybe'"),
    # files
    (PB + ["-kernel", "missing"], 66, r"cannot open kernel 'missing': No such file"),
    (PB + ["-kernel", ""], 64, r"-kernel: the file's name is empty"),
    (PB + ["-kernel", "."], 66, r"kernel '.' is a directory"),
    (PB + ["-kernel", "empty"], 65, r"kernel 'empty' is empty"),
    (PB + ["-kernel", "/bin/sh"], 65, r"is an ELF .* for x86-64 .*, not a 32-bit little-endian ARM"),
    (PB + ["-kernel", "mips.elf"], 65, r"an ELF program for MIPS \(big-endian\), not"),
    (PB + ["-kernel", "aarch64.elf"], 65, r"an ELF program for AArch64"),
    (PB + ["-kernel", "short.elf"], 65, r"cut off"),
    (PB + ["-kernel", "header.elf"], 65, r"ELF file cut off in its header"),
    (PB + ["-kernel", "kernel.gz"], 65, r"compressed by gzip"),
    (PB + ["-kernel", "kernel.bz2"], 65, r"compressed by bzip2"),
    (PB + ["-kernel", "kernel.xz"], 65, r"compressed by xz"),
    (PB + ["-kernel", "kernel.zst"], 65, r"compressed by zstd"),
    (PB + ["-kernel", "kernel.tar"], 65, r"a tar archive"),
    (PB + ["-kernel", "kernel.zip"], 65, r"a zip archive"),
    (PB + ["-kernel", "script.sh"], 65, r"a script"),
    (PB + ["-kernel", "disk.img"], 65, r"a disk image or a boot sector"),
    (PB + ["-kernel", "disk.qcow2"], 65, r"a qcow2 disk image"),
    (PB + ["-kernel", "initrd.cpio"], 65, r"a cpio archive"),
    (PB + ["-kernel", "board.dtb"], 65, r"a flattened device tree"),
    (PB + ["-kernel", "program.exe"], 65, r"a Windows or EFI program"),
    (PB + ["-kernel", "bzImage"], 65, r"an x86 Linux kernel"),
    (PB + ["-kernel", "short.zImage"], 65, r"a zImage cut off: 64 bytes of 4096"),
    (PB + ["-kernel", "mips.uImage"], 65, r"a uImage for MIPS, not for ARM"),
    (PB + ["-kernel", "bad.uImage"], 65, r"a uImage with damaged data"),
    (PB + ["-kernel", "good.elf", "-initrd", "missing"], 66, r"cannot open initrd 'missing'"),
    (PB + ["-kernel", "good.elf", "-initrd", "good.elf"], 65, r"not an initial RAM disk"),
    (PB + ["-kernel", "good.elf", "-dtb", "missing"], 66, r"cannot open device tree 'missing'"),
    (PB + ["-kernel", "good.elf", "-dtb", "good.elf"], 65, r"device tree"),
    (PB + ["-initrd", "initrd.cpio"], 64, r"-initrd 'initrd.cpio' needs a -kernel"),
    (PB + ["-append", "quiet"], 64, r"-append 'quiet' needs a -kernel"),
    (VIRT + ["-bios", "missing"], 66, r"missing"),
    # host ends
    (PB + ["-serial", "foo"], 64, r"-serial foo: unknown character device 'foo'"),
    (PB + ["-serial", "stdoi"], 64, r"'stdoi', did you mean 'stdio'"),
    (PB + ["-serial", "tcp:nowhere"], 64, r"-serial tcp:nowhere: "),
    (PB + ["-serial", "tcp:127.0.0.1:1"], 69, r"-serial tcp:127.0.0.1:1: .*refused"),
    (PB + ["-serial", "unix:/nonexistent/s"], 66, r"-serial unix:"),
    (PB + ["-serial", "file:/nonexistent/f"], 66, r"-serial file:"),
    (PB + ["-serial", "chardev:c"], 64, r"unknown -chardev id 'c'"),
    (PB + ["-serial", "null"] * 1 + ["-serial", "null"] * 8, 64, r"more than 8 serial lines"),
    (PB + ["-chardev", "stdio"], 64, r"-chardev stdio: no id=NAME"),
    (PB + ["-chardev", "sdtio,id=a"], 64, r"'sdtio', did you mean 'stdio'\?"),
    (PB + ["-chardev", "file,id=a"], 64, r"a file wants path=FILE"),
    (PB + ["-chardev", "socket,id=a"], 64, r"a socket wants path=PATH or port=PORT"),
    (PB + ["-chardev", "null,id=a,mux=perhaps"], 64, r"mux is 'on' or 'off', not 'perhaps'"),
    (PB + ["-chardev", "null,id=a", "-chardev", "null,id=a"], 64, r"there is an 'a' already"),
    (PB + ["-chardev", "null,id=a", "-serial", "chardev:b"], 64, r"unknown -chardev id 'b'"),
    (PB + ["-chardev", "null,id=a", "-serial", "chardev:a", "-serial", "chardev:a"], 64,
     r"has a user already; mux=on shares it"),
    (PB + ["-chardev", "null,id=a", "-kernel", "good.elf"], 64, r"nothing uses it"),
    (PB + ["-display", "gtk"], 64, r"no 'gtk'; there are sdl, text and none"),
    (PB + ["-display", "sdl,scale=9"], 64, r"scale can be 1 to 8, not '9'"),
    (PB + ["-display", "sdl,zoom=2"], 64, r"-display: unknown key 'zoom'"),
    (PB + ["-display", "none,scale=2"], 64, r"'none' takes no 'scale=2'"),
    (VIRT + ["-kernel", "good.elf", "-display", "text"], 64, r"-display: this board has no screen"),
    (PB + ["-display", "nnone"], 64, r"unknown display 'nnone', did you mean 'none'"),
    (PB + ["-monitor", "foo"], 64, r"-monitor foo: unknown character device"),
    (PB + ["-nic", "bridge"], 64, r"-nic bridge: "),
    (PB + ["-global", "foo.bar=1", "-kernel", "good.elf"], 64, r"unknown device in -global: 'foo'"),
    (PB + ["-device", "pl0111"], 64, r"-device: unknown device type 'pl0111', did you mean 'pl011'"),
    (PB + ["-device", "pl011,id=a"], 64, r"'versatilepb' has no place to plug a 'pl011' into"),
    (PB + ["-netdev", "user,id=n", "-kernel", "good.elf"], 64, r"no -device uses it; -nic user"),
    # logs
    (["-d", "in_asmm"], 64, r"unknown log item 'in_asmm', did you mean 'in_asm'\?"),
    (["-M", "virt", "-d", "ir:foldd"], 64, r"'foldd', did you mean 'fold'"),
    (PB + ["-D", "/nonexistent/log", "-kernel", "good.elf"], 66, r"cannot write the log"),
    (PB + ["-dfilter", "here"], 64, r"-dfilter: 'here' is not a range"),
    (PB + ["-dfilter", "0x2000..0x1000"], 64, r"is not a range"),
    # lists
    (["list"], 64, r"usage: emu list machines"),
    (["list", "cpu"], 64, r"unknown list 'cpu', did you mean 'cpus'\?"),
    (["list", "machines", "--yaml"], 64, r"usage: emu list machines"),
    # automatic tests
    (CI + ["--expect", "("], 64, r"--expect: .*regular expression"),
    (CI + ["--expect", ""], 64, r"--expect: the regular expression is empty"),
    (CI + ["--expect@serial9", "x"], 64, r"there is no place '@serial9'"),
    (VIRT + ["--ci", "-kernel", "good.elf", "--expect@screen", "x"], 64,
     r"this board has no screen; .*--expect@serial0"),
    (VIRT + ["--ci", "-kernel", "good.elf", "--send@screen", "x"], 64,
     r"this board has no keyboard; .*--send@serial0"),
    (CI + ["--send@screen", "\\xc3\\xa4"], 64, r"no key for the byte '\\xc3'"),
    (CI + ["--send@keyboard", "x"], 64, r"there is no place '@keyboard': .*@screen"),
    (CI + ["--send", r"a\q"], 64, r"no such escape: '\\q'"),
    (CI + ["--send", "x" * 5000], 64, r"more than a line takes at once"),
    (CI + ["-serial", "none", "--expect", "x"], 64, r"serial line 0 is '-serial none'"),
    (CI + ["--fail-on", "["], 64, r"--fail-on: "),
    (CI + ["--timeout", "soon"], 64, r"--timeout: 'soon' is not a time"),
    (CI + ["--timeout", "0"], 64, r"--timeout: '0' is not a time"),
    (CI + ["--vtimeout", "-1"], 64, r"--vtimeout: '-1' is not a time"),
    (CI + ["--idle-timeout", "nan"], 64, r"--idle-timeout: 'nan' is not a time"),
    (CI + ["--script", "missing"], 66, r"--script: .*missing"),
    (CI + ["--script", "empty"], 65, r"--script: 'empty' has no steps"),
    (CI + ["--script", "bad.script"], 64, r"bad.script:2: unknown step 'exepct', did you mean 'expect'\?"),
    (CI + ["--script", "good.elf"], 65, r"--script: 'good.elf' is not a text"),
    (CI + ["--junit", "/nonexistent/out.xml"], 69, r"--junit: cannot write '/nonexistent/out.xml'"),
    (CI + ["--junit", "."], 69, r"--junit: '.' is a directory"),
    (CI + ["--artifacts", "empty/dir"], 69, r"--artifacts: cannot make the folder"),
    (CI + ["--screenshot", "/nonexistent/s.png"], 69, r"--screenshot: cannot write"),
    (VIRT + ["-kernel", "good.elf", "--screenshot", "s.png"], 64, r"this board has no screen"),
    (PB + ["-pidfile", "/nonexistent/pid", "-kernel", "good.elf"], 69, r"cannot write the pid file"),
]

EM_MIPS, EM_ARM, EM_AARCH64 = 8, 40, 183


def elf(machine, code=b"\xfe\xff\xff\xea", big=False, wide=False, size=None):
    """A program of one segment at 0x10000."""
    e = ">" if big else "<"
    ident = b"\x7fELF" + bytes([2 if wide else 1, 2 if big else 1, 1]) + bytes(9)
    if wide:
        return ident + struct.pack(e + "HHIQQQIHHHHHH", 2, machine, 1, 0x10000, 64, 0, 0, 64, 56, 0,
                                   0, 0, 0) + code
    head = struct.pack(e + "HHIIIIIHHHHHH", 2, machine, 1, 0x10000, 52, 0, 0x5000200, 52, 32, 1, 0,
                       0, 0)
    segment = struct.pack(e + "IIIIIIII", 1, 84, 0x10000, 0x10000, size or len(code),
                          size or len(code), 5, 4)
    return ident + head + segment + code


def uimage(arch, data, damage=False):
    head = struct.pack(">IIIIIIIBBBB32s", 0x27051956, 0, 0, len(data), 0x8000, 0x8000,
                       zlib.crc32(data) ^ damage, 5, arch, 2, 0, b"test")
    return head[:4] + struct.pack(">I", zlib.crc32(head)) + head[8:] + data


def make_files():
    code = bytes(range(256)) * 4
    pe = bytearray(b"MZ" + bytes(62) + b"PE\0\0" + bytes(64))
    struct.pack_into("<I", pe, 0x3c, 64)
    zimage = bytearray(64)
    struct.pack_into("<III", zimage, 0x24, 0x016f2818, 0, 4096)
    files = {
        "empty": b"", "good.elf": elf(EM_ARM), "mips.elf": elf(EM_MIPS, big=True),
        "aarch64.elf": elf(EM_AARCH64, wide=True), "short.elf": elf(EM_ARM, size=4096),
        "header.elf": elf(EM_ARM)[:40], "kernel.gz": gzip.compress(code),
        "kernel.bz2": bz2.compress(code), "kernel.xz": lzma.compress(code),
        "kernel.zst": b"\x28\xb5\x2f\xfd" + code, "kernel.zip": b"PK\x03\x04" + code,
        "kernel.tar": bytes(257) + b"ustar\0" + bytes(512), "script.sh": b"#!/bin/sh\necho\n",
        "disk.img": bytes(510) + b"\x55\xaa" + bytes(512), "disk.qcow2": b"QFI\xfb" + bytes(512),
        "initrd.cpio": b"070701" + b"0" * 512, "board.dtb": b"\xd0\x0d\xfe\xed" + bytes(64),
        "program.exe": bytes(pe), "bzImage": bytes(0x202) + b"HdrS" + bytes(512),
        "short.zImage": bytes(zimage), "mips.uImage": uimage(5, code),
        "bad.uImage": uimage(2, code, True), "bad.script": b"# remark\nexepct login\n",
    }
    for name, data in files.items():
        with open(name, "wb") as f:
            f.write(data)


def main():
    emu = os.path.abspath(sys.argv[1])
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_files()
        for args, status, says in CASES:
            r = run([emu] + args, timeout=20)
            good = r.status == status and re.search(says, r.err, re.M) and \
                r.err.count("\n") <= (4 if not args else 1)
            shown = " ".join(a if len(a) < 60 else a[:20] + "..." for a in args) or "(nothing)"
            tap.ok(good, f"{shown}: {status}", f"wanted {status} /{says}/", r)
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
