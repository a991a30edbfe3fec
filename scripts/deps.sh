# SPDX-License-Identifier: MIT
# Sourced: installs Debian packages that are missing.  `need GROUP...`

pkgs_build="gcc libc6-dev meson ninja-build pkg-config python3 libglib2.0-dev libcapstone-dev libffi-dev
    libsdl2-dev libslirp-dev libfdt-dev libpng-dev zlib1g-dev
    libzstd-dev seabios"
pkgs_test="e2fsprogs qemu-system-arm gcc-arm-linux-gnueabi binutils-arm-linux-gnueabi ca-certificates
    gdb-multiarch man-db zsh fish device-tree-compiler parallel make
    python3-yaml qemu-utils qemu-system-x86 acpica-tools"
pkgs_guests="apt-utils ca-certificates cpio kmod fdisk e2fsprogs grub-common grub-pc-bin"
pkgs_kernel="linux-source-6.1 gcc-arm-linux-gnueabi libc6-dev-armel-cross make bc bison flex xz-utils
    libssl-dev libelf-dev kmod cpio rsync"

as_root()
{
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "need root or sudo to run: $*" >&2
        return 1
    fi
}

installed()
{
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

need()
{
    missing=
    for group in "$@"; do
        eval "list=\$pkgs_$group"
        for p in $list; do
            installed "$p" || missing="$missing $p"
        done
    done
    [ -z "$missing" ] && return 0
    echo "== installing:$missing"
    log=$(mktemp)
    if ! { as_root apt-get update -qq &&
           as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
               --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -20 "$log" >&2
        return 1
    fi
    rm -f "$log"
}
