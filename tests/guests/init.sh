#!/bin/sh
# SPDX-License-Identifier: MIT
# /init of the test initramfs: says who it is, does some jobs whose results are the same on every
# architecture, prints the marker.  Words on the kernel's command line:
#   kitshell  ends in a shell    kitnet  pings the NAT gateway    kitoff  powers off, not reboots
b=/bin/busybox
$b mkdir -p /proc /sys /dev /tmp
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev 2>/dev/null
$b --install -s /bin 2>/dev/null
export PATH=/bin
exec >/dev/console 2>&1 </dev/console
echo "KIT-INIT machine=$(uname -m) release=$(uname -r)"
head -n 8 /proc/cpuinfo
echo "KIT-SUM1 $(seq 1 20000 | md5sum)"
echo "KIT-SUM2 $(seq 1 20000 | sha256sum)"
echo "KIT-SUM3 $(seq 1 20000 | gzip -9 | gunzip -c | md5sum)"
echo "KIT-FPU  $(awk 'BEGIN{x=0; for(i=1;i<=5000;i++) x+=(i*1.25-3.5)/(i*i+0.375); printf "%.15e", x}')"
echo "KIT-INT  $(awk 'BEGIN{x=1; for(i=1;i<=20000;i++) x=(x*1103+12345)%65521; print x}')"
echo "KIT-FIND $(find /bin -type l | wc -l) links"
n=0; while [ $n -lt 200 ]; do n=$((n + 1)); done; echo "KIT-LOOP $n"
for d in sda hda vda mmcblk0; do
    [ -b /dev/$d ] || continue
    mkdir -p /mnt
    mount -t ext2 /dev/$d /mnt || continue
    echo "KIT-DISK $d $(md5sum </mnt/data.bin)"
    dd if=/mnt/data.bin of=/mnt/copy.bin bs=64k 2>/dev/null
    sync
    umount /mnt
    mount -t ext2 /dev/$d /mnt
    echo "KIT-DISK $d $(md5sum </mnt/copy.bin) rewritten"
    umount /mnt
done
if grep -q kitnet /proc/cmdline; then
    ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up
    sleep 2
    ping -c 2 10.0.2.2 && echo "KIT-PING ok"
fi
cat /proc/interrupts
echo "GUEST-OK $(uname -m)"
if grep -q kitshell /proc/cmdline; then
    echo "A shell: try uname -a, cat /proc/cpuinfo; 'exit', 'poweroff' or 'reboot' ends it."
    printf "alias poweroff='poweroff -f' reboot='reboot -f'\n" >/tmp/shrc
    export ENV=/tmp/shrc
    setsid cttyhack sh 2>/dev/null || sh -i
fi
sync
grep -q kitoff /proc/cmdline && poweroff -f
reboot -f
