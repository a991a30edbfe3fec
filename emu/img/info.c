/* SPDX-License-Identifier: MIT */
/* `emu img info`, `check` and `snapshot`: what is said about images, in qemu-img's words. */
#include "emu/img/img.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "system/error.h"

enum { CHECK_CORRUPT = 2, CHECK_LEAKS = 3, CHECK_IMPOSSIBLE = 63 };

/* --- Text ------------------------------------------------------------------------------------- */

char *img_size_text(uint64_t bytes)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double v = bytes;
    unsigned i = 0;
    for (; v >= 1000 && i + 1 < ARRAY_SIZE(units); i++) {
        v /= 1024;
    }
    return g_strdup_printf("%.3g %s", v, units[i]);
}

bool img_wants_json(const ImgOptions *o, bool *json, GError **err)
{
    static const char *const words[] = { "human", "json", NULL };
    *json = o->output && !strcmp(o->output, "json");
    return !o->output || g_strv_contains(words, o->output) ||
           fail_unknown(err, "output", o->output, words);
}

/* An object or a list of them, printed as it is made; names of files may hold anything. */
typedef struct Json {
    unsigned depth;
    bool     first;
} Json;

static void json_next(Json *j, const char *key)
{
    printf("%s%*s", j->first ? "\n" : ",\n", 4 * j->depth, "");
    j->first = false;
    if (key) {
        printf("\"%s\": ", key);
    }
}

static void json_open(Json *j, const char *key, char bracket)
{
    if (j->depth) {
        json_next(j, key);
    }
    putchar(bracket);
    j->depth++;
    j->first = true;
}

static void json_close(Json *j, char bracket)
{
    j->depth--;
    printf("%s%*s%c", j->first ? "" : "\n", j->first ? 0 : 4 * j->depth, "", bracket);
    j->first = false;
}

static void json_number(Json *j, const char *key, uint64_t v)
{
    json_next(j, key);
    printf("%" G_GUINT64_FORMAT, v);
}

static void json_bool(Json *j, const char *key, bool v)
{
    json_next(j, key);
    printf(v ? "true" : "false");
}

static void json_text(Json *j, const char *key, const char *s)
{
    json_next(j, key);
    g_autofree char *valid = g_utf8_make_valid(s, -1);
    putchar('"');
    for (const unsigned char *p = (unsigned char *)valid; *p; p++) {
        if (*p == '"' || *p == '\\') {
            printf("\\%c", *p);
        } else if (*p < 0x20) {
            printf("\\u%04x", *p);
        } else {
            putchar(*p);
        }
    }
    putchar('"');
}

/* --- Snapshots -------------------------------------------------------------------------------- */

static void print_snapshots(const GPtrArray *list)
{
    printf("Snapshot list:\n%-10s%-17s %8s %20s %14s\n", "ID", "TAG", "VM SIZE", "DATE",
           "VM CLOCK");
    for (unsigned i = 0; i < list->len; i++) {
        const BlockSnapshot *sn = list->pdata[i];
        g_autofree char *size = img_size_text(sn->vm_state_size);
        time_t seconds = sn->seconds;
        struct tm tm;
        char date[32];
        localtime_r(&seconds, &tm);
        strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &tm);
        guint64 ms = sn->vm_clock_ns / 1000000;
        printf("%-9s %-16s  %8s %20s   %02u:%02u:%02u.%03u\n", sn->id, sn->name, size, date,
               (unsigned)(ms / 3600000), (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60),
               (unsigned)(ms % 1000));
    }
}

static void json_snapshots(Json *j, const GPtrArray *list)
{
    json_open(j, "snapshots", '[');
    for (unsigned i = 0; i < list->len; i++) {
        const BlockSnapshot *sn = list->pdata[i];
        json_open(j, NULL, '{');
        json_text(j, "id", sn->id);
        json_text(j, "name", sn->name);
        json_number(j, "vm-state-size", sn->vm_state_size);
        json_number(j, "date-sec", sn->seconds);
        json_number(j, "date-nsec", sn->ns);
        json_number(j, "vm-clock-sec", sn->vm_clock_ns / 1000000000);
        json_number(j, "vm-clock-nsec", sn->vm_clock_ns % 1000000000);
        json_close(j, '}');
    }
    json_close(j, ']');
}

typedef bool (*SnapshotVerb)(Block *b, const char *name, GError **err);

int img_snapshot(const ImgOptions *o, GError **err)
{
    const struct {
        const char  *name;
        SnapshotVerb verb;
    } asked[] = {
        { o->create, block_snapshot_create },
        { o->apply,  block_snapshot_apply },
        { o->delete, block_snapshot_delete },
    };
    unsigned n = o->list;
    int which = -1;
    for (unsigned i = 0; i < ARRAY_SIZE(asked); i++) {
        n += !!asked[i].name;
        which = asked[i].name ? (int)i : which;
    }
    if (n > 1) {
        fail(err, EMU_ERROR_USAGE, "one of -l, -a, -c and -d at a time");
        return -1;
    }
    unsigned flags = which < 0 ? BLOCK_READ_ONLY | (o->share ? BLOCK_SHARE : 0) : 0;
    Block *b = block_open(o->operand[0], o->format, flags | BLOCK_NO_BACKING, err);
    if (!b) {
        return -1;
    }
    if (which >= 0) {
        return asked[which].verb(b, asked[which].name, err) ? 0 : -1;
    }
    BlockInfo info;
    block_info(b, &info);
    g_free(info.backing_path);
    if (info.snapshots && info.snapshots->len) {
        print_snapshots(info.snapshots);
    }
    return 0;
}

/* --- info ------------------------------------------------------------------------------------- */

static void print_info(const BlockInfo *i)
{
    g_autofree char *size = img_size_text(i->size), *taken = img_size_text(i->allocated);
    printf("image: %s\nfile format: %s\nvirtual size: %s (%" G_GUINT64_FORMAT
           " bytes)\ndisk size: %s\n",
           i->path, i->format, size, i->size, taken);
    if (i->dirty) {
        printf("cleanly shut down: no\n");
    }
    if (!i->qcow2) {
        return;
    }
    printf("cluster_size: %" G_GUINT64_FORMAT "\n", i->cluster_size);
    if (i->backing) {
        bool same = !strcmp(i->backing, i->backing_path);
        printf("backing file: %s%s%s%s\n", i->backing, same ? "" : " (actual path: ",
               same ? "" : i->backing_path, same ? "" : ")");
    }
    if (i->backing && i->backing_format) {
        printf("backing file format: %s\n", i->backing_format);
    }
    if (i->snapshots->len) {
        print_snapshots(i->snapshots);
    }
    printf("Format specific information:\n    compat: %s\n    compression type: %s\n",
           i->version == 2 ? "0.10" : "1.1", i->compression);
    if (i->version >= 3) {
        printf("    lazy refcounts: %s\n", i->lazy_refcounts ? "true" : "false");
    }
    printf("    refcount bits: %u\n", i->refcount_bits);
    if (i->version >= 3) {
        printf("    corrupt: %s\n    extended l2: %s\n", i->corrupt ? "true" : "false",
               i->extended_l2 ? "true" : "false");
    }
}

static void json_specific(Json *j, const BlockInfo *i)
{
    json_open(j, "format-specific", '{');
    json_text(j, "type", i->format);
    json_open(j, "data", '{');
    json_text(j, "compat", i->version == 2 ? "0.10" : "1.1");
    json_text(j, "compression-type", i->compression);
    json_number(j, "refcount-bits", i->refcount_bits);
    if (i->version >= 3) {
        json_bool(j, "lazy-refcounts", i->lazy_refcounts);
        json_bool(j, "corrupt", i->corrupt);
        json_bool(j, "extended-l2", i->extended_l2);
    }
    json_close(j, '}');
    json_close(j, '}');
}

static void json_info(Json *j, const BlockInfo *i)
{
    json_open(j, NULL, '{');
    json_text(j, "filename", i->path);
    json_text(j, "format", i->format);
    json_number(j, "virtual-size", i->size);
    json_number(j, "actual-size", i->allocated);
    json_bool(j, "dirty-flag", i->dirty);
    if (i->qcow2) {
        json_number(j, "cluster-size", i->cluster_size);
        if (i->backing) {
            json_text(j, "backing-filename", i->backing);
            json_text(j, "full-backing-filename", i->backing_path);
        }
        if (i->backing && i->backing_format) {
            json_text(j, "backing-filename-format", i->backing_format);
        }
        if (i->snapshots->len) {
            json_snapshots(j, i->snapshots);
        }
        json_specific(j, i);
    }
    json_close(j, '}');
}

/* One image; *next is the one that it stands on, and its format. */
static bool info_one(const ImgOptions *o, const char *path, const char *format, Json *j,
                     char **next, char **next_format, GError **err)
{
    unsigned flags =
        BLOCK_READ_ONLY | BLOCK_NO_BACKING | BLOCK_CHECK | (o->share ? BLOCK_SHARE : 0);
    Block *b = block_open(path, format, flags, err);
    if (!b) {
        return false;
    }
    BlockInfo info;
    block_info(b, &info);
    if (j) {
        json_info(j, &info);
    } else {
        print_info(&info);
    }
    *next = info.backing_path;
    *next_format = g_strdup(info.backing_format);
    block_close(b);
    return true;
}

int img_info(const ImgOptions *o, GError **err)
{
    bool json;
    Json j = { 0 };
    if (!img_wants_json(o, &json, err)) {
        return -1;
    }
    if (o->chain) {                         /* so that a loop is found before it is followed */
        unsigned flags = BLOCK_READ_ONLY | (o->share ? BLOCK_SHARE : 0);
        Block *b = block_open(o->operand[0], o->format, flags, err);
        if (!b) {
            return -1;
        }
        block_close(b);
    }
    if (json && o->chain) {
        json_open(&j, NULL, '[');
    }
    char *path = g_strdup(o->operand[0]), *format = g_strdup(o->format);
    bool ok = true;
    for (bool first = true; ok && path && (first || o->chain); first = false) {
        char *next = NULL, *next_format = NULL;
        if (!first && !json) {
            printf("\n");
        }
        ok = info_one(o, path, format, json ? &j : NULL, &next, &next_format, err);
        g_free(path);
        g_free(format);
        path = next;
        format = next_format;
    }
    g_free(path);
    g_free(format);
    if (json && o->chain) {
        json_close(&j, ']');
    }
    if (json) {
        printf("\n");
    }
    return ok ? 0 : -1;
}

/* --- check ------------------------------------------------------------------------------------ */

static void say(const char *text)
{
    fprintf(stderr, "%s\n", text);
}

static void json_check(const ImgOptions *o, const BlockInfo *i, const BlockCheck *r)
{
    Json j = { 0 };
    json_open(&j, NULL, '{');
    json_text(&j, "filename", o->operand[0]);
    json_text(&j, "format", i->format);
    json_number(&j, "check-errors", r->errors);
    json_number(&j, "image-end-offset", r->end);
    json_number(&j, "total-clusters", r->clusters);
    json_number(&j, "allocated-clusters", r->allocated);
    json_number(&j, "fragmented-clusters", r->fragmented);
    json_number(&j, "compressed-clusters", r->compressed);
    json_number(&j, "corruptions", r->corruptions - r->corruptions_fixed);
    json_number(&j, "leaks", r->leaks - r->leaks_fixed);
    json_number(&j, "corruptions-fixed", r->corruptions_fixed);
    json_number(&j, "leaks-fixed", r->leaks_fixed);
    json_close(&j, '}');
    printf("\n");
}

static double percent(uint64_t part, uint64_t all)
{
    return all ? 100.0 * part / all : 0;
}

static void print_check(const BlockCheck *r)
{
    uint64_t bad = r->corruptions - r->corruptions_fixed, leaks = r->leaks - r->leaks_fixed;
    if (r->corruptions_fixed || r->leaks_fixed) {
        printf("The following inconsistencies were found and repaired:\n\n    %" G_GUINT64_FORMAT
               " leaked clusters\n    %" G_GUINT64_FORMAT " corruptions\n\n", r->leaks_fixed,
               r->corruptions_fixed);
    }
    if (bad) {
        printf("%" G_GUINT64_FORMAT
               " errors were found on the image.\nData may be corrupted, or further "
               "writes to the image may corrupt it.\n",
               bad);
    }
    if (leaks) {
        printf("%" G_GUINT64_FORMAT
               " leaked clusters were found on the image.\nThis means waste of disk "
               "space, but no harm to data.\n",
               leaks);
    }
    if (r->errors) {
        printf("%" G_GUINT64_FORMAT " internal errors have occurred during the check.\n",
               r->errors);
    }
    if (!bad && !leaks && !r->errors) {
        printf("No errors were found on the image.\n");
    }
    if (r->allocated) {
        printf("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT
               " = %.2f%% allocated, %.2f%% fragmented, %.2f%% "
               "compressed clusters\n",
               r->allocated, r->clusters, percent(r->allocated, r->clusters),
               percent(r->fragmented, r->allocated), percent(r->compressed, r->allocated));
    }
    printf("Image end offset: %" G_GUINT64_FORMAT "\n", r->end);
}

static bool parse_repair(const char *text, unsigned *fix, GError **err)
{
    static const char *const words[] = { "leaks", "all", NULL };
    *fix = !text ? 0 : !strcmp(text, "all") ? BLOCK_FIX_LEAKS | BLOCK_FIX_ERRORS : BLOCK_FIX_LEAKS;
    return !text || g_strv_contains(words, text) ||
           fail_unknown(err, "kind of repair", text, words);
}

int img_check(const ImgOptions *o, GError **err)
{
    unsigned fix;
    bool json;
    if (!parse_repair(o->repair, &fix, err) || !img_wants_json(o, &json, err)) {
        return -1;
    }
    unsigned flags = BLOCK_CHECK | BLOCK_NO_BACKING | (fix ? 0 : BLOCK_READ_ONLY) |
                     (o->share && !fix ? BLOCK_SHARE : 0);
    Block *b = block_open(o->operand[0], o->format, flags, err);
    if (!b) {
        return -1;
    }
    BlockCheck r = { .say = o->quiet ? NULL : say };
    BlockInfo info;
    block_info(b, &info);
    g_free(info.backing_path);
    if (!block_check(b, fix, &r, err)) {
        if (r.errors) {
            return -1;
        }
        fprintf(stderr, "emu img check: %s\n", (*err)->message);
        g_clear_error(err);
        return CHECK_IMPOSSIBLE;
    }
    if (json) {
        json_check(o, &info, &r);
    } else if (!o->quiet) {
        print_check(&r);
    }
    if (r.errors) {
        return EMU_ERROR_OSERR;
    }
    return r.corruptions > r.corruptions_fixed ? CHECK_CORRUPT
           : r.leaks > r.leaks_fixed           ? CHECK_LEAKS
                                               : 0;
}
