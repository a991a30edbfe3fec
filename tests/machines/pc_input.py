#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: pc_input.py EMU IMAGE

Keyboard and mouse of machine pc through its BIOS: the monitor presses, a boot sector (pc_input.S)
tells what it got.  Scan codes are those of set 1, as INT 16h, AH=10h gives them.  Prints TAP."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time

# what the monitor is told: what the guest then says
STEPS = [
    ("sendkey a 20", ["K 1e61"]),
    ("sendkey shift-a 20", ["K 1e41"]),
    ("sendkey ctrl-a 20", ["K 1e01"]),
    ("sendkey alt-a 20", ["K 1e00"]),
    ("sendkey 1 20", ["K 0231"]),
    ("sendkey shift-1 20", ["K 0221"]),
    ("sendkey ret 20", ["K 1c0d"]),
    ("sendkey esc 20", ["K 011b"]),
    ("sendkey tab 20", ["K 0f09"]),
    ("sendkey spc 20", ["K 3920"]),
    ("sendkey backspace 20", ["K 0e08"]),
    ("sendkey f1 20", ["K 3b00"]),
    ("sendkey f12 20", ["K 8600"]),
    ("sendkey up 20", ["K 48e0"]),
    ("sendkey delete 20", ["K 53e0"]),
    ("sendkey ctrl-right 20", ["K 74e0"]),
    ("sendkey capslock 20", []),
    ("sendkey q 20", ["K 1051"]),
    ("sendkey capslock 20", []),
    ("sendkey q 20", ["K 1071"]),
    ("mouse_move 5 3", ["M 0005fd"]),
    ("mouse_move -7 -20", ["M 00f914"]),
    ("mouse_button 1", ["M 010000"]),
    ("mouse_button 3", ["M 030000"]),
    ("mouse_move 1 0", ["M 030100"]),
    ("mouse_button 0", ["M 000000"]),
    ("sendkey z 20", ["K 2c7a"]),
]


class Guest:
    """emu with the lines that its guest prints."""

    def __init__(self, emu, image, folder):
        path = os.path.join(folder, "monitor")
        self.run = subprocess.Popen(
            [emu, "-M", "pc", "-m", "16", "-hda", image, "-snapshot", "-display", "none",
             "-serial", "stdio", "-monitor", f"unix:{path},server,nowait"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = []
        self.news = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()
        self.monitor = socket.socket(socket.AF_UNIX)
        for _ in range(100):
            try:
                self.monitor.connect(path)
                break
            except OSError:
                time.sleep(0.05)

    def read(self):
        for line in self.run.stdout:
            with self.news:
                self.lines.append(line.decode("latin-1").strip())
                self.news.notify()
        with self.news:
            self.lines.append("(end)")
            self.news.notify()

    def next(self, seconds):
        with self.news:
            self.news.wait_for(lambda: self.lines, seconds)
            return self.lines.pop(0) if self.lines else None

    def tell(self, command):
        self.monitor.sendall(command.encode() + b"\n")


def test(guest):
    line = guest.next(60)
    while line is not None and "READY" not in line and line != "(end)":
        line = guest.next(60)
    if line is None or line == "(end)":
        guest.run.kill()
        why = guest.run.stderr.read().decode().strip()
        print(f"1..0 # SKIP {why}" if "no firmware" in why else f"Bail out! it does not boot {why}")
        return
    print(f"1..{len(STEPS) + 1}")
    print("ok 1 a mouse" if line == "+READY" else f"not ok 1 a mouse: {line}")
    for n, (command, expected) in enumerate(STEPS, 2):
        guest.tell(command)
        got = [guest.next(10) for _ in expected]
        # the key is let go, the mouse's packet is over; the BIOS may drop what comes while it sets lamps
        time.sleep(0.06 if expected else 1)
        with guest.news:
            got += guest.lines
            guest.lines.clear()
        good = got == expected
        print(f"{'ok' if good else 'not ok'} {n} {command}" + ("" if good else f": {got}"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        guest = Guest(sys.argv[1], sys.argv[2], folder)
        try:
            test(guest)
        finally:
            guest.run.kill()
            guest.run.wait()


main()
