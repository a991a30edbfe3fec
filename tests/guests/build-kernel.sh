#!/bin/sh
# SPDX-License-Identifier: MIT
# Linux 6.1 for the Versatile PB, from Debian's linux-source-6.1 and its cross compiler.
# usage: build-kernel.sh SOURCE-FOLDER OUT-FOLDER
set -e
src=$1/linux-source-6.1
out=$2
tree=$(mktemp -d)
if [ ! -f "$src/Makefile" ]; then
    echo "== unpacking the kernel's source"
    mkdir -p "$1"
    tar -C "$1" -xf /usr/src/linux-source-6.1.tar.xz
fi
run="make -s -C $src O=$tree ARCH=arm CROSS_COMPILE=arm-linux-gnueabi-"
config="$src/scripts/config --file $tree/.config"
$run versatile_defconfig
for o in MODULES SOUND USB_SUPPORT WLAN WIRELESS NETFILTER NFS_FS NFSD IPV6 DEBUG_INFO DEBUG_KERNEL FTRACE \
         EXT4_FS QUOTA NETWORK_FILESYSTEMS MD KALLSYMS_ALL WERROR; do
    $config -d $o
done
for o in BLK_DEV_INITRD DEVTMPFS DEVTMPFS_MOUNT SERIAL_AMBA_PL011 SERIAL_AMBA_PL011_CONSOLE AEABI PCI \
         PCI_VERSATILE SCSI BLK_DEV_SD SCSI_SYM53C8XX_2 SMC91X EXT2_FS RTC_DRV_PL031 RD_GZIP MMC_ARMMMCI \
         MMC MMC_BLOCK ARM_APPENDED_DTB ARM_ATAG_DTB_COMPAT PRINTK_TIME TMPFS PROC_FS SYSFS BINFMT_ELF \
         BINFMT_SCRIPT BLK_DEV_RAM UNIX DRM DRM_PL111 DRM_PANEL_ARM_VERSATILE DRM_SIMPLE_BRIDGE \
         DRM_DISPLAY_CONNECTOR DRM_FBDEV_EMULATION FB VT FRAMEBUFFER_CONSOLE LOGO MTD MTD_CFI \
         MTD_CFI_INTELEXT MTD_PHYSMAP MTD_PHYSMAP_OF; do
    $config -e $o
done
$config --set-val PANIC_TIMEOUT -1
$run olddefconfig
echo "== compiling the kernel (some minutes)"
$run -j"$(nproc)" zImage versatile-pb.dtb versatile-ab.dtb
cp "$tree/arch/arm/boot/zImage" "$tree/arch/arm/boot/dts/versatile-"[pa]b.dtb "$out"
rm -rf "$tree"
