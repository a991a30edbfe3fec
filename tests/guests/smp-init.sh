#!/bin/sh
# SPDX-License-Identifier: MIT
# /init of the initramfs with smp-stress: how many processors, and what they do to each other for
# kitstress=SECONDS of the kernel's command line; kitbench=THREADS: how fast, with one and with so many.
b=/bin/busybox
$b mkdir -p /proc /sys /dev
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev 2>/dev/null
$b --install -s /bin 2>/dev/null
export PATH=/bin
exec >/dev/console 2>&1 </dev/console
echo "KIT-CPUS $(grep -c ^processor /proc/cpuinfo)"
n=$(sed -n 's/.*kitbench=\([^ ]*\).*/\1/p' /proc/cmdline)
[ -n "$n" ] && smp-stress bench 1 && smp-stress bench "$n"
n=$(sed -n 's/.*kitstress=\([^ ]*\).*/\1/p' /proc/cmdline)
[ -n "$n" ] && smp-stress run "$n" 6
grep -E "LOC|RES|CAL|TLB" /proc/interrupts
echo "KIT-COMPLAINTS $(dmesg | grep -c -E 'BUG:|Oops|stall|soft lockup|LOCKUP|segfault|general protection')"
echo "GUEST-OK $(uname -m)"
poweroff -f
