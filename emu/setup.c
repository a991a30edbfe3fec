/* SPDX-License-Identifier: MIT */
/*
 * What the options about the machine mean.  Words are those of QEMU; those that name something we do
 * not have are refused by name, not ignored, unless they ask for what is so anyway (usb=off).
 */
#include "emu/setup.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "emu/plug.h"
#include "emu/ports.h"
#include "emu/registry.h"
#include "system/clock.h"
#include "system/error.h"
#include "tcg/engine.h"

/* Words that may stand after the first one, KEY or KEY=VALUE; values: NULL, or all that are taken. */
typedef struct Word {
    const char *key, *values[5];
} Word;

/* "first,key=value,...": the first word's value is left to the caller. */
static bool check_words(const char *option, char **words, const Word *known, unsigned n_known,
                        GError **err)
{
    const char *keys[16] = { NULL };
    for (unsigned k = 0; k < n_known; k++) {
        keys[k] = known[k].key;
    }
    for (char **w = words; *w; w++) {
        g_auto(GStrv) pair = g_strsplit(*w, "=", 2);
        const char *key = pair[0] ? pair[0] : "", *value = pair[0] && pair[1] ? pair[1] : "on";
        unsigned k = 0;
        while (k < n_known && strcmp(known[k].key, key)) {
            k++;
        }
        if (k == n_known) {
            fail_unknown(err, "key", key, keys);
            g_prefix_error(err, "%s: ", option);
            return false;
        }
        if (known[k].values[0] && !g_strv_contains(known[k].values, value)) {
            g_autofree char *list = g_strjoinv(", ", (char **)known[k].values);
            return fail(err, EMU_ERROR_USAGE, "%s: %s can be %s, not '%s'", option, key, list, value);
        }
    }
    return true;
}

static const char *word_value(char **words, const char *key)
{
    size_t len = strlen(key);
    for (char **w = words; *w; w++) {
        if (!strncmp(*w, key, len) && (*w)[len] == '=') {
            return *w + len + 1;
        }
    }
    return NULL;
}

/* ---- -m, -smp, -cpu ---- */

static bool parse_memory(const char *text, MachineConfig *c, GError **err)
{
    const char *size = g_str_has_prefix(text, "size=") ? text + 5 : text;
    if (strchr(size, ',')) {
        return fail(err, EMU_ERROR_USAGE, "-m: '%s': memory cannot be plugged in later: give the size "
                    "alone", text);
    }
    if (!parse_size(size, &c->ram_size, err)) {
        g_prefix_error(err, "-m: ");
        return false;
    }
    return true;
}

static bool is_count(const char *text, guint64 *n)
{
    return text && g_ascii_string_to_unsigned(text, 10, 1, MAX_CPUS, n, NULL);
}

/* "4", "cpus=4", "4,sockets=1,cores=4,threads=1,maxcpus=4". */
static bool parse_smp(const char *text, MachineConfig *c, GError **err)
{
    static const Word known[] = {
        { "cpus" }, { "maxcpus" }, { "sockets" }, { "clusters" }, { "cores" }, { "threads" },
    };
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    bool named = words[0] && strchr(words[0], '=');
    guint64 n = 1;
    if (!words[0]) {
        return fail(err, EMU_ERROR_USAGE, "-smp: '' is not a number from 1 to %d", MAX_CPUS);
    }
    for (char **w = words; *w; w++) {
        const char *eq = strchr(*w, '=');
        guint64 v;
        if (w == words && !named ? !is_count(*w, &n) : !eq || !is_count(eq + 1, &v)) {
            return fail(err, EMU_ERROR_USAGE, "-smp: '%s': '%s' is not a number from 1 to %d", text,
                        eq ? eq + 1 : *w, MAX_CPUS);
        }
    }
    if (!check_words("-smp", words + !named, known, ARRAY_SIZE(known), err)) {
        return false;
    }
    guint64 product = 1, v;
    bool shaped = false;
    static const char *const shape[] = { "sockets", "clusters", "cores", "threads" };
    for (unsigned i = 0; i < ARRAY_SIZE(shape); i++) {
        if (is_count(word_value(words, shape[i]), &v)) {
            product *= v;
            shaped = true;
        }
    }
    if (named && !is_count(word_value(words, "cpus"), &n)) {
        n = product;
    } else if (shaped && product < n) {
        return fail(err, EMU_ERROR_USAGE, "-smp: '%s': %u processors do not fit into %u places", text,
                    (unsigned)n, (unsigned)product);
    }
    if (is_count(word_value(words, "maxcpus"), &v) && v < n) {
        return fail(err, EMU_ERROR_USAGE, "-smp: '%s': more processors than maxcpus", text);
    }
    c->n_cpus = n;
    return true;
}

static bool fail_unknown_cpu(const char *model, GError **err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const GuestIsa *const *isas = registry_isas();
    for (unsigned i = 0; isas[i]; i++) {
        const char *name;
        g_ptr_array_add(names, (gpointer)isas[i]->name);
        for (unsigned n = 0; (name = isas[i]->model_name(n)); n++) {
            g_ptr_array_add(names, (gpointer)name);
        }
    }
    g_ptr_array_add(names, NULL);
    fail_unknown(err, "CPU", model, (const char *const *)names->pdata);
    g_prefix_error(err, "-cpu: ");
    if (err && !strstr((*err)->message, "did you mean")) {
        char *text = g_strconcat((*err)->message, "; -cpu help lists them", NULL);
        g_free((*err)->message);
        (*err)->message = text;
    }
    return false;
}

static bool parse_cpu(const char *text, const MachineClass *class, MachineConfig *c, GError **err)
{
    const char *comma = strchr(text, ',');
    const GuestIsa *isa = registry_isa_of_model(text);
    if (comma && !(isa && isa->features)) {
        return fail(err, EMU_ERROR_USAGE, "-cpu: '%s': a model's features cannot be changed, so no "
                    "'%s'", text, comma + 1);
    }
    if (!isa) {
        return fail_unknown_cpu(text, err);
    }
    if (registry_isa_of_model(class->cpu) != isa) {
        return fail(err, EMU_ERROR_USAGE, "machine '%s' has no %s processor; -M %s -cpu help lists what "
                    "it takes", class->name, isa->name, class->name);
    }
    c->cpu = strcmp(isa->name, text) ? text : NULL;     /* "arm" is the board's own */
    return true;
}

/* ---- -M ---- */

static char *machine_accel;             /* accel= of -M */

/* Takes out of -M's words those that are not the board's own. */
static bool take_common(char **words, GError **err)
{
    static const Word common[] = {
        { "accel" }, { "usb", { "off", "no" } }, { "graphics", { "on", "off" } },
        { "dump-guest-core", { "on", "off" } }, { "mem-merge", { "on", "off" } },
    };
    char **to = words;
    for (char **w = words; *w; w++) {
        bool ours = false;
        size_t len = strcspn(*w, "=");
        for (unsigned k = 0; k < ARRAY_SIZE(common); k++) {
            ours |= strlen(common[k].key) == len && !strncmp(*w, common[k].key, len);
        }
        if (!ours) {
            *to++ = *w;
            continue;
        }
        char *one[] = { *w, NULL };
        if (!check_words("-M", one, common, ARRAY_SIZE(common), err)) {
            return false;
        }
        if (g_str_has_prefix(*w, "accel=")) {
            machine_accel = g_strdup(*w + 6);
        }
    }
    *to = NULL;
    return true;
}

static const MachineClass *parse_machine(const char *text, MachineConfig *c, GError **err)
{
    char **words = g_strsplit(text, ",", -1);
    const char *name = words[0] ? words[0] : "";
    name += g_str_has_prefix(name, "type=") ? 5 : 0;
    const MachineClass *class = machine_class_find(name, err);
    if (!class) {
        if (err && *err && !strstr((*err)->message, "did you mean")) {
            char *more = g_strconcat((*err)->message, "; -M help lists them", NULL);
            g_free((*err)->message);
            (*err)->message = more;
        }
        return NULL;
    }
    if (words[0] && words[1]) {
        if (!take_common(words + 1, err)) {
            return NULL;
        }
        c->options = (const char *const *)words + 1;    /* kept */
    }
    return class;
}

static bool check_file_options(const Options *o, GError **err)
{
    const struct { const char *option, *value; } files[] = {
        { "-kernel", o->kernel }, { "-initrd", o->initrd }, { "-dtb", o->dtb }, { "-bios", o->bios },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(files); i++) {
        if (files[i].value && !*files[i].value) {
            return fail(err, EMU_ERROR_USAGE, "%s: the file's name is empty", files[i].option);
        }
    }
    return true;
}

const MachineClass *setup_config(const Options *o, MachineConfig *c, GError **err)
{
    if (!o->machine) {
        fail(err, EMU_ERROR_USAGE, "no board given: use -M NAME (emu -M help lists them)");
        return NULL;
    }
    const MachineClass *class = parse_machine(o->machine, c, err);
    if (!class || (o->memory && !parse_memory(o->memory, c, err)) ||
        (o->smp && !parse_smp(o->smp, c, err)) || (o->cpu && !parse_cpu(o->cpu, class, c, err)) ||
        !check_file_options(o, err) || !plug_prepare(o, class, c, err)) {
        return NULL;
    }
    c->kernel = o->kernel;
    c->initrd = o->initrd;
    c->append = o->append;
    c->dtb = o->dtb;
    c->bios = o->bios;
    c->boot = o->boot;
    if (o->global) {
        g_ptr_array_add(o->global, NULL);
        c->globals = (const char *const *)o->global->pdata;
    }
    c->resolver = ports_resolve;
    return class;
}

/* ---- how it runs ---- */

bool setup_accel(const Options *o, const char **accel, GError **err)
{
    static const Word known[] = { { "thread", { "single", "multi" } }, { "tb-size" } };
    const char *text = o->accel ? o->accel : machine_accel ? machine_accel : "jit";
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    const char *name = words[0] ? words[0] : "";
    name += g_str_has_prefix(name, "accel=") ? 6 : 0;
    const char *const names[] = { "jit", "tcg", "interp", NULL };
    if (!strcmp(name, "kvm") || !strcmp(name, "hvf") || !strcmp(name, "xen")) {
        return fail(err, EMU_ERROR_USAGE, "-accel: '%s' would run the guest on the host's own "
                    "processor; this emulator has jit and interp", name);
    }
    if (!g_strv_contains(names, name)) {
        fail_unknown(err, "accelerator", name, names);
        g_prefix_error(err, "-accel: ");
        return false;
    }
    *accel = !strcmp(name, "interp") ? "interp" : "jit";
    return !words[0] || check_words("-accel", words + 1, known, ARRAY_SIZE(known), err);
}

enum { AUTO_SHIFT = 3 };                /* 125 million instructions a second of guest time */

bool setup_icount(const Options *o, GError **err)
{
    static const Word known[] = {
        { "shift" }, { "align", { "off" } }, { "sleep", { "on", "off" } },
    };
    if (!o->icount && !o->ci) {
        return true;
    }
    const char *given = o->icount ? o->icount : "auto";
    g_autofree char *text = g_strconcat(strchr(given, '=') ? "" : "shift=", given, NULL);
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    if (!check_words("-icount", words, known, ARRAY_SIZE(known), err)) {
        return false;
    }
    const char *shift = word_value(words, "shift");
    guint64 n = AUTO_SHIFT;
    if (!shift || (strcmp(shift, "auto") &&
                   !g_ascii_string_to_unsigned(shift, 10, 0, 10, &n, NULL))) {
        return fail(err, EMU_ERROR_USAGE, "-icount: '%s': give shift=N, N from 0 to 10 (2^N ns an "
                    "instruction) or auto", text);
    }
    tcg_icount = true;
    tcg_icount_shift = n;
    clock_set_source(tcg_icount_now, NULL);
    return true;
}

/* ---- -rtc ---- */

#define LAST_DATE (INT64_C(7258118400))      /* 2200: clocks count nanoseconds in 64 bits */

static bool parse_date(const char *text, int64_t *seconds)
{
    struct tm tm = { 0 };
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
    if (!end) {
        memset(&tm, 0, sizeof(tm));
        end = strptime(text, "%Y-%m-%d", &tm);
    }
    if (!end || *end) {
        return false;
    }
    *seconds = timegm(&tm);
    return *seconds >= 0 && *seconds < LAST_DATE;
}

static int64_t local_offset(int64_t now)
{
    time_t t = now;
    struct tm tm;
    localtime_r(&t, &tm);
    return tm.tm_gmtoff;
}

bool setup_rtc(const Options *o, GError **err)
{
    static const Word known[] = {
        { "base" }, { "clock", { "host", "vm", "rt" } }, { "driftfix", { "none" } },
    };
    bool repeats = o->ci || o->icount;      /* the host's time of day must not matter */
    if (!o->rtc && !repeats) {
        return true;
    }
    g_auto(GStrv) words = g_strsplit(o->rtc ? o->rtc : "", ",", -1);
    if (!check_words("-rtc", words, known, ARRAY_SIZE(known), err)) {
        return false;
    }
    const char *base = word_value(words, "base"), *clock = word_value(words, "clock");
    base = base ? base : repeats ? "2020-01-01" : "utc";
    bool vm = clock ? !strcmp(clock, "vm") : repeats;
    int64_t now = time(NULL);
    if (!strcmp(base, "localtime")) {
        now += local_offset(now);
    } else if (strcmp(base, "utc") && !parse_date(base, &now)) {
        return fail(err, EMU_ERROR_USAGE, "-rtc: base can be utc, localtime or a date such as "
                    "2020-02-29T12:00:00 from 1970 to 2199, not '%s'", base);
    }
    clock_rtc_set(now * NS_PER_SEC, vm);
    return true;
}

/* ---- the rest ---- */

bool setup_semihosting(const Options *o, bool *on, GError **err)
{
    static const Word known[] = {
        { "enable", { "on", "off" } }, { "target", { "native", "auto" } }, { "userspace", { "off" } },
    };
    *on = o->semihosting;
    if (!o->semihosting_config) {
        return true;
    }
    g_auto(GStrv) words = g_strsplit(o->semihosting_config, ",", -1);
    const char *enable = word_value(words, "enable");
    *on = !enable || strcmp(enable, "off");
    return check_words("-semihosting-config", words, known, ARRAY_SIZE(known), err);
}

const char *setup_name(const Options *o)
{
    static char *name;
    if (o->name && !name) {
        const char *text = g_str_has_prefix(o->name, "guest=") ? o->name + 6 : o->name;
        name = g_strndup(text, strcspn(text, ","));
    }
    return name;
}
