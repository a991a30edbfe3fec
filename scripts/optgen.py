#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: optgen.py man|man-img|bash|zsh|fish OPTIONS.DEF STATUS.DEF IMG.DEF VERSION [OUTPUT]

Makes the manual pages emu(1) and emu-img(1) and the shells' completions from the tables that the program itself is
made from.  Notes on automatic tests that are no option stand here, in NOTES."""

import os
import re
import sys

STRING = r'"((?:[^"\\]|\\.)*)"'
ROW = re.compile(r'^(SECTION|OPT|STATUS|COMMAND|OPTION|KEY)\((.*)\)\s*$')
# Options whose argument is a file, and those that list their values for 'help'.
FILES = {"kernel", "initrd", "dtb", "bios", "hda", "hdb", "hdc", "hdd", "sd", "pflash", "D", "pidfile",
         "script", "screenshot", "junit"}
FOLDERS = {"artifacts"}
LISTS = {"M": "machines", "cpu": "cpus", "device": "devices"}
WORDS = {
    "accel": ["jit", "interp", "help"],
    "serial": ["stdio", "stdout", "mon:stdio", "null", "none", "pty", "file:", "unix:", "tcp:",
               "chardev:", "help"],
    "monitor": ["stdio", "none", "null", "pty", "unix:", "tcp:", "chardev:"],
    "chardev": ["stdio,id=", "pty,id=", "null,id=", "file,id=", "socket,id=", "help"],
    "display": ["none", "help"], "audio": ["none"], "nic": ["user", "none"],
    "net": ["none", "user", "nic"], "icount": ["shift=", "auto"], "gdb": ["tcp::1234", "unix:"],
    "rtc": ["base=utc", "base=localtime", "base="],
    "d": ["in_asm", "ir", "out_asm", "int", "exec", "cpu", "guest", "unimp", "mmu", "stats", "map",
          "help"],
}

NOTES = r"""
.SH AUTOMATIC TESTS
With
.B \-\-expect
and
.B \-\-send
the run is a dialogue: each step waits for the one before it. When the last one is done, emu ends with
status 0, whether the guest still runs or not.
.PP
.B \-\-ci
is short for what a test on a server wants: no window, serial line 0 on standard output and nothing to
type, no network unless asked for,
.BR \-snapshot ", " \-no\-reboot ,
a date that is the same in every run, and counted time
.RB ( \-icount\~auto ),
so that two runs are equal to the byte and to the instruction, also on a busy host. emu then ends
with its parent process. A guest that can never do anything again (it waits or spins with interrupts
off) ends the run at once with status 104; with several processors it is the limit that ends it.
.PP
Regular expressions are those of PCRE. They see the line without carriage returns; ^ and $ match at
line ends; a match may span lines, up to 64 KiB. Panic texts that \-\-ci knows are rows of
.IR emu/ci/panics.def ;
.B \-\-fail\-on none
forgets them.
.PP
A script has one step a line:
.PP
.RS
.nf
# a remark
expect login:
send root\en
expect@serial1 ready
wait 0.5
fail\-on segfault
.fi
.RE
.PP
The folder of
.B \-\-artifacts
gets serial0.log and so on, screen.png where there is a screen, report.txt (status, guest time,
instructions, registers, the last exceptions and blocks) and command.sh, which repeats the run.
.SH SIGNALS
SIGTERM, SIGINT and SIGHUP end emu within a second, in any state; the exit status then is the
signal's.
.SH EXAMPLES
.PP
.nf
emu \-M versatilepb \-kernel zImage \-append console=ttyAMA0 \-nographic
emu \-M virt \-kernel zImage \-\-ci \-\-expect '/ # $' \-\-send 'uname \-a\en' \-\-expect Linux \-\-vtimeout 60
emu \-M versatilepb \-kernel test.elf \-semihosting \-\-ci \-\-timeout 10 \-\-junit out.xml
.fi
.SH SEE ALSO
gdb(1); docs/ci.md of the project.
"""


IMG_NOTES = r"""
.SH EXIT STATUS
.TP
\fB0\fR
It is done; of check: there are no errors.
.TP
\fB2\fR, \fB3\fR
Of check: there are corruptions; there are only leaks, which waste space.
.TP
\fB63\fR
Of check: images of this format cannot be checked.
.TP
\fB64\fR to \fB69\fR
As of emu: the command line is wrong, a file is not what it should be, it is missing, the host denied
something.
.SH EXAMPLES
.PP
.nf
emu img create \-f qcow2 disk.qcow2 10G
emu img create \-f qcow2 \-b base.qcow2 \-F qcow2 test.qcow2
emu img convert \-O qcow2 \-c disk.img disk.qcow2
emu img check \-r all disk.qcow2
emu img snapshot \-c before disk.qcow2
.fi
.SH SEE ALSO
emu(1); docs/disks.md of the project.
"""


def unquote(s):
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m.group(1), m.group(1)), s)


def rows(path):
    """Each row of a .def file as (kind, arguments); strings unquoted, NULL is None."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            m = ROW.match(line)
            if m:
                args = re.findall(STRING + r"|([A-Za-z_0-9]+)", m.group(2))
                yield m.group(1), [None if b == "NULL" else b or unquote(a) for a, b in args]


class Option:
    def __init__(self, args, dashes):
        _, self.kind, self.name, self.alias, self.arg, self.about = args
        self.dashes = dashes

    def flags(self):
        return [self.dashes + self.name] + ([self.dashes + self.alias] if self.alias else [])


def read(options, statuses):
    """([(section, [Option])], [(range, about)])"""
    sections = []
    for kind, args in rows(options):
        if kind == "SECTION":
            sections.append((args[0], []))
            dashes = args[1]
        elif kind == "OPT":
            sections[-1][1].append(Option(args, dashes))
    return sections, [(a[2], a[3]) for kind, a in rows(statuses) if kind == "STATUS"]


class Command:
    """A command of emu img and its options."""
    def __init__(self, args):
        self.name, self.operands, self.about = args
        self.options = []


def read_img(path):
    """([Command], [(key, value, about)])"""
    commands, keys = [], []
    for kind, args in rows(path):
        if kind == "COMMAND":
            commands.append(Command(args))
        elif kind == "OPTION":
            command = next(c for c in commands if c.name == args[0])
            command.options.append(Option(args[1:], "-" if len(args[3]) == 1 else "--"))
        elif kind == "KEY":
            keys.append(tuple(args))
    return commands, keys


def roff(s):
    return s.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def man(sections, statuses, _img, version):
    out = [f'.TH EMU 1 "" "emu {version}" "User Commands"', ".SH NAME",
           "emu \\- run a computer of another architecture", ".SH SYNOPSIS",
           ".B emu", ".BI \\-M \\ MACHINE", "[options] [disk image]", ".br", ".B emu list",
           ".IR machines | cpus | devices", "[\\-\\-json]", ".br", ".B emu img",
           ".IR command ", "[options] file ... (see emu\\-img(1))", ".SH DESCRIPTION",
           "emu is a full-system emulator for testing firmware and kernels: honest errors, documented",
           "exit statuses, runs that repeat exactly. Options are those of QEMU where it has them.",
           "They take one dash or two; with two, the argument may follow after an equals sign.",
           "Where a list makes sense, \\(aqhelp\\(aq as the argument prints it.", ".SH OPTIONS"]
    for title, options in sections:
        out.append(f".SS {title}")
        for o in options:
            names = ", ".join(f"\\fB{roff(f)}\\fR" for f in o.flags())
            out += [".TP", names + (f" \\fI{roff(o.arg)}\\fR" if o.arg else ""),
                    roff(o.about[0].upper() + o.about[1:]) + "."]
    out.append(".SH EXIT STATUS")
    for rng, about in statuses:
        out += [".TP", f"\\fB{rng}\\fR", roff(about[0].upper() + about[1:]) + "."]
    return "\n".join(out) + NOTES


def man_img(commands, keys, version):
    out = [f'.TH EMU\\-IMG 1 "" "emu {version}" "User Commands"', ".SH NAME",
           "emu\\-img \\- make, look at, check, copy and change disk images", ".SH SYNOPSIS",
           ".B emu img", ".I command", "[options] file ...", ".SH DESCRIPTION",
           "Formats are raw and qcow2. Options are those of qemu\\-img(1) where it has them. An image that",
           "another process writes is left alone.", ".SH COMMANDS"]
    for c in commands:
        out += [f".SS {c.name}", f"\\fBemu img {c.name}\\fR [options] \\fI{roff(c.operands)}\\fR", ".PP",
                roff(c.about[0].upper() + c.about[1:]) + "."]
        for o in c.options:
            names = [o.dashes + o.name]
            names += [("-" if len(o.alias) == 1 else "--") + o.alias] if o.alias else []
            out += [".TP", ", ".join(f"\\fB{roff(f)}\\fR" for f in names) +
                    (f" \\fI{roff(o.arg)}\\fR" if o.arg else ""),
                    roff(o.about[0].upper() + o.about[1:]) + "."]
    out.append(".SH KEYS OF \\-o")
    for name, value, about in keys:
        out += [".TP", f"\\fB{roff(name)}\\fR=\\fI{roff(value)}\\fR",
                roff(about[0].upper() + about[1:]) + "."]
    return "\n".join(out) + IMG_NOTES


def all_options(sections):
    return [o for _, options in sections for o in options]


def bash(sections, _statuses, img, _version):
    options = all_options(sections)
    commands = " ".join(c.name for c in img[0])
    cases = []
    for o in options:
        pattern = "|".join(f"-{n}|--{n}" for n in [o.name] + ([o.alias] if o.alias else []))
        if not o.arg:
            continue
        if o.name in FILES or o.name == "drive":
            action = 'COMPREPLY=($(compgen -f -- "$cur"))'
        elif o.name in FOLDERS:
            action = 'COMPREPLY=($(compgen -d -- "$cur"))'
        elif o.name in LISTS:
            action = (f'COMPREPLY=($(compgen -W "help $(emu list {LISTS[o.name]} 2>/dev/null | '
                      f"cut -d' ' -f1)\" -- \"$cur\"))")
        elif o.name in WORDS:
            action = f'COMPREPLY=($(compgen -W "{" ".join(WORDS[o.name])}" -- "$cur"))'
        else:
            action = "COMPREPLY=()"
        cases.append(f"        {pattern}) {action}; return ;;")
    flags = " ".join(f for o in options for f in o.flags())
    return f"""# Completion of emu's options for bash, made by scripts/optgen.py.
_emu()
{{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}
    if [ "${{COMP_WORDS[1]}}" = list ] && [ "$COMP_CWORD" -gt 1 ]; then
        COMPREPLY=($(compgen -W "machines cpus devices --json" -- "$cur"))
        return
    fi
    if [ "${{COMP_WORDS[1]}}" = img ] && [ "$COMP_CWORD" -gt 1 ]; then
        COMPREPLY=($(compgen -f -- "$cur"))
        [ "$COMP_CWORD" = 2 ] && COMPREPLY=($(compgen -W "{commands}" -- "$cur"))
        case $prev in
            -f|-F|-O) COMPREPLY=($(compgen -W "raw qcow2" -- "$cur")) ;;
        esac
        return
    fi
    case $prev in
{chr(10).join(cases)}
    esac
    case $cur in
        -*) COMPREPLY=($(compgen -W "{flags}" -- "$cur")) ;;
        *) COMPREPLY=($(compgen -f -- "$cur"))
           [ "$COMP_CWORD" = 1 ] && COMPREPLY+=($(compgen -W "list img" -- "$cur")) ;;
    esac
}}
complete -o filenames -F _emu emu
"""


def zsh_quote(s):
    return re.sub(r"([\[\]:'\\])", lambda m: "'\\''" if m.group(1) == "'" else "\\" + m.group(1), s)


def zsh(sections, _statuses, _img, _version):
    specs = []
    for o in all_options(sections):
        if o.name in FILES:
            action = "_files"
        elif o.name in FOLDERS:
            action = "_files -/"
        elif o.name in LISTS:
            action = f"_emu_list {LISTS[o.name]}"
        elif o.name in WORDS:
            action = "(" + " ".join(w.replace(":", "\\:") for w in WORDS[o.name]) + ")"
        else:
            action = " "
        for f in o.flags():
            arg = f":{zsh_quote(o.arg)}:{action}" if o.arg else ""
            specs.append(f"    '*{f}[{zsh_quote(o.about)}]{arg}'")
    return f"""#compdef emu
# Completion of emu's options for zsh, made by scripts/optgen.py.
_emu_list() {{
    compadd help ${{(f)"$(emu list $1 2>/dev/null | cut -d' ' -f1)"}}
}}
_arguments \\
{(" " + chr(92) + chr(10)).join(specs)} \\
    '*:disk image:_files'
"""


def fish_quote(s):
    return "'" + s.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(sections, _statuses, img, _version):
    out = ["# Completion of emu's options for fish, made by scripts/optgen.py.",
           "complete -c emu -n __fish_is_first_token -a list -d 'machines, cpus or devices'",
           "complete -c emu -n __fish_is_first_token -a img -d 'disk images'"]
    out += [f"complete -c emu -n '__fish_seen_subcommand_from img' -a {c.name} -d {fish_quote(c.about)}"
            for c in img[0]]
    for o in all_options(sections):
        for f in o.flags():
            name = f.lstrip("-")
            flag = f"-l {name}" if f.startswith("--") else \
                f"-s {name}" if len(name) == 1 else f"-o {name}"
            line = f"complete -c emu {flag} -d {fish_quote(o.about)}"
            if o.arg:
                line += " -r"
            if o.name in LISTS:
                line += f" -f -a \"help (emu list {LISTS[o.name]} 2>/dev/null | cut -d' ' -f1)\""
            elif o.name in WORDS:
                line += f" -f -a {fish_quote(' '.join(WORDS[o.name]))}"
            elif o.arg and o.name not in FILES | FOLDERS and o.name != "drive":
                line += " -f"
            out.append(line)
    return "\n".join(out) + "\n"


def main():
    what, options, statuses, img, version, *output = sys.argv[1:]
    if what == "man-img":
        text = man_img(*read_img(img), version)
    else:
        make = {"man": man, "bash": bash, "zsh": zsh, "fish": fish}[what]
        text = make(*read(options, statuses), read_img(img), version)
    if output:
        with open(output[0], "w", encoding="utf-8") as f:
            f.write(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
