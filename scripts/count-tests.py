#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up meson test logs (testlog.json) and prints `N passed, N failed[, N skipped]`, with a line
for each test that failed or was skipped.  A TAP test counts by its subtests."""

import json
import re
import sys

TAP_LINE = re.compile(r"^(not )?ok\b(?P<rest>.*)$", re.M)


def count(test):
    """(passed, failed, skipped) of one entry, and the reasons for skips."""
    reasons = []
    lines = list(TAP_LINE.finditer(test.get("stdout", "")))
    failed_as_whole = test["result"] in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS")
    if not lines:
        if test["result"] == "SKIP":
            text = test.get("stdout", "").strip() or test.get("stderr", "").strip()
            return 0, 0, 1, [text.splitlines()[-1] if text else "no reason given"]
        return (0, 1, 0, []) if failed_as_whole else (1, 0, 0, [])
    passed = failed = skipped = 0
    for m in lines:
        if m.group(1):
            failed += 1
        elif "# SKIP" in m.group("rest").upper():
            skipped += 1
            reasons.append(m.group("rest").strip())
        else:
            passed += 1
    if failed_as_whole and not failed:
        failed = 1
    return passed, failed, skipped, reasons


def main():
    total = [0, 0, 0]
    for path in sys.argv[1:]:
        with open(path) as f:
            for line in f:
                test = json.loads(line)
                *numbers, reasons = count(test)
                total = [a + b for a, b in zip(total, numbers)]
                if numbers[1]:
                    print(f"failed: {test['name']} ({test['result']}) in {path}")
                for reason in reasons:
                    print(f"skipped: {test['name']}: {reason}")
    print(f"{total[0]} passed, {total[1]} failed" + (f", {total[2]} skipped" if total[2] else ""))
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
