#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random command lines, made from the table of options and then damaged.

usage: fuzz_command.py EMU SOURCE [--seconds N] [--seed S]

A finding is an emu that ends by a signal, an assertion or a sanitizer, with a status that is not
documented, that fails and says nothing, or that does not end within a second of SIGTERM.  Build with
-Db_sanitize=address,undefined for a long run.
"""
import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../emu"))
import test_errors  # noqa: E402

RUNS = 0.25                 # a machine that starts may run so long
ENDS_WITHIN = 10            # much more than the second that is promised: sanitizers, a loaded host
DOCUMENTED = set(range(64)) | {64, 65, 66, 69, 100, 101, 102, 103, 104, 106, -signal.SIGTERM}

FILES = ["good.elf", "empty", "mips.elf", "short.elf", "kernel.gz", "disk.img", "initrd.cpio", "board.dtb",
         "short.zImage", "bad.uImage", "missing", ".", "bad.script", ""]
WORDS = {
    "M": ["versatilepb", "versatileab", "versatile", "virt", "virt,gic=2", "versatilepb,accel=jit",
          "virt,rng=on", "virt,usb=off", "help", "none"],
    "cpu": ["arm", "arm926", "cortex-a15", "cortex-a7", "arm1176", "help", "z80"],
    "m": ["64", "128M", "1G", "0", "4095", "1K", "18446744073709551615", "size=32M"],
    "smp": ["1", "2", "8", "64", "cpus=2,cores=2", "2,maxcpus=1"],
    "icount": ["shift=0", "shift=10", "auto", "3,align=off", "shift=auto,sleep=on"],
    "rtc": ["base=utc", "base=localtime", "base=2020-02-29", "clock=vm", "base=9999-12-31T23:59:60"],
    "accel": ["jit", "interp", "tcg,thread=multi", "kvm"],
    "serial": ["null", "none", "stdio", "mon:stdio", "stdout", "pty", "file:out", "unix:s,server,nowait",
               "unix:s2,server", "tcp::0,server,nowait", "chardev:a", "mon:null", "mon:mon:null"],
    "chardev": ["null,id=a", "stdio,id=a,mux=on", "file,id=a,path=f", "pty,id=b",
                "socket,id=a,path=s3,server=on,wait=off", "socket,id=c,port=0,host=localhost"],
    "monitor": ["none", "null", "stdio", "chardev:a", "unix:m,server,nowait"],
    "drive": ["file=disk.img,if=scsi,format=raw", "file=disk.img,if=sd", "file=empty,if=pflash",
              "file=disk.img,if=virtio,readonly=on", "if=none,id=x"],
    "nic": ["user", "none", "user,hostfwd=tcp::0-:22"], "net": ["none", "nic", "user"],
    "netdev": ["user,id=n"], "display": ["none", "sdl"], "d": ["guest,unimp", "int", "map", "help", "ir:fold"],
    "dfilter": ["0x10000..0x20000", "0+1", "5-5", "0..18446744073709551615"],
    "gdb": ["tcp::0", "unix:g", "tcp:localhost:0"], "device": ["pl011", "virtio-blk,drive=x", "help"],
    "global": ["pl011.chardev=serial0", "uart0.x=1", "pl011", "="], "name": ["a", "guest=b,process=c", "&<"],
    "expect": ["h", "(", "[a-z]+$", "(?s).*x", ".*" * 20], "send": ["a\\n", "\\x41", "\\", "x" * 300],
    "fail-on": ["panic", "none", "^", "*"], "script": ["bad.script", "good.script", "missing"],
    "timeout": ["0.1", "1e-9", "nan", "-1", "1e9"], "vtimeout": ["0.1", "1e-9", "1"],
    "idle-timeout": ["0.01", "1"], "screenshot": ["s.png", "s.png@fail", "@end", "t@fail@end"],
    "junit": ["out.xml", "."], "artifacts": ["a", "a/b", "empty/c"], "pidfile": ["pid", "."], "D": ["log"],
    "append": ["console=ttyAMA0", "x" * 3000, ""], "semihosting-config": ["enable=on,target=native"],
    "audio": ["none"],
}


class Fuzzer:
    def __init__(self, rng, options):
        self.r, self.options = rng, options

    def damaged(self, text):
        """Never a name that leads out of the folder."""
        r, s = self.r, text
        for _ in range(r.choice([0, 0, 0, 0, 1, 2])):
            at = r.randrange(len(s) + 1)
            what = r.randrange(5)
            if what == 0:
                s = s[:at] + s[at + 1:]
            elif what == 1:
                s = s[:at] + chr(r.randrange(1, 0x250)) + s[at:]
            elif what == 2:
                s = s[:at] + r.choice([",", "=", ":", "@", "%s", "-", "0", "on", ",,", "\n", "99999999999"]) + s[at:]
            elif what == 3:
                s = s + s[:at]
            else:
                s = s[:at]
        return s if s.count("/") == text.count("/") and ".." not in s else text

    def value(self, name):
        r = self.r
        if name in WORDS and r.random() < 0.9:
            return self.damaged(r.choice(WORDS[name]))
        if r.random() < 0.7:
            return self.damaged(r.choice(FILES))
        return self.damaged(r.choice(r.choice(list(WORDS.values()))))

    def option(self):
        o = self.r.choice(self.options)
        name = self.damaged(o.name) if self.r.random() < 0.1 else o.name
        if self.r.random() < 0.05:
            name += "@" + self.r.choice(["serial0", "serial1", "screen", "serial99", ""])
        flag = self.r.choice(["-", "--"]) + name
        if not o.arg:
            return [flag]
        if flag.startswith("--") and self.r.random() < 0.3:
            return [flag + "=" + self.value(o.name)]
        return [flag, self.value(o.name)]

    def command(self):
        r = self.r
        if r.random() < 0.02:
            return ["list"] + [self.damaged(r.choice(["machines", "cpus", "--json", "devices"]))
                               for _ in range(r.randrange(4))]
        args = []
        if r.random() < 0.9:
            args += ["-M", self.value("M") if r.random() < 0.2 else r.choice(["versatilepb", "virt"])]
        if r.random() < 0.9:
            args += ["-kernel", "good.elf"]
        for _ in range(r.choice([0, 1, 1, 2, 2, 3, 5, 8])):
            at = r.randrange(len(args) + 1) if r.random() < 0.2 else len(args)
            args[at:at] = self.option()
        if r.random() < 0.05:
            args.append(self.damaged(r.choice(FILES)))
        return [a.replace("\0", "") for a in args]


def run(emu, args):
    """None, or what is wrong."""
    with open("err", "wb") as err:
        child = subprocess.Popen([emu] + args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=err, env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
        try:
            child.wait(RUNS)
        except subprocess.TimeoutExpired:
            child.terminate()
        try:
            status = child.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return "does not end by SIGTERM"
    said = open("err", "rb").read().decode("utf-8", "replace")
    if status not in DOCUMENTED:
        return f"status {status}: {said[-3000:]}"
    if "Sanitizer" in said or "runtime error" in said or "CRITICAL" in said or "WARNING **" in said:
        return said[-3000:]
    if status > 0 and not said:
        return f"status {status} and not a word"
    return None


def main():
    a = argparse.ArgumentParser()
    a.add_argument("emu")
    a.add_argument("source")
    a.add_argument("--seconds", type=float, default=8)
    a.add_argument("--seed", type=int, default=1)
    a = a.parse_args()
    sys.path.insert(0, os.path.join(a.source, "scripts"))
    import optgen
    sections, _ = optgen.read(os.path.join(a.source, "emu/options.def"),
                              os.path.join(a.source, "emu/status.def"))
    emu, end, n = os.path.abspath(a.emu), time.monotonic() + a.seconds, 0
    options = [o for o in optgen.all_options(sections) if o.name != "s"]    # one port for all of us
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        while time.monotonic() < end or n == 0:
            if n % 200 == 0:            # what runs have left behind
                for name in os.listdir("."):
                    if os.path.isfile(name):
                        os.unlink(name)
                test_errors.make_files()
                with open("good.script", "w", encoding="utf-8") as f:
                    f.write("send x\\n\nwait 0.01\nexpect never\n")
            args = Fuzzer(random.Random(a.seed + n), options).command()
            wrong = run(emu, args)
            if wrong:
                print(f"seed {a.seed + n}: {args}\n{wrong}")
                os.chdir("/")
                return 1
            n += 1
        os.chdir("/")
    print(f"{n} command lines, no finding")
    return 0


if __name__ == "__main__":
    sys.exit(main())
