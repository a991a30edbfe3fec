/* SPDX-License-Identifier: MIT */
/*
 * Disks from the command line.  A drive has an interface and an index on it; a board's table asks for
 * "sd0" or "virtio1", a -device for the id.
 *
 *     -drive file=FILE[,if=KIND][,media=disk|cdrom][,index=N][,bus=N,unit=N][,id=ID]
 *            [,format=raw|qcow2][,readonly=on|off][,snapshot=on|off][,cache=MODE]
 *            [,discard=ignore|unmap]
 *
 * Without if= it is the board's own kind of disk (MachineClass.disk); without index= the first free
 * one.  A comma in a file's name is written twice.  Keys that only tune the host's side (aio,
 * detect-zeroes, werror, ...) are checked and change nothing.
 *
 * A CD-ROM or floppy drive has a handle (io/block/slot.h), so that `change` and `eject` work on it; a PC
 * has an empty one of each, unless -nodefaults.
 */
#include "emu/drives.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include "io/block/slot.h"
#include "system/error.h"

typedef struct Drive {
    const char *option;                 /* as given, for messages: "-drive file=a.img" */
    char       *file, *interface, *id, *format;
    bool        has_index, has_unit, read_only, has_snapshot, snapshot, cdrom, used;
    guint64     index, bus;
    unsigned    cache, discard;         /* flags of block_open() */
    Block      *block;                  /* an image, or the handle of a drive with media */
} Drive;

static GPtrArray *drives;               /* Drive * */
static bool snapshot_all, defaults;     /* -snapshot; no -nodefaults */

/* What KIND may be; "none": only a -device takes it. */
static const char *const interfaces[] = { "scsi", "sd", "pflash", "virtio", "ide", "floppy",
                                           "none", NULL };

/* --- -drive's keys ---------------------------------------------------------------------------- */

typedef bool (*SetKey)(Drive *d, const char *value, GError **err);

static bool parse_switch(const char *value, bool *out, GError **err)
{
    bool on = !strcmp(value, "on") || !strcmp(value, "yes") || !strcmp(value, "true");
    bool off = !strcmp(value, "off") || !strcmp(value, "no") || !strcmp(value, "false");
    *out = on;
    return on || off || fail(err, EMU_ERROR_USAGE, "'%s' is neither 'on' nor 'off'", value);
}

static bool set_text(char **field, const char *value)
{
    g_free(*field);
    *field = g_strdup(value);
    return true;
}

static bool set_file(Drive *d, const char *value, GError **err)
{
    return set_text(&d->file, value);
}

static bool set_interface(Drive *d, const char *value, GError **err)
{
    if (!g_strv_contains(interfaces, value)) {
        g_autofree char *all = g_strjoinv(", ", (char **)interfaces);
        return fail(err, EMU_ERROR_USAGE, "unknown interface '%s'; there are: %s", value, all);
    }
    return set_text(&d->interface, value);
}

static bool set_id(Drive *d, const char *value, GError **err)
{
    return set_text(&d->id, value);
}

static bool set_index(Drive *d, const char *value, GError **err)
{
    d->has_index = true;
    return g_ascii_string_to_unsigned(value, 10, 0, 255, &d->index, NULL) ||
           fail(err, EMU_ERROR_USAGE, "index '%s' is not a number from 0 to 255", value);
}

static bool set_bus(Drive *d, const char *value, GError **err)
{
    d->has_unit = true;
    return g_ascii_string_to_unsigned(value, 10, 0, 31, &d->bus, NULL) ||
           fail(err, EMU_ERROR_USAGE, "bus '%s' is not a number from 0 to 31", value);
}

static bool set_format(Drive *d, const char *value, GError **err)
{
    return set_text(&d->format, value);
}

static bool set_readonly(Drive *d, const char *value, GError **err)
{
    return parse_switch(value, &d->read_only, err);
}

static bool set_snapshot(Drive *d, const char *value, GError **err)
{
    d->has_snapshot = true;
    return parse_switch(value, &d->snapshot, err);
}

static bool set_media(Drive *d, const char *value, GError **err)
{
    d->cdrom = !strcmp(value, "cdrom");
    return d->cdrom || !strcmp(value, "disk") ||
           fail(err, EMU_ERROR_USAGE, "media '%s' is neither 'disk' nor 'cdrom'", value);
}

/* One word of a list; *n is which. */
static bool parse_word(const char *key, const char *value, const char *const *words, unsigned *n,
                       GError **err)
{
    for (*n = 0; words[*n]; ++*n) {
        if (!strcmp(words[*n], value)) {
            return true;
        }
    }
    g_autofree char *all = g_strjoinv(", ", (char **)words);
    return fail(err, EMU_ERROR_USAGE, "unknown %s '%s'; there are: %s", key, value, all);
}

/* All go through the host's page cache; what differs is when it is written to the disk. */
static bool set_cache(Drive *d, const char *value, GError **err)
{
    static const char *const words[] = { "writeback", "none", "writethrough", "directsync", "unsafe", NULL };
    static const unsigned flags[] = { 0, 0, BLOCK_WRITE_THROUGH, BLOCK_WRITE_THROUGH, BLOCK_UNSAFE };
    unsigned n;
    if (!parse_word("cache mode", value, words, &n, err)) {
        return false;
    }
    d->cache = flags[n];
    return true;
}

static bool set_discard(Drive *d, const char *value, GError **err)
{
    static const char *const words[] = { "ignore", "off", "unmap", "on", NULL };
    unsigned n;
    if (!parse_word("discard mode", value, words, &n, err)) {
        return false;
    }
    d->discard = n >= 2 ? BLOCK_DISCARD : 0;
    return true;
}

/* Ways of the host to do the same thing: one is as good as another. */
static bool set_aio(Drive *d, const char *value, GError **err)
{
    static const char *const words[] = { "threads", "native", "io_uring", NULL };
    unsigned n;
    return parse_word("kind of aio", value, words, &n, err);
}

static bool set_detect_zeroes(Drive *d, const char *value, GError **err)
{
    static const char *const words[] = { "off", "on", "unmap", NULL };
    unsigned n;
    return parse_word("kind of detect-zeroes", value, words, &n, err);
}

/* Errors are told to the guest. */
static bool set_on_error(Drive *d, const char *value, GError **err)
{
    static const char *const words[] = { "report", "enospc", "ignore", "stop", "auto", NULL };
    unsigned n;
    return parse_word("answer to errors", value, words, &n, err);
}

static const struct {
    const char *name;
    SetKey      set;
} keys[] = {
    { "file", set_file },         { "if", set_interface },   { "index", set_index },
    { "bus", set_bus },           { "unit", set_index },
    { "id", set_id },             { "format", set_format },
    { "readonly", set_readonly }, { "read-only", set_readonly },
    { "snapshot", set_snapshot }, { "media", set_media },
    { "cache", set_cache },       { "aio", set_aio },        { "discard", set_discard },
    { "detect-zeroes", set_detect_zeroes }, { "werror", set_on_error }, { "rerror", set_on_error },
};

static bool set_key(Drive *d, const char *name, const char *value, GError **err)
{
    const char *names[ARRAY_SIZE(keys) + 1] = { NULL };
    for (unsigned i = 0; i < ARRAY_SIZE(keys); i++) {
        if (!strcmp(keys[i].name, name)) {
            return keys[i].set(d, value, err);
        }
        names[i] = keys[i].name;
    }
    return fail_unknown(err, "key", name, names);
}

/* The text up to the next single comma, with double ones made single; *p is after it. */
static char *next_part(const char **p)
{
    GString *part = g_string_new(NULL);
    while (**p && (**p != ',' || (*p)[1] == ',')) {
        *p += **p == ',';
        g_string_append_c(part, *(*p)++);
    }
    *p += **p == ',';
    return g_string_free(part, false);
}

/* "key=value,key=value"; "readonly" alone is "readonly=on". */
static bool parse_drive(Drive *d, const char *spec, GError **err)
{
    for (const char *p = spec; *p;) {
        g_autofree char *part = next_part(&p);
        char *value = strchr(part, '=');
        if (value) {
            *value++ = 0;
        }
        if (!set_key(d, part, value ? value : "on", err)) {
            return false;
        }
    }
    return true;
}

/* --- The list --------------------------------------------------------------------------------- */

static Drive *at(const char *interface, guint64 index)
{
    for (unsigned i = 0; drives && i < drives->len; i++) {
        Drive *d = drives->pdata[i];
        if (d->interface && !strcmp(d->interface, interface) && d->has_index && d->index == index) {
            return d;
        }
    }
    return NULL;
}

static Drive *with_id(const char *id)
{
    for (unsigned i = 0; drives && i < drives->len; i++) {
        Drive *d = drives->pdata[i];
        if (d->id && !strcmp(d->id, id)) {
            return d;
        }
    }
    return NULL;
}

static bool removable(const Drive *d)
{
    return d->cdrom || !strcmp(d->interface, "floppy");
}

static Block *open_medium(Drive *d, const char *file, const char *format, bool read_only, GError **err)
{
    bool in_memory = d->has_snapshot ? d->snapshot : snapshot_all;
    unsigned flags = (read_only || d->cdrom ? BLOCK_READ_ONLY : 0) |
                     (in_memory ? BLOCK_SNAPSHOT : 0) | d->cache | d->discard;
    return block_open(file, format, flags, err);
}

static bool open_image(Drive *d, GError **err)
{
    if (!d->file && !removable(d)) {
        return fail(err, EMU_ERROR_USAGE, "file= is missing");
    }
    Block *image = d->file ? open_medium(d, d->file, d->format, d->read_only, err) : NULL;
    if (d->file && !image) {
        return false;
    }
    d->block = removable(d) ? block_handle(image) : image;
    return true;
}

/* With bus=, unit= counts on that bus alone. */
static void join_bus(Drive *d)
{
    unsigned units = !strcmp(d->interface, "ide") ? 2 : !strcmp(d->interface, "scsi") ? 7 : 1;
    if (d->has_unit) {
        d->index += d->bus * units;
        d->has_index = true;
    }
}

/* Gives it a place and opens it. */
static bool add(Drive *d, const MachineClass *class, GError **err)
{
    if (!d->interface) {
        d->interface = g_strdup(class->disk ? class->disk : "virtio");
    }
    if (d->cdrom && strcmp(d->interface, "ide") && strcmp(d->interface, "none")) {
        return fail(err, EMU_ERROR_USAGE, "no CD-ROM drive with if=%s", d->interface);
    }
    join_bus(d);
    if (d->id && with_id(d->id)) {
        return fail(err, EMU_ERROR_USAGE, "two drives have the id '%s'", d->id);
    }
    if (d->has_index && at(d->interface, d->index)) {
        return fail(err, EMU_ERROR_USAGE, "two drives have if=%s and index=%u", d->interface,
                    (unsigned)d->index);
    }
    while (!d->has_index && at(d->interface, d->index)) {
        d->index++;
    }
    d->has_index = true;
    return open_image(d, err);
}

static Drive *new_drive(void)
{
    Drive *d = g_new0(Drive, 1);
    if (!drives) {
        drives = g_ptr_array_new();
    }
    return d;
}

static bool finish(Drive *d, bool ok, const char *option, const char *spec, GError **err)
{
    if (!ok) {
        g_prefix_error(err, "%s%s%s: ", option, *option ? " " : "", spec);
        return false;
    }
    d->option = g_strdup_printf("%s%s%s", option, *option ? " " : "", spec);
    g_ptr_array_add(drives, d);
    return true;
}

static bool add_file(const char *option, const char *interface, int index, const char *file,
                     const MachineClass *class, GError **err)
{
    Drive *d = new_drive();
    d->file = g_strdup(file);
    d->cdrom = !strcmp(option, "-cdrom");
    d->interface = g_strdup(interface);
    d->has_index = index >= 0;
    d->index = MAX(index, 0);
    return finish(d, add(d, class, err), option, file, err);
}

bool drives_open(const Options *o, const MachineClass *class, GError **err)
{
    const struct { const char *option, *interface; int index; const char *file; } rows[] = {
        { "-hda", NULL, 0, o->hda },            { "-hdb", NULL, 1, o->hdb },
        { "-hdc", NULL, 2, o->hdc },            { "-hdd", NULL, 3, o->hdd },
        { "-cdrom", NULL, 2, o->cdrom },        { "-fda", "floppy", 0, o->fda },
        { "-fdb", "floppy", 1, o->fdb },        { "", NULL, -1, o->image },
        { "-sd", "sd", 0, o->sd },
    };
    snapshot_all = o->snapshot;
    defaults = !o->nodefaults;
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        if (rows[i].file && !add_file(rows[i].option, rows[i].interface, rows[i].index, rows[i].file,
                                      class, err)) {
            return false;
        }
    }
    for (unsigned i = 0; o->pflash && i < o->pflash->len; i++) {
        if (!add_file("-pflash", "pflash", -1, o->pflash->pdata[i], class, err)) {
            return false;
        }
    }
    for (unsigned i = 0; o->drive && i < o->drive->len; i++) {
        const char *spec = o->drive->pdata[i];
        Drive *d = new_drive();
        bool ok = parse_drive(d, spec, err) && add(d, class, err);
        if (!finish(d, ok, "-drive", spec, err)) {
            return false;
        }
    }
    return true;
}

/* Is it "<interface><index>"? */
static bool parse_slot(const char *value, const char **interface, guint64 *index)
{
    for (unsigned i = 0; interfaces[i]; i++) {
        *interface = interfaces[i];
        if (g_str_has_prefix(value, *interface) &&
            g_ascii_string_to_unsigned(value + strlen(*interface), 10, 0, UINT_MAX, index, NULL)) {
            return true;
        }
    }
    return false;
}

/* The drives that a PC has anyway: an empty CD-ROM, an empty floppy. */
static Drive *default_drive(const char *interface, guint64 index)
{
    bool cdrom = !strcmp(interface, "ide") && index == 2;
    bool floppy = !strcmp(interface, "floppy") && index == 0;
    if (!defaults || (!cdrom && !floppy)) {
        return NULL;
    }
    Drive *d = new_drive();
    d->interface = g_strdup(interface);
    d->index = index;
    d->has_index = true;
    d->cdrom = cdrom;
    d->block = block_handle(NULL);
    finish(d, true, "", "", NULL);
    return d;
}

bool drives_resolve(const char *value, void **out, GError **err)
{
    const char *interface;
    guint64 index;
    Drive *d = with_id(value);
    bool slot = !d && parse_slot(value, &interface, &index);
    *out = NULL;
    if (!d && !slot) {
        return fail(err, EMU_ERROR_USAGE, "no drive has the id '%s'", value);
    }
    d = d ? d : at(interface, index);
    d = d ? d : default_drive(interface, index);
    if (d) {
        d->used = true;
        *out = d->block;
    }
    return true;
}

bool drives_waiting(const char *interface, unsigned index)
{
    const Drive *d = at(interface, index);
    return d && !d->used;
}

bool drives_check_used(const MachineClass *class, GError **err)
{
    for (unsigned i = 0; drives && i < drives->len; i++) {
        Drive *d = drives->pdata[i];
        if (!d->used && strcmp(d->interface, "none")) {
            return fail(err, EMU_ERROR_USAGE, "%s: the board '%s' has no place for a disk with "
                        "if=%s and index=%u", d->option, class->name, d->interface,
                        (unsigned)d->index);
        }
    }
    return true;
}

/* --- The monitor ------------------------------------------------------------------------------ */

/* As others name them: ide1-cd0, floppy0, virtio0. */
static char *drive_name(const Drive *d)
{
    if (d->id) {
        return g_strdup(d->id);
    }
    if (!strcmp(d->interface, "ide")) {
        return g_strdup_printf("ide%u-%s%u", (unsigned)d->index / 2, d->cdrom ? "cd" : "hd",
                               (unsigned)d->index % 2);
    }
    return g_strdup_printf("%s%u", d->interface, (unsigned)d->index);
}

static Drive *find_removable(const char *name, GError **err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; drives && i < drives->len; i++) {
        Drive *d = drives->pdata[i];
        char *own = drive_name(d);
        g_ptr_array_add(names, own);
        if (strcmp(own, name)) {
            continue;
        }
        if (!removable(d)) {
            fail(err, EMU_ERROR_USAGE, "the medium of '%s' cannot be changed", name);
            return NULL;
        }
        return d;
    }
    g_ptr_array_add(names, NULL);
    fail_unknown(err, "drive", name, (const char *const *)names->pdata);
    return NULL;
}

bool drives_change(const char *name, const char *file, const char *format, const char *mode,
                   GError **err)
{
    static const char *const modes[] = { "retain", "read-only", "read-write", NULL };
    unsigned n = 0;
    Drive *d = find_removable(name, err);
    if (!d || (mode && !parse_word("mode", mode, modes, &n, err))) {
        return false;
    }
    bool read_only = n ? n == 1 : d->read_only;
    Block *image = open_medium(d, file, format, read_only, err);
    if (!image) {
        return false;
    }
    if (!block_slot_eject(block_slot(d->block), false, err)) {
        block_close(image);
        g_prefix_error(err, "%s: ", name);
        return false;
    }
    d->read_only = read_only;
    set_text(&d->file, file);
    set_text(&d->format, format);
    block_slot_insert(block_slot(d->block), image);
    return true;
}

bool drives_eject(const char *name, bool force, GError **err)
{
    Drive *d = find_removable(name, err);
    if (!d) {
        return false;
    }
    if (!block_slot_eject(block_slot(d->block), force, err)) {
        g_prefix_error(err, "%s: ", name);
        return false;
    }
    set_text(&d->file, NULL);
    return true;
}

static void print_image(const Drive *d, const Block *image, GString *out)
{
    const char *cache = d->cache & BLOCK_UNSAFE ? "unsafe" :
                        d->cache & BLOCK_WRITE_THROUGH ? "writethrough" : "writeback";
    g_string_append_printf(out, "%s (%s%s%s), %" PRIu64 " bytes\n    Cache mode:       %s\n", d->file,
                           d->format ? d->format : "format by content",
                           block_read_only(image) ? ", read-only" : "",
                           (d->has_snapshot ? d->snapshot : snapshot_all) ? ", snapshot" : "",
                           block_size(image), cache);
}

void drives_print(GString *out)
{
    for (unsigned i = 0; drives && i < drives->len; i++) {
        Drive *d = drives->pdata[i];
        g_autofree char *name = drive_name(d);
        BlockSlot *slot = removable(d) ? block_slot(d->block) : NULL;
        Block *image = !slot ? d->block : slot->medium ? slot->medium : slot->in_tray;
        g_string_append_printf(out, "%s: ", name);
        if (image) {
            print_image(d, image, out);
        } else {
            g_string_append(out, "[not inserted]\n");
        }
        if (slot) {
            g_string_append_printf(out, "    Removable device: %slocked, tray %s\n",
                                   slot->locked ? "" : "not ", slot->open ? "open" : "closed");
        }
    }
}
