#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_lines.py EMU

Serial lines and the monitor at every kind of host end: the guest is a shell that echoes and answers
each line.  The terminal with its keys (Ctrl-A x, c, h, b), pty, sockets, files, a shared stdio."""

import os
import pty
import re
import select
import socket
import subprocess
import sys
import tempfile
import time

import bare
from tap import Tap

PB = ["-M", "versatilepb", "-kernel", "shell.elf", "-display", "none"]
WAIT = 20


class End:
    """A descriptor and all that came from it."""

    def __init__(self, fd):
        self.fd, self.text = fd, ""

    def send(self, text):
        os.write(self.fd, text.encode("latin-1"))

    def expect(self, pattern):
        """Waits for it; what is before its end is used up."""
        end = time.monotonic() + WAIT
        while True:
            m = re.search(pattern, self.text)
            if m:
                self.text = self.text[m.end():]
                return m
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                return None
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                more = b""
            if not more:
                return None
            self.text += more.decode("latin-1")

    def talks(self):
        """The guest's prompt, its echo and its answer."""
        self.send("hello\n")
        return self.expect("hello") and self.expect("Linux versatile") and self.expect("/ # ")


class Emu:
    def __init__(self, emu, args, **files):
        self.child = subprocess.Popen([emu] + PB + args, **files)

    def __enter__(self):
        return self.child

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.child.terminate()
        try:
            self.child.wait(5)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def ends(child, status):
    try:
        return child.wait(WAIT) == status
    except subprocess.TimeoutExpired:
        return False


def terminal_tests(tap, emu):
    host, guest = pty.openpty()
    with Emu(emu, ["-nographic"], stdin=guest, stdout=guest, stderr=guest, close_fds=True) as child:
        end = End(host)
        tap.ok(end.expect("/ # ") and end.talks(), "-nographic: the guest", end.text)
        end.send("\x03")
        tap.ok(end.expect("\x03") and child.poll() is None, "Ctrl-C is the guest's", end.text)
        end.send("\x01h")
        tap.ok(end.expect("Ctrl-A x +quit"), "Ctrl-A h: help", end.text)
        end.send("\x01c")
        tap.ok(end.expect(r"\(emu\) "), "Ctrl-A c: the monitor", end.text)
        end.send("info status\n")
        tap.ok(end.expect("running"), "the monitor answers", end.text)
        end.send("\x01c\n")
        tap.ok(end.expect("Linux versatile"), "Ctrl-A c: back to the guest", end.text)
        end.send("a\x01\x01")
        tap.ok(end.expect("a\x01"), "Ctrl-A Ctrl-A: Ctrl-A", end.text)
        end.send("\x01x")
        tap.ok(ends(child, 0), "Ctrl-A x: ends with status 0")
    os.close(host)
    os.close(guest)


def pty_tests(tap, emu):
    with Emu(emu, ["-serial", "pty"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        m = re.search(r"/dev/pts/\d+", End(child.stderr.fileno()).expect(r".*\n").group(0))
        tap.ok(m, "-serial pty tells its name")
        fd = os.open(m.group(0), os.O_RDWR | os.O_NOCTTY)
        os.set_blocking(fd, True)
        tap.ok(End(fd).talks(), "-serial pty")
        os.close(fd)
        child.stderr.close()


def connect(where):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        s = socket.socket(socket.AF_UNIX if isinstance(where, str) else socket.AF_INET)
        try:
            s.connect(where)
            return s
        except OSError:
            s.close()
            time.sleep(0.02)
    return None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def socket_tests(tap, emu):
    port = free_port()
    kinds = {
        "unix:PATH,server,nowait": (["-serial", "unix:a,server,nowait"], "a"),
        "unix:PATH,server waits": (["-serial", "unix:b,server"], "b"),
        "tcp::PORT,server,nowait": (["-serial", f"tcp:127.0.0.1:{port},server,nowait"],
                                    ("127.0.0.1", port)),
        "-chardev socket": (["-chardev", "socket,id=c,path=c,server=on,wait=off", "-serial", "chardev:c"],
                            "c"),
    }
    for name, (args, where) in kinds.items():
        with Emu(emu, args, stdin=subprocess.DEVNULL):
            s = connect(where)
            tap.ok(s and End(s.fileno()).talks(), name)
            if s:
                s.close()
            again = connect(where)
            tap.ok(again and End(again.fileno()).talks(), f"{name}: a second client")
            if again:
                again.close()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("l")
    listener.listen()
    with Emu(emu, ["-serial", "unix:l"], stdin=subprocess.DEVNULL):
        s, _ = listener.accept()
        tap.ok(End(s.fileno()).talks(), "unix:PATH as a client")
        s.close()
    listener.close()


def pipe_tests(tap, emu):
    for name, args in {
        "stdio": ["-serial", "stdio"], "mon:stdio": ["-serial", "mon:stdio"],
        "-chardev stdio": ["-chardev", "stdio,id=s", "-serial", "chardev:s"],
        "-chardev stdio,mux=on": ["-chardev", "stdio,id=s,mux=on", "-serial", "chardev:s",
                                  "-monitor", "chardev:s"],
    }.items():
        with Emu(emu, args, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            child.stdin.write(b"hello\n")
            child.stdin.flush()
            end = End(child.stdout.fileno())
            tap.ok(end.expect("hello") and end.expect("Linux versatile"), name, end.text)
            if "mux" in name:
                child.stdin.write(b"\x01cinfo version\n\x01c\n")
                child.stdin.flush()
                tap.ok(end.expect(r"\d+\.\d+\.\d+") and end.expect("Linux versatile"),
                       f"{name}: the monitor, too", end.text)
            child.stdin.close()
            child.stdout.close()
    with Emu(emu, ["-serial", "file:out.log"], stdin=subprocess.DEVNULL):
        end = time.monotonic() + WAIT
        while time.monotonic() < end and not (os.path.exists("out.log") and "/ # " in open("out.log").read()):
            time.sleep(0.05)
        tap.ok("Starting" in open("out.log").read(), "file:PATH")
    with Emu(emu, ["-serial", "null", "-monitor", "stdio"], stdin=subprocess.PIPE,
             stdout=subprocess.PIPE) as child:
        child.stdin.write(b"quit\n")
        child.stdin.flush()
        tap.ok(ends(child, 0), "-monitor stdio: quit")
        child.stdin.close()
        child.stdout.close()


def main():
    emu = os.path.abspath(sys.argv[1])
    tap = Tap()
    if not bare.available():
        print(f"1..0 # SKIP {bare.ASSEMBLER} is not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        bare.build("shell")
        terminal_tests(tap, emu)
        pty_tests(tap, emu)
        socket_tests(tap, emu)
        pipe_tests(tap, emu)
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
