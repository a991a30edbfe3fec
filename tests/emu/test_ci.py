#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_ci.py EMU

CI mode: every documented status, reached the way a user would; the same run twice; what is left
behind.  Guests are the programs of bare.py."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

import bare
from tap import Tap, run

SH = ["--expect", "/ # $", "--send", "uname -a\\n", "--expect", "Linux.*\\n"]

# (name, program, arguments besides --ci, status, what standard error says or None for nothing)
CASES = [
    ("expect, send, expect", "shell", SH, 0, None),
    ("a text that is there twice is waited for twice", "shell", ["--expect", "/ #"] * 2 +
     ["--vtimeout", "0.5"], 101, r"status 101: --vtimeout of 0.5 s is over; waiting for expect '/ #'"),
    ("a match over lines", "shell", ["--expect", "Start\\w+\n/ "], 0, None),
    ("the beginning of a line", "shell", ["--expect", "^/", "--send", "\\n", "--expect", "^Linux"], 0,
     None),
    ("panic", "panic", ["--expect", "login:"], 102,
     r"status 102: the guest said: Kernel panic - not syncing: VFS: Unable to mount root fs$"),
    ("panic texts can be forgotten", "panic", ["--fail-on", "none", "--expect", "more"], 0, None),
    ("a pattern of one's own", "oops-later", ["--fail-on", "^panic at", "--expect", "never"], 102,
     r"the guest said: panic at the disco"),
    ("what was expected came before the panic", "oops-later",
     ["--fail-on", "^panic at", "--expect", "ready"], 0, None),
    ("spin", "spin", ["--expect", "login:"], 104, r"status 104: nothing can wake the guest"),
    ("spin through memory that nobody writes", "spin-flag", ["--expect", "login:"], 104, r"status 104"),
    ("sleep for nothing", "sleep", ["--expect", "login:"], 104, r"status 104"),
    ("spin beside a timer", "sleep-tick", ["--expect", "login:"], 104, r"status 104"),
    ("dead, found at the limit", "sleep-tick", ["--expect", "login:", "--vtimeout", "5"], 104,
     r"does nothing any more, with interrupts off, and --vtimeout of 5 s is over"),
    ("polling a device is no death", "poll", ["--expect", "x", "--vtimeout", "2"], 101,
     r"status 101: --vtimeout of 2 s"),
    ("counting is no death", "count", ["--vtimeout", "2"], 101, r"status 101"),
    ("--timeout", "poll", ["--timeout", "0.5"], 101, r"status 101: --timeout of 0.5 s is over"),
    ("--idle-timeout", "poll", ["--idle-timeout", "0.5"], 101,
     r"has said nothing, --idle-timeout of 0.5 s"),
    ("--idle-timeout begins anew with each text", "chatter",
     ["--idle-timeout", "0.05", "--vtimeout", "0.3"], 101, r"--vtimeout of 0.3 s"),
    ("guest's status 3", "exit3", ["-semihosting"], 3, r"the guest's program ended with status 3"),
    ("guest's status 3 wins", "exit3", ["-semihosting", "--expect", "never"], 3, r"status 3"),
    ("guest's status 0", "exit0", ["-semihosting"], 0, None),
    ("guest's status 200 is 63", "exit200", ["-semihosting"], 63, r"status 63"),
    ("ended before the text", "exit0", ["-semihosting", "--expect", "never"], 100,
     r"status 100: the guest ended before: expect 'never'"),
    ("no semihosting unless asked for", "exit3", ["--expect", "never", "--vtimeout", "1"], "10[134]",
     r"svc +at"),
    ("fault in the fault handler", "fatal", [], 103,
     r"status 103: .*for ever[\s\S]*first of the chain[\s\S]*udf"),
    ("fault handler without a stack", "fatal-stack", [], 103,
     r"status 103[\s\S]*data abort .*again \d+ times"),
    ("reboot", "reboot", [], 106, r"status 106: the guest rebooted"),
    ("serial line 1", "two-lines", ["--expect", "one", "--expect@serial1", "two", "--send@serial1", "x",
                                    "--expect@serial1", "x"], 0, None),
    ("TAP", "tap-good", ["--tap"], 0, None),
    ("TAP with a failure", "tap-bad", ["--tap"], 102, r"1 of 2 tests failed, first '<divides> & \"rests\"'"),
    ("TAP that stops short", "tap-short", ["--tap", "-semihosting"], 102,
     r"2 tests were planned, 1 came"),
    ("TAP, but none comes", "exit0", ["--tap", "-semihosting"], 102, r"the guest printed no TAP"),
    ("the interpreter", "shell", SH + ["-accel", "interp"], 0, None),
    ("registers in the report", "spin", [], 104, r"^r0 [\s\S]*cpsr .*svc[\s\S]*<- here\n.* b #0x"),
]


def status_tests(tap, emu):
    for name, program, args, status, says in CASES:
        r = run([emu, "-M", "versatilepb", "-kernel", program + ".elf", "--ci"] + args, timeout=60)
        good = re.fullmatch(str(status), str(r.status))
        good = good and (re.search(says, r.err, re.M) if says else not r.err)
        tap.ok(good, f"{name}: {status}", r)
    r = run([emu, "-M", "versatilepb", "-kernel", "reboot.elf", "-no-reboot", "-serial", "null"])
    tap.ok(r.status == 0 and not r.err, "-no-reboot without --ci: 0", r)
    r = run([emu, "-M", "versatilepb", "-kernel", "poll.elf", "-display", "none", "--expect", "polling"])
    tap.ok(r.status == 0 and "polling" in r.out, "--expect without --ci", r)


SCRIPT = """# the same as on the command line
expect /\\ #\\s$
send uname -a\\n
expect Linux.*\\n
wait 0.25
send \\x75name\\n
expect Linux
fail-on segfault
"""


def script_tests(tap, emu):
    with open("dialogue", "w", encoding="utf-8") as f:
        f.write(SCRIPT)
    args = [emu, "-M", "versatilepb", "-kernel", "shell.elf", "--ci", "--script", "dialogue",
            "--artifacts", "s"]
    r = run(args)
    report = open("s/report.txt").read()
    tap.ok(r.status == 0 and r.out.count("Linux") == 2, "--script", r)
    seconds = re.search(r"after ([\d.]+) s", report)
    tap.ok(seconds and 0.25 < float(seconds.group(1)) < 0.5, "wait is the guest's time", report)


def results_tests(tap, emu):
    base = [emu, "-M", "versatilepb", "-name", "board test", "--ci"]
    run(base + ["-kernel", "tap-bad.elf", "--tap", "--junit", "out.xml"])
    suite = ET.parse("out.xml").find("testsuite")
    names = [c.get("name") for c in suite]
    tap.ok(suite.get("name") == "board test" and suite.get("tests") == "3" and
           suite.get("failures") == "2" and names[:2] == ["adds", '<divides> & "rests"'],
           "JUnit: a case for each TAP line", suite.attrib, names)
    tap.ok("not ok 2" in suite.findtext("system-out"), "JUnit: the serial log")
    run(base + ["-kernel", "tap-good.elf", "--tap", "--junit", "out.xml"])
    suite = ET.parse("out.xml").find("testsuite")
    tap.ok(suite.get("failures") == "0" and suite.get("skipped") == "1", "JUnit: skipped",
           suite.attrib)
    run(base + ["-kernel", "shell.elf", "--expect", "/ #", "--expect", "never", "--expect", "x",
                "--vtimeout", "1", "--junit", "out.xml"])
    cases = {c.get("name"): [e.tag for e in c] for c in ET.parse("out.xml").iter("testcase")}
    tap.ok(cases == {"expect '/ #'": [], "expect 'never'": ["failure"], "expect 'x'": ["skipped"],
                     "run": ["failure"]}, "JUnit: a case for each expected text", cases)
    r = run(base + ["-kernel", "unimp.elf", "--artifacts", "a/b", "--screenshot", "fail.png@fail",
                    "--screenshot", "end.png", "--expect", "never"])
    tap.ok(sorted(os.listdir("a/b")) == ["command.sh", "report.txt", "screen.png", "serial0.log"],
           "--artifacts", os.listdir("a/b"))
    tap.ok(all(open(p, "rb").read(4) == b"\x89PNG" for p in ("fail.png", "end.png", "a/b/screen.png")),
           "--screenshot")
    tap.ok("done" in open("a/b/serial0.log").read() and "status 104" in open("a/b/report.txt").read(),
           "the log and the report")
    run(base + ["-kernel", "shell.elf", "--expect", "/ #", "--screenshot", "none.png@fail"])
    tap.ok(not os.path.exists("none.png"), "--screenshot FILE@fail not when all is well")
    again = run(["sh", "a/b/command.sh"])
    tap.ok(again.status == r.status == 104 and again.err == r.err, "command.sh repeats the run", again)


def repeat_tests(tap, emu):
    def one(folder, hogs):
        others = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(hogs)]
        run([emu, "-M", "versatilepb", "-kernel", "shell.elf", "--ci"] + SH * 3 +
            ["--vtimeout", "5", "--artifacts", folder], timeout=60)
        for child in others:
            child.kill()
            child.wait()
        return open(f"{folder}/serial0.log", "rb").read(), open(f"{folder}/report.txt").read()
    first = one("r1", 0)
    count = re.search(r"(\d+) instructions", first[1])
    tap.ok(count and int(count.group(1)) > 1000, "the report counts instructions", first[1])
    tap.ok(one("r2", 0) == first, "two runs are equal")
    tap.ok(one("r3", 4) == first, "on a loaded host, too")


def gone(pid, seconds):
    """Does the process end in this time?  A zombie of ours has."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def parent_tests(tap, emu):
    """A shell that is killed must not leave the run behind."""
    shell = subprocess.Popen(["sh", "-c", f"{emu} -M versatilepb -kernel poll.elf --ci -pidfile pid; :"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        if os.path.exists("pid") and open("pid").read().strip():
            break
        time.sleep(0.05)
    pid = int(open("pid").read())
    shell.kill()
    shell.wait()
    tap.ok(gone(pid, 1.0), "--ci: killed with its parent")


STATES = [
    ("running", ["-kernel", "count.elf"]),
    ("polling a device", ["-kernel", "poll.elf", "-serial", "null"]),
    ("asleep", ["-kernel", "sleep.elf", "-serial", "null"]),
    ("counted time", ["-kernel", "count.elf", "-icount", "shift=3"]),
    ("dead, under -no-shutdown", ["-kernel", "fatal.elf", "--ci", "-no-shutdown"]),
    ("stopped from the start", ["-kernel", "count.elf", "-S"]),
    ("waiting for a client", ["-kernel", "count.elf", "-serial", "unix:wait.sock,server"]),
    ("printing to a pipe that nobody reads", ["-kernel", "chatter.elf"]),
    ("the interpreter", ["-kernel", "count.elf", "-accel", "interp"]),
]


def time_to_end(emu, args):
    """(did it run, status after SIGTERM, seconds that took)"""
    child = subprocess.Popen([emu, "-M", "versatilepb"] + args, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(0.4)
    alive = child.poll() is None
    begin = time.monotonic()
    child.send_signal(signal.SIGTERM)
    try:
        status = child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        status = child.wait()
    seconds = time.monotonic() - begin
    child.stdout.close()
    return alive, status, seconds


def signal_tests(tap, emu):
    child = subprocess.Popen([emu, "-M", "versatilepb", "-kernel", "count.elf", "-serial", "null"],
                             stderr=subprocess.PIPE)
    time.sleep(0.5)
    child.send_signal(signal.SIGABRT)
    _, err = child.communicate()
    tap.ok(child.returncode == 70 and b"a fault of emu itself" in err, "a fault of our own: 70", err)
    for name, args in STATES:
        for _ in range(3):              # a loaded host may be late; emu may not
            alive, status, seconds = time_to_end(emu, args)
            if seconds < 1.0:
                break
        tap.ok(alive and status == -signal.SIGTERM and seconds < 1.0, f"SIGTERM: {name}",
               f"alive {alive}, status {status} after {seconds:.2f} s")


def main():
    emu = os.path.abspath(sys.argv[1])
    tap = Tap()
    if not bare.available():
        print(f"1..0 # SKIP {bare.ASSEMBLER} is not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in bare.PROGRAMS:
            bare.build(name)
        status_tests(tap, emu)
        script_tests(tap, emu)
        results_tests(tap, emu)
        repeat_tests(tap, emu)
        parent_tests(tap, emu)
        signal_tests(tap, emu)
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
