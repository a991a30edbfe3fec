/* SPDX-License-Identifier: MIT */
/*
 * The formats of disk images: those that are read and written here, and those that are only known
 * by their first bytes, so that they are not taken for raw ones.
 */
#include "io/block/driver.h"
#include "system/error.h"

enum { HEAD = 512 };                        /* what a probe looks at */

/* In the order in which they are tried; raw is what is left. */
static const BlockDriver *const drivers[] = { &block_qcow2, &block_raw };

/* Signatures out of the published descriptions of these formats. */
static const struct {
    const char *name;
    unsigned    off, len;
    const char *bytes;
} foreign[] = {
    { "qcow",      0,  8, "QFI\xfb\0\0\0\1" },
    { "qed",       0,  4, "QED\0" },
    { "vmdk",      0,  4, "KDMV" },
    { "vmdk",      0,  4, "COWD" },
    { "vmdk",      0, 21, "# Disk DescriptorFile" },
    { "vdi",      64,  4, "\x7f\x10\xda\xbe" },
    { "vhdx",      0,  8, "vhdxfile" },
    { "vpc",       0,  8, "conectix" },
    { "parallels", 0, 16, "WithoutFreeSpace" },
    { "parallels", 0, 16, "WithouFreSpacExt" },
    { "bochs",     0, 23, "Bochs Virtual HD Image" },
    { "luks",      0,  6, "LUKS\xba\xbe" },
    { "cloop",     0, 29, "#!/bin/sh\n#V2.0 Format\nmodpro" },
};

const char *const *block_formats(void)
{
    static const char *names[ARRAY_SIZE(drivers) + 1];
    for (unsigned i = 0; i < ARRAY_SIZE(drivers); i++) {
        names[i] = drivers[i]->name;
    }
    return names;
}

static const char *foreign_name(const uint8_t *head, size_t len)
{
    for (unsigned i = 0; i < ARRAY_SIZE(foreign); i++) {
        if (foreign[i].off + foreign[i].len <= len &&
            !memcmp(head + foreign[i].off, foreign[i].bytes, foreign[i].len)) {
            return foreign[i].name;
        }
    }
    return NULL;
}

static const BlockDriver *probe(const uint8_t *head, size_t len)
{
    for (unsigned i = 0; i < ARRAY_SIZE(drivers); i++) {
        if (drivers[i]->probe && drivers[i]->probe(head, len)) {
            return drivers[i];
        }
    }
    return NULL;
}

const char *block_probe(const void *head, size_t len)
{
    const BlockDriver *d = probe(head, len);
    const char *other = d ? d->name : foreign_name(head, len);
    return other ? other : block_raw.name;
}

static const BlockDriver *by_content(const HostFile *f, GError **err)
{
    uint8_t head[HEAD];
    if (!hostfile_read((HostFile *)f, 0, head, HEAD)) {
        fail_errno(err, "cannot read disk image '%s'", f->path);
        return NULL;
    }
    const BlockDriver *d = probe(head, HEAD);
    const char *other = d ? NULL : foreign_name(head, HEAD);
    if (other) {
        fail(err, EMU_ERROR_DATA,
             "disk image '%s' is a %s one, which emu cannot read; format=raw takes "
             "it as it is",
             f->path, other);
        return NULL;
    }
    return d ? d : &block_raw;
}

const BlockDriver *block_driver(const HostFile *f, const char *name, GError **err)
{
    if (!name) {
        return by_content(f, err);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(drivers); i++) {
        if (!strcmp(drivers[i]->name, name)) {
            return drivers[i];
        }
    }
    g_autofree char *all = g_strjoinv(", ", (char **)block_formats());
    fail(err, EMU_ERROR_USAGE, "unknown format '%s'; there are: %s", name, all);
    return NULL;
}
