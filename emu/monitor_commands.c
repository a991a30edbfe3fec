/* SPDX-License-Identifier: MIT */
/* What the monitor does: every command but info and help. */
#include "emu/monitor_internal.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include "emu/drives.h"
#include "emu/gdb.h"
#include "emu/vm.h"
#include "io/ui/display.h"
#include "io/ui/input.h"
#include "system/error.h"
#include "system/lock.h"
#include "system/log.h"
#include "system/machine.h"
#include "tcg/disas.h"

/* Prints and frees an error, if there is one. */
static void complain(MonCall *c, GError *err)
{
    if (err) {
        g_string_append_printf(c->out, "%s\n", err->message);
        g_error_free(err);
    }
}

/* ---- going and standing ---- */

void cmd_stop(MonCall *c)
{
    (void)c;
    control_stop();
}

void cmd_cont(MonCall *c)
{
    (void)c;
    control_cont();
}

void cmd_step(MonCall *c)
{
    if (control_running()) {
        g_string_append(c->out, "the guest runs; 'stop' first\n");
        return;
    }
    control_step(*c->cpu);
}

void cmd_cpu(MonCall *c)
{
    uint64_t n = c->arg[0].value;
    if (n >= tcg_cpus->len) {
        g_string_append_printf(c->out, "there are CPUs 0 to %u\n", tcg_cpus->len - 1);
        return;
    }
    *c->cpu = tcg_cpus->pdata[n];
}

void cmd_system_reset(MonCall *c)
{
    (void)c;
    system_request(SYSTEM_RESET, 0);
}

void cmd_system_powerdown(MonCall *c)
{
    if (!the_machine->class->power_button) {
        g_string_append_printf(c->out, "the board '%s' has no power button; 'quit' ends emu\n",
                               the_machine->class->name);
        return;
    }
    the_machine->class->power_button(the_machine);
}

void cmd_nmi(MonCall *c)
{
    int n = cpu_input_number(*c->cpu, "nmi");
    if (n < 0) {
        g_string_append_printf(c->out, "%s has no non-maskable interrupt\n", (*c->cpu)->id);
        return;
    }
    cpu_set_input(*c->cpu, n, 1);
    cpu_set_input(*c->cpu, n, 0);
}

void cmd_quit(MonCall *c)
{
    (void)c;
    vm_end(0);
}

void cmd_gdbserver(MonCall *c)
{
    GError *err = NULL;
    const char *spec = c->n ? c->arg[0].text : "tcp::1234";
    if (gdb_open(spec, &err)) {
        g_string_append_printf(c->out, "waiting for gdb on '%s'\n", spec);
    }
    complain(c, err);
}

/* ---- memory ---- */

enum { MOST_BYTES = 64 * 1024, LINE_BYTES = 16 };

typedef size_t (*Reader)(Cpu *cpu, GVa va, void *buf, size_t len);

static size_t read_physical(Cpu *cpu, GVa pa, void *buf, size_t len)
{
    size_t done = 0;
    uint8_t *bytes = buf;
    if (address_space_read(cpu->as, pa, buf, len) == MEM_OK) {
        return len;
    }
    while (done < len && address_space_read(cpu->as, pa + done, &bytes[done], 1) == MEM_OK) {
        done++;
    }
    return done;
}

static void print_value(GString *out, uint64_t v, const MonFormat *f)
{
    int64_t s = sextract64(v, 0, f->size * 8);
    switch (f->letter) {
    case 'd':
        g_string_append_printf(out, "%" PRId64, s);
        break;
    case 'u':
        g_string_append_printf(out, "%" PRIu64, v);
        break;
    case 'o':
        g_string_append_printf(out, "%#" PRIo64, v);
        break;
    case 'c':
        if (v < 0x7f && g_ascii_isprint(v)) {
            g_string_append_printf(out, "'%c'", (char)v);
        } else {
            g_string_append_printf(out, "'\\x%02x'", (unsigned)v & 0xff);
        }
        break;
    default:
        g_string_append_printf(out, "0x%0*" PRIx64, (int)f->size * 2, v);
    }
}

static void dump_values(MonCall *c, GVa va, const uint8_t *bytes, size_t len)
{
    const MonFormat *f = &c->format;
    Cpu *cpu = *c->cpu;
    bool big = cpu->isa->data_is_big && cpu->isa->data_is_big(cpu);
    Endian order = big ? ENDIAN_BIG : ENDIAN_LITTLE;
    int width = cpu->isa->va_bits > 32 ? 16 : 8;
    for (size_t at = 0; at + f->size <= len; at += f->size) {
        if (at % LINE_BYTES == 0) {
            g_string_append_printf(c->out, "%s%0*" PRIx64 ":", at ? "\n" : "", width, va + at);
        }
        g_string_append_c(c->out, ' ');
        print_value(c->out, ld_endian(bytes + at, f->size, order), f);
    }
    g_string_append(c->out, len >= f->size ? "\n" : "");
}

/* The first `count` lines only: instructions differ in size. */
static void dump_code(MonCall *c, GVa va, const uint8_t *bytes, size_t len)
{
    Cpu *cpu = *c->cpu;
    char *text;
    size_t text_len;
    int arch, mode;
    FILE *f = mon_file(&text, &text_len);
    if (!f) {
        return;
    }
    cpu->isa->disas_mode(cpu, va | (cpu->pc & 1), &arch, &mode);
    disas(f, arch, mode, bytes, len, va);
    gsize before = c->out->len;
    mon_file_done(c, f, &text, &text_len);
    unsigned left = c->format.count;
    for (gsize i = before; i < c->out->len; i++) {
        if (c->out->str[i] == '\n' && --left == 0) {
            g_string_truncate(c->out, i + 1);
        }
    }
}

static void dump(MonCall *c, Reader reader)
{
    MonFormat *f = &c->format;
    GVa va = c->arg[0].value;
    f->count = f->given ? f->count : 1;
    f->size = f->letter == 'i' ? 4 : f->size ? f->size : f->letter == 'c' ? 1 : 4;
    if (f->count > MOST_BYTES / f->size) {
        f->count = MOST_BYTES / f->size;
        g_string_append_printf(c->out, "only the first %u:\n", f->count);
    }
    size_t len = (size_t)f->count * f->size;
    g_autofree uint8_t *bytes = g_malloc(len + 1);
    size_t got = reader(*c->cpu, va, bytes, len);
    if (f->letter == 'i') {
        dump_code(c, va, bytes, got);
    } else {
        dump_values(c, va, bytes, got);
    }
    if (got < len) {
        g_string_append_printf(c->out, "cannot access memory at %#" PRIx64 "\n", va + got);
    }
}

void cmd_x(MonCall *c)
{
    dump(c, debug_read);
}

void cmd_xp(MonCall *c)
{
    dump(c, read_physical);
}

void cmd_print(MonCall *c)
{
    MonFormat f = c->format;
    f.size = f.size ? f.size : 8;
    if (!f.letter) {
        g_string_append_printf(c->out, "%#" PRIx64 "\n", c->arg[0].value);
        return;
    }
    print_value(c->out, extract64(c->arg[0].value, 0, f.size * 8), &f);
    g_string_append_c(c->out, '\n');
}

void cmd_sum(MonCall *c)
{
    uint64_t pa = c->arg[0].value, left = c->arg[1].value;
    uint16_t sum = 0;
    if (left > 256 * MiB) {
        g_string_append(c->out, "more than 256 MiB\n");
        return;
    }
    while (left > 0) {
        uint8_t buf[4096];
        size_t n = MIN(left, sizeof(buf));
        address_space_read((*c->cpu)->as, pa, buf, n);  /* what is not there reads 0 */
        for (size_t i = 0; i < n; i++) {
            sum = (sum >> 1 | sum << 15) + buf[i];
        }
        pa += n;
        left -= n;
    }
    g_string_append_printf(c->out, "%05u\n", sum);
}

static void save(MonCall *c, Reader reader)
{
    uint64_t va = c->arg[0].value, left = c->arg[1].value;
    const char *path = c->arg[2].text;
    FILE *f = fopen(path, "wb");
    if (!f) {
        g_string_append_printf(c->out, "cannot write '%s': %s\n", path, g_strerror(errno));
        return;
    }
    uint8_t buf[4096];
    while (left > 0) {
        size_t want = MIN(left, sizeof(buf)), got = reader(*c->cpu, va, buf, want);
        if (fwrite(buf, 1, got, f) != got) {
            g_string_append_printf(c->out, "cannot write '%s': %s\n", path, g_strerror(errno));
            break;
        }
        va += got;
        left -= got;
        if (got < want) {
            g_string_append_printf(c->out, "cannot access memory at %#" PRIx64 "\n", va);
            break;
        }
    }
    fclose(f);
}

void cmd_memsave(MonCall *c)
{
    save(c, debug_read);
}

void cmd_pmemsave(MonCall *c)
{
    save(c, read_physical);
}

void cmd_gva2gpa(MonCall *c)
{
    Translation t;
    if (debug_translate(*c->cpu, c->arg[0].value, &t)) {
        g_string_append_printf(c->out, "gpa: %#" PRIx64 "\n", t.pa);
    } else {
        g_string_append(c->out, "Unmapped\n");
    }
}

/* ---- log ---- */

void cmd_log(MonCall *c)
{
    GError *err = NULL;
    const char *items = c->arg[0].text;
    if (!strcmp(items, "none")) {
        log_mask = 0;
    } else if (!strcmp(items, "help")) {
        char *text;
        size_t len;
        FILE *f = mon_file(&text, &len);
        if (f) {
            log_help(f);
        }
        mon_file_done(c, f, &text, &len);
    } else {
        log_parse(items, &err);
    }
    complain(c, err);
}

void cmd_logfile(MonCall *c)
{
    GError *err = NULL;
    log_open(c->arg[0].text, &err);
    complain(c, err);
}

/* ---- screen and keyboard ---- */

void cmd_screendump(MonCall *c)
{
    GError *err = NULL;
    Display *d = display_first();
    if (!d) {
        g_string_append(c->out, "this board has no display\n");
        return;
    }
    display_screendump(d, c->arg[0].text, &err);
    complain(c, err);
}

enum { MOST_KEYS = 16 };

typedef struct Chord {
    unsigned n;
    Key      keys[MOST_KEYS];
} Chord;

static gboolean release(gpointer opaque)
{
    Chord *chord = opaque;
    machine_lock();
    while (chord->n > 0) {
        input_key(chord->keys[--chord->n], false);
    }
    machine_unlock();
    g_free(chord);
    return G_SOURCE_REMOVE;
}

void cmd_sendkey(MonCall *c)
{
    g_auto(GStrv) names = g_strsplit(c->arg[0].text, "-", MOST_KEYS + 1);
    Chord chord = { 0 };
    for (char **name = names; *name; name++) {
        Key k = key_by_name(*name);
        if (!k || chord.n == MOST_KEYS) {
            g_string_append_printf(c->out, k ? "more keys than a hand can press at '%s'\n"
                                             : "no key is called '%s'\n", *name);
            return;
        }
        chord.keys[chord.n++] = k;
    }
    for (unsigned i = 0; i < chord.n; i++) {
        input_key(chord.keys[i], true);
    }
    uint64_t ms = c->n > 1 ? MIN(c->arg[1].value, 60000) : 100;
    g_timeout_add(ms, release, g_memdup2(&chord, sizeof(chord)));
}

/* Words, not expressions: "10 -5" would be one. */
void cmd_mouse_move(MonCall *c)
{
    int64_t by[3] = { 0 };
    for (unsigned i = 0; i < c->n; i++) {
        char *end;
        by[i] = g_ascii_strtoll(c->arg[i].text, &end, 0);
        if (*end) {
            g_string_append_printf(c->out, "'%s' is not a number\n", c->arg[i].text);
            return;
        }
    }
    input_motion(CLAMP(by[0], -4096, 4096), CLAMP(by[1], -4096, 4096));
    if (by[2]) {
        input_wheel(CLAMP(-by[2], -128, 128));
    }
}

void cmd_mouse_button(MonCall *c)
{
    input_buttons(c->arg[0].value & 0x1f);
}

/* ---- media ---- */

void cmd_change(MonCall *c)
{
    GError *err = NULL;
    drives_change(c->arg[0].text, c->arg[1].text, c->n > 2 ? c->arg[2].text : NULL,
                  c->n > 3 ? c->arg[3].text : NULL, &err);
    complain(c, err);
}

void cmd_eject(MonCall *c)
{
    GError *err = NULL;
    bool force = !strcmp(c->arg[0].text, "-f");
    if (c->n != 1u + force) {
        g_string_append(c->out, "usage: eject [-f] DRIVE\n");
        return;
    }
    drives_eject(c->arg[c->n - 1].text, force, &err);
    complain(c, err);
}
