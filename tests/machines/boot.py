#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: boot.py EMU CASE...

Boots real guests and reads their serial line.  The KIT-* lines of tests/guests/init.sh must have
the values that every architecture gives.  Prints TAP, one line a check.  Guests come from the cache
of tests/guests/make; where one is missing the case is skipped and says so."""

import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SUM = "e071f707df7bbeee2a6a1eb48011ddd0"
KIT = [
    rf"KIT-SUM1 {SUM}",
    r"KIT-SUM2 f6351f5ead9a700e34275480b3856ea738122a7c57bdeb744a631251c069587a",
    rf"KIT-SUM3 {SUM}",
    r"KIT-FPU  6\.236678025062403e\+00",
    r"KIT-INT  30694",
    r"KIT-FIND \d\d+ links",
    r"KIT-LOOP 200",
]
VERSATILE = ["-M", "versatile", "-cpu", "arm", "-kernel", "{versatile-kernel}/zImage-dtb",
             "-initrd", "{armel-initrd}/initrd.cpio.gz", "-nographic", "-no-reboot"]
VIRT = ["-M", "virt", "-cpu", "cortex-a15", "-m", "256", "-kernel", "{armhf-kernel}/vmlinuz",
        "-initrd", "{armhf-initrd}/initrd.cpio.gz", "-nographic", "-no-reboot"]

# name: (arguments, what the serial line must say, seconds, exit status; None: ended by us)
CASES = {
    "versatile": (VERSATILE + ["-append", "console=ttyAMA0"],
                  KIT + [r"GUEST-OK armv5tejl"], 120, 0),
    "versatile-interp": (VERSATILE + ["-append", "console=ttyAMA0", "-accel", "interp"],
                         KIT + [r"GUEST-OK armv5tejl"], 900, 0),
    "virt": (VIRT + ["-append", "console=ttyAMA0 kitoff"], KIT + [r"GUEST-OK armv7l"], 120, 0),
    "virt-interp": (VIRT + ["-append", "console=ttyAMA0", "-accel", "interp"],
                    KIT + [r"GUEST-OK armv7l"], 900, 0),
    "virt-installer": (["-M", "virt", "-cpu", "cortex-a15", "-m", "512",
                        "-kernel", "{armhf-kernel}/vmlinuz",
                        "-initrd", "{armhf-installer}/initrd.gz", "-nographic",
                        "-append", "console=ttyAMA0 priority=low"],
                       [r"Choose language"], 240, None),
}


def fill_in(arg, cache):
    """`{guest}/file` as a path in the cache; raises LookupError when it is not there."""
    m = re.match(r"\{([a-z0-9-]+)\}(.*)", arg)
    if not m:
        return arg
    path = os.path.join(cache, m.group(1)) + m.group(2)
    if not os.path.exists(path):
        raise LookupError(f"guest {m.group(1)} is not in the cache; tests/guests/make {m.group(1)}")
    return path


def run(command, last, limit, wait):
    """The serial output and the exit status (None: ended by us after `last` was seen)."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    os.set_blocking(child.stdout.fileno(), False)
    text, end = b"", time.monotonic() + limit
    while time.monotonic() < end:
        text += child.stdout.read() or b""
        if child.poll() is not None:
            text += child.stdout.read() or b""
            break
        if not wait and re.search(last.encode(), text):
            break
        time.sleep(0.05)
    status = child.poll()
    if status is None:
        child.terminate()
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
    return text.decode("utf-8", "replace"), status


def check(name, emu, cache, first):
    """Runs one case; prints its TAP lines and returns how many."""
    args, wanted, limit, status = CASES[name]
    try:
        command = [emu] + [fill_in(a, cache) for a in args]
    except LookupError as e:
        print(f"ok {first} {name} # SKIP {e}")
        return 1, True
    text, got = run(command, wanted[-1], limit, status is not None)
    n, good = first, True
    for pattern in wanted:
        ok = re.search(pattern, text) is not None
        good &= ok
        print(f"{'ok' if ok else 'not ok'} {n} {name}: {pattern}")
        n += 1
    if status is not None:
        ok = got == status
        good &= ok
        print(f"{'ok' if ok else 'not ok'} {n} {name}: exit status {status} (it was {got})")
        n += 1
    if not good:
        for line in text.splitlines()[-40:]:
            print(f"# {line}")
    sys.stdout.flush()
    return n - first, good


def main():
    emu, *names = sys.argv[1:]
    cache = subprocess.run([os.path.join(HERE, "../guests/make"), "--where"], check=True,
                           capture_output=True, text=True).stdout.strip()
    n, good = 1, True
    for name in names or list(CASES):
        done, ok = check(name, emu, cache, n)
        n += done
        good &= ok
    print(f"1..{n - 1}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
