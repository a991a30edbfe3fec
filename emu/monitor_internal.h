/* SPDX-License-Identifier: MIT */
/* Between the files of the monitor. */
#ifndef EMU_MONITOR_INTERNAL_H
#define EMU_MONITOR_INTERNAL_H

#include "emu/control.h"
#include "emu/monitor.h"

enum { MON_ARGS = 4 };

/* What follows /: "4xw". */
typedef struct MonFormat {
    bool     given;
    unsigned count;
    char     letter;            /* x d u o c i; 0: not said */
    unsigned size;              /* bytes; 0: not said */
} MonFormat;

/* A command being run, its arguments in order as the table asks for them. */
typedef struct MonCall {
    GString  *out;
    Cpu     **cpu;
    MonFormat format;
    unsigned  n;
    struct {
        uint64_t value;         /* of an e */
        char    *text;          /* of a w or r */
    } arg[MON_ARGS];
} MonCall;

typedef void (*MonFn)(MonCall *c);

typedef struct MonDef {
    const char *name, *alias, *spec, *shown, *about;
    MonFn       run;
} MonDef;

extern const MonDef mon_commands[], mon_infos[];
extern const unsigned mon_n_commands, mon_n_infos;

/* monitor_parse.c: false: out says why not. */
bool mon_parse_args(MonCall *c, const MonDef *d, const char *text);
void mon_free_args(MonCall *c);
/* An expression at *p, which is moved past it. */
bool mon_expression(MonCall *c, const char **p, uint64_t *value);
const MonDef *mon_find(const MonDef *table, unsigned n, const char *name);
/* "unknown command 'foo', did you mean 'info'?" */
void mon_unknown(MonCall *c, const char *what, const MonDef *table, unsigned n, const char *name);
void mon_usage(MonCall *c, const char *prefix, const MonDef *d);

/* Output of functions that write to a FILE. */
FILE *mon_file(char **text, size_t *len);
void mon_file_done(MonCall *c, FILE *f, char **text, size_t *len);

/* All of monitor_commands.c and monitor_info.c */
#define CMD(name, ...) void cmd_##name(MonCall *c);
#define INFO(name, ...) void info_##name(MonCall *c);
#include "emu/monitor.def"

#endif
