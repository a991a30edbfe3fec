#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs emu with a debugger attached that sets no breakpoint: for benchmarks.

usage: attached.py EMU [its arguments...]

This process becomes emu; its child is the debugger, which says `continue` and waits.
"""
import os
import socket
import sys
import tempfile
import time


def debugger(path):
    s = socket.socket(socket.AF_UNIX)
    while True:
        try:
            s.connect(path)
            break
        except (FileNotFoundError, ConnectionRefusedError):
            time.sleep(0.005)
    os.unlink(path)
    os.rmdir(os.path.dirname(path))
    for body in (b"qSupported:multiprocess+", b"?", b"vCont;c"):
        s.sendall(b"+$" + body + b"#%02x" % (sum(body) & 255))
        time.sleep(0.02)
    while s.recv(4096):
        pass


def main():
    path = tempfile.mkdtemp() + "/gdb"
    emu = os.getpid()
    if os.fork() == 0:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(1, 2)
        while os.getppid() == emu and not os.path.exists(path):
            time.sleep(0.005)
        if os.getppid() == emu:
            debugger(path)
        os._exit(0)
    os.execvp(sys.argv[1], sys.argv[1:] + ["-S", "-gdb", "unix:" + path])


if __name__ == "__main__":
    main()
