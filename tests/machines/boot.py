#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: boot.py EMU CASE...

Boots real guests and reads their serial line.  The KIT-* lines of tests/guests/init.sh must have
the values that every architecture gives.  Prints TAP, one line a check.  Guests come from the cache
of tests/guests/make; where one is missing the case is skipped and says so.

In the arguments, {guest}/file is a file of the cache, {copy:guest}/file a copy of it that the guest
may write (and whose file system is checked afterwards), {qcow2:guest}/file the same as qcow2, {disk} an ext2 image of 8 MiB, {port} a web
server's on this host, {log} the log of -d stats (the case runs twice then, and must do the same to
the instruction), {screen} where the screen is saved, {monitor} a socket on which KEYS are
typed when the guest asks for it."""

import hashlib
import http.server
import os
import re
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import pc_cases

HERE = os.path.dirname(os.path.abspath(__file__))
SUM = "e071f707df7bbeee2a6a1eb48011ddd0"
KIT = [
    rf"KIT-SUM1 {SUM}",
    r"KIT-SUM2 f6351f5ead9a700e34275480b3856ea738122a7c57bdeb744a631251c069587a",
    rf"KIT-SUM3 {SUM}",
    r"KIT-FPU  6\.236678025062403e\+00",
    r"KIT-INT  30694",
    r"KIT-FIND \d\d+ links",
    r"KIT-LOOP 200",
]
DISK_SUM = "4f299e277a85c66f5df5b28e82aec443"
NET = [r"KIT-DHCP 10\.0\.2\.15", r"KIT-PING ok", r"KIT-WGET {page}"]


def disk(name):
    """What the guest says of the disk, read and rewritten."""
    return [rf"KIT-DISK {name} {DISK_SUM}", rf"KIT-DISK {name} {DISK_SUM}  - rewritten"]


KEYS = ["h", "e", "l", "l", "o", "spc", "shift-w", "1", "backspace", "2", "ret"]
TYPED = r"KIT-KEYS hello W2\r"

VERSATILE = ["-M", "versatile", "-cpu", "arm", "-kernel", "{versatile-kernel}/zImage-dtb",
             "-initrd", "{armel-initrd}/initrd.cpio.gz", "-nographic", "-no-reboot"]
VIRT = ["-M", "virt", "-cpu", "cortex-a15", "-m", "256", "-kernel", "{armhf-kernel}/vmlinuz",
        "-initrd", "{armhf-initrd}/initrd.cpio.gz", "-nographic", "-no-reboot"]
VIRTIO = ["-M", "virt", "-cpu", "cortex-a15", "-m", "256", "-kernel", "{armhf-kernel}/vmlinuz",
          "-initrd", "{armhf-virtio-initrd}/initrd.cpio.gz", "-nographic", "-no-reboot"]
INSTALLER = ["-M", "virt", "-cpu", "cortex-a15", "-m", "512", "-kernel", "{armhf-kernel}/vmlinuz",
             "-initrd", "{armhf-installer}/initrd.gz", "-nographic",
             "-append", "console=ttyAMA0 priority=low"]
NET_WORDS = "kitnet kitwget={port}"
INTERP = ["-accel", "interp"]

# name: (arguments, what the serial line must say, seconds, exit status; None: ended by us)
CASES = {
    "versatile": (VERSATILE + ["-append", "console=ttyAMA0"],
                  KIT + [r"GUEST-OK armv5tejl"], 120, 0),
    "versatile-interp": (VERSATILE + ["-append", "console=ttyAMA0"] + INTERP,
                         KIT + [r"GUEST-OK armv5tejl"], 900, 0),
    # everything plugged in; the card's wires as this kernel has them (machines/versatile.c)
    "versatile-devices": (VERSATILE + ["-append", f"console=ttyAMA0 {NET_WORDS}", "-M",
                                       "versatile,mmc-irqs=linux", "-sd", "{disk}"],
                          disk("mmcblk0") + NET + [r"GUEST-OK armv5tejl"], 120, 0),
    "versatile-scsi": (VERSATILE + ["-append", "console=ttyAMA0", "-hda", "{disk}"],
                       disk("sda") + [r"GUEST-OK armv5tejl"], 120, 0),
    "versatileab": (["-M", "versatileab", "-kernel", "{versatile-kernel}/zImage",
                     "-dtb", "{versatile-kernel}/versatile-ab.dtb",
                     "-initrd", "{armel-initrd}/initrd.cpio.gz", "-nographic", "-no-reboot",
                     "-append", "console=ttyAMA0", "-hda", "{disk}"],
                    disk("mmcblk0") + [r"GUEST-OK armv5tejl"], 120, 0),
    "versatile-screen": (VERSATILE + ["-append", "console=tty0 console=ttyAMA0 kithold",
                                      "-screenshot", "{screen}"],
                         [r"GUEST-OK armv5tejl"], 120, 0),
    "versatile-keys": (VERSATILE + ["-append", "console=ttyAMA0 kitkeys",
                                    "-monitor", "unix:{monitor},server,nowait"],
                       [TYPED, r"GUEST-OK armv5tejl"], 120, 0),
    "virt": (VIRT + ["-append", "console=ttyAMA0 kitoff"], KIT + [r"GUEST-OK armv7l"], 120, 0),
    "virt-smp": (VIRT + ["-append", "console=ttyAMA0 kitoff", "-smp", "4"],
                 KIT + [r"Brought up 1 node, 4 CPUs", r"GUEST-OK armv7l"], 150, 0),
    # time is a count of instructions: the same again, whatever else this host does
    "virt-icount": (VIRT + ["-append", "console=ttyAMA0", "-icount", "shift=auto",
                            "-d", "stats", "-D", "{log}"], KIT + [r"GUEST-OK armv7l"], 240, 0),
    # somebody types into the shell, in real time
    "virt-shell": (VIRT + ["-append", "console=ttyAMA0 kitshell quiet", "--expect", "/ # ",
                           "--send", "uname -a\\n", "--expect", "Linux .*armv7l GNU/Linux",
                           "--expect", "/ # ", "--send", "echo $((6 * 7))\\n", "--expect", "42"],
                   [r"Linux .*armv7l GNU/Linux", r"\n42"], 120, 0),
    # the guest fills its RAM (the last -m counts)
    "virt-memory": (VIRT + ["-m", "128", "-append", "console=ttyAMA0 kitshell", "--ci",
                            "--expect", "GUEST-OK", "--send", "\\n", "--expect", "# ", "--send",
                            "mkdir /t; mount -t tmpfs -o size=90% t /t;"
                            "dd if=/dev/zero of=/t/fill bs=1M count=84\\n",
                            "--expect", "84.0 records out"],
                    [r"84\+0 records out"], 120, 0),
    "virt-interp": (VIRT + ["-append", "console=ttyAMA0"] + INTERP,
                    KIT + [r"GUEST-OK armv7l"], 900, 0),
    "virt-devices": (VIRTIO + ["-append", f"console=ttyAMA0 kitoff {NET_WORDS}", "-hda", "{disk}"],
                     disk("vda") + NET + [r"GUEST-OK armv7l"], 120, 0),
    "virt-installer": (INSTALLER, [r"Choose language"], 240, None),
    "virt-installer-interp": (INSTALLER + INTERP, [r"Choose language"], 1800, None),
    **pc_cases.cases(KIT, disk, NET, NET_WORDS),
}


PEAK_MIB = {"virt-memory": 128 + 100}          # of the emulator's own memory


class Missing(LookupError):
    """Something that the case needs is not here."""


# ---- what a case needs ----

def make_disk(folder):
    """An ext2 image with 1 MiB of known data in /data.bin."""
    if not shutil.which("mke2fs") or not shutil.which("e2fsck"):
        raise Missing("e2fsprogs is not installed")
    files = os.path.join(folder, "files")
    os.mkdir(files)
    x, data = 1, bytearray()
    for _ in range(1 << 20):
        x = (x * 1103515245 + 12345) & 0xffffffff
        data.append(x >> 16 & 255)
    with open(os.path.join(files, "data.bin"), "wb") as f:
        f.write(data)
    image = os.path.join(folder, "disk.img")
    subprocess.run(["mke2fs", "-q", "-t", "ext2", "-I", "256", "-b", "1024", "-O", "none,filetype",
                    "-d", files, image, "8192"], check=True, stdout=subprocess.DEVNULL)
    return image


def check_disk(image, folder):
    """Is the file system sound and the guest's copy the same?"""
    sound = subprocess.run(["e2fsck", "-fn", image], capture_output=True, check=False).returncode == 0
    copy = os.path.join(folder, "copy.bin")
    subprocess.run(["debugfs", "-R", f"dump /copy.bin {copy}", image], capture_output=True, check=False)
    with open(copy, "rb") as f:
        same = hashlib.md5(f.read()).hexdigest() == DISK_SUM
    return [("the file system is sound", sound), ("the guest's copy is on the disk", same)]


class Page(http.server.BaseHTTPRequestHandler):
    """300 KB that no other server has."""
    text = os.urandom(300000)

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.text)))
        self.end_headers()
        self.wfile.write(self.text)

    def log_message(self, *args):
        pass


def start_server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def png_pixels(path):
    """Width, height and rows of (red, green, blue) of an 8-bit RGB PNG."""
    with open(path, "rb") as f:
        data = f.read()
    at, packed, size = 8, b"", (0, 0)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
            if body[8:10] != b"\x08\x02":
                raise ValueError("not 8-bit RGB")
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    width, height = size
    raw, rows, last = zlib.decompress(packed), [], bytearray(3 * width)
    for y in range(height):
        line = bytearray(raw[y * (3 * width + 1):(y + 1) * (3 * width + 1)])
        last = unfilter(line[0], line[1:], last)
        rows.append([tuple(last[i:i + 3]) for i in range(0, 3 * width, 3)])
    return width, height, rows


def unfilter(kind, line, up):
    for i, byte in enumerate(line):
        a, b, c = line[i - 3] if i >= 3 else 0, up[i], up[i - 3] if i >= 3 else 0
        if kind == 4:
            p = a + b - c
            near = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
        else:
            near = (0, a, b, (a + b) // 2)[kind]
        line[i] = (byte + near) & 255
    return line


def check_screen(path):
    """Tux above grey text on black, in the right colours."""
    width, height, rows = png_pixels(path)
    pixels = [p for row in rows for p in row]
    logo = [p for row in rows[:80] for p in row[:80]]
    yellow = sum(r > 200 and g > 150 and b < 80 for r, g, b in logo)
    white = sum(r > 230 and g > 230 and b > 230 for r, g, b in logo)
    grey = sum(abs(r - 170) < 9 and abs(g - 170) < 9 and abs(b - 170) < 9 for r, g, b in pixels)
    black = sum(p == (0, 0, 0) for p in pixels)
    return [(f"the screen has 800 x 600 ({width} x {height})", (width, height) == (800, 600)),
            (f"Tux has a yellow beak and feet ({yellow})", yellow > 100),
            (f"Tux has a white belly ({white})", white > 200),
            (f"the text is grey ({grey})", 2000 < grey < len(pixels) // 3),
            (f"on black ({black})", black > len(pixels) // 2)]


def instructions(path):
    """How many were run, from the log of -d stats."""
    with open(path, encoding="utf-8") as f:
        found = re.search(r"instructions run +(\d+)", f.read())
    return int(found.group(1)) if found else 0


def type_keys(path):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(path)
        for key in KEYS:
            s.sendall(f"sendkey {key} 20\n".encode())
            time.sleep(0.1)


# ---- one case ----

class Case:
    def __init__(self, emu, name, cache, folder):
        self.emu = emu
        args, self.wanted, self.limit, self.status = CASES[name]
        self.folder, self.cache, self.peak = folder, cache, PEAK_MIB.get(name)
        self.disk, self.screen, self.port, self.monitor, self.log = None, None, None, None, None
        self.copies = []
        self.args = [self.fill_in(a) for a in args]
        page = hashlib.md5(Page.text).hexdigest()
        self.wanted = [w.replace("{page}", page) for w in self.wanted]

    def fill_in(self, arg):
        return re.sub(r"\{([a-z0-9:-]+)\}(/[^ ,]*)?", lambda m: self.value(m.group(1), m.group(2) or ""), arg)

    def value(self, name, rest):
        if name == "disk":
            self.disk = make_disk(self.folder)
            return self.disk
        if name == "screen":
            self.screen = os.path.join(self.folder, "screen.png")
            if not os.path.exists(os.path.join(self.cache, "versatile-kernel/with-screen")):
                raise Missing("the kernel in the cache is a ready-built one without a screen driver")
            return self.screen
        if name == "log":
            self.log = os.path.join(self.folder, "log")
            return self.log
        if name == "monitor":
            self.monitor = os.path.join(self.folder, "monitor")
            return self.monitor
        if name == "port":
            self.port = self.port or start_server()
            return str(self.port)
        kind, _, guest = name.rpartition(":")
        path = os.path.join(self.cache, guest) + rest
        if not os.path.exists(path):
            raise Missing(f"guest {guest} is not in the cache; tests/guests/make {guest}")
        return self.make_copy(kind, path) if kind else path

    def make_copy(self, kind, path):
        """Of a disk image, for the guest to write on."""
        copy = os.path.join(self.folder, f"copy{len(self.copies)}.{kind}")
        if kind == "qcow2":
            subprocess.run([self.emu, "img", "convert", "-O", "qcow2", path, copy], check=True)
        else:
            subprocess.run(["cp", "--sparse=always", path, copy], check=True)
        self.copies.append((kind, copy))
        return copy

    def run(self):
        """The serial output and the exit status (None: ended by us after the last line was seen)."""
        child = subprocess.Popen([self.emu] + self.args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT)
        os.set_blocking(child.stdout.fileno(), False)
        text, end = b"", time.monotonic() + self.limit
        while time.monotonic() < end:
            text += child.stdout.read() or b""
            if child.poll() is not None:
                text += child.stdout.read() or b""
                break
            if self.monitor and b"KIT-TYPE" in text:
                type_keys(self.monitor)
                self.monitor = None
            if self.status is None and re.search(self.wanted[-1].encode(), text):
                break
            time.sleep(0.05)
        status = child.poll()
        if status is None:
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
        return text.decode("utf-8", "replace"), status

    def checks(self, text, status):
        """(what, whether it is so) for each."""
        yield from ((w, re.search(w, text) is not None) for w in self.wanted)
        if self.status is not None:
            yield f"exit status {self.status} (it was {status})", status == self.status
        if self.disk:
            yield from check_disk(self.disk, self.folder)
        for kind, copy in self.copies:
            yield from pc_cases.check_copy(self.emu, kind, copy, self.folder)
        if self.screen:
            yield from check_screen(self.screen)
        if self.log:
            yield from self.check_again(text)
        if self.peak:
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            yield f"at most {self.peak} MiB of memory ({peak:.0f})", peak <= self.peak

    def check_again(self, text):
        """A second run, while every processor of this host is busy with something else as well."""
        first = instructions(self.log)
        others = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
                  for _ in range(os.cpu_count() or 1)]
        try:
            again, _ = self.run()
        finally:
            for child in others:
                child.kill()
                child.wait()
        yield "the serial line says the same again", again == text
        second = instructions(self.log)
        yield f"{first} instructions, and {second} again", first == second and first > 0


def check(name, emu, cache, first):
    """Runs one case; prints its TAP lines; how many, and whether all is well."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            case = Case(emu, name, cache, folder)
        except Missing as e:
            print(f"ok {first} {name} # SKIP {e}")
            return 1, True
        text, status = case.run()
        n, good = first, True
        for what, ok in case.checks(text, status):
            good &= ok
            print(f"{'ok' if ok else 'not ok'} {n} {name}: {what}")
            n += 1
    if not good:
        for line in text.splitlines()[-40:]:
            print(f"# {line}")
    sys.stdout.flush()
    return n - first, good


def main():
    emu, *names = sys.argv[1:]
    cache = subprocess.run([os.path.join(HERE, "../guests/make"), "--where"], check=True,
                           capture_output=True, text=True).stdout.strip()
    n, good = 1, True
    for name in names or list(CASES):
        done, ok = check(name, emu, cache, n)
        n += done
        good &= ok
    print(f"1..{n - 1}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
