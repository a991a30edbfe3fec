/* SPDX-License-Identifier: MIT */
/*
 * The monitor: one command at a time, out of monitor.def.
 *
 * A command runs in the main loop with the machine lock held and the CPUs at rest, for as long as
 * it takes; a guest that ran goes on after it.
 */
#include "emu/monitor_internal.h"

#include <stdlib.h>
#include <string.h>
#include "config.h"

#define CMD(name_, alias_, spec_, shown_, about_) \
    { #name_, alias_, spec_, shown_, about_, cmd_##name_ },
const MonDef mon_commands[] = {
#include "emu/monitor.def"
};
#define INFO(name_, alias_, spec_, shown_, about_) \
    { #name_, alias_, spec_, shown_, about_, info_##name_ },
const MonDef mon_infos[] = {
#include "emu/monitor.def"
};
const unsigned mon_n_commands = ARRAY_SIZE(mon_commands), mon_n_infos = ARRAY_SIZE(mon_infos);

/* ---- output of others ---- */

FILE *mon_file(char **text, size_t *len)
{
    return open_memstream(text, len);
}

void mon_file_done(MonCall *c, FILE *f, char **text, size_t *len)
{
    if (f) {
        fclose(f);
        g_string_append_len(c->out, *text, *len);
        free(*text);
    }
}

/* ---- running ---- */

static void run(const MonDef *table, unsigned n, const char *what, const char *line, Cpu **cpu,
                GString *out)
{
    MonCall c = { .out = out, .cpu = cpu };
    while (g_ascii_isspace(*line)) {
        line++;
    }
    const char *end = line;
    while (*end && !g_ascii_isspace(*end) && *end != '/') {
        end++;
    }
    g_autofree char *name = g_strndup(line, end - line);
    const MonDef *d = mon_find(table, n, name);
    if (!d && line == end && !*line) {
        return;
    }
    if (!d) {
        mon_unknown(&c, what, table, n, name);
    } else if (mon_parse_args(&c, d, end)) {
        d->run(&c);
    }
    mon_free_args(&c);
}

static void execute(const char *line, Cpu **cpu, GString *out)
{
    bool was = control_running();
    if (was) {
        cpus_pause();
    }
    run(mon_commands, mon_n_commands, "command", line, cpu, out);
    if (was) {
        cpus_resume();
    }
}

void monitor_execute(const char *line, Cpu *cpu, GString *out)
{
    execute(line, &cpu, out);
}

void cmd_info(MonCall *c)
{
    if (!c->n) {
        for (unsigned i = 0; i < mon_n_infos; i++) {
            g_autofree char *left = g_strdup_printf("info %s %s", mon_infos[i].name,
                                                    mon_infos[i].shown);
            g_string_append_printf(c->out, "%-26s %s\n", left, mon_infos[i].about);
        }
        return;
    }
    g_autofree char *line = g_strjoin(" ", c->arg[0].text, c->n > 1 ? c->arg[1].text : "", NULL);
    run(mon_infos, mon_n_infos, "subject", line, c->cpu, c->out);
}

static void help_line(MonCall *c, const char *prefix, const MonDef *d)
{
    g_autofree char *left = g_strdup_printf("%s%s%s%s %s", prefix, d->name, d->alias ? "|" : "",
                                            d->alias ? d->alias : "", d->shown);
    g_string_append_printf(c->out, "%-36s %s\n", left, d->about);
}

void cmd_help(MonCall *c)
{
    if (!c->n) {
        for (unsigned i = 0; i < mon_n_commands; i++) {
            help_line(c, "", &mon_commands[i]);
        }
        return;
    }
    const char *name = c->arg[0].text;
    const MonDef *d = mon_find(mon_commands, mon_n_commands, name);
    const MonDef *subject = mon_find(mon_infos, mon_n_infos, name);
    if (d) {
        help_line(c, "", d);
    } else if (subject) {
        help_line(c, "info ", subject);
    } else {
        mon_unknown(c, "command", mon_commands, mon_n_commands, name);
    }
}

/* ---- completion ---- */

static void complete_from(GPtrArray *found, const MonDef *table, unsigned n, const char *word)
{
    for (unsigned i = 0; i < n; i++) {
        if (g_str_has_prefix(table[i].name, word)) {
            g_ptr_array_add(found, (gpointer)table[i].name);
        }
    }
}

GPtrArray *monitor_complete(const char *line)
{
    GPtrArray *found = g_ptr_array_new();
    if (g_str_has_prefix(line, "info ") && !strchr(line + 5, ' ')) {
        complete_from(found, mon_infos, mon_n_infos, line + 5);
    } else if (!strchr(line, ' ')) {
        complete_from(found, mon_commands, mon_n_commands, line);
    }
    return found;
}

/* ---- a port with a prompt ---- */

enum { MOST_LINE = 4095, MOST_HISTORY = 100 };
static const char prompt[] = "(emu) ";

typedef struct Monitor {
    CharPort  *port;
    Cpu       *cpu;
    GString   *line;
    GPtrArray *history;
    unsigned   history_at;
    bool       shared, greeted, after_cr;
    enum { PLAIN, ESCAPE, CSI } escape;
} Monitor;

/* With \r\n for terminals in raw mode. */
static void say(Monitor *m, const char *text)
{
    g_autoptr(GString) out = g_string_new("");
    for (; *text; text++) {
        g_string_append(out, *text == '\n' ? "\r" : "");
        g_string_append_c(out, *text);
    }
    char_write(m->port, out->str, out->len);
}

static void show_prompt(Monitor *m)
{
    say(m, prompt);
    char_flush(m->port);
}

static void erase(Monitor *m, unsigned n)
{
    for (; n > 0 && m->line->len > 0; n--) {
        g_string_truncate(m->line, m->line->len - 1);
        say(m, "\b \b");
    }
}

static void replace_line(Monitor *m, const char *text)
{
    erase(m, m->line->len);
    g_string_assign(m->line, text);
    say(m, text);
}

static void recall(Monitor *m, int way)
{
    unsigned n = m->history->len;
    if ((way < 0 && !m->history_at) || (way > 0 && m->history_at >= n)) {
        return;
    }
    m->history_at += way;
    replace_line(m, m->history_at < n ? m->history->pdata[m->history_at] : "");
}

static void remember(Monitor *m)
{
    if (m->line->len) {
        if (m->history->len == MOST_HISTORY) {
            g_ptr_array_remove_index(m->history, 0);
        }
        g_ptr_array_add(m->history, g_strdup(m->line->str));
    }
    m->history_at = m->history->len;
}

static void enter(Monitor *m)
{
    g_autoptr(GString) out = g_string_new("");
    say(m, "\n");
    remember(m);
    execute(m->line->str, &m->cpu, out);
    g_string_truncate(m->line, 0);
    say(m, out->str);
    show_prompt(m);
}

static void complete_line(Monitor *m)
{
    g_autoptr(GPtrArray) found = monitor_complete(m->line->str);
    const char *space = strrchr(m->line->str, ' ');
    const char *word = space ? space + 1 : m->line->str;
    if (found->len == 1) {
        const char *rest = (const char *)found->pdata[0] + strlen(word);
        say(m, rest);
        say(m, " ");
        g_string_append(m->line, rest);
        g_string_append_c(m->line, ' ');
    } else if (found->len > 1) {
        say(m, "\n");
        for (unsigned i = 0; i < found->len; i++) {
            say(m, found->pdata[i]);
            say(m, " ");
        }
        say(m, "\n");
        say(m, prompt);
        say(m, m->line->str);
    }
}

static void key(Monitor *m, uint8_t c)
{
    enum { CTRL_C = 3, CTRL_H = 8, CTRL_N = 14, CTRL_P = 16, CTRL_U = 21, ESC = 27, DEL = 127 };
    switch (c) {
    case '\r':
    case '\n':
        if (c == '\r' || !m->after_cr) {
            enter(m);
        }
        break;
    case CTRL_H:
    case DEL:
        erase(m, 1);
        break;
    case CTRL_C:
    case CTRL_U:
        erase(m, m->line->len);
        break;
    case CTRL_P:
        recall(m, -1);
        break;
    case CTRL_N:
        recall(m, 1);
        break;
    case '\t':
        complete_line(m);
        break;
    case ESC:
        m->escape = ESCAPE;
        break;
    default:
        if (c >= ' ' && m->line->len < MOST_LINE) {
            g_string_append_c(m->line, c);
            say(m, (const char[]){ c, 0 });
        }
    }
    m->after_cr = c == '\r';
}

/* ESC [ A and ESC [ B are the arrows up and down; other sequences are passed over. */
static void escaped(Monitor *m, uint8_t c)
{
    if (m->escape == ESCAPE) {
        m->escape = c == '[' ? CSI : PLAIN;
        return;
    }
    if (c == 'A' || c == 'B') {
        recall(m, c == 'A' ? -1 : 1);
    }
    m->escape = c >= ' ' && c < '@' ? CSI : PLAIN;
}

static void on_read(void *opaque, const uint8_t *buf, unsigned len)
{
    Monitor *m = opaque;
    for (unsigned i = 0; i < len; i++) {
        if (m->escape != PLAIN) {
            escaped(m, buf[i]);
        } else {
            key(m, buf[i]);
        }
    }
    char_flush(m->port);
}

static unsigned can_read(void *opaque)
{
    (void)opaque;
    return 1024;
}

static void greet(Monitor *m)
{
    if (!m->greeted) {
        m->greeted = true;
        say(m, "emu " EMU_VERSION " monitor - type 'help' for more information\n");
    } else {
        say(m, "\n");
    }
    show_prompt(m);
    say(m, m->line->str);
}

static void on_event(void *opaque, CharEvent event)
{
    Monitor *m = opaque;
    if (event == CHAR_CLOSED) {
        m->greeted = false;
        g_string_truncate(m->line, 0);
    } else if (event == CHAR_FOCUS || (event == CHAR_OPENED && !m->shared)) {
        greet(m);
    }
}

void monitor_serve(CharPort *port, bool shared)
{
    Monitor *m = g_new0(Monitor, 1);
    m->port = port;
    m->shared = shared;
    m->cpu = tcg_cpus->pdata[0];
    m->line = g_string_new("");
    m->history = g_ptr_array_new_with_free_func(g_free);
    char_set_handlers(port, can_read, on_read, on_event, m);
}
