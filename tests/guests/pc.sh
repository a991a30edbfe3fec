# SPDX-License-Identifier: MIT
# Sourced by make: the guests of the PC.
#
#   <arch>-kernel      linux          the kernel of Debian's installer (i386: without PAE)
#   <arch>-installer   initrd.gz      and its initial RAM disk
#   <arch>-initrd      initrd.cpio.gz busybox alone
#   <arch>-pc-initrd   initrd.cpio.gz and modules: IDE disk, CD, floppy, network, virtio
#   amd64-smp-initrd   initrd.cpio.gz busybox and smp-stress, made by the host's compiler
#   <arch>-disk        disk.img       MBR, GRUB, one ext4 file system: Debian's kernel, busybox, a login
#   grub-rescue memtest ipxe          images out of the packages, as they are

# linux-image of the same release as the installer's kernel of ARCH, unpacked: kernel_tree ARCH DIR
kernel_tree()
{
    make_one "$1-installer"
    release=$(zcat "$cache/$1-installer/initrd.gz" | cpio -t 2>/dev/null |
              sed -n 's,.*lib/modules/\([^/]*\)/kernel$,\1,p' | head -n 1)
    [ -n "$release" ] || { echo "no modules in the installer of $1" >&2; exit 1; }
    fetch_deb "$1" "linux-image-$release" "$2"
    depmod -b "$2" "$release"
}

# The files of modules and what they need, in the order of loading: module_files DIR RELEASE NAME...
module_files()
{
    tree=$1 of=$2
    shift 2
    for m in "$@"; do
        modprobe -d "$tree" -S "$of" --show-depends "$m" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
    done | grep -v crc32c-intel | awk '!seen[$0]++'     # that one is for other processors
}

make_pc_initrd()
{
    tree=$(mktemp -d)
    kernel_tree "$1" "$tree"
    files=$(module_files "$tree" "$release" ata_piix sd_mod sr_mod ext4 isofs floppy e1000 \
            virtio_pci virtio_blk virtio_net virtio_console virtio-rng)
    make_initrd "$1" "$2" $files
    rm -rf "$tree"
}

# A second archive behind that of busybox: the kernel unpacks both.
make_amd64_smp_initrd()
{
    tree=$(mktemp -d)
    make_initrd amd64 "$1"
    mkdir -p "$tree/bin"
    cp "$here/smp-init.sh" "$tree/init"
    chmod 755 "$tree/init"
    ${CC:-cc} -m64 -O2 -static -pthread -o "$tree/bin/smp-stress" "$here/smp-stress.c"
    (cd "$tree" && find . -mindepth 1 | LC_ALL=C sort | cpio -o -H newc --quiet) |
        gzip -9n >>"$1/initrd.cpio.gz"
    rm -rf "$tree"
}

# What is in the root file system beside the kernel: busybox as init, getty and login.
make_root()
{
    fetch_deb "$1" busybox-static "$2"
    rm -rf "$2/usr"
    mkdir -p "$2/sbin" "$2/etc/init.d" "$2/proc" "$2/sys" "$2/dev" "$2/tmp" "$2/root" "$2/mnt"
    ln -s /bin/busybox "$2/bin/sh"
    ln -s /bin/busybox "$2/sbin/init"
    cp "$here/pc-rc" "$2/etc/init.d/rcS"
    chmod 755 "$2/etc/init.d/rcS"
    printf 'root::0:0:root:/root:/bin/sh\n' >"$2/etc/passwd"
    printf 'root:x:0:\n' >"$2/etc/group"
    printf 'Debian kernel \\r on an \\m\n' >"$2/etc/issue"
    printf 'kit\n' >"$2/etc/hostname"
    cat >"$2/etc/inittab" <<'END'
::sysinit:/etc/init.d/rcS
ttyS0::respawn:/sbin/getty -L ttyS0 115200 vt100
tty1::respawn:/sbin/getty 0 tty1 linux
::ctrlaltdel:/sbin/reboot
::shutdown:/bin/umount -a -r
END
}

make_disk()
{
    tree=$(mktemp -d) root=$(mktemp -d)
    kernel_tree "$1" "$tree"
    make_root "$1" "$root"
    mkdir -p "$root/boot/grub"
    cp "$tree/boot/vmlinuz-$release" "$root/boot/vmlinuz"
    python3 "$here/mkinitramfs.py" "$root/bin/busybox" "$here/init.sh" "$root/boot/initrd.img" \
        $(module_files "$tree" "$release" ata_piix sd_mod ext4)
    cp "$here/pc-grub.cfg" "$root/boot/grub/grub.cfg"
    chmod -R go+rX "$root"
    mke2fs -q -t ext4 -E root_owner=0:0 -d "$root" "$2/part.img" 127M >/dev/null
    truncate -s 128M "$2/disk.img"
    printf 'label: dos\nlabel-id: 0x6b697431\nstart=2048, type=83, bootable\n' | sfdisk -q "$2/disk.img"
    grub-mkimage -O i386-pc -o "$2/core.img" -p '(hd0,msdos1)/boot/grub' \
        biosdisk part_msdos ext2 normal linux serial terminal configfile echo test ls reboot halt \
        vbe vga gfxterm all_video
    dd if=/usr/lib/grub/i386-pc/boot.img of="$2/disk.img" bs=440 count=1 conv=notrunc status=none
    dd if="$2/core.img" of="$2/disk.img" bs=512 seek=1 conv=notrunc status=none
    dd if="$2/part.img" of="$2/disk.img" bs=1M seek=1 conv=notrunc,sparse status=none
    rm -rf "$tree" "$root" "$2/part.img" "$2/core.img"
}

make_i386_kernel()     { make_installer_file i386 linux "$1/linux"; }
make_i386_installer()  { make_installer_file i386 initrd.gz "$1/initrd.gz"; }
make_i386_initrd()     { make_initrd i386 "$1"; }
make_i386_pc_initrd()  { make_pc_initrd i386 "$1"; }
make_i386_disk()       { make_disk i386 "$1"; }
make_amd64_kernel()    { make_installer_file amd64 linux "$1/linux"; }
make_amd64_installer() { make_installer_file amd64 initrd.gz "$1/initrd.gz"; }
make_amd64_initrd()    { make_initrd amd64 "$1"; }
make_amd64_pc_initrd() { make_pc_initrd amd64 "$1"; }
make_amd64_disk()      { make_disk amd64 "$1"; }

# Files out of a package, as they are: take_files PACKAGE OUT FILE...
take_files()
{
    work=$(mktemp -d) out=$2
    fetch_deb amd64 "$1" "$work"
    shift 2
    for f in "$@"; do
        cp -L "$work/$f" "$out/"
    done
    rm -rf "$work"
}

make_grub_rescue()
{
    take_files grub-rescue-pc "$1" usr/lib/grub-rescue/grub-rescue-cdrom.iso \
        usr/lib/grub-rescue/grub-rescue-floppy.img
}

make_memtest()
{
    take_files memtest86+ "$1" boot/memtest86+ia32.bin boot/memtest86+x64.bin \
        usr/lib/memtest86+/memtest86+ia32.iso
}

make_ipxe()
{
    take_files ipxe "$1" usr/lib/ipxe/ipxe.iso boot/ipxe.lkrn
}
