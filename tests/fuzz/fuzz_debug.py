#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random packets to the gdb stub and random lines to the monitor of a running emu.

usage: fuzz_debug.py EMU [--seconds N] [--seed S] [--verbose]

Both are made by grammars that know the protocols, then damaged.  A finding is an emu that ends
by a signal, an assertion or a sanitizer, or that does not answer; the input that led there is
printed.  Build with -Db_sanitize=address,undefined for a long run.
"""
import argparse
import os
import random
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time

ANSWER_WITHIN = 60
GOOD = [0, -9, -15, *range(1, 64), 101, 103, 104, 106]     # signals: ended from outside; 1 on: the guest
BOARDS = [["-M", "versatilepb"], ["-M", "virt"], ["-M", "virt", "-cpu", "cortex-a7"],
          ["-M", "virt", "-accel", "interp"], ["-M", "versatilepb", "-icount", "shift=2"]]

# A guest that computes, stores, loads and calls for ever: ../gdb/test_stub.py has it explained.
PROGRAM = [0xe3a00000, 0xe59f1020, 0xe2800001, 0xe5810000, 0xe5912000, 0xeb000001, 0xe5d14008,
           0xeafffff9, 0xe0833000, 0xe12fff1e, 0xe1a00000, None]


def elf(base):
    words = [base + 0x10000 if w is None else w for w in PROGRAM]
    code = struct.pack("<%dI" % len(words), *words)
    head = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 2, 40, 1, base, 52, 0, 0x5000000, 52,
                       32, 1, 0, 0, 0)
    return head + struct.pack("<8I", 1, 84, base, base, len(code), len(code), 5, 4) + code


class Fuzzer:
    def __init__(self, rng):
        self.r = rng

    def number(self):
        r = self.r
        return r.choice([
            lambda: 0, lambda: r.randrange(300), lambda: self.base + 4 * r.randrange(16),
            lambda: self.base + 0x10000 + r.randrange(64), lambda: 0x101f1000 + r.randrange(0x1000),
            lambda: 0x08000000 + r.randrange(0x3000000), lambda: r.getrandbits(32),
            lambda: r.getrandbits(64), lambda: (1 << 64) - 1, lambda: (1 << 32) - r.randrange(5),
            lambda: r.getrandbits(80),
        ])()

    def hexes(self, most=64):
        return bytes(self.r.randrange(256) for _ in range(self.r.randrange(most))).hex()

    def thread(self):
        return self.r.choice(["", "0", "1", "2", "-1", "p1.1", "p1.2", "p1.-1", "p-1", "p0.0",
                              "p1", "%x" % self.number(),
                              "p%x.%x" % (self.number(), self.number())])

    def packet(self):
        r, n = self.r, self.number
        kinds = [
            lambda: "?", lambda: "g", lambda: "G" + self.hexes(100), lambda: "c", lambda: "s",
            lambda: "vCont;" + ";".join(r.choice(["c", "s", "C05", "S05", "x", ""]) +
                                        r.choice(["", ":" + self.thread()])
                                        for _ in range(r.randrange(4))),
            lambda: "p%x" % n(), lambda: "P%x=%s" % (r.randrange(220), self.hexes(9)),
            lambda: "P%x=%s" % (r.randrange(220), struct.pack("<I", n() & 0xffffffff).hex()),
            lambda: "m%x,%x" % (n(), n()), lambda: "m%x,%x" % (n(), r.randrange(64)),
            lambda: "M%x,%x:%s" % (n(), n(), self.hexes()),
            lambda: (lambda h: "M%x,%x:%s" % (n(), len(h) // 2, h))(self.hexes()),
            lambda: "X%x,%x:" % (n(), n()) + "".join(map(chr, r.randbytes(r.randrange(20)))),
            lambda: "Z%d,%x,%x" % (r.randrange(6), n(), r.choice([1, 2, 4, 8, n()])),
            lambda: "z%d,%x,%x" % (r.randrange(6), n(), r.choice([1, 2, 4, 8, n()])),
            lambda: "H" + r.choice("gcx") + self.thread(), lambda: "T" + self.thread(),
            lambda: "qThreadExtraInfo," + self.thread(), lambda: "qfThreadInfo",
            lambda: "qsThreadInfo", lambda: "qC", lambda: "qAttached" + r.choice(["", ":1"]),
            lambda: "qSupported:multiprocess+;%s" % self.hexes(),
            lambda: "qXfer:features:read:target.xml:%x,%x" % (n(), n()),
            lambda: "Qqemu.PhyMemMode:%x" % r.randrange(3), lambda: "qqemu.sstep",
            lambda: "Qqemu.sstep=%x" % n(), lambda: "vCont?", lambda: "vAttach;%x" % n(),
            lambda: "qRcmd," + self.line().hex(), lambda: "D" + r.choice(["", ";1", ";2"]),
            lambda: "QStartNoAckMode" if r.random() < 0.1 else "vMustReplyEmpty",
            lambda: "C%x;%x" % (n(), n()), lambda: "s%x" % n(),
        ]
        return r.choice(kinds)().encode("latin-1", "replace")

    def damaged(self, data):
        r, data = self.r, bytearray(data)
        for _ in range(r.choice([0, 0, 0, 1, 1, 3])):
            at = r.randrange(len(data) + 1)
            what = r.randrange(4)
            if what == 0:
                data[at:at + 1] = b""
            elif what == 1:
                data[at:at] = r.randbytes(r.randrange(1, 4))
            elif what == 2 and data:
                data[at % len(data)] ^= 1 << r.randrange(8)
            else:
                data[at:at] = data[:r.randrange(len(data) + 1)]
        return bytes(data)

    def framed(self):
        r, body = self.r, self.damaged(self.packet())
        if r.random() < 0.02:
            return r.randbytes(r.randrange(100))
        if body in (b"k", b"vKill;1") and r.random() < 0.9:
            body = b"g"
        if r.random() < 0.01:
            body = body * r.randrange(1, 2000)
        body = re.sub(rb"[#$}]", lambda m: b"}" + bytes([m.group()[0] ^ 0x20]), body) \
            if r.random() < 0.95 else body
        total = b"%02x" % (sum(body) & 255)
        if r.random() < 0.03:
            total = r.randbytes(2)
        return r.choice([b"", b"", b"+", b"-", b"\x03"]) + b"$" + body + b"#" + total

    def expression(self, depth=0):
        r = self.r
        if depth > 6 or r.random() < 0.4:
            return r.choice(["%d" % self.number(), "%#x" % self.number(), "$pc", "$r1", "$cpsr",
                             "$SCTLR", "$nope", "", "0x", "09z"])
        return r.choice([
            lambda: self.expression(depth + 1) + r.choice(["+", "-", "*", "/", "%", "&", "|", "^",
                                                           "<<", ">>", " + ", "<"])
            + self.expression(depth + 1),
            lambda: "(" + self.expression(depth + 1) + ")",
            lambda: r.choice("-~+(") * r.choice([1, 1, 2, 100]) + self.expression(depth + 1),
        ])()

    def format(self):
        r = self.r
        return r.choice(["", "/%d%s%s" % (r.choice([0, 1, 7, 100, 99999, self.number()]),
                                          r.choice(["", *"xduocisZ"]), r.choice(["", *"bhwgq"]))])

    INFOS = ("registers cpus mem mtree qtree irq stats status display name version device nope "
             "tlb regs").split()

    def line(self):
        r, e = self.r, self.expression
        kinds = [
            lambda: "info",
            lambda: "info " + r.choice(self.INFOS) + r.choice(["", " -a", " all", " uart0"]),
            lambda: "info device " + r.choice(["uart0", "gic", "vic", "sic", "pci", "x", ""]),
            lambda: r.choice(["x", "xp"]) + self.format() + " " + e(),
            lambda: r.choice(["print", "p"]) + self.format() + " " + e(),
            lambda: r.choice(["help", "?", "stop", "cont", "step", "s", "c", "system_reset",
                              "system_powerdown", "nmi", "log help", "log none", "log zzz",
                              "gdbserver"]),
            lambda: "help " + r.choice(self.INFOS), lambda: "cpu " + e(),
            lambda: "gva2gpa " + e(), lambda: "sum %s %s" % (e(), e()),
            lambda: r.choice(["memsave", "pmemsave"]) + " %d %d out.bin" % (
                self.number(), r.randrange(100000)),
            lambda: "sendkey " + "-".join(r.choice(["a", "ctrl", "ret", "f1", "zz", ""])
                                          for _ in range(r.randrange(20)))
            + r.choice(["", " 3", " x"]),
            lambda: "screendump out.png",
            lambda: "q" if r.random() < 0.01 else "\t" * r.randrange(3),
            lambda: "\x1b[A" * r.randrange(5) + "\x1b[B" * r.randrange(3) + "\x7f" * r.randrange(9),
        ]
        text = r.choice(kinds)().encode("latin-1", "replace")
        text = self.damaged(text)
        # what writes files or a log without end stays out of it
        if re.search(rb"log\s|logfile|save|dump|gdbserver", text) and text.rstrip() not in (
                b"log help", b"log none", b"log zzz", b"screendump out.png", b"gdbserver") and \
                not re.fullmatch(rb"p?memsave \d+ \d{1,5} out.bin", text):
            return b"info status"
        return text

    # ---- one emulator's life ----

    def run(self, emu, seconds):
        r, board = self.r, self.r.choice(BOARDS)
        self.base = 0x40010000 if "virt" in board else 0x10000
        self.sent = []
        with tempfile.TemporaryDirectory() as d:
            with open(d + "/guest.elf", "wb") as f:
                f.write(elf(self.base))
            log = open(d + "/log", "wb")
            p = subprocess.Popen([emu, *board, "-kernel", f.name, "-serial", "null", "-display",
                                  "none", "-monitor", "unix:mon,server,nowait", "-gdb", "unix:gdb",
                                  *r.choice([[], ["-S"]]), *r.choice([[], ["-no-shutdown"]])],
                                 cwd=d, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                 env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
            try:
                why = self.talk(p, d, time.monotonic() + seconds)
            finally:
                if p.poll() is None:
                    p.kill()
                p.wait()
                log.close()
            if why or p.returncode not in GOOD:
                text = open(d + "/log", "rb").read().decode(errors="replace")
                print("FOUND: %s, status %s, board %s\n%s\nlast inputs:" % (
                    why, p.returncode, " ".join(board), text[-6000:]))
                for what in self.sent[-40:]:
                    print(" ", what)
                return False
        return True

    def connect(self, path, p):
        s = socket.socket(socket.AF_UNIX)
        end = time.monotonic() + ANSWER_WITHIN
        while True:
            try:
                s.connect(path)
                s.settimeout(ANSWER_WITHIN)
                return s
            except (FileNotFoundError, ConnectionRefusedError):
                if p.poll() is not None or time.monotonic() > end:
                    return None
                time.sleep(0.01)

    def talk(self, p, d, end):
        r = self.r
        mon, gdb = self.connect(d + "/mon", p), self.connect(d + "/gdb", p)
        if not mon or not gdb:
            return "does not listen" if p.poll() is None else None
        try:
            while time.monotonic() < end:
                if r.random() < 0.01:
                    self.sent.append("(gdb gone)")
                    gdb.close()
                    gdb = self.connect(d + "/gdb", p)
                    if not gdb:
                        return "does not listen" if p.poll() is None else None
                batch = [self.framed() for _ in range(r.randrange(1, 20))]
                self.sent += batch
                gdb.sendall(b"".join(batch))
                lines = [self.line() + b"\n" for _ in range(r.randrange(0, 6))]
                self.sent += lines
                mon.sendall(b"".join(lines))
                gdb.setblocking(False)
                mon.setblocking(False)
                for s in (gdb, mon):
                    try:
                        while s.recv(1 << 20):
                            pass
                    except BlockingIOError:
                        pass
                gdb.settimeout(ANSWER_WITHIN)
                mon.settimeout(ANSWER_WITHIN)
                mark = b"%d" % r.randrange(10 ** 6, 10 ** 7)
                mon.sendall(b"\x15\nprint/d 0x%x\n" % int(mark))
                got = b""
                while b"\n" + mark + b"\r" not in got:
                    more = mon.recv(1 << 16)
                    if not more:
                        raise ConnectionResetError
                    got += more
        except socket.timeout:
            return "no answer within %d s" % ANSWER_WITHIN
        except (ConnectionResetError, BrokenPipeError):
            try:
                p.wait(timeout=ANSWER_WITHIN)
            except subprocess.TimeoutExpired:
                return "closes the connection and does not end"
        return None


def main():
    a = argparse.ArgumentParser()
    a.add_argument("emu")
    a.add_argument("--seconds", type=float, default=6)
    a.add_argument("--seed", type=int, default=1)
    a = a.parse_args()
    emu, end, n = os.path.abspath(a.emu), time.monotonic() + a.seconds, 0
    while time.monotonic() < end or n == 0:
        seed = a.seed + n
        if not Fuzzer(random.Random(seed)).run(emu, min(3, a.seconds)):
            print("seed %d: run again with --seed %d --seconds 3" % (seed, seed))
            return 1
        n += 1
    print("%d runs, no finding" % n)
    return 0


if __name__ == "__main__":
    sys.exit(main())
