#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: mkinitramfs.py BUSYBOX INIT OUT.cpio.gz [MODULE...]

An initramfs with one static busybox and an /init, as a newc cpio archive (the kernel's
Documentation/driver-api/early-userspace/buffer-format.rst).  Written here rather than by cpio so
that device nodes need no root, and the same input gives the same bytes.  Kernel modules go to
/lib/modules, with their order in the file `order`."""

import gzip
import os
import stat
import sys


def entry(name, mode, data=b"", rdev=(0, 0), ino=[0]):
    ino[0] += 1
    fields = [ino[0], mode, 0, 0, 1, 0, len(data), 0, 0, *rdev, len(name) + 1, 0]
    head = b"070701" + b"".join(b"%08X" % f for f in fields)
    out = head + name.encode() + b"\0"
    out += b"\0" * (-len(out) % 4) + data
    return out + b"\0" * (-len(out) % 4)


def contents(path):
    with open(path, "rb") as f:
        return f.read()


def main():
    busybox, init, out, *modules = sys.argv[1:]
    binary, script = contents(busybox), contents(init)
    folders = ("bin", "dev", "proc", "sys", "tmp", "mnt", "lib", "lib/modules")
    parts = [entry(d, stat.S_IFDIR | 0o755) for d in folders]
    names = [os.path.basename(m) for m in modules]
    parts += [entry(f"lib/modules/{n}", stat.S_IFREG | 0o644, contents(m)) for n, m in zip(names, modules)]
    parts += [
        entry("bin/busybox", stat.S_IFREG | 0o755, binary),
        entry("bin/sh", stat.S_IFLNK | 0o777, b"busybox"),
        entry("dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1)),
        entry("dev/null", stat.S_IFCHR | 0o666, rdev=(1, 3)),
        entry("init", stat.S_IFREG | 0o755, script),
        entry("lib/modules/order", stat.S_IFREG | 0o644, "\n".join(names).encode()),
        entry("TRAILER!!!", 0),
    ]
    with open(out, "wb") as f:
        f.write(gzip.compress(b"".join(parts), 9, mtime=0))


if __name__ == "__main__":
    main()
