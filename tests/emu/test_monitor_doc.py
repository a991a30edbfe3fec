#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/debugging.md names every command and subject of emu/monitor.def, and no other.

usage: test_monitor_doc.py SOURCE_ROOT
"""
import re
import sys


def names(row, text):
    return set(re.findall(r"^%s\((\w+)," % row, text, re.M))


def main():
    root = sys.argv[1]
    table = open(root + "/emu/monitor.def").read()
    doc = open(root + "/docs/debugging.md").read()
    commands, infos = doc.split("| command |")[1].split("| `info` |")
    bad = 0
    for what, part, wanted in (("command", commands, names("CMD", table)),
                               ("info", infos.split("\n\n")[0], names("INFO", table))):
        said = set()
        for line in part.splitlines():
            if line.startswith("| `"):
                cell = line.split("|")[1]
                said.update(w for w in re.findall(r"`(\w+)`", cell.split("[")[0])
                            if len(w) > 1 or w in wanted)
        for name in sorted(wanted ^ said):
            print("%s '%s' is %s" % (what, name,
                                     "not in the manual" if name in wanted else "not in the table"))
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
