#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The gdb stub over its wire: packets, breakpoints, watchpoints, steps, sessions, the monitor.

usage: test_stub.py EMU [unittest arguments]

The guest is a few instructions written here, so that neither gdb nor a compiler is needed.
"""
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree

EMU = None

# A32, relative to BASE; DATA is BASE + 0x10000
PROGRAM = [
    0xe3a00000,     # 00       mov  r0, #0
    0xe59f1020,     # 04       ldr  r1, [pc, #0x20]    DATA
    0xe2800001,     # 08 loop: add  r0, r0, #1
    0xe5810000,     # 0c       str  r0, [r1]
    0xe5912000,     # 10       ldr  r2, [r1]
    0xeb000001,     # 14       bl   func
    0xe5d14008,     # 18       ldrb r4, [r1, #8]
    0xeafffff9,     # 1c       b    loop
    0xe0833000,     # 20 func: add  r3, r3, r0
    0xe12fff1e,     # 24       bx   lr
    0xe1a00000,     # 28
    None,           # 2c       .word DATA
]
LOOP, STORE, LOAD, FUNC = 0x08, 0x0c, 0x10, 0x20

# ARMv7, Thumb from 0x14 on:
#   14 cmp r0, #0; itte eq; moveq r3, #1; moveq r4, #2; movne r5, #3
#   1e ittt ne; movne r3, #11; movne r4, #12; movne r5, #13
#   26 stmia r1!, {r0, r3, r4}; subs r1, #12; 2a ldmia.w r1, {r5, r6, r7}
#   2e ldrex r2, [r1]; 32 adds r2, #1; 34 strex r8, r2, [r1]; 38 ldrd r2, r3, [r1, #4]
#   3c str.w r2, [r1, #4095]; 40 b 14
THUMB = [
    0xe59f1008, 0xe3a00000, 0xe28f2005, 0xe12fff12, None, 0xbf062800, 0x24022301, 0xbf1e2503,
    0x240c230b, 0xc119250d, 0xe891390c, 0xe85100e0, 0x32012f00, 0x2800e841, 0x2301e9d1, 0x2ffff8c1,
    0xbf00e7e8,
]

BOARDS = {
    "versatilepb": (["-M", "versatilepb"], 0x10000),
    "virt": (["-M", "virt"], 0x40010000),
    "virt-smp": (["-M", "virt", "-smp", "2"], 0x40010000),
    "interp": (["-M", "virt", "-accel", "interp"], 0x40010000),
    "icount": (["-M", "versatilepb", "-icount", "shift=3"], 0x10000),
}


def elf(base, program=PROGRAM):
    words = [base + 0x10000 if w is None else w for w in program]
    code = struct.pack("<%dI" % len(words), *words)
    head = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 2, 40, 1, base, 52, 0, 0x5000000, 52,
                       32, 1, 0, 0, 0)
    return head + struct.pack("<8I", 1, 84, base, base, len(code), len(code), 5, 4) + code


class Rsp:
    """One connection, with what the protocol needs at both ends."""

    def __init__(self, path, acks=False):
        if isinstance(path, socket.socket):
            self.socket = path
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(path)
        self.socket.settimeout(10)
        self.acks, self.data = True, b""
        if not acks:
            assert self.ask("QStartNoAckMode") == "OK"
            self.acks = False

    def byte(self):
        while not self.data:
            got = self.socket.recv(65536)
            if not got:
                raise EOFError
            self.data += got
        byte, self.data = self.data[:1], self.data[1:]
        return byte

    def raw(self, data):
        self.socket.sendall(data)

    def send(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        self.raw(b"$" + data + b"#%02x" % (sum(data) & 255))
        if self.acks:
            got = self.byte()
            assert got == b"+", got

    def receive(self):
        assert self.byte() == b"$"
        body = b""
        while not body.endswith(b"#"):
            body += self.byte()
        body = body[:-1]
        total = int(self.byte() + self.byte(), 16)
        assert total == sum(body) & 255
        if self.acks:
            self.raw(b"+")
        body = re.sub(rb"}(.)", lambda m: bytes([m.group(1)[0] ^ 0x20]), body, flags=re.S)
        return body.decode("latin-1")

    def ask(self, text):
        self.send(text)
        return self.receive()

    def quiet(self, seconds=0.1):
        """Nothing comes."""
        self.socket.settimeout(seconds)
        try:
            return self.byte() is None
        except socket.timeout:
            return True
        finally:
            self.socket.settimeout(10)

    def reg(self, n):
        return int.from_bytes(bytes.fromhex(self.ask("p%x" % n)), "little")

    def word(self, addr):
        return int.from_bytes(bytes.fromhex(self.ask("m%x,4" % addr)), "little")

    def monitor(self, line):
        self.send("qRcmd," + line.encode().hex())
        out = ""
        while True:
            got = self.receive()
            if not got.startswith("O") or got == "OK":
                assert got == "OK", got
                return out
            out += bytes.fromhex(got[1:]).decode()

    def close(self):
        self.socket.close()


class Case(unittest.TestCase):
    board, options, program = "versatilepb", ["-S"], PROGRAM

    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.path = self.dir.name + "/gdb"
        args, self.base = BOARDS[self.board]
        with open(self.dir.name + "/guest.elf", "wb") as f:
            f.write(elf(self.base, self.program))
        self.emu = subprocess.Popen([EMU, *args, "-kernel", f.name, "-serial", "null", "-monitor",
                                     "none", "-display", "none", "-gdb", "unix:" + self.path,
                                     *self.options], stdin=subprocess.DEVNULL)
        self.g = None
        self.wait_for_socket()

    def wait_for_socket(self):
        end = time.monotonic() + 20
        while not os.path.exists(self.path) and time.monotonic() < end:
            if self.board == "virt-smp" and self.emu.poll() == 64:
                self.dir.cleanup()
                self.skipTest("several processors are not implemented yet")
            time.sleep(0.01)

    def tearDown(self):
        if self.g:
            self.g.close()
        self.emu.kill()
        self.emu.wait()
        self.dir.cleanup()

    def attach(self, **how):
        if self.g:
            self.g.close()
        end = time.monotonic() + 10
        while True:
            try:
                self.g = Rsp(self.path, **how)
                return self.g
            except (ConnectionRefusedError, EOFError):
                if time.monotonic() > end:
                    raise

    def at(self, offset):
        self.assertEqual(self.g.reg(15) - self.base, offset)

    def stop_at(self, reply, offset):
        self.assertRegex(reply, r"^T05thread:(p01\.)?01;$")
        self.at(offset)


class Wire(Case):
    """Framing and sessions."""

    def test_acknowledgments(self):
        g = self.attach(acks=True)
        self.assertRegex(g.ask("?"), "^T05")
        g.raw(b"$?#00")
        self.assertEqual(g.byte(), b"-")
        g.raw(b"-")
        again = g.receive()
        self.assertRegex(again, "^T05")
        g.raw(b"$?#zz")
        self.assertEqual(g.byte(), b"-")
        self.assertEqual(g.ask("QStartNoAckMode"), "OK")
        g.acks = False
        self.assertRegex(g.ask("?"), "^T05")

    def test_bytes_one_at_a_time(self):
        g = self.attach()
        for byte in b"++garbage\xff\x00$m%x,4#" % self.base:
            g.raw(bytes([byte]))
        g.raw(b"%02x" % (sum(b"m%x,4" % self.base) & 255))
        self.assertEqual(g.receive(), "0000a0e3")

    def test_packet_cut_off_by_another(self):
        g = self.attach()
        g.raw(b"$m1000")
        self.assertRegex(g.ask("?"), "^T05")

    def test_packet_too_long(self):
        g = self.attach(acks=True)
        body = b"m" + b"0" * 100000
        g.raw(b"$" + body + b"#%02x" % (sum(body) & 255))
        self.assertEqual(g.byte(), b"-")
        self.assertRegex(g.ask("?"), "^T05")

    def test_nonsense(self):
        g = self.attach()
        for text in ("", "m", "m,", "m1", "m1,", "mg,1", "M1,1", "M0,1:0", "M10000,4:00", "X0,9:1",
                     "p", "pffffffffffffffff", "P", "P0", "P0=", "P0=1", "P0=123456", "Pff=00",
                     "G12", "Gzz", "H", "Hx1", "Hg99", "T", "T99", "Z", "Z0", "Z0,", "Z0,1,",
                     "Z9,1,1", "Z2,0,0", "Z2,ffffffffffffffff,5", "Z3,0,ffffffffff", "z0,10000,4",
                     "z2,1,1",
                     "vCont", "vCont;", "vCont;x", "vCont;c:99", "vCont;c:p1", "C", "Czz", "s1,2",
                     "qXfer:features:read:target.xml:", "qXfer:features:read:target.xml:0",
                     "qXfer:features:read:other.xml:0,10", "qThreadExtraInfo,", "qRcmd,", "qRcmd,1",
                     "qRcmd,zz", "Qqemu.PhyMemMode:7", "Qqemu.sstep=", "D;2", "vAttach;7", "vKill",
                     "}", "?}", "\x7f" * 200):
            if text in ("vCont;c:p1",):
                continue
            g.send(text)
            reply = g.receive() if text != "}" and text != "?}" else "E22"
            self.assertRegex(reply, r"^(E\d\d|OK|)$", text)
        self.assertRegex(g.ask("?"), "^T05")

    def test_description(self):
        g = self.attach()
        self.assertIn("qXfer:features:read+", g.ask("qSupported:multiprocess+;swbreak+"))
        text, off = "", 0
        while True:
            got = g.ask("qXfer:features:read:target.xml:%x,%x" % (off, 500))
            text += got[1:]
            off += len(got) - 1
            if got[0] == "l":
                break
            self.assertEqual(got[0], "m")
        root = ElementTree.fromstring(text)
        features = [f.get("name") for f in root.iter("feature")]
        self.assertIn("org.gnu.gdb.arm.core", features)
        names = {r.get("name"): r for r in root.iter("reg")}
        self.assertLessEqual({"pc", "cpsr", "SCTLR", "TTBR0", "sp_irq"}, set(names))
        numbers = [int(r.get("regnum")) for r in names.values()]
        self.assertEqual(len(numbers), len(set(numbers)))
        for r in names.values():        # every one can be read, in its size
            got = g.ask("p%x" % int(r.get("regnum")))
            self.assertEqual(len(got) * 4, int(r.get("bitsize")), r.get("name"))
        self.assertEqual(g.ask("qXfer:features:read:target.xml:ffffffff,10"), "l")

    def test_detach_runs_and_comes_again(self):
        g = self.attach()
        self.assertEqual(g.reg(15), self.base)
        self.assertEqual(g.ask("D"), "OK")
        time.sleep(0.2)
        g = self.attach()
        first = g.word(self.base + 0x10000)
        self.assertGreater(first, 0)
        self.assertEqual(g.word(self.base + 0x10000), first)        # it stands while gdb is there
        g.close()                                                   # without a word: it goes on
        time.sleep(0.2)
        g = self.attach()
        self.assertNotEqual(g.word(self.base + 0x10000), first)

    def test_breakpoints_go_with_their_gdb(self):
        g = self.attach()
        self.assertEqual(g.ask("Z0,%x,4" % (self.base + FUNC)), "OK")
        g.close()
        time.sleep(0.2)
        g = self.attach()
        first = g.word(self.base + 0x10000)
        self.assertEqual(g.ask("D;1"), "OK")
        time.sleep(0.2)
        g = self.attach()
        self.assertNotEqual(g.word(self.base + 0x10000), first)

    def test_interrupt(self):
        g = self.attach()
        g.send("c")
        self.assertTrue(g.quiet())
        g.raw(b"\x03")
        self.assertRegex(g.receive(), "^T02thread:")
        g.raw(b"\x03")                              # it stands already
        self.assertTrue(g.quiet())

    def test_guest_that_is_lost(self):
        """Faults in its own fault handler: it stops for gdb, and does not end."""
        g = self.attach()
        for vector in range(0, 32, 4):
            self.assertEqual(g.ask("M%x,4:f000f0e7" % vector), "OK")        # udf
        self.assertEqual(g.ask("Pf=10000000"), "OK")
        self.assertRegex(g.ask("c"), "^T0bthread:")
        self.assertIn("ended", g.monitor("info status"))
        self.assertEqual(g.reg(15), 4)
        self.assertEqual(g.reg(25) & 0x1f, 0x1b)
        g.monitor("system_reset")
        time.sleep(0.2)
        self.at(0)
        self.assertEqual(g.ask("Z0,%x,4" % (self.base + FUNC)), "OK")
        self.stop_at(g.ask("c"), FUNC)

    def test_kill(self):
        g = self.attach()
        g.send("k")
        self.assertEqual(self.emu.wait(timeout=10), 0)

    def test_vkill(self):
        g = self.attach()
        self.assertEqual(g.ask("vKill;1"), "OK")
        self.assertEqual(self.emu.wait(timeout=10), 0)

    def test_end_of_the_emulator(self):
        g = self.attach()
        g.monitor("quit")
        self.assertEqual(self.emu.wait(timeout=10), 0)

    def test_questions_while_it_runs(self):
        g = self.attach()
        g.monitor("cont")
        a = g.word(self.base + 0x10000)
        time.sleep(0.1)
        self.assertNotEqual(g.word(self.base + 0x10000), a)
        self.assertIn("running", g.monitor("info status"))
        self.assertLess(g.reg(15) - self.base, 0x2c)
        self.assertEqual(g.ask("Z0,%x,4" % (self.base + FUNC)), "OK")
        time.sleep(0.2)
        self.assertIn("paused (debug)", g.monitor("info status"))
        self.at(FUNC)


class Running(Case):
    """Breakpoints, watchpoints, steps, registers, memory; the same on every board below."""

    def test_registers(self):
        g = self.attach()
        core = bytes.fromhex(g.ask("g"))
        self.assertEqual(len(core), 17 * 4)
        self.assertEqual(struct.unpack_from("<I", core, 60)[0], self.base)
        self.assertEqual(g.reg(25) & 0x1f, 0x13)
        self.assertEqual(g.ask("P5=78563412"), "OK")
        self.assertEqual(g.reg(5), 0x12345678)
        self.assertEqual(g.ask("G" + bytes(range(68)).hex()[:8 * 15] + core.hex()[8 * 15:]), "OK")
        self.assertEqual(g.reg(0), 0x03020100)
        self.assertEqual(g.reg(14), 0x3b3a3938)
        self.assertEqual(g.reg(15), self.base)
        # cpsr: another mode has another sp; the T bit belongs to it, not to pc
        self.assertEqual(g.ask("P19=d2000000"), "OK")
        self.assertNotEqual(g.reg(13), 0x37363534)
        self.assertEqual(g.ask("P19=f3000000"), "OK")
        self.assertEqual((g.reg(13), g.reg(15)), (0x37363534, self.base))
        self.assertEqual(g.reg(25) & 0x20, 0x20)
        self.assertEqual(g.ask("P19=d3000000"), "OK")
        self.assertEqual(g.ask("Pf=%s" % struct.pack("<I", self.base + 9).hex()), "OK")
        self.at(LOOP)

    def test_memory(self):
        g = self.attach()
        a = self.base + 0x10100
        self.assertEqual(g.ask("M%x,5:1122334455" % a), "OK")
        self.assertEqual(g.ask("m%x,5" % a), "1122334455")
        self.assertEqual(g.ask(b"X%x,4:\x01}\x03}\x04}\x0a" % a), "OK")
        self.assertEqual(g.ask("m%x,5" % a), "0123242a55")
        self.assertEqual(g.ask("X%x,0:" % a), "OK")
        self.assertEqual(g.ask("mf0000000,4"), "E14")
        self.assertEqual(g.ask("Mf0000000,1:00"), "E14")
        self.assertEqual(len(g.ask("m%x,100000" % self.base)), 16384)
        self.assertEqual(g.ask("Qqemu.PhyMemMode:1"), "OK")
        self.assertEqual(g.ask("qqemu.PhyMemMode"), "1")
        self.assertEqual(g.ask("m%x,2" % a), "0123")
        self.assertEqual(g.ask("Qqemu.PhyMemMode:0"), "OK")

    def test_writing_code_that_ran(self):
        g = self.attach()
        g.ask("Z0,%x,4" % (self.base + FUNC))
        for _ in range(3):
            self.stop_at(g.ask("c") if _ == 0 else self.over(), FUNC)
        self.assertEqual(g.ask("M%x,4:140080e2" % (self.base + LOOP)), "OK")    # add r0, r0, #20
        before = g.reg(0)
        self.stop_at(self.over(), FUNC)
        self.assertEqual(g.reg(0), before + 20)

    def over(self):
        """As gdb goes on from a breakpoint: without it for one step."""
        g, a = self.g, self.g.reg(15)
        self.assertEqual(g.ask("z0,%x,4" % a), "OK")
        self.assertRegex(g.ask("s"), "^T05")
        self.assertEqual(g.ask("Z0,%x,4" % a), "OK")
        return g.ask("c")

    def test_breakpoint(self):
        g = self.attach()
        for kind in "01":
            self.assertEqual(g.ask("Z%s,%x,4" % (kind, self.base + FUNC)), "OK")
        self.stop_at(g.ask("c"), FUNC)
        self.assertEqual(g.reg(0), 1)
        self.stop_at(g.ask("c"), FUNC)              # it stands on it
        self.assertEqual(g.reg(0), 1)
        for i in range(2, 20):
            self.stop_at(self.over(), FUNC)
            self.assertEqual(g.reg(0), i)
        self.assertEqual(g.reg(3), sum(range(19 + 1)) - 19)
        self.assertEqual(g.ask("z0,%x,4" % (self.base + FUNC)), "OK")
        self.assertEqual(g.ask("z0,%x,4" % (self.base + FUNC)), "E22")
        g.send("c")
        self.assertTrue(g.quiet())
        g.raw(b"\x03")
        self.assertRegex(g.receive(), "^T02")
        self.assertGreater(g.reg(0), 1000)
        # in code that is running and translated already, in the middle of a block
        self.assertEqual(g.ask("Z0,%x,4" % (self.base + LOAD)), "OK")
        self.stop_at(g.ask("c"), LOAD)
        self.assertEqual(g.word(self.base + 0x10000), g.reg(0))

    def test_monitor_goes_on_from_a_breakpoint(self):
        g = self.attach()
        g.ask("Z0,%x,4" % (self.base + FUNC))
        self.stop_at(g.ask("c"), FUNC)
        g.monitor("cont")
        time.sleep(0.2)
        self.at(FUNC)
        self.assertEqual(g.reg(0), 2)

    def test_step(self):
        g = self.attach()
        way = [0x04, 0x08, 0x0c, 0x10, 0x14, 0x20, 0x24, 0x18, 0x1c, 0x08]
        for offset in way:
            self.stop_at(g.ask("s"), offset)
        self.assertEqual((g.reg(0), g.reg(2), g.reg(3)), (1, 1, 1))
        for offset in way[2:]:
            self.stop_at(g.ask("vCont;s:1;c"), offset)
        self.assertEqual((g.reg(0), g.reg(2), g.reg(3)), (2, 2, 3))
        self.stop_at(g.ask("s%x" % (self.base + FUNC)), FUNC + 4)

    def test_step_meets_breakpoint_and_watchpoint(self):
        g = self.attach()
        g.ask("Z0,%x,4" % (self.base + 4))
        self.stop_at(g.ask("s"), 4)
        g.ask("z0,%x,4" % (self.base + 4))
        g.ask("s")
        g.ask("s")
        self.at(STORE)
        g.ask("Z2,%x,4" % (self.base + 0x10000))
        self.assertIn("watch:", g.ask("s"))
        self.at(STORE)

    def test_watchpoint(self):
        g, data = self.attach(), self.base + 0x10000
        self.assertEqual(g.ask("Z2,%x,4" % data), "OK")
        reply = g.ask("c")
        self.assertRegex(reply, r"^T05thread:(p01\.)?01;watch:%x;$" % data)
        self.at(STORE)                              # before the access
        self.assertEqual(g.word(data), 0)
        g.ask("z2,%x,4" % data)
        self.stop_at(g.ask("s"), LOAD)
        self.assertEqual(g.word(data), 1)
        g.ask("Z3,%x,1" % (data + 2))               # a byte inside the word
        self.assertIn(";rwatch:%x;" % (data + 2), g.ask("c"))
        self.at(LOAD)
        g.ask("z3,%x,1" % (data + 2))
        g.ask("s")
        g.ask("Z4,%x,2" % data)
        self.assertIn(";awatch:%x;" % data, g.ask("c"))
        self.at(STORE)
        g.ask("z4,%x,2" % data)
        g.ask("Z2,%x,1" % (data + 8))               # only read, by the ldrb
        g.ask("Z2,%x,4" % (data + 4))               # beside the word
        g.send("c")
        self.assertTrue(g.quiet())
        g.raw(b"\x03")
        self.assertRegex(g.receive(), "^T02")
        self.assertGreater(g.reg(0), 1000)
        g.ask("Z4,%x,1" % (data + 8))
        self.assertIn("awatch:%x" % (data + 8), g.ask("c"))
        self.at(0x18)

    def test_watchpoint_over_pages(self):
        g, data = self.attach(), self.base + 0x10000
        self.assertEqual(g.ask("Z2,%x,3000" % (data - 0x2000)), "OK")
        self.assertIn("watch:%x;" % (data - 0x2000), g.ask("c"))
        self.at(STORE)

    def test_monitor(self):
        g = self.attach()
        self.assertIn("pc", g.monitor("info registers"))
        self.assertIn("did you mean 'info'", g.monitor("inof registers"))
        self.assertEqual(g.monitor(""), "")
        self.assertIn("prelaunch", g.monitor("info status"))
        self.assertIn("0xe3a00000", g.monitor("x /2xw %#x" % self.base))
        self.assertIn("0xe3a00000", g.monitor("xp /2xw $pc"))
        self.assertRegex(g.monitor("x/3i $pc"), r"mov.*\n.*ldr.*\n.*add")
        self.assertEqual(g.monitor("p 2+3*(4-1)<<1"), "0x16\n")
        self.assertEqual(g.monitor("gva2gpa $pc"), "gpa: %#x\n" % self.base)
        self.assertIn("SCTLR", g.monitor("info registers all"))
        g.monitor("step")
        self.at(4)
        for subject in re.findall(r"^info (\w+)", g.monitor("info"), re.M):
            if subject != "device":
                self.assertTrue(g.monitor("info " + subject) or subject == "display", subject)
        self.assertGreater(len(g.monitor("x /65536xb %#x" % self.base)), 300000)

    def test_reset(self):
        g = self.attach()
        g.ask("Z0,%x,4" % (self.base + FUNC))
        self.stop_at(g.ask("c"), FUNC)
        g.monitor("system_reset")
        time.sleep(0.2)
        self.at(0)
        self.stop_at(g.ask("c"), FUNC)
        self.assertEqual(g.reg(0), 1)

    def test_threads(self):
        g = self.attach()
        g.ask("qSupported:multiprocess+")
        cpus = 2 if self.board == "virt-smp" else 1
        self.assertEqual(g.ask("qfThreadInfo"),
                         "m" + ",".join("p01.%02x" % (i + 1) for i in range(cpus)))
        self.assertEqual(g.ask("qsThreadInfo"), "l")
        self.assertEqual(g.ask("qC"), "QCp01.01")
        self.assertEqual(g.ask("Tp1.1"), "OK")
        self.assertEqual(g.ask("Tp01.%x" % (cpus + 1)), "E22")
        for n in range(cpus):
            self.assertEqual(g.ask("Hgp1.%x" % (n + 1)), "OK")
            self.assertIn("CPU#%d" % n,
                          bytes.fromhex(g.ask("qThreadExtraInfo,p1.%x" % (n + 1))).decode())
            self.assertEqual(len(g.ask("g")), 17 * 8)
        self.assertEqual(g.ask("Hg0"), "OK")
        self.assertEqual(g.ask("Hcp1.-1"), "OK")
        self.assertEqual(g.ask("Hgp1.1"), "OK")
        g.ask("vCont;s:p1.1")
        self.at(4)

    def test_floating_point(self):
        g = self.attach()
        text = g.ask("qXfer:features:read:target.xml:0,1000")
        if 'name="d0"' not in text:
            self.skipTest("no VFP")
        self.assertEqual(g.ask("P1b=0102030405060708"), "OK")
        self.assertEqual(g.ask("p1b"), "0102030405060708")
        self.assertEqual(g.ask("P3a=00000003"), "OK")       # fpscr: FZ, DN
        self.assertEqual(g.reg(0x3a), 0x03000000)


class RunningVirt(Running):
    board = "virt"

    def test_big_endian_system(self):
        g, text = self.attach(), ""
        while not text.endswith("</target>\n"):
            text += g.ask("qXfer:features:read:target.xml:%x,800" % len(text))[1:]
        sctlr = int(re.search(r'name="SCTLR".*?regnum="(\d+)"', text).group(1))
        value = g.reg(sctlr) | 1 << 25                      # EE
        self.assertEqual(g.ask("P%x=%s" % (sctlr, struct.pack("<I", value).hex())), "OK")
        self.assertEqual(g.ask("p%x" % sctlr), struct.pack(">I", value).hex())
        self.assertEqual(g.ask("P0=12345678"), "OK")
        self.assertEqual(g.monitor("print $r0"), "0x12345678\n")
        self.assertEqual(g.ask("M%x,4:11223344" % (self.base + 0x10000)), "OK")
        self.assertIn("0x11223344", g.monitor("x %#x" % (self.base + 0x10000)))
        self.assertIn("mov", g.monitor("x/i $pc"))          # code is little-endian


class RunningSmp(Running):
    board = "virt-smp"


class RunningInterp(Running):
    board = "interp"


class RunningCounted(Running):
    board = "icount"


class Thumb(Case):
    """IT blocks, instructions with several accesses, exclusives, accesses over two pages."""
    board, program = "virt", THUMB

    def test_step(self):
        g = self.attach()
        way = [0x04, 0x08, 0x0c, 0x14, 0x16, 0x18, 0x1a, 0x1c, 0x1e, 0x20, 0x22, 0x24, 0x26, 0x28,
               0x2a, 0x2e, 0x32, 0x34, 0x38, 0x3c, 0x40, 0x14, 0x16]
        for offset in way:
            self.stop_at(g.ask("s"), offset)
            self.assertEqual(bool(g.reg(25) & 0x20), offset >= 0x14)
        self.assertEqual([g.reg(n) for n in (3, 4, 5, 6, 7, 8)], [2, 2, 0, 1, 2, 0])

    def test_break_where_the_condition_fails(self):
        g = self.attach()
        for offset in (0x1c, 0x22):
            self.assertEqual(g.ask("Z0,%x,2" % (self.base + offset)), "OK")
        self.stop_at(g.ask("c"), 0x1c)
        self.assertNotEqual(g.reg(25) & 0x0600fc00, 0)              # in the IT block
        g.ask("z0,%x,2" % (self.base + 0x1c))
        self.stop_at(g.ask("c"), 0x22)
        self.assertEqual(g.reg(4), 2)

    def watch(self, kind, offset, size, at):
        g, addr = self.g, self.base + 0x10000 + offset
        word = {2: "watch", 3: "rwatch", 4: "awatch"}[kind]
        self.assertEqual(g.ask("Z%d,%x,%x" % (kind, addr, size)), "OK")
        self.assertIn(";%s:%x;" % (word, addr), g.ask("c"))
        self.at(at)
        self.assertEqual(g.ask("z%d,%x,%x" % (kind, addr, size)), "OK")
        g.ask("s")

    def test_watch(self):
        g = self.attach()
        self.watch(2, 4, 4, 0x26)
        self.assertEqual((g.reg(1), g.word(self.base + 0x10008)), (self.base + 0x1000c, 2))
        self.watch(3, 8, 1, 0x2a)
        self.assertEqual(g.reg(7), 2)
        self.watch(3, 0, 4, 0x2e)
        self.watch(2, 0, 4, 0x34)
        self.watch(3, 8, 4, 0x38)
        self.watch(2, 0x1001, 1, 0x3c)              # on the second of two pages
        self.assertEqual(g.word(self.base + 0x10fff), 1)
        self.watch(2, 0xfff, 1, 0x3c)               # on the first
        self.watch(4, 0, 1, 0x26)


class ThumbInterp(Thumb):
    board = "interp"


class Started(Case):
    """Without -S."""
    options = []

    def test_comes_to_a_running_guest(self):
        time.sleep(0.2)
        g = self.attach()
        self.assertGreater(g.word(self.base + 0x10000), 0)
        g.ask("Z0,%x,4" % (self.base + FUNC))
        self.stop_at(g.ask("c"), FUNC)
        self.assertEqual(g.ask("D"), "OK")


# The first program a million times, then semihosting's exit.
FINITE = [
    0xe3a00000, 0xe59f1028, 0xe59f5028, 0xe2800001, 0xe5810000, 0xe5912000, 0xeb000003, 0xe1500005,
    0x1afffff9, 0xe3a00018, 0xea000003, 0xe0833000, 0xe12fff1e, None, 1000000, 0xe59f1000,
    0xef123456, 0x20026,
]


class NoCost(unittest.TestCase):
    """A debugger without breakpoints changes nothing that emu does."""

    def counters(self, command, directory):
        log = directory + "/log"
        subprocess.run([*command, "-M", "versatilepb", "-kernel", directory + "/guest.elf",
                        "-serial", "null", "-monitor", "none", "-display", "none", "-semihosting",
                        "-net", "none", "-icount", "shift=0", "-d", "stats", "-D", log], check=True,
                       stdin=subprocess.DEVNULL, timeout=120)
        with open(log) as f:
            return [line for line in f if " s, " not in line]       # but for the times

    def test_counters(self):
        with tempfile.TemporaryDirectory() as d:
            with open(d + "/guest.elf", "wb") as f:
                f.write(elf(0x10000, FINITE))
            attached = os.path.join(os.path.dirname(os.path.abspath(__file__)), "attached.py")
            alone = self.counters([EMU], d)
            self.assertGreater(len(alone), 5)
            self.assertEqual(self.counters([sys.executable, attached, EMU], d), alone)


class Console(unittest.TestCase):
    """The monitor on the terminal, where a pipe stands in for it."""

    def talk(self, options, typed):
        with tempfile.NamedTemporaryFile() as f:
            f.write(elf(0x10000))
            f.flush()
            p = subprocess.run([EMU, "-M", "versatilepb", "-kernel", f.name, "-display", "none",
                                "-S", *options], input=typed, stdout=subprocess.PIPE, timeout=60,
                               text=True)
        self.assertEqual(p.returncode, 0)
        return p.stdout

    def test_monitor_has_standard_input(self):
        self.assertIn("prelaunch", self.talk(["-monitor", "stdio"], "info status\nquit\n"))

    def test_behind_control_a(self):
        self.assertIn("prelaunch", self.talk([], "\x01cinfo status\nquit\n"))
        self.assertNotIn("monitor", self.talk([], "info status\nquit\n\x01x"))


class Tcp(Case):
    def setUp(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.options = ["-gdb", "tcp::%d" % self.port, "-S"]
        super().setUp()

    def wait_for_socket(self):
        pass

    def attach(self):
        end = time.monotonic() + 20
        while True:
            try:
                s = socket.create_connection(("127.0.0.1", self.port))
                break
            except ConnectionRefusedError:
                self.assertLess(time.monotonic(), end)
                time.sleep(0.01)
        self.g = Rsp(s)
        return self.g

    def test_port(self):
        g = self.attach()
        self.assertTrue(g.monitor("info version"))
        self.assertIn("waited for already", g.monitor("gdbserver tcp::1"))


if __name__ == "__main__":
    EMU = os.path.abspath(sys.argv.pop(1))
    unittest.main()
