/* SPDX-License-Identifier: MIT */
/*
 * The log: which items are on, where it goes, who speaks.
 */
#include "system/log.h"
#include "system/device.h"
#include "system/error.h"

uint32_t log_mask;
FILE *log_file;
const char *log_ir_pass;

static const struct {
    const char *name;
    uint32_t    mask;
    const char *about;
} items[] = {
#define LOG_ROW(name, word, about) { word, LOG_##name, about },
    LOG_ITEMS(LOG_ROW)
#undef LOG_ROW
};

void log_write(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(log_file ? log_file : stderr, fmt, ap);
    va_end(ap);
}

void log_device(const Device *dev, const char *kind, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g_autofree char *text = g_strdup_vprintf(fmt, ap);
    va_end(ap);
    log_write("%s: %s: %s\n", dev ? dev->id : "cpu", kind, text);
}

bool log_open(const char *path, GError **err)
{
    FILE *f = fopen(path, "w");
    if (!f) {
        return fail_errno(err, "cannot write the log '%s'", path);
    }
    setvbuf(f, NULL, _IOLBF, 0);
    if (log_file && log_file != stderr) {
        fclose(log_file);
    }
    log_file = f;
    return true;
}

void log_help(FILE *out)
{
    fprintf(out, "Log items (-d item[,item...]):\n");
    for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
        fprintf(out, "  %-10s %s\n", items[i].name, items[i].about);
    }
}

static bool parse_item(const char *item, GError **err)
{
    if (g_str_has_prefix(item, "ir:")) {
        log_ir_pass = g_intern_string(item + 3);
        log_mask |= LOG_IR;
        return true;
    }
    const char *names[ARRAY_SIZE(items) + 1] = { NULL };
    for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
        if (strcmp(item, items[i].name) == 0) {
            log_mask |= items[i].mask;
            return true;
        }
        names[i] = items[i].name;
    }
    return fail_unknown(err, "log item", item, names);
}

bool log_parse(const char *list, GError **err)
{
    g_auto(GStrv) words = g_strsplit(list, ",", -1);
    for (char **w = words; *w; w++) {
        if (**w && !parse_item(*w, err)) {
            return false;
        }
    }
    return true;
}
