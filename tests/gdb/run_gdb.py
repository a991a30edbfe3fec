#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""gdb, by a script, against emu and against another emulator: both must say the same.

usage: run_gdb.py EMU --guest DIR       compiles DIR/guest.c, runs DIR/guest.gdb on versatilepb
       run_gdb.py EMU --kernel DIR      runs DIR/kernel.gdb in Linux, from the cache of guests
       run_gdb.py EMU SCRIPT ELF [emulator options...]

Addresses and what differs by design are masked: the transcript's first lines (gdb's own), thread
descriptions, and the flags that are unknown after reset.  Lines "# expect: REGEX" of the script
must be found in emu's transcript, in this order.  Skipped (77) without gdb-multiarch, a cross
compiler or the guest; without the other emulator only the expectations count.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

PEER = "qemu-system-arm"
CFLAGS = ("-marm -mcpu=arm926ej-s -mfloat-abi=soft -nostdlib -ffreestanding -O1 -g -static "
          "-fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-inline "
          "-Wl,--build-id=none").split()
LIMIT, SERIAL_WITHIN = 200, 90


def compiler():
    for name in ("arm-linux-gnueabihf-gcc", "arm-linux-gnueabi-gcc", "arm-none-eabi-gcc"):
        if shutil.which(name):
            return name
    return None


def compile_guest(where, out):
    subprocess.run([compiler(), *CFLAGS, "-T", where + "/guest.ld", "-o", out, "guest.c"],
                   check=True, cwd=where)


def kernel_options(where, directory):
    """Options, and a file with the kernel's symbols; None: no kernel in the cache."""
    guests = os.path.join(where, "..", "guests")
    cache = subprocess.run([guests + "/make", "--where"], stdout=subprocess.PIPE, text=True,
                           check=True).stdout.strip()
    kernel, initrd = cache + "/versatile-kernel", cache + "/armel-initrd/initrd.cpio.gz"
    if not os.path.exists(kernel + "/zImage-dtb") or not os.path.exists(initrd):
        return None, None
    symbols = directory + "/symbols.elf"
    subprocess.run([sys.executable, guests + "/kallsyms.py", kernel + "/zImage", symbols],
                   check=True)
    return ["-M", "versatilepb", "-m", "128", "-kernel", kernel + "/zImage-dtb", "-initrd", initrd,
            "-append", "console=ttyAMA0", "-no-reboot"], symbols


def transcript(emulator, options, script, elf, directory, afterwards=lambda: None):
    """What gdb prints; the emulator's socket has the same name in every run."""
    socket = os.path.join(directory, "gdb.sock")
    if os.path.exists(socket):
        os.unlink(socket)
    dev = "unix:" + socket + (",server=on,wait=off" if emulator == PEER else "")
    with open(os.path.join(directory, "emulator.log"), "w") as log:
        emu = subprocess.Popen([emulator, *options, "-gdb", dev, "-S"], stdout=log, stderr=log,
                               stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not os.path.exists(socket):
            if emu.poll() is not None or time.monotonic() > end:
                sys.exit("the emulator does not listen:\n" +
                         open(os.path.join(directory, "emulator.log")).read())
            time.sleep(0.02)
        gdb = subprocess.run(["timeout", "-s", "KILL", str(LIMIT), "gdb-multiarch", "-nx", "-batch",
                              elf, "-ex", "target remote " + socket, "-x",
                              os.path.abspath(script)],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=directory,
                             text=True, errors="replace")
        afterwards()
        return gdb.stdout + ("gdb took too long\n" if gdb.returncode in (-9, 137) else "")
    finally:
        emu.terminate()
        emu.wait(timeout=30)


MASKS = [
    (re.compile(r"^0x[0-9a-f]+ in \?\? \(\)$"), "at reset"),
    (re.compile(r"CPU#0 \[.*?\]|\([-\w]*arm-cpu \[.*?\]\)"), "CPU"),
]


def masked(text, more):
    lines = []
    for line in text.splitlines():
        for pattern, by in MASKS + more:
            line = pattern.sub(by, line)
        lines.append(line.rstrip())
    return lines


def check_expectations(script, text):
    at, lines, bad = 0, text.splitlines(), 0
    for line in open(script):
        if line.startswith("# expect: "):
            pattern = line[len("# expect: "):].rstrip("\n")
            found = next((i for i in range(at, len(lines)) if re.search(pattern, lines[i])), None)
            if found is None:
                print("not found after line %d: %s" % (at, pattern))
                bad += 1
            else:
                at = found + 1
    return bad


def check_serial(script, path):
    """What the guest prints when gdb is gone, where the script says '# serial: REGEX'."""
    patterns = re.findall(r"^# serial: (.*)$", open(script).read(), re.M)
    end = time.monotonic() + SERIAL_WITHIN
    while True:
        text = open(path, errors="replace").read()
        missing = [p for p in patterns if not re.search(p, text)]
        if not missing or time.monotonic() > end:
            for pattern in missing:
                print("the guest did not print: " + pattern)
            return len(missing)
        time.sleep(0.2)


def main():
    emu, rest = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if not shutil.which("gdb-multiarch") or (rest[0] == "--guest" and not compiler()):
        return 77
    with tempfile.TemporaryDirectory() as directory:
        if rest[0] == "--guest":
            where = os.path.abspath(rest[1])
            script, elf = where + "/guest.gdb", directory + "/guest.elf"
            compile_guest(where, elf)
            options = ["-M", "versatilepb", "-kernel", elf]
        elif rest[0] == "--kernel":
            where = os.path.abspath(rest[1])
            script = where + "/kernel.gdb"
            options, elf = kernel_options(where, directory)
            if not elf:
                print("skipped: tests/guests/make versatile-kernel armel-initrd makes the guest")
                return 77
        else:
            script, elf, options = rest[0], os.path.abspath(rest[1]), rest[2:]
        serial = os.path.join(directory, "serial")
        options += ["-monitor", "none", "-display", "none", "-serial", "file:" + serial]
        silent = []
        mine = transcript(emu, options, script, elf, directory,
                          lambda: silent.append(check_serial(script, serial)))
        bad = check_expectations(script, mine) + sum(silent)
        if bad:
            print(mine)
        if shutil.which(PEER):
            peer = transcript(PEER, options + ["-audiodev", "none,id=none"], script, elf, directory)
            more = [(re.compile(m.group(1)), m.group(2)) for m in
                    re.finditer(r"^# mask: (\S+) (\S*)$", open(script).read(), re.M)]
            ours, theirs = masked(mine, more), masked(peer, more)
            if ours != theirs:
                import difflib
                print("\n".join(difflib.unified_diff(theirs, ours, PEER, "emu", lineterm="")))
                bad += 1
        print("%d lines, %s" % (len(mine.splitlines()), "%d differences" % bad if bad else "good"))
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
