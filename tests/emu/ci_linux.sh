#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: ci_linux.sh EMU
#
# Linux on the Versatile board under --ci, the way a script of a CI service runs it: success, panic,
# time limit, death of the parent, and the same run twice, the second time on a busy host.  Prints
# TAP.  Guests come from the cache of tests/guests/make.

here=$(cd "$(dirname "$0")" && pwd)
cache=$("$here/../guests/make" --where)
emu=$(realpath "$1")
kernel=$cache/versatile-kernel/zImage-dtb
initrd=$cache/armel-initrd/initrd.cpio.gz
for file in "$kernel" "$initrd"; do
    [ -f "$file" ] || { echo "1..0 # SKIP no $file; tests/guests/make makes it"; exit 0; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0
bad=0

ok() # NAME CONDITION...
{
    n=$((n + 1))
    name=$1
    shift
    if "$@"; then
        echo "ok $n $name"
    else
        echo "not ok $n $name"
        bad=1
        tail -40 err | sed 's/^/# /'
    fi
}

run() # APPEND OPTIONS... ; leaves status, out, err
{
    append=$1
    shift
    "$emu" -M versatile -cpu arm -kernel "$kernel" -initrd "$initrd" \
        -append "console=ttyAMA0 $append" --ci --timeout 120 "$@" >out 2>err </dev/null
    status=$?
}

dialogue() # FOLDER
{
    run kitshell --expect '/ # ' --send 'uname -a\n' --expect 'Linux .*armv5tejl' \
        --expect '/ # ' --send 'cat /proc/uptime\n' --expect '[0-9.]+ [0-9.]+\n' \
        --vtimeout 100 --junit out.xml --artifacts "$1"
}

dialogue a
ok "prompt, uname, answer: 0" test $status = 0
ok "nothing on standard error" test ! -s err
ok "JUnit: four cases, none failed" grep -q 'tests="5" failures="0"' out.xml

while :; do :; done &
hog1=$!
while :; do :; done &
hog2=$!
dialogue b
kill $hog1 $hog2
wait $hog1 $hog2 2>/dev/null
ok "again, on a busy host: 0" test $status = 0
ok "the same serial log, byte for byte" cmp a/serial0.log b/serial0.log
ok "the same number of instructions, the same registers" cmp a/report.txt b/report.txt

run "root=/dev/nosuch rdinit=/nosuch" --expect '/ # ' --vtimeout 100
ok "no root: 102" test $status = 102
ok "the report has the panic's line" grep -q 'the guest said: .*Kernel panic - not syncing: VFS' err
ok "and registers, and code" grep -q '<- here' err

run kitshell --expect 'never' --vtimeout 2
ok "time limit: 101" test $status = 101
ok "the report says what was waited for" grep -q "waiting for expect 'never'" err

run kitshell --expect '/ # ' --send 'reboot -f\n' --expect never --vtimeout 100
ok "reboot: 106" test $status = 106

run kitshell --expect '/ # ' --send 'echo o >/proc/sysrq-trigger\n' --expect never --vtimeout 30
ok "a machine without a power switch: dead or out of time" test $status = 104 -o $status = 101 \
    -o $status = 100

sh -c '"$0" -M versatile -cpu arm -kernel "$1" --ci -append "console=ttyAMA0 panic=0" \
    --fail-on none --expect never -pidfile pid >out 2>err; :' "$emu" "$kernel" &
parent=$!
while [ ! -s pid ]; do sleep 0.1; done
child=$(cat pid)
kill -9 $parent
wait $parent 2>/dev/null
sleep 1
ok "killed with its parent" sh -c "! kill -0 $child 2>/dev/null || grep -q '^State:.Z' /proc/$child/status"

echo "1..$n"
exit $bad
