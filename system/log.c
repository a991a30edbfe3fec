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
bool (*log_sink)(const char *who, const char *kind, const char *text);

static const struct {
    const char *name;
    uint32_t    mask;
    const char *about;
} items[] = {
#define LOG_ROW(name, word, about) { word, LOG_##name, about },
    LOG_ITEMS(LOG_ROW)
#undef LOG_ROW
};

static void __attribute__((constructor)) log_to_stderr(void)
{
    log_file = stderr;
}

void log_write(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(log_file, fmt, ap);
    va_end(ap);
}

void log_device(const Device *dev, const char *kind, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g_autofree char *text = g_strdup_vprintf(fmt, ap);
    va_end(ap);
    const char *who = dev ? dev->id : "cpu";
    if (!log_sink || !log_sink(who, kind, text)) {
        log_write("%s: %s: %s\n", who, kind, text);
    }
}

bool log_open(const char *path, GError **err)
{
    FILE *f = fopen(path, "w");
    if (!f) {
        return fail_errno(err, "cannot write the log '%s'", path);
    }
    setvbuf(f, NULL, _IOLBF, 0);
    if (log_file != stderr) {
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

/* What QEMU calls them. */
static const struct {
    const char *alias, *name;
} aliases[] = {
    { "guest_errors", "guest" }, { "op", "ir" }, { "op_opt", "ir" },
};

static bool parse_item(const char *item, GError **err)
{
    for (size_t i = 0; i < ARRAY_SIZE(aliases); i++) {
        item = strcmp(item, aliases[i].alias) == 0 ? aliases[i].name : item;
    }
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

/* --- -dfilter --------------------------------------------------------------------------------- */

typedef struct Range {
    uint64_t from, to;                  /* both included */
} Range;

static GArray *filter;                  /* of Range; NULL: everything */

static bool parse_range(const char *text, Range *r)
{
    char *end;
    r->from = g_ascii_strtoull(text, &end, 0);
    const char *sign = end;
    unsigned len = g_str_has_prefix(sign, "..") ? 2 : *sign == '+' || *sign == '-' ? 1 : 0;
    if (!len || sign == text || !g_ascii_isdigit(sign[len])) {
        return false;
    }
    uint64_t n = g_ascii_strtoull(sign + len, &end, 0);
    if (*sign == '+' && n) {
        r->to = r->from + (n - 1);
    } else if (*sign == '-' && n) {
        r->to = r->from;
        r->from -= n - 1;
    } else {
        r->to = n;
    }
    return !*end && r->from <= r->to;
}

bool log_filter(const char *ranges, GError **err)
{
    g_auto(GStrv) words = g_strsplit(ranges, ",", -1);
    filter = g_array_new(false, false, sizeof(Range));
    for (char **w = words; *w; w++) {
        Range r;
        if (!parse_range(*w, &r)) {
            return fail(err, EMU_ERROR_USAGE, "-dfilter: '%s' is not a range: FROM..TO, FROM+SIZE or "
                        "FROM-SIZE", *w);
        }
        g_array_append_val(filter, r);
    }
    return filter->len || fail(err, EMU_ERROR_USAGE, "-dfilter: no range is given");
}

bool log_wants(uint64_t address)
{
    for (unsigned i = 0; filter && i < filter->len; i++) {
        const Range *r = &g_array_index(filter, Range, i);
        if (address >= r->from && address <= r->to) {
            return true;
        }
    }
    return !filter;
}
