#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""decodegen.py: ties and mistakes are refused, good tables make the expected C.  Speaks TAP."""
import pathlib
import subprocess
import sys
import tempfile

LETTERS = "# c = - not 1111, n = rn, i = imm signed x4, S = s\n"

#   name                         table                                                  expected
CASES = [
    ("a tie",                    "one  00nn nnnn 0000 0001\ntwo  nnnn nn00 0000 0001",  "ties with"),
    ("a tie of equals",          "one  00nn nnnn 0000 0001\ntwo  00nn nnnn 0000 0001",  "ties with"),
    ("a tie with other needs",   "one  00nn nnnn 0000 0001  needs v6\n"
                                 "two  nnnn nn00 0000 0001",                            None),
    ("a special case",           "one  nnnn nnnn 0000 0001\ntwo  0000 0000 0000 0001",  None),
    ("disjoint by 'not'",        "one  cccc nnnn 0000 0001\ntwo  1111 nnnn 0000 0nnn",  None),
    ("15 bits",                  "one  nnnn nnnn 0000 001",                             "15 bits"),
    ("two widths",               "one  nnnn nnnn 0000 0010\n"
                                 "two  0000 0000 0000 0000 0000 0000 0000 0000",        "widths"),
    ("an unknown letter",        "one  nnnn nnnn 0000 001q",                            "letter q"),
    ("an argument twice",        "one  nnnn nnnn 0000 0011  rn=1",                      "twice"),
    ("a keyword",                "one  nnnn nnnn 0000 0011  int=1",                     "keyword"),
    ("no columns",               "one nnnn nnnn 0000 0011",                             "two spaces"),
    ("'not' of another length",  "one  cccn nnnn 0000 0011",                            "length"),
]

#   a row, and what the tree must contain
CODE = [
    ("one  iiii nnnn 00ii (0)(1)SS", [".imm = ((sbits(insn, 12, 4) * 4) | bits(insn, 4, 2)) * 4",
                                      ".s = bits(insn, 0, 2)", "(insn & 0xc0) == 0x0"]),
    ("one  cccc nnnn 0000 0001",     ["(insn & 0xf000) != 0xf000"]),
    ("one  0000 nnnn 0000 0001  needs v6,!v7 rd=f(insn)",
                                     ["HAS(c, V6) && !HAS(c, V7)", ".rd = f(insn)"]),
]


def run(tool, folder, text):
    table, out = folder / "case.decode", folder / "case.inc"
    table.write_text(LETTERS + text + "\n")
    done = subprocess.run([sys.executable, tool, "tree", "-o", out, table],
                          stderr=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stderr, out.read_text() if done.returncode == 0 else ""


def main():
    tool, results = sys.argv[1], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for what, text, error in CASES:
            code, stderr, _ = run(tool, folder, text)
            good = code == 0 if error is None else code != 0 and error in stderr
            results.append((good, what, stderr))
        for row, parts in CODE:
            _, stderr, out = run(tool, folder, row)
            results.append((all(p in out for p in parts), row, stderr + out))
    print(f"1..{len(results)}")
    for i, (good, what, output) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {i} - {what}")
        if not good:
            print("\n".join("# " + line for line in output.splitlines()))


main()
