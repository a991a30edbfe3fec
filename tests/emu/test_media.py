#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_media.py EMU

Drives of a PC that is not started: where -hda, -cdrom, -fda, -drive and the bare image go, and what
change, eject and 'info block' of the monitor do.  The firmware is a file of zeros.  TAP."""

import os
import re
import subprocess
import sys
import tempfile

# arguments, lines for the monitor, texts that must come in this order, texts that must not come
CASES = [
    ("defaults", [], ["info block"],
     ["ide1-cd0: [not inserted]", "Removable device: not locked, tray closed", "floppy0: [not inserted]"], ["ide0"]),
    ("nodefaults", ["-nodefaults"], ["info block", "print 42"], ["42"], ["ide", "floppy"]),
    ("bare image", ["disk.img"], ["info block"], ["ide0-hd0: disk.img (format by content), 1048576 bytes"], []),
    ("all places", ["-hda", "disk.img", "-hdd", "d2.img", "-cdrom", "cd.iso", "-fdb", "floppy.img"], ["info block"],
     ["ide0-hd0: disk.img", "ide1-hd1: d2.img", "ide1-cd0: cd.iso (format by content, read-only)",
      "floppy1: floppy.img", "floppy0: [not inserted]"], []),
    ("drive", ["-drive", "file=cd.iso,if=ide,bus=0,unit=1,media=cdrom", "-drive", "if=floppy,file=floppy.img,readonly=on",
               "-drive", "file=disk.img,format=raw,id=main,snapshot=on"], ["info block"],
     ["ide0-cd1: cd.iso", "floppy0: floppy.img (format by content, read-only)",
      "main: disk.img (raw, snapshot), 1048576"], []),
    ("an empty CD-ROM by -drive", ["-nodefaults", "-drive", "if=ide,media=cdrom,index=3"], ["info block"],
     ["ide1-cd1: [not inserted]"], []),
    ("two in one place", ["-hdc", "disk.img", "-cdrom", "cd.iso"], [],
     ["two drives have if=ide and index=2"], []),
    ("change", [], ["change ide1-cd0 cd.iso", "info block", "eject ide1-cd0", "info block",
                    "change floppy0 floppy.img raw read-only", "info block"],
     ["ide1-cd0: cd.iso", "tray closed", "ide1-cd0: [not inserted]", "tray open", "floppy0: floppy.img (raw, read-only)"],
     []),
    ("cards", ["-netdev", "user,id=n0", "-device", "e1000,netdev=n0,id=card,addr=5.0,mac=52:54:00:00:00:09",
               "-drive", "if=none,id=d0,file=disk.img", "-device", "virtio-blk-pci,drive=d0,id=vd,disable-legacy=on",
               "-device", "virtio-rng-pci", "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04,id=exit",
               "-drive", "if=virtio,file=d2.img"],
     ["info qtree", "print 42"],
     ["card e1000", "slot=5", "vd.virtio virtio-blk", "vd virtio-pci", "virtio-rng-pci-0 virtio-pci",
      "exit isa-debug-exit", "virtio0 virtio-pci"], []),
    ("a card for -nic", ["-nic", "user,model=virtio-net-pci,mac=52:54:00:00:00:08"], ["info qtree"],
     ["nic0.virtio virtio-net", "nic0 virtio-pci"], ["e1000"]),
    ("the default card", ["-nic", "user"], ["info qtree"], ["nic0 e1000"], []),
    ("no card", ["-nic", "none"], ["info qtree", "print 42"], ["42"], ["e1000"]),
    ("a slot that is taken", ["-device", "virtio-rng-pci,addr=1.1"], [], ["-device: ", "PCI slot 1 is taken"], []),
    ("no such slot", ["-device", "virtio-rng-pci,addr=40"], [], ["addr '40' is not SLOT or SLOT.FUNCTION"], []),
    ("no such key", ["-device", "virtio-rng-pci,colour=red"], [], ["-device: ", "colour"], []),
    ("no such network", ["-device", "e1000,netdev=n7"], [], ["no network is called 'n7'"], []),
    ("one network, two cards", ["-netdev", "user,id=n", "-device", "e1000,netdev=n", "-device", "e1000,netdev=n"], [],
     ["two devices want the network 'n'"], []),
    ("a network without a card", ["-netdev", "user,id=n"], [], ["-netdev n: no -device uses it"], []),
    ("a console on a chardev", ["-chardev", "null,id=c0", "-device", "virtio-console-pci,chardev=c0,id=con"],
     ["info qtree"], ["con.virtio virtio-console", "chardev=c0"], []),
    ("no such chardev", ["-device", "virtio-console-pci,chardev=c9"], [], ["-device: ", "c9"], []),
    ("ports without a number", ["-device", "isa-debugcon"], [], ["iobase= is missing"], []),
    ("errors", ["-hda", "disk.img"],
     ["change ide0-hd0 cd.iso", "change ide1-cd1 cd.iso", "change ide1-cd0 none.iso", "eject -f",
      "change floppy0 floppy.img raw writable", "info block"],
     ["the medium of 'ide0-hd0' cannot be changed", "unknown drive 'ide1-cd1', did you mean 'ide1-cd0'",
      "cannot open disk image 'none.iso'", "usage: eject", "unknown mode 'writable'", "floppy0: [not inserted]"], []),
]


def make_files(folder):
    for name, size in (("bios.bin", 65536), ("disk.img", 1 << 20), ("d2.img", 1 << 20), ("cd.iso", 400 << 10),
                       ("floppy.img", 1440 << 10)):
        with open(os.path.join(folder, name), "wb") as f:
            f.truncate(size)


def run(emu, args, lines, folder):
    command = [emu, "-M", "pc", "-S", "-bios", "bios.bin", "-display", "none", "-serial", "none",
               "-monitor", "stdio", *args]
    text = "".join(line + "\n" for line in [*lines, "quit"])
    done = subprocess.run(command, cwd=folder, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=60)
    return done.stdout


def check(said, wanted, unwanted):
    said = re.sub(" +", " ", said)
    at = 0
    for text in wanted:
        at = said.find(text, at)
        if at < 0:
            return f"'{text}' is missing"
    return next((f"'{text}' is there" for text in unwanted if text in said), None)


def main():
    emu = os.path.abspath(sys.argv[1])
    good = True
    print(f"1..{len(CASES)}")
    with tempfile.TemporaryDirectory() as folder:
        make_files(folder)
        for n, (name, args, lines, wanted, unwanted) in enumerate(CASES, 1):
            said = run(emu, args, lines, folder)
            wrong = check(said, wanted, unwanted)
            good &= not wrong
            print(f"{'not ok' if wrong else 'ok'} {n} {name}")
            if wrong:
                print("# " + wrong + "\n# " + said.replace("\n", "\n# "))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
