#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_img.py EMU SOURCE BUILD

emu img: its table against parser, --help, manual and completions; what it says to mistakes; and each
of its commands beside Debian's qemu-img, which is a black box here: images go in both directions, and
what one makes the other reads, checks and describes in the same way.  TAP."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap, run

EMU, SOURCE, BUILD = (os.path.abspath(p) for p in sys.argv[1:4])
sys.path.insert(0, os.path.join(SOURCE, "scripts"))
import optgen  # noqa: E402

QEMU = shutil.which("qemu-img")
SIZE = 8 << 20


def img(*args, **kw):
    return run([EMU, "img", *args], timeout=60, **kw)


def qemu(*args):
    return run([QEMU, *args], timeout=60)


def make_raw(name, size=SIZE, seed=1):
    """Some data, some zeros, some of one value."""
    r = random.Random(seed)
    with open(name, "wb") as f:
        f.truncate(size)
        for _ in range(20):
            f.seek(r.randrange(size))
            n = min(r.randrange(200000), size - f.tell())
            f.write(r.choice([r.randbytes, lambda n: bytes([r.randrange(256)]) * n])(n))


# ---- the table ----

def table_tests(tap):
    commands, keys = optgen.read_img(os.path.join(SOURCE, "emu/img/img.def"))
    page = open(os.path.join(BUILD, "emu/emu-img.1")).read()
    manual = re.sub(r"\\f[BIR]|\\", "", page)
    everything = img("--help").out
    for c in commands:
        shown = img(c.name, "--help")
        tap.ok(shown.status == 0 and f"emu img {c.name} [options] {c.operands}: {c.about}" in shown.out
               and shown.out in everything, f"img {c.name} --help", shown)
        tap.ok(f".SS {c.name}\n" in manual, f"emu-img(1) has {c.name}")
        for o in c.options:
            flag = o.dashes + o.name
            tap.ok(re.search(r"^  " + re.escape(flag) + r"[ ,]", shown.out, re.M) and
                   re.search(r"^\.TP\n" + re.escape(flag) + r"(,| |$)", manual, re.M),
                   f"img {c.name} {flag} is told")
            if o.arg:
                r = img(c.name, flag)
                tap.ok(r.status == 64 and f"needs an argument: {o.arg}" in r.err,
                       f"img {c.name} {flag} wants its argument", r)
    told = img("create", "-o", "help").out
    for name, value, _ in keys:
        tap.ok(f"  {name}={value}" in told and name in manual, f"-o {name} is told")
    if shutil.which("man"):
        r = run(["man", "--warnings", "-l", os.path.join(BUILD, "emu/emu-img.1")], env={"LC_ALL": "C.UTF-8"})
        tap.ok(r.status == 0 and not r.err, "man ./emu-img.1", r)
    script = f"""source {BUILD}/emu/emu.bash
        try() {{ COMP_WORDS=(emu "$@"); COMP_CWORD=$#; _emu; echo "$*: ${{COMPREPLY[*]}}"; }}
        try img conv; try im; try img info -f qc"""
    r = run(["bash", "-c", script])
    for line in ("img conv: convert", "im: img", "img info -f qc: qcow2"):
        tap.ok(line in r.out.splitlines(), f"bash completes {line}", r)


# ---- mistakes: arguments, status, text ----

MISTAKES = [
    (["creat"], 64, "unknown command 'creat', did you mean 'create'?"),
    (["frobnicate"], 64, "there are: create, info, check, convert, resize, snapshot"),
    ([], 64, ""),
    (["info"], 64, "usage: emu img info [options] FILE"),
    (["info", "none.img"], 66, "cannot open disk image 'none.img': No such file"),
    (["info", "--outptu=json", "a.raw"], 64, "did you mean '--output'?"),
    (["info", "--output=xml", "a.raw"], 64, "unknown output 'xml'"),
    (["info", "-f", "qcow3", "a.raw"], 64, "unknown format 'qcow3'; there are: qcow2, raw"),
    (["info", "-f", "qcow2", "a.raw"], 65, "it is not a qcow2 one"),
    (["create", "-f", "qcow2", "x.img"], 64, "how large?"),
    (["create", "-f", "qcow2", "x.img", "12Q"], 64, "'12Q' is not a size"),
    (["create", "-f", "qcow2", "x.img", "-5"], 64, "unknown option '-5'"),
    (["create", "-f", "qcow2", "-o", "clster_size=4k", "x.img", "1M"], 64, "did you mean 'cluster_size'?"),
    (["create", "-f", "qcow2", "-o", "cluster_size=3k", "x.img", "1M"], 64, "a power of two from 512 to 2M"),
    (["create", "-f", "qcow2", "-o", "compat=0.10,extended_l2=on", "x.img", "1M"], 64, "need compat=1.1"),
    (["create", "-f", "qcow2", "-o", "extended_l2=on,cluster_size=4k", "x.img", "1M"], 64, "at least 16K"),
    (["create", "-f", "qcow2", "-o", "refcount_bits=12", "x.img", "1M"], 64, "refcount_bits"),
    (["create", "-f", "qcow2", "-o", "compression_type=zst", "x.img", "1M"], 64, "did you mean 'zstd'?"),
    (["create", "-f", "qcow2", "-o", "preallocation=fall", "x.img", "1M"], 64, "unknown preallocation 'fall'"),
    (["create", "-f", "qcow2", "-o", "cluster_size=512", "x.img", "1E"], 64, "are too much for clusters"),
    (["create", "-o", "cluster_size=4k", "x.img", "1M"], 64, "raw images have only the keys"),
    (["create", "-f", "qcow2", "-b", "a.raw", "x.img"], 64, "needs its format: -F raw"),
    (["create", "-f", "qcow2", "-b", "none.raw", "-F", "raw", "x.img"], 66, "cannot open disk image"),
    (["create", "-b", "a.raw", "-F", "raw", "x.img"], 64, "a raw image can have no backing file"),
    (["create", "/", "1M"], 66, "cannot create disk image '/'"),
    (["resize", "a.raw", "1M"], 64, "--shrink allows it"),
    (["convert", "a.raw"], 64, "usage: emu img convert"),
    (["convert", "a.raw", "a.raw"], 69, "is in use by another process"),
    (["convert", "-c", "a.raw", "x.img"], 64, "raw images have no compression"),
    (["convert", "-O", "qcow2", "-B", "a.raw", "a.raw", "x.img"], 64, "needs its format"),
    (["convert", "-l", "s", "a.raw", "x.img"], 64, "raw images have no snapshots"),
    (["snapshot", "-c", "s", "-d", "s", "a.raw"], 64, "one of -l, -a, -c and -d"),
    (["snapshot", "-a", "s", "a.qcow2"], 65, "has no snapshot 's'"),
    (["check", "a.raw"], 63, "raw images cannot be checked"),
    (["check", "-r", "some", "a.qcow2"], 64, "unknown kind of repair 'some'"),
    (["info", "a.raw", "b.raw", "c.raw", "d.raw"], 64, "'d.raw' is too much"),
    (["info", ""], 64, "argument 2 is empty"),
    (["info", "loop1.qcow2", "--backing-chain"], 65, "its own backing file"),
    (["info", "encrypted.qcow2"], 65, "it is encrypted (method 1), which emu does not support"),
    (["info", "feature.qcow2"], 65, "a feature that emu does not know: 'warp drive' (bit 9)"),
    (["info", "datafile.qcow2"], 65, "an external data file"),
    (["info", "v4.qcow2"], 65, "qcow2 version 4 is not known"),
    (["info", "vmdk.img"], 65, "is a vmdk one, which emu cannot read"),
    (["convert", "json.qcow2", "x.img"], 65, "only files are supported"),
]


def patch(source, name, off, data):
    shutil.copy(source, name)
    with open(name, "r+b") as f:
        f.seek(off)
        f.write(data)


def mistake_tests(tap):
    make_raw("a.raw")
    img("create", "-q", "-f", "qcow2", "a.qcow2", "8M")
    img("create", "-q", "-f", "qcow2", "-u", "-b", "loop2.qcow2", "-F", "qcow2", "loop1.qcow2", "8M")
    img("create", "-q", "-f", "qcow2", "-u", "-b", "loop1.qcow2", "-F", "qcow2", "loop2.qcow2", "8M")
    img("create", "-q", "-f", "qcow2", "-u", "-b", "json:{}", "-F", "raw", "json.qcow2", "8M")
    patch("a.qcow2", "encrypted.qcow2", 35, b"\1")
    patch("a.qcow2", "datafile.qcow2", 79, b"\4")
    patch("a.qcow2", "v4.qcow2", 7, b"\4")
    patch("a.qcow2", "feature.qcow2", 78, b"\2")
    data = open("feature.qcow2", "rb").read()
    at = data.index(b"dirty bit")
    patch("feature.qcow2", "feature2.qcow2", at - 1, b"\x09warp drive")
    os.rename("feature2.qcow2", "feature.qcow2")
    with open("vmdk.img", "wb") as f:
        f.write(b"KDMV" + bytes(2000))
    for args, status, text in MISTAKES:
        r = img(*args)
        tap.ok(r.status == status and text in r.err, f"img {' '.join(args)}", r)


# ---- beside qemu-img ----

KINDS = ["compat=1.1", "compat=0.10", "cluster_size=512", "cluster_size=2M", "refcount_bits=1,cluster_size=4k",
         "refcount_bits=64", "extended_l2=on", "extended_l2=on,cluster_size=16k", "lazy_refcounts=on",
         "compression_type=zstd", "preallocation=metadata", "preallocation=falloc", "preallocation=full",
         "preallocation=metadata,extended_l2=on"]


def described(data):
    """What both must say of an image."""
    for key in ("actual-size", "filename", "full-backing-filename", "children", "format-specific"):
        data.pop(key, None)
    for s in data.get("snapshots", []):
        s.pop("icount", None)
    return data


def info_same(tap, name, what):
    a, b = img("info", "--output=json", name), qemu("info", "--output=json", name)
    try:
        ours, theirs = json.loads(a.out), json.loads(b.out)
        same = ours.get("format-specific") == theirs.get("format-specific") or \
            theirs["format"] == "raw"
        same = same and described(ours) == described(theirs)
    except (ValueError, KeyError) as e:
        same = str(e) == ""
    tap.ok(same, f"info: {what}", a, b)


def good(tap, name, raw, what):
    """Both find the image right and equal to the raw one."""
    r = img("check", name) if name.endswith(".qcow2") else None
    q = qemu("check", name) if name.endswith(".qcow2") else None
    c = qemu("compare", name, raw)
    tap.ok((not r or r.status == 0 == q.status) and c.status == 0, what, r, q, c)


def convert_tests(tap):
    make_raw("c.raw")
    for kind in KINDS:
        o = ["-o", kind]
        for z in ([], ["-c"]):
            if z and ("preallocation" in kind or "refcount_bits=1" in kind):
                continue
            img("convert", "-O", "qcow2", *o, *z, "c.raw", "ours.qcow2")
            good(tap, "ours.qcow2", "c.raw", f"convert {kind} {' '.join(z)}")
            qemu("convert", "-O", "qcow2", *o, *z, "c.raw", "theirs.qcow2")
            r = img("convert", "theirs.qcow2", "back.raw")
            tap.ok(r.status == 0 and qemu("compare", "back.raw", "c.raw").status == 0 and
                   img("check", "theirs.qcow2").status == 0, f"convert theirs {kind} {' '.join(z)}", r)
        info_same(tap, "ours.qcow2", f"ours {kind}")
        info_same(tap, "theirs.qcow2", f"theirs {kind}")
    info_same(tap, "c.raw", "raw")
    size = os.path.getsize
    img("convert", "-O", "qcow2", "c.raw", "plain.qcow2")
    img("convert", "-c", "-O", "qcow2", "c.raw", "packed.qcow2")
    tap.ok(size("packed.qcow2") < size("plain.qcow2"), "-c makes it smaller")
    qemu("convert", "-c", "-O", "qcow2", "c.raw", "theirs.qcow2")
    tap.ok(size("packed.qcow2") < size("theirs.qcow2") * 1.05, "as small as qemu-img's",
           size("packed.qcow2"), size("theirs.qcow2"))
    img("convert", "-S", "0", "-O", "qcow2", "c.raw", "full.qcow2")
    tap.ok(size("full.qcow2") > SIZE, "-S 0 writes the zeros")
    r = img("convert", "-p", "plain.qcow2", "p.raw")
    tap.ok("(100.00/100%)" in r.out and os.stat("p.raw").st_blocks * 512 < SIZE * 3 / 4, "a sparse raw image", r)


def backing_tests(tap):
    make_raw("base.raw", 6 << 20, 2)
    make_raw("c.raw")
    os.makedirs("sub", exist_ok=True)
    for kind in ("compat=1.1", "compat=0.10", "extended_l2=on"):
        img("convert", "-O", "qcow2", "-o", kind, "base.raw", "base.qcow2")
        for base, form in (("base.raw", "raw"), ("base.qcow2", "qcow2")):
            r = img("create", "-f", "qcow2", "-o", kind, "-F", form, "-b", "../" + base, "sub/o.qcow2")
            good(tap, "sub/o.qcow2", "base.raw", f"create -b {form} {kind}")
            info_same(tap, "sub/o.qcow2", f"with a backing file, {kind}, {form}")
            r = img("convert", "-O", "qcow2", "-o", kind, "-F", form, "-B", base, "c.raw", "b.qcow2")
            good(tap, "b.qcow2", "c.raw", f"convert -B {form} {kind}")
            r = img("resize", "sub/o.qcow2", "+2M")
            shutil.copy("base.raw", "grown.raw")
            os.truncate("grown.raw", 8 << 20)
            good(tap, "sub/o.qcow2", "grown.raw", f"resize an overlay {kind} {form}")
    # A part of the base that comes into sight when an overlay grows again must not.
    img("create", "-f", "qcow2", "-F", "raw", "-b", "base.raw", "short.qcow2", "1M")
    img("resize", "short.qcow2", "6M")
    with open("want.raw", "wb") as f:
        f.write(open("base.raw", "rb").read(1 << 20))
        f.truncate(6 << 20)
    good(tap, "short.qcow2", "want.raw", "what lies below a grown image stays hidden")
    r = img("info", "--backing-chain", "--output=json", "sub/o.qcow2")
    chain = json.loads(r.out)
    tap.ok([i["format"] for i in chain] == ["qcow2", "qcow2"], "info --backing-chain", r)
    q = json.loads(qemu("info", "--backing-chain", "--output=json", "sub/o.qcow2").out)
    tap.ok([os.path.normpath(i["filename"]) for i in chain] == [os.path.normpath(i["filename"]) for i in q],
           "info --backing-chain: the files", r, q)


def snapshot_tests(tap):
    make_raw("s1.raw", seed=3)
    make_raw("s2.raw", seed=4)
    for kind in ("compat=1.1", "compat=0.10", "cluster_size=512", "extended_l2=on"):
        for maker, name in ((img, "ours"), (qemu, "theirs")):
            img("convert", "-O", "qcow2", "-o", kind, "s1.raw", "s.qcow2")
            maker("snapshot", "-c", "first", "s.qcow2")
            img("convert", "-n", "-O", "qcow2", "s2.raw", "s.qcow2")
            maker("snapshot", "-c", "second", "s.qcow2")
            good(tap, "s.qcow2", "s2.raw", f"two snapshots: {name}, {kind}")
            info_same(tap, "s.qcow2", f"snapshots: {name}, {kind}")
            r = img("convert", "-l", "first", "s.qcow2", "l.raw")
            tap.ok(qemu("compare", "l.raw", "s1.raw").status == 0, f"convert -l: {name}, {kind}", r)
            a, b = img("snapshot", "-l", "s.qcow2"), qemu("snapshot", "-l", "s.qcow2")
            words = [line.split()[:2] for line in a.out.splitlines()[2:]]
            tap.ok(words == [["1", "first"], ["2", "second"]] ==
                   [line.split()[:2] for line in b.out.splitlines()[2:]], f"snapshot -l: {name}, {kind}", a, b)
            other = qemu if maker is img else img
            other("snapshot", "-a", "first", "s.qcow2")
            good(tap, "s.qcow2", "s1.raw", f"applied: {name}, {kind}")
            maker("snapshot", "-d", "first", "s.qcow2")
            other("snapshot", "-d", "2", "s.qcow2")
            good(tap, "s.qcow2", "s1.raw", f"deleted: {name}, {kind}")


def resize_tests(tap):
    make_raw("r.raw")
    for kind in ("compat=1.1", "compat=0.10", "cluster_size=512", "extended_l2=on"):
        img("convert", "-O", "qcow2", "-o", kind, "r.raw", "r.qcow2")
        shutil.copy("r.raw", "w.raw")
        for size, args in ((20 << 20, []), (5 << 20, ["--shrink"]), (300 << 20, []), (0x12200, ["--shrink"]), (9 << 20, [])):
            img("resize", *args, "r.qcow2", str(size))
            os.truncate("w.raw", size)
            good(tap, "r.qcow2", "w.raw", f"resize {kind} {size}")
        img("resize", "--preallocation=metadata", "r.qcow2", "+1M")
        os.truncate("w.raw", (9 << 20) + (1 << 20))
        good(tap, "r.qcow2", "w.raw", f"resize --preallocation {kind}")
    r = img("resize", "--shrink", "w.raw", "-1M")
    tap.ok(r.status == 0 and os.path.getsize("w.raw") == 9 << 20, "resize of a raw image", r)


def damage_tests(tap):
    """Each damage is seen by both, and repaired so that both are content."""
    make_raw("d.raw")
    img("convert", "-O", "qcow2", "d.raw", "d.qcow2")
    size = os.path.getsize("d.qcow2")
    l1 = int.from_bytes(open("d.qcow2", "rb").read(48)[40:48], "big")
    with open("d.qcow2", "rb") as f:
        f.seek(l1)
        l2 = int.from_bytes(f.read(8), "big") & 0xfffffffffffe00
        f.seek(l2)
        entries = f.read(65536)
    used = next(i for i in range(8192) if entries[8 * i:8 * i + 8] != bytes(8))
    free = (size // 65536 + 3) * 2
    refblock = int.from_bytes(open("d.qcow2", "rb").read(65544)[65536:65544], "big")
    damages = {
        "a leak": (refblock + free, b"\0\1", 3),
        "a count of 0": (refblock + 2 * 5, b"\0\0", 2),
        "a count of 2": (refblock + 2 * 5, b"\0\2", None),
        "no refcount block": (65536, bytes(8), 2),
        "a refcount block nowhere": (65536, b"\0\0\0\1" + bytes(4), 2),
        "data nowhere": (l2 + 8 * used, b"\x80\0\x10" + bytes(5), 2),
        "data askew": (l2 + 8 * used + 6, b"\x02", 2),
        "the flag of an L2 table": (l1, b"\0", 2),
        "an L2 table nowhere": (l1, b"\x80\0\x10\0\0\1\0\0", 2),
    }
    for what, (off, data, status) in damages.items():
        patch("d.qcow2", "bad.qcow2", off, data)
        os.truncate("bad.qcow2", size + (10 << 16))
        r, q = img("check", "bad.qcow2"), qemu("check", "bad.qcow2")
        tap.ok(r.status == (status or r.status) and r.status in (2, 3) and q.status in (2, 3),
               f"{what} is found", r, q)
        j = img("check", "--output=json", "bad.qcow2")
        try:
            counts = json.loads(j.out)
        except ValueError:
            counts = {}
        tap.ok(counts.get("corruptions", 0) + counts.get("leaks", 0) > 0, f"{what}: JSON", j)
        r = img("check", "-r", "all", "bad.qcow2")
        again, q = img("check", "bad.qcow2"), qemu("check", "bad.qcow2")
        fixed = "L2 table nowhere" not in what
        tap.ok((again.status == 0 == q.status) if fixed else again.status == 2, f"{what} is repaired", r, again, q)
        if fixed and "data" not in what:
            tap.ok(qemu("compare", "bad.qcow2", "d.raw").status == 0, f"{what}: and the data is there")
    patch("d.qcow2", "bad.qcow2", refblock + free, b"\0\1")
    r = img("check", "-r", "leaks", "bad.qcow2")
    tap.ok(r.status == 0 and "1 leaked clusters" in r.out and qemu("check", "bad.qcow2").status == 0,
           "check -r leaks", r)
    patch("d.qcow2", "dirty.qcow2", 79, b"\1")
    patch("dirty.qcow2", "dirty.qcow2.2", refblock + 2 * 5, b"\0\0")
    os.rename("dirty.qcow2.2", "dirty.qcow2")
    r = img("info", "dirty.qcow2")
    tap.ok("cleanly shut down: no" in r.out, "the dirty bit is told", r)
    img("convert", "-n", "-O", "qcow2", "d.raw", "dirty.qcow2")
    good(tap, "dirty.qcow2", "d.raw", "a dirty image is put right before it is written")
    patch("d.qcow2", "corrupt.qcow2", 79, b"\2")
    r = img("convert", "-n", "-O", "qcow2", "d.raw", "corrupt.qcow2")
    tap.ok(r.status == 65 and "marked as corrupt" in r.err, "a corrupt image is not written", r)
    r = img("convert", "corrupt.qcow2", "x.raw")
    tap.ok(r.status == 0 and qemu("compare", "x.raw", "d.raw").status == 0, "but read", r)
    img("check", "-r", "all", "corrupt.qcow2")
    r = img("info", "corrupt.qcow2")
    tap.ok("corrupt: false" in r.out, "and repaired", r)


def bitmap_tests(tap):
    """Bitmaps are kept, and said not to be up to date."""
    make_raw("m.raw")
    qemu("convert", "-O", "qcow2", "m.raw", "m.qcow2")
    if qemu("bitmap", "--add", "m.qcow2", "b0").status != 0:
        return tap.skip("bitmaps", "no qemu-img bitmap here")
    r = img("check", "m.qcow2")
    tap.ok(r.status == 0, "an image with a bitmap has no leaks", r)
    make_raw("n.raw", seed=9)
    img("convert", "-n", "-O", "qcow2", "n.raw", "m.qcow2")
    r = qemu("check", "m.qcow2")
    tap.ok(qemu("compare", "m.qcow2", "n.raw").status == 0 and r.status in (0, 3), "and is written", r)
    with open("m.qcow2", "rb") as f:
        tap.ok(f.read(96)[95] & 1 == 0, "its bitmaps are marked as old")


def doc_tests(tap):
    """The commands of docs/disks.md and emu-img(1), in their order."""
    text = open(os.path.join(SOURCE, "docs/disks.md")).read() + \
        optgen.IMG_NOTES.replace("\\-", "-").replace("\n", "\n    ")
    commands = [c for c in re.findall(r"^    emu (img .*)$", text, re.M) if "[" not in c]
    os.makedirs("doc")
    make_raw("doc/disk.img")
    img("create", "-f", "qcow2", "doc/base.qcow2", "1M")
    for c in commands:
        r = run([EMU, *c.split()], timeout=60, cwd="doc")
        tap.ok(r.status == 0, f"told: emu {c}", r)
    tap.ok(len(commands) >= 10, "there are such", commands)


def lock_tests(tap):
    """emu and qemu-img do not write what the other has open."""
    with subprocess.Popen(["qemu-io", "-f", "qcow2", "d.qcow2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as child:
        child.stdin.write(b"read 0 512\n")
        child.stdin.flush()
        child.stdout.readline()
        r = img("resize", "d.qcow2", "+1M")
        tap.ok(r.status == 69 and "in use by another process" in r.err, "qemu writes it", r)
        r = img("info", "d.qcow2")
        tap.ok(r.status == 69, "nor may it be read", r)
        r = img("info", "-U", "d.qcow2")
        tap.ok(r.status == 0, "except with -U", r)
        child.stdin.close()
        child.wait()
    lock = "import fcntl, struct, sys; f = open('d.qcow2', 'r+b'); " \
        "fcntl.fcntl(f, 37, struct.pack('hhqqi4x', 1, 0, 0, 0, 0)); print(); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        q = qemu("info", "d.qcow2")
        tap.ok(q.status == 1 and "lock" in q.err, "qemu-img sees our lock", q)
        child.stdin.close()


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        table_tests(tap)
        mistake_tests(tap)
        doc_tests(tap)
        if QEMU:
            for test in (convert_tests, backing_tests, snapshot_tests, resize_tests, damage_tests, bitmap_tests,
                         lock_tests):
                test(tap)
        else:
            tap.skip("beside qemu-img", "it is not here")
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
