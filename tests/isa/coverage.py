#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which rows of the ARM decode tables no text test (tests/isa/arm/*.t) executes.  Speaks TAP.

    coverage.py DECODEGEN FRONTEND-DIR TEST-DIR

A word of a test belongs to the first row of its table that it matches, as in the decoder (features
aside).  One test is enough for all the shapes of a name.  Names without a test are printed; those
that ELSEWHERE does not list fail.
"""
import importlib.util
import pathlib
import sys

# Where else a name is tested, by table.
SYSTEM = "tests/isa/arm_sys and the boots: it changes the mode or waits"
ELSEWHERE = {
    "a32": {"bxj": "random-arm", "eret": SYSTEM, "hvc": SYSTEM, "smc": SYSTEM, "wfi": SYSTEM},
    "t16": {"wfi": SYSTEM},
    "t32": {"bxj": "random-arm", "eret": SYSTEM, "hvc": SYSTEM, "rfe": SYSTEM, "smc": SYSTEM,
            "srs": SYSTEM, "wfi": SYSTEM},
}


def load(path):
    spec = importlib.util.spec_from_file_location("decodegen", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(directory):
    """(thumb, size, word) of each line of code."""
    for path in sorted(pathlib.Path(directory).glob("*.t")):
        thumb = False
        for line in path.read_text().splitlines():
            if line.startswith("cpu "):
                thumb = "thumb" in line.split()
            elif line.startswith("    ") and line.split():
                digits = line.split()[0]
                yield thumb, len(digits) // 2, int(digits, 16)


def from_thumb(word):
    """VFP and Advanced SIMD words as A32 has them, or None."""
    if word & 0xef000000 == 0xef000000:
        return 0xf2000000 | (word >> 28 & 1) << 24 | word & 0xffffff
    if word >> 24 == 0xf9:
        return 0xf4000000 | word & 0xffffff
    return word if word >> 28 == 14 and word >> 24 & 15 in (12, 13, 14) else None


def candidates(thumb, size, word):
    """(table, word) in the order of the decoder."""
    if thumb and size == 2:
        return [("t16", word)]
    fp = from_thumb(word) if thumb else word
    found = [(t, fp) for t in ("vfp", "neon") if fp is not None]
    return found + [("t32" if thumb else "a32", word)]


def owner(rows, word):
    for row in rows:
        if word & row.mask == row.value and \
                not any(word & m == v for m, v in row.nots):
            return row
    return None


def main():
    generator, frontend, tests = sys.argv[1:]
    read = load(generator).read
    tables = {t: read(pathlib.Path(frontend, t + ".decode"))
              for t in ("a32", "t16", "t32", "vfp", "neon")}
    seen = {t: set() for t in tables}
    for thumb, size, word in words(tests):
        for table, value in candidates(thumb, size, word):
            if table == "vfp" and (value >> 28 == 15 or value >> 8 & 14 != 10):
                continue
            row = owner(tables[table], value)
            if row:
                seen[table].add(row.name)
                break
    print(f"1..{len(tables)}")
    for table, rows in tables.items():
        names = dict.fromkeys(r.name for r in rows)
        missing = [n for n in names if n not in seen[table]]
        untested = [n for n in missing if n not in ELSEWHERE.get(table, {})]
        for name in missing:
            print(f"# {table}: no text test of {name}")
        print(f"{'not ok' if untested else 'ok'} - {table}: "
              f"{len(names) - len(missing)} of {len(names)} names have a text test")


main()
