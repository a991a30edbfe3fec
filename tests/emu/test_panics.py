#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_panics.py SOURCE

Every row of emu/ci/panics.def against a line that such a system prints when it is lost, and against
lines of healthy boots, which none may match.  PCRE and Python agree on what the rows use."""

import os
import re
import sys

from tap import Tap

LOST = {
    "Linux": ["[    1.23] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
              "[    0.4] Internal error: Oops: 5 [#1] ARM",
              "[    0.4] Unable to handle kernel NULL pointer dereference at virtual address 00000000",
              "Oops: 0002 [#1] SMP"],
    "U-Boot": ["### ERROR ### Please RESET the board ###", "data abort"],
    "Zephyr": ["E: >>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0"],
    "FreeRTOS": ["vAssertCalled() main.c:120", "ASSERT failed! queue.c:120"],
    "RTEMS": ["fatal source: 9 (RTEMS_FATAL_SOURCE_EXCEPTION)"],
    "NuttX": ["up_assert: Assertion failed at file:sched.c line: 75"],
    "RT-Thread": ["(mutex != RT_NULL) assertion failed at function:rt_mutex_take, line number:1"],
    "FreeBSD": ["panic: page fault"],
    "NetBSD": ["panic: kernel diagnostic assertion", 'kernel diagnostic assertion "x" failed: file "y"'],
    "seL4": ["seL4 called fail at boot.c:10", "halting..."],
    "Xen": ["(XEN) Panic on CPU 0:"],
    "TF-A": ["PANIC in EL3.", "BACKTRACE: START: plat_panic"],
    "Rust": ["panicked at src/main.rs:5:1:", "thread 'main' panicked at src/main.rs:2:5:"],
}

HEALTHY = """
[    0.000000] Booting Linux on physical CPU 0x0
[    0.000000] Kernel command line: console=ttyAMA0 panic=-1 oops=panic
[    0.045000] random: crng init done
[    1.200000] EXT4-fs (sda): re-mounted. Opts: errors=panic
[    1.500000] watchdog: panic_on_timeout is off
U-Boot 2023.01 (Jan 10 2023)
Hit any key to stop autoboot:  0
*** Booting Zephyr OS build v3.5.0 ***
All assertions passed
Don't panic: this is a test
"""


def main():
    tap = Tap()
    import_path = os.path.join(sys.argv[1], "scripts")
    sys.path.insert(0, import_path)
    import optgen
    optgen.ROW = re.compile(r"^(PANIC)\((.*)\)\s*$")
    table = [a for _, a in optgen.rows(os.path.join(sys.argv[1], "emu/ci/panics.def"))]
    for who, pattern in table:
        hits = [line for line in LOST.get(who, []) if re.search(pattern, line)]
        tap.ok(hits, f"{who}: {pattern}", "no line of LOST matches")
        wrong = [line for line in HEALTHY.splitlines() if re.search(pattern, line)]
        tap.ok(not wrong, f"{who}: {pattern}: not in a healthy boot", *wrong)
    for who, lines in LOST.items():
        for line in lines:
            tap.ok(any(re.search(p, line) for w, p in table if w == who), f"{who} is lost: {line}")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
