/* SPDX-License-Identifier: MIT */
/* `emu img create` and `emu img resize`, and the keys of -o. */
#include "emu/img/img.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include "system/error.h"

/* --- Values ----------------------------------------------------------------------------------- */

bool img_parse_size(const char *text, uint64_t *bytes, GError **err)
{
    static const char units[] = "bkmgtpe";
    char *end;
    double v = g_ascii_strtod(text, &end);
    const char *unit = *end ? strchr(units, g_ascii_tolower(*end)) : units;
    bool one = !*end || !end[1];
    if (end == text || !g_ascii_isdigit(text[0]) || !unit || !one || strchr(text, 'x')) {
        return fail(err, EMU_ERROR_USAGE,
                    "'%s' is not a size: give bytes, or a number with K, M, G or T", text);
    }
    double all = ldexp(v, 10 * (unit - units));
    if (!(all < 9.2e18)) {
        return fail(err, EMU_ERROR_USAGE, "a size of '%s' is too large", text);
    }
    /* A whole number of bytes is exact. */
    *bytes = *end ? (uint64_t)all : g_ascii_strtoull(text, NULL, 10);
    return true;
}

bool img_parse_preallocation(const char *text, Preallocation *p, GError **err)
{
    static const char *const words[] = { "off", "metadata", "falloc", "full", NULL };
    for (unsigned i = 0; words[i]; i++) {
        if (!strcmp(words[i], text)) {
            *p = i;
            return true;
        }
    }
    return fail_unknown(err, "preallocation", text, words);
}

static bool parse_switch(const char *value, bool *on, GError **err)
{
    *on = !strcmp(value, "on") || !strcmp(value, "true") || !strcmp(value, "yes");
    return *on || !strcmp(value, "off") || !strcmp(value, "false") || !strcmp(value, "no") ||
           fail(err, EMU_ERROR_USAGE, "'%s' is neither 'on' nor 'off'", value);
}

/* --- Keys ------------------------------------------------------------------------------------- */

typedef bool (*SetKey)(BlockCreate *c, const char *value, GError **err);

static bool set_backing_file(BlockCreate *c, const char *value, GError **err)
{
    c->backing = *value ? g_intern_string(value) : NULL;
    return true;
}

static bool set_backing_fmt(BlockCreate *c, const char *value, GError **err)
{
    c->backing_format = g_intern_string(value);
    return true;
}

static bool set_cluster_size(BlockCreate *c, const char *value, GError **err)
{
    return img_parse_size(value, &c->cluster_size, err);
}

static bool set_compat(BlockCreate *c, const char *value, GError **err)
{
    bool v2 = !strcmp(value, "0.10") || !strcmp(value, "v2");
    bool v3 = !strcmp(value, "1.1") || !strcmp(value, "v3");
    c->version = v2 ? 2 : 3;
    return v2 || v3 || fail(err, EMU_ERROR_USAGE, "compat '%s' is neither '0.10' nor '1.1'", value);
}

static bool set_compression_type(BlockCreate *c, const char *value, GError **err)
{
    static const char *const words[] = { "zlib", "zstd", NULL };
    c->zstd = !strcmp(value, "zstd");
    return g_strv_contains(words, value) || fail_unknown(err, "compression type", value, words);
}

static bool set_extended_l2(BlockCreate *c, const char *value, GError **err)
{
    return parse_switch(value, &c->extended_l2, err);
}

static bool set_lazy_refcounts(BlockCreate *c, const char *value, GError **err)
{
    return parse_switch(value, &c->lazy_refcounts, err);
}

static bool set_preallocation(BlockCreate *c, const char *value, GError **err)
{
    return img_parse_preallocation(value, &c->preallocation, err);
}

static bool set_refcount_bits(BlockCreate *c, const char *value, GError **err)
{
    guint64 bits = 0;
    bool ok = g_ascii_string_to_unsigned(value, 10, 1, 64, &bits, NULL);
    c->refcount_bits = bits;
    return ok || fail(err, EMU_ERROR_USAGE,
                      "refcount_bits is a power of two from 1 to 64, not '%s'", value);
}

static bool set_size(BlockCreate *c, const char *value, GError **err)
{
    return img_parse_size(value, &c->size, err);
}

static const struct {
    const char *name;
    SetKey      set;
} keys[] = {
#define KEY(name, value, about) { #name, set_##name },
#include "emu/img/img.def"
};

static bool set_key(BlockCreate *c, const char *name, const char *value, GError **err)
{
    const char *names[ARRAY_SIZE(keys) + 1] = { NULL };
    for (unsigned i = 0; i < ARRAY_SIZE(keys); i++) {
        if (!strcmp(keys[i].name, name)) {
            return keys[i].set(c, value, err);
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

static bool parse_list(BlockCreate *c, const char *list, bool *has_size, GError **err)
{
    for (const char *p = list; *p;) {
        g_autofree char *part = next_part(&p);
        char *value = strchr(part, '=');
        if (value) {
            *value++ = 0;
        }
        if (!set_key(c, part, value ? value : "on", err)) {
            g_prefix_error(err, "-o %s: ", list);
            return false;
        }
        *has_size |= !strcmp(part, "size");
    }
    return true;
}

bool img_parse_keys(const ImgOptions *o, BlockCreate *c, bool *has_size, GError **err)
{
    *c = (BlockCreate){ .version = 3 };
    *has_size = false;
    for (unsigned i = 0; o->keys && i < o->keys->len; i++) {
        if (!parse_list(c, o->keys->pdata[i], has_size, err)) {
            return false;
        }
    }
    c->backing = o->backing ? o->backing : c->backing;
    c->backing_format = o->backing_format ? o->backing_format : c->backing_format;
    return true;
}

/* What the keys say that only qcow2 images have. */
static bool check_for_format(const char *format, const BlockCreate *c, GError **err)
{
    bool raw = !format || !strcmp(format, "raw");
    bool special = c->cluster_size || c->refcount_bits || c->lazy_refcounts || c->extended_l2 ||
                   c->zstd || c->version == 2;
    return !raw || !special ||
           fail(err, EMU_ERROR_USAGE,
                "raw images have only the keys 'size' and 'preallocation'; -f qcow2 (of "
                "convert: -O) makes a qcow2 one");
}

/* --- create ----------------------------------------------------------------------------------- */

bool img_check_backing(const char *image, const BlockCreate *c, bool unsafe, uint64_t *size,
                       GError **err)
{
    *size = 0;
    if (!c->backing) {
        return !c->backing_format || fail(err, EMU_ERROR_USAGE, "-F without a backing file");
    }
    g_autofree char *folder = g_path_get_dirname(image);
    g_autofree char *path = g_path_is_absolute(c->backing)
                                ? g_strdup(c->backing)
                                : g_build_filename(folder, c->backing, NULL);
    if (unsafe && c->backing_format) {
        return true;
    }
    Block *b = block_open(path, c->backing_format, BLOCK_READ_ONLY, err);
    if (!b) {
        return false;
    }
    BlockInfo info;
    block_info(b, &info);
    g_free(info.backing_path);
    *size = info.size;
    bool ok = c->backing_format ||
              fail(err, EMU_ERROR_USAGE,
                   "the backing file needs its format: -F %s, if that is what '%s' is", info.format,
                   path);
    block_close(b);
    return ok;
}

int img_create(const ImgOptions *o, GError **err)
{
    BlockCreate c;
    bool has_size;
    uint64_t below;
    const char *format = o->format ? o->format : "raw";
    if (!img_parse_keys(o, &c, &has_size, err) || !check_for_format(format, &c, err) ||
        !img_check_backing(o->operand[0], &c, o->unsafe, &below, err)) {
        return -1;
    }
    if (o->operand[1] && !img_parse_size(o->operand[1], &c.size, err)) {
        return -1;
    }
    if (!has_size && !o->operand[1]) {
        if (!c.backing || (o->unsafe && !below)) {
            fail(err, EMU_ERROR_USAGE, "how large?  emu img create [options] FILE SIZE");
            return -1;
        }
        c.size = below;
    }
    c.size = round_up(c.size, 512);
    if (!block_create(o->operand[0], format, &c, err)) {
        return -1;
    }
    if (!o->quiet) {
        printf("made '%s': %s, %" G_GUINT64_FORMAT " bytes\n", o->operand[0], format, c.size);
    }
    return 0;
}

/* --- resize ----------------------------------------------------------------------------------- */

static bool new_size(const char *text, uint64_t old, uint64_t *size, GError **err)
{
    bool up = *text == '+', down = *text == '-';
    if (!img_parse_size(text + (up || down), size, err)) {
        return false;
    }
    if (down && *size > old) {
        return fail(err, EMU_ERROR_USAGE, "the disk has only %" G_GUINT64_FORMAT " bytes", old);
    }
    *size = round_up(up ? old + *size : down ? old - *size : *size, 512);
    return true;
}

int img_resize(const ImgOptions *o, GError **err)
{
    Preallocation p = PREALLOC_OFF;
    uint64_t size;
    if (o->preallocation && !img_parse_preallocation(o->preallocation, &p, err)) {
        return -1;
    }
    Block *b = block_open(o->operand[0], o->format, 0, err);
    if (!b || !new_size(o->operand[1], block_size(b), &size, err)) {
        return -1;
    }
    if (size < block_size(b) && !o->shrink) {
        fail(err, EMU_ERROR_USAGE,
             "the disk would lose its last %" G_GUINT64_FORMAT " bytes; --shrink "
             "allows it",
             block_size(b) - size);
        return -1;
    }
    if (!block_resize(b, size, p, err)) {
        return -1;
    }
    if (!o->quiet) {
        printf("Image resized.\n");
    }
    return 0;
}
