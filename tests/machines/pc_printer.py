#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: pc_printer.py EMU IMAGE

The PC's printer port by -parallel, a second one by -device and -chardev, and the status of
isa-debug-exit: pc_printer.S prints one line on both.  Prints TAP."""

import os
import subprocess
import sys
import tempfile


def main():
    with tempfile.TemporaryDirectory() as folder:
        first, second = os.path.join(folder, "first"), os.path.join(folder, "second")
        run = subprocess.run(
            [sys.argv[1], "-M", "pc", "-m", "16", "-bios", sys.argv[2], "-display", "none",
             "-serial", "none", "-device", "isa-debug-exit,iobase=0xf4",
             "-parallel", f"file:{first}", "-chardev", f"file,id=prn,path={second}",
             "-device", "isa-parallel,iobase=0x278,chardev=prn"],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=30, check=False)
        print("1..3")
        for n, path in enumerate((first, second), 1):
            text = open(path, encoding="latin-1").read() if os.path.exists(path) else None
            print(f"{'ok' if text == 'printed' + chr(10) else 'not ok'} {n} {text!r}")
        print(f"{'ok' if run.returncode == 1 else 'not ok'} 3 status {run.returncode}")


main()
