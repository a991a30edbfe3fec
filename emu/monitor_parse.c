/* SPDX-License-Identifier: MIT */
/*
 * A monitor command's arguments: formats, expressions, words.
 *
 * Numbers are decimal, or hexadecimal after 0x; $name is a register of the current CPU under gdb's
 * name for it.  Operators have the precedence of C and 64 bits.
 */
#include "emu/monitor_internal.h"

#include <string.h>
#include "system/error.h"

enum { MOST_DEPTH = 64 };

typedef struct Expr {
    MonCall    *call;
    const char *p;
    unsigned    depth;
    bool        failed;
} Expr;

static uint64_t binary(Expr *e, unsigned level);

static void skip_space(const char **p)
{
    while (g_ascii_isspace(**p)) {
        (*p)++;
    }
}

static uint64_t fail_expr(Expr *e, const char *fmt, const char *what)
{
    if (!e->failed) {
        e->failed = true;
        g_string_append_printf(e->call->out, fmt, what);
    }
    return 0;
}

static uint64_t register_value(Expr *e)
{
    const char *start = ++e->p;
    while (g_ascii_isalnum(*e->p) || *e->p == '_') {
        e->p++;
    }
    g_autofree char *name = g_strndup(start, e->p - start);
    Cpu *cpu = *e->call->cpu;
    DebugReg r;
    for (unsigned n = 0; cpu->isa->debug_reg(cpu, n, &r); n++) {
        if (r.name && !g_ascii_strcasecmp(r.name, name)) {
            uint64_t v[2];
            cpu->isa->debug_read(cpu, n, v);
            return v[0];
        }
    }
    return fail_expr(e, "no register is called '%s'; 'info registers all' lists them\n", name);
}

static uint64_t number(Expr *e)
{
    char *end;
    int base = e->p[0] == '0' && g_ascii_tolower(e->p[1]) == 'x' ? 16 : 10;
    uint64_t v = g_ascii_strtoull(e->p, &end, base);
    if (end == e->p || g_ascii_isalnum(*end) || *end == '_') {
        return fail_expr(e, "'%s' is not a number\n", e->p);
    }
    e->p = end;
    return v;
}

static uint64_t primary(Expr *e)
{
    skip_space(&e->p);
    char c = *e->p;
    if (++e->depth > MOST_DEPTH) {
        return fail_expr(e, "%s\n", "the expression is nested too deeply");
    }
    uint64_t v = 0;
    if (c == '-' || c == '~' || c == '+') {
        e->p++;
        v = primary(e);
        v = c == '-' ? -v : c == '~' ? ~v : v;
    } else if (c == '(') {
        e->p++;
        v = binary(e, 0);
        skip_space(&e->p);
        if (*e->p != ')') {
            return fail_expr(e, "%s\n", "a ')' is missing");
        }
        e->p++;
    } else if (c == '$') {
        v = register_value(e);
    } else if (!c) {
        return fail_expr(e, "%s\n", "a number or $register is missing");
    } else {
        v = number(e);
    }
    e->depth--;
    return v;
}

static const struct {
    const char *text;
    unsigned    level;
} operators[] = {
    { "|", 0 }, { "^", 1 }, { "&", 2 }, { "<<", 3 }, { ">>", 3 }, { "+", 4 }, { "-", 4 },
    { "*", 5 }, { "/", 5 }, { "%", 5 },
};

static uint64_t apply(Expr *e, char op, uint64_t a, uint64_t b)
{
    switch (op) {
    case '|':
        return a | b;
    case '^':
        return a ^ b;
    case '&':
        return a & b;
    case '<':
        return b < 64 ? a << b : 0;
    case '>':
        return b < 64 ? a >> b : 0;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    default:
        if (!b) {
            return fail_expr(e, "%s\n", "division by zero");
        }
        return op == '/' ? a / b : a % b;
    }
}

/* The operator of this level at p, or NULL. */
static const char *operator_at(const char *p, unsigned level)
{
    for (unsigned i = 0; i < ARRAY_SIZE(operators); i++) {
        if (operators[i].level == level && g_str_has_prefix(p, operators[i].text)) {
            return operators[i].text;
        }
    }
    return NULL;
}

static uint64_t binary(Expr *e, unsigned level)
{
    if (level > 5) {
        return primary(e);
    }
    uint64_t v = binary(e, level + 1);
    const char *op;
    for (;;) {
        const char *p = e->p;
        skip_space(&p);
        op = operator_at(p, level);
        if (!op || e->failed) {
            return v;
        }
        e->p = p + strlen(op);
        v = apply(e, op[0], v, binary(e, level + 1));
    }
}

bool mon_expression(MonCall *c, const char **p, uint64_t *value)
{
    Expr e = { .call = c, .p = *p };
    *value = binary(&e, 0);
    *p = e.p;
    return !e.failed;
}

/* ---- formats ---- */

static bool parse_format(MonCall *c, const char **p)
{
    static const char letters[] = "xduoci", sizes[] = "bhwg";
    MonFormat *f = &c->format;
    char *end;
    const char *start = *p;
    *f = (MonFormat){ .given = true, .count = 1 };
    if (g_ascii_isdigit(**p)) {
        guint64 n = g_ascii_strtoull(*p, &end, 10);
        f->count = MIN(n, UINT_MAX);
        *p = end;
    }
    for (; **p && !g_ascii_isspace(**p); (*p)++) {
        const char *size = strchr(sizes, **p);
        if (size) {
            f->size = 1u << (size - sizes);
        } else if (strchr(letters, **p)) {
            f->letter = **p;
        } else {
            g_string_append_printf(c->out, "'/%s': a format is a count, one of x d u o c i and one "
                                   "of b h w g: /8xw\n", start);
            return false;
        }
    }
    return true;
}

/* ---- arguments ---- */

static bool parse_one(MonCall *c, char kind, const char **p)
{
    const char *end = *p;
    switch (kind) {
    case 'e':
        return mon_expression(c, p, &c->arg[c->n++].value);
    case 'w':
        while (*end && !g_ascii_isspace(*end)) {
            end++;
        }
        break;
    default:
        end = *p + strlen(*p);
        while (end > *p && g_ascii_isspace(end[-1])) {
            end--;
        }
    }
    c->arg[c->n++].text = g_strndup(*p, end - *p);
    *p = end;
    return true;
}

void mon_usage(MonCall *c, const char *prefix, const MonDef *d)
{
    g_string_append_printf(c->out, "usage: %s%s%s%s\n", prefix, d->name, d->shown[0] ? " " : "",
                           d->shown);
}

bool mon_parse_args(MonCall *c, const MonDef *d, const char *text)
{
    bool optional = false;
    const char *p = text;
    for (const char *kind = d->spec; *kind; kind++) {
        skip_space(&p);
        if (*kind == '?') {
            optional = true;
        } else if (*kind == '/') {
            if (*p == '/' && (p++, !parse_format(c, &p))) {
                return false;
            }
        } else if (*p) {
            if (!parse_one(c, *kind, &p)) {
                return false;
            }
        } else if (!optional) {
            mon_usage(c, d >= mon_infos && d < mon_infos + mon_n_infos ? "info " : "", d);
            return false;
        }
    }
    skip_space(&p);
    if (*p) {
        g_string_append_printf(c->out, "%s: '%s' is too much\n", d->name, p);
        return false;
    }
    return true;
}

void mon_free_args(MonCall *c)
{
    for (unsigned i = 0; i < MON_ARGS; i++) {
        g_clear_pointer(&c->arg[i].text, g_free);
    }
}

/* ---- names ---- */

const MonDef *mon_find(const MonDef *table, unsigned n, const char *name)
{
    for (unsigned i = 0; i < n; i++) {
        if (!strcmp(table[i].name, name) || (table[i].alias && !strcmp(table[i].alias, name))) {
            return &table[i];
        }
    }
    return NULL;
}

void mon_unknown(MonCall *c, const char *what, const MonDef *table, unsigned n, const char *name)
{
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (unsigned i = 0; i < n; i++) {
        names[i] = table[i].name;
    }
    const char *near = did_you_mean(name, names);
    g_string_append_printf(c->out, "unknown %s '%s'", what, name);
    if (near) {
        g_string_append_printf(c->out, ", did you mean '%s'?\n", near);
    } else {
        g_string_append_printf(c->out, "; '%s' lists them\n", table == mon_infos ? "info" : "help");
    }
}
