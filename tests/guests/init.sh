#!/bin/sh
# SPDX-License-Identifier: MIT
# /init of the test initramfs: says who it is, does some jobs whose results are the same on every
# architecture, prints the marker.  Words on the kernel's command line:
#   kitshell  ends in a shell    kitoff  powers off, not reboots
#   kitnet    asks for an address and pings the NAT gateway    kitwget=PORT  and fetches / from there
#   kitkeys   reads a line that somebody types on the keyboard
#   kitroot=DEVICE  goes on with /sbin/init of the file system there
#   kithold   waits before it ends (for a look at the screen)
# Modules in /lib/modules are loaded in the order of the file `order` there.
b=/bin/busybox
$b mkdir -p /proc /sys /dev /tmp
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev 2>/dev/null
$b --install -s /bin 2>/dev/null
export PATH=/bin
exec >/dev/console 2>&1 </dev/console
for m in $(cat /lib/modules/order 2>/dev/null); do
    insmod /lib/modules/$m || echo "KIT-MODULE $m failed"
done
root=$(sed -n 's/.*kitroot=\([^ ]*\).*/\1/p' /proc/cmdline)
if [ -n "$root" ]; then
    n=0; while [ ! -b "$root" ] && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
    mount -o ro "$root" /mnt && umount /proc /sys && exec switch_root /mnt /sbin/init
    echo "KIT-ROOT no file system on $root"
fi
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
    cat >/tmp/bound <<'END'
#!/bin/sh
[ "$1" = bound ] && ifconfig $interface $ip netmask $subnet && route add default gw $router
END
    chmod +x /tmp/bound
    ifconfig eth0 0.0.0.0 up
    udhcpc -i eth0 -n -q -t 10 -T 1 -s /tmp/bound &&
        echo "KIT-DHCP $(ifconfig eth0 | sed -n 's/.*inet addr:\([0-9.]*\).*/\1/p')"
    ping -c 2 10.0.2.2 && echo "KIT-PING ok"
    port=$(sed -n 's/.*kitwget=\([0-9]*\).*/\1/p' /proc/cmdline)
    [ -n "$port" ] && echo "KIT-WGET $(wget -q -O - http://10.0.2.2:$port/ | md5sum)"
fi
if grep -q kitkeys /proc/cmdline; then
    echo "KIT-TYPE now"
    read -r line </dev/tty1
    echo "KIT-KEYS $line"
fi
cat /proc/interrupts
echo "GUEST-OK $(uname -m)"
if grep -q kitshell /proc/cmdline; then
    echo "A shell: try uname -a, cat /proc/cpuinfo; 'exit', 'poweroff' or 'reboot' ends it."
    printf "alias poweroff='poweroff -f' reboot='reboot -f'\n" >/tmp/shrc
    export ENV=/tmp/shrc
    setsid cttyhack sh 2>/dev/null || sh -i
fi
grep -q kithold /proc/cmdline && sleep 3
sync
grep -q kitoff /proc/cmdline && poweroff -f
reboot -f
