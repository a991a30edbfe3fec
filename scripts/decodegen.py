#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes C from an instruction table (*.decode): argument structs, a decision tree, a table of rows.

A row is drawn bit for bit as the manual draws the instruction:

    # c = - not 1111, S = s, n = rn, d = rd, r = rot x2, i = imm
    add_imm   cccc 001 0100 S nnnn dddd rrrr iiiiiiii
    movt      cccc 0011 0100 iiii dddd iiiiiiiiiiii            needs v6t2

Two spaces or more separate the name, the pattern and the attributes.  0 and 1 are fixed, (0) and (1) should be so but are not looked at, a letter is a field and, when it
returns, continues it.  What a letter means is declared in a comment line, `letter = name`, and holds
from there on.  The name - makes no argument.  After the name may stand

    signed      sign-extended               x4          multiplied, after sign extension
    not 111x    these are other rows        via f       passed through f(), a C function

After the pattern come attributes: `needs v6,!v7` (features), `name=expr` (an argument that is not
drawn; the C expression may use c and insn), and words which only the table of rows shows.

Of two rows that overlap the one whose fixed bits include the other's wins.  If neither does it is a
tie, which does not build unless their needs differ (then: more bits, rows with needs, file order).

    decodegen.py args  -o FILE TABLE...   args_NAME, the union over all rows of that name; prototypes
    decodegen.py tree  -o FILE TABLE      bool decode_TABLE(Lift *c, uint32_t insn)
    decodegen.py table -o FILE TABLE      const DecodeRow TABLE_rows[] (frontends/common/decode.h)

The tree ends in LIFT(name, .arg = ...), false for undefined, and asks HAS(c, FEATURE); who includes
it defines these two.
"""
import argparse
import pathlib
import re
import sys

DECLARATION = re.compile(
    r"(?<!\w)([A-Za-z]) = ([a-z]\w*|-)((?: (?:signed|x\d+|via \w+|not [01x]+))*)(?=,|\s*$)")

KEYWORDS = set("auto bool case char const default do double else enum float for if int long register "
               "return short signed static struct switch union unsigned void while".split())
SHOULD = str.maketrans("01", "-+")


class Letter:
    """What a field letter stands for."""
    def __init__(self, name, options):
        words = options.split()
        self.name = None if name == "-" else name
        self.signed = "signed" in words
        self.scale = next((int(w[1:]) for w in words if re.fullmatch(r"x\d+", w)), 1)
        self.via = words[words.index("via") + 1] if "via" in words else None
        self.exclude = words[words.index("not") + 1] if "not" in words else None


class Field:
    """A letter in one row: its bits, and the C expression that reads them."""
    def __init__(self, letter, meaning, bits):
        self.letter, self.meaning, self.bits = letter, meaning, bits      # bits: high to low
        self.mask = sum(1 << b for b in bits)

    def runs(self):
        runs = []
        for b in self.bits:
            if runs and runs[-1][0] - runs[-1][1] == b:
                runs[-1][1] += 1
            else:
                runs.append([b, 1])                       # [highest bit, length]
        return runs

    def expr(self):
        m, parts, left = self.meaning, [], len(self.bits)
        for high, length in self.runs():
            left -= length
            get = "bits" if not (m.signed and not parts) else "sbits"
            part = f"{get}(insn, {high - length + 1}, {length})"
            if left:
                part = f"({part} * {1 << left})" if get == "sbits" else f"({part} << {left})"
            parts.append(part)
        text = " | ".join(parts)
        if m.scale != 1:
            text = f"({text}) * {m.scale}"
        return f"{m.via}({text})" if m.via else text


class Row:
    def __init__(self, where, name, pattern, attributes, letters):
        self.where, self.name, self.pattern = where, name, " ".join(pattern)
        self.mask = self.value = self.should_mask = self.should_value = 0
        self.needs, self.sets, self.words = [], [], []
        self.draw("".join(pattern), letters)
        self.read_attributes(attributes)

    def fail(self, why):
        sys.exit(f"{self.where}: {self.name}: {why}")

    def draw(self, text, letters):
        text = re.sub(r"\(([01]+)\)", lambda m: m[1].translate(SHOULD), text)
        self.width = len(text)
        if self.width not in (16, 32):
            self.fail(f"{self.width} bits are drawn")
        places = {}
        for i, ch in enumerate(text):
            bit = self.width - 1 - i
            if ch in "01":
                self.mask |= 1 << bit
                self.value |= int(ch) << bit
            elif ch in "-+":
                self.should_mask |= 1 << bit
                self.should_value |= (ch == "+") << bit
            elif ch in letters:
                places.setdefault(ch, []).append(bit)
            else:
                self.fail(f"letter {ch} is not declared")
        self.fields = [Field(ch, letters[ch], bits) for ch, bits in places.items()]
        self.nots = [self.exclusion(f) for f in self.fields if f.meaning.exclude]

    def exclusion(self, field):
        text = field.meaning.exclude
        if len(text) != len(field.bits):
            self.fail(f"'not {text}' has another length than field {field.letter}")
        fixed = [(1 << b, ch == "1") for b, ch in zip(field.bits, text) if ch != "x"]
        return sum(b for b, _ in fixed), sum(b for b, one in fixed if one)

    def read_attributes(self, words):
        words = list(words)
        while words:
            word = words.pop(0)
            if word == "needs":
                self.needs = words.pop(0).split(",")
            elif "=" in word:
                self.sets.append(tuple(word.split("=", 1)))
            else:
                self.words.append(word)

    def arguments(self):
        """(name, signed, C expression), drawn ones first"""
        drawn = [(f.meaning.name, f.meaning.signed, f.expr()) for f in self.fields if f.meaning.name]
        given = [(name, None, expr) for name, expr in self.sets]
        names = [a[0] for a in drawn + given]
        if KEYWORDS & set(names):
            self.fail(f"{', '.join(KEYWORDS & set(names))}: a keyword of C")
        if len(set(names)) != len(names):
            self.fail("an argument is given twice")
        return drawn + given

    def overlaps(self, other):
        if (self.value ^ other.value) & self.mask & other.mask:
            return False
        return not (self.excludes(other) or other.excludes(self))

    def excludes(self, other):
        return any(other.mask & m == m and other.value & m == v for m, v in self.nots)

    def includes(self, other):
        return self.mask & other.mask == other.mask and self.mask != other.mask


def read(path):
    rows, letters = [], {}
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        text, _, comment = line.partition("#")
        for letter, name, options in DECLARATION.findall(comment):
            letters[letter] = Letter(name, options)
        columns = re.split(r"\s{2,}", text.strip(), maxsplit=2)
        if columns == [""]:
            continue
        if len(columns) == 1:
            sys.exit(f"{path}:{number}: two spaces must separate name, pattern and attributes")
        attributes = columns[2].split() if len(columns) > 2 else []
        rows.append(Row(f"{path}:{number}", columns[0], columns[1].split(), attributes, letters))
    if len({r.width for r in rows}) > 1:
        sys.exit(f"{path}: rows of different widths")
    check_ties(rows)
    order = {r: i for i, r in enumerate(rows)}
    return sorted(rows, key=lambda r: (-bin(r.mask).count("1"), not r.needs, order[r]))


def check_ties(rows):
    ties = []
    for i, a in enumerate(rows):
        for b in rows[:i]:
            if a.overlaps(b) and not a.includes(b) and not b.includes(a) and a.needs == b.needs:
                ties.append(f"{a.where}: {a.name} ties with {b.name} ({b.where})")
    if ties:
        sys.exit("\n".join(ties))


# ---- the decision tree ----

class Node:
    """Rows still possible, most specific first, when the bits in `known` are known."""
    def __init__(self, rows, known, value, width):
        self.known, self.value, self.width = known, value, width
        self.rows = []
        for r in rows:
            if (r.value ^ value) & r.mask & known or self.excluded(r):
                continue
            self.rows.append(r)
            if self.settled(r):
                break                                   # what follows cannot be reached

    def excluded(self, row):
        return any(m & ~self.known == 0 and self.value & m == v for m, v in row.nots)

    def open_nots(self, row):
        return tuple((m, v) for m, v in row.nots if m & ~self.known and not (self.value ^ v) & m & self.known)

    def settled(self, row):
        return not row.mask & ~self.known and not row.needs and not self.open_nots(row)

    def key(self):
        return tuple((r, self.open_nots(r)) for r in self.rows)

    def split(self, low, length):
        bits = ((1 << length) - 1) << low
        groups = {}
        for v in range(1 << length):
            value = v << low
            if (value ^ self.value) & self.known & bits:
                continue
            child = Node(self.rows, self.known | bits, self.value | value, self.width)
            groups.setdefault(child.key(), [child, []])[1].append(v)
        return list(groups.values())

    def best_split(self):
        """The run of bits after which fewest rows remain, weighed against the code it costs."""
        best = None
        for length in range(1, 7):
            for low in range(0, self.width - length + 1):
                run = ((1 << length) - 1) << low
                if run & self.known or not any(r.mask & run for r in self.rows):
                    continue
                groups = self.split(low, length)
                total = sum(len(vs) for _, vs in groups)
                remain = sum(len(ch.rows) * len(vs) for ch, vs in groups) / total
                copies = sum(len(ch.rows) for ch, _ in groups) / len(self.rows)
                cost = remain + max(0, copies - 1.3) * len(self.rows) / 4 + length * 0.02
                if best is None or cost < best[0]:
                    best = cost, low, length, groups
        return best if best and best[0] < len(self.rows) - 0.2 else None


class Tree:
    def __init__(self, rows):
        self.lines = []
        self.width = rows[0].width
        if not self.emit(Node(rows, 0, 0, self.width), 1):
            self.put(1, "return false;")

    def put(self, depth, text):
        self.lines.append("    " * depth + text)

    def emit(self, node, depth):
        """True if every path through the emitted code returns."""
        best = node.best_split() if len(node.rows) > 2 else None
        if not best:
            for row in node.rows:
                self.leaf(node, row, depth)
            return node.settled(node.rows[-1])
        _, low, length, groups = best
        self.put(depth, f"switch (bits(insn, {low}, {length})) {{")
        for child, values in groups:
            if not child.rows:
                continue
            for i in range(0, len(values), 8):
                self.put(depth, " ".join(f"case {v:#x}:" for v in values[i:i + 8]))
            if not self.emit(child, depth + 1):
                self.put(depth + 1, "return false;")
        self.put(depth, "default:")
        self.put(depth + 1, "return false;")
        self.put(depth, "}")
        return True

    def leaf(self, node, row, depth):
        tests = []
        mask = row.mask & ~node.known
        if mask:
            tests.append(f"(insn & {mask:#x}) == {row.value & mask:#x}")
        tests += [f"(insn & {m:#x}) != {v:#x}" for m, v in node.open_nots(row)]
        tests += [f"{'!' * (n[0] == '!')}HAS(c, {n.lstrip('!').upper()})" for n in row.needs]
        if tests:
            self.put(depth, f"if ({' && '.join(tests)}) {{")
        inner = depth + bool(tests)
        args = ", ".join(f".{name} = {expr}" for name, _, expr in row.arguments())
        self.put(inner, f"LIFT({row.name}, {args});" if args else f"LIFT({row.name}, 0);")
        self.put(inner, "return true;")
        if tests:
            self.put(depth, "}")


# ---- the three outputs ----

def head(sources):
    return [f"/* Made by scripts/decodegen.py from {', '.join(sources)}. */"]


def write_args(tables, sources):
    structs = {}
    for row in [r for t in tables for r in t]:
        fields = structs.setdefault(row.name, {})
        for name, signed, _ in row.arguments():
            if signed is not None and fields.get(name) is not None and fields[name] != signed:
                row.fail(f"{name} is signed in one row and unsigned in another")
            fields[name] = fields.get(name) if signed is None else signed
    out = head(sources)
    for name, fields in sorted(structs.items()):
        members = "".join(f" {'int32_t' if signed else 'uint32_t'} {f};"
                          for f, signed in fields.items())
        out.append(f"typedef struct args_{name} {{{members or ' int none;'} }} args_{name};")
    out.append("")
    out += [f"void lift_{name}(Lift *c, const args_{name} *a);" for name in sorted(structs)]
    return out


def write_tree(tables, sources):
    name = pathlib.Path(sources[0]).stem
    tree = Tree(tables[0])
    return head(sources) + [f"bool decode_{name}(Lift *c, uint32_t insn)", "{"] + tree.lines + ["}"]


def write_table(tables, sources):
    name = pathlib.Path(sources[0]).stem
    out = head(sources) + [f"const DecodeRow {name}_rows[] = {{"]
    for r in tables[0]:
        fields = ", ".join(f'{{ "{f.meaning.name or f.letter}", {f.mask:#010x} }}' for f in r.fields)
        nots = ", ".join(f"{{ {m:#010x}, {v:#010x} }}" for m, v in r.nots)
        where = pathlib.Path(r.where).name
        out.append(f'    {{ "{r.name}", "{r.pattern}", "{where}", "{",".join(r.needs)}", '
                   f'"{" ".join(r.words)}",')
        out.append(f"      {r.mask:#010x}, {r.value:#010x}, {r.should_mask:#010x}, "
                   f"{r.should_value:#010x}, {{ {nots or '{ 0 }'} }}, {{ {fields or '{ 0 }'} }} }},")
    out += ["};", f"const size_t {name}_n_rows = sizeof({name}_rows) / sizeof({name}_rows[0]);"]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["args", "tree", "table"])
    parser.add_argument("-o", dest="out", required=True)
    parser.add_argument("tables", nargs="+")
    options = parser.parse_args()
    write = {"args": write_args, "tree": write_tree, "table": write_table}[options.what]
    names = [pathlib.Path(p).name for p in options.tables]
    text = write([read(p) for p in options.tables], names)
    pathlib.Path(options.out).write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
