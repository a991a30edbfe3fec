#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_options.py EMU SOURCE BUILD

The table of options against all that is made from it: parser, --help, emu(1), completions; the lists
of -d and --ci's words against the program; and QEMU's command lines for the Versatile board, which
must work as they are."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap, run
from test_errors import make_files

SOURCE = sys.argv[2]
BUILD = sys.argv[3]
sys.path.insert(0, os.path.join(SOURCE, "scripts"))
import optgen  # noqa: E402

# Each as people write it for qemu-system-arm; the guest spins, so it must still run after a second
# (None) or end with the status.  %p is a port that is free.
QEMU = [
    "-M versatilepb -kernel good.elf -nographic",
    "-machine versatilepb -cpu arm926 -m 128 -kernel good.elf -nographic -monitor none",
    "-M versatilepb -m 256M -kernel good.elf -append 'root=/dev/sda console=ttyAMA0' -nographic",
    "-M versatilepb -m size=64M -kernel good.elf -serial null -display none",
    "-M versatileab -kernel good.elf -serial mon:stdio -display none",
    "-M versatilepb -kernel good.elf -initrd initrd.cpio -dtb good.dtb -nographic",
    "-M versatilepb -kernel good.elf -nographic -no-reboot -d guest_errors,unimp",
    "-M versatilepb -kernel good.elf -nographic -semihosting",
    "-M versatilepb -kernel good.elf -nographic -semihosting-config enable=on,target=native",
    "-M versatilepb -kernel good.elf -serial file:out.log -monitor null -display none",
    "-M versatilepb -kernel good.elf -chardev file,id=c0,path=out.log -serial chardev:c0 -display none",
    "-M versatilepb -kernel good.elf -chardev stdio,mux=on,id=c -serial chardev:c -monitor chardev:c "
    "-display none",
    "-M versatilepb -kernel good.elf -serial unix:s.sock,server,nowait -display none",
    "-M versatilepb -kernel good.elf -serial unix:s2.sock,server=on,wait=off -display none",
    "-M versatilepb -kernel good.elf -serial tcp::0,server,nowait -display none",
    "-M versatilepb -kernel good.elf -nographic -icount shift=4,align=off,sleep=off -rtc base=utc,clock=vm",
    "-M versatilepb -kernel good.elf -nographic -rtc base=2020-02-29T12:00:00 -name guest=test",
    "-M versatilepb -kernel good.elf -nographic -net none",
    "-M versatilepb -kernel good.elf -nographic -nic none -no-shutdown",
    "-M versatilepb -kernel good.elf -nographic -net nic,model=smc91c111 -net user",
    "-M versatilepb -kernel good.elf -nographic -accel tcg,thread=single",
    "-machine versatilepb,accel=tcg,usb=off -kernel good.elf -nographic -pidfile pid",
    "-M versatilepb -kernel good.elf -nographic -S",
    "-M versatilepb -kernel good.elf -nographic -smp 1 -nodefaults -serial stdio -snapshot",
    "-M versatilepb -kernel good.elf -audio none -nographic -D log -d int,in_asm -dfilter 0x10000+0x100",
    "-M virt -cpu cortex-a15 -smp 1 -m 256 -kernel good.elf -nographic",
    "-M virt -cpu cortex-a7 -smp cpus=1,sockets=1,cores=1,threads=1 -kernel good.elf -nographic",
    "--machine virt --kernel good.elf --nographic --no-reboot",
]


def table_tests(tap, emu, sections, statuses):
    options = optgen.all_options(sections)
    shown = run([emu, "--help"]).out
    manual = re.sub(r"\\f[BIR]|\\", "", open(os.path.join(BUILD, "emu/emu.1")).read())
    bash = open(os.path.join(BUILD, "emu/emu.bash")).read()
    zsh = open(os.path.join(BUILD, "emu/_emu")).read()
    fish = open(os.path.join(BUILD, "emu/emu.fish")).read()
    names = [n for o in options for n in (o.name, o.alias) if n]
    tap.ok(len(set(names)) == len(names), "no option is there twice", sorted(names))
    for o in options:
        flag = o.dashes + o.name
        tap.ok(re.search(r"^  " + re.escape(flag) + (" " + re.escape(o.arg) if o.arg else "") + r"( |$)",
                         shown, re.M), f"--help has {flag}")
        tap.ok(re.search(r"^\.TP\n" + re.escape(flag) + r"(,| |$)", manual, re.M), f"emu(1) has {flag}")
        tap.ok(re.search(r"[ \"]" + re.escape(flag) + r"[ \"]", bash), f"bash has {flag}")
        tap.ok(f"'*{flag}[" in zsh, f"zsh has {flag}")
        kind = "-l" if o.dashes == "--" else "-s" if len(o.name) == 1 else "-o"
        tap.ok(f"complete -c emu {kind} {o.name} " in fish, f"fish has {flag}")
        # The parser knows it, with one dash and with two, and whether it takes an argument.
        for dashes in ("-", "--"):
            if o.arg:
                r = run([emu, dashes + o.name])
                tap.ok(r.status == 64 and f"needs an argument: {dashes}{o.name} {o.arg}" in r.err,
                       f"{dashes}{o.name} wants its argument", r)
            elif o.name not in ("help", "version"):
                r = run([emu, dashes + o.name, "-frob"])
                tap.ok(r.status == 64 and "unknown option '-frob'" in r.err,
                       f"{dashes}{o.name} takes no argument", r)
    for rng, about in statuses:
        tap.ok(re.search(r"^  " + re.escape(rng) + r" +" + re.escape(about), shown, re.M) and
               re.search(r"^\.TP\n" + re.escape(rng) + r"\n", manual, re.M), f"status {rng} is told")


def tool_tests(tap, emu):
    """The made files, tried by the programs that read them."""
    env = {"PATH": os.path.dirname(emu) + ":" + os.environ["PATH"]}
    if shutil.which("man"):
        r = run(["man", "--warnings", "-l", os.path.join(BUILD, "emu/emu.1")],
                env={"LC_ALL": "C.UTF-8", "MANWIDTH": "100"})
        tap.ok(r.status == 0 and not r.err and "EXIT STATUS" in r.out, "man ./emu.1", r)
    else:
        tap.skip("man ./emu.1", "no man here")
    script = f"""source {BUILD}/emu/emu.bash
        try() {{ COMP_WORDS=(emu "$@"); COMP_CWORD=$#; _emu; echo "$*: ${{COMPREPLY[*]}}"; }}
        try -kern; try -M versatilep; try -cpu cortex-a1; try list m; try -serial std; try --exp"""
    r = run(["bash", "-c", script], env=env)
    for line in ("-kern: -kernel", "-M versatilep: versatilepb", "-cpu cortex-a1: cortex-a15",
                 "list m: machines", "-serial std: stdio stdout", "--exp: --expect"):
        tap.ok(line in r.out.splitlines(), f"bash completes {line}", r)
    if shutil.which("zsh"):
        r = run(["zsh", "-fc", f"autoload -U compinit; compinit -D; source {BUILD}/emu/_emu 2>&1; "
                 f"zsh -n {BUILD}/emu/_emu && echo parsed"], env=env)
        tap.ok("parsed" in r.out, "zsh reads _emu", r)
    else:
        tap.skip("zsh reads _emu", "no zsh here")
    if shutil.which("fish"):
        r = run(["fish", "-c", f"source {BUILD}/emu/emu.fish; complete -C 'emu -kern'; "
                 "complete -C 'emu -M versatilep'; complete -C 'emu --exp'"],
                env=dict(env, HOME=os.getcwd()))
        for word in ("-kernel", "versatilepb", "--expect"):
            tap.ok(re.search(rf"^{word}\b", r.out, re.M), f"fish completes {word}", r)
    else:
        tap.skip("fish completes", "no fish here")


def list_tests(tap, emu):
    for what in ("machines", "cpus", "devices"):
        text, data = run([emu, "list", what]), run([emu, "list", what, "--json"])
        names = [line.split()[0] for line in text.out.splitlines()]
        tap.ok(names and text.status == 0, f"list {what}", text)
        try:
            same = [e["name"] for e in json.loads(data.out)] == names
        except ValueError:
            same = False
        tap.ok(same, f"list {what} --json has the same", data)
    for option in ("-M", "-cpu", "-device", "-d", "-accel", "-chardev", "-display", "-serial"):
        r = run([emu, option, "help"])
        tap.ok(r.status == 0 and len(r.out) > 20 and not r.err, f"{option} help", r)
    items = re.findall(r"^  (\w+)", run([emu, "-d", "help"]).out, re.M)
    tap.ok(set(items) <= set(optgen.WORDS["d"]), "the completions know all log items", items)
    r = run([emu, "-M", "virt", "-cpu", "help"])
    tap.ok("cortex-a15" in r.out and "arm926" not in r.out, "-M virt -cpu help: what fits", r)


def log_tests(tap, emu):
    """Each item writes something, to standard error or to -D's file."""
    says = {"in_asm": "guest code at 0x10000", "ir": "after lift", "out_asm": "code for 0x10000",
            "exec": "block 0x10000", "cpu,exec": "cpsr", "stats": "guest instructions", "map": "uart0",
            "ir:fold": "after fold"}
    for item, text in says.items():
        command = [emu, "-M", "versatilepb", "-kernel", "good.elf", "-serial", "null", "--timeout", "0.6",
                   "-d", item]
        tap.ok(text in run(command).err, f"-d {item}", run(command))
        r = run(command + ["-D", "item.log"])
        tap.ok(text in open("item.log").read(), f"-d {item} -D FILE", r)


def qemu_tests(tap, emu):
    for line in QEMU:
        command = ["sh", "-c", f"exec {emu} {line}"]
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
        try:
            child.wait(0.4)
        except subprocess.TimeoutExpired:
            pass
        runs = child.poll() is None
        child.terminate()
        try:
            _, err = child.communicate(timeout=2)
        except subprocess.TimeoutExpired:
            child.kill()
            _, err = child.communicate()
        tap.ok(runs and not err, f"qemu: {line}", err.decode("utf-8", "replace"))


def main():
    emu = os.path.abspath(sys.argv[1])
    tap = Tap()
    sections, statuses = optgen.read(os.path.join(SOURCE, "emu/options.def"),
                                     os.path.join(SOURCE, "emu/status.def"))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_files()
        dtc = shutil.which("dtc")
        if dtc:
            subprocess.run([dtc, "-o", "good.dtb"], input=b"/dts-v1/; / { memory@0 { device_type = "
                           b"\"memory\"; reg = <0 0>; }; chosen { }; };", check=True,
                           stderr=subprocess.DEVNULL)
        table_tests(tap, emu, sections, statuses)
        tool_tests(tap, emu)
        list_tests(tap, emu)
        log_tests(tap, emu)
        qemu_tests(tap, emu)
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
