# SPDX-License-Identifier: MIT
"""The PC's cases of boot.py: what each boots and what it must say on the serial line or the screen."""

import os
import shutil
import subprocess

SECTOR = 512


def pc(cpu="x86", memory=256):
    return ["-M", "pc", "-cpu", cpu, "-m", str(memory), "-nographic", "-no-reboot"]


def kernel(arch, initrd, file, words, memory=256):
    return pc(memory=memory) + ["-kernel", f"{{{arch}-kernel}}/linux", "-initrd", f"{{{arch}-{initrd}}}/{file}",
                                "-append", f"console=ttyS0 {words}"]


def installer(arch, *more):
    return kernel(arch, "installer", "initrd.gz", "priority=low", 1024) + list(more)


def smp_stress(seconds, cpus, patience):
    guest = kernel("amd64", "smp-initrd", "initrd.cpio.gz", f"kitstress={seconds}", 512)
    return (guest + ["-smp", str(cpus)],
            [rf"KIT-CPUS {cpus}", r"STRESS-OK", r"KIT-COMPLAINTS 0", r"GUEST-OK x86_64"], patience, 0)


def steps(*pairs):
    """--expect and --send in turn."""
    return [a for pair in pairs for a in pair]


def login(*commands):
    """Logs in on the serial line and types the commands, each after a prompt."""
    out = [("--expect", "kit login: "), ("--send", "root\\n")]
    for c in commands:
        out += [("--expect", "# "), ("--send", c + "\\n")]
    return out


def disk_case(arch, kind, machine):
    """GRUB, kernel, login; what was written is there after a reboot."""
    args = ["-M", "pc", "-cpu", "x86", "-m", "256", "-nographic"]
    args += [f"{{{kind}:{arch}-disk}}/disk.img"]
    args += steps(*login("echo kept-$((6*7)) >/root/kept; sync; reboot"),
                  ("--expect", "KIT-DISK-START 2 " + machine),
                  *login("cat /root/kept; poweroff"), ("--expect", "kept-42"))
    args += ["--expect", "Power down"]
    return args, [r"GNU GRUB", rf"KIT-DISK-START 1 {machine}", rf"KIT-DISK-START 2 {machine}",
                  r"\nkept-42"], 240, 0


def screen_case(args, *texts, seconds=60, memory=64):
    """Boots until the screen has shown each text."""
    expect = [a for t in texts for a in ("--expect@screen", t)]
    return pc(memory=memory) + args + expect, [], seconds, 0


def installer_screen(arch, words):
    return screen_case(["-kernel", f"{{{arch}-kernel}}/linux", "-initrd", f"{{{arch}-installer}}/initrd.gz",
                        "-append", f"priority=low vga=normal {words}"], "Choose language", seconds=300,
                       memory=1024)


def cases(kit, disk, net, net_words):
    kit86 = [k.replace("403e", "404e") if "KIT-FPU" in k else k for k in kit]     # x87: 80 bits
    return {
        "pc-i386": (kernel("i386", "initrd", "initrd.cpio.gz", "kitoff"),
                    kit86 + [r"GUEST-OK i686"], 120, 0),
        "pc-amd64": (kernel("amd64", "initrd", "initrd.cpio.gz", "kitoff"),
                     kit + [r"GUEST-OK x86_64"], 120, 0),
        # several processors: each boots, does the same sums, and does to the others what it can
        "pc-smp": (kernel("amd64", "initrd", "initrd.cpio.gz", "kitoff") + ["-smp", "8"],
                   kit + [r"Brought up 1 node, 8 CPUs", r"GUEST-OK x86_64"], 150, 0),
        "pc-smp-stress": smp_stress(15, 4, 150), "pc-smp-stress-long": smp_stress(1800, 4, 2400),
        # the kernel waits for timer ticks in a loop that leaves its block in the middle
        "pc-icount": (kernel("amd64", "initrd", "initrd.cpio.gz", "kitoff quiet") +
                      ["-icount", "shift=auto", "-d", "stats", "-D", "{log}"],
                      kit + [r"GUEST-OK x86_64"], 240, 0),
        "pc-devices": (kernel("amd64", "pc-initrd", "initrd.cpio.gz", f"kitoff {net_words}") +
                       ["-hda", "{disk}"], disk("sda") + net + [r"GUEST-OK x86_64"], 150, 0),
        "pc-virtio": (kernel("amd64", "pc-initrd", "initrd.cpio.gz", f"kitoff {net_words}") +
                      ["-drive", "if=virtio,file={disk},format=raw", "-nic", "user,model=virtio-net-pci",
                       "-device", "virtio-rng-pci"], disk("vda") + net + [r"GUEST-OK x86_64"], 150, 0),
        "pc-disk-i386": disk_case("i386", "copy", "i686"),
        "pc-disk-amd64": disk_case("amd64", "qcow2", "x86_64"),
        "pc-installer-i386": (installer("i386"), [r"Choose language"], 300, None),
        "pc-installer-amd64": (installer("amd64"), [r"Choose language"], 300, None),
        "pc-installer-text": installer_screen("i386", "nomodeset fb=false"),
        "pc-installer-pixels": installer_screen("amd64", ""),
        "pc-grub-cd": screen_case(["-cdrom", "{grub-rescue}/grub-rescue-cdrom.iso"], "GNU GRUB"),
        "pc-grub-floppy": screen_case(["-fda", "{grub-rescue}/grub-rescue-floppy.img"], "GNU GRUB"),
        "pc-ipxe": screen_case(["-cdrom", "{ipxe}/ipxe.iso"], "iPXE", "10\\.0\\.2\\.15", seconds=120),
        "pc-memtest": screen_case(["-kernel", "{memtest}/memtest86+ia32.bin"], "Pass: +1 +Errors: 0",
                                  seconds=600),
    }


def partition(image, folder):
    """The first partition of a raw disk, as a file of its own."""
    out = os.path.join(folder, "partition")
    with open(image, "rb") as f:
        f.seek(446 + 8)
        first = int.from_bytes(f.read(4), "little")
        size = int.from_bytes(f.read(4), "little")
        f.seek(first * SECTOR)
        with open(out, "wb") as o:
            shutil.copyfileobj(f, o, 1 << 20)
            o.truncate(size * SECTOR)
    return out


def check_copy(emu, kind, copy, folder):
    """Is the image sound, and the file system in it?"""
    if kind == "qcow2":
        ok = subprocess.run(["qemu-img", "check", copy], capture_output=True, check=False).returncode == 0
        yield "qemu-img check is content", ok
        raw = os.path.join(folder, "raw.img")
        subprocess.run([emu, "img", "convert", "-O", "raw", copy, raw], check=True)
        copy = raw
    fsck = subprocess.run(["e2fsck", "-fn", partition(copy, folder)], capture_output=True, check=False)
    yield "e2fsck -f is content", fsck.returncode == 0
