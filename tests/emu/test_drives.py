#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_drives.py EMU

What the command says to disks that cannot be: message and exit status.  The kernel is two words that
branch to themselves, so a right command line would run; a run is ended after a moment.  TAP."""

import os
import subprocess
import sys
import tempfile

# arguments, exit status (None: it runs), what standard error says
CASES = [
    (["-drive", "file=missing.img,if=sd"], 66, "-drive file=missing.img,if=sd: cannot open disk image 'missing.img'"),
    (["-sd", "missing.img"], 66, "-sd missing.img: cannot open disk image 'missing.img'"),
    (["-hda", "missing.img"], 66, "-hda missing.img: cannot open"),
    (["-drive", "file=.,if=sd,readonly=on"], 65, "'.' is neither a file nor a disk"),
    (["-drive", "file=disk.img,if=flop"], 64, "unknown interface 'flop'; there are: scsi, sd, pflash"),
    (["-drive", "file=disk.img,if=floppy"], 64, "no place for a disk with if=floppy and index=0"),
    (["-fda", "missing.img"], 66, "-fda missing.img: cannot open"),
    (["-cdrom", "disk.img"], 64, "-cdrom disk.img: no CD-ROM drive with if=scsi"),
    (["-drive", "file=disk.img,media=tape"], 64, "media 'tape' is neither 'disk' nor 'cdrom'"),
    (["-drive", "file=disk.img,if=scsi,bus=0,unit=1"], None, ""),
    (["-drive", "file=disk.img,if=scsi,bus=9,unit=1"], 64, "no place for a disk with if=scsi and index=64"),
    (["-drive", "file=disk.img,redonly=on"], 64, "unknown key 'redonly', did you mean 'readonly'?"),
    (["-drive", "file=disk.img,readonly=maybe"], 64, "'maybe' is neither 'on' nor 'off'"),
    (["-drive", "file=disk.img,format=vdi"], 64, "unknown format 'vdi'; there are: qcow2, raw"),
    (["-drive", "file=disk.img,cache=writeback2"], 64, "unknown cache mode 'writeback2'; there are: writeback, none"),
    (["-drive", "file=disk.img,discard=maybe"], 64, "unknown discard mode 'maybe'"),
    (["-drive", "file=disk.img,aio=fast"], 64, "unknown kind of aio 'fast'"),
    (["-drive", "if=sd"], 64, "file= is missing"),
    (["-drive", "file=disk.img,index=x"], 64, "index 'x' is not a number"),
    (["-drive", "file=disk.img,if=sd,index=0,readonly=on", "-drive", "file=disk.img,if=sd,index=0,readonly=on"],
     64, "two drives have if=sd and index=0"),
    (["-drive", "file=disk.img,id=a,readonly=on", "-drive", "file=disk.img,id=a,readonly=on"], 64,
     "two drives have the id 'a'"),
    (["-drive", "file=disk.img", "-drive", "file=disk.img,if=sd"], 69, "is in use by another process"),
    (["-drive", "file=disk.img,if=virtio"], None, ""),          # a card in a slot of its PCI bus
    (["-drive", "file=disk.img,if=ide"], 64,
     "the board 'versatilepb' has no place for a disk with if=ide and index=0"),
    (["-drive", "file=disk.img,if=sd,index=2"], 64, "no place for a disk with if=sd and index=2"),
    (["-drive", "file=vdi.img"], 65, "disk image 'vdi.img' is a vdi one, which emu cannot read; format=raw"),
    (["-drive", "file=vdi.img,format=raw,if=sd"], None, ""),
    (["-drive", "file=qcow2.img"], 65, "disk image 'qcow2.img': qcow2 version 1381451346 is not known"),
    (["-drive", "file=disk.img,format=qcow2"], 65, "disk image 'disk.img': it is not a qcow2 one"),
    (["-drive", "file=disk.img,if=sd,cache=none,discard=unmap,aio=native,werror=stop"], None, ""),
    (["-pflash", "large.img"], 65, "the flash only 67108864"),
    (["-drive", "file=a,,b.img,if=sd"], None, ""),
    (["-drive", "file=disk.img,if=none,id=x"], None, ""),
    (["-drive", "file=disk.img,readonly=on", "-sd", "a,b.img", "-pflash", "flash.img"], None, ""),
    (["-hda", "a,b.img", "disk.img"], None, ""),
]


def make_files(folder):
    with open(os.path.join(folder, "kernel.bin"), "wb") as f:
        f.write(b"\xfe\xff\xff\xea" * 2)
    for name, start, size in (("disk.img", b"", 1 << 20), ("a,b.img", b"", 1 << 20), ("qcow2.img", b"QFI\xfbRWFR", 1 << 20),
                              ("vdi.img", bytes(64) + b"\x7f\x10\xda\xbe", 1 << 20),
                              ("large.img", b"", 65 << 20),
                              ("flash.img", b"", 4096)):
        with open(os.path.join(folder, name), "wb") as f:
            f.write(start)
            f.truncate(size)


def run(emu, args, folder):
    command = [emu, "-M", "versatile", "-kernel", "kernel.bin", "-nographic", "-nic", "none", *args]
    child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True)
    try:
        said = child.communicate(timeout=1)[1]
        return child.returncode, said
    except subprocess.TimeoutExpired:
        child.kill()
        return None, child.communicate()[1]


def main():
    emu = os.path.abspath(sys.argv[1])
    good = True
    print(f"1..{len(CASES)}")
    with tempfile.TemporaryDirectory() as folder:
        make_files(folder)
        for n, (args, status, text) in enumerate(CASES, 1):
            got, said = run(emu, args, folder)
            ok = got == status and text in said
            good &= ok
            print(f"{'ok' if ok else 'not ok'} {n} {' '.join(args)}")
            if not ok:
                print(f"# status {got} instead of {status}: {said.strip()}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
